//! What the tagger looks at: one template a line.

use super::class::Class;
use super::model::feature;
use super::word::{Affixes, Shape, Word};

/// Where a word stands beside the one that is judged.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is the one.
    Here,
    /// The one before.
    Before,
    /// The one behind.
    Behind,
}

impl Place {
    /// All, in the order of a word's rows.
    pub(crate) const ALL: [Self; 3] = [Self::Here, Self::Before, Self::Behind];
}

/// The features of a word by itself at a place.
pub(crate) fn of_word(word: &Word, affixes: &Affixes, place: Place, add: &mut impl FnMut(u64)) {
    let base = (place as u64) << 8;
    let mut of = |template: u64, value: u64| add(feature(base | template, value));
    of(1, word.key);
    of(2, word.shape as u64);
    let mut classes = word.class.0;
    while classes != 0 {
        let bit = classes.trailing_zeros();
        of(3, u64::from(bit));
        classes &= classes - 1;
    }
    let mut tails = word.tail.0;
    while tails != 0 {
        of(4, u64::from(tails.trailing_zeros()));
        tails &= tails - 1;
    }
    if affixes[4] != 0 {
        of(5, u64::from(affixes[4]));
    }
    if place != Place::Here {
        return;
    }
    if word.genitive != 0 {
        of(6, word.genitive);
    }
    for (k, affix) in (0u64..).zip(*affixes) {
        if affix != 0 {
            of(16 + k, u64::from(affix));
        }
    }
    // Which lists together: a surname that is a noun too.
    of(7, u64::from(word.class.0));
    of(8, u64::from(word.class.0) << 4 | word.shape as u64);
    of(9, u64::from(word.tail.0) << 4 | word.shape as u64);
}

/// What stands around a token, beside the words.
#[derive(Copy, Clone, Debug, Default)]
pub(crate) struct Around {
    /// The part of a listed phrase that it is: the phrase's lists, first, inner or last word.
    pub(crate) phrase: u64,
    /// Where it stands in its sentence and how it is joined to its neighbours.
    pub(crate) joints: u64,
    /// What its word was seen beside in the document.
    pub(crate) evidence: u32,
}

/// How many features more than one word makes, at most.
pub(crate) const OF_TOKEN: usize = 8;

/// The features of a token that more than one word makes.
pub(crate) fn of_token(words: &[&Word; 4], around: Around, add: &mut impl FnMut(u64)) {
    let [before2, before, here, behind] = *words;
    let mut of = |template: u64, value: u64| add(feature(0x1000 | template, value));
    let own = u64::from(here.class.0) << 4 | here.shape as u64;
    of(1, before.key.rotate_left(9) ^ here.key);
    of(2, pair(before.kind, here.kind));
    of(3, pair(before2.kind, pair(before.kind, here.kind)));
    of(4, pair(before.key, own));
    of(5, pair(behind.key, own));
    if around.phrase != 0 {
        of(6, around.phrase);
    }
    of(7, around.joints);
    of(8, pair(u64::from(around.evidence & EVIDENCE), here.kind));
}

/// The bits of [`Around::evidence`] that the model sees, the lowest ones.
pub(crate) const EVIDENCE: u32 = (1 << 15) - 1;

/// The bits of the evidence of a token.
pub(crate) fn evidence_bits(around: Around) -> impl Iterator<Item = u32> {
    let mut left = around.evidence & EVIDENCE;
    std::iter::from_fn(move || {
        let bit = (left != 0).then(|| left.trailing_zeros())?;
        left &= left - 1;
        Some(bit)
    })
}

/// What a word was seen beside, by the bit of [`Around::evidence`].
pub(crate) fn of_evidence(bit: u32) -> u64 {
    feature(0x1000 | 15, u64::from(bit))
}

fn pair(a: u64, b: u64) -> u64 {
    super::table::mix(a, b)
}

/// The most telling list of a word, else its shape.
pub(crate) fn kind(word: &Word) -> u64 {
    const TELLING: [Class; 22] = [
        Class::TITLE,
        Class::ROLE,
        Class::LEGAL_FORM,
        Class::PARTICLE,
        Class::OPENER,
        Class::DEMONYM,
        Class::INDEX,
        Class::PARTY,
        Class::LAND,
        Class::CITY,
        Class::COMPANY,
        Class::MEDIA,
        Class::BODY,
        Class::CLUB,
        Class::SITE,
        Class::PRODUCT,
        Class::GIVEN,
        Class::SURNAME,
        Class::HEAD_ORGANIZATION,
        Class::HEAD_LOCATION,
        Class::GAZETTEER,
        Class::NOUN,
    ];
    let shape = word.shape as u64;
    let listed = |class: Class| TELLING.iter().position(|t| class.has(*t)).map(|n| n as u64 + 1);
    let small = matches!(word.shape, Shape::Small | Shape::Mark);
    match listed(word.class) {
        Some(n) => 16 + n * 32 + shape,
        None if small => word.key | 1 << 63,
        None => 4096 + listed(word.tail).unwrap_or(0) * 32 + shape,
    }
}
