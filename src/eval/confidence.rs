//! How sure the figures are: documents drawn again and again.

use super::figure::{F1, Points};
use super::score::Report;

/// How often as many documents as there are, are drawn.
const DRAWS: usize = 1000;

/// Between which values each figure of a report lies in 95 of 100 draws, in their order. The same report gives the same
/// intervals: the generator always starts with the same number.
pub fn confidence(report: &Report) -> Vec<(Points, Points)> {
    let documents: Vec<Vec<F1>> =
        report.documents.iter().map(|d| report.figures.iter().map(|(name, _)| d.figure(name)).collect()).collect();
    let mut drawn: Vec<Vec<Points>> = vec![Vec::with_capacity(DRAWS); report.figures.len()];
    let mut random = Random(0);
    let mut sums = Vec::new();
    for _ in 0..DRAWS {
        sums.clear();
        sums.resize(report.figures.len(), F1::default());
        for _ in &documents {
            for (sum, f1) in sums.iter_mut().zip(&documents[random.below(documents.len())]) {
                sum.join(*f1);
            }
        }
        for (all, sum) in drawn.iter_mut().zip(&sums) {
            all.push(sum.f1());
        }
    }
    let interval = |mut all: Vec<Points>| {
        all.sort_unstable();
        (all[DRAWS * 25 / 1000 - 1], all[DRAWS * 975 / 1000 - 1])
    };
    drawn.into_iter().map(interval).collect()
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::score::DocumentScore;

    fn report(documents: &[(usize, usize, usize)]) -> Report {
        let figure = |f1| vec![("a".to_owned(), f1)];
        let document = |(correct, found, gold): &(usize, usize, usize)| DocumentScore {
            doc: String::new(),
            file: String::new(),
            figures: figure(F1::counts(*correct, *found, *gold)),
            severe: 0,
            errors: 0,
        };
        let mut sum = F1::default();
        documents.iter().for_each(|(c, f, g)| sum.join(F1::counts(*c, *f, *g)));
        Report { figures: figure(sum), documents: documents.iter().map(document).collect(), ..Report::default() }
    }

    #[test]
    fn alike_documents_leave_no_doubt_and_unlike_ones_do() {
        let sure = report(&[(8, 10, 10); 30]);
        assert_eq!(confidence(&sure), [(Points::of(8, 10), Points::of(8, 10))]);
        let doubtful: Vec<_> = (0..30).map(|n| if n % 5 == 0 { (0, 10, 10) } else { (10, 10, 10) }).collect();
        let (low, high) = confidence(&report(&doubtful))[0];
        // About 1.96 times the standard error, √(0.8 × 0.2 / 30), on either side of 80.
        assert!(low >= Points::of(60, 100) && low <= Points::of(70, 100), "{low}");
        assert!(high >= Points::of(90, 100) && high <= Points::of(97, 100), "{high}");
        assert_eq!(confidence(&report(&doubtful)), [(low, high)]);
    }

    #[test]
    fn of_nothing_there_is_nothing_to_draw() {
        assert_eq!(confidence(&Report::default()), []);
    }
}
