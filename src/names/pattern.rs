//! Patterns that say what a name is, whatever the tagger thinks: *der Autobauer X*, *X AG*, *Vorstandschef Jonas Ritter*.

use super::class::Class;
use super::find::set;
use super::marks::Marks;
use super::scene::Scene;
use super::tagger::{NONE, first_of, meaning};
use super::word::{Shape, Word};
use crate::model::{EntityType, Sentence, Token, TokenKind};
use std::ops::Range;

/// Labels what the patterns find in a sentence.
pub(super) fn run(scene: &mut Scene, tokens: &[Token], sentence: Sentence) {
    let range = sentence.first as usize..sentence.last as usize;
    for i in range.clone() {
        let marks = scene.marks[i];
        if marks.has(Marks::SIGN) && tokens[i].is('&') {
            joined(scene, tokens, i, &range);
        }
        if !marks.has(Marks::CAPITAL) {
            continue;
        }
        if marks.has(Marks::BODY) {
            body(scene, tokens, i, &range);
        }
        if scene.marks.get(i + 1).is_some_and(|m| m.has(Marks::HYPHEN)) {
            before_role(scene, tokens, i, &range);
        }
        if i == range.start {
            continue;
        }
        let before = scene.marks[i - 1];
        if before.has(Marks::HEAD) {
            behind_head(scene, tokens, i, &range);
        }
        if marks.has(Marks::LEGAL_FORM) {
            legal_form(scene, tokens, i, &range);
        }
        if before.has(Marks(Marks::ROLE.0 | Marks::TITLE.0)) {
            behind_role(scene, tokens, i, &range);
        }
        if before.has(Marks::HYPHEN) {
            double_name(scene, tokens, i, &range);
        }
    }
}

/// A word with a capital that is no common noun, no role, and begins no sentence.
fn proper(scene: &Scene, tokens: &[Token], i: usize) -> bool {
    const COMMON: Class = Class(
        Class::NOUN.0 | Class::OPENER.0 | Class::DEMONYM.0 | Class::ROLE.0 | Class::TITLE.0 | Class::HEAD_PERSON.0,
    );
    let word = scene.word(i);
    tokens[i].kind == TokenKind::Word
        && tokens[i].capital()
        && !word.class.joined(word.tail).has(COMMON)
        && word.shape != Shape::Letter
}

/// *der Autobauer X*, *die Sparte X*: behind a noun that says what is named stands its name, listed or not.
fn behind_head(scene: &mut Scene, tokens: &[Token], i: usize, range: &Range<usize>) {
    let free = |scene: &Scene, i: usize| scene.labels[i] == NONE && proper(scene, tokens, i);
    if !free(scene, i) || !tokens[i].spaced() || !tokens[i - 1].capital() || scene.labels[i - 1] != NONE {
        return;
    }
    let head = scene.word(i - 1);
    // A head is a noun of its own, with an article or adjective in front.
    let led = i >= 2 && i - 2 >= range.start && tokens[i - 2].kind == TokenKind::Word && !tokens[i - 2].capital();
    let class = head.class.joined(head.tail);
    let kind = match () {
        () if !led || head.class.has(Class::THINGS) => return,
        () if class.has(Class::HEAD_ORGANIZATION) => EntityType::Organization,
        () if class.has(Class::HEAD_PRODUCT) => EntityType::Product,
        () if class.has(Class::HEAD_LOCATION) => EntityType::Location,
        () => return,
    };
    let mut last = i + 1;
    while last < range.end && free(scene, last) && tokens[last].spaced() {
        last += 1;
    }
    set(scene, i, last, kind, "name-behind-head");
}

/// *Innenministerium*, and with its seat *Amtsgericht Dortmund*.
fn body(scene: &mut Scene, tokens: &[Token], i: usize, range: &Range<usize>) {
    let Word { class, shape, .. } = *scene.word(i);
    // "Bis" is no "BIS".
    let other = class.has(Class::OPENER) && shape != Shape::Upper;
    if other || scene.labels[i] != NONE || tokens.get(i + 1).is_some_and(|t| t.is('-') && !t.spaced()) {
        return;
    }
    if !class.has(Class::HINT) {
        return set(scene, i, i + 1, EntityType::Organization, "name-listed-body");
    }
    let place = first_of(EntityType::Location);
    let seated = i + 1 < range.end && scene.labels[i + 1] == place && tokens[i + 1].spaced();
    if seated && class.has(Class::NOUN) {
        let last = (i + 2..range.end).find(|at| scene.labels[*at] != place + 1).unwrap_or(range.end);
        set(scene, i, last, EntityType::Organization, "name-with-seat");
    }
}

/// ***VW**-Chef*, ***Intel**-Konzern*: what is joined to a role or to what companies are called, where it is listed.
fn before_role(scene: &mut Scene, tokens: &[Token], i: usize, range: &Range<usize>) {
    const LISTED: Class = Class(Class::COMPANY.0 | Class::BODY.0 | Class::PARTY.0 | Class::CLUB.0 | Class::MEDIA.0);
    let glued = |at: usize| at < range.end && !tokens[at].spaced();
    if scene.labels[i] != NONE || !glued(i + 1) || !glued(i + 2) || i > range.start && glued(i) {
        return;
    }
    let tail = scene.word(i + 2);
    let Word { class, shape, .. } = *scene.word(i);
    // In capitals it is no common word besides.
    let sure = !class.has(Class(Class::HINT.0 | Class::NOUN.0)) || shape == Shape::Upper;
    let joined = tail.class.joined(tail.tail).has(Class(Class::ROLE.0 | Class::HEAD_ORGANIZATION.0));
    if joined && scene.labels[i + 2] == NONE && class.has(LISTED) && sure {
        set(scene, i, i + 1, EntityType::Organization, "name-before-role");
    }
}

