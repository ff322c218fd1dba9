//! The figures of facts: each is keyed by the span of the number that carries it.

use super::figure::F1;
use super::sheet::{Doc, Error, Layer, Severe, Severity, Sheet};
use crate::gold::{Gold, GoldFact};
use crate::link::learn::stem;
use crate::model::{Fact, Party};
use std::collections::BTreeMap;

/// The slots that have a figure of their own, in its order.
const SLOTS: [&str; 9] = ["subject", "period", "direction", "by", "from", "versus", "status", "source", "metric"];

/// The first figure; where it is empty, there are none.
pub(super) const NUMBER: &str = "fact number";

/// Code points from and until.
type Place = (usize, usize);

/// A fact as it is written, of gold or found.
struct Stated<'a> {
    subject: Option<&'a str>,
    metric: &'a str,
    value: Option<Place>,
    period: Option<&'a str>,
    direction: Option<&'a str>,
    by: Option<Place>,
    from: Option<Place>,
    versus: Option<&'a str>,
    status: &'a str,
    source: Option<&'a str>,
    /// The rule that made it; none in gold.
    rule: Option<&'static str>,
    /// Whether the subject was found as a name, and not as a noun.
    named: bool,
}

/// What fills a slot, as far as it counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Filler {
    /// What gold's names of one `coref` mean.
    Thing(u32),
    Text(String),
    At(Place),
}

/// A fact with what counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    number: Option<Place>,
    metric: String,
    subject: Option<Filler>,
    period: Option<String>,
    /// The filled ones among all slots, these too.
    slots: Vec<(&'static str, Filler)>,
}

/// What gold's names mean, by their texts and citation forms without case.
struct Names(BTreeMap<String, Option<u32>>);

impl Names {
    fn read(doc: &Doc<'_>) -> Self {
        let mut names = BTreeMap::new();
        for e in doc.gold.entities.iter().flatten().filter(|e| doc.whole(e.end)) {
            let covered = doc.covered(e.start, e.end);
            for name in [Some(covered), e.name.clone()].into_iter().flatten().filter(|n| !n.is_empty()) {
                names.entry(name.to_lowercase()).or_insert(e.coref);
            }
        }
        Self(names)
    }

    /// The thing of a name, else the name; none for a name that gold has without saying what it means.
    fn meant(&self, name: &str) -> Option<Filler> {
        let name = name.to_lowercase();
        match self.0.get(&name) {
            Some(thing) => thing.map(Filler::Thing),
            None => Some(Filler::Text(name)),
        }
    }
}

impl<'a> Stated<'a> {
    fn gold(f: &'a GoldFact, doc: &Gold) -> Self {
        let place = |i: Option<usize>| i.and_then(|i| doc.quantities.get(i)).map(|q| (q.start, q.end));
        let change = f.change.as_ref();
        Self {
            subject: f.subject.as_deref(),
            metric: f.metric.as_deref().unwrap_or_default(),
            value: place(f.value),
            period: f.period.as_deref(),
            direction: change.and_then(|c| c.direction.as_deref()),
            by: place(change.and_then(|c| c.by)),
            from: place(change.and_then(|c| c.from)),
            versus: change.and_then(|c| c.versus.as_deref()),
            status: f.status.as_deref().filter(|s| !s.is_empty()).unwrap_or("reported"),
            source: f.source.as_deref(),
            rule: None,
            named: false,
        }
    }

    fn found(f: &'a Fact, doc: &Doc<'_>) -> Self {
        let place = |i: Option<u32>| doc.analysis.quantities.get(i? as usize).map(|q| doc.place(q.span));
        let name = |p: &'a Option<Party>| p.as_ref().map(|p| p.name.as_str());
        let change = f.change.as_ref();
        Self {
            subject: name(&f.subject),
            metric: &f.metric.lemma,
            value: place(f.value),
            period: f.period.as_ref().map(|p| p.value.as_str()),
            direction: change.and_then(|c| c.direction).map(|d| d.name()),
            by: place(change.and_then(|c| c.by)),
            from: place(change.and_then(|c| c.from)),
            versus: change.and_then(|c| c.versus.as_ref()).map(|t| t.as_str()),
            status: f.status.name(),
            source: name(&f.source),
            rule: Some(f.rule),
            named: f.subject.as_ref().is_some_and(|p| p.entity.is_some()),
        }
    }

