//! What the finders of times ask of a sentence.

use crate::find::numeral::{Form, Numeral};
use crate::find::view::View;
use crate::lexicon::{Kinds, Lead, Tags, TimeWord};
use crate::model::{Grain, Origin, TokenKind};
use std::ops::Deref;

/// A sentence with its numerals; one pointer wide, as every finder takes it by value.
#[derive(Copy, Clone)]
pub(super) struct Reader<'a>(pub(super) &'a Numbered<'a>);

impl<'a> Deref for Reader<'a> {
    type Target = Numbered<'a>;
    fn deref(&self) -> &Numbered<'a> {
        self.0
    }
}

/// A sentence and its numerals.
pub(super) struct Numbered<'a> {
    pub(super) view: View<'a>,
    /// All numerals, in order.
    pub(super) numerals: &'a [Numeral],
    /// A bit for each of their first tokens, modulo 64: most tokens that are asked for begin none.
    begins: u64,
}

/// Words of time, with and without others.
const WORDS: Tags = Tags(Tags::CALENDAR.0 | Tags::LEAD.0);

impl<'a> Numbered<'a> {
    pub(super) fn new(view: View<'a>, numerals: &'a [Numeral]) -> Self {
        let begins = numerals.iter().fold(0, |bits, n| bits | 1 << (n.first % 64));
        Self { view, numerals, begins }
    }

    /// The numeral that begins at token `i`.
    #[inline]
    pub(super) fn numeral(&self, i: usize) -> Option<&'a Numeral> {
        if self.begins >> (i % 64) & 1 == 0 {
            return None;
        }
        self.numerals.binary_search_by_key(&i, |n| n.first).ok().map(|at| &self.numerals[at])
    }

    /// All that the words at token `i` say of time, longest first, each with one past its last token.
    pub(super) fn words(&self, i: usize) -> impl Iterator<Item = (TimeWord, usize)> + use<'_, 'a> {
        let lexicon = self.view.lexicon;
        self.view.meanings(i, WORDS).filter_map(move |(payload, end)| Some((lexicon.time(payload)?, end)))
    }

    /// The kinds of words of time that token `i` is or begins.
    pub(super) fn kinds(&self, i: usize) -> Kinds {
        self.view.words.get(i).map_or(Kinds::NONE, |w| self.view.lexicon.time_kinds(*w))
    }

    /// The first of them that `pick` takes; it takes none but those of `kinds`.
    pub(super) fn word<T>(&self, i: usize, kinds: Kinds, pick: impl Fn(TimeWord) -> Option<T>) -> Option<(T, usize)> {
        if !self.kinds(i).has(kinds) {
            return None;
        }
        self.words(i).find_map(|(word, end)| Some((pick(word)?, end)))
    }

    /// One past a leading word at token `i`.
    pub(super) fn lead(&self, i: usize, lead: Lead) -> Option<usize> {
        self.word(i, Kinds::lead(lead), |w| (w == TimeWord::Lead(lead)).then_some(())).map(|(_, end)| end)
    }

    /// One past *Uhr*.
    pub(super) fn uhr(&self, i: usize) -> Option<usize> {
        self.word(i, Kinds::CLOCK, |w| (w == TimeWord::Clock).then_some(())).map(|(_, end)| end)
    }

    /// A unit of time at token `i`: its grain, how many it is, whether plural, whether a company's own.
    pub(super) fn unit(&self, i: usize) -> Option<((Grain, u8, bool, bool), usize)> {
        self.word(i, Kinds::UNIT, |w| match w {
            TimeWord::Unit { grain, count, plural, fiscal } => Some((grain, count, plural, fiscal)),
            _ => None,
        })
    }

    /// *vergangene*, *dieser*: how far, from where.
    pub(super) fn shift(&self, i: usize) -> Option<((i8, Origin), usize)> {
        self.word(i, Kinds::SHIFT, |w| match w {
            TimeWord::Shift(by, origin) => Some((by, origin)),
            _ => None,
        })
    }

    /// A full month, or a short one where short ones may stand.
    pub(super) fn month(&self, i: usize, short: bool) -> Option<(u8, usize)> {
        self.word(i, Kinds::MONTH, |w| match w {
            TimeWord::Month(m, is_short) if short || !is_short => Some(m),
            _ => None,
        })
    }

    /// Past an article, if one stands at token `i`: *der, den, dem, des*; no *dieser*.
    pub(super) fn article(&self, i: usize) -> usize {
        const ARTICLES: [&str; 6] = ["der", "den", "dem", "des", "die", "das"];
        i + usize::from(ARTICLES.iter().any(|a| self.view.is_key(i, a)))
    }

    /// Whether token `i` is one of these words; they are folded.
    pub(super) fn any(&self, i: usize, words: &[&str]) -> bool {
        self.view.is_word(i) && words.iter().any(|w| self.view.is_key(i, w))
    }

    /// Whether the token before `i` is one of these words.
    pub(super) fn after_any(&self, i: usize, words: &[&str]) -> bool {
        i > 0 && self.any(i - 1, words)
    }

    /// The value of figures alone, such as `28`; no more than four of them.
    pub(super) fn figures(&self, i: usize) -> Option<u32> {
        let token = self.view.tokens.get(i).filter(|t| t.kind == TokenKind::Number && t.end - t.start <= 4)?;
        let digits = &self.view.text.as_bytes()[token.start as usize..token.end as usize];
        digits.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
    }

    /// A small ordinal, in figures with their dot or in words, and one past it.
    pub(super) fn ordinal(&self, i: usize, limit: u8) -> Option<(u8, usize)> {
        let within = |n: u32| u8::try_from(n).ok().filter(|n| (1..=limit).contains(n));
        if let Some(n) = self.figures(i) {
            let dot = self.view.is(i + 1, '.') && self.view.glued(i + 1) && self.view.at(i).len() <= 2;
            return dot.then(|| within(n)).flatten().map(|n| (n, i + 2));
        }
        let n = self.numeral(i).filter(|n| n.form == Form::Ordinal && n.shape.is_none())?;
        let value = u32::try_from(n.exact()?.to_int()?).ok()?;
        within(value).map(|v| (v, n.last))
    }

    /// A whole number in figures or words up to `limit`, and one past it.
    pub(super) fn cardinal(&self, i: usize, limit: u32) -> Option<(u32, usize)> {
        if let Some(n) = self.figures(i) {
            return (n <= limit).then_some((n, i + 1));
        }
        if self.view.has(i, Tags::EIN) {
            return (limit > 0).then_some((1, i + 1));
        }
        let n = self.numeral(i).filter(|n| matches!(n.form, Form::Cardinal | Form::One) && n.shape.is_none())?;
        let value = u32::try_from(n.exact()?.to_int()?).ok()?;
        (value <= limit).then_some((value, n.last))
    }

    /// Whether an amount or a factor ends before token `i`.
    pub(super) fn numeral_before(&self, i: usize) -> bool {
        self.numerals.iter().any(|n| n.last == i && matches!(n.form, Form::Cardinal | Form::Multiple | Form::Vague))
    }
}
