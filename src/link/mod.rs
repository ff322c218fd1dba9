//! Quantities, times and names → facts, sentence by sentence.
//!
//! | file | what |
//! | --- | --- |
//! | `words` | what words say about facts: the prepared table |
//! | `lists` | lists of words that rules ask for by name |
//! | `build` | the lists of `src/german/facts` → that table |
//! | `memory` | what a single word says of facts, found out once |
//! | `clause` | a sentence as clauses, verbs and nouns |
//! | `role` | which quantity is a value, a difference, an earlier value, and which belong together |
//! | `zip` | numbers in a row, each with what it is said of |
//! | `metric` | what is measured |
//! | `lemma` | the lemma of a metric |
//! | `subject` | whose it is |
//! | `described` | what a clause calls what it speaks of: *der Konzern*, *sie* |
//! | `period` | when it holds, and what it is compared with |
//! | `status` | how sure a statement is, and which way its metric went |
//! | `source` | who says so |
//! | `focus` | what the document is about, and what the facts so far leave for the next ones |
//! | `choose` | candidates, their clues, and the weights of the clues |
//! | `why` | what was chosen among what, for `explain` |
//! | `learn` | the weights, learned from texts with facts |
//!
//! What a number measures, whose it is and when it holds are chosen among candidates: rules of German say what speaks
//! for each, and what a clue weighs is learned, since no single one decides.

mod build;
mod choose;
mod clause;
mod described;
mod focus;
pub mod learn;
mod lemma;
mod lists;
mod memory;
mod metric;
mod period;
mod qualify;
mod role;
mod scope;
mod source;
mod status;
mod subject;
mod why;
mod words;
mod zip;

use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::{Analysis, Change, Direction, Fact, Metric, Sentence, Span, Status, Token};
use crate::pack::Facts;
use crate::tag::Seen;
use choose::{Choice, Judge, Options, Slot, Weighed, Weights};
use clause::{Clauses, Known};
use focus::Focus;
use once_cell::sync::Lazy;
use role::Draft;
use why::Witness;
pub use why::{Candidate, Decision, Why};
use words::Sense;
pub(crate) use words::Words;
use zip::Rows;

static WORDS: Lazy<Words> = Lazy::new(|| Words::read(crate::german::facts()).unwrap_or_else(|_| Words::empty()));
static LEARNED: Weights = Weights(include_bytes!("../german/links.bin"));

/// Reads the built-in words, if nobody has yet.
pub(crate) fn ready() {
    Lazy::force(&WORDS);
}

/// The content that `src/german/facts.bin` should have, from the four files of `src/german/facts`.
///
/// # Errors
/// A file is no TOML, or has a word that is unknown.
pub fn prepare(metrics: &str, verbs: &str, changes: &str, lists: &str) -> Result<Vec<u8>> {
    build::build(metrics, verbs, changes, lists)
}

/// The built-in words with what packs say on top.
///
/// # Errors
/// An entry that is none, or removes what is not there.
pub(crate) fn words(facts: &Facts) -> Result<Words> {
    build::on_top(&WORDS, facts)
}

/// The rules of facts, in the order in which they are tried.
pub(crate) fn rules() -> &'static [&'static str] {
    metric::RULES
}

/// Buffers that live from document to document.
#[derive(Debug)]
pub(crate) struct Scratch {
    clauses: Clauses,
    rows: Rows,
    drafts: Vec<Draft>,
    candidates: Candidates,
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new(Some(LEARNED))
    }
}

impl Scratch {
    /// Without weights all clues are kept, for who learns them.
    fn new(weights: Option<Weights>) -> Self {
        Self {
            clauses: Clauses::default(),
            rows: Rows::default(),
            drafts: Vec::new(),
            candidates: Candidates::new(weights),
        }
    }
}

/// The candidates for each slot.
#[derive(Debug)]
struct Candidates {
    metrics: Options<metric::Said>,
    subjects: Options<subject::Who>,
    periods: Options<period::When>,
    statuses: Options<Status>,
    directions: Options<Option<Direction>>,
    sources: Options<source::Says>,
}

