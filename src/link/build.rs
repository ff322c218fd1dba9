//! The lists of `src/german/facts` → the table of words.

use super::lists::{Lists, Pairs};
use super::words::{Concept, Does, Form, Group, Noun, Own, Sense, Side, Slot, Words, write};
use crate::error::{Error, Result};
use crate::lexicon::{fold, folded};
use crate::model::{Direction, Status};
use crate::pack::Facts;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Metrics {
    metric: Vec<MetricEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MetricEntry {
    id: String,
    units: Vec<String>,
    #[serde(rename = "good")]
    _good: String,
    nouns: Vec<String>,
    #[serde(default)]
    public: bool,
    #[serde(default)]
    qualified: Vec<String>,
    #[serde(rename = "example")]
    _example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    verb: Vec<VerbEntry>,
    phrase_verb: Vec<VerbEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbEntry {
    id: String,
    sense: String,
    #[serde(default)]
    slots: BTreeMap<String, String>,
    #[serde(default)]
    verbs: Vec<String>,
    /// Of a phrase: its verb, and its other words.
    #[serde(default)]
    verb: Option<String>,
    #[serde(default)]
    words: Option<String>,
    #[serde(default)]
    metric: Option<String>,
    #[serde(rename = "example")]
    _example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    change: Vec<Entry>,
    comparative: Vec<Entry>,
    adjective: Vec<Entry>,
    cue: Vec<Entry>,
    negation: Vec<Entry>,
    counterfactual: Vec<Entry>,
    source: Vec<Entry>,
    base: Vec<Entry>,
    now: Vec<Entry>,
    respective: Vec<Entry>,
}

/// An entry of `changes.toml`; each kind has its own fields of these.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(default)]
    sense: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    word: String,
    #[serde(default)]
    lemma: String,
    #[serde(rename = "example")]
    _example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListsFile {
    list: Vec<ListEntry>,
    pairs: Vec<PairsEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListEntry {
    id: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    compounds: Vec<String>,
    #[serde(default)]
    begins: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    #[serde(default)]
    within: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairsEntry {
    id: String,
    pairs: Vec<(String, String)>,
}

const ADJECTIVE: [&str; 5] = ["e", "en", "er", "es", "em"];

#[derive(Default)]
struct Builder {
    side: Side,
    forms: BTreeSet<(Vec<u8>, u32)>,
    senses: Vec<(Vec<u8>, Sense)>,
    key: Vec<u8>,
}

/// The file of the words of facts, from their four files.
///
/// # Errors
/// A file is no TOML, or has a word that is unknown here.
pub(crate) fn build(metrics: &str, verbs: &str, changes: &str, lists: &str) -> Result<Vec<u8>> {
    let broken = |name: &str, e: toml::de::Error| Error::at(format!("src/german/facts/{name}"), e.to_string());
    let mut b = Builder::default();
    b.side.prefixes.push(String::new());
    let metrics: Metrics = toml::from_str(metrics).map_err(|e| broken("metrics.toml", e))?;
    for m in metrics.metric {
        b.metric(Concept { id: m.id, units: m.units, public: m.public, hash: 0 }, &m.nouns, &m.qualified);
    }
    let verbs: Verbs = toml::from_str(verbs).map_err(|e| broken("verbs.toml", e))?;
    for v in verbs.verb.into_iter().chain(verbs.phrase_verb) {
        b.group(v)?;
    }
    let changes: Changes = toml::from_str(changes).map_err(|e| broken("changes.toml", e))?;
    b.changes(changes)?;
    let lists: ListsFile = toml::from_str(lists).map_err(|e| broken("lists.toml", e))?;
    b.lists(lists)?;
    write(&b.side, &b.senses)
}

/// Numbers of groups have so many bits in [`Sense::packed`].
const GROUPS: usize = 1 << 14;

/// Words with what packs say on top. What weights know of a concept or a group they know by its name; one of a pack is
/// taken for the first built-in one that is like it.
///
/// # Errors
/// An entry that is none, or removes what is not there; with its place.
pub(super) fn on_top(words: &Words, facts: &Facts) -> Result<Words> {
    let built_in = &words.side;
    let mut b = Builder { side: built_in.clone(), ..Builder::default() };
    let mut own = Own::default();
    let concept = |id: &str| built_in.concepts.iter().position(|c| c.id == id);
    let group = |id: &str| built_in.groups.iter().position(|g| g.id == id);
    for (name, place) in &facts.remove {
        let known = match name.split_once('.') {
            Some(("metric", id)) => concept(id).map(|n| own.concepts.insert(n as u16)),
            Some(("verb", id)) => group(id).map(|n| own.groups.insert(n as u16)),
            _ => None,
        };
        known.ok_or_else(|| {
            Error::at(place, format!("remove names '{name}', and there is no such entry; write KIND.ID"))
        })?;
    }
    for m in &facts.metrics {
        own.concepts.extend(concept(&m.id).map(|n| n as u16));
        let units: Vec<String> = m.units.iter().map(|u| u.name().to_owned()).collect();
        let same = built_in.concepts.iter().find(|c| c.id == m.concept);
        let kin = same.or_else(|| built_in.concepts.iter().find(|c| c.units == units)).map_or(0, |c| c.hash);
        own.kin.insert(m.concept.clone(), kin);
        b.metric(Concept { id: m.concept.clone(), units, public: m.public, hash: kin }, &m.nouns, &m.qualified);
        if b.side.nouns.len() > usize::from(u16::MAX) {
            return Err(Error::at(&m.place, "too many nouns of metrics"));
        }
    }
    for v in &facts.verbs {
        own.groups.extend(group(&v.id).map(|n| n as u16));
        let entry = VerbEntry {
            id: v.id.clone(),
            sense: v.sense.to_owned(),
            slots: v.slots.iter().map(|(p, s)| (p.clone(), (*s).to_owned())).collect(),
            verbs: v.verbs.clone(),
            verb: None,
            words: v.words.clone(),
            metric: v.metric.clone(),
            _example: String::new(),
        };
        b.group(entry).map_err(|e| Error::at(&v.place, e.to_string()))?;
        if b.side.groups.len() > GROUPS {
            return Err(Error::at(&v.place, "too many verbs"));
        }
        if let Some(new) = b.side.groups.last_mut() {
            let alike = |g: &&Group| g.does == new.does && g.metric == new.metric;
            let less = |g: &&Group| g.does == new.does && g.metric.is_some() == new.metric.is_some();
            let kin = built_in.groups.iter().find(alike).or_else(|| built_in.groups.iter().find(less));
            new.hash = kin.map_or(0, |g| g.hash);
        }
    }
    for (form, sense) in b.senses {
        own.senses.entry(form).or_default().push(sense);
    }
    Ok(words.with(b.side, own))
}

fn direction(name: &str) -> Result<Direction> {
    Direction::ALL
        .iter()
        .find(|d| d.name() == name)
        .copied()
        .ok_or_else(|| Error::new(format!("'{name}' is no direction: up, down or flat")))
}

impl Builder {
    fn add(&mut self, form: &str, sense: Sense) {
        // What has several words is found by other means.
        if form.is_empty() || form.contains(' ') {
            return;
        }
        fold(form, &mut self.key, usize::MAX);
        if self.forms.insert((self.key.clone(), sense.packed())) {
            self.senses.push((self.key.clone(), sense));
        }
    }

    /// All forms of a noun: `"Umsatz|es|s, Umsätze|n"`.
    fn noun(&mut self, notation: &str, sense: Sense) {
        for part in notation.split(',') {
            let mut parts = part.trim().split('|');
            let stem = parts.next().unwrap_or_default();
            self.add(stem, sense);
            for ending in parts {
                self.add(&format!("{stem}{ending}"), sense);
            }
        }
    }

    /// All forms of a word: `"höher|*"`.
    fn word(&mut self, notation: &str, sense: Sense) {
        let (stem, all) = notation.strip_suffix("|*").map_or((notation, false), |s| (s, true));
        self.add(stem, sense);
        for ending in ADJECTIVE.iter().filter(|_| all) {
            self.add(&format!("{stem}{ending}"), sense);
        }
    }

    fn lemma(&mut self, lemma: &str) -> u16 {
        let at = self.side.lemmas.iter().position(|l| l == lemma).unwrap_or_else(|| {
            self.side.lemmas.push(lemma.to_owned());
            self.side.lemmas.len() - 1
        });
        at as u16
    }

    fn metric(&mut self, entry: Concept, nouns: &[String], qualified: &[String]) {
        let concept = self.side.concepts.len() as u16;
        self.side.concepts.push(entry);
        for notation in nouns {
            let lemma = notation.split([',', '|']).next().unwrap_or_default().to_owned();
            let noun = Sense::Metric(self.side.nouns.len() as u16);
            self.side.nouns.push(Noun { lemma, concept });
            self.noun(notation, noun);
        }
        for adjective in qualified {
            self.word(&format!("{adjective}|*"), Sense::Qualifier(concept));
        }
    }

    fn group(&mut self, v: VerbEntry) -> Result<()> {
        let does = match v.sense.as_str() {
            "level" => Does::Level,
            "forecast" => Does::Forecast,
            "target" => Does::Target,
            "denied" => Does::Deny,
            "say" => Does::Say,
            other => Does::Change(direction(other)? as u8),
        };
        let slot = |name: &str| match name {
            "value" => Ok(Slot::Value),
            "by" => Ok(Slot::By),
            "from" => Ok(Slot::From),
            other => Err(Error::new(format!("'{other}' is no slot: value, by or from"))),
        };
        let mut slots = Vec::new();
        for (preposition, name) in &v.slots {
            let preposition = if preposition == "bare" { "" } else { preposition };
            fold(preposition, &mut self.key, usize::MAX);
            slots.push((String::from_utf8_lossy(&self.key).into_owned(), slot(name)?));
        }
        let metric = v.metric.as_deref().map(|m| self.lemma(m));
        let words: Vec<String> = v.words.iter().flat_map(|w| w.split(' ')).map(folded).collect();
        let group = self.side.groups.len() as u16;
        self.side.groups.push(Group { id: v.id, does, metric, slots, words, hash: 0 });
        for verb in v.verbs.iter().chain(&v.verb) {
            self.verb(verb, group)?;
        }
        Ok(())
    }

    /// All forms of a verb: `"zu|legen, legt, legte, gelegt"`.
    fn verb(&mut self, notation: &str, group: u16) -> Result<()> {
        let parts: Vec<&str> = notation.split(',').map(str::trim).collect();
        let [infinitive, present, past, participle] = parts.as_slice() else {
            return Err(Error::new(format!("'{notation}': a verb is written with four forms")));
        };
        let (prefix, infinitive) = infinitive.split_once('|').map_or(("", *infinitive), |(p, i)| (p, i));
        let number = match prefix {
            "" => 0,
            _ => {
                let key = folded(prefix);
                let at = self.side.prefixes.iter().position(|p| *p == key).unwrap_or_else(|| {
                    self.side.prefixes.push(key);
                    self.side.prefixes.len() - 1
                });
                u8::try_from(at).map_err(|_| Error::new("more than 255 prefixes of verbs"))?
            }
        };
        let stem = infinitive.strip_suffix("en").or(infinitive.strip_suffix('n')).unwrap_or(infinitive);
        let plural = if past.ends_with('e') { format!("{past}n") } else { format!("{past}en") };
        let finite = [(*present).to_owned(), (*past).to_owned(), plural, format!("{stem}e"), infinitive.to_owned()];
        let of = |form, prefix| Sense::Verb { group, form, prefix };
        for form in &finite {
            self.add(form, of(Form::Finite, number));
            if number != 0 {
                self.add(&format!("{prefix}{form}"), of(Form::Finite, 0));
            }
        }
        self.add(&format!("{prefix}{infinitive}"), of(Form::Infinitive, 0));
        if number != 0 {
            self.add(&format!("{prefix}zu{infinitive}"), of(Form::Infinitive, 0));
        }
        let participle = format!("{prefix}{participle}");
        self.word(&format!("{participle}|*"), of(Form::Participle, 0));
        Ok(())
    }

    fn changes(&mut self, c: Changes) -> Result<()> {
        for e in &c.change {
            let sense = Sense::Change(direction(&e.sense)?);
            e.nouns.iter().for_each(|n| self.noun(n, sense));
        }
        for (entries, sense) in
            [(&c.comparative, Sense::Comparative as fn(Direction) -> Sense), (&c.adjective, Sense::Adjective)]
        {
            for e in entries {
                let sense = sense(direction(&e.sense)?);
                e.words.iter().for_each(|w| self.word(w, sense));
            }
        }
        for e in &c.cue {
            let status = Status::ALL.iter().find(|s| s.name() == e.status).copied();
            let status = status.ok_or_else(|| Error::new(format!("'{}' is no status", e.status)))?;
            e.words.iter().for_each(|w| self.word(w, Sense::Cue(status, false)));
            e.nouns.iter().for_each(|n| self.noun(n, Sense::Cue(status, true)));
        }
        for (entries, sense) in [
            (&c.negation, Sense::Negation),
            (&c.counterfactual, Sense::Counterfactual),
            (&c.now, Sense::Now),
            (&c.respective, Sense::Respective),
        ] {
            entries.iter().flat_map(|e| &e.words).for_each(|w| self.word(w, sense));
        }
        for e in &c.source {
            for phrase in &e.before {
                self.add(phrase, Sense::SourceBehind);
                // "nach Einschätzung (von)"
                let mut words = phrase.split(' ');
                if let (Some("nach"), Some(noun), None | Some("von" | "der" | "des"), None) =
                    (words.next(), words.next(), words.next(), words.next())
                {
                    self.add(noun, Sense::SourceOf);
                }
            }
            e.after.iter().for_each(|w| self.add(w, Sense::SourceBefore));
            e.nouns.iter().for_each(|n| self.noun(n, Sense::SourceNoun));
        }
        for e in &c.base {
            let lemma = self.lemma(&e.lemma);
            self.add(&e.word, Sense::Base(lemma));
        }
        Ok(())
    }

    fn lists(&mut self, file: ListsFile) -> Result<()> {
        self.side.lists.resize_with(Lists::NAMED.len(), Default::default);
        let mut missing: BTreeSet<&str> = Lists::NAMED.iter().map(|(name, _)| *name).collect();
        // Filled from the lexicon.
        missing.remove("UNIT");
        for l in file.list {
            let list =
                Lists::from_name(&l.id).ok_or_else(|| Error::new(format!("no rule asks for list '{}'", l.id)))?;
            if !missing.remove(Lists::NAMED[usize::from(list.place())].0) {
                return Err(Error::new(format!("list '{}' stands twice", l.id)));
            }
            let all = |words: &[String]| words.iter().map(|w| folded(w)).collect::<Vec<_>>();
            let (phrases, words): (Vec<_>, Vec<_>) = l.words.into_iter().partition(|w| w.contains(' '));
            words.iter().for_each(|w| self.word(w, Sense::Listed(list.place())));
            l.compounds.iter().for_each(|w| self.word(w, Sense::Ends(list.place())));
            let affixes = &mut self.side.lists[usize::from(list.place())];
            affixes.phrases = all(&phrases);
            affixes.begins = all(&l.begins);
            affixes.ends = all(&l.ends);
            affixes.within = all(&l.within);
        }
        if let Some(name) = missing.first() {
            return Err(Error::new(format!("there is no list '{}'", name.to_lowercase())));
        }
        self.side.pairs.resize_with(Pairs::ALL.len(), Default::default);
        for p in file.pairs {
            let known = Pairs::ALL.iter().find(|(name, _)| *name == p.id);
            let (_, which) = known.ok_or_else(|| Error::new(format!("no rule asks for pairs '{}'", p.id)))?;
            let read = |(found, other): (String, String)| match which {
                // Looked up like words; the others are endings of what is written.
                Pairs::Measure | Pairs::Scope => (folded(&found), other),
                _ => (found, other),
            };
            self.side.pairs[*which as usize] = p.pairs.into_iter().map(read).collect();
        }
        match Pairs::ALL.iter().find(|(_, which)| self.side.pairs(*which).is_empty()) {
            Some((name, _)) => Err(Error::new(format!("there are no pairs '{name}'"))),
            None => Ok(()),
        }
    }
}
