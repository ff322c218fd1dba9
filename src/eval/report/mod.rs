//! The report in the forms that people and machines read.

mod github;
mod html;
mod json;
mod junit;
mod plain;
mod table;

use crate::eval::{Difference, Gate, Layer, Points, Report};

/// A form.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Form {
    /// Aligned columns.
    Text,
    /// Tables for a pull request.
    Markdown,
    /// Everything, for programs; what [`Baseline`](crate::eval::Baseline) reads.
    Json,
    /// A case a document, and one a gate.
    Junit,
    /// Annotations of lines.
    Github,
    /// One page without anything else.
    Html,
}

/// How the counts are broken down.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum By {
    /// By type of mention.
    Type,
    /// By document.
    Document,
    /// By the rule that made it.
    Rule,
}

/// A report with what is to be shown of it.
#[derive(Debug)]
pub struct View<'a> {
    /// The counts.
    pub report: &'a Report,
    /// The layers whose misses and false alarms are listed.
    pub errors: &'a [Layer],
    /// How the counts are broken down.
    pub by: &'a [By],
    /// The intervals of the figures, in their order.
    pub confidence: Option<&'a [(Points, Points)]>,
    /// What was asked.
    pub gates: &'a [Gate],
}

impl View<'_> {
    /// The report in a form; it ends with a line end, unless it is empty.
    pub fn write(&self, form: Form) -> String {
        match form {
            Form::Text => plain::text(self),
            Form::Markdown => plain::markdown(self),
            Form::Json => json::json(self),
            Form::Junit => junit::junit(self),
            Form::Github => github::github(self),
            Form::Html => html::html(self),
        }
    }

    fn failed(&self) -> impl Iterator<Item = &Gate> {
        self.gates.iter().filter(|g| !g.failures.is_empty())
    }

    /// The errors that are to be listed, layer by layer.
    fn listed(&self) -> impl Iterator<Item = &Difference> {
        self.errors.iter().flat_map(|layer| self.report.errors_of(*layer))
    }
}
