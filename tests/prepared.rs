//! The committed tables of the built-in lexicon are those of its packs.

use kennzahl::lexicon::{load_prepared, prepare};
use std::path::Path;

#[test]
fn tables_are_those_of_the_packs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/german/prepared.bin");
    let want = prepare().expect("the built-in packs compile");
    let have = std::fs::read(&path).unwrap_or_default();
    if have != want {
        std::fs::write(&path, &want).expect("src/german is writable");
        panic!(
            "src/german/prepared.bin was stale and is written anew: run the tests again, and commit it with the packs"
        );
    }
    assert!(load_prepared().is_some(), "the tables were read, not compiled");
    assert_eq!(want, prepare().expect("again"), "preparing is deterministic");
}

#[test]
fn the_table_of_names_is_that_of_the_lists() {
    let german = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/german");
    let want = kennzahl::names::prepare(&german.join("names")).expect("the lists can be read");
    let path = german.join("names.bin");
    if std::fs::read(&path).unwrap_or_default() != want {
        std::fs::write(&path, &want).expect("src/german is writable");
        panic!("src/german/names.bin was stale and is written anew: run the tests again, and commit it with the lists");
    }
    let weights = std::fs::metadata(german.join("tagger.bin")).expect("the weights").len();
    assert!(weights <= 4_000_000, "{weights} bytes of weights");
}

#[test]
fn the_words_of_facts_are_those_of_the_lists() {
    let german = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/german");
    let list = |name: &str| std::fs::read_to_string(german.join("facts").join(name)).expect("a list of words of facts");
    let [metrics, verbs, changes, lists] = ["metrics.toml", "verbs.toml", "changes.toml", "lists.toml"].map(list);
    let want = kennzahl::link::prepare(&metrics, &verbs, &changes, &lists).expect("the lists can be read");
    let path = german.join("facts.bin");
    if std::fs::read(&path).unwrap_or_default() != want {
        std::fs::write(&path, &want).expect("src/german is writable");
        panic!("src/german/facts.bin was stale and is written anew: run the tests again, and commit it with the lists");
    }
}
