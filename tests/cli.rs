//! Proves the program as it is used: every way in, every option of the output, the contract of the records, exit codes,
//! and that whatever is wrong with one document costs that document alone.

#[path = "common/cli.rs"]
mod common;

use common::{jsonl, number, program, records, run, run_at, string};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::{TempDir, tempdir};

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempdir().unwrap();
    for (name, content) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    dir
}

/// The records of one text, read from standard input.
fn of_text(args: &[&str], text: &str) -> Vec<Value> {
    run(&[&["extract", "-", "--from", "text"], args].concat(), text).quiet().records()
}

/// One line of input.
fn line(id: &str, text: &str) -> String {
    json!({"id": id, "text": text}).to_string()
}

const META: &str = "Im vollendeten Quartal schoss der Absatz von Nova um 27 Prozent auf knapp 58,7 Milliarden Dollar.";

// ---- Ways in ----

#[test]
fn a_text_file() {
    let dir = folder(&[("sub/beispiel.neu.txt", META.as_bytes())]);
    let ran = run_at(dir.path(), &["extract", "sub/beispiel.neu.txt"], b"").quiet();
    assert_eq!(
        ran.out,
        concat!(
            r#"{"kind":"document","doc":"beispiel.neu","#,
            r#""text_sha256":"7bcd3df77c4998f633e7e67a82b328e79d4b54f8827d9d98fe28d3e8cdfa5119","#,
            r#""chars":97,"sentences":1,"schema_version":"1.0"}"#,
            "\n",
            r#"{"kind":"quantity","doc":"beispiel.neu","id":"q53","sentence":0,"start":53,"end":63,"text":"27 Prozent","#,
            r#""type":"percent","value":27,"unit":"%","lower":27,"upper":27}"#,
            "\n",
            r#"{"kind":"quantity","doc":"beispiel.neu","id":"q74","sentence":0,"start":74,"end":96,"text":"58,7 Milliarden Dollar","#,
            r#""type":"money","value":58700000000,"unit":"USD","approx":"just_below","hedge":"knapp","upper":58700000000,"#,
            r#""assumed":"usd"}"#,
            "\n",
            r#"{"kind":"fact","doc":"beispiel.neu","id":"f74","sentence":0,"start":0,"end":97,"text":"Im vollendeten Quartal schoss "#,
            r#"der Absatz von Nova um 27 Prozent auf knapp 58,7 Milliarden Dollar.","subject":{"name":"Nova","basis":"clause"},"metric":{"text":"Absatz","lemma":"Absatz","#,
            r#""concept":"unit_sales"},"value":{"quantity":"q74","type":"money","value":58700000000,"unit":"USD","#,
            r#""approx":"just_below","upper":58700000000},"change":{"direction":"up","by":{"quantity":"q53","type":"percent","#,
            r#""value":27,"unit":"%","lower":27,"upper":27}},"status":"reported","fact_key":"75feb0e21e48afeb"}"#,
            "\n",
        )
    );
}

#[test]
fn a_folder() {
    let text = b"Es kostet 5 Euro.".as_slice();
    let dir = folder(&[
        ("in/a.txt", text),
        ("in/a.b.txt", text),
        ("in/a/x.txt", text),
        ("in/a/deep/er/y.text", text),
        ("in/B.txt", text),
        ("in/z.jsonl", b"{\"id\": \"z1\", \"text\": \"6 Euro\"}\n{\"id\": \"z2\", \"text\": \"7 Euro\"}\n"),
        ("in/\u{e4}.txt", text),
        ("in/.hidden.txt", text),
        ("in/.hidden/x.txt", text),
        ("in/a.gold.json", b"{}"),
        ("in/feed.json", b"[{\"id\": \"f1\", \"text\": \"6 Euro\"}]"),
        ("in/readme.md", text),
        ("in/picture.png", text),
        ("in/page.html", text),
        ("in/plain", text),
        ("elsewhere/linked.txt", text),
    ]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(dir.path().join("elsewhere/linked.txt"), dir.path().join("in/link.txt")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("elsewhere"), dir.path().join("in/folder")).unwrap();
        std::os::unix::fs::symlink("nowhere", dir.path().join("in/broken.txt")).unwrap();
    }
    // In byte order of the whole paths: "a.b.txt" before "a.txt" before "a/…".
    let ids = ["B", "a.b", "a", "a/deep/er/y", "a/x", "f1", "page", "z1", "z2", "\u{e4}"];
    for path in ["in", "in/", "./in", dir.path().join("in").to_str().unwrap()] {
        assert_eq!(run_at(dir.path(), &["extract", path], b"").quiet().docs(), ids, "{path}");
    }
    assert_eq!(run_at(&dir.path().join("in"), &["extract", "."], b"").quiet().docs(), ids);
    // Several arguments come one after the other, each in its own order.
    let both = run_at(dir.path(), &["extract", "elsewhere", "in"], b"").quiet().docs();
    assert_eq!(both[0], "linked");
    assert_eq!(both[1..], ids);
    let none = folder(&[("in/readme.md", text)]);
    assert_eq!(run_at(none.path(), &["extract", "in"], b"").quiet().out, "");
}

