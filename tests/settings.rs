//! Proves what stands around the options: files and variables beneath them, messages as text or JSON, completions and
//! manual pages made of the same definition.
#![allow(missing_docs, reason = "a test")]

#[allow(dead_code, reason = "shared with other tests")]
#[path = "common/cli.rs"]
mod common;

use common::{Ran, program, ran, run_at, string};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::{TempDir, tempdir};

const PACK: &str = "[[unit]]\nid = '{Klafter}'\nkind = 'measure'\nforms = ['Klafter|n']\nexample = ['Er ist zwölf Klafter tief.', 'zwölf Klafter = measure 12 {Klafter}']\n";

/// Records with a text in each of three fields, and a pack.
fn folder(settings: &str) -> TempDir {
    let dir = tempdir().unwrap();
    fs::create_dir(dir.path().join("sub")).unwrap();
    let record = json!({"id": "a", "text": "1 Euro", "body": "2 Euro", "lead": "3 Euro", "tail": "4 Klafter"});
    write(&dir, "in.jsonl", &format!("{record}\n"));
    write(&dir, "sub/pack.toml", PACK);
    if !settings.is_empty() {
        write(&dir, "kennzahl.toml", settings);
    }
    dir
}

fn write(dir: &TempDir, name: &str, text: &str) {
    fs::write(dir.path().join(name), text).unwrap();
}

fn at(dir: &TempDir, args: &[&str], variables: &[(&str, &str)]) -> Ran {
    ran(program(dir.path(), args).envs(variables.iter().copied()), b"")
}

/// What `--print-config` says of each setting: its value, none where it is not set, and where that comes from.
fn holds(dir: &TempDir, args: &[&str], variables: &[(&str, &str)]) -> BTreeMap<String, (Option<toml::Value>, String)> {
    let out = at(dir, &[&["extract", "--print-config"], args].concat(), variables).quiet().out;
    let of = |line: &str| {
        if let Some(unset) = line.strip_prefix("# ") {
            return (unset.split(' ').next().unwrap().to_owned(), (None, String::new()));
        }
        let (setting, origin) = line.rsplit_once(" # ").unwrap();
        let (key, value) = setting.parse::<toml::Table>().unwrap().into_iter().next().unwrap();
        (key, (Some(value), origin.to_owned()))
    };
    out.lines().map(of).collect()
}

#[track_caller]
fn assert_holds(dir: &TempDir, args: &[&str], variables: &[(&str, &str)], key: &str, value: &str, origin: &str) {
    let value: toml::Table = format!("x = {value}").parse().unwrap();
    assert_eq!(holds(dir, args, variables)[key], (Some(value["x"].clone()), origin.to_owned()));
}

// ---- Settings ----

#[test]
fn an_option_wins_over_a_variable_over_the_file_over_the_default() {
    let (none, dir) = (folder(""), folder("\ntext-field = 'body'\n"));
    let variable = [("KENNZAHL_TEXT_FIELD", "lead")];
    let option = ["--text-field", "text"];
    for (dir, args, variables, text, value, origin) in [
        (&none, &[][..], &[][..], "1 Euro", "'text'", "default"),
        (&dir, &[], &[], "2 Euro", "'body'", "kennzahl.toml:2"),
        (&dir, &[], &variable, "3 Euro", "'lead'", "KENNZAHL_TEXT_FIELD"),
        (&dir, &option, &variable, "1 Euro", "'text'", "--text-field"),
        // An empty variable says nothing.
        (&dir, &[], &[("KENNZAHL_TEXT_FIELD", "")], "2 Euro", "'body'", "kennzahl.toml:2"),
    ] {
        assert_eq!(at(dir, &[&["extract", "in.jsonl"], args].concat(), variables).quiet().found(), [text]);
        assert_holds(dir, args, variables, "text-field", value, origin);
    }
}

