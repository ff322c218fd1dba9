//! What a number measures: the noun that it counts, a noun near it, what its verb says, or what goes without saying.
//!
//! All that it may be are candidates; what speaks for each is said here, what it weighs is learned.

use super::choose::{Options, about, both, hash, step};
use super::clause::{NounAt, Taken};
use super::focus::Focus;
use super::lemma::{Picked, named, nominative};
use super::lists::{Lists, Pairs};
use super::role::{Draft, front};
use super::words::Sense;
use super::{View, qualify, scope};
use crate::emit::plain;
use crate::model::{Amount, Decimal, EntityType, Metric, Quantity, QuantityType, Span};
use std::ops::Range;

/// What a number may measure.
#[derive(Copy, Clone, Debug)]
pub(crate) enum Said {
    /// Nothing: it makes no statement.
    Nothing,
    /// The noun that it counts.
    Counted(Span),
    /// A noun near it.
    Noun(NounAt),
    /// What a verb says, by its lemma: *kostete* → *Preis*.
    Verb(u16),
    /// *70 Kilometer lang*
    Adjective(usize),
    /// The price of a share, the level of an index.
    Price,
    /// A share of a group: *drei Prozent der Haushalte*.
    Share(Option<usize>),
    /// A match.
    Result,
    /// *Platz 3*
    Rank,
    /// What the fact before was about.
    Carried,
}

/// The names of the rules, as `explain` lists them.
pub(crate) const RULES: &[&str] = &[
    "fact-count",
    "fact-metric",
    "fact-verb",
    "fact-adjective",
    "fact-price-of-share",
    "fact-share",
    "fact-result",
    "fact-rank",
    "fact-carried",
];

/// How many tokens away a noun may stand, so that a long sentence costs no more than its length.
const REACH: usize = 60;

/// As many nouns that are not listed are candidates on either side.
const NOUNS: usize = 8;

/// The metric of a candidate; none where it is no statement.
pub(crate) fn picked(view: View<'_>, said: Said, focus: &Focus) -> Option<Picked> {
    let new = |metric: Metric, rule: &'static str| {
        Some(Picked { metric, direction: None, at: None, whole: None, public: false, rule })
    };
    let plainly = |lemma: &str| Metric { lemma: lemma.to_owned(), ..Metric::default() };
    match said {
        Said::Nothing => None,
        Said::Counted(noun) => {
            let at = view.tokens(noun).start;
            match view.clauses.noun_at(at) {
                Some(n) if matches!(n.sense, Some(Sense::Metric(_))) => named(view, *n, "fact-count"),
                _ => {
                    let lemma = nominative(&view.words.side, &plain(noun.of(view.source.text)));
                    let metric = Metric { span: Some(noun), lemma, ..Metric::default() };
                    Some(Picked { at: Some(at), ..new(metric, "fact-count")? })
                }
            }
        }
        Said::Noun(noun) => named(view, noun, "fact-metric"),
        Said::Verb(lemma) => new(plainly(&view.words.side.lemmas[usize::from(lemma)]), "fact-verb"),
        Said::Adjective(pair) => new(plainly(measured(view, pair)), "fact-adjective"),
        Said::Price => new(
            Metric { concept: Some("share_price".to_owned()), ..plainly(view.words.side.unsaid("price")) },
            "fact-price-of-share",
        ),
        Said::Share(whole) => Some(Picked { whole, ..new(plainly(view.words.side.unsaid("share")), "fact-share")? }),
        Said::Result => new(plainly(view.words.side.unsaid("result")), "fact-result"),
        Said::Rank => new(plainly(view.words.side.unsaid("rank")), "fact-rank"),
        Said::Carried => new(focus.metric(view)?, "fact-carried"),
    }
}

/// What is the same for all candidates of a statement.
struct Scene {
    kind: u64,
    /// The preposition in front of the number.
    preposition: u64,
    /// Which numbers it has.
    shape: u64,
    /// The verb of the clause.
    verb: u64,
    /// Whether a listed noun of its clause fits it, in front or behind.
    listed: u64,
    /// The word behind.
    next: u64,
    /// Whether the clause speaks of a currency: *Ein Euro kostete 1,08 Dollar*.
    currency: u64,
    start: usize,
    end: usize,
}

