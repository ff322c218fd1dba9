//! The formats of documents, all in one list. A new one is a file beside this one and a line in [`FORMATS`].

use super::source::Source;
use super::{Options, Raw, csv, html, json, jsonl, mediawiki, newsml, nitf, parquet, text, warc};
use crate::error::Result;
use std::sync::Arc;

/// A format of documents.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is called in messages and help.
    pub title: &'static str,
    /// The suffixes of its files, in small letters.
    pub suffixes: &'static [&'static str],
    /// Whether the first bytes of a file look like it.
    pub(super) looks: fn(&[u8], &Options) -> bool,
    /// Begins to read.
    pub(super) open: fn(Source, &Options) -> Result<Box<dyn Reader>>,
    /// Whether it is read as UTF-8: UTF-16 is converted for it.
    pub(super) utf8: bool,
}

/// Every format. Where a suffix stands for several, or there is none, the first that looks like it is taken; else the
/// first of that suffix; else text.
pub static FORMATS: [&Format; 10] = [
    &text::FORMAT,
    &jsonl::FORMAT,
    &json::FORMAT,
    &csv::FORMAT,
    &parquet::FORMAT,
    &newsml::FORMAT,
    &nitf::FORMAT,
    &mediawiki::FORMAT,
    &warc::FORMAT,
    &html::FORMAT,
];

/// The documents of one source, one after the other.
pub(super) trait Reader: Send {
    /// The next document, or what is wrong in its place; none at the end, and after what ends the source.
    fn next(&mut self, options: &Arc<Options>) -> Option<Result<Raw>>;
}

impl Format {
    /// The format of a name.
    ///
    /// ```
    /// use kennzahl::read::Format;
    /// assert!(Format::named("csv").unwrap().suffixes.contains(&"tsv"));
    /// ```
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.into_iter().find(|f| f.name == name)
    }

    /// Whether files of this suffix are read.
    pub(super) fn known(suffix: &str) -> bool {
        FORMATS.iter().any(|f| f.has(suffix))
    }

    fn has(&self, suffix: &str) -> bool {
        self.suffixes.iter().any(|s| s.eq_ignore_ascii_case(suffix))
    }

    /// The format of a file of this suffix that begins so.
    pub(super) fn of(suffix: &str, head: &[u8], options: &Options) -> &'static Self {
        if let Some(format) = options.format {
            return format;
        }
        let looks = |f: &&&'static Self| (f.looks)(head, options);
        let mut of_suffix = FORMATS.iter().filter(|f| f.has(suffix));
        let found = match of_suffix.clone().find(looks) {
            None => of_suffix.next().or_else(|| FORMATS.iter().find(looks)),
            some => some,
        };
        found.copied().unwrap_or(&text::FORMAT)
    }
}
