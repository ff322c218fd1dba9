//! Tokens and sentences: the text cut up, never changed.

use super::Span;

/// What a token is made of.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum TokenKind {
    /// Letters of one word, with combining marks and soft hyphens: `Milliarden`, `kg`, `m²`.
    Word,
    /// Digits with the separators between them (`1.234,5`), or one fraction sign (`½`).
    Number,
    /// Anything else that is no blank, one character each.
    Mark,
}

/// One token. Blanks are no tokens; [`Token::spaced`] and [`Token::breaks`] tell what stood before.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is made of.
    pub kind: TokenKind,
    /// See the constants of [`Token`].
    pub flags: u8,
    /// The character of a [`TokenKind::Mark`] (0 for one outside the basic plane, and for other kinds).
    pub mark: u16,
}

const _: () = assert!(size_of::<Token>() == 12);

impl Token {
    /// A blank stands before.
    pub const SPACE: u8 = 1;
    /// A line break stands before.
    pub const LINE: u8 = 2;
    /// An empty line, a tab or a wide gap stands before: nothing joins across it.
    pub const GAP: u8 = 4;
    /// The first letter is a capital.
    pub const CAPITAL: u8 = 8;
    /// Every letter is a capital, and there are two or more.
    pub const UPPER: u8 = 16;
    /// Some byte is not ASCII.
    pub const WIDE: u8 = 32;

    /// The bytes it covers.
    pub const fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// The covered text.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        self.span().of(text)
    }

    /// Whether any blank stands before it.
    pub const fn spaced(&self) -> bool {
        self.flags & (Self::SPACE | Self::LINE | Self::GAP) != 0
    }

    /// Whether a line break or a gap stands before it.
    pub const fn breaks(&self) -> bool {
        self.flags & (Self::LINE | Self::GAP) != 0
    }

    /// Whether it begins with a capital letter.
    pub const fn capital(&self) -> bool {
        self.flags & Self::CAPITAL != 0
    }

    /// Whether it is this mark.
    pub const fn is(&self, mark: char) -> bool {
        self.mark == mark as u16
    }
}

/// One sentence: its tokens, by index, `last` exclusive.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// Index of the first token.
    pub first: u32,
    /// One past the index of the last token.
    pub last: u32,
}
