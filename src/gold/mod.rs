//! Gold: annotated texts, as they are held, and the formats that they are read from and written in.
//!
//! | format | where | carries |
//! | --- | --- | --- |
//! | own | `NAME.txt` beside `NAME.gold.json` | everything |
//! | JSON lines | `FILE.jsonl`, the same with `id` and `text` | everything |
//! | brat standoff | `NAME.txt` beside `NAME.ann` | mentions with all fields, as notes |
//! | CoNLL | `FILE.conll`, BIO | spans and types |
//! | WebAnno TSV 3 | `NAME.tsv` | mentions with all fields |
//! | Label Studio | `FILE.json` | mentions with all fields, as meta |
//!
//! Folders of brat and WebAnno have a `published.tsv`, since these formats have no place for the day of publication.

mod brat;
mod conll;
mod files;
mod label_studio;
mod lines;
mod note;
mod pieces;
mod records;
mod webanno;

pub use files::{Format, read_gold, write_gold};
pub use lines::read_apart;
pub use records::from_records;

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// One annotated text.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// The name of its files.
    pub id: String,
    /// The file of its text; empty where it has none of its own.
    pub file: String,
    /// The text.
    pub text: String,
    /// Its publication date.
    pub published: Option<String>,
    /// Its quantities, in text order.
    pub quantities: Vec<GoldQuantity>,
    /// Its times, in text order; none where they were not annotated.
    pub times: Option<Vec<GoldTime>>,
    /// Its names, in text order; none where they were not annotated.
    pub entities: Option<Vec<GoldEntity>>,
    /// Its facts, in text order; none where they were not annotated.
    pub facts: Option<Vec<GoldFact>>,
    /// Stretches, by code points, in which a name that is not in gold counts neither way.
    pub unknown: Vec<(usize, usize)>,
    /// The types of names that were annotated; all, where it is not said.
    pub kinds: Option<&'static [&'static str]>,
    /// Where only some of what was found was looked at: what of it was found wrong. What is elsewhere counts neither way.
    pub rejected: Option<Vec<Rejected>>,
}

/// A record that someone has found wrong; offsets are code points.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Rejected {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// `quantity`, `time`, `entity` or `fact`.
    pub kind: String,
    /// What else is known of it: its text and type, the rule that made it, a note.
    #[serde(flatten)]
    pub more: serde_json::Map<String, serde_json::Value>,
}

/// One annotated name; offsets are code points.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GoldEntity {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The covered text; may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The type's name.
    #[serde(rename = "type")]
    pub kind: String,
    /// The citation form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The thing that is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coref: Option<u32>,
}

/// One annotated time; offsets are code points.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GoldTime {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The covered text; may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The type's name.
    #[serde(rename = "type")]
    pub kind: String,
    /// As in TIMEX3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// As in TIMEX3; not scored.
    #[serde(rename = "mod", default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<String>,
    /// The first moment; not scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// One past the last; not scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// One annotated quantity; offsets are code points.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GoldQuantity {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The covered text; may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The type's name.
    #[serde(rename = "type")]
    pub kind: String,
    /// A decimal, `n/d` or `a:b`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Lower end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// Upper end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
    /// Unit code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What the hedge says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approx: Option<String>,
    /// Over what it is a rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// What is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noun: Option<String>,
}

/// One annotated fact; its numbers are indices into [`Gold::quantities`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GoldFact {
    /// Whose metric it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What is counted or measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
    /// How much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<usize>,
    /// When it holds, as in TIMEX3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// How it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<GoldChange>,
    /// How sure it is; where it is not said, it is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// How an annotated metric changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GoldChange {
    /// Which way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    /// By how much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<usize>,
    /// The earlier value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<usize>,
    /// The period compared with, as in TIMEX3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub versus: Option<String>,
}

impl GoldFact {
    /// The place among the quantities of the number that carries it.
    pub(crate) fn carrier(&self) -> Option<usize> {
        self.numbers().next()
    }

    /// The places of its numbers among the quantities, the one that carries it first.
    fn numbers(&self) -> impl Iterator<Item = usize> {
        let change = self.change.as_ref();
        [self.value, change.and_then(|c| c.by), change.and_then(|c| c.from)].into_iter().flatten()
    }
}

impl Gold {
    /// Looks whether every mention stands where it says, and every fact's number is there.
    fn checked(self, place: &str) -> Result<Self> {
        let chars: Vec<char> = self.text.chars().collect();
        let quantities = self.quantities.iter().map(|q| (q.start, q.end, &q.text));
        let times = self.times.iter().flatten().map(|t| (t.start, t.end, &t.text));
        let entities = self.entities.iter().flatten().map(|e| (e.start, e.end, &e.text));
        let rejected = self.rejected.iter().flatten().map(|r| (r.start, r.end, &None));
        for (start, end, surface) in quantities.chain(times).chain(entities).chain(rejected) {
            let covered: Option<String> = chars.get(start..end).map(|c| c.iter().collect());
            if covered.is_none() || surface.as_ref().is_some_and(|t| Some(t) != covered.as_ref()) {
                return Err(Error::at(place, format!("{surface:?} is not at {start}..{end}")));
            }
        }
        let numbers = self.facts.iter().flatten().flat_map(GoldFact::numbers);
        if let Some(lost) = numbers.into_iter().find(|i| *i >= self.quantities.len()) {
            return Err(Error::at(place, format!("a fact names quantity {lost}, which is not there")));
        }
        Ok(self)
    }
}
