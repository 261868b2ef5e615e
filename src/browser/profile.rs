//! Who works on this device (scope: device): a random id made at first use, and
//! what the person has said of themselves, if they did. Kept in localStorage.
//! The secret half of the key stands here too; it never enters a plan.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use weft_document::Author;
use weft_model::{PartyId, Uid};

use super::device::chance;
use super::prefs;

/// What the person has said of themselves. Empty: not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Stable over sessions, written.
    pub uid: String,
    /// What partners call them.
    pub name: String,
    /// Where they work.
    pub organisation: String,
    /// What kind of party that is, by its id.
    pub kind: String,
    /// As what they work there.
    pub role: String,
    /// By which of the editor's colours they are known, from 1; 0: none.
    pub colour: u8,
    /// The public half of the key, as hexadecimal letters.
    pub key: String,
    /// The secret half, as hexadecimal letters.
    pub seed: String,
}

/// The profile of this device.
pub fn profile() -> Profile {
    let kept = prefs::read("profile").and_then(|text| serde_json::from_str::<Profile>(&text).ok());
    let mut profile = kept.unwrap_or_default();
    if profile.uid.parse::<Uid>().is_err() {
        // Where nothing is kept, at least all tabs of this moment agree by chance
        // alone to be different people.
        profile.uid = Uid(chance()).to_string();
        keep(&profile);
    }
    profile
}

/// Keeps a profile; says whether the browser has taken it.
pub fn keep(profile: &Profile) -> bool {
    serde_json::to_string(profile).is_ok_and(|text| prefs::write("profile", &text))
}

/// Keeps the name alone.
pub fn keep_name(name: &str) {
    let mut mine = profile();
    name.clone_into(&mut mine.name);
    keep(&mine);
}

/// For which party of a plan the person speaks, if they have said so.
pub fn party_in(plan: Uid) -> Option<PartyId> {
    let kept = prefs::read(&format!("party.{plan}"))?;
    kept.parse().ok().map(PartyId)
}

/// Whether they have said for whom they speak in a plan, be it nobody.
pub fn party_is_said(plan: Uid) -> bool {
    prefs::read(&format!("party.{plan}")).is_some()
}

/// Keeps for which party of a plan the person speaks.
pub fn keep_party(plan: Uid, party: Option<PartyId>) {
    let party = party.map(|party| party.to_string()).unwrap_or_default();
    prefs::write(&format!("party.{plan}"), &party);
}

/// Who works here, as a plan names them.
pub fn author(plan: Option<Uid>) -> Author {
    let mine = profile();
    Author {
        uid: mine.uid.parse().unwrap_or_default(),
        name: mine.name,
        party: plan.and_then(party_in),
        role: mine.role,
        colour: mine.colour,
        key: mine.key,
    }
}

/// The keys that the person has compared with their holders, with the names
/// under which they know them.
pub fn known_keys() -> BTreeMap<String, String> {
    prefs::read("known")
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Marks a key as known under a name, or as not known.
pub fn mark_key(key: &str, name: Option<&str>) {
    let mut all = known_keys();
    match name {
        Some(name) => drop(all.insert(key.to_owned(), name.to_owned())),
        None => drop(all.remove(key)),
    }
    if let Ok(text) = serde_json::to_string(&all) {
        prefs::write("known", &text);
    }
}
