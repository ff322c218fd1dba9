//! `kennzahl explain`

use super::Offsets;
use clap::Args;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kennzahl explain \"Der Erlös wuchs um gut acht Millionen Euro.\"
  kennzahl explain \"Im abgelaufenen Quartal stieg er.\" --published 2026-01-28
  kennzahl explain article.txt:1203                   what is there, and what would change it
  kennzahl explain feed.jsonl:57 --doc news-17        of one document of many

";

/// Show how a text is read: tokens, rules, results.
///
/// Of FILE:OFFSET what is there: its sentence, what was found or refused by which rule, and what would change that, as an
/// entry for a pack.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(in crate::cli) struct Explain {
    /// The text itself, or a place: FILE:OFFSET as records have it, or FILE:LINE:COLUMN
    #[arg(value_name = "TEXT|FILE:OFFSET")]
    pub(in crate::cli) text: String,
    /// The document that is meant, where the file has several
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) doc: Option<String>,
    /// What the offset counts
    #[arg(long, value_enum, default_value = "chars")]
    pub(in crate::cli) offsets: Offsets,
    /// The day it was published, for its times: 2026-01-28 or 2026-01-28T22:17
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) published: Option<String>,
    /// Add a pack of words and names of your own; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) pack: Vec<PathBuf>,
}
