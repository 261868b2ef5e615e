//! Markdown: CommonMark 0.31 with the tables of GitHub Flavored Markdown.

use weft_model::{ABOUT, Plan};

use super::{pieces, state};
use crate::word::{Cell, Piece};
use crate::{Figures, Words};

/// The plan as Markdown. `at`: when it was last edited, in milliseconds since
/// 1970. The same input gives the same bytes.
pub fn markdown(plan: &Plan, figures: &Figures, words: Words<'_>, at: i64) -> Vec<u8> {
    let mut out = format!("# {}\n\n", one_line(&words.item(plan, ABOUT)));
    out.push_str(&format!("{}\n", one_line(&state(at, words))));
    for piece in pieces(plan, figures, words) {
        match piece {
            Piece::Heading(level, text) => {
                let marks = "#".repeat(level + 1);
                out.push_str(&format!("\n{marks} {}\n", one_line(&text)));
            }
            Piece::Words(_, text) => out.push_str(&format!("\n{}\n", paragraph(&text))),
            Piece::Table(grid) => table(&grid.heads, &grid.rows, &mut out),
        }
    }
    out.into_bytes()
}

fn table(heads: &[String], rows: &[Vec<Cell>], out: &mut String) {
    let across = |row: &Vec<Cell>| row.iter().map(|cell| cell.span.max(1)).sum::<usize>();
    let columns = heads
        .len()
        .max(rows.iter().map(across).max().unwrap_or_default());
    out.push('\n');
    let mut line = |cells: Vec<String>| {
        out.push('|');
        for at in 0..columns {
            out.push_str(&format!(" {} |", cells.get(at).map_or("", String::as_str)));
        }
        out.push('\n');
    };
    line(heads.iter().map(|head| cell(head)).collect());
    line(vec!["---".to_owned(); columns]);
    for row in rows {
        let mut cells = Vec::new();
        for it in row {
            let text = cell(&it.text);
            let strong = it.strong && !text.is_empty();
            cells.push(if strong { format!("**{text}**") } else { text });
            let rest = it.span.saturating_sub(1);
            cells.extend(core::iter::repeat_n(String::new(), rest));
        }
        line(cells);
    }
}

/// A paragraph; its lines stay lines.
fn paragraph(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(one_line).collect();
    lines.join("\\\n")
}

/// The lines of a cell.
fn cell(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(one_line).collect();
    lines.join("<br>")
}

/// A line of text of which nothing is markup: signs that could be are written
/// as references or with a backslash, which every reader takes back.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = text.trim();
    // At the start of a line a sign can make a heading or a list.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, letter) in text.char_indices() {
        let opens = at == 0 && matches!(letter, '#' | '+' | '-' | '=' | ':');
        // A number makes a list only with a space behind its sign.
        let numbers = digits > 0
            && at == digits
            && matches!(letter, '.' | ')')
            && !text
                .get(at + 1..)
                .unwrap_or_default()
                .starts_with(|next: char| !next.is_whitespace());
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            letter => {
                if opens || numbers {
                    out.push('\\');
                }
                out.push(letter);
            }
        }
    }
    out
}
