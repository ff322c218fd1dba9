//! Packs in order: later entries replace earlier ones of the same id.

use super::{Entry, Metric, Name, Pack, Verb};
use crate::error::{Error, Result};
use std::collections::BTreeMap;

/// What packs say of facts.
#[derive(Debug, Default, Clone)]
pub struct Facts {
    /// What is measured.
    pub metrics: Vec<Entry<Metric>>,
    /// Verbs that say what happens to an amount.
    pub verbs: Vec<Entry<Verb>>,
    /// Built-in entries to take out, `metric.ID` or `verb.ID`, each with its place.
    pub remove: Vec<(String, String)>,
}

impl Facts {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.metrics.is_empty() && self.verbs.is_empty() && self.remove.is_empty()
    }
}

impl Pack {
    /// Adds the entries of a later pack: the same id replaces, `remove` takes out, the rest is new.
    ///
    /// # Errors
    /// A `remove` that names nothing.
    pub fn merge(&mut self, later: Self) -> Result<()> {
        for (name, place) in &later.remove {
            if !self.take_out(name) {
                return Err(Error::at(
                    place,
                    format!("remove names '{name}', and there is no such entry; write KIND.ID"),
                ));
            }
        }
        merge_kind(&mut self.numbers, later.numbers);
        merge_kind(&mut self.scales, later.scales);
        merge_kind(&mut self.hedges, later.hedges);
        merge_kind(&mut self.currencies, later.currencies);
        merge_kind(&mut self.units, later.units);
        merge_kind(&mut self.multiples, later.multiples);
        merge_kind(&mut self.times, later.times);
        merge_kind(&mut self.fiscals, later.fiscals);
        merge_kind(&mut self.classes, later.classes);
        merge_kind(&mut self.identifiers, later.identifiers);
        merge_kind(&mut self.shapes, later.shapes);
        merge_kind(&mut self.names, later.names);
        merge_kind(&mut self.metrics, later.metrics);
        merge_kind(&mut self.verbs, later.verbs);
        Ok(())
    }

    /// The names of several packs in order: the same id replaces, `remove` takes out.
    ///
    /// # Errors
    /// A `remove` of a name that no earlier pack has.
    pub fn merge_names(packs: &[Self]) -> Result<Vec<Entry<Name>>> {
        let mut all = Self::default();
        for pack in packs {
            let names = |(name, _): &&(String, String)| name.starts_with("name.");
            let remove = pack.remove.iter().filter(names).cloned().collect();
            all.merge(Self { remove, names: pack.names.clone(), ..Self::default() })?;
        }
        Ok(all.names)
    }

    /// The metrics and verbs of several packs in order: the same id replaces, `remove` takes out.
    pub fn merge_facts(packs: &[Self]) -> Facts {
        let mut all = Facts::default();
        for pack in packs {
            for (name, place) in &pack.remove {
                let known = match name.split_once('.') {
                    Some(("metric", id)) => drop_entry(&mut all.metrics, id),
                    Some(("verb", id)) => drop_entry(&mut all.verbs, id),
                    _ => true,
                };
                if !known {
                    all.remove.push((name.clone(), place.clone()));
                }
            }
            merge_kind(&mut all.metrics, pack.metrics.clone());
            merge_kind(&mut all.verbs, pack.verbs.clone());
        }
        all
    }

    /// Adds the entries of a further file of the same pack, whose ids are new (compiling finds words claimed twice).
    pub(crate) fn append(&mut self, file: Self) {
        self.numbers.extend(file.numbers);
        self.scales.extend(file.scales);
        self.hedges.extend(file.hedges);
        self.currencies.extend(file.currencies);
        self.units.extend(file.units);
        self.multiples.extend(file.multiples);
        self.times.extend(file.times);
        self.fiscals.extend(file.fiscals);
        self.classes.extend(file.classes);
        self.identifiers.extend(file.identifiers);
        self.shapes.extend(file.shapes);
        self.names.extend(file.names);
        self.metrics.extend(file.metrics);
        self.verbs.extend(file.verbs);
    }

    fn take_out(&mut self, name: &str) -> bool {
        let Some((kind, id)) = name.split_once('.') else {
            return false;
        };
        match kind {
            "number" => drop_entry(&mut self.numbers, id),
            "scale" => drop_entry(&mut self.scales, id),
            "hedge" => drop_entry(&mut self.hedges, id),
            "currency" => drop_entry(&mut self.currencies, id),
            "unit" => drop_entry(&mut self.units, id),
            "multiple" => drop_entry(&mut self.multiples, id),
            "time" => drop_entry(&mut self.times, id),
            "fiscal" => drop_entry(&mut self.fiscals, id),
            "class" => drop_entry(&mut self.classes, id),
            "identifier" => drop_entry(&mut self.identifiers, id),
            "shape" => drop_entry(&mut self.shapes, id),
            "name" => drop_entry(&mut self.names, id),
            // Whether there is such an entry is known where the words of facts are: see `merge_facts`.
            "metric" | "verb" => true,
            _ => false,
        }
    }

    /// Every example of quantities with the place of its entry: those of all kinds but [`Pack::time_examples`],
    /// [`Pack::name_examples`] and [`Pack::fact_examples`].
    pub fn examples(&self) -> Vec<(&str, &[String; 2])> {
        of(&self.numbers)
            .chain(of(&self.scales))
            .chain(of(&self.hedges))
            .chain(of(&self.currencies))
            .chain(of(&self.units))
            .chain(of(&self.multiples))
            .chain(of(&self.classes))
            .chain(of(&self.identifiers))
            .chain(of(&self.shapes))
            .collect()
    }

    /// Every example of times, those of the kinds `time` and `fiscal`, with the place of its entry.
    pub fn time_examples(&self) -> Vec<(&str, &[String; 2])> {
        of(&self.times).chain(of(&self.fiscals)).collect()
    }

    /// Every example of facts, those of the kinds `metric` and `verb`, with the place of its entry.
    pub fn fact_examples(&self) -> Vec<(&str, &[String; 2])> {
        of(&self.metrics).chain(of(&self.verbs)).collect()
    }

    /// Every example of names with the place of its entry.
    pub fn name_examples(&self) -> Vec<(&str, &[String; 2])> {
        of(&self.names).collect()
    }
}

fn of<T>(entries: &[Entry<T>]) -> impl Iterator<Item = (&str, &[String; 2])> {
    entries.iter().flat_map(|e| e.examples.iter().map(|x| (e.place.as_str(), x)))
}

fn merge_kind<T>(have: &mut Vec<Entry<T>>, later: Vec<Entry<T>>) {
    // Tables of names are long: looking through all of them for each would be quadratic.
    let mut places: BTreeMap<String, usize> = have.iter().enumerate().map(|(at, e)| (e.id.clone(), at)).collect();
    for entry in later {
        match places.get(&entry.id).and_then(|at| have.get_mut(*at)) {
            Some(old) => *old = entry,
            None => {
                places.insert(entry.id.clone(), have.len());
                have.push(entry);
            }
        }
    }
}

fn drop_entry<T>(entries: &mut Vec<Entry<T>>, id: &str) -> bool {
    let before = entries.len();
    entries.retain(|e| e.id != id);
    entries.len() < before
}
