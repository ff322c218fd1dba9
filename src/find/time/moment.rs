//! Days and clock times, alone and joined: *Montag, 8 Uhr*, *um 20.30*, `9:05 17.03.19`.

use super::reader::Reader;
use super::{Found, clock, date, period};
use crate::lexicon::{Kinds, Lead, Tags};
use crate::model::{Base, Clock, Expression, Grain, Modifier, Part, Point, Recurring};

/// What begins a clock time, beside numbers.
pub(super) const CLOCKS: Kinds = Kinds::MIDNIGHT.or(Kinds::lead(Lead::Quarter)).or(Kinds::lead(Lead::Quarters));

/// A day or a longer stretch, and the clock time that stands beside it.
pub(super) fn point(r: Reader<'_>, i: usize) -> Option<Found> {
    let (p, modifier, last) = period::at(r, i)?;
    let v = r.view;
    // "Straße des 17. Juni", "keinen Sommer"
    if i >= 2 && r.any(i - 1, &["des"]) && v.ends_like(i - 2, Tags::STREET)
        || r.after_any(i, &["kein", "keinen", "keine", "keiner", "keinem"]) && p.part != Part::Whole
    {
        return None;
    }
    let daily = p.clock.is_none()
        && modifier.is_none()
        && (p.day.is_some()
            || p.weekday.is_some()
            || matches!(p.base, Base::Shift { grain: Grain::Day, .. })
            || matches!(p.part, Part::Feast(_)));
    if daily && let Some((clock, end)) = joined_clock(r, last) {
        let clock = p.daypart.map_or(clock, |part| clock::in_part(clock, part));
        let p = Point { clock: Some(clock), daypart: None, ..p };
        return Some(Found {
            first: i,
            last: end,
            expression: Expression::Point(p),
            modifier: None,
            rule: "time-day-and-clock",
        });
    }
    // "Montag früh um 7 Uhr" and "heute Abend, 20 Uhr" are read above; a part of the day behind a comma is not.
    let found = |expression, last, rule| Some(Found { first: i, last, expression, modifier, rule });
    // Every Monday: a plural.
    if let Base::Open = p.base
        && p.weekday.is_some()
        && p.day.is_none()
        && p.nth.is_none()
        && (v.at(i).ends_with("tagen") || v.at(i).ends_with("tage") || v.at(i).ends_with("wochen"))
        && last == i + 1
        && let Some(day) = p.weekday
    {
        return found(Expression::Set(Recurring::Weekday(day)), last, "time-recurring-day");
    }
    found(Expression::Point(p), last, "time-point")
}

/// The clock time directly behind a day: blanks, a comma, a dash, a slash, a bar or *um* between.
pub(super) fn joined_clock(r: Reader<'_>, end: usize) -> Option<(Clock, usize)> {
    if let Some(stamped) = clock::stamped(r, end) {
        return Some(stamped);
    }
    let v = r.view;
    let mut at = end;
    if v.is_any(at, ",-–/|") || v.is(at, '—') {
        at += 1;
    }
    let um = r.any(at, &["um"]);
    at += usize::from(um);
    let (clock, last, sure) = clock::at(r, at).or_else(|| {
        // "am 23. Oktober um 7": nothing counted behind it
        let (hour, end) = r.cardinal(at, 24).filter(|_| um)?;
        let counted = v.is_word(end) && (v.capital(end) || r.unit(end).is_some())
            || v.is_any(end, ",.") && v.glued(end + 1)
            || v.is_any(end, "%€$");
        (!counted).then_some((Clock { hour: hour as u8, minute: 0, second: 0 }, end, true))
    })?;
    let colon = v.is(at + 1, ':');
    let pointed = v.at(at).contains('.') && !sure;
    (sure || colon || um && pointed).then_some((clock, last))
}

