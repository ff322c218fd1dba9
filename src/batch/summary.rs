//! What a run did, which is also how far it has come.

use crate::emit::Options;
use crate::error::{Error, Result};
use crate::model::{Analysis, Document};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The kinds of records that are counted, beside documents.
pub const KINDS: [&str; 6] = ["quantity", "time", "entity", "fact", "refused", "conflict"];

/// How a run ended.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// All was read and written.
    #[default]
    Whole,
    /// It was told to stop. What was written so far lasts.
    Stopped,
    /// At its first reject. The batches before it last; nothing of its own is written.
    Refused,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Documents and rejects of the inputs that are done, in all.
    pub items: u64,
    /// Documents written.
    pub documents: u64,
    /// Documents left out, because a newer version came before them.
    pub superseded: u64,
    /// Bytes of the texts of the documents written.
    pub text_bytes: u64,
    /// Records found, in the order of [`KINDS`].
    pub records: [u64; KINDS.len()],
    /// Inputs that could not be read, by [`crate::ErrorKind::name`].
    pub rejects: BTreeMap<String, u64>,
    /// What [`super::Watch::commit`] said at the last commit.
    pub mark: u64,
    /// How it ended.
    #[serde(skip)]
    pub ending: Ending,
}

impl Summary {
    /// Inputs that could not be read.
    pub fn rejected(&self) -> u64 {
        self.rejects.values().sum()
    }

    /// As a checkpoint.
    pub(super) fn to_text(&self) -> String {
        // Numbers and names cannot fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Of a checkpoint.
    ///
    /// # Errors
    /// It is none of this version.
    pub fn parse(checkpoint: &str) -> Result<Self> {
        serde_json::from_str(checkpoint)
            .map_err(|e| Error::new(format!("the checkpoint of the run cannot be read ({e}): run it without --resume")))
    }

    pub(super) fn reject(&mut self, e: &Error) {
        *self.rejects.entry(e.kind.name().to_owned()).or_default() += 1;
    }

    pub(super) fn document(&mut self, doc: &Document) {
        self.documents += 1;
        self.text_bytes += doc.text.len() as u64;
    }

    pub(super) fn records(&mut self, a: &Analysis, options: Options) {
        let found = [
            (options.quantities, a.quantities.len()),
            (options.times, a.times.len()),
            (options.entities, a.entities.len()),
            (options.facts, a.facts.len() + a.derived.len()),
            (options.refused, a.refused.len()),
            (options.conflicts, a.conflicts.len()),
        ];
        for (sum, (asked, n)) in self.records.iter_mut().zip(found) {
            *sum += if asked { n as u64 } else { 0 };
        }
    }

    /// Adds what a task did; its rejects are counted one by one.
    pub(super) fn add(&mut self, task: &Self) {
        self.items += task.items;
        self.documents += task.documents;
        self.superseded += task.superseded;
        self.text_bytes += task.text_bytes;
        self.records.iter_mut().zip(task.records).for_each(|(sum, n)| *sum += n);
    }
}
