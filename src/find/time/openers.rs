//! Where a time may begin, so that nearly all tokens are passed over.

use super::reader::Reader;
use crate::find::numeral::Numeral;
use crate::find::view::View;
use crate::lexicon::{Hint, Kinds, Lead, Tags};

/// How far a word of time may stand behind a word that only leads to it, in tokens: *vor mehr als **zehn Jahren***.
pub(super) const LEAD_REACH: usize = 8;

/// Whether a time may begin at token `i`; `near` tells that a word of time stands there or close behind.
pub(super) fn begins(r: Reader<'_>, i: usize, near: bool) -> bool {
    let view = r.view;
    // Nearly all: a word that leads to a time, and none comes.
    const ELSE: Hint = Hint::PROMISING.or(Hint::ONE);
    let figures = view.is_number(i) || view.is_number(i + 1);
    let weekday = || view.lexicon.time_kinds(view.words[i]).has(Kinds::WEEKDAY);
    if !near && !figures && !view.lexicon.hint(view.words[i]).has(ELSE) && !weekday() && !view.has(i, Tags::HALF) {
        return false;
    }
    let alone = r.numeral(i).is_some_and(alone);
    if !alone && dead_end(r, i) {
        return false;
    }
    if view.is_number(i) {
        // Figures alone: a year, a date, a clock time.
        let letter = view.words.get(i + 1).is_some_and(|w| view.lexicon.time_kinds(*w).has(Kinds::LETTER));
        return near
            || letter
            || view.at(i).len() == 4
            || view.at(i).contains('.')
            || view.is_any(i + 1, ":-/–.h")
            || view.is_number(i + 1);
    }
    if near && view.lexicon.hint(view.words[i]).has(Hint::TIME_BEGINS) && leads_on(view, i) {
        return true;
    }
    // "Mo, 11.01.2016"
    if view.lexicon.time_kinds(view.words[i]).has(Kinds::WEEKDAY) && (view.is_any(i + 1, ".,") || view.is_number(i + 1))
    {
        return true;
    }
    // "um fünf nach acht", "drei- bis vierjährige"
    let spoken = i > 0
        && view.has(i - 1, Tags::CLOCK_BEFORE)
        && view.number_word(i).is_some()
        && (view.number_word(i + 2).is_some() || view.has(i + 2, Tags::HALF));
    let elided = view.is(i + 1, '-') && view.glued(i + 1) && r.numeral(i + 3).is_some_and(self::alone);
    if spoken || elided {
        return true;
    }
    // "halb acht"
    if view.has(i, Tags::HALF) && r.numeral(i + 1).is_some() {
        return true;
    }
    // "Rekordjahr 2015": compounds are no words of the lexicon. "seit '89", "Q3 2015"
    view.is_number(i + 1) && (view.capital(i) || view.is_any(i, "'’‘")) || alone
}

/// Whether what follows a frequent word can make a time with it: *im* Monat, *ein* ganzes Jahr, *in* zwei Wochen.
fn leads_on(view: View<'_>, i: usize) -> bool {
    const COUNTS: Tags = Tags(
        Tags::EIN.0 | Tags::SEVERAL.0 | Tags::HALF.0 | Tags::HEDGE.0 | Tags::FILLER.0 | Tags::ADVERB.0 | Tags::TIME.0,
    );
    let kinds = |i: usize| view.words.get(i).map_or(Kinds::NONE, |w| view.lexicon.time_kinds(*w));
    let here = kinds(i);
    let unit = |i: usize| kinds(i).has(Kinds::UNIT.or(Kinds::CLOCK).or(Kinds::SPLIT));
    match () {
        () if view.has(i, Tags::EIN) => (1..=3).any(|n| unit(i + n)),
        () if here == Kinds::lead(Lead::At) => unit(i + 1),
        () if here == Kinds::lead(Lead::Ahead) => {
            let next = view.words.get(i + 1).map_or(Hint::default(), |w| view.lexicon.hint(*w));
            view.is_number(i + 1)
                || next.has(Hint::PROMISING)
                || view.has(i + 1, COUNTS)
                || kinds(i + 1).has(Kinds::LASTING)
                || unit(i + 2)
        }
        // Words that only begin a phrase: "nach Christus".
        () if here != Kinds::NONE && !view.has(i, Tags(Tags::CALENDAR.0 | Tags::LEAD.0 | COUNTS.0)) => {
            view.number_word(i).is_some() || view.meaning(i, Tags(Tags::CALENDAR.0 | Tags::LEAD.0)).is_some()
        }
        () => true,
    }
}

/// Numerals that are times without another word: *dreitägig*, *90er*, `22:17`.
fn alone(n: &Numeral) -> bool {
    use crate::find::numeral::Form;
    matches!(n.form, Form::Lasting(_) | Form::Years | Form::Decade | Form::Clock)
}

/// Whether a number, an ordinal or a shifting adjective stands in front of a noun that is no word of time: *zwei Männer*,
/// *diese Frage*.
fn dead_end(r: Reader<'_>, i: usize) -> bool {
    let view = r.view;
    let end = match r.numeral(i) {
        // "1. Advent", "erste Hälfte"
        _ if r.kinds(i).has(Kinds::FEAST.or(Kinds::HALF_OF)) => return false,
        // A year stands before any noun.
        Some(_) if view.is_number(i) && view.at(i).len() >= 4 => return false,
        Some(n) => n.last,
        None if r.kinds(i) == Kinds::SHIFT || r.kinds(i) == Kinds::lead(Lead::Whole) => i + 1,
        None => return false,
    };
    view.is_word(end)
        && view.capital(end)
        && r.kinds(end) == Kinds::NONE
        && view.tokens[end].spaced()
        && r.numeral(end).is_none()
}
