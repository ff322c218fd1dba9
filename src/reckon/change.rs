//! Value, earlier value and difference: each two give the third.

use super::Source;
use super::interval::{Interval, Reading};
use crate::model::{Amount, Change, Direction, Quantity, QuantityType};

/// Scales whose zero is anywhere: twice of it means nothing.
const NO_RATIO: [&str; 2] = ["Cel", "[degF]"];

/// A difference, as what it makes of the earlier value.
#[derive(Copy, Clone, Debug)]
pub(super) enum Step {
    /// It is added.
    Sum(Interval),
    /// It is a factor, and not negative.
    Factor(Interval),
}

impl Step {
    /// The difference that leads to a value, or away from one; none where the two say nothing of each other.
    pub(super) fn of(
        source: Source<'_>,
        by: &Quantity,
        base: &Quantity,
        direction: Direction,
        reading: Reading,
    ) -> Option<Self> {
        let size = Interval::of(by, source.text, reading)?.magnitude();
        let signed = match direction {
            Direction::Up => size,
            Direction::Down => size.negated(),
            Direction::Flat => return None,
        };
        let one = Interval::exactly(1);
        let step = match (by.kind, source.code(by), source.code(base)) {
            (QuantityType::Percent, "pp", "%") => Self::Sum(signed),
            (QuantityType::Percent, "bp", "%") => Self::Sum(signed.scaled(-2)),
            // Of a share that rose by two per cent nobody knows whether points are meant.
            (QuantityType::Percent, "%", base) if base != "%" => Self::Factor(one.plus(signed.scaled(-2))),
            (QuantityType::Fraction, ..) => Self::Factor(one.plus(signed)),
            (QuantityType::Multiple, ..) => {
                // What was doubled did not fall.
                let rises = !one.minus(size).is_positive();
                (rises == (direction == Direction::Up)).then_some(Self::Factor(size))?
            }
            _ if source.are_alike(by, base) => Self::Sum(signed),
            _ => return None,
        };
        match step {
            Self::Factor(f) => (!f.is_negative() && !NO_RATIO.contains(&source.code(base))).then_some(step),
            Self::Sum(_) => Some(step),
        }
    }

    /// The earlier value, from the value.
    pub(super) fn before(self, value: Interval) -> Option<Interval> {
        match self {
            Self::Sum(by) => Some(value.minus(by)),
            Self::Factor(by) => (!value.is_negative()).then(|| value.over(by)),
        }
    }

    /// The value, from the earlier one.
    pub(super) fn after(self, earlier: Interval) -> Option<Interval> {
        match self {
            Self::Sum(by) => Some(earlier.plus(by)),
            Self::Factor(by) => (!earlier.is_negative()).then(|| earlier.times(by)),
        }
    }
}

/// Which way it went; where no word says so, the sign of the difference may.
pub(super) fn direction(change: &Change, by: &Quantity) -> Option<Direction> {
    let falls = match by.amount {
        Amount::Value(v) | Amount::Range { high: Some(v), .. } => v.is_negative(),
        Amount::Range { .. } | Amount::Ratio { .. } | Amount::Score(..) => false,
    };
    change.direction.or(falls.then_some(Direction::Down))
}

/// How much a value is above an earlier one, and the unit of that: points of a share, else per cent.
pub(super) fn growth(
    source: Source<'_>,
    value: &Quantity,
    earlier: &Quantity,
    reading: Reading,
) -> Option<(Interval, &'static str)> {
    let [now, then] = [value, earlier].map(|q| Interval::of(q, source.text, reading));
    let (now, then) = now.zip(then)?;
    if [value, earlier].iter().all(|q| q.kind == QuantityType::Percent && source.code(q) == "%") {
        return Some((now.minus(then), "pp"));
    }
    let can = source.are_alike(value, earlier) && then.is_positive() && !now.is_negative();
    let share = now.over(then).minus(Interval::exactly(1)).scaled(2);
    (can && !NO_RATIO.contains(&source.code(value))).then_some((share, "%"))
}

impl Source<'_> {
    /// The unit; nothing for none.
    pub(super) fn code(&self, q: &Quantity) -> &str {
        q.unit.map_or("", |u| &*self.lexicon.unit(u).code)
    }

    /// Whether two amounts are of the same things, as far as the text says: the nouns of two numbers may differ in case.
    pub(super) fn are_alike(&self, a: &Quantity, b: &Quantity) -> bool {
        use QuantityType::{Count, Measure, Money, Number};
        let kinds = matches!((a.kind, b.kind), (Count | Number, Count | Number))
            || a.kind == b.kind && matches!(a.kind, Money | Measure);
        let noun = |q: &Quantity| q.noun.map(|n| n.of(self.text));
        let same = |(a, b): (&str, &str)| a.starts_with(b) || b.starts_with(a);
        kinds && a.unit == b.unit && (a.per == b.per || a.per.is_none()) && noun(a).zip(noun(b)).is_none_or(same)
    }
}
