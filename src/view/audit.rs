//! A sample of the records to judge by hand: drawn at random, as many of each kind, the same for the same seed.

use super::document::{Record, records};
use super::page::Page;
use crate::emit::{OffsetUnit, Offsets, Options};
use crate::lexicon::Lexicon;
use crate::model::{Analysis, Document, Party, Span};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The kinds that are judged.
pub(super) const KINDS: [&str; 4] = ["quantity", "time", "entity", "fact"];

/// Of longer texts, in bytes, a page has what stands around a record.
const WHOLE_TEXT: usize = 64 << 10;
/// So many bytes of it before and behind.
const AROUND: usize = 4 << 10;
/// So many code points stand around the sentence of a record.
const CONTEXT: usize = 200;

/// Draws records and makes the page.
///
/// Each record gets a number from the seed, its document, its kind and its place in its list; those with the lowest are
/// drawn. So all are equally likely, the order of documents and the number of threads do not matter, and memory holds
/// the sample alone.
#[derive(Debug)]
pub struct Sample {
    size: usize,
    seed: u64,
    /// By kind.
    drawn: [Vec<Drawn>; 4],
    /// How many there are of each kind.
    population: [u64; 4],
    documents: u64,
}

/// A record that may come into the sample.
#[derive(Clone, Debug)]
pub struct Drawn {
    number: u64,
    kind: usize,
    record: Record,
    /// The quantities that a fact is said of.
    numbers: Vec<Record>,
    passage: Arc<Passage>,
    /// What stands around the record, in parts, each with what it is to the record.
    context: Vec<(String, Option<&'static str>)>,
}

/// The text that offsets count in.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Passage {
    doc: String,
    /// The first code point of it in the document.
    base: usize,
    published: Option<String>,
    text: String,
}

impl Sample {
    /// An empty one of so many records in all.
    pub fn new(size: usize, seed: u64) -> Self {
        Self { size, seed, drawn: Default::default(), population: [0; 4], documents: 0 }
    }

    /// Those records of a document that may come into the sample. Many threads may ask at once; what they get is then
    /// handed to [`Sample::add`].
    pub fn candidates(&self, doc: &Document, analysis: &Analysis, lexicon: &Lexicon) -> Vec<Drawn> {
        let start = doc.id.bytes().fold(mix(self.seed), |hash, b| mix(hash ^ u64::from(b)));
        let number = |kind: usize, n: usize| mix(start ^ mix((kind as u64) << 32 | n as u64));
        let lists = lists(analysis);
        let limits: Vec<u64> = self.drawn.iter().map(|d| self.limit(d)).collect();
        let drawn = |kind: usize, n: usize| number(kind, n) < limits[kind];
        if !(0..4).any(|kind| (0..lists[kind]).any(|n| drawn(kind, n))) {
            return Vec::new();
        }
        let options = Options { explain: true, numbers_as_strings: true, ..Options::default() };
        let all = records(doc, analysis, lexicon, options);
        let text = Text { doc, document: &all[0], chars: Offsets::new(&doc.text, OffsetUnit::Chars) };
        let mut places = BTreeMap::new();
        let mut seen = [0; 4];
        let mut out = Vec::new();
        for record in &all[1..] {
            let Some(kind) = KINDS.iter().position(|k| record["kind"] == *k) else { continue };
            let n = seen[kind];
            seen[kind] += 1;
            if drawn(kind, n) {
                let span = match kind {
                    0 => analysis.quantities[n].span,
                    1 => analysis.times[n].written.span,
                    2 => analysis.entities[n].span,
                    _ => analysis.facts[n].span,
                };
                let parts = if kind == 3 { of_fact(analysis, n) } else { vec![(span, "record")] };
                // The parts of a fact may stand outside its sentence.
                let start = parts.iter().map(|p| p.0.start).min().map_or(span.start, |s| s.min(span.start));
                let end = parts.iter().map(|p| p.0.end).max().map_or(span.end, |e| e.max(span.end));
                let around = (start as usize, end as usize);
                let (from, until) = text.passage(around);
                let passage = places.entry((from, until)).or_insert_with(|| Arc::new(text.cut(from, until)));
                out.push(Drawn {
                    number: number(kind, n),
                    kind,
                    numbers: if kind == 3 { quantities(record, &all) } else { Vec::new() },
                    record: record.clone(),
                    passage: Arc::clone(passage),
                    context: text.context(around, parts),
                });
            }
        }
        out
    }

