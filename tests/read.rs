//! What comes in: every format, every container, and everything that can be wrong with one.

#[path = "common/cli.rs"]
#[allow(dead_code)]
mod common;

use common::run_at;
use kennzahl::model::{Document, PubStatus};
use kennzahl::read::{Documents, FORMATS, Fields, Format, Limits, Options};
use kennzahl::{Error, ErrorKind};
use proptest::prelude::*;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn shipped(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read").join(name)).unwrap()
}

fn folder(files: &[(&str, Vec<u8>)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    dir
}

fn read_at(dir: &Path, paths: &[&str], options: Options) -> Vec<Result<Document, Error>> {
    let paths: Vec<PathBuf> = paths.iter().map(|p| dir.join(p)).collect();
    Documents::open(&paths, options).unwrap().collect()
}

/// Reads one file of this name and content.
fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Result<Document, Error>> {
    read_with(name, bytes, Options::default())
}

fn read_with(name: &str, bytes: impl Into<Vec<u8>>, options: Options) -> Vec<Result<Document, Error>> {
    let dir = folder(&[(name, bytes.into())]);
    read_at(dir.path(), &[name], options)
}

fn texts(all: &[Result<Document, Error>]) -> Vec<(&str, &str)> {
    all.iter().flatten().map(|d| (d.id.as_str(), d.text.as_str())).collect()
}

/// The one document that a source has.
#[track_caller]
fn only(mut all: Vec<Result<Document, Error>>) -> Document {
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).unwrap()
}

/// What is wrong, in order: kind, position, and a part of the message.
#[track_caller]
fn assert_wrong(all: &[Result<Document, Error>], want: &[(ErrorKind, u64, &str)]) {
    let wrong: Vec<&Error> = all.iter().filter_map(|r| r.as_ref().err()).collect();
    assert_eq!(wrong.len(), want.len(), "{wrong:#?}");
    for (e, (kind, position, part)) in wrong.iter().zip(want) {
        assert_eq!((e.kind, e.place.as_ref().map(|p| p.position)), (*kind, Some(*position)), "{e}");
        assert!(e.message.contains(part), "no '{part}' in: {e}");
    }
}

// ---- Formats ----

#[test]
fn csv() {
    let all = read("a.csv", "id,text,published\n1,\"Er zahlt 5 Euro, sie 6.\nBar.\",2026-01-28T22:17+01:00\n,ohne,\n");
    let docs = texts(&all);
    assert_eq!(docs[0], ("1", "Er zahlt 5 Euro, sie 6.\nBar."));
    assert!(docs[1].0.ends_with("a.csv:4"), "{docs:?}");
    assert_eq!(all[0].as_ref().unwrap().published.as_deref(), Some("2026-01-28T22:17"));
    assert_eq!(all[1].as_ref().unwrap().published, None);
}

#[test]
fn csv_as_spreadsheets_write_it() {
    let german = "id;text;Ort\n1;Die Geb\u{fc}hr: 5;Ulm\n";
    let (ansi, ..) = encoding_rs::WINDOWS_1252.encode(german);
    let little: Vec<u8> =
        format!("\u{feff}{}", german.replace(';', "\t")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding) in [
        (german.as_bytes().to_vec(), None),
        (format!("\u{feff}{german}").into_bytes(), None),
        (german.replace('\n', "\r\n").into_bytes(), None),
        (ansi.to_vec(), Some("windows-1252")),
        (little, Some("utf-16le")),
    ] {
        let doc = only(read("a.csv", bytes));
        assert_eq!((doc.id.as_str(), doc.text.as_str(), doc.encoding), ("1", "Die Geb\u{fc}hr: 5", encoding));
    }
}

#[test]
fn csv_that_is_wrong() {
    assert_wrong(&read("a.csv", "id,body\n1,x\n"), &[(ErrorKind::Field, 1, "'id', 'body'; name it with --text-field")]);
    let all = read("a.csv", b"id,text\n1,a\n2,b,c\n3,\xffd\xc3\xbc\xc3\xa4\n4,\n5,e\n".to_vec());
    assert_eq!(texts(&all), [("1", "a"), ("5", "e")]);
    assert_wrong(
        &all,
        &[
            (ErrorKind::Malformed, 3, "3 fields where the first line names 2"),
            (ErrorKind::Encoding, 4, "UTF-8"),
            (ErrorKind::NoText, 5, "without text"),
        ],
    );
    // A quote that never ends takes what follows, but no memory.
    let long = format!("id,text\n1,a\n2,\"{}", "5 Euro ".repeat(3000));
    let all = read_with("a.csv", long, Options { max_document: 1000, ..Options::default() });
    assert_eq!(texts(&all), [("1", "a")]);
    assert_wrong(&all, &[(ErrorKind::Limit, 3, "--max-document")]);
    assert!(read("leer.csv", "").is_empty());
}

