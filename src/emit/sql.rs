//! The tables as SQL: what creates them, their indices, and views that answer the common questions.

use super::SCHEMA_VERSION;
use super::columns::{Column, Kind, TABLES, Table};
use std::fmt::Write as _;

/// A database that the SQL is for.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// Decimals and times are text there: all digits, and `2026-01-28 22:17:00`.
    Sqlite,
    /// Decimals are `numeric(38,9)`, times `timestamp`, JSON `jsonb`.
    Postgres,
    /// Views over Parquet files beside the script, which nothing is loaded from.
    Duckdb,
}

/// Words of SQL that columns are called by.
const RESERVED: &[&str] = &["from", "end", "with"];

/// The views, in order: their names and what they show, and the queries they stand for.
const VIEWS: &[(&str, &str, &str)] = &[
    (
        "series",
        "what is reported of a subject's metric in a period: conflicting reports side by side, the latest last",
        include_str!("views/series.sql"),
    ),
    ("latest", "the last report of each subject, metric and period", include_str!("views/latest.sql")),
    ("changes", "what went up or down", include_str!("views/changes.sql")),
    ("names", "who and what is named in how many documents", include_str!("views/names.sql")),
];

/// Indices: table, then columns. Keys have their own.
const INDICES: &[(&str, &[&str])] = &[
    ("documents", &["published"]),
    ("entities", &["name"]),
    ("entities", &["link"]),
    ("quantities", &["unit"]),
    ("times", &["from"]),
    ("facts", &["subject_key", "metric_concept", "period_from"]),
    ("facts", &["metric_concept", "period_from"]),
    ("facts", &["fact_key"]),
];

/// The name of a column, quoted where SQL has another use for the word.
pub fn quoted(name: &str) -> String {
    if RESERVED.contains(&name) { format!("\"{name}\"") } else { name.to_owned() }
}

/// The type of a column.
pub fn type_of(kind: Kind, dialect: Dialect) -> &'static str {
    match (kind, dialect) {
        (Kind::Json, Dialect::Postgres) => "jsonb",
        (Kind::Text | Kind::Json, _) | (Kind::Decimal | Kind::Moment, Dialect::Sqlite) => "text",
        (Kind::Integer | Kind::Flag, Dialect::Sqlite) => "integer",
        (Kind::Flag, _) => "boolean",
        (Kind::Integer, _) => "bigint",
        (Kind::Decimal, _) => "numeric(38,9)",
        (Kind::Moment, _) => "timestamp",
    }
}

/// What creates a table, with the meaning of its columns.
pub fn create_table(table: &Table, dialect: Dialect) -> String {
    let mut sql = format!("-- {}\nCREATE TABLE IF NOT EXISTS {} (\n", table.about, table.name);
    for c in table.columns {
        let Column { kind, required, about, .. } = *c;
        let null = if required { " NOT NULL" } else { "" };
        let _ = writeln!(sql, "  {} {}{null}, -- {about}", quoted(c.name), type_of(kind, dialect));
    }
    let key: Vec<_> = table.key.iter().map(|k| quoted(k)).collect();
    // Rows of facts are too long to be kept in the tree of their key.
    let place = if dialect == Dialect::Sqlite && table.name != "facts" { " WITHOUT ROWID" } else { "" };
    let _ = write!(sql, "  PRIMARY KEY ({})\n){place}", key.join(", "));
    sql
}

/// What creates the tables that a database keeps for itself: which version of a document it has, even of one that was
/// withdrawn; how far a run has come; of what schema the tables are.
pub fn own_tables(dialect: Dialect) -> Vec<String> {
    // Versions are compared byte by byte, whatever the language of the database.
    let bytes = if dialect == Dialect::Postgres { " COLLATE \"C\"" } else { "" };
    vec![
        format!(
            "-- versions of documents, also of those that were withdrawn\nCREATE TABLE IF NOT EXISTS kennzahl_versions (\n  doc text NOT NULL PRIMARY KEY,\n  version text{bytes}, -- in a form that sorts\n  withdrawn boolean NOT NULL\n)"
        ),
        "-- how far unfinished runs have come\nCREATE TABLE IF NOT EXISTS kennzahl_runs (\n  run text NOT NULL PRIMARY KEY,\n  checkpoint text NOT NULL\n)".to_owned(),
        "-- of what schema these tables are\nCREATE TABLE IF NOT EXISTS kennzahl_schema (\n  schema_version text NOT NULL\n)".to_owned(),
    ]
}

