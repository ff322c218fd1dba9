//! The language as data, one topic a file; no logic here.
//!
//! | file | what |
//! | --- | --- |
//! | `numbers.toml` | null … zwölf, hundert, anderthalb, Dutzend |
//! | `scales.toml` | Tsd., Mio., Millionen, Mrd., Milliarden |
//! | `hedges.toml` | knapp, gut, rund, mehr als, mindestens, bis zu |
//! | `currencies.toml` | Euro, €, Dollar, Franken, Cent |
//! | `units.toml` | Prozent, Kilometer, Tonnen, Megawatt, Barrel |
//! | `multiples.toml` | verdoppelt, halbiert, doppelt, Hälfte |
//! | `calendar.toml` | Januar, Montag, Jahre, Vorjahr, heute, Uhr |
//! | `sets.toml` | täglich, montags, pro, jahrelang |
//! | `feasts.toml` | Ostern, Pfingsten, Buß- und Bettag, Tag der Deutschen Einheit |
//! | `fiscal.toml` | companies whose year does not end with December |
//! | `tense.toml` | sagte, wurde; beginnt, soll: where a weekday lies |
//! | `grammar.toml` | articles, prepositions, adverbs: where a counted noun may stand |
//! | `context.toml` | words that decide what a number near them means |
//! | `identifiers.toml` | Artikel 3, Boeing 737, Dax 40, A 8: numbers that count nothing |
//! | `abbreviations.toml` | z. B., Nr., Dr.: a dot that ends no sentence |
//!
//! These are packs. The lists of `names/` (who and what is called how) and `facts/` (metrics, verbs, words of change) are
//! made into tables of their own, `names.bin` and `facts.bin`: see `names` and `link`.

mod tables;

pub use tables::TABLES;
#[cfg(feature = "lean")]
pub use tables::provide;
pub(crate) use tables::{facts, lexicon, names, tagger};

use crate::error::Result;
use crate::pack::Pack;

/// The files, in the order in which they are read. A test holds the list against the folder.
pub const FILES: &[(&str, &str)] = &[
    ("numbers.toml", include_str!("numbers.toml")),
    ("scales.toml", include_str!("scales.toml")),
    ("hedges.toml", include_str!("hedges.toml")),
    ("currencies.toml", include_str!("currencies.toml")),
    ("units.toml", include_str!("units.toml")),
    ("multiples.toml", include_str!("multiples.toml")),
    ("calendar.toml", include_str!("calendar.toml")),
    ("sets.toml", include_str!("sets.toml")),
    ("feasts.toml", include_str!("feasts.toml")),
    ("fiscal.toml", include_str!("fiscal.toml")),
    ("tense.toml", include_str!("tense.toml")),
    ("grammar.toml", include_str!("grammar.toml")),
    ("context.toml", include_str!("context.toml")),
    ("identifiers.toml", include_str!("identifiers.toml")),
    ("abbreviations.toml", include_str!("abbreviations.toml")),
];

/// All of them as one pack.
///
/// # Errors
/// None, as a test proves; the loader is the one of user packs, which can fail.
pub fn pack() -> Result<Pack> {
    let mut all = Pack::default();
    for (name, text) in FILES {
        all.append(Pack::parse(&format!("src/german/{name}"), text)?);
    }
    Ok(all)
}
