//! What `-o` says: which format, and where.

use super::Sink;
use super::appended::Appended;
use super::files::Packing;
use crate::emit::Options;
use crate::error::{Error, Result};
use crate::memory::Memory;
use std::path::{Path, PathBuf};

/// A format of the output.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// A file for each table.
    Csv,
    /// A file for each table.
    Parquet,
    /// A file for each table, as Arrow's file format has it.
    Arrow,
    /// A database in a file.
    Sqlite,
    /// A database on a server.
    Postgres,
}

impl Format {
    /// Its name, as `--to` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// A run, as its output knows it.
#[derive(Copy, Clone, Debug)]
pub struct Run<'a> {
    /// Its name: the same for the same inputs and options alone.
    pub name: &'a str,
    /// Whether it goes on where an unfinished one of its name stopped.
    pub resume: bool,
    /// What the run may take.
    pub memory: Memory,
}

/// Where the output goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// In which format.
    pub format: Format,
    packing: Packing,
    place: String,
    /// The size of its parts, in bytes, where it is written in parts.
    part: Option<u64>,
}

impl Target {
    /// Reads a file name, a folder or a URL. `format` decides where the suffix does not tell.
    ///
    /// ```
    /// use kennzahl::sink::{Format, Target};
    /// assert_eq!(Target::parse("news.sqlite", None).unwrap().format, Format::Sqlite);
    /// assert_eq!(Target::parse("out/", Some(Format::Csv)).unwrap().format, Format::Csv);
    /// ```
    ///
    /// # Errors
    /// No known format, or one that contradicts the suffix.
    pub fn parse(place: &str, format: Option<Format>) -> Result<Self> {
        let lower = place.to_ascii_lowercase();
        let name = lower.rsplit(['/', '\\']).next().unwrap_or_default();
        let (bare, packing) = match name.rsplit_once('.') {
            Some((bare, "gz")) => (bare, Packing::Gzip),
            Some((bare, "zst")) => (bare, Packing::Zstd),
            _ => (name, Packing::None),
        };
        let suffix = bare.rsplit_once('.').map_or("", |(_, suffix)| suffix);
        let told = match suffix {
            _ if lower.starts_with("postgres://") || lower.starts_with("postgresql://") => Some(Format::Postgres),
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "csv" => Some(Format::Csv),
            "parquet" => Some(Format::Parquet),
            "arrow" | "feather" => Some(Format::Arrow),
            "sqlite" | "sqlite3" | "db" => Some(Format::Sqlite),
            "duckdb" => {
                return Err(Error::at(
                    place,
                    "DuckDB reads Parquet: write a folder (-o FOLDER/ --to parquet), and run `kennzahl schema --sql duckdb` in it",
                ));
            }
            _ => None,
        };
        let format = match (format, told) {
            (Some(a), Some(b)) if a != b => {
                // A URL may have a password in it.
                let place = if b == Format::Postgres { "the URL of -o" } else { place };
                return Err(Error::at(place, "it is that of another format than --to"));
            }
            (Some(Format::Postgres), None) => {
                return Err(Error::at(place, "PostgreSQL is written to as postgres://USER@HOST/DATABASE"));
            }
            (a, b) => a.or(b).or(Path::new(place).exists().then_some(Format::Jsonl).filter(|_| special(place))),
        };
        let Some(format) = format else {
            let advice = "its suffix tells no format: use .jsonl, .jsonl.gz, .jsonl.zst, .csv, .parquet, .arrow or .sqlite, or name the format with --to";
            return Err(Error::at(place, advice));
        };
        if packing != Packing::None && format != Format::Jsonl {
            return Err(Error::at(place, "only JSON lines are packed (.jsonl.gz, .jsonl.zst)"));
        }
        Ok(Self { format, packing, place: place.to_owned(), part: None })
    }

    /// The same in parts: once a file of a table has so many bytes, another one begins.
    ///
    /// # Errors
    /// Its format is not written in parts.
    pub fn in_parts(self, size: u64) -> Result<Self> {
        match self.format {
            Format::Parquet | Format::Arrow => Ok(Self { part: Some(size), ..self }),
            _ => Err(Error::at(&self.place, "only Parquet and Arrow are written in parts (--part-size)")),
        }
    }

    /// The file or folder; none for a server, a device or a pipe.
    pub fn path(&self) -> Option<&Path> {
        (self.format != Format::Postgres && !special(&self.place)).then(|| Path::new(&self.place))
    }

    /// Whether an unfinished run into it can be gone on with.
    pub fn resumable(&self) -> bool {
        match self.format {
            Format::Parquet | Format::Arrow => self.part.is_some(),
            Format::Jsonl => !special(&self.place),
            Format::Csv | Format::Sqlite | Format::Postgres => true,
        }
    }

