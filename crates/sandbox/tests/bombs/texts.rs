//! Tables, JSON and lists of others that are too much, too deep or go round in
//! rings.

use std::fmt::Write as _;

use weft_exchange::foreign::Foreign;
use weft_sandbox::{Given, What};

use super::made::one;
use super::{Bomb, Way, Way::Look};

const WEFT: Way = Way::Import(What::Weft);
const CASE: Way = Way::Import(What::Foreign(Foreign::Case));
const SALT: Way = Way::Import(What::Foreign(Foreign::OpenSalt));
const MOODLE: Way = Way::Import(What::Foreign(Foreign::Moodle));
const ESCO: Way = Way::Import(What::Foreign(Foreign::Esco));
const RSD: Way = Way::Import(What::Foreign(Foreign::Rsd));
const UK: Way = Way::Import(What::Foreign(Foreign::UkStandards));
const BROKEN: &str = "Malformed";
const VALUES: &str = "Values(1000000)";

pub const ALL: &[Bomb] = &[
    Bomb("two million commas", Look, "Cells(1000000)", commas),
    Bomb("a row of 5,000 columns", Look, "Columns(1000)", columns),
    Bomb("a table of 100,001 rows", Look, "Rows(100000)", table_rows),
    Bomb("a table of 17 MiB", Look, "Bytes(16777216)", table_bytes),
    Bomb(
        "a quote that is never closed, over 15 MiB",
        Look,
        "table 2x2",
        unclosed,
    ),
    Bomb("15 MiB of quotes", Look, "table 1x1", quotes),
    Bomb("15 MiB of line ends", Look, "Empty", line_ends),
    Bomb(
        "7 MiB of letters of before Unicode",
        Look,
        "table 1x1",
        old_letters,
    ),
    Bomb("15 MiB of halves of letters", Look, "Encoding", halves),
    Bomb("100,000 lists within each other", WEFT, BROKEN, lists),
    Bomb("100,000 objects within each other", CASE, BROKEN, objects),
    Bomb("1,000,001 empty objects", WEFT, VALUES, values),
    Bomb(
        "a list of 1,000,001 numbers in a framework",
        CASE,
        VALUES,
        numbers,
    ),
    Bomb("JSON of 33 MiB", WEFT, "Bytes(33554432)", json_bytes),
    Bomb("one text of 30 MiB", WEFT, "NotThisFormat", json_text),
    Bomb("an object of 100,000 names", WEFT, "tray", names),
    Bomb("a number of a million figures", WEFT, BROKEN, number),
    Bomb(
        "a framework whose items hang on each other in a ring of 10,000",
        CASE,
        "applied",
        ring,
    ),
    Bomb("a framework 10,000 lines deep", CASE, "applied", chain),
    Bomb(
        "a framework of items that are each their own parent",
        CASE,
        "applied",
        own_parents,
    ),
    Bomb(
        "40,000 associations to nothing",
        CASE,
        "applied",
        to_nothing,
    ),
    Bomb("20,000 items of one identifier", CASE, "tray", twice),
    Bomb("a descriptor of 200,000 keywords", RSD, "applied", keywords),
    Bomb("a code of two million steps", SALT, "tray", steps),
    Bomb(
        "lines of a framework in a ring of 10,000",
        MOODLE,
        "applied",
        moodle_ring,
    ),
    Bomb("a description of a million tags", MOODLE, "tray", tags),
    Bomb(
        "50,000 duties that each want the same skill",
        UK,
        "applied",
        duties,
    ),
    Bomb(
        "a detail of a million beginnings of tags",
        UK,
        "applied",
        beginnings,
    ),
    Bomb("20,001 standards", UK, "Values(20000)", standards),
    Bomb("a standard of 1,000,001 numbers", UK, VALUES, in_standard),
    Bomb("1,000,001 relations", ESCO, "Rows(1000000)", relations),
    Bomb("a head of a million columns", ESCO, "Columns(1000)", heads),
];

fn commas() -> Vec<Given> {
    one("x.csv", ",".repeat(2_000_000))
}

fn columns() -> Vec<Given> {
    one("x.csv", ",".repeat(5_000))
}

fn table_rows() -> Vec<Given> {
    one("x.csv", "a,b\n".repeat(100_001))
}

fn table_bytes() -> Vec<Given> {
    one("x.csv", "a,b\n".repeat((17 << 20) / 4))
}

fn unclosed() -> Vec<Given> {
    one(
        "x.csv",
        format!("code,title\nA,\"{}", "x\n".repeat(15 << 19)),
    )
}

fn quotes() -> Vec<Given> {
    one("x.csv", "\"".repeat(15 << 20))
}

fn line_ends() -> Vec<Given> {
    one("x.csv", "\n".repeat(15 << 20))
}

fn old_letters() -> Vec<Given> {
    one("x.csv", b"\xe4 ".repeat(7 << 19))
}

fn halves() -> Vec<Given> {
    one("x.csv", [&[0xff, 0xfe][..], &vec![0xd8; 15 << 20]].concat())
}

/// A file of ours with this as a value of it.
fn weft(value: &str) -> Vec<Given> {
    let text = format!("{{\"format\":\"weft-plan\",\"version\":1,\"modules\":{value}}}");
    one("x.json", text)
}

