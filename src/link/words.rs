//! What words say about facts: metrics, verbs and nouns of change, what decides the status, who is cited.
//!
//! One hash table for all forms, used as it stands in `src/german/facts.bin`; what the senses point to is read at start.

use super::lists::{Affixes, Lists, Pairs, Parts};
use crate::error::{Error, Result};
use crate::lexicon::folded;
use crate::model::{Direction, Status};
use crate::names::word_hash;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// How a form of a verb stands in its clause.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// *stieg*; of a separable verb the part without its prefix: *legte … zu*.
    Finite,
    /// *steigen*
    Infinitive,
    /// *gestiegen*
    Participle,
}

/// One thing that a form may mean.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// A noun of [`Words::nouns`].
    Metric(u16),
    /// A verb of a group of [`Words::groups`]; the prefix that must follow, by its number, 0 for none.
    Verb { group: u16, form: Form, prefix: u8 },
    /// *Plus, Rückgang*
    Change(Direction),
    /// *mehr, niedriger*: behind a difference.
    Comparative(Direction),
    /// *gestiegen, rückläufig*: in front of a metric.
    Adjective(Direction),
    /// *voraussichtlich*, *Prognose*; whether it is a noun.
    Cue(Status, bool),
    /// *nicht, kein*
    Negation,
    /// *hätte, falls*
    Counterfactual,
    /// *laut*: the source stands behind.
    SourceBehind,
    /// *zufolge*: the source stands in front.
    SourceBefore,
    /// *Angaben*: behind *nach*, and the source behind it.
    SourceOf,
    /// *Analysten*: a source that is a common noun.
    SourceNoun,
    /// A compound of a metric and its change, with the metric's lemma in [`Words::lemmas`]: *Arbeitsplatzabbau*.
    Base(u16),
    /// *derzeit*
    Now,
    /// *jeweils, beziehungsweise*
    Respective,
    /// An adjective that makes another metric of those of a concept, by its place in [`Side::concepts`]: *operativ*.
    Qualifier(u16),
    /// A word of one of the [`Lists`], by its place.
    Listed(u8),
    /// The same, and compounds that end so stand in it too: *Mitarbeiter*.
    Ends(u8),
}

const DIRECTIONS: [Direction; 3] = [Direction::Up, Direction::Down, Direction::Flat];
const STATUS: [Status; 4] = [Status::Reported, Status::Forecast, Status::Target, Status::Denied];

impl Sense {
    /// As four bytes of the table.
    pub(super) fn packed(self) -> u32 {
        let of = |kind: u32, value: u32| kind << 24 | value;
        let direction = |d: Direction| d as u32;
        match self {
            Self::Metric(n) => of(1, n.into()),
            Self::Verb { group, form, prefix } => {
                of(2, u32::from(group) << 10 | (form as u32) << 8 | u32::from(prefix))
            }
            Self::Change(d) => of(3, direction(d)),
            Self::Comparative(d) => of(4, direction(d)),
            Self::Adjective(d) => of(5, direction(d)),
            Self::Cue(status, noun) => of(6, (status as u32) << 1 | u32::from(noun)),
            Self::Negation => of(7, 0),
            Self::Counterfactual => of(8, 0),
            Self::SourceBehind => of(9, 0),
            Self::SourceBefore => of(10, 0),
            Self::SourceOf => of(11, 0),
            Self::SourceNoun => of(12, 0),
            Self::Base(n) => of(13, n.into()),
            Self::Now => of(14, 0),
            Self::Respective => of(15, 0),
            Self::Qualifier(concept) => of(16, concept.into()),
            Self::Listed(list) => of(17, list.into()),
            Self::Ends(list) => of(18, list.into()),
        }
    }

    /// Whether it is what a noun means.
    pub(super) fn is_noun(self) -> bool {
        matches!(
            self,
            Self::Metric(_) | Self::Change(_) | Self::Cue(_, true) | Self::SourceOf | Self::SourceNoun | Self::Base(_)
        )
    }

    /// Whether a form that a pack gives this meaning loses another: a noun is one thing, and so is a verb with its prefix.
    fn outdoes(self, other: Self) -> bool {
        match (self, other) {
            (Self::Verb { prefix, .. }, Self::Verb { prefix: of_other, .. }) => prefix == of_other,
            _ => self.is_noun() && other.is_noun(),
        }
    }

