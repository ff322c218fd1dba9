//! What a run says of itself: rejects, how far it is, what it did.

use super::manifest::Counts;
use super::say::{self, Level};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kennzahl::batch::{KINDS, Summary, Watch};
use kennzahl::read::Progress;
use kennzahl::sink::Rejects;
use kennzahl::{Error, Result};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::IsTerminal;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Notes rejects and draws the bar.
pub(super) struct Watcher {
    rejects: Option<Rejects>,
    progress: Arc<Progress>,
    bar: ProgressBar,
    /// When the run began, and how many bytes of text were done by then.
    begun: Instant,
    before: u64,
}

impl Watcher {
    /// `drawn`: whether a bar may be drawn, which still needs a terminal, and nothing there but text.
    pub(super) fn new(rejects: Option<Rejects>, progress: Arc<Progress>, drawn: bool, done: &Summary) -> Self {
        // Where the input has no size there is no end to see.
        let (bar, style) = match progress.total() {
            0 => (ProgressBar::no_length(), "{spinner} {elapsed_precise}  {msg}"),
            total => (ProgressBar::new(total), "{bar:30} {percent:>3} %  {msg}, {eta} left"),
        };
        let seen = drawn && std::io::stderr().is_terminal() && !say::as_json() && !say::is_quiet();
        bar.set_draw_target(if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() });
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        bar.set_message("0 documents");
        if seen {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { rejects, progress, bar, begun: Instant::now(), before: done.text_bytes }
    }

    /// Takes the bar away; the file of rejects gets its name where the run is `over`.
    pub(super) fn end(&mut self, over: bool) -> Result<()> {
        self.bar.finish_and_clear();
        match self.rejects.take() {
            Some(rejects) if over => rejects.finish(),
            Some(mut rejects) => rejects.sync().map(drop),
            None => Ok(()),
        }
    }

    /// Says what was done, as a table.
    pub(super) fn summary(&self, summary: &Summary) {
        #[derive(Serialize)]
        struct Done {
            message: &'static str,
            #[serde(flatten)]
            counts: Counts,
            milliseconds: u64,
        }
        let milliseconds = self.milliseconds();
        let text = format!("done\n{}", self.table(summary));
        say::say(Level::Info, "summary", &text, &Done { message: "done", counts: Counts::of(summary), milliseconds });
    }

    fn table(&self, summary: &Summary) -> String {
        let mut out = format!("{:10} {:>12}", "documents", summary.documents);
        for (kind, n) in KINDS.iter().zip(summary.records).filter(|(_, n)| *n > 0) {
            let _ = write!(out, "\n{kind:10} {n:>12}");
        }
        if summary.superseded > 0 {
            let _ = write!(out, "\n{:10} {:>12}", "superseded", summary.superseded);
        }
        if summary.rejected() > 0 {
            let _ = write!(out, "\n{:10} {:>12}  {}", "rejects", summary.rejected(), reasons(summary));
        }
        let _ = write!(out, "\n{:10} {:>12}  {}", "text", megabytes(summary.text_bytes), self.speed(summary));
        out
    }

    fn speed(&self, summary: &Summary) -> String {
        let done = summary.text_bytes - self.before;
        format!("{}/s", megabytes(done.saturating_mul(1000) / self.milliseconds().max(1)))
    }

    fn milliseconds(&self) -> u64 {
        self.begun.elapsed().as_millis() as u64
    }
}

/// The rejects by reason: `malformed 2, no_text 1`.
pub(super) fn reasons(summary: &Summary) -> String {
    summary.rejects.iter().map(|(reason, n)| format!("{reason} {n}")).collect::<Vec<_>>().join(", ")
}

/// A size: `12.3 MB`.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

impl Watch for Watcher {
    fn reject(&mut self, e: &Error) -> Result<()> {
        self.bar.suspend(|| say::reject(e));
        self.rejects.as_mut().map_or(Ok(()), |r| r.write(e))
    }

    fn commit(&mut self, so_far: &Summary) -> Result<u64> {
        self.bar.set_position(self.progress.read());
        self.bar.set_message(format!("{} documents, {}", so_far.documents, self.speed(so_far)));
        self.rejects.as_mut().map_or(Ok(0), Rejects::sync)
    }
}
