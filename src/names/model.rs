//! The learned weights: small integers in one table, used as it stands in the file.

use super::table;

/// One score for each label; the rest is padding.
pub(crate) type Row = [i16; LANES];

/// Places in a row: as many as are added at once.
pub(crate) const LANES: usize = 16;

/// *None*, and for each type of name its beginning and its inside.
pub(crate) const LABELS: usize = 11;

/// A feature's weights in the file: a byte a label, and by how many bits all are shifted.
const WEIGHTS: usize = LANES;

/// The number of slots is a power of two; each holds some bits of a feature and the number of its weights, a free one 0.
const NUMBER: u32 = 17;

/// Slots that are looked at together; which bucket, a feature's hash tells.
const BUCKET: usize = 4;

/// Number of slots, number of rows of weights, the first of them zeros; then the scores of one label behind another.
const HEAD: usize = (8 + (LABELS + 1) * LANES * 2).next_multiple_of(64);

/// The weights of the tagger.
///
/// Slots and weights lie apart: most features that a text has are unknown, and the slots alone stay near.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    bytes: std::borrow::Cow<'static, [u8]>,
    slots: usize,
    /// For each bucket a bit for what the features in it may be: most unknown ones are told by it, which stays nearer
    /// than the slots.
    filter: Box<[u16]>,
    /// The score of a label behind another; behind nothing in the last row.
    transitions: [Row; LABELS + 1],
}

impl Model {
    /// Reads the head; none where the bytes are no model.
    pub(crate) fn new(bytes: std::borrow::Cow<'static, [u8]>) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..at + 4)?.first_chunk()?) as usize);
        let (slots, features) = (number(0)?, number(4)?);
        if !slots.is_power_of_two() || bytes.len() != HEAD + slots * 4 + features * WEIGHTS {
            return None;
        }
        let mut transitions = [[0; LANES]; LABELS + 1];
        for (k, pair) in bytes[8..8 + (LABELS + 1) * LANES * 2].chunks_exact(2).enumerate() {
            transitions[k / LANES][k % LANES] = i16::from_le_bytes([pair[0], pair[1]]);
        }
        let mut filter = vec![0; slots.div_ceil(BUCKET)].into_boxed_slice();
        for (n, slot) in bytes[HEAD..HEAD + slots * 4].as_chunks::<4>().0.iter().enumerate() {
            let slot = u32::from_le_bytes(*slot);
            filter[n / BUCKET] |= if slot == 0 { 0 } else { 1 << ((slot >> NUMBER) % 16) };
        }
        Some(Self { bytes, slots, filter, transitions })
    }

    /// One that knows nothing: for training.
    pub(crate) fn empty() -> Self {
        Self { bytes: Vec::new().into(), slots: 0, filter: Box::default(), transitions: [[0; LANES]; LABELS + 1] }
    }

    /// No feature at all.
    pub(crate) const NOTHING: u64 = 0;

    /// The number of a feature's weights; that of the row of zeros where it is unknown or [`Model::NOTHING`].
    ///
    /// Nothing in it depends on whether a feature is known, which costs less than a branch that is guessed wrong half
    /// the time.
    #[inline]
    pub(crate) fn number(&self, feature: u64) -> u32 {
        let at = bucket(feature, self.slots);
        let check = feature as u32 >> NUMBER;
        let Some(filter) = self.filter.get(at / BUCKET) else { return 0 };
        // For what the filter knows not, the first bucket is looked at in vain: it is always near.
        let may = u32::from(filter >> (check % 16) & 1) & u32::from(feature != Self::NOTHING);
        let at = HEAD + at * may as usize * 4;
        let Some(four) = self.bytes.get(at..).and_then(|b| b.first_chunk::<{ BUCKET * 4 }>()) else { return 0 };
        let number = four.as_chunks::<4>().0.iter().fold(0, |number, slot| {
            let slot = u32::from_le_bytes(*slot);
            number | if slot >> NUMBER == check { slot & ((1 << NUMBER) - 1) } else { 0 }
        });
        number * may
    }

    /// The sum of weights by their numbers.
    #[inline]
    pub(crate) fn sum(&self, numbers: &[u32]) -> Row {
        let weights = self.bytes.get(HEAD + self.slots * 4..).unwrap_or_default();
        let mut row = Row::default();
        for number in numbers {
            let Some(found) = weights.get(*number as usize * WEIGHTS..).and_then(|b| b.first_chunk::<WEIGHTS>()) else {
                continue;
            };
            let factor = 1i16 << (found[LABELS] & 7);
            for (sum, weight) in row.iter_mut().zip(found) {
                *sum = sum.wrapping_add(i16::from(*weight as i8).wrapping_mul(factor));
            }
        }
        row
    }

    /// Adds the weights of some features.
    pub(crate) fn add(&self, features: &[u64], row: &mut Row) {
        let mut numbers = [0; 16];
        for features in features.chunks(numbers.len()) {
            for (number, feature) in numbers.iter_mut().zip(features) {
                *number = self.number(*feature);
            }
            for (sum, more) in row.iter_mut().zip(self.sum(&numbers[..features.len()])) {
                *sum = sum.wrapping_add(more);
            }
        }
    }

    /// The scores of all labels behind `label`, or at the beginning.
    pub(crate) fn behind(&self, label: Option<usize>) -> &Row {
        &self.transitions[label.unwrap_or(LABELS)]
    }

    /// Writes a model: weights by feature, and the scores of labels behind each other.
    pub(crate) fn write(weights: &[(u64, [i8; LANES])], transitions: &[Row; LABELS + 1]) -> Vec<u8> {
        // Half of the slots stay free; what finds its bucket full is left out, and the heaviest come first.
        let slots = (weights.len() * 2).next_power_of_two().max(BUCKET);
        let mut table = vec![0; slots];
        let mut rows = vec![[0; LANES]];
        for (feature, row) in weights {
            let at = bucket(*feature, slots);
            let check = *feature as u32 >> NUMBER;
            let bucket = &mut table[at..at + BUCKET];
            let same = bucket.iter().any(|s| *s != 0 && *s >> NUMBER == check);
            let Some(free) = bucket.iter_mut().find(|s| **s == 0).filter(|_| !same && rows.len() < 1 << NUMBER) else {
                continue;
            };
            *free = check << NUMBER | rows.len() as u32;
            rows.push(*row);
        }
        let mut out = Vec::new();
        out.extend((slots as u32).to_le_bytes());
        out.extend((rows.len() as u32).to_le_bytes());
        for row in transitions {
            out.extend(row.iter().flat_map(|w| w.to_le_bytes()));
        }
        out.resize(HEAD, 0);
        out.extend(table.into_iter().flat_map(u32::to_le_bytes));
        out.extend(rows.iter().flat_map(|row| row.map(|w| w as u8)));
        out
    }
}

/// Where the bucket of a feature begins.
fn bucket(feature: u64, slots: usize) -> usize {
    (feature >> 32) as usize & slots.saturating_sub(BUCKET)
}

/// The number of a feature: which template, and its value.
#[inline]
pub(crate) fn feature(template: u64, value: u64) -> u64 {
    table::mix(template.wrapping_mul(0x9e37_79b9_7f4a_7c15), value)
}
