//! `kennzahl explain`

use super::args::Explain;
use super::{DONE, extractor, print_line};
use kennzahl::{Error, show_one};
use std::fmt::Write as _;

pub(super) fn run(a: &Explain) -> Result<u8, Error> {
    let extractor = extractor(&a.pack)?;
    let lexicon = extractor.lexicon();
    let mut worker = extractor.worker();
    let analysis = worker.analyse(&a.text);
    let (tokens, words, sentences) = worker.last();
    let (refusals, makers) = kennzahl::pipeline::rules();
    let mut out = String::new();
    for (n, s) in sentences.iter().enumerate() {
        let _ = writeln!(out, "sentence {n}");
        for i in s.first as usize..s.last as usize {
            let (token, word) = (&tokens[i], words[i]);
            let roles: Vec<_> = lexicon.tags(word).names().map(str::to_lowercase).collect();
            let number = lexicon.is_numeral(word).then(|| "number word".to_owned());
            let mut what = number.into_iter().chain(roles).collect::<Vec<_>>().join(", ");
            if what.is_empty() {
                what = format!("{:?}", token.kind).to_lowercase();
            }
            let glue = if token.spaced() || i == s.first as usize { ' ' } else { '+' };
            let _ = writeln!(out, "  {:>4}..{:<4} {glue} {:24} {what}", token.start, token.end, token.text(&a.text));
        }
        for q in analysis.quantities.iter().filter(|q| q.sentence as usize == n) {
            let _ = writeln!(out, "  found    {}", show_one(&a.text, q, lexicon));
            let _ = writeln!(out, "           by rule {}{}", q.rule, tried(&[refusals, makers], q.rule));
            if let Some(hedge) = q.hedge {
                let _ = writeln!(out, "           hedge \"{}\"", hedge.of(&a.text));
            }
        }
        for r in analysis.refused.iter().filter(|r| r.sentence as usize == n) {
            let _ = writeln!(out, "  refused  {} is no quantity: {}", r.span.of(&a.text), r.reason.name());
            let _ = writeln!(out, "           by rule {}{}", r.rule, tried(&[refusals], r.rule));
        }
    }
    if analysis.quantities.is_empty() && analysis.refused.is_empty() {
        let _ = writeln!(out, "no numeral found");
    }
    print_line(out.trim_end())?;
    Ok(DONE)
}

/// The rules that a numeral met before the one that decided.
fn tried(lists: &[&[&str]], rule: &str) -> String {
    let before: Vec<&str> = lists.iter().flat_map(|l| l.iter()).copied().take_while(|r| *r != rule).collect();
    if before.is_empty() { String::new() } else { format!(", after {}", before.join(", ")) }
}
