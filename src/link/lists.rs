//! Lists of words and pairs of them that rules ask for by name; what stands in them is `src/german/facts/lists.toml`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Lists that a word stands in.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists(pub(super) u64);

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "named as the lists are")]
        enum Place { $($name),+ }

        impl Lists {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << Place::$name as u8);)+

            /// Every list with its name; in the file it is in lower case.
            pub(super) const NAMED: &'static [(&'static str, Self)] = &[$((stringify!($name), Self::$name)),+];
        }
    };
}

lists! {
    /// *um, auf*: may tell what the number behind it is.
    FRONT,
    /// *insgesamt*: may stand between such a word and the number; hedges too.
    PASSED,
    /// Hedges that are such words themselves.
    NEVER_PASSED,
    /// *plus*
    PLUS,
    /// *minus*
    MINUS,
    /// *beziehungsweise*: between two things of a row.
    JOINS,
    /// *jeweils*
    EACH,
    /// *ein*
    ONE,
    /// *Platz*
    RANK,
    /// *über*
    ABOVE,
    /// *unter*
    BELOW,
    /// *dem*
    DEFINITE,
    /// *mehr*
    MORE,
    /// *gegenüber*: an earlier value stands behind.
    INSTEAD,
    /// *zuvor*: beside an earlier value.
    EARLIER,
    /// *Vorjahr*
    TIME,
    /// *in Höhe von*
    LEADS_ON,
    /// *Zahl*
    TALLY,
    /// *von*: between *Zahl* and what is counted.
    TALLY_OF,
    /// *des*
    GENITIVE,
    /// *aller*: between a share and what it is one of.
    WHOLE_OF,
    /// *Aktie*
    SHARE,
    /// *je*
    PER,
    /// *Konzern*
    HEAD,
    /// *Stadt*
    PLACE,
    /// *Marke, Grenze*
    LEVEL,
    /// *Befragten*
    NOMINAL,
    /// *Verdächtigen*, as far as the ending tells.
    NOMINAL_LONG,
    /// *Wagen*
    NO_NOMINAL,
    /// *Zahlen, Bilanz*: what a text reports from, not what it is about.
    REPORT,
    /// *Mitarbeiter*
    PEOPLE,
    /// *Sprecher*
    OFFICE,
    /// *Unfall*
    EVENT,
    /// *Flugzeug*
    THING,
    /// *Entwicklung*
    PROCESS,
    /// *Reuters*
    AGENCY,
    /// *sie*
    PRONOUN,
    /// *der, ein, ihr*
    ARTICLE,
    /// *eines*
    GENITIVE_ARTICLE,
    /// *aller*: in front of an adjective as a noun.
    DETERMINED,
    /// *wegen*
    PREPOSITION,
    /// *wegen*: what stands behind is not spoken of.
    OBLIQUE,
    /// *der*: leads a noun; all short words do.
    LEADS,
    /// *deren*
    RELATIVE,
    /// *welche*
    RELATIVE_WHO,
    /// *und*: behind the prefix of a verb.
    GOES_ON,
    /// *gestiegenes*: may be an adjective.
    INFLECTED,
    /// *gestiegen*: may be one, or a participle.
    INFLECTED_EN,
    /// *soll*
    MODAL,
    /// *nicht*
    DENIES,
    /// *nur*: behind *nicht*.
    LIMITS,
    /// *wie*
    CITES_NOBODY,
    /// *laut*: in front of *Angaben*.
    ACCORDING,
    /// *gegenüber*: in front of a time.
    COMPARES,
    /// *Vorjahr*: a time.
    COMPARED,
    /// *vor einem Jahr*
    YEAR_BEFORE,
    /// *Jahresvergleich*
    YEARLY,
    /// *währungsbereinigt*: says how a number was reckoned.
    QUALIFIER,
    /// *vor*: in front of what was left out or put in.
    RECKONS,
    /// *Steuern*: what was left out or put in.
    RECKONED,
    /// *Cloud-Geschäft*: a part of a business.
    SEGMENT,
    /// *Sparte*: one whose name stands behind.
    SEGMENT_OF,
    /// A unit of the lexicon, in no file.
    UNIT,
}

impl Lists {
    /// The lists that say what a noun is the name of.
    pub(super) const SORTS: Self = Self(
        Self::PEOPLE.0
            | Self::OFFICE.0
            | Self::EVENT.0
            | Self::THING.0
            | Self::PROCESS.0
            | Self::HEAD.0
            | Self::PLACE.0,
    );

    /// Those of the lists that the other has too, as one number.
    pub(super) const fn among(self, other: Self) -> u64 {
        self.0 & other.0
    }

