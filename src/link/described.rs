//! What a clause calls what it speaks of: *der Konzern*, *sie*, *die Stadt*, *der Platz*.

use super::View;
use super::clause::Taken;
use super::lemma::Picked;
use super::lists::Lists;
use super::role::Draft;
use super::words::Sense;

pub(super) enum Described {
    /// *sie*
    Pronoun,
    /// *der Konzern*, *sie*: the thing spoken of.
    Head,
    /// *die Stadt*, *das Land*: the place spoken of.
    Place,
    /// *Der Platz hat … gekostet*
    Noun(usize),
}

/// The subject that is a common noun with its article: what begins the clause, or stands behind its verb.
pub(super) fn description(view: View<'_>, draft: &Draft, picked: &Picked) -> Option<Described> {
    // "nahm die Firma mit Schuhen, Jacken und Kosmetik 3 Millionen ein": behind the comma a list goes on.
    let silent = |c: usize| {
        let c = &view.clauses.clauses[c];
        c.verb.is_none() && c.naming.is_empty() && !c.bracket && !c.dash
    };
    let said = if silent(draft.clause) { (0..draft.clause).rev().take(2).find(|c| !silent(*c)) } else { None };
    let clause = &view.clauses.clauses[said.unwrap_or(draft.clause)];
    // "Sie erwartet", ", die sie": a pronoun.
    let pronoun = |i: usize| view.clauses.is(i, Lists::PRONOUN);
    if pronoun(clause.tokens.start) || clause.verb.is_some_and(|(_, at)| at == clause.tokens.start && pronoun(at + 1)) {
        return Some(Described::Pronoun);
    }
    let verb = clause.verb.map_or(clause.tokens.end, |(_, at)| at);
    for n in view.clauses.nouns_in(clause.tokens.clone()) {
        let i = n.at;
        if Some(i) == picked.at || !matches!(view.clauses.taken(i), Taken::No) || is_demonym(view, i) {
            continue;
        }
        // "der Konzern", "das junge Unternehmen": an article one or two words in front.
        let article = (1..=2).find_map(|back| {
            let b = i.checked_sub(back).filter(|b| *b >= clause.tokens.start)?;
            let adjective = back == 1 || !view.source.tokens[i - 1].capital();
            (view.clauses.is(b, Lists::ARTICLE) && adjective).then_some(b)
        });
        let opens =
            i == clause.tokens.start || i == clause.tokens.start + 1 && clause.tokens.start > view.clauses.range.start;
        let inverted =
            clause.verb.is_some_and(|(_, at)| at + 1 == i) || clause.naming.iter().any(|(_, at)| at + 1 == i);
        let bare = (opens || inverted) && n.sense.is_none() && i < draft.tokens.start;
        let Some(start) = article.or(bare.then_some(i)) else {
            continue;
        };
        let head = view.clauses.is(i, Lists::HEAD);
        let before = start.checked_sub(1).filter(|b| *b >= clause.tokens.start);
        let led = before.is_some_and(|b| view.clauses.is(b, Lists::OBLIQUE));
        // "die Hälfte der Käufe": a genitive says nothing of its own.
        let genitive = article.is_some_and(|a| view.clauses.key(a) == "des")
            || !inverted
                && before.is_some_and(|b| {
                    view.source.tokens[b].capital() || matches!(view.clauses.taken(b), Taken::Quantity(_))
                });
        if !led && view.clauses.is(i, Lists::PLACE) {
            return Some(Described::Place);
        }
        if head && (!led || start > clause.tokens.start + 1 || i < draft.tokens.start) {
            return Some(Described::Head);
        }
        let says = view.clauses.senses(i..i + 1).any(|(_, s)| matches!(s, Sense::SourceNoun | Sense::Cue(..)));
        let metric = n.sense.is_some();
        let none = led || genitive || says || metric || view.clauses.is(i, Lists::LEVEL);
        let verb = if inverted { i + 1 } else { verb };
        if !none && i < verb.max(draft.tokens.start) && i < draft.tokens.start {
            return Some(Described::Noun(i));
        }
    }
    None
}

/// *der **Bonner** Konzern*: where it is from, not what it is called.
pub(super) fn is_demonym(view: View<'_>, at: usize) -> bool {
    view.clauses.key(at).ends_with("er") && view.clauses.is(at + 1, Lists::HEAD)
}
