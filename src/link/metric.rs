//! What a number measures: the counted noun, a metric near it, a verb that names one, or what goes without saying.

use super::View;
use super::clause::{NounAt, Taken};
use super::role::{Draft, front};
use super::subject::Focus;
use super::words::Sense;
use crate::emit::plain;
use crate::lexicon::folded;
use crate::model::{Direction, EntityType, Metric, Quantity, QuantityType, Span};

/// A metric and what else its words told.
#[derive(Clone, Debug)]
pub(crate) struct Picked {
    pub(crate) metric: Metric,
    pub(crate) direction: Option<Direction>,
    /// The token of the noun that names it.
    pub(crate) at: Option<usize>,
    /// The noun whose share is meant: *drei Prozent der **Haushalte***.
    pub(crate) whole: Option<usize>,
    /// Whether countries and towns have it rather than companies.
    pub(crate) public: bool,
    pub(crate) rule: &'static str,
}

/// The rules in the order in which they are tried.
pub(crate) const RULES: &[&str] = &[
    "fact-result",
    "fact-verb-count",
    "fact-count",
    "fact-rank",
    "fact-share-of",
    "fact-metric",
    "fact-price-of-share",
    "fact-verb",
    "fact-adjective",
    "fact-carried",
    "fact-share",
];

/// The metric of a statement; none where nothing says what its number measures.
pub(crate) fn pick(view: View<'_>, draft: &Draft, focus: &Focus) -> Option<Picked> {
    let q = &view.found.quantities[draft.anchor() as usize];
    let new = |metric: Metric, at: Option<usize>, rule: &'static str| {
        Some(Picked { metric, direction: None, at, whole: None, public: false, rule })
    };
    let said = |lemma: &str| Metric { span: None, lemma: lemma.to_owned(), concept: None };
    if q.kind == QuantityType::Score {
        return new(said("Ergebnis"), None, "fact-result");
    }
    if q.kind == QuantityType::Count {
        return count(view, draft, q);
    }
    if q.kind == QuantityType::Ordinal {
        return new(said("Platz"), None, "fact-rank");
    }
    let share = matches!(q.kind, QuantityType::Percent | QuantityType::Fraction);
    // "jeder dritte Haushalt", "drei Prozent der Haushalte"
    if share
        && draft.by.is_none()
        && let Some(picked) = share_of(view, draft, q)
    {
        return Some(picked);
    }
    let candidates = candidates(view, draft, q);
    let best = candidates.iter().max_by_key(|(score, n)| (*score, std::cmp::Reverse(n.at))).copied();
    if q.kind == QuantityType::Number {
        let own = best.filter(|(score, n)| *score >= 58 && view.clauses.clause_of(n.at) == draft.clause);
        if let Some((_, noun)) = own {
            return named(view, noun, "fact-metric");
        }
        if draft.by.is_none() && draft.from.is_none() {
            return price_of_share(view, draft, q).and_then(|metric| new(metric, None, "fact-price-of-share"));
        }
    }
    // "Waren im Wert von 3 Milliarden exportiert": the verb says more.
    let vague = best.is_some_and(|(_, n)| matches!(view.clauses.key(n.at), "wert" | "summe" | "betrag"));
    if let Some((score, noun)) = best
        && score >= 60
        && !(vague && verb_metric(view, draft).is_some())
    {
        return named(view, noun, "fact-metric");
    }
    if let Some(lemma) = offered(view, draft) {
        return new(said(&lemma), None, "fact-verb");
    }
    if let Some(metric) = price_of_share(view, draft, q) {
        return new(metric, None, "fact-price-of-share");
    }
    if let Some((_, noun)) = best.filter(|(score, _)| *score >= 40) {
        return named(view, noun, "fact-metric");
    }
    if let Some(lemma) = verb_metric(view, draft) {
        return new(said(&lemma), None, "fact-verb");
    }
    if let Some(lemma) = adjective(view, draft) {
        return new(said(lemma), None, "fact-adjective");
    }
    let least = if share && draft.by.is_none() { 40 } else { 25 };
    if let Some((_, noun)) = best.filter(|(score, _)| *score >= least) {
        return named(view, noun, "fact-metric");
    }
    if let Some(metric) = focus.metric(view, draft) {
        return Some(Picked { metric, direction: None, at: None, whole: None, public: false, rule: "fact-carried" });
    }
    // Nothing says what is measured: no fact, rather than a wrong one.
    (share && draft.by.is_none()).then(|| new(said("Anteil"), None, "fact-share")).flatten()
}

