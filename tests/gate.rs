//! Proves the gate of accuracy: with a rule broken on purpose, `eval` against the committed scores fails and names the
//! documents.

#[allow(dead_code, reason = "shared with other tests")]
#[path = "common/cli.rs"]
mod common;

use common::{Ran, run_at};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn gate(more: &[&str]) -> Ran {
    let eval = ["eval", "corpus/articles", "--scores", "corpus/scores.tsv", "--max-severe", "4"];
    run_at(Path::new(ROOT), &[&eval, more].concat(), b"")
}

/// The documents that the gate names.
fn named(ran: &Ran) -> BTreeSet<String> {
    let lines = ran.err.lines().filter_map(|l| Some(l.split_once("scores: is ")?.1));
    lines.map(|l| l.trim().split('\t').next().unwrap().to_owned()).collect()
}

/// The built-in entry of a kind, with one line changed.
fn broken(file: &str, id: &str, from: &str, to: &str) -> String {
    let all = fs::read_to_string(Path::new(ROOT).join("src/german").join(file)).unwrap();
    let entry = all.split("\n\n").find(|e| e.contains(&format!("\nid = \"{id}\"\n"))).expect("the entry is there");
    assert!(entry.contains(from), "{entry}");
    entry.replace(from, to)
}

#[test]
fn a_broken_rule_fails_the_gate() {
    let whole = gate(&[]);
    assert_eq!(whole.code, 0, "{}", whole.err);
    assert!(named(&whole).is_empty());
    let texts = |words: &[&str]| -> BTreeSet<String> {
        let files = fs::read_dir(Path::new(ROOT).join("corpus/articles")).unwrap().map(|e| e.unwrap().path());
        let with = files.filter(|p| p.extension().is_some_and(|e| e == "txt"));
        let with = with.filter(|p| words.iter().any(|w| fs::read_to_string(p).unwrap().to_lowercase().contains(w)));
        with.map(|p| p.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
    };
    let cases = [
        // "Milliarde" is a power of ten too little.
        (broken("scales.toml", "milliarde", "power = 9", "power = 8"), &["milliard", "mrd", "md.", "mia"][..]),
        // "rund" is no hedge any more.
        (broken("hedges.toml", "about", "forms = [\"rund\", ", "forms = ["), &["rund"]),
    ];
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("broken.toml");
    for (pack, words) in cases {
        fs::write(&path, &pack).unwrap();
        let ran = gate(&["--pack", path.to_str().unwrap()]);
        assert_eq!(ran.code, 1, "{pack}{}", ran.err);
        let (named, affected) = (named(&ran), texts(words));
        assert!(!named.is_empty(), "{}", ran.err);
        assert!(named.is_subset(&affected), "{named:?} are not all of {affected:?}");
    }
}
