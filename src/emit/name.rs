//! Short strings that are made for a record, without an allocation each.

use std::fmt::{self, Write as _};

/// A whole number in decimal, without the machinery of formatting.
#[derive(Copy, Clone)]
pub(super) struct Digits {
    bytes: [u8; 20],
    from: u8,
}

impl Digits {
    pub(super) fn of(mut n: usize) -> Self {
        let mut bytes = [b'0'; 20];
        let mut from = bytes.len();
        loop {
            from -= 1;
            bytes[from] = b'0' + (n % 10) as u8;
            n /= 10;
            if n == 0 {
                return Self { bytes, from: from as u8 };
            }
        }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[usize::from(self.from)..]
    }

    pub(super) fn as_str(&self) -> &str {
        // Digits are ASCII.
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

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
        let mut name = Self { bytes: [0; 96], len: 0 };
        // It fits.
        let _ = name.write_char(letter);
        let _ = name.write_str(Digits::of(at).as_str());
        name
    }

    /// Bytes in hexadecimal, at most 48.
    pub(super) fn hex(of: &[u8]) -> Self {
        let mut bytes = [0; 96];
        let (pairs, _) = bytes.as_chunks_mut::<2>();
        for (pair, byte) in pairs.iter_mut().zip(of) {
            *pair = [byte >> 4, byte & 15].map(|n| b"0123456789abcdef"[usize::from(n)]);
        }
        Self { bytes, len: (2 * of.len()).min(96) as u8 }
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
