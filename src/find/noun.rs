//! The counted noun: *3,64 Milliarden täglich aktive **Nutzer***.

use super::view::View;
use crate::lexicon::Tags;
use crate::model::{Span, Token};

/// A noun and where it ends.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) span: Span,
    /// Its first token.
    pub(super) first: usize,
    /// One past its last token.
    pub(super) last: usize,
}

/// How far a noun may stand from its number, in tokens.
const REACH: usize = 12;

/// Words that end the search: they open another phrase.
const STOP: Tags = Tags(
    Tags::PREPOSITION.0
        | Tags::CONJUNCTION.0
        | Tags::PRONOUN.0
        | Tags::VERB.0
        | Tags::EIN.0
        | Tags::PER.0
        | Tags::THEREOF.0,
);

/// The noun at or after token `i`, across adjectives, participles and adverbs.
pub(super) fn after(view: View<'_>, i: usize) -> Option<Found> {
    search(view, i, false)
}

/// The same across a second number: *220 feste und 340 freie **Angestellte***.
pub(super) fn after_coordination(view: View<'_>, i: usize) -> Option<Found> {
    search(view, i, true)
}

fn search(view: View<'_>, i: usize, across: bool) -> Option<Found> {
    let mut at = i;
    let mut crossed = false;
    let weak = governed(view, i);
    // The ending that all adjectives of the phrase share: "drei trugen schwarze Mützen" is no phrase.
    let mut ending = None;
    while at < view.len() && at < i + REACH {
        if !view.is_word(at) {
            match () {
                // "fünf „Eurofighter“", "junge, gut ausgebildete Menschen"
                () if view.is_any(at, "„“\"»«‚")
                    && view.is_word(at + 1)
                    && view.capital(at + 1)
                    && view.glued(at + 1) =>
                {
                    at += 1
                }
                () if view.is(at, ',') && at > i && adjective(view, at - 1) && adjective_phrase(view, at + 1) => {
                    at += 1
                }
                // "60er-", "Feld- und": the hyphen of a cut compound
                () if across && crossed && view.is_number(at) => at += 1,
                () => return None,
            }
            continue;
        }
        if view.has(at, Tags::COUNTED) {
            return Some(noun_at(view, at));
        }
        if view.capital(at) && !sentence_word(view, at) {
            if view.has(at, Tags(Tags::UNCOUNTED.0 | Tags::MONTH.0 | Tags::CALENDAR.0)) {
                return None;
            }
            // "zwei Berliner Polizisten": the name of a place as an adjective.
            if demonym(view, at) {
                at += 1;
                continue;
            }
            return Some(noun_at(view, at));
        }
        // "220 feste und 340 freie": to the noun of the second number.
        if view.has(at, Tags::AND_OR) {
            let adjectives = at > i && adjective(view, at - 1);
            if adjectives && adjective_phrase(view, at + 1) {
                at += 1;
                continue;
            }
            let second = view.is_number(at + 1) || view.number_word(at + 1).is_some();
            if across && !crossed && adjectives && second {
                crossed = true;
                at += 2;
                continue;
            }
            return None;
        }
        // "zwei der drei Täter", "drei dieser Häuser"
        if view.has(at, Tags::ARTICLE) {
            if at == i && genitive(view, at) {
                return after_genitive(view, at + 1);
            }
            return None;
        }
        if view.has(at, Tags::PREPOSITION) {
            // "150 von den Vögeln verlassene Nester"
            at = attribute_end(view, at)?;
            continue;
        }
        if view.has(at, STOP) && !adjective_like_verb(view, at, weak) {
            return None;
        }
        if adjective(view, at) && !view.has(at, Tags::ADVERB) && view.tags(at) == Tags::NONE {
            let this = adjective_ending(view.at(at));
            if (this == "en" && !weak) || (ending.is_some_and(|e| e != this) && !crossed) {
                return None;
            }
            ending = Some(this);
        }
        if !(view.has(at, Tags::ADVERB) || adjective(view, at) || (crossed && view.number_word(at).is_some())) {
            // An uninflected word may modify an adjective: "meist neue Häuser".
            let modifies =
                view.is_word(at + 1) && !view.capital(at + 1) && adjective(view, at + 1) && !view.has(at + 1, STOP);
            if !modifies {
                return None;
            }
        }
        at += 1;
    }
    None
}

/// Whether an article or a preposition in front of the number allows adjectives in *-en*: *mit drei neuen Filialen*.
fn governed(view: View<'_>, i: usize) -> bool {
    let mut at = i;
    for _ in 0..8 {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        at = before;
        if view.has(at, Tags(Tags::ARTICLE.0 | Tags::PREPOSITION.0 | Tags::EIN.0 | Tags::EACH.0 | Tags::UNTIL.0)) {
            return true;
        }
        if view.is_any(at, ",;:.") {
            return false;
        }
    }
    false
}

fn adjective_ending(word: &str) -> &'static str {
    ["en", "er", "es", "em", "e"].into_iter().find(|e| word.ends_with(e)).unwrap_or("")
}

