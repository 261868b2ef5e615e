//! CSV files of ESCO: occupations, skills, and which of these belong to which
//! occupation. Columns go by their heads, because releases differ in them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};
use weft_model::{FieldKey, JobItemId, Kind, Lang, Plan, Tier, Uid, Value, field};

use super::relation::Relation;
use crate::foreign::{File, FileError, Node, Options, Planter, Rows, Source, language_of};
use crate::{
    Fate, ImportError, Imported, Offer, Place, Question, QuestionKind, Reason, WarningKind,
};

/// An occupation or a skill.
#[derive(Default)]
struct Concept {
    labels: Vec<(Lang, String)>,
    descriptions: Vec<(Lang, String)>,
    code: String,
    /// Of a skill: knowledge, or skill/competence.
    skill_type: String,
    /// Everything else that its lines hold.
    others: Map<String, Json>,
    /// Its lines.
    at: Vec<(usize, usize)>,
    place: Option<Place>,
    raw: Vec<String>,
}

#[derive(Default)]
struct Read {
    occupations: BTreeMap<String, Concept>,
    /// In the order of the file.
    order: Vec<String>,
    skills: BTreeMap<String, Concept>,
    skill_order: Vec<String>,
    relations: Vec<Relation>,
    /// Occupations that the plan holds, and what the file says of them where they are
    /// not chosen: what a skill is to them stays true beside what is taken now.
    held: BTreeSet<String>,
    beside: Vec<Relation>,
    /// Relations of each occupation.
    counts: BTreeMap<String, usize>,
    changed: String,
    any_relations: bool,
}

type Waiting = Vec<(Place, (usize, usize), Reason, Vec<String>)>;

/// Reads files of ESCO for this plan.
pub fn import_esco(
    files: &[File<'_>],
    into: &Plan,
    options: &Options,
    fresh: &mut dyn FnMut() -> Uid,
) -> Result<Imported, FileError> {
    let roles = (into.job_items.iter())
        .filter(|line| line.tier.is_some_and(|tier| tier.0 == Tier::Role))
        .map(|line| line.origin_uri.clone());
    let mut read = Read {
        held: roles.filter(|uri| !uri.is_empty()).collect(),
        ..Read::default()
    };
    let mut waiting: Waiting = Vec::new();
    let mut fates = Vec::new();
    for (file, given) in files.iter().enumerate() {
        let rows = Rows::open(file, *given, &options.corrected, true)?;
        let of_file = if rows.has("occupationUri") && rows.has("skillUri") {
            read.any_relations = true;
            relations(&rows, &mut read, &mut waiting, options)?
        } else if rows.has("conceptUri") && rows.has("preferredLabel") {
            concepts(&rows, given.name, &mut read, &mut waiting)?
        } else {
            let error = ImportError::NotThisFormat;
            return Err(FileError { file, error });
        };
        fates.push(of_file);
    }
    let mut planter = Planter::new(into, fresh).decided(options);
    planter.out.fates = fates;
    let alone = read.order.is_empty() && !read.any_relations;
    let offers = offers(&read, alone);
    let chosen = offers
        .iter()
        .any(|offer| options.chosen.contains(&offer.id));
    // Nothing is meant until something is chosen.
    for concept in read.occupations.values().chain(read.skills.values()) {
        for at in &concept.at {
            planter.fate(*at, Fate::NotChosen);
        }
    }
    for (place, at, reason, raw) in waiting {
        planter.tray(place, at, reason, raw);
    }
    planter.out.questions.push(Question {
        place: Place::File,
        kind: QuestionKind::WhichOf { offers },
    });
    if chosen {
        planter.begin(source(&read), true);
        let judged = judged(into, &read, &options.chosen);
        if let Some(coming) = planter.coming() {
            coming.judged = Some(judged);
        }
        plant(&mut planter, &read, &options.chosen, alone);
    }
    Ok(planter.finish(into))
}

/// Lines of the plan whose absence from the files means that they are gone: an
/// occupation or a skill that its file no longer has is, and a skill that none
/// of the chosen occupations asks for any more. What was not chosen is not.
fn judged(into: &Plan, read: &Read, chosen: &BTreeSet<String>) -> BTreeSet<JobItemId> {
    let is_judged = |line: &&weft_model::JobItem| {
        let uri = line.origin_uri.as_str();
        if line.tier.is_some_and(|tier| tier.0 == Tier::Role) {
            return !read.order.is_empty() && !read.occupations.contains_key(uri);
        }
        if read.skills.is_empty() {
            return false;
        }
        let asking = super::kept_part(line, "occupations");
        let asked = !asking.is_empty() && asking.keys().all(|it| chosen.contains(it));
        !read.skills.contains_key(uri) || (read.any_relations && asked)
    };
    into.job_items
        .iter()
        .filter(is_judged)
        .map(|line| line.id)
        .collect()
}

fn source(read: &Read) -> Source {
    Source {
        format: "esco",
        identifier: "http://data.europa.eu/esco".into(),
        uri: "https://esco.ec.europa.eu".into(),
        title: "ESCO".into(),
        lang: Some(Lang::en()),
        publisher: "European Commission".into(),
        changed: read.changed.clone(),
        licence: "Reuse with notice of the source".into(),
        ..Source::default()
    }
}

/// The language in the name of a file: `skills_en.csv`.
fn language_in(name: &str) -> Option<&str> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (_, end) = stem.rsplit_once('_')?;
    let fits = end.len() == 2 && end.bytes().all(|byte| byte.is_ascii_lowercase());
    fits.then_some(end)
}

