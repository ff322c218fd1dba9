//! Where something was read.

use std::fmt;
use std::sync::Arc;

/// Where something was read: a file, a member of an archive in it, a line or record of that. Cloning one costs two
/// counters; the names are shared by all documents of a file.
///
/// Written, it is `SOURCE/MEMBER:POSITION`, without what is not known.
///
/// ```
/// use kennzahl::Place;
/// let member = Place { member: Some("2014/mai.jsonl".into()), position: 12, ..Place::from("news.tar.gz") };
/// assert_eq!(member.to_string(), "news.tar.gz/2014/mai.jsonl:12");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Place {
    /// A path as it was given or found, `-` for standard input.
    pub source: Arc<str>,
    /// The path inside the archive that `source` is, through inner archives too.
    pub member: Option<Arc<str>>,
    /// The line, or where a format has none the number of the record, from 1; 0 for the whole.
    pub position: u64,
}

impl Place {
    /// A line or record of this place.
    #[must_use]
    pub fn at(&self, position: u64) -> Self {
        Self { position, ..self.clone() }
    }
}

impl<T: AsRef<str> + ?Sized> From<&T> for Place {
    fn from(source: &T) -> Self {
        Self { source: source.as_ref().into(), ..Self::default() }
    }
}

impl From<String> for Place {
    fn from(source: String) -> Self {
        Self::from(&source)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)?;
        if let Some(member) = &self.member {
            write!(f, "/{member}")?;
        }
        if self.position > 0 {
            write!(f, ":{}", self.position)?;
        }
        Ok(())
    }
}
