//! The learned part: for each token a label, the best sequence of a sentence.

use super::class::Class;
use super::features::{self, Around, Place};
use super::model::{LABELS, LANES, Model, Row};
use super::table::{self, Entry, Table};
use super::word::{Cache, Shape, Word};
use crate::model::{EntityType, Sentence, Token, TokenKind};

/// The label of no name.
pub(crate) const NONE: u8 = 0;

/// The label of the first token of a name.
pub(crate) fn first_of(kind: EntityType) -> u8 {
    1 + 2 * EntityType::ALL.iter().position(|k| *k == kind).unwrap_or(0) as u8
}

/// The type of a label, and whether it is the first of a name.
pub(crate) fn meaning(label: u8) -> Option<(EntityType, bool)> {
    let n = usize::from(label.checked_sub(1)?);
    Some((*EntityType::ALL.get(n / 2)?, n.is_multiple_of(2)))
}

/// Whether a label may stand behind another.
pub(crate) fn may_follow(before: Option<u8>, label: u8) -> bool {
    match meaning(label) {
        Some((_, false)) => before == Some(label) || before == Some(label - 1),
        _ => true,
    }
}

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
    /// The word of each token.
    pub(crate) index: Vec<u32>,
    around: Vec<Around>,
    /// Whether a token may be part of a name.
    pub(crate) open: Vec<bool>,
    /// Listed phrases, in order.
    pub(crate) phrases: Vec<Phrase>,
    seen: Vec<(u64, u32)>,
    scores: Vec<Row>,
    list: Vec<u64>,
    paths: Vec<[u8; LANES]>,
    /// The label of each token.
    pub(crate) labels: Vec<u8>,
    /// The rule that labelled it, where it was not the tagger.
    pub(crate) rules: Vec<Option<&'static str>>,
}

/// A word was seen without a genitive *s*: not shown to the model.
pub(super) const BARE: u32 = 1 << 31;

/// What a word was seen beside.
mod seen {
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
}

impl Scene {
    /// Looks at a document: words, phrases, and what words stand beside throughout.
    pub(crate) fn look(&mut self, text: &str, tokens: &[Token], sentences: &[Sentence], table: &Table, model: &Model) {
        self.cache.begin();
        self.index.clear();
        for token in tokens {
            let n = self.cache.index(token, text, table, model);
            self.index.push(n);
        }
        self.around.clear();
        self.around.resize(tokens.len(), Around::default());
        self.open.clear();
        self.open.resize(tokens.len(), false);
        self.labels.clear();
        self.labels.resize(tokens.len(), NONE);
        self.rules.clear();
        self.rules.resize(tokens.len(), None);
        self.phrases.clear();
        for s in sentences {
            let range = s.first as usize..s.last as usize;
            self.find_phrases(tokens, range.clone(), table);
            self.find_open(tokens, range.clone());
            self.find_joints(tokens, range);
        }
        self.gather(tokens);
    }

    pub(crate) fn word(&self, i: usize) -> &Word {
        self.cache.word(self.index[i])
    }

