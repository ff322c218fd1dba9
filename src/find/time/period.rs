//! Stretches of the calendar and days by what they are called: *dritten Quartal 2015*, *vergangene Woche*, *Ende März*,
//! *Mittwoch vergangener Woche*, *Vorjahr*, *Ostern*, *heute*.

use super::date::{self, At, with_year};
use super::reader::Reader;
use super::year;
use crate::lexicon::{Kinds, Lead, Tags, TimeWord};
use crate::model::{Base, DayPart, Grain, Modifier, Origin, Part, Point};

/// A point, how it is narrowed, and one past its last token.
pub(super) type Narrowed = (Point, Option<Modifier>, usize);

/// What begins a point, beside numbers and compounds in front of a year.
pub(super) const OPENERS: Kinds = Kinds::NARROW
    .or(Kinds::lead(Lead::Early))
    .or(Kinds::lead(Lead::Late))
    .or(Kinds::HALF_OF)
    .or(Kinds::SHIFT)
    .or(Kinds::WEEKDAY)
    .or(Kinds::WEEKDAY_PART)
    .or(Kinds::MONTH)
    .or(CALLED)
    .or(Kinds::LETTER);

/// What is called by one word.
const CALLED: Kinds = Kinds::DAY
    .or(Kinds::RELATIVE)
    .or(Kinds::SAME_PERIOD)
    .or(Kinds::EDGE)
    .or(Kinds::SEASON)
    .or(Kinds::DECADE)
    .or(Kinds::FEAST)
    .or(Kinds::WEEK_NUMBER)
    .or(Kinds::UNIT);

/// How deep *Ende der ersten Woche im März* may nest.
const DEPTH: usize = 4;

/// The point of time that begins at token `i`, without clock time.
pub(super) fn at(r: Reader<'_>, i: usize) -> Option<Narrowed> {
    phrase(r, i, false, DEPTH)
}

/// `led`: something in front makes the words a time (*Ende* März).
fn phrase(r: Reader<'_>, i: usize, led: bool, depth: usize) -> Option<Narrowed> {
    let depth = depth.checked_sub(1)?;
    if r.view.is_number(i) {
        return numbered(r, i, led, depth);
    }
    // "seit '89"
    if r.view.is_any(i, "'’‘") {
        const LED: &[&str] =
            &["seit", "von", "bis", "ab", "in", "nach", "vor", "und", "anno", "jahr", "ende", "anfang"];
        let (year, end) = date::year_behind(r, i).filter(|_| led || r.after_any(i, LED))?;
        return Some((Point { base: Base::Year(year), ..Point::default() }, None, end));
    }
    let ordinal = r.numeral(i).is_some() || r.kinds(i).has(Kinds::SHIFT);
    narrowed(r, i, depth)
        .or_else(|| early_or_late(r, i, depth))
        .or_else(|| half_of(r, i, depth))
        .or_else(|| ordinal.then(|| date::day_month(r, i).map(plain)).flatten())
        .or_else(|| ordinal.then(|| ordered(r, i, depth)).flatten())
        .or_else(|| weekday(r, i))
        .or_else(|| date::month(r, i, led).map(plain))
        .or_else(|| shifted(r, i, depth))
        .or_else(|| called(r, i, led))
        .or_else(|| year_word(r, i, led))
        .or_else(|| year::decade(r, i).map(plain))
        .or_else(|| lettered(r, i))
}

fn plain((p, end): At) -> Narrowed {
    (p, None, end)
}

fn numbered(r: Reader<'_>, i: usize, led: bool, depth: usize) -> Option<Narrowed> {
    date::figures(r, i)
        .or_else(|| date::day_month(r, i))
        .map(plain)
        .or_else(|| half_of(r, i, depth))
        .or_else(|| ordered(r, i, depth))
        .or_else(|| year::decade(r, i).map(plain))
        .or_else(|| digit_letter(r, i))
        .or_else(|| year::at(r, i, led).map(|(base, end)| (Point { base, ..Point::default() }, None, end)))
        .or_else(|| called(r, i, led))
}