fn case(items: &str, associations: &str) -> Vec<Given> {
    let text = format!(
        "{{\"CFDocument\":{{\"identifier\":\"d\",\"title\":\"x\"}},\"CFItems\":[{items}],\"CFAssociations\":[{associations}]}}"
    );
    one("x.json", text)
}

fn lists() -> Vec<Given> {
    weft(&"[".repeat(100_000))
}

fn objects() -> Vec<Given> {
    case(&"{\"a\":".repeat(100_000), "")
}

fn values() -> Vec<Given> {
    weft(&format!("[{}{{}}]", "{},".repeat(1_000_000)))
}

fn numbers() -> Vec<Given> {
    case(&format!("{{\"a\":[{}1]}}", "1,".repeat(1_000_000)), "")
}

fn json_bytes() -> Vec<Given> {
    weft(&" ".repeat(33 << 20))
}

fn json_text() -> Vec<Given> {
    one("x.json", format!("[\"{}\"]", "x".repeat(30 << 20)))
}

fn names() -> Vec<Given> {
    let mut all = String::from("[{\"id\":\"0000000000001\"");
    for at in 0..100_000 {
        write!(all, ",\"n{at}\":0").unwrap();
    }
    weft(&format!("{all}}}]"))
}

fn number() -> Vec<Given> {
    weft(&"9".repeat(1_000_000))
}

fn items(count: usize) -> String {
    let all: Vec<String> = (0..count)
        .map(|at| format!("{{\"identifier\":\"{at}\",\"fullStatement\":\"s{at}\"}}"))
        .collect();
    all.join(",")
}

fn edges(pairs: impl Iterator<Item = (usize, usize)>) -> String {
    let all: Vec<String> = pairs
        .map(|(from, to)| format!("{{\"identifier\":\"e{from}\",\"associationType\":\"isChildOf\",\"originNodeURI\":\"{from}\",\"destinationNodeURI\":\"{to}\"}}"))
        .collect();
    all.join(",")
}

fn ring() -> Vec<Given> {
    case(
        &items(10_000),
        &edges((0..10_000).map(|at| (at, (at + 1) % 10_000))),
    )
}

fn chain() -> Vec<Given> {
    case(&items(10_000), &edges((1..10_000).map(|at| (at, at - 1))))
}

fn own_parents() -> Vec<Given> {
    case(&items(5_000), &edges((0..5_000).map(|at| (at, at))))
}

fn to_nothing() -> Vec<Given> {
    case(&items(1), &edges((10..40_010).map(|at| (at, at + 1))))
}

fn twice() -> Vec<Given> {
    let one = "{\"identifier\":\"a\",\"fullStatement\":\"s\"},".repeat(20_000);
    case(one.trim_end_matches(','), "")
}

fn keywords() -> Vec<Given> {
    let all = format!("[{}\"k\"]", "\"k\",".repeat(200_000));
    let text = format!(
        "[{{\"id\":\"u\",\"skillName\":\"n\",\"skillStatement\":\"s\",\"keywords\":{all}}}]"
    );
    one("x.json", text)
}

fn steps() -> Vec<Given> {
    let code = "1.".repeat(2_000_000);
    one(
        "x.csv",
        format!("Identifier,fullStatement,Human Coding Scheme\na,s,{code}1\nb,t,{code}2\n"),
    )
}

const MOODLE_HEAD: &str = "Parent ID number,ID number,Short name,Description,Description format,Is framework\n,F,F,,1,1\n";

fn moodle_ring() -> Vec<Given> {
    let mut all = MOODLE_HEAD.to_owned();
    for at in 0..10_000 {
        writeln!(all, "{},{at},n{at},,1,", (at + 1) % 10_000).unwrap();
    }
    one("x.csv", all)
}

fn tags() -> Vec<Given> {
    let text = "<ul><li>".repeat(1_000_000);
    one("x.csv", format!("{MOODLE_HEAD},a,n,{text},1,\n"))
}

fn standard(lists: &str) -> Vec<Given> {
    let text = format!("[{{\"referenceNumber\":\"ST1\",\"version\":\"1.0\",{lists}}}]");
    one("x.json", text)
}

fn duties() -> Vec<Given> {
    let duty = "{\"dutyDetail\":\"d\",\"mappedSkills\":[\"s\"]},".repeat(9_000);
    let duties = duty.trim_end_matches(',');
    standard(&format!(
        "\"skills\":[{{\"skillId\":\"s\",\"detail\":\"x\"}}],\"duties\":[{duties}]"
    ))
}

fn beginnings() -> Vec<Given> {
    let detail = "<a".repeat(1_000_000);
    standard(&format!(
        "\"skills\":[{{\"skillId\":\"s\",\"detail\":\"{detail}\"}}]"
    ))
}

fn standards() -> Vec<Given> {
    one("x.json", format!("[{}{{}}]", "{},".repeat(20_000)))
}

fn in_standard() -> Vec<Given> {
    standard(&format!("\"duties\":[{}1]", "1,".repeat(1_000_000)))
}

fn relations() -> Vec<Given> {
    let head = "occupationUri,relationType,skillType,skillUri\n";
    one(
        "x.csv",
        format!("{head}{}", "o,essential,,s\n".repeat(1_000_001)),
    )
}

fn heads() -> Vec<Given> {
    let head = "occupationUri,relationType,skillUri,";
    one("x.csv", format!("{head}{}\n", "a,".repeat(1_000_000)))
}
