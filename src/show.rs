//! What is found as people read it: the notation of examples, of case files and of `explain`.
//!
//! Quantities are `SURFACE = TYPE VALUE [UNIT] [per:OVER] [APPROX] [noun:NOUN]`, joined by `; `. A range is `120..140`, a
//! vague amount `1000000..`, a part `1/3`, a result `2:1`. Times are `SURFACE = TYPE VALUE [MOD]`, names
//! `SURFACE = TYPE NAME [SUBTYPE] [LINK]`, joined by `; ` too. Facts are a line each:
//! `[SUBJECT · ]METRIC [(CONCEPT)][ · PERIOD][ · VALUE][ · CHANGE] · STATUS [by SOURCE]`.

use crate::emit::plain;
use crate::lexicon::Lexicon;
use crate::model::{
    Amount, Analysis, Base, Change, Entity, Expression, Fact, Grain, Metric, Origin, Part, Per, Quantity, Thing, Time,
    Written,
};
use std::fmt::Write as _;

/// All quantities of a text.
pub fn show(text: &str, analysis: &Analysis, lexicon: &Lexicon) -> String {
    let all: Vec<_> = analysis.quantities.iter().map(|q| show_one(text, q, lexicon)).collect();
    all.join("; ")
}

/// One quantity.
pub fn show_one(text: &str, q: &Quantity, lexicon: &Lexicon) -> String {
    let mut out = format!("{} = {} ", q.span.of(text).replace('\n', " "), q.kind.name());
    // Writing to a string cannot fail.
    let _ = match q.amount {
        Amount::Value(v) => write!(out, "{v}"),
        Amount::Range { low, high: Some(high) } => write!(out, "{low}..{high}"),
        Amount::Range { low, high: None } => write!(out, "{low}.."),
        Amount::Ratio { num, den } => write!(out, "{num}/{den}"),
        Amount::Score(a, b) => write!(out, "{a}:{b}"),
    };
    if let Some(unit) = q.unit {
        let _ = write!(out, " {}", lexicon.unit(unit).code);
    }
    match q.per {
        Some(Per::Unit(id)) => drop(write!(out, " per:{}", lexicon.unit(id).code)),
        Some(Per::Noun(span)) => drop(write!(out, " per:{}", plain(span.of(text)))),
        None => {}
    }
    if let Some(approx) = q.approx {
        let _ = write!(out, " {}", approx.name());
    }
    if let Some(noun) = q.noun {
        let _ = write!(out, " noun:{}", plain(noun.of(text)));
    }
    out
}

/// All times of a text.
pub fn show_times(text: &str, analysis: &Analysis) -> String {
    let all: Vec<_> = analysis.times.iter().map(|t| show_time(text, t)).collect();
    all.join("; ")
}

/// One time.
pub fn show_time(text: &str, t: &Time) -> String {
    let surface = t.written.span.of(text).replace('\n', " ");
    let modifier = t.written.modifier.map_or_else(String::new, |m| format!(" {}", m.name()));
    format!("{surface} = {} {}{modifier}", t.kind.name(), t.value.as_str())
}

/// What a time says before any day is known, step by step from coarse to fine.
pub fn show_written(w: &Written) -> String {
    let mut steps: Vec<String> = Vec::new();
    match w.expression {
        Expression::Point(p) => {
            match p.base {
                Base::Open => {}
                Base::Any => steps.push("no certain one".to_owned()),
                Base::Year(year) => steps.push(format!("year {year}")),
                Base::Years(a, b) => steps.push(format!("years {a} and {b}")),
                Base::Decade(decade) => steps.push(format!("decade {decade}0")),
                Base::Century(century) => steps.push(format!("century {}", century + 1)),
                Base::Shift { grain: Grain::Second, by, .. } => steps.push(format!("the one {by:+} from the anchor")),
                Base::Shift { grain, by, origin } => {
                    steps.push(format!(
                        "{} {by:+} from what is {}",
                        grain.name(),
                        match origin {
                            Origin::Published | Origin::Anchor => "published",
                            Origin::Focus | Origin::Period => "spoken of",
                        }
                    ));
                }
                Base::SamePeriod(by) => steps.push(format!("the period spoken of, {by:+} years")),
            }
            match p.part {
                Part::Whole => {}
                Part::Month(n) => steps.push(format!("month {n}")),
                Part::Quarter(n) => steps.push(format!("quarter {n}")),
                Part::Third(n) => steps.push(format!("third {n}")),
                Part::Half(n) => steps.push(format!("half {n}")),
                Part::Season(season) => steps.push(format!("season {}", season.name())),
                Part::Week(n) => steps.push(format!("week {n}")),
                Part::Feast(_) => steps.push("feast day".to_owned()),
            }
            let more = [
                p.nth.map(|(n, grain)| format!("{} no. {n}", grain.name())),
                p.day.map(|d| format!("day {d}")),
                p.weekday.map(|d| format!("weekday {d}")),
                p.night_before.then(|| "the night before".to_owned()),
                p.daypart.map(|d| format!("part of the day {}", d.name())),
                p.clock.map(|c| format!("{:02}:{:02}:{:02}", c.hour, c.minute, c.second)),
                p.fiscal.then(|| "of a company's own year".to_owned()),
            ];
            steps.extend(more.into_iter().flatten());
            steps.push(format!("tense {}", w.tense.name()));
        }
        Expression::Duration(..) => steps.push("how long".to_owned()),
        Expression::Set(_) => steps.push("again and again".to_owned()),
        Expression::Reference(r) => steps.push(r.name().to_owned()),
    }
    steps.join(", ")
}

