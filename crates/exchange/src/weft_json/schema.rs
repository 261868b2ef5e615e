//! The JSON Schema (draft 2020-12) of Weft JSON, made from the model's schema:
//! docs/formats/weft-plan.schema.json is this function's answer.

use serde_json::{Map, Value, json};
use weft_model::{Kind, Shape};

use super::{FORMAT, VERSION, voices};

/// The schema, as text that ends with a line break.
pub fn schema() -> String {
    let mut properties = Map::new();
    properties.insert("$schema".into(), json!({ "type": "string" }));
    properties.insert("format".into(), json!({ "const": FORMAT }));
    properties.insert("version".into(), json!({ "const": VERSION }));
    let mut defs = Map::new();
    properties.insert("made_for".into(), json!({ "$ref": "#/$defs/uid" }));
    defs.insert(
        "uid".into(),
        json!({ "type": "string", "pattern": "^[0-9a-f][0-9a-hjkmnp-tv-z]{12}$" }),
    );
    defs.insert(
        "lang".into(),
        json!({ "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9-]{1,15}$" }),
    );
    defs.insert(
        "text".into(),
        json!({
            "type": "object",
            "description": "One text in several languages.",
            "propertyNames": { "$ref": "#/$defs/lang" },
            "additionalProperties": { "type": "string", "maxLength": weft_model::TEXT_LIMIT },
        }),
    );
    defs.insert(
        "line".into(),
        json!({ "type": "string", "maxLength": weft_model::LINE_LIMIT }),
    );
    defs.insert(
        "day".into(),
        json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
    );
    defs.insert(
        "halves".into(),
        json!({ "type": "number", "minimum": 0, "maximum": 1_000_000, "multipleOf": 0.5 }),
    );
    for kind in Kind::ALL {
        let name = kind.name();
        let reference = json!({ "$ref": format!("#/$defs/{name}") });
        let part = if *kind == Kind::About {
            reference
        } else {
            json!({ "type": "array", "items": reference })
        };
        properties.insert(name.into(), part);
        defs.insert(name.into(), kind_schema(*kind));
    }
    properties.insert(
        "links".into(),
        json!({ "type": "array", "items": { "$ref": "#/$defs/link" } }),
    );
    let uid = json!({ "$ref": "#/$defs/uid" });
    defs.insert(
        "link".into(),
        json!({
            "type": "object",
            "description": "A module, or one of its units, teaches a competency. No level: taught, level not stated.",
            "properties": {
                "module": uid, "unit": uid, "competency": uid,
                "level": { "type": "integer", "minimum": 1, "maximum": 9 },
                "strength": { "type": "integer", "minimum": 1, "maximum": 5 },
                "note": { "$ref": "#/$defs/text" },
                "visible_to": { "type": "array", "items": uid, "uniqueItems": true },
            },
            "required": ["module", "competency"],
            "additionalProperties": false,
        }),
    );
    properties.insert(
        voices::MEMBER.into(),
        json!({ "type": "array", "items": { "$ref": "#/$defs/author" } }),
    );
    properties.insert(voices::SENDER.into(), uid.clone());
    defs.insert(
        "author".into(),
        json!({
            "type": "object",
            "description": "Somebody whose comments, proposals or versions the file holds; claimed.",
            "properties": {
                "id": uid,
                "name": { "$ref": "#/$defs/line" },
                "role": { "$ref": "#/$defs/line" },
                "party": uid,
            },
            "required": ["id", "name"],
            "additionalProperties": false,
        }),
    );
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Weft plan",
        "description": "A curriculum plan: see weft-plan.md.",
        "type": "object",
        "properties": properties,
        "required": ["format", "version"],
        "additionalProperties": false,
        "$defs": defs,
    });
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    text.push('\n');
    text
}

fn kind_schema(kind: Kind) -> Value {
    let mut properties = Map::new();
    if kind != Kind::About {
        properties.insert("id".into(), json!({ "$ref": "#/$defs/uid" }));
        properties.insert("deleted".into(), json!({ "const": true }));
    }
    for info in kind.fields() {
        properties.insert(info.name.into(), shape_schema(info.shape));
    }
    let owner = kind.owner_field().filter(|_| kind != Kind::JobItem);
    let required: Vec<&str> = owner.iter().map(|field| field.name()).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn shape_schema(shape: Shape) -> Value {
    let uid = || json!({ "$ref": "#/$defs/uid" });
    match shape {
        Shape::Line => json!({ "$ref": "#/$defs/line" }),
        Shape::Text => json!({ "$ref": "#/$defs/text" }),
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Int { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Shape::Hours | Shape::Credits | Shape::Years => json!({ "$ref": "#/$defs/halves" }),
        Shape::Day => json!({ "$ref": "#/$defs/day" }),
        Shape::Choice(ids) => json!({ "enum": ids }),
        Shape::Ref(kind) => {
            json!({ "$ref": "#/$defs/uid", "description": format!("An id of {}.", kind.name()) })
        }
        Shape::Set(kind) => {
            json!({ "type": "array", "items": uid(), "uniqueItems": true, "description": format!("Ids of {}.", kind.name()) })
        }
        Shape::Map(kind, inner) => json!({
            "type": "object",
            "description": format!("A value per id of {}.", kind.name()),
            "propertyNames": uid(),
            "additionalProperties": shape_schema(*inner),
        }),
        Shape::Verbatim => json!({
            "type": "string",
            "description": "A piece of a foreign file, kept for the way back.",
            "maxLength": weft_model::VERBATIM_LIMIT,
        }),
        Shape::Langs => {
            json!({ "type": "array", "items": { "$ref": "#/$defs/lang" }, "uniqueItems": true })
        }
    }
}
