//! Short strings that are made for a record, without an allocation each.

use std::fmt;

/// An id, a ratio, a key in hexadecimal: at most 96 bytes of ASCII.
#[derive(Copy, Clone)]
pub(super) struct Name {
    bytes: [u8; 96],
    len: u8,
}

impl Name {
    /// What is longer is cut off; nothing that is made here is.
    pub(super) fn of(args: fmt::Arguments<'_>) -> Self {
        let mut name = Self { bytes: [0; 96], len: 0 };
        // Cut off where it does not fit.
        let _ = fmt::write(&mut name, args);
        name
    }

    /// A letter and a number: `q74`.
    pub(super) fn id(letter: char, at: usize) -> Self {
        Self::of(format_args!("{letter}{at}"))
    }

    pub(super) fn as_str(&self) -> &str {
        // Whole ASCII characters are written.
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }
}

impl fmt::Write for Name {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for b in text.bytes().filter(u8::is_ascii) {
            *self.bytes.get_mut(usize::from(self.len)).ok_or(fmt::Error)? = b;
            self.len += 1;
        }
        Ok(())
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}
