//! Why the facts of a text are what they are: the candidates for each slot with what spoke for them.

use super::choose::{Choice, Judge, Options, Weights};
use super::role::{Draft, Untold};

/// How the facts of a text came about.
#[derive(Clone, Debug, Default)]
pub struct Why {
    /// What was chosen, in the order of choosing; the slots of one statement stand together.
    pub choices: Vec<Decision>,
    /// Numbers that are told, not stated, each an index into [`crate::model::Analysis::quantities`], with the reason.
    pub untold: Vec<(u32, &'static str)>,
    /// Numbers that belong to the statement of another number, the second.
    pub parts: Vec<(u32, u32)>,
    /// Numbers that are said in turn, each with the first of its row, whose choices are theirs.
    pub turns: Vec<(u32, u32)>,
}

/// What was chosen for a slot of a statement.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The number that carries the statement, an index into [`crate::model::Analysis::quantities`].
    pub number: u32,
    /// *metric*, *subject*, *period*, *status*, *direction*, *source*
    pub slot: &'static str,
    /// What the slot may be filled with, the chosen one first, then by weight.
    pub candidates: Vec<Candidate>,
}

/// What a slot may be filled with.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What it would be; none for nothing.
    pub answer: Option<String>,
    /// The sum of all its clues.
    pub weight: i32,
    /// What each clue is about and what it adds, the heaviest first; what adds nothing is left out.
    pub clues: Vec<(&'static str, i32)>,
}

/// The weights choose, and it is written down.
#[derive(Debug)]
pub(super) struct Witness {
    pub(super) weights: Weights,
    pub(super) why: Why,
}

impl Judge for Witness {
    fn choose<T: Choice>(
        &mut self,
        number: u32,
        options: &Options<T>,
        answer: impl Fn(&T) -> Option<String>,
    ) -> Option<T> {
        let mut all: Vec<(usize, Candidate)> = options
            .items()
            .iter()
            .map(&answer)
            .enumerate()
            .map(|(n, answer)| {
                let weigh = |(name, clue): (&&'static str, &u32)| (*name, self.weights.of(*clue));
                let mut clues: Vec<_> = options.names(n).iter().zip(options.clues(n)).map(weigh).collect();
                let weight = clues.iter().map(|(_, weight)| weight).sum();
                clues.retain(|(_, weight)| *weight != 0);
                clues.sort_by_key(|(_, weight)| -weight.abs());
                (n, Candidate { answer, weight, clues })
            })
            .collect();
        // Of equal ones the first is chosen, and sorting leaves their order.
        all.sort_by_key(|(_, c)| -c.weight);
        let chosen = all.first().and_then(|(n, _)| options.items().get(*n)).copied();
        let candidates = all.into_iter().map(|(_, c)| c).collect();
        self.why.choices.push(Decision { number, slot: T::SLOT.name(), candidates });
        chosen
    }

    fn meet(&mut self, draft: &Draft) {
        let anchor = draft.anchor();
        let others = [draft.value, draft.by, draft.from].into_iter().flatten().filter(|n| *n != anchor);
        self.why.parts.extend(others.map(|n| (n, anchor)));
    }

    fn turn(&mut self, number: u32, first: u32) {
        self.why.turns.push((number, first));
    }

    fn leave(&mut self, number: u32, why: Untold) {
        self.why.untold.push((number, why.told()));
    }
}
