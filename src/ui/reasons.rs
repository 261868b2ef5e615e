//! Why something is proposed: asked for after the proposal was made, by those
//! who want to say it.

use leptos::prelude::*;
use weft_model::{Command, ItemId, Value, Verb, field};

use crate::ui::components::area::TextArea;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::dialog::Dialog;
use crate::ui::me::Me;
use crate::ui::state::{Editor, language_untracked};
use crate::ui::text::{say_untracked, t};

impl Editor {
    /// Asks for the reason of a proposal.
    pub fn give_reason(&self, proposal: ItemId) {
        self.reasons.set(Some(proposal));
    }
}

/// Says once to a guest why their edit became a proposal, and the way out of it.
pub fn tell_guests(editor: Editor, me: Me) {
    Effect::new(move || {
        if editor.guest.get() {
            let label = say_untracked("proposals.say_who");
            let show = move || me.show();
            (editor.toasts).say_with(say_untracked("proposals.guest"), label, show);
        }
    });
}

/// The dialog; open while a proposal waits for its reason.
#[component]
pub fn ReasonDialog(
    /// The open plan.
    editor: Editor,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    Effect::new(move || {
        if let Some(item) = editor.reasons.get() {
            let lang = language_untracked();
            let said = editor.plan(|plan| {
                plan.proposals
                    .get(item.uid.into())
                    .map(|it| it.reason.get(&lang).to_owned())
            });
            reason.set(said.unwrap_or_default());
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() && editor.reasons.with_untracked(Option::is_some) {
            editor.reasons.set(None);
        }
    });
    let save = move |_| {
        if let Some(item) = editor.reasons.get_untracked() {
            let words = reason.get_untracked().trim().to_owned();
            let set = Command::Set {
                item,
                key: field::proposal::reason.lang(language_untracked()),
                value: (!words.is_empty()).then(|| Value::str(words)),
            };
            editor.act(Verb::Propose, item, vec![set]);
        }
        open.set(false);
    };
    let foot = move || {
        view! {
            <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/>
            <Button label=t("me.save") look=Look::Primary on_press=save/>
        }
        .into_any()
    };
    view! {
        <Dialog open=open title=t("proposals.reason") foot=foot>
            <TextArea label=t("plan.field.reason") value=reason on_commit=move |it| reason.set(it)/>
        </Dialog>
    }
}