/// *Anfang/Mitte/Ende* of something.
fn narrowed(r: Reader<'_>, i: usize, depth: usize) -> Option<Narrowed> {
    let (modifier, at) = r.word(i, Kinds::NARROW, |w| match w {
        TimeWord::Narrow(m) => Some(m),
        _ => None,
    })?;
    if !r.view.capital(i) {
        return None;
    }
    let inner = r.article(at);
    // "Ende des Jahres", "Mitte der Woche"
    if inner > at
        && let Some(((grain, 1, false, fiscal), end)) = r.unit(inner)
        && matches!(grain, Grain::Year | Grain::Month | Grain::Week | Grain::Quarter | Grain::Half | Grain::Decade)
    {
        if grain == Grain::Year
            && let Some((base, to)) = year::at(r, end, true)
        {
            return Some((Point { base, fiscal, ..Point::default() }, Some(modifier), to));
        }
        let base = Base::Shift { grain, by: 0, origin: Origin::Published };
        return Some((Point { base, fiscal, ..Point::default() }, Some(modifier), end));
    }
    let (p, inside, end) = phrase(r, inner, true, depth)?;
    // "Anfang Woche", as in Switzerland, but no "Ende Montag"
    let stretch = p.day.is_none() && p.clock.is_none() && p.daypart.is_none() && p.weekday.is_none();
    (stretch && inside.is_none()).then_some((p, Some(modifier), end)).or_else(|| swiss(r, at, modifier))
}

/// *frühen 16. Jahrhundert*, *späten neunziger Jahre*
fn early_or_late(r: Reader<'_>, i: usize, depth: usize) -> Option<Narrowed> {
    let (modifier, at) = match (r.lead(i, Lead::Early), r.lead(i, Lead::Late)) {
        (Some(at), _) => (Modifier::Start, at),
        (_, Some(at)) => (Modifier::End, at),
        _ => return None,
    };
    let (p, None, end) = phrase(r, at, true, depth)? else { return None };
    let long = matches!(p.base, Base::Century(_) | Base::Decade(_));
    long.then_some((p, Some(modifier), end))
}

/// *Anfang Woche*
fn swiss(r: Reader<'_>, at: usize, modifier: Modifier) -> Option<Narrowed> {
    let ((grain, 1, false, false), end) = r.unit(at)? else { return None };
    let base = Base::Shift { grain, by: 0, origin: Origin::Published };
    matches!(grain, Grain::Year | Grain::Month | Grain::Week).then_some((
        Point { base, ..Point::default() },
        Some(modifier),
        end,
    ))
}

/// *ersten Hälfte des Jahres 2014*
fn half_of(r: Reader<'_>, i: usize, depth: usize) -> Option<Narrowed> {
    let (half, at) = r.word(i, Kinds::HALF_OF, |w| match w {
        TimeWord::HalfOf(n) => Some(n),
        _ => None,
    })?;
    let (p, end) = with_year(r, Point { part: Part::Half(half), ..Point::default() }, at);
    if end > at {
        return Some((p, None, end));
    }
    let (p, modifier, end) = phrase(r, r.article(at), true, depth)?;
    let whole = p.part == Part::Whole && modifier.is_none() && matches!(p.base, Base::Year(_));
    whole.then_some((Point { part: Part::Half(half), ..p }, None, end))
}