#[test]
fn the_file_may_be_another_or_none() {
    let dir = folder("text-field = 'body'");
    write(&dir, "extract", "text-field = 'lead'");
    let found = |args: &[&str], variables: &[(&str, &str)]| at(&dir, args, variables).quiet().found();
    let named = ("KENNZAHL_CONFIG", "extract");
    for args in [&["extract", "in.jsonl", "--config", "extract"][..], &["--config", "extract", "extract", "in.jsonl"]] {
        assert_eq!(found(args, &[]), ["3 Euro"], "{args:?}");
        assert_eq!(found(args, &[("KENNZAHL_NO_CONFIG", "1")]), ["3 Euro"], "{args:?}");
    }
    assert_eq!(found(&["extract", "in.jsonl"], &[named]), ["3 Euro"]);
    assert_eq!(found(&["extract", "in.jsonl", "--no-config"], &[named]), ["1 Euro"]);
    assert_eq!(found(&["extract", "in.jsonl"], &[("KENNZAHL_NO_CONFIG", "yes")]), ["1 Euro"]);
    assert_eq!(found(&["extract", "in.jsonl"], &[("KENNZAHL_NO_CONFIG", "0")]), ["2 Euro"]);
    at(&dir, &["extract", "in.jsonl", "--config", "missing.toml"], &[]).told(2, &["missing.toml"]);
    at(&dir, &["extract", "in.jsonl", "--config", "a", "--no-config"], &[]).told(2, &["--no-config"]);
}

