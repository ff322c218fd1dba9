//! Proves `explain FILE:OFFSET`: what stands there is shown, and every entry that is proposed does what it says.

#[allow(dead_code, reason = "shared with other tests")]
#[path = "common/cli.rs"]
mod common;

use common::{Ran, run_at};
use std::fs;
use std::path::Path;
use tempfile::tempdir;

fn explain(at: &Path, args: &[&str]) -> Ran {
    run_at(at, &[&["explain"], args].concat(), b"")
}

/// The entries of an answer, each with the line that says what it brings about.
fn proposals(out: &str) -> Vec<(String, String)> {
    let parts = out.split("\n# in a pack: ").skip(1);
    parts.map(|p| p.split_once('\n').unwrap()).map(|(said, toml)| (said.to_owned(), toml.trim().to_owned())).collect()
}

#[test]
fn what_is_proposed_holds() {
    // A text, a word in it, how the entry begins, and what comes of it.
    let cases = [
        (
            "Es war kalt. Der Brunnen ist zwölf Klafter tief.",
            "Klafter",
            "[[unit]]",
            "zwölf Klafter = measure 12 {Klafter}",
        ),
        (
            "Es war kalt. Der Brunnen ist zwölf Klafter tief.",
            "zwölf",
            "[[unit]]",
            "zwölf Klafter = measure 12 {Klafter}",
        ),
        ("Sie zahlten pfeilgrad 40 Euro dafür.", "pfeilgrad", "[[hedge]]", "40 Euro = money 40 EUR about"),
        ("Sie zahlten rund 40 Euro dafür.", "rund", "[[hedge]]", "40 Euro = money 40 EUR"),
        (
            "Der Vertrag mit Quobbel Zerf ist unterschrieben worden.",
            "Zerf",
            "[[name]]",
            "Quobbel Zerf = person Quobbel Zerf mine:Quobbel Zerf",
        ),
    ];
    let dir = tempdir().unwrap();
    let at = dir.path();
    for (text, word, begins, outcome) in cases {
        fs::write(at.join("a.txt"), text).unwrap();
        let offset = text[..text.find(word).unwrap()].chars().count();
        let out = explain(at, &[&format!("a.txt:{offset}")]).quiet().out;
        let found = proposals(&out);
        let Some((said, toml)) = found.iter().find(|(_, toml)| toml.starts_with(begins)) else {
            panic!("no {begins} for '{word}':\n{out}")
        };
        assert!(said.starts_with(outcome), "{said}");
        // It can be pasted, passes its own check, and does what it says.
        fs::write(at.join("mine.toml"), toml).unwrap();
        run_at(at, &["pack", "check", "mine.toml"], b"").quiet();
        let with = explain(at, &["a.txt:0", "--pack", "mine.toml"]);
        assert_eq!(with.code, 0, "{}", with.err);
        let with = explain(at, &[&format!("a.txt:{offset}"), "--pack", "mine.toml"]).quiet().out;
        assert!(!proposals(&with).iter().any(|p| p.1 == *toml), "it is not proposed again: {with}");
        assert_ne!(out, with);
    }
}

#[test]
fn only_what_touches_the_place_is_shown() {
    let dir = tempdir().unwrap();
    let at = dir.path();
    fs::write(at.join("a.txt"), "Die Äpfel kosten 5 Euro.\nDas verbietet Artikel 3 seit gestern.\n").unwrap();
    let out = explain(at, &["a.txt:48"]).quiet().out;
    assert!(out.starts_with("a: line 2, column 25: seit\n"), "{out}");
    let out = explain(at, &["a.txt:2:23"]).quiet().out;
    assert!(out.starts_with("a: line 2, column 23: 3\nsentence 1\n"), "{out}");
    assert!(out.contains("refused  3 is no quantity: law") && out.contains(", after "), "{out}");
    assert!(out.lines().any(|l| l.starts_with('>') && l.contains(" 3 ")), "{out}");
    assert!(!out.contains("5 Euro") && !out.contains("gestern ="), "{out}");
    // All offsets mean the same place; what stands between words means the next.
    let same = explain(at, &["a.txt:18", "--offsets", "bytes"]).quiet().out;
    assert_eq!(explain(at, &["a.txt:17"]).quiet().out, same);
    assert_eq!(explain(at, &["a.txt:16"]).quiet().out, same);
    assert!(same.starts_with("a: line 1, column 18: 5\n"), "{same}");
    assert!(explain(at, &["a.txt:4"]).quiet().out.contains("  nothing  Äpfel is part of no"), "nothing there");
}

