//! Whose metric it is: a name or a noun of the sentence, what went before, what the document is about; or nobody.
//!
//! All that it may be are candidates; what speaks for each is said here, what it weighs is learned.

use super::View;
use super::choose::{Options, about, both, hash, step};
use super::clause::Taken;
use super::described::{Described, description, is_demonym};
use super::focus::{Focus, Told, alias};
use super::lemma::Picked;
use super::lists::{Lists, Pairs, ending};
use super::metric::{lead, phrase};
use super::role::Draft;
use super::source::source_at;
use super::words::{Does, Sense};
use crate::emit::plain;
use crate::model::{Basis, Entity, EntityType, Party, QuantityType};

/// Whose metric it may be.
#[derive(Copy, Clone, Debug)]
pub(crate) enum Who {
    /// Nothing says whose.
    Nobody,
    /// A thing, by a mention.
    Name(u32, Basis),
    /// A common noun, by its token.
    Noun(usize),
    /// The noun that was the subject of a fact before, by its place among those.
    Held(usize),
    /// A noun of the first sentence, by its place among those.
    Title(usize),
}

/// How many tokens away a name may stand, so that a long sentence costs no more than its length.
const REACH: usize = 120;

/// As many names of a sentence are candidates, those nearest to the number.
const NAMES: usize = 12;

/// What a candidate fills the slot with.
pub(crate) fn named(view: View<'_>, who: Who, focus: &Focus) -> Option<Party> {
    match who {
        Who::Nobody => None,
        Who::Name(mention, basis) => Some(party(view, mention, basis)),
        Who::Noun(at) => Some(noun(view, at)),
        Who::Held(k) => focus.subjects.get(k).map(|(p, _)| Party { basis: Basis::Carried, ..p.clone() }),
        Who::Title(k) => {
            let name = focus.title.get(k)?.name.clone();
            Some(Party { name, entity: None, basis: Basis::Topic })
        }
    }
}

pub(super) fn party(view: View<'_>, entity: u32, basis: Basis) -> Party {
    let e: &Entity = &view.found.entities[entity as usize];
    Party { name: view.found.things[e.thing as usize].name.clone(), entity: Some(entity), basis }
}

/// A common noun as a subject: whole where hyphens join it, in the nominative as far as its article tells.
pub(super) fn noun(view: View<'_>, at: usize) -> Party {
    Party { name: whole_noun(view, at), entity: None, basis: Basis::Clause }
}

fn whole_noun(view: View<'_>, at: usize) -> String {
    let tokens = view.source.tokens;
    let mut first = at;
    while first >= view.clauses.range.start + 2
        && tokens[first].start == tokens[first - 1].end
        && view.is(first - 1, '-')
        && tokens[first - 1].start == tokens[first - 2].end
    {
        first -= 2;
    }
    let text = crate::model::Span::new(tokens[first].start, tokens[at].end).of(view.source.text);
    let name = plain(text).into_owned();
    // "des Turms", "eines Verfahrens"
    let led = |list: Lists| (1..=2).any(|back| first.checked_sub(back).is_some_and(|b| view.clauses.is(b, list)));
    let genitive = led(Lists::GENITIVE_ARTICLE);
    if !genitive && nominal(view, at, &name) && led(Lists::DETERMINED) {
        return name[..name.len() - 1].to_owned();
    }
    match ending(view.words.side.pairs(Pairs::Genitive), &name) {
        Some((stem, rest)) if genitive && name.len() >= 5 => {
            // "des Gebäudes", "des Gebirges"
            let collective =
                name.starts_with("Ge") && name.ends_with("es") && stem.len() + rest.len() + 2 == name.len();
            if collective { name[..name.len() - 1].to_owned() } else { format!("{stem}{rest}") }
        }
        _ => name,
    }
}

/// *Befragten, Verletzten, Verdächtigen*: an adjective as a noun.
fn nominal(view: View<'_>, at: usize, name: &str) -> bool {
    let is = |list| view.clauses.is(at, list);
    is(Lists::NOMINAL) || name.len() > 7 && is(Lists::NOMINAL_LONG) && !is(Lists::NO_NOMINAL)
}

