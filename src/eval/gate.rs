//! What decides whether a build passes.

use super::figure::{F1, Points};
use super::score::{Report, full_name};
use super::sheet::Severity;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Something asked of a report, and what it falls short by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// What was asked: `quantity full at least 93`.
    pub name: String,
    /// Why it fails, a line each; it passes without.
    pub failures: Vec<String>,
    /// The documents that are to blame, as far as that can be said.
    pub documents: Vec<String>,
}

impl Gate {
    /// Asks for an F1 of at least so much.
    ///
    /// # Errors
    /// There is no figure of this name.
    pub fn least(report: &Report, name: &str, least: Points) -> Result<Self, String> {
        let figure = report.figure(name).ok_or_else(|| format!("there is no figure '{name}'"))?;
        let (name, f1) = (full_name(name), figure.f1());
        let failures = (f1 < least).then(|| format!("{name} is {f1}, below {least}"));
        Ok(Self {
            name: format!("{name} at least {least}"),
            failures: failures.into_iter().collect(),
            documents: Vec::new(),
        })
    }

    /// Asks for at most so many severe errors of a kind; without one, of all that are about values.
    pub fn severe(report: &Report, only: Option<Severity>, most: usize) -> Self {
        let counts = |s: Severity| only.map_or_else(|| s.of_value(), |only| only == s);
        let there: Vec<_> = report.severe.iter().filter(|s| counts(s.severity)).collect();
        let what = only.map_or_else(String::new, |s| format!(" ({})", s.name()));
        let failure = format!("{} severe errors{what}, more than {most}", there.len());
        let failed = there.len() > most;
        Self {
            name: format!("at most {most} severe errors{what}"),
            failures: failed.then_some(failure).into_iter().collect(),
            documents: there.iter().filter(|_| failed).map(|s| s.error.doc.clone()).collect(),
        }
    }

    /// Asks that no figure of an earlier report fell by more than so many points.
    pub fn drop(report: &Report, baseline: &Baseline, most: Points) -> Self {
        let mut failures = Vec::new();
        for (name, counts) in &baseline.counts {
            let was = F1::read(*counts).f1();
            match report.figure(name).map(|f| f.f1()) {
                None => failures.push(format!("{name} was {was}, and is no figure any more")),
                Some(is) if was.above(is) > most => failures.push(format!("{name} fell from {was} to {is}")),
                Some(_) => {}
            }
        }
        Self { name: format!("no figure falls by more than {most}"), failures, documents: Vec::new() }
    }

    /// Asks that the table of scores is as it was.
    pub fn scores(known: &str, report: &Report) -> Self {
        let now = table(report);
        let (old, new): (Vec<_>, Vec<_>) = (known.lines().collect(), now.lines().collect());
        let gone = old.iter().filter(|l| !new.contains(l)).map(|l| format!("scores: was  {l}"));
        let come = new.iter().filter(|l| !old.contains(l)).map(|l| format!("scores: is   {l}"));
        let mut failures: Vec<String> = gone.chain(come).collect();
        failures.sort_by(|a, b| a[13..].cmp(&b[13..]).then(b.cmp(a)));
        let document = |line: &String| line[13..].split('\t').next().unwrap_or_default().to_owned();
        let mut documents: Vec<String> = failures.iter().map(document).collect();
        documents.dedup();
        if !failures.is_empty() {
            failures.push("where the change is meant, write the table anew with --update".to_owned());
        }
        Self { name: "scores as in the table".to_owned(), failures, documents }
    }
}

/// The figures whose counts the table of scores has, and what it calls them.
const COLUMNS: [(&str, &str); 5] = [
    ("quantity full", ""),
    ("money+percent exact", "money_"),
    ("time strict+type+value", "time_"),
    ("entity span+type", "entity_"),
    ("fact number+metric", "fact_"),
];

/// A line a document: how many quantities are right in all fields, found, in gold; then the same of money and percent,
/// of times, of names, and of facts with number and metric.
pub fn table(report: &Report) -> String {
    let mut out = "document".to_owned();
    for (_, prefix) in COLUMNS {
        out.push_str(&format!("\t{prefix}correct\t{prefix}found\t{prefix}gold"));
    }
    for d in &report.documents {
        out.push('\n');
        out.push_str(&d.doc);
        for (name, _) in COLUMNS {
            let f = d.figure(name);
            out.push_str(&format!("\t{}\t{}\t{}", f.correct, f.found, f.gold));
        }
    }
    out.push('\n');
    out
}

/// The counts of an earlier report, as far as its JSON is asked for.
#[derive(Clone, Debug, Deserialize)]
pub struct Baseline {
    /// By figure: right, found, recalled, in gold.
    counts: BTreeMap<String, [usize; 4]>,
}

impl Baseline {
    /// Reads the JSON of a report.
    ///
    /// # Errors
    /// It is none.
    pub fn read(json: &str) -> Result<Self, String> {
        serde_json::from_str(json).map_err(|e| format!("{e}; it is to be what `kennzahl eval --report json` printed"))
    }
}
