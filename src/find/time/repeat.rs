//! What comes again: *täglich*, *jeden Montag*, *alle vier Jahre*, *pro Woche*, *montags*, *500 Euro im Monat*.

use super::lasting;
use super::reader::Reader;
use crate::lexicon::{Kinds, Lead, Tags, TimeWord};
use crate::model::{Decimal, Grain, Lasting, Recurring};

/// A set and one past its last token.
pub(super) type Again = (Recurring, usize);

/// What begins a set.
pub(super) const OPENERS: Kinds = Kinds::EVERY
    .or(Kinds::EVERY_WEEKDAY)
    .or(Kinds::WORKDAYS)
    .or(Kinds::ADVERB)
    .or(Kinds::UNIT)
    .or(Kinds::lead(Lead::Each))
    .or(Kinds::lead(Lead::All))
    .or(Kinds::lead(Lead::Per))
    .or(Kinds::lead(Lead::At))
    .or(Kinds::lead(Lead::Ahead));

/// The set that begins at token `i`.
pub(super) fn at(r: Reader<'_>, i: usize) -> Option<Again> {
    adverb(r, i)
        .or_else(|| each(r, i))
        .or_else(|| all(r, i))
        .or_else(|| per(r, i))
        .or_else(|| rate(r, i))
        .or_else(|| second_per(r, i))
}

fn every(grain: Grain, count: u32) -> Recurring {
    Recurring::Every(Lasting::of(Some(Decimal::from_int(count.into())), grain))
}

fn adverb(r: Reader<'_>, i: usize) -> Option<Again> {
    // "des Abends" is the evening spoken of.
    if i > 0 && r.view.capital(i) && r.any(i - 1, &["des"]) {
        return None;
    }
    r.word(i, Kinds::EVERY.or(Kinds::EVERY_WEEKDAY).or(Kinds::WORKDAYS).or(Kinds::ADVERB), |w| match w {
        TimeWord::Every(grain, count) => Some(every(grain, count.into())),
        TimeWord::EveryWeekday(day) => Some(Recurring::Weekday(day)),
        TimeWord::Workdays => Some(Recurring::Workdays),
        TimeWord::Adverb(part) => Some(Recurring::DayPart(part)),
        _ => None,
    })
}

/// *jeden Tag*, *jeden zweiten Donnerstag*, *jedes zweite Jahr*, *jeden Morgen*
fn each(r: Reader<'_>, i: usize) -> Option<Again> {
    let mut at = r.lead(i, Lead::Each)?;
    // "jede halbe Stunde"
    if r.view.has(at, Tags::HALF)
        && let Some(half) = lasting::at(r, at).filter(|l| l.first == at)
    {
        return Some((Recurring::Every(half.low), half.last));
    }
    // "jeden 24. Dezember"
    if let Some((day, next)) = r.ordinal(at, 31)
        && let Some((month, end)) = r.month(next, false)
    {
        return Some((Recurring::Date(month, day), end));
    }
    let mut count = 1;
    if let Some((n, end)) = r.ordinal(at, 99) {
        (count, at) = (u32::from(n), end);
    }
    if let Some(((grain, times, false, _), end)) = r.unit(at) {
        if grain == Grain::Weekend {
            return Some((Recurring::Weekend, end));
        }
        return Some((every(grain, count * u32::from(times)), end));
    }
    r.word(at, Kinds::WEEKDAY.or(Kinds::WEEKDAY_PART).or(Kinds::DAY_PART).or(Kinds::MONTH).or(Kinds::SEASON), |w| {
        match w {
            TimeWord::Weekday(day, false) => Some(Recurring::Weekday(day)),
            TimeWord::WeekdayPart(day, part) => Some(Recurring::WeekdayPart(day, part)),
            TimeWord::DayPart(part, _) => Some(Recurring::DayPart(part)),
            TimeWord::Month(month, false) => Some(Recurring::Month(month)),
            TimeWord::Season(season, _) => Some(Recurring::Season(season)),
            _ => None,
        }
    })
}

/// *alle vier Jahre*, *alle paar Tage*
fn all(r: Reader<'_>, i: usize) -> Option<Again> {
    let at = r.lead(i, Lead::All)?;
    if r.any(at, &["paar"]) {
        let ((grain, 1, true, _), end) = r.unit(at + 1)? else { return None };
        return Some((Recurring::Every(Lasting::of(None, grain)), end));
    }
    // "alle zwei bis drei Jahre", "alle vier Jahre"
    let long = lasting::at(r, at).filter(|l| l.first == at && l.low.last().0.is_some())?;
    let set = match long.high {
        Some(high) => Recurring::Within(long.low, high),
        None => Recurring::Every(long.low),
    };
    Some((set, long.last))
}

/// *pro Jahr*, *je Stunde*
fn per(r: Reader<'_>, i: usize) -> Option<Again> {
    let at = r.lead(i, Lead::Per)?;
    let ((grain, times, false, _), end) = r.unit(at).or_else(|| {
        // "pro Nacht"
        r.word(at, Kinds::DAY_PART, |w| match w {
            TimeWord::DayPart(crate::model::DayPart::Night, None) => Some((Grain::Night, 1, false, false)),
            _ => None,
        })
    })?
    else {
        return None;
    };
    if grain == Grain::Night {
        return Some((Recurring::DayPart(crate::model::DayPart::Night), end));
    }
    // "Kilometer pro Stunde" is a unit.
    let unit = i > 0 && r.view.meanings(i - 1, Tags::UNIT).any(|(_, to)| to == end);
    (!unit).then(|| (every(grain, times.into()), end))
}

/// *pro Person und **Jahr***
fn second_per(r: Reader<'_>, i: usize) -> Option<Again> {
    let led = i >= 3 && r.any(i - 1, &["und"]) && r.lead(i - 3, Lead::Per).is_some();
    let ((grain, times, false, false), end) = r.unit(i).filter(|_| led)? else { return None };
    Some((every(grain, times.into()), end))
}

/// *500 Euro im Monat*, *zweimal am Tag*: the preposition makes the meaning.
fn rate(r: Reader<'_>, i: usize) -> Option<Again> {
    let at = match () {
        () if r.lead(i, Lead::At).is_some() => i + 1,
        () if r.any(i, &["in"]) && r.any(i + 1, &["der"]) => i + 2,
        () => return None,
    };
    let ((grain, 1, false, false), end) = r.unit(at)? else { return None };
    let plain = r.any(at, &["jahr", "monat", "tag", "woche", "stunde", "minute", "sekunde"]) && r.view.capital(at);
    if !plain || r.view.is_number(end) || r.lead(end, Lead::Before).is_some() || r.lead(end, Lead::After).is_some() {
        return None;
    }
    // Behind an amount or a factor, perhaps with what it counts between them: "25 Euro weniger im Monat".
    let between = |j: usize| {
        r.view.is_word(j) && !r.view.has(j, Tags(Tags::PREPOSITION.0 | Tags::ARTICLE.0 | Tags::VERB.0))
            || r.view.is_any(j, "€$")
    };
    let amount =
        (1..=5).any(|back| i.checked_sub(back).is_some_and(|k| r.numeral_before(k + 1) && (k + 1..i).all(between)));
    let amount = amount || r.after_any(i, &["einmal", "mehrmals", "zweimal", "oft", "viert"]);
    amount.then(|| (every(grain, 1), end))
}
