//! CSV: a file for each table, as RFC 4180 has it, with a header. Nothing between two commas is null; an empty text is
//! `""`.

use super::Moment;
use crate::emit::columns::{Cells, TABLES, Table};
use crate::model::Decimal;
use jiff::civil::DateTime;
use std::io::{self, Write};

/// Rows of all tables.
pub(super) struct Rows<'b> {
    tables: &'b mut [Vec<u8>; TABLES.len()],
    table: usize,
}

impl<'b> Rows<'b> {
    pub(super) fn new(tables: &'b mut [Vec<u8>; TABLES.len()]) -> Self {
        Self { tables, table: 0 }
    }

    fn out(&mut self) -> &mut Vec<u8> {
        &mut self.tables[self.table]
    }

    fn cell(&mut self, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            // Writing to a vector cannot fail.
            let _ = write!(self.out(), "{value}");
        }
        self.out().push(b',');
    }
}

impl Cells for Rows<'_> {
    fn begin(&mut self, table: usize) {
        self.table = table;
    }

    fn text(&mut self, value: Option<impl AsRef<str>>) {
        let out = self.out();
        if let Some(value) = value {
            let text = value.as_ref();
            if !text.is_empty() && !text.bytes().any(|b| matches!(b, b'"' | b',' | b'\n' | b'\r')) {
                out.extend_from_slice(text.as_bytes());
            } else {
                out.push(b'"');
                for (n, piece) in text.split('"').enumerate() {
                    out.extend_from_slice(if n == 0 { b"" } else { b"\"\"" });
                    out.extend_from_slice(piece.as_bytes());
                }
                out.push(b'"');
            }
        }
        out.push(b',');
    }

    fn integer(&mut self, value: Option<i64>) {
        self.cell(value);
    }

    fn decimal(&mut self, value: Option<Decimal>) {
        self.cell(value);
    }

    fn moment(&mut self, value: Option<DateTime>) {
        self.cell(value.map(Moment));
    }

    fn flag(&mut self, value: Option<bool>) {
        self.cell(value);
    }

    fn end(&mut self) {
        // The comma behind the last cell.
        if let Some(last) = self.out().last_mut() {
            *last = b'\n';
        }
    }
}

/// The first line of a file.
pub(super) fn header(table: &Table, file: &mut impl Write) -> io::Result<()> {
    let names: Vec<_> = table.columns.iter().map(|c| c.name).collect();
    writeln!(file, "{}", names.join(","))
}
