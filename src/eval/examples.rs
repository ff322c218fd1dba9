//! The examples of packs: each entry says what is found in a text of its own.

use crate::pack::Pack;
use crate::pipeline::Extractor;
use crate::show::show;

/// Runs all examples of a pack; what fails is told, one line each, with the place of its entry. `count` is raised by
/// the number of examples run.
pub fn run_examples(pack: &Pack, extractor: &Extractor, count: &mut usize) -> Vec<String> {
    let mut worker = extractor.worker();
    let mut failures = Vec::new();
    for (place, [text, want]) in pack.examples() {
        *count += 1;
        let got = show(text, &worker.analyse(text), extractor.lexicon());
        if got != *want {
            failures.push(format!("{place}: {text}\n  expected  {want}\n  found     {got}"));
        }
    }
    failures
}
