//! Files that only grow, JSON lines and CSV. A run that was cut off goes on in them.
//!
//! Now and then they are brought to the disk, and how long they are then is noted beside them with the checkpoint. What
//! stands behind that length when a run is resumed is cut off.

use super::files::{Packed, Packing};
use super::note::Note;
use super::target::{Places, Run};
use super::{Block, Encoding, Pool, Sink, csv, failed};
use crate::emit::Options;
use crate::emit::columns::TABLES;
use crate::error::Result;
use std::io::Write;
use std::path::{Path, PathBuf};

/// After so many bytes they are brought to the disk.
const STEP: usize = 32 << 20;

pub(super) struct Appended {
    encoding: Encoding,
    /// With the table that each has.
    files: Vec<(usize, Packed)>,
    /// Where the note lies.
    note: PathBuf,
    run: String,
    /// The checkpoint from which this run goes on.
    from: Option<String>,
    /// The last checkpoint, and what was written since the last note.
    last: Option<String>,
    written: usize,
}

impl Appended {
    pub(super) fn lines(path: &Path, packing: Packing, run: Run<'_>) -> Result<Self> {
        let note =
            PathBuf::from([path.as_os_str().to_owned(), ".resume".into()].into_iter().collect::<std::ffi::OsString>());
        Self::open(Encoding::JsonLines, note, run, &[(0, path.to_owned())], packing)
    }

    pub(super) fn csv(places: &Places, options: Options, run: Run<'_>) -> Result<Self> {
        let mut paths = Vec::new();
        for (n, table) in TABLES.iter().enumerate().filter(|(n, _)| options.tables()[*n]) {
            paths.push((n, places.of(table.name, None)?));
        }
        let mut this = Self::open(Encoding::Csv, places.note(), run, &paths, Packing::None)?;
        if this.from.is_none() {
            for (n, file) in &mut this.files {
                csv::header(TABLES[*n], file).map_err(failed)?;
            }
        }
        Ok(this)
    }

    fn open(
        encoding: Encoding,
        note: PathBuf,
        run: Run<'_>,
        paths: &[(usize, PathBuf)],
        packing: Packing,
    ) -> Result<Self> {
        let known = if run.resume { Note::read(&note, run.name)? } else { None };
        if known.is_none() {
            // Of an earlier run, whose files are begun anew now.
            Note::forget(&note)?;
        }
        let mut files = Vec::new();
        for (nth, (table, path)) in paths.iter().enumerate() {
            let length = known.as_ref().and_then(|k| k.lengths.get(nth).copied());
            files.push((*table, Packed::create(path, packing, length)?));
        }
        let from = known.map(|k| k.checkpoint);
        Ok(Self { encoding, files, note, run: run.name.to_owned(), from, last: None, written: 0 })
    }

    /// Brings all to the disk, then the note of it.
    fn keep(&mut self) -> Result<()> {
        let Some(checkpoint) = self.last.take() else { return Ok(()) };
        let mut lengths = Vec::new();
        for (table, file) in std::mem::take(&mut self.files) {
            let (file, length) = file.synced()?;
            lengths.push(length);
            self.files.push((table, file));
        }
        self.written = 0;
        // A device or a pipe has no length and cannot be gone on with.
        let Some(lengths) = lengths.into_iter().collect::<Option<Vec<u64>>>() else { return Ok(()) };
        Note { run: self.run.clone(), checkpoint, lengths, parts: 0 }.write(&self.note)
    }
}

impl Sink for Appended {
    fn encoding(&self) -> Encoding {
        self.encoding
    }

    fn write(&mut self, block: Block, pool: &Pool) -> Result<()> {
        for (table, file) in &mut self.files {
            file.write_all(&block.tables[*table]).map_err(failed)?;
            self.written += block.tables[*table].len();
        }
        pool.give(block);
        Ok(())
    }

    fn commit(&mut self, checkpoint: &str, _: &Pool) -> Result<()> {
        self.last = Some(checkpoint.to_owned());
        if self.written >= STEP { self.keep() } else { Ok(()) }
    }

    fn checkpoint(&self) -> Option<&str> {
        self.from.as_deref()
    }

    fn suspend(&mut self) -> Result<()> {
        self.keep()
    }

    /// The note goes first: files that have their names are not to be gone on with.
    fn finish(&mut self) -> Result<()> {
        Note::forget(&self.note)?;
        std::mem::take(&mut self.files).into_iter().try_for_each(|(_, file)| file.finish())
    }
}