impl Candidates {
    /// Without weights all clues are kept.
    fn new(weights: Option<Weights>) -> Self {
        Self {
            metrics: Options::new(weights),
            subjects: Options::new(weights),
            periods: Options::new(weights),
            statuses: Options::new(weights),
            directions: Options::new(weights),
            sources: Options::new(weights),
        }
    }
}

impl Choice for metric::Said {
    const SLOT: Slot = Slot::Metric;
}

impl Choice for subject::Who {
    const SLOT: Slot = Slot::Subject;
}

impl Choice for period::When {
    const SLOT: Slot = Slot::Period;
}

impl Choice for Status {
    const SLOT: Slot = Slot::Status;
}

impl Choice for Option<Direction> {
    const SLOT: Slot = Slot::Direction;
}

impl Choice for source::Says {
    const SLOT: Slot = Slot::Source;
}

/// The text and its tokens.
#[derive(Copy, Clone)]
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) sentences: &'a [Sentence],
    pub(crate) lexicon: &'a Lexicon,
    /// The numbers of the words.
    pub(crate) seen: &'a Seen,
    /// What words say of facts; none where it is built in.
    pub(crate) words: Option<&'a Words>,
}

/// A sentence and all that is known of it.
#[derive(Copy, Clone)]
pub(crate) struct View<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) words: &'a Words,
    pub(crate) clauses: &'a Clauses,
    pub(crate) found: &'a Analysis,
    pub(crate) known: Known<'a>,
}

impl<'a> View<'a> {
    /// The text of a token.
    pub(crate) fn at(&self, i: usize) -> &'a str {
        self.source.tokens.get(i).map_or("", |t| t.text(self.source.text))
    }

    /// Whether a token is this mark.
    pub(crate) fn is(&self, i: usize, mark: char) -> bool {
        self.source.tokens.get(i).is_some_and(|t| t.is(mark))
    }

    /// The first token of a stretch of text, and one past its last.
    pub(crate) fn tokens(&self, span: Span) -> std::ops::Range<usize> {
        let all = &self.source.tokens[self.clauses.range.clone()];
        let first = all.partition_point(|t| t.end <= span.start);
        // What is asked for is a few tokens long, its sentence many.
        let len = all[first..].iter().take_while(|t| t.start < span.end).count();
        self.clauses.range.start + first..self.clauses.range.start + first + len.max(1)
    }

    /// Whether a noun stands behind the hyphen behind a token.
    pub(crate) fn noun_follows(&self, i: usize) -> bool {
        let joined = self.source.tokens.get(i + 2).is_some_and(|t| !t.spaced());
        joined && self.clauses.noun_at(i + 2).is_some()
    }
}

/// Finds the facts of a document.
pub(crate) fn run(source: Source<'_>, analysis: &mut Analysis, scratch: &mut Scratch) {
    judged(source, analysis, scratch, &mut Weighed);
}

/// How the facts of a document come about.
pub(crate) fn why(source: Source<'_>, analysis: &Analysis) -> Why {
    let mut witness = Witness { weights: LEARNED, why: Why::default() };
    judged(source, &mut analysis.clone(), &mut Scratch::new(None), &mut witness);
    witness.why
}

