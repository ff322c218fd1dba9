//! JSON lines: whole annotated texts, names alone, or facts of texts that lie elsewhere.

use super::{Gold, GoldEntity, GoldFact, GoldQuantity, GoldTime, Rejected};
use crate::error::{Error, Result};
use crate::model::EntityType;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The content of a file of gold; in JSON lines with its text.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct File {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) published: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    /// The lists that were annotated; all, where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    annotated: Option<Vec<String>>,
    /// Whether only some of what was found was looked at, and what of it was wrong.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<Rejected>,
    quantities: Vec<GoldQuantity>,
    #[serde(default)]
    times: Vec<GoldTime>,
    #[serde(default)]
    entities: Vec<GoldEntity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    facts: Option<Vec<GoldFact>>,
}

impl File {
    /// The gold of a text.
    pub(super) fn gold(self, id: String, text: String) -> Gold {
        let annotated = |list: &str| self.annotated.as_ref().is_none_or(|lists| lists.iter().any(|l| l == list));
        let (times, entities, facts) = (annotated("times"), annotated("entities"), annotated("facts"));
        Gold {
            id,
            text,
            published: self.published,
            quantities: self.quantities,
            times: times.then_some(self.times),
            entities: entities.then_some(self.entities),
            // A file that does not have the list at all says nothing about it.
            facts: self.facts.filter(|_| facts),
            rejected: self.partial.then_some(self.rejected),
            ..Gold::default()
        }
    }

    /// The file of a gold, without its text.
    pub(super) fn of(gold: &Gold) -> Self {
        let lists = [
            ("quantities", true),
            ("times", gold.times.is_some()),
            ("entities", gold.entities.is_some()),
            ("facts", gold.facts.is_some()),
        ];
        let annotated = lists.into_iter().filter(|(_, there)| *there).map(|(list, _)| list.to_owned());
        Self {
            id: Some(gold.id.clone()),
            published: gold.published.clone(),
            text: None,
            annotated: Some(annotated.collect()),
            partial: gold.rejected.is_some(),
            rejected: gold.rejected.clone().unwrap_or_default(),
            quantities: gold.quantities.clone(),
            times: gold.times.clone().unwrap_or_default(),
            entities: gold.entities.clone().unwrap_or_default(),
            facts: gold.facts.clone(),
        }
    }
}

/// Reads JSON lines: of whole texts with `quantities`, or of [`crate::names::examples`] with `mentions`.
pub(super) fn read(path: &Path) -> Result<Vec<Gold>> {
    let text = crate::names::examples::load(path)?;
    let first = text.lines().next().unwrap_or_default();
    if serde_json::from_str::<serde_json::Value>(first).is_ok_and(|v| v.get("mentions").is_some()) {
        return Ok(crate::names::examples::read(path)?.into_iter().map(of_example).collect());
    }
    let mut all = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let place = format!("{}:{}", path.display(), n + 1);
        let mut file: File = serde_json::from_str(line).map_err(|e| Error::at(&place, e.to_string()))?;
        let (Some(id), Some(text)) = (file.id.take(), file.text.take()) else {
            return Err(Error::at(place, "gold as JSON lines has 'id' and 'text' in each line"));
        };
        all.push(file.gold(id, text).checked(&place)?);
    }
    Ok(all)
}

/// One line.
pub(super) fn write(gold: &Gold) -> Result<String> {
    let file = File { text: Some(gold.text.clone()), ..File::of(gold) };
    let line = serde_json::to_string(&file).map_err(|e| Error::new(format!("{}: {e}", gold.id)))?;
    Ok(line + "\n")
}

/// A text of which the names alone were annotated: JSON lines of [`crate::names::examples`].
fn of_example(e: crate::names::examples::Example) -> Gold {
    let chars = |byte: usize| e.text[..byte].chars().count();
    // GermEval has products among all other names: they are not scored, and what is found in their place neither.
    let scored = |kind: EntityType| e.exact || !matches!(kind, EntityType::Product | EntityType::Index);
    let entities = e.names.iter().filter(|(.., kind)| scored(*kind)).map(|(start, end, kind)| GoldEntity {
        start: chars(*start),
        end: chars(*end),
        text: None,
        kind: kind.name().to_owned(),
        name: None,
        coref: None,
    });
    let others = e.names.iter().filter(|(.., kind)| !scored(*kind)).map(|(start, end, _)| (*start, *end));
    Gold {
        entities: Some(entities.collect()),
        unknown: e.unknown.iter().copied().chain(others).map(|(s, t)| (chars(s), chars(t))).collect(),
        kinds: (!e.exact).then_some(&["person", "organization", "location"]),
        id: e.id,
        text: e.text,
        ..Gold::default()
    }
}

/// A line of [`read_apart`].
#[derive(Deserialize)]
struct Apart {
    id: String,
    /// The file that the text is in; none where it stands here.
    #[serde(rename = "in")]
    file: Option<String>,
    text: Option<String>,
    published: Option<String>,
    /// Code points from and until, by which facts name their numbers.
    numbers: Vec<(usize, usize)>,
    facts: Vec<GoldFact>,
}

/// The fields of a text that lies elsewhere, as far as they are asked for.
#[derive(Deserialize)]
struct Elsewhere {
    id: String,
    text: String,
    #[serde(alias = "date")]
    published: Option<String>,
}

/// Facts as JSON lines, each with the `id` of a text and the `text`, or the file it is `in`, a file of JSON lines below
/// `folder`. Texts that are in `gold` too are left out.
///
/// # Errors
/// A file cannot be read or is none such, a text is not there.
pub fn read_apart(notes: &Path, folder: &Path, gold: &[Gold]) -> Result<Vec<Gold>> {
    let mut files: BTreeMap<String, BTreeMap<String, Elsewhere>> = BTreeMap::new();
    let mut all = Vec::new();
    for (n, line) in crate::names::examples::load(notes)?.lines().enumerate() {
        let place = format!("{}:{}", notes.display(), n + 1);
        let apart: Apart = serde_json::from_str(line).map_err(|e| Error::at(&place, e.to_string()))?;
        let (text, published) = match (apart.text, apart.file) {
            (Some(text), _) => (text, apart.published),
            (None, Some(file)) => {
                if !files.contains_key(&file) {
                    let path = folder.join(&file);
                    let texts = crate::names::examples::load(&path)?;
                    let texts = texts.lines().map(serde_json::from_str::<Elsewhere>);
                    let texts = texts.collect::<std::result::Result<Vec<_>, _>>();
                    let texts = texts.map_err(|e| Error::at(path.display().to_string(), e.to_string()))?;
                    files.insert(file.clone(), texts.into_iter().map(|t| (t.id.clone(), t)).collect());
                }
                let there = files.get(&file).and_then(|f| f.get(&apart.id));
                let there = there.ok_or_else(|| Error::at(&place, format!("{file} has no text '{}'", apart.id)))?;
                (there.text.clone(), there.published.clone())
            }
            (None, None) => return Err(Error::at(place, "neither 'text' nor 'in'")),
        };
        if gold.iter().any(|g| g.text.trim() == text.trim()) {
            continue;
        }
        let number = |(start, end): (usize, usize)| GoldQuantity {
            start,
            end,
            text: None,
            kind: String::new(),
            ..GoldQuantity::default()
        };
        all.push(Gold {
            id: apart.id,
            file: String::new(),
            text,
            published,
            quantities: apart.numbers.into_iter().map(number).collect(),
            facts: Some(apart.facts),
            ..Gold::default()
        });
    }
    Ok(all)
}
