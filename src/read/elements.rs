//! Large XML → its records: the elements of one name, cut out of the stream before they are parsed. So a broken or
//! endless one costs itself alone, and memory holds one.

use super::fields::{Draft, whole_text};
use super::format::Reader;
use super::source::{Bytes, Source, too_long};
use super::{Options, Raw};
use crate::error::{Error, ErrorKind, Result};
use crate::place::Place;
use encoding_rs::Encoding;
use std::io;
use std::sync::Arc;

/// What one element is read as: a document, or nothing, where it is of another kind.
pub(super) type Parse = fn(&str, &mut Context, &Options) -> Result<Option<Draft>>;

/// What elements say of those that follow.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// Which database the pages are of.
    pub(super) database: Option<String>,
    /// What their site is called.
    pub(super) site: Option<String>,
}

/// The records of one source.
pub(super) struct Elements {
    scanner: Scanner,
    place: Place,
    name: String,
    names: &'static [&'static str],
    parse: Parse,
    context: Context,
    declared: Option<&'static Encoding>,
    encoding: Option<&'static str>,
    record: u64,
    /// Whether there was any such element.
    found: bool,
}

impl Elements {
    /// Reads the elements of these names.
    pub(super) fn boxed(source: Source, names: &'static [&'static str], parse: Parse) -> Box<dyn Reader> {
        let declared = declared(&source.head).filter(|e| *e != encoding_rs::UTF_8 && source.encoding.is_none());
        let Source { bytes, place, name, encoding, .. } = source;
        let scanner = Scanner { bytes, piece: Vec::new(), element: Vec::new() };
        let (context, record, found) = (Context::default(), 0, false);
        Box::new(Self { scanner, place, name, names, parse, context, declared, encoding, record, found })
    }

    fn draft(&mut self, options: &Options) -> Result<Option<Draft>> {
        let bytes = std::mem::take(&mut self.scanner.element);
        let (text, encoding) = match self.declared {
            Some(declared) => (declared.decode(&bytes).0.into_owned(), Some("windows-1252")),
            None => whole_text(bytes)?,
        };
        let draft = (self.parse)(&text, &mut self.context, options)?;
        Ok(draft.map(|d| Draft { encoding: encoding.or(self.encoding), ..d }))
    }
}

/// The encoding that an XML declaration names.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let end = memchr::memmem::find(head, b"?>").filter(|_| head.starts_with(b"<?xml"))?;
    let at = memchr::memmem::find(&head[..end], b"encoding")? + "encoding".len();
    let mut parts = head[at..end].split(|b| matches!(b, b'"' | b'\''));
    Encoding::for_label(parts.nth(1)?)
}

impl Reader for Elements {
    fn next(&mut self, options: &Arc<Options>) -> Option<Result<Raw>> {
        loop {
            let found = self.scanner.next(self.names, options.max_document);
            let place = self.place.at(self.record + 1);
            let whole = match found {
                Ok(Some((kind, whole))) => {
                    self.record += u64::from(kind == 0);
                    whole
                }
                Ok(None) if !self.found => {
                    self.found = true;
                    let message = format!("no <{}> in this XML", self.names[0]);
                    return Some(Err(Error::at(self.place.clone(), message).of(ErrorKind::Malformed)));
                }
                Ok(None) => return None,
                Err(e) => {
                    self.found = true;
                    self.scanner.bytes = Box::new(io::empty());
                    return Some(Err(Error::reading(&e).within(place)));
                }
            };
            self.found = true;
            let draft = match whole {
                true => self.draft(options).map_err(|e| e.within(place.clone())),
                false => Err(too_long(place.clone(), options.max_document)),
            };
            if matches!(draft, Ok(None)) {
                continue;
            }
            return Some(draft.and_then(|draft| {
                let name = |place: &Place| match place.position {
                    1 => self.name.clone(),
                    _ => place.to_string(),
                };
                Raw::of(draft.unwrap_or_default(), place, name, options)
            }));
        }
    }
}