/// The same, with a judge of one's own.
fn judged(source: Source<'_>, analysis: &mut Analysis, scratch: &mut Scratch, judge: &mut impl Judge) {
    analysis.facts.clear();
    if analysis.quantities.is_empty() {
        return;
    }
    let mut facts = std::mem::take(&mut analysis.facts);
    let words = source.words.unwrap_or(&WORDS);
    scratch.clauses.memory.begin(source.seen);
    let mut focus = Focus::new(source, words, analysis);
    let (mut q, mut t, mut e) = (0, 0, 0);
    for (number, sentence) in (0u32..).zip(source.sentences) {
        let quantities = q..q + analysis.quantities[q..].iter().take_while(|x| x.sentence <= number).count();
        let times = t..t + analysis.times[t..].iter().take_while(|x| x.written.sentence <= number).count();
        let entities = e..e + analysis.entities[e..].iter().take_while(|x| x.sentence <= number).count();
        (q, t, e) = (quantities.end, times.end, entities.end);
        if !quantities.is_empty() {
            let known = Known {
                quantities: (&analysis.quantities[quantities.clone()], quantities.start as u32),
                times: (&analysis.times[times.clone()], times.start as u32),
                entities: (&analysis.entities[entities.clone()], entities.start as u32),
            };
            scratch.clauses.read(source, *sentence, known, words);
            let Scratch { clauses, rows, drafts, candidates } = scratch;
            let view = View { source, words, clauses, found: analysis, known };
            focus.cite(view);
            rows.read(view);
            role::run(view, rows, drafts, judge);
            for draft in &*drafts {
                if rows.told(draft.anchor()) {
                    continue;
                }
                let Some(fact) = finish(view, draft, &focus, number, candidates, judge) else { continue };
                let begun = facts.len();
                match rows.spread(view, &fact, &focus) {
                    all if all.is_empty() => facts.push(fact),
                    all => {
                        all.iter().skip(1).filter_map(Fact::number).for_each(|n| judge.turn(n, draft.anchor()));
                        facts.extend(all);
                    }
                }
                facts[begun..].iter().for_each(|fact| focus.note(view.found, words, fact, number));
            }
        }
        focus.pass(analysis, entities, times, number);
    }
    analysis.facts = facts;
}

/// A draft with its slots filled; none where its number makes no statement.
fn finish(
    view: View<'_>,
    draft: &Draft,
    focus: &Focus,
    sentence: u32,
    all: &mut Candidates,
    judge: &mut impl Judge,
) -> Option<Fact> {
    let number = draft.anchor();
    judge.meet(draft);
    metric::candidates(view, draft, focus, &mut all.metrics);
    let lemma = |said: &metric::Said| metric::picked(view, *said, focus).map(|p| p.metric.lemma);
    let said = judge.choose(number, &all.metrics, lemma)?;
    let picked = metric::picked(view, said, focus)?;
    subject::candidates(view, draft, &picked, focus, sentence, &mut all.subjects);
    let name = |who: &subject::Who| subject::named(view, *who, focus).map(|p| p.name);
    let who = judge.choose(number, &all.subjects, name)?;
    let subject = subject::named(view, who, focus);
    period::candidates(view, draft, &picked, focus, sentence, &mut all.periods);
    let value = |when: &period::When| period::period(view, *when, focus).map(|p| p.value.as_str().to_owned());
    let when = judge.choose(number, &all.periods, value)?;
    let period = period::period(view, when, focus);
    let versus = period::versus(view, draft, period.as_ref());
    status::statuses(view, draft, &picked, &mut all.statuses);
    let status = judge.choose(number, &all.statuses, |s| Some(s.name().to_owned()))?;
    status::directions(view, draft, &picked, &mut all.directions);
    let name = |d: &Option<Direction>| d.map(|d| d.name().to_owned());
    let direction = judge.choose(number, &all.directions, name)?;
    source::candidates(view, draft, subject.as_ref(), &mut all.sources);
    let name = |says: &source::Says| source::named(view, *says).map(|p| p.name);
    let scope = scope::scopes(view, draft, &picked, subject.as_ref());
    let source = source::named(view, judge.choose(number, &all.sources, name)?);
    let change = (draft.by.is_some() || draft.from.is_some() || direction.is_some() || versus.is_some())
        .then_some(Change { direction, by: draft.by, from: draft.from, versus });
    Some(Fact {
        sentence,
        span: source_span(view),
        subject,
        scope,
        metric: Metric { qualifiers: qualify::qualifiers(view, draft, &picked), ..picked.metric },
        value: draft.value,
        period,
        change,
        status,
        source,
        rule: picked.rule,
    })
}

fn source_span(view: View<'_>) -> Span {
    let range = view.clauses.range.clone();
    Span::new(view.source.tokens[range.start].start, view.source.tokens[range.end - 1].end)
}

/// The direction of a clause's words, beside its verb.
pub(crate) fn direction_of(view: View<'_>, clause: usize) -> Option<Direction> {
    let range = view.clauses.clauses[clause].tokens.clone();
    let range = range.start..range.end.min(range.start + 80);
    view.clauses.senses(range).find_map(|(_, s)| match s {
        Sense::Change(d) => Some(d),
        _ => None,
    })
}
