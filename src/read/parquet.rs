//! Parquet: a row is a document, a column its text.

use super::Options;
use super::format::{Format, Reader};
use super::source::Source;
use crate::error::Result;

pub(super) static FORMAT: Format = Format {
    name: "parquet",
    title: "Parquet with a column of texts",
    suffixes: &["parquet", "pq"],
    looks: |head, _| head.starts_with(b"PAR1"),
    open,
    utf8: false,
};

#[cfg(not(feature = "parquet"))]
fn open(source: Source, _: &Options) -> Result<Box<dyn Reader>> {
    let kind = crate::error::ErrorKind::Unsupported;
    Err(source.error(kind, "a Parquet file, and this kennzahl was built without the feature 'parquet'"))
}

#[cfg(feature = "parquet")]
fn open(source: Source, options: &Options) -> Result<Box<dyn Reader>> {
    file::open(source, options)
}

#[cfg(feature = "parquet")]
mod file {
    use super::{Options, Reader, Result, Source};
    use crate::error::{Error, ErrorKind};
    use crate::place::Place;
    use crate::read::rows::{self, Rows};
    use crate::read::source::{Part, Shared};
    use bytes::Bytes;
    use parquet::arrow::ProjectionMask;
    use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
    use parquet::errors::ParquetError;
    use parquet::file::reader::{ChunkReader, Length};
    use std::io::{BufReader, Read};
    use std::panic::{AssertUnwindSafe, catch_unwind};

    /// Rows that are in memory at once, at most, and bytes in them, about.
    const BATCH: usize = 64;
    const BATCH_BYTES: i64 = 1 << 20;

    /// A file for the Parquet reader.
    struct File {
        file: Shared,
        len: u64,
    }

    impl Length for File {
        fn len(&self) -> u64 {
            self.len
        }
    }

    impl ChunkReader for File {
        type T = BufReader<Part>;

        fn get_read(&self, start: u64) -> std::result::Result<Self::T, ParquetError> {
            Ok(BufReader::new(self.file.part(start, self.len.saturating_sub(start))))
        }

        fn get_bytes(&self, start: u64, length: usize) -> std::result::Result<Bytes, ParquetError> {
            if start.checked_add(length as u64).is_none_or(|end| end > self.len) {
                return Err(ParquetError::EOF("a column lies outside of the file".to_owned()));
            }
            let mut bytes = Vec::with_capacity(length);
            self.file.part(start, length as u64).read_to_end(&mut bytes)?;
            Ok(bytes.into())
        }
    }

    pub(super) fn open(mut source: Source, options: &Options) -> Result<Box<dyn Reader>> {
        let (file, len) = source.anywhere("a Parquet file")?;
        let place = source.place.clone();
        let open = || {
            // Types as Parquet has them: there are fewer than Arrow has.
            let settings = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
            let builder =
                ParquetRecordBatchReaderBuilder::try_new_with_options(File { file, len }, settings).map_err(damaged)?;
            let fields = &options.fields;
            rows::check(builder.schema(), fields)?;
            let asked = builder.schema().fields().iter().enumerate().filter(|(_, f)| rows::is_wanted(f, fields));
            let mask = ProjectionMask::roots(builder.parquet_schema(), asked.map(|(k, _)| k));
            let groups = builder.metadata().row_groups().iter();
            let longest = groups.map(|g| g.total_byte_size() / g.num_rows().max(1)).max().unwrap_or(0);
            let batch = (BATCH_BYTES / longest.max(1)).clamp(1, BATCH as i64) as usize;
            builder.with_projection(mask).with_batch_size(batch).build().map_err(damaged)
        };
        let mut reader = guarded(open).map_err(|e| e.within(place.clone()))?;
        let batches = std::iter::from_fn(move || guarded(|| reader.next().transpose().map_err(damaged)).transpose());
        Ok(Box::new(Rows::new(batches, place, Place::to_string)))
    }

    fn damaged(e: impl std::fmt::Display) -> Error {
        Error::new(format!("the Parquet data is damaged or of an unknown kind: {e}")).of(ErrorKind::Damaged)
    }

    /// The Parquet reader panics on some damaged files.
    fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
        catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged("its reader gave up")))
    }
}
