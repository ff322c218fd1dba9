//! Lists of names → the prepared table.

use super::class::Class;
use super::table::{self, Listed, Row};
use crate::error::{Error, Result};
use crate::lexicon::fold;
use crate::model::{EntityType, Token, TokenKind};
use crate::pack;
use crate::split;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A file of lists: names of things, and words that stand beside names.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Lists {
    #[serde(default)]
    names: Vec<Names>,
    #[serde(default)]
    words: Vec<Words>,
    #[serde(default)]
    demonyms: Vec<Words>,
}

/// Things of one kind; a line is a citation form and its aliases: `Deutsche Bank | Deutsche Bank AG`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    subtype: String,
    list: Vec<String>,
}

/// Words of one class; endings that may follow behind bars: `Konzernchef|s|in`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[serde(default)]
    class: String,
    list: Vec<String>,
}

/// A thing with the forms that name it.
struct Thing {
    name: String,
    kind: EntityType,
    subtype: String,
    link: String,
}

/// Collects lists and writes the table.
#[derive(Default)]
pub(crate) struct Builder {
    rows: Vec<Row>,
    /// Words behind the first of a phrase, for the filter.
    inside: Vec<u64>,
    things: Vec<Thing>,
    /// Things by the key of their citation form, so that a later list adds only what is new.
    by_key: BTreeMap<u64, u32>,
    /// The thing and the place of each form of a user's names.
    claimed: BTreeMap<u64, (u32, String)>,
    tokens: Vec<Token>,
    key: Vec<u8>,
}

/// What compounds are made of.
const PARTS: Class =
    Class(Class::NOUN.0 | Class::BODY.0 | Class::PARTY.0 | Class::LAND.0 | Class::SITE.0 | Class::COMPANY.0);

/// As many bytes a text of a user's table may have.
const LONGEST: usize = 1000;

/// The endings of adjectives, for `|*`.
const ADJECTIVE: [&str; 5] = ["e", "en", "er", "es", "em"];

impl Builder {
    /// Adds a TOML file of lists.
    ///
    /// # Errors
    /// It is no TOML of this form, or names a type or class that there is not.
    pub(crate) fn toml(&mut self, name: &str, text: &str) -> Result<()> {
        let lists: Lists = toml::from_str(text).map_err(|e| Error::new(format!("{name}: {e}")))?;
        for names in lists.names {
            let kind = EntityType::from_name(&names.kind)
                .ok_or_else(|| Error::new(format!("{name}: there is no type {:?}", names.kind)))?;
            for line in &names.list {
                self.things_of(line, kind, &names.subtype);
            }
        }
        for words in lists.words {
            let suffix = words.class.strip_prefix("suffix-").or(words.class.strip_suffix("-suffix"));
            let class = match suffix {
                Some("role") => "role".to_owned(),
                Some(kind) => format!("head-{kind}"),
                None => words.class.clone(),
            };
            let class = Class::NAMED
                .iter()
                .find(|(n, _)| *n == class)
                .ok_or_else(|| Error::new(format!("{name}: there is no class {:?}", words.class)))?
                .1;
            for line in &words.list {
                self.word(line, class, suffix.is_some());
            }
        }
        for words in lists.demonyms {
            for line in &words.list {
                self.word(line, Class::DEMONYM, false);
            }
        }
        Ok(())
    }

    /// Adds a table of generated lists: fields between tabs.
    pub(crate) fn tsv(&mut self, name: &str, text: &str) -> Result<()> {
        let lines = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
        for line in lines {
            let mut fields = line.split('\t');
            let first = fields.next().unwrap_or_default();
            match name {
                "given.tsv" => self.form(first, Class::GIVEN.joined(Class::RARE), 0),
                "surnames.tsv" => self.form(first, Class::SURNAME.joined(Class::RARE), 0),
                "nouns.tsv" => self.form(first, Class::NOUN, 0),
                "legal_forms.tsv" => {
                    if fields.next() == Some("abbr") {
                        self.form(first, Class::LEGAL_FORM, 0);
                    }
                }
                "places.tsv" => {
                    let (subtype, link) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
                    let people: u64 = fields.next().and_then(|n| n.parse().ok()).unwrap_or(0);
                    let known = if subtype == "country" || people >= 200_000 { Class::CITY } else { Class::default() };
                    let thing = self.thing(first, EntityType::Location, subtype, link);
                    self.form(first, Class::GAZETTEER.joined(known), thing);
                }
                "companies.tsv" => {
                    let (link, aliases) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
                    let thing = self.thing(first, EntityType::Organization, "company", link);
                    for form in std::iter::once(first).chain(aliases.split('|')).filter(|f| !f.is_empty()) {
                        self.form(form, Class::COMPANY, thing);
                    }
                }
                _ => return Err(Error::new(format!("{name}: no such table of names is known"))),
            }
        }
        Ok(())
    }

