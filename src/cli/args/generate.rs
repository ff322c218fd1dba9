//! `kennzahl completions`, `kennzahl man`

use clap::Args;
use std::path::PathBuf;

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  kennzahl completions bash > ~/.local/share/bash-completion/completions/kennzahl
  kennzahl completions zsh > ~/.zfunc/_kennzahl
  kennzahl completions fish > ~/.config/fish/completions/kennzahl.fish

";

const MAN_EXAMPLES: &str = "\
Examples:
  kennzahl man extract | man -l -
  kennzahl man -o ~/.local/share/man/man1

";

/// Print what a shell needs to complete commands and options.
#[derive(Debug, Args)]
#[command(before_help = COMPLETIONS_EXAMPLES)]
pub(in crate::cli) struct Completions {
    #[arg(value_enum)]
    pub(in crate::cli) shell: clap_complete::Shell,
}

/// Print the manual, or write it as a page for each command.
#[derive(Debug, Args)]
#[command(before_help = MAN_EXAMPLES)]
pub(in crate::cli) struct Man {
    /// The command to print the page of; by default that of kennzahl itself
    #[arg(conflicts_with = "output")]
    pub(in crate::cli) command: Vec<String>,
    /// Write kennzahl.1, kennzahl-extract.1 and so on into this folder
    #[arg(short, long, value_name = "FOLDER")]
    pub(in crate::cli) output: Option<PathBuf>,
}
