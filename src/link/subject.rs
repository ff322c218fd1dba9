//! Whose metric it is, and who says so: a name of the clause, of the sentence, of what went before; or nobody.

use super::View;
use super::clause::Taken;
use super::metric::Picked;
use super::role::Draft;
use super::words::{Does, Sense};
use crate::emit::plain;
use crate::model::{Analysis, Basis, Entity, EntityType, Fact, Metric, Party, TimeType};
use std::ops::Range;

/// How many tokens away a name may stand, so that a long sentence costs no more than its length.
const REACH: usize = 120;

/// What the facts so far leave for the next ones.
#[derive(Debug)]
pub(crate) struct Focus {
    /// The thing that the document is about, with a mention of it.
    topic: Option<u32>,
    /// The place that is named most often.
    place: Option<u32>,
    /// The last organisation or index that was named or spoken of, and the sentence.
    named: Option<(u32, u32)>,
    /// The subject of the last fact, and its sentence.
    subject: Option<(Party, u32)>,
    metric: Option<(Metric, u32)>,
    pub(super) period: Option<(crate::model::Period, u32)>,
}

impl Focus {
    /// Before the first sentence: the organisation that is named first and most often.
    pub(crate) fn new(found: &Analysis) -> Self {
        // How often each thing is named, and where first.
        let mut counts: Vec<(usize, u32)> = vec![(0, 0); found.things.len()];
        for (n, e) in (0u32..).zip(&found.entities) {
            let count = &mut counts[e.thing as usize];
            *count = (count.0 + 1, if count.0 == 0 { n } else { count.1 });
        }
        let most = |kind: EntityType, bonus: usize, passed: fn(&str) -> bool| {
            let things = counts.iter().enumerate().filter(|(_, c)| c.0 > 0);
            let of_kind =
                things.filter(|(t, c)| found.entities[c.1 as usize].kind == kind && !passed(&found.things[*t].name));
            // Things are numbered by their first mentions.
            of_kind
                .enumerate()
                .max_by_key(|(k, (_, c))| (c.0 * 4 + if *k == 0 { bonus } else { 0 }, std::cmp::Reverse(*k)))
                .map(|(_, (_, c))| c.1)
        };
        let topic = most(EntityType::Organization, 3, is_agency);
        let place = most(EntityType::Location, 0, |_| false);
        Self { topic, place, named: None, subject: None, metric: None, period: None }
    }

    /// The thing that *der Konzern* means: the last subject that was named, else the topic.
    fn held(&self, found: &Analysis, sentence: u32, reach: u32) -> Option<u32> {
        let subject = self.subject.as_ref().filter(|(_, then)| then + reach >= sentence).and_then(|(s, _)| s.entity);
        let company =
            |n: &u32| matches!(found.entities[*n as usize].kind, EntityType::Organization | EntityType::Index);
        let named = self.named.filter(|(_, then)| then + reach >= sentence).map(|(n, _)| n);
        subject.filter(company).or(self.topic).or(named)
    }

    /// Goes past the names and times of a sentence.
    pub(crate) fn pass(&mut self, found: &Analysis, entities: Range<usize>, times: Range<usize>, sentence: u32) {
        // A month, a quarter or a year that is spoken of, in a sentence that has no fact of its own.
        if self.period.as_ref().is_none_or(|(_, then)| *then != sentence) {
            let spoken = times.rev().find_map(|n| {
                let t = &found.times[n];
                let (from, until) = t.interval.filter(|_| !t.written.aside)?;
                let long = until.duration_since(from).as_hours() >= 24 * 28;
                let basis = Basis::Carried;
                (long && t.kind == TimeType::Date).then_some(crate::model::Period {
                    time: Some(n as u32),
                    value: t.value,
                    interval: t.interval,
                    basis,
                })
            });
            if let Some(period) = spoken {
                self.period = Some((period, sentence));
            }
        }
        for n in entities {
            if matches!(found.entities[n].kind, EntityType::Organization | EntityType::Index) {
                self.named = Some((n as u32, sentence));
            }
        }
    }

    /// Remembers a fact.
    pub(crate) fn note(&mut self, found: &Analysis, fact: &Fact, sentence: u32) {
        if let Some(subject) = &fact.subject {
            self.subject = Some((subject.clone(), sentence));
            if let Some(n) = subject.entity.filter(|n| found.entities[*n as usize].kind == EntityType::Location) {
                self.place = Some(n);
            }
        }
        self.metric = Some((fact.metric.clone(), sentence));
        if let Some(period) = &fact.period
            && period.interval.is_some()
        {
            self.period = Some((period.clone(), sentence));
        }
    }