/// *dritten Quartal 2015*, *19. Jahrhundert*, *letzten Woche des Jahres*, *zweiten Sonntag im Mai*
fn ordered(r: Reader<'_>, i: usize, depth: usize) -> Option<Narrowed> {
    let (n, mut at) =
        match r.word(i, Kinds::SHIFT, |w| matches!(w, TimeWord::Shift(-1, Origin::Published)).then_some(())) {
            // "letzten Woche des Jahres": the last of it
            Some((_, end)) => (-1, end),
            None => {
                let (n, end) = r.ordinal(i, 53)?;
                (n as i8, end)
            }
        };
    let ordinal_end = at;
    // "dritten abgelaufenen Quartal": one adjective
    if r.unit(at).is_none() && crate::find::noun::adjective(r.view, at) && r.shift(at).is_none() {
        at += 1;
    }
    let part = |part, fiscal, end| {
        let (p, end) = with_year(r, Point { part, fiscal, ..Point::default() }, end);
        Some((p, None, end))
    };
    if let Some(((grain, 1, false, fiscal), end)) = r.unit(at) {
        // "letzten Quartal des Jahres 2007": the last of it, where it is said of what.
        let last = match grain {
            Grain::Quarter => Some(Part::Quarter(4)),
            Grain::Half => Some(Part::Half(2)),
            Grain::Third => Some(Part::Third(3)),
            _ => None,
        };
        if let (-1, Some(last)) = (n, last) {
            let (p, to) = with_year(r, Point { part: last, fiscal, ..Point::default() }, end);
            return (to > end).then_some((p, None, to));
        }
        let number = u8::try_from(n).ok();
        match (grain, number) {
            (Grain::Quarter, Some(q @ 1..=4)) => return part(Part::Quarter(q), fiscal, end),
            (Grain::Half, Some(h @ 1..=2)) => return part(Part::Half(h), fiscal, end),
            (Grain::Third, Some(t @ 1..=3)) => return part(Part::Third(t), fiscal, end),
            (Grain::Century, Some(c @ 1..=30)) => {
                let base = Base::Century(i32::from(c) - 1);
                return Some((Point { base, ..Point::default() }, None, end));
            }
            (Grain::Week, Some(w)) if r.view.is_number(i) && r.any(at, &["kalenderwoche"]) => {
                return part(Part::Week(w), false, end);
            }
            (Grain::Day | Grain::Workday | Grain::Week | Grain::Weekend | Grain::Month, _) => {
                return within(r, Some((n, grain)), None, end, depth);
            }
            _ => return None,
        }
    }
    // "12. KW"
    if r.kinds(at).has(Kinds::WEEK_NUMBER)
        && r.view.is_number(i)
        && let Ok(week) = u8::try_from(n)
    {
        return part(Part::Week(week), false, at + 1);
    }
    if at == ordinal_end
        && let Some((day, end)) = day_word(r, at)
    {
        return within(r, Some((n, Grain::Week)), Some(day), end, depth);
    }
    None
}

/// What an ordinal counts inside of: *der ersten Woche* im März 2015, *des Jahres*.
fn within(r: Reader<'_>, nth: Option<(i8, Grain)>, weekday: Option<u8>, end: usize, depth: usize) -> Option<Narrowed> {
    let inner = match () {
        () if r.any(end, &["im", "des", "vom"]) => end + 1,
        () if r.any(end, &["in", "von"]) => r.article(end + 1),
        () if r.any(end, &["der"]) => end + 1,
        () => end,
    };
    if inner > end
        && let Some(((grain, 1, false, _), to)) = r.unit(inner)
        && matches!(grain, Grain::Year | Grain::Month | Grain::Quarter | Grain::Week)
    {
        let base = match year::at(r, to, true).filter(|_| grain == Grain::Year) {
            Some((base, to)) => return Some((Point { base, nth, weekday, ..Point::default() }, None, to)),
            None => Base::Shift { grain, by: 0, origin: Origin::Published },
        };
        return Some((Point { base, nth, weekday, ..Point::default() }, None, to));
    }
    let (p, modifier, to) = phrase(r, inner, inner > end, depth)?;
    let stretch = p.nth.is_none() && p.day.is_none() && p.weekday.is_none() && p.clock.is_none() && p.daypart.is_none();
    (stretch && modifier.is_none()).then_some((Point { nth, weekday, ..p }, None, to))
}

