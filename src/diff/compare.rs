//! One document of two runs → what changed in it.

use super::change::{Field, What, differing, worst};
use super::matched::{matched, place_facts};
use super::pair::Pair;
use super::record::Record;
use super::report::{Change, Context, Report};
use super::stream::Records;
use crate::error::Error;
use std::collections::BTreeMap;

/// The kinds that are compared, in the order of the records.
pub const KINDS: [&str; 6] = ["document", "quantity", "time", "entity", "fact", "conflict"];

/// So many characters of context on each side.
const AROUND: usize = 50;

/// The records of a document in one run, by kind.
struct Side<'a> {
    kinds: BTreeMap<String, Vec<Record>>,
    /// The names of mentions, where a role belongs to one.
    names: BTreeMap<String, String>,
    text: Option<&'a str>,
}

/// Adds to a report what changed in a document; only records of these kinds are looked at. A document that is the same
/// byte for byte costs no more than to see that. Lines that are no record come back as errors; the others are compared.
pub fn compare(pair: &Pair, kinds: &[&str], report: &mut Report) -> Vec<Error> {
    let mut errors = Vec::new();
    report.document();
    let (old, new) = match (&pair.old, &pair.new) {
        (Some(old), Some(new)) if old.lines == new.lines => return errors,
        (Some(old), Some(new)) => (Side::read(old, &mut errors), Side::read(new, &mut errors)),
        (old, new) => {
            if kinds.contains(&"document") {
                let what = if old.is_some() { What::DocumentGone } else { What::DocumentNew };
                let said = |r: &Option<Records>| r.as_ref().map(|r| format!("{} bytes of records", r.lines.len()));
                let change = Change::new(doc_of(pair), "document", what);
                report.add(Change { old: said(old), new: said(new), ..change }, |_| {});
            }
            return errors;
        }
    };
    let sides = Sides { doc: doc_of(pair), old, new };
    if !sides.documents(kinds.contains(&"document"), report) {
        kinds.iter().filter(|k| **k != "document").for_each(|kind| sides.kind(kind, report));
    }
    errors
}

fn doc_of(pair: &Pair) -> &str {
    pair.new.as_ref().or(pair.old.as_ref()).map_or("", |r| &r.doc)
}

impl<'a> Side<'a> {
    fn read(records: &'a Records, errors: &mut Vec<Error>) -> Self {
        let mut kinds: BTreeMap<String, Vec<Record>> = BTreeMap::new();
        for line in records.lines.split(|b| *b == b'\n').filter(|l| !l.is_empty()) {
            match Record::parse(line) {
                Ok(record) => kinds.entry(record.kind.clone()).or_default().push(record),
                Err(e) => errors.push(e.within(&records.doc)),
            }
        }
        let mut facts = kinds.remove("fact").unwrap_or_default();
        place_facts(&mut facts, kinds.get("quantity").map_or(&[], |q| q));
        kinds.insert("fact".to_owned(), facts);
        let entities = kinds.get("entity").map_or(&[][..], |e| e);
        let asked = entities.iter().any(|e| e.get("of").is_some());
        let named = |e: &Record| Some((e.id.clone(), e.get("name")?.to_owned()));
        let names = entities.iter().filter(|_| asked).filter_map(named).collect();
        Self { kinds, names, text: records.text.as_deref() }
    }

    fn of(&self, kind: &str) -> impl Iterator<Item = &Record> {
        self.kinds.get(kind).into_iter().flatten()
    }

    /// What it has where a record of the other run stands.
    fn instead(&self, gone: &Record) -> Option<String> {
        let others = ["quantity", "time", "entity", "refused"];
        let mut here = others.iter().filter(|k| **k != gone.kind).flat_map(|k| self.of(k));
        let found = here.find(|r| r.place.0 < gone.place.1 && gone.place.0 < r.place.1)?;
        Some(format!("{}: {}", found.kind, found.shown()))
    }
}

/// A document in both runs.
struct Sides<'a> {
    doc: &'a str,
    old: Side<'a>,
    new: Side<'a>,
}

