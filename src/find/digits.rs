//! Figures: `59,9`, `1.234`, `1’000`, `2.5`, `0.125`.
//!
//! | written | read | why |
//! | --- | --- | --- |
//! | `1.234` `12.345.678` | 1234, 12345678 | groups of three |
//! | `1.234,5` `1,234.5` | 1234.5 | the last separator is the decimal sign |
//! | `1'234.50` `1’234` | 1234.5, 1234 | Swiss groups |
//! | `59,9` `0,125` | 59.9, 0.125 | decimal comma |
//! | `2.5` `0.125` `12.50` | 2.5, 0.125, 12.5 | no group of three, or none begins with 0 |
//! | `28.01.2026` `1.2.3` | no number | a date or a version |

use crate::model::Decimal;
use std::borrow::Cow;

/// How figures were written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// Digits alone, so many.
    Plain(usize),
    /// In groups of three.
    Grouped,
    /// With a decimal comma, or a decimal point behind groups.
    Decimal,
    /// With a decimal point: `2.5`; could be a clock time or a date.
    Point,
}

/// Reads the figures of one token; `None` for what is no number, or has more than 38 digits.
pub(crate) fn parse(text: &str) -> Option<(Decimal, Shape)> {
    let bytes = text.as_bytes();
    if bytes.iter().all(u8::is_ascii_digit) {
        return Some((number(bytes, 0)?, Shape::Plain(bytes.len())));
    }
    let text: Cow<'_, str> = match text.contains(['’', '‘']) {
        true => text.replace(['’', '‘'], "'").into(),
        false => text.into(),
    };
    let commas = text.matches(',').count();
    let points = text.matches('.').count();
    let ticks = text.matches('\'').count();
    match (commas, points, ticks) {
        (0, 1, 0) if !groups(&text, '.') || text.starts_with('0') => {
            decimal(&text, '.', None).map(|n| (n, Shape::Point))
        }
        (0, 1.., 0) if groups(&text, '.') => grouped(&text),
        (1, 0, 0) => decimal(&text, ',', None).map(|n| (n, Shape::Decimal)),
        (2.., 0, 0) if groups(&text, ',') => grouped(&text),
        (0, 0, 1..) if groups(&text, '\'') => grouped(&text),
        (1.., 1, 0) if text.rfind(',') < text.rfind('.') => decimal(&text, '.', Some(',')).map(|n| (n, Shape::Decimal)),
        (1, 1.., 0) => decimal(&text, ',', Some('.')).map(|n| (n, Shape::Decimal)),
        (0, 1, 1..) => decimal(&text, '.', Some('\'')).map(|n| (n, Shape::Decimal)),
        (1, 0, 1..) => decimal(&text, ',', Some('\'')).map(|n| (n, Shape::Decimal)),
        _ => None,
    }
}

/// Whether the digits stand in groups of three behind a first one of one to three.
fn groups(text: &str, separator: char) -> bool {
    let mut parts = text.split(separator);
    let first = parts.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && parts.all(|p| p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit()))
}

fn grouped(text: &str) -> Option<(Decimal, Shape)> {
    Some((number(text.as_bytes(), 0)?, Shape::Grouped))
}

fn decimal(text: &str, point: char, group: Option<char>) -> Option<Decimal> {
    let (whole, fraction) = text.split_once(point)?;
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || !group.is_none_or(|g| groups(whole, g)) {
        return None;
    }
    if group.is_none() && !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    number(text.as_bytes(), i16::try_from(fraction.len()).ok()?)
}

/// The digits among the bytes as one number with so many places.
fn number(bytes: &[u8], places: i16) -> Option<Decimal> {
    let mut digits: i128 = 0;
    for b in bytes.iter().filter(|b| b.is_ascii_digit()) {
        digits = digits.checked_mul(10)?.checked_add(i128::from(b - b'0'))?;
    }
    Some(Decimal::new(digits, -places))
}

/// A fraction sign.
pub(crate) fn fraction_sign(c: char) -> Option<(i128, i128)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_austrian_and_swiss_figures() {
        for (text, value) in [
            ("59,9", "59.9"),
            ("1.234", "1234"),
            ("12.345.678", "12345678"),
            ("1.234.567,89", "1234567.89"),
            ("1'234.50", "1234.5"),
            ("1’234’567", "1234567"),
            ("1‘015.64", "1015.64"),
            ("1,234.5", "1234.5"),
            ("1,234,567", "1234567"),
            ("2.5", "2.5"),
            ("0.125", "0.125"),
            ("12.50", "12.5"),
            ("0,5", "0.5"),
            ("007", "7"),
            ("1,234", "1.234"),
        ] {
            assert_eq!(parse(text).map(|(n, _)| n.to_string()).as_deref(), Some(value), "{text}");
        }
        for text in ["28.01.2026", "1.2.3", "1,2,3", "1.23,4.5", "12.34,5", &"9".repeat(50)] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
