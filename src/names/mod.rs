//! Tokens → names: people, organisations, places, products and stock indices.
//!
//! | file | what |
//! | --- | --- |
//! | `build` | lists of names → the prepared table |
//! | `class` | the lists that a word may stand in |
//! | `table` | the prepared table, looked up in place |
//! | `word` | what a single word says of itself, once for each distinct word |
//! | `marks` | what is asked of it most, as bits |
//! | `scene` | a document: phrases, what may be a name, what stands around it |
//! | `features` | what the tagger looks at |
//! | `model` | the learned weights |
//! | `tagger` | the best labels of a sentence |
//! | `pattern` | *der Autobauer X*, *X AG*: what outranks the tagger |
//! | `find` | evidence joined: tagger, lists, document |
//! | `tie` | mentions of one thing: coreference, citation form, role |
//! | [`examples`] | annotated texts, to learn from and to score against |
//! | [`train`] | learning |
//!
//! Lists and weights are made ahead and used as they stand in their files, so that starting costs nothing.

mod build;
mod class;
pub mod examples;
mod features;
mod find;
mod marks;
mod model;
mod pattern;
mod scene;
mod table;
mod tagger;
mod tie;
pub mod train;
mod word;

use crate::error::{Error, Result};
use crate::german;
use crate::model::{Entity, Sentence, Thing, Token};
use crate::pack;
use crate::tag::Seen;
use model::Model;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use table::Table;
pub(crate) use table::hash as word_hash;

/// The lists of names and the weights of the tagger.
#[derive(Clone, Debug)]
pub struct Names {
    table: Table,
    /// The names of a user's packs, which win over all others.
    user: Option<Table>,
    model: Model,
}

impl Default for Names {
    /// The built-in ones. Where a file is damaged, nothing is listed or nothing is learned.
    fn default() -> Self {
        Self {
            table: Table::new(Cow::Borrowed(german::names())).unwrap_or_else(Table::empty),
            user: None,
            model: Model::new(Cow::Borrowed(german::tagger())).unwrap_or_else(Model::empty),
        }
    }
}

impl Names {
    /// With another table: what [`prepare`] made.
    ///
    /// # Errors
    /// The bytes are no such table.
    pub fn with_table(self, table: Vec<u8>) -> Result<Self> {
        let table = Table::new(table.into()).ok_or_else(|| Error::new("this is no table of names"))?;
        Ok(Self { table, ..self })
    }

    /// With a user's names, in place of those given before: see [`pack::Pack::merge_names`].
    ///
    /// # Errors
    /// A form that two entries claim, or one too long to be a name; with file and line.
    pub fn with_user(self, names: &[pack::Entry<pack::Name>]) -> Result<Self> {
        let mut builder = build::Builder::default();
        for entry in names {
            builder.user(entry)?;
        }
        let user = if names.is_empty() { None } else { Table::new(builder.write().into()) };
        Ok(Self { user, ..self })
    }

    /// With other weights: the content of a file that [`train::train`] made.
    ///
    /// # Errors
    /// The bytes are no such file.
    pub fn with_weights(self, weights: Vec<u8>) -> Result<Self> {
        let model = Model::new(weights.into()).ok_or_else(|| Error::new("these are no weights of the tagger"))?;
        Ok(Self { model, ..self })
    }
}

/// The content that `src/german/names.bin` should have: the table of all lists in a folder.
///
/// # Errors
/// A file cannot be read, or is no list.
pub fn prepare(folder: &Path) -> Result<Vec<u8>> {
    let failed = |path: &Path, e: std::io::Error| Error::at(path.display().to_string(), e.to_string());
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).map_err(|e| failed(folder, e))?.flatten().map(|e| e.path()).collect();
    paths.sort();
    let mut builder = build::Builder::default();
    // What was written by hand comes first, and counts where a form is listed twice.
    for suffix in ["toml", "tsv"] {
        for path in paths.iter().filter(|p| p.extension().is_some_and(|x| x == suffix)) {
            let text = std::fs::read_to_string(path).map_err(|e| failed(path, e))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match suffix {
                "toml" => builder.toml(&name, &text)?,
                _ => builder.tsv(&name, &text)?,
            }
        }
    }
    Ok(builder.write())
}

/// Buffers that live from document to document.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    scene: scene::Scene,
    found: Vec<find::Found>,
    ties: tie::Ties,
}

/// Finds the names of a document and ties them together; `seen` has looked up its words.
#[expect(clippy::too_many_arguments, reason = "the stage's inputs and its outputs, side by side")]
pub(crate) fn run(
    names: &Names,
    text: &str,
    tokens: &[Token],
    seen: &Seen,
    sentences: &[Sentence],
    scratch: &mut Scratch,
    entities: &mut Vec<Entity>,
    things: &mut Vec<Thing>,
) {
    let Scratch { scene, found, ties } = scratch;
    let user = names.user.as_ref();
    scene.look(text, tokens, seen, sentences, &names.table, user);
    scene.label(sentences, &names.model);
    find::run(scene, text, tokens, sentences, &names.table, user, found);
    tie::run(scene, ties, found, text, tokens, &names.table, user, entities, things);
}

/// The rules of names, in the order in which they are tried.
pub(crate) fn rules() -> &'static [&'static str] {
    find::RULES
}
