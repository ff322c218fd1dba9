//! XML → what stands where: each element with the path that leads to it.

use super::markup::{reference, unescaped};
use crate::error::{Error, ErrorKind, Result};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element that was read to its end.
pub(super) struct Element<'a> {
    /// The names of the elements around it, the outermost first, and its own; without prefixes.
    pub(super) path: &'a [String],
    /// Its attributes, without prefixes.
    pub(super) attributes: &'a [(String, String)],
    /// The text directly in it.
    pub(super) text: &'a str,
    /// All that stands between its tags, as it was written.
    pub(super) inside: &'a str,
}

impl Element<'_> {
    pub(super) fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// Whether one of the elements around it is of this name.
    pub(super) fn within(&self, name: &str) -> bool {
        self.path.iter().rev().skip(1).any(|n| n == name)
    }

    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone())
    }

    /// Its text with blanks collapsed, unless there is none.
    pub(super) fn words(&self) -> Option<String> {
        let words = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    }
}

/// An element that is open.
struct Open {
    attributes: Vec<(String, String)>,
    text: String,
    from: usize,
}

/// Elements in each other; deeper ones are no news item and no page.
const DEEPEST: usize = 256;

/// Shows every element at its end. Those inside `opaque` ones are not looked at.
///
/// # Errors
/// What is no well-formed XML.
pub(super) fn walk(xml: &str, opaque: &[&str], mut see: impl FnMut(&Element<'_>)) -> Result<()> {
    let mut reader = Reader::from_str(xml);
    let broken = |message: String| Error::new(message).of(ErrorKind::Malformed);
    let (mut path, mut open): (Vec<String>, Vec<Open>) = (Vec::new(), Vec::new());
    loop {
        let before = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|e| broken(format!("no valid XML: {e}")))?;
        let after = reader.buffer_position() as usize;
        match event {
            Event::Start(tag) => {
                if path.len() == DEEPEST {
                    return Err(broken(format!("XML with more than {DEEPEST} elements in each other")));
                }
                path.push(local(&tag));
                let closed = if opaque.contains(&path[path.len() - 1].as_str()) {
                    let end = tag.to_end().into_owned();
                    Some(reader.read_to_end(end.name()).map_err(|e| broken(format!("no valid XML: {e}")))?)
                } else {
                    None
                };
                let attributes = attributes(&tag);
                if let Some(span) = closed {
                    let inside = xml.get(span.start as usize..span.end as usize).unwrap_or_default();
                    see(&Element { path: &path, attributes: &attributes, text: "", inside });
                    path.pop();
                } else {
                    open.push(Open { attributes, text: String::new(), from: after });
                }
            }
            Event::Empty(tag) => {
                path.push(local(&tag));
                see(&Element { path: &path, attributes: &attributes(&tag), text: "", inside: "" });
                path.pop();
            }
            Event::End(_) => {
                let Some(Open { attributes, text, from }) = open.pop() else {
                    return Err(broken("no valid XML: an element ends that did not begin".to_owned()));
                };
                let inside = xml.get(from..before).unwrap_or_default();
                see(&Element { path: &path, attributes: &attributes, text: &text, inside });
                path.pop();
            }
            Event::Text(text) => {
                if let Some(open) = open.last_mut() {
                    open.text.push_str(&text);
                }
            }
            Event::CData(text) => {
                if let Some(open) = open.last_mut() {
                    open.text.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                if let (Some(open), Some(meant)) = (open.last_mut(), reference(&name)) {
                    open.text.push_str(&meant);
                }
            }
            Event::Eof if open.is_empty() => return Ok(()),
            Event::Eof => return Err(broken("no valid XML: it ends inside an element".to_owned())),
            _ => {}
        }
    }
}

fn local(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_owned()
}

fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let attributes = tag.attributes().flatten();
    attributes.map(|a| (a.key.local_name().as_ref().to_owned(), unescaped(&a.value).into_owned())).collect()
}
