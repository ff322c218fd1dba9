//! Exact decimal numbers: digits × 10^exp.

use std::cmp::Ordering;
use std::fmt;

/// An exact decimal number, kept as `digits × 10^exp` without trailing zeros, so that equal numbers are equal values.
///
/// There is no floating point between the text and the record. What a record can hold is limited to
/// 29 integer and 9 fraction digits (`DECIMAL(38,9)` of the tables); [`Decimal::fits`] tells.
///
/// ```
/// use kennzahl::model::Decimal;
/// let n = Decimal::new(599, -1).scaled(9); // 59,9 Milliarden
/// assert_eq!(n.to_string(), "59900000000");
/// assert_eq!(Decimal::new(20, -2).to_string(), "0.2");
/// ```
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Decimal {
    digits: i128,
    exp: i16,
}

/// Integer digits that a record can hold.
pub const INTEGER_DIGITS: i32 = 29;
/// Fraction digits that a record can hold.
pub const FRACTION_DIGITS: i32 = 9;

/// To which side a number is rounded that its digits do not end on.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Rounding {
    /// To the next lower one.
    Down,
    /// To the next higher one.
    Up,
}

impl Decimal {
    /// The number `digits × 10^exp`.
    pub const fn new(mut digits: i128, mut exp: i16) -> Self {
        if digits == 0 {
            return Self { digits: 0, exp: 0 };
        }
        while digits % 10 == 0 {
            digits /= 10;
            exp += 1;
        }
        Self { digits, exp }
    }

    /// A whole number.
    pub const fn from_int(n: i128) -> Self {
        Self::new(n, 0)
    }

    /// The digits without trailing zeros, and the power of ten that they count.
    pub const fn parts(self) -> (i128, i16) {
        (self.digits, self.exp)
    }

    /// Reads a plain decimal such as `-0.25`, with a point, without exponent or grouping.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if whole.is_empty() || text.ends_with('.') {
            return None;
        }
        let mut digits: i128 = 0;
        for b in whole.bytes().chain(fraction.bytes()) {
            if !b.is_ascii_digit() {
                return None;
            }
            digits = digits.checked_mul(10)?.checked_add(i128::from(b - b'0'))?;
        }
        let exp = -i16::try_from(fraction.len()).ok()?;
        Some(Self::new(if negative { -digits } else { digits }, exp))
    }

    /// This number times 10^power.
    #[must_use]
    pub const fn scaled(self, power: i16) -> Self {
        if self.digits == 0 {
            return self;
        }
        Self { digits: self.digits, exp: self.exp.saturating_add(power) }
    }

    /// The sum, unless it leaves the range of the digits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let exp = self.exp.min(other.exp);
        Some(Self::new(self.digits_at(exp)?.checked_add(other.digits_at(exp)?)?, exp))
    }

    /// The product, unless it leaves the range of the digits.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        Some(Self::new(self.digits.checked_mul(other.digits)?, self.exp.checked_add(other.exp)?))
    }

    /// The quotient as a multiple of 10^exp; none by zero, or where it leaves the range of the digits.
    ///
    /// ```
    /// use kennzahl::model::{Decimal, Rounding};
    /// let third = |to| Decimal::from_int(1).checked_div(Decimal::from_int(3), -2, to).unwrap().to_string();
    /// assert_eq!((third(Rounding::Down).as_str(), third(Rounding::Up).as_str()), ("0.33", "0.34"));
    /// ```
    pub fn checked_div(self, by: Self, exp: i16, to: Rounding) -> Option<Self> {
        let power = i32::from(self.exp) - i32::from(by.exp) - i32::from(exp);
        let tens = 10i128.checked_pow(power.unsigned_abs())?;
        let sign = by.digits.signum();
        let (mut above, mut below) = (self.digits.checked_mul(sign)?, by.digits.checked_mul(sign)?);
        if power < 0 {
            below = below.checked_mul(tens)?;
        } else {
            above = above.checked_mul(tens)?;
        }
        let down = above.checked_div_euclid(below)?;
        let up = to == Rounding::Up && above.checked_rem_euclid(below)? != 0;
        Some(Self::new(down.checked_add(i128::from(up))?, exp))
    }

    /// The number as a multiple of 10^exp.
    pub fn rounded(self, exp: i16, to: Rounding) -> Option<Self> {
        if self.exp >= exp { Some(self) } else { self.checked_div(Self::from_int(1), exp, to) }
    }

    /// The power of ten that the first digit counts: 2 of 599, -1 of 0.25; that of zero is 0.
    pub fn magnitude(self) -> i16 {
        // A number of 128 bits has 39 digits.
        self.exp.saturating_add((digit_count(self.digits) - 1) as i16)
    }

    /// The number without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        if self.is_negative() { self.negated() } else { self }
    }

    /// The number with its sign turned.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { digits: -self.digits, exp: self.exp }
    }

    /// Whether the number is below zero.
    pub const fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// The number as a whole number, if it is one and small enough.
    pub fn to_int(self) -> Option<i128> {
        if self.exp < 0 { None } else { self.digits_at(0) }
    }

    /// Whether a record can hold the number: at most 29 integer and 9 fraction digits.
    pub fn fits(self) -> bool {
        self.exp >= -(FRACTION_DIGITS as i16) && digit_count(self.digits) + i32::from(self.exp) <= INTEGER_DIGITS
    }

    /// The digits when the last one counts 10^exp; `exp` is at most the number's own.
    fn digits_at(self, exp: i16) -> Option<i128> {
        if self.digits == 0 {
            return Some(0);
        }
        let up = u32::try_from(i32::from(self.exp) - i32::from(exp)).ok()?;
        self.digits.checked_mul(10i128.checked_pow(up)?)
    }
}