    /// Adds a document with its candidates.
    pub fn add(&mut self, counts: [u64; 4], candidates: Vec<Drawn>) {
        self.documents += 1;
        for (sum, n) in self.population.iter_mut().zip(counts) {
            *sum += n;
        }
        for drawn in candidates {
            self.drawn[drawn.kind].push(drawn);
        }
        for list in &mut self.drawn {
            if list.len() > 2 * self.size.max(64) {
                keep(list, self.size);
            }
        }
    }

    /// How many records of each kind a document has.
    pub fn counts(analysis: &Analysis) -> [u64; 4] {
        lists(analysis).map(|n| n as u64)
    }

    /// No record of a higher number can be drawn any more.
    fn limit(&self, drawn: &[Drawn]) -> u64 {
        if drawn.len() < self.size {
            return u64::MAX;
        }
        let mut numbers: Vec<u64> = drawn.iter().map(|d| d.number).collect();
        numbers.sort_unstable();
        self.size.checked_sub(1).map_or(0, |last| numbers[last])
    }

    /// The sample: as many of each kind, more of the others where a kind has less.
    fn finished(&self) -> Vec<Drawn> {
        let mut lists = self.drawn.clone();
        let mut taken = [0; 4];
        let mut left = self.size;
        // One after the other, so that the shares differ by one at most.
        while left > 0 && (0..4).any(|k| taken[k] < lists[k].len()) {
            for k in 0..4 {
                if left > 0 && taken[k] < lists[k].len() {
                    taken[k] += 1;
                    left -= 1;
                }
            }
        }
        for (list, n) in lists.iter_mut().zip(taken) {
            keep(list, n);
        }
        lists.into_iter().flatten().collect()
    }

    /// How many records of the sample there are.
    pub fn len(&self) -> usize {
        self.size.min(self.drawn.iter().map(Vec::len).sum())
    }

    /// Whether nothing was drawn.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The page to judge them on.
    pub fn html(&self) -> String {
        let all = self.finished();
        let mut passages: Vec<&Passage> = Vec::new();
        let mut records = Vec::new();
        for d in &all {
            let n = passages.iter().position(|p| **p == *d.passage).unwrap_or_else(|| {
                passages.push(&d.passage);
                passages.len() - 1
            });
            records.push(json!({
                "of": KINDS[d.kind], "passage": n, "record": d.record, "numbers": d.numbers,
                "basis": basis(&d.record), "context": d.context,
            }));
        }
        let population: BTreeMap<&str, u64> = KINDS.into_iter().zip(self.population).collect();
        let data = json!({
            "program": concat!("kennzahl ", env!("CARGO_PKG_VERSION")),
            "seed": self.seed,
            "documents": self.documents,
            "population": population,
            "passages": passages,
            "records": records,
        });
        let page = Page {
            title: "Audit – kennzahl",
            styles: &[include_str!("assets/base.css"), include_str!("assets/audit.css")],
            scripts: &[include_str!("assets/base.js"), include_str!("assets/audit.js")],
            body: include_str!("assets/audit.html"),
        };
        page.html(std::iter::once(("audit".to_owned(), data.to_string().as_str())))
    }
}

fn lists(analysis: &Analysis) -> [usize; 4] {
    [analysis.quantities.len(), analysis.times.len(), analysis.entities.len(), analysis.facts.len()]
}

/// Keeps those of the lowest numbers, in their order.
fn keep(list: &mut Vec<Drawn>, n: usize) {
    // Two records of one number are two versions of one document.
    list.sort_by(|a, b| (a.number, &a.passage.text).cmp(&(b.number, &b.passage.text)));
    list.truncate(n);
}

