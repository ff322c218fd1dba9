//! Facts as they are written: those of the text, and behind each what follows from it.

use crate::model::{Analysis, Computed, Derived, Direction, Fact, Period, Quantity, Timex};

/// A fact with its numbers.
#[derive(Copy, Clone)]
pub(super) struct Statement<'a> {
    /// What it says beside all that stands here.
    pub(super) fact: &'a Fact,
    pub(super) value: Option<&'a Quantity>,
    pub(super) by: Option<&'a Quantity>,
    pub(super) from: Option<&'a Quantity>,
    pub(super) direction: Option<Direction>,
    pub(super) versus: Option<&'a Timex>,
    pub(super) period: Option<&'a Period>,
    pub(super) rule: &'static str,
    /// Whether arithmetic gives its number: then it is no mention, and has no id.
    pub(super) derived: bool,
}

/// All statements of a document in the order of its facts.
pub(super) fn statements(analysis: &Analysis) -> impl Iterator<Item = Statement<'_>> {
    (0u32..).zip(&analysis.facts).flat_map(|(n, fact)| {
        let own = Statement::stated(fact, analysis);
        let behind = analysis.derived.partition_point(|d| d.of < n);
        let derived = analysis.derived[behind..].iter().take_while(move |d| d.of == n);
        std::iter::once(own).chain(derived.map(move |d| own.derived(d)))
    })
}

impl<'a> Statement<'a> {
    fn stated(fact: &'a Fact, analysis: &'a Analysis) -> Self {
        let quantity = |n: Option<u32>| n.map(|n| &analysis.quantities[n as usize]);
        let change = fact.change.as_ref();
        Self {
            fact,
            value: quantity(fact.value),
            by: quantity(change.and_then(|c| c.by)),
            from: quantity(change.and_then(|c| c.from)),
            direction: change.and_then(|c| c.direction),
            versus: change.and_then(|c| c.versus.as_ref()),
            period: fact.period.as_ref(),
            rule: fact.rule,
            derived: false,
        }
    }

    /// The same with a number that was computed.
    fn derived(self, d: &'a Derived) -> Self {
        let bare = Self {
            value: None,
            by: None,
            from: None,
            direction: None,
            versus: None,
            period: d.period.as_ref(),
            rule: d.number.rule,
            derived: true,
            ..self
        };
        match d.computed {
            Computed::Value => Self { value: Some(&d.number), ..bare },
            Computed::By(way) => Self { by: Some(&d.number), direction: Some(way), versus: self.versus, ..bare },
        }
    }

    /// The number that carries it, as of [`Fact::number`].
    pub(super) fn number(&self) -> Option<&'a Quantity> {
        self.value.or(self.by).or(self.from)
    }

    /// Whether it says anything of a change.
    pub(super) fn is_change(&self) -> bool {
        self.direction.is_some() || self.by.is_some() || self.from.is_some() || self.versus.is_some()
    }
}
