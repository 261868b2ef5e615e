//! A workbook in the making: sheets that are written row by row, texts that
//! cells share, styles by number. What could be a formula is a text like any
//! other: no cell is ever a formula.

use std::collections::HashMap;

use super::cell::{Merge, letters};
use super::leaf::{self, Leaf};
use super::long::{SIGN, cut};
use super::package::{APP, HEAD, MAIN, ROOT, core, relations, types, workbook};
use super::styles::Styles;
pub(super) use super::styles::{Align, Fill, Style};
use crate::pack::{Pack, escape};

/// The longest name of a sheet.
const NAME_LIMIT: usize = 31;

/// Bytes of rows that wait to be packed.
const PIECE: usize = 256 << 10;

/// A cell.
#[derive(Clone, Copy)]
pub(super) enum Ink<'a> {
    /// So many cells that are not there.
    Skip(usize),
    /// Nothing, with a style.
    Blank(Style),
    /// A text. Where it is broken into lines, the row is as high as they are.
    Text(&'a str, Style),
    /// A text that reaches over other cells: the row is not made higher for it.
    Over(&'a str, Style),
    /// A number, as digits with a point.
    Number(&'a str, Style),
    /// What many cells hold.
    Stamp(&'a Stamp),
}

impl<'a> Ink<'a> {
    /// What stands among texts: a number, where it is written as one, so that no
    /// program takes it for a text by mistake; it stands where texts do.
    pub fn said(text: &'a str, style: Style) -> Self {
        // It must still read as it does: `1.10` is no number that a cell could show.
        let (whole, part) = text.split_once('.').unwrap_or((text, "1"));
        let same = whole.len() <= 9 && part.len() <= 4 && !part.ends_with('0');
        if !same || !digits(text) {
            return Self::Text(text, style);
        }
        let align = match style.align {
            Align::Usual => Align::Start,
            other => other,
        };
        Self::Number(text, Style { align, ..style })
    }
}

/// Whether a text is a number that a cell can hold as it is.
pub(super) fn digits(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain(whole) && plain(part) && whole.len() <= 12 && (whole == "0" || !whole.starts_with('0'))
}

/// A text in a style, as a cell of this book holds it: looked up once for all.
pub(super) struct Stamp {
    /// What stands behind the cell's place.
    rest: String,
    /// How often it adds to the texts that are used.
    texts: usize,
}

/// A workbook.
pub(super) struct Book {
    title: String,
    sheets: Vec<Leaf>,
    texts: Texts,
    styles: Styles,
    pack: Pack,
    /// What cells begin with, up to the letters of their column, for those used.
    cells: Vec<String>,
}

/// Texts that cells share.
#[derive(Default)]
struct Texts {
    known: HashMap<String, usize>,
    written: String,
    /// By how many cells.
    used: usize,
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
            cells: Vec::new(),
        }
    }

    /// Begins a sheet. Signs that no name may have are left out; a name that is
    /// taken gets a number.
    pub fn sheet(&mut self, name: &str) {
        self.end_last();
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

    /// The last sheet, as long as what stands before its rows is not packed.
    fn beginning(&mut self) -> Option<&mut Leaf> {
        let leaf = self.sheets.last_mut()?;
        debug_assert!(!leaf.begun, "it is told before thousands of rows");
        Some(leaf)
    }

    /// Prints a sheet upright instead of across.
    pub fn tall(&mut self) {
        if let Some(leaf) = self.beginning() {
            leaf.tall = true;
        }
    }

    /// Prints a sheet on one page.
    pub fn one_page(&mut self) {
        if let Some(leaf) = self.beginning() {
            leaf.one_page = true;
        }
    }

    /// Shows lines between all cells of a sheet.
    pub fn ruled(&mut self) {
        if let Some(leaf) = self.beginning() {
            leaf.ruled = true;
        }
    }

    /// Widths of columns, in letters, and whether they are hidden.
    pub fn widths(&mut self, widths: Vec<(f64, bool)>) {
        if let Some(leaf) = self.beginning() {
            leaf.widths = widths;
        }
    }

    /// Keeps so many columns and lines in view, and prints the lines on each
    /// page.
    pub fn freeze(&mut self, columns: usize, lines: u64) {
        if let Some(leaf) = self.beginning() {
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

    /// A text in a style, to be put into many cells. Not a text that is empty in the
    /// plainest style: such a cell is none.
    pub fn stamp(&mut self, text: &str, style: Style) -> Stamp {
        let style = self.styles.at(style);
        let mut behind = String::new();
        if text.is_empty() {
            rest(&mut behind, style, "", None);
        } else {
            let at = self.texts.at(text).to_string();
            rest(&mut behind, style, TEXT, Some(&at));
        }
        Stamp {
            rest: behind,
            texts: usize::from(!text.is_empty()),
        }
    }

    /// Writes a row, of this height in points or as high as its texts are.
    pub fn row<'a>(&mut self, height: Option<f64>, cells: impl IntoIterator<Item = Ink<'a>>) {
        let Some(leaf) = self.sheets.last_mut() else {
            return;
        };
        leaf.line += 1;
        let line = leaf.line;
        let (out, widths) = (&mut leaf.rows, &leaf.widths);
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
        let named = out.len();
        out.push('>');
        let (mut column, mut lines) = (0, 1);
        for ink in cells {
            let cell = match ink {
                Ink::Skip(count) => {
                    column += count;
                    continue;
                }
                Ink::Stamp(stamp) => Err(stamp),
                Ink::Blank(style)
                | Ink::Text("", style)
                | Ink::Over("", style)
                | Ink::Number("", style) => Ok((style, "", None)),
                Ink::Text(text, style) | Ink::Over(text, style) => {
                    let breaks = style.wrap && !style.turned && matches!(ink, Ink::Text(..));
                    if let Some((width, false)) = widths.get(column).filter(|_| breaks) {
                        lines = lines.max(leaf::lines(text, *width));
                    }
                    let at = self.texts.at(text);
                    self.texts.used += 1;
                    Ok((style, TEXT, Some(others.format(at))))
                }
                Ink::Number(digits, style) => Ok((style, "", Some(digits))),
            };
            let begun = match self.cells.get(column) {
                Some(begun) => begun,
                None => {
                    let next = self.cells.len()..=column;
                    let begin = |column| format!("<c r=\"{}", letters(column));
                    self.cells.extend(next.map(begin));
                    self.cells.last().map_or("", String::as_str)
                }
            };
            match cell {
                Err(stamp) => {
                    put(out, &[begun, line, &stamp.rest]);
                    self.texts.used += stamp.texts;
                }
                Ok((style, kind, value)) => {
                    let style = self.styles.at(style);
                    if value.is_some() || style != 0 {
                        put(out, &[begun, line]);
                        rest(out, style, kind, value);
                    }
                }
            }
            column += 1;
        }
        out.push_str("</row>");
        if height.is_none()
            && let Some(height) = leaf::height(lines)
        {
            out.insert_str(named, &format!(" ht=\"{height}\""));
        }
        if out.len() >= PIECE {
            self.pack_rows();
        }
    }

    /// Packs what there is of the last sheet.
    fn pack_rows(&mut self) {
        let number = self.sheets.len();
        let Some(leaf) = self.sheets.last_mut() else {
            return;
        };
        if !leaf.begun {
            leaf.begun = true;
            self.pack
                .last_part(&format!("xl/worksheets/sheet{number}.xml"));
            self.pack.piece(&leaf.head(number == 1));
        }
        self.pack.piece(&leaf.rows);
        leaf.rows.clear();
    }

    /// The last sheet is finished.
    fn end_last(&mut self) {
        self.pack_rows();
        if let Some(leaf) = self.sheets.last_mut() {
            self.pack.piece(&leaf.tail());
            leaf.rows = String::new();
        }
    }

    /// The file.
    pub fn bytes(mut self) -> Vec<u8> {
        self.end_last();
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

/// What a cell that holds a shared text says of itself.
const TEXT: &str = "\" t=\"s";

/// What stands behind a cell's place.
fn rest(out: &mut String, style: usize, kind: &str, value: Option<&str>) {
    if style != 0 {
        put(out, &["\" s=\"", itoa::Buffer::new().format(style)]);
    }
    match value {
        Some(value) => put(out, &[kind, "\"><v>", value, "</v></c>"]),
        None => out.push_str("\"/>"),
    }
}

fn put(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.push_str(part);
    }
}

impl Texts {
    fn at(&mut self, text: &str) -> usize {
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
