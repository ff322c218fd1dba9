//! `kennzahl eval`
#![allow(clippy::float_arithmetic, reason = "scores are ratios")]

use super::args::{Eval, Layer};
use super::say::{Level, message};
use super::{DONE, FAILED, FINDINGS, extractor, print_line};
use kennzahl::Error;
use kennzahl::eval::{Report, read_gold, score};
use std::fmt::Write as _;

pub(super) fn run(a: &Eval) -> Result<u8, Error> {
    let extractor = extractor(&a.pack)?;
    let mut gold = read_gold(&a.gold)?;
    let ends = |id: &str, chars: &str| id.chars().last().is_some_and(|c| chars.contains(c));
    gold.retain(|g| {
        a.ending.as_deref().is_none_or(|c| ends(&g.id, c)) && !a.not_ending.as_deref().is_some_and(|c| ends(&g.id, c))
    });
    if gold.is_empty() {
        return Err(Error::new("no gold document is left to score"));
    }
    let report = score(&gold, &extractor);
    if a.errors.is_some() {
        let asked = |layer| a.errors == Some(Layer::All) || a.errors == Some(layer);
        let quantities = report.errors.iter().filter(|_| asked(Layer::Quantities));
        let times = report.time_errors.iter().filter(|_| asked(Layer::Times));
        let entities = report.entity_errors.iter().filter(|_| asked(Layer::Entities));
        let facts = report.fact_errors.iter().filter(|_| asked(Layer::Facts));
        for e in quantities.chain(times).chain(entities).chain(facts) {
            let sign = if e.missed { "- missed" } else { "+ found " };
            print_line(&format!("{sign} {}: {}  {}", e.doc, e.context, e.fields))?;
        }
    }
    print_line(&if a.json { as_json(&report) } else { as_text(&report, gold.len()) })?;
    let mut code = DONE;
    for min in &a.min {
        let Some((name, least)) = min.rsplit_once('=').and_then(|(n, v)| Some((n, v.parse::<f64>().ok()?))) else {
            return Err(Error::new(format!("--min {min}: write a figure's name, '=' and a number")));
        };
        let Some(figure) = report.figure(name) else {
            return Err(Error::new(format!("--min {min}: there is no figure '{name}'")));
        };
        if figure.f1() < least {
            gate(&format!("{name} is {:.1}, below {least}", figure.f1()));
            code = FINDINGS;
        }
    }
    if let Some(path) = &a.scores {
        let table = as_table(&report);
        let failed = |e: std::io::Error| Error::at(path.display().to_string(), e.to_string());
        if a.update {
            std::fs::write(path, table).map_err(failed)?;
        } else {
            let known = std::fs::read_to_string(path).map_err(failed)?;
            let worse = differences(&known, &table);
            for line in &worse {
                gate(line);
            }
            if !worse.is_empty() {
                gate("where the change is meant, write the table anew with --update");
                code = FINDINGS;
            }
        }
    }
    debug_assert_ne!(code, FAILED);
    Ok(code)
}

/// Why the exit code is what it is.
fn gate(text: &str) {
    message(Level::Error, "gate", text, &());
}

fn as_text(report: &Report, documents: usize) -> String {
    let mut out = format!("{documents} documents\n");
    for (name, f) in &report.figures {
        let _ = writeln!(
            out,
            "{name:40} P {:5.1}  R {:5.1}  F1 {:5.1}   gold {}",
            f.precision(),
            f.recall(),
            f.f1(),
            f.gold
        );
    }
    let _ = write!(out, "{:40} {}", "values wrong by a power or sign", report.severe.len());
    for e in &report.severe {
        let _ = write!(out, "\n  {}: {}  {}", e.doc, e.context, e.fields);
    }
    // Which these are, `--errors facts` lists.
    if report.figure("fact number").is_some() {
        let _ = write!(out, "\n{:40} {}", "facts of another named subject", report.severe_subjects.len());
    }
    out
}

fn as_json(report: &Report) -> String {
    let one = |x: f64| format!("{x:.1}");
    let figures: Vec<String> = report
        .figures
        .iter()
        .map(|(name, f)| {
            format!(
                "\"{name}\": {{\"p\": {}, \"r\": {}, \"f1\": {}, \"gold\": {}}}",
                one(f.precision()),
                one(f.recall()),
                one(f.f1()),
                f.gold
            )
        })
        .collect();
    format!("{{{}}}", figures.join(", "))
}

/// A line a document: how many quantities are right in all fields, found, in gold; then the same of money and percent,
/// of times, of names, and of facts with number and metric.
fn as_table(report: &Report) -> String {
    let mut out =
        "document\tcorrect\tfound\tgold\tmoney_correct\tmoney_found\tmoney_gold\ttime_correct\ttime_found\ttime_gold\t\
         entity_correct\tentity_found\tentity_gold\tfact_correct\tfact_found\tfact_gold\n"
            .to_owned();
    for d in &report.documents {
        out.push_str(&d.doc);
        for f in [d.full, d.money, d.times, d.entities, d.facts] {
            let _ = write!(out, "\t{}\t{}\t{}", f.correct, f.found, f.gold);
        }
        out.push('\n');
    }
    out
}

/// The lines in which a table differs from the known one.
fn differences(known: &str, now: &str) -> Vec<String> {
    let (old, new): (Vec<_>, Vec<_>) = (known.lines().collect(), now.lines().collect());
    let gone = old.iter().filter(|l| !new.contains(l)).map(|l| format!("scores: was  {l}"));
    let come = new.iter().filter(|l| !old.contains(l)).map(|l| format!("scores: is   {l}"));
    let mut lines: Vec<String> = gone.chain(come).collect();
    lines.sort_by(|a, b| a[13..].cmp(&b[13..]).then(b.cmp(a)));
    lines
}
