//! A mention of any list as a span with a type and fields: what formats of annotation tools hold.

use super::{Gold, GoldEntity, GoldQuantity, GoldTime};
use std::collections::BTreeMap;

/// A list of mentions.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum List {
    Quantities,
    Times,
    Entities,
}

impl List {
    pub(super) const ALL: [Self; 3] = [Self::Quantities, Self::Times, Self::Entities];

    /// Which list has this type; types of other corpora (`PER`, `LOC`, `ORG`, `MISC`) are taken as well.
    pub(super) fn of(kind: &str) -> Option<(Self, &str)> {
        let list = match kind {
            "money" | "percent" | "measure" | "count" | "age" | "ordinal" | "fraction" | "multiple" | "score"
            | "number" => Self::Quantities,
            "date" | "time" | "duration" | "set" => Self::Times,
            "person" | "organization" | "location" | "product" | "index" => Self::Entities,
            "PER" | "PERSON" => return Some((Self::Entities, "person")),
            "ORG" => return Some((Self::Entities, "organization")),
            "LOC" | "GPE" => return Some((Self::Entities, "location")),
            "OTH" | "MISC" => return Some((Self::Entities, "product")),
            _ => return None,
        };
        Some((list, kind))
    }

    /// The fields beside the type, in their order.
    pub(super) fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Quantities => &["value", "low", "high", "unit", "approx", "per", "noun"],
            Self::Times => &["value", "mod", "from", "until"],
            Self::Entities => &["name", "coref"],
        }
    }
}

/// A mention with its filled fields; offsets are code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) list: List,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: String,
    pub(super) fields: BTreeMap<String, String>,
}

/// All mentions in the order of the text, the longer first.
pub(super) fn notes(gold: &Gold) -> Vec<Note> {
    fn note(list: List, start: usize, end: usize, kind: &str, fields: &[&Option<String>]) -> Note {
        let filled = list.fields().iter().zip(fields).filter_map(|(n, f)| Some(((*n).to_owned(), (*f).clone()?)));
        Note { list, start, end, kind: kind.to_owned(), fields: filled.collect() }
    }
    let mut all: Vec<Note> = Vec::new();
    for q in &gold.quantities {
        let fields = [&q.value, &q.low, &q.high, &q.unit, &q.approx, &q.per, &q.noun];
        all.push(note(List::Quantities, q.start, q.end, &q.kind, &fields));
    }
    for t in gold.times.iter().flatten() {
        all.push(note(List::Times, t.start, t.end, &t.kind, &[&t.value, &t.modifier, &t.from, &t.until]));
    }
    for e in gold.entities.iter().flatten() {
        let coref = e.coref.map(|c| c.to_string());
        all.push(note(List::Entities, e.start, e.end, &e.kind, &[&e.name, &coref]));
    }
    all.sort_by_key(|n| (n.start, std::cmp::Reverse(n.end), n.list));
    all
}

/// The gold of a text with these mentions; it has all three lists, and no facts.
pub(super) fn gold(id: String, text: String, published: Option<String>, mut notes: Vec<Note>) -> Gold {
    notes.sort_by_key(|n| (n.start, n.end));
    let chars: Vec<char> = text.chars().collect();
    let (mut quantities, mut times, mut entities) = (Vec::new(), Vec::new(), Vec::new());
    for Note { list, start, end, kind, mut fields } in notes {
        let text = chars.get(start..end).map(|c| c.iter().collect::<String>());
        let mut take = |name: &str| fields.remove(name).filter(|f| !f.is_empty());
        match list {
            List::Quantities => quantities.push(GoldQuantity {
                start,
                end,
                text,
                kind,
                value: take("value"),
                low: take("low"),
                high: take("high"),
                unit: take("unit"),
                approx: take("approx"),
                per: take("per"),
                noun: take("noun"),
            }),
            List::Times => times.push(GoldTime {
                start,
                end,
                text,
                kind,
                value: take("value"),
                modifier: take("mod"),
                from: take("from"),
                until: take("until"),
            }),
            List::Entities => entities.push(GoldEntity {
                start,
                end,
                text,
                kind,
                name: take("name"),
                coref: take("coref").and_then(|c| c.parse().ok()),
            }),
        }
    }
    let (times, entities) = (Some(times), Some(entities));
    Gold { id, text, published, quantities, times, entities, ..Gold::default() }
}

/// The fields as a line of JSON, which people can read and correct.
pub(super) fn fields_as_text(fields: &BTreeMap<String, String>) -> String {
    serde_json::to_string(fields).unwrap_or_default()
}

/// What [`fields_as_text`] wrote; numbers are taken as well as strings. None for other remarks.
pub(super) fn fields_of_text(text: &str) -> Option<BTreeMap<String, String>> {
    let map: BTreeMap<String, serde_json::Value> = serde_json::from_str(text.trim()).ok()?;
    let plain = |value| match value {
        serde_json::Value::String(s) => s,
        other => other.to_string(),
    };
    Some(map.into_iter().map(|(name, value)| (name, plain(value))).collect())
}
