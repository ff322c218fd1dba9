//! What changed between two runs, on text without gold.
//!
//! Records of two runs come document by document ([`Lines`] of files, [`Analysed`] of texts) and are paired by the id of
//! their document ([`Paired`]). In each document records are matched by kind and place, and [`compare`] says in what they
//! differ. A [`Report`] groups that by kind of change and rule, the most suspicious first.
//!
//! ```
//! use kennzahl::diff::{KINDS, Lines, Paired, Report, compare};
//! let old = "{\"kind\":\"quantity\",\"doc\":\"a\",\"id\":\"q0\",\"start\":0,\"end\":6,\"text\":\"5 Mrd.\",\"value\":5000000000}\n";
//! let new = "{\"kind\":\"quantity\",\"doc\":\"a\",\"id\":\"q0\",\"start\":0,\"end\":6,\"text\":\"5 Mrd.\",\"value\":5000000}\n";
//! let spill = || Err(std::io::ErrorKind::Unsupported.into());
//! let mut report = Report::new(5, false);
//! for pair in Paired::new(Lines::new("old", old.as_bytes()), Lines::new("new", new.as_bytes()), spill) {
//!     assert!(compare(&pair.unwrap(), &KINDS, &mut report).is_empty());
//! }
//! let (key, group) = report.groups().next().unwrap();
//! assert_eq!((key.what.name().as_str(), group.count), ("power of ten", 1));
//! ```

mod analysed;
mod change;
mod compare;
mod matched;
mod pair;
mod record;
mod report;
mod shown;
mod stream;

pub use analysed::{Analysed, Found};
pub use change::{Field, What};
pub use compare::{KINDS, compare};
pub use pair::{Pair, Paired};
pub use report::{Change, Context, Group, Key, Report};
pub use shown::{as_json, as_markdown, as_text};
pub use stream::{Lines, Records};
