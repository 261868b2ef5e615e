//! The shape of CASE 1.1: which keys its objects have, in the order in which
//! they are written. What an old package says otherwise is brought into it;
//! keys that 1.1 does not have go into `extensions`.

use serde_json::{Map, Value as Json};

use super::json;

/// How a value is written in 1.1.
#[derive(Clone, Copy)]
enum As {
    Plain,
    Whole,
    Link,
    Links,
    Texts,
    Moment,
    Day,
}

type Keys = &'static [(&'static str, As)];

const DOCUMENT: Keys = &[
    ("identifier", As::Plain),
    ("uri", As::Plain),
    ("frameworkType", As::Plain),
    ("caseVersion", As::Plain),
    ("creator", As::Plain),
    ("title", As::Plain),
    ("lastChangeDateTime", As::Moment),
    ("officialSourceURL", As::Plain),
    ("publisher", As::Plain),
    ("description", As::Plain),
    ("subject", As::Texts),
    ("subjectURI", As::Links),
    ("language", As::Plain),
    ("version", As::Plain),
    ("adoptionStatus", As::Plain),
    ("statusStartDate", As::Day),
    ("statusEndDate", As::Day),
    ("licenseURI", As::Link),
    ("notes", As::Plain),
];

const ITEM: Keys = &[
    ("identifier", As::Plain),
    ("fullStatement", As::Plain),
    ("alternativeLabel", As::Plain),
    ("CFItemType", As::Plain),
    ("uri", As::Plain),
    ("humanCodingScheme", As::Plain),
    ("listEnumeration", As::Plain),
    ("abbreviatedStatement", As::Plain),
    ("conceptKeywords", As::Texts),
    ("conceptKeywordsURI", As::Link),
    ("notes", As::Plain),
    ("subject", As::Texts),
    ("subjectURI", As::Links),
    ("language", As::Plain),
    ("educationLevel", As::Texts),
    ("CFItemTypeURI", As::Link),
    ("licenseURI", As::Link),
    ("statusStartDate", As::Day),
    ("statusEndDate", As::Day),
    ("lastChangeDateTime", As::Moment),
];

const ASSOCIATION: Keys = &[
    ("identifier", As::Plain),
    ("associationType", As::Plain),
    ("sequenceNumber", As::Whole),
    ("uri", As::Plain),
    ("originNodeURI", As::Link),
    ("destinationNodeURI", As::Link),
    ("CFAssociationGroupingURI", As::Link),
    ("lastChangeDateTime", As::Moment),
    ("notes", As::Plain),
];

/// Links that say only where in the server of the sender something lies.
const DERIVED: [&str; 6] = [
    "CFDocumentURI",
    "CFPackageURI",
    "CFItemAssociationURI",
    "CFDocumentPackageURI",
    "sourcedId",
    "educationalLevel",
];

pub(super) fn document(raw: &Map<String, Json>) -> Map<String, Json> {
    shaped(raw, DOCUMENT)
}

pub(super) fn item(raw: &Map<String, Json>) -> Map<String, Json> {
    shaped(raw, ITEM)
}

pub(super) fn association(raw: &Map<String, Json>) -> Map<String, Json> {
    shaped(raw, ASSOCIATION)
}

/// A definition, a rubric or any part of one: 1.1 has the keys of 1.0.
pub(super) fn other(value: &Json) -> Json {
    match value {
        Json::Object(object) => {
            let mut out = Map::new();
            for (key, value) in json::present(object) {
                let value = match (key.as_str(), &value) {
                    ("lastChangeDateTime", Json::String(text)) => json::moment(text).into(),
                    ("CFItemURI", link) => json::link(link),
                    _ => other(&value),
                };
                out.insert(key, value);
            }
            Json::Object(out)
        }
        Json::Array(all) => all.iter().map(other).collect(),
        plain => plain.clone(),
    }
}

fn shaped(raw: &Map<String, Json>, keys: Keys) -> Map<String, Json> {
    let mut out = Map::new();
    for (key, written) in keys {
        let value = match *key {
            "identifier" => raw.get("identifier").or_else(|| raw.get("sourcedId")),
            "educationLevel" => raw
                .get("educationLevel")
                .or_else(|| raw.get("educationalLevel")),
            key => raw.get(key),
        };
        let Some(value) = value.filter(|value| !value.is_null()) else {
            continue;
        };
        let value = match (written, value) {
            (As::Plain, value) => value.clone(),
            (As::Whole, value) => match json::whole(value) {
                Some(number) => number.into(),
                None => continue,
            },
            (As::Link, value) => json::link(value),
            (As::Links, Json::Array(all)) => all.iter().map(json::link).collect(),
            (As::Links, one) => Json::Array(vec![json::link(one)]),
            (As::Texts, value) => {
                let texts = json::texts(value);
                if texts.is_empty() {
                    continue;
                }
                Json::Array(texts)
            }
            (As::Moment, Json::String(text)) => json::moment(text).into(),
            (As::Day, Json::String(text)) => json::day(text).into(),
            (As::Moment | As::Day, value) => value.clone(),
        };
        out.insert((*key).to_owned(), value);
    }
    let known = |key: &str| keys.iter().any(|(known, _)| *known == key) || DERIVED.contains(&key);
    let mut extensions = match raw.get("extensions") {
        Some(Json::Object(there)) => json::present(there),
        _ => Map::new(),
    };
    for (key, value) in raw {
        if !known(key) && key != "extensions" && !value.is_null() {
            extensions.insert(key.clone(), value.clone());
        }
    }
    if !extensions.is_empty() {
        out.insert("extensions".into(), Json::Object(extensions));
    }
    out
}
