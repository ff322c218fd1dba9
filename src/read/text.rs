//! Plain text: a file is a document.

use super::fields::Draft;
use super::format::{Format, Reader};
use super::source::Source;
use super::{Options, Raw, decode};
use crate::error::Result;
use std::sync::Arc;

pub(super) static FORMAT: Format = Format {
    name: "text",
    title: "plain text",
    suffixes: &["txt", "text"],
    looks: |_, _| false,
    open: |source, _| Ok(Box::new(Whole::new(source, draft))),
    utf8: false,
};

fn draft(bytes: Vec<u8>) -> Draft {
    let (text, encoding) = decode(bytes);
    Draft { text, encoding, ..Draft::default() }
}

/// A source that is one document.
pub(super) struct Whole {
    source: Option<Source>,
    draft: fn(Vec<u8>) -> Draft,
}

impl Whole {
    pub(super) fn new(source: Source, draft: fn(Vec<u8>) -> Draft) -> Self {
        Self { source: Some(source), draft }
    }
}

impl Reader for Whole {
    fn next(&mut self, options: &Arc<Options>) -> Option<Result<Raw>> {
        let mut source = self.source.take()?;
        let read = |source: &mut Source| {
            let bytes = source.whole(options)?;
            let mut draft = (self.draft)(bytes);
            draft.encoding = draft.encoding.or(source.encoding);
            Raw::of(draft, source.place.clone(), |_| source.name.clone(), options)
        };
        Some(read(&mut source))
    }
}
