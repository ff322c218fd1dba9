//! The smallest entries of a pack that would change what is found at a place.
//!
//! Each is tried: a pack with the entry is loaded behind those of the user and the document read again. What changes
//! nothing there is not proposed, nor what fails its own example.

use super::shown::{touch, whole};
use kennzahl::eval::run_examples;
use kennzahl::lexicon::{fold, forms};
use kennzahl::model::{Analysis, QuantityType, Span, TokenKind};
use kennzahl::pack::{Entry, Identifier, Pack};
use kennzahl::{Extractor, Worker, german, show, show_name, show_names, show_one};

/// What is asked.
pub(super) struct Case<'a> {
    /// The user's packs.
    pub(super) packs: &'a [Pack],
    pub(super) text: &'a str,
    pub(super) published: Option<&'a str>,
    /// The token that is meant.
    pub(super) focus: Span,
}

/// An entry and what it brings about.
pub(super) struct Proposal {
    pub(super) outcome: String,
    pub(super) toml: String,
}

/// An entry to be tried.
struct Candidate {
    /// Without its example.
    entry: String,
    /// What the example shows; none of `remove`.
    shows: Option<Shows>,
    /// What has to be found at the target with it.
    wanted: Wanted,
}

#[derive(Clone, Copy)]
enum Shows {
    Quantities,
    Names,
}

#[derive(Clone, Copy)]
enum Wanted {
    Unit,
    Hedge,
    NoHedge,
    Refused,
    Quantity,
    Name,
}

/// What is found at a place.
#[derive(PartialEq, Eq)]
struct Found {
    quantity: Option<(String, bool, bool)>,
    refused: Option<String>,
    name: Option<String>,
}

/// The entries that would change what is found, the likeliest first.
pub(super) fn proposals(case: &Case<'_>, worker: &Worker, analysis: &Analysis) -> Vec<Proposal> {
    let Some(scene) = Scene::of(case, worker, analysis) else { return Vec::new() };
    let before = found(case.text, analysis, worker, scene.target);
    scene.candidates(analysis).iter().filter_map(|c| tried(case, &scene, c, &before)).collect()
}

/// The sentence of the place.
struct Scene<'a> {
    text: &'a str,
    sentence: Span,
    /// Its tokens, and whether the lexicon knows each.
    tokens: Vec<(Span, TokenKind, bool)>,
    /// The token that is meant, among them.
    at: usize,
    /// What is to change: the number at the token or beside it, else the token.
    target: Span,
    packs: Vec<Pack>,
}

impl<'a> Scene<'a> {
    fn of(case: &Case<'a>, worker: &Worker, analysis: &Analysis) -> Option<Self> {
        let (tokens, words, sentences) = worker.last();
        let inside = |s: &&kennzahl::model::Sentence| {
            tokens[s.first as usize..s.last as usize].iter().any(|t| touch(t.span(), case.focus))
        };
        let s = sentences.iter().find(inside)?;
        let lexicon = worker.lexicon();
        let range = s.first as usize..s.last as usize;
        let known = |i: usize| lexicon.is_numeral(words[i]) || lexicon.tags(words[i]).names().next().is_some();
        let all: Vec<_> = range.map(|i| (tokens[i].span(), tokens[i].kind, known(i))).collect();
        let at = all.iter().position(|(span, ..)| touch(*span, case.focus))?;
        let sentence = Span::new(all.first()?.0.start, all.last()?.0.end);
        // A unit stands behind its number, a hedge in front.
        let near = Span::new(all[at.saturating_sub(2)].0.start, all[(at + 2).min(all.len() - 1)].0.end);
        let numbers = || analysis.quantities.iter().map(whole).chain(analysis.refused.iter().map(|r| r.span));
        let numeral = |within: Span| numbers().find(|span| touch(*span, within));
        let target = numeral(case.focus).or_else(|| numeral(near)).unwrap_or(case.focus);
        let packs = german::pack().into_iter().chain(case.packs.iter().cloned()).collect();
        Some(Self { text: case.text, sentence, tokens: all, at, target, packs })
    }

