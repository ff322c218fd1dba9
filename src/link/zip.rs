//! Numbers in a row, said of as many things in the same order: *Umsatz und Gewinn stiegen um drei beziehungsweise fünf
//! Prozent*; and one number said of each of several: *um jeweils fünf Prozent*.
//!
//! The linker makes the statement of the first number as it makes any. Where it is about one of several things that stand
//! in a row themselves, as many as there are numbers, each number gets its own.

use super::View;
use super::clause::Taken;
use super::focus::Focus;
use super::lists::Lists;
use super::metric::{self, Said};
use super::period::{self, When};
use super::role::{front, whole};
use super::subject::{self, Who};
use super::words::Sense;
use crate::model::{Basis, Fact, Metric, Quantity, QuantityType};
use std::ops::Range;

/// As many tokens may stand between two things of a row.
const APART: usize = 5;

/// How many tokens away from the numbers the other row may stand.
const REACH: usize = 60;

/// Numbers one behind the other by their indices in the document, or one that is said of each of several.
#[derive(Clone, Debug)]
struct Row {
    numbers: Range<u32>,
    /// Whether each has got its own statement.
    spread: bool,
}

/// The rows of a sentence.
#[derive(Debug, Default)]
pub(crate) struct Rows(Vec<Row>);

impl Rows {
    /// Those of a sentence.
    pub(crate) fn read(&mut self, view: View<'_>) {
        self.0.clear();
        let (quantities, first) = view.known.quantities;
        let mut at = 0;
        while at < quantities.len() {
            let mut end = at + 1;
            let mut joined = false;
            while let Some(joint) = quantities.get(end).and_then(|q| numbers_joint(view, &quantities[end - 1], q)) {
                joined = joint;
                end += 1;
            }
            // "3, 5 Prozent": a row has a word in front of its last.
            if joined && end > at + 1 || end == at + 1 && each(view, &quantities[at]) {
                self.0.push(Row { numbers: first + at as u32..first + end as u32, spread: false });
            }
            at = end;
        }
    }

    fn of(&self, number: u32) -> Option<&Row> {
        self.0.iter().find(|row| row.numbers.contains(&number))
    }

    /// The place of a number in its row, 0 for the first and for what is in none.
    pub(crate) fn place(&self, number: u32) -> u32 {
        self.of(number).map_or(0, |row| number - row.numbers.start)
    }

    /// Whether a number got its statement with the first of its row.
    pub(crate) fn told(&self, number: u32) -> bool {
        self.of(number).is_some_and(|row| row.spread && number != row.numbers.start)
    }

    /// The statements that go as one does, that one first: none where no other row goes with its numbers.
    pub(crate) fn spread(&mut self, view: View<'_>, fact: &Fact, focus: &Focus) -> Vec<Fact> {
        let change = fact.change.as_ref();
        let numbers = [fact.value, change.and_then(|c| c.by), change.and_then(|c| c.from)];
        let first = |n: &u32| self.of(*n).filter(|row| row.numbers.start == *n);
        let Some(row) = numbers.iter().flatten().find_map(first).map(|row| row.numbers.clone()) else {
            return Vec::new();
        };
        let Some(fillers) = fillers(view, fact, &row) else { return Vec::new() };
        // Another row of as many numbers goes along: "um 3 und 5 Prozent auf 30 und 50 Millionen".
        let along = |row: &Row| row.numbers.len() > 1 && row.numbers.len() == fillers.len();
        let next = |n: u32, place: usize| match self.of(n) {
            Some(row) if along(row) && row.numbers.start == n => n + place as u32,
            _ => n,
        };
        let of_row = |mention: u32| fillers.iter().any(|f| matches!(f, Filler::Name(m) if *m == mention));
        let one = |(place, filler): (usize, &Filler)| {
            let mut new = fact.clone();
            new.value = fact.value.map(|n| next(n, place));
            if let Some(c) = &mut new.change {
                c.by = c.by.map(|n| next(n, place));
                c.from = c.from.map(|n| next(n, place));
            }
            filler.fill(view, &mut new, focus);
            // Who is spoken of in turn cites nobody of those.
            if new.source.as_ref().and_then(|s| s.entity).is_some_and(of_row) {
                new.source = None;
            }
            new.scope.retain(|s| !s.entity.is_some_and(of_row));
            new
        };
        let all = fillers.iter().enumerate().map(one).collect();
        for row in self.0.iter_mut().filter(|row| numbers.contains(&Some(row.numbers.start)) && along(row)) {
            row.spread = true;
        }
        all
    }
}

