//! What a coordination leaves unsaid: unit, scale, noun and rate of one number hold for the other.
//!
//! *von 6,8 auf 8,8 Milliarden Euro* · *um 60 beziehungsweise 46 Prozent* · *210 Milliarden Euro, davon 50 im Norden* ·
//! *310 Milliarden Euro, 40 Milliarden weniger* · *120 Gläubiger nach A, 140 nach B*

use super::Memory;
use super::numeral::Value;
use super::quantity::Draft;
use super::view::View;
use super::{noun, unit};
use crate::lexicon::Tags;
use crate::model::{Decimal, Per, QuantityType, Span};

/// Completes the drafts of a sentence.
pub(super) fn run(view: View<'_>, drafts: &mut [Draft], memory: &Memory) {
    for i in (1..drafts.len()).rev() {
        let next = drafts[i];
        forward(view, &mut drafts[i - 1], &next);
    }
    let percent = drafts.iter().any(|d| unit::is_percent(view, d.unit)) && !view.any(Tags::INDEX);
    for i in 0..drafts.len() {
        let (done, rest) = drafts.split_at_mut(i);
        let d = &mut rest[0];
        thereof(view, done, d, memory);
        ellipsis(view, done, d);
        in_brackets(view, done, d);
        rate_in_front(view, done, d);
        if percent {
            points(view, d);
            trend(view, done, d);
        }
        per_head(view, done, d);
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
    let of = |i: usize| view.is_key(i, "von") && next.kind == QuantityType::Count;
    let joins = |i: usize| {
        of(i)
            || view.has(i, Tags(Tags::AND_OR.0 | Tags::UNTIL.0 | Tags::JOIN.0 | Tags::TIMES.0))
            || view.is_any(i, ",/x×")
    };
    const FILLS: Tags = Tags(Tags::HEDGE.0 | Tags::FILLER.0 | Tags::ARTICLE.0 | Tags::PLUS.0 | Tags::ADVERB.0);
    let fills = |i: usize| view.has(i, FILLS) || view.is_any(i, "-+");
    // "statt 20 fast 45 Prozent", "statt der geplanten 9 am Ende 16 Millionen"
    let instead = between.len() <= 2 && (d.outer.saturating_sub(3)..d.outer).any(|i| view.is_key(i, "statt"));
    if !instead && (!between.clone().any(joins) || !between.clone().all(|i| joins(i) || fills(i))) {
        return;
    }
    let units =
        matches!(next.kind, QuantityType::Money | QuantityType::Percent | QuantityType::Measure | QuantityType::Age);
    if open(d) && units && !matches!(d.value, Value::Vague { .. }) {
        share_scale(d, next);
        (d.kind, d.unit, d.factor, d.per, d.assumed) = (next.kind, next.unit, next.factor, next.per, next.assumed);
        d.rule = "shared-unit";
    } else if open(d) && next.kind == QuantityType::Count && next.noun.is_some() {
        share_scale(d, next);
        (d.kind, d.noun, d.per, d.rule) = (QuantityType::Count, next.noun, next.per, "shared-noun");
    } else if d.kind == next.kind
        && d.unit == next.unit
        && d.per.is_none()
        && units
        && between.len() == 1
        && view.is_key(d.last, "auf")
    {
        d.per = next.per;
    }
}

/// The scale is shared where the bare number would be absurd.
fn share_scale(d: &mut Draft, next: &Draft) {
    // "von 500 auf 2 Millionen": 500 millions would be as absurd.
    let near = |v: Decimal| match next.value {
        Value::Exact(n) => v.scaled(next.power) <= n.scaled(2),
        _ => true,
    };
    if let Value::Exact(v) = d.value
        && d.power == 0
        && next.power > 0
        && v < Decimal::from_int(1000)
        && near(v)
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
    let of = |kind| done.iter().rev().find(|o: &&Draft| o.kind == kind);
    let decimal = numerals_decimal(d);
    if decimal
        && let Some(of) = done.last().filter(|o| o.kind == QuantityType::Percent)
        && d.outer > 0
        && (view.has(d.outer - 1, Tags(Tags::PREPOSITION.0 | Tags::JOIN.0)) || view.is(d.outer - 1, ':'))
    {
        (d.kind, d.unit, d.rule) = (of.kind, of.unit, "ellipsis-of-percent");
        return;
    }
    let kinds = [of(QuantityType::Money), of(QuantityType::Count), of(QuantityType::Measure)];
    let Some(of) = kinds.into_iter().flatten().max_by_key(|o| o.first) else {
        return;
    };
    if view.is_any(d.first.wrapping_sub(1), "|") || view.is_any(d.last, "|") {
        return;
    }
    // "in Cuxhaven noch 118"
    let alike = |a: Value, b: Value| match (a, b) {
        (Value::Exact(a), Value::Exact(b)) => a <= b.scaled(1) && b <= a.scaled(1),
        (Value::Exact(a), Value::Vague { low, .. }) => a <= low.scaled(1),
        _ => false,
    };
    if of.kind == QuantityType::Measure {
        let bracketed = d.first > 0 && view.is_any(d.first - 1, "([") && view.is_any(d.last, ")]");
        if alike(d.value, of.value) && of.rule != "measure-in-compound" && !bracketed {
            (d.kind, d.unit, d.per, d.rule) = (of.kind, of.unit, of.per, "ellipsis-of-measure");
        }
    } else if of.kind == QuantityType::Money && d.power >= 6 && of.factor.is_none() {
        (d.kind, d.unit, d.rule) = (QuantityType::Money, of.unit, "ellipsis-of-money");
    } else if of.kind == QuantityType::Count && of.noun.is_some() && of.rule != "count-in-compound" {
        let near = |a: Value, b: Value| match (a, b) {
            (Value::Exact(a), Value::Exact(b)) => a > Decimal::from_int(1) && a <= b.scaled(3) && b <= a.scaled(3),
            _ => false,
        };
        // "(38.)" and tables are no part of the clause.
        let bracketed = d.first > 0 && view.is_any(d.first - 1, "([") && view.is_any(d.last, ")]");
        if near(d.value, of.value) && !bracketed && !decimal {
            (d.kind, d.noun, d.rule) = (QuantityType::Count, of.noun, "ellipsis-of-count");
        }
    }
}

/// Whether the number has decimals.
fn numerals_decimal(d: &Draft) -> bool {
    d.power == 0 && matches!(d.value, Value::Exact(v) if v.to_int().is_none())
}

/// *62 Cent je Aktie (Vorjahr: 58 Cent)*: the rate holds in the brackets.
fn in_brackets(view: View<'_>, done: &[Draft], d: &mut Draft) {
    let Some(of) = done.last() else { return };
    if d.per.is_some() || of.per.is_none() || d.kind != of.kind || d.unit != of.unit {
        return;
    }
    let bracket = (of.last..d.outer).any(|i| view.is(i, '('))
        && d.outer - of.last <= 8
        && !(of.last..d.outer).any(|i| view.is(i, ')'));
    let after = (of.last..d.outer).any(|i| view.is_key(i, "nach")) && d.outer - of.last <= 4;
    if bracket || after {
        d.per = of.per;
    }
}

/// *Der Preis je Stück liegt nun bei 8 Euro*, *im Monat 84 Franken*: the rate stands in front.
fn rate_in_front(view: View<'_>, done: &[Draft], d: &mut Draft) {
    if d.per.is_some() || !matches!(d.kind, QuantityType::Money | QuantityType::Measure) {
        return;
    }
    let free = done.last().map_or(0, |o| o.last);
    // "die Kosten je Wagen stiegen von 28 auf 61 Euro"
    if let Some(of) = done.last().filter(|o| o.unit == d.unit && o.last + 1 == d.outer && view.is_key(o.last, "auf")) {
        d.per = of.per;
        return;
    }
    for at in (free.max(d.outer.saturating_sub(9))..d.outer).rev() {
        if view.is_any(at, ",;:()") || view.is_key(at, "und") {
            return;
        }
        // "im Monat 84 Franken" beside the number; "Preis je Aktie" with its noun anywhere in the clause.
        let beside = (view.is_key(at, "im") || view.is_key(at, "pro") || view.is_key(at, "am")) && at + 2 == d.outer;
        let of_noun = at > 0 && view.has(at, Tags::PER) && view.is_word(at - 1) && view.capital(at - 1);
        if !beside && !of_noun {
            continue;
        }
        if let Some((per, _)) = unit::per(view, at).filter(|(_, end)| *end <= d.outer) {
            d.per = Some(per);
        }
        return;
    }
}

/// *2,3 Punkte* beside percentages are percentage points.
fn points(view: View<'_>, d: &mut Draft) {
    let counted = d.kind == QuantityType::Count && view.has(d.last, Tags::POINT);
    if counted && matches!(d.value, Value::Exact(v) if v < Decimal::from_int(50)) {
        (d.kind, d.unit, d.noun) = (QuantityType::Percent, view.lexicon.unit_id("pp"), None);
        d.span = Span::new(d.span.start, view.tokens[d.last].end);
        (d.last, d.rule) = (d.last + 1, "percent-points");
    }
}

/// *18 Prozent (+1)*: the change in points.
fn trend(view: View<'_>, done: &[Draft], d: &mut Draft) {
    let signed = d.first >= 2 && view.is_any(d.first - 1, "+±") && view.is(d.first - 2, '(');
    let minus = d.first >= 1 && view.is(d.first - 1, '(') && matches!(d.value, Value::Exact(v) if v.is_negative());
    let beside = done.last().is_some_and(|o| unit::is_percent(view, o.unit) && d.first - o.last <= 2);
    if open(d) && (signed || minus) && beside && view.is(d.last, ')') {
        (d.kind, d.unit, d.rule) = (QuantityType::Percent, view.lexicon.unit_id("pp"), "percent-trend");
    }
}

/// *Auf 100 Stellen kommen 34 Bewerber*, *auf jede Wohnung kamen 17*: counted over what *auf* names.
fn per_head(view: View<'_>, done: &[Draft], d: &mut Draft) {
    if d.kind != QuantityType::Count || d.per.is_some() {
        return;
    }
    let comes = |i: usize| {
        view.folded(i, |k| {
            matches!(k, b"kommt" | b"kommen" | b"kam" | b"kamen" | b"komme" | b"entfallen" | b"entfielen")
        })
    };
    if !(0..view.len()).any(|i| view.has(i, Tags::VERB) && comes(i)) {
        return;
    }
    let counted = done.iter().find(|o| o.outer > 0 && view.is_key(o.outer - 1, "auf") && o.noun.is_some());
    if let Some(of) = counted {
        d.per = of.noun.map(Per::Noun);
    } else if let Some(at) = (0..d.outer).find(|i| view.is_key(*i, "auf") && view.has(i + 1, Tags::EACH)) {
        d.per = noun::after(view, at + 2).map(|n| Per::Noun(n.span));
    }
}
