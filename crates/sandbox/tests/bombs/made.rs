//! How bombs are put together: archives whose table of contents says what it
//! likes, office files around a part that means harm, and text that packs well
//! but not so well that the ratio alone gives it away.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use weft_sandbox::Given;
use zip::write::SimpleFileOptions;

pub fn given(name: &str, bytes: impl Into<Vec<u8>>) -> Given {
    let mut bytes = bytes.into();
    // What it was made with room for does not count.
    bytes.shrink_to_fit();
    Given {
        name: name.to_owned(),
        bytes,
    }
}

pub fn one(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Given> {
    vec![given(name, bytes)]
}

pub fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut out = DeflateEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

pub fn sum(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}

/// So many bytes that shrink to about a thirtieth.
pub fn noise(length: usize) -> String {
    let mut number = 1_u32;
    let mut out = String::with_capacity(length + 128);
    while out.len() < length {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let word = format!("{number:08x}");
        (0..16).for_each(|_| out.push_str(&word));
    }
    out.truncate(length);
    out
}

/// Parts into an honest archive.
pub fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(1));
    for (name, content) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An entry as a table of contents claims it.
#[derive(Clone)]
pub struct Entry {
    pub name: Vec<u8>,
    pub method: u16,
    pub sum: u32,
    /// How long it says it is, packed and unpacked.
    pub says: (u32, u32),
    /// Where it says that it begins.
    pub at: u32,
}

impl Entry {
    /// An honest deflated one that begins there.
    pub fn deflated(name: &str, content: &[u8], packed: &[u8], at: usize) -> Self {
        Self {
            name: name.into(),
            method: 8,
            sum: sum(content),
            says: (packed.len() as u32, content.len() as u32),
            at: at as u32,
        }
    }

    fn common(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for two in [20_u16, 0, self.method, 0, 0x21] {
            out.extend(two.to_le_bytes());
        }
        for four in [self.sum, self.says.0, self.says.1] {
            out.extend(four.to_le_bytes());
        }
        out.extend((self.name.len() as u16).to_le_bytes());
        out.extend([0, 0]);
        out
    }

    /// What stands before its bytes.
    pub fn local(&self) -> Vec<u8> {
        [b"PK\x03\x04", self.common().as_slice(), &self.name].concat()
    }

    fn central(&self) -> Vec<u8> {
        let common = self.common();
        let at = self.at.to_le_bytes();
        [
            b"PK\x01\x02\x14\x00",
            common.as_slice(),
            &[0; 10],
            &at,
            &self.name,
        ]
        .concat()
    }
}

/// Entries one behind the other, each with its bytes.
pub fn raw(entries: &[(Entry, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut all = Vec::new();
    for (entry, bytes) in entries {
        let at = out.len() as u32;
        all.push(Entry {
            at,
            ..entry.clone()
        });
        out.extend(entry.local());
        out.extend(*bytes);
    }
    ended(out, &all, all.len())
}

/// Bytes with a table of contents behind them that counts so many entries.
pub fn ended(mut bytes: Vec<u8>, entries: &[Entry], count: usize) -> Vec<u8> {
    let start = bytes.len() as u32;
    for entry in entries {
        bytes.extend(entry.central());
    }
    let size = bytes.len() as u32 - start;
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend((count as u16).to_le_bytes());
    bytes.extend((count as u16).to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

const ROOT: &str = r#"<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="sheet.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="strings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>"#;
const BOOK: &str =
    r#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;

/// A workbook around its parts; one that is empty is as it should be.
pub fn book_of(
    relations: &str,
    book: &str,
    sheet: &str,
    strings: &str,
    styles: &str,
) -> Vec<Given> {
    let or = |said: &'static str, part: &str| -> Vec<u8> {
        if part.is_empty() {
            said.into()
        } else {
            part.into()
        }
    };
    let bytes = pack(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", &or(BOOK, book)),
        ("xl/_rels/workbook.xml.rels", &or(RELATIONS, relations)),
        ("xl/strings.xml", &or("<sst/>", strings)),
        ("xl/styles.xml", &or("<styleSheet/>", styles)),
        ("xl/sheet.xml", &or("<worksheet/>", sheet)),
    ]);
    one("bomb.xlsx", bytes)
}

/// A workbook with this as its sheet.
pub fn book(sheet: &str) -> Vec<Given> {
    book_of("", "", sheet, "", "")
}

/// A workbook with these rows.
pub fn rows(rows: &str) -> Vec<Given> {
    book(&sheet(rows, ""))
}

pub fn sheet(rows: &str, behind: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData>{behind}</worksheet>")
}

/// A cell with a text of its own.
pub fn cell(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// A Word file with this as its body.
pub fn paper(body: &str) -> Vec<Given> {
    let root = ROOT.replace("xl/workbook.xml", "word/document.xml");
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let bytes = pack(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ]);
    one("bomb.docx", bytes)
}
