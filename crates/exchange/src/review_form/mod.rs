//! The review form: what an expert of the enterprise fills in without Weft, in
//! Excel, Word, WPS or LibreOffice, task by task (right, outdated, missing, a
//! remark, other words), and what of it comes back: [`of_book`] or [`of_paper`]
//! → [`Form::remarks`] → [`acting`], one act each.
//!
//! Not here: how a form is written (`workbook`, `word`), who the expert is among those of the plan (the screen asks), and
//! what experts say together (`analysis`).

mod acting;
pub(crate) mod lines;
mod reading;
mod remarks;

pub use acting::{acting, stands};
pub use reading::{of_book, of_paper};
pub use remarks::{Form, Remark, What};

/// What a form begins with, so that it is known again; the version of its
/// layout follows.
const MARK: &str = "weft-review-form";
/// The version of the layout.
const VERSION: u64 = 1;

/// Whether a text is such a mark.
pub(crate) fn is_mark(text: &str) -> bool {
    text.starts_with(MARK)
}

/// The mark as it stands in a file: with the plan and the language.
pub(crate) fn mark(plan: weft_model::Uid, words: crate::Words<'_>) -> String {
    format!("{MARK} {VERSION} {plan} {}", words.lang())
}