#[test]
fn manifests_of_earlier_runs_are_no_input() {
    let item = br#"{"id": "no", "text": "6 Euro"}"#.as_slice();
    let dir = folder(&[
        ("in/a.txt", b"5 Euro"),
        ("in/other.manifest.json", item),
        ("in/tables/manifest.json", item),
        ("in/manifesto.json", br#"{"id": "m", "text": "7 Euro"}"#),
    ]);
    let at = |args: &[&str]| run_at(dir.path(), args, b"").quiet();
    at(&["extract", "in", "-o", "in/records.jsonl"]);
    assert!(dir.path().join("in/records.jsonl.manifest.json").exists());
    fs::remove_file(dir.path().join("in/records.jsonl")).unwrap();
    assert_eq!(at(&["extract", "in"]).docs(), ["a", "m"]);
    assert_eq!(at(&["extract", "in/*.json"]).docs(), ["m"]);
    // Who names one means it.
    assert_eq!(at(&["extract", "in/tables/manifest.json"]).docs(), ["no"]);
}

#[test]
fn standard_input_as_text() {
    let ran = run(&["extract", "-"], "Es kostet 5 Euro.").quiet();
    assert_eq!((ran.docs(), ran.found()), (vec!["-".to_owned()], vec!["5 Euro".to_owned()]));
    // A brace is no JSON where one says so.
    let ran = run(&["extract", "-", "--from", "text"], "{\"text\": \"5 Euro\"}\n").quiet();
    assert_eq!(number(&ran.records()[0], "chars"), 19);
}

#[test]
fn standard_input_as_json_lines() {
    let input =
        "\n  {\"id\": \"a\", \"text\": \"5 Euro\"}\r\n\r\n{\"text\": \"6 Euro\"}\n{\"id\": 7, \"text\": \"7 Euro\"}";
    for args in [&["extract", "-"][..], &["extract", "-", "--from", "jsonl"]] {
        let ran = run(args, input).quiet();
        assert_eq!(ran.docs(), ["a", "-:4", "7"], "blank lines count, without an id it is the line");
        assert_eq!(ran.found(), ["5 Euro", "6 Euro", "7 Euro"]);
    }
    // A byte-order mark is no text.
    let marked = format!("\u{feff}{}\n", line("a", "5 Euro"));
    assert_eq!(run(&["extract", "-", "--from", "jsonl"], &marked).quiet().docs(), ["a"]);
}

#[test]
fn json_lines_are_known_behind_a_byte_order_mark() {
    let marked = format!("\u{feff}{}\n", line("a", "5 Euro"));
    assert_eq!(run(&["extract", "-"], &marked).quiet().docs(), ["a"]);
}

#[test]
fn the_format_of_a_file() {
    let object = line("a", "5 Euro");
    let dir = folder(&[
        ("x.jsonl", object.as_bytes()),
        ("x.ndjson", object.as_bytes()),
        ("x.txt", object.as_bytes()),
        ("x", object.as_bytes()),
        ("prose", b"5 Euro"),
        ("no-id.jsonl", b"\n{\"text\": \"5 Euro\"}"),
    ]);
    let docs = |args: &[&str]| run_at(dir.path(), &[&["extract"], args].concat(), b"").quiet().docs();
    assert_eq!(docs(&["x.jsonl"]), ["a"]);
    assert_eq!(docs(&["x.ndjson"]), ["a"]);
    assert_eq!(docs(&["x.txt"]), ["x"], "the suffix tells");
    assert_eq!(docs(&["x"]), ["a"], "the content tells");
    assert_eq!(docs(&["prose"]), ["prose"]);
    assert_eq!(docs(&["x", "--from", "text"]), ["x"], "the option tells");
    assert_eq!(docs(&["no-id.jsonl"]), ["no-id.jsonl:2"]);
}

#[test]
fn other_field_names() {
    let input =
        r#"{"uri": "a", "body": "5 Euro", "date": "2026-01-28", "text": "6 Euro", "id": "no", "published": "no"}"#;
    let ran = jsonl(&["--text-field", "body", "--id-field", "uri", "--published-field", "date"], &[input]).quiet();
    assert_eq!(ran.found(), ["5 Euro"]);
    assert_eq!(string(&ran.records()[0], "doc"), "a");
    assert_eq!(string(&ran.records()[0], "published"), "2026-01-28");
}

/// The SHA-256 of a full stop.
const STOP: &str = "cdb4ee2aea69cc6a83331bbe96dc2caa9a299d21329efb0336fc02a82e1839a8";

#[test]
fn what_is_known_of_a_document_stands_in_its_record() {
    let input = r#"{"id": "a", "text": ".", "title": "Ü \"b\"", "source": "dpa", "lang": "de", "version": 3, "status": "withheld", "unknown": [1]}"#;
    let want = json!({"kind": "document", "doc": "a", "title": "Ü \"b\"", "source": "dpa", "lang": "de", "version": "3",
        "status": "withheld", "text_sha256": STOP, "chars": 1, "sentences": 1, "schema_version": "1.0"});
    assert_eq!(jsonl(&[], &[input]).quiet().records(), [want]);
}

#[test]
fn nothing_is_read_as_nothing() {
    let dir = folder(&[("leer.txt", b""), ("mark.txt", b"\xef\xbb\xbf"), ("leer.jsonl", b"")]);
    // A file without text is told; a feed without lines is an empty feed.
    for file in ["leer.txt", "mark.txt"] {
        let ran = run_at(dir.path(), &["extract", file], b"").told(1, &[file, "without text"]);
        assert_eq!(ran.out, "");
    }
    assert_eq!(run_at(dir.path(), &["extract", "leer.jsonl"], b"").quiet().out, "");
    run(&["extract", "-", "--from", "text"], "").told(1, &["-: ", "without text"]);
    assert_eq!(run(&["extract", "-", "--from", "jsonl"], "").quiet().out, "");
    run(&["extract", "-"], "").quiet();
    run(&["extract", "-"], "\n \n").quiet();
}

#[test]
fn encodings() {
    let text = "Die Geb\u{fc}hr stieg \u{2013} um 5 \u{20ac} \u{2013} auf 59,90 Euro f\u{fc}r M\u{e4}rz.\n";
    let ansi: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '\u{20ac}' => 0x80,
            '\u{2013}' => 0x96,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let plain = run(&["extract", "-"], text).quiet();
    assert_eq!(plain.found(), ["5 \u{20ac}", "59,90 Euro"]);
    for (what, bytes, encoding) in [
        ("UTF-8", text.as_bytes().to_vec(), None),
        ("UTF-8 with a mark", format!("\u{feff}{text}").into_bytes(), None),
        ("Windows-1252", ansi, Some("windows-1252")),
        ("UTF-16LE", little.clone(), Some("utf-16le")),
        ("UTF-16LE with a mark", [b"\xff\xfe".to_vec(), little].concat(), Some("utf-16le")),
        ("UTF-16BE", big.clone(), Some("utf-16be")),
        ("UTF-16BE with a mark", [b"\xfe\xff".to_vec(), big].concat(), Some("utf-16be")),
    ] {
        let dir = folder(&[("-.txt", &bytes)]);
        let mut got = run_at(dir.path(), &["extract", "./-.txt"], b"").quiet().records();
        let declared = got[0].as_object_mut().unwrap().remove("encoding");
        assert_eq!(declared.as_ref().and_then(Value::as_str), encoding, "{what}");
        assert_eq!(got, plain.records(), "{what}: the same text, the same offsets");
        assert_eq!(
            run(&["extract", "-", "--from", "text"], &bytes).quiet().records()[1..],
            got[1..],
            "{what} on standard input"
        );
    }
}

#[test]
fn line_breaks_of_windows_are_part_of_the_text() {
    let unix = "Umsatz\n\nDas Unternehmen aus dem Norden zahlte zuletzt 5\nMillionen Euro an seine Leute, und im Jahr davor 50\nMillionen.\n\n- 7 G\u{e4}ste\n- 8 G\u{e4}ste\n";
    let text = unix.replace('\n', "\r\n");
    let all = of_text(&["--refused"], &text);
    assert_spans(&all, &[&text], "chars");
    let dir = folder(&[("-.txt", text.as_bytes())]);
    assert_eq!(run_at(dir.path(), &["extract", "./-.txt", "--refused"], b"").quiet().records(), all);
    // Beside offsets they change nothing.
    let shown = |all: &[Value]| -> Vec<_> {
        let of = |r: &Value| {
            (string(r, "kind"), string(r, "text").replace('\r', ""), number(r, "sentence"), r.get("value").cloned())
        };
        all[1..].iter().filter(|r| r["kind"] != "fact").map(of).collect()
    };
    let plain = of_text(&["--refused"], unix);
    assert_eq!(shown(&all), shown(&plain));
    assert_eq!(all[0]["sentences"], plain[0]["sentences"]);
    assert_eq!(string(&all[1], "text"), "5\r\nMillionen Euro");
}

// ---- Records ----

/// Every mention's text stands at its offsets, in order, under an id of its own; `texts` are those of the documents.
#[track_caller]
fn assert_spans(all: &[Value], texts: &[&str], unit: &str) {
    let mut texts = texts.iter();
    let (mut text, mut doc, mut last, mut ids) = ("", String::new(), 0, BTreeSet::new());
    for r in all {
        if r["kind"] == "document" {
            text = texts.next().expect("no more documents than texts");
            (doc, last) = (string(r, "doc"), 0);
            ids.clear();
            assert_eq!(number(r, "chars"), text.chars().count(), "{r}");
            continue;
        }
        let (start, end) = (number(r, "start"), number(r, "end"));
        let covered: String = match unit {
            "chars" => text.chars().skip(start).take(end - start).collect(),
            "bytes" => text[start..end].to_owned(),
            "utf16" => {
                String::from_utf16(&text.encode_utf16().skip(start).take(end - start).collect::<Vec<_>>()).unwrap()
            }
            _ => unreachable!(),
        };
        assert_eq!(covered, string(r, "text"), "{r}");
        assert_eq!(string(r, "doc"), doc);
        assert!(ids.insert(string(r, "id")), "an id of its own: {r}");
        // Facts stand behind all mentions, by their numbers.
        if r["kind"] != "fact" {
            assert!(start >= last, "by start: {r}");
            last = start;
        }
    }
    assert_eq!(texts.next(), None, "a record for each document");
}

#[test]
fn offsets_count_what_was_asked_for() {
    let text = "\u{1f469}\u{200d}\u{1f680} Die Ku\u{308}hlschra\u{308}nke \u{1f9ca} fu\u{308}r Mu\u{308}nchen kosten fu\u{308}nfzig Euro, 3 \u{1f600} m\u{b2} und 59,90 \u{20ac}.";
    let file = folder(&[("a.txt", text.as_bytes())]);
    let from_line = line("a", text);
    let mut ids = BTreeSet::new();
    for unit in ["chars", "bytes", "utf16"] {
        let ran = run_at(file.path(), &["extract", "a.txt", "--offsets", unit], b"").quiet();
        assert_spans(&ran.records(), &[text], unit);
        assert_eq!(ran.found(), ["fu\u{308}nfzig Euro", "3", "59,90 \u{20ac}"]);
        assert_eq!(jsonl(&["--offsets", unit], &[&from_line]).quiet(), ran);
        ids.insert(ran.records().iter().map(|r| r["id"].to_string()).collect::<Vec<_>>());
    }
    assert_eq!(ids.len(), 1, "ids count code points, whatever the offsets do");
    let chars = run_at(file.path(), &["extract", "a.txt"], b"").quiet();
    assert_eq!(
        chars,
        run_at(file.path(), &["extract", "a.txt", "--offsets", "chars"], b"").quiet(),
        "code points unless told otherwise"
    );
}

#[test]
fn any_text_comes_back_whole() {
    let text =
        "\"5\u{a0}Euro\" \\ \t6\u{ad} Eu\u{ad}ro\u{0} \u{7} \u{2028}7 Euro\u{85}</script> 8 \u{1f4b6} Euro \u{fffd}";
    let ran = jsonl(&["--refused"], &[&line("\u{1}\"\\\u{1f4b6}", text)]).quiet();
    assert_spans(&ran.records(), &[text], "chars");
    assert_eq!(ran.docs(), ["\u{1}\"\\\u{1f4b6}"]);
    assert_eq!(ran.found()[0], "5\u{a0}Euro");
}

#[test]
fn kinds_of_records() {
    let text = "Nach \u{a7} 3 kostet das 5 Euro.";
    let kinds = |args: &[&str]| of_text(args, text).iter().map(|r| string(r, "kind")).collect::<Vec<_>>();
    assert_eq!(kinds(&[]), ["document", "quantity", "fact"]);
    assert_eq!(kinds(&["--refused"]), ["document", "refused", "quantity", "fact"]);
    assert_eq!(kinds(&["--kinds", "document"]), ["document"]);
    assert_eq!(kinds(&["--kinds", "quantity"]), ["quantity"]);
    assert_eq!(kinds(&["--kinds", "refused"]), ["refused"]);
    assert!(kinds(&["--kinds", "fact"]).iter().all(|k| k == "fact"));
    assert_eq!(kinds(&["--kinds", "refused,quantity"]), ["refused", "quantity"]);
    assert_eq!(kinds(&["--kinds", "quantity", "--refused"]), ["refused", "quantity"]);
    run(&["extract", "-", "--kinds", "quantities"], "").told(2, &["quantities"]);
}

#[test]
fn refused_with_reason_and_rules_on_request() {
    let text = "Nach \u{a7} 3 kostet das 5 Euro.";
    let plain = of_text(&["--refused"], text);
    assert_eq!(
        (string(&plain[1], "reason"), string(&plain[1], "text"), string(&plain[1], "id")),
        ("law".into(), "3".into(), "r7".into())
    );
    assert!(plain.iter().all(|r| r.get("rule").is_none()));
    let explained = of_text(&["--refused", "--explain"], text);
    assert!(explained[1..].iter().all(|r| !string(r, "rule").is_empty()));
    let mut without = explained.clone();
    without.iter_mut().for_each(|r| drop(r.as_object_mut().unwrap().remove("rule")));
    assert_eq!(without, plain, "the rule is all that is added");
}

#[test]
fn numbers_are_exact_and_canonical() {
    for (text, value) in [
        ("Es sind 58,7 Milliarden Euro.", "58700000000"),
        ("Es sind 0,20 Euro.", "0.2"),
        ("Es sind 5,00 Euro.", "5"),
        ("Es sind 1.234.567,89 Euro.", "1234567.89"),
        ("Es sind minus 245 Millionen Euro.", "-245000000"),
        ("Es sind 0,123456789 Meter.", "0.123456789"),
        ("Es sind 9007199254740993 Meter.", "9007199254740993"),
        ("Es sind 12345678901234567890123456789 Meter.", "12345678901234567890123456789"),
        ("Es sind 70 Trilliarden Meter.", "70000000000000000000000"),
        ("Es sind 0,1 Cent.", "0.001"),
    ] {
        let raw = run(&["extract", "-"], text).quiet().out;
        for field in ["value", "lower", "upper"] {
            assert!(
                raw.contains(&format!("\"{field}\":{value},")) || raw.contains(&format!("\"{field}\":{value}}}")),
                "{field} {value}: {raw}"
            );
        }
        let raw = run(&["extract", "-", "--numbers", "string"], text).quiet().out;
        assert!(raw.contains(&format!("\"value\":\"{value}\"")), "{value}: {raw}");
    }
    // More than a record can hold is no number at all, and says so.
    for text in ["Es sind 123456789012345678901234567890 Meter.", "Es sind 0,1234567891 Meter."] {
        let all = of_text(&["--refused"], text);
        assert_eq!(string(&all[1], "reason"), "range", "{text}");
    }
}

/// The texts of the examples of the built-in packs: some of everything there is.
fn example_lines() -> (Vec<String>, String) {
    let pack = kennzahl::german::pack().unwrap();
    let texts: Vec<String> = pack.examples().iter().map(|(_, [text, _])| text.clone()).collect();
    let mut input = String::new();
    for (n, text) in texts.iter().enumerate() {
        let _ = writeln!(input, "{}", line(&format!("e{n}"), text));
    }
    (texts, input)
}

#[test]
fn numbers_as_strings_are_the_same_numbers() {
    let (_, input) = example_lines();
    let numbers = run(&["extract", "-"], &input).quiet().records();
    let strings = run(&["extract", "-", "--numbers", "string"], &input).quiet().records();
    let canonical = regex::Regex::new(r"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$").unwrap();
    let mut seen = 0;
    for (mut n, s) in numbers.into_iter().zip(strings).filter(|(n, _)| n["kind"] != "time" && n["kind"] != "fact") {
        for field in ["value", "low", "high", "lower", "upper"] {
            if let Some(value) = n.get_mut(field) {
                let Value::Number(exact) = &*value else { panic!("{field} is a number: {value}") };
                let digits = exact.to_string();
                assert!(canonical.is_match(&digits), "{field} {digits}");
                *value = Value::String(digits);
                seen += 1;
            }
        }
        assert_eq!(n, s);
    }
    assert!(seen > 1000, "only {seen} numbers");
}

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&run(&["schema"], "").quiet().out).unwrap();
    assert_eq!(schema, kennzahl::emit::schema());
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn carried_fields_stand_in_the_document_record() {
    let line = r#"{"id": "a", "text": "5 Euro", "Ressort": "W \"x\"", "n": [1.50, {"b": null}], "title": "T"}"#;
    let ran = jsonl(&["--carry", "*", "--kinds", "document"], &[line]).quiet();
    assert!(
        ran.out.ends_with(",\"carried\":{\"Ressort\":\"W \\\"x\\\"\",\"n\":[1.50,{\"b\":null}]}}\n"),
        "{}",
        ran.out
    );
    assert!(validator().is_valid(&ran.records()[0]));
    let ran = jsonl(&["--carry", "Ressort", "--kinds", "document"], &[line]).quiet();
    assert_eq!(ran.records()[0]["carried"], serde_json::json!({"Ressort": "W \"x\""}));
    assert!(jsonl(&["--kinds", "document"], &[line]).quiet().records()[0].get("carried").is_none());
}

