//! Frameworks as workbooks in the way of OpenSALT: the sheets "CF Doc", "CF
//! Item" and "CF Association", read as the package that they stand for. The
//! hierarchy is in the column `smartLevel`: `1.2.3` stands below `1.2`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use crate::tables::Sheet;
use crate::tables::words::plain;
use crate::workbook::BookSheet;

/// Where a workbook says otherwise what a package says.
const DOCUMENT: [(&str, &str); 16] = [
    ("identifier", "identifier"),
    ("creator", "creator"),
    ("title", "title"),
    ("lastChangeDate", "lastChangeDateTime"),
    ("officialSourceURL", "officialSourceURL"),
    ("publisher", "publisher"),
    ("description", "description"),
    ("subject", "subject"),
    ("language", "language"),
    ("version", "version"),
    ("adoptionStatus", "adoptionStatus"),
    ("statusStartDate", "statusStartDate"),
    ("statusEndDate", "statusEndDate"),
    ("licenseTitle", "licenseURI"),
    ("licenseText", "licenseText"),
    ("notes", "notes"),
];

const ITEM: [(&str, &str); 12] = [
    ("identifier", "identifier"),
    ("fullStatement", "fullStatement"),
    ("humanCodingScheme", "humanCodingScheme"),
    ("smartLevel", "smartLevel"),
    ("listEnumeration", "listEnumeration"),
    ("abbreviatedStatement", "abbreviatedStatement"),
    ("conceptKeywords", "conceptKeywords"),
    ("notes", "notes"),
    ("language", "language"),
    ("educationLevel", "educationLevel"),
    ("CFItemType", "CFItemType"),
    ("license", "licenseURI"),
];

/// Whether a workbook is such a framework.
pub fn is_framework(sheets: &[BookSheet]) -> bool {
    let Some(items) = found(sheets, "cfitem") else {
        return false;
    };
    let heads = heads(items);
    let has = |name: &str| heads.iter().any(|head| plain(head) == plain(name));
    has("fullStatement") && (has("identifier") || has("smartLevel"))
}

/// Whether a sheet is one of those that such a framework is read from.
pub fn is_part(sheet: &BookSheet) -> bool {
    ["cfdoc", "cfitem", "cfassociation"].contains(&plain(&sheet.sheet.name).as_str())
}

/// The package, as JSON; none where the workbook is no such framework.
pub fn package(sheets: &[BookSheet]) -> Option<Vec<u8>> {
    let items = found(sheets, "cfitem").filter(|_| is_framework(sheets))?;
    let document = found(sheets, "cfdoc").and_then(|sheet| rows(sheet, &DOCUMENT).next());
    let mut document = document.unwrap_or_default();
    if let Some(Json::String(subjects)) = document.get("subject") {
        let all: Vec<&str> = subjects.split('|').map(str::trim).collect();
        document.insert("subject".into(), json!(all));
    }
    let mut read: Vec<Map<String, Json>> = rows(items, &ITEM).collect();
    for (at, item) in read.iter_mut().enumerate() {
        // Only an identifier can be named as the one above.
        item.entry("identifier")
            .or_insert_with(|| format!("row {}", at + 1).into());
    }
    let associations = found(sheets, "cfassociation").into_iter();
    let mut associations: Vec<Json> = associations.flat_map(edges).collect();
    let hung: BTreeSet<&str> = associations
        .iter()
        .filter(|it| it.get("associationType").and_then(Json::as_str) == Some("isChildOf"))
        .filter_map(|it| it.pointer("/originNodeURI/identifier")?.as_str())
        .collect();
    let levels = levels(&read, &hung);
    associations.extend(levels);
    for map in read.iter_mut().chain([&mut document]) {
        if let Some(Json::String(title)) = map.get("licenseURI") {
            let link = json!({ "title": title, "identifier": "", "uri": "" });
            map.insert("licenseURI".into(), link);
        }
        map.remove("smartLevel");
    }
    let package = json!({
        "CFDocument": document,
        "CFItems": read,
        "CFAssociations": associations,
    });
    serde_json::to_vec(&package).ok()
}

fn found<'a>(sheets: &'a [BookSheet], name: &str) -> Option<&'a Sheet> {
    let all = sheets.iter().map(|it| &it.sheet);
    all.into_iter().find(|sheet| plain(&sheet.name) == name)
}

