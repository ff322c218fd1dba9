//! What one document gives: its figures, and what is wrong in it.

use super::figure::F1;
use super::muc::{self, Mention, Muc};
use crate::gold::{Gold, Rejected};
use crate::lexicon::Lexicon;
use crate::model::{Analysis, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A list of a gold file.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Layer {
    /// Numbers with their units.
    Quantities,
    /// Dates, clock times, durations, sets.
    Times,
    /// Names.
    Entities,
    /// Facts.
    Facts,
}

impl Layer {
    /// All, in the order of the files.
    pub const ALL: [Self; 4] = [Self::Quantities, Self::Times, Self::Entities, Self::Facts];

    /// The kind of its records.
    fn record(self) -> &'static str {
        match self {
            Self::Quantities => "quantity",
            Self::Times => "time",
            Self::Entities => "entity",
            Self::Facts => "fact",
        }
    }

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quantities => "quantities",
            Self::Times => "times",
            Self::Entities => "entities",
            Self::Facts => "facts",
        }
    }
}

/// What makes an error a severe one: whoever adds up the numbers gets a wrong sum.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A value is gold's times a power of ten.
    Factor,
    /// A value is gold's with the sign turned.
    Sign,
    /// Another unit than gold's.
    Unit,
    /// Another currency than gold's.
    Currency,
    /// A fact is told of another named thing than in gold. Counted apart from the others.
    Subject,
}

impl Severity {
    /// All.
    pub const ALL: [Self; 5] = [Self::Factor, Self::Sign, Self::Unit, Self::Currency, Self::Subject];

    /// Its name in reports and options.
    pub fn name(self) -> &'static str {
        match self {
            Self::Factor => "factor",
            Self::Sign => "sign",
            Self::Unit => "unit",
            Self::Currency => "currency",
            Self::Subject => "subject",
        }
    }

    /// Whether it is about a quantity, not about a fact.
    pub fn of_value(self) -> bool {
        self != Self::Subject
    }
}

/// One miss or false alarm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Whose.
    pub layer: Layer,
    /// The document.
    pub doc: String,
    /// Where it begins, in code points.
    pub start: usize,
    /// The line of the text that it begins in, from 1.
    pub line: usize,
    /// In gold and not found, or the other way round.
    pub missed: bool,
    /// The mention in brackets with what stands around it.
    pub context: String,
    /// Its fields, and the rule that made it.
    pub fields: String,
}

/// An error that a sum would not forgive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Severe {
    /// What makes it so.
    pub severity: Severity,
    /// What was found.
    pub error: Error,
    /// The fields of gold in its place.
    pub gold: String,
}

/// How often a rule was right.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleScore {
    /// What it made that is in gold with all that counts.
    pub right: usize,
    /// What it made that is not.
    pub wrong: usize,
}

/// Where a figure stands among the others, and its name.
pub(super) type FigureKey = (u16, String);

/// All counts of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) figures: BTreeMap<FigureKey, F1>,
    /// In total (an empty name) and by type.
    pub(super) muc: BTreeMap<(Layer, String), [Muc; 4]>,
    pub(super) rules: BTreeMap<(Layer, &'static str), RuleScore>,
    pub(super) errors: Vec<Error>,
    pub(super) severe: Vec<Severe>,
}

impl Sheet {
    pub(super) fn figure(&mut self, rank: u16, name: &str, f1: F1) {
        self.figures.entry((rank, name.to_owned())).or_default().join(f1);
    }

    /// Counts the mentions of a layer, in text order, in total and by type.
    pub(super) fn mentions(&mut self, layer: Layer, gold: &[Mention], found: &[Mention]) {
        let kinds: BTreeSet<&str> = gold.iter().chain(found).map(|m| m.kind.as_str()).collect();
        for only in std::iter::once("").chain(kinds) {
            let of = |all: &[Mention]| -> Vec<Mention> {
                all.iter().filter(|m| only.is_empty() || m.kind == only).cloned().collect()
            };
            let (gold, found) = (of(gold), of(found));
            let counts = muc::count(&gold.iter().collect::<Vec<_>>(), &found.iter().collect::<Vec<_>>());
            self.muc.insert((layer, only.to_owned()), counts);
        }
    }

    pub(super) fn rule(&mut self, layer: Layer, rule: &'static str, right: bool) {
        let score = self.rules.entry((layer, rule)).or_default();
        if right {
            score.right += 1;
        } else {
            score.wrong += 1;
        }
    }