/// What is the same for all candidates of a statement.
struct Scene<'a> {
    /// What kind of metric it is.
    theme: u64,
    concept: u64,
    lemma: u64,
    /// The verb of the clause, and where it stands.
    verb: u64,
    verb_at: Option<usize>,
    /// The article of the metric: *der Umsatz* is the subject of its clause, *den Umsatz* its object.
    article: u64,
    /// What the clause calls what it speaks of.
    described: u64,
    /// Whether the clause, the sentence names a company, a place, anything.
    company: u64,
    sentence: u32,
    /// Whether a dash or a bullet begins the sentence: *– Umsatz steigt auf 3 Mrd. Euro*.
    item: bool,
    /// Nouns of the sentence with an article in front, hashed, and what they are known by.
    nouns: Vec<(u64, u64)>,
    focus: &'a Focus,
}

/// All whose the metric may be.
pub(crate) fn candidates(
    view: View<'_>,
    draft: &Draft,
    picked: &Picked,
    focus: &Focus,
    sentence: u32,
    out: &mut Options<Who>,
) {
    out.clear();
    let description = description(view, draft, picked);
    let scene = scene(view, draft, picked, focus, sentence, description.as_ref());
    out.add(Who::Nobody);
    out.say(about("nobody"), 0);
    out.say(about("nobody theme"), scene.theme);
    out.say(about("nobody concept"), scene.concept);
    out.say(about("nobody lemma"), scene.lemma);
    out.say(about("nobody company"), both(scene.theme, scene.company));
    out.say(about("nobody before"), u64::from(focus.subjects.is_empty()));
    out.say(about("nobody described"), scene.described);
    out.say(about("nobody item"), both(u64::from(scene.item), scene.company));
    let owned = owned(view, picked);
    names(view, draft, picked, &scene, owned, out);
    if !owned {
        held(view, &scene, out);
        nouns(view, draft, picked, &scene, description.as_ref(), out);
    }
}

fn scene<'a>(
    view: View<'_>,
    draft: &Draft,
    picked: &Picked,
    focus: &'a Focus,
    sentence: u32,
    described: Option<&Described>,
) -> Scene<'a> {
    let q = &view.found.quantities[draft.anchor() as usize];
    let price = picked.metric.lemma == view.words.side.unsaid("price");
    let theme = match q.kind {
        _ if price => 1,
        _ if picked.public => 2,
        QuantityType::Count => 3,
        QuantityType::Money => 4,
        QuantityType::Percent | QuantityType::Fraction => 5,
        QuantityType::Measure => 6,
        QuantityType::Score => 7,
        QuantityType::Ordinal => 8,
        _ => 9,
    };
    let verb = view.clauses.group(draft.clause, view.words);
    let (mut company, mut place) = (0, 0);
    for (e, tokens) in view.known.entities.0.iter().zip(&view.clauses.names) {
        let own = view.clauses.clause_of(tokens.start) == draft.clause;
        let near = 1 + u64::from(own);
        match e.kind {
            EntityType::Organization | EntityType::Index => company = near.max(company),
            EntityType::Location => place = near.max(place),
            _ => {}
        }
    }
    Scene {
        theme,
        concept: view.words.known_as(picked.metric.concept.as_deref()),
        lemma: hash(&picked.metric.lemma),
        verb: verb.map_or(0, |(g, _)| g.hash),
        verb_at: verb.map(|(_, at)| at),
        article: picked.at.map_or(0, |m| lead(view, m)),
        described: match described {
            None => 0,
            Some(Described::Pronoun) => 1,
            Some(Described::Head) => 2,
            Some(Described::Place) => 3,
            Some(Described::Noun(_)) => 4,
        },
        company: company * 3 + place,
        sentence,
        item: "-–—•*+".chars().any(|c| view.is(view.clauses.range.start, c)),
        nouns: definite(view, draft),
        focus,
    }
}

