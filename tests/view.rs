//! Proves the data of the pages: what is marked stands where it is marked, gold is compared as it is, a sample is drawn
//! evenly and the same again, and what people say of it becomes figures and gold. `tests/pages.py` opens them in a browser.

use kennzahl::emit::Options;
use kennzahl::eval::read_gold;
use kennzahl::model::Document;
use kennzahl::view::{Sample, Shown, View};
use kennzahl::{Extractor, Worker};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles")
}

fn articles() -> Vec<Document> {
    let mut paths: Vec<_> = fs::read_dir(corpus()).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|x| x == "txt"));
    paths.sort();
    paths.iter().map(|p| document(p.file_stem().unwrap().to_str().unwrap(), &fs::read_to_string(p).unwrap())).collect()
}

fn document(id: &str, text: &str) -> Document {
    Document { id: id.into(), text: text.into(), published: Some("2026-01-28".into()), ..Document::default() }
}

fn all_kinds() -> Options {
    Options { refused: true, conflicts: true, ..Options::default() }
}

fn shown(x: &Extractor, worker: &mut Worker, doc: &Document) -> Value {
    let analysis = worker.analyse_dated(&doc.text, doc.published.as_deref());
    serde_json::from_str(&Shown::of(doc, &analysis, x.lexicon(), all_kinds(), None).json()).unwrap()
}

/// The words at two offsets, as a script in a page sees them.
fn sliced(text: &str, start: &Value, end: &Value) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize]).unwrap()
}

fn kennzahl(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kennzahl")).current_dir(dir).args(args).output().unwrap()
}

fn out(done: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
}

/// A piece of the data of a page.
fn data(html: &str, id: &str) -> Value {
    let rest = html.split_once(&format!("id=\"{id}\">")).unwrap_or_else(|| panic!("no {id}")).1;
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn what_is_marked_stands_where_it_is_marked() {
    let x = Extractor::new();
    let mut worker = x.worker();
    let mut marked = 0;
    for mut doc in articles() {
        // Characters of one, two, three and four bytes, and of two code units.
        doc.text.insert_str(0, "😀 Größe – ");
        let page = shown(&x, &mut worker, &doc);
        assert_eq!(page["text"], doc.text.as_str());
        for r in page["mentions"].as_array().unwrap() {
            assert_eq!(sliced(&doc.text, &r["start"], &r["end"]), r["text"].as_str().unwrap(), "{}", doc.id);
            marked += 1;
        }
        for f in page["facts"].as_array().unwrap() {
            let place = &page["more"][f["id"].as_str().unwrap()];
            if let Some(words) = f["metric"]["text"].as_str() {
                assert_eq!(sliced(&doc.text, &place[0], &place[1]), words, "{}", doc.id);
            }
            for id in [&f["value"]["quantity"], &f["period"]["time"], &f["subject"]["entity"]] {
                let there = id.is_null() || page["mentions"].as_array().unwrap().iter().any(|m| m["id"] == *id);
                assert!(there, "{}: {id} is marked", doc.id);
            }
        }
    }
    assert!(marked > 3000, "{marked}");
}

#[test]
fn a_page_says_how_a_record_came_about() {
    let x = Extractor::new();
    let doc = document("a", "Vor einem Jahr waren es knapp 5 Euro. Siemens wächst. Siemens zahlt laut § 15 mehr.");
    let page = shown(&x, &mut x.worker(), &doc);
    let of = |text: &str| page["mentions"].as_array().unwrap().iter().find(|m| m["text"] == text).unwrap().clone();
    let steps = |r: &Value| page["more"][r["id"].as_str().unwrap()].to_string();
    assert!(steps(&of("5 Euro")).contains("just_below"));
    assert!(steps(&of("Vor einem Jahr")).contains("counted from 2026-01-28 (published)"));
    assert!(steps(&of("Siemens")).contains("mention 1 of 2 of Siemens"));
    assert_eq!(of("5 Euro")["upper"], "5", "numbers are texts: no script rounds them");
    assert_eq!(of("15")["kind"], "refused");
    for r in page["mentions"].as_array().unwrap() {
        assert!(r["rule"].is_string(), "{r}");
    }
}

#[test]
fn gold_is_compared_record_by_record() {
    let dir = tempfile::tempdir().unwrap();
    let text = "Das Haus kostet 5 Euro, der Garten 7 Euro. Im Mai kamen 30 Leute, im Juni halb so viele.";
    let place = |words: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        (start, start + words.chars().count())
    };
    let quantity = |words: &str, kind: &str, value: &str, unit: Option<&str>, noun: Option<&str>| {
        let (start, end) = place(words);
        json!({"start": start, "end": end, "text": words, "type": kind, "value": value, "unit": unit, "noun": noun})
    };
    let gold = json!({"id": "a", "published": "2026-01-28", "annotated": ["quantities", "entities"], "quantities": [
        quantity("5 Euro", "money", "5.0", Some("EUR"), None),
        quantity("7 Euro", "money", "70", Some("EUR"), None),
        quantity("so viele", "fraction", "1/2", None, None),
    ]});
    fs::write(dir.path().join("a.txt"), text).unwrap();
    fs::write(dir.path().join("a.gold.json"), gold.to_string()).unwrap();
    let gold = read_gold(&[dir.path().join("a.gold.json")]).unwrap();
    let x = Extractor::new();
    let doc = document("a", text);
    let analysis = x.worker().analyse_dated(text, Some("2026-01-28"));
    let page = Shown::of(&doc, &analysis, x.lexicon(), all_kinds(), Some(&gold[0])).json();
    let page: Value = serde_json::from_str(&page).unwrap();
    let of = |words: &str| {
        let mention = page["mentions"].as_array().unwrap().iter().find(|m| m["text"] == words).unwrap();
        page["gold"]["of"][mention["id"].as_str().unwrap()].clone()
    };
    assert_eq!(of("5 Euro"), json!({"is": "found", "fields": []}), "5.0 is 5");
    assert_eq!(of("7 Euro"), json!({"is": "different", "fields": [["value", "7", "70"]]}));
    assert_eq!(of("30")["is"], "spurious");
    let missed = &page["gold"]["missed"];
    assert_eq!(sliced(text, &missed[0]["start"], &missed[0]["end"]), "so viele");
    let counts = json!({"found": 1, "different": 1, "missed": 1, "spurious": 1});
    assert_eq!(page["gold"]["counts"]["quantity"], counts);
    assert!(page["gold"]["counts"].get("time").is_none(), "times were not annotated");
}

