//! The same records through every kind of output read back equal, digit for digit; and what a database does with
//! documents that come again.
#![cfg(all(feature = "sqlite", feature = "postgres", feature = "parquet"))]
#![allow(missing_docs, reason = "a test")]

#[allow(dead_code, reason = "shared with other tests")]
#[path = "common/cli.rs"]
mod cli;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use cli::{records, run_at};
use kennzahl::emit::columns::{Kind, TABLES};
use kennzahl::emit::{Options, SCHEMA_VERSION};
use kennzahl::model::{Amount, Analysis, Decimal, Document, PubStatus, Scope, ScopeRole, Span};
use kennzahl::sink::{Block, Encoding, Pool, Run, Target};
use kennzahl::{Extractor, emit};
use rusqlite::Connection;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// An empty folder.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A row: its cells by column, what is null left out.
type Row = BTreeMap<String, String>;
/// The rows of each table, sorted.
type Tables = BTreeMap<String, Vec<Row>>;

/// Articles, and documents with what is hard to write down.
fn documents() -> Vec<(Document, Analysis)> {
    let mut docs: Vec<Document> = Vec::new();
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles");
    let mut paths: Vec<_> = fs::read_dir(articles).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")).take(20) {
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        docs.push(Document { id, text: fs::read_to_string(path).unwrap(), ..Document::default() });
    }
    let text = "\"Anf\u{fc}hrung\", Komma; 0,000000001 Prozent;\r\nzwei Drittel, 2:1 Tore, 120 bis 140 Euro je Aktie. \
        Der Umsatz der Nordkap AG stieg im vierten Quartal um 12,5 Prozent auf knapp 58,7 Milliarden Dollar. \u{1f4b6}\u{0} 7 \u{20ac}. \
        Am Montag, 27. Januar 2026, um 22:17 Uhr kamen 99999999999999999999999999999 Leute, ihre Nummer 0171 1234567.";
    for (id, title, published) in [
        ("a \"b\", c\n", Some(""), Some("2026-01-28T22:17:05")),
        ("2", Some("\u{dc}"), Some("2026-01-28")),
        ("\u{dc}", None, None),
    ] {
        docs.push(Document {
            id: id.to_owned(),
            text: text.to_owned(),
            title: title.map(str::to_owned),
            published: published.map(str::to_owned),
            published_from: published.map(|_| "given"),
            version: Some("3".to_owned()),
            status: Some(PubStatus::Usable),
            carried: title.map(|_| r#"{"nested":{"a":[1.50,null]},"ressort":"W \"x\" \u0000, ä"}"#.to_owned()),
            ..Document::default()
        });
    }
    let extractor = Extractor::new().with_derived().with_checks();
    let mut worker = extractor.worker();
    docs.into_iter()
        .map(|doc| {
            let mut analysis = Analysis::default();
            worker.analyse_into(&doc.text, doc.published.as_deref(), &mut analysis);
            if let Some(fact) = analysis.facts.first_mut() {
                fact.scope = vec![
                    Scope { role: ScopeRole::In, span: Span::new(0, 1), entity: None },
                    Scope {
                        role: ScopeRole::Segment,
                        span: fact.span,
                        entity: Some(0).filter(|_| !analysis.entities.is_empty()),
                    },
                ];
            }
            (doc, analysis)
        })
        .collect()
}

fn options() -> Options {
    Options { refused: true, conflicts: true, explain: true, ..Options::default() }
}

/// Writes them to a file or database, a few at a time.
fn write(place: &Path, docs: &[(Document, Analysis)]) {
    let mut sink = Target::parse(place.to_str().unwrap(), None)
        .unwrap()
        .open(options(), Run { name: "run", resume: false, memory: kennzahl::Memory::default() })
        .unwrap();
    let lexicon = kennzahl::lexicon::Lexicon::builtin();
    let pool = Pool::new(1 << 20);
    for some in docs.chunks(7) {
        let mut block = pool.take();
        for (doc, analysis) in some {
            block.add(doc, analysis, &lexicon, sink.encoding(), options()).unwrap();
        }
        sink.write(block, &pool).unwrap();
        sink.commit("7", &pool).unwrap();
    }
    sink.finish().unwrap();
}

