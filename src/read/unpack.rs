//! Packings of single files and archives of many, all in two lists. Nothing is unpacked to disk.

use super::limits::Counted;
use super::source::{Bytes, Source};
use crate::error::{Error, ErrorKind, Result};
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How one file is compressed.
pub(super) struct Packing {
    name: &'static str,
    /// Its suffixes, and what is left of a name without: `.tgz` is a tar.
    suffixes: &'static [(&'static str, &'static str)],
    looks: fn(&[u8]) -> bool,
    /// With the logarithm of the window that it may have.
    open: fn(Bytes, u32) -> io::Result<Box<dyn Read + Send>>,
}

static PACKINGS: [Packing; 4] = [
    Packing {
        name: "gzip",
        suffixes: &[("gz", ""), ("tgz", "tar")],
        looks: |head| head.starts_with(b"\x1f\x8b\x08"),
        open: |bytes, _| Ok(Box::new(flate2::bufread::MultiGzDecoder::new(bytes))),
    },
    Packing {
        name: "zstd",
        suffixes: &[("zst", ""), ("tzst", "tar")],
        looks: |head| head.starts_with(b"\x28\xb5\x2f\xfd"),
        open: packed::zstd,
    },
    Packing {
        name: "bzip2",
        suffixes: &[("bz2", ""), ("tbz2", "tar"), ("tbz", "tar")],
        looks: |head| head.starts_with(b"BZh") && head.get(4..10) == Some(b"\x31\x41\x59\x26\x53\x59"),
        open: packed::bzip2,
    },
    Packing {
        name: "xz",
        suffixes: &[("xz", ""), ("txz", "tar")],
        looks: |head| head.starts_with(b"\xfd7zXZ\0"),
        open: packed::xz,
    },
];

#[cfg(feature = "archives")]
mod packed {
    use super::{Bytes, Read, io};

    pub(super) fn zstd(bytes: Bytes, window: u32) -> io::Result<Box<dyn Read + Send>> {
        let mut decoder = zstd::stream::read::Decoder::with_buffer(bytes)?;
        decoder.window_log_max(window)?;
        Ok(Box::new(decoder))
    }

    pub(super) fn bzip2(bytes: Bytes, _: u32) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(bzip2::bufread::MultiBzDecoder::new(bytes)))
    }

    pub(super) fn xz(bytes: Bytes, window: u32) -> io::Result<Box<dyn Read + Send>> {
        let stream = liblzma::stream::Stream::new_stream_decoder(1 << window, liblzma::stream::CONCATENATED)?;
        Ok(Box::new(liblzma::bufread::XzDecoder::new_stream(bytes, stream)))
    }
}

#[cfg(not(feature = "archives"))]
mod packed {
    use super::{Bytes, Read, io};

    pub(super) fn missing(_: Bytes, _: u32) -> io::Result<Box<dyn Read + Send>> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "this kennzahl was built without the feature 'archives'"))
    }

    pub(super) use {missing as zstd, missing as bzip2, missing as xz};
}

/// An archive.
pub(super) struct Container {
    pub(super) suffix: &'static str,
    looks: fn(&[u8]) -> bool,
    pub(super) open: fn(&mut Source) -> Result<Box<dyn Archive>>,
}

static CONTAINERS: [Container; 2] = [
    Container { suffix: "tar", looks: super::tar::looks, open: super::tar::open },
    Container {
        suffix: "zip",
        looks: |head| head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06"),
        open: super::zip::open,
    },
];

/// The members of an archive, one after the other.
pub(super) trait Archive: Send {
    /// The next file, or what is wrong in its place; none at the end, and after what ends the archive.
    fn next(&mut self) -> Option<std::result::Result<Member, (Option<String>, Error)>>;
}

/// A file in an archive. Its bytes are read before the next one is asked for.
pub(super) struct Member {
    pub(super) path: String,
    pub(super) bytes: Box<dyn Read + Send>,
}

/// Whether files of this suffix hold others, and the path as it is without its compression: `a.txt` of `a.txt.gz`.
pub(super) fn unpacked(path: &str) -> (String, bool) {
    let (stem, suffix) = (super::source::stem(path), super::source::suffix(path));
    let bare = |s: &&(&str, &str)| s.0.eq_ignore_ascii_case(suffix);
    match PACKINGS.iter().find_map(|p| p.suffixes.iter().find(bare)) {
        Some((_, "")) if !suffix.is_empty() => (stem.to_owned(), true),
        Some((_, inner)) if !suffix.is_empty() => (format!("{stem}.{inner}"), true),
        _ => (path.to_owned(), false),
    }
}

