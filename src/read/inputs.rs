//! Paths as given → files to read: folders, patterns, lists of paths.

use super::format::Format;
use super::source::{stem, suffix};
use super::unpack::{is_archive, unpacked};
use crate::error::{Error, ErrorKind, Result};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// One thing to read.
#[derive(Debug)]
pub(super) struct Input {
    /// Standard input where there is none.
    pub(super) path: Option<PathBuf>,
    /// The id of the document that it is, if it is one.
    pub(super) name: String,
    /// Its size in bytes, where it has one.
    pub(super) len: u64,
}

/// All files of a path: itself, all below a folder, all that a pattern fits.
///
/// # Errors
/// There is no such path, and it is no pattern that fits any.
pub(super) fn of_path(path: &Path, out: &mut Vec<Result<Input>>) -> Result<()> {
    if path.as_os_str() == "-" {
        out.push(Ok(Input { path: None, name: "-".to_owned(), len: 0 }));
        return Ok(());
    }
    let failed = match std::fs::metadata(path) {
        Ok(kind) if kind.is_dir() => {
            folder(path, out);
            return Ok(());
        }
        Ok(meta) => {
            let name = path.file_name().map(|n| name_of(&n.to_string_lossy())).unwrap_or_default();
            out.push(Ok(Input { path: Some(path.to_owned()), name, len: meta.len() }));
            return Ok(());
        }
        Err(e) => e,
    };
    let pattern = path.to_str().filter(|p| failed.kind() == io::ErrorKind::NotFound && p.contains(['*', '?', '[']));
    let Some(pattern) = pattern else {
        return Err(unreadable(path, &failed));
    };
    let as_shells = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let fits = glob::glob_with(pattern, as_shells).map_err(|e| Error::at(pattern, format!("no valid pattern: {e}")))?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for found in fits {
        match found {
            Ok(path) => paths.push(path),
            Err(e) => out.push(Err(unreadable(e.path(), e.error()))),
        }
    }
    if paths.is_empty() {
        return Err(Error::at(pattern, "fits no file"));
    }
    paths.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    for path in paths.iter().filter(|p| !is_beside(&p.to_string_lossy())) {
        if let Err(e) = of_path(path, out) {
            out.push(Err(e));
        }
    }
    Ok(())
}

/// The paths of a list: one a line, or each ended by a zero byte as `find -print0` writes them.
///
/// ```
/// use kennzahl::read::paths_of;
/// assert_eq!(paths_of(&b"a.txt\nsub/b.txt\n"[..]).unwrap().len(), 2);
/// ```
///
/// # Errors
/// The list cannot be read.
pub fn paths_of(mut list: impl Read) -> io::Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    list.read_to_end(&mut bytes)?;
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines = bytes.split(|b| *b == end).map(|l| l.strip_suffix(b"\r").unwrap_or(l)).filter(|l| !l.is_empty());
    Ok(lines.map(path_of).collect())
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// Whether a file of a folder or archive is read: no hidden one, no gold or manifest, and of a known suffix.
pub(super) fn is_wanted(path: &str) -> bool {
    let hidden = |part: &str| part.starts_with('.') && !matches!(part, "." | "..") || part == "__MACOSX";
    let (plain, _) = unpacked(path);
    let suffix = suffix(&plain);
    !path.split('/').any(hidden) && !is_beside(&plain) && (Format::known(suffix) || is_archive(suffix))
}

/// Whether a file lies beside texts or an output to say something of them: gold, the manifest of a run. Read are such
/// files only where they are named.
fn is_beside(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name == "manifest.json" || [".gold.json", ".manifest.json"].iter().any(|end| name.ends_with(end))
}

/// The id of the document in a file of this path: without its suffix, and without that of its compression.
pub(super) fn name_of(path: &str) -> String {
    stem(&unpacked(path).0).to_owned()
}

/// All files below a folder, in byte order of their paths, without hidden ones and links. What cannot be listed stands
/// as an error where its files would.
fn folder(root: &Path, out: &mut Vec<Result<Input>>) {
    let mut files = Vec::new();
    list(root, &mut files);
    files.sort_by(|(a, _), (b, _)| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    for (path, found) in files {
        let len = match found {
            Ok(len) => len,
            Err(e) => {
                out.push(Err(unreadable(&path, &e)));
                continue;
            }
        };
        let relative = path.strip_prefix(root).unwrap_or(&path);
        let relative = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if is_wanted(&relative) {
            out.push(Ok(Input { name: name_of(&relative), path: Some(path), len }));
        }
    }
}

fn list(folder: &Path, out: &mut Vec<(PathBuf, io::Result<u64>)>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) => {
            out.push((folder.to_owned(), Err(e)));
            return;
        }
    };
    for entry in entries {
        match entry.and_then(|e| Ok((e.path(), e.file_name(), e.metadata()?))) {
            Err(e) => out.push((folder.to_owned(), Err(e))),
            Ok((_, name, _)) if name.as_encoded_bytes().starts_with(b".") => {}
            Ok((path, _, kind)) if kind.is_dir() => list(&path, out),
            Ok((path, _, kind)) if kind.is_file() => out.push((path, Ok(kind.len()))),
            Ok(_) => {}
        }
    }
}

/// That a path cannot be read.
pub(super) fn unreadable(path: &Path, e: &io::Error) -> Error {
    Error::at(path.display().to_string(), e.to_string()).of(ErrorKind::Unreadable)
}