fn kind(table: &str, column: &str) -> Kind {
    let table = TABLES.iter().find(|t| t.name == table).unwrap_or_else(|| panic!("no table {table}"));
    table.columns.iter().find(|c| c.name == column).unwrap_or_else(|| panic!("no column {}.{column}", table.name)).kind
}

fn sorted(mut tables: Tables) -> Tables {
    tables.values_mut().for_each(|rows| rows.sort());
    tables.retain(|_, rows| !rows.is_empty());
    tables
}

/// `2026-01-28T22:17` as databases have it.
fn moment(text: &str) -> String {
    text.parse::<jiff::civil::DateTime>().unwrap().to_string().replace('T', " ")
}

/// JSON lines, what is nested joined by `_`.
fn from_json(lines: &str) -> Tables {
    let mut tables = Tables::new();
    for record in records(lines) {
        let table = match record["kind"].as_str().unwrap() {
            "document" => "documents",
            "quantity" => "quantities",
            "time" => "times",
            "entity" => "entities",
            "fact" => "facts",
            "conflict" => "conflicts",
            "refused" => "refused",
            other => panic!("{other}"),
        };
        let mut row = Row::new();
        flatten("", &record, &mut row);
        row.remove("kind");
        if table == "facts" {
            let text = row.remove("text").unwrap();
            row.insert("evidence".to_owned(), text);
            for (n, scope) in record["scope"].as_array().into_iter().flatten().enumerate() {
                let mut row = Row::new();
                flatten("", scope, &mut row);
                row.insert("doc".to_owned(), record["doc"].as_str().unwrap().to_owned());
                row.insert("fact".to_owned(), record["id"].as_str().unwrap().to_owned());
                row.insert("nth".to_owned(), (n + 1).to_string());
                tables.entry("fact_scopes".to_owned()).or_default().push(row);
            }
        }
        if table == "quantities"
            && let Some(ratio) = row.remove("ratio")
        {
            row.insert("value_ratio".to_owned(), ratio);
        }
        for (column, value) in &mut row {
            if kind(table, column) == Kind::Moment {
                *value = moment(value);
            }
        }
        tables.entry(table.to_owned()).or_default().push(row);
    }
    // What scopes are called stands with the mention.
    let names: BTreeMap<(String, String), (String, Option<String>)> = tables["entities"]
        .iter()
        .map(|e| ((e["doc"].clone(), e["id"].clone()), (e["name"].clone(), e.get("link").cloned())))
        .collect();
    for row in tables.get_mut("fact_scopes").unwrap() {
        if let Some(entity) = row.get("entity") {
            let (name, link) = names[&(row["doc"].clone(), entity.clone())].clone();
            row.insert("name".to_owned(), name);
            row.extend(link.map(|l| ("link".to_owned(), l)));
        }
    }
    sorted(tables)
}

fn flatten(prefix: &str, value: &Value, row: &mut Row) {
    for (key, value) in value.as_object().unwrap() {
        let name = match (prefix, key.as_str()) {
            ("", key) => key.to_owned(),
            // The number itself has the name of what it is.
            ("value" | "change_by" | "change_from", "value") => prefix.to_owned(),
            (prefix, key) => format!("{prefix}_{key}"),
        };
        match value {
            // As it stands.
            Value::Object(_) if name == "carried" => drop(row.insert(name, value.to_string())),
            Value::Object(_) => flatten(&name, value, row),
            Value::String(text) => drop(row.insert(name, text.clone())),
            Value::Number(n) => drop(row.insert(name, n.to_string())),
            Value::Bool(b) => drop(row.insert(name, b.to_string())),
            Value::Array(_) if name == "scope" => {}
            Value::Array(ids) => {
                drop(row.insert(name, ids.iter().map(|i| i.as_str().unwrap()).collect::<Vec<_>>().join(" ")));
            }
            other => panic!("{other}"),
        }
    }
}

