//! Bytes → documents: files, folders and standard input; plain text and JSON lines; any encoding.

mod decode;
mod jsonl;
mod published;
mod walk;

pub use decode::decode;
pub use jsonl::Fields;
pub use published::civil;

use crate::error::{Error, Result};
use crate::model::Document;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// The format of an input.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Format {
    /// One document a file.
    Text,
    /// One document a line, as a JSON object.
    Jsonl,
}

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The format where suffix and content do not tell.
    pub format: Option<Format>,
    /// The names of the fields of JSON lines.
    pub fields: Fields,
    /// Published then, where an input does not say.
    pub published: Option<String>,
    /// Where civil time is that of the readers, for times with a zone.
    pub zone: String,
    /// Longer documents, in bytes, are rejects; they are read past, never held.
    pub max_document: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            fields: Fields::default(),
            published: None,
            zone: "Europe/Berlin".to_owned(),
            max_document: 16 << 20,
        }
    }
}

/// All documents of some paths, in order. What cannot be read comes as an error in its place, and the rest goes on.
pub struct Documents {
    options: Options,
    inputs: std::vec::IntoIter<Result<Input>>,
    lines: Option<jsonl::Lines>,
}

/// One thing to read.
#[derive(Debug)]
struct Input {
    path: Option<PathBuf>,
    /// The id of a text file; the name of a source of lines.
    name: String,
    format: Option<Format>,
}

impl Documents {
    /// Reads paths: files, folders with all that is in them, `-` for standard input.
    ///
    /// # Errors
    /// A path that does not exist, an unknown zone; before anything is read.
    pub fn open(paths: &[PathBuf], options: Options) -> Result<Self> {
        published::check_zone(&options.zone)?;
        let mut inputs = Vec::new();
        for path in paths {
            if path.as_os_str() == "-" {
                inputs.push(Ok(Input { path: None, name: "-".to_owned(), format: options.format }));
                continue;
            }
            let kind = std::fs::metadata(path).map_err(|e| at(path, &e))?;
            if kind.is_dir() {
                walk::folder(path, options.format, &mut inputs);
            } else {
                let format = options.format.or_else(|| walk::format_of(path));
                let name = match format {
                    Some(Format::Jsonl) => path.display().to_string(),
                    _ => path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default(),
                };
                inputs.push(Ok(Input { path: Some(path.clone()), name, format }));
            }
        }
        Ok(Self { options, inputs: inputs.into_iter(), lines: None })
    }

    /// Opens the next input; a text is the document.
    fn start(&mut self, input: Input) -> Option<Result<Document>> {
        let place = input.path.as_ref().map_or_else(|| "-".to_owned(), |p| p.display().to_string());
        let reader: Box<dyn Read + Send> = match &input.path {
            None => Box::new(io::stdin()),
            Some(path) => match File::open(path) {
                Ok(file) => Box::new(file),
                Err(e) => return Some(Err(at(path, &e))),
            },
        };
        let mut reader = BufReader::with_capacity(1 << 17, reader);
        let format = match input.format {
            Some(format) => format,
            None => match reader.fill_buf() {
                Ok(head) if head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().starts_with(b"{") => {
                    Format::Jsonl
                }
                Ok(_) => Format::Text,
                Err(e) => return Some(Err(Error::at(place, e.to_string()))),
            },
        };
        match format {
            Format::Jsonl => {
                self.lines = Some(jsonl::Lines::new(Box::new(reader), input.name));
                None
            }
            Format::Text => Some(self.text(reader, input.name, &place)),
        }
    }

    fn text(&self, reader: impl Read, id: String, place: &str) -> Result<Document> {
        let limit = self.options.max_document;
        let mut bytes = Vec::new();
        reader.take(limit + 1).read_to_end(&mut bytes).map_err(|e| Error::at(place, e.to_string()))?;
        if bytes.len() as u64 > limit {
            return Err(too_long(place, limit));
        }
        let (text, encoding) = decode(bytes);
        let published = self.options.published.clone();
        let published_from = published.is_some().then_some("option");
        let place = place.into();
        Ok(Document { id, place, text, encoding, published, published_from, ..Document::default() })
    }
}

impl Iterator for Documents {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                if let Some(item) = lines.next(&self.options) {
                    return Some(item);
                }
                self.lines = None;
            }
            match self.inputs.next()? {
                Err(e) => return Some(Err(e)),
                Ok(input) => {
                    if let Some(item) = self.start(input) {
                        return Some(item);
                    }
                }
            }
        }
    }
}

fn at(path: &Path, e: &io::Error) -> Error {
    Error::at(path.display().to_string(), e.to_string())
}

fn too_long(place: &str, limit: u64) -> Error {
    Error::at(place, format!("longer than {limit} bytes; raise --max-document to read it"))
}
