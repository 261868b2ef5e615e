//! Frameworks as workbooks in the way of OpenSALT.
#![allow(clippy::indexing_slicing)]

use std::io::{Cursor, Write as _};

use crate::foreign_shelf::*;
use weft_exchange::case::{framework_of, is_framework};
use weft_exchange::foreign::{Foreign, Options};
use weft_exchange::{Fate, workbook};
use weft_model::*;
use zip::write::SimpleFileOptions;

/// A workbook of sheets of texts; a cell that begins with `#` holds a number.
fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let (mut listed, mut related) = (String::new(), String::new());
    for (at, (name, rows)) in sheets.iter().enumerate() {
        listed.push_str(&format!("<sheet name=\"{name}\" r:id=\"r{at}\"/>"));
        related.push_str(&format!(
            "<Relationship Id=\"r{at}\" Type=\"x/worksheet\" Target=\"s{at}.xml\"/>"
        ));
        let cell = |text: &&str| match text.strip_prefix('#') {
            Some(number) => format!("<c><v>{number}</v></c>"),
            None => format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        };
        let row = |cells: &&[&str]| {
            let cells: String = cells.iter().map(cell).collect();
            format!("<row>{cells}</row>")
        };
        let rows: String = rows.iter().map(row).collect();
        put(
            &format!("xl/s{at}.xml"),
            &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        );
    }
    put("[Content_Types].xml", "<Types/>");
    put(
        "xl/workbook.xml",
        &format!("<workbook xmlns:r=\"r\"><sheets>{listed}</sheets></workbook>"),
    );
    put(
        "xl/_rels/workbook.xml.rels",
        &format!("<Relationships>{related}</Relationships>"),
    );
    zip.finish().unwrap().into_inner()
}

const DOC: &[&[&str]] = &[
    &[
        "identifier",
        "creator",
        "title",
        "lastChangeDate",
        "officialSourceURL",
        "publisher",
        "description",
        "subject",
        "language",
        "version",
        "adoptionStatus",
        "statusStartDate",
        "statusEndDate",
        "licenseTitle",
        "licenseText",
        "notes",
    ],
    &[
        "d0000000-0000-0000-0000-000000000000",
        "A school",
        "Turning",
        "2026-01-02",
        "",
        "A publisher",
        "",
        "Metal|Machines",
        "en",
        "2",
        "Adopted",
        "",
        "",
        "CC BY",
        "as it says",
        "",
    ],
];
const HEAD: &[&str] = &[
    "identifier",
    "fullStatement",
    "humanCodingScheme",
    "smartLevel",
    "listEnumeration",
    "abbreviatedStatement",
    "conceptKeywords",
    "notes",
    "language",
    "educationLevel",
    "CFItemType",
    "license",
];