/// All that a statement may be about.
pub(crate) fn candidates(view: View<'_>, draft: &Draft, focus: &Focus, out: &mut Options<Said>) {
    out.clear();
    let q = &view.found.quantities[draft.anchor() as usize];
    let (at, preposition) = front(view, q);
    let tokens = view.tokens(q.span);
    let group = view.clauses.group(draft.clause, view.words);
    let scene = Scene {
        kind: q.kind as u64,
        preposition: hash(preposition),
        shape: u64::from(draft.value.is_some())
            | u64::from(draft.by.is_some()) << 1
            | u64::from(draft.from.is_some()) << 2,
        verb: group.map_or(0, |(g, _)| g.hash),
        listed: listed(view, draft, q),
        next: view.clauses.hash(draft.tokens.end.max(tokens.end)),
        currency: u64::from(currency(view, draft)),
        start: if within(view, draft, at) { at } else { at.min(draft.front) },
        end: draft.tokens.end.max(tokens.end),
    };
    nothing(view, draft, q, &scene, out);
    match q.kind {
        QuantityType::Score => {
            simple(Said::Result, 1, &scene, out);
            return;
        }
        QuantityType::Ordinal => {
            simple(Said::Rank, 2, &scene, out);
            return;
        }
        _ => {}
    }
    if let Some(noun) = q.noun {
        counted(view, noun, &scene, out);
    }
    verbs(view, draft, q, &scene, out);
    nouns(view, draft, q, &scene, out);
    let share = matches!(q.kind, QuantityType::Percent | QuantityType::Fraction);
    if share {
        shares(view, draft, q, &scene, out);
    }
    price(view, draft, q, &scene, out);
    if let Some((pair, near)) = adjective(view, draft) {
        simple(Said::Adjective(pair), 3, &scene, out);
        out.say(about("adjective"), both(hash(measured(view, pair)), u64::from(near)));
    }
    if let Some(apart) = focus.metric_apart(view) {
        simple(Said::Carried, 4, &scene, out);
        out.say(about("carried"), both(step(apart as usize), scene.kind));
        out.say(about("carried shape"), both(step(apart as usize), scene.shape));
        out.say(about("carried alike"), both(step(apart as usize), u64::from(focus.alike(q))));
        out.say(about("carried more"), u64::from(view.clauses.is(scene.end, Lists::MORE)));
        out.say(about("carried front"), both(scene.preposition, scene.kind));
        out.say(about("carried bracket"), u64::from(view.clauses.clauses[draft.clause].bracket));
    }
}

/// Whether the metric stands between the numbers of a statement: *Um fünf Prozent stieg der **Umsatz** auf …*
fn within(view: View<'_>, draft: &Draft, at: usize) -> bool {
    let metric = |n: &NounAt| matches!(n.sense, Some(Sense::Metric(_) | Sense::Base(_)));
    let metrics = |range: Range<usize>| view.clauses.nouns_in(range).iter().any(metric);
    let begin = view.clauses.clauses[draft.clause].tokens.start;
    draft.moved && metrics(draft.front..at) && !metrics(begin..draft.front)
}

/// A candidate of which little is to be said.
fn simple(said: Said, what: u64, scene: &Scene, out: &mut Options<Said>) {
    out.add(said);
    out.say(about("what"), what);
    out.say(about("what kind"), both(what, scene.kind));
    out.say(about("what shape"), both(both(what, scene.kind), scene.shape));
    out.say(about("what front"), both(both(what, scene.preposition), scene.kind));
    out.say(about("what verb"), both(what, scene.verb));
    out.say(about("what listed"), both(both(what, scene.kind), scene.listed));
    out.say(about("what next"), both(what, scene.next));
    out.say(about("what currency"), both(what, scene.currency));
}

/// Whether a noun of the list that is counted like this stands in the clause: 1 in front of the number, 2 behind it.
fn listed(view: View<'_>, draft: &Draft, q: &Quantity) -> u64 {
    let side = &view.words.side;
    view.clauses.nouns_in(view.clauses.clauses[draft.clause].tokens.clone()).iter().fold(0, |all, n| match n.sense {
        Some(Sense::Metric(m))
            if fits(&side.concepts[usize::from(side.nouns[usize::from(m)].concept)].units, q, draft) =>
        {
            all | if n.at < draft.tokens.start { 1 } else { 2 }
        }
        _ => all,
    })
}

