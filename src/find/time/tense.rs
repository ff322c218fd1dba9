//! Where a clause points: back (*sagte am Montag*) or ahead (*beginnt am Montag*).

use crate::find::view::View;
use crate::lexicon::Tags;
use crate::model::Tense;

/// How far a clause is looked through on each side, in tokens.
const REACH: usize = 40;

/// The tense of the clause around the tokens `first..last`; where it has no verb, of the sentence.
pub(super) fn of(view: View<'_>, first: usize, last: usize, weekday: bool) -> Tense {
    const VERBS: Tags = Tags(Tags::PAST.0 | Tags::UPCOMING.0);
    if !view.any(VERBS) {
        return attribute(view, last).or_else(|| lead(view, first, weekday)).unwrap_or(Tense::Open);
    }
    if let Some(tense) = attribute(view, last) {
        return tense;
    }
    let edge = |i: usize| view.is_any(i, ",;:–—„“\"»«");
    let from = {
        let least = first.saturating_sub(REACH);
        let mut depth = 0;
        let mut at = first;
        while at > least {
            match () {
                () if view.is(at - 1, ')') => depth += 1,
                () if view.is(at - 1, '(') && depth > 0 => depth -= 1,
                () if view.is(at - 1, '(') || depth == 0 && edge(at - 1) => break,
                () => {}
            }
            at -= 1;
        }
        at
    };
    let limit = view.len().min(last + REACH);
    let to = {
        let mut depth = 0;
        let mut at = last;
        while at < limit {
            match () {
                () if view.is(at, '(') => depth += 1,
                () if view.is(at, ')') && depth > 0 => depth -= 1,
                () if view.is(at, ')') || depth == 0 && edge(at) => break,
                () => {}
            }
            at += 1;
        }
        at
    };
    let here = lead(view, first, weekday);
    match (here, verbs(view, from, to)) {
        // What a preposition says of a date that a verb of the past does not exclude: "zum 1. Juli angehoben".
        (Some(Tense::Upcoming), Some(Tense::Past)) => Tense::Open,
        (Some(tense), None) => tense,
        (Some(Tense::Past), _) => Tense::Past,
        (_, Some(tense)) => tense,
        // Without a verb of its own: what the whole sentence says, if it is of one mind.
        (None, None) if !weekday => Tense::Open,
        (None, None) => {
            let from = first.saturating_sub(REACH);
            let has = |tag| (from..limit).any(|i| view.has(i, tag));
            match (has(Tags::PAST), has(Tags::UPCOMING)) {
                (true, _) => Tense::Past,
                (false, true) => Tense::Upcoming,
                (false, false) => Tense::Open,
            }
        }
    }
}

/// *am Dienstag erfolgte Wahl* is past, *am Dienstag beginnende Messe* to come.
fn attribute(view: View<'_>, last: usize) -> Option<Tense> {
    if !(view.is_word(last) && view.is_word(last + 1) && !view.capital(last) && view.tokens[last].spaced()) {
        return None;
    }
    let word = view.at(last);
    let ends = |endings: &[&str]| endings.iter().any(|e| word.ends_with(e));
    // A verb that no list has, in front of its subject: "Im März erbohrten sie", "Am Montag reist der Minister".
    let subject = view.has(last + 1, Tags(Tags::PRONOUN.0 | Tags::ARTICLE.0 | Tags::EIN.0));
    match () {
        () if view.tags(last) != Tags::NONE || view.number_word(last).is_some() => None,
        () if subject && ends(&["te", "ten"]) => Some(Tense::Past),
        () if subject && ends(&["t"]) => Some(Tense::Upcoming),
        () if !view.capital(last + 1) => None,
        () if ends(&["nde", "nden", "nder", "ndes", "ndem"]) => Some(Tense::Upcoming),
        () if ends(&["te", "ten", "ter", "tes", "tem", "ene", "enen", "ener", "enes", "enem"]) => Some(Tense::Past),
        () => None,
    }
}

/// What stands directly in front: *seit dem Herbst* is past, *ab Montag* to come.
fn lead(view: View<'_>, first: usize, weekday: bool) -> Option<Tense> {
    let mut before = first.checked_sub(1)?;
    if ["dem", "den", "der", "einschliesslich"].iter().any(|w| view.is_key(before, w)) {
        before = before.checked_sub(1)?;
    }
    let word = |w: &str| view.is_key(before, w);
    match () {
        () if word("seit") => Some(Tense::Past),
        // "zur Lieferung im August"
        () if before > 0 && view.is_key(before - 1, "lieferung") => Some(Tense::Upcoming),
        // "der Kurs vom Montag", but "vom Montag an"
        () if weekday && word("vom") && first >= 2 && view.is_word(first - 2) && view.capital(first - 2) => {
            Some(Tense::Past)
        }
        () if ["ab", "bis", "zum", "spaetestens", "fuer", "auf", "vom"].iter().any(|w| word(w)) => {
            Some(Tense::Upcoming)
        }
        () => None,
    }
}

fn verbs(view: View<'_>, from: usize, to: usize) -> Option<Tense> {
    let mut upcoming = false;
    let mut past = false;
    for i in from..to {
        let tags = view.tags(i);
        if tags.has(Tags::PAST) {
            // "das 1968 eröffnete Bad"
            let attribute = i >= 2
                && view.has(i - 2, Tags::ARTICLE)
                && !view.capital(i - 1)
                && !view.has(i - 1, Tags::PRONOUN)
                && view.is_word(i + 1)
                && view.capital(i + 1);
            past |= !attribute;
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
