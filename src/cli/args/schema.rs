//! `kennzahl schema`

use clap::{Args, ValueEnum};

/// What prints SQL.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum Sql {
    Sqlite,
    Postgres,
    Duckdb,
}

/// Print the JSON Schema of the records, or the tables as SQL.
#[derive(Debug, Args)]
pub(in crate::cli) struct Schema {
    /// What creates tables, indices and views; for DuckDB: views over Parquet files
    #[arg(long, value_enum, value_name = "DATABASE")]
    pub(in crate::cli) sql: Option<Sql>,
    /// The tables and the meaning of their columns, as Markdown
    #[arg(long, conflicts_with = "sql")]
    pub(in crate::cli) tables: bool,
}
