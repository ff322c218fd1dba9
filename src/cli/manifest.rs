//! What a run was made of and came to, in a file beside its output.

use super::args::Extract;
use kennzahl::batch::{KINDS, Summary};
use kennzahl::sink::Target;
use kennzahl::{Error, emit, german};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{File, Metadata};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of the program.
    pub(super) kennzahl: String,
    pub(super) schema_version: String,
    /// The hash of the words that are built in.
    pub(super) built_in: String,
    /// What was asked for.
    pub(super) options: Extract,
    pub(super) output: Output,
    pub(super) packs: Vec<Hashed>,
    pub(super) inputs: Vec<Hashed>,
    pub(super) counts: Counts,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Output {
    pub(super) format: String,
    /// None for a database on a server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<PathBuf>,
}

/// A file and the hash of what was in it.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct Hashed {
    pub(super) path: PathBuf,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sha256: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Counts {
    pub(super) documents: u64,
    pub(super) superseded: u64,
    pub(super) text_bytes: u64,
    /// By kind.
    pub(super) records: BTreeMap<String, u64>,
    /// By reason.
    pub(super) rejects: BTreeMap<String, u64>,
}

impl Counts {
    pub(super) fn of(summary: &Summary) -> Self {
        let records = KINDS.iter().zip(summary.records).map(|(kind, n)| ((*kind).to_owned(), n));
        Self {
            documents: summary.documents,
            superseded: summary.superseded,
            text_bytes: summary.text_bytes,
            records: records.filter(|(_, n)| *n > 0).collect(),
            rejects: summary.rejects.clone(),
        }
    }
}

/// Where the manifest of a run goes; nowhere where it was not asked for and there is no file to be beside.
pub(super) fn place(a: &Extract, target: Option<&Target>) -> Option<PathBuf> {
    if a.no_manifest || a.manifest.is_some() {
        return a.manifest.clone();
    }
    let path = target?.path()?;
    if path.to_string_lossy().ends_with(['/', '\\']) || path.is_dir() {
        return Some(path.join("manifest.json"));
    }
    Some(PathBuf::from(format!("{}.manifest.json", path.display())))
}

/// A manifest in the making: the inputs are hashed while the run goes on.
pub(super) struct Begun {
    place: PathBuf,
    hashes: JoinHandle<Vec<Hashed>>,
}

impl Begun {
    pub(super) fn new(place: PathBuf, inputs: Vec<PathBuf>) -> Self {
        Self { place, hashes: std::thread::spawn(move || hashed(&inputs)) }
    }

    /// Writes it.
    pub(super) fn finish(self, options: Extract, target: Option<&Target>, summary: &Summary) -> Result<(), Error> {
        let inputs = self.hashes.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let manifest = Manifest {
            kennzahl: env!("CARGO_PKG_VERSION").to_owned(),
            schema_version: emit::SCHEMA_VERSION.to_owned(),
            built_in: built_in(),
            packs: hashed(&options.pack),
            options,
            output: Output {
                format: target.map_or("jsonl", |t| t.format.name()).to_owned(),
                path: target.and_then(Target::path).map(Path::to_owned),
            },
            inputs,
            counts: Counts::of(summary),
        };
        let failed =
            |e: &dyn std::fmt::Display| Error::at(self.place.display().to_string(), format!("cannot be written: {e}"));
        let mut text = serde_json::to_string_pretty(&manifest).map_err(|e| failed(&e))?;
        text.push('\n');
        let part = PathBuf::from(format!("{}.part", self.place.display()));
        std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, &self.place)).map_err(|e| failed(&e))
    }
}

/// The files with their hashes.
pub(super) fn hashed(paths: &[PathBuf]) -> Vec<Hashed> {
    let hash = |path: &PathBuf| {
        // What a pipe says is said once, to the run; a file that cannot be read is a reject of it. Both have no hash.
        let file = std::fs::metadata(path).ok().filter(Metadata::is_file).and_then(|_| File::open(path).ok());
        let mut hash = Sha256::new();
        let read = file.and_then(|mut file| std::io::copy(&mut file, &mut Hash(&mut hash)).ok());
        Hashed { path: path.clone(), sha256: read.map(|_| hex(&hash.finalize())) }
    };
    paths.iter().map(hash).collect()
}

/// The hash of the words that are built in.
pub(super) fn built_in() -> String {
    let mut hash = Sha256::new();
    for (name, text) in german::FILES {
        for bytes in [name.as_bytes(), text.as_bytes()] {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
    }
    hex(&hash.finalize())
}

struct Hash<'a>(&'a mut Sha256);

impl std::io::Write for Hash<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
