//! Times as written → times as meant, against the day of publication and what the text has set up.
//!
//! Nothing here looks at a clock. The day to count from is the one given, else the one in the head of the text, else
//! none; then relative times stay open (`XXXX-WXX-1`, `PAST_REF`).

mod calendar;
mod context;
mod fiscal;
mod head;
mod point;
mod value;

use crate::lexicon::{Lexicon, WordId};
use crate::model::{
    Anchor, Between, Conflict, Contradiction, Expression, Grain, Sentence, Time, TimeType, Token, Written,
};
use context::Context;
use jiff::civil::{Date, DateTime};

/// The text with its tokens, words and sentences.
#[derive(Copy, Clone)]
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) words: &'a [WordId],
    pub(crate) sentences: &'a [Sentence],
    pub(crate) lexicon: &'a Lexicon,
}

/// A publication date as documents carry it, `2026-01-28` or `2026-01-28T22:17`; whether it has a clock time.
pub(crate) fn moment(published: &str) -> Option<(DateTime, bool)> {
    match published.contains('T') {
        true => published.parse().ok().map(|d| (d, true)),
        false => published.parse::<Date>().ok().map(|d| (d.to_datetime(jiff::civil::Time::midnight()), false)),
    }
}

/// Resolves the times of a document in text order; returns the date found in its head, where none was given.
pub(crate) fn run(
    source: Source<'_>,
    written: &[Written],
    published: Option<(DateTime, bool)>,
    times: &mut Vec<Time>,
    conflicts: &mut Vec<Conflict>,
) -> Option<(DateTime, bool)> {
    let head = if published.is_none() { head::date(source, written) } else { None };
    let (given, kind) = match published {
        Some(given) => (Some(given), Anchor::Published),
        None => (head, Anchor::Head),
    };
    let mut context = Context::new(given, kind);
    for w in written {
        context.enter(w.sentence);
        let time = one(source, w, &mut context, conflicts);
        if let Some(time) = time {
            if let (Some(day), Some((published, _))) = (head::dateline(source, w), published)
                && day != published.date()
            {
                context.dateline(day);
                conflicts.push(conflict(w, published.date().to_string(), Contradiction::Published));
            }
            times.push(time);
        }
    }
    head
}

fn conflict(w: &Written, expected: String, with: Contradiction) -> Conflict {
    Conflict { span: w.span, sentence: w.sentence, between: Between::Time, expected, with }
}

fn one(source: Source<'_>, w: &Written, context: &mut Context, conflicts: &mut Vec<Conflict>) -> Option<Time> {
    let plain = |kind, value| Time { written: *w, kind, value, interval: None, anchor: None };
    match w.expression {
        Expression::Duration(low, high) => {
            if let ((Some(n), Grain::Month), "time-first-units") = (low.first(), w.rule)
                && let Some(n) = n.to_int()
            {
                context.first_months(n);
            }
            Some(plain(TimeType::Duration, value::duration(low, high)?))
        }
        Expression::Set(set) => {
            context.recurring();
            Some(plain(TimeType::Set, value::set(set)?))
        }
        Expression::Reference(reference) => Some(plain(TimeType::Date, value::reference(reference)?)),
        Expression::Point(p) => {
            let kind = if p.clock.is_some() || p.daypart.is_some() { TimeType::Time } else { TimeType::Date };
            let company = p.fiscal.then(|| fiscal::year_end(source, w)).flatten();
            let Some(meant) = point::resolve(p, w, context, company, source.lexicon) else {
                return Some(plain(kind, value::open(p, source.lexicon)?));
            };
            // A shift by hours makes a clock time of *vor zwei Stunden*.
            let kind = if matches!(meant.stretch, calendar::Stretch::Clock(..)) { TimeType::Time } else { kind };
            if let Some(expected) = meant.weekday_conflict {
                conflicts.push(conflict(w, expected.as_str().to_owned(), Contradiction::Weekday));
            }
            let interval = meant.days.map_or_else(
                || meant.stretch.interval(),
                |(from, until)| {
                    let midnight = jiff::civil::Time::midnight();
                    Some((from.to_datetime(midnight), until.to_datetime(midnight)))
                },
            );
            let value = meant.stretch.value()?;
            context.note(p, meant.stretch, w.aside);
            Some(Time { written: *w, kind, value, interval, anchor: meant.anchor })
        }
    }
}
