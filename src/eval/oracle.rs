//! Gold's mentions in place of those that were found, so that facts are scored on input without a mistake.

use super::sheet::Layer;
use crate::emit::plain;
use crate::gold::{Gold, GoldEntity, GoldQuantity, GoldTime};
use crate::lexicon::Lexicon;
use crate::model::{
    Amount, Analysis, Approx, Decimal, Entity, EntityType, Expression, Modifier, Per, Quantity, QuantityType,
    Reference, Sentence, Span, Tense, Thing, Time, TimeType, Timex, Token, Written,
};
use crate::resolve::moment;

/// The rule of what stands in gold.
const RULE: &str = "gold";

/// A text as it was cut, and what was found in it.
pub(super) struct Oracle<'a> {
    gold: &'a Gold,
    lexicon: &'a Lexicon,
    /// Bytes by code points.
    bytes: Vec<u32>,
    /// Where the sentences begin.
    sentences: Vec<u32>,
}

impl<'a> Oracle<'a> {
    pub(super) fn new(gold: &'a Gold, lexicon: &'a Lexicon, tokens: &[Token], sentences: &[Sentence]) -> Self {
        let bytes = gold.text.char_indices().map(|(at, _)| at as u32).chain([gold.text.len() as u32]).collect();
        let start = |s: &Sentence| tokens.get(s.first as usize).map(|t| t.start);
        Self { gold, lexicon, bytes, sentences: sentences.iter().filter_map(start).collect() }
    }

    /// Replaces the mentions of these layers. What gold does not say of a mention (its role, its hedge, how a time is
    /// written) is taken over from what was found in its place. A layer that was not annotated stays as it is, and so does
    /// a text of whose mentions only some were judged.
    pub(super) fn replace(&self, layers: &[Layer], found: &mut Analysis) {
        if self.gold.rejected.is_some() || self.gold.facts.is_none() {
            return;
        }
        if layers.contains(&Layer::Quantities) {
            let all = self.gold.quantities.iter().filter_map(|q| self.quantity(q, &found.quantities));
            found.quantities = sorted(all.collect(), |q| q.span);
        }
        if let Some(times) = self.gold.times.as_ref().filter(|_| layers.contains(&Layer::Times)) {
            let all = times.iter().filter_map(|t| self.time(t, &found.times));
            found.times = sorted(all.collect(), |t| t.written.span);
        }
        let entities = self.gold.entities.as_ref().filter(|_| self.gold.kinds.is_none());
        if let Some(entities) = entities.filter(|_| layers.contains(&Layer::Entities)) {
            self.entities(entities, found);
        }
    }

    /// Where a mention of gold stands in bytes, and in which sentence.
    fn place(&self, start: usize, end: usize) -> Option<(Span, u32)> {
        let span = Span::new(*self.bytes.get(start)?, *self.bytes.get(end)?);
        let behind = self.sentences.partition_point(|s| *s <= span.start);
        Some((span, behind.saturating_sub(1) as u32))
    }

    fn quantity(&self, gold: &GoldQuantity, found: &[Quantity]) -> Option<Quantity> {
        let (span, sentence) = self.place(gold.start, gold.end)?;
        let known = found.iter().find(|q| q.span == span);
        let text = self.gold.text.as_str();
        let noun = gold.noun.as_deref().and_then(|noun| {
            let same = known.and_then(|q| q.noun).filter(|n| plain(n.of(text)) == noun);
            same.or_else(|| self.noun(noun, span, sentence))
        });
        let per = gold.per.as_deref().and_then(|per| {
            let same = |p: &Per| match p {
                Per::Unit(u) => &*self.lexicon.unit(*u).code == per,
                Per::Noun(n) => plain(n.of(text)) == per,
            };
            let unit = || self.lexicon.unit_id(per).map(Per::Unit);
            let noun = || self.noun(per, span, sentence).map(Per::Noun);
            known.and_then(|q| q.per).filter(same).or_else(unit).or_else(noun)
        });
        Some(Quantity {
            span,
            sentence,
            kind: QuantityType::from_name(&gold.kind)?,
            amount: amount(gold)?,
            unit: gold.unit.as_deref().and_then(|code| self.lexicon.unit_id(code)),
            per,
            noun,
            approx: gold.approx.as_deref().and_then(Approx::from_name),
            hedge: known.and_then(|q| q.hedge),
            assumed: known.is_some_and(|q| q.assumed),
            rule: RULE,
        })
    }

