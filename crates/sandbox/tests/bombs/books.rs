//! Workbooks and Word files whose XML swells, nests or lies.

use weft_sandbox::Given;

use super::made::{book, book_of, cell, noise, paper, rows, sheet};
use super::{Bomb, Way::Look};

const BROKEN: &str = "Malformed";
/// The longest element or text that is read.
const PIECE: &str = "Letters(4194304)";
const LETTERS: &str = "Letters(33554432)";

pub const ALL: &[Bomb] = &[
    Bomb(
        "a text of a cell in six million pieces",
        Look,
        PIECE,
        pieces,
    ),
    Bomb(
        "37 MiB of texts that cells may share",
        Look,
        LETTERS,
        all_shared,
    ),
    Bomb("entities that laugh a billion times", Look, BROKEN, laughs),
    Bomb(
        "an entity of 100,000 letters, used 100,000 times",
        Look,
        BROKEN,
        quadratic,
    ),
    Bomb("an entity that reads a file", Look, BROKEN, external),
    Bomb(
        "a reference to a letter with a million figures",
        Look,
        "table 1x1",
        figures,
    ),
    Bomb(
        "100,000 elements within each other",
        Look,
        "Depth(256)",
        depth,
    ),
    Bomb(
        "an element of a million attributes",
        Look,
        PIECE,
        attributes,
    ),
    Bomb("an attribute of 40 MiB", Look, PIECE, attribute),
    Bomb("a comment of 40 MiB", Look, PIECE, comment),
    Bomb("a text of 40 MiB", Look, PIECE, text),
    Bomb("40 MiB as they are", Look, PIECE, as_they_are),
    Bomb("a name of 40 MiB", Look, PIECE, name),
    Bomb(
        "a list of texts that says it has four billion",
        Look,
        "table 1x1",
        strings_lie,
    ),
    Bomb(
        "one text of 32,000 letters in 10,000 cells",
        Look,
        LETTERS,
        shared,
    ),
    Bomb(
        "two million empty texts",
        Look,
        "Cells(1000000)",
        empty_strings,
    ),
    Bomb(
        "texts by numbers that there are none of",
        Look,
        "Empty",
        no_strings,
    ),
    Bomb(
        "a sheet that says it reaches from A1 to XFD1048576",
        Look,
        "table 1x1",
        dimension,
    ),
    Bomb("a row of the number 99999999999", Look, BROKEN, row_number),
    Bomb(
        "a cell in the last column and the last row",
        Look,
        "Columns(1000)",
        last_cell,
    ),
    Bomb(
        "2,001 rows of which each has its last cell alone",
        Look,
        "Cells(2000000)",
        wide,
    ),
    Bomb("100,001 rows", Look, "Rows(100000)", many_rows),
    Bomb(
        "50,000 merged areas over all of a sheet of 20,000 rows",
        Look,
        "Cells(2000000)",
        merges,
    ),
    Bomb(
        "a long text merged down over 20,000 rows",
        Look,
        LETTERS,
        merged_text,
    ),
    Bomb(
        "a million styles, each with a format of 100,000 letters",
        Look,
        "table 1x1",
        styles,
    ),
    Bomb("a million formats of numbers", Look, "table 1x1", formats),
    Bomb(
        "a million relations of a workbook",
        Look,
        "Entries(10000)",
        relations,
    ),
    Bomb(
        "three hundred names for one sheet",
        Look,
        "Entries(255)",
        sheets,
    ),
    Bomb(
        "a hundred sheets of 60,000 formulas without values",
        Look,
        "100 x table",
        formulas,
    ),
    Bomb(
        "a number of a million figures as a day",
        Look,
        "table 1x1",
        long_number,
    ),
    Bomb(
        "a Word file with a cell over two billion columns",
        Look,
        "Paper",
        span,
    ),
    Bomb(
        "a Word table of two million cells",
        Look,
        "Cells(1000000)",
        paper_cells,
    ),
    Bomb(
        "a Word table of three million rows",
        Look,
        "Rows(100000)",
        paper_rows,
    ),
    Bomb(
        "a Word file of 60 MiB of paragraphs",
        Look,
        "Letters(16777216)",
        paper_text,
    ),
    Bomb(
        "a Word file of 100,000 tables within each other",
        Look,
        "Depth(256)",
        paper_depth,
    ),
    Bomb("a Word file with entities", Look, BROKEN, paper_entities),
];

fn typed(kind: &str) -> Vec<Given> {
    book(&format!("<!DOCTYPE a [{kind}]>{}", sheet(&row("&b;"), "")))
}