/// The last step of the generator SplitMix64.
fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ n >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ n >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ n >> 31
}

/// How sure the slots of a fact are: `subject clause`, `period carried`.
fn basis(record: &Record) -> Vec<String> {
    if record["kind"] != "fact" {
        return Vec::new();
    }
    let of = |slot| record.get(slot).and_then(|s: &Value| s["basis"].as_str()).unwrap_or("none");
    ["subject", "period"].map(|slot| format!("{slot} {}", of(slot))).into()
}

/// The quantities that a fact names.
fn quantities(fact: &Record, all: &[Record]) -> Vec<Record> {
    let ids: Vec<&str> =
        [fact.get("value"), fact.get("change").map(|c| &c["by"]), fact.get("change").map(|c| &c["from"])]
            .into_iter()
            .filter_map(|q| q?["quantity"].as_str())
            .collect();
    all.iter().filter(|r| r["kind"] == "quantity" && ids.iter().any(|id| r["id"] == *id)).cloned().collect()
}

/// Where the parts of a fact stand.
fn of_fact(analysis: &Analysis, n: usize) -> Vec<(Span, &'static str)> {
    let f = &analysis.facts[n];
    let change = f.change.as_ref();
    let quantity = |q: u32| analysis.quantities[q as usize].span;
    let entity = |p: &Party| p.entity.map(|e| analysis.entities[e as usize].span);
    let all = [
        (f.subject.as_ref().and_then(entity), "subject"),
        (f.metric.span, "metric"),
        (f.value.map(quantity), "value"),
        (change.and_then(|c| c.by).map(quantity), "by"),
        (change.and_then(|c| c.from).map(quantity), "from"),
        (f.period.as_ref().and_then(|p| p.time).map(|t| analysis.times[t as usize].written.span), "period"),
        (f.source.as_ref().and_then(entity), "source"),
    ];
    all.into_iter().filter_map(|(span, role)| Some((span?, role))).collect()
}

struct Text<'a> {
    doc: &'a Document,
    document: &'a Record,
    chars: Offsets<'a>,
}

impl Text<'_> {
    /// The bytes of the text that a page has of it: all, or what stands around a record.
    fn passage(&self, (start, end): (usize, usize)) -> (usize, usize) {
        let text = &self.doc.text;
        if text.len() <= WHOLE_TEXT {
            return (0, text.len());
        }
        let from = text.floor_char_boundary(start.saturating_sub(AROUND));
        let until = text.ceil_char_boundary((end + AROUND).min(text.len()));
        // Whole lines, where there are any.
        let from = text[from..start].find('\n').map_or(from, |n| from + n + 1);
        let until = text[end..until].rfind('\n').map_or(until, |n| end + n);
        (from, until)
    }

    fn cut(&self, from: usize, until: usize) -> Passage {
        Passage {
            doc: self.doc.id.clone(),
            base: self.chars.at(from),
            published: self.document.get("published").and_then(Value::as_str).map(str::to_owned),
            text: self.doc.text[from..until].to_owned(),
        }
    }

    /// The words from the first part to the last and what stands around them, the parts marked. Of parts that overlap
    /// the first counts.
    fn context(
        &self,
        (low, high): (usize, usize),
        mut parts: Vec<(Span, &'static str)>,
    ) -> Vec<(String, Option<&'static str>)> {
        parts.sort_unstable_by_key(|(span, role)| (span.start, span.end, *role));
        let text = &self.doc.text;
        let from = text[..low].char_indices().rev().nth(CONTEXT).map_or(0, |(at, c)| at + c.len_utf8());
        let until = text[high..].char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| high + at);
        let (mut out, mut at) = (Vec::new(), from);
        for (span, role) in parts {
            let (start, end) = (span.start as usize, span.end as usize);
            if start >= at {
                out.push((text[at..start].to_owned(), None));
                out.push((text[start..end].to_owned(), Some(role)));
                at = end;
            }
        }
        out.push((text[at..until].to_owned(), None));
        out.retain(|(words, _)| !words.is_empty());
        out
    }
}
