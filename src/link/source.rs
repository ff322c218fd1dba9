//! Who says so, where another than the subject is named.

use super::View;
use super::choose::{Options, about, both};
use super::clause::Taken;
use super::lists::Lists;
use super::metric::lead;
use super::role::Draft;
use super::subject::{noun, party};
use super::words::{Does, Sense};
use crate::model::{Basis, Party};
use std::ops::Range;

/// How many tokens away a name may stand, so that a long sentence costs no more than its length.
const REACH: usize = 120;

/// Who may say so.
#[derive(Copy, Clone, Debug)]
pub(crate) enum Says {
    /// Nobody else is named.
    Nobody,
    /// A name, by its mention.
    Name(u32),
    /// *Analysten*, by its token.
    Noun(usize),
}

/// What a candidate fills the slot with.
pub(crate) fn named(view: View<'_>, says: Says) -> Option<Party> {
    match says {
        Says::Nobody => None,
        Says::Name(mention) => Some(party(view, mention, Basis::Sentence)),
        Says::Noun(at) => Some(noun(view, at)),
    }
}

/// All who may say so: the names of the sentence other than the subject, and the nouns for those who are cited.
pub(crate) fn candidates(view: View<'_>, draft: &Draft, subject: Option<&Party>, out: &mut Options<Says>) {
    out.clear();
    let (entities, first) = view.known.entities;
    let of_subject = subject.and_then(|s| s.entity).map(|e| view.found.entities[e as usize].thing);
    let cites =
        view.clauses.senses(view.clauses.range.start..view.clauses.range.end.min(view.clauses.range.start + REACH));
    let cites = cites.fold(0, |all, (_, s)| match s {
        Sense::SourceBehind => all | 1,
        Sense::SourceBefore => all | 2,
        Sense::SourceOf => all | 4,
        Sense::SourceNoun => all | 8,
        _ => all,
    });
    let said = |c: usize| {
        let clause = view.clauses.clauses.get(c);
        clause.map_or(0, |c| {
            c.others.iter().fold(0, |all, (g, _)| all | 1 << view.words.side.groups[usize::from(*g)].does.place())
        })
    };
    out.add(Says::Nobody);
    out.say(about("nobody"), 0);
    out.say(about("nobody cites"), cites);
    out.say(about("nobody said"), said(draft.clause));
    out.say(about("nobody before"), draft.clause.checked_sub(1).map_or(0, said));
    out.say(about("nobody after"), said(draft.clause + 1));
    out.say(about("nobody subject"), u64::from(subject.is_some()));
    let names = (first..).zip(entities).zip(&view.clauses.names);
    for ((n, e), tokens) in names.filter(|((_, e), _)| Some(e.thing) != of_subject) {
        if tokens.start.abs_diff(draft.tokens.start) > REACH || out.items().len() > 12 {
            continue;
        }
        let kind = e.kind as u64;
        let clause = view.clauses.clause_of(tokens.start);
        let apart = (clause as i64 - draft.clause as i64).clamp(-3, 3) + 4;
        out.add(Says::Name(n));
        let place = both(apart as u64, u64::from(tokens.start < draft.tokens.start));
        let cited = u64::from(source_at(view, tokens));
        out.say(about("cited"), both(cited, kind));
        out.say(about("cited place"), both(cited, place));
        out.say(about("name"), both(kind, place));
        out.say(about("name said"), both(said(clause), both(kind, u64::from(clause == draft.clause))));
        out.say(about("name verb"), both(said(clause), place));
        out.say(about("lead"), both(lead(view, tokens.start), kind));
        out.say(about("behind"), both(view.clauses.hash(tokens.end), kind));
        out.say(about("role"), both(u64::from(e.role.is_some()), cited));
        let opens = tokens.start <= view.clauses.clauses[clause].tokens.start + 2;
        out.say(about("opens"), both(u64::from(opens), both(said(clause), kind)));
        out.say(about("number"), both(u64::from(view.clauses.clauses[clause].number), said(clause)));
    }
    let nouns = view.clauses.senses(view.clauses.range.clone()).filter(|(_, s)| *s == Sense::SourceNoun);
    for (at, _) in nouns.filter(|(at, _)| at.abs_diff(draft.tokens.start) <= REACH).take(4) {
        if !matches!(view.clauses.taken(at), Taken::No) {
            continue;
        }
        let clause = view.clauses.clause_of(at);
        let apart = (clause as i64 - draft.clause as i64).clamp(-3, 3) + 4;
        out.add(Says::Noun(at));
        let place = both(apart as u64, u64::from(at < draft.tokens.start));
        out.say(about("noun"), view.clauses.hash(at));
        out.say(about("noun place"), place);
        out.say(about("noun said"), both(said(clause), place));
        out.say(about("noun lead"), lead(view, at));
        let cited = (1..=3)
            .filter_map(|k| at.checked_sub(k))
            .any(|i| view.clauses.senses(i..i + 1).any(|(_, s)| matches!(s, Sense::SourceBehind | Sense::SourceOf)));
        out.say(about("noun cited"), u64::from(cited));
        let subject = subject.is_some_and(|s| s.entity.is_none() && s.name == view.at(at));
        out.say(about("noun subject"), u64::from(subject));
    }
}

/// Whether a name stands where a source stands: *laut X*, *X zufolge*, *teilte X mit*.
pub(super) fn source_at(view: View<'_>, tokens: &Range<usize>) -> bool {
    let senses = |at: usize| view.clauses.senses(at..at + 1);
    let back = tokens.start;
    let led = (1..=4).take_while(|k| back >= view.clauses.range.start + k).any(|k| {
        let at = back - k;
        let clear = (at + 1..back).all(|i| !view.source.tokens[i].capital() && !view.clauses.key(i).is_empty());
        let behind =
            clear && senses(at).any(|(_, s)| s == Sense::SourceBehind) && !view.clauses.is(at, Lists::CITES_NOBODY);
        let of = clear
            && senses(at).any(|(_, s)| s == Sense::SourceOf)
            && at > view.clauses.range.start
            && view.clauses.is(at - 1, Lists::ACCORDING);
        behind || of
    });
    let followed = senses(tokens.end).any(|(_, s)| s == Sense::SourceBefore);
    led || followed || says(view, tokens)
}

/// Whether the clause of a name is one of saying and has no number of its own.
fn says(view: View<'_>, tokens: &Range<usize>) -> bool {
    let c = &view.clauses.clauses[view.clauses.clause_of(tokens.start)];
    let says = c.others.iter().any(|(g, _)| view.words.side.groups[usize::from(*g)].does == Does::Say);
    says && !c.number
}
