//! Dumps of MediaWiki: a page is a document, in its last revision.

use super::Options;
use super::elements::{Context, Elements, begins_with};
use super::fields::Draft;
use super::format::Format;
use super::raw::Form;
use super::xml::walk;
use crate::error::Result;

pub(super) static FORMAT: Format = Format {
    name: "mediawiki",
    title: "XML dump of MediaWiki",
    suffixes: &["xml"],
    looks: |head, _| begins_with(head, &["mediawiki"]),
    open: |source, _| Ok(Elements::boxed(source, &["page", "siteinfo"], page)),
    utf8: true,
};

/// The page, unless it is of another namespace than articles, or leads to another page.
///
/// When a page was published it does not say: its revision is the version, and the date of the article stands in its head.
fn page(xml: &str, context: &mut Context, _: &Options) -> Result<Option<Draft>> {
    let (mut title, mut id, mut namespace, mut redirect) = (None, None, None, false);
    let (mut last, mut time, mut text) = (None, None, String::new());
    let mut site = false;
    walk(xml, &[], |e| match e.name() {
        "dbname" => context.database = e.words(),
        "sitename" => context.site = e.words(),
        "siteinfo" => site = true,
        "title" => title = e.words(),
        "ns" => namespace = e.words(),
        "redirect" => redirect = true,
        "id" if !e.within("revision") => id = e.words(),
        "timestamp" => time = e.words(),
        "text" => text = e.text.to_owned(),
        // Dumps of all revisions have the newest last, but do not promise it.
        "revision" if last.as_ref().is_none_or(|(t, _)| *t <= time) => {
            last = Some((time.take(), std::mem::take(&mut text)));
        }
        _ => {}
    })?;
    let (version, wikitext) = last.unwrap_or_default();
    if site || redirect || namespace.is_some_and(|n| n != "0") {
        return Ok(None);
    }
    let id = match (&context.database, id) {
        (Some(database), Some(id)) => Some(format!("{database}:{id}")),
        (_, id) => id,
    };
    let source = context.site.clone();
    Ok(Some(Draft { id, title, version, source, text: wikitext, form: Form::Wikitext, ..Draft::default() }))
}
