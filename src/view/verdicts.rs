//! What people said of a sample: precision with its interval, and gold of what they found right.

use super::audit::KINDS;
use super::document::Record;
use crate::error::{Error, Result};
use crate::sink::write_file;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// A line of a file of verdicts.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Line {
    /// What the sample was drawn from.
    Audit {},
    /// A text that records are of.
    Document(Passage),
    Verdict(Verdict),
}

#[derive(Debug, Deserialize)]
struct Passage {
    doc: String,
    base: usize,
    published: Option<String>,
    text: String,
}

#[derive(Debug, Deserialize)]
struct Verdict {
    of: String,
    doc: String,
    base: usize,
    verdict: Said,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    basis: Vec<String>,
    record: Record,
    #[serde(default)]
    numbers: Vec<Record>,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Said {
    Right,
    Wrong,
    Unsure,
}

/// How many of some records are right.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Right in every field.
    pub right: u64,
    /// Wrong in some.
    pub wrong: u64,
    /// Those of which nobody could say; they do not count.
    pub unsure: u64,
}

/// A share with the interval in which it lies with 95 %, in thousandths.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// What was seen.
    pub share: u64,
    /// The lower end, rounded to the nearest.
    pub low: u64,
    /// The upper end, rounded to the nearest.
    pub high: u64,
}

impl Tally {
    /// Wilson's score interval; none where nothing was judged.
    ///
    /// ```
    /// use kennzahl::view::{Interval, Tally};
    /// let tally = Tally { right: 45, wrong: 5, unsure: 1 };
    /// assert_eq!(tally.precision(), Some(Interval { share: 900, low: 786, high: 957 }));
    /// ```
    pub fn precision(self) -> Option<Interval> {
        // z², the square of 1.959964, in millionths.
        const Z: u128 = 3_841_459;
        const ONE: u128 = 1_000_000;
        let (k, n) = (u128::from(self.right), u128::from(self.right) + u128::from(self.wrong));
        if n == 0 {
            return None;
        }
        // With z² = Z/ONE the ends are (2k + z² ± √(z⁴ + 4 z² k (n−k) / n)) / (2 (n + z²)); all is taken times ONE.
        let root = (Z * Z + 4 * Z * ONE * k * (n - k) / n).isqrt();
        let (middle, below) = (2 * k * ONE + Z, 2 * (n * ONE + Z));
        let rounded = |above: u128| u64::try_from((2000 * above + below) / (2 * below)).unwrap_or(1000);
        let share = u64::try_from((2000 * k + n) / (2 * n)).unwrap_or(1000);
        Some(Interval { share, low: rounded(middle.saturating_sub(root)), high: rounded(middle + root).min(1000) })
    }
}

/// What was said of the records of a sample; of one that was judged twice the last.
#[derive(Debug, Default)]
pub struct Verdicts {
    passages: BTreeMap<(String, usize), Passage>,
    /// By document, the base of its text, and id.
    verdicts: BTreeMap<(String, usize, String), Verdict>,
}

