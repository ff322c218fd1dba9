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
    /// The features of each open token that more than one word makes, the numbers of their weights, and its scores.
    features: Vec<[u64; features::OF_TOKEN]>,
    numbers: Vec<[u32; features::OF_TOKEN]>,
    scores: Vec<Row>,
    list: Vec<u64>,
    paths: Vec<[i32; LANES]>,
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
    /// First all features, then what is looked up by them, then all scores, then all labels: in loops so short that many
    /// turns of them wait for memory at once.
    pub(crate) fn label(&mut self, sentences: &[Sentence], model: &Model) {
        self.judge.begin(model);
        let mut judge = std::mem::take(&mut self.judge);
        let range = |s: &Sentence| s.first as usize..s.last as usize;
        judge.features.clear();
        let mut opened = self.opened.as_slice();
        for sentence in sentences {
            let range = range(sentence);
            for i in before(&mut opened, sentence.last) {
                let i = *i as usize;
                for (place, at) in Place::ALL.into_iter().zip(beside(i, &range)) {
                    if let Some(at) = at {
                        self.cache.judge(self.index[at], place, model);
                    }
                }
                judge.features.push(self.shared(i, &range));
            }
        }
        judge.numbers.clear();
        judge.numbers.extend(judge.features.iter().map(|features| features.map(|feature| model.number(feature))));
        judge.scores.clear();
        let (mut opened, mut numbers) = (self.opened.as_slice(), judge.numbers.iter());
        for sentence in sentences {
            for (i, numbers) in before(&mut opened, sentence.last).iter().zip(&mut numbers) {
                let (i, range) = (*i as usize, range(sentence));
                judge.scores.push(self.score(i, &range, model, numbers, &judge.nothing, &judge.evidence));
            }
        }
        let (mut opened, mut scores) = (self.opened.as_slice(), judge.scores.as_slice());
        for sentence in sentences {
            // What stands between two stretches has no label, so that each is judged by itself.
            for run in before(&mut opened, sentence.last).chunk_by(|a, b| a + 1 == *b) {
                let (here, rest) = scores.split_at(run.len());
                scores = rest;
                let (first, last) = (run[0], run[run.len() - 1] + 1);
                let ends = Ends { first: first == sentence.first, last: last == sentence.last };
                let labels = &mut self.labels[first as usize..last as usize];
                decode(here, ends, |label| model.behind(label), &mut judge.paths, labels);
            }
        }
        self.judge = judge;
    }

    /// The features of an open token that more than one word makes; [`Model::NOTHING`] behind the last.
    fn shared(&self, i: usize, range: &Range<usize>) -> [u64; features::OF_TOKEN] {
        let none = Word::default();
        let mut all = [Model::NOTHING; features::OF_TOKEN];
        let mut free = all.iter_mut();
        features::of_token(&self.neighbours(i, range, &none), self.around[i], &mut |feature| {
            if let Some(place) = free.next() {
                *place = feature;
            }
        });
        all
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
        for (place, at) in beside(i, range).into_iter().enumerate() {
            match at {
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

/// The tokens at the places of [`Place::ALL`] beside one that is judged; none beyond the sentence.
pub(super) fn beside(i: usize, range: &Range<usize>) -> [Option<usize>; 3] {
    [Some(i), i.checked_sub(1), Some(i + 1)].map(|at| at.filter(|k| range.contains(k)))
}

/// Takes those before `end` off the front of a list of tokens.
fn before<'a>(list: &mut &'a [u32], end: u32) -> &'a [u32] {
    let here = list.iter().take_while(|i| **i < end).count();
    let (taken, rest) = list.split_at(here);
    *list = rest;
    taken
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
    paths: &mut Vec<[i32; LANES]>,
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
    let reach = |best: &[i32; LANES], before: usize, label: usize| best[before] + behind(Some(before))[label].into();
    paths.clear();
    for row in rest {
        let mut next = [WORST; LANES];
        for label in 0..LABELS {
            let score = match meaning(label as u8) {
                Some((_, false)) => reach(&best, label, label).max(reach(&best, label - 1, label)),
                _ => (1..LABELS).fold(reach(&best, 0, label), |top, before| top.max(reach(&best, before, label))),
            };
            next[label] = score + row[label].into();
        }
        paths.push(best);
        best = next;
    }
    if !ends.last {
        // No name goes on behind it.
        for (label, best) in best.iter_mut().enumerate().take(LABELS) {
            *best += behind(Some(label))[none].into();
        }
    }
    let mut label = (0..LABELS).max_by_key(|l| (best[*l], LABELS - l)).unwrap_or(0) as u8;
    let (first, others) = labels.split_at_mut(1);
    // Which label led to each is asked of the best sequence alone; the first of equals.
    for (place, best) in others.iter_mut().zip(&*paths).rev() {
        *place = label;
        let here = usize::from(label);
        label = match meaning(label) {
            Some((_, false)) if reach(best, here, here) >= reach(best, here - 1, here) => label,
            Some((_, false)) => label - 1,
            _ => (0..LABELS).max_by_key(|l| (reach(best, *l, here), LABELS - l)).unwrap_or(0) as u8,
        };
    }
    first[0] = label;
}
