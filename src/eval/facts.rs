//! The figures of facts: each is keyed by the span of the number that carries it.

use super::gold::{Gold, GoldFact};
use super::score::{Error, F1, Report, context};
use crate::link::learn::stem;
use crate::model::{Analysis, Fact, Party};
use std::collections::BTreeMap;

/// The slots that have a figure of their own, in its order.
const SLOTS: [&str; 9] = ["subject", "period", "direction", "by", "from", "versus", "status", "source", "metric"];

/// Code points from and until.
type Place = (usize, usize);

/// The figures of facts over all documents.
#[derive(Default)]
pub(super) struct FactFigures {
    number: F1,
    metric: F1,
    subject: F1,
    core: F1,
    slots: F1,
    by_slot: [F1; SLOTS.len()],
}

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
    fn read(doc: &Gold, text: &[char], whole: &dyn Fn(usize) -> bool) -> Self {
        let mut names = BTreeMap::new();
        for e in doc.entities.iter().flatten().filter(|e| whole(e.end)) {
            let covered: String = text[e.start..e.end].iter().collect();
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

    fn found(f: &'a Fact, analysis: &Analysis, chars: &dyn Fn(u32) -> usize) -> Self {
        let place = |i: Option<u32>| {
            let span = analysis.quantities.get(i? as usize)?.span;
            Some((chars(span.start), chars(span.end)))
        };
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

    /// A line of a list of errors, or of severe ones.
    fn error(&self, doc: &Gold, text: &[char], rest: &str) -> Error {
        let (start, end) = self.numbers().next().unwrap_or_default();
        let covered = |p: Option<Place>| p.map(|(start, end)| text[start..end].iter().collect::<String>());
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
        fields.push_str(rest);
        if let Some(rule) = self.rule {
            fields.push_str(&format!(" (rule {rule})"));
        }
        let context = context(text, start, end);
        Error { doc: doc.id.clone(), missed: self.rule.is_none(), context, fields }
    }
}

impl FactFigures {
    /// Adds a document; returns its own figure of number and metric.
    pub(super) fn add(
        &mut self,
        doc: &Gold,
        gold: &[GoldFact],
        analysis: &Analysis,
        chars: &dyn Fn(u32) -> usize,
        whole: &dyn Fn(usize) -> bool,
        report: &mut Report,
    ) -> F1 {
        let text: Vec<char> = doc.text.chars().collect();
        let names = Names::read(doc, &text, whole);
        // A fact is gone with any of its numbers, not with the one alone that carries it.
        let all_whole = |f: &Stated<'_>| f.numbers().all(|(_, end)| whole(end));
        let of_gold: Vec<Stated<'_>> = gold.iter().map(|f| Stated::gold(f, doc)).filter(all_whole).collect();
        let of_found: Vec<Stated<'_>> =
            analysis.facts.iter().map(|f| Stated::found(f, analysis, chars)).filter(all_whole).collect();
        let keys = |facts: &[Stated<'_>]| facts.iter().map(|f| f.key(&names)).collect::<Vec<_>>();
        let (want, got) = (keys(&of_gold), keys(&of_found));

        let number = |keys: &[Key]| keys.iter().map(|k| k.number).collect::<Vec<_>>();
        self.number.add(number(&got), number(&want));
        let metric = |keys: &[Key]| keys.iter().map(|k| (k.number, k.metric.clone())).collect::<Vec<_>>();
        let mut this = F1::default();
        this.add(metric(&got), metric(&want));
        self.metric.join(this);
        let subject = |k: &Key| (k.number, k.metric.clone(), k.subject.clone());
        self.subject.add(got.iter().map(subject).collect(), want.iter().map(subject).collect());
        let core = |k: &Key| (subject(k), k.period.clone());
        self.core.add(got.iter().map(core).collect(), want.iter().map(core).collect());
        let slots = |keys: &[Key], only: Option<&str>| -> Vec<(Option<Place>, &'static str, Filler)> {
            let of = |k: &Key| k.slots.iter().map(|(s, f)| (k.number, *s, f.clone())).collect::<Vec<_>>();
            keys.iter().flat_map(of).filter(|(_, slot, _)| only.is_none_or(|only| only == *slot)).collect()
        };
        self.slots.add(slots(&got, None), slots(&want, None));
        for (slot, figure) in SLOTS.iter().zip(&mut self.by_slot) {
            figure.add(slots(&got, Some(slot)), slots(&want, Some(slot)));
        }

        let mut errors: Vec<(Option<Place>, Error)> = Vec::new();
        let misses = of_gold.iter().zip(&want).filter(|(_, k)| !got.contains(k));
        errors.extend(misses.map(|(f, k)| (k.number, f.error(doc, &text, ""))));
        for (f, k) in of_found.iter().zip(&got).filter(|(_, k)| !want.contains(k)) {
            errors.push((k.number, f.error(doc, &text, "")));
            let same = |w: &Key| (w.number, &w.metric) == (k.number, &k.metric);
            let pairs: Vec<_> = of_gold.iter().zip(&want).filter(|(_, w)| same(w)).collect();
            let named = f.named || matches!(k.subject, Some(Filler::Thing(_)));
            if named && k.subject.is_some() && !pairs.iter().any(|(_, w)| w.subject == k.subject) {
                let theirs = pairs.iter().find(|(_, w)| w.subject.is_some()).and_then(|(g, _)| g.subject);
                let error = theirs.map(|theirs| f.error(doc, &text, &format!("; gold: subject {theirs}")));
                report.severe_subjects.extend(error);
            }
        }
        errors.sort_by_key(|(number, e)| (*number, !e.missed));
        report.fact_errors.extend(errors.into_iter().map(|(_, e)| e));
        this
    }

    /// All figures by name; none where there are no facts.
    pub(super) fn figures(self) -> Vec<(String, F1)> {
        if self.number == F1::default() {
            return Vec::new();
        }
        let defined = [
            ("fact number", self.number),
            ("fact number+metric", self.metric),
            ("fact number+metric+subject", self.subject),
            ("fact core (number+metric+subject+period)", self.core),
            ("fact slots", self.slots),
        ];
        let mut all: Vec<(String, F1)> = defined.into_iter().map(|(name, f)| (name.to_owned(), f)).collect();
        all.extend(SLOTS.iter().zip(self.by_slot).map(|(slot, f)| (format!("fact slot {slot}"), f)));
        all
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use crate::eval::gold::{GoldChange, GoldEntity, GoldQuantity};
    use crate::model::{Amount, Basis, Change, Decimal, Direction, Metric, Period, Quantity, QuantityType, Span};
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
            unknown: Vec::new(),
            kinds: None,
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
            metric: Metric { span: None, lemma: metric.to_owned(), concept: None },
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
        let starts: BTreeMap<usize, usize> = TEXT.char_indices().enumerate().map(|(n, (at, _))| (at, n)).collect();
        let chars = |byte: u32| starts.get(&(byte as usize)).copied().unwrap_or(starts.len());
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
        let (mut figures, mut report) = (FactFigures::default(), Report::default());
        let gold = doc.facts.as_deref().unwrap();
        let this = figures.add(doc, gold, &analysis, &chars, &|end| end < cut, &mut report);
        assert_eq!(this, figures.metric);
        let figures = figures.figures().into_iter().map(|(name, f)| (name, (f.correct, f.found, f.gold))).collect();
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
            assert!(!report.fact_errors.is_empty());
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
        assert_eq!((report.fact_errors, report.severe_subjects), (Vec::new(), Vec::new()));
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
        assert!(report.fact_errors.is_empty());
        assert_eq!(scored(&doc, facts, cut + 1).0["fact number"], (1, 2, 2));
    }

    #[test]
    fn misses_and_false_alarms_are_shown_with_their_slots() {
        let change = GoldChange { direction: Some("up".to_owned()), by: Some(1), ..GoldChange::default() };
        let doc = gold(vec![gold_fact("Müller", "Umsatz", Some(0), Some(change))]);
        let mut other = fact("Huber", "Umsatz", Some(0), None);
        other.status = Status::Forecast;
        let (_, report) = scored(&doc, vec![other.clone(), fact("", "Kunden", Some(3), None)], 1000);
        let shown: Vec<(bool, &str)> = report.fact_errors.iter().map(|e| (e.missed, e.fields.as_str())).collect();
        assert_eq!(
            shown,
            [
                (true, "Umsatz; subject Müller; value 70 Millionen Euro; direction up; by 5 Prozent"),
                (false, "Umsatz; subject Huber; value 70 Millionen Euro; status forecast (rule invented)"),
                (false, "Kunden; value 900 (rule invented)"),
            ]
        );
        assert!(report.fact_errors[0].context.starts_with("Müller AG: Umsatz [70 Millionen Euro], ein Plus"));
        // The other subject is severe; a noun in its place, another metric or none is not.
        let severe = |f: Fact| scored(&doc, vec![f], 1000).1.severe_subjects;
        assert_eq!(severe(other.clone()).len(), 1);
        assert!(severe(other.clone())[0].fields.contains("; gold: subject Müller (rule"));
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
