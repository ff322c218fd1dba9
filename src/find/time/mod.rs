//! Tokens → times as they are written: no clock and no calendar yet.
//!
//! | file | what |
//! | --- | --- |
//! | [`date`] | `28.01.2026`, *28. Januar*, *Mai 2015*, *753 v. Chr.* |
//! | [`year`] | *2015*, *2014/15*, *neunziger Jahre*, and what is a number instead |
//! | [`period`] | *dritten Quartal*, *vergangene Woche*, *Ende März*, *Montag*, *Vorjahr*, *Ostern* |
//! | [`clock`] | `22:17 Uhr`, *halb acht* |
//! | [`lasting`] | *drei Jahre*, *fünfjährige*, *seit Jahren* |
//! | [`distance`] | *vor drei Jahren*, *ein Jahr zuvor*, *vergangenen fünf Jahren* |
//! | [`moment`] | a day and a clock time, alone and joined |
//! | [`parts`] | *am Abend*, *in der Nacht zum Freitag* |
//! | [`ends`] | *4. und 5. Juni*, *1939–45*: ends that lean on the other |
//! | [`openers`] | where a time may begin at all |
//! | [`repeat`] | *täglich*, *jeden Montag*, *pro Jahr* |
//! | [`tense`] | where a clause points |
//!
//! Each is a function that reads what begins at a token; [`run`] asks them in a fixed order, leftmost first.

mod clock;
mod date;
mod distance;
mod ends;
mod lasting;
mod moment;
mod openers;
mod parts;
mod period;
mod reader;
mod repeat;
mod tense;
mod year;

use self::distance::{away, duration};
use self::ends::{day_of_month, shortened_end, span_of_years};
use self::moment::{CLOCKS, clock_alone, joined_clock, point};
use self::openers::{LEAD_REACH, begins};
use self::parts::{PARTS_OF_DAY, part_of_day};
use self::reader::{Numbered, Reader};
use crate::find::Promised;
use crate::find::numeral::Numeral;
use crate::find::view::View;
use crate::lexicon::{Kinds, Lead, Tags, TimeWord, folded};
use crate::model::{Base, Expression, Modifier, Part, Point, Recurring, Span, Tense, Written};
pub(in crate::find) use year::is_year;

/// The rules in the order in which they are tried, for `explain`.
pub(crate) const RULES: &[&str] = &[
    "time-set",
    "time-recurring-day",
    "time-reference",
    "time-ago",
    "time-ahead",
    "time-shortened-end",
    "time-point",
    "time-day-and-clock",
    "time-clock",
    "time-clock-range",
    "time-span-of-years",
    "time-relative-to-focus",
    "time-counted-stretch",
    "time-first-units",
    "time-duration",
    "time-inside-word",
    "time-part-of-day",
];

/// A time and its tokens.
#[derive(Copy, Clone, Debug)]
struct Found {
    first: usize,
    last: usize,
    expression: Expression,
    modifier: Option<Modifier>,
    rule: &'static str,
}

/// Finds the times of a sentence whose first token is the document's `first`.
pub(super) fn run(
    view: View<'_>,
    numerals: &[Numeral],
    promised: Promised<'_>,
    first: u32,
    sentence: u32,
    out: &mut Vec<Written>,
) {
    let numbered = Numbered::new(view, numerals);
    let r = Reader(&numbered);
    let mut timely = promised.times;
    let mut free = 0;
    for opener in promised.openers {
        let i = (opener - first) as usize;
        if i < free {
            continue;
        }
        while timely.first().is_some_and(|t| t < opener) {
            timely = &timely[1..];
        }
        let near = timely.first().is_some_and(|t| (t - first) as usize <= i + LEAD_REACH);
        if let Some(time) = inside(r, i, sentence) {
            out.push(time);
            continue;
        }
        if let Some(found) = begins(r, i, near).then(|| at(r, i)).flatten() {
            out.push(written(r, &found, sentence));
            free = found.last.max(i + 1);
        }
    }
}

/// ***Mittwoch**ausgabe*: the name of a day or month at the beginning of a word.
fn inside(r: Reader<'_>, i: usize, sentence: u32) -> Option<Written> {
    let ((month, number, len), last) = r.word(i, Kinds::INSIDE, |w| match w {
        TimeWord::Inside { month, number, len } => Some((month, number, len)),
        _ => None,
    })?;
    let mut point = Point::default();
    match month {
        true => point.part = Part::Month(number),
        false => point.weekday = Some(number),
    }
    let expression = Expression::Point(point);
    // "in der Mittwochausgabe" is a day gone by whatever the verb.
    let whole = written(r, &Found { first: i, last, expression, modifier: None, rule: "time-inside-word" }, sentence);
    // The name in the text may be longer or shorter than its folded key: "März", "Maerz".
    let word = r.view.at(i);
    let cut = word.char_indices().map(|(at, _)| at).find(|at| folded(&word[..*at]).len() >= usize::from(len))?;
    Some(Written {
        span: Span::new(whole.span.start, whole.span.start + cut as u32),
        tense: if month { whole.tense } else { Tense::Past },
        ..whole
    })
}

