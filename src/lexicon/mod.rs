//! Packs compiled to tables: folded word → what it can mean.

mod build;
mod fold;
mod index;
mod inflect;
mod numerals;
mod prepared;
mod short;
mod tags;
mod time;

pub use fold::{MAX_KEY, fold, folded};
pub use inflect::forms;
pub use numerals::{NumberWord, Numerals, Solid, Suffix};
pub use prepared::{load as load_prepared, prepare};
pub(crate) use short::Short;
pub use tags::Tags;
pub use time::{Feast, Kinds, Lead, TimeWord};

use crate::error::Result;
use crate::model::{Approx, Decimal, QuantityType, Reason, UnitId};
use crate::pack::{Pack, Side, UnitKind};
use index::Index;
use once_cell::sync::{Lazy, OnceCell};
use regex::bytes::{Regex, RegexBuilder};
use std::ops::Range;
use std::sync::Arc;

/// The built-in language: the only global of the library.
static BUILTIN: Lazy<Arc<Lexicon>> = Lazy::new(|| {
    Arc::new(prepared::load().unwrap_or_else(|| {
        // The packs were changed and not prepared again yet: the same, only slower to start.
        let pack = crate::german::pack().expect("a test loads the built-in packs");
        Lexicon::new(pack).expect("a test compiles the built-in packs")
    }))
});

/// A word of the lexicon; [`WordId::NONE`] for all others.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct WordId(pub u32);

impl WordId {
    /// No word of the lexicon.
    pub const NONE: Self = Self(0);
    /// A number word: [`Numerals::word`] reads it.
    pub const NUMERAL: Self = Self(1);
}

/// What an entry of the lexicon says, by its place in the list of its kind.
#[derive(Copy, Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum Payload {
    /// Nothing beyond its tags.
    None,
    /// A power of ten.
    Scale(i16),
    /// In [`Lexicon::hedges`].
    Hedge(u16),
    /// A unit.
    Unit(UnitId),
    /// A word that several currencies share, in [`Lexicon::shared`].
    Shared(u16),
    /// An adjective or country of a currency.
    Currency(UnitId),
    /// In [`Lexicon::multiples`].
    Multiple(u16),
    /// In [`Lexicon::identifiers`].
    Identifier(u16),
    /// *Dutzend*
    Dozen(i16),
    /// In [`Lexicon::times`].
    Time(u16),
    /// In [`Lexicon::fiscals`].
    Fiscal(u16),
}

/// One meaning of a word, or of a phrase that begins with it.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Meaning {
    pub(crate) tags: Tags,
    pub(crate) payload: Payload,
    /// The further tokens of a phrase, in [`Lexicon::parts`].
    rest: Range<u32>,
    /// The spelling, where it must be exact.
    exact: Option<Box<str>>,
}

/// One further token of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Part {
    word: WordId,
    spaced: bool,
}

/// What the tagger asks of each word, in one byte, so that the table stays in the nearest cache.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Hint(u8);

impl Hint {
    /// A number may begin here.
    pub const PROMISING: Self = Self(1);
    /// *ein* in front of it is a number.
    pub const AFTER_ONE: Self = Self(2);
    /// *ein* itself.
    pub const ONE: Self = Self(4);
    /// A sentence with it may say a time.
    pub const TIMELY: Self = Self(8);
    /// A time may begin here, in a sentence that may say one.
    pub const TIME_BEGINS: Self = Self(16);
    /// A hedge in front of a number may end with it.
    pub const HEDGE_ENDS: Self = Self(32);

