//! What can be typed.

use super::input::Input;
use clap::builder::PossibleValuesParser;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum, ValueHint};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  kennzahl extract article.txt                      one JSON record a line on standard output
  kennzahl extract archive/ -o records.jsonl        a folder and all below it
  cat feed.jsonl | kennzahl extract - --from jsonl  one document a line: {\"id\": …, \"text\": …}
  kennzahl explain \"knapp 58,7 Mrd. Dollar\"         why it is read so
  kennzahl eval corpus/articles                     how well it does

";

const EXTRACT_EXAMPLES: &str = "\
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

";

const VERIFY_EXAMPLES: &str = "\
Examples:
  kennzahl verify news.sqlite.manifest.json
  kennzahl verify records.jsonl.manifest.json --sample 5000

";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  kennzahl explain \"Der Erlös wuchs um gut acht Millionen Euro.\"
  kennzahl explain \"Im vergangenen Quartal stieg er.\" --published 2026-01-28
  kennzahl explain article.txt:1203                   what is there, and what would change it
  kennzahl explain feed.jsonl:57 --doc news-17        of one document of many

";

const EVAL_EXAMPLES: &str = "\
Examples:
  kennzahl eval corpus/articles
  kennzahl eval corpus/articles --errors              every miss and false alarm
  kennzahl eval corpus/articles --errors times        those of times
  kennzahl eval corpus/articles --errors facts        those of facts
  kennzahl eval corpus/articles --by document,rule    where the errors are
  kennzahl eval corpus/articles --confidence          how sure the figures are
  kennzahl eval gold/ --min facts=60 --max-severe 2   exit code 1 below, or above
  kennzahl eval gold/ --report json=base.json         then: --baseline base.json --max-drop 0.5
  kennzahl eval gold/ --min facts=60 --report junit=eval.xml --report github
  kennzahl eval corpus/articles --scores corpus/scores.tsv

";

const VIEW_EXAMPLES: &str = "\
Examples:
  kennzahl view article.txt -o article.html
  kennzahl view archive/ -o archive.html             figures, series of values, and each document
  kennzahl view corpus/articles -o corpus.html       with the gold that lies beside the texts
  kennzahl view article.txt --gold mine.gold.json -o article.html

";

const AUDIT_EXAMPLES: &str = "\
Examples:
  kennzahl audit archive/ -o audit.html               a page to judge 200 records on
  kennzahl audit archive/ -o audit.html --sample 400 --seed 7
  kennzahl audit --verdicts verdicts.jsonl            precision with its interval
  kennzahl audit --verdicts verdicts.jsonl --gold-out gold/

";

const DIFF_EXAMPLES: &str = "\
Examples:
  kennzahl diff old.jsonl.gz new.jsonl.gz            two outputs of extract
  kennzahl diff --pack mine.toml archive/            what a pack changes
  kennzahl diff --old-pack a.toml --new-pack b.toml archive/
  kennzahl diff --bin ./kennzahl-0.1 archive/        what another version finds
  kennzahl diff old.jsonl new.jsonl --format markdown > comment.md
  kennzahl diff old.jsonl new.jsonl --only severe    exit code 1 for powers of ten, signs, units, what is gone

";

const CONVERT_EXAMPLES: &str = "\
Examples:
  kennzahl convert gold/ -o gold.jsonl
  kennzahl extract archive/ -o records.jsonl
  kennzahl convert records.jsonl --text archive/ -o out/ --to webanno    to be corrected in INCEpTION
  kennzahl convert records.jsonl --text archive/ -o tasks.json           … in Label Studio
  kennzahl convert corrected.json -o gold/ --to own                      and back
  kennzahl eval corrected.json                                           or scored as it is

";

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

const SETTINGS: &str = "\
Settings:
Every option can be set in kennzahl.toml in the working directory, and by a variable: --text-field as \
text-field = \"body\" or as KENNZAHL_TEXT_FIELD=body. What is typed wins over a variable, a variable over the file; \
--no-FLAG takes back a flag that is set there. Lists of paths in variables are parted as in PATH, other lists by commas; \
paths in the file are counted from its folder. KENNZAHL_CONFIG names another file, KENNZAHL_NO_CONFIG=1 takes none. \
--print-config shows what holds. The commands explain, eval, diff, verify, view and audit take those settings that are \
options of theirs, but not where the output of extract goes.";

const PACK_EXAMPLES: &str = "\
Examples:
  kennzahl pack check branche.toml                    read it and run its examples

";

/// Reads German prose and writes its numbers, times and names as data.
#[derive(Debug, Parser)]
#[command(name = "kennzahl", version, before_help = EXAMPLES, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

// Each is described where its options stand.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Extract(Box<Extract>),
    Eval(Eval),
    Diff(Box<Diff>),
    Convert(Convert),
    Verify(Verify),
    Explain(Explain),
    View(Box<View>),
    Audit(Box<Audit>),
    Pack(Pack),
    Train(Train),
    Schema(Schema),
    Completions(Completions),
    Man(Man),
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum To {
    Jsonl,
    Csv,
    Parquet,
    Arrow,
    Sqlite,
    Postgres,
}

/// What prints SQL.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Sql {
    Sqlite,
    Postgres,
    Duckdb,
}

