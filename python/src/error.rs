//! Errors of the library as exceptions.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

pyo3::create_exception!(
    kennzahl,
    KennzahlError,
    PyValueError,
    "What cannot be read or written, in the words of the command line. `reason` says of which kind it is."
);

/// An error with the text that the command line has for it.
pub(crate) fn raised(py: Python<'_>, e: &kennzahl::Error) -> PyErr {
    let raised = KennzahlError::new_err(e.to_string());
    match raised.value(py).setattr("reason", e.kind.name()) {
        Ok(()) => raised,
        Err(other) => other,
    }
}

/// An error of a message alone.
pub(crate) fn error(py: Python<'_>, message: impl Into<String>) -> PyErr {
    raised(py, &kennzahl::Error::new(message))
}

/// What becomes of an item that cannot be read.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum OnError {
    Raise,
    Skip,
    Yield,
}

impl OnError {
    pub(crate) fn named(py: Python<'_>, name: &str, known: &[Self]) -> PyResult<Self> {
        let found = known.iter().find(|k| k.name() == name).copied();
        let names: Vec<_> = known.iter().map(|k| format!("'{}'", k.name())).collect();
        found.ok_or_else(|| error(py, format!("on_error is '{name}': write {}", names.join(" or "))))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Raise => "raise",
            Self::Skip => "skip",
            Self::Yield => "yield",
        }
    }
}
