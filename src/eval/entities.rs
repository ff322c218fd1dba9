//! The figures of names: span and type, citation form, and B³ of coreference.
#![allow(clippy::float_arithmetic, reason = "scores are ratios")]

use super::gold::{Gold, GoldEntity};
use super::score::{Error, F1, context};
use crate::model::Analysis;
use std::collections::BTreeMap;

/// The figures of names over all documents.
#[derive(Default)]
pub(super) struct EntityFigures {
    full: F1,
    span: F1,
    named: F1,
    by_type: BTreeMap<String, F1>,
    /// Shares of one mention, in parts of [`PARTS`]: what the guideline's B³ adds up as fractions.
    together: Together,
}

/// Of each mention that is in both: how much of its cluster is in both, of what was found and of what is in gold.
#[derive(Default)]
struct Together {
    found: u64,
    gold: u64,
    mentions: u64,
}

/// One whole: fractions are added up as integers.
const PARTS: u64 = 1_000_000;

/// A name with what counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    start: usize,
    end: usize,
    kind: String,
}

impl EntityFigures {
    /// Adds a document; returns its own figure of span and type.
    pub(super) fn add(
        &mut self,
        doc: &Gold,
        gold: &[GoldEntity],
        analysis: &Analysis,
        chars: &dyn Fn(u32) -> usize,
        whole: &dyn Fn(usize) -> bool,
        errors: &mut Vec<Error>,
    ) -> F1 {
        let want: Vec<(Key, Option<&str>, Option<u32>)> = gold
            .iter()
            .filter(|e| whole(e.end))
            .map(|e| (Key { start: e.start, end: e.end, kind: e.kind.clone() }, e.name.as_deref(), e.coref))
            .collect();
        let of_gold = |k: &Key| want.iter().any(|(w, ..)| w == k);
        let unknown = |k: &Key| doc.unknown.iter().any(|(s, e)| *s <= k.start && k.end <= *e) && !of_gold(k);
        let got: Vec<(Key, &str, u32, &str)> = analysis
            .entities
            .iter()
            .map(|e| {
                let key = Key { start: chars(e.span.start), end: chars(e.span.end), kind: e.kind.name().to_owned() };
                (key, analysis.things[e.thing as usize].name.as_str(), e.thing, e.rule)
            })
            .filter(|(k, ..)| whole(k.end) && !unknown(k))
            .filter(|(k, ..)| doc.kinds.is_none_or(|kinds| kinds.contains(&k.kind.as_str())))
            .collect();
        let (w, g): (Vec<Key>, Vec<Key>) =
            (want.iter().map(|w| w.0.clone()).collect(), got.iter().map(|g| g.0.clone()).collect());
        let mut full = F1::default();
        full.add(g.clone(), w.clone());
        self.full.join(full);
        let spans = |keys: &[Key]| keys.iter().map(|k| (k.start, k.end)).collect::<Vec<_>>();
        self.span.add(spans(&g), spans(&w));
        let cited = |k: &Key, name: Option<&str>| (k.clone(), name.map(str::to_owned));
        self.named
            .add(got.iter().map(|g| cited(&g.0, Some(g.1))).collect(), want.iter().map(|w| cited(&w.0, w.1)).collect());
        let kinds: std::collections::BTreeSet<&str> = g.iter().chain(&w).map(|k| k.kind.as_str()).collect();
        for kind in kinds {
            let of = |keys: &[Key]| keys.iter().filter(|k| k.kind == kind).cloned().collect::<Vec<_>>();
            self.by_type.entry(format!("entity {kind}")).or_default().add(of(&g), of(&w));
        }
        self.tie(&want, &got);
        let text: Vec<char> = doc.text.chars().collect();
        let error = |k: &Key, missed: bool, rest: String| Error {
            doc: doc.id.clone(),
            missed,
            context: context(&text, k.start, k.end),
            fields: format!("{}{rest}", k.kind),
        };
        let mut wrong: Vec<(usize, Error)> = Vec::new();
        wrong.extend(w.iter().filter(|k| !g.contains(k)).map(|k| (k.start, error(k, true, String::new()))));
        let false_alarms = got.iter().filter(|(k, ..)| !w.contains(k));
        wrong.extend(false_alarms.map(|(k, _, _, rule)| (k.start, error(k, false, format!(" (rule {rule})")))));
        wrong.sort_by_key(|(start, e)| (*start, !e.missed));
        errors.extend(wrong.into_iter().map(|(_, e)| e));
        full
    }

    /// B³ over the mentions that are in both.
    fn tie(&mut self, want: &[(Key, Option<&str>, Option<u32>)], got: &[(Key, &str, u32, &str)]) {
        let both: Vec<(u32, u32)> =
            got.iter().filter_map(|g| Some((want.iter().find(|w| w.0 == g.0)?.2?, g.2))).collect();
        for (a, b) in &both {
            let count = |f: &dyn Fn(&(u32, u32)) -> bool| both.iter().filter(|x| f(x)).count() as u64;
            let shared = count(&|x| x == &(*a, *b));
            self.together.gold += shared * PARTS / count(&|x| x.0 == *a);
            self.together.found += shared * PARTS / count(&|x| x.1 == *b);
            self.together.mentions += 1;
        }
    }

    /// All figures by name; none where no names were annotated.
    pub(super) fn figures(self) -> Vec<(String, F1)> {
        if self.full.gold == 0 {
            return Vec::new();
        }
        let mut all = vec![
            ("entity span+type".to_owned(), self.full),
            ("entity span".to_owned(), self.span),
            ("entity span+type+name".to_owned(), self.named),
        ];
        let t = self.together;
        if t.mentions > 0 {
            // As counts of mentions: B³ precision and recall have the same number of them.
            let share = |parts: u64| (parts / t.mentions) as f64 / PARTS as f64;
            let (p, r) = (share(t.found), share(t.gold));
            let n = t.mentions as usize;
            all.push(("entity coref B3".to_owned(), F1::of_shares(p, r, n)));
        }
        all.extend(self.by_type);
        all
    }
}
