//! How the time of a sentence grows with its length, with facts and without, one core.
//!
//! `cargo bench --bench link` reads one sentence of 100 to 100 000 tokens without a full stop, made of the same clauses
//! again and again, and prints the time per token; where it stays the same from row to row, growth is linear. Sentences
//! are cut at 400 tokens by design, so no rule looks over more: only the first row is a sentence as it stands, and what
//! a token costs may rise from it to the second, but not any further.
//! Below stands what was weighed against it: a letter for the role of each mention and word, and 200 rules that are
//! patterns over that string. It shows what finding all that match costs, not choosing among them, and what compiling
//! the rules costs at every start.
//! Each figure is the fastest of several passes. `--test` makes one short pass, which only checks the counts.
#![allow(clippy::print_stdout, clippy::float_arithmetic, missing_docs, reason = "a benchmark prints figures")]

use kennzahl::model::Analysis;
use kennzahl::{Extractor, Worker, split};
use regex::bytes::{Regex, RegexSet};
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
    patterns(quick);
}

/// The roles of [`CLAUSES`]: metric, quantity, period, company, verb, its prefix, brackets and marks; *um, auf, von, mit*;
/// anything else in a row is a dot.
const ROLES: &str = "M.CvP.uQaQz,MvwQaQ(Q),PvQ-Qv.-.C,PvC.C.mM.Q,CvPQ,.,";

/// Rules as patterns over roles, with gaps of up to eight of them.
fn rules() -> Vec<String> {
    let fronts =
        ["M[^MQ]{0,8}v", "C[^CQ]{0,8}v", "P[^Q]{0,8}v[^Q]{0,8}M", "P[^Q]{0,8}v[^Q]{0,8}C", "M[^MQ]{0,8}C[^Q]{0,8}v"];
    let slots = ["uQ", "aQ", "wQ[^Q]{0,8}aQ", "uQ[^Q]{0,8}aQ", "mM[^Q]{0,8}Q", "Q", "Q[^Q]{0,8}Q", r"aQ[^Q]{0,8}\(Q"];
    let ends = ["", "[^Q]{0,8}z", "[^Q]{0,8}P", "[^Q]{0,8}C", "[^Q]{0,8},"];
    let mut all = Vec::new();
    for front in fronts {
        for slot in slots {
            all.extend(ends.map(|end| format!("(?-u){front}[^Q]{{0,8}}{slot}{end}")));
        }
    }
    all
}

fn patterns(quick: bool) {
    let rules = rules();
    assert_eq!(rules.len(), 200);
    let start = Instant::now();
    let set = RegexSet::new(&rules).expect("patterns");
    let each: Vec<Regex> = rules.iter().map(|r| Regex::new(r).expect("a pattern")).collect();
    println!("\n200 rules as patterns over roles, compiled in {} ms", start.elapsed().as_millis());
    println!("{:>8} {:>10} {:>8} {:>16} {:>16}", "tokens", "rules hit", "places", "hit, ns/token", "places, ns/token");
    let mut cut = Vec::new();
    split::tokens(CLAUSES, &mut cut);
    for tokens in LENGTHS {
        let text = ROLES.repeat(tokens.div_ceil(cut.len()));
        let (mut hit, mut found) = (Duration::MAX, Duration::MAX);
        let begun = Instant::now();
        let (rules, places) = loop {
            let start = Instant::now();
            let matches = set.matches(text.as_bytes());
            hit = hit.min(start.elapsed());
            let start = Instant::now();
            let places = matches.iter().map(|n| each[n].find_iter(text.as_bytes()).count()).sum::<usize>();
            found = found.min(start.elapsed());
            if quick || begun.elapsed() > Duration::from_secs(1) {
                break (matches.iter().count(), places);
            }
        };
        assert!(places >= rules && rules > 0, "{tokens} tokens: {rules} rules at {places} places");
        let per_token = |d: Duration| d.as_secs_f64() * 1e9 / tokens as f64;
        println!("{tokens:8} {rules:10} {places:8} {:16.0} {:16.0}", per_token(hit), per_token(found));
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