    fn unpacked(word: u32) -> Option<Self> {
        let (value, small) = (word & 0xff_ffff, (word & 0xffff) as u16);
        let direction = DIRECTIONS.get(value as usize).copied();
        Some(match word >> 24 {
            1 => Self::Metric(small),
            2 => Self::Verb {
                group: (value >> 10) as u16,
                form: match value >> 8 & 3 {
                    0 => Form::Finite,
                    1 => Form::Infinitive,
                    _ => Form::Participle,
                },
                prefix: value as u8,
            },
            3 => Self::Change(direction?),
            4 => Self::Comparative(direction?),
            5 => Self::Adjective(direction?),
            6 => Self::Cue(*STATUS.get((value >> 1) as usize)?, value & 1 == 1),
            7 => Self::Negation,
            8 => Self::Counterfactual,
            9 => Self::SourceBehind,
            10 => Self::SourceBefore,
            11 => Self::SourceOf,
            12 => Self::SourceNoun,
            13 => Self::Base(small),
            14 => Self::Now,
            15 => Self::Respective,
            16 => Self::Qualifier(small),
            17 => Self::Listed(value as u8),
            18 => Self::Ends(value as u8),
            _ => return None,
        })
    }
}

/// What a verb does to its clause.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Does {
    /// Changes a metric.
    Change(u8),
    /// States a value.
    Level,
    /// Expects.
    Forecast,
    /// Plans or demands.
    Target,
    /// Denies.
    Deny,
    /// Says.
    Say,
}

impl Does {
    /// A number for each.
    pub(crate) fn place(self) -> u64 {
        match self {
            Self::Change(d) => u64::from(d),
            Self::Level => 3,
            Self::Forecast => 4,
            Self::Target => 5,
            Self::Deny => 6,
            Self::Say => 7,
        }
    }

    /// The direction of a change.
    pub(crate) fn direction(self) -> Option<Direction> {
        match self {
            Self::Change(d) => DIRECTIONS.get(usize::from(d)).copied(),
            _ => None,
        }
    }
}

/// What an amount is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Slot {
    /// The value.
    Value,
    /// The difference.
    By,
    /// The earlier value.
    From,
}

/// Verbs that behave alike.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Group {
    /// Its name, for `explain`.
    pub(crate) id: String,
    pub(crate) does: Does,
    /// The metric that the verb names by itself, in [`Words::lemmas`].
    pub(crate) metric: Option<u16>,
    /// What an amount behind a preposition is; behind none the preposition is empty.
    pub(crate) slots: Vec<(String, Slot)>,
    /// Words that must stand in the clause, folded: *in aussicht*.
    pub(crate) words: Vec<String>,
    /// The hash of its name.
    #[serde(skip)]
    pub(crate) hash: u64,
}

impl Group {
    /// What an amount behind this preposition is.
    pub(crate) fn slot(&self, preposition: &str) -> Option<Slot> {
        self.slots.iter().find(|(p, _)| p == preposition).map(|(_, s)| *s)
    }
}

/// A noun of the list of metrics.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Noun {
    /// Its lemma.
    pub(crate) lemma: String,
    /// Its concept, in [`Words::concepts`].
    pub(crate) concept: u16,
}

/// A concept of the list of metrics.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Concept {
    /// Its identifier.
    pub(crate) id: String,
    /// What it is counted in.
    pub(crate) units: Vec<String>,
    /// Whether countries and towns have it rather than companies.
    pub(crate) public: bool,
    /// The hash of its identifier.
    #[serde(skip)]
    pub(crate) hash: u64,
}

/// All that senses point to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Side {
    pub(crate) nouns: Vec<Noun>,
    pub(crate) concepts: Vec<Concept>,
    pub(crate) groups: Vec<Group>,
    /// Prefixes of separable verbs, folded; the first is empty.
    pub(crate) prefixes: Vec<String>,
    pub(crate) lemmas: Vec<String>,
    /// What each of the [`Lists`] has beside whole words.
    pub(super) lists: Vec<Affixes>,
    /// What each of the [`Pairs`] has.
    pub(super) pairs: Vec<Vec<(String, String)>>,
}

impl Side {
    /// Pairs of words or endings.
    pub(super) fn pairs(&self, which: Pairs) -> &[(String, String)] {
        self.pairs.get(which as usize).map_or(&[], Vec::as_slice)
    }

    /// The lemma of a metric that goes without a word.
    pub(super) fn unsaid(&self, what: &str) -> &str {
        self.pairs(Pairs::Unsaid).iter().find(|(w, _)| w == what).map_or("", |(_, lemma)| lemma)
    }
}

