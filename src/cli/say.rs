//! What is said on standard error: as text, or as JSON lines for machines that keep logs.

use clap::{Args, ValueEnum};
use kennzahl::Error;
use serde::Serialize;
use std::fmt::Display;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

/// How messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Voice {
    /// How messages on standard error are written: as text, or as one JSON object a line
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "FORMAT",
        default_value = "text",
        help_heading = "All commands"
    )]
    pub(super) log_format: LogFormat,
    /// Say only what makes the exit code other than 0: no bar, no summary, no rejects one by one
    #[arg(short, long, global = true, help_heading = "All commands")]
    pub(super) quiet: bool,
}

/// How much a message matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    /// It makes the exit code other than 0.
    Error,
    /// Something was not read, and the rest goes on.
    Warn,
    Info,
}

/// Set once, before anything is said.
static JSON: AtomicBool = AtomicBool::new(false);
static QUIET: AtomicBool = AtomicBool::new(false);

pub(super) fn begin(format: LogFormat, quiet: bool) {
    JSON.store(format == LogFormat::Json, Ordering::Relaxed);
    QUIET.store(quiet, Ordering::Relaxed);
}

pub(super) fn as_json() -> bool {
    JSON.load(Ordering::Relaxed)
}

pub(super) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// What the run ends with.
pub(super) fn error(e: &Error) {
    say(Level::Error, "error", e, e);
}

/// One input that was not read.
pub(super) fn reject(e: &Error) {
    say(Level::Warn, "reject", e, e);
}

/// A message, and what a machine may want to know of it. `event` is what it knows it by.
pub(super) fn message(level: Level, event: &str, text: &str, data: &impl Serialize) {
    #[derive(Serialize)]
    struct Message<'a, T: Serialize> {
        message: &'a str,
        #[serde(flatten)]
        data: &'a T,
    }
    say(level, event, &text, &Message { message: text, data });
}

/// Says `text`, or `{"time": …, "level": …, "event": …}` with the fields of `data`. Where nobody listens it is lost, and
/// the work goes on.
pub(super) fn say(level: Level, event: &str, text: &impl Display, data: &impl Serialize) {
    #[derive(Serialize)]
    struct Line<'a, T: Serialize> {
        time: String,
        level: Level,
        event: &'a str,
        #[serde(flatten)]
        data: &'a T,
    }
    if is_quiet() && level != Level::Error {
        return;
    }
    let mut line = if as_json() {
        let time = format!("{:.3}", jiff::Timestamp::now());
        serde_json::to_string(&Line { time, level, event, data }).unwrap_or_default()
    } else {
        format!("kennzahl: {text}")
    };
    line.push('\n');
    // In one piece: other programs may write to the same place.
    let _ = std::io::stderr().write_all(line.as_bytes());
}
