//! Web pages: the article in a page, and what the page says of it.

use super::Options;
use super::fields::Draft;
use super::format::{Format, Reader};
use super::page::{Facts, decoded};
use super::published::civil;
use super::raw::Form;
use super::source::Source;
use crate::error::Result;

pub(super) static FORMAT: Format = Format {
    name: "html",
    title: "web pages: the article in each",
    suffixes: &["html", "htm", "xhtml", "xml"],
    looks: |head, _| {
        let head = head.trim_ascii_start().to_ascii_lowercase();
        head.starts_with(b"<!doctype html") || super::elements::begins_with(&head, &["html"])
    },
    open,
    utf8: false,
};

fn open(source: Source, _: &Options) -> Result<Box<dyn Reader>> {
    Ok(Box::new(super::text::Whole::new(source, |page| Draft { form: Form::Page(page, None), ..Draft::default() })))
}

/// What a page says. `charset` is what was said of its encoding on its way.
pub(super) fn draft(bytes: Vec<u8>, charset: Option<&str>, options: &Options) -> Draft {
    let (page, encoding) = decoded(bytes, charset);
    let facts = Facts::of(&page);
    let article = article(&page);
    let date = |given: Option<String>| given.filter(|g| civil(g, &options.zone).is_ok());
    let first = |a: Option<String>, b: Option<String>| a.filter(|a| !a.trim().is_empty()).or(b);
    Draft {
        published: date(facts.published).or(date(article.published)).or(date(facts.time)),
        version: date(facts.modified).or(date(article.modified)),
        title: first(article.title, facts.title),
        source: first(article.site, facts.publisher),
        lang: first(article.lang, facts.lang),
        text: article.text,
        encoding,
        ..Draft::default()
    }
}

/// What the extraction finds.
#[derive(Default)]
struct Article {
    text: String,
    title: Option<String>,
    site: Option<String>,
    lang: Option<String>,
    published: Option<String>,
    modified: Option<String>,
}

#[cfg(not(feature = "html"))]
fn article(page: &str) -> Article {
    Article { text: super::markup::prose(page), ..Article::default() }
}

#[cfg(feature = "html")]
fn article(page: &str) -> Article {
    use super::markup::prose;
    use super::page::is_tame;
    use dom_smoothie::{Config, Readability};

    /// Pages of more elements are lists, and searching them takes long.
    const MOST_ELEMENTS: usize = 50_000;

    let whole = || Article { text: prose(page), ..Article::default() };
    if !is_tame(page) {
        return whole();
    }
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let found = Readability::new(page, None, Some(config)).and_then(|mut page| page.parse());
    let Ok(found) = found else {
        return whole();
    };
    Article {
        text: prose(&found.content),
        title: Some(found.title),
        site: found.site_name,
        lang: found.lang,
        published: found.published_time,
        modified: found.modified_time,
    }
}
