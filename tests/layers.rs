//! Proves the shape of the crate: every module uses only what stands below it, side effects live in the command line
//! alone, the command line sees the library as an outsider does, and no source file or pack lies about unused.

use regex::Regex;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. A module uses those of earlier rows, never one of its own row or a later one.
const ROWS: &[&[&str]] = &[
    &["place", "memory"],
    &["error", "model"],
    &["pack", "split"],
    &["german"],
    &["lexicon"],
    &["tag", "sentence", "read", "find", "resolve", "emit"],
    &["names", "sink"],
    &["link", "gold", "reckon"],
    &["show"],
    &["pipeline"],
    &["batch", "eval"],
    &["diff", "view"],
];

/// What `src/lib.rs` hands on from its modules: `crate::Error` is `crate::error::Error`.
const HANDED_ON: &[(&str, &str)] = &[
    ("Error", "error"),
    ("ErrorKind", "error"),
    ("Result", "error"),
    ("Memory", "memory"),
    ("Place", "place"),
    ("Extractor", "pipeline"),
    ("Worker", "pipeline"),
];

fn row(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, suffix: &str) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path, suffix));
        } else if path.extension().is_some_and(|s| s == suffix) {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// A source file: its path below `src`, the module of the first level that it belongs to, its code without comments.
struct Source {
    path: String,
    module: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let comment = Regex::new(r"(?m)//.*$").unwrap();
    let all = files(&src(), "rs").into_iter().map(|file| {
        let path = file.strip_prefix(src()).unwrap().to_str().unwrap().replace('\\', "/");
        let module = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        let code = comment.replace_all(&fs::read_to_string(&file).unwrap(), "").into_owned();
        Source { path, module, code }
    });
    let all: Vec<_> = all.collect();
    assert!(all.len() > 40, "the sources are where this test looks for them");
    all
}

/// The modules of the first level that some code names through `crate::`, in groups too: `use crate::{split, tag};`.
fn used(code: &str) -> BTreeSet<String> {
    let path = Regex::new(r"\bcrate\s*::\s*(\{|\w+|\*)").unwrap();
    let name = Regex::new(r"^\s*(\w+|\*)").unwrap();
    let mut names = BTreeSet::new();
    for found in path.captures_iter(code) {
        if &found[1] != "{" {
            names.insert(found[1].to_owned());
            continue;
        }
        let (mut depth, mut from) = (0, 0);
        let group = &code[found.get(1).unwrap().end()..];
        for (i, c) in group.char_indices() {
            if depth == 0 && (c == ',' || c == '}') {
                names.extend(name.captures(&group[from..i]).map(|n| n[1].to_owned()));
                from = i + 1;
            }
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    let handed_on = |n: String| HANDED_ON.iter().find(|(h, _)| *h == n).map_or(n, |(_, module)| (*module).to_owned());
    names.into_iter().map(handed_on).collect()
}

#[test]
fn the_reader_of_imports_reads_them() {
    let code =
        "use crate::a::B;\nuse crate::{\n    c::{D, E},\n    f,\n};\nfn g() { crate::h::i(crate::Error::new()) }";
    assert_eq!(used(code).into_iter().collect::<Vec<_>>(), ["a", "c", "error", "f", "h"]);
}

#[test]
fn modules_use_only_what_stands_below() {
    let mut wrong = Vec::new();
    for s in sources().iter().filter(|s| !matches!(s.module.as_str(), "lib" | "main" | "cli")) {
        let Some(here) = row(&s.module) else {
            wrong.push(format!("{}: say in ROWS where '{}' stands", s.path, s.module));
            continue;
        };
        for name in used(&s.code).iter().filter(|n| **n != s.module) {
            if row(name).is_none_or(|there| there >= here) {
                wrong.push(format!("{} uses crate::{name}", s.path));
            }
        }
        // A way around `crate::` would go unseen above.
        let up = if s.path.ends_with("/mod.rs") || !s.path.contains('/') {
            r"\bsuper\s*::\s*[^*\s]"
        } else {
            r"\bsuper\s*::\s*super\b"
        };
        if Regex::new(up).unwrap().is_match(&s.code) || s.code.contains("kennzahl::") {
            wrong.push(format!("{} reaches out of its module without crate::", s.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_touches_the_world() {
    let world = r"SystemTime|(Instant|Zoned|Timestamp)\s*::\s*now|\bstd\s*::\s*env\b|\benv\s*::|\{[^;}]*\benv\b[^;}]*\}\s*;|\be?print(ln)?!|\bdbg!|process\s*::\s*exit|process::abort";
    let world = Regex::new(world).unwrap();
    for s in sources().iter().filter(|s| !matches!(s.module.as_str(), "main" | "cli")) {
        let found: Vec<_> = world.find_iter(&s.code).map(|m| m.as_str()).collect();
        assert!(found.is_empty(), "{}: {found:?}", s.path);
    }
}

#[test]
fn the_command_line_is_an_outsider() {
    let inside = Regex::new(r"\bcrate\s*::|#\s*\[\s*path\b|\binclude!|(super\s*::\s*){2}").unwrap();
    let outside: Vec<_> = sources().into_iter().filter(|s| matches!(s.module.as_str(), "main" | "cli")).collect();
    // Below `cli` its own things may be named in full.
    let own = Regex::new(r"\bcrate\s*::\s*cli\b").unwrap();
    for s in &outside {
        assert!(!inside.is_match(&own.replace_all(&s.code, "cli")), "{} reaches into the library", s.path);
    }
    assert!(outside.iter().any(|s| s.code.contains("kennzahl::")), "it does use the library");
}

#[test]
fn the_command_line_uses_what_is_public() {
    // It is compiled with the library, so that the compiler does not see to that.
    let declared = |of: &str, sources: &[&Source]| -> BTreeSet<String> {
        let item =
            Regex::new(&format!(r"{of}(?:const\s+)?(?:fn|struct|enum|const|static|trait|type)\s+(\w+)")).unwrap();
        sources.iter().flat_map(|s| item.captures_iter(&s.code)).map(|c| c[1].to_owned()).collect()
    };
    let all = sources();
    let (outside, inside): (Vec<_>, Vec<_>) = all.iter().partition(|s| matches!(s.module.as_str(), "main" | "cli"));
    let (hidden, public, own) =
        (declared(r"\bpub\(crate\)\s+", &inside), declared(r"\bpub\s+", &inside), declared(r"\b", &outside));
    assert!(hidden.len() > 20, "they are declared as this test looks for them");
    let imports = Regex::new(r"\buse\s+kennzahl\b[^;]*;").unwrap();
    for name in hidden.iter().filter(|name| !public.contains(*name) && !own.contains(*name)) {
        // Methods and constants of such names are those of other libraries too.
        let used = Regex::new(&format!(r"\bkennzahl(::\w+)*::{name}\b")).unwrap();
        let imported = Regex::new(&format!(r"\b{name}\b")).unwrap();
        for s in &outside {
            let uses = used.is_match(&s.code) || imports.find_iter(&s.code).any(|i| imported.is_match(i.as_str()));
            assert!(!uses, "{} uses '{name}', which is not public", s.path);
        }
    }
}

#[test]
fn every_pack_of_the_folder_is_built_in() {
    let in_folder: BTreeSet<_> = files(&src().join("german"), "toml")
        .iter()
        // Lists of names are made into a table of their own.
        .filter(|p| p.parent() == Some(&src().join("german")))
        .map(|p| p.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let listed: Vec<_> = kennzahl::german::FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), in_folder);
    assert_eq!(listed.len(), in_folder.len(), "none is listed twice");
    for (name, text) in kennzahl::german::FILES {
        assert_eq!(
            fs::read_to_string(src().join("german").join(name)).unwrap(),
            *text,
            "{name} is the text of its file"
        );
    }
}

#[test]
fn every_source_file_is_declared() {
    let all = sources();
    let code = |path: &str| all.iter().find(|s| s.path == path).map_or("", |s| s.code.as_str());
    for s in all.iter().filter(|s| !matches!(s.path.as_str(), "lib.rs" | "main.rs")) {
        let path = s.path.strip_suffix("/mod.rs").unwrap_or(s.path.trim_end_matches(".rs"));
        let (parents, name) = match path.rsplit_once('/') {
            Some((folder, name)) => (vec![format!("{folder}/mod.rs")], name),
            None => (vec!["lib.rs".to_owned(), "main.rs".to_owned()], path),
        };
        let declared = Regex::new(&format!(r"\bmod\s+{name}\s*;")).unwrap();
        assert!(parents.iter().any(|p| declared.is_match(code(p))), "no `mod {name};` in {}", parents.join(" or "));
    }
}

#[test]
fn every_rule_stands_in_the_order_that_explain_shows() {
    let (refusals, makers) = kennzahl::pipeline::rules();
    let extractor = kennzahl::Extractor::new();
    let mut worker = extractor.worker();
    let articles = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles");
    let mut seen = std::collections::BTreeSet::new();
    for path in std::fs::read_dir(articles).expect("corpus/articles").flatten().map(|e| e.path()) {
        if path.extension().is_some_and(|x| x == "txt") {
            let analysis = worker.analyse(&std::fs::read_to_string(path).expect("an article"));
            seen.extend(analysis.quantities.iter().map(|q| (true, q.rule)));
            seen.extend(analysis.refused.iter().map(|r| (false, r.rule)));
            let names = kennzahl::pipeline::name_rules();
            for e in &analysis.entities {
                assert!(names.contains(&e.rule), "{}", e.rule);
            }
            let times = kennzahl::pipeline::time_rules();
            for t in &analysis.times {
                assert!(times.contains(&t.written.rule), "{}", t.written.rule);
            }
        }
    }
    assert!(seen.len() > 40, "the corpus meets most rules");
    for (made, rule) in seen {
        assert!(if made { makers.contains(&rule) } else { refusals.contains(&rule) }, "{rule}");
    }
}