    fn word(&self, i: usize) -> &'a str {
        self.tokens[i].0.of(self.text)
    }

    fn candidates(&self, analysis: &Analysis) -> Vec<Candidate> {
        let mut all = Vec::new();
        let quantity = analysis.quantities.iter().find(|q| touch(whole(q), self.target));
        let refused = analysis.refused.iter().any(|r| touch(r.span, self.target));
        if let Some(q) = quantity {
            let plain = matches!(q.kind, QuantityType::Count | QuantityType::Number);
            let behind = self.tokens.iter().position(|(span, ..)| span.start >= q.span.end);
            let unit = q.noun.map(|n| n.of(self.text)).or_else(|| self.unknown(behind?));
            if let (Some(unit), true) = (unit, plain) {
                all.push(listed("unit", &format!("{{{unit}}}"), "kind = \"measure\"", unit, Wanted::Unit));
            }
            let front = self.tokens.iter().rposition(|(span, ..)| span.end <= whole(q).start);
            if let Some(word) = front.and_then(|i| self.unknown(i)) {
                let lower = word.starts_with(char::is_lowercase);
                if lower && q.hedge.is_none() {
                    let says = "approx = \"about\" # or just_below, just_above, above, below, at_least, at_most";
                    all.push(listed("hedge", word, says, word, Wanted::Hedge));
                } else if !lower {
                    let says = "reason = \"product\" # or law, address, road, name, version, page, identifier …";
                    all.push(listed("identifier", word, says, word, Wanted::Refused));
                }
            }
            if let Some(hedge) = q.hedge {
                let words = [hedge.of(self.text)];
                let ids = self.packs.iter().flat_map(|p| &p.hedges);
                let ids = ids.filter(|h| h.forms.iter().chain(&h.after).any(|f| is_form(f, &words)));
                all.extend(ids.map(|h| removed("hedge", &h.id, Wanted::NoHedge)));
            }
        } else if refused {
            let words: Vec<_> = (0..self.tokens.len()).map(|i| self.word(i)).collect();
            let said = |e: &&Entry<Identifier>| {
                e.symbols.iter().any(|s| words.contains(&s.as_str())) || e.forms.iter().any(|f| is_form(f, &words))
            };
            let identifiers = self.packs.iter().flat_map(|p| &p.identifiers).filter(said);
            all.extend(identifiers.map(|e| removed("identifier", &e.id, Wanted::Quantity)));
            let shapes = self.packs.iter().flat_map(|p| &p.shapes);
            all.extend(shapes.map(|e| removed("shape", &e.id, Wanted::Quantity)));
        }
        all.extend(self.name(analysis));
        all
    }

    /// A word that the lexicon does not know.
    fn unknown(&self, i: usize) -> Option<&'a str> {
        let (_, kind, known) = *self.tokens.get(i)?;
        (kind == TokenKind::Word && !known).then(|| self.word(i))
    }

    /// The capitalised words at the place as a name, where they are none yet and counted by no number.
    fn name(&self, analysis: &Analysis) -> Option<Candidate> {
        let here = self.tokens[self.at].0;
        let taken = analysis.entities.iter().any(|e| touch(e.span, here))
            || analysis.times.iter().any(|t| touch(t.written.span, here))
            || analysis.quantities.iter().any(|q| touch(whole(q), here) || q.noun.is_some_and(|n| touch(n, here)));
        let capital = |i: usize| self.unknown(i).is_some_and(|w| w.starts_with(char::is_uppercase));
        if taken || !capital(self.at) {
            return None;
        }
        let first = (0..=self.at).rev().take_while(|&i| capital(i)).last()?;
        let last = (self.at..self.tokens.len()).take_while(|&i| capital(i)).last()?;
        let name = Span::new(self.tokens[first].0.start, self.tokens[last].0.end).of(self.text);
        let (id, name) = (quoted(&format!("mine:{name}")), quoted(name));
        let kinds = "\"organization\" # or person, location, product, index";
        let entry = format!("[[name]]\nid = {id}\nname = {name}\ntype = {kinds}");
        Some(Candidate { entry, shows: Some(Shows::Names), wanted: Wanted::Name })
    }
}

