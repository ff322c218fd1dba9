//! What can be typed: a file for each command.

mod audit;
mod convert;
mod diff;
mod eval;
mod explain;
mod extract;
mod generate;
mod pack;
mod schema;
mod train;
mod verify;
mod view;

pub(super) use audit::Audit;
pub(super) use convert::Convert;
pub(super) use diff::{Changes, Diff, ReportFormat};
pub(super) use eval::Eval;
pub(super) use explain::Explain;
pub(super) use extract::{Extract, Numbers};
pub(super) use generate::{Completions, Man};
pub(super) use pack::{Pack, PackCommand};
pub(super) use schema::{Schema, Sql};
pub(super) use train::{Lesson, Train, TrainFacts, TrainNames};
pub(super) use verify::Verify;
pub(super) use view::View;

use clap::{Parser, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

const EXAMPLES: &str = "\
Examples:
  kennzahl extract article.txt                      one JSON record a line on standard output
  kennzahl extract archive/ -o records.jsonl        a folder and all below it
  cat feed.jsonl | kennzahl extract - --from jsonl  one document a line: {\"id\": …, \"text\": …}
  kennzahl explain \"knapp 58,7 Mrd. Dollar\"         why it is read so
  kennzahl eval corpus/articles                     how well it does

";

/// Reads German prose and writes its numbers, times and names as data.
#[derive(Debug, Parser)]
#[command(name = "kennzahl", version, before_help = EXAMPLES, max_term_width = 100)]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    pub(in crate::cli) command: Command,
}

// Each is described where its options stand.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    Extract(Box<Extract>),
    Eval(Eval),
    Diff(Box<Diff>),
    Convert(Convert),
    Verify(Verify),
    Explain(Explain),
    View(Box<View>),
    Audit(Box<Audit>),
    Pack(Pack),
    Train(Train),
    Schema(Schema),
    Completions(Completions),
    Man(Man),
}

#[derive(Debug, Clone, Copy, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum Offsets {
    Chars,
    Bytes,
    Utf16,
}

#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum Kind {
    Document,
    Quantity,
    Time,
    Entity,
    Fact,
    Refused,
    Conflict,
}