/// The nouns around a number that have an article in front: *der Flughafen*, *das neue Stadion*.
fn definite(view: View<'_>, draft: &Draft) -> Vec<(u64, u64)> {
    let start = draft.tokens.start;
    let article = |i: usize| lead(view, i) > 3;
    let near = view.clauses.nouns_in(start.saturating_sub(30).max(view.clauses.range.start)..start + 12);
    let known = |at: usize| (view.clauses.hash(at), alias(view.clauses.key(at)));
    near.iter().filter(|n| article(n.at)).map(|n| known(n.at)).collect()
}

/// What is said of every name, wherever it stands.
fn thing(view: View<'_>, mention: u32, place: u64, scene: &Scene<'_>, out: &mut Options<Who>) {
    let e = &view.found.entities[mention as usize];
    let kind = both(e.kind as u64, place);
    let salience = scene.focus.salience(e.thing);
    let rank = u64::from(salience.rank.min(3));
    out.say(about("kind"), both(kind, scene.theme));
    out.say(about("kind concept"), both(e.kind as u64, scene.concept));
    out.say(about("kind lemma"), both(e.kind as u64, scene.lemma));
    out.say(about("kind verb"), both(kind, scene.verb));
    out.say(about("rank"), both(kind, rank));
    out.say(about("rank theme"), both(both(e.kind as u64, scene.theme), rank));
    out.say(about("count"), both(kind, u64::from(salience.count.min(5))));
    out.say(about("subtype"), both(salience.subtype, scene.theme));
    out.say(about("subtype concept"), both(salience.subtype, scene.concept));
    out.say(about("described"), both(kind, scene.described));
    out.say(about("company"), both(kind, scene.company));
    out.say(about("agency"), u64::from(salience.agency));
    let part = both(place, u64::from(salience.part));
    out.say(about("part"), both(part, scene.theme));
    out.say(about("part described"), both(part, scene.described));
    let called = salience.called.iter().any(|w| *w != 0 && scene.nouns.iter().any(|(noun, _)| noun == w));
    out.say(about("called"), both(place, u64::from(called)));
    let alias = |noun: u64| scene.focus.called(noun).any(|a| a.thing == e.thing);
    out.say(about("alias"), both(place, u64::from(scene.nouns.iter().any(|(_, noun)| alias(*noun)))));
    if e.kind == EntityType::Location {
        out.say(about("finer"), both(salience.subtype, scene.focus.city));
        out.say(about("finer place"), both(salience.subtype, both(scene.focus.city, place)));
    }
    let first = &view.found.entities[salience.first as usize];
    out.say(about("first"), both(kind, u64::from(first.sentence.min(2))));
    // Whether it was the subject of one of the last facts.
    let then = scene
        .focus
        .subjects
        .iter()
        .position(|(p, _)| p.entity.is_some_and(|m| view.found.entities[m as usize].thing == e.thing));
    let held = then.map_or(0, |k| {
        let apart = scene.sentence.saturating_sub(scene.focus.subjects[k].1).min(4);
        1 + u64::from(apart) + 5 * k as u64
    });
    out.say(about("held"), both(place, held));
    out.say(about("held kind"), both(both(kind, held), scene.theme));
    out.say(about("held described"), both(both(place, held), scene.described));
    out.say(about("held company"), both(both(kind, held), scene.company));
    out.say(about("held case"), both(both(place, held.min(2)), scene.article));
    out.say(about("held rank"), both(both(kind, held), rank));
    out.say(about("held verb"), both(both(place, held.min(2)), scene.verb));
    out.say(about("rank company"), both(both(kind, rank), both(scene.company, scene.described)));
    out.say(about("cited"), both(u64::from(scene.focus.cited.contains(&e.thing)), place));
    out.say(about("item"), both(both(kind, u64::from(scene.item)), both(rank.min(2), u64::from(held > 0))));
    out.say(about("held any"), both(kind, u64::from(held > 0) + 2 * u64::from(!scene.focus.subjects.is_empty())));
}

