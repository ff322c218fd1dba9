//! The documents of two runs side by side, in whatever order each has them.

use super::stream::Records;
use crate::error::{Error, Result};
use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// A document in both runs, or in the one that has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pair {
    /// What the old run has of it.
    pub old: Option<Records>,
    /// What the new run has of it.
    pub new: Option<Records>,
}

/// So many bytes wait in memory for their partner; the rest waits on disk.
const IN_MEMORY: usize = 64 << 20;

/// Pairs the documents of two runs by their ids. Those that only one run has come at the end.
///
/// Two runs over the same input have their documents in the same order, so that hardly any has to wait. What waits is
/// held up to 64 MB, the rest in the file that `spill` opens.
pub struct Paired<O, N> {
    old: O,
    new: N,
    waiting: [Waiting; 2],
    ready: VecDeque<Result<Pair>>,
    left: Option<VecDeque<(usize, Held)>>,
    held: u64,
    spill: Spill,
}

/// The documents of one run whose partner was not read yet, the same id in order.
type Waiting = BTreeMap<String, VecDeque<Held>>;

struct Held {
    /// The order in which they came.
    nth: u64,
    doc: String,
    content: Content,
}

enum Content {
    Memory(Records),
    /// Where in the file, how many bytes of lines, how many of text.
    Disk(u64, usize, Option<usize>),
}

impl<O, N> std::fmt::Debug for Paired<O, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Paired").field("held", &self.held).finish_non_exhaustive()
    }
}

impl<O: Iterator<Item = Result<Records>>, N: Iterator<Item = Result<Records>>> Paired<O, N> {
    /// Of these two runs. `spill` opens a file that can be written and read.
    pub fn new(old: O, new: N, spill: fn() -> io::Result<File>) -> Self {
        let spill = Spill { open: spill, file: None, memory: 0 };
        Self { old, new, waiting: Default::default(), ready: VecDeque::new(), left: None, held: 0, spill }
    }

    fn read(&mut self, side: usize, item: Result<Records>) {
        let pair = item.and_then(|records| {
            let other = &mut self.waiting[1 - side];
            let Some(queue) = other.get_mut(&records.doc) else {
                self.held += 1;
                let held = self.spill.keep(self.held, records)?;
                self.waiting[side].entry(held.doc.clone()).or_default().push_back(held);
                return Ok(None);
            };
            let partner = queue.pop_front();
            if queue.is_empty() {
                other.remove(&records.doc);
            }
            let partner = partner.map(|held| self.spill.take(held)).transpose()?;
            Ok(Some(if side == 0 {
                Pair { old: Some(records), new: partner }
            } else {
                Pair { old: partner, new: Some(records) }
            }))
        });
        self.ready.extend(pair.transpose());
    }
}

impl<O: Iterator<Item = Result<Records>>, N: Iterator<Item = Result<Records>>> Iterator for Paired<O, N> {
    type Item = Result<Pair>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && self.left.is_none() {
            let (old, new) = (self.old.next(), self.new.next());
            if old.is_none() && new.is_none() {
                let sides = self.waiting.iter_mut().enumerate();
                let all = sides.flat_map(|(side, w)| std::mem::take(w).into_values().flatten().map(move |h| (side, h)));
                let mut all: Vec<_> = all.collect();
                all.sort_by_key(|(_, held)| held.nth);
                self.left = Some(all.into());
            }
            if let Some(item) = old {
                self.read(0, item);
            }
            if let Some(item) = new {
                self.read(1, item);
            }
        }
        if let Some(pair) = self.ready.pop_front() {
            return Some(pair);
        }
        let (side, held) = self.left.as_mut()?.pop_front()?;
        Some(self.spill.take(held).map(|records| match side {
            0 => Pair { old: Some(records), new: None },
            _ => Pair { old: None, new: Some(records) },
        }))
    }
}

