//! Companies' own years: their true days, and the number by which they are called.

use super::Source;
use super::calendar::{Stretch, plus};
use crate::lexicon::{Payload, Tags};
use crate::model::Written;
use jiff::civil::Date;

/// The last month and day of the year of the company that was named last before a time.
pub(super) fn year_end(source: Source<'_>, w: &Written) -> Option<(i8, i8)> {
    let here = source.tokens.partition_point(|t| t.start < w.span.start);
    // The company may also stand behind the time, in its own sentence.
    let end = source.sentences.get(w.sentence as usize).map_or(here, |s| s.last as usize);
    let at = |i: usize| {
        let meanings = source.lexicon.meanings(source.words[i], Tags::LEAD);
        meanings.iter().find_map(|m| {
            let Payload::Fiscal(company) = m.payload else { return None };
            let text =
                |a: usize, b: usize| &source.text[source.tokens[a].start as usize..source.tokens[b - 1].end as usize];
            m.matches(source.lexicon, source.words, i, |j| source.tokens[j].spaced(), text)?;
            Some(source.lexicon.fiscals[usize::from(company)])
        })
    };
    (0..here).rev().find_map(at).or_else(|| (here..end).find_map(at))
}

/// The days of a stretch of such a year. A fiscal year is called by the calendar year most of its months lie in.
pub(super) fn days(stretch: Stretch, (month, day): (i8, i8)) -> Option<(Date, Date)> {
    let last_day = |year: i32| {
        let year = i16::try_from(year).ok()?;
        let end = Date::new(year, month, day).ok()?;
        Some(if month == 2 && day == 28 { end.last_of_month() } else { end })
    };
    let end_of = |label: i32| last_day(if month >= 6 { label } else { label + 1 });
    let begin_of = |label: i32| plus(end_of(label - 1)?, 1);
    let part = |begin: Option<Date>, months: i64, number: u8| {
        let begin = begin?;
        let at = |n: i64| begin.checked_add(jiff::Span::new().months(n * months)).ok();
        Some((at(i64::from(number) - 1)?, at(i64::from(number))?))
    };
    match stretch {
        Stretch::Year(label) => Some((begin_of(label)?, begin_of(label + 1)?)),
        // "2014/15" ends in the second year.
        Stretch::Years(first, second) => Some((plus(last_day(first)?, 1)?, plus(last_day(second)?, 1)?)),
        Stretch::Split(first, months, n) => part(plus(last_day(first)?, 1), months.into(), n),
        Stretch::Quarter(label, q) => part(begin_of(label), 3, q),
        Stretch::Half(label, h) => part(begin_of(label), 6, h),
        _ => None,
    }
}
