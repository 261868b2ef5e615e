//! Workbooks that mean harm or are torn: an error or a result, never a crash,
//! and never more room than a bound allows.

use std::io::{Cursor, Write as _};

use crate::random_plan::Seeded;
use crate::shelf::*;
use proptest::prelude::*;
use weft_exchange::tables::ApplyOptions;
use weft_exchange::{ImportError, Limit, workbook};
use weft_model::*;
use zip::write::SimpleFileOptions;

const BROKEN: ImportError = ImportError::Malformed { line: 0, column: 0 };
const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELS: &str = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="sheet.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="strings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>"#;
const BOOK: &str =
    r#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;

fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn book(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    pack(&[
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/strings.xml", strings),
        ("xl/sheet.xml", sheet),
    ])
}

fn cells(xml: &str) -> Vec<u8> {
    book(
        format!("<worksheet><sheetData>{xml}</sheetData></worksheet>").as_bytes(),
        b"<sst/>",
    )
}

fn refused(bytes: &[u8]) -> ImportError {
    workbook::read(bytes).expect_err("it should have been refused")
}

fn large(limit: Limit) -> ImportError {
    ImportError::TooLarge { limit }
}

/// Reads it, and takes in what there is.
fn through(bytes: &[u8]) {
    let Ok(book) = workbook::read(bytes) else {
        return;
    };
    let sheets: Vec<_> = book.into_iter().map(|it| (it.sheet, it.matching)).collect();
    let imported = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
    plan_of(&imported, &Plan::new());
}

fn real() -> Vec<(&'static str, Vec<u8>)> {
    [
        "progress-table.xlsx",
        "progress-table-two-heads.xlsx",
        "competency-analysis.xlsx",
    ]
    .map(|name| {
        (
            name,
            std::fs::read(path(&format!("example-cn/{name}"))).unwrap(),
        )
    })
    .to_vec()
}

#[test]
fn every_truncation_of_a_workbook_is_an_error() {
    for (name, bytes) in real() {
        for end in 0..bytes.len() {
            assert!(
                workbook::read(&bytes[..end]).is_err(),
                "{name} cut at {end}"
            );
        }
    }
}

#[test]
fn flipped_bytes_are_an_error_or_a_result() {
    let mut seeded = Seeded(7);
    for (_, bytes) in real() {
        for _ in 0..400 {
            let mut bent = bytes.clone();
            for _ in 0..=seeded.below(4) {
                let at = seeded.below(bent.len());
                bent[at] ^= 1 << seeded.below(8);
            }
            through(&bent);
        }
    }
}

#[test]
fn parts_cut_or_mixed_up_are_an_error_or_a_result() {
    let sheet = br#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>4</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A9"/></mergeCells></worksheet>"#;
    let strings = "<sst><si><t>课程名称</t></si></sst>".as_bytes();
    for end in 0..sheet.len() {
        through(&book(&sheet[..end], strings));
    }
    for end in 0..strings.len() {
        through(&book(sheet, &strings[..end]));
    }
    through(&book(strings, sheet));
    through(&book(RELS.as_bytes(), BOOK.as_bytes()));
}

#[test]
fn what_is_no_workbook_is_told_from_one_that_is_broken() {
    assert_eq!(refused(b""), ImportError::Empty);
    assert_eq!(refused(b"title,hours\n"), ImportError::NotThisFormat);
    assert_eq!(refused(b"PK\x03\x04"), BROKEN);
    assert_eq!(
        refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"),
        ImportError::Locked
    );
    assert_eq!(
        refused(&pack(&[("a.txt", b"a")])),
        ImportError::NotThisFormat
    );
    let word = pack(&[
        (
            "_rels/.rels",
            RELS.replace("xl/workbook.xml", "word/document.xml")
                .as_bytes(),
        ),
        ("word/document.xml", b"<document/>"),
    ]);
    assert_eq!(refused(&word), ImportError::NotThisFormat);
    assert_eq!(refused(&cells("")), ImportError::Empty);
}