/// Whether a currency stands in the clause that is no part of an amount.
fn currency(view: View<'_>, draft: &Draft) -> bool {
    view.clauses.clauses[draft.clause].tokens.clone().take(40).any(|i| {
        view.clauses.is(i, Lists::UNIT) && matches!(view.clauses.taken(i), Taken::No) && view.source.tokens[i].capital()
    })
}

/// What speaks for it that a number makes no statement.
fn nothing(view: View<'_>, draft: &Draft, q: &Quantity, scene: &Scene, out: &mut Options<Said>) {
    simple(Said::Nothing, 0, scene, out);
    let c = &view.clauses.clauses[draft.clause];
    let size = size(q);
    if let Some(noun) = q.noun {
        let at = view.tokens(noun).start;
        let key = view.clauses.hash(at);
        out.say(about("no noun"), key);
        let listed = view.clauses.noun_at(at).is_some_and(|n| matches!(n.sense, Some(Sense::Metric(_))));
        out.say(about("no listed"), both(u64::from(listed), size));
        out.say(about("no behind noun"), view.clauses.hash(view.tokens(noun).end));
    }
    out.say(about("no size"), both(scene.kind, size));
    out.say(about("no approx"), both(scene.kind, q.approx.map_or(9, |a| a as u64)));
    out.say(about("no verb"), both(scene.kind, u64::from(c.verb.is_some()) | u64::from(!c.naming.is_empty()) << 1));
    out.say(about("no front"), both(scene.kind, view.clauses.hash(scene.start.wrapping_sub(1))));
    out.say(about("no behind"), both(scene.kind, view.clauses.hash(scene.end)));
    out.say(about("no bracket"), both(scene.kind, u64::from(c.bracket)));
    let metric = view
        .clauses
        .nouns_in(c.tokens.clone())
        .iter()
        .any(|n| matches!(n.sense, Some(Sense::Metric(_) | Sense::Base(_))));
    out.say(about("no metric"), both(scene.kind, u64::from(metric)));
    out.say(about("no unit"), q.unit.map_or(0, |u| hash(&view.source.lexicon.unit(u).code)));
    let words = view.source.tokens[view.tokens(q.span).start].kind == crate::model::TokenKind::Word;
    out.say(about("no words"), both(both(scene.kind, size), u64::from(words)));
    out.say(about("no title"), u64::from(view.clauses.range.start == 0));
}

/// How large a number is, in steps.
fn size(q: &Quantity) -> u64 {
    let v = match q.amount {
        Amount::Value(v) => v,
        Amount::Range { .. } => return 8,
        _ => return 9,
    };
    let steps = [1, 2, 3, 5, 12, 100, 10_000];
    steps.iter().position(|s| v <= Decimal::from_int(*s)).unwrap_or(7) as u64
}

/// The noun that is counted.
fn counted(view: View<'_>, noun: Span, scene: &Scene, out: &mut Options<Said>) {
    simple(Said::Counted(noun), 5, scene, out);
    let at = view.tokens(noun).start;
    let word = view.clauses.word(at);
    out.say(about("counted"), word.hash);
    let listed = view.clauses.noun_at(at).map_or(9, |n| sense(n.sense));
    out.say(about("counted listed"), listed);
    out.say(about("counted end"), word.ends[0]);
    out.say(about("counted sort"), word.sort());
}

fn sense(sense: Option<Sense>) -> u64 {
    match sense {
        None => 0,
        Some(Sense::Metric(_)) => 1,
        Some(Sense::Base(_)) => 2,
        Some(Sense::Change(_)) => 3,
        Some(Sense::SourceNoun) => 4,
        Some(_) => 5,
    }
}

