//! What an occupation of ESCO says of a skill.

use serde_json::{Value as Json, json};
use weft_model::{Value, field::job_item::importance};

use super::{ESSENTIAL, OPTIONAL};
use crate::Place;
use crate::foreign::Node;

/// A skill of an occupation.
pub(super) struct Relation {
    pub occupation: String,
    pub skill: String,
    pub essential: Option<bool>,
    pub said: String,
    pub place: Place,
    pub at: (usize, usize),
    pub raw: Vec<String>,
}

impl Relation {
    /// How important it is, where the file says that in words that are known.
    pub fn grade(&self) -> Option<i64> {
        let essential = self.essential?;
        Some(if essential { ESSENTIAL } else { OPTIONAL })
    }

    /// One more occupation that asks for a skill. The outline shows it once; the
    /// highest importance counts.
    pub fn add_to(&self, node: &mut Node) {
        self.note_in(node);
        let known = node.values.iter_mut();
        let known = known.into_iter().find(|(key, _)| key.field == importance);
        match (known, self.grade()) {
            (Some((_, value)), Some(grade)) => {
                *value = Value::Int(value.as_int().unwrap_or(0).max(grade));
            }
            (None, Some(grade)) => node.values.push((importance.key(), Value::Int(grade))),
            _ => {}
        }
    }

    /// Which occupation says what of a skill.
    pub fn note_in(&self, node: &mut Node) {
        let kept = node.kept.get_or_insert_default();
        let of = kept.entry("occupations").or_insert_with(|| json!({}));
        if let Json::Object(of) = of {
            of.insert(self.occupation.clone(), self.said.as_str().into());
        }
    }
}
