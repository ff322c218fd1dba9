//! One page, with nothing from elsewhere.

use super::View;
use super::table::tables;
use std::fmt::Write as _;

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>kennzahl eval</title>
<style>
:root { color-scheme: light dark; --line: #767676; --bad: #b00020; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 1rem; }
.wide { overflow-x: auto; }
.wide:focus-visible { outline: 2px solid; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: bold; }
th, td { padding: .15rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.number { text-align: right; white-space: nowrap; }
.failed { color: var(--bad); }
@media print { .wide { overflow: visible; } }
</style>
</head>
<body>
<main>
";

pub(super) fn html(view: &View<'_>) -> String {
    let mut out = HEAD.to_owned();
    let _ = writeln!(out, "<h1>kennzahl eval: {} documents</h1>", view.report.documents.len());
    if !view.gates.is_empty() {
        out.push_str("<h2>Gates</h2>\n<ul>\n");
        for gate in view.gates {
            if gate.failures.is_empty() {
                let _ = writeln!(out, "<li>passed: {}</li>", escape(&gate.name));
            }
            for failure in &gate.failures {
                let _ = writeln!(out, "<li class=\"failed\">failed: {}</li>", escape(failure));
            }
        }
        out.push_str("</ul>\n");
    }
    for table in tables(view) {
        let title = table.title;
        // What is wider than the page is scrolled to, with keys too.
        let _ = writeln!(
            out,
            "<h2>{title}</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\">"
        );
        out.push_str("<table>\n<thead><tr>");
        let class = |number: bool| if number { " class=\"number\"" } else { "" };
        for (name, number) in table.columns() {
            let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(number), escape(name));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            out.push_str("<tr>");
            for (n, (cell, (_, number))) in row.iter().zip(table.columns()).enumerate() {
                let cell = escape(cell);
                let _ = match n {
                    0 => write!(out, "<th scope=\"row\">{cell}</th>"),
                    _ => write!(out, "<td{}>{cell}</td>", class(number)),
                };
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
    }
    let mut errors = view.listed().peekable();
    if errors.peek().is_some() {
        out.push_str("<h2>Misses and false alarms</h2>\n<ul>\n");
        for e in errors {
            let what = if e.missed { "missed" } else { "found" };
            let (doc, context, fields) = (escape(&e.doc), escape(&e.context), escape(&e.fields));
            let _ = writeln!(out, "<li>{what}, {doc}, line {}: <q lang=\"de\">{context}</q> {fields}</li>", e.line);
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// A text for HTML and XML, attributes too; control characters that XML forbids become U+FFFD.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}
