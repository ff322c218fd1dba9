//! Days, months and years as figures and names: `28.01.2026`, *28. Januar*, *Mai 2015*, *2014/15*, *753 v. Chr.*

use super::reader::Reader;
use super::year;
use crate::lexicon::{Kinds, TimeWord};
use crate::model::{Base, Part, Point};

/// A point and one past its last token.
pub(super) type At = (Point, usize);

/// A date in figures alone.
pub(super) fn figures(r: Reader<'_>, i: usize) -> Option<At> {
    if !r.view.is_number(i) {
        return None;
    }
    dotted(r, i).or_else(|| joined(r, i)).or_else(|| spaced(r, i))
}

fn point(year: Option<i32>, month: u32, day: u32) -> Option<Point> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].get(usize::from(month).checked_sub(1)?)?;
    if day == 0 || day > *longest || (month, day) == (2, 29) && year.is_some_and(|y| !leap(y)) {
        return None;
    }
    let base = year.map_or(Base::Open, Base::Year);
    Some(Point { base, part: Part::Month(month), day: Some(day), ..Point::default() })
}

fn leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// A year in four figures, or in two as dates have it: 69 and later are of the last century.
fn short_year(text: &str) -> Option<i32> {
    let n: i32 = text.parse().ok()?;
    match text.len() {
        4 if (1000..=2199).contains(&n) => Some(n),
        2 => Some(if n < 69 { 2000 + n } else { 1900 + n }),
        _ => None,
    }
}

/// `28.01.2026`, `28.1.26`, `23.3.`, `28. 1. 2026`
fn dotted(r: Reader<'_>, i: usize) -> Option<At> {
    let text = r.view.at(i);
    if text.len() > 10 {
        return None;
    }
    let number = |s: &str| (s.len() <= 2).then(|| s.parse::<u32>().ok()).flatten();
    let dot = |i: usize| r.view.is(i, '.') && r.view.glued(i);
    let year = |i: usize| r.figures(i).filter(|_| r.view.at(i).len() == 4).and_then(|y| i32::try_from(y).ok());
    let Some((d, rest)) = text.split_once('.') else {
        // "28. 1. 2026"
        if !(dot(i + 1) && dot(i + 3)) {
            return None;
        }
        let (day, month) = (number(text)?, r.figures(i + 2)?);
        let short = || {
            let two = r.figures(i + 4).filter(|_| r.view.at(i + 4).len() == 2)?;
            let counted = r.view.is_word(i + 5) && r.view.capital(i + 5) && r.uhr(i + 5).is_none();
            (!counted && r.after_any(i, &["am", "vom", "dem", "den", "zum"]))
                .then_some(i32::try_from(two).ok()?)
                .map(|y| if y < 69 { 2000 + y } else { 1900 + y })
        };
        return match year(i + 4).or_else(short) {
            Some(y) => Some((point(Some(y), month, day)?, i + 5)),
            None if r.after_any(i, &["am", "vom", "dem", "den", "zum"]) => Some((point(None, month, day)?, i + 4)),
            None => None,
        };
    };
    if let Some((m, y)) = rest.split_once('.') {
        return Some((point(Some(short_year(y)?), number(m)?, number(d)?)?, i + 1));
    }
    let (day, month) = (number(d)?, number(rest)?);
    if !dot(i + 1) {
        // "am 24.12" without the last dot
        let led = d.len() == 2 && rest.len() == 2 && r.after_any(i, &["am", "vom", "dem"]);
        return led.then(|| point(None, month, day)).flatten().map(|p| (p, i + 1));
    }
    // "28.01. 2026"
    match year(i + 2).filter(|y| (1000..2200).contains(y)) {
        Some(y) => Some((point(Some(y), month, day)?, i + 3)),
        None => Some((point(None, month, day)?, i + 2)),
    }
}

/// `2016-04-20`, `2016/04/20`, `21/04/2016`, `05/2016`, `2016-05`, and `21/04` behind *am*.
fn joined(r: Reader<'_>, i: usize) -> Option<At> {
    let v = r.view;
    if i > 0 && v.glued(i) && v.is_any(i - 1, "-/.") {
        return None;
    }
    let mark = |i: usize| v.is_any(i, "-/–") && v.is_number(i + 1);
    let tight = |i: usize| mark(i) && v.glued(i) && v.glued(i + 1);
    if !mark(i + 1) {
        return None;
    }
    let (a, b) = (r.figures(i)?, r.figures(i + 2)?);
    let (first, second) = (v.at(i).len(), v.at(i + 2).len());
    let third = (tight(i + 1) && tight(i + 3)).then(|| r.figures(i + 4)).flatten();
    if let Some(c) = third {
        // Not a fourth: "12-34-56-78" is no date.
        if v.glued(i + 5) && (tight(i + 5) || v.is_number(i + 5)) {
            return None;
        }
        return match (first, v.at(i + 4).len()) {
            (4, 1..=2) => Some((point(short_year(v.at(i)), b, c)?, i + 5)),
            (1..=2, 2 | 4) => Some((point(Some(short_year(v.at(i + 4))?), b, a)?, i + 5)),
            _ => None,
        };
    }
    let month = |year: u32, month: u32| {
        let year = i32::try_from(year).ok().filter(|y| (1900..=2199).contains(y))?;
        let month = u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
        Some((Point { base: Base::Year(year), part: Part::Month(month), ..Point::default() }, i + 3))
    };
    if tight(i + 3) {
        return None;
    }
    let slash = v.is(i + 1, '/');
    let loose = !tight(i + 1);
    match (first, second) {
        // "2004/05" is the season
        (4, 2) if (slash || v.is(i + 1, '-')) && (a + 1) % 100 != b && !(loose && v.is(i + 1, '–')) => {
            let two = v.at(i + 2).starts_with('0') || (slash || loose) && b <= 12;
            two.then(|| month(a, b)).flatten()
        }
        (1..=2, 4) if slash || first == 2 => month(b, a),
        (1..=2, 1..=2) if slash && tight(i + 1) && r.after_any(i, &["am", "vom", "zum", "ab"]) => {
            Some((point(None, b, a)?, i + 3))
        }
        _ => None,
    }
}

