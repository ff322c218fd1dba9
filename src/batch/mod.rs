//! Many documents: read, analysed on all cores, written in the order in which they came.
//!
//! One thread reads and one writes; between them batches of about [`BATCH_BYTES`] are analysed in parallel. The order is
//! kept by construction, and memory holds a handful of batches, whatever the input.
//!
//! A run may be told to stop: it ends with the batch in hand. Its [`Summary`] is the checkpoint from which another run
//! goes on.

mod summary;
pub(crate) mod tasks;

pub use summary::{Ending, KINDS, Summary};

use crate::emit;
use crate::error::{Error, Result};
use crate::model::{Analysis, Document, PubStatus};
use crate::pipeline::{Extractor, Worker};
use crate::sink::{Block, Encoding, Pool, Sink};
use rayon::prelude::*;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, OnceLock};
use tasks::{Batches, Input};

/// About so many bytes of text make a batch.
pub const BATCH_BYTES: usize = 2 << 20;

/// Documents that one task takes at once: short ones share an output buffer.
const TASK_BYTES: usize = 64 << 10;

/// One step of the input: a document, or what was wrong in its place.
type Item = Result<Document>;

/// How a run is to go.
#[derive(Debug)]
pub struct Plan<'a> {
    /// What is written and how.
    pub options: emit::Options,
    /// Threads; 0 for one a core.
    pub jobs: usize,
    /// What an earlier run over the same inputs has done; it is read past.
    pub done: Summary,
    /// Whether the first reject ends the run.
    pub strict: bool,
    /// Set by another thread, it ends the run with the batch in hand.
    pub stop: &'a AtomicBool,
}

/// Looks on while a run goes on.
pub trait Watch: Send {
    /// A reject, in the order of the input.
    ///
    /// # Errors
    /// It cannot be noted; the run ends.
    fn reject(&mut self, e: &Error) -> Result<()>;

    /// A batch is about to be committed. What is returned stands in [`Summary::mark`] of the checkpoint.
    ///
    /// # Errors
    /// What was noted cannot be made to last; the run ends.
    fn commit(&mut self, so_far: &Summary) -> Result<u64>;
}

/// Writes the records of all documents to `sink`, in order, whatever the number of threads, and finishes it.
///
/// A document whose id was seen before is a reject, unless the two differ in version ([`crate::model::Version::of`]); the
/// newer one is written then, and an older one that comes late is left out. After each batch the sink commits, with the
/// summary as its checkpoint. A run that goes on from one reads what was done once more, for the ids and versions in it.
///
/// # Errors
/// The output cannot be written; no threads can be had; the inputs have fewer documents than an earlier run has done.
pub fn run(
    documents: impl Iterator<Item = Item> + Send,
    extractor: &Extractor,
    plan: &Plan<'_>,
    sink: &mut dyn Sink,
    watch: &mut impl Watch,
) -> Result<Summary> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(plan.jobs)
        .thread_name(|i| format!("kennzahl-{i}"))
        .build()
        .map_err(|e| Error::new(format!("cannot start {} threads: {e}", plan.jobs)))?;
    let workers: Vec<Mutex<(Worker, Analysis)>> =
        (0..pool.current_num_threads()).map(|_| Mutex::new((extractor.worker(), Analysis::default()))).collect();
    let (to_analyse, from_reader) = sync_channel::<Vec<Vec<Input>>>(1);
    let (to_writer, from_workers) = sync_channel::<Vec<Output>>(1);
    let blocks = Pool::default();
    let (blocks, encoding) = (&blocks, sink.encoding());
    // Set when all was read, or cannot be; not where the run was stopped.
    let end = &OnceLock::new();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut batches = Batches::new(documents, plan.stop);
            let passed = batches.pass(plan.done.items);
            for batch in batches.by_ref() {
                if to_analyse.send(batch).is_err() {
                    return;
                }
            }
            if batches.ended {
                let _ = end.set(passed);
            }
        });
        let writer = scope.spawn(move || write(&from_workers, sink, blocks, plan, end, watch));
        for batch in from_reader {
            let outputs: Vec<Output> = pool.install(|| {
                batch
                    .into_par_iter()
                    .map(|task| {
                        let slot = rayon::current_thread_index().unwrap_or(0);
                        // A worker that panicked left only buffers behind, which the next document empties.
                        let mut guard = workers[slot].lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                        let (worker, analysis) = &mut *guard;
                        let output = Output { block: blocks.take(), rejects: Vec::new(), done: Summary::default() };
                        output.fill(task, worker, analysis, extractor, encoding, plan.options)
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

/// Reads all documents as [`run`] would, but analyses and writes nothing.
///
/// # Errors
/// `watch` has failed.
pub fn check(documents: impl Iterator<Item = Item>, plan: &Plan<'_>, watch: &mut impl Watch) -> Result<Summary> {
    let mut summary = Summary::default();
    let mut batches = Batches::new(documents, plan.stop);
    for input in batches.by_ref().flatten().flatten() {
        summary.items += 1;
        match input {
            Input::Document(doc) => summary.document(&doc),
            Input::Superseded => summary.superseded += 1,
            Input::Reject(e) => {
                watch.reject(&e)?;
                summary.reject(&e);
                if plan.strict {
                    return Ok(Summary { ending: Ending::Refused, ..summary });
                }
            }
        }
    }
    let ending = if batches.ended { Ending::Whole } else { Ending::Stopped };
    Ok(Summary { ending, ..summary })
}

/// The records of a task and its rejects, which stand between them in time but not in the output.
struct Output {
    block: Block,
    rejects: Vec<Error>,
    done: Summary,
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
        self.done.items = task.len() as u64;
        for input in task {
            match input {
                Input::Reject(e) => self.rejects.push(e),
                Input::Superseded => self.done.superseded += 1,
                Input::Document(doc) => {
                    if doc.status == Some(PubStatus::Canceled) {
                        *analysis = Analysis::default();
                    } else {
                        worker.analyse_into(&doc.text, doc.published.as_deref(), analysis);
                    }
                    let added = self.block.add(&doc, analysis, x.lexicon(), encoding, options);
                    match added {
                        Ok(()) => {
                            self.done.document(&doc);
                            self.done.records(analysis, options);
                        }
                        Err(e) => self.rejects.push(e),
                    }
                }
            }
        }
        self
    }
}

fn write(
    outputs: &Receiver<Vec<Output>>,
    sink: &mut dyn Sink,
    pool: &Pool,
    plan: &Plan<'_>,
    end: &OnceLock<Result<()>>,
    watch: &mut impl Watch,
) -> Result<Summary> {
    let mut summary = plan.done.clone();
    for outputs in outputs {
        for output in outputs {
            for e in &output.rejects {
                watch.reject(e)?;
                summary.reject(e);
                if plan.strict {
                    return Ok(Summary { ending: Ending::Refused, ..summary });
                }
            }
            summary.add(&output.done);
            sink.write(output.block, pool)?;
        }
        summary.mark = watch.commit(&summary)?;
        sink.commit(&summary.to_text(), pool)?;
    }
    match end.get() {
        Some(Ok(())) => sink.finish()?,
        Some(Err(e)) => return Err(e.clone()),
        None => {
            sink.suspend()?;
            summary.ending = Ending::Stopped;
        }
    }
    Ok(summary)
}
