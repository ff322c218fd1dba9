//! The tables of the language, which are packed in the module.

use std::io::{self, Read};
use std::sync::Once;

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/tables.xz"));
static UNPACKED: Once = Once::new();

/// Unpacks the tables where that was not done yet; it takes a fifth of a second.
pub(crate) fn ready() {
    // Were they damaged no word would be known, and every test would fail.
    UNPACKED.call_once(|| drop(unpack()));
}

fn unpack() -> io::Result<()> {
    let mut reader = liblzma::read::XzDecoder::new(PACKED);
    let mut table = || -> io::Result<Vec<u8>> {
        let mut length = [0; 8];
        reader.read_exact(&mut length)?;
        let mut table = vec![0; usize::try_from(u64::from_le_bytes(length)).unwrap_or(0)];
        reader.read_exact(&mut table)?;
        Ok(table)
    };
    let tables = [table()?, table()?, table()?, table()?];
    kennzahl::german::provide(tables.each_ref().map(Vec::as_slice));
    Ok(())
}
