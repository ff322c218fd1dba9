//! Proves `diff`: what changed between two runs is found, told apart and ordered, whatever the form of the runs.

#[allow(dead_code, reason = "shared with other tests")]
#[path = "common/cli.rs"]
mod common;

use common::{Ran, program, ran, run_at};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use tempfile::{TempDir, tempdir};

/// A pack that makes "Klafter" a unit, and "rund" no hedge, nor what means the same.
const PACK: &str = r#"
remove = ["hedge.about"]

[[unit]]
id = "{Klafter}"
kind = "measure"
forms = ["Klafter|n"]
example = ["Der Brunnen ist zwölf Klafter tief.", "zwölf Klafter = measure 12 {Klafter}"]
"#;

const TEXTS: [(&str, &str); 3] = [
    ("brunnen", "Der Brunnen ist zwölf Klafter tief."),
    ("gleich", "Die Kanne kostet 5 Euro."),
    ("rund", "Die Werft baute im Mai 2025 rund 40 Boote."),
];

fn folder() -> TempDir {
    let dir = tempdir().unwrap();
    fs::create_dir(dir.path().join("texts")).unwrap();
    for (name, text) in TEXTS {
        fs::write(dir.path().join(format!("texts/{name}.txt")), text).unwrap();
    }
    fs::write(dir.path().join("pack.toml"), PACK).unwrap();
    dir
}

fn diff(at: &Path, args: &[&str]) -> Ran {
    run_at(at, &[&["diff"], args].concat(), b"")
}

