//! Proves that a run over many documents loses nothing: rejects are listed, a signal ends it in order, and what was cut
//! off is gone on with, to the same content as a quiet run.
#![cfg(all(feature = "archives", feature = "sqlite", feature = "parquet"))]
#![allow(missing_docs, reason = "a test")]

#[allow(dead_code, reason = "shared with other tests")]
#[path = "common/cli.rs"]
mod common;

use common::{Ran, program, records, run_at};
use kennzahl::batch::{self, Plan, Summary, Watch};
use kennzahl::emit::Options;
use kennzahl::model::Document;
use kennzahl::read::Raw;
use kennzahl::sink::Nowhere;
use kennzahl::{Error, Extractor, Memory};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tempfile::{TempDir, tempdir};

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempdir().unwrap();
    for (name, content) in files {
        fs::write(dir.path().join(name), content).unwrap();
    }
    dir
}

fn names(dir: &Path) -> BTreeSet<String> {
    fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
}

/// Many documents, with a reject among each hundred.
fn feed(documents: usize) -> String {
    let text =
        "Der Umsatz der Nordkap AG stieg im vierten Quartal um 12,5 Prozent auf 58,7 Millionen Euro. ".repeat(20);
    let mut out = String::new();
    for n in 0..documents {
        out += &match n % 100 {
            99 => "no json\n".to_owned(),
            _ => format!("{}\n", json!({"id": format!("d{n}"), "text": text, "published": "2026-01-28"})),
        };
    }
    out
}

const FEED: &[&str] = &["extract", "in.jsonl", "--kinds", "document,quantity"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [FEED, more].concat()
}

// ---- Rejects ----

#[test]
fn rejects_are_listed_with_place_and_reason() {
    let long = json!({"id": "l", "text": "5 Euro ".repeat(300)}).to_string();
    let lines = [
        r#"{"id": "a", "text": "5 Euro"}"#.as_bytes(),
        b"no",
        br#"{"id": "b", "text": "f\u00fcnf Euro"}"#,
        b"{\"id\": \"x\", \"text\": \"f\xfcnf Euro\"}",
        br#"{"id": "a", "text": "6 Euro"}"#,
        br#"{"id": "c", "text": " "}"#,
        br#"{"id": "d"}"#,
        long.as_bytes(),
        br#"{"id": "e", "text": "7 Euro"}"#,
    ];
    let mut archive = tar::Builder::new(Vec::new());
    let content = lines.join(&b'\n');
    let mut header = tar::Header::new_gnu();
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    archive.append_data(&mut header, "mai/feed.jsonl", &*content).unwrap();
    let dir = folder(&[("in.tar", &archive.into_inner().unwrap()), ("cut.jsonl.gz", b"\x1f\x8b\x08\0\0\0")]);
    let ran = run_at(
        dir.path(),
        &["extract", "in.tar", "cut.jsonl.gz", "--max-document", "1K", "--rejects", "out/rejects.jsonl"],
        b"",
    );
    ran.told(2, &["out/rejects.jsonl", "cannot be written"]);
    let args = &["extract", "in.tar", "cut.jsonl.gz", "--max-document", "1K", "--rejects", "rejects.jsonl"];
    let ran = run_at(dir.path(), args, b"").told(1, &["3 documents, 7 inputs rejected", "no_text 1"]);
    assert_eq!(ran.docs(), ["a", "b", "e"]);
    let rejects = records(&fs::read_to_string(dir.path().join("rejects.jsonl")).unwrap());
    let all: Vec<_> = rejects.iter().map(|r| (r["position"].as_u64(), r["reason"].as_str().unwrap())).collect();
    let want = [
        (Some(2), "malformed"),
        (Some(4), "encoding"),
        (Some(5), "duplicate"),
        (Some(6), "no_text"),
        (Some(7), "field"),
        (Some(8), "limit"),
        (None, "damaged"),
    ];
    assert_eq!(all, want, "{rejects:?}");
    for r in &rejects[..6] {
        assert_eq!((&r["source"], &r["member"]), (&json!("in.tar"), &json!("mai/feed.jsonl")));
        assert!(ran.err.contains(r["message"].as_str().unwrap()), "{r} is told on standard error too");
    }
    assert_eq!((&rejects[6]["source"], &rejects[6]["member"]), (&json!("cut.jsonl.gz"), &Value::Null));
    // Where there is nothing to list the list is empty, and it is there.
    run_at(dir.path(), &["extract", "-", "--rejects", "none.jsonl"], b"5 Euro").quiet();
    assert_eq!(fs::read(dir.path().join("none.jsonl")).unwrap(), b"");
}

