//! `kennzahl verify`

use super::args::Verify;
use super::extract::{extractor_of, options_of};
use super::manifest::{self, Hashed, Manifest};
use super::{DONE, FINDINGS, print_line};
use kennzahl::batch::{self, Plan, Summary, Watch};
#[cfg(feature = "sqlite")]
use kennzahl::emit::columns::{TABLES, Table};
use kennzahl::read::Raw;
use kennzahl::sink::JsonLines;
use kennzahl::{Error, Result, model::Document};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

pub(super) fn run(a: &Verify) -> Result<u8> {
    let name = a.manifest.display().to_string();
    let told = |e: &dyn std::fmt::Display| Error::at(&name, e.to_string());
    let text = std::fs::read(&a.manifest).map_err(|e| told(&e))?;
    let m: Manifest = serde_json::from_slice(&text).map_err(|e| told(&format!("no manifest of a run: {e}")))?;
    if m.inputs.iter().any(|i| i.path == Path::new("-")) {
        return Err(told(&"the run read standard input, which cannot be read again"));
    }
    let mut findings = Findings::default();
    let ours = env!("CARGO_PKG_VERSION");
    findings.check(m.kennzahl == ours, "program", &format!("made by {}, this is {ours}", m.kennzahl))?;
    findings.check(m.built_in == manifest::built_in(), "built-in words", "others than those of the run")?;
    findings.files("packs", &m.packs)?;
    findings.files("inputs", &m.inputs)?;
    let sample = Sample { every: (m.counts.documents / a.sample.max(1)).max(1), ..Sample::default() };
    let (format, path) = (m.output.format.as_str(), m.output.path.as_deref());
    let (again, kept) = match (format, path) {
        ("jsonl", Some(path)) => {
            let mut lines = Vec::new();
            sample.extract(&m, a.jobs, &mut JsonLines(&mut lines))?;
            (by_document(&*lines, &sample)?, by_document(opened(path)?, &sample)?)
        }
        #[cfg(feature = "sqlite")]
        ("sqlite", Some(path)) => sqlite(&m, a.jobs, path, &sample)?,
        _ => {
            return Err(told(&format!(
                "its output ({format}) cannot be compared: write JSON lines to a file, or SQLite"
            )));
        }
    };
    let read = sample.read.into_inner();
    let listed: BTreeSet<_> = m.inputs.iter().map(|i| &i.path).collect();
    let found = sample.inputs.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    findings.check(
        found.iter().collect::<BTreeSet<_>>() == listed,
        "list of inputs",
        "files were added or are gone",
    )?;
    let items = m.counts.documents + m.counts.superseded + m.counts.rejects.values().sum::<u64>();
    findings.check(read == items, "counts", &format!("{read} documents and rejects are read, {items} were"))?;
    let ids = sample.ids.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let other: Vec<_> = ids.iter().filter(|id| again.get(*id) != kept.get(*id)).collect();
    for id in &other {
        print_line(&format!("differs: document {id}"))?;
    }
    findings.any |= !other.is_empty();
    print_line(&format!("{} of {} documents read again, {} differ", ids.len(), m.counts.documents, other.len()))?;
    Ok(if findings.any { FINDINGS } else { DONE })
}

/// What is not as it was.
#[derive(Default)]
struct Findings {
    any: bool,
}

impl Findings {
    fn check(&mut self, same: bool, what: &str, why: &str) -> Result<()> {
        if same {
            return Ok(());
        }
        self.any = true;
        print_line(&format!("differs: {what}: {why}"))
    }

    fn files(&mut self, what: &str, files: &[Hashed]) -> Result<()> {
        let paths: Vec<PathBuf> = files.iter().map(|f| f.path.clone()).collect();
        for (was, is) in files.iter().zip(manifest::hashed(&paths)) {
            let why = if is.sha256.is_some() { "its content changed" } else { "it cannot be read" };
            self.check(*was == is, &format!("{what}: {}", was.path.display()), why)?;
        }
        print_line(&format!("{} {what} looked at", files.len()))
    }
}

/// A part of the documents, chosen by their ids: the same in every run.
#[derive(Default)]
struct Sample {
    every: u64,
    ids: Mutex<BTreeSet<String>>,
    inputs: Mutex<Vec<PathBuf>>,
    /// Documents and rejects that were seen.
    read: AtomicU64,
}

impl Sample {
    fn takes(&self, id: &str) -> bool {
        let hash = Sha256::digest(id.as_bytes());
        let number = hash[..8].iter().fold(0u64, |n, byte| n << 8 | u64::from(*byte));
        number % self.every == 0
    }

