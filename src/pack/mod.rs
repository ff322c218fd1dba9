//! The pack format: what German says, as TOML.
//!
//! The built-in language ([`crate::german`]) and a user's `--pack FILE` go through this one loader. A pack is a list of
//! entries; an entry with the id of an earlier one of its kind replaces it, and `remove = ["hedge.knapp"]` takes one out.
//!
//! ```
//! use kennzahl::pack::Pack;
//! let pack = Pack::parse("mine.toml", r#"
//!     [[unit]]
//!     id = "{Klafter}"
//!     kind = "measure"
//!     forms = ["Klafter|n"]
//!     example = ["Der Brunnen ist zwölf Klafter tief.", "zwölf Klafter = measure 12 {Klafter}"]
//! "#).unwrap();
//! assert_eq!(pack.units[0].id, "{Klafter}");
//! ```
//!
//! **Forms.** `"Kilometer|n|s"` stands for *Kilometer, Kilometern, Kilometers*: the stem, which is always a form itself,
//! then endings. `"kanadisch|*"` stands for all endings of an adjective. A form that begins with a hyphen (`"-strafe"`)
//! stands for every longer word that ends so (classes only). Forms are matched without regard to case, umlaut spelling,
//! ß/ss and soft hyphens; `symbols` exactly as written.
//!
//! **Names.** A `[[name]]` is a thing of one's own, and wins over every list and over the tagger; its `id` is the `link` of
//! the records. `name` and `aliases` are written as they stand in texts, without endings: hyphens between words do not
//! count, nor do the endings of adjectives in front of the last word and a genitive *s* behind it. The case of the first
//! letter counts, and up to three capitals (*SAP*) match only capitals.
//!
//! ```
//! use kennzahl::{Extractor, pack::Pack};
//! let pack = Pack::parse("mine.toml", r#"
//!     [[name]]
//!     id = "wd:Q95"
//!     name = "Alphabet"
//!     type = "organization" # or person, location, product, index
//!     subtype = "company"   # may be left out, and so may the aliases
//!     aliases = ["Alphabet Inc.", "Google-Mutter"]
//!     example = ["Die Google-Mutter wächst.", "Google-Mutter = organization Alphabet company wd:Q95"]
//! "#).unwrap();
//! let text = "Der Chef der Google-Mutter trat ab.";
//! let analysis = Extractor::with_packs(vec![pack]).unwrap().worker().analyse(text);
//! assert_eq!(analysis.things[0].link.as_deref(), Some("wd:Q95"));
//! ```
//!
//! **Metrics and verbs** of facts win over the built-in ones: a form means what the pack says and nothing else, and an
//! entry with the id of a built-in one (`src/german/facts`) takes its place. A `[[metric]]` that adds nouns to a built-in
//! one has an id of its own and names it in `concept`. A `[[verb]]` has its forms, what it says of an amount, and which
//! part of a statement the amount behind a preposition is.
//!
//! ```
//! use kennzahl::{Extractor, pack::Pack};
//! let pack = Pack::parse("mine.toml", r#"
//!     [[metric]]
//!     id = "bottling"
//!     units = ["count"]      # or money, percent, pp, measure, index, multiple, score
//!     good = "up"            # or down, neutral
//!     nouns = ["Abfüllung|en"]
//!     example = [
//!         "Die Abfüllungen der Brandner AG stiegen 2025 auf 40.000.",
//!         "Brandner AG · Abfüllung (bottling) · 2025 · 40.000 · up · reported",
//!         "Zur Abfüllung kamen 300 Gäste.", "",
//!     ]
//!
//!     [[verb]]
//!     id = "löffeln"
//!     sense = "level"        # or up, down, flat, forecast, target, denied, say
//!     metric = "Einnahmen"   # may be left out, and so may slots and words
//!     slots = { bare = "value" }
//!     verbs = ["ein|löffeln, löffelt, löffelte, gelöffelt"]
//!     example = ["2025 löffelte die Brandner AG 30 Millionen Euro ein.", "Brandner AG · Einnahmen · 2025 · 30 Millionen Euro · reported"]
//! "#).unwrap();
//! assert_eq!(pack.metrics[0].concept, "bottling");
//! ```
//!
//! **Examples.** `example = [TEXT, FOUND]`: what is found in the text, as [`crate::show`] writes it, of times as
//! [`crate::show_times`], of names as [`crate::show_names`], of facts as [`crate::show_facts`]; more pairs may follow,
//! and what must not be found is one too: `[TEXT, ""]`.
//! `kennzahl pack check FILE` runs them, and a test runs those of the built-in language.

