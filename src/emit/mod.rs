//! Analyses → records.

pub mod columns;
mod conflict;
mod fact;
mod jsonl;
mod key;
mod name;
mod offsets;
mod rows;
mod schema;
pub mod sql;
mod statement;

pub(crate) use jsonl::size_of;
pub use jsonl::{Options, write_document};
pub use offsets::{Index as Offsets, Unit as OffsetUnit};
pub use rows::write_rows;
pub use schema::{SCHEMA_VERSION, schema};
pub use sql::{Dialect, sql};

use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A derived string: NFC, without soft hyphens and zero-width characters, blanks collapsed.
///
/// ```
/// assert_eq!(kennzahl::emit::plain("Nut\u{ad}zer"), "Nutzer");
/// ```
pub fn plain(text: &str) -> Cow<'_, str> {
    if is_plain(text) || text.is_ascii() && !text.contains(['\n', '\r', '\t']) && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let hidden = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let blank = |c: char| c.is_whitespace() && c != ' ';
    if !text.contains(|c| hidden(c) || blank(c)) && !text.contains("  ") && is_nfc(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfc().filter(|c| !hidden(*c)) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    Cow::Owned(out)
}

/// Whether a text is a derived string as it stands, as far as its bytes tell at once: letters of ASCII and of Latin-1,
/// which are NFC, with single blanks between them.
fn is_plain(text: &str) -> bool {
    let mut before = 0;
    text.bytes().all(|b| {
        let plain = match b {
            b' ' => before != b' ',
            b'!'..=b'~' | 0xc3 => true,
            // The second byte of a letter.
            0x80..=0xbf => before == 0xc3,
            _ => false,
        };
        before = b;
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_at_once_is_plain() {
        let all = (0..=0x250).chain(0x300..=0x36f).chain(0x2000..=0x2070).filter_map(char::from_u32);
        for c in all {
            for text in [format!("{c}"), format!("a{c}b"), format!("a {c}"), format!("{c} b"), format!("u{c}\u{308}")] {
                let nfc: String = text.nfc().collect();
                let same = nfc == text && !text.chars().any(|c| c.is_whitespace() && c != ' ' || c == '\u{ad}');
                assert!(!is_plain(&text) || same && !text.contains("  "), "{text:?}");
                assert!(!is_plain(&text) || plain(&text) == text, "{text:?}");
            }
        }
        assert!(is_plain("Süßer Übergang") && !is_plain("zwei  Blanks") && !is_plain("\u{a0}"));
    }
}
