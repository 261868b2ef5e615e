//! Frameworks as CSV in the way of OpenSALT. A line names the one above it by
//! code; one that names none stands below the longest beginning of its own
//! code, as OpenSALT itself reads it.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use weft_model::{FieldKey, Kind, LINE_LIMIT, Plan, Uid, Value, field};

use super::json;
use crate::foreign::{
    File, FileError, Line, Node, Options, Places, Planter, Rows, Source, language_of,
};
use crate::{ImportError, Imported, Reason, WarningKind};

/// Columns that an item of a package has a key for.
const KEYS: [(&str, &str); 5] = [
    ("Abbreviated Statement", "abbreviatedStatement"),
    ("ConceptKeywords", "conceptKeywords"),
    ("Education Level", "educationLevel"),
    ("CFItemType", "CFItemType"),
    ("Language", "language"),
];

/// Reads frameworks for this plan: one per file.
pub fn import_csv(
    files: &[File<'_>],
    into: &Plan,
    options: &Options,
    fresh: &mut dyn FnMut() -> Uid,
) -> Result<Imported, FileError> {
    let mut planter = Planter::new(into, fresh).decided(options);
    for (file, given) in files.iter().enumerate() {
        // A workbook was made the package that it stands for.
        if given.bytes.starts_with(b"{") {
            super::read::one(&mut planter, file, *given, files.len() > 1)?;
            continue;
        }
        let rows = Rows::open(file, *given, &options.corrected, true)?;
        if !rows.has("fullStatement") {
            let error = ImportError::NotThisFormat;
            return Err(FileError { file, error });
        }
        let title = given
            .name
            .rsplit_once('.')
            .map_or(given.name, |(stem, _)| stem);
        let source = Source {
            format: "opensalt",
            title: title.to_owned(),
            ..Source::default()
        };
        planter.begin(source, true);
        one(&mut planter, &rows)?;
    }
    Ok(planter.finish(into))
}

struct Columns {
    identifier: Option<usize>,
    statement: Option<usize>,
    code: Option<usize>,
    sequence: Option<usize>,
    notes: Option<usize>,
    language: Option<usize>,
    above: Option<usize>,
}

struct Read {
    node: Node,
    code: String,
    above: String,
    sequence: i64,
}

fn one(planter: &mut Planter<'_>, rows: &Rows<'_>) -> Result<(), FileError> {
    let columns = Columns {
        identifier: rows.column(&["Identifier"]),
        statement: rows.column(&["fullStatement"]),
        code: rows.column(&["Human Coding Scheme"]),
        sequence: rows.column(&["sequenceNumber"]),
        notes: rows.column(&["Notes"]),
        language: rows.column(&["Language"]),
        above: rows.column(&["Is Child Of"]),
    };
    let list = planter.out.fates.len();
    let mut read: Vec<Read> = Vec::new();
    let mut nameless = Vec::new();
    let fates = rows.each(&mut |line| {
        let (statement, code) = (line.get(columns.statement), line.get(columns.code));
        if statement.is_empty() && code.is_empty() {
            nameless.push((line.place(), (list, line.at), line.raw()));
        } else {
            read.push(node(rows, &columns, line, list));
        }
    })?;
    planter.out.fates.push(fates);
    for (place, at, raw) in nameless {
        planter.tray(place, at, Reason::NoName, raw);
    }
    // Siblings stand in the order of their numbers.
    let mut order: Vec<usize> = (0..read.len()).collect();
    order.sort_by_key(|at| read.get(*at).map_or(0, |read| read.sequence));
    let mut all: Vec<Option<Read>> = read.into_iter().map(Some).collect();
    let read: Vec<Read> = order
        .into_iter()
        .filter_map(|at| all.get_mut(at).and_then(Option::take))
        .collect();
    let mut by_code: BTreeMap<String, usize> = BTreeMap::new();
    for (at, one) in read.iter().enumerate() {
        for name in [&one.code, &one.node.origin] {
            if !name.is_empty() {
                by_code.entry(name.clone()).or_insert(at);
            }
        }
    }
    let mut nodes = Vec::new();
    let mut places = Places::default();
    for (at, one) in read.into_iter().enumerate() {
        let mut node = one.node;
        let named = by_code
            .get(&one.above)
            .copied()
            .filter(|above| *above != at);
        node.parent = named.or_else(|| above_by_code(&by_code, &one.code));
        let is_own = one.above == node.origin || one.above == one.code;
        if named.is_none() && !one.above.is_empty() && !is_own {
            let kind = WarningKind::NoSuch {
                kind: Kind::JobItem,
                text: one.above,
            };
            planter.warn(node.place.clone(), kind);
        } else {
            places.known.insert(at);
        }
        nodes.push(node);
    }
    planter.plant_in_place(nodes, places);
    Ok(())
}

/// The line with the longest beginning of a code: `A.B` of `A.B.C`.
fn above_by_code(by_code: &BTreeMap<String, usize>, code: &str) -> Option<usize> {
    // No code of a framework is longer; one that is would be gone through step
    // by step.
    let mut rest = if code.len() > LINE_LIMIT { "" } else { code };
    while let Some((start, _)) = rest.rsplit_once('.') {
        if let Some(at) = by_code.get(start) {
            return Some(*at);
        }
        rest = start;
    }
    None
}

fn node(rows: &Rows<'_>, columns: &Columns, line: &Line<'_>, list: usize) -> Read {
    use field::job_item as f;
    let statement = line.get(columns.statement);
    let code = line.get(columns.code);
    let notes = line.get(columns.notes);
    let lang = language_of(line.get(columns.language), statement);
    let mut values: Vec<(FieldKey, Value)> = Vec::new();
    for (key, text) in [
        (f::code.key(), code),
        (f::statement.lang(lang.clone()), statement),
        (f::note.lang(lang), notes),
    ] {
        if !text.is_empty() {
            values.push((key, Value::str(text)));
        }
    }
    let mut item = Map::new();
    let mut taken = vec![
        columns.identifier,
        columns.statement,
        columns.code,
        columns.notes,
    ];
    for (head, key) in KEYS {
        let column = rows.column(&[head]);
        taken.push(column);
        let cell = line.get(column);
        if !cell.is_empty() {
            let value = match key {
                "conceptKeywords" | "educationLevel" => json::texts(&Json::from(cell)).into(),
                _ => Json::from(cell),
            };
            item.insert(key.into(), value);
        }
    }
    if let Some(kind) = super::read::kind_of(json::text(&item, "CFItemType")) {
        values.push((f::kind.key(), Value::str(kind)));
    }
    let mut row = Map::new();
    for (column, head) in rows.heads.iter().enumerate() {
        let cell = line.get(Some(column));
        if !cell.is_empty() && !taken.contains(&Some(column)) {
            row.insert(head.clone(), cell.into());
        }
    }
    // What the item says is needed to know later what has changed.
    for (key, text) in [
        ("fullStatement", statement),
        ("humanCodingScheme", code),
        ("notes", notes),
    ] {
        if !text.is_empty() {
            item.insert(key.into(), text.into());
        }
    }
    let mut kept = Map::new();
    kept.insert("item".into(), Json::Object(item));
    if !row.is_empty() {
        kept.insert("row".into(), Json::Object(row));
    }
    Read {
        code: code.to_owned(),
        above: line.get(columns.above).to_owned(),
        sequence: line.get(columns.sequence).parse().unwrap_or(i64::MAX),
        node: Node {
            place: line.place(),
            fate: (list, line.at),
            uid: None,
            origin: line.get(columns.identifier).to_owned(),
            alias: String::new(),
            parent: None,
            tier: None,
            values,
            kept: Some(kept),
            raw: line.raw(),
        },
    }
}