/// *X AG*, *Meyer & Sohn GmbH*: what a legal form closes is an organisation.
fn legal_form(scene: &mut Scene, tokens: &[Token], i: usize, range: &Range<usize>) {
    let organization = first_of(EntityType::Organization);
    let named = |scene: &Scene, i: usize| scene.labels[i] == organization || scene.labels[i] == organization + 1;
    if named(scene, i) {
        return closed(scene, tokens, i, range);
    }
    if !tokens[i].spaced() {
        return;
    }
    let mut first = i;
    while first > range.start && !tokens[first].breaks() {
        let at = first - 1;
        let joins = first < i && scene.marks[at].has(Marks::SIGN) && (tokens[at].is('&') || tokens[at].is('-'));
        if !joins && !proper(scene, tokens, at) && !named(scene, at) {
            break;
        }
        first = at;
    }
    while first < i && tokens[first].kind == TokenKind::Mark {
        first += 1;
    }
    if first == i {
        return;
    }
    // A longer name of another kind gives its rest back.
    while first > range.start && meaning(scene.labels[first]).is_some_and(|(_, begins)| !begins) {
        first -= 1;
    }
    set(scene, first, i + 1, EntityType::Organization, "name-legal-form");
}

/// *X AG / Meldung*, *X GmbH Anfang Mai*: behind a legal form a name does not go on over a stroke or a common noun.
fn closed(scene: &mut Scene, tokens: &[Token], i: usize, range: &Range<usize>) {
    let inner = first_of(EntityType::Organization) + 1;
    let goes_on = |scene: &Scene, at: usize| at < range.end && scene.labels[at] == inner;
    let word = tokens.get(i + 1).filter(|t| t.kind == TokenKind::Word).map(|_| scene.word(i + 1));
    let common = word.is_some_and(|w| !w.class.has(Class::LEGAL_FORM) && w.class.joined(w.tail).has(Class::NOUN));
    let stroke = tokens.get(i + 1).is_some_and(|t| "/,–|".chars().any(|c| t.is(c)));
    if goes_on(scene, i + 1) && scene.labels[i] == inner && (common || stroke) {
        let mut at = i + 1;
        while goes_on(scene, at) {
            scene.labels[at] = NONE;
            at += 1;
        }
    }
}

/// *Brandt & Keller*: two surnames are a company, where either was found to be a name.
fn joined(scene: &mut Scene, tokens: &[Token], i: usize, range: &Range<usize>) {
    if i == range.start || i + 1 >= range.end || !tokens[i].spaced() || !tokens[i + 1].spaced() {
        return;
    }
    let single = |scene: &Scene, at: usize| {
        let inner = |at: usize| scene.labels.get(at).and_then(|l| meaning(*l)).is_some_and(|(_, begins)| !begins);
        proper(scene, tokens, at) && !inner(at) && !inner(at + 1)
    };
    let either = scene.labels[i - 1] != NONE || scene.labels[i + 1] != NONE;
    if either && single(scene, i - 1) && single(scene, i + 1) {
        set(scene, i - 1, i + 2, EntityType::Organization, "name-joined");
    }
}

/// *Vorstandschef Jonas Ritter*: behind a role, a given name and another one are a person.
fn behind_role(scene: &mut Scene, tokens: &[Token], i: usize, range: &Range<usize>) {
    let given = scene.marks[i].has(Marks::GIVEN) && tokens[i].spaced() && scene.labels[i] == NONE;
    let last = i + 2;
    let follows = last <= range.end && proper(scene, tokens, i + 1) && scene.labels[i + 1] == NONE;
    if given && follows && tokens[i + 1].spaced() && !scene.word(i + 1).class.has(Class::LEGAL_FORM) {
        set(scene, i, last, EntityType::Person, "name-behind-role");
    }
}

/// *Ilka Vogt-Meier*: the second half of a surname belongs to the person.
fn double_name(scene: &mut Scene, tokens: &[Token], i: usize, range: &Range<usize>) {
    let person = first_of(EntityType::Person);
    let halves = i >= range.start + 3 && scene.labels[i - 2] == person + 1 && scene.marks[i - 2].has(Marks::CAPITAL);
    let open = scene.labels[i - 1] == NONE && scene.labels[i] == NONE;
    let surname = scene.word(i).class.has(Class::SURNAME) || proper(scene, tokens, i);
    if halves && open && surname && !tokens[i - 1].spaced() && !tokens[i].spaced() {
        for at in [i - 1, i] {
            scene.labels[at] = person + 1;
        }
        let first = (range.start..i).rev().find(|at| scene.labels[*at] == person).unwrap_or(i);
        scene.rules[first] = Some("name-double");
    }
}
