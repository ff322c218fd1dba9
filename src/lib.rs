//! Reads German prose and writes its numbers, times, names and facts as data.
//!
//! A text passes nine stages, in one direction; each appends to its own output and changes nothing before it:
//!
//! 1. [`read`]: bytes → documents, of many formats and packings, in any encoding;
//! 2. [`split`]: text → tokens;
//! 3. [`tag`]: tokens → words of the [`lexicon`], which is compiled from [`pack`]s, first of all the built-in [`german`];
//! 4. [`sentence`]: tokens → sentences;
//! 5. `find`: numerals → quantities, or the reason why one is none; words and figures → times as they are written;
//! 6. [`names`]: tokens → people, organisations, places, products, indices, tied together;
//! 7. `resolve`: times as written → times as meant, against the day of publication and what the text has set up;
//! 8. [`link`]: quantities, times and names → facts: who, which metric, how much, when, how changed;
//! 9. [`emit`]: records, as JSON or as rows of tables; [`sink`] writes them to files and databases.
//!
//! [`pipeline`] calls 2 to 8 in order, and on request `reckon` behind them: facts → what arithmetic says of them; [`batch`]
//! runs it over many documents in parallel; [`eval`] scores it against [`gold`]; [`diff`] says what changed between two
//! runs; [`view`] makes pages to look at and to check by hand.
//! The command line is a module too (`cli`, a feature), for the program and for packages of other languages.
//!
//! ```
//! use kennzahl::{Extractor, model::Document};
//! let extractor = Extractor::new();
//! let text = "Der Umsatz stieg um 27 Prozent auf knapp 58,7 Milliarden Dollar.";
//! let analysis = extractor.worker().analyse(text);
//! let found: Vec<_> = analysis.quantities.iter().map(|q| q.span.of(text)).collect();
//! assert_eq!(found, ["27 Prozent", "58,7 Milliarden Dollar"]);
//! assert_eq!(
//!     kennzahl::show(text, &analysis, extractor.lexicon()),
//!     "27 Prozent = percent 27 %; 58,7 Milliarden Dollar = money 58700000000 USD just_below"
//! );
//! ```

// The command line names the library as programs of others do.
#[cfg(feature = "cli")]
extern crate self as kennzahl;

pub mod batch;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diff;
pub mod emit;
mod error;
pub mod eval;
mod find;
pub mod german;
pub mod gold;
pub mod lexicon;
pub mod link;
mod memory;
pub mod model;
pub mod names;
pub mod pack;
pub mod pipeline;
mod place;
pub mod read;
mod reckon;
mod resolve;
pub mod sentence;
mod show;
pub mod sink;
pub mod split;
pub mod tag;
pub mod view;

pub use error::{Error, ErrorKind, Result};
pub use memory::Memory;
pub use pipeline::{Extractor, Worker};
pub use place::Place;
pub use show::{show, show_fact, show_facts, show_name, show_names, show_one, show_time, show_times, show_written};
