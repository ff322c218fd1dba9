//! The weights of the clues, learned from texts with facts: an averaged perceptron over choices.
//!
//! The linker runs over every text as it always does; its choices are judged by a teacher who knows what the text
//! states, and who moves the weights where a wrong candidate comes too near to a right one. Deterministic: the order of
//! the texts comes from a fixed generator, all sums are integers.

use super::choose::{Choice, Judge, Options, Slot, WEIGHTS, Weights};
use super::lists::Pairs;
use super::{Scratch, Source, WORDS, judged};
use crate::lexicon::{Lexicon, WordId};
use crate::model::{Analysis, Sentence, Token};
use crate::tag::{self, Promises, Seen};
use std::collections::BTreeMap;

/// A text with what it states.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The text.
    pub text: String,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// What is found in it before facts.
    pub analysis: Analysis,
    /// What it states, by the number that carries it, an index into [`Analysis::quantities`].
    pub told: BTreeMap<u32, Told>,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What is measured.
    pub metric: String,
    /// Whose it is.
    pub subject: Option<String>,
    /// When it holds.
    pub period: Option<String>,
    /// How sure it is.
    pub status: String,
    /// Which way the metric went.
    pub direction: Option<String>,
    /// Who says so.
    pub source: Option<String>,
}

/// A metric in lower case without an ending that does not tell two apart; at least four letters stay.
pub fn stem(metric: &str) -> &str {
    let shorter =
        |(ending, _): &(String, String)| metric.strip_suffix(ending.as_str()).filter(|rest| rest.chars().count() > 3);
    WORDS.side.pairs(Pairs::Stem).iter().find_map(shorter).unwrap_or(metric)
}

/// For each slot how many choices there were, how many were right, and for how many a right candidate
/// was there.
pub type Tally = [(u32, u32, u32); 6];

/// A right candidate has to be so much better than any wrong one.
const MARGIN: i32 = 30;

/// As many times all is learned from the start, each time in another order: the weights are the mean.
const RUNS: u64 = 40;

/// Learns the weights in so many passes; the result is the content of `src/german/links.bin`.
pub fn learn(lessons: &[Lesson], lexicon: &Lexicon, passes: u32, mut progress: impl FnMut(&str)) -> Vec<u8> {
    let mut sums = vec![0i64; WEIGHTS];
    for run in 0..RUNS {
        let mut teacher = Teacher::new(vec![0; WEIGHTS], true);
        let mut order: Vec<usize> = (0..lessons.len()).collect();
        let mut random = 0x2545_f491_4f6c_dd1d_u64.wrapping_mul(2 * run + 1);
        for _ in 0..passes {
            for k in (1..order.len()).rev() {
                order.swap(k, (next(&mut random) % (k as u64 + 1)) as usize);
            }
            teacher.tally = Tally::default();
            for n in &order {
                teacher.read(&lessons[*n], lexicon);
            }
        }
        progress(&format!("run {}: {}", run + 1, show(teacher.tally)));
        sums.iter_mut().zip(teacher.means()).for_each(|(sum, mean)| *sum += i64::from(mean));
    }
    let means: Vec<i16> = sums.iter().map(|sum| (sum / RUNS as i64) as i16).collect();
    Weights::write(&means)
}

/// How often the choices for such texts are right with some weights, the content of such a file.
pub fn check(lessons: &[Lesson], lexicon: &Lexicon, weights: &[u8]) -> Tally {
    let weights = weights.chunks_exact(2).map(|b| i32::from(i16::from_le_bytes([b[0], b[1]]))).collect();
    let mut teacher = Teacher::new(weights, false);
    for lesson in lessons {
        teacher.read(lesson, lexicon);
    }
    teacher.tally
}

/// A tally in words.
pub fn show(tally: Tally) -> String {
    let names = ["metric", "subject", "period", "status", "direction", "source"];
    let one = |(name, (all, right, there)): (&str, (u32, u32, u32))| format!("{name} {right} of {there} of {all}");
    names.into_iter().zip(tally).map(one).collect::<Vec<_>>().join(", ")
}

/// The next number of a fixed generator, an xorshift.
fn next(random: &mut u64) -> u64 {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    *random
}

struct Teacher<'a> {
    weights: Vec<i32>,
    /// For the average: each change times the number of the step.
    sums: Vec<i64>,
    step: i64,
    /// Whether the weights are moved.
    moves: bool,
    /// Which clues a step does without.
    random: u64,
    lesson: Option<&'a Lesson>,
    /// The things that names mean, by all that they are called in the text, without case.
    things: BTreeMap<String, u32>,
    tally: Tally,
    /// What the linker keeps from text to text.
    buffers: Buffers,
}

/// What is used again for each text.
struct Buffers {
    seen: Seen,
    words: Vec<WordId>,
    promises: Promises,
    scratch: Scratch,
}

impl Default for Buffers {
    fn default() -> Self {
        let scratch = Scratch::new(None);
        Self { seen: Seen::default(), words: Vec::new(), promises: Promises::default(), scratch }
    }
}

