//! JSON lines → documents.

use super::{Options, civil, too_long};
use crate::error::{Error, Result};
use crate::model::Document;
use serde_json::{Map, Value};
use std::io::BufRead;

/// The names of the fields of a line.
#[derive(Clone, Debug)]
pub struct Fields {
    /// The text; must be there.
    pub text: String,
    /// The id.
    pub id: String,
    /// The publication time.
    pub published: String,
}

impl Default for Fields {
    fn default() -> Self {
        Self { text: "text".to_owned(), id: "id".to_owned(), published: "published".to_owned() }
    }
}

/// The lines of one source.
pub(super) struct Lines {
    reader: Box<dyn BufRead + Send>,
    source: String,
    line: u64,
    buffer: Vec<u8>,
}

impl Lines {
    pub(super) fn new(reader: Box<dyn BufRead + Send>, source: String) -> Self {
        Self { reader, source, line: 0, buffer: Vec::new() }
    }

    /// The next document, or what is wrong with its line; none at the end. Blank lines are passed over.
    pub(super) fn next(&mut self, options: &Options) -> Option<Result<Document>> {
        loop {
            self.line += 1;
            let whole = match self.read_line(options.max_document) {
                Ok(None) => return None,
                Ok(Some(whole)) => whole,
                // A reader that fails once fails again: this source is at its end.
                Err(e) => {
                    let place = format!("{}:{}", self.source, self.line);
                    self.reader = Box::new(std::io::empty());
                    return Some(Err(Error::at(place, e.to_string())));
                }
            };
            let place = format!("{}:{}", self.source, self.line);
            if !whole {
                return Some(Err(too_long(&place, options.max_document)));
            }
            if self.line == 1 && self.buffer.starts_with(b"\xef\xbb\xbf") {
                self.buffer.drain(..3);
            }
            if self.buffer.trim_ascii().is_empty() {
                continue;
            }
            return Some(document(&self.buffer, &place, options).map_err(|e| Error::at(place, e.message)));
        }
    }

    /// Reads one line into the buffer, without its break: whether all of it, or none at the end. A line over the limit
    /// is read past in constant memory.
    fn read_line(&mut self, limit: u64) -> std::io::Result<Option<bool>> {
        self.buffer.clear();
        let (mut any, mut whole) = (false, true);
        loop {
            let part = self.reader.fill_buf()?;
            if part.is_empty() {
                return Ok(any.then_some(whole));
            }
            any = true;
            let newline = part.iter().position(|b| *b == b'\n');
            let take = newline.unwrap_or(part.len());
            if whole && (self.buffer.len() + take) as u64 <= limit {
                self.buffer.extend_from_slice(&part[..take]);
            } else {
                whole = false;
                self.buffer = Vec::new();
            }
            self.reader.consume(take + usize::from(newline.is_some()));
            if newline.is_some() {
                return Ok(Some(whole));
            }
        }
    }
}

fn document(line: &[u8], place: &str, options: &Options) -> Result<Document> {
    let mut object: Map<String, Value> =
        serde_json::from_slice(line).map_err(|e| Error::new(format!("no JSON object with a text: {e}")))?;
    let fields = &options.fields;
    let text = match object.remove(&fields.text) {
        Some(Value::String(text)) => text,
        Some(_) => {
            return Err(Error::new(format!("the field '{}' is no string", fields.text)));
        }
        None => {
            return Err(Error::new(format!("no field '{}'; name it with --text-field", fields.text)));
        }
    };
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let mut string = |name: &str| match object.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(s)) => Ok(Some(s)),
        Some(Value::Number(n)) => Ok(Some(n.to_string())),
        Some(_) => Err(Error::new(format!("the field '{name}' is neither string nor number"))),
    };
    let given = string(&fields.published)?;
    let published_from = match (&given, &options.published) {
        (Some(_), _) => Some("given"),
        (None, Some(_)) => Some("option"),
        (None, None) => None,
    };
    let published = match given {
        Some(p) => Some(civil(&p, &options.zone)?),
        None => options.published.clone(),
    };
    Ok(Document {
        id: string(&fields.id)?.unwrap_or_else(|| place.to_owned()),
        place: place.into(),
        status: None,
        carried: None,
        published,
        published_from,
        title: string("title")?,
        source: string("source")?,
        lang: string("lang")?,
        version: string("version")?,
        encoding: None,
        text,
    })
}
