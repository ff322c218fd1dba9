//! Gold in the formats of annotation tools: what is written is read back, and scored as it was.

#[allow(dead_code, reason = "shared with other tests")]
#[path = "common/cli.rs"]
mod common;

use common::run_at;
use kennzahl::gold::{Format, Gold, GoldEntity, GoldFact, GoldQuantity, GoldTime, read_gold, write_gold};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::tempdir;

const ALL: [Format; 6] =
    [Format::Own, Format::Jsonl, Format::Brat, Format::Conll, Format::Webanno, Format::LabelStudio];

fn articles() -> Vec<Gold> {
    read_gold(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles")]).unwrap()
}

/// Two texts with what is hard: characters beyond 16 bits, mentions side by side, within words, across line ends,
/// signs that formats use themselves, blanks of all kinds.
fn hard() -> Vec<Gold> {
    let text = "  😀 Ein\u{a0}100-Mil|lionen_Dollar-Deal;\r\n\n\tMüller & Söhne [AG]\nzahlt 5 Euro5 Euro \\n <b>am 3. Mai.\n\n";
    let chars: Vec<char> = text.chars().collect();
    let at = |words: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        (start, start + words.chars().count(), Some(words.to_owned()))
    };
    let quantity = |(start, end, text): (usize, usize, Option<String>)| GoldQuantity {
        start,
        end,
        text,
        kind: "money".to_owned(),
        value: Some("-100000000.5".to_owned()),
        unit: Some("USD".to_owned()),
        per: Some("a|b [1]_*\\".to_owned()),
        ..GoldQuantity::default()
    };
    let (start, end, _) = at("5 Euro");
    let second = (end, end + (end - start), Some(chars[end..end + end - start].iter().collect()));
    let named = at("Müller & Söhne [AG]\nzahlt");
    let day = at("3. Mai");
    vec![
        Gold {
            id: "hard".to_owned(),
            text: text.to_owned(),
            published: Some("2026-01-28T22:17".to_owned()),
            quantities: vec![quantity(at("100-Mil|lionen_Dollar")), quantity(at("5 Euro")), quantity(second)],
            times: Some(vec![GoldTime {
                start: day.0,
                end: day.1,
                text: day.2,
                kind: "date".to_owned(),
                value: Some("2026-05-03".to_owned()),
                from: Some("2026-05-03".to_owned()),
                ..GoldTime::default()
            }]),
            entities: Some(vec![GoldEntity {
                start: named.0,
                end: named.1,
                text: named.2,
                kind: "organization".to_owned(),
                name: Some("Müller \"&\" Söhne; AG\t<x>".to_owned()),
                coref: Some(7),
            }]),
            facts: Some(vec![GoldFact { metric: Some("Preis".to_owned()), value: Some(1), ..GoldFact::default() }]),
            ..Gold::default()
        },
        Gold {
            id: "plain".to_owned(),
            text: "Nichts.".to_owned(),
            times: Some(Vec::new()),
            entities: Some(Vec::new()),
            facts: Some(Vec::new()),
            ..Gold::default()
        },
    ]
}

/// Writes and reads; with `text` as false the texts beside WebAnno's files are taken away.
fn there_and_back(all: &[Gold], format: Format, text: bool) -> Vec<Gold> {
    let dir = tempdir().unwrap();
    let one = match format {
        Format::Conll => "gold.conll",
        Format::LabelStudio => "gold.json",
        _ => "gold.jsonl",
    };
    for (name, content) in write_gold(all, format).unwrap() {
        if text || name.extension().is_none_or(|s| s != "txt") {
            let name = if format.is_one_file() { PathBuf::from(one) } else { name };
            fs::write(dir.path().join(name), content).unwrap();
        }
    }
    read_gold(&[dir.path().to_owned()]).unwrap()
}

/// What is left of gold in a format.
fn carried(gold: &Gold, format: Format) -> serde_json::Value {
    let mut gold = gold.clone();
    let whole = matches!(format, Format::Own | Format::Jsonl);
    if format == Format::Conll {
        for q in &mut gold.quantities {
            let kind = q.kind.clone();
            *q = GoldQuantity { start: q.start, end: q.end, text: q.text.clone(), kind, ..GoldQuantity::default() };
        }
        for t in gold.times.iter_mut().flatten() {
            let kind = t.kind.clone();
            *t = GoldTime { start: t.start, end: t.end, text: t.text.clone(), kind, ..GoldTime::default() };
        }
        for e in gold.entities.iter_mut().flatten() {
            (e.name, e.coref) = (None, None);
        }
    }
    serde_json::json!({
        "id": gold.id, "text": gold.text, "published": gold.published, "quantities": gold.quantities,
        "times": gold.times, "entities": gold.entities, "facts": gold.facts.filter(|_| whole),
    })
}

