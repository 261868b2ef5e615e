//! German framework curricula (Rahmenlehrpläne) as JSON, in the shape in which
//! curriculumexplorer keeps them: learning fields with their year, hours and
//! outcomes, and the skills of ESCO that somebody has found for these. They are
//! read as the tables that a person would have in a spreadsheet, and come in as
//! these do. docs/formats/curricula.md describes it.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use crate::skills::{ESSENTIAL, OPTIONAL};
use crate::tables::{CELLS_LIMIT, ROWS_LIMIT, Row, Sheet};
use crate::{ImportError, Limit};

/// The most that a file may have: published ones have half a megabyte.
const BYTES_LIMIT: usize = 16 << 20;
/// How much of a file is looked at, in bytes: texts about the occupation stand
/// before the learning fields.
const LOOKED_AT: usize = 1 << 20;
/// What holds the learning fields.
const FIELDS: &str = "lernfeld_ausbildungsteil";

/// Whether JSON is a curriculum, by its beginning.
pub fn is_one(bytes: &[u8]) -> bool {
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let name = format!("\"{FIELDS}\"");
    head.windows(name.len())
        .any(|window| window == name.as_bytes())
}

/// A curriculum as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curriculum {
    /// Modules, units, competencies, the links between them, and what is no learning
    /// field, outcome or skill, for the person to see.
    pub sheets: Vec<Sheet>,
    /// The keys that say something and are not read, with where they stand.
    pub passed_over: Vec<String>,
}

/// What is read, by where it stands, with how the file was made, and with what stands
/// there twice.
const READ: [(&str, &str); 5] = [
    ("", "document_data|metadata|competence_analysis"),
    (
        "document_data",
        "beruf|berufsbeschreibung|lernfeld_ausbildungsteil",
    ),
    (
        FIELDS,
        "nummer|schwerpunkt|name|zeitraum|zeitwert|kompetenzen",
    ),
    ("kompetenzen", "nummer|text|competence_analysis|skills"),
    (
        "skills",
        "uri|name|description|skillType|essential|relevance|explanation",
    ),
];
/// So many keys that are not read are told.
const TOLD: usize = 50;

