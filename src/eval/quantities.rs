//! The figures of quantities, and which of their errors are severe.

use super::figure::F1;
use super::muc::Mention;
use super::sheet::{Doc, Layer, Severe, Severity, Sheet};
use crate::emit::plain;
use crate::gold::GoldQuantity;
use crate::model::{Amount, Decimal, Per, Quantity};
use std::collections::BTreeSet;

/// A mention with all that counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    start: usize,
    end: usize,
    kind: String,
    value: Option<Number>,
    low: Option<Number>,
    high: Option<Number>,
    unit: Option<String>,
    approx: Option<String>,
    per: Option<String>,
    noun: Option<String>,
}

/// A rational, lowest terms; or what is written otherwise (`2:1`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Number {
    Rational(i128, i128),
    Text(String),
}

impl Number {
    fn read(text: &str) -> Self {
        let (num, den) = text.split_once('/').unwrap_or((text, "1"));
        match (Decimal::parse(num), den.parse::<i128>()) {
            (Some(num), Ok(den)) if den > 0 => Self::decimal(num, den),
            _ => Self::Text(text.to_owned()),
        }
    }

    fn decimal(d: Decimal, den: i128) -> Self {
        let mut places = 0;
        while d.scaled(places).to_int().is_none() && places < 40 {
            places += 1;
        }
        let (Some(num), Some(unit)) = (d.scaled(places).to_int(), 10i128.checked_pow(u32::from(places.unsigned_abs())))
        else {
            return Self::Text(d.to_string());
        };
        match unit.checked_mul(den) {
            Some(den) => Self::lowest(num, den),
            None => Self::Text(d.to_string()),
        }
    }

    fn lowest(num: i128, den: i128) -> Self {
        let (mut a, mut b) = (num.unsigned_abs(), den.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let by = i128::try_from(a.max(1)).unwrap_or(1);
        Self::Rational(num / by, den / by)
    }
}

impl Key {
    fn gold(q: &GoldQuantity) -> Self {
        let number = |s: &Option<String>| s.as_deref().map(Number::read);
        Self {
            start: q.start,
            end: q.end,
            kind: q.kind.clone(),
            value: number(&q.value),
            low: number(&q.low),
            high: number(&q.high),
            unit: q.unit.clone(),
            approx: q.approx.clone(),
            per: q.per.clone(),
            noun: q.noun.clone(),
        }
    }

    fn found(q: &Quantity, doc: &Doc<'_>) -> Self {
        let (text, lexicon) = (doc.gold.text.as_str(), doc.lexicon);
        let (start, end) = doc.place(q.span);
        let exact = |d: Decimal| Number::decimal(d, 1);
        let (value, low, high) = match q.amount {
            Amount::Value(v) => (Some(exact(v)), None, None),
            Amount::Range { low, high } => (None, Some(exact(low)), high.map(exact)),
            Amount::Ratio { num, den } => (Some(Number::lowest(num, den)), None, None),
            Amount::Score(a, b) => (Some(Number::Text(format!("{a}:{b}"))), None, None),
        };
        Self {
            start,
            end,
            kind: q.kind.name().to_owned(),
            value,
            low,
            high,
            unit: q.unit.map(|u| lexicon.unit(u).code.to_string()),
            approx: q.approx.map(|a| a.name().to_owned()),
            per: q.per.map(|p| match p {
                Per::Unit(id) => lexicon.unit(id).code.to_string(),
                Per::Noun(span) => plain(span.of(text)).into_owned(),
            }),
            noun: q.noun.map(|n| plain(n.of(text)).into_owned()),
        }
    }

    fn without_per_and_noun(&self) -> Self {
        Self { per: None, noun: None, ..self.clone() }
    }

    fn mention(&self) -> Mention {
        Mention { start: self.start, end: self.end, kind: self.kind.clone() }
    }