/// `27 12 2015`, `03 Nov 2015`, `February 17, 2016`
fn spaced(r: Reader<'_>, i: usize) -> Option<At> {
    let day = r.figures(i).filter(|d| (1..=31).contains(d) && r.view.at(i).len() <= 2)?;
    let year = |i: usize| r.figures(i).filter(|_| r.view.at(i).len() == 4).and_then(|y| i32::try_from(y).ok());
    if let Some((month, end)) = r.month(i + 1, true) {
        let y = year(end).filter(|y| (1900..2200).contains(y))?;
        return Some((point(Some(y), u32::from(month), day)?, end + 1));
    }
    let month = r.figures(i + 1).filter(|_| r.view.at(i + 1).len() == 2 && r.view.at(i).len() == 2)?;
    let y = year(i + 2).filter(|y| (1950..2100).contains(y))?;
    Some((point(Some(y), month, day)?, i + 3))
}

/// *28. Januar 2026*, *ersten Oktober*: an ordinal, a month, perhaps a year.
pub(super) fn day_month(r: Reader<'_>, i: usize) -> Option<At> {
    let (day, at) = r.ordinal(i, 31)?;
    let (month, end) = r.month(at, true)?;
    let p = point(None, u32::from(month), u32::from(day))?;
    Some(with_year(r, p, end))
}

/// A month with what may follow it; `led` tells that what stands in front makes it a month and no name.
pub(super) fn month(r: Reader<'_>, i: usize, led: bool) -> Option<At> {
    if let Some((month, end)) = r.month(i, false) {
        let p = Point { part: Part::Month(month), ..Point::default() };
        if let Some(at) = english(r, month, end) {
            return Some(at);
        }
        let (p, last) = with_year(r, p, end);
        return (last > end || led || stands_as_month(r, i, end)).then_some((p, last));
    }
    let (month, end) = r.month(i, true)?;
    if let Some(at) = english(r, month, end) {
        return Some(at);
    }
    let p = Point { part: Part::Month(month), ..Point::default() };
    let (p, last) = with_year(r, p, end);
    (last > end).then_some((p, last))
}

/// `February 17, 2016`, `Februar 26, 2016`
fn english(r: Reader<'_>, month: u8, end: usize) -> Option<At> {
    let day = r.figures(end).filter(|_| r.view.at(end).len() <= 2)?;
    let comma = r.view.is(end + 1, ',');
    let year = r.figures(end + 2).filter(|y| comma && (1900..2200).contains(y))?;
    Some((point(i32::try_from(year).ok(), u32::from(month), day)?, end + 3))
}

/// Whether a month's name means the month here, not a person: *Herr März*, *August Bebel*.
fn stands_as_month(r: Reader<'_>, i: usize, end: usize) -> bool {
    let v = r.view;
    let named = i > 0
        && v.is_word(i - 1)
        && v.capital(i - 1)
        && v.tags(i - 1) == crate::lexicon::Tags::NONE
        && v.tokens[i].spaced();
    const LED: &[&str] = &[
        "im",
        "in",
        "am",
        "vom",
        "zum",
        "bis",
        "seit",
        "ab",
        "fuer",
        "nach",
        "vor",
        "gegenueber",
        "und",
        "oder",
        "der",
        "den",
        "dem",
        "des",
        "ganzen",
        "gesamten",
        "ende",
        "anfang",
        "mitte",
        "zwischen",
        "von",
        "mit",
    ];
    if r.after_any(i, LED) {
        return true;
    }
    let followed = v.is_word(end) && v.capital(end) && v.tokens[end].spaced();
    !named && !followed && (v.is(end, '-') || v.has(i.wrapping_sub(1), crate::lexicon::Tags::PREPOSITION) || i == 0)
        || i > 0 && v.is_any(i - 1, "-–/(")
}

