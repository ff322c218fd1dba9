//! How well it does: figures against gold, and the examples of packs.

mod examples;
mod gold;
mod score;

pub use examples::run_examples;
pub use gold::{Gold, GoldQuantity, read_gold};
pub use score::{DocumentScore, Error as Difference, F1, Report, score};
