//! `kennzahl extract`

use super::{Kind, Offsets};
use crate::cli::input::Input;
use clap::{Args, ValueEnum, ValueHint};
use kennzahl::sink::Format;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kennzahl extract article.txt
  kennzahl extract archive/ -o records.jsonl --jobs 8
  kennzahl extract archive/ -o news.sqlite           tables and views to query
  kennzahl extract archive/ -o postgres://me@db/news
  kennzahl extract archive/ -o tables/ --to parquet
  cat feed.jsonl | kennzahl extract - --from jsonl --text-field body
  kennzahl extract 2014.tar.gz news.parquet 'crawl-*.warc.gz' -o records.jsonl
  kennzahl extract archive/ -o news.sqlite --resume  go on where a run was cut off
  kennzahl extract archive/ -o news.sqlite --rejects rejects.jsonl
  kennzahl extract article.txt --refused --explain   with what is no quantity, and the rules
  kennzahl extract article.txt --kinds fact --derive with earlier values and changes that arithmetic gives

";

const SETTINGS: &str = "\
Settings:
Every option can be set in kennzahl.toml in the working directory, and by a variable: --text-field as \
text-field = \"body\" or as KENNZAHL_TEXT_FIELD=body. What is typed wins over a variable, a variable over the file; \
--no-FLAG takes back a flag that is set there. Lists of paths in variables are parted as in PATH, other lists by commas; \
paths in the file are counted from its folder. KENNZAHL_CONFIG names another file, KENNZAHL_NO_CONFIG=1 takes none. \
--print-config shows what holds. The commands explain, eval, diff, verify, view and audit take those settings that are \
options of theirs, but not where the output of extract goes.";

#[derive(Debug, Clone, Copy, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum Numbers {
    Json,
    String,
}

/// Find quantities, times, names and facts in texts.
///
/// Exit codes: 0 all read; 1 finished with rejects (named on standard error), or stopped by one with --strict; 2 wrong
/// usage, pack or output; 130 and 143 stopped by SIGINT and SIGTERM.
// What decides what is found stands in the manifest; the rest is left out of it.
#[derive(Debug, Args, Serialize, Deserialize)]
#[command(
    before_help = EXAMPLES,
    after_long_help = SETTINGS,
    mut_arg("paths", |a| a.required_unless_present_any(["files_from", "print_config"]))
)]
pub(in crate::cli) struct Extract {
    #[command(flatten)]
    pub(in crate::cli) input: Input,
    /// Format of the output, where the suffix of -o does not tell
    #[arg(long, value_enum)]
    #[serde(skip)]
    pub(in crate::cli) to: Option<Format>,
    /// Write there instead of to standard output: FILE.jsonl (.gz, .zst), .csv, .parquet, .arrow, .sqlite, a folder
    /// with --to, or postgres://…; files appear when they are whole
    #[arg(short, long, value_name = "FILE|URL", value_hint = ValueHint::FilePath)]
    #[serde(skip)]
    pub(in crate::cli) output: Option<String>,
    /// Begin another file once one has so many bytes, for Parquet and Arrow: facts-00000.parquet …; such a run can be
    /// resumed
    #[arg(long, value_name = "SIZE", value_parser = crate::cli::input::size)]
    #[serde(skip)]
    pub(in crate::cli) part_size: Option<u64>,
    /// Add a pack of words and names of your own; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) pack: Vec<PathBuf>,
    /// Kinds of records to write
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["document", "quantity", "time", "entity", "fact"])]
    pub(in crate::cli) kinds: Vec<Kind>,
    /// Write each numeral that is no quantity, with the reason
    #[arg(long)]
    pub(in crate::cli) refused: bool,
    /// Add what arithmetic gives, as facts with "derived": true: the earlier value where the text has a value and a
    /// difference, the value where it has the earlier one and a difference, the difference in per cent where it has both
    #[arg(long)]
    #[serde(default)]
    pub(in crate::cli) derive: bool,
    /// Report where a text contradicts itself, as records of the kind conflict: a value, the earlier one and the difference
    /// that do not go together, two values of one metric in one period, a date of another weekday or day of publication.
    /// Hedges and printed digits are allowed for
    #[arg(long)]
    #[serde(default)]
    pub(in crate::cli) check: bool,
    /// Name the rule that made each record
    #[arg(long)]
    pub(in crate::cli) explain: bool,
    /// What offsets count
    #[arg(long, value_enum, default_value = "chars")]
    pub(in crate::cli) offsets: Offsets,
    /// How numbers are written: as JSON numbers, or as strings for readers with floats only
    #[arg(long, value_enum, default_value = "json")]
    pub(in crate::cli) numbers: Numbers,
    /// Threads; 0 for one a core. The output is the same for any number
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    #[serde(skip)]
    pub(in crate::cli) jobs: usize,
    /// Write what could not be read to this file too, one JSON object a line: source, member, position, reason, message
    #[arg(long, value_name = "FILE")]
    #[serde(skip)]
    pub(in crate::cli) rejects: Option<PathBuf>,
    /// Stop at the first reject
    #[arg(long)]
    #[serde(skip)]
    pub(in crate::cli) strict: bool,
    /// Go on where an unfinished run of the same inputs and options stopped; else begin at the start
    #[arg(long)]
    #[serde(skip)]
    pub(in crate::cli) resume: bool,
    /// Read and check all inputs, and write nothing
    #[arg(long, conflicts_with_all = ["resume", "rejects"])]
    #[serde(skip)]
    pub(in crate::cli) dry_run: bool,
    /// Say at the end what was done, also where standard error is no terminal
    #[arg(long, conflicts_with = "quiet")]
    #[serde(skip)]
    pub(in crate::cli) stats: bool,
    /// Write what the run was made of there: versions, hashes, options, counts; by default OUTPUT.manifest.json beside the
    /// output
    #[arg(long, value_name = "FILE")]
    #[serde(skip)]
    pub(in crate::cli) manifest: Option<PathBuf>,
    /// Write no manifest
    #[arg(long, conflicts_with = "manifest")]
    #[serde(skip)]
    pub(in crate::cli) no_manifest: bool,
    /// Print what holds as TOML, each setting with where it comes from, and end
    #[arg(long)]
    #[serde(skip)]
    pub(in crate::cli) print_config: bool,
}
