//! Values of JSON files that wait in the tray: as cells below heads, for a person to
//! correct, and the corrected file.
//!
//! An entry of a list shows what such an entry needs first, then what else it holds; a
//! value within an entry is one cell. A text stands as it is, everything else as JSON.
//! Heads depend on the file alone and not on what was corrected, because the cells of
//! a correction stand below the heads of the row that it corrects.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};
use weft_model::{Field, Kind, Shape};

use crate::weft_json::bounded;
use crate::{Imported, Place, Reason};

/// The most cells of a value.
const CELLS: usize = 30;

/// Which format a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// A CASE package.
    Case,
    /// Rich Skill Descriptors.
    Rsd,
    /// Weft JSON.
    Weft,
}

/// What a line of CASE, a link between two, and any other entry must have.
const CASE_LINE: &[&str] = &["fullStatement", "humanCodingScheme", "identifier"];
const CASE_LINK: &[&str] = &["originNodeURI", "associationType", "destinationNodeURI"];
const CASE_OTHER: &[&str] = &["identifier", "title"];
const RSD: &[&str] = &["skillStatement", "skillName", "id"];
const WEFT_LINK: &[&str] = &["module", "competency", "level"];
const WEFT_ITEM: &[&str] = &["id"];

/// What entries of a list need, in the order in which they are shown; empty where the
/// path leads to no entry.
fn needed(of: Of, path: &[&str]) -> &'static [&'static str] {
    match (of, path) {
        (Of::Case, ["CFItems", _]) => CASE_LINE,
        (Of::Case, ["CFAssociations", _]) => CASE_LINK,
        (Of::Case, ["CFRubrics", _] | ["CFDefinitions", _, _]) => CASE_OTHER,
        (Of::Rsd, ["skills", _]) => RSD,
        (Of::Weft, ["links", _]) => WEFT_LINK,
        (Of::Weft, [_, _]) if path.first() != Some(&"about") => WEFT_ITEM,
        _ => &[],
    }
}

/// The field of a plan that a path of Weft JSON leads to.
fn field(path: &[&str]) -> Option<Field> {
    match path {
        ["about", name] => Kind::About.field(name),
        [kind, _, name] => Kind::from_name(kind)?.field(name),
        _ => None,
    }
}

