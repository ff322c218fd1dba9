//! What a record says of its document → the document.

use super::published::{civil, instant};
use super::raw::Form;
use super::{Options, decode};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Document, PubStatus};
use crate::place::Place;
use serde_json::{Map, Value};

/// The names of the fields of records: keys of JSON, columns of CSV and Parquet.
#[derive(Clone, Debug)]
pub struct Fields {
    /// The text; must be there.
    pub text: String,
    /// The id.
    pub id: String,
    /// The publication time.
    pub published: String,
    /// The headline.
    pub title: String,
    /// Who published it.
    pub source: String,
    /// The language.
    pub lang: String,
    /// What tells the newer of two.
    pub version: String,
    /// `usable`, `withheld` or `canceled`; other values say nothing.
    pub status: String,
    /// Other fields to carry through into the document record; `*` for all.
    pub carry: Vec<String>,
}

impl Default for Fields {
    fn default() -> Self {
        Self {
            text: "text".to_owned(),
            id: "id".to_owned(),
            published: "published".to_owned(),
            title: "title".to_owned(),
            source: "source".to_owned(),
            lang: "lang".to_owned(),
            version: "version".to_owned(),
            status: "status".to_owned(),
            carry: Vec::new(),
        }
    }
}

impl Fields {
    /// The names of all fields but the carried ones.
    pub(super) fn mapped(&self) -> [&str; 8] {
        let Self { text, id, published, title, source, lang, version, status, carry: _ } = self;
        [text, id, published, title, source, lang, version, status]
    }

    /// Whether a field of this name is asked for, mapped or carried.
    pub(super) fn wants(&self, name: &str) -> bool {
        self.mapped().contains(&name) || self.carries(name)
    }

    fn carries(&self, name: &str) -> bool {
        self.carry.iter().any(|c| c == name || c == "*")
    }
}

/// What a record says, as it says it.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) id: Option<String>,
    pub(super) text: String,
    pub(super) published: Option<String>,
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) version: Option<String>,
    pub(super) status: Option<String>,
    /// What may be carried through, by name; only what is asked for stays.
    pub(super) others: Map<String, Value>,
    pub(super) encoding: Option<&'static str>,
    /// What the text is.
    pub(super) form: Form,
}

impl Draft {
    /// The fields of a JSON object, a row of CSV or of Parquet.
    ///
    /// # Errors
    /// No text, or a field that is neither string nor number.
    pub(super) fn of_record(mut record: Map<String, Value>, fields: &Fields) -> Result<Self> {
        let field = |message: String| Error::new(message).of(ErrorKind::Field);
        let text = match record.remove(&fields.text) {
            Some(Value::String(text)) => text,
            Some(_) => return Err(field(format!("the field '{}' is no string", fields.text))),
            None => return Err(field(format!("no field '{}'; name it with --text-field", fields.text))),
        };
        // What the status says of other things, such as HTTP, is none of ours.
        let status = match record.get(&fields.status) {
            Some(Value::String(word)) if status(word).is_some() => Some(word.clone()),
            _ => None,
        };
        if status.is_some() {
            record.remove(&fields.status);
        }
        let mut string = |name: &str| match record.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(s)) => Ok(Some(s)),
            Some(Value::Number(n)) => Ok(Some(n.to_string())),
            Some(_) => Err(field(format!("the field '{name}' is neither string nor number"))),
        };
        Ok(Self {
            id: string(&fields.id)?,
            published: string(&fields.published)?,
            title: string(&fields.title)?,
            source: string(&fields.source)?,
            lang: string(&fields.lang)?,
            version: string(&fields.version)?,
            text,
            status,
            others: record,
            ..Self::default()
        })
    }

    /// The document. `named` is its id where the record has none.
    ///
    /// # Errors
    /// A publication time that is none; no text, unless the document is withdrawn. They carry the place.
    pub(super) fn document(self, place: Place, named: impl FnOnce(&Place) -> String, o: &Options) -> Result<Document> {
        let present = |s: Option<String>| s.filter(|s| !s.trim().is_empty());
        let published_from = match (&self.published, &o.published) {
            (Some(_), _) => Some("given"),
            (None, Some(_)) => Some("option"),
            (None, None) => None,
        };
        let published = match &self.published {
            Some(p) => Some(civil(p, &o.zone).map_err(|e| e.of(ErrorKind::Field).within(place.clone()))?),
            None => o.published.clone(),
        };
        let status = self.status.as_deref().and_then(status);
        let text = match self.text.strip_prefix('\u{feff}') {
            Some(text) => text.to_owned(),
            None => self.text,
        };
        if text.trim().is_empty() && status != Some(PubStatus::Canceled) {
            return Err(Error::at(place, "a document without text").of(ErrorKind::NoText));
        }
        let mut others = self.others;
        others.retain(|name, _| o.fields.carries(name));
        Ok(Document {
            id: present(self.id).unwrap_or_else(|| named(&place)),
            place,
            published,
            published_from,
            title: present(self.title),
            source: present(self.source),
            lang: present(self.lang),
            version: present(self.version).map(|v| instant(&v).unwrap_or(v)),
            status,
            carried: (!others.is_empty()).then(|| Value::Object(others).to_string()),
            encoding: self.encoding,
            text,
        })
    }
}

/// The status that a word says: `usable`, `stat:canceled`, `http://…/pubstatusg2/withheld`.
fn status(word: &str) -> Option<PubStatus> {
    let word = word.trim().rsplit([':', '/']).next()?.to_ascii_lowercase();
    Some(match word.as_str() {
        "usable" => PubStatus::Usable,
        "withheld" | "embargoed" => PubStatus::Withheld,
        "canceled" | "cancelled" | "pubcanceled" | "withdrawn" => PubStatus::Canceled,
        _ => return None,
    })
}

/// Bytes of a record as text; what is neither UTF-8 nor Windows-1252 throughout is broken.
pub(super) fn whole_text(bytes: Vec<u8>) -> Result<(String, Option<&'static str>)> {
    match decode(bytes) {
        (_, Some("utf-8")) => Err(Error::new("no valid UTF-8").of(ErrorKind::Encoding)),
        whole => Ok(whole),
    }
}

/// A text with the dateline that was kept apart from it: *Berlin (dpa) – Der …*.
pub(super) fn dated(dateline: Option<String>, text: String) -> String {
    match dateline {
        Some(dateline) if !text.is_empty() && !text.starts_with(&dateline) => {
            let dateline = dateline.trim_end_matches([' ', '-', '–', '—']);
            format!("{dateline} – {text}")
        }
        _ => text,
    }
}
