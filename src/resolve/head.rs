//! The date in the head of a text, and date lines: `17.03.2019, 9:05 Uhr`, *Salzburg, 4. Mai 2018 –*,
//! *(Kassel, 04.05.2018)*.

use super::Source;
use crate::model::{Base, Expression, Part, Point, Written};
use jiff::civil::{Date, DateTime, Time};

/// How far the head of a text reaches, in bytes.
const HEAD: u32 = 600;

/// The document's own date: the first whole date of its head that stands by itself or in a date line.
pub(super) fn date(source: Source<'_>, written: &[Written]) -> Option<(DateTime, bool)> {
    let head = written.iter().take_while(|w| w.span.start < HEAD);
    head.filter_map(|w| {
        let (day, p) = whole(w)?;
        let weekday = p.weekday.is_none_or(|d| i32::from(day.weekday().to_monday_one_offset()) == i32::from(d));
        (weekday && (alone(source, w) || lined(source, w))).then_some((day, p))
    })
    .map(|(day, p)| match p.clock.filter(|c| c.hour < 24) {
        Some(c) => (day.at(c.hour as i8, c.minute as i8, c.second as i8, 0), true),
        None => (day.to_datetime(Time::midnight()), false),
    })
    .next()
}

/// The day that a date line names.
pub(super) fn dateline(source: Source<'_>, w: &Written) -> Option<Date> {
    let (day, _) = whole(w)?;
    lined(source, w).then_some(day)
}

/// A date with day, month and year.
fn whole(w: &Written) -> Option<(Date, Point)> {
    let Expression::Point(p) = w.expression else { return None };
    let (Base::Year(year), Part::Month(month), Some(day)) = (p.base, p.part, p.day) else { return None };
    Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok().map(|date| (date, p))
}

/// Whether a date has its line to itself, but for a word or two (*Stand:*, *von dpa*).
fn alone(source: Source<'_>, w: &Written) -> bool {
    let line = source.text[..w.span.start as usize].rfind('\n').map_or(0, |i| i + 1);
    let end = source.text[w.span.end as usize..].find('\n').map_or(source.text.len(), |i| w.span.end as usize + i);
    let words = |text: &str| text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
    let before = &source.text[line..w.span.start as usize];
    words(before) <= 2 && words(&source.text[w.span.end as usize..end]) <= 6 && !prose(before)
}

/// Words in front that make a date a part of a sentence.
fn prose(before: &str) -> bool {
    before.split_whitespace().next_back().is_some_and(|word| {
        word.chars().all(char::is_lowercase) && word.chars().count() > 1 && !word.ends_with(':') || word == "Am"
    })
}

/// Whether a date stands in a date line: behind a place and a comma, with a dash, a slash or a bracket behind it.
fn lined(source: Source<'_>, w: &Written) -> bool {
    let first = source.tokens.partition_point(|t| t.start < w.span.start);
    let after = source.tokens.partition_point(|t| t.start < w.span.end);
    let comma = first > 1 && source.tokens[first - 1].is(',') && source.tokens[first - 2].capital();
    let place = first >= 2 && {
        // Not deep inside a sentence: only capitals and commas since the line began.
        let from = (0..first).rev().find(|i| source.tokens[*i].breaks()).unwrap_or(0);
        first - from <= 8 && source.tokens[from..first].iter().all(|t| t.capital() || t.mark != 0)
    };
    let closes = source
        .tokens
        .get(after)
        .is_none_or(|t| t.breaks() || ["-", "–", "—", "/", ")", "(", "."].iter().any(|m| m.chars().all(|c| t.is(c))));
    comma && place && closes
}
