//! `kennzahl view`

use super::args::{Kind, View as Args};
use super::{each, extractor, print_line};
use kennzahl::emit::Options;
use kennzahl::eval::{Gold, read_gold};
use kennzahl::model::Document;
use kennzahl::sink::write_file;
use kennzahl::view::{Shown, View};
use kennzahl::{Error, Result};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

pub(super) fn run(a: Args) -> Result<u8> {
    let has = |kind| a.kinds.contains(&kind);
    let options = Options {
        quantities: has(Kind::Quantity),
        times: has(Kind::Time),
        entities: has(Kind::Entity),
        facts: has(Kind::Fact),
        refused: has(Kind::Refused),
        conflicts: has(Kind::Conflict),
        ..Options::default()
    };
    let extractor = extractor(&a.pack)?;
    let extractor = if options.entities || options.facts { extractor } else { extractor.without_names() };
    let extractor = if options.facts { extractor } else { extractor.without_facts() };
    let gold = Golds::read(&a)?;
    let mut state = State { view: View::new(a.documents), wrong: None };
    let code = each::document(
        a.input,
        &extractor,
        a.jobs,
        &mut state,
        |_, mut doc, worker, analysis| {
            let gold = gold.of(&doc)?;
            let gold = gold.as_ref().map(Found::get);
            // Gold was made with the day that it names.
            doc.published = doc.published.or_else(|| gold.and_then(|g| g.published.clone()));
            let begun = Instant::now();
            worker.analyse_into(&doc.text, doc.published.as_deref(), analysis);
            let took = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
            let shown = Shown::of(&doc, analysis, extractor.lexicon(), options, gold);
            Ok((shown, (!a.no_timing).then_some(took)))
        },
        |state, made: Result<_>| match made {
            Ok((shown, micros)) => state.view.add(shown, micros),
            Err(e) => state.wrong = state.wrong.take().or(Some(e)),
        },
    )?;
    if let Some(e) = state.wrong {
        return Err(e);
    }
    if state.view.is_empty() {
        return Err(Error::new("there is no document to show"));
    }
    write_file(&a.output, state.view.html().as_bytes())?;
    if gold.given && state.view.compared() == 0 {
        return Err(Error::new(
            "--gold: none of it is of a document that was read; its name and its text are to be the same",
        ));
    }
    let (documents, compared) = (state.view.len(), state.view.compared());
    let with = if compared > 0 { format!(", {compared} with gold") } else { String::new() };
    print_line(&format!("{}: {documents} documents{with}", a.output.display()))?;
    Ok(code)
}

struct State {
    view: View,
    /// The first gold that is none.
    wrong: Option<Error>,
}

/// Gold by the name of its document.
struct Golds {
    known: BTreeMap<String, Vec<Gold>>,
    given: bool,
    beside: bool,
}

enum Found<'g> {
    Given(&'g Gold),
    Beside(Box<Gold>),
}

impl Found<'_> {
    fn get(&self) -> &Gold {
        match self {
            Self::Given(gold) => gold,
            Self::Beside(gold) => gold,
        }
    }
}

impl Golds {
    fn read(a: &Args) -> Result<Self> {
        let mut known: BTreeMap<String, Vec<Gold>> = BTreeMap::new();
        for gold in read_gold(&a.gold)? {
            known.entry(gold.id.clone()).or_default().push(gold);
        }
        Ok(Self { known, given: !a.gold.is_empty(), beside: a.gold.is_empty() && !a.no_gold })
    }

    /// The gold of a document: of its name and text, or NAME.gold.json beside NAME.txt.
    fn of(&self, doc: &Document) -> Result<Option<Found<'_>>> {
        let name = doc.id.rsplit('/').next().unwrap_or_default();
        let same = |gold: &&Gold| gold.text == doc.text;
        let given = [doc.id.as_str(), name].iter().find_map(|id| self.known.get(*id)?.iter().find(same));
        if given.is_some() || !self.beside || doc.place.member.is_some() || doc.place.position > 0 {
            return Ok(given.map(Found::Given));
        }
        let path = Path::new(&*doc.place.source).with_extension("gold.json");
        if !path.is_file() {
            return Ok(None);
        }
        let gold = read_gold(&[path])?.into_iter().find(|gold| same(&gold));
        Ok(gold.map(|gold| Found::Beside(Box::new(gold))))
    }
}
