//! Bytes → documents: files, folders, archives and standard input, in any of the [`FORMATS`] and encodings.
//!
//! An input is unpacked as it is read (`unpack`: compression, tar, zip), its format is found by suffix and content
//! (`format`), and that format's reader gives one [`Document`] after the other, or an error in its place. Nothing is
//! held but what is in hand, and nothing is written to disk.

mod csv;
mod decode;
mod elements;
mod fields;
mod format;
mod html;
mod inputs;
mod json;
mod jsonl;
mod limits;
mod markup;
mod mediawiki;
mod newsml;
mod ninjs;
mod nitf;
mod page;
mod parquet;
mod published;
mod raw;
#[cfg(feature = "parquet")]
mod rows;
mod source;
mod tar;
mod text;
mod unpack;
mod warc;
mod wikitext;
mod xml;
mod zip;

pub use decode::decode;
pub use fields::Fields;
pub use format::{FORMATS, Format};
pub use inputs::paths_of;
pub use limits::Limits;
pub use published::civil;
pub use raw::Raw;
#[cfg(feature = "parquet")]
pub use rows::rows;

use crate::error::{Error, Result};
use crate::model::Document;
use crate::place::Place;
use format::Reader;
use inputs::{Input, is_wanted, name_of, unreadable};
use limits::{Budget, Counted};
use source::{Source, peeked};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use unpack::Archive;

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The format of all documents, whatever suffix and content tell.
    pub format: Option<&'static Format>,
    /// The names of the fields of records.
    pub fields: Fields,
    /// Published then, where an input does not say.
    pub published: Option<String>,
    /// Where civil time is that of the readers, for times with a zone.
    pub zone: String,
    /// Longer documents, in bytes, are rejects; they are read past, never held.
    pub max_document: u64,
    /// What archives may unpack to.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            fields: Fields::default(),
            published: None,
            zone: "Europe/Berlin".to_owned(),
            max_document: 16 << 20,
            limits: Limits::default(),
        }
    }
}

/// All documents of some paths, in order. What cannot be read comes as an error in its place, and the rest goes on.
pub struct Documents {
    options: Arc<Options>,
    inputs: Vec<Result<Input>>,
    /// How many inputs were begun.
    begun: usize,
    levels: Vec<Level>,
    progress: Arc<Progress>,
}

/// What is being read: archives in each other, and the reader of the document's file on top.
enum Level {
    Archive { members: Box<dyn Archive>, place: Place, depth: u32, budget: Arc<Budget> },
    Reader(Box<dyn Reader>),
}

/// How far reading has come, in bytes of the inputs as they are on disk.
#[derive(Debug, Default)]
pub struct Progress {
    total: u64,
    read: Arc<AtomicU64>,
}

impl Progress {
    /// The size of all inputs; standard input is not in it.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many of them were read.
    pub fn read(&self) -> u64 {
        // The directory of a zip file is read as well as its members.
        self.read.load(Ordering::Relaxed).min(self.total)
    }
}

impl Documents {
    /// Reads paths: files, folders with all that is in them, patterns such as `2014-*.zip`, `-` for standard input.
    ///
    /// # Errors
    /// A path that does not exist, an unknown zone; before anything is read.
    pub fn open(paths: &[PathBuf], options: Options) -> Result<Self> {
        published::check_zone(&options.zone)?;
        let mut inputs = Vec::new();
        for path in paths {
            inputs::of_path(path, &mut inputs)?;
        }
        let total = inputs.iter().flatten().map(|i| i.len).sum();
        let progress = Arc::new(Progress { total, read: Arc::default() });
        let options = Arc::new(options);
        Ok(Self { options, inputs, begun: 0, levels: Vec::new(), progress })
    }

    /// The files to be read, in order; `-` for standard input.
    pub fn inputs(&self) -> impl Iterator<Item = &Path> {
        self.inputs.iter().flatten().map(|i| i.path.as_deref().unwrap_or(Path::new("-")))
    }

    /// How far reading has come; may be asked while another thread reads.
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    /// The same documents with their text still to be made, where that takes work: for many threads.
    pub fn raw(mut self) -> impl Iterator<Item = Result<Raw>> + Send {
        std::iter::from_fn(move || self.item())
    }