fn json(at: &Path, args: &[&str]) -> Value {
    let ran = diff(at, &[args, &["--format", "json"]].concat());
    assert!(ran.code < 2, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// Kind of change, kind of record and number of each group.
fn groups(report: &Value) -> Vec<String> {
    let of = |g: &Value| format!("{} {} {}", g["change"].as_str().unwrap(), g["kind"].as_str().unwrap(), g["count"]);
    report["groups"].as_array().unwrap().iter().map(of).collect()
}

/// One record of a run, for runs that are written by hand.
fn quantity(doc: &str, start: usize, text: &str, more: &str) -> String {
    let end = start + text.chars().count();
    format!(
        r#"{{"kind":"quantity","doc":"{doc}","id":"q{start}","sentence":0,"start":{start},"end":{end},"text":"{text}",{more},"rule":"by-hand"}}"#
    ) + "\n"
}

#[test]
fn a_pack_against_none() {
    let dir = folder();
    diff(dir.path(), &["--pack", "pack.toml", "texts"]).told(1, &[]);
    let report = json(dir.path(), &["--pack", "pack.toml", "texts", "--kinds", "quantity"]);
    assert_eq!(groups(&report), ["approx quantity 1", "unit quantity 1"]);
    assert_eq!(report["severe"], 0);
    let sample = &report["groups"][1]["samples"][0];
    assert_eq!(sample["doc"], "brunnen");
    assert_eq!(sample["context"]["before"], "Der Brunnen ist ");
    assert_eq!(sample["new"], "measure 12 {Klafter}");
    assert_eq!(report["documents"], 3);
    assert_eq!(report["changed_documents"], 2);
    // The other way round, and against itself.
    let back = json(dir.path(), &["--old-pack", "pack.toml", "texts", "--kinds", "quantity"]);
    assert_eq!(groups(&back), ["unit quantity 1", "approx quantity 1"]);
    assert_eq!(back["severe"], 1, "a unit that is gone");
    assert_eq!(back["groups"][0]["samples"][0]["old"], "measure 12 {Klafter}");
    let same = diff(dir.path(), &["--old-pack", "pack.toml", "--new-pack", "pack.toml", "texts"]).quiet();
    assert_eq!(same.out, "3 documents compared, no change\n");
}

#[test]
fn files_binaries_and_packs_say_the_same() {
    let dir = folder();
    let at = dir.path();
    for (args, output) in [(&[][..], "old.jsonl.gz"), (&["--pack", "pack.toml"], "new.jsonl.zst")] {
        let extract = ["extract", "texts", "--explain", "--refused", "-o", output];
        run_at(at, &[&extract[..], args].concat(), b"").quiet();
    }
    let of_files = json(at, &["old.jsonl.gz", "new.jsonl.zst"]);
    let of_packs = json(at, &["--pack", "pack.toml", "texts"]);
    let of_binaries = json(at, &["--bin", env!("CARGO_BIN_EXE_kennzahl"), "--pack", "pack.toml", "texts"]);
    assert_eq!(of_packs, of_binaries);
    // Without the texts there is less context.
    assert_eq!(groups(&of_files), groups(&of_packs));
    assert!(of_files["changes"].as_u64().unwrap() >= 2);
    // The other binary is not misled by what is set for this one, and gets the options of the input.
    fs::write(at.join("kennzahl.toml"), "text-field = \"body\"\noutput = \"stray.jsonl\"\n").unwrap();
    fs::write(at.join("feed.jsonl"), "{\"id\": \"a\", \"body\": \"zwölf Klafter\"}\n").unwrap();
    let args = ["diff", "--bin", env!("CARGO_BIN_EXE_kennzahl"), "feed.jsonl"];
    let same = ran(program(at, &args).env("KENNZAHL_REFUSED", "1"), b"").quiet();
    assert_eq!(same.out, "1 documents compared, no change\n");
    assert!(!at.join("stray.jsonl").exists());
}

#[test]
fn the_most_suspicious_first() {
    let dir = tempdir().unwrap();
    let at = dir.path();
    let fact = |doc: &str, metric: &str| {
        format!(
            r#"{{"kind":"fact","doc":"{doc}","id":"f0","start":0,"end":9,"text":"{metric} 5","metric":{{"lemma":"{metric}"}},"value":{{"quantity":"q0","value":5}},"status":"reported","rule":"value"}}"#
        ) + "\n"
    };
    let old = [
        quantity("a", 0, "5 Mrd.", r#""type":"number","value":5000000000"#),
        quantity("a", 9, "minus 3", r#""type":"number","value":-3"#),
        quantity("a", 20, "7 Euro", r#""type":"money","value":7,"unit":"EUR""#),
        quantity("a", 30, "8 Boote", r#""type":"count","value":8"#),
        quantity("a", 40, "9", r#""type":"number","value":9"#),
        quantity("a", 50, "4 Bo", r#""type":"count","value":4,"noun":"Boot""#),
        quantity("a", 60, "66", r#""type":"number","value":66"#),
        fact("b", "Umsatz"),
        quantity("c", 0, "1", r#""type":"number","value":1"#),
    ];
    let new = [
        quantity("a", 0, "5 Mrd.", r#""type":"number","value":5000000"#),
        quantity("a", 9, "minus 3", r#""type":"number","value":3"#),
        quantity("a", 20, "7 Euro", r#""type":"money","value":7,"unit":"USD""#),
        quantity("a", 30, "8 Boote", r#""type":"count","value":80000000000000000000000000001"#),
        quantity("a", 50, "4 Bo", r#""type":"count","value":4,"noun":"Booten""#),
        quantity("a", 60, "66 so", r#""type":"number","value":66"#),
        quantity("a", 70, "77", r#""type":"number","value":77"#),
        quantity("b", 5, "5", r#""type":"number","value":5"#),
        quantity("d", 0, "1", r#""type":"number","value":1"#),
    ];
    fs::write(at.join("old.jsonl"), old.concat()).unwrap();
    fs::write(at.join("new.jsonl"), new.concat()).unwrap();
    let all = json(at, &["old.jsonl", "new.jsonl"]);
    let want = [
        "power of ten quantity 1",
        "sign quantity 1",
        "unit quantity 1",
        "document gone document 1",
        "fact gone fact 1",
        "value quantity 1",
        "gone quantity 1",
        "noun quantity 1",
        "span quantity 1",
        "new quantity 2",
        "document new document 1",
    ];
    assert_eq!(groups(&all), want);
    let field = &all["groups"][5]["samples"][0]["fields"][0];
    assert_eq!(field["new"], "80000000000000000000000000001", "every digit is kept");
    // Of the severe ones alone, and up to a number.
    let severe = json(at, &["old.jsonl", "new.jsonl", "--only", "severe"]);
    assert_eq!(groups(&severe), want[..5]);
    for (max, code) in [("4", 1), ("5", 0)] {
        diff(at, &["old.jsonl", "new.jsonl", "--only", "severe", "--max-changes", max]).told(code, &[]);
    }
    // In whatever order the documents stand.
    let turned = [&new[8..], &new[7..8], &new[..7]].concat();
    fs::write(at.join("turned.jsonl"), turned.concat()).unwrap();
    assert_eq!(groups(&json(at, &["old.jsonl", "turned.jsonl"])), want);
}

#[test]
fn as_text_and_markdown() {
    let dir = tempdir().unwrap();
    let at = dir.path();
    let run = |value: &str| -> String {
        (0..5)
            .map(|n| quantity(&format!("d_{n}"), 4, "5 | 6", &format!(r#""type":"number","value":{value}"#)))
            .collect()
    };
    fs::write(at.join("old"), run("50")).unwrap();
    fs::write(at.join("new"), run("5")).unwrap();
    let text = diff(at, &["old", "new", "--samples", "2"]).told(1, &[]).out;
    let want = "5 documents compared, 5 differ: 5 changes, 5 of them severe\n\n\
                power of ten · quantity · by-hand: 5, severe\n  d_0:4  [5 | 6]\n      value 50 → 5\n  d_1:4  [5 | 6]\n      \
                value 50 → 5\n  … and 3 more\n";
    assert_eq!(text, want);
    let markdown = diff(at, &["old", "new", "--samples", "1", "--format", "markdown"]).out;
    assert!(markdown.contains("| **power of ten** | quantity | by-hand | 5 |"), "{markdown}");
    assert!(markdown.contains("- d\\_0:4: <mark>5 \\| 6</mark>"), "{markdown}");
    // The same for any number of threads.
    let dir = folder();
    let of = |jobs| diff(dir.path(), &["--pack", "pack.toml", "texts", "--jobs", jobs]).out;
    assert_eq!(of("1"), of("4"));
}

#[test]
fn what_is_wrong_is_told_and_the_rest_compared() {
    let dir = folder();
    let at = dir.path();
    let good = quantity("a", 0, "5", r#""type":"number","value":5"#);
    fs::write(at.join("good"), &good).unwrap();
    fs::write(at.join("bad"), format!("nothing\n{{\"kind\":1}}\n{}", good.replace(":5,", ":50,"))).unwrap();
    let said = diff(at, &["good", "bad"]);
    assert!(said.out.contains("power of ten"), "{}", said.out);
    said.told(2, &["bad:1: no record", "bad:2: no record", "2 inputs could not be read"]);
    diff(at, &["good"]).told(2, &["diff compares two outputs", "--pack FILE"]);
    diff(at, &["good", "nowhere"]).told(2, &["nowhere"]);
    diff(at, &["--bin", "./nothing", "texts"]).told(2, &["./nothing: it cannot be run"]);
    diff(at, &["--bin", env!("CARGO_BIN_EXE_kennzahl"), "-"]).told(2, &["two programs cannot both read"]);
    diff(at, &["--bin", env!("CARGO_BIN_EXE_kennzahl"), "--old-pack", "good", "texts"])
        .told(2, &["it ended with exit code 2"]);
    diff(at, &["--pack", "nowhere.toml", "texts"]).told(2, &["nowhere.toml"]);
    run_at(at, &["extract", "texts", "-o", "run.sqlite"], b"").quiet();
    diff(at, &["run.sqlite", "good"]).told(2, &["run.sqlite: tables cannot be compared"]);
}

#[test]
fn an_empty_run_against_many_documents() {
    let dir = tempdir().unwrap();
    let mut lines = String::new();
    for n in 0..2000 {
        let _ = writeln!(lines, r#"{{"kind":"document","doc":"d{n}","text_sha256":"0"}}"#);
    }
    fs::write(dir.path().join("many"), &lines).unwrap();
    fs::write(dir.path().join("none"), "").unwrap();
    assert_eq!(groups(&json(dir.path(), &["many", "none"])), ["document gone document 2000"]);
    assert_eq!(groups(&json(dir.path(), &["none", "many"])), ["document new document 2000"]);
    diff(dir.path(), &["many", "none", "--kinds", "fact"]).quiet();
}
