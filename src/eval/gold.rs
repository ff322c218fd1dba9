//! Gold: `NAME.txt` beside `NAME.gold.json`, in the form of the annotation guideline.

use crate::error::{Error, Result};
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
    /// The lists that were annotated; all, where it is not said.
    #[serde(default)]
    annotated: Option<Vec<String>>,
}

/// All gold below some folders, in byte order of the paths.
///
/// # Errors
/// A folder without gold, a file that is none, a mention whose text is not at its offsets.
pub fn read_gold(folders: &[PathBuf]) -> Result<Vec<Gold>> {
    let mut all = Vec::new();
    for folder in folders {
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
    for (start, end, surface) in quantities.chain(file.times.iter().map(|t| (t.start, t.end, &t.text))) {
        let covered: Option<String> = chars.get(start..end).map(|c| c.iter().collect());
        if covered.is_none() || surface.as_ref().is_some_and(|t| Some(t) != covered.as_ref()) {
            return Err(Error::at(&place, format!("{surface:?} is not at {start}..{end}")));
        }
    }
    let annotated = file.annotated.is_none_or(|lists| lists.iter().any(|l| l == "times"));
    Ok(Gold {
        id,
        text,
        published: file.published,
        quantities: file.quantities,
        times: annotated.then_some(file.times),
    })
}
