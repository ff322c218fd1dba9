//! What changed between two records, and how suspicious that is.

use super::record::Record;
use crate::model::Decimal;
use serde::Serialize;
use std::cmp::Ordering;

/// A kind of change. The order is that of suspicion: what stands first is most often an error.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// A number is another one by a power of ten.
    Power,
    /// A number has the other sign, or a direction is turned round.
    Sign,
    /// Another unit or currency, or none.
    Unit,
    /// The new run lacks the document.
    DocumentGone,
    /// The new run lacks the fact.
    FactGone,
    /// The document has another text, so that its records were not compared.
    Text,
    /// Another number, or another time.
    Value,
    /// The new run lacks the mention.
    Gone,
    /// Another field; which one.
    Field(String),
    /// The same at another span.
    Span,
    /// The old run lacks it.
    New,
    /// The old run lacks the document.
    DocumentNew,
}

impl What {
    /// In words.
    pub fn name(&self) -> String {
        match self {
            Self::Power => "power of ten",
            Self::Sign => "sign",
            Self::Unit => "unit",
            Self::DocumentGone => "document gone",
            Self::FactGone => "fact gone",
            Self::Text => "other text",
            Self::Value => "value",
            Self::Gone => "gone",
            Self::Field(name) => return name.replace('_', " "),
            Self::Span => "span",
            Self::New => "new",
            Self::DocumentNew => "document new",
        }
        .to_owned()
    }

    /// Its place in the order of suspicion, where all fields are of one rank.
    pub(super) fn rank(&self) -> Self {
        match self {
            Self::Field(_) => Self::Field(String::new()),
            other => other.clone(),
        }
    }

