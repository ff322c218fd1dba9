//! Rows as bytes, cell by cell: a byte for the type, then a whole number in eight bytes or a text behind its length.
//! Decimals and times are text here, as SQLite keeps them.

use super::Moment;
use crate::emit::columns::{Cells, TABLES};
use crate::model::Decimal;
use jiff::civil::DateTime;
use std::io::Write;

const NULL: u8 = 0;
const INTEGER: u8 = 1;
const TEXT: u8 = 2;

/// A cell that was read back.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Cell<'b> {
    Null,
    Integer(i64),
    Text(&'b [u8]),
}

pub(super) struct Writer<'b> {
    tables: &'b mut [Vec<u8>; TABLES.len()],
    table: usize,
}

impl<'b> Writer<'b> {
    pub(super) fn new(tables: &'b mut [Vec<u8>; TABLES.len()]) -> Self {
        Self { tables, table: 0 }
    }

    fn formatted(&mut self, value: Option<impl std::fmt::Display>) {
        let out = &mut self.tables[self.table];
        let Some(value) = value else { return out.push(NULL) };
        out.extend_from_slice(&[TEXT, 0, 0, 0, 0]);
        let start = out.len();
        // Writing to a vector cannot fail.
        let _ = write!(out, "{value}");
        let length = (out.len() - start) as u32;
        out[start - 4..start].copy_from_slice(&length.to_le_bytes());
    }
}

impl Cells for Writer<'_> {
    fn begin(&mut self, table: usize) {
        self.table = table;
    }

    fn text(&mut self, value: Option<impl AsRef<str>>) {
        let out = &mut self.tables[self.table];
        let Some(value) = value else { return out.push(NULL) };
        let text = value.as_ref().as_bytes();
        out.push(TEXT);
        out.extend_from_slice(&(text.len() as u32).to_le_bytes());
        out.extend_from_slice(text);
    }

    fn integer(&mut self, value: Option<i64>) {
        let out = &mut self.tables[self.table];
        let Some(value) = value else { return out.push(NULL) };
        out.push(INTEGER);
        out.extend_from_slice(&value.to_le_bytes());
    }

    fn decimal(&mut self, value: Option<Decimal>) {
        self.formatted(value);
    }

    fn moment(&mut self, value: Option<DateTime>) {
        self.formatted(value.map(Moment));
    }

    fn flag(&mut self, value: Option<bool>) {
        self.integer(value.map(i64::from));
    }

    fn end(&mut self) {}
}

/// Reads cells back.
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl<'b> Iterator for Reader<'b> {
    type Item = Cell<'b>;

    fn next(&mut self) -> Option<Cell<'b>> {
        let (kind, rest) = self.0.split_first()?;
        let (cell, rest) = match *kind {
            INTEGER => {
                let (number, rest) = rest.split_first_chunk()?;
                (Cell::Integer(i64::from_le_bytes(*number)), rest)
            }
            TEXT => {
                let (length, rest) = rest.split_first_chunk()?;
                let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
                (Cell::Text(text), rest)
            }
            _ => (Cell::Null, rest),
        };
        self.0 = rest;
        Some(cell)
    }
}