#[test]
fn gold_of_the_corpus_adds_up() {
    let gold = read_gold(&[corpus()]).unwrap();
    let x = Extractor::new();
    let mut worker = x.worker();
    let mut view = View::new(3);
    for g in &gold {
        let doc =
            Document { id: g.id.clone(), text: g.text.clone(), published: g.published.clone(), ..Document::default() };
        let analysis = worker.analyse_dated(&doc.text, doc.published.as_deref());
        let one = Shown::of(&doc, &analysis, x.lexicon(), all_kinds(), Some(g));
        let page: Value = serde_json::from_str(&one.json()).unwrap();
        let sum = |kind: &str, of: [&str; 2]| {
            of.iter().map(|k| page["gold"]["counts"][kind][k].as_u64().unwrap()).sum::<u64>()
        };
        for (kind, wanted, found) in [
            ("quantity", g.quantities.len(), analysis.quantities.len()),
            ("fact", g.facts.as_ref().unwrap().len(), analysis.facts.len()),
        ] {
            let both = sum(kind, ["found", "different"]);
            assert_eq!(
                both + page["gold"]["counts"][kind]["missed"].as_u64().unwrap(),
                wanted as u64,
                "{} {kind}",
                g.id
            );
            assert_eq!(
                both + page["gold"]["counts"][kind]["spurious"].as_u64().unwrap(),
                found as u64,
                "{} {kind}",
                g.id
            );
        }
        view.add(one, None);
    }
    assert_eq!(view.compared(), gold.len());
    let html = view.html();
    let summary = data(&html, "summary");
    assert_eq!(summary["shown"], 3);
    assert_eq!(summary["index"].as_array().unwrap().len(), gold.len());
    assert_eq!(summary["figures"]["documents"], gold.len());
    assert!(html.contains("id=\"d2\"") && !html.contains("id=\"d3\""), "only so many have their text");
    let right = summary["figures"]["gold"]["quantity"]["found"].as_u64().unwrap();
    assert!(right > 1500, "most are as in gold: {right}");
}

