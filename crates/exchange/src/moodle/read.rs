//! A competency framework of Moodle as lines of the outline. The row that
//! says so is the framework; the others name the one above them by its ID
//! number. Scales, rules and cross-references have no place in a plan and are
//! kept for the way back.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use weft_model::{FieldKey, Kind, Lang, Plan, Uid, Value, field};

use super::html;
use crate::foreign::{
    File, FileError, Node, Options, Places, Planter, Rows, Source, language_of, rest,
};
use crate::tables::words::yes;
use crate::{ImportError, Imported, Reason, WarningKind};

/// The columns under the names that they have had, and the name under which
/// their cells are kept.
const HEADS: [(&str, &[&str]); 14] = [
    ("parent", &["Parent ID number"]),
    ("id", &["ID number"]),
    ("name", &["Short name"]),
    ("description", &["Description"]),
    ("description_format", &["Description format"]),
    ("scale_values", &["Scale values"]),
    ("scale_configuration", &["Scale configuration"]),
    ("rule_type", &["Rule type (optional)", "Rule type"]),
    ("rule_outcome", &["Rule outcome (optional)", "Rule outcome"]),
    ("rule_config", &["Rule config (optional)", "Rule config"]),
    (
        "related",
        &[
            "Cross-referenced competency ID numbers",
            "Cross referenced competency ID numbers",
            "Related ID numbers",
        ],
    ),
    ("exported", &["Exported ID (optional)", "Exported ID"]),
    ("is_framework", &["Is framework"]),
    ("taxonomy", &["Taxonomy", "Taxonomies"]),
];

