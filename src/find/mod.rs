//! Tokens → quantities, sentence by sentence.
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

/// Takes the indices before `end` off the front of a list.
fn take_before<'a>(list: &mut &'a [u32], end: u32) -> &'a [u32] {
    let here = list.iter().take_while(|i| **i < end).count();
    let (taken, rest) = list.split_at(here);
    *list = rest;
    taken
}

/// Finds the quantities and the times of all sentences.
#[expect(clippy::too_many_arguments, reason = "the stage's inputs and its outputs, side by side")]
pub(crate) fn run(
    text: &str,
    tokens: &[Token],
    all_words: &[WordId],
    sentences: &[Sentence],
    mut promised: Promised<'_>,
    lexicon: &Lexicon,
    scratch: &mut Scratch,
    quantities: &mut Vec<Quantity>,
    refused: &mut Vec<Refused>,
    times: &mut Vec<Written>,
) {
    let mut memory = Memory::default();
    let mut number = 0;
    while let Some(next) = promised.numbers.first().into_iter().chain(promised.times.first()).copied().min() {
        while sentences[number].last <= next {
            number += 1;
        }
        let sentence = sentences[number];
        let range = sentence.first as usize..sentence.last as usize;
        let words = &all_words[range.clone()];
        let mut union = Tags::NONE;
        let mut phrases = Tags::NONE;
        for word in words {
            union = union.with(lexicon.tags(*word));
            phrases = phrases.with(lexicon.phrase_tags(*word));
        }
        let scope = Scope {
            text,
            tokens: &tokens[range],
            words,
            lexicon,
            union,
            phrases,
            key: &scratch.key,
            number: Cell::new((usize::MAX, None)),
        };
        let view = View(&scope);
        scratch.numerals.clear();
        let mut free = 0;
        let hot = take_before(&mut promised.numbers, sentence.last);
        for i in hot {
            let i = (i - sentence.first) as usize;
            if i < free {
                continue;
            }
            if let Some(n) = refuse::clock_or_score(view, i).or_else(|| numeral::at(view, i)) {
                free = n.last;
                scratch.numerals.push(n);
            }
        }
        let times_before = times.len();
        let timely = take_before(&mut promised.times, sentence.last);
        take_before(&mut promised.openers, sentence.first);
        let openers = take_before(&mut promised.openers, sentence.last);
        time::run(
            view,
            &scratch.numerals,
            Promised { numbers: hot, times: timely, openers },
            sentence.first,
            number as u32,
            times,
        );
        if hot.is_empty() {
            continue;
        }
        refuse::run(view, &scratch.numerals, &times[times_before..], &mut scratch.shapes, &mut scratch.refusals);
        if view.any(Tags::VARYING) {
            note_countries(&all_words[memory.noted..sentence.last as usize], lexicon, &mut memory);
            memory.noted = sentence.last as usize;
        }
        memory.index |= view.any(Tags::INDEX);
        quantity::run(view, &scratch.numerals, &mut scratch.refusals, &memory, &mut scratch.drafts);
        share::run(view, &mut scratch.drafts, &memory);
        let sentence_number = number as u32;
        for d in &scratch.drafts {
            if let Some(q) = d.finish(view, sentence_number, &mut memory) {
                quantities.push(q);
            } else {
                refused.push(Refused {
                    span: d.span,
                    sentence: sentence_number,
                    reason: crate::model::Reason::Range,
                    rule: "more-digits-than-a-record-holds",
                });
            }
        }
        let mut drafts = scratch.drafts.iter().peekable();
        for (n, r) in scratch.numerals.iter().zip(&scratch.refusals) {
            let Some(r) = r else { continue };
            // The figure of a unit (m^2) is part of its quantity.
            while drafts.next_if(|d| d.span.end <= n.span.start).is_some() {}
            if !drafts.peek().is_some_and(|d| d.span.overlaps(n.span)) {
                refused.push(Refused { span: n.span, sentence: sentence_number, reason: r.reason, rule: r.rule });
            }
        }
    }
    refused.sort_by_key(|r| r.span);
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
