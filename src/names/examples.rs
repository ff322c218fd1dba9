//! Annotated texts as JSON lines, to learn from and to score against.
//!
//! One object a line, `{"id", "text", "mentions": [{"start", "end", "type"}]}`, offsets in code points; `.gz` is
//! unpacked. The types of three sources are understood:
//!
//! | source | types | taken as |
//! | --- | --- | --- |
//! | names as the guideline asks | `person`, `organization`, `location`, `product`, `index` | the same |
//! | GermEval 2014 | `PER`, `ORG`, `LOC`, `OTH` | person, organization, location, product; a currency is none |
//! | | `…deriv` (*deutsche*) | none |
//! | | `…part` (*SPD-Chef*) | the part before the last hyphen; of a solid compound nothing is known |
//! | SmartData | `person`, `organization…`, `location…` | person, organization, location; an adjective is none |

use crate::error::{Error, Result};
use crate::model::EntityType;
use serde::Deserialize;
use std::path::Path;

/// A text with its names, by bytes.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// What it is called in its file.
    pub id: String,
    /// The text.
    pub text: String,
    /// First byte, one past the last, type.
    pub names: Vec<(usize, usize, EntityType)>,
    /// Stretches of which nothing is known: what is found there counts neither way.
    pub unknown: Vec<(usize, usize)>,
    /// Whether products were annotated as the guideline asks; in GermEval they stand among all other names.
    pub exact: bool,
    /// Where it comes from, as far as the source says: `newswire`, `tweet`.
    pub source: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    #[serde(default)]
    source: Option<String>,
    mentions: Vec<Mention>,
}

#[derive(Deserialize)]
struct Mention {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// The text of a file, unpacked.
///
/// # Errors
/// It cannot be read.
pub fn load(path: &Path) -> Result<String> {
    use std::io::Read as _;
    let failed = |e: std::io::Error| Error::at(path.display().to_string(), e.to_string());
    let mut text = String::new();
    let mut file = std::fs::File::open(path).map_err(failed)?;
    match path.extension().is_some_and(|x| x == "gz") {
        true => flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).map_err(failed)?,
        false => file.read_to_string(&mut text).map_err(failed)?,
    };
    Ok(text)
}

/// Reads a file.
///
/// # Errors
/// It cannot be read, a line is no such object, or an offset lies outside its text.
pub fn read(path: &Path) -> Result<Vec<Example>> {
    let text = load(path)?;
    let mut all = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let place = || format!("{}:{}", path.display(), n + 1);
        let line: Line = serde_json::from_str(line).map_err(|e| Error::at(place(), e.to_string()))?;
        all.push(example(line).ok_or_else(|| Error::at(place(), "a mention lies outside the text"))?);
    }
    Ok(all)
}

fn example(line: Line) -> Option<Example> {
    let mut at: Vec<usize> = line.text.char_indices().map(|(i, _)| i).collect();
    at.push(line.text.len());
    let mut e = Example { id: line.id, exact: true, source: line.source, ..Example::default() };
    for m in &line.mentions {
        let (start, end) = (*at.get(m.start)?, *at.get(m.end)?);
        let surface = line.text.get(start..end)?;
        let behind = &line.text[end..];
        match m.kind.as_str() {
            kind if kind.len() >= 3 && kind[..3].bytes().all(|b| b.is_ascii_uppercase()) => {
                e.exact = false;
                germeval(&mut e, kind, surface, start, end);
            }
            "person" => e.names.push((start, end, EntityType::Person)),
            "product" => e.names.push((start, end, EntityType::Product)),
            "index" => e.names.push((start, end, EntityType::Index)),
            kind if kind.starts_with("organization") => e.names.push((start, end, EntityType::Organization)),
            kind if kind.starts_with("location") && !adjective(surface, behind) => {
                e.names.push((start, end, EntityType::Location));
            }
            _ => {}
        }
    }
    e.text = line.text;
    Some(e)
}

fn germeval(e: &mut Example, kind: &str, surface: &str, start: usize, end: usize) {
    const CURRENCIES: [&str; 11] =
        ["Euro", "Dollar", "Mark", "Franken", "Pfund", "Yen", "Schilling", "Kronen", "Rubel", "Gulden", "DM"];
    let name = match &kind[..3] {
        "PER" => EntityType::Person,
        "LOC" => EntityType::Location,
        "ORG" => EntityType::Organization,
        _ => EntityType::Product,
    };
    match &kind[3..] {
        "deriv" => e.unknown.push((start, end)),
        "part" => {
            e.unknown.push((start, end));
            if let Some(hyphen) = surface.rfind('-') {
                e.names.push((start, start + hyphen, name));
            }
        }
        _ if name == EntityType::Product && CURRENCIES.iter().any(|c| surface.ends_with(c)) => {
            e.unknown.push((start, end));
        }
        _ => e.names.push((start, end, name)),
    }
}

/// *deutsche*, *Berliner* in front of a noun: SmartData takes them for places.
fn adjective(surface: &str, behind: &str) -> bool {
    let noun = behind.strip_prefix(' ').is_some_and(|b| b.starts_with(char::is_uppercase));
    surface.starts_with(char::is_lowercase) || surface.ends_with("er") && noun
}
