//! JSON lines into any writer, and into none.

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

/// Takes nothing: for runs that only read, and to know what the writing of the others costs.
#[derive(Debug)]
pub struct Nowhere;

impl Sink for Nowhere {
    fn encoding(&self) -> Encoding {
        Encoding::Nothing
    }

    fn write(&mut self, block: Block, pool: &Pool) -> Result<()> {
        pool.give(block);
        Ok(())
    }

    fn commit(&mut self, _: &str, _: &Pool) -> Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }
}