/// What the verbs of the clause say.
fn verbs(view: View<'_>, draft: &Draft, q: &Quantity, scene: &Scene, out: &mut Options<Said>) {
    let clauses = &view.clauses.clauses;
    let side = &view.words.side;
    for c in (draft.clause.saturating_sub(2)..=draft.clause + 1).filter(|c| *c < clauses.len()) {
        let apart = (c as i64 - draft.clause as i64 + 3) as u64;
        // A clause without a verb of its own goes on with that in front.
        let silent = clauses[draft.clause].verb.is_none() && clauses[draft.clause].naming.is_empty();
        let all = clauses[c].naming.iter().chain(&clauses[c].others);
        for (g, at) in all {
            let group = &side.groups[usize::from(*g)];
            let Some(lemma) = group.metric else { continue };
            if out.items().iter().any(|i| matches!(i, Said::Verb(l) if *l == lemma)) {
                continue;
            }
            let (said, concept) = view.words.lemma(lemma);
            let fit = concept.map_or(2, |c| u64::from(fits(&c.units, q, draft)));
            simple(Said::Verb(lemma), 6, scene, out);
            out.say(about("verb"), both(said, scene.kind));
            out.say(about("verb group"), both(group.hash, scene.kind));
            out.say(about("verb apart"), both(apart, u64::from(silent)));
            out.say(about("verb fits"), both(fit, scene.kind));
            out.say(
                about("verb far"),
                both(step(at.abs_diff(draft.tokens.start)), u64::from(*at < draft.tokens.start)),
            );
            out.say(about("verb slot"), both(scene.preposition, group.slot("").map_or(9, |s| s as u64)));
            if let Some(n) = q.noun {
                out.say(about("verb counts"), both(said, view.clauses.hash(view.tokens(n).start)));
            }
        }
    }
}

/// Nouns that may name the metric.
fn nouns(view: View<'_>, draft: &Draft, q: &Quantity, scene: &Scene, out: &mut Options<Said>) {
    let (start, end) = (scene.start, scene.end);
    let tokens = view.tokens(q.span);
    // The quantities near by: where each begins, whether it is one of this statement, and the noun that another counts.
    let first = view.known.quantities.1;
    let known = &view.clauses.numbers;
    let near = known.partition_point(|o| o.tokens.end + REACH < start);
    let numbers = || {
        let numbered = (first + near as u32..).zip(&known[near..]);
        numbered.take_while(|(_, o)| o.tokens.start <= end + REACH).map(|(n, o)| {
            let own = [draft.value, draft.by, draft.from].contains(&Some(n)) || o.tokens == tokens;
            (o.tokens.start, own, o.noun.filter(|_| o.tokens != tokens))
        })
    };
    let front = view.clauses.nouns_in(start.saturating_sub(REACH)..start).iter().rev();
    let behind = view.clauses.nouns_in(end..end + REACH).iter();
    let own = q.noun.map(|n| view.tokens(n).start);
    let (mut passed, mut listed_passed) = ([0usize; 2], [0usize; 2]);
    for noun in front.chain(behind) {
        let i = noun.at;
        let word = view.clauses.word(i);
        let passed_over = word.is(Lists::TIME) || word.is(Lists::LEADS_ON);
        if !matches!(view.clauses.taken(i), Taken::No) || passed_over || own == Some(i) {
            continue;
        }
        // "vor Steuern", "im Cloud-Geschäft": how it was reckoned, and of which part.
        if qualify::is_reckoned(view, i) || scope::is_part(view, i) {
            continue;
        }
        // A noun that another number counts.
        if numbers().any(|(.., counted)| counted == Some(i)) {
            continue;
        }
        let (class, fit, concept) = match noun.sense {
            Some(Sense::Metric(n)) => {
                let listed = &view.words.side.nouns[usize::from(n)];
                let concept = &view.words.side.concepts[usize::from(listed.concept)];
                (1, u64::from(fits(&concept.units, q, draft)), concept.hash)
            }
            Some(Sense::Base(_)) => (2, 2, 0),
            Some(Sense::Change(_)) if noun.front > 0 => (3, 2, 0),
            Some(Sense::Change(_)) => (4, 2, 0),
            None => (0, 2, 0),
            _ => continue,
        };
        let side = usize::from(i >= end);
        if noun.sense.is_none() && passed[side] >= NOUNS {
            continue;
        }
        let clause = view.clauses.clause_of(i);
        let apart = (clause as i64 - draft.clause as i64).clamp(-3, 3) + 4;
        let host = view.clauses.clauses[draft.clause].bracket && clause + 1 == draft.clause;
        let between = if side == 0 { i + 1..start } else { end..i };
        let others = numbers().filter(|(at, own, _)| between.contains(at) && !own).count().min(3) as u64;
        let phrase = phrase(view, i);
        // Beside a listed noun that fits, any that does not has to touch the number: "trotz der Ernte um drei Prozent".
        if (class == 0 || fit == 0) && scene.listed & 1 != 0 && !between.is_empty() && phrase != 0 && apart == 4 {
            continue;
        }
        let place = both(class, side as u64);
        let lead = lead(view, i);
        out.add(Said::Noun(*noun));
        out.say(about("noun"), both(both(class, fit), scene.kind));
        out.say(about("noun fits"), both(both(place, fit), scene.kind));
        out.say(about("noun far"), both(place, step(between.len())));
        out.say(about("noun far kind"), both(both(place, step(between.len())), scene.kind));
        out.say(about("noun apart"), both(place, both(apart as u64, u64::from(host))));
        out.say(about("noun others"), both(place, others));
        out.say(about("noun rank"), both(place, passed[side].min(4) as u64));
        out.say(about("noun listed rank"), both(place, listed_passed[side].min(3) as u64));
        out.say(about("noun front"), both(both(place, scene.preposition), scene.shape));
        out.say(about("noun front far"), both(both(place, scene.preposition), step(between.len())));
        out.say(about("noun shape"), both(place, both(scene.shape, scene.kind)));
        out.say(about("noun key"), word.hash);
        out.say(about("noun key kind"), both(word.hash, scene.kind));
        out.say(about("noun end"), both(class, word.ends[0]));
        out.say(about("noun sort"), both(both(word.sort(), class), scene.kind));
        out.say(about("noun sort front"), both(both(word.sort(), class), both(place, scene.preposition)));
        if concept != 0 {
            out.say(about("concept kind"), both(concept, both(scene.kind, scene.shape)));
            out.say(about("concept verb"), both(concept, scene.verb));
        }
        out.say(about("noun verb"), both(place, scene.verb));
        out.say(about("noun lead"), both(place, lead));
        out.say(about("noun phrase"), both(place, phrase));
        out.say(about("noun phrase fits"), both(both(fit, scene.listed), u64::from(phrase != 0)));
        out.say(about("noun next"), both(place, view.clauses.hash(i + 1)));
        out.say(about("noun joined"), both(place, joined(view, between.clone())));
        out.say(about("noun rival"), both(both(place, fit), both(scene.listed, step(between.len()))));
        out.say(about("noun rival lead"), both(both(place, scene.listed), lead));
        out.say(about("noun rival front"), both(both(place, fit), both(scene.listed, scene.preposition)));
        out.say(about("noun alone"), both(place, u64::from(listed_passed[0] + listed_passed[1] == 0)));
        if host {
            out.say(about("noun host"), both(class, fit));
        }
        passed[side] += 1;
        listed_passed[side] += usize::from(class != 0);
    }
}

