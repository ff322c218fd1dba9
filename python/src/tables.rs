//! Tables in, tables out.

use crate::capsule::{self, Rows};
use crate::error::{OnError, error, raised};
use crate::extractor::Finder;
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use kennzahl::batch::{self, Ending, Plan, Summary, Watch};
use kennzahl::read::{self, Fields};
use kennzahl::sink::{self, Batches};
use kennzahl::{Error, Result};
use pyo3::exceptions::{PyAttributeError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyString};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

/// What each row is of, in messages.
const SOURCE: &str = "table";
/// Rows that become one `Tables` at most, where a batch of the input has more.
const ROWS: usize = 16 << 10;
/// How often a run looks whether it was interrupted.
const LOOK: Duration = Duration::from_millis(100);

/// The columns of a table.
#[pyclass(frozen, module = "kennzahl")]
#[derive(Debug)]
pub(crate) struct Schema(SchemaRef);

#[pymethods]
impl Schema {
    /// For whatever reads schemas of Arrow.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.0)
    }

    /// The names of the columns.
    #[getter]
    fn names(&self) -> Vec<&str> {
        self.0.fields().iter().map(|f| f.name().as_str()).collect()
    }

    /// What the columns mean, by their names.
    #[getter]
    fn descriptions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        for field in self.0.fields() {
            all.set_item(field.name(), field.metadata().get("description"))?;
        }
        Ok(all)
    }

    fn __repr__(&self) -> String {
        format!("Schema({})", self.names().join(", "))
    }
}

/// The schemas of all tables by their names.
#[pyfunction]
pub(crate) fn schemas(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let all = PyDict::new(py);
    for table in Batches::all() {
        all.set_item(table.name, Schema(table.schema).into_pyobject(py)?)?;
    }
    Ok(all)
}

/// A table in memory, for whatever reads streams of Arrow.
#[pyclass(frozen, module = "kennzahl")]
#[derive(Debug)]
pub(crate) struct Table {
    #[pyo3(get)]
    name: &'static str,
    schema: SchemaRef,
    rows: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    /// The rows; they stay in the table and can be had again.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // What is asked for is only a wish.
        drop(requested_schema);
        capsule::stream(py, &self.schema, self.rows.clone())
    }

    /// The columns.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.schema)
    }

    #[getter]
    fn schema(&self) -> Schema {
        Schema(self.schema.clone())
    }

    #[getter]
    fn num_rows(&self) -> usize {
        self.rows.iter().map(RecordBatch::num_rows).sum()
    }

    fn __len__(&self) -> usize {
        self.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("Table({:?}, num_rows={})", self.name, self.num_rows())
    }
}

/// The tables of some documents, by name and as attributes.
#[pyclass(frozen, module = "kennzahl")]
#[derive(Debug)]
pub(crate) struct Tables {
    tables: Vec<(&'static str, Py<Table>)>,
    rejects: Vec<Error>,
}

impl Tables {
    pub(crate) fn of(table: &Bound<'_, PyAny>, finder: Finder, fields: Fields, on_error: OnError) -> PyResult<Self> {
        let rows = capsule::rows(table)?;
        let schema = rows.schema();
        Self::of_rows(table.py(), rows, &schema, 0, &finder, &fields, on_error)
    }

    fn of_rows(
        py: Python<'_>,
        rows: impl Iterator<Item = std::result::Result<RecordBatch, arrow_schema::ArrowError>> + Send,
        schema: &SchemaRef,
        first: u64,
        finder: &Finder,
        fields: &Fields,
        on_error: OnError,
    ) -> PyResult<Self> {
        let options = read::Options { fields: fields.clone(), ..read::Options::default() };
        let unreadable = |e| Error::at(SOURCE, format!("the table cannot be read: {e}"));
        let rows = rows.map(|batch| batch.map_err(unreadable));
        let items = read::rows(rows, schema, SOURCE, first, options).map_err(|e| raised(py, &e))?;
        let stop = AtomicBool::new(false);
        let plan = Plan {
            options: finder.options,
            jobs: finder.threads,
            memory: finder.memory,
            done: Summary::default(),
            strict: on_error == OnError::Raise,
            analyse: true,
            stop: &stop,
            temporary: tempfile::tempfile,
        };
        let (mut sink, mut watch) = (sink::Tables::new(&finder.options), Rejects::default());
        let run = || batch::run(items, &finder.extractor, &plan, &mut sink, &mut watch);
        let summary = interruptible(py, &stop, run)?.map_err(|e| raised(py, &e))?;
        if let (Ending::Refused, Some(e)) = (summary.ending, watch.0.first()) {
            return Err(raised(py, e));
        }
        let table = |t: Batches| Ok((t.name, Py::new(py, Table { name: t.name, schema: t.schema, rows: t.rows })?));
        Ok(Self { tables: sink.into_batches().into_iter().map(table).collect::<PyResult<_>>()?, rejects: watch.0 })
    }

    fn table(&self, py: Python<'_>, name: &str) -> Option<Py<Table>> {
        self.tables.iter().find(|(n, _)| *n == name).map(|(_, table)| table.clone_ref(py))
    }

    fn names(&self) -> Vec<&'static str> {
        self.tables.iter().map(|(name, _)| *name).collect()
    }
}

