//! Parts of the day: *am Abend*, *frühen Morgen*, *in der Nacht zum Freitag*, *Abend zuvor*.

use super::ends::shortened_end;
use super::moment::joined_clock;
use super::reader::Reader;
use super::{Found, clock, period};
use crate::lexicon::{Kinds, Lead, TimeWord};
use crate::model::{Base, DayPart, Expression, Grain, Modifier, Origin, Part, Point};

/// What begins a part of the day.
pub(super) const PARTS_OF_DAY: Kinds =
    Kinds::DAY_PART.or(Kinds::WEEKDAY_PART).or(Kinds::lead(Lead::Early)).or(Kinds::lead(Lead::Late));

/// *am Abend*, *in der Nacht zum Freitag*, *frühen Morgen*
pub(super) fn part_of_day(r: Reader<'_>, i: usize) -> Option<Found> {
    let v = r.view;
    let narrow = match () {
        () if r.lead(i, Lead::Early).is_some() => Some(Modifier::Start),
        () if r.lead(i, Lead::Late).is_some() => Some(Modifier::End),
        () => None,
    };
    let part_at = |i| {
        r.word(i, Kinds::DAY_PART.or(Kinds::WEEKDAY_PART), |w| {
            matches!(w, TimeWord::DayPart(..) | TimeWord::WeekdayPart(..)).then_some(())
        })
    };
    let narrow = narrow.filter(|_| part_at(i + 1).is_some());
    let at = i + usize::from(narrow.is_some());
    if narrow.is_some()
        && let Some(((weekday, part), last)) = r.word(at, Kinds::WEEKDAY_PART, |w| match w {
            TimeWord::WeekdayPart(day, part) => Some((day, part)),
            _ => None,
        })
    {
        let p = Point { weekday: Some(weekday), daypart: Some(part), ..Point::default() };
        return Some(Found {
            first: i,
            last,
            expression: Expression::Point(p),
            modifier: narrow,
            rule: "time-part-of-day",
        });
    }
    let ((part, modifier), end) = r.word(at, Kinds::DAY_PART, |w| match w {
        TimeWord::DayPart(part, modifier) => Some((part, modifier)),
        _ => None,
    })?;
    if !v.capital(at) {
        return None;
    }
    let mut p = Point { daypart: Some(part), ..Point::default() };
    let mut last = end;
    if part == DayPart::Night
        && r.any(end, &["zum", "auf", "zu", "vom", "von"])
        && let Some((day, to)) = night_day(r, end)
    {
        // The night from one day to the next is that of the first; its days are mentions of their own.
        let from = r.any(end, &["vom", "von"]);
        p = Point { daypart: Some(part), night_before: !from, clock: None, ..day };
        last = if from { end } else { to };
    }
    // "Morgen des 28. November"
    if last == end
        && r.any(end, &["des"])
        && let Some((day, None, to)) = period::at(r, end + 1)
        && (day.day.is_some() || day.weekday.is_some() || matches!(day.part, Part::Feast(_)))
    {
        (p, last) = (Point { daypart: Some(part), ..day }, to);
    }
    // "am Abend zuvor"
    if last == end && r.lead(end, Lead::Before).is_some() {
        p.base = Base::Shift { grain: Grain::Day, by: -1, origin: Origin::Focus };
        last = end + 1;
    }
    let led = narrow.is_some() || last > end || p.weekday.is_some() || p.day.is_some() || led_part(r, i);
    if !led {
        return None;
    }
    if let Some((clock, to)) = joined_clock(r, last).filter(|_| last == end) {
        let p = Point { clock: Some(clock::in_part(clock, part)), ..Point::default() };
        return Some(Found {
            first: i,
            last: to,
            expression: Expression::Point(p),
            modifier: narrow,
            rule: "time-day-and-clock",
        });
    }
    Some(Found {
        first: i,
        last,
        expression: Expression::Point(p),
        modifier: narrow.or(modifier),
        rule: "time-part-of-day",
    })
}

/// The day of *Nacht zum Freitag*, *Nacht auf den 3. Mai*; *Nacht vom 3. auf den 4. Mai* keeps its first.
fn night_day(r: Reader<'_>, end: usize) -> Option<(Point, usize)> {
    let at = r.article(end + 1);
    // "vom 10. auf den 11. Februar"
    if let Some(Found { expression: Expression::Point(p), last, .. }) = shortened_end(r, at) {
        return Some((p, last));
    }
    let (p, modifier, last) = period::at(r, at)?;
    let day = p.day.is_some() || p.weekday.is_some() || matches!(p.base, Base::Shift { grain: Grain::Day, .. });
    let day = day || matches!(p.part, Part::Feast(_));
    (day && modifier.is_none() && p.daypart.is_none()).then_some((p, last))
}

/// What makes *Abend* a time: *am, in der, bis zum, gegen, jenem, des*.
fn led_part(r: Reader<'_>, i: usize) -> bool {
    r.after_any(
        i,
        &["am", "vom", "zum", "gegen", "seit", "bis", "im", "vor", "nach", "zu", "zur", "ab", "jenem", "des"],
    ) || i >= 2
        && r.any(i - 1, &["der", "den", "die", "dem"])
        && r.any(i - 2, &["in", "seit", "bis", "waehrend", "ueber", "an", "fuer", "vor", "nach", "ab", "um", "bis"])
        || i == 0 && r.view.len() > 1 && r.view.is(1, ':')
}
