//! What was changed on several sides at the same time: each value with its
//! author, and a button to decide for it.

use leptos::prelude::*;
use weft_document::{Claim, Clash};
use weft_model::{Aspect, Command, LinkKey, Subject, Value, Verb, making};

use crate::ui::{
    components::{
        button::{Button, Look},
        empty::Empty,
        icon::Sign,
    },
    state::{Editor, use_editor},
    text::{paired, say, say_with, t},
    told,
};

/// The list.
#[component]
pub(super) fn Together() -> impl IntoView {
    let editor = use_editor();
    let cards = move || {
        let all = editor.clashes().into_iter();
        all.map(|clash| view! { <li><Card editor=editor clash=clash/></li> })
            .collect_view()
    };
    view! {
        <Show
            when=move || !editor.clashes().is_empty()
            fallback=|| view! {
                <Empty title=t("review.nothing_together") text=t("review.nothing_together_text") sign=Sign::Tick/>
            }
        >
            <p class="review-intro">{t("review.together_intro")}</p>
            <ul class="clashes">{cards}</ul>
        </Show>
    }
}

#[component]
fn Card(editor: Editor, clash: Clash) -> impl IntoView {
    let subject = clash.subject();
    let href = told::href_of(editor, subject);
    let name = move || told::thing(editor, subject);
    let title = match href {
        Some(href) => view! { <a class="clash-title" href=href>{name}</a> }.into_any(),
        None => view! { <span class="clash-title">{name}</span> }.into_any(),
    };
    let (what, rows) = match clash {
        Clash::Value {
            what,
            shown,
            others,
        } => {
            let aspect = what.clone();
            (
                view! { <span class="clash-what">{move || told::aspect_of(editor, &aspect)}</span> }
                    .into_any(),
                values(editor, what, shown, others),
            )
        }
        Clash::Text { what, reads, sides } => {
            let aspect = what.clone();
            (
                view! { <span class="clash-what">{move || told::aspect_of(editor, &aspect)}</span> }
                    .into_any(),
                wordings(editor, what, reads, sides),
            )
        }
        Clash::Deleted {
            subject,
            by,
            edited,
        } => (
            view! { <span class="clash-what">{t("review.deleted_meanwhile")}</span> }.into_any(),
            deleted(editor, subject, by, edited),
        ),
    };
    view! {
        <article class="clash">
            <h3 class="clash-head">{title} {what}</h3>
            <ul class="claims">{rows}</ul>
        </article>
    }
}

fn values(editor: Editor, what: Aspect, shown: Claim, others: Vec<Claim>) -> AnyView {
    let by = by(editor, &shown);
    let by = Signal::derive(move || format!("{} · {}", by(), say("review.stands")));
    let kept = kept(editor, &what, shown.value, by, Look::Primary);
    let others = takeable(editor, &what, others);
    view! { {kept} {others} }.into_any()
}

/// Of a text that stands mixed nobody is the author, and mostly nobody wants it.
fn wordings(editor: Editor, what: Aspect, reads: Option<Value>, sides: Vec<Claim>) -> AnyView {
    let kept = kept(editor, &what, reads, t("review.mixed"), Look::Plain);
    let sides = takeable(editor, &what, sides);
    view! { {kept} {sides} }.into_any()
}

/// What stands, with the button that leaves it so: not for those who may only propose
/// another value.
fn kept(
    editor: Editor,
    what: &Aspect,
    value: Option<Value>,
    by: Signal<String>,
    look: Look,
) -> AnyView {
    let aspect = what.clone();
    let keep = move || {
        let what = aspect.clone();
        let subject = what.subject();
        // There is nothing to undo: everybody has seen all of it now.
        if editor.act(Verb::Settle, subject, vec![Command::Confirm { what }]) {
            editor.say(say("review.kept"));
        }
    };
    let choice = if editor.settles(what) {
        Choice::Keep(look)
    } else {
        Choice::Look
    };
    row(editor, what, value, by, choice, keep)
}

fn takeable(editor: Editor, what: &Aspect, claims: Vec<Claim>) -> AnyView {
    let rows = claims.into_iter().map(|claim| {
        let by = Signal::derive(by(editor, &claim));
        let (aspect, value) = (what.clone(), claim.value.clone());
        // What reads so already is kept rather than taken.
        let stands = editor.plan(|plan| making(plan, &aspect, value.as_ref()).is_none());
        let choice = if stands && !editor.settles(&aspect) {
            Choice::Look
        } else {
            Choice::Take
        };
        let take = move || take(editor, &aspect, value.as_ref());
        row(editor, what, claim.value, by, choice, take)
    });
    rows.collect_view().into_any()
}

