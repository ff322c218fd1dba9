//! The learned part: for each token a label, the best sequence of a sentence.

use super::features::{self, Place};
use super::model::{LABELS, LANES, Model, Row};
use super::scene::Scene;
use super::table;
use super::word::Word;
use crate::model::{EntityType, Sentence};
use std::ops::Range;

/// The label of no name.
pub(crate) const NONE: u8 = 0;

/// The label of the first token of a name.
pub(crate) fn first_of(kind: EntityType) -> u8 {
    1 + 2 * EntityType::ALL.iter().position(|k| *k == kind).unwrap_or(0) as u8
}

/// The type of a label, and whether it is the first of a name.
pub(crate) fn meaning(label: u8) -> Option<(EntityType, bool)> {
    let n = usize::from(label.checked_sub(1)?);
    Some((*EntityType::ALL.get(n / 2)?, n.is_multiple_of(2)))
}

/// Whether a label may stand behind another.
pub(crate) fn may_follow(before: Option<u8>, label: u8) -> bool {
    match meaning(label) {
        Some((_, false)) => before == Some(label) || before == Some(label - 1),
        _ => true,
    }
}

/// What labelling needs: scores that every document shares, and buffers.
#[derive(Debug, Default)]
pub(crate) struct Judge {
    /// The scores of no word at all at each place; empty before the first document.
    nothing: Vec<Row>,
    /// Those of each bit of evidence.
    evidence: Vec<Row>,
    /// The numbers of the weights of each open token, and its scores.
    numbers: Vec<[u32; features::OF_TOKEN]>,
    scores: Vec<Row>,
    list: Vec<u64>,
    paths: Vec<[u8; LANES]>,
}

impl Judge {
    fn begin(&mut self, model: &Model) {
        if !self.nothing.is_empty() {
            return;
        }
        let row_of = |features: &[u64]| {
            let mut row = Row::default();
            model.add(features, &mut row);
            row
        };
        let none = Word::default();
        self.nothing.extend(Place::ALL.map(|place| {
            self.list.clear();
            features::of_word(&none, &Default::default(), place, &mut |feature| self.list.push(feature));
            row_of(&self.list)
        }));
        let bits = 0..features::EVIDENCE.count_ones();
        self.evidence.extend(bits.map(|bit| row_of(&[features::of_evidence(bit)])));
    }
}

fn add(row: &mut Row, more: &Row) {
    for (sum, weight) in row.iter_mut().zip(more) {
        *sum = sum.wrapping_add(*weight);
    }
}

impl Scene {
    /// Labels all sentences.
    ///
    /// First what all open tokens look up, then all scores, then all labels: nothing waits for memory that way.
    pub(crate) fn label(&mut self, sentences: &[Sentence], model: &Model) {
        self.judge.begin(model);
        let mut judge = std::mem::take(&mut self.judge);
        let range = |s: &Sentence| s.first as usize..s.last as usize;
        judge.numbers.clear();
        for range in sentences.iter().map(range) {
            for i in range.clone().filter(|i| self.open[*i]) {
                self.cache.judge(self.index[i], model);
                judge.numbers.push(self.numbers(i, &range, model));
            }
        }
        judge.scores.clear();
        let mut numbers = judge.numbers.iter();
        for range in sentences.iter().map(range) {
            for (i, numbers) in range.clone().filter(|i| self.open[*i]).zip(&mut numbers) {
                judge.scores.push(self.score(i, &range, model, numbers, &judge.nothing, &judge.evidence));
            }
        }
        let mut scores = judge.scores.as_slice();
        for range in sentences.iter().map(range) {
            let mut at = range.start;
            while let Some(run) = next_run(&self.open, at..range.end) {
                at = run.end;
                let (here, rest) = scores.split_at(run.len());
                scores = rest;
                let ends = Ends { first: run.start == range.start, last: run.end == range.end };
                decode(here, ends, |label| model.behind(label), &mut judge.paths, &mut self.labels[run]);
            }
        }
        self.judge = judge;
    }