/// The words of facts.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) side: Side,
    /// For each of [`Side::lemmas`] its hash and, where it is listed as a metric, its concept.
    lemmas: Vec<(u64, Option<u16>)>,
    /// A bit for each form: most words have no sense, and this part stays in the nearest caches.
    filter: Cow<'static, [u8]>,
    table: Cow<'static, [u8]>,
    slots: usize,
    own: Own,
    /// What [`Side::lists`] have, put together.
    parts: Parts,
}

/// What packs say on top of the built-in words.
#[derive(Clone, Debug, Default)]
pub(super) struct Own {
    /// What the forms that they claim mean.
    pub(super) senses: BTreeMap<Vec<u8>, Vec<Sense>>,
    /// Concepts and groups that they take out, by their places in [`Side`].
    pub(super) concepts: BTreeSet<u16>,
    pub(super) groups: BTreeSet<u16>,
    /// What weights know their concepts by, since they know none of a pack.
    pub(super) kin: BTreeMap<String, u64>,
}

impl Own {
    /// Whether something built in still holds for a form that means `own`.
    fn leaves(&self, side: &Side, own: &[Sense], sense: Sense) -> bool {
        let gone = match sense {
            Sense::Metric(n) => side.nouns.get(usize::from(n)).is_some_and(|n| self.concepts.contains(&n.concept)),
            Sense::Verb { group, .. } => self.groups.contains(&group),
            _ => false,
        };
        !gone && !own.iter().any(|o| o.outdoes(sense))
    }
}

const SLOT: usize = 8;
const FILTER: usize = 1 << 16;

/// The byte of the filter and the bit in it that stand for a form.
fn filter_bit(hash: u64) -> (usize, u8) {
    let at = (hash >> 45) as usize;
    (at / 8, 1 << (at % 8))
}

impl Words {
    /// Reads a file that [`write`] made.
    ///
    /// # Errors
    /// The bytes are no such file.
    pub(crate) fn read(bytes: &'static [u8]) -> Result<Self> {
        let broken = || Error::new("the words of facts cannot be read");
        let (len, rest) = bytes.split_first_chunk::<4>().ok_or_else(broken)?;
        let (side, table) = rest.split_at_checked(u32::from_le_bytes(*len) as usize).ok_or_else(broken)?;
        let (filter, table) = table.split_at_checked(FILTER).ok_or_else(broken)?;
        let mut side: Side = postcard::from_bytes(side).map_err(|e| Error::new(format!("the words of facts: {e}")))?;
        side.groups.iter_mut().for_each(|g| g.hash = word_hash(g.id.as_bytes()));
        side.concepts.iter_mut().for_each(|c| c.hash = word_hash(c.id.as_bytes()));
        let slots = table.len() / SLOT;
        if !slots.is_power_of_two() {
            return Err(broken());
        }
        let (filter, table) = (Cow::Borrowed(filter), Cow::Borrowed(table));
        Ok(Self { side, lemmas: Vec::new(), filter, table, slots, own: Own::default(), parts: Parts::default() }
            .settled())
    }

    /// With what packs say on top; `side` is that of these words, and more behind.
    pub(super) fn with(&self, side: Side, own: Own) -> Self {
        Self { side, own, ..self.clone() }.settled()
    }

    /// What [`Side::lemmas`] are, and [`Side::lists`] together.
    fn settled(mut self) -> Self {
        self.parts = Parts::of(&self.side.lists);
        let lemma = |lemma: &String| {
            let concept = self.senses(folded(lemma).as_bytes()).find_map(|s| match s {
                Sense::Metric(n) => self.side.nouns.get(usize::from(n)).map(|n| n.concept),
                _ => None,
            });
            (word_hash(lemma.as_bytes()), concept)
        };
        self.lemmas = self.side.lemmas.iter().map(lemma).collect();
        self
    }

    /// What weights know a concept by; 0 for none.
    pub(super) fn known_as(&self, concept: Option<&str>) -> u64 {
        concept.map_or(0, |c| self.own.kin.get(c).copied().unwrap_or_else(|| word_hash(c.as_bytes())))
    }

    /// The hash of a lemma of [`Side::lemmas`] and, where it is listed as a metric, its concept.
    pub(crate) fn lemma(&self, n: u16) -> (u64, Option<&Concept>) {
        let (hash, concept) = self.lemmas.get(usize::from(n)).copied().unwrap_or_default();
        (hash, concept.and_then(|c| self.side.concepts.get(usize::from(c))))
    }

