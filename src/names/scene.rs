//! One document as the tagger sees it: its words, listed phrases, which tokens may be names, what stands around them.

use super::class::Class;
use super::features::{self, Around, Place};
use super::marks::Marks;
use super::table::{self, Entry, Table};
use super::tagger::{NONE, beside};
use super::word::{Base, Cache, Word};
use crate::model::{Sentence, Token, TokenKind};
use crate::tag::Seen;
use std::ops::Range;

/// A listed phrase in the text, one or more words long.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Phrase {
    /// Its first token.
    pub(crate) first: u32,
    /// One past its last.
    pub(crate) last: u32,
    /// What it is.
    pub(crate) entry: Entry,
}

/// What one document is to the tagger; the buffers are used again.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    pub(crate) cache: Cache,
    /// The number of each token's word: see [`Seen`].
    pub(crate) index: Vec<u32>,
    /// What is asked of it most.
    pub(crate) marks: Vec<Marks>,
    pub(super) around: Vec<Around>,
    /// Whether a token may be part of a name.
    pub(crate) open: Vec<bool>,
    /// Those that may, in order.
    pub(super) opened: Vec<u32>,
    /// Listed phrases, in order.
    pub(crate) phrases: Vec<Phrase>,
    /// Names of the user's, in order; no two share a token.
    pub(crate) user: Vec<Phrase>,
    /// What words of each base stand beside; zeros between documents.
    seen: Vec<u32>,
    /// The label of each token.
    pub(crate) labels: Vec<u8>,
    /// The rule that labelled it, where it was not the tagger.
    pub(crate) rules: Vec<Option<&'static str>>,
    pub(super) judge: super::tagger::Judge,
}

/// A word was seen without a genitive *s*: not shown to the model.
pub(super) const BARE: u32 = 1 << 31;

/// What a word was seen beside.
mod seen {
    use super::Marks;

    pub(super) const BEHIND_GIVEN: u32 = 1;
    pub(super) const BEHIND_TITLE: u32 = 1 << 1;
    pub(super) const BEHIND_ROLE: u32 = 1 << 2;
    pub(super) const BEFORE_LEGAL_FORM: u32 = 1 << 3;
    pub(super) const BEHIND_IN: u32 = 1 << 4;
    pub(super) const BEHIND_ORGANIZATION: u32 = 1 << 5;
    pub(super) const BEHIND_LOCATION: u32 = 1 << 6;
    pub(super) const BEHIND_ARTICLE: u32 = 1 << 7;
    pub(super) const BEFORE_CAPITAL: u32 = 1 << 9;
    pub(super) const QUOTED: u32 = 1 << 10;
    pub(super) const BEFORE_ROLE: u32 = 1 << 11;
    pub(super) const TWICE: u32 = 1 << 12;
    pub(super) const ONCE: u32 = 1 << 13;
    pub(super) const BEHIND_PREPOSITION: u32 = 1 << 14;

    /// What the word before tells.
    pub(super) const BEFORE: [(Marks, u32); 8] = [
        (Marks::GIVEN, BEHIND_GIVEN),
        (Marks::TITLE, BEHIND_TITLE),
        (Marks::ROLE, BEHIND_ROLE),
        (Marks::HEAD_ORGANIZATION, BEHIND_ORGANIZATION),
        (Marks::HEAD_LOCATION, BEHIND_LOCATION),
        (Marks::IN, BEHIND_IN),
        (Marks::ARTICLE, BEHIND_ARTICLE),
        (Marks::PREPOSITION, BEHIND_PREPOSITION),
    ];
}

impl Scene {
    /// Looks at a document: words, phrases, and what words stand beside throughout.
    pub(crate) fn look(
        &mut self,
        text: &str,
        tokens: &[Token],
        seen: &Seen,
        sentences: &[Sentence],
        table: &Table,
        user: Option<&Table>,
    ) {
        self.cache.begin(seen.extent());
        self.index.clear();
        self.index.extend_from_slice(seen.numbers());
        self.marks.clear();
        self.marks.extend(
            self.index.iter().zip(tokens).map(|(index, token)| self.cache.marks(*index, token, text, table, user)),
        );
        self.around.clear();
        self.around.resize(tokens.len(), Around::default());
        self.open.clear();
        self.open.resize(tokens.len(), false);
        self.labels.clear();
        self.labels.resize(tokens.len(), NONE);
        self.rules.clear();
        self.rules.resize(tokens.len(), None);
        self.phrases.clear();
        self.opened.clear();
        for s in sentences {
            let range = s.first as usize..s.last as usize;
            self.find_phrases(range.clone(), table);
            self.find_open(tokens, range.clone());
            let before = self.opened.len();
            self.opened.extend((s.first..s.last).filter(|i| self.open[*i as usize]));
            self.find_joints(tokens, range, before);
        }
        self.gather();
    }

