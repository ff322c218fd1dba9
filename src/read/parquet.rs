//! Parquet: a row is a document, a column its text.

use super::Options;
use super::format::{Format, Reader};
use super::source::Source;
use crate::error::Result;

pub(super) static FORMAT: Format = Format {
    name: "parquet",
    title: "Parquet with a column of texts",
    suffixes: &["parquet", "pq"],
    looks: |head, _| head.starts_with(b"PAR1"),
    open,
    utf8: false,
};

#[cfg(not(feature = "parquet"))]
fn open(source: Source, _: &Options) -> Result<Box<dyn Reader>> {
    let kind = crate::error::ErrorKind::Unsupported;
    Err(source.error(kind, "a Parquet file, and this kennzahl was built without the feature 'parquet'"))
}

#[cfg(feature = "parquet")]
fn open(source: Source, options: &Options) -> Result<Box<dyn Reader>> {
    rows::open(source, options)
}

#[cfg(feature = "parquet")]
mod rows {
    use super::{Options, Reader, Result, Source};
    use crate::error::{Error, ErrorKind};
    use crate::place::Place;
    use crate::read::Raw;
    use crate::read::fields::{Draft, whole_text};
    use crate::read::source::{Part, Shared, too_long};
    use arrow_array::cast::AsArray;
    use arrow_array::{Array, RecordBatch, types};
    use arrow_schema::{DataType, TimeUnit};
    use bytes::Bytes;
    use jiff::Timestamp;
    use parquet::arrow::ProjectionMask;
    use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
    use parquet::errors::ParquetError;
    use parquet::file::reader::{ChunkReader, Length};
    use serde_json::{Map, Number, Value};
    use std::io::{BufReader, Read};
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::Arc;

    /// Rows that are in memory at once, at most, and bytes in them, about.
    const BATCH: usize = 64;
    const BATCH_BYTES: i64 = 1 << 20;

    /// A file for the Parquet reader.
    struct File {
        file: Shared,
        len: u64,
    }

    impl Length for File {
        fn len(&self) -> u64 {
            self.len
        }
    }

    impl ChunkReader for File {
        type T = BufReader<Part>;

        fn get_read(&self, start: u64) -> std::result::Result<Self::T, ParquetError> {
            Ok(BufReader::new(self.file.part(start, self.len.saturating_sub(start))))
        }

        fn get_bytes(&self, start: u64, length: usize) -> std::result::Result<Bytes, ParquetError> {
            if start.checked_add(length as u64).is_none_or(|end| end > self.len) {
                return Err(ParquetError::EOF("a column lies outside of the file".to_owned()));
            }
            let mut bytes = Vec::with_capacity(length);
            self.file.part(start, length as u64).read_to_end(&mut bytes)?;
            Ok(bytes.into())
        }
    }

    pub(super) fn open(mut source: Source, options: &Options) -> Result<Box<dyn Reader>> {
        let (file, len) = source.anywhere("a Parquet file")?;
        let place = source.place.clone();
        let open = || -> Result<Rows> {
            // Types as Parquet has them: there are fewer than Arrow has.
            let settings = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
            let builder =
                ParquetRecordBatchReaderBuilder::try_new_with_options(File { file, len }, settings).map_err(damaged)?;
            let names: Vec<&str> = builder.schema().fields().iter().map(|f| f.name().as_str()).collect();
            let fields = &options.fields;
            if !names.contains(&fields.text.as_str()) {
                let list = names.iter().take(30).map(|n| format!("'{n}'")).collect::<Vec<_>>().join(", ");
                let message = format!("no column '{}' among {list}; name it with --text-field", fields.text);
                return Err(Error::new(message).of(ErrorKind::Field));
            }
            let asked = builder
                .schema()
                .fields()
                .iter()
                .enumerate()
                .filter(|(_, f)| fields.wants(f.name()) && !f.data_type().is_nested());
            let mask = ProjectionMask::roots(builder.parquet_schema(), asked.map(|(k, _)| k));
            let groups = builder.metadata().row_groups().iter();
            let longest = groups.map(|g| g.total_byte_size() / g.num_rows().max(1)).max().unwrap_or(0);
            let batch = (BATCH_BYTES / longest.max(1)).clamp(1, BATCH as i64) as usize;
            let reader = builder.with_projection(mask).with_batch_size(batch).build().map_err(damaged)?;
            Ok(Rows { reader: Some(reader), batch: None, row: 0, record: 0, place: source.place.clone() })
        };
        guarded(open).map(|rows| -> Box<dyn Reader> { Box::new(rows) }).map_err(|e| e.within(place))
    }

    fn damaged(e: impl std::fmt::Display) -> Error {
        Error::new(format!("the Parquet data is damaged or of an unknown kind: {e}")).of(ErrorKind::Damaged)
    }

