//! Whole articles → JSON lines, against committed files. On a change the file is written anew and the test fails, so
//! that the difference can be read in git.

use kennzahl::Extractor;
use kennzahl::emit::{Options, write_document};
use kennzahl::model::Document;
use std::path::Path;

const ARTICLES: &[&str] = &["wirtschaft-bank-jahreszahlen", "sport-hallerbruck-derby", "schweiz-krankenkassenpraemien"];

#[test]
fn articles_give_the_committed_records() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let extractor = Extractor::new();
    let mut changed = Vec::new();
    for name in ARTICLES {
        let text = std::fs::read_to_string(root.join(format!("corpus/articles/{name}.txt"))).expect("an article");
        let doc = Document { id: (*name).to_owned(), text, ..Document::default() };
        let mut records = Vec::new();
        let options = Options { explain: true, refused: true, ..Options::default() };
        write_document(&doc, &extractor.worker().analyse(&doc.text), extractor.lexicon(), options, &mut records);
        let path = root.join(format!("tests/golden/{name}.jsonl"));
        if std::fs::read(&path).unwrap_or_default() != records {
            std::fs::create_dir_all(root.join("tests/golden")).expect("tests is writable");
            std::fs::write(&path, &records).expect("tests/golden is writable");
            changed.push(*name);
        }
    }
    assert!(changed.is_empty(), "written anew: {changed:?}; read the difference in git, and commit it if it is meant");
}