#[test]
fn strict_stops_at_the_first_reject() {
    let dir = folder(&[("in.jsonl", feed(250).as_bytes())]);
    let ran = run_at(dir.path(), &with(&["--strict", "-o", "out.jsonl", "--rejects", "r.jsonl"]), b"");
    ran.told(1, &["in.jsonl:100", "--strict"]);
    assert_eq!(fs::read_to_string(dir.path().join("r.jsonl")).unwrap().lines().count(), 1);
    assert!(!dir.path().join("out.jsonl").exists(), "it is not whole");
    let ran = run_at(dir.path(), &with(&["--strict", "-o", "out.sqlite"]), b"").told(1, &[]);
    assert!(!ran.err.contains("in.jsonl:200"), "{}", ran.err);
    fs::write(dir.path().join("in.jsonl"), feed(99)).unwrap();
    run_at(dir.path(), &with(&["--strict", "-o", "out.jsonl"]), b"").quiet();
    assert!(dir.path().join("out.jsonl").exists());
}

#[test]
fn what_strict_stopped_is_gone_on_with() {
    let lines: String = feed(9000)
        .lines()
        .enumerate()
        .filter(|(n, l)| *l != "no json" || *n > 8000)
        .map(|(_, l)| format!("{l}\n"))
        .collect();
    for output in ["out.jsonl", "out.csv", "out.sqlite"] {
        let quiet = folder(&[("in.jsonl", lines.as_bytes())]);
        let args = ["-o", output, "--rejects", "r.jsonl"];
        run_at(quiet.path(), &with(&args), b"").told(1, &["10 inputs rejected"]);
        let dir = folder(&[("in.jsonl", lines.as_bytes())]);
        let strict = [&args[..], &["--strict"]].concat();
        run_at(dir.path(), &with(&strict), b"").told(1, &["--strict", "the same command with --resume"]);
        let resume = [&strict[..], &["--resume"]].concat();
        run_at(dir.path(), &with(&resume), b"").told(1, &["going on behind", "--strict"]);
        // Whoever lets it pass comes to the end.
        let resume = [&args[..], &["--resume"]].concat();
        run_at(dir.path(), &with(&resume), b"").told(1, &["going on behind", "10 inputs rejected"]);
        let rejects = |dir: &Path| fs::read(dir.join("r.jsonl")).unwrap();
        assert!(rejects(dir.path()) == rejects(quiet.path()));
        if output == "out.sqlite" {
            let count = |dir: &Path| -> i64 {
                let db = rusqlite::Connection::open(dir.join(output)).unwrap();
                db.query_row("SELECT count(*) FROM quantities", [], |r| r.get(0)).unwrap()
            };
            assert_eq!(count(dir.path()), count(quiet.path()));
        } else {
            assert!(contents(dir.path()) == contents(quiet.path()), "{output}");
        }
    }
}

#[test]
fn what_was_done_is_told_on_request() {
    let dir = folder(&[("in.jsonl", feed(100).as_bytes())]);
    let ran = run_at(dir.path(), &with(&["--stats"]), b"");
    let found = ran.found().len();
    let row = |name: &str| {
        let line = ran.err.lines().find(|l| l.starts_with(name)).unwrap_or_else(|| panic!("no {name}: {}", ran.err));
        line[name.len()..].trim().to_owned()
    };
    assert_eq!(row("documents"), "99");
    assert_eq!(row("quantity"), found.to_string());
    assert_eq!(row("rejects"), "1  malformed 1");
    assert!(row("text").ends_with("MB/s"));
    assert!(!ran.err.contains("entity"), "what was not asked for is not counted");
}

#[test]
fn a_dry_run_reads_all_and_writes_nothing() {
    let dir = folder(&[("in.jsonl", feed(250).as_bytes())]);
    let ran = run_at(dir.path(), &with(&["--dry-run", "-o", "out.sqlite"]), b"");
    let ran = ran.told(1, &["in.jsonl:100", "in.jsonl:200", "248 documents, 2 inputs rejected (malformed 2)"]);
    assert_eq!(ran.out, "1 inputs, 248 documents; nothing was written\n");
    assert_eq!(names(dir.path()), BTreeSet::from(["in.jsonl".to_owned()]));
}

// ---- Runs that are cut off ----

