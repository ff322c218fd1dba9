//! A document as a page has it: its text, its records, how they came about, and what gold says.

use super::{gold, steps};
use crate::emit::{OffsetUnit, Offsets, Options, write_document};
use crate::eval::Gold;
use crate::lexicon::Lexicon;
use crate::model::{Analysis, Document};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// One record, as `extract` writes it.
pub(super) type Record = Map<String, Value>;

/// A document with what was found in it, as a page has it. Offsets count UTF-16 code units there, as scripts do.
#[derive(Clone, Debug)]
pub struct Shown {
    /// All records, the one of the document first.
    pub(super) records: Vec<Record>,
    /// What gold says of it, if there is any.
    gold: Option<Value>,
    /// How each record came about, and where the words of facts stand that are no mentions.
    more: Record,
    text: String,
}

impl Shown {
    /// Of a document. The options say which kinds are shown; offsets, numbers and rules are what pages need.
    ///
    /// ```
    /// use kennzahl::{Extractor, emit, model::Document, view::Shown};
    /// let x = Extractor::new();
    /// let doc = Document { id: "a".into(), text: "Das kostet 5 Euro.".into(), ..Document::default() };
    /// let shown = Shown::of(&doc, &x.worker().analyse(&doc.text), x.lexicon(), emit::Options::default(), None);
    /// let json: serde_json::Value = serde_json::from_str(&shown.json()).unwrap();
    /// assert_eq!(json["mentions"][0]["text"], "5 Euro");
    /// assert_eq!(json["mentions"][0]["start"], 11);
    /// ```
    pub fn of(doc: &Document, analysis: &Analysis, lexicon: &Lexicon, options: Options, gold: Option<&Gold>) -> Self {
        let options =
            Options { offsets: OffsetUnit::Utf16, explain: true, documents: true, numbers_as_strings: true, ..options };
        let records = records(doc, analysis, lexicon, options);
        let chars = Offsets::new(&doc.text, OffsetUnit::Chars);
        let units = Offsets::new(&doc.text, OffsetUnit::Utf16);
        let mut more = steps::steps(&doc.text, analysis, &chars);
        let facts = records.iter().filter(|r| r["kind"] == "fact");
        // The records of facts stand in the order of the facts.
        for (record, fact) in facts.zip(&analysis.facts) {
            if let (Some(id), Some(metric)) = (record["id"].as_str(), fact.metric.span) {
                let place = [metric.start, metric.end].map(|at| units.at(at as usize));
                more.insert(id.to_owned(), json!(place));
            }
        }
        let gold = gold.map(|gold| gold::compared(gold, &records, options));
        Self { records, gold, more, text: doc.text.clone() }
    }

    /// The document as JSON: its record, `text`, `mentions`, `facts`, `more` (steps by the ids of mentions, the place of
    /// the metric by the ids of facts) and `gold`.
    pub fn json(&self) -> String {
        #[derive(Serialize)]
        struct Page<'a> {
            document: &'a Record,
            text: &'a str,
            mentions: Vec<&'a Record>,
            facts: Vec<&'a Record>,
            more: &'a Record,
            gold: Option<&'a Value>,
        }
        let (facts, mentions) = self.records[1..].iter().partition(|r| r["kind"] == "fact");
        let gold = self.gold.as_ref();
        let page = Page { document: &self.records[0], text: &self.text, mentions, facts, more: &self.more, gold };
        // Maps with names for keys always serialise.
        serde_json::to_string(&page).unwrap_or_default()
    }

    /// How gold and output compare, by kind: found, different, missed, spurious.
    pub(super) fn against(&self) -> Option<&Value> {
        self.gold.as_ref().map(|g| &g["counts"])
    }
}

/// The records of a document, read back. `doc` is left out: it is the same in all of them.
pub(super) fn records(doc: &Document, analysis: &Analysis, lexicon: &Lexicon, options: Options) -> Vec<Record> {
    let mut lines = Vec::new();
    write_document(doc, analysis, lexicon, options, &mut lines);
    let read = |line: &[u8]| {
        let mut record: Record = serde_json::from_slice(line).ok()?;
        if record["kind"] != "document" {
            record.remove("doc");
        }
        // Only what the text says has a place in it.
        record.get("derived").is_none().then_some(record)
    };
    lines.split(|b| *b == b'\n').filter(|l| !l.is_empty()).filter_map(read).collect()
}