fn id(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

fn read(bytes: &[u8]) -> weft_exchange::Imported {
    let sheets = workbook::read(bytes).unwrap();
    assert!(is_framework(&sheets));
    let package = framework_of(&sheets).unwrap();
    let files = [("x.xlsx", package.as_slice())];
    take(Foreign::OpenSalt, &files, &Plan::new(), &Options::default()).unwrap()
}

fn code(plan: &Plan, code: &str) -> JobItem {
    let mut all = plan.job_items.iter();
    all.find(|line| line.code == code)
        .cloned()
        .unwrap_or_else(|| panic!("{code}"))
}

#[test]
fn a_framework_comes_in_with_its_levels_even_where_a_number_lost_its_end() {
    let mut items: Vec<Vec<String>> = vec![vec![id(1), "Prepare".into(), "A".into(), "#1".into()]];
    for at in 1..=11 {
        // As a number, 1.10 reads 1.1.
        let level = if at == 10 {
            "#1.1".into()
        } else {
            format!("#1.{at}")
        };
        items.push(vec![
            id(10 + at),
            format!("Step {at}"),
            format!("A.{at}"),
            level,
        ]);
    }
    items.push(vec![
        id(50),
        "Below the tenth".into(),
        "A.10.1".into(),
        "1.10.1".into(),
    ]);
    items.push(vec![
        id(51),
        "Elsewhere".into(),
        "B".into(),
        "2".into(),
        "b".into(),
        "".into(),
        "k1, k2".into(),
        "a note".into(),
    ]);
    items.push(vec!["".into(), "".into(), "".into(), "3".into()]);
    let cells: Vec<Vec<&str>> = items
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = [HEAD]
        .into_iter()
        .chain(cells.iter().map(Vec::as_slice))
        .collect();
    let (from, to) = (id(51), id(50));
    let edges: &[&[&str]] = &[
        &[
            "identifier",
            "originNodeURI",
            "originNodeIdentifier",
            "originNodeHumanCodingScheme",
            "associationType",
            "destinationNodeURI",
            "destinationNodeIdentifier",
            "destinationNodeHumanCodingScheme",
            "associationGroupIdentifier",
            "associationGroupName",
        ],
        &[
            "e1",
            "",
            &from,
            "B",
            "Is Related To",
            "",
            &to,
            "A.10.1",
            "g1",
            "A group",
        ],
    ];
    let bytes = book(&[
        ("CF Doc", DOC),
        ("CF Item", &rows),
        ("CF Association", edges),
    ]);
    let imported = read(&bytes);
    // The row without words waits.
    assert_eq!((fates(&imported, Fate::Tray), imported.tray.len()), (1, 1));
    let plan = after(&Plan::new(), &imported);
    assert_eq!(plan.job_items.len(), 14);
    let above = |of: &str| code(&plan, of).parent.map(|to| to.0);
    for at in 1..=11 {
        assert_eq!(above(&format!("A.{at}")), Some(code(&plan, "A").id), "{at}");
    }
    assert_eq!(above("A.10.1"), Some(code(&plan, "A.10").id));
    assert_eq!((above("A"), above("B")), (None, None));
    let order: Vec<String> = plan
        .job_items
        .of(Some(code(&plan, "A").id.0))
        .map(|it| it.code.clone())
        .collect();
    assert_eq!(order.last().map(String::as_str), Some("A.11"));
    let framework = plan.frameworks.iter().next().unwrap();
    assert_eq!(
        (framework.publisher.as_str(), framework.release.as_str()),
        ("A publisher", "2")
    );
    for word in ["Metal", "Machines", "as it says", "Adopted"] {
        assert!(framework.kept.0.contains(word), "{word}");
    }
    let kept = code(&plan, "B").kept.0;
    assert!(
        kept.contains("k1, k2") && kept.contains("listEnumeration"),
        "{kept}"
    );
    let part = plan.framework_parts.iter().next().unwrap();
    assert!(part.kept.0.contains("isRelatedTo") && part.kept.0.contains("A group"));
}

#[test]
fn an_association_that_hangs_a_line_counts_more_than_its_level() {
    let (one, two, three) = (id(1), id(2), id(3));
    let rows: &[&[&str]] = &[
        HEAD,
        &[&one, "One", "A", "1"],
        &[&two, "Two", "B", "2"],
        &[&three, "Three", "C", "1.1"],
    ];
    let edges: &[&[&str]] = &[
        &[
            "Identifier",
            "Origin Node Identifier",
            "Association Type",
            "Destination Node Identifier",
        ],
        &["e", &three, "Is Child Of", &two],
    ];
    let plan = after(
        &Plan::new(),
        &read(&book(&[("CF Item", rows), ("CF Association", edges)])),
    );
    assert_eq!(
        code(&plan, "C").parent.map(|to| to.0),
        Some(code(&plan, "B").id)
    );
}

#[test]
fn other_workbooks_are_no_frameworks() {
    for sheets in [
        &[("Modules", &[&["code", "title"][..], &["A", "B"]][..])][..],
        &[("CF Item", &[&["code"][..], &["A"]][..])],
    ] {
        let read = workbook::read(&book(sheets)).unwrap();
        assert!(!is_framework(&read) && framework_of(&read).is_none());
    }
}

#[test]
fn a_line_of_a_workbook_that_waits_is_corrected_where_it_is() {
    let (one, two) = (id(1), id(2));
    let items: Vec<Vec<&str>> = vec![
        HEAD.to_vec(),
        vec![&one, "Turn parts", "T1", "1"],
        vec![&two, "", "", "1.1"],
    ];
    let items: Vec<&[&str]> = items.iter().map(Vec::as_slice).collect();
    let bytes = book(&[("CF Doc", DOC), ("CF Item", &items)]);
    let package = framework_of(&workbook::read(&bytes).unwrap()).unwrap();
    let files = [("x.xlsx", package.as_slice())];
    let mut options = Options::default();
    let first = take(Foreign::OpenSalt, &files, &Plan::new(), &options).unwrap();
    let [row] = first.tray.as_slice() else {
        panic!("{:?}", first.tray);
    };
    let at = row.heads.iter().position(|head| head == "fullStatement");
    let mut cells = row.cells.clone();
    cells[at.expect("its words have a cell")] = "Set up a lathe".into();
    options.corrected.insert(row.place.clone(), cells);
    let second = take(Foreign::OpenSalt, &files, &Plan::new(), &options).unwrap();
    assert_eq!(second.tray, vec![]);
    let plan = after(&Plan::new(), &second);
    let mut lines = plan.job_items.iter();
    let line = lines.find(|line| line.statement.get(&Lang::en()) == "Set up a lathe");
    let above = line.and_then(|line| line.parent).map(|to| to.0);
    assert_eq!(above, Some(code(&plan, "T1").id));
}
