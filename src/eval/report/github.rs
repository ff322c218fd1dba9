//! Workflow commands of GitHub: annotations at the lines of the texts.

use super::View;
use crate::eval::sheet::Error;
use std::fmt::Write as _;

/// What fails the build is an error, what would be severe without failing it and what was listed a warning.
pub(super) fn github(view: &View<'_>) -> String {
    let mut out = String::new();
    for failure in view.failed().flat_map(|g| &g.failures) {
        let _ = writeln!(out, "::error title=kennzahl eval::{}", data(failure));
    }
    let at = |e: &Error| {
        let file = view.report.documents.iter().find(|d| d.doc == e.doc).map_or("", |d| d.file.as_str());
        if file.is_empty() { String::new() } else { format!(" file={},line={}", property(file), e.line) }
    };
    for s in view.report.severe_of(true) {
        let level = if view.failed().any(|g| g.documents.contains(&s.error.doc)) { "error" } else { "warning" };
        let text = format!("{}: {}  {}; gold: {}", s.severity.name(), s.error.context, s.error.fields, s.gold);
        let _ = writeln!(out, "::{level}{}::{}", at(&s.error), data(&text));
    }
    for e in view.listed() {
        let what = if e.missed { "missed" } else { "found" };
        let _ = writeln!(out, "::warning{}::{}", at(e), data(&format!("{what}: {}  {}", e.context, e.fields)));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
