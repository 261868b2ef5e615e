//! Lists of occupations and skills: ESCO, O*NET and Rich Skill Descriptors.
//! Of the first two a person chooses occupations; what belongs to these comes
//! in, the rest of the files is read over. docs/formats/skills.md describes
//! them.

mod esco;
mod onet;
mod relation;
mod rsd;
mod rsd_out;

pub use esco::import_esco;
pub use onet::import_onet;
pub use rsd::import_rsd;
pub use rsd_out::{RsdOptions, export_rsd, export_rsd_csv};

/// The importance of what a source calls essential or core.
pub(crate) const ESSENTIAL: i64 = 5;
/// The importance of what a source calls optional or supplemental.
pub(crate) const OPTIONAL: i64 = 3;

/// The words of a source, to be kept under this key: a newer release tells by them what
/// the source has changed from what the partners have.
pub(crate) fn said(words: &str) -> (String, serde_json::Value) {
    ("said".to_owned(), serde_json::json!({ "statement": words }))
}

/// A part of what is kept of a line; empty where there is none.
pub(crate) fn kept_part(
    line: &weft_model::JobItem,
    part: &str,
) -> serde_json::Map<String, serde_json::Value> {
    let kept: Option<serde_json::Value> = serde_json::from_str(&line.kept.0).ok();
    let part = kept.and_then(|mut kept| kept.get_mut(part).map(serde_json::Value::take));
    match part {
        Some(serde_json::Value::Object(part)) => part,
        _ => serde_json::Map::new(),
    }
}
