//! `kennzahl diff`

use crate::cli::input::Input;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kennzahl diff old.jsonl.gz new.jsonl.gz            two outputs of extract
  kennzahl diff --pack mine.toml archive/            what a pack changes
  kennzahl diff --old-pack a.toml --new-pack b.toml archive/
  kennzahl diff --bin ./kennzahl-0.1 archive/        what another version finds
  kennzahl diff old.jsonl new.jsonl --format markdown > comment.md
  kennzahl diff old.jsonl new.jsonl --only severe    exit code 1 for powers of ten, signs, units, what is gone

";

/// How a report is written.
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum ReportFormat {
    Text,
    Markdown,
    Json,
}

/// Which changes count.
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(in crate::cli) enum Changes {
    /// Powers of ten, signs, units; documents and facts that are gone
    Severe,
}

/// Say what changed between two runs, on text without gold.
///
/// Two outputs of `extract` as JSON lines; or texts, with and without a pack (--pack, --old-pack, --new-pack), or by another
/// version of this program (--bin). Mentions are matched by document and place, facts by their number. Changes are grouped
/// by kind and rule, the most suspicious first: powers of ten, signs, units, facts that are gone. Rules are known of texts,
/// and of outputs made with --explain.
///
/// Exit codes: 0 no change, or no more than --max-changes; 1 changes; 2 wrong usage, or something could not be read.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(in crate::cli) struct Diff {
    #[command(flatten)]
    pub(in crate::cli) input: Input,
    /// Compare with what this other kennzahl finds in the texts
    #[arg(long, value_name = "PROGRAM", value_hint = ValueHint::ExecutablePath)]
    pub(in crate::cli) bin: Option<PathBuf>,
    /// A pack of the old run; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) old_pack: Vec<PathBuf>,
    /// A pack of the new run; may be repeated
    #[arg(long, value_name = "FILE", visible_alias = "pack")]
    pub(in crate::cli) new_pack: Vec<PathBuf>,
    /// Kinds of records to compare; by default all
    // What `extract` writes is another choice, which a file of settings may make.
    #[arg(
        id = "compared",
        long = "kinds",
        value_delimiter = ',',
        value_name = "KIND",
        value_parser = PossibleValuesParser::new(kennzahl::diff::KINDS)
    )]
    pub(in crate::cli) kinds: Vec<String>,
    /// How the report is written; Markdown is meant for a pull request
    #[arg(long, value_enum, default_value = "text")]
    pub(in crate::cli) format: ReportFormat,
    /// So many samples of each group, with context
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(in crate::cli) samples: usize,
    /// Only changes that are most often errors
    #[arg(long, value_enum, value_name = "CHANGES")]
    pub(in crate::cli) only: Option<Changes>,
    /// So many changes are no failure
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) max_changes: u64,
    /// Threads; 0 for one a core. The report is the same for any number
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) jobs: usize,
}
