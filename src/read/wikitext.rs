//! Wikitext → prose: without templates, tables, references and files; of links what is read.

use super::markup::prose;

/// Sections that are no part of an article's text.
const APPENDICES: [&str; 12] = [
    "quellen",
    "quelle",
    "einzelnachweise",
    "weblinks",
    "siehe auch",
    "literatur",
    "themenverwandte artikel",
    "anmerkungen",
    "fußnoten",
    "belege",
    "externe links",
    "themenverwandte portale",
];

/// Namespaces whose links are pictures or marks and are not read.
const UNREAD: [&str; 8] = ["datei", "file", "bild", "image", "kategorie", "category", "media", "medium"];

/// Elements of wikitext whose content is no prose.
const CUT: [&str; 11] = [
    "ref",
    "gallery",
    "math",
    "timeline",
    "score",
    "imagemap",
    "syntaxhighlight",
    "source",
    "references",
    "chem",
    "graph",
];

/// Templates whose last part is prose.
const READ: [&str; 5] = ["nowrap", "lang", "nobr", "w", "wp"];

/// The prose of a page.
pub(super) fn plain(wikitext: &str) -> String {
    let open = unlinked(&without_elements(wikitext));
    let mut lines = String::with_capacity(open.len());
    let mut cut: Option<usize> = None;
    for line in open.lines() {
        let line = line.trim();
        if let Some((level, title)) = heading(line) {
            if cut.is_some_and(|c| level > c) {
                continue;
            }
            cut = APPENDICES.contains(&title.to_lowercase().as_str()).then_some(level);
            if cut.is_none() {
                lines.push_str(&format!("\n\n{title}\n\n"));
            }
            continue;
        }
        if cut.is_some() || line.starts_with("----") {
            continue;
        }
        match line.strip_prefix(['*', '#', ':', ';']) {
            // An item of a list is a line.
            Some(item) => lines.push_str(&format!("<br>{}<br>", item.trim_start_matches(['*', '#', ':', ';', ' ']))),
            None if line.is_empty() => lines.push_str("<p>"),
            None => lines.push_str(line),
        }
        lines.push('\n');
    }
    let lines = lines.replace("\n\n", "<p>").replace("'''", "").replace("''", "");
    // What is left of HTML, and its references.
    let text = prose(&lines);
    text.split("__").enumerate().filter(|(k, w)| k % 2 == 0 || !is_switch(w)).map(|(_, w)| w).collect()
}

/// `TOC`, `NOTOC` between low lines.
fn is_switch(word: &str) -> bool {
    !word.is_empty() && word.len() < 30 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// A heading's level and title.
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|b| *b == b'=').count();
    let title = line.get(level..)?.trim_end();
    let end = title.bytes().rev().take_while(|b| *b == b'=').count();
    (level > 1 && end > 1).then(|| (level.min(end), title[..title.len() - end].trim()))
}

/// Without comments, references and other elements that are no prose.
fn without_elements(wikitext: &str) -> String {
    let mut out = String::with_capacity(wikitext.len());
    let mut rest = wikitext;
    // Elements that do not end any more.
    let mut endless: Vec<String> = Vec::new();
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let name: String =
            rest[1..].chars().take(16).take_while(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
        let cut = CUT.contains(&name.as_str()) && !endless.contains(&name);
        let end = rest[1..].bytes().position(|b| matches!(b, b'<' | b'>')).map(|end| end + 1);
        let Some(end) = end.filter(|end| cut && rest.as_bytes()[*end] == b'>') else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        let closed = rest[..end].ends_with('/');
        rest = &rest[end + 1..];
        if !closed {
            // One that never ends costs its opening tag alone.
            let close = format!("</{name}>");
            match rest.find(&close) {
                Some(end) => rest = &rest[end + close.len()..],
                None => endless.push(name),
            }
        }
    }
    out.push_str(rest);
    out
}

/// What is open: where its content begins in the output.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Open {
    Template,
    Link,
    Table,
    Address,
}

/// Deeper ones are read as text.
const DEEPEST: usize = 100;

