//! A report as people and programs read it.

use super::change::Field;
use super::report::{Change, Context, Group, Key, Report};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt::Write as _;

// Writing to a string cannot fail, so that results are dropped below.

/// For a terminal: a line of counts, then the groups with their samples.
pub fn as_text(report: &Report) -> String {
    let mut out = headline(report);
    out.push('\n');
    for (nth, (key, group)) in report.groups().enumerate() {
        // Where there are no samples the groups make one list.
        if nth == 0 || !group.samples.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(out, "{}: {}{}", title(key), group.count, if key.what.is_severe() { ", severe" } else { "" });
        for change in &group.samples {
            let Context { before, text, after } = &change.context;
            let words = if text.is_empty() { String::new() } else { format!("  {before}[{text}]{after}") };
            let _ = writeln!(out, "  {}{words}", place(change));
            for line in said(change) {
                let _ = writeln!(out, "      {line}");
            }
        }
        rest(&mut out, group, "  ");
    }
    out.truncate(out.trim_end().len());
    out
}

/// For a pull request: the counts, a table of the groups, and the samples of each folded away.
pub fn as_markdown(report: &Report) -> String {
    let mut out = format!("### kennzahl diff\n\n{}\n", headline(report));
    if report.changes() > 0 {
        out.push_str("\n| change | kind | rule | count |\n| --- | --- | --- | ---: |\n");
    }
    for (key, group) in report.groups() {
        let mark = if key.what.is_severe() { "**" } else { "" };
        let (what, kind, rule) = (key.what.name(), &key.kind, &key.rule);
        let _ = writeln!(
            out,
            "| {mark}{}{mark} | {} | {} | {} |",
            escaped(&what),
            escaped(kind),
            escaped(rule),
            group.count
        );
    }
    for (key, group) in report.groups().filter(|(_, group)| !group.samples.is_empty()) {
        let _ = writeln!(out, "\n<details><summary>{}: {}</summary>\n", html(&title(key)), group.count);
        for change in &group.samples {
            let Context { before, text, after } = &change.context;
            let _ = write!(out, "- {}", escaped(&place(change)));
            if !text.is_empty() {
                let _ = write!(out, ": {}<mark>{}</mark>{}", escaped(before), escaped(text), escaped(after));
            }
            out.push('\n');
            for line in said(change) {
                let _ = writeln!(out, "  - {}", escaped(&line));
            }
        }
        rest(&mut out, group, "- ");
        out.push_str("\n</details>\n");
    }
    out.truncate(out.trim_end().len());
    out
}

/// For programs: one object.
pub fn as_json(report: &Report) -> String {
    #[derive(Serialize)]
    struct Sample<'a> {
        doc: &'a str,
        start: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        old: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        new: Option<&'a str>,
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        fields: &'a [Field],
        #[serde(skip_serializing_if = "Option::is_none")]
        instead: Option<&'a str>,
        context: &'a Context,
    }
    #[derive(Serialize)]
    struct One<'a> {
        change: String,
        severe: bool,
        kind: &'a str,
        rule: &'a str,
        count: u64,
        samples: Vec<Sample<'a>>,
    }
    #[derive(Serialize)]
    struct All<'a> {
        documents: u64,
        changed_documents: u64,
        changes: u64,
        severe: u64,
        groups: Vec<One<'a>>,
    }
    impl<'a> From<&'a Change> for Sample<'a> {
        fn from(c: &'a Change) -> Self {
            Self {
                doc: &c.doc,
                start: c.start,
                old: c.old.as_deref(),
                new: c.new.as_deref(),
                fields: &c.fields,
                instead: c.instead.as_deref(),
                context: &c.context,
            }
        }
    }
    let groups = report.groups().map(|(key, group)| One {
        change: key.what.name(),
        severe: key.what.is_severe(),
        kind: &key.kind,
        rule: &key.rule,
        count: group.count,
        samples: group.samples.iter().map(Sample::from).collect(),
    });
    let (documents, changed_documents) = report.documents();
    let all = All {
        documents,
        changed_documents,
        changes: report.changes(),
        severe: report.severe(),
        groups: groups.collect(),
    };
    // All keys are strings.
    serde_json::to_string_pretty(&all).unwrap_or_default()
}

