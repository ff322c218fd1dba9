//! `kennzahl extract`

use super::args::{Extract, Kind, Numbers, Offsets, To};
use super::{DONE, FINDINGS, Out, extractor, warn};
use kennzahl::emit::{self, OffsetUnit};
use kennzahl::{Error, batch};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

pub(super) fn run(a: Extract) -> Result<u8, Error> {
    let extractor = extractor(&a.pack)?;
    // Facts are said of names.
    let named = a.kinds.iter().any(|k| matches!(k, Kind::Entity | Kind::Fact));
    let extractor = if named { extractor } else { extractor.without_names() };
    let extractor = if a.kinds.contains(&Kind::Fact) { extractor } else { extractor.without_facts() };
    let To::Jsonl = a.to;
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
    let mut reject = |e: &Error| warn(e);
    let summary = match a.output {
        None => {
            let mut out = Out(std::io::stdout());
            batch::run(documents, &extractor, options, a.jobs, &mut out, &mut reject)?
        }
        Some(path) => {
            let part = PathBuf::from(format!("{}.part", path.display()));
            let failed = |e: std::io::Error| Error::at(path.display().to_string(), e.to_string());
            let mut out = BufWriter::with_capacity(1 << 20, File::create(&part).map_err(failed)?);
            let summary = batch::run(documents, &extractor, options, a.jobs, &mut out, &mut reject)?;
            out.flush().map_err(failed)?;
            std::fs::rename(&part, &path).map_err(failed)?;
            summary
        }
    };
    if summary.rejects > 0 {
        warn(&format!("{} documents written, {} inputs rejected", summary.documents, summary.rejects));
        return Ok(FINDINGS);
    }
    Ok(DONE)
}
