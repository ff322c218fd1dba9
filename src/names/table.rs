//! The prepared table of names: what a word or phrase is, looked up in place.
//!
//! One hash table for all lists. A phrase is looked up word by word: the hash of the words so far is the key of the
//! next step, so that a lookup ends at the first word that begins no listed phrase. Hyphens between words do not count
//! (*Euro-Stoxx-50* is *Euro Stoxx 50*), and words in front of the last are compared without the ending of an adjective
//! (*Vereinten Nationen* is *Vereinte Nationen*).

use super::class::Class;
use crate::model::EntityType;

/// What the table says of a form.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The lists that it stands in.
    pub(crate) class: Class,
    /// The thing that it names, if one is listed: an index for [`Table::thing`], from 1.
    pub(crate) thing: u32,
}

/// A listed thing.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed<'t> {
    /// Citation form.
    pub(crate) name: &'t str,
    /// What kind of thing.
    pub(crate) kind: EntityType,
    /// Finer, such as *company*; may be empty.
    pub(crate) subtype: &'t str,
    /// An identifier; may be empty.
    pub(crate) link: &'t str,
}

/// The table; its bytes are used as they stand in the file.
///
/// | bytes | what |
/// | --- | --- |
/// | 4 each | number of slots, of things, of bytes of strings |
/// | 2^18 | a bit for each key that a part of a word or of a phrase may have: most parts have none |
/// | 12 a slot | check, class, thing |
/// | 12 a thing | where its string begins, lengths of name, subtype and link, kind |
/// | rest | strings |
#[derive(Clone, Debug)]
pub(crate) struct Table {
    bytes: std::borrow::Cow<'static, [u8]>,
    slots: usize,
    things: usize,
}

const COUNTS: usize = 12;
const FILTER: usize = 1 << 18;
const HEAD: usize = COUNTS + FILTER;
const SLOT: usize = 12;
const THING: usize = 12;

impl Table {
    /// Reads the head; none where the bytes are no table.
    pub(crate) fn new(bytes: std::borrow::Cow<'static, [u8]>) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..at + 4)?.first_chunk()?) as usize);
        let (slots, things, strings) = (number(0)?, number(4)?, number(8)?);
        let whole = HEAD + slots * SLOT + things * THING + strings;
        (slots > 0 && bytes.len() == whole).then_some(Self { slots, things, bytes })
    }

    /// One without any name.
    pub(crate) fn empty() -> Self {
        let bytes = write(Vec::new(), &[], &[]);
        Self { bytes: bytes.into(), slots: 1, things: 0 }
    }

    fn word(&self, at: usize) -> u32 {
        self.bytes.get(at..at + 4).and_then(|b| b.first_chunk()).map_or(0, |b| u32::from_le_bytes(*b))
    }

    /// What a key of a part is.
    pub(crate) fn find(&self, key: u64) -> Entry {
        if self.may_have(key) { self.get(key) } else { Entry::default() }
    }

    /// Whether a part may have this key.
    pub(crate) fn may_have(&self, key: u64) -> bool {
        let bit = (key >> 43) as usize;
        self.bytes.get(COUNTS + bit / 8).is_some_and(|b| b >> (bit % 8) & 1 == 1)
    }

    /// What a key is.
    pub(crate) fn get(&self, key: u64) -> Entry {
        let mut slot = place(key, self.slots);
        loop {
            let at = HEAD + slot * SLOT;
            let check = self.word(at);
            if check == 0 {
                return Entry::default();
            }
            if check == check_of(key) {
                return Entry { class: Class(self.word(at + 4)), thing: self.word(at + 8) };
            }
            slot = if slot + 1 == self.slots { 0 } else { slot + 1 };
        }
    }

    /// Where the head of a listed thing begins.
    fn head(&self, number: u32) -> Option<usize> {
        let index = (number as usize).checked_sub(1).filter(|n| *n < self.things)?;
        Some(HEAD + self.slots * SLOT + index * THING)
    }

    /// What kind of thing a listed one is.
    pub(crate) fn kind(&self, number: u32) -> Option<EntityType> {
        let kind = self.bytes.get(self.head(number)? + 10..)?.first_chunk::<2>()?;
        EntityType::ALL.get(usize::from(u16::from_le_bytes(*kind))).copied()
    }

    /// A listed thing.
    pub(crate) fn thing(&self, number: u32) -> Option<Listed<'_>> {
        let at = self.head(number)?;
        let strings = HEAD + self.slots * SLOT + self.things * THING;
        let start = strings + self.word(at) as usize;
        let lengths = self.bytes.get(at + 4..at + 12)?;
        let [a, b, c, kind] = [0, 2, 4, 6].map(|k| usize::from(u16::from_le_bytes([lengths[k], lengths[k + 1]])));
        let text = |from: usize, len: usize| std::str::from_utf8(self.bytes.get(from..from + len)?).ok();
        Some(Listed {
            name: text(start, a)?,
            subtype: text(start + a, b)?,
            link: text(start + a + b, c)?,
            kind: *EntityType::ALL.get(kind)?,
        })
    }
}

fn place(key: u64, slots: usize) -> usize {
    ((u128::from(key) * slots as u128) >> 64) as usize
}

/// The lower half of a key; never 0, which marks a free slot.
fn check_of(key: u64) -> u32 {
    (key as u32).max(1)
}

