//! JSON lines into any writer.

use super::{Block, Encoding, Pool, Sink, failed};
use crate::error::Result;
use std::io::Write;

/// Records as JSON lines into a writer, such as standard output.
#[derive(Debug)]
pub struct JsonLines<W>(pub W);

impl<W: Write + Send> Sink for JsonLines<W> {
    fn encoding(&self) -> Encoding {
        Encoding::JsonLines
    }

    fn write(&mut self, block: Block, pool: &Pool) -> Result<()> {
        self.0.write_all(&block.tables[0]).map_err(failed)?;
        pool.give(block);
        Ok(())
    }

    fn commit(&mut self, _: &str, _: &Pool) -> Result<()> {
        Ok(())
    }

    fn suspend(&mut self) -> Result<()> {
        self.0.flush().map_err(failed)
    }

    fn finish(&mut self) -> Result<()> {
        self.0.flush().map_err(failed)
    }
}