    /// Whether a folded word or expression stands in a list.
    pub(super) fn listed(&self, key: &str, list: Lists) -> bool {
        self.side.lists.get(usize::from(list.place())).is_some_and(|l| l.fit(key))
            || self.senses(key.as_bytes()).any(|s| s == Sense::Listed(list.place()))
            || self.ends(key).has(list)
    }

    /// The lists that a word stands in by one of its parts; for its whole form see [`Sense::Listed`].
    pub(super) fn parts(&self, key: &str) -> Lists {
        self.parts.fit(key).with(self.ends(key))
    }

    /// What a folded noun is the name of, as a number.
    pub(super) fn sort(&self, key: &str) -> u64 {
        let listed = self.senses(key.as_bytes()).fold(self.parts(key), |all, sense| match sense {
            Sense::Listed(place) => all.with(Lists::at(place)),
            _ => all,
        });
        listed.among(Lists::SORTS)
    }

    /// The lists that a word stands in as itself or as a compound: what is listed has three letters in front at least.
    fn ends(&self, key: &str) -> Lists {
        const FRONT: usize = 3;
        let fronts = std::iter::once(0).chain(FRONT..key.len().saturating_sub(1));
        let listed = fronts.filter_map(|front| key.get(front..)).flat_map(|end| self.senses(end.as_bytes()));
        listed.fold(Lists::default(), |all, sense| match sense {
            Sense::Ends(place) => all.with(Lists::at(place)),
            _ => all,
        })
    }

    /// One without any word.
    pub(crate) fn empty() -> Self {
        Self {
            side: Side::default(),
            lemmas: Vec::new(),
            filter: Cow::Owned(vec![0; FILTER]),
            table: Cow::Owned(vec![0; SLOT]),
            slots: 1,
            own: Own::default(),
            parts: Parts::default(),
        }
    }

    /// All that a folded word may mean.
    pub(crate) fn senses(&self, key: &[u8]) -> impl Iterator<Item = Sense> + '_ {
        let own = self.own.senses.get(key).map_or(&[][..], Vec::as_slice);
        let left = self.built_in(key).filter(move |s| self.own.leaves(&self.side, own, *s));
        own.iter().copied().chain(left)
    }

    fn built_in(&self, key: &[u8]) -> impl Iterator<Item = Sense> + '_ {
        let hash = word_hash(key);
        let check = ((hash >> 32) as u32).max(1);
        let (byte, bit) = filter_bit(hash);
        let known = self.filter.get(byte).is_some_and(|b| b & bit != 0);
        let mut slot = hash as usize & (self.slots - 1);
        std::iter::from_fn(move || {
            if !known {
                return None;
            }
            loop {
                let entry: &[u8; SLOT] = self.table.get(slot * SLOT..).and_then(|b| b.first_chunk())?;
                let [a, b, c, d, sense @ ..] = *entry;
                let found = u32::from_le_bytes([a, b, c, d]);
                if found == 0 {
                    return None;
                }
                slot = (slot + 1) & (self.slots - 1);
                if found == check {
                    return Sense::unpacked(u32::from_le_bytes(sense));
                }
            }
        })
    }
}

/// Writes the file: the side tables, then the hash table of all forms.
///
/// # Errors
/// The side tables cannot be written.
pub(crate) fn write(side: &Side, forms: &[(Vec<u8>, Sense)]) -> Result<Vec<u8>> {
    let slots = (forms.len() * 3 / 2).next_power_of_two().max(2);
    let mut table = vec![0u8; slots * SLOT];
    let mut filter = vec![0u8; FILTER];
    for (key, sense) in forms {
        let hash = word_hash(key);
        let check = ((hash >> 32) as u32).max(1);
        let (byte, bit) = filter_bit(hash);
        filter[byte] |= bit;
        let mut slot = hash as usize & (slots - 1);
        while table[slot * SLOT..slot * SLOT + 4] != [0; 4] {
            slot = (slot + 1) & (slots - 1);
        }
        table[slot * SLOT..slot * SLOT + 4].copy_from_slice(&check.to_le_bytes());
        table[slot * SLOT + 4..(slot + 1) * SLOT].copy_from_slice(&sense.packed().to_le_bytes());
    }
    let side = postcard::to_stdvec(side).map_err(|e| Error::new(format!("cannot write the words of facts: {e}")))?;
    let mut out = (side.len() as u32).to_le_bytes().to_vec();
    out.extend(side);
    out.extend(filter);
    out.extend(table);
    Ok(out)
}