/// One of several things that are spoken of in turn.
#[derive(Copy, Clone, Debug)]
enum Filler {
    /// What is measured.
    Metric(super::clause::NounAt),
    /// Whose it is, by a mention.
    Name(u32),
    /// Whose it is, by the token of a common noun.
    Noun(usize),
    /// When it holds.
    Time(u32),
}

impl Filler {
    fn fill(self, view: View<'_>, fact: &mut Fact, focus: &Focus) {
        match self {
            Self::Metric(noun) => {
                if let Some(picked) = metric::picked(view, Said::Noun(noun), focus) {
                    let qualifiers = std::mem::take(&mut fact.metric.qualifiers);
                    fact.metric = Metric { qualifiers, ..picked.metric };
                }
            }
            Self::Name(mention) => fact.subject = subject::named(view, Who::Name(mention, Basis::Clause), focus),
            Self::Noun(at) => fact.subject = subject::named(view, Who::Noun(at), focus),
            Self::Time(time) => fact.period = period::period(view, When::At(time, Basis::Clause), focus),
        }
    }
}

/// Whether two numbers stand in a row, and whether a word joins them rather than a comma.
fn numbers_joint(view: View<'_>, a: &Quantity, b: &Quantity) -> Option<bool> {
    let counted = matches!(
        a.kind,
        QuantityType::Money
            | QuantityType::Percent
            | QuantityType::Measure
            | QuantityType::Number
            | QuantityType::Count
    );
    let alike = (a.kind, a.unit) == (b.kind, b.unit) && (a.noun.is_none() || a.noun == b.noun);
    let more = |q: &Quantity| view.clauses.is(view.tokens(q.span).end, Lists::MORE);
    if !counted || !alike || more(b) {
        return None;
    }
    // "um 3 und um 5 Prozent", but not "um 3 und auf 5 Prozent"
    let preposition = front(view, a).1;
    let (a, b) = (view.tokens(whole(a)), view.tokens(whole(b)));
    let same = |i: usize| !preposition.is_empty() && view.clauses.key(i) == preposition;
    let end = if b.start > a.end && same(b.start - 1) { b.start - 1 } else { b.start };
    joint(view, a.end..end, Lists::default())
}

/// What stands between two things of a row: a comma or a word such as *und*, then words of some lists. Whether it is a
/// word; none where they are in no row.
fn joint(view: View<'_>, between: Range<usize>, lists: Lists) -> Option<bool> {
    let word = |i: usize| view.clauses.is(i, Lists::JOINS);
    let rest = |i: usize| word(i) || view.clauses.is(i, lists) || view.is(i, '.') && word(i - 1);
    let first = between.start;
    let joins = between.len() <= APART && !between.is_empty() && (word(first) || view.is(first, ','));
    (joins && between.clone().skip(1).all(rest)).then(|| between.clone().any(word))
}

/// Whether a number is one of each of several: *jeweils fünf Prozent*, *jeweils um fünf Prozent*.
fn each(view: View<'_>, q: &Quantity) -> bool {
    let start = view.tokens(whole(q)).start;
    let between = |i: usize| view.clauses.is(i, Lists::PASSED.with(Lists::FRONT));
    let mut before = (1..=3).map_while(|back| start.checked_sub(back).filter(|i| between(*i)));
    before.any(|i| view.clauses.is(i, Lists::EACH))
}

