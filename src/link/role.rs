//! Which quantity is a value, a difference, an earlier value; and which of them make one statement.

use super::choose::Judge;
use super::clause::NounAt;
use super::lists::Lists;
use super::words::{Sense, Slot};
use super::zip::Rows;
use super::{View, direction_of};
use crate::model::{Approx, Direction, Quantity, QuantityType, Span};

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
    /// The place of its numbers in their rows.
    pub(crate) place: u32,
}

impl Draft {
    /// The number that carries it.
    pub(crate) fn anchor(&self) -> u32 {
        self.value.or(self.by).or(self.from).unwrap_or_default()
    }

    /// What a number is in it.
    fn slot(&self, number: u32) -> Option<Slot> {
        let all = [(self.value, Slot::Value), (self.by, Slot::By), (self.from, Slot::From)];
        all.into_iter().find(|(n, _)| *n == Some(number)).map(|(_, slot)| slot)
    }

    fn fill(&mut self, slot: Slot, number: u32) {
        match slot {
            Slot::Value => self.value = Some(number),
            Slot::By => self.by = Some(number),
            Slot::From => self.from = Some(number),
        }
    }

    fn has(&self, slot: Slot) -> bool {
        match slot {
            Slot::Value => self.value.is_some(),
            Slot::By => self.by.is_some(),
            Slot::From => self.from.is_some(),
        }
    }
}

/// A number with a hedge in front.
pub(super) fn whole(q: &Quantity) -> Span {
    let start = q.hedge.map_or(q.span.start, |h| h.start.min(q.span.start));
    Span::new(start, q.span.end)
}

/// What stands in front of a number: the preposition, and the token behind it.
pub(crate) fn front<'a>(view: View<'a>, q: &Quantity) -> (usize, &'a str) {
    let mut i = view.tokens(whole(q)).start;
    // "um rund neun Prozent": a hedge of a hedge is the preposition that it looks like; not so "um die neun Prozent".
    let hedged = i + 1 < view.tokens(q.span).start;
    if hedged && view.clauses.is(i, Lists::FRONT) && !view.clauses.is(i + 1, Lists::ARTICLE.with(Lists::DEFINITE)) {
        i += 1;
    }
    let start = view.clauses.clauses[view.clauses.clause_of(i)].tokens.start;
    while i > start && view.clauses.is(i - 1, Lists::PASSED) {
        i -= 1;
    }
    let preposition = if i > start && view.clauses.is(i - 1, Lists::FRONT) { view.clauses.key(i - 1) } else { "" };
    // A hedge may be the preposition itself: "über 3 Prozent" behind "um" is skipped above.
    (i, preposition)
}

