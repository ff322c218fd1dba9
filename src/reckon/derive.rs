//! Facts with a number that the text does not have.
//!
//! | the text has | so there is |
//! | --- | --- |
//! | a value and a difference | the earlier value |
//! | an earlier value and a difference | the value |
//! | both values | the difference, in per cent, that of shares in points |

use super::Source;
use super::change::{Step, direction, growth};
use super::interval::{Interval, Reading};
use crate::model::{
    Analysis, Basis, Change, Computed, Derived, Direction, Fact, Period, Quantity, QuantityType, Status, Time, Timex,
};
use jiff::ToSpan;

/// What can be derived from the facts of a document, in their order.
pub(crate) fn derive(source: Source<'_>, analysis: &mut Analysis) {
    let facts = (0u32..).zip(&analysis.facts).filter(|(_, f)| f.status != Status::Denied);
    let derived = facts.filter_map(|(of, f)| one(source, analysis, of, f)).collect();
    analysis.derived = derived;
}

fn one(source: Source<'_>, found: &Analysis, of: u32, f: &Fact) -> Option<Derived> {
    let change = f.change.as_ref()?;
    let carrier = &found.quantities[f.number()? as usize];
    let quantity = |n: u32| &found.quantities[n as usize];
    let step = |by: &Quantity, base| Step::of(source, by, base, direction(change, by)?, Reading::Printed);
    let interval = |q| Interval::of(q, source.text, Reading::Printed);
    match [f.value, change.by, change.from].map(|n| n.map(quantity)) {
        [Some(value), Some(by), None] => {
            let number = computed(value, carrier, step(by, value)?.before(interval(value)?)?, "derived-earlier")?;
            Some(Derived { of, number, computed: Computed::Value, period: compared(found, f, change) })
        }
        [None, Some(by), Some(earlier)] => {
            let number = computed(earlier, carrier, step(by, earlier)?.after(interval(earlier)?)?, "derived-value")?;
            Some(Derived { of, number, computed: Computed::Value, period: f.period.clone() })
        }
        [Some(value), None, Some(earlier)] => {
            let (by, unit) = growth(source, value, earlier, Reading::Printed)?;
            let direction = match by {
                _ if by.is_positive() => Direction::Up,
                _ if by.negated().is_positive() => Direction::Down,
                _ => return None,
            };
            (change.direction.is_none_or(|said| said == direction)).then_some(())?;
            let percent = Quantity {
                kind: QuantityType::Percent,
                unit: source.lexicon.unit_id(unit),
                per: None,
                noun: None,
                assumed: false,
                ..*value
            };
            let number = computed(&percent, carrier, by.magnitude(), "derived-change")?;
            Some(Derived { of, number, computed: Computed::By(direction), period: f.period.clone() })
        }
        _ => None,
    }
}

/// A number like another, with the place of the one that carries the fact.
fn computed(like: &Quantity, carrier: &Quantity, of: Interval, rule: &'static str) -> Option<Quantity> {
    let (amount, approx) = of.amount()?;
    Some(Quantity { span: carrier.span, sentence: carrier.sentence, amount, approx, hedge: None, rule, ..*like })
}

/// The period that a fact is compared with.
pub(super) fn compared(found: &Analysis, f: &Fact, change: &Change) -> Option<Period> {
    let value = change.versus?;
    let in_sentence = |t: &Time| t.value == value && t.written.sentence == f.sentence;
    if let Some(n) = found.times.iter().position(in_sentence) {
        let time = u32::try_from(n).ok();
        return Some(Period { time, value, interval: found.times[n].interval, basis: Basis::Sentence });
    }
    let period = f.period.as_ref();
    // A year before, it has the same days, also in a company's own year; weeks do not.
    let (year, rest) =
        (|t: Timex| t.as_str().get(..4)?.parse::<i16>().ok(), |t: Timex| t.as_str().get(4..).map(str::to_owned));
    let a_year_before = |p: &&Period| {
        year(p.value) == year(value).map(|y| y + 1) && rest(p.value) == rest(value) && !value.as_str().contains('W')
    };
    let back = |at: jiff::civil::DateTime| at.checked_sub(1.year()).ok();
    let interval = period.filter(a_year_before).and_then(|p| p.interval);
    let interval = interval.and_then(|(from, until)| back(from).zip(back(until)));
    Some(Period { time: None, value, interval, basis: period.map_or(Basis::Clause, |p| p.basis) })
}
