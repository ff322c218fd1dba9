//! SQLite: one transaction a batch, in place.
//!
//! The database is whole after every batch: what a killed run had begun is rolled back when the file is next opened.

use super::rows::{Cell, Reader};
use super::target::Run;
use super::{Block, Encoding, Pool, Sink, check_schema};
use crate::emit::columns::TABLES;
use crate::emit::sql::{self, Dialect};
use crate::emit::{Options, SCHEMA_VERSION};
use crate::error::{Error, Result};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;
use std::time::Duration;

pub(super) struct Sqlite {
    db: Connection,
    place: String,
    run: String,
    checkpoint: Option<String>,
    /// How rows are inserted, for the tables that the database has.
    inserts: Vec<Option<String>>,
    deletes: Vec<String>,
    /// Whether a transaction is open.
    begun: bool,
}

impl Sqlite {
    pub(super) fn open(path: &Path, options: Options, run: Run<'_>) -> Result<Self> {
        let place = path.display().to_string();
        let fail = |e: rusqlite::Error| told(&place, &e);
        let db = Connection::open(path).map_err(fail)?;
        db.busy_timeout(Duration::from_secs(30)).map_err(fail)?;
        db.set_prepared_statement_cache_capacity(64);
        // Larger pages make flatter trees; those of a database that is there stay as they are. Indices are sorted beside.
        db.execute_batch("PRAGMA page_size = 16384; PRAGMA threads = 2").map_err(fail)?;
        let checkpoint = prepare(&db, options, run, &place)?;
        // In KB, where it is negative. It counts in pages of the size that is known by now.
        let cache = run.memory.output() >> 10;
        db.pragma_update(None, "cache_size", -(cache as i64)).map_err(fail)?;
        let mut inserts = vec![None; TABLES.len()];
        let mut deletes = Vec::new();
        for (n, table) in TABLES.iter().enumerate() {
            if columns_of(&db, table.name).map_err(fail)?.is_empty() {
                continue;
            }
            let names: Vec<_> = table.columns.iter().map(|c| sql::quoted(c.name)).collect();
            let marks = vec!["?"; names.len()].join(",");
            inserts[n] = Some(format!("INSERT INTO {} ({}) VALUES ({marks})", table.name, names.join(",")));
            deletes.push(format!("DELETE FROM {} WHERE doc = ?1", table.name));
        }
        Ok(Self { db, place, run: run.name.to_owned(), checkpoint, inserts, deletes, begun: false })
    }

    fn insert(&self, block: &Block) -> rusqlite::Result<()> {
        let mut known = self.db.prepare_cached("SELECT version FROM kennzahl_versions WHERE doc = ?1")?;
        let mut enter = self.db.prepare_cached(
            "INSERT INTO kennzahl_versions (doc, version, withdrawn) VALUES (?1, ?2, ?3)
             ON CONFLICT (doc) DO UPDATE SET version = excluded.version, withdrawn = excluded.withdrawn",
        )?;
        let mut deletes =
            self.deletes.iter().map(|d| self.db.prepare_cached(d)).collect::<rusqlite::Result<Vec<_>>>()?;
        let mut inserts = Vec::new();
        for (insert, table) in self.inserts.iter().zip(TABLES) {
            let insert = insert.as_ref().map(|i| self.db.prepare_cached(i)).transpose()?;
            // What was bound stays so from row to row; nothing is as yet.
            inserts.push(insert.map(|mut insert| {
                insert.clear_bindings();
                (insert, vec![false; table.columns.len()])
            }));
        }
        for (nth, doc) in block.entries.iter().enumerate() {
            let old: Option<Option<String>> = known.query_row([&doc.id], |row| row.get(0)).optional()?;
            if let Some(old) = &old {
                // Where one of the two has none, the later one counts.
                if matches!((old, &doc.version), (Some(old), Some(new)) if new < old) {
                    continue;
                }
                for delete in &mut deletes {
                    delete.execute([&doc.id])?;
                }
            }
            enter.execute(params![doc.id, doc.version, doc.withdrawn])?;
            for (table, insert) in inserts.iter_mut().enumerate() {
                let Some((insert, bound)) = insert else { continue };
                let mut cells = Reader(block.rows_of(nth, table));
                while !cells.0.is_empty() {
                    let columns = TABLES[table].columns.len();
                    for (column, cell) in cells.by_ref().take(columns).enumerate() {
                        let value = match cell {
                            // Most cells of a fact are empty, as they were in the row before.
                            Cell::Null if !bound[column] => continue,
                            Cell::Null => ValueRef::Null,
                            Cell::Integer(n) => ValueRef::Integer(n),
                            Cell::Text(text) => ValueRef::Text(text),
                        };
                        bound[column] = cell != Cell::Null;
                        insert.raw_bind_parameter(column + 1, ToSqlOutput::Borrowed(value))?;
                    }
                    insert.raw_execute()?;
                }
            }
        }
        Ok(())
    }