fn day_word(r: Reader<'_>, i: usize) -> Option<(u8, usize)> {
    r.word(i, Kinds::WEEKDAY, |w| match w {
        TimeWord::Weekday(n, false) => Some(n),
        _ => None,
    })
}

/// *Montag*, *Mittwoch, den 7. Juli*, *Mittwoch vergangener Woche*, *Dienstag Vormittag*, *Montagabend*
fn weekday(r: Reader<'_>, i: usize) -> Option<Narrowed> {
    if let Some(((day, part), end)) = r.word(i, Kinds::WEEKDAY_PART, |w| match w {
        TimeWord::WeekdayPart(day, part) => Some((day, part)),
        _ => None,
    }) {
        return Some(plain(with_date(r, Point { weekday: Some(day), daypart: Some(part), ..Point::default() }, end)));
    }
    let ((day, short), end) = r.word(i, Kinds::WEEKDAY, |w| match w {
        TimeWord::Weekday(day, short) => Some((day, short)),
        _ => None,
    })?;
    let p = Point { weekday: Some(day), ..Point::default() };
    let (dated, last) = with_date(r, p, end);
    if last > end {
        return Some((dated, None, last));
    }
    // "an einem Montag", "an einem gewöhnlichen Montag": no one knows which
    let article = i - usize::from(i > 1 && crate::find::noun::adjective(r.view, i - 1));
    if r.after_any(article, &["einem", "einen"]) {
        return Some((Point { base: Base::Any, ..p }, None, end));
    }
    if short {
        let led = r.after_any(i, &["am", "vom", "bis", "seit", "ab"]);
        let closes = end >= r.view.len() || r.view.is_any(end, ",)/-–") || r.view.is_number(end);
        return (led && closes).then_some((p, None, end));
    }
    // "Mittwoch vergangener Woche", "Freitag der kommenden Woche"
    let of = r.article(end);
    if let Some(((by, origin), at)) = r.shift(of)
        && let Some(((Grain::Week, 1, false, _), to)) = r.unit(at)
    {
        let base = Base::Shift { grain: Grain::Week, by: by.into(), origin };
        return Some((Point { base, ..p }, None, to));
    }
    // "Sonntag in zwei Wochen"
    if let Some(at) = r.lead(end, Lead::Ahead)
        && let Some((n, at)) = r.cardinal(at, 60)
        && let Some(((Grain::Week, 1, ..), to)) = r.unit(at)
    {
        let base = Base::Shift { grain: Grain::Week, by: n as i32, origin: Origin::Published };
        return Some((Point { base, ..p }, None, to));
    }
    if named_day(r, i, end) {
        return None;
    }
    // "Donnerstag (29. August)": the date in brackets is a mention of its own, and says which Thursday.
    if r.view.is(end, '(')
        && let Some((d, to)) = date::figures(r, end + 1).or_else(|| date::day_month(r, end + 1))
        && d.day.is_some()
        && r.view.is(to, ')')
    {
        return Some((Point { weekday: Some(day), ..d }, None, end));
    }
    Some(plain(with_daypart(r, p, end)))
}

/// *Familie Sonntag*, *Freitag & Söhne*: a name.
fn named_day(r: Reader<'_>, i: usize, end: usize) -> bool {
    let v = r.view;
    let name = i > 0
        && v.is_word(i - 1)
        && v.capital(i - 1)
        && v.tags(i - 1).0 & !Tags::PERSON.0 & !Tags::LEAD.0 == 0
        && i > 1
        && !v.tokens[i].breaks();
    name && (v.is_word(end) && !v.capital(end) || v.is_any(end, ",&.") || end >= v.len())
        || v.is(end, '&')
        || r.after_any(i, &["herr", "herrn", "frau", "familie"])
}

