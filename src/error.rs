//! The one error of the crate: what went wrong, and where.

use std::fmt;

/// What went wrong (`message`), in which file or record and at which line, where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    /// A file, `FILE:LINE` of a record, or `-` for standard input.
    pub place: Option<String>,
    /// What is wrong, and where it helps, what to do about it.
    pub message: String,
}

/// The result of what can fail. Extraction itself cannot.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error without a place.
    pub fn new(message: impl Into<String>) -> Self {
        Self { place: None, message: message.into() }
    }

    /// An error at a place.
    pub fn at(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: Some(place.into()), message: message.into() }
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