    fn begin(&mut self) -> rusqlite::Result<()> {
        if !self.begun {
            self.db.execute_batch("BEGIN IMMEDIATE")?;
            self.begun = true;
        }
        Ok(())
    }
}

/// Creates what is missing, and looks up how far this run has come.
fn prepare(db: &Connection, options: Options, run: Run<'_>, place: &str) -> Result<Option<String>> {
    let fail = |e: rusqlite::Error| told(place, &e);
    // While a run writes, readers go on; a crash of the program loses nothing that was committed.
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000;
         BEGIN IMMEDIATE",
    )
    .map_err(fail)?;
    for statement in sql::own_tables(Dialect::Sqlite) {
        db.execute_batch(&statement).map_err(fail)?;
    }
    let theirs: Option<String> =
        db.query_row("SELECT schema_version FROM kennzahl_schema", [], |row| row.get(0)).optional().map_err(fail)?;
    let version = theirs.map_or_else(|| Ok(SCHEMA_VERSION.to_owned()), |theirs| check_schema(place, &theirs))?;
    db.execute("DELETE FROM kennzahl_schema", []).map_err(fail)?;
    db.execute("INSERT INTO kennzahl_schema VALUES (?1)", [version]).map_err(fail)?;
    for (n, table) in TABLES.iter().enumerate() {
        // What is written on request only is created on request only.
        if n >= 6 && !options.tables()[n] {
            continue;
        }
        let there = columns_of(db, table.name).map_err(fail)?;
        if there.is_empty() {
            db.execute_batch(&sql::create_table(table, Dialect::Sqlite)).map_err(fail)?;
            continue;
        }
        for column in table.columns.iter().filter(|c| !there.iter().any(|t| t == c.name)) {
            db.execute_batch(&sql::add_column(table, column, Dialect::Sqlite)).map_err(fail)?;
        }
    }
    for statement in sql::create_views(Dialect::Sqlite) {
        db.execute_batch(&statement).map_err(fail)?;
    }
    let checkpoint =
        db.query_row("SELECT checkpoint FROM kennzahl_runs WHERE run = ?1", [run.name], |row| row.get(0)).optional();
    let checkpoint = checkpoint.map_err(fail)?.filter(|_| run.resume);
    db.execute_batch("COMMIT").map_err(fail)?;
    Ok(checkpoint)
}

/// The columns of a table; none where there is no such table.
fn columns_of(db: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut names = db.prepare("SELECT name FROM pragma_table_info(?1)")?;
    names.query_map([table], |row| row.get(0))?.collect()
}

impl Sink for Sqlite {
    fn encoding(&self) -> Encoding {
        Encoding::Rows
    }

    fn write(&mut self, block: Block, pool: &Pool) -> Result<()> {
        self.begin().and_then(|()| self.insert(&block)).map_err(|e| told(&self.place, &e))?;
        pool.give(block);
        Ok(())
    }

    fn commit(&mut self, checkpoint: &str, _: &Pool) -> Result<()> {
        let done = self.begin().and_then(|()| {
            self.db.execute(
                "INSERT INTO kennzahl_runs VALUES (?1, ?2) ON CONFLICT (run) DO UPDATE SET checkpoint = excluded.checkpoint",
                [&self.run, checkpoint],
            )?;
            self.db.execute_batch("COMMIT")
        });
        self.begun = false;
        done.map_err(|e| told(&self.place, &e))
    }

    fn checkpoint(&self) -> Option<&str> {
        self.checkpoint.as_deref()
    }

    /// Indices are made at the end, which is faster than to keep them up; those of an older run are kept up.
    fn finish(&mut self) -> Result<()> {
        let done = self.begin().and_then(|()| {
            self.db.execute("DELETE FROM kennzahl_runs WHERE run = ?1", [&self.run])?;
            // What was kept of the tables makes room for what is sorted.
            self.db.execute_batch("PRAGMA shrink_memory")?;
            for index in sql::create_indices() {
                self.db.execute_batch(&index)?;
            }
            self.db.execute_batch("COMMIT; PRAGMA optimize")?;
            // One file is left, without its log. Where another program reads it, that one tidies up.
            let _ = self.db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
            Ok(())
        });
        done.map_err(|e| told(&self.place, &e))
    }
}

fn told(place: &str, e: &rusqlite::Error) -> Error {
    let advice = match e.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => "; it is no SQLite database: name another file",
        Some(rusqlite::ErrorCode::DiskFull) => "; what was committed is kept: make room and run it again",
        Some(rusqlite::ErrorCode::DatabaseBusy) => "; another program writes to it: run it again when that is done",
        Some(rusqlite::ErrorCode::CannotOpen) => "; does its folder exist?",
        _ => "",
    };
    Error::at(place, format!("{e}{advice}"))
}