/// What leads a noun: its preposition or article, past adjectives.
pub(super) fn lead(view: View<'_>, at: usize) -> u64 {
    for back in 1..=3 {
        let Some(b) = at.checked_sub(back).filter(|b| *b >= view.clauses.range.start) else { return 1 };
        let word = view.clauses.word(b);
        if word.is_empty() || view.source.tokens[b].capital() && b > view.clauses.range.start {
            return 2;
        }
        if word.is(Lists::LEADS) {
            return word.hash;
        }
    }
    3
}

/// The preposition of the phrase that a noun stands in, past its article and adjectives: ***wegen** der guten Ernte*.
pub(super) fn phrase(view: View<'_>, at: usize) -> u64 {
    for back in 1..=4 {
        let Some(b) = at.checked_sub(back).filter(|b| *b >= view.clauses.range.start) else { return 0 };
        let word = view.clauses.word(b);
        if word.is(Lists::PREPOSITION) {
            return word.hash;
        }
        if word.is_empty() || view.source.tokens[b].capital() {
            return 0;
        }
    }
    0
}

/// The words between a noun and its number, where they are few.
fn joined(view: View<'_>, between: Range<usize>) -> u64 {
    if between.len() > 3 {
        return 1;
    }
    between.fold(2, |all, k| {
        let word = view.clauses.word(k);
        let what = if word.len() <= 5 { word.hash } else { 7 };
        both(all, what)
    })
}

/// Whether a concept is counted in what the quantity is counted in; a difference in per cent fits all.
fn fits(units: &[String], q: &Quantity, draft: &Draft) -> bool {
    let has = |unit: &str| units.iter().any(|u| u == unit);
    match q.kind {
        QuantityType::Money => has("money"),
        QuantityType::Percent if draft.value.is_none() => true,
        QuantityType::Percent | QuantityType::Fraction => has("percent") || has("pp"),
        QuantityType::Measure => has("measure") || has("index"),
        QuantityType::Number | QuantityType::Count => has("count") || has("index") || has("measure") || has("money"),
        _ => true,
    }
}

