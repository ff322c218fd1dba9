//! The one error of the crate: what went wrong, and where.

use crate::place::Place;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::{fmt, io};

/// What went wrong (`message`), in which file or record and at which line, where that is known.
///
/// Serialised, it is `source`, `member`, `position`, `reason` ([`ErrorKind::name`]) and `message`, without what is not
/// known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    /// A file, a line or record of it, a member of an archive.
    pub place: Option<Place>,
    /// Which kind of thing went wrong.
    pub kind: ErrorKind,
    /// What is wrong, and where it helps, what to do about it.
    pub message: String,
}

/// Why an input was rejected, as something to count by.
#[derive(Debug, Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum ErrorKind {
    /// None of the others.
    #[default]
    Other,
    /// It cannot be opened or read.
    Unreadable,
    /// An archive or a compressed file is damaged or ends too early.
    Damaged,
    /// It is longer than a limit allows.
    Limit,
    /// It is not of the format that it is read as.
    Malformed,
    /// A field is missing, or holds what it cannot.
    Field,
    /// Its encoding is broken.
    Encoding,
    /// A document without text.
    NoText,
    /// A document of this id was read before.
    Duplicate,
    /// Its format or packing is not understood.
    Unsupported,
}

impl ErrorKind {
    /// Its name in files and tables: `no_text`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Unreadable => "unreadable",
            Self::Damaged => "damaged",
            Self::Limit => "limit",
            Self::Malformed => "malformed",
            Self::Field => "field",
            Self::Encoding => "encoding",
            Self::NoText => "no_text",
            Self::Duplicate => "duplicate",
            Self::Unsupported => "unsupported",
        }
    }
}

/// The result of what can fail. Extraction itself cannot.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error without a place.
    pub fn new(message: impl Into<String>) -> Self {
        Self { place: None, kind: ErrorKind::Other, message: message.into() }
    }

    /// An error at a place.
    pub fn at(place: impl Into<Place>, message: impl Into<String>) -> Self {
        Self::new(message).within(place)
    }

    /// Why a source of bytes cannot be read on.
    pub fn reading(e: &io::Error) -> Self {
        let kind = match e.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                ErrorKind::Damaged
            }
            io::ErrorKind::FileTooLarge => ErrorKind::Limit,
            io::ErrorKind::Unsupported => ErrorKind::Unsupported,
            _ => ErrorKind::Unreadable,
        };
        Self::new(e.to_string()).of(kind)
    }

    /// The same of a kind.
    #[must_use]
    pub fn of(self, kind: ErrorKind) -> Self {
        Self { kind, ..self }
    }

    /// The same at a place.
    #[must_use]
    pub fn within(self, place: impl Into<Place>) -> Self {
        Self { place: Some(place.into()), ..self }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(place) = &self.place {
            map.serialize_entry("source", &*place.source)?;
            if let Some(member) = &place.member {
                map.serialize_entry("member", &**member)?;
            }
            if place.position > 0 {
                map.serialize_entry("position", &place.position)?;
            }
        }
        map.serialize_entry("reason", self.kind.name())?;
        map.serialize_entry("message", &self.message)?;
        map.end()
    }
}
