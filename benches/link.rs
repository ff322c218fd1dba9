//! How the time of a sentence grows with its length, with facts and without, one core.
//!
//! `cargo bench --bench link` reads one sentence of 100 to 100 000 tokens without a full stop, made of the same clauses
//! again and again, and prints the time per token; where it stays the same from row to row, growth is linear. Sentences
//! are cut at 400 tokens by design, so no rule looks over more: only the first row is a sentence as it stands, and what
//! a token costs may rise from it to the second, but not any further.
//! Each figure is the fastest of several passes. `--test` makes one short pass, which only checks the counts.
#![allow(clippy::print_stdout, clippy::float_arithmetic, missing_docs, reason = "a benchmark prints figures")]

use kennzahl::model::Analysis;
use kennzahl::{Extractor, Worker, split};
use std::time::{Duration, Instant};

const LENGTHS: [usize; 4] = [100, 1_000, 10_000, 100_000];

/// Clauses of all that facts are made of, each with its comma.
const CLAUSES: &str = "der Umsatz der Brandner AG legte 2025 trotz hoher Kosten um fünf Prozent auf 20 Millionen Euro zu, \
    der Gewinn sank von 4,5 auf 3,9 Millionen Euro (Vorjahr: 4,1 Millionen), \
    Ende März beschäftigte der Konzern 400 Menschen – sieben Prozent mehr als ein Jahr zuvor – in Bremen, \
    für 2026 rechnet die Lorenz GmbH laut Bundesbank mit einem Umsatz zwischen 10 und 12 Millionen Euro, \
    der Dax verlor am Montag 0,8 Prozent, \
    was die Leute am Hafen und auf den Märkten der Stadt aber kaum zu stören schien, ";

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let (mut with, mut without) = (Extractor::new().worker(), Extractor::new().without_facts().worker());
    println!(
        "{:>8} {:>10} {:>8} {:>16} {:>16} {:>16}",
        "tokens", "sentences", "facts", "all, ns/token", "without facts", "facts alone"
    );
    let mut per_token = None;
    for tokens in LENGTHS {
        let text = sentence(tokens);
        let (all, found) = fastest(&mut with, &text, quick);
        let (rest, bare) = fastest(&mut without, &text, quick);
        assert_eq!(bare.quantities, found.quantities, "facts change nothing before them");
        assert!(bare.facts.is_empty() && !found.facts.is_empty(), "{tokens} tokens");
        // As many facts per token as in the row before, or nearly.
        let share = found.facts.len() as f64 / tokens as f64;
        assert!(
            per_token.is_none_or(|p: f64| (0.7..1.4).contains(&(share / p))),
            "{tokens} tokens: {share} facts each"
        );
        per_token = Some(share);
        let each = |d: Duration| d.as_secs_f64() * 1e9 / tokens as f64;
        println!(
            "{tokens:8} {:10} {:8} {:16.0} {:16.0} {:16.0}",
            found.sentences,
            found.facts.len(),
            each(all),
            each(rest),
            each(all) - each(rest)
        );
    }
}

/// The fastest pass until a second has gone by, and what all of them find.
fn fastest(worker: &mut Worker, text: &str, quick: bool) -> (Duration, Analysis) {
    let mut analysis = Analysis::default();
    let mut first: Option<Analysis> = None;
    let mut best = Duration::MAX;
    let begun = Instant::now();
    loop {
        let start = Instant::now();
        worker.analyse_into(text, Some("2026-02-12"), &mut analysis);
        best = best.min(start.elapsed());
        // A pass that finds something else than the one before is no benchmark.
        assert_eq!(*first.get_or_insert_with(|| analysis.clone()), analysis);
        if quick || begun.elapsed() > Duration::from_secs(1) {
            return (best, analysis);
        }
    }
}

/// So many tokens of the clauses, without a full stop.
fn sentence(length: usize) -> String {
    let mut tokens = Vec::new();
    split::tokens(CLAUSES, &mut tokens);
    let mut text = CLAUSES.repeat(length.div_ceil(tokens.len()));
    split::tokens(&text, &mut tokens);
    text.truncate(tokens[length - 1].end as usize);
    text
}