/// *drei Prozent der Haushalte*, *jeder dritte Haushalt*: a share of what is counted. Votes and jobs are metrics themselves.
fn share_of(view: View<'_>, draft: &Draft, q: &Quantity) -> Option<Picked> {
    let end = draft.tokens.end;
    let genitive =
        matches!(view.clauses.key(end), "der" | "des" | "aller" | "dieser" | "seiner" | "ihrer" | "von" | "davon");
    let noun = |range: std::ops::Range<usize>| view.clauses.nouns_in(range).first();
    let noun = match () {
        () if genitive => noun(end + 1..end + 4),
        () if q.kind == QuantityType::Fraction => noun(end..end + 2),
        () => None,
    }?;
    let side = &view.words.side;
    let counted = match noun.sense {
        Some(Sense::Metric(n)) => {
            let listed = &side.nouns[usize::from(n)];
            let own = ["stimmen", "stellen", "sitze", "arbeitsplaetze", "aktien"]
                .iter()
                .any(|w| folded(&listed.lemma).ends_with(w));
            !own && side.concepts[usize::from(listed.concept)].units.iter().any(|u| u == "count")
        }
        Some(_) => false,
        None => true,
    };
    let metric = Metric { span: None, lemma: "Anteil".to_owned(), concept: None };
    counted.then_some(Picked {
        metric,
        direction: None,
        at: None,
        whole: Some(noun.at),
        public: false,
        rule: "fact-share-of",
    })
}

/// *4000 Mitarbeiter*: the noun, or what the verb counts: *beschäftigt 4000 Menschen*.
fn count(view: View<'_>, draft: &Draft, q: &Quantity) -> Option<Picked> {
    let noun = q.noun?;
    let text = noun.of(view.source.text);
    let people =
        matches!(folded(text).as_str(), "menschen" | "personen" | "mensch" | "person" | "leute" | "maenner" | "frauen");
    let at = view.tokens(noun).start;
    let naming = &view.clauses.clauses[draft.clause].naming;
    let nearest = naming.iter().min_by_key(|(_, v)| (v.abs_diff(at), *v < at));
    let named_by = nearest.and_then(|(g, _)| view.words.side.groups[usize::from(*g)].metric);
    if people && let Some(lemma) = named_by.map(|m| view.words.side.lemmas[usize::from(m)].clone()) {
        let metric = Metric { span: Some(noun), lemma, concept: None };
        return Some(Picked {
            metric,
            direction: None,
            at: Some(at),
            whole: None,
            public: false,
            rule: "fact-verb-count",
        });
    }
    let listed = view.clauses.noun_at(at).copied();
    match listed {
        Some(n) if matches!(n.sense, Some(Sense::Metric(_))) => named(view, n, "fact-count"),
        _ => {
            let metric = Metric { span: Some(noun), lemma: nominative(&plain(text)), concept: None };
            Some(Picked { metric, direction: None, at: Some(at), whole: None, public: false, rule: "fact-count" })
        }
    }
}

/// A dative plural brought to the nominative, as far as its ending tells: *Beschäftigten* stays.
fn nominative(noun: &str) -> String {
    let cut = ["eln", "ern", "lein"].iter().any(|e| noun.ends_with(e)) && !noun.ends_with("lein");
    if cut { noun[..noun.len() - 1].to_owned() } else { noun.to_owned() }
}