#[test]
fn every_record_is_of_the_schema() {
    let validator = validator();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles");
    let (texts, input) = example_lines();
    let extras = [
        &["--published", "2026-01-28T22:17"][..],
        &["--numbers", "string", "--offsets", "utf16"],
        &["--explain", "--refused"],
        &["--explain", "--refused", "--offsets", "bytes", "--numbers", "string", "--kinds", "quantity"],
    ];
    let mut seen = BTreeSet::new();
    for extra in extras {
        let from_corpus = run_at(&corpus, &[&["extract", "."], extra].concat(), b"").quiet();
        let from_examples = run(&[&["extract", "-", "--from", "jsonl"], extra].concat(), &input).quiet();
        for (text, r) in [&from_corpus, &from_examples]
            .iter()
            .flat_map(|ran| ran.out.lines())
            .map(|l| (l, serde_json::from_str::<Value>(l).unwrap()))
        {
            if let Some(e) = validator.iter_errors(&r).next() {
                panic!("{e}\n{text}");
            }
            for field in ["kind", "type", "approx", "reason"] {
                seen.insert(r[field].as_str().unwrap_or_default().to_owned());
            }
            let has = |field: &str| r.get(field).is_some();
            let ratio = r["ratio"].as_str().unwrap_or_default();
            for (shape, there) in [
                ("value", has("value") && !has("low") && !has("ratio")),
                ("range", has("low") && has("high") && !has("value")),
                ("open range", has("low") && !has("high")),
                ("part", ratio.contains('/')),
                ("result", ratio.contains(':')),
                ("rate", has("per")),
                ("noun", has("noun")),
                ("hedge", has("hedge")),
                ("assumed", has("assumed")),
                ("rule", has("rule")),
                ("published", has("published")),
            ] {
                if there {
                    seen.insert(shape.to_owned());
                }
            }
        }
        if extra.contains(&"--explain") && !extra.contains(&"--kinds") {
            assert_spans(&from_examples.records(), &texts.iter().map(String::as_str).collect::<Vec<_>>(), "chars");
        }
    }
    // It was shown some of everything.
    use kennzahl::model::{Approx, QuantityType, Reason};
    let mut want: BTreeSet<&str> =
        Approx::ALL.iter().map(|a| a.name()).chain(QuantityType::ALL.iter().map(|t| t.name())).collect();
    want.extend(Reason::ALL.iter().map(|r| r.name()).filter(|r| *r != "range"));
    want.extend([
        "document",
        "quantity",
        "refused",
        "value",
        "range",
        "open range",
        "part",
        "result",
        "rate",
        "noun",
        "hedge",
        "assumed",
        "rule",
        "published",
    ]);
    let missing: Vec<_> = want.iter().filter(|w| !seen.contains(**w)).collect();
    assert!(missing.is_empty(), "no record has {missing:?}");
}

/// A fact with all there is, and one with as little as can be.
fn two_facts(text: &str) -> kennzahl::model::Analysis {
    use kennzahl::model::{
        Basis, Change, Direction, Entity, EntityType, Fact, Metric, Party, Period, Span, Status, Thing, Timex,
    };
    let mut analysis = kennzahl::Extractor::new().worker().analyse_dated(text, Some("2026-01-28"));
    // Whatever the tagger makes of it.
    analysis.entities = vec![Entity {
        span: Span::new(45, 49),
        sentence: 0,
        kind: EntityType::Organization,
        thing: 0,
        role: None,
        of: None,
        rule: "name",
    }];
    let link = Some("isin:US30303M1027".into());
    analysis.things = vec![Thing { name: "Meta Platforms".into(), subtype: None, link }];
    let time = &analysis.times[0];
    let party = Party { name: "Meta Platforms".into(), entity: Some(0), basis: Basis::Clause };
    let bare = Fact {
        sentence: 0,
        span: Span::new(0, text.len() as u32),
        subject: None,
        metric: Metric { lemma: "Umsatz".into(), ..Metric::default() },
        scope: Vec::new(),
        value: Some(1),
        period: None,
        change: None,
        status: Status::Reported,
        source: None,
        rule: "bare",
    };
    let full = Fact {
        subject: Some(party.clone()),
        metric: Metric {
            span: Some(Span::new(0, 2)),
            lemma: "Umsatz".into(),
            concept: Some("revenue".into()),
            ..Metric::default()
        },
        period: Some(Period { time: Some(0), value: time.value, interval: time.interval, basis: Basis::Topic }),
        change: Some(Change {
            direction: Some(Direction::Up),
            by: Some(0),
            from: Some(1),
            versus: Timex::of(format_args!("2024-Q4")),
        }),
        source: Some(party),
        ..bare.clone()
    };
    let noun = Party { name: "Konzern".into(), entity: None, basis: Basis::Carried };
    let by_noun = Fact { subject: Some(noun), ..bare.clone() };
    analysis.facts = vec![full.clone(), bare, full, by_noun];
    analysis
}