/// Adds the date behind a weekday: *Mittwoch, den 7. Juli*, *Montag, 05.03.2018*, *So 27.02.2022*.
fn with_date(r: Reader<'_>, p: Point, end: usize) -> At {
    let mut at = end;
    if r.view.is(at, '.') && r.view.glued(at) {
        at += 1;
    }
    if r.view.is(at, ',') {
        at += 1;
    }
    let at = match r.any(at, &["den", "dem", "der", "am"]) {
        true => at + 1,
        false => at,
    };
    let date = date::figures(r, at).or_else(|| date::day_month(r, at)).filter(|(d, _)| d.day.is_some());
    // "Dienstag, der 25."
    let day = || {
        let led = r.any(at.wrapping_sub(1), &["den", "dem", "der"]);
        let (day, to) = r.ordinal(at, 31).filter(|_| led && r.view.is_number(at))?;
        let closes = !(r.view.is_number(to) || r.view.is_word(to) && r.view.capital(to));
        closes.then_some((Point { day: Some(day), ..Point::default() }, to))
    };
    match date.or_else(day) {
        Some((d, last)) => (Point { weekday: p.weekday, daypart: p.daypart, ..d }, last),
        None => (p, end),
    }
}

/// Adds the part of the day behind a day: *gestern Abend*, *Dienstag Vormittag*, *morgen früh*.
pub(super) fn with_daypart(r: Reader<'_>, p: Point, end: usize) -> At {
    let part = r.word(end, Kinds::DAY_PART.or(Kinds::ADVERB), |w| match w {
        TimeWord::DayPart(part, _) | TimeWord::Adverb(part) => Some(part),
        _ => None,
    });
    match part {
        Some((part, last)) => (Point { daypart: Some(part), ..p }, last),
        None => (p, end),
    }
}

/// *vergangene Woche*, *laufenden Jahr*, *kommenden Freitag*, *letzten September*, *diesem Tag*, *vergangene Nacht*
fn shifted(r: Reader<'_>, i: usize, depth: usize) -> Option<Narrowed> {
    let ((by, origin), at) = r.shift(i)?;
    let by = i32::from(by);
    if let Some(((grain, 1, false, fiscal), end)) = r.unit(at) {
        // "diese Woche Dienstag"
        if grain == Grain::Week {
            let day = end + usize::from(r.any(end, &["am"]));
            if let Some((weekday, to)) = day_word(r, day) {
                let base = Base::Shift { grain, by, origin };
                let (p, to) = with_daypart(r, Point { base, weekday: Some(weekday), ..Point::default() }, to);
                return Some((p, None, to));
            }
        }
        // "in letzter Minute" is no time.
        if grain < Grain::Day {
            return None;
        }
        // "diesem Tag" is the one spoken of; "am nächsten Tag" follows it.
        let origin = if matches!(grain, Grain::Day | Grain::Workday) { Origin::Focus } else { origin };
        if grain == Grain::Year
            && let Some((base, to)) = year::at(r, end, true)
        {
            return Some((Point { base, fiscal, ..Point::default() }, None, to));
        }
        // "dieses Wochenende" is the coming one, "am Wochenende" may be the last.
        let origin = if grain == Grain::Weekend && by == 0 { Origin::Anchor } else { origin };
        let base = Base::Shift { grain, by, origin };
        return Some((Point { base, fiscal, ..Point::default() }, None, end));
    }
    // "gleichen Vorjahreszeitraum"
    if let Some((same, end)) = r.word(at, Kinds::SAME_PERIOD, |w| match w {
        TimeWord::SamePeriod(by) => Some(by),
        _ => None,
    }) {
        return Some((Point { base: Base::SamePeriod(same.into()), ..Point::default() }, None, end));
    }
    if let Some((day, end)) = day_word(r, at) {
        // "kommenden Montag, den 9. Januar"
        let (dated, to) = with_date(r, Point { weekday: Some(day), ..Point::default() }, end);
        if to > end {
            return Some((dated, None, to));
        }
        // The weekday itself is shifted: *vergangenen Montag*.
        let p = Point { base: nearby(by, origin), weekday: Some(day), ..Point::default() };
        let (p, end) = with_daypart(r, p, end);
        return Some((p, None, end));
    }
    let word = r.word(at, Kinds::WEEKDAY_PART.or(Kinds::MONTH).or(Kinds::SEASON).or(Kinds::FEAST), |w| match w {
        TimeWord::WeekdayPart(day, part) => {
            Some((Point { weekday: Some(day), daypart: Some(part), ..Point::default() }, None))
        }
        TimeWord::Month(m, false) => Some((Point { part: Part::Month(m), ..Point::default() }, None)),
        TimeWord::Season(s, m) => Some((Point { part: Part::Season(s), ..Point::default() }, m)),
        TimeWord::Feast(f) => Some((Point { part: Part::Feast(f), ..Point::default() }, None)),
        _ => None,
    });
    if let Some(((p, modifier), end)) = word {
        if !r.view.capital(at) {
            return None;
        }
        // "kommenden 3. Mai" is no month
        let (p, end) = with_year(r, Point { base: nearby(by, origin), ..p }, end);
        return Some((p, modifier, end));
    }
    if let Some(((part, modifier), end)) = r.word(at, Kinds::DAY_PART, |w| match w {
        TimeWord::DayPart(part, m) => Some((part, m)),
        _ => None,
    }) {
        let day = match (part, by) {
            (DayPart::Night, -1) => -1,
            _ => by,
        };
        // "am nächsten Morgen" follows the day spoken of.
        let origin = if by > 0 { Origin::Focus } else { Origin::Published };
        let base = Base::Shift { grain: Grain::Day, by: day, origin };
        return r.view.capital(at).then_some((Point { base, daypart: Some(part), ..Point::default() }, modifier, end));
    }
    // "nächsten 3. Mai", "vergangenen 1. Advent"
    if r.view.is_number(at) || r.numeral(at).is_some() {
        let (p, modifier, end) = phrase(r, at, true, depth)?;
        let dated = p.base == Base::Open && p.day.is_some();
        return dated.then_some((Point { base: nearby(by, origin), ..p }, modifier, end));
    }
    None
}

