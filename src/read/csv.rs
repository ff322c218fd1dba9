//! CSV and TSV with named columns.

use super::fields::{Draft, Fields};
use super::format::{Format, Reader};
use super::source::{Bytes, Source, too_long};
use super::{Options, Raw, decode};
use crate::error::{Error, ErrorKind, Result};
use crate::place::Place;
use csv_core::ReadRecordResult;
use serde_json::{Map, Value};
use std::sync::Arc;

pub(super) static FORMAT: Format = Format {
    name: "csv",
    title: "CSV or TSV, its first line naming the columns",
    suffixes: &["csv", "tsv", "tab"],
    looks: |head, options| {
        let columns = first_line(head);
        columns.contains(delimiter(head) as char)
            && columns.split(delimiter(head) as char).any(|c| c.trim().trim_matches('"') == options.fields.text)
    },
    open: |source, options| Rows::open(source, options).map(|rows| -> Box<dyn Reader> { Box::new(rows) }),
    utf8: true,
};

fn first_line(head: &[u8]) -> String {
    String::from_utf8_lossy(head.split(|b| *b == b'\n').next().unwrap_or_default()).into_owned()
}

/// What parts the columns: of comma, semicolon, tab and bar the one that the first line has most of.
fn delimiter(head: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    for b in head.iter().take_while(|b| **b != b'\n') {
        quoted ^= *b == b'"';
        counts.iter_mut().filter(|c| c.0 == *b && !quoted).for_each(|c| c.1 += 1);
    }
    // The first of equals.
    counts.iter().rev().max_by_key(|c| c.1).map_or(b',', |c| c.0)
}

struct Rows {
    bytes: Bytes,
    csv: csv_core::Reader,
    place: Place,
    encoding: Option<&'static str>,
    /// The names of the columns that are asked for; the others are passed over.
    columns: Vec<Option<String>>,
    row: Row,
    ended: bool,
}

/// The fields of a row, one after the other, and where each ends.
#[derive(Default)]
struct Row {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// How many there are, and how many bytes they have.
    fields: usize,
    len: usize,
}

impl Row {
    fn field(&self, k: usize) -> &[u8] {
        let from = if k == 0 { 0 } else { self.ends[k - 1] };
        &self.bytes[from..self.ends[k]]
    }
}

impl Rows {
    fn open(source: Source, options: &Options) -> Result<Self> {
        let csv = csv_core::ReaderBuilder::new().delimiter(delimiter(&source.head)).build();
        let Source { bytes, place, encoding, .. } = source;
        let mut rows = Self { bytes, csv, place, encoding, columns: Vec::new(), row: Row::default(), ended: false };
        let Some(whole) = rows.read(options.max_document)? else {
            rows.ended = true;
            return Ok(rows);
        };
        let names: Vec<String> =
            (0..rows.row.fields).map(|k| decode(rows.row.field(k).to_vec()).0.trim().to_owned()).collect();
        if !whole || !names.contains(&options.fields.text) {
            let list = names.iter().take(30).map(|n| format!("'{n}'")).collect::<Vec<_>>().join(", ");
            let message = format!("no column '{}' among {list}; name it with --text-field", options.fields.text);
            return Err(Error::at(rows.place.at(1), message).of(ErrorKind::Field));
        }
        let asked = |(k, name): (usize, &String)| {
            let first = names[..k].iter().all(|n| n != name);
            (first && options.fields.wants(name)).then(|| name.clone())
        };
        rows.columns = names.iter().enumerate().map(asked).collect();
        Ok(rows)
    }

    /// Reads the next row: whether all of it, or none at the end. A row over the limit is read past in constant memory.
    fn read(&mut self, limit: u64) -> Result<Option<bool>> {
        let Row { bytes, ends, fields, len } = &mut self.row;
        let mut whole = true;
        (*fields, *len) = (0, 0);
        bytes.resize(bytes.len().max(4096), 0);
        ends.resize(ends.len().max(64), 0);
        loop {
            let input = self.bytes.fill_buf().map_err(|e| {
                self.ended = true;
                Error::reading(&e).within(self.place.at(self.csv.line()))
            })?;
            let (result, read, written, ended) = self.csv.read_record(input, &mut bytes[*len..], &mut ends[*fields..]);
            self.bytes.consume(read);
            *len += written;
            *fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                // A longer row is written over itself from here on.
                ReadRecordResult::OutputFull if *len as u64 > limit => (*len, whole) = (0, false),
                ReadRecordResult::OutputFull => bytes.resize(bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if *fields as u64 > limit => (*fields, whole) = (0, false),
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                ReadRecordResult::Record => return Ok(Some(whole)),
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    fn draft(&self, fields: &Fields) -> Result<Draft> {
        if self.row.fields != self.columns.len() {
            let message = format!(
                "a row of {} fields where the first line names {}; perhaps a quote that is not doubled",
                self.row.fields,
                self.columns.len()
            );
            return Err(Error::new(message).of(ErrorKind::Malformed));
        }
        let mut encoding = self.encoding;
        let mut record = Map::new();
        for (k, name) in self.columns.iter().enumerate() {
            let Some(name) = name else { continue };
            let (text, from) = super::fields::whole_text(self.row.field(k).to_vec())?;
            encoding = encoding.or(from);
            if !text.is_empty() || *name == fields.text {
                record.insert(name.clone(), Value::String(text));
            }
        }
        Ok(Draft { encoding, ..Draft::of_record(record, fields)? })
    }
}

impl Reader for Rows {
    /// Empty lines are passed over.
    fn next(&mut self, options: &Arc<Options>) -> Option<Result<Raw>> {
        if self.ended {
            return None;
        }
        let line = self.csv.line();
        let read = self.read(options.max_document);
        let place = self.place.at(line);
        match read {
            Err(e) => Some(Err(e)),
            Ok(None) => {
                self.ended = true;
                None
            }
            Ok(Some(false)) => Some(Err(too_long(place, options.max_document))),
            Ok(Some(true)) => Some(
                self.draft(&options.fields)
                    .map_err(|e| e.within(place.clone()))
                    .and_then(|draft| Raw::of(draft, place, Place::to_string, options)),
            ),
        }
    }
}
