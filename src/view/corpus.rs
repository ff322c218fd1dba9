//! A page of one document or of many: figures of all, the texts of as many as are asked for.

use super::document::{Record, Shown};
use super::page::Page;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// So many series of a metric are shown, those with the most values.
const SERIES: usize = 1000;
/// So many subjects, and so many of the slowest documents.
const TOP: usize = 50;

type Counts = BTreeMap<String, u64>;

/// Collects documents in order and makes the page.
///
/// ```
/// use kennzahl::{Extractor, emit, model::Document, view::{Shown, View}};
/// let x = Extractor::new();
/// let doc = Document { id: "a".into(), text: "Das kostet 5 Euro.".into(), ..Document::default() };
/// let mut view = View::new(2000);
/// view.add(Shown::of(&doc, &x.worker().analyse(&doc.text), x.lexicon(), emit::Options::default(), None), None);
/// assert!(view.html().starts_with("<!doctype html>"));
/// ```
#[derive(Debug, Default)]
pub struct View {
    /// So many documents are shown with their texts; the figures are those of all.
    limit: usize,
    documents: Vec<String>,
    index: Vec<Entry>,
    figures: Figures,
    subjects: BTreeMap<String, Subject>,
    series: BTreeMap<(String, String), Series>,
    slowest: Vec<(u64, usize)>,
}

/// A line of the list of documents.
#[derive(Debug, Serialize)]
struct Entry {
    doc: String,
    title: Option<String>,
    published: Option<String>,
    counts: Counts,
    gold: Option<Value>,
}

/// What is counted over all documents.
#[derive(Debug, Default, Serialize)]
struct Figures {
    documents: u64,
    chars: u64,
    sentences: u64,
    /// By kind, then by type; of facts by status, of refused numerals by reason.
    types: BTreeMap<String, Counts>,
    rules: BTreeMap<String, Counts>,
    hedges: Counts,
    units: Counts,
    concepts: Counts,
    /// Where the subjects of facts were found.
    basis: Counts,
    /// Documents by the month of their publication.
    months: Counts,
    /// Quantities by type and by the digits of their value in front of the point.
    digits: BTreeMap<String, Counts>,
    gold: BTreeMap<String, Counts>,
}

#[derive(Debug, Default)]
struct Subject {
    name: String,
    kind: Option<String>,
    facts: u64,
    documents: BTreeSet<usize>,
    metrics: Counts,
}

#[derive(Debug, Default)]
struct Series {
    subject: String,
    points: Vec<Value>,
    days: BTreeSet<String>,
}

impl View {
    /// An empty one that shows the texts of at most so many documents.
    pub fn new(limit: usize) -> Self {
        Self { limit: limit.max(1), ..Self::default() }
    }

    /// Adds a document, and how many microseconds it took where that was measured.
    pub fn add(&mut self, shown: Shown, micros: Option<u64>) {
        let n = self.index.len();
        let mut counts = Counts::new();
        for record in &shown.records {
            self.count(record, &mut counts);
            if record["kind"] == "fact" {
                self.fact(record, n, &shown.records[0]);
            }
        }
        if let Some(gold) = shown.against() {
            self.against(gold);
        }
        let head = |key| text(&shown.records[0], key).map(str::to_owned);
        self.index.push(Entry {
            doc: head("doc").unwrap_or_default(),
            title: head("title"),
            published: head("published"),
            counts,
            gold: shown.against().cloned(),
        });
        if let Some(micros) = micros {
            self.slowest.push((micros, n));
            if self.slowest.len() >= 2 * TOP {
                self.slowest.sort_by(|a, b| b.cmp(a));
                self.slowest.truncate(TOP);
            }
        }
        if n < self.limit {
            self.documents.push(shown.json());
        }
    }

    fn count(&mut self, r: &Record, counts: &mut Counts) {
        let f = &mut self.figures;
        let kind = text(r, "kind").unwrap_or_default();
        if kind == "document" {
            let number = |key| r.get(key).and_then(Value::as_u64).unwrap_or(0);
            f.documents += 1;
            f.chars += number("chars");
            f.sentences += number("sentences");
            add(&mut f.months, text(r, "published").and_then(|p| p.get(..7)));
            return;
        }
        add(counts, Some(kind));
        let of = ["type", "status", "reason", "with"].iter().find_map(|key| text(r, key));
        add(f.types.entry(kind.to_owned()).or_default(), of);
        add(f.rules.entry(kind.to_owned()).or_default(), text(r, "rule"));
        add(&mut f.hedges, text(r, "approx"));
        if kind == "quantity" {
            add(&mut f.units, text(r, "unit"));
            if let (Some(of), Some(value)) = (of, text(r, "value").or_else(|| text(r, "low"))) {
                let whole = value.trim_start_matches('-').split('.').next().unwrap_or_default();
                // So that they sort as they count.
                let digits = format!("{:02}", if whole == "0" { 0 } else { whole.len() });
                add(f.digits.entry(of.to_owned()).or_default(), Some(&digits));
            }
        }
        if kind == "fact" {
            add(&mut f.concepts, r["metric"].get("concept").and_then(Value::as_str));
            add(&mut f.basis, r.get("subject").and_then(|s| s["basis"].as_str()).or(Some("none")));
        }
    }

