//! Files that mean harm or are torn, taken in as a person would: each is an
//! error or a result, and a result is done to the plan as one act, whole or not
//! at all. What comes of it is a plan: nothing impossible in it, every figure
//! can be worked out, and saved and opened it is the same.
//!
//! Real files are changed by chance from fixed seeds; what chance would not
//! find is written out.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may fail loudly"
)]

#[path = "hostile_files/mutate.rs"]
mod mutate;

use std::path::{Path, PathBuf};

use mutate::{cells, json, letters};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use weft_analysis::Board;
use weft_document::{Author, Document, PeerId};
use weft_exchange::tables::{self, ApplyOptions, Matching, Sheet, TableKind};
use weft_exchange::{ImportError, Limit, weft_json};
use weft_model::{Act, Plan, Subject, Uid, Verb, Violation};
use weft_sample::{chance, fresh_uid};

const ID: Uid = Uid(5);

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(root().join(name)).unwrap()
}

/// All real tables, by name.
fn real_tables() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for folder in ["tests/fixtures/example-cn", "tests/fixtures/tables"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            all.push((name, std::fs::read(&path).unwrap()));
        }
    }
    all.sort();
    assert!(all.len() > 20, "the fixtures are there");
    all
}

/// An empty plan and one that has everything: what a file is taken into.
fn plans() -> [Plan; 2] {
    let example = file("examples/cnc-order-class.json");
    let read = weft_json::import(&example, &Plan::new(), &mut || Uid(1)).unwrap();
    let mut full = Plan::new();
    full.apply(&import(read.commands)).unwrap();
    [Plan::new(), full]
}

fn import(commands: Vec<weft_model::Command>) -> Act {
    Act::many(Verb::Import, Subject::Plan, commands)
}

/// Does the act: what an import hands out always can be done, and what comes
/// of it is a whole plan.
fn done(before: &Plan, act: &Act, what: &dyn Fn() -> String) -> Plan {
    let mut plan = before.clone();
    if let Err(error) = plan.apply(act) {
        assert!(plan == *before, "half applied: {}", what());
        panic!("{error:?}: {}", what());
    }
    // A line below one that cannot hold it is no harm: partners can leave one
    // there, so that it comes back as it went out, and Checks names it.
    let mut broken = plan.violations();
    broken.retain(|one| !matches!(one, Violation::Misplaced { .. }));
    assert!(broken.is_empty(), "{broken:?}: {}", what());
    plan
}

/// What only some of the files go through, because it takes longer: all
/// figures, and saving and opening.
fn lived_with(before: &Plan, act: &Act, plan: &Plan, what: &dyn Fn() -> String) {
    let board = Board::new(plan);
    assert_eq!(
        board.findings().count() as u32,
        board.finding_tally(None).open() + board.finding_tally(None).waived,
        "{}",
        what()
    );
    let author = Author {
        uid: Uid(7),
        name: "Lin".into(),
        ..Default::default()
    };
    let mut document = Document::create(ID, PeerId(1), &author, 0);
    if before.modules.is_empty() {
        document.apply(act, 0).unwrap();
        assert!(document.plan() == plan, "done otherwise: {}", what());
        let again = Document::open(ID, [document.save()], PeerId(2)).unwrap();
        assert!(again.document.plan() == plan, "opens otherwise: {}", what());
    }
    let exported = weft_json::export(plan);
    let back = weft_json::import(&exported, &Plan::new(), &mut || Uid(1));
    assert!(back.is_ok(), "what goes out comes in: {}", what());
}

fn take_json(bytes: &[u8], plans: &[Plan; 2], rng: &mut ChaCha8Rng, deep: bool) -> bool {
    let what = || -> String { String::from_utf8_lossy(bytes).chars().take(4_000).collect() };
    let mut taken = false;
    for before in plans {
        if let Ok(read) = weft_json::import(bytes, before, &mut || fresh_uid(rng)) {
            let act = import(read.commands);
            let plan = done(before, &act, &what);
            if deep {
                lived_with(before, &act, &plan, &what);
            }
            taken = true;
        }
    }
    taken
}

