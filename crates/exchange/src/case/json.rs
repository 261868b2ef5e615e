//! Values of a package as the tools write them: strings or link objects, one
//! or a list, null or absent.

use serde_json::{Map, Value as Json, json};

/// An object without what is null: null says the same as absent.
pub(crate) fn present(object: &Map<String, Json>) -> Map<String, Json> {
    let there = object.iter().filter(|(_, value)| !value.is_null());
    there
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// A text; empty where there is none.
pub(crate) fn text<'a>(object: &'a Map<String, Json>, key: &str) -> &'a str {
    object.get(key).and_then(Json::as_str).unwrap_or_default()
}

/// A whole number, also one that is written as a text.
pub(crate) fn whole(value: &Json) -> Option<i64> {
    match value {
        Json::String(text) => text.trim().parse().ok(),
        number => number.as_i64(),
    }
}

/// The identifier of an object, under either name.
pub(crate) fn identifier(object: &Map<String, Json>) -> &str {
    match text(object, "identifier") {
        "" => text(object, "sourcedId"),
        identifier => identifier,
    }
}

/// The identifier that a link names: of a link object, or the end of an
/// address.
pub(crate) fn linked(link: &Json) -> Option<String> {
    match link {
        Json::String(address) => Some(last(address)),
        Json::Object(link) => match (identifier(link), text(link, "uri")) {
            ("", "") => None,
            ("", address) => Some(last(address)),
            (identifier, _) => Some(identifier.to_owned()),
        },
        _ => None,
    }
}

fn last(address: &str) -> String {
    let end = address.trim_end_matches('/').rsplit('/').next();
    end.unwrap_or(address).to_owned()
}

/// A link as 1.1 has it.
pub(crate) fn link(value: &Json) -> Json {
    match value {
        Json::Object(object) => {
            let mut object = present(object);
            if !object.contains_key("identifier")
                && let Some(identifier) = linked(value)
            {
                object.insert("identifier".into(), identifier.into());
            }
            object.remove("sourcedId");
            for key in ["title", "uri"] {
                object.entry(key).or_insert_with(|| "".into());
            }
            Json::Object(object)
        }
        Json::String(address) => json!({
            "title": "",
            "identifier": last(address),
            "uri": address,
        }),
        other => other.clone(),
    }
}

/// A list of texts, however it is written.
pub(crate) fn texts(value: &Json) -> Vec<Json> {
    match value {
        Json::String(text) => {
            let parts = text.split([',', '|']).map(str::trim);
            parts
                .filter(|part| !part.is_empty())
                .map(Json::from)
                .collect()
        }
        Json::Array(all) => all.iter().filter(|one| one.is_string()).cloned().collect(),
        _ => Vec::new(),
    }
}

/// A moment with its zone, as 1.1 wants it; old tools leave the zone away.
pub(crate) fn moment(text: &str) -> String {
    let (day, time) = match text.split_once(['T', ' ']) {
        Some((day, time)) => (day, time),
        None => (text, "00:00:00"),
    };
    if day.len() != 10 {
        return text.to_owned();
    }
    let zoned = time.ends_with(['Z', 'z']) || time.contains(['+', '-']);
    format!("{day}T{time}{}", if zoned { "" } else { "+00:00" })
}

/// A day, of a day or a moment.
pub(crate) fn day(text: &str) -> String {
    text.get(..10).unwrap_or(text).to_owned()
}