    /// The next document or reject.
    fn item(&mut self) -> Option<Result<Raw>> {
        loop {
            let source = match self.levels.last_mut() {
                None => {
                    let input = self.inputs.get_mut(self.begun)?;
                    self.begun += 1;
                    match std::mem::replace(input, Err(Error::new(""))) {
                        Ok(input) => self.source(input),
                        Err(e) => Err(e),
                    }
                }
                Some(Level::Reader(reader)) => match reader.next(&self.options) {
                    Some(item) => return Some(item),
                    None => {
                        self.levels.pop();
                        continue;
                    }
                },
                Some(Level::Archive { members, place, depth, budget }) => match members.next() {
                    None => {
                        self.levels.pop();
                        continue;
                    }
                    Some(Err((path, _))) if path.as_deref().is_some_and(|p| !is_wanted(p)) => continue,
                    Some(Err((path, e))) => {
                        let place = path.map_or_else(|| place.clone(), |p| member_of(place, &p));
                        Err(e.within(place))
                    }
                    Some(Ok(member)) if !is_wanted(&member.path) => continue,
                    Some(Ok(member)) => {
                        let path = member.path.trim_start_matches("./").to_owned();
                        let place = member_of(place, &path);
                        let whole = place.member.as_deref().unwrap_or(&path);
                        let source = Source {
                            name: name_of(whole),
                            path,
                            bytes: Box::new(io::empty()),
                            head: Vec::new(),
                            file: None,
                            encoding: None,
                            depth: *depth,
                            budget: Arc::clone(budget),
                            place,
                        };
                        source.with(member.bytes)
                    }
                },
            };
            match source.and_then(|s| level(s, &self.options)) {
                Ok(None) => {}
                Ok(Some(level)) => self.levels.push(level),
                Err(e) => return Some(Err(e)),
            }
        }
    }

    /// Opens an input.
    fn source(&self, input: Input) -> Result<Source> {
        let place = input.path.as_ref().map_or_else(|| Place::from("-"), |p| Place::from(&p.display().to_string()));
        let (reader, file): (Box<dyn Read + Send>, _) = match &input.path {
            None => (Box::new(io::stdin()), None),
            Some(path) => {
                let file = File::open(path).map_err(|e| unreadable(path, &e))?;
                (Box::new(file.try_clone().map_err(|e| unreadable(path, &e))?), Some(file))
            }
        };
        let counted = Box::new(Counted::new(reader, Arc::clone(&self.progress.read)));
        let (head, bytes) = peeked(counted, 128 << 10).map_err(|e| Error::reading(&e).within(place.clone()))?;
        let path = input.path.map(|p| p.to_string_lossy().replace('\\', "/")).unwrap_or_default();
        let budget = Budget::new(self.options.limits.clone(), Arc::clone(&self.progress.read));
        Ok(Source { place, path, name: input.name, bytes, head, file, encoding: None, depth: 0, budget })
    }
}

/// The document of a record that came from elsewhere than a file: a JSON object with the fields that `options` names.
/// `id` is its id where it names none.
///
/// ```
/// use kennzahl::read::{Options, record};
/// let options = std::sync::Arc::new(Options::default());
/// let fields = |text: &str| [("text".to_owned(), text.into())].into_iter().collect();
/// assert_eq!(record(fields("5 Euro"), "items".into(), "7", &options).unwrap().id, "7");
/// assert_eq!(record(fields(""), "items".into(), "8", &options).unwrap_err().to_string(), "items: a document without text");
/// ```
///
/// # Errors
/// No text or one that is too long, a publication time that is none, a field that is neither string nor number.
pub fn record(
    record: serde_json::Map<String, serde_json::Value>,
    place: Place,
    id: &str,
    options: &Options,
) -> Result<Document> {
    let draft = fields::Draft::of_record(record, &options.fields).map_err(|e| e.within(place.clone()))?;
    if draft.text.len() as u64 > options.max_document {
        return Err(source::too_long(place, options.max_document));
    }
    draft.document(place, |_| id.to_owned(), options)
}

/// What is to be read of a source; nothing where standard input is empty and nothing says what it should be.
fn level(source: Source, options: &Options) -> Result<Option<Level>> {
    let mut source = unpack::unpack(source)?;
    if let Some(container) = unpack::container(&source) {
        unpack::deeper(&mut source)?;
        let members = (container.open)(&mut source)?;
        let Source { place, depth, budget, .. } = source;
        return Ok(Some(Level::Archive { members, place, depth, budget }));
    }
    let (source, format) = decode::converted_for(source, options);
    let nothing_said = &*source.place.source == "-" && source.place.member.is_none() && options.format.is_none();
    if nothing_said && source.head.trim_ascii().is_empty() {
        return Ok(None);
    }
    (format.open)(source, options).map(|reader| Some(Level::Reader(reader)))
}

/// The place of a member of an archive, which may be a member itself.
fn member_of(archive: &Place, path: &str) -> Place {
    let member = match &archive.member {
        Some(outer) => format!("{outer}/{path}").into(),
        None => path.into(),
    };
    Place { member: Some(member), ..archive.clone() }
}

impl Iterator for Documents {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        self.item().map(|item| item.and_then(Raw::document))
    }
}
