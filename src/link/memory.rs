//! What a single word says of facts, found out once for each distinct word and kept from text to text.
//!
//! Words are known by the numbers that [`Seen`] gives them.

use super::choose::hash;
use super::lists::Lists;
use super::words::{Sense, Words};
use crate::lexicon::{Lexicon, Tags, fold};
use crate::model::Token;
use crate::tag::Seen;
use std::ops::Range;

/// A word by itself, in one line of the cache.
#[derive(Copy, Clone, Debug)]
#[repr(align(64))]
pub(crate) struct Word {
    /// The hash of the folded word; 0 for what is no word.
    pub(crate) hash: u64,
    /// The hashes of its last four bytes and of its last five.
    pub(crate) ends: [u64; 2],
    /// The folded word, in [`Memory::keys`].
    start: u32,
    len: u32,
    /// What it may mean, in [`Memory::senses`].
    first: u32,
    senses: u16,
    lists: Lists,
    /// Of a noun what it is, and how many bytes of its folded form stand in front of the listed noun.
    pub(crate) noun: Option<Sense>,
    pub(crate) front: u32,
    /// A number below 64, from its length, its first and its last letter.
    pub(crate) mark: u8,
    /// Whether it is filled.
    known: bool,
}

const _: () = assert!(size_of::<Word>() == 64);

impl Word {
    /// What is no word.
    pub(crate) const NONE: Self = Self {
        hash: 0,
        ends: [0; 2],
        start: 0,
        len: 0,
        first: 0,
        senses: 0,
        lists: Lists(0),
        noun: None,
        front: 0,
        mark: 0,
        known: false,
    };

    /// Whether it stands in a list.
    #[inline]
    pub(crate) fn is(&self, list: Lists) -> bool {
        self.lists.has(list)
    }

    /// What a noun is the name of, as a number.
    #[inline]
    pub(crate) fn sort(&self) -> u64 {
        self.lists.among(Lists::SORTS)
    }

    /// Whether it is no word.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Its length folded.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len as usize
    }
}

/// Words of so many bytes may lead a noun whatever they are.
const SHORT: usize = 4;

/// What was found out so far.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    round: u32,
    words: Vec<Word>,
    keys: String,
    senses: Vec<Sense>,
    /// For folding.
    key: Vec<u8>,
}

impl Memory {
    /// As many bytes of folded words are kept from text to text.
    const MOST: usize = 1 << 20;

    /// Before a text: what is of another round is forgotten.
    pub(crate) fn begin(&mut self, seen: &Seen) {
        let (count, round) = seen.extent();
        if self.round != round || self.keys.len() > Self::MOST {
            self.round = round;
            self.words.clear();
            self.keys.clear();
            self.senses.clear();
        }
        self.words.resize(count, Word::NONE);
    }

    /// What is known of the word with this number, which is that of a token.
    #[inline]
    pub(crate) fn word(&mut self, number: u32, token: &Token, text: &str, lists: &Words, lexicon: &Lexicon) -> Word {
        match self.words.get(number as usize) {
            Some(word) if word.known => *word,
            _ => self.learn(number, token, text, lists, lexicon),
        }
    }

    #[cold]
    fn learn(&mut self, number: u32, token: &Token, text: &str, words: &Words, lexicon: &Lexicon) -> Word {
        let mut bytes = std::mem::take(&mut self.key);
        fold(token.text(text), &mut bytes, usize::MAX);
        // Folding writes whole characters.
        let key = std::str::from_utf8(&bytes).unwrap_or_default();
        let tags = lexicon.tags(lexicon.word(key.as_bytes()));
        let mut lists = words.parts(key);
        let (start, first) = (self.keys.len(), self.senses.len());
        self.keys.push_str(key);
        for sense in words.senses(key.as_bytes()) {
            match sense {
                Sense::Listed(place) => lists = lists.with(Lists::at(place)),
                Sense::Ends(_) => {}
                other => self.senses.push(other),
            }
        }
        if tags.has(Tags::UNIT) {
            lists = lists.with(Lists::UNIT);
        }
        if key.len() <= SHORT {
            lists = lists.with(Lists::LEADS);
        }
        if !key.is_empty() && tags.has(Tags::HEDGE.with(Tags::FILLER)) {
            lists = lists.with(Lists::PASSED);
        }
        if lists.has(Lists::NEVER_PASSED) {
            lists = lists.without(Lists::PASSED);
        }
        let (noun, front) =
            if token.capital() { noun(key.as_bytes(), &self.senses[first..], words) } else { (None, 0) };
        let end = |len: usize| hash(key.get(key.len().saturating_sub(len)..).unwrap_or_default());
        let word = Word {
            hash: hash(key),
            ends: [end(4), end(5)],
            start: start as u32,
            len: key.len() as u32,
            first: first as u32,
            senses: (self.senses.len() - first) as u16,
            lists,
            noun,
            front,
            mark: mark_of(key),
            known: true,
        };
        if let Some(place) = self.words.get_mut(number as usize) {
            *place = word;
        }
        self.key = bytes;
        word
    }

    /// A folded word.
    #[inline]
    pub(crate) fn key(&self, word: &Word) -> &str {
        self.keys.get(word.start as usize..(word.start + word.len) as usize).unwrap_or_default()
    }

    /// All that a word may mean.
    #[inline]
    pub(crate) fn senses(&self, word: &Word) -> &[Sense] {
        if word.senses == 0 {
            return &[];
        }
        let range: Range<usize> = word.first as usize..word.first as usize + usize::from(word.senses);
        self.senses.get(range).unwrap_or_default()
    }
}

/// A number below 64 for a word, from its length, its first and its last letter.
pub(super) fn mark_of(word: &str) -> u8 {
    let bytes = word.as_bytes();
    let (first, last) = (bytes.first().copied().unwrap_or(0), bytes.last().copied().unwrap_or(0));
    ((usize::from(first) * 7 + usize::from(last) * 31 + bytes.len()) & 63) as u8
}

/// What a noun is; of a compound what its end says, and where that begins.
fn noun(key: &[u8], senses: &[Sense], words: &Words) -> (Option<Sense>, u32) {
    let rank = |s: &Sense| match s {
        Sense::Base(_) => 3,
        Sense::Change(_) => 2,
        Sense::Metric(_) => 1,
        _ => 0,
    };
    let own = senses.iter().copied().filter(|s| rank(s) > 0).max_by_key(rank);
    // "Kursplus" is a change of something even where it is listed whole.
    let change = matches!(own, Some(Sense::Change(_)));
    if own.is_some() && !change || key.len() < 8 {
        return (own, 0);
    }
    // The longest ending that is listed; three letters in front at least.
    let found = (3..key.len().saturating_sub(3)).find_map(|front| {
        let end = key.get(front..)?;
        let sense = words.senses(end).filter(|s| rank(s) > 0).max_by_key(rank)?;
        let metric = |end: &[u8]| words.senses(end).any(|s| matches!(s, Sense::Metric(_)));
        let of = key.get(..front).unwrap_or_default();
        let known = metric(of) || of.strip_suffix(b"s").is_some_and(metric);
        (!change || matches!(sense, Sense::Change(_)) && known).then_some((Some(sense), front as u32))
    });
    found.unwrap_or((own, 0))
}
