//! Byte offsets → offsets as readers count them.

/// What an offset counts.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub enum Unit {
    /// Unicode code points, as Python and PostgreSQL count.
    #[default]
    Chars,
    /// Bytes of UTF-8.
    Bytes,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
}

/// Counts on from one offset to the next, so that a document is counted once.
pub(super) struct Counter<'t> {
    text: &'t str,
    unit: Unit,
    /// The last byte asked for and its offset.
    byte: usize,
    count: usize,
}

impl<'t> Counter<'t> {
    pub(super) fn new(text: &'t str, unit: Unit) -> Self {
        Self { text, unit, byte: 0, count: 0 }
    }

    /// The offset of a byte. Asking backwards counts the way back.
    pub(super) fn at(&mut self, byte: usize) -> usize {
        if byte >= self.byte {
            self.count += length(&self.text[self.byte..byte], self.unit);
        } else {
            self.count -= length(&self.text[byte..self.byte], self.unit);
        }
        self.byte = byte;
        self.count
    }
}

/// Looks offsets up in any order: what stands before every 256th byte is counted once.
#[derive(Debug)]
pub struct Index<'t> {
    text: &'t [u8],
    unit: Unit,
    marks: Vec<usize>,
}

impl<'t> Index<'t> {
    const STEP: usize = 256;

    /// Of a text.
    pub fn new(text: &'t str, unit: Unit) -> Self {
        let text = text.as_bytes();
        let mut marks = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut sum = 0;
        marks.push(sum);
        // Bytes are counted, so that a piece may end within a character.
        for piece in text.chunks_exact(Self::STEP) {
            sum += length_of(piece, unit);
            marks.push(sum);
        }
        Self { text, unit, marks }
    }

    /// The offset of a byte, at most the length of the text.
    pub fn at(&self, byte: usize) -> usize {
        let mark = byte / Self::STEP;
        self.marks[mark] + length_of(&self.text[mark * Self::STEP..byte], self.unit)
    }
}

/// The length of a text.
pub(super) fn length(text: &str, unit: Unit) -> usize {
    length_of(text.as_bytes(), unit)
}

/// A character counts where it begins.
fn length_of(text: &[u8], unit: Unit) -> usize {
    match unit {
        Unit::Bytes => text.len(),
        Unit::Chars => count(text, |b| u8::from(b & 0xc0 != 0x80)),
        // A character of four bytes is two code units.
        Unit::Utf16 => count(text, |b| u8::from(b & 0xc0 != 0x80) + u8::from(b >= 0xf0)),
    }
}

/// Sums over bytes, at most two each, in pieces that fit a byte: many at once in vector registers.
fn count(text: &[u8], of: impl Fn(u8) -> u8) -> usize {
    text.chunks(127).map(|piece| usize::from(piece.iter().fold(0u8, |sum, b| sum + of(*b)))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_like_the_standard_library() {
        for text in ["", "a", "äöü€", "😀😀", &"ä😀x".repeat(300)] {
            assert_eq!(length(text, Unit::Chars), text.chars().count());
            assert_eq!(length(text, Unit::Utf16), text.encode_utf16().count());
            let mut counter = Counter::new(text, Unit::Chars);
            for (n, (at, _)) in text.char_indices().enumerate() {
                assert_eq!(counter.at(at), n);
            }
            assert_eq!(counter.at(0), 0);
        }
    }

    #[test]
    fn looks_up_in_any_order() {
        for text in ["", "a", &"ä😀x".repeat(300), &"x".repeat(Index::STEP), &"😀".repeat(Index::STEP / 4)] {
            for unit in [Unit::Chars, Unit::Bytes, Unit::Utf16] {
                let index = Index::new(text, unit);
                assert_eq!(index.at(text.len()), length(text, unit));
                for (at, _) in text.char_indices().rev() {
                    assert_eq!(index.at(at), length(&text[..at], unit));
                }
            }
        }
    }
}
