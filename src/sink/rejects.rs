//! What could not be read, as JSON lines.

use super::failed;
use super::files::Part;
use crate::error::{Error, Result};
use serde::Serialize;
use std::io::Write;
use std::path::Path;

/// A file with a line for each reject: `source`, `member`, `position`, `reason` ([`crate::ErrorKind::name`]), `message`.
/// What is not known is left out. It appears under its name when it is whole.
#[derive(Debug)]
pub struct Rejects {
    file: Part,
    length: u64,
    /// Whether all of it is on the disk.
    kept: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<u64>,
    reason: &'a str,
    message: &'a str,
}

impl Rejects {
    /// Begins it, or goes on with that of an unfinished run behind `length` bytes.
    ///
    /// # Errors
    /// It cannot be written; it is shorter than that.
    pub fn create(path: &Path, length: Option<u64>) -> Result<Self> {
        // Where nothing was rejected yet there is nothing to go on with.
        let length = length.filter(|n| *n > 0);
        Ok(Self { file: Part::create(path, length)?, length: length.unwrap_or(0), kept: true })
    }

    /// Adds a reject.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&mut self, e: &Error) -> Result<()> {
        let place = e.place.as_ref();
        let line = Line {
            source: place.map(|p| &*p.source),
            member: place.and_then(|p| p.member.as_deref()),
            position: place.map(|p| p.position).filter(|n| *n > 0),
            reason: e.kind.name(),
            message: &e.message,
        };
        let mut bytes = serde_json::to_vec(&line).map_err(failed)?;
        bytes.push(b'\n');
        self.length += bytes.len() as u64;
        self.kept = false;
        self.file.write_all(&bytes).map_err(failed)
    }

    /// What was written so far is on the disk when this returns: its length in bytes.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn sync(&mut self) -> Result<u64> {
        if !self.kept {
            self.file.sync()?;
            self.kept = true;
        }
        Ok(self.length)
    }

    /// The file gets its name.
    ///
    /// # Errors
    /// It cannot.
    pub fn finish(self) -> Result<()> {
        self.file.finish()
    }
}
