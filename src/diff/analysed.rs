//! Documents read once and analysed by one or two extractors, in parallel and in order.

use super::stream::Records;
use crate::batch::tasks::{Batches, Input};
use crate::emit::{self, Options};
use crate::error::{Error, Result};
use crate::model::{Analysis, Document, PubStatus};
use crate::pipeline::{Extractor, Worker};
use rayon::prelude::*;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

/// What each of the extractors finds in one document, in their order. The last has the text, unless all find the same.
pub type Found = Vec<Records>;

/// The documents of an input with what `extractors` find in them. Rejects come as errors in their place; of two documents
/// of one id the rules of [`crate::batch::run`] hold.
pub struct Analysed<'a, I> {
    batches: Batches<'a, I>,
    extractors: Vec<Extractor>,
    pool: rayon::ThreadPool,
    workers: Vec<Mutex<Vec<Worker>>>,
    ready: VecDeque<Result<Found>>,
}

impl<I> std::fmt::Debug for Analysed<'_, I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Analysed").field("extractors", &self.extractors.len()).finish_non_exhaustive()
    }
}

static NEVER: AtomicBool = AtomicBool::new(false);

impl<'a, I: Iterator<Item = Result<Document>>> Analysed<'a, I> {
    /// Of these documents, on so many threads; 0 for one a core.
    ///
    /// # Errors
    /// No threads can be had.
    pub fn new(documents: I, extractors: Vec<Extractor>, jobs: usize) -> Result<Self> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build()
            .map_err(|e| Error::new(format!("cannot start {jobs} threads: {e}")))?;
        let worker = |_| Mutex::new(extractors.iter().map(Extractor::worker).collect());
        let workers = (0..pool.current_num_threads()).map(worker).collect();
        Ok(Self { batches: Batches::new(documents, &NEVER), extractors, pool, workers, ready: VecDeque::new() })
    }
}

impl<I: Iterator<Item = Result<Document>>> Iterator for Analysed<'_, I> {
    type Item = Result<Found>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() {
            let batch = self.batches.next()?;
            let (extractors, workers) = (&self.extractors, &self.workers);
            let one = |input| match input {
                Input::Superseded => None,
                Input::Reject(e) => Some(Err(e)),
                Input::Document(doc) => {
                    let slot = rayon::current_thread_index().unwrap_or(0);
                    // A worker that panicked left only buffers behind, which the next document empties.
                    let mut workers = workers[slot].lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    Some(Ok(found(doc, extractors, &mut workers)))
                }
            };
            let tasks = |task: Vec<Input>| task.into_iter().filter_map(one).collect::<Vec<_>>();
            let done: Vec<Vec<_>> = self.pool.install(|| batch.into_par_iter().map(tasks).collect());
            self.ready.extend(done.into_iter().flatten());
        }
        self.ready.pop_front()
    }
}

fn found(doc: Document, extractors: &[Extractor], workers: &mut [Worker]) -> Found {
    let options = Options { explain: true, refused: true, ..Options::default() };
    let mut all: Found = Vec::with_capacity(extractors.len());
    for (extractor, worker) in extractors.iter().zip(workers) {
        let analysis = match doc.status {
            Some(PubStatus::Canceled) => Analysis::default(),
            _ => worker.analyse_dated(&doc.text, doc.published.as_deref()),
        };
        let mut lines = Vec::new();
        emit::write_document(&doc, &analysis, extractor.lexicon(), options, &mut lines);
        all.push(Records { doc: doc.id.clone(), lines, text: None });
    }
    // Who compares two that are the same needs no text; who has one does not know yet.
    let differ = all.len() == 1 || all.windows(2).any(|w| w[0].lines != w[1].lines);
    if let Some(last) = all.last_mut().filter(|_| differ) {
        last.text = Some(doc.text);
    }
    all
}
