//! The flow: text → tokens → words → sentences → quantities and times as written → names → times as meant → facts.

use crate::find;
use crate::lexicon::{Lexicon, WordId};
use crate::model::{Analysis, Between, Entity, Sentence, Thing, Token, Written};
use crate::names::{self, Names};
use crate::pack::Pack;
use crate::{Result, link, reckon, resolve, sentence, split, tag};
use std::sync::Arc;

/// Finds quantities, times, names and facts. Cheap to clone; shared by all threads.
#[derive(Clone, Debug)]
pub struct Extractor {
    lexicon: Arc<Lexicon>,
    /// None where names are not asked for.
    names: Option<Arc<Names>>,
    /// Whether facts are asked for.
    facts: bool,
    /// Whether what arithmetic adds to them is.
    derived: bool,
    /// Whether what contradicts itself in them is.
    checked: bool,
    /// What words say of facts, where packs say more than is built in.
    told: Option<Arc<link::Words>>,
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// With the built-in language alone.
    pub fn new() -> Self {
        // The three tables take a few milliseconds to read, and less beside each other; who gets no thread reads them
        // one after the other.
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new;
            let names = thread().spawn_scoped(scope, Names::default);
            drop(thread().spawn_scoped(scope, link::ready));
            // Of many small pieces: a thread of its own would have to ask for the memory of each few.
            let lexicon = Lexicon::builtin();
            let names = names.ok().and_then(|reader| reader.join().ok()).unwrap_or_default();
            Self::with_both(lexicon, Arc::new(names))
        })
    }

    /// With a user's packs on top of the built-in language: words, and names, metrics and verbs that win over the
    /// built-in ones.
    ///
    /// # Errors
    /// A pack that contradicts itself or an earlier one, with file and line.
    pub fn with_packs(packs: Vec<Pack>) -> Result<Self> {
        if packs.is_empty() {
            return Ok(Self::new());
        }
        let names = Pack::merge_names(&packs)?;
        let facts = Pack::merge_facts(&packs);
        let mut extractor = Self::with_lexicon(Lexicon::with_packs(packs)?);
        if !names.is_empty() {
            extractor.names = Some(Arc::new(Names::default().with_user(&names)?));
        }
        if !facts.is_empty() {
            extractor.told = Some(Arc::new(link::words(&facts)?));
        }
        Ok(extractor)
    }

    /// With a lexicon of one's own: see [`Lexicon::with_packs`]. Names, metrics and verbs of packs are not in it:
    /// see [`Extractor::with_packs`].
    pub fn with_lexicon(lexicon: Arc<Lexicon>) -> Self {
        Self::with_both(lexicon, Arc::new(Names::default()))
    }

    fn with_both(lexicon: Arc<Lexicon>, names: Arc<Names>) -> Self {
        Self { lexicon, names: Some(names), facts: true, told: None, derived: false, checked: false }
    }

    /// With names of one's own in place of the built-in ones.
    #[must_use]
    pub fn with_names(self, names: Arc<Names>) -> Self {
        Self { names: Some(names), ..self }
    }

    /// Without names and facts: three times as fast, for who wants quantities and times alone.
    #[must_use]
    pub fn without_names(self) -> Self {
        Self { names: None, facts: false, ..self }
    }

    /// Without facts.
    #[must_use]
    pub fn without_facts(self) -> Self {
        Self { facts: false, ..self }
    }

    /// With what arithmetic adds to the facts: see [`Analysis::derived`].
    ///
    /// ```
    /// let extractor = kennzahl::Extractor::new().with_derived();
    /// let text = "Der Umsatz der Nordkap AG stieg um 25 Prozent auf 50,0 Millionen Euro.";
    /// let found = extractor.worker().analyse(text);
    /// let Some(kennzahl::model::Amount::Range { low, high: Some(high) }) = found.derived.first().map(|d| d.number.amount)
    /// else {
    ///     panic!("the earlier value")
    /// };
    /// assert_eq!((low.to_string().as_str(), high.to_string().as_str()), ("39800000", "40210000"));
    /// ```
    #[must_use]
    pub fn with_derived(self) -> Self {
        Self { derived: true, ..self }
    }

    /// With facts that contradict themselves or each other among [`Analysis::conflicts`].
    ///
    /// ```
    /// let extractor = kennzahl::Extractor::new().with_checks();
    /// let text = "Der Umsatz der Nordkap AG stieg um 24 Prozent von 50,0 auf 57,0 Millionen Euro.";
    /// let found = extractor.worker().analyse(text);
    /// assert_eq!(found.conflicts[0].expected, "13.78..14.22 %");
    /// ```
    #[must_use]
    pub fn with_checks(self) -> Self {
        Self { checked: true, ..self }
    }

    /// The words it knows.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// One that finds names and nothing else.
    pub fn namer(&self) -> Namer {
        Namer { worker: self.worker(), entities: Vec::new(), things: Vec::new() }
    }

    /// One thread's worker: it owns the buffers that documents share one after the other.
    pub fn worker(&self) -> Worker {
        Worker {
            lexicon: Arc::clone(&self.lexicon),
            names: self.names.clone(),
            named: names::Scratch::default(),
            facts: self.facts,
            derived: self.derived,
            checked: self.checked,
            told: self.told.clone(),
            linked: link::Scratch::default(),
            seen: tag::Seen::default(),
            tokens: Vec::new(),
            words: Vec::new(),
            promises: tag::Promises::default(),
            written: Vec::new(),
            sentences: Vec::new(),
            scratch: find::Scratch::default(),
        }
    }
}

