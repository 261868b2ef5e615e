//! The plan as one page: HTML that needs nothing beside itself, runs nothing,
//! loads nothing, and prints well. Its policy allows its own style alone.

use base64::Engine as _;
use sha2::{Digest, Sha256};
use weft_model::{ABOUT, Plan};

use super::{pieces, state};
use crate::pack::escape;
use crate::word::{Cell, Piece};
use crate::{Figures, Words};

/// How the page looks: on screens of any width, light or dark, and on A4.
const STYLE: &str = include_str!("page.css");

/// The plan as a page. `at`: when it was last edited, in milliseconds since
/// 1970. The same input gives the same bytes.
pub fn page(plan: &Plan, figures: &Figures, words: Words<'_>, at: i64) -> Vec<u8> {
    let title = words.item(plan, ABOUT);
    let pieces = pieces(plan, figures, words);
    let sum = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(STYLE));
    let mut out = String::from("<!DOCTYPE html>\n");
    let shown = escaped(&title);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{sum}'; base-uri 'none'; form-action 'none'"
    );
    out.push_str(&format!(
        "<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{shown}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        words.lang()
    ));
    out.push_str(&format!(
        "<header>\n<h1>{shown}</h1>\n<p>{}</p>\n</header>\n",
        escaped(&state(at, words))
    ));
    contents(&pieces, words, &mut out);
    out.push_str("<main>\n");
    let (mut headings, mut under) = (0, title.as_str());
    for piece in &pieces {
        match piece {
            Piece::Heading(level, text) => {
                headings += 1;
                under = text;
                let level = level + 1;
                out.push_str(&format!(
                    "<h{level} id=\"s{headings}\">{}</h{level}>\n",
                    lines(text)
                ));
            }
            Piece::Words(style, text) => {
                let class = match style.as_str() {
                    "WeftNote" => " class=\"note\"",
                    "WeftCover" => " class=\"cover\"",
                    _ => "",
                };
                out.push_str(&format!("<p{class}>{}</p>\n", lines(text)));
            }
            Piece::Table(grid) => table(&grid.heads, &grid.rows, under, &mut out),
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out.into_bytes()
}

/// The headings of the first two levels, as a list of links.
fn contents(pieces: &[Piece], words: Words<'_>, out: &mut String) {
    let headings = pieces.iter().filter_map(|piece| match piece {
        Piece::Heading(level, text) => Some((*level, text)),
        _ => None,
    });
    let listed: Vec<(usize, usize, &String)> = headings
        .enumerate()
        .filter(|(_, (level, _))| *level < 3)
        .map(|(at, (level, text))| (at + 1, level, text))
        .collect();
    if listed.is_empty() {
        return;
    }
    let name = escaped(&words.say("book.contents"));
    out.push_str(&format!("<nav aria-label=\"{name}\">\n<ol>\n"));
    for (at, level, text) in listed {
        out.push_str(&format!(
            "<li class=\"l{level}\"><a href=\"#s{at}\">{}</a></li>\n",
            escaped(text.trim())
        ));
    }
    out.push_str("</ol>\n</nav>\n");
}

fn table(heads: &[String], rows: &[Vec<Cell>], under: &str, out: &mut String) {
    let across = |row: &Vec<Cell>| row.iter().map(|cell| cell.span.max(1)).sum::<usize>();
    let columns = rows.iter().map(across).max().unwrap_or_default();
    let columns = columns.max(heads.len());
    // A wide table scrolls in itself, by the keyboard too.
    out.push_str(&format!(
        "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"{}\">\n<table>\n",
        escaped(under.trim())
    ));
    if !heads.is_empty() {
        out.push_str("<thead>\n<tr>");
        for at in 0..columns {
            let head = heads.get(at).map(String::as_str).unwrap_or_default();
            if head.is_empty() {
                out.push_str("<td></td>");
            } else {
                out.push_str(&format!("<th scope=\"col\">{}</th>", lines(head)));
            }
        }
        out.push_str("</tr>\n</thead>\n");
    }
    let mut open = false;
    for row in rows {
        let band = !row.is_empty() && row.iter().all(|cell| cell.strong);
        if band || !open {
            if open {
                out.push_str("</tbody>\n");
            }
            out.push_str("<tbody>\n");
            open = true;
        }
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let text = lines(&cell.text);
            let span = match cell.span {
                0 | 1 => String::new(),
                span => format!(" colspan=\"{span}\""),
            };
            let class = match (band, cell.centre) {
                (true, _) => " class=\"band\"",
                (false, true) => " class=\"figure\"",
                (false, false) => "",
            };
            // What names the row, or the rows below it.
            let names = cell.strong && !text.is_empty() && (band || at == 0);
            if names {
                let scope = if band { "rowgroup" } else { "row" };
                out.push_str(&format!("<th scope=\"{scope}\"{span}{class}>{text}</th>"));
            } else {
                out.push_str(&format!("<td{span}{class}>{text}</td>"));
            }
        }
        let missing = columns.saturating_sub(across(row));
        (0..missing).for_each(|_| out.push_str("<td></td>"));
        out.push_str("</tr>\n");
    }
    if open {
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n</div>\n");
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// Text with its lines.
fn lines(text: &str) -> String {
    let lines: Vec<String> = text.trim_end().lines().map(escaped).collect();
    lines.join("<br>")
}