/// What is printed says all there is to say, and can be the file.
#[test]
fn what_is_printed_can_be_read_again() {
    let dir = folder("");
    let args = [
        "--pack=sub/pack.toml",
        "--kinds=time,fact",
        "--jobs=3",
        "--refused",
        "--carry=a,b c",
        "--published=2026-01-28",
    ];
    let before = holds(&dir, &args, &[]);
    assert!(before.len() > 30, "all options are settings");
    assert_eq!(before["carry"].0, Some(toml::Value::from(vec!["a", "b c"])));
    write(&dir, "kennzahl.toml", &at(&dir, &[&["extract", "--print-config"], &args[..]].concat(), &[]).quiet().out);
    let again = holds(&dir, &[], &[]);
    assert_eq!(again.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    for (key, (value, origin)) in again {
        assert_eq!(value, before[&key].0, "{key}");
        assert!(value.is_none() || origin.starts_with("kennzahl.toml:"), "{key}: {origin}");
    }
}

#[test]
fn lists_of_variables() {
    let dir = folder("pack = 'none.toml'\nkinds = ['fact']\ntext-field = 'tail'");
    let packs = std::env::join_paths(["sub/pack.toml", "sub/pack.toml"]).unwrap().into_string().unwrap();
    let all = holds(&dir, &[], &[("KENNZAHL_PACK", &packs), ("KENNZAHL_KINDS", "document,quantity")]);
    assert_eq!(all["pack"].0, Some(toml::Value::from(vec!["sub/pack.toml", "sub/pack.toml"])));
    assert_eq!(all["kinds"].0, Some(toml::Value::from(vec!["document", "quantity"])));
    let ran = at(&dir, &["extract", "in.jsonl", "--kinds=quantity"], &[("KENNZAHL_PACK", "sub/pack.toml")]).quiet();
    assert_eq!(ran.records()[0]["unit"], "{Klafter}");
}

#[test]
fn paths_are_counted_from_the_file() {
    let dir = folder("");
    let text = "text-field = 'tail'\npack = ['pack.toml']\noutput = 'out.jsonl'\nkinds = 'quantity'";
    write(&dir, "sub/mine.toml", text);
    at(&dir, &["extract", "in.jsonl", "--config", "sub/mine.toml"], &[]).quiet();
    let out = fs::read_to_string(dir.path().join("sub/out.jsonl")).unwrap();
    assert!(out.contains(r#""unit":"{Klafter}""#), "{out}");
    for (written, value) in [
        ("out/", "'sub/out/'"),
        ("-", "'-'"),
        ("/tmp/x.csv", "'/tmp/x.csv'"),
        ("postgres://me:secret@db/news", "'postgres://me:***@db/news'"),
    ] {
        write(&dir, "sub/mine.toml", &format!("output = '{written}'"));
        assert_holds(&dir, &["--config", "sub/mine.toml"], &[], "output", value, "sub/mine.toml:1");
    }
}

#[test]
fn what_is_typed_takes_back_what_is_set() {
    let dir = folder("dry-run = true\nrefused = true\nno-manifest = true");
    let refused = |args: &[&str], variables: &[(&str, &str)]| holds(&dir, args, variables)["refused"].clone();
    assert_eq!(refused(&[], &[]), (Some(true.into()), "kennzahl.toml:2".to_owned()));
    assert_eq!(refused(&["--no-refused"], &[]), (Some(false.into()), "--no-refused".to_owned()));
    assert_eq!(refused(&["--no-refused", "--refused"], &[]).0, Some(true.into()));
    let variable = ("KENNZAHL_REFUSED", "off");
    assert_eq!(refused(&[], &[variable]), (Some(false.into()), variable.0.to_owned()));
    // What does not go with a typed option is not set.
    let args = ["extract", "in.jsonl", "-o", "out.jsonl", "--rejects", "bad.jsonl", "--manifest", "proof.json"];
    assert_eq!(at(&dir, &args, &[]).quiet().out, "");
    assert!(["out.jsonl", "bad.jsonl", "proof.json"].iter().all(|f| dir.path().join(f).exists()));
    // Two that are set are no better than two that are typed.
    let both = folder("dry-run = true\nresume = true");
    at(&both, &["extract", "in.jsonl"], &[]).told(2, &["--dry-run", "kennzahl.toml:1", "--resume", "kennzahl.toml:2"]);
    let ran = at(&both, &["extract", "in.jsonl"], &[("KENNZAHL_RESUME", "false")]).quiet();
    assert_eq!(ran.out, "1 inputs, 1 documents; nothing was written\n");
    // An option that another one needs may be set as well.
    let listed = folder("files-from = 'list'");
    write(&listed, "list", "in.jsonl\n");
    assert_eq!(at(&listed, &["extract"], &[]).quiet().found(), ["1 Euro"]);
    write(&listed, "kennzahl.toml", "");
    at(&listed, &["extract"], &[]).told(2, &["PATH"]);
}

#[test]
fn wrong_settings_are_named_with_their_place() {
    for (text, parts) in [
        ("\njob = 3", &["kennzahl.toml:2: ", "'job'", "'jobs'"][..]),
        ("text_field = 'x'", &["kennzahl.toml:1: ", "'text_field'", "'text-field'"]),
        ("config = 'x'", &["'config'"]),
        ("help = true", &["'help'"]),
        ("no-refused = true", &["'no-refused'", "'refused'"]),
        ("[fields]\ntext = 'x'", &["'fields'"]),
        ("jobs = true", &["kennzahl.toml:1: ", "'jobs' is a string or a number"]),
        ("jobs = 1.5", &["'jobs' is a string or a number"]),
        ("jobs = [1]", &["'jobs' is a string or a number"]),
        ("strict = 'yes'", &["'strict' is true or false"]),
        ("pack = [['x']]", &["'pack' is a list of strings"]),
        ("kinds = []", &["'kinds' is a list of one thing at least"]),
        ("strict = true\njobs = -1", &["--jobs", "-1", "--jobs is set by kennzahl.toml:2"]),
        ("kinds = ['time', 'tims']", &["tims", "--kinds is set by kennzahl.toml:1"]),
        ("a = 1\n\nb = = 2", &["kennzahl.toml:3: no valid TOML"]),
        ("jobs = 1\njobs = 2", &["kennzahl.toml:2: no valid TOML"]),
    ] {
        let ran = at(&folder(text), &["extract", "in.jsonl"], &[]).told(2, parts);
        assert_eq!(ran.out, "", "{text}");
    }
    let dir = folder("");
    at(&dir, &["extract", "in.jsonl"], &[("KENNZAHL_MAX_RATIO", "0")])
        .told(2, &["--max-ratio is set by KENNZAHL_MAX_RATIO"]);
    at(&dir, &["extract", "in.jsonl"], &[("KENNZAHL_STRICT", "2")]).told(2, &["KENNZAHL_STRICT", "'2'"]);
    // Of what is typed it is not said that it was set.
    let dir = folder("jobs = 1");
    for args in [&["--jobs"][..], &["--jobs", "x"], &["--jobs", "1", "--jobs", "2"], &["--job", "1"]] {
        let ran = at(&dir, &[&["extract", "in.jsonl"], args].concat(), &[]).told(2, &["error: "]);
        assert!(!ran.err.contains("kennzahl.toml"), "{args:?}: {}", ran.err);
    }
    // Nothing is wrong with an option that covers a wrong setting.
    at(&dir, &["extract", "in.jsonl", "--max-ratio=9"], &[("KENNZAHL_MAX_RATIO", "0")]).quiet();
}

#[test]
fn other_commands_take_what_they_share() {
    let dir = folder("pack = 'sub/pack.toml'\npublished = 2026-01-28\noutput = 'elsewhere'");
    let out = at(&dir, &["explain", "4 Klafter seit gestern"], &[]).quiet().out;
    assert!(out.contains("measure 4 {Klafter}") && out.contains("2026-01-27"), "{out}");
    let out = at(&dir, &["explain", "gestern"], &[("KENNZAHL_PUBLISHED", "2026-02-01")]).quiet().out;
    assert!(out.contains("2026-01-31"), "{out}");
    // A page does not go where the records go.
    write(&dir, "kennzahl.toml", "text-field = 'tail'\noutput = 'elsewhere'\npack = ['sub/pack.toml']");
    for command in ["view", "audit"] {
        at(&dir, &[command, "in.jsonl"], &[]).told(2, &["--output"]);
        at(&dir, &[command, "in.jsonl", "-o", "page.html"], &[]);
        let page = fs::read_to_string(dir.path().join("page.html")).unwrap();
        assert!(page.contains("4 Klafter") && !page.contains("1 Euro"), "{command}: the text of the field that is set");
    }
    write(&dir, "kennzahl.toml", "pack = 'missing.toml'");
    at(&dir, &["eval", "."], &[]).told(2, &["missing.toml"]);
    // The others are not kept from their work by a file that is none of theirs.
    write(&dir, "kennzahl.toml", "no TOML");
    for args in
        [&["schema"][..], &["completions", "bash"], &["man"], &["--help"], &["extract", "--help"], &["--version"]]
    {
        assert!(!at(&dir, args, &[("KENNZAHL_STRICT", "?")]).quiet().out.is_empty(), "{args:?}");
    }
}

#[test]
fn the_manifest_says_what_held() {
    let dir =
        folder("text-field = 'tail'\nkinds = ['document', 'quantity']\npack = ['sub/pack.toml']\noutput = 'out.jsonl'");
    at(&dir, &["extract", "in.jsonl"], &[("KENNZAHL_OFFSETS", "bytes")]).quiet();
    let manifest = fs::read(dir.path().join("out.jsonl.manifest.json")).unwrap();
    let options = serde_json::from_slice::<Value>(&manifest).unwrap()["options"].take();
    assert_eq!(options["input"]["text_field"], "tail");
    assert_eq!(options["kinds"], json!(["document", "quantity"]));
    assert_eq!((&options["offsets"], &options["pack"]), (&json!("bytes"), &json!(["sub/pack.toml"])));
    // What holds now says nothing of the run.
    write(&dir, "kennzahl.toml", "text-field = 'text'\nkinds = 'fact'");
    let out = at(&dir, &["verify", "out.jsonl.manifest.json"], &[]).quiet().out;
    assert!(out.ends_with("1 of 1 documents read again, 0 differ\n"), "{out}");
}

// ---- Messages ----

/// The messages of a run, each an object with time and level, without its time.
#[track_caller]
fn messages(ran: &Ran) -> Vec<Value> {
    let one = |line: &str| {
        let mut message: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        let time = message.as_object_mut().unwrap().remove("time").unwrap();
        assert!(time.as_str().unwrap().parse::<jiff::Timestamp>().is_ok(), "{time}");
        message
    };
    ran.err.lines().map(one).collect()
}

fn bad() -> TempDir {
    let dir = folder("");
    write(&dir, "in.jsonl", "{\"id\": \"a\", \"text\": \"1 Euro\"}\n{\"id\": \"b\"}\nnone\n");
    dir
}

#[test]
fn messages_as_json() {
    let dir = bad();
    let ran = at(&dir, &["extract", "in.jsonl", "--log-format", "json", "--rejects", "bad.jsonl"], &[]);
    assert_eq!((ran.code, ran.found().len()), (1, 1));
    let said = messages(&ran);
    let events: Vec<_> = said.iter().map(|m| (string(m, "level"), string(m, "event"))).collect();
    let want = [("warn", "reject"), ("warn", "reject"), ("info", "summary"), ("error", "rejects")];
    assert_eq!(events, want.map(|(level, event)| (level.to_owned(), event.to_owned())));
    // A reject is said as it is written.
    let rejects = fs::read_to_string(dir.path().join("bad.jsonl")).unwrap();
    for (line, said) in rejects.lines().zip(&said) {
        let mut reject: Value = serde_json::from_str(line).unwrap();
        reject["level"] = json!("warn");
        reject["event"] = json!("reject");
        assert_eq!(*said, reject);
    }
    assert_eq!(said[1]["position"], 3);
    assert!(said[2]["milliseconds"].as_u64().is_some(), "{}", said[2]);
    let counts = json!({"documents": 1, "superseded": 0, "text_bytes": 6, "records": {"quantity": 1},
        "rejects": {"field": 1, "malformed": 1}});
    for (key, value) in counts.as_object().unwrap() {
        assert_eq!((&said[2][key], &said[3][key]), (value, value), "{key}");
    }
    assert_eq!(said[3]["message"], "1 documents, 2 inputs rejected (field 1, malformed 1)");
}

#[test]
fn what_ends_a_run_is_said_as_json_too() {
    let dir = bad();
    let json = ("KENNZAHL_LOG_FORMAT", "json");
    for (args, variables, code, parts) in [
        (
            &["extract", "missing"][..],
            &[][..],
            2,
            &[("event", "error"), ("source", "missing"), ("reason", "unreadable")][..],
        ),
        (&["extract", "in.jsonl", "--jobs", "x"], &[], 2, &[("event", "usage")]),
        (&["extract", "in.jsonl"], &[("KENNZAHL_JOBS", "x")], 2, &[("event", "usage")]),
        (
            &["extract", "in.jsonl"],
            &[("KENNZAHL_STRICT", "x")],
            2,
            &[("event", "error"), ("source", "KENNZAHL_STRICT")],
        ),
        (&["extract"], &[], 2, &[("event", "usage")]),
        (&["extract", "in.jsonl", "--strict", "-q"], &[], 1, &[("event", "refused")]),
        (&["eval", "."], &[], 2, &[("event", "error")]),
        (&["explain", "--print-config"], &[], 2, &[("event", "usage")]),
    ] {
        let ran = at(&dir, args, &[&[json], variables].concat());
        let said = messages(&ran);
        assert_eq!((ran.code, said.len()), (code, 1), "{args:?}: {}", ran.err);
        for (key, value) in [&[("level", "error")], parts].concat() {
            assert_eq!(said[0][key], value, "{args:?}");
        }
        assert!(!string(&said[0], "message").is_empty());
    }
    // Also where the file is what is wrong, or what says so.
    write(&dir, "kennzahl.toml", "log-format = 'json'\njobs = 'x'");
    let said = messages(&at(&dir, &["extract", "in.jsonl"], &[]).told(2, &[]));
    assert!(string(&said[0], "message").contains("--jobs is set by kennzahl.toml:2"), "{}", said[0]);
    write(&dir, "kennzahl.toml", "job = 1");
    assert_eq!(messages(&at(&dir, &["extract", "in.jsonl"], &[json]).told(2, &[]))[0]["position"], 1);
}

#[test]
fn quiet_says_why_it_failed_and_nothing_else() {
    let dir = bad();
    let ran = at(&dir, &["extract", "in.jsonl", "-q"], &[]).told(1, &[]);
    assert_eq!(ran.err, "kennzahl: 1 documents, 2 inputs rejected (field 1, malformed 1)\n");
    assert_eq!(ran.found(), ["1 Euro"]);
    at(&dir, &["extract", "in.jsonl", "-q", "--stats"], &[]).told(2, &["--quiet", "--stats"]);
    // Who types --stats wants to see them.
    at(&dir, &["extract", "in.jsonl", "--stats"], &[("KENNZAHL_QUIET", "1")]).told(1, &["done\n", "field 1"]);
    at(&dir, &["extract", "missing", "--quiet"], &[]).told(2, &["missing"]);
    let good = folder("quiet = true");
    at(&good, &["extract", "in.jsonl", "-o", "out.jsonl", "--resume"], &[]).quiet();
    at(&good, &["extract", "in.jsonl", "-o", "out.jsonl", "--resume", "--no-config"], &[])
        .told(0, &["begins at the start"]);
}

// ---- Completions, manual ----

/// All options that `--help` of a command shows.
fn options(command: &[&str]) -> Vec<String> {
    let help = run_at(Path::new("."), &[command, &["--help"]].concat(), b"").quiet().out;
    let lines = help.lines().filter(|l| l.starts_with("  -") || l.starts_with("      -"));
    lines.map(|l| l[l.find("--").unwrap()..].split([' ', '[']).next().unwrap().to_owned()).collect()
}

#[test]
fn completions_know_all_options() {
    let all = options(&["extract"]);
    assert!(all.len() > 35 && all.contains(&"--text-field".to_owned()), "{all:?}");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = run_at(Path::new("."), &["completions", shell], b"").quiet().out;
        for option in &all {
            assert!(script.contains(option.trim_start_matches('-')), "{shell}: {option}");
        }
        // Elvish and PowerShell are told of no values.
        assert_eq!(script.contains("mediawiki"), matches!(shell, "bash" | "zsh" | "fish"), "{shell}");
    }
    run_at(Path::new("."), &["completions", "none"], b"").told(2, &["bash", "powershell"]);
}

#[test]
fn a_page_for_each_command() {
    let dir = tempdir().unwrap();
    let at = |args: &[&str]| run_at(dir.path(), args, b"");
    at(&["man", "-o", "share/man1"]).quiet();
    let pages = fs::read_dir(dir.path().join("share/man1")).unwrap();
    let mut pages: Vec<_> = pages.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    pages.sort();
    let want = [
        "-audit",
        "-completions",
        "-convert",
        "-diff",
        "-eval",
        "-explain",
        "-extract",
        "-man",
        "-pack-check",
        "-pack",
        "-schema",
        "-train-facts",
        "-train-names",
        "-train",
        "-verify",
        "-view",
        "",
    ];
    assert_eq!(pages, want.map(|name| format!("kennzahl{name}.1")));
    let page = |name: &str| fs::read_to_string(dir.path().join("share/man1").join(name)).unwrap();
    assert_eq!(at(&["man"]).quiet().out, page("kennzahl.1"));
    assert_eq!(at(&["man", "train", "facts"]).quiet().out, page("kennzahl-train-facts.1"));
    let extract = page("kennzahl-extract.1");
    for option in options(&["extract"]) {
        assert!(extract.contains(&option.replace('-', "\\-")), "{option}");
    }
    for part in ["Exit codes", ".SH EXAMPLES\n.nf\n", ".SH SETTINGS\n", "KENNZAHL_CONFIG"] {
        assert!(extract.contains(part), "{part}");
    }
    at(&["man", "extracts"]).told(2, &["'extracts'", "extract"]);
    write(&dir, "file", "");
    at(&["man", "-o", "file"]).told(2, &["file", "cannot be written"]);
}