fn take_table(
    name: &str,
    bytes: &[u8],
    plans: &[Plan; 2],
    rng: &mut ChaCha8Rng,
    deep: bool,
) -> bool {
    let Ok(sheet) = tables::read(name, bytes) else {
        return false;
    };
    let what = || -> String {
        let text: String = String::from_utf8_lossy(bytes).chars().take(2_000).collect();
        format!("{name}: {text}")
    };
    let mut matchings = vec![tables::guess(&sheet)];
    if deep {
        matchings.extend(
            TableKind::ALL
                .iter()
                .map(|kind| tables::match_as(&sheet, *kind)),
        );
    }
    for (at, matching) in matchings.into_iter().enumerate() {
        let before = plans.choose(rng).unwrap();
        let sheets: [(Sheet, Matching); 1] = [(sheet.clone(), matching)];
        let options = ApplyOptions {
            make_missing: rng.random(),
            ..ApplyOptions::default()
        };
        let read = tables::apply(before, &sheets, &options, &mut || fresh_uid(rng));
        let act = import(read.commands);
        let plan = done(before, &act, &what);
        if deep && at == 0 {
            lived_with(before, &act, &plan, &what);
        }
    }
    true
}

#[test]
fn plan_files_changed_by_chance_are_refused_or_come_in_whole() {
    let plans = plans();
    let example = file("examples/cnc-order-class.json");
    let whole: serde_json::Value = serde_json::from_slice(&example).unwrap();
    let small = json::shortened(&whole, 6);
    let mut rng = chance(21);
    let mut taken = 0;
    for round in 0..1_500 {
        let mut value = small.clone();
        for _ in 0..rng.random_range(1..6) {
            json::mutate(&mut value, &mut rng);
        }
        let bytes = json::write(&value, &mut rng);
        taken += usize::from(take_json(&bytes, &plans, &mut rng, round % 10 == 0));
    }
    // Most of them must get past the gate, or nothing behind it is tried.
    assert!(taken > 1_000, "only {taken} were taken in");
    for round in 0..500 {
        let bytes = letters::mutate(&serde_json::to_vec(&small).unwrap(), &mut rng);
        take_json(&bytes, &plans, &mut rng, round % 10 == 0);
    }
}

#[test]
fn tables_changed_by_chance_are_refused_or_come_in_whole() {
    let plans = plans();
    let tables = real_tables();
    let mut rng = chance(22);
    let mut taken = 0;
    for round in 0..1_500 {
        let (name, bytes) = tables.choose(&mut rng).unwrap();
        let bytes = cells::mutate(bytes, &mut rng);
        taken += usize::from(take_table(name, &bytes, &plans, &mut rng, round % 40 == 0));
    }
    assert!(taken > 1_000, "only {taken} were taken in");
    for round in 0..500 {
        let (name, bytes) = tables.choose(&mut rng).unwrap();
        let bytes = letters::mutate(&cells::head(bytes, 40), &mut rng);
        take_table(name, &bytes, &plans, &mut rng, round % 40 == 0);
    }
}

/// A plan file with this as the value of everything that a module may have.
fn plan_with(value: &str) -> Vec<u8> {
    let fields = [
        "id",
        "title",
        "code",
        "total_hours",
        "credits",
        "prerequisites",
        "deleted",
        "~order",
    ];
    let fields = fields.map(|field| format!("\"{field}\":{value}")).join(",");
    let about = format!(
        "\"about\":{{{}}}",
        ["title", "languages", "status"]
            .map(|f| format!("\"{f}\":{value}"))
            .join(",")
    );
    format!(
        "{{\"format\":\"weft-plan\",\"version\":1,{about},\"modules\":[{{{fields}}}],\"units\":{value},\"links\":[{{\"module\":{value},\"competency\":{value},\"level\":{value}}}]}}"
    )
    .into_bytes()
}

