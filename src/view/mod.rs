//! Pages to look at: what was found in a document or in many, beside gold or alone, and a sample of it to judge by hand.
//!
//! A page is one file of HTML with its style, its script and its data; it asks the network for nothing. The data are the
//! records of [`crate::emit`] with a few things more, so that a page says what a run says.

mod audit;
mod corpus;
mod document;
mod gold;
mod page;
mod steps;
mod verdicts;

pub use audit::{Drawn, Sample};
pub use corpus::View;
pub use document::Shown;
pub use verdicts::{Interval, Tally, Verdicts};
