//! The files of a format: what they are made of, the Worker that makes them, and
//! their way to the browser.

use std::rc::Rc;

use leptos::prelude::*;
use weft_exchange::{Content, FormatInfo, Gap, Look};
use weft_model::{ABOUT, Lang, Uid};
use weft_sandbox::{Answer, Job, Made, Port, Writing};
use weft_session::Event;

use super::making::file_of;
use super::office::revised;
use crate::browser::files::{self, Parcel};
use crate::browser::sandbox::{self, Failure, Stop};
use crate::browser::task;
use crate::ui::pages::checks::{sentence, waiver_words};
use crate::ui::past::voice;
use crate::ui::state::Editor;
use crate::ui::text::{locale, number, say_with, t_with};

/// Findings that are put into words before the page has a turn.
const AT_ONCE: usize = 64;

/// One file that a format makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// What it is within the format: `modules`; empty where the format is one
    /// file.
    pub part: String,
    /// Its bytes.
    pub size: usize,
    /// What is seen of it.
    pub seen: Look,
    /// Its records, where it is a table of lines.
    pub records: usize,
    parcel: Parcel,
}

impl Outgoing {
    fn new((made, parcel): (Made, Parcel)) -> Self {
        Self {
            part: made.part,
            size: made.size,
            seen: made.seen,
            records: made.records,
            parcel,
        }
    }
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
    /// names it; empty: the first there is.
    pub from: String,
    /// The state that is the new one; empty: how the plan reads now.
    pub to: String,
}

/// The files of a format, of the plan as it is at the call.
pub(super) async fn files_of(
    editor: Editor,
    format: &'static FormatInfo,
    choice: &TableChoice,
    stop: &Stop,
    progress: impl Fn(f64) + 'static,
) -> Result<Vec<Outgoing>, Failure> {
    let progress = Rc::new(progress);
    let mut failure = Failure::Missing;
    for whole in [false, true] {
        let told = Rc::clone(&progress);
        let job = Job::Write(Box::new(writing(editor, format, choice, whole).await));
        failure = match sandbox::ask_for_files(&job, stop, move |share| told(share)).await {
            Ok((Answer::Written(made), parcels)) if made.len() == parcels.len() => {
                return Ok(made.into_iter().zip(parcels).map(Outgoing::new).collect());
            }
            // Another Worker than the one that has the plan, or one that has forgotten it.
            Ok((Answer::NotKept, _)) => continue,
            Ok(_) => Failure::Missing,
            Err(failure) => failure,
        };
        break;
    }
    // Without a Worker the page makes them itself, and takes as long as it takes.
    // The one format that is a backup goes out whatever the Worker does.
    let here = match failure {
        Failure::Unavailable | Failure::Missing => true,
        Failure::Stopped => false,
        _ => format.id == "weft_json",
    };
    if here {
        on_the_page(&writing(editor, format, choice, true).await)
    } else {
        Err(failure)
    }
}

/// What they are made of; the plan itself only where the Worker does not have it, or
/// it is to be `whole`.
async fn writing(
    editor: Editor,
    format: &'static FormatInfo,
    choice: &TableChoice,
    whole: bool,
) -> Writing {
    let lang = untrack(|| editor.lang());
    let revised = match format.id {
        "docx_revision" | "xlsx_revision" => untrack(|| revised(editor, choice, &lang)),
        _ => None,
    };
    let voices = match format.id {
        "weft_json" => editor.authors().values().map(voice).collect(),
        _ => Vec::new(),
    };
    let told = format.carries.contains(&Content::Findings);
    // Of one moment: the Worker finds the same findings in the same order.
    let moment = editor.moment();
    // By which a sheet of paper is known to be of a version, as in print.
    let foot = (format.extension == "docx").then(|| {
        let hash = editor.plan(weft_seal::digest).short();
        untrack(|| say_with("print.hash", &[("hash", hash)]))
    });
    let lacks = whole || !sandbox::keeps(&moment);
    let (plan, findings) = editor.plan_and_board(|plan, board| {
        let findings = told.then(|| board.findings_in_order().into_iter().cloned());
        let findings: Vec<_> = findings.into_iter().flatten().collect();
        (lacks.then(|| weft_document::pack_plan(plan)), findings)
    });
    let mut writing = Writing {
        format: format.id.to_owned(),
        extension: format.extension.to_owned(),
        plan,
        moment,
        id: editor.id(),
        edited_millis: editor.edited_millis(),
        words: locale().to_owned(),
        foot: foot.unwrap_or_default(),
        gaps: Vec::with_capacity(findings.len()),
        langs: choice.lang.iter().cloned().collect(),
        bare: choice.plain,
        only: choice.only,
        revised,
        voices,
        lang: lang.clone(),
    };
    for some in findings.chunks(AT_ONCE) {
        let gap = |plan: &_, finding: &weft_analysis::Finding| Gap {
            rule: sentence::title(finding.rule),
            subject: sentence::subject(plan, &lang, finding.subject),
            reason: sentence::reason(plan, &lang, finding),
            waiver: (finding.waived.as_ref())
                .map(|waived| waiver_words(plan, &lang, waived.by))
                .unwrap_or_default(),
        };
        let gaps = || editor.plan(|plan| some.iter().map(|it| gap(plan, it)).collect::<Vec<_>>());
        writing.gaps.extend(untrack(gaps));
        if findings.len() > AT_ONCE {
            task::next_task().await;
        }
    }
    writing
}

/// Takes what the writer hands out where there is no Worker.
#[derive(Default)]
struct Here(Vec<Option<Parcel>>);

impl Port for Here {
    fn progress(&mut self, _: f64) {}

    fn decode(&mut self, _: &str, _: &[u8]) -> Option<String> {
        None
    }

    fn hand_out(&mut self, bytes: &[u8]) {
        self.0.push(Parcel::of(bytes));
    }
}

fn on_the_page(writing: &Writing) -> Result<Vec<Outgoing>, Failure> {
    let mut here = Here::default();
    let made = weft_sandbox::make(writing, &mut here).ok_or(Failure::Missing)?;
    let both = made.into_iter().zip(here.0);
    both.map(|(made, parcel)| {
        let parcel = parcel.ok_or(Failure::TooBig)?;
        Ok(Outgoing::new((made, parcel)))
    })
    .collect()
}

/// Hands files to the browser, and notes that a copy has left the device.
/// Gives back how many it took.
pub(super) fn hand_out(editor: Editor, format: &FormatInfo, files: &[Outgoing]) -> usize {
    let taken = files
        .iter()
        .filter(|file| hand_over(editor, format, &file.part, &file.parcel));
    taken.count()
}

/// Hands one file to the browser; says whether it took it.
pub fn hand_over(editor: Editor, format: &FormatInfo, part: &str, parcel: &Parcel) -> bool {
    let title = untrack(|| editor.title(ABOUT));
    let name = file_of(&title, format, part);
    let taken = files::hand_over(&name, format.media_type, parcel);
    // Only a whole copy is a backup.
    if taken && format.id == "weft_json" {
        editor.send(Event::Exported);
    }
    taken
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
