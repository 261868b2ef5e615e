//! A Word file in the making: paragraphs, headings, tables, a table of
//! contents, pages upright or across.

use super::styles::{HEAD, MAIN, OFFICE, RELATIONS, ROOT, TYPES, settings, styles};
use crate::pack::{Pack, escape};
use weft_model::Lang;

/// The width of the text upright and across, in twentieths of a point.
const UPRIGHT: usize = 9_070;
const ACROSS: usize = 13_950;

/// A piece of what a paper says, for those who write it in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A heading with its level, from 1.
    Heading(usize, String),
    /// A paragraph with its style.
    Words(String, String),
    /// A table.
    Table(Grid),
}

/// A table of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grid {
    /// Its heads; none: it has none.
    pub heads: Vec<String>,
    /// The parts of the width that its columns take.
    pub parts: Vec<usize>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// What a text with boxes to tick says of itself: older programs pass over what
/// they do not know.
const BOXES: &str = " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"w14\"";

/// A Word file.
pub(crate) struct Paper {
    title: String,
    lang: Lang,
    body: String,
    /// Headings for the table of contents: level, words.
    headings: Vec<(usize, String)>,
    contents_at: Option<(usize, String)>,
    /// The lowest level of headings in it.
    contents_to: usize,
    /// The page that is being written lies across.
    across: bool,
    pieces: Vec<Piece>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Its lines.
    pub text: String,
    /// How many columns it takes; 0 counts as one.
    pub span: usize,
    /// A head or a band.
    pub strong: bool,
    /// In the middle.
    pub centre: bool,
    /// What it is known by again: hidden text behind it.
    pub key: String,
    /// A box to tick in place of a text.
    pub tick: bool,
}

impl Cell {
    /// A text.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A figure or a letter.
    pub fn figure(text: impl Into<String>) -> Self {
        Self {
            centre: true,
            ..Self::new(text)
        }
    }

    /// A band over several columns.
    pub fn band(text: impl Into<String>, span: usize) -> Self {
        Self {
            span,
            strong: true,
            ..Self::new(text)
        }
    }
}

impl Paper {
    /// An empty file.
    pub fn new(title: &str, lang: &Lang) -> Self {
        Self {
            title: title.to_owned(),
            lang: lang.clone(),
            body: String::new(),
            headings: Vec::new(),
            contents_at: None,
            contents_to: 2,
            across: false,
            pieces: Vec::new(),
        }
    }

    /// What it says, piece by piece.
    pub fn pieces(self) -> Vec<Piece> {
        self.pieces
    }

    /// How much was written so far, to tell whether anything was.
    pub fn length(&self) -> usize {
        self.body.len()
    }

