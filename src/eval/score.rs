//! The figures: micro F1 over all documents, as the annotation guideline defines them.
#![allow(clippy::float_arithmetic, reason = "scores are ratios")]

use super::entities::EntityFigures;
use super::facts::FactFigures;
use super::gold::{Gold, GoldQuantity, GoldTime};
use crate::emit::plain;
use crate::lexicon::Lexicon;
use crate::model::{Amount, Analysis, Decimal, Per, Quantity, Time};
use crate::pipeline::Extractor;
use std::collections::BTreeMap;

/// Counts that make an F1.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct F1 {
    /// In both.
    pub correct: usize,
    /// Found.
    pub found: usize,
    /// In gold.
    pub gold: usize,
}

impl F1 {
    /// In per cent; 100 where there is nothing.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.correct, self.found + self.gold)
    }

    /// Precision in per cent.
    pub fn precision(&self) -> f64 {
        ratio(self.correct, self.found)
    }

    /// Recall in per cent.
    pub fn recall(&self) -> f64 {
        ratio(self.correct, self.gold)
    }

    /// Counts of so many mentions that have about these shares.
    pub(super) fn of_shares(precision: f64, recall: f64, mentions: usize) -> Self {
        let correct = recall * mentions as f64;
        Self { correct: correct.round() as usize, found: (correct / precision).round() as usize, gold: mentions }
    }

    /// Adds the counts of another.
    pub(super) fn join(&mut self, other: Self) {
        self.correct += other.correct;
        self.found += other.found;
        self.gold += other.gold;
    }

    pub(super) fn add<K: Ord>(&mut self, found: Vec<K>, gold: Vec<K>) {
        self.found += found.len();
        self.gold += gold.len();
        let mut counts: BTreeMap<K, usize> = BTreeMap::new();
        for k in gold {
            *counts.entry(k).or_default() += 1;
        }
        for k in found {
            if let Some(n) = counts.get_mut(&k).filter(|n| **n > 0) {
                *n -= 1;
                self.correct += 1;
            }
        }
    }
}

fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 100.0 } else { 100.0 * a as f64 / b as f64 }
}

/// One miss or false alarm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The document.
    pub doc: String,
    /// In gold and not found, or the other way round.
    pub missed: bool,
    /// The mention in brackets with what stands around it.
    pub context: String,
    /// Its fields, and the rule that made it.
    pub fields: String,
}

/// The counts of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentScore {
    /// The document.
    pub doc: String,
    /// All fields.
    pub full: F1,
    /// Money and percent exact.
    pub money: F1,
    /// Times with type and value.
    pub times: F1,
    /// Names with type.
    pub entities: F1,
    /// Facts with number and metric.
    pub facts: F1,
}

/// All figures.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By name, in the order of the definition.
    pub figures: Vec<(String, F1)>,
    /// By document.
    pub documents: Vec<DocumentScore>,
    /// Quantities missed or wrong, in text order.
    pub errors: Vec<Error>,
    /// Times missed or wrong, in text order.
    pub time_errors: Vec<Error>,
    /// Names missed or wrong, in text order.
    pub entity_errors: Vec<Error>,
    /// Facts missed or wrong in a slot, in the order of their numbers.
    pub fact_errors: Vec<Error>,
    /// Values that are a gold value of the same span times a power of ten, or with its sign turned.
    pub severe: Vec<Error>,
    /// Facts of gold's number and metric that name another thing as their subject.
    pub severe_subjects: Vec<Error>,
}