fn digit_count(digits: i128) -> i32 {
    digits.unsigned_abs().checked_ilog10().map_or(1, |n| n as i32 + 1)
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let exp = self.exp.min(other.exp);
        match (self.digits_at(exp), other.digits_at(exp)) {
            (Some(a), Some(b)) => a.cmp(&b),
            // One of the two is so large that its digits do not fit at the other's exponent: its sign decides.
            (None, _) => self.digits.cmp(&0),
            (_, None) => 0.cmp(&other.digits),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.digits < 0 {
            f.write_str("-")?;
        }
        let digits = self.digits.unsigned_abs();
        if self.exp >= 0 {
            write!(f, "{digits}{:0>1$}", "", self.exp as usize)
        } else {
            let places = (-i32::from(self.exp)) as usize;
            match u32::try_from(places).ok().and_then(|p| 10u128.checked_pow(p)) {
                Some(unit) => write!(f, "{}.{:0>places$}", digits / unit, digits % unit),
                None => write!(f, "0.{digits:0>places$}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_all_digits_and_no_others() {
        for (digits, exp, shown) in
            [(599, 8, "59900000000"), (-25, -2, "-0.25"), (100, 0, "100"), (0, 5, "0"), (5, -9, "0.000000005")]
        {
            let n = Decimal::new(digits, exp);
            assert_eq!(n.to_string(), shown);
            assert_eq!(Decimal::parse(shown), Some(n));
        }
    }

    #[test]
    fn knows_what_a_record_can_hold() {
        assert!(Decimal::new(999, 24).fits());
        assert!(Decimal::new(99, 27).fits());
        assert!(!Decimal::new(1, 29).fits());
        assert!(Decimal::new(1, -9).fits());
        assert!(!Decimal::new(1, -10).fits());
    }

    #[test]
    fn divides_and_rounds_to_either_side() {
        let n = |text| Decimal::parse(text).unwrap();
        for (a, b, exp, down, up) in [
            ("59.9", "1.235", -2, "48.5", "48.51"),
            ("-1", "3", -1, "-0.4", "-0.3"),
            ("1", "-3", -1, "-0.4", "-0.3"),
            ("6", "3", 0, "2", "2"),
            ("1234", "1", 2, "1200", "1300"),
            ("0", "7", 3, "0", "0"),
        ] {
            assert_eq!(n(a).checked_div(n(b), exp, Rounding::Down), Some(n(down)), "{a} / {b}");
            assert_eq!(n(a).checked_div(n(b), exp, Rounding::Up), Some(n(up)), "{a} / {b}");
        }
        assert_eq!(n("1").checked_div(n("0"), 0, Rounding::Up), None);
        assert_eq!(Decimal::new(i128::MAX, 0).checked_div(n("0.1"), -3, Rounding::Up), None);
        assert_eq!(Decimal::new(i128::MIN, 0).checked_div(n("-1"), 0, Rounding::Up), None);
        assert_eq!(Decimal::new(1, -40).rounded(0, Rounding::Up), None);
        assert_eq!(n("-2.5").rounded(0, Rounding::Down), Some(n("-3")));
        assert_eq!(["599", "0.25", "0", "-1000", "10"].map(|t| n(t).magnitude()), [2, -1, 0, 3, 1]);
    }

    #[test]
    fn orders_by_value() {
        assert!(Decimal::new(977, 3) < Decimal::new(28, 5));
        assert!(Decimal::new(-1, 100) < Decimal::new(1, -9));
        assert!(Decimal::new(1, 100) > Decimal::new(1, -9));
    }
}