#[test]
fn a_value_of_any_kind_in_any_place_of_a_plan_file_is_refused_or_waits() {
    let plans = plans();
    let mut rng = chance(23);
    let long = format!("\"{}\"", "x".repeat(200_000));
    let nested = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    let wide = format!("[{}1]", "1,".repeat(40_000));
    for value in [
        "null",
        "true",
        "[]",
        "{}",
        "[[[]]]",
        "{\"en\":{\"en\":{}}}",
        "0",
        "-1",
        "1e308",
        "-1e308",
        "1e-320",
        "18446744073709551615",
        "9223372036854775808",
        "-9223372036854775809",
        "0.1",
        "\"\"",
        "\"\\u0000\"",
        "\"\\ud83d\\ude00\"",
        "\"\u{202e}\u{feff}\"",
        "\"=cmd|' /C calc'!A0\"",
        "\"0000000000000\"",
        "\"zzzzzzzzzzzzz\"",
        "{\"\":\"\"}",
        "{\"en\":1,\"\\u0000\":\"x\"}",
        "[\"0000000000001\",\"0000000000001\"]",
        &long,
        &nested,
        &wide,
    ] {
        let bytes = plan_with(value);
        assert!(
            take_json(&bytes, &plans, &mut rng, true),
            "{}",
            &value[..value.len().min(40)]
        );
    }
    for value in [
        "1e309",
        "-1e309",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "01",
        "+1",
        "NaN",
        "Infinity",
        "'x'",
        "\"\n\"",
        "\"\\x\"",
        "[1,]",
        "nul",
        "\u{0}",
    ] {
        let read = weft_json::import(&plan_with(value), &Plan::new(), &mut || Uid(1));
        assert!(
            matches!(read, Err(ImportError::Malformed { .. })),
            "{value}: {read:?}"
        );
    }
}

