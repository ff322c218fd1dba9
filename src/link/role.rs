//! Which quantity is a value, a difference, an earlier value; and which of them make one statement.

use super::memory::Lists;
use super::words::{Sense, Slot};
use super::{View, direction_of};
use crate::lexicon::Tags;
use crate::model::{Approx, Direction, Quantity, QuantityType};

/// A statement on its way: the numbers that belong together.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The clause of its first number.
    pub(crate) clause: usize,
    /// Its numbers, by their indices in the document.
    pub(crate) value: Option<u32>,
    pub(crate) by: Option<u32>,
    pub(crate) from: Option<u32>,
    pub(crate) direction: Option<Direction>,
    /// Whether a verb or noun of change speaks of it.
    pub(crate) moved: bool,
    /// The token in front of its first number, past hedge and adverbs.
    pub(crate) front: usize,
    /// The tokens of its main number.
    pub(crate) tokens: std::ops::Range<usize>,
}

impl Draft {
    /// The number that carries it.
    pub(crate) fn anchor(&self) -> u32 {
        self.value.or(self.by).or(self.from).unwrap_or_default()
    }
}

/// Whether a word may stand between a preposition and its number.
pub(super) fn is_passed(key: &str, tags: Tags) -> bool {
    const SKIPPED: [&str; 34] = [
        "nur",
        "noch",
        "insgesamt",
        "jeweils",
        "bereits",
        "schon",
        "zusammen",
        "sogar",
        "weitere",
        "weiteren",
        "zuletzt",
        "derzeit",
        "einem",
        "einer",
        "ein",
        "eine",
        "einen",
        "den",
        "die",
        "der",
        "dem",
        "das",
        "wieder",
        "zusaetzlich",
        "zusaetzliche",
        "netto",
        "brutto",
        "umgerechnet",
        "vorlaeufig",
        "jaehrlich",
        "aktuell",
        "gerade",
        "etwas",
        "mehr",
    ];
    (SKIPPED.contains(&key) || !key.is_empty() && tags.has(Tags(Tags::HEDGE.0 | Tags::FILLER.0)))
        && !matches!(key, "um" | "auf" | "von" | "bei" | "ueber" | "unter" | "gegen" | "bis")
}

/// What stands in front of a number: the preposition, and the token behind it.
pub(crate) fn front<'a>(view: View<'a>, q: &Quantity) -> (usize, &'a str) {
    let span = q.hedge.filter(|h| h.end <= q.span.start).unwrap_or(q.span);
    let mut i = view.tokens(span).start;
    let start = view.clauses.clauses[view.clauses.clause_of(i)].tokens.start;
    while i > start && view.clauses.is(i - 1, Lists::PASSED) {
        i -= 1;
    }
    const PREPOSITIONS: [&str; 24] = [
        "um",
        "auf",
        "von",
        "bei",
        "mit",
        "fuer",
        "gegenueber",
        "nach",
        "an",
        "in",
        "ueber",
        "unter",
        "zu",
        "vom",
        "zum",
        "im",
        "am",
        "beim",
        "statt",
        "gegen",
        "pro",
        "je",
        "zur",
        "vor",
    ];
    let before = if i > start { view.clauses.key(i - 1) } else { "" };
    let preposition = PREPOSITIONS.iter().find(|p| **p == before).copied().unwrap_or("");
    // A hedge may be the preposition itself: "über 3 Prozent" behind "um" is skipped above.
    (i, preposition)
}