#[derive(Debug, Clone, Copy, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Offsets {
    Chars,
    Bytes,
    Utf16,
}

#[derive(Debug, Clone, Copy, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Numbers {
    Json,
    String,
}

#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Document,
    Quantity,
    Time,
    Entity,
    Fact,
    Refused,
    Conflict,
}

/// A form of the report.
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Markdown,
    Json,
    Junit,
    Github,
    Html,
}

/// How counts are broken down.
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(super) enum By {
    Type,
    Document,
    Rule,
}

/// A list of a gold file.
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(super) enum Layer {
    All,
    Quantities,
    Times,
    Entities,
    Facts,
}

/// Find quantities, times, names and facts in texts.
///
/// Exit codes: 0 all read; 1 finished with rejects (named on standard error), or stopped by one with --strict; 2 wrong
/// usage, pack or output; 130 and 143 stopped by SIGINT and SIGTERM.
// What decides what is found stands in the manifest; the rest is left out of it.
#[derive(Debug, ClapArgs, Serialize, Deserialize)]
#[command(
    before_help = EXTRACT_EXAMPLES,
    after_long_help = SETTINGS,
    mut_arg("paths", |a| a.required_unless_present_any(["files_from", "print_config"]))
)]
pub(super) struct Extract {
    #[command(flatten)]
    pub(super) input: Input,
    /// Format of the output, where the suffix of -o does not tell
    #[arg(long, value_enum)]
    #[serde(skip)]
    pub(super) to: Option<To>,
    /// Write there instead of to standard output: FILE.jsonl (.gz, .zst), .csv, .parquet, .arrow, .sqlite, a folder
    /// with --to, or postgres://…; files appear when they are whole
    #[arg(short, long, value_name = "FILE|URL", value_hint = ValueHint::FilePath)]
    #[serde(skip)]
    pub(super) output: Option<String>,
    /// Begin another file once one has so many bytes, for Parquet and Arrow: facts-00000.parquet …; such a run can be
    /// resumed
    #[arg(long, value_name = "SIZE", value_parser = super::input::size)]
    #[serde(skip)]
    pub(super) part_size: Option<u64>,
    /// Add a pack of words and names of your own; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) pack: Vec<PathBuf>,
    /// Kinds of records to write
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["document", "quantity", "time", "entity", "fact"])]
    pub(super) kinds: Vec<Kind>,
    /// Write each numeral that is no quantity, with the reason
    #[arg(long)]
    pub(super) refused: bool,
    /// Name the rule that made each record
    #[arg(long)]
    pub(super) explain: bool,
    /// What offsets count
    #[arg(long, value_enum, default_value = "chars")]
    pub(super) offsets: Offsets,
    /// How numbers are written: as JSON numbers, or as strings for readers with floats only
    #[arg(long, value_enum, default_value = "json")]
    pub(super) numbers: Numbers,
    /// Threads; 0 for one a core. The output is the same for any number
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    #[serde(skip)]
    pub(super) jobs: usize,
    /// Write what could not be read to this file too, one JSON object a line: source, member, position, reason, message
    #[arg(long, value_name = "FILE")]
    #[serde(skip)]
    pub(super) rejects: Option<PathBuf>,
    /// Stop at the first reject
    #[arg(long)]
    #[serde(skip)]
    pub(super) strict: bool,
    /// Go on where an unfinished run of the same inputs and options stopped; else begin at the start
    #[arg(long)]
    #[serde(skip)]
    pub(super) resume: bool,
    /// Read and check all inputs, and write nothing
    #[arg(long, conflicts_with_all = ["resume", "rejects"])]
    #[serde(skip)]
    pub(super) dry_run: bool,
    /// Say at the end what was done, also where standard error is no terminal
    #[arg(long, conflicts_with = "quiet")]
    #[serde(skip)]
    pub(super) stats: bool,
    /// Write what the run was made of there: versions, hashes, options, counts; by default OUTPUT.manifest.json beside the
    /// output
    #[arg(long, value_name = "FILE")]
    #[serde(skip)]
    pub(super) manifest: Option<PathBuf>,
    /// Write no manifest
    #[arg(long, conflicts_with = "manifest")]
    #[serde(skip)]
    pub(super) no_manifest: bool,
    /// Print what holds as TOML, each setting with where it comes from, and end
    #[arg(long)]
    #[serde(skip)]
    pub(super) print_config: bool,
}