/// Whether an organisation stands behind the metric in the genitive, or behind *von*: *der Umsatz der Brandner AG*. Then
/// no noun has it, and nobody of another clause.
fn owned(view: View<'_>, picked: &Picked) -> bool {
    picked.at.is_some_and(|m| {
        let owner = match view.clauses.taken(m + 2) {
            Taken::Entity(e) => view.found.entities[e as usize].kind == EntityType::Organization,
            _ => false,
        };
        owner && view.clauses.is(m + 1, Lists::TALLY_OF.with(Lists::GENITIVE))
    })
}

/// The names of the sentence.
fn names(view: View<'_>, draft: &Draft, picked: &Picked, scene: &Scene<'_>, owned: bool, out: &mut Options<Who>) {
    let (entities, first) = view.known.entities;
    let range = view.clauses.clauses[draft.clause].tokens.clone();
    let anchor = picked.at.unwrap_or(draft.tokens.start);
    // Those nearest to the number.
    let middle = view.clauses.names.partition_point(|n| n.start < draft.tokens.start);
    let window = middle.saturating_sub(NAMES)..(middle + NAMES / 2).min(entities.len());
    for k in window.clone() {
        let (e, tokens) = (&entities[k], &view.clauses.names[k]);
        let at = tokens.start;
        if at.abs_diff(draft.tokens.start) > REACH {
            continue;
        }
        let clause = view.clauses.clause_of(at);
        let relative = tokens.end == range.start && view.clauses.is(range.start + 1, Lists::RELATIVE_WHO);
        let bracket = view.clauses.clauses[draft.clause].bracket && clause + 1 == draft.clause;
        let own = clause == draft.clause || bracket || relative;
        if owned && !own {
            continue;
        }
        let apart = view.clauses.apart(clause, draft.clause).min(4) as u64;
        let before = at < draft.tokens.start;
        let place = if own { 1 } else { 2 };
        let mention = first + k as u32;
        out.add(Who::Name(mention, if own { Basis::Clause } else { Basis::Sentence }));
        thing(view, mention, place, scene, out);
        let kind = e.kind as u64;
        let side = both(u64::from(before), apart);
        let host = u64::from(bracket) | u64::from(relative) << 1;
        out.say(about("apart"), both(side, kind));
        out.say(about("apart theme"), both(side, both(kind, scene.theme)));
        out.say(about("host"), both(host, kind));
        out.say(about("far"), both(both(place, u64::from(before)), step(at.abs_diff(draft.tokens.start))));
        out.say(about("far metric"), both(both(place, u64::from(at < anchor)), step(at.abs_diff(anchor))));
        // How many names of its kind stand between it and the number.
        let between = if before { k + 1..middle } else { middle..k };
        let alike = between.clone().filter(|o| entities[*o].kind == e.kind).count().min(3) as u64;
        out.say(about("alike between"), both(both(u64::from(before), alike), kind));
        out.say(about("others between"), both(both(u64::from(before), between.len().min(4) as u64), kind));
        let lead = lead(view, at);
        out.say(about("lead"), both(lead, kind));
        out.say(about("lead theme"), both(both(lead, kind), scene.theme));
        out.say(about("lead place"), both(lead, both(place, u64::from(before))));
        // "Umsatz von Meta", "Metas Umsatz"
        let relation = picked.at.map_or(0, |m| match () {
            () if at > m && at <= m + 4 => 1 + step(at - m),
            () if tokens.end <= m && tokens.end + 3 >= m => 8 + step(m - tokens.end),
            () => 7,
        });
        out.say(about("relation"), both(relation, kind));
        out.say(about("relation lead"), both(both(relation, lead), kind));
        let metric_next = picked.at.map_or(0, |m| view.clauses.hash(m + 1));
        out.say(about("metric next"), both(relation, metric_next));
        // Which name of the sentence it is, and whether it opens sentence or clause.
        out.say(about("nth"), both(k.min(4) as u64, kind));
        out.say(about("nth of"), both(k.min(3) as u64, entities.len().min(4) as u64));
        let opens = match () {
            () if at <= view.clauses.range.start + 1 => 1,
            () if at <= range.start + 1 => 2,
            () if at <= view.clauses.clauses[clause].tokens.start + 2 => 3,
            () => 4,
        };
        out.say(about("opens"), both(opens, kind));
        let beside_verb = scene.verb_at.map_or(0, |v| match () {
            () if tokens.end == v => 1,
            () if at == v + 1 || at == v + 2 => 2,
            () if at < v => 3,
            () => 4,
        });
        out.say(about("verb side"), both(beside_verb, kind));
        out.say(about("verb lead"), both(beside_verb, lead));
        out.say(about("opens verb"), both(both(opens, beside_verb), both(kind, scene.article)));
        out.say(about("opens theme"), both(both(opens, scene.theme), both(kind, lead)));
        out.say(about("case"), both(both(beside_verb, scene.article), kind));
        out.say(about("case lead"), both(both(u64::from(before), scene.article), both(lead, place)));
        out.say(about("case verb"), both(both(place, scene.article), both(kind, scene.verb)));
        // "Meta-Aktie", "Meta-Chef"
        let next = tokens.end;
        let hyphen = view.is(next, '-') && !view.source.tokens[next].spaced();
        let head = if hyphen { view.clauses.key(next + 1) } else { "" };
        out.say(about("compound"), both(hash(head), kind));
        out.say(about("behind"), both(view.clauses.hash(next), kind));
        let mark = view.source.tokens.get(next).map_or(0, |t| u64::from(t.mark));
        out.say(about("mark"), both(mark, kind));
        // "der Autobauer X"
        let descriptor = at > view.clauses.range.start
            && view.source.tokens[at - 1].capital()
            && matches!(view.clauses.taken(at - 1), Taken::No);
        let head = descriptor && view.clauses.is(at - 1, Lists::HEAD);
        out.say(about("descriptor"), both(u64::from(descriptor) + u64::from(head), kind));
        let sort = if descriptor { view.clauses.word(at - 1).sort() } else { 0 };
        out.say(about("descriptor sort"), both(both(sort, kind), scene.theme));
        let share = (at.saturating_sub(3)..tokens.end + 3).any(|i| view.clauses.is(i, Lists::SHARE));
        out.say(about("share"), both(both(u64::from(share), scene.theme), kind));
        out.say(about("source"), both(u64::from(source_at(view, tokens)), kind));
        out.say(about("role"), both(u64::from(e.role.is_some()), kind));
        out.say(about("demonym"), u64::from(is_demonym(view, tokens.end - 1)));
        out.say(about("unit"), u64::from(view.clauses.is(at, Lists::UNIT)));
        let says = view.clauses.clauses[clause]
            .others
            .iter()
            .any(|(g, _)| matches!(view.words.side.groups[usize::from(*g)].does, Does::Say | Does::Forecast));
        out.say(about("says"), both(both(u64::from(says), place), both(kind, scene.theme)));
    }
}