impl Sides<'_> {
    /// Compares the document records; whether the texts differ, so that nothing else can be compared.
    fn documents(&self, asked: bool, report: &mut Report) -> bool {
        let (Some(old), Some(new)) = (self.old.of("document").next(), self.new.of("document").next()) else {
            return false;
        };
        let fields = differing(old, new);
        let other_text = fields.iter().any(|f| f.name == "text_sha256");
        if let Some(what) = worst("document", &fields).filter(|_| asked || other_text) {
            self.add(what, Some(old), Some(new), fields, report);
        }
        other_text
    }

    fn kind(&self, kind: &str, report: &mut Report) {
        let (old, new): (Vec<_>, Vec<_>) = (self.old.of(kind).collect(), self.new.of(kind).collect());
        let matched = matched(&old, &new);
        let mut chains = Chains::default();
        for (i, j) in matched.pairs {
            let (a, b) = (old[i], new[j]);
            let mut fields = differing(a, b);
            if kind == "entity" {
                fields.extend(chains.differ(a, b));
                fields.extend(self.belongs(a, b));
            }
            let what = worst(kind, &fields);
            // Facts stand in their sentences; what moves those moves all that is in them.
            let moved = kind != "fact" && a.place != b.place;
            if moved {
                let show = |r: &Record| Some(format!("{}..{} {}", r.start, r.end, one_line(&r.text)));
                fields.push(Field { name: "span".into(), old: show(a), new: show(b) });
            }
            if let Some(what) = what.or(moved.then_some(What::Span)) {
                self.add(what, Some(a), Some(b), fields, report);
            }
        }
        for i in matched.gone {
            let what = if kind == "fact" { What::FactGone } else { What::Gone };
            self.add(what, Some(old[i]), None, Vec::new(), report);
        }
        for j in matched.come {
            self.add(What::New, None, Some(new[j]), Vec::new(), report);
        }
    }

    /// Whether a role is that of another organization. Ids change with any span, so names are compared.
    fn belongs(&self, a: &Record, b: &Record) -> Option<Field> {
        let name = |side: &Side<'_>, r: &Record| side.names.get(r.get("of")?).cloned();
        let (old, new) = (name(&self.old, a), name(&self.new, b));
        (old != new).then(|| Field { name: "of".into(), old, new })
    }

    fn add(&self, what: What, old: Option<&Record>, new: Option<&Record>, fields: Vec<Field>, report: &mut Report) {
        let Some(shown) = new.or(old) else { return };
        let rule = match (old.map(|r| &*r.rule), new.map(|r| &*r.rule)) {
            (Some(a), Some(b)) if a != b && !a.is_empty() && !b.is_empty() => format!("{a} → {b}"),
            (a, b) => b.or(a).unwrap_or_default().to_owned(),
        };
        let change = Change {
            rule,
            start: shown.start,
            old: old.map(Record::shown),
            new: new.map(Record::shown),
            fields,
            ..Change::new(self.doc, &shown.kind, what)
        };
        report.add(change, |change| {
            change.context = context(&self.old, &self.new, shown);
            change.instead = match (old, new) {
                (Some(r), None) if r.kind != "fact" => self.new.instead(r),
                (None, Some(r)) if r.kind != "fact" => self.old.instead(r),
                _ => None,
            };
        });
    }
}

/// The words around a record: of the text where there is one, else of the sentence, which facts have.
fn context(old: &Side<'_>, new: &Side<'_>, r: &Record) -> Context {
    let alone = || Context { text: one_line(&r.text), ..Context::default() };
    if r.kind == "fact" || r.kind == "document" {
        return alone();
    }
    let mut facts = [new, old].into_iter().flat_map(|side| side.of("fact"));
    let sentence = || facts.find(|f| f.start <= r.start && r.end <= f.end).map(|f| (f.start, &*f.text));
    let around = new.text.or(old.text).map(|text| (0, text)).or_else(sentence);
    around.and_then(|(start, text)| cut_out(text, r.start.checked_sub(start)?, r)).unwrap_or_else(alone)
}

