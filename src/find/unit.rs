//! What stands behind a number: units and currencies, and what a rate is taken over.

use super::Memory;
use super::noun;
use super::view::View;
use crate::lexicon::{Payload, Tags};
use crate::model::{Decimal, Per, Span, UnitId};
use crate::pack::UnitKind;

/// A unit behind a number.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) unit: Option<UnitId>,
    /// How much of the unit one is: a hundredth for *Cent*.
    pub(super) factor: Option<Decimal>,
    /// One past its last token.
    pub(super) last: usize,
    /// The text does not say which.
    pub(super) assumed: bool,
    /// A currency.
    pub(super) money: bool,
    /// More of the same word follows: *50-Euro|-Schein*.
    pub(super) inside: bool,
}

/// The unit at token `i`, which follows a number; also behind a hyphen: *50-Euro-Schein*.
pub(super) fn after(view: View<'_>, i: usize, memory: &Memory) -> Option<Found> {
    let at = if view.is(i, '-') && view.glued(i) && view.glued(i + 1) { i + 1 } else { i };
    let found = named(view, at, memory).or_else(|| points(view, at, memory))?;
    // "5 A-Klasse", "3 Euro-Länder": the unit is only the beginning of a word, unless the number is hyphenated to it.
    let goes_on = view.is(found.last, '-')
        && view.glued(found.last)
        && view.is_word(found.last + 1)
        && view.glued(found.last + 1);
    if goes_on && at == i && view.is_word(at) && !view.at(at).is_empty() && view.tokens[at].spaced() {
        let second = view.ends_like(found.last + 1, Tags::UNIT);
        // "9600 Punkte-Marke", "Fünf Prozent-Hürde" carry the unit all the same.
        if !second && !view.ends_like(found.last + 1, Tags::THRESHOLD) {
            return None;
        }
    }
    Some(Found { inside: goes_on, ..found })
}

fn named(view: View<'_>, i: usize, memory: &Memory) -> Option<Found> {
    // kanadische Dollar, Schweizer Franken
    if view.has(i, Tags::CURRENCY_ADJECTIVE) || view.meaning(i, Tags::CURRENCY_ADJECTIVE).is_some() {
        for (payload, next) in view.meanings(i, Tags::CURRENCY_ADJECTIVE) {
            let Payload::Currency(id) = payload else {
                continue;
            };
            for (shared, last) in view.meanings(next, Tags::UNIT) {
                if let Payload::Shared(s) = shared {
                    let shared = &view.lexicon.shared[usize::from(s)];
                    if shared.currencies.contains(&id) {
                        let (factor, unit) = (shared.factor, Some(id));
                        return Some(Found { unit, factor, last, assumed: false, money: true, inside: false });
                    }
                }
            }
        }
    }
    let (payload, last) = view.meaning(i, Tags::UNIT)?;
    // "Fils" are hundredths here and thousandths there: the country decides before the default does.
    let several = || {
        let groups = view.meanings(i, Tags::UNIT).filter(|(p, end)| *end == last && matches!(p, Payload::Shared(_)));
        let of = |p| match p {
            Payload::Shared(s) => Some(&view.lexicon.shared[usize::from(s)]),
            _ => None,
        };
        let (mut groups, placed) = (groups.peekable(), currencies_here(view));
        groups.find_map(|(p, _)| {
            let unit = placed.iter().rev().copied().find(|id| of(p).is_some_and(|s| s.currencies.contains(id)))?;
            Some(Found { unit: Some(unit), factor: of(p)?.factor, last, assumed: false, money: true, inside: false })
        })
    };
    if view.meanings(i, Tags::UNIT).filter(|(p, end)| *end == last && matches!(p, Payload::Shared(_))).count() > 1
        && let Some(found) = several()
    {
        return Some(found);
    }
    resolve(view, i, payload, last, memory)
}

/// The currencies of the countries and adjectives of the sentence.
fn currencies_here(view: View<'_>) -> Vec<UnitId> {
    let named = Tags(Tags::COUNTRY.0 | Tags::CURRENCY_ADJECTIVE.0);
    let mut here = Vec::new();
    let mut i = 0;
    while i < view.len() {
        // The longest name alone: Guinea-Bissau is not Guinea.
        let longest = view.meaning(i, named).map_or(i + 1, |(_, end)| end);
        for (payload, _) in view.meanings(i, named).take_while(|(_, end)| *end == longest) {
            if let Payload::Currency(id) = payload {
                here.push(id);
            }
        }
        i = longest;
    }
    here
}

/// What a unit's word means here.
pub(super) fn resolve(view: View<'_>, i: usize, payload: Payload, last: usize, memory: &Memory) -> Option<Found> {
    match payload {
        Payload::Unit(id) => {
            let info = view.lexicon.unit(id);
            let id = if info.ambiguous { degrees(view, id) } else { id };
            let assumed = info.assumed && view.is(i, '$') && last == i + 1;
            Some(Found { unit: Some(id), factor: None, last, assumed, money: info.kind.is_none(), inside: false })
        }
        Payload::Shared(s) => {
            let shared = &view.lexicon.shared[usize::from(s)];
            // "500 Pfund Fleisch" are weighed.
            if view.has(last, Tags::WEIGHED)
                && view.is_key(i, "pfund")
                && let Some(unit) = view.lexicon.unit_id("[lb_av]")
            {
                return Some(Found {
                    unit: Some(unit),
                    factor: None,
                    last,
                    assumed: false,
                    money: false,
                    inside: false,
                });
            }
            let (unit, said) = match shared.currencies[..] {
                [only] => (Some(only), true),
                _ => choose(view, shared, memory),
            };
            let assumed = !said && unit.is_some_and(|u| view.lexicon.unit(u).assumed);
            Some(Found { unit, factor: shared.factor, last, assumed, money: true, inside: false })
        }
        _ => None,
    }
}

