//! Plain values that the stages hand on. Depends on nothing else in the crate.

#[macro_use]
mod named;

mod decimal;
mod document;
mod entity;
mod fact;
mod quantity;
mod span;
mod time;
mod token;

pub use decimal::{Decimal, FRACTION_DIGITS, INTEGER_DIGITS};
pub use document::{Analysis, Document, PubStatus};
pub use entity::{Entity, EntityType, Thing};
pub use fact::{Basis, Change, Direction, Fact, Metric, Party, Period, Status};
pub use quantity::{Amount, Approx, Per, Quantity, QuantityType, Reason, Refused, UnitId};
pub use span::Span;
pub use time::{
    Anchor, Base, Clock, Conflict, Contradiction, Count, DayPart, Expression, Grain, Lasting, Modifier, Origin, Part,
    Point, Recurring, Reference, Season, Tense, Time, TimeType, Timex, Written,
};
pub use token::{Sentence, Token, TokenKind};
