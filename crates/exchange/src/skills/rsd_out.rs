//! The competencies of a plan as Rich Skill Descriptors, JSON and CSV as OSMT
//! reads them. A descriptor that came in as one goes out under its own address
//! with what was kept of it.

use serde_json::{Map, Value as Json, json};
use weft_model::{ABOUT, ItemId, JobItem, Kind, Lang, Outline, Plan, Uid};

use crate::case::{moment, own_uuid, uuid_at_end};
use crate::tables::sheet::guarded;

/// The context document of descriptors.
const CONTEXT: &str = "https://rsd.openskillsnetwork.org/context-v1.json";
/// The longest name that is taken from a statement, in letters.
const NAME: usize = 100;
/// Lists of a descriptor: the member in JSON, the head in CSV.
const LISTS: [(&str, &str); 6] = [
    ("authors", "Authors"),
    ("categories", "Categories"),
    ("keywords", "Keywords"),
    ("standards", "Standards"),
    ("certifications", "Certifications"),
    ("employers", "Employers"),
];

/// What an export needs to know beside the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RsdOptions {
    /// The uid of the plan: the collection is known by it.
    pub plan: Uid,
    /// When the plan was last edited, in milliseconds since 1970.
    pub at: i64,
    /// The language of the texts: a descriptor has one.
    pub lang: Lang,
}

/// One descriptor.
struct Skill {
    id: String,
    uuid: String,
    name: String,
    statement: String,
    /// In the order of [`LISTS`].
    lists: [Vec<String>; 6],
    /// Where its source says the same: address, name, framework.
    alignment: Option<(String, String, String)>,
    /// What else was kept of it as JSON.
    rest: Map<String, Json>,
}

/// The descriptors as a collection in JSON. The same input gives the same bytes.
pub fn export_rsd(plan: &Plan, options: &RsdOptions) -> Vec<u8> {
    let about = ItemId {
        kind: Kind::About,
        uid: options.plan,
    };
    let uuid = own_uuid(about);
    let title = plan.title(ABOUT);
    let mut head = Map::new();
    for (name, value) in [
        ("@context", CONTEXT.to_owned()),
        ("type", "RichSkillCollection".to_owned()),
        ("id", format!("urn:uuid:{uuid}")),
        ("uuid", uuid),
        ("name", title.show(&options.lang).to_owned()),
        ("author", authors(plan, &options.lang).join("; ")),
        ("status", "draft".to_owned()),
        ("updateDate", moment(options.at)),
    ] {
        head.insert(name.to_owned(), value.into());
    }
    let skills = skills(plan, &options.lang).into_iter();
    let lines: Vec<String> = skills.map(|it| it.json().to_string()).collect();
    let head = Json::Object(head).to_string();
    let head = head.strip_suffix('}').unwrap_or(&head);
    format!("{head},\n\"skills\":[\n{}\n]}}\n", lines.join(",\n")).into_bytes()
}

/// The descriptors as CSV in UTF-8. The same input gives the same bytes.
pub fn export_rsd_csv(plan: &Plan, options: &RsdOptions) -> Vec<u8> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut heads = vec!["Canonical URL", "RSD Name", "Skill Statement"];
    heads.extend(LISTS.map(|(_, head)| head));
    heads.extend(["Alignment Name", "Alignment URL", "Alignment Framework"]);
    let mut rows: Vec<Vec<String>> = vec![heads.into_iter().map(str::to_owned).collect()];
    for skill in skills(plan, &options.lang) {
        let (address, name, framework) = skill.alignment.unwrap_or_default();
        let mut row = vec![skill.id, skill.name, skill.statement];
        row.extend(skill.lists.map(|list| list.join("; ")));
        row.extend([name, address, framework]);
        rows.push(row);
    }
    for row in rows {
        // Writing to memory cannot fail, and all rows are of one length.
        if out
            .write_record(row.iter().map(|cell| guarded(cell)))
            .is_err()
        {
            break;
        }
    }
    out.into_inner().unwrap_or_default()
}

/// The name that a statement gives to a descriptor without one.
pub(super) fn name_of(statement: &str) -> String {
    let mut letters = statement.chars();
    let mut name: String = letters.by_ref().take(NAME).collect();
    if letters.next().is_some() {
        name.push('…');
    }
    name
}

