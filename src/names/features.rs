//! What the tagger looks at: one template a line.

use super::class::Class;
use super::model::feature;
use super::word::{Shape, Word};

/// Where a word stands beside the one that is judged.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is the one.
    Here,
    /// The one before.
    Before,
    /// The one behind.
    Behind,
    /// Two before.
    Before2,
    /// Two behind.
    Behind2,
}

impl Place {
    /// All, in the order of a word's rows.
    pub(crate) const ALL: [Self; 5] = [Self::Here, Self::Before, Self::Behind, Self::Before2, Self::Behind2];
}

/// The features of a word by itself at a place.
pub(crate) fn of_word(word: &Word, place: Place, add: &mut impl FnMut(u64)) {
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
    let near = matches!(place, Place::Before | Place::Behind);
    if place == Place::Here || near {
        let mut tails = word.tail.0;
        while tails != 0 {
            of(4, u64::from(tails.trailing_zeros()));
            tails &= tails - 1;
        }
        if word.affixes[4] != 0 {
            of(5, u64::from(word.affixes[4]));
        }
    }
    if place != Place::Here {
        return;
    }
    if word.genitive != 0 {
        of(6, word.genitive);
    }
    for (k, affix) in (0u64..).zip(word.affixes) {
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

/// The features of a token that more than one word makes.
pub(crate) fn of_token(words: &[&Word; 5], around: Around, add: &mut impl FnMut(u64)) {
    let [before2, before, here, behind, _] = *words;
    let mut of = |template: u64, value: u64| add(feature(0x1000 | template, value));
    of(1, before.key.rotate_left(9) ^ here.key);
    of(2, here.key.rotate_left(9) ^ behind.key);
    of(3, pair(before.kind, here.kind));
    of(4, pair(here.kind, behind.kind));
    of(5, pair(pair(before.kind, here.kind), behind.kind));
    of(6, pair(before.key, u64::from(here.class.0) << 4 | here.shape as u64));
    of(7, pair(behind.key, u64::from(here.class.0) << 4 | here.shape as u64));
    of(10, (before2.shape as u64) << 12 | (before.shape as u64) << 8 | (here.shape as u64) << 4 | behind.shape as u64);
    if around.phrase != 0 {
        of(11, around.phrase);
        of(12, pair(around.phrase, here.kind));
    }
    of(13, around.joints);
    of(14, pair(around.joints, here.kind));
    let all = around.evidence & !super::tagger::BARE;
    let mut evidence = all;
    while evidence != 0 {
        of(15, u64::from(evidence.trailing_zeros()));
        evidence &= evidence - 1;
    }
    of(16, pair(u64::from(all), here.kind));
    of(17, pair(before2.kind, pair(before.kind, here.kind)));
    of(18, pair(u64::from(before.tail.0 | before.class.0), here.shape as u64));
    of(19, pair(u64::from(behind.tail.0 | behind.class.0), here.shape as u64));
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