/// Where documents wait.
struct Spill {
    open: fn() -> io::Result<File>,
    file: Option<File>,
    /// Bytes that wait in memory.
    memory: usize,
}

fn size(records: &Records) -> usize {
    records.lines.len() + records.text.as_ref().map_or(0, String::len)
}

impl Spill {
    fn keep(&mut self, nth: u64, records: Records) -> Result<Held> {
        let doc = records.doc.clone();
        if self.memory + size(&records) <= IN_MEMORY {
            self.memory += size(&records);
            return Ok(Held { nth, doc, content: Content::Memory(records) });
        }
        let written = self.write(&records);
        let at = written.map_err(|e| Error::new(format!("documents in another order cannot be kept apart: {e}")))?;
        Ok(Held { nth, doc, content: Content::Disk(at, records.lines.len(), records.text.map(|t| t.len())) })
    }

    fn write(&mut self, records: &Records) -> io::Result<u64> {
        let mut file = match self.file.take() {
            Some(file) => file,
            None => (self.open)()?,
        };
        let at = file.seek(SeekFrom::End(0))?;
        file.write_all(&records.lines)?;
        file.write_all(records.text.as_deref().unwrap_or_default().as_bytes())?;
        self.file = Some(file);
        Ok(at)
    }

    fn take(&mut self, held: Held) -> Result<Records> {
        let (at, lines, text) = match held.content {
            Content::Memory(records) => {
                self.memory -= size(&records);
                return Ok(records);
            }
            Content::Disk(at, lines, text) => (at, lines, text),
        };
        let mut read = || -> io::Result<Records> {
            let file = self.file.as_mut().ok_or(io::ErrorKind::NotFound)?;
            file.seek(SeekFrom::Start(at))?;
            let mut bytes = vec![0; lines];
            file.read_exact(&mut bytes)?;
            let mut rest = vec![0; text.unwrap_or(0)];
            file.read_exact(&mut rest)?;
            let text = text.map(|_| String::from_utf8_lossy(&rest).into_owned());
            Ok(Records { doc: held.doc.clone(), lines: bytes, text })
        };
        read().map_err(|e| Error::new(format!("documents in another order cannot be read back: {e}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(docs: &[&str], size: usize) -> Vec<Result<Records>> {
        let of = |d: &&str| Records { doc: (*d).into(), lines: vec![b'x'; size], text: Some((*d).into()) };
        docs.iter().map(|d| Ok(of(d))).collect()
    }

    fn pairs(old: &[&str], new: &[&str], size: usize) -> Vec<String> {
        let paired = Paired::new(run(old, size).into_iter(), run(new, size).into_iter(), tempfile::tempfile);
        let one = |r: Option<Records>| {
            r.map_or("-".into(), |r| {
                assert_eq!((r.lines.len(), r.text.as_deref()), (size, Some(&*r.doc)));
                r.doc
            })
        };
        paired.map(|p| p.unwrap()).map(|p| format!("{}{}", one(p.old), one(p.new))).collect()
    }

    #[test]
    fn in_any_order() {
        assert_eq!(pairs(&["a", "b", "c"], &["a", "b", "c"], 1), ["aa", "bb", "cc"]);
        assert_eq!(pairs(&["a", "b", "c"], &["b", "c"], 1), ["bb", "cc", "a-"]);
        assert_eq!(pairs(&["a", "b"], &["x", "b", "a", "y"], 1), ["bb", "aa", "-x", "-y"]);
        // Versions of one document, and none at all.
        assert_eq!(pairs(&["a", "a"], &["a", "a", "a"], 1), ["aa", "aa", "-a"]);
        assert!(pairs(&[], &[], 1).is_empty());
    }

    #[test]
    fn what_waits_long_waits_on_disk() {
        let size = 30 << 20;
        let old = ["a", "b", "c", "d"];
        assert_eq!(pairs(&old, &["d", "c", "b", "a"], size), ["cc", "bb", "dd", "aa"]);
    }
}