/// The occurrence before or after: resolved by the part that the point names.
fn nearby(by: i32, origin: Origin) -> Base {
    Base::Shift { grain: Grain::Second, by, origin }
}

/// *heute*, *Vorjahr*, *Jahresende*, *Sommer 2015*, *Ostern*, *Jahr zuvor*
fn called(r: Reader<'_>, i: usize, led: bool) -> Option<Narrowed> {
    if !r.kinds(i).has(CALLED) {
        return None;
    }
    r.words(i).find_map(|(word, end)| called_as(r, word, i, end, led))
}

fn called_as(r: Reader<'_>, word: TimeWord, i: usize, end: usize, led: bool) -> Option<Narrowed> {
    let v = r.view;
    let of = |base| Point { base, ..Point::default() };
    match word {
        TimeWord::Day(by) => {
            // "Der Morgen" is a part of the day, "morgen" and "Morgen wird" the next day.
            if r.word(i, Kinds::DAY_PART, |w| matches!(w, TimeWord::DayPart(..)).then_some(())).is_some()
                && v.capital(i)
                && i > 0
            {
                return None;
            }
            let base = Base::Shift { grain: Grain::Day, by: by.into(), origin: Origin::Published };
            let (p, last) = with_daypart(r, of(base), end);
            // "heute, Freitag", "am morgigen Mittwoch"
            let at = last + usize::from(v.is(last, ','));
            if let Some((_, to)) = day_word(r, at) {
                let closes = at == last || to >= v.len() || v.is_any(to, ",.;)–-") || r.uhr(to + 1).is_some();
                if closes {
                    return Some((p, None, to));
                }
            }
            Some((p, None, last))
        }
        TimeWord::Relative(grain, by, origin) => {
            if grain == Grain::Year
                && let Some((base, to)) = year::at(r, end, true)
            {
                return Some((of(base), None, to));
            }
            Some((of(Base::Shift { grain, by: by.into(), origin }), None, end))
        }
        TimeWord::Unit { grain: Grain::Weekend, plural: false, .. }
            if led || r.after_any(i, &["am", "vom", "zum", "uebers", "das", "ab", "bis"]) =>
        {
            Some((of(Base::Shift { grain: Grain::Weekend, by: 0, origin: Origin::Published }), None, end))
        }
        TimeWord::Named(grain, n) => {
            let part = match grain {
                Grain::Quarter => Part::Quarter(n),
                Grain::Half => Part::Half(n),
                _ => return None,
            };
            Some(plain(with_year(r, Point { part, ..Point::default() }, end)))
        }
        TimeWord::Decade(n) => Some((of(Base::Decade(n.into())), None, end)),
        TimeWord::SamePeriod(by) => Some((of(Base::SamePeriod(by.into())), None, end)),
        TimeWord::Edge(modifier, grain) => {
            if grain == Grain::Year {
                let (p, last) = with_year(r, Point::default(), end);
                if last > end {
                    return Some((p, Some(modifier), last));
                }
            }
            Some((of(Base::Shift { grain, by: 0, origin: Origin::Published }), Some(modifier), end))
        }
        TimeWord::Season(season, modifier) => {
            if !v.capital(i) || named_season(r, i, end) && !led {
                return None;
            }
            let p = Point { part: Part::Season(season), ..Point::default() };
            if let Some((Base::Years(first, _), to)) = year::at(r, end, true) {
                return Some((Point { base: Base::Year(first), ..p }, modifier, to));
            }
            let (p, last) = with_year(r, p, end);
            Some((p, modifier, last))
        }
        TimeWord::Feast(feast) => {
            let (p, last) = with_year(r, Point { part: Part::Feast(feast), ..Point::default() }, end);
            Some((p, None, last))
        }
        TimeWord::WeekNumber => {
            let week = r.figures(end).and_then(|w| u8::try_from(w).ok()).filter(|w| (1..=53).contains(w))?;
            let p = Point { part: Part::Week(week), ..Point::default() };
            let at = end + 1 + usize::from(v.is(end + 1, '/') && v.glued(end + 1));
            let (p, last) = with_year(r, p, at);
            Some((p, None, if last == at { end + 1 } else { last }))
        }
        _ => None,
    }
}