/// The metric that a noun names.
fn named(view: View<'_>, noun: NounAt, rule: &'static str) -> Option<Picked> {
    let token = view.source.tokens.get(noun.at)?;
    let surface = plain(view.at(noun.at)).into_owned();
    let side = &view.words.side;
    // "die Zahl der Arbeitslosen": what is counted is the metric.
    if matches!(view.clauses.key(noun.at), "zahl" | "anzahl" | "gesamtzahl")
        && matches!(view.clauses.key(noun.at + 1), "der" | "von" | "an")
        && let Some(counted) = view.clauses.nouns_in(noun.at + 2..noun.at + 5).first()
    {
        return named(view, *counted, rule);
    }
    let (mut lemma, concept, direction) = match noun.sense {
        Some(Sense::Metric(n)) => {
            let listed = &side.nouns[usize::from(n)];
            let concept = side.concepts[usize::from(listed.concept)].id.clone();
            (compound(view.at(noun.at), noun.front, &listed.lemma), Some(concept), None)
        }
        Some(Sense::Base(n)) => (side.lemmas[usize::from(n)].clone(), None, None),
        // "Umsatzplus" is a change of "Umsatz".
        Some(Sense::Change(d)) if noun.front > 0 => (base(view, noun), None, Some(d)),
        _ => (surface, None, None),
    };
    let mut start = token.start;
    // "EBIT-Marge", but "Meta-Aktie" is the share of Meta.
    let joined = noun.at >= 2 && view.is(noun.at - 1, '-') && !token.spaced();
    if joined && matches!(view.clauses.taken(noun.at - 2), Taken::No) {
        let first = view.at(noun.at - 2);
        if first.chars().next().is_some_and(char::is_uppercase) {
            lemma = format!("{first}-{lemma}");
            start = view.source.tokens[noun.at - 2].start;
        }
    }
    let before = if joined { noun.at.saturating_sub(3) } else { noun.at.wrapping_sub(1) };
    let qualifies = view.clauses.senses(before..before.saturating_add(1)).any(|(_, s)| s == Sense::Qualifier);
    let opens = before == view.clauses.range.start
        || view.source.tokens.get(before.wrapping_sub(1)).is_some_and(|t| t.kind == crate::model::TokenKind::Mark);
    if qualifies && (opens || !view.source.tokens[before].capital()) {
        let stem = strip(view.at(before)).to_lowercase();
        lemma = format!("{stem}{} {lemma}", ending(&lemma));
        start = view.source.tokens[before].start;
    }
    let public = match noun.sense {
        Some(Sense::Metric(n)) => side.concepts[usize::from(side.nouns[usize::from(n)].concept)].public,
        _ => false,
    };
    let metric = Metric { span: Some(Span::new(start, token.end)), lemma, concept };
    // "der Anteil der Windkraft", "die Leistung der Windparks": a noun of its own behind the metric.
    let whole = matches!(view.clauses.key(noun.at + 1), "der" | "des")
        .then(|| view.clauses.nouns_in(noun.at + 2..noun.at + 5).first())
        .flatten()
        .filter(|n| n.sense.is_none() && (noun.at + 2..n.at).all(|i| !view.clauses.key(i).is_empty()))
        .map(|n| n.at);
    Some(Picked { metric, direction, at: Some(noun.at), whole, public, rule })
}

/// *Konzernumsatzes* → *Konzernumsatz*: what stands in front, and the lemma of the listed noun.
fn compound(surface: &str, front: usize, lemma: &str) -> String {
    if front == 0 {
        return lemma.to_owned();
    }
    let mut key = String::new();
    let cut = surface.char_indices().map(|(at, c)| at + c.len_utf8()).find(|end| {
        key = folded(&surface[..*end]);
        key.len() >= front
    });
    let mut out = surface[..cut.unwrap_or(surface.len())].to_owned();
    out.extend(lemma.chars().flat_map(char::to_lowercase));
    out
}