#[test]
fn facts_are_of_the_schema() {
    use kennzahl::emit::{OffsetUnit, Options, write_document};
    let validator = validator();
    let text = "Im vergangenen Quartal sprang der Umsatz von Meta um 24 Prozent auf knapp 59,9 Milliarden Dollar.";
    let doc = kennzahl::model::Document { id: "a".into(), text: text.into(), ..Default::default() };
    let analysis = two_facts(text);
    for options in [
        Options::default(),
        Options { explain: true, numbers_as_strings: true, offsets: OffsetUnit::Utf16, ..Options::default() },
    ] {
        let mut out = Vec::new();
        write_document(&doc, &analysis, &kennzahl::lexicon::Lexicon::builtin(), options, &mut out);
        let all: Vec<Value> = out.split(|b| *b == b'\n').filter_map(|l| serde_json::from_slice(l).ok()).collect();
        for r in &all {
            assert!(validator.is_valid(r), "{:?}\n{r}", validator.iter_errors(r).next());
        }
        let kinds: Vec<_> = all.iter().map(|r| string(r, "kind")).collect();
        assert_eq!(kinds, ["document", "time", "entity", "quantity", "quantity", "fact", "fact", "fact", "fact"]);
        let facts = &all[5..];
        assert_eq!(facts[2]["repeat_of"], facts[0]["id"]);
        // The ids are those of the records before.
        for (pointer, record) in [
            ("/period/time", 1),
            ("/subject/entity", 2),
            ("/source/entity", 2),
            ("/change/by/quantity", 3),
            ("/change/from/quantity", 4),
            ("/value/quantity", 4),
        ] {
            assert_eq!(facts[0].pointer(pointer).unwrap(), &all[record]["id"], "{pointer}");
            // Nothing unknown in any part, and no part without its id, but for the period, which may be computed.
            let part = pointer.rsplit_once('/').unwrap().0;
            let mut more = facts[0].clone();
            more.pointer_mut(part).unwrap()["surprise"] = json!(1);
            assert!(!validator.is_valid(&more), "{part} with a further field");
            let mut less = facts[0].clone();
            let name = pointer.rsplit('/').next().unwrap();
            less.pointer_mut(part).unwrap().as_object_mut().unwrap().remove(name);
            assert_eq!(validator.is_valid(&less), name == "time", "{part} without its id");
        }
        for key in facts[0].as_object().unwrap().keys() {
            let optional = ["subject", "value", "period", "change", "source", "rule"].contains(&key.as_str());
            let mut less = facts[0].clone();
            less.as_object_mut().unwrap().remove(key);
            assert_eq!(validator.is_valid(&less), optional, "without {key}");
        }
    }
}

#[test]
fn what_is_no_record_is_not_of_the_schema() {
    let validator = validator();
    let all = of_text(&["--refused"], "Nach \u{a7} 3 kostet das 5 Euro.");
    assert!(all.iter().all(|r| validator.is_valid(r)));
    for r in &all {
        let name = r["kind"].as_str().unwrap();
        for key in r.as_object().unwrap().keys() {
            let optional = ["value", "unit", "lower", "upper"].contains(&key.as_str());
            let mut less = r.clone();
            less.as_object_mut().unwrap().remove(key);
            assert_eq!(validator.is_valid(&less), optional, "{name} without {key}");
            let mut wrong = r.clone();
            wrong[key] = json!([]);
            assert!(!validator.is_valid(&wrong), "{name} with a list as {key}");
        }
        let mut more = r.clone();
        more["surprise"] = json!(1);
        assert!(!validator.is_valid(&more), "{name} with a further field");
    }
}

#[test]
fn publication_times() {
    let of = |args: &[&str], published: &str| {
        let input = json!({"id": "a", "text": ".", "published": published}).to_string();
        let all = jsonl(args, &[&input]).quiet().records();
        assert_eq!(string(&all[0], "published_from"), "given");
        string(&all[0], "published")
    };
    for (given, civil) in [
        ("2026-01-28", "2026-01-28"),
        ("2026-01-28T22:17", "2026-01-28T22:17"),
        ("2026-01-28T22:17:05", "2026-01-28T22:17:05"),
        ("2026-01-28T21:17Z", "2026-01-28T22:17"),
        ("2026-07-01T12:00:00Z", "2026-07-01T14:00"),
        ("2025-12-31T23:30:00Z", "2026-01-01T00:30"),
        ("2026-01-28T22:17+01:00", "2026-01-28T22:17"),
        ("2026-01-28T22:17:30+0000", "2026-01-28T23:17:30"),
        ("2026-01-29T02:47:00+05:30", "2026-01-28T22:17"),
        // The clocks of Berlin change at one o'clock UTC.
        ("2026-03-29T00:59Z", "2026-03-29T01:59"),
        ("2026-03-29T01:00Z", "2026-03-29T03:00"),
        ("2026-10-25T00:30Z", "2026-10-25T02:30"),
        ("2026-10-25T01:30Z", "2026-10-25T02:30"),
    ] {
        assert_eq!(of(&[], given), civil, "{given}");
    }
    assert_eq!(of(&["--zone", "America/New_York"], "2026-01-28T21:17Z"), "2026-01-28T16:17");
    assert_eq!(
        of(&["--zone", "America/New_York"], "2026-01-28T21:17"),
        "2026-01-28T21:17",
        "civil time stands as it is"
    );

    let lines = [
        r#"{"id": "a", "text": ".", "published": "2020-02-02"}"#,
        r#"{"id": "b", "text": "."}"#,
        r#"{"id": "c", "text": ".", "published": null}"#,
    ];
    let all = jsonl(&["--published", "2026-01-28T21:17Z"], &lines).quiet().records();
    let got: Vec<_> = all.iter().map(|r| (string(r, "published"), string(r, "published_from"))).collect();
    let option = || ("2026-01-28T22:17".to_owned(), "option".to_owned());
    assert_eq!(got, [("2020-02-02".to_owned(), "given".to_owned()), option(), option()]);
    assert_eq!(string(&of_text(&["--published", "2026-01-28"], ".")[0], "published"), "2026-01-28");
    assert!(of_text(&[], ".")[0].get("published").is_none());

    for wrong in ["gestern", "28.01.2026", "2026-02-30", "2026-01-28T25:00"] {
        run(&["extract", "-", "--published", wrong], "").told(2, &[wrong]);
        jsonl(&[], &[&json!({"id": "a", "text": ".", "published": wrong}).to_string()]).told(1, &["-:1", wrong]);
    }
}

#[test]
fn an_unknown_zone_is_wrong_usage() {
    for text in ["{\"text\": \"\"}", "{\"text\": \"\", \"published\": \"2026-01-28T21:17Z\"}"] {
        let ran = jsonl(&["--zone", "Europe/Entenhausen"], &[text]).told(2, &["Europe/Entenhausen"]);
        assert_eq!(ran.out, "");
    }
}

// ---- Many documents ----

/// Some hundred documents of different lengths, a few of them long: more than a reader, a batch and a writer hold.
fn many() -> Vec<String> {
    const SENTENCES: &[&str] = &[
        "Der Umsatz stieg um 27 Prozent auf knapp 58,7 Milliarden Dollar. ",
        "Das Wetter blieb in den Alpen freundlich, sagte der Bergf\u{fc}hrer am Abend. ",
        "Nach \u{a7} 3 des Gesetzes z\u{e4}hlen 1.234 Kr\u{f6}ten und zwei Drittel der Fr\u{f6}sche. ",
        "In Schweden kostet das 120 Kronen.\n\n",
        "Zwischen drei und f\u{fc}nf Meter hohe Wellen \u{1f30a} trafen die K\u{fc}ste. ",
        "Sie gewann 3:1 und landete auf Platz 2. ",
        "Viele Millionen Euro fehlen; \u{201e}mehr als 700 Stellen\u{201c} fallen weg. ",
        "Der Bau dauerte bis 2024. ",
    ];
    let mut state = 7u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let lengths = (0..420).map(|n| match n {
        _ if n % 31 == 5 => 70_000 + 17_000 * (n % 7),
        _ if n % 11 == 3 => 0,
        _ if n % 3 == 0 => 70_000,
        _ => 40 * (n % 90),
    });
    lengths
        .enumerate()
        .map(|(n, length)| {
            let mut text = format!("Bericht {n}\n\n");
            while text.len() < length {
                text.push_str(SENTENCES[next(SENTENCES.len())]);
            }
            line(&format!("d{n}"), &text)
        })
        .collect()
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let mut lines = many();
    assert!(lines.iter().filter(|l| l.len() > 64 << 10).count() >= 100);
    let whole = lines.join("\n");
    // Prose takes at least thirty times its size.
    let batch = usize::try_from(kennzahl::Memory::default().batch()).unwrap() / 30;
    assert!(whole.len() > 4 * batch, "{} bytes are too few", whole.len());
    for at in [400, 251, 250, 13, 0] {
        lines.insert(at, format!("{{broken {at}"));
    }
    let dir = folder(&[("in.jsonl", lines.join("\n").as_bytes())]);
    let out = |jobs: &str| {
        let ran = run_at(dir.path(), &["extract", "in.jsonl", "--refused", "--explain", "--jobs", jobs], b"");
        ran.told(
            1,
            &["in.jsonl:1:", "in.jsonl:15:", "in.jsonl:253:", "in.jsonl:255:", "in.jsonl:405:", "420 documents"],
        )
    };
    let one = out("1");
    let ids: Vec<_> = (0..420).map(|n| format!("d{n}")).collect();
    let documents: Vec<_> = one
        .out
        .lines()
        .filter(|l| l.starts_with("{\"kind\":\"document\""))
        .map(|l| string(&serde_json::from_str(l).unwrap(), "doc"))
        .collect();
    assert!(documents == ids, "documents in the order of the input");
    for jobs in ["2", "8"] {
        let other = out(jobs);
        assert!(one.out == other.out, "--jobs {jobs} writes other bytes");
        assert_eq!(one.err, other.err, "--jobs {jobs}");
    }
    // As if each had been alone.
    let alone: String =
        [4, 5, 36, 350].iter().map(|n| jsonl(&["--refused", "--explain"], &[&many()[*n]]).quiet().out).collect();
    let among: String = one
        .out
        .lines()
        .filter(|l| ["4", "5", "36", "350"].iter().any(|n| l.contains(&format!("\"doc\":\"d{n}\""))))
        .map(|l| format!("{l}\n"))
        .collect();
    assert!(alone == among);
}

