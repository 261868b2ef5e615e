//! What a source says of a line, release by release, from what is kept of it.
//!
//! Each format keeps its own keys or heads: `item` (CASE, OpenSALT, Rich Skill
//! Descriptors), `row`, `moodle`, `esco`, `onet`, `rsd`, `uk`, `occupations` for
//! which of these want a skill, `said` for words of a source whose format has none of
//! these keys, and `release` for what belongs to a release and is not compared.

use serde_json::{Map, Value as Json};

use super::Particular;
use crate::case::json;

/// Keys that change with every release, or that say where something stands and
/// not what it is.
const BOOKKEEPING: [&str; 13] = [
    "below",
    "tier",
    "identifier",
    "sourcedId",
    "uri",
    "uuid",
    "lastChangeDateTime",
    "CFDocumentURI",
    "CFPackageURI",
    "modifiedDate",
    "updateDate",
    "Date",
    "Incumbents Responding",
];
/// Keys that fields of the plan were read from: what changed of them is told
/// there.
const READ: [&str; 6] = [
    "fullStatement",
    "humanCodingScheme",
    "notes",
    "name",
    "description",
    "id",
];
/// The line of the file that a line stands below, as a particular.
pub(super) const IS_CHILD_OF: &str = "isChildOf";
/// Letters of a particular that are shown.
const LETTERS: usize = 400;

/// What was kept of a line.
pub(super) struct Said(Map<String, Json>);

impl Said {
    /// Reads what was kept; nothing of what is none of ours.
    pub fn of(kept: &str) -> Self {
        match serde_json::from_str(kept) {
            Ok(Json::Object(said)) => Self(said),
            _ => Self(Map::new()),
        }
    }

    fn part(&self, name: &str) -> Option<&Map<String, Json>> {
        self.0.get(name)?.as_object()
    }

    /// The statement in the words of the source, where they are kept.
    pub fn statement(&self) -> Option<String> {
        if let Some(moodle) = self.part("moodle") {
            let text = |key: &str| json::text(moodle, key);
            let [name, described, format] = ["name", "description", "description_format"].map(text);
            let (statement, _) = crate::moodle::texts(name, described, format);
            return (!statement.is_empty()).then_some(statement);
        }
        if let Some(said) = self.part("said") {
            let words = json::text(said, "statement");
            return (!words.is_empty()).then(|| words.to_owned());
        }
        let item = self.part("item")?;
        let full = ["fullStatement", "abbreviatedStatement"].map(|key| json::text(item, key));
        let found = full.into_iter().find(|text| !text.is_empty());
        found.map(str::to_owned)
    }

    /// The day on which the source last changed it, where it dates each line.
    fn day(&self) -> Option<&str> {
        let days = [("esco", "modifiedDate"), ("onet", "Date")];
        let mut days = days.into_iter().filter_map(|(part, key)| {
            let day = self.part(part)?.get(key)?.as_str()?;
            (!day.is_empty()).then_some(day)
        });
        days.next()
    }

    /// Whether the source is known to say the same in both releases: all that
    /// is kept is alike, and it holds the words or their day.
    pub fn is_the_same(&self, other: &Self) -> bool {
        let alike = match (self.statement(), other.statement()) {
            (Some(before), Some(after)) => before == after,
            _ => self.day().is_some() && self.day() == other.day(),
        };
        alike && self.flat(false) == other.flat(false)
    }

    /// What the two say otherwise beside the fields of the plan.
    pub fn particulars(&self, after: &Self) -> Vec<Particular> {
        let (was, is) = (self.flat(true), after.flat(true));
        let mut all = Vec::new();
        let names = was
            .keys()
            .chain(is.keys().filter(|it| !was.contains_key(*it)));
        for name in names {
            let read = |of: &Map<String, Json>| of.get(name).map(shown).unwrap_or_default();
            let (before, after) = (read(&was), read(&is));
            // What is no longer said is told by no field: importing empties none.
            let told = READ.contains(&name.as_str()) && !after.is_empty();
            if before != after && !told {
                all.push(Particular {
                    name: name.clone(),
                    before,
                    after,
                });
            }
        }
        all
    }

    /// All keys without bookkeeping, whichever part they stand in; `place`:
    /// with the line of the file that it stands below.
    fn flat(&self, place: bool) -> Map<String, Json> {
        let mut flat = Map::new();
        for (part, value) in &self.0 {
            match value {
                Json::Object(edge) if part == "child_of" => {
                    let above = edge.get("destinationNodeURI").and_then(json::linked);
                    if let Some(above) = above.filter(|_| place) {
                        flat.insert(IS_CHILD_OF.into(), above.into());
                    }
                }
                Json::Object(_) if ["release", "said"].contains(&part.as_str()) => {}
                Json::Object(keys) => {
                    let kept = keys.iter();
                    let kept = kept.filter(|(key, _)| !BOOKKEEPING.contains(&key.as_str()));
                    flat.extend(kept.map(|(key, value)| (key.clone(), value.clone())));
                }
                _ if BOOKKEEPING.contains(&part.as_str()) => {}
                other => {
                    flat.insert(part.clone(), other.clone());
                }
            }
        }
        flat
    }
}

/// A value as text: what is a text as it stands, several side by side.
fn shown(value: &Json) -> String {
    let text = match value {
        Json::String(text) => text.trim().to_owned(),
        Json::Null => String::new(),
        Json::Array(all) if all.iter().all(Json::is_string) => {
            let all: Vec<&str> = all.iter().filter_map(Json::as_str).collect();
            all.join(" · ")
        }
        other => other.to_string(),
    };
    if text.chars().count() > LETTERS {
        let mut cut: String = text.chars().take(LETTERS).collect();
        cut.push('…');
        return cut;
    }
    text
}
