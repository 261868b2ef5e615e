//! A filled-in form as its lines, out of a workbook or a Word file, as whoever
//! saved it last left it: columns are found by their heads, lines by what stands
//! hidden in them.

use weft_model::{Choice as _, Judgement, Lang, Uid};

use super::remarks::{Filled, Form};
use super::{MARK, VERSION};
use crate::pack::{Archive, Markup, Node, local};
use crate::tables::{CELLS_LIMIT, ROWS_LIMIT, Sheet};
use crate::workbook::BookSheet;
use crate::{ImportError, Limit};

/// A table of a form: its lines with their cells.
type Grid = Vec<(u64, Vec<String>)>;

/// The form in a workbook; none where it holds none.
///
/// # Errors
///
/// A newer Weft made the form.
pub fn of_book(sheets: &[BookSheet]) -> Result<Option<Form>, ImportError> {
    for sheet in sheets {
        let mut all = sheet.sheet.rows.iter().flat_map(|row| &row.cells);
        if let Some(mark) = all.find_map(|cell| read_mark(cell)) {
            return form(mark?, vec![rows_of(&sheet.sheet)]).map(Some);
        }
    }
    Ok(None)
}

fn rows_of(sheet: &Sheet) -> Grid {
    let rows = sheet.rows.iter();
    rows.map(|row| (row.line, row.cells.clone())).collect()
}

/// The form in a Word file.
///
/// # Errors
///
/// It is no Word file, or one without a form ([`ImportError::NotThisFormat`]);
/// it breaks a bound or off; a newer Weft made it.
pub fn of_paper(bytes: &[u8]) -> Result<Form, ImportError> {
    let mut archive = Archive::open(bytes)?;
    let part = archive.part("word/document.xml")?;
    let (tables, loose) = texts(Markup::new(part.ok_or(ImportError::NotThisFormat)?))?;
    let cells = tables.iter().flatten().flat_map(|(_, cells)| cells);
    let mark = loose.lines().find_map(read_mark);
    let mark = mark.or_else(|| cells.clone().find_map(|cell| read_mark(cell)));
    form(mark.ok_or(ImportError::NotThisFormat)??, tables)
}

/// Plan and language that a mark names.
type Marked = (Option<Uid>, Option<Lang>);

fn read_mark(text: &str) -> Option<Result<Marked, ImportError>> {
    let (_, after) = text.split_once(MARK)?;
    let mut parts = after.split_whitespace();
    let version = parts.next()?.parse::<u64>().ok()?;
    if version > VERSION {
        return Some(Err(ImportError::Newer { version }));
    }
    let plan = parts.next().and_then(|text| text.parse().ok());
    Some(Ok((plan, parts.next().and_then(Lang::new))))
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Code,
    Line,
    Judgement,
    Box(Judgement),
    Remark,
    Words,
}

/// Heads in the languages in which forms are made.
const HEADS: [(Column, [&str; 2]); 8] = [
    (Column::Code, ["code", "代码"]),
    (Column::Line, ["task or competency", "工作任务或职业能力"]),
    (Column::Judgement, ["judgement", "评议结论"]),
    (Column::Box(Judgement::Right), ["right", "符合"]),
    (Column::Box(Judgement::Outdated), ["outdated", "过时"]),
    (Column::Box(Judgement::Missing), ["missing", "缺失"]),
    (Column::Remark, ["remark", "意见"]),
    (Column::Words, ["as it should read", "建议的表述"]),
];

/// What a head says, whatever stands around it.
fn head(text: &str) -> Option<Column> {
    let text = text.trim().to_lowercase();
    let known = HEADS
        .iter()
        .find(|(_, words)| words.contains(&text.as_str()));
    known.map(|(column, _)| *column)
}

fn form((plan, lang): Marked, tables: Vec<Grid>) -> Result<Form, ImportError> {
    let mut form = Form {
        plan,
        lang,
        ..Form::default()
    };
    let mut columns: Vec<(Column, usize)> = Vec::new();
    for table in tables {
        for (line, cells) in table {
            let heads: Vec<(Column, usize)> = cells
                .iter()
                .enumerate()
                .filter_map(|(at, text)| Some((head(text)?, at)))
                .collect();
            // No other line says this much of it.
            if heads.len() > 3 {
                columns = heads;
                continue;
            }
            // Who filled it in is asked above the lines.
            if columns.is_empty() {
                who(&mut form, &cells);
            } else {
                form.rows.extend(filled(line, &cells, &columns));
            }
        }
    }
    Ok(form)
}

