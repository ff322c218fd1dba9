//! The Python package of kennzahl: the library and its command line as the module `kennzahl._kennzahl`.
//!
//! Nothing is found, read or written here that the library does not find, read or write. Texts are analysed without the
//! lock of the interpreter; what a document is as objects of Python is made from its JSON lines, and tables go in and out
//! as Arrow has them in memory.
//!
//! A process may fork while threads analyse: locks of this crate are held only with the lock of the interpreter, which the
//! forking thread has, and what the library compiles when it is first needed is compiled when an [`extractor::Extractor`]
//! is made.

mod capsule;
mod document;
mod error;
mod extractor;
mod language;
mod many;
mod pool;
mod records;
mod tables;

use pyo3::prelude::*;
use std::ffi::OsString;

#[pymodule]
mod _kennzahl {
    #[pymodule_export]
    use super::document::Document;
    #[pymodule_export]
    use super::error::KennzahlError;
    #[pymodule_export]
    use super::extractor::Extractor;
    #[pymodule_export]
    use super::many::Documents;
    #[pymodule_export]
    use super::run;
    #[pymodule_export]
    use super::tables::{Schema, Table, Tables, TablesOfBatches, schemas};

    /// The version of the package.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    /// The version of the records.
    #[pymodule_export]
    const SCHEMA_VERSION: &str = kennzahl::emit::SCHEMA_VERSION;
}

/// Runs a command of the command line.
#[pyfunction]
fn run(py: Python<'_>, args: Vec<OsString>) -> u8 {
    language::ready();
    py.detach(|| kennzahl::cli::main(args))
}
