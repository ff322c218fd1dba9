//! `kennzahl view`

use super::Kind;
use crate::cli::input::Input;
use clap::{Args, ValueHint};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kennzahl view article.txt -o article.html
  kennzahl view archive/ -o archive.html             figures, series of values, and each document
  kennzahl view corpus/articles -o corpus.html       with the gold that lies beside the texts
  kennzahl view article.txt --gold mine.gold.json -o article.html

";

/// Make a page of what is found: the text with its records, and figures where there are many documents.
///
/// One file that needs no network. A page of many documents says how long the slowest took; all else is the same for the
/// same input. Exit codes: 0 all read; 1 finished with rejects; 2 wrong usage, pack, gold or output.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(in crate::cli) struct View {
    #[command(flatten)]
    pub(in crate::cli) input: Input,
    /// The page
    // Not the setting `output`, which says where records go.
    #[arg(id = "page", short = 'o', long = "output", value_name = "FILE.html", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) output: PathBuf,
    /// Compare with this gold: NAME.gold.json, a folder, or JSON lines of names; may be repeated. By default what lies
    /// beside a text
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) gold: Vec<PathBuf>,
    /// Leave out the gold that lies beside a text
    #[arg(long, conflicts_with = "gold")]
    pub(in crate::cli) no_gold: bool,
    /// Kinds of records to show
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_values = ["quantity", "time", "entity", "fact", "refused", "conflict"]
    )]
    pub(in crate::cli) kinds: Vec<Kind>,
    /// So many documents are shown with their texts; figures are those of all
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub(in crate::cli) documents: usize,
    /// Leave out how long documents took: the same input gives the same page then
    #[arg(long)]
    pub(in crate::cli) no_timing: bool,
    /// Add a pack of words and names of your own; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) pack: Vec<PathBuf>,
    /// Threads; 0 for one a core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) jobs: usize,
}
