//! A sentence as the finders see it.

use crate::lexicon::{Lexicon, NumberWord, Payload, Tags, WordId, fold};
use crate::model::{Span, Token, TokenKind};
use std::cell::{Cell, RefCell};
use std::ops::Deref;

/// A sentence in view; one pointer wide, as every finder takes it by value.
#[derive(Copy, Clone)]
pub(crate) struct View<'a>(pub(super) &'a Scope<'a>);

impl<'a> Deref for View<'a> {
    type Target = Scope<'a>;
    fn deref(&self) -> &Scope<'a> {
        self.0
    }
}

/// One sentence: its tokens and words by index from 0, and the whole text for their spans.
pub(crate) struct Scope<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) words: &'a [WordId],
    pub(crate) lexicon: &'a Lexicon,
    /// All roles that its words have.
    pub(crate) union: Tags,
    /// The same with the phrases that its words begin: what none begins is not looked for.
    pub(crate) phrases: Tags,
    /// Scratch for folding.
    pub(crate) key: &'a RefCell<Vec<u8>>,
    /// The number word that was asked for last, and where: finder after finder asks for the same.
    pub(crate) number: Cell<(usize, Option<NumberWord>)>,
}

impl<'a> Scope<'a> {
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The roles of token `i`; none past the end.
    pub(crate) fn tags(&self, i: usize) -> Tags {
        self.words.get(i).map_or(Tags::NONE, |w| self.lexicon.tags(*w))
    }

    /// Whether token `i` has one of these roles.
    pub(crate) fn has(&self, i: usize, tags: Tags) -> bool {
        self.tags(i).has(tags)
    }

    pub(crate) fn is(&self, i: usize, mark: char) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is(mark))
    }

    /// Whether token `i` is one of these marks.
    pub(crate) fn is_any(&self, i: usize, marks: &str) -> bool {
        self.tokens.get(i).is_some_and(|t| t.mark != 0 && marks.chars().any(|c| t.is(c)))
    }

    /// Whether token `i` exists and follows the one before without a blank.
    pub(crate) fn glued(&self, i: usize) -> bool {
        i > 0 && self.tokens.get(i).is_some_and(|t| !t.spaced())
    }

    pub(crate) fn kind(&self, i: usize) -> Option<TokenKind> {
        self.tokens.get(i).map(|t| t.kind)
    }

    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Word)
    }

    pub(crate) fn is_number(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Number)
    }

    pub(crate) fn capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(Token::capital)
    }

    /// The text of token `i`; empty past the end.
    pub(crate) fn at(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.text(self.text))
    }

    /// The bytes from token `first` to before token `last`.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        Span::new(self.tokens[first].start, self.tokens[last - 1].end)
    }

    /// Whether token `i` is this word, in any case and spelling; `word` is folded.
    #[inline]
    pub(crate) fn is_key(&self, i: usize, word: &str) -> bool {
        // Most words differ in length already.
        self.tokens.get(i).is_some_and(|token| {
            ((token.end - token.start) as usize == word.len() || token.flags & Token::WIDE != 0)
                && self.is_spelt(i, token, word)
        })
    }

    #[inline(never)]
    fn is_spelt(&self, i: usize, token: &Token, word: &str) -> bool {
        if token.kind != TokenKind::Word {
            return false;
        }
        let bytes = &self.text.as_bytes()[token.start as usize..token.end as usize];
        // Nor do the rest begin alike.
        if bytes[0] < 0x80 && bytes[0] | 0x20 != word.as_bytes()[0] {
            return false;
        }
        if token.flags & Token::WIDE != 0 {
            return bytes.len() <= word.len() + 8 && self.folded(i, |key| key == word.as_bytes());
        }
        bytes.eq_ignore_ascii_case(word.as_bytes())
    }

    /// Hands the folded word to `f`.
    pub(crate) fn folded<R>(&self, i: usize, f: impl FnOnce(&[u8]) -> R) -> R {
        let mut key = self.key.borrow_mut();
        fold(self.at(i), &mut key, usize::MAX);
        f(&key)
    }

    /// The number word at token `i`.
    pub(crate) fn number_word(&self, i: usize) -> Option<NumberWord> {
        let word = *self.words.get(i)?;
        if !self.lexicon.is_numeral(word) {
            return None;
        }
        let (at, last) = self.number.get();
        if at == i {
            return last;
        }
        let found = self.folded(i, |key| self.lexicon.numerals.word(key));
        self.number.set((i, found));
        found
    }

    /// The longest word or phrase at token `i` with one of these roles: what it says, and one past its last token.
    pub(crate) fn meaning(&self, i: usize, want: Tags) -> Option<(Payload, usize)> {
        self.meanings(i, want).next()
    }

    /// All meanings at token `i` with one of these roles, longest first.
    pub(crate) fn meanings(&self, i: usize, want: Tags) -> impl Iterator<Item = (Payload, usize)> + use<'_, 'a> {
        let view = self;
        let word = self.words.get(i).copied().unwrap_or(WordId::NONE);
        let all = self.lexicon.meanings(word, want);
        all.iter().filter(move |m| m.tags.has(want)).filter_map(move |m| {
            let text = |a: usize, b: usize| view.span(a, b).of(view.text);
            let end = m.matches(view.lexicon, view.words, i, |j| view.tokens[j].spaced(), text)?;
            Some((m.payload, end))
        })
    }

    /// Whether the word at `i` is of a class or, as a noun, ends like one: *Haftstrafe* is lasting.
    pub(crate) fn ends_like(&self, i: usize, tags: Tags) -> bool {
        self.has(i, tags) || (self.capital(i) && self.folded(i, |key| self.lexicon.ending_tags(key).has(tags)))
    }

    /// Whether some token of the sentence has one of these roles.
    pub(crate) fn any(&self, tags: Tags) -> bool {
        self.union.has(tags)
    }
}
