//! What arithmetic says of facts: numbers that follow from them, and those that contradict each other.
#![allow(missing_docs, reason = "a test")]

#[allow(dead_code, reason = "shared with other tests")]
#[path = "common/cli.rs"]
mod cli;

use cli::{run, run_at, string};
use kennzahl::Extractor;
use kennzahl::model::{Amount, Analysis, Approx, Computed};
use serde_json::Value;

const DAY: &str = "2026-02-12";

fn analyse(text: &str) -> (Extractor, Analysis) {
    let extractor = Extractor::new().with_derived().with_checks();
    let found = extractor.worker().analyse_dated(text, Some(DAY));
    (extractor, found)
}

/// What follows from a text, one after the other: `earlier 48.07..48.51 USD just_below 2024`.
fn derived(text: &str) -> Vec<String> {
    let (extractor, found) = analyse(text);
    let shown = |d: &kennzahl::model::Derived| {
        let q = &d.number;
        let amount = match q.amount {
            Amount::Value(v) => v.to_string(),
            Amount::Range { low, high } => format!("{low}..{}", high.unwrap()),
            other => panic!("{other:?}"),
        };
        let way = match d.computed {
            Computed::Value => None,
            Computed::By(direction) => Some(direction.name()),
        };
        let unit = q.unit.map(|u| extractor.lexicon().unit(u).code.to_string());
        let period = d.period.as_ref().map(|p| p.value.as_str());
        let rule = q.rule.strip_prefix("derived-").unwrap();
        let parts = [Some(rule), way, Some(&amount), unit.as_deref(), q.approx.map(Approx::name), period];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    found.derived.iter().map(shown).collect()
}

#[test]
fn each_two_of_value_difference_and_earlier_value_give_the_third() {
    for (text, want) in [
        // 47.25 / 1.315 and 47.3 / 1.305: "knapp" takes the upper half of what the digits leave.
        (
            "Der Umsatz der Nordkap AG stieg im vergangenen Jahr um 31 Prozent auf knapp 47,3 Milliarden Dollar.",
            "earlier 35930000000..36250000000 USD just_below",
        ),
        (
            "Der Umsatz der Nordkap AG stieg im vergangenen Jahr gegenüber dem Vorjahr um 25 Prozent auf 50,0 Millionen Euro.",
            "earlier 39800000..40210000 EUR 2024",
        ),
        ("Der Gewinn der Nordkap AG sank um 3 Millionen Euro auf 9 Millionen Euro.", "earlier 11000000..13000000 EUR"),
        ("Die Arbeitslosenquote in Bremen sank im Mai um 0,2 Prozentpunkte auf 5,1 Prozent.", "earlier 5.2..5.4 %"),
        ("Der Umsatz der Nordkap AG hat sich auf 12 Millionen Euro verdoppelt.", "earlier 5470000..6580000 EUR about"),
        // People are counted, not rounded.
        ("Die Zahl der Mitarbeiter der Nordkap AG sank um 120 auf 4.380.", "earlier 4500"),
        // One end alone: 60 / 1.205.
        (
            "Der Umsatz der Nordkap AG stieg um 20 Prozent auf mehr als 60 Millionen Euro.",
            "earlier 49790000 EUR at_least",
        ),
        (
            "Der Umsatz der Nordkap AG stieg um bis zu 20 Prozent auf 60,0 Millionen Euro.",
            "earlier 49900000..60100000 EUR",
        ),
        // 56.95 / 50.05 and 57.05 / 49.95.
        (
            "Der Umsatz der Nordkap AG stieg im vergangenen Jahr von 50,0 auf 57,0 Millionen Euro.",
            "change up 13.78..14.22 % 2025",
        ),
        (
            "Die Arbeitslosenquote in Bremen fiel im vergangenen Jahr von 5,4 auf 5,1 Prozent.",
            "change down 0.2..0.4 pp 2025",
        ),
    ] {
        assert_eq!(derived(text), [want], "{text}");
    }
}

#[test]
fn nothing_follows_where_it_is_not_known_what_is_meant() {
    for text in [
        // Points or per cent?
        "Der Marktanteil der Nordkap AG stieg um 2 Prozent auf 5 Prozent.",
        // All is said.
        "Der Umsatz der Nordkap AG stieg um 14 Prozent von 50,0 auf 57,0 Millionen Euro.",
        // Nothing is said.
        "Der Umsatz der Nordkap AG betrug 57,0 Millionen Euro.",
        "Der Umsatz der Nordkap AG stieg um 14 Prozent.",
        // Twice of zero degrees is nothing.
        "Die Temperatur stieg in Bremen von 5 auf 10 Grad Celsius.",
    ] {
        assert_eq!(derived(text), [""; 0], "{text}");
    }
}

#[test]
fn what_is_derived_has_the_days_of_its_period() {
    let text = "Der Umsatz der Nordkap AG stieg im vierten Quartal 2025 gegenüber dem Vorjahr um 25 Prozent auf 50 Millionen Euro.";
    let (_, found) = analyse(text);
    let period = found.derived[0].period.as_ref().unwrap();
    assert_eq!(period.value.as_str(), "2024-Q4");
    let (from, until) = period.interval.unwrap();
    assert_eq!((from.date().to_string(), until.date().to_string()), ("2024-10-01".into(), "2025-01-01".into()));
}

/// What a text contradicts: `arithmetic 24 Prozent: 13.78..14.22 %`.
fn conflicts(text: &str) -> Vec<String> {
    let (_, found) = analyse(text);
    found.conflicts.iter().map(|c| format!("{} {}: {}", c.with.name(), c.span.of(text), c.expected)).collect()
}

#[test]
fn numbers_that_do_not_go_together() {
    let text = |by: &str, from: &str, value: &str| {
        format!("Der Umsatz der Nordkap AG stieg um {by} von {from} auf {value} Millionen Euro.")
    };
    assert_eq!(conflicts(&text("24 Prozent", "50,0", "57,0")), ["arithmetic 24 Prozent: 13.78..14.22 %"]);
    assert_eq!(
        conflicts(&text("17 Millionen Euro", "50,0", "57,0")),
        ["arithmetic 17 Millionen Euro: 6900000..7100000 EUR"]
    );
    // What may be rounded, cut off, hedged or said roundly is no contradiction.
    for (by, from, value) in [
        ("14 Prozent", "50,0", "57,0"),
        ("13 Prozent", "50,0", "57,0"),
        ("gut 13 Prozent", "50", "57"),
        ("rund 15 Prozent", "50,0", "57,0"),
        ("mehr als zehn Prozent", "50,0", "57,0"),
        ("fast 15 Prozent", "rund 50", "57,0"),
        ("ein Siebtel", "50", "57"),
        ("sieben Millionen Euro", "50,0", "57,0"),
    ] {
        assert_eq!(conflicts(&text(by, from, value)), [""; 0], "{by}, {from}, {value}");
    }
    // Nor is a difference to another month than the value in brackets.
    for other in [
        "Die Arbeitslosenquote in Bremen gab um 0,3 Punkte auf 6,2 Prozent nach (Vorjahr: 5,4 Prozent).",
        "Die Arbeitslosenquote in Bremen stieg um 0,3 Punkte auf 6,2 Prozent (Vorjahr: 5,4 Prozent).",
    ] {
        assert_eq!(conflicts(other), [""; 0], "{other}");
    }
    let company =
        "Der Umsatz der Nordkap AG stieg um 24,8 Prozent auf 57,0 Millionen Euro (Vorjahr: 50,0 Millionen Euro).";
    assert_eq!(conflicts(company), ["arithmetic 24,8 Prozent: 13.78..14.22 %"]);
}

#[test]
fn statements_that_cannot_both_hold() {
    let text = |first: &str, second: &str| {
        format!(
            "Im Jahr 2025 betrug der Umsatz der Nordkap AG {first}. Der Vorstand war zufrieden. \
             Die Nordkap AG steigerte im Jahr 2025 ihren Umsatz um 5 Prozent auf {second}."
        )
    };
    let found = conflicts(&text("57,3 Millionen Euro", "53,7 Millionen Euro"));
    assert_eq!(found, ["statement 53,7 Millionen Euro: 57250000..57350000 EUR"]);
    for (first, second) in [
        ("57,3 Millionen Euro", "57,3 Millionen Euro"),
        ("57,3 Millionen Euro", "57 Millionen Euro"),
        ("rund 55 Millionen Euro", "57,3 Millionen Euro"),
        ("57,3 Millionen Euro", "60,1 Millionen Dollar"),
        ("mehr als 50 Millionen Euro", "57,3 Millionen Euro"),
    ] {
        assert_eq!(conflicts(&text(first, second)), [""; 0], "{first}, {second}");
    }
}

#[test]
fn a_year_before_that_is_told_twice() {
    let text = |rest: &str| {
        format!(
            "Im Jahr 2024 betrug der Umsatz der Nordkap AG 40,3 Millionen Euro. Der Vorstand war zufrieden. \
             Der Umsatz der Nordkap AG stieg im Jahr 2025 {rest}."
        )
    };
    let follows = |value: &str| text(&format!("gegenüber dem Vorjahr um 25 Prozent auf {value} Millionen Euro"));
    let said = |earlier: &str| text(&format!("auf 50,4 Millionen Euro, nach {earlier} Millionen Euro im Vorjahr"));
    let expected = "40250000..40350000 EUR";
    assert_eq!(conflicts(&follows("70,0")), [format!("statement 25 Prozent: {expected}")]);
    assert_eq!(conflicts(&said("43,0")), [format!("statement 43,0 Millionen Euro: {expected}")]);
    for fine in [follows("50,4"), follows("rund 50"), said("40,3"), said("gut 40")] {
        assert_eq!(conflicts(&fine), [""; 0], "{fine}");
    }
}

const TWO: &str = "Der Umsatz der Nordkap AG stieg im vergangenen Jahr um 24 Prozent von 50,0 auf 57,0 Millionen Euro. \
                   Der Gewinn der Nordkap AG sank um 10 Prozent auf 9,0 Millionen Euro.";

fn of_kind(all: &[Value], kind: &str) -> Vec<Value> {
    all.iter().filter(|r| r["kind"] == kind).cloned().collect()
}

#[test]
fn the_records_are_written_on_request_and_are_of_the_schema() {
    let schema: Value = serde_json::from_str(&run(&["schema"], "").quiet().out).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let at = |args: &[&str]| {
        let all = run(&[&["extract", "-", "--published", DAY], args].concat(), TWO).quiet().records();
        for r in &all {
            assert!(schema.is_valid(r), "{:?}\n{r}", schema.iter_errors(r).next());
        }
        all
    };
    let plain = at(&[]);
    assert_eq!((of_kind(&plain, "fact").len(), of_kind(&plain, "conflict").len()), (2, 0));
    let more = at(&["--derive", "--check", "--explain"]);
    let facts = of_kind(&more, "fact");
    assert_eq!(facts.len(), 3);
    let (parent, derived) = (&facts[1], &facts[2]);
    assert_eq!(string(derived, "id"), format!("{}.d1", string(parent, "id")));
    for same in ["subject", "metric", "status", "sentence", "start", "end", "text"] {
        assert_eq!(derived[same], parent[same], "{same}");
    }
    let value = serde_json::json!({
        "type": "money", "low": 9880000, "high": 10120000, "unit": "EUR", "lower": 9880000, "upper": 10120000
    });
    assert_eq!(derived["value"], value);
    assert_eq!((&derived["derived"], &derived["rule"]), (&true.into(), &"derived-earlier".into()));
    assert_ne!(derived["fact_key"], parent["fact_key"]);
    assert!(derived.get("change").is_none() && parent.get("derived").is_none());
    // A number that was computed is no mention, and one of the text is.
    let mut wrong = derived.clone();
    wrong["value"]["quantity"] = "q3".into();
    assert!(!schema.is_valid(&wrong));
    let mut wrong = parent.clone();
    wrong["derived"] = true.into();
    assert!(!schema.is_valid(&wrong));

    let conflict = &of_kind(&more, "conflict")[0];
    let ids: Vec<&str> = conflict["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let fact = &facts[0];
    let quantity = |pointer| fact.pointer(pointer).unwrap().as_str().unwrap();
    let numbers = ["/value/quantity", "/change/by/quantity", "/change/from/quantity"].map(quantity);
    assert_eq!(ids, [&[fact["id"].as_str().unwrap()], &numbers[..]].concat());
    assert_eq!((&conflict["text"], &conflict["with"]), (&"24 Prozent".into(), &"arithmetic".into()));
    // Conflicts alone, without the facts that they are between; --kinds alone is about times.
    let alone = at(&["--check", "--kinds", "document"]);
    assert_eq!(alone.iter().map(|r| string(r, "kind")).collect::<Vec<_>>(), ["document", "conflict"]);
    assert_eq!(at(&["--kinds", "conflict"]), [Value::Null; 0]);
}

#[cfg(feature = "sqlite")]
#[test]
fn tables_have_what_was_derived_and_what_contradicts() {
    let dir = tempfile::tempdir().unwrap();
    let to = |file: &str| {
        let args = ["extract", "-", "--published", DAY, "--derive", "--check", "--quiet", "--no-manifest", "-o", file];
        run_at(dir.path(), &args, TWO.as_bytes()).told(0, &[]);
        dir.path().join(file)
    };
    let db = rusqlite::Connection::open(to("out.sqlite")).unwrap();
    let rows = |sql: &str| -> Vec<String> {
        let mut query = db.prepare(sql).unwrap();
        let rows = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let derived =
        "SELECT value_low || ' ' || value_high || ' ' || coalesce(value_quantity, '-') FROM facts WHERE derived";
    assert_eq!(rows(derived), ["9880000 10120000 -"]);
    assert_eq!(rows("SELECT id FROM facts WHERE derived IS NULL").len(), 2);
    assert_eq!(rows("SELECT \"with\" || ' ' || expected FROM conflicts"), ["arithmetic 13.78..14.22 %"]);
    // Views tell what was reported.
    assert_eq!(
        rows("SELECT DISTINCT doc FROM series WHERE id LIKE '%.d%' UNION SELECT doc FROM changes WHERE id LIKE '%.d%'"),
        [""; 0]
    );
    to("out.csv");
    let facts = std::fs::read_to_string(dir.path().join("out.facts.csv")).unwrap();
    assert_eq!(facts.lines().filter(|l| l.contains(",true,")).count(), 1, "{facts}");
}
