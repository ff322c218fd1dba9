//! Gold beside output: what was found as gold has it, with another value or span, not at all, or in vain.

use super::document::Record;
use crate::emit::Options;
use crate::eval::{Gold, GoldFact, GoldQuantity};
use crate::link::learn::stem;
use crate::model::Decimal;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A field with what it says; none where it says nothing.
type Field = (&'static str, Option<String>);

/// Something that gold has, with UTF-16 offsets.
struct Wanted {
    start: usize,
    end: usize,
    fields: Vec<Field>,
}

/// The comparison as JSON: `of` says of each id what became of it, and which fields differ as `[field, found, gold]`;
/// `missed` has what was not found; `counts` has all by kind.
pub(super) fn compared(gold: &Gold, records: &[Record], options: Options) -> Value {
    let units: Vec<usize> = std::iter::once(0)
        .chain(gold.text.chars().scan(0, |at, c| {
            *at += c.len_utf16();
            Some(*at)
        }))
        .collect();
    let mut out = Comparison { of: Map::new(), missed: Vec::new(), counts: Map::new() };
    let wanted = |(start, end): (usize, usize), fields| Wanted { start: units[start], end: units[end], fields };
    if options.quantities {
        let all = gold.quantities.iter().map(|q| wanted((q.start, q.end), quantity(q)));
        out.mentions("quantity", all.collect(), records);
    }
    if let Some(times) = gold.times.as_ref().filter(|_| options.times) {
        let all = times
            .iter()
            .map(|t| wanted((t.start, t.end), vec![("type", Some(t.kind.clone())), ("value", t.value.clone())]));
        out.mentions("time", all.collect(), records);
    }
    if let Some(entities) = gold.entities.as_ref().filter(|_| options.entities) {
        let all = entities
            .iter()
            .map(|e| wanted((e.start, e.end), vec![("type", Some(e.kind.clone())), ("name", e.name.clone())]));
        out.mentions("entity", all.collect(), records);
    }
    if let Some(facts) = gold.facts.as_ref().filter(|_| options.facts) {
        out.facts(gold, facts, &units, records);
    }
    json!({ "of": out.of, "missed": out.missed, "counts": out.counts })
}

fn quantity(q: &GoldQuantity) -> Vec<Field> {
    vec![
        ("type", Some(q.kind.clone())),
        ("value", q.value.clone()),
        ("low", q.low.clone()),
        ("high", q.high.clone()),
        ("unit", q.unit.clone()),
        ("approx", q.approx.clone()),
        ("per", q.per.clone()),
        ("noun", q.noun.clone()),
    ]
}

struct Comparison {
    of: Map<String, Value>,
    missed: Vec<Value>,
    counts: Map<String, Value>,
}

impl Comparison {
    fn mentions(&mut self, kind: &'static str, wanted: Vec<Wanted>, records: &[Record]) {
        let found: Vec<&Record> = records.iter().filter(|r| r["kind"] == kind).collect();
        let mut used = vec![false; found.len()];
        let places: Vec<(usize, usize)> = found.iter().map(|r| place(r)).collect();
        // What has the very span is taken before what only overlaps.
        let mut pairs: Vec<Option<usize>> =
            wanted.iter().map(|w| places.iter().position(|p| *p == (w.start, w.end))).collect();
        for at in pairs.iter().flatten() {
            used[*at] = true;
        }
        for (w, pair) in wanted.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
            *pair = (0..found.len()).find(|i| !used[*i] && places[*i].0 < w.end && w.start < places[*i].1);
            if let Some(at) = *pair {
                used[at] = true;
            }
        }
        let mut counts = [0; 4];
        for (w, pair) in wanted.iter().zip(pairs) {
            let Some(at) = pair else {
                counts[2] += 1;
                self.missed.push(json!({ "kind": kind, "start": w.start, "end": w.end, "fields": shown(&w.fields) }));
                continue;
            };
            let mut differ: Vec<Value> = w
                .fields
                .iter()
                .map(|(field, gold)| (field, mention_field(found[at], field), gold))
                .filter(|(_, found, gold)| !same(found.as_deref(), gold.as_deref()))
                .map(|(field, found, gold)| json!([field, found, gold]))
                .collect();
            if places[at] != (w.start, w.end) {
                differ.insert(0, json!(["span", places[at], [w.start, w.end]]));
            }
            counts[usize::from(!differ.is_empty())] += 1;
            self.judge(found[at], differ);
        }
        for (record, _) in found.iter().zip(used).filter(|(_, used)| !used) {
            counts[3] += 1;
            self.spurious(record);
        }
        self.count(kind, counts);
    }

    fn judge(&mut self, record: &Record, differ: Vec<Value>) {
        let is = if differ.is_empty() { "found" } else { "different" };
        self.of.insert(id(record), json!({ "is": is, "fields": differ }));
    }

    fn spurious(&mut self, record: &Record) {
        self.of.insert(id(record), json!({ "is": "spurious", "fields": [] }));
    }

    fn count(&mut self, kind: &str, [found, different, missed, spurious]: [u32; 4]) {
        let counts = json!({ "found": found, "different": different, "missed": missed, "spurious": spurious });
        self.counts.insert(kind.to_owned(), counts);
    }

    /// Facts are paired by the number that carries them, those of one metric first.
    fn facts(&mut self, gold: &Gold, facts: &[GoldFact], units: &[usize], records: &[Record]) {
        let numbers: BTreeMap<&str, (usize, usize)> = records
            .iter()
            .filter(|r| r["kind"] == "quantity")
            .map(|r| (r["id"].as_str().unwrap_or(""), place(r)))
            .collect();
        let found: Vec<&Record> = records.iter().filter(|r| r["kind"] == "fact").collect();
        let mut used = vec![false; found.len()];
        let names = names(gold);
        let wanted: Vec<Wanted> = facts.iter().map(|f| fact(f, gold, units)).collect();
        let stated: Vec<Vec<Field>> =
            found.iter().map(|r| FACT.iter().map(|f| (*f, fact_field(r, f))).collect()).collect();
        let carriers: Vec<Option<(usize, usize)>> =
            found.iter().map(|r| numbers.get(carrier(r)?.1.as_str()).copied()).collect();
        let mut pairs: Vec<Option<usize>> = vec![None; wanted.len()];
        for metric in [true, false] {
            for (w, pair) in wanted.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
                *pair = (0..found.len()).find(|i| {
                    let alike = !metric || same_slot(&stated[*i][0], &w.fields[0], &names);
                    !used[*i] && carriers[*i] == Some((w.start, w.end)) && alike
                });
                if let Some(at) = *pair {
                    used[at] = true;
                }
            }
        }
        let mut counts = [0; 4];
        for (w, pair) in wanted.iter().zip(pairs) {
            let Some(at) = pair else {
                counts[2] += 1;
                self.missed.push(json!({ "kind": "fact", "start": w.start, "end": w.end, "fields": shown(&w.fields) }));
                continue;
            };
            let slots = stated[at].iter().zip(&w.fields).filter(|(f, g)| !same_slot(f, g, &names));
            let differ: Vec<Value> = slots.map(|(f, g)| json!([f.0, f.1, g.1])).collect();
            counts[usize::from(!differ.is_empty())] += 1;
            self.judge(found[at], differ);
        }
        for (record, _) in found.iter().zip(used).filter(|(_, used)| !used) {
            counts[3] += 1;
            self.spurious(record);
        }
        self.count("fact", counts);
    }
}

