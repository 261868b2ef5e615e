//! Cells as text and as HTML, the two shapes in which spreadsheets copy and
//! paste; and the letters in them read as levels. The clipboard itself is
//! `browser::clipboard`'s.

use crate::ui::fuzzy::half_width;

/// The most characters of a paste that are looked at.
pub const LONGEST: usize = 4_000_000;
/// The most cells that a paste may have.
pub const MOST_CELLS: usize = 100_000;

/// Rows of cells; rows may differ in length.
pub type Rows = Vec<Vec<String>>;

/// The paste has more than [`MOST_CELLS`] cells or [`LONGEST`] characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// Cells as lines of tab-separated text, the way spreadsheets write them.
#[must_use]
pub fn to_tsv(rows: &Rows) -> String {
    let quoted = |cell: &String| {
        if cell.contains(['\t', '\n', '\r', '"']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    let lines: Vec<String> = rows
        .iter()
        .map(|row| row.iter().map(quoted).collect::<Vec<_>>().join("\t"))
        .collect();
    lines.join("\n")
}

/// Cells as an HTML table.
#[must_use]
pub fn to_html(rows: &Rows) -> String {
    let mut html = String::from("<table>");
    for row in rows {
        html.push_str("<tr>");
        for cell in row {
            html.push_str("<td>");
            for letter in cell.chars() {
                match letter {
                    '<' => html.push_str("&lt;"),
                    '>' => html.push_str("&gt;"),
                    '&' => html.push_str("&amp;"),
                    '"' => html.push_str("&quot;"),
                    '\n' => html.push_str("<br>"),
                    other => html.push(other),
                }
            }
            html.push_str("</td>");
        }
        html.push_str("</tr>");
    }
    html.push_str("</table>");
    html
}

/// Reads what was pasted: the table in the HTML if there is one, because
/// merged cells keep their places there, else the lines of text.
pub fn read(text: &str, html: &str) -> Result<Rows, TooLarge> {
    if text.len() > LONGEST || html.len() > LONGEST {
        return Err(TooLarge);
    }
    let rows = match from_html(html)? {
        Some(rows) => rows,
        None => from_tsv(text),
    };
    if rows.iter().map(Vec::len).sum::<usize>() > MOST_CELLS {
        return Err(TooLarge);
    }
    Ok(rows)
}

/// Reads tab-separated lines; quoted cells may hold tabs, line breaks and
/// doubled quotes. The line break at the end that spreadsheets add is no row.
#[must_use]
pub fn from_tsv(text: &str) -> Rows {
    let mut rows: Rows = vec![vec![String::new()]];
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        let row = rows.len() - 1;
        let cell = rows[row].len() - 1;
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                rows[row][cell].push('"');
            }
            '"' if quoted => quoted = false,
            '"' if rows[row][cell].is_empty() => quoted = true,
            '\t' if !quoted => rows[row].push(String::new()),
            '\r' if !quoted => {
                if letters.peek() == Some(&'\n') {
                    letters.next();
                }
                rows.push(vec![String::new()]);
            }
            '\n' if !quoted => rows.push(vec![String::new()]),
            other => rows[row][cell].push(other),
        }
    }
    let last_is_empty = rows.last().is_some_and(|row| *row == [String::new()]);
    if last_is_empty && rows.len() > 1 {
        rows.pop();
    }
    rows
}

/// Reads the first table of some HTML; nothing if there is none. Tags are read
/// as they come: this is no HTML parser, only enough of one for what
/// spreadsheets and word processors put on the clipboard.
pub fn from_html(html: &str) -> Result<Option<Rows>, TooLarge> {
    let mut rows = Rows::new();
    // Rows that cells from above still reach into: column → rows left.
    let mut hanging: Vec<usize> = Vec::new();
    let mut inside = false;
    let mut cell: Option<(String, usize, usize)> = None;
    let mut hidden = 0_u32;
    let mut cells = 0;
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        if let Some((text, ..)) = &mut cell
            && hidden == 0
        {
            // Line breaks of the source are spaces; those of <br> are not.
            text.push_str(&rest[..open].replace(['\n', '\r'], " "));
        }
        let tail = &rest[open..];
        if let Some(comment) = tail.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(close) = tail.find('>') else { break };
        let tag = &tail[1..close];
        rest = &tail[close + 1..];
        let name: String = tag
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '/')
            .collect::<String>()
            .to_ascii_lowercase();
        match name.as_str() {
            "table" => inside = true,
            "/table" if inside => {
                finish(&mut rows, &mut hanging, &mut cell, &mut cells)?;
                break;
            }
            "tr" if inside => {
                finish(&mut rows, &mut hanging, &mut cell, &mut cells)?;
                rows.push(Vec::new());
                if rows.len() > MOST_CELLS {
                    return Err(TooLarge);
                }
                for left in &mut hanging {
                    *left = left.saturating_sub(1);
                }
            }
            "td" | "th" if inside && !rows.is_empty() => {
                finish(&mut rows, &mut hanging, &mut cell, &mut cells)?;
                cell = Some((String::new(), span(tag, "colspan"), span(tag, "rowspan")));
            }
            "/td" | "/th" | "/tr" => finish(&mut rows, &mut hanging, &mut cell, &mut cells)?,
            "br" | "br/" => {
                if let Some((text, ..)) = &mut cell {
                    text.push('\n');
                }
            }
            "style" | "script" => hidden += 1,
            "/style" | "/script" => hidden = hidden.saturating_sub(1),
            _ => {}
        }
    }
    finish(&mut rows, &mut hanging, &mut cell, &mut cells)?;
    Ok((inside && !rows.is_empty()).then_some(rows))
}