    /// The metric of the fact before, where this statement goes on with it.
    pub(crate) fn metric(&self, view: View<'_>, draft: &Draft) -> Option<Metric> {
        let (metric, sentence) = self.metric.as_ref()?;
        let (quantities, _) = view.known.quantities;
        let here = quantities.first().map_or(0, |q| q.sentence);
        // "Das sind drei Prozent mehr": a change of what was just said, or more of the same sentence.
        let near = *sentence == here || draft.value.is_none() && *sentence + 1 >= here;
        near.then(|| Metric { span: None, ..metric.clone() })
    }
}

/// Whether a name is that of a news agency at the head of a text.
fn is_agency(name: &str) -> bool {
    const AGENCIES: [&str; 10] = ["ots", "AFP", "Reuters", "APA", "awp", "sda", "DGAP", "EQS", "dts", "epd"];
    name.starts_with("dpa") || AGENCIES.contains(&name)
}

/// What kinds of things have a metric, the likeliest highest.
fn weight(kind: EntityType, picked: &Picked, count: bool) -> i32 {
    let price = picked.rule == "fact-price-of-share" || picked.metric.lemma == "Kurs";
    match kind {
        EntityType::Organization if picked.public => 14,
        EntityType::Organization => 24,
        EntityType::Index if price => 34,
        EntityType::Index => 20,
        EntityType::Product => 14,
        EntityType::Location if picked.public => 28,
        EntityType::Location if count => 15,
        EntityType::Location => 8,
        EntityType::Person => 8,
    }
}

