//! Where records go: files of several formats, and databases.
//!
//! Workers fill [`Block`]s in parallel, each as its sink wants it ([`Encoding`]); the one writing thread hands them on in
//! input order. After each batch the sink is told to [`Sink::commit`] with a checkpoint: a database keeps both or
//! neither. Files get their name when they are whole.

mod appended;
#[cfg(feature = "parquet")]
mod arrow;
#[cfg(feature = "parquet")]
mod batches;
mod block;
#[cfg(feature = "parquet")]
mod columnar;
#[cfg(feature = "postgres")]
mod copy;
mod csv;
mod files;
mod lines;
mod note;
#[cfg(feature = "postgres")]
mod postgres;
mod rejects;
#[cfg(feature = "sqlite")]
mod rows;
#[cfg(feature = "sqlite")]
mod sqlite;
mod target;

#[cfg(feature = "parquet")]
pub use batches::{Batches, Tables};
pub use block::{Block, Encoding, Pool};
pub use files::write_file;
pub use lines::{JsonLines, Nowhere};
pub use rejects::Rejects;
pub use target::{Format, Run, Target};

use crate::error::{Error, Result};

/// Something that takes records.
///
/// Order of calls: any number of `write`, then `commit`, again and again; at the end `finish`. What was written after
/// the last `commit` may be lost; what is dropped without `finish` is unfinished: files have no name yet, databases
/// have all that was committed.
pub trait Sink: Send {
    /// What workers are to make for it.
    fn encoding(&self) -> Encoding;

    /// Takes the rows of some documents; gives the block to the pool when it is done with it.
    ///
    /// # Errors
    /// The output cannot be written.
    fn write(&mut self, block: Block, pool: &Pool) -> Result<()>;

    /// What was written so far is to last, and `checkpoint` with it: a database keeps both or neither.
    ///
    /// # Errors
    /// The output cannot be written. A database has nothing then of what was written since the last commit.
    fn commit(&mut self, checkpoint: &str, pool: &Pool) -> Result<()>;

    /// The last checkpoint of this run that an earlier, unfinished one left behind.
    fn checkpoint(&self) -> Option<&str> {
        None
    }

    /// The run stops here, right behind a commit, and may go on another day.
    ///
    /// # Errors
    /// The output cannot be written.
    fn suspend(&mut self) -> Result<()> {
        Ok(())
    }

    /// All is written: files get their names, checkpoints are forgotten.
    ///
    /// # Errors
    /// The output cannot be written.
    fn finish(&mut self) -> Result<()>;
}

/// A time as databases write it: `2026-01-28 22:17:00`.
struct Moment(jiff::civil::DateTime);

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.0.date(), self.0.time())
    }
}

fn failed(e: impl std::fmt::Display) -> Error {
    Error::new(format!("cannot write the output: {e}"))
}

/// Whether tables of this schema can be written to, and the schema they are of then.
///
/// # Errors
/// Another MAJOR.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn check_schema(place: &str, theirs: &str) -> Result<String> {
    let ours = crate::emit::SCHEMA_VERSION;
    let numbers = |version: &str| -> Option<(u32, u32)> {
        let (major, minor) = version.split_once('.')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    };
    match (numbers(theirs), numbers(ours)) {
        (Some(a), Some(b)) if a.0 == b.0 => Ok(if a > b { theirs } else { ours }.to_owned()),
        _ => Err(Error::at(
            place,
            format!(
                "its tables are of schema {theirs}, this program writes {ours}: write to a new database, or use a kennzahl of that schema"
            ),
        )),
    }
}