    /// Whether it has one of these properties.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn of(tags: Tags, all: Tags, numeral: bool, timely: bool, hedge: bool) -> Self {
        const BEGINS: Tags = Tags(Tags::CALENDAR.0 | Tags::LEAD.0 | Tags::EIN.0 | Tags::HALF.0 | Tags::SEVERAL.0);
        const PROMISING: Tags = Tags(Tags::SCALE.0 | Tags::VAGUE.0 | Tags::MULTIPLE.0 | Tags::DOZEN.0);
        const AFTER_ONE: Tags = Tags(Tags::UNIT.0 | Tags::HALF.0 | Tags::CURRENCY_ADJECTIVE.0);
        let one = tags.has(Tags::EIN);
        let promising = tags.has(PROMISING) || (numeral && !one);
        let after_one = promising || tags.has(AFTER_ONE);
        let begins = all.has(BEGINS) || numeral || tags.has(Tags::MULTIPLE);
        Self(
            u8::from(promising)
                | u8::from(after_one) << 1
                | u8::from(one) << 2
                | u8::from(timely) << 3
                | u8::from(begins) << 4
                | u8::from(hedge) << 5,
        )
    }
}

#[derive(Debug, Default, Clone, serde::Serialize, serde::Deserialize)]
struct WordInfo {
    meanings: Range<u32>,
    /// It is a number word too: *dritten*.
    numeral: bool,
}

/// A unit or a currency.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct UnitInfo {
    /// UCUM or ISO 4217.
    pub code: Box<str>,
    /// What it measures; none for money.
    pub kind: Option<UnitKind>,
    /// Chosen between by context.
    pub ambiguous: bool,
    /// The text does not say it.
    pub assumed: bool,
}

/// A word that several currencies share.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Shared {
    /// The currencies.
    pub currencies: Vec<UnitId>,
    /// What the bare word means.
    pub default: Option<UnitId>,
    /// How much of the currency one is: 0.01 for *Cent*.
    pub factor: Option<Decimal>,
}

/// A hedge, ready to be asked.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct HedgeInfo {
    /// What it says.
    pub approx: Approx,
    /// Not right after these folded words; one that begins with a hyphen is an ending.
    pub not_after: Vec<Box<str>>,
    /// Not where one of these stands in the sentence.
    pub not_with: Vec<Box<str>>,
    /// Not where one of these follows.
    pub not_before: Vec<Box<str>>,
    /// Only in front of these types.
    pub types: Vec<QuantityType>,
    /// Only in front of round numbers of this size.
    pub round_from: Option<Decimal>,
}

/// What the number beside a word is.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct IdentifierInfo {
    /// Why it is no quantity.
    pub reason: Reason,
    /// Where it stands.
    pub side: Side,
}

/// A shape of characters, compiled.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct ShapeInfo {
    /// Its name in packs.
    pub id: Box<str>,
    /// What a number inside is.
    pub reason: Reason,
    /// Only where one of these ASCII marks occurs: bit n is mark n.
    pub needs: u128,
    pattern: Box<str>,
    /// Compiled when it is first needed: most runs over short texts need none, and start the sooner.
    #[serde(skip)]
    regex: OnceCell<Regex>,
}

impl ShapeInfo {
    /// Looked for over the bytes of a sentence.
    pub fn regex(&self) -> &Regex {
        // Compiling the pack checked the pattern; should it fail all the same, nothing matches.
        self.regex.get_or_init(|| shape_regex(&self.pattern).unwrap_or_else(|_| never()))
    }
}

/// A regular expression over bytes, Unicode off.
pub(crate) fn shape_regex(pattern: &str) -> std::result::Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).unicode(false).build()
}

fn never() -> Regex {
    Regex::new("[^\\s\\S]").expect("an empty class is a regex")
}

