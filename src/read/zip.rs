//! zip archives, by the directory at their end. It is walked entry by entry: memory does not grow with the members.

use super::limits::{Budget, Metered};
use super::source::{Shared, Source};
use super::unpack::{Archive, Member, inflate, window};
use crate::error::{Error, ErrorKind, Result};
use std::io::{self, Read};
use std::sync::Arc;

pub(super) fn open(source: &mut Source) -> Result<Box<dyn Archive>> {
    let (file, len) = source.anywhere("a zip archive")?;
    let (at, end, front) = directory(&file, len).map_err(|e| Error::reading(&e).within(source.place.clone()))?;
    let window = window(source);
    Ok(Box::new(Zip { file, at, end, front, members: 0, budget: Arc::clone(&source.budget), window }))
}

struct Zip {
    file: Shared,
    /// Where the next entry of the directory stands, and where the directory ends.
    at: u64,
    end: u64,
    /// How many bytes stand in front of the archive: a program that unpacks it.
    front: u64,
    members: u64,
    budget: Arc<Budget>,
    window: u32,
}

fn damaged<T>(message: &str) -> io::Result<T> {
    Err(io::Error::new(io::ErrorKind::InvalidData, message))
}

fn number(bytes: &[u8], at: usize, len: usize) -> u64 {
    bytes[at..at + len].iter().rev().fold(0, |n, b| n << 8 | u64::from(*b))
}

fn exactly<const N: usize>(file: &Shared, at: u64) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.part(at, N as u64).read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Where the directory begins and ends, and how many bytes stand in front of the archive.
fn directory(file: &Shared, len: u64) -> io::Result<(u64, u64, u64)> {
    const END: usize = 22;
    // The end record is last but for a comment of up to 64 KiB.
    let from = len.saturating_sub(END as u64 + 0xffff);
    let mut tail = Vec::new();
    file.part(from, len - from).read_to_end(&mut tail)?;
    let Some(found) = memchr::memmem::rfind(&tail, b"PK\x05\x06").filter(|at| at + END <= tail.len()) else {
        return damaged("the zip archive has no directory at its end; it is cut off or damaged");
    };
    let record = &tail[found..];
    let (mut size, mut at) = (number(record, 12, 4), number(record, 16, 4));
    let mut end = from + found as u64;
    if let Some(locator) = found.checked_sub(20).map(|l| &tail[l..found]).filter(|l| l.starts_with(b"PK\x06\x07")) {
        let large = number(locator, 8, 8);
        let record: [u8; 56] = exactly(file, large)?;
        if !record.starts_with(b"PK\x06\x06") {
            return damaged("the zip archive has a damaged end record");
        }
        (size, at, end) = (number(&record, 40, 8), number(&record, 48, 8), large);
    }
    match at.checked_add(size).and_then(|e| end.checked_sub(e)) {
        Some(front) => Ok((at + front, end, front)),
        None => damaged("the directory of the zip archive lies outside of it"),
    }
}

/// What the directory says of a member.
struct Entry {
    path: String,
    flags: u64,
    method: u64,
    crc: u32,
    packed: u64,
    size: u64,
    at: u64,
}

impl Zip {
    /// The next entry, and moves on behind it.
    fn entry(&mut self) -> io::Result<Entry> {
        let head: [u8; 46] = exactly(&self.file, self.at)?;
        if !head.starts_with(b"PK\x01\x02") {
            return damaged("the directory of the zip archive is damaged");
        }
        let (name, extra, comment) = (number(&head, 28, 2), number(&head, 30, 2), number(&head, 32, 2));
        let mut rest = Vec::new();
        self.file.part(self.at + 46, name + extra).read_to_end(&mut rest)?;
        self.at += 46 + name + extra + comment;
        let (name, extra) = rest.split_at(usize::try_from(name).unwrap_or_default().min(rest.len()));
        let flags = number(&head, 8, 2);
        let mut entry = Entry {
            path: path(name),
            flags,
            method: number(&head, 10, 2),
            crc: number(&head, 16, 4) as u32,
            packed: number(&head, 20, 4),
            size: number(&head, 24, 4),
            at: number(&head, 42, 4),
        };
        entry.large(extra);
        Ok(entry)
    }

