//! Gold: `NAME.txt` beside `NAME.gold.json`, in the form of the annotation guideline.

use crate::error::{Error, Result};
use crate::model::EntityType;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One annotated text.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug, Default, Deserialize)]
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

/// One annotated fact; its numbers are indices into [`Gold::quantities`].
#[derive(Clone, Debug, Deserialize)]
pub struct GoldFact {
    /// Whose metric it is.
    #[serde(default)]
    pub subject: Option<String>,
    /// What is counted or measured.
    #[serde(default)]
    pub metric: Option<String>,
    /// How much.
    #[serde(default)]
    pub value: Option<usize>,
    /// When it holds, as in TIMEX3.
    #[serde(default)]
    pub period: Option<String>,
    /// How it changed.
    #[serde(default)]
    pub change: Option<GoldChange>,
    /// How sure it is; where it is not said, it is so.
    #[serde(default)]
    pub status: Option<String>,
    /// Who says so.
    #[serde(default)]
    pub source: Option<String>,
}

/// How an annotated metric changed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct GoldChange {
    /// Which way.
    #[serde(default)]
    pub direction: Option<String>,
    /// By how much.
    #[serde(default)]
    pub by: Option<usize>,
    /// The earlier value.
    #[serde(default)]
    pub from: Option<usize>,
    /// The period compared with, as in TIMEX3.
    #[serde(default)]
    pub versus: Option<String>,
}

impl GoldFact {
    /// The places of its numbers among the quantities, the one that carries it first.
    fn numbers(&self) -> impl Iterator<Item = usize> {
        let change = self.change.as_ref();
        [self.value, change.and_then(|c| c.by), change.and_then(|c| c.from)].into_iter().flatten()
    }
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
    #[serde(default)]
    facts: Option<Vec<GoldFact>>,
    /// The lists that were annotated; all, where it is not said.
    #[serde(default)]
    annotated: Option<Vec<String>>,
}

/// All gold below some folders, in byte order of the paths; a file is one `NAME.gold.json`, or JSON lines of names.
///
/// # Errors
/// A folder without gold, a file that is none, a mention whose text is not at its offsets, a fact of a number that is
/// not there.
pub fn read_gold(folders: &[PathBuf]) -> Result<Vec<Gold>> {
    let mut all = Vec::new();
    for folder in folders {
        if folder.is_file() && folder.to_string_lossy().ends_with(".gold.json") {
            all.push(read(folder)?);
            continue;
        }
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
        facts: None,
        id: e.id,
        file: String::new(),
        text: e.text,
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
            times: None,
            entities: None,
            facts: Some(apart.facts),
            unknown: Vec::new(),
            kinds: None,
        });
    }
    Ok(all)
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
    let of_text = path.with_file_name(format!("{id}.txt"));
    let text = load(&of_text)?;
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
    if let Some(lost) = file.facts.iter().flatten().flat_map(GoldFact::numbers).find(|i| *i >= file.quantities.len()) {
        return Err(Error::at(&place, format!("a fact names quantity {lost}, which is not there")));
    }
    let annotated = |list: &str| file.annotated.as_ref().is_none_or(|lists| lists.iter().any(|l| l == list));
    let (times, entities, facts) = (annotated("times"), annotated("entities"), annotated("facts"));
    Ok(Gold {
        id,
        file: of_text.display().to_string(),
        text,
        published: file.published,
        quantities: file.quantities,
        times: times.then_some(file.times),
        entities: entities.then_some(file.entities),
        // A file that does not have the list at all says nothing about it.
        facts: file.facts.filter(|_| facts),
        unknown: Vec::new(),
        kinds: None,
    })
}