/// All words of all packs. Immutable; shared between threads.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Lexicon {
    /// What the tagger asks of each word.
    hints: Vec<Hint>,
    /// Folded words, one after the other, and where each begins.
    #[serde(with = "serde_bytes")]
    keys: Vec<u8>,
    key_at: Vec<u32>,
    /// Of each word alone, and with those of the phrases that begin with it: asked of every word, so kept together.
    word_tags: Vec<(Tags, Tags)>,
    words: Vec<WordInfo>,
    meanings: Vec<Meaning>,
    parts: Vec<Part>,
    /// The words of the ASCII marks.
    marks: Vec<WordId>,
    /// Endings of classes, sorted by their last byte: *-strafe*.
    endings: Vec<(Box<[u8]>, Tags)>,
    /// Units and currencies.
    pub units: Vec<UnitInfo>,
    /// Words that currencies share.
    pub shared: Vec<Shared>,
    /// Hedges.
    pub hedges: Vec<HedgeInfo>,
    /// Fractions and factors, with what they are worth.
    pub multiples: Vec<(i128, i128, QuantityType)>,
    /// Words beside identifiers.
    pub identifiers: Vec<IdentifierInfo>,
    /// Number words.
    pub numerals: Numerals,
    /// What words of time say.
    pub times: Vec<TimeWord>,
    /// The kinds of words of time that each word is or begins.
    time_kinds: Vec<Kinds>,
    /// When feasts are.
    pub feasts: Vec<Feast>,
    /// The last month and day of companies' own years.
    pub fiscals: Vec<(i8, i8)>,
    /// Shapes.
    pub shapes: Vec<ShapeInfo>,
    /// From a key to its word; see [`Lexicon::indexed`].
    #[serde(skip)]
    index: Index,
}

impl Lexicon {
    /// The built-in language.
    pub fn builtin() -> Arc<Self> {
        Arc::clone(&BUILTIN)
    }

    /// The built-in language with a user's packs on top, in order.
    ///
    /// # Errors
    /// A pack that contradicts itself or an earlier one, with file and line.
    pub fn with_packs(packs: Vec<Pack>) -> Result<Arc<Self>> {
        if packs.is_empty() {
            return Ok(Self::builtin());
        }
        let mut all = crate::german::pack()?;
        for pack in packs {
            // The built-in patterns are checked by a test; checking takes longer than all the rest of the start.
            for shape in &pack.shapes {
                shape_regex(&shape.pattern)
                    .map_err(|e| crate::Error::at(&shape.place, format!("pattern is no regular expression: {e}")))?;
            }
            all.merge(pack)?;
        }
        Self::new(all).map(Arc::new)
    }

    /// The word of a folded key.
    pub fn word(&self, key: &[u8]) -> WordId {
        match Short::of(key) {
            Some(short) => self.short_word(short),
            None => {
                if !Short::of(&key[..Short::MAX]).is_some_and(|begin| self.may_be_long(begin)) {
                    return WordId::NONE;
                }
                WordId(self.index.long(key, &self.keys, &self.key_at))
            }
        }
    }

    /// Whether some longer key may begin with these fifteen bytes.
    pub(crate) fn may_be_long(&self, begin: Short) -> bool {
        self.index.may_be_long(begin)
    }

    /// What the tagger asks of a word.
    pub fn hint(&self, word: WordId) -> Hint {
        self.hints[word.0 as usize]
    }

    /// The word of a short key.
    pub(crate) fn short_word(&self, key: Short) -> WordId {
        WordId(self.index.short(key))
    }

    /// With its index, which is not written down with it.
    fn indexed(self) -> Self {
        Self { index: Index::of(&self.keys, &self.key_at), ..self }
    }

    /// The word of an ASCII mark.
    pub fn mark(&self, mark: u16) -> WordId {
        self.marks.get(usize::from(mark)).copied().unwrap_or(WordId::NONE)
    }

    /// The roles of a word by itself.
    pub fn tags(&self, word: WordId) -> Tags {
        self.word_tags[word.0 as usize].0
    }

    /// The roles of a word by itself and of the phrases that begin with it.
    pub fn phrase_tags(&self, word: WordId) -> Tags {
        self.word_tags[word.0 as usize].1
    }

