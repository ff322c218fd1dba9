//! What a document is about, and what the facts so far leave for the next ones.

use super::choose::hash;
use super::lists::Lists;
use super::source::source_at;
use super::words::Words;
use super::{Source, View};
use crate::emit::plain;
use crate::lexicon::folded;
use crate::model::{
    Analysis, Basis, Entity, EntityType, Fact, Metric, Party, Period, Quantity, QuantityType, Span, TimeType, Token,
    TokenKind, UnitId,
};
use std::ops::Range;

/// As many things named last are remembered.
const RECENT: usize = 6;

/// How salient a thing is in the whole document.
#[derive(Copy, Clone, Debug, Default)]
pub(crate) struct Salience {
    /// How often it is named.
    pub(crate) count: u32,
    /// Its first mention, an index into [`Analysis::entities`].
    pub(crate) first: u32,
    /// Its place among the things of its kind, 0 first.
    pub(crate) rank: u8,
    /// The hash of its subtype.
    pub(crate) subtype: u64,
    /// Whether it is a news agency.
    pub(crate) agency: bool,
    /// Whether the text calls it a part of a business: *die Sparte Antriebe*.
    pub(crate) part: bool,
    /// The first and the last word of what it is called, hashed: *Flughafen Bremen* is *der Flughafen* too.
    pub(crate) called: [u64; 2],
}

/// The hashes of a noun that stands elsewhere: of the folded word, and of its end; and what it is the name of.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Told {
    pub(super) hash: u64,
    pub(super) end: u64,
    pub(super) sort: u64,
}

impl Told {
    fn new(name: &str, words: &Words) -> Self {
        let key = folded(name);
        let end = key.get(key.len().saturating_sub(5)..).unwrap_or_default();
        Self { hash: hash(&key), end: hash(end), sort: words.sort(&key) }
    }
}

/// What a noun is known by wherever it stands: *der Versicherer*, *des Rückversicherers*.
pub(super) fn alias(key: &str) -> u64 {
    let stem = super::learn::stem(key);
    hash(stem.get(stem.len().saturating_sub(6)..).unwrap_or(stem))
}

/// A noun by which the text calls a thing.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Alias {
    /// See [`alias`].
    noun: u64,
    pub(super) thing: u32,
    /// The first mention that has it, an index into [`Analysis::entities`].
    pub(super) mention: u32,
}

/// As many things that are called by one noun are looked at, those named first: a text may have any number of them.
const CALLED: usize = 4;

/// A noun of the first sentence.
#[derive(Clone, Debug)]
pub(crate) struct Headword {
    pub(super) name: String,
    pub(super) told: Told,
}

/// A period that was spoken of.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(super) period: Period,
    pub(super) sentence: u32,
    /// Whether it was that of a fact.
    pub(super) of_fact: bool,
}

/// As many periods are remembered: the last ones and the first.
const PERIODS: usize = 4;

/// See the head of this file.
#[derive(Debug)]
pub(crate) struct Focus {
    /// By thing.
    salience: Vec<Salience>,
    /// Mentions of the most salient things, the best of each kind first.
    pub(super) topics: Vec<u32>,
    /// Whether a city is named: 0 nowhere, 1 anywhere, 2 at the beginning.
    pub(super) city: u64,
    /// Common nouns of the first sentence.
    pub(super) title: Vec<Headword>,
    /// The things named last, the latest first: a mention and its sentence.
    pub(super) recent: Vec<(u32, u32)>,
    /// The subjects of the last facts, the latest first, and their sentences.
    pub(super) subjects: Vec<(Party, u32)>,
    /// What is told of each by its name.
    pub(super) told: Vec<Told>,
    /// What the text calls its things, in order.
    aliases: Vec<Alias>,
    /// Things that were cited as sources.
    pub(super) cited: Vec<u32>,
    /// What the last fact was about: its metric, its sentence, and what its number was.
    metric: Option<(Metric, u32, QuantityType, Option<UnitId>)>,
    /// Periods that were spoken of, the latest first.
    pub(super) periods: Vec<Kept>,
}

