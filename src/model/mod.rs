//! Plain values that the stages hand on. Depends on nothing else in the crate.

mod decimal;
mod document;
mod quantity;
mod span;
mod token;

pub use decimal::{Decimal, FRACTION_DIGITS, INTEGER_DIGITS};
pub use document::{Analysis, Document};
pub use quantity::{Amount, Approx, Per, Quantity, QuantityType, Reason, Refused, UnitId};
pub use span::Span;
pub use token::{Sentence, Token, TokenKind};
