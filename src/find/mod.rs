//! Tokens → quantities, within their sentences.
//!
//! 1. [`numeral`], [`chain`]: every number that is written, at the tokens that [`crate::tag`] found promising;
//! 2. [`refuse`] and [`calendar`]: those that count nothing, with the reason;
//! 3. [`quantity`]: number + unit or noun, with what stands in front ([`sign`], [`hedge`]) and behind ([`unit`], [`noun`]);
//!    two ends of a range become one ([`range`]);
//! 4. [`share`]: what a coordination leaves unsaid: *von 6,8 auf 8,8 Milliarden Euro*.
//!
//! Each numeral ends as one quantity, as part of one, or refused; none is lost.

mod age;
mod calendar;
mod chain;
mod digits;
mod hedge;
mod noun;
mod numeral;
mod quantity;
mod range;
mod refuse;
mod share;
mod sign;
mod time;
mod unit;
mod view;

use crate::lexicon::{Lexicon, Payload, Tags, WordId};
use crate::model::{Quantity, Refused, Sentence, Span, Token, UnitId, Written};
use numeral::Numeral;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use view::{Scope, View};

/// All rules in the order in which a numeral meets them: those that refuse it, then those that make a quantity of it.
pub(crate) fn rules() -> (&'static [&'static str], &'static [&'static str]) {
    (refuse::RULES, quantity::RULES)
}

/// The rules of times, in the order in which they are tried.
pub(crate) fn time_rules() -> &'static [&'static str] {
    time::RULES
}

/// What earlier sentences of the document have set up.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Currencies of the countries that were named, in order of their first mention; looked for only where a word needs
    /// one (*Kronen*), up to the token `noted`.
    countries: Vec<UnitId>,
    noted: usize,
    /// Currencies of the amounts found, the latest last, each once.
    currencies: Vec<UnitId>,
    /// The noun that was counted last.
    noun: Option<Span>,
    /// The document speaks of a stock index.
    index: bool,
}

/// Buffers that live from document to document.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    tasks: Vec<Task>,
    numerals: Vec<Numeral>,
    refusals: Vec<Option<refuse::Refusal>>,
    shapes: Vec<refuse::Found>,
    drafts: Vec<quantity::Draft>,
    key: RefCell<Vec<u8>>,
}

/// The tokens at which something may be found, by index and in order: see [`crate::tag`].
#[derive(Copy, Clone, Debug)]
pub(crate) struct Promised<'a> {
    pub(crate) numbers: &'a [u32],
    pub(crate) times: &'a [u32],
    pub(crate) openers: &'a [u32],
}

/// A sentence that promises something.
#[derive(Debug)]
struct Task {
    sentence: Sentence,
    number: u32,
    union: Tags,
    phrases: Tags,
    /// Those of its tokens that promise a number, a word of time, or the beginning of a time.
    promised: [Range<usize>; 3],
    numerals: Range<usize>,
    times: Range<usize>,
}