    /// Its numbers, the one that carries it first.
    fn numbers(&self) -> impl Iterator<Item = Place> {
        [self.value, self.by, self.from].into_iter().flatten()
    }

    fn key(&self, names: &Names) -> Key {
        let metric = stem(&self.metric.to_lowercase()).to_owned();
        let subject = self.subject.and_then(|n| names.meant(n));
        let text = |t: Option<&str>| t.map(|t| Filler::Text(t.to_owned()));
        let slots = [
            ("subject", subject.clone()),
            ("metric", text(Some(&metric))),
            ("period", text(self.period)),
            ("status", text(Some(self.status))),
            ("direction", text(self.direction)),
            ("by", self.by.map(Filler::At)),
            ("from", self.from.map(Filler::At)),
            ("versus", text(self.versus)),
            ("source", self.source.and_then(|n| names.meant(n))),
            ("value", self.value.map(Filler::At)),
        ];
        Key {
            number: self.numbers().next(),
            metric,
            subject,
            period: self.period.map(str::to_owned),
            slots: slots.into_iter().filter_map(|(slot, filler)| Some((slot, filler?))).collect(),
        }
    }

    /// A line of a list of errors.
    fn error(&self, doc: &Doc<'_>) -> Error {
        let covered = |p: Option<Place>| p.map(|(start, end)| doc.covered(start, end));
        let owned = |t: Option<&str>| t.map(str::to_owned);
        let slots = [
            ("subject", owned(self.subject)),
            ("value", covered(self.value)),
            ("period", owned(self.period)),
            ("direction", owned(self.direction)),
            ("by", covered(self.by)),
            ("from", covered(self.from)),
            ("versus", owned(self.versus)),
            ("status", owned(Some(self.status).filter(|s| *s != "reported"))),
            ("source", owned(self.source)),
        ];
        let mut fields = self.metric.to_owned();
        for (slot, filler) in slots {
            if let Some(filler) = filler {
                fields.push_str(&format!("; {slot} {}", filler.replace('\n', "⏎")));
            }
        }
        if let Some(rule) = self.rule {
            fields.push_str(&format!(" (rule {rule})"));
        }
        doc.error(Layer::Facts, self.numbers().next().unwrap_or_default(), self.rule.is_none(), fields)
    }
}