#[test]
fn a_series_has_the_values_of_one_metric_of_one_subject() {
    let x = Extractor::new();
    let mut worker = x.worker();
    let mut view = View::new(10);
    for (year, value) in [(2023, 41), (2024, 44), (2025, 47)] {
        let text = format!("Der Umsatz der Nordkap AG stieg {year} auf {value},5 Millionen Euro.");
        let doc = document(&format!("n{year}"), &text);
        let analysis = worker.analyse_dated(&doc.text, doc.published.as_deref());
        view.add(Shown::of(&doc, &analysis, x.lexicon(), all_kinds(), None), None);
    }
    let summary = data(&view.html(), "summary");
    let series = &summary["series"][0];
    assert_eq!((&series["subject"], &series["metric"]), (&json!("Nordkap AG"), &json!("revenue")));
    let points: Vec<_> =
        series["points"].as_array().unwrap().iter().map(|p| (p["day"].clone(), p["value"].clone())).collect();
    let want = [("2023-01-01", "41500000"), ("2024-01-01", "44500000"), ("2025-01-01", "47500000")];
    assert_eq!(points, want.map(|(day, value)| (json!(day), json!(value))));
    assert_eq!(summary["subjects"][0]["facts"], 3);
}

#[test]
fn a_text_cannot_leave_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let text = "</script><script>alert(1)</script><!-- \u{2028} Das kostet 5 Euro. {{body}}";
    let line = json!({"id": "</title><b>", "title": "<img src=x onerror=alert(1)>", "text": text});
    fs::write(dir.path().join("evil.jsonl"), line.to_string()).unwrap();
    let done = kennzahl(dir.path(), &["view", "evil.jsonl", "-o", "page.html"]);
    assert!(done.status.success(), "{}", out(&done));
    let html = fs::read_to_string(dir.path().join("page.html")).unwrap();
    assert_eq!(data(&html, "d0")["text"], text);
    assert!(!html.contains("<script>alert") && !html.contains("<img") && !html.contains('\u{2028}'));
    assert_eq!(html.matches("</script>").count(), html.matches("<script").count());
    assert!(
        !html.contains("http://")
            || html.matches("http://").count() == html.matches("http://www.w3.org/2000/svg").count()
    );
    assert!(!html.contains("https://"), "nothing is asked of the network");
}

#[test]
fn the_same_input_gives_the_same_pages() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = corpus();
    let corpus = corpus.to_str().unwrap();
    let page = |args: &[&str]| {
        let done = kennzahl(dir.path(), &[args, &[corpus, "-o", "page.html"]].concat());
        assert!(done.status.success(), "{}", out(&done));
        fs::read_to_string(dir.path().join("page.html")).unwrap()
    };
    assert!(page(&["view", "--no-timing", "--jobs", "1"]) == page(&["view", "--no-timing", "--jobs", "4"]));
    assert!(
        data(&page(&["view"]), "summary")["slowest"].as_array().unwrap().len() == 50,
        "timed unless that is left out"
    );
    let audit = page(&["audit", "--sample", "40", "--jobs", "1"]);
    assert!(audit == page(&["audit", "--sample", "40", "--jobs", "4"]));
    assert!(audit != page(&["audit", "--sample", "40", "--seed", "1"]), "another seed draws others");
}

#[test]
fn gold_beside_a_text_is_taken_unless_it_is_left_out() {
    let dir = tempfile::tempdir().unwrap();
    let name = "konjunktur-arbeitsmarkt-april";
    let text = corpus().join(format!("{name}.txt"));
    let text = text.to_str().unwrap();
    for (more, gold) in
        [(&[][..], true), (&["--no-gold"][..], false), (&["--gold", &corpus().display().to_string()][..], true)]
    {
        let done = kennzahl(dir.path(), &[&["view", text, "-o", "a.html"], more].concat());
        assert!(done.status.success(), "{}", out(&done));
        let html = fs::read_to_string(dir.path().join("a.html")).unwrap();
        let page = data(&html, "d0");
        assert_eq!(!page["gold"].is_null(), gold, "{more:?}");
        // Its day of publication counts where the text has none.
        assert_eq!(!page["document"]["published"].is_null(), gold, "{more:?}");
    }
    fs::write(dir.path().join("other.txt"), "Das kostet 5 Euro.").unwrap();
    let done = kennzahl(dir.path(), &["view", "other.txt", "-o", "b.html", "--gold", &corpus().display().to_string()]);
    assert_eq!(done.status.code(), Some(2));
    assert!(out(&done).contains("--gold"), "{}", out(&done));
}

