//! The commands. Printing, the environment and exit codes live here and nowhere else.

mod args;
mod audit;
mod convert;
mod diff;
mod each;
mod evaluate;
mod explain;
mod extract;
mod generate;
mod input;
mod manifest;
mod pack;
mod say;
mod settings;
mod signals;
mod train;
mod verify;
mod view;
mod watch;

use args::Command;
use kennzahl::pack::Pack;
use kennzahl::{Error, Extractor};
use settings::{Failed, Settings};
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

/// All read.
const DONE: u8 = 0;
/// Finished with rejects, or a gate failed.
const FINDINGS: u8 = 1;
/// Usage, configuration or output error.
const FAILED: u8 = 2;

/// Runs a command as the program does, which is the first of the arguments: prints, and returns the exit code. Where nobody
/// reads what is printed, the process ends.
pub fn main(args: impl IntoIterator<Item = OsString>) -> u8 {
    let run = || {
        let settings = Settings::read(args.into_iter().collect())?;
        Ok(run(settings.args()?.command, &settings)?)
    };
    run().unwrap_or_else(|failed| match failed {
        Failed::Usage(e, note) => usage(&e, note.as_deref()),
        Failed::Error(e) => {
            say::error(&e);
            FAILED
        }
    })
}

fn run(command: Command, settings: &Settings) -> Result<u8, Error> {
    match command {
        Command::Extract(a) if a.print_config => print_line(&settings.print()).map(|()| DONE),
        Command::Extract(a) => extract::run(*a),
        Command::Eval(a) => evaluate::run(&a),
        Command::Diff(a) => diff::run(*a),
        Command::Convert(a) => convert::run(&a),
        Command::Explain(a) => explain::run(&a),
        Command::Verify(a) => verify::run(&a),
        Command::View(a) => view::run(*a),
        Command::Audit(a) => audit::run(*a),
        Command::Pack(a) => pack::run(&a),
        Command::Train(a) => train::run(&a),
        Command::Schema(a) => schema(&a).map(|()| DONE),
        Command::Completions(a) => generate::completions(&a, settings::command()),
        Command::Man(a) => generate::man(&a, settings::command()),
    }
}

/// Help and version, which were asked for, and wrong usage. `note` says where an option was set that was not typed.
fn usage(e: &clap::Error, note: Option<&str>) -> u8 {
    if e.use_stderr() && say::as_json() {
        let text = e.render().to_string();
        let text = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
        let text = note.map_or_else(|| text.to_owned(), |note| format!("{text} ({note})"));
        say::message(say::Level::Error, "usage", &text, &());
    } else {
        // Where nobody reads it, it is lost.
        let _ = e.print();
        if let Some(note) = note {
            say::message(say::Level::Error, "usage", note, &());
        }
    }
    if e.use_stderr() { FAILED } else { DONE }
}

fn schema(a: &args::Schema) -> Result<(), Error> {
    use kennzahl::emit::{Dialect, schema, sql};
    let text = match a.sql {
        Some(args::Sql::Sqlite) => sql::sql(Dialect::Sqlite),
        Some(args::Sql::Postgres) => sql::sql(Dialect::Postgres),
        Some(args::Sql::Duckdb) => sql::sql(Dialect::Duckdb),
        None if a.tables => sql::markdown(),
        None => format!("{:#}", schema()),
    };
    print_line(text.trim_end())
}

/// An extractor of the built-in language and the packs of these files.
fn extractor(packs: &[PathBuf]) -> Result<Extractor, Error> {
    let packs = packs.iter().map(read_pack).collect::<Result<Vec<_>, _>>()?;
    Extractor::with_packs(packs)
}

fn read_pack(path: &PathBuf) -> Result<Pack, Error> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|e| Error::at(&name, e.to_string()))?;
    Pack::parse(&name, &text)
}

/// Standard output that ends the program quietly when nobody reads on.
struct Out<W>(W);

impl<W: Write> Write for Out<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        quiet(self.0.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        quiet(self.0.flush())
    }
}

fn quiet<T>(result: std::io::Result<T>) -> std::io::Result<T> {
    if matches!(&result, Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe) {
        std::process::exit(i32::from(DONE));
    }
    result
}

fn print_line(text: &str) -> Result<(), Error> {
    let mut out = Out(std::io::stdout().lock());
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|e| Error::new(format!("cannot write the output: {e}")))
}

/// Writes a file that appears when it is whole.
fn write_whole(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |e: std::io::Error| Error::at(path.display().to_string(), e.to_string());
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let done = std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, path));
    done.map_err(|e| {
        // What is half written is of no use; where nothing was, nothing is removed.
        let _ = std::fs::remove_file(&part);
        failed(e)
    })
}