impl Report {
    /// The figure of a name.
    pub fn figure(&self, name: &str) -> Option<F1> {
        self.figures.iter().find(|(n, _)| n == name).map(|(_, f)| *f)
    }
}

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

    fn found(q: &Quantity, text: &str, chars: &dyn Fn(u32) -> usize, lexicon: &Lexicon) -> Self {
        let exact = |d: Decimal| Number::decimal(d, 1);
        let (value, low, high) = match q.amount {
            Amount::Value(v) => (Some(exact(v)), None, None),
            Amount::Range { low, high } => (None, Some(exact(low)), high.map(exact)),
            Amount::Ratio { num, den } => (Some(Number::lowest(num, den)), None, None),
            Amount::Score(a, b) => (Some(Number::Text(format!("{a}:{b}"))), None, None),
        };
        Self {
            start: chars(q.span.start),
            end: chars(q.span.end),
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

    fn fields(&self) -> String {
        let number = |n: &Option<Number>| match n {
            Some(Number::Rational(n, 1)) => n.to_string(),
            Some(Number::Rational(n, d)) => format!("{n}/{d}"),
            Some(Number::Text(t)) => t.clone(),
            None => String::new(),
        };
        let mut out = self.kind.clone();
        out.push(' ');
        out.push_str(&number(&self.value));
        if self.low.is_some() {
            out.push_str(&format!("{}..{}", number(&self.low), number(&self.high)));
        }
        for (name, field) in [("", &self.unit), ("", &self.approx), ("per:", &self.per), ("noun:", &self.noun)] {
            if let Some(f) = field {
                out.push_str(&format!(" {name}{f}"));
            }
        }
        out
    }
}

/// Where a text breaks off: mentions that touch this place count neither way. None for a text with a final mark.
fn cut_at(text: &str) -> Option<usize> {
    let body = text.trim_end();
    let last = body.chars().last()?;
    (!".!?…\"“”»«)’':".contains(last)).then(|| body.chars().count())
}

/// Scores what the extractor finds in the gold's texts.
pub fn score(gold: &[Gold], extractor: &Extractor) -> Report {
    let mut worker = extractor.worker();
    let mut report = Report::default();
    let (mut span, mut core, mut full, mut money) = (F1::default(), F1::default(), F1::default(), F1::default());
    let mut by_type: BTreeMap<String, F1> = BTreeMap::new();
    let mut times = TimeFigures::default();
    let mut entities = EntityFigures::default();
    let mut facts = FactFigures::default();
    for doc in gold {
        let analysis = worker.analyse_dated(&doc.text, doc.published.as_deref());
        let mut starts = vec![0; doc.text.len() + 1];
        for (n, (at, _)) in doc.text.char_indices().enumerate() {
            starts[at] = n;
        }
        starts[doc.text.len()] = doc.text.chars().count();
        let chars = |byte: u32| starts[byte as usize];
        let cut = cut_at(&doc.text);
        let whole = |k: &Key| cut.is_none_or(|cut| k.end < cut);
        let want: Vec<Key> = doc.quantities.iter().map(Key::gold).filter(|k| whole(k)).collect();
        let rules: Vec<_> = analysis.quantities.iter().map(|q| q.rule).collect();
        let got: Vec<(Key, &str)> = analysis
            .quantities
            .iter()
            .zip(rules)
            .map(|(q, rule)| (Key::found(q, &doc.text, &chars, extractor.lexicon()), rule))
            .filter(|(k, _)| whole(k))
            .collect();
        let found: Vec<Key> = got.iter().map(|(k, _)| k.clone()).collect();
        let list = |keys: &[Key], f: &dyn Fn(&Key) -> Option<Key>| keys.iter().filter_map(f).collect::<Vec<_>>();
        let spans = |keys: &[Key]| keys.iter().map(|k| (k.start, k.end)).collect::<Vec<_>>();
        span.add(spans(&found), spans(&want));
        let of_core = |k: &Key| Some(Key { approx: None, ..k.without_per_and_noun() });
        core.add(list(&found, &of_core), list(&want, &of_core));
        let none = F1::default();
        let mut this =
            DocumentScore { doc: doc.id.clone(), full: none, money: none, times: none, entities: none, facts: none };
        this.full.add(found.clone(), want.clone());
        let of_money = |k: &Key| matches!(k.kind.as_str(), "money" | "percent").then(|| k.without_per_and_noun());
        this.money.add(list(&found, &of_money), list(&want, &of_money));
        full.join(this.full);
        money.join(this.money);
        let kinds: std::collections::BTreeSet<&str> = found.iter().chain(&want).map(|k| k.kind.as_str()).collect();
        for kind in kinds {
            let of_kind = |k: &Key| (k.kind == kind).then(|| k.clone());
            by_type.entry(format!("quantity {kind}")).or_default().add(list(&found, &of_kind), list(&want, &of_kind));
        }
        compare(doc, &want, &got, &mut report);
        let whole = |end| cut.is_none_or(|cut| end < cut);
        if let Some(gold) = &doc.times {
            this.times = times.add(doc, gold, &analysis, &chars, &whole, &mut report);
        }
        if let Some(gold) = &doc.entities {
            this.entities = entities.add(doc, gold, &analysis, &chars, &whole, &mut report.entity_errors);
        }
        if let Some(gold) = &doc.facts {
            this.facts = facts.add(doc, gold, &analysis, &chars, &whole, &mut report);
        }
        report.documents.push(this);
    }
    report.figures = vec![
        ("quantity span".to_owned(), span),
        ("quantity span+type+value+unit".to_owned(), core),
        ("quantity full".to_owned(), full),
        ("money+percent exact".to_owned(), money),
        ("time strict".to_owned(), times.strict),
        ("time strict+type+value".to_owned(), times.full),
        ("time relaxed".to_owned(), times.relaxed),
        ("time relaxed+value".to_owned(), times.relaxed_value),
    ];
    report.figures.extend(by_type);
    report.figures.extend(entities.figures());
    report.figures.extend(facts.figures());
    report
}

/// The figures of times.
#[derive(Default)]
struct TimeFigures {
    strict: F1,
    full: F1,
    relaxed: F1,
    relaxed_value: F1,
}

/// A time with all that counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct TimeKey {
    start: usize,
    end: usize,
    kind: String,
    value: Option<String>,
}

