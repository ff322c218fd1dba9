//! How a number was reckoned: *währungsbereinigt*, *vor Steuern*.

use super::View;
use super::clause::Taken;
use super::lemma::Picked;
use super::lists::{Lists, Pairs, ending};
use super::role::{Draft, front, whole};
use super::words::Sense;
use std::ops::Range;

/// How many tokens of a clause are looked at, so that a long sentence costs no more than its length.
const REACH: usize = 60;

/// How many words of a phrase: *vor Zinsen, Steuern und Abschreibungen*.
const PHRASE: usize = 8;

/// What says how the number of a statement was reckoned: adjectives of its metric, adverbs of its clause and phrases, in
/// text order.
pub(super) fn qualifiers(view: View<'_>, draft: &Draft, picked: &Picked) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(noun) = picked.at {
        attributes(view, noun, &mut found);
    }
    let own = view.clauses.clauses[draft.clause].tokens.clone();
    let first = own.start.max(draft.tokens.start.saturating_sub(REACH));
    adverbs(view, draft, first..own.end.min(draft.tokens.end + REACH), &mut found);
    if let Some(noun) = picked.at.filter(|noun| view.clauses.clause_of(*noun) != draft.clause) {
        phrases(
            view,
            draft,
            picked.at,
            noun..view.clauses.clauses[view.clauses.clause_of(noun)].tokens.end,
            &mut found,
        );
    }
    phrases(view, draft, picked.at, first..own.end.min(draft.tokens.end + REACH), &mut found);
    found.sort_unstable();
    found.dedup_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, words)| words).collect()
}

/// *das vorläufige, währungsbereinigte Ergebnis*: adjectives in front of a noun, with their tokens.
fn attributes(view: View<'_>, noun: usize, found: &mut Vec<(usize, String)>) {
    let begin = view.clauses.range.start;
    // "EBIT-Marge"
    let joined = noun >= begin + 2 && view.is(noun - 1, '-') && !view.source.tokens[noun].spaced();
    let mut i = if joined { noun - 2 } else { noun };
    while i > begin {
        i -= 1;
        if view.clauses.is(i, Lists::QUALIFIER) {
            found.push((i, lemma(view, i)));
        } else if !view.is(i, ',') && !view.clauses.is(i, Lists::INFLECTED.with(Lists::JOINS)) || is_noun(view, i) {
            break;
        }
    }
}

/// *stieg währungsbereinigt um drei Prozent*: adverbs of a clause, but those that stand beside another number.
fn adverbs(view: View<'_>, draft: &Draft, range: Range<usize>, found: &mut Vec<(usize, String)>) {
    for i in range {
        let adverb = view.clauses.is(i, Lists::QUALIFIER) && !view.clauses.is(i, Lists::INFLECTED);
        if adverb && view.clauses.taken(i) == Taken::No && !is_noun(view, i) && meant(view, draft, i..i + 1) {
            found.push((i, lemma(view, i)));
        }
    }
}

/// *vor Zinsen und Steuern*: phrases behind the noun that they speak of, or beside the number.
fn phrases(view: View<'_>, draft: &Draft, noun: Option<usize>, range: Range<usize>, found: &mut Vec<(usize, String)>) {
    for i in range {
        let Some(end) = phrase(view, i) else { continue };
        // "der Gewinn vor Steuern stieg auf 5 Millionen, der Umsatz auf 9": not of a metric behind, nor of one between.
        let from = noun.filter(|noun| *noun < i);
        let between = from.is_some_and(|noun| view.clauses.nouns_in(noun + 1..i).iter().any(|n| is_metric(n.sense)));
        let behind = noun.is_none_or(|noun| noun < i);
        if !between && (behind || beside(view, draft, &(i..end))) && meant(view, draft, i..end) {
            let words: Vec<_> = (i..end).filter(|i| !view.is(*i, ',')).map(|i| view.at(i)).collect();
            found.push((i, joined(&words)));
        }
    }
}

/// Where a phrase ends that begins at a token.
fn phrase(view: View<'_>, begin: usize) -> Option<usize> {
    let what = |i: usize| view.clauses.is(i, Lists::RECKONED) && view.source.tokens.get(i).is_some_and(|t| t.capital());
    let joint = |i: usize| view.is(i, ',') || view.clauses.is(i, Lists::JOINS);
    if !view.clauses.is(begin, Lists::RECKONS) || !what(begin + 1) {
        return None;
    }
    let mut end = begin + 2;
    while end < begin + PHRASE && joint(end) && what(end + 1) {
        end += 2;
    }
    Some(end)
}

/// Whether a noun stands in such a phrase.
pub(super) fn is_reckoned(view: View<'_>, noun: usize) -> bool {
    let from = noun.saturating_sub(PHRASE).max(view.clauses.range.start);
    view.clauses.is(noun, Lists::RECKONED)
        && (from..noun).rev().any(|begin| phrase(view, begin).is_some_and(|end| noun < end))
}

/// Words with a comma behind all but the last two of a row: *vor Zinsen, Steuern und Abschreibungen*.
fn joined(words: &[&str]) -> String {
    let noun = |w: Option<&&str>| w.is_some_and(|w| w.chars().next().is_some_and(char::is_uppercase));
    let mut out = String::new();
    for (n, word) in words.iter().enumerate() {
        let comma = n > 1 && noun(Some(word)) && noun(words.get(n - 1));
        out.push_str(if comma {
            ", "
        } else if n > 0 {
            " "
        } else {
            ""
        });
        out.push_str(&crate::emit::plain(word));
    }
    out
}

/// Whether words speak of this statement: they stand beside one of its numbers, or beside none.
fn meant(view: View<'_>, draft: &Draft, words: Range<usize>) -> bool {
    let (quantities, first) = view.known.quantities;
    let clause = view.clauses.clause_of(words.start);
    let mut here =
        (first..).zip(quantities).filter(|(_, q)| view.clauses.clause_of(view.tokens(q.span).start) == clause);
    beside(view, draft, &words) || !here.any(|(n, _)| stands_beside(view, n, &words))
}

fn beside(view: View<'_>, draft: &Draft, words: &Range<usize>) -> bool {
    [draft.value, draft.by, draft.from].into_iter().flatten().any(|n| stands_beside(view, n, words))
}

/// Whether words stand right in front of a number, of the preposition there, or right behind the number.
fn stands_beside(view: View<'_>, number: u32, words: &Range<usize>) -> bool {
    let Some(q) = view.found.quantities.get(number as usize) else { return false };
    let (at, preposition) = front(view, q);
    let start = view.tokens(whole(q)).start;
    let end = q.noun.map_or(0, |n| view.tokens(n).end).max(view.tokens(q.span).end);
    let led = usize::from(!preposition.is_empty());
    (at..start).contains(&words.start) || words.end == at || words.end + led == at || words.start == end
}

/// An adjective or adverb without its ending.
fn lemma(view: View<'_>, at: usize) -> String {
    let word = crate::emit::plain(view.at(at)).to_lowercase();
    match ending(view.words.side.pairs(Pairs::Adjective), &word) {
        Some((stem, _)) if view.clauses.is(at, Lists::INFLECTED) => stem.to_owned(),
        _ => word,
    }
}

fn is_metric(sense: Option<Sense>) -> bool {
    matches!(sense, Some(Sense::Metric(_) | Sense::Base(_)))
}

/// Whether a word is written as a noun and begins no sentence.
fn is_noun(view: View<'_>, at: usize) -> bool {
    at > view.clauses.range.start && view.source.tokens.get(at).is_some_and(|t| t.capital())
}
