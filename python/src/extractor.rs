//! `Extractor`: packs and options, and what is asked of them.

use crate::document::Document;
use crate::error::{OnError, error, raised};
use crate::language;
use crate::many::Documents;
use crate::pool::Pool;
use crate::tables::{Tables, TablesOfBatches};
use kennzahl::batch::Analyst;
use kennzahl::emit::{Options, write_document};
use kennzahl::model;
use kennzahl::pack::Pack;
use kennzahl::read::{self, Fields};
use kennzahl::{Error, Memory, Place, Result};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString, PyTuple};
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::sync::Arc;

/// The kinds that can be asked for.
const KINDS: [&str; 6] = ["quantity", "time", "entity", "fact", "refused", "conflict"];
/// The fields of a document.
const FIELDS: [&str; 8] = ["text", "id", "published", "title", "source", "lang", "version", "status"];

/// Finds quantities, times, names and facts in German texts.
///
/// An extractor may be used by many threads at once, pickled, and used after a fork.
#[pyclass(frozen, module = "kennzahl")]
#[derive(Debug)]
pub(crate) struct Extractor {
    /// The texts of the packs with their names: what it is made of anew elsewhere.
    packs: Vec<(String, String)>,
    kinds: Vec<String>,
    derived: bool,
    checks: bool,
    explain: bool,
    threads: usize,
    pub(crate) found: Finder,
    pub(crate) pool: Arc<Pool>,
}

/// What finds and how it is written down.
#[derive(Clone, Debug)]
pub(crate) struct Finder {
    pub(crate) extractor: kennzahl::Extractor,
    pub(crate) options: Options,
    pub(crate) memory: Memory,
    pub(crate) threads: usize,
}

impl Finder {
    /// The JSON lines of a document.
    ///
    /// # Errors
    /// It would take more memory than there is for it.
    pub(crate) fn lines(&self, doc: &model::Document, analyst: &mut Analyst) -> Result<Vec<u8>> {
        analyst.analyse(doc, self.memory)?;
        let mut lines = Vec::new();
        write_document(doc, analyst.found(), self.extractor.lexicon(), self.options, &mut lines);
        analyst.rest(doc, self.memory);
        Ok(lines)
    }
}

#[pymethods]
impl Extractor {
    #[new]
    #[pyo3(signature = (
        packs = None, kinds = None, *, derived = false, checks = false, explain = false, threads = None
    ))]
    fn new(
        py: Python<'_>,
        packs: Option<Vec<Bound<'_, PyAny>>>,
        kinds: Option<Vec<String>>,
        derived: bool,
        checks: bool,
        explain: bool,
        threads: Option<usize>,
    ) -> PyResult<Self> {
        language::ready();
        let packs = packs.unwrap_or_default().iter().map(pack).collect::<PyResult<Vec<_>>>()?;
        let kinds = kinds.unwrap_or_else(|| KINDS[..4].iter().map(|k| (*k).to_owned()).collect());
        if let Some(unknown) = kinds.iter().find(|k| !KINDS.contains(&k.as_str())) {
            return Err(error(py, format!("there is no kind '{unknown}'; there are {}", KINDS.join(", "))));
        }
        let has = |kind: &str| kinds.iter().any(|k| k == kind);
        let options = Options {
            explain,
            quantities: has("quantity"),
            times: has("time"),
            entities: has("entity"),
            facts: has("fact"),
            refused: has("refused"),
            conflicts: checks || has("conflict"),
            ..Options::default()
        };
        let threads = threads.unwrap_or(0);
        let extractor = py
            .detach(|| {
                let read = packs.iter().map(|(name, text)| Pack::parse(name, text)).collect::<Result<Vec<_>>>()?;
                kennzahl::Extractor::with_packs(read)
            })
            .map_err(|e| raised(py, &e))?;
        // As the command line has it: facts are said of names.
        let facts = checks || options.facts;
        let extractor = if facts || options.entities { extractor } else { extractor.without_names() };
        let extractor = if facts { extractor } else { extractor.without_facts() };
        let extractor = if derived { extractor.with_derived() } else { extractor };
        let extractor = if checks { extractor.with_checks() } else { extractor };
        ready(&extractor);
        let found = Finder { extractor, options, memory: Memory::default(), threads };
        Ok(Self { packs, kinds, derived, checks, explain, threads, found, pool: Arc::default() })
    }

    /// What is found in a text.
    #[pyo3(signature = (text, *, id = "text", published = None))]
    fn extract(
        slf: &Bound<'_, Self>,
        text: &Bound<'_, PyString>,
        id: &str,
        published: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Document> {
        let (py, this) = (slf.py(), slf.get());
        let mut record = Map::new();
        put(&mut record, "text", text)?;
        if let Some(published) = published {
            put(&mut record, "published", &published)?;
        }
        let doc = read::record(record, Place::from(id), id, &read::Options::default()).map_err(|e| raised(py, &e))?;
        let mut analyst = this.pool.analyst(py, &this.found.extractor);
        let lines = py.detach(|| this.found.lines(&doc, &mut analyst));
        this.pool.give(py, analyst);
        let lines = lines.map_err(|e| raised(py, &e))?;
        Ok(Document::new(slf.clone().unbind(), doc, lines))
    }

    /// What is found in many texts, in order, on all cores.
    #[pyo3(signature = (items, *, on_error = "raise"))]
    fn extract_many(slf: &Bound<'_, Self>, items: &Bound<'_, PyAny>, on_error: &str) -> PyResult<Documents> {
        let on_error = OnError::named(slf.py(), on_error, &[OnError::Raise, OnError::Skip, OnError::Yield])?;
        Ok(Documents::new(slf.clone().unbind(), items.try_iter()?.unbind(), on_error))
    }

    /// What is found in the rows of a table, as tables.
    #[pyo3(signature = (
        table, *, text = "text", id = "id", published = "published", carry = Vec::new(), on_error = "raise"
    ))]
    fn extract_arrow(
        &self,
        table: &Bound<'_, PyAny>,
        text: &str,
        id: &str,
        published: &str,
        carry: Vec<String>,
        on_error: &str,
    ) -> PyResult<Tables> {
        let on_error = OnError::named(table.py(), on_error, &[OnError::Raise, OnError::Skip])?;
        Tables::of(table, self.found.clone(), columns(text, id, published, carry), on_error)
    }

    /// The same, batch by batch of the table.
    #[pyo3(signature = (
        table, *, text = "text", id = "id", published = "published", carry = Vec::new(), on_error = "raise"
    ))]
    fn extract_arrow_batches(
        &self,
        table: &Bound<'_, PyAny>,
        text: &str,
        id: &str,
        published: &str,
        carry: Vec<String>,
        on_error: &str,
    ) -> PyResult<TablesOfBatches> {
        let on_error = OnError::named(table.py(), on_error, &[OnError::Raise, OnError::Skip])?;
        TablesOfBatches::new(table, self.found.clone(), columns(text, id, published, carry), on_error)
    }

    /// Made anew from the texts of its packs: the files need not be where it goes.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let (py, this) = (slf.py(), slf.get());
        let threads = (this.threads > 0).then_some(this.threads);
        let state = (&this.packs, &this.kinds, this.derived, this.checks, this.explain, threads).into_pyobject(py)?;
        Ok((slf.get_type().getattr("_made")?, state))
    }

    /// Of what `__reduce__` says.
    #[staticmethod]
    fn _made(
        py: Python<'_>,
        packs: Vec<Bound<'_, PyAny>>,
        kinds: Vec<String>,
        derived: bool,
        checks: bool,
        explain: bool,
        threads: Option<usize>,
    ) -> PyResult<Self> {
        Self::new(py, Some(packs), Some(kinds), derived, checks, explain, threads)
    }

    fn __repr__(&self) -> String {
        let packs: Vec<&str> = self.packs.iter().map(|(name, _)| name.as_str()).collect();
        format!("Extractor(packs={packs:?}, kinds={:?})", self.kinds)
    }

    /// The kinds of records that it finds.
    #[getter]
    fn kinds<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.kinds)
    }
}

