//! `kennzahl pack`

use clap::{Args, Subcommand};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kennzahl pack check branche.toml                    read it and run its examples

";

/// Check packs of one's own.
#[derive(Debug, Args)]
pub(in crate::cli) struct Pack {
    #[command(subcommand)]
    pub(in crate::cli) command: PackCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PackCommand {
    /// Read packs and run their examples.
    ///
    /// Exit codes: 0 all examples hold; 1 some do not; 2 a pack cannot be read.
    #[command(before_help = EXAMPLES)]
    Check {
        /// Packs, in the order in which they build on each other; none checks the built-in language
        files: Vec<PathBuf>,
    },
}
