//! Options that say what is read and how.

use clap::Args;
use clap::builder::PossibleValuesParser;
use kennzahl::read::{Documents, FORMATS, Fields, Format, Limits, Options, civil, paths_of};
use kennzahl::{Error, Memory};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, Args, Serialize, Deserialize)]
pub(super) struct Input {
    /// Files, folders with all below them, archives, patterns in quotes, or - for standard input
    #[arg(required_unless_present = "files_from", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Read the paths in this file too, one a line or ended by zero bytes; - for standard input
    #[arg(long, value_name = "FILE")]
    #[serde(skip)]
    pub(super) files_from: Option<PathBuf>,
    /// Format of the input, where suffix and content do not tell
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.map(|f| f.name)))]
    pub(super) from: Option<String>,
    /// Publication date of documents that name none: 2026-01-28 or 2026-01-28T22:17
    #[arg(long, value_name = "DATE")]
    pub(super) published: Option<String>,
    /// Zone into which publication times with an offset are converted
    #[arg(long, value_name = "ZONE", default_value = "Europe/Berlin")]
    pub(super) zone: String,
    /// Field of JSON, column of CSV or Parquet that holds the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(super) text_field: String,
    /// … the id
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub(super) id_field: String,
    /// … the publication date
    #[arg(long, value_name = "NAME", default_value = "published")]
    pub(super) published_field: String,
    /// … the headline
    #[arg(long, value_name = "NAME", default_value = "title")]
    pub(super) title_field: String,
    /// … who published it
    #[arg(long, value_name = "NAME", default_value = "source")]
    pub(super) source_field: String,
    /// … the language
    #[arg(long, value_name = "NAME", default_value = "lang")]
    pub(super) lang_field: String,
    /// … a number or time that is higher in the newer of two documents of one id
    #[arg(long, value_name = "NAME", default_value = "version")]
    pub(super) version_field: String,
    /// … usable, withheld or canceled
    #[arg(long, value_name = "NAME", default_value = "status")]
    pub(super) status_field: String,
    /// Carry this field through into the document record; may be repeated, * for all others
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) carry: Vec<String>,
    /// Memory that the run may take, 128MB at least; K, M and G are understood
    #[arg(long, value_name = "SIZE", default_value = "512MB", value_parser = memory)]
    pub(super) memory: u64,
    /// Longer documents, in bytes, are rejects, and those longer than a 64th of --memory; K, M and G are understood
    #[arg(long, value_name = "BYTES", default_value = "16M", value_parser = document_size)]
    pub(super) max_document: u64,
    /// So much one input may unpack to; K, M, G and T are understood
    #[arg(long, value_name = "BYTES", default_value = "1T", value_parser = size)]
    pub(super) max_unpacked: u64,
    /// So many times its size a compressed file may unpack to
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) max_ratio: u64,
}

impl Input {
    /// With the paths of the list among the others.
    pub(super) fn listed(mut self) -> Result<Self, Error> {
        if let Some(list) = self.files_from.take() {
            let more = listed(&list, &self.paths)?;
            self.paths.extend(more);
        }
        Ok(self)
    }

    /// What the run may take.
    pub(super) fn budget(&self) -> Memory {
        // A manifest may say less than the command line lets through.
        Memory::new(self.memory).unwrap_or_default()
    }

    /// All documents of the paths.
    pub(super) fn documents(self) -> Result<Documents, Error> {
        let memory = self.budget();
        let options = Options {
            format: self.from.as_deref().and_then(Format::named),
            fields: Fields {
                text: self.text_field,
                id: self.id_field,
                published: self.published_field,
                title: self.title_field,
                source: self.source_field,
                lang: self.lang_field,
                version: self.version_field,
                status: self.status_field,
                carry: self.carry,
            },
            published: self.published.map(|p| civil(&p, &self.zone)).transpose()?,
            zone: self.zone,
            max_document: self.max_document.min(memory.text()),
            limits: Limits {
                total: self.max_unpacked,
                ratio: self.max_ratio,
                window: memory.window(),
                held: memory.held(),
                ..Limits::default()
            },
        };
        Documents::open(&self.paths, options)
    }
}

fn listed(list: &Path, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let name = list.display().to_string();
    let failed = |e: std::io::Error| Error::at(&name, e.to_string());
    if list.as_os_str() != "-" {
        return File::open(list).and_then(paths_of).map_err(failed);
    }
    if paths.iter().any(|p| p.as_os_str() == "-") {
        return Err(Error::new("standard input is either a list of paths or a document; give one of the two a file"));
    }
    paths_of(std::io::stdin()).map_err(failed)
}

/// A size that a document may have.
fn document_size(text: &str) -> Result<u64, String> {
    size(text)
        .ok()
        .filter(|n| *n < u64::from(u32::MAX))
        .ok_or_else(|| "must be a number under 4G, with K, M or G behind it if you like".to_owned())
}

/// What a run can do with.
fn memory(text: &str) -> Result<u64, String> {
    let bytes = size(text)?;
    let least = Memory::LEAST;
    Memory::new(bytes).map(Memory::bytes).ok_or_else(|| format!("too little for a run: the least is {}MB", least >> 20))
}

/// A size in bytes: 16M, 16MB, 500K, 1G, 123.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let text = text.strip_suffix(['b', 'B']).unwrap_or(text);
    let (digits, factor) = match text.char_indices().last() {
        Some((i, 'k' | 'K')) => (&text[..i], 1u64 << 10),
        Some((i, 'm' | 'M')) => (&text[..i], 1 << 20),
        Some((i, 'g' | 'G')) => (&text[..i], 1 << 30),
        Some((i, 't' | 'T')) => (&text[..i], 1 << 40),
        _ => (text, 1),
    };
    let n: Option<u64> = digits.parse().ok();
    n.and_then(|n| n.checked_mul(factor))
        .ok_or_else(|| "write a number, with K, M, G or T behind it if you like".to_owned())
}
