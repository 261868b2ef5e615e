//! What a package of ours says of modules and what they teach.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use weft_model::{Command, EditError, ItemId, JobItemId, Kind, LinkKey, Splice, TextAt};

use super::read::Reader;
use super::{TEACHES, identity, json, own};
use crate::Reason;

impl Reader<'_, '_> {
    /// Modules of ours.
    pub(super) fn add_modules(&mut self) {
        let mut seen = BTreeSet::new();
        for (at, mut module) in core::mem::take(&mut self.modules) {
            let identifier = module.remove("identifier");
            let identifier = identifier.as_ref().and_then(Json::as_str);
            let uid = identifier.and_then(|text| identity::item_of(Kind::Module, text));
            let value = Json::Object(module.clone());
            let Some(uid) = uid else {
                self.tray(1, at, Reason::BadShape, &value);
                continue;
            };
            if !seen.insert(uid) {
                self.tray(1, at, Reason::Twice, &value);
                continue;
            }
            let (values, odd) = own::values(Kind::Module, &module);
            for name in odd {
                let place = self.place("CFItems", at);
                self.planter.out.tray.push(crate::TrayRow {
                    place,
                    reason: Reason::UnknownPart { name },
                    cells: vec![value.to_string()],
                    heads: Vec::new(),
                });
            }
            let item = ItemId {
                kind: Kind::Module,
                uid,
            };
            let work = &mut self.planter.work;
            let done = if work.plan.any(Kind::Module).has(uid) {
                work.met(item);
                let mut first = Ok(());
                for (key, value) in values {
                    first = first.and(work.set(item, key, Some(value)).map(|_| ()));
                }
                first
            } else {
                work.add(item, None, values).map(|_| ())
            };
            if let Err(error) = done {
                self.tray(1, at, Reason::Refused(error), &value);
            }
        }
    }

    /// What is no part of the hierarchy: a link of ours, or kept.
    pub(super) fn association(&mut self, at: usize, value: &Json, placed: &[Option<JobItemId>]) {
        let Json::Object(raw) = value else {
            return self.tray(2, at, Reason::BadShape, value);
        };
        let ends =
            ["originNodeURI", "destinationNodeURI"].map(|key| raw.get(key).and_then(json::linked));
        let [Some(from), Some(to)] = ends else {
            return self.tray(2, at, Reason::BadShape, value);
        };
        if json::text(raw, "associationType").is_empty() {
            return self.tray(2, at, Reason::BadShape, value);
        }
        let module = own::module(&self.planter.work.plan, &from);
        let line = self
            .by_id
            .get(&to)
            .and_then(|at| placed.get(*at).copied().flatten());
        let ours = own::part(raw).filter(|_| json::text(raw, "associationType") == TEACHES);
        match (module, line, ours) {
            (Some(module), Some(competency), Some(own)) => {
                let key = LinkKey::of(module, competency);
                if let Err(error) = self.link(key, own) {
                    self.tray(2, at, Reason::Refused(error), value);
                }
            }
            _ => self.keep(2, at, "CFAssociations", value),
        }
    }

    fn link(&mut self, key: LinkKey, own: &Map<String, Json>) -> Result<(), EditError> {
        let (level, strength) = own::grades(own);
        let work = &mut self.planter.work;
        work.link(key, level)?;
        if strength.is_some() {
            work.strength(key, strength)?;
        }
        let notes = own.get("note").and_then(Json::as_object);
        for (tag, words) in notes.into_iter().flatten() {
            let (Some(lang), Some(words)) = (weft_model::Lang::new(tag), words.as_str()) else {
                continue;
            };
            let at = TextAt::LinkNote(key);
            let known = work.plan.text(at, &lang);
            if let Some(splice) = Splice::between(&known, words) {
                work.run(Command::Write { at, lang, splice })?;
                work.link_changed(key);
            }
        }
        Ok(())
    }
}