/// Puts a cell that has ended where it belongs, behind what hangs in from the
/// rows above, with an empty cell for each further column that it spans.
fn finish(
    rows: &mut Rows,
    hanging: &mut Vec<usize>,
    cell: &mut Option<(String, usize, usize)>,
    cells: &mut usize,
) -> Result<(), TooLarge> {
    let Some((text, wide, high)) = cell.take() else {
        return Ok(());
    };
    let Some(row) = rows.last_mut() else {
        return Ok(());
    };
    while hanging.get(row.len()).is_some_and(|left| *left > 0) {
        row.push(String::new());
    }
    *cells += wide;
    if *cells > MOST_CELLS {
        return Err(TooLarge);
    }
    let at = row.len();
    row.push(squeeze(&text));
    row.resize(at + wide, String::new());
    if hanging.len() < at + wide {
        hanging.resize(at + wide, 0);
    }
    for left in &mut hanging[at..at + wide] {
        *left = high;
    }
    Ok(())
}

fn span(tag: &str, name: &str) -> usize {
    let tag = tag.to_ascii_lowercase();
    tag.split_once(name)
        .and_then(|(_, value)| {
            let digits: String = value
                .trim_start_matches([' ', '=', '"', '\''])
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            digits.parse().ok()
        })
        .unwrap_or(1)
        .clamp(1, 1_000)
}

/// The text of a cell: entities read, white space as a browser shows it.
fn squeeze(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            words.join(" ")
        })
        .collect();
    entities(&lines.join("\n")).trim().to_owned()
}

fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let end = tail.find(';').filter(|end| *end <= 8);
        let letter = end.and_then(|end| match &tail[..end] {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some(' '),
            name => {
                let number = name.strip_prefix('#')?;
                let number = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(number)
            }
        });
        match (letter, end) {
            (Some(letter), Some(end)) => {
                out.push(letter);
                rest = &tail[end + 1..];
            }
            _ => {
                out.push('&');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A level as the reader of cells needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its rank, from 1.
    pub rank: u8,
    /// What stands in its cells.
    pub letter: String,
    /// Its names, in any language.
    pub names: Vec<String>,
}

/// What a cell of a paste, or a typed key, says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Nothing: the cell is empty, or a dash, or 0.
    Nothing,
    /// This level.
    Level(u8),
    /// A mark that says "yes" and no level: ✓, x, ●.
    Yes,
    /// Something else.
    Unknown,
}

/// Reads a cell by the plan's letters: case and full-width forms do not count.
/// A letter of the scale wins over every other reading, then a level's name,
/// then its rank as a digit, then the marks for yes and no.
#[must_use]
pub fn said(cell: &str, letters: &[Letter]) -> Said {
    let fold = |text: &str| -> String {
        text.trim()
            .chars()
            .map(half_width)
            .flat_map(char::to_lowercase)
            .collect()
    };
    let text = fold(cell);
    if text.is_empty() {
        return Said::Nothing;
    }
    let by_letter = letters.iter().find(|level| fold(&level.letter) == text);
    let by_name = || {
        letters
            .iter()
            .find(|level| level.names.iter().any(|name| fold(name) == text))
    };
    if let Some(level) = by_letter.or_else(by_name) {
        return Said::Level(level.rank);
    }
    let by_rank = letters.iter().find(|level| level.rank.to_string() == text);
    if let Some(level) = by_rank {
        return Said::Level(level.rank);
    }
    match text.as_str() {
        "-" | "–" | "—" | "0" | "/" => Said::Nothing,
        "x" | "✓" | "✔" | "√" | "•" | "●" | "○" | "+" | "*" | "yes" | "是" | "有" | "ja" => {
            Said::Yes
        }
        _ => Said::Unknown,
    }
}

