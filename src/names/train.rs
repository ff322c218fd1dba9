//! Training the tagger: an averaged perceptron over whole sentences.
//!
//! Deterministic: the order of sentences comes from a fixed generator, all sums are integers.

use super::Names;
use super::examples::{self, Example};
use super::model::{LABELS, LANES, Model, Row};
use super::scene::Scene;
use super::tagger::{Ends, NONE, decode, first_of};
use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use crate::model::Token;
use crate::{sentence, split, tag};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;

/// What the built-in weights are learned from: the files of `folder` that are there for it, without every text that
/// shares sixty letters in a row with one of `gold`, and of SmartData the newswire alone.
///
/// # Errors
/// A file cannot be read.
pub fn training_set(folder: &Path, gold: &[String]) -> Result<Vec<Example>> {
    let mut all = Vec::new();
    for name in ["germeval2014.train.jsonl.gz", "smartdata.train.jsonl.gz", "wikinews.names.jsonl.gz"] {
        let examples = examples::read(&folder.join(name))?;
        all.extend(
            examples.into_iter().filter(|e| !name.starts_with("smartdata") || e.source.as_deref() == Some("newswire")),
        );
    }
    let known: HashSet<Vec<char>> = gold.iter().flat_map(|text| stretches(text)).collect();
    all.retain(|e| !stretches(&e.text).any(|s| known.contains(&s)));
    Ok(all)
}

/// Every sixty letters in a row of a text, without blanks, marks and case.
fn stretches(text: &str) -> impl Iterator<Item = Vec<char>> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (0..(letters.len() + 1).saturating_sub(60)).map(move |at| letters[at..at + 60].to_vec())
}

/// How training is done.
#[derive(Copy, Clone, Debug)]
pub struct Plan {
    /// Passes over all sentences.
    pub passes: u32,
    /// A feature that occurs less often is left out.
    pub least: u32,
    /// As many features are kept, those with the largest weights.
    pub keep: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self { passes: 10, least: 2, keep: 100_000 }
    }
}

/// One sentence: for each token its features, whether it is open, and its label.
struct Sentence {
    features: Vec<Box<[u32]>>,
    open: Vec<bool>,
    labels: Vec<u8>,
    known: Vec<bool>,
    weight: u32,
}

/// Trains on examples; the result is the file of the model.
///
/// # Errors
/// There is nothing to train on.
pub fn train(examples: &[Example], names: &Names, plan: Plan, mut progress: impl FnMut(&str)) -> Result<Vec<u8>> {
    let lexicon = Lexicon::builtin();
    let mut scene = Scene::default();
    let mut counts: HashMap<u64, u32> = HashMap::new();
    let mut cutter = Cutter::default();
    // Twice: first to count features, then to number those that are frequent.
    for example in examples {
        cutter.cut(example, &lexicon);
        cutter.look(example, &mut scene, names);
        for s in &cutter.sentences {
            let range = s.first as usize..s.last as usize;
            for i in range.clone().filter(|i| scene.open[*i]) {
                scene.features(i, &range, &mut |f| *counts.entry(f).or_default() += 1);
            }
        }
    }
    let mut all: Vec<u64> = counts.iter().filter(|(_, n)| **n >= plan.least).map(|(f, _)| *f).collect();
    all.sort_unstable();
    let number: HashMap<u64, u32> = (0u32..).zip(&all).map(|(n, f)| (*f, n)).collect();
    drop(counts);
    progress(&format!("{} texts, {} features", examples.len(), all.len()));
    let mut sentences = Vec::new();
    for example in examples {
        cutter.cut(example, &lexicon);
        cutter.look(example, &mut scene, names);
        let (labels, known) = gold(example, &cutter.tokens);
        for s in &cutter.sentences {
            let range = s.first as usize..s.last as usize;
            if !range.clone().any(|i| scene.open[i]) {
                continue;
            }
            let features = range.clone().map(|i| {
                let mut list = Vec::new();
                if scene.open[i] {
                    scene.features(i, &range, &mut |f| list.extend(number.get(&f)));
                }
                list.into_boxed_slice()
            });
            sentences.push(Sentence {
                features: features.collect(),
                open: scene.open[range.clone()].to_vec(),
                labels: labels[range.clone()].to_vec(),
                known: known[range].to_vec(),
                // What was annotated as the guideline asks counts twice.
                weight: 1 + u32::from(example.exact),
            });
        }
    }
    if sentences.is_empty() {
        return Err(Error::new("there is nothing to train on"));
    }
    let mut p = Perceptron::new(all.len());
    let mut order: Vec<u32> =
        (0u32..).zip(&sentences).flat_map(|(n, s)| std::iter::repeat_n(n, s.weight as usize)).collect();
    let mut random = 0x2545_f491_4f6c_dd1du64;
    for pass in 0..plan.passes {
        for k in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(k, (random % (k as u64 + 1)) as usize);
        }
        let wrong: usize = order.iter().map(|n| p.learn(&sentences[*n as usize])).sum();
        progress(&format!("pass {}: {} of {} sentences wrong", pass + 1, wrong, order.len()));
    }
    Ok(p.write(&all, plan.keep))
}

