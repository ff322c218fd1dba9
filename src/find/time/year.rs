//! Years, and how they are told from numbers: *2015*, *seit 1848*, *2014/15*, *die neunziger Jahre*.

use super::date::{At, era};
use super::reader::Reader;
use crate::find::numeral::{Form, Numeral};
use crate::find::view::View;
use crate::find::{Memory, digits::Shape, noun, unit};
use crate::lexicon::Tags;
use crate::model::{Base, Grain, Point};

/// A year or a pair of years at token `i`; `certain` where what stands in front leaves no doubt (*Jahr*).
pub(super) fn at(r: Reader<'_>, i: usize, certain: bool) -> Option<(Base, usize)> {
    let v = r.view;
    if let Some((year, end)) = era(r, i) {
        return Some((Base::Year(year), end));
    }
    if !v.is_number(i) {
        return (certain).then(|| super::date::year_behind(r, i)).flatten().map(|(y, end)| (Base::Year(y), end));
    }
    let year = i32::try_from(r.figures(i).filter(|_| v.at(i).len() == 4)?).ok()?;
    if let Some(second) = pair(r, i, year, certain) {
        return Some((Base::Years(year, second), i + 3));
    }
    // "EU-Verordnung 2018/1725", "261/2004"
    let joined = |mark: usize, other: usize| {
        v.is(mark, '/')
            && v.glued(mark.max(i))
            && r.figures(other).is_none_or(|n| v.at(other).len() == 4 && (n as i32 - year).abs() > 50)
            && v.is_number(other)
    };
    if joined(i + 1, i + 2) && v.glued(i + 2)
        || i >= 2 && v.glued(i - 1) && v.is(i - 1, '/') && v.glued(i) && v.is_number(i - 2) && v.at(i - 2).len() != 4
    {
        return None;
    }
    // "/news/2017/"
    if i > 0 && v.glued(i) && v.is_any(i - 1, "/=_") && !(i > 1 && v.is_number(i - 2)) && !certain {
        return None;
    }
    let plain = (1000..2200).contains(&year);
    if certain {
        let counted = unit::after(v, i + 1, &Memory::default()).is_some();
        return (plain && !counted).then_some((Base::Year(year), i + 1));
    }
    // "Peugeot 2008"
    let product =
        i > 0 && v.meanings(i - 1, Tags::IDENTIFIER).any(|(_, end)| end == i) && !v.has(i - 1, Tags::YEAR_BEFORE);
    if product {
        return None;
    }
    let n = r.numeral(i)?;
    is_year(r.view, n).then_some((Base::Year(year), i + 1))
}

/// The second year of *2014/15*.
fn pair(r: Reader<'_>, i: usize, first: i32, certain: bool) -> Option<i32> {
    let v = r.view;
    if !(v.is_any(i + 1, "/") && v.glued(i + 1) && v.is_number(i + 2) && v.glued(i + 2)) {
        return None;
    }
    let (text, n) = (v.at(i + 2), i32::try_from(r.figures(i + 2)?).ok()?);
    let follows = match text.len() {
        2 => n == (first + 1) % 100,
        // "die Hungersnot von 1984/1985": two years, unless a season has them.
        4 => n == first + 1 && (certain || seasonal(r, i)),
        _ => false,
    };
    // "2014/15/16"
    let more = v.is(i + 3, '/') && v.glued(i + 3);
    ((1800..2200).contains(&first) && follows && !more).then_some(first + 1)
}

/// Whether a season or a fiscal year stands in front.
fn seasonal(r: Reader<'_>, i: usize) -> bool {
    i > 0 && r.view.ends_like(i - 1, Tags::YEAR_BEFORE) && !r.any(i - 1, &["seit", "anfang", "mitte", "ende"])
}

/// The second end of a span of years that is shortened: *1939–45*.
pub(super) fn shortened_end(r: Reader<'_>, i: usize) -> Option<i32> {
    let v = r.view;
    if !(i >= 2 && v.is_any(i - 1, "-–/") && v.glued(i) && v.glued(i - 1) && v.at(i).len() == 2) {
        return None;
    }
    let first = i32::try_from(r.figures(i - 2).filter(|_| v.at(i - 2).len() == 4)?).ok()?;
    let second = first - first % 100 + i32::try_from(r.figures(i)?).ok()?;
    let begins = i < 4 || !(v.glued(i - 2) && v.is_any(i - 3, "-–/."));
    ((1000..2200).contains(&first) && second > first && begins && !v.glued(i + 1)
        || second > first && begins && v.is_any(i + 1, ".,;:)!?"))
    .then_some(second)
}

/// *90er-Jahre*, *1990er Jahre*, *neunziger Jahren*; *die 90er* alone where an article stands in front.
pub(super) fn decade(r: Reader<'_>, i: usize) -> Option<At> {
    let v = r.view;
    let n = r.numeral(i).filter(|n| n.form == Form::Decade)?;
    let value = i32::try_from(n.exact()?.to_int()?).ok()?;
    let decade = match value {
        // "die zwanziger Jahre": which century they are of is left open.
        0..=90 if value % 10 == 0 => value / 10,
        1000..=2190 if value % 10 == 0 => value / 10,
        _ => return None,
    };
    let at = n.last + usize::from(v.is(n.last, '-') && v.glued(n.last));
    let years = r.unit(at).filter(|((grain, _, plural, _), _)| *grain == Grain::Year && *plural);
    let end = match years {
        Some((_, end)) => end,
        // "in den Neunzigern", "Ende der 90er"
        None => {
            let led = r.after_any(i, &["den", "der", "die"]) && (v.is_number(i) || v.capital(i));
            if !led || v.is_word(n.last) && v.capital(n.last) || v.is(n.last, '-') || value < 20 && v.capital(i) {
                return None;
            }
            n.last
        }
    };
    Some((Point { base: Base::Decade(decade), ..Point::default() }, end))
}

/// Whether a numeral of four figures is a year. From 1900 to 2099 it needs little to be one; before, it needs *im Jahr*
/// or a month.
pub(in crate::find) fn is_year(view: View<'_>, n: &Numeral) -> bool {
    if n.shape != Some(Shape::Plain(4)) || n.form != Form::Cardinal || n.power != 0 {
        return false;
    }
    let Some(value) = n.exact().and_then(|d| d.to_int()).filter(|v| (1000..=2100).contains(v)) else {
        return false;
    };
    if unit::after(view, n.last, &Memory::default()).is_some() {
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
