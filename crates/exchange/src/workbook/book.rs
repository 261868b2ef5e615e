//! A workbook in the making: sheets that are written row by row, texts that
//! cells share, styles by number. What could be a formula is a text like any
//! other: no cell is ever a formula.

use std::collections::HashMap;

use super::cell::{Merge, letters};
use super::long::{SIGN, cut};
use super::package::{APP, HEAD, MAIN, ROOT, chosen, core, relations, types, workbook};
use super::styles::Styles;
pub(super) use super::styles::{Align, Fill, Style};
use crate::pack::{Pack, escape};

/// The longest name of a sheet.
const NAME_LIMIT: usize = 31;

/// Bytes of a piece of rows.
const PIECE: usize = 256 << 10;

/// A cell.
#[derive(Clone, Copy)]
pub(super) enum Ink<'a> {
    /// So many cells that are not there.
    Skip(usize),
    /// Nothing, with a style.
    Blank(Style),
    /// A text.
    Text(&'a str, Style),
    /// A number, as digits with a point.
    Number(&'a str, Style),
}

/// A workbook.
pub(super) struct Book {
    title: String,
    sheets: Vec<Leaf>,
    texts: Texts,
    styles: Styles,
    pack: Pack,
    /// The letters of the columns that were used.
    letters: Vec<String>,
}

/// Texts that cells share.
#[derive(Default)]
struct Texts {
    known: HashMap<String, usize>,
    written: String,
    used: usize,
}

/// A sheet.
#[derive(Default)]
pub(super) struct Leaf {
    pub name: String,
    /// The rows, in pieces: one string that grows is there twice whenever it does.
    rows: Vec<String>,
    pub line: u64,
    widest: usize,
    merges: Vec<Merge>,
    widths: Vec<(f64, bool)>,
    pub frozen: (usize, u64),
    pub filter: Option<(u64, usize)>,
    tall: bool,
    ruled: bool,
    /// Cells that take one of some words: column, lines, the words.
    choices: Vec<(usize, Vec<u64>, String)>,
}

impl Book {
    /// An empty workbook. The title stands in its properties.
    pub fn new(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            sheets: Vec::new(),
            texts: Texts::default(),
            styles: Styles::default(),
            pack: Pack::default(),
            letters: Vec::new(),
        }
    }

    /// Begins a sheet. Signs that no name may have are left out; a name that is
    /// taken gets a number.
    pub fn sheet(&mut self, name: &str) {
        self.pack_last();
        let clean: String = name
            .chars()
            .filter(|letter| !"[]:*?/\\'".contains(*letter) && !letter.is_control())
            .collect();
        let clean = match clean.trim() {
            "" => "-",
            clean => clean,
        };
        let mut name: String = clean.chars().take(NAME_LIMIT).collect();
        let mut number = 1;
        while self
            .sheets
            .iter()
            .any(|leaf| leaf.name.to_lowercase() == name.to_lowercase())
        {
            number += 1;
            let tail = format!(" {number}");
            let room = NAME_LIMIT - tail.chars().count();
            name = clean.chars().take(room).collect::<String>() + &tail;
        }
        self.sheets.push(Leaf {
            name,
            ..Leaf::default()
        });
    }

    /// Prints a sheet upright instead of across.
    pub fn tall(&mut self) {
        if let Some(leaf) = self.sheets.last_mut() {
            leaf.tall = true;
        }
    }

    /// Shows lines between all cells of a sheet.
    pub fn ruled(&mut self) {
        if let Some(leaf) = self.sheets.last_mut() {
            leaf.ruled = true;
        }
    }

    /// Widths of columns, in letters, and whether they are hidden.
    pub fn widths(&mut self, widths: Vec<(f64, bool)>) {
        if let Some(leaf) = self.sheets.last_mut() {
            leaf.widths = widths;
        }
    }

    /// Keeps so many columns and lines in view, and prints the lines on each
    /// page.
    pub fn freeze(&mut self, columns: usize, lines: u64) {
        if let Some(leaf) = self.sheets.last_mut() {
            leaf.frozen = (columns, lines);
        }
    }

    /// Makes the last line a head by which its rows can be filtered.
    pub fn filter(&mut self, columns: usize) {
        if let Some(leaf) = self.sheets.last_mut() {
            leaf.filter = Some((leaf.line, columns));
        }
    }

    /// Lets the cells of a column, on these lines, be chosen from words. The
    /// words together may not be longer than 255 letters.
    pub fn choose(&mut self, column: usize, lines: Vec<u64>, words: &[String]) {
        if let Some(leaf) = self.sheets.last_mut()
            && !lines.is_empty()
        {
            // A comma parts the words; within one it would part it.
            let words: Vec<String> = words.iter().map(|it| it.replace([',', '"'], " ")).collect();
            leaf.choices.push((column, lines, words.join(",")));
        }
    }

    /// The last line that was written, from 1.
    pub fn line(&self) -> u64 {
        self.sheets.last().map_or(0, |leaf| leaf.line)
    }

    /// Shows cells of lines as one.
    pub fn merge(&mut self, first: (usize, u64), last: (usize, u64)) {
        if let Some(leaf) = self.sheets.last_mut()
            && first != last
        {
            leaf.merges.push(Merge { first, last });
        }
    }

    /// Writes a row.
    pub fn row<'a>(&mut self, height: Option<f64>, cells: impl IntoIterator<Item = Ink<'a>>) {
        let Some(leaf) = self.sheets.last_mut() else {
            return;
        };
        leaf.line += 1;
        let line = leaf.line;
        let out = leaf.piece();
        // A large weave has tens of thousands of cells: each is put together without
        // the machinery of formatting.
        let (mut digits, mut others) = (itoa::Buffer::new(), itoa::Buffer::new());
        let line = digits.format(line);
        put(out, &["<row r=\"", line, "\""]);
        if let Some(height) = height {
            put(
                out,
                &[" ht=\"", &height.to_string(), "\" customHeight=\"1\""],
            );
        }
        out.push('>');
        let mut column = 0;
        for ink in cells {
            let (style, kind, value) = match ink {
                Ink::Skip(count) => {
                    column += count;
                    continue;
                }
                Ink::Blank(style) | Ink::Text("", style) | Ink::Number("", style) => {
                    (style, "", None)
                }
                Ink::Text(text, style) => {
                    let at = self.texts.at(text);
                    (style, "\" t=\"s", Some(others.format(at)))
                }
                Ink::Number(digits, style) => (style, "", Some(digits)),
            };
            let style = self.styles.at(style);
            if value.is_some() || style != 0 {
                let letters = match self.letters.get(column) {
                    Some(known) => known,
                    None => {
                        let next = self.letters.len()..=column;
                        self.letters.extend(next.map(letters));
                        self.letters.last().map_or("", String::as_str)
                    }
                };
                put(out, &["<c r=\"", letters, line]);
                if style != 0 {
                    put(out, &["\" s=\"", itoa::Buffer::new().format(style)]);
                }
                match value {
                    Some(value) => put(out, &[kind, "\"><v>", value, "</v></c>"]),
                    None => out.push_str("\"/>"),
                }
            }
            column += 1;
        }
        out.push_str("</row>");
        leaf.widest = leaf.widest.max(column);
    }

    /// Packs the sheet that is finished: the rows of all of them at once are several
    /// times as large as the file.
    fn pack_last(&mut self) {
        let number = self.sheets.len();
        if let Some(leaf) = self.sheets.last_mut() {
            let rows = core::mem::take(&mut leaf.rows);
            let (head, tail) = (leaf.head(number == 1), leaf.tail());
            let name = format!("xl/worksheets/sheet{number}.xml");
            let rows = rows.iter().map(String::as_str);
            let pieces = [head.as_str()]
                .into_iter()
                .chain(rows)
                .chain([tail.as_str()]);
            self.pack.last_part(&name, pieces);
        }
    }

    /// The file.
    pub fn bytes(mut self) -> Vec<u8> {
        self.pack_last();
        let (mut pack, count) = (self.pack, self.sheets.len());
        pack.part("[Content_Types].xml", types(count));
        pack.part("_rels/.rels", ROOT);
        pack.part("docProps/core.xml", core(&self.title));
        pack.part("docProps/app.xml", APP);
        pack.part("xl/workbook.xml", workbook(&self.sheets));
        pack.part("xl/_rels/workbook.xml.rels", relations(count));
        pack.part("xl/styles.xml", self.styles.xml());
        pack.part("xl/sharedStrings.xml", self.texts.xml());
        pack.bytes()
    }
}

