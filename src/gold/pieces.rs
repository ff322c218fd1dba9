//! A text cut into pieces for formats with a piece a line.

use super::note::Note;
use std::collections::BTreeSet;
use std::ops::Range;

/// A stretch without blanks, of letters and digits or one other character, which no mention begins or ends within; in
/// code points.
pub(super) type Piece = Range<usize>;

/// The pieces of each sentence. Where sentences end is a matter of display alone: behind a line end, and behind a mark
/// before a capital; never within a mention.
pub(super) fn sentences(chars: &[char], notes: &[Note]) -> Vec<Vec<Piece>> {
    let borders: BTreeSet<usize> = notes.iter().flat_map(|n| [n.start, n.end]).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, c) in chars.iter().enumerate().filter(|(_, c)| !c.is_whitespace()) {
        let word = c.is_alphanumeric();
        let goes_on = word && at > 0 && chars[at - 1].is_alphanumeric() && !borders.contains(&at);
        match pieces.last_mut().filter(|p| goes_on && p.end == at) {
            Some(last) => last.end = at + 1,
            None => pieces.push(at..at + 1),
        }
    }
    let inside = |at: usize| notes.iter().any(|n| n.start < at && at < n.end);
    let mut all: Vec<Vec<Piece>> = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let ends_before = n.checked_sub(1).is_some_and(|before| {
            let last = &pieces[before];
            let gap = &chars[last.end..piece.start];
            let mark = matches!(chars[last.start], '.' | '!' | '?');
            let word = before.checked_sub(1).map(|b| &chars[pieces[b].clone()]);
            let short = word.is_none_or(|w| w.len() < 3 || w.iter().all(char::is_ascii_digit));
            let begins = !gap.is_empty() && chars[piece.start].is_uppercase();
            gap.contains(&'\n') || mark && begins && !short
        });
        match all.last_mut().filter(|_| !ends_before || inside(piece.start)) {
            Some(sentence) => sentence.push(piece.clone()),
            None => all.push(vec![piece.clone()]),
        }
    }
    all
}
