//! How well it does: figures against gold, and the examples of packs.

mod confidence;
mod entities;
mod examples;
mod facts;
mod figure;
mod gate;
mod lessons;
mod muc;
mod oracle;
mod quantities;
mod report;
mod score;
mod sheet;
mod times;

pub use crate::gold::{Gold, GoldChange, GoldEntity, GoldFact, GoldQuantity, GoldTime, read_apart, read_gold};
pub use confidence::confidence;
pub use examples::{EXAMPLE_DAY, run_examples};
pub use figure::{F1, Points};
pub use gate::{Baseline, Gate, table};
pub use lessons::{lessons, with_rivals};
pub use muc::{Mode, Muc};
pub use report::{By, Form, View};
pub use score::{DocumentScore, Report, SHORT, full_name, score, score_given};
pub use sheet::{Error as Difference, Layer, RuleScore, Severe, Severity};
