//! `kennzahl audit`

use crate::cli::input::Input;
use clap::{Args, ValueHint};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kennzahl audit archive/ -o audit.html               a page to judge 200 records on
  kennzahl audit archive/ -o audit.html --sample 400 --seed 7
  kennzahl audit --verdicts verdicts.jsonl            precision with its interval
  kennzahl audit --verdicts verdicts.jsonl --gold-out gold/

";

/// Judge a sample of your own archive by hand: what is right, what wrong.
///
/// First a page with records drawn at random, as many of each kind, to be judged in a browser without network; it saves a
/// file of verdicts. Then --verdicts says the precision with its 95 % interval by kind, rule and basis. The same archive and
/// seed give the same page. Exit codes: 0 done; 1 finished with rejects; 2 wrong usage, verdicts or output.
#[derive(Debug, Args)]
#[command(
    before_help = EXAMPLES,
    mut_arg("paths", |a| a.required_unless_present_any(["files_from", "verdicts"]))
)]
pub(in crate::cli) struct Audit {
    #[command(flatten)]
    pub(in crate::cli) input: Input,
    /// The page
    #[arg(
        id = "page",
        short = 'o',
        long = "output",
        value_name = "FILE.html",
        value_hint = ValueHint::FilePath,
        required_unless_present = "verdicts"
    )]
    pub(in crate::cli) output: Option<PathBuf>,
    /// So many records are drawn
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(in crate::cli) sample: u32,
    /// Another seed draws others
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) seed: u64,
    /// Say what was found out: a file that the page has saved; may be repeated
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "files_from", "page"])]
    pub(in crate::cli) verdicts: Vec<PathBuf>,
    /// Write what was found right into a new folder, as gold
    // clap does not ask for what conflicts with something that is there, so the conflict is said once more.
    #[arg(
        long,
        value_name = "FOLDER",
        requires = "verdicts",
        conflicts_with = "page",
        value_hint = ValueHint::DirPath
    )]
    pub(in crate::cli) gold_out: Option<PathBuf>,
    /// Print the figures as JSON
    #[arg(long, requires = "verdicts", conflicts_with = "page")]
    pub(in crate::cli) json: bool,
    /// Add a pack of words and names of your own; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) pack: Vec<PathBuf>,
    /// Threads; 0 for one a core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) jobs: usize,
}
