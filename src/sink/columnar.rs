//! Parquet and Arrow files, one for each table, or parts of it: `facts-00000.parquet`, `facts-00001.parquet` …
//!
//! Such a file is whole or nothing. A run in parts goes on behind the last part that was finished; a note beside them says
//! how many these are. Parts begin and end with batches, so that they are the same whether a run was cut off or not.

use super::files::Part;
use super::note::Note;
use super::target::{Places, Run};
use super::{Block, Encoding, Pool, Sink, arrow, failed};
use crate::emit::Options;
use crate::emit::columns::{Kind, TABLES};
use crate::error::Result;
use crate::memory::Memory;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_ipc::writer::FileWriter;
use arrow_schema::Schema;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use std::path::PathBuf;
use std::sync::Arc;

enum File {
    Parquet(Box<Grouped>),
    Arrow(Box<FileWriter<Part>>),
}

/// A Parquet file and the rows of its next group. Its encoders take some 70 KB a column before they are given a row, so that
/// rows wait as they are.
struct Grouped {
    file: ArrowWriter<Part>,
    group: Vec<RecordBatch>,
    /// What the rows of the group take, in bytes.
    held: u64,
}

impl Grouped {
    /// Ends the group of rows.
    fn flush(&mut self) -> Result<()> {
        self.held = 0;
        self.group.drain(..).try_for_each(|rows| self.file.write(&rows)).map_err(failed)?;
        self.file.flush().map_err(failed)
    }
}

impl File {
    fn write(&mut self, rows: RecordBatch) -> Result<()> {
        match self {
            Self::Parquet(file) => {
                // What is in use, and no more: the same rows have the same groups, whatever the size of their buffers.
                let size = |column: &ArrayRef| column.to_data().get_slice_memory_size().map_err(failed);
                let sizes = rows.columns().iter().map(size).collect::<Result<Vec<_>>>()?;
                file.held += sizes.into_iter().sum::<usize>() as u64;
                file.group.push(rows);
                Ok(())
            }
            Self::Arrow(file) => file.write(&rows).map_err(failed),
        }
    }

    /// How much of it is written.
    fn length(&self) -> u64 {
        match self {
            Self::Parquet(grouped) => grouped.file.bytes_written() as u64,
            Self::Arrow(file) => file.get_ref().written(),
        }
    }

    /// What is in memory.
    fn held(&self) -> u64 {
        match self {
            Self::Parquet(grouped) => grouped.held,
            Self::Arrow(_) => 0,
        }
    }

    fn flush(&mut self) -> Result<()> {
        match self {
            Self::Parquet(grouped) => grouped.flush(),
            Self::Arrow(_) => Ok(()),
        }
    }

    fn into_part(self) -> Result<Part> {
        match self {
            Self::Parquet(mut grouped) => {
                grouped.flush()?;
                grouped.file.into_inner().map_err(failed)
            }
            Self::Arrow(file) => file.into_inner().map_err(failed),
        }
    }
}

struct Output {
    table: usize,
    schema: Arc<Schema>,
    /// None between two parts.
    file: Option<File>,
    /// What was written since the last commit.
    pending: Vec<RecordBatch>,
}

/// A run in parts.
struct Parts {
    /// A file of so many bytes ends its part.
    size: u64,
    /// How many are whole.
    done: u32,
    note: PathBuf,
    run: String,
}

pub(super) struct Columnar {
    places: Places,
    /// None for Arrow.
    parquet: Option<WriterPropertiesPtr>,
    memory: Memory,
    outputs: Vec<Output>,
    parts: Option<Parts>,
    from: Option<String>,
}

