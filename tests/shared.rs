//! What stands beside the project, in `../shared`: the peers' case suites, the gold, and the script that defines the
//! figures. Where the folder is absent each test says so and passes.

#![allow(clippy::print_stderr, reason = "a test says what it left out, and how far it is")]

use kennzahl::eval::{read_gold, score};
use kennzahl::lexicon::Lexicon;
use kennzahl::model::{Amount, Quantity, QuantityType};
use kennzahl::{Extractor, eval};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Cases in which the annotation guideline says otherwise, with the reason.
const GUIDELINE_WINS: &[(&str, &str)] = &[
    ("recognizers/Number.NumberModel/3", "halb without a unit is no quantity"),
    ("recognizers/Number.NumberModel/6", "halb without a unit is no quantity"),
    ("recognizers/NumberWithUnit.AgeModel/1", "the span ends with the unit: alt is no part of it"),
    ("recognizers/NumberWithUnit.AgeModel/2", "the span ends with the unit: alt is no part of it"),
    ("recognizers/NumberWithUnit.AgeModel/7", "the span ends with the unit: alt is no part of it"),
    ("recognizers/NumberWithUnit.AgeModel/9", "the span ends with the unit: alt is no part of it"),
    ("recognizers/NumberWithUnit.DimensionModel/4", "zwischen … und is one mention"),
];

fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("left out: ../shared is absent");
    None
}

#[test]
fn case_suites_of_the_peers() {
    let Some(shared) = shared() else { return };
    let extractor = Extractor::new();
    let mut worker = extractor.worker();
    let (mut passed, mut all, mut misses) = (0, 0, Vec::new());
    for name in ["recognizers", "nemo"] {
        let path = shared.join(format!("suites/{name}.dev.jsonl"));
        for line in std::fs::read_to_string(path).expect("a suite").lines() {
            let case: Value = serde_json::from_str(line).expect("a case");
            let scope: Vec<&str> = case["scope"].as_array().expect("scope").iter().filter_map(Value::as_str).collect();
            let ours = ["number", "ordinal", "fraction", "percent", "money", "measure", "temperature", "age"];
            let flagged = case["flags"].as_array().is_some_and(|f| !f.is_empty());
            if flagged || !scope.iter().any(|s| ours.contains(s)) {
                continue;
            }
            all += 1;
            let text = case["text"].as_str().expect("text");
            let found = worker.analyse(text).quantities;
            let id = case["id"].as_str().expect("id").to_owned();
            if passes(&case, &scope, text, &found, extractor.lexicon()) {
                passed += 1;
                assert!(!GUIDELINE_WINS.iter().any(|(known, _)| *known == id), "{id} passes: strike it from the list");
            } else {
                misses.push(id);
            }
        }
    }
    eprintln!("{passed} of {all} unflagged cases");
    for id in &misses {
        let why = GUIDELINE_WINS.iter().find(|(known, _)| known == id).map_or("a miss", |(_, why)| why);
        eprintln!("  {id}: {why}");
    }
    assert!(passed * 100 >= all * 92, "{passed} of {all}: {misses:?}");
}

/// The type as the suites name it: count, number and multiple are one.
fn suite_type(q: &Quantity, lexicon: &Lexicon) -> &'static str {
    let warm = q.unit.is_some_and(|u| matches!(&*lexicon.unit(u).code, "Cel" | "[degF]" | "K"));
    match q.kind {
        QuantityType::Count | QuantityType::Multiple => "number",
        QuantityType::Measure if warm => "temperature",
        kind => kind.name(),
    }
}

fn passes(case: &Value, scope: &[&str], text: &str, found: &[Quantity], lexicon: &Lexicon) -> bool {
    let chars = |byte: u32| text[..byte as usize].chars().count() as u64;
    let expected = case["expect"].as_array().expect("expect");
    let at = |e: &Value, q: &Quantity| {
        Some(chars(q.span.start)) == e["start"].as_u64() && Some(chars(q.span.end)) == e["end"].as_u64()
    };
    let right = expected.iter().all(|e| {
        found.iter().any(|q| {
            let unit = q.unit.map(|u| lexicon.unit(u).code.to_string());
            let unit_right = match e["unit"].as_str() {
                None => true,
                Some("deg") => matches!(unit.as_deref(), Some("deg" | "Cel")),
                Some("[pp]") => unit.as_deref() == Some("pp"),
                Some(want) => unit.as_deref() == Some(want),
            };
            at(e, q) && unit_right && value_right(&e["value"], q) && Some(suite_type(q, lexicon)) == e["type"].as_str()
        })
    });
    let part = case["level"] == "part";
    let extra = found.iter().any(|q| {
        scope.contains(&suite_type(q, lexicon))
            && !expected.iter().any(|e| at(e, q))
            && !case["ignore"].as_array().is_some_and(|spans| {
                spans
                    .iter()
                    .any(|s| s[0].as_u64() <= Some(chars(q.span.start)) && Some(chars(q.span.end)) <= s[1].as_u64())
            })
    });
    right && (part || !extra)
}

