//! WebAnno TSV 3, which INCEpTION reads and writes: a piece a line, a column for each field of each list.
//!
//! The project there needs three span layers with string features: `webanno.custom.Quantity`, `webanno.custom.Time`,
//! `webanno.custom.Name`, each with `type` and the fields of its list. Offsets count UTF-16 code units.

use super::Gold;
use super::note::{List, Note, gold, notes};
use super::pieces::sentences;
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) const HEAD: &str = "#FORMAT=WebAnno TSV 3";

fn layer(list: List) -> &'static str {
    match list {
        List::Quantities => "webanno.custom.Quantity",
        List::Times => "webanno.custom.Time",
        List::Entities => "webanno.custom.Name",
    }
}

pub(super) fn write(gold: &Gold) -> String {
    let chars: Vec<char> = gold.text.chars().collect();
    let mut units = vec![0];
    for c in &chars {
        units.push(units.last().copied().unwrap_or(0) + c.len_utf16());
    }
    let notes = notes(gold);
    let mut out = format!("{HEAD}.3\n");
    for list in List::ALL {
        let _ = writeln!(out, "#T_SP={}|type|{}", layer(list), list.fields().join("|"));
    }
    out.push('\n');
    for (n, sentence) in (1..).zip(sentences(&chars, &notes)) {
        let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { continue };
        let text: String = chars[first.start..last.end].iter().collect();
        let _ = writeln!(out, "\n#Text={}", escape(&text));
        for (m, piece) in (1..).zip(&sentence) {
            let form: String = chars[piece.clone()].iter().collect();
            let _ = write!(out, "{n}-{m}\t{}-{}\t{form}\t", units[piece.start], units[piece.end]);
            for list in List::ALL {
                let here = |(_, n): &(usize, &Note)| n.list == list && n.start <= piece.start && piece.end <= n.end;
                let note = (1..).zip(&notes).find(here);
                for field in std::iter::once(&"type").chain(list.fields()) {
                    let Some((id, note)) = note else {
                        out.push_str("_\t");
                        continue;
                    };
                    let value = if *field == "type" { Some(&note.kind) } else { note.fields.get(*field) };
                    let value = value.map_or_else(|| "*".to_owned(), |v| escape(v));
                    let _ = write!(out, "{value}[{id}]\t");
                }
            }
            out.push('\n');
        }
    }
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' | '>' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// The parts of a text between separators that are not escaped, with what was escaped undone.
fn parts(text: &str, separator: char) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c == separator {
            all.push(String::new());
            continue;
        }
        let c = match (c, if c == '\\' { rest.next() } else { None }) {
            ('\\', Some('n')) => '\n',
            ('\\', Some('r')) => '\r',
            ('\\', Some('t')) => '\t',
            ('\\', Some(other)) => other,
            (c, _) => c,
        };
        all.last_mut().unwrap_or(&mut String::new()).push(c);
    }
    all
}

/// A value and the number of its annotation, out of `value[3]`; the brackets of a value are escaped.
fn numbered(cell: &str) -> (&str, Option<u32>) {
    let found = cell.strip_suffix(']').and_then(|c| c.rsplit_once('['));
    match found.and_then(|(value, n)| Some((value, n.parse().ok()?))) {
        // An odd number of backslashes in front of the bracket escapes it.
        Some((value, n)) if (value.len() - value.trim_end_matches('\\').len()).is_multiple_of(2) => (value, Some(n)),
        _ => (cell, None),
    }
}

