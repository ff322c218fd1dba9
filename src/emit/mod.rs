//! Analyses → records.

pub mod columns;
mod fact;
mod jsonl;
mod key;
mod name;
mod offsets;
mod rows;
mod schema;
pub mod sql;

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
    if text.is_ascii() && !text.contains(['\n', '\r', '\t']) && !text.contains("  ") {
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
