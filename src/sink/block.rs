//! What workers hand to the writer: the rows of some documents, as their sink wants them.

#[cfg(feature = "parquet")]
use super::arrow;
#[cfg(feature = "postgres")]
use super::copy;
use super::csv;
#[cfg(feature = "sqlite")]
use super::rows;
use crate::emit::columns::TABLES;
use crate::emit::{self, Options};
use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::{Analysis, Document};
#[cfg(any(feature = "sqlite", feature = "postgres"))]
use crate::model::{PubStatus, Version};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How rows are written down by the workers, so that the sink only appends them.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Encoding {
    /// Not at all.
    Nothing,
    /// Records, one JSON object a line.
    JsonLines,
    /// A stretch of CSV for each table.
    Csv,
    /// Cell by cell with its type and length.
    #[cfg(feature = "sqlite")]
    Rows,
    /// As PostgreSQL's binary COPY has it.
    #[cfg(feature = "postgres")]
    Copy,
    /// A record batch for each table.
    #[cfg(feature = "parquet")]
    Arrow,
}

/// The rows of some documents in a row.
#[derive(Debug, Default)]
pub struct Block {
    /// How many documents.
    pub(super) documents: u64,
    /// The rows of each table. JSON lines stand in the first.
    pub(super) tables: [Vec<u8>; TABLES.len()],
    /// The documents one by one, for databases.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub(super) entries: Vec<Entry>,
    /// The rows of each table, for Arrow.
    #[cfg(feature = "parquet")]
    pub(super) columns: arrow::Columns,
}

/// A document of a block.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: String,
    /// Its version as a text that sorts.
    pub(super) version: Option<String>,
    pub(super) withdrawn: bool,
    /// Where its rows end in each table.
    pub(super) ends: [usize; TABLES.len()],
}

impl Block {
    /// Adds the rows of a document.
    ///
    /// # Errors
    /// The document has a number that no table holds; nothing of it is added.
    pub fn add(
        &mut self,
        doc: &Document,
        analysis: &Analysis,
        lexicon: &Lexicon,
        encoding: Encoding,
        options: Options,
    ) -> Result<()> {
        match encoding {
            Encoding::Nothing => {}
            Encoding::JsonLines => emit::write_document(doc, analysis, lexicon, options, &mut self.tables[0]),
            Encoding::Csv => emit::write_rows(doc, analysis, lexicon, options, &mut csv::Rows::new(&mut self.tables))?,
            #[cfg(feature = "sqlite")]
            Encoding::Rows => {
                if doc.status != Some(PubStatus::Canceled) {
                    emit::write_rows(doc, analysis, lexicon, options, &mut rows::Writer::new(&mut self.tables))?;
                }
                self.enter(doc);
            }
            #[cfg(feature = "postgres")]
            Encoding::Copy => {
                if doc.status != Some(PubStatus::Canceled) {
                    emit::write_rows(doc, analysis, lexicon, options, &mut copy::Writer::new(&mut self.tables))?;
                }
                self.enter(doc);
            }
            #[cfg(feature = "parquet")]
            Encoding::Arrow => emit::write_rows(doc, analysis, lexicon, options, &mut self.columns)?,
        }
        self.documents += 1;
        Ok(())
    }

    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    fn enter(&mut self, doc: &Document) {
        self.entries.push(Entry {
            id: doc.id.clone(),
            version: Version::of(doc).map(|v| v.key()),
            withdrawn: doc.status == Some(PubStatus::Canceled),
            ends: std::array::from_fn(|t| self.tables[t].len()),
        });
    }

    /// How many documents it has.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// The rows of one document and where they stand, table by table.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub(super) fn rows_of(&self, nth: usize, table: usize) -> &[u8] {
        let from = nth.checked_sub(1).map_or(0, |before| self.entries[before].ends[table]);
        &self.tables[table][from..self.entries[nth].ends[table]]
    }

    /// What its buffers take, in bytes.
    fn capacity(&self) -> u64 {
        self.tables.iter().map(|t| t.capacity() as u64).sum()
    }

    fn clear(&mut self) {
        self.documents = 0;
        self.tables.iter_mut().for_each(Vec::clear);
        #[cfg(any(feature = "sqlite", feature = "postgres"))]
        self.entries.clear();
        #[cfg(feature = "parquet")]
        self.columns.clear();
    }
}

/// Blocks that were written and can be filled again: their buffers keep their size, as long as all of them together
/// stay within a share of memory.
#[derive(Debug)]
pub struct Pool {
    kept: Mutex<Kept>,
    share: u64,
}

#[derive(Debug, Default)]
struct Kept {
    blocks: Vec<Block>,
    bytes: u64,
}

impl Pool {
    /// Keeps blocks of no more than so many bytes together.
    pub fn new(share: u64) -> Self {
        Self { kept: Mutex::default(), share }
    }

    /// An empty block.
    pub fn take(&self) -> Block {
        let mut kept = self.kept();
        let block = kept.blocks.pop().unwrap_or_default();
        kept.bytes -= block.capacity();
        block
    }

    /// Takes a block back.
    pub fn give(&self, mut block: Block) {
        block.clear();
        let mut kept = self.kept();
        if kept.bytes + block.capacity() <= self.share {
            kept.bytes += block.capacity();
            kept.blocks.push(block);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