    /// The numbers of the weights that an open token has beside those of single words.
    fn numbers(&self, i: usize, range: &Range<usize>, model: &Model) -> [u32; features::OF_TOKEN] {
        let none = Word::default();
        let mut numbers = [0; features::OF_TOKEN];
        let mut free = numbers.iter_mut();
        features::of_token(&self.neighbours(i, range, &none), self.around[i], &mut |feature| {
            if let Some(number) = free.next() {
                *number = model.number(feature);
            }
        });
        numbers
    }

    /// The scores of all labels of an open token.
    fn score(
        &self,
        i: usize,
        range: &Range<usize>,
        model: &Model,
        numbers: &[u32; features::OF_TOKEN],
        nothing: &[Row],
        evidence: &[Row],
    ) -> Row {
        let mut row = model.sum(numbers);
        let places = [Some(i), i.checked_sub(1), Some(i + 1)];
        for (place, at) in places.into_iter().enumerate() {
            match at.filter(|k| range.contains(k)) {
                Some(k) => add(&mut row, self.cache.row(self.index[k], place)),
                None => add(&mut row, &nothing[place]),
            }
        }
        for bit in features::evidence_bits(self.around[i]) {
            add(&mut row, &evidence[bit as usize]);
        }
        row
    }
}

/// The next stretch of open tokens. What stands between two has no label, so that each is judged by itself.
pub(crate) fn next_run(open: &[bool], range: Range<usize>) -> Option<Range<usize>> {
    let start = range.start + open[range.clone()].iter().position(|o| *o)?;
    let len = open[start..range.end].iter().position(|o| !*o);
    Some(start..len.map_or(range.end, |len| start + len))
}

/// [`table::hash`] at compile time.
pub(super) const fn key_of(word: &[u8]) -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15 ^ word.len() as u64;
    let mut at = 0;
    while at < word.len() {
        let mut eight = [0u8; 8];
        let mut i = 0;
        while i < 8 && at + i < word.len() {
            eight[i] = word[at + i];
            i += 1;
        }
        state = table::mix(state, u64::from_le_bytes(eight));
        at += 8;
    }
    table::mix(state, 0)
}

/// Whether a stretch begins or ends its sentence.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Ends {
    pub(crate) first: bool,
    pub(crate) last: bool,
}

/// The best sequence of labels of a stretch of open tokens.
pub(crate) fn decode<'t, S: Copy + Into<i32>, T: Copy + Into<i32> + 't>(
    scores: &[[S; LANES]],
    ends: Ends,
    behind: impl Fn(Option<usize>) -> &'t [T; LANES],
    paths: &mut Vec<[u8; LANES]>,
    labels: &mut [u8],
) {
    const WORST: i32 = i32::MIN / 4;
    let Some((head, rest)) = scores.split_first() else { return };
    let none = usize::from(NONE);
    let begin = behind((!ends.first).then_some(none));
    let mut best = [WORST; LANES];
    for label in (0..LABELS).filter(|l| may_follow(None, *l as u8)) {
        best[label] = begin[label].into() + head[label].into();
    }
    paths.clear();
    for row in rest {
        let mut next = [WORST; LANES];
        let mut from = [0u8; LANES];
        for label in 0..LABELS {
            let reach = |before: usize| best[before] + behind(Some(before))[label].into();
            let (score, at) = match meaning(label as u8) {
                Some((_, false)) => {
                    let (own, first) = (reach(label), reach(label - 1));
                    if own >= first { (own, label) } else { (first, label - 1) }
                }
                _ => (1..LABELS).fold((reach(0), 0), |top, before| {
                    let score = reach(before);
                    if score > top.0 { (score, before) } else { top }
                }),
            };
            next[label] = score + row[label].into();
            from[label] = at as u8;
        }
        best = next;
        paths.push(from);
    }
    if !ends.last {
        // No name goes on behind it.
        for (label, best) in best.iter_mut().enumerate().take(LABELS) {
            *best += behind(Some(label))[none].into();
        }
    }
    let mut label = (0..LABELS).max_by_key(|l| (best[*l], LABELS - l)).unwrap_or(0) as u8;
    let (first, others) = labels.split_at_mut(1);
    for (place, from) in others.iter_mut().zip(&*paths).rev() {
        *place = label;
        label = from[usize::from(label)];
    }
    first[0] = label;
}