/// Finds names and nothing else.
#[derive(Debug)]
pub struct Namer {
    worker: Worker,
    entities: Vec<Entity>,
    things: Vec<Thing>,
}

impl Namer {
    /// The names of a text in order, and the things they mean.
    ///
    /// ```
    /// let extractor = kennzahl::Extractor::new();
    /// let mut namer = extractor.namer();
    /// let (names, things) = namer.names("Angela Merkel reiste nach Paris.");
    /// assert_eq!(names.len(), 2);
    /// assert_eq!(things[1].name, "Paris");
    /// ```
    pub fn names(&mut self, text: &str) -> (&[Entity], &[Thing]) {
        self.worker.cut(text);
        self.worker.name(text, &mut self.entities, &mut self.things);
        (&self.entities, &self.things)
    }
}

/// All rules in the order in which a numeral meets them: those that refuse it, then those that make a quantity of it.
pub fn rules() -> (&'static [&'static str], &'static [&'static str]) {
    find::rules()
}

/// The rules of times, in the order in which they are tried.
pub fn time_rules() -> &'static [&'static str] {
    find::time_rules()
}

/// The rules of names, in the order in which they are tried.
pub fn name_rules() -> &'static [&'static str] {
    names::rules()
}

/// The rules of facts, in the order in which they are tried.
pub fn fact_rules() -> &'static [&'static str] {
    link::rules()
}

/// Analyses documents one after the other, reusing its buffers.
#[derive(Debug)]
pub struct Worker {
    lexicon: Arc<Lexicon>,
    names: Option<Arc<Names>>,
    named: names::Scratch,
    facts: bool,
    derived: bool,
    checked: bool,
    told: Option<Arc<link::Words>>,
    linked: link::Scratch,
    seen: tag::Seen,
    tokens: Vec<Token>,
    words: Vec<WordId>,
    promises: tag::Promises,
    written: Vec<Written>,
    sentences: Vec<Sentence>,
    scratch: find::Scratch,
}

impl Worker {
    /// All that is found in a text. Cannot fail, whatever the text.
    ///
    /// Times are resolved against the date in the head of the text, if there is one; see [`Worker::analyse_dated`].
    pub fn analyse(&mut self, text: &str) -> Analysis {
        self.analyse_dated(text, None)
    }

    /// The same for a text of a known date, `2026-01-28` or `2026-01-28T22:17`; another form counts as none.
    ///
    /// ```
    /// let extractor = kennzahl::Extractor::new();
    /// let found = extractor.worker().analyse_dated("Das war im vergangenen Quartal.", Some("2026-01-28"));
    /// assert_eq!(found.times[0].value.as_str(), "2025-Q4");
    /// ```
    pub fn analyse_dated(&mut self, text: &str, published: Option<&str>) -> Analysis {
        let mut analysis = Analysis::default();
        self.analyse_into(text, published, &mut analysis);
        analysis
    }