    /// The bytes of a member, unpacked and checked.
    fn bytes(&self, entry: &Entry) -> io::Result<Box<dyn Read + Send>> {
        let unsupported = |what: String| Err(io::Error::new(io::ErrorKind::Unsupported, what));
        if entry.flags & 1 != 0 {
            return unsupported("encrypted; unpack it first".to_owned());
        }
        let Some(at) = entry.at.checked_add(self.front) else { return damaged("a damaged header") };
        let head: [u8; 30] = exactly(&self.file, at)?;
        if !head.starts_with(b"PK\x03\x04") {
            return damaged("a damaged header");
        }
        let at = at + 30 + number(&head, 26, 2) + number(&head, 28, 2);
        let packed = self.file.part(at, entry.packed);
        let Some(bytes) = inflate(entry.method, packed, self.window) else {
            return unsupported(format!("packed by method {} of zip, which is not read; pack it anew", entry.method));
        };
        let size = entry.packed;
        let metered = Metered::new(bytes?, Arc::clone(&self.budget), Box::new(move || size));
        Ok(Box::new(Checked { bytes: metered, crc: flate2::Crc::new(), size: entry.size, want: entry.crc }))
    }
}

impl Entry {
    /// Sizes and offset beyond four bytes stand in an extra field, in this order, as far as they are needed.
    fn large(&mut self, mut extra: &[u8]) {
        while extra.len() >= 4 {
            let (id, len) = (number(extra, 0, 2), number(extra, 2, 2) as usize);
            let Some(mut field) = extra.get(4..4 + len) else { return };
            extra = &extra[4 + len..];
            if id != 1 {
                continue;
            }
            for value in [&mut self.size, &mut self.packed, &mut self.at] {
                if *value == 0xffff_ffff
                    && let Some((first, rest)) = field.split_at_checked(8)
                {
                    *value = number(first, 0, 8);
                    field = rest;
                }
            }
        }
    }
}

/// A name in UTF-8, else in the code page of DOS, of which only the German letters are kept.
fn path(name: &[u8]) -> String {
    let dos = |b: &u8| match b {
        0x84 => 'ä',
        0x94 => 'ö',
        0x81 => 'ü',
        0x8e => 'Ä',
        0x99 => 'Ö',
        0x9a => 'Ü',
        0xe1 => 'ß',
        b if b.is_ascii() => char::from(*b),
        _ => char::REPLACEMENT_CHARACTER,
    };
    std::str::from_utf8(name).map_or_else(|_| name.iter().map(dos).collect(), str::to_owned).replace('\\', "/")
}

impl Archive for Zip {
    fn next(&mut self) -> Option<std::result::Result<Member, (Option<String>, Error)>> {
        while self.at < self.end {
            self.members += 1;
            let most = self.budget.limits.members;
            if self.members > most {
                self.at = self.end;
                return Some(Err((None, Error::new(format!("more than {most} members")).of(ErrorKind::Limit))));
            }
            let entry = match self.entry() {
                Ok(entry) => entry,
                Err(e) => {
                    self.at = self.end;
                    return Some(Err((None, Error::reading(&e))));
                }
            };
            if entry.path.ends_with('/') {
                continue;
            }
            return Some(match self.bytes(&entry) {
                Ok(bytes) => Ok(Member { path: entry.path, bytes }),
                Err(e) => Err((Some(entry.path), Error::reading(&e))),
            });
        }
        None
    }
}

/// Compares with the sum and size that the directory gives, once all is read.
struct Checked<R> {
    bytes: R,
    crc: flate2::Crc,
    size: u64,
    want: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buffer)?;
        self.crc.update(&buffer[..n]);
        if n > 0 || buffer.is_empty() {
            return Ok(n);
        }
        // The sum counts its bytes modulo 2^32.
        if self.crc.sum() != self.want || self.crc.amount() != self.size as u32 {
            return damaged("its checksum is wrong; the archive is damaged");
        }
        Ok(0)
    }
}