/// All names of a text.
pub fn show_names(text: &str, analysis: &Analysis) -> String {
    let all = analysis.entities.iter().filter_map(|e| Some(show_name(text, e, analysis.things.get(e.thing as usize)?)));
    all.collect::<Vec<_>>().join("; ")
}

/// One name, and the thing that it means.
pub fn show_name(text: &str, e: &Entity, thing: &Thing) -> String {
    let mut out = format!("{} = {} {}", e.span.of(text).replace('\n', " "), e.kind.name(), thing.name);
    for more in [&thing.subtype, &thing.link].into_iter().flatten() {
        out.push(' ');
        out.push_str(more);
    }
    out
}

/// All facts of a text, a line each.
///
/// ```
/// let text = "Der Umsatz von Siemens stieg 2025 um 24 Prozent auf 59,9 Milliarden Euro.";
/// let found = kennzahl::Extractor::new().worker().analyse(text);
/// assert_eq!(
///     kennzahl::show_facts(text, &found),
///     "Siemens · Umsatz (revenue) · 2025 · 59,9 Milliarden Euro · up 24 Prozent · reported"
/// );
/// ```
pub fn show_facts(text: &str, analysis: &Analysis) -> String {
    let all: Vec<_> = analysis.facts.iter().map(|f| show_fact(text, analysis, f)).collect();
    all.join("\n")
}

/// One fact: who, what, when, how much, how it changed, how sure; numbers as they are written, absent parts left out.
pub fn show_fact(text: &str, analysis: &Analysis, f: &Fact) -> String {
    let subject = f.subject.as_ref().map(|s| plain(&s.name).into_owned());
    let period = f.period.as_ref().map(|p| p.value.as_str().to_owned());
    let value = f.value.map(|q| surface(text, analysis, q));
    let change = f.change.as_ref().map(|c| change(text, analysis, c)).filter(|c| !c.is_empty());
    let mut parts: Vec<String> = Vec::with_capacity(6);
    parts.extend(subject);
    parts.push(metric(&f.metric));
    parts.extend([period, value, change].into_iter().flatten());
    let source = f.source.as_ref().map_or_else(String::new, |s| format!(" by {}", plain(&s.name)));
    parts.push(format!("{}{source}", f.status.name()));
    parts.join(" · ")
}

/// *Umsatz (revenue)*
fn metric(m: &Metric) -> String {
    let concept = m.concept.as_ref().map_or_else(String::new, |c| format!(" ({c})"));
    format!("{}{concept}", plain(&m.lemma))
}

/// *up 24 Prozent from 5 Euro vs 2024*
fn change(text: &str, analysis: &Analysis, c: &Change) -> String {
    let by = c.by.map(|q| match c.direction {
        Some(_) => surface(text, analysis, q),
        None => format!("by {}", surface(text, analysis, q)),
    });
    let from = c.from.map(|q| format!("from {}", surface(text, analysis, q)));
    let versus = c.versus.as_ref().map(|t| format!("vs {}", t.as_str()));
    let direction = c.direction.map(|d| d.name().to_owned());
    [direction, by, from, versus].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A quantity as it is written.
fn surface(text: &str, analysis: &Analysis, quantity: u32) -> String {
    analysis.quantities.get(quantity as usize).map_or_else(String::new, |q| q.span.of(text).replace('\n', " "))
}
