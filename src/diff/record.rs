//! A record of either run as a list of named values, the same whether it was a line of JSON or a row of a table.

use crate::error::{Error, ErrorKind, Result};
use serde_json::Value;

/// A record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) kind: String,
    pub(super) id: String,
    /// Where it stands; of a fact, its sentence.
    pub(super) start: u64,
    pub(super) end: u64,
    /// What it is matched by: where it stands, of a fact the span of its number.
    pub(super) place: (u64, u64),
    pub(super) text: String,
    /// Empty where the run did not say.
    pub(super) rule: String,
    /// What it says, sorted by name; nested objects as in the tables (`subject_name`).
    pub(super) fields: Vec<(String, String)>,
}

impl Record {
    /// Reads a line.
    pub(super) fn parse(line: &[u8]) -> Result<Self> {
        let value: Value =
            serde_json::from_slice(line).map_err(|e| Error::new(format!("no JSON: {e}")).of(ErrorKind::Malformed))?;
        let Value::Object(object) = value else {
            return Err(Error::new("a record is a JSON object").of(ErrorKind::Malformed));
        };
        let mut record = Self::default();
        for (key, value) in object {
            match (key.as_str(), value) {
                ("kind", Value::String(s)) => record.kind = s,
                ("id", Value::String(s)) => record.id = s,
                ("text" | "evidence", Value::String(s)) => record.text = s,
                ("rule", Value::String(s)) => record.rule = s,
                ("start", n) => record.start = n.as_u64().unwrap_or(0),
                ("end", n) => record.end = n.as_u64().unwrap_or(0),
                ("doc" | "sentence", _) => {}
                (_, value) => flatten(key, value, &mut record.fields),
            }
        }
        record.place = (record.start, record.end);
        record.fields.sort();
        Ok(record)
    }

    /// What it says under this name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let at = self.fields.binary_search_by(|(n, _)| n.as_str().cmp(name)).ok()?;
        Some(&self.fields[at].1)
    }

    /// What it says in short: `money 58700000000 USD just_below`.
    pub(super) fn shown(&self) -> String {
        let parts: &[&str] = match self.kind.as_str() {
            "quantity" => &["type", "value", "low", "high", "value_ratio", "unit", "per", "approx", "noun"],
            "time" => &["type", "value", "mod"],
            "entity" => &["type", "name", "subtype", "link"],
            "fact" => &[
                "subject_name",
                "metric_lemma",
                "period_value",
                "value",
                "value_low",
                "value_high",
                "value_ratio",
                "value_unit",
                "change_direction",
                "change_by",
                "change_by_unit",
                "status",
            ],
            "refused" => &["reason"],
            _ => &[],
        };
        let said = |name: &&str| match (*name, self.get(name)?) {
            ("high" | "value_high", high) => Some(format!("to {high}")),
            ("low" | "value_low", low) => Some(format!("from {low}")),
            (_, other) => Some(other.to_owned()),
        };
        let said: Vec<String> = parts.iter().filter_map(said).collect();
        said.join(if self.kind == "fact" { " · " } else { " " })
    }
}

/// `{"subject": {"name": …}}` becomes `subject_name`, as the columns of the tables are called.
fn flatten(name: String, value: Value, out: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::String(s) => out.push((named(name), s)),
        Value::Object(object) => {
            for (key, value) in object {
                let number = matches!(name.as_str(), "value" | "change_by" | "change_from");
                let name = if number && key == "value" { name.clone() } else { format!("{name}_{key}") };
                flatten(name, value, out);
            }
        }
        // Numbers keep the digits that they are written with.
        other => out.push((named(name), other.to_string())),
    }
}

/// The one name that differs between records and tables.
fn named(name: String) -> String {
    if name == "ratio" { "value_ratio".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_values_are_named_as_the_columns_are() {
        let line = r#"{"kind":"fact","doc":"a","id":"f3","start":0,"end":9,"text":"x","subject":{"name":"X"},
            "value":{"quantity":"q3","value":59900000000.000000001,"unit":"EUR"},"change":{"by":{"value":24}}}"#;
        let record = Record::parse(line.as_bytes()).unwrap();
        let names: Vec<_> = record.fields.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(
            names,
            ["change_by=24", "subject_name=X", "value=59900000000.000000001", "value_quantity=q3", "value_unit=EUR"]
        );
        assert_eq!(record.get("value_unit"), Some("EUR"));
        assert!(Record::parse(b"[1]").is_err());
        assert!(Record::parse(b"{").is_err());
    }
}
