//! Which files are gold, and of which format.

use super::lines::{self, File};
use super::{Gold, brat, conll, label_studio, webanno};
use crate::error::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A format that gold is read from and written in.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// `NAME.txt` beside `NAME.gold.json`: everything.
    Own,
    /// A document a line: everything.
    Jsonl,
    /// `NAME.txt` beside `NAME.ann`: mentions with all fields.
    Brat,
    /// CoNLL-U Plus with BIO, a word a line: spans and types.
    Conll,
    /// WebAnno TSV 3, a word a line: mentions with all fields.
    Webanno,
    /// Tasks of Label Studio as JSON: mentions with all fields.
    LabelStudio,
}

impl Format {
    /// Whether it is one file for all documents, not files in a folder.
    pub fn is_one_file(self) -> bool {
        matches!(self, Self::Jsonl | Self::Conll | Self::LabelStudio)
    }

    /// What of these documents it cannot hold.
    pub fn lost(self, all: &[Gold]) -> Vec<String> {
        let count = |f: &dyn Fn(&Gold) -> usize| all.iter().map(f).sum::<usize>();
        let facts = count(&|g| g.facts.as_ref().map_or(0, Vec::len));
        let mut lost = Vec::new();
        if facts > 0 && !matches!(self, Self::Own | Self::Jsonl) {
            lost.push(format!("{facts} facts"));
        }
        if self == Self::Conll {
            let mentions =
                count(&|g| g.quantities.len() + g.times.iter().flatten().count() + g.entities.iter().flatten().count());
            lost.push(format!("values, units, names and all other fields of {mentions} mentions"));
        }
        lost
    }
}

/// All gold of some folders and files, in byte order of the paths in a folder: in the project's own format, JSON lines,
/// brat standoff, CoNLL, WebAnno TSV 3, Label Studio's JSON; and names as JSON lines.
///
/// A folder that has `NAME.gold.json` anywhere is read as such alone.
///
/// # Errors
/// A folder without gold, a file that is none, a mention whose text is not at its offsets, a fact of a number that is
/// not there.
pub fn read_gold(paths: &[PathBuf]) -> Result<Vec<Gold>> {
    let mut all = Vec::new();
    for path in paths {
        if path.is_file() {
            all.extend(read_file(path)?);
            continue;
        }
        let mut files = Vec::new();
        list(path, &mut files)?;
        files.sort();
        let own = |p: &PathBuf| p.to_string_lossy().ends_with(".gold.json");
        if files.iter().any(own) {
            files.retain(own);
        }
        if files.is_empty() {
            let what = "no NAME.gold.json here or below, nor gold in another format: .ann, .conll, .tsv, .jsonl, .json";
            return Err(Error::at(path.display().to_string(), what));
        }
        for file in files {
            all.extend(read_file(&file)?);
        }
    }
    Ok(all)
}

/// Files whose name says that they are gold. Text stands beside it, and other tables are none of ours.
fn list(folder: &Path, out: &mut Vec<PathBuf>) -> Result<()> {
    let failed = |e: std::io::Error| Error::at(folder.display().to_string(), e.to_string());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let suffix = path.extension().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let known = matches!(suffix.as_str(), "ann" | "conll" | "conllup" | "bio" | "iob" | "json" | "jsonl" | "tsv");
        let note = path.file_name().is_some_and(|n| n == PUBLISHED);
        if path.is_dir() {
            list(&path, out)?;
        } else if known && !note {
            out.push(path);
        }
    }
    Ok(())
}

