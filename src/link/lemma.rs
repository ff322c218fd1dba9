//! The lemma of a metric, from the noun that names it and the words about it.

use super::View;
use super::clause::{NounAt, Taken};
use super::lists::{Lists, Pairs, ending, replaced};
use super::words::{Sense, Side};
use crate::emit::plain;
use crate::lexicon::folded;
use crate::model::{Direction, Metric, Span};

/// A metric and what else its words told.
#[derive(Clone, Debug)]
pub(crate) struct Picked {
    pub(crate) metric: Metric,
    pub(crate) direction: Option<Direction>,
    /// The token of the noun that names it.
    pub(crate) at: Option<usize>,
    /// The noun whose share is meant: *drei Prozent der **Haushalte***.
    pub(crate) whole: Option<usize>,
    /// Whether countries and towns have it rather than companies.
    pub(crate) public: bool,
    pub(crate) rule: &'static str,
}

/// A dative plural brought to the nominative, as far as its ending tells: *Beschäftigten* stays.
pub(super) fn nominative(side: &Side, noun: &str) -> String {
    replaced(side.pairs(Pairs::Dative), noun).unwrap_or_else(|| noun.to_owned())
}

/// A noun that is not listed brought to the singular, as far as its ending tells: *Transaktionen*, *Verträge*.
fn singular(side: &Side, noun: String) -> String {
    if let Some(one) = replaced(side.pairs(Pairs::Plural), &noun) {
        return one;
    }
    // "Käufe", "Verträge", "Züge": the vowel changes.
    let bare = noun.strip_suffix('n').filter(|b| b.ends_with('e')).unwrap_or(&noun);
    let lower = bare.to_lowercase();
    match ending(side.pairs(Pairs::Umlaut), &lower) {
        Some((front, one)) if lower.len() == bare.len() => {
            let mut out = bare.get(..front.len()).unwrap_or_default().to_owned();
            // "Käufe" alone begins with a capital.
            let mut rest = one.chars();
            out.extend(rest.next().map(|c| if out.is_empty() { c.to_ascii_uppercase() } else { c }));
            out.extend(rest);
            out
        }
        _ => noun,
    }
}

/// The metric that a noun names.
pub(super) fn named(view: View<'_>, noun: NounAt, rule: &'static str) -> Option<Picked> {
    let token = view.source.tokens.get(noun.at)?;
    let surface = plain(view.at(noun.at)).into_owned();
    let side = &view.words.side;
    // "die Zahl der Arbeitslosen": what is counted is the metric.
    if view.clauses.is(noun.at, Lists::TALLY)
        && view.clauses.is(noun.at + 1, Lists::TALLY_OF)
        && let Some(counted) = view.clauses.nouns_in(noun.at + 2..noun.at + 5).first()
    {
        return named(view, *counted, rule);
    }
    let (mut lemma, concept, direction) = match noun.sense {
        Some(Sense::Metric(n)) => {
            let listed = &side.nouns[usize::from(n)];
            let concept = side.concepts[usize::from(listed.concept)].id.clone();
            (compound(view.at(noun.at), noun.front, &listed.lemma), Some(concept), None)
        }
        Some(Sense::Base(n)) => (side.lemmas[usize::from(n)].clone(), None, None),
        // "Umsatzplus" is a change of "Umsatz".
        Some(Sense::Change(d)) if noun.front > 0 => (base(view, noun), None, Some(d)),
        _ => (singular(side, surface), None, None),
    };
    let mut start = token.start;
    // "EBIT-Marge", but "Meta-Aktie" is the share of Meta.
    let joined = noun.at >= 2 && view.is(noun.at - 1, '-') && !token.spaced();
    if joined && matches!(view.clauses.taken(noun.at - 2), Taken::No) {
        let first = view.at(noun.at - 2);
        if first.chars().next().is_some_and(char::is_uppercase) {
            lemma = format!("{first}-{lemma}");
            start = view.source.tokens[noun.at - 2].start;
        }
    }
    let before = if joined { noun.at.saturating_sub(3) } else { noun.at.wrapping_sub(1) };
    // An adjective that makes another metric of this concept need not do so of others: "neue Aufträge", "neue Mitarbeiter".
    let own = |s: Sense| matches!((s, noun.sense), (Sense::Qualifier(of), Some(Sense::Metric(n))) if side.nouns[usize::from(n)].concept == of);
    let qualifies = view.clauses.senses(before..before.saturating_add(1)).any(|(_, s)| own(s));
    let opens = before == view.clauses.range.start
        || view.source.tokens.get(before.wrapping_sub(1)).is_some_and(|t| t.kind == crate::model::TokenKind::Mark);
    if qualifies && (opens || !view.source.tokens[before].capital()) {
        let adjective = view.at(before);
        let stem = ending(side.pairs(Pairs::Adjective), adjective).map_or(adjective, |(stem, _)| stem).to_lowercase();
        let agreement = ending(side.pairs(Pairs::Agreement), &lemma.to_lowercase()).map_or("", |(_, ending)| ending);
        lemma = format!("{stem}{agreement} {lemma}");
        start = view.source.tokens[before].start;
    }
    let public = match noun.sense {
        Some(Sense::Metric(n)) => side.concepts[usize::from(side.nouns[usize::from(n)].concept)].public,
        _ => false,
    };
    let metric = Metric { span: Some(Span::new(start, token.end)), lemma, concept, ..Metric::default() };
    // "der Anteil der Windkraft", "die Leistung der Windparks": a noun of its own behind the metric.
    let whole = view
        .clauses
        .is(noun.at + 1, Lists::GENITIVE)
        .then(|| view.clauses.nouns_in(noun.at + 2..noun.at + 5).first())
        .flatten()
        .filter(|n| n.sense.is_none() && (noun.at + 2..n.at).all(|i| !view.clauses.key(i).is_empty()))
        .map(|n| n.at);
    Some(Picked { metric, direction, at: Some(noun.at), whole, public, rule })
}

/// *Konzernumsatzes* → *Konzernumsatz*: what stands in front, and the lemma of the listed noun.
fn compound(surface: &str, front: usize, lemma: &str) -> String {
    if front == 0 {
        return lemma.to_owned();
    }
    let mut key = String::new();
    let cut = surface.char_indices().map(|(at, c)| at + c.len_utf8()).find(|end| {
        key = folded(&surface[..*end]);
        key.len() >= front
    });
    let mut out = surface[..cut.unwrap_or(surface.len())].to_owned();
    out.extend(lemma.chars().flat_map(char::to_lowercase));
    out
}

/// *Umsatzanstieg* → *Umsatz*; without the *s* that joins: *Gewinneinbruch*, *Auftragsplus*.
fn base(view: View<'_>, noun: NounAt) -> String {
    let surface = view.at(noun.at);
    let mut cut = surface.len();
    for (at, c) in surface.char_indices() {
        if folded(&surface[..at + c.len_utf8()]).len() >= noun.front {
            cut = at + c.len_utf8();
            break;
        }
    }
    let front = &surface[..cut];
    let listed = |word: &str| {
        view.words.senses(folded(word).as_bytes()).find_map(|s| match s {
            Sense::Metric(n) => Some(view.words.side.nouns[usize::from(n)].lemma.clone()),
            _ => None,
        })
    };
    let bare = ending(view.words.side.pairs(Pairs::Joint), front).map_or(front, |(bare, _)| bare);
    listed(front).or_else(|| listed(bare)).unwrap_or_else(|| front.to_owned())
}
