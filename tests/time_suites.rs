//! The peers' suites of dates, times, durations and sets, which stand beside the project in `../shared`. Where the folder
//! is absent the test says so and passes.
//!
//! The guideline writes two mentions where the peers have one range: such a case passes where our mentions inside it end
//! with it, the first begins with its lower end and the last lies at its upper end.

#![allow(clippy::print_stderr, reason = "a test says what it left out, and how far it is")]

use kennzahl::Extractor;
use kennzahl::model::Time;
use serde_json::Value;
use std::path::Path;

/// What the peers call what we call times.
const TYPES: [&str; 8] = ["date", "time", "datetime", "daterange", "timerange", "datetimerange", "duration", "set"];

/// One of our times as the suites see it.
struct Found {
    start: u64,
    end: u64,
    value: String,
    from: String,
    until: String,
}

impl Found {
    fn of(t: &Time, text: &str) -> Self {
        let chars = |byte: u32| text[..byte as usize].chars().count() as u64;
        let interval = t.interval.map_or_else(Default::default, |(a, b)| (a.to_string(), b.to_string()));
        let span = t.written.span;
        let (from, until) = interval;
        Self { start: chars(span.start), end: chars(span.end), value: t.value.as_str().to_owned(), from, until }
    }

    /// `T07:30`, where it is a clock time.
    fn clock(&self) -> Option<String> {
        let at = self.value.find('T').filter(|at| self.value[at + 1..].starts_with(|c: char| c.is_ascii_digit()))?;
        Some(self.value[at..].to_owned())
    }

    /// Whether it begins at a moment that the suite writes as a date, a date-time or a clock time.
    fn begins_at(&self, moment: &str) -> bool {
        let moment = short(moment);
        match moment.starts_with('T') {
            true => self.clock().as_deref() == Some(&moment),
            false => !self.from.is_empty() && (self.from.starts_with(&moment) || day(&self.from) == day(&moment)),
        }
    }
}

/// `T07` and `T07:00:00` as `T07:00`.
fn short(moment: &str) -> String {
    let moment = match moment.len() {
        3 if moment.starts_with('T') => format!("{moment}:00"),
        _ => moment.to_owned(),
    };
    match moment.strip_suffix(":00") {
        Some(head) if head.matches(':').count() == 1 => head.to_owned(),
        _ => moment,
    }
}

fn day(moment: &str) -> &str {
    moment.get(..10).unwrap_or(moment)
}

fn text_of<'v>(v: &'v Value, key: &str) -> &'v str {
    v[key].as_str().unwrap_or_default()
}

fn alternatives(expected: &Value) -> &[Value] {
    expected["alts"].as_array().map_or(&[], Vec::as_slice)
}

fn value_right(expected: &Value, found: &Found) -> bool {
    let alternatives = alternatives(expected);
    let by_alternative = alternatives.iter().any(|a| match a.as_str() {
        Some(moment) => found.begins_at(moment),
        None => {
            let (low, high) = (text_of(a, "low"), text_of(a, "high"));
            day(&found.from) == day(low) && day(&found.until) == day(high)
                || low.starts_with('T') && found.begins_at(low)
        }
    });
    if by_alternative {
        return true;
    }
    let Some(want) = expected["value"].as_str() else {
        return alternatives.is_empty();
    };
    let open = |value: &str| value.replace("XXXX-XX-XX", "");
    want == found.value
        || want.starts_with('T') && found.clock() == Some(short(want))
        || alternatives.is_empty() && found.value.starts_with("XXXX") && open(want) == open(&found.value)
}

fn right(expected: &Value, all: &[Found]) -> bool {
    let (Some(start), Some(end)) = (expected["start"].as_u64(), expected["end"].as_u64()) else { return false };
    if all.iter().any(|f| (f.start, f.end) == (start, end) && value_right(expected, f)) {
        return true;
    }
    let inside: Vec<&Found> = all.iter().filter(|f| start <= f.start && f.end <= end).collect();
    let [.., first, last] = inside[..] else { return false };
    if !text_of(expected, "type").ends_with("range") || last.end != end {
        return false;
    }
    let alternatives = alternatives(expected);
    alternatives.is_empty()
        || alternatives.iter().any(|a| {
            let (low, high) = (text_of(a, "low"), text_of(a, "high"));
            first.begins_at(low) && (last.begins_at(high) || !high.is_empty() && day(&last.until) == day(high))
        })
}

#[test]
fn suites_of_the_peers() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !shared.is_dir() {
        eprintln!("left out: ../shared is absent");
        return;
    }
    let extractor = Extractor::new();
    let mut worker = extractor.worker();
    let (mut passed, mut all, mut misses) = (0, 0, Vec::new());
    for name in ["recognizers", "nemo"] {
        let suite = std::fs::read_to_string(shared.join(format!("suites/{name}.dev.jsonl"))).expect("a suite");
        for case in suite.lines().map(|line| serde_json::from_str::<Value>(line).expect("a case")) {
            let scope = case["scope"].as_array().expect("scope");
            let flagged = case["flags"].as_array().is_some_and(|f| !f.is_empty());
            if flagged || !scope.iter().filter_map(Value::as_str).any(|s| TYPES.contains(&s)) {
                continue;
            }
            all += 1;
            let text = text_of(&case, "text");
            // To the minute: "2016-11-07T16:12:00".
            let published = case["ref"].as_str().and_then(|r| r.get(..16));
            let analysis = worker.analyse_dated(text, published);
            let found: Vec<Found> = analysis.times.iter().map(|t| Found::of(t, text)).collect();
            let expected = case["expect"].as_array().expect("expect");
            let within = |f: &Found, from: &Value, to: &Value| {
                from.as_u64().is_some_and(|a| a <= f.start) && to.as_u64().is_some_and(|b| f.end <= b)
            };
            let known = |f: &Found| {
                expected.iter().any(|e| within(f, &e["start"], &e["end"]))
                    || case["ignore"].as_array().is_some_and(|s| s.iter().any(|s| within(f, &s[0], &s[1])))
            };
            let complete = case["level"] != "part" || case["neg"] == true;
            let pass = expected.iter().all(|e| right(e, &found)) && (!complete || found.iter().all(known));
            match pass {
                true => passed += 1,
                false => misses.push(text_of(&case, "id").to_owned()),
            }
        }
    }
    eprintln!("{passed} of {all} unflagged cases; missed: {}", misses.join(", "));
    assert!(passed * 100 >= all * 88, "{passed} of {all}");
}