mod merge;
mod read;

pub use merge::Facts;

use crate::model::{Approx, Decimal, Direction, EntityType, QuantityType, Reason};
use std::ops::Deref;

/// The entries of one file, or of several after [`Pack::merge`].
#[derive(Debug, Default, Clone)]
pub struct Pack {
    /// Entries to take out, as `kind.id`: `hedge.knapp`, each with its place.
    pub remove: Vec<(String, String)>,
    /// Number words.
    pub numbers: Vec<Entry<Number>>,
    /// Powers of ten: *Mio., Milliarden*.
    pub scales: Vec<Entry<Scale>>,
    /// *knapp, mehr als, bis zu*.
    pub hedges: Vec<Entry<Hedge>>,
    /// Money.
    pub currencies: Vec<Entry<Currency>>,
    /// Percent, measures and units of time.
    pub units: Vec<Entry<Unit>>,
    /// Words that multiply: *verdoppelt, doppelt*.
    pub multiples: Vec<Entry<Multiple>>,
    /// Words of time: *Januar, heute, Vorjahr, Ostern*.
    pub times: Vec<Entry<Time>>,
    /// Companies whose year does not end with December.
    pub fiscals: Vec<Entry<Fiscal>>,
    /// Sets of words that rules ask for by name.
    pub classes: Vec<Entry<Class>>,
    /// Words that make the number beside them an identifier.
    pub identifiers: Vec<Entry<Identifier>>,
    /// Shapes of characters that are no quantities.
    pub shapes: Vec<Entry<Shape>>,
    /// Things with the names that they go by. The lexicon knows none of them: see [`crate::names::Names::with_user`].
    pub names: Vec<Entry<Name>>,
    /// What facts measure; with the verbs they are no part of the lexicon: see [`crate::Extractor::with_packs`].
    pub metrics: Vec<Entry<Metric>>,
    /// Verbs that say what happens to an amount.
    pub verbs: Vec<Entry<Verb>>,
}

/// One entry: its id, its examples, where it was written, and what its kind says.
#[derive(Debug, Clone)]
pub struct Entry<T> {
    /// Names the entry among those of its kind.
    pub id: String,
    /// Pairs of a text and what is found in it.
    pub examples: Vec<[String; 2]>,
    /// `FILE:LINE`.
    pub place: String,
    /// What the kind says.
    pub content: T,
}

impl<T> Deref for Entry<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.content
    }
}

/// What a number word does inside a longer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum NumberRole {
    /// *null*
    Zero,
    /// *eins* to *neun*
    Unit,
    /// *zehn* to *neunzehn*
    Teen,
    /// *zwanzig* to *neunzig*
    Ten,
    /// *hundert*
    Hundred,
    /// *tausend*
    Thousand,
    /// *anderthalb*
    Half,
    /// *Dutzend*: counts like a scale, stands like a noun
    Dozen,
}

/// A number word.
#[derive(Debug, Clone)]
pub struct Number {
    /// Its value.
    pub value: Decimal,
    /// What it does inside a longer word.
    pub role: NumberRole,
    /// The word alone, with its inflections: *zwei, zweier, zweien*.
    pub forms: Vec<String>,
    /// The shape inside a longer word: *sech* in *sechzehn* needs none, *ein* in *einundzwanzig* does.
    pub stem: Vec<String>,
    /// The ordinal without its ending: *dritt, siebt*; where absent *t* (under 20) or *st* follows the stem.
    pub ordinal: Vec<String>,
}

