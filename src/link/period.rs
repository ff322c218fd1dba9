//! When a fact holds, and what it is compared with.
//!
//! The times that it may hold at are candidates; what speaks for each is said here, what it weighs is learned.

use super::View;
use super::choose::{Options, about, both, hash, step};
use super::focus::Focus;
use super::lemma::Picked;
use super::lists::Lists;
use super::role::Draft;
use super::words::{Does, Sense};
use crate::lexicon::folded;
use crate::model::{Basis, Period, Time, TimeType, Timex};

/// When a fact may hold.
#[derive(Copy, Clone, Debug)]
pub(crate) enum When {
    /// Nothing says when.
    Unsaid,
    /// A time of the sentence.
    At(u32, Basis),
    /// *derzeit*
    Now,
    /// A period that was spoken of before, by its place in the focus.
    Carried(usize),
    /// The day of a time of the sentence: *am Nachmittag*.
    Day(u32),
}

/// As many times of a sentence are candidates, those nearest to the number.
const TIMES: usize = 8;

/// What a candidate fills the slot with.
pub(crate) fn period(view: View<'_>, when: When, focus: &Focus) -> Option<Period> {
    match when {
        When::Unsaid => None,
        When::At(n, basis) => {
            let t = &view.found.times[n as usize];
            Some(Period { time: Some(n), value: t.value, interval: t.interval, basis })
        }
        When::Now => {
            let value = Timex::of(format_args!("PRESENT_REF"))?;
            Some(Period { time: None, value, interval: None, basis: Basis::Clause })
        }
        When::Carried(k) => focus.periods.get(k).map(|k| Period { basis: Basis::Carried, ..k.period.clone() }),
        When::Day(n) => {
            let t = &view.found.times[n as usize];
            let value = Timex::of(format_args!("{}", t.value.as_str().get(..10)?))?;
            Some(Period { time: Some(n), value, interval: t.interval, basis: Basis::Sentence })
        }
    }
}

/// How long a time is, from its value: a year, a quarter, a month, a day.
fn grain(value: &str) -> u64 {
    let kind = value.bytes().find(|b| b.is_ascii_uppercase()).map_or(0, u64::from);
    both(value.len() as u64, kind)
}

/// All times that a statement may hold at.
pub(crate) fn candidates(
    view: View<'_>,
    draft: &Draft,
    picked: &Picked,
    focus: &Focus,
    sentence: u32,
    out: &mut Options<When>,
) {
    out.clear();
    let q = &view.found.quantities[draft.anchor() as usize];
    let kind = q.kind as u64;
    let concept = view.words.known_as(picked.metric.concept.as_deref());
    let lemma = hash(&picked.metric.lemma);
    let verb = view.clauses.group(draft.clause, view.words).map_or(0, |(g, _)| g.hash);
    let shape =
        u64::from(draft.value.is_some()) | u64::from(draft.by.is_some()) << 1 | u64::from(draft.from.is_some()) << 2;
    let changed = u64::from(draft.by.is_some() || draft.from.is_some() || draft.moved);
    let (times, first) = view.known.times;
    let same = |out: &mut Options<When>, what: u64| {
        out.say(about("what"), what);
        out.say(about("what kind"), both(what, kind));
        out.say(about("what concept"), both(what, concept));
        out.say(about("what lemma"), both(what, lemma));
        out.say(about("what verb"), both(what, verb));
        out.say(about("what shape"), both(what, both(shape, kind)));
        out.say(about("what times"), both(what, times.len().min(4) as u64));
        out.say(about("what title"), both(what, u64::from(sentence.min(2))));
        out.say(about("what public"), both(what, u64::from(picked.public)));
    };
    out.add(When::Unsaid);
    same(out, 0);
    let last = focus.periods.first().map_or(9, |k| u64::from(sentence.saturating_sub(k.sentence).min(6)));
    out.say(about("unsaid carried"), last);
    let middle = view.clauses.times.partition_point(|t| t.start < draft.tokens.start);
    let near = middle.saturating_sub(TIMES)..(middle + TIMES / 2).min(times.len());
    for (k, t) in times.iter().enumerate().skip(near.start).take(near.len()) {
        let tokens = &view.clauses.times[k];
        let clause = view.clauses.clause_of(tokens.start);
        let c = &view.clauses.clauses[clause];
        let apart = (clause as i64 - draft.clause as i64).clamp(-4, 4) + 5;
        let before = u64::from(tokens.start < draft.tokens.start);
        let sort = t.kind as u64;
        out.add(When::At(first + k as u32, if apart == 5 { Basis::Clause } else { Basis::Sentence }));
        same(out, 2);
        let grain = grain(t.value.as_str());
        let place = both(apart as u64, before);
        out.say(about("sort"), both(sort, place));
        out.say(about("sort kind"), both(sort, both(kind, changed)));
        out.say(about("grain"), both(grain, kind));
        out.say(about("grain concept"), both(grain, concept));
        out.say(about("grain lemma"), both(grain, lemma));
        out.say(about("far"), both(before, step(tokens.start.abs_diff(draft.tokens.start))));
        out.say(about("far sort"), both(sort, both(before, step(tokens.start.abs_diff(draft.tokens.start)))));
        let between = if before == 1 { middle - 1 - k } else { k - middle };
        out.say(about("between"), both(before, between.min(3) as u64));
        let back = |n: usize| view.clauses.hash(tokens.start.wrapping_sub(n));
        out.say(about("lead"), both(back(1), sort));
        out.say(about("lead changed"), both(back(1), both(changed, before)));
        out.say(about("lead two"), both(back(2), back(1)));
        out.say(about("word"), view.clauses.hash(tokens.end - 1));
        out.say(about("word first"), view.clauses.hash(tokens.start));
        out.say(about("compared"), both(u64::from(compared(view, t)), both(changed, place)));
        out.say(about("aside"), both(u64::from(t.written.aside), sort));
        let modified = u64::from(t.value.as_str().contains('X')) | u64::from(t.interval.is_some()) << 1;
        out.say(about("vague"), both(modified, sort));
        let says = c.others.iter().any(|(g, _)| view.words.side.groups[usize::from(*g)].does == Does::Say);
        out.say(about("says"), both(u64::from(says), both(u64::from(c.number), u64::from(clause == draft.clause))));
        out.say(about("bracket"), both(u64::from(c.bracket), u64::from(view.clauses.clauses[draft.clause].bracket)));
        let opens = tokens.start <= view.clauses.range.start + 2;
        out.say(about("opens"), both(u64::from(opens), sort));
    }
    let parts = (first..).zip(times).filter(|(_, t)| t.kind == TimeType::Time && t.value.as_str().len() == 13);
    for (n, t) in parts.take(2) {
        out.add(When::Day(n));
        same(out, 9);
        let own = view.clauses.clause_of(view.tokens(t.written.span).start) == draft.clause;
        out.say(about("day"), both(u64::from(own), lemma));
        out.say(about("day own"), u64::from(own));
    }
    let now = view.clauses.senses(view.clauses.clauses[draft.clause].tokens.clone()).find(|(_, s)| *s == Sense::Now);
    if let Some((at, _)) = now {
        out.add(When::Now);
        same(out, 3);
        out.say(about("now"), view.clauses.hash(at));
    }
    for (k, kept) in focus.periods.iter().enumerate() {
        let value = kept.period.value;
        if times.iter().any(|t| t.value == value) {
            continue;
        }
        let apart = u64::from(sentence.saturating_sub(kept.sentence).min(8));
        let grain = grain(value.as_str());
        let place = both(k as u64, u64::from(kept.of_fact));
        out.add(When::Carried(k));
        same(out, 4 + k as u64);
        out.say(about("carried"), both(apart, both(kind, place)));
        out.say(about("carried grain"), both(grain, both(kind, u64::from(kept.of_fact))));
        out.say(about("carried concept"), both(grain, concept));
        out.say(about("carried lemma"), both(grain, lemma));
        out.say(about("carried apart"), both(apart, both(grain, times.len().min(2) as u64)));
        out.say(about("carried known"), both(u64::from(concept != 0), both(kind, grain)));
        out.say(about("carried place"), both(place, grain));
        // How many of its length were spoken of later.
        let later = focus.periods[..k].iter().filter(|o| o.period.value.as_str().len() == value.as_str().len()).count();
        out.say(about("carried later"), both(later as u64, both(grain, u64::from(kept.of_fact))));
        out.say(about("carried verb"), both(grain, verb));
        out.say(about("carried changed"), both(grain, both(changed, kind)));
    }
}

