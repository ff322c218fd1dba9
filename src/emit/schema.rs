//! The JSON Schema of the records.

use crate::model::{Approx, Contradiction, EntityType, Modifier, QuantityType, Reason, TimeType};
use serde_json::{Value, json};

/// MAJOR.MINOR: something new raises MINOR, a removal or a changed meaning MAJOR.
pub const SCHEMA_VERSION: &str = "1.0";

/// The JSON Schema (2020-12) of one record.
pub fn schema() -> Value {
    let names = |list: Vec<&'static str>| Value::from(list);
    let number = json!({"description": "exact, all digits, no exponent; a string with --numbers string",
        "anyOf": [{"type": "number"}, {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"}]});
    let mention = |kind: &str, letter: &str, more: Value, required: &[&str]| {
        let mut properties = json!({
            "kind": {"const": kind},
            "doc": {"type": "string", "description": "id of the document"},
            "id": {"type": "string", "pattern": format!("^{letter}[0-9]+$"), "description": "the kind's letter and the start in code points"},
            "sentence": {"type": "integer", "minimum": 0},
            "start": {"type": "integer", "minimum": 0, "description": "first code point (or byte, or UTF-16 unit: --offsets)"},
            "end": {"type": "integer", "minimum": 1, "description": "one past the last"},
            "text": {"type": "string", "minLength": 1, "description": "the covered stretch, character for character"},
            "rule": {"type": "string", "description": "the rule that made it, with --explain"}
        });
        if let (Value::Object(all), Value::Object(more)) = (&mut properties, more) {
            all.extend(more);
        }
        let mut needed = vec!["kind", "doc", "id", "sentence", "start", "end", "text"];
        needed.extend_from_slice(required);
        json!({"type": "object", "properties": properties, "required": needed, "additionalProperties": false})
    };
    let quantity = mention(
        "quantity",
        "q",
        json!({
            "type": {"enum": names(QuantityType::ALL.iter().map(|t| t.name()).collect())},
            "value": number, "low": number, "high": number,
            "ratio": {"type": "string", "pattern": "^-?[0-9]+[/:][0-9]+$", "description": "what is no decimal: 1/3, 2:1"},
            "unit": {"type": "string", "description": "ISO 4217, UCUM, %, pp, bp"},
            "approx": {"enum": names(Approx::ALL.iter().map(|a| a.name()).collect())},
            "hedge": {"type": "string", "description": "the words of the hedge"},
            "per": {"type": "string", "description": "what a rate is taken over"},
            "noun": {"type": "string", "description": "what is counted"},
            "lower": number, "upper": number,
            "assumed": {"enum": ["usd"], "description": "what the text did not say"}
        }),
        &["type"],
    );
    let entity = mention(
        "entity",
        "e",
        json!({
            "type": {"enum": names(EntityType::ALL.iter().map(|t| t.name()).collect())},
            "name": {"type": "string", "minLength": 1, "description": "citation form: the fullest in the document, nominative"},
            "coref": {"type": "integer", "minimum": 1, "description": "the thing that is meant: mentions of one thing share it"},
            "subtype": {"type": "string", "description": "what a lexicon says it is: company, party, city"},
            "link": {"type": "string", "description": "its identifier in a lexicon: geonames:2950159, isin:US30303M1027"},
            "role": {"type": "string", "description": "what the person is: Chef"},
            "of": {"type": "string", "pattern": "^e[0-9]+$", "description": "id of the mention that the role is of"}
        }),
        &["type", "name", "coref"],
    );
    let moment = json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$"});
    let time = mention(
        "time",
        "t",
        json!({
            "type": {"enum": names(TimeType::ALL.iter().map(|t| t.name()).collect())},
            "value": {"type": "string", "minLength": 2, "description": "as in TIMEX3: 2025-Q4, P3Y, PRESENT_REF, XXXX-WXX-1"},
            "mod": {"enum": names(Modifier::ALL.iter().map(|m| m.name()).collect())},
            "from": moment, "until": moment
        }),
        &["type", "value"],
    );
    let conflict = mention(
        "conflict",
        "c",
        json!({
            "ids": {"type": "array", "items": {"type": "string"}, "minItems": 1, "description": "the records that cannot hold"},
            "expected": {"type": "string", "description": "what would agree"},
            "with": {"enum": names(Contradiction::ALL.iter().map(|c| c.name()).collect()), "description": "what is contradicted"}
        }),
        &["ids", "expected", "with"],
    );
    let refused = mention(
        "refused",
        "r",
        json!({"reason": {"enum": names(Reason::ALL.iter().map(|r| r.name()).collect())}}),
        &["reason"],
    );
    let document = json!({
        "type": "object",
        "properties": {
            "kind": {"const": "document"},
            "doc": {"type": "string"},
            "published": {"type": "string", "description": "civil time"},
            "title": {"type": "string"}, "source": {"type": "string"}, "lang": {"type": "string"},
            "encoding": {"type": "string", "description": "what the text was converted from"},
            "version": {"type": "string"},
            "published_from": {"enum": ["given", "option", "head"]},
            "chars": {"type": "integer", "minimum": 0},
            "sentences": {"type": "integer", "minimum": 0},
            "schema_version": {"const": SCHEMA_VERSION}
        },
        "required": ["kind", "doc", "chars", "sentences", "schema_version"],
        "additionalProperties": false
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "kennzahl record",
        "description": "One JSON object a line: a document, then its mentions by start.",
        "oneOf": [document, quantity, time, entity, refused, conflict]
    })
}