#[test]
fn bombs_are_refused_by_their_bounds() {
    let sheet = |content: &[u8]| refused(&book(content, b"<sst/>"));
    // Blanks in pieces that are each let pass.
    let blanks = format!("<a/>{}", " ".repeat(1 << 20)).repeat(200);
    let blanks = format!("<worksheet>{blanks}");
    assert_eq!(sheet(blanks.as_bytes()), large(Limit::Ratio(400)));
    drop(blanks);
    // Random text does not shrink so far: the sum of all parts ends it.
    let mut seeded = Seeded(1);
    let mut noise = b"<worksheet><!--".to_vec();
    while noise.len() < 110 << 20 {
        for _ in 0..10_000 {
            let word = seeded.below(1 << 20) as u32;
            let shown = format!("{word:05x}");
            noise.extend(shown.as_bytes().repeat(8));
        }
        noise.extend(b"--><!--");
    }
    assert_eq!(sheet(&noise), large(Limit::Unpacked(100 << 20)));
    drop(noise);
    let deep = "<a>".repeat(100_000);
    assert_eq!(sheet(deep.as_bytes()), large(Limit::Depth(256)));
    // Few entries of the zip, many of the table of contents.
    let many: Vec<(String, &[u8])> = (0..10_001).map(|at| (format!("{at}"), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, it)| (name.as_str(), *it)).collect();
    assert_eq!(refused(&pack(&many)), large(Limit::Entries(10_000)));
    // One long text that a million cells share.
    let text = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(32_000));
    let row: String = (1..=100).map(|_| r#"<c t="s"><v>0</v></c>"#).collect();
    let rows = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        format!("<row>{row}</row>").repeat(100)
    );
    let shared = book(rows.as_bytes(), text.as_bytes());
    assert_eq!(refused(&shared), large(Limit::Letters(32 << 20)));
    // Cells far away from each other.
    let far = r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#;
    assert_eq!(refused(&cells(far)), large(Limit::Columns(1_000)));
    let wide: String = (1..=2_001)
        .map(|line| format!(r#"<row r="{line}"><c r="ALL{line}"><v>1</v></c></row>"#))
        .collect();
    assert_eq!(refused(&cells(&wide)), large(Limit::Cells(2_000_000)));
    assert_eq!(
        refused(&cells(&"<row><c><v>1</v></c></row>".repeat(100_001))),
        large(Limit::Rows(100_000))
    );
    assert_eq!(
        refused(&cells(r#"<row r="99999999999"><c><v>1</v></c></row>"#)),
        BROKEN
    );
    let heavy = [b"PK".as_slice(), &vec![0; 32 << 20]].concat();
    assert_eq!(refused(&heavy), large(Limit::Bytes(32 << 20)));
}

#[test]
fn entities_of_its_own_are_refused() {
    let laughs = r#"<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"#;
    assert_eq!(refused(&book(laughs.as_bytes(), b"<sst/>")), BROKEN);
    let reads = r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet/>"#;
    assert_eq!(refused(&book(reads.as_bytes(), b"<sst/>")), BROKEN);
    let unknown = r#"<worksheet><sheetData><row><c t="inlineStr"><is><t>&who;</t></is></c></row></sheetData></worksheet>"#;
    assert_eq!(refused(&book(unknown.as_bytes(), b"<sst/>")), BROKEN);
}

#[test]
fn names_that_climb_out_are_refused() {
    for name in [
        "../../etc/passwd",
        "xl/../../x",
        "/etc/passwd",
        "C:/x",
        "..\\x",
    ] {
        let bytes = pack(&[
            (name, b"x"),
            ("_rels/.rels", RELS.as_bytes()),
            ("xl/workbook.xml", BOOK.as_bytes()),
        ]);
        assert_eq!(refused(&bytes), BROKEN, "{name}");
    }
    // A target that climbs stays in the archive.
    let rels = BOOK_RELS.replace("sheet.xml", "../../../../sheet.xml");
    let bytes = pack(&[
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
    ]);
    assert_eq!(refused(&bytes), BROKEN);
}

#[test]
fn a_sheet_that_two_names_share_is_read_twice_within_the_same_bounds() {
    let sheets: String = (0..300)
        .map(|at| format!(r#"<sheet name="{at}" r:id="r1"/>"#))
        .collect();
    let many = BOOK.replace(r#"<sheet name="S" sheetId="1" r:id="r1"/>"#, &sheets);
    let bytes = pack(&[
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", many.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/sheet.xml", b"<worksheet/>"),
    ]);
    assert_eq!(refused(&bytes), large(Limit::Entries(255)));
}

#[test]
fn values_of_wrong_types_become_what_they_say() {
    let xml = r##"<row r="1"><c r="A1" t="s"><v>99</v></c><c r="B1" t="b"><v>7</v></c><c r="C1"><v>abc</v></c><c r="D1" s="4000000000"><v>1</v></c><c r="E1" t="e"><v>#REF!</v></c><c r="nonsense" t="odd"><v>5</v></c><c r="G1" t="n"><v>1e400</v></c></row>"##;
    let book = workbook::read(&cells(xml)).unwrap();
    assert_eq!(
        book[0].sheet.rows[0].cells,
        ["", "7", "abc", "1", "#REF!", "5", "1e400"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(5), ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_no_workbook(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(workbook::read(&bytes).is_err());
        through(&book(&bytes, &bytes));
    }

    #[test]
    fn random_elements_go_through(seed in 0u64..1_000_000) {
        const WORDS: &[&str] = &["<row>", "</row>", "<row r=\"5\">", "<c>", "</c>", "<c r=\"C3\" t=\"s\">", "<c t=\"inlineStr\">", "<is><t>课程名称</t></is>", "<v>0</v>", "<v>4/16W</v>", "<v/>", "<f>A1</f>", "<mergeCell ref=\"A1:C9\"/>", "<mergeCell ref=\"ZZ9:A1\"/>", "&#10;", "&#xFFFFFFFF;", "<rPh><t>x</t></rPh>", "]]>", "<![CDATA[x]]>", "<!-- -->"];
        let mut seeded = Seeded(seed);
        let xml: String = (0..40).map(|_| WORDS[seeded.below(WORDS.len())]).collect();
        through(&cells(&xml));
        through(&book(xml.as_bytes(), xml.as_bytes()));
    }
}
