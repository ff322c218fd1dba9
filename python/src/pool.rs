//! Threads and workers, which no process has from the one it was forked from.

use kennzahl::Extractor;
use kennzahl::batch::Analyst;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::process;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many workers wait for the next text; each keeps some megabytes of words it has seen.
const IDLE: usize = 16;

/// The threads and workers of an extractor. Its lock is held only with that of the interpreter, and never while anything is
/// waited for, so that no process is forked with it locked.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    /// With the process that it belongs to.
    threads: Option<(u32, Arc<ThreadPool>)>,
    idle: Vec<Analyst>,
}

impl Pool {
    /// The threads of this process.
    ///
    /// # Errors
    /// No threads can be had.
    pub(crate) fn threads(&self, _: Python<'_>, number: usize) -> kennzahl::Result<Arc<ThreadPool>> {
        let mut held = self.held();
        if let Some((process, threads)) = &held.threads
            && *process == process::id()
        {
            return Ok(Arc::clone(threads));
        }
        let threads = ThreadPoolBuilder::new()
            .num_threads(number)
            .thread_name(|i| format!("kennzahl-{i}"))
            .build()
            .map_err(|e| kennzahl::Error::new(format!("cannot start {number} threads: {e}")))?;
        let threads = Arc::new(threads);
        // Threads of the process that this one was forked from are not here: they can be neither used nor ended.
        std::mem::forget(held.threads.replace((process::id(), Arc::clone(&threads))));
        Ok(threads)
    }

    /// A worker that nobody else uses.
    pub(crate) fn analyst(&self, _: Python<'_>, extractor: &Extractor) -> Analyst {
        self.held().idle.pop().unwrap_or_else(|| Analyst::new(extractor))
    }

    /// Takes a worker back.
    pub(crate) fn give(&self, _: Python<'_>, analyst: Analyst) {
        let mut held = self.held();
        if held.idle.len() < IDLE {
            held.idle.push(analyst);
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let held = self.held.get_mut().unwrap_or_else(PoisonError::into_inner);
        if held.threads.as_ref().is_some_and(|(process, _)| *process != process::id()) {
            std::mem::forget(held.threads.take());
        }
    }
}
