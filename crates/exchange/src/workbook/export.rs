//! A plan as a workbook: what people read and what reads back, in the order in
//! which an office turns the pages.

use weft_model::{Lang, Plan};

use super::book::Book;
use super::{about, tables, weave};
use crate::tables::{TableKind, chosen, grids};
use crate::{Figures, Words};

/// The workbook. Texts of the plan stand in `langs`, or, none named, in those
/// of the plan. The same input gives the same bytes.
pub fn export(plan: &Plan, figures: &Figures, words: Words<'_>, langs: &[Lang]) -> Vec<u8> {
    let langs = chosen(plan, langs);
    let grids = grids(plan, &langs);
    let mut book = Book::new(&words.item(plan, weft_model::ABOUT));
    let put = |book: &mut Book, kinds: &[TableKind]| {
        for kind in kinds {
            let found = grids.iter().find(|(known, _)| known == kind);
            if let Some((kind, rows)) = found {
                tables::table(book, words, *kind, rows, plan, &langs);
            }
        }
    };
    about::about(&mut book, words, plan, figures);
    put(
        &mut book,
        &[
            TableKind::Terms,
            TableKind::Modules,
            TableKind::Competencies,
        ],
    );
    weave::sheet(&mut book, words, plan, figures);
    put(&mut book, &[TableKind::Mapping, TableKind::Units]);
    about::assessments(&mut book, words, plan);
    about::gaps(&mut book, words, figures);
    put(
        &mut book,
        &[
            TableKind::People,
            TableKind::Venues,
            TableKind::Parties,
            TableKind::Specification,
            TableKind::Certificates,
            TableKind::Orders,
            TableKind::Rotation,
            TableKind::Further,
        ],
    );
    book.bytes()
}