/// Without templates and tables; of links what is read. Each is replaced where it ends, the inner ones first.
fn unlinked(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<(Open, usize)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let two = bytes.get(at..at + 2).unwrap_or_default();
        let begins = match two {
            b"{{" => Some((Open::Template, 2)),
            b"[[" => Some((Open::Link, 2)),
            b"{|" => Some((Open::Table, 2)),
            [b'[', b'h' | b'/' | b'f' | b'm'] => Some((Open::Address, 1)),
            _ => None,
        };
        if let Some((kind, len)) = begins.filter(|_| open.len() < DEEPEST) {
            open.push((kind, out.len()));
            at += len;
            continue;
        }
        let ends = match two {
            b"}}" => Some((Open::Template, 2)),
            b"]]" if open.iter().any(|o| o.0 == Open::Link) => Some((Open::Link, 2)),
            b"|}" => Some((Open::Table, 2)),
            [b']', ..] => Some((Open::Address, 1)),
            _ => None,
        };
        if let Some((kind, len)) = ends
            && let Some(depth) = open.iter().rposition(|o| o.0 == kind)
        {
            // What was opened inside and not closed stays as text.
            let start = open[depth].1;
            open.truncate(depth);
            let inside = out.split_off(start);
            match kind {
                Open::Template => out.push_str(template(&inside)),
                Open::Link => out.push_str(link(&inside)),
                Open::Address => out.push_str(inside.split_once(' ').map_or("", |(_, label)| label)),
                Open::Table => {}
            }
            at += len;
            continue;
        }
        let next = text[at..].chars().next().map_or(1, char::len_utf8);
        out.push_str(&text[at..at + next]);
        at += next;
    }
    out
}

fn template(inside: &str) -> &str {
    match inside.split_once('|') {
        Some((name, parts)) if READ.contains(&name.trim().to_lowercase().as_str()) => {
            parts.rsplit('|').next().unwrap_or_default()
        }
        _ => "",
    }
}

fn link(inside: &str) -> &str {
    let target = inside.split('|').next().unwrap_or_default();
    let space = target.split_once(':').map(|(space, _)| space.trim().to_lowercase());
    match space {
        // `[[:Kategorie:X]]` is read; `[[en:X]]` leads to another language.
        Some(space) if UNREAD.contains(&space.as_str()) => "",
        Some(space) if space.len() == 2 && !inside.contains('|') => "",
        _ => inside.rsplit('|').next().unwrap_or(inside).trim_start_matches(':'),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_is_read_of_a_page() {
        for (wikitext, text) in [
            ("'''Ulm''' hat [[Einwohner|127.000 Einwohner]].", "Ulm hat 127.000 Einwohner."),
            ("A {{Vorlage|x={{innen}}|[[y]]}} B", "A B"),
            ("A {{nowrap|5 Mio. Euro}} B", "A 5 Mio. Euro B"),
            ("[[Datei:X.jpg|mini|Ein [[Haus]] in Ulm]]Text", "Text"),
            ("Text[[Kategorie:Ulm]] [[en:Ulm]]", "Text"),
            ("Sie fiel um 3 %<ref name=a>Quelle, 4 %</ref><ref name=\"a\" /> auf 5.", "Sie fiel um 3 % auf 5."),
            ("vor\n{| class=x\n|-\n| 5 || 6\n|}\nnach", "vor\n\nnach"),
            ("Siehe [https://a.example/b den Bericht] [http://c.example].", "Siehe den Bericht ."),
            ("== Lage ==\nText\n== Quellen ==\n* [[a]]\n=== b ===\nc\n== Folgen ==\nd", "Lage\n\nText\n\nFolgen\n\nd"),
            ("* eins\n* zwei\n\nDrei", "eins\nzwei\n\nDrei"),
            ("a<!-- b -->c &amp; d&nbsp;e", "ac & d\u{a0}e"),
            ("offen {{ a [[ b", "offen a b"),
            ("zu }} a ]] b", "zu }} a ]] b"),
            ("__NOTOC__a", "a"),
        ] {
            assert_eq!(plain(wikitext), text, "{wikitext}");
        }
    }
}