/// Score against gold.
///
/// The figures are those of the annotation guideline, in total and by type; mentions are counted as in MUC too: strict
/// (span and type), exact (span), partial (overlap, half) and type. Severe errors are values wrong by a power of ten or by
/// their sign, and wrong units and currencies. As soon as anything is asked with --min, --baseline, --scores or
/// --max-severe, none of them is allowed, unless --max-severe says how many.
///
/// Exit codes: 0 done; 1 something asked does not hold; 2 wrong usage or gold.
#[derive(Debug, ClapArgs)]
#[command(before_help = EVAL_EXAMPLES)]
pub(super) struct Eval {
    /// Folders with NAME.txt beside NAME.gold.json, searched with all below them
    #[arg(required = true, value_name = "GOLD_DIR")]
    pub(super) gold: Vec<PathBuf>,
    /// List every miss and false alarm with its context, of all layers or of one
    #[arg(long, value_enum, value_name = "LAYER", num_args = 0..=1, default_missing_value = "all")]
    pub(super) errors: Option<Layer>,
    /// Break the counts down
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    pub(super) by: Vec<By>,
    /// Say between which values each figure lies in 95 of 100 draws of as many documents
    #[arg(long)]
    pub(super) confidence: bool,
    /// Only documents whose name ends in one of these characters
    #[arg(long, value_name = "CHARS")]
    pub(super) ending: Option<String>,
    /// Only documents whose name ends in none of these characters
    #[arg(long, value_name = "CHARS")]
    pub(super) not_ending: Option<String>,
    /// Fail below this F1: 'quantity full=93', or by its short name: quantities, values, units, hedges, money, times,
    /// entities, names, coref, facts, subjects, periods, slots; may be repeated
    #[arg(long, value_name = "FIGURE=F1")]
    pub(super) min: Vec<String>,
    /// Fail above so many severe errors in values, or of one kind: factor, sign, unit, currency, or subject (facts of
    /// another named subject, else never asked for); may be repeated
    #[arg(long, value_name = "[KIND=]N")]
    pub(super) max_severe: Vec<String>,
    /// Fail where a figure is lower than in this report, which --report json wrote
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// By so many points a figure may be lower than in --baseline
    #[arg(long, value_name = "POINTS", requires = "baseline", default_value = "0")]
    pub(super) max_drop: String,
    /// Compare with a table of scores by document; fail where a line differs
    #[arg(long, value_name = "FILE")]
    pub(super) scores: Option<PathBuf>,
    /// Write that table anew
    #[arg(long, requires = "scores")]
    pub(super) update: bool,
    /// Form of the report on standard output, or in a file: text, markdown, json, junit, github, html; may be repeated.
    /// With files alone the text is printed too
    #[arg(long, value_name = "FORM[=FILE]")]
    pub(super) report: Vec<String>,
    /// The same as --report json
    #[arg(long)]
    pub(super) json: bool,
    /// Add a pack of words and names of your own; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) pack: Vec<PathBuf>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(super) enum ReportFormat {
    Text,
    Markdown,
    Json,
}

