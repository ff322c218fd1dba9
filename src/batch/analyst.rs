//! A thread's worker with its buffers, within what a document may take.

use super::tasks::cost;
use crate::emit;
use crate::error::{Error, ErrorKind, Result};
use crate::memory::Memory;
use crate::model::{Analysis, Document, PubStatus};
use crate::pipeline::{Extractor, Worker};

/// Analyses one document after the other on one thread, as [`super::run`] does.
///
/// ```
/// use kennzahl::{Extractor, Memory, batch::Analyst, model::Document};
/// let mut analyst = Analyst::new(&Extractor::new());
/// let doc = Document { id: "a".into(), text: "Das kostet 5 Euro.".into(), ..Document::default() };
/// analyst.analyse(&doc, Memory::default()).unwrap();
/// assert_eq!(analyst.found().quantities.len(), 1);
/// ```
#[derive(Debug)]
pub struct Analyst {
    extractor: Extractor,
    worker: Worker,
    analysis: Analysis,
}

impl Analyst {
    /// Of an extractor.
    pub fn new(extractor: &Extractor) -> Self {
        Self { extractor: extractor.clone(), worker: extractor.worker(), analysis: Analysis::default() }
    }

    /// Analyses a document; in one that is withdrawn nothing is found.
    ///
    /// # Errors
    /// It would take more memory than there is for it.
    pub fn analyse(&mut self, doc: &Document, memory: Memory) -> Result<()> {
        if doc.status == Some(PubStatus::Canceled) {
            self.analysis = Analysis::default();
            return Ok(());
        }
        let most = memory.document();
        let over = |what: &str, takes: u64| {
            let message = format!(
                "{what} {} MB of memory, and --memory {} allows {} for one document; raise it to read this one",
                takes.div_ceil(1 << 20),
                megabytes(memory.bytes()),
                megabytes(most),
            );
            Err(Error::at(doc.place.clone(), message).of(ErrorKind::Limit))
        };
        let takes = cost(&doc.text);
        if takes > most {
            return over("its analysis takes about", takes);
        }
        self.worker.analyse_into(&doc.text, doc.published.as_deref(), &mut self.analysis);
        let records = emit::size_of(&self.analysis);
        if records > most / 2 {
            return over("its records take about", takes + records);
        }
        Ok(())
    }

    /// Gives back what a long document has needed.
    pub fn rest(&mut self, doc: &Document, memory: Memory) {
        if cost(&doc.text) > memory.batch() / 2 {
            *self = Self::new(&self.extractor);
        }
    }

    /// What was found in the document analysed last.
    pub fn found(&self) -> &Analysis {
        &self.analysis
    }

    /// What it analyses with.
    pub fn extractor(&self) -> &Extractor {
        &self.extractor
    }
}

/// A size: `512MB`.
fn megabytes(bytes: u64) -> String {
    format!("{}MB", bytes >> 20)
}