/// *Peter Herbst*, *Herr Winter*, *Familie Sommer*: a name.
fn named_season(r: Reader<'_>, i: usize, end: usize) -> bool {
    let v = r.view;
    let name = i > 0
        && v.is_word(i - 1)
        && v.capital(i - 1)
        && v.tags(i - 1).0 & !Tags::PERSON.0 == 0
        && !v.tokens[i].breaks()
        && v.tokens[i].spaced();
    name && !v.is_number(end) || r.after_any(i, &["herr", "herrn", "frau", "familie"])
}

/// *Jahr 2014*, *Rekordjahr 2015*, *Geschäftsjahr 2014/15*, *Jahr zuvor*, *Jahre 1984*, *laufenden Jahr 2016*
fn year_word(r: Reader<'_>, i: usize, led: bool) -> Option<Narrowed> {
    let v = r.view;
    if let Some(((grain, 1, plural, fiscal), end)) = r.unit(i) {
        if grain == Grain::Year {
            if let Some((base, to)) = year::at(r, end, true) {
                return Some((Point { base, fiscal, ..Point::default() }, None, to));
            }
            // "Jahr vergangenen Jahres" is nothing; "Jahr bis 30. Juni 2018" is that year.
            if !plural
                && r.any(end, &["bis", "zum"])
                && let Some((d, ..)) = date::figures(r, end + 1).or_else(|| date::day_month(r, end + 1))
                && let Base::Year(_) = d.base
            {
                return Some((Point { base: d.base, fiscal, ..Point::default() }, None, end));
            }
        }
        if plural {
            return None;
        }
        // "Jahr zuvor", "Tag darauf", "Monat davor"
        let by = match () {
            () if r.lead(end, Lead::Before).is_some() => -1,
            () if r.lead(end, Lead::After).is_some() && !r.any(end, &["spaeter"]) => 1,
            () if led && matches!(grain, Grain::Year | Grain::Month | Grain::Week) => {
                let base = Base::Shift { grain, by: 0, origin: Origin::Published };
                return Some((Point { base, fiscal, ..Point::default() }, None, end));
            }
            () => return None,
        };
        // "im Jahr davor" is a year; "ein Jahr davor" is as fine as what is spoken of.
        let base = Base::Shift { grain, by, origin: Origin::Focus };
        return Some((Point { base, fiscal, ..Point::default() }, None, end + 1));
    }
    // "Rekordjahr 2015"
    let compound = v.is_word(i)
        && v.capital(i)
        && v.is_number(i + 1)
        && v.folded(i, |key| key.len() > 5 && (key.ends_with(b"jahr") || key.ends_with(b"jahres")));
    if compound && let Some((base, to)) = year::at(r, i + 1, true) {
        return Some((Point { base, ..Point::default() }, None, to));
    }
    // "Hitzesommer 2022", "Rekordwinter 2018/19"
    let season = || {
        use crate::model::Season;
        const SEASONS: [(&[u8], Season); 4] = [
            (b"sommer", Season::Summer),
            (b"winter", Season::Winter),
            (b"herbst", Season::Autumn),
            (b"fruehling", Season::Spring),
        ];
        v.folded(i, |key| SEASONS.iter().find(|(end, _)| key.len() > end.len() && key.ends_with(end)).map(|(_, s)| *s))
    };
    if v.is_word(i)
        && v.capital(i)
        && v.is_number(i + 1)
        && let Some(season) = season()
        && let Some((Base::Year(first) | Base::Years(first, _), to)) = year::at(r, i + 1, true)
    {
        return Some((Point { base: Base::Year(first), part: Part::Season(season), ..Point::default() }, None, to));
    }
    None
}

