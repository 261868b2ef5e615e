//! Rich Skill Descriptors: a collection as JSON, or CSV as it is handed to
//! and from the open skills tools. A descriptor becomes a competency; what it
//! says beside its statement is kept.

use serde_json::{Map, Value as Json};
use weft_model::{FieldKey, JobItemId, Kind, Lang, Plan, Tier, Uid, Value, field};

use super::rsd_out::name_of;
use crate::case::{item_of, uuid_at_end};
use crate::foreign::{File, FileError, Node, Options, Planter, Rows, Source, language_of, rest};
use crate::weft_json::bounded;
use crate::{Fate, ImportError, Imported, Place, Reason};

/// Reads descriptors for this plan: a collection per file.
pub fn import_rsd(
    files: &[File<'_>],
    into: &Plan,
    options: &Options,
    fresh: &mut dyn FnMut() -> Uid,
) -> Result<Imported, FileError> {
    let mut planter = Planter::new(into, fresh).decided(options);
    for (file, given) in files.iter().enumerate() {
        let bare = given
            .bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(given.bytes);
        let first = bare.iter().find(|byte| !byte.is_ascii_whitespace());
        if matches!(first, Some(b'{' | b'[')) {
            collection(&mut planter, given, files.len() > 1)
                .map_err(|error| FileError { file, error })?;
        } else {
            let rows = Rows::open(file, *given, &options.corrected, true)?;
            if !rows.has("Skill Statement") {
                let error = ImportError::NotThisFormat;
                return Err(FileError { file, error });
            }
            table(&mut planter, &rows, given.name)?;
        }
    }
    Ok(planter.finish(into))
}

fn text<'a>(object: &'a Map<String, Json>, key: &str) -> &'a str {
    object.get(key).and_then(Json::as_str).unwrap_or_default()
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A collection, a list of descriptors, or one; where there are `several` files, places
/// name theirs.
fn collection(
    planter: &mut Planter<'_>,
    given: &File<'_>,
    several: bool,
) -> Result<(), ImportError> {
    let mut about = Map::new();
    let skills = match bounded::read(given.bytes)? {
        Json::Array(skills) => skills,
        Json::Object(mut object) => match object.shift_remove("skills") {
            Some(Json::Array(skills)) => {
                about = object;
                skills
            }
            Some(_) => return Err(ImportError::NotThisFormat),
            None if object.contains_key("skillStatement") => vec![Json::Object(object)],
            None => return Err(ImportError::NotThisFormat),
        },
        _ => return Err(ImportError::NotThisFormat),
    };
    let is_one = |skill: &Json| skill.get("skillStatement").is_some();
    if !skills.iter().any(is_one) {
        return Err(ImportError::NotThisFormat);
    }
    let title = match text(&about, "name") {
        "" => stem(given.name),
        name => name,
    };
    let list = planter.out.fates.len();
    planter.out.fates.push(vec![Fate::Applied; skills.len()]);
    // What we have written ourselves is no framework of somebody else's.
    let ours = |skill: &Json| own(skill.get("id").and_then(Json::as_str).unwrap_or_default());
    let keeps = !skills.iter().all(|skill| ours(skill).is_some());
    planter.begin(
        Source {
            format: "rsd",
            identifier: match text(&about, "uuid") {
                "" => text(&about, "id").to_owned(),
                uuid => uuid.to_owned(),
            },
            uri: text(&about, "id").to_owned(),
            title: title.to_owned(),
            lang: Some(language_of("", title)),
            publisher: text(&about, "owner").to_owned(),
            changed: text(&about, "updateDate").to_owned(),
            kept: if about.is_empty() {
                String::new()
            } else {
                Json::Object(about.clone()).to_string()
            },
            ..Source::default()
        },
        keeps,
    );
    let mut nodes = Vec::new();
    for (at, value) in skills.iter().enumerate() {
        let file = if several { given.name } else { "" };
        let colon = if several { ": " } else { "" };
        let place = Place::Path(format!("{file}{colon}skills/{at}"));
        let raw = vec![value.to_string()];
        let Json::Object(skill) = value else {
            planter.tray(place, (list, at), Reason::BadShape, raw);
            continue;
        };
        let odd = ["id", "uuid", "skillName", "skillStatement"]
            .iter()
            .any(|key| {
                skill
                    .get(*key)
                    .is_some_and(|value| !value.is_string() && !value.is_null())
            });
        if odd {
            planter.tray(place, (list, at), Reason::BadShape, raw);
            continue;
        }
        let origin = match text(skill, "id") {
            "" => text(skill, "uuid"),
            id => id,
        };
        let mut rest = skill.clone();
        for key in ["id", "skillName", "skillStatement"] {
            rest.shift_remove(key);
        }
        let names = Names {
            statement: text(skill, "skillStatement"),
            name: text(skill, "skillName"),
            keywords: skill.get("keywords").cloned(),
        };
        match node(
            planter,
            place.clone(),
            (list, at),
            origin,
            &names,
            rest,
            raw.clone(),
        ) {
            Some(node) => nodes.push(node),
            None => planter.tray(place, (list, at), Reason::NoName, raw),
        }
    }
    planter.plant(nodes);
    Ok(())
}