impl Verdicts {
    /// Adds a file that the page of an audit has saved.
    ///
    /// # Errors
    /// A line that is none of such a file; a verdict without its text.
    pub fn read(&mut self, name: &str, content: &str) -> Result<()> {
        for (n, line) in content.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let told = |message: String| Error::at(format!("{name}:{}", n + 1), message);
            let line: Line = serde_json::from_str(line)
                .map_err(|e| told(format!("no line of the verdicts that the page of an audit saves: {e}")))?;
            match line {
                Line::Audit {} => {}
                Line::Document(p) => drop(self.passages.insert((p.doc.clone(), p.base), p)),
                Line::Verdict(v) => {
                    v.check(&self.passages).map_err(told)?;
                    let id = v.record["id"].as_str().unwrap_or_default().to_owned();
                    self.verdicts.insert((v.doc.clone(), v.base, id), v);
                }
            }
        }
        Ok(())
    }

    /// How many records were judged.
    pub fn len(&self) -> usize {
        self.verdicts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty()
    }

    /// The tallies by what they are of: by `kind`, then by `rule`, then by `basis`.
    pub fn tallies(&self) -> Vec<(&'static str, String, Tally)> {
        let mut all: [BTreeMap<String, Tally>; 3] = Default::default();
        for v in self.verdicts.values() {
            let rule = v.record.get("rule").and_then(Value::as_str).unwrap_or("none");
            let place = KINDS.iter().position(|k| *k == v.of).unwrap_or(KINDS.len());
            let names = [vec![format!("{place}{}", v.of)], vec![format!("{} {rule}", v.of)], v.basis.clone()];
            for (tallies, names) in all.iter_mut().zip(names) {
                for name in names {
                    let tally = tallies.entry(name).or_default();
                    match v.verdict {
                        Said::Right => tally.right += 1,
                        Said::Wrong => tally.wrong += 1,
                        Said::Unsure => tally.unsure += 1,
                    }
                }
            }
        }
        let [kinds, rules, basis] = all;
        // Kinds were numbered to stand in their order.
        let kinds = kinds.into_iter().map(|(name, t)| ("kind", name[1..].to_owned(), t));
        let rules = rules.into_iter().map(|(name, t)| ("rule", name, t));
        kinds.chain(rules).chain(basis.into_iter().map(|(name, t)| ("basis", name, t))).collect()
    }

    /// Gold of what was found right: for each text its name, its content, and its gold. What was found wrong stands there
    /// as `rejected`, and `partial` says that nothing else in the text was looked at.
    pub fn gold(&self) -> Vec<(String, &str, Value)> {
        let mut names: BTreeMap<String, u32> = BTreeMap::new();
        let mut out = Vec::new();
        for ((doc, base), passage) in &self.passages {
            let of: Vec<&Verdict> = self.verdicts.values().filter(|v| (&v.doc, v.base) == (doc, *base)).collect();
            if of.iter().all(|v| v.verdict == Said::Unsure) {
                continue;
            }
            let mut name = file_name(doc);
            if *base > 0 {
                name.push_str(&format!(".{base}"));
            }
            let seen = names.entry(name.clone()).or_default();
            *seen += 1;
            if *seen > 1 {
                name.push_str(&format!("~{seen}"));
            }
            let gold = gold(&name, passage, &of);
            out.push((name, passage.text.as_str(), gold));
        }
        out
    }

    /// Writes [`Verdicts::gold`] into a folder: `NAME.txt` beside `NAME.gold.json`. How many texts there are.
    ///
    /// # Errors
    /// One of the files is there already; they cannot be written.
    pub fn write_gold(&self, folder: &Path) -> Result<usize> {
        let gold = self.gold();
        let path = |name: &str, suffix: &str| folder.join(format!("{name}{suffix}"));
        std::fs::create_dir_all(folder).map_err(|e| Error::at(folder.display().to_string(), e.to_string()))?;
        let mut paths = gold.iter().flat_map(|(name, ..)| [path(name, ".txt"), path(name, ".gold.json")]);
        if let Some(there) = paths.find(|p| p.exists()) {
            return Err(Error::at(there.display().to_string(), "is there already; name a new folder"));
        }
        for (name, text, gold) in &gold {
            write_file(&path(name, ".txt"), text.as_bytes())?;
            write_file(&path(name, ".gold.json"), format!("{gold:#}\n").as_bytes())?;
        }
        Ok(gold.len())
    }
}

impl Verdict {
    /// Whether it is what it says: its records stand in its text.
    fn check(&self, passages: &BTreeMap<(String, usize), Passage>) -> std::result::Result<(), String> {
        if !KINDS.contains(&self.of.as_str()) || self.record.get("kind").is_none_or(|k| *k != self.of) {
            return Err(format!("'{}' is no kind of record, or not that of this one", self.of));
        }
        let passage = passages
            .get(&(self.doc.clone(), self.base))
            .ok_or_else(|| format!("the text of document '{}' does not stand before its verdicts", self.doc))?;
        for r in std::iter::once(&self.record).chain(&self.numbers) {
            let (start, end) = (number(r, "start", self.base), number(r, "end", self.base));
            let words = start.zip(end).and_then(|(start, end)| {
                Some(passage.text.chars().skip(start).take(end.checked_sub(start)?).collect::<String>())
            });
            if words.is_none() || words.as_deref() != r.get("text").and_then(Value::as_str) {
                return Err(format!("the text of record {} does not stand at its offsets", r["id"]));
            }
        }
        Ok(())
    }
}

/// An offset as it counts in the passage.
fn number(r: &Record, key: &str, base: usize) -> Option<usize> {
    usize::try_from(r.get(key)?.as_u64()?).ok()?.checked_sub(base)
}