fn authors(plan: &Plan, lang: &Lang) -> Vec<String> {
    let names = plan.parties.iter().map(|it| it.name.show(lang).to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

fn skills(plan: &Plan, lang: &Lang) -> Vec<Skill> {
    let authors = authors(plan, lang);
    let outline = Outline::of(plan);
    let lines = outline.competencies();
    lines
        .filter_map(|id| plan.job_items.get(id))
        .map(|line| skill(plan, line, lang, &authors))
        .filter(|skill| !skill.statement.is_empty())
        .collect()
}

fn skill(plan: &Plan, line: &JobItem, lang: &Lang, authors: &[String]) -> Skill {
    let kept: Map<String, Json> = serde_json::from_str(&line.kept.0).unwrap_or_default();
    let kept = kept.get("rsd").and_then(Json::as_object).cloned();
    let came = kept.is_some();
    let mut rest = kept.unwrap_or_default();
    let lists = LISTS.map(|(member, head)| {
        let told = rest
            .shift_remove(member)
            .or_else(|| rest.shift_remove(head));
        match told {
            Some(Json::Array(all)) => all.iter().filter_map(word).collect(),
            Some(Json::String(text)) => {
                let words = text.split(';').map(|word| word.trim().to_owned());
                words.filter(|word| !word.is_empty()).collect()
            }
            _ if member == "authors" && !came => authors.to_vec(),
            _ => Vec::new(),
        }
    });
    // Of a table, what else stood in a row has no member in JSON.
    rest.retain(|name, value| !value.is_null() && !name.contains([' ', '*']));
    let own = own_uuid(line.id.into());
    let uuid = rest.shift_remove("uuid");
    let uuid = uuid.as_ref().and_then(Json::as_str).map(str::to_owned);
    let (id, uuid) = if came && !line.origin_uri.is_empty() {
        let end = uuid_at_end(&line.origin_uri);
        (line.origin_uri.clone(), uuid.or(end).unwrap_or(own))
    } else {
        (format!("urn:uuid:{own}"), own)
    };
    let statement = line.statement.show(lang).to_owned();
    let name = match line.description.show(lang) {
        "" => name_of(&statement),
        name => name.to_owned(),
    };
    let framework = line.framework.and_then(|to| plan.frameworks.get(to.0));
    let source = framework.map_or(line.origin_source.as_str(), |it| it.title.show(lang));
    let alignment = (!came && !line.origin_uri.is_empty()).then(|| {
        (
            line.origin_uri.clone(),
            statement.clone(),
            source.to_owned(),
        )
    });
    Skill {
        id,
        uuid,
        name,
        statement,
        lists,
        alignment,
        rest,
    }
}

/// An entry of a list: a word, or an object with a name.
fn word(value: &Json) -> Option<String> {
    let named = ["skillName", "name", "id"];
    let text = value.as_str().or_else(|| {
        let mut found = named.iter().filter_map(|name| value.get(name)?.as_str());
        found.next()
    });
    text.map(str::to_owned)
}

impl Skill {
    fn json(self) -> Json {
        let mut out = self.rest;
        let mut put = |name: &str, value: Json| {
            out.insert(name.to_owned(), value);
        };
        put("type", "RichSkillDescriptor".into());
        put("id", self.id.into());
        put("uuid", self.uuid.into());
        put("skillName", self.name.into());
        put("skillStatement", self.statement.into());
        for ((member, _), list) in LISTS.iter().zip(self.lists) {
            // As OSMT writes them: words, and objects with a name.
            let wrap = |word: String| match *member {
                "standards" => json!({"skillName": word}),
                "certifications" | "employers" => json!({"name": word}),
                _ => word.into(),
            };
            put(member, list.into_iter().map(wrap).collect());
        }
        if let Some((address, name, framework)) = self.alignment {
            let one = json!({"id": address, "skillName": name, "isPartOf": {"name": framework}});
            put("alignments", json!([one]));
        }
        out.entry("status").or_insert_with(|| "draft".into());
        Json::Object(out)
    }
}
