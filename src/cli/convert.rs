//! `kennzahl convert`

use super::args::Convert;
use super::say::{Level, message, reject};
use super::{DONE, write_whole};
use kennzahl::Error;
use kennzahl::gold::{Format, Gold, from_records, read_gold, write_gold};
use kennzahl::read::{Documents, Options};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub(super) fn run(a: &Convert) -> Result<u8, Error> {
    let format = format(a)?;
    let mut all = Vec::new();
    let mut texts = Texts { paths: &a.text, read: None };
    for path in &a.input {
        all.extend(match records(path)? {
            Some(lines) => texts.gold(&lines, path)?,
            None => read_gold(std::slice::from_ref(path))?,
        });
    }
    let failed = |path: &Path, e: std::io::Error| Error::at(path.display().to_string(), e.to_string());
    let folder = if format.is_one_file() { a.output.parent().unwrap_or(Path::new("")) } else { &a.output };
    // All is made before anything is written.
    let files = write_gold(&all, format)?;
    if !folder.as_os_str().is_empty() {
        std::fs::create_dir_all(folder).map_err(|e| failed(folder, e))?;
    }
    for (name, content) in &files {
        let path = if format.is_one_file() { a.output.clone() } else { a.output.join(name) };
        write_whole(&path, content)?;
    }
    for lost in format.lost(&all) {
        message(Level::Info, "lost", &format!("not in {}: {lost}", a.output.display()), &());
    }
    Ok(DONE)
}

fn format(a: &Convert) -> Result<Format, Error> {
    let suffix = a.output.extension().and_then(|s| s.to_str());
    let of_suffix = match suffix {
        Some("jsonl") => Some(Format::Jsonl),
        Some("conll" | "conllup") => Some(Format::Conll),
        Some("json") => Some(Format::LabelStudio),
        _ => None,
    };
    let advice = "say the format with --to: own, jsonl, brat, conll, webanno or label-studio";
    a.to.or(of_suffix).ok_or_else(|| Error::at(a.output.display().to_string(), advice))
}

/// The content of a file of records; none for any other path.
fn records(path: &Path) -> Result<Option<String>, Error> {
    let name = path.to_string_lossy();
    if !path.is_file() || !(name.ends_with(".jsonl") || name.ends_with(".jsonl.gz")) {
        return Ok(None);
    }
    let lines = kennzahl::names::examples::load(path)?;
    let first = lines.lines().next().and_then(|l| serde_json::from_str::<serde_json::Value>(l).ok());
    let known = first.is_some_and(|v| v.get("kind").is_some() && v.get("doc").is_some());
    Ok(known.then_some(lines))
}

/// The texts of records by their ids, read when the first is asked for.
struct Texts<'a> {
    paths: &'a [PathBuf],
    read: Option<BTreeMap<String, String>>,
}

impl Texts<'_> {
    fn gold(&mut self, lines: &str, path: &Path) -> Result<Vec<Gold>, Error> {
        let texts = match &mut self.read {
            Some(texts) => texts,
            None => {
                let mut texts = BTreeMap::new();
                for document in Documents::open(self.paths, Options::default())? {
                    match document {
                        Ok(d) => {
                            texts.insert(d.id, d.text);
                        }
                        // Whoever needs it says so below.
                        Err(e) => reject(&e),
                    }
                }
                self.read.insert(texts)
            }
        };
        from_records(lines, &path.display().to_string(), &mut |id| texts.get(id).cloned())
    }
}
