//! To which digit a number is written out.

use crate::model::Decimal;

/// What two digits of a number count.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) struct Steps {
    /// The last one that is printed, zeros too: 1 of *500*, a hundred millions of *59,9 Milliarden*.
    pub(super) last: Decimal,
    /// The last one that is no zero, or stands behind a decimal comma: 100 of *500*, a tenth of *50,0*.
    pub(super) round: Decimal,
}

/// Of a number as it is written: *59,9 Milliarden Dollar*, *zwanzig Prozent*.
pub(super) fn steps(surface: &str, value: Decimal) -> Steps {
    let (digits, exp) = value.parts();
    let (last, fraction) = match figures(surface) {
        // The scale may stand elsewhere: "von 6,8 auf 8,8 Milliarden".
        Some(f) if f.digits == digits.unsigned_abs() => (exp - f.zeros, f.fraction),
        _ => (exp.min(value.magnitude().div_euclid(3) * 3), false),
    };
    let round = if digits == 0 || fraction { last } else { exp };
    Steps { last: Decimal::new(1, last), round: Decimal::new(1, round) }
}

/// The first figures of a text.
struct Figures {
    /// Without separators, and without the zeros at their end.
    digits: u128,
    /// How many of those there are.
    zeros: i16,
    /// Whether some stand behind a decimal comma.
    fraction: bool,
}

fn figures(text: &str) -> Option<Figures> {
    let mut of = Figures { digits: 0, zeros: 0, fraction: false };
    let mut mark = None;
    for c in text.trim_start_matches(|c: char| !c.is_ascii_digit()).chars() {
        match c.to_digit(10) {
            Some(n) => {
                of.digits = of.digits.checked_mul(10)?.checked_add(n.into())?;
                of.zeros = if n == 0 { of.zeros + 1 } else { 0 };
                of.fraction |= mark.take() == Some(',');
            }
            // One mark or blank may stand between two figures.
            None if mark.is_some() || c.is_alphabetic() => break,
            None => mark = Some(c),
        }
    }
    (of.digits != 0).then(|| {
        (0..of.zeros).for_each(|_| of.digits /= 10);
        of
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_that_is_printed() {
        for (surface, value, last, round) in [
            ("24 Prozent", "24", "1", "1"),
            ("59,9 Milliarden Dollar", "59900000000", "100000000", "100000000"),
            ("59,0 Milliarden Dollar", "59000000000", "100000000", "100000000"),
            ("6,8", "6800000000", "100000000", "100000000"),
            ("0,50 Prozent", "0.5", "0.01", "0.01"),
            ("50 Cent", "0.5", "0.01", "0.1"),
            ("1.234.500 Euro", "1234500", "1", "100"),
            ("1 234 567", "1234567", "1", "1"),
            ("CHF 240", "240", "1", "10"),
            ("5,– Euro", "5", "1", "1"),
            ("500 Millionen", "500000000", "1000000", "100000000"),
            ("zwanzig Prozent", "20", "1", "10"),
            ("zehn Millionen", "10000000", "1000000", "10000000"),
            ("anderthalb Millionen", "1500000", "100000", "100000"),
            ("½ Million", "500000", "1000", "100000"),
            ("null", "0", "1", "1"),
            ("0 Prozent", "0", "1", "1"),
        ] {
            let steps = steps(surface, Decimal::parse(value).unwrap());
            assert_eq!((steps.last.to_string().as_str(), steps.round.to_string().as_str()), (last, round), "{surface}");
        }
    }
}