#[derive(Default)]
struct Cutter {
    tokens: Vec<Token>,
    words: Vec<crate::lexicon::WordId>,
    sentences: Vec<crate::model::Sentence>,
    seen: tag::Seen,
    promises: tag::Promises,
}

impl Cutter {
    fn cut(&mut self, example: &Example, lexicon: &Lexicon) {
        split::tokens(&example.text, &mut self.tokens);
        tag::run(&example.text, &self.tokens, lexicon, &mut self.seen, &mut self.words, &mut self.promises);
        sentence::sentences(&example.text, &self.tokens, &self.words, lexicon, &mut self.sentences);
    }

    /// Looks at the example that was cut last.
    fn look(&self, example: &Example, scene: &mut Scene, names: &Names) {
        scene.look(&example.text, &self.tokens, &self.seen, &self.sentences, &names.table, None);
    }
}

/// The label of each token, and whether it is known.
fn gold(example: &Example, tokens: &[Token]) -> (Vec<u8>, Vec<bool>) {
    let mut labels = vec![NONE; tokens.len()];
    let mut known = vec![true; tokens.len()];
    for (start, end) in &example.unknown {
        for (i, token) in tokens.iter().enumerate() {
            if (token.start as usize) < *end && token.end as usize > *start {
                known[i] = false;
            }
        }
    }
    for (start, end, kind) in &example.names {
        let inside: Vec<usize> = (0..tokens.len())
            .filter(|i| tokens[*i].start as usize >= *start && (tokens[*i].start as usize) < *end)
            .collect();
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else { continue };
        if tokens[*first].start as usize != *start || tokens[*last].end as usize != *end {
            // A part of a word is found by other means.
            inside.iter().for_each(|i| known[*i] = false);
            continue;
        }
        for i in &inside {
            labels[*i] = first_of(*kind) + u8::from(i != first);
            known[*i] = true;
        }
    }
    (labels, known)
}

struct Perceptron {
    weights: Vec<[i32; LANES]>,
    /// For the average: each change times the number of the step.
    sums: Vec<[i64; LANES]>,
    transitions: [[i32; LANES]; LABELS + 1],
    transition_sums: [[i64; LANES]; LABELS + 1],
    step: i64,
    scores: Vec<[i32; LANES]>,
    paths: Vec<[i32; LANES]>,
    found: Vec<u8>,
}