/// The slots of a fact that are compared, the metric first.
const FACT: [&str; 8] = ["metric", "number is", "subject", "period", "direction", "versus", "status", "source"];

fn fact(f: &GoldFact, gold: &Gold, units: &[usize]) -> Wanted {
    let change = f.change.as_ref();
    let number = f.value.or(change.and_then(|c| c.by)).or(change.and_then(|c| c.from));
    let (start, end) = number.map_or((0, 0), |n| (gold.quantities[n].start, gold.quantities[n].end));
    let role = match (f.value, change.and_then(|c| c.by)) {
        (Some(_), _) => "value",
        (None, Some(_)) => "by",
        (None, None) => "from",
    };
    let slots = [
        f.metric.clone(),
        Some(role.to_owned()),
        f.subject.clone(),
        f.period.clone(),
        change.and_then(|c| c.direction.clone()),
        change.and_then(|c| c.versus.clone()),
        Some(f.status.clone().unwrap_or_else(|| "reported".to_owned())),
        f.source.clone(),
    ];
    Wanted { start: units[start], end: units[end], fields: FACT.into_iter().zip(slots).collect() }
}

/// The number that carries a fact: what it is there, and its id.
pub(super) fn carrier(r: &Record) -> Option<(&'static str, String)> {
    let roles = [("value", "/value/quantity"), ("by", "/change/by/quantity"), ("from", "/change/from/quantity")];
    roles.iter().find_map(|(role, pointer)| Some((*role, at(r, pointer)?)))
}

