//! How far each partner of a plan was when this device last heard of it: by a
//! file, a folder or a connection (scope: device). Kept in localStorage. A floor,
//! not the truth: they may have got further by other ways.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use weft_document::Version;
use weft_model::Uid;

use super::prefs;

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    /// The version as hexadecimal letters.
    version: String,
    /// When it was heard of, in milliseconds since 1970.
    at: i64,
}

fn key(plan: Uid) -> String {
    format!("reached.{plan}")
}

fn read(plan: Uid) -> BTreeMap<String, Kept> {
    prefs::read(&key(plan))
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// How far each partner was, and when, by the uid of the author.
pub fn all(plan: Uid) -> BTreeMap<Uid, (Version, i64)> {
    let kept = read(plan).into_iter();
    kept.filter_map(|(uid, it)| Some((uid.parse().ok()?, (version(&it.version)?, it.at))))
        .collect()
}

/// A partner was at least this far.
pub fn note(plan: Uid, author: Uid, reached: &Version, at: i64) {
    if author == Uid(0) {
        return;
    }
    let mut kept = read(plan);
    let entry = kept.entry(author.to_string()).or_default();
    let before = version(&entry.version).unwrap_or_default();
    if before.includes(reached) {
        return;
    }
    let joined = before.joined(reached);
    entry.version = letters(&joined.encode());
    entry.at = at.max(entry.at);
    if let Ok(text) = serde_json::to_string(&kept) {
        prefs::write(&key(plan), &text);
    }
}

fn letters(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn version(letters: &str) -> Option<Version> {
    let digits: Vec<u8> = letters
        .chars()
        .map(|letter| letter.to_digit(16).map(|digit| digit as u8))
        .collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    Version::decode(&bytes).ok()
}
