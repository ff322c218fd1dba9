//! The case files: each text through the library and through the binary, with the same result.

use kennzahl::model::Analysis;
use kennzahl::{Extractor, show, show_names, show_times};
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
    /// The day it was published; none if absent.
    published: Option<String>,
    /// The quantities that are found, as `kennzahl::show` writes them; not looked at if absent.
    found: Option<String>,
    /// The times that are found, as `kennzahl::show_times` writes them; not looked at if absent.
    times: Option<String>,
    /// The names that are found, as `kennzahl::show_names` writes them; not looked at if absent.
    names: Option<String>,
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
        let analysis = worker.analyse_dated(&case.text, case.published.as_deref());
        let found = show(&case.text, &analysis, extractor.lexicon());
        let times = show_times(&case.text, &analysis);
        let names = show_names(&case.text, &analysis);
        let refused = refused(&case.text, &analysis);
        for (want, got) in [(&case.found, &found), (&case.times, &times), (&case.names, &names)] {
            if let Some(want) = want.as_ref().filter(|w| *w != got) {
                let _ = writeln!(wrong, "{}: {}\n  want {want}\n  got  {got}", path.display(), case.text);
            }
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
        let mut document = serde_json::json!({"id": n.to_string(), "text": case.text});
        if let Some(published) = &case.published {
            document["published"] = published.as_str().into();
        }
        let _ = writeln!(input, "{document}");
    }
    let mut stdin = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("an end");
    writer.join().expect("a thread").expect("all written");
    assert!(output.status.success());
    let mut found = vec![Vec::new(); cases.len()];
    let mut times = vec![Vec::new(); cases.len()];
    let mut names = vec![Vec::new(); cases.len()];
    for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        let n: usize = record["doc"].as_str().expect("an id").parse().expect("a number");
        match record["kind"].as_str() {
            Some("quantity") => found[n].push(shown(&record)),
            Some("time") => times[n].push(shown_time(&record)),
            Some("entity") => names[n].push(shown_name(&record)),
            _ => {}
        }
    }
    for ((path, case), ((found, times), names)) in cases.iter().zip(found.iter().zip(times).zip(names)) {
        let all = [(&case.found, found.join("; ")), (&case.times, times.join("; ")), (&case.names, names.join("; "))];
        for (want, got) in all {
            assert!(want.as_ref().is_none_or(|w| *w == got), "{}: {}: {got}", path.display(), case.text);
        }
    }
}

/// A time in the notation of the cases.
fn shown_time(r: &Value) -> String {
    let text = |key: &str| r[key].as_str().unwrap_or_default().to_owned();
    let modifier = r["mod"].as_str().map_or_else(String::new, |m| format!(" {m}"));
    format!("{} = {} {}{modifier}", text("text"), text("type"), text("value"))
}

/// A name in the notation of the cases.
fn shown_name(r: &Value) -> String {
    let text = |key: &str| r[key].as_str().unwrap_or_default().to_owned();
    let mut out = format!("{} = {} {}", text("text"), text("type"), text("name"));
    for key in ["subtype", "link"] {
        if !r[key].is_null() {
            let _ = write!(out, " {}", text(key));
        }
    }
    out
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
