//! What changed between two runs, grouped by kind of change and rule, the most suspicious first.

use super::change::{Field, What};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The document.
    pub doc: String,
    /// The kind of the record.
    pub kind: String,
    /// What changed.
    pub what: What,
    /// The rule that made the record, `OLD → NEW` where two did; empty where the runs do not say.
    pub rule: String,
    /// Where it stands, in the new run if it is in there.
    pub start: u64,
    /// What the record says in the old run.
    pub old: Option<String>,
    /// What the record says in the new run.
    pub new: Option<String>,
    /// The fields that differ.
    pub fields: Vec<Field>,
    /// Of what is gone or new, what the other run has in its place: `refused: law`.
    pub instead: Option<String>,
    /// The words, and those around them.
    pub context: Context,
}

impl Change {
    pub(super) fn new(doc: &str, kind: &str, what: What) -> Self {
        Self {
            doc: doc.to_owned(),
            kind: kind.to_owned(),
            what,
            rule: String::new(),
            start: 0,
            old: None,
            new: None,
            fields: Vec::new(),
            instead: None,
            context: Context::default(),
        }
    }
}

/// The words of a record, and those around them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Context {
    /// In front.
    pub before: String,
    /// The words themselves.
    pub text: String,
    /// Behind.
    pub after: String,
}

/// Changes of one kind, of records of one kind that one rule made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// What changed.
    pub what: What,
    /// The kind of the records.
    pub kind: String,
    /// The rule; empty where the runs do not say.
    pub rule: String,
}

/// The changes of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// How many there are.
    pub count: u64,
    /// The first of them, in the order of the documents.
    pub samples: Vec<Change>,
}

/// So many groups are told apart; rules and fields are read from files, which may name any number of them.
const GROUPS: usize = 4096;

/// What changed between two runs. It grows with the kinds of changes, not with their number.
#[derive(Debug, Clone, Default)]
pub struct Report {
    samples: usize,
    only_severe: bool,
    groups: BTreeMap<Key, Group>,
    documents: u64,
    changed: u64,
    /// Whether the document in hand was counted as changed.
    counted: bool,
}

impl Report {
    /// An empty one, which keeps so many samples of each group, of severe changes alone if that is wanted.
    pub fn new(samples: usize, only_severe: bool) -> Self {
        Self { samples, only_severe, ..Self::default() }
    }

    /// A document begins.
    pub(super) fn document(&mut self) {
        self.documents += 1;
        self.counted = false;
    }

    /// Adds a change; `complete` adds what is told of samples alone: its context, what stands there instead.
    pub(super) fn add(&mut self, mut change: Change, complete: impl FnOnce(&mut Change)) {
        if self.only_severe && !change.what.is_severe() {
            return;
        }
        self.changed += u64::from(!std::mem::replace(&mut self.counted, true));
        let mut key = Key { what: change.what.clone(), kind: change.kind.clone(), rule: change.rule.clone() };
        if self.groups.len() >= GROUPS && !self.groups.contains_key(&key) {
            key = Key { what: What::Field("other".to_owned()), kind: String::new(), rule: String::new() };
        }
        let group = self.groups.entry(key).or_default();
        group.count += 1;
        if group.samples.len() < self.samples {
            complete(&mut change);
            group.samples.push(change);
        }
    }

    /// How many documents were compared, and how many of them changed.
    pub fn documents(&self) -> (u64, u64) {
        (self.documents, self.changed)
    }

    /// How many changes there are.
    pub fn changes(&self) -> u64 {
        self.groups.values().map(|g| g.count).sum()
    }

    /// How many of them are severe.
    pub fn severe(&self) -> u64 {
        self.groups.iter().filter(|(k, _)| k.what.is_severe()).map(|(_, g)| g.count).sum()
    }

    /// All groups: severe ones by suspicion, of those and of the others what is most frequent first.
    pub fn groups(&self) -> impl Iterator<Item = (&Key, &Group)> {
        let mut all: Vec<_> = self.groups.iter().collect();
        all.sort_by_key(|(key, group)| (key.what.rank(), Reverse(group.count), *key));
        all.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_by_suspicion_then_count_and_samples_of_each() {
        let mut report = Report::new(1, false);
        let mut add = |what: What, rule: &str, times: u32| {
            for n in 0..times {
                report.document();
                let change = Change { rule: rule.into(), ..Change::new(&n.to_string(), "quantity", what.clone()) };
                report.add(change, |_| {});
            }
        };
        add(What::New, "a", 9);
        add(What::Field("noun".into()), "a", 2);
        add(What::Field("approx".into()), "a", 1);
        add(What::Power, "b", 1);
        add(What::Power, "c", 3);
        let order: Vec<_> = report.groups().map(|(k, g)| (k.what.name(), &*k.rule, g.count, g.samples.len())).collect();
        let want =
            [("power of ten", "c", 3), ("power of ten", "b", 1), ("noun", "a", 2), ("approx", "a", 1), ("new", "a", 9)];
        assert_eq!(order, want.map(|(what, rule, n)| (what.to_owned(), rule, n, 1)));
        assert_eq!((report.changes(), report.severe(), report.documents()), (16, 4, (16, 16)));
        let mut severe = Report::new(1, true);
        severe.document();
        severe.add(Change::new("a", "time", What::Gone), |_| {});
        assert_eq!((severe.changes(), severe.documents()), (0, (1, 0)));
    }

    #[test]
    fn groups_are_bounded() {
        let mut report = Report::new(0, false);
        for n in 0..GROUPS + 10 {
            let change = Change { rule: n.to_string(), ..Change::new("a", "time", What::Gone) };
            report.add(change, |_| {});
        }
        assert_eq!(report.groups().count(), GROUPS + 1);
        assert_eq!(report.changes(), GROUPS as u64 + 10);
    }
}
