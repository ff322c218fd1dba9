//! JUnit XML: a case a document, a case a gate. What is red is what fails the build.

use super::View;
use super::html::escape;
use std::fmt::Write as _;

pub(super) fn junit(view: &View<'_>) -> String {
    let report = view.report;
    let blamed = |doc: &str| view.failed().find(|g| g.documents.iter().any(|d| d == doc));
    let red = report.documents.iter().filter(|d| blamed(&d.doc).is_some()).count();
    let (failed, asked) = (view.failed().count(), view.gates.len());
    let documents = report.documents.len();
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let _ = writeln!(
        out,
        "<testsuites name=\"kennzahl eval\" tests=\"{}\" failures=\"{}\">",
        documents + asked,
        red + failed
    );
    let _ = writeln!(
        out,
        "  <testsuite name=\"documents\" tests=\"{documents}\" failures=\"{red}\" errors=\"0\" skipped=\"0\">"
    );
    for d in &report.documents {
        let _ = write!(out, "    <testcase classname=\"documents\" name=\"{}\"", escape(&d.doc));
        if !d.file.is_empty() {
            let _ = write!(out, " file=\"{}\"", escape(&d.file));
        }
        out.push_str(">\n");
        if let Some(gate) = blamed(&d.doc) {
            let _ = writeln!(out, "      <failure message=\"{}\" type=\"gate\">", escape(&gate.name));
            for s in report.severe.iter().filter(|s| s.error.doc == d.doc && s.severity.of_value()) {
                let e = &s.error;
                let (kind, context) = (s.severity.name(), escape(&e.context));
                let _ = writeln!(
                    out,
                    "line {}: {kind}: {context}  {}; gold: {}",
                    e.line,
                    escape(&e.fields),
                    escape(&s.gold)
                );
            }
            for line in gate.failures.iter().filter(|f| f.contains(&format!(" {}\t", d.doc))) {
                let _ = writeln!(out, "{}", escape(line));
            }
            out.push_str("      </failure>\n");
        }
        out.push_str("      <system-out>");
        for e in report.errors.iter().filter(|e| e.doc == d.doc) {
            let what = if e.missed { "missed" } else { "found" };
            let _ = writeln!(out, "{what} {}: {}  {}", e.layer.name(), escape(&e.context), escape(&e.fields));
        }
        out.push_str("</system-out>\n    </testcase>\n");
    }
    let _ = writeln!(
        out,
        "  </testsuite>\n  <testsuite name=\"gates\" tests=\"{asked}\" failures=\"{failed}\" errors=\"0\" skipped=\"0\">"
    );
    for gate in view.gates {
        let _ = write!(out, "    <testcase classname=\"gates\" name=\"{}\"", escape(&gate.name));
        if gate.failures.is_empty() {
            out.push_str("/>\n");
            continue;
        }
        let first = gate.failures.first().map(|f| escape(f)).unwrap_or_default();
        let _ = writeln!(
            out,
            ">\n      <failure message=\"{first}\" type=\"gate\">{}</failure>",
            escape(&gate.failures.join("\n"))
        );
        out.push_str("    </testcase>\n");
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}