fn from_sqlite(path: &Path) -> Tables {
    let db = Connection::open(path).unwrap();
    let mut tables = Tables::new();
    for table in TABLES {
        let mut query = db.prepare(&format!("SELECT * FROM {}", table.name)).unwrap();
        let names: Vec<String> = query.column_names().map(str::to_owned).collect();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells = names.iter().enumerate().filter_map(|(n, name)| {
                let value = match row.get_ref(n).unwrap() {
                    rusqlite::types::ValueRef::Null => return None,
                    rusqlite::types::ValueRef::Integer(i) => match kind(table.name, name) {
                        Kind::Integer => i.to_string(),
                        Kind::Flag => (i == 1).to_string(),
                        other => panic!("{other:?}"),
                    },
                    rusqlite::types::ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
                    other => panic!("{other:?}"),
                };
                Some((name.clone(), value))
            });
            tables.entry(table.name.to_owned()).or_default().push(cells.collect());
        }
    }
    sorted(tables)
}

fn from_csv(folder: &Path) -> Tables {
    let mut tables = Tables::new();
    for table in TABLES {
        let text = fs::read_to_string(folder.join(format!("out.{}.csv", table.name))).unwrap();
        let mut lines = csv(&text).into_iter();
        let header: Vec<String> = lines.next().unwrap().into_iter().map(Option::unwrap).collect();
        let rows = lines.map(|line| {
            assert_eq!(line.len(), header.len());
            header.iter().cloned().zip(line).filter_map(|(name, cell)| Some((name, cell?))).collect()
        });
        tables.insert(table.name.to_owned(), rows.collect());
    }
    sorted(tables)
}

/// CSV as RFC 4180 has it; nothing at all is null.
fn csv(text: &str) -> Vec<Vec<Option<String>>> {
    let (mut lines, mut line, mut cell) = (vec![], vec![], None::<String>);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let cell = cell.get_or_insert_default();
                loop {
                    match chars.next().expect("the end of a quoted cell") {
                        '"' if chars.next_if_eq(&'"').is_some() => cell.push('"'),
                        '"' => break,
                        c => cell.push(c),
                    }
                }
            }
            ',' => line.push(cell.take()),
            '\n' => {
                line.push(cell.take());
                lines.push(std::mem::take(&mut line));
            }
            c => cell.get_or_insert_default().push(c),
        }
    }
    assert!(line.is_empty() && cell.is_none(), "the last line is whole");
    lines
}

fn from_batches(table: &str, batches: impl Iterator<Item = RecordBatch>) -> Vec<Row> {
    let mut rows = Vec::new();
    for batch in batches {
        for n in 0..batch.num_rows() {
            let mut row = Row::new();
            for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
                if column.is_null(n) {
                    continue;
                }
                let value = match (kind(table, field.name()), field.data_type()) {
                    (Kind::Text | Kind::Json, DataType::Utf8) => column.as_string::<i32>().value(n).to_owned(),
                    (Kind::Integer, DataType::Int64) => column.as_primitive::<Int64Type>().value(n).to_string(),
                    (Kind::Decimal, DataType::Decimal128(38, 9)) => {
                        Decimal::new(column.as_primitive::<Decimal128Type>().value(n), -9).to_string()
                    }
                    (Kind::Flag, DataType::Boolean) => column.as_boolean().value(n).to_string(),
                    (Kind::Moment, DataType::Timestamp(_, None)) => {
                        let micros = column.as_primitive::<TimestampMicrosecondType>().value(n);
                        moment(&jiff::Timestamp::from_microsecond(micros).unwrap().to_string().replace('Z', ""))
                    }
                    other => panic!("{other:?}"),
                };
                row.insert(field.name().clone(), value);
            }
            rows.push(row);
        }
    }
    rows
}

