//! PostgreSQL: a batch is copied into temporary tables and takes its place in one transaction.
//!
//! The batch is kept until it is committed. Where the connection drops, it is opened again and the batch repeated; if it
//! had been committed after all, the same rows take the place of the same rows.

use super::target::Run;
use super::{Block, Encoding, Pool, Sink, check_schema, copy};
use crate::emit::columns::{TABLES, Table};
use crate::emit::sql::{self, Dialect};
use crate::emit::{Options, SCHEMA_VERSION};
use crate::error::{Error, Result};
use ::postgres::{Client, Config, NoTls, Transaction, error::SqlState};
use std::collections::HashSet;
use std::io::Write;
use std::time::Duration;

/// How long to wait before each new try, in milliseconds: a minute and a half in all.
const WAITS: [u64; 12] = [100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 15_000, 15_000, 15_000, 15_000];

/// One program at a time creates tables: a number of our own, as PostgreSQL's locks have it.
const LOCK: i64 = 0x6b65_6e6e_7a61_686c;

type Failed = ::postgres::Error;
type Done<T> = std::result::Result<T, Failed>;

pub(super) struct Postgres {
    config: Config,
    place: String,
    run: String,
    checkpoint: Option<String>,
    /// None where the connection was lost.
    client: Option<Client>,
    /// The tables that the database has, by their place in [`TABLES`].
    tables: Vec<usize>,
    /// What was written since the last commit.
    pending: Vec<Block>,
}

