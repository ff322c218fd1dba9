//! Documents → tasks for threads, tasks → batches.

use super::{Item, Plan};
use std::sync::atomic::{AtomicBool, Ordering};

/// Text that one task takes at once: short documents share an output buffer.
const TASK_BYTES: usize = 64 << 10;

/// What the analysis of a text takes: so much a byte, and so much a number, with the records and what they are found by.
/// Measured, prose takes 43 bytes a byte, rows of amounts alone 150.
const OF_BYTE: u64 = 30;
const OF_NUMBER: u64 = 900;

/// What the analysis of a text takes at most, in bytes, about.
pub(super) fn cost(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let digit = |b: &u8| b.wrapping_sub(b'0') < 10;
    // Stretches so short that a byte holds the number of each: then many bytes are counted at once.
    const STRETCH: usize = 128;
    let begins = |(before, here): (&[u8], &[u8])| -> u8 {
        before.iter().zip(here).map(|(a, b)| u8::from(!digit(a) & digit(b))).sum()
    };
    let behind = bytes.get(1..).unwrap_or_default();
    let numbers: u64 = bytes.chunks(STRETCH).zip(behind.chunks(STRETCH)).map(begins).map(u64::from).sum();
    bytes.len() as u64 * OF_BYTE + (numbers + 1) * OF_NUMBER
}

/// Groups documents into tasks and tasks into batches.
pub(super) struct Batches<'a, I> {
    items: I,
    stop: &'a AtomicBool,
    /// What the documents of a batch may take.
    share: u64,
    /// How many items were read; a batch ends where an earlier run did.
    read: u64,
    border: u64,
    /// The first of the next batch, and what it takes.
    next: Option<(Item, u64)>,
    /// Whether all was read.
    pub(super) ended: bool,
}

impl<'a, I: Iterator<Item = Item>> Batches<'a, I> {
    pub(super) fn new(items: I, plan: &Plan<'a>) -> Self {
        let (share, border) = (plan.memory.batch(), plan.done.items);
        Self { items, stop: plan.stop, share, read: 0, border, next: None, ended: false }
    }

    /// The next step and what it takes; none where all was read or the run is to stop.
    fn item(&mut self) -> Option<(Item, u64)> {
        if let Some(next) = self.next.take() {
            return Some(next);
        }
        if self.ended || self.stop.load(Ordering::Relaxed) {
            return None;
        }
        let item = self.items.next();
        // Who stops the run may have stopped what writes its input as well.
        self.ended = item.is_none() && !self.stop.load(Ordering::Relaxed);
        let item = item?;
        let cost = match item.as_ref().map(|raw| raw.text()) {
            Ok(Ok(text)) => cost(text),
            Ok(Err(page)) => page.len() as u64 * OF_BYTE,
            Err(_) => OF_NUMBER,
        };
        Some((item, cost))
    }
}

impl<I: Iterator<Item = Item>> Iterator for Batches<'_, I> {
    type Item = Vec<Vec<Item>>;

    /// A document that takes more than a batch may is a batch by itself. A batch that a stop cuts short is not begun: where
    /// batches end depends on the input alone, and with them the parts of an output.
    fn next(&mut self) -> Option<Self::Item> {
        let (mut batch, mut task) = (Vec::new(), Vec::new());
        let (mut batch_cost, mut task_bytes) = (0, 0);
        while let Some((item, cost)) = self.item() {
            if batch_cost > 0 && (batch_cost + cost > self.share || self.read == self.border) {
                self.next = Some((item, cost));
                break;
            }
            self.read += 1;
            batch_cost += cost;
            task_bytes += 256 + item.as_ref().map_or(0, |raw| raw.text().map_or_else(<[u8]>::len, str::len));
            task.push(item);
            if task_bytes >= TASK_BYTES {
                batch.push(std::mem::take(&mut task));
                task_bytes = 0;
            }
        }
        if self.next.is_none() && !self.ended {
            return None;
        }
        if !task.is_empty() {
            batch.push(task);
        }
        (!batch.is_empty()).then_some(batch)
    }
}
