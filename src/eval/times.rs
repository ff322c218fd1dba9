//! The figures of times: span, type and value, and overlap.

use super::figure::F1;
use super::muc::Mention;
use super::sheet::{Doc, Layer, Sheet};
use crate::gold::GoldTime;
use crate::model::Time;

/// A time with all that counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    start: usize,
    end: usize,
    kind: String,
    value: Option<String>,
}

impl Key {
    fn gold(t: &GoldTime) -> Self {
        Self { start: t.start, end: t.end, kind: t.kind.clone(), value: t.value.clone() }
    }

    fn found(t: &Time, doc: &Doc<'_>) -> Self {
        let (start, end) = doc.place(t.written.span);
        Self { start, end, kind: t.kind.name().to_owned(), value: Some(t.value.as_str().to_owned()) }
    }

    fn mention(&self) -> Mention {
        Mention { start: self.start, end: self.end, kind: self.kind.clone() }
    }
}

/// Adds the times of a document, where they were annotated; the figures are there in any case.
pub(super) fn add(doc: &Doc<'_>, sheet: &mut Sheet) {
    let gold = doc.gold.times.as_deref();
    let want: Vec<Key> = gold.unwrap_or_default().iter().map(Key::gold).filter(|k| doc.whole(k.end)).collect();
    let times = doc.analysis.times.iter().filter(|_| gold.is_some());
    let got: Vec<(Key, &'static str)> = times
        .map(|t| (Key::found(t, doc), t.written.rule))
        .filter(|(k, _)| doc.counts(Layer::Times, (k.start, k.end)))
        .collect();
    let found: Vec<Key> = got.iter().map(|(k, _)| k.clone()).collect();
    let spans = |keys: &[Key]| keys.iter().map(|k| (k.start, k.end)).collect::<Vec<_>>();

    let mut used = vec![false; found.len()];
    let (mut overlaps, mut values) = (0, 0);
    for w in &want {
        let free = |i: &usize| !used[*i] && found[*i].start < w.end && w.start < found[*i].end;
        if let Some(at) = (0..found.len()).find(free) {
            used[at] = true;
            overlaps += 1;
            values += usize::from(found[at].value == w.value);
        }
    }
    sheet.figure(4, "time strict", F1::matched(spans(&found), spans(&want)));
    sheet.figure(5, "time strict+type+value", F1::matched(found.clone(), want.clone()));
    sheet.figure(6, "time relaxed", F1::counts(overlaps, found.len(), want.len()));
    sheet.figure(7, "time relaxed+value", F1::counts(values, found.len(), want.len()));
    if gold.is_none() {
        return;
    }
    let mentions = |keys: &[Key]| keys.iter().map(Key::mention).collect::<Vec<_>>();
    sheet.mentions(Layer::Times, &mentions(&want), &mentions(&found));

    let error = |k: &Key, missed: bool, rule: &str| {
        let fields = format!("{} {}{rule}", k.kind, k.value.as_deref().unwrap_or("null"));
        doc.error(Layer::Times, (k.start, k.end), missed, fields)
    };
    let mut errors: Vec<_> = want.iter().filter(|k| !found.contains(k)).map(|k| error(k, true, "")).collect();
    for (k, rule) in &got {
        let right = want.contains(k);
        sheet.rule(Layer::Times, rule, right);
        if !right {
            errors.push(error(k, false, &format!(" (rule {rule})")));
        }
    }
    sheet.errors(errors);
}