/// What is not named in the sentence: the subjects of the last facts, what was named last, what the document is about.
fn held(view: View<'_>, scene: &Scene<'_>, out: &mut Options<Who>) {
    let focus = scene.focus;
    let subjects = focus.subjects.iter().filter_map(|(p, then)| Some((p.entity?, Some(*then))));
    let recent = focus.recent.iter().map(|(m, then)| (*m, Some(*then)));
    let topics = focus.topics.iter().map(|m| (*m, None));
    let called = scene.nouns.iter().flat_map(|(_, noun)| focus.called(*noun)).map(|a| (a.mention, None));
    let of = |mention: u32| view.found.entities[mention as usize].thing;
    let in_sentence = |t: u32| view.known.entities.0.iter().any(|e| e.thing == t);
    let from = out.items().len();
    for (mention, _) in subjects.chain(recent).chain(topics).chain(called) {
        let thing_of = of(mention);
        let known = out.items()[from..].iter().any(|w| matches!(w, Who::Name(m, _) if of(*m) == thing_of));
        if known || in_sentence(thing_of) {
            continue;
        }
        // Who is named later only is no subject yet, but of a headline that names nobody.
        let later = view.found.entities[focus.salience(thing_of).first as usize].sentence > scene.sentence;
        if later && (scene.sentence > 1 || scene.company != 0) {
            continue;
        }
        let named =
            focus.recent.iter().find(|(m, _)| of(*m) == thing_of).map(|(_, then)| scene.sentence.saturating_sub(*then));
        let held = focus.subjects.iter().any(|(p, _)| p.entity.is_some_and(|m| of(m) == thing_of));
        out.add(Who::Name(mention, if held { Basis::Carried } else { Basis::Topic }));
        thing(view, mention, 3, scene, out);
        let kind = view.found.entities[mention as usize].kind as u64;
        let apart = named.map_or(9, |a| u64::from(a.min(4)));
        out.say(about("named"), both(apart, kind));
        out.say(about("named theme"), both(both(apart, kind), scene.theme));
        out.say(about("named described"), both(both(apart, kind), scene.described));
        let place = focus.recent.iter().position(|(m, _)| of(*m) == thing_of).map_or(9, |k| k.min(4) as u64);
        out.say(about("recent"), both(place, kind));
        let same = focus.recent.iter().filter(|(m, _)| view.found.entities[*m as usize].kind as u64 == kind);
        let nth = same.clone().position(|(m, _)| of(*m) == thing_of).map_or(9, |k| k.min(3) as u64);
        out.say(about("recent of kind"), both(nth, kind));
        out.say(about("future"), u64::from(view.found.entities[mention as usize].sentence > scene.sentence));
    }
    // Common nouns that were subjects before, or stand in the title.
    for (k, (_, then)) in focus.subjects.iter().enumerate().filter(|(_, (p, _))| p.entity.is_none()) {
        out.add(Who::Held(k));
        let apart = u64::from(scene.sentence.saturating_sub(*then).min(4));
        told(&focus.told[k], both(1, both(k as u64, apart)), scene, out);
    }
    if view.clauses.range.start > 0 {
        for (k, name) in focus.title.iter().enumerate() {
            out.add(Who::Title(k));
            told(&name.told, both(2, k as u64), scene, out);
        }
    }
}

