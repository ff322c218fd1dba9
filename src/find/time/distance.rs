//! Durations, and the times they lead to: *vor drei Jahren*, *in zwei Wochen*, *ein Jahr zuvor*, *vergangenen fünf Jahren*.

use super::reader::Reader;
use super::{Found, lasting, tense};
use crate::find::numeral::{Form, Numeral};
use crate::lexicon::{Lead, Tags};
use crate::model::{Base, Decimal, Expression, Grain, Lasting, Origin, Point, Reference, Tense};

/// *vor drei Jahren*, *in zwei Wochen*
pub(super) fn away(r: Reader<'_>, i: usize) -> Option<Found> {
    let (ahead, at) = match () {
        () if r.lead(i, Lead::Ago).is_some() => (false, i + 1),
        () if r.lead(i, Lead::Ahead).is_some() => (true, i + 1),
        () => return None,
    };
    let v = r.view;
    // Past the hedge: "vor knapp drei Wochen", "vor mehr als zehn Jahren".
    let mut first = at;
    while first < at + 4
        && v.is_word(first)
        && !v.capital(first)
        && lasting::at(r, first).is_none()
        && (v.has(first, Tags(Tags::HEDGE.0 | Tags::FILLER.0 | Tags::ADVERB.0))
            || r.any(first, &["mehr", "als", "weniger", "erst", "genau", "bereits", "schon"]))
    {
        first += 1;
    }
    let long = lasting::at(r, first)?;
    if long.first != first || r.any(i, &["vor"]) && v.is(first, '-') {
        return None;
    }
    // "in drei Tagen" of a clause about what was: how long it took.
    if ahead && (tense::of(v, i, long.last, false) == Tense::Past || lasting_context(r, i, long.last)) {
        return None;
    }
    if r.any(long.last, &["lang", "alt", "alte", "alten"]) {
        return None;
    }
    let modifier = long.hedge.map(|(m, _)| m);
    let rule = if ahead { "time-ahead" } else { "time-ago" };
    let found = |expression| Some(Found { first: i, last: long.last, expression, modifier, rule });
    let (count, grain) = long.low.first();
    let Some(count) = count.filter(|_| long.high.is_none() || long.low.parts[1].is_none()) else {
        let reference = if ahead { Reference::Future } else { Reference::Past };
        return found(Expression::Reference(reference));
    };
    found(Expression::Point(Point { base: shift(count, grain, ahead, Origin::Published)?, ..Point::default() }))
}

/// *das dritte Sparpaket in vier Jahren*: how long, not when; nothing tells the two apart but the words around.
fn lasting_context(r: Reader<'_>, i: usize, last: usize) -> bool {
    let ordinal = |n: &Numeral| n.form == Form::Ordinal;
    r.any(last, &["zeit"])
        || r.after_any(i, &["erst", "mal", "male"])
        || r.view.capital(i.saturating_sub(1)) && i > 1 && r.numeral(i - 2).is_some_and(ordinal)
}

/// So many units away; parts of a unit become whole finer ones.
fn shift(count: Decimal, grain: Grain, ahead: bool, origin: Origin) -> Option<Base> {
    let (by, grain) = match count.to_int() {
        Some(n) => (i32::try_from(n).ok()?, grain),
        None => {
            let (factor, finer) = match grain {
                Grain::Year => (12, Grain::Month),
                Grain::Decade => (10, Grain::Year),
                Grain::Week => (7, Grain::Day),
                Grain::Month => (30, Grain::Day),
                Grain::Day => (24, Grain::Hour),
                Grain::Hour => (60, Grain::Minute),
                _ => return None,
            };
            let whole = count.checked_mul(Decimal::from_int(factor))?.to_int()?;
            (i32::try_from(whole).ok()?, finer)
        }
    };
    let by = if ahead { by } else { by.checked_neg()? };
    Some(Base::Shift { grain, by, origin })
}

/// Durations; with *zuvor* and *später* behind them points, with *vergangenen* in front stretches.
pub(super) fn duration(r: Reader<'_>, i: usize) -> Option<Found> {
    if let Some(found) = stretch(r, i) {
        return Some(found);
    }
    let long = lasting::at(r, i)?;
    let modifier = long.hedge.map(|(m, _)| m);
    let direction = match () {
        () if r.lead(long.last, Lead::Before).is_some() => Some(false),
        () if r.lead(long.last, Lead::After).is_some() => Some(true),
        () => None,
    };
    // "in den sechs Jahren zuvor"
    if direction.is_some() && r.after_any(i, &["den", "die"]) {
        let expression = Expression::Duration(long.low, long.high);
        return Some(Found { first: i, last: long.last + 1, expression, modifier, rule: "time-counted-stretch" });
    }
    if let Some(ahead) = direction {
        let (count, grain) = long.low.first();
        let expression = match count.filter(|_| long.high.is_none()) {
            Some(count) => {
                Expression::Point(Point { base: shift(count, grain, ahead, Origin::Period)?, ..Point::default() })
            }
            None => Expression::Reference(if ahead { Reference::Future } else { Reference::Past }),
        };
        return Some(Found { first: i, last: long.last + 1, expression, modifier, rule: "time-relative-to-focus" });
    }
    let expression = Expression::Duration(long.low, long.high);
    Some(Found { first: long.first, last: long.last, expression, modifier, rule: "time-duration" })
}

/// *vergangenen fünf Jahren*, *nächsten Monaten*, *ersten Minuten*, *ersten neun Monaten*
fn stretch(r: Reader<'_>, i: usize) -> Option<Found> {
    let v = r.view;
    let at = match r.shift(i) {
        Some((_, end)) => end,
        None => {
            let ordinal = |n: &&Numeral| n.form == Form::Ordinal && n.shape.is_none();
            r.numeral(i).filter(|n| ordinal(n) && !(v.capital(i) && i > 0))?.last
        }
    };
    let rule = if r.shift(i).is_some() { "time-counted-stretch" } else { "time-first-units" };
    let found = |low, high, last| {
        let expression = Expression::Duration(low, high);
        Some(Found { first: i, last, expression, modifier: None, rule })
    };
    // "dieser Tage", "in diesen Tagen" are read as references.
    if let Some(((grain, 1, true, _), end)) = r.unit(at) {
        return found(Lasting::of(None, grain), None, end);
    }
    // "letzten Viertelstunde"
    if let Some(((grain, count @ 2.., false, _), end)) = r.unit(at) {
        return found(Lasting::of(Some(Decimal::from_int(count.into())), grain), None, end);
    }
    let at = if r.any(at, &["paar"]) {
        return r.unit(at + 1).and_then(|((g, ..), end)| found(Lasting::of(None, g), None, end));
    } else {
        at
    };
    if r.any(at, &["beiden"]) {
        let ((grain, 1, true, _), end) = r.unit(at + 1)? else { return None };
        return found(Lasting::of(Some(Decimal::from_int(2)), grain), None, end);
    }
    let long = lasting::at(r, at).filter(|l| l.first == at && (r.numeral(at).is_some() || v.has(at, Tags::SEVERAL)))?;
    found(long.low, long.high, long.last)
}
