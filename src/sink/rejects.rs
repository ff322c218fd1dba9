//! What could not be read, as JSON lines.

use super::failed;
use super::files::Part;
use crate::error::{Error, Result};
use std::io::Write;
use std::path::Path;

/// A file with a line for each reject, an [`Error`] as JSON. It appears under its name when it is whole.
#[derive(Debug)]
pub struct Rejects {
    file: Part,
    length: u64,
    /// Whether all of it is on the disk.
    kept: bool,
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
        let mut bytes = serde_json::to_vec(e).map_err(failed)?;
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