fn fact_field(r: &Record, field: &str) -> Option<String> {
    if field == "number is" {
        return carrier(r).map(|(role, _)| role.to_owned());
    }
    at(
        r,
        match field {
            "metric" => "/metric/lemma",
            "subject" => "/subject/name",
            "period" => "/period/value",
            "direction" => "/change/direction",
            "versus" => "/change/versus",
            "source" => "/source/name",
            _ => "/status",
        },
    )
}

/// What gold's names mean, by their texts and citation forms without case.
fn names(gold: &Gold) -> BTreeMap<String, u32> {
    let mut names = BTreeMap::new();
    let chars: Vec<char> = gold.text.chars().collect();
    for (e, coref) in gold.entities.iter().flatten().filter_map(|e| Some((e, e.coref?))) {
        let covered: String = chars[e.start..e.end].iter().collect();
        for name in [Some(covered), e.name.clone()].into_iter().flatten() {
            names.entry(name.to_lowercase()).or_insert(coref);
        }
    }
    names
}

fn same_slot(found: &Field, gold: &Field, names: &BTreeMap<String, u32>) -> bool {
    let (Some(a), Some(b)) = (&found.1, &gold.1) else { return found.1.is_none() == gold.1.is_none() };
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let thing = |name: &String| names.get(name);
    a == b
        || match found.0 {
            "metric" => stem(&a) == stem(&b),
            "subject" | "source" => thing(&a).is_some() && thing(&a) == thing(&b),
            _ => false,
        }
}

fn mention_field(r: &Record, field: &str) -> Option<String> {
    let text = |key| Some(r.get(key)?.as_str()?.to_owned());
    text(field).or_else(|| if field == "value" { text("ratio") } else { None })
}

/// Equal, numbers by what they are worth.
fn same(found: Option<&str>, gold: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (found, gold) else { return found == gold };
    a == b || rational(a).is_some_and(|a| rational(b) == Some(a))
}

/// `1.50` and `3/2` as the same fraction in lowest terms.
fn rational(text: &str) -> Option<(i128, i128)> {
    let (num, den) = text.split_once('/').unwrap_or((text, "1"));
    let (num, den): (Decimal, i128) = (Decimal::parse(num)?, den.parse().ok().filter(|d| *d > 0)?);
    let (digits, exp) = num.parts();
    let power = 10i128.checked_pow(exp.unsigned_abs().into())?;
    let (num, den) = if exp < 0 { (digits, power.checked_mul(den)?) } else { (digits.checked_mul(power)?, den) };
    let (mut a, mut b) = (num.unsigned_abs(), den.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let by = i128::try_from(a).ok()?.max(1);
    Some((num / by, den / by))
}

/// The fields that say something.
fn shown(fields: &[Field]) -> Map<String, Value> {
    fields.iter().filter_map(|(name, value)| Some(((*name).to_owned(), json!(value.as_ref()?)))).collect()
}

fn at(r: &Record, pointer: &str) -> Option<String> {
    let mut keys = pointer[1..].split('/');
    let first = r.get(keys.next()?)?;
    keys.try_fold(first, |v, key| v.get(key))?.as_str().map(str::to_owned)
}

fn place(r: &Record) -> (usize, usize) {
    let number = |key| r.get(key).and_then(Value::as_u64).map_or(0, |n| n as usize);
    (number("start"), number("end"))
}

fn id(r: &Record) -> String {
    r.get("id").and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_equal_by_what_they_are_worth() {
        for (a, b, equal) in [
            ("1.50", "1.5", true),
            ("3/2", "1.5", true),
            ("2/4", "1/2", true),
            ("59900000000", "59900000000", true),
            ("-1", "1", false),
            ("2:1", "2/1", false),
            ("0", "0/5", true),
        ] {
            assert_eq!(same(Some(a), Some(b)), equal, "{a} {b}");
        }
        assert!(same(None, None) && !same(None, Some("1")));
    }
}