/// The subject of a statement.
pub(crate) fn pick(view: View<'_>, draft: &Draft, picked: &Picked, focus: &Focus, sentence: u32) -> Option<Party> {
    // "drei Prozent der Haushalte"
    if let Some(at) = picked.whole {
        if let Taken::Entity(e) = view.clauses.taken(at) {
            return Some(party(view.found, e, Basis::Clause));
        }
        if !is_head(view.clauses.key(at)) {
            return Some(noun(view, at));
        }
    }
    let count = view.found.quantities[draft.anchor() as usize].kind == crate::model::QuantityType::Count;
    let anchor = picked.at.unwrap_or(draft.tokens.start);
    let price = picked.metric.lemma == "Kurs";
    let (entities, first) = view.known.entities;
    let range = view.clauses.clauses[draft.clause].tokens.clone();
    // "davon 70 in Hessen": part of what was just said.
    let thereof = (range.start..range.start + 3).any(|i| matches!(view.clauses.key(i), "davon" | "darunter"));
    if let Some((subject, then)) = focus.subject.as_ref().filter(|_| thereof)
        && then + 1 >= sentence
    {
        return Some(Party { basis: Basis::Carried, ..subject.clone() });
    }
    let mut best: Option<(i32, u32, bool)> = None;
    for (n, e) in (first..).zip(entities) {
        let tokens = view.tokens(e.span);
        let at = tokens.start;
        if at.abs_diff(draft.tokens.start) > REACH || is_demonym(view, tokens.end - 1) {
            continue;
        }
        let currency = view.source.lexicon.tags(view.source.lexicon.word(view.clauses.key(at).as_bytes()));
        if source_at(view, &tokens) || currency.has(crate::lexicon::Tags::UNIT) {
            continue;
        }
        let clause = view.clauses.clause_of(at);
        // "Nordkap, das 70 Läden übernimmt": the name in front of a relative clause.
        let relative = tokens.end == range.start
            && matches!(
                view.clauses.key(range.start + 1),
                "der" | "die" | "das" | "deren" | "dessen" | "welche" | "welcher"
            );
        // "Die Bundesbank rechnet mit einer Inflation von …": who expects is no subject.
        let expects = view.clauses.clauses[clause]
            .others
            .iter()
            .any(|(g, _)| matches!(view.words.side.groups[usize::from(*g)].does, Does::Say | Does::Forecast));
        if picked.public && expects && !matches!(e.kind, EntityType::Location) {
            continue;
        }
        let bracket = view.clauses.clauses[draft.clause].bracket && clause + 1 == draft.clause;
        let own = clause == draft.clause || bracket || relative;
        let apart = view.clauses.apart(clause, draft.clause) as i32;
        let mut score = weight(e.kind, picked, count);
        score -= if own { 0 } else { 8 + 3 * apart };
        // "Umsatz von Meta", "Metas Umsatz", "der Umsatz des Konzerns Meta"
        let behind = picked.at.is_some_and(|m| {
            at > m
                && at <= m + 4
                && matches!(view.clauses.key(m + 1), "von" | "der" | "des" | "bei" | "am" | "im" | "in")
        });
        let genitive = picked.at.is_some_and(|m| {
            tokens.end == m || tokens.end + 1 == m && m > 0 && !matches!(view.clauses.key(m - 1), "in" | "im" | "von")
        });
        if behind || genitive || relative {
            score += 14;
        }
        // "in Hessen", "an Nordkap": a place or an object, no subject, where another is named.
        let before = at.checked_sub(1).map_or("", |b| view.clauses.key(b));
        let led = matches!(
            before,
            "in" | "aus"
                | "nach"
                | "an"
                | "mit"
                | "fuer"
                | "durch"
                | "gegen"
                | "bei"
                | "ueber"
                | "zu"
                | "um"
                | "wie"
                | "als"
                | "ausserhalb"
                | "innerhalb"
                | "neben"
        );
        // "Kursziel für Nordkap": whose it is stands behind.
        let aim = picked.metric.lemma.to_lowercase().ends_with("ziel") && before == "fuer";
        if aim {
            score += 30;
        }
        // A company in a sentence of prices has one where its share is named or where it is the subject.
        if price && e.kind == EntityType::Organization {
            let share = (at.saturating_sub(3)..tokens.end + 3).any(|i| {
                let key = view.clauses.key(i);
                SHARES.iter().any(|s| key.starts_with(s))
            });
            let opens = at <= range.start + 2;
            score += match () {
                () if share => 14,
                () if opens => 0,
                () => -14,
            };
        }
        // "im MDax", "führt den Dax an": where the share is listed.
        if price && e.kind == EntityType::Index && matches!(before, "im" | "den" | "am" | "zum") {
            score -= 16;
        }
        if led && !behind {
            score -= 8;
        }
        if own {
            score -= (at.abs_diff(anchor) as i32).min(24) / 3;
        }
        // What stands in front is what the clause speaks of.
        if own && at < anchor {
            score += 3;
        }
        if best.is_none_or(|(s, ..)| score > s) {
            best = Some((score, n, own));
        }
    }
    let described = description(view, draft, picked);
    if let Some((score, n, own)) = best {
        let basis = if own { Basis::Clause } else { Basis::Sentence };
        let least = match described {
            Some(Described::Head | Described::Place) => 30,
            Some(Described::Noun(_)) => 22,
            None if own => 5,
            None => 9,
        };
        if score >= least {
            return Some(party(view.found, n, basis));
        }
    }
    match described {
        Some(Described::Head) => {
            if let Some(n) = focus.held(view.found, sentence, 4) {
                return Some(party(view.found, n, Basis::Carried));
            }
        }
        Some(Described::Place) => {
            if let Some(n) = focus.place {
                return Some(party(view.found, n, Basis::Carried));
            }
        }
        Some(Described::Noun(at)) => return Some(noun(view, at)),
        None => {}
    }
    // Nothing is named: what the fact before spoke of, else what the document is about.
    if picked.public
        && let Some(place) = focus.place
    {
        return Some(party(view.found, place, Basis::Topic));
    }
    if let Some((subject, then)) = &focus.subject
        && (*then == sentence || then + 2 >= sentence && subject.basis == Basis::Clause && subject.entity.is_some())
        && subject.entity.is_none_or(|n| {
            view.found.entities[n as usize].kind != EntityType::Location || picked.public || count || *then == sentence
        })
    {
        return Some(Party { basis: Basis::Carried, ..subject.clone() });
    }
    if let Some(n) = focus.topic {
        return Some(party(view.found, n, Basis::Topic));
    }
    let nearest = best.filter(|(score, ..)| *score >= -6).map(|(_, n, _)| party(view.found, n, Basis::Sentence));
    nearest.or_else(|| focus.place.map(|n| party(view.found, n, Basis::Topic)))
}

fn party(found: &Analysis, entity: u32, basis: Basis) -> Party {
    let e: &Entity = &found.entities[entity as usize];
    Party { name: found.things[e.thing as usize].name.clone(), entity: Some(entity), basis }
}

fn noun(view: View<'_>, at: usize) -> Party {
    Party { name: plain(view.at(at)).into_owned(), entity: None, basis: Basis::Clause }
}

enum Described {
    /// *der Konzern*, *sie*: the thing spoken of.
    Head,
    /// *die Stadt*, *das Land*: the place spoken of.
    Place,
    /// *Der Platz hat … gekostet*
    Noun(usize),
}

