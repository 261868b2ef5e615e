//! A plan as a CASE 1.1 package: the job outline as items below each other,
//! the modules as items beside it, and the weave as associations between
//! them. A framework that came in goes out under its own identifiers, with
//! all that was kept of it. The same plan gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};
use weft_model::{ABOUT, Framework, ItemId, JobItem, Kind, Lang, Plan, Uid, field};

use super::{identity, own, shape};

/// What an export needs to know beside the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseOptions {
    /// The uid of the plan: the document of a plan without an imported
    /// framework is known by it.
    pub plan: Uid,
    /// When the plan was last changed, in milliseconds since 1970: what the
    /// file says of everything that is no one else's.
    pub at: i64,
    /// The language of statements that have several; the others go into the
    /// extensions.
    pub lang: Lang,
}

/// The package, as one JSON object.
pub fn export(plan: &Plan, options: &CaseOptions) -> Vec<u8> {
    let mut writer = Writer {
        plan,
        options,
        now: identity::moment(options.at),
        framework: single_framework(plan),
        ids: BTreeMap::new(),
        used: BTreeSet::new(),
    };
    let package = writer.package();
    let mut out = String::from("{\n");
    for (number, (name, value)) in package.iter().enumerate() {
        let comma = if number == 0 { "" } else { ",\n" };
        out.push_str(&format!("{comma}{}:", Json::from(name.as_str())));
        match value {
            // One item a line: two files can be compared.
            Json::Array(all) if !all.is_empty() => {
                let lines: Vec<String> = all.iter().map(Json::to_string).collect();
                out.push_str(&format!("[\n{}\n]", lines.join(",\n")));
            }
            other => out.push_str(&other.to_string()),
        }
    }
    out.push_str("\n}\n");
    out.into_bytes()
}

/// The framework that the package is: the only one that came in as CASE.
fn single_framework(plan: &Plan) -> Option<&Framework> {
    let mut all = plan.frameworks.iter().filter(|one| one.format == "case");
    let first = all.next();
    first.filter(|_| all.next().is_none())
}

/// An item of the package: its identifier and address.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) identifier: String,
    pub(super) uri: String,
    pub(super) title: String,
}

impl Name {
    pub(super) fn link(&self, target: &str) -> Json {
        let mut link = json!({
            "title": self.title,
            "identifier": self.identifier,
            "uri": self.uri,
        });
        if !target.is_empty()
            && let Some(link) = link.as_object_mut()
        {
            link.insert("targetType".into(), target.into());
        }
        link
    }
}

pub(super) struct Writer<'a> {
    pub(super) plan: &'a Plan,
    pub(super) options: &'a CaseOptions,
    pub(super) now: String,
    pub(super) framework: Option<&'a Framework>,
    pub(super) ids: BTreeMap<ItemId, Name>,
    pub(super) used: BTreeSet<String>,
}

pub(super) fn object(text: &str) -> Map<String, Json> {
    match serde_json::from_str(text) {
        Ok(Json::Object(object)) => object,
        _ => Map::new(),
    }
}

pub(super) fn part(kept: &Map<String, Json>, name: &str) -> Map<String, Json> {
    let part = kept.get(name).and_then(Json::as_object);
    part.cloned().unwrap_or_default()
}

pub(super) fn urn(identifier: &str) -> String {
    format!("urn:uuid:{identifier}")
}