#[test]
fn an_output_file_appears_when_it_is_whole() {
    let lines = many();
    let dir = folder(&[("old.jsonl", b"old\n")]);
    let fresh = dir.path().join("new.jsonl");
    let kept = dir.path().join("old.jsonl");
    for (path, before) in [(&fresh, None), (&kept, Some("old\n".to_owned()))] {
        let mut child =
            program(dir.path(), &["extract", "-", "--from", "jsonl", "-o", path.to_str().unwrap()]).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        for l in &lines {
            writeln!(stdin, "{l}").unwrap();
        }
        stdin.flush().unwrap();
        // All but the last batches are written by now or soon, and nothing is to be seen of them.
        let until = Instant::now() + Duration::from_millis(300);
        while Instant::now() < until {
            assert_eq!(fs::read_to_string(path).ok(), before);
            std::thread::sleep(Duration::from_millis(20));
        }
        drop(stdin);
        assert!(child.wait_with_output().unwrap().status.success());
        let out = fs::read_to_string(path).unwrap();
        assert!(
            out.lines().filter(|l| l.starts_with("{\"kind\":\"document\"")).count() == lines.len()
                && out.ends_with('\n')
        );
    }
    let same = run_at(dir.path(), &["extract", "-", "--from", "jsonl"], lines.join("\n").as_bytes()).quiet();
    assert!(same.out == fs::read_to_string(&fresh).unwrap(), "the same as on standard output");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 4, "beside their manifests nothing else is left behind");

    // A run that is cut off leaves what was there.
    fs::write(&kept, "old\n").unwrap();
    let mut child = program(dir.path(), &["extract", "-", "--from", "jsonl", "-o", "old.jsonl"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for l in &lines {
        writeln!(stdin, "{l}").unwrap();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read_to_string(&kept).unwrap(), "old\n");

    // Rejects do not hinder it; what cannot be written does.
    run_at(dir.path(), &["extract", "-", "--from", "jsonl", "-o", "some.jsonl"], b"{\"text\": \"5 Euro\"}\nno\n")
        .told(1, &["-:2"]);
    assert_eq!(records(&fs::read_to_string(dir.path().join("some.jsonl")).unwrap()).len(), 2);
    run_at(dir.path(), &["extract", "-", "-o", "no/where.jsonl"], b"5 Euro").told(2, &["no/where.jsonl"]);
    run_at(dir.path(), &["extract", "-", "-o", "."], b"5 Euro").told(2, &[]);
    run_at(dir.path(), &["extract", "missing.txt", "-o", "none.jsonl"], b"").told(2, &["missing.txt"]);
    assert!(!dir.path().join("none.jsonl").exists());
}

#[test]
fn a_broken_pipe_ends_quietly() {
    let dir = folder(&[("in.jsonl", many().join("\n").as_bytes())]);
    let mut child = program(dir.path(), &["extract", "in.jsonl"]).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("{\"kind\":\"document\",\"doc\":\"d0\""));
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), String::from_utf8(done.stderr).unwrap()), (Some(0), String::new()));
    for args in [
        &["schema"][..],
        &["explain", "5 Euro"],
        &["eval", concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/articles")],
        &["pack", "check"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let done = program(dir.path(), args).stdout(Stdio::from(writer)).spawn().unwrap().wait_with_output().unwrap();
        assert_eq!((done.status.code(), String::from_utf8(done.stderr).unwrap()), (Some(0), String::new()), "{args:?}");
    }
}

/// `kennzahl extract feed.jsonl 2>&1 >out | head -1`: the reader of the complaints goes away.
#[test]
fn complaints_that_nobody_reads_do_no_harm() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child =
        program(Path::new("."), &["extract", "-", "--from", "jsonl"]).stderr(Stdio::from(writer)).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "no\n{}", line("a", "5 Euro")).unwrap();
    drop(stdin);
    let done = child.wait_with_output().unwrap();
    assert_eq!(records(&String::from_utf8(done.stdout).unwrap()).len(), 2, "the rest is written");
    assert!(matches!(done.status.code(), Some(0 | 1)), "{}", done.status);
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    for args in [&["extract", "-"][..], &["schema"], &["explain", "5 Euro"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut child = program(Path::new("."), args).stdout(full).spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"5 Euro").unwrap_or_default();
        let done = child.wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8(done.stderr).unwrap().contains("cannot write the output"));
    }
}

// ---- What goes wrong ----

/// What is wrong with a line costs that line alone: `bad` between two good ones.
#[track_caller]
fn one_reject(args: &[&str], bad: &[u8], parts: &[&str]) {
    let (before, after) = (line("before", "Es kostet 5 Euro."), line("after", "Es kamen 50 G\u{e4}ste."));
    let input = [before.as_bytes(), b"\n", bad, b"\n", after.as_bytes()].concat();
    let want = jsonl(args, &[&before, &after]).quiet();
    let got = run(&[&["extract", "-", "--from", "jsonl"], args].concat(), &input)
        .told(1, &["-:2", "2 documents", "1 input"])
        .told(1, parts);
    assert_eq!(got.out, want.out);
    assert_eq!(got.err.lines().count(), 2, "{}", got.err);
    // The same in a file, whose name is told then.
    let dir = folder(&[("feed.jsonl", &input)]);
    let ran = run_at(dir.path(), &[&["extract", "feed.jsonl"], args].concat(), b"").told(1, &["feed.jsonl:2"]);
    assert_eq!(ran.out, want.out);
}

#[test]
fn a_bad_line_costs_itself_alone() {
    one_reject(&[], b"{\"id\": \"x\", \"text\": \"5 Euro\"", &[]);
    one_reject(&[], b"no json at all", &[]);
    one_reject(&[], b"[\"5 Euro\"]", &[]);
    one_reject(&[], b"{\"id\": \"x\", \"text\": \"5 Euro\"} {}", &[]);
    one_reject(&[], b"{\"id\": \"x\", \"text\": \"f\xfcnf Euro\"}", &[]);
    one_reject(&[], b"{\"id\": \"x\", \"text\": \"5 \\ud83d Euro\"}", &[]);
    one_reject(&[], b"{\"id\": \"x\"}", &["'text'", "--text-field"]);
    one_reject(&[], b"{\"id\": \"x\", \"text\": \" \\n\"}", &["without text"]);
    one_reject(&[], b"{\"id\": \"x\", \"text\": null}", &["'text'"]);
    one_reject(&[], b"{\"id\": \"x\", \"text\": 5}", &["'text'"]);
    one_reject(&[], b"{\"id\": [], \"text\": \".\"}", &["'id'"]);
    one_reject(&[], b"{\"id\": \"x\", \"text\": \".\", \"published\": \"gestern\"}", &["gestern"]);
    one_reject(&["--max-document", "1K"], line("x", &"5 Euro ".repeat(200)).as_bytes(), &["--max-document"]);
    one_reject(&["--max-document", "1K"], line("x", &"5 Euro ".repeat(900_000)).as_bytes(), &["--max-document"]);
}

#[test]
fn an_id_stands_once() {
    let lines = [line("a", "5 Euro"), line("b", "6 Euro"), line("a", "7 Euro"), line("c", "8 Euro")];
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let ran = jsonl(&[], &lines).told(1, &["-:3: ", "'a'", "3 documents", "1 input"]);
    assert_eq!(ran.found(), ["5 Euro", "6 Euro", "8 Euro"]);
    let dir = folder(&[("a.txt", b"5 Euro"), ("sub/a.txt", b"6 Euro"), ("b.txt", b"7 Euro")]);
    let ran = run_at(dir.path(), &["extract", "a.txt", "sub/a.txt", "b.txt"], b"").told(1, &[]);
    assert_eq!(ran.found(), ["5 Euro", "7 Euro"]);
    // In a folder the two are told apart.
    assert_eq!(run_at(dir.path(), &["extract", "."], b"").quiet().docs(), ["a", "b", "sub/a"]);
}

#[test]
fn an_id_seen_again_is_told_with_its_place() {
    jsonl(&[], &[&line("a", "5 Euro"), "", &line("a", "6 Euro")]).told(1, &["-:3"]);
    let dir = folder(&[("a.txt", b"5 Euro"), ("sub/a.txt", b"6 Euro")]);
    run_at(dir.path(), &["extract", "a.txt", "sub/a.txt"], b"").told(1, &["sub/a.txt"]);
}

/// Reads versions of one document, and says which were written.
fn versions(all: &[Option<&str>]) -> (i32, Vec<String>) {
    let lines: Vec<_> = all
        .iter()
        .enumerate()
        .map(|(n, v)| match v {
            Some(v) => json!({"id": "a", "text": format!("{n} Euro"), "version": v}).to_string(),
            None => line("a", &format!("{n} Euro")),
        })
        .collect();
    let ran = jsonl(&[], &lines.iter().map(String::as_str).collect::<Vec<_>>());
    (ran.code, ran.found().iter().map(|t| t.trim_end_matches(" Euro").to_owned()).collect())
}

#[test]
fn versions_of_one_document_may_follow_each_other() {
    assert_eq!(versions(&[Some("1"), Some("2"), Some("3")]), (0, vec!["0".into(), "1".into(), "2".into()]));
    assert_eq!(versions(&[Some("1"), Some("1")]), (1, vec!["0".into()]));
    assert_eq!(versions(&[Some("1"), None]), (1, vec!["0".into()]));
    assert_eq!(versions(&[None, Some("1")]), (1, vec!["0".into()]));
    // The publication time stands for a version.
    let at = |published: &str| json!({"id": "a", "text": "5 Euro", "published": published}).to_string();
    assert_eq!(jsonl(&[], &[&at("2026-01-28T22:17"), &at("2026-01-28T22:18")]).quiet().found().len(), 2);
    assert_eq!(jsonl(&[], &[&at("2026-01-28T22:17"), &at("2026-01-28T21:17Z")]).told(1, &[]).found().len(), 1);
}

