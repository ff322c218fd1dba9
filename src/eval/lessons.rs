//! Gold with facts → what the linker learns from.

use crate::gold::Gold;
use crate::link::learn::{Lesson, Told};
use crate::pipeline::Worker;
use std::collections::BTreeMap;

/// The lessons of the texts whose facts are annotated.
pub fn lessons(gold: &[Gold], worker: &mut Worker) -> Vec<Lesson> {
    gold.iter().filter_map(|doc| lesson(doc, worker)).collect()
}

/// The same texts with a sentence in between that names somebody else and changes nothing.
pub fn with_rivals(gold: &[Gold], worker: &mut Worker) -> Vec<Lesson> {
    const RIVALS: [&str; 6] = [
        " Der Konkurrent Hartwig AG schwieg dazu.",
        " Die Rivalin Nordsee Holding war nicht zu erreichen.",
        " Der Wettbewerber Tessin GmbH lehnte eine Stellungnahme ab.",
        " Auch in Heidelberg wurde darüber gesprochen.",
        " Zuerst hatte der Sender Radio Elbe davon berichtet.",
        " Die Arbena SE äußerte sich zunächst nicht.",
    ];
    let mut all = Vec::new();
    for (n, doc) in gold.iter().enumerate() {
        worker.analyse_dated(&doc.text, doc.published.as_deref());
        let (tokens, _, sentences) = worker.last();
        // Behind a sentence that ends with a full stop, each time another.
        let ends: Vec<usize> = sentences
            .iter()
            .filter_map(|s| tokens.get(s.first as usize..s.last as usize)?.last())
            .filter(|t| t.is('.') && (t.end as usize) < doc.text.len())
            .map(|t| t.end as usize)
            .collect();
        let Some(at) = ends.get(n % ends.len().max(1)) else { continue };
        let rival = RIVALS[n % RIVALS.len()];
        let (front, behind) = doc.text.split_at(*at);
        let (place, more) = (front.chars().count(), rival.chars().count());
        let mut other = Gold { text: [front, rival, behind].concat(), ..doc.clone() };
        for q in other.quantities.iter_mut().filter(|q| q.start >= place) {
            q.start += more;
            q.end += more;
        }
        all.extend(lesson(&other, worker));
    }
    all
}

fn lesson(doc: &Gold, worker: &mut Worker) -> Option<Lesson> {
    let facts = doc.facts.as_ref()?;
    let analysis = worker.analyse_dated(&doc.text, doc.published.as_deref());
    let (tokens, _, sentences) = worker.last();
    // Gold counts code points, a span bytes.
    let bytes: Vec<u32> = doc.text.char_indices().map(|(at, _)| at as u32).chain([doc.text.len() as u32]).collect();
    let by_place: BTreeMap<(u32, u32), u32> =
        (0u32..).zip(&analysis.quantities).map(|(n, q)| ((q.span.start, q.span.end), n)).collect();
    let mut told = BTreeMap::new();
    for f in facts {
        let change = f.change.as_ref();
        let number = f.value.or(change.and_then(|c| c.by)).or(change.and_then(|c| c.from));
        let Some(q) = number.and_then(|n| doc.quantities.get(n)) else { continue };
        let place = (bytes.get(q.start).copied(), bytes.get(q.end).copied());
        let (Some(start), Some(end)) = place else { continue };
        if let Some(n) = by_place.get(&(start, end)) {
            told.entry(*n).or_insert_with(|| Told {
                metric: f.metric.clone().unwrap_or_default(),
                subject: f.subject.clone(),
                period: f.period.clone(),
                status: f.status.clone().filter(|s| !s.is_empty()).unwrap_or_else(|| "reported".to_owned()),
                direction: change.and_then(|c| c.direction.clone()),
                source: f.source.clone(),
            });
        }
    }
    Some(Lesson { text: doc.text.clone(), tokens: tokens.to_vec(), sentences: sentences.to_vec(), analysis, told })
}
