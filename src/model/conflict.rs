//! What a text says that cannot all hold.

use super::Span;

/// Statements that cannot all hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// The mention that contradicts another, or itself.
    pub span: Span,
    /// Its sentence.
    pub sentence: u32,
    /// Between what it is.
    pub between: Between,
    /// What would agree, in place of the mention: a value of TIMEX3, or a number or two with their unit.
    pub expected: String,
    /// What it contradicts.
    pub with: Contradiction,
}

/// The statements of a conflict.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Between {
    /// The time at its place and the document.
    Time,
    /// The numbers of a fact, an index into [`super::Analysis::facts`].
    Fact(u32),
    /// Two facts, the earlier one first.
    Facts(u32, u32),
}

named! {
    /// What is contradicted.
    Contradiction {
        /// Weekday and date of one mention: *Montag, 28. Januar 2026*.
        Weekday = "weekday",
        /// The date line names another day than the publication date.
        Published = "published",
        /// Value, earlier value and difference of one fact.
        Arithmetic = "arithmetic",
        /// What an earlier fact says of the same thing, metric and period.
        Statement = "statement",
    }
}