impl Postgres {
    pub(super) fn open(url: &str, options: Options, run: Run<'_>) -> Result<Self> {
        let mut config: Config = url.parse().map_err(|e| Error::new(format!("the URL of the database: {e}")))?;
        if config.get_application_name().is_none() {
            config.application_name("kennzahl");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        let place = place(&config);
        let mut client = config.connect(NoTls).map_err(|e| told(&place, &e))?;
        let checkpoint = prepare(&mut client, options, run, &place)?;
        let mut tables = Vec::new();
        for (n, table) in TABLES.iter().enumerate() {
            if !columns_of(&mut client, table.name).map_err(|e| told(&place, &e))?.is_empty() {
                tables.push(n);
            }
        }
        stage(&mut client, &tables).map_err(|e| told(&place, &e))?;
        Ok(Self {
            config,
            place,
            run: run.name.to_owned(),
            checkpoint,
            client: Some(client),
            tables,
            pending: Vec::new(),
        })
    }

    /// Does something in a transaction, over a new connection where the old one was lost.
    fn with<T>(&mut self, mut work: impl FnMut(&Self, &mut Transaction<'_>) -> Done<T>) -> Result<T> {
        let mut waits = WAITS.iter();
        loop {
            let mut client = self.client.take();
            let done = self.attempt(&mut client, &mut work);
            match done {
                Ok(done) => {
                    self.client = client;
                    return Ok(done);
                }
                Err(e) if passing(&e) => {
                    let Some(wait) = waits.next() else { return Err(told(&self.place, &e)) };
                    std::thread::sleep(Duration::from_millis(*wait));
                }
                Err(e) => return Err(told(&self.place, &e)),
            }
        }
    }

    fn attempt<T>(
        &self,
        client: &mut Option<Client>,
        work: &mut impl FnMut(&Self, &mut Transaction<'_>) -> Done<T>,
    ) -> Done<T> {
        let client = match client {
            Some(client) => client,
            None => {
                let mut fresh = self.config.connect(NoTls)?;
                stage(&mut fresh, &self.tables)?;
                client.insert(fresh)
            }
        };
        let mut transaction = client.transaction()?;
        let done = work(self, &mut transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Puts all that is pending into its place. A document that comes twice is put there twice, one after the other.
    fn put(&self, t: &mut Transaction<'_>) -> Done<()> {
        let mut round: Vec<(&Block, usize)> = Vec::new();
        let mut seen = HashSet::new();
        for block in &self.pending {
            for (nth, entry) in block.entries.iter().enumerate() {
                if !seen.insert(entry.id.as_str()) {
                    self.put_round(t, &round)?;
                    round.clear();
                    seen = HashSet::from([entry.id.as_str()]);
                }
                round.push((block, nth));
            }
        }
        self.put_round(t, &round)
    }

    fn put_round(&self, t: &mut Transaction<'_>, round: &[(&Block, usize)]) -> Done<()> {
        t.batch_execute("DELETE FROM kennzahl_stage_versions; DELETE FROM kennzahl_stage_won")?;
        let mut row = Vec::new();
        for (block, nth) in round {
            let entry = &block.entries[*nth];
            row.extend_from_slice(&3u16.to_be_bytes());
            copy::text(&mut row, Some(&entry.id));
            copy::text(&mut row, entry.version.as_deref());
            copy::value(&mut row, Some(&[u8::from(entry.withdrawn)]));
        }
        copy_in(t, "kennzahl_stage_versions (doc, version, withdrawn)", std::iter::once(&*row))?;
        // Where one of two versions is unknown, the later one counts. Sorted, so that two programs do not lock each other.
        t.batch_execute(
            "WITH won AS (
               INSERT INTO kennzahl_versions AS v (doc, version, withdrawn)
               SELECT doc, version, withdrawn FROM kennzahl_stage_versions ORDER BY doc
               ON CONFLICT (doc) DO UPDATE SET version = EXCLUDED.version, withdrawn = EXCLUDED.withdrawn
               WHERE v.version IS NULL OR EXCLUDED.version IS NULL OR EXCLUDED.version >= v.version
               RETURNING doc, xmax <> 0 AS old
             )
             INSERT INTO kennzahl_stage_won SELECT doc, old FROM won",
        )?;
        let known = t.query_one("SELECT count(*) FROM kennzahl_stage_won WHERE old", &[])?.get::<_, i64>(0) > 0;
        for n in &self.tables {
            let Table { name, .. } = TABLES[*n];
            let columns = columns(TABLES[*n]);
            if known {
                t.batch_execute(&format!(
                    "DELETE FROM {name} USING kennzahl_stage_won w WHERE {name}.doc = w.doc AND w.old"
                ))?;
            }
            if round.iter().all(|(block, nth)| block.rows_of(*nth, *n).is_empty()) {
                continue;
            }
            t.batch_execute(&format!("DELETE FROM kennzahl_stage_{name}"))?;
            let rows = round.iter().map(|(block, nth)| block.rows_of(*nth, *n));
            copy_in(t, &format!("kennzahl_stage_{name} ({columns})"), rows)?;
            t.batch_execute(&format!(
                "INSERT INTO {name} ({columns}) SELECT {columns} FROM kennzahl_stage_{name}
                 WHERE doc IN (SELECT doc FROM kennzahl_stage_won)"
            ))?;
        }
        Ok(())
    }
}

fn columns(table: &Table) -> String {
    table.columns.iter().map(|c| sql::quoted(c.name)).collect::<Vec<_>>().join(",")
}

fn copy_in<'r>(t: &mut Transaction<'_>, into: &str, rows: impl Iterator<Item = &'r [u8]>) -> Done<()> {
    let mut writer = t.copy_in(&format!("COPY {into} FROM STDIN BINARY"))?;
    // An error of the server comes at the end; one of the connection does so too, as the stream is closed then.
    let sent = writer.write_all(copy::HEAD).is_ok()
        && rows.into_iter().all(|r| writer.write_all(r).is_ok())
        && writer.write_all(copy::TAIL).is_ok();
    let done = writer.finish().map(|_| ());
    debug_assert!(sent || done.is_err(), "what was not sent is an error");
    done
}

/// Creates what is missing, and looks up how far this run has come.
fn prepare(client: &mut Client, options: Options, run: Run<'_>, place: &str) -> Result<Option<String>> {
    let fail = |e: Failed| told(place, &e);
    let mut t = client.transaction().map_err(fail)?;
    t.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).map_err(fail)?;
    for statement in sql::own_tables(Dialect::Postgres) {
        t.batch_execute(&statement).map_err(fail)?;
    }
    let theirs = t.query_opt("SELECT schema_version FROM kennzahl_schema", &[]).map_err(fail)?;
    let theirs: Option<String> = theirs.map(|row| row.get(0));
    let version = match &theirs {
        Some(theirs) => check_schema(place, theirs)?,
        None => SCHEMA_VERSION.to_owned(),
    };
    let known = theirs.as_deref() == Some(SCHEMA_VERSION);
    if theirs.as_ref() != Some(&version) {
        t.batch_execute("DELETE FROM kennzahl_schema").map_err(fail)?;
        t.execute("INSERT INTO kennzahl_schema VALUES ($1)", &[&version]).map_err(fail)?;
    }
    for (n, table) in TABLES.iter().enumerate() {
        // What is written on request only is created on request only.
        if n >= 6 && !options.tables()[n] {
            continue;
        }
        let there = columns_of(&mut t, table.name).map_err(fail)?;
        if there.is_empty() {
            t.batch_execute(&sql::create_table(table, Dialect::Postgres)).map_err(fail)?;
            for comment in sql::comments(table) {
                t.batch_execute(&comment).map_err(fail)?;
            }
        }
        for column in table.columns.iter().filter(|c| !there.is_empty() && !there.iter().any(|t| t == c.name)) {
            t.batch_execute(&sql::add_column(table, column, Dialect::Postgres)).map_err(fail)?;
        }
    }
    if !known {
        for statement in sql::create_views(Dialect::Postgres) {
            t.batch_execute(&statement).map_err(fail)?;
        }
    }
    let checkpoint = t.query_opt("SELECT checkpoint FROM kennzahl_runs WHERE run = $1", &[&run.name]).map_err(fail)?;
    t.commit().map_err(fail)?;
    Ok(checkpoint.filter(|_| run.resume).map(|row| row.get(0)))
}

/// The columns of a table; none where there is no such table.
fn columns_of(client: &mut impl ::postgres::GenericClient, table: &str) -> Done<Vec<String>> {
    let query = "SELECT attname::text FROM pg_attribute
                 WHERE attrelid = to_regclass(quote_ident($1)) AND attnum > 0 AND NOT attisdropped";
    Ok(client.query(query, &[&table])?.iter().map(|row| row.get(0)).collect())
}

/// Creates the temporary tables of a connection.
fn stage(client: &mut Client, tables: &[usize]) -> Done<()> {
    let mut script = String::from(
        "CREATE TEMP TABLE kennzahl_stage_versions (doc text, version text, withdrawn boolean) ON COMMIT DELETE ROWS;
         CREATE TEMP TABLE kennzahl_stage_won (doc text, old boolean) ON COMMIT DELETE ROWS;",
    );
    for n in tables {
        let name = TABLES[*n].name;
        script.push_str(&format!("CREATE TEMP TABLE kennzahl_stage_{name} (LIKE {name}) ON COMMIT DELETE ROWS;"));
    }
    client.batch_execute(&script)
}

impl Sink for Postgres {
    fn encoding(&self) -> Encoding {
        Encoding::Copy
    }

    fn write(&mut self, block: Block, _: &Pool) -> Result<()> {
        self.pending.push(block);
        Ok(())
    }

    fn commit(&mut self, checkpoint: &str, pool: &Pool) -> Result<()> {
        self.with(|this, t| {
            this.put(t)?;
            t.execute(
                "INSERT INTO kennzahl_runs VALUES ($1, $2) ON CONFLICT (run) DO UPDATE SET checkpoint = EXCLUDED.checkpoint",
                &[&this.run, &checkpoint],
            )
        })?;
        self.pending.drain(..).for_each(|block| pool.give(block));
        Ok(())
    }

    fn checkpoint(&self) -> Option<&str> {
        self.checkpoint.as_deref()
    }

    /// Indices are made at the end, which is faster than to keep them up; those of an older run are kept up.
    fn finish(&mut self) -> Result<()> {
        self.with(|this, t| {
            t.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
            t.execute("DELETE FROM kennzahl_runs WHERE run = $1", &[&this.run])?;
            sql::create_indices().iter().try_for_each(|index| t.batch_execute(index))
        })
    }
}

/// Whether trying again may help: the connection is gone, the server restarts, another program was in the way.
fn passing(e: &Failed) -> bool {
    let Some(code) = e.code() else { return true };
    let passing = [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::TOO_MANY_CONNECTIONS,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
    ];
    e.is_closed() || code.code().starts_with("08") || passing.contains(code)
}

/// The database without its password.
fn place(config: &Config) -> String {
    let host = match config.get_hosts().first() {
        Some(::postgres::config::Host::Tcp(host)) => host.clone(),
        #[cfg(unix)]
        Some(::postgres::config::Host::Unix(path)) => path.display().to_string(),
        None => "localhost".to_owned(),
    };
    format!("postgres://{host}/{}", config.get_dbname().unwrap_or_default())
}

fn told(place: &str, e: &Failed) -> Error {
    // What the server says stands below what the client says.
    let mut message = e.to_string();
    let mut cause = std::error::Error::source(e);
    while let Some(below) = cause {
        let text = below.to_string();
        if !message.contains(&text) {
            message = format!("{message}: {text}");
        }
        cause = below.source();
    }
    let advice = if message.contains("TLS") || message.contains("no encryption") {
        "; connections are not encrypted here: use a socket or a tunnel"
    } else if passing(e) {
        "; what was committed is kept: see to the server and run it again"
    } else {
        ""
    };
    Error::at(place, format!("{message}{advice}"))
}