    pub(crate) fn word(&self, i: usize) -> &Word {
        self.cache.word(self.index[i])
    }

    /// What the word of a token shares with its genitive: see [`super::word::Base`].
    pub(crate) fn base(&self, i: usize) -> Base {
        self.cache.base(self.index[i])
    }

    fn find_phrases(&mut self, range: Range<usize>, table: &Table) {
        for i in range.clone() {
            let marks = self.marks[i];
            if marks.has(Marks::PHRASE) {
                let entry = Entry { class: self.word(i).class, thing: 0 };
                self.phrases.push(Phrase { first: i as u32, last: i as u32 + 1, entry });
            }
            if !marks.has(Marks::CONTINUES) || !self.marks.get(i + 1).is_some_and(|m| m.has(Marks::INSIDE)) {
                continue;
            }
            let (mut state, mut j) = (table::beginning(0, self.word(i).stem), i + 1);
            let mut longest = None;
            while j < range.end {
                if self.marks[j].has(Marks::HYPHEN) {
                    j += 1;
                    continue;
                }
                if !self.marks[j].has(Marks::INSIDE) {
                    break;
                }
                let next = self.word(j);
                let ended = table.find(table::ending(state, next.key));
                let genitive = || match next.genitive {
                    0 => Entry::default(),
                    key => table.find(table::ending(state, key)),
                };
                let entry = if ended.class.has(Class::THINGS) { ended } else { genitive() };
                if entry.class.has(Class::THINGS) {
                    longest = Some(Phrase { first: i as u32, last: j as u32 + 1, entry });
                }
                state = table::beginning(state, next.stem);
                if !table.find(state).class.has(Class::CONTINUES) {
                    break;
                }
                j += 1;
            }
            let Some(phrase) = longest else { continue };
            self.phrases.push(phrase);
            for j in phrase.first..phrase.last {
                let at = match j {
                    _ if j == phrase.first => 1,
                    _ if j + 1 == phrase.last => 3,
                    _ => 2,
                };
                let kinds = u64::from(phrase.entry.class.0 & (Class::THINGS.0 | Class::HINT.0));
                // A longer phrase from further left stays.
                let around = &mut self.around[j as usize];
                if around.phrase == 0 {
                    around.phrase = kinds << 2 | at;
                }
            }
        }
    }

    /// Which tokens may be part of a name: capitals, listed small words, and what may stand between two of them.
    fn find_open(&mut self, tokens: &[Token], range: Range<usize>) {
        let mut last_open: Option<usize> = None;
        for i in range.clone() {
            let (marks, phrase) = (self.marks[i], self.around[i].phrase);
            if !marks.has(Marks(Marks::BEGINS.0 | Marks::NUMBER.0)) && phrase == 0 {
                continue;
            }
            if (marks.has(Marks::BEGINS) || phrase & 3 == 1) && !self.common(i, &range) {
                // What stands between this one and the last, if it is little.
                if let Some(last) = last_open
                    && i - last <= 4
                {
                    self.open[last + 1..i].fill(true);
                }
                // "1. FC"
                if i >= 2 && tokens[i - 1].is('.') && tokens[i - 2].kind == TokenKind::Number {
                    self.open[i - 2..i].fill(true);
                }
                self.open[i] = true;
                last_open = Some(i);
            } else if marks.has(Marks::NUMBER) && last_open.is_some_and(|last| i - last <= 2) {
                let last = last_open.unwrap_or(i);
                self.open[last + 1..=i].fill(true);
                last_open = Some(i);
            } else if phrase != 0 {
                self.open[i] = true;
                last_open = Some(i);
            }
        }
    }

    /// Whether a token is a common noun or a word of grammar that stands by itself: no name, and not looked at.
    fn common(&self, i: usize, range: &Range<usize>) -> bool {
        let marks = self.marks[i];
        if !marks.has(Marks::COMMON) || self.around[i].phrase != 0 {
            return false;
        }
        let lonely = |at: usize| self.marks[at].has(Marks::LONELY);
        let before = i == range.start || self.marks[i - 1].has(Marks::OPENER) || lonely(i - 1);
        let behind = i + 1 >= range.end || lonely(i + 1) && !self.marks[i + 1].has(Marks::COLON);
        before && (behind || marks.has(Marks::OPENER))
    }

