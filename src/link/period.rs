//! When a fact holds, and what it is compared with.

use super::View;
use super::metric::Picked;
use super::role::Draft;
use super::subject::{Focus, is_period};
use super::words::{Does, Sense};
use crate::model::{Basis, Period, QuantityType, Time, TimeType, Timex};

/// The period of a statement, and the one that it is compared with.
pub(crate) fn pick(
    view: View<'_>,
    draft: &Draft,
    picked: &Picked,
    focus: &Focus,
    sentence: u32,
) -> (Option<Period>, Option<Timex>) {
    let (times, first) = view.known.times;
    let mut best: Option<(i32, u32)> = None;
    let mut versus: Option<&Time> = None;
    for (n, t) in (first..).zip(times) {
        let tokens = view.tokens(t.written.span);
        let clause = view.clauses.clause_of(tokens.start);
        let apart = clause.abs_diff(draft.clause) as i32;
        let c = &view.clauses.clauses[clause];
        let changed = draft.by.is_some() || draft.from.is_some() || draft.moved;
        // "Im Vorjahreszeitraum verdiente er": nothing is compared, it was so then.
        if compared(view, t) && changed {
            if apart == 0 || apart == 1 && (c.bracket || c.dash || clause > draft.clause) {
                versus = versus.or(Some(t));
            }
            continue;
        }
        // "gestern berichtet": when it was said.
        let says = c.others.iter().any(|(g, _)| view.words.side.groups[usize::from(*g)].does == Does::Say);
        if clause != draft.clause && says && !c.number {
            continue;
        }
        if !is_period(t.kind) {
            continue;
        }
        let mut score = 20 - 6 * apart - i32::from(apart > 0 && clause > draft.clause) * 4;
        let at = tokens.start;
        score -= (at.abs_diff(draft.tokens.start) as i32 / 6).min(6);
        // How long a change took; else a duration is no period.
        if t.kind == TimeType::Duration {
            let before = at.checked_sub(1).map_or("", |b| view.clauses.key(b));
            let lasted = draft.moved
                && matches!(
                    before,
                    "in" | "binnen" | "innerhalb" | "seit" | "den" | "letzten" | "vergangenen" | "ueber"
                );
            if !lasted || t.value.as_str().ends_with('X') || t.value.as_str().contains('X') {
                continue;
            }
            score -= 8;
        }
        // "seit 2010", "bis 2030" say since and until when.
        if t.kind == TimeType::Time {
            score -= 4;
        }
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, n));
        }
    }
    let now = || {
        view.any(draft.clause, |s| s == Sense::Now).then(|| {
            let word =
                view.clauses.senses(view.clauses.clauses[draft.clause].tokens.clone()).find(|(_, s)| *s == Sense::Now);
            word.filter(|(at, _)| {
                matches!(
                    view.clauses.key(*at),
                    "derzeit" | "aktuell" | "jetzt" | "momentan" | "gegenwaertig" | "zurzeit"
                )
            })
        })
    };
    let period = match best.filter(|(score, _)| *score >= 2) {
        Some((score, n)) => {
            let t = &view.found.times[n as usize];
            let basis = if score > 12 { Basis::Clause } else { Basis::Sentence };
            Some(Period { time: Some(n), value: t.value, interval: t.interval, basis })
        }
        None if now().flatten().is_some() => Timex::of(format_args!("PRESENT_REF")).map(|value| Period {
            time: None,
            value,
            interval: None,
            basis: Basis::Clause,
        }),
        None => carried(view, draft, picked, focus, sentence),
    };
    // "im Jahresvergleich": the same period a year before.
    let yearly = view.clauses.clauses[draft.clause].tokens.clone().any(|i| {
        matches!(view.clauses.key(i), "jahresvergleich" | "vorjahresvergleich" | "vorjahreszeitraum" | "jahresfrist")
    });
    let year_before = |t: &Time| {
        let key = crate::lexicon::folded(t.written.span.of(view.source.text));
        key.contains("vorjahr")
            || key.contains("jahr zuvor")
            || key.contains("jahr davor")
            || key == "einem jahr"
            || key.contains("jahresfrist")
            || key.contains("vor einem jahr")
    };
    let versus = match versus {
        Some(t) if year_before(t) => period.as_ref().and_then(|p| earlier(p.value.as_str())).or(Some(t.value)),
        Some(t) => Some(t.value),
        None if yearly && (draft.by.is_some() || draft.from.is_some()) => {
            period.as_ref().and_then(|p| earlier(p.value.as_str()))
        }
        None => None,
    };
    (period, versus)
}

/// Whether a time is what the number is compared with: *gegenüber dem Vorjahr*, *als vor einem Jahr*, *ein Jahr zuvor*.
fn compared(view: View<'_>, t: &Time) -> bool {
    let tokens = view.tokens(t.written.span);
    let key = crate::lexicon::folded(t.written.span.of(view.source.text));
    let back = |k: usize| tokens.start.checked_sub(k).map_or("", |at| view.clauses.key(at));
    let led = (1..=3)
        .any(|k| matches!(back(k), "gegenueber" | "als" | "zum" | "vergleich" | "wie" | "versus" | "ueber" | "unter"))
        && !matches!(back(1), "bis");
    let relative = key.contains("zuvor")
        || key.starts_with("vorjahr")
        || key.starts_with("vorquartal")
        || key.starts_with("vormonat")
        || key.contains("jahresfrist")
        || key.contains("jahr davor");
    let to = matches!(back(1), "zum") && relative || matches!(back(1), "zum") && matches!(back(2), "vergleich");
    relative || led && (back(1) != "zum" || to) || key == "einem jahr" && back(1) == "vor"
}

/// The same period a year before.
fn earlier(value: &str) -> Option<Timex> {
    let year: i32 = value.get(..4)?.parse().ok()?;
    let rest = value.get(4..)?;
    (rest.is_empty() || rest.starts_with('-')).then(|| Timex::of(format_args!("{:04}{rest}", year - 1))).flatten()
}

/// The period of the facts before, where the passage reports on it and this metric is of the kind that has one.
fn carried(view: View<'_>, draft: &Draft, picked: &Picked, focus: &Focus, sentence: u32) -> Option<Period> {
    let (period, then) = focus.period.as_ref()?;
    let q = &view.found.quantities[draft.anchor() as usize];
    let kind = matches!(q.kind, QuantityType::Money | QuantityType::Percent);
    let concept = picked.metric.concept.is_some();
    let day = period.value.as_str().len() == 10;
    let price = picked.metric.lemma == "Kurs"
        || picked.metric.lemma.ends_with("preis")
        || picked.metric.lemma.ends_with("Preis");
    // Prices have days, accounts have quarters and years.
    let alike = day == price;
    let near = then + 5 >= sentence && kind && concept && alike || *then == sentence && alike;
    near.then(|| Period { basis: Basis::Carried, ..period.clone() })
}