/// Adds the facts of a document, where they were annotated.
pub(super) fn add(doc: &Doc<'_>, sheet: &mut Sheet) {
    let Some(gold) = &doc.gold.facts else { return };
    let names = Names::read(doc);
    // A fact is gone with any of its numbers, not with the one alone that carries it.
    let whole = |f: &Stated<'_>| f.numbers().all(|(_, end)| doc.whole(end));
    let counts = |f: &Stated<'_>| f.numbers().next().is_some_and(|carrier| doc.counts(Layer::Facts, carrier));
    let of_gold: Vec<Stated<'_>> = gold.iter().map(|f| Stated::gold(f, doc.gold)).filter(whole).collect();
    let of_found: Vec<Stated<'_>> =
        doc.analysis.facts.iter().map(|f| Stated::found(f, doc)).filter(whole).filter(counts).collect();
    let keys = |facts: &[Stated<'_>]| facts.iter().map(|f| f.key(&names)).collect::<Vec<_>>();
    let (want, got) = (keys(&of_gold), keys(&of_found));
    figures(&want, &got, sheet);

    let mut errors = Vec::new();
    let misses = of_gold.iter().zip(&want).filter(|(_, k)| !got.contains(k));
    errors.extend(misses.map(|(f, _)| f.error(doc)));
    for (f, k) in of_found.iter().zip(&got) {
        let right = want.contains(k);
        if let Some(rule) = f.rule {
            sheet.rule(Layer::Facts, rule, right);
        }
        if right {
            continue;
        }
        let error = f.error(doc);
        let same = |w: &Key| (w.number, &w.metric) == (k.number, &k.metric);
        let pairs: Vec<_> = of_gold.iter().zip(&want).filter(|(_, w)| same(w)).collect();
        let named = f.named || matches!(k.subject, Some(Filler::Thing(_)));
        if named && k.subject.is_some() && !pairs.iter().any(|(_, w)| w.subject == k.subject) {
            let theirs = pairs.iter().find(|(_, w)| w.subject.is_some()).and_then(|(g, _)| g.subject);
            let severe = |theirs| Severe {
                severity: Severity::Subject,
                error: error.clone(),
                gold: format!("subject {theirs}"),
            };
            sheet.severe.extend(theirs.map(severe));
        }
        errors.push(error);
    }
    sheet.errors(errors);
}

/// Each figure asks for one slot more; then slot by slot.
fn figures(want: &[Key], got: &[Key], sheet: &mut Sheet) {
    let number = |keys: &[Key]| keys.iter().map(|k| k.number).collect::<Vec<_>>();
    sheet.figure(30, NUMBER, F1::matched(number(got), number(want)));
    let metric = |keys: &[Key]| keys.iter().map(|k| (k.number, k.metric.clone())).collect::<Vec<_>>();
    sheet.figure(31, "fact number+metric", F1::matched(metric(got), metric(want)));
    let subject = |k: &Key| (k.number, k.metric.clone(), k.subject.clone());
    let subjects = |keys: &[Key]| keys.iter().map(subject).collect::<Vec<_>>();
    sheet.figure(32, "fact number+metric+subject", F1::matched(subjects(got), subjects(want)));
    let core = |keys: &[Key]| keys.iter().map(|k| (subject(k), k.period.clone())).collect::<Vec<_>>();
    sheet.figure(33, "fact core (number+metric+subject+period)", F1::matched(core(got), core(want)));
    let slots = |keys: &[Key], only: Option<&str>| -> Vec<(Option<Place>, &'static str, Filler)> {
        let of = |k: &Key| k.slots.iter().map(|(s, f)| (k.number, *s, f.clone())).collect::<Vec<_>>();
        keys.iter().flat_map(of).filter(|(_, slot, _)| only.is_none_or(|only| only == *slot)).collect()
    };
    sheet.figure(34, "fact slots", F1::matched(slots(got, None), slots(want, None)));
    for (n, slot) in (35..).zip(SLOTS) {
        let f1 = F1::matched(slots(got, Some(slot)), slots(want, Some(slot)));
        sheet.figure(n, &format!("fact slot {slot}"), f1);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use crate::eval::score::Report;
    use crate::gold::{GoldChange, GoldEntity, GoldQuantity};
    use crate::model::{
        Amount, Analysis, Basis, Change, Decimal, Direction, Metric, Period, Quantity, QuantityType, Span,
    };
    use crate::model::{Status, Timex};

    const TEXT: &str =
        "Müller AG: Umsatz 70 Millionen Euro, ein Plus von 5 Prozent gegenüber 66. Kunden der Firma: 900";

    /// Where a word stands, in code points.
    fn at(word: &str) -> Place {
        let start = TEXT[..TEXT.find(word).unwrap()].chars().count();
        (start, start + word.chars().count())
    }

    fn numbers() -> [Place; 4] {
        ["70 Millionen Euro", "5 Prozent", "66", "900"].map(at)
    }

    fn gold(facts: Vec<GoldFact>) -> Gold {
        let quantity = |(start, end): Place| GoldQuantity {
            start,
            end,
            text: None,
            kind: "number".to_owned(),
            value: None,
            low: None,
            high: None,
            unit: None,
            approx: None,
            per: None,
            noun: None,
        };
        let entity = |word: &str, name: &str, coref| GoldEntity {
            start: at(word).0,
            end: at(word).1,
            text: None,
            kind: "organization".to_owned(),
            name: Some(name.to_owned()),
            coref,
        };
        Gold {
            id: "a".to_owned(),
            text: TEXT.to_owned(),
            published: None,
            quantities: numbers().map(quantity).into(),
            times: None,
            entities: Some(vec![entity("Müller AG", "Müller", Some(1)), entity("Firma", "Firma", None)]),
            facts: Some(facts),
            ..Gold::default()
        }
    }

    fn gold_fact(subject: &str, metric: &str, value: Option<usize>, change: Option<GoldChange>) -> GoldFact {
        let text = |t: &str| Some(t.to_owned()).filter(|t| !t.is_empty());
        GoldFact {
            subject: text(subject),
            metric: text(metric),
            value,
            period: None,
            change,
            status: None,
            source: None,
        }
    }

    fn fact(subject: &str, metric: &str, value: Option<u32>, change: Option<Change>) -> Fact {
        let party = Party { name: subject.to_owned(), entity: Some(0), basis: Basis::Clause };
        Fact {
            sentence: 0,
            span: Span::new(0, TEXT.len() as u32),
            subject: Some(party).filter(|p| !p.name.is_empty()),
            metric: Metric { lemma: metric.to_owned(), ..Metric::default() },
            scope: Vec::new(),
            value,
            period: None,
            change,
            status: Status::Reported,
            source: None,
            rule: "invented",
        }
    }

    fn period(value: &str) -> Option<Period> {
        let value = Timex::of(format_args!("{value}")).unwrap();
        Some(Period { time: None, value, interval: None, basis: Basis::Clause })
    }

    /// The figures as correct, found and gold.
    fn scored(doc: &Gold, facts: Vec<Fact>, cut: usize) -> (BTreeMap<String, (usize, usize, usize)>, Report) {
        let bytes = |n: usize| TEXT.char_indices().nth(n).map_or(TEXT.len(), |(at, _)| at) as u32;
        let quantity = |(start, end): Place| Quantity {
            span: Span::new(bytes(start), bytes(end)),
            sentence: 0,
            kind: QuantityType::Number,
            amount: Amount::Value(Decimal::from_int(1)),
            unit: None,
            per: None,
            noun: None,
            approx: None,
            hedge: None,
            assumed: false,
            rule: "invented",
        };
        let analysis = Analysis { quantities: numbers().map(quantity).into(), facts, ..Analysis::default() };
        let lexicon = crate::Extractor::new();
        let at = Doc::new(doc, &analysis, lexicon.lexicon()).cut(cut);
        let mut sheet = Sheet::default();
        add(&at, &mut sheet);
        let report = Report::of(vec![(doc, sheet)]);
        let figures = report.figures.iter().map(|(name, f)| (name.clone(), (f.correct, f.found, f.gold))).collect();
        (figures, report)
    }

    #[test]
    fn each_figure_asks_for_one_slot_more() {
        let change = GoldChange { direction: Some("up".to_owned()), by: Some(1), ..GoldChange::default() };
        let mut want = gold_fact("Müller", "Umsatz", Some(0), Some(change));
        want.period = Some("2025".to_owned());
        let doc = gold(vec![want]);
        let core = "fact core (number+metric+subject+period)";
        let names = ["fact number", "fact number+metric", "fact number+metric+subject", core];
        let right = |f: Fact| {
            let (figures, report) = scored(&doc, vec![f], 1000);
            assert!(!report.errors.is_empty());
            (names.map(|name| figures[name].0), figures["fact slots"])
        };
        // Gold's slots: subject, metric, period, status, direction, by, value.
        assert_eq!(right(fact("Andere", "Gewinn", Some(1), None)), ([0, 0, 0, 0], (0, 4, 7)));
        assert_eq!(right(fact("Andere", "Gewinn", Some(0), None)), ([1, 0, 0, 0], (2, 4, 7)));
        assert_eq!(right(fact("Andere", "Umsatz", Some(0), None)), ([1, 1, 0, 0], (3, 4, 7)));
        assert_eq!(right(fact("Müller", "Umsatz", Some(0), None)), ([1, 1, 1, 0], (4, 4, 7)));
        let mut all = fact("Müller", "Umsatz", Some(0), None);
        all.period = period("2025");
        assert_eq!(right(all.clone()), ([1, 1, 1, 1], (5, 5, 7)));
        all.change = Some(Change { direction: Some(Direction::Up), by: Some(1), ..Change::default() });
        let (figures, report) = scored(&doc, vec![all.clone()], 1000);
        assert_eq!(figures["fact slots"], (7, 7, 7));
        assert_eq!((report.errors, report.severe), (Vec::new(), Vec::new()));
        // Twice found counts once.
        let (figures, _) = scored(&doc, vec![all.clone(), all], 1000);
        assert_eq!(figures["fact number"], (1, 2, 1));
        assert_eq!(figures["fact slot by"], (1, 2, 1));
        assert_eq!(figures["fact slot from"], (0, 0, 0));
    }

    #[test]
    fn the_value_is_the_key_else_the_difference_else_the_earlier_value() {
        let change = |by, from| GoldChange { by, from, ..GoldChange::default() };
        let doc = gold(vec![
            gold_fact("", "Umsatz", Some(0), Some(change(Some(1), Some(2)))),
            gold_fact("", "Umsatz", None, Some(change(Some(1), Some(2)))),
            gold_fact("", "Umsatz", None, Some(change(None, Some(2)))),
        ]);
        let facts = [0, 1, 2].map(|number| fact("", "Umsatz", Some(number), None));
        let (figures, _) = scored(&doc, facts.into(), 1000);
        assert_eq!(figures["fact number"], (3, 3, 3));
        assert_eq!(figures["fact slot subject"], (0, 0, 0));
        // Metric and status of each, and one value.
        assert_eq!(figures["fact slots"], (7, 9, 12));
    }

    #[test]
    fn names_of_one_thing_are_equal_and_metrics_without_their_ending() {
        let doc =
            gold(vec![gold_fact("Müller", "Nutzerinnen", Some(0), None), gold_fact("Firma", "Kunde", Some(3), None)]);
        let full = "fact number+metric+subject";
        let found = |subject: &str, metric: &str, n| scored(&doc, vec![fact(subject, metric, Some(n), None)], 1000).0;
        assert_eq!(found("MÜLLER AG", "nutzer", 0)[full].0, 0, "Nutzer is Nutz, Nutzerinnen is Nutzer");
        assert_eq!(found("MÜLLER AG", "Nutzerinnen", 0)[full].0, 1);
        assert_eq!(found("Müllers", "Nutzerinnen", 0)[full].0, 0);
        assert_eq!(found("", "Kunden", 3)[full].0, 1, "what gold names without saying what it means is no filler");
        for (metric, stem_of_it) in [("umsätze", "umsätz"), ("tote", "tote"), ("kurs", "kurs"), ("gästen", "gäst")]
        {
            assert_eq!(stem(metric), stem_of_it);
        }
    }

    #[test]
    fn a_fact_that_touches_the_end_counts_neither_way() {
        let change = GoldChange { from: Some(3), ..GoldChange::default() };
        let doc = gold(vec![gold_fact("", "Umsatz", Some(0), Some(change)), gold_fact("", "Kunden", Some(1), None)]);
        let change = Change { by: Some(3), ..Change::default() };
        let facts = vec![fact("", "Kunden", Some(1), None), fact("", "Umsatz", Some(2), Some(change))];
        let cut = TEXT.chars().count();
        let (figures, report) = scored(&doc, facts.clone(), cut);
        assert_eq!(figures["fact number"], (1, 1, 1));
        assert!(report.errors.is_empty());
        assert_eq!(scored(&doc, facts, cut + 1).0["fact number"], (1, 2, 2));
    }

    #[test]
    fn misses_and_false_alarms_are_shown_with_their_slots() {
        let change = GoldChange { direction: Some("up".to_owned()), by: Some(1), ..GoldChange::default() };
        let doc = gold(vec![gold_fact("Müller", "Umsatz", Some(0), Some(change))]);
        let mut other = fact("Huber", "Umsatz", Some(0), None);
        other.status = Status::Forecast;
        let (_, report) = scored(&doc, vec![other.clone(), fact("", "Kunden", Some(3), None)], 1000);
        let shown: Vec<(bool, &str)> = report.errors.iter().map(|e| (e.missed, e.fields.as_str())).collect();
        assert_eq!(
            shown,
            [
                (true, "Umsatz; subject Müller; value 70 Millionen Euro; direction up; by 5 Prozent"),
                (false, "Umsatz; subject Huber; value 70 Millionen Euro; status forecast (rule invented)"),
                (false, "Kunden; value 900 (rule invented)"),
            ]
        );
        assert!(report.errors[0].context.starts_with("Müller AG: Umsatz [70 Millionen Euro], ein Plus"));
        // The other subject is severe; a noun in its place, another metric or none is not.
        let severe = |f: Fact| scored(&doc, vec![f], 1000).1.severe;
        assert_eq!(severe(other.clone()).len(), 1);
        assert!(severe(other.clone())[0].gold == "subject Müller");
        let mut noun = other.clone();
        noun.subject.as_mut().unwrap().entity = None;
        assert_eq!(severe(noun), []);
        assert_eq!(severe(Fact { subject: None, ..other.clone() }), []);
        assert_eq!(severe(fact("Huber", "Gewinn", Some(0), None)), []);
        assert_eq!(severe(fact("Müller AG", "Umsatz", Some(0), None)), []);
    }

    #[test]
    fn no_facts_no_figures() {
        assert_eq!(scored(&gold(Vec::new()), Vec::new(), 1000).0, BTreeMap::new());
    }
}
