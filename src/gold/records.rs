//! The records that an extraction wrote, as gold to be corrected.

use super::note::List;
use super::{Gold, GoldChange, GoldEntity, GoldFact, GoldQuantity, GoldTime};
use crate::error::{Error, Result};
use serde_json::Value;
use std::collections::BTreeMap;

/// What was told of a document in records.
#[derive(Debug, Default)]
struct Told {
    gold: Gold,
    /// The places of quantities by their ids.
    quantities: BTreeMap<String, usize>,
}

/// Gold out of lines of records, by document in their order, without the texts: these are asked for by their ids.
///
/// # Errors
/// A line is no record, a document has no text, or the text is another than that of the records.
pub fn from_records(records: &str, place: &str, text: &mut dyn FnMut(&str) -> Option<String>) -> Result<Vec<Gold>> {
    let mut all: Vec<Told> = Vec::new();
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    for (n, line) in records.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let at = || format!("{place}:{}", n + 1);
        let record: Value = serde_json::from_str(line).map_err(|e| Error::at(at(), e.to_string()))?;
        let Some(doc) = record["doc"].as_str() else { return Err(Error::at(at(), "a record has 'kind' and 'doc'")) };
        let next = all.len();
        let index = *by_id.entry(doc.to_owned()).or_insert(next);
        if index == next {
            let gold = Gold {
                id: doc.to_owned(),
                times: Some(Vec::new()),
                entities: Some(Vec::new()),
                facts: Some(Vec::new()),
                ..Gold::default()
            };
            all.push(Told { gold, ..Told::default() });
        }
        if let Some(told) = all.get_mut(index) {
            told.add(&record).ok_or_else(|| Error::at(at(), "the record lacks a field, or names what is not there"))?;
        }
    }
    let with_text = |told: Told| {
        let mut gold = told.gold;
        gold.text = text(&gold.id)
            .ok_or_else(|| Error::at(place, format!("no text of '{}'; say with --text where it is", gold.id)))?;
        let id = gold.id.clone();
        gold.checked(place).map_err(|e| {
            let advice = "the text is another, or the offsets are not those of --offsets chars";
            Error::at(place, format!("'{id}': {}: {advice}", e.message))
        })
    };
    all.into_iter().map(with_text).collect()
}

impl Told {
    /// Adds a record; none where something in it is missing.
    fn add(&mut self, r: &Value) -> Option<()> {
        let text = |name: &str| plain(&r[name]);
        let place = |name: &str| r[name].as_u64().and_then(|n| usize::try_from(n).ok());
        let kind = text("type");
        match r["kind"].as_str()? {
            "document" => self.gold.published = text("published"),
            "quantity" => {
                self.quantities.insert(text("id")?, self.gold.quantities.len());
                self.gold.quantities.push(GoldQuantity {
                    start: place("start")?,
                    end: place("end")?,
                    text: text("text"),
                    kind: kind.filter(|k| List::of(k).is_some())?,
                    value: text("value").or_else(|| text("ratio")),
                    low: text("low"),
                    high: text("high"),
                    unit: text("unit"),
                    approx: text("approx"),
                    per: text("per"),
                    noun: text("noun"),
                });
            }
            "time" => self.gold.times.get_or_insert_default().push(GoldTime {
                start: place("start")?,
                end: place("end")?,
                text: text("text"),
                kind: kind?,
                value: text("value"),
                modifier: text("mod"),
                from: text("from"),
                until: text("until"),
            }),
            "entity" => self.gold.entities.get_or_insert_default().push(GoldEntity {
                start: place("start")?,
                end: place("end")?,
                text: text("text"),
                kind: kind?,
                name: text("name"),
                coref: r["coref"].as_u64().and_then(|c| u32::try_from(c).ok()),
            }),
            // Gold is what the text says.
            "fact" if r["derived"] == true => {}
            "fact" => {
                let fact = self.fact(r)?;
                self.gold.facts.get_or_insert_default().push(fact);
            }
            // What is no quantity, and what contradicts itself, has no place in gold.
            _ => {}
        }
        Some(())
    }

    fn fact(&self, r: &Value) -> Option<GoldFact> {
        // A number that is named is there, since mentions stand before facts.
        let number = |v: &Value| match v["quantity"].as_str() {
            Some(id) => self.quantities.get(id).copied().map(Some),
            None => Some(None),
        };
        let change = &r["change"];
        let changed = GoldChange {
            direction: plain(&change["direction"]),
            by: number(&change["by"])?,
            from: number(&change["from"])?,
            versus: plain(&change["versus"]),
        };
        Some(GoldFact {
            subject: plain(&r["subject"]["name"]),
            metric: plain(&r["metric"]["lemma"]),
            value: number(&r["value"])?,
            period: plain(&r["period"]["value"]),
            change: change.is_object().then_some(changed),
            status: plain(&r["status"]),
            source: plain(&r["source"]["name"]),
        })
    }
}

/// A string, or the digits of a number.
fn plain(v: &Value) -> Option<String> {
    match v {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}
