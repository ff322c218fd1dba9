//! Documents as they were found. What a text is made of, a page or wikitext, is turned into prose by whoever asks for the
//! document: that is work for many threads, while one of them reads on.

use super::fields::Draft;
use super::wikitext::plain;
use super::{Options, html};
use crate::error::Result;
use crate::model::Document;
use crate::place::Place;
use std::sync::Arc;

/// A document as it was found in its input; [`Raw::document`] makes its text, where that takes work.
///
/// ```
/// use kennzahl::{model::Document, read::Raw};
/// let raw = Raw::from(Document { id: "a".into(), text: "5 Euro".into(), ..Document::default() });
/// assert_eq!(raw.id(), "a");
/// assert_eq!(raw.document().unwrap().text, "5 Euro");
/// ```
#[derive(Debug)]
pub struct Raw(Kind);

#[derive(Debug)]
enum Kind {
    Document(Document),
    Draft(Unfinished),
}

#[derive(Debug)]
struct Unfinished {
    draft: Draft,
    id: String,
    place: Place,
    options: Arc<Options>,
}

/// What the text of a draft is.
#[derive(Debug, Default)]
pub(super) enum Form {
    /// Prose.
    #[default]
    Prose,
    /// Wikitext.
    Wikitext,
    /// Nothing yet: it is in this page, of an encoding that was named on its way.
    Page(Vec<u8>, Option<String>),
}

impl Raw {
    /// `named` is its id where the draft has none.
    ///
    /// # Errors
    /// Those of [`Draft::document`], as far as they show before the text is made.
    pub(super) fn of(
        draft: Draft,
        place: Place,
        named: impl FnOnce(&Place) -> String,
        options: &Arc<Options>,
    ) -> Result<Self> {
        if matches!(draft.form, Form::Prose) {
            return draft.document(place, named, options).map(Self::from);
        }
        let id = draft.id.as_ref().filter(|id| !id.trim().is_empty()).cloned().unwrap_or_else(|| named(&place));
        Ok(Self(Kind::Draft(Unfinished { draft, id, place, options: Arc::clone(options) })))
    }

    /// The id of the document.
    pub fn id(&self) -> &str {
        match &self.0 {
            Kind::Document(doc) => &doc.id,
            Kind::Draft(raw) => &raw.id,
        }
    }

    /// The document with its text.
    ///
    /// # Errors
    /// It has no text; a time in it is none. They carry its place.
    pub fn document(self) -> Result<Document> {
        match self.0 {
            Kind::Document(doc) => Ok(doc),
            Kind::Draft(raw) => {
                let Unfinished { draft, id, place, options } = raw;
                finished(draft, &options).document(place, |_| id, &options)
            }
        }
    }

    /// Whether the text is there.
    pub(crate) fn is_made(&self) -> bool {
        matches!(self.0, Kind::Document(_))
    }

    /// The text, where it is there; the bytes that it is to be made of, where it is not.
    pub(crate) fn text(&self) -> std::result::Result<&str, &[u8]> {
        match &self.0 {
            Kind::Document(doc) => Ok(&doc.text),
            Kind::Draft(raw) => match &raw.draft.form {
                Form::Page(page, _) => Err(page),
                Form::Prose | Form::Wikitext => Ok(&raw.draft.text),
            },
        }
    }
}

impl From<Document> for Raw {
    fn from(doc: Document) -> Self {
        Self(Kind::Document(doc))
    }
}

/// A draft whose text is prose. What was said of a page on its way counts more than what it says itself.
fn finished(draft: Draft, options: &Options) -> Draft {
    match draft.form {
        Form::Prose => draft,
        Form::Wikitext => Draft { text: plain(&draft.text), form: Form::Prose, ..draft },
        Form::Page(bytes, charset) => {
            let page = html::draft(bytes, charset.as_deref(), options);
            Draft {
                id: draft.id,
                version: draft.version.or(page.version),
                encoding: page.encoding.or(draft.encoding),
                ..page
            }
        }
    }
}
