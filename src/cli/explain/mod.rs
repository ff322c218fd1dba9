//! `kennzahl explain`

mod advice;
mod place;
mod shown;

use super::args::{Explain, Offsets};
use super::{DONE, print_line, read_pack};
use kennzahl::model::{Analysis, Span};
use kennzahl::read::civil;
use kennzahl::{Error, Extractor};
use std::fmt::Write as _;
use std::path::PathBuf;

pub(super) fn run(a: &Explain) -> Result<u8, Error> {
    let packs = a.pack.iter().map(read_pack).collect::<Result<Vec<_>, _>>()?;
    let extractor = Extractor::with_packs(packs.clone())?;
    let published = a.published.as_deref().map(|p| civil(p, "Europe/Berlin")).transpose()?;
    let mut worker = extractor.worker();
    let Some(place) = place::of(a)? else {
        let analysis = worker.analyse_dated(&a.text, published.as_deref());
        let mut out = shown::sentences(&a.text, &worker, &analysis, None);
        if finds_nothing(&analysis) {
            out.push_str("no numeral, no time and no name found\n");
        }
        print_line(out.trim_end())?;
        return Ok(DONE);
    };
    let published = published.or(place.published);
    let (text, at) = (place.text.as_str(), place.at as u32);
    let analysis = worker.analyse_dated(text, published.as_deref());
    let (tokens, _, _) = worker.last();
    // Between two words the one behind is meant.
    let Some(token) = tokens.iter().find(|t| t.end > at) else {
        return Err(Error::at(&a.text, "no word stands there or behind it"));
    };
    let (token, focus) = (token.text(text), token.span());
    let (line, column) = place::line_and_column(text, focus.start as usize);
    let mut out = format!("{}: line {line}, column {column}: {token}\n", place.doc);
    out.push_str(&shown::sentences(text, &worker, &analysis, Some(focus)));
    if !found_at(&analysis, focus) {
        let _ = writeln!(out, "  nothing  {token} is part of no quantity, time or name, and no numeral");
    }
    let read = |path: &PathBuf| std::fs::read_to_string(path).unwrap_or_default();
    let sources: Vec<String> = a.pack.iter().map(read).collect();
    let case = advice::Case { packs: &packs, sources: &sources, text, published: published.as_deref(), focus };
    for proposal in advice::proposals(&case, &worker, &analysis) {
        let _ = writeln!(out, "\n# in a pack: {}\n{}", proposal.outcome, proposal.toml.trim_end());
    }
    print_line(out.trim_end())?;
    Ok(DONE)
}

fn finds_nothing(a: &Analysis) -> bool {
    a.quantities.is_empty() && a.refused.is_empty() && a.times.is_empty() && a.entities.is_empty()
}

fn found_at(a: &Analysis, at: Span) -> bool {
    a.quantities.iter().any(|q| shown::touch(shown::whole(q), at))
        || a.refused.iter().any(|r| shown::touch(r.span, at))
        || a.times.iter().any(|t| shown::touch(t.written.span, at))
        || a.entities.iter().any(|e| shown::touch(e.span, at))
}
