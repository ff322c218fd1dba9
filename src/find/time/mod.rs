//! Tokens → times as they are written: no clock and no calendar yet.
//!
//! | file | what |
//! | --- | --- |
//! | [`date`] | `28.01.2026`, *28. Januar*, *Mai 2015*, *753 v. Chr.* |
//! | [`year`] | *2015*, *2014/15*, *neunziger Jahre*, and what is a number instead |
//! | [`period`] | *dritten Quartal*, *vergangene Woche*, *Ende März*, *Montag*, *Vorjahr*, *Ostern* |
//! | [`clock`] | `22:17 Uhr`, *halb acht* |
//! | [`lasting`] | *drei Jahre*, *fünfjährige*, *seit Jahren* |
//! | [`repeat`] | *täglich*, *jeden Montag*, *pro Jahr* |
//! | [`tense`] | where a clause points |
//!
//! Each is a function that reads what begins at a token; [`run`] asks them in a fixed order, leftmost first.

mod clock;
mod date;
mod lasting;
mod period;
mod reader;
mod repeat;
mod tense;
mod year;

use crate::find::Promised;
use crate::find::numeral::Numeral;
use crate::find::view::View;
use crate::lexicon::{Hint, Kinds, Lead, Tags, TimeWord, folded};
use crate::model::{
    Base, DayPart, Expression, Grain, Lasting, Modifier, Origin, Part, Point, Recurring, Reference, Span, Tense,
    Written,
};
use reader::{Numbered, Reader};
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

/// How far a word of time may stand behind a word that only leads to it, in tokens: *vor mehr als **zehn Jahren***.
const LEAD_REACH: usize = 8;

/// Finds the times of a sentence whose first token is the document's `first`.
pub(super) fn run(
    view: View<'_>,
    numerals: &[Numeral],
    promised: Promised<'_>,
    first: u32,
    sentence: u32,
    out: &mut Vec<Written>,
) {
    let numbered = Numbered { view, numerals };
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

/// Numerals that are times without another word: *dreitägig*, *90er*, `22:17`.
fn alone(n: &Numeral) -> bool {
    use crate::find::numeral::Form;
    matches!(n.form, Form::Lasting(_) | Form::Years | Form::Decade | Form::Clock)
}

/// Whether a time may begin at token `i`; `near` tells that a word of time stands there or close behind.
fn begins(r: Reader<'_>, i: usize, near: bool) -> bool {
    let view = r.view;
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
    // "halb acht"
    if view.has(i, Tags::HALF) && r.numeral(i + 1).is_some() {
        return true;
    }
    // "Rekordjahr 2015": compounds are no words of the lexicon. "seit '89", "Q3 2015"
    view.is_number(i + 1) && (view.capital(i) || view.is_any(i, "'’‘")) || alone
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

/// What begins a clock time, beside numbers.
const CLOCKS: Kinds = Kinds::MIDNIGHT.or(Kinds::lead(Lead::Quarter)).or(Kinds::lead(Lead::Quarters));

/// What begins a part of the day.
const PARTS_OF_DAY: Kinds =
    Kinds::DAY_PART.or(Kinds::WEEKDAY_PART).or(Kinds::lead(Lead::Early)).or(Kinds::lead(Lead::Late));

/// *vor drei Jahren*, *in zwei Wochen*
fn away(r: Reader<'_>, i: usize) -> Option<Found> {
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

/// *in drei Tagen* behind a verb of doing: *schafft das in drei Tagen*; nothing tells the two apart but the words around.
fn lasting_context(r: Reader<'_>, i: usize, last: usize) -> bool {
    r.any(last, &["zeit"]) || r.after_any(i, &["erst", "mal", "male"])
}

/// So many units away; parts of a unit become whole finer ones.
fn shift(count: crate::model::Decimal, grain: Grain, ahead: bool, origin: Origin) -> Option<Base> {
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
            let whole = count.checked_mul(crate::model::Decimal::from_int(factor))?.to_int()?;
            (i32::try_from(whole).ok()?, finer)
        }
    };
    let by = if ahead { by } else { by.checked_neg()? };
    Some(Base::Shift { grain, by, origin })
}

/// A day or a longer stretch, and the clock time that stands beside it.
fn point(r: Reader<'_>, i: usize) -> Option<Found> {
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
fn joined_clock(r: Reader<'_>, end: usize) -> Option<(crate::model::Clock, usize)> {
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
        (!counted).then_some((crate::model::Clock { hour: hour as u8, minute: 0, second: 0 }, end, true))
    })?;
    let colon = v.is(at + 1, ':');
    let pointed = v.at(at).contains('.') && !sure;
    (sure || colon || um && pointed).then_some((clock, last))
}

/// A clock time without a day in front: with *Uhr*, or led by *um*; also with the day behind it.
fn clock_alone(r: Reader<'_>, i: usize) -> Option<Found> {
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

/// The first figure of *4. und 5. Juni*, *14./15.10.*, *ersten und zweiten Quartal*, *Januar und Februar 2016*.
fn shortened_end(r: Reader<'_>, i: usize) -> Option<Found> {
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
fn span_of_years(r: Reader<'_>, i: usize) -> Option<Found> {
    let year = year::shortened_end(r, i)?;
    let p = Point { base: Base::Year(year), ..Point::default() };
    Some(Found { first: i, last: i + 1, expression: Expression::Point(p), modifier: None, rule: "time-span-of-years" })
}

/// *am 15.*, *vom 4. bis zum 23.*: a day without its month.
fn day_of_month(r: Reader<'_>, i: usize) -> Option<Found> {
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

/// Durations; with *zuvor* and *später* behind them points, with *vergangenen* in front stretches.
fn duration(r: Reader<'_>, i: usize) -> Option<Found> {
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
            let ordinal = |n: &&Numeral| n.form == crate::find::numeral::Form::Ordinal && n.shape.is_none();
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
        return found(Lasting::of(Some(crate::model::Decimal::from_int(count.into())), grain), None, end);
    }
    let at = if r.any(at, &["paar"]) {
        return r.unit(at + 1).and_then(|((g, ..), end)| found(Lasting::of(None, g), None, end));
    } else {
        at
    };
    if r.any(at, &["beiden"]) {
        let ((grain, 1, true, _), end) = r.unit(at + 1)? else { return None };
        return found(Lasting::of(Some(crate::model::Decimal::from_int(2)), grain), None, end);
    }
    let long = lasting::at(r, at).filter(|l| l.first == at && (r.numeral(at).is_some() || v.has(at, Tags::SEVERAL)))?;
    found(long.low, long.high, long.last)
}

/// *am Abend*, *in der Nacht zum Freitag*, *frühen Morgen*
fn part_of_day(r: Reader<'_>, i: usize) -> Option<Found> {
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