/// An entry with one form.
fn listed(kind: &str, id: &str, says: &str, form: &str, wanted: Wanted) -> Candidate {
    let entry = format!("[[{kind}]]\nid = {}\n{says}\nforms = [{}]", quoted(id), quoted(form));
    Candidate { entry, shows: Some(Shows::Quantities), wanted }
}

fn removed(kind: &str, id: &str, wanted: Wanted) -> Candidate {
    let entry = format!("remove = [{}]", quoted(&format!("{kind}.{id}")));
    Candidate { entry, shows: None, wanted }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Whether one of the words is a form of this notation; of a phrase, its first.
fn is_form(notation: &str, words: &[&str]) -> bool {
    let key = |word: &str| {
        let mut key = Vec::new();
        fold(word.split([' ', '-']).next().unwrap_or(word), &mut key, usize::MAX);
        key
    };
    let words: Vec<_> = words.iter().map(|w| key(w)).collect();
    forms(notation).iter().any(|form| words.contains(&key(form)))
}

/// The proposal that an entry makes, if it changes what is found as it should, and its example holds.
fn tried(case: &Case<'_>, scene: &Scene<'_>, candidate: &Candidate, before: &Found) -> Option<Proposal> {
    let sentence = scene.sentence.of(case.text);
    let with = |example: &str| {
        let toml = match candidate.shows {
            Some(_) => format!("{}\nexample = [{}, {}]", candidate.entry, quoted(sentence), quoted(example)),
            None => candidate.entry.clone(),
        };
        let pack = Pack::parse("proposal", &toml).ok()?;
        let packs = case.packs.iter().cloned().chain([pack.clone()]).collect();
        Some((toml, pack, Extractor::with_packs(packs).ok()?))
    };
    let (_, _, extractor) = with("")?;
    let mut worker = extractor.worker();
    let analysis = worker.analyse_dated(case.text, case.published);
    let after = found(case.text, &analysis, &worker, scene.target);
    let after = match candidate.wanted {
        Wanted::Name => Found { ..found(case.text, &analysis, &worker, case.focus) },
        _ => after,
    };
    let quantity = after.quantity.as_ref();
    let right = match candidate.wanted {
        Wanted::Unit => quantity.is_some_and(|q| q.1),
        Wanted::Hedge => quantity.is_some_and(|q| q.2),
        Wanted::NoHedge => quantity.is_some_and(|q| !q.2),
        Wanted::Refused => after.refused.is_some(),
        Wanted::Quantity => quantity.is_some(),
        Wanted::Name => after.name.is_some(),
    };
    if !right || after == *before {
        return None;
    }
    let alone = worker.analyse(sentence);
    let example = match candidate.shows {
        Some(Shows::Names) => show_names(sentence, &alone),
        _ => show(sentence, &alone, worker.lexicon()),
    };
    let (toml, pack, extractor) = with(&example)?;
    if !run_examples(&pack, &extractor, &mut 0).is_empty() {
        return None;
    }
    let of_quantity = quantity.map(|q| q.0.clone()).or(after.refused.map(|r| format!("no quantity: {r}")));
    let outcome = match candidate.wanted {
        Wanted::Name => after.name,
        _ => of_quantity,
    };
    Some(Proposal { outcome: outcome?, toml })
}

fn found(text: &str, analysis: &Analysis, worker: &Worker, at: Span) -> Found {
    let quantity = analysis.quantities.iter().find(|q| touch(whole(q), at));
    let refused = analysis.refused.iter().find(|r| touch(r.span, at));
    let name = analysis.entities.iter().find(|e| touch(e.span, at));
    Found {
        quantity: quantity.map(|q| (show_one(text, q, worker.lexicon()), q.unit.is_some(), q.approx.is_some())),
        refused: refused.map(|r| format!("{} is {}", r.span.of(text), r.reason.name())),
        name: name.map(|e| show_name(text, e, &analysis.things[e.thing as usize])),
    }
}
