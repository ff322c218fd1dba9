//! Between which two numbers lies what a text says, and what follows from several such.

use super::printed::{Steps, steps};
use crate::model::{Amount, Approx, Decimal, Quantity, QuantityType, Rounding};

/// A hedge, a fraction and a multiple leave open a twentieth of the number.
const TWENTIETH: Decimal = Decimal::new(5, -2);
/// A quotient is cut off behind so many digits, far behind those that are meant.
const DIGITS: i16 = 15;
/// An end has so many digits at most, and as many where there is no width to go by.
const LONGEST: i16 = 6;
const ALONE: i16 = 4;

/// How far a number that is written is taken from the one that is meant.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Reading {
    /// It is rounded to the last digit that is printed.
    Printed,
    /// It may be cut off there, and rounder than it looks: for who would rather miss something than be wrong.
    Wide,
}

/// One end of an interval.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct End {
    pub(super) at: Decimal,
    /// Whether it holds whatever a hedge leaves open.
    pub(super) sure: bool,
}

/// Where a number lies; an end that is not there is open.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Interval {
    pub(super) low: Option<End>,
    pub(super) high: Option<End>,
}

impl Interval {
    /// Of a quantity; none for a result, and for an amount without number.
    pub(super) fn of(q: &Quantity, text: &str, reading: Reading) -> Option<Self> {
        match q.amount {
            _ if q.approx == Some(Approx::Vague) => None,
            Amount::Value(v) => {
                let apart = apart(q, v, text, reading)?;
                let spoken = q.approx.or((q.kind == QuantityType::Multiple).then_some(Approx::About));
                Self::around([v; 2], apart, spoken, reading)
            }
            Amount::Range { low, high } => Some(Self::between(low, high?, q.approx.is_none())),
            Amount::Ratio { num, den } if num > 0 => {
                let part = Self::exactly(num).over(Self::exactly(den));
                let ends = [part.low?.at, part.high?.at];
                // Who has more than halved something has less than half of it.
                let turned = q.kind == QuantityType::Multiple && num < den;
                let approx = if turned { q.approx.map(turned_round) } else { q.approx };
                Self::around(ends, loose(ends[1], reading, true)?, approx.or(Some(Approx::About)), reading)
            }
            Amount::Ratio { .. } | Amount::Score(..) => None,
        }
    }

    /// What a hedge says of a number that lies between two others, and so far from them at most.
    fn around([low, high]: [Decimal; 2], apart: Decimal, approx: Option<Approx>, reading: Reading) -> Option<Self> {
        let (below, above) = (low.checked_add(apart.negated())?, high.checked_add(apart)?);
        // Nor does who reads widely take a hedge at its word.
        let (low, high) = if reading == Reading::Wide { (below, above) } else { (low, high) };
        let end = |at, sure| Some(End { at, sure });
        let (low, high) = match approx {
            None => (end(below, true), end(above, true)),
            Some(Approx::About | Approx::Vague) => (end(below, false), end(above, false)),
            Some(Approx::JustBelow) => (end(below, false), end(high, true)),
            Some(Approx::JustAbove) => (end(low, true), end(above, false)),
            Some(Approx::Above | Approx::AtLeast) => (end(low, true), None),
            Some(Approx::Below | Approx::AtMost) => (None, end(high, true)),
        };
        Some(Self { low, high })
    }

    pub(super) fn between(low: Decimal, high: Decimal, sure: bool) -> Self {
        let end = |at| Some(End { at, sure });
        Self { low: end(low), high: end(high) }
    }

    pub(super) fn exactly(n: i128) -> Self {
        Self::between(Decimal::from_int(n), Decimal::from_int(n), true)
    }

    /// Without its sign, as a difference is meant beside its direction; zero at least.
    pub(super) fn magnitude(self) -> Self {
        let zero = Decimal::default();
        let of = if self.high.is_some_and(|h| h.at <= zero) { self.negated() } else { self };
        let low = of.low.filter(|l| l.at > zero).or(Some(End { at: zero, sure: true }));
        Self { low, ..of }
    }

    pub(super) fn negated(self) -> Self {
        let turned = |end: Option<End>| end.map(|e| End { at: e.at.negated(), ..e });
        Self { low: turned(self.high), high: turned(self.low) }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let sum = |a, b| both(a, b, Decimal::checked_add);
        Self { low: sum(self.low, other.low), high: sum(self.high, other.high) }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        self.plus(other.negated())
    }

    /// Times a positive one.
    pub(super) fn times(self, other: Self) -> Self {
        let product = |a, b| both(a, b, Decimal::checked_mul);
        Self { low: product(self.low, other.low), high: product(self.high, other.high) }
    }

    /// So many times 10^exp.
    pub(super) fn scaled(self, exp: i16) -> Self {
        self.times(Self::between(Decimal::new(1, exp), Decimal::new(1, exp), true))
    }

