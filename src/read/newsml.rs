//! NewsML-G2: news items, alone or in a message of many.

use super::Options;
use super::elements::{Context, Elements, begins_with};
use super::fields::{Draft, dated};
use super::format::Format;
use super::markup::prose;
use super::nitf;
use super::xml::walk;
use crate::error::Result;
use serde_json::{Map, Value};

pub(super) static FORMAT: Format = Format {
    name: "newsml",
    title: "NewsML-G2",
    suffixes: &["xml", "newsml"],
    looks: |head, _| begins_with(head, &["newsItem", "newsMessage", "packageItem"]),
    open: |source, _| Ok(Elements::boxed(source, &["newsItem"], item)),
    utf8: true,
};

fn item(xml: &str, _: &mut Context, _: &Options) -> Result<Option<Draft>> {
    let mut draft = Draft::default();
    let (mut first, mut dateline, mut body): (Option<String>, Option<String>, Option<String>) = (None, None, None);
    let (mut provider, mut class) = (None, None);
    let mut plain: Option<String> = None;
    let mut inner: Option<Result<Draft>> = None;
    let mut others = Map::new();
    let opaque = ["inlineXML", "inlineData", "assert", "partMeta"];
    walk(xml, &opaque, |e| {
        let fill = |slot: &mut Option<String>, value: Option<String>| {
            if slot.is_none() {
                *slot = value;
            }
        };
        match e.name() {
            "newsItem" => {
                fill(&mut draft.id, e.attribute("guid"));
                others.insert("item_version".to_owned(), e.attribute("version").map_or(Value::Null, Value::String));
            }
            "itemClass" => class = e.attribute("qcode"),
            "versionCreated" => fill(&mut draft.version, e.words()),
            "firstCreated" => fill(&mut first, e.words()),
            "pubStatus" => fill(&mut draft.status, e.attribute("qcode").or_else(|| e.attribute("uri"))),
            "headline" => fill(&mut draft.title, e.words()),
            "dateline" => fill(&mut dateline, e.words()),
            "language" if e.within("contentMeta") => fill(&mut draft.lang, e.attribute("tag")),
            "provider" => fill(&mut provider, e.attribute("literal").or_else(|| code(e.attribute("qcode")))),
            "name" if e.within("infoSource") => fill(&mut draft.source, e.words()),
            "name" if e.within("provider") => provider = e.words(),
            "edNote" | "slugline" | "by" | "urgency" | "embargoed" => {
                let name = e.name().to_ascii_lowercase();
                let text = Value::String(e.words().unwrap_or_else(|| prose(e.inside)));
                match others.get_mut(&name) {
                    Some(Value::Array(all)) => all.push(text),
                    Some(one) => *one = Value::Array(vec![one.take(), text]),
                    None => drop(others.insert(name, text)),
                }
            }
            "inlineXML" if body.is_none() && inner.is_none() => match e.inside.contains("<nitf") {
                true => inner = Some(nitf::draft(e.inside)),
                false => body = Some(prose(e.inside)),
            },
            "inlineData" => {
                let kind = e.attribute("contenttype").unwrap_or_default();
                fill(&mut plain, (kind.is_empty() || kind.starts_with("text/")).then(|| prose(e.inside)));
            }
            _ => {}
        }
    })?;
    // Pictures and graphics come in the same messages.
    if class
        .as_deref()
        .and_then(|c| c.rsplit(':').next())
        .is_some_and(|c| matches!(c, "picture" | "graphic" | "video" | "audio"))
    {
        return Ok(None);
    }
    let inner = inner.transpose()?.unwrap_or_default();
    draft.text = body.or(plain).unwrap_or(inner.text);
    draft.text = dated(dateline, draft.text);
    draft.published = draft.version.clone().or(first).or(inner.published);
    draft.title = draft.title.or(inner.title);
    draft.source = draft.source.or(provider).or(inner.source);
    draft.lang = draft.lang.or(inner.lang);
    draft.others = others;
    Ok(Some(draft))
}

/// The last part of a code: `nprov:dpa`.
fn code(qcode: Option<String>) -> Option<String> {
    qcode.map(|q| q.rsplit(':').next().unwrap_or(&q).to_owned())
}
