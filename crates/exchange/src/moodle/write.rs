//! The job outline as a Moodle competency framework.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};
use weft_model::{Framework, JobItem, JobItemId, Lang, Outline, Plan, Uid};

use super::{COLUMNS, SHORT, html, read};
use crate::tables::sheet::guarded;

/// What an export needs to know beside the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoodleOptions {
    /// The uid of the plan: the ID number of a framework without a code.
    pub plan: Uid,
    /// The language of the texts: a framework of Moodle has one. Where a text
    /// lacks it, another one stands in.
    pub lang: Lang,
}

/// The framework as CSV: UTF-8 without a mark, lines ended as Moodle does.
pub fn export(plan: &Plan, options: &MoodleOptions) -> Vec<u8> {
    let mut out = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    let rows = rows(plan, options);
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

fn rows(plan: &Plan, options: &MoodleOptions) -> Vec<[String; 14]> {
    let mut all = vec![COLUMNS.map(str::to_owned), framework(plan, options)];
    let outline = Outline::of(plan);
    let rows = outline.rows().iter();
    let lines: Vec<(&JobItem, Option<JobItemId>)> = rows
        .filter_map(|row| Some((plan.job_items.get(row.id)?, row.parent)))
        .collect();
    let ids = id_numbers(&lines);
    for (number, (line, parent)) in lines.iter().enumerate() {
        let id = ids.get(&line.id).cloned().unwrap_or_default();
        let above = parent.and_then(|above| ids.get(&above).cloned());
        let row = row(
            line,
            &options.lang,
            id,
            above.unwrap_or_default(),
            number + 1,
        );
        all.push(row);
    }
    all
}

fn moodle(kept: &str) -> Map<String, Json> {
    match serde_json::from_str(kept) {
        Ok(Json::Object(object)) => object,
        _ => Map::new(),
    }
}

fn text<'a>(kept: &'a Map<String, Json>, name: &str) -> &'a str {
    kept.get(name).and_then(Json::as_str).unwrap_or_default()
}

/// The framework that goes out: the only one that came in from Moodle.
fn single(plan: &Plan) -> Option<&Framework> {
    let mut all = plan.frameworks.iter().filter(|one| one.format == "moodle");
    let first = all.next();
    first.filter(|_| all.next().is_none())
}

fn framework(plan: &Plan, options: &MoodleOptions) -> [String; 14] {
    let known = single(plan);
    let kept = known.map(|known| moodle(&known.kept.0)).unwrap_or_default();
    let title = match known {
        Some(known) => known.title.show(&options.lang),
        None => plan.about().title.show(&options.lang),
    };
    let code = match known {
        Some(known) => known.identifier.as_str(),
        None => plan.about().code.as_str(),
    };
    let id = if code.trim().is_empty() {
        options.plan.to_string()
    } else {
        cut(code)
    };
    let name = if title.trim().is_empty() {
        id.clone()
    } else {
        cut(title)
    };
    let or = |name: &str, other: String| match text(&kept, name) {
        "" => other,
        kept => kept.to_owned(),
    };
    let (values, configuration) = scale(plan, &options.lang);
    let (values, configuration) = match (
        text(&kept, "scale_values"),
        text(&kept, "scale_configuration"),
    ) {
        ("", _) | (_, "") => (values, configuration),
        (values, configuration) => (values.to_owned(), configuration.to_owned()),
    };
    [
        String::new(),
        id,
        name,
        or("description", String::new()),
        or("description_format", "1".into()),
        values,
        configuration,
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        "1".into(),
        or("taxonomy", "domain,practice,practice,competency".into()),
    ]
}

/// The plan's scale as Moodle has it: the lowest level is where learners
/// begin, the highest is proficient.
fn scale(plan: &Plan, lang: &Lang) -> (String, String) {
    let mut levels: Vec<(i64, String)> = plan
        .scale_levels
        .iter()
        .filter_map(|level| {
            let name = match level.name.show(lang) {
                "" => level.letter.as_str(),
                name => name,
            };
            let name = name.replace([',', '\n', '\r'], " ");
            (!name.trim().is_empty()).then_some((level.rank?.0, name.trim().to_owned()))
        })
        .collect();
    levels.sort();
    levels.dedup_by(|a, b| a.0 == b.0);
    if levels.len() < 2 {
        let configuration =
            json!([{ "scaleid": "2" }, { "id": 2, "scaledefault": 1, "proficient": 1 }]);
        return (
            "Not yet competent,Competent".into(),
            configuration.to_string(),
        );
    }
    let names: Vec<String> = levels.iter().map(|(_, name)| name.clone()).collect();
    let configuration = json!([
        { "scaleid": "1" },
        { "id": 1, "scaledefault": 1 },
        { "id": names.len(), "proficient": 1 },
    ]);
    (names.join(","), configuration.to_string())
}

/// As much of a text as an ID number or a short name holds.
fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHORT {
        return line;
    }
    let start: String = line.chars().take(SHORT - 1).collect();
    format!("{}…", start.trim_end())
}

/// An ID number for each line: its own at Moodle, else its code where no
/// other line has it, else its uid.
fn id_numbers(lines: &[(&JobItem, Option<JobItemId>)]) -> BTreeMap<JobItemId, String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (line, _) in lines {
        *counts.entry(line.code.trim()).or_default() += 1;
    }
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut ids = BTreeMap::new();
    for (line, _) in lines {
        let kept = part(line);
        let code = line.code.trim();
        // A code that reads as a uid would be taken for one that we made up.
        let plain = code == cut(code) && code.parse::<Uid>().is_err();
        let own = match text(&kept, "id") {
            "" if !code.is_empty() && plain && counts.get(code) == Some(&1) => code.to_owned(),
            "" => line.id.to_string(),
            id => id.to_owned(),
        };
        let id = if used.contains(&own) {
            line.id.to_string()
        } else {
            own
        };
        used.insert(id.clone());
        ids.insert(line.id, id);
    }
    ids
}

fn part(line: &JobItem) -> Map<String, Json> {
    let kept = moodle(&line.kept.0);
    let part = kept.get("moodle").and_then(Json::as_object);
    part.cloned().unwrap_or_default()
}

fn row(line: &JobItem, lang: &Lang, id: String, above: String, number: usize) -> [String; 14] {
    let kept = part(line);
    let statement = line.statement.show(lang);
    let description = line.description.show(lang);
    let mut name = cut(statement);
    if name.is_empty() {
        name = id.clone();
    }
    let whole = statement.trim();
    let mut described = description.to_owned();
    if name != whole && !whole.is_empty() {
        described = [whole.replace('\n', " "), described]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
    }
    let mut described = if described.is_empty() {
        String::new()
    } else {
        html::of(&described)
    };
    let mut format = "1";
    // What nobody has changed goes out as it came in.
    let (known, known_description) = read::texts(
        text(&kept, "name"),
        text(&kept, "description"),
        text(&kept, "description_format"),
    );
    if !kept.is_empty() && known == statement && known_description == description {
        name = text(&kept, "name").to_owned();
        described = text(&kept, "description").to_owned();
        format = text(&kept, "description_format");
    }
    let or = |name: &str, other: &str| match text(&kept, name) {
        "" => other.to_owned(),
        kept => kept.to_owned(),
    };
    [
        above,
        id,
        name,
        described,
        format.to_owned(),
        or("scale_values", ""),
        or("scale_configuration", ""),
        or("rule_type", ""),
        or("rule_outcome", "0"),
        or("rule_config", "null"),
        or("related", ""),
        or("exported", &number.to_string()),
        String::new(),
        String::new(),
    ]
}