fn heads(sheet: &Sheet) -> Vec<String> {
    let first = sheet.rows.first();
    let cells = first.into_iter().flat_map(|row| &row.cells);
    cells.map(|head| head.trim().to_owned()).collect()
}

/// The rows below the head as objects; what no key is known for keeps its head.
fn rows<'a>(
    sheet: &'a Sheet,
    keys: &'a [(&'a str, &'a str)],
) -> impl Iterator<Item = Map<String, Json>> + 'a {
    let named = |head: String| {
        let known = keys.iter().find(|(name, _)| plain(name) == plain(&head));
        known.map_or(head.clone(), |(_, key)| (*key).to_owned())
    };
    let names: Vec<String> = heads(sheet).into_iter().map(named).collect();
    sheet.rows.iter().skip(1).map(move |row| {
        let cells = row.cells.iter().enumerate();
        let filled = cells.filter(|(_, cell)| !cell.trim().is_empty());
        let all = filled.map(|(at, cell)| {
            let name = names.get(at).filter(|name| !name.is_empty());
            let name = name
                .cloned()
                .unwrap_or_else(|| format!("column {}", at + 1));
            (name, Json::from(cell.trim()))
        });
        all.collect()
    })
}

/// The associations of their sheet.
fn edges(sheet: &Sheet) -> Vec<Json> {
    let all = rows(sheet, &[]).map(|row| {
        let get = |name: &str| {
            let cell = row.iter().find(|(head, _)| plain(head) == plain(name));
            cell.and_then(|(_, cell)| cell.as_str()).unwrap_or_default()
        };
        let link = |end: &str| {
            json!({
                "title": get(&format!("{end}NodeHumanCodingScheme")),
                "identifier": get(&format!("{end}NodeIdentifier")),
                "uri": get(&format!("{end}NodeURI")),
            })
        };
        let mut edge = json!({
            "identifier": get("identifier"),
            "associationType": kind(get("associationType")),
            "originNodeURI": link("origin"),
            "destinationNodeURI": link("destination"),
        });
        let group = (
            get("associationGroupIdentifier"),
            get("associationGroupName"),
        );
        if let (Json::Object(edge), true) = (&mut edge, group != ("", "")) {
            let group = json!({ "title": group.1, "identifier": group.0, "uri": "" });
            edge.insert("CFAssociationGroupingURI".into(), group);
        }
        edge
    });
    all.collect()
}

/// OpenSALT shows "Is Child Of" where a package says `isChildOf`.
fn kind(said: &str) -> String {
    let mut letters = said.chars().filter(|letter| !letter.is_whitespace());
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

/// "Is child of" as the levels say it, but for lines that an association hangs.
fn levels(items: &[Map<String, Json>], hung: &BTreeSet<&str>) -> Vec<Json> {
    let text = |item: &Map<String, Json>, key: &str| {
        let value = item.get(key).and_then(Json::as_str);
        value.unwrap_or_default().to_owned()
    };
    let mut by_level: BTreeMap<String, String> = BTreeMap::new();
    let mut all = Vec::new();
    for item in items {
        let mut level = text(item, "smartLevel").trim_matches('.').to_owned();
        if level.is_empty() {
            continue;
        }
        // A cell that holds a number has lost the end of 1.10.
        while level.contains('.') && level.len() < 40 && by_level.contains_key(&level) {
            level.push('0');
        }
        let identifier = text(item, "identifier");
        let parted = level.rsplit_once('.');
        let above = parted.and_then(|(above, _)| by_level.get(above));
        if let Some(above) = above.filter(|_| !hung.contains(identifier.as_str())) {
            let number = parted.and_then(|(_, number)| number.parse::<i64>().ok());
            let link =
                |identifier: &str| json!({ "title": "", "identifier": identifier, "uri": "" });
            all.push(json!({
                "identifier": format!("{identifier} smartLevel"),
                "associationType": "isChildOf",
                "originNodeURI": link(&identifier),
                "destinationNodeURI": link(above),
                "sequenceNumber": number,
            }));
        }
        by_level.entry(level).or_insert(identifier);
    }
    all
}
