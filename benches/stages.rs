//! How fast each stage is, beside floors measured in the same run on the same text, one core.
//!
//! `cargo bench --bench stages` reads all texts of `../shared/data` once if they are there, else the articles of
//! `corpus/`, and prints a table; each row is the fastest of several passes. `--test` makes one short pass, which only
//! checks the counts.
#![allow(clippy::print_stdout, clippy::float_arithmetic, missing_docs, reason = "a benchmark prints figures")]

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use kennzahl::lexicon::{Lexicon, WordId};
use kennzahl::model::{Analysis, Document};
use kennzahl::{Extractor, emit, sentence, split, tag};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};
use unicode_segmentation::UnicodeSegmentation;

fn main() {
    let quick = std::env::args().any(|a| a == "--test");
    let (texts, origin) = texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} texts of {origin}, {:.2} MB, one core, fastest of the passes", texts.len(), bytes as f64 / 1e6);
    let bench = Bench { texts: &texts, bytes, quick };
    let words = bench.row("floor: unicode_words", None, |t| t.unicode_words().count());
    let row = |name: &str, f: &mut dyn FnMut(&str) -> usize| bench.row(name, Some(words), f);
    row("floor: str::from_utf8", &mut |t| black_box(std::str::from_utf8(black_box(t.as_bytes()))).map_or(0, str::len));
    let scale =
        regex::Regex::new(r"\d+|Tausend|Millionen|Million|Milliarden|Milliarde|Mio|Mrd|Billionen").expect("a regex");
    row("floor: regex, digits and scales", &mut |t| scale.find_iter(t).count());
    row("floor: memchr, blanks", &mut |t| memchr::memchr_iter(b' ', t.as_bytes()).count());
    row("floor: split_whitespace", &mut |t| t.split_whitespace().count());
    row("floor: unicode_sentences", &mut |t| t.unicode_sentences().count());

    let lexicon = Lexicon::builtin();
    // As many words as a table of all states holds in the caches, from all over the lexicon.
    let step = (lexicon.len() / 2000).max(1);
    let words_of = (2..lexicon.len() as u32).step_by(step).map(|n| lexicon.key(WordId(n))).filter(|key| key.len() > 3);
    let many = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(words_of).expect("a table of words");
    row("floor: Aho-Corasick, 2000 words", &mut |t| many.find_iter(t).count());
    let (mut tokens, mut ids, mut cut) = (vec![], vec![], vec![]);
    let mut seen = tag::Seen::default();
    let mut promises = tag::Promises::default();
    row("split: tokens", &mut |t| {
        split::tokens(t, &mut tokens);
        tokens.len()
    });
    row("split + tag", &mut |t| {
        split::tokens(t, &mut tokens);
        tag::run(t, &tokens, &lexicon, &mut seen, &mut ids, &mut promises);
        promises.numbers.len()
    });
    row("split + tag + sentences", &mut |t| {
        split::tokens(t, &mut tokens);
        tag::run(t, &tokens, &lexicon, &mut seen, &mut ids, &mut promises);
        sentence::sentences(t, &tokens, &ids, &lexicon, &mut cut);
        cut.len()
    });
    let extractor = Extractor::new();
    let mut namer = extractor.namer();
    row("names alone: to names", &mut |t| namer.names(t).0.len());
    let mut analysis = Analysis::default();
    let mut nameless = extractor.clone().without_names().worker();
    row("quantities and times found", &mut |t| {
        nameless.analyse_into(t, None, &mut analysis);
        analysis.quantities.len() + analysis.times.len()
    });
    let mut factless = extractor.clone().without_facts().worker();
    row("all but facts", &mut |t| {
        factless.analyse_into(t, None, &mut analysis);
        analysis.quantities.len()
    });
    let mut worker = extractor.worker();
    row("all stages to find", &mut |t| {
        worker.analyse_into(t, None, &mut analysis);
        analysis.quantities.len()
    });
    let mut out = Vec::new();
    let mut doc = Document::default();
    row("whole: find and write records", &mut |t| {
        worker.analyse_into(t, None, &mut analysis);
        doc.text.clear();
        doc.text.push_str(t);
        out.clear();
        emit::write_document(&doc, &analysis, extractor.lexicon(), emit::Options::default(), &mut out);
        out.iter().filter(|b| **b == b'\n').count()
    });
}

struct Bench<'a> {
    texts: &'a [String],
    bytes: usize,
    quick: bool,
}

impl Bench<'_> {
    /// Runs `f` over all texts until a second has passed, prints the fastest pass, and returns its MB/s.
    fn row(&self, name: &str, floor: Option<f64>, mut f: impl FnMut(&str) -> usize) -> f64 {
        let mut best = Duration::MAX;
        let mut count = None;
        let begun = Instant::now();
        loop {
            let start = Instant::now();
            let sum: usize = self.texts.iter().map(|t| f(t)).sum();
            best = best.min(start.elapsed());
            // A pass that finds something else than the one before is no benchmark.
            assert_eq!(*count.get_or_insert(sum), sum, "{name}");
            if self.quick || begun.elapsed() > Duration::from_secs(1) {
                break;
            }
        }
        assert!(count.is_some_and(|c| c > 0), "{name} found nothing");
        let speed = self.bytes as f64 / best.as_secs_f64() / 1e6;
        let ratio = floor.map_or("1.00".to_owned(), |floor| format!("{:.2}", speed / floor));
        println!("{name:34} {speed:9.1} MB/s  {ratio:>6} × unicode_words  {:>9} found", count.unwrap_or(0));
        speed
    }
}

fn texts() -> (Vec<String>, &'static str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let mut packed: Vec<_> = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    packed.retain(|p| p.to_string_lossy().ends_with(".jsonl.gz"));
    packed.sort();
    let mut seen = BTreeSet::new();
    let mut texts = Vec::new();
    for lines in packed.iter().filter_map(|p| gunzip(p)) {
        let text =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(str::to_owned);
        // Some files are others with more said of them.
        texts.extend(lines.lines().filter_map(text).filter(|t| seen.insert(t.clone())));
    }
    if !texts.is_empty() {
        return (texts, "../shared/data");
    }
    println!("../shared/data is absent: the project's own corpus stands in for it");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("corpus/articles").flatten().map(|e| e.path()).collect();
    paths.sort();
    let texts = paths.iter().filter(|p| p.extension().is_some_and(|x| x == "txt"));
    (texts.map(|p| std::fs::read_to_string(p).expect("an article")).collect(), "the project's corpus")
}

fn gunzip(path: &Path) -> Option<String> {
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(std::fs::File::open(path).ok()?).read_to_string(&mut text).ok()?;
    Some(text)
}
