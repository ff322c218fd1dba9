//! `kennzahl extract`

use super::args::{Extract, Kind, Numbers, Offsets, To};
use super::{DONE, FINDINGS, Out, extractor, warn};
use kennzahl::emit::{self, OffsetUnit};
use kennzahl::sink::{self, JsonLines, Sink, Target};
use kennzahl::{Error, batch};

/// The name under which databases keep how far a run has come.
const RUN: &str = "extract";

pub(super) fn run(a: Extract) -> Result<u8, Error> {
    let extractor = extractor(&a.pack)?;
    // Facts are said of names.
    let named = a.kinds.iter().any(|k| matches!(k, Kind::Entity | Kind::Fact));
    let extractor = if named { extractor } else { extractor.without_names() };
    let extractor = if a.kinds.contains(&Kind::Fact) { extractor } else { extractor.without_facts() };
    let format = a.to.map(|to| match to {
        To::Jsonl => sink::Format::Jsonl,
        To::Csv => sink::Format::Csv,
        To::Parquet => sink::Format::Parquet,
        To::Arrow => sink::Format::Arrow,
        To::Sqlite => sink::Format::Sqlite,
        To::Postgres => sink::Format::Postgres,
    });
    let target = match a.output.as_deref().filter(|o| *o != "-") {
        Some(output) => Some(Target::parse(output, format)?),
        None if format.is_none_or(|f| f == sink::Format::Jsonl) => None,
        None => return Err(Error::new("only JSON lines go to standard output: say with -o where tables go")),
    };
    let options = emit::Options {
        offsets: match a.offsets {
            Offsets::Chars => OffsetUnit::Chars,
            Offsets::Bytes => OffsetUnit::Bytes,
            Offsets::Utf16 => OffsetUnit::Utf16,
        },
        explain: a.explain,
        documents: a.kinds.contains(&Kind::Document),
        quantities: a.kinds.contains(&Kind::Quantity),
        times: a.kinds.contains(&Kind::Time),
        entities: a.kinds.contains(&Kind::Entity),
        facts: a.kinds.contains(&Kind::Fact),
        conflicts: a.kinds.contains(&Kind::Conflict),
        refused: a.refused || a.kinds.contains(&Kind::Refused),
        numbers_as_strings: matches!(a.numbers, Numbers::String),
    };
    let documents = a.input.documents()?;
    let mut sink: Box<dyn Sink> = match target {
        None => Box::new(JsonLines(Out(std::io::stdout()))),
        Some(target) => target.open(options, RUN)?,
    };
    let mut reject = |e: &Error| warn(e);
    let summary = batch::run(documents, &extractor, options, a.jobs, &mut *sink, &mut reject)?;
    if summary.rejects > 0 {
        warn(&format!("{} documents written, {} inputs rejected", summary.documents, summary.rejects));
        return Ok(FINDINGS);
    }
    Ok(DONE)
}
