//! What the list of plans shows without opening a plan. Device state: saved
//! here, never shared.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use weft_model::{Choice, PartyKind, Plan, Text, Uid};

/// One plan on this device, as Home lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The plan's id, written.
    pub plan: String,
    /// Its title by language.
    pub title: BTreeMap<String, String>,
    /// The names of its parties by language, each with the id of its kind.
    pub partners: Vec<(String, BTreeMap<String, String>)>,
    /// When it was last edited here, in milliseconds since 1970.
    pub edited_millis: i64,
    /// Bytes that its log takes up, as far as known.
    pub bytes: u64,
    /// How many modules it has.
    pub modules: usize,
    /// How many competencies it has.
    pub competencies: usize,
    /// When a copy last left the device as a file; nothing: never.
    #[serde(default)]
    pub exported_millis: Option<i64>,
    /// When it was deleted; it can be brought back until the device forgets it.
    #[serde(default)]
    pub deleted_millis: Option<i64>,
    /// Of an excerpt: the plan that it was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt_of: Option<String>,
}

impl Card {
    /// The card of a plan as it stands.
    pub fn of(id: Uid, plan: &Plan, edited_millis: i64, bytes: u64) -> Self {
        let partners = plan.parties.iter().map(|party| {
            let kind = party.kind.map_or(PartyKind::Other, |kind| kind.0);
            (kind.id().to_owned(), by_language(&party.name))
        });
        let competencies = plan.job_items.iter().filter(|line| {
            line.tier
                .is_none_or(|tier| tier.0 == weft_model::Tier::Competency)
        });
        Self {
            plan: id.to_string(),
            title: by_language(&plan.about().title),
            partners: partners.collect(),
            edited_millis,
            bytes,
            modules: plan.modules.len(),
            competencies: competencies.count(),
            exported_millis: None,
            deleted_millis: None,
            excerpt_of: None,
        }
    }

    /// Reads a stored card; nothing if it is damaged.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The card as it is stored.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The title as a text in several languages.
    pub fn title_text(&self) -> Text {
        text_of(&self.title)
    }
}

fn by_language(text: &Text) -> BTreeMap<String, String> {
    text.iter()
        .map(|(lang, words)| (lang.to_string(), words.to_owned()))
        .collect()
}

/// A text from its stored form; tags that are no languages are left out.
pub fn text_of(stored: &BTreeMap<String, String>) -> Text {
    let mut text = Text::default();
    for (tag, words) in stored {
        if let Some(lang) = weft_model::Lang::new(tag) {
            text.set(lang, words.clone());
        }
    }
    text
}