    fn find_phrases(&mut self, tokens: &[Token], range: std::ops::Range<usize>, table: &Table) {
        for i in range.clone() {
            let (class, stem) = (self.word(i).class, self.word(i).stem);
            if class.has(Class(Class::INDEX.0 | Class::PRODUCT.0 | Class::MEDIA.0)) {
                let entry = Entry { class, thing: 0 };
                self.phrases.push(Phrase { first: i as u32, last: i as u32 + 1, entry });
            }
            if !class.has(Class::CONTINUES) || !tokens[i].capital() {
                continue;
            }
            let (mut state, mut j) = (table::beginning(0, stem), i + 1);
            let mut longest = None;
            while j < range.end {
                if tokens[j].is('-') {
                    j += 1;
                    continue;
                }
                let next = self.word(j);
                let ended = table.find(table::ending(state, next.key));
                let genitive = || match next.genitive {
                    0 => Entry::default(),
                    key => table.find(table::ending(state, key)),
                };
                let entry = if ended.class.has(Class::THINGS) { ended } else { genitive() };
                if entry.class.has(Class::THINGS) && (tokens[i].capital() || entry.class.has(Class::SMALL)) {
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
    fn find_open(&mut self, tokens: &[Token], range: std::ops::Range<usize>) {
        let mut last_open: Option<usize> = None;
        for i in range.clone() {
            let (token, word) = (&tokens[i], self.word(i));
            let begins = (token.kind == TokenKind::Word && (token.capital() || word.class.has(Class::THINGS))
                || self.around[i].phrase & 3 == 1)
                && !self.common(tokens, i, &range);
            let figures = token.kind == TokenKind::Number;
            if begins {
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
            } else if figures && last_open.is_some_and(|last| i - last <= 2) {
                let last = last_open.unwrap_or(i);
                self.open[last + 1..=i].fill(true);
                last_open = Some(i);
            } else if self.around[i].phrase != 0 {
                self.open[i] = true;
                last_open = Some(i);
            }
        }
    }

    /// Whether a token is a common noun or a word of grammar that stands by itself: no name, and not looked at.
    fn common(&self, tokens: &[Token], i: usize, range: &std::ops::Range<usize>) -> bool {
        const NAMES: Class = Class(
            Class::THINGS.0
                | Class::GIVEN.0
                | Class::SURNAME.0
                | Class::HINT.0
                | Class::PARTICLE.0
                | Class::LEGAL_FORM.0,
        );
        const HEADS: Class = Class(Class::HEAD_ORGANIZATION.0 | Class::HEAD_LOCATION.0 | Class::HEAD_PRODUCT.0);
        let word = self.word(i);
        let known = word.class.has(Class(Class::NOUN.0 | Class::OPENER.0 | Class::ROLE.0))
            || word.tail.has(Class::NOUN) && !word.tail.has(HEADS);
        if !known || word.class.has(NAMES) || self.around[i].phrase != 0 || word.shape != Shape::Capital {
            return false;
        }
        let opener = i > range.start && self.word(i - 1).class.has(Class::OPENER);
        let lonely = |t: &Token| t.kind == TokenKind::Word && !t.capital() || t.is(',') || t.is('.') || t.is(':');
        let before = i == range.start || opener || lonely(&tokens[i - 1]);
        let behind = i + 1 >= range.end || lonely(&tokens[i + 1]) && !tokens[i + 1].is(':');
        before && (behind || word.class.has(Class::OPENER))
    }

    fn find_joints(&mut self, tokens: &[Token], range: std::ops::Range<usize>) {
        let sentence = &tokens[range.clone()];
        let capitals = sentence.iter().filter(|t| t.flags & Token::UPPER != 0).count();
        let words = sentence.iter().filter(|t| t.kind == TokenKind::Word).count();
        let loud = capitals * 2 > words && words > 2;
        let closed = sentence.last().is_some_and(|t| ".!?".chars().any(|c| t.is(c)));
        for i in range.clone() {
            if !self.open[i] {
                continue;
            }
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
    fn gather(&mut self, tokens: &[Token]) {
        let size = (tokens.len() * 2).next_power_of_two().max(64);
        self.seen.clear();
        self.seen.resize(size, (0, 0));
        let slot_of = |seen: &[(u64, u32)], key: u64| {
            let mut slot = key as usize & (size - 1);
            while seen[slot].0 != 0 && seen[slot].0 != key {
                slot = (slot + 1) & (size - 1);
            }
            slot
        };
        for i in 0..tokens.len() {
            if !self.open[i] || tokens[i].kind != TokenKind::Word {
                continue;
            }
            let here = self.word(i);
            let key = here.base | 1;
            let mut found = if here.genitive == 0 { BARE } else { 0 };
            if i > 0 && tokens[i].capital() {
                let before = self.word(i - 1);
                let both = before.class.joined(before.tail);
                let preposition = before.shape == Shape::Small && !before.class.has(Class::PARTICLE);
                for (bit, yes) in [
                    (seen::BEHIND_GIVEN, before.class.has(Class::GIVEN) && tokens[i - 1].capital()),
                    (seen::BEHIND_TITLE, before.class.has(Class::TITLE)),
                    (seen::BEHIND_ROLE, both.has(Class::ROLE)),
                    (seen::BEHIND_ORGANIZATION, both.has(Class::HEAD_ORGANIZATION)),
                    (seen::BEHIND_LOCATION, both.has(Class::HEAD_LOCATION)),
                    (seen::BEHIND_IN, before.key == IN || before.key == IN_CAPITAL),
                    (seen::BEHIND_ARTICLE, ARTICLES.contains(&before.key)),
                    (seen::BEHIND_PREPOSITION, preposition && PREPOSITIONS.contains(&before.key)),
                    (seen::QUOTED, before.shape == Shape::Mark && self.around[i].joints >> 4 & 15 == 2),
                ] {
                    found |= if yes { bit } else { 0 };
                }
            }
            if tokens[i].capital()
                && let Some(next) = tokens.get(i + 1)
            {
                let behind = self.word(i + 1);
                if behind.class.has(Class::LEGAL_FORM) && next.capital() {
                    found |= seen::BEFORE_LEGAL_FORM;
                }
                if next.capital() {
                    found |= seen::BEFORE_CAPITAL;
                }
                if next.is('-')
                    && tokens.get(i + 2).is_some()
                    && self.word(i + 2).class.joined(self.word(i + 2).tail).has(Class::ROLE)
                {
                    found |= seen::BEFORE_ROLE;
                }
            }
            let slot = slot_of(&self.seen, key);
            let entry = &mut self.seen[slot];
            entry.0 = key;
            found |= if entry.1 & seen::ONCE != 0 { seen::TWICE } else { seen::ONCE };
            entry.1 |= found;
        }
        for (i, around) in self.around.iter_mut().enumerate() {
            if self.open[i] && tokens[i].kind == TokenKind::Word {
                let key = self.cache.word(self.index[i]).base | 1;
                around.evidence = self.seen[slot_of(&self.seen, key)].1;
            }
        }
    }

    /// Whether the word of an open token stands in the text without its last *s* too.
    pub(crate) fn stands_bare(&self, i: usize) -> bool {
        self.around[i].evidence & BARE != 0
    }

    /// The five words around a token; none beyond the sentence.
    fn five<'a>(&'a self, i: usize, range: &std::ops::Range<usize>, none: &'a Word) -> [&'a Word; 5] {
        let at = |k: Option<usize>| k.filter(|k| range.contains(k)).map_or(none, |k| self.word(k));
        [at(i.checked_sub(2)), at(i.checked_sub(1)), self.word(i), at(Some(i + 1)), at(Some(i + 2))]
    }

    /// All features of a token: for training.
    pub(crate) fn features(&self, i: usize, range: &std::ops::Range<usize>, add: &mut impl FnMut(u64)) {
        let none = Word::default();
        let five = self.five(i, range, &none);
        let [before2, before, here, behind, behind2] = five;
        for (word, place) in [
            (here, Place::Here),
            (before, Place::Before),
            (behind, Place::Behind),
            (before2, Place::Before2),
            (behind2, Place::Behind2),
        ] {
            features::of_word(word, place, add);
        }
        features::of_token(&five, self.around[i], add);
    }

    /// Labels a sentence.
    pub(crate) fn label(&mut self, sentence: Sentence, model: &Model) {
        let range = sentence.first as usize..sentence.last as usize;
        let none = Word::default();
        let mut nothing = [Row::default(); 5];
        for (row, place) in nothing.iter_mut().zip(Place::ALL) {
            self.list.clear();
            features::of_word(&none, place, &mut |feature| self.list.push(feature));
            model.add(&self.list, row);
        }
        self.scores.clear();
        for i in range.clone() {
            let mut row = Row::default();
            if self.open[i] {
                self.cache.judge(self.index[i], model);
                let places =
                    [(0, Some(i)), (1, i.checked_sub(1)), (2, Some(i + 1)), (3, i.checked_sub(2)), (4, Some(i + 2))];
                for (place, at) in places {
                    let more = match at.filter(|k| range.contains(k)) {
                        Some(k) => &self.cache.rows(self.index[k])[place],
                        None => &nothing[place],
                    };
                    for (sum, weight) in row.iter_mut().zip(more) {
                        *sum += weight;
                    }
                }
                let mut list = std::mem::take(&mut self.list);
                list.clear();
                let five = self.five(i, &range, &none);
                features::of_token(&five, self.around[i], &mut |feature| list.push(feature));
                model.add(&list, &mut row);
                self.list = list;
            }
            self.scores.push(row);
        }
        let open = &self.open[range.clone()];
        decode(
            &self.scores,
            open,
            |label| model.behind(label).map(i32::from),
            &mut self.paths,
            &mut self.labels[range],
        );
    }
}

/// [`table::hash`] at compile time.
pub(super) const fn key_of(word: &[u8]) -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15 ^ word.len() as u64;
    let mut at = 0;
    while at < word.len() {
        let mut eight = [0u8; 8];
        let mut i = 0;
        while i < 8 && at + i < word.len() {
            eight[i] = word[at + i];
            i += 1;
        }
        state = table::mix(state, u64::from_le_bytes(eight));
        at += 8;
    }
    table::mix(state, 0)
}

const IN: u64 = key_of(b"in");
const IN_CAPITAL: u64 = key_of(b"im");
const ARTICLES: [u64; 10] = [
    key_of(b"der"),
    key_of(b"die"),
    key_of(b"das"),
    key_of(b"den"),
    key_of(b"dem"),
    key_of(b"des"),
    key_of(b"ein"),
    key_of(b"eine"),
    key_of(b"einem"),
    key_of(b"einer"),
];
const PREPOSITIONS: [u64; 12] = [
    key_of(b"von"),
    key_of(b"mit"),
    key_of(b"bei"),
    key_of(b"nach"),
    key_of(b"aus"),
    key_of(b"laut"),
    key_of(b"durch"),
    key_of(b"gegen"),
    key_of(b"zwischen"),
    key_of(b"ueber"),
    key_of(b"fuer"),
    key_of(b"bis"),
];

/// The best sequence of labels; closed tokens have none.
pub(crate) fn decode<S: Copy + Into<i32>>(
    scores: &[[S; LANES]],
    open: &[bool],
    behind: impl Fn(Option<usize>) -> [i32; LANES],
    paths: &mut Vec<[u8; LANES]>,
    labels: &mut [u8],
) {
    const WORST: i32 = i32::MIN / 4;
    let table: [[i32; LANES]; LABELS + 1] = std::array::from_fn(|l| behind((l < LABELS).then_some(l)));
    paths.clear();
    let mut best = [WORST; LANES];
    let mut before_first = true;
    let mut closed = false;
    for (row, open) in scores.iter().zip(open) {
        let mut next = [WORST; LANES];
        let mut from = [0u8; LANES];
        if !open && closed {
            // Between names nothing is to be chosen.
            next[0] = best[0] + table[0][0];
            best = next;
            paths.push(from);
            continue;
        }
        for label in 0..LABELS {
            if !open && label != usize::from(NONE) {
                continue;
            }
            let (score, at) = if before_first {
                if !may_follow(None, label as u8) {
                    continue;
                }
                (table[LABELS][label], 0)
            } else {
                match meaning(label as u8) {
                    Some((_, false)) => {
                        let (own, first) =
                            (best[label] + table[label][label], best[label - 1] + table[label - 1][label]);
                        if own >= first { (own, label) } else { (first, label - 1) }
                    }
                    _ => {
                        let mut top = (WORST, 0);
                        for before in 0..LABELS {
                            let score = best[before] + table[before][label];
                            if score > top.0 {
                                top = (score, before);
                            }
                        }
                        top
                    }
                }
            };
            next[label] = score + if *open { row[label].into() } else { 0 };
            from[label] = at as u8;
        }
        best = next;
        before_first = false;
        closed = !open;
        paths.push(from);
    }
    let mut label = (0..LABELS).max_by_key(|l| (best[*l], LABELS - l)).unwrap_or(0) as u8;
    for (i, from) in paths.iter().enumerate().rev() {
        labels[i] = label;
        label = from[usize::from(label)];
    }
}