    /// A fact's subject, and the point it adds to a series.
    fn fact(&mut self, r: &Record, n: usize, document: &Record) {
        let Some(subject) = r.get("subject") else { return };
        let name = subject["name"].as_str().unwrap_or_default();
        let key = subject["key"].as_str().map_or_else(|| name.to_lowercase(), str::to_owned);
        let metric = &r["metric"];
        let metric = metric["concept"].as_str().or_else(|| metric["lemma"].as_str()).unwrap_or_default();
        let entry = self.subjects.entry(key.clone()).or_default();
        if entry.name.is_empty() {
            entry.name = name.to_owned();
            entry.kind = subject["type"].as_str().map(str::to_owned);
        }
        entry.facts += 1;
        entry.documents.insert(n);
        add(&mut entry.metrics, Some(metric));
        let Some(value) = r.get("value").filter(|_| !r.contains_key("repeat_of")) else { return };
        let said = value["value"].as_str().or_else(|| value["low"].as_str());
        let period = r.get("period");
        let day = period.and_then(|p| p["from"].as_str()).or_else(|| text(document, "published"));
        let (Some(said), Some(day)) = (said, day.and_then(|d| d.get(..10))) else { return };
        let series = self.series.entry((key, metric.to_owned())).or_default();
        if series.subject.is_empty() {
            series.subject = name.to_owned();
        }
        series.days.insert(day.to_owned());
        series.points.push(json!({
            "doc": n,
            "id": r["id"],
            "day": day,
            "period": period.map(|p| &p["value"]),
            "value": said,
            "unit": value.get("unit").or_else(|| value.get("type")),
            "approx": value.get("approx"),
            "status": r["status"],
        }));
    }

    fn against(&mut self, gold: &Value) {
        for (kind, counts) in gold.as_object().into_iter().flatten() {
            let total = self.figures.gold.entry(kind.clone()).or_default();
            for (what, n) in counts.as_object().into_iter().flatten() {
                *total.entry(what.clone()).or_default() += n.as_u64().unwrap_or(0);
            }
        }
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// How many documents have gold beside them.
    pub fn compared(&self) -> usize {
        self.index.iter().filter(|d| d.gold.is_some()).count()
    }

    /// The page: of the document, where there is one, else of all.
    pub fn html(&self) -> String {
        let summary = self.summary().to_string();
        let title = match &self.index[..] {
            [only] => only.title.as_deref().unwrap_or(&only.doc).to_owned(),
            all => format!("{} documents", all.len()),
        };
        let page = Page {
            title: &format!("{title} – kennzahl"),
            styles: &[
                include_str!("assets/base.css"),
                include_str!("assets/document.css"),
                include_str!("assets/corpus.css"),
            ],
            scripts: &[
                include_str!("assets/base.js"),
                include_str!("assets/text.js"),
                include_str!("assets/document.js"),
                include_str!("assets/plot.js"),
                include_str!("assets/corpus.js"),
                include_str!("assets/view.js"),
            ],
            body: include_str!("assets/view.html"),
        };
        let documents = self.documents.iter().enumerate().map(|(n, json)| (format!("d{n}"), json.as_str()));
        page.html(std::iter::once(("summary".to_owned(), summary.as_str())).chain(documents))
    }

    fn summary(&self) -> Value {
        let mut subjects: Vec<(&String, &Subject)> = self.subjects.iter().collect();
        subjects.sort_by(|a, b| b.1.facts.cmp(&a.1.facts).then(a.0.cmp(b.0)));
        let subjects: Vec<Value> = subjects
            .iter()
            .take(TOP)
            .map(|(key, s)| {
                let metric = s.metrics.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(m, _)| m);
                json!({
                    "key": key, "name": s.name, "type": s.kind, "facts": s.facts,
                    "documents": s.documents.len(), "first": s.documents.first(), "metric": metric,
                })
            })
            .collect();
        // A line needs two days.
        let mut series: Vec<_> = self.series.iter().filter(|(_, s)| s.days.len() > 1).collect();
        series.sort_by(|a, b| b.1.points.len().cmp(&a.1.points.len()).then(a.0.cmp(b.0)));
        let left_out = series.len().saturating_sub(SERIES);
        let series: Vec<Value> = series
            .iter()
            .take(SERIES)
            .map(|((key, metric), s)| json!({ "key": key, "subject": s.subject, "metric": metric, "points": s.points }))
            .collect();
        let mut slowest = self.slowest.clone();
        slowest.sort_by(|a, b| b.cmp(a));
        slowest.truncate(TOP);
        let slowest: Vec<Value> =
            slowest.iter().map(|(micros, n)| json!({ "doc": n, "microseconds": micros })).collect();
        json!({
            "program": concat!("kennzahl ", env!("CARGO_PKG_VERSION")),
            "shown": self.documents.len(),
            "index": self.index,
            "figures": self.figures,
            "subjects": subjects,
            "series": series,
            "series_left_out": left_out,
            "slowest": slowest,
        })
    }
}

fn add(counts: &mut Counts, of: Option<&str>) {
    if let Some(of) = of {
        match counts.get_mut(of) {
            Some(n) => *n += 1,
            None => drop(counts.insert(of.to_owned(), 1)),
        }
    }
}

fn text<'r>(r: &'r Record, key: &str) -> Option<&'r str> {
    r.get(key)?.as_str()
}