/// The subject that is a common noun with its article: what begins the clause, or stands behind its verb.
fn description(view: View<'_>, draft: &Draft, picked: &Picked) -> Option<Described> {
    // "nahm die Firma mit Schuhen, Jacken und Kosmetik 3 Millionen ein": behind the comma a list goes on.
    let silent = |c: usize| {
        let c = &view.clauses.clauses[c];
        c.verb.is_none() && c.naming.is_empty() && !c.bracket && !c.dash
    };
    let said = if silent(draft.clause) { (0..draft.clause).rev().take(2).find(|c| !silent(*c)) } else { None };
    let clause = &view.clauses.clauses[said.unwrap_or(draft.clause)];
    // "Sie erwartet", ", die sie": a pronoun.
    let pronoun = |i: usize| matches!(view.clauses.key(i), "sie" | "er" | "es");
    if pronoun(clause.tokens.start) || clause.verb.is_some_and(|(_, at)| at == clause.tokens.start && pronoun(at + 1)) {
        return Some(Described::Head);
    }
    let verb = clause.verb.map_or(clause.tokens.end, |(_, at)| at);
    for n in view.clauses.nouns_in(clause.tokens.clone()) {
        let i = n.at;
        if Some(i) == picked.at || !matches!(view.clauses.taken(i), Taken::No) || is_demonym(view, i) {
            continue;
        }
        // "der Konzern", "das junge Unternehmen": an article one or two words in front.
        let article = (1..=2).find_map(|back| {
            let b = i.checked_sub(back).filter(|b| *b >= clause.tokens.start)?;
            let adjective = back == 1 || !view.source.tokens[i - 1].capital();
            (ARTICLES.contains(&view.clauses.key(b)) && adjective).then_some(b)
        });
        let opens =
            i == clause.tokens.start || i == clause.tokens.start + 1 && clause.tokens.start > view.clauses.range.start;
        let inverted =
            clause.verb.is_some_and(|(_, at)| at + 1 == i) || clause.naming.iter().any(|(_, at)| at + 1 == i);
        let bare = (opens || inverted) && n.sense.is_none() && i < draft.tokens.start;
        let Some(start) = article.or(bare.then_some(i)) else {
            continue;
        };
        let key = view.clauses.key(i);
        let head = is_head(key);
        let before = start.checked_sub(1).filter(|b| *b >= clause.tokens.start);
        let led = before.is_some_and(|b| PREPOSITIONS.contains(&view.clauses.key(b)));
        // "die Hälfte der Käufe": a genitive says nothing of its own.
        let genitive = article.is_some_and(|a| view.clauses.key(a) == "des")
            || !inverted
                && before.is_some_and(|b| {
                    view.source.tokens[b].capital() || matches!(view.clauses.taken(b), Taken::Quantity(_))
                });
        const PLACES: [&str; 8] =
            ["stadt", "land", "gemeinde", "kreis", "landkreis", "bundesland", "hansestadt", "kanton"];
        if !led && PLACES.contains(&key) {
            return Some(Described::Place);
        }
        if head && (!led || start > clause.tokens.start + 1 || i < draft.tokens.start) {
            return Some(Described::Head);
        }
        const LEVELS: [&str; 12] = [
            "marke", "schwelle", "grenze", "huerde", "stand", "niveau", "rekord", "zahl", "haelfte", "seite", "fall",
            "zeit",
        ];
        let says = view.clauses.senses(i..i + 1).any(|(_, s)| matches!(s, Sense::SourceNoun | Sense::Cue(..)));
        let metric = n.sense.is_some();
        let none = led || genitive || says || metric || LEVELS.iter().any(|l| key.ends_with(l));
        let verb = if inverted { i + 1 } else { verb };
        if !none && i < verb.max(draft.tokens.start) && i < draft.tokens.start {
            return Some(Described::Noun(i));
        }
    }
    None
}

/// *der **Bonner** Konzern*: where it is from, not what it is called.
fn is_demonym(view: View<'_>, at: usize) -> bool {
    view.clauses.key(at).ends_with("er") && is_head(view.clauses.key(at + 1))
}