    /// The same into buffers that are used again; they are emptied first.
    pub fn analyse_into(&mut self, text: &str, published: Option<&str>, analysis: &mut Analysis) {
        analysis.quantities.clear();
        analysis.refused.clear();
        analysis.times.clear();
        analysis.conflicts.clear();
        self.written.clear();
        self.cut(text);
        analysis.sentences = self.sentences.len() as u32;
        find::run(
            text,
            &self.tokens,
            &self.words,
            &self.sentences,
            find::Promised {
                numbers: &self.promises.numbers,
                times: &self.promises.times,
                openers: &self.promises.openers,
            },
            &self.lexicon,
            &mut self.scratch,
            &mut analysis.quantities,
            &mut analysis.refused,
            &mut self.written,
        );
        self.name(text, &mut analysis.entities, &mut analysis.things);
        let source = resolve::Source {
            text,
            tokens: &self.tokens,
            words: &self.words,
            sentences: &self.sentences,
            lexicon: &self.lexicon,
        };
        let published = published.and_then(resolve::moment);
        analysis.head = resolve::run(source, &self.written, published, &mut analysis.times, &mut analysis.conflicts);
        self.facts(text, analysis);
    }

    /// Looks for facts anew in a text whose quantities, times and names are given: found, corrected, or come from
    /// elsewhere. Their spans are bytes of this text; lists are in text order, and `sentence` counts as [`Worker::last`]
    /// does.
    ///
    /// ```
    /// let extractor = kennzahl::Extractor::new();
    /// let mut worker = extractor.worker();
    /// let text = "Der Umsatz der Nordkap AG stieg auf 50 Millionen Euro.";
    /// let mut found = worker.analyse(text);
    /// found.things[0].name = "Nordkap Holding".to_owned();
    /// worker.link(text, &mut found);
    /// assert_eq!(found.facts[0].subject.as_ref().unwrap().name, "Nordkap Holding");
    /// ```
    pub fn link(&mut self, text: &str, analysis: &mut Analysis) {
        self.cut(text);
        self.facts(text, analysis);
    }

    /// Quantities, times and names → facts, and what follows from them; where they are asked for.
    fn facts(&mut self, text: &str, analysis: &mut Analysis) {
        analysis.facts.clear();
        analysis.derived.clear();
        analysis.conflicts.retain(|c| c.between == Between::Time);
        if self.facts {
            let source = link::Source {
                text,
                tokens: &self.tokens,
                sentences: &self.sentences,
                lexicon: &self.lexicon,
                seen: &self.seen,
                words: self.told.as_deref(),
            };
            link::run(source, analysis, &mut self.linked);
        }
        let source = reckon::Source { text, lexicon: &self.lexicon };
        if self.derived {
            reckon::derive(source, analysis);
        }
        if self.checked {
            reckon::check(source, analysis);
        }
    }

    /// Text → tokens, words, sentences.
    fn cut(&mut self, text: &str) {
        split::tokens(text, &mut self.tokens);
        tag::run(text, &self.tokens, &self.lexicon, &mut self.seen, &mut self.words, &mut self.promises);
        sentence::sentences(text, &self.tokens, &self.words, &self.lexicon, &mut self.sentences);
    }

    /// Tokens → names.
    fn name(&mut self, text: &str, entities: &mut Vec<Entity>, things: &mut Vec<Thing>) {
        entities.clear();
        things.clear();
        if let Some(names) = &self.names {
            names::run(names, text, &self.tokens, &self.seen, &self.sentences, &mut self.named, entities, things);
        }
    }

    /// The words it knows.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// How the facts of the text analysed last came about, from what was found in it: for `explain`.
    pub fn why(&self, text: &str, analysis: &Analysis) -> link::Why {
        if self.facts { link::why(self.source(text), analysis) } else { link::Why::default() }
    }

    /// The text as facts see it.
    fn source<'a>(&'a self, text: &'a str) -> link::Source<'a> {
        link::Source {
            text,
            tokens: &self.tokens,
            sentences: &self.sentences,
            lexicon: &self.lexicon,
            seen: &self.seen,
            words: self.told.as_deref(),
        }
    }

    /// The tokens of the text analysed last, the word of each, and the sentences: for `explain`.
    pub fn last(&self) -> (&[Token], &[WordId], &[Sentence]) {
        (&self.tokens, &self.words, &self.sentences)
    }
}
