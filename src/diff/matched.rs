//! Which record of one run is which of the other: by document, kind and place.

use super::record::Record;
use std::cmp::Reverse;

/// Records at one place are compared with so many of the other run; more is no text.
const CANDIDATES: usize = 64;

/// Pairs of places in the two lists, in the order of the old one, and what is left of each.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Matched {
    pub(super) pairs: Vec<(usize, usize)>,
    pub(super) gone: Vec<usize>,
    pub(super) come: Vec<usize>,
}

/// Matches records of one kind: the same span first, of several those that say the same, then the longest overlap.
pub(super) fn matched(old: &[&Record], new: &[&Record]) -> Matched {
    let mut by_start: Vec<usize> = (0..new.len()).collect();
    by_start.sort_by_key(|&j| (new[j].place, j));
    let mut from_start: Vec<usize> = (0..old.len()).collect();
    from_start.sort_by_key(|&i| (old[i].place, i));
    let (mut candidates, mut first) = (Vec::new(), 0);
    for &i in &from_start {
        let here = old[i];
        while by_start.get(first).is_some_and(|&j| end(new[j]) <= here.place.0) {
            first += 1;
        }
        let ahead = by_start[first..].iter().take_while(|&&j| new[j].place.0 < end(here));
        for &j in ahead.take(CANDIDATES) {
            let overlap = end(here).min(end(new[j])).saturating_sub(here.place.0.max(new[j].place.0));
            if overlap > 0 {
                let same = here.place == new[j].place;
                candidates.push((Reverse((same, alike(here, new[j]), overlap)), i, j));
            }
        }
    }
    candidates.sort();
    let (mut of_old, mut of_new) = (vec![None; old.len()], vec![false; new.len()]);
    for (_, i, j) in candidates {
        if of_old[i].is_none() && !of_new[j] {
            (of_old[i], of_new[j]) = (Some(j), true);
        }
    }
    Matched {
        pairs: of_old.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?))).collect(),
        gone: (0..old.len()).filter(|&i| of_old[i].is_none()).collect(),
        come: (0..new.len()).filter(|&j| !of_new[j]).collect(),
    }
}

fn end(r: &Record) -> u64 {
    r.place.1.max(r.place.0.saturating_add(1))
}

/// How much two records say the same that may well be two at one place: facts of one number.
fn alike(a: &Record, b: &Record) -> usize {
    ["metric_lemma", "subject_name", "type", "period_value", "derived"]
        .iter()
        .filter(|name| a.get(name) == b.get(name))
        .count()
}

/// Gives facts the place of their number, which `quantities` of the same run have: there the two runs agree on most.
pub(super) fn place_facts(facts: &mut [Record], quantities: &[Record]) {
    let mut spans: Vec<(&str, (u64, u64))> = quantities.iter().map(|q| (&*q.id, q.place)).collect();
    spans.sort_unstable();
    for fact in facts {
        let number = ["value_quantity", "change_by_quantity", "change_from_quantity"];
        // What was computed has the id of its number in its own.
        let own = fact.id.split('.').next();
        let Some(id) = number.iter().find_map(|name| fact.get(name)).or(own).map(str::to_owned) else { continue };
        let known = spans.binary_search_by(|(known, _)| (*known).cmp(&id)).ok().map(|at| spans[at].1);
        // An id is a letter and the start.
        let start = || id.get(1..).and_then(|n| n.parse::<u64>().ok()).map(|n| (n, n.saturating_add(1)));
        if let Some(place) = known.or_else(start) {
            fact.place = place;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: u64, end: u64, metric: &str) -> Record {
        let fields = vec![("metric_lemma".to_owned(), metric.to_owned())];
        Record { place: (start, end), fields, ..Record::default() }
    }

    fn run(old: &[Record], new: &[Record]) -> (Vec<(usize, usize)>, Vec<usize>, Vec<usize>) {
        let m = matched(&old.iter().collect::<Vec<_>>(), &new.iter().collect::<Vec<_>>());
        (m.pairs, m.gone, m.come)
    }

    #[test]
    fn same_span_then_overlap() {
        let old = [at(0, 5, ""), at(10, 20, ""), at(30, 35, "")];
        let new = [at(0, 5, ""), at(12, 22, ""), at(19, 25, ""), at(35, 40, "")];
        assert_eq!(run(&old, &new), (vec![(0, 0), (1, 1)], vec![2], vec![2, 3]));
        // The same span wins over a longer overlap of another.
        assert_eq!(run(&[at(0, 50, ""), at(3, 5, "")], &[at(3, 5, "")]), (vec![(1, 0)], vec![0], vec![]));
    }

    #[test]
    fn facts_of_one_number_by_what_they_say() {
        let (a, b) = (at(3, 9, "Umsatz"), at(3, 9, "Gewinn"));
        assert_eq!(run(&[a.clone(), b.clone()], &[b, a]).0, [(0, 1), (1, 0)]);
    }

    #[test]
    fn facts_stand_where_their_number_stands() {
        let mut facts =
            [Record { fields: vec![("value_quantity".into(), "q7".into())], place: (0, 90), ..Record::default() }];
        place_facts(&mut facts, &[Record { id: "q7".into(), place: (7, 12), ..Record::default() }]);
        assert_eq!(facts[0].place, (7, 12));
        place_facts(&mut facts, &[]);
        assert_eq!(facts[0].place, (7, 8));
    }
}
