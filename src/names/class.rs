//! The lists that a word may stand in, as a set of bits.

/// A set of lists.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Class(pub(crate) u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal $text:literal,)+) => {
        impl Class {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)+

            /// The lists by their names in the files.
            pub(crate) const NAMED: &'static [(&'static str, Self)] = &[$(($text, Self::$name)),+];
        }
    };
}

classes! {
    /// Some form is written with a first capital and small letters behind.
    CAPITAL = 0 "",
    /// Some form is written in capitals: *EU*.
    UPPER = 1 "",
    /// Some form begins small: *dpa*, *iPhone*.
    SMALL = 2 "",
    /// Also a common word: it counts as a hint.
    HINT = 3 "",
    /// Given names.
    GIVEN = 4 "given",
    /// Surnames.
    SURNAME = 5 "surname",
    /// *von, van, de*
    PARTICLE = 6 "particle",
    /// *Dr., Herr, Sir*
    TITLE = 7 "title",
    /// *Konzernchef, Sprecherin*
    ROLE = 8 "role",
    /// *Autobauer, Gewerkschaft*
    HEAD_ORGANIZATION = 9 "head-organization",
    /// *Stadt, Insel*
    HEAD_LOCATION = 10 "head-location",
    /// *App, Film*
    HEAD_PRODUCT = 11 "head-product",
    /// *Mann, Opfer*
    HEAD_PERSON = 12 "head-person",
    /// *Leitindex*
    HEAD_INDEX = 13 "head-index",
    /// *AG, Inc., S.p.A.*
    LEGAL_FORM = 14 "legal-form",
    /// Common nouns.
    NOUN = 15 "noun",
    /// Words that begin sentences: *Der, Nach*.
    OPENER = 16 "opener",
    /// *deutsche, Berliner, Franzose*
    DEMONYM = 17 "demonym",
    /// Names of people, whole.
    PERSON = 18 "person",
    /// Countries and regions.
    LAND = 19 "land",
    /// Cities.
    CITY = 20 "city",
    /// Rivers, mountains, streets, buildings.
    SITE = 21 "site",
    /// Places of the gazetteer alone.
    GAZETTEER = 22 "gazetteer",
    /// Companies.
    COMPANY = 23 "company",
    /// Authorities, associations, institutes.
    BODY = 24 "body",
    /// Parties.
    PARTY = 25 "party",
    /// Clubs.
    CLUB = 26 "club",
    /// Papers, broadcasters, agencies.
    MEDIA = 27 "media",
    /// Products and works.
    PRODUCT = 28 "product",
    /// Stock indices.
    INDEX = 29 "index",
    /// Some listed phrase begins so.
    CONTINUES = 30 "",
    /// Given names and surnames of large lists alone.
    RARE = 31 "",
}

impl Class {
    /// Those of listed things.
    pub(crate) const THINGS: Self = Self(
        Self::PERSON.0
            | Self::LAND.0
            | Self::CITY.0
            | Self::SITE.0
            | Self::GAZETTEER.0
            | Self::COMPANY.0
            | Self::BODY.0
            | Self::PARTY.0
            | Self::CLUB.0
            | Self::MEDIA.0
            | Self::PRODUCT.0
            | Self::INDEX.0,
    );

    /// How a form is written.
    const CASE: Self = Self(Self::CAPITAL.0 | Self::UPPER.0 | Self::SMALL.0);

    /// Whether some of these are in it.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub(crate) const fn joined(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Without these.
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether a word that is written so can be the form: a small *us* is no *US*.
    pub(crate) fn fits(self, capital: bool, upper: bool, len: usize) -> bool {
        let case = self.0 & Self::CASE.0;
        case == 0
            || upper
            || (capital && (case & Self::CAPITAL.0 != 0 || len > 3))
            || (!capital && case & Self::SMALL.0 != 0)
    }
}