    /// A noun of the sentence: the first behind a number, else the last in front of it.
    fn noun(&self, noun: &str, number: Span, sentence: u32) -> Option<Span> {
        let text = self.gold.text.as_str();
        let end = self.sentences.get(sentence as usize + 1).map_or(text.len(), |s| *s as usize);
        let start = self.sentences.get(sentence as usize).map_or(0, |s| *s as usize);
        let behind = text.get(number.end as usize..end).and_then(|t| Some(number.end as usize + t.find(noun)?));
        let front = || text.get(start..number.start as usize).and_then(|t| Some(start + t.rfind(noun)?));
        let at = behind.or_else(front)?;
        Some(Span::new(at as u32, (at + noun.len()) as u32))
    }

    fn time(&self, gold: &GoldTime, found: &[Time]) -> Option<Time> {
        let (span, sentence) = self.place(gold.start, gold.end)?;
        let known = found.iter().find(|t| t.written.span.start < span.end && span.start < t.written.span.end);
        let value = Timex::of(format_args!("{}", gold.value.as_deref()?))?;
        let at = |t: &Option<String>| t.as_deref().and_then(moment).map(|(at, _)| at);
        let interval = at(&gold.from).zip(at(&gold.until));
        let expression = known.map_or(Expression::Reference(Reference::Present), |t| t.written.expression);
        Some(Time {
            written: Written {
                span,
                sentence,
                expression,
                modifier: gold.modifier.as_deref().and_then(Modifier::from_name),
                tense: known.map_or(Tense::Open, |t| t.written.tense),
                aside: known.is_some_and(|t| t.written.aside),
                rule: RULE,
            },
            kind: TimeType::from_name(&gold.kind)?,
            value,
            interval: interval.or(known.filter(|t| t.value == value).and_then(|t| t.interval)),
            anchor: known.and_then(|t| t.anchor),
        })
    }

    fn entities(&self, gold: &[GoldEntity], found: &mut Analysis) {
        let mut all = Vec::new();
        let mut things: Vec<(Option<u32>, Thing)> = Vec::new();
        for e in gold {
            let (Some((span, sentence)), Some(kind)) = (self.place(e.start, e.end), EntityType::from_name(&e.kind))
            else {
                continue;
            };
            let known = found.entities.iter().find(|f| f.span == span);
            let thing = things.iter().position(|(coref, _)| coref.is_some() && *coref == e.coref);
            let thing = thing.unwrap_or_else(|| {
                let name = e.name.clone().unwrap_or_else(|| plain(span.of(&self.gold.text)).into_owned());
                things.push((e.coref, Thing { name, subtype: None, link: None }));
                things.len() - 1
            });
            if let Some(known) = known.and_then(|k| found.things.get(k.thing as usize)) {
                let Thing { subtype, link, .. } = &mut things[thing].1;
                *subtype = subtype.take().or_else(|| known.subtype.clone());
                *link = link.take().or_else(|| known.link.clone());
            }
            let (role, of) = known.map_or((None, None), |k| (k.role, k.of));
            all.push(Entity { span, sentence, kind, thing: thing as u32, role, of, rule: RULE });
        }
        let starts: Vec<u32> = all.iter().map(|e| e.span.start).collect();
        for e in &mut all {
            e.of = e.of.filter(|of| starts.contains(of));
        }
        found.entities = sorted(all, |e| e.span);
        found.things = things.into_iter().map(|(_, thing)| thing).collect();
    }
}

fn sorted<T>(mut all: Vec<T>, span: impl Fn(&T) -> Span) -> Vec<T> {
    all.sort_by_key(|m| span(m).start);
    all
}