/// The words at this character of a text, if they are those of the record, with some around them.
fn cut_out(text: &str, at: u64, r: &Record) -> Option<Context> {
    let at = usize::try_from(at).ok()?;
    let start = text.char_indices().nth(at).map(|(byte, _)| byte)?;
    let end = start + r.text.len();
    if text.get(start..end)? != r.text {
        return None;
    }
    let from = text[..start].char_indices().rev().take(AROUND).last().map_or(start, |(byte, _)| byte);
    let until = text[end..].char_indices().nth(AROUND).map_or(text.len(), |(byte, _)| end + byte);
    // A word that is cut in two says nothing.
    let before = if from == 0 { &text[..start] } else { text[from..start].split_once(' ').map_or("", |(_, b)| b) };
    let after =
        if until == text.len() { &text[end..] } else { text[end..until].rsplit_once(' ').map_or("", |(a, _)| a) };
    Some(Context { before: one_line(before), text: one_line(&r.text), after: one_line(after) })
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Which thing of one run is which of the other: numbers of things shift where one is new, which is no change.
#[derive(Default)]
struct Chains {
    of_old: BTreeMap<String, String>,
    of_new: BTreeMap<String, String>,
}

impl Chains {
    fn differ(&mut self, old: &Record, new: &Record) -> Option<Field> {
        let (a, b) = (old.get("coref")?, new.get("coref")?);
        let known_b = self.of_old.entry(a.to_owned()).or_insert_with(|| b.to_owned()).clone();
        let known_a = self.of_new.entry(b.to_owned()).or_insert_with(|| a.to_owned()).clone();
        let differ = known_b != b || known_a != a;
        differ.then(|| Field { name: "coref".into(), old: Some(a.to_owned()), new: Some(b.to_owned()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: Option<&str>, lines: &[&str]) -> Option<Records> {
        let lines = lines.iter().flat_map(|l| format!("{l}\n").into_bytes()).collect();
        Some(Records { doc: "a".into(), lines, text: text.map(str::to_owned) })
    }

    fn compared(pair: &Pair) -> Vec<Change> {
        let mut report = Report::new(100, false);
        assert_eq!(compare(pair, &KINDS, &mut report), []);
        report.groups().flat_map(|(_, group)| group.samples.clone()).collect()
    }

    fn changes(pair: &Pair) -> Vec<String> {
        let context = |c: &Context| format!("{}[{}]{}", c.before, c.text, c.after);
        let one = |c: &Change| format!("{} {} {} {}", c.what.name(), c.kind, c.rule, context(&c.context));
        compared(pair).iter().map(one).collect()
    }

    #[test]
    fn what_is_gone_says_what_stands_there_now() {
        let old =
            r#"{"kind":"quantity","doc":"a","id":"q4","start":4,"end":12,"text":"737 Jets","rule":"r","value":737}"#;
        let new = r#"{"kind":"refused","doc":"a","id":"r4","start":4,"end":7,"text":"737","reason":"product"}"#;
        let pair = Pair { old: records(None, &[old]), new: records(Some("Die 737 Jets."), &[new]) };
        assert_eq!(compared(&pair)[0].instead.as_deref(), Some("refused: product"));
        assert_eq!(changes(&pair), ["gone quantity r Die [737 Jets]."]);
    }

    #[test]
    fn numbers_of_things_may_shift_but_not_join() {
        let name = |start: u64, coref: u32| {
            format!(
                r#"{{"kind":"entity","doc":"a","id":"e{start}","start":{start},"end":{},"text":"xx","coref":{coref}}}"#,
                start + 2
            )
        };
        let run = |corefs: &[u32]| {
            let lines: Vec<_> = corefs.iter().enumerate().map(|(n, c)| name(n as u64 * 3, *c)).collect();
            records(None, &lines.iter().map(String::as_str).collect::<Vec<_>>())
        };
        assert!(changes(&Pair { old: run(&[1, 2, 1]), new: run(&[5, 7, 5]) }).is_empty());
        assert_eq!(changes(&Pair { old: run(&[1, 2, 1]), new: run(&[1, 2, 2]) }), ["coref entity  [xx]"]);
    }

    #[test]
    fn another_text_is_one_change() {
        let document = |sha: &str| format!(r#"{{"kind":"document","doc":"a","text_sha256":"{sha}"}}"#);
        let old = [document("1"), r#"{"kind":"time","doc":"a","id":"t0","start":0,"end":4,"text":"2005"}"#.into()];
        let pair = Pair {
            old: records(None, &old.iter().map(String::as_str).collect::<Vec<_>>()),
            new: records(None, &[&document("2")]),
        };
        assert_eq!(changes(&pair), ["other text document  []"]);
        let gone = Pair { new: None, ..pair };
        assert_eq!(changes(&gone), ["document gone document  []"]);
    }

    #[test]
    fn context_breaks_at_blanks_and_may_come_from_the_sentence() {
        let text = format!("{} ach 5 Euro so {}", "ä".repeat(60), "ö".repeat(60));
        let at = |text: &str| text[..text.find("5 Euro").unwrap()].chars().count() as u64;
        let (start, end) = (at(&text), at(&text) + 6);
        let record = |unit: &str| {
            format!(
                r#"{{"kind":"quantity","doc":"a","id":"q{start}","start":{start},"end":{end},"text":"5 Euro","unit":"{unit}"}}"#
            )
        };
        let pair = Pair { old: records(None, &[&record("EUR")]), new: records(Some(&text), &[&record("USD")]) };
        assert_eq!(changes(&pair), ["unit quantity  ach [5 Euro] so"]);
        let fact = format!(
            r#"{{"kind":"fact","doc":"a","id":"f{start}","start":{},"end":{},"text":"ach 5 Euro so"}}"#,
            start - 4,
            end + 3
        );
        let pair = Pair { old: records(None, &[&record("EUR"), &fact]), new: records(None, &[&record("USD"), &fact]) };
        assert_eq!(changes(&pair), ["unit quantity  ach [5 Euro] so"]);
    }
}
