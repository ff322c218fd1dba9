//! How a sentence is read: tokens, rules, results.

use kennzahl::link::Why;
use kennzahl::model::{Analysis, Fact, Party, Quantity, Span};
use kennzahl::{Worker, show_fact, show_one, show_time, show_written};
use std::fmt::Write as _;

/// How the sentences of the text that a worker read last are read. Of what was found only that which touches `at` is shown,
/// and its sentence, where `at` is given.
pub(super) fn sentences(text: &str, worker: &Worker, analysis: &Analysis, at: Option<Span>) -> String {
    let lexicon = worker.lexicon();
    let (tokens, words, sentences) = worker.last();
    let (refusals, makers) = kennzahl::pipeline::rules();
    let name_rules = kennzahl::pipeline::name_rules();
    let time_rules = kennzahl::pipeline::time_rules();
    let fact_rules = kennzahl::pipeline::fact_rules();
    let why = worker.why(text, analysis);
    let here = |span: Span| at.is_none_or(|at| touch(span, at));
    let mut out = String::new();
    for (n, s) in sentences.iter().enumerate() {
        let Some(last) = tokens.get((s.last as usize).saturating_sub(1)) else { continue };
        if !here(Span::new(tokens[s.first as usize].start, last.end)) {
            continue;
        }
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
            let mark = if at.is_some_and(|at| touch(token.span(), at)) { '>' } else { ' ' };
            let (from, to) = (token.start, token.end);
            let _ = writeln!(out, "{mark} {from:>4}..{to:<4} {glue} {:24} {what}", token.text(text));
        }
        for q in analysis.quantities.iter().filter(|q| q.sentence as usize == n && here(whole(q))) {
            let _ = writeln!(out, "  found    {}", show_one(text, q, lexicon));
            let _ = writeln!(out, "           by rule {}{}", q.rule, tried(&[refusals, makers], q.rule));
            if let Some(hedge) = q.hedge {
                let _ = writeln!(out, "           hedge \"{}\"", hedge.of(text));
            }
        }
        for t in analysis.times.iter().filter(|t| t.written.sentence as usize == n && here(t.written.span)) {
            let _ = writeln!(out, "  found    {}", show_time(text, t));
            let _ = writeln!(out, "           by rule {}{}", t.written.rule, tried(&[time_rules], t.written.rule));
            let _ = writeln!(out, "           written  {}", show_written(&t.written));
            if let Some((day, anchor)) = t.anchor {
                let _ = writeln!(out, "           counted from {day} ({})", anchor.name());
            }
            if let Some((from, until)) = t.interval {
                let _ = writeln!(out, "           from {from} until {until}");
            }
        }
        for e in analysis.entities.iter().filter(|e| e.sentence as usize == n && here(e.span)) {
            let thing = &analysis.things[e.thing as usize];
            let _ = writeln!(out, "  found    {} = {} {}", e.span.of(text), e.kind.name(), thing.name);
            let _ = writeln!(out, "           by rule {}{}", e.rule, tried(&[name_rules], e.rule));
            let more = [("a", &thing.subtype), ("listed as", &thing.link)];
            for (what, value) in more.iter().filter_map(|(what, value)| Some((what, value.as_ref()?))) {
                let _ = writeln!(out, "           {what} {value}");
            }
            if let Some(role) = e.role {
                let _ = writeln!(out, "           role \"{}\"", role.of(text));
            }
        }
        for f in analysis.facts.iter().filter(|f| f.sentence as usize == n && touches(analysis, f, here)) {
            let _ = writeln!(out, "  fact     {}", show_fact(text, analysis, f));
            let _ = writeln!(out, "           by rule {}{}", f.rule, tried(&[fact_rules], f.rule));
            for slot in slots(text, analysis, f) {
                let _ = writeln!(out, "           {slot}");
            }
            if let Some(q) = f.number() {
                let first = why.turns.iter().find(|(n, first)| *n == q && first != n).map(|(_, first)| *first);
                if let Some(first) = first {
                    let first = analysis.quantities[first as usize].span.of(text);
                    let _ = writeln!(out, "           said in turn, all else chosen as of {first}");
                }
                choices(&mut out, &why, q);
            }
        }
        for (i, q) in (0u32..).zip(&analysis.quantities).filter(|(_, q)| q.sentence as usize == n && here(whole(q))) {
            if !analysis.facts.iter().any(|f| numbers(f).any(|(_, number)| number == i)) {
                let _ = writeln!(out, "  no fact  {} is in none", q.span.of(text));
                if let Some((_, reason)) = why.untold.iter().find(|(n, _)| *n == i) {
                    let _ = writeln!(out, "           told, not stated: {reason}");
                }
                let part = why.parts.iter().find(|(n, _)| *n == i).map(|(_, of)| *of);
                if let Some(of) = part {
                    let of = analysis.quantities[of as usize].span.of(text);
                    let _ = writeln!(out, "           part of the statement of {of}, which is none");
                }
                choices(&mut out, &why, i);
            }
        }
        for c in analysis.conflicts.iter().filter(|c| c.sentence as usize == n && here(c.span)) {
            let span = c.span.of(text);
            let _ = writeln!(out, "  conflict {span} contradicts the {}: {} would agree", c.with.name(), c.expected);
        }
        for r in analysis.refused.iter().filter(|r| r.sentence as usize == n && here(r.span)) {
            let _ = writeln!(out, "  refused  {} is no quantity: {}", r.span.of(text), r.reason.name());
            let _ = writeln!(out, "           by rule {}{}", r.rule, tried(&[refusals], r.rule));
        }
    }
    out
}

