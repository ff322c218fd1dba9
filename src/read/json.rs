//! JSON that is not one object a line: an array of objects, or objects one after the other, printed as they like.

use super::fields::Draft;
use super::format::{Format, Reader};
use super::source::{Bytes, Source, too_long};
use super::{Options, Raw, ninjs};
use crate::error::{Error, ErrorKind, Result};
use crate::place::Place;
use serde_json::{Map, Value};
use std::io;
use std::sync::Arc;

pub(super) static FORMAT: Format = Format {
    name: "json",
    title: "JSON: an array of objects, or objects",
    suffixes: &["json", "ninjs"],
    looks: |head, _| {
        let head = head.trim_ascii_start();
        head.starts_with(b"{")
            || head.strip_prefix(b"[").is_some_and(|h| matches!(h.trim_ascii_start(), [] | [b'{' | b']', ..]))
    },
    open: |source, _| Ok(Box::new(Values::new(source))),
    utf8: true,
};

/// The document of one object: of the given fields, or of ninjs. `named` is its id where it has none.
pub(super) fn object(
    bytes: &[u8],
    place: Place,
    named: impl FnOnce(&Place) -> String,
    encoding: Option<&'static str>,
    options: &Arc<Options>,
) -> Result<Raw> {
    let read = || {
        let object: Map<String, Value> =
            serde_json::from_slice(bytes).map_err(|e| match std::str::from_utf8(bytes) {
                Ok(_) => Error::new(format!("no JSON object with a text: {e}")).of(ErrorKind::Malformed),
                Err(e) => {
                    let message = format!("not UTF-8, from byte {} of the object on", e.valid_up_to());
                    Error::new(message).of(ErrorKind::Encoding)
                }
            })?;
        let draft = match ninjs::is_item(&object, &options.fields) {
            true => ninjs::draft(object, options)?,
            false => Draft::of_record(object, &options.fields)?,
        };
        Ok(Draft { encoding, ..draft })
    };
    let draft = read().map_err(|e: Error| e.within(place.clone()))?;
    Raw::of(draft, place, named, options)
}

/// The objects of one source.
struct Values {
    bytes: Bytes,
    place: Place,
    /// The id of an object that is the whole of the source.
    name: String,
    encoding: Option<&'static str>,
    record: u64,
    in_array: bool,
    buffer: Vec<u8>,
}

impl Values {
    fn new(source: Source) -> Self {
        let Source { bytes, place, name, encoding, .. } = source;
        Self { bytes, place, name, encoding, record: 0, in_array: false, buffer: Vec::new() }
    }

    /// Passes over what stands between values: whether another one begins.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            let part = self.bytes.fill_buf()?;
            let Some(first) = part.first() else {
                return Ok(false);
            };
            match first {
                b'[' if !self.in_array && self.record == 0 => self.in_array = true,
                b' ' | b'\t' | b'\r' | b'\n' | b',' => {}
                b']' if self.in_array => {}
                _ => return Ok(true),
            }
            self.bytes.consume(1);
        }
    }

    /// Reads one value into the buffer, or past it in constant memory: whether all of it, or none where it has no end.
    fn value(&mut self, limit: u64) -> io::Result<Option<bool>> {
        self.buffer.clear();
        let (mut depth, mut quoted, mut escaped, mut whole) = (0u64, false, false, true);
        loop {
            let part = self.bytes.fill_buf()?;
            if part.is_empty() {
                // A number or a word ends where the source ends; what opens has to close.
                return Ok((depth == 0 && !quoted).then_some(whole));
            }
            let mut end = None;
            for (i, b) in part.iter().enumerate() {
                if quoted {
                    match b {
                        _ if escaped => escaped = false,
                        b'\\' => escaped = true,
                        b'"' => quoted = false,
                        _ => {}
                    }
                    continue;
                }
                match b {
                    b'"' => quoted = true,
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 1 => depth -= 1,
                    b'}' | b']' if depth == 1 => end = Some(i + 1),
                    b',' | b'\n' | b']' | b'}' if depth == 0 => end = Some((i + usize::from(*b == b'}')).max(1)),
                    _ => {}
                }
                if end.is_some() {
                    break;
                }
            }
            let take = end.unwrap_or(part.len());
            if whole && (self.buffer.len() + take) as u64 <= limit {
                self.buffer.extend_from_slice(&part[..take]);
            } else {
                whole = false;
                self.buffer = Vec::new();
            }
            self.bytes.consume(take);
            if end.is_some() {
                return Ok(Some(whole));
            }
        }
    }
}

impl Reader for Values {
    fn next(&mut self, options: &Arc<Options>) -> Option<Result<Raw>> {
        let read = match self.begin() {
            Ok(false) => return None,
            Ok(true) => self.value(options.max_document),
            Err(e) => Err(e),
        };
        self.record += 1;
        let place = self.place.at(self.record);
        Some(match read {
            Ok(Some(true)) => {
                // An object alone in its file is called as the file is.
                let alone = self.record == 1 && !self.in_array && matches!(self.begin(), Ok(false));
                let named = |place: &Place| if alone { self.name.clone() } else { place.to_string() };
                object(&self.buffer, place, named, self.encoding, options)
            }
            Ok(Some(false)) => Err(too_long(place, options.max_document)),
            Ok(None) => Err(Error::at(place, "the JSON ends inside a record").of(ErrorKind::Damaged)),
            Err(e) => {
                self.bytes = Box::new(io::empty());
                Err(Error::reading(&e).within(place))
            }
        })
    }
}