fn headline(report: &Report) -> String {
    let (documents, changed) = report.documents();
    match report.changes() {
        0 => format!("{documents} documents compared, no change"),
        n => {
            format!("{documents} documents compared, {changed} differ: {n} changes, {} of them severe", report.severe())
        }
    }
}

fn title(key: &Key) -> String {
    let parts = [&key.what.name(), &key.kind, &key.rule];
    parts.iter().filter(|p| !p.is_empty()).map(|p| p.as_str()).collect::<Vec<_>>().join(" · ")
}

fn place(change: &Change) -> String {
    if change.kind == "document" { change.doc.clone() } else { format!("{}:{}", change.doc, change.start) }
}

/// What a change is, a line each.
fn said(c: &Change) -> Vec<String> {
    let none = || "nothing".to_owned();
    let or_none = |v: &Option<String>| v.clone().unwrap_or_else(none);
    let mut lines: Vec<String> =
        c.fields.iter().map(|f| format!("{} {} → {}", f.name, or_none(&f.old), or_none(&f.new))).collect();
    if lines.is_empty() {
        let (had, has) = (c.old.as_ref(), c.new.as_ref());
        lines.extend(had.map(|old| format!("was {old}")));
        lines.extend(has.map(|new| format!("is {new}")));
        let now = if c.new.is_none() { "now" } else { "was" };
        lines.extend(c.instead.as_ref().map(|instead| format!("{now} {instead}")));
    }
    lines
}

fn rest(out: &mut String, group: &Group, lead: &str) {
    let more = group.count - group.samples.len() as u64;
    if more > 0 && !group.samples.is_empty() {
        let _ = writeln!(out, "{lead}… and {more} more");
    }
}

/// Text that Markdown takes as it stands.
fn escaped(text: &str) -> Cow<'_, str> {
    const MARKS: &[char] = &['\\', '`', '*', '_', '[', ']', '|', '~', '#', '&', '<', '>', '@', '!', '\n', '\r'];
    if !text.contains(MARKS) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // No one is called by what a text says.
            '@' => out.push_str("&#64;"),
            '\n' | '\r' => out.push(' '),
            c if MARKS.contains(&c) => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::What;

    fn report() -> Report {
        let mut report = Report::new(1, false);
        let field = Field { name: "value".into(), old: Some("5000".into()), new: Some("5".into()) };
        let context = |c: &mut Change| {
            c.context = Context { before: "kostet ".into(), text: "5 Tsd. | Euro".into(), after: " <b>*".into() };
        };
        for _ in 0..2 {
            report.document();
            let change = Change::new("a_b", "quantity", What::Power);
            report.add(Change { rule: "digits".into(), start: 7, fields: vec![field.clone()], ..change }, context);
        }
        let gone = Change::new("c", "quantity", What::Gone);
        report.document();
        report.add(Change { old: Some("count 737".into()), instead: Some("refused: product".into()), ..gone }, |_| {});
        report
    }

    #[test]
    fn as_people_read_it() {
        assert_eq!(
            as_text(&report()),
            "3 documents compared, 3 differ: 3 changes, 2 of them severe\n\n\
             power of ten · quantity · digits: 2, severe\n  a_b:7  kostet [5 Tsd. | Euro] <b>*\n      \
             value 5000 → 5\n  … and 1 more\n\n\
             gone · quantity: 1\n  c:0\n      was count 737\n      now refused: product"
        );
        assert_eq!(as_text(&Report::new(1, false)), "0 documents compared, no change");
    }

    #[test]
    fn markdown_takes_nothing_of_a_text_for_marks() {
        let shown = as_markdown(&report());
        assert!(shown.contains("| **power of ten** | quantity | digits | 2 |\n| gone | quantity |  | 1 |"), "{shown}");
        assert!(
            shown.contains(
                "- a\\_b:7: kostet <mark>5 Tsd. \\| Euro</mark> &lt;b&gt;\\*\n  - value 5000 → 5\n- … and 1 more"
            ),
            "{shown}"
        );
        assert_eq!(shown.matches("<details>").count(), shown.matches("</details>").count());
    }

    #[test]
    fn json_has_all() {
        let value: serde_json::Value = serde_json::from_str(&as_json(&report())).unwrap();
        assert_eq!(value["groups"][0]["samples"][0]["fields"][0]["old"], "5000");
        assert_eq!((&value["severe"], &value["groups"][1]["count"]), (&2.into(), &1.into()));
    }
}
