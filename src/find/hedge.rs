//! Hedges: *knapp*, *mehr als*, *bis zu* in front of a number, *oder mehr* behind it, *die Marke von … überschritten*
//! around it.

use super::view::View;
use crate::lexicon::{HedgeInfo, Hint, Payload, Tags};
use crate::model::{Approx, Decimal, QuantityType, Span};

/// A hedge and where it stands.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) approx: Approx,
    pub(super) span: Span,
    /// Its first token, if it stands in front.
    pub(super) first: usize,
}

/// What the hedge stands in front of.
#[derive(Copy, Clone, Debug)]
pub(super) struct Asked {
    pub(super) kind: QuantityType,
    pub(super) value: Option<Decimal>,
    /// The first token of the quantity.
    pub(super) first: usize,
    /// One past its last.
    pub(super) last: usize,
}

/// The hedge of a quantity, wherever it stands.
pub(super) fn find(view: View<'_>, q: Asked) -> Option<Found> {
    front(view, q).or_else(|| behind(view, q)).or_else(|| threshold(view, q))
}

fn front(view: View<'_>, q: Asked) -> Option<Found> {
    let mut end = q.first;
    let mut inner = ends_at(view, end, q);
    // "mehr als die Hälfte", "rund jeweils 5", "etwa jeder dritte"
    for _ in 0..2 {
        let Some(at) = end.checked_sub(1).filter(|_| inner.is_none()) else { break };
        let article = matches!(q.kind, QuantityType::Fraction | QuantityType::Multiple)
            && view.has(at, Tags(Tags::ARTICLE.0 | Tags::EACH.0 | Tags::EIN.0));
        // "fast um ein Viertel", "nicht einmal auf 5 Prozent"
        let within = ["um", "auf", "bei"].iter().any(|p| view.is_key(at, p))
            && at > 0
            && !view.has(at - 1, Tags::PREPOSITION)
            && !view.is_key(at - 1, "gut")
            && ends_at(view, at, q).is_some();
        if !(article || within || view.has(at, Tags(Tags::FILLER.0 | Tags::PLUS.0))) {
            break;
        }
        end = at;
        inner = ends_at(view, end, q);
    }
    let inner = inner?;
    // "bis zu etwa 30": the bound says more than the rounding.
    if inner.approx == Approx::About
        && let Some(outer) = ends_at(view, inner.first, q).filter(|h| h.approx != Approx::About)
    {
        return Some(Found { span: outer.span.to(inner.span), ..outer });
    }
    Some(inner)
}

/// The longest hedge that ends before token `end`.
fn ends_at(view: View<'_>, end: usize, q: Asked) -> Option<Found> {
    let last = end.checked_sub(1).and_then(|i| view.words.get(i))?;
    if !view.lexicon.hint(*last).has(Hint::HEDGE_ENDS) {
        return None;
    }
    (end.saturating_sub(5)..end).find_map(|first| {
        let (payload, _) = view.meanings(first, Tags::HEDGE).find(|(_, last)| *last == end)?;
        let Payload::Hedge(h) = payload else {
            return None;
        };
        let info = &view.lexicon.hedges[usize::from(h)];
        holds(view, info, first, q).then(|| Found { approx: info.approx, span: view.span(first, end), first })
    })
}

/// Whether the hedge's conditions are met.
fn holds(view: View<'_>, info: &HedgeInfo, first: usize, q: Asked) -> bool {
    if !info.types.is_empty() && !info.types.contains(&q.kind) {
        return false;
    }
    if let Some(least) = info.round_from {
        let round = |v: Decimal| v >= least && v.to_int().is_some_and(|n| n % 10 == 0);
        if !q.value.is_some_and(round) {
            return false;
        }
    }
    let listed = |words: &[Box<str>], i: usize| {
        !words.is_empty()
            && view.is_word(i)
            && view.folded(i, |key| {
                words.iter().any(|w| match w.strip_prefix('-') {
                    Some(ending) => key.ends_with(ending.as_bytes()),
                    None => key == w.as_bytes(),
                })
            })
    };
    // A verb may stand before its object: "spricht am Montag über drei Themen" is beyond a list; the two words before do.
    let after = (1..=2).any(|back| first >= back && listed(&info.not_after, first - back));
    // Few words, asked of every token: without folding each of these.
    let anywhere = |w: &str| {
        (0..view.len()).any(|i| match w.strip_prefix('-') {
            Some(ending) => view.is_word(i) && view.folded(i, |key| key.ends_with(ending.as_bytes())),
            None => view.is_key(i, w),
        })
    };
    !after && !listed(&info.not_before, q.last) && !info.not_with.iter().any(|w| anywhere(w))
}

fn behind(view: View<'_>, q: Asked) -> Option<Found> {
    // Also past the counted noun: "20 Mitarbeiter oder mehr".
    for at in [q.last, q.last + 1] {
        let found = view.meaning(at, Tags::HEDGE_AFTER).filter(|(_, end)| !view.is_key(*end, "als"));
        if let Some((Payload::Hedge(h), end)) = found {
            let approx = view.lexicon.hedges[usize::from(h)].approx;
            return Some(Found { approx, span: view.span(at, end), first: at });
        }
    }
    None
}

/// *die Marke von 85 Euro überschritten*, *übersteigt 5 Millionen*
fn threshold(view: View<'_>, q: Asked) -> Option<Found> {
    let above = |i: usize| Found { approx: Approx::Above, span: view.span(i, i + 1), first: i };
    if q.first > 0 && view.has(q.first - 1, Tags::EXCEED) && view.at(q.first - 1).ends_with('t') {
        return Some(above(q.first - 1));
    }
    let mark = q.first >= 2 && view.is_key(q.first - 1, "von") && view.ends_like(q.first - 2, Tags::THRESHOLD);
    if !mark || (0..view.len()).any(|i| view.is_key(i, "nicht") || view.is_key(i, "kein")) {
        return None;
    }
    (0..view.len()).find(|i| view.has(*i, Tags::EXCEED)).map(above)
}