/// Reads a curriculum as the tables that it stands for.
pub fn read(name: &str, bytes: &[u8]) -> Result<Curriculum, ImportError> {
    if bytes.len() > BYTES_LIMIT {
        let limit = Limit::Bytes(BYTES_LIMIT);
        return Err(ImportError::TooLarge { limit });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let json: Json = serde_json::from_slice(bytes).map_err(|error| ImportError::Malformed {
        line: error.line(),
        column: error.column(),
    })?;
    let data = json.get("document_data").unwrap_or(&json);
    let fields = data.get(FIELDS).and_then(Json::as_array);
    let fields = fields.ok_or(ImportError::NotThisFormat)?;
    let mut tables = Tables::new(words(data, "beruf"));
    tables.role(words(data, "berufsbeschreibung"));
    if json.get("document_data").is_some() {
        tables.see("", &json);
    }
    tables.see("document_data", data);
    for field in fields {
        tables.field(field);
    }
    if tables.cells > CELLS_LIMIT {
        let limit = Limit::Cells(CELLS_LIMIT);
        return Err(ImportError::TooLarge { limit });
    }
    let all = [
        ("modules", tables.modules),
        ("competencies", tables.competencies),
        ("units", tables.units),
        ("mapping", tables.mapping),
        ("other", tables.other),
    ];
    let mut sheets = Vec::new();
    for (table, rows) in all {
        if rows.len() > ROWS_LIMIT {
            let limit = Limit::Rows(ROWS_LIMIT);
            return Err(ImportError::TooLarge { limit });
        }
        let rows: Vec<Row> = (rows.into_iter().zip(1..))
            .map(|(cells, line)| Row { line, cells })
            .collect();
        if rows.len() > 1 {
            let name = format!("{name} · {table}");
            sheets.push(Sheet {
                name,
                rows,
                ..Sheet::default()
            });
        }
    }
    if sheets.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(Curriculum {
        sheets,
        passed_over: tables.passed_over.into_iter().collect(),
    })
}

/// Tables as they grow, each with its heads.
struct Tables {
    occupation: String,
    modules: Vec<Vec<String>>,
    competencies: Vec<Vec<String>>,
    units: Vec<Vec<String>>,
    mapping: Vec<Vec<String>>,
    other: Vec<Vec<String>>,
    /// Skills that have their row.
    known: BTreeSet<String>,
    /// Keys that are not read.
    passed_over: BTreeSet<String>,
    cells: usize,
}

impl Tables {
    fn new(occupation: String) -> Self {
        let heads = |heads: &str| vec![heads.split('|').map(str::to_owned).collect()];
        Self {
            occupation,
            modules: heads("code|title_de|focus|period|hours|unit"),
            competencies: heads(
                "tier|role_de|uri|statement_de|type|source|description_de|importance",
            ),
            units: heads("module code|module title_de|period|unit no|unit_de|description_de"),
            mapping: heads(
                "module code|module title_de|period|unit no|unit_de|competency uri|competency title_de|relevance|note_de",
            ),
            other: heads("place|value"),
            known: BTreeSet::new(),
            passed_over: BTreeSet::new(),
            cells: 0,
        }
    }

    /// The occupation is the job role that all skills belong to.
    fn role(&mut self, description: String) {
        if self.occupation.is_empty() {
            return;
        }
        let mut row = vec!["role".to_owned(), self.occupation.clone()];
        row.extend([const { String::new() }; 4]);
        row.extend([description, String::new()]);
        push(&mut self.competencies, row, &mut self.cells);
    }

    /// Notes what is not read of an object.
    fn see(&mut self, place: &str, json: &Json) {
        let known = READ
            .iter()
            .find(|(at, _)| *at == place)
            .map_or("", |it| it.1);
        let says = |value: &Json| match value {
            Json::Null => false,
            Json::String(text) => !text.is_empty(),
            Json::Array(all) => !all.is_empty(),
            Json::Object(all) => !all.is_empty(),
            Json::Bool(_) | Json::Number(_) => true,
        };
        for (key, value) in json.as_object().into_iter().flatten() {
            if says(value) && known.split('|').all(|it| it != key) && self.passed_over.len() < TOLD
            {
                let name = match place {
                    "" | "document_data" => key.clone(),
                    place => format!("{place}.{key}"),
                };
                self.passed_over.insert(name);
            }
        }
    }

    fn field(&mut self, json: &Json) {
        let Some(field) = json.as_object() else {
            return self.other(FIELDS, json);
        };
        self.see(FIELDS, json);
        let (number, focus) = (words_of(field, "nummer"), words_of(field, "schwerpunkt"));
        let mut code = if number.starts_with(|it: char| it.is_ascii_digit()) {
            format!("LF{number}")
        } else {
            number
        };
        // Each specialisation counts its learning fields anew.
        if !code.is_empty() && !matches!(focus.as_str(), "" | "Allgemein") {
            code = format!("{code}-{focus}");
        }
        let title = words_of(field, "name");
        let period = words_of(field, "zeitraum");
        let time = field.get("zeitwert").unwrap_or(&Json::Null);
        let row = vec![
            code.clone(),
            title.clone(),
            focus,
            period.clone(),
            words(time, "wert"),
            words(time, "einheit"),
        ];
        push(&mut self.modules, row, &mut self.cells);
        let module = [code, title, period];
        for outcome in list(field, "kompetenzen") {
            self.outcome(&module, outcome);
        }
    }

    fn outcome(&mut self, module: &[String; 3], json: &Json) {
        let Some(outcome) = json.as_object() else {
            return self.other("kompetenzen", json);
        };
        self.see("kompetenzen", json);
        let unit = [words_of(outcome, "nummer"), words_of(outcome, "text")];
        let mut row = [&module[..], &unit[..]].concat();
        row.push(
            outcome
                .get("competence_analysis")
                .map_or_else(String::new, analysis),
        );
        push(&mut self.units, row, &mut self.cells);
        for skill in list(outcome, "skills") {
            self.skill(module, &unit, skill);
        }
    }

    fn skill(&mut self, module: &[String; 3], unit: &[String; 2], json: &Json) {
        let Some(skill) = json.as_object() else {
            return self.other("skills", json);
        };
        self.see("skills", json);
        let (uri, title) = (words_of(skill, "uri"), words_of(skill, "name"));
        let key = if uri.is_empty() { &title } else { &uri };
        if self.known.insert(key.clone()) {
            let description = skill.get("description").unwrap_or(&Json::Null);
            let row = vec![
                "competency".to_owned(),
                self.occupation.clone(),
                uri.clone(),
                title.clone(),
                words_of(skill, "skillType"),
                "ESCO".to_owned(),
                words(description, "literal"),
                importance(skill.get("essential")),
            ];
            push(&mut self.competencies, row, &mut self.cells);
        }
        let mut row = [&module[..], &unit[..]].concat();
        row.extend([uri, title, words_of(skill, "relevance")]);
        row.push(words_of(skill, "explanation"));
        push(&mut self.mapping, row, &mut self.cells);
    }

    fn other(&mut self, place: &str, json: &Json) {
        let row = vec![place.to_owned(), json.to_string()];
        push(&mut self.other, row, &mut self.cells);
    }
}

/// As ESCO is read: whether the occupation needs a skill, or may.
fn importance(essential: Option<&Json>) -> String {
    match essential.and_then(Json::as_bool) {
        Some(true) => ESSENTIAL.to_string(),
        Some(false) => OPTIONAL.to_string(),
        None => String::new(),
    }
}

fn push(rows: &mut Vec<Vec<String>>, row: Vec<String>, cells: &mut usize) {
    *cells += row.len();
    rows.push(row);
}

/// What somebody found an outcome to be: dimension, area and step of a
/// taxonomy, with the reason.
fn analysis(json: &Json) -> String {
    let names = ["kompetenzdimension", "lernzielbereich"];
    let mut parts: Vec<String> = names.iter().map(|name| words(json, name)).collect();
    let step = [
        words(json, "taxonomiestufe_bezeichnung"),
        words(json, "taxonomiestufe"),
    ];
    parts.push(step.join(" ").trim().to_owned());
    parts.retain(|part| !part.is_empty());
    let reason = words(json, "begründung");
    let head = parts.join(" · ");
    match (head.is_empty(), reason.is_empty()) {
        (false, false) => format!("{head}: {reason}"),
        _ => head + &reason,
    }
}

fn list<'a>(json: &'a Map<String, Json>, name: &str) -> &'a [Json] {
    json.get(name)
        .and_then(Json::as_array)
        .map_or(&[], Vec::as_slice)
}

fn words(json: &Json, name: &str) -> String {
    json.as_object()
        .map_or_else(String::new, |json| words_of(json, name))
}

/// A text or number; empty where there is none.
fn words_of(json: &Map<String, Json>, name: &str) -> String {
    match json.get(name) {
        Some(Json::String(text)) => text.trim().replace("\n\n", "\n"),
        Some(Json::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
