//! Numerals that belong to a time which is no mention (*im dritten Jahr*, *53. Minute*): told apart from quantities.

use super::digits::Shape;
use super::numeral::{Form, Numeral};
use super::view::View;
use super::{age, noun, time, unit};
use crate::lexicon::Tags;

/// The rule by which numeral `k` is part of a time, if it is.
pub(super) fn time(view: View<'_>, numerals: &[Numeral], k: usize) -> Option<&'static str> {
    let n = &numerals[k];
    match n.form {
        Form::Lasting(_) | Form::Decade | Form::Clock => return Some("time-word"),
        Form::Years => return age::lasting(view, n).then_some("time-adjective"),
        // "zwei Hundertstel" of a second
        Form::Fraction if view.has(n.last - 1, Tags::TIME) => return Some("time-duration"),
        Form::Superlative | Form::Percent | Form::Score | Form::Multiple => return None,
        _ => {}
    }
    // Without a word of time in the sentence only figures can be one.
    let figures =
        matches!(n.shape, Some(Shape::Point | Shape::Plain(4))) || view.is_number(n.last) || view.is(n.last, '/');
    if !view.phrases.has(Tags(Tags::CALENDAR.0 | Tags::TIME.0 | Tags::LEAD.0)) && !figures && n.form != Form::Ordinal {
        return None;
    }
    if age::of(view, n).is_some() {
        return None;
    }
    date(view, n)
        .or_else(|| clock(view, n))
        .or_else(|| duration(view, n))
        .or_else(|| time::is_year(view, n).then_some("time-year"))
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
    if n.form == Form::Ordinal && n.first > 1 && view.is(n.first - 1, ',') && view.has(n.first - 2, Tags::CALENDAR) {
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
    view.has(i, Tags(Tags::TIME.0 | Tags::MONTH.0 | Tags::CALENDAR.0))
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

fn small(n: &Numeral, limit: i128) -> bool {
    n.power == 0 && n.exact().and_then(|d| d.to_int()).is_some_and(|v| (0..=limit).contains(&v))
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
