//! The case files: each text through the library and through the binary, with the same result.

use kennzahl::model::Analysis;
use kennzahl::{Extractor, show};
use serde::Deserialize;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    /// What is found, as `kennzahl::show` writes it.
    found: String,
    /// `NUMERAL reason`, joined by `; `; not looked at if absent.
    refused: Option<String>,
}

fn cases() -> Vec<(PathBuf, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("tests/cases").flatten().map(|e| e.path()).collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a case file");
        let file: File = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        all.extend(file.case.into_iter().map(|c| (path.clone(), c)));
    }
    assert!(all.len() > 50);
    all
}

fn refused(text: &str, analysis: &Analysis) -> String {
    let all: Vec<_> = analysis.refused.iter().map(|r| format!("{} {}", r.span.of(text), r.reason.name())).collect();
    all.join("; ")
}

#[test]
fn library_finds_what_the_cases_say() {
    let extractor = Extractor::new();
    let mut worker = extractor.worker();
    let mut wrong = String::new();
    for (path, case) in cases() {
        let analysis = worker.analyse(&case.text);
        let found = show(&case.text, &analysis, extractor.lexicon());
        let refused = refused(&case.text, &analysis);
        if found != case.found {
            let _ = writeln!(wrong, "{}: {}\n  want {}\n  got  {found}", path.display(), case.text, case.found);
        }
        if let Some(want) = case.refused.filter(|want| *want != refused) {
            let _ =
                writeln!(wrong, "{}: {}\n  want refused {want}\n  got  refused {refused}", path.display(), case.text);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn binary_finds_what_the_cases_say() {
    let cases = cases();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kennzahl"))
        .args(["extract", "-", "--from", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary");
    let mut input = String::new();
    for (n, (_, case)) in cases.iter().enumerate() {
        let _ = writeln!(input, "{}", serde_json::json!({"id": n.to_string(), "text": case.text}));
    }
    let mut stdin = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("an end");
    writer.join().expect("a thread").expect("all written");
    assert!(output.status.success());
    let mut found = vec![Vec::new(); cases.len()];
    for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        if record["kind"] == "quantity" {
            let n: usize = record["doc"].as_str().expect("an id").parse().expect("a number");
            found[n].push(shown(&record));
        }
    }
    for ((path, case), found) in cases.iter().zip(found) {
        assert_eq!(found.join("; "), case.found, "{}: {}", path.display(), case.text);
    }
}

/// A record in the notation of the cases.
fn shown(r: &Value) -> String {
    let text = |key: &str| r[key].as_str().unwrap_or_default().to_owned();
    let value = match (&r["value"], &r["low"], &r["high"], &r["ratio"]) {
        (Value::Number(v), ..) => v.to_string(),
        (_, Value::Number(low), Value::Number(high), _) => format!("{low}..{high}"),
        (_, Value::Number(low), ..) => format!("{low}.."),
        (.., Value::String(ratio)) => ratio.clone(),
        _ => panic!("no value in {r}"),
    };
    let mut out = format!("{} = {} {value}", text("text"), text("type"));
    for (key, label) in [("unit", ""), ("per", "per:"), ("approx", ""), ("noun", "noun:")] {
        if !r[key].is_null() {
            let _ = write!(out, " {label}{}", text(key));
        }
    }
    out
}
