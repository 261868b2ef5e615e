//! A look into a written file before it is saved: the words and cells of
//! office files and pages, the first lines of everything else.

use serde::{Deserialize, Serialize};

use crate::pack::{Archive, Markup, Node, local};
use crate::review_form::is_mark;
use crate::workbook;

/// Lines of a file that are shown.
const LINES: usize = 14;
/// Letters of a line or cell that are shown.
const LETTERS: usize = 240;
/// Paragraphs and rows of an office file that are shown.
const BLOCKS: usize = 60;
/// Rows of each of several sheets that are shown; of a single one, as many as lines.
const ROWS: usize = 6;
/// Columns that are shown.
const COLUMNS: usize = 8;

/// What is seen of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// From the top.
    pub blocks: Vec<Block>,
    /// There is more behind it.
    pub more: bool,
}

/// A piece of a file as a person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A heading or the name of a sheet.
    Heading(String),
    /// A paragraph.
    Words(String),
    /// A row of cells.
    Row(Vec<String>),
    /// A line of a file of lines, as it stands.
    Line(String),
}

/// A look into a file of ours, by its extension.
pub fn look(extension: &str, bytes: &[u8]) -> Look {
    let found = match extension {
        "xlsx" => sheets(bytes),
        "docx" => paper(bytes),
        "html" => page(bytes),
        _ => None,
    };
    found.unwrap_or_else(|| lines(bytes))
}

fn short(text: &str) -> String {
    let mut letters = text.chars();
    let mut out: String = letters.by_ref().take(LETTERS).collect();
    if letters.next().is_some() {
        out.push('…');
    }
    out
}

fn lines(bytes: &[u8]) -> Look {
    // Far more than is shown, and never the whole of a large file.
    let head = bytes.get(..bytes.len().min(64 << 10)).unwrap_or_default();
    let text = String::from_utf8_lossy(head);
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let shown = lines.by_ref().take(LINES);
    Look {
        blocks: shown.map(|line| Block::Line(short(line))).collect(),
        more: lines.next().is_some() || head.len() < bytes.len(),
    }
}

fn sheets(bytes: &[u8]) -> Option<Look> {
    let (mut blocks, mut more) = (Vec::new(), false);
    let sheets = workbook::read_rows(bytes, LINES + 1).ok()?;
    let shown = if sheets.len() == 1 { LINES } else { ROWS };
    for sheet in sheets {
        blocks.push(Block::Heading(sheet.name));
        more |= sheet.rows.len() > shown;
        // The column of keys is hidden in a review form.
        let first = sheet.rows.first().and_then(|row| row.cells.first());
        let keys = usize::from(first.is_some_and(|cell| is_mark(cell)));
        for row in sheet.rows.into_iter().take(shown) {
            more |= row.cells.len() > COLUMNS + keys;
            let cells = row.cells.iter().skip(keys).take(COLUMNS);
            blocks.push(Block::Row(cells.map(|cell| short(cell)).collect()));
        }
    }
    Some(Look { blocks, more })
}

fn paper(bytes: &[u8]) -> Option<Look> {
    let mut archive = Archive::open(bytes).ok()?;
    let part = archive.part("word/document.xml").ok()??;
    let mut markup = Markup::new(part);
    let (mut blocks, mut text, mut within) = (Vec::new(), String::new(), false);
    let (mut heading, mut row, mut cell) = (false, None::<Vec<String>>, String::new());
    let (mut more, mut hidden) = (false, false);
    loop {
        match markup.next().ok()? {
            Node::Open(tag) => match tag.local_name().as_ref() {
                "t" => within = !hidden,
                // Keys of a review form: nobody sees them in the file either.
                "vanish" => hidden = true,
                "br" => text.push('\n'),
                "pStyle" => {
                    let style = local(&tag, "val").unwrap_or_default();
                    heading = style.starts_with("Heading") || style == "Title";
                }
                "tr" => row = Some(Vec::new()),
                _ => {}
            },
            Node::Text(words) if within => text.push_str(&words),
            Node::Text(_) => {}
            Node::Close(name) => match name.as_str() {
                "t" => within = false,
                "r" => hidden = false,
                "p" => {
                    let words = core::mem::take(&mut text);
                    let words = words.trim();
                    if row.is_some() {
                        cell.push_str(words);
                    } else if !words.is_empty() {
                        let words = short(words);
                        blocks.push(if heading {
                            Block::Heading(words)
                        } else {
                            Block::Words(words)
                        });
                    }
                    heading = false;
                }
                "tc" => {
                    if let Some(row) = &mut row {
                        row.push(short(&core::mem::take(&mut cell)));
                    }
                }
                "tr" => blocks.extend(row.take().map(Block::Row)),
                _ => {}
            },
            Node::End => break,
        }
        if blocks.len() > BLOCKS {
            blocks.truncate(BLOCKS);
            more = true;
            break;
        }
    }
    Some(Look { blocks, more })
}

/// A page of ours: what stands in its main part.
fn page(bytes: &[u8]) -> Option<Look> {
    let text = core::str::from_utf8(bytes).ok()?;
    let (_, mut rest) = text.split_once("<main>")?;
    let (mut blocks, mut said, mut row) = (Vec::new(), String::new(), None::<Vec<String>>);
    let mut more = false;
    while let Some((before, after)) = rest.split_once('<') {
        let words = quick_xml::escape::unescape(before).ok()?;
        said.push_str(&words);
        let (tag, behind) = after.split_once('>')?;
        rest = behind;
        let name = tag.split_whitespace().next().unwrap_or_default();
        match name {
            "br" => said.push('\n'),
            "p" | "h2" | "h3" | "h4" | "td" | "th" => said.clear(),
            "tr" => row = Some(Vec::new()),
            "/td" | "/th" => {
                if let Some(row) = &mut row {
                    row.push(short(said.trim()));
                }
            }
            "/tr" => blocks.extend(row.take().map(Block::Row)),
            "/p" => blocks.push(Block::Words(short(said.trim()))),
            "/h2" | "/h3" | "/h4" => blocks.push(Block::Heading(short(said.trim()))),
            "/main" => break,
            _ => {}
        }
        if blocks.len() > BLOCKS {
            blocks.truncate(BLOCKS);
            more = true;
            break;
        }
    }
    Some(Look { blocks, more })
}
