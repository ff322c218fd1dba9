//! The report: what the documents give together, as the annotation guideline defines it.

use super::figure::F1;
use super::muc::Muc;
use super::oracle::Oracle;
use super::sheet::{Doc, Error, FigureKey, Layer, RuleScore, Severe, Sheet};
use super::{entities, facts, quantities, times};
use crate::gold::Gold;
use crate::pipeline::Extractor;

/// The figures and counts of one document.
#[derive(Clone, Debug)]
pub struct DocumentScore {
    /// The document.
    pub doc: String,
    /// The file of its text; empty where there is none.
    pub file: String,
    /// By name, in the order of the definition; those alone that it says something about.
    pub figures: Vec<(String, F1)>,
    /// How many of its errors are severe, facts of another subject left out.
    pub severe: usize,
    /// Its misses and false alarms.
    pub errors: usize,
}

impl DocumentScore {
    /// The figure of a name; empty where the document says nothing about it.
    pub fn figure(&self, name: &str) -> F1 {
        self.figures.iter().find(|(n, _)| n == name).map(|(_, f)| *f).unwrap_or_default()
    }
}

/// All figures.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By name, in the order of the definition.
    pub figures: Vec<(String, F1)>,
    /// By document.
    pub documents: Vec<DocumentScore>,
    /// Counts of mentions by layer and type (in total: an empty one), in the order of [`super::Mode::ALL`].
    pub muc: Vec<(Layer, String, [Muc; 4])>,
    /// How often each rule was right, by layer.
    pub rules: Vec<(Layer, &'static str, RuleScore)>,
    /// What was missed or wrong, by document, layer and place.
    pub errors: Vec<Error>,
    /// The severe ones among them, in the same order.
    pub severe: Vec<Severe>,
}

impl Report {
    /// The figure of a name, or of the short one of [`SHORT`].
    pub fn figure(&self, name: &str) -> Option<F1> {
        let name = full_name(name);
        self.figures.iter().find(|(n, _)| n == name).map(|(_, f)| *f)
    }

    /// What was missed or wrong of one layer.
    pub fn errors_of(&self, layer: Layer) -> impl Iterator<Item = &Error> {
        self.errors.iter().filter(move |e| e.layer == layer)
    }

    /// The severe errors of quantities, or, with `false`, the facts of another named subject.
    pub fn severe_of(&self, values: bool) -> impl Iterator<Item = &Severe> {
        self.severe.iter().filter(move |s| s.severity.of_value() == values)
    }

    pub(super) fn of(documents: Vec<(&Gold, Sheet)>) -> Self {
        let mut all = Sheet::default();
        for (_, sheet) in &documents {
            all.join(sheet);
        }
        let about = |name: &str| all.figures.iter().find(|((_, n), _)| n == name).map(|(_, f)| *f).unwrap_or_default();
        let (names, facts) = (about(entities::FULL).gold > 0, about(facts::NUMBER) != F1::default());
        let shown = |(rank, _): &FigureKey| match rank {
            20..30 => names,
            30.. => facts,
            _ => true,
        };
        let figures = |sheet: &Sheet| -> Vec<(String, F1)> {
            sheet.figures.iter().filter(|(k, _)| shown(k)).map(|((_, name), f)| (name.clone(), *f)).collect()
        };
        let of_document = |(gold, sheet): &(&Gold, Sheet)| DocumentScore {
            doc: gold.id.clone(),
            file: gold.file.clone(),
            figures: figures(sheet),
            severe: sheet.severe.iter().filter(|s| s.severity.of_value()).count(),
            errors: sheet.errors.len(),
        };
        Self {
            figures: figures(&all),
            documents: documents.iter().map(of_document).collect(),
            muc: all.muc.into_iter().map(|((layer, kind), counts)| (layer, kind, counts)).collect(),
            rules: all.rules.into_iter().map(|((layer, rule), score)| (layer, rule, score)).collect(),
            errors: all.errors,
            severe: all.severe,
        }
    }
}

/// Short names of figures, beside which the full ones hold too.
pub const SHORT: [(&str, &str); 13] = [
    ("quantities", "quantity full"),
    ("values", "quantity slot value"),
    ("units", "quantity slot unit"),
    ("hedges", "quantity slot hedge"),
    ("money", "money+percent exact"),
    ("times", "time strict+type+value"),
    ("entities", "entity span+type"),
    ("names", "entity span+type"),
    ("coref", "entity coref B3"),
    ("facts", "fact number+metric"),
    ("subjects", "fact number+metric+subject"),
    ("periods", "fact slot period"),
    ("slots", "fact slots"),
];

/// The full name of a figure.
pub fn full_name(name: &str) -> &str {
    SHORT.iter().find(|(short, _)| *short == name).map_or(name, |(_, full)| full)
}

/// Scores what the extractor finds in the gold's texts.
pub fn score(gold: &[Gold], extractor: &Extractor) -> Report {
    score_given(gold, extractor, &[])
}

/// The same where gold's own mentions of some layers take the place of what was found before facts are looked for: so it
/// tells what facts lose by themselves. Only texts whose facts are annotated are given them.
pub fn score_given(gold: &[Gold], extractor: &Extractor, given: &[Layer]) -> Report {
    let mut worker = extractor.worker();
    let sheets = gold.iter().map(|gold| {
        let mut analysis = worker.analyse_dated(&gold.text, gold.published.as_deref());
        if !given.is_empty() {
            let (tokens, _, sentences) = worker.last();
            Oracle::new(gold, extractor.lexicon(), tokens, sentences).replace(given, &mut analysis);
            worker.link(&gold.text, &mut analysis);
        }
        let doc = Doc::new(gold, &analysis, extractor.lexicon());
        let mut sheet = Sheet::default();
        quantities::add(&doc, &mut sheet);
        times::add(&doc, &mut sheet);
        entities::add(&doc, &mut sheet);
        facts::add(&doc, &mut sheet);
        (gold, sheet)
    });
    Report::of(sheets.collect())
}