/// Who filled it in, where the line asks for that.
fn who(form: &mut Form, cells: &[String]) {
    const ASKED: [(&str, [&str; 2]); 3] = [
        ("name", ["name", "姓名"]),
        ("role", ["position", "职务"]),
        ("party", ["enterprise", "单位"]),
    ];
    let said = |text: &str| text.trim().to_lowercase();
    let at = cells.iter().position(|text| {
        let (_, key) = parted(text);
        let asked = |(name, words): &(&str, [&str; 2])| {
            key == Some(*name) || said(text) == *name || words.contains(&said(text).as_str())
        };
        ASKED.iter().any(asked)
    });
    let Some(at) = at.filter(|at| *at < 4) else {
        return;
    };
    let (label, key) = parted(cells.get(at).map_or("", String::as_str));
    let (label, key) = (said(label), key.unwrap_or_default());
    let asked = ASKED
        .iter()
        .find(|(name, words)| key == *name || label == *name || words.contains(&label.as_str()));
    let mut rest = cells.iter().skip(at + 1).map(|text| text.trim());
    // In a workbook the hidden word stands before the label.
    let labelled = |text: &str| {
        let text = said(text);
        ASKED
            .iter()
            .any(|(_, words)| words.contains(&text.as_str()))
    };
    let value = rest.find(|text| !text.is_empty() && !labelled(text));
    let value = value.unwrap_or_default().to_owned();
    match asked.map(|(name, _)| *name) {
        Some("name") => form.name = value,
        Some("role") => form.role = value,
        Some(_) => form.party = value,
        None => {}
    }
}

/// A text and the key that stands behind it as hidden text.
fn parted(text: &str) -> (&str, Option<&str>) {
    let Some((before, after)) = text.rsplit_once('#') else {
        return (text.trim(), None);
    };
    let key = after.trim();
    let known = super::lines::read_key(key).is_some() || ["name", "role", "party"].contains(&key);
    if known {
        (before.trim(), Some(key))
    } else {
        (text.trim(), None)
    }
}

/// What was filled in on a line; nothing where there is nothing.
fn filled(line: u64, cells: &[String], columns: &[(Column, usize)]) -> Option<Filled> {
    let of = |wanted: Column| {
        let found = columns.iter().find(|(column, _)| *column == wanted);
        let cell = found.and_then(|(_, at)| cells.get(*at));
        cell.map_or("", |cell| cell.trim())
    };
    // The hidden word stands in a cell of its own, or behind the code.
    let own = cells.iter().map(|cell| cell.trim());
    let own = own
        .take(2)
        .find(|cell| super::lines::read_key(cell).is_some());
    let hidden = cells.iter().find_map(|cell| parted(cell).1);
    let key = own.or(hidden).unwrap_or_default().to_owned();
    let (judgement, beside) = judged(columns, cells, of(Column::Judgement));
    let remark = [beside.as_str(), of(Column::Remark)];
    let remark: Vec<&str> = remark.into_iter().filter(|it| !it.is_empty()).collect();
    let row = Filled {
        line,
        key,
        code: parted(of(Column::Code)).0.to_owned(),
        words: parted(of(Column::Line)).0.to_owned(),
        judged: judgement.map(|it| it.id().to_owned()),
        typed: of(Column::Judgement).to_owned(),
        remark: remark.join("\n"),
        wording: of(Column::Words).to_owned(),
    };
    let any = row.judged.is_some()
        || !row.remark.is_empty()
        || !row.wording.is_empty()
        || !row.words.is_empty();
    any.then_some(row)
}

/// The judgement of a line, and what stands there that is none: it is a remark.
fn judged(
    columns: &[(Column, usize)],
    cells: &[String],
    typed: &str,
) -> (Option<Judgement>, String) {
    let boxes = columns.iter().filter_map(|(column, at)| match column {
        Column::Box(judgement) => Some((*judgement, cells.get(*at)?.trim())),
        _ => None,
    });
    let mut marked: Vec<(Judgement, &str)> = boxes.filter(|(_, text)| is_marked(text)).collect();
    // Somebody may cross out what is not meant and tick what is.
    if marked.iter().any(|(_, text)| is_tick(text)) {
        marked.retain(|(_, text)| is_tick(text));
    }
    // Words in a box are no sign.
    let words = marked.iter().map(|(_, text)| *text);
    let words: Vec<&str> = words.filter(|text| text.chars().count() > 2).collect();
    let said = words.join("\n");
    match marked.as_slice() {
        [] if typed.is_empty() => (None, String::new()),
        [] => match answer(typed) {
            Some(judgement) => (Some(judgement), String::new()),
            None => (None, typed.to_owned()),
        },
        [(judgement, _)] => (Some(*judgement), said),
        several => {
            let names: Vec<&str> = several
                .iter()
                .map(|(judgement, _)| judgement.id())
                .collect();
            (
                None,
                [names.join(" + ").as_str(), &said]
                    .join("\n")
                    .trim()
                    .to_owned(),
            )
        }
    }
}

fn is_marked(text: &str) -> bool {
    let empty = "☐□○◯〇_-–—.。()（）[]";
    let said: String = text
        .chars()
        .filter(|it| !empty.contains(*it) && !it.is_whitespace())
        .collect();
    !matches!(said.to_lowercase().as_str(), "" | "0" | "no" | "否" | "无")
}