#[test]
fn documents_of_a_feed_and_what_is_no_place() {
    let dir = tempdir().unwrap();
    let at = dir.path();
    let feed = "{\"id\":\"x\",\"published\":\"2026-01-28\",\"text\":\"Gestern kamen 5 Euro.\"}\n{\"id\":\"y\",\"text\":\"6 Euro\"}\n";
    fs::write(at.join("feed.jsonl"), feed).unwrap();
    let out = explain(at, &["feed.jsonl:0", "--doc", "x"]).quiet().out;
    assert!(out.contains("from 2026-01-27"), "its own day of publication holds: {out}");
    let out = explain(at, &["feed.jsonl:0", "--doc", "x", "--published", "2025-03-02"]).quiet().out;
    assert!(out.contains("from 2025-03-01"), "{out}");
    explain(at, &["feed.jsonl:0"]).told(2, &["feed.jsonl: it has several documents", "--doc ID"]);
    explain(at, &["feed.jsonl:0", "--doc", "z"]).told(2, &["no such document"]);
    explain(at, &["feed.jsonl:99", "--doc", "y"]).told(2, &["the document ends before, after 6 characters"]);
    explain(at, &["nowhere.txt:3"]).told(2, &["nowhere.txt: there is no such file"]);
    assert!(explain(at, &["22:17"]).quiet().out.starts_with("sentence 0\n"), "a text like any other");
}

#[test]
fn an_entry_of_ones_own_is_taken_back() {
    let dir = tempdir().unwrap();
    let at = dir.path();
    let entry = |forms: &str| {
        format!(
            "[[identifier]]\nid = \"mine\"\nreason = \"product\"\nnumber = \"before\"\nforms = [{forms}]\n\
             example = [\"Da sind 5 Quobbel.\", \"\"]\n"
        )
    };
    fs::write(at.join("a.txt"), "Da sind 5 Quobbel.").unwrap();
    // Another form stays; of an entry with no other nothing is left.
    let cases = [("\"Quobbel\", \"Zerf\"", "forms = [\"Zerf\"]"), ("\"Quobbel\"", "remove = [\"identifier.mine\"]")];
    for (forms, want) in cases {
        fs::write(at.join("mine.toml"), entry(forms)).unwrap();
        let out = explain(at, &["a.txt:8", "--pack", "mine.toml"]).quiet().out;
        assert!(out.contains("refused  5 is no quantity: product"), "{out}");
        let right = |said: &str, toml: &str| toml.contains(want) && said.starts_with("5 = count 5 noun:Quobbel");
        assert!(proposals(&out).iter().any(|(said, toml)| right(said, toml)), "{out}");
    }
}

#[test]
fn facts_are_shown_with_what_they_were_chosen_among() {
    let dir = tempdir().unwrap();
    let text = "Drei Männer sahen, wie der Umsatz der Brandner AG 2025 um fünf Prozent stieg und nicht der Gewinn der Lorenz AG.";
    let out = explain(dir.path(), &[text]).quiet().out;
    let fact = out.find("  fact     Brandner AG · Umsatz (revenue) · 2025 · up fünf Prozent").expect("the fact");
    let end = out.find("  no fact  ").expect("what is none");
    for slot in ["metric", "subject", "period", "status", "direction", "source"] {
        let head = format!("           {slot} chosen among ");
        let at = out.find(&head).unwrap_or_else(|| panic!("{slot}: {out}"));
        assert!(at > fact && at < end, "{slot}");
        // The chosen one stands first and weighs most; each has its sum, then the clues.
        let lines: Vec<_> = out[at..].lines().skip(1).take_while(|l| l.starts_with("             ")).collect();
        let weights: Vec<i32> =
            lines.iter().map(|l| l.split_whitespace().next().unwrap().parse().expect("a weight")).collect();
        assert!(!weights.is_empty() && weights.is_sorted_by(|a, b| a >= b), "{slot}: {weights:?}");
        assert!(lines[0].contains(" +"), "{slot}: some clue spoke for {}", lines[0]);
    }
    let line = |what: &str| out.lines().any(|l| l.contains(what));
    assert!(
        line("Umsatz                   ") && line("Lorenz AG                ") && line("nothing                  ")
    );
    // A number that is in no fact: told only, or weighed and found to say nothing.
    assert!(out[end..].contains("Drei is in none\n           told, not stated: three things at most"), "{out}");
    let out = explain(dir.path(), &["Nach 300 Metern biegt man links ab."]).quiet().out;
    let at = out.find("  no fact  ").expect("a number that states nothing");
    let lines: Vec<_> = out[at..].lines().skip(1).take(2).collect();
    assert!(lines[0].contains("metric chosen among") && lines[1].contains("  nothing  "), "{out}");
    // A number that is said in turn has no choices of its own.
    let row = "Umsatz und Gewinn der Brandner AG stiegen 2025 um vier beziehungsweise neun Prozent.";
    let out = explain(dir.path(), &[row]).quiet().out;
    assert_eq!(out.matches("said in turn, all else chosen as of vier\n").count(), 1, "{out}");
}