/// Which changes count.
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(super) enum Changes {
    /// Powers of ten, signs, units; documents and facts that are gone
    Severe,
}

/// Say what changed between two runs, on text without gold.
///
/// Two outputs of `extract` as JSON lines; or texts, with and without a pack (--pack, --old-pack, --new-pack), or by another
/// version of this program (--bin). Mentions are matched by document and place, facts by their number. Changes are grouped
/// by kind and rule, the most suspicious first: powers of ten, signs, units, facts that are gone. Rules are known of texts,
/// and of outputs made with --explain.
///
/// Exit codes: 0 no change, or no more than --max-changes; 1 changes; 2 wrong usage, or something could not be read.
#[derive(Debug, ClapArgs)]
#[command(before_help = DIFF_EXAMPLES)]
pub(super) struct Diff {
    #[command(flatten)]
    pub(super) input: Input,
    /// Compare with what this other kennzahl finds in the texts
    #[arg(long, value_name = "PROGRAM", value_hint = ValueHint::ExecutablePath)]
    pub(super) bin: Option<PathBuf>,
    /// A pack of the old run; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) old_pack: Vec<PathBuf>,
    /// A pack of the new run; may be repeated
    #[arg(long, value_name = "FILE", visible_alias = "pack")]
    pub(super) new_pack: Vec<PathBuf>,
    /// Kinds of records to compare; by default all
    // What `extract` writes is another choice, which a file of settings may make.
    #[arg(
        id = "compared",
        long = "kinds",
        value_delimiter = ',',
        value_name = "KIND",
        value_parser = PossibleValuesParser::new(kennzahl::diff::KINDS)
    )]
    pub(super) kinds: Vec<String>,
    /// How the report is written; Markdown is meant for a pull request
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: ReportFormat,
    /// So many samples of each group, with context
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(super) samples: usize,
    /// Only changes that are most often errors
    #[arg(long, value_enum, value_name = "CHANGES")]
    pub(super) only: Option<Changes>,
    /// So many changes are no failure
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) max_changes: u64,
    /// Threads; 0 for one a core. The report is the same for any number
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(super) jobs: usize,
}

/// A format of gold.
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(super) enum GoldFormat {
    /// NAME.txt beside NAME.gold.json: everything
    Own,
    /// A document a line: everything
    Jsonl,
    /// NAME.txt beside NAME.ann: mentions with all fields
    Brat,
    /// CoNLL-U Plus with BIO: spans and types
    Conll,
    /// WebAnno TSV 3: mentions with all fields
    Webanno,
    /// Tasks as JSON: mentions with all fields
    LabelStudio,
}

/// Convert gold from one format to another, and records to gold.
///
/// Read are the project's own format, JSON lines, brat standoff, CoNLL, WebAnno TSV 3, Label Studio's JSON, and the
/// records of `extract` as JSON lines. What the new format cannot hold is said on standard error.
///
/// Exit codes: 0 done; 2 wrong usage, gold or output.
#[derive(Debug, ClapArgs)]
#[command(before_help = CONVERT_EXAMPLES)]
pub(super) struct Convert {
    /// Folders or files of gold, or JSON lines that `extract` wrote
    #[arg(required = true, value_name = "IN")]
    pub(super) input: Vec<PathBuf>,
    /// The folder to write, or a file: FILE.jsonl, FILE.conll, FILE.json
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::AnyPath)]
    pub(super) output: PathBuf,
    /// Format of the output, where the suffix of -o does not tell
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) to: Option<GoldFormat>,
    /// The texts that records were made of: what was given to `extract`; may be repeated
    #[arg(long, value_name = "PATH")]
    pub(super) text: Vec<PathBuf>,
}

/// Check a run against its manifest.
///
/// Packs and inputs are to be as they were, and a sample of the documents is to come out the same. To be run in the folder
/// of the run. Exit codes: 0 all the same; 1 something differs; 2 wrong usage or manifest.
#[derive(Debug, ClapArgs)]
#[command(before_help = VERIFY_EXAMPLES)]
pub(super) struct Verify {
    /// A manifest that `extract` wrote
    #[arg(value_name = "MANIFEST")]
    pub(super) manifest: PathBuf,
    /// About so many documents are extracted again and compared
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(super) sample: u64,
    /// Threads; 0 for one a core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(super) jobs: usize,
}

