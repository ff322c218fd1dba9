//! Rows as columns in memory, in the form of Arrow.

use crate::emit::SCHEMA_VERSION;
use crate::emit::columns::{Cells, Kind, TABLES, Table};
use crate::error::Result;
use crate::model::{Decimal, FRACTION_DIGITS};
use arrow_array::builder::{
    BooleanBuilder, Decimal128Builder, Int64Builder, StringBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use jiff::civil::{DateTime, datetime};
use std::collections::HashMap;
use std::sync::Arc;

/// From which times count.
const EPOCH: DateTime = datetime(1970, 1, 1, 0, 0, 0, 0);

/// Rows of all tables.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// By table; none where no row was written.
    tables: [Vec<Builder>; TABLES.len()],
    table: usize,
    column: usize,
}

#[derive(Debug)]
enum Builder {
    Text(StringBuilder),
    Integer(Int64Builder),
    Decimal(Decimal128Builder),
    Moment(TimestampMicrosecondBuilder),
    Flag(BooleanBuilder),
}

impl Builder {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text | Kind::Json => Self::Text(StringBuilder::new()),
            Kind::Integer => Self::Integer(Int64Builder::new()),
            Kind::Decimal => Self::Decimal(Decimal128Builder::new().with_data_type(type_of(kind))),
            Kind::Moment => Self::Moment(TimestampMicrosecondBuilder::new()),
            Kind::Flag => Self::Flag(BooleanBuilder::new()),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(b) => Arc::new(b.finish()),
            Self::Integer(b) => Arc::new(b.finish()),
            Self::Decimal(b) => Arc::new(b.finish()),
            Self::Moment(b) => Arc::new(b.finish()),
            Self::Flag(b) => Arc::new(b.finish()),
        }
    }
}

impl Columns {
    /// The rows of a table, which is empty then; none where there are none.
    pub(super) fn take(&mut self, table: usize, schema: &Arc<Schema>) -> Result<Option<RecordBatch>> {
        let arrays: Vec<ArrayRef> = self.tables[table].iter_mut().map(Builder::finish).collect();
        if arrays.first().is_none_or(|a| a.is_empty()) {
            return Ok(None);
        }
        RecordBatch::try_new(Arc::clone(schema), arrays).map(Some).map_err(super::failed)
    }

    pub(super) fn clear(&mut self) {
        for builder in self.tables.iter_mut().flatten() {
            builder.finish();
        }
    }

    fn next(&mut self) -> &mut Builder {
        self.column += 1;
        &mut self.tables[self.table][self.column - 1]
    }
}

impl Cells for Columns {
    fn begin(&mut self, table: usize) {
        (self.table, self.column) = (table, 0);
        if self.tables[table].is_empty() {
            self.tables[table] = TABLES[table].columns.iter().map(|c| Builder::of(c.kind)).collect();
        }
    }

    fn text(&mut self, value: Option<impl AsRef<str>>) {
        if let Builder::Text(b) = self.next() {
            b.append_option(value);
        }
    }

    fn integer(&mut self, value: Option<i64>) {
        if let Builder::Integer(b) = self.next() {
            b.append_option(value);
        }
    }

    fn decimal(&mut self, value: Option<Decimal>) {
        if let Builder::Decimal(b) = self.next() {
            b.append_option(value.map(|v| {
                let (digits, exp) = v.parts();
                // What fits has no more digits than the type.
                digits * 10i128.pow((i32::from(exp) + FRACTION_DIGITS).max(0) as u32)
            }));
        }
    }

    fn moment(&mut self, value: Option<DateTime>) {
        if let Builder::Moment(b) = self.next() {
            // Years 1 to 9999 are few enough microseconds.
            b.append_option(value.map(|v| v.duration_since(EPOCH).as_micros() as i64));
        }
    }

    fn flag(&mut self, value: Option<bool>) {
        if let Builder::Flag(b) = self.next() {
            b.append_option(value);
        }
    }

    fn end(&mut self) {}
}

fn type_of(kind: Kind) -> DataType {
    match kind {
        Kind::Text | Kind::Json => DataType::Utf8,
        Kind::Integer => DataType::Int64,
        Kind::Decimal => DataType::Decimal128(38, FRACTION_DIGITS as i8),
        Kind::Moment => DataType::Timestamp(TimeUnit::Microsecond, None),
        Kind::Flag => DataType::Boolean,
    }
}

/// The schema of a table; what its columns mean stands with them.
pub(super) fn schema(table: &Table) -> Arc<Schema> {
    let field = |c: &crate::emit::columns::Column| {
        let about = HashMap::from([("description".to_owned(), c.about.to_owned())]);
        Field::new(c.name, type_of(c.kind), !c.required).with_metadata(about)
    };
    let fields: Vec<_> = table.columns.iter().map(field).collect();
    Arc::new(Schema::new_with_metadata(fields, HashMap::from(metadata())))
}

/// What a file says of itself.
pub(super) fn metadata() -> [(String, String); 1] {
    [("kennzahl.schema_version".to_owned(), SCHEMA_VERSION.to_owned())]
}
