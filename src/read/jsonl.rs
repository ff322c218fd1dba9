//! JSON lines → documents.

use super::format::{Format, Reader};
use super::json::object;
use super::source::{Bytes, Source, too_long};
use super::{Options, Raw};
use crate::error::{Error, Result};
use crate::place::Place;
use std::io;
use std::sync::Arc;

pub(super) static FORMAT: Format = Format {
    name: "jsonl",
    title: "JSON lines",
    suffixes: &["jsonl", "ndjson", "json"],
    looks,
    open: |source, _| Ok(Box::new(Lines::new(source))),
    utf8: true,
};

/// The first line is an object, or the beginning of one that is longer than what is seen.
fn looks(head: &[u8], _: &Options) -> bool {
    let line = head.trim_ascii_start().split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii();
    line.starts_with(b"{") && (line.ends_with(b"}") || line.len() > 2000)
}

/// The lines of one source.
struct Lines {
    bytes: Bytes,
    place: Place,
    line: u64,
    buffer: Vec<u8>,
    encoding: Option<&'static str>,
}

impl Lines {
    fn new(source: Source) -> Self {
        Self { bytes: source.bytes, place: source.place, line: 0, buffer: Vec::new(), encoding: source.encoding }
    }
}

impl Reader for Lines {
    /// Blank lines are passed over.
    fn next(&mut self, options: &Arc<Options>) -> Option<Result<Raw>> {
        loop {
            self.line += 1;
            let read = read_line(&mut self.bytes, &mut self.buffer, options.max_document);
            let whole = match read {
                Ok(None) => return None,
                Ok(Some(whole)) => whole,
                // A reader that fails once fails again: this source is at its end.
                Err(e) => {
                    self.bytes = Box::new(io::empty());
                    return Some(Err(Error::reading(&e).within(self.place.at(self.line))));
                }
            };
            let place = self.place.at(self.line);
            if !whole {
                return Some(Err(too_long(place, options.max_document)));
            }
            if self.buffer.trim_ascii().is_empty() {
                continue;
            }
            return Some(object(&self.buffer, place, Place::to_string, self.encoding, options));
        }
    }
}

/// Reads one line into the buffer, without its break: whether all of it, or none at the end. A line over the limit is
/// read past in constant memory.
pub(super) fn read_line(bytes: &mut Bytes, buffer: &mut Vec<u8>, limit: u64) -> io::Result<Option<bool>> {
    buffer.clear();
    let (mut any, mut whole) = (false, true);
    loop {
        let part = bytes.fill_buf()?;
        if part.is_empty() {
            return Ok(any.then_some(whole));
        }
        any = true;
        let newline = memchr::memchr(b'\n', part);
        let take = newline.unwrap_or(part.len());
        if whole && (buffer.len() + take) as u64 <= limit {
            buffer.extend_from_slice(&part[..take]);
        } else {
            whole = false;
            *buffer = Vec::new();
        }
        bytes.consume(take + usize::from(newline.is_some()));
        if newline.is_some() {
            return Ok(Some(whole));
        }
    }
}
