//! The figures of names: span and type, citation form, and B³ of coreference.

use super::figure::F1;
use super::muc::Mention;
use super::sheet::{Doc, Layer, Sheet};
use std::collections::BTreeSet;

/// The first of them; where it has nothing in gold, there are none.
pub(super) const FULL: &str = "entity span+type";

/// A name with what counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    start: usize,
    end: usize,
    kind: String,
}

/// A name of gold.
struct Want<'a> {
    key: Key,
    name: Option<&'a str>,
    coref: Option<u32>,
}

/// A name that was found.
struct Got<'a> {
    key: Key,
    name: &'a str,
    thing: u32,
    rule: &'static str,
}

/// Adds the names of a document, where they were annotated.
pub(super) fn add(doc: &Doc<'_>, sheet: &mut Sheet) {
    let Some(gold) = &doc.gold.entities else { return };
    let want = gold.iter().filter(|e| doc.whole(e.end)).map(|e| Want {
        key: Key { start: e.start, end: e.end, kind: e.kind.clone() },
        name: e.name.as_deref(),
        coref: e.coref,
    });
    let want: Vec<Want<'_>> = want.collect();
    let of_gold = |k: &Key| want.iter().any(|w| w.key == *k);
    let unknown = |k: &Key| doc.gold.unknown.iter().any(|(s, e)| *s <= k.start && k.end <= *e) && !of_gold(k);
    let got = doc.analysis.entities.iter().map(|e| {
        let (start, end) = doc.place(e.span);
        Got {
            key: Key { start, end, kind: e.kind.name().to_owned() },
            name: &doc.analysis.things[e.thing as usize].name,
            thing: e.thing,
            rule: e.rule,
        }
    });
    let asked = |k: &Key| doc.gold.kinds.is_none_or(|kinds| kinds.contains(&k.kind.as_str()));
    let got: Vec<Got<'_>> = got
        .filter(|g| doc.counts(Layer::Entities, (g.key.start, g.key.end)) && !unknown(&g.key) && asked(&g.key))
        .collect();

    let w: Vec<Key> = want.iter().map(|w| w.key.clone()).collect();
    let g: Vec<Key> = got.iter().map(|g| g.key.clone()).collect();
    sheet.figure(20, FULL, F1::matched(g.clone(), w.clone()));
    let spans = |keys: &[Key]| keys.iter().map(|k| (k.start, k.end)).collect::<Vec<_>>();
    sheet.figure(21, "entity span", F1::matched(spans(&g), spans(&w)));
    let named = F1::matched(
        got.iter().map(|g| (&g.key, Some(g.name))).collect(),
        want.iter().map(|w| (&w.key, w.name)).collect(),
    );
    sheet.figure(22, "entity span+type+name", named);
    if let Some(coref) = tied(&want, &got) {
        sheet.figure(23, "entity coref B3", coref);
    }
    let kinds: BTreeSet<&str> = g.iter().chain(&w).map(|k| k.kind.as_str()).collect();
    for kind in kinds {
        let of = |keys: &[Key]| keys.iter().filter(|k| k.kind == kind).cloned().collect::<Vec<_>>();
        sheet.figure(24, &format!("entity {kind}"), F1::matched(of(&g), of(&w)));
    }
    let mention = |k: &Key| Mention { start: k.start, end: k.end, kind: k.kind.clone() };
    let mentions = |keys: &[Key]| keys.iter().map(mention).collect::<Vec<_>>();
    sheet.mentions(Layer::Entities, &mentions(&w), &mentions(&g));

    let error = |k: &Key, missed: bool, rest: &str| {
        doc.error(Layer::Entities, (k.start, k.end), missed, format!("{}{rest}", k.kind))
    };
    let mut errors: Vec<_> = w.iter().filter(|k| !g.contains(k)).map(|k| error(k, true, "")).collect();
    for Got { key, rule, .. } in &got {
        let right = w.contains(key);
        sheet.rule(Layer::Entities, rule, right);
        if !right {
            errors.push(error(key, false, &format!(" (rule {rule})")));
        }
    }
    sheet.errors(errors);
}

/// B³ over the mentions that are in both: of each, how much of its cluster is in both, of what was found and of what is
/// in gold. None where no mention is.
fn tied(want: &[Want<'_>], got: &[Got<'_>]) -> Option<F1> {
    let both: Vec<(u32, u32)> =
        got.iter().filter_map(|g| Some((want.iter().find(|w| w.key == g.key)?.coref?, g.thing))).collect();
    let (mut found, mut gold) = (0, 0);
    for (a, b) in &both {
        let count = |f: &dyn Fn(&(u32, u32)) -> bool| both.iter().filter(|x| f(x)).count();
        let shared = count(&|x| x == &(*a, *b)) * F1::PARTS;
        gold += shared / count(&|x| x.0 == *a);
        found += shared / count(&|x| x.1 == *b);
    }
    (!both.is_empty()).then(|| F1::shares(found, gold, both.len()))
}