fn row(text: &str) -> String {
    format!("<row>{}</row>", cell("A1", text))
}

fn laughs() -> Vec<Given> {
    let mut kind = String::from("<!ENTITY b0 \"ha\">");
    for at in 1..30 {
        let more = format!("&b{};", at - 1).repeat(10);
        kind.push_str(&format!("<!ENTITY b{at} \"{more}\">"));
    }
    typed(&format!("{kind}<!ENTITY b \"&b29;\">"))
}

fn quadratic() -> Vec<Given> {
    let kind = format!("<!ENTITY b \"{}\">", "x".repeat(100_000));
    let all = row(&"&b;".repeat(100_000));
    book(&format!("<!DOCTYPE a [{kind}]>{}", sheet(&all, "")))
}

fn external() -> Vec<Given> {
    typed("<!ENTITY b SYSTEM \"file:///etc/passwd\">")
}

fn figures() -> Vec<Given> {
    // A zero is no letter of XML.
    rows(&row(&format!("&#x{}41;", "0".repeat(1_000_000))))
}

fn depth() -> Vec<Given> {
    book(&"<a>".repeat(100_000))
}

fn attributes() -> Vec<Given> {
    let all: String = (0..1_000_000)
        .map(|at| format!(" a{at}=\"{at}\""))
        .collect();
    rows(&format!("<row{all}>{}</row>", cell("A1", "x")))
}

fn attribute() -> Vec<Given> {
    rows(&format!(
        "<row r=\"{}\">{}</row>",
        noise(40 << 20),
        cell("A1", "x")
    ))
}

fn comment() -> Vec<Given> {
    rows(&format!("<!--{}-->{}", noise(40 << 20), row("x")))
}

fn text() -> Vec<Given> {
    rows(&row(&noise(40 << 20)))
}

fn as_they_are() -> Vec<Given> {
    rows(&row(&format!("<![CDATA[{}]]>", noise(40 << 20))))
}

fn name() -> Vec<Given> {
    rows(&format!("<x{}>", noise(40 << 20)))
}

const SHARED: &str = r#"<row><c t="s"><v>0</v></c></row>"#;

fn strings_lie() -> Vec<Given> {
    let strings = r#"<sst count="4294967295" uniqueCount="4294967295"><si><t>x</t></si></sst>"#;
    book_of("", "", &sheet(SHARED, ""), strings, "")
}

fn shared() -> Vec<Given> {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(32_000));
    let row = format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(100));
    book_of("", "", &sheet(&row.repeat(100), ""), &strings, "")
}

fn empty_strings() -> Vec<Given> {
    let strings = format!("<sst>{}</sst>", "<si/>".repeat(2_000_000));
    book_of("", "", &sheet(SHARED, ""), &strings, "")
}

fn no_strings() -> Vec<Given> {
    let row = r#"<row><c t="s"><v>4294967295</v></c><c t="s"><v>-1</v></c></row>"#;
    rows(&row.repeat(1_000))
}

fn dimension() -> Vec<Given> {
    let cols = r#"<dimension ref="A1:XFD1048576"/><cols><col min="1" max="4294967295"/></cols>"#;
    let sheet = sheet(&row("x"), "");
    book(&sheet.replace("<sheetData>", &format!("{cols}<sheetData>")))
}

