//! Label Studio: an array of tasks, each with the text and regions, the other fields as the region's meta text.
//!
//! Its offsets count UTF-16 code units.

use super::Gold;
use super::note::{List, Note, fields_as_text, fields_of_text, gold, notes};
use crate::error::{Error, Result};
use serde::Deserialize;
use serde_json::json;

pub(super) fn write(all: &[Gold]) -> String {
    let tasks = all.iter().map(|gold| {
        let mut units: Vec<usize> = Vec::with_capacity(gold.text.len());
        let mut at = 0;
        for c in gold.text.chars() {
            units.push(at);
            at += c.len_utf16();
        }
        units.push(at);
        let chars: Vec<char> = gold.text.chars().collect();
        let unit = |n: usize| units.get(n).copied().unwrap_or(at);
        let regions = (1..).zip(notes(gold)).map(|(n, note)| {
            let covered: String = chars.get(note.start..note.end).unwrap_or_default().iter().collect();
            let mut region = json!({
                "id": format!("m{n}"), "from_name": "label", "to_name": "text", "type": "labels",
                "value": {"start": unit(note.start), "end": unit(note.end), "text": covered, "labels": [note.kind]},
            });
            if !note.fields.is_empty() {
                region["meta"] = json!({"text": [fields_as_text(&note.fields)]});
            }
            region
        });
        let mut data = json!({"id": gold.id, "text": gold.text});
        if let Some(day) = &gold.published {
            data["published"] = json!(day);
        }
        json!({"data": data, "annotations": [{"result": regions.collect::<Vec<_>>()}]})
    });
    format!("{:#}\n", serde_json::Value::Array(tasks.collect()))
}

#[derive(Deserialize)]
struct Task {
    data: Data,
    #[serde(default)]
    annotations: Vec<Annotation>,
    #[serde(default)]
    predictions: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Data {
    text: String,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    published: Option<String>,
}

#[derive(Deserialize)]
struct Annotation {
    #[serde(default)]
    was_cancelled: bool,
    #[serde(default)]
    result: Vec<Region>,
}

#[derive(Deserialize)]
struct Region {
    #[serde(default)]
    value: Option<Value>,
    #[serde(default)]
    meta: Option<Meta>,
}

#[derive(Deserialize)]
struct Value {
    start: Option<usize>,
    end: Option<usize>,
    #[serde(default)]
    labels: Vec<String>,
}

#[derive(Default, Deserialize)]
struct Meta {
    #[serde(default)]
    text: Vec<String>,
}

/// The last annotation of each task that was not cancelled, else its first prediction. Labels that are none of ours are
/// left out.
pub(super) fn read(json: &str, place: &str) -> Result<Vec<Gold>> {
    let tasks: Vec<Task> = serde_json::from_str(json).map_err(|e| Error::at(place, e.to_string()))?;
    let mut all = Vec::new();
    for (n, task) in (1..).zip(tasks) {
        let text = task.data.text;
        let mut chars = std::collections::BTreeMap::new();
        let mut at = 0;
        for (n, c) in text.chars().enumerate() {
            chars.insert(at, n);
            at += c.len_utf16();
        }
        chars.insert(at, text.chars().count());
        let done = task.annotations.iter().rev().find(|a| !a.was_cancelled).or(task.predictions.first());
        let mut mentions = Vec::new();
        for region in done.map_or(&[][..], |a| &a.result) {
            let Some(value) = &region.value else { continue };
            let (Some(start), Some(end), Some(label)) = (value.start, value.end, value.labels.first()) else {
                continue;
            };
            let Some((list, kind)) = List::of(label) else { continue };
            let (Some(start), Some(end)) = (chars.get(&start), chars.get(&end)) else {
                return Err(Error::at(place, format!("task {n}: no characters from {start} to {end}")));
            };
            let told = region.meta.iter().flat_map(|m| &m.text).find_map(|t| fields_of_text(t));
            let fields = told.unwrap_or_default();
            mentions.push(Note { list, start: *start, end: *end, kind: kind.to_owned(), fields });
        }
        let id = task.data.id.unwrap_or_else(|| n.to_string());
        all.push(gold(id, text, task.data.published, mentions).checked(place)?);
    }
    Ok(all)
}