/// Show how a text is read: tokens, rules, results.
///
/// Of FILE:OFFSET what is there: its sentence, what was found or refused by which rule, and what would change that, as an
/// entry for a pack.
#[derive(Debug, ClapArgs)]
#[command(before_help = EXPLAIN_EXAMPLES)]
pub(super) struct Explain {
    /// The text itself, or a place: FILE:OFFSET as records have it, or FILE:LINE:COLUMN
    #[arg(value_name = "TEXT|FILE:OFFSET")]
    pub(super) text: String,
    /// The document that is meant, where the file has several
    #[arg(long, value_name = "ID")]
    pub(super) doc: Option<String>,
    /// What the offset counts
    #[arg(long, value_enum, default_value = "chars")]
    pub(super) offsets: Offsets,
    /// The day it was published, for its times: 2026-01-28 or 2026-01-28T22:17
    #[arg(long, value_name = "DATE")]
    pub(super) published: Option<String>,
    /// Add a pack of words and names of your own; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) pack: Vec<PathBuf>,
}

/// Make a page of what is found: the text with its records, and figures where there are many documents.
///
/// One file that needs no network. A page of many documents says how long the slowest took; all else is the same for the
/// same input. Exit codes: 0 all read; 1 finished with rejects; 2 wrong usage, pack, gold or output.
#[derive(Debug, ClapArgs)]
#[command(before_help = VIEW_EXAMPLES)]
pub(super) struct View {
    #[command(flatten)]
    pub(super) input: Input,
    /// The page
    // Not the setting `output`, which says where records go.
    #[arg(id = "page", short = 'o', long = "output", value_name = "FILE.html", value_hint = ValueHint::FilePath)]
    pub(super) output: PathBuf,
    /// Compare with this gold: NAME.gold.json, a folder, or JSON lines of names; may be repeated. By default what lies
    /// beside a text
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) gold: Vec<PathBuf>,
    /// Leave out the gold that lies beside a text
    #[arg(long, conflicts_with = "gold")]
    pub(super) no_gold: bool,
    /// Kinds of records to show
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_values = ["quantity", "time", "entity", "fact", "refused", "conflict"]
    )]
    pub(super) kinds: Vec<Kind>,
    /// So many documents are shown with their texts; figures are those of all
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub(super) documents: usize,
    /// Leave out how long documents took: the same input gives the same page then
    #[arg(long)]
    pub(super) no_timing: bool,
    /// Add a pack of words and names of your own; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) pack: Vec<PathBuf>,
    /// Threads; 0 for one a core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(super) jobs: usize,
}

/// Judge a sample of your own archive by hand: what is right, what wrong.
///
/// First a page with records drawn at random, as many of each kind, to be judged in a browser without network; it saves a
/// file of verdicts. Then --verdicts says the precision with its 95 % interval by kind, rule and basis. The same archive and
/// seed give the same page. Exit codes: 0 done; 1 finished with rejects; 2 wrong usage, verdicts or output.
#[derive(Debug, ClapArgs)]
#[command(
    before_help = AUDIT_EXAMPLES,
    mut_arg("paths", |a| a.required_unless_present_any(["files_from", "verdicts"]))
)]
pub(super) struct Audit {
    #[command(flatten)]
    pub(super) input: Input,
    /// The page
    #[arg(
        id = "page",
        short = 'o',
        long = "output",
        value_name = "FILE.html",
        value_hint = ValueHint::FilePath,
        required_unless_present = "verdicts"
    )]
    pub(super) output: Option<PathBuf>,
    /// So many records are drawn
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(super) sample: u32,
    /// Another seed draws others
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) seed: u64,
    /// Say what was found out: a file that the page has saved; may be repeated
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "files_from", "page"])]
    pub(super) verdicts: Vec<PathBuf>,
    /// Write what was found right into a new folder, as gold
    // clap does not ask for what conflicts with something that is there, so the conflict is said once more.
    #[arg(
        long,
        value_name = "FOLDER",
        requires = "verdicts",
        conflicts_with = "page",
        value_hint = ValueHint::DirPath
    )]
    pub(super) gold_out: Option<PathBuf>,
    /// Print the figures as JSON
    #[arg(long, requires = "verdicts", conflicts_with = "page")]
    pub(super) json: bool,
    /// Add a pack of words and names of your own; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) pack: Vec<PathBuf>,
    /// Threads; 0 for one a core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(super) jobs: usize,
}

