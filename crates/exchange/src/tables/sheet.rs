//! Bytes or pasted text as rows of cells. The text of a cell is kept as it
//! stands; only the apostrophe that guards against formulas is taken off.

use std::borrow::Cow;

use crate::{ImportError, Limit};
use serde::{Deserialize, Serialize};

/// The largest file, in bytes.
pub const BYTES_LIMIT: usize = 16 << 20;
/// The most rows.
pub const ROWS_LIMIT: usize = 100_000;
/// The most columns of a row.
pub const COLUMNS_LIMIT: usize = 1_000;
/// The most cells.
pub const CELLS_LIMIT: usize = 1_000_000;

/// One table as it stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The file's name, or what the person calls it.
    pub name: String,
    /// All rows that are not wholly empty lines.
    pub rows: Vec<Row>,
    /// How many of its cells are formulas without a value (the program that wrote the
    /// workbook does not reckon): they were read as empty cells.
    pub uncalculated: usize,
}

/// One row of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The line of the file, counted from 1.
    pub line: u64,
    /// The cells. Rows may be of different lengths.
    pub cells: Vec<String>,
}

impl Sheet {
    /// A cell without the space around it; empty where there is none.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let row = self.rows.get(row);
        row.and_then(|row| row.cells.get(column))
            .map_or("", |cell| cell.trim())
    }

    /// The length of the longest row.
    pub fn width(&self) -> usize {
        self.rows
            .iter()
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0)
    }
}

/// Reads a file: comma, semicolon or tab, whichever fits; UTF-8 or UTF-16.
pub fn read(name: &str, bytes: &[u8]) -> Result<Sheet, ImportError> {
    if bytes.len() > BYTES_LIMIT {
        return Err(ImportError::TooLarge {
            limit: Limit::Bytes(BYTES_LIMIT),
        });
    }
    let text = decode(bytes)?;
    let (text, said) = match text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("sep="))
    {
        // Excel's way of naming the delimiter.
        Some(sign) if sign.len() == 1 => {
            let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
            (rest, Some(sign.as_bytes()[0]))
        }
        _ => (&*text, None),
    };
    let delimiter = said.unwrap_or_else(|| sniff(text));
    split(name, text, delimiter, if said.is_some() { 2 } else { 1 })
}

/// Reads what was pasted: cells of a spreadsheet come with tabs.
pub fn paste(text: &str) -> Result<Sheet, ImportError> {
    if text.len() > BYTES_LIMIT {
        return Err(ImportError::TooLarge {
            limit: Limit::Bytes(BYTES_LIMIT),
        });
    }
    let delimiter = if text.contains('\t') {
        b'\t'
    } else {
        sniff(text)
    };
    split("", text, delimiter, 1)
}

/// Text of two bytes a letter as UTF-8; anything else as it is.
pub fn in_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match decode(bytes) {
        Ok(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
        _ => Cow::Borrowed(bytes),
    }
}

/// At least one letter of so many is ASCII in a table: separators are.
const ASCII_AMONG: usize = 20;
/// The fewest ASCII letters of a table: what parts a head and a row.
const ASCII_LEAST: usize = 3;

/// UTF-16 without a mark: one byte of each ASCII letter is zero, the first or the second
/// of nearly all zeros, and the other letters do not look like two ASCII letters each, as
/// they do where zeros have strayed into a text of one byte a letter.
fn unmarked(bytes: &[u8]) -> Option<String> {
    let zeros = |from: usize| {
        let half = bytes.iter().skip(from).step_by(2);
        half.filter(|byte| **byte == 0).count()
    };
    // Some letters end with a zero, too: 一, 开.
    let (first, second) = (zeros(0), zeros(1));
    let enough = first.max(second) >= ASCII_LEAST.max(bytes.len() / 2 / ASCII_AMONG);
    if bytes.len() % 2 == 1 || first == second || !enough {
        return None;
    }
    let read: fn([u8; 2]) -> u16 = if first < second {
        u16::from_le_bytes
    } else {
        u16::from_be_bytes
    };
    let pairs = || bytes.chunks_exact(2).map(|pair| [pair[0], pair[1]]);
    let others = pairs().filter(|pair| !pair.contains(&0)).count();
    let ascii = |pair: &[u8; 2]| pair.iter().all(|byte| matches!(byte, b' '..=b'~'));
    if others > 0 && pairs().filter(ascii).count() * 10 >= others * 9 {
        return None;
    }
    let text = char::decode_utf16(pairs().map(read)).collect::<Result<String, _>>();
    let odd = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\r' | '\n');
    text.ok().filter(|text| !text.contains(odd))
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ImportError> {
    let wide = |rest: &[u8], read: fn([u8; 2]) -> u16| {
        if rest.len() % 2 == 1 {
            // Half a letter: the file was cut off, or is something else.
            let at = bytes.len() - 1;
            return Err(ImportError::Encoding { at });
        }
        let units = rest.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        text.map(Cow::Owned)
            .map_err(|_| ImportError::Encoding { at: 2 })
    };
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return wide(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return wide(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(text) = unmarked(bytes) {
        return Ok(Cow::Owned(text));
    }
    // No table holds this sign; a workbook or a picture does.
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(ImportError::Encoding { at });
    }
    match core::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) => Err(ImportError::Encoding {
            at: error.valid_up_to(),
        }),
    }
}