    /// Adds a thing of a user's.
    ///
    /// # Errors
    /// Another has one of its forms, or a form is too long to be a name.
    pub(crate) fn user(&mut self, entry: &pack::Entry<pack::Name>) -> Result<()> {
        self.things.push(Thing {
            name: entry.name.clone(),
            kind: entry.kind,
            subtype: entry.subtype.clone().unwrap_or_default(),
            link: entry.id.clone(),
        });
        let thing = self.things.len() as u32;
        for text in entry.forms().chain([entry.id.as_str()]).chain(entry.subtype.as_deref()) {
            if text.len() > LONGEST {
                let begin: String = text.chars().take(20).collect();
                return Err(Error::at(&entry.place, format!("'{begin}…' is longer than {LONGEST} bytes; shorten it")));
            }
        }
        for form in entry.forms() {
            let mut letters = form.chars().filter(|c| c.is_alphabetic());
            let case = match () {
                () if letters.clone().all(char::is_uppercase) => Class::UPPER,
                // "1822direkt"
                () if letters.next().is_some_and(char::is_lowercase) => Class::SMALL,
                () => Class::CAPITAL,
            };
            let keys = self.keys(form);
            if let Some((key, _)) = keys.last() {
                let (owner, place) = self.claimed.entry(*key).or_insert_with(|| (thing, entry.place.clone()));
                if *owner != thing {
                    let message = format!("'{form}' is a form of the name at {place} too; take it out of one of them");
                    return Err(Error::at(&entry.place, message));
                }
            }
            self.rows_of(keys, case, thing, true, true);
        }
        Ok(())
    }

    fn things_of(&mut self, line: &str, kind: EntityType, subtype: &str) {
        let mut forms = line.split(" | ").map(str::trim).filter(|f| !f.is_empty());
        let Some(first) = forms.next() else { return };
        let bare = |form: &str| form.trim_start_matches('?').to_owned();
        let thing = self.thing(&bare(first), kind, subtype, "");
        for form in std::iter::once(first).chain(forms) {
            let hint = if form.starts_with('?') { Class::HINT } else { Class::default() };
            self.form(&bare(form), class_of(kind, subtype).joined(hint), thing);
        }
    }

    /// The number of a thing; a second list adds its link to the first.
    fn thing(&mut self, name: &str, kind: EntityType, subtype: &str, link: &str) -> u32 {
        let Some((key, _)) = self.keys(name).pop() else { return 0 };
        if let Some(number) = self.by_key.get(&key).copied() {
            let known = &mut self.things[number as usize - 1];
            if known.kind == kind {
                if known.link.is_empty() {
                    known.link = link.to_owned();
                }
                return number;
            }
        }
        let thing = Thing { name: name.to_owned(), kind, subtype: subtype.to_owned(), link: link.to_owned() };
        self.things.push(thing);
        let number = self.things.len() as u32;
        self.by_key.entry(key).or_insert(number);
        number
    }

    fn word(&mut self, line: &str, class: Class, suffix: bool) {
        let mut parts = line.split('|');
        let Some(word) = parts.next() else { return };
        let (word, class) = match word.strip_prefix('?') {
            Some(word) => (word, class.joined(Class::HINT)),
            None => (word, class),
        };
        let endings: Vec<&str> = parts.flat_map(|e| if e == "*" { ADJECTIVE.to_vec() } else { vec![e] }).collect();
        for ending in std::iter::once("").chain(endings) {
            let form = format!("{word}{ending}");
            if suffix {
                fold(&form, &mut self.key, usize::MAX);
                let key = suffix_key(table::hash(&self.key));
                self.rows.push(Row { key, class: class.joined(Class::CAPITAL), thing: 0, part: true });
            } else {
                self.form(&form, class, 0);
            }
        }
    }

