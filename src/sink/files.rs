//! Files that appear under their name when they are whole.

use super::failed;
use crate::error::{Error, Result};
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::{self, BufWriter, Write};
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
}

impl Part {
    pub(super) fn create(path: &Path) -> Result<Self> {
        let special = std::fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir());
        let part = (!special).then(|| {
            let mut part = path.as_os_str().to_owned();
            part.push(".part");
            PathBuf::from(part)
        });
        let opened = match &part {
            Some(part) => File::create(part),
            None => File::options().write(true).open(path),
        };
        let file = opened.map_err(|e| at(path, &e))?;
        Ok(Self { path: path.to_owned(), part, file: BufWriter::with_capacity(1 << 20, file) })
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
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
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
    pub(super) fn create(path: &Path, packing: Packing) -> Result<Self> {
        let part = Part::create(path)?;
        Ok(match packing {
            Packing::None => Self::Plain(part),
            Packing::Gzip => Self::Gzip(GzEncoder::new(part, flate2::Compression::new(6))),
            Packing::Zstd => Self::Zstd(zstd::Encoder::new(part, 3).map_err(failed)?),
        })
    }

    pub(super) fn finish(self) -> Result<()> {
        match self {
            Self::Plain(part) => part,
            Self::Gzip(packed) => packed.finish().map_err(failed)?,
            Self::Zstd(packed) => packed.finish().map_err(failed)?,
        }
        .finish()
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
