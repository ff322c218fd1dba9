//! From a folded word to its number. It is made from the words when they are read: that takes less than to read it.

use super::short::Short;

/// Bits of [`Index::begins`].
const BEGINS: usize = 1 << 15;

/// The numbers of words by their keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Open addressing over the short keys: the upper half of the hash and the word; its size is a power of two.
    slots: Vec<(u32, u32)>,
    /// The short key of each word; empty for the others.
    short: Vec<Short>,
    /// The words of longer keys, in the order of the keys.
    long: Vec<u32>,
    /// A bit for what each longer key begins with: nearly all compounds of a text are passed over by it.
    begins: Vec<u64>,
}

impl Index {
    /// That of words one after the other in `keys`, each from its place in `at` to the next; those without a key are none.
    pub(super) fn of(keys: &[u8], at: &[u32]) -> Self {
        let count = at.len().saturating_sub(1);
        let mut index = Self {
            slots: vec![(0, 0); (count * 4 / 3).next_power_of_two().max(2)],
            short: vec![Short::default(); count],
            long: Vec::new(),
            begins: vec![0; BEGINS / 64],
        };
        let mask = index.slots.len() - 1;
        for (id, ends) in (0u32..).zip(at.windows(2)) {
            match &keys[ends[0] as usize..ends[1] as usize] {
                [] => {}
                key => match Short::of(key) {
                    Some(short) => {
                        let hash = short.hash();
                        let mut slot = hash as usize & mask;
                        while index.slots[slot].1 != 0 {
                            slot = (slot + 1) & mask;
                        }
                        index.slots[slot] = ((hash >> 32) as u32, id);
                        index.short[id as usize] = short;
                    }
                    None => {
                        let bit = Self::bit(key);
                        index.begins[bit / 64] |= 1 << (bit % 64);
                        index.long.push(id);
                    }
                },
            }
        }
        index.long.sort_unstable_by_key(|id| key(keys, at, *id));
        index
    }

    /// The word of a short key, 0 for none.
    #[inline]
    pub(super) fn short(&self, key: Short) -> u32 {
        let hash = key.hash();
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let (tag, word) = self.slots[slot];
            if word == 0 || tag == (hash >> 32) as u32 && self.short[word as usize] == key {
                return word;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The word of a longer key, 0 for none; with the keys that the index is of.
    pub(super) fn long(&self, wanted: &[u8], keys: &[u8], at: &[u32]) -> u32 {
        let found = self.long.binary_search_by_key(&wanted, |id| key(keys, at, *id));
        found.map_or(0, |n| self.long[n])
    }

    /// Whether some longer key may begin with these fifteen bytes.
    #[inline]
    pub(super) fn may_be_long(&self, begin: Short) -> bool {
        let bit = begin.hash() as usize % BEGINS;
        self.begins[bit / 64] >> (bit % 64) & 1 == 1
    }

    /// The place in [`Index::begins`] of a key longer than a short one.
    fn bit(key: &[u8]) -> usize {
        Short::of(&key[..Short::MAX]).map_or(0, |s| s.hash() as usize % BEGINS)
    }
}

fn key<'a>(keys: &'a [u8], at: &[u32], id: u32) -> &'a [u8] {
    let id = id as usize;
    &keys[at[id] as usize..at[id + 1] as usize]
}