/// *drei Prozent der Haushalte*, *jeder dritte Haushalt*: a share of what is counted.
fn shares(view: View<'_>, draft: &Draft, q: &Quantity, scene: &Scene, out: &mut Options<Said>) {
    let end = draft.tokens.end;
    let next = view.clauses.key(end);
    let genitive = view.clauses.is(end, Lists::WHOLE_OF);
    let noun = |range: Range<usize>| view.clauses.nouns_in(range).first().copied();
    let whole = match () {
        () if genitive => noun(end + 1..end + 4),
        () if q.kind == QuantityType::Fraction => noun(end..end + 2),
        () => None,
    };
    simple(Said::Share(whole.map(|n| n.at)), 7, scene, out);
    out.say(about("share next"), both(hash(next), scene.kind));
    if let Some(n) = whole {
        out.say(about("share of"), view.clauses.hash(n.at));
        out.say(about("share of sort"), view.clauses.word(n.at).sort());
        out.say(about("share sense"), both(sense(n.sense), scene.shape));
        if let Some(Sense::Metric(m)) = n.sense {
            let side = &view.words.side;
            let concept = &side.concepts[usize::from(side.nouns[usize::from(m)].concept)];
            let count = concept.units.iter().any(|u| u == "count");
            out.say(about("share counts"), u64::from(count));
            out.say(about("share concept"), concept.hash);
        }
    } else {
        let metric = view
            .clauses
            .nouns_in(view.clauses.clauses[draft.clause].tokens.clone())
            .iter()
            .any(|n| matches!(n.sense, Some(Sense::Metric(_) | Sense::Base(_))));
        out.say(about("share of none"), both(u64::from(metric), scene.shape));
    }
}

/// The price of a share or the level of an index, where nothing names it: *Der SMI gewann drei Prozent*.
fn price(view: View<'_>, draft: &Draft, q: &Quantity, scene: &Scene, out: &mut Options<Said>) {
    if !matches!(q.kind, QuantityType::Money | QuantityType::Percent | QuantityType::Measure | QuantityType::Number) {
        return;
    }
    let first = draft.clause.saturating_sub(2);
    let tokens = view.clauses.clauses[first].tokens.start.max(draft.tokens.start.saturating_sub(REACH))
        ..view.clauses.clauses[draft.clause].tokens.end.min(draft.tokens.end + REACH);
    let share = tokens.clone().any(|i| {
        // "17 Franken je Aktie" is no price on the market.
        let per = || (1..=3).any(|k| i >= k && view.clauses.is(i - k, Lists::PER));
        view.clauses.is(i, Lists::SHARE) && !per()
    });
    let index = tokens.clone().any(|i| match view.clauses.taken(i) {
        Taken::Entity(e) => view.found.entities[e as usize].kind == EntityType::Index,
        _ => false,
    });
    let points =
        q.kind == QuantityType::Measure && q.unit.is_some_and(|u| &*view.source.lexicon.unit(u).code == "{Punkt}");
    if !(share || index || points) {
        return;
    }
    simple(Said::Price, 8, scene, out);
    let moved = u64::from(draft.moved);
    let what = u64::from(share) | u64::from(index) << 1 | u64::from(points) << 2;
    out.say(about("price"), both(what, scene.kind));
    out.say(about("price moved"), both(both(what, moved), scene.kind));
    out.say(about("price shape"), both(both(what, scene.shape), scene.kind));
    out.say(about("price verb"), both(what, scene.verb));
}

/// *70 Kilometer lang*, *mit neun Millionen verschuldet*: which of the pairs, and whether it stands right behind.
fn adjective(view: View<'_>, draft: &Draft) -> Option<(usize, bool)> {
    let all = view.words.side.pairs(Pairs::Measure);
    let end = draft.tokens.end;
    let limit = view.clauses.clauses[draft.clause].tokens.end;
    (end..limit.min(end + 8)).find_map(|i| {
        let key = view.clauses.key(i);
        let fits = |a: &str| key == a || key.starts_with(a) && key.len() <= a.len() + 2 && i == end;
        Some((all.iter().position(|(a, _)| fits(a))?, i <= end + 1))
    })
}

/// What such an adjective measures.
fn measured(view: View<'_>, pair: usize) -> &str {
    view.words.side.pairs(Pairs::Measure).get(pair).map_or("", |(_, lemma)| lemma)
}
