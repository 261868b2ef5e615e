//! Reading what is pasted into the job outline: an indented list, or cells of a
//! spreadsheet. Says which line stands how deep; what becomes of the lines is
//! not decided here.

use super::fuzzy::half_width;

/// The most lines that one paste brings.
pub const MOST_LINES: usize = 5_000;
/// The deepest line: role, task, work content, competency.
pub const DEEPEST: usize = 3;

/// A pasted line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The tier, counted from the role, 0 to [`DEEPEST`].
    pub tier: usize,
    /// The code in front of the statement, if there was one.
    pub code: String,
    /// The statement.
    pub text: String,
}

/// What a paste holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// One line of plain text: it goes into the field as usual.
    Plain,
    /// Lines below each other. With cells, roles and tasks that are already
    /// there are meant by their names.
    Lines {
        /// The lines.
        lines: Vec<Listed>,
        /// Whether they were cells.
        cells: bool,
    },
}

/// Reads a pasted text. `base` is the tier that the list begins at: that of the
/// line in which it is pasted.
#[must_use]
pub fn read(text: &str, base: usize) -> Listing {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.trim().is_empty())
        .take(MOST_LINES)
        .collect();
    let cells = lines.iter().any(|line| line.trim_start().contains('\t'));
    match (lines.len(), cells) {
        (0, _) | (1, false) => Listing::Plain,
        (_, true) => Listing::Lines {
            lines: of_cells(&lines),
            cells: true,
        },
        (_, false) => Listing::Lines {
            lines: of_list(&lines, base.min(DEEPEST)),
            cells: false,
        },
    }
}

fn of_list(lines: &[&str], base: usize) -> Vec<Listed> {
    // Depths by comparison, so that any width of indentation will do.
    let mut open: Vec<usize> = Vec::new();
    let mut depths = Vec::new();
    for line in lines {
        let width = indentation(line);
        while open.last().is_some_and(|last| *last >= width) {
            open.pop();
        }
        depths.push(open.len());
        open.push(width);
    }
    let deepest = depths.iter().copied().max().unwrap_or(0);
    let tier = |depth: usize| {
        // Work contents are optional: the deepest lines are competencies.
        if depth == deepest && depth > 0 && base + depth >= 2 {
            DEEPEST
        } else {
            (base + depth).min(DEEPEST)
        }
    };
    lines
        .iter()
        .zip(depths)
        .map(|(line, depth)| {
            let (code, text) = coded(without_bullet(line.trim()));
            Listed {
                tier: tier(depth),
                code: code.to_owned(),
                text: text.to_owned(),
            }
        })
        .collect()
}

fn indentation(line: &str) -> usize {
    line.chars()
        .take_while(|letter| letter.is_whitespace())
        .map(|letter| if letter == '\t' { 4 } else { 1 })
        .sum()
}

fn without_bullet(line: &str) -> &str {
    let bullets = ['-', '*', '•', '·', '–', '—', '○', '●', '▪', '■', '◦'];
    let rest = line.trim_start_matches(bullets);
    if rest.len() < line.len() && rest.starts_with(char::is_whitespace) {
        rest.trim_start()
    } else {
        line
    }
}

/// A code in front of a statement: "P-1.2.1 Draw tools", "2.3、装夹". What is
/// no more than a number of the list ("1. …") is no code and goes away.
fn coded(line: &str) -> (&str, &str) {
    let end = line
        .find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.' || letter == '-'))
        .unwrap_or(line.len());
    let (head, rest) = line.split_at(end);
    let rest_text = rest.trim_start_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, ':' | '：' | '、' | ')' | '）')
    });
    let parted = rest.len() > rest_text.len() && !rest_text.is_empty();
    let digits = head.contains(|letter: char| letter.is_ascii_digit());
    if !parted || !digits || head.len() > 16 {
        return ("", line);
    }
    let inner = head.trim_end_matches('.');
    if inner.contains(['.', '-']) {
        return (inner, rest_text);
    }
    let only_digits = inner.bytes().all(|byte| byte.is_ascii_digit());
    let closed = inner.len() < head.len() || rest.starts_with(['、', ')', '）']);
    let letters_then_digits = inner
        .trim_start_matches(|letter: char| letter.is_ascii_uppercase())
        .bytes()
        .all(|byte| byte.is_ascii_digit());
    if only_digits && closed {
        ("", rest_text)
    } else if letters_then_digits && !only_digits && rest.starts_with([':', '：']) {
        (inner, rest_text)
    } else {
        ("", line)
    }
}