/// The period that a fact is compared with.
pub(crate) fn versus(view: View<'_>, draft: &Draft, period: Option<&Period>) -> Option<Timex> {
    let changed = draft.by.is_some() || draft.from.is_some() || draft.moved;
    let held = period.and_then(|p| p.time);
    let (times, first) = view.known.times;
    let found = (first..).zip(times).find(|(n, t)| {
        let clause = view.clauses.clause_of(view.tokens(t.written.span).start);
        let c = &view.clauses.clauses[clause];
        let apart = clause.abs_diff(draft.clause);
        let near = apart == 0 || apart == 1 && (c.bracket || c.dash || clause > draft.clause);
        // "Im Vorjahreszeitraum verdiente er": nothing is compared, it was so then.
        changed && near && Some(*n) != held && compared(view, t)
    });
    let year_before = |t: &Time| view.words.listed(&folded(t.written.span.of(view.source.text)), Lists::YEAR_BEFORE);
    // "im Jahresvergleich": the same period a year before.
    let yearly = || view.clauses.clauses[draft.clause].tokens.clone().any(|i| view.clauses.is(i, Lists::YEARLY));
    match found.map(|(_, t)| t) {
        Some(t) if year_before(t) => period.and_then(|p| earlier(p.value.as_str())).or(Some(t.value)),
        Some(t) => Some(t.value),
        None if (draft.by.is_some() || draft.from.is_some()) && yearly() => {
            period.and_then(|p| earlier(p.value.as_str()))
        }
        None => None,
    }
}

/// Whether a time is what the number is compared with: *gegenüber dem Vorjahr*, *als vor einem Jahr*, *ein Jahr zuvor*.
fn compared(view: View<'_>, t: &Time) -> bool {
    let tokens = view.tokens(t.written.span);
    let key = folded(t.written.span.of(view.source.text));
    let back = |k: usize| tokens.start.checked_sub(k).map_or("", |at| view.clauses.key(at));
    let led = (1..=3).any(|k| view.clauses.is(tokens.start.wrapping_sub(k), Lists::COMPARES)) && back(1) != "bis";
    let relative = view.words.listed(&key, Lists::COMPARED);
    let to = back(1) == "zum" && (relative || back(2) == "vergleich");
    relative || led && (back(1) != "zum" || to) || back(1) == "vor" && view.words.listed(&key, Lists::YEAR_BEFORE)
}

/// The same period a year before.
fn earlier(value: &str) -> Option<Timex> {
    let year: i32 = value.get(..4)?.parse().ok()?;
    let rest = value.get(4..)?;
    (rest.is_empty() || rest.starts_with('-')).then(|| Timex::of(format_args!("{:04}{rest}", year - 1))).flatten()
}
