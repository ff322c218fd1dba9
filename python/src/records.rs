//! JSON lines → objects of the classes of `kennzahl.records`.

use crate::error::error;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyInt, PyList, PyString, PyTuple, PyType};
use serde_json::{Map, Value};

/// The kinds by their number.
pub(crate) const QUANTITY: usize = 0;
pub(crate) const TIME: usize = 1;
pub(crate) const ENTITY: usize = 2;
pub(crate) const FACT: usize = 3;
pub(crate) const REFUSED: usize = 4;
pub(crate) const CONFLICT: usize = 5;
const KINDS: [&str; 6] = ["quantity", "time", "entity", "fact", "refused", "conflict"];

/// Numbers that count; all others are decimals.
const COUNTS: [&str; 6] = ["sentence", "start", "end", "coref", "chars", "sentences"];

/// What was found in a document.
#[derive(Debug)]
pub(crate) struct Records {
    pub(crate) document: Py<PyDict>,
    pub(crate) kinds: [Py<PyTuple>; KINDS.len()],
    pub(crate) all: Py<PyTuple>,
}

/// A class of `kennzahl.records`: its fields in order, as records name them, and what they are where a record has none.
struct Class {
    class: Py<PyType>,
    fields: Vec<(String, Py<PyAny>)>,
}

struct Classes {
    kinds: [Class; KINDS.len()],
    party: Class,
    metric: Class,
    scope: Class,
    amount: Class,
    period: Class,
    change: Class,
    decimal: Py<PyAny>,
    moment: Py<PyAny>,
}

static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();

impl Class {
    fn named(module: &Bound<'_, PyModule>, name: &str) -> PyResult<Self> {
        let class = module.getattr(name)?.cast_into::<PyType>()?;
        let fields = module.getattr("fields_of")?.call1((&class,))?.extract()?;
        Ok(Self { class: class.unbind(), fields })
    }

    fn make<'py>(
        &self,
        py: Python<'py>,
        classes: &Classes,
        record: &Map<String, Value>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let value = |(name, default): &(String, Py<PyAny>)| match record.get(name) {
            Some(value) => classes.value(py, name, value),
            None => Ok(default.bind(py).clone()),
        };
        let values = self.fields.iter().map(value).collect::<PyResult<Vec<_>>>()?;
        self.class.bind(py).call1(PyTuple::new(py, values)?)
    }
}

impl Classes {
    fn get(py: Python<'_>) -> PyResult<&Self> {
        CLASSES.get_or_try_init(py, || {
            let module = py.import("kennzahl.records")?;
            let class = |name| Class::named(&module, name);
            Ok(Self {
                kinds: [
                    class("Quantity")?,
                    class("Time")?,
                    class("Entity")?,
                    class("Fact")?,
                    class("Refused")?,
                    class("Conflict")?,
                ],
                party: class("Party")?,
                metric: class("Metric")?,
                scope: class("Scope")?,
                amount: class("Amount")?,
                period: class("Period")?,
                change: class("Change")?,
                decimal: py.import("decimal")?.getattr("Decimal")?.unbind(),
                moment: module.getattr("moment")?.unbind(),
            })
        })
    }

    /// The value of a field.
    fn value<'py>(&self, py: Python<'py>, name: &str, value: &Value) -> PyResult<Bound<'py, PyAny>> {
        Ok(match value {
            Value::String(text) if matches!(name, "from" | "until") => self.moment.bind(py).call1((text,))?,
            Value::String(text) => PyString::new(py, text).into_any(),
            Value::Number(number) if COUNTS.contains(&name) => {
                PyInt::new(py, number.as_u64().unwrap_or_default()).into_any()
            }
            Value::Number(number) => self.decimal.bind(py).call1((number.as_str(),))?,
            Value::Bool(flag) => PyBool::new(py, *flag).to_owned().into_any(),
            Value::Null => py.None().into_bound(py),
            Value::Array(all) => {
                let all = all.iter().map(|one| self.value(py, name, one)).collect::<PyResult<Vec<_>>>()?;
                PyTuple::new(py, all)?.into_any()
            }
            Value::Object(record) => {
                let class = match name {
                    "subject" | "source" => &self.party,
                    "metric" => &self.metric,
                    "scope" => &self.scope,
                    "period" => &self.period,
                    "change" => &self.change,
                    "value" | "by" | "from" => &self.amount,
                    _ => return plain(py, self, name, value),
                };
                class.make(py, self, record)?
            }
        })
    }
}

/// A value as Python has it, whatever it is.
fn plain<'py>(py: Python<'py>, classes: &Classes, name: &str, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Object(record) => {
            let dict = PyDict::new(py);
            for (name, value) in record {
                dict.set_item(name, plain(py, classes, name, value)?)?;
            }
            dict.into_any()
        }
        Value::Array(all) => {
            let all = all.iter().map(|one| plain(py, classes, name, one)).collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, all)?.into_any()
        }
        Value::String(text) => PyString::new(py, text).into_any(),
        _ => classes.value(py, name, value)?,
    })
}

/// The records of a document, its own first.
pub(crate) fn read(py: Python<'_>, lines: &[u8]) -> PyResult<Records> {
    let classes = Classes::get(py)?;
    let (mut document, mut all) = (PyDict::new(py), Vec::new());
    let mut kinds: [Vec<Bound<'_, PyAny>>; KINDS.len()] = Default::default();
    for line in lines.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
        let record: Map<String, Value> = serde_json::from_slice(line).map_err(|e| error(py, e.to_string()))?;
        let kind = record.get("kind").and_then(Value::as_str).unwrap_or_default();
        if let Some(kind) = KINDS.iter().position(|k| *k == kind) {
            let made = classes.kinds[kind].make(py, classes, &record)?;
            kinds[kind].push(made.clone());
            all.push(made);
        } else {
            document = plain(py, classes, "", &Value::Object(record))?.cast_into()?;
        }
    }
    let mut tuples = Vec::with_capacity(KINDS.len());
    for kind in kinds {
        tuples.push(PyTuple::new(py, kind)?.unbind());
    }
    let Ok(kinds) = tuples.try_into() else { unreachable!("as many as there are kinds") };
    Ok(Records { document: document.unbind(), kinds, all: PyTuple::new(py, all)?.unbind() })
}
