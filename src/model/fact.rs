//! Facts: a metric of a subject has a value in a period, and how it changed.

use super::{Quantity, Span, Timex};
use jiff::civil::DateTime;

named! {
    /// Which way a metric went.
    Direction {
        /// *stieg, Plus*
        Up = "up",
        /// *sank, Rückgang*
        Down = "down",
        /// *blieb unverändert*
        Flat = "flat",
    }
}

named! {
    /// How sure what is said is.
    Status {
        /// It is so.
        Reported = "reported",
        /// Guidance, expectation, estimate.
        Forecast = "forecast",
        /// Plan or demand.
        Target = "target",
        /// Said not to be so.
        Denied = "denied",
    }
}

named! {
    /// Where a slot was found; the earlier, the surer.
    Basis {
        /// In the clause of the number.
        Clause = "clause",
        /// Elsewhere in its sentence.
        Sentence = "sentence",
        /// Taken over from the fact before.
        Carried = "carried",
        /// What the document is about.
        Topic = "topic",
    }
}

named! {
    /// What a scope is to its fact.
    ScopeRole {
        /// *Beteiligung* of *Air Berlin*
        Of = "of",
        /// *500 Stellen* in *Deutschland*
        In = "in",
        /// *Prognose* for *das Inland*
        For = "for",
        /// A part of the business: *Cloud*
        Segment = "segment",
    }
}

/// What a number is restricted to beside its subject.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Scope {
    /// How it restricts.
    pub role: ScopeRole,
    /// The words.
    pub span: Span,
    /// The mention, an index into [`super::Analysis::entities`].
    pub entity: Option<u32>,
}

/// A statement about a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    /// The number of its sentence.
    pub sentence: u32,
    /// The sentence: its evidence.
    pub span: Span,
    /// Whose metric it is.
    pub subject: Option<Party>,
    /// What is counted or measured.
    pub metric: Metric,
    /// What the number is restricted to.
    pub scope: Vec<Scope>,
    /// How much, an index into [`super::Analysis::quantities`]; none where only a change is stated.
    pub value: Option<u32>,
    /// When it holds.
    pub period: Option<Period>,
    /// How it changed.
    pub change: Option<Change>,
    /// How sure it is.
    pub status: Status,
    /// Who says so, where another than the subject is named.
    pub source: Option<Party>,
    /// The rule that made it.
    pub rule: &'static str,
}

impl Fact {
    /// The quantity that carries the fact: its value, else the difference, else the earlier value.
    pub fn number(&self) -> Option<u32> {
        let change = self.change.as_ref();
        self.value.or(change.and_then(|c| c.by)).or(change.and_then(|c| c.from))
    }
}

/// A subject or a source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Party {
    /// Citation form of the name, or the noun where no name is given.
    pub name: String,
    /// The mention, an index into [`super::Analysis::entities`].
    pub entity: Option<u32>,
    /// Where it was found.
    pub basis: Basis,
}

/// What is counted or measured.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Metric {
    /// The words that name it; none where it is carried over or goes without saying.
    pub span: Option<Span>,
    /// Nominative, singular; plural for what is counted.
    pub lemma: String,
    /// The identifier of the list of metrics, where it stands there.
    pub concept: Option<String>,
    /// How the number was reckoned, in text order and without endings: *währungsbereinigt*, *vor Steuern*.
    pub qualifiers: Vec<String>,
}

/// When a fact holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Period {
    /// The mention, an index into [`super::Analysis::times`]; none where it was computed.
    pub time: Option<u32>,
    /// Its value.
    pub value: Timex,
    /// Its interval, half open.
    pub interval: Option<(DateTime, DateTime)>,
    /// Where it was found.
    pub basis: Basis,
}

/// How a metric changed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Change {
    /// Which way.
    pub direction: Option<Direction>,
    /// By how much, an index into [`super::Analysis::quantities`]; the direction carries its sense.
    pub by: Option<u32>,
    /// The earlier value, an index into [`super::Analysis::quantities`].
    pub from: Option<u32>,
    /// The period compared with.
    pub versus: Option<Timex>,
}

/// What arithmetic adds to a fact: the same statement with a number that the text does not have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Derived {
    /// The fact that it follows from, an index into [`super::Analysis::facts`]; what is not here is as it is there.
    pub of: u32,
    /// The number; its span is that of the number which carries the fact.
    pub number: Quantity,
    /// What the number is.
    pub computed: Computed,
    /// When it holds.
    pub period: Option<Period>,
}

/// What was computed.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Computed {
    /// The value, at an earlier time or at that of the fact.
    Value,
    /// The difference, and which way it goes.
    By(Direction),
}
