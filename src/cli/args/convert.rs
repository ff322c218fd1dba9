//! `kennzahl convert`

use clap::{Args, ValueHint};
use kennzahl::gold::Format;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kennzahl convert gold/ -o gold.jsonl
  kennzahl extract archive/ -o records.jsonl
  kennzahl convert records.jsonl --text archive/ -o out/ --to webanno    to be corrected in INCEpTION
  kennzahl convert records.jsonl --text archive/ -o tasks.json           … in Label Studio
  kennzahl convert corrected.json -o gold/ --to own                      and back
  kennzahl eval corrected.json                                           or scored as it is

";

/// Convert gold from one format to another, and records to gold.
///
/// Read are the project's own format, JSON lines, brat standoff, CoNLL, WebAnno TSV 3, Label Studio's JSON, and the
/// records of `extract` as JSON lines. What the new format cannot hold is said on standard error.
///
/// Exit codes: 0 done; 2 wrong usage, gold or output.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(in crate::cli) struct Convert {
    /// Folders or files of gold, or JSON lines that `extract` wrote
    #[arg(required = true, value_name = "IN")]
    pub(in crate::cli) input: Vec<PathBuf>,
    /// The folder to write, or a file: FILE.jsonl, FILE.conll, FILE.json
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) output: PathBuf,
    /// Format of the output, where the suffix of -o does not tell
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(in crate::cli) to: Option<Format>,
    /// The texts that records were made of: what was given to `extract`; may be repeated
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) text: Vec<PathBuf>,
}
