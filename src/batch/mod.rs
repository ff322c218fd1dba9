//! Many documents: read, analysed on all cores, written in the order in which they came.
//!
//! One thread reads and one writes; between them batches are analysed in parallel. The order is kept by construction. How
//! much a batch takes is known before it is analysed, and so memory is bounded, whatever the input ([`Memory`]).
//!
//! A run may be told to stop: it ends with the last batch that was read whole. Its [`Summary`] is the checkpoint from
//! which another run goes on.

mod analyst;
mod seen;
mod summary;
mod tasks;

pub use analyst::Analyst;
pub use summary::{Ending, KINDS, Summary};

use crate::emit;
use crate::error::{Error, ErrorKind, Result};
use crate::memory::Memory;
use crate::model::Document;
use crate::pipeline::Extractor;
use crate::read::Raw;
use crate::sink::{Block, Encoding, Pool, Sink};
use rayon::prelude::*;
use rayon::{ScopeFifo, ThreadPool};
use seen::{Age, Seen};
use std::fs::File;
use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use tasks::Batches;

/// One step of the input: a document, or what was wrong in its place.
pub type Item = Result<Raw>;

/// How a run is to go.
#[derive(Debug)]
pub struct Plan<'a> {
    /// What is written and how.
    pub options: emit::Options,
    /// Threads; 0 for one a core. No more than there is memory for.
    pub jobs: usize,
    /// What the run may take.
    pub memory: Memory,
    /// What an earlier run over the same inputs has done; it is read past.
    pub done: Summary,
    /// Whether the first reject ends the run.
    pub strict: bool,
    /// Whether documents are analysed, or only read and checked.
    pub analyse: bool,
    /// Set by another thread, it ends the run with the last batch that was read whole.
    pub stop: &'a AtomicBool,
    /// Makes a temporary file, for the ids of more documents than there is memory for.
    pub temporary: fn() -> io::Result<File>,
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
/// newer one is written then, and an older one that comes late is left out. A document whose analysis would take more than
/// [`Memory::document`] is a reject. After each batch the sink commits, with the summary as its checkpoint. A run that goes
/// on from one reads what was done once more, for the ids and versions in it.
///
/// # Errors
/// The output cannot be written; no threads can be had; the inputs have fewer documents than an earlier run has done.
pub fn run(
    items: impl Iterator<Item = Item> + Send,
    extractor: &Extractor,
    plan: &Plan<'_>,
    sink: &mut dyn Sink,
    watch: &mut impl Watch,
) -> Result<Summary> {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if plan.jobs == 0 { cores() } else { plan.jobs }.min(plan.memory.threads());
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|i| format!("kennzahl-{i}"))
        .build()
        .map_err(|e| Error::new(format!("cannot start {threads} threads: {e}")))?;
    let workers: Vec<Mutex<Analyst>> = (0..threads).map(|_| Mutex::new(Analyst::new(extractor))).collect();
    let (to_analyse, from_reader) = sync_channel::<Vec<Vec<Item>>>(1);
    // A batch is handed over when the one before it is written: no more than two of them are there.
    let (to_writer, from_workers) = sync_channel::<Step>(0);
    let blocks = Pool::new(plan.memory.blocks());
    let (blocks, encoding) = (&blocks, sink.encoding());
    // Set when all was read; not where the run was stopped.
    let ended = &AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut batches = Batches::new(items, plan);
            for batch in batches.by_ref() {
                if to_analyse.send(batch).is_err() {
                    return;
                }
            }
            ended.store(batches.ended, Ordering::Release);
        });
        let writer = scope.spawn(move || write(&from_workers, sink, blocks, plan, watch));
        let mut check = Check::new(plan);
        let analyse = |task| {
            let slot = rayon::current_thread_index().unwrap_or(0);
            // One that panicked left only buffers behind, which the next document empties.
            let mut analyst = workers[slot].lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let output = Output { block: blocks.take(), rejects: Vec::new(), done: Summary::default() };
            output.fill(task, &mut analyst, encoding, plan)
        };
        // The writer waits for the tasks of a batch, not the threads: they go on with those of the next one.
        pool.in_place_scope_fifo(|scope| {
            for batch in from_reader {
                let tasks = match check.tasks(made(batch, Some(&pool))) {
                    Ok(tasks) if tasks.is_empty() => continue,
                    Ok(tasks) => tasks,
                    Err(e) => return drop(to_writer.send(Step::End(Err(e)))),
                };
                let begun = tasks.into_iter().map(|task| begun(task, scope, &analyse)).collect();
                // A writer that has failed has said why.
                if to_writer.send(Step::Batch(begun)).is_err() {
                    return;
                }
            }
            if ended.load(Ordering::Acquire) {
                let _ = to_writer.send(Step::End(check.whole()));
            }
        });
        drop(to_writer);
        match writer.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// A task on one of the threads of `scope`, and where its output comes out.