    /// A paragraph for each line that says something.
    pub fn lines(&mut self, style: &str, text: &str) {
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.paragraph(style, line);
        }
    }

    /// One paragraph that stays on the page of what follows.
    pub fn kept(&mut self, style: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let at = self.body.len();
        self.paragraph(style, text);
        let mark = format!("<w:pStyle w:val=\"{style}\"/>");
        if let Some(found) = self.body.get(at..).and_then(|new| new.find(&mark)) {
            let end = at + found + mark.len();
            self.body.insert_str(end, "<w:keepNext/>");
        }
    }

    /// One paragraph; the usual style has no name.
    pub fn paragraph(&mut self, style: &str, text: &str) {
        self.body.push_str("<w:p>");
        self.style(style);
        run(text, false, &mut self.body);
        self.body.push_str("</w:p>");
        let piece = Piece::Words(style.to_owned(), text.to_owned());
        self.pieces.push(piece);
    }

    fn style(&mut self, style: &str) {
        if !style.is_empty() {
            self.body
                .push_str(&format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"));
        }
    }

    /// A heading, from 1 to 3. The first two stand in the table of contents.
    pub fn heading(&mut self, level: usize, text: &str) {
        let level = level.clamp(1, 3);
        self.pieces.push(Piece::Heading(level, text.to_owned()));
        self.body.push_str("<w:p>");
        self.style(&format!("Heading{level}"));
        let listed = level < 3;
        let mark = self.headings.len() + 1;
        if listed {
            self.body.push_str(&format!(
                "<w:bookmarkStart w:id=\"{mark}\" w:name=\"_Toc{mark:06}\"/>"
            ));
        }
        run(text, false, &mut self.body);
        if listed {
            self.body
                .push_str(&format!("<w:bookmarkEnd w:id=\"{mark}\"/>"));
            self.headings.push((level, text.to_owned()));
        }
        self.body.push_str("</w:p>");
    }

    /// A place for the table of contents, with a title.
    pub fn contents(&mut self, title: &str) {
        self.contents_at = Some((self.body.len(), title.to_owned()));
    }

    /// The same with the first level of headings alone: for many papers in one.
    pub fn short_contents(&mut self, title: &str) {
        self.contents(title);
        self.contents_to = 1;
    }

    /// A new page.
    pub fn page(&mut self) {
        self.body
            .push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
    }

    /// What follows stands on pages that lie across, or upright again.
    pub fn turn(&mut self, across: bool) {
        if across != self.across {
            // A file that begins across needs no page before it.
            if self.body.is_empty() {
                self.across = across;
                return;
            }
            let ends = section(self.across);
            self.body
                .push_str(&format!("<w:p><w:pPr>{ends}</w:pPr></w:p>"));
            self.across = across;
        }
    }

    /// A table: heads (which come again on each page), the parts of the width
    /// that its columns take, rows.
    pub fn table(&mut self, heads: &[String], parts: &[usize], rows: &[Vec<Cell>]) {
        self.pieces.push(Piece::Table(Grid {
            heads: heads.to_vec(),
            parts: parts.to_vec(),
            rows: rows.to_vec(),
        }));
        let whole = if self.across { ACROSS } else { UPRIGHT };
        let sum: usize = parts.iter().sum::<usize>().max(1);
        let widths: Vec<usize> = parts.iter().map(|part| part * whole / sum).collect();
        let out = &mut self.body;
        out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>",
            widths.iter().sum::<usize>()
        ));
        for width in &widths {
            out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        out.push_str("</w:tblGrid>");
        if !heads.is_empty() {
            let heads: Vec<Cell> = heads
                .iter()
                .map(|head| Cell {
                    strong: true,
                    centre: true,
                    ..Cell::new(head.as_str())
                })
                .collect();
            row(&heads, &widths, true, true, out);
        }
        // A short table stands on one page; no head stands without a row below it.
        let short = rows.len() <= SHORT;
        for (at, cells) in rows.iter().enumerate() {
            row(cells, &widths, false, short && at + 1 < rows.len(), out);
        }
        out.push_str("</w:tbl>");
        // A table must not touch the next, nor end the text.
        out.push_str("<w:p><w:pPr><w:pStyle w:val=\"WeftCell\"/></w:pPr></w:p>");
    }

    /// The file; `foot` stands at the foot of every sheet.
    pub fn bytes(mut self, foot: &str) -> Vec<u8> {
        let contents = self.listed();
        if let Some((at, _)) = self.contents_at {
            self.body.insert_str(at, &contents);
        }
        let tag = if self.lang == Lang::zh() {
            "en-US"
        } else {
            self.lang.as_str()
        };
        let tag = if tag == "en" { "en-GB" } else { tag };
        let mut pack = Pack::default();
        pack.part("[Content_Types].xml", TYPES);
        pack.part("_rels/.rels", ROOT);
        pack.part("docProps/core.xml", core(&self.title));
        pack.part(
            "word/document.xml",
            format!(
                "{HEAD}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{OFFICE}\"{}><w:body>{}{}</w:body></w:document>",
                if self.body.contains("<w14:") { BOXES } else { "" },
                self.body,
                section(self.across)
            ),
        );
        pack.part("word/_rels/document.xml.rels", RELATIONS);
        pack.part("word/styles.xml", styles(tag, "zh-CN"));
        pack.part("word/settings.xml", settings(tag, "zh-CN"));
        pack.part("word/footer1.xml", footer(&self.title, foot));
        pack.bytes()
    }

    /// The table of contents: a field that Word brings up to date, filled with
    /// the headings for programs that do not.
    fn listed(&self) -> String {
        let Some((_, title)) = &self.contents_at else {
            return String::new();
        };
        let mut out = String::from("<w:p><w:pPr><w:pStyle w:val=\"WeftContents\"/></w:pPr>");
        run(title, false, &mut out);
        out.push_str("</w:p>");
        let begin = format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-{}\" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
            self.contents_to
        );
        let end = "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
        if self.headings.is_empty() {
            return format!("{out}<w:p>{begin}</w:p>{end}");
        }
        let all = self.headings.iter().enumerate();
        let listed = all.filter(|(_, (level, _))| *level <= self.contents_to);
        for (number, (at, (level, words))) in listed.enumerate() {
            let mark = format!("_Toc{:06}", at + 1);
            out.push_str(&format!(
                "<w:p><w:pPr><w:pStyle w:val=\"TOC{level}\"/></w:pPr>"
            ));
            if number == 0 {
                out.push_str(&begin);
            }
            out.push_str(&format!(
                "<w:hyperlink w:anchor=\"{mark}\" w:history=\"1\">"
            ));
            run(words, false, &mut out);
            out.push_str(&format!(
                "<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGEREF {mark} \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t></w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:hyperlink></w:p>"
            ));
        }
        out.push_str(end);
        out
    }
}