impl Focus {
    /// Before the first sentence: what is named first and most often.
    pub(crate) fn new(source: Source<'_>, words: &Words, found: &Analysis) -> Self {
        let mut salience = vec![Salience::default(); found.things.len()];
        for (n, e) in (0u32..).zip(&found.entities) {
            let s = &mut salience[e.thing as usize];
            if s.count == 0 {
                let thing = &found.things[e.thing as usize];
                let subtype = thing.subtype.as_deref().map_or(0, hash);
                let (agency, called) = (words.listed(&folded(&thing.name), Lists::AGENCY), called(&thing.name));
                *s = Salience { count: 0, first: n, rank: 9, subtype, agency, part: false, called };
            }
            s.count += 1;
        }
        let mut topics = Vec::new();
        let mut things: Vec<usize> = Vec::new();
        for (kind, most) in [
            (EntityType::Organization, 3),
            (EntityType::Location, 3),
            (EntityType::Index, 1),
            (EntityType::Product, 1),
            (EntityType::Person, 1),
        ] {
            let of_kind = |t: &usize| {
                let s = &salience[*t];
                s.count > 0 && found.entities[s.first as usize].kind == kind && !s.agency
            };
            things.clear();
            things.extend((0..salience.len()).filter(of_kind));
            // Things are numbered by their first mentions; to be named first counts a little.
            let first = things.first().copied();
            things.sort_by_key(|t| {
                (std::cmp::Reverse(salience[*t].count * 4 + if first == Some(*t) { 3 } else { 0 }), *t)
            });
            for (rank, t) in things.iter().enumerate() {
                salience[*t].rank = rank.min(8) as u8;
                if rank < most {
                    topics.push(salience[*t].first);
                }
            }
        }
        let aliases = aliases(source, words, found, |thing, key| {
            salience[thing].part |= words.listed(key, Lists::SEGMENT);
        });
        Self {
            salience,
            topics,
            city: city(found),
            title: title(source, words, found),
            recent: Vec::new(),
            subjects: Vec::new(),
            told: Vec::new(),
            aliases,
            cited: Vec::new(),
            metric: None,
            periods: Vec::new(),
        }
    }

    /// How salient a thing is.
    pub(super) fn salience(&self, thing: u32) -> Salience {
        self.salience.get(thing as usize).copied().unwrap_or_default()
    }

    /// The things that the text calls by a noun, by its [`alias`].
    pub(super) fn called(&self, noun: u64) -> impl Iterator<Item = &Alias> {
        let from = self.aliases.partition_point(|a| a.noun < noun);
        self.aliases[from..].iter().take_while(move |a| a.noun == noun).take(CALLED)
    }

    /// Goes past the names and times of a sentence.
    pub(crate) fn pass(&mut self, found: &Analysis, entities: Range<usize>, times: Range<usize>, sentence: u32) {
        for n in times {
            let t = &found.times[n];
            if t.kind == TimeType::Date && t.interval.is_some() && !t.written.aside {
                let basis = Basis::Carried;
                let period = Period { time: Some(n as u32), value: t.value, interval: t.interval, basis };
                self.keep(Kept { period, sentence, of_fact: false });
            }
        }
        for n in entities {
            let thing = found.entities[n].thing;
            self.recent.retain(|(m, _)| found.entities[*m as usize].thing != thing);
            self.recent.insert(0, (n as u32, sentence));
            self.recent.truncate(RECENT);
        }
    }

    /// Remembers who is cited in a sentence.
    pub(crate) fn cite(&mut self, view: View<'_>) {
        for (e, tokens) in view.known.entities.0.iter().zip(&view.clauses.names) {
            if source_at(view, tokens) && !self.cited.contains(&e.thing) && self.cited.len() < 16 {
                self.cited.push(e.thing);
            }
        }
    }

    /// Remembers a fact.
    pub(crate) fn note(&mut self, found: &Analysis, words: &Words, fact: &Fact, sentence: u32) {
        if let Some(subject) = &fact.subject {
            let thing = |p: &Party| p.entity.map(|e| found.entities[e as usize].thing);
            let other = |p: &Party| thing(p) != thing(subject) || thing(p).is_none() && p.name != subject.name;
            let mut others = self.subjects.iter().map(|(p, _)| other(p));
            self.told.retain(|_| others.next().unwrap_or_default());
            self.subjects.retain(|(p, _)| other(p));
            self.told.insert(0, Told::new(&subject.name, words));
            self.subjects.insert(0, (subject.clone(), sentence));
            self.told.truncate(3);
            self.subjects.truncate(3);
        }
        let q = fact.number().map(|n| &found.quantities[n as usize]);
        if let Some(q) = q {
            self.metric = Some((fact.metric.clone(), sentence, q.kind, q.unit));
        }
        if let Some(period) = fact.period.as_ref().filter(|p| p.interval.is_some()) {
            self.keep(Kept { period: period.clone(), sentence, of_fact: true });
        }
    }

    fn keep(&mut self, kept: Kept) {
        let before = self.periods.iter().position(|k| k.period.value == kept.period.value);
        let of_fact = kept.of_fact || before.is_some_and(|k| self.periods[k].of_fact);
        if let Some(k) = before {
            self.periods.remove(k);
        }
        // The first of all is what the text may be about.
        let at = usize::from(self.periods.len() == PERIODS);
        if at > 0 {
            self.periods.remove(PERIODS - 2);
        }
        self.periods.insert(0, Kept { of_fact, ..kept });
    }

