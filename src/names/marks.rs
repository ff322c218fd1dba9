//! What is asked of a word again and again, as bits beside its number, so that a walk over a text touches nothing else.

use super::class::Class;
use super::tagger::key_of;
use super::word::{Shape, Word};
use crate::model::{Token, TokenKind};

/// A set of answers.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks(pub(crate) u32);

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident = $bit:literal,)+) => {
        impl Marks {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)+
        }
    };
}

marks! {
    /// No mark and no number.
    WORD = 0,
    /// A word with a first capital.
    CAPITAL = 1,
    /// A number.
    NUMBER = 2,
    /// A name may begin with it.
    BEGINS = 3,
    /// Some listed phrase begins so.
    CONTINUES = 4,
    /// A listed phrase by itself.
    PHRASE = 5,
    /// A common noun or a word of grammar, and on no list of names.
    COMMON = 6,
    /// A word that begins sentences.
    OPENER = 7,
    /// A small word or a mark that ends a phrase: a common noun beside it stands alone.
    LONELY = 8,
    /// A given name.
    GIVEN = 9,
    /// *Dr., Herr*
    TITLE = 10,
    /// A role, or a compound that ends with one.
    ROLE = 11,
    /// The same of what says that an organisation is named.
    HEAD_ORGANIZATION = 12,
    /// A place.
    HEAD_LOCATION = 13,
    /// A product.
    HEAD_PRODUCT = 14,
    /// *in, im*
    IN = 15,
    /// An article.
    ARTICLE = 16,
    /// A preposition in front of names.
    PREPOSITION = 17,
    /// *AG*, with a capital.
    LEGAL_FORM = 18,
    /// It may be a name that the document names elsewhere.
    RECALLED = 19,
    /// A listed name may stand inside.
    LONG = 20,
    /// A hyphen.
    HYPHEN = 21,
    /// A mark.
    SIGN = 22,
    /// A colon.
    COLON = 23,
    /// It may stand in a listed phrase behind its first word.
    INSIDE = 24,
    /// A name of the user's may begin with it.
    USER = 25,
    /// Listed as an authority, a court, an institute.
    BODY = 26,
    /// All the others were asked.
    KNOWN = 27,
}

const fn any(keys: &[u64], key: u64) -> bool {
    let mut i = 0;
    while i < keys.len() {
        if keys[i] == key {
            return true;
        }
        i += 1;
    }
    false
}

impl Marks {
    /// Any of the three kinds of heads.
    pub(crate) const HEAD: Self = Self(Self::HEAD_ORGANIZATION.0 | Self::HEAD_LOCATION.0 | Self::HEAD_PRODUCT.0);

    /// Whether some of these are in it.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub(crate) const fn joined(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What a token and its word say.
    pub(crate) fn new(token: &Token, word: &Word) -> Self {
        const NAMES: Class = Class(
            Class::THINGS.0
                | Class::GIVEN.0
                | Class::SURNAME.0
                | Class::HINT.0
                | Class::PARTICLE.0
                | Class::LEGAL_FORM.0,
        );
        const HEADS: Class = Class(Class::HEAD_ORGANIZATION.0 | Class::HEAD_LOCATION.0 | Class::HEAD_PRODUCT.0);
        const COMMON: Class = Class(Class::NOUN.0 | Class::OPENER.0 | Class::DEMONYM.0 | Class::HINT.0);
        let is = |kind: TokenKind| token.kind == kind;
        let (class, both) = (word.class, word.class.joined(word.tail));
        let capital = is(TokenKind::Word) && token.capital();
        let known = class.has(Class(Class::NOUN.0 | Class::OPENER.0 | Class::ROLE.0))
            || word.tail.has(Class::NOUN) && !word.tail.has(HEADS);
        let long = token.end - token.start;
        let small = word.shape == Shape::Small && !class.has(Class::PARTICLE);
        let mut marks = 0;
        for (mark, yes) in [
            (Self::WORD, is(TokenKind::Word)),
            (Self::CAPITAL, capital),
            (Self::NUMBER, is(TokenKind::Number)),
            (Self::BEGINS, capital || is(TokenKind::Word) && class.has(Class::THINGS)),
            (Self::CONTINUES, token.capital() && class.has(Class::CONTINUES)),
            (Self::PHRASE, class.has(Class(Class::INDEX.0 | Class::PRODUCT.0 | Class::MEDIA.0))),
            (Self::COMMON, known && !class.has(NAMES) && word.shape == Shape::Capital),
            (Self::OPENER, class.has(Class::OPENER)),
            (Self::LONELY, is(TokenKind::Word) && !token.capital() || [',', '.', ':'].iter().any(|c| token.is(*c))),
            (Self::GIVEN, token.capital() && class.has(Class::GIVEN)),
            (Self::TITLE, class.has(Class::TITLE)),
            (Self::ROLE, both.has(Class::ROLE)),
            (Self::HEAD_ORGANIZATION, both.has(Class::HEAD_ORGANIZATION)),
            (Self::HEAD_LOCATION, both.has(Class::HEAD_LOCATION)),
            (Self::HEAD_PRODUCT, both.has(Class::HEAD_PRODUCT)),
            (Self::IN, any(&[key_of(b"in"), key_of(b"im")], word.key)),
            (Self::ARTICLE, any(&ARTICLES, word.key)),
            (Self::PREPOSITION, small && any(&PREPOSITIONS, word.key)),
            (Self::BODY, capital && class.has(Class::BODY)),
            (Self::LEGAL_FORM, token.capital() && class.has(Class::LEGAL_FORM)),
            (Self::RECALLED, capital && long >= 3 && !class.has(COMMON)),
            (Self::LONG, capital && long >= 9 && token.flags & Token::UPPER == 0),
            (Self::HYPHEN, token.is('-')),
            (Self::INSIDE, word.inside || token.is('-')),
            (Self::COLON, token.is(':')),
            (Self::SIGN, word.shape == Shape::Mark),
        ] {
            marks |= if yes { mark.0 } else { 0 };
        }
        Self(marks)
    }
}

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