    /// Whether it is of the kind that no change of words should bring about by accident.
    pub fn is_severe(&self) -> bool {
        *self <= Self::FactGone
    }
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name, as the columns of the tables have it.
    pub name: String,
    /// What the old run has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What the new run has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

/// Numbers that a change of power or sign is looked for in.
const NUMBERS: [&str; 11] = [
    "value",
    "low",
    "high",
    "value_low",
    "value_high",
    "change_by",
    "change_by_low",
    "change_by_high",
    "change_from",
    "change_from_low",
    "change_from_high",
];

/// Of several fields that differ, the first of these names the change.
const FIELDS: [&str; 17] = [
    "unit",
    "value_unit",
    "change_by_unit",
    "change_from_unit",
    "type",
    "subject",
    "metric",
    "status",
    "change_direction",
    "period",
    "change",
    "name",
    "link",
    "noun",
    "per",
    "approx",
    "value_approx",
];

/// Names that follow from others, or that count within a run: whatever else changes, they change with it.
fn follows(name: &str) -> bool {
    let ends = ["_quantity", "_entity", "_coref", "_time", "_key", "_lower", "_upper"];
    matches!(name, "coref" | "of" | "entity" | "time" | "ids" | "fact_key" | "repeat_of" | "schema_version")
        || ends.iter().any(|end| name.ends_with(end))
        || matches!(name, "lower" | "upper")
}

/// The fields in which two records differ. Bounds are named where nothing else tells why they differ.
pub(super) fn differing(old: &Record, new: &Record) -> Vec<Field> {
    let (mut fields, mut bounds) = (Vec::new(), Vec::new());
    let (mut a, mut b) = (old.fields.iter().peekable(), new.fields.iter().peekable());
    loop {
        let order = match (a.peek(), b.peek()) {
            (Some(x), Some(y)) => x.0.cmp(&y.0),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => break,
        };
        let x = if order.is_le() { a.next() } else { None };
        let y = if order.is_ge() { b.next() } else { None };
        let Some((name, _)) = x.or(y) else { break };
        let value = |field: Option<&(String, String)>| field.map(|(_, v)| v.clone());
        let (x, y) = (value(x), value(y));
        if x != y {
            let field = Field { name: name.clone(), old: x, new: y };
            if name.ends_with("lower") || name.ends_with("upper") {
                bounds.push(field);
            } else if !follows(name) {
                fields.push(field);
            }
        }
    }
    if fields.is_empty() { bounds } else { fields }
}

/// What the most suspicious of these differences is. None where there is no difference.
pub(super) fn worst(kind: &str, fields: &[Field]) -> Option<What> {
    let weight = |what: &What| match what {
        What::Field(name) => FIELDS.iter().position(|f| f == name).unwrap_or(FIELDS.len()),
        _ => 0,
    };
    fields.iter().map(|f| of_field(kind, f)).min_by_key(|what| (what.rank(), weight(what)))
}

fn of_field(kind: &str, f: &Field) -> What {
    let name = f.name.as_str();
    if kind == "document" {
        return if name == "text_sha256" { What::Text } else { What::Field(f.name.clone()) };
    }
    if NUMBERS.contains(&name) && kind != "time" {
        let number = |text: &Option<String>| text.as_deref().and_then(Decimal::parse);
        return match (number(&f.old), number(&f.new)) {
            (Some(a), Some(b)) => of_numbers(a, b),
            _ => What::Value,
        };
    }
    match name {
        // One where none was is what a new word is for.
        "unit" | "value_unit" | "change_by_unit" | "change_from_unit" if f.old.is_some() => What::Unit,
        "change_direction" => match (f.old.as_deref(), f.new.as_deref()) {
            (Some("up"), Some("down")) | (Some("down"), Some("up")) => What::Sign,
            _ => What::Field(f.name.clone()),
        },
        "value_ratio" | "change_by_ratio" | "change_from_ratio" => What::Value,
        "value" | "from" | "until" | "mod" => What::Value,
        _ => What::Field(slot(name).to_owned()),
    }
}

/// `subject` of `subject_name`: a slot changes as a whole.
fn slot(name: &str) -> &str {
    let slots = ["subject", "metric", "period", "source", "change", "scope"];
    let slot = name.split('_').next().unwrap_or(name);
    if slots.contains(&slot) { slot } else { name }
}

fn of_numbers(a: Decimal, b: Decimal) -> What {
    let ((x, p), (y, q)) = (a.parts(), b.parts());
    if x == 0 || y == 0 {
        What::Value
    } else if x.unsigned_abs() == y.unsigned_abs() && p != q {
        What::Power
    } else if p == q && x == -y {
        What::Sign
    } else {
        What::Value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(fields: &[(&str, &str)]) -> Record {
        let mut fields: Vec<_> = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        fields.sort();
        Record { fields, ..Record::default() }
    }

    fn what(kind: &str, old: &[(&str, &str)], new: &[(&str, &str)]) -> Option<What> {
        worst(kind, &differing(&record(old), &record(new)))
    }

    #[test]
    fn numbers_by_power_sign_and_value() {
        let of = |a, b| what("quantity", &[("value", a)], &[("value", b)]);
        assert_eq!(of("58700000000", "58.7"), Some(What::Power));
        assert_eq!(of("0.005", "-5"), Some(What::Power));
        assert_eq!(of("-3.5", "3.5"), Some(What::Sign));
        assert_eq!(of("100000000000000000000000000001", "100000000000000000000000000002"), Some(What::Value));
        assert_eq!(of("0", "10"), Some(What::Value));
        assert_eq!(of("5", "5"), None);
        assert_eq!(what("quantity", &[("value", "5")], &[("low", "5"), ("high", "50")]), Some(What::Value));
        assert_eq!(
            what("quantity", &[("low", "5"), ("high", "9")], &[("low", "5"), ("high", "90")]),
            Some(What::Power)
        );
        // A year is no number.
        assert_eq!(what("time", &[("value", "200")], &[("value", "2000")]), Some(What::Value));
    }

    #[test]
    fn the_worst_of_several() {
        let old = [("value", "5"), ("unit", "EUR"), ("approx", "about"), ("upper", "5")];
        let new = [("value", "5"), ("unit", "USD"), ("approx", "above")];
        assert_eq!(what("quantity", &old, &new), Some(What::Unit));
        assert_eq!(what("quantity", &[("unit", "EUR")], &[]), Some(What::Unit));
        let gained = what("quantity", &[("noun", "Klafter")], &[("unit", "{Klafter}"), ("type", "measure")]);
        assert_eq!(gained, Some(What::Field("unit".into())));
        assert_eq!(
            what("fact", &[("change_direction", "up"), ("subject_name", "A")], &[("change_direction", "down")]),
            Some(What::Sign)
        );
        assert_eq!(
            what("fact", &[("subject_name", "A")], &[("subject_name", "B")]),
            Some(What::Field("subject".into()))
        );
        assert_eq!(what("fact", &[("fact_key", "1"), ("subject_coref", "2")], &[("fact_key", "3")]), None);
        assert_eq!(what("quantity", &[("upper", "5")], &[]), Some(What::Field("upper".into())));
    }

    #[test]
    fn suspicion_is_the_order() {
        let severe = [What::Power, What::Sign, What::Unit, What::DocumentGone, What::FactGone];
        assert!(severe.iter().all(What::is_severe));
        assert!(severe.is_sorted());
        let rest = [What::Text, What::Value, What::Gone, What::Field("noun".into()), What::Span, What::New];
        assert!(rest.is_sorted() && !rest.iter().any(What::is_severe));
    }
}