/// The row that a statement is about one of, where it goes with a row of numbers.
fn fillers(view: View<'_>, fact: &Fact, row: &Range<u32>) -> Option<Vec<Filler>> {
    let first = view.known.quantities.1;
    let at = view.tokens(view.known.quantities.0.get((row.start - first) as usize)?.span).start;
    let window = at.saturating_sub(REACH).max(view.clauses.range.start)..(at + REACH).min(view.clauses.range.end);
    let long = |found: &Vec<Filler>| found.len() >= 2 && (row.len() == 1 || found.len() == row.len());
    let metric = fact.metric.span.and_then(|span| {
        let own = view.tokens(span);
        let nouns = view.clauses.nouns_in(window.clone()).iter().filter(|n| view.clauses.taken(n.at) == Taken::No);
        let nouns = nouns.map(|n| (n.at..n.at + 1, Filler::Metric(*n)));
        let found = run(view, nouns, Lists::ARTICLE.with(Lists::INFLECTED), |tokens| own.contains(&tokens.start))?;
        let listed =
            |f: &Filler| matches!(f, Filler::Metric(n) if matches!(n.sense, Some(Sense::Metric(_) | Sense::Base(_))));
        found.iter().all(listed).then_some(found)
    });
    let named = || {
        let (entities, first) = view.known.entities;
        let own = fact.subject.as_ref()?.entity?;
        let kind = view.found.entities.get(own as usize)?.kind;
        let names = (first..).zip(&view.clauses.names).filter(|(_, tokens)| window.contains(&tokens.start));
        let place = view.clauses.names.get(own.checked_sub(first)? as usize)?.clone();
        let found = run(
            view,
            names.map(|(n, tokens)| (tokens.clone(), Filler::Name(n))),
            Lists::ARTICLE.with(Lists::PREPOSITION),
            |tokens| *tokens == place,
        )?;
        let alike = |f: &Filler| matches!(f, Filler::Name(n) if entities[(*n - first) as usize].kind == kind);
        found.iter().all(alike).then_some(found)
    };
    let common = || {
        let own = fact.subject.as_ref().filter(|s| s.entity.is_none() && s.basis == Basis::Clause)?;
        let nouns = view.clauses.nouns_in(window.clone()).iter().filter(|n| view.clauses.taken(n.at) == Taken::No);
        let nouns = nouns.map(|n| (n.at..n.at + 1, Filler::Noun(n.at)));
        let between = Lists::ARTICLE.with(Lists::INFLECTED);
        run(view, nouns, between, |tokens| subject::noun(view, tokens.start).name == own.name)
    };
    let timed = || {
        let own = fact.period.as_ref()?.time?;
        let first = view.known.times.1;
        let times = (first..).zip(&view.clauses.times).filter(|(_, tokens)| window.contains(&tokens.start));
        let place = view.clauses.times.get(own.checked_sub(first)? as usize)?.clone();
        let times = times.map(|(n, tokens)| (tokens.clone(), Filler::Time(n)));
        run(view, times, Lists::ARTICLE.with(Lists::PREPOSITION), |tokens| *tokens == place)
    };
    metric
        .filter(long)
        .or_else(|| named().filter(long))
        .or_else(|| common().filter(long))
        .or_else(|| timed().filter(long))
}

/// The things that stand in a row with one of them.
fn run(
    view: View<'_>,
    all: impl Iterator<Item = (Range<usize>, Filler)>,
    between: Lists,
    is: impl Fn(&Range<usize>) -> bool,
) -> Option<Vec<Filler>> {
    let mut row: Vec<Filler> = Vec::new();
    let (mut end, mut own, mut joined) = (0, false, false);
    for (tokens, filler) in all {
        match joint(view, end..tokens.start.max(end), between).filter(|_| !row.is_empty()) {
            Some(word) => joined = word,
            None if own => break,
            None => row.clear(),
        }
        own |= is(&tokens);
        end = tokens.end;
        row.push(filler);
    }
    (own && joined).then_some(row)
}
