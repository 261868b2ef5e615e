//! A package as commands. Real packages differ from the standard in many
//! small ways; each is read for what it means, and what has no place in a
//! plan is kept as it stands.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use weft_model::{Choice as _, FieldKey, Kind, Plan, Tier, Uid, Value, field};

use super::edges::{self, Edges};
use super::{PARTS, identity, json, own};
use crate::foreign::{File, FileError, Node, Options, Places, Planter, Source, language_of};
use crate::tables::words::choice;
use crate::weft_json::bounded;
use crate::{Fate, ImportError, Imported, Place, Reason, WarningKind};

/// Reads packages for this plan.
pub fn import(
    files: &[File<'_>],
    into: &Plan,
    options: &Options,
    fresh: &mut dyn FnMut() -> Uid,
) -> Result<Imported, FileError> {
    let mut planter = Planter::new(into, fresh).decided(options);
    for (file, given) in files.iter().enumerate() {
        one(&mut planter, file, *given, files.len() > 1)?;
    }
    Ok(planter.finish(into))
}

/// Reads one package; where there are several, places name their files.
pub(super) fn one(
    planter: &mut Planter<'_>,
    file: usize,
    given: File<'_>,
    several: bool,
) -> Result<(), FileError> {
    let package = read(given.bytes).map_err(|error| FileError { file, error })?;
    let prefix = if several {
        format!("{}: ", given.name)
    } else {
        String::new()
    };
    let first = planter.out.fates.len();
    Reader {
        planter,
        first,
        prefix,
        lang: String::new(),
        nodes: Vec::new(),
        by_id: BTreeMap::new(),
        places: Places::default(),
        modules: Vec::new(),
    }
    .package(&package);
    Ok(())
}

fn read(bytes: &[u8]) -> Result<Map<String, Json>, ImportError> {
    let Json::Object(mut file) = bounded::read(bytes)? else {
        return Err(ImportError::NotThisFormat);
    };
    // Some tools wrap it.
    if let Some(Json::Object(inner)) = file.get_mut("CFPackage") {
        file = core::mem::take(inner);
    }
    let document = file.get("CFDocument").is_some_and(Json::is_object);
    let items = file.get("CFItems").is_some_and(Json::is_array);
    if document || items {
        Ok(file)
    } else {
        Err(ImportError::NotThisFormat)
    }
}

pub(super) struct Reader<'r, 'a> {
    pub(super) planter: &'r mut Planter<'a>,
    /// The first of this file's lists of fates.
    first: usize,
    prefix: String,
    /// The language of the document.
    lang: String,
    pub(super) nodes: Vec<Node>,
    /// Nodes by identifier and by address.
    pub(super) by_id: BTreeMap<String, usize>,
    /// Where else nodes stand.
    pub(super) places: Places,
    /// Modules of ours, with where they stand.
    pub(super) modules: Vec<(usize, Map<String, Json>)>,
}

impl Reader<'_, '_> {
    pub(super) fn place(&self, part: &str, at: usize) -> Place {
        Place::Path(format!("{}{part}/{at}", self.prefix))
    }

    pub(super) fn tray(&mut self, part: usize, at: usize, reason: Reason, value: &Json) {
        let place = self.place(PARTS.get(part).copied().unwrap_or_default(), at);
        let cells = vec![value.to_string()];
        self.planter
            .tray(place, (self.first + part, at), reason, cells);
    }

    pub(super) fn keep(&mut self, part: usize, at: usize, name: &str, value: &Json) {
        let place = self.place(name, at);
        self.planter
            .keep(place, (self.first + part, at), name, value);
    }

    fn package(&mut self, package: &Map<String, Json>) {
        let none = Vec::new();
        let list = |name: &str| match package.get(name) {
            Some(Json::Array(all)) => all,
            _ => &none,
        };
        let items = list("CFItems");
        let associations = list("CFAssociations");
        let definitions = definitions(package.get("CFDefinitions"));
        let rubrics = list("CFRubrics");
        let others: Vec<(&str, &Json)> = package
            .iter()
            .filter(|(name, value)| {
                let read = match name.as_str() {
                    "CFDocument" => value.is_object(),
                    "CFItems" | "CFAssociations" | "CFRubrics" => value.is_array(),
                    "CFDefinitions" => {
                        value.is_object() || value.as_array().is_some_and(Vec::is_empty)
                    }
                    _ => false,
                };
                !read && !value.is_null()
            })
            .map(|(name, value)| (name.as_str(), value))
            .collect();
        let counts = [
            1,
            items.len(),
            associations.len(),
            definitions.len(),
            rubrics.len(),
            others.len(),
        ];
        let fates = counts.map(|count| vec![Fate::Applied; count]);
        self.planter.out.fates.extend(fates);

        let empty = Map::new();
        let document = package
            .get("CFDocument")
            .and_then(Json::as_object)
            .unwrap_or(&empty);
        self.lang = json::text(document, "language").to_owned();
        let ours = identity::item_of(Kind::About, json::identifier(document)).is_some()
            && own::part(document).is_some();
        let edges = Edges::of(associations, json::identifier(document));
        let keeps = !ours
            || definitions.len() + rubrics.len() + others.len() > 0
            || edges.has_others(associations);
        self.planter.begin(self.source(document), keeps);
        let replaced = edges::replaced(associations);
        if let Some(coming) = self.planter.coming() {
            coming.replaced.extend(replaced);
        }
        if ours {
            self.about(document);
        }
        for (at, item) in items.iter().enumerate() {
            self.item(at, item);
        }
        self.hierarchy(associations, &edges);
        let nodes = core::mem::take(&mut self.nodes);
        let also = core::mem::take(&mut self.places);
        let placed = self.planter.plant_in_place(nodes, also);
        self.add_modules();
        for (at, association) in associations.iter().enumerate() {
            if !edges.used.contains(&at) {
                self.association(at, association, &placed);
            }
        }
        for (at, (part, within, value)) in definitions.iter().enumerate() {
            let place = self.place(part, *within);
            let fate = (self.first + 3, at);
            if value.is_object() {
                self.planter.keep(place, fate, part, value);
            } else {
                let cells = vec![value.to_string()];
                self.planter.tray(place, fate, Reason::BadShape, cells);
            }
        }
        for (at, rubric) in rubrics.iter().enumerate() {
            if rubric.is_object() {
                self.keep(4, at, "CFRubrics", rubric);
            } else {
                self.tray(4, at, Reason::BadShape, rubric);
            }
        }
        for (at, (name, value)) in others.iter().enumerate() {
            if PARTS[..5].contains(name) {
                self.tray(5, at, Reason::BadShape, value);
            } else {
                self.keep(5, at, name, value);
            }
        }
    }

    fn source(&self, document: &Map<String, Json>) -> Source {
        let text = |key: &str| json::text(document, key).to_owned();
        let licence = document.get("licenseURI").map(json::link);
        let licence = licence.as_ref().and_then(Json::as_object);
        let licence = licence.map(|link| match json::text(link, "title") {
            "" => json::text(link, "uri").to_owned(),
            title => title.to_owned(),
        });
        let publisher = match json::text(document, "publisher") {
            "" => text("creator"),
            publisher => publisher.to_owned(),
        };
        let title = text("title");
        Source {
            format: "case",
            identifier: json::identifier(document).to_owned(),
            uri: text("uri"),
            lang: Some(language_of(&self.lang, &title)),
            title,
            publisher,
            release: text("version"),
            changed: text("lastChangeDateTime"),
            licence: licence.unwrap_or_default(),
            kept: Json::Object(own::without(document)).to_string(),
        }
    }

    /// A plan of ours names itself, where the plan has no name yet.
    fn about(&mut self, document: &Map<String, Json>) {
        let unnamed = self.planter.work.plan.about().title.is_empty();
        let Some(own) = own::part(document).filter(|_| unnamed) else {
            return;
        };
        for (key, value) in own::values(Kind::About, own).0 {
            let item = weft_model::ABOUT;
            if key.field == field::about::title
                && let Err(error) = self.planter.work.set(item, key, Some(value))
            {
                self.planter.warn(Place::File, WarningKind::Refused(error));
            }
        }
    }

    fn item(&mut self, at: usize, value: &Json) {
        let Json::Object(raw) = value else {
            return self.tray(1, at, Reason::BadShape, value);
        };
        let raw = json::present(raw);
        // Whatever becomes of it, it is not gone from its framework.
        self.planter.saw(json::identifier(&raw));
        self.planter.saw(json::text(&raw, "uri"));
        let texts = ["fullStatement", "humanCodingScheme", "notes", "uri"];
        if texts
            .iter()
            .any(|key| raw.get(*key).is_some_and(|value| !value.is_string()))
        {
            return self.tray(1, at, Reason::BadShape, value);
        }
        let identifier = json::identifier(&raw).to_owned();
        let uri = json::text(&raw, "uri").to_owned();
        let mine = own::part(&raw);
        if let Some(Json::Object(module)) = mine.and_then(|own| own.get("module")) {
            if !identifier.is_empty() && self.by_id.contains_key(&identifier) {
                return self.tray(1, at, Reason::Twice, value);
            }
            let mut module = module.clone();
            module.insert("identifier".into(), identifier.into());
            return self.modules.push((at, module));
        }
        let statement = match json::text(&raw, "fullStatement") {
            "" => json::text(&raw, "abbreviatedStatement"),
            statement => statement,
        };
        let code = json::text(&raw, "humanCodingScheme");
        if statement.is_empty() && code.is_empty() && mine.is_none() {
            return self.tray(1, at, Reason::NoName, value);
        }
        let said = match json::text(&raw, "language") {
            "" => self.lang.as_str(),
            said => said,
        };
        let lang = language_of(said, statement);
        let uid = identity::item_of(Kind::JobItem, &identifier);
        let (values, odd) =
            mine.map_or_else(Default::default, |own| own::values(Kind::JobItem, own));
        let place = self.place("CFItems", at);
        for name in odd {
            let text = mine.and_then(|own| own.get(&name)).map(Json::to_string);
            self.planter.out.tray.push(crate::TrayRow {
                place: place.clone(),
                reason: Reason::UnknownPart { name },
                cells: text.into_iter().collect(),
                heads: Vec::new(),
            });
        }
        let mut all: BTreeMap<FieldKey, Value> = BTreeMap::new();
        if uid.is_none()
            && let Some(kind) = kind_of(json::text(&raw, "CFItemType"))
        {
            all.insert(field::job_item::kind.key(), Value::str(kind));
        }
        all.extend(values);
        use field::job_item as f;
        for (key, text) in [
            (f::code.key(), code),
            (f::statement.lang(lang.clone()), statement),
            (f::note.lang(lang), json::text(&raw, "notes")),
        ] {
            if !text.is_empty() {
                all.insert(key, Value::str(text));
            }
        }
        let tier = all.remove(&f::tier.key());
        let tier = tier.and_then(|value| value.as_str().and_then(Tier::from_id));
        let origin = match (uid, uri.is_empty()) {
            (Some(_), _) => String::new(),
            (None, false) => uri.clone(),
            (None, true) => identifier.clone(),
        };
        let number = self.nodes.len();
        for name in [&identifier, &uri] {
            if !name.is_empty() {
                self.by_id.entry(name.clone()).or_insert(number);
            }
        }
        let mut kept = Map::new();
        let bare = own::without(&raw);
        if uid.is_none() || bare.keys().any(|key| !WRITTEN.contains(&key.as_str())) {
            kept.insert("item".into(), Json::Object(bare));
        }
        self.nodes.push(Node {
            place,
            fate: (self.first + 1, at),
            uid,
            origin,
            alias: if identity::is_uuid(&identifier) && uid.is_none() {
                identifier.to_ascii_lowercase()
            } else {
                String::new()
            },
            parent: None,
            tier,
            values: all.into_iter().collect(),
            kept: (!kept.is_empty()).then_some(kept),
            raw: vec![value.to_string()],
        });
    }
}

/// The keys that a line of ours is written with.
const WRITTEN: [&str; 9] = [
    "identifier",
    "fullStatement",
    "CFItemType",
    "uri",
    "humanCodingScheme",
    "notes",
    "language",
    "lastChangeDateTime",
    "extensions",
];

pub(super) fn kind_of(item_type: &str) -> Option<&'static str> {
    if item_type.is_empty() {
        return None;
    }
    choice(weft_model::CompetencyKind::IDS, item_type)
}

/// All definitions, each with the list that it stands in, and where there.
fn definitions(value: Option<&Json>) -> Vec<(String, usize, &Json)> {
    let Some(Json::Object(lists)) = value else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (name, list) in lists {
        let part = format!("CFDefinitions/{name}");
        match list {
            Json::Null => {}
            Json::Array(list) => {
                let list = list.iter().enumerate();
                all.extend(list.map(|(at, one)| (part.clone(), at, one)));
            }
            other => all.push((part, 0, other)),
        }
    }
    all
}
