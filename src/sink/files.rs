//! Files that appear under their name when they are whole.

use super::failed;
use crate::error::{Error, Result};
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

/// A file that is written beside its place, as `NAME.part`, and takes it when it is whole.
///
/// What is no regular file, such as `/dev/null` or a named pipe, is written to as it stands.
#[derive(Debug)]
pub(super) struct Part {
    path: PathBuf,
    /// None where it is written in place.
    part: Option<PathBuf>,
    file: BufWriter<File>,
    /// How many bytes this run has written.
    written: u64,
}

impl Part {
    /// Begins it, or goes on with one of an earlier run behind so many bytes.
    pub(super) fn create(path: &Path, length: Option<u64>) -> Result<Self> {
        let special = std::fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir());
        let part = (!special).then(|| {
            let mut part = path.as_os_str().to_owned();
            part.push(".part");
            PathBuf::from(part)
        });
        let opened = match (&part, length) {
            (Some(part), Some(length)) => go_on(part, path, length),
            (Some(part), None) => File::create(part),
            (None, _) => File::options().write(true).open(path),
        };
        let file = opened.map_err(|e| at(path, &e))?;
        Ok(Self { path: path.to_owned(), part, file: BufWriter::with_capacity(1 << 18, file), written: 0 })
    }

    /// How many bytes were written to it by this run.
    #[cfg(feature = "parquet")]
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// What was written so far is on the disk when this returns; the length of the file, if it is one.
    pub(super) fn sync(&mut self) -> Result<Option<u64>> {
        let mut sync = || {
            self.file.flush()?;
            if self.part.is_none() {
                return Ok(None);
            }
            self.file.get_ref().sync_data()?;
            self.file.get_ref().metadata().map(|m| Some(m.len()))
        };
        sync().map_err(|e: io::Error| at(&self.path, &e))
    }

    /// The file gets its name; what it had before is gone. Both are on the disk when this returns.
    pub(super) fn finish(mut self) -> Result<()> {
        let failed = |e: io::Error| at(&self.path, &e);
        self.file.flush().map_err(failed)?;
        let Some(part) = &self.part else { return Ok(()) };
        self.file.get_ref().sync_all().map_err(failed)?;
        std::fs::rename(part, &self.path).map_err(failed)?;
        // Not every system lets a folder be opened; the name is then as lasting as it makes it.
        let folder = self.path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if let Ok(folder) = File::open(folder) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.written += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes a file that appears under its name when it is whole.
///
/// # Errors
/// It cannot be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut part = Part::create(path, None)?;
    part.write_all(bytes).map_err(|e| at(path, &e))?;
    part.finish()
}

/// Opens a file of an earlier run and cuts off what it wrote behind its last checkpoint. It may have its name already,
/// where a run that has stopped at a reject left a list of them.
fn go_on(part: &Path, path: &Path, length: u64) -> io::Result<File> {
    if !part.exists() && path.exists() {
        std::fs::rename(path, part)?;
    }
    let mut file = File::options().write(true).open(part)?;
    if file.metadata()?.len() < length {
        let message = format!("{} is shorter than the run had made it; run it without --resume", part.display());
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
    }
    file.set_len(length)?;
    file.seek(io::SeekFrom::End(0))?;
    Ok(file)
}

pub(super) fn at(path: &Path, e: &io::Error) -> Error {
    Error::at(path.display().to_string(), format!("cannot be written: {e}"))
}

/// How a file is packed.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub(super) enum Packing {
    /// As it is.
    #[default]
    None,
    /// `.gz`
    Gzip,
    /// `.zst`
    Zstd,
}

/// A file, packed or not.
pub(super) enum Packed {
    Plain(Part),
    Gzip(GzEncoder<Part>),
    Zstd(zstd::Encoder<'static, Part>),
}

impl Packed {
    pub(super) fn create(path: &Path, packing: Packing, length: Option<u64>) -> Result<Self> {
        Self::over(Part::create(path, length)?, packing)
    }

    fn over(part: Part, packing: Packing) -> Result<Self> {
        Ok(match packing {
            Packing::None => Self::Plain(part),
            Packing::Gzip => Self::Gzip(GzEncoder::new(part, flate2::Compression::new(6))),
            Packing::Zstd => Self::Zstd(zstd::Encoder::new(part, 3).map_err(failed)?),
        })
    }

    fn into_part(self) -> Result<(Part, Packing)> {
        Ok(match self {
            Self::Plain(part) => (part, Packing::None),
            Self::Gzip(packed) => (packed.finish().map_err(failed)?, Packing::Gzip),
            Self::Zstd(packed) => (packed.finish().map_err(failed)?, Packing::Zstd),
        })
    }

    /// What was written so far is on the disk, and the length of the file, if it is one. A packed file goes on with
    /// another member or frame, as these formats allow.
    pub(super) fn synced(self) -> Result<(Self, Option<u64>)> {
        let (mut part, packing) = self.into_part()?;
        let length = part.sync()?;
        Ok((Self::over(part, packing)?, length))
    }

    pub(super) fn finish(self) -> Result<()> {
        self.into_part()?.0.finish()
    }
}

impl Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(w) => w.write(bytes),
            Self::Gzip(w) => w.write(bytes),
            Self::Zstd(w) => w.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(w) => w.flush(),
            Self::Gzip(w) => w.flush(),
            Self::Zstd(w) => w.flush(),
        }
    }
}
