//! Parquet and Arrow files, one for each table.

use super::files::Part;
use super::target::Places;
use super::{Block, Encoding, Pool, Sink, arrow, failed};
use crate::emit::Options;
use crate::emit::columns::TABLES;
use crate::error::Result;
use arrow_array::RecordBatch;
use arrow_ipc::writer::FileWriter;
use arrow_schema::Schema;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use std::sync::Arc;

/// A group of rows of a Parquet file is at most so long, in bytes: it is kept in memory until it is whole.
const GROUP_BYTES: usize = 32 << 20;

enum File {
    Parquet(Box<ArrowWriter<Part>>),
    Arrow(Box<FileWriter<Part>>),
}

struct Output {
    table: usize,
    schema: Arc<Schema>,
    file: File,
    /// What was written since the last commit.
    pending: Vec<RecordBatch>,
}

pub(super) struct Columnar(Vec<Output>);

impl Columnar {
    /// Files whose columns are packed with zstd.
    pub(super) fn parquet(places: &Places, options: Options) -> Result<Self> {
        let metadata = arrow::metadata().into_iter().map(|(key, value)| KeyValue::new(key, value)).collect();
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_bytes(Some(GROUP_BYTES))
            .set_created_by(concat!("kennzahl ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(metadata))
            .build();
        Self::create(places, options, |part, schema| {
            let writer = ArrowWriter::try_new(part, schema, Some(properties.clone())).map_err(failed)?;
            Ok(File::Parquet(Box::new(writer)))
        })
    }

    /// Files that are mapped into memory as they are.
    pub(super) fn arrow(places: &Places, options: Options) -> Result<Self> {
        Self::create(places, options, |part, schema| {
            Ok(File::Arrow(Box::new(FileWriter::try_new(part, &schema).map_err(failed)?)))
        })
    }

    fn create(places: &Places, options: Options, open: impl Fn(Part, Arc<Schema>) -> Result<File>) -> Result<Self> {
        let mut outputs = Vec::new();
        for (table, t) in TABLES.iter().enumerate().filter(|(n, _)| options.tables()[*n]) {
            let schema = arrow::schema(t);
            let file = open(Part::create(&places.of(t.name)?, None)?, Arc::clone(&schema))?;
            outputs.push(Output { table, schema, file, pending: Vec::new() });
        }
        Ok(Self(outputs))
    }
}

impl Sink for Columnar {
    fn encoding(&self) -> Encoding {
        Encoding::Arrow
    }

    fn write(&mut self, mut block: Block, pool: &Pool) -> Result<()> {
        for o in &mut self.0 {
            o.pending.extend(block.columns.take(o.table, &o.schema)?);
        }
        pool.give(block);
        Ok(())
    }

    /// The rows of a batch become one record batch: readers like few large ones.
    fn commit(&mut self, _: &str, _: &Pool) -> Result<()> {
        for o in self.0.iter_mut().filter(|o| !o.pending.is_empty()) {
            let rows = arrow_select::concat::concat_batches(&o.schema, &o.pending).map_err(failed)?;
            o.pending.clear();
            match &mut o.file {
                File::Parquet(file) => file.write(&rows).map_err(failed)?,
                File::Arrow(file) => file.write(&rows).map_err(failed)?,
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        let mut whole = Vec::new();
        for o in self.0.drain(..) {
            whole.push(match o.file {
                File::Parquet(file) => file.into_inner().map_err(failed)?,
                File::Arrow(file) => file.into_inner().map_err(failed)?,
            });
        }
        whole.into_iter().try_for_each(Part::finish)
    }
}