impl Columnar {
    /// Files whose columns are packed with zstd.
    pub(super) fn parquet(places: Places, part: Option<u64>, options: Options, run: Run<'_>) -> Result<Self> {
        let metadata = arrow::metadata().into_iter().map(|(key, value)| KeyValue::new(key, value)).collect();
        let mut properties = WriterProperties::builder();
        for column in TABLES.iter().flat_map(|t| t.columns) {
            // Words come again and again, numbers seldom do. Archives go from day to day, so that the least and the last of
            // the times of a group tell whether to read it; those of words do not, and stay in memory to the end of the file,
            // as an index of pages would.
            let (word, of_time) = match column.kind {
                Kind::Text | Kind::Json => (true, false),
                Kind::Integer | Kind::Decimal | Kind::Flag => (false, false),
                Kind::Moment => (false, true),
            };
            let statistics = if of_time { EnabledStatistics::Chunk } else { EnabledStatistics::None };
            properties = properties
                .set_column_dictionary_enabled(column.name.into(), word)
                .set_column_statistics_enabled(column.name.into(), statistics);
        }
        let properties = properties
            .set_offset_index_disabled(true)
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("kennzahl ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(metadata))
            .build();
        Self::open(places, Some(Arc::new(properties)), part, options, run)
    }

    /// Files that are mapped into memory as they are.
    pub(super) fn arrow(places: Places, part: Option<u64>, options: Options, run: Run<'_>) -> Result<Self> {
        Self::open(places, None, part, options, run)
    }

    fn open(
        places: Places,
        parquet: Option<WriterPropertiesPtr>,
        part: Option<u64>,
        options: Options,
        run: Run<'_>,
    ) -> Result<Self> {
        let output =
            |(table, _)| Output { table, schema: arrow::schema(TABLES[table]), file: None, pending: Vec::new() };
        let outputs = TABLES.iter().enumerate().filter(|(n, _)| options.tables()[*n]).map(output).collect();
        let note = places.note();
        let known = if run.resume { Note::read(&note, run.name)? } else { None };
        if known.is_none() {
            // Of an earlier run, whose files are begun anew now.
            Note::forget(&note)?;
        }
        let done = known.as_ref().map_or(0, |k| k.parts);
        let parts = part.map(|size| Parts { size, done, note, run: run.name.to_owned() });
        let from = known.map(|k| k.checkpoint);
        let mut this = Self { places, parquet, memory: run.memory, outputs, parts, from };
        if this.parts.is_some() {
            // Parts of two runs together would be read as one.
            TABLES.iter().try_for_each(|t| this.places.forget_parts(t.name, done))?;
        }
        // A run that goes on may have nothing left to do.
        if this.from.is_none() {
            this.begin()?;
        }
        Ok(this)
    }

    /// Begins the files, or those of the next part.
    fn begin(&mut self) -> Result<()> {
        let nth = self.parts.as_ref().map(|p| p.done);
        for o in &mut self.outputs {
            let part = Part::create(&self.places.of(TABLES[o.table].name, nth)?, None)?;
            o.file = Some(match &self.parquet {
                Some(properties) => {
                    let writer = ArrowWriter::try_new(part, Arc::clone(&o.schema), Some((**properties).clone()));
                    File::Parquet(Box::new(Grouped { file: writer.map_err(failed)?, group: Vec::new(), held: 0 }))
                }
                None => File::Arrow(Box::new(FileWriter::try_new(part, &o.schema).map_err(failed)?)),
            });
        }
        Ok(())
    }

    /// Gives the files their names.
    fn end(&mut self) -> Result<()> {
        let files = self.outputs.iter_mut().filter_map(|o| o.file.take());
        let whole = files.map(File::into_part).collect::<Result<Vec<_>>>()?;
        whole.into_iter().try_for_each(Part::finish)
    }

    fn files(&self) -> impl Iterator<Item = &File> {
        self.outputs.iter().filter_map(|o| o.file.as_ref())
    }
}

impl Sink for Columnar {
    fn encoding(&self) -> Encoding {
        Encoding::Arrow
    }

    fn write(&mut self, mut block: Block, pool: &Pool) -> Result<()> {
        for o in &mut self.outputs {
            o.pending.extend(block.columns.take(o.table, &o.schema)?);
        }
        pool.give(block);
        Ok(())
    }

    /// The rows of a batch become one record batch: readers like few large ones.
    fn commit(&mut self, checkpoint: &str, _: &Pool) -> Result<()> {
        if self.files().next().is_none() {
            self.begin()?;
        }
        for o in self.outputs.iter_mut().filter(|o| !o.pending.is_empty()) {
            let rows = arrow_select::concat::concat_batches(&o.schema, &o.pending).map_err(failed)?;
            o.pending.clear();
            o.file.as_mut().map_or(Ok(()), |file| file.write(rows))?;
        }
        while self.files().map(File::held).sum::<u64>() > self.memory.output() {
            let largest = self.outputs.iter_mut().filter_map(|o| o.file.as_mut()).max_by_key(|file| file.held());
            largest.map_or(Ok(()), File::flush)?;
        }
        if let Some(size) = self.parts.as_ref().map(|parts| parts.size) {
            // What rows take when they are packed is known when they are.
            let near = |file: &&mut File| file.length() + file.held() >= size;
            self.outputs.iter_mut().filter_map(|o| o.file.as_mut()).filter(near).try_for_each(File::flush)?;
            if self.files().any(|file| file.length() >= size) {
                self.end()?;
            }
        }
        let Some(parts) = self.parts.as_mut().filter(|_| self.outputs.iter().all(|o| o.file.is_none())) else {
            return Ok(());
        };
        parts.done += 1;
        let (run, checkpoint) = (parts.run.clone(), checkpoint.to_owned());
        Note { run, checkpoint, lengths: Vec::new(), parts: parts.done }.write(&parts.note)
    }

    fn checkpoint(&self) -> Option<&str> {
        self.from.as_deref()
    }

    /// The note goes first: files that all have their names are not to be gone on with.
    fn finish(&mut self) -> Result<()> {
        if let Some(parts) = &self.parts {
            Note::forget(&parts.note)?;
        }
        self.end()?;
        // What an earlier run has left that was written otherwise.
        for table in TABLES {
            match self.parts {
                Some(_) => self.places.forget(table.name)?,
                None => self.places.forget_parts(table.name, 0)?,
            }
        }
        Ok(())
    }
}