#[test]
fn what_is_wrong_is_said() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.jsonl"), "{\"text\": \"Das kostet 5 Euro.\"}\nno JSON\n").unwrap();
    for (args, code, said) in [
        (&["view", "a.jsonl"][..], 2, "--output"),
        (&["view", "-o", "a.html"][..], 2, "PATH"),
        (&["view", "nowhere", "-o", "a.html"][..], 2, "nowhere"),
        (&["view", "a.jsonl", "-o", "a.html"][..], 1, "a.jsonl:2"),
        (&["view", "a.jsonl", "-o", "none/a.html"][..], 2, "cannot be written"),
        (&["audit", "a.jsonl"][..], 2, "--output"),
        (&["audit"][..], 2, "PATH"),
        (&["audit", "a.jsonl", "-o", "a.html"][..], 1, "records to judge"),
        (&["audit", "a.jsonl", "--verdicts", "a.jsonl"][..], 2, "cannot be used with"),
        (&["audit", "--verdicts", "a.jsonl"][..], 2, "a.jsonl:1"),
        (&["audit", "--gold-out", "gold", "a.jsonl", "-o", "b.html"][..], 2, "cannot be used with"),
    ] {
        let done = kennzahl(dir.path(), args);
        assert_eq!(done.status.code(), Some(code), "{args:?}: {}", out(&done));
        assert!(out(&done).contains(said), "{args:?}: {}", out(&done));
    }
    let names = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.collect::<BTreeSet<_>>(), ["a.html", "a.jsonl"].map(String::from).into(), "nothing half-written");
}

#[test]
fn a_sample_is_drawn_evenly() {
    let x = Extractor::new();
    let mut worker = x.worker();
    let docs = articles();
    let found: Vec<_> = docs.iter().map(|d| worker.analyse_dated(&d.text, d.published.as_deref())).collect();
    let drawn = |size, seed| {
        let mut sample = Sample::new(size, seed);
        for (doc, analysis) in docs.iter().zip(&found) {
            let candidates = sample.candidates(doc, analysis, x.lexicon());
            sample.add(Sample::counts(analysis), candidates);
        }
        data(&sample.html(), "audit")
    };
    let of =
        |audit: &Value, kind: &str| audit["records"].as_array().unwrap().iter().filter(|r| r["of"] == kind).count();
    let audit = drawn(42, 3);
    assert_eq!(["quantity", "time", "entity", "fact"].map(|k| of(&audit, k)), [11, 11, 10, 10]);
    let sum = |n: fn(&kennzahl::model::Analysis) -> usize| found.iter().map(n).sum::<usize>();
    assert_eq!(audit["population"]["time"], sum(|a| a.times.len()));
    // All records where there are no more than are asked for.
    let all = drawn(20_000, 3);
    assert_eq!(of(&all, "fact"), sum(|a| a.facts.len()));
    let ids: BTreeSet<_> =
        all["records"].as_array().unwrap().iter().map(|r| format!("{} {}", r["passage"], r["record"]["id"])).collect();
    assert_eq!(ids.len(), all["records"].as_array().unwrap().len(), "none is drawn twice");
    // Over many seeds each half of the documents gives its share.
    let half = found.len() / 2;
    let first: usize = found[..half].iter().map(|a| a.quantities.len()).sum();
    let names: BTreeSet<&str> = docs[..half].iter().map(|d| d.id.as_str()).collect();
    let (mut in_first, mut drawn_in_all) = (0, 0);
    for seed in 0..12 {
        let audit = drawn(80, seed);
        for r in audit["records"].as_array().unwrap().iter().filter(|r| r["of"] == "quantity") {
            drawn_in_all += 1;
            let doc = audit["passages"][r["passage"].as_u64().unwrap() as usize]["doc"].as_str().unwrap();
            in_first += usize::from(names.contains(doc));
        }
    }
    let share = 100 * first / sum(|a| a.quantities.len());
    let seen = 100 * in_first / drawn_in_all;
    assert!(seen.abs_diff(share) < 12, "{seen} of a hundred, {share} are there");
}