fn begun<'s>(
    task: Vec<Input>,
    scope: &ScopeFifo<'s>,
    analyse: &'s (impl Fn(Vec<Input>) -> Output + Sync),
) -> Receiver<Output> {
    let (done, output) = sync_channel(1);
    // A writer that has failed takes no more.
    scope.spawn_fifo(move |_| drop(done.send(analyse(task))));
    output
}

/// Hands the documents that [`run`] would analyse to `take`, in order, batch by batch.
///
/// # Errors
/// `take` or `watch` has failed, or the ids cannot be kept.
pub fn each(
    items: impl Iterator<Item = Item>,
    plan: &Plan<'_>,
    watch: &mut impl Watch,
    mut take: impl FnMut(Vec<Document>) -> Result<()>,
) -> Result<Summary> {
    let mut summary = Summary::default();
    let mut lots = Lots::new(items, plan);
    for inputs in lots.by_ref() {
        let mut lot = Vec::new();
        for input in inputs? {
            summary.items += 1;
            match input {
                Input::Document(doc) => {
                    summary.document(&doc);
                    lot.push(doc);
                }
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
        take(lot)?;
    }
    let ending = if lots.batches.ended { Ending::Whole } else { Ending::Stopped };
    Ok(Summary { ending, ..summary })
}

/// The steps of an input, made and looked at, batch by batch.
pub(crate) struct Lots<'a, I> {
    batches: Batches<'a, I>,
    check: Check,
}

impl<'a, I: Iterator<Item = Item>> Lots<'a, I> {
    pub(crate) fn new(items: I, plan: &Plan<'a>) -> Self {
        Self { batches: Batches::new(items, plan), check: Check::new(plan) }
    }
}

impl<I: Iterator<Item = Item>> Iterator for Lots<'_, I> {
    type Item = Result<Vec<Input>>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.batches.next()?;
        Some(self.check.tasks(made(batch, None)).map(|tasks| tasks.into_iter().flatten().collect()))
    }
}

/// A batch with the texts made; where there is one to make, on all threads of the pool, or as many as there are cores.
fn made(batch: Vec<Vec<Item>>, pool: Option<&ThreadPool>) -> Vec<Vec<Result<Document>>> {
    let task = |task: Vec<Item>| task.into_iter().map(|item| item.and_then(Raw::document)).collect();
    if batch.iter().flatten().flatten().all(Raw::is_made) {
        return batch.into_iter().map(task).collect();
    }
    let make = || batch.into_par_iter().map(task).collect();
    match pool {
        Some(pool) => pool.install(make),
        None => make(),
    }
}

/// What is done with one step of the input.
pub(crate) enum Input {
    Document(Document),
    Reject(Error),
    /// An older version than one that was read before.
    Superseded,
}

/// Looks at each document beside those before it.
struct Check {
    seen: Seen,
    /// How many steps an earlier run has done.
    done: u64,
    /// How many were looked at.
    items: u64,
}

impl Check {
    fn new(plan: &Plan<'_>) -> Self {
        Self { seen: Seen::new(plan.memory.ids(), plan.temporary), done: plan.done.items, items: 0 }
    }

