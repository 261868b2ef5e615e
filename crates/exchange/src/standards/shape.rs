//! A standard as it is published, with what files have been seen to do
//! otherwise. Two services publish them:
//!
//! - the list of apprenticeship standards (`skillsengland.education.gov.uk`,
//!   before that `instituteforapprenticeships.org`): `referenceNumber`,
//!   `version`, `title`, `duties`, `knowledges`, `skills`, `behaviours`, with
//!   GUIDs as identifiers; a foundation apprenticeship or a unit has
//!   `technicalKnowledges`, `technicalSkills` and
//!   `employabilitySkillsAndBehaviours` and no duties;
//! - the occupational maps: `stdCode`, `versionNo`, `name`, and `K1`, `S1`,
//!   `D1` beside the GUIDs.
//!
//! Names of fields from SkillsFundingAgency/das-courses-api (import types of
//! June 2026) and from the interface of the occupational maps. Some of what a
//! file may hold: null or no list; identifiers that are spelled `dutyID` or
//! `dutyId`; a duty "." that stands for none; the empty GUID; a duty that names
//! what no list has; details of older standards with the code before the words;
//! a version twice.

use serde_json::{Map, Value as Json};
use weft_model::CompetencyKind;

use super::words::{DUTY, coded, is_code, words};

/// A list of knowledge, skills or behaviours.
pub(super) struct Part {
    /// Its names, the published one first.
    pub names: &'static [&'static str],
    /// The keys of an identifier in it.
    pub ids: &'static [&'static str],
    /// The letters of its codes.
    pub letters: &'static str,
    pub kind: CompetencyKind,
    /// What is said of it as a kind of item elsewhere.
    pub name: &'static str,
}

/// All of them. Letters of the last three as das-courses-api numbers them.
pub(super) const PARTS: [Part; 6] = [
    Part {
        names: &["knowledges", "knowledge"],
        ids: &["knowledgeId", "id"],
        letters: "K",
        kind: CompetencyKind::Knowledge,
        name: "Knowledge",
    },
    Part {
        names: &["skills"],
        ids: &["skillId", "id"],
        letters: "S",
        kind: CompetencyKind::Skill,
        name: "Skill",
    },
    Part {
        names: &["behaviours", "behaviour"],
        ids: &["behaviourId", "id"],
        letters: "B",
        kind: CompetencyKind::Behaviour,
        name: "Behaviour",
    },
    Part {
        names: &["technicalKnowledges"],
        ids: &["id"],
        letters: "TK",
        kind: CompetencyKind::Knowledge,
        name: "Knowledge",
    },
    Part {
        names: &["technicalSkills"],
        ids: &["id"],
        letters: "TS",
        kind: CompetencyKind::Skill,
        name: "Skill",
    },
    Part {
        names: &["employabilitySkillsAndBehaviours"],
        ids: &["id"],
        letters: "ESB",
        kind: CompetencyKind::Behaviour,
        name: "Behaviour",
    },
];

/// What a duty is mapped to: by identifiers where there are any, else by codes.
pub(super) const MAPPED: [[&str; 2]; 3] = [
    ["mappedKnowledgeIds", "mappedKnowledge"],
    ["mappedSkillsIds", "mappedSkills"],
    ["mappedBehaviourIds", "mappedBehaviour"],
];

const REFERENCE: &[&str] = &["referenceNumber", "stdCode"];
const TITLE: &[&str] = &["title", "name"];
const VERSION: &[&str] = &["version", "versionNumber", "versionNo"];
const STATUS: &[&str] = &["status", "statusName"];
const CHANGED: &[&str] = &[
    "lastUpdated",
    "changedDate",
    "statusLastUpdated",
    "publishDate",
    "createdDate",
];
const PAGE: &[&str] = &[
    "standardPageUrl",
    "foundationApprenticeshipUrl",
    "apprenticeshipUnitUrl",
    "occupationalStandardUrl",
    "url",
];

/// The value of a key under one of its names, spelled in any case.
pub(super) fn get<'a>(object: &'a Map<String, Json>, names: &[&str]) -> Option<&'a Json> {
    names.iter().find_map(|name| {
        let exact = object.get(*name);
        let found = exact.or_else(|| {
            let mut all = object.iter();
            all.find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value)
        });
        found.filter(|value| !value.is_null())
    })
}

/// A text, or a number as one; empty where there is neither.
pub(super) fn text(value: Option<&Json>) -> String {
    match value {
        Some(Json::String(text)) => text.trim().to_owned(),
        Some(Json::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// What is known of a standard before it is chosen.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub reference: String,
    /// The source names it; else the name of a file stands for it.
    pub named: bool,
    pub version: String,
    pub title: String,
    pub status: String,
    /// When it was last changed, as its source writes it.
    pub changed: String,
    pub page: String,
    /// Duties, knowledge, skills and behaviours together.
    pub holds: usize,
}

impl Head {
    /// Reads the head of a standard; none: it is no standard that could be
    /// named.
    pub fn of(standard: &Map<String, Json>) -> Option<Self> {
        let say = |names: &[&str]| text(get(standard, names));
        let lists = PARTS.iter().map(|part| part.names).chain([DUTIES]);
        let holds = lists.filter_map(|names| get(standard, names)?.as_array());
        let head = Self {
            reference: say(REFERENCE),
            named: true,
            version: say(VERSION),
            title: words(&say(TITLE)),
            // The maps number it, and say it beside that.
            status: match get(standard, STATUS) {
                Some(Json::Number(_)) => text(get(standard, &["statusName"])),
                other => text(other),
            },
            changed: say(CHANGED),
            page: say(PAGE),
            holds: holds.map(Vec::len).sum(),
        };
        (!head.reference.is_empty()).then_some(head)
    }

    /// By what a version of a standard is chosen: `ST0001_1.2`, as other
    /// programs of the service name it.
    pub fn id(&self) -> String {
        format!("{}_{}", self.reference, self.version)
    }

    /// The numbers of a version, to be compared: 1.10 is newer than 1.9.
    pub fn order(&self) -> Vec<u64> {
        let numbers = self.version.split('.').map(|it| it.trim().parse());
        numbers.map(|it| it.unwrap_or(0)).collect()
    }
}

/// The names of the list of duties.
pub(super) const DUTIES: &[&str] = &["duties"];
/// The names of the list of options.
pub(super) const OPTIONS: &[&str] = &["options"];

/// An entry of a list: a duty, a piece of knowledge, a skill or a behaviour.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// Its identifier, verbatim: a GUID where it has one.
    pub id: String,
    /// Its code: as the file says, else by its place in the list.
    pub code: String,
    /// Its words, without markup and in one line.
    pub words: String,
    /// The same as the file has them.
    pub detail: String,
    /// What it says beside that.
    pub rest: Map<String, Json>,
}

/// Why an entry cannot be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Odd {
    /// It is neither an object nor a text.
    Shape,
    /// It says nothing.
    Empty,
}