fn row_number() -> Vec<Given> {
    rows(r#"<row r="99999999999"><c><v>1</v></c></row>"#)
}

fn last_cell() -> Vec<Given> {
    rows(&format!(
        "<row r=\"1048576\">{}</row>",
        cell("XFD1048576", "x")
    ))
}

fn wide() -> Vec<Given> {
    let all: String = (1..=2_001)
        .map(|line| {
            format!(
                "<row r=\"{line}\">{}</row>",
                cell(&format!("ALL{line}"), "x")
            )
        })
        .collect();
    rows(&all)
}

fn many_rows() -> Vec<Given> {
    rows(&row("x").repeat(100_001))
}

fn numbered(count: usize) -> String {
    (2..=count)
        .map(|line| format!("<row r=\"{line}\"><c r=\"B{line}\"><v>1</v></c></row>"))
        .collect()
}

fn merges() -> Vec<Given> {
    let all = format!("<row r=\"1\">{}</row>{}", cell("A1", "x"), numbered(20_000));
    let merges = r#"<mergeCell ref="A1:XFD1048576"/>"#.repeat(50_000);
    book(&sheet(&all, &format!("<mergeCells>{merges}</mergeCells>")))
}

fn merged_text() -> Vec<Given> {
    let text = cell("A1", &"x".repeat(30_000));
    let all = format!("<row r=\"1\">{text}</row>{}", numbered(20_000));
    book(&sheet(
        &all,
        r#"<mergeCells><mergeCell ref="A1:A20000"/></mergeCells>"#,
    ))
}

fn styles() -> Vec<Given> {
    let code = format!("0&quot;{}&quot;", "x".repeat(100_000));
    let xfs = "<xf numFmtId=\"200\"/>".repeat(1_000_000);
    let styles = format!(
        "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"{code}\"/></numFmts><cellXfs>{xfs}</cellXfs></styleSheet>"
    );
    book_of(
        "",
        "",
        &sheet(r#"<row><c s="999999"><v>1</v></c></row>"#, ""),
        "",
        &styles,
    )
}

fn formats() -> Vec<Given> {
    let all: String = (0..1_000_000)
        .map(|at| format!("<numFmt numFmtId=\"{at}\" formatCode=\"0&quot;{at}&quot;\"/>"))
        .collect();
    let styles = format!("<styleSheet><numFmts>{all}</numFmts></styleSheet>");
    book_of("", "", &sheet(&row("x"), ""), "", &styles)
}

fn relations() -> Vec<Given> {
    let all: String = (0..1_000_000)
        .map(|at| format!("<Relationship Id=\"a{at}\" Type=\"x/y\" Target=\"t{at}\"/>"))
        .collect();
    book_of(
        &format!("<Relationships>{all}</Relationships>"),
        "",
        "",
        "",
        "",
    )
}

fn books(count: usize) -> String {
    let all: String = (0..count)
        .map(|at| format!(r#"<sheet name="{at}" r:id="r1"/>"#))
        .collect();
    format!("<workbook xmlns:r=\"r\"><sheets>{all}</sheets></workbook>")
}

fn sheets() -> Vec<Given> {
    book_of("", &books(300), &sheet(&row("x"), ""), "", "")
}

fn pieces() -> Vec<Given> {
    rows(&row(&"a&amp;".repeat(3_000_000)))
}

fn all_shared() -> Vec<Given> {
    let all: String = (0..1_200)
        .map(|at| format!("<si><t>{at}{}</t></si>", noise(32_000)))
        .collect();
    book_of("", "", &sheet(SHARED, ""), &format!("<sst>{all}</sst>"), "")
}

fn formulas() -> Vec<Given> {
    let formulas = "<c><f/></c>".repeat(100);
    let all = format!("<row>{formulas}</row>").repeat(600);
    book_of(
        "",
        &books(100),
        &sheet(&format!("{}{all}", row("x")), ""),
        "",
        "",
    )
}

fn long_number() -> Vec<Given> {
    let styles = r#"<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let row = format!("<row><c s=\"0\"><v>{}</v></c></row>", "9".repeat(1_000_000));
    book_of("", "", &sheet(&row, ""), "", styles)
}

const TEXT: &str = "<w:p><w:r><w:t>x</w:t></w:r></w:p>";

fn span() -> Vec<Given> {
    let cell = format!("<w:tc><w:tcPr><w:gridSpan w:val=\"2147483647\"/></w:tcPr>{TEXT}</w:tc>");
    paper(&format!(
        "<w:tbl><w:tr>{}</w:tr></w:tbl>",
        cell.repeat(1_000)
    ))
}

fn paper_cells() -> Vec<Given> {
    let row = format!("<w:tr>{}</w:tr>", "<w:tc/>".repeat(1_000));
    paper(&format!("<w:tbl>{}</w:tbl>", row.repeat(2_000)))
}

fn paper_rows() -> Vec<Given> {
    paper(&format!("<w:tbl>{}</w:tbl>", "<w:tr/>".repeat(3_000_000)))
}

fn paper_text() -> Vec<Given> {
    let text = noise(1 << 20);
    let one = format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    paper(&one.repeat(60))
}

fn paper_depth() -> Vec<Given> {
    paper(&"<w:tbl><w:tr><w:tc>".repeat(100_000))
}

fn paper_entities() -> Vec<Given> {
    let root = paper("<w:p/>").remove(0);
    let document = "<!DOCTYPE a [<!ENTITY b \"x\">]><w:document><w:t>&b;</w:t></w:document>";
    let rels = r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let bytes = super::made::pack(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", rels.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ]);
    vec![super::made::given(&root.name, bytes)]
}