    /// Both: [`Lexicon::tags`] and [`Lexicon::phrase_tags`].
    pub(crate) fn both_tags(&self, word: WordId) -> (Tags, Tags) {
        self.word_tags[word.0 as usize]
    }

    /// The folded form of a word.
    pub fn key(&self, word: WordId) -> &[u8] {
        let at = word.0 as usize;
        &self.keys[self.key_at[at] as usize..self.key_at[at + 1] as usize]
    }

    /// The roles that a word has by its ending alone.
    pub fn ending_tags(&self, key: &[u8]) -> Tags {
        let mut tags = Tags::NONE;
        let Some(last) = key.last() else { return tags };
        let from = self.endings.partition_point(|(e, _)| e.last() < Some(last));
        for (ending, t) in self.endings[from..].iter().take_while(|(e, _)| e.last() == Some(last)) {
            if key.len() > ending.len() && key.ends_with(ending) {
                tags = tags.with(*t);
            }
        }
        tags
    }

    /// The kinds of words of time that a word is or begins.
    pub fn time_kinds(&self, word: WordId) -> Kinds {
        self.time_kinds[word.0 as usize]
    }

    /// What a word of time says.
    pub fn time(&self, payload: Payload) -> Option<TimeWord> {
        match payload {
            Payload::Time(at) => Some(self.times[usize::from(at)]),
            _ => None,
        }
    }

    /// The unit of an id.
    pub fn unit(&self, id: UnitId) -> &UnitInfo {
        &self.units[usize::from(id.0)]
    }

    /// The id of a unit or currency.
    pub fn unit_id(&self, code: &str) -> Option<UnitId> {
        self.units.iter().position(|u| &*u.code == code).and_then(|i| u16::try_from(i).ok()).map(UnitId)
    }

    /// How many words it knows.
    pub fn len(&self) -> usize {
        self.words.len() - 2
    }

    /// Whether it knows no word at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The meanings of a word and of the phrases that begin with it, longest first.
    /// None where no meaning has one of the wanted roles.
    pub(crate) fn meanings(&self, word: WordId, want: Tags) -> &[Meaning] {
        if !self.phrase_tags(word).has(want) {
            return &[];
        }
        let info = &self.words[word.0 as usize];
        &self.meanings[info.meanings.start as usize..info.meanings.end as usize]
    }

    /// Whether the word is a number word, by itself or beside what else it means.
    pub fn is_numeral(&self, word: WordId) -> bool {
        self.words[word.0 as usize].numeral
    }
}

impl Meaning {
    /// Whether it is one word, not a phrase.
    pub(crate) fn is_word(&self) -> bool {
        self.rest.is_empty()
    }

    /// Whether the phrase's further tokens stand at `words[at..]`, as many as it has; then one past its last token.
    ///
    /// `spaced(i)` tells whether a blank stands before token `i`, `text(a, b)` the text of tokens `a..b`.
    pub(crate) fn matches<'t>(
        &self,
        lexicon: &Lexicon,
        words: &[WordId],
        at: usize,
        spaced: impl Fn(usize) -> bool,
        text: impl Fn(usize, usize) -> &'t str,
    ) -> Option<usize> {
        let rest = &lexicon.parts[self.rest.start as usize..self.rest.end as usize];
        let end = at + 1 + rest.len();
        if end > words.len() {
            return None;
        }
        for (part, i) in rest.iter().zip(at + 1..) {
            // Where the pack writes a blank the text may leave it out after a dot: "v. H.", "v.H.".
            let blank = spaced(i);
            if words[i] != part.word
                || (blank && !part.spaced)
                || (!blank && part.spaced && !text(i - 1, i).ends_with('.'))
            {
                return None;
            }
        }
        match &self.exact {
            None => Some(end),
            Some(exact) => {
                let surface = text(at, end);
                let same = surface == &**exact
                    || (exact.contains(' ') && surface.split_whitespace().eq(exact.split_whitespace()));
                same.then_some(end)
            }
        }
    }
}