/// *Berliner* in front of a noun.
fn demonym(view: View<'_>, i: usize) -> bool {
    view.has(i, Tags::DEMONYM)
        && view.is_word(i + 1)
        && view.capital(i + 1)
        && view.tokens[i + 1].spaced()
        && !sentence_word(view, i + 1)
}

/// A capitalised pronoun or article is no noun: *Sie*.
fn sentence_word(view: View<'_>, i: usize) -> bool {
    // "drei OB" are mayors, in a sentence that is not all in capitals.
    let upper = |i: usize| view.tokens[i].flags & Token::UPPER != 0;
    if upper(i) && i > 0 && !upper(i - 1) {
        return false;
    }
    view.has(i, Tags(Tags::ARTICLE.0 | Tags::PRONOUN.0 | Tags::PREPOSITION.0 | Tags::CONJUNCTION.0))
}

/// The noun at token `i` with what a hyphen joins to it.
fn noun_at(view: View<'_>, i: usize) -> Found {
    let mut last = i + 1;
    loop {
        if view.is_any(last, "-–&/")
            && view.glued(last)
            && view.glued(last + 1)
            && (view.is_word(last + 1) || view.is_number(last + 1))
        {
            last += 2;
        } else if view.glued(last) && (view.is_number(last) || view.is_word(last)) {
            last += 1;
        } else {
            break;
        }
    }
    // "Feld- und Waldarbeiter": the head is the last.
    if view.is(last, '-') && view.glued(last) && view.has(last + 1, Tags::AND_OR) && view.is_word(last + 2) {
        let mut at = last + 2;
        while view.is_word(at) && !view.capital(at) && adjective(view, at) {
            at += 1;
        }
        if view.is_word(at) && view.capital(at) {
            return noun_at(view, at);
        }
    }
    Found { span: view.span(i, last), first: i, last }
}

/// Whether the word at `i` is inflected like an adjective: *neue, verlassenen, bekannter*.
pub(super) fn adjective(view: View<'_>, i: usize) -> bool {
    if !view.is_word(i) || view.capital(i) || view.has(i, Tags(STOP.0 | Tags::ARTICLE.0)) {
        return false;
    }
    let word = view.at(i);
    word.len() >= 4 && ["e", "en", "er", "es", "em", "a"].iter().any(|e| word.ends_with(e))
}

/// Whether an adjective phrase begins at token `i`: an adjective, perhaps behind adverbs.
fn adjective_phrase(view: View<'_>, i: usize) -> bool {
    let mut at = i;
    while at < i + 3
        && view.is_word(at)
        && !view.capital(at)
        && !adjective(view, at)
        && !view.has(at, STOP)
        && !view.has(at, Tags::ARTICLE)
    {
        at += 1;
    }
    adjective(view, at) && (view.is_word(at + 1) || view.is(at + 1, ','))
}

/// A verb form that is an adjective where it stands between a number and a noun: *500 gefundene Münzen*, *mit 300
/// verkauften Wagen*.
fn adjective_like_verb(view: View<'_>, i: usize, governed: bool) -> bool {
    let only_verb = !view.has(i, Tags(STOP.0 & !Tags::VERB.0));
    let head = view.is_word(i + 1) && view.capital(i + 1) && !sentence_word(view, i + 1);
    only_verb && head && (view.at(i).starts_with("ge") || (governed && view.at(i).ends_with("ten")))
}

fn genitive(view: View<'_>, i: usize) -> bool {
    view.folded(i, |k| {
        matches!(k, b"der" | b"dieser" | b"jener" | b"seiner" | b"ihrer" | b"unserer" | b"deren" | b"dessen" | b"aller")
    })
}

/// The noun of *der drei jungen **Täter***.
fn after_genitive(view: View<'_>, i: usize) -> Option<Found> {
    let mut at = i;
    while view.has(at, Tags(Tags::ADVERB.0 | Tags::HEDGE.0 | Tags::FILLER.0)) && !view.capital(at) {
        at += 1;
    }
    if view.is_number(at) || view.number_word(at).is_some() {
        at = super::numeral::at(view, at)?.last;
    }
    while view.is_word(at) && !view.capital(at) && (adjective(view, at) || view.has(at, Tags::ADVERB)) {
        at += 1;
    }
    (view.is_word(at) && view.capital(at) && !view.has(at, Tags::UNCOUNTED)).then(|| noun_at(view, at))
}

/// *von den Tieren verlassene*: where the participle stands that ends such an attribute, if one does.
fn attribute_end(view: View<'_>, preposition: usize) -> Option<usize> {
    let mut at = preposition + 1;
    let mut noun = false;
    while at < preposition + 7 && view.is_word(at) {
        if view.capital(at) {
            noun = true;
        } else if noun {
            let word = view.at(at);
            let participle = ["te", "ten", "ter", "ene", "enen", "ener", "nde", "nden", "liche", "lichen"]
                .iter()
                .any(|e| word.ends_with(e));
            let head = view.is_word(at + 1) && (view.capital(at + 1) || adjective(view, at + 1));
            return (participle && head && !view.has(at, STOP)).then_some(at);
        } else if view.has(at, Tags(Tags::VERB.0 | Tags::CONJUNCTION.0 | Tags::PRONOUN.0)) {
            return None;
        }
        at += 1;
    }
    None
}
