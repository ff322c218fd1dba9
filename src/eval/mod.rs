//! How well it does: figures against gold, and the examples of packs.

mod entities;
mod examples;
mod facts;
mod gold;
mod lessons;
mod score;

pub use examples::{EXAMPLE_DAY, run_examples};
pub use gold::{Gold, GoldChange, GoldEntity, GoldFact, GoldQuantity, GoldTime, read_apart, read_gold};
pub use lessons::{lessons, with_rivals};
pub use score::{DocumentScore, Error as Difference, F1, Report, score};
