//! Numerals of dates, clock times, durations and years: they are times, and only told apart here.

use super::digits::Shape;
use super::numeral::{Form, Numeral};
use super::view::View;
use super::{noun, unit};
use crate::lexicon::{Payload, Tags};
use crate::model::UnitId;

/// The rule by which numeral `k` is part of a time, if it is.
pub(super) fn time(view: View<'_>, numerals: &[Numeral], k: usize) -> Option<&'static str> {
    let n = &numerals[k];
    match n.form {
        Form::Time => return Some("time-word"),
        Form::Years => return lasting(view, n).then_some("time-adjective"),
        // "zwei Hundertstel" of a second
        Form::Fraction if view.has(n.last - 1, Tags::TIME) => return Some("time-duration"),
        Form::Superlative | Form::Percent | Form::Score | Form::Multiple => return None,
        _ => {}
    }
    if age(view, n).is_some() {
        return None;
    }
    date(view, n)
        .or_else(|| clock(view, n))
        .or_else(|| duration(view, n))
        .or_else(|| year(view, n).then_some("time-year"))
}

/// *fünfjährige Haft*: what lasts, not who is so old. The nominalised *Fünfjährige* is a person.
fn lasting(view: View<'_>, n: &Numeral) -> bool {
    if view.capital(n.last - 1) && n.last - n.first > 1 {
        return false;
    }
    let mut at = n.last;
    while view.is_word(at) && !view.capital(at) && (noun::adjective(view, at) || view.has(at, Tags::ADVERB)) {
        at += 1;
    }
    let mut last = at;
    while view.is(last + 1, '-') && view.glued(last + 1) && view.is_word(last + 2) {
        last += 2;
    }
    view.ends_like(last, Tags::LASTING)
}

/// A day, a month: *3. August*, *28. 1. 2026*, *Januar 2015*, *dritten Quartal*, *ersten drei Monate*.
fn date(view: View<'_>, n: &Numeral) -> Option<&'static str> {
    if view.has(n.last, Tags::MONTH) && (n.form == Form::Ordinal || small(n, 31)) {
        return Some("time-day");
    }
    // "3/2016"
    let slash = view.is(n.last, '/') && view.glued(n.last) && view.glued(n.last + 1) && view.at(n.last + 1).len() == 4;
    if small(n, 12) && slash && matches!(view.at(n.last + 1).as_bytes(), [b'1', b'9', ..] | [b'2', b'0', ..]) {
        return Some("time-month");
    }
    // "27 12 2015"
    let part = |i: usize, limit: u32| view.at(i).parse::<u32>().is_ok_and(|v| (1..=limit).contains(&v));
    let whole =
        |i: usize| part(i, 31) && part(i + 1, 12) && (1900..2100).contains(&view.at(i + 2).parse::<u32>().unwrap_or(0));
    if n.shape.is_some() && (whole(n.first) || n.first > 0 && whole(n.first - 1)) {
        return Some("time-day");
    }
    // "Mai 26, 2016"
    if n.first > 0
        && view.has(n.first - 1, Tags::MONTH)
        && small(n, 31)
        && n.form == Form::Cardinal
        && (view.is(n.last, ',') && view.is_number(n.last + 1) || view.is_number(n.last))
    {
        return Some("time-day");
    }
    if n.shape == Some(Shape::Point) && view.is(n.last, '.') && view.glued(n.last) {
        return Some("time-day");
    }
    // "Samstag, 28. und Sonntag, 29. Mai"
    if n.form == Form::Ordinal && n.first > 1 && view.is(n.first - 1, ',') && view.has(n.first - 2, Tags::WEEKDAY) {
        return Some("time-day");
    }
    if n.form == Form::Ordinal {
        if n.shape.is_some() && view.is_number(n.last) && figures_date(view, n.last) {
            return Some("time-day");
        }
        // Past adjectives and numbers to the noun that says of what: a time unit makes all of it a time.
        let mut at = n.last;
        while at < n.last + 3 && !is_time(view, at) && view.is_word(at) && !view.capital(at) {
            if !noun::adjective(view, at) && view.number_word(at).is_none() {
                break;
            }
            at += 1;
        }
        if view.is_number(at) && is_time(view, at + 1) {
            return Some("time-ordinal");
        }
        if is_time(view, at) || (view.capital(at) && view.ends_like(at, Tags::TIME)) {
            return Some("time-ordinal");
        }
    }
    None
}

fn figures_date(view: View<'_>, i: usize) -> bool {
    let text = view.at(i);
    (text.len() == 4 || view.is(i + 1, '.')) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_time(view: View<'_>, i: usize) -> bool {
    view.has(i, Tags(Tags::TIME.0 | Tags::MONTH.0 | Tags::WEEKDAY.0))
}

/// *8 Uhr*, *20.30 Uhr*, *halb acht*
fn clock(view: View<'_>, n: &Numeral) -> Option<&'static str> {
    if view.has(n.last, Tags::CLOCK)
        || (view.is(n.last, '-') && view.glued(n.last) && view.has(n.last + 1, Tags::CLOCK))
    {
        return Some("time-clock");
    }
    // "um 14.30": hours and minutes without the word.
    if n.shape == Some(Shape::Point) && n.first > 0 {
        let led = ["um", "ab", "gegen"].iter().any(|w| view.is_key(n.first - 1, w));
        let parts =
            view.at(n.first).split_once('.').and_then(|(h, m)| Some((h.parse::<u8>().ok()?, m.parse::<u8>().ok()?)));
        let two = view.at(n.first).split('.').next_back().is_some_and(|m| m.len() == 2);
        let memory = super::Memory::default();
        if led && two && parts.is_some_and(|(h, m)| h < 25 && m < 60) && unit::after(view, n.last, &memory).is_none() {
            return Some("time-clock");
        }
    }
    let half = n.first > 0 && view.is_key(n.first - 1, "halb") && n.form == Form::Cardinal && small(n, 12);
    half.then_some("time-clock")
}

/// *zwei Jahre*, *drei volle Tage*, *35-Stunden-Woche*
fn duration(view: View<'_>, n: &Numeral) -> Option<&'static str> {
    if n.inside && n.form == Form::Vague {
        return None;
    }
    let hyphen = view.is(n.last, '-') && view.glued(n.last) && view.glued(n.last + 1);
    let mut at = n.last + usize::from(hyphen);
    // Past adjectives: "drei volle Tage".
    while at < n.last + 3 && !hyphen && noun::adjective(view, at) && view.meaning(at, Tags::TIME).is_none() {
        at += 1;
    }
    view.meaning(at, Tags::TIME).map(|_| "time-duration")
}

/// Somebody's age: *zehn Jahre alt*, *im Alter von 56 Jahren*; the unit and one past its token.
pub(super) fn age(view: View<'_>, n: &Numeral) -> Option<(UnitId, usize)> {
    if !matches!(n.form, Form::Cardinal) {
        return None;
    }
    let (Payload::Unit(id), end) = view.meaning(n.last, Tags::TIME)? else {
        return None;
    };
    if !matches!(&*view.lexicon.unit(id).code, "a" | "mo" | "wk" | "d") {
        return None;
    }
    let old = view.has(end, Tags::OLD)
        || (view.has(end, Tags::AND_OR) && view.has(end + 1, Tags::OLD))
        || (n.first.saturating_sub(4)..n.first).any(|i| view.ends_like(i, Tags::AGE));
    let of_people = &*view.lexicon.unit(id).code == "a"
        && (n.first.saturating_sub(4)..n.first).any(|i| view.ends_like(i, Tags::PERSON))
        && (n.first.saturating_sub(3)..n.first)
            .any(|i| ["zwischen", "ueber", "unter", "ab"].iter().any(|p| view.is_key(i, p)));
    let from = n.first > 0
        && view.is_key(n.first - 1, "ab")
        && &*view.lexicon.unit(id).code == "a"
        && !(view.is_word(end) && view.capital(end))
        && !view.any(Tags::LASTING);
    (old || from || of_people).then_some((id, end))
}

fn small(n: &Numeral, limit: i128) -> bool {
    n.power == 0 && n.exact().and_then(|d| d.to_int()).is_some_and(|v| (0..=limit).contains(&v))
}

/// A year in four figures. Between 1900 and 2099 it needs little to be one; before, it needs *im Jahr* or a month.
fn year(view: View<'_>, n: &Numeral) -> bool {
    if n.shape != Some(Shape::Plain(4)) || n.form != Form::Cardinal || n.power != 0 {
        return false;
    }
    let Some(value) = n.exact().and_then(|d| d.to_int()).filter(|v| (1000..=2100).contains(v)) else {
        return false;
    };
    let memory = super::Memory::default();
    if unit::after(view, n.last, &memory).is_some() {
        return false;
    }
    let before = n.first.checked_sub(1);
    let set = before.is_some_and(|b| {
        view.has(b, Tags(Tags::MONTH.0 | Tags::YEAR_BEFORE.0))
            || view.ends_like(b, Tags::YEAR_BEFORE)
            || view.is(b, '\'')
    });
    if set && ((1900..=2100).contains(&value) || noun::after(view, n.last).is_none()) {
        return true;
    }
    // A season or a span of years: 2014/15, 1939–45.
    let pair = view.is_any(n.last, "/–-")
        && view.glued(n.last)
        && view.glued(n.last + 1)
        && matches!(view.at(n.last + 1).len(), 2 | 4)
        && view.is_number(n.last + 1);
    if pair {
        return true;
    }
    // "die 1860 entdeckte Feder": one thing, so no number of them.
    let single = before.is_some_and(|b| view.has(b, Tags::ARTICLE))
        && noun::adjective(view, n.last)
        && view.at(n.last).ends_with('e');
    if single {
        return true;
    }
    if !(1900..=2099).contains(&value) {
        let counted = noun::after(view, n.last).is_some();
        let dated = before.is_some_and(|b| {
            ["seit", "bis", "nach", "vor", "ab", "aus", "in"].iter().any(|p| view.is_key(b, p))
                || (b > 0 && view.is_key(b, "von"))
        });
        let opens = before.is_none_or(|b| view.is_key(b, "und"))
            && view.has(n.last, Tags::VERB)
            && !view.at(n.last).ends_with('n');
        if !counted && (dated || opens) {
            return true;
        }
        // "(1685–1750)", "seit 1848"
        return before
            .is_some_and(|b| view.has(b, Tags::PREPOSITION) && view.folded(b, |k| matches!(k, b"seit" | b"anno")))
            && !(view.is_word(n.last) && view.capital(n.last));
    }
    let hedged = before.is_some_and(|b| {
        (0..3).any(|back| {
            b.checked_sub(back).is_some_and(|i| view.meanings(i, Tags::HEDGE).any(|(_, end)| end == n.first))
                && !view.has(b, Tags::PREPOSITION)
        })
    });
    let noun = view.is_word(n.last) && view.capital(n.last) && noun::after(view, n.last).is_some();
    if hedged && (noun::after(view, n.last).is_some() || value % 100 == 0) {
        return false;
    }
    let opened =
        before.is_none_or(|b| view.has(b, Tags(Tags::PREPOSITION.0 | Tags::CONJUNCTION.0)) || view.is_any(b, "(„\"/,"));
    if noun {
        // "2000 Menschen" counts, "seit 2012 Präsident" does not; "2015 Stellen" in mid-sentence counts.
        return opened && value % 100 != 0;
    }
    !(value % 100 == 0 && noun::after(view, n.last).is_some() && !opened)
}

/// Whether only a connecting word or mark stands between two tokens: *und, bis, –, /*.
pub(super) fn connected(view: View<'_>, last: usize, first: usize) -> bool {
    let words = ["auf", "zum", "am", "vom", "den", "dem"];
    last < first
        && first - last <= 3
        && (last..first).all(|i| {
            view.has(i, Tags(Tags::AND_OR.0 | Tags::UNTIL.0))
                || view.is_any(i, "-–—/,.")
                || words.iter().any(|w| view.is_key(i, w))
        })
}
