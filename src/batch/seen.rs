//! The ids that were seen, and the newest version of each.
//!
//! An id is a hash of 128 bits, a version a number that sorts. What is over the share of memory goes to a temporary file,
//! sorted, run by run; of that some nine bits an id stay in memory, so that a new id is seldom looked up on disk.

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Document, Version};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::fs::File;
use std::hash::BuildHasher;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

/// An id and its version on disk, and so many of them in a block that is read at once.
const ENTRY: usize = 32;
const BLOCK: usize = 128;

/// What an entry takes in a table that grows.
const IN_TABLE: u64 = 80;

pub(super) struct Seen {
    table: HashMap<u128, u128, FixedState>,
    /// So many are kept in the table.
    most: usize,
    /// Versions of words too long for a number, of those ids that have one.
    long: HashMap<u128, Box<str>, FixedState>,
    /// Makes the file, and the file.
    temporary: fn() -> io::Result<File>,
    file: Option<File>,
    runs: Vec<Run>,
    block: Vec<u8>,
}

/// A sorted stretch of the file.
struct Run {
    at: u64,
    entries: usize,
    /// The first id of each block.
    firsts: Vec<u128>,
    /// A Bloom filter, eight bits an id.
    bits: Vec<u64>,
}

/// What a document is beside those before it.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Age {
    /// The first of its id, or the newest.
    New,
    /// Older than one that was seen.
    Old,
    /// Of an id that was seen, and no version tells which is newer.
    Twice,
}

impl Seen {
    pub(super) fn new(share: u64, temporary: fn() -> io::Result<File>) -> Self {
        let table = HashMap::with_hasher(FixedState::with_seed(1));
        let most = usize::try_from(share / IN_TABLE).unwrap_or(usize::MAX).max(1);
        let long = HashMap::with_hasher(FixedState::with_seed(1));
        Self { table, most, long, temporary, file: None, runs: Vec::new(), block: Vec::new() }
    }

    /// Notes a document.
    ///
    /// # Errors
    /// The temporary file cannot be written or read.
    pub(super) fn note(&mut self, doc: &Document) -> Result<Age> {
        let half = |seed| FixedState::with_seed(seed).hash_one(&doc.id);
        let id = u128::from(half(2)) << 64 | u128::from(half(3));
        let version = Version::of(doc);
        self.noted(id, version).map_err(|e| {
            let message = format!("the list of ids cannot be kept on disk ({e}); make room, or give --memory more");
            Error::new(message).of(ErrorKind::Unreadable)
        })
    }

    fn noted(&mut self, id: u128, version: Option<Version>) -> io::Result<Age> {
        let new = version.as_ref().map_or(0, number);
        let Some(old) = self.get(id)? else {
            self.put(id, new, version)?;
            return Ok(Age::New);
        };
        // Of long words the number knows the beginning only.
        let rest = |v: &Option<Version>| match v {
            Some(Version::Words(words)) => self.long.get(&id).map(|old| (**words).cmp(&**old)),
            _ => None,
        };
        let order = match new.cmp(&old) {
            std::cmp::Ordering::Equal => rest(&version).unwrap_or(std::cmp::Ordering::Equal),
            order => order,
        };
        if new == 0 || old == 0 || order.is_eq() {
            return Ok(Age::Twice);
        }
        if order.is_lt() {
            return Ok(Age::Old);
        }
        self.put(id, new, version)?;
        Ok(Age::New)
    }

    fn get(&mut self, id: u128) -> io::Result<Option<u128>> {
        if let Some(version) = self.table.get(&id) {
            return Ok(Some(*version));
        }
        let Some(file) = &mut self.file else { return Ok(None) };
        // The newest run first: it may have a newer version.
        for run in self.runs.iter().rev().filter(|run| run.may_have(id)) {
            let block = run.firsts.partition_point(|first| *first <= id);
            let Some(block) = block.checked_sub(1) else { continue };
            let entries = (run.entries - block * BLOCK).min(BLOCK);
            self.block.resize(entries * ENTRY, 0);
            file.seek(SeekFrom::Start(run.at + (block * BLOCK * ENTRY) as u64))?;
            file.read_exact(&mut self.block)?;
            let (entries, _) = self.block.as_chunks::<ENTRY>();
            if let Ok(nth) = entries.binary_search_by_key(&id, |entry| parts(entry).0) {
                return Ok(Some(parts(&entries[nth]).1));
            }
        }
        Ok(None)
    }

    fn put(&mut self, id: u128, number: u128, version: Option<Version>) -> io::Result<()> {
        match version {
            Some(Version::Words(words)) if words.len() > WORD => drop(self.long.insert(id, words)),
            _ => drop(self.long.remove(&id)),
        }
        self.table.insert(id, number);
        if self.table.len() < self.most { Ok(()) } else { self.spill() }
    }