#[test]
fn every_format_gives_back_what_it_carries() {
    for all in [hard(), articles()] {
        for format in ALL {
            let back = there_and_back(&all, format, true);
            assert_eq!(back.len(), all.len(), "{format:?}");
            for (was, is) in all.iter().zip(&back) {
                assert_eq!(carried(is, format), carried(was, format), "{format:?} {}", was.id);
            }
        }
    }
}

#[test]
fn what_is_lost_is_told() {
    let all = hard();
    assert_eq!(Format::Own.lost(&all), Vec::<String>::new());
    assert_eq!(Format::Webanno.lost(&all), ["1 facts"]);
    assert_eq!(Format::Conll.lost(&all), ["1 facts", "values, units, names and all other fields of 5 mentions"]);
    let two = [all[1].clone(), all[1].clone()];
    assert!(write_gold(&two, Format::Brat).unwrap_err().to_string().contains("plain"));
}

#[test]
fn webanno_without_the_text_beside_it() {
    let text = "Die Nordkap AG zahlt 5 Euro.\nAm 3. Mai 😀 kamen zwei.";
    let start = text[..text.find("zwei").unwrap()].chars().count();
    let quantities = vec![GoldQuantity {
        start,
        end: start + 4,
        text: Some("zwei".to_owned()),
        kind: "number".to_owned(),
        value: Some("2".to_owned()),
        ..GoldQuantity::default()
    }];
    let gold = Gold { id: "a".to_owned(), text: text.to_owned(), quantities, ..Gold::default() };
    let back = there_and_back(std::slice::from_ref(&gold), Format::Webanno, false);
    assert_eq!(back[0].text, text);
    assert_eq!(carried(&back[0], Format::Webanno)["quantities"], carried(&gold, Format::Webanno)["quantities"]);
}

fn read_one(name: &str, content: &str, beside: Option<(&str, &str)>) -> Result<Vec<Gold>, kennzahl::Error> {
    let dir = tempdir().unwrap();
    fs::write(dir.path().join(name), content).unwrap();
    if let Some((name, content)) = beside {
        fs::write(dir.path().join(name), content).unwrap();
    }
    read_gold(&[dir.path().join(name)])
}

#[test]
fn files_as_others_write_them() {
    let kinds = |g: &Gold| -> Vec<(usize, usize, String)> {
        g.entities.iter().flatten().map(|e| (e.start, e.end, e.kind.clone())).collect()
    };
    // Two columns, IOB1 and BIOES; two documents.
    let conll =
        "-DOCSTART- O\n\nAngela I-PER\nMerkel I-PER\nin O\nBonn S-LOC\n\n-DOCSTART- O\n\nDie O\nUNO B-ORG\nUNO B-ORG\n";
    let all = read_one("a.conll", conll, None).unwrap();
    assert_eq!(all[0].text, "Angela Merkel in Bonn");
    assert_eq!(kinds(&all[0]), [(0, 13, "person".to_owned()), (17, 21, "location".to_owned())]);
    assert_eq!(kinds(&all[1]), [(4, 7, "organization".to_owned()), (8, 11, "organization".to_owned())]);
    // brat with a relation, an attribute, a note in words, a type of nobody, and a mention of two stretches.
    let ann = "T1\tPER 0 6;7 13\tAngela Merkel\nT2\tAnimal 0 6\tAngela\nR1\tKnows Arg1:T1 Arg2:T2\nA1\tSure T1\n\
               #1\tAnnotatorNotes T1\tis it her?\n#2\tAnnotatorNotes T1\t{\"name\": \"Angela Merkel\", \"coref\": 3}\n";
    let all = read_one("a.ann", ann, Some(("a.txt", "Angela\nMerkel."))).unwrap();
    assert_eq!(kinds(&all[0]), [(0, 13, "person".to_owned())]);
    assert_eq!(all[0].entities.as_ref().unwrap()[0].coref, Some(3));
    // WebAnno's own layer, two stacked values, a part of a word, a layer of relations.
    let tsv = "#FORMAT=WebAnno TSV 3.3\n\
               #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\
               #T_RL=webanno.custom.Knows|kind|BT_webanno\n\n\n#Text=Meta-Chef in Bonn\n\
               1-1\t0-9\tMeta-Chef\t_\t_\t_\t_\t\n1-1.1\t0-4\tMeta\t*\tORG\t_\t_\t\n1-2\t10-12\tin\t_\t_\t_\t_\t\n\
               1-3\t13-17\tBonn\t*[1]|*[2]\tLOC[1]|ORG[2]\t_\t_\t\n";
    let all = read_one("a.tsv", tsv, None).unwrap();
    assert_eq!(all[0].text, "Meta-Chef in Bonn");
    let want = [(0, 4, "organization"), (13, 17, "location"), (13, 17, "organization")];
    assert_eq!(kinds(&all[0]), want.map(|(a, b, k)| (a, b, k.to_owned())));
    // Label Studio: the cancelled annotation is passed over, the offsets count 16-bit units.
    let tasks = r#"[{"id": 9, "data": {"text": "😀 Bonn"}, "annotations": [
        {"result": [{"value": {"start": 3, "end": 7, "labels": ["location"]}}, {"type": "choices", "value": {"choices": ["x"]}}]},
        {"was_cancelled": true, "result": []}]}]"#;
    let all = read_one("a.json", tasks, None).unwrap();
    assert_eq!((all[0].id.as_str(), kinds(&all[0])), ("1", vec![(2, 6, "location".to_owned())]));
}