    /// The metric of the fact before.
    pub(super) fn metric(&self, _: View<'_>) -> Option<Metric> {
        self.metric.as_ref().map(|(metric, ..)| Metric { span: None, qualifiers: Vec::new(), ..metric.clone() })
    }

    /// How many sentences ago the fact before was; none where it is too far.
    pub(super) fn metric_apart(&self, view: View<'_>) -> Option<u32> {
        let (_, then, ..) = self.metric.as_ref()?;
        let here = view.known.quantities.0.first().map_or(0, |q| q.sentence);
        Some(here.saturating_sub(*then)).filter(|apart| *apart <= 2)
    }

    /// Whether the number of the fact before is of the kind of another.
    pub(super) fn alike(&self, q: &Quantity) -> bool {
        self.metric.as_ref().is_some_and(|(_, _, kind, unit)| (*kind, *unit) == (q.kind, q.unit))
    }
}

/// The first and the last word of a name of several words.
fn called(name: &str) -> [u64; 2] {
    let mut words = name.split([' ', '-']);
    match (words.next(), words.next_back()) {
        (Some(first), Some(last)) => [hash(&folded(first)), hash(&folded(last))],
        _ => [0; 2],
    }
}

/// What the text calls its things beside their names: *der **Versicherer** Allianz*, *Allianz, der größte deutsche
/// **Versicherer***.
fn aliases(source: Source<'_>, words: &Words, found: &Analysis, mut called: impl FnMut(usize, &str)) -> Vec<Alias> {
    let mut all: Vec<Alias> = Vec::new();
    let noun = |i: usize| {
        let t = source.tokens.get(i).filter(|t| t.kind == TokenKind::Word && t.capital() && t.end - t.start > 3)?;
        let named = found.entities.partition_point(|e| e.span.end <= t.start);
        let apart = found.entities.get(named).is_none_or(|e| e.span.start >= t.end);
        apart.then(|| folded(t.text(source.text)))
    };
    let article = |i: usize| {
        let small = source.tokens.get(i).filter(|t| t.kind == TokenKind::Word && !t.capital());
        small.is_some_and(|t| words.listed(&folded(t.text(source.text)), Lists::ARTICLE))
    };
    for (n, e) in (0u32..).zip(&found.entities) {
        let first = source.tokens.partition_point(|t| t.start < e.span.start);
        let last = source.tokens.partition_point(|t| t.start < e.span.end);
        let glued = source.tokens.get(first).is_none_or(|t| !t.spaced() || t.breaks());
        let before = if glued { None } else { first.checked_sub(1).and_then(noun) };
        let comma = source.tokens.get(last).is_some_and(|t| t.is(',')) && article(last + 1);
        let behind = if comma { (last + 2..last + 6).find_map(noun) } else { None };
        for key in [before, behind].into_iter().flatten() {
            called(e.thing as usize, &key);
            all.push(Alias { noun: alias(&key), thing: e.thing, mention: n });
        }
    }
    all.sort_unstable();
    all.dedup_by_key(|a| (a.noun, a.thing));
    all
}

/// Where a city is named first.
fn city(found: &Analysis) -> u64 {
    let city = |e: &&Entity| found.things[e.thing as usize].subtype.as_deref() == Some("city");
    found.entities.iter().find(city).map_or(0, |e| if e.sentence < 2 { 2 } else { 1 })
}

/// The common nouns of the first sentence, a few.
fn title(source: Source<'_>, words: &Words, found: &Analysis) -> Vec<Headword> {
    let Some(sentence) = source.sentences.first() else { return Vec::new() };
    let tokens = &source.tokens[sentence.first as usize..sentence.last as usize];
    let free = |t: &Token| {
        let apart = |span: Span| t.end <= span.start || t.start >= span.end;
        found.entities.iter().take_while(|e| e.sentence == 0).all(|e| apart(e.span))
            && found.times.iter().take_while(|w| w.written.sentence == 0).all(|w| apart(w.written.span))
            && found.quantities.iter().take_while(|q| q.sentence == 0).all(|q| apart(q.span))
    };
    let noun = |t: &&Token| {
        let named = || t.kind == TokenKind::Word && t.capital() && t.end - t.start > 4 && free(t);
        named() && !words.listed(&folded(t.text(source.text)), Lists::REPORT)
    };
    let word = |t: &Token| {
        let name = plain(t.text(source.text)).into_owned();
        Headword { told: Told::new(&name, words), name }
    };
    tokens.iter().take(40).filter(noun).take(6).map(word).collect()
}