    /// Writes the table to the file.
    fn spill(&mut self) -> io::Result<()> {
        let mut all: Vec<_> = self.table.drain().collect();
        all.sort_unstable();
        let file = match self.file.take() {
            Some(file) => file,
            None => (self.temporary)()?,
        };
        let mut run = Run {
            at: 0,
            entries: all.len(),
            firsts: all.iter().step_by(BLOCK).map(|(id, _)| *id).collect(),
            bits: vec![0; all.len().div_ceil(8)],
        };
        let mut out = BufWriter::with_capacity(1 << 16, file);
        run.at = out.seek(SeekFrom::End(0))?;
        for (id, version) in all {
            out.write_all(&id.to_le_bytes())?;
            out.write_all(&version.to_le_bytes())?;
            for (word, bit) in run.places(id) {
                run.bits[word] |= bit;
            }
        }
        self.file = Some(out.into_inner().map_err(io::IntoInnerError::into_error)?);
        self.runs.push(run);
        Ok(())
    }
}

impl Run {
    /// The bits of an id: it is a hash, so that its parts are as good as others.
    fn places(&self, id: u128) -> [(usize, u64); 4] {
        let bits = self.bits.len() as u128 * 64;
        std::array::from_fn(|k| {
            let bit = ((((id >> (32 * k)) & 0xffff_ffff) * bits) >> 32) as usize;
            (bit / 64, 1 << (bit % 64))
        })
    }

    fn may_have(&self, id: u128) -> bool {
        self.places(id).iter().all(|(word, bit)| self.bits[*word] & bit != 0)
    }
}

fn parts(entry: &[u8; ENTRY]) -> (u128, u128) {
    let (halves, _) = entry.as_chunks::<16>();
    (u128::from_le_bytes(halves[0]), u128::from_le_bytes(halves[1]))
}

/// Words up to so many bytes are whole in their number.
const WORD: usize = 13;

/// A version as a number that sorts in the same order; 0 is none.
fn number(version: &Version) -> u128 {
    match version {
        Version::Words(words) => {
            let mut bytes = [0; 16];
            bytes[0] = 1;
            let known = words.len().min(WORD);
            bytes[1..=known].copy_from_slice(&words.as_bytes()[..known]);
            bytes[15] = words.len().min(WORD + 1) as u8;
            u128::from_be_bytes(bytes)
        }
        Version::Number(whole, fraction) => 2 << 120 | u128::from(*whole) << 32 | u128::from(*fraction),
        Version::Time(at) => {
            let seconds = at.duration_since(jiff::civil::DateTime::MIN).as_secs() as u128;
            3 << 120 | seconds << 32 | at.subsec_nanosecond() as u128
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(id: u32, version: &str) -> Document {
        let version = Some(version.to_owned()).filter(|v| !v.is_empty());
        Document { id: id.to_string(), version, ..Document::default() }
    }

    #[test]
    fn knows_all_whatever_its_memory() {
        let ages = |share: u64| {
            let mut seen = Seen::new(share, tempfile::tempfile);
            let mut ages = Vec::new();
            for round in [5, 7, 6] {
                for id in (0..3000).step_by(if round == 6 { 7 } else { round }) {
                    ages.push(seen.note(&doc(id, &round.to_string())).unwrap());
                }
            }
            (ages, seen.runs.len())
        };
        let (want, runs) = ages(1 << 30);
        assert_eq!(runs, 0);
        for age in [Age::New, Age::Old] {
            assert!(want.iter().filter(|a| **a == age).count() > 50);
        }
        for share in [80, 800, 8000] {
            let (have, runs) = ages(share);
            assert!(runs >= 8, "{runs}");
            assert!(have == want, "{share}");
        }
    }

    #[test]
    fn versions_count_as_they_sort() {
        let all = [
            "a",
            "a\0",
            "b10",
            "eine lange Version 1",
            "eine lange Version 2",
            "eine lange Versiono",
            "0",
            "0.5",
            "9",
            "10",
            "20260128221700",
            "18446744073709551615",
            "-000001-12-31",
            "2025-12-31",
            "2026-01-28T22:17:00.5",
            "2026-01-28T22:17:01",
        ];
        for (n, a) in all.iter().enumerate() {
            for (m, b) in all.iter().enumerate() {
                let mut seen = Seen::new(80, tempfile::tempfile);
                assert_eq!(seen.note(&doc(1, a)).unwrap(), Age::New);
                let want = match m.cmp(&n) {
                    std::cmp::Ordering::Less => Age::Old,
                    std::cmp::Ordering::Equal => Age::Twice,
                    std::cmp::Ordering::Greater => Age::New,
                };
                assert_eq!(seen.note(&doc(1, b)).unwrap(), want, "{b} behind {a}");
            }
            let mut seen = Seen::new(1 << 20, tempfile::tempfile);
            seen.note(&doc(1, a)).unwrap();
            assert_eq!(seen.note(&doc(1, "")).unwrap(), Age::Twice);
        }
    }
}
