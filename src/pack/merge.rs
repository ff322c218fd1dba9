//! Packs in order: later entries replace earlier ones of the same id.

use super::{Entry, Pack};
use crate::error::{Error, Result};

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
        Ok(())
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
            _ => false,
        }
    }

    /// Every example of quantities with the place of its entry: those of all kinds but [`Pack::time_examples`].
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
}

fn of<T>(entries: &[Entry<T>]) -> impl Iterator<Item = (&str, &[String; 2])> {
    entries.iter().flat_map(|e| e.examples.iter().map(|x| (e.place.as_str(), x)))
}

fn merge_kind<T>(have: &mut Vec<Entry<T>>, later: Vec<Entry<T>>) {
    for entry in later {
        match have.iter_mut().find(|e| e.id == entry.id) {
            Some(old) => *old = entry,
            None => have.push(entry),
        }
    }
}

fn drop_entry<T>(entries: &mut Vec<Entry<T>>, id: &str) -> bool {
    let before = entries.len();
    entries.retain(|e| e.id != id);
    entries.len() < before
}
