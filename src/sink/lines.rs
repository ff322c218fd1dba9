//! JSON lines: into any writer, or into a file.

use super::files::{Packed, Packing};
use super::{Block, Encoding, Pool, Sink, failed};
use crate::error::Result;
use std::io::Write;
use std::path::Path;

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

    fn finish(&mut self) -> Result<()> {
        self.0.flush().map_err(failed)
    }
}

/// Records as JSON lines into a file, packed or not.
pub(super) struct File(Option<Packed>);

impl File {
    pub(super) fn create(path: &Path, packing: Packing) -> Result<Self> {
        Ok(Self(Some(Packed::create(path, packing)?)))
    }
}

impl Sink for File {
    fn encoding(&self) -> Encoding {
        Encoding::JsonLines
    }

    fn write(&mut self, block: Block, pool: &Pool) -> Result<()> {
        if let Some(file) = &mut self.0 {
            file.write_all(&block.tables[0]).map_err(failed)?;
        }
        pool.give(block);
        Ok(())
    }

    fn commit(&mut self, _: &str, _: &Pool) -> Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        self.0.take().map_or(Ok(()), Packed::finish)
    }
}