/// Compiles what is compiled when it is first needed.
fn ready(extractor: &kennzahl::Extractor) {
    extractor.lexicon().shapes.iter().for_each(|shape| {
        let _ = shape.regex();
    });
    extractor.worker().analyse("Der Umsatz der Nordkap AG stieg um 5 Prozent.");
}

/// The name and the text of a pack: of a file, or a pair of both.
fn pack(given: &Bound<'_, PyAny>) -> PyResult<(String, String)> {
    if let Ok(pair) = given.extract::<(String, String)>() {
        return Ok(pair);
    }
    let path: PathBuf = given.extract()?;
    let name = path.display().to_string();
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok((name, text)),
        Err(e) => Err(raised(given.py(), &Error::at(&name, e.to_string()))),
    }
}

/// The columns of a table that are read.
fn columns(text: &str, id: &str, published: &str, carry: Vec<String>) -> Fields {
    Fields { text: text.to_owned(), id: id.to_owned(), published: published.to_owned(), carry, ..Fields::default() }
}

/// A field as JSON has it: strings, numbers, days and times.
fn put(record: &mut Map<String, Value>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
    let value = if let Ok(text) = value.cast::<PyString>() {
        Value::String(text.to_str()?.to_owned())
    } else if value.is_none() {
        return Ok(());
    } else if value.hasattr("isoformat")? {
        Value::String(value.call_method0("isoformat")?.extract()?)
    } else if let Ok(number) = value.extract::<i64>() {
        Value::Number(number.into())
    } else {
        let kind = value.get_type().fully_qualified_name()?;
        return Err(PyTypeError::new_err(format!("{name} is a {kind}: a string is needed")));
    };
    record.insert(name.to_owned(), value);
    Ok(())
}

/// The document of an item: a text, (id, text), (id, text, published), or a mapping with names of fields.
pub(crate) fn document(item: &Bound<'_, PyAny>, number: u64) -> PyResult<Result<model::Document>> {
    let mut record = Map::new();
    if let Ok(text) = item.cast::<PyString>() {
        put(&mut record, "text", text)?;
    } else if let Ok(parts) = item.cast::<PyTuple>() {
        let names: &[&str] = match parts.len() {
            2 => &["id", "text"],
            3 => &["id", "text", "published"],
            n => {
                return Err(PyTypeError::new_err(format!(
                    "a tuple of {n}: (id, text) or (id, text, published) is needed"
                )));
            }
        };
        for (name, part) in names.iter().zip(parts.iter()) {
            put(&mut record, name, &part)?;
        }
    } else if let Ok(mapping) = item.cast::<PyMapping>() {
        for name in FIELDS {
            match item.cast::<PyDict>() {
                Ok(dict) => dict.get_item(name)?.map_or(Ok(()), |value| put(&mut record, name, &value))?,
                Err(_) if mapping.contains(name)? => put(&mut record, name, &mapping.get_item(name)?)?,
                Err(_) => {}
            }
        }
    } else {
        let kind = item.get_type().fully_qualified_name()?;
        return Err(PyTypeError::new_err(format!(
            "an item is a {kind}: a string, (id, text), (id, text, published) or a mapping with a text is needed"
        )));
    }
    let place = Place { position: number + 1, ..Place::from("items") };
    Ok(read::record(record, place, &number.to_string(), &read::Options::default()))
}
