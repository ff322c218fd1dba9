//! `kennzahl train`

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Learn names or facts from examples; the program is to be built again then.
#[derive(Debug, Args)]
pub(in crate::cli) struct Train {
    #[command(subcommand)]
    pub(in crate::cli) what: Lesson,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Lesson {
    /// The table of names and the weights of the tagger, in a minute
    Names(TrainNames),
    /// The weights by which facts are linked, in seconds
    Facts(TrainFacts),
}

/// DATA has germeval2014.train.jsonl.gz, smartdata.train.jsonl.gz and wikinews.names.jsonl.gz.
#[derive(Debug, Args)]
pub(in crate::cli) struct TrainNames {
    /// The folder of the annotated texts to learn from
    pub(in crate::cli) data: PathBuf,
    /// Gold whose texts are never learned from; may be repeated
    #[arg(long, value_name = "FOLDER")]
    pub(in crate::cli) gold: Vec<PathBuf>,
    /// The lists of names
    #[arg(long, value_name = "FOLDER", default_value = "src/german/names")]
    pub(in crate::cli) lists: PathBuf,
    /// Where names.bin and tagger.bin are written
    #[arg(short, long, value_name = "FOLDER", default_value = "src/german")]
    pub(in crate::cli) output: PathBuf,
    /// Passes over all sentences
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(in crate::cli) passes: u32,
    /// How many features are kept
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(in crate::cli) keep: usize,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TrainFacts {
    /// Folders of gold with facts to learn from
    #[arg(required = true, value_name = "GOLD")]
    pub(in crate::cli) gold: Vec<PathBuf>,
    /// Facts as JSON lines to learn from as well; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) apart: Vec<PathBuf>,
    /// The folder of their texts, as far as these lie elsewhere
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub(in crate::cli) data: PathBuf,
    /// Gold to try the weights on; its texts are never learned from
    #[arg(long, value_name = "GOLD")]
    pub(in crate::cli) check: Vec<PathBuf>,
    /// Where links.bin is written
    #[arg(short, long, value_name = "FOLDER", default_value = "src/german")]
    pub(in crate::cli) output: PathBuf,
    /// Passes over all texts
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub(in crate::cli) passes: u32,
}
