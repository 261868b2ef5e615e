//! Which two states of a plan are laid side by side: where it was copied from,
//! its named versions, files of it, and how it reads now.

use leptos::prelude::*;
use weft_model::Kind;

use crate::browser::files::{self, FileError};
use crate::ui::components::button::{Button, Look};
use crate::ui::components::choice::{Choice, SelectField};
use crate::ui::components::icon::Sign;
use crate::ui::components::notice::toasts;
use crate::ui::revising::{Base, NOW, PLAN_FILES};
use crate::ui::state::Editor;
use crate::ui::text::{say, say_with, t};

/// The most that a file with a plan may have, in bytes.
const FILE_LIMIT: u64 = 64 << 20;

/// What is chosen: two ids of states. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Between {
    /// Of the old state; empty: the first there is.
    pub from: RwSignal<String>,
    /// Of the new one; empty: how the plan reads now.
    pub to: RwSignal<String>,
    bases: Memo<Vec<Base>>,
}

impl Between {
    /// Nothing chosen yet.
    pub fn new(editor: Editor) -> Self {
        let bases = Memo::new(move |_| {
            editor.follow(Kind::NamedVersion);
            editor.follow_item(weft_model::ABOUT);
            editor.bases()
        });
        Self {
            from: RwSignal::new(String::new()),
            to: RwSignal::new(String::new()),
            bases,
        }
    }

    /// The states that can be chosen. Reactive.
    pub fn bases(self) -> Vec<Base> {
        self.bases.get()
    }

    /// The old state, and the new one where that is not now. Reactive.
    pub fn chosen(self) -> Option<(Base, Option<Base>)> {
        let (from, to) = (self.from.get(), self.to.get());
        self.bases
            .with(|all| crate::ui::revising::chosen(all, &from, &to))
    }
}

/// The two choices, and a file for either.
#[component]
pub fn BetweenFields(editor: Editor, between: Between) -> impl IntoView {
    let toasts = toasts();
    let choices = move || {
        between.bases.with(|all| {
            let each = all.iter();
            each.map(|base| Choice::new(base.id.clone(), base.title.clone()))
                .collect::<Vec<_>>()
        })
    };
    let from = Signal::derive(move || {
        let chosen = between.chosen();
        chosen.map_or_else(String::new, |(from, _)| from.id)
    });
    let to = Signal::derive(move || {
        let to = between.chosen().and_then(|(_, to)| to);
        to.map_or_else(|| NOW.to_owned(), |it| it.id)
    });
    let to_choices = Signal::derive(move || {
        let now = Choice::new(NOW, say("revision.now"));
        core::iter::once(now).chain(choices()).collect::<Vec<_>>()
    });
    let from_file = move |_| {
        files::choose(PLAN_FILES, FILE_LIMIT, move |chosen| {
            for file in chosen {
                match file {
                    Ok(file) => editor.compare_with_file(file, move |read| match read {
                        Ok(id) => between.from.set(id),
                        Err(words) => toasts.say(words),
                    }),
                    Err(FileError::TooLarge { name, .. } | FileError::Unreadable { name }) => {
                        toasts.say(say_with("revision.file_refused", &[("file", name)]));
                    }
                }
            }
        });
    };
    let any = move || between.bases.with(|all| !all.is_empty());
    view! {
        <Show when=any>
            <SelectField label=t("review.from") value=from choices=Signal::derive(choices)
                on_commit=move |id: String| between.from.set(id)/>
            <SelectField label=t("review.to") value=to choices=to_choices
                on_commit=move |id: String| between.to.set(id)/>
        </Show>
        <Button label=t("revision.file") look=Look::Quiet sign=Sign::Import on_press=from_file/>
    }
}