    /// What is to be done with a batch: nothing with what an earlier run has done, but for noting its ids and versions.
    ///
    /// # Errors
    /// The ids cannot be kept.
    fn tasks(&mut self, batch: Vec<Vec<Result<Document>>>) -> Result<Vec<Vec<Input>>> {
        let mut tasks = Vec::with_capacity(batch.len());
        for items in batch {
            let mut task = Vec::with_capacity(items.len());
            for item in items {
                let input = self.input(item)?;
                self.items += 1;
                if self.items > self.done {
                    task.push(input);
                }
            }
            if !task.is_empty() {
                tasks.push(task);
            }
        }
        Ok(tasks)
    }

    fn input(&mut self, item: Result<Document>) -> Result<Input> {
        let doc = match item {
            Ok(doc) => doc,
            Err(e) => return Ok(Input::Reject(e)),
        };
        Ok(match self.seen.note(&doc)? {
            Age::Old => Input::Superseded,
            Age::New => Input::Document(doc),
            Age::Twice => {
                let message =
                    format!("a document of the id '{}' was read before; give both a version, or rename one", doc.id);
                Input::Reject(Error::at(doc.place, message).of(ErrorKind::Duplicate))
            }
        })
    }

    /// All was read.
    ///
    /// # Errors
    /// It is less than an earlier run has done.
    fn whole(&self) -> Result<()> {
        if self.items < self.done {
            return Err(Error::new(
                "there is less to read than the run had done that is to be resumed: run it without --resume",
            ));
        }
        Ok(())
    }
}

/// What the writer is told.
enum Step {
    /// What comes out of the tasks of a batch, in their order.
    Batch(Vec<Receiver<Output>>),
    /// All was read, or cannot be.
    End(Result<()>),
}

/// The records of a task and its rejects, which stand between them in time but not in the output.
struct Output {
    block: Block,
    rejects: Vec<Error>,
    done: Summary,
}

impl Output {
    fn fill(mut self, task: Vec<Input>, analyst: &mut Analyst, encoding: Encoding, plan: &Plan<'_>) -> Self {
        self.done.items = task.len() as u64;
        for input in task {
            match input {
                Input::Reject(e) => self.rejects.push(e),
                Input::Superseded => self.done.superseded += 1,
                Input::Document(doc) if !plan.analyse => self.done.document(&doc),
                Input::Document(doc) => {
                    if let Err(e) = self.add(&doc, analyst, encoding, plan) {
                        self.rejects.push(e);
                    }
                    analyst.rest(&doc, plan.memory);
                }
            }
        }
        self
    }

    fn add(&mut self, doc: &Document, analyst: &mut Analyst, encoding: Encoding, plan: &Plan<'_>) -> Result<()> {
        analyst.analyse(doc, plan.memory)?;
        let analysis = analyst.found();
        self.block.add(doc, analysis, analyst.extractor().lexicon(), encoding, plan.options)?;
        self.done.document(doc);
        self.done.records(analysis, plan.options);
        Ok(())
    }
}

/// Hands what was found to the sink. A batch with a reject that ends the run is not begun, so that the run can go on from
/// the commit before it.
fn write(
    steps: &Receiver<Step>,
    sink: &mut dyn Sink,
    pool: &Pool,
    plan: &Plan<'_>,
    watch: &mut impl Watch,
) -> Result<Summary> {
    let mut summary = plan.done.clone();
    for step in steps {
        let outputs = match step {
            Step::Batch(tasks) => tasks.into_iter().map(|task| task.recv()).collect::<std::result::Result<Vec<_>, _>>(),
            Step::End(Ok(())) => {
                sink.finish()?;
                return Ok(summary);
            }
            Step::End(Err(e)) => return Err(e),
        };
        // A task has panicked; its thread says why.
        let Ok(outputs) = outputs else { break };
        if let Some(e) = outputs.iter().flat_map(|o| &o.rejects).next().filter(|_| plan.strict) {
            watch.reject(e)?;
            summary.reject(e);
            summary.ending = Ending::Refused;
            break;
        }
        for output in outputs {
            for e in &output.rejects {
                watch.reject(e)?;
                summary.reject(e);
            }
            summary.add(&output.done);
            sink.write(output.block, pool)?;
        }
        summary.mark = watch.commit(&summary)?;
        sink.commit(&summary.to_text(), pool)?;
    }
    sink.suspend()?;
    if summary.ending == Ending::Whole {
        summary.ending = Ending::Stopped;
    }
    Ok(summary)
}
