//! Mentions counted as MUC does, in four modes: what is right, wrong, half right, missing, spurious.
//!
//! What is found is taken in text order, and each goes to the first mention of gold that it overlaps and that none went
//! to before. In the mode `type` it goes to the nearest one of its own type, where there is one: that of the least
//! distance of start and end together. So does `nervaluate`, whose counts these are; its offsets include the last
//! character, ours do not. The counts of one type are made of the mentions of this type alone, on both sides: a mention
//! of the wrong type is incorrect in the total, and missing and spurious in the types.

use super::figure::Points;

/// When two mentions are the same.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// Of the same span and type.
    Strict,
    /// Of the same span.
    Exact,
    /// Of the same span; half, where they overlap.
    Partial,
    /// Of the same type, where they overlap.
    Type,
}

impl Mode {
    /// All, from the strictest.
    pub const ALL: [Self; 4] = [Self::Strict, Self::Exact, Self::Partial, Self::Type];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Exact => "exact",
            Self::Partial => "partial",
            Self::Type => "type",
        }
    }
}

/// A span with its type; offsets are code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: String,
}

/// The counts of one mode.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Muc {
    /// The same.
    pub correct: usize,
    /// Overlapping, and not the same.
    pub incorrect: usize,
    /// Half the same.
    pub partial: usize,
    /// In gold alone.
    pub missing: usize,
    /// Found alone.
    pub spurious: usize,
}

impl Muc {
    /// How many are in gold.
    pub fn possible(&self) -> usize {
        self.correct + self.incorrect + self.partial + self.missing
    }

    /// How many were found.
    pub fn actual(&self) -> usize {
        self.correct + self.incorrect + self.partial + self.spurious
    }

    /// Of those found, what is right, half ones as a half.
    pub fn precision(&self) -> Points {
        self.share(2 * self.actual())
    }

    /// Of those in gold, what was found.
    pub fn recall(&self) -> Points {
        self.share(2 * self.possible())
    }

    /// The harmonic mean of the two.
    pub fn f1(&self) -> Points {
        Points::of(2 * self.halves(), 2 * (self.actual() + self.possible()) as u128)
    }

    fn halves(&self) -> u128 {
        (2 * self.correct + self.partial) as u128
    }

    fn share(&self, halves: usize) -> Points {
        Points::of(self.halves(), halves as u128)
    }

    pub(super) fn join(&mut self, other: Self) {
        self.correct += other.correct;
        self.incorrect += other.incorrect;
        self.partial += other.partial;
        self.missing += other.missing;
        self.spurious += other.spurious;
    }
}

/// The counts in the order of [`Mode::ALL`].
pub(super) fn count<'a>(gold: &[&'a Mention], found: &[&'a Mention]) -> [Muc; 4] {
    Mode::ALL.map(|mode| of_mode(mode, gold, found))
}

fn of_mode(mode: Mode, gold: &[&Mention], found: &[&Mention]) -> Muc {
    let mut counts = Muc::default();
    let mut used = vec![false; gold.len()];
    for f in found {
        let free = |i: &usize| !used[*i] && gold[*i].start < f.end && f.start < gold[*i].end;
        let distance = |i: &usize| gold[*i].start.abs_diff(f.start) + gold[*i].end.abs_diff(f.end);
        let nearest = || (0..gold.len()).filter(free).filter(|i| gold[*i].kind == f.kind).min_by_key(distance);
        let first = || (0..gold.len()).find(free);
        let at = if mode == Mode::Type { nearest().or_else(first) } else { first() };
        let Some(at) = at else {
            counts.spurious += 1;
            continue;
        };
        used[at] = true;
        let same_span = (gold[at].start, gold[at].end) == (f.start, f.end);
        let same_type = gold[at].kind == f.kind;
        let slot = match mode {
            Mode::Strict if same_span && same_type => &mut counts.correct,
            Mode::Exact | Mode::Partial if same_span => &mut counts.correct,
            Mode::Type if same_type => &mut counts.correct,
            Mode::Partial => &mut counts.partial,
            Mode::Strict | Mode::Exact | Mode::Type => &mut counts.incorrect,
        };
        *slot += 1;
    }
    counts.missing = used.iter().filter(|u| !**u).count();
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(gold: &[(usize, usize, &str)], found: &[(usize, usize, &str)]) -> [[usize; 5]; 4] {
        let all = |list: &[(usize, usize, &str)]| -> Vec<Mention> {
            list.iter()
                .map(|(start, end, kind)| Mention { start: *start, end: *end, kind: (*kind).to_owned() })
                .collect()
        };
        let (gold, found) = (all(gold), all(found));
        let counts = count(&gold.iter().collect::<Vec<_>>(), &found.iter().collect::<Vec<_>>());
        counts.map(|m| [m.correct, m.incorrect, m.partial, m.missing, m.spurious])
    }

    #[test]
    fn the_six_cases_of_the_definition() {
        let (right, wrong, half, missing, spurious) =
            ([1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]);
        // In the order strict, exact, partial, type.
        assert_eq!(counts(&[(0, 5, "a")], &[(0, 5, "a")]), [right; 4]);
        assert_eq!(counts(&[], &[(0, 5, "a")]), [spurious; 4]);
        assert_eq!(counts(&[(0, 5, "a")], &[]), [missing; 4]);
        assert_eq!(counts(&[(0, 5, "a")], &[(0, 5, "b")]), [wrong, right, right, wrong]);
        assert_eq!(counts(&[(0, 5, "a")], &[(1, 5, "a")]), [wrong, wrong, half, right]);
        assert_eq!(counts(&[(0, 5, "a")], &[(1, 5, "b")]), [wrong, wrong, half, wrong]);
        // Side by side is no overlap.
        assert_eq!(counts(&[(0, 5, "a")], &[(5, 6, "a")]), [[0, 0, 0, 1, 1]; 4]);
    }

    #[test]
    fn each_goes_to_one() {
        // One across two: the first is taken, in the mode `type` the one of its type.
        let two = [(0, 3, "a"), (4, 9, "b")];
        assert_eq!(counts(&two, &[(0, 9, "b")]), [[0, 1, 0, 1, 0], [0, 1, 0, 1, 0], [0, 0, 1, 1, 0], [1, 0, 0, 1, 0]]);
        // Two in one: the second is spurious.
        assert_eq!(counts(&[(0, 9, "a")], &[(0, 3, "a"), (4, 9, "a")])[3], [1, 0, 0, 0, 1]);
    }

    #[test]
    fn halves_count_half() {
        let m = Muc { correct: 3, partial: 2, missing: 1, spurious: 1, incorrect: 0 };
        assert_eq!((m.possible(), m.actual()), (6, 6));
        assert_eq!([m.precision(), m.recall(), m.f1()].map(|p| p.to_string()), ["66.7"; 3]);
    }
}
