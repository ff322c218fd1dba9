//! Everything as JSON.

use super::View;
use crate::eval::figure::{F1, Points};
use crate::eval::muc::Mode;
use crate::eval::sheet::Error;
use serde_json::{Map, Value, json};

/// `figures` are those that the guideline defines, as P, R, F1 in per cent; `counts` the same as numbers of mentions:
/// right, found, recalled, in gold.
pub(super) fn json(view: &View<'_>) -> String {
    let report = view.report;
    let map = |all: &[(String, F1)], of: &dyn Fn(usize, &F1) -> Value| -> Map<String, Value> {
        all.iter().enumerate().map(|(n, (name, f))| (name.clone(), of(n, f))).collect()
    };
    let counts = |_: usize, f: &F1| json!([f.correct, f.found, f.recalled, f.gold]);
    let mentions = report.muc.iter().flat_map(|(layer, kind, counts)| {
        Mode::ALL.iter().zip(counts).map(move |(mode, m)| {
            json!({
                "layer": layer.name(), "type": Some(kind).filter(|k| !k.is_empty()), "mode": mode.name(),
                "correct": m.correct, "incorrect": m.incorrect, "partial": m.partial, "missing": m.missing,
                "spurious": m.spurious, "possible": m.possible(), "actual": m.actual(),
                "p": points(m.precision()), "r": points(m.recall()), "f1": points(m.f1()),
            })
        })
    });
    let rules = report.rules.iter().map(
        |(layer, rule, score)| json!({"layer": layer.name(), "rule": rule, "right": score.right, "wrong": score.wrong}),
    );
    let documents = report.documents.iter().map(|d| {
        json!({
            "doc": d.doc, "file": d.file, "errors": d.errors, "severe": d.severe,
            "counts": map(&d.figures, &counts),
        })
    });
    let severe = report.severe.iter().map(|s| {
        let mut one = error(&s.error);
        one["kind"] = json!(s.severity.name());
        one["gold"] = json!(s.gold);
        one
    });
    let mut all = json!({
        "documents": report.documents.len(),
        "figures": map(&report.figures, &|_, f| json!({
            "p": points(f.precision()), "r": points(f.recall()), "f1": points(f.f1()), "gold": f.mentions(),
        })),
        "counts": map(&report.figures, &counts),
        "mentions": mentions.collect::<Vec<_>>(),
        "rules": rules.collect::<Vec<_>>(),
        "by_document": documents.collect::<Vec<_>>(),
        "severe": severe.collect::<Vec<_>>(),
        "failed": view.failed().flat_map(|g| &g.failures).collect::<Vec<_>>(),
    });
    if let Some(intervals) = view.confidence {
        let interval =
            |n: usize, _: &F1| intervals.get(n).map_or(Value::Null, |(a, b)| json!([points(*a), points(*b)]));
        all["confidence"] = Value::Object(map(&report.figures, &interval));
    }
    if !view.errors.is_empty() {
        all["errors"] = view.listed().map(error).collect();
    }
    format!("{all:#}\n")
}

fn error(e: &Error) -> Value {
    json!({
        "layer": e.layer.name(), "doc": e.doc, "start": e.start, "line": e.line, "missed": e.missed,
        "context": e.context, "fields": e.fields,
    })
}

/// A number with one place.
fn points(p: Points) -> Value {
    serde_json::from_str(&p.to_string()).unwrap_or_default()
}