#[test]
fn other_columns_and_carried_ones() {
    let fields =
        Fields { text: "Inhalt".into(), title: "Kopf".into(), carry: vec!["Ressort".into()], ..Fields::default() };
    let options = Options { fields, ..Options::default() };
    let doc = only(read_with("a.tsv", "Kopf\tInhalt\tRessort\tPreis\nK\tT\tW \"x\"\t5\n", options.clone()));
    assert_eq!((doc.title.as_deref(), doc.text.as_str()), (Some("K"), "T"));
    let carried: serde_json::Value = serde_json::from_str(doc.carried.as_deref().unwrap()).unwrap();
    assert_eq!(carried, serde_json::json!({"Ressort": "W \"x\""}));
    // Known on standard input, too, by the name of its column.
    let doc = only(read_with("ohne-endung", "Kopf,Inhalt\nK,T\n", options.clone()));
    assert_eq!(doc.text, "T");
    let json = r#"{"Inhalt": "T", "Ressort": [1.50, {"b": null}], "Preis": 5}"#;
    assert_eq!(
        only(read_with("a.jsonl", json, options.clone())).carried.as_deref(),
        Some(r#"{"Ressort":[1.50,{"b":null}]}"#)
    );
    let all = Options { fields: Fields { carry: vec!["*".into()], ..options.fields }, ..options };
    assert_eq!(
        only(read_with("a.jsonl", r#"{"Inhalt": "T", "z": 1, "a": 2}"#, all)).carried.as_deref(),
        Some(r#"{"a":2,"z":1}"#)
    );
}

#[test]
fn json() {
    let two = [("1", "a ] } \" b"), ("2", "c")];
    for text in [
        r#"[{"id": 1, "text": "a ] } \" b"}, {"id": 2, "text": "c", "x": [{"y": "]"}]}]"#,
        "[\n{\"id\": 1,\n\"text\": \"a ] } \\\" b\"}\n,\n{\"id\": 2, \"text\": \"c\"}\n]\n",
        "{\n\"id\": 1,\n\"text\": \"a ] } \\\" b\"\n}\n{\n\"id\": 2, \"text\": \"c\"}",
        "{\"id\": 1, \"text\": \"a ] } \\\" b\"}\n{\"id\": 2, \"text\": \"c\"}\n",
    ] {
        assert_eq!(texts(&read("a.json", text)), two, "{text}");
        assert_eq!(texts(&read("ohne", text)), two, "{text}");
    }
    // Alone in its file it is called as the file is.
    assert_eq!(texts(&read("alone.json", "{\n \"text\": \"a\"\n}\n")), [("alone", "a")]);
    let all = read("a.json", r#"[{"text": "a"}, 5, {"id": "b"}, "x", {"id": "c", "text": "c"}, {"text": "offen"#);
    assert_eq!(texts(&all)[1], ("c", "c"));
    assert_wrong(
        &all,
        &[
            (ErrorKind::Malformed, 2, "no JSON object"),
            (ErrorKind::Field, 3, "--text-field"),
            (ErrorKind::Malformed, 4, "no JSON object"),
            (ErrorKind::Damaged, 6, "ends inside"),
        ],
    );
    let long = format!("[{{\"text\": \"{}\"}}, {{\"id\": \"b\", \"text\": \"b\"}}]", "x".repeat(5000));
    let all = read_with("a.json", long, Options { max_document: 1000, ..Options::default() });
    assert_wrong(&all, &[(ErrorKind::Limit, 1, "--max-document")]);
    assert_eq!(texts(&all), [("b", "b")]);
    assert!(read("leer.json", "[]").is_empty());
}

#[test]
fn status_and_version() {
    let all = read(
        "a.jsonl",
        concat!(
            r#"{"id": "a", "text": "x", "status": "withheld", "version": "2026-01-28T22:17:00+01:00"}"#,
            "\n",
            r#"{"id": "b", "status": "canceled", "text": "", "version": 7}"#,
            "\n",
            r#"{"id": "c", "text": "x", "status": 200}"#,
            "\n",
        ),
    );
    let got: Vec<_> = all.iter().flatten().map(|d| (d.status, d.version.as_deref())).collect();
    assert_eq!(
        got,
        [
            (Some(PubStatus::Withheld), Some("2026-01-28T21:17:00Z")),
            (Some(PubStatus::Canceled), Some("7")),
            (None, None)
        ]
    );
}

/// A Parquet file of these rows, with columns of several types.
#[cfg(feature = "parquet")]
fn parquet(rows: &[(i64, Option<&str>, i64)]) -> Vec<u8> {
    use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
    use std::sync::Arc;
    let columns: [(&str, ArrayRef); 4] = [
        ("id", Arc::new(Int64Array::from_iter_values(rows.iter().map(|r| r.0)))),
        ("text", Arc::new(rows.iter().map(|r| r.1).collect::<StringArray>())),
        (
            "published",
            Arc::new(TimestampMicrosecondArray::from_iter_values(rows.iter().map(|r| r.2)).with_timezone("UTC")),
        ),
        ("ressort", Arc::new(rows.iter().map(|_| Some("Wirtschaft")).collect::<StringArray>())),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let snappy = parquet::file::properties::WriterProperties::builder()
        .set_compression(parquet::basic::Compression::SNAPPY)
        .build();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), Some(snappy)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_files() {
    let rows: Vec<_> = (0..200).map(|n| (n, (n % 50 != 3).then_some("5 Euro"), 1_769_635_020_000_000)).collect();
    let bytes = parquet(&rows);
    let fields = Fields { carry: vec!["ressort".into()], ..Fields::default() };
    for name in ["a.parquet", "ohne"] {
        let all = read_with(name, bytes.clone(), Options { fields: fields.clone(), ..Options::default() });
        assert_eq!(all.len(), 200);
        let doc = all[199].as_ref().unwrap();
        assert_eq!((doc.id.as_str(), doc.text.as_str(), doc.place.position), ("199", "5 Euro", 200));
        assert_eq!(doc.published.as_deref(), Some("2026-01-28T22:17"));
        assert_eq!(doc.carried.as_deref(), Some(r#"{"ressort":"Wirtschaft"}"#));
        assert_wrong(&all, &[4, 54, 104, 154].map(|n| (ErrorKind::NoText, n, "without text")));
    }
    let zip = zipped(&[("in/a.parquet", &bytes, true)]);
    assert_eq!(read("a.zip", zip).iter().flatten().count(), 196, "in an archive");
    for cut in [0, 3, 8, bytes.len() / 2, bytes.len() - 1] {
        let all = read("a.parquet", &bytes[..cut]);
        assert!(all.last().unwrap().is_err(), "{cut}");
    }
    let options = Options { fields: Fields { text: "body".into(), ..fields }, ..Options::default() };
    assert_wrong(&read_with("a.parquet", bytes, options), &[(ErrorKind::Field, 0, "'id', 'text'")]);
}

#[test]
fn newsml() {
    let carry = Fields { carry: vec!["ednote".into()], ..Fields::default() };
    let all = read_with("a.xml", shipped("item.newsml.xml"), Options { fields: carry, ..Options::default() });
    let first = all[0].as_ref().unwrap();
    assert_eq!(first.id, "urn:newsml:nordpress.example:20260128:1");
    assert_eq!(first.text, "Hamburg (np) – Der Umsatz stieg um 24\u{a0}Prozent.\n\nDas sind 59,9 Millionen Euro.");
    assert_eq!(first.title.as_deref(), Some("Nordkap & Söhne wachsen"));
    assert_eq!(first.published.as_deref(), Some("2026-01-28T22:17"));
    assert_eq!(first.version.as_deref(), Some("2026-01-28T21:17:00Z"));
    assert_eq!((first.lang.as_deref(), first.source.as_deref()), (Some("de"), Some("Nordpress")));
    assert_eq!(first.status, Some(PubStatus::Usable));
    assert_eq!(first.carried.as_deref(), Some(r#"{"ednote":"Berichtigung: Zahl im zweiten Absatz."}"#));
    let second = all[1].as_ref().unwrap();
    assert!(second.id.ends_with(":3") && second.text.is_empty() && second.status == Some(PubStatus::Canceled));
    assert_wrong(&all, &[(ErrorKind::Malformed, 4, "no valid XML")]);
    let last = all[3].as_ref().unwrap();
    assert_eq!((last.text.as_str(), last.status), ("Frei ab morgen: 7 Euro.", Some(PubStatus::Withheld)));
    assert_eq!(all.len(), 4, "a picture is no document");
}

#[test]
fn nitf() {
    for name in ["a.nitf", "a.xml", "ohne"] {
        let doc = only(read(name, shipped("item.nitf")));
        assert_eq!(doc.id, "np-4711");
        assert_eq!(doc.text, "Kiel (np) – Es kamen 5 Prozent mehr Gäste.\n\nJahr\tGäste\n2025\t4000");
        assert_eq!(doc.title.as_deref(), Some("Zahl der Gäste steigt"));
        assert_eq!(doc.published.as_deref(), Some("2026-01-28T22:17"));
        assert_eq!(doc.version.as_deref(), Some("2026-01-28T21:17:00Z"));
        assert_eq!((doc.source.as_deref(), doc.status), (Some("Nordpress"), Some(PubStatus::Usable)));
        assert_eq!((doc.lang.as_deref(), doc.encoding), (Some("de"), Some("windows-1252")));
    }
}

#[test]
fn ninjs() {
    let doc = only(read("a.json", shipped("item.ninjs.json")));
    assert_eq!((doc.id.as_str(), doc.title.as_deref()), ("urn:ninjs:nordpress.example:88", Some("Nordkap stellt ein")));
    assert_eq!(doc.text, "Nordkap sucht 200 Leute.\n\neins\nzwei");
    assert_eq!(doc.published.as_deref(), Some("2026-01-28T22:17"));
    assert_eq!(doc.version.as_deref(), Some("2026-01-28T21:17:00Z"));
    assert_eq!((doc.source.as_deref(), doc.lang.as_deref()), (Some("Nordpress"), Some("de")));
    // As a feed, one a line, and of version 2.
    let feed = concat!(
        r#"{"uri": "a", "versioncreated": "2026-01-28", "body_text": "5 Euro", "pubstatus": "usable"}"#,
        "\n",
        r#"{"uri": "b", "versioncreated": "2026-01-29", "pubstatus": "canceled"}"#,
        "\n",
        r#"{"uri": "c", "versionCreated": "2026-01-28", "headlines": [{"value": "K"}], "bodies": [{"role": "main", "contentType": "text/html", "value": "<p>a</p><p>b</p>"}]}"#,
        "\n",
        r#"{"uri": "d", "type": "picture", "versioncreated": "2026-01-28"}"#,
        "\n",
    );
    let all = read("feed.jsonl", feed);
    assert_eq!(texts(&all), [("a", "5 Euro"), ("b", ""), ("c", "a\n\nb")]);
    assert_eq!(all[1].as_ref().unwrap().status, Some(PubStatus::Canceled));
    assert_wrong(&all, &[(ErrorKind::NoText, 4, "picture")]);
}

#[cfg(feature = "html")]
#[test]
fn html() {
    for name in ["page.html", "ohne"] {
        let doc = only(read(name, shipped("page.html")));
        assert!(doc.text.contains("59,9 Millionen Euro. Dazu trugen") && doc.text.contains("rund 200 Menschen"));
        for noise in ["Sport", "1 Euro lesen", "70 Schiffe", "99 Ausgaben", "77", "<p"] {
            assert!(!doc.text.contains(noise), "{noise}: {}", doc.text);
        }
        assert_eq!(doc.text.matches("\n\n").count(), 2, "three paragraphs: {}", doc.text);
        assert_eq!(doc.title.as_deref(), Some("Nordkap verdoppelt den Gewinn"));
        assert_eq!((doc.source.as_deref(), doc.lang.as_deref()), (Some("Hafenblatt"), Some("de")));
        assert_eq!(doc.published.as_deref(), Some("2026-01-28T22:17"));
        assert_eq!(doc.version.as_deref(), Some("2026-01-29T07:00:00Z"));
    }
}

#[test]
fn dates_of_pages() {
    let body = "<p>Der Preis stieg um 5 Euro.</p>";
    for (head, body_time, published) in [
        ("", "", None),
        ("", "<time>gestern</time><time datetime='2026-01-28'>heute</time>", Some("2026-01-28")),
        (
            "",
            "<time datetime='2026-01-01'>a</time><time itemprop=datePublished datetime=2026-01-28>b</time>",
            Some("2026-01-28"),
        ),
        (
            r#"<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "datePublished": "2026-01-28T21:17:00Z", "publisher": {"name": "Blatt"}}]}</script>"#,
            "<time datetime='2020-01-01'>alt</time>",
            Some("2026-01-28T22:17"),
        ),
        ("<meta name=date content='gestern'>", "", None),
        ("<meta itemprop='datePublished' content=\"2026-01-28T22:17\"/>", "", Some("2026-01-28T22:17")),
    ] {
        let page = format!("<!doctype html><html><head>{head}</head><body>{body_time}{body}</body></html>");
        let doc = only(read("a.html", page.clone()));
        assert_eq!(doc.published.as_deref(), published, "{page}");
        assert!(doc.text.contains("um 5 Euro"), "{}", doc.text);
    }
    // Its own encoding, in the older form.
    let (page, ..) = encoding_rs::WINDOWS_1252.encode(
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'></head><body><p>Die Gebühr: 5 €</p></body></html>",
    );
    let doc = only(read("a.htm", page.to_vec()));
    assert_eq!((doc.text.as_str(), doc.encoding), ("Die Gebühr: 5 €", Some("windows-1252")));
    assert_wrong(
        &read("a.html", "<html><body><script>1</script></body></html>"),
        &[(ErrorKind::NoText, 0, "without text")],
    );
}

#[test]
fn pages_made_to_be_hard() {
    for (what, page) in [
        ("deep", format!("<html><body>{}5 Euro", "<div>".repeat(200_000))),
        ("deep inline", format!("<html><body>{}5 Euro", "<b>".repeat(100_000))),
        ("open tags", format!("<html><body>5 Euro{}", "<a b=\"".repeat(300_000))),
        ("brackets", format!("<html><body>5 Euro {}", "<".repeat(1_000_000))),
        ("references", format!("<html><body>5 Euro {}", "&amp".repeat(300_000))),
        ("many", format!("<html><body>5 Euro {}", "<p>x<i>y</i>".repeat(60_000))),
        ("tables", format!("<html><body>5 Euro {}", "<table><tr><td>".repeat(20_000))),
    ] {
        let from = std::time::Instant::now();
        let doc = only(read("a.html", page));
        assert!(doc.text.contains("5 Euro"), "{what}");
        assert!(from.elapsed().as_secs() < 20, "{what}: {:?}", from.elapsed());
    }
}

#[test]
fn mediawiki() {
    for name in ["dump.xml", "ohne"] {
        let all = read(name, shipped("dump.mediawiki.xml"));
        assert_eq!(
            texts(&all),
            [("dorfwiki:7", "Die Mühle hat zwei Räder."), ("dorfwiki:11", "Der Teich ist 3 Meter tief.")]
        );
        let doc = all[0].as_ref().unwrap();
        assert_eq!((doc.title.as_deref(), doc.source.as_deref()), (Some("Mühle"), Some("Dorfchronik")));
        assert_eq!((doc.version.as_deref(), doc.published.as_deref()), (Some("2015-03-01T12:00:00Z"), None));
        assert_wrong(&all, &[(ErrorKind::Malformed, 4, "no valid XML")]);
    }
    let long = String::from_utf8(shipped("dump.mediawiki.xml")).unwrap().replace("Alt", &"Alt ".repeat(2000));
    let all = read_with("dump.xml", long, Options { max_document: 2000, ..Options::default() });
    assert_eq!(texts(&all), [("dorfwiki:11", "Der Teich ist 3 Meter tief.")]);
    assert_wrong(&all, &[(ErrorKind::Limit, 1, "--max-document"), (ErrorKind::Malformed, 4, "")]);
}

#[test]
fn xml_of_another_kind_is_told() {
    assert_wrong(
        &read("a.xml", "<?xml version='1.0'?><rss><item/></rss>"),
        &[(ErrorKind::Malformed, 0, "no <newsItem>")],
    );
    assert_wrong(
        &read("a.xml", "<newsMessage><newsItem guid='a'>"),
        &[(ErrorKind::Damaged, 1, "ends inside <newsItem>")],
    );
}

fn warc_record(kind: &str, media: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://blatt.example/{kind}{}\r\nWARC-Date: 2026-01-29T01:02:03Z\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        body.len(),
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n").as_bytes(), body].concat()
}

#[test]
fn warc() {
    let page = shipped("page.html");
    let http = "application/http; msgtype=response";
    let chunked = [
        format!("{:x}\r\n", 700).as_bytes(),
        &page[..700],
        b"\r\n",
        format!("{:x}\r\n", page.len() - 700).as_bytes(),
        &page[700..],
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    let records = [
        warc_record("warcinfo", "application/warc-fields", b"software: x\r\n"),
        warc_record("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        warc_record("response", http, &answer("", &page)),
        warc_record("response", http, &answer("Transfer-Encoding: chunked\r\n", &chunked)),
        warc_record("response", http, &answer("Content-Encoding: gzip\r\n", &gzipped(&page))),
        warc_record("response", http, b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>weg</p>"),
        warc_record("response", http, b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
        warc_record("response", http, b"unfug"),
        warc_record("resource", "text/html", &page),
    ];
    let whole = records.concat();
    let each: Vec<u8> = records.iter().flat_map(|r| gzipped(r)).collect();
    for (name, bytes) in [("a.warc", whole.clone()), ("a.warc.gz", each), ("ohne", whole.clone())] {
        let all = read(name, bytes);
        assert_eq!(all.iter().flatten().count(), 4, "{all:?}");
        for doc in all.iter().flatten() {
            assert!(doc.id.starts_with("https://blatt.example/re"), "{}", doc.id);
            assert_eq!(doc.text, all[0].as_ref().unwrap().text);
            assert_eq!(
                (doc.version.as_deref(), doc.published.as_deref()),
                (Some("2026-01-29T01:02:03Z"), Some("2026-01-28T22:17"))
            );
        }
        assert_wrong(&all, &[(ErrorKind::Malformed, 8, "no answer of HTTP")]);
    }
    let all = read("a.warc", &whole[..whole.len() - 500]);
    assert_wrong(&all[all.len() - 1..], &[(ErrorKind::Damaged, 9, "ends too early")]);
    let all = read_with("a.warc", whole, Options { max_document: 1000, ..Options::default() });
    assert_eq!(all.iter().filter(|r| matches!(r, Err(e) if e.kind == ErrorKind::Limit)).count(), 4);
}

// ---- Containers ----

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A zip archive of members: path, content, whether it is compressed.
fn zipped(members: &[(&str, &[u8], bool)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (path, content, packed) in members {
        let body = match packed {
            false => content.to_vec(),
            true => {
                let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
                deflate.write_all(content).unwrap();
                deflate.finish().unwrap()
            }
        };
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let at = out.len() as u32;
        let mut common = Vec::new();
        for half in [20, 0, if *packed { 8 } else { 0 }, 0, 0] {
            common.extend(u16::to_le_bytes(half));
        }
        for word in [crc.sum(), body.len() as u32, content.len() as u32] {
            common.extend(word.to_le_bytes());
        }
        common.extend((path.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(path.as_bytes());
        out.extend(body);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(path.as_bytes());
    }
    let (at, count) = (out.len() as u32, members.len() as u16);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

#[cfg(feature = "archives")]
fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (path, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        out.append_data(&mut header, path, *content).unwrap();
    }
    out.into_inner().unwrap()
}

#[cfg(feature = "archives")]
fn packed(how: &str, bytes: &[u8]) -> Vec<u8> {
    match how {
        "gz" => gzipped(bytes),
        "zst" => zstd::encode_all(bytes, 3).unwrap(),
        "bz2" => {
            let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        }
        _ => {
            let mut out = liblzma::write::XzEncoder::new(Vec::new(), 1);
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        }
    }
}

#[cfg(feature = "archives")]
const PACKINGS: [&str; 4] = ["gz", "zst", "bz2", "xz"];

#[cfg(feature = "archives")]
#[test]
fn compressed_files() {
    for how in PACKINGS {
        let bytes = packed(how, b"Es kostet 5 Euro.");
        for name in [format!("a.txt.{how}"), format!("a.txt.{}", how.to_uppercase()), "a.txt".to_owned()] {
            assert_eq!(texts(&read(&name, bytes.clone())), [("a", "Es kostet 5 Euro.")], "{name}");
        }
        // Two streams in one file are one text.
        let two = [bytes.clone(), packed(how, b" Und 6.")].concat();
        assert_eq!(only(read(&format!("a.txt.{how}"), two)).text, "Es kostet 5 Euro. Und 6.", "{how}");
        let long: String = (0..20_000).map(|n| format!("{{\"id\": {n}, \"text\": \"{}\"}}\n", n * 7919)).collect();
        let bytes = packed(how, long.as_bytes());
        let all = read(&format!("a.jsonl.{how}"), &bytes[..bytes.len() / 2]);
        assert!(matches!(all.last(), Some(Err(e)) if e.kind == ErrorKind::Damaged), "{how}: {:?}", all.last());
        assert_eq!(all.iter().filter(|r| r.is_err()).count(), 1, "{how}");
        assert_wrong(&read(&format!("a.txt.{how}"), &bytes[..bytes.len() / 2]), &[(ErrorKind::Damaged, 0, "")]);
        assert_wrong(&read(&format!("a.txt.{how}"), ""), &[(ErrorKind::Damaged, 0, "empty")]);
        // Unpacked on its way here.
        assert_eq!(texts(&read(&format!("a.txt.{how}"), "5 Euro")), [("a", "5 Euro")]);
    }
}

#[cfg(feature = "archives")]
#[test]
fn archives() {
    let csv = b"id,text\nc1,aus CSV\n";
    let lines = gzipped(b"{\"id\": \"j1\", \"text\": \"aus JSON\"}\n{\"text\": \"ohne Namen\"}\n");
    let inner = zipped(&[("tief/b.txt", b"innen", true), ("tief/c.csv", b"id,text\nc2,tief\n", false)]);
    let members: [(&str, &[u8]); 11] = [
        ("./a.txt", b"aus Text"),
        ("sub/a.txt", b"noch einer"),
        ("sub/t.csv", csv),
        ("sub/j.jsonl.gz", &lines),
        ("innen.zip", &inner),
        ("bild.png", b"\x89PNG"),
        (".versteckt.txt", b"nicht"),
        ("__MACOSX/a.txt", b"nicht"),
        ("sub/a.gold.json", b"{\"text\": \"nicht\"}"),
        ("leer.txt", b""),
        ("z.txt", b"zuletzt"),
    ];
    let want = |archive: &str| {
        vec![
            ("a".to_owned(), "aus Text"),
            ("sub/a".to_owned(), "noch einer"),
            ("c1".to_owned(), "aus CSV"),
            ("j1".to_owned(), "aus JSON"),
            (format!("{archive}/sub/j.jsonl.gz:2"), "ohne Namen"),
            ("innen.zip/tief/b".to_owned(), "innen"),
            ("c2".to_owned(), "tief"),
            ("z".to_owned(), "zuletzt"),
        ]
    };
    let tar = tarred(&members);
    let flat: Vec<_> = members.iter().map(|(p, c)| (p.trim_start_matches("./"), *c, p.len() % 2 == 0)).collect();
    let mut archives =
        vec![("a.tar".to_owned(), tar.clone()), ("a.zip".to_owned(), zipped(&flat)), ("ohne".to_owned(), tar.clone())];
    archives.extend(PACKINGS.map(|how| (format!("a.tar.{how}"), packed(how, &tar))));
    archives.extend([("a.tgz".to_owned(), gzipped(&tar)), ("zip-ohne".to_owned(), zipped(&flat))]);
    for (name, bytes) in archives {
        let dir = folder(&[(&name, bytes)]);
        let all = read_at(dir.path(), &[&name], Options::default());
        let archive = dir.path().join(&name).display().to_string();
        let got: Vec<_> = all.iter().flatten().map(|d| (d.id.clone(), d.text.as_str())).collect();
        assert_eq!(got, want(&archive), "{name}");
        let wrong: Vec<_> = all.iter().filter_map(|r| r.as_ref().err()).collect();
        let [e] = wrong[..] else { panic!("{name}: {wrong:?}") };
        let place = e.place.as_ref().unwrap();
        assert_eq!(
            (e.kind, &*place.source, place.member.as_deref()),
            (ErrorKind::NoText, archive.as_str(), Some("leer.txt"))
        );
    }
}

#[cfg(feature = "archives")]
#[test]
fn long_names_of_members() {
    let long = format!("{}/{}.txt", "ordner".repeat(20), "name".repeat(30));
    let doc = only(read("a.tar", tarred(&[(&long, b"5 Euro")])));
    assert_eq!(doc.id, long.trim_end_matches(".txt"));
    let doc = only(read("a.zip", zipped(&[("M\u{fc}hle.txt", b"5 Euro", false)])));
    assert_eq!(doc.id, "M\u{fc}hle");
}

#[test]
fn a_broken_member_costs_itself_alone() {
    let good = |name: &'static str| (name, &b"Es kostet 5 Euro, und das ist viel."[..], true);
    let bytes = zipped(&[good("a.txt"), good("b.txt"), good("c.txt")]);
    // A byte of the second member's data: behind its name.
    let at = memchr::memmem::find(&bytes, b"b.txt").unwrap() + 8;
    let mut broken = bytes.clone();
    broken[at] ^= 0x55;
    let all = read("a.zip", broken);
    assert_eq!(all.iter().flatten().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["a", "c"]);
    assert_wrong(&all, &[(ErrorKind::Damaged, 0, "")]);
    // Encrypted, or packed in a way that is not read.
    let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    for (offset, value, part) in [(8, 1, "encrypted"), (10, 14, "method 14")] {
        let mut other = bytes.clone();
        other[directory + offset] = value;
        let all = read("a.zip", other);
        assert_eq!(all.iter().flatten().count(), 2);
        assert_wrong(&all, &[(ErrorKind::Unsupported, 0, part)]);
    }
    assert_wrong(&read("a.zip", &bytes[..bytes.len() - 30]), &[(ErrorKind::Damaged, 0, "directory")]);
}

#[cfg(feature = "archives")]
#[test]
fn a_broken_tar_ends_there() {
    let bytes = tarred(&[("a.txt", b"5 Euro"), ("b.txt", b"6 Euro"), ("c.txt", b"7 Euro")]);
    let mut broken = bytes.clone();
    broken[1024 + 20] = b'x';
    let all = read("a.tar", broken);
    assert_eq!(texts(&all), [("a", "5 Euro")]);
    assert_wrong(&all, &[(ErrorKind::Damaged, 0, "header")]);
    let all = read("a.tar", &bytes[..1024 + 515]);
    assert_eq!(texts(&all), [("a", "5 Euro")]);
    assert_wrong(&all, &[(ErrorKind::Damaged, 0, "too early")]);
    assert_wrong(&read("a.tar", "kein Archiv"), &[(ErrorKind::Damaged, 0, "no tar")]);
}

#[test]
fn bombs() {
    let limits = |limits: Limits| Options { limits, ..Options::default() };
    let zeros = gzipped(&vec![b' '; 4 << 20]);
    let small = limits(Limits { free: 1 << 20, ratio: 100, ..Limits::default() });
    assert_wrong(&read_with("a.jsonl.gz", zeros.clone(), small), &[(ErrorKind::Limit, 1, "--max-ratio")]);
    let few = limits(Limits { total: 1 << 20, ..Limits::default() });
    assert_wrong(&read_with("a.jsonl.gz", zeros.clone(), few), &[(ErrorKind::Limit, 1, "--max-unpacked")]);
    let zip = zipped(&[("a.jsonl", &vec![b' '; 2 << 20], true), ("b.txt", b"5 Euro", true)]);
    let member = limits(Limits { member: 1 << 20, ..Limits::default() });
    let all = read_with("a.zip", zip.clone(), member);
    assert_wrong(&all, &[(ErrorKind::Limit, 1, "one member")]);
    assert_eq!(texts(&all), [("b", "5 Euro")]);
    let one = limits(Limits { members: 1, ..Limits::default() });
    assert_wrong(&read_with("a.zip", zip, one), &[(ErrorKind::Limit, 0, "1 members")]);
    let mut nested = b"5 Euro".to_vec();
    for _ in 0..7 {
        nested = gzipped(&nested);
    }
    assert_wrong(&read("a.txt.gz", nested), &[(ErrorKind::Limit, 0, "in each other")]);
}

// ---- Paths ----

#[test]
fn folders_and_patterns() {
    let text = |t: &str| t.as_bytes().to_vec();
    let dir = folder(&[
        ("b.txt", text("b")),
        ("a.gold.json", text("{\"text\": \"gold\"}")),
        ("sub/c.txt", text("c")),
        ("sub/d.csv", text("id,text\nd,d\n")),
        ("sub/e.txt.gz", gzipped(b"e")),
        ("sub/.f.txt", text("f")),
        ("sub/g.png", text("g")),
        ("h.zip", zipped(&[("i.txt", b"i", false)])),
    ]);
    let ids = |paths: &[&str]| -> Vec<String> {
        read_at(dir.path(), paths, Options::default()).into_iter().map(|d| d.unwrap().id).collect()
    };
    assert_eq!(ids(&["."]), ["b", "i", "sub/c", "d", "sub/e"]);
    assert_eq!(ids(&["sub/*.txt*"]), ["c", "e"]);
    assert_eq!(ids(&["**/?.txt"]), ["b", "c"]);
    assert_eq!(ids(&["[bh].*", "sub"]), ["b", "i", "c", "d", "e"]);
    for pattern in ["*.pdf", "[", "fehlt.txt"] {
        let e = Documents::open(&[dir.path().join(pattern)], Options::default()).err().unwrap();
        assert!(e.place.is_some(), "{e}");
    }
}

#[test]
fn raw_documents_become_the_same() {
    let page = b"<!DOCTYPE html><html><head><title>T</title></head><body><article><p>Es kostet 5 Euro.</p></article>";
    let dump =
        b"<mediawiki><page><title>A</title><ns>0</ns><id>1</id><revision><text>''5'' Euro</text></revision></page>\
        <page><title>B</title><ns>0</ns><id>2</id><revision><text>{{Leer}}</text></revision></page></mediawiki>";
    let dir = folder(&[
        ("a.jsonl", b"{\"id\": 1, \"text\": \"x\"}\nkaputt\n{\"id\": 2, \"text\": \"x\"}\n".to_vec()),
        ("b.zip", zipped(&[("b.html", page, true), ("c.txt", b"x", true)])),
        ("d.xml", dump.to_vec()),
        ("e.html", b"<html><body></body></html>".to_vec()),
    ]);
    let open = || Documents::open(&[dir.path().to_owned()], Options::default()).unwrap();
    let all: Vec<_> = open().collect();
    assert_eq!(all.iter().filter(|d| d.is_ok()).count(), 5, "{all:?}");
    let ids: Vec<_> = open().raw().flatten().map(|raw| raw.id().to_owned()).collect();
    assert_eq!(ids, ["1", "2", "b", "c", "1", "2", "e"], "an id is known before the text is made");
    let made: Vec<_> = open().raw().map(|raw| raw.and_then(kennzahl::read::Raw::document)).collect();
    assert_eq!(made, all);
}

#[test]
fn progress_comes_to_its_end() {
    let dir = folder(&[("a.txt", vec![b'x'; 10_000]), ("b.zip", zipped(&[("b.txt", &[b'x'; 5000], false)]))]);
    let mut documents = Documents::open(&[dir.path().to_owned()], Options::default()).unwrap();
    let progress = documents.progress();
    assert_eq!(progress.read(), 0);
    assert_eq!(documents.by_ref().count(), 2);
    assert!(progress.total() > 15_000 && progress.read() == progress.total());
}

#[test]
fn lists_of_paths() {
    let dir = folder(&[("a.txt", b"5 Euro".to_vec()), ("b c.txt", b"6 Euro".to_vec())]);
    let run = |args: &[&str], input: &[u8]| run_at(dir.path(), &[&["extract"], args].concat(), input);
    for list in [&b"b c.txt\na.txt\n"[..], b"\nb c.txt\r\na.txt", b"b c.txt\0a.txt\0"] {
        assert_eq!(run(&["--files-from", "-"], list).quiet().docs(), ["b c", "a"]);
        std::fs::write(dir.path().join("list"), list).unwrap();
        assert_eq!(run(&["--files-from", "list"], b"").quiet().docs(), ["b c", "a"]);
    }
    assert_eq!(run(&["a.txt", "--files-from", "-"], b"b c.txt").quiet().docs(), ["a", "b c"]);
    run(&["--files-from", "missing"], b"").told(2, &["missing"]);
    run(&["--files-from", "-"], b"missing.txt").told(2, &["missing.txt"]);
    run(&["-", "--files-from", "-"], b"a.txt").told(2, &["standard input"]);
}

#[test]
fn archives_on_standard_input() {
    let dir = TempDir::new().unwrap();
    let run = |args: &[&str], input: &[u8]| run_at(dir.path(), &[&["extract", "-"], args].concat(), input);
    let zip = zipped(&[("a.txt", b"5 Euro", true), ("b.csv", b"id;Inhalt\nc;6 Euro\n", false), ("d.txt", b" ", true)]);
    let ran =
        run(&["--text-field", "Inhalt"], &zip).told(1, &["-/d.txt: a document without text", "1 inputs rejected"]);
    assert_eq!(ran.docs(), ["a", "c"]);
    assert_eq!(ran.found(), ["5 Euro", "6 Euro"]);
    assert_eq!(run(&[], &gzipped(b"{\"text\": \"5 Euro\"}\n{\"text\": \"6 Euro\"}")).quiet().docs(), ["-:1", "-:2"]);
    let long = gzipped(&[b"5 Euro".to_vec(), vec![b' '; 70 << 20]].concat());
    run(&["--from", "text"], &long).told(1, &["-: ", "--max-document"]);
    run(&["--from", "text", "--memory", "16G", "--max-document", "200M"], &long).told(1, &["-: ", "--max-ratio"]);
    run(&["--from", "text", "--memory", "16G", "--max-document", "200M", "--max-ratio", "2000"], &long).quiet();
    run(&["--from", "text", "--memory", "16G", "--max-document", "200M", "--max-unpacked", "1M"], &long)
        .told(1, &["--max-unpacked"]);
    run(&["--max-unpacked", "viel"], b"").told(2, &["--max-unpacked"]);
}

// ---- Whatever comes ----

/// Beginnings that lead into each reader and each container.
fn beginnings() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> =
        ["item.newsml.xml", "item.nitf", "item.ninjs.json", "page.html", "dump.mediawiki.xml"].map(shipped).into();
    all.push(b"id,text\n1,\"a\"\n2,b\n".to_vec());
    all.push(b"[{\"text\": \"a\"}, {\"text\": \"b\"}]".to_vec());
    all.push(b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n".to_vec());
    all.push(warc_record("response", "application/http", &answer("", b"<p>5 Euro</p>")));
    all.push(zipped(&[("a.txt", b"5 Euro", true), ("b.csv", b"id,text\n1,a\n", false)]));
    all.push(gzipped(b"{\"text\": \"a\"}\n"));
    #[cfg(feature = "parquet")]
    all.push(parquet(&[(1, Some("5 Euro"), 0), (2, None, 5)]));
    #[cfg(feature = "archives")]
    {
        all.push(tarred(&[("a.txt", b"5 Euro"), ("b.jsonl", b"{\"text\": \"a\"}")]));
        all.extend(PACKINGS.map(|how| packed(how, b"5 Euro")));
    }
    all
}

/// The suffixes of all formats and containers, and none.
fn suffixes() -> Vec<&'static str> {
    FORMATS
        .iter()
        .flat_map(|f| f.suffixes)
        .copied()
        .chain(["zip", "tar", "gz", "zst", "bz2", "xz", "tgz", "x"])
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Damaged in a few places, cut and repeated, read as what it is or as something else: it ends, and never panics.
    #[test]
    fn damage_is_told(
        which in any::<prop::sample::Index>(),
        suffix in prop_oneof![Just("x"), prop::sample::select(suffixes())],
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        cut in any::<prop::sample::Index>(),
        twice in any::<bool>(),
    ) {
        let all = beginnings();
        let mut bytes = all[which.index(all.len())].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(bytes.len() - cut.index(bytes.len()) / 2);
        if twice {
            bytes.extend(bytes.clone());
        }
        let found = read(&format!("a.{suffix}"), bytes).len();
        prop_assert!(found < 10_000, "{} documents", found);
    }

    #[test]
    fn any_bytes_in_any_format(bytes in prop::collection::vec(any::<u8>(), 0..600), format in prop::sample::select(FORMATS.to_vec())) {
        let format: &'static Format = format;
        let options = Options { format: Some(format), max_document: 300, ..Options::default() };
        let found = read_with("a", bytes, options).len();
        prop_assert!(found < 10_000, "{} documents", found);
    }
}
