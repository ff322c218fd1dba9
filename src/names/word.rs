//! What a single word says of itself, computed once for each distinct word.

use super::build::suffix_key;
use super::class::Class;
use super::features::{self, Place};
use super::marks::Marks;
use super::model::{Model, Row};
use super::table::{self, Table};
use crate::lexicon::fold;
use crate::model::{Token, TokenKind};

/// A word by itself, in one line of the cache.
#[derive(Copy, Clone, Debug, Default)]
#[repr(align(64))]
pub(crate) struct Word {
    /// The hash of the folded word.
    pub(crate) key: u64,
    /// The same without the ending of an adjective.
    pub(crate) stem: u64,
    /// The same without a genitive *s*; 0 where it has none.
    pub(crate) genitive: u64,
    /// The same for *Metas* and *Meta*.
    pub(crate) base: u64,
    /// The lists it stands in.
    pub(crate) class: Class,
    /// The lists its ending stands in: *Konzern|chef*.
    pub(crate) tail: Class,
    /// How it is written.
    pub(crate) shape: Shape,
    /// Whether it may stand in a listed phrase behind its first word.
    pub(crate) inside: bool,
    /// Its most telling list, else its shape: see [`features::kind`].
    pub(crate) kind: u64,
}

const _: () = assert!(size_of::<Word>() == 64);

/// Hashes of the first and the last letters, folded: two to four, two to five.
pub(crate) type Affixes = [u32; 7];

/// How a word is written.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Shape {
    /// No token at all.
    #[default]
    None,
    /// *und*
    Small,
    /// *Umsatz*
    Capital,
    /// *BMW*
    Upper,
    /// *A*
    Letter,
    /// *iPhone*, *McDonald*
    Mixed,
    /// 59,9
    Number,
    /// Four figures.
    Year,
    /// Anything else.
    Mark,
}

impl Word {
    /// Looks at a token.
    pub(crate) fn new(token: &Token, text: &str, table: &Table, key: &mut Vec<u8>) -> (Self, Affixes) {
        let surface = token.text(text);
        fold(surface, key, usize::MAX);
        let hash = table::hash(key);
        let mut word = Self { key: hash, base: hash, shape: shape(token, surface), ..Self::default() };
        word.stem = table::hash(table::stem(key));
        word.inside = table.may_have(table::inside(word.stem));
        if token.kind != TokenKind::Word {
            word.class = table.get(table::ending(0, hash)).class;
            word.class = word.class.joined(table.get(table::beginning(0, word.stem)).class);
            word.kind = features::kind(&word);
            return (word, Affixes::default());
        }
        let (capital, upper) = (token.capital(), token.flags & Token::UPPER != 0 || key.len() == 1 && token.capital());
        let fit = |class: Class| if class.fits(capital, upper, key.len()) { class } else { Class::default() };
        word.class = fit(table.get(table::ending(0, hash)).class);
        if let [bare @ .., b's'] = key.as_slice()
            && bare.len() >= 3
            && capital
        {
            let hash = table::hash(bare);
            word.genitive = hash;
            word.base = hash;
            word.inside |= table.may_have(table::inside(table::hash(table::stem(bare))));
            if !word.class.has(Class::THINGS) {
                word.class = word.class.joined(fit(table.get(table::ending(0, hash)).class));
            }
        }
        word.class = word.class.joined(table.get(table::beginning(0, word.stem)).class);
        if capital {
            word.tail = tail(key, table, word.class);
            // "Kindern", "Bundesländer": a noun with an ending.
            if !word.class.has(Class(Class::NOUN.0 | Class::THINGS.0)) && !word.tail.has(Class::NOUN) {
                let noun = |cut: usize| {
                    let bare = key.len().checked_sub(cut).filter(|n| *n >= 4).map(|n| &key[..n]);
                    bare.is_some_and(|b| table.find(table::ending(0, table::hash(b))).class.has(Class::NOUN))
                };
                let cuts: &[usize] = match key.as_slice() {
                    [.., b'e', b'n' | b'r' | b's'] => &[1, 2],
                    [.., b'e', b'r', b'n'] => &[1, 2, 3],
                    [.., b'n' | b's' | b'e'] => &[1],
                    _ => &[],
                };
                if cuts.iter().any(|cut| noun(*cut)) {
                    word.tail = word.tail.joined(Class::NOUN);
                }
            }
        }
        let part = |from: usize, to: usize| key.get(from..to).map_or(0, |p| table::hash(p) as u32 | 1);
        let n = key.len();
        let end = |len: usize| if n > len { part(n - len, n) } else { 0 };
        let begin = |len: usize| if n > len { part(0, len) } else { 0 };
        word.kind = features::kind(&word);
        (word, [begin(2), begin(3), begin(4), end(2), end(3), end(4), end(5)])
    }
}

