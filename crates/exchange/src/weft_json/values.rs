//! The values of a Weft JSON file as the model stores them.

use serde_json::Value as Json;
use weft_model::{
    BadValue, Field, FieldKey, JobItemId, Lang, LinkKey, ModuleId, Shape, Sub, Uid, UnitId, Value,
};

pub(super) fn link_key(link: &Json) -> Option<LinkKey> {
    let uid = |name: &str| -> Option<Uid> { link.get(name)?.as_str()?.parse().ok() };
    let unit = match link.get("unit") {
        None | Some(Json::Null) => None,
        Some(_) => Some(UnitId(uid("unit")?)),
    };
    Some(LinkKey {
        module: ModuleId(uid("module")?),
        competency: JobItemId(uid("competency")?),
        unit,
    })
}

/// The stored values of one field of the file.
pub(crate) fn read_field(
    field: Field,
    json: &Json,
    out: &mut Vec<(FieldKey, Value)>,
) -> Result<(), BadValue> {
    match (field.shape(), json) {
        (_, Json::Null) => {}
        (Shape::Text, Json::Object(texts)) => {
            for (tag, words) in texts {
                let lang = Lang::new(tag).ok_or(BadValue::WrongKey)?;
                let words = words.as_str().ok_or(BadValue::WrongType)?;
                out.push((field.lang(lang), Value::str(words)));
            }
        }
        (Shape::Set(_), Json::Array(members)) => {
            for member in members {
                out.push((field.member(read_uid(member)?), Value::Bool(true)));
            }
        }
        (Shape::Map(_, inner), Json::Object(members)) => {
            for (uid, value) in members {
                let uid: Uid = uid.parse().map_err(|_| BadValue::WrongKey)?;
                let key = FieldKey {
                    field,
                    sub: Sub::Member(uid),
                };
                out.push((key, read_single(*inner, value)?));
            }
        }
        (Shape::Langs, Json::Array(tags)) => {
            let tags: Option<Vec<&str>> = tags.iter().map(Json::as_str).collect();
            out.push((
                field.key(),
                Value::Str(tags.ok_or(BadValue::WrongType)?.join(" ")),
            ));
        }
        (Shape::Text | Shape::Set(_) | Shape::Map(..) | Shape::Langs, _) => {
            return Err(BadValue::WrongType);
        }
        (shape, single) => out.push((field.key(), read_single(shape, single)?)),
    }
    Ok(())
}

fn read_uid(json: &Json) -> Result<Uid, BadValue> {
    json.as_str()
        .and_then(|text| text.parse().ok())
        .ok_or(BadValue::WrongType)
}

fn read_single(shape: Shape, json: &Json) -> Result<Value, BadValue> {
    match (shape, json) {
        (Shape::Bool, Json::Bool(yes)) => Ok(Value::Bool(*yes)),
        (Shape::Int { .. }, Json::Number(number)) => {
            number.as_i64().map(Value::Int).ok_or(BadValue::WrongType)
        }
        (Shape::Hours | Shape::Credits | Shape::Years, Json::Number(number)) => {
            let doubled = number.as_f64().unwrap_or(f64::NAN) * 2.0;
            // Only halves of a size that the cast below holds exactly.
            if doubled.fract() == 0.0 && doubled.abs() < 1e12 {
                Ok(Value::Int(doubled as i64))
            } else {
                Err(BadValue::WrongType)
            }
        }
        (
            Shape::Line | Shape::Verbatim | Shape::Day | Shape::Choice(_) | Shape::Ref(_),
            Json::String(text),
        ) => Ok(Value::str(text)),
        _ => Err(BadValue::WrongType),
    }
}
