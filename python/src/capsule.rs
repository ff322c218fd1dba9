//! Tables of Arrow in memory, in and out through the PyCapsule interface: no bytes are copied, and no other package of Python
//! is needed.

// What other programs lay out in memory is read through pointers; nowhere else in the workspace.
#![allow(unsafe_code)]

use crate::error::error;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use std::ffi::CStr;
use std::sync::Arc;

const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";

/// A stream of rows.
pub(crate) type Rows = Box<dyn RecordBatchReader + Send>;

/// The rows of anything that gives a stream of them, or a batch.
pub(crate) fn rows(table: &Bound<'_, PyAny>) -> PyResult<Rows> {
    let py = table.py();
    let unreadable = |e: ArrowError| error(py, format!("the table cannot be read: {e}"));
    if table.hasattr("__arrow_c_stream__")? {
        let capsule = table.call_method0("__arrow_c_stream__")?;
        let stream = capsule.cast::<PyCapsule>()?.pointer_checked(Some(STREAM))?;
        // SAFETY: a capsule of this name holds a valid ArrowArrayStream, as the PyCapsule interface of Arrow says, and the
        // capsule lives to the end of this block. The reader moves the stream out and leaves a released one behind.
        let reader = unsafe { RecordBatchStreamReader::from_raw(stream.cast::<FFI_ArrowArrayStream>().as_ptr()) };
        return Ok(Box::new(reader.map_err(unreadable)?));
    }
    if table.hasattr("__arrow_c_array__")? {
        let pair = table.call_method0("__arrow_c_array__")?;
        let (schema, array): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.cast::<PyTuple>()?.extract()?;
        let schema = schema.cast::<PyCapsule>()?.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
        let array = array.cast::<PyCapsule>()?.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
        // SAFETY: capsules of these names hold a valid ArrowSchema and a valid ArrowArray of it; both live to the end of
        // this block. The schema is only looked at, the array is moved out and a released one left behind.
        let data =
            unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) }.map_err(unreadable)?;
        if !matches!(data.data_type(), DataType::Struct(_)) {
            return Err(error(py, "the table cannot be read: it is a column; put it into a table under a name"));
        }
        let batch = RecordBatch::from(StructArray::from(data));
        let schema = batch.schema();
        return Ok(Box::new(RecordBatchIterator::new(std::iter::once(Ok(batch)), schema)));
    }
    let kind = table.get_type().fully_qualified_name()?;
    Err(PyTypeError::new_err(format!(
        "a table with __arrow_c_stream__ or __arrow_c_array__ is needed, such as those of pyarrow, polars, pandas or duckdb; this is a {kind}"
    )))
}

/// Rows as a capsule, which owns them until someone takes them out.
pub(crate) fn stream<'py>(
    py: Python<'py>,
    schema: &SchemaRef,
    rows: Vec<RecordBatch>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let rows = RecordBatchIterator::new(rows.into_iter().map(Ok), Arc::clone(schema));
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(rows)), STREAM)
}

/// A schema as a capsule.
pub(crate) fn schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(|e| error(py, e.to_string()))?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}