    /// The value, or both ends.
    fn amount(&self) -> String {
        let number = |n: &Option<Number>| match n {
            Some(Number::Rational(n, 1)) => n.to_string(),
            Some(Number::Rational(n, d)) => format!("{n}/{d}"),
            Some(Number::Text(t)) => t.clone(),
            None => String::new(),
        };
        let mut out = number(&self.value);
        if self.low.is_some() {
            out.push_str(&format!("{}..{}", number(&self.low), number(&self.high)));
        }
        out
    }

    fn fields(&self) -> String {
        let mut out = format!("{} {}", self.kind, self.amount());
        for (name, field) in [("", &self.unit), ("", &self.approx), ("per:", &self.per), ("noun:", &self.noun)] {
            if let Some(f) = field {
                out.push_str(&format!(" {name}{f}"));
            }
        }
        out
    }
}

/// What fills a field.
type Slot = fn(&Key) -> Option<String>;

/// The figures of one field alone, of those mentions that have it.
const SLOTS: [(&str, Slot); 5] = [
    ("value", |k| Some(k.amount())),
    ("unit", |k| k.unit.clone()),
    ("hedge", |k| k.approx.clone()),
    ("per", |k| k.per.clone()),
    ("noun", |k| k.noun.clone()),
];

/// Adds the quantities of a document.
pub(super) fn add(doc: &Doc<'_>, sheet: &mut Sheet) {
    let want: Vec<Key> = doc.gold.quantities.iter().map(Key::gold).filter(|k| doc.whole(k.end)).collect();
    let quantities = doc.analysis.quantities.iter();
    let got: Vec<(Key, &'static str)> = quantities
        .map(|q| (Key::found(q, doc), q.rule))
        .filter(|(k, _)| doc.counts(Layer::Quantities, (k.start, k.end)))
        .collect();
    let found: Vec<Key> = got.iter().map(|(k, _)| k.clone()).collect();
    let f1 = |f: &dyn Fn(&Key) -> Option<Key>| {
        F1::matched(found.iter().filter_map(f).collect(), want.iter().filter_map(f).collect())
    };
    let spans = |keys: &[Key]| keys.iter().map(|k| (k.start, k.end)).collect::<Vec<_>>();
    sheet.figure(0, "quantity span", F1::matched(spans(&found), spans(&want)));
    let core = f1(&|k| Some(Key { approx: None, ..k.without_per_and_noun() }));
    sheet.figure(1, "quantity span+type+value+unit", core);
    sheet.figure(2, "quantity full", f1(&|k| Some(k.clone())));
    let money = |k: &Key| matches!(k.kind.as_str(), "money" | "percent").then(|| k.without_per_and_noun());
    sheet.figure(3, "money+percent exact", f1(&money));
    let kinds: BTreeSet<&str> = found.iter().chain(&want).map(|k| k.kind.as_str()).collect();
    for kind in kinds {
        sheet.figure(10, &format!("quantity {kind}"), f1(&|k| (k.kind == kind).then(|| k.clone())));
    }
    for (n, (slot, filler)) in (11..).zip(SLOTS) {
        let fillers =
            |keys: &[Key]| -> Vec<_> { keys.iter().filter_map(|k| filler(k).map(|f| (k.start, k.end, f))).collect() };
        sheet.figure(n, &format!("quantity slot {slot}"), F1::matched(fillers(&found), fillers(&want)));
    }
    let mentions = |keys: &[Key]| keys.iter().map(Key::mention).collect::<Vec<_>>();
    sheet.mentions(Layer::Quantities, &mentions(&want), &mentions(&found));

    let error =
        |k: &Key, missed: bool, rule: &str| doc.error(Layer::Quantities, (k.start, k.end), missed, k.fields() + rule);
    let mut errors: Vec<_> = want.iter().filter(|k| !found.contains(k)).map(|k| error(k, true, "")).collect();
    for (k, rule) in &got {
        let right = want.contains(k);
        sheet.rule(Layer::Quantities, rule, right);
        if right {
            continue;
        }
        let error = error(k, false, &format!(" (rule {rule})"));
        let there = want.iter().filter(|w| w.start < k.end && k.start < w.end);
        if let Some((severity, w)) = there.filter_map(|w| Some((severity(w, k)?, w))).next() {
            sheet.severe.push(Severe { severity, error: error.clone(), gold: w.fields() });
        }
        errors.push(error);
    }
    sheet.errors(errors);
}

/// What makes the difference of two that overlap a severe one.
fn severity(want: &Key, got: &Key) -> Option<Severity> {
    let pairs = [(&want.value, &got.value), (&want.low, &got.low), (&want.high, &got.high)];
    let of_value = pairs.iter().find_map(|(a, b)| wrong_by(a.as_ref()?, b.as_ref()?));
    of_value.or_else(|| match (&want.unit, &got.unit) {
        (Some(a), Some(b)) if a != b => {
            let money = want.kind == "money" && got.kind == "money";
            Some(if money { Severity::Currency } else { Severity::Unit })
        }
        _ => None,
    })
}

/// Whether one value is the other times a power of ten, or its negative.
fn wrong_by(want: &Number, got: &Number) -> Option<Severity> {
    let (Number::Rational(a, x), Number::Rational(b, y)) = (want, got) else { return None };
    let (Some(left), Some(right)) = (a.checked_mul(*y), b.checked_mul(*x)) else {
        // So far apart, or so long, that nobody can tell: rather one too many.
        return Some(Severity::Factor).filter(|_| want != got);
    };
    let digits = |mut n: u128| {
        while n > 0 && n.is_multiple_of(10) {
            n /= 10;
        }
        n
    };
    if left == right || left == 0 || digits(left.unsigned_abs()) != digits(right.unsigned_abs()) {
        return None;
    }
    Some(if (left < 0) == (right < 0) { Severity::Factor } else { Severity::Sign })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(kind: &str, value: &str, unit: Option<&str>) -> Key {
        let q = GoldQuantity {
            end: 5,
            kind: kind.to_owned(),
            value: Some(value.to_owned()),
            unit: unit.map(str::to_owned),
            ..GoldQuantity::default()
        };
        Key::gold(&q)
    }

    #[test]
    fn powers_signs_units_and_currencies_are_severe() {
        let of = |a: (&str, &str, &str), b: (&str, &str, &str)| {
            let [a, b] = [a, b].map(|(kind, value, unit)| key(kind, value, Some(unit).filter(|u| !u.is_empty())));
            severity(&a, &b)
        };
        let euro = ("money", "5000", "EUR");
        assert_eq!(of(euro, ("money", "5", "EUR")), Some(Severity::Factor));
        assert_eq!(of(euro, ("money", "0.05", "USD")), Some(Severity::Factor), "the value counts first");
        assert_eq!(of(euro, ("money", "-5000", "EUR")), Some(Severity::Sign));
        assert_eq!(of(euro, ("money", "-5", "EUR")), Some(Severity::Sign));
        assert_eq!(of(euro, ("money", "5000", "USD")), Some(Severity::Currency));
        assert_eq!(of(("percent", "2", "%"), ("percent", "2", "pp")), Some(Severity::Unit));
        assert_eq!(of(("percent", "2", "%"), ("money", "2", "EUR")), Some(Severity::Unit));
        // Another number, and a unit that is left out, are errors like others.
        assert_eq!(of(euro, ("money", "5001", "EUR")), None);
        assert_eq!(of(euro, ("number", "5000", "")), None);
        assert_eq!(of(("number", "0", ""), ("number", "10", "")), None);
        assert_eq!(of(("fraction", "1/3", ""), ("fraction", "10/3", "")), Some(Severity::Factor));
        assert_eq!(of(("score", "2:1", ""), ("score", "20:10", "")), None);
    }
}
