//! Lines, modules and links as items and associations of a package.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use weft_model::{Choice as _, ItemId, JobItem, JobItemId, Sub, Tier, field};

use super::write::{Name, Writer, object, part, urn};
use super::{TEACHES, identity, own, shape};
use crate::foreign::language_of;

impl Writer<'_> {
    /// A name that no other item of the package has.
    fn name(&mut self, item: ItemId, identifier: String, uri: String, title: String) -> Name {
        let own = identity::of_item(item);
        let free = identity::is_uuid(&identifier) && !self.used.contains(&identifier);
        let name = if free {
            let uri = if uri.is_empty() {
                urn(&identifier)
            } else {
                uri
            };
            Name {
                identifier,
                uri,
                title,
            }
        } else {
            Name {
                uri: urn(&own),
                identifier: own,
                title,
            }
        };
        self.used.insert(name.identifier.clone());
        self.ids.insert(item, name.clone());
        name
    }

    pub(super) fn line(&mut self, line: &JobItem) -> Map<String, Json> {
        use field::job_item as f;
        let item = ItemId::from(line.id);
        let kept = object(&line.kept.0);
        let raw = part(&kept, "item");
        let text = |key: &str| super::json::text(&raw, key).to_owned();
        let said = text("fullStatement");
        let lang = if raw.is_empty() {
            let shown = line.statement.shown_lang(&self.options.lang);
            shown.cloned().unwrap_or_else(|| self.options.lang.clone())
        } else {
            let language = match text("language") {
                language if language.is_empty() => self.document_language(),
                language => language,
            };
            language_of(&language, &said)
        };
        let words = line.statement.get(&lang);
        let words = if words.is_empty() {
            line.statement.show(&lang)
        } else {
            words
        };
        let title = if line.code.is_empty() {
            words.to_owned()
        } else {
            line.code.clone()
        };
        let identifier = match super::json::identifier(&raw) {
            "" => super::uuid_at_end(&line.origin_uri).unwrap_or_default(),
            identifier => identifier.to_owned(),
        };
        let name = self.name(item, identifier, line.origin_uri.clone(), title);
        let mut out = raw.clone();
        let mut changed = false;
        for (key, now) in [
            ("fullStatement", words),
            ("humanCodingScheme", line.code.as_str()),
            ("notes", line.note.get(&lang)),
        ] {
            let same = super::json::text(&raw, key) == now;
            if same && (raw.contains_key(key) || now.is_empty()) && key != "fullStatement" {
                continue;
            }
            if now.is_empty() && key != "fullStatement" {
                out.shift_remove(key);
            } else {
                out.insert(key.into(), now.into());
            }
            changed |= !same;
        }
        out.insert("identifier".into(), name.identifier.clone().into());
        out.insert("uri".into(), name.uri.clone().into());
        if changed || !raw.contains_key("lastChangeDateTime") {
            out.insert("lastChangeDateTime".into(), self.now.clone().into());
        }
        let tier = line.tier.map_or(Tier::Competency, |tier| tier.0);
        // A line of the framework that this package is: the rest is known.
        let theirs = self.framework.is_some_and(|framework| {
            !raw.is_empty() && line.framework.is_some_and(|to| to.0 == framework.id)
        });
        if raw.is_empty() {
            out.insert("CFItemType".into(), tier_name(tier).into());
            out.insert("language".into(), lang.as_str().into());
        }
        let tier_known = kept.get("tier").and_then(Json::as_str) == Some(tier.id());
        let own = own::fields(self.plan, item, &|key| {
            let here = key.field == f::code
                || ((key.field == f::statement || key.field == f::note)
                    && key.sub == Sub::Lang(lang.clone()));
            let origin = [f::origin_uri, f::origin_source, f::origin_release];
            here || (theirs
                && (origin.contains(&key.field) || (key.field == f::tier && tier_known)))
                || (theirs && key.field == f::kind && self.kind_known(&raw, line))
        });
        own::add(&mut out, own);
        shape::item(&out)
    }

    fn kind_known(&self, raw: &Map<String, Json>, line: &JobItem) -> bool {
        let kind = super::read::kind_of(super::json::text(raw, "CFItemType"));
        kind == line.kind.map(|kind| kind.0.id())
    }

    fn document_language(&self) -> String {
        let raw = self.framework.map(|framework| object(&framework.kept.0));
        let raw = raw.unwrap_or_default();
        super::json::text(&raw, "language").to_owned()
    }

    /// Where a line hangs: as its package had it, where it still does.
    pub(super) fn child_of(
        &self,
        line: &JobItem,
        above: Option<JobItemId>,
        document: &Name,
        sequence: i64,
    ) -> Map<String, Json> {
        let kept = object(&line.kept.0);
        let raw = part(&kept, "child_of");
        let below = kept.get("below").and_then(Json::as_str).unwrap_or_default();
        let now = above.map_or_else(String::new, |above| above.to_string());
        if !raw.is_empty() && below == now && self.framework.is_some() {
            return shape::association(&raw);
        }
        let to = match above.and_then(|above| self.ids.get(&above.into())) {
            Some(name) => name.link("CFItem"),
            None => document.link("CFDocument"),
        };
        let from = self.ids.get(&line.id.into());
        let identifier = identity::derived(&format!("isChildOf {} {now}", line.id));
        let mut out = Map::new();
        out.insert("uri".into(), urn(&identifier).into());
        out.insert("identifier".into(), identifier.into());
        out.insert("associationType".into(), "isChildOf".into());
        out.insert("sequenceNumber".into(), sequence.into());
        out.insert(
            "originNodeURI".into(),
            from.map_or(Json::Null, |name| name.link("CFItem")),
        );
        out.insert("destinationNodeURI".into(), to);
        out.insert("lastChangeDateTime".into(), self.now.clone().into());
        shape::association(&out)
    }

    pub(super) fn module(&mut self, item: ItemId) -> Map<String, Json> {
        let title = self.plan.title(item);
        let lang = title.shown_lang(&self.options.lang).cloned();
        let lang = lang.unwrap_or_else(|| self.options.lang.clone());
        let own = own::fields(self.plan, item, &|_| false);
        let code = own.get("code").and_then(Json::as_str).unwrap_or_default();
        let words = title.get(&lang).to_owned();
        let shown = if code.is_empty() { &words } else { code };
        let name = self.name(
            item,
            identity::of_item(item),
            String::new(),
            shown.to_owned(),
        );
        let mut out = Map::new();
        out.insert("identifier".into(), name.identifier.into());
        out.insert("fullStatement".into(), words.into());
        out.insert("CFItemType".into(), "Module".into());
        out.insert("uri".into(), name.uri.into());
        if !code.is_empty() {
            out.insert("humanCodingScheme".into(), code.into());
        }
        out.insert("language".into(), lang.as_str().into());
        out.insert("lastChangeDateTime".into(), self.now.clone().into());
        let mut whole = Map::new();
        whole.insert("module".into(), Json::Object(own));
        own::add(&mut out, whole);
        shape::item(&out)
    }

    /// What modules teach. A unit has no item of its own: its links are its
    /// module's.
    pub(super) fn weave(&self, associations: &mut Vec<Json>) {
        let mut seen = BTreeSet::new();
        for (key, _) in self.plan.weave.iter() {
            let ends = [key.module.into(), key.competency.into()].map(|end| self.ids.get(&end));
            let [Some(from), Some(to)] = ends else {
                continue;
            };
            // What a deleted unit taught is taught no more.
            if key.unit.is_some_and(|unit| !self.plan.is_live(unit.into())) {
                continue;
            }
            if !seen.insert((key.module, key.competency)) {
                continue;
            }
            let identifier =
                identity::derived(&format!("teaches {} {}", key.module, key.competency));
            let mut out = Map::new();
            out.insert("uri".into(), urn(&identifier).into());
            out.insert("identifier".into(), identifier.into());
            out.insert("associationType".into(), TEACHES.into());
            out.insert("originNodeURI".into(), from.link("CFItem"));
            out.insert("destinationNodeURI".into(), to.link("CFItem"));
            out.insert("lastChangeDateTime".into(), self.now.clone().into());
            let mut own = own::link(self.plan, key);
            own.insert("teaches".into(), true.into());
            own::add(&mut out, own);
            associations.push(Json::Object(shape::association(&out)));
        }
    }
}

const fn tier_name(tier: Tier) -> &'static str {
    match tier {
        Tier::Role => "Job Role",
        Tier::Task => "Typical Work Task",
        Tier::Content => "Work Content",
        Tier::Competency => "Competency",
    }
}
