//! Where lines come from: the framework that a source becomes in the plan,
//! and the pieces of it that are kept for the way back.

use serde_json::Value as Json;
use weft_model::{
    BadValue, EditError, FieldKey, FrameworkId, ItemId, Kind, LINE_LIMIT, Lang, VERBATIM_LIMIT,
    Value, field,
};

use super::outline::Planter;
use crate::tables::words::is_chinese;
use crate::{Fate, Place, Reason, WarningKind};

/// What is published, and by whom.
#[derive(Clone, Debug, Default)]
pub(crate) struct Source {
    /// The id of its format in the registry.
    pub format: &'static str,
    pub identifier: String,
    pub uri: String,
    pub title: String,
    pub lang: Option<Lang>,
    pub publisher: String,
    pub release: String,
    pub changed: String,
    pub licence: String,
    pub kept: String,
}

/// The language of a text: what the file says, else what its letters say.
pub(crate) fn language_of(said: &str, text: &str) -> Lang {
    let said = said.trim();
    let small = said.to_lowercase();
    let first = small.split(['-', '_']).next().unwrap_or_default();
    match first {
        "zh" | "zho" | "chi" => Lang::zh(),
        "en" | "eng" => Lang::en(),
        "de" | "deu" | "ger" => Lang::de(),
        _ if is_chinese(text) => Lang::zh(),
        "" => Lang::en(),
        _ => Lang::new(said).unwrap_or_else(Lang::en),
    }
}

/// As much of a text as a line holds.
pub(crate) fn short(text: &str) -> String {
    text.chars().take(LINE_LIMIT).collect()
}

impl Planter<'_> {
    /// The framework of the plan that this source is: by its identifier, else
    /// a new one.
    pub(super) fn settle_framework(&mut self) {
        use field::framework as f;
        let source = self.source.clone();
        let is_it = |known: &&weft_model::Framework| {
            known.format == source.format
                && if source.identifier.is_empty() {
                    known.identifier.is_empty()
                        && known.title.iter().any(|(_, t)| t == source.title)
                } else {
                    known.identifier == short(&source.identifier)
                }
        };
        let found = self.work.plan.frameworks.iter().find(is_it);
        let found = found.map(|known| known.id);
        let mut values: Vec<(FieldKey, Value)> = Vec::new();
        let lang = source
            .lang
            .clone()
            .unwrap_or_else(|| language_of("", &source.title));
        let lines = [
            (f::title.lang(lang), &source.title),
            (f::format.key(), &source.format.to_owned()),
            (f::identifier.key(), &short(&source.identifier)),
            (f::uri.key(), &short(&source.uri)),
            (f::publisher.key(), &short(&source.publisher)),
            (f::release.key(), &short(&source.release)),
            (f::changed.key(), &short(&source.changed)),
            (f::licence.key(), &short(&source.licence)),
            (f::kept.key(), &source.kept),
        ];
        for (key, text) in lines {
            if !text.is_empty() {
                values.push((key, Value::str(text.as_str())));
            }
        }
        let item = match found {
            Some(id) => {
                let item = ItemId::from(id);
                self.work.met(item);
                for (key, value) in values {
                    self.put(&Place::File, item, key, value);
                }
                item
            }
            None => {
                let item = self.work.fresh(Kind::Framework);
                match self.work.add(item, None, values) {
                    Ok(refused) => self.refused(&Place::File, refused),
                    Err(error) => {
                        self.warn(Place::File, WarningKind::Refused(error));
                        return;
                    }
                }
                item
            }
        };
        self.framework = Some(FrameworkId(item.uid));
        for part in self.work.plan.framework_parts.below(item.uid) {
            let key = (part.part.clone(), part_identity(&part.kept.0));
            self.parts.insert(key, part.id.into());
        }
    }

    /// Keeps a piece of the file that the plan has no place for.
    pub fn keep(&mut self, place: Place, at: (usize, usize), part: &str, value: &Json) {
        let text = value.to_string();
        let Some(framework) = self.framework else {
            let name = part.to_owned();
            return self.tray(place, at, Reason::UnknownPart { name }, vec![text]);
        };
        if text.chars().count() > VERBATIM_LIMIT {
            let why = BadValue::TooLong {
                limit: VERBATIM_LIMIT,
            };
            let key = field::framework_part::kept.key();
            let reason = Reason::Refused(EditError::Value { key, why });
            return self.tray(place, at, reason, vec![text]);
        }
        let key = (short(part), part_identity(&text));
        let kept = field::framework_part::kept.key();
        let done = match self.parts.get(&key).copied() {
            Some(item) => {
                self.work.met(item);
                self.put(&place, item, kept, Value::str(text.as_str()));
                Ok(())
            }
            None => {
                let item = self.work.fresh(Kind::FrameworkPart);
                let fields = vec![
                    (
                        field::framework_part::part.key(),
                        Value::str(key.0.as_str()),
                    ),
                    (kept, Value::str(text.as_str())),
                ];
                self.parts.insert(key, item);
                self.work.add(item, Some(framework.0), fields).map(|_| ())
            }
        };
        match done {
            Ok(()) => self.fate(at, Fate::Kept),
            Err(error) => self.tray(place, at, Reason::Refused(error), vec![text]),
        }
    }
}

/// By what a kept piece is known again: its identifier, else all of it.
fn part_identity(text: &str) -> String {
    let json: Option<Json> = serde_json::from_str(text).ok();
    let named = json.as_ref().and_then(|json| {
        let named = json.get("identifier").or_else(|| json.get("sourcedId"))?;
        named.as_str().map(str::to_owned)
    });
    named.unwrap_or_else(|| text.to_owned())
}