/// What a column of cells holds: the code or the statement of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Code(usize),
    Text(usize),
    Other,
}

fn of_cells(lines: &[&str]) -> Vec<Listed> {
    let rows: Vec<Vec<&str>> = lines
        .iter()
        .map(|line| line.split('\t').map(|cell| unquoted(cell.trim())).collect())
        .collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let headed = rows.first().and_then(|row| by_heads(row));
    let (columns, rows) = match headed {
        Some(columns) => (columns, &rows[1..]),
        None => (by_place(&rows, width), rows.as_slice()),
    };
    let mut found = Vec::new();
    // What is open above, so that repeated and merged cells are one line.
    let mut open: [Option<(String, String)>; DEEPEST + 1] = [const { None }; DEEPEST + 1];
    for row in rows {
        for tier in 0..=DEEPEST {
            let cell = |wanted: Column| {
                columns
                    .iter()
                    .position(|column| *column == wanted)
                    .and_then(|at| row.get(at).copied())
                    .unwrap_or_default()
                    .to_owned()
            };
            let (code, text) = (cell(Column::Code(tier)), cell(Column::Text(tier)));
            if code.is_empty() && text.is_empty() {
                continue;
            }
            let same = open[tier]
                .as_ref()
                .is_some_and(|(c, t)| *c == code && *t == text);
            if same && tier < DEEPEST {
                continue;
            }
            open[tier] = Some((code.clone(), text.clone()));
            open[tier + 1..].fill(None);
            let (code, text) = if code.is_empty() {
                let (code, text) = coded(&text);
                (code.to_owned(), text.to_owned())
            } else {
                (code, text)
            };
            found.push(Listed { tier, code, text });
        }
    }
    found
}

fn unquoted(cell: &str) -> &str {
    cell.strip_prefix('"')
        .and_then(|cell| cell.strip_suffix('"'))
        .unwrap_or(cell)
}

/// Columns by their heads, in English, Chinese and German; nothing where the
/// first row is no row of heads.
fn by_heads(row: &[&str]) -> Option<Vec<Column>> {
    const WORDS: [&[&str]; 4] = [
        &["role", "岗位", "beruf", "rolle"],
        &["task", "duty", "任务", "职责", "aufgabe", "handlungsfeld"],
        &["content", "内容", "inhalt"],
        &["competenc", "statement", "skill", "能力", "kompetenz"],
    ];
    let mut code_waits = false;
    let mut columns = Vec::new();
    for cell in row {
        let head: String = cell
            .chars()
            .map(half_width)
            .collect::<String>()
            .to_lowercase();
        let is_code = [
            "code", "no.", "编号", "编码", "代码", "序号", "nummer", "id",
        ]
        .iter()
        .any(|word| head.contains(word));
        let tier = WORDS
            .iter()
            .position(|words| words.iter().any(|word| head.contains(word)));
        columns.push(match (is_code, tier) {
            (true, Some(tier)) => Column::Code(tier),
            (true, None) => {
                code_waits = true;
                Column::Other
            }
            (false, Some(tier)) => Column::Text(tier),
            (false, None) => Column::Other,
        });
    }
    let texts = columns
        .iter()
        .filter(|column| matches!(column, Column::Text(_)))
        .count();
    if texts == 0 || row.iter().any(|cell| cell.chars().count() > 24) {
        return None;
    }
    if code_waits {
        // A bare "code" belongs to the statement right of it, else to the last.
        for at in 0..columns.len() {
            let bare = columns[at] == Column::Other && !row[at].is_empty();
            let next = columns[at + 1..].iter().find_map(|column| match column {
                Column::Text(tier) => Some(*tier),
                _ => None,
            });
            if let (true, Some(tier)) = (bare, next)
                && !columns.contains(&Column::Code(tier))
            {
                columns[at] = Column::Code(tier);
                break;
            }
        }
    }
    Some(columns)
}

