//! Who speaks in a plan that travels without its history: the names of those whose
//! comments, proposals and versions it holds. They are claimed, like all names: what
//! is signed says so itself.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use weft_model::{LINE_LIMIT, PartyId, Uid};

use super::bounded;

/// The member of the file that holds them.
pub(super) const MEMBER: &str = "authors";
/// The member that says who sent it.
pub(super) const SENDER: &str = "sent_by";
/// The most that a file names.
const MOST: usize = 1_000;

/// Somebody who said something in a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// By which what they said names them.
    pub id: Uid,
    /// Their name.
    pub name: String,
    /// What they do; may be empty.
    pub role: String,
    /// For whom they speak.
    pub party: Option<PartyId>,
}

/// The file with who sends it, whether they have a name or none, and the names of
/// those whom it speaks of, as far as they are known.
pub fn with_voices(
    file: &[u8],
    sender: Option<Voice>,
    known: impl Fn(Uid) -> Option<Voice>,
) -> Vec<u8> {
    let (Ok(Json::Object(whole)), Some((b"{", rest))) =
        (bounded::read(file), file.split_at_checked(1))
    else {
        return file.to_vec();
    };
    let mut head = Map::new();
    if let Some(sender) = &sender {
        head.insert(SENDER.into(), json!(sender.id.to_string()));
    }
    let sent_by = sender.as_ref().map(|sender| sender.id);
    let others = named(&whole).into_iter().filter(|id| Some(*id) != sent_by);
    let others = others.filter_map(known);
    let others = others.filter(|voice| !voice.name.is_empty());
    let voices = sender.into_iter().chain(others).take(MOST);
    let voices: Vec<Json> = voices.map(|voice| written(&voice)).collect();
    if !voices.is_empty() {
        head.insert(MEMBER.into(), voices.into());
    }
    if head.is_empty() {
        return file.to_vec();
    }
    // In front of all else, which stays as it is written: one item a line.
    let mut bytes = Json::Object(head).to_string().into_bytes();
    bytes.pop();
    bytes.extend_from_slice(b",");
    bytes.extend_from_slice(rest);
    bytes
}

/// Those whom the items of a file name.
fn named(whole: &Map<String, Json>) -> BTreeSet<Uid> {
    let items = whole.values().filter_map(Json::as_array).flatten();
    let names = items.flat_map(|item| [item.get("author"), item.get("answered_by")]);
    let names = names.flatten().filter_map(Json::as_str);
    names.filter_map(|text| text.parse().ok()).collect()
}

fn written(voice: &Voice) -> Json {
    let mut one = Map::new();
    one.insert("id".into(), json!(voice.id.to_string()));
    one.insert("name".into(), json!(voice.name));
    if !voice.role.is_empty() {
        one.insert("role".into(), json!(voice.role));
    }
    if let Some(party) = voice.party {
        one.insert("party".into(), json!(party.to_string()));
    }
    Json::Object(one)
}

/// The names in a file; what is no name there is passed over.
pub fn voices(file: &[u8]) -> Vec<Voice> {
    let Ok(Json::Object(whole)) = bounded::read(file) else {
        return Vec::new();
    };
    let all = whole.get(MEMBER).and_then(Json::as_array);
    all.into_iter()
        .flatten()
        .filter_map(read)
        .take(MOST)
        .collect()
}

/// Who says that they sent the file.
pub fn sender(file: &[u8]) -> Option<Voice> {
    let Ok(Json::Object(whole)) = bounded::read(file) else {
        return None;
    };
    let id: Uid = whole.get(SENDER)?.as_str()?.parse().ok()?;
    let all = whole.get(MEMBER).and_then(Json::as_array)?;
    all.iter().filter_map(read).find(|voice| voice.id == id)
}

fn read(one: &Json) -> Option<Voice> {
    let text = |key: &str| one.get(key).and_then(Json::as_str).unwrap_or_default();
    let line = |key: &str| text(key).chars().take(LINE_LIMIT).collect::<String>();
    Some(Voice {
        id: text("id").parse().ok()?,
        name: line("name"),
        role: line("role"),
        party: text("party").parse().ok().map(PartyId),
    })
}
