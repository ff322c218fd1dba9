//! One thing to read: bytes, what they are called, and what they may unpack to.

use super::Options;
use super::limits::{Budget, Metered};
use crate::error::{Error, ErrorKind, Result};
use crate::place::Place;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// So many bytes tell formats apart; a tar header has 512.
const HEAD: usize = 4096;

/// A source of bytes.
pub(super) type Bytes = Box<dyn BufRead + Send>;

/// Bytes that can be read from anywhere.
pub(super) trait Anywhere: Read + Seek + Send {}
impl<T: Read + Seek + Send> Anywhere for T {}

/// A file, a member of an archive, or standard input.
pub(super) struct Source {
    pub(super) place: Place,
    /// The path by which its format and that of its packing are known.
    pub(super) path: String,
    /// The id of a document that is the whole of it.
    pub(super) name: String,
    pub(super) bytes: Bytes,
    /// The first of its bytes, which `bytes` will give again.
    pub(super) head: Vec<u8>,
    /// The same bytes as a file, where they are one.
    pub(super) file: Option<File>,
    /// What its text was converted from, as far as the bytes were converted already.
    pub(super) encoding: Option<&'static str>,
    /// How many containers it lies in.
    pub(super) depth: u32,
    pub(super) budget: Arc<Budget>,
}

impl Source {
    /// The source with other bytes: those inside a container.
    ///
    /// # Errors
    /// The first bytes cannot be read.
    pub(super) fn with(mut self, bytes: Box<dyn Read + Send>) -> Result<Self> {
        let (head, bytes) = peeked(bytes, 32 << 10).map_err(|e| Error::reading(&e).within(self.place.clone()))?;
        (self.head, self.bytes, self.file) = (head, bytes, None);
        Ok(self)
    }

    /// The suffix of its path, or nothing.
    pub(super) fn suffix(&self) -> &str {
        suffix(&self.path)
    }

    /// An error at this place.
    pub(super) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        Error::at(self.place.clone(), message).of(kind)
    }

    /// All bytes of a document that is the whole of the source.
    ///
    /// # Errors
    /// They cannot be read, or are more than the limit.
    pub(super) fn whole(&mut self, options: &Options) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = (&mut self.bytes).take(options.max_document + 1).read_to_end(&mut bytes);
        read.map_err(|e| Error::reading(&e).within(self.place.clone()))?;
        if bytes.len() as u64 > options.max_document {
            return Err(too_long(self.place.clone(), options.max_document));
        }
        Ok(bytes)
    }

    /// The same bytes to be read from anywhere, and how many they are; `what` they are, for the message.
    ///
    /// # Errors
    /// They cannot be read, or they are no file and too many to be held.
    pub(super) fn anywhere(&mut self, what: &str) -> Result<(Shared, u64)> {
        let place = || self.place.clone();
        let failed = |e: io::Error| Error::reading(&e).within(place());
        if let Some(file) = self.file.take() {
            // A pipe or a device has no end to read from.
            let meta = file.metadata().map_err(failed)?;
            if meta.is_file() {
                return Ok((Shared::new(file, Some(Arc::clone(&self.budget.read))), meta.len()));
            }
        }
        let most = self.budget.limits.held;
        let mut held = Vec::new();
        (&mut self.bytes).take(most + 1).read_to_end(&mut held).map_err(failed)?;
        if held.len() as u64 > most {
            let message = format!(
                "{what} of more than {} MB that is no file of its own; write it to a file and name that, or raise --memory",
                most >> 20
            );
            return Err(self.error(ErrorKind::Limit, message));
        }
        let len = held.len() as u64;
        Ok((Shared::new(Cursor::new(held), None), len))
    }

    /// Counts what these bytes, which `packed` bytes unpack to, take from the budget.
    pub(super) fn metered<R: Read>(&self, bytes: R, packed: impl Fn() -> u64 + Send + 'static) -> Metered<R> {
        Metered::new(bytes, Arc::clone(&self.budget), Box::new(packed))
    }
}

/// One file from which several parts are read in turn.
#[derive(Clone)]
pub(super) struct Shared {
    inner: Arc<Mutex<Box<dyn Anywhere>>>,
    /// Counts what is read of an input.
    count: Option<Arc<AtomicU64>>,
}

impl Shared {
    fn new(inner: impl Anywhere + 'static, count: Option<Arc<AtomicU64>>) -> Self {
        Self { inner: Arc::new(Mutex::new(Box::new(inner))), count }
    }

    /// Reads at an offset, at most as much as there is.
    pub(super) fn read_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        // Nothing panics while it is held, and each use seeks first.
        let mut inner = self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        inner.seek(io::SeekFrom::Start(at))?;
        let n = inner.read(buffer)?;
        if let Some(count) = &self.count {
            count.fetch_add(n as u64, Ordering::Relaxed);
        }
        Ok(n)
    }

    /// The bytes of a part.
    pub(super) fn part(&self, at: u64, len: u64) -> Part {
        Part { shared: self.clone(), at, left: len }
    }
}

/// A stretch of a shared file.
pub(super) struct Part {
    shared: Shared,
    at: u64,
    left: u64,
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if most == 0 {
            return Ok(0);
        }
        match self.shared.read_at(self.at, &mut buffer[..most])? {
            0 => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ends too early")),
            n => {
                self.at += n as u64;
                self.left -= n as u64;
                Ok(n)
            }
        }
    }
}

/// The first bytes of a reader, and a reader of all of them.
pub(super) fn peeked(mut bytes: Box<dyn Read + Send>, buffer: usize) -> io::Result<(Vec<u8>, Bytes)> {
    let mut head = Vec::new();
    (&mut bytes).take(HEAD as u64).read_to_end(&mut head)?;
    let all = Cursor::new(head.clone()).chain(bytes);
    Ok((head, Box::new(BufReader::with_capacity(buffer, all))))
}

/// The suffix of a path, without the dot.
pub(super) fn suffix(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(stem, suffix)| if stem.is_empty() { "" } else { suffix })
}

/// A path without its last suffix.
pub(super) fn stem(path: &str) -> &str {
    match suffix(path) {
        "" => path,
        suffix => &path[..path.len() - suffix.len() - 1],
    }
}

/// That a document is over the limit.
pub(super) fn too_long(place: Place, limit: u64) -> Error {
    Error::at(
        place,
        format!("longer than {limit} bytes; raise --max-document, or --memory where that is the limit, to read it"),
    )
    .of(ErrorKind::Limit)
}
