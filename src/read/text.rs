//! Plain text: a file is a document.

use super::fields::Draft;
use super::format::{Format, Reader};
use super::source::Source;
use super::{Options, decode};
use crate::error::Result;
use crate::model::Document;

pub(super) static FORMAT: Format = Format {
    name: "text",
    title: "plain text",
    suffixes: &["txt", "text"],
    looks: |_, _| false,
    open: |source, _| Ok(Box::new(Whole::new(source, draft))),
    utf8: false,
};

fn draft(bytes: Vec<u8>, _: &Options) -> Result<Draft> {
    let (text, encoding) = decode(bytes);
    Ok(Draft { text, encoding, ..Draft::default() })
}

/// A source that is one document.
pub(super) struct Whole {
    source: Option<Source>,
    parse: fn(Vec<u8>, &Options) -> Result<Draft>,
}

impl Whole {
    pub(super) fn new(source: Source, parse: fn(Vec<u8>, &Options) -> Result<Draft>) -> Self {
        Self { source: Some(source), parse }
    }
}

impl Reader for Whole {
    fn next(&mut self, options: &Options) -> Option<Result<Document>> {
        let mut source = self.source.take()?;
        let read = |source: &mut Source| {
            let bytes = source.whole(options)?;
            let mut draft = (self.parse)(bytes, options).map_err(|e| e.within(source.place.clone()))?;
            draft.encoding = draft.encoding.or(source.encoding);
            draft.document(source.place.clone(), |_| source.name.clone(), options)
        };
        Some(read(&mut source))
    }
}