/// Whether files of this suffix are archives.
pub(super) fn is_archive(suffix: &str) -> bool {
    CONTAINERS.iter().any(|c| c.suffix.eq_ignore_ascii_case(suffix))
}

/// Takes the compression off, all of it.
///
/// # Errors
/// It is damaged at its very beginning; too many lie in each other.
pub(super) fn unpack(mut source: Source) -> Result<Source> {
    loop {
        let (path, named) = unpacked(&source.path);
        let Some(packing) = PACKINGS.iter().find(|p| (p.looks)(&source.head)) else {
            if named && source.head.is_empty() {
                return Err(source.error(ErrorKind::Damaged, "an empty file; its name says that it is compressed"));
            }
            // Some programs unpack what they load and keep the name.
            source.path = path;
            return Ok(source);
        };
        deeper(&mut source)?;
        source.path = path;
        let taken = Arc::new(AtomicU64::new(0));
        let bytes = std::mem::replace(&mut source.bytes, Box::new(io::empty()));
        let counted = io::BufReader::with_capacity(32 << 10, Counted::new(bytes, Arc::clone(&taken)));
        let failed = |e: &io::Error| Error::reading(e).within(source.place.clone());
        let unpacked = (packing.open)(Box::new(counted), window(&source)).map_err(|e| failed(&e))?;
        let named = Named { bytes: unpacked, name: packing.name };
        let metered = source.metered(named, move || taken.load(Ordering::Relaxed));
        source = source.with(Box::new(metered))?;
    }
}

/// The logarithm of the window that a decoder of this source may have: `zstd --long=27` and `xz -9` take 27.
pub(super) fn window(source: &Source) -> u32 {
    (source.budget.limits.window.max(1).ilog2() + 1).saturating_sub(source.depth).clamp(20, 27)
}

/// What a method of zip unpacks to; none for methods that are not read.
pub(super) fn inflate(
    method: u64,
    packed: impl Read + Send + 'static,
    window: u32,
) -> Option<io::Result<Box<dyn Read + Send>>> {
    let name = match method {
        0 => return Some(Ok(Box::new(packed))),
        8 => return Some(Ok(Box::new(Named { bytes: flate2::read::DeflateDecoder::new(packed), name: "zip" }))),
        12 => "bzip2",
        93 => "zstd",
        95 => "xz",
        _ => return None,
    };
    let packing = PACKINGS.iter().find(|p| p.name == name)?;
    let open = (packing.open)(Box::new(io::BufReader::new(packed)), window);
    Some(open.map(|bytes| -> Box<dyn Read + Send> { Box::new(Named { bytes, name }) }))
}

/// The container that the source is, by its content or, where that does not tell, its suffix.
pub(super) fn container(source: &Source) -> Option<&'static Container> {
    let by_content = CONTAINERS.iter().find(|c| (c.looks)(&source.head));
    by_content.or_else(|| CONTAINERS.iter().find(|c| c.suffix.eq_ignore_ascii_case(source.suffix())))
}

/// Notes that the source lies in one more container.
///
/// # Errors
/// It lies in too many.
pub(super) fn deeper(source: &mut Source) -> Result<()> {
    source.depth += 1;
    let most = source.budget.limits.depth;
    if source.depth > most {
        return Err(source.error(ErrorKind::Limit, format!("more than {most} archives and packings in each other")));
    }
    Ok(())
}

/// Says of damaged bytes how they were packed.
struct Named<R> {
    bytes: R,
    name: &'static str,
}

impl<R: Read> Read for Named<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(buffer).map_err(|e| match e.kind() {
            io::ErrorKind::FileTooLarge | io::ErrorKind::PermissionDenied | io::ErrorKind::Interrupted => e,
            io::ErrorKind::UnexpectedEof => io::Error::new(e.kind(), format!("the {} data ends too early", self.name)),
            _ if e.to_string().to_ascii_lowercase().contains("memory") => io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("the {} data needs a larger window than there is memory for; raise --memory", self.name),
            ),
            // Each library has kinds of its own for damage.
            _ => io::Error::new(io::ErrorKind::InvalidData, format!("the {} data is damaged: {e}", self.name)),
        })
    }
}
