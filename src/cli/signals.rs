//! SIGINT and SIGTERM.

use kennzahl::Error;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Is set by a signal. A second one ends the program at once.
#[derive(Default)]
pub(super) struct Signals {
    pub(super) stop: Arc<AtomicBool>,
    which: Arc<AtomicUsize>,
}

impl Signals {
    pub(super) fn listen() -> Result<Self, Error> {
        let this = Self::default();
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds the flag unset.
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&this.stop))
                .and_then(|_| flag::register_usize(signal, Arc::clone(&this.which), signal as usize))
                .and_then(|_| flag::register(signal, Arc::clone(&this.stop)))
                .map_err(|e| Error::new(format!("cannot listen to signals: {e}")))?;
        }
        Ok(this)
    }

    /// The exit code of the signal that came: 130 or 143.
    pub(super) fn code(&self) -> u8 {
        128 + self.which.load(Ordering::Relaxed) as u8
    }
}
