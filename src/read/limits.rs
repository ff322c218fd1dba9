//! What an archive may unpack to.

use crate::memory::Memory;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Limits against archives made to fill a machine. Nothing is unpacked to disk or held whole; the limits are for time.
#[derive(Clone, Debug)]
pub struct Limits {
    /// So many bytes one input may unpack to, with all that is in it.
    pub total: u64,
    /// So many bytes one member, or one compressed file, may unpack to.
    pub member: u64,
    /// So many times its size it may unpack to, once it is over [`Limits::free`].
    pub ratio: u64,
    /// Up to so many bytes the ratio does not count.
    pub free: u64,
    /// So many containers may lie in each other: `a.jsonl.gz` in a `.tar.gz` is in three.
    pub depth: u32,
    /// So many members an archive may have.
    pub members: u64,
    /// So many bytes of what was unpacked a decoder may look back on; of those in each other the inner ones half as many.
    pub window: u64,
    /// So many bytes of an archive are held that is read from its end, but is no file.
    pub held: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            total: 1 << 40,
            member: 1 << 38,
            ratio: 1000,
            free: 64 << 20,
            depth: 6,
            members: 50_000_000,
            window: Memory::default().window(),
            held: Memory::default().held(),
        }
    }
}

/// What one input may still unpack to.
#[derive(Debug)]
pub(super) struct Budget {
    pub(super) limits: Limits,
    unpacked: AtomicU64,
    /// How much of all inputs was read.
    pub(super) read: Arc<AtomicU64>,
}

impl Budget {
    pub(super) fn new(limits: Limits, read: Arc<AtomicU64>) -> Arc<Self> {
        Arc::new(Self { limits, unpacked: AtomicU64::new(0), read })
    }
}

/// Bytes that come out of a packing, and what they may be at most.
pub(super) struct Metered<R> {
    bytes: R,
    out: u64,
    packed: Box<dyn Fn() -> u64 + Send>,
    budget: Arc<Budget>,
}

impl<R> Metered<R> {
    pub(super) fn new(bytes: R, budget: Arc<Budget>, packed: Box<dyn Fn() -> u64 + Send>) -> Self {
        Self { bytes, out: 0, packed, budget }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buffer)?;
        self.out += n as u64;
        let total = self.budget.unpacked.fetch_add(n as u64, Ordering::Relaxed) + n as u64;
        let limits = &self.budget.limits;
        let over = |message: String| Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        if total > limits.total {
            return over(format!(
                "the archive unpacks to more than {} bytes; raise --max-unpacked to read it",
                limits.total
            ));
        }
        if self.out > limits.member {
            return over(format!("unpacks to more than {} bytes, the limit of one member", limits.member));
        }
        if self.out > limits.free && self.out / limits.ratio > (self.packed)() {
            return over(format!(
                "unpacks to over {} times its size; raise --max-ratio if that is right",
                limits.ratio
            ));
        }
        Ok(n)
    }
}

/// Counts the bytes that go through it.
pub(super) struct Counted<R> {
    bytes: R,
    count: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    pub(super) fn new(bytes: R, count: Arc<AtomicU64>) -> Self {
        Self { bytes, count }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buffer)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}