fn put(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.push_str(part);
    }
}

impl Texts {
    fn at(&mut self, text: &str) -> usize {
        self.used += 1;
        if let Some(at) = self.known.get(text) {
            return *at;
        }
        let at = self.known.len();
        self.known.insert(text.to_owned(), at);
        self.written.push_str("<si><t xml:space=\"preserve\">");
        held(text, &mut self.written);
        self.written.push_str("</t></si>");
        at
    }

    fn xml(&self) -> String {
        format!(
            "{HEAD}<sst xmlns=\"{MAIN}\" count=\"{}\" uniqueCount=\"{}\">{}</sst>",
            self.used,
            self.known.len(),
            self.written
        )
    }
}

/// A text as a cell can hold it: cut at the longest, letters that XML has not
/// as `_x0001_`, and what looks like one of these guarded.
fn held(text: &str, into: &mut String) {
    if let Some(part) = cut(text) {
        plain(part, into);
        return into.push(SIGN);
    }
    plain(text, into);
}

fn plain(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(at) = rest
        .find(|letter: char| letter == '_' || (letter < ' ' && letter != '\n' && letter != '\t'))
    {
        let (before, found) = rest.split_at(at);
        escape(before, into);
        let letter = found.chars().next().unwrap_or(' ');
        if letter == '_' {
            let looks = found.get(1..2) == Some("x")
                && found.get(6..7) == Some("_")
                && found
                    .get(2..6)
                    .is_some_and(|code| code.bytes().all(|it| it.is_ascii_hexdigit()));
            into.push_str(if looks { "_x005F_" } else { "_" });
        } else {
            into.push_str(&format!("_x{:04X}_", u32::from(letter)));
        }
        rest = found.get(letter.len_utf8()..).unwrap_or_default();
    }
    escape(rest, into);
}

