//! How each record came about, in words: what `explain` shows.

use crate::emit::Offsets;
use crate::model::Analysis;
use crate::show::show_written;
use serde_json::{Map, Value};

/// The steps of each mention, by its id.
pub(super) fn steps(text: &str, analysis: &Analysis, chars: &Offsets<'_>) -> Map<String, Value> {
    let mut all = Map::new();
    for q in &analysis.quantities {
        let mut steps = Vec::new();
        if let (Some(hedge), Some(approx)) = (q.hedge, q.approx) {
            steps.push(format!("hedge “{}” → {}", hedge.of(text).replace('\n', " "), approx.name()));
        }
        put(&mut all, 'q', chars.at(q.span.start as usize), steps);
    }
    for t in &analysis.times {
        let mut steps = vec![format!("written: {}", show_written(&t.written))];
        steps.extend(t.anchor.map(|(day, anchor)| format!("counted from {day} ({})", anchor.name())));
        put(&mut all, 't', chars.at(t.written.span.start as usize), steps);
    }
    let mut mentions = vec![0u32; analysis.things.len()];
    for e in &analysis.entities {
        mentions[e.thing as usize] += 1;
    }
    let mut seen = vec![0u32; mentions.len()];
    for e in &analysis.entities {
        let thing = e.thing as usize;
        seen[thing] += 1;
        let steps = if mentions[thing] > 1 {
            vec![format!("mention {} of {} of {}", seen[thing], mentions[thing], analysis.things[thing].name)]
        } else {
            Vec::new()
        };
        put(&mut all, 'e', chars.at(e.span.start as usize), steps);
    }
    all
}

fn put(all: &mut Map<String, Value>, letter: char, at: usize, steps: Vec<String>) {
    if !steps.is_empty() {
        all.insert(format!("{letter}{at}"), steps.into());
    }
}
