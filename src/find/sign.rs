//! What stands in front of a number and belongs to it: minus signs, and currency signs such as `$5` or `CHF 240`.

use super::view::View;
use crate::lexicon::{Payload, Tags};

/// The token where a minus in front of token `first` begins.
///
/// `-3`, `−3`, `–3` glued to the number and not to a word before; `minus 3`; `(- 43 Prozent)` in brackets. A dash that
/// opens a line is a bullet, and one between two words or numbers is a hyphen or a range.
pub(super) fn minus(view: View<'_>, first: usize) -> Option<usize> {
    let at = first.checked_sub(1)?;
    if view.has(at, Tags::MINUS) {
        return Some(at);
    }
    if !view.is_any(at, "-−–") {
        return None;
    }
    let opens = at == 0 || view.tokens[at].spaced() || view.is_any(at - 1, "([|/:");
    if !opens {
        return None;
    }
    if view.glued(first) {
        return Some(at);
    }
    (at > 0 && view.is_any(at - 1, "([") && view.is(at, '-')).then_some(at)
}

/// A unit in front of token `first`: what it is, and its first token.
pub(super) fn unit_before(view: View<'_>, first: usize, free: usize) -> Option<(Payload, usize)> {
    (1..=3).rev().find_map(|back| {
        let at = first.checked_sub(back).filter(|at| *at >= free)?;
        let (payload, end) = view.meanings(at, Tags::UNIT_BEFORE).find(|(_, end)| *end == first)?;
        // The end of a longer sign is none: "Nicht-EUR 5", "aud$ 5".
        let compound = at > 0 && view.glued(at) && (view.is(at - 1, '-') || view.is_word(at - 1));
        (!compound && end == first).then_some((payload, at))
    })
}