/// What is said of a noun that stands elsewhere.
fn told(noun: &Told, place: u64, scene: &Scene<'_>, out: &mut Options<Who>) {
    out.say(about("told"), place);
    out.say(about("told key"), noun.hash);
    out.say(about("told end"), noun.end);
    out.say(about("told theme"), both(place, scene.theme));
    out.say(about("told company"), both(place, scene.company));
    out.say(about("told described"), both(place, scene.described));
    out.say(about("told lemma"), both(place, scene.lemma));
    out.say(about("told sentence"), both(place, u64::from(scene.sentence.min(3))));
    out.say(about("told sort"), both(place, noun.sort));
    out.say(about("told item"), both(place, u64::from(scene.item)));
    out.say(about("told sort theme"), both(noun.sort, scene.theme));
    out.say(about("told sort concept"), both(noun.sort, scene.concept));
}

/// Common nouns of the clause and those around it.
fn nouns(
    view: View<'_>,
    draft: &Draft,
    picked: &Picked,
    scene: &Scene<'_>,
    described: Option<&Described>,
    out: &mut Options<Who>,
) {
    let start = draft.tokens.start;
    let counted = view.found.quantities[draft.anchor() as usize].noun.map(|n| view.tokens(n).start);
    let from = start.saturating_sub(40).max(view.clauses.range.start);
    let front = view.clauses.nouns_in(from..start).iter().rev().take(8);
    let behind = view.clauses.nouns_in(draft.tokens.end..draft.tokens.end + 12).iter().take(4);
    for n in front.chain(behind) {
        let i = n.at;
        if Some(i) == picked.at || counted == Some(i) || !matches!(view.clauses.taken(i), Taken::No) {
            continue;
        }
        // "im Jahresvergleich", "zuletzt", "die Aktiva": a time, an adverb, another metric.
        let other = view.clauses.senses(i..i + 1).any(|(_, s)| match s {
            Sense::Metric(m) => {
                let side = &view.words.side;
                !side.concepts[usize::from(side.nouns[usize::from(m)].concept)].units.iter().any(|u| u == "count")
            }
            Sense::Base(_) | Sense::Change(_) | Sense::Cue(..) | Sense::Now | Sense::SourceOf | Sense::Qualifier(_) => {
                true
            }
            _ => false,
        });
        let word = view.clauses.word(i);
        // "Meta-App": the name in front of the hyphen is meant.
        let of_name = i >= 2 && view.is(i - 1, '-') && matches!(view.clauses.taken(i - 2), Taken::Entity(_));
        if other || of_name || word.is(Lists::TIME) || word.is(Lists::LEADS_ON) {
            continue;
        }
        // "Fackellauf-Route": the last part alone stands for the whole.
        if view.is(i + 1, '-') && !view.source.tokens[i + 1].spaced() && view.noun_follows(i) {
            continue;
        }
        let clause = view.clauses.clause_of(i);
        let apart = view.clauses.apart(clause, draft.clause).min(3) as u64;
        let range = &view.clauses.clauses[clause].tokens;
        let before = i < start;
        let side = both(u64::from(before), apart);
        out.add(Who::Noun(i));
        out.say(about("noun"), side);
        out.say(about("noun theme"), both(side, scene.theme));
        out.say(about("noun key"), word.hash);
        out.say(about("noun end"), word.ends[1]);
        let sense = match n.sense {
            None => 0,
            Some(Sense::Metric(m)) => {
                let side = &view.words.side;
                let concept = &side.concepts[usize::from(side.nouns[usize::from(m)].concept)];
                1 + u64::from(concept.units.iter().any(|u| u == "count"))
            }
            Some(Sense::SourceNoun) => 3,
            Some(_) => 4,
        };
        let sort = word.sort();
        out.say(about("noun sort"), both(sort, side));
        out.say(about("noun item"), both(side, u64::from(scene.item)));
        out.say(about("noun sort theme"), both(sort, scene.theme));
        out.say(about("noun sort concept"), both(sort, scene.concept));
        out.say(about("noun sort company"), both(sort, scene.company));
        let known = alias(view.clauses.key(i));
        out.say(about("noun alias"), u64::from(scene.focus.called(known).next().is_some()));
        out.say(about("noun sense"), both(sense, both(side, scene.theme)));
        let lead = lead(view, i);
        out.say(about("noun lead"), both(lead, u64::from(before)));
        out.say(about("noun lead apart"), both(lead, side));
        out.say(about("noun phrase"), both(phrase(view, i), u64::from(before)));
        out.say(about("noun sort lead"), both(both(sort, lead), u64::from(before)));
        let opens = match () {
            () if i <= view.clauses.range.start + 2 => 1,
            () if i <= range.start + 2 => 2,
            () => 3,
        };
        out.say(about("noun opens"), both(opens, lead));
        let beside_verb = scene.verb_at.map_or(0, |v| match () {
            () if i + 1 == v => 1,
            () if i == v + 1 || i == v + 2 => 2,
            () if i < v => 3,
            () => 4,
        });
        out.say(about("noun verb"), both(beside_verb, lead));
        out.say(about("noun case"), both(both(beside_verb, scene.article), lead));
        out.say(about("noun far"), both(u64::from(before), step(i.abs_diff(start))));
        let relation = picked.at.map_or(0, |m| match () {
            () if i > m && i <= m + 4 => 1 + step(i - m),
            () if i < m && i + 3 >= m => 8 + step(m - i),
            () => 7,
        });
        out.say(about("noun relation"), both(relation, lead));
        out.say(about("noun whole"), u64::from(picked.whole == Some(i)));
        out.say(about("noun head"), u64::from(word.is(Lists::HEAD)));
        out.say(about("noun described"), u64::from(matches!(described, Some(Described::Noun(at)) if *at == i)));
        out.say(about("noun company"), both(scene.company, u64::from(before)));
        out.say(about("noun concept"), scene.concept);
        out.say(about("noun verb group"), scene.verb);
        out.say(about("noun next"), both(view.clauses.hash(i + 1), u64::from(before)));
        out.say(about("noun subjects"), u64::from(scene.focus.subjects.is_empty()));
    }
}