#[test]
fn what_is_no_gold_is_refused_with_its_place() {
    for (name, content, what) in [
        ("a.conll", "Wort\n", "a.conll:1"),
        ("a.ann", "T1\tPER x 3\tAb\n", "a.ann:1"),
        ("a.ann", "T1\tPER 3 99\tAb\n", "99"),
        ("a.tsv", "a\tb\n", "#FORMAT=WebAnno TSV 3"),
        ("a.tsv", "#FORMAT=WebAnno TSV 3.3\n1-1\tx\ty\n", "a.tsv:2"),
        ("a.json", "{}", "a.json"),
        (
            "a.json",
            r#"[{"data": {"text": "Bonn"}, "annotations": [{"result": [{"value": {"start": 0, "end": 9, "labels": ["LOC"]}}]}]}]"#,
            "task 1",
        ),
        ("a.jsonl", "{\"quantities\": []}\n", "a.jsonl:1"),
    ] {
        let e = read_one(name, content, Some(("a.txt", "Angela Merkel."))).expect_err(name).to_string();
        assert!(e.contains(what), "{e}");
    }
}

#[test]
fn records_are_corrected_elsewhere_and_come_back() {
    let dir = tempdir().unwrap();
    let text = "😀 Der Umsatz der Nordkap AG stieg im vierten Quartal um 27,4 Prozent auf fast 58,7 Millionen Euro.";
    fs::create_dir(dir.path().join("archive")).unwrap();
    let line = serde_json::json!({"id": "news/1", "published": "2026-01-28", "text": text});
    fs::write(dir.path().join("archive/a.jsonl"), line.to_string()).unwrap();
    let at = |args: &[&str]| run_at(dir.path(), args, b"");
    at(&["extract", "archive", "-o", "records.jsonl"]).quiet();
    let convert = |more: &[&str]| at(&[&["convert", "records.jsonl", "--text", "archive"], more].concat());
    convert(&["-o", "own", "--to", "own"]).quiet();
    convert(&["-o", "gold.jsonl"]).quiet();
    convert(&["-o", "deep/tasks.json"]).told(0, &["not in deep/tasks.json: 1 facts"]);
    convert(&["-o", "web", "--to", "webanno"]).told(0, &["1 facts"]);
    convert(&["-o", "brat", "--to", "brat"]).told(0, &["1 facts"]);
    convert(&["-o", "gold.conll"]).told(0, &["1 facts", "values"]);
    assert!(dir.path().join("own/news_1.gold.json").is_file());
    // Scored against itself the extraction is right in everything that the format carries.
    for (gold, facts) in
        [("own", true), ("gold.jsonl", true), ("deep/tasks.json", false), ("web", false), ("brat", false)]
    {
        let mut least = vec!["quantities=100", "times=100", "entities=100"];
        least.extend(if facts { &["facts=100", "slots=100"][..] } else { &[] });
        let least: Vec<&str> = least.iter().flat_map(|l| ["--min", l]).collect();
        let out = at(&[&["eval", gold], &least[..]].concat()).quiet().out;
        let row = out.lines().find(|l| l.starts_with("quantity full ")).unwrap();
        assert_eq!(row.split_whitespace().last(), Some("2"), "{gold}: {out}");
    }
    at(&["eval", "gold.conll", "--min", "entities=100", "--min", "quantity span=100"]).quiet();
    // And back.
    at(&["convert", "web", "-o", "again", "--to", "own"]).quiet();
    let quantities = |folder: &str| {
        let json = fs::read_to_string(dir.path().join(folder).join("news_1.gold.json")).unwrap();
        serde_json::from_str::<serde_json::Value>(&json).unwrap()["quantities"].clone()
    };
    assert_eq!(quantities("again"), quantities("own"));

    at(&["convert", "records.jsonl", "-o", "own", "--to", "own"]).told(2, &["news/1", "--text"]);
    convert(&["-o", "out"]).told(2, &["--to", "webanno"]);
    at(&["convert", "archive", "-o", "x.jsonl"]).told(2, &["a.jsonl"]);
    at(&["extract", "archive", "-o", "bytes.jsonl", "--offsets", "bytes"]).quiet();
    at(&["convert", "bytes.jsonl", "--text", "archive", "-o", "x.jsonl"]).told(2, &["--offsets chars"]);
    assert!(!dir.path().join("x.jsonl").exists());
}