impl<'a> Teacher<'a> {
    fn new(weights: Vec<i32>, moves: bool) -> Self {
        let sums = if moves { vec![0; WEIGHTS] } else { Vec::new() };
        Self {
            weights,
            sums,
            step: 0,
            moves,
            random: 0x9e37_79b9_7f4a_7c15,
            lesson: None,
            things: BTreeMap::new(),
            tally: Tally::default(),
            buffers: Buffers::default(),
        }
    }

    fn read(&mut self, lesson: &'a Lesson, lexicon: &Lexicon) {
        self.lesson = Some(lesson);
        self.things.clear();
        for e in &lesson.analysis.entities {
            let called = [e.span.of(&lesson.text), &lesson.analysis.things[e.thing as usize].name];
            for name in called {
                self.things.entry(name.to_lowercase()).or_insert(e.thing);
            }
        }
        let mut buffers = std::mem::take(&mut self.buffers);
        let Buffers { seen, words, promises, scratch } = &mut buffers;
        tag::run(&lesson.text, &lesson.tokens, lexicon, seen, words, promises);
        let source = Source {
            text: &lesson.text,
            tokens: &lesson.tokens,
            sentences: &lesson.sentences,
            lexicon,
            seen,
            words: None,
        };
        let mut analysis = lesson.analysis.clone();
        judged(source, &mut analysis, scratch, self);
        self.buffers = buffers;
    }

    /// What a name means, else the name.
    fn meant(&self, name: &str) -> Result<u32, String> {
        let name = name.to_lowercase();
        self.things.get(&name).copied().ok_or(name)
    }

    /// Whether an answer is what the text states.
    fn right(&self, slot: Slot, told: Option<&Told>, answer: Option<&str>) -> bool {
        let Some(told) = told else { return answer.is_none() };
        match slot {
            Slot::Metric => answer.is_some_and(|a| stem(&a.to_lowercase()) == stem(&told.metric.to_lowercase())),
            Slot::Subject => answer.map(|a| self.meant(a)) == told.subject.as_deref().map(|s| self.meant(s)),
            Slot::Source => answer.map(|a| self.meant(a)) == told.source.as_deref().map(|s| self.meant(s)),
            Slot::Status => answer == Some(&told.status),
            Slot::Direction => answer == told.direction.as_deref(),
            Slot::Period => answer == told.period.as_deref(),
        }
    }

    /// Whether a step has a clue: it has three of four, other ones each time, so that nothing is learned by heart that
    /// only all clues of a single text together tell.
    fn kept(&self, clue: u32) -> bool {
        !self.moves || (u64::from(clue) ^ self.random).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 62 != 0
    }

    fn change<T: Choice>(&mut self, options: &Options<T>, n: usize, by: i32) {
        for clue in options.clues(n) {
            if !self.kept(*clue) {
                continue;
            }
            self.weights[*clue as usize] += by;
            self.sums[*clue as usize] += i64::from(by) * self.step;
        }
    }

    /// The average of each weight over all steps, in units of a sixteenth.
    fn means(&self) -> Vec<i16> {
        let steps = i128::from(self.step.max(1));
        let mean =
            |(w, s): (&i32, &i64)| (i128::from(*w) * 16 - i128::from(*s) * 16 / steps).clamp(-32_000, 32_000) as i16;
        self.weights.iter().zip(&self.sums).map(mean).collect()
    }
}

impl Judge for Teacher<'_> {
    fn choose<T: Choice>(
        &mut self,
        number: u32,
        options: &Options<T>,
        answer: impl Fn(&T) -> Option<String>,
    ) -> Option<T> {
        let slot = T::SLOT;
        next(&mut self.random);
        let sums: Vec<i32> = (0..options.items().len())
            .map(|n| options.clues(n).iter().filter(|c| self.kept(**c)).map(|c| self.weights[*c as usize]).sum())
            .collect();
        let best = |of: &dyn Fn(usize) -> bool| {
            (0..sums.len()).filter(|n| of(*n)).max_by_key(|n| (sums[*n], std::cmp::Reverse(*n)))
        };
        let chosen = best(&|_| true)?;
        let told = self.lesson.and_then(|l| l.told.get(&number));
        if told.is_none() && slot != Slot::Metric {
            return options.items().get(chosen).copied();
        }
        let answers: Vec<Option<String>> = options.items().iter().map(answer).collect();
        let mut right: Vec<bool> = answers.iter().map(|a| self.right(slot, told, a.as_deref())).collect();
        let tally = &mut self.tally[slot as usize];
        tally.0 += 1;
        tally.1 += u32::from(right[chosen]);
        tally.2 += u32::from(right.contains(&true));
        // None is right; but a statement it is.
        if slot == Slot::Metric && told.is_some() && !right.contains(&true) {
            right = answers.iter().map(Option::is_some).collect();
        }
        let Some(good) = best(&|n| right[n]) else { return options.items().get(chosen).copied() };
        if let Some(bad) = best(&|n| !right[n]).filter(|_| self.moves) {
            self.step += 1;
            if sums[good] < sums[bad] + MARGIN {
                self.change(options, good, 1);
                self.change(options, bad, -1);
            }
        }
        // What follows is learned from what was chosen, but where there is a fact and where none is given.
        let given = slot == Slot::Metric && answers[chosen].is_some() != told.is_some();
        options.items().get(if given { good } else { chosen }).copied()
    }
}
