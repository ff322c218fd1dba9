//! `FILE:OFFSET` and `FILE:LINE:COLUMN`: a place in a document.

use super::{Explain, Offsets};
use kennzahl::Error;
use kennzahl::read::{Documents, Options};
use std::path::Path;

/// A place in a document.
pub(super) struct Place {
    pub(super) doc: String,
    pub(super) text: String,
    pub(super) published: Option<String>,
    /// In bytes.
    pub(super) at: usize,
}

/// The file that an argument names, and what it says of the place in it.
enum Said<'a> {
    Offset(&'a str, usize),
    Line(&'a str, usize, usize),
}

/// The place that is meant, if the argument is none of a text.
pub(super) fn of(a: &Explain) -> Result<Option<Place>, Error> {
    let Some(said) = said(&a.text)? else { return Ok(None) };
    let path = match said {
        Said::Offset(path, _) | Said::Line(path, ..) => path,
    };
    let (mut others, mut found) = (0_u64, None);
    for doc in Documents::open(&[path.into()], Options::default())? {
        let doc = doc?;
        match &a.doc {
            Some(id) if doc.id != *id => others += 1,
            _ if found.is_some() => {
                let message = "it has several documents: name one with --doc ID";
                return Err(Error::at(path, message));
            }
            _ => found = Some(doc),
        }
        if a.doc.is_some() && found.is_some() {
            break;
        }
    }
    let Some(doc) = found else {
        return Err(Error::at(path, format!("there is no such document among its {others}")));
    };
    let at = match said {
        Said::Offset(_, n) => byte_of(&doc.text, n, a.offsets),
        Said::Line(_, line, column) => byte_of_line(&doc.text, line, column),
    };
    let outside =
        || Error::at(&a.text, format!("the document ends before, after {} characters", doc.text.chars().count()));
    let at = at.ok_or_else(outside)?;
    Ok(Some(Place { at, doc: doc.id, text: doc.text, published: doc.published }))
}

fn said(argument: &str) -> Result<Option<Said<'_>>, Error> {
    let number = |text: &str| text.parse::<usize>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
    let Some((front, last)) = argument.rsplit_once(':').and_then(|(f, n)| Some((f, number(n)?))) else {
        return Ok(None);
    };
    if Path::new(front).is_file() {
        return Ok(Some(Said::Offset(front, last)));
    }
    let (path, line) = match front.rsplit_once(':').and_then(|(f, n)| Some((f, number(n)?))) {
        Some((path, line)) => (path, Some(line)),
        None => (front, None),
    };
    if let Some(line) = line.filter(|_| Path::new(path).is_file()) {
        return Ok(Some(Said::Line(path, line, last)));
    }
    // "22:17" is a text, "news/a.txt:22" hardly one.
    let file =
        Path::new(path).extension().is_some_and(|e| ["txt", "json", "jsonl", "gz", "zst"].iter().any(|s| e == *s));
    if file && !path.contains(char::is_whitespace) {
        return Err(Error::at(
            path,
            "there is no such file; a text that looks like that goes in with a blank behind it",
        ));
    }
    Ok(None)
}

fn byte_of(text: &str, n: usize, unit: Offsets) -> Option<usize> {
    match unit {
        Offsets::Chars => text.char_indices().nth(n).map(|(byte, _)| byte),
        Offsets::Bytes => (n < text.len()).then(|| text.floor_char_boundary(n)),
        Offsets::Utf16 => {
            let mut units = 0;
            let mut ends = text.char_indices().map(|(byte, c)| {
                units += c.len_utf16();
                (byte, units)
            });
            ends.find(|(_, end)| *end > n).map(|(byte, _)| byte)
        }
    }
}

/// Lines and columns count from 1, columns in characters.
fn byte_of_line(text: &str, line: usize, column: usize) -> Option<usize> {
    let (line, column) = (line.checked_sub(1)?, column.checked_sub(1)?);
    let whole = text.split_inclusive('\n').nth(line)?;
    let start = whole.as_ptr() as usize - text.as_ptr() as usize;
    whole.char_indices().nth(column).map(|(byte, _)| start + byte)
}

/// The line of a byte and the column in it, from 1.
pub(super) fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..byte];
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    (1 + before.bytes().filter(|b| *b == b'\n').count(), 1 + text[line..byte].chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_of_all_units_mean_one_byte() {
        let text = "\u{1f4b6}\u{e4}b\ncd";
        for (unit, n) in [(Offsets::Chars, 2), (Offsets::Utf16, 3), (Offsets::Bytes, 6)] {
            assert_eq!(byte_of(text, n, unit), Some(6));
            assert_eq!(byte_of(text, 99, unit), None);
        }
        assert_eq!(byte_of(text, 1, Offsets::Bytes), Some(0));
        assert_eq!(byte_of_line(text, 2, 2), Some(9));
        assert_eq!(line_and_column(text, 9), (2, 2));
        assert_eq!((byte_of_line(text, 3, 1), byte_of_line(text, 1, 9), byte_of_line(text, 0, 1)), (None, None, None));
    }
}