#[test]
fn what_surrounds_a_record_has_it_marked() {
    let x = Extractor::new();
    let mut worker = x.worker();
    let long = format!(
        "{}Der Umsatz der Nordkap AG stieg 2025 auf 44,5 Millionen Euro.\n{}",
        "Äpfel sind rot.\n".repeat(9000),
        "Es ist gut.\n".repeat(9000)
    );
    let mut sample = Sample::new(100, 0);
    for doc in [document("long", &long), document("short", "😀 Das kostet in Köln 5 Euro.")] {
        let analysis = worker.analyse_dated(&doc.text, doc.published.as_deref());
        let candidates = sample.candidates(&doc, &analysis, x.lexicon());
        sample.add(Sample::counts(&analysis), candidates);
    }
    let audit = data(&sample.html(), "audit");
    let mut facts = 0;
    for r in audit["records"].as_array().unwrap() {
        let passage = &audit["passages"][r["passage"].as_u64().unwrap() as usize];
        let text = passage["text"].as_str().unwrap();
        assert!(text.len() < 10_000, "of a long text a piece");
        let base = passage["base"].as_u64().unwrap();
        let at = |key: &str| (r["record"][key].as_u64().unwrap() - base) as usize;
        let words: String = text.chars().skip(at("start")).take(at("end") - at("start")).collect();
        assert_eq!(words, r["record"]["text"].as_str().unwrap());
        let parts: Vec<_> = r["context"].as_array().unwrap().iter().filter(|p| !p[1].is_null()).collect();
        if r["of"] == "fact" {
            if passage["doc"] != "long" {
                continue;
            }
            facts += 1;
            let named: Vec<_> = parts.iter().map(|p| (p[1].as_str().unwrap(), p[0].as_str().unwrap())).collect();
            for part in
                [("metric", "Umsatz"), ("subject", "Nordkap AG"), ("value", "44,5 Millionen Euro"), ("period", "2025")]
            {
                assert!(named.contains(&part), "{named:?}");
            }
            assert_eq!(r["numbers"].as_array().unwrap().len(), 1);
        } else {
            assert_eq!(parts.len(), 1);
            assert_eq!(parts[0][0], r["record"]["text"]);
        }
    }
    assert_eq!(facts, 1);
}