/// Which of several currencies a word means: for cents that of the amount before, else the default, else by country.
fn choose(view: View<'_>, shared: &crate::lexicon::Shared, memory: &Memory) -> (Option<UnitId>, bool) {
    let known = |list: &[UnitId]| list.iter().rev().copied().find(|id| shared.currencies.contains(id));
    if shared.factor.is_some()
        && let Some(id) = known(&memory.currencies)
    {
        return (Some(id), true);
    }
    if let Some(id) = shared.default {
        return (Some(id), false);
    }
    let here = currencies_here(view);
    let unit = known(&here).or_else(|| known(&memory.currencies)).or_else(|| known(&memory.countries));
    (unit, true)
}

/// *Grad* is an angle where something turns, and Celsius otherwise.
fn degrees(view: View<'_>, id: UnitId) -> UnitId {
    let turns = (0..view.len()).any(|i| view.ends_like(i, Tags::ANGLE));
    let warm = (0..view.len()).any(|i| view.ends_like(i, Tags::WARMTH));
    if turns && !warm { id } else { view.lexicon.unit_id("Cel").unwrap_or(id) }
}

/// *Punkte* are a unit where an index is spoken of.
fn points(view: View<'_>, i: usize, memory: &Memory) -> Option<Found> {
    if !view.has(i, Tags::POINT) {
        return None;
    }
    // In a text about an index the word for a gain is the word for a win too; results of matches have no decimals.
    let large = i > 0 && (view.at(i - 1).contains(',') || view.at(i - 1).len() > 3);
    if !(view.any(Tags::INDEX) || (memory.index && (large || !view.any(Tags::CONTEST)))) {
        return None;
    }
    let unit = view.lexicon.unit_id("{Punkt}")?;
    Some(Found { unit: Some(unit), factor: None, last: i + 1, assumed: false, money: false, inside: false })
}

/// What a rate is taken over, behind token `i`: *je Aktie, pro Liter, im Jahr, /kg*, *in bar je Aktie*.
pub(super) fn per(view: View<'_>, i: usize) -> Option<(Per, usize)> {
    let mut at = i;
    if view.is_key(at, "in") && view.is_key(at + 1, "bar") {
        at += 2;
    } else if view.is_key(at, "mehr") || view.is_key(at, "weniger") {
        at += 1;
    }
    if view.is(at, '/') && (view.is_word(at + 1) && view.glued(at + 1)) {
        return unit_or_noun(view, at + 1);
    }
    if let Some((_, next)) = view.meaning(at, Tags::PER) {
        return unit_or_noun(view, next);
    }
    // im Jahr, im Monat, am Tag, in der Stunde; but "im Jahr 2015" is a date.
    let next = match () {
        () if view.is_key(at, "im") || view.is_key(at, "am") => at + 1,
        () if view.is_key(at, "in") && view.is_key(at + 1, "der") => at + 2,
        () if view.is_key(at, "die") => at + 1,
        () => return None,
    };
    let (Payload::Unit(id), last) = view.meaning(next, Tags::TIME)? else {
        return None;
    };
    let plain =
        view.folded(next, |k| matches!(k, b"jahr" | b"monat" | b"tag" | b"woche" | b"stunde" | b"minute" | b"sekunde"));
    let dated =
        view.is_number(last) || view.has(last, Tags::MONTH) || view.is_key(last, "zuvor") || view.is_key(last, "davor");
    (plain && !dated).then_some((Per::Unit(id), last))
}

fn unit_or_noun(view: View<'_>, mut i: usize) -> Option<(Per, usize)> {
    // je 100.000 Einwohner, pro verkauftem Wagen, je angefangene Stunde
    if view.is_number(i) || view.number_word(i).is_some() {
        i = super::numeral::at(view, i)?.last;
    }
    if view.has(i, Tags::ARTICLE) || view.has(i, Tags::EIN) {
        i += 1;
    }
    if let Some((Payload::Unit(id), last)) = view.meaning(i, Tags(Tags::TIME.0 | Tags::UNIT.0))
        && !view.is(last, '-')
    {
        // "50 Anteile à CHF 30" is no rate over francs.
        return view.lexicon.unit(id).kind.map(|_| (Per::Unit(id), last));
    }
    if view.has(i, Tags::UNIT) {
        return None;
    }
    noun::after(view, i).map(|found| (Per::Noun(found.span), found.last))
}

/// *50 Anteile à CHF 30*: the noun in front of *à*, in the singular.
pub(super) fn per_before(view: View<'_>, first: usize) -> Option<Per> {
    let at = first.checked_sub(1)?;
    if !matches!(view.at(at), "à" | "á") {
        return None;
    }
    let noun = at.checked_sub(1).filter(|n| view.is_word(*n) && view.capital(*n))?;
    if let Some((Payload::Unit(id), _)) = view.meaning(noun, Tags(Tags::UNIT.0 | Tags::TIME.0)) {
        return Some(Per::Unit(id));
    }
    let span = view.tokens[noun].span();
    let end = if view.at(noun).ends_with("en") { span.end - 1 } else { span.end };
    Some(Per::Noun(Span::new(span.start, end)))
}

/// Whether the unit is one of per cent.
pub(super) fn is_percent(view: View<'_>, unit: Option<UnitId>) -> bool {
    unit.is_some_and(|u| view.lexicon.unit(u).kind == Some(UnitKind::Percent))
}