impl Word {
    /// Whether a form of the user's table may begin with it.
    fn begins(&self, user: &Table) -> bool {
        user.find(table::ending(0, self.key)).thing != 0
            || self.genitive != 0 && user.find(table::ending(0, self.genitive)).thing != 0
            || user.find(table::beginning(0, self.stem)).class.has(Class::CONTINUES)
    }
}

/// The longest ending that is listed.
fn tail(key: &[u8], table: &Table, whole: Class) -> Class {
    let mut class = Class::default();
    let nouns = !whole.has(Class::NOUN);
    for len in (3..=key.len().min(20)).rev() {
        let Some(end) = key.get(key.len() - len..) else { break };
        let hash = table::hash(end);
        if class.without(Class::NOUN).0 == 0 && table.may_have(suffix_key(hash)) {
            class = class.joined(table.get(suffix_key(hash)).class);
        }
        // "Stadt|rundfahrt": a compound of common nouns.
        let noun = table::ending(0, hash);
        if nouns && len >= 4 && len + 3 <= key.len() && !class.has(Class::NOUN) && table.may_have(noun) {
            let found = table.get(noun).class;
            if found.has(Class::NOUN) && !found.has(Class::THINGS) {
                class = class.joined(Class::NOUN);
            }
        }
    }
    class.without(Class(Class::CAPITAL.0 | Class::UPPER.0 | Class::SMALL.0))
}

fn shape(token: &Token, surface: &str) -> Shape {
    match token.kind {
        TokenKind::Number if surface.len() == 4 && surface.bytes().all(|b| b.is_ascii_digit()) => Shape::Year,
        TokenKind::Number => Shape::Number,
        TokenKind::Mark => Shape::Mark,
        TokenKind::Word if token.flags & Token::UPPER != 0 => Shape::Upper,
        TokenKind::Word => {
            let inner = surface.chars().skip(1).any(char::is_uppercase);
            match (token.capital(), inner) {
                (true, _) if surface.chars().nth(1).is_none() => Shape::Letter,
                (_, true) => Shape::Mixed,
                (true, false) => Shape::Capital,
                (false, false) => Shape::Small,
            }
        }
    }
}

/// The scores of a word by itself at the five places that the tagger looks at.
#[derive(Copy, Clone, Debug)]
#[repr(align(32))]
pub(crate) struct Rows(pub(crate) [Row; Place::ALL.len()]);

/// Words seen before, with their scores; it lives as long as its worker.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    slots: Vec<Slot>,
    words: Vec<Word>,
    affixes: Vec<Affixes>,
    rows: Vec<Rows>,
    /// Whether a word was judged itself.
    judged: Vec<bool>,
    /// How many bytes of its key are a listed name in front of a noun, where that was asked: see [`Cache::compound`].
    compounds: Vec<Option<Option<u8>>>,
    key: Vec<u8>,
    features: Vec<u64>,
}

/// A place of the hash table: what tells a word from others, one more than its index, and its marks.
#[derive(Copy, Clone, Debug, Default)]
struct Slot {
    /// The bytes of a short word, zeros behind them; of a longer one two hashes.
    bytes: (u64, u64),
    index: u32,
    marks: Marks,
}

impl Cache {
    /// As many distinct words are kept, some eight megabytes; then it begins anew.
    const MOST: usize = 40_000;

    /// Makes room, if it is full; the indices given out before are void then.
    pub(crate) fn begin(&mut self) {
        if self.slots.is_empty() || self.words.len() > Self::MOST {
            // It grows with the text: a short one begins at once.
            let size = self.slots.len().max(1 << 12);
            self.slots.clear();
            self.slots.resize(size, Slot::default());
            self.words.clear();
            self.affixes.clear();
            self.rows.clear();
            self.judged.clear();
            self.compounds.clear();
        }
    }