fn table(planter: &mut Planter<'_>, rows: &Rows<'_>, name: &str) -> Result<(), FileError> {
    let list = planter.out.fates.len();
    let [skill, statement, address, keywords] = [
        rows.column(&["RSD Name", "Skill Name"]),
        rows.column(&["Skill Statement"]),
        rows.column(&["Canonical URL"]),
        rows.column(&["Keywords"]),
    ];
    let taken = ["RSD Name", "Skill Name", "Skill Statement", "Canonical URL"];
    let (mut nodes, mut waiting) = (Vec::new(), Vec::new());
    let fates = rows.each(&mut |line| {
        let words = line.get(keywords).split(';').map(str::trim);
        let words: Vec<Json> = words
            .filter(|word| !word.is_empty())
            .map(Json::from)
            .collect();
        let names = Names {
            statement: line.get(statement),
            name: line.get(skill),
            keywords: Some(words.into()),
        };
        let at = (list, line.at);
        let rest = rest(rows, line, &taken);
        match node(
            planter,
            line.place(),
            at,
            line.get(address),
            &names,
            rest,
            line.raw(),
        ) {
            Some(node) => nodes.push(node),
            None => waiting.push((line.place(), at, line.raw())),
        }
    })?;
    planter.out.fates.push(fates);
    for (place, at, raw) in waiting {
        planter.tray(place, at, Reason::NoName, raw);
    }
    let keeps = nodes.iter().any(|node: &Node| node.uid.is_none());
    planter.begin(
        Source {
            format: "rsd",
            title: stem(name).to_owned(),
            ..Source::default()
        },
        keeps,
    );
    planter.plant(nodes);
    Ok(())
}

struct Names<'a> {
    statement: &'a str,
    name: &'a str,
    keywords: Option<Json>,
}

/// The line of ours that an address names.
fn own(address: &str) -> Option<Uid> {
    let uuid = uuid_at_end(address).filter(|_| address.starts_with("urn:uuid:"))?;
    item_of(Kind::JobItem, &uuid)
}

/// The language in which the plan has this very statement.
fn known_language(plan: &Plan, line: Uid, statement: &str) -> Option<Lang> {
    let line = plan.job_items.get(JobItemId(line))?;
    let mut words = line.statement.iter();
    words
        .find(|(_, words)| *words == statement)
        .map(|(lang, _)| lang.clone())
}

fn node(
    planter: &Planter<'_>,
    place: Place,
    fate: (usize, usize),
    origin: &str,
    names: &Names<'_>,
    rest: Map<String, Json>,
    raw: Vec<String>,
) -> Option<Node> {
    use field::job_item as f;
    let (statement, name) = match (names.statement, names.name) {
        ("", "") => return None,
        ("", name) => (name, ""),
        (statement, name) => (statement, name),
    };
    let uid = own(origin);
    let known = uid.and_then(|uid| known_language(&planter.work.plan, uid, statement));
    let lang = known.unwrap_or_else(|| language_of("", statement));
    let mut values: Vec<(FieldKey, Value)> =
        vec![(f::statement.lang(lang.clone()), Value::str(statement))];
    if uid.is_none() {
        values.push((f::kind.key(), Value::str("skill")));
    }
    // A name of ours may be made of the statement.
    let name = if uid.is_some() && name == name_of(statement) {
        ""
    } else {
        name
    };
    if !name.is_empty() {
        values.push((f::description.lang(lang), Value::str(name)));
    }
    // What a CASE package has keys for goes out there too.
    let mut item = Map::new();
    item.insert("fullStatement".into(), statement.into());
    if !name.is_empty() {
        item.insert("abbreviatedStatement".into(), name.into());
    }
    if let Some(Json::Array(keywords)) = &names.keywords
        && !keywords.is_empty()
    {
        item.insert("conceptKeywords".into(), keywords.clone().into());
    }
    let mut kept = Map::new();
    kept.insert("item".into(), Json::Object(item));
    kept.insert("rsd".into(), Json::Object(rest));
    Some(Node {
        place,
        fate,
        uid,
        origin: if uid.is_some() {
            String::new()
        } else {
            origin.to_owned()
        },
        alias: uuid_at_end(origin)
            .filter(|_| uid.is_none())
            .unwrap_or_default(),
        parent: None,
        tier: Some(Tier::Competency),
        values,
        kept: uid.is_none().then_some(kept),
        raw,
    })
}
