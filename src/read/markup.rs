//! Mark-up → prose: the text of XHTML, HTML and NITF bodies, its paragraphs apart.

use quick_xml::escape::resolve_html5_entity;

/// Elements whose content is no part of a text.
const SKIPPED: [&str; 14] = [
    "script", "style", "head", "media", "figure", "iframe", "noscript", "template", "svg", "object", "video", "audio",
    "form", "nav",
];

/// Classes by which agencies mark what is meant for editors alone.
const FOR_EDITORS: [&str; 3] = ["notepad", "ednote", "editorialnote"];

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 29] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "pre",
    "address",
    "hr",
    "hl1",
    "hl2",
    "hedline",
    "block",
    "bq",
    "fn",
    "body",
];

/// Elements that begin and end a line.
const LINES: [&str; 8] = ["br", "li", "tr", "dt", "dd", "caption", "figcaption", "credit"];

/// The text of some mark-up. Any bytes will do: what is no tag is text.
///
/// Blanks collapse, paragraphs are parted by an empty line, cells of a table by a tab.
pub(super) fn prose(markup: &str) -> String {
    let mut out = Prose { text: String::with_capacity(markup.len() / 2), gap: Gap::None };
    let mut rest = markup;
    // The element that is passed over, and how many of its name are open.
    let mut skipped: Option<(String, u32)> = None;
    while !rest.is_empty() {
        let next = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        if skipped.is_none() {
            out.words(&rest[..next]);
        }
        rest = &rest[next..];
        if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let end = data.find("]]>").unwrap_or(data.len());
            if skipped.is_none() {
                out.words(&data[..end]);
            }
            rest = data.get(end + 3..).unwrap_or_default();
            continue;
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = tag_end(rest) else {
            if !rest.is_empty() {
                if skipped.is_none() {
                    out.words("<");
                }
                rest = &rest[1..];
            }
            continue;
        };
        let (tag, after) = rest.split_at(end);
        rest = after;
        let closes = tag.starts_with("</");
        let name = tag_name(tag);
        match &mut skipped {
            Some((skip, depth)) if *skip == name => match closes {
                true if *depth == 1 => skipped = None,
                true => *depth -= 1,
                false if !tag.ends_with("/>") => *depth += 1,
                false => {}
            },
            Some(_) => {}
            None if !closes && !tag.ends_with("/>") && is_skipped(&name, tag) => skipped = Some((name, 1)),
            None => out.part(&name),
        }
    }
    let end = out.text.trim_end().len();
    out.text.truncate(end);
    out.text
}

fn is_skipped(name: &str, tag: &str) -> bool {
    let for_editors = || FOR_EDITORS.iter().any(|c| tag.to_ascii_lowercase().contains(c));
    SKIPPED.contains(&name) || tag.contains("class") && for_editors()
}

/// Where a tag ends, if one begins here: behind its `>` outside of quotes.
pub(super) fn tag_end(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let first = bytes.get(1)?;
    if !(first.is_ascii_alphabetic() || matches!(first, b'/' | b'!' | b'?')) {
        return None;
    }
    let mut quote = None;
    for (i, b) in bytes.iter().enumerate().take(16 << 10) {
        match (quote, b) {
            (None, b'>') => return Some(i + 1),
            (None, b'<') if i > 0 => return None,
            (None, b'"' | b'\'') if i > 0 && bytes[i - 1] == b'=' => quote = Some(*b),
            (Some(q), b) if q == *b => quote = None,
            _ => {}
        }
    }
    None
}

/// The name of a tag in small letters, without its prefix.
pub(super) fn tag_name(tag: &str) -> String {
    let tag = tag.trim_start_matches(['<', '/']);
    let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(tag.len());
    let name = &tag[..end];
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

/// What stands between two words.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Blank,
    Cell,
    Line,
    Paragraph,
}

struct Prose {
    text: String,
    gap: Gap,
}

impl Prose {
    fn part(&mut self, name: &str) {
        let gap = match name {
            n if BLOCKS.contains(&n) => Gap::Paragraph,
            n if LINES.contains(&n) => Gap::Line,
            "td" | "th" => Gap::Cell,
            _ => return,
        };
        self.gap = self.gap.max(gap);
    }

    fn words(&mut self, raw: &str) {
        let text = unescaped(raw);
        for c in text.chars() {
            // No-break spaces are part of numbers.
            if c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}') {
                self.gap = self.gap.max(Gap::Blank);
                continue;
            }
            if !self.text.is_empty() {
                self.text.push_str(match self.gap {
                    Gap::None => "",
                    Gap::Blank => " ",
                    Gap::Cell => "\t",
                    Gap::Line => "\n",
                    Gap::Paragraph => "\n\n",
                });
            }
            self.gap = Gap::None;
            self.text.push(c);
        }
    }
}

/// Text with its references replaced: `&amp;`, `&nbsp;`, `&#8211;`. What is no reference stays.
pub(super) fn unescaped(raw: &str) -> std::borrow::Cow<'_, str> {
    if !raw.contains('&') {
        return raw.into();
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // The longest name has 31 letters.
        let end = rest.bytes().take(33).position(|b| b == b';');
        match end.and_then(|end| Some((reference(&rest[..end])?, end))) {
            Some((text, end)) => {
                out.push_str(&text);
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out.into()
}

/// What a reference means.
pub(super) fn reference(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Pages write numbers of Windows-1252.
    let c = match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()?,
        _ => char::from_u32(code).filter(|c| *c != '\0')?,
    };
    Some(c.to_string())
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn what_is_text_of_mark_up() {
        for (markup, text) in [
            ("<p>Ein\n Satz.</p><p>Noch <b>einer</b>.</p>", "Ein Satz.\n\nNoch einer."),
            ("a<br/>b<br>c", "a\nb\nc"),
            ("<table><tr><td>a</td><td>5</td></tr><tr><td>b</td><td>6</td></tr></table>", "a\t5\nb\t6"),
            ("5 &lt; 6 &amp; 7&nbsp;% &#8211; &#x2013; &#150; &unknown; & so", "5 < 6 & 7\u{a0}% – – – &unknown; & so"),
            ("<script>x < y</script>Text<style>p{}</style>", "Text"),
            ("3 < 4 und <5", "3 < 4 und <5"),
            ("<nitf:p title='a>b'>x</nitf:p>", "x"),
            ("<section class=\"dpa-notepad\"><p>intern</p></section><p>Text</p>", "Text"),
            ("<div><div class=ednote><div>a</div></div>b</div>", "b"),
            ("<![CDATA[a <b]]> c<!-- d -->", "a <b c"),
            ("<p", "<p"),
            ("", ""),
        ] {
            assert_eq!(prose(markup), text, "{markup}");
        }
    }
}
