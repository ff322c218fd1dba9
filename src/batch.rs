//! Many documents: read, analysed on all cores, written in the order in which they came.
//!
//! One thread reads and one writes; between them batches of about [`BATCH_BYTES`] are analysed in parallel. The order is
//! kept by construction, and memory holds a handful of batches, whatever the input.

use crate::emit;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Analysis, Document};
use crate::pipeline::{Extractor, Worker};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::io::Write;
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;

/// About so many bytes of text make a batch.
pub const BATCH_BYTES: usize = 2 << 20;

/// Documents that one task takes at once: short ones share an output buffer.
const TASK_BYTES: usize = 64 << 10;

/// What a run did.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents written.
    pub documents: u64,
    /// Inputs that could not be read.
    pub rejects: u64,
}

/// One step of the input: a document, or what was wrong in its place.
type Item = Result<Document>;

/// Writes the records of all documents to `out`, in order, whatever the number of threads.
///
/// Rejects go to `reject` in the order of the input. A document whose id was seen before is a reject, unless the two
/// differ in `version` (which `published` stands for).
///
/// # Errors
/// The output cannot be written; no threads can be had.
pub fn run(
    documents: impl Iterator<Item = Item> + Send,
    extractor: &Extractor,
    options: emit::Options,
    jobs: usize,
    out: &mut (impl Write + Send),
    reject: &mut (impl FnMut(&Error) + Send),
) -> Result<Summary> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .thread_name(|i| format!("kennzahl-{i}"))
        .build()
        .map_err(|e| Error::new(format!("cannot start {jobs} threads: {e}")))?;
    let workers: Vec<Mutex<(Worker, Analysis)>> =
        (0..pool.current_num_threads()).map(|_| Mutex::new((extractor.worker(), Analysis::default()))).collect();
    let (to_analyse, from_reader) = sync_channel::<Vec<Vec<Item>>>(1);
    let (to_writer, from_workers) = sync_channel::<Vec<Output>>(1);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for batch in Batches::new(documents) {
                if to_analyse.send(batch).is_err() {
                    break;
                }
            }
        });
        let writer = scope.spawn(move || write(&from_workers, out, reject));
        for batch in from_reader {
            let outputs: Vec<Output> = pool.install(|| {
                batch
                    .into_par_iter()
                    .map(|task| {
                        let slot = rayon::current_thread_index().unwrap_or(0);
                        // A worker that panicked left only buffers behind, which the next document empties.
                        let mut guard = workers[slot].lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                        let (worker, analysis) = &mut *guard;
                        analyse(task, worker, analysis, extractor, options)
                    })
                    .collect()
            });
            if to_writer.send(outputs).is_err() {
                break;
            }
        }
        drop(to_writer);
        match writer.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// The records of a task and its rejects, which stand between them in time but not in the output.
struct Output {
    records: Vec<u8>,
    documents: u64,
    rejects: Vec<Error>,
}

fn analyse(
    task: Vec<Item>,
    worker: &mut Worker,
    analysis: &mut Analysis,
    x: &Extractor,
    options: emit::Options,
) -> Output {
    let mut output = Output { records: Vec::with_capacity(TASK_BYTES), documents: 0, rejects: Vec::new() };
    for item in task {
        match item {
            Err(e) => output.rejects.push(e),
            Ok(doc) => {
                worker.analyse_into(&doc.text, doc.published.as_deref(), analysis);
                emit::write_document(&doc, analysis, x.lexicon(), options, &mut output.records);
                output.documents += 1;
            }
        }
    }
    output
}

fn write(
    outputs: &std::sync::mpsc::Receiver<Vec<Output>>,
    out: &mut impl Write,
    reject: &mut impl FnMut(&Error),
) -> Result<Summary> {
    let mut summary = Summary::default();
    let failed = |e: std::io::Error| Error::new(format!("cannot write the output: {e}"));
    for outputs in outputs {
        for output in outputs {
            out.write_all(&output.records).map_err(failed)?;
            summary.documents += output.documents;
            summary.rejects += output.rejects.len() as u64;
            output.rejects.iter().for_each(&mut *reject);
        }
    }
    out.flush().map_err(failed)?;
    Ok(summary)
}

/// Groups documents into tasks and tasks into batches, and watches over their ids.
struct Batches<I> {
    documents: I,
    /// Hashes of the ids seen, and whether the first document of each had a version.
    ids: HashMap<u128, bool, FixedState>,
    /// Hashes of ids together with a version.
    versions: HashSet<u128, FixedState>,
}

impl<I: Iterator<Item = Item>> Batches<I> {
    fn new(documents: I) -> Self {
        let state = FixedState::with_seed(1);
        Self { documents, ids: HashMap::with_hasher(state.clone()), versions: HashSet::with_hasher(state) }
    }

    fn checked(&mut self, item: Item) -> Item {
        let doc = item?;
        let hash = |text: &[&str]| {
            let half = |seed| FixedState::with_seed(seed).hash_one(text);
            u128::from(half(2)) << 64 | u128::from(half(3))
        };
        let id = hash(&[&doc.id]);
        let given = doc.published.as_deref().filter(|_| doc.published_from == Some("given"));
        let version = doc.version.as_deref().or(given);
        let ordered = match self.ids.get(&id) {
            None => {
                self.ids.insert(id, version.is_some());
                version.is_none_or(|v| self.versions.insert(hash(&[&doc.id, v])))
            }
            Some(first) => *first && version.is_some_and(|v| self.versions.insert(hash(&[&doc.id, v]))),
        };
        if ordered {
            return Ok(doc);
        }
        let message = format!("a document of the id '{}' was read before; give both a version, or rename one", doc.id);
        Err(Error::at(doc.place, message).of(ErrorKind::Duplicate))
    }
}

impl<I: Iterator<Item = Item>> Iterator for Batches<I> {
    type Item = Vec<Vec<Item>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (mut batch, mut task) = (Vec::new(), Vec::new());
        let (mut batch_bytes, mut task_bytes) = (0, 0);
        while batch_bytes < BATCH_BYTES {
            let Some(item) = self.documents.next() else {
                break;
            };
            let item = self.checked(item);
            let bytes = item.as_ref().map_or(0, |d| d.text.len()) + 256;
            task.push(item);
            task_bytes += bytes;
            batch_bytes += bytes;
            if task_bytes >= TASK_BYTES {
                batch.push(std::mem::take(&mut task));
                task_bytes = 0;
            }
        }
        if !task.is_empty() {
            batch.push(task);
        }
        (!batch.is_empty()).then_some(batch)
    }
}