    /// The index of a token's word, and what is asked of it most.
    pub(crate) fn index(
        &mut self,
        token: &Token,
        text: &str,
        table: &Table,
        model: &Model,
        user: Option<&Table>,
    ) -> (u32, Marks) {
        let bytes = identity(token, text);
        let mask = self.slots.len() - 1;
        let mut slot = spread(bytes) & mask;
        loop {
            let found = &self.slots[slot];
            if found.index == 0 {
                break;
            }
            if found.bytes == bytes {
                return (found.index - 1, found.marks);
            }
            slot = (slot + 1) & mask;
        }
        let (word, affixes) = Word::new(token, text, table, &mut self.key);
        let begins = user.is_some_and(|user| word.begins(user));
        let marks = Marks::new(token, &word).joined(if begins { Marks::USER } else { Marks::default() });
        let rows = Place::ALL.map(|place| {
            let mut row = Row::default();
            // Most words are never judged themselves: see [`Cache::judge`].
            if place != Place::Here {
                self.features.clear();
                features::of_word(&word, &affixes, place, &mut |feature| self.features.push(feature));
                model.add(&self.features, &mut row);
            }
            row
        });
        self.words.push(word);
        self.affixes.push(affixes);
        self.rows.push(Rows(rows));
        self.judged.push(false);
        self.compounds.push(None);
        self.slots[slot] = Slot { bytes, index: self.words.len() as u32, marks };
        // A long document with more words than fit: the table grows.
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        (self.words.len() as u32 - 1, marks)
    }

    /// Adds the scores of a word where it is judged itself.
    pub(crate) fn judge(&mut self, index: u32, model: &Model) {
        let at = index as usize;
        if !self.judged[at] {
            self.judged[at] = true;
            self.features.clear();
            features::of_word(&self.words[at], &self.affixes[at], Place::Here, &mut |feature| {
                self.features.push(feature)
            });
            model.add(&self.features, &mut self.rows[at].0[Place::Here as usize]);
        }
    }

    /// How many bytes of a word's key are a listed name in front of a noun; asked of `find` once for each word.
    pub(crate) fn compound(&mut self, index: u32, find: impl FnOnce(&Word, &mut Vec<u8>) -> Option<u8>) -> Option<u8> {
        let at = index as usize;
        *self.compounds[at].get_or_insert_with(|| find(&self.words[at], &mut self.key))
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots.resize(old.len() * 2, Slot::default());
        let mask = self.slots.len() - 1;
        for word in old.into_iter().filter(|s| s.index != 0) {
            let mut slot = spread(word.bytes) & mask;
            while self.slots[slot].index != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = word;
        }
    }

    /// A word by its index.
    pub(crate) fn word(&self, index: u32) -> &Word {
        &self.words[index as usize]
    }

    /// The first and last letters of a word by its index.
    pub(crate) fn affixes(&self, index: u32) -> &Affixes {
        &self.affixes[index as usize]
    }

    /// The scores of a word by its index at a place.
    pub(crate) fn row(&self, index: u32, place: usize) -> &Row {
        &self.rows[index as usize].0[place]
    }
}

/// What tells a word from all others: up to fifteen bytes as they are, of longer words 127 bits of hash.
fn identity(token: &Token, text: &str) -> (u64, u64) {
    let (start, end) = (token.start as usize, token.end as usize);
    let bytes = text.as_bytes();
    if end - start > 15 {
        let word = &bytes[start..end];
        let hash = table::hash(word);
        return (hash, table::mix(hash, table::hash(&word[1..])) | 1 << 63);
    }
    let mut sixteen = [0u8; 16];
    match bytes.get(start..start + 16) {
        Some(all) => {
            sixteen.copy_from_slice(all);
            let mask = (1u128 << (8 * (end - start))) - 1;
            let word = u128::from_le_bytes(sixteen) & mask;
            (word as u64, (word >> 64) as u64)
        }
        None => {
            sixteen[..end - start].copy_from_slice(&bytes[start..end]);
            let word = u128::from_le_bytes(sixteen);
            (word as u64, (word >> 64) as u64)
        }
    }
}

fn spread((low, high): (u64, u64)) -> usize {
    ((low ^ high.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}
