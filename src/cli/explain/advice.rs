//! The smallest entries of a pack that would change what is found at a place.
//!
//! Each is tried: a pack with the entry is loaded behind those of the user and the document read again. What changes
//! nothing there is not proposed, nor what fails its own example.

use super::shown::{touch, whole};
use kennzahl::eval::run_examples;
use kennzahl::lexicon::{fold, forms};
use kennzahl::model::{Analysis, QuantityType, Span, TokenKind};
use kennzahl::pack::Pack;
use kennzahl::{Extractor, Worker, german, show, show_name, show_names, show_one};

/// What is asked.
pub(super) struct Case<'a> {
    /// The user's packs.
    pub(super) packs: &'a [Pack],
    /// Their texts.
    pub(super) sources: &'a [String],
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
    let before = |at| found(case.text, analysis, worker, at);
    scene.candidates(analysis).iter().filter_map(|c| tried(case, &scene, c, before)).collect()
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
    /// Their texts, the built-in ones first.
    sources: Vec<&'a str>,
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
        let user = case.sources.iter().map(String::as_str);
        let sources = german::FILES.iter().map(|(_, text)| *text).chain(user).collect();
        Some(Self { text: case.text, sentence, tokens: all, at, target, packs, sources })
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
                let said = padded(hedge.of(self.text));
                let hedges = self.packs.iter().flat_map(|p| &p.hedges);
                let ids = hedges.filter(|h| h.forms.iter().chain(&h.after).any(|f| is_said(f, &said)));
                all.extend(ids.map(|h| self.lessened("hedge", &h.id, &said, Wanted::NoHedge)));
            }
        } else if refused {
            let words: Vec<_> = (0..self.tokens.len()).map(|i| self.word(i)).collect();
            let said = padded(&words.join(" "));
            let identifiers = self.packs.iter().flat_map(|p| &p.identifiers);
            let ids = identifiers.filter(|e| e.forms.iter().chain(&e.symbols).any(|f| is_said(f, &said)));
            all.extend(ids.map(|e| self.lessened("identifier", &e.id, &said, Wanted::Quantity)));
            let shapes = self.packs.iter().flat_map(|p| &p.shapes);
            all.extend(shapes.map(|e| removed("shape", &e.id, Wanted::Quantity)));
        }
        all.extend(self.name(analysis));
        all
    }

    /// An entry without the forms that are said here; where none is left, without it.
    fn lessened(&self, kind: &str, id: &str, said: &str, wanted: Wanted) -> Candidate {
        let of_source = |text: &&str| {
            let mut all: toml::Table = toml::from_str(text).ok()?;
            let toml::Value::Array(entries) = all.remove(kind)? else { return None };
            let mut tables =
                entries.into_iter().filter_map(|e| if let toml::Value::Table(t) = e { Some(t) } else { None });
            tables.find(|t| t.get("id").and_then(|v| v.as_str()) == Some(id))
        };
        // The last one holds.
        let Some(mut entry) = self.sources.iter().rev().find_map(of_source) else { return removed(kind, id, wanted) };
        let mut left = 0;
        for key in ["forms", "after", "symbols"] {
            if let Some(toml::Value::Array(forms)) = entry.get_mut(key) {
                forms.retain(|f| !f.as_str().is_some_and(|f| is_said(f, said)));
                left += forms.len();
            }
        }
        entry.remove("example");
        match toml::to_string(&entry) {
            Ok(text) if left > 0 => {
                let entry = format!("[[{kind}]]\n{}", text.trim_end());
                Candidate { entry, shows: Some(Shows::Quantities), wanted }
            }
            _ => removed(kind, id, wanted),
        }
    }

    /// A word that the lexicon does not know.
    fn unknown(&self, i: usize) -> Option<&'a str> {
        let (_, kind, known) = *self.tokens.get(i)?;
        (kind == TokenKind::Word && !known).then(|| self.word(i))
    }

    /// What stands at the place as a name: what was taken for one that no list knows, else the capitalised words there, if
    /// no number counts them.
    fn name(&self, analysis: &Analysis) -> Option<Candidate> {
        let here = self.tokens[self.at].0;
        let (span, kind) = match analysis.entities.iter().find(|e| touch(e.span, here)) {
            Some(e) if analysis.things[e.thing as usize].link.is_some() => return None,
            Some(e) => (e.span, e.kind.name()),
            None => (self.capitals(analysis)?, "organization"),
        };
        let name = span.of(self.text);
        let (id, name) = (quoted(&format!("mine:{name}")), quoted(name));
        let entry = format!(
            "[[name]]\nid = {id}\nname = {name}\ntype = \"{kind}\" # person, organization, location, product or index"
        );
        Some(Candidate { entry, shows: Some(Shows::Names), wanted: Wanted::Name })
    }

    fn capitals(&self, analysis: &Analysis) -> Option<Span> {
        let here = self.tokens[self.at].0;
        let taken = analysis.times.iter().any(|t| touch(t.written.span, here))
            || analysis.quantities.iter().any(|q| touch(whole(q), here) || q.noun.is_some_and(|n| touch(n, here)));
        let capital = |i: usize| self.unknown(i).is_some_and(|w| w.starts_with(char::is_uppercase));
        if taken || !capital(self.at) {
            return None;
        }
        let first = (0..=self.at).rev().take_while(|&i| capital(i)).last()?;
        let last = (self.at..self.tokens.len()).take_while(|&i| capital(i)).last()?;
        Some(Span::new(self.tokens[first].0.start, self.tokens[last].0.end))
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

/// Words as they are looked up, with a blank in front and behind.
fn padded(words: &str) -> String {
    let mut key = Vec::new();
    fold(words, &mut key, usize::MAX);
    format!(" {} ", String::from_utf8_lossy(&key))
}

/// Whether one of the forms that a notation stands for is among these words.
fn is_said(notation: &str, said: &str) -> bool {
    forms(notation).iter().any(|form| said.contains(&padded(form)))
}

/// The proposal that an entry makes, if it changes what is found as it should, and its example holds.
fn tried(
    case: &Case<'_>,
    scene: &Scene<'_>,
    candidate: &Candidate,
    before: impl Fn(Span) -> Found,
) -> Option<Proposal> {
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
    let at = if matches!(candidate.wanted, Wanted::Name) { case.focus } else { scene.target };
    let after = found(case.text, &analysis, &worker, at);
    let quantity = after.quantity.as_ref();
    let right = match candidate.wanted {
        Wanted::Unit => quantity.is_some_and(|q| q.1),
        Wanted::Hedge => quantity.is_some_and(|q| q.2),
        Wanted::NoHedge => quantity.is_some_and(|q| !q.2),
        Wanted::Refused => after.refused.is_some(),
        Wanted::Quantity => quantity.is_some(),
        Wanted::Name => after.name.is_some(),
    };
    if !right || after == before(at) {
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