/// A clock time without a day in front: with *Uhr*, or led by *um*; also with the day behind it.
pub(super) fn clock_alone(r: Reader<'_>, i: usize) -> Option<Found> {
    let v = r.view;
    let found = |last, p, rule| {
        let modifier = clock_hedge(r, i);
        Some(Found { first: i, last, expression: Expression::Point(p), modifier, rule })
    };
    let (clock, last, sure) = match clock::at(r, i) {
        Some(told) => told,
        None => {
            let (clock, last, _) = clock::shortened(r, i)?;
            return found(last, Point { clock: Some(clock), ..Point::default() }, "time-clock-range");
        }
    };
    let colon = v.is(i + 1, ':');
    // "9:05 17.03.19", "19:00 Uhr am 22.12.2016" is two
    let at = last + usize::from(v.is_any(last, ",-–/|"));
    if (sure || colon)
        && let Some((p, end)) = date::figures(r, at).or_else(|| date::day_month(r, at)).filter(|(p, _)| p.day.is_some())
    {
        return found(end, Point { clock: Some(clock), ..p }, "time-day-and-clock");
    }
    // "22:17 Uhr am Montag" is two mentions; the clock time carries the day.
    if sure
        && r.any(last, &["am", "vom"])
        && let Some((day, None, _)) = period::at(r, last + 1)
        && (day.day.is_some() || day.weekday.is_some())
        && day.daypart.is_none()
    {
        return found(last, Point { clock: Some(clock), ..day }, "time-clock");
    }
    if sure
        && !v.is(last, ',')
        && let Some((p, None, end)) = period::at(r, last)
        && (p.day.is_some() || matches!(p.base, Base::Shift { grain: Grain::Day, .. }) && p.daypart.is_some())
    {
        let clock = p.daypart.map_or(clock, |part| clock::in_part(clock, part));
        return found(end, Point { clock: Some(clock), daypart: None, ..p }, "time-day-and-clock");
    }
    if !sure {
        // Scores have colons, numbers have points.
        let led = v.has(i.wrapping_sub(1), Tags::CLOCK_BEFORE) && i > 0
            || i >= 2 && v.is_any(i - 1, "-–") && v.is(i - 2, ':');
        let score = r.numeral(i).is_some_and(|n| n.form == crate::find::numeral::Form::Score);
        let until = v.has(last, Tags::UNTIL) || v.is_any(last, "-–") && clock::at(r, last + 1).is_some_and(|(.., s)| s);
        let pointed = v.at(i).contains('.');
        let um = r.after_any(i, &["um", "ab", "gegen", "bis"]);
        let counted = crate::find::unit::after(v, last, &crate::find::Memory::default()).is_some()
            || v.is_word(last) && v.capital(last) && v.has(last, Tags(Tags::UNIT.0 | Tags::SCALE.0));
        let wide = v.at(i).len() >= 4 || !pointed;
        if counted || score && !um || !(colon && (led || until || !score) || pointed && (um && wide || until)) {
            return clock::shortened(r, i).and_then(|(clock, last, _)| {
                found(last, Point { clock: Some(clock), ..Point::default() }, "time-clock-range")
            });
        }
        // A bare 12:30 in running text counts only where it can be no result or running time.
        if colon
            && !led
            && !until
            && (crate::find::unit::after(v, last, &crate::find::Memory::default()).is_some() || r.unit(last).is_some())
        {
            return None;
        }
    }
    found(last, Point { clock: Some(clock), ..Point::default() }, "time-clock")
}

/// *gegen 8 Uhr*, *kurz nach 8 Uhr*
fn clock_hedge(r: Reader<'_>, i: usize) -> Option<Modifier> {
    match () {
        () if i >= 2 && r.any(i - 2, &["kurz"]) && r.any(i - 1, &["nach"]) => Some(Modifier::After),
        () if i >= 2 && r.any(i - 2, &["kurz"]) && r.any(i - 1, &["vor"]) => Some(Modifier::Before),
        () if r.after_any(i, &["gegen", "etwa", "circa", "ca", "rund", "ungefaehr"]) => Some(Modifier::Approx),
        () => None,
    }
}