fn concepts(
    rows: &Rows<'_>,
    name: &str,
    read: &mut Read,
    waiting: &mut Waiting,
) -> Result<Vec<Fate>, FileError> {
    let is_skills = rows.has("skillType");
    let said = language_in(name).unwrap_or_default();
    let [uri, label, code, skill_type, description, changed] = [
        rows.column(&["conceptUri"]),
        rows.column(&["preferredLabel"]),
        rows.column(&["code"]),
        rows.column(&["skillType"]),
        rows.column(&["description"]),
        rows.column(&["modifiedDate"]),
    ];
    let definition = rows.column(&["definition"]);
    let mut here: BTreeSet<String> = BTreeSet::new();
    rows.each(&mut |line| {
        let at = (rows.file, line.at);
        let (address, words) = (line.get(uri), line.get(label));
        if address.is_empty() || words.is_empty() {
            return waiting.push((line.place(), at, Reason::NoName, line.raw()));
        }
        if !here.insert(address.to_owned()) {
            return waiting.push((line.place(), at, Reason::Twice, line.raw()));
        }
        let (all, order) = if is_skills {
            (&mut read.skills, &mut read.skill_order)
        } else {
            (&mut read.occupations, &mut read.order)
        };
        let concept = all.entry(address.to_owned()).or_insert_with(|| {
            order.push(address.to_owned());
            Concept {
                place: Some(line.place()),
                raw: line.raw(),
                ..Concept::default()
            }
        });
        let lang = language_of(said, words);
        let described = match line.get(description) {
            "" => line.get(definition),
            described => described,
        };
        if !described.is_empty() {
            let described = described.to_owned();
            concept.descriptions.push((lang.clone(), described));
        }
        concept.labels.push((lang, words.to_owned()));
        concept.at.push(at);
        for (to, column) in [
            (&mut concept.code, code),
            (&mut concept.skill_type, skill_type),
        ] {
            if to.is_empty() {
                line.get(column).clone_into(to);
            }
        }
        let day = line.get(changed);
        if day > read.changed.as_str() {
            day.clone_into(&mut read.changed);
        }
        let taken = [uri, label, code, skill_type, description];
        for (column, head) in rows.heads.iter().enumerate() {
            let cell = line.get(Some(column));
            if !cell.is_empty() && !taken.contains(&Some(column)) {
                let entry = concept.others.entry(head.clone());
                entry.or_insert_with(|| cell.into());
            }
        }
    })
}