/// The encodings that tables had before Unicode, by their names for a browser's
/// decoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OldLetters {
    /// What Chinese spreadsheets save as plain CSV.
    Gb18030,
    /// What Western ones do.
    Windows1252,
}

impl OldLetters {
    /// Which of them bytes are most likely in that are no Unicode. Nearly all
    /// letters of a Chinese text are of the first level of GB 2312 (first byte B0
    /// to D7) or its signs (A1 to A9), with a second byte above ASCII, too, so that
    /// runs of such bytes are pairs. A Western letter stands alone, or beside one
    /// (`öß`, F6 DF) that makes no such pair.
    pub fn of(bytes: &[u8]) -> Self {
        let runs = bytes.chunk_by(|one, next| one.is_ascii() == next.is_ascii());
        let (mut western, mut chinese) = (0_usize, 0_usize);
        for run in runs.filter(|run| !run[0].is_ascii()) {
            let usual = |pair: &&[u8]| matches!(pair, [0xa1..=0xa9 | 0xb0..=0xd7, second] if *second >= 0xa1);
            let pairs = run.chunks(2).filter(usual).count();
            if pairs * 2 == run.len() || pairs > 2 {
                chinese += pairs;
            } else {
                western += 1;
            }
        }
        if western > chinese {
            Self::Windows1252
        } else {
            Self::Gb18030
        }
    }

    /// What they may be instead.
    pub const fn other(self) -> Self {
        match self {
            Self::Gb18030 => Self::Windows1252,
            Self::Windows1252 => Self::Gb18030,
        }
    }

    /// Its name in the Encoding Standard.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Gb18030 => "gb18030",
            Self::Windows1252 => "windows-1252",
        }
    }
}

/// The delimiter by which the first lines fall into the most even rows.
pub(crate) fn sniff(text: &str) -> u8 {
    let mut end = text.len().min(64 << 10);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let mut best = (0, 0, 0, b',');
    for delimiter in [b'\t', b';', b','] {
        let mut widths = std::collections::BTreeMap::new();
        let mut records = reader(head, delimiter).into_byte_records();
        let mut all = 0;
        for record in records.by_ref().take(40).flatten() {
            all += 1;
            *widths.entry(record.len()).or_insert(0) += 1;
        }
        let usual = widths.into_iter().filter(|(width, _)| *width > 1);
        let (width, rows) = usual
            .max_by_key(|(width, rows)| (*rows, *width))
            .unwrap_or((0, 0));
        // The share first: texts of several lines fall into many pieces under
        // a sign that does not part the cells.
        let share = rows * 100 / all.max(1);
        if (share, rows, width) > (best.0, best.1, best.2) {
            best = (share, rows, width, delimiter);
        }
    }
    best.3
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    builder
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter);
    builder.from_reader(text.as_bytes())
}

/// Lines of a text, counted as its records come.
struct Lines<'a> {
    text: &'a str,
    /// How far they are counted, and what the line there is.
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which a record begins. The reader looks for it right behind the
    /// record before, where the end of that line and empty ones may still stand.
    fn of(&mut self, position: &csv::Position) -> u64 {
        let bytes = self.text.as_bytes();
        let mut start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        while matches!(bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        let passed = bytes.get(self.at..start).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = start.max(self.at);
        self.line
    }
}

