//! Aligned text, and Markdown.

use super::View;
use super::table::{Table, tables};
use std::fmt::Write as _;

pub(super) fn text(view: &View<'_>) -> String {
    let mut out = String::new();
    for e in view.listed() {
        let sign = if e.missed { "- missed" } else { "+ found " };
        let _ = writeln!(out, "{sign} {}: {}  {}", e.doc, e.context, e.fields);
    }
    let _ = writeln!(out, "{} documents", view.report.documents.len());
    for table in tables(view) {
        out.push('\n');
        aligned(&table, &mut out);
    }
    out
}

fn aligned(table: &Table, out: &mut String) {
    let columns: Vec<(&str, bool)> = table.columns().collect();
    let width = |n: usize| {
        let cells = table.rows.iter().map(|row| row[n].chars().count());
        cells.chain([columns[n].0.chars().count()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut row = String::new();
        for ((cell, width), (_, number)) in cells.zip(&widths).zip(&columns) {
            let blank = " ".repeat(width - cell.chars().count());
            let (left, right) = if *number { (blank.as_str(), "") } else { ("", blank.as_str()) };
            let _ = write!(row, "{left}{cell}{right}  ");
        }
        out.push_str(row.trim_end());
        out.push('\n');
    };
    line(&mut columns.iter().map(|(name, _)| *name));
    for row in &table.rows {
        line(&mut row.iter().map(String::as_str));
    }
}

pub(super) fn markdown(view: &View<'_>) -> String {
    let mut out = format!("# kennzahl eval: {} documents\n", view.report.documents.len());
    for gate in view.failed() {
        for failure in &gate.failures {
            let _ = write!(out, "\n- **failed**: {}", cell(failure));
        }
    }
    if view.failed().next().is_some() {
        out.push('\n');
    }
    for table in tables(view) {
        let _ = write!(out, "\n## {}\n\n|", table.title);
        for (name, _) in table.columns() {
            let _ = write!(out, " {} |", cell(name));
        }
        out.push_str("\n|");
        for (_, number) in table.columns() {
            out.push_str(if number { " ---: |" } else { " --- |" });
        }
        for row in &table.rows {
            out.push_str("\n|");
            for text in row {
                let _ = write!(out, " {} |", cell(text));
            }
        }
        out.push('\n');
    }
    let mut errors = view.listed().peekable();
    if errors.peek().is_some() {
        out.push_str("\n## Misses and false alarms\n\n");
    }
    for e in errors {
        let what = if e.missed { "missed" } else { "found" };
        let _ = writeln!(out, "- {what}, {}: {} – {}", cell(&e.doc), cell(&e.context), cell(&e.fields));
    }
    out
}

/// A text as it stands, without what Markdown or the HTML in it would make of it.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '~' | '#' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}
