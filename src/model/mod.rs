//! Plain values that the stages hand on. Depends on nothing else in the crate.

#[macro_use]
mod named;

mod conflict;
mod decimal;
mod document;
mod entity;
mod fact;
mod quantity;
mod span;
mod time;
mod token;
mod version;

pub use conflict::{Between, Conflict, Contradiction};
pub use decimal::{Decimal, FRACTION_DIGITS, INTEGER_DIGITS, Rounding};
pub use document::{Analysis, Document, PubStatus};
pub use entity::{Entity, EntityType, Thing};
pub use fact::{Basis, Change, Computed, Derived, Direction, Fact, Metric, Party, Period, Scope, ScopeRole, Status};
pub use quantity::{Amount, Approx, Per, Quantity, QuantityType, Reason, Refused, UnitId};
pub use span::Span;
pub use time::{
    Anchor, Base, Clock, Count, DayPart, Expression, Grain, Lasting, Modifier, Origin, Part, Point, Recurring,
    Reference, Season, Tense, Time, TimeType, Timex, Written,
};
pub use token::{Sentence, Token, TokenKind};
pub use version::Version;
