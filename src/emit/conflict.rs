//! Between which records a conflict is.

use super::key::identities;
use super::name::Name;
use super::offsets::Index;
use super::statement::statements;
use crate::lexicon::Lexicon;
use crate::model::{Analysis, Between, Conflict};

/// The ids of the records of each conflict: the time; a fact and its numbers; two facts.
pub(super) fn ids(text: &str, lexicon: &Lexicon, analysis: &Analysis, chars: &Index<'_>) -> Vec<Vec<Name>> {
    let of_facts = analysis.conflicts.iter().any(|c| c.between != Between::Time);
    let facts: Vec<Name> = if of_facts {
        let all = statements(analysis).zip(identities(text, lexicon, analysis, chars));
        all.filter(|(s, _)| !s.derived).map(|(_, identity)| identity.id.name()).collect()
    } else {
        Vec::new()
    };
    let id = |letter, start: u32| Name::id(letter, chars.at(start as usize));
    let of = |c: &Conflict| match c.between {
        Between::Time => vec![id('t', c.span.start)],
        Between::Facts(a, b) => vec![facts[a as usize], facts[b as usize]],
        Between::Fact(n) => {
            let f = &analysis.facts[n as usize];
            let change = f.change.as_ref();
            let numbers = [f.value, change.and_then(|c| c.by), change.and_then(|c| c.from)];
            let number = |q: u32| id('q', analysis.quantities[q as usize].span.start);
            std::iter::once(facts[n as usize]).chain(numbers.into_iter().flatten().map(number)).collect()
        }
    };
    analysis.conflicts.iter().map(of).collect()
}