/// Relations of occupations that are chosen; of the others only how many.
fn relations(
    rows: &Rows<'_>,
    read: &mut Read,
    waiting: &mut Waiting,
    options: &Options,
) -> Result<Vec<Fate>, FileError> {
    let [occupation, relation, skill] = [
        rows.column(&["occupationUri"]),
        rows.column(&["relationType"]),
        rows.column(&["skillUri"]),
    ];
    let mut left = Vec::new();
    let mut fates = rows.each(&mut |line| {
        let at = (rows.file, line.at);
        let (from, to) = (line.get(occupation), line.get(skill));
        if from.is_empty() || to.is_empty() {
            return waiting.push((line.place(), at, Reason::NoName, line.raw()));
        }
        match read.counts.get_mut(from) {
            Some(count) => *count += 1,
            None => {
                read.counts.insert(from.to_owned(), 1);
            }
        }
        let chosen = options.chosen.contains(from);
        if !chosen {
            left.push(line.at);
            if !read.held.contains(from) {
                return;
            }
        }
        let said = line.get(relation);
        let to_which = if chosen {
            &mut read.relations
        } else {
            &mut read.beside
        };
        to_which.push(Relation {
            occupation: from.to_owned(),
            skill: to.to_owned(),
            essential: match said {
                "essential" => Some(true),
                "optional" => Some(false),
                _ => None,
            },
            said: said.to_owned(),
            place: line.place(),
            at,
            raw: line.raw(),
        });
    })?;
    for at in left {
        if let Some(fate) = fates.get_mut(at) {
            *fate = Fate::NotChosen;
        }
    }
    Ok(fates)
}

fn title(concept: Option<&Concept>, uri: &str) -> String {
    let first = concept.and_then(|concept| concept.labels.first());
    first.map_or_else(|| uri.to_owned(), |(_, label)| label.clone())
}

/// Occupations; of a file of skills alone, the skills.
fn offers(read: &Read, alone: bool) -> Vec<Offer> {
    let (all, order) = if alone {
        (&read.skills, &read.skill_order)
    } else {
        (&read.occupations, &read.order)
    };
    let unknown = read
        .counts
        .keys()
        .filter(|uri| !read.occupations.contains_key(*uri));
    let named = order.iter().chain(unknown);
    named
        .map(|uri| Offer {
            id: uri.clone(),
            code: all
                .get(uri)
                .map_or_else(String::new, |one| one.code.clone()),
            title: title(all.get(uri), uri),
            holds: read.counts.get(uri).copied().unwrap_or(0),
        })
        .collect()
}

fn node(uri: &str, concept: &Concept, tier: Tier) -> Node {
    use field::job_item as f;
    let mut values: Vec<(FieldKey, Value)> = Vec::new();
    for (lang, label) in &concept.labels {
        values.push((f::statement.lang(lang.clone()), Value::str(label.as_str())));
    }
    for (lang, words) in &concept.descriptions {
        values.push((
            f::description.lang(lang.clone()),
            Value::str(words.as_str()),
        ));
    }
    if !concept.code.is_empty() {
        values.push((f::code.key(), Value::str(concept.code.as_str())));
    }
    match concept.skill_type.as_str() {
        "knowledge" => values.push((f::kind.key(), Value::str("knowledge"))),
        "" => {}
        _ => values.push((f::kind.key(), Value::str("skill"))),
    }
    let mut kept = Map::new();
    // Of several languages none is the one in which it is said.
    if let [(_, label)] = concept.labels.as_slice() {
        kept.extend([super::said(label)]);
    }
    kept.insert("esco".into(), Json::Object(concept.others.clone()));
    Node {
        place: concept.place.clone().unwrap_or(Place::File),
        fate: concept.at.first().copied().unwrap_or_default(),
        uid: None,
        origin: uri.to_owned(),
        alias: String::new(),
        parent: None,
        tier: Some(tier),
        values,
        kept: Some(kept),
        raw: concept.raw.clone(),
    }
}