#[test]
fn every_output_has_the_same_records() {
    let docs = documents();
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    for name in ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.sqlite", "out.csv", "out.parquet", "out.arrow"] {
        write(&at(name), &docs);
    }
    let lines = fs::read_to_string(at("out.jsonl")).unwrap();
    let want = from_json(&lines);
    // Nothing is equal because it is empty.
    for (table, least) in [
        ("documents", 23),
        ("quantities", 300),
        ("times", 100),
        ("entities", 100),
        ("facts", 100),
        ("fact_scopes", 10),
        ("refused", 20),
        ("conflicts", 1),
    ] {
        assert!(want[table].len() >= least, "{table}: {}", want[table].len());
    }
    let seen: Vec<_> = TABLES
        .iter()
        .flat_map(|t| t.columns.iter().map(|c| (t.name, c.name)))
        .filter(|(t, c)| want[*t].iter().any(|row| row.contains_key(*c)))
        .collect();
    assert!(seen.len() > 120, "most columns have something: {}", seen.len());
    assert!(want["quantities"].iter().any(|q| q.get("value").is_some_and(|v| v == "99999999999999999999999999999")));
    assert!(want["quantities"].iter().any(|q| q.get("value").is_some_and(|v| v == "0.000000001")));
    assert!(want["facts"].iter().filter(|f| f.get("derived").is_some_and(|d| d == "true")).count() > 20);

    assert_eq!(from_sqlite(&at("out.sqlite")), want);
    assert_eq!(from_csv(dir.path()), want);
    let (mut parquet, mut arrow) = (Tables::new(), Tables::new());
    for table in TABLES {
        let file = fs::File::open(at(&format!("out.{}.parquet", table.name))).unwrap();
        let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let own = reader.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(own.iter().any(|kv| kv.key == "kennzahl.schema_version"));
        parquet.insert(table.name.to_owned(), from_batches(table.name, reader.build().unwrap().map(Result::unwrap)));
        let file = fs::File::open(at(&format!("out.{}.arrow", table.name))).unwrap();
        let reader = arrow_ipc::reader::FileReader::try_new(file, None).unwrap();
        assert_eq!(&reader.schema().metadata()["kennzahl.schema_version"], SCHEMA_VERSION);
        arrow.insert(table.name.to_owned(), from_batches(table.name, reader.map(Result::unwrap)));
    }
    assert_eq!(sorted(parquet), want);
    assert_eq!(sorted(arrow), want);

    let mut unpacked = String::new();
    let packed = fs::File::open(at("out.jsonl.gz")).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed), &mut unpacked).unwrap();
    assert!(unpacked == lines);
    let packed = fs::read(at("out.jsonl.zst")).unwrap();
    assert!(zstd::decode_all(&*packed).unwrap() == lines.as_bytes());
    assert!(fs::read_dir(dir.path()).unwrap().all(|e| !e.unwrap().file_name().to_str().unwrap().ends_with(".part")));
}

#[test]
fn files_get_their_name_when_they_are_whole() {
    let docs = documents();
    let lexicon = kennzahl::lexicon::Lexicon::builtin();
    for name in ["out.jsonl", "out.jsonl.gz", "out.csv", "out.parquet", "out.arrow"] {
        let dir = tempfile::tempdir().unwrap();
        let target = Target::parse(dir.path().join(name).to_str().unwrap(), None).unwrap();
        let mut sink =
            target.open(options(), Run { name: "run", resume: false, memory: kennzahl::Memory::default() }).unwrap();
        let pool = Pool::new(1 << 20);
        let mut block = pool.take();
        block.add(&docs[0].0, &docs[0].1, &lexicon, sink.encoding(), options()).unwrap();
        sink.write(block, &pool).unwrap();
        sink.commit("1", &pool).unwrap();
        drop(sink);
        for entry in fs::read_dir(dir.path()).unwrap() {
            let name = entry.unwrap().file_name();
            assert!(name.to_str().unwrap().ends_with(".part"), "{name:?}");
        }
    }
}