/// Drafts of a sentence, in text order.
pub(crate) fn run(view: View<'_>, rows: &Rows, drafts: &mut Vec<Draft>, judge: &mut impl Judge) {
    drafts.clear();
    let (quantities, first) = view.known.quantities;
    for (n, q) in (first..).zip(quantities) {
        let place = rows.place(n);
        if place > 0 && follow(view, n, q, place, drafts) {
            continue;
        }
        let last = drafts.iter().rposition(|d| d.place == 0);
        let role = match role(view, q, last.map(|d| &drafts[d])) {
            Ok(role) => role,
            Err(why) => {
                judge.leave(n, why);
                continue;
            }
        };
        let tokens = view.tokens(q.span);
        let clause = view.clauses.clause_of(tokens.start);
        let (front, _) = front(view, q);
        let Role { slot, direction, moved, .. } = role;
        let c = &view.clauses.clauses[clause];
        // A number joins the statement in front where that still lacks its role and nothing new begins between them.
        // "Um fünf Prozent stieg der Umsatz auf …": the one metric of a clause may stand between its numbers.
        let alone = |d: &Draft| {
            let metric = |n: &&NounAt| matches!(n.sense, Some(Sense::Metric(_) | Sense::Base(_)));
            let metrics = |range| view.clauses.nouns_in(range).iter().filter(metric).count();
            d.clause == clause && moved && d.moved && metrics(c.tokens.start..tokens.start) == 1
        };
        let joins = last.map(|d| &drafts[d]).is_some_and(|d| {
            let near = d.clause == clause || c.bracket || c.dash || clause == d.clause + 1;
            let noun_between = !alone(d)
                && view.clauses.nouns_in(d.tokens.end..tokens.start).iter().any(|x| {
                    matches!(x.sense, Some(Sense::Metric(_) | Sense::Base(_)))
                    // "3 Milliarden Nutzer – drei Prozent mehr", "an Wert"
                    && !counts(view, d.anchor(), x.at)
                    && !matches!(view.clauses.key(x.at.wrapping_sub(1)), "an")
                    && !matches!(view.clauses.taken(x.at), super::clause::Taken::Time(_))
                    && !view.clauses.is(x.at, Lists::LEADS_ON)
                });
            // "von 900 Arbeitsplätzen sollen 100 Stellen": each counts things of its own.
            let counts_too = |i: u32| {
                let other = &view.found.quantities[i as usize];
                q.kind == QuantityType::Count && other.kind == q.kind && q.noun.is_some() && q.noun != other.noun
            };
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
                        && d.value.is_some_and(|i| !counts_too(i))
                        && (d.clause == clause || c.bracket || c.verb.is_none())
                        && counted(q).is_none_or(|n| counted(&view.found.quantities[d.anchor() as usize]) == Some(n))
                }
                Slot::From => {
                    d.from.is_none() && near && d.value.or(d.by).is_some_and(|i| alike(i) || d.value.is_none())
                }
            }
        });
        if let Some(d) = last.map(|d| &mut drafts[d]).filter(|_| joins) {
            d.fill(slot, n);
            if slot == Slot::Value {
                d.tokens = tokens;
            }
            d.direction = d.direction.or(direction);
            d.moved |= moved;
            continue;
        }
        let mut draft = Draft { clause, value: None, by: None, from: None, direction, moved, front, tokens, place: 0 };
        draft.fill(slot, n);
        drafts.push(draft);
    }
    for d in drafts.iter_mut() {
        settle(view, d);
    }
}

/// A number that is in a row and not its first is what the first is, of a statement of its own.
fn follow(view: View<'_>, n: u32, q: &Quantity, place: u32, drafts: &mut Vec<Draft>) -> bool {
    let of_first = |d: &Draft| d.slot(n - place).map(|slot| (slot, d.direction, d.moved));
    let Some((slot, direction, moved)) = drafts.iter().find_map(of_first) else { return false };
    let tokens = view.tokens(q.span);
    match drafts.iter_mut().rev().find(|d| d.place == place && !d.has(slot)) {
        Some(d) => d.fill(slot, n),
        None => {
            let (clause, front) = (view.clauses.clause_of(tokens.start), front(view, q).0);
            let mut new = Draft { clause, value: None, by: None, from: None, direction, moved, front, tokens, place };
            new.fill(slot, n);
            drafts.push(new);
        }
    }
    true
}

/// The noun that is counted, as far as a difference names one.
fn counted(q: &Quantity) -> Option<QuantityType> {
    (q.kind == QuantityType::Money).then_some(q.kind)
}

/// What only the whole statement tells: *von 5 auf 6* rose.
fn settle(view: View<'_>, d: &mut Draft) {
    if let (Some(value), Some(from)) = (d.value, d.from) {
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
    fn new(slot: Slot, direction: Option<Direction>, moved: bool) -> Result<Self, Untold> {
        Ok(Self { slot, direction, moved, behind: false })
    }
}

/// Why a number states nothing.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Untold {
    /// *am dritten Tag*
    Ordinal,
    /// *34 Jahre alt*
    Age,
    /// *drei Männer*
    Few,
    /// *doppelt*, and nothing that doubled.
    Multiple,
    /// *viele Milliarden*
    Vague,
    /// *ein Fass*
    One,
    /// *20 Dollar (18 Euro)*
    Converted,
    /// *Drei-Prozent-Grenze*
    Compound,
}

