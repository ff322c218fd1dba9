//! `kennzahl diff`

mod runs;

use super::args::{Changes, Diff, ReportFormat};
use super::input::Input;
use super::say::{self, Level, message};
use super::{DONE, FAILED, FINDINGS, extractor, print_line};
use kennzahl::diff::{self, KINDS, Pair, Report};
use kennzahl::{Error, Result};

pub(super) fn run(mut a: Diff) -> Result<u8> {
    a.input = a.input.listed()?;
    let kinds: Vec<&str> = KINDS.into_iter().filter(|k| a.kinds.is_empty() || a.kinds.iter().any(|a| a == k)).collect();
    let mut report = Report::new(a.samples, a.only == Some(Changes::Severe));
    let mut wrong = 0_u64;
    let mut told = |e: &Error| {
        wrong += 1;
        say::reject(e);
    };
    let max = a.max_changes;
    let format = a.format;
    for pair in pairs(a)? {
        match pair {
            Ok(pair) => diff::compare(&pair, &kinds, &mut report).iter().for_each(&mut told),
            Err(e) => told(&e),
        }
    }
    print_line(&match format {
        ReportFormat::Text => diff::as_text(&report),
        ReportFormat::Markdown => diff::as_markdown(&report),
        ReportFormat::Json => diff::as_json(&report),
    })?;
    if wrong > 0 {
        let text = format!("{wrong} inputs could not be read, and what changed in them is not known");
        message(Level::Error, "rejects", &text, &());
        return Ok(FAILED);
    }
    Ok(if report.changes() > max { FINDINGS } else { DONE })
}

type Pairs = Box<dyn Iterator<Item = Result<Pair>>>;

/// The documents of both runs, side by side.
fn pairs(a: Diff) -> Result<Pairs> {
    if let Some(bin) = &a.bin {
        return runs::with_binary(bin, &a);
    }
    if !a.old_pack.is_empty() || !a.new_pack.is_empty() {
        return runs::with_packs(&a);
    }
    let paths = &a.input.paths;
    match &paths[..] {
        [old, new] => runs::of_files(old, new),
        _ => Err(Error::new(format!(
            "diff compares two outputs of `extract`, and {} are named; to compare what two packs or programs find in \
             texts, add --pack FILE or --bin PROGRAM",
            paths.len()
        ))),
    }
}