/// Columns by their place: a column of codes belongs to the one right of it;
/// the last statement is the competency, those before it are role, task and
/// work content.
fn by_place(rows: &[Vec<&str>], width: usize) -> Vec<Column> {
    let is_codes = |at: usize| {
        let cells: Vec<&str> = rows
            .iter()
            .filter_map(|row| row.get(at).copied())
            .filter(|cell| !cell.is_empty())
            .collect();
        let code = |cell: &str| {
            cell.len() <= 16
                && cell
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b".-_/".contains(&byte))
                && cell.bytes().any(|byte| byte.is_ascii_digit())
        };
        !cells.is_empty() && cells.iter().all(|cell| code(cell)) && at + 1 < width
    };
    let codes: Vec<bool> = (0..width).map(is_codes).collect();
    let texts = codes.iter().filter(|code| !**code).count().min(4);
    let tiers: &[usize] = match texts {
        0 | 1 => &[3],
        2 => &[1, 3],
        3 => &[0, 1, 3],
        _ => &[0, 1, 2, 3],
    };
    let mut next = 0;
    codes
        .into_iter()
        .map(|code| {
            let Some(tier) = tiers.get(next).copied() else {
                return Column::Other;
            };
            if code {
                Column::Code(tier)
            } else {
                next += 1;
                Column::Text(tier)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, base: usize) -> Vec<String> {
        match read(text, base) {
            Listing::Plain => Vec::new(),
            Listing::Lines { lines, .. } => lines
                .into_iter()
                .map(|line| format!("{}|{}|{}", line.tier, line.code, line.text))
                .collect(),
        }
    }

    #[test]
    fn one_line_is_plain_text() {
        assert_eq!(read("turn shafts\n", 3), Listing::Plain);
        assert_eq!(read(" \n\n", 0), Listing::Plain);
    }

    #[test]
    fn an_indented_list_becomes_tiers_whatever_its_indentation() {
        let list = "Operator\n  Turning\n    P-1.1 Clamp\n    Set offsets\n  Milling";
        let expected = [
            "0||Operator",
            "1||Turning",
            "3|P-1.1|Clamp",
            "3||Set offsets",
            "1||Milling",
        ];
        assert_eq!(shown(list, 0), expected);
        assert_eq!(shown(&list.replace("  ", "\t"), 0), expected);
        assert_eq!(shown("a\nb", 3), ["3||a", "3||b"]);
        assert_eq!(
            shown("任务\n\t1.1、识读图样\n\t2. 装夹", 1),
            ["1||任务", "3|1.1|识读图样", "3||装夹"]
        );
    }

    #[test]
    fn four_depths_hold_work_contents_and_deeper_ones_stay_competencies() {
        assert_eq!(
            shown("r\n t\n  c\n   k\n", 0),
            ["0||r", "1||t", "2||c", "3||k"]
        );
        assert_eq!(
            shown("t\n c\n  k\n   deeper", 1),
            ["1||t", "2||c", "3||k", "3||deeper"]
        );
    }

    #[test]
    fn cells_with_repeated_or_merged_parents_become_one_line_each() {
        let cells = "Operator\tTurning\tClamp\nOperator\tTurning\tSet offsets\n\tMilling\tAlign";
        assert_eq!(
            shown(cells, 0),
            [
                "0||Operator",
                "1||Turning",
                "3||Clamp",
                "3||Set offsets",
                "1||Milling",
                "3||Align"
            ]
        );
    }

    #[test]
    fn cells_are_read_by_their_heads() {
        let cells =
            "岗位\t典型工作任务\t编号\t职业能力\n操作工\t备料\tP-1\t能识图\n\t\tP-2\t能装夹";
        assert_eq!(
            shown(cells, 3),
            ["0||操作工", "1||备料", "3|P-1|能识图", "3|P-2|能装夹"]
        );
    }

    #[test]
    fn a_column_of_codes_belongs_to_the_statement_beside_it() {
        assert_eq!(
            shown("P-1\tClamp\nP-2\tSet", 3),
            ["3|P-1|Clamp", "3|P-2|Set"]
        );
    }

    #[test]
    fn a_word_with_a_digit_is_no_code() {
        assert_eq!(
            shown("3D printing\n5 axes", 3),
            ["3||3D printing", "3||5 axes"]
        );
    }

    #[test]
    fn hostile_pastes_are_cut_and_never_panic() {
        let long = "x\n".repeat(MOST_LINES * 2);
        assert_eq!(shown(&long, 9).len(), MOST_LINES);
        for text in [
            "\t\t\t\t\t\t\n\ta",
            "-\n-\n",
            "\u{3000}a\n\u{3000}\u{3000}b\n",
            "1.\n2.\n",
            "\"\t\"\n",
        ] {
            drop(read(text, 0));
        }
    }
}