/// Finds the quantities and the times of all sentences.
///
/// Stage after stage over the whole text, not sentence after sentence: the code of a stage is as large as the nearest
/// cache, and is fetched once a text that way.
#[expect(clippy::too_many_arguments, reason = "the stage's inputs and its outputs, side by side")]
pub(crate) fn run(
    text: &str,
    tokens: &[Token],
    all_words: &[WordId],
    sentences: &[Sentence],
    promised: Promised<'_>,
    lexicon: &Lexicon,
    scratch: &mut Scratch,
    quantities: &mut Vec<Quantity>,
    refused: &mut Vec<Refused>,
    times: &mut Vec<Written>,
) {
    let Scratch { tasks, numerals, refusals, shapes, drafts, key } = scratch;
    tasks.clear();
    numerals.clear();
    let scope = |task: &Task| {
        let range = task.sentence.first as usize..task.sentence.last as usize;
        Scope {
            text,
            tokens: &tokens[range.clone()],
            words: &all_words[range],
            lexicon,
            union: task.union,
            phrases: task.phrases,
            key,
            number: Cell::new((usize::MAX, None)),
        }
    };
    schedule(all_words, sentences, promised, lexicon, tasks);
    for task in &mut *tasks {
        let scope = scope(task);
        let view = View(&scope);
        let mut free = 0;
        task.numerals.start = numerals.len();
        for i in &promised.numbers[task.promised[0].clone()] {
            let i = (i - task.sentence.first) as usize;
            if i < free {
                continue;
            }
            if let Some(n) = refuse::clock_or_score(view, i).or_else(|| numeral::at(view, i)) {
                free = n.last;
                numerals.push(n);
            }
        }
        task.numerals.end = numerals.len();
    }
    for task in &mut *tasks {
        let [hot, timely, openers] = task.promised.clone();
        let promised = Promised {
            numbers: &promised.numbers[hot],
            times: &promised.times[timely],
            openers: &promised.openers[openers],
        };
        task.times.start = times.len();
        let numerals = &numerals[task.numerals.clone()];
        time::run(View(&scope(task)), numerals, promised, task.sentence.first, task.number, times);
        task.times.end = times.len();
    }
    let mut memory = Memory::default();
    for task in tasks.iter().filter(|task| !task.promised[0].is_empty()) {
        let scope = scope(task);
        let view = View(&scope);
        let numerals = &numerals[task.numerals.clone()];
        refuse::run(view, numerals, &times[task.times.clone()], shapes, refusals);
        if view.any(Tags::VARYING) {
            note_countries(&all_words[memory.noted..task.sentence.last as usize], lexicon, &mut memory);
            memory.noted = task.sentence.last as usize;
        }
        memory.index |= view.any(Tags::INDEX);
        quantity::run(view, numerals, refusals, &memory, drafts);
        share::run(view, drafts, &memory);
        for d in &*drafts {
            if let Some(q) = d.finish(view, task.number, &mut memory) {
                quantities.push(q);
            } else {
                refused.push(Refused {
                    span: d.span,
                    sentence: task.number,
                    reason: crate::model::Reason::Range,
                    rule: "more-digits-than-a-record-holds",
                });
            }
        }
        let mut drafts = drafts.iter().peekable();
        for (n, r) in numerals.iter().zip(&*refusals) {
            let Some(r) = r else { continue };
            // The figure of a unit (m^2) is part of its quantity.
            while drafts.next_if(|d| d.span.end <= n.span.start).is_some() {}
            if !drafts.peek().is_some_and(|d| d.span.overlaps(n.span)) {
                refused.push(Refused { span: n.span, sentence: task.number, reason: r.reason, rule: r.rule });
            }
        }
    }
    refused.sort_by_key(|r| r.span);
}

/// The sentences that promise something; all others are passed over.
fn schedule(
    words: &[WordId],
    sentences: &[Sentence],
    promised: Promised<'_>,
    lexicon: &Lexicon,
    tasks: &mut Vec<Task>,
) {
    let lists = [promised.numbers, promised.times, promised.openers];
    let mut at = [0; 3];
    let mut number = 0;
    while let Some(next) = lists[0].get(at[0]).into_iter().chain(lists[1].get(at[1])).min() {
        while sentences[number].last <= *next {
            number += 1;
        }
        let sentence = sentences[number];
        let mut promised = [0..0, 0..0, 0..0];
        for ((list, at), here) in lists.iter().zip(&mut at).zip(&mut promised) {
            let before = |end: u32, from: usize| from + list[from..].iter().take_while(|i| **i < end).count();
            here.start = before(sentence.first, *at);
            here.end = before(sentence.last, here.start);
            *at = here.end;
        }
        // Neither a number nor the beginning of a time.
        if promised[0].is_empty() && promised[2].is_empty() {
            continue;
        }
        let (mut union, mut phrases) = (Tags::NONE, Tags::NONE);
        for word in &words[sentence.first as usize..sentence.last as usize] {
            let (alone, all) = lexicon.both_tags(*word);
            (union, phrases) = (union.with(alone), phrases.with(all));
        }
        tasks.push(Task { sentence, number: number as u32, union, phrases, promised, numerals: 0..0, times: 0..0 });
    }
}

/// Remembers the currencies of the countries among some words.
fn note_countries(words: &[WordId], lexicon: &Lexicon, memory: &mut Memory) {
    for word in words {
        if !lexicon.tags(*word).has(Tags::COUNTRY) {
            continue;
        }
        for m in lexicon.meanings(*word, Tags::COUNTRY) {
            if let (true, Payload::Currency(id)) = (m.tags.has(Tags::COUNTRY) && m.is_word(), m.payload)
                && !memory.countries.contains(&id)
            {
                memory.countries.push(id);
            }
        }
    }
}