/// A run into `output` whose input never ends, told to stop once some of it is there.
#[cfg(unix)]
fn stopped(dir: &Path, output: &[&str], signal: &str) -> Ran {
    let args = [&["extract", "-", "--from", "jsonl", "--kinds", "document,quantity"], output].concat();
    let mut child = program(dir, &args).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let id = child.id().to_string();
    let writer = std::thread::spawn(move || {
        let text = "Das kostet 5 Euro. ".repeat(500);
        for n in 0.. {
            if writeln!(stdin, "{}", json!({"id": n.to_string(), "text": text})).is_err() {
                return n;
            }
        }
        0
    });
    let reader = std::thread::spawn(move || {
        let mut out = String::new();
        stdout.read_to_string(&mut out).unwrap();
        out
    });
    std::thread::sleep(Duration::from_millis(1500));
    let killed = std::process::Command::new("kill").args([signal, &id]).status().unwrap();
    assert!(killed.success());
    let begun = Instant::now();
    let done = child.wait_with_output().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(60));
    assert!(writer.join().unwrap() > 0);
    Ran {
        code: done.status.code().expect("it ended by itself"),
        out: reader.join().unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
    }
}

/// The ids of documents that are in the text, which are all up to some point.
#[track_caller]
fn whole(lines: &str) -> usize {
    let all = records(lines);
    let docs: Vec<_> = all.iter().filter(|r| r["kind"] == "document").collect();
    for (n, doc) in docs.iter().enumerate() {
        assert_eq!(doc["doc"], n.to_string());
    }
    assert_eq!(all.len() - docs.len(), docs.len() * 500, "the last document is whole");
    docs.len()
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_in_order() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let dir = tempdir().unwrap();
        let ran = stopped(dir.path(), &[], signal).told(code, &["stopped behind"]);
        assert!(!ran.err.contains("--resume"), "standard output cannot be gone on with: {}", ran.err);
        assert!(whole(&ran.out) > 0);
    }
    let dir = tempdir().unwrap();
    stopped(dir.path(), &["-o", "out.jsonl"], "-TERM").told(143, &["stopped behind", "--resume"]);
    let want = ["out.jsonl.part", "out.jsonl.resume"].map(str::to_owned);
    assert_eq!(names(dir.path()), BTreeSet::from(want), "what is not whole has no name");
    assert!(whole(&fs::read_to_string(dir.path().join("out.jsonl.part")).unwrap()) > 0);
    stopped(dir.path(), &["-o", "out.parquet"], "-INT").told(130, &["cannot be gone on with"]);
    assert!(!dir.path().join("out.documents.parquet").exists());
}

/// Runs it over a feed into `output`, cut off by a signal and resumed until it is done.
#[cfg(unix)]
fn in_pieces(dir: &Path, output: &[&str], signal: &str) -> (u32, Ran) {
    let args = with(output);
    let resume = [&args[..], &["--resume"]].concat();
    let mut cut = 0;
    for n in 0.. {
        let mut child = program(dir, if n == 0 { &args } else { &resume }).spawn().unwrap();
        // Each time a little later, so that it ends at last.
        let until = Instant::now() + Duration::from_millis(150 + 100 * n);
        while Instant::now() < until && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(5));
        }
        let running = child.try_wait().unwrap().is_none();
        if running {
            let id = child.id().to_string();
            std::process::Command::new("kill").args([signal, &id]).status().unwrap();
        }
        let done = child.wait_with_output().unwrap();
        let (out, err) = (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap());
        match done.status.code() {
            Some(code @ (0 | 1)) => return (cut, Ran { code, out, err }),
            Some(143) | None => cut += 1,
            code => panic!("{code:?}: {err}"),
        }
    }
    unreachable!()
}

/// The files of a folder but for the input, unpacked.
fn contents(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let of = |name: String| {
        let bytes = fs::read(dir.join(&name)).unwrap();
        let plain = match name.rsplit('.').next() {
            Some("gz") => {
                let mut plain = Vec::new();
                flate2::read::MultiGzDecoder::new(&*bytes).read_to_end(&mut plain).unwrap();
                plain
            }
            Some("zst") => zstd::decode_all(&*bytes).unwrap(),
            _ => bytes,
        };
        (name, plain)
    };
    names(dir).into_iter().filter(|n| n != "in.jsonl").map(of).collect()
}

/// Notes how many steps of the input each batch ends with.
#[derive(Default)]
struct Borders(BTreeSet<u64>);

impl Watch for Borders {
    fn reject(&mut self, e: &Error) -> Result<(), Error> {
        panic!("{e}")
    }

