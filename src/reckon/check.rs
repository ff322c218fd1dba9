//! Statements that contradict each other.
//!
//! Numbers are read widely here, and two statements are compared only where little can be meant otherwise: a false alarm
//! costs more than a miss.

use super::Source;
use super::change::{Step, direction, growth};
use super::derive::compared;
use super::interval::{Interval, Reading};
use crate::model::{
    Amount, Analysis, Basis, Between, Conflict, Contradiction, Direction, EntityType, Fact, Period, Quantity,
    QuantityType, Status, UnitId,
};
use std::collections::BTreeMap;

/// Shorter periods have more than one value: a price changes within a day.
const LONG_ENOUGH_DAYS: i64 = 28;

/// Adds what contradicts itself in the facts of a document to its conflicts.
pub(crate) fn check(source: Source<'_>, found: &mut Analysis) {
    let mut all = sums(source, found);
    all.extend(statements(source, found));
    found.conflicts.append(&mut all);
    found.conflicts.sort_by_key(|c| c.span.start);
    // One at a place: two facts may share a number.
    found.conflicts.dedup_by(|b, a| a.span.start == b.span.start && b.between != Between::Time);
}

/// Facts whose two values and whose difference do not go together.
fn sums(source: Source<'_>, found: &Analysis) -> Vec<Conflict> {
    let one = |(n, f): (u32, &Fact)| {
        let change = f.change.as_ref()?;
        let quantity = |n: u32| &found.quantities[n as usize];
        let numbers = [f.value?, change.by?, change.from?];
        let [value, by, from] = numbers.map(quantity);
        are_neighbours(found, numbers).then_some(())?;
        let interval = |q| Interval::of(q, source.text, Reading::Wide);
        let (now, then) = (interval(value)?, interval(from)?);
        let rises = now.minus(then);
        let went = match () {
            () if rises.is_positive() => Some(Direction::Up),
            () if rises.negated().is_positive() => Some(Direction::Down),
            () => None,
        };
        let way = direction(change, by).or(went)?;
        // "Sank um 0,1 Punkte auf 6,2 Prozent (Vorjahr: 5,9)": the difference is to another month.
        let other = went.is_some_and(|went| went != way) || change.versus.is_some() && !is_company(found, f);
        let step = Step::of(source, by, from, way, Reading::Wide).filter(|_| !other)?;
        step.after(then)?.is_apart(now).then_some(())?;
        // A year that was taken for a difference is one of the reader's mistakes.
        if matches!(by.kind, QuantityType::Count | QuantityType::Number) && is_absurd(rises, interval(by)?) {
            return None;
        }
        let expected = || {
            let printed = |q| Interval::of(q, source.text, Reading::Printed);
            if source.are_alike(by, value) {
                return shown(printed(value)?.minus(printed(from)?), source.code(value));
            }
            let (share, unit) = growth(source, value, from, Reading::Printed)?;
            shown(share, unit)
        };
        let (expected, between) = (expected()?, Between::Fact(n));
        Some(Conflict { span: by.span, sentence: by.sentence, between, expected, with: Contradiction::Arithmetic })
    };
    (0u32..).zip(&found.facts).filter_map(one).collect()
}

/// Whether a fact is of an organization: they compare with the year before, statistics with the month before too.
fn is_company(found: &Analysis, f: &Fact) -> bool {
    let entity = f.subject.as_ref().and_then(|s| s.entity);
    entity.is_some_and(|e| found.entities[e as usize].kind == EntityType::Organization)
}

/// Whether three numbers stand side by side, and nearer to each other than to any fourth one: "der Gewinn stieg um 5 Prozent
/// auf 3 Euro, der Umsatz von 7 auf 9 Euro" is read wrongly sooner than it is written.
fn are_neighbours(found: &Analysis, mut numbers: [u32; 3]) -> bool {
    numbers.sort_unstable();
    let [first, second, third] = numbers.map(|n| n as usize);
    // How far it is from a number to the next one of its sentence.
    let gap = |n: usize| {
        let (a, b) = (found.quantities.get(n)?, found.quantities.get(n + 1)?);
        (a.sentence == b.sentence).then(|| b.span.start.saturating_sub(a.span.end))
    };
    let inside = [gap(first), gap(second)];
    let nearer = |inner: Option<u32>, outer: Option<u32>| outer.is_none_or(|outer| inner.is_some_and(|i| i <= outer));
    (second, third) == (first + 1, first + 2)
        && nearer(inside[1], gap(third))
        && nearer(inside[0], first.checked_sub(1).and_then(gap))
}

/// Whether one of two numbers is more than ten times the other.
fn is_absurd(a: Interval, b: Interval) -> bool {
    let ten = |of: Interval| of.magnitude().scaled(1);
    let (a, b) = (a.magnitude(), b.magnitude());
    let over = |a: Interval, b: Interval| a.minus(ten(b)).is_positive();
    over(a, b) || over(b, a)
}

/// A difference in digits: `22.9..23.4 %`
fn shown(of: Interval, unit: &str) -> Option<String> {
    let of = if of.negated().is_positive() { of.negated() } else { of };
    let amount = match of.amount()?.0 {
        Amount::Value(v) => v.to_string(),
        Amount::Range { low, high: Some(high) } => format!("{low}..{high}"),
        _ => return None,
    };
    Some(if unit.is_empty() { amount } else { format!("{amount} {unit}") })
}