#[test]
fn an_older_version_that_comes_late_is_left_out() {
    assert_eq!(versions(&[Some("1"), Some("3"), Some("2"), Some("1")]), (0, vec!["0".into(), "1".into()]));
    assert_eq!(versions(&[Some("9"), Some("10"), Some("10")]), (1, vec!["0".into(), "1".into()]));
}

#[test]
fn a_reject_does_not_count_as_seen() {
    assert_eq!(versions(&[Some("1"), None, Some("2")]), (1, vec!["0".into(), "2".into()]));
}

#[test]
fn a_text_over_the_limit_costs_itself_alone() {
    let (exact, over) = (format!("5 Euro{}", " ".repeat(1018)), format!("5 Euro{}", " ".repeat(1019)));
    let dir = folder(&[("a.txt", b"5 Euro"), ("b.txt", over.as_bytes()), ("c.txt", exact.as_bytes())]);
    let ran =
        run_at(dir.path(), &["extract", ".", "--max-document", "1K"], b"").told(1, &["b.txt: ", "--max-document"]);
    assert_eq!(ran.docs(), ["a", "c"]);
    assert_eq!(ran.found(), ["5 Euro", "5 Euro"]);
    run_at(dir.path(), &["extract", ".", "--max-document", "1025"], b"").quiet();
    run(&["extract", "-", "--from", "text", "--max-document", "1K"], &over).told(1, &["-: ", "--max-document"]);
    run(&["extract", "-", "--from", "text", "--max-document", "1K"], &exact).quiet();
    for size in ["", "x", "1T", "-1", "1.5M", "4G"] {
        run(&["extract", "-", &format!("--max-document={size}")], "").told(2, &["--max-document"]);
    }
    for size in ["100", "1k", "2M", "3G"] {
        run(&["extract", "-", "--max-document", size], "5 Euro").quiet();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_costs_itself_alone() {
    let dir = folder(&[("a.txt", b"5 Euro"), ("b.txt", b"6 Euro")]);
    for from in [&[][..], &["--from", "text"]] {
        // Opens, and fails at its first byte.
        let ran = run_at(dir.path(), &[&["extract", "a.txt", "/proc/self/mem", "b.txt"], from].concat(), b"")
            .told(1, &["/proc/self/mem: "]);
        assert_eq!(ran.docs(), ["a", "b"]);
    }
}

#[test]
fn wrong_usage_ends_with_two() {
    let dir = folder(&[("a.txt", b"5 Euro")]);
    let at = |args: &[&str]| run_at(dir.path(), args, b"");
    for (args, part) in [
        (&["extract", "a.txt", "missing.txt"][..], "missing.txt"),
        (&["extract", "missing/"], "missing/"),
        (&["extract", "a.txt", "--frobnicate"], "--frobnicate"),
        (&["extract", "a.txt", "--from", "pdf"], "pdf"),
        (&["extract", "a.txt", "--to", "xml"], "xml"),
        (&["extract", "a.txt", "--offsets", "lines"], "lines"),
        (&["extract", "a.txt", "--numbers", "float"], "float"),
        (&["extract", "a.txt", "--jobs", "many"], "many"),
        (&["extract"], "PATH"),
        (&["frobnicate"], "frobnicate"),
        (&[], "extract"),
        (&["explain"], "TEXT"),
        (&["eval", "missing"], "missing"),
        (&["extract", "a.txt", "--pack", "missing.toml"], "missing.toml"),
    ] {
        let ran = at(args).told(2, &[part]);
        assert_eq!(ran.out, "", "{args:?}");
    }
    for args in [&["--help"][..], &["--version"], &["extract", "--help"]] {
        assert!(!at(args).quiet().out.is_empty(), "{args:?}");
    }
}

const KLAFTER: &str = "[[unit]]\nid = '{Klafter}'\nkind = 'measure'\nforms = ['Klafter|n']\nexample = ['Er ist zwölf Klafter tief.', 'zwölf Klafter = measure 12 {Klafter}']\n";

const NAMES: &str = "[[name]]\nid = 'lei:1'\nname = 'Klafter & Söhne'\ntype = 'organization'\naliases = ['Klafter']\nexample = ['Klafter wächst.', 'Klafter = person Klafter']\n";

#[test]
fn packs() {
    let dir = folder(&[
        ("good.toml", KLAFTER.as_bytes()),
        ("more.toml", KLAFTER.replace("Klafter", "Elle").as_bytes()),
        ("failing.toml", KLAFTER.replace("measure 12", "measure 13").as_bytes()),
        ("broken.toml", b"# one\n[[unit]]\nid = 'x'\nkind = 'measure'\nform = ['x']\n"),
        ("no.toml", b"[[unit]]\nid = \n"),
        ("names.toml", NAMES.as_bytes()),
        ("claims.toml", b"[[unit]]\nid = 'x'\nkind = 'measure'\nforms = ['Seemeile']\nexample = ['', '']\n"),
    ]);
    let at = |args: &[&str]| run_at(dir.path(), args, b"Es sind 3 Klafter und 4 Ellen.");
    let units = |args: &[&str]| {
        at(args).quiet().records()[1..]
            .iter()
            .filter(|r| r["kind"] == "quantity")
            .map(|r| r["unit"].as_str().unwrap_or("none").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(units(&["extract", "-"]), ["none", "none"]);
    assert_eq!(units(&["extract", "-", "--pack", "good.toml"]), ["{Klafter}", "none"]);
    assert_eq!(units(&["extract", "-", "--pack", "good.toml", "--pack", "more.toml"]), ["{Klafter}", "{Elle}"]);
    assert!(at(&["explain", "--pack", "good.toml", "3 Klafter"]).quiet().out.contains("measure 3 {Klafter}"));
    for command in [
        &["extract", "-", "--pack"][..],
        &["explain", "5 Euro", "--pack"],
        &["pack", "check"],
        &["eval", ".", "--pack"],
    ] {
        for (pack, place) in
            [("broken.toml", "broken.toml:5: "), ("no.toml", "no.toml:2: "), ("claims.toml", "claims.toml:1: ")]
        {
            let ran = at(&[command, &[pack]].concat()).told(2, &[place]);
            assert_eq!(ran.out, "");
        }
    }
    assert_eq!(at(&["pack", "check", "good.toml"]).quiet().out, "1 examples, 0 failed\n");
    assert_eq!(at(&["pack", "check", "good.toml", "more.toml"]).quiet().out, "2 examples, 0 failed\n");
    let ran = at(&["pack", "check", "failing.toml"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.starts_with("failing.toml:1: ")
            && ran.out.contains("measure 13")
            && ran.out.ends_with("1 examples, 1 failed\n"),
        "{}",
        ran.out
    );
    let named = at(&["extract", "-", "--pack", "names.toml", "--kinds", "entity"]).quiet().records();
    assert_eq!((&named[0]["name"], &named[0]["link"]), (&json!("Klafter & Söhne"), &json!("lei:1")));
    let ran = at(&["pack", "check", "names.toml"]);
    assert!(ran.code == 1 && ran.out.starts_with("names.toml:1: "), "{}", ran.out);
    assert!(ran.out.contains("found     Klafter = organization Klafter & Söhne lei:1\n"), "{}", ran.out);
    let built_in = at(&["pack", "check"]).quiet();
    assert!(built_in.out.ends_with(" 0 failed\n"), "{}", built_in.out);
}

// ---- Explain, help, eval ----

#[test]
fn explain_shows_how_a_text_is_read() {
    let out = run(&["explain", "Der Umsatz stieg auf gut acht Millionen Dollar. Das regelt \u{a7} 3."], "").quiet().out;
    let lines: Vec<_> = out.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let at = |start: &str| {
        lines.iter().position(|l| l.starts_with(start)).unwrap_or_else(|| panic!("no '{start}' in\n{out}"))
    };
    assert_eq!(at("sentence 0"), 0);
    assert!(lines[at("0..3 Der")].contains("article"));
    assert!(lines[at("21..24 gut")].contains("hedge"));
    assert!(lines[at("25..29 acht")].contains("number word"));
    assert!(lines[at("30..39 Millionen")].contains("scale"));
    assert!(lines[at("40..46 Dollar")].contains("unit"));
    assert!(at("46..47 + .") < at("found"), "glue is shown");
    let found = at("found acht Millionen Dollar = money 8000000 USD just_above");
    assert!(lines[found + 1].starts_with("by rule ") && lines[found + 1].len() > 8);
    assert_eq!(lines[found + 2], "hedge \"gut\"");
    assert!(found < at("sentence 1"));
    let refused = at("refused 3 is no quantity: law");
    assert!(lines[refused + 1].starts_with("by rule identifier, after "), "the rules tried are named");
    assert!(run(&["explain", "Nichts."], "").quiet().out.ends_with("no numeral, no time and no name found\n"));
    run(&["explain", ""], "").quiet();
}

#[test]
fn explain_shows_facts_and_what_is_in_none() {
    let text = "Der Umsatz von Siemens stieg im vierten Quartal um 24 Prozent auf 59,9 Milliarden Euro. \
                Analysten erwarten 2026 einen Gewinn von drei Milliarden Euro. Der Chef ist 45 Jahre alt.";
    let out = run(&["explain", text, "--published", "2026-01-28"], "").quiet().out;
    let lines: Vec<_> = out.lines().map(str::trim).collect();
    let at = |line: &str| lines.iter().position(|l| *l == line).unwrap_or_else(|| panic!("no '{line}' in\n{out}"));
    let first = at("fact     Siemens · Umsatz (revenue) · 2025-Q4 · 59,9 Milliarden Euro · up 24 Prozent · reported");
    assert!(lines[first + 1].starts_with("by rule fact-metric, after fact-"), "{}", lines[first + 1]);
    assert_eq!(
        lines[first + 2..first + 9],
        [
            "metric Umsatz (revenue) \"Umsatz\"",
            "subject Siemens \"Siemens\", found in: clause",
            "value \"59,9 Milliarden Euro\"",
            "by \"24 Prozent\"",
            "period 2025-Q4 \"vierten Quartal\", found in: clause",
            "direction up",
            "status reported",
        ]
    );
    assert!(first < at("sentence 1"));
    assert!(at("status forecast") < at("source Analysten, found in: clause"));
    assert!(at("no fact  45 Jahre is in none") > at("sentence 2"));
    assert_eq!(out.matches("no fact").count(), 1, "{out}");
}

#[test]
fn help_begins_with_examples() {
    for command in [&[][..], &["extract"], &["explain"], &["eval"], &["pack", "check"]] {
        let out = run(&[command, &["--help"]].concat(), "").quiet().out;
        let mut lines = out.lines();
        assert_eq!(lines.next(), Some("Examples:"), "{command:?}");
        let name = [&["kennzahl"], command].concat().join(" ");
        assert!(lines.next().unwrap().trim_start().starts_with(&name), "{command:?}");
        assert!(out.contains("Usage: kennzahl"));
    }
}

/// Gold in which one of four is as it is found but for its hedge, and one is not found at all.
fn gold() -> TempDir {
    let a = "Der Umsatz stieg um 27 Prozent auf knapp 58,7 Milliarden Dollar. Es kamen 50 G\u{e4}ste.\n";
    let of_a = r#"{"published": "2026-01-28", "quantities": [
        {"start": 4, "end": 10, "text": "Umsatz", "type": "count", "value": "1"},
        {"start": 20, "end": 30, "text": "27 Prozent", "type": "percent", "value": "27", "unit": "%"},
        {"start": 41, "end": 63, "text": "58,7 Milliarden Dollar", "type": "money", "value": "58700000000", "unit": "USD"},
        {"start": 74, "end": 76, "text": "50", "type": "count", "value": "50", "noun": "Gäste"}]}"#;
    let of_b = r#"{"quantities": [{"start": 9, "end": 11, "type": "count", "value": "12", "noun": "Gäste"}]}"#;
    folder(&[
        ("gold/a.txt", a.as_bytes()),
        ("gold/a.gold.json", of_a.as_bytes()),
        ("gold/deep/b.txt", "Es kamen 12 G\u{e4}ste.".as_bytes()),
        ("gold/deep/b.gold.json", of_b.as_bytes()),
    ])
}

#[test]
fn eval_scores() {
    let dir = gold();
    let at = |args: &[&str]| run_at(dir.path(), &[&["eval", "gold"], args].concat(), b"");
    let figures = serde_json::from_str::<Value>(&at(&["--json"]).quiet().out).unwrap()["figures"].clone();
    for (name, p, r, f1, gold) in [
        ("quantity span", "100.0", "80.0", "88.9", 5),
        ("quantity span+type+value+unit", "100.0", "80.0", "88.9", 5),
        ("quantity full", "75.0", "60.0", "66.7", 5),
        ("money+percent exact", "50.0", "50.0", "50.0", 2),
        ("quantity count", "100.0", "66.7", "80.0", 3),
        ("quantity money", "0.0", "0.0", "0.0", 1),
        ("quantity percent", "100.0", "100.0", "100.0", 1),
    ] {
        let f = &figures[name];
        let got = (f["p"].to_string(), f["r"].to_string(), f["f1"].to_string(), f["gold"].to_string());
        assert_eq!(got, (p.into(), r.into(), f1.into(), gold.to_string()), "{name}");
        let text = at(&[]).quiet().out;
        let row: Vec<_> = text.lines().find(|l| l.starts_with(&format!("{name} "))).unwrap()[name.len()..]
            .split_whitespace()
            .collect();
        assert_eq!(row, [p, r, f1, &gold.to_string()], "{name}");
    }
    assert!(at(&[]).quiet().out.starts_with("2 documents\n"));
    assert!(at(&["--ending", "b"]).quiet().out.starts_with("1 documents\n"));
    assert!(at(&["--not-ending", "b"]).quiet().out.starts_with("1 documents\n"));
    at(&["--ending", "z"]).told(2, &[]);

    let out = at(&["--errors"]).quiet().out;
    let errors: Vec<_> = out.lines().filter(|l| l.starts_with("- missed") || l.starts_with("+ found")).collect();
    assert_eq!(errors.len(), 3, "{out}");
    assert!(errors[0].starts_with("- missed a: Der [Umsatz] stieg"), "{}", errors[0]);
    assert!(
        errors[1].starts_with("- missed a: ")
            && errors[1].contains("[58,7 Milliarden Dollar]")
            && !errors[1].contains("just_below")
    );
    assert!(
        errors[2].starts_with("+ found  a: ") && errors[2].contains("money 58700000000 USD just_below (rule "),
        "{}",
        errors[2]
    );
}

#[test]
fn eval_knows_severe_errors_and_lets_none_pass() {
    let gold = |value: &str, unit: &str| {
        format!(
            r#"{{"quantities": [{{"start": 10, "end": 24, "type": "money", "value": "{value}", "unit": "{unit}"}}]}}"#
        )
    };
    let dir = folder(&[
        ("a.txt", b"Es kostet 5 Milliarden \xe2\x82\xac."),
        ("a.gold.json", gold("50000000", "EUR").as_bytes()),
        ("b.txt", b"\nEs kommt 5 Milliarden \xe2\x82\xac."),
        ("b.gold.json", gold("5000000000", "USD").as_bytes()),
    ]);
    let at = |args: &[&str]| run_at(dir.path(), &[&["eval", "."], args].concat(), b"");
    let out = at(&[]).quiet().out;
    let counts: Vec<_> = out.lines().skip_while(|l| !l.starts_with("severe errors")).skip(1).take(5).collect();
    let counts: Vec<_> = counts.iter().filter_map(|l| l.split_whitespace().last()).collect();
    assert_eq!(counts, ["2", "1", "0", "0", "1"], "{out}");
    assert!(out.lines().any(|l| l.starts_with("b ") && l.contains(" 2  currency")), "the line of the text: {out}");
    // Whoever asks for anything asks for no severe errors.
    at(&["--min", "quantities=0"]).told(1, &["2 severe errors, more than 0"]);
    at(&["--max-severe", "1"]).told(1, &["2 severe errors"]);
    at(&["--max-severe", "subject=0"]).told(1, &["2 severe errors"]);
    at(&["--max-severe", "2", "--min", "quantities=0"]).quiet();
    at(&["--max-severe", "factor=1", "--max-severe", "sign=0"]).quiet();
    at(&["--max-severe", "currency=0"]).told(1, &["1 severe errors (currency), more than 0"]);
    for wrong in ["much", "power=1", "sign="] {
        at(&["--max-severe", wrong]).told(2, &["--max-severe", wrong, "currency"]);
    }
}

/// The gate of this project itself, as `tests/run` calls it.
#[test]
fn eval_sees_a_broken_word() {
    let dir = folder(&[("broken.toml", b"remove = ['hedge.just_below']\n"), ("sound.toml", b"")]);
    let root = env!("CARGO_MANIFEST_DIR");
    let (articles, scores) = (format!("{root}/corpus/articles"), format!("{root}/corpus/scores.tsv"));
    let at = |args: &[&str]| run_at(dir.path(), &[&["eval", &articles], args].concat(), b"");
    at(&["--report", "json=base.json"]).quiet();
    let base = ["--baseline", "base.json", "--max-drop", "0.5", "--max-severe", "4"];
    let table = ["--scores", &scores, "--max-severe", "4"];
    at(&[&base[..], &["--pack", "sound.toml"]].concat()).quiet();
    at(&[&table[..], &["--pack", "sound.toml"]].concat()).quiet();
    at(&[&base[..], &["--pack", "broken.toml"]].concat())
        .told(1, &["quantity slot hedge fell from", "quantity full fell"]);
    at(&[&table[..], &["--pack", "broken.toml"]].concat()).told(1, &["scores: was ", "scores: is "]);
}

#[test]
fn eval_against_an_earlier_report() {
    let dir = gold();
    let at = |args: &[&str]| run_at(dir.path(), &[&["eval", "gold"], args].concat(), b"");
    let out = at(&["--report", "json=base.json"]).quiet().out;
    assert!(out.starts_with("2 documents\n"), "the text is printed too: {out}");
    at(&["--baseline", "base.json"]).quiet();
    // One quantity was right then that is not now.
    let base = fs::read_to_string(dir.path().join("base.json")).unwrap();
    let mut better: Value = serde_json::from_str(&base).unwrap();
    assert_eq!(better["counts"]["quantity full"].to_string(), "[3,4,3,5]");
    better["counts"]["quantity full"] = serde_json::json!([4, 4, 4, 5]);
    fs::write(dir.path().join("better.json"), better.to_string()).unwrap();
    let against = |drop: &str| at(&["--baseline", "better.json", "--max-drop", drop]);
    at(&["--baseline", "better.json"]).told(1, &["quantity full fell from 88.9 to 66.7"]);
    against("22").told(1, &["quantity full"]);
    against("22.3").quiet();
    better["counts"]["quantity age"] = serde_json::json!([4, 4, 4, 5]);
    fs::write(dir.path().join("better.json"), better.to_string()).unwrap();
    against("50").told(1, &["quantity age", "no figure any more"]);
    against("5%").told(2, &["--max-drop"]);
    at(&["--max-drop", "1"]).told(2, &["--baseline"]);
    fs::write(dir.path().join("none.json"), "{}").unwrap();
    at(&["--baseline", "none.json"]).told(2, &["none.json", "--report json"]);
    at(&["--min", "quantities=66", "--min", "money=50"]).quiet();
    at(&["--min", "quantities=67"]).told(1, &["quantity full is 66.7, below 67"]);
}

#[test]
fn eval_breaks_down_and_reports() {
    let dir = gold();
    let at = |args: &[&str]| run_at(dir.path(), &[&["eval", "gold"], args].concat(), b"");
    let plain = at(&[]).quiet().out;
    assert!(!plain.contains("By document") && !plain.contains("rule"), "{plain}");
    let row = |out: &str, head: &[&str]| {
        let mut rows = out.lines().map(|l| l.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        rows.find(|r| r.len() > head.len() && r[..head.len()] == *head).unwrap_or_else(|| panic!("{head:?} in {out}"))
    };
    // Of five in gold four were found, all of them with the right span and type.
    assert_eq!(row(&plain, &["quantities", "all", "strict"])[3..10], ["4", "0", "0", "1", "0", "5", "4"]);
    let all = at(&["--by", "type,document,rule", "--confidence"]).quiet().out;
    assert_eq!(row(&all, &["quantities", "count", "type"])[3..10], ["2", "0", "0", "1", "0", "3", "2"]);
    assert_eq!(row(&all, &["b"])[1..3], ["100.0", "–"]);
    let right: usize = all
        .lines()
        .filter(|l| l.starts_with("quantities ") && l.split_whitespace().count() == 5)
        .map(|l| l.split_whitespace().nth(2).unwrap().parse::<usize>().unwrap())
        .sum();
    assert_eq!(right, 3, "{all}");
    assert_eq!(row(&all, &["quantity", "full"]).len(), 8, "an interval");
    assert_eq!(at(&["--confidence"]).quiet().out, at(&["--confidence"]).quiet().out);

    at(&["--report", "pdf"]).told(2, &["--report pdf", "junit"]);
    at(&["--report", "html="]).told(2, &["--report html="]);
    let markdown = at(&["--report", "markdown", "--errors"]).quiet().out;
    assert!(
        markdown.starts_with("# kennzahl eval: 2 documents\n")
            && markdown.contains("\n| quantity full | 75.0 | 60.0 | 66.7 | 5 |\n"),
        "{markdown}"
    );
    assert!(markdown.contains("- missed, a: Der \\[Umsatz\\] stieg"), "{markdown}");

    let ran = at(&[
        "--min",
        "quantities=90",
        "--report",
        "junit=out.xml",
        "--report",
        "github",
        "--report",
        "html=out.html",
        "--errors",
    ])
    .told(1, &["quantity full is 66.7"]);
    let github: Vec<_> = ran.out.lines().collect();
    assert_eq!(github[0], "::error title=kennzahl eval::quantity full is 66.7, below 90.0");
    assert!(github[1].starts_with("::warning file=gold/a.txt,line=1::missed: Der [Umsatz] stieg"), "{github:?}");
    assert_eq!(github.len(), 4);
    let xml = fs::read_to_string(dir.path().join("out.xml")).unwrap();
    assert!(xml.contains("<testsuites name=\"kennzahl eval\" tests=\"4\" failures=\"1\">"), "{xml}");
    assert!(xml.contains("<testcase classname=\"documents\" name=\"b\" file=\"gold/deep/b.txt\">"), "{xml}");
    assert!(xml.contains("<failure message=\"quantity full is 66.7, below 90.0\""), "{xml}");
    let html = fs::read_to_string(dir.path().join("out.html")).unwrap();
    assert!(html.contains("<li class=\"failed\">failed: quantity full is 66.7, below 90.0</li>"), "{html}");
    assert!(
        html.contains("<th scope=\"row\">quantity full</th><td class=\"number\">75.0</td>") && !html.contains("://")
    );
}

#[test]
fn eval_as_a_gate() {
    let dir = gold();
    let at = |args: &[&str]| run_at(dir.path(), &[&["eval", "gold"], args].concat(), b"");
    at(&["--min", "quantity full=66", "--min", "quantity percent=100"]).quiet();
    at(&["--min", "quantity full=67"]).told(1, &["quantity full", "66.7", "67"]);
    at(&["--min", "quantity percent=100", "--min", "quantity money=1"]).told(1, &["quantity money"]);
    for wrong in ["quantity full", "quantity full=much", "no figure=5"] {
        at(&["--min", wrong]).told(2, &[wrong.split('=').next().unwrap()]);
    }

    at(&["--update"]).told(2, &["--scores"]);
    at(&["--scores", "scores.tsv"]).told(2, &["scores.tsv"]);
    at(&["--scores", "scores.tsv", "--update"]).quiet();
    let table = fs::read_to_string(dir.path().join("scores.tsv")).unwrap();
    assert_eq!(
        table.lines().skip(1).collect::<Vec<_>>(),
        ["a\t2\t3\t4\t1\t2\t2\t0\t0\t0\t0\t0\t0\t0\t0\t0", "b\t1\t1\t1\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0"]
    );
    at(&["--scores", "scores.tsv"]).quiet();
    // It was better once.
    fs::write(dir.path().join("scores.tsv"), table.replace("a\t2\t3\t4", "a\t3\t3\t4")).unwrap();
    let ran = at(&["--scores", "scores.tsv"]).told(1, &["a\t3\t3\t4", "a\t2\t3\t4", "--update"]);
    assert!(!ran.err.contains("b\t1"), "only what differs: {}", ran.err);
    at(&["--scores", "scores.tsv", "--update"]).quiet();
    assert_eq!(fs::read_to_string(dir.path().join("scores.tsv")).unwrap(), table);
}

#[test]
fn eval_scores_facts_where_they_are_annotated() {
    let of = |rest: &str| {
        let quantity = r#"{"start": 0, "end": 6, "type": "money", "value": "5", "unit": "EUR"}"#;
        let fact = r#"{"subject": "Huber", "metric": "Preis", "value": 0, "period": null, "change": null}"#;
        let gold = format!(r#"{{"quantities": [{quantity}], "facts": [{fact}]{rest}}}"#);
        let dir = folder(&[("a.txt", b"5 Euro."), ("a.gold.json", gold.as_bytes())]);
        run_at(dir.path(), &["eval", ".", "--errors", "facts"], b"").quiet().out
    };
    let out = of("");
    assert!(out.starts_with("- missed a: [5 Euro].  Preis; subject Huber; value 5 Euro\n"), "{out}");
    let figures = ["fact number ", "fact number+metric ", "fact slots ", "fact slot versus ", "facts of another named"];
    assert!(figures.iter().all(|f| out.lines().any(|l| l.starts_with(f))), "{out}");
    let none = of(r#", "annotated": ["quantities"]"#);
    assert!(!none.contains("fact ") && !none.contains("facts"), "{none}");
}

#[test]
fn eval_gives_facts_what_gold_has() {
    let text = "Der Umsatz von zwirn stieg auf 5 Millionen Euro.";
    let gold = r#"{"quantities": [{"start": 31, "end": 47, "type": "money", "value": "5000000", "unit": "EUR"}],
        "entities": [{"start": 15, "end": 20, "type": "organization", "name": "zwirn", "coref": 1}],
        "facts": [{"subject": "zwirn", "metric": "Umsatz", "value": 0, "change": {"direction": "up"}}]}"#;
    let dir = folder(&[("a.txt", text.as_bytes()), ("a.gold.json", gold.as_bytes())]);
    let figure = |args: &[&str]| {
        let ran = run_at(dir.path(), &[&["eval", ".", "--json"], args].concat(), b"").quiet();
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        report["figures"]["fact number+metric+subject"]["f1"].to_string()
    };
    assert_eq!((figure(&[]), figure(&["--oracle", "entities,times"])), ("0.0".into(), "100.0".into()));
    run_at(dir.path(), &["eval", ".", "--oracle", "facts"], b"").told(2, &["--oracle facts"]);
}

#[test]
fn eval_reads_only_gold() {
    let none = folder(&[("a.txt", b"")]);
    run_at(none.path(), &["eval", "."], b"").told(2, &["gold"]);
    let displaced = folder(&[
        ("a.txt", b"5 Euro."),
        ("a.gold.json", br#"{"quantities": [{"start": 1, "end": 6, "text": "5 Euro", "type": "money"}]}"#),
    ]);
    run_at(displaced.path(), &["eval", "."], b"").told(2, &["a.gold.json", "5 Euro"]);
    let outside =
        folder(&[("a.txt", b"5"), ("a.gold.json", br#"{"quantities": [{"start": 9, "end": 6, "type": "money"}]}"#)]);
    run_at(outside.path(), &["eval", "."], b"").told(2, &["a.gold.json"]);
    let lost = folder(&[("a.txt", b"5"), ("a.gold.json", br#"{"quantities": [], "facts": [{"value": 3}]}"#)]);
    run_at(lost.path(), &["eval", "."], b"").told(2, &["a.gold.json", "quantity 3"]);
    let alone = folder(&[("a.gold.json", br#"{"quantities": []}"#)]);
    run_at(alone.path(), &["eval", "."], b"").told(2, &["a.txt"]);
    let broken = folder(&[("a.txt", b""), ("a.gold.json", b"{\n!")]);
    run_at(broken.path(), &["eval", "."], b"").told(2, &["a.gold.json", "line 2"]);
}