impl Leaf {
    /// The piece of the rows that has room for one more.
    fn piece(&mut self) -> &mut String {
        let full = self.rows.last().is_none_or(|piece| piece.len() > PIECE);
        if full {
            self.rows.push(String::with_capacity(PIECE + PIECE / 4));
        }
        let last = self.rows.len() - 1;
        &mut self.rows[last]
    }

    /// What stands before the rows.
    fn head(&self, first: bool) -> String {
        let mut out = String::new();
        let last = format!("{}{}", letters(self.widest.max(1) - 1), self.line.max(1));
        out.push_str(&format!(
            "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1:{last}\"/><sheetViews><sheetView{} workbookViewId=\"0\">",
            match (first, self.ruled) {
                (true, true) => " tabSelected=\"1\"",
                (true, false) => " showGridLines=\"0\" tabSelected=\"1\"",
                (false, true) => "",
                (false, false) => " showGridLines=\"0\"",
            }
        ));
        let (columns, lines) = self.frozen;
        if columns > 0 || lines > 0 {
            let mut pane = String::from("<pane");
            if columns > 0 {
                pane.push_str(&format!(" xSplit=\"{columns}\""));
            }
            if lines > 0 {
                pane.push_str(&format!(" ySplit=\"{lines}\""));
            }
            let which = match (columns > 0, lines > 0) {
                (true, true) => "bottomRight",
                (true, false) => "topRight",
                _ => "bottomLeft",
            };
            out.push_str(&format!(
                "{pane} topLeftCell=\"{}{}\" activePane=\"{which}\" state=\"frozen\"/><selection pane=\"{which}\"/>",
                letters(columns),
                lines + 1
            ));
        }
        out.push_str("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>");
        if !self.widths.is_empty() {
            out.push_str("<cols>");
            for (at, (width, hidden)) in self.widths.iter().enumerate() {
                let hidden = if *hidden { " hidden=\"1\"" } else { "" };
                out.push_str(&format!(
                    "<col min=\"{0}\" max=\"{0}\" width=\"{width}\"{hidden} customWidth=\"1\"/>",
                    at + 1
                ));
            }
            out.push_str("</cols>");
        }
        out.push_str("<sheetData>");
        out
    }

    /// What stands behind them.
    fn tail(&self) -> String {
        let mut out = String::from("</sheetData>");
        if let Some((line, columns)) = self.filter {
            out.push_str(&format!(
                "<autoFilter ref=\"A{line}:{}{}\"/>",
                letters(columns.max(1) - 1),
                self.line
            ));
        }
        if !self.merges.is_empty() {
            out.push_str(&format!("<mergeCells count=\"{}\">", self.merges.len()));
            for merge in &self.merges {
                out.push_str(&format!(
                    "<mergeCell ref=\"{}{}:{}{}\"/>",
                    letters(merge.first.0),
                    merge.first.1,
                    letters(merge.last.0),
                    merge.last.1
                ));
            }
            out.push_str("</mergeCells>");
        }
        out.push_str(&chosen(&self.choices));
        let way = if self.tall { "portrait" } else { "landscape" };
        out.push_str(&format!(
            "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"{way}\" fitToHeight=\"0\"/><headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
        ));
        out
    }
}