fn read_file(path: &Path) -> Result<Vec<Gold>> {
    let place = path.display().to_string();
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let suffix = name.rsplit_once('.').map_or("", |(_, suffix)| suffix);
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
    if let Some(id) = name.strip_suffix(".gold.json") {
        let file: File = serde_json::from_str(&load(path)?).map_err(|e| Error::at(&place, e.to_string()))?;
        let of_text = path.with_file_name(format!("{id}.txt"));
        let gold = file.gold(id.to_owned(), load(&of_text)?).checked(&place)?;
        return Ok(vec![Gold { file: of_text.display().to_string(), ..gold }]);
    }
    let of_text = path.with_file_name(format!("{stem}.txt"));
    let file = of_text.display().to_string();
    match suffix {
        "ann" => {
            let day = published(path, &stem)?;
            let gold = brat::read(stem, load(&of_text)?, day, &load(path)?, &place)?;
            Ok(vec![Gold { file, ..gold }])
        }
        "tsv" => {
            let tsv = load(path)?;
            if !tsv.starts_with(webanno::HEAD) {
                return Err(Error::at(place, format!("the first line of WebAnno TSV 3 is '{}.3'", webanno::HEAD)));
            }
            let day = published(path, &stem)?;
            let there = of_text.is_file();
            let text = there.then(|| load(&of_text)).transpose()?;
            let gold = webanno::read(stem, text, day, &tsv, &place)?;
            Ok(vec![Gold { file: if there { file } else { place }, ..gold }])
        }
        "json" => label_studio::read(&load(path)?, &place),
        "conll" | "conllup" | "bio" | "iob" => conll::read(&stem, &load(path)?, &place),
        _ => lines::read(path),
    }
}

/// What names the day of publication of the documents of a folder: `NAME<TAB>2026-01-28`.
const PUBLISHED: &str = "published.tsv";

fn published(path: &Path, name: &str) -> Result<Option<String>> {
    let table = path.with_file_name(PUBLISHED);
    if !table.is_file() {
        return Ok(None);
    }
    let days = load(&table)?;
    let day = days.lines().filter_map(|l| l.split_once('\t')).find(|(n, _)| *n == name);
    Ok(day.map(|(_, day)| day.to_owned()))
}

fn load(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|e| Error::at(path.display().to_string(), e.to_string()))
}

/// The files that gold makes in a format, by their paths below the output; a format of one file has an empty path.
///
/// # Errors
/// Two documents would be one file.
pub fn write_gold(all: &[Gold], format: Format) -> Result<BTreeMap<PathBuf, String>> {
    let mut files = BTreeMap::new();
    let one = match format {
        Format::Jsonl => Some(all.iter().map(lines::write).collect::<Result<String>>()?),
        Format::Conll => Some(conll::write(all)),
        Format::LabelStudio => Some(label_studio::write(all)),
        Format::Own | Format::Brat | Format::Webanno => None,
    };
    if let Some(one) = one {
        files.insert(PathBuf::new(), one);
        return Ok(files);
    }
    let mut seen = BTreeSet::new();
    let mut days = String::new();
    for gold in all {
        let name = file_name(&gold.id);
        if !seen.insert(name.clone()) {
            return Err(Error::new(format!("two documents would be written to {name}: give them different ids")));
        }
        let (suffix, content) = match format {
            Format::Brat => ("ann", brat::write(gold)),
            Format::Webanno => ("tsv", webanno::write(gold)),
            _ => {
                let json = serde_json::to_string_pretty(&File::of(gold));
                ("gold.json", json.map_err(|e| Error::new(format!("{}: {e}", gold.id)))? + "\n")
            }
        };
        files.insert(PathBuf::from(format!("{name}.{suffix}")), content);
        files.insert(PathBuf::from(format!("{name}.txt")), gold.text.clone());
        if let Some(day) = gold.published.as_ref().filter(|_| format != Format::Own) {
            days.push_str(&format!("{name}\t{day}\n"));
        }
    }
    if !days.is_empty() {
        files.insert(PathBuf::from(PUBLISHED), days);
    }
    Ok(files)
}

/// An id as the name of a file in one folder.
fn file_name(id: &str) -> String {
    let plain = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    let name: String = id.chars().map(plain).collect();
    if name.starts_with('.') || name.is_empty() { format!("_{name}") } else { name }
}
