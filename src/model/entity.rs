//! Names: people, organisations, places, products and indices.

use super::Span;

named! {
    /// The five types of names.
    EntityType {
        /// A human being.
        Person = "person",
        /// A company, authority, party, club, band, or a medium that acts.
        Organization = "organization",
        /// A country, city, street, river, stadium.
        Location = "location",
        /// A named product, app, service or work.
        Product = "product",
        /// A stock index.
        Index = "index",
    }
}

/// A name in the text. Its citation form and what a lexicon says of it stand in [`super::Analysis::things`].
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Entity {
    /// Where it stands: without title, role and article; of a compound the part that is the name.
    pub span: Span,
    /// The number of its sentence.
    pub sentence: u32,
    /// What it names.
    pub kind: EntityType,
    /// The thing that is meant, an index into [`super::Analysis::things`]: mentions of one thing share it.
    pub thing: u32,
    /// The words that say what the person is: *Chef* in *Alphabet-Chef Sundar Pichai*.
    pub role: Option<Span>,
    /// The start of the mention that the role is of: *Alphabet*.
    pub of: Option<u32>,
    /// The rule that made it.
    pub rule: &'static str,
}

/// A thing that is named once or more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thing {
    /// Its citation form: nominative, ordinary case, the fullest form in the document.
    pub name: String,
    /// What it is, where a lexicon says so: *company*, *city*.
    pub subtype: Option<String>,
    /// Its identifier, where a lexicon has one: `geonames:2950159`, `isin:…`.
    pub link: Option<String>,
}