impl Perceptron {
    fn new(features: usize) -> Self {
        Self {
            weights: vec![[0; LANES]; features],
            sums: vec![[0; LANES]; features],
            transitions: [[0; LANES]; LABELS + 1],
            transition_sums: [[0; LANES]; LABELS + 1],
            step: 0,
            scores: Vec::new(),
            paths: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Learns from a sentence; 1 where it was labelled wrong.
    fn learn(&mut self, s: &Sentence) -> usize {
        self.step += 1;
        self.scores.clear();
        for (features, open) in s.features.iter().zip(&s.open) {
            let mut row = [0i32; LANES];
            if *open {
                for f in features {
                    for (sum, w) in row.iter_mut().zip(&self.weights[*f as usize]) {
                        *sum += w;
                    }
                }
            }
            self.scores.push(row);
        }
        self.found.clear();
        self.found.resize(s.open.len(), NONE);
        let transitions = self.transitions;
        let behind = |label: Option<usize>| &transitions[label.unwrap_or(LABELS)];
        let mut at = 0;
        while let Some(run) = next_run(&s.open, at..s.open.len()) {
            at = run.end;
            let ends = Ends { first: run.start == 0, last: run.end == s.open.len() };
            decode(&self.scores[run.clone()], ends, behind, &mut self.paths, &mut self.found[run]);
        }
        let wrong = (0..s.open.len()).any(|i| s.known[i] && self.found[i] != s.labels[i]);
        if !wrong {
            return 0;
        }
        for i in 0..s.open.len() {
            let (want, have) = (usize::from(s.labels[i]), usize::from(self.found[i]));
            if !s.known[i] {
                continue;
            }
            if want != have && s.open[i] {
                for f in &s.features[i] {
                    change(&mut self.weights[*f as usize], &mut self.sums[*f as usize], want, have, self.step);
                }
            }
            let before = |labels: &[u8]| i.checked_sub(1).map_or(LABELS, |b| usize::from(labels[b]));
            let (want_before, have_before) = (before(&s.labels), before(&self.found));
            let stay = s.open[i] && i.checked_sub(1).is_none_or(|b| s.known[b] && s.open[b]);
            if stay && (want, want_before) != (have, have_before) {
                self.transitions[want_before][want] += 1;
                self.transition_sums[want_before][want] += self.step;
                self.transitions[have_before][have] -= 1;
                self.transition_sums[have_before][have] -= self.step;
            }
        }
        1
    }

    /// Averages, makes the weights small, and keeps the largest.
    fn write(self, features: &[u64], keep: usize) -> Vec<u8> {
        let steps = i128::from(self.step.max(1));
        // In units of 1/256.
        let mean = |w: i32, sum: i64| i128::from(w) * 256 - i128::from(sum) * 256 / steps;
        let mut all: Vec<(u64, [i128; LANES])> = Vec::new();
        for (f, (w, s)) in features.iter().zip(self.weights.iter().zip(&self.sums)) {
            let row: [i128; LANES] = std::array::from_fn(|l| mean(w[l], s[l]));
            all.push((*f, row));
        }
        let size = |row: &[i128; LANES]| row.iter().map(|w| w.abs()).max().unwrap_or(0);
        all.sort_by_key(|(f, row)| (std::cmp::Reverse(size(row)), *f));
        all.truncate(keep);
        // Weights are kept to an eighth; a row of large ones is shifted as a whole.
        const UNIT: i128 = 32;
        let small = |row: &[i128; LANES]| {
            let shift = (0..7).find(|s| (size(row) / UNIT) >> s <= 127).unwrap_or(7);
            let mut out = row.map(|w| ((w / UNIT) >> shift).clamp(-128, 127) as i8);
            out[LABELS] = shift as i8;
            out
        };
        let weights: Vec<(u64, [i8; LANES])> = all.iter().map(|(f, row)| (*f, small(row))).collect();
        let transitions: [Row; LABELS + 1] = std::array::from_fn(|a| {
            std::array::from_fn(|b| {
                (mean(self.transitions[a][b], self.transition_sums[a][b]) / UNIT).clamp(-30_000, 30_000) as i16
            })
        });
        let weights: Vec<_> = weights.into_iter().filter(|(_, row)| row.iter().any(|w| *w != 0)).collect();
        Model::write(&weights, &transitions)
    }
}

fn change(weights: &mut [i32; LANES], sums: &mut [i64; LANES], want: usize, have: usize, step: i64) {
    weights[want] += 1;
    sums[want] += step;
    weights[have] -= 1;
    sums[have] -= step;
}

/// The next stretch of open tokens: each is judged by itself.
fn next_run(open: &[bool], range: Range<usize>) -> Option<Range<usize>> {
    let start = range.start + open[range.clone()].iter().position(|o| *o)?;
    let len = open[start..range.end].iter().position(|o| !*o);
    Some(start..len.map_or(range.end, |len| start + len))
}