/// Adds the year behind a month, a quarter, a season: *2015*, *vergangenen Jahres*, *des Jahres 2014*, *'89*.
pub(super) fn with_year(r: Reader<'_>, p: Point, end: usize) -> At {
    if p.base != Base::Open {
        return (p, end);
    }
    // "3. Quartal 2014/15"
    if matches!(p.part, Part::Quarter(_) | Part::Third(_) | Part::Half(_))
        && let Some((base @ Base::Years(..), at)) = super::year::at(r, end, true)
    {
        return (Point { base, ..p }, at);
    }
    let counted = |y: i32, at: usize| p.day.is_some() && y < 1900 && crate::find::noun::after(r.view, at).is_some();
    if let Some((y, at)) = year_behind(r, end).filter(|(y, at)| !counted(*y, *at)) {
        return (Point { base: Base::Year(y), ..p }, at);
    }
    // "Mai/Juni", "5/2016" in words
    if r.view.is(end, '/')
        && r.view.glued(end)
        && r.view.glued(end + 1)
        && let Some((y, at)) = year_behind(r, end + 1).filter(|_| r.view.at(end + 1).len() == 4)
    {
        return (Point { base: Base::Year(y), ..p }, at);
    }
    // "August 99"
    if matches!(p.part, Part::Month(_))
        && p.day.is_none()
        && r.view.at(end).len() == 2
        && let Some(y) = r.figures(end).filter(|y| (50..=99).contains(y))
        && !(r.view.is_word(end + 1) && r.view.capital(end + 1) || r.view.is_any(end + 1, "%.,"))
    {
        return (Point { base: Base::Year(1900 + y as i32), ..p }, end + 1);
    }
    year_phrase(r, end).map_or((p, end), |(base, fiscal, at)| (Point { base, fiscal: p.fiscal || fiscal, ..p }, at))
}

/// A year in figures or words right here, that is certain to be one in this place.
pub(super) fn year_behind(r: Reader<'_>, i: usize) -> Option<(i32, usize)> {
    let v = r.view;
    // '89
    if v.is_any(i, "'’‘") && v.glued(i + 1) && v.at(i + 1).len() == 2 {
        return r.figures(i + 1).map(|y| (if y < 50 { 2000 } else { 1900 } + y as i32, i + 2));
    }
    let year = match r.figures(i) {
        Some(y) if v.at(i).len() == 4 => y,
        Some(_) => return era(r, i),
        None => {
            let n = r.numeral(i).filter(|n| n.shape.is_none() && n.last == i + 1)?;
            u32::try_from(n.exact()?.to_int()?).ok().filter(|y| (1100..2100).contains(y))?
        }
    };
    if let Some(found) = era(r, i) {
        return Some(found);
    }
    // "im Mai 2000 Euro", "März 2.000"
    let unit = crate::find::unit::after(v, i + 1, &crate::find::Memory::default()).is_some();
    ((1000..2200).contains(&year) && !unit).then(|| (year as i32, i + 1))
}

/// *753 v. Chr.*, *79 n. Chr.*
pub(super) fn era(r: Reader<'_>, i: usize) -> Option<(i32, usize)> {
    let year = i32::try_from(r.figures(i).filter(|y| *y > 0)?).ok()?;
    let (before, end) = r.word(i + 1, Kinds::ERA, |w| match w {
        TimeWord::Era(before) => Some(before),
        _ => None,
    })?;
    Some((if before { 1 - year } else { year }, end))
}

/// *vergangenen Jahres*, *des Jahres 2014*, *dieses Jahres*, *des Geschäftsjahres 2014/15*, *im Jahr 2015*
fn year_phrase(r: Reader<'_>, i: usize) -> Option<(Base, bool, usize)> {
    use crate::model::Grain;
    if let Some(((by, origin), at)) = r.shift(i) {
        let ((grain, 1, false, fiscal), end) = r.unit(at)? else { return None };
        if grain != Grain::Year {
            return None;
        }
        if let Some((base, to)) = year::at(r, end, true) {
            return Some((base, fiscal, to));
        }
        return Some((Base::Shift { grain, by: i32::from(by), origin }, fiscal, end));
    }
    let des = r.any(i, &["des", "im", "vom"]);
    if !des {
        return None;
    }
    // "des vergangenen Jahres"
    if r.any(i, &["des", "im"])
        && let Some((base, fiscal, end)) = r.shift(i + 1).and_then(|_| year_phrase(r, i + 1))
    {
        return Some((base, fiscal, end));
    }
    if let Some((word, end)) = r.word(i + 1, Kinds::RELATIVE, |w| match w {
        TimeWord::Relative(Grain::Year, by, origin) => Some(Base::Shift { grain: Grain::Year, by: by.into(), origin }),
        _ => None,
    }) {
        return Some((word, false, end));
    }
    let ((grain, 1, false, fiscal), at) = r.unit(i + 1)? else { return None };
    if grain != Grain::Year {
        return None;
    }
    if let Some((base, end)) = year::at(r, at, true) {
        return Some((base, fiscal, end));
    }
    let shift = Base::Shift { grain, by: 0, origin: crate::model::Origin::Published };
    r.any(i, &["des"]).then_some((shift, fiscal, at))
}
