//! brat standoff: `T1<TAB>money 10 24<TAB>5 Milliarden €` in `NAME.ann`, the other fields as a note of the annotator.

use super::Gold;
use super::note::{List, Note, fields_as_text, fields_of_text, gold, notes};
use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) fn write(gold: &Gold) -> String {
    let chars: Vec<char> = gold.text.chars().collect();
    let mut out = String::new();
    for (n, note) in (1..).zip(notes(gold)) {
        // A line end parts a mention into stretches.
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        let mut from = note.start;
        for at in note.start..=note.end {
            if at == note.end || chars.get(at) == Some(&'\n') {
                if from < at {
                    stretches.push((from, at));
                }
                from = at + 1;
            }
        }
        let places: Vec<String> = stretches.iter().map(|(a, b)| format!("{a} {b}")).collect();
        let covered: Vec<String> =
            stretches.iter().map(|(a, b)| chars.get(*a..*b).unwrap_or_default().iter().collect()).collect();
        let _ = writeln!(out, "T{n}\t{} {}\t{}", note.kind, places.join(";"), covered.join(" "));
        if !note.fields.is_empty() {
            let _ = writeln!(out, "#{n}\tAnnotatorNotes T{n}\t{}", fields_as_text(&note.fields));
        }
    }
    out
}

/// Types that are none of ours are left out; so are relations, events and other attributes.
pub(super) fn read(id: String, text: String, published: Option<String>, ann: &str, place: &str) -> Result<Gold> {
    let mut mentions: Vec<(String, Note)> = Vec::new();
    let mut fields: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (n, line) in ann.lines().enumerate() {
        let wrong = |what: &str| Error::at(format!("{place}:{}", n + 1), what);
        let mut cells = line.split('\t');
        let (name, middle, last) = (cells.next().unwrap_or_default(), cells.next(), cells.next());
        if name.starts_with('T') {
            let (kind, places) =
                middle.and_then(|m| m.split_once(' ')).ok_or_else(|| wrong("a T line has a type and offsets"))?;
            let numbers: std::result::Result<Vec<usize>, _> = places.split([' ', ';']).map(str::parse).collect();
            let numbers = numbers.map_err(|_| wrong("offsets are numbers, parted by ' ' and ';'"))?;
            let (Some(start), Some(end)) = (numbers.iter().min(), numbers.iter().max()) else {
                return Err(wrong("a T line has offsets"));
            };
            if let Some((list, kind)) = List::of(kind) {
                let note = Note { list, start: *start, end: *end, kind: kind.to_owned(), fields: BTreeMap::new() };
                mentions.push((name.to_owned(), note));
            }
        } else if name.starts_with('#')
            && let Some(of) = middle.and_then(|m| m.strip_prefix("AnnotatorNotes "))
            && let Some(told) = last.and_then(fields_of_text)
        {
            fields.entry(of.to_owned()).or_default().extend(told);
        }
    }
    for (name, note) in &mut mentions {
        note.fields = fields.remove(name).unwrap_or_default();
    }
    gold(id, text, published, mentions.into_iter().map(|(_, note)| note).collect()).checked(place)
}
