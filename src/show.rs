//! Quantities and times as people read them: the notation of examples, of case files and of `explain`.
//!
//! Times are `SURFACE = TYPE VALUE [MOD]`, names `SURFACE = TYPE NAME [SUBTYPE] [LINK]`, joined by `; `. Quantities are `SURFACE = TYPE VALUE [UNIT] [per:OVER] [APPROX] [noun:NOUN]`, joined by `; `. A range is `120..140`, a vague amount
//! `1000000..`, a part `1/3`, a result `2:1`.

use crate::emit::plain;
use crate::lexicon::Lexicon;
use crate::model::{Amount, Analysis, Entity, Per, Quantity, Thing, Time};
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
