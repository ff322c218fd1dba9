//! How sure a statement is, and which way its metric went.
//!
//! What speaks for each status and each direction is said here, what it weighs is learned.

use super::View;
use super::choose::{Options, about, both, hash};
use super::clause::Taken;
use super::direction_of;
use super::lemma::Picked;
use super::lists::Lists;
use super::role::{Draft, front};
use super::words::{Does, Sense};
use crate::model::{Direction, Status};

/// All four.
pub(crate) fn statuses(view: View<'_>, draft: &Draft, picked: &Picked, out: &mut Options<Status>) {
    out.clear();
    let groups = &view.words.side.groups;
    let c = &view.clauses.clauses[draft.clause];
    let own = c.tokens.start..c.tokens.end.min(c.tokens.start + 80);
    // "X erwartet, dass …": the verb of the clause in front.
    let before = draft.clause.checked_sub(1).map(|b| &view.clauses.clauses[b]);
    let after = view.clauses.clauses.get(draft.clause + 1);
    let lemma = crate::lexicon::folded(&picked.metric.lemma);
    let end = lemma.get(lemma.len().saturating_sub(4)..).unwrap_or_default();
    let modal = own.clone().find(|i| view.clauses.is(*i, Lists::MODAL));
    let modal = modal.map_or(0, |i| view.clauses.hash(i));
    let negation = negated(view, draft);
    let verb = view.clauses.group(draft.clause, view.words).map_or(0, |(g, _)| g.hash);
    let kind = view.found.quantities[draft.anchor() as usize].kind as u64;
    let shape = u64::from(draft.value.is_some()) | u64::from(draft.by.is_some()) << 1;
    // What is denied in so many words is denied, whatever is learned.
    let denies = c.others.iter().any(|(g, _)| groups[usize::from(*g)].does == Does::Deny);
    if denies || negation == 1 {
        out.add(Status::Denied);
        return;
    }
    for status in Status::ALL {
        let s = *status as u64;
        out.add(*status);
        out.say(about("status"), s);
        out.say(about("kind"), both(s, kind));
        for (g, _) in &c.others {
            out.say(about("own verb"), both(s, groups[usize::from(*g)].does.place()));
            out.say(about("own verb group"), both(s, groups[usize::from(*g)].hash));
        }
        for (place, near) in [(1, before), (2, after)] {
            for (g, _) in near.into_iter().flat_map(|c| &c.others) {
                out.say(about("near verb"), both(both(s, place), groups[usize::from(*g)].does.place()));
            }
        }
        for (_, sense) in view.clauses.senses(own.clone()) {
            match sense {
                Sense::Cue(found, noun) => out.say(about("cue"), both(s, both(found as u64, u64::from(noun)))),
                Sense::Counterfactual => out.say(about("counterfactual"), s),
                _ => {}
            }
        }
        out.say(about("modal"), both(s, modal));
        out.say(about("modal verb"), both(both(s, modal), verb));
        out.say(about("negation"), both(s, negation));
        out.say(about("lemma end"), both(s, hash(end)));
        out.say(about("verb"), both(s, verb));
        out.say(about("verb shape"), both(both(s, verb), shape));
        out.say(about("front"), both(s, view.clauses.hash(draft.front.wrapping_sub(1))));
    }
}

/// Whether a word denies right in front of the number: *stieg nicht um drei Prozent*; but *nicht nur*, *nicht mehr als*,
/// *keine drei Prozent* deny nothing. 2 where one stands elsewhere in the clause.
fn negated(view: View<'_>, draft: &Draft) -> u64 {
    let c = &view.clauses.clauses[draft.clause];
    let near = draft.front.saturating_sub(2).max(c.tokens.start)..draft.front;
    let close = view.clauses.senses(near).any(|(at, s)| {
        let hedge = view.clauses.is(at + 1, Lists::LIMITS);
        let counts = matches!(view.clauses.taken(at + 1), Taken::Quantity(_));
        let whole = view.clauses.is(at, Lists::DENIES);
        s == Sense::Negation && whole && !hedge && !counts
    });
    let anywhere = || view.clauses.senses(c.tokens.clone()).any(|(_, s)| s == Sense::Negation);
    match () {
        () if close => 1,
        () if anywhere() => 2,
        () => 0,
    }
}

/// No direction, and all three.
pub(crate) fn directions(view: View<'_>, draft: &Draft, picked: &Picked, out: &mut Options<Option<Direction>>) {
    out.clear();
    let group = view.clauses.group(draft.clause, view.words);
    let own_verb = view.clauses.clauses[draft.clause].verb.is_some();
    let verb = group.map_or(0, |(g, _)| g.hash);
    let does = group.map_or(9, |(g, _)| g.does.place());
    let noun = direction_of(view, draft.clause).map_or(9, |d| d as u64);
    let (said, named) = (draft.direction.map_or(9, |d| d as u64), picked.direction.map_or(9, |d| d as u64));
    let shape =
        u64::from(draft.value.is_some()) | u64::from(draft.by.is_some()) << 1 | u64::from(draft.from.is_some()) << 2;
    let moved = u64::from(draft.moved) | u64::from(own_verb) << 1;
    let q = &view.found.quantities[draft.anchor() as usize];
    let (kind, preposition) = (q.kind as u64, hash(front(view, q).1));
    let lemma = hash(&picked.metric.lemma);
    let range = view.clauses.clauses[draft.clause].tokens.clone();
    let adjective = view.clauses.senses(range.start..range.end.min(range.start + 80)).find_map(|(_, s)| match s {
        Sense::Adjective(d) | Sense::Comparative(d) => Some(d as u64),
        _ => None,
    });
    // What is said of a difference itself, no other word of the sentence turns round.
    let sure = draft.direction.filter(|_| draft.by.or(draft.from).is_some());
    for direction in std::iter::once(None).chain(Direction::ALL.iter().copied().map(Some)) {
        if sure.is_some_and(|s| direction.is_some_and(|d| d != s)) {
            continue;
        }
        let d = direction.map_or(9, |d| d as u64);
        out.add(direction);
        out.say(about("direction"), both(d, shape));
        out.say(about("said"), both(both(d, said), shape));
        out.say(about("said moved"), both(both(d, said), both(moved, shape)));
        out.say(about("named"), both(both(d, named), shape));
        out.say(about("noun"), both(both(d, noun), shape));
        out.say(about("does"), both(both(d, does), both(moved, shape)));
        out.say(about("verb"), both(d, both(verb, shape)));
        out.say(about("verb front"), both(d, both(verb, preposition)));
        out.say(about("kind"), both(d, both(kind, shape)));
        out.say(about("adjective"), both(d, both(adjective.unwrap_or(9), shape)));
        out.say(about("lemma"), both(d, lemma));
    }
}