/// What two statements have to agree in to be compared.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Topic<'a> {
    thing: u32,
    metric: &'a str,
    unit: Option<UnitId>,
    period: &'a str,
    source: Option<&'a str>,
}

/// That a metric has a value in a period.
struct Claim<'a> {
    fact: u32,
    /// The number that the text has: the value itself, or the difference that it follows from.
    number: &'a Quantity,
    /// Where the value lies.
    value: [Interval; 2],
}

/// As numbers are printed, and as widely as they may be read.
const READINGS: [Reading; 2] = [Reading::Printed, Reading::Wide];

/// Facts of one subject and metric in one period whose values cannot both hold.
fn statements(source: Source<'_>, found: &Analysis) -> Vec<Conflict> {
    let mut by_topic: BTreeMap<Topic<'_>, Claim<'_>> = BTreeMap::new();
    let mut all = Vec::new();
    for (n, f) in (0u32..).zip(&found.facts) {
        for (topic, claim) in claims(source, found, n, f).into_iter().flatten().flatten() {
            match by_topic.get(&topic) {
                None => drop(by_topic.insert(topic, claim)),
                Some(first) if apart(first, &claim) => all.extend(conflict(source, found, first, &claim)),
                Some(_) => {}
            }
        }
    }
    all
}

/// Whether two claims cannot both hold. Who gives two values in one sentence means two things.
fn apart(a: &Claim<'_>, b: &Claim<'_>) -> bool {
    a.number.sentence != b.number.sentence && a.value[1].is_apart(b.value[1])
}

fn conflict(source: Source<'_>, found: &Analysis, first: &Claim<'_>, later: &Claim<'_>) -> Option<Conflict> {
    let unit = found.facts[first.fact as usize].value.map(|q| source.code(&found.quantities[q as usize]))?;
    Some(Conflict {
        span: later.number.span,
        sentence: later.number.sentence,
        between: Between::Facts(first.fact, later.fact),
        expected: shown(first.value[0], unit)?,
        with: Contradiction::Statement,
    })
}

/// What a fact says of its own period, and of the one that it is compared with; where all of it is sure.
fn claims<'a>(
    source: Source<'a>,
    found: &'a Analysis,
    n: u32,
    f: &'a Fact,
) -> Option<[Option<(Topic<'a>, Claim<'a>)>; 2]> {
    let subject = f.subject.as_ref().filter(|s| is_sure(s.basis))?;
    let number = &found.quantities[f.value? as usize];
    let counts = matches!(number.kind, QuantityType::Money | QuantityType::Percent) && number.per.is_none();
    let plain = f.scope.is_empty() && f.metric.qualifiers.is_empty();
    (counts && f.status == Status::Reported && plain).then_some(())?;
    let topic = Topic {
        thing: found.entities[subject.entity? as usize].thing,
        metric: f.metric.concept.as_deref()?,
        unit: number.unit,
        period: "",
        source: f.source.as_ref().map(|s| s.name.as_str()),
    };
    let claim = |number, value: [Option<Interval>; 2]| {
        let [Some(printed), Some(wide)] = value else { return None };
        Some(Claim { fact: n, number, value: [printed, wide] })
    };
    let interval = |q: &Quantity| READINGS.map(|r| Interval::of(q, source.text, r));
    let own = f.period.as_ref().filter(|p| is_whole(found, p));
    let own = own.and_then(|p| Some((Topic { period: p.value.as_str(), ..topic }, claim(number, interval(number))?)));
    let change = f.change.as_ref();
    let before = change.and_then(|c| compared(found, f, c)).filter(|p| is_whole(found, p));
    let before = change.zip(before).and_then(|(change, _)| {
        let quantity = |n: Option<u32>| n.map(|n| &found.quantities[n as usize]);
        let claim = match (quantity(change.from), quantity(change.by)) {
            (Some(from), _) => (from.unit == number.unit).then(|| claim(from, interval(from)))?,
            (None, Some(by)) => {
                let earlier = |r| {
                    let step = Step::of(source, by, number, direction(change, by)?, r)?;
                    step.before(Interval::of(number, source.text, r)?)
                };
                claim(by, READINGS.map(earlier))
            }
            (None, None) => None,
        };
        Some((Topic { period: change.versus.as_ref()?.as_str(), ..topic }, claim?))
    });
    Some([own, before])
}

fn is_sure(basis: Basis) -> bool {
    matches!(basis, Basis::Clause | Basis::Sentence)
}

/// Whether a period is long enough for a metric to have one value in it, and surely the one that is meant.
fn is_whole(found: &Analysis, p: &Period) -> bool {
    let long = p.interval.is_some_and(|(from, until)| until.duration_since(from).as_hours() >= 24 * LONG_ENOUGH_DAYS);
    // "Anfang 2025" has another value than the year.
    let whole = p.time.is_none_or(|t| found.times[t as usize].written.modifier.is_none());
    long && whole && is_sure(p.basis)
}
