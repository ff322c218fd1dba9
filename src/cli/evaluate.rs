//! `kennzahl eval`

use super::args::Eval;
use super::say::{Level, message};
use super::{DONE, FINDINGS, Out, extractor, write_whole};
use clap::ValueEnum;
use kennzahl::Error;
use kennzahl::eval::{Baseline, Form, Gate, Layer, Points, Report, Severity, View};
use kennzahl::eval::{confidence, read_gold, score_given, table};
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) fn run(a: &Eval) -> Result<u8, Error> {
    let outputs = outputs(a)?;
    let asked = Asked::read(a)?;
    if a.oracle.contains(&Layer::Facts) {
        return Err(Error::new("--oracle facts: they are what is scored; write quantities, times, entities"));
    }
    let extractor = extractor(&a.pack)?;
    let mut gold = read_gold(&a.gold)?;
    let ends = |id: &str, chars: &str| id.chars().last().is_some_and(|c| chars.contains(c));
    gold.retain(|g| {
        a.ending.as_deref().is_none_or(|c| ends(&g.id, c)) && !a.not_ending.as_deref().is_some_and(|c| ends(&g.id, c))
    });
    if gold.is_empty() {
        return Err(Error::new("no gold document is left to score"));
    }
    let report = score_given(&gold, &extractor, &a.oracle);
    let gates = asked.gates(&report)?;
    let intervals = a.confidence.then(|| confidence(&report));
    let view = View { report: &report, errors: &a.errors, by: &a.by, confidence: intervals.as_deref(), gates: &gates };
    for (form, file) in outputs {
        let text = view.write(form);
        match file {
            Some(path) => write_whole(&path, &text)?,
            None => {
                let mut out = Out(std::io::stdout().lock());
                let done = out.write_all(text.as_bytes()).and_then(|()| out.flush());
                done.map_err(|e| Error::new(format!("cannot write the output: {e}")))?;
            }
        }
    }
    if let Some(path) = a.scores.as_ref().filter(|_| a.update) {
        write_whole(path, &table(&report))?;
    }
    let failures: Vec<&String> = gates.iter().flat_map(|g| &g.failures).collect();
    for failure in &failures {
        message(Level::Error, "gate", failure, &());
    }
    Ok(if failures.is_empty() { DONE } else { FINDINGS })
}

/// What makes the exit code 1, read before anything is scored.
struct Asked {
    least: Vec<(String, Points)>,
    severe: Vec<(Option<Severity>, usize)>,
    baseline: Option<(Baseline, Points)>,
    scores: Option<String>,
}

impl Asked {
    fn read(a: &Eval) -> Result<Self, Error> {
        let least = a.min.iter().map(|min| {
            let parts = min.rsplit_once('=').and_then(|(n, v)| Some((n.to_owned(), Points::parse(v)?)));
            parts.ok_or_else(|| Error::new(format!("--min {min}: write a figure's name, '=' and a number")))
        });
        let severe = a.max_severe.iter().map(|max| {
            let (kind, most) = max.split_once('=').map_or((None, max.as_str()), |(kind, most)| (Some(kind), most));
            let severity = kind.map(|kind| Severity::ALL.into_iter().find(|s| s.name() == kind));
            match (severity, most.parse()) {
                (None, Ok(most)) => Ok((None, most)),
                (Some(Some(severity)), Ok(most)) => Ok((Some(severity), most)),
                _ => {
                    let kinds = Severity::ALL.map(Severity::name).join(", ");
                    Err(Error::new(format!("--max-severe {max}: write a number, or one of {kinds}, '=' and a number")))
                }
            }
        });
        let max_drop = Points::parse(&a.max_drop)
            .ok_or_else(|| Error::new(format!("--max-drop {}: write a number of points, like 0.5", a.max_drop)))?;
        let baseline = a.baseline.as_deref().map(|path| {
            let baseline = Baseline::read(&load(path)?).map_err(|e| Error::at(path.display().to_string(), e))?;
            Ok((baseline, max_drop))
        });
        let mut asked = Self {
            least: least.collect::<Result<_, Error>>()?,
            severe: severe.collect::<Result<_, Error>>()?,
            baseline: baseline.transpose()?,
            scores: a.scores.as_deref().filter(|_| !a.update).map(load).transpose()?,
        };
        let any = !asked.least.is_empty() || asked.baseline.is_some() || asked.scores.is_some();
        let said = asked.severe.iter().any(|(only, _)| only.is_none_or(Severity::of_value));
        if (any || !asked.severe.is_empty()) && !said {
            asked.severe.push((None, 0));
        }
        Ok(asked)
    }

    fn gates(&self, report: &Report) -> Result<Vec<Gate>, Error> {
        let least = self.least.iter().map(|(name, least)| {
            Gate::least(report, name, *least).map_err(|e| Error::new(format!("--min {name}={least}: {e}")))
        });
        let mut gates = least.collect::<Result<Vec<_>, _>>()?;
        gates.extend(self.severe.iter().map(|(only, most)| Gate::severe(report, *only, *most)));
        gates.extend(self.baseline.iter().map(|(baseline, most)| Gate::drop(report, baseline, *most)));
        gates.extend(self.scores.iter().map(|known| Gate::scores(known, report)));
        Ok(gates)
    }
}

/// What is written where; the text on standard output, unless something else stands there.
fn outputs(a: &Eval) -> Result<Vec<(Form, Option<PathBuf>)>, Error> {
    let mut all = Vec::new();
    for report in &a.report {
        let (form, file) = report.split_once('=').map_or((report.as_str(), None), |(form, file)| (form, Some(file)));
        let known = Form::from_str(form, false);
        let form = known.map_err(|_| {
            Error::new(format!(
                "--report {report}: write text, markdown, json, junit, github or html, and =FILE for a file"
            ))
        })?;
        if file == Some("") {
            return Err(Error::new(format!("--report {report}: a file's name is missing behind '='")));
        }
        all.push((form, file.map(PathBuf::from)));
    }
    if a.json {
        all.push((Form::Json, None));
    }
    if all.iter().all(|(_, file)| file.is_some()) {
        all.push((Form::Text, None));
    }
    Ok(all)
}

fn load(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|e| Error::at(path.display().to_string(), e.to_string()))
}
