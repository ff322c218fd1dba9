//! Ends that lean on the other end: *4. und 5. Juni*, *ersten und zweiten Quartal*, *1939–45*, *vom 4. bis zum 23.*

use super::moment::joined_clock;
use super::reader::Reader;
use super::{Found, date, period, year};
use crate::lexicon::{Kinds, Tags, TimeWord};
use crate::model::{Base, Expression, Part, Point};

/// The first figure of *4. und 5. Juni*, *14./15.10.*, *ersten und zweiten Quartal*, *Januar und Februar 2016*.
pub(super) fn shortened_end(r: Reader<'_>, i: usize) -> Option<Found> {
    let found = |last, p, rule| Some(Found { first: i, last, expression: Expression::Point(p), modifier: None, rule });
    let v = r.view;
    // "Januar bis März 2016": the month takes the year of the other.
    if let Some((month, end)) = r.month(i, false)
        && let Some(next) = connected(r, end)
        && let Some((p, None, _)) = period::at(r, next)
        && let (Part::Month(other), None, Base::Year(_) | Base::Shift { .. }) = (p.part, p.day, p.base)
        && month < other
    {
        return found(end, Point { part: Part::Month(month), ..p }, "time-shortened-end");
    }
    let (n, end) = r.ordinal(i, 31)?;
    let next = connected(r, end)?;
    borrow(r, n, next, 6)
        .and_then(|p| found(end, p, "time-shortened-end"))
        .filter(|_| !v.is_word(end) || v.tokens[end].spaced())
}

/// What the figure `n` means by the end that begins at token `next`.
fn borrow(r: Reader<'_>, n: u8, next: usize, depth: usize) -> Option<Point> {
    let depth = depth.checked_sub(1)?;
    let full = date::figures(r, next).or_else(|| date::day_month(r, next));
    if let Some((p, _)) = full.filter(|(p, _)| p.day.is_some()) {
        return Some(Point { day: Some(n), ..p });
    }
    if let Some((p, None, _)) = period::at(r, next) {
        match p.part {
            Part::Quarter(_) if n <= 4 => return Some(Point { part: Part::Quarter(n), ..p }),
            Part::Half(_) if n <= 2 => return Some(Point { part: Part::Half(n), ..p }),
            _ => {}
        }
        if let Base::Century(_) = p.base {
            return Some(Point { base: Base::Century(i32::from(n) - 1), ..p });
        }
    }
    let (_, end) = r.ordinal(next, 31)?;
    borrow(r, n, connected(r, end)?, depth)
}

/// Past what joins two ends: *und, bis zum, oder dem, –, /, ,*.
fn connected(r: Reader<'_>, i: usize) -> Option<usize> {
    let v = r.view;
    let mut at = i;
    match () {
        () if v.has(at, Tags(Tags::AND_OR.0 | Tags::UNTIL.0)) || v.is_any(at, "-–—/") => at += 1,
        () if v.is(at, ',') => at += 1,
        () if r.any(at, &["auf", "zum"]) => at += 1,
        () => return None,
    }
    at += usize::from(v.has(at, Tags::AND_OR));
    for _ in 0..2 {
        // "bis zum", "und vom", "und Sonntag, 29. Mai"
        if r.any(at, &["zum", "zur", "dem", "den", "am", "vom", "im", "der", "zu"]) {
            at += 1;
        }
    }
    if let Some((_, end)) = r.word(at, Kinds::WEEKDAY, |w| matches!(w, TimeWord::Weekday(..)).then_some(())) {
        at = end + usize::from(v.is(end, ','));
        at = r.article(at);
    }
    Some(at)
}

/// The second end of *1939–45*.
pub(super) fn span_of_years(r: Reader<'_>, i: usize) -> Option<Found> {
    let year = year::shortened_end(r, i)?;
    let p = Point { base: Base::Year(year), ..Point::default() };
    Some(Found { first: i, last: i + 1, expression: Expression::Point(p), modifier: None, rule: "time-span-of-years" })
}

/// *am 15.*, *vom 4. bis zum 23.*: a day without its month.
pub(super) fn day_of_month(r: Reader<'_>, i: usize) -> Option<Found> {
    let v = r.view;
    let led = r.after_any(i, &["am", "vom"])
        || i >= 2 && r.any(i - 2, &["bis", "ab", "seit"]) && r.any(i - 1, &["zum", "dem"]);
    let day = r.figures(i).filter(|d| (1..=31).contains(d) && v.at(i).len() <= 2 && led)?;
    if !(v.is(i + 1, '.') && v.glued(i + 1)) {
        return None;
    }
    let last = i + 2;
    // "am 3. Platz", "vom 1. FC"
    if v.is_word(last) && v.capital(last)
        || v.is_number(last)
        || v.is_any(last, "„\"“-")
        || crate::find::noun::adjective(v, last) && v.is_word(last + 1) && v.capital(last + 1)
    {
        return None;
    }
    let mut p = Point { day: Some(day as u8), ..Point::default() };
    let mut end = last;
    if let Some((clock, to)) = joined_clock(r, last) {
        (p.clock, end) = (Some(clock), to);
    }
    Some(Found { first: i, last: end, expression: Expression::Point(p), modifier: None, rule: "time-point" })
}