impl Writer<'_> {
    fn package(&mut self) -> Map<String, Json> {
        let (document, name) = self.document();
        let lines = self.lines();
        let mut items: Vec<Json> = Vec::new();
        for line in &lines {
            items.push(Json::Object(self.line(line)));
        }
        let mut associations = Vec::new();
        let mut counts: BTreeMap<Option<Uid>, i64> = BTreeMap::new();
        for line in &lines {
            let above = line.parent.map(|to| to.0);
            let above = above.filter(|above| self.ids.contains_key(&(*above).into()));
            let count = counts.entry(above.map(Into::into)).or_insert(0);
            *count += 1;
            let count = *count;
            associations.push(Json::Object(self.child_of(line, above, &name, count)));
        }
        let modules: Vec<weft_model::ModuleId> =
            self.plan.modules.iter().map(|module| module.id).collect();
        for module in modules {
            items.push(Json::Object(self.module(module.into())));
        }
        self.weave(&mut associations);
        let mut definitions: Map<String, Json> = Map::new();
        let mut others: Map<String, Json> = Map::new();
        let mut rubrics = Vec::new();
        for piece in self.pieces() {
            let (part, value) = piece;
            let value = match value {
                Json::Object(raw) if part == "CFAssociations" => {
                    Json::Object(shape::association(&raw))
                }
                value => shape::other(&value),
            };
            match part.as_str() {
                "CFAssociations" => associations.push(value),
                "CFRubrics" => rubrics.push(value),
                part => match part.strip_prefix("CFDefinitions/") {
                    Some(list) => {
                        let list = definitions
                            .entry(list.to_owned())
                            .or_insert_with(|| json!([]));
                        if let Json::Array(list) = list {
                            list.push(value);
                        }
                    }
                    None => {
                        others.insert(part.to_owned(), value);
                    }
                },
            }
        }
        let mut package = Map::new();
        package.insert("CFDocument".into(), Json::Object(document));
        package.insert("CFItems".into(), items.into());
        package.insert("CFAssociations".into(), associations.into());
        if !definitions.is_empty() {
            package.insert("CFDefinitions".into(), Json::Object(definitions));
        }
        if !rubrics.is_empty() {
            package.insert("CFRubrics".into(), rubrics.into());
        }
        if let Some(Json::Object(kept)) = others.shift_remove("extensions") {
            others = kept.into_iter().chain(others).collect();
        }
        if !others.is_empty() {
            package.insert("extensions".into(), Json::Object(others));
        }
        package
    }

    /// All lines of the outline, each behind the one that it stands below.
    fn lines(&self) -> Vec<JobItem> {
        let outline = weft_model::Outline::of(self.plan);
        let rows = outline.rows().iter();
        rows.filter_map(|row| self.plan.job_items.get(row.id))
            .cloned()
            .collect()
    }

    /// What was kept of frameworks that came in as CASE.
    fn pieces(&self) -> Vec<(String, Json)> {
        let mut all = Vec::new();
        for framework in self.plan.frameworks.iter() {
            if framework.format != "case" {
                continue;
            }
            for piece in self.plan.framework_parts.below(framework.id) {
                if let Ok(value) = serde_json::from_str(&piece.kept.0) {
                    all.push((piece.part.clone(), value));
                }
            }
        }
        all
    }

    fn document(&self) -> (Map<String, Json>, Name) {
        let plan = self.plan;
        let lang = &self.options.lang;
        let (mut raw, identifier, mut uri, title) = match self.framework {
            Some(framework) => {
                let raw = object(&framework.kept.0);
                let identifier = framework.identifier.clone();
                let title = framework.title.show(lang).to_owned();
                (raw, identifier, framework.uri.clone(), title)
            }
            None => {
                let about = ItemId {
                    kind: Kind::About,
                    uid: self.options.plan,
                };
                let title = plan.about().title.show(lang).to_owned();
                (Map::new(), identity::of_item(about), String::new(), title)
            }
        };
        let identifier = if identifier.is_empty() {
            identity::derived(&title)
        } else {
            identifier
        };
        if uri.is_empty() {
            uri = urn(&identifier);
        }
        raw.insert("identifier".into(), identifier.clone().into());
        raw.insert("uri".into(), uri.clone().into());
        let title = if title.is_empty() {
            plan.about().code.clone()
        } else {
            title
        };
        raw.insert("title".into(), title.clone().into());
        raw.insert("caseVersion".into(), "1.1".into());
        let creators: Vec<&str> = plan
            .parties
            .iter()
            .map(|party| party.name.show(lang))
            .filter(|name| !name.is_empty())
            .collect();
        raw.entry("creator").or_insert_with(|| {
            if creators.is_empty() {
                "–".into()
            } else {
                creators.join(", ").into()
            }
        });
        raw.entry("lastChangeDateTime")
            .or_insert_with(|| self.now.clone().into());
        if self.framework.is_none() {
            raw.insert("language".into(), lang.as_str().into());
            let mut own = own::fields(plan, ABOUT, &|key| key.field != field::about::title);
            own.insert("plan".into(), self.options.plan.to_string().into());
            own::add(&mut raw, own);
        }
        let name = Name {
            identifier,
            uri,
            title,
        };
        (shape::document(&raw), name)
    }
}
