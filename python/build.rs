//! Packs the tables of the language: a wheel packs less well.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// In the order of `kennzahl::german::TABLES`.
const TABLES: [&str; 4] = ["names.bin", "tagger.bin", "facts.bin", "prepared.bin"];

fn main() -> io::Result<()> {
    let variable = |name| std::env::var_os(name).ok_or_else(|| io::Error::other("cargo runs this"));
    let from = Path::new(&variable("CARGO_MANIFEST_DIR")?).join("../src/german");
    let packed = File::create(Path::new(&variable("OUT_DIR")?).join("tables.xz"))?;
    let mut out = liblzma::write::XzEncoder::new(packed, 9);
    println!("cargo::rerun-if-changed=build.rs");
    for name in TABLES {
        let path = from.join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        let table = fs::read(&path)?;
        out.write_all(&(table.len() as u64).to_le_bytes())?;
        out.write_all(&table)?;
    }
    out.finish().map(drop)
}