    /// How the open tokens of a sentence, those from `before` on, are joined to their neighbours.
    fn find_joints(&mut self, tokens: &[Token], range: Range<usize>, before: usize) {
        if self.opened.len() == before {
            return;
        }
        let sentence = &tokens[range.clone()];
        let capitals = sentence.iter().filter(|t| t.flags & Token::UPPER != 0).count();
        let words = sentence.iter().filter(|t| t.kind == TokenKind::Word).count();
        let loud = capitals * 2 > words && words > 2;
        let closed = sentence.last().is_some_and(|t| ".!?".chars().any(|c| t.is(c)));
        for i in self.opened[before..].iter().map(|i| *i as usize) {
            let mark = |t: Option<&Token>| {
                t.map_or(1, |t| match char::from_u32(u32::from(t.mark)).unwrap_or('\0') {
                    '\0' => 0,
                    '"' | '„' | '“' | '”' | '«' | '»' | '‚' | '‘' | '’' | '\'' => 2,
                    '(' | '[' => 3,
                    ')' | ']' => 4,
                    '-' => 5,
                    '/' | '–' | '—' => 6,
                    ',' => 7,
                    ':' => 8,
                    '.' => 9,
                    '&' => 10,
                    _ => 11,
                })
            };
            let before = i.checked_sub(1).filter(|_| i > range.start).map(|b| &tokens[b]);
            let behind = tokens.get(i + 1).filter(|_| i + 1 < range.end);
            let mut joints = mark(before) << 4 | mark(behind);
            joints |= u64::from(!tokens[i].spaced()) << 8;
            joints |= u64::from(behind.is_some_and(|t| !t.spaced())) << 9;
            joints |= u64::from(loud) << 10 | u64::from(closed) << 11;
            self.around[i].joints = joints;
        }
    }

    /// Gathers what each word of the document stands beside, and hands it to all its tokens.
    fn gather(&mut self) {
        self.seen.resize(self.cache.bases().max(self.seen.len()), 0);
        let at = |marks: &[Marks], i: usize| marks.get(i).copied().unwrap_or_default();
        let words = || self.opened.iter().map(|i| *i as usize).filter(|i| self.marks[*i].has(Marks::WORD));
        for i in words() {
            let base = self.base(i);
            let mut found = if base.bare() { BARE } else { 0 };
            if self.marks[i].has(Marks::CAPITAL) {
                let before = at(&self.marks, i.wrapping_sub(1));
                let quoted = before.has(Marks::SIGN) && self.around[i].joints >> 4 & 15 == 2;
                for (mark, bit) in seen::BEFORE {
                    found |= if before.has(mark) { bit } else { 0 };
                }
                found |= if quoted { seen::QUOTED } else { 0 };
                let behind = at(&self.marks, i + 1);
                found |= if behind.has(Marks::LEGAL_FORM) { seen::BEFORE_LEGAL_FORM } else { 0 };
                found |= if behind.has(Marks::CAPITAL) { seen::BEFORE_CAPITAL } else { 0 };
                if behind.has(Marks::HYPHEN) && at(&self.marks, i + 2).has(Marks::ROLE) {
                    found |= seen::BEFORE_ROLE;
                }
            }
            let seen = &mut self.seen[base.number()];
            found |= if *seen & seen::ONCE != 0 { seen::TWICE } else { seen::ONCE };
            *seen |= found;
        }
        for i in words() {
            self.around[i].evidence = self.seen[self.cache.base(self.index[i]).number()];
        }
        for i in words() {
            self.seen[self.cache.base(self.index[i]).number()] = 0;
        }
    }

    /// Whether the word of an open token stands in the text without its last *s* too.
    pub(crate) fn stands_bare(&self, i: usize) -> bool {
        self.around[i].evidence & BARE != 0
    }

    /// Whether the word of an open token stands behind a given name or a title anywhere in the text.
    pub(super) fn person(&self, i: usize) -> bool {
        self.around[i].evidence & (seen::BEHIND_GIVEN | seen::BEHIND_TITLE) != 0
    }

    /// The words around a token, from two before to one behind; none beyond the sentence.
    pub(super) fn neighbours<'a>(&'a self, i: usize, range: &Range<usize>, none: &'a Word) -> [&'a Word; 4] {
        let at = |k: Option<usize>| k.filter(|k| range.contains(k)).map_or(none, |k| self.word(k));
        [at(i.checked_sub(2)), at(i.checked_sub(1)), self.word(i), at(Some(i + 1))]
    }

    /// All features of a token: for training.
    pub(crate) fn features(&self, i: usize, range: &Range<usize>, add: &mut impl FnMut(u64)) {
        let none = Word::default();
        let words = self.neighbours(i, range, &none);
        for (place, at) in Place::ALL.into_iter().zip(beside(i, range)) {
            match at {
                Some(k) => features::of_word(self.word(k), self.cache.affixes(self.index[k]), place, add),
                None => features::of_word(&none, &Default::default(), place, add),
            }
        }
        features::of_token(&words, self.around[i], add);
        features::evidence_bits(self.around[i]).for_each(|bit| add(features::of_evidence(bit)));
    }
}