    fn commit(&mut self, so_far: &Summary) -> Result<u64, Error> {
        self.0.insert(so_far.items);
        Ok(0)
    }
}

/// Parts end with batches: were a batch cut short, there would be other parts than without the stop.
#[test]
fn a_stop_cuts_no_batch() {
    let extractor = Extractor::new();
    let run = |until: u64, done: Summary| {
        let stop = AtomicBool::new(false);
        let plan = Plan {
            options: Options::default(),
            jobs: 2,
            memory: Memory::new(Memory::LEAST).unwrap(),
            done,
            strict: false,
            analyse: false,
            stop: &stop,
            temporary: tempfile::tempfile,
        };
        let text = "1 ".repeat(1_000);
        let items = (0..60).map(|n| {
            if n == until {
                stop.store(true, Ordering::Relaxed);
            }
            Ok(Raw::from(Document { id: n.to_string(), text: text.clone(), ..Document::default() }))
        });
        let mut borders = Borders::default();
        let summary = batch::run(items, &extractor, &plan, &mut Nowhere, &mut borders).unwrap();
        (borders.0, summary)
    };
    let (want, _) = run(u64::MAX, Summary::default());
    assert!(want.len() > 5 && want.len() < 60, "some documents a batch: {want:?}");
    for until in 0..60 {
        let (mut have, summary) = run(until, Summary::default());
        have.extend(run(u64::MAX, summary).0);
        assert_eq!(have, want, "stopped at {until}");
    }
}

#[cfg(unix)]
#[test]
fn files_are_gone_on_with() {
    let lines = feed(10_000);
    let outputs: [&[&str]; 6] = [
        &["out.jsonl"],
        &["out.jsonl.gz"],
        &["out.jsonl.zst"],
        &["out.csv"],
        &["out.parquet", "--part-size", "20K"],
        &["out.arrow", "--part-size", "1M"],
    ];
    for output in outputs {
        let quiet = folder(&[("in.jsonl", lines.as_bytes())]);
        let output = [&["--rejects", "r.jsonl", "-o"], output].concat();
        run_at(quiet.path(), &with(&output), b"").told(1, &["100 inputs rejected"]);
        let want = contents(quiet.path());
        let dir = folder(&[("in.jsonl", lines.as_bytes())]);
        let (cut, ran) = in_pieces(dir.path(), &output, "-TERM");
        assert!(cut > 0);
        // Those of the pieces before are counted too.
        ran.told(1, &["9900 documents, 100 inputs rejected"]);
        let have = contents(dir.path());
        assert!(
            have == want,
            "{output:?}: {:?}",
            [&have, &want].map(|all| all.iter().map(|(name, bytes)| (name, bytes.len())).collect::<Vec<_>>())
        );
    }
}

