//! Quantities, times and names → facts, sentence by sentence.
//!
//! | file | what |
//! | --- | --- |
//! | `words` | what words say about facts: the prepared table |
//! | `build` | the lists of `src/german/facts` → that table |
//! | `clause` | a sentence as clauses, verbs and nouns |
//! | `role` | which quantity is a value, a difference, an earlier value, and which belong together |
//! | `metric` | what is measured |
//! | `subject` | whose it is, and who says so |
//! | `period` | when it holds, and what it is compared with |
//!
//! Each step looks at its clause first, then at the sentence, then at what the facts before left: the `Focus`.

mod build;
mod clause;
mod metric;
mod period;
mod role;
mod subject;
mod words;

use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::model::{Analysis, Change, Direction, Fact, Sentence, Span, Status, Token};
use clause::{Clauses, Known};
use once_cell::sync::Lazy;
use role::Draft;
use subject::Focus;
use words::{Does, Sense, Words};

static WORDS: Lazy<Words> = Lazy::new(|| Words::read(PREPARED).unwrap_or_else(|_| Words::empty()));
static PREPARED: &[u8] = include_bytes!("../german/facts.bin");

/// The content that `src/german/facts.bin` should have, from the three lists of `src/german/facts`.
///
/// # Errors
/// A list is no TOML, or has a word that is unknown.
pub fn prepare(metrics: &str, verbs: &str, changes: &str) -> Result<Vec<u8>> {
    build::build(metrics, verbs, changes)
}

/// The rules of facts, in the order in which they are tried.
pub(crate) fn rules() -> &'static [&'static str] {
    metric::RULES
}

/// Buffers that live from document to document.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    clauses: Clauses,
    drafts: Vec<Draft>,
}

/// The text and its tokens.
#[derive(Copy, Clone)]
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) sentences: &'a [Sentence],
    pub(crate) lexicon: &'a Lexicon,
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
        let last = all.partition_point(|t| t.start < span.end);
        self.clauses.range.start + first..self.clauses.range.start + last.max(first + 1)
    }

    /// Whether some word of a clause has such a sense.
    pub(crate) fn any(&self, clause: usize, is: impl Fn(Sense) -> bool) -> bool {
        self.clauses.senses(self.clauses.clauses[clause].tokens.clone()).any(|(_, s)| is(s))
    }
}

/// Finds the facts of a document.
pub(crate) fn run(source: Source<'_>, analysis: &mut Analysis, scratch: &mut Scratch) {
    analysis.facts.clear();
    let mut facts = std::mem::take(&mut analysis.facts);
    let words = &*WORDS;
    let mut focus = Focus::new(analysis);
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
            scratch.clauses.read(source.text, source.tokens, *sentence, known, words);
            let view = View { source, words, clauses: &scratch.clauses, found: analysis, known };
            role::run(view, &mut scratch.drafts);
            for draft in &scratch.drafts {
                facts.extend(finish(view, draft, &mut focus, number));
            }
        }
        focus.pass(analysis, entities, times, number);
    }
    analysis.facts = facts;
}

/// A draft with its slots filled; none where no metric is found.
fn finish(view: View<'_>, draft: &Draft, focus: &mut Focus, sentence: u32) -> Option<Fact> {
    let picked = metric::pick(view, draft, focus)?;
    let status = status(view, draft, &picked.metric.lemma);
    let subject = subject::pick(view, draft, &picked, focus, sentence);
    let (period, versus) = period::pick(view, draft, &picked, focus, sentence);
    let source = subject::source(view, draft, subject.as_ref());
    let direction = draft.direction.or(picked.direction);
    let change = (draft.by.is_some() || draft.from.is_some() || direction.is_some() && draft.moved || versus.is_some())
        .then_some(Change { direction, by: draft.by, from: draft.from, versus });
    let tokens = &source_span(view);
    let fact = Fact {
        sentence,
        span: *tokens,
        subject,
        metric: picked.metric,
        scope: Vec::new(),
        value: draft.value,
        period,
        change,
        status,
        source,
        rule: picked.rule,
    };
    focus.note(view.found, &fact, sentence);
    Some(fact)
}

fn source_span(view: View<'_>) -> Span {
    let range = view.clauses.range.clone();
    Span::new(view.source.tokens[range.start].start, view.source.tokens[range.end - 1].end)
}

/// How sure a statement is, from the words of its clause.
fn status(view: View<'_>, draft: &Draft, lemma: &str) -> Status {
    let clause = draft.clause;
    let c = &view.clauses.clauses[clause];
    let groups = &view.words.side.groups;
    let mut verbs = c.others.iter().map(|(g, _)| groups[usize::from(*g)].does).chain(
        // "X erwartet, dass …": the verb of the clause in front.
        clause
            .checked_sub(1)
            .into_iter()
            .flat_map(|b| &view.clauses.clauses[b].others)
            .map(|(g, _)| groups[usize::from(*g)].does),
    );
    // "stieg nicht um drei Prozent"; but "nicht nur", "nicht mehr als", "keine drei Prozent" deny nothing.
    let near = draft.front.saturating_sub(2).max(c.tokens.start)..draft.front;
    let negated = view.clauses.senses(near).any(|(at, s)| {
        let next = view.clauses.key(at + 1);
        let hedge =
            matches!(next, "nur" | "ganz" | "mehr" | "weniger" | "einmal" | "zuletzt" | "ueber" | "unter" | "so");
        let counts = matches!(view.clauses.taken(at + 1), clause::Taken::Quantity(_));
        let word = view.clauses.key(at);
        let whole = matches!(word, "nicht" | "keineswegs" | "keinesfalls" | "mitnichten");
        s == Sense::Negation && whole && !hedge && !counts
    });
    let denied = negated || verbs.any(|d| d == Does::Deny);
    let own: Vec<Does> = c.others.iter().map(|(g, _)| groups[usize::from(*g)].does).collect();
    let cue = |status: Status| view.any(clause, |s| matches!(s, Sense::Cue(found, false) if found == status));
    let forecast =
        ["prognose", "ausblick", "erwartung", "schaetzung"].iter().any(|e| crate::lexicon::folded(lemma).ends_with(e));
    match () {
        () if denied || cue(Status::Denied) => Status::Denied,
        () if own.contains(&Does::Target) || cue(Status::Target) => Status::Target,
        () if own.contains(&Does::Forecast) || cue(Status::Forecast) || forecast => Status::Forecast,
        () if lemma.ends_with("ziel") || lemma.ends_with("Ziel") => Status::Target,
        () => Status::Reported,
    }
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
