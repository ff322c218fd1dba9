//! ninjs: news items of agencies as JSON, of versions 1 to 3.

use super::Options;
use super::fields::{Draft, Fields, dated};
use super::markup::prose;
use crate::error::{Error, ErrorKind, Result};
use serde_json::{Map, Value};

/// Whether an object is such an item rather than a record with a text.
pub(super) fn is_item(object: &Map<String, Value>, fields: &Fields) -> bool {
    let has = |names: &[&str]| names.iter().any(|n| object.contains_key(*n));
    !object.contains_key(&fields.text)
        && has(&["body_text", "body_xhtml", "body_html", "bodies", "pubstatus", "versioncreated", "versionCreated"])
        && has(&["uri", "headline", "headlines", "versioncreated", "versionCreated", "pubstatus", "body_text"])
}

/// The document of an item: body and headline, its time and status. Editorial notes stay out of the text.
pub(super) fn draft(mut item: Map<String, Value>, options: &Options) -> Result<Draft> {
    let kind = string(&item, &["type", "contenttype"]);
    if kind.as_deref().is_some_and(|k| matches!(k, "picture" | "graphic" | "audio" | "video" | "composite")) {
        let message = format!("an item of the type {}, no text", kind.unwrap_or_default());
        return Err(Error::new(message).of(ErrorKind::NoText));
    }
    let version = string(&item, &["versioncreated", "versionCreated"]);
    let published = version
        .clone()
        .or_else(|| string(&item, &["firstcreated", "firstCreated", "contentcreated", "contentCreated"]));
    let text = dated(string(&item, &["dateline"]), body(&item));
    let source = named(&item, &["infosources", "infoSources", "infosource"])
        .or_else(|| string(&item, &["copyrightholder", "copyrightHolder", "provider", "source"]));
    let draft = Draft {
        id: string(&item, &[&options.fields.id, "uri", "guid", "altids"]),
        published,
        title: string(&item, &["headline"]).or_else(|| first_of(&item, "headlines", "main").map(|h| h.0)),
        source,
        lang: string(&item, &["language"]),
        version: version.or_else(|| string(&item, &["version"])),
        status: string(&item, &["pubstatus", "pubStatus"]),
        text,
        ..Draft::default()
    };
    for part in ["body_text", "body_xhtml", "body_html", "bodies"] {
        item.remove(part);
    }
    Ok(Draft { others: item, ..draft })
}

fn string(item: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match item.get(*name)? {
        Value::String(s) if !s.trim().is_empty() => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    })
}

/// The name of the first of a list of things.
fn named(item: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let list = names.iter().find_map(|name| item.get(*name))?;
    let first = list.as_array().and_then(|l| l.first()).unwrap_or(list);
    string(first.as_object()?, &["name", "literal"])
}

/// The text: as it is, else that of its mark-up; of several bodies the plain one first.
fn body(item: &Map<String, Value>) -> String {
    if let Some(text) = string(item, &["body_text"]) {
        return text;
    }
    if let Some(html) = string(item, &["body_xhtml", "body_html"]) {
        return prose(&html);
    }
    match first_of(item, "bodies", "main") {
        None => String::new(),
        Some((text, Some(kind))) if kind.contains("html") => prose(&text),
        Some((text, _)) => text,
    }
}

/// Of a list of values with roles the plain one or that of the role, else the first: its value and its type.
fn first_of(item: &Map<String, Value>, list: &str, role: &str) -> Option<(String, Option<String>)> {
    let all: Vec<&Map<String, Value>> = item.get(list)?.as_array()?.iter().filter_map(Value::as_object).collect();
    let kind = |o: &Map<String, Value>| string(o, &["contenttype", "contentType"]);
    let plain = all.iter().find(|o| kind(o).as_deref() == Some("text/plain"));
    let main = all.iter().find(|o| string(o, &["role"]).as_deref() == Some(role));
    let chosen = plain.or(main).or(all.first())?;
    Some((string(chosen, &["value"])?, kind(chosen)))
}
