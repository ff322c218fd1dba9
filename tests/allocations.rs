//! Proves that nothing is allocated for a token: a worker that has seen a text reads it again in the buffers it has, and
//! what it hands out is all that it asks memory for.
#![allow(missing_docs, reason = "a test")]

use allocation_counter::measure;
use kennzahl::emit::{self, Options};
use kennzahl::lexicon::Lexicon;
use kennzahl::model::{Analysis, Document};
use kennzahl::{Extractor, Worker, sentence, split, tag};
use std::path::Path;

/// All articles of the corpus as one text each.
fn articles() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("the corpus").flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    paths.iter().map(|p| std::fs::read_to_string(p).expect("an article")).collect()
}

/// How often memory is asked for while a worker reads the articles that it has read before; what it has found.
fn allocations(mut worker: Worker, texts: &[String]) -> (u64, Vec<usize>) {
    let mut analyses: Vec<Analysis> = texts.iter().map(|_| Analysis::default()).collect();
    let mut pass = |analyses: &mut [Analysis]| {
        for (text, analysis) in texts.iter().zip(analyses) {
            worker.analyse_into(text, None, analysis);
        }
    };
    pass(&mut analyses);
    let asked = measure(|| pass(&mut analyses)).count_total;
    let sum = |count: &dyn Fn(&Analysis) -> usize| analyses.iter().map(count).sum();
    let found = [
        sum(&|a| a.quantities.len()),
        sum(&|a| a.times.len()),
        sum(&|a| a.entities.len()),
        sum(&|a| a.things.len()),
        sum(&|a| a.facts.len()),
    ];
    (asked, found.into())
}

#[test]
fn tokens_words_and_sentences_allocate_nothing() {
    let texts = articles();
    let lexicon = Lexicon::builtin();
    let (mut tokens, mut words, mut cut) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen = tag::Seen::default();
    let mut promises = tag::Promises::default();
    let mut pass = || {
        for text in &texts {
            split::tokens(text, &mut tokens);
            tag::run(text, &tokens, &lexicon, &mut seen, &mut words, &mut promises);
            sentence::sentences(text, &tokens, &words, &lexicon, &mut cut);
        }
    };
    pass();
    assert_eq!(measure(pass).count_total, 0);
}

#[test]
fn most_quantities_and_times_allocate_nothing() {
    let (asked, found) = allocations(Extractor::new().without_names().worker(), &articles());
    assert!(found[0] > 1500 && found[1] > 800, "{found:?}");
    // Currencies that share a word, and what regular expressions remember of a shape.
    assert!(asked < (found[0] + found[1]) as u64 / 4, "{asked} for {found:?}");
}

#[test]
fn names_and_facts_allocate_what_they_hand_out() {
    let texts = articles();
    let (names, found) = allocations(Extractor::new().without_facts().worker(), &texts);
    let things = found[3] as u64;
    assert!(things > 500 && names < 4 * things, "{names} for {found:?}");
    let (all, found) = allocations(Extractor::new().worker(), &texts);
    let (facts, texts) = (found[4] as u64, texts.len() as u64);
    // The names and lemmas of a fact, and what is kept of it for the next one.
    assert!(facts > 1000 && all - names < 20 * facts + 4 * things + 10 * texts, "{all} for {found:?}");
}

#[test]
fn records_are_written_into_the_buffer() {
    let texts = articles();
    let extractor = Extractor::new();
    let mut worker = extractor.worker();
    let docs: Vec<_> = texts.iter().map(|t| Document { text: t.clone(), ..Document::default() }).collect();
    let analyses: Vec<_> = texts.iter().map(|t| worker.analyse(t)).collect();
    let mut out = Vec::new();
    let mut pass = || {
        out.clear();
        for (doc, analysis) in docs.iter().zip(&analyses) {
            emit::write_document(doc, analysis, extractor.lexicon(), Options::default(), &mut out);
        }
    };
    pass();
    let (asked, facts) = (measure(pass).count_total, analyses.iter().map(|a| a.facts.len() as u64).sum::<u64>());
    // Facts need an index of offsets, and keys that tell the same statement said twice.
    assert!(asked < 2 * facts, "{asked} for {facts} facts");
}
