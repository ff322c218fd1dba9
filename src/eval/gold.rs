//! Gold: `NAME.txt` beside `NAME.gold.json`, in the form of the annotation guideline.

use crate::error::{Error, Result};
use crate::model::EntityType;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// One annotated text.
#[derive(Clone, Debug)]
pub struct Gold {
    /// The name of its files.
    pub id: String,
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
    /// Stretches, by code points, in which a name that is not in gold counts neither way.
    pub unknown: Vec<(usize, usize)>,
    /// The types of names that were annotated; all, where it is not said.
    pub kinds: Option<&'static [&'static str]>,
}

/// One annotated name; offsets are code points.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldEntity {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The covered text; may be left out.
    #[serde(default)]
    pub text: Option<String>,
    /// The type's name.
    #[serde(rename = "type")]
    pub kind: String,
    /// The citation form.
    #[serde(default)]
    pub name: Option<String>,
    /// The thing that is meant.
    #[serde(default)]
    pub coref: Option<u32>,
}

/// One annotated time; offsets are code points.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldTime {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The covered text; may be left out.
    #[serde(default)]
    pub text: Option<String>,
    /// The type's name.
    #[serde(rename = "type")]
    pub kind: String,
    /// As in TIMEX3.
    #[serde(default)]
    pub value: Option<String>,
}

/// One annotated quantity; offsets are code points.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldQuantity {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The covered text; may be left out.
    #[serde(default)]
    pub text: Option<String>,
    /// The type's name.
    #[serde(rename = "type")]
    pub kind: String,
    /// A decimal, `n/d` or `a:b`.
    #[serde(default)]
    pub value: Option<String>,
    /// Lower end.
    #[serde(default)]
    pub low: Option<String>,
    /// Upper end.
    #[serde(default)]
    pub high: Option<String>,
    /// Unit code.
    #[serde(default)]
    pub unit: Option<String>,
    /// What the hedge says.
    #[serde(default)]
    pub approx: Option<String>,
    /// Over what it is a rate.
    #[serde(default)]
    pub per: Option<String>,
    /// What is counted.
    #[serde(default)]
    pub noun: Option<String>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    published: Option<String>,
    quantities: Vec<GoldQuantity>,
    #[serde(default)]
    times: Vec<GoldTime>,
    #[serde(default)]
    entities: Vec<GoldEntity>,
    /// The lists that were annotated; all, where it is not said.
    #[serde(default)]
    annotated: Option<Vec<String>>,
}

/// All gold below some folders, in byte order of the paths; a file is read as JSON lines of names.
///
/// # Errors
/// A folder without gold, a file that is none, a mention whose text is not at its offsets.
pub fn read_gold(folders: &[PathBuf]) -> Result<Vec<Gold>> {
    let mut all = Vec::new();
    for folder in folders {
        if folder.is_file() {
            all.extend(crate::names::examples::read(folder)?.into_iter().map(of_example));
            continue;
        }
        let mut paths = Vec::new();
        list(folder, &mut paths)?;
        paths.sort();
        if paths.is_empty() {
            return Err(Error::at(folder.display().to_string(), "no NAME.gold.json here or below"));
        }
        for path in paths {
            all.push(read(&path)?);
        }
    }
    Ok(all)
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
        published: None,
        quantities: Vec::new(),
        times: None,
        id: e.id,
        text: e.text,
    }
}

fn list(folder: &Path, out: &mut Vec<PathBuf>) -> Result<()> {
    let failed = |e: std::io::Error| Error::at(folder.display().to_string(), e.to_string());
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            list(&path, out)?;
        } else if path.to_string_lossy().ends_with(".gold.json") {
            out.push(path);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Gold> {
    let place = path.display().to_string();
    let load = |p: &Path| std::fs::read_to_string(p).map_err(|e| Error::at(p.display().to_string(), e.to_string()));
    let file: File = serde_json::from_str(&load(path)?).map_err(|e| Error::at(&place, e.to_string()))?;
    let id = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let id = id.strip_suffix(".gold.json").unwrap_or(&id).to_owned();
    let text = load(&path.with_file_name(format!("{id}.txt")))?;
    let chars: Vec<char> = text.chars().collect();
    let quantities = file.quantities.iter().map(|q| (q.start, q.end, &q.text));
    let times = file.times.iter().map(|t| (t.start, t.end, &t.text));
    let entities = file.entities.iter().map(|e| (e.start, e.end, &e.text));
    for (start, end, surface) in quantities.chain(times).chain(entities) {
        let covered: Option<String> = chars.get(start..end).map(|c| c.iter().collect());
        if covered.is_none() || surface.as_ref().is_some_and(|t| Some(t) != covered.as_ref()) {
            return Err(Error::at(&place, format!("{surface:?} is not at {start}..{end}")));
        }
    }
    let annotated = |list: &str| file.annotated.as_ref().is_none_or(|lists| lists.iter().any(|l| l == list));
    let (times, entities) = (annotated("times"), annotated("entities"));
    Ok(Gold {
        id,
        text,
        published: file.published,
        quantities: file.quantities,
        times: times.then_some(file.times),
        entities: entities.then_some(file.entities),
        unknown: Vec::new(),
        kinds: None,
    })
}
