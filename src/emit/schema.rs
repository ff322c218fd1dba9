//! The JSON Schema of the records.

use crate::model::{
    Approx, Basis, Contradiction, Direction, EntityType, Modifier, PubStatus, QuantityType, Reason, ScopeRole, Status,
    TimeType,
};
use serde_json::{Value, json};

/// MAJOR.MINOR: something new raises MINOR, a removal or a changed meaning MAJOR.
pub const SCHEMA_VERSION: &str = "1.0";

/// The JSON Schema (2020-12) of one record.
pub fn schema() -> Value {
    let names = |list: Vec<&'static str>| Value::from(list);
    let number = json!({"description": "exact, all digits, no exponent; a string with --numbers string",
        "anyOf": [{"type": "number"}, {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"}]});
    let with = |mut all: Value, more: Value| {
        if let (Value::Object(all), Value::Object(more)) = (&mut all, more) {
            all.extend(more);
        }
        all
    };
    let mention = |kind: &str, letter: &str, more: Value, required: &[&str]| {
        let properties = json!({
            "kind": {"const": kind},
            "doc": {"type": "string", "description": "id of the document"},
            "id": {"type": "string", "pattern": format!("^{letter}[0-9]+$"), "description": "the kind's letter and the start in code points"},
            "sentence": {"type": "integer", "minimum": 0},
            "start": {"type": "integer", "minimum": 0, "description": "first code point (or byte, or UTF-16 unit: --offsets)"},
            "end": {"type": "integer", "minimum": 1, "description": "one past the last"},
            "text": {"type": "string", "minLength": 1, "description": "the covered stretch, character for character"},
            "rule": {"type": "string", "description": "the rule that made it, with --explain"}
        });
        let properties = with(properties, more);
        let mut needed = vec!["kind", "doc", "id", "sentence", "start", "end", "text"];
        needed.extend_from_slice(required);
        json!({"type": "object", "properties": properties, "required": needed, "additionalProperties": false})
    };
    let measure = json!({
        "type": {"enum": names(QuantityType::ALL.iter().map(|t| t.name()).collect())},
        "value": number, "low": number, "high": number,
        "ratio": {"type": "string", "pattern": "^-?[0-9]+[/:][0-9]+$", "description": "what is no decimal: 1/3, 2:1"},
        "unit": {"type": "string", "description": "ISO 4217, UCUM, %, pp, bp"},
        "approx": {"enum": names(Approx::ALL.iter().map(|a| a.name()).collect())},
        "per": {"type": "string", "description": "what a rate is taken over"},
        "lower": number, "upper": number
    });
    let quantity = mention(
        "quantity",
        "q",
        with(
            measure.clone(),
            json!({
                "hedge": {"type": "string", "description": "the words of the hedge"},
                "noun": {"type": "string", "description": "what is counted"},
                "assumed": {"enum": ["usd"], "description": "what the text did not say"}
            }),
        ),
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
    let object = |properties: Value, required: &[&str]| json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false});
    let basis = json!({"enum": names(Basis::ALL.iter().map(|b| b.name()).collect()), "description": "where it was found; the earlier, the surer"});
    let party = |what: &str| {
        let party = object(
            json!({
                "entity": {"type": "string", "pattern": "^e[0-9]+$", "description": "id of its mention"},
                "coref": {"type": "integer", "minimum": 1, "description": "as of its mention"},
                "name": {"type": "string", "minLength": 1, "description": "citation form, or the noun where no name is given"},
                "type": {"enum": names(EntityType::ALL.iter().map(|t| t.name()).collect())},
                "link": {"type": "string", "description": "its identifier in a lexicon"},
                "key": {"type": "string", "minLength": 1, "description": "the name folded, an organization's without its legal form: joins across documents"},
                "basis": basis
            }),
            &["name", "basis"],
        );
        let of_name = json!(["entity", "coref", "type", "key"]);
        with(
            party,
            json!({"description": what, "dependentRequired": {"entity": of_name, "coref": of_name, "type": of_name, "link": of_name, "key": of_name}}),
        )
    };
    let measured = |what: &str| {
        let id = json!({"quantity": {"type": "string", "pattern": "^q[0-9]+$", "description": "id of its mention"}});
        with(object(with(measure.clone(), id), &["type"]), json!({"description": what}))
    };
    let fact = mention(
        "fact",
        "f",
        json!({
            "id": {"type": "string", "pattern": "^f[0-9]+(\\.[0-9]+)?(\\.d[0-9]+)?$", "description": "f and the start of its number in code points; .2, .3 for further ones on the same number; .d1 behind that of the fact that it was derived from"},
            "text": {"type": "string", "minLength": 1, "description": "the sentence"},
            "subject": party("whose metric it is"),
            "metric": object(
                json!({
                    "text": {"type": "string", "minLength": 1, "description": "the words that name it"},
                    "lemma": {"type": "string", "minLength": 1, "description": "nominative, singular; plural for what is counted"},
                    "concept": {"type": "string", "minLength": 1, "description": "its identifier in the list of metrics"},
                    "qualifiers": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1},
                        "description": "how the number was reckoned: währungsbereinigt, vor Steuern"}
                }),
                &["lemma"],
            ),
            "scope": {"type": "array", "minItems": 1, "description": "what the number is restricted to beside the subject", "items": object(
                json!({
                    "role": {"enum": names(ScopeRole::ALL.iter().map(|r| r.name()).collect())},
                    "text": {"type": "string", "minLength": 1},
                    "entity": {"type": "string", "pattern": "^e[0-9]+$", "description": "id of its mention"}
                }),
                &["role", "text"],
            )},
            "value": measured("how much"),
            "period": object(
                json!({
                    "time": {"type": "string", "pattern": "^t[0-9]+$", "description": "id of its mention; none where it was computed"},
                    "value": {"type": "string", "minLength": 2, "description": "as in TIMEX3"},
                    "from": moment, "until": moment, "basis": basis
                }),
                &["value", "basis"],
            ),
            "change": with(
                object(
                    json!({
                        "direction": {"enum": names(Direction::ALL.iter().map(|d| d.name()).collect())},
                        "by": measured("a magnitude: the direction carries the sign"),
                        "from": measured("the earlier value"),
                        "versus": {"type": "string", "minLength": 2, "description": "the period compared with, as in TIMEX3"}
                    }),
                    &[],
                ),
                json!({"minProperties": 1}),
            ),
            "status": {"enum": names(Status::ALL.iter().map(|s| s.name()).collect())},
            "source": party("who says so"),
            "repeat_of": {"type": "string", "pattern": "^f[0-9]+(\\.[0-9]+)?(\\.d[0-9]+)?$", "description": "id of the first fact of the document with this fact_key"},
            "fact_key": {"type": "string", "pattern": "^[0-9a-f]{16}$", "description": "the same for the same statement in another document"},
            "derived": {"const": true, "description": "arithmetic gives its number, with --derive: low and high lie as far apart as printed digits and hedges leave it open, approx says which of them is no bound"}
        }),
        &["metric", "status", "fact_key"],
    );
    // A number of the text is a mention, one that was computed is none.
    let named = |required: Value| {
        let change = json!({"properties": {"by": required, "from": required}});
        json!({"properties": {"value": required, "change": change}})
    };
    let fact = with(
        fact,
        json!({
            "if": {"required": ["derived"]},
            "then": named(json!({"not": {"required": ["quantity"]}})),
            "else": named(json!({"required": ["quantity"]}))
        }),
    );
    let conflict = mention(
        "conflict",
        "c",
        json!({
            "ids": {"type": "array", "items": {"type": "string"}, "minItems": 1, "description": "the records that cannot all hold: a time; a fact and its numbers; two facts"},
            "expected": {"type": "string", "minLength": 1, "description": "what would agree: a value of TIMEX3, or a number (LOW..HIGH) with its unit"},
            "with": {"enum": names(Contradiction::ALL.iter().map(|c| c.name()).collect()), "description": "what is contradicted: the weekday, the day of publication, the numbers of a fact among each other, an earlier fact"}
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
            "status": {"enum": names(PubStatus::ALL.iter().map(|p| p.name()).collect()), "description": "as its publisher says"},
            "text_sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "of the text, as UTF-8"},
            "chars": {"type": "integer", "minimum": 0},
            "sentences": {"type": "integer", "minimum": 0},
            "schema_version": {"const": SCHEMA_VERSION},
            "carried": {"type": "object", "description": "fields carried through on request"}
        },
        "required": ["kind", "doc", "text_sha256", "chars", "sentences", "schema_version"],
        "additionalProperties": false
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "kennzahl record",
        "description": "One JSON object a line: a document, then its mentions by start, then its facts.",
        "oneOf": [document, quantity, time, entity, fact, refused, conflict]
    })
}