#[pymethods]
impl Tables {
    fn __getattr__(&self, py: Python<'_>, name: &str) -> PyResult<Py<Table>> {
        let none = || {
            let names = self.names().join(", ");
            PyAttributeError::new_err(format!("there is no table '{name}'; with these kinds there are {names}"))
        };
        self.table(py, name).ok_or_else(none)
    }

    fn __getitem__(&self, py: Python<'_>, name: &str) -> PyResult<Py<Table>> {
        self.table(py, name).ok_or_else(|| PyKeyError::new_err(name.to_owned()))
    }

    fn __contains__(&self, name: &str) -> bool {
        self.names().contains(&name)
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyList::new(py, self.names())?.try_iter()?.into_any())
    }

    fn __len__(&self) -> usize {
        self.tables.len()
    }

    /// The names of the tables.
    fn keys(&self) -> Vec<&'static str> {
        self.names()
    }

    /// The tables with their names.
    fn items(&self, py: Python<'_>) -> Vec<(&'static str, Py<Table>)> {
        self.tables.iter().map(|(name, table)| (*name, table.clone_ref(py))).collect()
    }

    /// What was wrong with rows that were left out.
    #[getter]
    fn rejects(&self, py: Python<'_>) -> Vec<Py<PyAny>> {
        self.rejects.iter().map(|e| raised(py, e).into_value(py).into_any()).collect()
    }

    fn __dir__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let mut names = self.names();
        names.extend(["items", "keys", "rejects"]);
        PyList::new(py, names.iter().map(|name| PyString::new(py, name)))
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let tables = self.tables.iter().map(|(name, table)| format!("{name}={}", table.bind(py).get().num_rows()));
        format!("Tables({})", tables.collect::<Vec<_>>().join(", "))
    }
}

/// Tables batch by batch of a stream of rows.
#[pyclass(frozen, module = "kennzahl")]
#[derive(Debug)]
pub(crate) struct TablesOfBatches {
    finder: Finder,
    fields: Fields,
    on_error: OnError,
    schema: SchemaRef,
    /// None at the end. Held while a batch is read, which may ask the interpreter for it.
    stream: Mutex<Option<Stream>>,
}

struct Stream {
    rows: Rows,
    /// What is left of the batch that was read last.
    rest: Option<RecordBatch>,
    read: u64,
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stream").field("read", &self.read).finish_non_exhaustive()
    }
}

impl Stream {
    fn next(&mut self) -> Option<std::result::Result<RecordBatch, arrow_schema::ArrowError>> {
        let batch = match self.rest.take() {
            Some(rest) => rest,
            None => match self.rows.next()? {
                Ok(batch) => batch,
                Err(e) => return Some(Err(e)),
            },
        };
        if batch.num_rows() > ROWS {
            self.rest = Some(batch.slice(ROWS, batch.num_rows() - ROWS));
        }
        Some(Ok(batch.slice(0, batch.num_rows().min(ROWS))))
    }
}

impl TablesOfBatches {
    pub(crate) fn new(table: &Bound<'_, PyAny>, finder: Finder, fields: Fields, on_error: OnError) -> PyResult<Self> {
        let rows = capsule::rows(table)?;
        let schema = rows.schema();
        let stream = Mutex::new(Some(Stream { rows, rest: None, read: 0 }));
        Ok(Self { finder, fields, on_error, schema, stream })
    }
}

#[pymethods]
impl TablesOfBatches {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Tables>> {
        // One that was forked while a batch was read would wait for ever.
        let Some(mut held) = self.stream.try_lock().ok() else {
            return Err(error(
                py,
                "these tables are being read by another thread: give each thread a stream of its own",
            ));
        };
        let left: &mut Option<Stream> = &mut held;
        let next = py.detach(|| {
            let stream = left.as_mut()?;
            let first = stream.read;
            let batch = stream.next();
            match &batch {
                Some(Ok(batch)) => stream.read += batch.num_rows() as u64,
                _ => *left = None,
            }
            batch.map(|batch| (first, batch))
        });
        drop(held);
        let Some((first, batch)) = next else { return Ok(None) };
        let rows = std::iter::once(batch);
        Tables::of_rows(py, rows, &self.schema, first, &self.finder, &self.fields, self.on_error).map(Some)
    }
}

/// Keeps what is wrong with rows.
#[derive(Debug, Default)]
struct Rejects(Vec<Error>);

impl Watch for Rejects {
    fn reject(&mut self, e: &Error) -> Result<()> {
        self.0.push(e.clone());
        Ok(())
    }

    fn commit(&mut self, _: &Summary) -> Result<u64> {
        Ok(0)
    }
}

/// Runs without the lock of the interpreter, and stops where the interpreter is interrupted.
fn interruptible<T: Send>(py: Python<'_>, stop: &AtomicBool, run: impl FnOnce() -> T + Send) -> PyResult<T> {
    let (result, interrupted) = py.detach(|| {
        std::thread::scope(|scope| {
            let (done, ended) = sync_channel::<()>(1);
            let running = scope.spawn(move || {
                let result = run();
                drop(done);
                result
            });
            let mut interrupted = None;
            while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(LOOK) {
                if interrupted.is_none()
                    && let Err(e) = Python::attach(|py| py.check_signals())
                {
                    stop.store(true, Ordering::Relaxed);
                    interrupted = Some(e);
                }
            }
            let result = running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (result, interrupted)
        })
    });
    interrupted.map_or(Ok(result), Err)
}
