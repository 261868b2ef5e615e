//! What experts say: the tasks as cards for one of them alone or for a round with
//! a recorder, and what they said together.

mod answer;
mod around;
mod confirm;
mod facts;
mod joining;
mod people;
mod results;
mod round;
mod suggest;
mod walk;

use leptos::prelude::*;

use self::people::People;
use self::results::Results;
pub(super) use self::walk::Walk;
use crate::route::{Page, Route};
use crate::ui::components::button::{ButtonLink, Look};
use crate::ui::components::icon::Sign;
use crate::ui::state::use_editor;
use crate::ui::text::t;

/// Who types, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// An expert, for themselves.
    Alone,
    /// A recorder, for each of a round.
    Workshop,
}

impl Mode {
    const fn segment(self) -> &'static str {
        match self {
            Self::Alone => "tasks",
            Self::Workshop => "workshop",
        }
    }

    /// The one that an address names.
    pub(super) fn of(segment: &str) -> Option<Self> {
        let mut all = [Self::Alone, Self::Workshop].into_iter();
        all.find(|mode| mode.segment() == segment)
    }
}

/// The tab: who they are, and what they say.
#[component]
pub(super) fn Experts() -> impl IntoView {
    let editor = use_editor();
    let href = move |mode: Mode| {
        Route::spot(editor.id().to_string(), Page::Review, [mode.segment()]).href()
    };
    view! {
        <p class="review-intro">{t("experts.intro")}</p>
        <div class="acts opinion-acts">
            <ButtonLink label=t("experts.to_tasks") look=Look::Primary sign=Sign::Checks href=href(Mode::Alone)/>
            <ButtonLink label=t("experts.to_workshop") sign=Sign::Talk href=href(Mode::Workshop)/>
        </div>
        <People/>
        <Results/>
    }
}
