//! `kennzahl eval`

use clap::Args;
use kennzahl::eval::{By, Layer};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kennzahl eval corpus/articles
  kennzahl eval corpus/articles --errors              every miss and false alarm
  kennzahl eval corpus/articles --errors times        those of times
  kennzahl eval corpus/articles --errors facts        those of facts
  kennzahl eval corpus/articles --by document,rule    where the errors are
  kennzahl eval corpus/articles --confidence          how sure the figures are
  kennzahl eval corpus/articles --oracle entities,times  what facts lose by themselves
  kennzahl eval gold/ --min facts=60 --max-severe 2   exit code 1 below, or above
  kennzahl eval gold/ --report json=base.json         then: --baseline base.json --max-drop 0.5
  kennzahl eval gold/ --min facts=60 --report junit=eval.xml --report github
  kennzahl eval corpus/articles --scores corpus/scores.tsv

";

/// Score against gold.
///
/// The figures are those of the annotation guideline, in total and by type; mentions are counted as in MUC too: strict
/// (span and type), exact (span), partial (overlap, half) and type. Severe errors are values wrong by a power of ten or by
/// their sign, and wrong units and currencies. As soon as anything is asked with --min, --baseline, --scores or
/// --max-severe, none of them is allowed, unless --max-severe says how many.
///
/// Exit codes: 0 done; 1 something asked does not hold; 2 wrong usage or gold.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(in crate::cli) struct Eval {
    /// Folders with NAME.txt beside NAME.gold.json, searched with all below them
    #[arg(required = true, value_name = "GOLD_DIR")]
    pub(in crate::cli) gold: Vec<PathBuf>,
    /// List every miss and false alarm with its context, of all layers or of some
    #[arg(
        long,
        value_enum,
        value_name = "LAYER",
        value_delimiter = ',',
        num_args = 0..=1,
        default_missing_values = ["quantities", "times", "entities", "facts"]
    )]
    pub(in crate::cli) errors: Vec<Layer>,
    /// Take gold's own quantities, times or entities in place of what is found, where facts are annotated: so facts are
    /// scored on input without a mistake
    #[arg(long, value_enum, value_name = "LAYER", value_delimiter = ',')]
    pub(in crate::cli) oracle: Vec<Layer>,
    /// Break the counts down
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    pub(in crate::cli) by: Vec<By>,
    /// Say between which values each figure lies in 95 of 100 draws of as many documents
    #[arg(long)]
    pub(in crate::cli) confidence: bool,
    /// Only documents whose name ends in one of these characters
    #[arg(long, value_name = "CHARS")]
    pub(in crate::cli) ending: Option<String>,
    /// Only documents whose name ends in none of these characters
    #[arg(long, value_name = "CHARS")]
    pub(in crate::cli) not_ending: Option<String>,
    /// Fail below this F1: 'quantity full=93', or by its short name: quantities, values, units, hedges, money, times,
    /// entities, names, coref, facts, subjects, periods, slots; may be repeated
    #[arg(long, value_name = "FIGURE=F1")]
    pub(in crate::cli) min: Vec<String>,
    /// Fail above so many severe errors in values, or of one kind: factor, sign, unit, currency, or subject (facts of
    /// another named subject, else never asked for); may be repeated
    #[arg(long, value_name = "[KIND=]N")]
    pub(in crate::cli) max_severe: Vec<String>,
    /// Fail where a figure is lower than in this report, which --report json wrote
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// By so many points a figure may be lower than in --baseline
    #[arg(long, value_name = "POINTS", requires = "baseline", default_value = "0")]
    pub(in crate::cli) max_drop: String,
    /// Compare with a table of scores by document; fail where a line differs
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) scores: Option<PathBuf>,
    /// Write that table anew
    #[arg(long, requires = "scores")]
    pub(in crate::cli) update: bool,
    /// Form of the report on standard output, or in a file: text, markdown, json, junit, github, html; may be repeated.
    /// With files alone the text is printed too
    #[arg(long, value_name = "FORM[=FILE]")]
    pub(in crate::cli) report: Vec<String>,
    /// The same as --report json
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// Add a pack of words and names of your own; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) pack: Vec<PathBuf>,
}