impl Untold {
    /// The reason in words.
    pub(crate) const fn told(self) -> &'static str {
        match self {
            Self::Ordinal => "an ordinal beside no rank",
            Self::Age => "an age",
            Self::Few => "three things at most, and none of the list of metrics",
            Self::Multiple => "a multiple of nothing that changed",
            Self::Vague => "too vague",
            Self::One => "one of something",
            Self::Converted => "the amount in front in another currency",
            Self::Compound => "part of a compound",
        }
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
fn role(view: View<'_>, q: &Quantity, before: Option<&Draft>) -> Result<Role, Untold> {
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
            let rank = |i: usize| view.clauses.is(i, Lists::RANK);
            let stands = rank(tokens.start.wrapping_sub(1)) || rank(tokens.end) || rank(tokens.end + 1);
            return if stands { Role::new(Slot::Value, None, false) } else { Err(Untold::Ordinal) };
        }
        QuantityType::Age => return Err(Untold::Age),
        // "drei Männer": told, not stated.
        QuantityType::Count if few(q) && !countable(view, q) => return Err(Untold::Few),
        QuantityType::Multiple => {
            // "verdoppelte sich", "doppelt so viel wie"
            let verb = group.filter(|(_, at)| tokens.contains(at)).and_then(|(g, _)| g.does.direction());
            let twice = view.clauses.key(tokens.end) == "so";
            return match () {
                () if verb.is_some() => by(verb),
                () if twice => by(Some(Direction::Up)),
                () => Err(Untold::Multiple),
            };
        }
        _ if q.approx == Some(Approx::Vague) && q.kind != QuantityType::Count => return Err(Untold::Vague),
        _ => {}
    }
    // "die Drei-Prozent-Grenze": a name of the thing.
    if view.is(tokens.end, '-') && view.noun_follows(tokens.end - 1) {
        return Err(Untold::Compound);
    }
    // "Ein Fass kostete": one of something is no number.
    if view.clauses.is(tokens.start, Lists::ONE) && matches!(q.kind, QuantityType::Money | QuantityType::Measure) {
        return Err(Untold::One);
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
    let level = match () {
        () if !view.clauses.is(tokens.end + 1, Lists::DEFINITE) => None,
        () if view.clauses.is(tokens.end, Lists::ABOVE) => Some(Direction::Up),
        () if view.clauses.is(tokens.end, Lists::BELOW) => Some(Direction::Down),
        () => None,
    };
    // "ein Plus von 3 Prozent", "Rückgang um 3 Prozent", "ein Minus 3 Prozent", "ein Abschlag in Höhe von 3 Prozent"
    let noun_before = (at.saturating_sub(4)..at).rev().find_map(|i| {
        view.clauses.noun_at(i).and_then(|n| match n.sense {
            Some(Sense::Change(d)) => Some(d),
            Some(Sense::Base(_)) => noun.or(Some(Direction::Down)),
            _ => None,
        })
    });
    // "Umsatz von 3 Milliarden": whatever the verb; but "ein Rückgang in Höhe von 3 Prozent".
    let of_metric = preposition == "von"
        && at >= 2
        && view.clauses.noun_at(at - 2).is_some_and(|n| matches!(n.sense, Some(Sense::Metric(_))))
        && !(noun_before.is_some() && view.clauses.is(at - 2, Lists::LEADS_ON));
    if let Some(d) = compared.or(level).filter(|_| !of_metric) {
        return by(Some(d));
    }
    let share = matches!(q.kind, QuantityType::Percent | QuantityType::Fraction);
    // "+3 %", "plus 3 Prozent", "minus 3 Prozent"
    let sign = at.checked_sub(1).and_then(|b| match () {
        () if view.clauses.is(b, Lists::PLUS) || view.is(b, '+') => Some(Direction::Up),
        () if view.clauses.is(b, Lists::MINUS) => Some(Direction::Down),
        () => None,
    });
    let negative = matches!(q.amount, crate::model::Amount::Value(v) if v.is_negative());
    if share && (sign.is_some() || negative) {
        return by(sign.or(Some(Direction::Down)));
    }
    // "(Vj. 959)", "(Vorjahr: 51 Mio.)", "nach 5 Millionen im Vorjahr"
    let earlier = |mut range: std::ops::Range<usize>| range.any(|i| view.clauses.is(i, Lists::EARLIER));
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
            return Err(Untold::Converted);
        }
    }
    // "nach 5 Millionen", "im Vergleich zu 5 Millionen"
    let instead = view.clauses.is(at.wrapping_sub(1), Lists::INSTEAD)
        || matches!(preposition, "zu" | "mit") && view.clauses.is(at.wrapping_sub(2), Lists::COMPARES);
    if instead && !preposition.is_empty() && before.is_some() {
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
    if of_metric {
        return Ok(Role { slot: Slot::Value, direction: None, moved: false, behind: true });
    }
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