#[test]
fn a_number_that_no_table_holds_is_named() {
    let mut docs = documents();
    let (doc, analysis) = docs.last_mut().unwrap();
    analysis.quantities[0].amount = Amount::Value(Decimal::new(1, 30));
    let lexicon = kennzahl::lexicon::Lexicon::builtin();
    for encoding in [Encoding::Csv, Encoding::Rows, Encoding::Copy, Encoding::Arrow] {
        let mut block = Block::default();
        let told = block.add(doc, analysis, &lexicon, encoding, options()).unwrap_err();
        assert!(told.message.contains("29 digits") && told.message.contains(&doc.id), "{told}");
        assert_eq!(block.documents(), 0);
    }
    let mut block = Block::default();
    block.add(doc, analysis, &lexicon, Encoding::JsonLines, options()).unwrap();
    assert_eq!(block.documents(), 1);
}

/// Reads one document into the database; what it has then: the value of the one quantity, or nothing.
fn feed(dir: &Path, lines: &[Value]) -> Vec<String> {
    let input: String = lines.iter().map(|l| format!("{l}\n")).collect();
    run_at(dir, &["extract", "-", "--from", "jsonl", "-o", "news.sqlite"], input.as_bytes()).quiet();
    let db = Connection::open(dir.join("news.sqlite")).unwrap();
    for table in ["refused", "conflicts"] {
        assert!(db.prepare(&format!("SELECT * FROM {table}")).is_err(), "{table} is written on request only");
    }
    let mut query = db.prepare("SELECT q.value FROM documents d LEFT JOIN quantities q ON q.doc = d.doc").unwrap();
    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn version(n: u32, version: Option<&str>, status: Option<&str>) -> Value {
    let mut doc = serde_json::json!({"id": "a", "text": format!("Das kostet {n} Euro.")});
    if let Some(version) = version {
        doc["version"] = version.into();
    }
    if let Some(status) = status {
        doc["status"] = status.into();
    }
    doc
}

#[test]
fn a_database_keeps_the_newest_version() {
    let dir = folder();
    let feed = |lines: &[Value]| feed(dir.path(), lines);
    assert_eq!(feed(&[version(1, Some("1"), None)]), ["1"]);
    assert_eq!(feed(&[version(2, Some("1"), None)]), ["2"], "written again, it replaces its rows");
    assert_eq!(feed(&[version(10, Some("10"), None)]), ["10"], "a newer one replaces it");
    assert_eq!(feed(&[version(9, Some("9"), None)]), ["10"], "an older one that comes late does not");
    assert_eq!(feed(&[version(11, Some("11"), None), version(12, Some("12"), None)]), ["12"], "both in one run");
    assert_eq!(feed(&[version(14, Some("14"), None), version(13, Some("13"), None)]), ["14"]);
    let none: [&str; 0] = [];
    assert_eq!(feed(&[version(15, Some("15"), Some("canceled"))]), none, "a withdrawn one is deleted");
    assert_eq!(feed(&[version(14, Some("14"), None)]), none, "and an older one stays out");
    assert_eq!(feed(&[version(16, Some("16"), None)]), ["16"], "a newer one comes back");
    assert_eq!(feed(&[version(17, Some("17"), None), version(18, Some("18"), Some("canceled"))]), none);
    assert_eq!(feed(&[version(19, Some("19"), Some("withheld"))]), ["19"]);
    assert_eq!(feed(&[version(20, None, None)]), ["20"], "without a version the later one counts");
}

/// All that a database has, as text.
fn dump(path: &Path) -> Vec<String> {
    let db = Connection::open(path).unwrap();
    let mut all = Vec::new();
    let mut names = db
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
        .unwrap();
    for name in names.query_map([], |r| r.get::<_, String>(0)).unwrap().map(Result::unwrap) {
        let mut query = db.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let count = query.column_count();
        let mut rows = query.query([]).unwrap();
        let from = all.len();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<_> = (0..count).map(|n| format!("{:?}", row.get_ref(n).unwrap())).collect();
            all.push(format!("{name}: {}", cells.join(" ")));
        }
        all[from..].sort();
    }
    all
}