    /// Extracts the documents of the sample anew.
    fn extract(&self, m: &Manifest, jobs: usize, sink: &mut dyn kennzahl::sink::Sink) -> Result<()> {
        let extractor = extractor_of(&m.options)?;
        let documents = m.options.input.clone().documents()?;
        let lock = |_| Error::new("a thread has failed");
        *self.inputs.lock().map_err(lock)? = documents.inputs().map(Path::to_owned).collect();
        let taken = documents.filter(|item| {
            self.read.fetch_add(1, Ordering::Relaxed);
            let taken = matches!(item, Ok(Document { id, .. }) if self.takes(id));
            if let (true, Ok(doc), Ok(mut ids)) = (taken, item, self.ids.lock()) {
                ids.insert(doc.id.clone());
            }
            taken
        });
        let stop = AtomicBool::new(false);
        let plan = Plan {
            options: options_of(&m.options),
            jobs,
            memory: m.options.input.budget(),
            done: Summary::default(),
            strict: false,
            analyse: true,
            stop: &stop,
            temporary: tempfile::tempfile,
        };
        batch::run(taken.map(|item| item.map(Raw::from)), &extractor, &plan, sink, &mut Quiet).map(drop)
    }
}

/// Rejects were told by the run itself.
struct Quiet;

impl Watch for Quiet {
    fn reject(&mut self, _: &Error) -> Result<()> {
        Ok(())
    }

    fn commit(&mut self, _: &Summary) -> Result<u64> {
        Ok(0)
    }
}

/// What is known of each document of the sample, line by line or row by row.
type Known = BTreeMap<String, Vec<String>>;

fn by_document(lines: impl BufRead, sample: &Sample) -> Result<Known> {
    #[derive(Deserialize)]
    struct Record<'a> {
        #[serde(borrow)]
        doc: Cow<'a, str>,
    }
    let mut known = Known::new();
    for line in lines.lines() {
        let line = line.map_err(|e| Error::new(format!("the output cannot be read: {e}")))?;
        let record: Record<'_> =
            serde_json::from_str(&line).map_err(|e| Error::new(format!("the output cannot be read: {e}")))?;
        if sample.takes(&record.doc) {
            let doc = record.doc.into_owned();
            known.entry(doc).or_default().push(line);
        }
    }
    Ok(known)
}

/// A file of JSON lines, unpacked.
fn opened(path: &Path) -> Result<Box<dyn BufRead>> {
    let failed = |e: std::io::Error| Error::at(path.display().to_string(), e.to_string());
    let file = BufReader::new(File::open(path).map_err(failed)?);
    Ok(match path.extension().and_then(|e| e.to_str()) {
        Some("gz") => Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(file))),
        Some("zst") => Box::new(BufReader::new(zstd::Decoder::with_buffer(file).map_err(failed)?)),
        _ => Box::new(file),
    })
}

/// The rows of the sample in a database of its own, and those in the output.
#[cfg(feature = "sqlite")]
fn sqlite(m: &Manifest, jobs: usize, output: &Path, sample: &Sample) -> Result<(Known, Known)> {
    use kennzahl::sink::{Format, Run, Target};
    let folder = tempfile::tempdir().map_err(|e| Error::new(format!("no temporary folder: {e}")))?;
    let path = folder.path().join("sample.sqlite");
    let target = Target::parse(&path.to_string_lossy(), Some(Format::Sqlite))?;
    let mut sink =
        target.open(options_of(&m.options), Run { name: "verify", resume: false, memory: m.options.input.budget() })?;
    sample.extract(m, jobs, &mut *sink)?;
    drop(sink);
    let ids = sample.ids.lock().map_err(|_| Error::new("a thread has failed"))?;
    let told = |path: &Path, e: rusqlite::Error| Error::at(path.display().to_string(), e.to_string());
    let tables = tables(&path).map_err(|e| told(&path, e))?;
    let rows = |path: &Path| rows(path, &tables, &ids).map_err(|e| told(path, e));
    Ok((rows(&path)?, rows(output)?))
}

/// The tables of a run: those that are written on request may come of others.
#[cfg(feature = "sqlite")]
fn tables(path: &Path) -> rusqlite::Result<Vec<&'static Table>> {
    let db = rusqlite::Connection::open(path)?;
    let mut there = db.prepare("SELECT name FROM sqlite_master WHERE name = ?1")?;
    TABLES.iter().filter_map(|t| there.exists([t.name]).map(|yes| yes.then_some(*t)).transpose()).collect()
}

#[cfg(feature = "sqlite")]
fn rows(path: &Path, tables: &[&Table], ids: &BTreeSet<String>) -> rusqlite::Result<Known> {
    use rusqlite::{Connection, OpenFlags, Result, types::Value};
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut known = Known::new();
    for table in tables {
        let columns: Vec<_> = table.columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
        let mut select = db.prepare(&format!("SELECT {} FROM {} WHERE doc = ?1", columns.join(","), table.name))?;
        for id in ids {
            let of = known.entry(id.clone()).or_default();
            let mut rows = select.query([id])?;
            while let Some(row) = rows.next()? {
                let cells = (0..columns.len()).map(|n| row.get::<_, Value>(n)).collect::<Result<Vec<_>>>()?;
                of.push(format!("{} {cells:?}", table.name));
            }
        }
    }
    known.values_mut().for_each(|rows| rows.sort());
    Ok(known)
}
