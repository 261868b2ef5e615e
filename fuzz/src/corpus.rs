//! Writes what the importers are given first, from the fixtures of the tests:
//! `corpus FIXTURES FOLDER` makes a folder for each importer.

mod parts;

use std::fs;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use parts::{BETWEEN, BOOK, PAPER};
use weft_exchange::link;
use weft_model::Uid;

/// What each importer begins with: a file or several that belong together.
const SEEDS: &[(&str, &[&[&str]])] = &[
    (
        "weft_json",
        &[
            &["../../examples/cnc-order-class.json"],
            &["../../examples/anlagenmechaniker.json"],
        ],
    ),
    ("curriculum", &[&["kmk/aenderungsschneider.json"]]),
    (
        "case",
        &[
            &["case/Ordering.json"],
            &["case/everything-v1p1.json"],
            &["case/SmartLevelFramework.json"],
            &["case/opensalt-framework-20c5134f.json"],
        ],
    ),
    (
        "opensalt",
        &[&["case/sample_case.csv"], &["case/children.csv"]],
    ),
    (
        "esco",
        &[&[
            "esco/extract_occupations_en.csv",
            "esco/extract_skills_en.csv",
            "esco/extract_occupationSkillRelations.csv",
        ]],
    ),
    (
        "onet",
        &[&[
            "onet/Occupation Data.txt",
            "onet/Task Statements.txt",
            "onet/Technology Skills.txt",
        ]],
    ),
    (
        "rsd",
        &[
            &["osmt/collection_get.json"],
            &["osmt/oNet-Import.csv"],
            &["osmt/skill_log_get.json"],
        ],
    ),
    (
        "uk_standards",
        &[
            &["standards/standards.json"],
            &["standards/occupation.json"],
        ],
    ),
    (
        "tables",
        &[
            &[
                "example-cn/courses.csv",
                "example-cn/competencies.csv",
                "example-cn/mapping.csv",
            ],
            &["example-cn/progress-table.csv"],
            &[
                "example-cn/terms.csv",
                "example-cn/people.csv",
                "example-cn/venues.csv",
            ],
            &[
                "example-cn/parties.csv",
                "example-cn/specification.csv",
                "example-cn/certificates.csv",
            ],
            &["example-cn/order.csv", "example-cn/rotation.csv"],
            &[
                "tables/ausbaufacharbeiter.modules.csv",
                "tables/ausbaufacharbeiter.competencies.csv",
                "tables/ausbaufacharbeiter.mapping.csv",
            ],
        ],
    ),
    (
        "zip",
        &[&["example-cn/progress-table.xlsx"], &["review/filled.docx"]],
    ),
];
const BOOKS: &[&str] = &[
    "example-cn/competency-analysis.xlsx",
    "example-cn/progress-table.xlsx",
    "example-cn/progress-table-two-heads.xlsx",
    "example-cn/progress-table-unreckoned.xlsx",
    "review/filled.xlsx",
    "case/spreadsheet_import_sample.xlsx",
];
/// Lines of a file that is long: the rest says nothing new.
const LINES: usize = 60;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("name the fixtures and the folder"));
    };
    for (importer, seeds) in SEEDS {
        for (at, files) in seeds.iter().enumerate() {
            let parts = files.iter().map(|name| seed(&from.join(name)));
            put(
                &to,
                importer,
                at,
                &input(&parts.collect::<io::Result<Vec<_>>>()?),
            )?;
        }
    }
    for (at, name) in BOOKS.iter().enumerate() {
        put(
            &to,
            "xlsx",
            at,
            &input(&unpacked(BOOK, &fs::read(from.join(name))?)),
        )?;
    }
    let paper = unpacked(PAPER, &fs::read(from.join("review/filled.docx"))?);
    put(&to, "docx", 0, &input(&paper))?;
    // Heads of both spellings, and of before parents had numbers.
    put(&to, "moodle", 0, MOODLE.as_bytes())?;
    put(&to, "rsd", 9, SKILLS.as_bytes())?;
    put(&to, "uk_standards", 9, STANDARD.as_bytes())?;
    put(&to, "curriculum", 9, CURRICULUM.as_bytes())?;
    let plan = fs::read(from.join("../../examples/cnc-order-class.json"))?;
    put(&to, "link", 0, &link::pack(Uid(1), &plan))
}

const MOODLE: &str = "Parent ID number,ID number,Short name,Description,Description format,Scale values,Scale configuration,Rule type (optional),Rule outcome (optional),Rule config (optional),Cross-referenced competency ID numbers,Exported ID (optional),Is framework,Taxonomy\n,f,Framework,,1,\"A,B\",\"[{\"\"scaleid\"\":\"\"1\"\"}]\",,,,,1,1,\"competency,competency\"\n,a,First,<p>One</p>,1,,,,,,b,2,,\na,b,Second,,1,,,,,,,3,,\n";

const SKILLS: &str = "Canonical URL,RSD Name,Skill Statement,Authors,Categories,Keywords,Standards,Certifications,Employers,Alignment Name,Alignment URL,Alignment Framework\nhttps://x.org/1,First,\"Do it, well\",A;B,C,d;e,S,,E,N,https://y.org/2,F\n,Second,Do it again,,,,,,,,,\n";

const STANDARD: &str = "Duty,KSBs\nDuty 1 Plan it,K1 S1\n\"Duty 2 Make it, and finish\",\"K1, B1 K9\"\nKnowledge,\nK1: How it moves,\nSkills,\nS1,Mark it out\nBehaviours,\nB1: Works with care,\n";

const CURRICULUM: &str = r#"{"document_data":{"beruf":"B","berufsbeschreibung":"Was","lernfeld_ausbildungsteil":[{"name":"Eins","nummer":"1","schwerpunkt":"Allgemein","zeitraum":"1. Ausbildungsjahr","zeitwert":{"wert":"80","einheit":"Stunden"},"kompetenzen":[{"text":"Planen","nummer":"1_1","skills":[{"name":"lesen","uri":"http://x.org/1","skillType":"skill","relevance":5,"explanation":"weil"},7],"competence_analysis":{"taxonomiestufe":2}},null]},"?"]}}"#;

/// A file as a seed; of a file of lines its first ones.
fn seed(path: &Path) -> io::Result<Vec<u8>> {
    let bytes = fs::read(path)?;
    if !path
        .extension()
        .is_some_and(|it| it == "csv" || it == "txt")
    {
        return Ok(bytes);
    }
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').take(LINES);
    Ok(lines.flatten().copied().collect())
}

fn put(to: &Path, importer: &str, at: usize, bytes: &[u8]) -> io::Result<()> {
    let folder = to.join(importer);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("seed-{at}")), bytes)
}

/// An input of these parts.
fn input(parts: &[Vec<u8>]) -> Vec<u8> {
    parts.join(BETWEEN)
}

/// The parts of a container, by these names; empty where it has not one.
fn unpacked(names: &[&str], bytes: &[u8]) -> Vec<Vec<u8>> {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Vec::new();
    };
    let part = |name: &&str| {
        let mut part = Vec::new();
        if let Ok(mut entry) = zip.by_name(name) {
            // What does not unpack is no seed.
            drop(entry.read_to_end(&mut part));
        }
        part
    };
    names.iter().map(part).collect()
}
