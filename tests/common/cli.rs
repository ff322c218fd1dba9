//! Runs the program as a user does, and reads what it writes.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run left behind.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// It ended with 0 and had nothing to say beside its output.
    #[track_caller]
    pub(crate) fn quiet(self) -> Self {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "output: {}", self.out);
        self
    }

    /// It ended with `code`, and standard error names all of `parts`.
    #[track_caller]
    pub(crate) fn told(self, code: i32, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.err.contains(part), "no '{part}' in standard error: {}", self.err);
        }
        assert_eq!(self.code, code, "standard error: {}", self.err);
        self
    }

    pub(crate) fn records(&self) -> Vec<Value> {
        records(&self.out)
    }

    /// The ids of the documents, in order.
    pub(crate) fn docs(&self) -> Vec<String> {
        self.records().iter().filter(|r| r["kind"] == "document").map(|r| string(r, "doc")).collect()
    }

    /// The texts of the quantities, in order.
    pub(crate) fn found(&self) -> Vec<String> {
        self.records().iter().filter(|r| r["kind"] == "quantity").map(|r| string(r, "text")).collect()
    }
}

/// One record a line.
pub(crate) fn records(lines: &str) -> Vec<Value> {
    assert!(lines.is_empty() || lines.ends_with('\n'), "the last line is whole");
    lines.lines().map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{e}: {l}"))).collect()
}

/// A field that must be a string.
pub(crate) fn string(record: &Value, field: &str) -> String {
    record[field].as_str().unwrap_or_else(|| panic!("no string '{field}' in {record}")).to_owned()
}

/// A field that must be a whole number.
pub(crate) fn number(record: &Value, field: &str) -> usize {
    record[field]
        .as_u64()
        .and_then(|n| usize::try_from(n).ok())
        .unwrap_or_else(|| panic!("no number '{field}' in {record}"))
}

/// The program, in the folder `at`, without the settings of whoever runs the tests.
pub(crate) fn program(at: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kennzahl"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("KENNZAHL_")) {
        command.env_remove(name);
    }
    command.args(args).current_dir(at).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it with `input` on standard input.
pub(crate) fn run_at(at: &Path, args: &[&str], input: &[u8]) -> Ran {
    ran(&mut program(at, args), input)
}

/// The same of a command made ready.
pub(crate) fn ran(command: &mut Command, input: &[u8]) -> Ran {
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let done = std::thread::scope(|s| {
        // It may end without reading all.
        s.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    });
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: done.status.code().expect("it ended by itself"), out: text(done.stdout), err: text(done.stderr) }
}

/// Runs it anywhere.
pub(crate) fn run(args: &[&str], input: impl AsRef<[u8]>) -> Ran {
    run_at(Path::new("."), args, input.as_ref())
}

/// JSON lines on standard input.
pub(crate) fn jsonl(args: &[&str], lines: &[&str]) -> Ran {
    let input: String = lines.iter().map(|l| format!("{l}\n")).collect();
    run(&[&["extract", "-", "--from", "jsonl"], args].concat(), input)
}
