//! What comes in, and all that was found in it.

use super::{Conflict, Derived, Entity, Fact, Quantity, Refused, Thing, Time};
use crate::place::Place;

named! {
    /// What its publisher says of a document: the publishing status of agencies.
    PubStatus {
        /// It may be used.
        Usable = "usable",
        /// It may not be used yet.
        Withheld = "withheld",
        /// It is withdrawn: databases delete what was found in it.
        Canceled = "canceled",
    }
}

/// A text with what is known about it. `text` is kept as it was read; all offsets count in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Document {
    /// Names the document in every record.
    pub id: String,
    /// Where it was read, for messages.
    pub place: Place,
    /// What is read.
    pub text: String,
    /// When it was published, as civil time: `2026-01-28T22:17`.
    pub published: Option<String>,
    /// Where `published` came from: `given` or `option`.
    pub published_from: Option<&'static str>,
    /// The headline, where it is known apart from the text.
    pub title: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// The language.
    pub lang: Option<String>,
    /// Tells which of two documents of one id is newer: a number, or a time. A time with a zone is in UTC,
    /// `2026-01-28T21:17:00Z`.
    pub version: Option<String>,
    /// Whether it may be used, where its publisher says so.
    pub status: Option<PubStatus>,
    /// Fields carried through on request: a JSON object in one line, its keys in the order of the alphabet.
    pub carried: Option<String>,
    /// The encoding it was converted from; none for UTF-8.
    pub encoding: Option<&'static str>,
}

/// What was found in one document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Analysis {
    /// How many sentences it has.
    pub sentences: u32,
    /// Quantities in text order; they never overlap.
    pub quantities: Vec<Quantity>,
    /// Numerals that are no quantities, in text order.
    pub refused: Vec<Refused>,
    /// Times in text order; they never overlap.
    pub times: Vec<Time>,
    /// Times that contradict themselves or the publication date, and, where they were checked, facts that contradict
    /// themselves or each other, in text order.
    pub conflicts: Vec<Conflict>,
    /// Names in text order; they never overlap.
    pub entities: Vec<Entity>,
    /// What the names mean, in the order of their first mentions.
    pub things: Vec<Thing>,
    /// Statements about the quantities, in the order of their numbers.
    pub facts: Vec<Fact>,
    /// What arithmetic adds to them, where it was asked for, in the order of the facts.
    pub derived: Vec<Derived>,
    /// The publication date found in the head of the text, where none was given; whether it has a clock time.
    pub head: Option<(jiff::civil::DateTime, bool)>,
}