/// Whether the value is the expected one, as rationals: `20000000/3`, `0.5`.
fn value_right(want: &Value, q: &Quantity) -> bool {
    let Some(want) = want.as_str() else {
        return want.is_null();
    };
    let (num, den) = want.split_once('/').unwrap_or((want, "1"));
    let Some(num) = kennzahl::model::Decimal::parse(num) else {
        return false;
    };
    let den = kennzahl::model::Decimal::parse(den).expect("a denominator");
    match q.amount {
        Amount::Value(v) => v.checked_mul(den) == Some(num),
        Amount::Ratio { num: n, den: d } => {
            use kennzahl::model::Decimal;
            Decimal::from_int(n).checked_mul(den) == num.checked_mul(Decimal::from_int(d))
        }
        _ => false,
    }
}

fn gold_folders(shared: &Path) -> Vec<PathBuf> {
    ["seed", "smartdata", "wikinews"].iter().map(|g| shared.join("gold").join(g)).collect()
}

#[test]
fn figures_on_the_shared_gold() {
    let Some(shared) = shared() else { return };
    let gold = read_gold(&gold_folders(&shared)).expect("gold");
    let report = score(&gold, &Extractor::new());
    let f1 = |name: &str| report.figure(name).expect("a figure").f1();
    let points = |text| eval::Points::parse(text).expect("a number");
    assert!(f1("quantity full") >= points("96.0"), "{}", f1("quantity full"));
    assert!(f1("money+percent exact") >= points("98.5"), "{}", f1("money+percent exact"));
    assert_eq!(report.severe_of(true).next(), None);
    assert!(f1("time strict+type+value") >= points("94.0"), "{}", f1("time strict+type+value"));
    assert!(f1("time relaxed+value") >= points("94.0"), "{}", f1("time relaxed+value"));
    let seed = score(&read_gold(&[shared.join("gold/seed")]).expect("gold"), &Extractor::new());
    assert_eq!(seed.errors_of(eval::Layer::Quantities).next(), None, "the seed article, exactly");
    assert_eq!(seed.errors_of(eval::Layer::Times).next(), None, "and all of its times");
}

#[test]
fn figures_are_those_of_the_defining_script() {
    let Some(shared) = shared() else { return };
    let folders = gold_folders(&shared);
    let script = Command::new("python3")
        .arg(shared.join("score/score.py"))
        .args(&folders)
        .args(["--json", "--bin", env!("CARGO_BIN_EXE_kennzahl")])
        .output();
    let Ok(script) = script else {
        eprintln!("left out: python3 is absent");
        return;
    };
    assert!(script.status.success(), "{}", String::from_utf8_lossy(&script.stderr));
    let ours = Command::new(env!("CARGO_BIN_EXE_kennzahl"))
        .args(["eval", "--json"])
        .args(&folders)
        .output()
        .expect("the binary");
    let theirs: BTreeMap<String, Value> = serde_json::from_slice(&script.stdout).expect("figures as JSON");
    let ours: Value = serde_json::from_slice(&ours.stdout).expect("a report as JSON");
    let ours: BTreeMap<String, Value> = serde_json::from_value(ours["figures"].clone()).expect("figures");
    // What the script does not define is ours alone.
    let alone = |name: &str| name == "entity coref B3" || name.contains(" slot ");
    for (name, figures) in ours.iter().filter(|(name, _)| !alone(name)) {
        assert_eq!(Some(figures), theirs.get(name), "{name}");
    }
    for (name, figures) in theirs.iter().filter(|(name, _)| name.starts_with("fact ")) {
        assert_eq!(ours.get(name), Some(figures), "{name}");
    }
    assert!(ours.len() >= 16, "all types are compared");
}