/// Whether a noun means what the text speaks of: *der Konzern*, *das Unternehmen*.
fn is_head(key: &str) -> bool {
    const HEADS: [&str; 32] = [
        "konzern",
        "konzerns",
        "unternehmen",
        "unternehmens",
        "firma",
        "gesellschaft",
        "bank",
        "hersteller",
        "autobauer",
        "gruppe",
        "haus",
        "haendler",
        "versicherer",
        "airline",
        "fluggesellschaft",
        "anbieter",
        "betreiber",
        "verlag",
        "verein",
        "partei",
        "behoerde",
        "verband",
        "institut",
        "stadt",
        "land",
        "papier",
        "aktie",
        "papiere",
        "titel",
        "branchenprimus",
        "betrieb",
        "index",
    ];
    HEADS.iter().any(|h| key == *h || key.len() > h.len() + 2 && key.ends_with(h) && h.len() >= 4)
}

/// Words for shares.
const SHARES: [&str; 5] = ["aktie", "papier", "titel", "anteilsschein", "kurs"];

const ARTICLES: [&str; 12] =
    ["der", "die", "das", "ein", "eine", "dieser", "diese", "dieses", "sein", "seine", "ihr", "ihre"];

const PREPOSITIONS: [&str; 18] = [
    "in", "auf", "an", "mit", "von", "fuer", "bei", "nach", "ueber", "um", "durch", "gegen", "vor", "aus", "zu",
    "unter", "seit", "wegen",
];

/// Whether a name stands where a source stands: *laut X*, *X zufolge*, *teilte X mit*.
fn source_at(view: View<'_>, tokens: &Range<usize>) -> bool {
    let senses = |at: usize| view.clauses.senses(at..at + 1);
    let back = tokens.start;
    let led = (1..=4).take_while(|k| back >= view.clauses.range.start + k).any(|k| {
        let at = back - k;
        let clear = (at + 1..back).all(|i| !view.source.tokens[i].capital() && !view.clauses.key(i).is_empty());
        let behind =
            clear && senses(at).any(|(_, s)| s == Sense::SourceBehind) && !matches!(view.clauses.key(at), "wie" | "so");
        let of = clear
            && senses(at).any(|(_, s)| s == Sense::SourceOf)
            && at > view.clauses.range.start
            && matches!(view.clauses.key(at - 1), "nach" | "eigenen" | "laut" | "ersten" | "offiziellen");
        behind || of
    });
    let followed = senses(tokens.end).any(|(_, s)| s == Sense::SourceBefore);
    led || followed || says(view, tokens)
}

/// Whether the clause of a name is one of saying and has no number of its own.
fn says(view: View<'_>, tokens: &Range<usize>) -> bool {
    let c = &view.clauses.clauses[view.clauses.clause_of(tokens.start)];
    let says = c.others.iter().any(|(g, _)| view.words.side.groups[usize::from(*g)].does == Does::Say);
    says && !c.number
}

/// Who says so, where that is named and not the subject.
pub(crate) fn source(view: View<'_>, draft: &Draft, subject: Option<&Party>) -> Option<Party> {
    let (entities, first) = view.known.entities;
    let named = (first..).zip(entities).find_map(|(n, e)| {
        let tokens = view.tokens(e.span);
        let near = tokens.start.abs_diff(draft.tokens.start) <= REACH;
        let source = near
            && source_at(view, &tokens)
            && matches!(e.kind, EntityType::Organization | EntityType::Person | EntityType::Product);
        source.then(|| party(view.found, n, Basis::Sentence))
    });
    // "Analysten erwarten", "rechnen Fachleute": who is no name.
    let common = || {
        (draft.clause.saturating_sub(1)..(draft.clause + 2).min(view.clauses.clauses.len())).find_map(|c| {
            let clause = &view.clauses.clauses[c];
            let said = clause
                .others
                .iter()
                .any(|(g, _)| matches!(view.words.side.groups[usize::from(*g)].does, Does::Say | Does::Forecast));
            let at = view.clauses.senses(clause.tokens.clone()).find(|(_, s)| *s == Sense::SourceNoun)?.0;
            let led = view
                .clauses
                .senses(clause.tokens.start..at)
                .any(|(_, s)| matches!(s, Sense::SourceBehind | Sense::SourceOf));
            ((said || led) && matches!(view.clauses.taken(at), Taken::No)).then(|| noun(view, at))
        })
    };
    let named = named.or_else(common);
    let thing = |p: &Party| p.entity.map(|e| view.found.entities[e as usize].thing);
    named.filter(|p| subject.is_none_or(|s| thing(s) != thing(p) || s.entity.is_none()))
}

/// Whether a time is no period: clock times and what comes again.
pub(super) fn is_period(kind: TimeType) -> bool {
    matches!(kind, TimeType::Date | TimeType::Duration | TimeType::Time)
}