/// `Q3 2024`, `Q3/14`, `H1`
fn lettered(r: Reader<'_>, i: usize) -> Option<Narrowed> {
    let (grain, at) = r.word(i, Kinds::LETTER, |w| match w {
        TimeWord::Letter(grain) => Some(grain),
        _ => None,
    })?;
    let n = r.figures(at).filter(|_| r.view.glued(at))?;
    letter_and_number(r, grain, n, at + 1)
}

/// `1Q15`, `2. Q.`, `1H 2016`
fn digit_letter(r: Reader<'_>, i: usize) -> Option<Narrowed> {
    let n = r.figures(i)?;
    let (grain, at) = r.word(i + 1, Kinds::LETTER, |w| match w {
        TimeWord::Letter(grain) => Some(grain),
        _ => None,
    })?;
    let (found, modifier, end) = letter_and_number(r, grain, n, at).filter(|_| r.view.glued(i + 1))?;
    (found.base != Base::Open).then_some((found, modifier, end))
}

fn letter_and_number(r: Reader<'_>, grain: Grain, n: u32, at: usize) -> Option<Narrowed> {
    let part = match (grain, n) {
        (Grain::Quarter, 1..=4) => Part::Quarter(n as u8),
        (Grain::Half, 1..=2) => Part::Half(n as u8),
        _ => return None,
    };
    let p = Point { part, ..Point::default() };
    // "Q3/14", "1Q15"
    let glue = at + usize::from(r.view.is_any(at, "/-'’") && r.view.glued(at));
    if r.view.glued(glue)
        && r.view.at(glue).len() == 2
        && let Some(y) = r.figures(glue)
    {
        return Some((Point { base: Base::Year(2000 + y as i32), ..p }, None, glue + 1));
    }
    let (dated, end) = with_year(r, p, glue);
    Some(if end > glue { (dated, None, end) } else { (p, None, at) })
}
