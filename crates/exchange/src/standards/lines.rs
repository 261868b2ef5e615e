//! What a standard, a duty and a piece of knowledge are as lines of the job
//! outline, and what is kept of each.

use serde_json::{Map, Value as Json};
use weft_model::{Choice as _, FieldKey, LINE_LIMIT, Lang, Tier, Value, field};

use super::plant::{Duty, Ksb};
use super::shape::{self, DETAIL, Entry, PARTS, get, text};
use super::words::words;
use super::{Found, cut};
use crate::Place;
use crate::foreign::Node;

/// Keys that say when it was published, and where: kept, and not compared.
const OF_THE_RELEASE: [&str; 16] = [
    "version",
    "versionNumber",
    "versionNo",
    "change",
    "changedDate",
    "createdDate",
    "lastUpdated",
    "publishDate",
    "statusLastUpdated",
    "approvedForDelivery",
    "standardPageUrl",
    "foundationApprenticeshipUrl",
    "apprenticeshipUnitUrl",
    "occupationalStandardUrl",
    "assessmentPlanUrl",
    "url",
];
/// Keys whose values fields of the plan hold.
const READ: [&str; 7] = [
    "referenceNumber",
    "stdCode",
    "title",
    "name",
    "overviewOfRole",
    "overview",
    "duties",
];
/// People and firms that wrote it: of no use to a plan, and personal.
const PEOPLE: [&str; 4] = [
    "tbMainContact",
    "eQAProvider",
    "involvedEmployers",
    "otherInvolvedStakeholders",
];

/// The role that a standard is.
pub(super) fn role(found: &Found, whole: &Map<String, Json>) -> Node {
    use field::job_item as f;
    let head = &found.head;
    let title = match head.title.as_str() {
        "" => &head.reference,
        title => title,
    };
    let mut values = vec![(f::statement.lang(Lang::en()), Value::str(title))];
    if head.named {
        values.push((f::code.key(), Value::Str(short(&head.reference))));
    }
    let overview = words(&text(get(whole, &["overviewOfRole", "overview"])));
    if !overview.is_empty() {
        values.push((f::description.lang(Lang::en()), Value::Str(overview)));
    }
    let lists = PARTS.iter().flat_map(|part| part.names.iter());
    let left_out: Vec<&str> = lists.copied().chain(READ).chain(PEOPLE).collect();
    let mut rest = whole.clone();
    rest.retain(|key, value| {
        let is_left_out = left_out.iter().any(|it| key.eq_ignore_ascii_case(it));
        !value.is_null() && !is_left_out
    });
    let origin = if head.named { &head.reference } else { "" };
    let mut node = node(Tier::Role, origin, values);
    node.place = found.place.clone();
    node.fate = found.fate;
    node.raw = vec![cut(&head.reference), cut(&head.title)];
    node.kept = Some(kept(title, "Occupation", rest, &OF_THE_RELEASE));
    node
}

/// An entry with another identifier and other words.
pub(super) fn corrected(value: Json, keys: [&str; 2], cells: &[String]) -> Json {
    let mut object = match value {
        Json::Object(object) => object,
        _ => Map::new(),
    };
    for (key, cell) in keys.iter().zip(cells) {
        object.retain(|known, _| !known.eq_ignore_ascii_case(key));
        if !cell.trim().is_empty() {
            object.insert((*key).to_owned(), cell.as_str().into());
        }
    }
    Json::Object(object)
}

/// As much of a text as a line holds.
pub(super) fn short(text: &str) -> String {
    text.chars().take(LINE_LIMIT).collect()
}

fn node(tier: Tier, origin: &str, values: Vec<(FieldKey, Value)>) -> Node {
    Node {
        place: Place::File,
        fate: (0, 0),
        uid: None,
        origin: short(origin),
        alias: String::new(),
        parent: None,
        tier: Some(tier),
        values,
        kept: None,
        raw: Vec::new(),
    }
}

/// What is kept of a line: its words as a CASE package has them, what its source
/// says beside that, and, apart, what belongs to the release alone.
fn kept(words: &str, kind: &str, mut rest: Map<String, Json>, apart: &[&str]) -> Map<String, Json> {
    let mut release = Map::new();
    for key in apart {
        if let Some(value) = rest.shift_remove(*key) {
            release.insert((*key).to_owned(), value);
        }
    }
    let item = [
        ("fullStatement", words),
        ("CFItemType", kind),
        ("language", "en"),
    ];
    let item = item.map(|(key, value)| (key.to_owned(), Json::from(value)));
    Map::from_iter([
        ("item".to_owned(), Json::Object(Map::from_iter(item))),
        ("uk".to_owned(), Json::Object(rest)),
        ("release".to_owned(), Json::Object(release)),
    ])
}

fn entry_node(entry: &Entry, tier: Tier, kind: &str, rest: Map<String, Json>) -> Node {
    use field::job_item as f;
    let values = vec![
        (f::code.key(), Value::Str(short(&entry.code))),
        (
            f::statement.lang(Lang::en()),
            Value::str(entry.words.as_str()),
        ),
    ];
    let mut node = node(tier, &entry.id, values);
    let apart: Vec<&str> = shape::MAPPED
        .iter()
        .flatten()
        .copied()
        .chain([DETAIL])
        .collect();
    let mut rest = rest;
    if entry.detail != entry.words {
        rest.insert(DETAIL.to_owned(), entry.detail.as_str().into());
    }
    node.kept = Some(kept(&entry.words, kind, rest, &apart));
    node.raw = vec![cut(&entry.id), cut(&entry.words)];
    node
}

/// A duty as a typical work task.
pub(super) fn duty(duty: &Duty) -> Node {
    use field::job_item as f;
    let mut rest = duty.entry.rest.clone();
    if !duty.wants.is_empty() {
        let wants: Vec<Json> = duty.wants.iter().map(|code| code.as_str().into()).collect();
        rest.insert("KSBs".to_owned(), wants.into());
    }
    let criteria = words(&text(get(&rest, &["criteriaForMeasuringPerformance"])));
    let mut node = entry_node(&duty.entry, Tier::Task, "Duty", rest);
    for (key, words) in [
        (f::description.lang(Lang::en()), criteria),
        (f::note.lang(Lang::en()), duty.options.join("; ")),
    ] {
        if !words.is_empty() {
            node.values.push((key, Value::Str(words)));
        }
    }
    node.parent = Some(0);
    node.place = duty.place.clone();
    node.fate = duty.fate;
    node
}

/// Knowledge, a skill or a behaviour as a competency.
pub(super) fn ksb(ksb: &Ksb) -> Node {
    let rest = ksb.entry.rest.clone();
    let mut node = entry_node(&ksb.entry, Tier::Competency, ksb.part.name, rest);
    let kind = Value::str(ksb.part.kind.id());
    node.values.push((field::job_item::kind.key(), kind));
    node.place = ksb.place.clone();
    node.fate = ksb.fate;
    node
}
