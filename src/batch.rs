//! Many documents: read, analysed on all cores, written in the order in which they came.
//!
//! One thread reads and one writes; between them batches of about [`BATCH_BYTES`] are analysed in parallel. The order is
//! kept by construction, and memory holds a handful of batches, whatever the input.

use crate::emit;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Analysis, Document, PubStatus, Version};
use crate::pipeline::{Extractor, Worker};
use crate::sink::{Block, Encoding, Pool, Sink};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::BuildHasher;
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
    /// Documents left out, because a newer version came before them.
    pub superseded: u64,
}

/// One step of the input: a document, or what was wrong in its place.
type Item = Result<Document>;

/// Writes the records of all documents to `sink`, in order, whatever the number of threads, and finishes it.
///
/// Rejects go to `reject` in the order of the input. A document whose id was seen before is a reject, unless the two
/// differ in version ([`Version::of`]); the newer one is written then, and an older one that comes late is left out.
/// After each batch the sink commits, with the number of inputs that are done (documents, rejects, those left out) as
/// its checkpoint.
///
/// # Errors
/// The output cannot be written; no threads can be had.
pub fn run(
    documents: impl Iterator<Item = Item> + Send,
    extractor: &Extractor,
    options: emit::Options,
    jobs: usize,
    sink: &mut dyn Sink,
    reject: &mut (impl FnMut(&Error) + Send),
) -> Result<Summary> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .thread_name(|i| format!("kennzahl-{i}"))
        .build()
        .map_err(|e| Error::new(format!("cannot start {jobs} threads: {e}")))?;
    let workers: Vec<Mutex<(Worker, Analysis)>> =
        (0..pool.current_num_threads()).map(|_| Mutex::new((extractor.worker(), Analysis::default()))).collect();
    let (to_analyse, from_reader) = sync_channel::<Vec<Vec<Input>>>(1);
    let (to_writer, from_workers) = sync_channel::<Vec<Output>>(1);
    let blocks = Pool::default();
    let (blocks, encoding) = (&blocks, sink.encoding());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for batch in Batches::new(documents) {
                if to_analyse.send(batch).is_err() {
                    break;
                }
            }
        });
        let writer = scope.spawn(move || write(&from_workers, sink, blocks, reject));
        for batch in from_reader {
            let outputs: Vec<Output> = pool.install(|| {
                batch
                    .into_par_iter()
                    .map(|task| {
                        let slot = rayon::current_thread_index().unwrap_or(0);
                        // A worker that panicked left only buffers behind, which the next document empties.
                        let mut guard = workers[slot].lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                        let (worker, analysis) = &mut *guard;
                        let output = Output { block: blocks.take(), rejects: Vec::new(), inputs: 0, superseded: 0 };
                        output.fill(task, worker, analysis, extractor, encoding, options)
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
    block: Block,
    rejects: Vec<Error>,
    inputs: u64,
    superseded: u64,
}

impl Output {
    fn fill(
        mut self,
        task: Vec<Input>,
        worker: &mut Worker,
        analysis: &mut Analysis,
        x: &Extractor,
        encoding: Encoding,
        options: emit::Options,
    ) -> Self {
        self.inputs = task.len() as u64;
        for input in task {
            match input {
                Input::Reject(e) => self.rejects.push(e),
                Input::Superseded => self.superseded += 1,
                Input::Document(doc) => {
                    if doc.status == Some(PubStatus::Canceled) {
                        *analysis = Analysis::default();
                    } else {
                        worker.analyse_into(&doc.text, doc.published.as_deref(), analysis);
                    }
                    let added = self.block.add(&doc, analysis, x.lexicon(), encoding, options);
                    self.rejects.extend(added.err());
                }
            }
        }
        self
    }
}

fn write(
    outputs: &std::sync::mpsc::Receiver<Vec<Output>>,
    sink: &mut dyn Sink,
    pool: &Pool,
    reject: &mut impl FnMut(&Error),
) -> Result<Summary> {
    let mut summary = Summary::default();
    let mut inputs = 0;
    for outputs in outputs {
        for output in outputs {
            inputs += output.inputs;
            summary.documents += output.block.documents();
            summary.superseded += output.superseded;
            summary.rejects += output.rejects.len() as u64;
            output.rejects.iter().for_each(&mut *reject);
            sink.write(output.block, pool)?;
        }
        sink.commit(&inputs.to_string(), pool)?;
    }
    sink.finish()?;
    Ok(summary)
}

/// One step of the input, looked at beside those before it.
enum Input {
    Document(Document),
    Reject(Error),
    /// An older version than one that was read before.
    Superseded,
}

/// Groups documents into tasks and tasks into batches, and watches over their ids.
struct Batches<I> {
    documents: I,
    /// Hashes of the ids seen, and the newest version of each.
    ids: HashMap<u128, Option<Version>, FixedState>,
}

impl<I: Iterator<Item = Item>> Batches<I> {
    fn new(documents: I) -> Self {
        Self { documents, ids: HashMap::with_hasher(FixedState::with_seed(1)) }
    }

    fn checked(&mut self, item: Item) -> Input {
        let doc = match item {
            Ok(doc) => doc,
            Err(e) => return Input::Reject(e),
        };
        let half = |seed| FixedState::with_seed(seed).hash_one(&doc.id);
        let version = Version::of(&doc);
        match self.ids.entry(u128::from(half(2)) << 64 | u128::from(half(3))) {
            Entry::Vacant(entry) => {
                entry.insert(version);
            }
            Entry::Occupied(mut entry) => match (entry.get(), &version) {
                (Some(old), Some(new)) if new > old => {
                    entry.insert(version);
                }
                (Some(old), Some(new)) if new < old => return Input::Superseded,
                _ => {
                    let message = format!(
                        "a document of the id '{}' was read before; give both a version, or rename one",
                        doc.id
                    );
                    return Input::Reject(Error::at(doc.place, message).of(ErrorKind::Duplicate));
                }
            },
        }
        Input::Document(doc)
    }
}

impl<I: Iterator<Item = Item>> Iterator for Batches<I> {
    type Item = Vec<Vec<Input>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (mut batch, mut task) = (Vec::new(), Vec::new());
        let (mut batch_bytes, mut task_bytes) = (0, 0);
        while batch_bytes < BATCH_BYTES {
            let Some(item) = self.documents.next() else {
                break;
            };
            let bytes = item.as_ref().map_or(0, |d| d.text.len()) + 256;
            task.push(self.checked(item));
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
