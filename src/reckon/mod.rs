//! Facts → what arithmetic says of them: further facts, and those that cannot all hold.
//!
//! | file | what |
//! | --- | --- |
//! | `printed` | to which digit a number is written out |
//! | `interval` | between which two numbers it lies then, and what follows from several |
//! | `change` | value, earlier value and difference: each two give the third |
//! | `derive` | facts with a number that the text does not have |
//! | `check` | statements that contradict each other |
//!
//! Nothing here is asked for by default, and nothing is rounded inwards: what is derived lies in the interval that is
//! given if the text says the truth and rounds as its digits and hedges say.

mod change;
mod check;
mod derive;
mod interval;
mod printed;

pub(crate) use check::check;
pub(crate) use derive::derive;

use crate::lexicon::Lexicon;

/// The text, and the lexicon that its units are of.
#[derive(Copy, Clone)]
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    pub(crate) lexicon: &'a Lexicon,
}