/// The place of a paste of `rows` on a selection of `height` × `width` cells:
/// a block that fits several times into the selection is repeated in it, any
/// other is put down once. Gives height and width of what is written.
#[must_use]
pub fn spread(rows: &Rows, height: usize, width: usize) -> (usize, usize) {
    let high = rows.len().max(1);
    let wide = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let fits = height.is_multiple_of(high) && width.is_multiple_of(wide);
    if fits { (height, width) } else { (high, wide) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn rows(cells: &[&[&str]]) -> Rows {
        cells
            .iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect()
    }

    fn scale() -> Vec<Letter> {
        [
            (1, "I", "introduce"),
            (2, "P", "practise"),
            (3, "M", "熟练"),
        ]
        .map(|(rank, letter, name)| Letter {
            rank,
            letter: letter.into(),
            names: vec![name.into()],
        })
        .into()
    }

    #[test]
    fn what_was_copied_comes_back_as_text_and_as_html() {
        let cells = rows(&[&["I", "", "M"], &["a b", "\"x\"\ny", "<&>"]]);
        assert_eq!(from_tsv(&to_tsv(&cells)), cells);
        let tab = rows(&[&["a\tb", "c"]]);
        assert_eq!(from_tsv(&to_tsv(&tab)), tab);
        assert_eq!(from_html(&to_html(&cells)).unwrap().unwrap(), cells);
    }

    #[test]
    fn the_line_break_that_excel_adds_is_no_row() {
        assert_eq!(
            from_tsv("I\tP\r\nM\t\r\n"),
            rows(&[&["I", "P"], &["M", ""]])
        );
        assert_eq!(from_tsv("I\rP"), rows(&[&["I"], &["P"]]));
        assert_eq!(from_tsv(""), rows(&[&[""]]));
        assert_eq!(from_tsv("\n\n"), rows(&[&[""], &[""]]));
    }

    #[test]
    fn merged_cells_keep_their_places() {
        let html = "<html><style>td{color:red}</style><body><table><!--x--><tr><td rowspan=2>I</td>\
                    <td colspan=\"2\"><font>P</font></td></tr><tr><td>&nbsp;</td><td> M&#33; </td></tr></table>\
                    <table><tr><td>other</td></tr></table>";
        assert_eq!(
            from_html(html).unwrap().unwrap(),
            rows(&[&["I", "P", ""], &["", "", "M!"]])
        );
    }

    #[test]
    fn html_without_a_table_leaves_the_text_to_be_read() {
        assert_eq!(read("I\tP", "<b>I P</b>").unwrap(), rows(&[&["I", "P"]]));
        assert_eq!(read("I", "").unwrap(), rows(&[&["I"]]));
    }

    #[test]
    fn a_huge_or_broken_table_is_refused_or_read_as_far_as_it_goes() {
        let wide = "<table><tr>".to_owned() + &"<td colspan=1000>x".repeat(200);
        assert_eq!(from_html(&wide), Err(TooLarge));
        let tall = "<table>".to_owned() + &"<tr>".repeat(MOST_CELLS + 1);
        assert_eq!(from_html(&tall), Err(TooLarge));
        assert_eq!(
            from_html("<table><tr><td>I<td").unwrap().unwrap(),
            rows(&[&["I"]])
        );
        for odd in [
            "<",
            "<table",
            "<td>",
            "</table>",
            "<table></table>",
            "<!--",
            "&#xffffffff;",
        ] {
            assert_eq!(from_html(odd).unwrap(), None, "{odd}");
        }
        assert_eq!(read(&"\t".repeat(MOST_CELLS), ""), Err(TooLarge));
    }

    #[test]
    fn letters_names_and_ranks_are_levels() {
        for (cell, level) in [
            ("I", 1),
            (" p ", 2),
            ("Ｍ", 3),
            ("Practise", 2),
            ("熟练", 3),
            ("3", 3),
        ] {
            assert_eq!(said(cell, &scale()), Said::Level(level), "{cell}");
        }
        for cell in ["", "  ", "–", "0"] {
            assert_eq!(said(cell, &scale()), Said::Nothing, "{cell}");
        }
        assert_eq!(said("✓", &scale()), Said::Yes);
        for cell in ["X2", "4", "IM", "=1+1"] {
            assert_eq!(said(cell, &scale()), Said::Unknown, "{cell}");
        }
    }

    #[test]
    fn a_letter_of_the_scale_wins_over_its_rank() {
        let numbered = vec![
            Letter {
                rank: 1,
                letter: "2".into(),
                names: vec![],
            },
            Letter {
                rank: 2,
                letter: "1".into(),
                names: vec![],
            },
        ];
        assert_eq!(said("2", &numbered), Said::Level(1));
        let crossed = vec![Letter {
            rank: 1,
            letter: "x".into(),
            names: vec![],
        }];
        assert_eq!(said("X", &crossed), Said::Level(1));
    }

    #[test]
    fn one_copied_cell_fills_a_selection_and_a_block_is_repeated_where_it_fits() {
        let one = rows(&[&["I"]]);
        let two = rows(&[&["I", "P"]]);
        assert_eq!(spread(&one, 3, 4), (3, 4));
        assert_eq!(spread(&two, 2, 4), (2, 4));
        assert_eq!(spread(&two, 2, 3), (1, 2));
        assert_eq!(spread(&two, 1, 1), (1, 2));
    }
}