/// As many candidates of a slot are shown, and as many clues of each.
const CANDIDATES: usize = 4;
const CLUES: usize = 4;

/// What was chosen for the statement of a number, and what else there was.
fn choices(out: &mut String, why: &Why, number: u32) {
    for d in why.choices.iter().filter(|d| d.number == number) {
        let _ = writeln!(out, "           {} chosen among {}", d.slot, d.candidates.len());
        for c in d.candidates.iter().take(CANDIDATES) {
            let answer = c.answer.as_deref().unwrap_or("nothing").replace('\n', " ");
            let clues: Vec<_> = c.clues.iter().take(CLUES).map(|(name, w)| format!("{name} {w:+}")).collect();
            let _ = writeln!(out, "             {:>6}  {answer:24} {}", c.weight, clues.join(", "));
        }
    }
}

/// Whether two spans share a byte.
pub(super) fn touch(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// A quantity with its hedge, which stands beside it.
pub(super) fn whole(q: &Quantity) -> Span {
    let hedge = q.hedge.unwrap_or(q.span);
    Span::new(q.span.start.min(hedge.start), q.span.end.max(hedge.end))
}

/// Whether one of the mentions of a fact is looked at.
fn touches(analysis: &Analysis, f: &Fact, here: impl Fn(Span) -> bool) -> bool {
    let party = |p: &Option<Party>| p.as_ref().and_then(|p| p.entity).map(|e| analysis.entities[e as usize].span);
    let time = f.period.as_ref().and_then(|p| p.time).map(|t| analysis.times[t as usize].written.span);
    let numbers = numbers(f).map(|(_, q)| whole(&analysis.quantities[q as usize]));
    numbers.chain([f.metric.span, time, party(&f.subject), party(&f.source)].into_iter().flatten()).any(here)
}

/// What fills each slot of a fact, and where it was found.
fn slots(text: &str, analysis: &Analysis, f: &Fact) -> Vec<String> {
    let quoted = |words: Option<&str>| words.map_or_else(String::new, |w| format!(" \"{}\"", w.replace('\n', " ")));
    let party = |what: &str, p: &Party| {
        let mention = p.entity.map(|e| analysis.entities[e as usize].span.of(text));
        format!("{what} {}{}, found in: {}", p.name, quoted(mention), p.basis.name())
    };
    let concept = f.metric.concept.as_ref().map_or_else(String::new, |c| format!(" ({c})"));
    let mut all = vec![format!("metric {}{concept}{}", f.metric.lemma, quoted(f.metric.span.map(|s| s.of(text))))];
    all.extend(f.subject.as_ref().map(|s| party("subject", s)));
    all.extend(
        numbers(f).map(|(what, q)| format!("{what}{}", quoted(Some(analysis.quantities[q as usize].span.of(text))))),
    );
    if let Some(p) = &f.period {
        let mention = p.time.map(|t| analysis.times[t as usize].written.span.of(text));
        all.push(format!("period {}{}, found in: {}", p.value.as_str(), quoted(mention), p.basis.name()));
    }
    if let Some(change) = &f.change {
        all.extend(change.direction.map(|d| format!("direction {}", d.name())));
        all.extend(change.versus.as_ref().map(|t| format!("versus {}", t.as_str())));
    }
    all.push(format!("status {}", f.status.name()));
    all.extend(f.source.as_ref().map(|s| party("source", s)));
    all
}

/// The quantities of a fact, each with its slot.
fn numbers(f: &Fact) -> impl Iterator<Item = (&'static str, u32)> {
    let change = f.change.as_ref();
    let all = [("value", f.value), ("by", change.and_then(|c| c.by)), ("from", change.and_then(|c| c.from))];
    all.into_iter().filter_map(|(what, q)| Some((what, q?)))
}

/// The rules that a numeral met before the one that decided.
fn tried(lists: &[&[&str]], rule: &str) -> String {
    let before: Vec<&str> = lists.iter().flat_map(|l| l.iter()).copied().take_while(|r| *r != rule).collect();
    if before.is_empty() { String::new() } else { format!(", after {}", before.join(", ")) }
}