/// The value at a path of a file.
fn at<'j>(of: Of, file: &'j mut Json, path: &[&str]) -> Option<&'j mut Json> {
    let mut value = file;
    let mut path = path;
    match (of, &mut *value) {
        // Some tools wrap the package.
        (Of::Case, Json::Object(object)) if object.contains_key("CFPackage") => {
            value = value.get_mut("CFPackage")?;
        }
        // A list alone, or one descriptor.
        (Of::Rsd, Json::Array(_)) => path = path.get(1..)?,
        (Of::Rsd, Json::Object(object)) if !object.contains_key("skills") => {
            path = path.get(2..)?;
        }
        _ => {}
    }
    for step in path {
        value = match value {
            Json::Object(object) => object.get_mut(*step)?,
            Json::Array(all) => all.get_mut(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value)
}

fn words(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The heads of an entry.
fn heads(value: &Json, needed: &[&'static str]) -> Vec<String> {
    let mut heads: Vec<String> = needed.iter().map(|key| (*key).to_owned()).collect();
    let keys = value.as_object().into_iter().flat_map(Map::keys);
    heads.extend(keys.filter(|key| !needed.contains(&key.as_str())).cloned());
    heads.truncate(CELLS);
    heads
}

/// Heads and cells of a value.
fn cells(of: Of, path: &[&str], value: &Json) -> (Vec<String>, Vec<String>) {
    let needed = needed(of, path);
    if needed.is_empty() {
        let head = path.last().copied().unwrap_or_default();
        return (vec![head.to_owned()], vec![words(value)]);
    }
    let heads = heads(value, needed);
    let cell = |(number, head): (usize, &String)| match value {
        Json::Object(object) => object.get(head).map(words).unwrap_or_default(),
        // What stands where an entry should: most likely its words.
        other if number == 0 => words(other),
        _ => String::new(),
    };
    let cells = heads.iter().enumerate().map(cell).collect();
    (heads, cells)
}

/// Puts a person's cells in the place of a value. A cell that was left as it is leaves
/// its value as it is, whatever that was.
fn correct(of: Of, path: &[&str], value: &mut Json, written: &[String], lang: &str) {
    let (heads, mut before) = cells(of, path, value);
    if needed(of, path).is_empty() {
        if let Some(text) = written.first().filter(|text| before.first() != Some(text)) {
            *value = meant(of, path, text, lang);
        }
        return;
    }
    if !value.is_object() {
        // Its words are a cell now, and are taken over also where they were left.
        *value = Json::Object(Map::new());
        before.clear();
    }
    let Json::Object(object) = value else { return };
    for (number, (head, text)) in heads.iter().zip(written).enumerate() {
        if before.get(number) == Some(text) {
            continue;
        }
        let within: Vec<&str> = path.iter().copied().chain([head.as_str()]).collect();
        object.insert(head.clone(), meant(of, &within, text, lang));
    }
}

/// The value that a person means by a text. An emptied cell is null and not gone:
/// heads must not move.
fn meant(of: Of, path: &[&str], text: &str, lang: &str) -> Json {
    let text = text.trim();
    if text.is_empty() {
        return Json::Null;
    }
    let as_text = || Json::from(text);
    let as_json = || serde_json::from_str(text).unwrap_or_else(|_| as_text());
    let head = path.last().copied().unwrap_or_default();
    match of {
        Of::Case | Of::Rsd => {
            let entry = path.get(..path.len() - 1).unwrap_or_default();
            let is_text = needed(of, entry).contains(&head) && !head.ends_with("NodeURI");
            if is_text { as_text() } else { as_json() }
        }
        Of::Weft if matches!(path, ["links", _, "module" | "unit" | "competency"]) => as_text(),
        Of::Weft => match field(path).map(Field::shape) {
            Some(Shape::Line | Shape::Verbatim | Shape::Day | Shape::Choice(_) | Shape::Ref(_)) => {
                as_text()
            }
            // Words without a language are in that of the plan.
            Some(Shape::Text) => match as_json() {
                Json::Object(texts) => Json::Object(texts),
                _ => json!({ lang: text }),
            },
            Some(Shape::Set(_) | Shape::Langs) => match as_json() {
                Json::Array(all) => Json::Array(all),
                _ => text
                    .split([' ', ',', ';'])
                    .filter(|it| !it.is_empty())
                    .collect(),
            },
            None if head == "id" => as_text(),
            _ => as_json(),
        },
    }
}

/// The language in which the plan of a file is written first.
fn lang_of(file: &Json) -> String {
    let first = file.pointer("/about/languages/0").and_then(Json::as_str);
    first.unwrap_or("en").to_owned()
}

/// The path behind the name of the file, where several are read together.
fn path_in<'p>(place: &'p Place, name: &str, several: bool) -> Option<Vec<&'p str>> {
    let Place::Path(path) = place else {
        return None;
    };
    let path = if several {
        path.strip_prefix(name)?.strip_prefix(": ")?
    } else {
        path
    };
    Some(path.split('/').collect())
}

/// The file with what a person has corrected; none where that is nothing.
pub(crate) fn corrected<'b>(
    of: Of,
    (name, bytes, several): (&str, &'b [u8], bool),
    corrected: &BTreeMap<Place, Vec<String>>,
) -> Cow<'b, [u8]> {
    let paths = corrected.iter().filter_map(|(place, cells)| {
        let path = path_in(place, name, several)?;
        Some((path, cells))
    });
    let mut paths = paths.peekable();
    if paths.peek().is_none() {
        return Cow::Borrowed(bytes);
    }
    // What cannot be read is said by who reads it.
    let Ok(mut file) = bounded::read(bytes) else {
        return Cow::Borrowed(bytes);
    };
    let lang = lang_of(&file);
    for (path, cells) in paths {
        if let Some(value) = at(of, &mut file, &path) {
            correct(of, &path, value, cells, &lang);
        }
    }
    Cow::Owned(file.to_string().into_bytes())
}

/// Gives the rows of the tray that stand for values of this file the cells by which
/// they can be corrected.
pub(crate) fn to_cells(of: Of, (name, bytes, several): (&str, &[u8], bool), read: &mut Imported) {
    let mut file = None;
    for row in &mut read.tray {
        // A part that is not known is not known by any other value either.
        if matches!(row.reason, Reason::UnknownPart { .. }) {
            continue;
        }
        let Some(path) = path_in(&row.place, name, several) else {
            continue;
        };
        if file.is_none() {
            file = bounded::read(bytes).ok();
        }
        let Some(value) = file.as_mut().and_then(|file| at(of, file, &path)) else {
            continue;
        };
        (row.heads, row.cells) = cells(of, &path, value);
    }
}