fn amount(gold: &GoldQuantity) -> Option<Amount> {
    let Some(value) = gold.value.as_deref() else {
        let high = gold.high.as_deref().map(Decimal::parse);
        return Some(Amount::Range { low: Decimal::parse(gold.low.as_deref()?)?, high: high.flatten() });
    };
    if let Some((num, den)) = value.split_once('/') {
        return Some(Amount::Ratio { num: num.parse().ok()?, den: den.parse().ok().filter(|d| *d > 0)? });
    }
    if let Some((a, b)) = value.split_once(':') {
        return Some(Amount::Score(a.parse().ok()?, b.parse().ok()?));
    }
    Decimal::parse(value).map(Amount::Value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use crate::emit::{Options, write_document};
    use crate::eval::{score, score_given};
    use crate::gold::{GoldFact, from_records};
    use crate::model::Document;
    use crate::pipeline::Extractor;

    const ALL: [Layer; 3] = [Layer::Quantities, Layer::Times, Layer::Entities];

    #[test]
    fn what_was_found_as_gold_gives_the_same_facts() {
        let articles = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles");
        let mut paths: Vec<_> = std::fs::read_dir(articles).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        let extractor = Extractor::new();
        let mut worker = extractor.worker();
        let mut texts = std::collections::BTreeMap::new();
        let mut records = Vec::new();
        for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")).take(12) {
            let text = std::fs::read_to_string(path).unwrap();
            let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let doc = Document { id: id.clone(), text, published: Some("2026-01-28".into()), ..Document::default() };
            let found = worker.analyse_dated(&doc.text, doc.published.as_deref());
            write_document(&doc, &found, extractor.lexicon(), Options::default(), &mut records);
            texts.insert(id, doc.text);
        }
        let records = String::from_utf8(records).unwrap();
        let gold = from_records(&records, "records", &mut |id| texts.get(id).cloned()).unwrap();
        let report = score_given(&gold, &extractor, &ALL);
        for figure in ["quantity full", "time strict+type+value", "entity span+type", "fact slots"] {
            let f = report.figure(figure).unwrap();
            assert!(f.gold > 50 && (f.correct, f.found) == (f.gold, f.gold), "{figure}: {f:?}");
        }
    }

    fn place(text: &str, words: &str) -> (usize, usize) {
        let start = text[..text.find(words).unwrap()].chars().count();
        (start, start + words.chars().count())
    }

    #[test]
    fn gold_takes_the_place_of_what_was_found() {
        let text = "Später stieg der Umsatz von zwirn im dürren Mond auf grob Zwölfe. Mehr war nicht zu erfahren.";
        let ((start, end), (from, until)) = (place(text, "Zwölfe"), place(text, "zwirn"));
        let quantity = |start, end, value: &str| GoldQuantity {
            start,
            end,
            kind: "money".into(),
            value: Some(value.into()),
            unit: Some("EUR".into()),
            ..GoldQuantity::default()
        };
        let (sometime, sometime_until) = place(text, "dürren Mond");
        let gold = Gold {
            id: "a".into(),
            text: text.into(),
            quantities: vec![quantity(start, end, "12")],
            times: Some(vec![GoldTime {
                start: sometime,
                end: sometime_until,
                kind: "date".into(),
                value: Some("2025-03".into()),
                from: Some("2025-03-01".into()),
                until: Some("2025-04-01".into()),
                ..GoldTime::default()
            }]),
            entities: Some(vec![GoldEntity {
                start: from,
                end: until,
                kind: "organization".into(),
                name: Some("zwirn".into()),
                ..GoldEntity::default()
            }]),
            facts: Some(vec![GoldFact {
                subject: Some("zwirn".into()),
                metric: Some("Umsatz".into()),
                value: Some(0),
                period: Some("2025-03".into()),
                ..GoldFact::default()
            }]),
            ..Gold::default()
        };
        let extractor = Extractor::new();
        let core = |report: crate::eval::Report| {
            let f = report.figure("fact core (number+metric+subject+period)").unwrap();
            (f.correct, f.gold)
        };
        let gold = vec![gold];
        assert_eq!(core(score(&gold, &extractor)), (0, 1));
        assert_eq!(core(score_given(&gold, &extractor, &ALL)), (1, 1));
        // Of what was not annotated nothing is replaced, nor of a text that was judged in part.
        let partial = vec![Gold { rejected: Some(Vec::new()), ..gold[0].clone() }];
        assert_eq!(core(score_given(&partial, &extractor, &ALL)), (0, 1));
    }

    #[test]
    fn amounts_as_gold_writes_them() {
        let of = |value: Option<&str>, low: Option<&str>, high: Option<&str>| {
            let text = |t: Option<&str>| t.map(str::to_owned);
            amount(&GoldQuantity { value: text(value), low: text(low), high: text(high), ..GoldQuantity::default() })
        };
        let n = Decimal::from_int;
        assert_eq!(of(Some("-0.5"), None, None), Some(Amount::Value(Decimal::new(-5, -1))));
        assert_eq!(of(Some("1/3"), None, None), Some(Amount::Ratio { num: 1, den: 3 }));
        assert_eq!(of(Some("2:1"), None, None), Some(Amount::Score(2, 1)));
        assert_eq!(of(None, Some("5"), Some("7")), Some(Amount::Range { low: n(5), high: Some(n(7)) }));
        assert_eq!(of(None, Some("100"), None), Some(Amount::Range { low: n(100), high: None }));
        assert_eq!(of(Some("1/0"), None, None), None);
        assert_eq!(of(None, None, None), None);
    }
}
