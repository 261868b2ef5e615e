//! The making of a format's files while they are looked at: anew after each change
//! of the plan, one at a time, and handed out when the person asked for them.

use leptos::prelude::*;
use weft_exchange::FormatInfo;
use weft_model::ABOUT;

use super::made::{Outgoing, TableChoice, files_of, hand_out};
use crate::browser::sandbox::{self, Failure, LIMIT_MILLIS, Stop};
use crate::browser::task;
use crate::browser::timer::{self, Timer};
use crate::ui::components::notice::Tone;
use crate::ui::file_name::file_name;
use crate::ui::state::Editor;
use crate::ui::text::{number, say, say_count, say_with};

/// What was made, or why nothing was.
pub(super) type Result = core::result::Result<Vec<Outgoing>, Failure>;

/// How long a person waits before they see that there is something to wait for.
const PATIENCE_MILLIS: u32 = 400;

/// Makes the files of a format, as long as its owner lives.
#[derive(Clone, Copy)]
pub(super) struct Maker {
    editor: Editor,
    format: &'static FormatInfo,
    /// What the person chose.
    pub(super) choice: RwSignal<TableChoice>,
    /// What was made last; none until the first time.
    pub(super) made: RwSignal<Option<Result>, LocalStorage>,
    /// How far it is with what the person waits for, from 0 to 1.
    pub(super) work: RwSignal<Option<f64>>,
    /// What came of the last request.
    pub(super) told: RwSignal<Option<(Tone, String)>>,
    /// Counts the changes of the plan.
    turn: StoredValue<u64>,
    /// The count that `made` is of.
    current: StoredValue<u64>,
    busy: StoredValue<bool>,
    /// The part that the person asked for, an empty one for all.
    due: StoredValue<Option<String>>,
    stop: StoredValue<Stop, LocalStorage>,
}

impl Maker {
    /// One that follows the plan.
    pub(super) fn new(editor: Editor, format: &'static FormatInfo) -> Self {
        let maker = Self {
            editor,
            format,
            choice: RwSignal::new(TableChoice::default()),
            made: RwSignal::new_local(None),
            work: RwSignal::new(None),
            told: RwSignal::new(None),
            turn: StoredValue::new(0),
            current: StoredValue::new(0),
            busy: StoredValue::new(false),
            due: StoredValue::new(None),
            stop: StoredValue::new_local(Stop::default()),
        };
        Effect::new(move || {
            editor.follow_board();
            // Its words are those of the screen.
            editor.lang();
            maker.choice.track();
            maker.turn.update_value(|turn| *turn += 1);
            maker.run();
        });
        maker
    }

    /// Hands out a part, or with an empty name all of them: what is there, if it is
    /// of the plan as it is now, else what is made next.
    pub(super) fn ask_for(self, part: String) {
        self.told.set(None);
        if self.current.get_value() == self.turn.get_value() {
            let made = self.made.get_untracked();
            if let Some(Ok(_)) = &made {
                self.hand(&part, made.as_ref());
                return;
            }
        }
        self.due.set_value(Some(part));
        Timer::after(PATIENCE_MILLIS, move || {
            if self.busy.try_get_value() == Some(true) {
                self.work.try_update(|work| *work = work.or(Some(0.0)));
            }
        });
        self.run();
    }

    /// Gives up what the person waits for.
    pub(super) fn cancel(self) {
        self.stop.get_value().pull();
    }

    fn run(self) {
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        task::spawn(async move {
            if sandbox::keeps(&self.editor.moment()) {
                // Little is to be done here, and nothing was edited.
                task::next_task().await;
            } else {
                // The page is drawn first; a burst of edits makes one file.
                timer::breathe().await;
            }
            while self.once().await {
                timer::breathe().await;
            }
        });
    }

    /// Makes them once; says whether they are to be made again.
    async fn once(self) -> bool {
        let Some(turn) = self.turn.try_get_value() else {
            return false;
        };
        // What was asked for before this began is of the right moment.
        let due = self.due.try_update_value(Option::take).flatten();
        let choice = self.choice.get_untracked();
        let stop = self.stop.get_value();
        let progress = move |share: f64| {
            self.work.try_update(|work| {
                if work.is_some() {
                    *work = Some(share);
                }
            });
        };
        let made = files_of(self.editor, self.format, &choice, &stop, progress).await;
        let Some(latest) = self.turn.try_get_value() else {
            // The person has gone elsewhere.
            return false;
        };
        if let Some(part) = &due {
            self.hand(part, Some(&made));
        }
        let stopped = made == Err(Failure::Stopped);
        self.made.set(Some(made));
        self.current.set_value(turn);
        let again = !stopped && (latest != turn || self.due.with_value(Option::is_some));
        if !again {
            self.busy.set_value(false);
            self.due.set_value(None);
            self.work.set(None);
        }
        again
    }

    fn hand(self, part: &str, made: Option<&Result>) {
        let told = match made {
            Some(Ok(files)) => {
                let wanted = files.iter();
                let wanted = wanted.filter(|file| part.is_empty() || file.part == part);
                let wanted: Vec<Outgoing> = wanted.cloned().collect();
                let taken = hand_out(self.editor, self.format, &wanted);
                match (taken, wanted.first()) {
                    (0, _) | (_, None) => (Tone::Gap, say("export.refused")),
                    (1, Some(file)) => {
                        let title = self.editor.title(ABOUT);
                        let name = file_of(&title, self.format, &file.part);
                        (Tone::Good, say_with("export.done", &[("file", name)]))
                    }
                    (taken, Some(_)) => {
                        let said = say_count("export.done_files", taken as f64, &[]);
                        (Tone::Good, said)
                    }
                }
            }
            Some(Err(failure)) => (Tone::Gap, failed(failure)),
            None => return,
        };
        self.told.set(Some(told));
    }
}

/// Why a file was not made.
pub(super) fn failed(failure: &Failure) -> String {
    match failure {
        Failure::TooBig => say("export.failed.too_big"),
        Failure::TooSlow => {
            let seconds = ("seconds", number(f64::from(LIMIT_MILLIS / 1000)));
            say_with("export.failed.too_slow", &[seconds])
        }
        Failure::Stopped => say("export.failed.stopped"),
        Failure::Unavailable | Failure::Missing | Failure::Crashed | Failure::Unreadable(_) => {
            say("export.failed.crashed")
        }
    }
}

/// The name of a file of a format.
pub(super) fn file_of(title: &str, format: &FormatInfo, part: &str) -> String {
    file_name(&[title, &format.part_of_name(part)], format.extension)
}