    /// Adds errors in text order, misses in front of false alarms.
    pub(super) fn errors(&mut self, mut errors: Vec<Error>) {
        errors.sort_by_key(|e| (e.start, !e.missed));
        self.errors.append(&mut errors);
    }

    /// Adds another document's counts.
    pub(super) fn join(&mut self, other: &Self) {
        for (key, f1) in &other.figures {
            self.figures.entry(key.clone()).or_default().join(*f1);
        }
        for (key, counts) in &other.muc {
            let all = self.muc.entry(key.clone()).or_default();
            for (sum, more) in all.iter_mut().zip(counts) {
                sum.join(*more);
            }
        }
        for (key, score) in &other.rules {
            let sum = self.rules.entry(*key).or_default();
            sum.right += score.right;
            sum.wrong += score.wrong;
        }
        self.errors.extend_from_slice(&other.errors);
        self.severe.extend_from_slice(&other.severe);
    }
}

/// A text with what is in gold and what was found.
pub(super) struct Doc<'a> {
    pub(super) gold: &'a Gold,
    pub(super) analysis: &'a Analysis,
    pub(super) lexicon: &'a Lexicon,
    chars: Vec<char>,
    /// Code points by bytes.
    starts: Vec<usize>,
    /// Where the text breaks off: mentions that touch this place count neither way.
    cut: Option<usize>,
}

impl<'a> Doc<'a> {
    pub(super) fn new(gold: &'a Gold, analysis: &'a Analysis, lexicon: &'a Lexicon) -> Self {
        let mut starts = vec![0; gold.text.len() + 1];
        let mut n = 0;
        for (at, _) in gold.text.char_indices() {
            starts[at] = n;
            n += 1;
        }
        starts[gold.text.len()] = n;
        Self { gold, analysis, lexicon, chars: gold.text.chars().collect(), starts, cut: cut_at(&gold.text) }
    }

    /// The same text, said to break off elsewhere.
    #[cfg(test)]
    pub(super) fn cut(self, at: usize) -> Self {
        Self { cut: Some(at), ..self }
    }

    /// Code points from and until.
    pub(super) fn place(&self, span: Span) -> (usize, usize) {
        (self.starts[span.start as usize], self.starts[span.end as usize])
    }

    /// Whether what ends here counts.
    pub(super) fn whole(&self, end: usize) -> bool {
        self.cut.is_none_or(|cut| end < cut)
    }

    /// Whether what was found here counts: what nobody has looked at does not.
    pub(super) fn counts(&self, layer: Layer, place @ (_, end): (usize, usize)) -> bool {
        self.whole(end) && self.gold.rejected.as_ref().is_none_or(|wrong| self.judged(layer, place, wrong))
    }

    fn judged(&self, layer: Layer, (start, end): (usize, usize), wrong: &[Rejected]) -> bool {
        let at = |from: usize, until: usize| from < end && start < until;
        let number = |i: Option<usize>| i.and_then(|i| self.gold.quantities.get(i)).is_some_and(|q| at(q.start, q.end));
        let right = match layer {
            Layer::Quantities => self.gold.quantities.iter().any(|q| at(q.start, q.end)),
            Layer::Times => self.gold.times.iter().flatten().any(|t| at(t.start, t.end)),
            Layer::Entities => self.gold.entities.iter().flatten().any(|e| at(e.start, e.end)),
            Layer::Facts => self.gold.facts.iter().flatten().any(|f| number(f.carrier())),
        };
        right || wrong.iter().any(|r| r.kind == layer.record() && at(r.start, r.end))
    }

    pub(super) fn covered(&self, start: usize, end: usize) -> String {
        self.chars.get(start..end).unwrap_or_default().iter().collect()
    }

    pub(super) fn error(&self, layer: Layer, (start, end): (usize, usize), missed: bool, fields: String) -> Error {
        let part = |a: usize, b: usize| self.covered(a, b.min(self.chars.len())).replace('\n', "⏎");
        let context = format!("{}[{}]{}", part(start.saturating_sub(45), start), part(start, end), part(end, end + 30));
        let line = 1 + self.chars.iter().take(start).filter(|c| **c == '\n').count();
        Error { layer, doc: self.gold.id.clone(), start, line, missed, context, fields }
    }
}

/// Where a text breaks off; none for a text with a final mark.
fn cut_at(text: &str) -> Option<usize> {
    let body = text.trim_end();
    let last = body.chars().last()?;
    (!".!?…\"“”»«)’':".contains(last)).then(|| body.chars().count())
}
