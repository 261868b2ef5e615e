//! A frozen plan asks before it changes: once, with the reason, which is kept in
//! the plan for everybody to see. What is said about a plan is never asked for.

use std::collections::BTreeSet;

use leptos::prelude::*;
use weft_model::{
    ABOUT, Act, Aspect, Command, ItemId, Kind, LINE_LIMIT, Plan, PlanStatus, Spot, Uid, Value,
    Verb, field,
};

use crate::browser::{device, timer};
use crate::ui::components::area::TextArea;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::dialog::Dialog;
use crate::ui::me::use_me;
use crate::ui::state::{Editor, language_untracked};
use crate::ui::text::{say, t};

/// What a frozen plan holds back until it is asked for.
pub enum Held {
    /// An act.
    Act(Act),
    /// Taking the last act back.
    Undo,
    /// Doing again what was taken back.
    Redo,
}

fn is_frozen(plan: &Plan) -> bool {
    let status = plan.about().status;
    status.is_some_and(|it| it.0 == PlanStatus::Frozen)
}

/// Whether an act must be asked for first.
pub fn holds_back(plan: &Plan, act: &Act) -> bool {
    is_frozen(plan) && act.commands.iter().any(changes_it)
}

/// Whether a step of undo or redo that changes all this must be asked for first. That
/// the plan was frozen is taken back at once, as long as nothing was done since.
pub fn holds_step_back(plan: &Plan, changes: &[Aspect]) -> bool {
    let freezing = Aspect::Value(ABOUT, field::about::status.key());
    is_frozen(plan) && changes.iter().any(|it| *it != freezing && alters_it(it))
}

fn alters_it(what: &Aspect) -> bool {
    match what {
        Aspect::Presence(item) | Aspect::Place(item) | Aspect::Value(item, _) => {
            !item.kind.is_about_the_plan()
        }
        _ => true,
    }
}

fn changes_it(command: &Command) -> bool {
    let of = |item: &ItemId| !item.kind.is_about_the_plan();
    match command {
        Command::Set { item, key, .. } => alters_it(&Aspect::Value(*item, key.clone())),
        Command::Add { item, .. }
        | Command::Move { item, .. }
        | Command::Delete { item }
        | Command::Restore { item } => of(item),
        Command::Write { at, .. } => match at {
            weft_model::TextAt::Field(item, _) => of(item),
            weft_model::TextAt::LinkNote(_) => true,
        },
        Command::Confirm { what } => alters_it(what),
        Command::Link { .. }
        | Command::Unlink { .. }
        | Command::Strength { .. }
        | Command::ShowLink { .. } => true,
    }
}

/// Why a frozen plan is changed all the same, to be kept in it: an act of its own.
/// `from`: whose changes it lets in, where they come with a file or a link.
pub fn amendment(words: String, author: Uid, uid: Uid, from: &BTreeSet<Uid>) -> Act {
    let item = ItemId {
        kind: Kind::Amendment,
        uid,
    };
    let mut fields = vec![
        (
            field::amendment::reason.lang(language_untracked()),
            Value::str(words),
        ),
        (
            field::amendment::author.key(),
            Value::str(author.to_string()),
        ),
        (field::amendment::at.key(), Value::Int(device::now_millis())),
    ];
    if !from.is_empty() {
        let from = from.iter().map(Uid::to_string);
        let from = from.collect::<Vec<_>>().join(" ");
        let from: String = from.chars().take(LINE_LIMIT).collect();
        fields.push((field::amendment::taken_from.key(), Value::Str(from)));
    }
    let amend = Command::Add {
        item,
        owner: None,
        spot: Spot::Last,
        fields,
    };
    Act::one(Verb::Add, item, amend)
}

/// The dialog; open while an act waits.
#[component]
pub fn FrozenDialog(
    /// The open plan.
    editor: Editor,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let missing = RwSignal::new(None::<String>);
    let me = use_me();
    Effect::new(move || {
        if editor.held_back() {
            reason.set(String::new());
            missing.set(None);
            // Not before the key that brought this here has had its effect: an Enter
            // would be typed into the reason.
            timer::next_frame(move || open.set(true));
        }
    });
    Effect::new(move || {
        if !open.get() {
            editor.drop_held();
        }
    });
    let go_on = move |_| {
        let words = reason.get_untracked().trim().to_owned();
        if words.is_empty() {
            missing.set(Some(say("frozen.no_reason")));
            return;
        }
        // It stands in the history with their name.
        me.ask(move || {
            let why = amendment(
                words.clone(),
                editor.author(),
                editor.fresh(),
                &BTreeSet::new(),
            );
            if editor.do_held(why, &words) {
                open.set(false);
            }
        });
    };
    let foot = move || {
        view! {
            <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/>
            <Button label=t("frozen.go_on") look=Look::Primary on_press=go_on/>
        }
        .into_any()
    };
    view! {
        <Dialog open=open title=t("frozen.title") foot=foot>
            <div class="fields">
                <p>{t("frozen.text")}</p>
                <TextArea label=t("frozen.reason") value=reason problem=missing on_commit=move |it| reason.set(it)/>
            </div>
        </Dialog>
    }
}
