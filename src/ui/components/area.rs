//! Fields for several lines of text, and for titles that wrap. What a draft is
//! and when it commits, see `field`.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::field::{Draft, FieldLook, Labelled, fresh_id};
use crate::browser::{caret::rewrite, dom, keyboard, timer::Timer};

/// Several lines of text, as high as the text. Commits also when the typing
/// pauses, so that a closed tab loses no word; Ctrl+Enter commits and leaves.
#[component]
pub fn TextArea(
    /// What the field is for.
    #[prop(into)]
    label: Signal<String>,
    /// The value as it stands in the plan.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new text after a pause of 700 ms, on Ctrl+Enter and on
    /// leaving, if it differs.
    #[prop(into)]
    on_commit: Callback<String>,
    /// A word of help below.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong, in place of the help.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// An example in the empty field.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Readable but not changeable.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// The label is read out but not shown.
    #[prop(optional)]
    hide_label: bool,
    /// How it looks.
    #[prop(optional)]
    look: FieldLook,
    /// Lines shown when empty.
    #[prop(default = 3)]
    rows: u32,
    /// Wraps, but is one line in the plan: Enter commits, pasted line breaks
    /// become spaces.
    #[prop(optional)]
    one_line: bool,
    /// What is written goes out on leaving and not at a pause: as a proposal, where half
    /// a sentence would be one too.
    #[prop(optional, into)]
    whole: Signal<bool>,
    /// The language of the content ("zh-CN") where it is not the screen's.
    #[prop(optional_no_strip, into)]
    lang: Option<String>,
    /// The id of the line that Enter takes, in a list that goes with what is typed.
    #[prop(optional, into)]
    active_option: Signal<Option<String>>,
    /// The node, to move the focus to it.
    #[prop(optional)]
    node: NodeRef<html::Textarea>,
) -> impl IntoView {
    let id = fresh_id("field");
    let draft = Draft::new(on_commit, Some(value));
    let plain = move |text: String| {
        if one_line {
            text.lines().collect::<Vec<_>>().join(" ")
        } else {
            text
        }
    };
    let pause = StoredValue::new(None::<Timer>);
    let stop_pause = move || {
        if let Some(timer) = pause.try_update_value(Option::take).flatten() {
            timer.stop();
        }
    };
    let fit = move || {
        if let Some(area) = node.get_untracked() {
            dom::fit_height(&area);
        }
    };
    draft.follow(
        value,
        move || node.get().map(|area| area.value()),
        move |old, new| {
            if let Some(area) = node.get_untracked() {
                rewrite(&area, old, new);
            }
            fit();
        },
    );
    let wait = move || {
        stop_pause();
        pause.set_value(Some(Timer::after(700, move || {
            // The field may be gone by now; leaving it has committed already.
            if draft.is_focused()
                && !draft.is_composing()
                && whole.try_get_untracked() != Some(true)
                && let Some(Some(area)) = node.try_get_untracked()
            {
                draft.commit(plain(area.value()));
            }
        })));
    };
    let on_input = move |_| {
        fit();
        wait();
    };
    let on_keydown = move |event: KeyboardEvent| {
        if keyboard::is_composing(&event) {
            return;
        }
        let Some(area) = node.get_untracked() else {
            return;
        };
        match keyboard::chord(&event).as_str() {
            // The dialog's primary button takes what was written.
            "Ctrl+Enter" if dom::is_in_dialog(&area) => draft.commit(plain(area.value())),
            "Ctrl+Enter" => {
                event.prevent_default();
                drop(area.blur());
            }
            "Enter" if one_line => {
                event.prevent_default();
                draft.commit(plain(area.value()));
            }
            // A dialog is left with all that was typed in it.
            "Escape" if dom::is_in_dialog(&area) => {}
            "Escape" => {
                stop_pause();
                if let Some(first) = draft.revert(&area.value()) {
                    area.set_value(&first);
                    fit();
                    event.prevent_default();
                    event.stop_propagation();
                }
            }
            _ => {}
        }
    };
    on_cleanup(move || {
        stop_pause();
        if let Some(Some(area)) = node.try_get_untracked() {
            draft.leave(plain(area.value()));
        }
    });
    let described = format!("{id}-note");
    view! {
        <Labelled id=id.clone() label=label hide_label=hide_label look=look hint=hint problem=problem>
            <textarea
                class="field-input field-area"
                id=id
                node_ref=node
                rows=rows
                lang=lang
                aria-describedby=described
                aria-activedescendant=move || active_option.get()
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                readonly=move || read_only.get()
                placeholder=move || placeholder.get()
                on:focus=move |event| draft.enter(event_target_value(&event))
                on:blur=move |event| {
                    stop_pause();
                    draft.leave(plain(event_target_value(&event)));
                }
                on:compositionstart=move |_| draft.compose(true)
                on:compositionend=move |_| {
                    draft.compose(false);
                    wait();
                }
                on:input=on_input
                on:keydown=on_keydown
            ></textarea>
        </Labelled>
    }
}

/// A title in a panel: large, as many lines as it takes, one in the plan.
#[component]
pub fn TitleField(
    /// What the field is for, read out.
    #[prop(into)]
    label: Signal<String>,
    /// The value as it stands in the plan.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new text as in [`TextArea`].
    #[prop(into)]
    on_commit: Callback<String>,
    /// Readable but not changeable.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// As in [`TextArea`].
    #[prop(optional, into)]
    whole: Signal<bool>,
    /// The language of the content ("zh-CN") where it is not the screen's.
    #[prop(optional_no_strip, into)]
    lang: Option<String>,
    /// The node, to move the focus to it.
    #[prop(optional)]
    node: NodeRef<html::Textarea>,
) -> impl IntoView {
    view! {
        <TextArea label=label value=value on_commit=on_commit read_only=read_only whole=whole lang=lang node=node
            look=FieldLook::Title rows=1 one_line=true hide_label=true/>
    }
}