#[test]
fn what_cannot_be_resumed_is_told() {
    let dir = folder(&[("in.jsonl", feed(10).as_bytes())]);
    let run = |more: &[&str]| run_at(dir.path(), &with(more), b"");
    run(&["--resume"]).told(2, &["--resume needs -o"]);
    run(&["--resume", "-o", "out.parquet"]).told(2, &["cannot be resumed", "without --resume", "--part-size"]);
    // Nothing to go on with: from the start, for that is what a script wants.
    for output in ["out.jsonl", "out.csv", "out.sqlite"] {
        run(&["--resume", "-o", output]).told(0, &["no unfinished run"]);
    }
    // A note of another run.
    fs::write(dir.path().join("o.jsonl.part"), "").unwrap();
    fs::write(dir.path().join("o.jsonl.resume"), r#"{"run":"x","checkpoint":"","lengths":[0]}"#).unwrap();
    run(&["--resume", "-o", "o.jsonl"]).told(2, &["other inputs or options", "without --resume"]);
    fs::write(dir.path().join("o.jsonl.resume"), "{").unwrap();
    run(&["--resume", "-o", "o.jsonl"]).told(2, &["cannot be read", "without --resume"]);
    run(&["-o", "o.jsonl"]).quiet();
    assert!(!dir.path().join("o.jsonl.resume").exists());
}

#[test]
fn a_run_in_parts_leaves_parts_of_one_run_alone() {
    let dir = folder(&[("in.jsonl", feed(3000).as_bytes())]);
    let parts = |table: &str| names(dir.path()).into_iter().filter(|n| n.starts_with(table)).collect::<Vec<_>>();
    let run = |more: &[&str]| run_at(dir.path(), &with(more), b"").told(1, &["30 inputs rejected"]);
    run(&["-o", "t.parquet", "--part-size", "1K"]);
    let many = parts("t.quantities");
    assert!(many.len() > 2 && many[0] == "t.quantities-00000.parquet", "{many:?}");
    let rows = |names: &[String]| -> i64 {
        let rows = names.iter().map(|name| {
            let file = fs::File::open(dir.path().join(name)).unwrap();
            let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
            reader.metadata().file_metadata().num_rows()
        });
        rows.sum()
    };
    let all = rows(&many);
    assert_eq!(rows(&parts("t.documents")), 2970);
    run(&["-o", "t.parquet", "--part-size", "1G"]);
    assert_eq!(parts("t.quantities"), ["t.quantities-00000.parquet"]);
    assert_eq!(rows(&parts("t.quantities")), all);
    run(&["-o", "t.parquet"]);
    assert_eq!(parts("t.quantities"), ["t.quantities.parquet"]);
    assert_eq!(rows(&parts("t.quantities")), all);
    run(&["-o", "t.parquet", "--part-size", "1K"]);
    assert_eq!(parts("t.quantities"), many);
    let wrong = |more: &[&str], parts: &[&str]| drop(run_at(dir.path(), &with(more), b"").told(2, parts));
    wrong(&["-o", "t.csv", "--part-size", "1K"], &["t.csv", "only Parquet and Arrow"]);
    wrong(&["--part-size", "1K"], &["-o"]);
}

// ---- Memory ----

#[test]
fn memory_decides_how_long_a_document_may_be_and_nothing_else() {
    let dir = folder(&[("in.jsonl", feed(1000).as_bytes())]);
    let out = |memory: &str| run_at(dir.path(), &with(&["--memory", memory]), b"").told(1, &["10 inputs rejected"]);
    assert!(out("128MB") == out("1G"));
    run_at(dir.path(), &with(&["--memory", "127M"]), b"").told(2, &["--memory", "the least is 128MB"]);

    let text = |text: &str, bytes: usize| text.repeat(bytes / text.len());
    let prose = text("Am Abend kamen nur wenige Leute an den Fluss, wo es still war. ", 700_000);
    let rows = text("Es kostet 5 Euro. ", 700_000);
    let long = text("Am Abend kamen sie. ", 2_000_000);
    // One sentence, which stands with each of its facts.
    let word = "a".repeat(3000);
    let wide =
        text(&format!("Der Umsatz der Nordkap AG {} stieg. ", format!("{word} auf 5 Euro, ").repeat(60)), 450_000);
    for (id, text) in [("prose", prose), ("rows", rows), ("long", long), ("wide", wide)] {
        fs::write(dir.path().join(format!("{id}.txt")), text).unwrap();
    }
    let files = ["extract", "prose.txt", "rows.txt", "long.txt", "wide.txt", "-o", "out.jsonl", "--memory"];
    let ran = run_at(dir.path(), &[&files[..], &["128MB"]].concat(), b"");
    let ran = ran.told(
        1,
        &[
            "rows.txt: its analysis takes about",
            "long.txt: longer than 1198372 bytes; raise --max-document, or --memory",
            "wide.txt: its records take about",
            "1 documents, 3 inputs rejected (limit 3)",
        ],
    );
    assert!(ran.err.contains("--memory 128MB allows 25MB for one document; raise it"), "{}", ran.err);
    run_at(dir.path(), &[&files[..], &["1G"]].concat(), b"").quiet();
}

// ---- Manifests ----

fn manifest(dir: &Path, name: &str) -> Value {
    serde_json::from_slice(&fs::read(dir.join(name)).unwrap()).unwrap()
}

#[test]
fn a_manifest_says_what_a_run_was_made_of() {
    let lines = feed(200);
    let dir = folder(&[("in.jsonl", lines.as_bytes())]);
    let ran = run_at(dir.path(), &with(&["-o", "out.sqlite", "--jobs", "1"]), b"").told(1, &["2 inputs rejected"]);
    assert!(ran.out.is_empty());
    let m = manifest(dir.path(), "out.sqlite.manifest.json");
    let hash: String = Sha256::digest(&lines).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(m["inputs"], json!([{"path": "in.jsonl", "sha256": hash}]));
    assert_eq!(m["output"], json!({"format": "sqlite", "path": "out.sqlite"}));
    assert_eq!(m["kennzahl"], env!("CARGO_PKG_VERSION"));
    assert_eq!(m["options"]["kinds"], json!(["document", "quantity"]));
    assert_eq!(m["counts"]["documents"], 198);
    assert_eq!(m["counts"]["rejects"], json!({"malformed": 2}));
    let rows =
        |sql| rusqlite::Connection::open(dir.path().join("out.sqlite")).unwrap().query_row(sql, [], |r| r.get(0));
    let quantities: i64 = rows("SELECT count(*) FROM quantities").unwrap();
    assert_eq!(m["counts"]["records"], json!({"quantity": quantities}));
    // The same run writes the same, whatever the number of threads.
    let first = fs::read(dir.path().join("out.sqlite.manifest.json")).unwrap();
    run_at(dir.path(), &with(&["-o", "out.sqlite", "--jobs", "2"]), b"").told(1, &[]);
    assert!(fs::read(dir.path().join("out.sqlite.manifest.json")).unwrap() == first);
    // What can be read only once is left to the run.
    #[cfg(unix)]
    {
        run_at(dir.path(), &["extract", "/dev/stdin", "-o", "pipe.jsonl"], b"5 Euro").quiet();
        let m = manifest(dir.path(), "pipe.jsonl.manifest.json");
        assert_eq!((&m["inputs"], &m["counts"]["documents"]), (&json!([{"path": "/dev/stdin"}]), &json!(1)));
    }
    // Elsewhere, or not at all.
    run_at(dir.path(), &with(&["-o", "a.jsonl", "--manifest", "m.json"]), b"").told(1, &[]);
    run_at(dir.path(), &with(&["-o", "b.jsonl", "--no-manifest"]), b"").told(1, &[]);
    run_at(dir.path(), &with(&["-o", "c/", "--to", "csv"]), b"").told(1, &[]);
    let all = names(dir.path());
    assert!(all.contains("m.json") && !all.contains("a.jsonl.manifest.json") && !all.contains("b.jsonl.manifest.json"));
    assert!(names(&dir.path().join("c")).contains("manifest.json"));
}

#[test]
fn a_run_is_verified() {
    let dir = folder(&[("in.jsonl", feed(400).as_bytes())]);
    let verify = |output: &str, more: &[&str]| {
        let name = format!("{output}.manifest.json");
        run_at(dir.path(), &[&["verify", &name], more].concat(), b"")
    };
    for output in ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.sqlite"] {
        run_at(dir.path(), &with(&["-o", output]), b"").told(1, &[]);
        let all = verify(output, &["--sample", "1000"]).quiet();
        assert!(all.out.contains("396 of 396 documents read again, 0 differ"), "{}", all.out);
        let some = verify(output, &["--sample", "40"]).quiet();
        let read: usize = some.out.lines().last().unwrap().split(' ').next().unwrap().parse().unwrap();
        assert!((10..100).contains(&read), "{}", some.out);
    }
    run_at(dir.path(), &with(&["-o", "out.csv"]), b"").told(1, &[]);
    verify("out.csv", &[]).told(2, &["cannot be compared"]);
    // A value that somebody changed.
    let db = rusqlite::Connection::open(dir.path().join("out.sqlite")).unwrap();
    db.execute("UPDATE quantities SET value = '13' WHERE doc = 'd7' AND id = (SELECT min(id) FROM quantities WHERE doc = 'd7')", []).unwrap();
    let ran = verify("out.sqlite", &["--sample", "1000"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("differs: document d7\n") && ran.out.contains(", 1 differ"), "{}", ran.out);
    let lines = fs::read_to_string(dir.path().join("out.jsonl")).unwrap();
    fs::write(dir.path().join("out.jsonl"), lines.replacen("\"value\":12.5", "\"value\":13", 1)).unwrap();
    assert!(verify("out.jsonl", &["--sample", "1000"]).out.contains("differs: document d0\n"));
    // An input that changed.
    fs::write(dir.path().join("in.jsonl"), feed(399)).unwrap();
    let ran = verify("out.jsonl.gz", &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("inputs: in.jsonl: its content changed"), "{}", ran.out);
    fs::remove_file(dir.path().join("in.jsonl")).unwrap();
    verify("out.jsonl.gz", &[]).told(2, &["in.jsonl"]);
    run_at(dir.path(), &["extract", "-", "-o", "in.sqlite"], b"5 Euro").quiet();
    verify("in.sqlite", &[]).told(2, &["standard input"]);
    fs::write(dir.path().join("no.manifest.json"), "{}").unwrap();
    verify("no", &[]).told(2, &["no manifest of a run"]);
}