/// Reads the entry at a place of a list. `ids`: the keys of its identifiers;
/// `says`: the keys of its words.
pub(super) fn entry(
    value: &Json,
    at: usize,
    ids: &[&str],
    says: &[&str],
    letters: &str,
) -> Result<Entry, Odd> {
    let mut rest = match value {
        Json::Object(object) => object.clone(),
        // Lists of texts have been published, too.
        Json::String(text) => Map::from_iter([(DETAIL.to_owned(), Json::from(text.as_str()))]),
        _ => return Err(Odd::Shape),
    };
    let is_text =
        |value: Option<&Json>| value.is_none_or(|value| value.is_string() || value.is_number());
    let names = || ids.iter().copied();
    if !names()
        .chain(says.iter().copied())
        .all(|name| is_text(get(&rest, &[name])))
    {
        return Err(Odd::Shape);
    }
    let known: Vec<String> = names().map(|name| text(get(&rest, &[name]))).collect();
    let known: Vec<&String> = known
        .iter()
        .filter(|it| !it.is_empty() && !is_nil(it))
        .collect();
    let detail = text(get(&rest, says));
    let said = words(&detail).replace('\n', " ");
    let id = known
        .iter()
        .find(|it| crate::case::is_uuid(it))
        .or(known.first());
    let code = known.iter().find(|it| is_code(it, letters));
    let before = coded(&said, letters);
    let (code, words) = match (code, before) {
        // The same code twice is one too many.
        (Some(code), Some((before, words))) if before.eq_ignore_ascii_case(code) => {
            ((*code).clone(), words.to_owned())
        }
        (Some(code), _) => ((*code).clone(), said.clone()),
        (None, Some((before, words))) => (before, words.to_owned()),
        (None, None) => (format!("{letters}{}", at + 1), said.clone()),
    };
    let id = id.map_or_else(String::new, |id| (*id).clone());
    let is_read = |key: &String| {
        let read = names().chain(says.iter().copied());
        read.into_iter().any(|name| key.eq_ignore_ascii_case(name))
    };
    rest.retain(|key, value| !value.is_null() && !is_read(key));
    if words.is_empty() {
        return Err(Odd::Empty);
    }
    Ok(Entry {
        id,
        code,
        words,
        detail,
        rest,
    })
}

/// The keys of the words of knowledge, skills and behaviours.
pub(super) const DETAIL: &str = "detail";
/// The keys of the words of a duty.
pub(super) const DUTY_SAYS: [&str; 2] = ["dutyDetail", DETAIL];
/// The keys of the identifier of a duty.
pub(super) const DUTY_IDS: [&str; 2] = ["dutyID", "id"];
/// A duty that stands for none, in standards of before there were duties.
const NO_DUTY: &str = ".";

/// Whether a duty stands for none.
pub(super) fn is_no_duty(duty: &Json) -> bool {
    let Json::Object(duty) = duty else {
        return false;
    };
    text(get(duty, &DUTY_SAYS)) == NO_DUTY
}

/// Reads a duty.
pub(super) fn duty(value: &Json, at: usize) -> Result<Entry, Odd> {
    entry(value, at, &DUTY_IDS, &DUTY_SAYS, DUTY)
}

/// Whether an identifier is the empty one.
fn is_nil(id: &str) -> bool {
    crate::case::is_uuid(id) && id.bytes().all(|byte| matches!(byte, b'0' | b'-'))
}

/// What a list of a duty names, each with its key and place in it: identifiers
/// where there are any, else codes. Also one name without a list.
pub(super) fn mapped(duty: &Map<String, Json>) -> Vec<(&'static str, usize, String)> {
    let mut all = Vec::new();
    for names in MAPPED {
        for name in names {
            let before = all.len();
            match get(duty, &[name]) {
                Some(Json::Array(list)) => {
                    let named = list.iter().enumerate().map(|(at, it)| (name, at, said(it)));
                    all.extend(named);
                }
                Some(other) => all.push((name, 0, said(other))),
                None => {}
            }
            if all.len() > before {
                break;
            }
        }
    }
    all
}

/// What a name of a list says: a text, or an object that has one.
fn said(value: &Json) -> String {
    match value {
        Json::Object(object) => text(get(
            object,
            &["id", "knowledgeId", "skillId", "behaviourId"],
        )),
        Json::String(_) | Json::Number(_) => text(Some(value)),
        other => other.to_string(),
    }
}