/// A power of ten.
#[derive(Debug, Clone)]
pub struct Scale {
    /// The exponent: 9 for *Milliarde*.
    pub power: i16,
    /// Words and abbreviations.
    pub forms: Vec<String>,
    /// How it begins a compound: *milliarden* in *Milliardenverlust*.
    pub compound: Vec<String>,
    /// Plural nouns that alone name an unknown amount of it: *Millionen, Tausende*.
    pub vague: Vec<String>,
}

/// A hedge.
#[derive(Debug, Clone)]
pub struct Hedge {
    /// What it says of the number.
    pub approx: Approx,
    /// In front of the number.
    pub forms: Vec<String>,
    /// Behind it: *oder mehr*.
    pub after: Vec<String>,
    /// No hedge right after these words: *Abschluss* über.
    pub not_after: Vec<String>,
    /// No hedge where one of these words stands anywhere in the sentence: *verfügt* … über.
    pub not_with: Vec<String>,
    /// No hedge where one of these words follows the quantity: *gegen 5 Euro* Kaution.
    pub not_before: Vec<String>,
    /// Only in front of these types.
    pub types: Vec<QuantityType>,
    /// Only in front of round numbers of at least this size.
    pub round_from: Option<Decimal>,
}

/// A currency.
#[derive(Debug, Clone)]
pub struct Currency {
    /// Words that other currencies may share: *Dollar, Krone|n*.
    pub words: Vec<String>,
    /// Words for this one alone: *US-Dollar*.
    pub forms: Vec<String>,
    /// Signs and codes, exactly: *€, EUR*.
    pub symbols: Vec<String>,
    /// Stems that make a shared word mean this one: *kanadisch*; `Schweizer!` is not declined.
    pub adjectives: Vec<String>,
    /// Where it is money.
    pub countries: Vec<String>,
    /// *Cent*.
    pub subunit: Vec<String>,
    /// How much one of them is.
    pub subunit_value: Option<Decimal>,
    /// A bare `subunit` word means this currency.
    pub subunit_default: bool,
    /// A bare shared word means this currency.
    pub default: bool,
    /// … which the text does not say.
    pub assumed: bool,
}

/// What kind of thing a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum UnitKind {
    /// Per cent and points.
    Percent,
    /// A physical or other unit.
    Measure,
    /// A unit of time: never a quantity, but what rates are taken over.
    Time,
}

/// A unit.
#[derive(Debug, Clone)]
pub struct Unit {
    /// What it measures.
    pub kind: UnitKind,
    /// Words.
    pub forms: Vec<String>,
    /// Signs and abbreviations, exactly.
    pub symbols: Vec<String>,
    /// A unit that code chooses between by context (*Grad*).
    pub ambiguous: bool,
    /// In front of the number instead of behind it: *Tempo 170*.
    pub before: Vec<String>,
}

/// A word that multiplies.
#[derive(Debug, Clone)]
pub struct Multiple {
    /// By how much, above the line.
    pub num: i128,
    /// Below the line.
    pub den: i128,
    /// Words.
    pub forms: Vec<String>,
    /// The type of the mention: `multiple`, or `fraction` for *Hälfte*.
    pub kind: QuantityType,
}

/// A word of time.
#[derive(Debug, Clone)]
pub struct Time {
    /// What it says, in the notation of [`crate::lexicon::TimeWord`].
    pub means: String,
    /// Words, matched without regard to case.
    pub forms: Vec<String>,
    /// Words, matched exactly.
    pub symbols: Vec<String>,
}

/// A company's own year.
#[derive(Debug, Clone)]
pub struct Fiscal {
    /// Its last month.
    pub month: i8,
    /// The last day of its last month.
    pub day: i8,
    /// The company's names, matched exactly.
    pub forms: Vec<String>,
}

/// A set of words that rules ask for by name; the id is one of [`crate::lexicon::Tags`].
#[derive(Debug, Clone)]
pub struct Class {
    /// Words.
    pub forms: Vec<String>,
}