/// What creates the indices.
pub fn create_indices() -> Vec<String> {
    let index = |(table, columns): &(&str, &[&str])| {
        let list: Vec<_> = columns.iter().map(|c| quoted(c)).collect();
        format!("CREATE INDEX IF NOT EXISTS {table}_{} ON {table} ({})", columns.join("_"), list.join(", "))
    };
    INDICES.iter().map(index).collect()
}

/// What makes the views anew.
pub fn create_views(dialect: Dialect) -> Vec<String> {
    // Beside the exact text of SQLite a number to sort and draw by.
    let (real, real_of_series) = match dialect {
        Dialect::Sqlite => ("CAST(f.value AS REAL) AS value_real, ", "value_real, "),
        _ => ("", ""),
    };
    let mut all = Vec::new();
    for (name, about, query) in VIEWS {
        let query = query.trim_end().replace("{real}", real).replace("{value_real}", real_of_series);
        match dialect {
            Dialect::Sqlite => {
                all.push(format!("DROP VIEW IF EXISTS {name}"));
                all.push(format!("-- {about}\nCREATE VIEW {name} AS\n{query}"));
            }
            _ => all.push(format!("-- {about}\nCREATE OR REPLACE VIEW {name} AS\n{query}")),
        }
    }
    all
}

/// What adds a column of a newer schema of the same MAJOR.
pub fn add_column(table: &Table, column: &Column, dialect: Dialect) -> String {
    format!("ALTER TABLE {} ADD COLUMN {} {}", table.name, quoted(column.name), type_of(column.kind, dialect))
}

/// All of it as a script.
///
/// ```
/// use kennzahl::emit::{Dialect, sql};
/// assert!(sql(Dialect::Sqlite).contains("CREATE TABLE IF NOT EXISTS facts"));
/// ```
pub fn sql(dialect: Dialect) -> String {
    let mut out = format!("-- Tables of kennzahl, schema {SCHEMA_VERSION}.\n\n");
    let mut statements = Vec::new();
    if dialect == Dialect::Duckdb {
        out.push_str(
            "-- Run it in the folder of the Parquet files: kennzahl extract … -o FOLDER/ --to parquet\n\
             -- Where one run met several versions of a document, files have the rows of each, the newest last.\n\n",
        );
        for table in &TABLES[..6] {
            statements.push(duckdb_view(table));
        }
    } else {
        statements.extend(TABLES.iter().map(|t| create_table(t, dialect)));
        statements.extend(own_tables(dialect));
        statements.extend(create_indices());
    }
    if dialect == Dialect::Postgres {
        for table in TABLES {
            statements.extend(comments(table));
        }
    }
    statements.extend(create_views(dialect));
    for s in statements {
        out.push_str(&s);
        out.push_str(";\n\n");
    }
    out
}

/// The meaning of a table and its columns, for `\d+` and tools.
pub fn comments(table: &Table) -> Vec<String> {
    let escaped = |text: &str| text.replace('\'', "''");
    let mut all = vec![format!("COMMENT ON TABLE {} IS '{}'", table.name, escaped(table.about))];
    all.extend(
        table
            .columns
            .iter()
            .map(|c| format!("COMMENT ON COLUMN {}.{} IS '{}'", table.name, quoted(c.name), escaped(c.about))),
    );
    all
}

fn duckdb_view(table: &Table) -> String {
    let columns: Vec<_> = table.columns.iter().map(|c| quoted(c.name)).collect();
    format!(
        "-- {}\nCREATE OR REPLACE VIEW {name} AS\nSELECT {}\nFROM read_parquet('{name}*.parquet')",
        table.about,
        columns.join(", "),
        name = table.name
    )
}

/// The tables and their columns as Markdown, for readers.
pub fn markdown() -> String {
    let mut out = format!("# Tables\n\nSchema {SCHEMA_VERSION}.\n");
    for table in TABLES {
        let _ = write!(out, "\n## {}\n\n{}; key: {}\n\n", table.name, capital(table.about), table.key.join(", "));
        out.push_str("| column | type | meaning |\n| --- | --- | --- |\n");
        for c in table.columns {
            let kind = match c.kind {
                Kind::Text => "text",
                Kind::Integer => "integer",
                Kind::Decimal => "decimal",
                Kind::Moment => "time",
                Kind::Flag => "true",
                Kind::Json => "JSON",
            };
            let _ = writeln!(out, "| `{}` | {kind}{} | {} |", c.name, if c.required { "" } else { "?" }, c.about);
        }
    }
    out.push_str("\n`?` marks what may be absent. Views of the databases:\n\n");
    for (name, about, _) in VIEWS {
        let _ = writeln!(out, "- `{name}`: {about}");
    }
    out
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
