//! What a whole run costs, from file to file, over as many cores as it may use.
//!
//! `cargo bench --bench cost` writes JSON lines of a news corpus, reads them as a run does, and hands the records to each
//! output: to nothing at all, which is extraction alone, to JSON lines, and to SQLite. `taskset -c 0` in front of it allows
//! one core, `taskset -c 0,1` two; the ratio of their first rows is what the second core brings. `--test` makes one short
//! pass, which only checks the counts.
#![allow(clippy::print_stdout, clippy::float_arithmetic, missing_docs, reason = "a benchmark prints figures")]

use kennzahl::batch::{self, Plan, Summary, Watch};
use kennzahl::read::{Documents, Options};
use kennzahl::sink::{Nowhere, Run, Sink, Target};
use kennzahl::{Error, Extractor, Memory, Result, emit};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// Bytes of JSON lines that a run reads.
const BYTES: usize = 40 << 20;

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let dir = tempfile::tempdir().expect("a folder");
    let input = dir.path().join("in.jsonl");
    feed(&input, if quick { 1 << 20 } else { BYTES });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{cores} cores, the faster of two runs each\n\n| output | MB/s | time |\n| --- | ---: | ---: |");
    let extractor = Extractor::new();
    let mut alone = None;
    for name in ["nothing", "JSON lines", "SQLite"] {
        let file = match name {
            "JSON lines" => Some("out.jsonl"),
            "SQLite" => Some("out.sqlite"),
            _ => None,
        };
        let rounds = if quick { 1 } else { 2 };
        let (time, done) = (0..rounds)
            .map(|_| {
                let path = file.map(|f| dir.path().join(f));
                path.iter().for_each(|p| drop(std::fs::remove_file(p)));
                run(&input, path.as_deref(), &extractor)
            })
            .min_by_key(|(time, _)| *time)
            .expect("a run");
        let (base, want) = alone.get_or_insert_with(|| (time, done.clone()));
        assert_eq!((done.documents, done.records), (want.documents, want.records), "{name}");
        let share = 100.0 * time.as_secs_f64() / base.as_secs_f64();
        println!("| {name} | {:.1} | {share:.0} % |", done.text_bytes as f64 / 1e6 / time.as_secs_f64());
    }
}

/// One run over the input, into a file or nowhere.
fn run(input: &Path, output: Option<&Path>, extractor: &Extractor) -> (Duration, Summary) {
    let (options, memory, stop) = (emit::Options::default(), Memory::default(), AtomicBool::new(false));
    let mut sink: Box<dyn Sink> = match output {
        None => Box::new(Nowhere),
        Some(path) => Target::parse(&path.to_string_lossy(), None)
            .and_then(|t| t.open(options, Run { name: "bench", resume: false, memory }))
            .expect("an output"),
    };
    let plan = Plan {
        options,
        jobs: 0,
        memory,
        done: Summary::default(),
        strict: true,
        analyse: true,
        stop: &stop,
        temporary: tempfile::tempfile,
    };
    let begun = Instant::now();
    let documents = Documents::open(&[input.to_owned()], Options::default()).expect("the input");
    let done = batch::run(documents.raw(), extractor, &plan, &mut *sink, &mut Quiet).expect("a run");
    assert_eq!(done.ending, batch::Ending::Whole);
    (begun.elapsed(), done)
}

struct Quiet;

impl Watch for Quiet {
    fn reject(&mut self, e: &Error) -> Result<()> {
        Err(e.clone())
    }

    fn commit(&mut self, _: &Summary) -> Result<u64> {
        Ok(0)
    }
}

/// Writes JSON lines of about so many bytes: `../shared/data/wikinews.jsonl.gz`, or the articles of the corpus, again and
/// again under other ids.
fn feed(path: &Path, bytes: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts: Vec<serde_json::Value> = match std::fs::File::open(root.join("../shared/data/wikinews.jsonl.gz")) {
        Ok(file) => BufReader::new(flate2::read::GzDecoder::new(file))
            .lines()
            .map(|l| serde_json::from_str::<serde_json::Value>(&l.expect("a line")).expect("JSON")["text"].clone())
            .collect(),
        Err(_) => {
            let all = std::fs::read_dir(root.join("corpus/articles")).expect("the corpus");
            let mut paths: Vec<_> = all.map(|e| e.expect("a file").path()).collect();
            paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
            paths.sort();
            paths.iter().map(|p| std::fs::read_to_string(p).expect("a text").into()).collect()
        }
    };
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).expect("a file"));
    let mut written = 0;
    for (n, text) in texts.iter().cycle().enumerate() {
        let line = serde_json::json!({"id": n.to_string(), "text": text, "published": "2014-05-01"}).to_string();
        writeln!(out, "{line}").expect("space");
        written += line.len();
        if written > bytes {
            break;
        }
    }
    out.flush().expect("space");
}