/// Cuts elements out of a stream.
struct Scanner {
    bytes: Bytes,
    /// The bytes up to and with the next `>`.
    piece: Vec<u8>,
    element: Vec<u8>,
}

/// So much is kept of a piece over the limit: the tag at its end.
const TAIL: usize = 256;

impl Scanner {
    /// The next element of one of these names: which of them, and whether all of it; none at the end.
    ///
    /// # Errors
    /// The source cannot be read on, or ends inside an element.
    fn next(&mut self, names: &[&str], limit: u64) -> io::Result<Option<(usize, bool)>> {
        self.element.clear();
        let (mut inside, mut whole): (Option<usize>, bool) = (None, true);
        while let Some(all) = self.piece(limit)? {
            let tag = memchr::memrchr(b'<', &self.piece).map_or(&[][..], |at| &self.piece[at..]);
            let ends = tag.ends_with(b"/>") || tag.starts_with(b"</");
            if inside.is_none() {
                inside = names.iter().position(|n| !tag.starts_with(b"</") && is_tag(tag, n));
                let Some(_) = inside else { continue };
                self.element.extend_from_slice(tag);
            } else {
                whole &= all;
                if whole && (self.element.len() + self.piece.len()) as u64 <= limit {
                    self.element.extend_from_slice(&self.piece);
                } else {
                    whole = false;
                    self.element = Vec::new();
                }
            }
            if let Some(kind) = inside.filter(|kind| ends && is_tag(tag, names[*kind])) {
                return Ok(Some((kind, whole)));
            }
        }
        match inside {
            None => Ok(None),
            Some(kind) => {
                let message = format!("the XML ends inside <{}>", names[kind]);
                Err(io::Error::new(io::ErrorKind::UnexpectedEof, message))
            }
        }
    }

    /// Reads up to the next `>`: whether all of it is kept, or none at the end.
    fn piece(&mut self, limit: u64) -> io::Result<Option<bool>> {
        self.piece.clear();
        let (mut any, mut whole) = (false, true);
        loop {
            let part = self.bytes.fill_buf()?;
            if part.is_empty() {
                return Ok(any.then_some(whole));
            }
            any = true;
            let end = memchr::memchr(b'>', part).map(|at| at + 1);
            let take = end.unwrap_or(part.len());
            self.piece.extend_from_slice(&part[..take]);
            if self.piece.len() as u64 > limit {
                whole = false;
                self.piece.drain(..self.piece.len().saturating_sub(TAIL));
            }
            self.bytes.consume(take);
            if end.is_some() {
                return Ok(Some(whole));
            }
        }
    }
}

/// Whether a tag, opening or closing, is of this name, with or without a prefix.
fn is_tag(tag: &[u8], name: &str) -> bool {
    let tag = tag.strip_prefix(b"<").unwrap_or(tag);
    let tag = tag.strip_prefix(b"/").unwrap_or(tag);
    let end = tag.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).unwrap_or(tag.len());
    tag[..end].rsplit(|b| *b == b':').next() == Some(name.as_bytes())
}

/// Whether XML begins with an element of one of these names, behind declarations and comments.
pub(super) fn begins_with(head: &[u8], names: &[&str]) -> bool {
    let mut rest = head.trim_ascii_start();
    loop {
        let skipped = match rest {
            [b'<', b'?', ..] => memchr::memmem::find(rest, b"?>").map(|at| at + 2),
            [b'<', b'!', b'-', b'-', ..] => memchr::memmem::find(rest, b"-->").map(|at| at + 3),
            [b'<', b'!', ..] => memchr::memchr(b'>', rest).map(|at| at + 1),
            _ => return rest.starts_with(b"<") && names.iter().any(|n| is_tag(rest, n)),
        };
        let Some(skipped) = skipped else { return false };
        rest = rest[skipped..].trim_ascii_start();
    }
}