/// Reads frameworks for this plan: one per file.
pub fn import(
    files: &[File<'_>],
    into: &Plan,
    options: &Options,
    fresh: &mut dyn FnMut() -> Uid,
) -> Result<Imported, FileError> {
    let mut planter = Planter::new(into, fresh).decided(options);
    for (file, given) in files.iter().enumerate() {
        let rows = Rows::open(file, *given, &options.corrected, true)?;
        if !rows.has("ID number") || !rows.has("Short name") {
            let error = ImportError::NotThisFormat;
            return Err(FileError { file, error });
        }
        one(&mut planter, &rows, given.name)?;
    }
    Ok(planter.finish(into))
}

/// A row as it was read.
struct Row {
    place: crate::Place,
    at: usize,
    cells: BTreeMap<&'static str, String>,
    /// What stands in columns that Moodle does not know.
    further: Map<String, Json>,
    raw: Vec<String>,
}

impl Row {
    fn get(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", String::as_str)
    }

    /// What is kept of it: every cell that holds something.
    fn kept(&self) -> Map<String, Json> {
        let filled = self.cells.iter().filter(|(_, cell)| !cell.is_empty());
        let filled = filled.map(|(name, cell)| ((*name).to_owned(), cell.as_str().into()));
        filled.chain(self.further.clone()).collect()
    }
}

fn one(planter: &mut Planter<'_>, rows: &Rows<'_>, file: &str) -> Result<(), FileError> {
    let columns = HEADS.map(|(name, heads)| (name, rows.column(heads)));
    let known: Vec<&str> = (HEADS.iter())
        .flat_map(|(_, heads)| heads.iter().copied())
        .collect();
    let list = planter.out.fates.len();
    let mut all: Vec<Row> = Vec::new();
    let fates = rows.each(&mut |line| {
        let cells = columns
            .iter()
            .map(|(name, column)| (*name, line.get(*column).to_owned()));
        all.push(Row {
            place: line.place(),
            at: line.at,
            cells: cells.collect(),
            further: rest(rows, line, &known),
            raw: line.raw(),
        });
    })?;
    planter.out.fates.push(fates);
    let is_framework = |row: &Row| yes(row.get("is_framework")) == Some(true);
    let first = all.iter().position(is_framework);
    let framework = first.and_then(|at| all.get(at));
    let title = framework.map_or("", |row| row.get("name"));
    let described = framework.map_or("", |row| row.get("description"));
    planter.begin(
        Source {
            format: "moodle",
            identifier: framework.map_or("", |row| row.get("id")).to_owned(),
            title: if title.is_empty() {
                file.rsplit_once('.')
                    .map_or(file, |(stem, _)| stem)
                    .to_owned()
            } else {
                title.to_owned()
            },
            lang: Some(language_of("", &format!("{title}{described}"))),
            kept: framework.map_or_else(String::new, |row| Json::Object(row.kept()).to_string()),
            ..Source::default()
        },
        true,
    );
    let by_id: BTreeMap<&str, usize> = {
        let mut nodes = 0;
        let mut by_id = BTreeMap::new();
        for (at, row) in all.iter().enumerate() {
            if Some(at) != first && !is_framework(row) && named(row) {
                by_id.entry(row.get("id")).or_insert(nodes);
                nodes += 1;
            }
        }
        by_id
    };
    let mut nodes: Vec<Node> = Vec::new();
    let mut places = Places::default();
    for (at, row) in all.iter().enumerate() {
        if Some(at) == first {
            continue;
        }
        let place = row.place.clone();
        if is_framework(row) {
            planter.tray(place, (list, row.at), Reason::Twice, row.raw.clone());
            continue;
        }
        if !named(row) {
            planter.tray(place, (list, row.at), Reason::NoName, row.raw.clone());
            continue;
        }
        let above = row.get("parent");
        let parent = by_id.get(above).copied();
        if parent.is_none() && !above.is_empty() {
            let kind = WarningKind::NoSuch {
                kind: Kind::JobItem,
                text: above.to_owned(),
            };
            planter.warn(place.clone(), kind);
        }
        if parent.is_some() || above.is_empty() {
            places.known.insert(nodes.len());
        }
        nodes.push(node(row, list, parent));
    }
    planter.plant_in_place(nodes, places);
    Ok(())
}

/// Moodle drops rows without an ID number or a short name.
fn named(row: &Row) -> bool {
    !row.get("id").is_empty() && !row.get("name").is_empty()
}

fn node(row: &Row, list: usize, parent: Option<usize>) -> Node {
    use field::job_item as f;
    let (statement, description) = texts(
        row.get("name"),
        row.get("description"),
        row.get("description_format"),
    );
    let lang: Lang = language_of("", &statement);
    let id = row.get("id");
    let mut values: Vec<(FieldKey, Value)> =
        vec![(f::statement.lang(lang.clone()), Value::Str(statement))];
    // An ID number that we made up for a line without a code is no code.
    if id.parse::<Uid>().is_err() {
        values.push((f::code.key(), Value::str(id)));
    }
    if !description.is_empty() {
        values.push((f::description.lang(lang), Value::Str(description)));
    }
    let mut kept = Map::new();
    kept.insert("moodle".into(), Json::Object(row.kept()));
    Node {
        place: row.place.clone(),
        fate: (list, row.at),
        uid: None,
        origin: id.to_owned(),
        alias: String::new(),
        parent,
        tier: None,
        values,
        kept: Some(kept),
        raw: row.raw.clone(),
    }
}

/// The statement and the description that a row has. Of the formats of a
/// description, 2 and 4 are plain text; 1 (and 0, which allows markup) is HTML.
pub(crate) fn texts(name: &str, description: &str, format: &str) -> (String, String) {
    let described = if matches!(format, "2" | "4") {
        description.to_owned()
    } else {
        html::plain(description)
    };
    whole(name, &described)
}

/// A short name that was cut off, with the description that begins with all
/// of it, as the statement and the rest of the description.
fn whole(name: &str, described: &str) -> (String, String) {
    let cut = name.strip_suffix('…').or_else(|| name.strip_suffix("..."));
    if let Some(start) = cut.map(str::trim_end)
        && let (first, rest) = described.split_once('\n').unwrap_or((described, ""))
        && first.len() > start.len()
        && first.starts_with(start)
    {
        return (first.to_owned(), rest.to_owned());
    }
    (name.to_owned(), described.to_owned())
}