    /// Opens it.
    ///
    /// # Errors
    /// It cannot be written to, has tables of another schema, or cannot be gone on with.
    pub fn open(&self, options: Options, run: Run<'_>) -> Result<Box<dyn Sink>> {
        let path = Path::new(&self.place);
        if run.resume && !self.resumable() {
            let message = match self.format {
                Format::Jsonl => "what is no file has no place to go back to: run it without --resume",
                _ => {
                    "a run into one file a table cannot be resumed, for such a file is whole or nothing: run it without --resume, or in parts (--part-size 1G) from the start"
                }
            };
            return Err(Error::at(&self.place, message));
        }
        Ok(match self.format {
            Format::Jsonl => Box::new(Appended::lines(path, self.packing, run)?),
            Format::Csv => Box::new(Appended::csv(&Places::of_target(path, "csv"), options, run)?),
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                let places = Places::of_target(path, "parquet");
                Box::new(super::columnar::Columnar::parquet(places, self.part, options, run)?)
            }
            #[cfg(feature = "parquet")]
            Format::Arrow => {
                let places = Places::of_target(path, "arrow");
                Box::new(super::columnar::Columnar::arrow(places, self.part, options, run)?)
            }
            #[cfg(feature = "sqlite")]
            Format::Sqlite => Box::new(super::sqlite::Sqlite::open(path, options, run)?),
            #[cfg(feature = "postgres")]
            Format::Postgres => Box::new(super::postgres::Postgres::open(&self.place, options, run)?),
            #[cfg(not(all(feature = "parquet", feature = "sqlite", feature = "postgres")))]
            _ => {
                let message =
                    "this program was built without that output; build it with the features sqlite, postgres, parquet";
                return Err(Error::at(&self.place, message));
            }
        })
    }
}

/// A device or a pipe, which has no suffix.
fn special(place: &str) -> bool {
    std::fs::metadata(place).is_ok_and(|m| !m.is_file() && !m.is_dir())
}

/// The files of the tables: `news.csv` stands for `news.documents.csv` and so on, a folder for `documents.csv` in it.
pub(super) struct Places {
    folder: PathBuf,
    stem: Option<String>,
    suffix: String,
}

impl Places {
    fn of_target(path: &Path, suffix: &str) -> Self {
        let own = path.extension().and_then(|e| e.to_str());
        let fits =
            |own: &str| own.eq_ignore_ascii_case(suffix) || suffix == "arrow" && own.eq_ignore_ascii_case("feather");
        let folder = path.to_string_lossy().ends_with(['/', '\\']) || path.is_dir() || !own.is_some_and(fits);
        if folder {
            return Self { folder: path.to_owned(), stem: None, suffix: suffix.to_owned() };
        }
        Self {
            folder: path.parent().map(Path::to_owned).unwrap_or_default(),
            stem: path.file_stem().map(|s| s.to_string_lossy().into_owned()),
            suffix: own.unwrap_or(suffix).to_owned(),
        }
    }

    /// Where the note lies of how far a run has come.
    pub(super) fn note(&self) -> PathBuf {
        self.folder.join(format!("{}.resume", self.stem.as_deref().unwrap_or("kennzahl")))
    }

    /// The file of a table, or a part of it; its folder is made where it is missing and is the table's own.
    pub(super) fn of(&self, table: &str, part: Option<u32>) -> Result<PathBuf> {
        let Self { folder, stem, suffix } = self;
        if stem.is_none() {
            std::fs::create_dir_all(folder).map_err(|e| super::files::at(folder, &e))?;
        }
        let name = self.bare(table);
        Ok(folder.join(match part {
            Some(part) => format!("{name}-{part:05}.{suffix}"),
            None => format!("{name}.{suffix}"),
        }))
    }

    fn bare(&self, table: &str) -> String {
        self.stem.as_ref().map_or_else(|| table.to_owned(), |stem| format!("{stem}.{table}"))
    }

    /// Takes away the file of a table, where there is one.
    #[cfg(feature = "parquet")]
    pub(super) fn forget(&self, table: &str) -> Result<()> {
        super::note::Note::forget(&self.of(table, None)?)
    }

    /// Takes away the parts of a table from the `from`th on.
    #[cfg(feature = "parquet")]
    pub(super) fn forget_parts(&self, table: &str, from: u32) -> Result<()> {
        let folder = if self.folder.as_os_str().is_empty() { Path::new(".") } else { &self.folder };
        let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
        let name = self.bare(table);
        for entry in entries.flatten() {
            let found = entry.file_name();
            let number = found.to_str().and_then(|f| {
                let digits = f.strip_prefix(&name)?.strip_prefix('-')?.strip_suffix(&self.suffix)?.strip_suffix('.')?;
                digits.parse::<u32>().ok().filter(|n| digits == format!("{n:05}"))
            });
            if number.is_some_and(|n| n >= from) {
                std::fs::remove_file(entry.path()).map_err(|e| super::files::at(&entry.path(), &e))?;
            }
        }
        Ok(())
    }
}
