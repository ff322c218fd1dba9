//! The shell of a page: one file, nothing from the network.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

const SHELL: &str = include_str!("assets/page.html");

/// What a page is made of, but for its data.
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    /// Pieces of one style sheet.
    pub(super) styles: &'a [&'a str],
    /// Pieces of one script.
    pub(super) scripts: &'a [&'a str],
    /// What stands in the page before the script runs.
    pub(super) body: &'a str,
}

impl Page<'_> {
    /// The page with its data, each piece of JSON under an id of its own: it is parsed when it is asked for.
    pub(super) fn html<'d>(&self, data: impl Iterator<Item = (String, &'d str)>) -> String {
        let style = self.styles.concat();
        let script = format!("\"use strict\";\n(() => {{\n{}}})();\n", self.scripts.concat());
        let mut pieces = String::new();
        for (id, json) in data {
            // Writing to a string cannot fail.
            let _ = writeln!(pieces, "<script type=\"application/json\" id=\"{id}\">{}</script>", embedded(json));
        }
        let fill = |name: &str| match name {
            "title" => escaped(self.title),
            "policy" => policy(&style, &script),
            "style" => style.clone(),
            "script" => script.clone(),
            "body" => self.body.to_owned(),
            _ => pieces.clone(),
        };
        // Filled in one pass: nothing that is put in is looked at again.
        let mut out = String::with_capacity(SHELL.len() + style.len() + script.len() + pieces.len());
        let mut parts = SHELL.split("{{");
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (name, rest) = part.split_once("}}").unwrap_or(("", part));
            out.push_str(&fill(name));
            out.push_str(rest);
        }
        out
    }
}

/// What the page may do: apply this style, run this script, and nothing else.
fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}

/// JSON as it may stand in a page: no text in it ends the element or begins a comment.
fn embedded(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Text as it may stand in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_place() {
        let evil = serde_json::json!({ "text": "</script><!--<script> \u{2028}\u{2029} {{body}} & \"" }).to_string();
        let page = Page { title: "a </title> & \"b\"", styles: &["b{}"], scripts: &["f();\n"], body: "<main></main>" };
        let html = page.html([("d0".to_owned(), evil.as_str())].into_iter());
        assert!(html.contains("<title>a &lt;/title&gt; &amp; &quot;b&quot;</title>"), "{html}");
        let data = html.split_once("id=\"d0\">").unwrap().1.split_once("</script>").unwrap().0;
        assert!(!data.contains(['<', '\u{2028}', '\u{2029}']), "{data}");
        let back: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(back["text"], "</script><!--<script> \u{2028}\u{2029} {{body}} & \"");
        assert_eq!(html.matches("<main>").count(), 1, "what is put in is not filled again");
    }

    #[test]
    fn the_policy_names_the_style_and_the_script_that_are_there() {
        let html = Page { title: "t", styles: &["a{}", "b{}"], scripts: &["f();\n"], body: "" }.html([].into_iter());
        let between = |a: &str, b: &str| html.split_once(a).unwrap().1.split_once(b).unwrap().0.to_owned();
        let policy = between("Content-Security-Policy\" content=\"", "\"");
        for (kind, text) in [("style", between("<style>", "</style>")), ("script", between("<script>", "</script>"))] {
            let hash = BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()));
            assert!(policy.contains(&format!("{kind}-src 'sha256-{hash}'")), "{policy}");
        }
        assert!(policy.starts_with("default-src 'none';"));
    }
}
