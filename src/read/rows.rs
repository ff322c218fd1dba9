//! Rows of tables in memory: a row is a document, a column its text.

use super::fields::{Draft, Fields, whole_text};
use super::format::Reader;
use super::source::too_long;
use super::{Options, Raw};
use crate::error::{Error, ErrorKind, Result};
use crate::place::Place;
use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch, types};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use jiff::Timestamp;
use serde_json::{Map, Number, Value};
use std::sync::Arc;

/// The documents of a stream of rows that came from elsewhere than a file. A row that names no id has its number for one,
/// counted from 0; `first` is that of the first row, and errors name it from 1 behind `source`.
///
/// ```
/// use arrow_array::{ArrayRef, RecordBatch, StringArray};
/// use kennzahl::read::{Options, rows};
/// let column = std::sync::Arc::new(StringArray::from(vec!["5 Euro", ""])) as ArrayRef;
/// let batch = RecordBatch::try_from_iter([("text", column)]).unwrap();
/// let schema = batch.schema();
/// let mut documents = rows(std::iter::once(Ok(batch)), &schema, "table", 0, Options::default()).unwrap();
/// assert_eq!(documents.next().unwrap().unwrap().id(), "0");
/// assert_eq!(documents.next().unwrap().unwrap_err().to_string(), "table:2: a document without text");
/// ```
///
/// # Errors
/// There is no column of texts.
pub fn rows(
    batches: impl Iterator<Item = Result<RecordBatch>> + Send,
    schema: &Schema,
    source: &str,
    first: u64,
    options: Options,
) -> Result<impl Iterator<Item = Result<Raw>> + Send> {
    check(schema, &options.fields).map_err(|e| e.within(source))?;
    let mut rows = Rows::new(batches, source.into(), numbered);
    rows.record = first;
    let options = Arc::new(options);
    Ok(std::iter::from_fn(move || rows.next(&options)))
}

fn numbered(place: &Place) -> String {
    place.position.saturating_sub(1).to_string()
}

/// Whether there is a column of texts.
pub(super) fn check(schema: &Schema, fields: &Fields) -> Result<()> {
    let names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    if names.contains(&fields.text.as_str()) {
        return Ok(());
    }
    let list = names.iter().take(30).map(|n| format!("'{n}'")).collect::<Vec<_>>().join(", ");
    let message = format!("no column '{}' among {list}; name it with --text-field", fields.text);
    Err(Error::new(message).of(ErrorKind::Field))
}

/// Whether a column is asked for, and can be.
pub(super) fn is_wanted(field: &Field, fields: &Fields) -> bool {
    fields.wants(field.name()) && !field.data_type().is_nested()
}

/// The documents of batches of rows.
pub(super) struct Rows<I> {
    /// None when all were read.
    batches: Option<I>,
    batch: Option<RecordBatch>,
    row: usize,
    /// How many rows were read.
    record: u64,
    place: Place,
    /// The id of a row that names none.
    named: fn(&Place) -> String,
}

impl<I> Rows<I> {
    pub(super) fn new(batches: I, place: Place, named: fn(&Place) -> String) -> Self {
        Self { batches: Some(batches), batch: None, row: 0, record: 0, place, named }
    }

    fn draft(&self, batch: &RecordBatch, options: &Options) -> Result<Draft> {
        let mut record = Map::new();
        for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            if !is_wanted(field, &options.fields) {
                continue;
            }
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

impl<I: Iterator<Item = Result<RecordBatch>> + Send> Reader for Rows<I> {
    fn next(&mut self, options: &Arc<Options>) -> Option<Result<Raw>> {
        loop {
            if let Some(batch) = self.batch.take_if(|b| self.row < b.num_rows()) {
                self.record += 1;
                let place = self.place.at(self.record);
                let draft = self.draft(&batch, options).map_err(|e| e.within(place.clone()));
                self.row += 1;
                self.batch = Some(batch);
                return Some(draft.and_then(|d| Raw::of(d, place, self.named, options)));
            }
            self.row = 0;
            match self.batches.as_mut()?.next() {
                Some(Ok(batch)) => self.batch = Some(batch),
                None => {
                    self.batches = None;
                    return None;
                }
                Some(Err(e)) => {
                    (self.batches, self.batch) = (None, None);
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
        DataType::LargeUtf8 => Value::String(column.as_string::<i64>().value(row).to_owned()),
        DataType::Utf8View => Value::String(column.as_string_view().value(row).to_owned()),
        DataType::Binary => Value::String(whole_text(column.as_binary::<i32>().value(row).to_vec())?.0),
        DataType::LargeBinary => Value::String(whole_text(column.as_binary::<i64>().value(row).to_vec())?.0),
        DataType::BinaryView => Value::String(whole_text(column.as_binary_view().value(row).to_vec())?.0),
        DataType::Dictionary(..) => {
            let words = column.as_any_dictionary();
            let word = value(words.keys(), row)?.and_then(|key| key.as_u64()).and_then(|key| usize::try_from(key).ok());
            return word.map_or(Ok(None), |word| value(words.values().as_ref(), word));
        }
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
        DataType::Decimal128(..) => Value::String(column.as_primitive::<types::Decimal128Type>().value_as_string(row)),
        DataType::Date32 => {
            let days = i64::from(column.as_primitive::<types::Date32Type>().value(row));
            time(i128::from(days) * 86_400_000_000_000, true)
                .map(|t| Value::String(t[..10].to_owned()))
                .ok_or_else(out_of_range)?
        }
        DataType::Date64 => {
            let milliseconds = i128::from(column.as_primitive::<types::Date64Type>().value(row));
            time(milliseconds * 1_000_000, true).map(|t| Value::String(t[..10].to_owned())).ok_or_else(out_of_range)?
        }
        DataType::Timestamp(unit, zone) => {
            let (count, scale) = match unit {
                TimeUnit::Second => (column.as_primitive::<types::TimestampSecondType>().value(row), 1_000_000_000),
                TimeUnit::Millisecond => {
                    (column.as_primitive::<types::TimestampMillisecondType>().value(row), 1_000_000)
                }
                TimeUnit::Microsecond => (column.as_primitive::<types::TimestampMicrosecondType>().value(row), 1000),
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
