//! Two ends of one range: *zwischen 120 und 140 Milliarden Dollar*, *10–15 Prozent*, *zwei oder drei Euro*.

use super::numeral::{Form, Numeral};
use super::refuse::Refusal;
use super::view::View;
use crate::lexicon::Tags;

/// Whether the numeral behind `k` is the other end of a range whose first end, with its unit, stops before token `end`.
///
/// `with_unit` tells that the first end has a unit of its own; then a mere dash does not join.
pub(super) fn second(
    view: View<'_>,
    numerals: &[Numeral],
    refusals: &[Option<Refusal>],
    k: usize,
    end: usize,
    with_unit: bool,
) -> bool {
    let (Some(n), Some(next)) = (numerals.get(k), numerals.get(k + 1)) else {
        return false;
    };
    if refusals[k + 1].is_some() || next.first < end || n.inside {
        return false;
    }
    let alike = match n.form {
        Form::Cardinal => matches!(next.form, Form::Cardinal | Form::Years | Form::Percent | Form::Multiple),
        Form::Ordinal => next.form == Form::Ordinal,
        Form::One => next.form == Form::Cardinal && next.first <= end + 2,
        _ => false,
    };
    if !alike {
        return false;
    }
    let from = n.first.saturating_sub(3);
    let between = (from..n.first).any(|i| view.has(i, Tags::BETWEEN)) && !(from..n.first).any(|i| view.is_any(i, ",;"));
    connector(view, end, n, between, with_unit, next).is_some_and(|at| {
        // Only a hedge, a minus or a currency sign may stand before the second number.
        (at..next.first).all(|i| {
            view.has(i, Tags(Tags::HEDGE.0 | Tags::MINUS.0 | Tags::PLUS.0 | Tags::UNIT_BEFORE.0 | Tags::FILLER.0))
                || view.is_any(i, "-−–$€£")
                || view.is_key(i, "als")
        }) && next.first - at <= 3
    })
}

/// One past the word or mark that joins the two ends.
fn connector(view: View<'_>, end: usize, n: &Numeral, between: bool, with_unit: bool, next: &Numeral) -> Option<usize> {
    // "16- bis 25-Jährige": the hyphen of the first end.
    let mut at = end;
    if view.is(at, '-') && view.glued(at) && view.has(at + 1, Tags(Tags::UNTIL.0 | Tags::AND_OR.0)) {
        at += 1;
    }
    if view.has(at, Tags::UNTIL) {
        // "bis zu", "bis hin zu"
        let mut to = at + 1;
        while view.is_key(to, "hin") || view.is_key(to, "zu") {
            to += 1;
        }
        return Some(to);
    }
    if between && view.is_key(at, "und") {
        return Some(at + 1);
    }
    if view.is_key(at, "oder") && !with_unit {
        return Some(at + 1);
    }
    // "drei, vier Tage" is a guess at a number too, but two counts as often: not a range.
    if view.is_any(at, "-–—−") && !with_unit {
        let tight = view.glued(at) && view.glued(at + 1);
        let loose = view.tokens[at].spaced() && view.tokens.get(at + 1).is_some_and(|t| t.spaced());
        let figures = n.shape.is_some() && next.shape.is_some();
        let rising = n.exact().zip(next.exact()).is_some_and(|(a, b)| a < b || next.power > 0);
        return ((tight || loose) && figures && rising && n.power <= next.power.max(n.power)).then_some(at + 1);
    }
    None
}
