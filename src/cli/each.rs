//! Every document of the input, analysed on all cores, for commands that make something else of it than records.

use super::input::Input;
use super::manifest::Counts;
use super::say::{Level, message};
use super::watch::{Watcher, reasons};
use super::{DONE, FINDINGS};
use kennzahl::batch::{self, Plan, Summary};
use kennzahl::emit::Options;
use kennzahl::model::{Analysis, Document, PubStatus};
use kennzahl::{Error, Extractor, Result, Worker};
use rayon::prelude::*;
use std::sync::atomic::AtomicBool;

/// Makes something of each document in parallel, with the worker and the buffers of its thread, and hands it on in the
/// order of the input. What is withdrawn is left out. Returns the exit code.
pub(super) fn document<S: Sync, T: Send>(
    input: Input,
    extractor: &Extractor,
    jobs: usize,
    state: &mut S,
    make: impl Fn(&S, Document, &mut Worker, &mut Analysis) -> T + Sync,
    mut take: impl FnMut(&mut S, T),
) -> Result<u8> {
    let input = input.listed()?;
    let memory = input.budget();
    let documents = input.documents()?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .build()
        .map_err(|e| Error::new(format!("cannot start {jobs} threads: {e}")))?;
    let stop = AtomicBool::new(false);
    let plan = Plan {
        options: Options::default(),
        jobs,
        memory,
        done: Summary::default(),
        strict: false,
        analyse: true,
        stop: &stop,
        temporary: tempfile::tempfile,
    };
    let mut watcher = Watcher::new(None, documents.progress(), true, &plan.done);
    let summary = batch::each(documents.raw(), &plan, &mut watcher, |lot| {
        let seen = &*state;
        let worker = || (extractor.worker(), Analysis::default());
        let made: Vec<T> = pool.install(|| {
            lot.into_par_iter()
                .filter(|doc| doc.status != Some(PubStatus::Canceled))
                .map_init(worker, |(worker, analysis), doc| make(seen, doc, worker, analysis))
                .collect()
        });
        for one in made {
            take(state, one);
        }
        Ok(())
    });
    watcher.end(true)?;
    let summary = summary?;
    if summary.rejected() == 0 {
        return Ok(DONE);
    }
    let text =
        format!("{} documents, {} inputs rejected ({})", summary.documents, summary.rejected(), reasons(&summary));
    message(Level::Error, "rejects", &text, &Counts::of(&summary));
    Ok(FINDINGS)
}
