//! What a number is restricted to beside its subject: *500 Stellen in Deutschland*, *Beteiligung an Air Nord*.

use super::View;
use super::clause::Taken;
use super::lemma::Picked;
use super::lists::{Lists, Pairs};
use super::role::Draft;
use crate::model::{EntityType, Party, Scope, ScopeRole, Span};
use std::ops::Range;

/// How many tokens of a clause are looked at, so that a long sentence costs no more than its length.
const REACH: usize = 40;

/// How many words may stand between a preposition and the noun that it leads.
const LED: usize = 3;

/// The restrictions of a statement in text order.
pub(super) fn scopes(view: View<'_>, draft: &Draft, picked: &Picked, subject: Option<&Party>) -> Vec<Scope> {
    let mut found: Vec<Scope> = Vec::new();
    // "In Tokio schloss der Nikkei": a price is the same wherever it is paid.
    if picked.metric.concept.as_deref() == Some("share_price") {
        return found;
    }
    let own = &view.clauses.clauses[draft.clause].tokens;
    let range = own.start.max(draft.tokens.start.saturating_sub(REACH))..own.end.min(draft.tokens.end + REACH);
    let thing = |entity: u32| view.found.entities[entity as usize].thing;
    let of_subject = |scope: &Scope| {
        let same = scope.entity.zip(subject.and_then(|s| s.entity)).is_some_and(|(a, b)| thing(a) == thing(b));
        same || subject.is_some_and(|s| s.name == scope.span.of(view.source.text))
    };
    let ends = ends(view, draft, picked);
    let mut i = range.start;
    while i < range.end {
        let Some((scope, end)) = scope(view, i, &range) else {
            i += 1;
            continue;
        };
        // "in Deutschland und Österreich"
        let mut row = vec![scope];
        let mut last = end;
        while view.clauses.is(last, Lists::JOINS)
            && let Some((next, behind)) = name(view, scope.role, last + 1..range.end).filter(|_| scope.entity.is_some())
        {
            row.push(next);
            last = behind;
        }
        if belongs(view, i, scope.role, &range, &ends) && !row.iter().any(of_subject) {
            found.append(&mut row);
        }
        i = last;
    }
    found
}

/// Where the metric and the numbers of a statement end, with what is counted and the owner behind: *der Umsatz von Nordkap*.
fn ends(view: View<'_>, draft: &Draft, picked: &Picked) -> Vec<usize> {
    let mut ends = Vec::new();
    ends.extend(picked.at.map(|noun| noun + 1));
    for q in [draft.value, draft.by, draft.from].into_iter().flatten() {
        let q = &view.found.quantities[q as usize];
        ends.push(q.noun.map_or(0, |n| view.tokens(n).end).max(view.tokens(q.span).end));
    }
    for n in 0..ends.len() {
        let mut i = ends[n];
        while i < ends[n] + LED && view.clauses.is(i, Lists::TALLY_OF.with(Lists::GENITIVE)) {
            i += 1;
        }
        if let Taken::Entity(e) = view.clauses.taken(i) {
            ends.push(view.tokens(view.found.entities[e as usize].span).end);
        }
    }
    ends
}

/// Whether a phrase that begins at a token restricts the statement: it stands behind one of its words, or by itself and
/// says where.
fn belongs(view: View<'_>, at: usize, role: ScopeRole, range: &Range<usize>, ends: &[usize]) -> bool {
    if ends.contains(&at) {
        return true;
    }
    // "mit Sitz in Berlin" is not where something happened, "am Montag in Berlin" is.
    let before = at.saturating_sub(1);
    let alone = at == range.start
        || matches!(view.clauses.taken(before), Taken::Time(_))
        || !view.source.tokens[before].capital() && !view.clauses.word(before).is_empty();
    role == ScopeRole::In && alone
}

