//! NITF: news items as agencies have long sent them.

use super::Options;
use super::elements::{Context, Elements, begins_with};
use super::fields::{Draft, dated};
use super::format::Format;
use super::markup::prose;
use super::xml::walk;
use crate::error::Result;
use serde_json::Value;

pub(super) static FORMAT: Format = Format {
    name: "nitf",
    title: "NITF",
    suffixes: &["xml", "nitf"],
    looks: |head, _| begins_with(head, &["nitf"]),
    open: |source, _| Ok(Elements::boxed(source, &["nitf"], |xml, _: &mut Context, _: &Options| draft(xml).map(Some))),
    utf8: true,
};

/// The document of an item.
pub(super) fn draft(xml: &str) -> Result<Draft> {
    let mut draft = Draft::default();
    let (mut issued, mut told, mut title, mut dateline) = (None, None, None, None);
    let mut body = String::new();
    let opaque = ["body.content", "hedline", "dateline", "byline"];
    walk(xml, &opaque, |e| {
        let mut other = |name: &str, text: Option<String>| {
            if let Some(text) = text.filter(|t| !t.is_empty()) {
                draft.others.insert(name.to_owned(), Value::String(text));
            }
        };
        match e.name() {
            "doc-id" => {
                draft.id = e.attribute("id-string").or(draft.id.take());
                draft.source = draft.source.take().or(e.attribute("regsrc"));
            }
            "doc.copyright" => draft.source = draft.source.take().or(e.attribute("holder")),
            "date.issue" => issued = e.attribute("norm"),
            "date.release" => told = e.attribute("norm"),
            "pubdata" => {
                issued = issued.take().or(e.attribute("date.publication"));
                draft.source = e.attribute("name").or(draft.source.take());
            }
            "docdata" => draft.status = e.attribute("management-status"),
            "du-key" => draft.version = e.attribute("version"),
            "ed-msg" => other("ednote", e.attribute("info").or_else(|| e.words())),
            "title" => title = e.words(),
            "hedline" => {
                let lines = prose(e.inside);
                let mut lines = lines.lines().filter(|l| !l.is_empty());
                draft.title = lines.next().map(str::to_owned);
                other("subline", Some(lines.collect::<Vec<_>>().join(" ")));
            }
            "byline" => other("byline", Some(prose(e.inside))),
            "dateline" => dateline = Some(prose(e.inside).replace('\n', " ")).filter(|d| !d.is_empty()),
            "body.content" => {
                if !body.is_empty() {
                    body.push_str("\n\n");
                }
                body.push_str(&prose(e.inside));
            }
            "nitf" => draft.lang = e.attribute("lang"),
            _ => {}
        }
    })?;
    draft.title = draft.title.or(title);
    draft.published = issued.or(told);
    draft.version = draft.version.or_else(|| draft.published.clone());
    draft.text = dated(dateline, body);
    Ok(draft)
}