/// Drafts of a sentence, in text order.
pub(crate) fn run(view: View<'_>, drafts: &mut Vec<Draft>) {
    drafts.clear();
    let (quantities, first) = view.known.quantities;
    for (n, q) in (first..).zip(quantities) {
        let Some(role) = role(view, q, drafts.last()) else { continue };
        let tokens = view.tokens(q.span);
        let clause = view.clauses.clause_of(tokens.start);
        let (front, _) = front(view, q);
        let Role { slot, direction, moved, .. } = role;
        let c = &view.clauses.clauses[clause];
        // A number joins the statement in front where that still lacks its role and nothing new begins between them.
        let joins = drafts.last().is_some_and(|d| {
            let near = d.clause == clause || c.bracket || c.dash || clause == d.clause + 1;
            let noun_between = view.clauses.nouns_in(d.tokens.end..tokens.start).iter().any(|x| {
                matches!(x.sense, Some(Sense::Metric(_) | Sense::Base(_)))
                    // "3 Milliarden Nutzer – drei Prozent mehr", "an Wert"
                    && !counts(view, d.anchor(), x.at)
                    && !matches!(view.clauses.key(x.at.wrapping_sub(1)), "an")
                    && !matches!(view.clauses.taken(x.at), super::clause::Taken::Time(_))
            });
            let alike = |i: u32| {
                let other = &view.found.quantities[i as usize];
                (other.kind, other.unit) == (q.kind, q.unit)
            };
            match slot {
                Slot::Value => {
                    let attribute = role.behind && d.tokens.end + 4 >= tokens.start;
                    d.value.is_none()
                        && d.clause == clause
                        && (!noun_between || attribute)
                        && (d.by.is_some() || d.from.is_some())
                }
                Slot::By => {
                    d.by.is_none()
                        && near
                        && !noun_between
                        && d.value.is_some()
                        && (d.clause == clause || c.bracket || c.verb.is_none())
                        && counted(q).is_none_or(|n| counted(&view.found.quantities[d.anchor() as usize]) == Some(n))
                }
                Slot::From => {
                    d.from.is_none() && near && d.value.or(d.by).is_some_and(|i| alike(i) || d.value.is_none())
                }
            }
        });
        if let Some(d) = drafts.last_mut().filter(|_| joins) {
            match slot {
                Slot::Value => {
                    d.value = Some(n);
                    d.tokens = tokens;
                }
                Slot::By => d.by = Some(n),
                Slot::From => d.from = Some(n),
            }
            d.direction = d.direction.or(direction);
            d.moved |= moved;
            continue;
        }
        let mut draft = Draft { clause, value: None, by: None, from: None, direction, moved, front, tokens };
        match slot {
            Slot::Value => draft.value = Some(n),
            Slot::By => draft.by = Some(n),
            Slot::From => draft.from = Some(n),
        }
        drafts.push(draft);
    }
    for d in drafts.iter_mut() {
        settle(view, d);
    }
}

/// The noun that is counted, as far as a difference names one.
fn counted(q: &Quantity) -> Option<QuantityType> {
    (q.kind == QuantityType::Money).then_some(q.kind)
}

/// What only the whole statement tells: *von 5 auf 6* rose.
fn settle(view: View<'_>, d: &mut Draft) {
    if d.direction.is_none()
        && let (Some(value), Some(from)) = (d.value, d.from)
    {
        let amount = |i: u32| match view.found.quantities[i as usize].amount {
            crate::model::Amount::Value(v) => Some(v),
            _ => None,
        };
        if let (Some(new), Some(old)) = (amount(value), amount(from)) {
            d.direction = Some(match new.cmp(&old) {
                std::cmp::Ordering::Greater => Direction::Up,
                std::cmp::Ordering::Less => Direction::Down,
                std::cmp::Ordering::Equal => Direction::Flat,
            });
        }
    }
}

#[derive(Copy, Clone)]
struct Role {
    slot: Slot,
    direction: Option<Direction>,
    moved: bool,
    /// *neun Prozent höhere Kosten von …*: the value of the noun that the difference is an attribute of.
    behind: bool,
}

impl Role {
    fn new(slot: Slot, direction: Option<Direction>, moved: bool) -> Option<Self> {
        Some(Self { slot, direction, moved, behind: false })
    }
}

/// Whether a token is the noun that a quantity counts.
fn counts(view: View<'_>, quantity: u32, at: usize) -> bool {
    view.found.quantities[quantity as usize].noun.is_some_and(|n| view.tokens(n).contains(&at))
}

/// Whether it is three or fewer.
fn few(q: &Quantity) -> bool {
    matches!(q.amount, crate::model::Amount::Value(v) if v <= crate::model::Decimal::from_int(3))
}