/// The hash of a folded word.
pub(crate) fn hash(word: &[u8]) -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15 ^ word.len() as u64;
    let mut left = word;
    while let Some((eight, rest)) = left.split_first_chunk::<8>() {
        state = mix(state, u64::from_le_bytes(*eight));
        left = rest;
    }
    if !left.is_empty() {
        state = mix(state, padded(left));
    }
    mix(state, 0)
}

/// Fewer than eight bytes as a number, as if zeros stood behind; read at a few places that may overlap, as a loop or a
/// copy of unknown length takes longer.
#[inline]
fn padded(bytes: &[u8]) -> u64 {
    let n = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (n - 4));
    }
    let at = |i: usize| bytes.get(i).map_or(0, |b| u64::from(*b) << (8 * i));
    at(0) | at(1) | at(2)
}

/// Joins a hash to those before.
pub(crate) const fn mix(state: u64, more: u64) -> u64 {
    let product = (state ^ 0xe703_7ed1_a0b4_28db) as u128 * (more ^ 0xa076_1d64_78bd_642f) as u128;
    (product as u64 ^ (product >> 64) as u64).wrapping_add(state.rotate_left(29))
}

/// The key of a form that ends with this word, behind the words of `state` (0 for none).
pub(crate) fn ending(state: u64, word: u64) -> u64 {
    mix(state, word)
}

/// The key of a form that goes on behind this word.
pub(crate) fn beginning(state: u64, stem: u64) -> u64 {
    mix(state ^ 0x5851_f42d_4c95_7f2d, stem)
}

/// The key by which the filter knows the words that stand behind the first in some phrase, by their stems.
pub(crate) fn inside(stem: u64) -> u64 {
    mix(0x1405_7b7e_f767_814f, stem)
}

/// A folded word without the ending of an adjective: *vereinten*, *vereinte*, *vereinter* are one.
pub(crate) fn stem(word: &[u8]) -> &[u8] {
    let cut = match word {
        [.., b'e', b'n' | b'r' | b's' | b'm'] => 2,
        [.., b'e'] => 1,
        _ => 0,
    };
    if word.len() >= cut + 3 { &word[..word.len() - cut] } else { word }
}

/// A form on its way into the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its key.
    pub(crate) key: u64,
    /// The lists it stands in.
    pub(crate) class: Class,
    /// The thing it names, from 1; 0 for none.
    pub(crate) thing: u32,
    /// Whether it is asked of parts: of compounds, or of phrases behind their first word.
    pub(crate) part: bool,
}

/// Writes a table; `more` are keys for the filter alone. Rows of one key are joined; the first thing counts.
pub(crate) fn write(rows: Vec<Row>, more: &[u64], things: &[Listed<'_>]) -> Vec<u8> {
    let mut joined: std::collections::BTreeMap<u64, Entry> = std::collections::BTreeMap::new();
    let mut filter = vec![0u8; FILTER];
    let mut pass = |key: u64| {
        let bit = (key >> 43) as usize;
        filter[bit / 8] |= 1 << (bit % 8);
    };
    more.iter().for_each(|key| pass(*key));
    for row in rows {
        if row.part {
            pass(row.key);
        }
        let entry = joined.entry(row.key).or_default();
        entry.class = entry.class.joined(row.class);
        if entry.thing == 0 {
            entry.thing = row.thing;
        }
    }
    let slots = joined.len() * 5 / 4 + 1;
    let mut table = vec![(0u32, Entry::default()); slots];
    for (key, entry) in &joined {
        let mut slot = place(*key, slots);
        while table[slot].0 != 0 {
            slot = if slot + 1 == slots { 0 } else { slot + 1 };
        }
        table[slot] = (check_of(*key), *entry);
    }
    let mut strings = String::new();
    let mut heads = Vec::new();
    for t in things {
        heads.extend((strings.len() as u32).to_le_bytes());
        for part in [t.name, t.subtype, t.link] {
            strings.push_str(part);
            heads.extend((part.len() as u16).to_le_bytes());
        }
        let kind = EntityType::ALL.iter().position(|k| *k == t.kind).unwrap_or(0);
        heads.extend((kind as u16).to_le_bytes());
    }
    let mut out = Vec::new();
    for n in [slots, things.len(), strings.len()] {
        out.extend((n as u32).to_le_bytes());
    }
    out.extend(filter);
    for (check, entry) in table {
        for n in [check, entry.class.0, entry.thing] {
            out.extend(n.to_le_bytes());
        }
    }
    out.extend(heads);
    out.extend(strings.as_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let things = [Listed { name: "Meta", kind: EntityType::Organization, subtype: "company", link: "isin:1" }];
        let rows = (0..1000u32)
            .map(|n| Row { key: hash(&n.to_le_bytes()), class: Class(n << 4), thing: n % 2, part: n % 3 == 0 })
            .collect();
        let table = Table::new(write(rows, &[], &things).into()).expect("a table");
        for n in 0..1000u32 {
            assert!(n % 3 != 0 || table.may_have(hash(&n.to_le_bytes())));
            assert_eq!(table.get(hash(&n.to_le_bytes())), Entry { class: Class(n << 4), thing: n % 2 });
        }
        assert_eq!(table.get(hash(b"other")), Entry::default());
        assert_eq!(table.thing(1), Some(things[0]));
        assert_eq!(table.kind(1), Some(EntityType::Organization));
        assert_eq!(table.thing(2), None);
        assert!(Table::new(vec![0; 10].into()).is_none());
    }

    #[test]
    fn endings_of_adjectives_do_not_count() {
        assert_eq!(stem(b"vereinten"), stem(b"vereinte"));
        assert_eq!(stem(b"er"), b"er");
    }
}