fn take(editor: Editor, what: &Aspect, value: Option<&Value>) {
    let command = editor.plan(|plan| making(plan, what, value));
    // It reads so already: then that is what was decided.
    let command = command.unwrap_or_else(|| Command::Confirm { what: what.clone() });
    editor.act(Verb::Settle, what.subject(), vec![command]);
}

#[derive(Clone, Copy, PartialEq)]
enum Choice {
    /// It stands, and somebody else decides.
    Look,
    Keep(Look),
    Take,
}

fn row(
    editor: Editor,
    what: &Aspect,
    value: Option<Value>,
    by: Signal<String>,
    choice: Choice,
    decide: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    let what = what.clone();
    let words = move || {
        let words = told::value(editor, &what, value.as_ref());
        if words.is_empty() {
            say("told.nothing")
        } else {
            words
        }
    };
    let button = match choice {
        Choice::Look => None,
        Choice::Keep(look) => Some((t("review.keep"), look)),
        Choice::Take => Some((t("review.take"), Look::Plain)),
    };
    let button = button.map(|(label, look)| {
        view! { <Button label=label look=look on_press=move |_| decide()/> }
    });
    view! {
        <li class="claim" class:shown=choice != Choice::Take>
            <span class="claim-value">{words}</span>
            <span class="caption claim-by">{by}</span>
            {button}
        </li>
    }
    .into_any()
}

/// Who wrote it, and when.
fn by(editor: Editor, claim: &Claim) -> impl Fn() -> String + Send + Sync + 'static + use<> {
    let (author, at) = (claim.author, claim.at_millis);
    move || {
        let name = editor.names().remove(&author).unwrap_or_default();
        let who = told::who(&name.name, author == editor.author());
        say_with("review.by", &[("who", who), ("when", told::when(at))])
    }
}

fn deleted(editor: Editor, gone: Subject, by_whom: Claim, edited: Vec<(Aspect, Claim)>) -> AnyView {
    let by_whom = by(editor, &by_whom);
    let edits = edited.into_iter().map(|(what, claim)| {
        let by = by(editor, &claim);
        let (subject, aspect) = (what.subject(), what.clone());
        let whose = move || {
            let mine = subject == gone;
            (!mine).then(|| told::thing(editor, subject))
        };
        let words = move || {
            let value = told::value(editor, &aspect, claim.value.as_ref());
            let field = told::aspect_of(editor, &aspect);
            if value.is_empty() {
                field
            } else {
                paired(field, value)
            }
        };
        view! {
            <li class="claim">
                <span class="claim-value">{whose} " " {words}</span>
                <span class="caption claim-by">{by}</span>
            </li>
        }
    });
    let edits = edits.collect_view();
    let presence = match gone {
        Subject::Item(item) => Some(Aspect::Presence(item)),
        Subject::Link(key) => Some(Aspect::Link(key)),
        Subject::Plan => None,
    };
    let restore = move |_| {
        let command = match gone {
            Subject::Item(item) => Command::Restore { item },
            Subject::Link(key) => {
                let level = level_before(editor, key);
                Command::Link { key, level }
            }
            Subject::Plan => return,
        };
        editor.act(Verb::Restore, gone, vec![command]);
    };
    // To leave it so is for those who decide about it; anybody may bring it back.
    let leave = presence.filter(|what| editor.settles(what)).map(|what| {
        let press = move |_| {
            let what = what.clone();
            editor.act(Verb::Settle, gone, vec![Command::Confirm { what }]);
        };
        view! { <Button label=t("review.leave_deleted") on_press=press/> }
    });
    view! {
        <li class="claim shown">
            <span class="claim-value">{t("told.deleted")}</span>
            <span class="caption claim-by">{by_whom} " · " {t("review.stands")}</span>
            {leave}
            <Button label=t("review.bring_back") look=Look::Primary on_press=restore/>
        </li>
        {edits}
    }
    .into_any()
}

/// The level that a link had when it was taken away, as the history tells it.
fn level_before(editor: Editor, key: LinkKey) -> Option<u8> {
    let all = editor.chronicle(Some(key.module.into()));
    let mut told = all.iter().rev().flat_map(|entry| &entry.edits);
    let gone = told.find(|it| it.what == Aspect::Link(key) && it.after.is_none())?;
    let level = gone.before.as_ref()?.as_int()?;
    u8::try_from(level).ok().filter(|level| *level > 0)
}