/// The gold file of a text.
fn gold(name: &str, passage: &Passage, verdicts: &[&Verdict]) -> Value {
    let base = passage.base;
    let right = |kind: &'static str| {
        verdicts.iter().filter(move |v| v.verdict == Said::Right && v.of == kind).map(|v| &v.record)
    };
    // The numbers of a fact are gold with it.
    let of_facts = verdicts.iter().filter(|v| v.verdict == Said::Right && v.of == "fact").flat_map(|v| &v.numbers);
    let mut quantities: Vec<&Record> = right("quantity").chain(of_facts).collect();
    quantities.sort_by_key(|r| number(r, "start", base));
    quantities.dedup_by(|a, b| a["id"] == b["id"]);
    let in_order = |kind| {
        let mut all: Vec<&Record> = right(kind).collect();
        all.sort_by_key(|r| number(r, "start", base));
        all
    };
    let fields = |r: &Record, names: &[&str]| {
        let mut out = Record::new();
        for key in ["start", "end"] {
            out.insert(key.to_owned(), json!(number(r, key, base)));
        }
        for key in names {
            if let Some(value) = r.get(*key) {
                out.insert((*key).to_owned(), value.clone());
            }
        }
        if let Some(ratio) = r.get("ratio") {
            out.insert("value".to_owned(), ratio.clone());
        }
        Value::Object(out)
    };
    let listed = |records: Vec<&Record>, names: &[&str]| -> Vec<Value> {
        records.into_iter().map(|r| fields(r, names)).collect()
    };
    let facts: Vec<Value> = in_order("fact").into_iter().map(|f| fact(f, &quantities)).collect();
    let lists = [
        ("quantities", listed(quantities, &["text", "type", "value", "low", "high", "approx", "unit", "per", "noun"])),
        ("times", listed(in_order("time"), &["text", "type", "value", "mod", "from", "until"])),
        ("entities", listed(in_order("entity"), &["text", "type", "name", "coref"])),
        ("facts", facts),
    ];
    let wrong = verdicts.iter().filter(|v| v.verdict == Said::Wrong).map(|v| {
        let mut rejected = fields(&v.record, &["kind", "id", "text", "type", "rule"]);
        // A fact is as long as its sentence, in which there may be others: its number tells them apart.
        let id = super::gold::carrier(&v.record).map(|(_, id)| id);
        if let Some(number) = v.numbers.iter().find(|n| n["id"].as_str() == id.as_deref()) {
            let place = fields(number, &["text"]);
            for key in ["start", "end", "text"] {
                rejected[key] = place[key].clone();
            }
        }
        if let Some(note) = v.note.as_ref().filter(|n| !n.is_empty()) {
            rejected["note"] = note.as_str().into();
        }
        rejected
    });
    let judged = |kind: &str| verdicts.iter().any(|v| v.of == kind && v.verdict != Said::Unsure);
    let kinds = ["quantity", "time", "entity", "fact"];
    let there = lists.iter().zip(kinds).filter(|((_, list), kind)| !list.is_empty() || judged(kind));
    let annotated: Vec<&str> = there.map(|((name, _), _)| *name).collect();
    let mut out = json!({
        "id": name,
        "published": passage.published,
        "partial": true,
        "annotated": annotated,
        "rejected": wrong.collect::<Vec<_>>(),
    });
    for (name, list) in lists {
        out[name] = list.into();
    }
    out
}

/// A fact as gold has it: its numbers are places in the list of quantities.
fn fact(f: &Record, quantities: &[&Record]) -> Value {
    let place = |q: Option<&Value>| {
        let id = q?.get("quantity")?;
        quantities.iter().position(|r| r["id"] == *id)
    };
    let name = |slot: &str, key: &str| f.get(slot).map_or(Value::Null, |s| s[key].clone());
    let change = f.get("change").map(|c| {
        json!({
            "direction": c["direction"], "by": place(c.get("by")), "from": place(c.get("from")), "versus": c["versus"],
        })
    });
    json!({
        "subject": name("subject", "name"),
        "metric": name("metric", "lemma"),
        "value": place(f.get("value")),
        "period": name("period", "value"),
        "change": change,
        "status": f["status"],
        "source": name("source", "name"),
    })
}

/// The id of a document as the name of a file in one folder.
fn file_name(doc: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
    let name: String = doc.chars().map(plain).take(100).collect();
    match name.trim_start_matches('.') {
        "" => "document".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        // From the formula, in decimals: right, wrong, share, low, high.
        for (right, wrong, share, low, high) in [
            (45, 5, 900, 786, 957),
            (0, 10, 0, 0, 278),
            (10, 0, 1000, 722, 1000),
            (1, 0, 1000, 207, 1000),
            (50, 50, 500, 404, 596),
            (199, 1, 995, 972, 999),
        ] {
            let tally = Tally { right, wrong, unsure: 3 };
            assert_eq!(tally.precision(), Some(Interval { share, low, high }), "{right} {wrong}");
        }
        assert_eq!(Tally { unsure: 3, ..Tally::default() }.precision(), None);
    }

    #[test]
    fn names_of_files_are_names() {
        assert_eq!(file_name("news/2014/mai.jsonl:12"), "news-2014-mai.jsonl-12");
        assert_eq!(file_name("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(file_name("…"), "-");
        assert_eq!(file_name(""), "document");
    }
}