/// Learn names or facts from examples; the program is to be built again then.
#[derive(Debug, ClapArgs)]
pub(super) struct Train {
    #[command(subcommand)]
    pub(super) what: Lesson,
}

#[derive(Debug, Subcommand)]
pub(super) enum Lesson {
    /// The table of names and the weights of the tagger, in a minute
    Names(TrainNames),
    /// The weights by which facts are linked, in seconds
    Facts(TrainFacts),
}

/// DATA has germeval2014.train.jsonl.gz, smartdata.train.jsonl.gz and wikinews.names.jsonl.gz.
#[derive(Debug, ClapArgs)]
pub(super) struct TrainNames {
    /// The folder of the annotated texts to learn from
    pub(super) data: PathBuf,
    /// Gold whose texts are never learned from; may be repeated
    #[arg(long, value_name = "FOLDER")]
    pub(super) gold: Vec<PathBuf>,
    /// The lists of names
    #[arg(long, value_name = "FOLDER", default_value = "src/german/names")]
    pub(super) lists: PathBuf,
    /// Where names.bin and tagger.bin are written
    #[arg(short, long, value_name = "FOLDER", default_value = "src/german")]
    pub(super) output: PathBuf,
    /// Passes over all sentences
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(super) passes: u32,
    /// How many features are kept
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(super) keep: usize,
}

#[derive(Debug, ClapArgs)]
pub(super) struct TrainFacts {
    /// Folders of gold with facts to learn from
    #[arg(required = true, value_name = "GOLD")]
    pub(super) gold: Vec<PathBuf>,
    /// Facts as JSON lines to learn from as well; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(super) apart: Vec<PathBuf>,
    /// The folder of their texts, as far as these lie elsewhere
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub(super) data: PathBuf,
    /// Gold to try the weights on; its texts are never learned from
    #[arg(long, value_name = "GOLD")]
    pub(super) check: Vec<PathBuf>,
    /// Where links.bin is written
    #[arg(short, long, value_name = "FOLDER", default_value = "src/german")]
    pub(super) output: PathBuf,
    /// Passes over all texts
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub(super) passes: u32,
}

/// Print the JSON Schema of the records, or the tables as SQL.
#[derive(Debug, ClapArgs)]
pub(super) struct Schema {
    /// What creates tables, indices and views; for DuckDB: views over Parquet files
    #[arg(long, value_enum, value_name = "DATABASE")]
    pub(super) sql: Option<Sql>,
    /// The tables and the meaning of their columns, as Markdown
    #[arg(long, conflicts_with = "sql")]
    pub(super) tables: bool,
}

/// Print what a shell needs to complete commands and options.
#[derive(Debug, ClapArgs)]
#[command(before_help = COMPLETIONS_EXAMPLES)]
pub(super) struct Completions {
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

/// Print the manual, or write it as a page for each command.
#[derive(Debug, ClapArgs)]
#[command(before_help = MAN_EXAMPLES)]
pub(super) struct Man {
    /// The command to print the page of; by default that of kennzahl itself
    #[arg(conflicts_with = "output")]
    pub(super) command: Vec<String>,
    /// Write kennzahl.1, kennzahl-extract.1 and so on into this folder
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: Option<PathBuf>,
}

/// Check packs of one's own.
#[derive(Debug, ClapArgs)]
pub(super) struct Pack {
    #[command(subcommand)]
    pub(super) command: PackCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum PackCommand {
    /// Read packs and run their examples.
    ///
    /// Exit codes: 0 all examples hold; 1 some do not; 2 a pack cannot be read.
    #[command(before_help = PACK_EXAMPLES)]
    Check {
        /// Packs, in the order in which they build on each other; none checks the built-in language
        files: Vec<PathBuf>,
    },
}
