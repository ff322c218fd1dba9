//! Documents → tasks for threads, tasks → batches; and the ids that were seen.

use super::{BATCH_BYTES, Item, TASK_BYTES};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Document, Version};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicBool, Ordering};

/// One step of the input, looked at beside those before it.
pub(crate) enum Input {
    Document(Document),
    Reject(Error),
    /// An older version than one that was read before.
    Superseded,
}

/// Groups documents into tasks and tasks into batches, and watches over their ids.
pub(crate) struct Batches<'a, I> {
    documents: I,
    stop: &'a AtomicBool,
    /// Whether all was read.
    pub(super) ended: bool,
    /// Hashes of the ids seen, and the newest version of each.
    ids: HashMap<u128, Option<Version>, FixedState>,
}

impl<'a, I: Iterator<Item = Item>> Batches<'a, I> {
    pub(crate) fn new(documents: I, stop: &'a AtomicBool) -> Self {
        Self { documents, stop, ended: false, ids: HashMap::with_hasher(FixedState::with_seed(1)) }
    }

    /// Reads past what an earlier run has done, but for the ids and versions in it.
    ///
    /// # Errors
    /// There is less than that.
    pub(super) fn pass(&mut self, items: u64) -> Result<()> {
        for _ in 0..items {
            let Some(item) = self.item() else { break };
            self.checked(item);
        }
        if self.ended {
            return Err(Error::new(
                "there is less to read than the run had done that is to be resumed: run it without --resume",
            ));
        }
        Ok(())
    }

    /// The next step; none where all was read or the run is to stop.
    fn item(&mut self) -> Option<Item> {
        if self.ended || self.stop.load(Ordering::Relaxed) {
            return None;
        }
        let item = self.documents.next();
        // Who stops the run may have stopped what writes its input as well.
        self.ended = item.is_none() && !self.stop.load(Ordering::Relaxed);
        item
    }

    fn checked(&mut self, item: Item) -> Input {
        let doc = match item {
            Ok(doc) => doc,
            Err(e) => return Input::Reject(e),
        };
        let half = |seed| FixedState::with_seed(seed).hash_one(&doc.id);
        let version = Version::of(&doc);
        match self.ids.entry(u128::from(half(2)) << 64 | u128::from(half(3))) {
            Entry::Vacant(entry) => {
                entry.insert(version);
            }
            Entry::Occupied(mut entry) => match (entry.get(), &version) {
                (Some(old), Some(new)) if new > old => {
                    entry.insert(version);
                }
                (Some(old), Some(new)) if new < old => return Input::Superseded,
                _ => {
                    let message = format!(
                        "a document of the id '{}' was read before; give both a version, or rename one",
                        doc.id
                    );
                    return Input::Reject(Error::at(doc.place, message).of(ErrorKind::Duplicate));
                }
            },
        }
        Input::Document(doc)
    }
}

impl<I: Iterator<Item = Item>> Iterator for Batches<'_, I> {
    type Item = Vec<Vec<Input>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (mut batch, mut task) = (Vec::new(), Vec::new());
        let (mut batch_bytes, mut task_bytes) = (0, 0);
        while batch_bytes < BATCH_BYTES {
            let Some(item) = self.item() else {
                break;
            };
            let bytes = item.as_ref().map_or(0, |d| d.text.len()) + 256;
            task.push(self.checked(item));
            task_bytes += bytes;
            batch_bytes += bytes;
            if task_bytes >= TASK_BYTES {
                batch.push(std::mem::take(&mut task));
                task_bytes = 0;
            }
        }
        if !task.is_empty() {
            batch.push(task);
        }
        (!batch.is_empty()).then_some(batch)
    }
}