fn plant(planter: &mut Planter<'_>, read: &Read, chosen: &BTreeSet<String>, alone: bool) {
    use field::job_item as f;
    let mut nodes: Vec<Node> = Vec::new();
    let mut lines: Vec<&Concept> = Vec::new();
    if alone {
        for uri in read.skill_order.iter().filter(|uri| chosen.contains(*uri)) {
            if let Some(skill) = read.skills.get(uri) {
                nodes.push(node(uri, skill, Tier::Competency));
                lines.push(skill);
            }
        }
    }
    let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
    let unnamed = Concept::default();
    let known = read.order.iter().filter(|_| !alone);
    let unknown = read
        .counts
        .keys()
        .filter(|uri| !read.occupations.contains_key(*uri));
    for uri in known.chain(unknown).filter(|uri| chosen.contains(*uri)) {
        let concept = read.occupations.get(uri).unwrap_or(&unnamed);
        roles.insert(uri, nodes.len());
        let mut role = node(uri, concept, Tier::Role);
        if concept.labels.is_empty() {
            // Its name is in another file: the identifier stands for it.
            let words = Value::str(uri.as_str());
            role.values.push((f::statement.lang(Lang::en()), words));
            // No line of a file is this role.
            role.fate = (usize::MAX, 0);
        }
        nodes.push(role);
        lines.push(concept);
    }
    let mut at_skill: BTreeMap<&str, usize> = BTreeMap::new();
    for relation in &read.relations {
        let Some(role) = roles.get(relation.occupation.as_str()).copied() else {
            continue;
        };
        let Some(skill) = read.skills.get(&relation.skill) else {
            let reason = Reason::NoSuch {
                kind: Kind::JobItem,
                text: relation.skill.clone(),
            };
            planter.tray(
                relation.place.clone(),
                relation.at,
                reason,
                relation.raw.clone(),
            );
            continue;
        };
        if relation.essential.is_none() {
            let kind = WarningKind::BadValue {
                field: f::importance,
                text: relation.said.clone(),
                why: weft_model::BadValue::UnknownChoice,
            };
            planter.warn(relation.place.clone(), kind);
        }
        let grade = relation.grade();
        if let Some(node) = at_skill
            .get(relation.skill.as_str())
            .and_then(|at| nodes.get_mut(*at))
        {
            let text = title(
                read.occupations.get(&relation.occupation),
                &relation.occupation,
            );
            let what = title(Some(skill), &relation.skill);
            planter.warn(
                relation.place.clone(),
                WarningKind::AlsoBelow { what, text },
            );
            relation.add_to(node);
            continue;
        }
        let mut node = node(&relation.skill, skill, Tier::Competency);
        node.place = relation.place.clone();
        node.fate = relation.at;
        node.raw = relation.raw.clone();
        node.parent = Some(role);
        if let Some(grade) = grade {
            node.values.push((f::importance.key(), Value::Int(grade)));
        }
        relation.note_in(&mut node);
        at_skill.insert(&relation.skill, nodes.len());
        nodes.push(node);
        lines.push(skill);
    }
    for relation in &read.beside {
        let at = at_skill.get(relation.skill.as_str());
        if let Some(node) = at.and_then(|at| nodes.get_mut(*at)) {
            relation.add_to(node);
        }
    }
    let placed = planter.plant(nodes);
    for (concept, line) in lines.iter().zip(placed) {
        if line.is_some() {
            for at in &concept.at {
                planter.fate(*at, Fate::Applied);
            }
        }
    }
}
