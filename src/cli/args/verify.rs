//! `kennzahl verify`

use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kennzahl verify news.sqlite.manifest.json
  kennzahl verify records.jsonl.manifest.json --sample 5000

";

/// Check a run against its manifest.
///
/// Packs and inputs are to be as they were, and a sample of the documents is to come out the same. To be run in the folder
/// of the run. Exit codes: 0 all the same; 1 something differs; 2 wrong usage or manifest.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(in crate::cli) struct Verify {
    /// A manifest that `extract` wrote
    #[arg(value_name = "MANIFEST")]
    pub(in crate::cli) manifest: PathBuf,
    /// About so many documents are extracted again and compared
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(in crate::cli) sample: u64,
    /// Threads; 0 for one a core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) jobs: usize,
}
