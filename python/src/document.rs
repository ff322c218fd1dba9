//! `Document`: a text and what was found in it.

use crate::extractor::Extractor;
use crate::records::{self, Records};
use kennzahl::model;
use kennzahl::view::{Shown, View};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

/// What makes a document anew: a function, and what it is given.
type Reduced<'py> = (Bound<'py, PyAny>, (Py<Extractor>, Bound<'py, PyDict>));

/// A text and what was found in it. Objects are made when they are first asked for.
#[pyclass(frozen, module = "kennzahl")]
pub(crate) struct Document {
    extractor: Py<Extractor>,
    doc: model::Document,
    /// As the command line writes them.
    lines: Box<[u8]>,
    records: PyOnceLock<Records>,
}

impl Document {
    pub(crate) fn new(extractor: Py<Extractor>, doc: model::Document, lines: Vec<u8>) -> Self {
        Self { extractor, doc, lines: lines.into(), records: PyOnceLock::new() }
    }

    fn made(&self, py: Python<'_>) -> PyResult<&Records> {
        self.records.get_or_try_init(py, || records::read(py, &self.lines))
    }

    fn of_kind(&self, py: Python<'_>, kind: usize) -> PyResult<Py<PyTuple>> {
        Ok(self.made(py)?.kinds[kind].clone_ref(py))
    }

    fn field(&self, py: Python<'_>, name: &str) -> PyResult<Option<Py<PyAny>>> {
        Ok(self.made(py)?.document.bind(py).get_item(name)?.map(Bound::unbind))
    }
}

#[pymethods]
impl Document {
    #[getter]
    fn id(&self) -> &str {
        &self.doc.id
    }

    #[getter]
    fn text(&self) -> &str {
        &self.doc.text
    }

    #[getter]
    fn published(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.field(py, "published")
    }

    #[getter]
    fn published_from(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.field(py, "published_from")
    }

    #[getter]
    fn title(&self) -> Option<&str> {
        self.doc.title.as_deref()
    }

    #[getter]
    fn source(&self) -> Option<&str> {
        self.doc.source.as_deref()
    }

    #[getter]
    fn lang(&self) -> Option<&str> {
        self.doc.lang.as_deref()
    }

    #[getter]
    fn version(&self) -> Option<&str> {
        self.doc.version.as_deref()
    }

    #[getter]
    fn status(&self) -> Option<&'static str> {
        self.doc.status.map(model::PubStatus::name)
    }

    #[getter]
    fn text_sha256(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.field(py, "text_sha256")
    }

    #[getter]
    fn chars(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.field(py, "chars")
    }

    #[getter]
    fn sentences(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        self.field(py, "sentences")
    }

    #[getter]
    fn quantities(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        self.of_kind(py, records::QUANTITY)
    }

    #[getter]
    fn times(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        self.of_kind(py, records::TIME)
    }

    #[getter]
    fn entities(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        self.of_kind(py, records::ENTITY)
    }

    #[getter]
    fn facts(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        self.of_kind(py, records::FACT)
    }

    #[getter]
    fn refused(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        self.of_kind(py, records::REFUSED)
    }

    #[getter]
    fn conflicts(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        self.of_kind(py, records::CONFLICT)
    }

    /// All of them in the order of the JSON lines.
    #[getter]
    fn records(&self, py: Python<'_>) -> PyResult<Py<PyTuple>> {
        Ok(self.made(py)?.all.clone_ref(py))
    }

    /// The record of the document itself.
    fn to_dict(&self, py: Python<'_>) -> PyResult<Py<PyDict>> {
        Ok(self.made(py)?.document.bind(py).copy()?.unbind())
    }

    /// The records, as `kennzahl extract` writes them.
    fn to_json_lines(&self) -> String {
        String::from_utf8_lossy(&self.lines).into_owned()
    }

    /// The page of `kennzahl view`, in a frame.
    fn _repr_html_(&self, py: Python<'_>) -> String {
        let finder = &self.extractor.get().found;
        py.detach(|| {
            let mut worker = finder.extractor.worker();
            let analysis = worker.analyse_dated(&self.doc.text, self.doc.published.as_deref());
            let mut view = View::new(1);
            view.add(Shown::of(&self.doc, &analysis, finder.extractor.lexicon(), finder.options, None), None);
            let page = view.html().replace('&', "&amp;").replace('"', "&quot;");
            format!(
                "<iframe sandbox=\"allow-scripts\" style=\"width:100%;height:36em;border:0\" srcdoc=\"{page}\"></iframe>"
            )
        })
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let made = self.made(py)?;
        let count = |kind: usize| made.kinds[kind].bind(py).as_any().len();
        Ok(format!(
            "Document(id={:?}, quantities={}, times={}, entities={}, facts={})",
            self.doc.id,
            count(records::QUANTITY)?,
            count(records::TIME)?,
            count(records::ENTITY)?,
            count(records::FACT)?
        ))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| {
            let other = other.get();
            self.doc.text == other.doc.text && self.lines == other.lines
        })
    }

    fn __hash__(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hash = DefaultHasher::new();
        (&self.doc.id, &self.doc.text).hash(&mut hash);
        hash.finish()
    }

    /// Read anew by its extractor.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        let (py, this) = (slf.py(), slf.get());
        let (doc, item) = (&this.doc, PyDict::new(py));
        for (name, value) in [
            ("id", Some(&doc.id)),
            ("text", Some(&doc.text)),
            ("published", doc.published.as_ref()),
            ("title", doc.title.as_ref()),
            ("source", doc.source.as_ref()),
            ("lang", doc.lang.as_ref()),
            ("version", doc.version.as_ref()),
        ] {
            value.map_or(Ok(()), |value| item.set_item(name, value))?;
        }
        doc.status.map_or(Ok(()), |status| item.set_item("status", status.name()))?;
        Ok((slf.get_type().getattr("_made")?, (this.extractor.clone_ref(py), item)))
    }

    /// Of what `__reduce__` says.
    #[staticmethod]
    fn _made(extractor: &Bound<'_, Extractor>, item: Bound<'_, PyDict>) -> PyResult<Py<PyAny>> {
        let (py, this) = (extractor.py(), extractor.get());
        let raised = |e: kennzahl::Error| crate::error::raised(py, &e);
        let doc = crate::extractor::document(&item, 0)?.map_err(raised)?;
        let mut analyst = this.pool.analyst(py, &this.found.extractor);
        let lines = py.detach(|| this.found.lines(&doc, &mut analyst));
        this.pool.give(py, analyst);
        let document = Self::new(extractor.clone().unbind(), doc, lines.map_err(raised)?);
        Ok(Py::new(py, document)?.into_any())
    }
}
