//! Text files of O*NET: occupations, their tasks, and the software that they
//! use. An occupation becomes a role, a task a typical work task, a piece of
//! software a competency below the role.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{FieldKey, JobItemId, Lang, Plan, Tier, Uid, Value, field};

use super::{ESSENTIAL, OPTIONAL};
use crate::foreign::{File, FileError, Line, Node, Options, Planter, Rows, Source};
use crate::{Fate, ImportError, Imported, Offer, Place, Question, QuestionKind, Reason};

/// A line of a file.
struct Read {
    occupation: String,
    node: Node,
}

/// What kind of file it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Occupations,
    Tasks,
    Software,
}

/// Reads files of O*NET for this plan.
pub fn import_onet(
    files: &[File<'_>],
    into: &Plan,
    options: &Options,
    fresh: &mut dyn FnMut() -> Uid,
) -> Result<Imported, FileError> {
    let mut roles: Vec<Read> = Vec::new();
    let mut below: Vec<Read> = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut waiting = Vec::new();
    let mut fates = Vec::new();
    let mut held = Vec::new();
    for (file, given) in files.iter().enumerate() {
        let rows = Rows::open(file, *given, &options.corrected, false)?;
        let Some(holds) = holds(&rows) else {
            let error = ImportError::NotThisFormat;
            return Err(FileError { file, error });
        };
        held.push(holds);
        let code = rows.column(&["O*NET-SOC Code"]);
        let mut here: BTreeSet<String> = BTreeSet::new();
        let mut left = Vec::new();
        let mut of_file = rows.each(&mut |line| {
            let soc = line.get(code);
            let node = node(&rows, holds, soc, line);
            let Some(node) = node.filter(|_| !soc.is_empty()) else {
                return waiting.push((line, Reason::NoName).held(file));
            };
            if !here.insert(node.origin.clone()) {
                return waiting.push((line, Reason::Twice).held(file));
            }
            if holds != Holds::Occupations {
                *counts.entry(soc.to_owned()).or_default() += 1;
            }
            // Of the rest it is enough to know how much there is.
            let chosen = options.chosen.contains(soc);
            if !chosen {
                left.push(line.at);
            }
            let read = Read {
                occupation: soc.to_owned(),
                node,
            };
            if holds == Holds::Occupations {
                roles.push(read);
            } else if chosen {
                below.push(read);
            }
        })?;
        for at in left {
            if let Some(fate) = of_file.get_mut(at) {
                *fate = Fate::NotChosen;
            }
        }
        fates.push(of_file);
    }
    let mut planter = Planter::new(into, fresh).decided(options);
    planter.out.fates = fates;
    for (place, at, reason, raw) in waiting {
        planter.tray(place, at, reason, raw);
    }
    let mut nodes: Vec<Node> = Vec::new();
    let mut at_role: BTreeMap<String, usize> = BTreeMap::new();
    let mut offers = Vec::new();
    let named: BTreeSet<String> = roles.iter().map(|role| role.occupation.clone()).collect();
    for Read { occupation, node } in roles {
        offers.push(Offer {
            title: node_title(&node),
            code: occupation.clone(),
            holds: counts.get(&occupation).copied().unwrap_or(0),
            id: occupation.clone(),
        });
        if options.chosen.contains(&occupation) && !at_role.contains_key(&occupation) {
            at_role.insert(occupation, nodes.len());
            nodes.push(node);
        }
    }
    for (occupation, holds) in counts.iter().filter(|(code, _)| !named.contains(*code)) {
        offers.push(Offer {
            id: occupation.clone(),
            code: occupation.clone(),
            title: occupation.clone(),
            holds: *holds,
        });
        if options.chosen.contains(occupation) {
            at_role.insert(occupation.clone(), nodes.len());
            nodes.push(unnamed(occupation));
        }
    }
    for Read {
        occupation,
        mut node,
    } in below
    {
        node.parent = at_role.get(&occupation).copied();
        nodes.push(node);
    }
    planter.out.questions.push(Question {
        place: Place::File,
        kind: QuestionKind::WhichOf { offers },
    });
    if !nodes.is_empty() {
        planter.begin(source(), true);
        let judged = judged(into, &named, &held, &options.chosen);
        if let Some(coming) = planter.coming() {
            coming.judged = Some(judged);
        }
        planter.plant(nodes);
    }
    Ok(planter.finish(into))
}

/// Lines of the plan whose absence from the files means that they are gone: an
/// occupation that the file of occupations no longer has, and a task or a piece
/// of software of a chosen occupation, where the file of its kind is there.
fn judged(
    into: &Plan,
    named: &BTreeSet<String>,
    held: &[Holds],
    chosen: &BTreeSet<String>,
) -> BTreeSet<JobItemId> {
    let is_judged = |line: &&weft_model::JobItem| {
        let tier = line.tier.map_or(Tier::Competency, |tier| tier.0);
        if tier == Tier::Role {
            return held.contains(&Holds::Occupations) && !named.contains(&line.origin_uri);
        }
        let file = if tier == Tier::Task {
            Holds::Tasks
        } else {
            Holds::Software
        };
        let kept = super::kept_part(line, "onet");
        let soc = kept.get("O*NET-SOC Code").and_then(|it| it.as_str());
        held.contains(&file) && soc.is_some_and(|soc| chosen.contains(soc))
    };
    into.job_items
        .iter()
        .filter(is_judged)
        .map(|line| line.id)
        .collect()
}

type Held = (Place, (usize, usize), Reason, Vec<String>);

/// A line that waits, with its reason.
trait Hold {
    fn held(self, file: usize) -> Held;
}

impl Hold for (&Line<'_>, Reason) {
    fn held(self, file: usize) -> Held {
        let (line, reason) = self;
        (line.place(), (file, line.at), reason, line.raw())
    }
}

fn holds(rows: &Rows<'_>) -> Option<Holds> {
    if !rows.has("O*NET-SOC Code") {
        None
    } else if rows.has("Task") {
        Some(Holds::Tasks)
    } else if rows.has("Example") {
        Some(Holds::Software)
    } else {
        rows.has("Title").then_some(Holds::Occupations)
    }
}

fn source() -> Source {
    Source {
        format: "onet",
        identifier: "https://www.onetcenter.org/database.html".into(),
        uri: "https://www.onetcenter.org".into(),
        title: "O*NET".into(),
        lang: Some(Lang::en()),
        publisher: "U.S. Department of Labor, Employment and Training Administration".into(),
        licence: "CC BY 4.0".into(),
        ..Source::default()
    }
}

fn node_title(node: &Node) -> String {
    let statement = field::job_item::statement;
    let found = node.values.iter().find(|(key, _)| key.field == statement);
    let words = found.and_then(|(_, value)| value.as_str());
    words.unwrap_or_default().to_owned()
}

/// An occupation whose name is in a file that was not given.
fn unnamed(code: &str) -> Node {
    use field::job_item as f;
    Node {
        place: Place::File,
        fate: (usize::MAX, 0),
        uid: None,
        origin: code.to_owned(),
        alias: String::new(),
        parent: None,
        tier: Some(Tier::Role),
        values: vec![
            (f::code.key(), Value::str(code)),
            (f::statement.lang(Lang::en()), Value::str(code)),
        ],
        kept: None,
        raw: vec![code.to_owned()],
    }
}

fn node(rows: &Rows<'_>, holds: Holds, soc: &str, line: &Line<'_>) -> Option<Node> {
    use field::job_item as f;
    let cell = |head: &str| line.get(rows.column(&[head])).to_owned();
    let en = Lang::en;
    let mut values: Vec<(FieldKey, Value)> = Vec::new();
    let mut put = |key: FieldKey, text: String| {
        if !text.is_empty() {
            values.push((key, Value::Str(text)));
        }
    };
    let (tier, origin, words, taken): (Tier, String, String, &[&str]) = match holds {
        Holds::Occupations => {
            put(f::code.key(), soc.to_owned());
            put(f::description.lang(en()), cell("Description"));
            let taken = &["O*NET-SOC Code", "Title", "Description"];
            (Tier::Role, soc.to_owned(), cell("Title"), taken)
        }
        Holds::Tasks => {
            let taken = &["Task", "Task ID"];
            let origin = match cell("Task ID") {
                id if id.is_empty() => format!("{soc} {}", cell("Task")),
                id => id,
            };
            (Tier::Task, origin, cell("Task"), taken)
        }
        Holds::Software => {
            put(f::kind.key(), "skill".to_owned());
            put(f::equipment.lang(en()), cell("Commodity Title"));
            let taken = &["Example", "Commodity Title"];
            let origin = format!("{soc} {}", cell("Example"));
            (Tier::Competency, origin, cell("Example"), taken)
        }
    };
    if words.is_empty() {
        return None;
    }
    let said = super::said(&words);
    put(f::statement.lang(en()), words);
    match cell("Task Type").as_str() {
        "Core" => values.push((f::importance.key(), Value::Int(ESSENTIAL))),
        "Supplemental" => values.push((f::importance.key(), Value::Int(OPTIONAL))),
        _ => {}
    }
    let rest = crate::foreign::rest(rows, line, taken);
    Some(Node {
        place: line.place(),
        fate: (rows.file, line.at),
        uid: None,
        origin: origin.chars().take(weft_model::LINE_LIMIT).collect(),
        alias: String::new(),
        parent: None,
        tier: Some(tier),
        values,
        kept: Some(serde_json::Map::from_iter([
            said,
            ("onet".to_owned(), serde_json::Value::Object(rest)),
        ])),
        raw: line.raw(),
    })
}
