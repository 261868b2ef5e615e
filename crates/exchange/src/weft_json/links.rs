//! The links of a Weft JSON file, once its items are there.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use weft_model::{Command, EditError, Lang, LinkKey, PartyId, Splice, TextAt, Tier};

use super::import::Reader;
use super::values::link_key;
use crate::Reason;

impl Reader<'_> {
    pub(super) fn links(&mut self, links: Option<&Json>) {
        let links = match links {
            Some(Json::Array(links)) => links,
            Some(other) => return self.tray("links", Reason::BadShape, other),
            None => return,
        };
        let mut seen: BTreeMap<LinkKey, ()> = BTreeMap::new();
        for (at, link) in links.iter().enumerate() {
            let path = format!("links/{at}");
            let Some(key) = link_key(link) else {
                self.tray(&path, Reason::BadShape, link);
                continue;
            };
            if seen.insert(key, ()).is_some() {
                self.tray(&path, Reason::Twice, link);
                continue;
            }
            if let Err(error) = self.link(key, link, &path) {
                self.tray(&path, Reason::Refused(error), link);
            }
        }
    }

    fn link(&mut self, key: LinkKey, link: &Json, path: &str) -> Result<(), EditError> {
        let number = |name: &str| -> Result<Option<u8>, EditError> {
            match link.get(name) {
                None | Some(Json::Null) => Ok(None),
                Some(value) => {
                    let number = value.as_u64().and_then(|number| u8::try_from(number).ok());
                    number.map(Some).ok_or(EditError::OutOfScale)
                }
            }
        };
        let (level, strength) = (number("level")?, number("strength")?);
        match self.work.link(key, level) {
            Err(EditError::WrongPlace(line)) if line == key.competency.into() => {
                self.for_the_moment(line, Tier::Competency);
                self.work.link(key, level)?;
            }
            other => other?,
        }
        if strength.is_some() {
            self.work.strength(key, strength)?;
        }
        let note = link
            .get("note")
            .and_then(Json::as_object)
            .into_iter()
            .flatten();
        for (tag, words) in note {
            let (Some(lang), Some(words)) = (Lang::new(tag), words.as_str()) else {
                self.tray(&format!("{path}/note/{tag}"), Reason::BadShape, words);
                continue;
            };
            let at = TextAt::LinkNote(key);
            if let Some(splice) = Splice::between(&self.work.plan.text(at, &lang), words) {
                self.work.run(Command::Write { at, lang, splice })?;
                self.work.link_changed(key);
            }
        }
        for party in link
            .get("visible_to")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
        {
            let Some(uid) = party.as_str().and_then(|uid| uid.parse().ok()) else {
                self.tray(path, Reason::BadShape, party);
                continue;
            };
            let party = PartyId(uid);
            if !self
                .work
                .plan
                .weave
                .get(&key)
                .is_some_and(|link| link.visible_to.contains(&party))
            {
                self.work.run(Command::ShowLink {
                    key,
                    party,
                    named: true,
                })?;
                self.work.link_changed(key);
            }
        }
        for name in link.as_object().into_iter().flat_map(Map::keys) {
            let known = [
                "module",
                "unit",
                "competency",
                "level",
                "strength",
                "note",
                "visible_to",
            ];
            if !known.contains(&name.as_str()) {
                let value = link.get(name).cloned().unwrap_or_default();
                self.tray(
                    &format!("{path}/{name}"),
                    Reason::UnknownPart { name: name.clone() },
                    &value,
                );
            }
        }
        Ok(())
    }
}
