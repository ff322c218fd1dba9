//! Where a clause points: back (*sagte am Montag*) or ahead (*beginnt am Montag*).

use crate::find::view::View;
use crate::lexicon::Tags;
use crate::model::Tense;

/// How far a clause is looked through on each side, in tokens.
const REACH: usize = 40;

/// The tense of the clause around the tokens `first..last`; where it has no verb, of the sentence.
pub(super) fn of(view: View<'_>, first: usize, last: usize) -> Tense {
    const VERBS: Tags = Tags(Tags::PAST.0 | Tags::UPCOMING.0);
    if !view.any(VERBS) {
        return lead(view, first).unwrap_or(Tense::Open);
    }
    let edge = |i: usize| view.is_any(i, ",;:()–—„“\"»«");
    let from = (first.saturating_sub(REACH)..first).rev().find(|i| edge(*i)).map_or(first.saturating_sub(REACH), |i| i + 1);
    let limit = view.len().min(last + REACH);
    let to = (last..limit).find(|i| edge(*i)).unwrap_or(limit);
    let clause = verbs(view, from, to);
    if let Some(tense) = clause {
        return tense;
    }
    if let Some(tense) = lead(view, first) {
        return tense;
    }
    verbs(view, first.saturating_sub(REACH), limit).unwrap_or(Tense::Open)
}

/// What stands directly in front: *seit Montag* is past, *ab Montag* to come.
fn lead(view: View<'_>, first: usize) -> Option<Tense> {
    let before = first.checked_sub(1)?;
    let word = |w: &str| view.is_key(before, w);
    match () {
        () if word("seit") || word("vom") && !view.any(Tags::UPCOMING) => Some(Tense::Past),
        () if word("ab") || word("bis") || word("zum") || word("spaetestens") => Some(Tense::Upcoming),
        () => None,
    }
}

fn verbs(view: View<'_>, from: usize, to: usize) -> Option<Tense> {
    let mut upcoming = false;
    let mut past = false;
    for i in from..to {
        let tags = view.tags(i);
        if tags.has(Tags::PAST) {
            past = true;
        } else if tags.has(Tags::UPCOMING) {
            upcoming = true;
        }
    }
    // "soll am Montag gesagt haben": a report of what was.
    let reported = past && upcoming && to > from && {
        let closes = |w: &str| view.is_key(to - 1, w) || to >= 2 && view.is_key(to - 2, w);
        closes("haben") || closes("worden") || closes("gewesen")
    };
    match () {
        () if past && (!upcoming || reported) => Some(Tense::Past),
        () if past => Some(first_verb(view, from, to)),
        () if upcoming => Some(Tense::Upcoming),
        () => None,
    }
}

/// Of a clause with both, the first verb decides: *wird … vorgestellt, was er geplant hatte*.
fn first_verb(view: View<'_>, from: usize, to: usize) -> Tense {
    let finite = (from..to).find(|i| view.has(*i, Tags(Tags::PAST.0 | Tags::UPCOMING.0)));
    match finite {
        Some(i) if view.has(i, Tags::UPCOMING) => Tense::Upcoming,
        _ => Tense::Past,
    }
}
