//! The records of a run, document by document.

use crate::error::{Error, ErrorKind, Result};
use crate::place::Place;
use serde::Deserialize;
use std::borrow::Cow;
use std::io::{BufRead, Read};

/// What one run has of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// The id of the document.
    pub doc: String,
    /// Its records, one a line.
    pub lines: Vec<u8>,
    /// Its text, where it is at hand.
    pub text: Option<String>,
}

/// Longer records are none.
const MAX_LINE: u64 = 64 << 20;
/// Documents with more bytes of records are read in parts.
const MAX_RECORDS: usize = 256 << 20;

/// Groups lines of JSON by their documents. A line that is no record comes as an error in its place, and the rest goes
/// on.
///
/// ```
/// use kennzahl::diff::Lines;
/// let lines = "{\"kind\":\"document\",\"doc\":\"a\"}\n{\"kind\":\"time\",\"doc\":\"a\"}\n{\"kind\":\"document\",\"doc\":\"b\"}\n";
/// let docs: Vec<_> = Lines::new("run.jsonl", lines.as_bytes()).map(|r| r.unwrap().doc).collect();
/// assert_eq!(docs, ["a", "b"]);
/// ```
#[derive(Debug)]
pub struct Lines<R> {
    name: String,
    input: R,
    /// How many lines were read.
    line: u64,
    /// The document in hand.
    open: Option<Records>,
    ended: bool,
}

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    doc: Cow<'a, str>,
}

impl<R: BufRead> Lines<R> {
    /// The lines of `input`; `name` is used in messages.
    pub fn new(name: &str, input: R) -> Self {
        Self { name: name.to_owned(), input, line: 0, open: None, ended: false }
    }

    /// Reads one line, empty at the end.
    fn line(&mut self) -> Result<Vec<u8>> {
        let mut line = Vec::new();
        self.line += 1;
        (&mut self.input).take(MAX_LINE).read_until(b'\n', &mut line).map_err(|e| {
            self.ended = true;
            Error::reading(&e).within(&self.name)
        })?;
        if line.len() as u64 == MAX_LINE && line.last() != Some(&b'\n') {
            while let Ok(buffer) = self.input.fill_buf() {
                let end = memchr::memchr(b'\n', buffer);
                let read = end.map_or(buffer.len(), |at| at + 1);
                self.input.consume(read);
                if end.is_some() || read == 0 {
                    break;
                }
            }
            return Err(self.error("the record is longer than 64 MB").of(ErrorKind::Limit));
        }
        Ok(line)
    }

    fn error(&self, message: impl std::fmt::Display) -> Error {
        Error::at(Place::from(&self.name).at(self.line), message.to_string()).of(ErrorKind::Malformed)
    }

    /// Adds a line to the document in hand; gives that back where the line begins another.
    fn add(&mut self, mut line: Vec<u8>) -> Result<Option<Records>> {
        let head: Head<'_> = serde_json::from_slice(&line).map_err(|e| {
            self.error(format!("no record of `kennzahl extract`, an object with kind and doc a line: {e}"))
        })?;
        let fits = |open: &Records| open.lines.len() + line.len() < MAX_RECORDS;
        // A newer version of a document stands behind the older one, and begins with its own document record.
        let same = |open: &Records| open.doc == head.doc && head.kind != "document" && fits(open);
        let (same, doc) = (self.open.as_ref().is_some_and(same), head.doc.into_owned());
        if !line.ends_with(b"\n") {
            line.push(b'\n');
        }
        if let (Some(open), true) = (&mut self.open, same) {
            open.lines.extend_from_slice(&line);
            return Ok(None);
        }
        Ok(self.open.replace(Records { doc, lines: line, text: None }))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Records>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let step = self.line().and_then(|line| {
                self.ended = line.is_empty();
                if line.trim_ascii().is_empty() { Ok(None) } else { self.add(line) }
            });
            match step {
                Ok(None) => {}
                Ok(Some(records)) => return Some(Ok(records)),
                Err(e) => return Some(Err(e)),
            }
        }
        self.open.take().map(Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_in_order_and_errors_in_their_place() {
        let input = "{\"kind\":\"document\",\"doc\":\"a\"}\nnothing\n\n{\"kind\":\"time\",\"doc\":\"a\"}\n\
                     {\"kind\":\"document\",\"doc\":\"a\"}\n{\"kind\":\"time\",\"doc\":\"b\"}";
        let all: Vec<_> = Lines::new("x", input.as_bytes())
            .map(|r| r.map(|r| (r.doc, r.lines.iter().filter(|b| **b == b'\n').count())))
            .collect();
        assert!(all[0].as_ref().unwrap_err().to_string().starts_with("x:2: no record"), "{all:?}");
        let docs: Vec<_> = all.into_iter().skip(1).map(Result::unwrap).collect();
        assert_eq!(docs, [("a".to_owned(), 2), ("a".to_owned(), 1), ("b".to_owned(), 1)]);
    }
}