/// `line`: that of the file on which the text begins.
fn split(name: &str, text: &str, delimiter: u8, line: u64) -> Result<Sheet, ImportError> {
    // Counted before anything is kept: a million columns cost nothing.
    if text.bytes().filter(|byte| *byte == delimiter).count() > CELLS_LIMIT {
        return Err(ImportError::TooLarge {
            limit: Limit::Cells(CELLS_LIMIT),
        });
    }
    let mut rows = Vec::new();
    let mut cells = 0;
    let mut lines = Lines { text, at: 0, line };
    for record in reader(text, delimiter).into_records() {
        let record = record.map_err(|error| ImportError::Malformed {
            line: error
                .position()
                .map_or(0, |at| usize::try_from(at.line()).unwrap_or(0)),
            column: 0,
        })?;
        if record.len() > COLUMNS_LIMIT {
            return Err(ImportError::TooLarge {
                limit: Limit::Columns(COLUMNS_LIMIT),
            });
        }
        cells += record.len();
        if cells > CELLS_LIMIT {
            return Err(ImportError::TooLarge {
                limit: Limit::Cells(CELLS_LIMIT),
            });
        }
        if rows.len() == ROWS_LIMIT {
            return Err(ImportError::TooLarge {
                limit: Limit::Rows(ROWS_LIMIT),
            });
        }
        rows.push(Row {
            line: record.position().map_or(0, |at| lines.of(at)),
            cells: record.iter().map(unguarded).collect(),
        });
    }
    if rows.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(Sheet {
        name: name.to_owned(),
        rows,
        uncalculated: 0,
    })
}

/// Text that a spreadsheet could take for a formula gets an apostrophe in
/// front; so does text that already has one there.
pub(crate) fn guarded(text: &str) -> String {
    if text
        .trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
    {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

pub(crate) fn unguarded(text: &str) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if guarded(rest) != rest => rest.to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn rows_are_counted_as_editors_count_lines() {
        let lines = |text: &str| {
            let sheet = read("x", text.as_bytes()).unwrap();
            sheet.rows.iter().map(|row| row.line).collect::<Vec<_>>()
        };
        assert_eq!(lines("a,b\nc,d\ne,f"), [1, 2, 3]);
        assert_eq!(lines("a,b\r\nc,d\r\ne,f\r\n"), [1, 2, 3]);
        assert_eq!(lines("a,b\n\"c\nc\",d\n\ne,f"), [1, 2, 5]);
        assert_eq!(lines("sep=;\r\na;b\r\n\r\nc;d"), [2, 4]);
    }

    #[test]
    fn a_guarded_text_reads_back() {
        for text in ["=1+1", "'=1", "''-x", "'plain", "@a", "\tx", "plain", ""] {
            assert_eq!(unguarded(&guarded(text)), text);
            assert!(!guarded(text).starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }

    #[test]
    fn old_chinese_and_old_western_letters_are_told_apart() {
        // 课程,学时 / 数控车削, and Über / für größere Werkstücke.
        let chinese = b"\xbf\xce\xb3\xcc,\xd1\xa7\xca\xb1\n\xca\xfd\xbf\xd8\xb3\xb5\xcf\xf7,96\n";
        let western = b"\xdcber,h\nf\xfcr gr\xf6\xdfere Werkst\xfccke,96\n";
        assert_eq!(OldLetters::of(chinese), OldLetters::Gb18030);
        assert_eq!(OldLetters::of(western), OldLetters::Windows1252);
        // One word of a short file decides: Größe, Füräß, Maß; 车, and 钳工 with a
        // letter that has an ASCII byte, 镕.
        for western in [&b"A1,Gr\xf6\xdfe"[..], b"A1,F\xfcr\xe4\xdf", b"1;Ma\xdf"] {
            assert_eq!(OldLetters::of(western), OldLetters::Windows1252);
        }
        for chinese in [&b"A1,\xb3\xb5"[..], b"\xc7\xaf\xb9\xa4,\xe9F"] {
            assert_eq!(OldLetters::of(chinese), OldLetters::Gb18030);
        }
    }

    #[test]
    fn the_delimiter_and_the_letters_are_found() {
        let utf16: Vec<u8> = "\u{feff}a\tb\n一\t二\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [
            &b"a,b\nc,d"[..],
            b"a;b\n1,5;2",
            b"sep=;\na;b",
            b"\xef\xbb\xbfa\tb\n",
            &utf16,
        ] {
            let sheet = read("x", bytes).unwrap();
            assert_eq!((sheet.cell(0, 0), sheet.cell(0, 1)), ("a", "b"));
        }
        assert_eq!(
            read("x", b"a,b\n\xb1\xe0,c"),
            Err(ImportError::Encoding { at: 4 })
        );
        assert_eq!(
            read("x", b"PK\x03\x04\x00"),
            Err(ImportError::Encoding { at: 4 })
        );
    }
}