/// Whether a noun is one of the list of metrics that is counted: *Stellen, Filialen*.
fn countable(view: View<'_>, q: &Quantity) -> bool {
    q.noun.is_some_and(|n| {
        let at = view.tokens(n).start;
        view.clauses.noun_at(at).is_some_and(|x| matches!(x.sense, Some(Sense::Metric(_))))
    })
}

/// What a quantity is in its clause; none where it makes no statement.
fn role(view: View<'_>, q: &Quantity, before: Option<&Draft>) -> Option<Role> {
    let tokens = view.tokens(q.span);
    let clause = view.clauses.clause_of(tokens.start);
    let c = &view.clauses.clauses[clause];
    let (at, preposition) = front(view, q);
    let group = view.clauses.group(clause, view.words);
    let verb = group.and_then(|(g, _)| g.does.direction());
    let noun = direction_of(view, clause);
    let own_verb = c.verb.is_some();
    let by = |direction: Option<Direction>| Role::new(Slot::By, direction, true);
    match q.kind {
        // "Platz 3", "den dritten Platz"
        QuantityType::Ordinal => {
            let rank = |i: usize| matches!(view.clauses.key(i), "platz" | "rang" | "tabellenplatz");
            let stands = rank(tokens.start.wrapping_sub(1)) || rank(tokens.end) || rank(tokens.end + 1);
            return stands.then_some(Role { slot: Slot::Value, direction: None, moved: false, behind: false });
        }
        QuantityType::Age => return None,
        // "drei Männer": told, not stated.
        QuantityType::Count if few(q) && !countable(view, q) => return None,
        QuantityType::Multiple => {
            // "verdoppelte sich", "doppelt so viel wie"
            let verb = group.filter(|(_, at)| tokens.contains(at)).and_then(|(g, _)| g.does.direction());
            let twice = view.clauses.key(tokens.end) == "so";
            return match () {
                () if verb.is_some() => by(verb),
                () if twice => by(Some(Direction::Up)),
                () => None,
            };
        }
        _ if q.approx == Some(Approx::Vague) && q.kind != QuantityType::Count => return None,
        _ => {}
    }
    // "Ein Fass kostete": one of something is no number.
    if view.clauses.key(tokens.start).starts_with("ein")
        && matches!(q.kind, QuantityType::Money | QuantityType::Measure)
    {
        return None;
    }
    // "sieben Prozent mehr", "200 Nutzer weniger"
    let end = q.noun.map_or(tokens.end, |n| view.tokens(n).end.max(tokens.end));
    let comparative = |at: usize| {
        view.clauses.senses(at..at + 1).find_map(|(_, s)| match s {
            Sense::Comparative(d) => Some(d),
            _ => None,
        })
    };
    let compared = comparative(tokens.end).or_else(|| comparative(end));
    // "3 Prozent über dem Vorjahr", "unter dem Niveau"
    let level = match view.clauses.key(tokens.end) {
        "ueber" if matches!(view.clauses.key(tokens.end + 1), "dem" | "den" | "der") => Some(Direction::Up),
        "unter" if matches!(view.clauses.key(tokens.end + 1), "dem" | "den" | "der") => Some(Direction::Down),
        _ => None,
    };
    if let Some(d) = compared.or(level) {
        return by(Some(d));
    }
    let share = matches!(q.kind, QuantityType::Percent | QuantityType::Fraction);
    // "+3 %", "plus 3 Prozent", "minus 3 Prozent"
    let sign = at.checked_sub(1).and_then(|b| match view.clauses.key(b) {
        "plus" => Some(Direction::Up),
        "minus" => Some(Direction::Down),
        _ if view.is(b, '+') => Some(Direction::Up),
        _ => None,
    });
    let negative = matches!(q.amount, crate::model::Amount::Value(v) if v.is_negative());
    if share && (sign.is_some() || negative) {
        return by(sign.or(Some(Direction::Down)));
    }
    // "(Vj. 959)", "(Vorjahr: 51 Mio.)", "nach 5 Millionen im Vorjahr"
    let earlier = |range: std::ops::Range<usize>| {
        range.into_iter().any(|i| {
            let key = view.clauses.key(i);
            key.starts_with("vorjahr")
                || key.starts_with("vorquartal")
                || key.starts_with("vormonat")
                || matches!(key, "vj" | "zuvor" | "bisher" | "davor" | "vorher" | "zunaechst" | "vorwoche" | "vortag")
        })
    };
    let last = view.clauses.clauses[clause].tokens.end;
    let around = c.tokens.start.saturating_sub(2).max(view.clauses.range.start)..last.min(tokens.end + 20);
    if c.bracket {
        if earlier(around.clone()) && before.is_some() {
            return Role::new(Slot::From, None, true);
        }
        // A converted amount says the same again.
        let converted = q.kind == QuantityType::Money
            && before.is_some_and(|d| {
                let other = &view.found.quantities[d.anchor() as usize];
                other.kind == QuantityType::Money && other.unit != q.unit && d.tokens.end + 4 >= tokens.start
            });
        if converted {
            return None;
        }
    }
    if matches!(preposition, "nach" | "gegenueber" | "statt") && before.is_some() {
        return Role::new(Slot::From, None, false);
    }
    // "von 71 auf 72 Millionen": the next number is the value, if it is of the same kind.
    let all = view.known.quantities.0;
    let next = all.iter().position(|o| o.span == q.span).and_then(|n| all.get(n + 1));
    let onward = next.filter(|o| {
        let at = view.tokens(o.span).start;
        let alike = o.kind == q.kind || matches!(q.kind, QuantityType::Number | QuantityType::Count);
        alike && at <= tokens.end + 6 && front(view, o).1 == "auf" && view.clauses.clause_of(at) == clause
    });
    if preposition == "von" && onward.is_some() {
        return Role::new(Slot::From, verb.or(noun), true);
    }
    // "Umsatz von 3 Milliarden": whatever the verb.
    if preposition == "von"
        && at >= 2
        && view.clauses.noun_at(at - 2).is_some_and(|n| matches!(n.sense, Some(Sense::Metric(_))))
    {
        return Some(Role { slot: Slot::Value, direction: None, moved: false, behind: true });
    }
    // "ein Plus von 3 Prozent", "Rückgang um 3 Prozent", "ein Minus 3 Prozent", "ein Abschlag in Höhe von 3 Prozent"
    let noun_before = (at.saturating_sub(4)..at).rev().find_map(|i| {
        view.clauses.noun_at(i).and_then(|n| match n.sense {
            Some(Sense::Change(d)) => Some(d),
            Some(Sense::Base(_)) => noun.or(Some(Direction::Down)),
            _ => None,
        })
    });
    if let Some(d) = noun_before.filter(|_| matches!(preposition, "um" | "von" | "")) {
        return by(Some(d));
    }
    if preposition == "um" {
        return by(verb.or(noun));
    }
    if preposition == "von" && verb.is_some() {
        let later = (tokens.end..last.min(tokens.end + 40)).any(|i| view.clauses.key(i) == "auf");
        let value_before = before.is_some_and(|d| d.clause == clause && d.value.is_some());
        let direct = at >= 2 && view.clauses.noun_at(at - 2).is_some();
        if later && !direct || value_before && own_verb && !direct {
            return Role::new(Slot::From, verb, true);
        }
    }
    let slot = match group {
        Some((g, _)) if preposition.is_empty() && share => {
            g.slot("").filter(|_| verb.is_some_and(|d| d != Direction::Flat))
        }
        Some((g, _)) if preposition.is_empty() && verb.is_some() && q.kind == QuantityType::Count => {
            g.slot("").filter(|_| own_verb && verb != Some(Direction::Flat) && countable(view, q))
        }
        Some((g, _)) if !preposition.is_empty() => g.slot(preposition),
        _ => None,
    };
    let moved = verb.is_some() && own_verb;
    match slot {
        Some(Slot::By) => by(verb.or(noun)),
        Some(Slot::From) if before.is_some() => Role::new(Slot::From, verb, true),
        _ => Role::new(Slot::Value, verb.filter(|_| moved), moved),
    }
}
