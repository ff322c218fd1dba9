//! How far the files of a run have come: a note beside them, with which another run goes on.

use super::files::at;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};

/// What the note of a run says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Note {
    pub(super) run: String,
    pub(super) checkpoint: String,
    /// The length of each file that grows.
    #[serde(default)]
    pub(super) lengths: Vec<u64>,
    /// How many parts are whole.
    #[serde(default)]
    pub(super) parts: u32,
}

impl Note {
    /// The note of a run; none where there is none.
    ///
    /// # Errors
    /// It cannot be read, or is of another run.
    pub(super) fn read(path: &Path, run: &str) -> Result<Option<Self>> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(Error::at(path.display().to_string(), e.to_string())),
        };
        let wrong = |what: &str| {
            Error::at(path.display().to_string(), format!("{what}: run it without --resume to begin anew"))
        };
        let note: Self = serde_json::from_slice(&bytes).map_err(|_| wrong("it cannot be read"))?;
        match note.run == run {
            true => Ok(Some(note)),
            false => Err(wrong("it is of a run with other inputs or options, which have to be the same")),
        }
    }

    /// Writes it; it is on the disk when this returns.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let mut fresh = path.as_os_str().to_owned();
        fresh.push(".part");
        let fresh = PathBuf::from(fresh);
        let write = || {
            let mut file = std::fs::File::create(&fresh)?;
            serde_json::to_writer(&mut file, self)?;
            file.sync_all()?;
            std::fs::rename(&fresh, path)
        };
        write().map_err(|e| at(path, &e))
    }

    /// Takes it away, where there is one.
    pub(super) fn forget(path: &Path) -> Result<()> {
        match std::fs::remove_file(path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(at(path, &e)),
            _ => Ok(()),
        }
    }
}
