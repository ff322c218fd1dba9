//! What a word can do in a sentence, as a set of bits.

/// A set of roles. The classes of the packs carry these names in lower case.
#[derive(Copy, Clone, PartialEq, Eq, Default, Debug, serde::Serialize, serde::Deserialize)]
pub struct Tags(pub u64);

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident = $bit:literal,)+) => {
        impl Tags {
            $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)+

            /// Every tag with the name it has in packs and in `explain`.
            pub const NAMED: &'static [(&'static str, Self)] = &[$((stringify!($name), Self::$name)),+];
        }
    };
}

tags! {
    // Made from entries of their own kind.
    /// A power of ten.
    SCALE = 0,
    /// A scale that may stand alone: *Millionen*.
    VAGUE = 1,
    /// A hedge in front.
    HEDGE = 2,
    /// A hedge behind.
    HEDGE_AFTER = 3,
    /// A unit or currency.
    UNIT = 4,
    /// A unit that may stand in front: *$, CHF, Tempo*.
    UNIT_BEFORE = 5,
    /// A unit of time.
    TIME = 6,
    /// An adjective of a currency.
    CURRENCY_ADJECTIVE = 7,
    /// A country with a currency.
    COUNTRY = 8,
    /// *verdoppelt*
    MULTIPLE = 9,
    /// Makes a number behind it an identifier.
    IDENTIFIER = 10,
    /// Makes a number in front of it an identifier.
    IDENTIFIER_AFTER = 11,
    /// *Dutzend*
    DOZEN = 12,
    /// A word of time that makes one alone or with figures: *Januar, heute, Jahr*.
    CALENDAR = 13,
    /// A word that makes a time with others: *vor, in, vergangene, jeden*.
    LEAD = 14,

    // Classes.
    /// Verbs of what has happened: *sagte, wurde*.
    PAST = 15,
    /// *der, dieser, mein*
    ARTICLE = 16,
    /// *ein* in all its forms
    EIN = 17,
    /// *in, auf*
    PREPOSITION = 18,
    /// *und, dass*
    CONJUNCTION = 19,
    /// *er, man*
    PRONOUN = 20,
    /// *sehr, dort*
    ADVERB = 21,
    /// Verbs that could be taken for adjectives.
    VERB = 22,
    /// Abbreviations whose dot never ends a sentence.
    ABBREVIATION = 23,
    /// Abbreviations whose dot may.
    ABBREVIATION_END = 24,
    /// *Januar*
    MONTH = 25,
    /// Verbs of what is to come: *beginnt, soll*.
    UPCOMING = 26,
    /// What stands before a year: *Jahr, Ende, Sommer*.
    YEAR_BEFORE = 27,
    /// *Uhr*
    CLOCK = 28,
    /// Nouns whose number is a position: *Platz 3*.
    RANK = 29,
    /// Things that last: *fünfjährige* Haft.
    LASTING = 30,
    /// *Punkte, Zähler*
    POINT = 31,
    /// *Dax, Index*
    INDEX = 32,
    /// What tells of warmth: *Grad* is Celsius then.
    WARMTH = 33,
    /// What tells of turning: *Grad* is an angle then.
    ANGLE = 34,
    /// *je, pro*
    PER = 35,
    /// *viele, mehrere*
    SEVERAL = 36,
    /// *Marke, Schwelle*
    THRESHOLD = 37,
    /// *überschritten, knackt*
    EXCEED = 38,
    /// *Zahl, Anzahl*
    TALLY = 39,
    /// *davon, darunter*
    THEREOF = 40,
    /// *plus*
    PLUS = 41,
    /// *minus*
    MINUS = 42,
    /// *bis*
    UNTIL = 43,
    /// *zwischen*
    BETWEEN = 44,
    /// *und, oder, beziehungsweise*
    AND_OR = 45,
    /// *Mal*
    TIMES = 46,
    /// *halb*
    HALF = 47,
    /// Phrases in which a number word does not count.
    IDIOM = 48,
    /// What is won and lost.
    CONTEST = 49,
    /// What is sold by weight: *Fleisch*.
    WEIGHED = 50,
    /// *Alter*
    AGE = 51,
    /// *alt*
    OLD = 52,
    /// *Komma*
    COMMA = 53,
    /// Counted although it looks like no noun.
    COUNTED = 54,
    /// Opens what a phone number belongs to; also streets.
    STREET = 55,
    /// Words behind which a number is a year's date or a clock time: *um, ab, gegen*.
    CLOCK_BEFORE = 56,
    /// Nouns that are no heads of a count: *Uhr, Prozent, Jahr*.
    UNCOUNTED = 57,
    /// *jeder, jede*
    EACH = 58,
    /// May stand between a hedge and its number: *jeweils, umgerechnet*.
    FILLER = 59,
    /// Joins two numbers of one thing: *auf, statt, gegenüber*.
    JOIN = 60,
    /// People: *Kinder, Frauen*.
    PERSON = 61,
    /// Names of places as adjectives: *Berliner*.
    DEMONYM = 62,
    /// A currency's word that means one only together with a country: *Kronen*.
    VARYING = 63,
}

impl Tags {
    /// No role.
    pub const NONE: Self = Self(0);

    /// The tag of a class.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, t)| *t)
    }

    /// Whether the two have a role in common.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The names of its roles.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMED.iter().filter(move |(_, t)| self.has(*t)).map(|(n, _)| *n)
    }
}
