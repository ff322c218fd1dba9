//! What a coordination leaves unsaid: unit, scale, noun and rate of one number hold for the other.
//!
//! *von 6,8 auf 8,8 Milliarden Euro* · *um 60 beziehungsweise 46 Prozent* · *200 Milliarden Euro, davon 50 bei X* ·
//! *316 Milliarden Euro, 39 Milliarden weniger* · *130 Gläubiger nach A, 150 nach B*

use super::Memory;
use super::numeral::{Numeral, Value};
use super::quantity::Draft;
use super::unit;
use super::view::View;
use crate::lexicon::Tags;
use crate::model::{Decimal, QuantityType};

/// Completes the drafts of a sentence.
pub(super) fn run(view: View<'_>, numerals: &[Numeral], drafts: &mut [Draft], memory: &Memory) {
    let _ = numerals;
    for i in (1..drafts.len()).rev() {
        let next = drafts[i];
        forward(view, &mut drafts[i - 1], &next);
    }
    for i in 0..drafts.len() {
        let (done, rest) = drafts.split_at_mut(i);
        let d = &mut rest[0];
        thereof(view, done, d, memory);
        ellipsis(view, done, d);
        in_brackets(view, done, d);
        points(view, done, d);
    }
}

fn open(d: &Draft) -> bool {
    d.kind == QuantityType::Number && d.unit.is_none() && d.noun.is_none()
}

/// From right to left over a connecting word: *von 6,8 auf 8,8 Milliarden Euro*.
fn forward(view: View<'_>, d: &mut Draft, next: &Draft) {
    if d.last > next.outer || next.outer - d.last > 3 {
        return;
    }
    let between = d.last..next.outer;
    let joins = |i: usize| view.has(i, Tags(Tags::AND_OR.0 | Tags::UNTIL.0 | Tags::JOIN.0 | Tags::TIMES.0)) || view.is_any(i, ",/x×");
    let fills = |i: usize| view.has(i, Tags(Tags::HEDGE.0 | Tags::FILLER.0 | Tags::ARTICLE.0 | Tags::PLUS.0)) || view.is_any(i, "-+");
    if !between.clone().any(joins) || !between.clone().all(|i| joins(i) || fills(i)) {
        return;
    }
    let units = matches!(next.kind, QuantityType::Money | QuantityType::Percent | QuantityType::Measure);
    if open(d) && units && !matches!(d.value, Value::Vague { .. }) {
        share_scale(d, next);
        (d.kind, d.unit, d.factor, d.per, d.assumed) = (next.kind, next.unit, next.factor, next.per, next.assumed);
        d.rule = "shared-unit";
    } else if open(d) && next.kind == QuantityType::Count && next.noun.is_some() {
        share_scale(d, next);
        (d.kind, d.noun, d.per, d.rule) = (QuantityType::Count, next.noun, next.per, "shared-noun");
    } else if d.kind == next.kind && d.unit == next.unit && d.per.is_none() && units && between.len() == 1 && view.is_key(d.last, "auf") {
        d.per = next.per;
    }
}

/// The scale is shared where the bare number would be absurd.
fn share_scale(d: &mut Draft, next: &Draft) {
    if let Value::Exact(v) = d.value
        && d.power == 0
        && next.power > 0
        && v < Decimal::from_int(1000)
    {
        d.value = Value::Exact(v.scaled(next.power));
        d.high = d.high.map(|h| h.scaled(next.power));
        d.power = next.power;
    }
}

/// *davon 50 bei X*: of the amount before.
fn thereof(view: View<'_>, done: &[Draft], d: &mut Draft, memory: &Memory) {
    if !open(d) {
        return;
    }
    let marked = (d.outer.saturating_sub(3)..d.outer).any(|i| view.has(i, Tags::THEREOF));
    if !marked {
        return;
    }
    match done.last() {
        Some(of) if of.kind == QuantityType::Money => {
            share_scale(d, of);
            (d.kind, d.unit, d.rule) = (of.kind, of.unit, "thereof");
        }
        Some(of) if of.noun.is_some() => (d.kind, d.noun, d.rule) = (QuantityType::Count, of.noun, "thereof"),
        None if memory.noun.is_some() => (d.kind, d.noun, d.rule) = (QuantityType::Count, memory.noun, "thereof"),
        _ => {}
    }
}

/// A number of millions beside an amount is an amount; a number beside a count of things counts the same things.
fn ellipsis(view: View<'_>, done: &[Draft], d: &mut Draft) {
    if !open(d) || matches!(d.value, Value::Vague { .. }) {
        return;
    }
    let Some(of) = done.iter().rev().find(|o| o.kind == QuantityType::Money || o.kind == QuantityType::Count) else { return };
    if view.is_any(d.first.wrapping_sub(1), "|") || view.is_any(d.last, "|") {
        return;
    }
    if of.kind == QuantityType::Money && d.power >= 6 && of.factor.is_none() {
        (d.kind, d.unit, d.rule) = (QuantityType::Money, of.unit, "ellipsis-of-money");
    } else if of.kind == QuantityType::Count && of.noun.is_some() && of.rule != "count-in-compound" {
        let near = |a: Value, b: Value| match (a, b) {
            (Value::Exact(a), Value::Exact(b)) => {
                a > Decimal::from_int(1) && a <= b.scaled(3) && b <= a.scaled(3)
            }
            _ => false,
        };
        // "150, der AKV mit 226": in the same construction, not any number that follows.
        let led = d.outer > 0 && view.has(d.outer - 1, Tags(Tags::PREPOSITION.0 | Tags::JOIN.0 | Tags::AND_OR.0 | Tags::VERB.0));
        if near(d.value, of.value) && led {
            (d.kind, d.noun, d.rule) = (QuantityType::Count, of.noun, "ellipsis-of-count");
        }
    }
}

/// *62 Cent je Aktie (Vorjahr: 58 Cent)*: the rate holds in the brackets.
fn in_brackets(view: View<'_>, done: &[Draft], d: &mut Draft) {
    let Some(of) = done.last() else { return };
    if d.per.is_some() || of.per.is_none() || d.kind != of.kind || d.unit != of.unit {
        return;
    }
    let bracket = (of.last..d.outer).any(|i| view.is(i, '(')) && d.outer - of.last <= 8 && !(of.last..d.outer).any(|i| view.is(i, ')'));
    let after = (of.last..d.outer).any(|i| view.is_key(i, "nach")) && d.outer - of.last <= 4;
    if bracket || after {
        d.per = of.per;
    }
}

/// *2,3 Punkte* beside percentages are percentage points.
fn points(view: View<'_>, done: &[Draft], d: &mut Draft) {
    let counted = d.kind == QuantityType::Count && d.noun.is_some_and(|s| (0..view.len()).any(|i| view.tokens[i].span() == s && view.has(i, Tags::POINT)));
    if !counted || view.any(Tags::CONTEST) {
        return;
    }
    let small = matches!(d.value, Value::Exact(v) if v < Decimal::from_int(50));
    if small && done.iter().any(|o| unit::is_percent(view, o.unit)) {
        let at = (d.last..view.len()).find(|i| view.has(*i, Tags::POINT)).unwrap_or(d.last);
        if at == d.last {
            d.kind = QuantityType::Percent;
            d.unit = view.lexicon.unit_id("pp");
            d.noun = None;
            d.last = at + 1;
            d.span = crate::model::Span::new(d.span.start, view.tokens[at].end);
            d.rule = "percent-points";
        }
    }
}