/// The cells that stand at one place, between bars that are not escaped, as they are written.
fn stacked(cell: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let (mut from, mut escaped) = (0, false);
    for (at, c) in cell.char_indices() {
        if c == '|' && !escaped {
            all.push(&cell[from..at]);
            from = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    all.push(&cell[from..]);
    all
}

/// From where to where, and the fields.
type Found = (usize, usize, BTreeMap<String, String>);

/// Reads a file; `text` is that of the document, where it is known, else it is put together from the file.
pub(super) fn read(
    id: String,
    text: Option<String>,
    published: Option<String>,
    tsv: &str,
    place: &str,
) -> Result<Gold> {
    let mut columns: Vec<Option<(List, String)>> = Vec::new();
    let mut told: Vec<(usize, String)> = Vec::new();
    let mut waiting: Option<String> = None;
    // By list and number of the annotation, or the place of one without.
    let mut found: BTreeMap<(List, u32, usize), Found> = BTreeMap::new();
    for (n, line) in tsv.lines().enumerate() {
        let wrong = |what: &str| Error::at(format!("{place}:{}", n + 1), what);
        if let Some(spec) = line.strip_prefix("#T_SP=") {
            let mut names = spec.split('|');
            let name = names.next().unwrap_or_default();
            let list = List::ALL.into_iter().find(|l| layer(*l) == name);
            // The names of INCEpTION's own layer are taken too.
            let own = name.ends_with(".NamedEntity").then_some(List::Entities);
            for field in names {
                let field = if own.is_some() && field == "value" { "type" } else { field };
                columns.push(list.or(own).map(|l| (l, field.to_owned())));
            }
            continue;
        }
        if let Some(more) = line.strip_prefix("#T_CH=").or(line.strip_prefix("#T_RL=")) {
            columns.extend(more.split('|').skip(1).map(|_| None));
            continue;
        }
        if let Some(sentence) = line.strip_prefix("#Text=") {
            let sentence = parts(sentence, '\0').concat();
            waiting = Some(waiting.map_or_else(|| sentence.clone(), |w| format!("{w}\n{sentence}")));
            continue;
        }
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let offsets = cells.get(1).and_then(|o| o.split_once('-'));
        let offsets = offsets.and_then(|(a, b)| Some((a.parse::<usize>().ok()?, b.parse::<usize>().ok()?)));
        let Some((start, end)) = offsets else { return Err(wrong("a line has offsets in its second column")) };
        if let Some(sentence) = waiting.take() {
            told.push((start, sentence));
        }
        for (column, cell) in columns.iter().zip(cells.iter().skip(3)) {
            let Some((list, field)) = column else { continue };
            if *cell == "_" {
                continue;
            }
            for cell in stacked(cell) {
                let (value, number) = numbered(cell);
                let key = (*list, number.unwrap_or(0), number.map_or(start + 1, |_| 0));
                let one = found.entry(key).or_insert_with(|| (start, end, BTreeMap::new()));
                *one = (one.0.min(start), one.1.max(end), std::mem::take(&mut one.2));
                if value != "*" {
                    one.2.insert(field.clone(), parts(value, '\0').concat());
                }
            }
        }
    }
    let text = text.unwrap_or_else(|| together(&told));
    let mut chars = BTreeMap::new();
    let mut at = 0;
    for (n, c) in text.chars().enumerate() {
        chars.insert(at, n);
        at += c.len_utf16();
    }
    chars.insert(at, text.chars().count());
    let mut mentions = Vec::new();
    for (start, end, mut fields) in found.into_values() {
        let kind = fields.remove("type").unwrap_or_default();
        let Some((list, kind)) = List::of(&kind) else { continue };
        let (Some(start), Some(end)) = (chars.get(&start), chars.get(&end)) else {
            return Err(Error::at(place, format!("the text has no characters from {start} to {end}")));
        };
        mentions.push(Note { list, start: *start, end: *end, kind: kind.to_owned(), fields });
    }
    gold(id, text, published, mentions).checked(place)
}

/// The sentences at their places, a line end and blanks between them.
fn together(told: &[(usize, String)]) -> String {
    let mut text = String::new();
    let mut units = 0;
    for (start, sentence) in told {
        // No document has so much between two sentences: a wrong offset is not to fill the memory.
        let gap = start.saturating_sub(units).min(1000);
        if gap > 0 && units > 0 {
            text.push('\n');
            text.push_str(&" ".repeat(gap - 1));
        } else {
            text.push_str(&" ".repeat(gap));
        }
        text.push_str(sentence);
        units = start + sentence.encode_utf16().count();
    }
    text
}