/// The most rows of a table that is kept on one page.
const SHORT: usize = 12;

/// A run of text; lines are kept.
fn run(text: &str, strong: bool, out: &mut String) {
    let looks = if strong {
        "<w:rPr><w:b/><w:bCs/></w:rPr>"
    } else {
        ""
    };
    for (at, line) in text.lines().enumerate() {
        out.push_str(&format!("<w:r>{looks}"));
        if at > 0 {
            out.push_str("<w:br/>");
        }
        out.push_str("<w:t xml:space=\"preserve\">");
        escape(line, out);
        out.push_str("</w:t></w:r>");
    }
}

/// A box that a click ticks, in Word of 2010 on, WPS and LibreOffice; elsewhere it
/// is a sign that can be typed over.
const TICK: &str = "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"0\"/><w14:checkedState w14:val=\"2612\" w14:font=\"MS Gothic\"/><w14:uncheckedState w14:val=\"2610\" w14:font=\"MS Gothic\"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii=\"MS Gothic\" w:hAnsi=\"MS Gothic\" w:eastAsia=\"MS Gothic\" w:hint=\"eastAsia\"/></w:rPr><w:t>\u{2610}</w:t></w:r></w:sdtContent></w:sdt>";

fn row(cells: &[Cell], widths: &[usize], head: bool, stays: bool, out: &mut String) {
    out.push_str("<w:tr><w:trPr><w:cantSplit/>");
    if head {
        out.push_str("<w:tblHeader/>");
    }
    out.push_str("</w:trPr>");
    let mut at = 0;
    for cell in cells {
        let span = cell.span.max(1).min(widths.len().saturating_sub(at).max(1));
        let width: usize = widths.iter().skip(at).take(span).sum();
        at += span;
        out.push_str(&format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"
        ));
        if span > 1 {
            out.push_str(&format!("<w:gridSpan w:val=\"{span}\"/>"));
        }
        if cell.strong {
            let fill = if head { "E9ECF5" } else { "F4F5FA" };
            out.push_str(&format!(
                "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>"
            ));
        }
        out.push_str(
            "<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"WeftCell\"/>",
        );
        if stays || cell.strong && !head {
            out.push_str("<w:keepNext/>");
        }
        if cell.centre {
            out.push_str("<w:jc w:val=\"center\"/>");
        }
        out.push_str("</w:pPr>");
        if cell.tick {
            out.push_str(TICK);
        } else {
            run(&cell.text, cell.strong, out);
        }
        if !cell.key.is_empty() {
            out.push_str("<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space=\"preserve\"> #");
            escape(&cell.key, out);
            out.push_str("</w:t></w:r>");
        }
        out.push_str("</w:p></w:tc>");
    }
    out.push_str("</w:tr>");
}

/// A4, upright or across.
fn section(across: bool) -> String {
    let (width, height, way) = if across {
        (16_838, 11_906, " w:orient=\"landscape\"")
    } else {
        (11_906, 16_838, "")
    };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{way}/><w:pgMar w:top=\"1418\" w:right=\"1418\" w:bottom=\"1304\" w:left=\"1418\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>"
    )
}

fn core(title: &str) -> String {
    let mut out = format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>"
    );
    escape(title, &mut out);
    out.push_str("</dc:title><dc:creator>Weft</dc:creator></cp:coreProperties>");
    out
}

/// Title, what else is said, and which page of how many at the foot.
fn footer(title: &str, foot: &str) -> String {
    let mut out = format!(
        "{HEAD}<w:ftr xmlns:w=\"{MAIN}\"><w:p><w:pPr><w:pStyle w:val=\"WeftNote\"/><w:jc w:val=\"center\"/></w:pPr>"
    );
    run(title, false, &mut out);
    if !foot.is_empty() {
        run(&format!(" · {foot}"), false, &mut out);
    }
    for (before, field) in [(" · ", "PAGE"), (" / ", "NUMPAGES")] {
        out.push_str(&format!(
            "<w:r><w:t xml:space=\"preserve\">{before}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {field} </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        ));
    }
    out.push_str("</w:p></w:ftr>");
    out
}
