//! Folders → files, in byte order of their paths, without hidden files and links, known formats only.

use super::{Format, Input, at};
use crate::error::Result;
use std::path::{Path, PathBuf};

/// The format that a suffix tells.
pub(super) fn format_of(path: &Path) -> Option<Format> {
    let suffix = path.extension()?.to_str()?.to_ascii_lowercase();
    match suffix.as_str() {
        "txt" | "text" => Some(Format::Text),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        _ => None,
    }
}

/// All files below a folder. What cannot be listed stands as an error where its files would.
pub(super) fn folder(root: &Path, format: Option<Format>, out: &mut Vec<Result<Input>>) {
    let mut files = Vec::new();
    list(root, &mut files);
    files.sort_by(|(a, _), (b, _)| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    for (path, failed) in files {
        if let Some(e) = failed {
            out.push(Err(at(&path, &e)));
            continue;
        }
        let Some(known) = format_of(&path) else {
            continue;
        };
        let format = format.unwrap_or(known);
        let name = match format {
            Format::Jsonl => path.display().to_string(),
            Format::Text => {
                let relative = path.strip_prefix(root).unwrap_or(&path).with_extension("");
                relative.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
            }
        };
        out.push(Ok(Input { path: Some(path), name, format: Some(format) }));
    }
}

fn list(folder: &Path, out: &mut Vec<(PathBuf, Option<std::io::Error>)>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) => {
            out.push((folder.to_owned(), Some(e)));
            return;
        }
    };
    for entry in entries {
        match entry.and_then(|e| Ok((e.path(), e.file_name(), e.file_type()?))) {
            Err(e) => out.push((folder.to_owned(), Some(e))),
            Ok((_, name, _)) if name.as_encoded_bytes().starts_with(b".") => {}
            Ok((path, _, kind)) if kind.is_dir() => list(&path, out),
            Ok((path, _, kind)) if kind.is_file() => out.push((path, None)),
            Ok(_) => {}
        }
    }
}