#[test]
fn a_second_run_changes_nothing() {
    let dir = folder();
    let articles = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/articles");
    let path = dir.path().join("news.sqlite");
    run_at(dir.path(), &["extract", articles, "-o", "news.sqlite"], b"").quiet();
    let once = dump(&path);
    assert!(once.len() > 3000);
    run_at(dir.path(), &["extract", articles, "-o", "news.sqlite", "--jobs", "1"], b"").quiet();
    assert!(dump(&path) == once);
    let mut left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["news.sqlite", "news.sqlite.manifest.json"], "nothing else is left beside it");
}

#[test]
fn views_answer() {
    let dir = folder();
    let doc = |id: &str, published: &str, value: &str| {
        let text = format!("Der Umsatz der Nordkap AG stieg im Jahr 2024 um 24 Prozent auf {value} Millionen Euro.");
        serde_json::json!({"id": id, "published": published, "text": text, "source": "dpa"})
    };
    let input: String = [doc("b", "2025-03-01", "59,9"), doc("a", "2025-02-01", "60"), doc("c", "2025-04-01", "59,9")]
        .iter()
        .map(|d| format!("{d}\n"))
        .collect();
    run_at(dir.path(), &["extract", "-", "--from", "jsonl", "-o", "news.sqlite"], input.as_bytes()).quiet();
    let db = Connection::open(dir.path().join("news.sqlite")).unwrap();
    let rows = |sql: &str| -> Vec<Vec<String>> {
        let mut query = db.prepare(sql).unwrap();
        let count = query.column_count();
        let row = |r: &rusqlite::Row<'_>| {
            Ok((0..count)
                .map(|n| match r.get_ref(n).unwrap() {
                    rusqlite::types::ValueRef::Text(t) => String::from_utf8(t.to_vec()).unwrap(),
                    other => format!("{other:?}"),
                })
                .collect())
        };
        query.query_map([], row).unwrap().map(Result::unwrap).collect()
    };
    let one = |n: u8| format!("Integer({n})");
    assert_eq!(
        rows(
            "SELECT doc, subject_key, metric, unit, period, value, value_real, reports, conflict, is_latest FROM series"
        ),
        [("a", "60000000", "60000000.0", 0), ("b", "59900000", "59900000.0", 0), ("c", "59900000", "59900000.0", 1)]
            .map(|(doc, value, real, latest)| vec![
                doc.to_owned(),
                "nordkap".to_owned(),
                "revenue".to_owned(),
                "EUR".to_owned(),
                "2024".to_owned(),
                value.to_owned(),
                format!("Real({real})"),
                one(3),
                one(1),
                one(latest),
            ])
    );
    assert_eq!(rows("SELECT doc, value FROM latest"), [["c", "59900000"]]);
    assert_eq!(
        rows("SELECT doc, direction, by_value, by_unit, to_value FROM changes")[0],
        ["a", "up", "24", "%", "60000000"]
    );
    assert_eq!(rows("SELECT name, documents FROM names"), [["Nordkap AG".to_owned(), one(3)]]);
}

#[test]
fn tables_of_another_schema_are_refused_with_advice() {
    let dir = folder();
    let path = dir.path().join("news.sqlite");
    let args = ["extract", "-", "-o", "news.sqlite"];
    run_at(dir.path(), &args, b"5 Euro").quiet();
    let set = |sql: &str| Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    set("UPDATE kennzahl_schema SET schema_version = '2.0'");
    let before = dump(&path);
    run_at(dir.path(), &args, b"6 Euro").told(2, &["news.sqlite", "schema 2.0", "new database"]);
    assert_eq!(dump(&path), before);
    // A newer MINOR has more columns, which stay empty; an older one fewer, which are added.
    set("UPDATE kennzahl_schema SET schema_version = '1.99'; ALTER TABLE facts ADD COLUMN mood text");
    run_at(dir.path(), &args, b"7 Euro").quiet();
    assert!(dump(&path).iter().any(|l| l.contains("1.99") || l.contains("kennzahl_schema")));
    set("UPDATE kennzahl_schema SET schema_version = '1.0'; ALTER TABLE documents DROP COLUMN lang");
    run_at(dir.path(), &args, b"8 Euro").quiet();
    assert!(Connection::open(&path).unwrap().prepare("SELECT lang FROM documents").is_ok());

    fs::write(dir.path().join("no.sqlite"), "no database, but a text of some length that stands in its place").unwrap();
    run_at(dir.path(), &["extract", "-", "-o", "no.sqlite"], b"5 Euro").told(2, &["no.sqlite", "name another file"]);
}

