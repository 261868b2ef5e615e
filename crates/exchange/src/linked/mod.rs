//! JSON-LD out, for systems that describe programmes in the open: CTDL-ASN,
//! Open Badges 3.0 and the European Learning Model. What a plan holds has the
//! same address in all of them and in CASE: its UUID, or that at its source.
//!
//! Nothing of them is read back.

mod badges;
mod ctdl;
mod elm;

pub use badges::badges;
pub use ctdl::ctdl;
pub use elm::elm;

use serde_json::{Map, Value as Json};
use weft_model::{
    Hours, ItemId, JobItem, JobItemId, Kind, Lang, Module, ModuleId, Outline, OutlineRow, Plan,
    Text, Uid,
};

use crate::Words;
use crate::case::{moment, own_uuid, uuid_at_end};

/// What an export needs to know beside the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkedOptions {
    /// The uid of the plan: the programme is known by it.
    pub plan: Uid,
    /// When the plan was last edited, in milliseconds since 1970.
    pub at: i64,
}

/// What all of them draw from.
struct Ground<'a> {
    plan: &'a Plan,
    words: Words<'a>,
    options: LinkedOptions,
    outline: Outline,
}

impl<'a> Ground<'a> {
    fn new(plan: &'a Plan, options: LinkedOptions, words: Words<'a>) -> Self {
        Self {
            plan,
            words,
            options,
            outline: Outline::of(plan),
        }
    }

    fn lang(&self) -> &'a Lang {
        self.words.lang()
    }

    /// The UUID of the programme as a whole.
    fn programme(&self) -> String {
        own_uuid(ItemId {
            kind: Kind::About,
            uid: self.options.plan,
        })
    }

    /// The UUID of an item: the one at its source, where it has one.
    fn uuid(&self, item: ItemId) -> String {
        let line = self.plan.job_items.get(JobItemId(item.uid));
        let line = line.filter(|_| item.kind == Kind::JobItem);
        line.and_then(|line| uuid_at_end(&line.origin_uri))
            .unwrap_or_else(|| own_uuid(item))
    }

    fn urn(&self, item: impl Into<ItemId>) -> String {
        format!("urn:uuid:{}", self.uuid(item.into()))
    }

    /// Where a line can be looked up: at its source, else by its UUID.
    fn address(&self, line: &JobItem) -> String {
        source_of(line).map_or_else(|| self.urn(line.id), str::to_owned)
    }

    fn lines(&self) -> impl Iterator<Item = (&OutlineRow, &'a JobItem)> {
        let rows = self.outline.rows().iter();
        rows.filter_map(|row| Some((row, self.plan.job_items.get(row.id)?)))
    }

    /// The competencies that a module or a unit of it teaches, in the order of
    /// the outline.
    fn taught(&self, module: ModuleId) -> Vec<&'a JobItem> {
        let links = self.plan.weave.of_module(module);
        let live = links.filter(|(key, _)| {
            let unit = key.unit;
            unit.is_none_or(|unit| self.plan.is_live(unit.into()))
        });
        let mut at: Vec<usize> = live
            .filter_map(|(key, _)| self.outline.position(key.competency))
            .collect();
        at.sort_unstable();
        at.dedup();
        let rows = at.into_iter().filter_map(|at| self.outline.rows().get(at));
        rows.filter_map(|row| self.plan.job_items.get(row.id))
            .collect()
    }

    /// The length of a module on the clock, as ISO 8601; none where the plan
    /// does not say how long its hours are.
    fn duration(&self, hours: Option<Hours>) -> Option<String> {
        let minutes = self.plan.about().hour_minutes?.0;
        let minutes = hours?.halves().checked_mul(minutes)? / 2;
        let (hours, minutes) = (minutes / 60, minutes % 60);
        let parts = [
            (hours > 0).then(|| format!("{hours}H")),
            (minutes > 0).then(|| format!("{minutes}M")),
        ];
        let said: String = parts.into_iter().flatten().collect();
        (!said.is_empty()).then(|| format!("PT{said}"))
    }

    /// What a module is about, in one language; its title where nothing is said.
    fn told(&self, module: &Module) -> String {
        let said = [&module.description, &module.objectives, &module.title];
        let mut said = said.iter().map(|text| text.show(self.lang()));
        said.find(|text| !text.is_empty())
            .map_or_else(|| module.code.clone(), str::to_owned)
    }

    /// How a module is assessed, a line each.
    fn assessed(&self, module: ModuleId) -> Vec<String> {
        use weft_model::{Choice as _, field::assessment as f};
        let all = self.plan.assessments.below(module).map(|it| {
            let kind = it.kind.map(|kind| self.words.choice(f::kind, kind.0.id()));
            let title = it.title.show(self.lang());
            let name = if title.is_empty() {
                kind.unwrap_or_default()
            } else {
                title.to_owned()
            };
            match it.weight {
                Some(weight) => format!("{name}: {} %", weight.0),
                None => name,
            }
        });
        all.filter(|line| !line.is_empty()).collect()
    }

    fn changed(&self) -> String {
        moment(self.options.at)
    }
}

/// The address of a line at its source, where it is one.
fn source_of(line: &JobItem) -> Option<&str> {
    Some(line.origin_uri.as_str()).filter(|uri| is_address(uri))
}

fn is_address(text: &str) -> bool {
    let fits = |letter: char| !letter.is_whitespace() && !letter.is_control();
    (text.starts_with("https://") || text.starts_with("http://")) && text.chars().all(fits)
}

/// A text as a language map; none where there is none.
fn map(text: &Text) -> Option<Json> {
    let words = text.iter();
    let words: Map<String, Json> = words
        .map(|(lang, words)| (lang.to_string(), Json::from(words)))
        .collect();
    (!words.is_empty()).then_some(Json::Object(words))
}

/// A text as a language map; where it is empty, another one in a language.
fn map_or(text: &Text, lang: &Lang, other: &str) -> Json {
    map(text).unwrap_or_else(|| {
        let one = (lang.to_string(), named(other.to_owned()));
        Json::Object(Map::from_iter([one]))
    })
}

/// A name that is required: never empty.
fn named(text: String) -> Json {
    if text.is_empty() {
        "–".into()
    } else {
        text.into()
    }
}

/// An object without what is null or empty.
fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    let said = members.into_iter().filter(|(_, value)| match value {
        Json::Null => false,
        Json::String(text) => !text.is_empty(),
        Json::Array(all) => !all.is_empty(),
        _ => true,
    });
    let said = said.map(|(name, value)| (name.to_owned(), value));
    Json::Object(said.collect())
}

/// A file: its context, and its nodes, one a line.
fn file(context: &Json, nodes: &[Json]) -> Vec<u8> {
    let lines: Vec<String> = nodes.iter().map(Json::to_string).collect();
    let text = format!(
        "{{\"@context\":{context},\n\"@graph\":[\n{}\n]}}\n",
        lines.join(",\n")
    );
    text.into_bytes()
}