    /// Divided by another; both are positive.
    pub(super) fn over(self, other: Self) -> Self {
        let quotient = |a, b, to| {
            both(a, b, |a, b| a.checked_div(b, a.magnitude().saturating_sub(b.magnitude()).saturating_sub(DIGITS), to))
        };
        Self { low: quotient(self.low, other.high, Rounding::Down), high: quotient(self.high, other.low, Rounding::Up) }
    }

    /// Whether all of it is above zero.
    pub(super) fn is_positive(self) -> bool {
        self.low.is_some_and(|l| l.at > Decimal::default())
    }

    /// Whether some of it that is known is below zero.
    pub(super) fn is_negative(self) -> bool {
        [self.low, self.high].into_iter().flatten().any(|e| e.at.is_negative())
    }

    /// Whether no number lies in both.
    pub(super) fn is_apart(self, other: Self) -> bool {
        let behind = |a: Option<End>, b: Option<End>| a.zip(b).is_some_and(|(a, b)| a.at > b.at);
        behind(self.low, other.high) || behind(other.low, self.high)
    }

    /// As an amount and a hedge: rounded outwards, by no more than a tenth of its width; the hedge says which end does not
    /// hold whatever the text leaves open. None where both ends are open, or too long for a record.
    pub(super) fn amount(self) -> Option<(Amount, Option<Approx>)> {
        let rounded = |at: Decimal, exp, to| at.rounded(exp, to).filter(|n| n.fits());
        let digits = |at: Decimal, most: i16| at.magnitude() + 1 - most;
        let (low, high) = match (self.low, self.high) {
            (Some(low), Some(high)) => (low, high),
            (Some(low), None) => {
                let at = rounded(low.at, digits(low.at, ALONE), Rounding::Down)?;
                return Some((Amount::Value(at), Some(Approx::AtLeast)));
            }
            (None, Some(high)) => {
                let at = rounded(high.at, digits(high.at, ALONE), Rounding::Up)?;
                return Some((Amount::Value(at), Some(Approx::AtMost)));
            }
            (None, None) => return None,
        };
        let approx = match (low.sure, high.sure) {
            (true, true) => None,
            (true, false) => Some(Approx::JustAbove),
            (false, true) => Some(Approx::JustBelow),
            (false, false) => Some(Approx::About),
        };
        if low.at == high.at {
            return low.at.fits().then_some((Amount::Value(low.at), approx));
        }
        let width = high.at.checked_add(low.at.negated())?;
        let twentieth = width.checked_mul(TWENTIETH)?;
        let exp = twentieth.magnitude().max(digits(low.at, LONGEST).max(digits(high.at, LONGEST)));
        let (low, high) = (rounded(low.at, exp, Rounding::Down)?, rounded(high.at, exp, Rounding::Up)?);
        Some((Amount::Range { low, high: Some(high) }, approx))
    }
}

/// How far the number that is meant may be from one that is written.
fn apart(q: &Quantity, v: Decimal, text: &str, reading: Reading) -> Option<Decimal> {
    let Steps { last, round } = steps(q.span.of(text), v);
    let half = |n: Decimal| n.checked_mul(Decimal::new(5, -1));
    let loose = loose(v, reading, q.approx.is_some() || q.kind == QuantityType::Multiple)?;
    // What is counted one by one is not rounded.
    let whole = matches!(q.kind, QuantityType::Count | QuantityType::Number);
    let counted = whole && last == Decimal::from_int(1);
    Some(match (reading, q.approx) {
        _ if q.kind == QuantityType::Multiple => loose,
        (Reading::Printed, None) if counted => Decimal::default(),
        (Reading::Printed, None) => half(last)?,
        // Round numbers are hedged: "knapp 60" may be less than 59.5.
        (Reading::Printed, Some(_)) => half(last)?.max(half(round)?.min(loose)),
        (Reading::Wide, None) if last == round => last,
        (Reading::Wide, _) => last.max(loose),
    })
}

/// What is left open of a number that is not meant to the digit; who reads widely leaves twice as much where that is said.
fn loose(v: Decimal, reading: Reading, said: bool) -> Option<Decimal> {
    let once = v.abs().checked_mul(TWENTIETH)?;
    if reading == Reading::Wide && said { once.checked_add(once) } else { Some(once) }
}

fn turned_round(approx: Approx) -> Approx {
    match approx {
        Approx::JustBelow => Approx::JustAbove,
        Approx::JustAbove => Approx::JustBelow,
        Approx::Above => Approx::Below,
        Approx::Below => Approx::Above,
        Approx::AtLeast => Approx::AtMost,
        Approx::AtMost => Approx::AtLeast,
        Approx::About | Approx::Vague => approx,
    }
}

/// What becomes of two ends; open where one is, or where the digits do not suffice.
fn both(a: Option<End>, b: Option<End>, f: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Option<End> {
    let (a, b) = a.zip(b)?;
    Some(End { at: f(a.at, b.at)?, sure: a.sure && b.sure })
}