/// *Umsatzanstieg* → *Umsatz*; without the *s* that joins: *Gewinneinbruch*, *Auftragsplus*.
fn base(view: View<'_>, noun: NounAt) -> String {
    let surface = view.at(noun.at);
    let mut cut = surface.len();
    for (at, c) in surface.char_indices() {
        if folded(&surface[..at + c.len_utf8()]).len() >= noun.front {
            cut = at + c.len_utf8();
            break;
        }
    }
    let front = &surface[..cut];
    let listed = |word: &str| {
        view.words.senses(folded(word).as_bytes()).find_map(|s| match s {
            Sense::Metric(n) => Some(view.words.side.nouns[usize::from(n)].lemma.clone()),
            _ => None,
        })
    };
    let bare = front.strip_suffix('s').or(front.strip_suffix("en")).unwrap_or(front);
    listed(front).or_else(|| listed(bare)).unwrap_or_else(|| front.to_owned())
}

fn strip(adjective: &str) -> &str {
    ["en", "er", "es", "em", "e"].iter().find_map(|e| adjective.strip_suffix(e)).unwrap_or(adjective)
}

/// The ending of an adjective in front of a noun in the nominative without article.
fn ending(noun: &str) -> &'static str {
    const FEMININE: [&str; 18] = [
        "ung",
        "heit",
        "keit",
        "schaft",
        "ion",
        "tät",
        "quote",
        "marge",
        "zahl",
        "rate",
        "schuld",
        "miete",
        "menge",
        "steuer",
        "fläche",
        "summe",
        "hilfe",
        "dividende",
    ];
    const NEUTER: [&str; 14] = [
        "ergebnis",
        "vermögen",
        "kapital",
        "volumen",
        "wachstum",
        "plus",
        "minus",
        "ebit",
        "ebitda",
        "geschäft",
        "einkommen",
        "niveau",
        "ziel",
        "produkt",
    ];
    const PLURAL: [&str; 8] = ["kosten", "ausgaben", "einnahmen", "erlöse", "schulden", "stellen", "umsätze", "mittel"];
    let noun = noun.to_lowercase();
    let ends = |list: &[&str]| list.iter().any(|e| noun.ends_with(e));
    match () {
        () if ends(&PLURAL) || ends(&FEMININE) => "e",
        () if ends(&NEUTER) => "es",
        () => "er",
    }
}

/// How many tokens away a noun may stand, so that a long sentence costs no more than its length.
const REACH: usize = 60;

