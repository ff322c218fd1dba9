//! Choosing among candidates: each has clues, each clue a learned weight, and the highest sum wins.
//!
//! A clue is a small number: what it is about, and what it says. It names its place in one table of weights by a hash,
//! so that nothing has to be registered; two clues of one place share a weight, which training takes into account.

use super::role::{Draft, Untold};
use crate::names::word_hash;

/// As many weights there are.
pub(crate) const WEIGHTS: usize = 1 << 17;

/// What a clue is about.
#[derive(Copy, Clone, Debug)]
pub(crate) struct About {
    hash: u64,
    name: &'static str,
}

/// What a clue is about, from its name; computed when the program is compiled.
#[inline(always)]
pub(crate) const fn about(name: &'static str) -> About {
    let bytes = name.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0100_0000_01b3);
        i += 1;
    }
    About { hash, name }
}

/// A word as something that is said; 0 for none.
pub(crate) fn hash(word: &str) -> u64 {
    if word.is_empty() { 0 } else { word_hash(word.as_bytes()) }
}

/// Two things that are said at once.
#[inline(always)]
pub(crate) const fn both(a: u64, b: u64) -> u64 {
    (a ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(31) ^ b
}

/// A distance as one of a few steps.
#[inline(always)]
pub(crate) const fn step(distance: usize) -> u64 {
    match distance {
        0..=3 => distance as u64,
        4..=5 => 4,
        6..=8 => 5,
        9..=13 => 6,
        14..=20 => 7,
        21..=40 => 8,
        _ => 9,
    }
}

/// What fills a slot.
pub(crate) trait Choice: Copy {
    /// The slot: it tells its clues from those of another.
    const SLOT: Slot;
}

/// The candidates for one slot. What is said of each is added up at once; where it is to be learned what clues weigh,
/// they are kept.
#[derive(Debug)]
pub(crate) struct Options<T> {
    items: Vec<T>,
    weights: Option<Weights>,
    /// The sum of the last candidate.
    sum: i32,
    /// The best of those before it, and its sum.
    best: Option<(i32, usize)>,
    clues: Vec<u32>,
    /// What each is about.
    names: Vec<&'static str>,
    ends: Vec<u32>,
}

impl<T: Choice> Options<T> {
    /// None yet. Without weights all clues are kept.
    pub(crate) fn new(weights: Option<Weights>) -> Self {
        Self { items: Vec::new(), weights, sum: 0, best: None, clues: Vec::new(), names: Vec::new(), ends: Vec::new() }
    }

    pub(crate) fn clear(&mut self) {
        self.items.clear();
        self.best = None;
        self.clues.clear();
        self.names.clear();
        self.ends.clear();
    }

    /// A further candidate; what is said next is said of it.
    pub(crate) fn add(&mut self, item: T) {
        self.best = self.best();
        self.sum = 0;
        self.items.push(item);
        self.ends.push(self.clues.len() as u32);
    }

    /// Says something of the last candidate.
    #[inline(always)]
    pub(crate) fn say(&mut self, about: About, what: u64) {
        let hash = both(about.hash.wrapping_add(T::SLOT as u64), what).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        let clue = (hash >> 47) as u32;
        match self.weights {
            Some(weights) => self.sum += weights.of(clue),
            None => self.keep(about.name, clue),
        }
    }

    #[cold]
    fn keep(&mut self, name: &'static str, clue: u32) {
        self.clues.push(clue);
        self.names.push(name);
        if let Some(end) = self.ends.last_mut() {
            *end = self.clues.len() as u32;
        }
    }

    /// The candidate with the highest sum, the first of those, with its sum.
    fn best(&self) -> Option<(i32, usize)> {
        let last = (self.sum, self.items.len().checked_sub(1)?);
        self.best.filter(|(sum, _)| *sum >= last.0).or(Some(last))
    }

    #[inline]
    pub(crate) fn items(&self) -> &[T] {
        &self.items
    }

    /// The clues of a candidate.
    pub(crate) fn clues(&self, n: usize) -> &[u32] {
        &self.clues[self.range(n)]
    }

    /// What each of them is about.
    pub(crate) fn names(&self, n: usize) -> &[&'static str] {
        &self.names[self.range(n)]
    }

    fn range(&self, n: usize) -> std::ops::Range<usize> {
        let from = n.checked_sub(1).map_or(0, |b| self.ends[b]) as usize;
        from..self.ends[n] as usize
    }
}

/// Who chooses: the weights, or in training one who knows better.
pub(crate) trait Judge {
    /// The candidate to take for the number of a statement; `answer` is what it would fill the slot with.
    fn choose<T: Choice>(
        &mut self,
        number: u32,
        options: &Options<T>,
        answer: impl Fn(&T) -> Option<String>,
    ) -> Option<T>;

    /// A statement, before anything is chosen for it.
    fn meet(&mut self, _: &Draft) {}

    /// A number that is said in turn, and the first of its row.
    fn turn(&mut self, _: u32, _: u32) {}

    /// A number that is told, not stated.
    fn leave(&mut self, _: u32, _: Untold) {}
}

/// The weights choose.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Weighed;

impl Judge for Weighed {
    fn choose<T: Choice>(&mut self, _: u32, options: &Options<T>, _: impl Fn(&T) -> Option<String>) -> Option<T> {
        let (_, best) = options.best()?;
        options.items.get(best).copied()
    }
}

/// What is chosen.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Metric,
    Subject,
    Period,
    Status,
    Direction,
    Source,
}

impl Slot {
    /// Its name, as records have it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Subject => "subject",
            Self::Period => "period",
            Self::Status => "status",
            Self::Direction => "direction",
            Self::Source => "source",
        }
    }
}

/// What each clue weighs.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Weights(pub(crate) &'static [u8; WEIGHTS * 2]);

impl Weights {
    /// The content of the file.
    pub(crate) fn write(weights: &[i16]) -> Vec<u8> {
        weights.iter().flat_map(|w| w.to_le_bytes()).collect()
    }

    #[inline(always)]
    pub(super) fn of(self, clue: u32) -> i32 {
        let at = clue as usize * 2;
        i32::from(i16::from_le_bytes([self.0[at], self.0[at + 1]]))
    }
}
