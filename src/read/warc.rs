//! WARC: the pages that a crawler was answered with, one after the other.

use super::fields::Draft;
use super::format::{Format, Reader};
use super::jsonl::read_line;
use super::raw::Form;
use super::source::{Bytes, Source, too_long};
use super::{Options, Raw};
use crate::error::{Error, ErrorKind, Result};
use crate::place::Place;
use std::io::{self, Read};
use std::sync::Arc;

pub(super) static FORMAT: Format = Format {
    name: "warc",
    title: "WARC, the web pages in it",
    suffixes: &["warc"],
    looks: |head, _| head.starts_with(b"WARC/1."),
    open: |source, _| {
        let Source { bytes, place, .. } = source;
        Ok(Box::new(Warc { bytes, place, record: 0, left: 0, line: Vec::new() }))
    },
    utf8: false,
};

/// Longer lines of a head are damage.
const LONGEST_LINE: u64 = 64 << 10;

/// A head has fewer lines.
const MOST_LINES: usize = 1000;

struct Warc {
    bytes: Bytes,
    place: Place,
    record: u64,
    /// What is still to be passed over of the record in hand.
    left: u64,
    line: Vec<u8>,
}

/// What the head of a record says.
#[derive(Default)]
struct Head {
    kind: String,
    url: Option<String>,
    date: Option<String>,
    media: String,
    length: u64,
}

fn damaged(message: impl Into<String>) -> Error {
    Error::new(message).of(ErrorKind::Damaged)
}

impl Warc {
    /// The next line without its break; none at the end.
    fn line(&mut self) -> Result<Option<String>> {
        match read_line(&mut self.bytes, &mut self.line, LONGEST_LINE) {
            Ok(None) => Ok(None),
            Ok(Some(true)) => Ok(Some(String::from_utf8_lossy(self.line.trim_ascii_end()).into_owned())),
            Ok(Some(false)) => Err(damaged("a line too long for the head of a record")),
            Err(e) => Err(Error::reading(&e)),
        }
    }

    /// Passes over the rest of the record in hand and reads the head of the next; none at the end.
    fn head(&mut self) -> Result<Option<Head>> {
        let left = std::mem::take(&mut self.left);
        let passed = io::copy(&mut (&mut self.bytes).take(left), &mut io::sink()).map_err(|e| Error::reading(&e))?;
        if passed < left {
            return Err(damaged("the last record ends too early"));
        }
        let first = loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.is_empty() => {}
                Some(line) => break line,
            }
        };
        if !first.starts_with("WARC/") {
            return Err(damaged("no record of WARC; what follows cannot be found"));
        }
        let (mut head, mut length) = (Head::default(), None);
        for _ in 0..MOST_LINES {
            let line = self.line()?.ok_or_else(|| damaged("the last record ends too early"))?;
            if line.is_empty() {
                head.length = length.ok_or_else(|| damaged("a record without its length"))?;
                return Ok(Some(head));
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => value.clone_into(&mut head.kind),
                "warc-target-uri" => head.url = Some(value.trim_matches(['<', '>']).to_owned()),
                "warc-date" => head.date = Some(value.to_owned()),
                "content-type" => head.media = value.to_ascii_lowercase(),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
        Err(damaged("a head of too many lines"))
    }

    /// The document of a record, or nothing where it is no page.
    fn page(&mut self, head: Head, options: &Options) -> Result<Option<Draft>> {
        self.left = head.length;
        let (answer, plain) = (head.kind == "response", head.kind == "resource");
        if !(answer && head.media.starts_with("application/http") || plain && is_page(&head.media)) {
            return Ok(None);
        }
        let mut body = Vec::new();
        // Heads of answers come on top of the document.
        let most = options.max_document.saturating_add(LONGEST_LINE).min(head.length);
        (&mut self.bytes).take(most).read_to_end(&mut body).map_err(|e| Error::reading(&e))?;
        self.left -= body.len() as u64;
        let whole = self.left == 0;
        if !whole && (body.len() as u64) < most {
            self.left = 0;
            return Err(damaged("the last record ends too early"));
        }
        let mut media = head.media;
        if answer {
            let Some((page, kind)) = answered(body, options.max_document)? else {
                return Ok(None);
            };
            (body, media) = (page, kind);
        }
        if !whole || body.len() as u64 > options.max_document {
            return Err(too_long(Place::default(), options.max_document));
        }
        let charset = media.split_once("charset=").map(|(_, c)| c.trim_matches(['"', '\'', ' ']));
        let form = Form::Page(body, charset.map(str::to_owned));
        Ok(Some(Draft { id: head.url, version: head.date, form, ..Draft::default() }))
    }
}

