//! Competency analysis workbooks (职业能力分析表): an overview of typical work
//! tasks and their contents, then one sheet per task, named `1.数据采集`, whose
//! rows are a category, a code and a statement. What stands in the name of a
//! sheet, in a code or before a title goes into columns of its own behind the
//! last, where a person sees it and can correct it; the cells of the file stay
//! as they are.

use std::collections::BTreeMap;

use weft_model::{Tier, field};

use super::read::BookSheet;
use crate::tables::{Column, Matching, TableKind, Target};

/// What the sheets of such a workbook have in common: codes and titles.
type Titles = BTreeMap<String, String>;
/// A code and a title by the row in which they stand.
type Coded = BTreeMap<usize, (String, String)>;

/// Finds the sheets of a competency analysis and gives them their columns.
pub(super) fn prepare(sheets: &mut [BookSheet]) {
    let tasks: Vec<Option<(String, String)>> = sheets.iter().map(task_of).collect();
    if tasks.iter().flatten().next().is_none() {
        return;
    }
    let mut known = Titles::new();
    for (book, task) in sheets.iter_mut().zip(&tasks) {
        if task.is_none() {
            overview(book, &mut known);
        }
    }
    for (book, task) in sheets.iter_mut().zip(tasks) {
        if let Some((code, title)) = task {
            let title = known.get(&code).cloned().unwrap_or(title);
            task_sheet(book, &code, &title, &known);
        }
    }
}

/// The code and title of the task that a sheet is about: its name begins with a
/// number, and its rows have codes and statements but no line above.
fn task_of(book: &BookSheet) -> Option<(String, String)> {
    let matching = &book.matching;
    let fits = matching.table == Some(TableKind::Competencies)
        && matching.has(Target::Field(field::job_item::code))
        && matching.has(Target::Field(field::job_item::statement))
        && !matching
            .columns
            .iter()
            .any(|column| matches!(column.target, Target::LineCode(_) | Target::LineTitle(_)));
    let (code, title) = numbered(&book.sheet.name)?;
    (fits && !code.contains('.') && !title.is_empty()).then(|| (code, title.to_owned()))
}

/// `1.数据采集`, `1、数据采集`, `1.2 数据清洗`: the number and the words. A year
/// or a count of thousands is no number of a task.
fn numbered(text: &str) -> Option<(String, &str)> {
    let text = text.trim();
    let end = text
        .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .unwrap_or(text.len());
    let (number, words) = text.split_at_checked(end)?;
    let code = number.trim_end_matches('.');
    let parted =
        number.ends_with('.') || words.starts_with(['、', '．', ' ', '　', ':', '：', '-', '_']);
    let parts = || code.split('.');
    let fits = parts().count() <= 3 && parts().all(|part| (1..=2).contains(&part.len()));
    let words = words
        .trim_start_matches(['、', '．', ' ', '　', ':', '：', '-', '_'])
        .trim();
    (fits && (parted || code.contains('.'))).then(|| (code.to_owned(), words))
}

/// The overview: a column of tasks and one of contents, each with its number
/// before its title. The numbers become codes.
fn overview(book: &mut BookSheet, known: &mut Titles) {
    let columns: Vec<(Tier, usize)> = [Tier::Task, Tier::Content]
        .into_iter()
        .filter_map(|tier| Some((tier, book.matching.column(Target::LineTitle(tier))?)))
        .collect();
    let first = book.matching.first_row();
    let cells = |column: usize| {
        let rows = first..book.sheet.rows.len();
        rows.map(move |row| (row, column))
    };
    let mut split: Vec<(Tier, usize, Coded)> = Vec::new();
    for (tier, column) in columns {
        if book.matching.has(Target::LineCode(tier)) {
            continue;
        }
        let filled =
            cells(column).filter(|(row, column)| !book.sheet.cell(*row, *column).is_empty());
        let all: BTreeMap<usize, Option<(String, String)>> = filled
            .map(|(row, column)| {
                let cell = numbered(book.sheet.cell(row, column));
                (row, cell.map(|(code, title)| (code, title.to_owned())))
            })
            .collect();
        let coded: Coded = all
            .iter()
            .filter_map(|(row, cell)| Some((*row, cell.clone()?)))
            .collect();
        if !coded.is_empty() && coded.len() == all.len() {
            split.push((tier, column, coded));
        }
    }
    for (tier, column, coded) in split {
        let code_at = book.add(Target::LineCode(tier));
        let title_at = book.add(Target::LineTitle(tier));
        if let Some(old) = book.matching.columns.get_mut(column) {
            *old = Column::new(Target::Skip);
        }
        for (row, (code, title)) in coded {
            book.fill(row, code_at, &code);
            book.fill(row, title_at, &title);
            known.entry(code).or_insert(title);
        }
    }
}

/// A sheet of one task: its rows get the task, and the content that their code
/// names: `P-1.2.3` belongs to content 1.2.
fn task_sheet(book: &mut BookSheet, code: &str, title: &str, known: &Titles) {
    let Some(codes) = book.matching.column(Target::Field(field::job_item::code)) else {
        return;
    };
    let first = book.matching.first_row();
    let contents: BTreeMap<usize, String> = (first..book.sheet.rows.len())
        .filter_map(|row| {
            let (_, numbers) = book.sheet.cell(row, codes).split_once('-')?;
            let parts: Vec<&str> = numbers.split('.').collect();
            let [task, content, _] = parts.as_slice() else {
                return None;
            };
            (*task == code).then(|| (row, format!("{task}.{content}")))
        })
        .collect();
    let statement = book
        .matching
        .column(Target::Field(field::job_item::statement));
    let task_code = book.add(Target::LineCode(Tier::Task));
    let task_title = book.add(Target::LineTitle(Tier::Task));
    let content_code = book.add(Target::LineCode(Tier::Content));
    let content_title = book.add(Target::LineTitle(Tier::Content));
    for row in first..book.sheet.rows.len() {
        let holds = |column: Option<usize>| {
            column.is_some_and(|column| !book.sheet.cell(row, column).is_empty())
        };
        if !holds(Some(codes)) && !holds(statement) {
            continue;
        }
        book.fill(row, task_code, code);
        book.fill(row, task_title, title);
        if let Some(content) = contents.get(&row) {
            book.fill(row, content_code, content);
            if let Some(title) = known.get(content) {
                book.fill(row, content_title, title);
            }
        }
    }
}

impl BookSheet {
    /// One more column behind the last.
    fn add(&mut self, target: Target) -> usize {
        let at = self.matching.columns.len().max(self.sheet.width());
        let Matching { columns, .. } = &mut self.matching;
        columns.resize(at, Column::new(Target::Skip));
        columns.push(Column::new(target));
        at
    }

    fn fill(&mut self, row: usize, column: usize, text: &str) {
        let Some(row) = self.sheet.rows.get_mut(row) else {
            return;
        };
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = row.cells.get_mut(column) {
            text.clone_into(cell);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn a_number_is_told_from_words() {
        for (text, wanted) in [
            ("1.数据采集", Some(("1", "数据采集"))),
            ("12、数据标注", Some(("12", "数据标注"))),
            ("1.2 数据清洗", Some(("1.2", "数据清洗"))),
            ("1.2数据清洗", Some(("1.2", "数据清洗"))),
            ("2026级数据", None),
            ("3D打印", None),
            ("数据", None),
            ("", None),
        ] {
            let got = numbered(text);
            let got = got.as_ref().map(|(code, words)| (code.as_str(), *words));
            assert_eq!(got, wanted, "{text}");
        }
    }
}
