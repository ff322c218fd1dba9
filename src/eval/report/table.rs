//! The report as tables, whatever they are drawn with.

use super::{By, View};
use crate::eval::muc::Mode;
use crate::eval::sheet::Severity;

/// Rows of cells below a head. A column whose name begins with `#` holds numbers, and stands to the right.
pub(super) struct Table {
    pub(super) title: &'static str,
    head: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    fn new(title: &'static str, head: &[&'static str]) -> Self {
        Self { title, head: head.to_vec(), rows: Vec::new() }
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The names of the columns, and whether they hold numbers.
    pub(super) fn columns(&self) -> impl Iterator<Item = (&'static str, bool)> {
        self.head.iter().map(|name| name.strip_prefix('#').map_or((*name, false), |name| (name, true)))
    }
}

/// All tables that were asked for; those without rows are left out.
pub(super) fn tables(view: &View<'_>) -> Vec<Table> {
    let mut all = vec![figures(view), mentions(view), severe(view), severe_list(view)];
    if view.by.contains(&By::Document) {
        all.push(documents(view));
    }
    if view.by.contains(&By::Rule) {
        all.push(rules(view));
    }
    all.retain(|t| !t.rows.is_empty());
    all
}

fn figures(view: &View<'_>) -> Table {
    let mut head = vec!["figure", "#P", "#R", "#F1", "#gold"];
    if view.confidence.is_some() {
        head.extend(["#95 % from", "#to"]);
    }
    let mut table = Table::new("Figures", &head);
    for (n, (name, f)) in view.report.figures.iter().enumerate() {
        let [p, r, f1] = [f.precision(), f.recall(), f.f1()].map(|p| p.to_string());
        let interval = view.confidence.and_then(|c| c.get(n)).map(|(low, high)| [low.to_string(), high.to_string()]);
        table.row([name.clone(), p, r, f1, f.mentions().to_string()].into_iter().chain(interval.into_iter().flatten()));
    }
    table
}

fn mentions(view: &View<'_>) -> Table {
    let by_type = view.by.contains(&By::Type);
    let head = [
        "mentions",
        "type",
        "mode",
        "#correct",
        "#incorrect",
        "#partial",
        "#missing",
        "#spurious",
        "#possible",
        "#actual",
        "#P",
        "#R",
        "#F1",
    ];
    let mut table = Table::new("Mentions as in MUC", &head);
    for (layer, kind, counts) in view.report.muc.iter().filter(|(_, kind, _)| by_type || kind.is_empty()) {
        for (mode, m) in Mode::ALL.iter().zip(counts) {
            let kind = if kind.is_empty() { "all" } else { kind };
            let counts = [m.correct, m.incorrect, m.partial, m.missing, m.spurious, m.possible(), m.actual()]
                .map(|n| n.to_string());
            let shares = [m.precision(), m.recall(), m.f1()].map(|p| p.to_string());
            let names = [layer.name(), kind, mode.name()].map(str::to_owned);
            table.row(names.into_iter().chain(counts).chain(shares));
        }
    }
    table
}

fn severe(view: &View<'_>) -> Table {
    let mut table = Table::new("Severe errors", &["severe errors", "#number"]);
    let of_value = view.report.severe_of(true).count();
    table.row(["values, all".to_owned(), of_value.to_string()]);
    for severity in Severity::ALL {
        let name = if severity.of_value() { severity.name() } else { "facts of another named subject" };
        let n = view.report.severe.iter().filter(|s| s.severity == severity).count();
        // Nobody asked for facts where none are annotated.
        if severity.of_value() || view.report.figure("facts").is_some() {
            table.row([name.to_owned(), n.to_string()]);
        }
    }
    table
}

/// Each severe error of a value; which facts have another subject, the list of errors of facts shows.
fn severe_list(view: &View<'_>) -> Table {
    let mut table = Table::new("The severe errors", &["document", "#line", "kind", "text", "found", "gold"]);
    for s in view.report.severe_of(true) {
        let e = &s.error;
        let cells = [&e.doc, &e.line.to_string(), s.severity.name(), &e.context, &e.fields, &s.gold];
        table.row(cells.map(str::to_owned));
    }
    table
}

fn documents(view: &View<'_>) -> Table {
    let head = ["document", "#quantities", "#money", "#times", "#entities", "#facts", "#errors", "#severe"];
    let mut table = Table::new("By document, F1", &head);
    for d in &view.report.documents {
        let f1 = |name: &&str| {
            let f = d.figure(crate::eval::full_name(name));
            if f.found + f.gold == 0 { "–".to_owned() } else { f.f1().to_string() }
        };
        let figures: Vec<String> = ["quantities", "money", "times", "entities", "facts"].iter().map(f1).collect();
        let counts = [d.errors.to_string(), d.severe.to_string()];
        table.row(std::iter::once(d.doc.clone()).chain(figures).chain(counts));
    }
    table
}

fn rules(view: &View<'_>) -> Table {
    let mut table = Table::new("By rule", &["of", "rule", "#right", "#wrong", "#P"]);
    for (layer, rule, score) in &view.report.rules {
        let precision = crate::eval::Points::of(score.right as u128, (score.right + score.wrong) as u128);
        let (right, wrong) = (score.right.to_string(), score.wrong.to_string());
        table.row([layer.name().to_owned(), (*rule).to_owned(), right, wrong, precision.to_string()]);
    }
    table
}