fn is_page(media: &str) -> bool {
    media.starts_with("text/html") || media.starts_with("application/xhtml")
}

/// The body of an answer and its media type, unless it is no page.
fn answered(answer: Vec<u8>, limit: u64) -> Result<Option<(Vec<u8>, String)>> {
    let mut headers = [httparse::EMPTY_HEADER; 256];
    let mut response = httparse::Response::new(&mut headers);
    let parsed = httparse::ParserConfig::default()
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut response, &answer);
    let Ok(httparse::Status::Complete(start)) = parsed else {
        return Err(Error::new("no answer of HTTP").of(ErrorKind::Malformed));
    };
    let header = |name: &str| {
        let found = response.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(found.value).trim().to_ascii_lowercase())
    };
    let media = header("content-type").unwrap_or_default();
    if !is_page(&media) || response.code.is_some_and(|c| !(200..300).contains(&c)) {
        return Ok(None);
    }
    // Crawlers that take these apart leave the headers as they were: the bytes decide.
    let chunked = header("transfer-encoding").is_some_and(|t| t.contains("chunked"));
    let coding = header("content-encoding").unwrap_or_default();
    let mut body = answer[start..].to_vec();
    if let Some(joined) = chunked.then(|| dechunked(&body)).flatten() {
        body = joined;
    }
    if body.starts_with(b"\x1f\x8b\x08") {
        let mut page = Vec::new();
        let gzip = flate2::read::MultiGzDecoder::new(&body[..]);
        gzip.take(limit.saturating_add(1))
            .read_to_end(&mut page)
            .map_err(|e| damaged(format!("the gzip data of the page is damaged: {e}")))?;
        body = page;
    } else if coding == "br" && std::str::from_utf8(&body).is_err() {
        return Err(Error::new("a page compressed with Brotli, which is not read").of(ErrorKind::Unsupported));
    }
    Ok(Some((body, media)))
}

/// The chunks of a body joined; none where it has none.
fn dechunked(body: &[u8]) -> Option<Vec<u8>> {
    let (mut joined, mut rest) = (Vec::with_capacity(body.len()), body);
    loop {
        let httparse::Status::Complete((at, size)) = httparse::parse_chunk_size(rest).ok()? else { return None };
        if size == 0 {
            return Some(joined);
        }
        let end = at.checked_add(usize::try_from(size).ok()?)?;
        joined.extend_from_slice(rest.get(at..end)?);
        rest = rest[end..].strip_prefix(b"\r\n").unwrap_or(&rest[end..]);
    }
}

impl Reader for Warc {
    fn next(&mut self, options: &Arc<Options>) -> Option<Result<Raw>> {
        loop {
            let head = match self.head() {
                Ok(None) => return None,
                Ok(Some(head)) => head,
                Err(e) => {
                    self.bytes = Box::new(io::empty());
                    return Some(Err(e.within(self.place.at(self.record + 1))));
                }
            };
            self.record += 1;
            let place = self.place.at(self.record);
            match self.page(head, options) {
                Ok(None) => {}
                Ok(Some(draft)) => return Some(Raw::of(draft, place, Place::to_string, options)),
                Err(e) => return Some(Err(e.within(place))),
            }
        }
    }
}
