//! How much memory a run may take, and which part of it goes where.

/// The memory of a run. All that grows with the input has a share of it: what is over its share is written out, waited
/// for, or refused with the reason.
///
/// ```
/// use kennzahl::Memory;
/// assert_eq!(Memory::default().bytes(), 512 << 20);
/// assert!(Memory::new(1 << 20).is_none());
/// ```
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Memory(u64);

impl Default for Memory {
    fn default() -> Self {
        Self(512 << 20)
    }
}

impl Memory {
    /// With less, not even the words and names of the program have their place.
    pub const LEAST: u64 = 128 << 20;

    /// The program, its words and names, and what an allocator loses between what stays and what comes and goes.
    const FIXED: u64 = 64 << 20;

    /// What a thread keeps from text to text, in bytes.
    const THREAD: u64 = 10 << 20;

    /// So many bytes; none where they are less than [`Memory::LEAST`].
    pub fn new(bytes: u64) -> Option<Self> {
        (bytes >= Self::LEAST).then_some(Self(bytes))
    }

    /// All of it.
    pub fn bytes(self) -> u64 {
        self.0
    }

    /// So many threads have their place in it, one at least.
    pub fn threads(self) -> usize {
        (self.0 / 4 / Self::THREAD).max(1) as usize
    }

    /// What there is to share.
    fn rest(self) -> u64 {
        self.0 - Self::FIXED
    }

    /// The longest document that is read, in bytes; they are held several times while they are taken apart.
    pub fn text(self) -> u64 {
        self.rest() / 56
    }

    /// What the analysis of one document may take, with its records.
    pub fn document(self) -> u64 {
        self.rest() / 5 * 2
    }

    /// What the documents that are analysed at the same time may take, with their records.
    pub fn batch(self) -> u64 {
        self.rest() / 8
    }

    /// Buffers of rows that were written and wait to be filled again.
    pub fn blocks(self) -> u64 {
        self.rest() / 32
    }

    /// What an output holds until it is written: the pages of a database, the groups of rows of Parquet.
    pub fn output(self) -> u64 {
        self.rest() / 16
    }

    /// The window of a decoder.
    pub fn window(self) -> u64 {
        self.0 / 4
    }

    /// An archive or a Parquet file that is read from its end, but is no file.
    pub fn held(self) -> u64 {
        self.0 / 8
    }

    /// The ids of documents that were seen; more of them are kept on disk.
    pub fn ids(self) -> u64 {
        self.rest() / 16
    }
}
