//! The plan going out, in every format that the registry knows: what the file
//! looks like, what it does not carry, and the file itself. Print is a page of
//! its own.

mod figures;
mod folder;
mod formats;
mod history;
mod link;

use std::sync::Arc;

use leptos::prelude::*;
use weft_exchange::{Figures, FormatInfo, Words, case, moodle, tables, weft_json, word, workbook};
use weft_model::{ABOUT, Lang, Plan};
use weft_session::Event;

use self::folder::FolderSection;
use self::formats::FormatSection;
use self::history::HistorySection;
pub use self::history::send_history;
use self::link::LinkSection;
use crate::browser::{device, files, task, timer};
use crate::route::{Page, Route};
use crate::ui::components::button::ButtonLink;
use crate::ui::components::head::{PageHead, SectionHead};
use crate::ui::components::icon::Sign;
use crate::ui::file_name::file_name;
use crate::ui::state::{Editor, use_editor};
use crate::ui::text::{say, t, t_with};

/// The mark by which spreadsheets take a file for UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The formats that `files_of` makes.
const WRITTEN: [&str; 8] = [
    "weft_json",
    "tables",
    "case",
    "moodle",
    "xlsx",
    "xlsx_progress",
    "docx_programme",
    "docx_correspondence",
];

/// Whether a format is for office programs: made when it is asked for, and
/// nothing that could be shown as lines.
pub fn is_office(format: &FormatInfo) -> bool {
    matches!(format.extension, "xlsx" | "docx")
}

/// One file that a format makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// What it is within the format: `modules`; empty where the format is one
    /// file.
    pub part: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// What the person chose for tables.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TableChoice {
    /// One language; none: all that the plan has.
    pub lang: Option<Lang>,
    /// Leave out the mark that spreadsheets need and some programs refuse.
    pub plain: bool,
}

/// The files of a format, as the plan is now.
pub fn files_of(editor: Editor, format: &FormatInfo, choice: &TableChoice) -> Vec<Outgoing> {
    match format.id {
        "weft_json" => vec![Outgoing {
            part: String::new(),
            bytes: editor.plan(weft_json::export).into(),
        }],
        "tables" => {
            let langs: Vec<Lang> = choice.lang.iter().cloned().collect();
            let all = editor.plan(|plan| tables::export_tables(plan, &langs));
            let file = |(name, bytes): (String, Vec<u8>)| {
                let bare = bytes.strip_prefix(MARK).unwrap_or(&bytes);
                let part = name
                    .rsplit_once('.')
                    .map_or(name.as_str(), |(stem, _)| stem);
                Outgoing {
                    part: part.to_owned(),
                    bytes: if choice.plain {
                        bare.into()
                    } else {
                        [MARK, bare].concat().into()
                    },
                }
            };
            all.into_iter().map(file).collect()
        }
        "case" => {
            let options = case::CaseOptions {
                plan: editor.id(),
                at: device::now_millis(),
                lang: untrack(|| editor.lang()),
            };
            vec![Outgoing {
                part: String::new(),
                bytes: editor.plan(|plan| case::export(plan, &options)).into(),
            }]
        }
        "moodle" => {
            let options = moodle::MoodleOptions {
                plan: editor.id(),
                lang: untrack(|| editor.lang()),
            };
            vec![Outgoing {
                part: String::new(),
                bytes: editor.plan(|plan| moodle::export(plan, &options)).into(),
            }]
        }
        "xlsx" => {
            let write = |plan: &Plan, figures: &Figures, words: Words<'_>| {
                workbook::export(plan, figures, words, &[])
            };
            vec![office(editor, "", write)]
        }
        "xlsx_progress" => vec![office(
            editor,
            &say("export.part.progress"),
            workbook::progress_table,
        )],
        "docx_programme" => vec![office(editor, "", word::programme)],
        "docx_correspondence" => vec![office(
            editor,
            &say("export.part.correspondence"),
            word::correspondence,
        )],
        // A format that this page does not write yet is not drawn.
        _ => Vec::new(),
    }
}

fn office(
    editor: Editor,
    part: &str,
    write: impl FnOnce(&Plan, &Figures, Words<'_>) -> Vec<u8>,
) -> Outgoing {
    Outgoing {
        part: part.to_owned(),
        bytes: figures::written(editor, write).into(),
    }
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

/// The page.
#[component]
pub fn ExportPage() -> impl IntoView {
    let editor = use_editor();
    let formats = weft_exchange::formats()
        .iter()
        .filter(|format| format.exports && WRITTEN.contains(&format.id));
    let sections = formats
        .map(|format| view! { <FormatSection editor=editor format=format/> })
        .collect_view();
    let print = Route::page(editor.id().to_string(), Page::Print).href();
    view! {
        <div class="page-text export-page">
            <PageHead title=t("page.export") large=true note=t("export.note")/>
            <HistorySection editor=editor/>
            <FolderSection editor=editor/>
            <LinkSection editor=editor/>
            {sections}
            <section class="export-format">
                <SectionHead title=t("page.print")/>
                <p class="export-text">{t("export.print")}</p>
                <div class="acts">
                    <ButtonLink label=t("export.to_print") sign=Sign::Print href=print/>
                </div>
            </section>
        </div>
    }
}

/// The files of a format, made anew a moment after each change. None until
/// the first time.
pub fn follow_files(
    editor: Editor,
    format: &'static FormatInfo,
    choice: RwSignal<TableChoice>,
) -> Signal<Option<Vec<Outgoing>>> {
    let made = RwSignal::new(None);
    let turn = StoredValue::new(0_u64);
    Effect::new(move || {
        editor.follow_board();
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
    if kilobytes < 1000.0 {
        t_with(
            "export.kilobytes",
            &[("n", crate::ui::text::number(round(kilobytes)))],
        )
    } else {
        t_with(
            "export.megabytes",
            &[("n", crate::ui::text::number(round(kilobytes / 1024.0)))],
        )
    }
}

/// One decimal below ten, none above.
fn round(value: f64) -> f64 {
    if value < 10.0 {
        (value * 10.0).round() / 10.0
    } else {
        value.round()
    }
}