/// Nouns that may name the metric, with how well each fits.
fn candidates(view: View<'_>, draft: &Draft, q: &Quantity) -> Vec<(i32, NounAt)> {
    let (at, preposition) = front(view, q);
    let tokens = view.tokens(q.span);
    let (start, end) = (at.min(draft.front), draft.tokens.end.max(tokens.end));
    let mut all = Vec::new();
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
    for noun in view.clauses.nouns_in(start.saturating_sub(REACH)..end + REACH) {
        let i = noun.at;
        if !matches!(view.clauses.taken(i), Taken::No) || (start..end).contains(&i) || is_time_word(view.clauses.key(i))
        {
            continue;
        }
        // A noun that another number counts.
        if numbers().any(|(.., counted)| counted == Some(i)) {
            continue;
        }
        let (mut score, fits) = match noun.sense {
            Some(Sense::Metric(n)) => {
                let listed = &view.words.side.nouns[usize::from(n)];
                if matches!(listed.lemma.as_str(), "Aktien" | "Aktie" | "Papiere" | "Titel" | "Anteilsscheine") {
                    continue;
                }
                (60, Some(fits(&view.words.side.concepts[usize::from(listed.concept)].units, q, draft)))
            }
            Some(Sense::Base(_)) => (60, Some(true)),
            Some(Sense::Change(_)) if noun.front > 0 => (55, Some(true)),
            Some(Sense::Change(_)) => continue,
            None => (18, None),
            _ => continue,
        };
        match fits {
            Some(true) => score += 8,
            Some(false) => score -= 18,
            None => {}
        }
        let clause = view.clauses.clause_of(i);
        let apart = clause.abs_diff(draft.clause) as i32;
        let c = &view.clauses.clauses[draft.clause];
        // Brackets and apposition belong to what stands in front of them.
        let own = apart == 0 || c.bracket && clause + 1 == draft.clause;
        if !own {
            score -= 14 + 6 * apart;
        }
        let between = if i < start { i + 1..start } else { end..i };
        let others = numbers().filter(|(at, own, _)| between.contains(at) && !own);
        score -= 10 * others.count() as i32;
        let distance = between.len() as i32;
        if i < start {
            score -= distance.min(30);
            let direct = between.clone().all(|k| {
                matches!(
                    view.clauses.key(k),
                    "von"
                        | "ueber"
                        | "in"
                        | "hoehe"
                        | "mit"
                        | "bei"
                        | "auf"
                        | "um"
                        | "im"
                        | "umfang"
                        | "volumen"
                        | "zwischen"
                        | "a"
                        | ""
                )
            });
            if direct && between.len() <= 4 && matches!(preposition, "von" | "ueber" | "bei" | "" | "zu" | "um" | "auf")
            {
                // "für Personal und Maschinen 30 Millionen aus": what stands bare in front says little.
                let bare = noun.sense.is_none() && between.is_empty() && preposition.is_empty();
                score += if bare { 0 } else { 14 };
            }
        } else {
            score -= 2 * distance.min(30);
            // "3 Millionen Euro Umsatz", "Euro an Dividende", "Euro als Dividende"
            let joined = match between.len() {
                0 => true,
                1 => matches!(view.clauses.key(end), "an" | "als"),
                _ => {
                    between.clone().all(|k| {
                        k == end && matches!(view.clauses.key(k), "an" | "als" | "der")
                            || view.clauses.key(k).ends_with('e')
                            || view.clauses.key(k).ends_with("en")
                            || view.clauses.key(k).ends_with("er")
                    }) && between.len() <= 3
                }
            };
            if joined {
                score += 14;
            } else if noun.sense.is_none() {
                continue;
            }
        }
        if noun.sense.is_none() && distance > 4 {
            continue;
        }
        // "in der Höhe", "im Vergleich": words that lead to others.
        if matches!(
            view.clauses.key(i),
            "hoehe"
                | "vergleich"
                | "umfang"
                | "prozent"
                | "mio"
                | "mrd"
                | "schnitt"
                | "mittel"
                | "jahresmittel"
                | "monatsmittel"
                | "jahresschnitt"
                | "jahresfrist"
                | "rahmen"
                | "strich"
                | "folge"
                | "ende"
                | "seite"
                | "angaben"
                | "prozentpunkte"
        ) {
            continue;
        }
        all.push((score, *noun));
    }
    all
}