#[test]
fn verdicts_become_figures_and_gold() {
    let dir = tempfile::tempdir().unwrap();
    let text = "Der Umsatz der Nordkap AG stieg 2025 auf 44,5 Millionen Euro. Das waren 2 Prozent mehr als im Vorjahr.";
    fs::write(dir.path().join("nordkap.txt"), text).unwrap();
    let done = kennzahl(dir.path(), &["audit", "nordkap.txt", "-o", "audit.html", "--published", "2026-01-28"]);
    assert!(done.status.success(), "{}", out(&done));
    let audit = data(&fs::read_to_string(dir.path().join("audit.html")).unwrap(), "audit");
    // As the page saves it: all right, but for one name.
    let mut lines = vec![json!({"kind": "audit", "seed": audit["seed"]})];
    lines.extend(audit["passages"].as_array().unwrap().iter().map(|p| {
        let mut line = p.clone();
        line["kind"] = "document".into();
        line
    }));
    for r in audit["records"].as_array().unwrap() {
        let passage = &audit["passages"][r["passage"].as_u64().unwrap() as usize];
        let verdict = if r["of"] == "entity" { "wrong" } else { "right" };
        lines.push(json!({"kind": "verdict", "of": r["of"], "doc": passage["doc"], "base": passage["base"], "basis": r["basis"],
            "verdict": verdict, "note": "a note", "record": r["record"], "numbers": r["numbers"]}));
    }
    let file = |lines: &[Value]| lines.iter().map(|l| format!("{l}\n")).collect::<String>();
    fs::write(dir.path().join("verdicts.jsonl"), file(&lines)).unwrap();
    let done = kennzahl(dir.path(), &["audit", "--verdicts", "verdicts.jsonl", "--gold-out", "gold"]);
    let said = out(&done);
    assert!(done.status.success(), "{said}");
    let row = |start: &str| {
        said.lines().find(|l| l.starts_with(start)).unwrap_or_else(|| panic!("no {start}: {said}")).to_owned()
    };
    // Two of two: from 34.2 to 100.
    assert!(row("quantity ").ends_with("2      0      0   100.0 %    34.2 – 100.0"), "{said}");
    assert!(row("entity ").ends_with("0      1      0     0.0 %     0.0 –  79.3"), "{said}");
    assert!(said.contains("by rule") && row("subject clause").contains("100.0 %"), "{said}");
    let json = kennzahl(dir.path(), &["audit", "--verdicts", "verdicts.jsonl", "--json"]);
    let rows: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(
        rows[0],
        json!({"by": "kind", "name": "quantity", "right": 2, "wrong": 0, "unsure": 0, "precision": 100.0, "low": 34.2, "high": 100.0})
    );
    // The gold is of the project's own form: eval reads it, and finds all of it again.
    let gold = read_gold(&[dir.path().join("gold")]).unwrap();
    assert_eq!((gold.len(), gold[0].quantities.len()), (1, 2));
    assert_eq!(gold[0].text, text);
    assert!(gold[0].entities.as_ref().is_some_and(Vec::is_empty), "what was found wrong is no gold");
    let facts = gold[0].facts.as_ref().unwrap();
    assert_eq!(facts[0].subject.as_deref(), Some("Nordkap AG"));
    assert_eq!(facts[0].value.map(|q| gold[0].quantities[q].value.clone()), Some(Some("44500000".to_owned())));
    let figures = kennzahl(dir.path(), &["eval", "gold", "--json"]);
    let figures: Value = serde_json::from_slice(&figures.stdout).unwrap();
    assert_eq!(figures["figures"]["quantity full"]["f1"], 100.0, "{figures}");
    assert_eq!(figures["figures"]["time strict+type+value"]["f1"], 100.0);
    // What was judged counts, right or wrong; what nobody has looked at does not.
    let of = |layer: &str| {
        let all = figures["mentions"].as_array().unwrap().iter();
        all.clone().find(|m| m["layer"] == layer && m["mode"] == "strict" && m["type"].is_null()).unwrap().clone()
    };
    assert_eq!((&of("entities")["spurious"], &of("entities")["correct"]), (&json!(1), &json!(0)), "{figures}");
    assert_eq!((&of("quantities")["spurious"], &of("quantities")["correct"]), (&json!(0), &json!(2)), "{figures}");
    let kept: Value = serde_json::from_slice(&fs::read(dir.path().join("gold/nordkap.gold.json")).unwrap()).unwrap();
    assert_eq!(kept["rejected"][0]["note"], "a note");
    assert_eq!(kept["partial"], true);
    // Gold that is there is not written over.
    let again = kennzahl(dir.path(), &["audit", "--verdicts", "verdicts.jsonl", "--gold-out", "gold"]);
    assert_eq!(again.status.code(), Some(2));
    // The last word counts, and what does not fit its text is said.
    let last = lines.len() - 1;
    let mut more = lines.clone();
    more.push(lines[last].clone());
    more[last + 1]["verdict"] = "unsure".into();
    fs::write(dir.path().join("verdicts.jsonl"), file(&more)).unwrap();
    let done = out(&kennzahl(dir.path(), &["audit", "--verdicts", "verdicts.jsonl"]));
    assert!(done.contains(&format!("{} records judged", audit["records"].as_array().unwrap().len())), "{done}");
    more[2]["record"]["start"] = 1.into();
    fs::write(dir.path().join("verdicts.jsonl"), file(&more)).unwrap();
    let done = kennzahl(dir.path(), &["audit", "--verdicts", "verdicts.jsonl"]);
    assert!(done.status.code() == Some(2) && out(&done).contains("verdicts.jsonl:3"), "{}", out(&done));
}
