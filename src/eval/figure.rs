//! Counts, and the shares that they make: whole numbers throughout.

use std::collections::BTreeMap;
use std::fmt;

/// A share in per cent, or a difference of two, to a millionth of a point.
///
/// ```
/// use kennzahl::eval::Points;
/// assert_eq!(Points::of(2, 3).to_string(), "66.7");
/// assert!(Points::of(2, 3) > Points::parse("66.6").unwrap());
/// ```
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(u64);

/// Millionths in a point.
const MICRO: u64 = 1_000_000;

impl Points {
    /// All of it.
    pub const ALL: Self = Self(100 * MICRO);

    /// So many of so many; all of nothing is all.
    pub fn of(part: u128, whole: u128) -> Self {
        if whole == 0 {
            return Self::ALL;
        }
        let scaled = part.saturating_mul(u128::from(Self::ALL.0));
        Self(u64::try_from(half_even(scaled, whole)).unwrap_or(u64::MAX))
    }

    /// A number as it is typed, `93` or `0.5`, of at most six places; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, places) = text.split_once('.').unwrap_or((text, ""));
        let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(places) || places.len() > 6 || text.ends_with('.') {
            return None;
        }
        let places: u64 = format!("{places:0<6}").parse().ok()?;
        whole.parse::<u64>().ok()?.checked_mul(MICRO)?.checked_add(places).map(Self)
    }

    /// How much more than another; nothing where it is less.
    #[must_use]
    pub fn above(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// With one place, a tie to the even digit.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = half_even(u128::from(self.0), u128::from(MICRO / 10));
        f.pad(&format!("{}.{}", tenths / 10, tenths % 10))
    }
}

fn half_even(part: u128, whole: u128) -> u128 {
    let (quotient, rest) = (part / whole, part % whole);
    let up = match (rest.saturating_mul(2)).cmp(&whole) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => quotient % 2 == 1,
        std::cmp::Ordering::Greater => true,
    };
    quotient + u128::from(up)
}

/// Counts that make an F1.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct F1 {
    /// Of what was found, what is right.
    pub correct: usize,
    /// Found.
    pub found: usize,
    /// Of what is in gold, what was found: as many as are right, but for shares of clusters.
    pub recalled: usize,
    /// In gold.
    pub gold: usize,
    /// Whether it counts millionths of mentions.
    shares: bool,
}

impl F1 {
    /// One whole, where shares of mentions are added up.
    pub(super) const PARTS: usize = 1_000_000;

    /// So many right, found and in gold.
    pub fn counts(correct: usize, found: usize, gold: usize) -> Self {
        Self { correct, found, recalled: correct, gold, shares: false }
    }

    /// Right, found, recalled, in gold.
    pub(super) fn read([correct, found, recalled, gold]: [usize; 4]) -> Self {
        Self { correct, found, recalled, gold, shares: false }
    }

    /// Shares of so many mentions, in [`F1::PARTS`] of one.
    pub(super) fn shares(correct: usize, recalled: usize, mentions: usize) -> Self {
        let all = mentions * Self::PARTS;
        Self { correct, found: all, recalled, gold: all, shares: true }
    }

    /// F1; all where there is nothing.
    pub fn f1(&self) -> Points {
        let [correct, found, recalled, gold] = [self.correct, self.found, self.recalled, self.gold].map(|n| n as u128);
        if correct == recalled {
            return Points::of(2 * correct, found + gold);
        }
        Points::of(2 * correct * recalled, correct * gold + recalled * found)
    }

    /// Precision.
    pub fn precision(&self) -> Points {
        Points::of(self.correct as u128, self.found as u128)
    }

    /// Recall.
    pub fn recall(&self) -> Points {
        Points::of(self.recalled as u128, self.gold as u128)
    }

    /// How many mentions, facts or slots of gold it is about.
    pub fn mentions(&self) -> usize {
        if self.shares { self.gold / Self::PARTS } else { self.gold }
    }

    /// Adds the counts of another.
    pub(super) fn join(&mut self, other: Self) {
        self.correct += other.correct;
        self.found += other.found;
        self.recalled += other.recalled;
        self.gold += other.gold;
        self.shares |= other.shares;
    }

    /// Counts of what was found and what is in gold, each as often as it stands there.
    pub(super) fn matched<K: Ord>(found: Vec<K>, gold: Vec<K>) -> Self {
        let mut all = Self { found: found.len(), gold: gold.len(), ..Self::default() };
        let mut counts: BTreeMap<K, usize> = BTreeMap::new();
        for k in gold {
            *counts.entry(k).or_default() += 1;
        }
        for k in found {
            if let Some(n) = counts.get_mut(&k).filter(|n| **n > 0) {
                *n -= 1;
                all.correct += 1;
            }
        }
        all.recalled = all.correct;
        all
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_and_shown() {
        for (text, shown) in [("93", "93.0"), ("0.5", "0.5"), ("66.666667", "66.7"), ("6.25", "6.2"), ("6.75", "6.8")] {
            assert_eq!(Points::parse(text).unwrap().to_string(), shown);
        }
        for text in ["", ".", "5.", ".5", "-1", "1e3", "0.1234567", "99999999999999999999", "much"] {
            assert_eq!(Points::parse(text), None, "{text}");
        }
        assert_eq!(Points::of(0, 0), Points::ALL);
        assert_eq!(Points::of(3, 4).above(Points::of(1, 2)), Points::of(1, 4));
        assert_eq!(Points::of(1, 2).above(Points::of(3, 4)), Points::of(0, 4));
        assert_eq!(format!("{:5}|{:>6}", Points::of(1, 3), Points::ALL), "33.3 | 100.0");
    }

    #[test]
    fn shares_make_a_harmonic_mean() {
        let f = F1::counts(1, 2, 4);
        assert_eq!([f.precision(), f.recall(), f.f1()].map(|p| p.to_string()), ["50.0", "25.0", "33.3"]);
        let b = F1::shares(2 * F1::PARTS, F1::PARTS, 4);
        assert_eq!([b.precision(), b.recall(), b.f1()].map(|p| p.to_string()), ["50.0", "25.0", "33.3"]);
        assert_eq!((b.mentions(), f.mentions()), (4, 4));
        assert_eq!(F1::counts(0, 3, 0).f1(), Points::default());
    }
}