#[test]
fn what_o_says() {
    let dir = folder();
    let told = |args: &[&str], parts: &[&str]| {
        let args: Vec<_> = ["extract", "-"].iter().chain(args).copied().collect();
        run_at(dir.path(), &args, b"5 Euro").told(2, parts);
    };
    told(&["-o", "news.txt"], &["news.txt", "--to"]);
    told(&["-o", "news.csv.gz"], &["only JSON lines are packed"]);
    told(&["-o", "news.csv", "--to", "parquet"], &["another format"]);
    told(&["-o", "news.duckdb"], &["Parquet", "--sql duckdb"]);
    told(&["-o", "postgres://nobody:geheim@db/none", "--to", "csv"], &["another format"]);
    told(&["--to", "csv"], &["-o"]);
    told(&["-o", "postgres://nobody:geheim@127.0.0.1:1/none"], &["postgres://127.0.0.1/none"]);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);

    run_at(dir.path(), &["extract", "-", "-o", "out/", "--to", "csv"], b"5 Euro").quiet();
    assert!(fs::read_to_string(dir.path().join("out/quantities.csv")).unwrap().contains(",money,5,"));
    run_at(dir.path(), &["extract", "-", "-o", "out", "--to", "parquet", "--kinds", "quantity"], b"5 Euro").quiet();
    assert!(dir.path().join("out/quantities.parquet").exists() && !dir.path().join("out/facts.parquet").exists());
    run_at(dir.path(), &["extract", "-", "-o", "2026.01", "--to", "arrow"], b"5 Euro").quiet();
    assert!(dir.path().join("2026.01/facts.arrow").exists());
    run_at(dir.path(), &["extract", "-", "-o", "news.txt", "--to", "jsonl"], b"5 Euro").quiet();
    assert_eq!(records(&fs::read_to_string(dir.path().join("news.txt")).unwrap()).len(), 2);
    run_at(dir.path(), &["extract", "-", "-o", "/dev/null"], b"5 Euro").quiet();
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn the_sql_is_that_of_the_tables() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(&emit::sql(emit::Dialect::Sqlite)).unwrap();
    let described = emit::sql::markdown();
    for table in TABLES {
        let names: Vec<String> = {
            let query = db.prepare(&format!("SELECT * FROM {}", table.name)).unwrap();
            query.column_names().map(str::to_owned).collect()
        };
        assert_eq!(names, table.columns.iter().map(|c| c.name).collect::<Vec<_>>());
        assert!(table.key.iter().all(|k| table.columns.iter().any(|c| c.name == *k && c.required)));
        for c in table.columns {
            assert!(described.contains(&format!("| `{}` |", c.name)) && !c.about.is_empty(), "{}", c.name);
        }
    }
    let run = |args: &[&str]| run_at(Path::new("."), args, b"").quiet().out;
    assert!(run(&["schema", "--sql", "sqlite"]).contains("PRIMARY KEY (doc, id)"));
    assert!(run(&["schema", "--sql", "postgres"]).contains("numeric(38,9)"));
    assert!(run(&["schema", "--sql", "duckdb"]).contains("read_parquet('facts*.parquet')"));
    assert!(run(&["schema", "--tables"]).contains("## facts"));
}
