//! Choosing among candidates: each has clues, each clue a learned weight, and the highest sum wins.
//!
//! A clue is a small number: what it is about, and what it says. It names its place in one table of weights by a hash,
//! so that nothing has to be registered; two clues of one place share a weight, which training takes into account.

use crate::error::{Error, Result};
use crate::names::word_hash;
use std::borrow::Cow;

/// As many weights there are.
pub(crate) const WEIGHTS: usize = 1 << 16;

/// What a clue is about, from its name; computed when the program is compiled.
pub(crate) const fn about(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0100_0000_01b3);
        i += 1;
    }
    hash
}

/// A word as something that is said; 0 for none.
pub(crate) fn hash(word: &str) -> u64 {
    if word.is_empty() { 0 } else { word_hash(word.as_bytes()) }
}

/// Two things that are said at once.
pub(crate) const fn both(a: u64, b: u64) -> u64 {
    (a ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(31) ^ b
}

/// A distance as one of a few steps.
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

/// The candidates for one slot, each with its clues.
#[derive(Debug)]
pub(crate) struct Options<T> {
    /// Tells the clues of one slot from those of another.
    slot: u64,
    items: Vec<T>,
    clues: Vec<u16>,
    ends: Vec<u32>,
}

impl<T> Options<T> {
    /// None yet.
    pub(crate) fn new(slot: Slot) -> Self {
        Self { slot: slot as u64, items: Vec::new(), clues: Vec::new(), ends: Vec::new() }
    }

    pub(crate) fn clear(&mut self) {
        self.items.clear();
        self.clues.clear();
        self.ends.clear();
    }

    /// A further candidate; what is said next is said of it.
    pub(crate) fn add(&mut self, item: T) {
        self.items.push(item);
        self.ends.push(self.clues.len() as u32);
    }

    /// Says something of the last candidate.
    pub(crate) fn say(&mut self, about: u64, what: u64) {
        let hash = both(about.wrapping_add(self.slot), what).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        self.clues.push((hash >> 48) as u16);
        if let Some(end) = self.ends.last_mut() {
            *end = self.clues.len() as u32;
        }
    }

    pub(crate) fn items(&self) -> &[T] {
        &self.items
    }

    /// The clues of a candidate.
    pub(crate) fn clues(&self, n: usize) -> &[u16] {
        let from = n.checked_sub(1).map_or(0, |b| self.ends[b]) as usize;
        &self.clues[from..self.ends[n] as usize]
    }
}

/// Who chooses: the weights, or in training one who knows better.
pub(crate) trait Judge {
    /// The candidate to take for the number of a statement; `answer` is what it would fill the slot with.
    fn choose<T: Copy>(
        &mut self,
        slot: Slot,
        number: u32,
        options: &Options<T>,
        answer: impl Fn(&T) -> Option<String>,
    ) -> Option<T>;
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

/// What each clue weighs.
#[derive(Clone, Debug)]
pub(crate) struct Weights(Cow<'static, [u8]>);

impl Weights {
    /// Reads what [`Weights::write`] made.
    ///
    /// # Errors
    /// The bytes are no such file.
    pub(crate) fn read(bytes: &'static [u8]) -> Result<Self> {
        if bytes.len() == WEIGHTS * 2 {
            Ok(Self(bytes.into()))
        } else {
            Err(Error::new("the weights of facts cannot be read"))
        }
    }

    /// Nothing weighs anything.
    pub(crate) fn none() -> Self {
        Self(Cow::Owned(vec![0; WEIGHTS * 2]))
    }

    /// The content of the file.
    pub(crate) fn write(weights: &[i16]) -> Vec<u8> {
        weights.iter().flat_map(|w| w.to_le_bytes()).collect()
    }

    fn of(&self, clue: u16) -> i32 {
        let at = usize::from(clue) * 2;
        self.0.get(at..).and_then(|b| b.first_chunk()).map_or(0, |b| i32::from(i16::from_le_bytes(*b)))
    }

    /// The sum of a candidate.
    pub(crate) fn sum<T>(&self, options: &Options<T>, n: usize) -> i32 {
        options.clues(n).iter().map(|c| self.of(*c)).sum()
    }
}

impl Judge for &Weights {
    fn choose<T: Copy>(
        &mut self,
        _: Slot,
        _: u32,
        options: &Options<T>,
        _: impl Fn(&T) -> Option<String>,
    ) -> Option<T> {
        let best = (0..options.items.len()).max_by_key(|n| (self.sum(options, *n), std::cmp::Reverse(*n)))?;
        options.items.get(best).copied()
    }
}