/// The restriction that a preposition at a token leads, and where it ends.
fn scope(view: View<'_>, at: usize, range: &Range<usize>) -> Option<(Scope, usize)> {
    let key = view.clauses.key(at);
    // "der Umsatz der Sparte Antriebe"
    if view.clauses.is(at, Lists::GENITIVE) {
        return segment(view, at + 1..range.end);
    }
    if key.is_empty() || view.clauses.taken(at) != Taken::No {
        return None;
    }
    let (_, role) = view.words.side.pairs(Pairs::Scope).iter().find(|(preposition, _)| preposition == key)?;
    let role = *ScopeRole::ALL.iter().find(|r| r.name() == role)?;
    let behind = at + 1..range.end;
    match role {
        ScopeRole::In => name(view, role, behind.clone()).or_else(|| segment(view, behind)),
        _ => name(view, role, behind),
    }
}

/// A name at the beginning of a stretch, behind article and adjectives, as a restriction of this kind; and where it ends.
fn name(view: View<'_>, role: ScopeRole, range: Range<usize>) -> Option<(Scope, usize)> {
    for i in range.take(LED) {
        match view.clauses.taken(i) {
            Taken::Entity(e) => {
                let entity = view.found.entities[e as usize];
                let fits = match role {
                    ScopeRole::In => entity.kind == EntityType::Location,
                    _ => entity.kind != EntityType::Person,
                };
                let end = view.tokens(entity.span).end;
                // "an der Nordkap-Aktie", "im Karibikstaat", "im Koblenzer Hof": another thing than the name.
                let next = view.source.tokens.get(end);
                let part = view.source.tokens[end - 1].end != entity.span.end
                    || view.is(end, '-') && next.is_some_and(|t| !t.spaced())
                    || view.at(end - 1).ends_with("er") && next.is_some_and(|t| t.capital());
                return (fits && !part).then_some((Scope { role, span: entity.span, entity: Some(e) }, end));
            }
            Taken::No if view.clauses.is(i, Lists::ARTICLE.with(Lists::DEFINITE).with(Lists::INFLECTED)) => {
                if view.source.tokens[i].capital() {
                    return None;
                }
            }
            _ => return None,
        }
    }
    None
}

/// Whether a noun is a part of a business that a preposition leads: *im Cloud-Geschäft*.
pub(super) fn is_part(view: View<'_>, noun: usize) -> bool {
    let end = view.clauses.range.end;
    view.clauses.is(noun, Lists::SEGMENT)
        && (1..=LED + 1).filter_map(|back| noun.checked_sub(back)).any(|at| {
            let role =
                view.words.side.pairs(Pairs::Scope).iter().find(|(preposition, _)| preposition == view.clauses.key(at));
            role.is_some_and(|(_, role)| role == ScopeRole::In.name())
                && segment(view, at + 1..end).is_some_and(|(_, behind)| noun < behind)
        })
}

/// A part of a business at the beginning of a stretch: *Cloud-Geschäft*, *neuen Sparte Antriebe*.
fn segment(view: View<'_>, range: Range<usize>) -> Option<(Scope, usize)> {
    for i in range.take(LED) {
        let token = view.source.tokens[i];
        let joined = view.is(i + 1, '-') && !view.source.tokens[i + 1].spaced() && view.noun_follows(i);
        let noun = if joined { i + 2 } else { i };
        if token.capital() && view.clauses.is(noun, Lists::SEGMENT) {
            let behind = noun + 1;
            let named = view.source.tokens.get(behind).is_some_and(|t| t.capital() && t.spaced());
            let end = match view.clauses.is(noun, Lists::SEGMENT_OF) && !joined {
                false => behind,
                true if named && matches!(view.clauses.taken(behind), Taken::No | Taken::Entity(_)) => behind + 1,
                true => return None,
            };
            let span = Span::new(token.start, view.source.tokens[end - 1].end);
            return Some((Scope { role: ScopeRole::Segment, span, entity: None }, end));
        }
        if token.capital() || !view.clauses.is(i, Lists::ARTICLE.with(Lists::DEFINITE).with(Lists::INFLECTED)) {
            return None;
        }
    }
    None
}
