//! Tables in memory, as record batches of Arrow: for programs that go on with them.

use super::{Block, Encoding, Pool, Sink, arrow, failed};
use crate::emit::Options;
use crate::emit::columns::TABLES;
use crate::error::Result;
use arrow_array::RecordBatch;
use arrow_schema::Schema;
use std::sync::Arc;

/// A table in memory.
#[derive(Clone, Debug)]
pub struct Batches {
    /// Its name among [`TABLES`].
    pub name: &'static str,
    /// Its columns; what they mean is said in their metadata.
    pub schema: Arc<Schema>,
    /// Its rows in order.
    pub rows: Vec<RecordBatch>,
}

impl Batches {
    /// All tables without rows.
    ///
    /// ```
    /// let names = kennzahl::sink::Batches::all().map(|table| table.name);
    /// assert_eq!(&names[..2], ["documents", "quantities"]);
    /// ```
    pub fn all() -> [Self; TABLES.len()] {
        TABLES.map(|table| Self { name: table.name, schema: arrow::schema(table), rows: Vec::new() })
    }
}

/// Collects tables in memory.
#[derive(Debug)]
pub struct Tables {
    /// By their place among [`TABLES`].
    tables: Vec<(usize, Batches)>,
    /// What was written since the last commit, table by table.
    pending: Vec<Vec<RecordBatch>>,
}

impl Tables {
    /// Of those tables that are written with these options.
    pub fn new(options: &Options) -> Self {
        let asked = options.tables();
        let tables: Vec<_> = Batches::all().into_iter().enumerate().filter(|(n, _)| asked[*n]).collect();
        Self { pending: vec![Vec::new(); tables.len()], tables }
    }

    /// What was committed.
    pub fn into_batches(self) -> Vec<Batches> {
        self.tables.into_iter().map(|(_, table)| table).collect()
    }
}

impl Sink for Tables {
    fn encoding(&self) -> Encoding {
        Encoding::Arrow
    }

    fn write(&mut self, mut block: Block, pool: &Pool) -> Result<()> {
        for ((table, batches), pending) in self.tables.iter().zip(&mut self.pending) {
            pending.extend(block.columns.take(*table, &batches.schema)?);
        }
        pool.give(block);
        Ok(())
    }

    /// The rows of a batch become one record batch: readers like few large ones.
    fn commit(&mut self, _: &str, _: &Pool) -> Result<()> {
        for ((_, table), pending) in self.tables.iter_mut().zip(&mut self.pending).filter(|(_, p)| !p.is_empty()) {
            table.rows.push(arrow_select::concat::concat_batches(&table.schema, &*pending).map_err(failed)?);
            pending.clear();
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }
}
