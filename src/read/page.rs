//! What a web page says of itself: encoding, JSON-LD, `<meta>`, `<time>`; read from its tags, without a tree.

use super::decode;
use super::markup::{prose, tag_end, tag_name, unescaped};
use encoding_rs::Encoding;
use serde_json::Value;

/// The text of a page, and what it was converted from. A byte-order mark counts more than what was said on its way,
/// that more than what it says itself.
pub(super) fn decoded(bytes: Vec<u8>, charset: Option<&str>) -> (String, Option<&'static str>) {
    let said = charset.and_then(|c| Encoding::for_label(c.as_bytes())).or_else(|| declared(&bytes));
    match said {
        Some(encoding)
            if encoding != encoding_rs::UTF_8 && Encoding::for_bom(&bytes).is_none() && !encoding.is_utf16() =>
        {
            (encoding.decode_without_bom_handling(&bytes).0.into_owned(), Some(name(encoding)))
        }
        _ => decode(bytes),
    }
}

trait Utf16 {
    fn is_utf16(&self) -> bool;
}

impl Utf16 for &'static Encoding {
    /// A page that says so in ASCII is not.
    fn is_utf16(&self) -> bool {
        *self == encoding_rs::UTF_16LE || *self == encoding_rs::UTF_16BE
    }
}

/// The name of an encoding in records.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == encoding_rs::WINDOWS_1252 { "windows-1252" } else { encoding.name() }
}

/// `<meta charset=…>`, and its older form, in the first bytes; an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(2048)].to_ascii_lowercase();
    let named = |key: &[u8]| {
        let at = memchr::memmem::find(&head, key)? + key.len();
        let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))?;
        Encoding::for_label(&rest[..end])
    };
    named(b"charset").or_else(|| head.starts_with(b"<?xml").then(|| named(b"encoding")).flatten())
}

/// What a page says of the article in it.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) lang: Option<String>,
    /// The first `<time>` with a date; one that says that it is the publication counts more.
    pub(super) time: Option<String>,
}

impl Facts {
    pub(super) fn of(page: &str) -> Self {
        let mut facts = Self::default();
        let mut sure = false;
        let mut rest = page;
        while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
            rest = &rest[at..];
            let Some(end) = tag_end(rest) else {
                rest = &rest[1..];
                continue;
            };
            let (tag, after) = rest.split_at(end);
            rest = after;
            if tag.starts_with("</") {
                continue;
            }
            match tag_name(tag).as_str() {
                "html" => facts.lang = attribute(tag, "lang"),
                "title" if facts.title.is_none() => {
                    let end = rest.find("</").unwrap_or(0);
                    facts.title = Some(prose(&rest[..end])).filter(|t| !t.is_empty());
                }
                "meta" => facts.meta(tag),
                "time" => {
                    let surely = tag.contains("datePublished") || tag.contains("pubdate");
                    if let Some(time) = attribute(tag, "datetime").filter(|_| facts.time.is_none() || surely && !sure) {
                        facts.time = Some(time);
                        sure = surely;
                    }
                }
                "script" => {
                    let end = memchr::memmem::find(rest.as_bytes(), b"</script").unwrap_or(rest.len());
                    if tag.contains("ld+json") {
                        facts.json_ld(&rest[..end]);
                    }
                    rest = &rest[end..];
                }
                _ => {}
            }
        }
        facts
    }

    fn meta(&mut self, tag: &str) {
        let Some(name) =
            attribute(tag, "property").or_else(|| attribute(tag, "name")).or_else(|| attribute(tag, "itemprop"))
        else {
            return;
        };
        let slot = match name.to_ascii_lowercase().as_str() {
            "article:published_time"
            | "og:article:published_time"
            | "datepublished"
            | "date"
            | "dc.date"
            | "dc.date.issued"
            | "dcterms.created" => &mut self.published,
            "article:modified_time" | "og:updated_time" | "datemodified" | "last-modified" | "dcterms.modified" => {
                &mut self.modified
            }
            "og:site_name" => &mut self.publisher,
            "og:title" => &mut self.title,
            _ => return,
        };
        if slot.is_none() || name.contains(':') {
            *slot = attribute(tag, "content").filter(|c| !c.trim().is_empty()).or_else(|| slot.take());
        }
    }

    /// Structured data: that of an article, wherever it stands in it.
    fn json_ld(&mut self, script: &str) {
        let script = script.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        let Ok(value) = serde_json::from_str::<Value>(script) else { return };
        let mut open = vec![&value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(all) => open.extend(all.iter().rev()),
                Value::Object(object) => {
                    let kind = object.get("@type").map(Value::to_string).unwrap_or_default();
                    if ["Article", "Posting", "Report"].iter().any(|k| kind.contains(k)) {
                        let string = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
                        self.published = self.published.take().or(string("datePublished"));
                        self.modified = self.modified.take().or(string("dateModified"));
                        self.title = self.title.take().or(string("headline"));
                        let publisher = object.get("publisher").and_then(|p| p.get("name")).and_then(Value::as_str);
                        self.publisher = self.publisher.take().or(publisher.map(str::to_owned));
                    }
                    open.extend(
                        ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"]
                            .iter()
                            .filter_map(|k| object.get(*k)),
                    );
                }
                _ => {}
            }
        }
    }
}

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        let at = rest.find(|c: char| c.is_ascii_whitespace())?;
        rest = rest[at..].trim_start();
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            rest = after;
            if rest.is_empty() {
                return None;
            }
            continue;
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len())),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(unescaped(value).trim().to_owned());
        }
        rest = after;
        // An attribute may follow its neighbour without a blank.
        if !rest.starts_with(|c: char| c.is_ascii_whitespace()) && !rest.is_empty() {
            rest = after.get(1..).unwrap_or_default();
        }
    }
}

/// Whether the elements of a page are not in each other deeper than any article is: the parser of trees is not made
/// for that.
#[cfg(feature = "html")]
pub(super) fn is_tame(page: &str) -> bool {
    const DEEPEST: u32 = 300;
    /// Elements that have no end, or end by themselves.
    const OPEN: [&str; 22] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "tr", "td", "th", "option",
    ];
    let (mut depth, mut rest) = (0u32, page);
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[at..];
        let Some(end) = tag_end(rest) else {
            rest = &rest[1..];
            continue;
        };
        let (tag, after) = rest.split_at(end);
        rest = after;
        if tag.starts_with("<!") || tag.ends_with("/>") || OPEN.contains(&tag_name(tag).as_str()) {
            continue;
        }
        if tag.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
        }
        if depth > DEEPEST {
            return false;
        }
    }
    true
}