/// On which side of its word an identifier's number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Side {
    /// *Artikel 3*
    After,
    /// *1. FC*
    Before,
}

/// Words that make the number beside them an identifier.
#[derive(Debug, Clone)]
pub struct Identifier {
    /// What the number is then.
    pub reason: Reason,
    /// Where it stands.
    pub side: Side,
    /// Words, matched without regard to case.
    pub forms: Vec<String>,
    /// Words, matched exactly.
    pub symbols: Vec<String>,
}

/// A shape of characters.
#[derive(Debug, Clone)]
pub struct Shape {
    /// What a number inside is.
    pub reason: Reason,
    /// A regular expression (crate `regex`, Unicode off) over the bytes of a sentence.
    pub pattern: String,
    /// Only where one of these ASCII marks occurs in the sentence; everywhere if empty.
    pub needs: String,
}

/// What facts measure: what an analyst would keep in one column.
#[derive(Debug, Clone)]
pub struct Metric {
    /// The column, as records have it: *revenue*. The id where it is left out.
    pub concept: String,
    /// What it is counted in.
    pub units: Vec<MetricUnit>,
    /// Whether a rise is a gain, a fall is one, or neither.
    pub good: Direction,
    /// Whether countries and towns have it rather than companies.
    pub public: bool,
    /// A noun each with its inflected forms, `Umsatz|es|s, Umsätze|n`; the first form is the lemma.
    pub nouns: Vec<String>,
    /// Adjectives that make another metric of it: *organisch*.
    pub qualified: Vec<String>,
}

/// What a metric is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricUnit {
    /// An amount of money.
    Money,
    /// A share in percent.
    Percent,
    /// Percentage points.
    Points,
    /// A count.
    Count,
    /// A physical or other unit.
    Measure,
    /// The level of an index.
    Index,
    /// *dreimal*
    Multiple,
    /// A result: *2:1*.
    Score,
}

impl MetricUnit {
    /// All with the names that they have in packs.
    pub const NAMED: [(&'static str, Self); 8] = [
        ("money", Self::Money),
        ("percent", Self::Percent),
        ("pp", Self::Points),
        ("count", Self::Count),
        ("measure", Self::Measure),
        ("index", Self::Index),
        ("multiple", Self::Multiple),
        ("score", Self::Score),
    ];

    /// Its name in packs.
    pub fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(_, unit)| *unit == self).map_or("", |(name, _)| name)
    }
}

/// Verbs that behave alike: what they say of an amount, and which part of a statement it is.
#[derive(Debug, Clone)]
pub struct Verb {
    /// `up`, `down`, `flat`, `level` (states a value), `forecast`, `target`, `denied` or `say`.
    pub sense: &'static str,
    /// The metric that they name by themselves: *verdiente* → *Gewinn*.
    pub metric: Option<String>,
    /// What an amount is behind a preposition, `value`, `by` or `from`; `bare` stands for none.
    pub slots: Vec<(String, &'static str)>,
    /// Infinitive with a bar behind its prefix, third person, past, participle: `zu|legen, legt, legte, gelegt`.
    pub verbs: Vec<String>,
    /// Words that must stand in the clause: *in Aussicht*.
    pub words: Option<String>,
}

impl Verb {
    /// All senses.
    pub const SENSES: [&'static str; 8] = ["up", "down", "flat", "level", "forecast", "target", "denied", "say"];
    /// All that an amount may be.
    pub const SLOTS: [&'static str; 3] = ["value", "by", "from"];
}

/// A thing with the names that it goes by; the id is the link of its records.
#[derive(Debug, Clone)]
pub struct Name {
    /// Citation form, which is a form itself.
    pub name: String,
    /// What kind of thing.
    pub kind: EntityType,
    /// Finer, such as *company*.
    pub subtype: Option<String>,
    /// Further forms: *Google-Mutter*.
    pub aliases: Vec<String>,
}

impl Name {
    /// All forms, the citation form first.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }
}