impl TimeFigures {
    /// Adds a document; returns its own figure of span, type and value.
    fn add(
        &mut self,
        doc: &Gold,
        gold: &[GoldTime],
        analysis: &Analysis,
        chars: &dyn Fn(u32) -> usize,
        whole: &dyn Fn(usize) -> bool,
        report: &mut Report,
    ) -> F1 {
        let of_gold =
            |t: &GoldTime| TimeKey { start: t.start, end: t.end, kind: t.kind.clone(), value: t.value.clone() };
        let want: Vec<TimeKey> = gold.iter().map(of_gold).filter(|k| whole(k.end)).collect();
        let of_found = |t: &Time| TimeKey {
            start: chars(t.written.span.start),
            end: chars(t.written.span.end),
            kind: t.kind.name().to_owned(),
            value: Some(t.value.as_str().to_owned()),
        };
        let got: Vec<(TimeKey, &str)> =
            analysis.times.iter().map(|t| (of_found(t), t.written.rule)).filter(|(k, _)| whole(k.end)).collect();
        let found: Vec<TimeKey> = got.iter().map(|(k, _)| k.clone()).collect();
        let spans = |keys: &[TimeKey]| keys.iter().map(|k| (k.start, k.end)).collect::<Vec<_>>();
        self.strict.add(spans(&found), spans(&want));
        let mut full = F1::default();
        full.add(found.clone(), want.clone());
        self.full.join(full);
        let mut used = vec![false; found.len()];
        for figure in [&mut self.relaxed, &mut self.relaxed_value] {
            figure.found += found.len();
            figure.gold += want.len();
        }
        for w in &want {
            let overlaps = |k: &TimeKey| k.start < w.end && w.start < k.end;
            if let Some(at) = (0..found.len()).find(|i| !used[*i] && overlaps(&found[*i])) {
                used[at] = true;
                self.relaxed.correct += 1;
                self.relaxed_value.correct += usize::from(found[at].value == w.value);
            }
        }
        let text: Vec<char> = doc.text.chars().collect();
        let error = |k: &TimeKey, missed: bool, rule: &str| Error {
            doc: doc.id.clone(),
            missed,
            context: context(&text, k.start, k.end),
            fields: format!("{} {}{rule}", k.kind, k.value.as_deref().unwrap_or("null")),
        };
        let mut errors: Vec<(usize, Error)> = Vec::new();
        errors.extend(want.iter().filter(|k| !found.contains(k)).map(|k| (k.start, error(k, true, ""))));
        let wrong = got.iter().filter(|(k, _)| !want.contains(k));
        errors.extend(wrong.map(|(k, rule)| (k.start, error(k, false, &format!(" (rule {rule})")))));
        errors.sort_by_key(|(start, e)| (*start, !e.missed));
        report.time_errors.extend(errors.into_iter().map(|(_, e)| e));
        full
    }
}

/// A mention in brackets with what stands around it.
pub(super) fn context(chars: &[char], start: usize, end: usize) -> String {
    let part = |a: usize, b: usize| chars[a..b.min(chars.len())].iter().collect::<String>().replace('\n', "⏎");
    format!("{}[{}]{}", part(start.saturating_sub(45), start), part(start, end), part(end, end + 30))
}

fn compare(doc: &Gold, want: &[Key], got: &[(Key, &str)], report: &mut Report) {
    let chars: Vec<char> = doc.text.chars().collect();
    let error = |k: &Key, missed: bool, rule: &str| Error {
        doc: doc.id.clone(),
        missed,
        context: context(&chars, k.start, k.end),
        fields: if rule.is_empty() { k.fields() } else { format!("{} (rule {rule})", k.fields()) },
    };
    let mut errors: Vec<(usize, Error)> = Vec::new();
    for k in want.iter().filter(|k| !got.iter().any(|(g, _)| g == *k)) {
        errors.push((k.start, error(k, true, "")));
    }
    for (k, rule) in got.iter().filter(|(k, _)| !want.contains(k)) {
        errors.push((k.start, error(k, false, rule)));
        if want.iter().any(|w| w.start < k.end && k.start < w.end && severe(w, k)) {
            report.severe.push(error(k, false, rule));
        }
    }
    errors.sort_by_key(|(start, e)| (*start, !e.missed));
    report.errors.extend(errors.into_iter().map(|(_, e)| e));
}

/// Whether one value is the other times a power of ten, or its negative.
fn severe(want: &Key, got: &Key) -> bool {
    let pairs = [(&want.value, &got.value), (&want.low, &got.low), (&want.high, &got.high)];
    pairs.iter().any(|(a, b)| match (a, b) {
        (Some(Number::Rational(a, x)), Some(Number::Rational(b, y))) => {
            let (Some(mut left), Some(mut right)) = (a.checked_mul(*y), b.checked_mul(*x)) else {
                return true;
            };
            if left == right || left == 0 || right == 0 {
                return false;
            }
            if left == -right {
                return true;
            }
            while left % 10 == 0 {
                left /= 10;
            }
            while right % 10 == 0 {
                right /= 10;
            }
            left == right
        }
        _ => false,
    })
}