fn written(r: Reader<'_>, f: &Found, sentence: u32) -> Written {
    let tense = match f.expression {
        Expression::Point(p)
            if !matches!(p.base, Base::Year(_) | Base::Years(..) | Base::Decade(10..) | Base::Century(_)) =>
        {
            tense::of(r.view, f.first, f.last, p.weekday.is_some() && p.day.is_none())
        }
        _ => Tense::Open,
    };
    let v = r.view;
    // "seit 2010", "(1871–1943)", "das 1968 eröffnete Bad": beside what the text speaks of.
    let aside = r.after_any(f.first, &["vom", "von", "seit", "bis", "zum", "ab", "gegenueber", "nach", "vor"])
        || f.first > 0 && (v.is(f.first - 1, '(') || v.is(f.last, ')'))
        || f.first > 0 && v.has(f.first - 1, Tags::ARTICLE) && crate::find::noun::adjective(v, f.last);
    Written {
        span: r.view.span(f.first, f.last),
        sentence,
        expression: f.expression,
        modifier: f.modifier,
        tense,
        aside,
        rule: f.rule,
    }
}

/// The time that begins at token `i`.
fn at(r: Reader<'_>, i: usize) -> Option<Found> {
    let found = |last, expression, modifier, rule| Some(Found { first: i, last, expression, modifier, rule });
    let kinds = r.kinds(i);
    let number = r.view.is_number(i) || r.numeral(i).is_some();
    let counts = number || r.view.has(i, Tags(Tags::EIN.0 | Tags::SEVERAL.0 | Tags::HALF.0));
    if let Some((set, last)) = kinds.has(repeat::OPENERS).then(|| repeat::at(r, i)).flatten() {
        // "morgens um 7 Uhr"
        if let Recurring::DayPart(part) = set
            && let Some((clock, end)) = joined_clock(r, last)
        {
            let clock = clock::in_part(clock, part);
            return found(
                end,
                Expression::Point(Point { clock: Some(clock), ..Point::default() }),
                None,
                "time-day-and-clock",
            );
        }
        return found(last, Expression::Set(set), None, "time-set");
    }
    // Each finder is asked where a word of its kind stands.
    let when = |asked: bool, find: fn(Reader<'_>, usize) -> Option<Found>| if asked { find(r, i) } else { None };
    let named = r.view.is_number(i + 1);
    when(kinds.has(Kinds::REFERENCE), reference)
        .or_else(|| when(kinds.has(Kinds::lead(Lead::Ago).or(Kinds::lead(Lead::Ahead))), away))
        .or_else(|| when(number || kinds.has(Kinds::MONTH), shortened_end))
        .or_else(|| when(number || named || kinds.has(period::OPENERS), point))
        .or_else(|| when(counts || kinds.has(CLOCKS), clock_alone))
        .or_else(|| when(number, span_of_years))
        .or_else(|| when(number, day_of_month))
        .or_else(|| when(counts || kinds.has(lasting::OPENERS), duration))
        .or_else(|| when(kinds.has(PARTS_OF_DAY), part_of_day))
}

/// *derzeit*, *jetzt*
fn reference(r: Reader<'_>, i: usize) -> Option<Found> {
    let (reference, last) = r.word(i, Kinds::REFERENCE, |w| match w {
        TimeWord::Reference(reference) => Some(reference),
        _ => None,
    })?;
    // "Jetzt kommentieren": a button, not a sentence.
    let v = r.view;
    let infinitive = v.is_word(last) && !v.capital(last) && v.at(last).ends_with('n') && !v.has(last, Tags::VERB);
    let button = v.is_key(i, "jetzt")
        && v.capital(i)
        && infinitive
        && (i > 0 && v.is_word(i - 1) || !v.is_any(v.len() - 1, ".!?"))
        && (v.len() - i <= 6);
    // "zur Zeit des Ausbruchs"
    let of = last > i + 1
        && r.any(last, &["der", "des", "eines", "einer", "dieser", "dieses", "seiner", "ihrer", "von", "als"]);
    (!button && !of).then_some(Found {
        first: i,
        last,
        expression: Expression::Reference(reference),
        modifier: None,
        rule: "time-reference",
    })
}

/// Whether a numeral stands inside one of these times.
pub(super) fn covers(times: &[Written], span: Span) -> bool {
    times.iter().any(|t| t.span.overlaps(span))
}
