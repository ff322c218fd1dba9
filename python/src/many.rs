//! Many texts: some are analysed ahead while others are taken.

use crate::document::Document;
use crate::error::{OnError, error, raised};
use crate::extractor::{Extractor, document};
use kennzahl::batch::Analyst;
use kennzahl::{Result, model};
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use std::collections::VecDeque;
use std::process;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, PoisonError};

/// Text that one thread takes at once.
const LOT_BYTES: usize = 64 << 10;

/// A document with its JSON lines, or why there are none.
type Found = Result<(model::Document, Vec<u8>)>;

/// What comes out of a lot, and the worker that it was given. Nobody waits for the lock: its owner is taken one call at a time.
type Made = Mutex<Receiver<(Vec<Found>, Analyst)>>;

/// Documents in the order of their items.
///
/// Items are asked for on the thread that asks for documents, some lots ahead, as many as keep all cores busy.
#[pyclass(module = "kennzahl")]
#[derive(Debug)]
pub(crate) struct Documents {
    extractor: Py<Extractor>,
    items: Option<Py<PyIterator>>,
    on_error: OnError,
    /// How many items were read.
    read: u64,
    /// What is being analysed, lot by lot.
    ahead: VecDeque<Made>,
    ready: std::vec::IntoIter<Found>,
    /// What ended the items early, to be raised behind those before it.
    failed: Option<PyErr>,
    process: u32,
}

impl Documents {
    pub(crate) fn new(extractor: Py<Extractor>, items: Py<PyIterator>, on_error: OnError) -> Self {
        let (ahead, ready) = (VecDeque::new(), Vec::new().into_iter());
        let process = process::id();
        Self { extractor, items: Some(items), on_error, read: 0, ahead, ready, failed: None, process }
    }

    /// The next lot of items; empty at the end.
    fn lot(&mut self, py: Python<'_>) -> Vec<Result<model::Document>> {
        let (mut lot, mut bytes) = (Vec::new(), 0);
        while bytes < LOT_BYTES {
            let Some(mut items) = self.items.as_ref().map(|items| items.bind(py).clone()) else { break };
            let item = match items.next() {
                Some(Ok(item)) => document(&item, self.read),
                Some(Err(e)) => Err(e),
                None => {
                    self.items = None;
                    break;
                }
            };
            self.read += 1;
            match item {
                Ok(doc) => {
                    bytes += 256 + doc.as_ref().map_or(0, |doc| doc.text.len());
                    lot.push(doc);
                }
                Err(e) => (self.items, self.failed) = (None, Some(e)),
            }
        }
        lot
    }

    /// Gives lots to the threads until all of them have work.
    fn fill(&mut self, py: Python<'_>) -> PyResult<()> {
        if self.items.is_none() {
            return Ok(());
        }
        let extractor = self.extractor.clone_ref(py);
        let this = extractor.get();
        let threads = this.pool.threads(py, this.found.threads).map_err(|e| raised(py, &e))?;
        while self.ahead.len() < threads.current_num_threads() + 1 && self.items.is_some() {
            let lot = self.lot(py);
            if lot.is_empty() {
                break;
            }
            let (done, made) = sync_channel(1);
            let finder = this.found.clone();
            let mut analyst = this.pool.analyst(py, &finder.extractor);
            threads.spawn_fifo(move || {
                let lines = |doc: Result<model::Document>| {
                    let doc = doc?;
                    let lines = finder.lines(&doc, &mut analyst)?;
                    Ok((doc, lines))
                };
                let found = lot.into_iter().map(lines).collect();
                // Who takes no more has no use for it.
                drop(done.send((found, analyst)));
            });
            self.ahead.push_back(Mutex::new(made));
        }
        Ok(())
    }

    /// The next document or error.
    fn found(&mut self, py: Python<'_>) -> PyResult<Option<Found>> {
        loop {
            if let Some(found) = self.ready.next() {
                return Ok(Some(found));
            }
            if self.process != process::id() {
                return Err(error(
                    py,
                    "these documents were begun before a fork: begin them in the process that takes them",
                ));
            }
            self.fill(py)?;
            let Some(next) = self.ahead.pop_front() else {
                return self.failed.take().map_or(Ok(None), Err);
            };
            let next = next.into_inner().unwrap_or_else(PoisonError::into_inner);
            let Ok((found, analyst)) = py.detach(move || next.recv()) else {
                return Err(error(py, "a thread has ended before its time"));
            };
            self.extractor.get().pool.give(py, analyst);
            self.ready = found.into_iter();
        }
    }

    fn end(&mut self) {
        (self.items, self.failed) = (None, None);
        self.ahead.clear();
        self.ready = Vec::new().into_iter();
    }
}

#[pymethods]
impl Documents {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        loop {
            let found = self.found(py).inspect_err(|_| self.end())?;
            let e = match found {
                None => return Ok(None),
                Some(Ok((doc, lines))) => {
                    let document = Document::new(self.extractor.clone_ref(py), doc, lines);
                    return Ok(Some(Py::new(py, document)?.into_any()));
                }
                Some(Err(e)) => e,
            };
            match self.on_error {
                OnError::Skip => {}
                OnError::Yield => return Ok(Some(raised(py, &e).into_value(py).into_any())),
                OnError::Raise => {
                    self.end();
                    return Err(raised(py, &e));
                }
            }
        }
    }
}
