//! The examples of packs: each entry says what is found in a text of its own.

use crate::pack::Pack;
use crate::pipeline::Extractor;
use crate::show::{show, show_facts, show_names, show_times};

/// The day on which the texts of time examples are published, a Wednesday.
pub const EXAMPLE_DAY: &str = "2026-01-28";

/// What an example shows.
enum Shown {
    Quantities,
    Times,
    Names,
    Facts,
}

/// Runs all examples of a pack; what fails is told, one line each, with the place of its entry. `count` is raised by
/// the number of examples run.
pub fn run_examples(pack: &Pack, extractor: &Extractor, count: &mut usize) -> Vec<String> {
    let mut worker = extractor.worker();
    let mut failures = Vec::new();
    let quantities = pack.examples().into_iter().map(|e| (e, Shown::Quantities));
    let times = pack.time_examples().into_iter().map(|e| (e, Shown::Times));
    let names = pack.name_examples().into_iter().map(|e| (e, Shown::Names));
    let facts = pack.fact_examples().into_iter().map(|e| (e, Shown::Facts));
    for ((place, [text, want]), shown) in quantities.chain(times).chain(names).chain(facts) {
        *count += 1;
        let analysis = worker.analyse_dated(text, Some(EXAMPLE_DAY));
        let got = match shown {
            Shown::Quantities => show(text, &analysis, extractor.lexicon()),
            Shown::Times => show_times(text, &analysis),
            Shown::Names => show_names(text, &analysis),
            Shown::Facts => show_facts(text, &analysis),
        };
        if got != *want {
            failures.push(format!("{place}: {text}\n  expected  {want}\n  found     {got}"));
        }
    }
    failures
}