    /// The Parquet reader panics on some damaged files.
    fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
        catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged("its reader gave up")))
    }

    struct Rows {
        reader: Option<ParquetRecordBatchReader>,
        batch: Option<RecordBatch>,
        row: usize,
        record: u64,
        place: Place,
    }

    impl Rows {
        fn draft(&self, batch: &RecordBatch, options: &Options) -> Result<Draft> {
            let mut record = Map::new();
            for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
                if let Some(value) = value(column, self.row)? {
                    record.insert(field.name().clone(), value);
                }
            }
            let text = record.get(&options.fields.text).and_then(Value::as_str).map_or(0, str::len);
            if text as u64 > options.max_document {
                return Err(too_long(Place::default(), options.max_document));
            }
            // A row without a text is one whose text is empty.
            record.entry(options.fields.text.as_str()).or_insert_with(|| Value::String(String::new()));
            Draft::of_record(record, &options.fields)
        }
    }

    impl Reader for Rows {
        fn next(&mut self, options: &Arc<Options>) -> Option<Result<Raw>> {
            loop {
                if let Some(batch) = self.batch.take_if(|b| self.row < b.num_rows()) {
                    self.record += 1;
                    let place = self.place.at(self.record);
                    let draft = self.draft(&batch, options).map_err(|e| e.within(place.clone()));
                    self.row += 1;
                    self.batch = Some(batch);
                    return Some(draft.and_then(|d| Raw::of(d, place, Place::to_string, options)));
                }
                let reader = self.reader.as_mut()?;
                self.row = 0;
                match guarded(|| reader.next().transpose().map_err(damaged)) {
                    Ok(Some(batch)) => self.batch = Some(batch),
                    Ok(None) => {
                        self.reader = None;
                        return None;
                    }
                    Err(e) => {
                        (self.reader, self.batch) = (None, None);
                        return Some(Err(e.within(self.place.at(self.record + 1))));
                    }
                }
            }
        }
    }

    /// A value as JSON: numbers with their digits, times as ISO writes them. None for null and for what is nested.
    fn value(column: &dyn Array, row: usize) -> Result<Option<Value>> {
        if column.is_null(row) {
            return Ok(None);
        }
        let number = |digits: String| Number::from_string_unchecked(digits).into();
        macro_rules! number_of {
            ($kind:ty) => {
                number(column.as_primitive::<$kind>().value(row).to_string())
            };
        }
        Ok(Some(match column.data_type() {
            DataType::Utf8 => Value::String(column.as_string::<i32>().value(row).to_owned()),
            DataType::Binary => Value::String(whole_text(column.as_binary::<i32>().value(row).to_vec())?.0),
            DataType::Boolean => Value::Bool(column.as_boolean().value(row)),
            DataType::Int8 => number_of!(types::Int8Type),
            DataType::Int16 => number_of!(types::Int16Type),
            DataType::Int32 => number_of!(types::Int32Type),
            DataType::Int64 => number_of!(types::Int64Type),
            DataType::UInt8 => number_of!(types::UInt8Type),
            DataType::UInt16 => number_of!(types::UInt16Type),
            DataType::UInt32 => number_of!(types::UInt32Type),
            DataType::UInt64 => number_of!(types::UInt64Type),
            DataType::Float32 => float(column.as_primitive::<types::Float32Type>().value(row).to_string()),
            DataType::Float64 => float(column.as_primitive::<types::Float64Type>().value(row).to_string()),
            DataType::Decimal128(..) => {
                Value::String(column.as_primitive::<types::Decimal128Type>().value_as_string(row))
            }
            DataType::Date32 => {
                let days = i64::from(column.as_primitive::<types::Date32Type>().value(row));
                time(i128::from(days) * 86_400_000_000_000, true)
                    .map(|t| Value::String(t[..10].to_owned()))
                    .ok_or_else(out_of_range)?
            }
            DataType::Timestamp(unit, zone) => {
                let (count, scale) = match unit {
                    TimeUnit::Second => (column.as_primitive::<types::TimestampSecondType>().value(row), 1_000_000_000),
                    TimeUnit::Millisecond => {
                        (column.as_primitive::<types::TimestampMillisecondType>().value(row), 1_000_000)
                    }
                    TimeUnit::Microsecond => {
                        (column.as_primitive::<types::TimestampMicrosecondType>().value(row), 1000)
                    }
                    TimeUnit::Nanosecond => (column.as_primitive::<types::TimestampNanosecondType>().value(row), 1),
                };
                let text = time(i128::from(count) * scale, zone.is_none()).ok_or_else(out_of_range)?;
                Value::String(text)
            }
            _ => return Ok(None),
        }))
    }

    fn out_of_range() -> Error {
        Error::new("a time before the year -9999 or after 9999").of(ErrorKind::Field)
    }

    /// JSON has no NaN.
    fn float(digits: String) -> Value {
        match digits.parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::String(digits),
        }
    }

    /// A time since 1970 in UTC, as civil time or with its `Z`.
    fn time(nanoseconds: i128, civil: bool) -> Option<String> {
        let at = Timestamp::from_nanosecond(nanoseconds).ok()?;
        Some(match civil {
            true => at.to_zoned(jiff::tz::TimeZone::UTC).datetime().to_string(),
            false => at.to_string(),
        })
    }
}