fn is_tick(text: &str) -> bool {
    text.contains(['✓', '✔', '√', '☑', '☒', '■', '●'])
}

/// A judgement as somebody writes it.
fn answer(text: &str) -> Option<Judgement> {
    let text = text
        .trim()
        .trim_end_matches(['.', '。', '!', '！'])
        .to_lowercase();
    Some(match text.as_str() {
        "right" | "ok" | "yes" | "correct" | "符合" | "正确" | "对" | "是" | "√" | "✓" => {
            Judgement::Right
        }
        "outdated" | "old" | "过时" | "陈旧" | "已过时" => Judgement::Outdated,
        "missing" | "incomplete" | "缺失" | "缺少" | "有缺失" => Judgement::Missing,
        _ => return None,
    })
}

/// The most bytes of text in a form.
const LETTERS_LIMIT: usize = 16 << 20;

/// The tables of a Word file, cell by cell, and the text between them. What was
/// struck out under review and what is there twice for older programs is passed
/// over.
fn texts<R: std::io::BufRead>(mut markup: Markup<R>) -> Result<(Vec<Grid>, String), ImportError> {
    let (mut tables, mut loose): (Vec<Grid>, String) = (Vec::new(), String::new());
    let (mut depth, mut skipped, mut in_text) = (0_usize, 0_usize, false);
    let (mut cell, mut span, mut ticked) = (String::new(), 1_usize, false);
    let (mut cells, mut document, mut line) = (0_usize, false, 0_u64);
    let mut letters = 0;
    let large = |limit| Err(ImportError::TooLarge { limit });
    loop {
        match markup.next()? {
            Node::Open(tag) => {
                let name = tag.local_name();
                let name = name.as_ref();
                let value = || local(&tag, "val").unwrap_or_default();
                match name {
                    _ if skipped > 0 => skipped += 1,
                    "Fallback" | "moveFrom" | "del" => skipped = 1,
                    "document" => document = true,
                    "tbl" => {
                        depth += 1;
                        if tables.len() >= ROWS_LIMIT {
                            return large(Limit::Rows(ROWS_LIMIT));
                        }
                        if depth == 1 {
                            tables.push(Vec::new());
                        }
                    }
                    "tr" if depth == 1 => {
                        line += 1;
                        if line > ROWS_LIMIT as u64 {
                            return large(Limit::Rows(ROWS_LIMIT));
                        }
                        if let Some(table) = tables.last_mut() {
                            table.push((line, Vec::new()));
                        }
                    }
                    "tc" if depth == 1 => (cell, span, ticked) = (String::new(), 1, false),
                    "gridSpan" if depth == 1 => span = value().parse().unwrap_or(1).clamp(1, 64),
                    "checked" => ticked |= matches!(value().as_str(), "1" | "true" | "on"),
                    "t" => in_text = true,
                    "br" | "cr" => push(&mut cell, &mut loose, depth, "\n"),
                    "tab" if depth > 0 => cell.push(' '),
                    "sym" => {
                        let code = local(&tag, "char").unwrap_or_default();
                        let open = ["F0A8", "F06F", "F0A3", "F071"].contains(&code.as_str());
                        push(&mut cell, &mut loose, depth, if open { "☐" } else { "✓" });
                    }
                    _ => {}
                }
            }
            Node::Text(text) if in_text && skipped == 0 => {
                letters += text.len();
                if letters > LETTERS_LIMIT {
                    return large(Limit::Letters(LETTERS_LIMIT));
                }
                push(&mut cell, &mut loose, depth, &text);
            }
            Node::Text(_) => {}
            Node::Close(_) if skipped > 0 => skipped -= 1,
            Node::Close(name) => match name.as_str() {
                "t" => in_text = false,
                "p" => push(&mut cell, &mut loose, depth, "\n"),
                "tbl" => depth = depth.saturating_sub(1),
                "tc" if depth == 1 => {
                    cells += span;
                    if cells > CELLS_LIMIT {
                        return large(Limit::Cells(CELLS_LIMIT));
                    }
                    let text = core::mem::take(&mut cell);
                    let text = text.trim();
                    let text = if ticked {
                        text.replace('☐', "☒")
                    } else {
                        text.to_owned()
                    };
                    let row = tables.last_mut().and_then(|table| table.last_mut());
                    if let Some((_, row)) = row {
                        row.push(text);
                        row.extend((1..span).map(|_| String::new()));
                    }
                }
                _ => {}
            },
            Node::End if !document => return Err(ImportError::NotThisFormat),
            Node::End => return Ok((tables, loose)),
        }
    }
}

fn push(cell: &mut String, loose: &mut String, depth: usize, text: &str) {
    if depth > 0 {
        cell.push_str(text);
    } else {
        loose.push_str(text);
    }
}
