//! What years and days are somebody's age: *zehn Jahre alt*, *im Alter von 56 Jahren*; and *fünfjährig*, which is how old
//! a child is and how long a sentence lasts.

use super::noun;
use super::numeral::{Form, Numeral};
use super::view::View;
use crate::lexicon::{Payload, Tags};
use crate::model::UnitId;

/// *fünfjährige Haft*: what lasts, not who is so old. The nominalised *Fünfjährige* is a person.
pub(super) fn lasting(view: View<'_>, n: &Numeral) -> bool {
    if view.capital(n.last - 1) && n.last - n.first > 1 {
        return false;
    }
    let mut at = n.last;
    while view.is_word(at) && !view.capital(at) && (noun::adjective(view, at) || view.has(at, Tags::ADVERB)) {
        at += 1;
    }
    let mut last = at;
    while view.is(last + 1, '-') && view.glued(last + 1) && view.is_word(last + 2) {
        last += 2;
    }
    view.ends_like(last, Tags::LASTING)
}

/// Somebody's age: *zehn Jahre alt*, *im Alter von 56 Jahren*; the unit and one past its token.
pub(super) fn of(view: View<'_>, n: &Numeral) -> Option<(UnitId, usize)> {
    if !matches!(n.form, Form::Cardinal) {
        return None;
    }
    counted(view, n.first, n.last)
}

/// The same of *ein Jahr* at tokens `first..end`.
pub(super) fn once(view: View<'_>, first: usize, end: usize) -> Option<(UnitId, usize)> {
    counted(view, first, end.checked_sub(1)?)
}

/// The age whose number begins at token `first` and whose unit stands at token `unit`.
fn counted(view: View<'_>, first: usize, unit: usize) -> Option<(UnitId, usize)> {
    let (Payload::Unit(id), end) = view.meaning(unit, Tags::TIME)? else {
        return None;
    };
    if !matches!(&*view.lexicon.unit(id).code, "a" | "mo" | "wk" | "d") {
        return None;
    }
    let old = view.has(end, Tags::OLD)
        || (view.has(end, Tags::AND_OR) && view.has(end + 1, Tags::OLD))
        || (first.saturating_sub(4)..first).any(|i| view.ends_like(i, Tags::AGE));
    let of_people = &*view.lexicon.unit(id).code == "a"
        && (first.saturating_sub(4)..first).any(|i| view.ends_like(i, Tags::PERSON))
        && (first.saturating_sub(3)..first)
            .any(|i| ["zwischen", "ueber", "unter", "ab"].iter().any(|p| view.is_key(i, p)));
    let from = first > 0
        && view.is_key(first - 1, "ab")
        && &*view.lexicon.unit(id).code == "a"
        && !(view.is_word(end) && view.capital(end))
        && !view.any(Tags::LASTING);
    (old || from || of_people).then_some((id, end))
}