    /// Adds a form with all its beginnings.
    fn form(&mut self, form: &str, class: Class, thing: u32) {
        let case = match () {
            () if form.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) => Class::UPPER,
            () if form.chars().next().is_some_and(char::is_lowercase) => Class::SMALL,
            () => Class::CAPITAL,
        };
        let keys = self.keys(form);
        self.rows_of(keys, class.joined(case), thing, class.has(PARTS), false);
    }

    /// Adds the rows of a form; `whole` and `begin` say whether it is asked of parts by itself, and its beginning.
    fn rows_of(&mut self, keys: Vec<(u64, u64)>, class: Class, thing: u32, whole: bool, begin: bool) {
        let last = keys.len().wrapping_sub(1);
        for (i, (key, beginning)) in keys.into_iter().enumerate() {
            if i == last {
                self.rows.push(Row { key, class, thing, part: whole || i > 0 });
            } else {
                self.rows.push(Row { key: beginning, class: Class::CONTINUES, thing: 0, part: begin || i > 0 });
            }
        }
    }

    /// For each word of a form: the key where it is the last, the key where more follow.
    fn keys(&mut self, form: &str) -> Vec<(u64, u64)> {
        split::tokens(form, &mut self.tokens);
        let mut keys = Vec::new();
        let mut state = 0;
        for token in &self.tokens {
            if token.kind == TokenKind::Mark && token.is('-') {
                continue;
            }
            fold(token.text(form), &mut self.key, usize::MAX);
            let last = table::ending(state, table::hash(&self.key));
            let stem = table::hash(table::stem(&self.key));
            if !keys.is_empty() {
                self.inside.push(table::inside(stem));
            }
            state = table::beginning(state, stem);
            keys.push((last, state));
        }
        keys
    }

    /// The table.
    pub(crate) fn write(mut self) -> Vec<u8> {
        // Large lists say nothing new of a name that a list made by hand has.
        let common: std::collections::BTreeSet<(u64, bool)> = self
            .rows
            .iter()
            .filter(|r| !r.class.has(Class::RARE) && r.class.has(Class(Class::GIVEN.0 | Class::SURNAME.0)))
            .map(|r| (r.key, r.class.has(Class::GIVEN)))
            .collect();
        for row in &mut self.rows {
            if row.class.has(Class::RARE) && common.contains(&(row.key, row.class.has(Class::GIVEN))) {
                row.class = row.class.without(Class::RARE);
            }
        }
        // What is a platform or a program is called so far more often than the firm behind it.
        let platforms: std::collections::BTreeSet<u64> = self
            .rows
            .iter()
            .filter(|r| r.class.has(Class::PRODUCT) && !r.class.has(Class::HINT))
            .filter(|r| {
                let thing = (r.thing as usize).checked_sub(1).and_then(|n| self.things.get(n));
                thing.is_some_and(|t| matches!(t.subtype.as_str(), "platform" | "software" | "device"))
            })
            .map(|r| r.key)
            .collect();
        for row in &mut self.rows {
            if platforms.contains(&row.key) && row.class.has(Class(Class::COMPANY.0 | Class::MEDIA.0 | Class::BODY.0)) {
                row.class = Class::default();
                row.thing = 0;
            }
        }
        let things: Vec<Listed<'_>> = self
            .things
            .iter()
            .map(|t| Listed { name: &t.name, kind: t.kind, subtype: &t.subtype, link: &t.link })
            .collect();
        table::write(self.rows, &self.inside, &things)
    }
}

/// The key of a word's ending by its hash: *chef* of *Konzernchef*.
pub(crate) fn suffix_key(hash: u64) -> u64 {
    table::ending(SUFFIX, hash)
}

const SUFFIX: u64 = 0x73_7566;

fn class_of(kind: EntityType, subtype: &str) -> Class {
    match (kind, subtype) {
        (EntityType::Person, _) => Class::PERSON,
        (EntityType::Organization, "party") => Class::PARTY,
        (EntityType::Organization, "club") => Class::CLUB,
        (EntityType::Organization, "media" | "agency") => Class::MEDIA,
        (EntityType::Organization, "company" | "exchange" | "bank") => Class::COMPANY,
        (EntityType::Organization, _) => Class::BODY,
        (EntityType::Location, "country" | "region") => Class::LAND,
        (EntityType::Location, "city") => Class::CITY,
        (EntityType::Location, _) => Class::SITE,
        (EntityType::Product, _) => Class::PRODUCT,
        (EntityType::Index, _) => Class::INDEX,
    }
}