fn is_time_word(key: &str) -> bool {
    ["jahr", "quartal", "monat", "halbjahr", "jahresvergleich", "vorjahr", "zeitraum", "woche", "tag"]
        .iter()
        .any(|w| key == *w || key.starts_with("vorjahr"))
        || key.ends_with("vergleich")
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

/// The price of a share or the level of an index, where nothing names it: *Der SMI gewann drei Prozent*.
fn price_of_share(view: View<'_>, draft: &Draft, q: &Quantity) -> Option<Metric> {
    let money = q.kind == QuantityType::Money;
    if !(money || matches!(q.kind, QuantityType::Percent | QuantityType::Measure | QuantityType::Number)) {
        return None;
    }
    let first = draft.clause.saturating_sub(2);
    let tokens = view.clauses.clauses[first].tokens.start.max(draft.tokens.start.saturating_sub(REACH))
        ..view.clauses.clauses[draft.clause].tokens.end.min(draft.tokens.end + REACH);
    let share = tokens.clone().any(|i| {
        let key = view.clauses.key(i);
        // "17 Franken je Aktie" is no price on the market.
        let per = (1..=3).any(|k| i >= k && matches!(view.clauses.key(i - k), "je" | "pro"));
        let named = key.ends_with("aktie") || key.ends_with("aktien");
        !per && (named
            || matches!(key, "papier" | "papiere" | "titel" | "anteilsscheine" | "anteilsschein" | "wertpapiere"))
    });
    let index = tokens.clone().any(|i| match view.clauses.taken(i) {
        Taken::Entity(e) => view.found.entities[e as usize].kind == EntityType::Index,
        _ => false,
    });
    let points =
        q.kind == QuantityType::Measure && q.unit.is_some_and(|u| &*view.source.lexicon.unit(u).code == "{Punkt}");
    let moved = draft.moved || draft.value.is_some_and(|_| draft.by.is_some());
    let trade = share && (moved || money) && (q.kind == QuantityType::Percent && draft.by.is_some() || money);
    (points || index && (moved || q.kind != QuantityType::Percent) && !money || trade).then(|| Metric {
        span: None,
        lemma: "Kurs".to_owned(),
        concept: Some("share_price".to_owned()),
    })
}

/// *bietet 17 Franken*: a verb of planning that names its metric.
fn offered(view: View<'_>, draft: &Draft) -> Option<String> {
    let others = &view.clauses.clauses[draft.clause].others;
    let group = others.iter().map(|(g, _)| &view.words.side.groups[usize::from(*g)]).find(|g| g.metric.is_some())?;
    group.metric.map(|m| view.words.side.lemmas[usize::from(m)].clone())
}

/// The metric that the clause's verb names: *kostete*, *verdiente*.
fn verb_metric(view: View<'_>, draft: &Draft) -> Option<String> {
    // "nahm mit Schrauben, Muttern und Dübeln 30 Millionen ein": the verb may stand in front of a list.
    let clauses = &view.clauses.clauses;
    let own = draft.clause;
    let silent = |c: usize| clauses[c].verb.is_none() && clauses[c].naming.is_empty();
    let from =
        (1..=2).find(|k| *k > own || !silent(own - k)).filter(|k| *k <= own && silent(own) && !clauses[own].bracket);
    let naming = &clauses[from.map_or(own, |k| own - k)].naming;
    let side = &view.words.side;
    let q = &view.found.quantities[draft.anchor() as usize];
    // "schoss auf neun Milliarden": no goals.
    let fit = naming.iter().filter_map(|(g, v)| {
        let lemma = &side.lemmas[usize::from(side.groups[usize::from(*g)].metric?)];
        let listed = view.words.senses(folded(lemma).as_bytes()).find_map(|s| match s {
            Sense::Metric(n) => Some(&side.concepts[usize::from(side.nouns[usize::from(n)].concept)]),
            _ => None,
        });
        listed.is_none_or(|c| fits(&c.units, q, draft)).then_some((lemma, *v))
    });
    fit.min_by_key(|(_, v)| v.abs_diff(draft.tokens.start)).map(|(lemma, _)| lemma.clone())
}

/// *70 Kilometer lang*, *mit neun Millionen verschuldet*
fn adjective(view: View<'_>, draft: &Draft) -> Option<&'static str> {
    const ADJECTIVES: [(&str, &str); 19] = [
        ("lang", "Länge"),
        ("hoch", "Höhe"),
        ("breit", "Breite"),
        ("tief", "Tiefe"),
        ("schwer", "Gewicht"),
        ("dick", "Dicke"),
        ("gross", "Größe"),
        ("entfernt", "Entfernung"),
        ("weit", "Entfernung"),
        ("schnell", "Geschwindigkeit"),
        ("teuer", "Preis"),
        ("verschuldet", "Schulden"),
        ("beteiligt", "Beteiligung"),
        ("wert", "Wert"),
        ("warm", "Temperatur"),
        ("heiss", "Temperatur"),
        ("kalt", "Temperatur"),
        ("stark", "Leistung"),
        ("dotiert", "Dotierung"),
    ];
    let end = draft.tokens.end;
    let limit = view.clauses.clauses[draft.clause].tokens.end;
    (end..limit.min(end + 8))
        .find_map(|i| {
            let key = view.clauses.key(i);
            let near = i <= end + 1;
            ADJECTIVES.iter().find(|(a, _)| {
                let same = key == *a || key.starts_with(a) && key.len() <= a.len() + 2 && i == end;
                same && (near || matches!(*a, "verschuldet" | "beteiligt" | "entfernt" | "dotiert" | "wert"))
            })
        })
        .map(|(_, metric)| *metric)
}
