//! What a single word says of itself, computed once for each distinct word.

use super::build::suffix_key;
use super::class::Class;
use super::features::{self, Place};
use super::marks::Marks;
use super::model::{Model, Row};
use super::table::{self, Table};
use crate::lexicon::fold;
use crate::model::{Token, TokenKind};
use std::collections::HashMap;

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
    /// The listed thing that it names by itself; 0 for none.
    pub(crate) thing: u32,
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
        let entry = table.get(table::ending(0, hash));
        word.thing = entry.thing;
        if token.kind != TokenKind::Word {
            word.class = entry.class;
            word.class = word.class.joined(table.get(table::beginning(0, word.stem)).class);
            word.kind = features::kind(&word);
            return (word, Affixes::default());
        }
        let (capital, upper) = (token.capital(), token.flags & Token::UPPER != 0 || key.len() == 1 && token.capital());
        let fit = |class: Class| if class.fits(capital, upper, key.len()) { class } else { Class::default() };
        word.class = fit(entry.class);
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
#[derive(Copy, Clone, Debug, Default)]
#[repr(align(32))]
pub(crate) struct Rows(pub(crate) [Row; Place::ALL.len()]);

/// What *Metas* and *Meta* share: a number for the same [`Word::base`], and whether the word has no genitive *s*.
#[derive(Copy, Clone, Debug, Default)]
pub(crate) struct Base(u32);

impl Base {
    /// The number; below [`Cache::bases`].
    pub(crate) fn number(self) -> usize {
        (self.0 >> 1) as usize
    }

    /// Whether it has no genitive *s*.
    pub(crate) fn bare(self) -> bool {
        self.0 & 1 == 1
    }
}

/// Words seen before, with their scores, by the numbers that [`crate::tag::Seen`] gives them; it lives as long as its
/// worker.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    /// What is asked of a word most; [`Marks::KNOWN`] is in it where it was looked at.
    marks: Vec<Marks>,
    words: Vec<Word>,
    bases: Vec<Base>,
    /// The number of each base. It is never walked through, so its order does not matter.
    base_numbers: HashMap<u64, u32, foldhash::fast::FixedState>,
    affixes: Vec<Affixes>,
    rows: Vec<Rows>,
    /// At which places a word was judged, as bits: most words are at none.
    judged: Vec<u8>,
    /// How many bytes of its key are a listed name in front of a noun, where that was asked: see [`Cache::compound`].
    compounds: Vec<Option<Option<u8>>>,
    /// In which round of numbers.
    round: u32,
    key: Vec<u8>,
    features: Vec<u64>,
}

impl Cache {
    /// Makes room for so many words; those of another round are void.
    pub(crate) fn begin(&mut self, (len, round): (usize, u32)) {
        let keep = if self.round == round { self.marks.len() } else { 0 };
        if self.round != round {
            self.round = round;
            self.base_numbers.clear();
        }
        self.marks.truncate(keep);
        self.judged.truncate(keep);
        self.compounds.truncate(keep);
        self.marks.resize(len, Marks::default());
        self.judged.resize(len, 0);
        self.compounds.resize(len, None);
        self.words.resize(len, Word::default());
        self.bases.resize(len, Base::default());
        self.affixes.resize(len, Affixes::default());
        self.rows.resize(len, Rows::default());
    }

    /// What is asked of a token's word most.
    #[inline]
    pub(crate) fn marks(
        &mut self,
        index: u32,
        token: &Token,
        text: &str,
        table: &Table,
        user: Option<&Table>,
    ) -> Marks {
        match self.marks[index as usize] {
            marks if marks.has(Marks::KNOWN) => marks,
            _ => self.learn(index as usize, token, text, table, user),
        }
    }

    #[cold]
    fn learn(&mut self, at: usize, token: &Token, text: &str, table: &Table, user: Option<&Table>) -> Marks {
        let (word, affixes) = Word::new(token, text, table, &mut self.key);
        let begins = user.is_some_and(|user| word.begins(user));
        let marks = Marks::new(token, &word).joined(Marks::KNOWN);
        let next = self.base_numbers.len() as u32;
        let base = *self.base_numbers.entry(word.base).or_insert(next);
        self.bases[at] = Base(base << 1 | u32::from(word.genitive == 0));
        self.words[at] = word;
        self.affixes[at] = affixes;
        self.marks[at] = if begins { marks.joined(Marks::USER) } else { marks };
        self.marks[at]
    }

    /// Finds out the scores of a word at a place, where nobody has yet.
    #[inline]
    pub(crate) fn judge(&mut self, index: u32, place: Place, model: &Model) {
        if self.judged[index as usize] >> place as u8 & 1 == 0 {
            self.score(index as usize, place, model);
        }
    }

    #[cold]
    fn score(&mut self, at: usize, place: Place, model: &Model) {
        self.judged[at] |= 1 << place as u8;
        self.features.clear();
        features::of_word(&self.words[at], &self.affixes[at], place, &mut |feature| self.features.push(feature));
        let row = &mut self.rows[at].0[place as usize];
        *row = Row::default();
        model.add(&self.features, row);
    }

    /// How many bytes of a word's key are a listed name in front of a noun; asked of `find` once for each word.
    pub(crate) fn compound(&mut self, index: u32, find: impl FnOnce(&Word, &mut Vec<u8>) -> Option<u8>) -> Option<u8> {
        let at = index as usize;
        *self.compounds[at].get_or_insert_with(|| find(&self.words[at], &mut self.key))
    }

    /// A word by its index.
    pub(crate) fn word(&self, index: u32) -> &Word {
        &self.words[index as usize]
    }

    /// What a word by its index shares with its genitive.
    pub(crate) fn base(&self, index: u32) -> Base {
        self.bases[index as usize]
    }

    /// How many bases there are.
    pub(crate) fn bases(&self) -> usize {
        self.base_numbers.len()
    }

    /// The first and last letters of a word by its index.
    pub(crate) fn affixes(&self, index: u32) -> &Affixes {
        &self.affixes[index as usize]
    }

    /// The scores of a word by its index at a place where it was judged.
    pub(crate) fn row(&self, index: u32, place: usize) -> &Row {
        &self.rows[index as usize].0[place]
    }
}
