//! The files of a format: made of the plan as it is, followed while they are
//! looked at, handed to the browser.

use std::sync::Arc;

use leptos::prelude::*;
use weft_exchange::{FormatInfo, Going, Words};
use weft_model::{ABOUT, Lang, Uid};
use weft_session::Event;

use super::figures::figures;
use super::office::revised;
use crate::browser::{files, task, timer};
use crate::ui::file_name::file_name;
use crate::ui::state::Editor;
use crate::ui::text::{find, number, t_with};

/// Above so many links an office file is made only when asked for: reckoning
/// and packing it takes a moment.
const LARGE: usize = 20_000;

/// One file that a format makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// What it is within the format: `modules`; empty where the format is one
    /// file.
    pub part: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// What the person chose for a format.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TableChoice {
    /// One language; none: all that the plan has.
    pub lang: Option<Lang>,
    /// Leave out the mark that spreadsheets need and some programs refuse.
    pub plain: bool,
    /// The one module or term that the paper is about.
    pub only: Option<Uid>,
    /// The state that a revision is compared with, as [`Base`](crate::ui::revising::Base)
    /// names it; none: the first there is.
    pub since: Option<String>,
}

/// The files of a format, as the plan is now.
pub fn files_of(editor: Editor, format: &FormatInfo, choice: &TableChoice) -> Vec<Outgoing> {
    let lang = untrack(|| editor.lang());
    let look_up = |key: &str| find(key);
    let langs: Vec<Lang> = choice.lang.iter().cloned().collect();
    let edited_millis = editor.edited_millis();
    let revised = match format.id {
        "docx_revision" | "xlsx_revision" => untrack(|| revised(editor, choice, &lang)),
        _ => None,
    };
    let made = editor.plan_and_board(|plan, board| {
        let going = Going {
            plan,
            id: editor.id(),
            edited_millis,
            words: Words::new(&look_up, &lang),
            figures: &|| figures(plan, board, &lang),
            langs: &langs,
            bare: choice.plain,
            only: choice.only,
            revised: &|| revised.clone(),
        };
        weft_exchange::write(format.id, &going)
    });
    let made = made.into_iter().map(|file| Outgoing {
        part: file.part,
        bytes: file.bytes.into(),
    });
    made.collect()
}

/// Hands files to the browser, and notes that a copy has left the device.
/// Gives back how many it took.
pub fn hand_out(editor: Editor, format: &FormatInfo, files: &[Outgoing]) -> usize {
    let title = untrack(|| editor.title(ABOUT));
    let name = |file: &Outgoing| file_name(&[&title, &file.part], format.extension);
    let taken = files
        .iter()
        .filter(|file| files::download(&name(file), format.media_type, &file.bytes));
    let taken = taken.count();
    // Only a whole copy is a backup.
    if taken > 0 && format.id == "weft_json" {
        editor.send(Event::Exported);
    }
    taken
}

/// Whether making the files of this format takes a moment.
pub(super) fn is_slow(editor: Editor, format: &FormatInfo) -> bool {
    let reckoned = matches!(format.extension, "xlsx" | "docx" | "html" | "md");
    reckoned && editor.plan(|plan| plan.weave.len()) > LARGE
}

/// The files of a format, made anew a moment after each change while `wanted`.
/// None until the first time.
pub(super) fn follow_files(
    editor: Editor,
    format: &'static FormatInfo,
    choice: RwSignal<TableChoice>,
    wanted: Signal<bool>,
) -> Signal<Option<Vec<Outgoing>>> {
    let made = RwSignal::new(None);
    let turn = StoredValue::new(0_u64);
    Effect::new(move || {
        if !wanted.get() {
            return;
        }
        editor.follow_board();
        // Its words are those of the screen.
        editor.lang();
        let choice = choice.get();
        let now = turn.get_value() + 1;
        turn.set_value(now);
        task::spawn(async move {
            // The page is drawn first; a burst of edits makes one file.
            timer::breathe().await;
            if turn.try_get_value() == Some(now) {
                made.set(Some(files_of(editor, format, &choice)));
            }
        });
    });
    made.into()
}

/// The size of a file in words.
pub fn size(bytes: usize) -> Signal<String> {
    let kilobytes = (bytes as f64 / 1024.0).max(0.1);
    let (key, amount) = if kilobytes < 1000.0 {
        ("export.kilobytes", kilobytes)
    } else {
        ("export.megabytes", kilobytes / 1024.0)
    };
    t_with(key, &[("n", number(round(amount)))])
}

/// One decimal below ten, none above.
fn round(value: f64) -> f64 {
    if value < 10.0 {
        (value * 10.0).round() / 10.0
    } else {
        value.round()
    }
}