#[test]
fn nesting_of_a_hundred_thousand_is_refused_wherever_it_stands() {
    let deep = 100_000;
    for value in [
        "[".repeat(deep),
        format!("{}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("{}1{}", "{\"en\":".repeat(deep), "}".repeat(deep)),
        format!("{}1{}", "[{\"x\":".repeat(deep), "}]".repeat(deep)),
    ] {
        let read = weft_json::import(&plan_with(&value), &Plan::new(), &mut || Uid(1));
        assert!(matches!(read, Err(ImportError::Malformed { .. })));
    }
}

#[test]
fn a_name_that_stands_twice_in_a_plan_file_gives_one_item() {
    let plans = plans();
    let mut rng = chance(24);
    for text in [
        r#"{"format":"weft-plan","version":1,"version":1,"modules":[{"id":"0000000000001","code":"A","code":"B"}],"modules":[{"id":"0000000000001","code":"C"},{"id":"0000000000001","code":"D"}]}"#,
        r#"{"format":"x","format":"weft-plan","version":9,"version":1,"about":{"title":{"en":"a","en":"b"}},"about":{"code":"x"}}"#,
    ] {
        assert!(take_json(text.as_bytes(), &plans, &mut rng, true));
    }
}

#[test]
fn job_lines_in_a_ring_come_in_without_the_ring() {
    let plans = plans();
    let mut rng = chance(25);
    let line = |id: usize, parent: usize| {
        format!(
            r#"{{"id":"{id:013}","parent":"{parent:013}","tier":"task","prerequisites":["{parent:013}"]}}"#
        )
    };
    for count in [1, 2, 3, 500] {
        let lines: Vec<String> = (1..=count).map(|id| line(id, id % count + 1)).collect();
        let modules = lines.join(",").replace("parent", "owner");
        let text = format!(
            r#"{{"format":"weft-plan","version":1,"job_items":[{}],"modules":[{modules}]}}"#,
            lines.join(",")
        );
        assert!(
            take_json(text.as_bytes(), &plans, &mut rng, true),
            "{count}"
        );
    }
    // Ever deeper instead of round: as deep as a file can make it.
    let lines: Vec<String> = (1..=3_000).map(|id| line(id, id - 1)).collect();
    let text = format!(
        r#"{{"format":"weft-plan","version":1,"job_items":[{}]}}"#,
        lines.join(",")
    );
    assert!(take_json(text.as_bytes(), &plans, &mut rng, true));
}

#[test]
fn tables_of_every_odd_form_are_refused_or_come_in_whole() {
    let plans = plans();
    let mut rng = chance(26);
    let head = "code,title,total hours,credits,term,prerequisites\n";
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let mut all: Vec<Vec<u8>> = [
        "\u{feff}\u{feff}code,title\nA,B\n",
        "code,title\r\nA,B\rC,D\nE,F\n\r\nG,H",
        "code,title\rA,B\rC,D\r",
        "\n\n\n\r\r\n,,,\n",
        "\"code\",\"title\"\n\"A\"B\",\"C\n\"\"\",D\"",
        "code,title\nA,\"never closed\nB,C\n",
        "\"",
        "\"\"\"",
        "code,title\n=1+1,@SUM(A1)\n+1,-1\n'=x,''\n\t=1,\r=2\n",
        "code;title,x\ttitle\nA;B,C\tD",
        "sep=",
        "sep=\n",
        "sep=,,\na,b",
        "code,code,code,title,title\nA,B,C,D,E\n",
        "code,title\nA\n,,,,,,,,,,,B\n",
        "\u{202e}code,title\u{200b}\n\u{feff}A,\u{1f600}\n",
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    // Excel's line that names the delimiter may name any sign.
    for sign in 0..128_u8 {
        all.push([b"sep=", &[sign][..], b"\ncode,title\nA,\"B;C\"\n"].concat());
    }
    for cell in [
        "99999999999999999999999999",
        "-9223372036854775808",
        "1e400",
        "NaN",
        "4/16W@99999999999",
        "1-4294967296",
        "0000000000001",
        "A;A;A",
        "\u{ff11}\u{ff12}",
        "☆",
        "1/0W",
        "½",
    ] {
        all.push(
            format!(
                "{head}{}",
                format!("{cell},{cell},{cell},{cell},{cell},{cell}\n").repeat(3)
            )
            .into_bytes(),
        );
    }
    let odd = wide("\u{feff}code,title\nA,数控\n");
    all.push(odd.clone());
    all.push(odd[..odd.len() - 1].to_vec());
    all.push([&b"\xfe\xff"[..], &odd[2..]].concat());
    all.push(b"\xff\xfe\x00\xd8\x00\x00".to_vec());
    all.push(b"\xff\xfe".to_vec());
    all.push(b"\xef\xbb\xbf".to_vec());
    // GB 18030, Latin-1 and a workbook.
    all.push(b"code,title\nA,\xca\xfd\xbf\xd8\n".to_vec());
    all.push(b"code,title\nA,Pr\xfcfen\n".to_vec());
    all.push(b"PK\x03\x04\x14\x00\x06\x00".to_vec());
    all.push(b"code,title\nA,B\x00C\n".to_vec());
    for bytes in &all {
        // The signs are about reading alone.
        let deep = !bytes.starts_with(b"sep=");
        take_table("odd.csv", bytes, &plans, &mut rng, deep);
    }
}

#[test]
fn tables_of_a_million_columns_or_in_wrong_letters_are_refused() {
    let limit = |limit| Err(ImportError::TooLarge { limit });
    let read = |bytes: &[u8]| tables::read("x.csv", bytes).map(|_| ());
    assert_eq!(
        read("a,".repeat(1_000_000).as_bytes()),
        limit(Limit::Columns(1_000))
    );
    assert_eq!(
        read("a\t".repeat(1_000_001).as_bytes()),
        limit(Limit::Cells(1_000_000))
    );
    let quoted = format!("\"{}\"\n", ",".repeat(2_000_000));
    assert_eq!(read(quoted.as_bytes()), limit(Limit::Cells(1_000_000)));
    for (bytes, at) in [
        (&b"code,title\nA,\xca\xfd\xbf\xd8\n"[..], 13),
        (b"code,title\nA,B\x00\n", 14),
        (b"\xff\xfe\x00\xd8a\x00", 2),
        (b"\xff\xfea\x00b", 4),
    ] {
        assert_eq!(read(bytes), Err(ImportError::Encoding { at }), "{bytes:?}");
    }
    assert!(Path::new(&root()).is_dir());
}