    /// The list of an identifier.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, list)| *list)
    }

    /// Its place among all.
    pub(super) const fn place(self) -> u8 {
        self.0.trailing_zeros() as u8
    }

    /// The list at such a place.
    pub(super) const fn at(place: u8) -> Self {
        Self(1 << (place & 63))
    }

    /// Whether the two have a list in common.
    #[inline]
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// All but those of the other.
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Both together.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a list has beside whole words; all folded.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Affixes {
    pub(super) phrases: Vec<String>,
    pub(super) begins: Vec<String>,
    pub(super) ends: Vec<String>,
    pub(super) within: Vec<String>,
}

impl Affixes {
    /// Whether a folded word stands in the list by one of its parts.
    pub(super) fn fit(&self, key: &str) -> bool {
        self.ends.iter().any(|end| key.ends_with(end.as_str()))
            || self.begins.iter().any(|begin| key.starts_with(begin.as_str()))
            || self.within.iter().any(|part| key.contains(part.as_str()))
            || self.phrases.iter().any(|phrase| key == phrase)
    }
}

/// The parts of all lists together, by the byte that a word needs to have first or last: few are left to compare.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    begins: BTreeMap<u8, Vec<(String, Lists)>>,
    ends: BTreeMap<u8, Vec<(String, Lists)>>,
    within: Vec<(String, Lists)>,
}

impl Parts {
    /// Of lists in order.
    pub(super) fn of(lists: &[Affixes]) -> Self {
        let mut parts = Self::default();
        for (affixes, list) in lists.iter().zip((0..).map(Lists::at)) {
            for begin in &affixes.begins {
                let of_byte = parts.begins.entry(begin.bytes().next().unwrap_or(0)).or_default();
                of_byte.push((begin.clone(), list));
            }
            for end in &affixes.ends {
                let of_byte = parts.ends.entry(end.bytes().next_back().unwrap_or(0)).or_default();
                of_byte.push((end.clone(), list));
            }
            // No word has a blank within.
            let within = affixes.within.iter().filter(|part| !part.contains(' '));
            parts.within.extend(within.map(|part| (part.clone(), list)));
        }
        parts
    }

    /// The lists in which a folded word stands by one of its parts, as [`Affixes::fit`] tells of each. It is one word:
    /// phrases are not asked for.
    pub(super) fn fit(&self, key: &str) -> Lists {
        let (Some(first), Some(last)) = (key.bytes().next(), key.bytes().next_back()) else { return Lists::default() };
        let begins = self.begins.get(&first).into_iter().flatten();
        let begins = begins.filter(|(begin, _)| key.starts_with(begin.as_str())).map(|(_, list)| *list);
        let ends = self.ends.get(&last).into_iter().flatten();
        let ends = ends.filter(|(end, _)| key.ends_with(end.as_str())).map(|(_, list)| *list);
        // Words and parts are so short that a search made ready for each takes longer.
        let has =
            |part: &[u8]| key.as_bytes().windows(part.len().max(1)).any(|w| w.first() == part.first() && w == part);
        let within = self.within.iter().filter(|(part, _)| has(part.as_bytes())).map(|(_, list)| *list);
        begins.chain(ends).chain(within).fold(Lists::default(), Lists::with)
    }
}

/// Pairs of a word or ending and what stands for it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pairs {
    /// *lang* → *Länge*
    Measure,
    /// What is measured where no word says it.
    Unsaid,
    /// A preposition → what stands behind it to the number: *in*, *of*, *for*.
    Scope,
    /// *-ern* → *-er*
    Dative,
    /// *-ungen* → *-ung*
    Plural,
    /// *-käufe* → *-kauf*
    Umlaut,
    /// *-nisses* → *-nis*
    Genitive,
    /// *-ung* → the ending of an adjective in front.
    Agreement,
    /// *-en* of an adjective → nothing.
    Adjective,
    /// The *s* in *Gewinnseinbruch* → nothing.
    Joint,
    /// Endings that do not tell two metrics apart → nothing.
    Stem,
}

impl Pairs {
    /// All, in order.
    pub(super) const ALL: [(&'static str, Self); 11] = [
        ("measure", Self::Measure),
        ("unsaid", Self::Unsaid),
        ("scope", Self::Scope),
        ("dative", Self::Dative),
        ("plural", Self::Plural),
        ("umlaut", Self::Umlaut),
        ("genitive", Self::Genitive),
        ("agreement", Self::Agreement),
        ("adjective", Self::Adjective),
        ("joint", Self::Joint),
        ("stem", Self::Stem),
    ];
}

/// The first pair whose first part ends a word: what is left of the word in front of it, and what stands for it.
pub(super) fn ending<'w, 'p>(pairs: &'p [(String, String)], word: &'w str) -> Option<(&'w str, &'p str)> {
    pairs.iter().find_map(|(end, other)| Some((word.strip_suffix(end.as_str())?, other.as_str())))
}

/// The word with its ending replaced, if it has one of these.
pub(super) fn replaced(pairs: &[(String, String)], word: &str) -> Option<String> {
    ending(pairs, word).map(|(rest, other)| format!("{rest}{other}"))
}
