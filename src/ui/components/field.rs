//! Fields that text is typed into. A field keeps a draft of its own while it
//! has the focus: it commits on Enter and on leaving, Escape takes the draft
//! back, and while an input method composes no key means anything else.
//! Choices (select, checkbox) are `choice`'s.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::{ev::KeyboardEvent, html, prelude::*};

use crate::{
    browser::{dom, keyboard, timer::Timer},
    ui::{
        number::{self, Typed},
        text::{number as shown_number, say_with},
    },
};

/// An id that no other element of this page has.
#[must_use]
pub fn fresh_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// How a field looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldLook {
    /// With a box around it: the usual one.
    #[default]
    Boxed,
    /// A title in a panel: large, with a line below.
    Title,
    /// Within a table's cell: no edge until it has the focus.
    Cell,
}

impl FieldLook {
    const fn class(self) -> &'static str {
        match self {
            FieldLook::Boxed => "field",
            FieldLook::Title => "field as-title",
            FieldLook::Cell => "field as-cell",
        }
    }
}

/// What a field shares with its siblings: label above, note and problem below.
#[component]
pub(super) fn Labelled(
    id: String,
    #[prop(into)] label: Signal<String>,
    hide_label: bool,
    look: FieldLook,
    hint: Option<Signal<String>>,
    problem: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let note = format!("{id}-note");
    view! {
        <div class=look.class() class:has-problem=move || problem.with(Option::is_some)>
            <label class="field-label" class:visually-hidden=hide_label for=id>{label}</label>
            {children()}
            <p class="field-note" id=note class:is-problem=move || problem.with(Option::is_some) aria-live="polite">
                {move || problem.get().or_else(|| hint.map(|hint| hint.get())).unwrap_or_default()}
            </p>
        </div>
    }
}

/// The draft of a field that has the focus.
#[derive(Clone, Copy)]
struct Draft {
    /// What stood there when the focus came: where Escape leads back to.
    first: StoredValue<String>,
    /// What was committed last, or stood there.
    base: StoredValue<String>,
    focused: RwSignal<bool>,
    commit: Callback<String>,
}

impl Draft {
    fn new(commit: Callback<String>) -> Self {
        Self {
            first: StoredValue::new(String::new()),
            base: StoredValue::new(String::new()),
            focused: RwSignal::new(false),
            commit,
        }
    }

    fn enter(self, text: String) {
        self.first.set_value(text.clone());
        self.base.set_value(text);
        self.focused.set(true);
    }

    fn commit(self, text: String) {
        if self.base.with_value(|base| *base != text) {
            self.base.set_value(text.clone());
            self.commit.run(text);
        }
    }

    fn leave(self, text: String) {
        self.commit(text);
        self.focused.set(false);
    }

    /// Takes everything back that was typed since the focus came; says whether
    /// there was anything.
    fn revert(self, text: &str) -> Option<String> {
        let first = self.first.get_value();
        if first == text && self.base.with_value(|base| *base == first) {
            return None;
        }
        self.commit(first.clone());
        Some(first)
    }

    /// Follows the value from outside, except over a draft that differs.
    /// Writes only what differs: writing during a composition would end it.
    fn follow(
        self,
        value: Signal<String>,
        read: impl Fn() -> Option<String> + 'static,
        write: impl Fn(&str) + 'static,
    ) {
        Effect::new(move || {
            let new = value.get();
            let focused = self.focused.get();
            let Some(old) = read() else { return };
            let clean = !focused || self.base.with_value(|base| *base == old);
            if clean {
                self.base.set_value(new.clone());
                if old != new {
                    write(&new);
                }
            }
        });
    }
}

/// One line of text.
#[component]
pub fn TextField(
    /// What the field is for.
    #[prop(into)]
    label: Signal<String>,
    /// The value as it stands in the plan.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new text on Enter and on leaving, if it differs.
    #[prop(into)]
    on_commit: Callback<String>,
    /// Called at every change, before any commit: for filters.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// Called for keys that the field itself does not use, never while an
    /// input method composes.
    #[prop(optional, into)]
    on_key: Option<Callback<KeyboardEvent>>,
    /// A word of help below.
    #[prop(optional_no_strip, into)]
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
    /// The input's type: "text", "search", "date", "url", "email".
    #[prop(default = "text")]
    kind: &'static str,
    /// Which keyboard a phone shows: "text", "decimal", "numeric".
    #[prop(default = "text")]
    input_mode: &'static str,
    /// A unit after the value, smaller than it.
    #[prop(optional_no_strip, into)]
    unit: Option<Signal<String>>,
    /// The language of the content ("zh-CN") where it is not the screen's.
    #[prop(optional, into)]
    lang: Option<String>,
    /// The node, to move the focus to it.
    #[prop(optional)]
    node: NodeRef<html::Input>,
) -> impl IntoView {
    let id = fresh_id("field");
    let draft = Draft::new(on_commit);
    draft.follow(
        value,
        move || node.get().map(|input| input.value()),
        move |text| {
            if let Some(input) = node.get_untracked() {
                input.set_value(text);
            }
        },
    );
    let on_keydown = move |event: KeyboardEvent| {
        if keyboard::is_composing(&event) {
            return;
        }
        let Some(input) = node.get_untracked() else {
            return;
        };
        match event.key().as_str() {
            "Enter" => {
                draft.commit(input.value());
                if let Some(on_key) = on_key {
                    on_key.run(event);
                }
            }
            "Escape" => {
                if let Some(first) = draft.revert(&input.value()) {
                    input.set_value(&first);
                    if let Some(on_input) = on_input {
                        on_input.run(first);
                    }
                    event.prevent_default();
                    event.stop_propagation();
                } else if let Some(on_key) = on_key {
                    on_key.run(event);
                }
            }
            _ => {
                if let Some(on_key) = on_key {
                    on_key.run(event);
                }
            }
        }
    };
    let described = format!("{id}-note");
    view! {
        <Labelled id=id.clone() label=label hide_label=hide_label look=look hint=hint problem=problem>
            <span class="field-box" class:has-unit=unit.is_some()>
                <input
                    class="field-input"
                    id=id
                    node_ref=node
                    type=kind
                    inputmode=input_mode
                    lang=lang
                    autocomplete="off"
                    aria-describedby=described
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    readonly=move || read_only.get()
                    placeholder=move || placeholder.get()
                    on:focus=move |event| draft.enter(event_target_value(&event))
                    on:blur=move |event| draft.leave(event_target_value(&event))
                    on:input=move |event| {
                        if let Some(on_input) = on_input {
                            on_input.run(event_target_value(&event));
                        }
                    }
                    on:keydown=on_keydown
                />
                {unit.map(|unit| view! { <span class="field-unit">{unit}</span> })}
            </span>
        </Labelled>
    }
}

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
    /// Lines shown when empty.
    #[prop(default = 3)]
    rows: u32,
    /// The language of the content ("zh-CN") where it is not the screen's.
    #[prop(optional, into)]
    lang: Option<String>,
    /// The node, to move the focus to it.
    #[prop(optional)]
    node: NodeRef<html::Textarea>,
) -> impl IntoView {
    let id = fresh_id("field");
    let draft = Draft::new(on_commit);
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
        move |text| {
            if let Some(area) = node.get_untracked() {
                area.set_value(text);
            }
            fit();
        },
    );
    let on_input = move |_| {
        fit();
        stop_pause();
        pause.set_value(Some(Timer::after(700, move || {
            // The field may be gone by now; leaving it has committed already.
            if draft.focused.try_get_untracked() == Some(true)
                && let Some(area) = node.get_untracked()
            {
                draft.commit(area.value());
            }
        })));
    };
    let on_keydown = move |event: KeyboardEvent| {
        if keyboard::is_composing(&event) {
            return;
        }
        let Some(area) = node.get_untracked() else {
            return;
        };
        match keyboard::chord(&event).as_str() {
            "Ctrl+Enter" => {
                event.prevent_default();
                drop(area.blur());
            }
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
    on_cleanup(stop_pause);
    let described = format!("{id}-note");
    view! {
        <Labelled id=id.clone() label=label hide_label=hide_label look=FieldLook::Boxed hint=hint problem=problem>
            <textarea
                class="field-input field-area"
                id=id
                node_ref=node
                rows=rows
                lang=lang
                aria-describedby=described
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                readonly=move || read_only.get()
                placeholder=move || placeholder.get()
                on:focus=move |event| draft.enter(event_target_value(&event))
                on:blur=move |event| {
                    stop_pause();
                    draft.leave(event_target_value(&event));
                }
                on:input=on_input
                on:keydown=on_keydown
            ></textarea>
        </Labelled>
    }
}

/// A number, or nothing. Point and comma both do; the arrow keys step. What is
/// no number, or out of bounds, is not committed, and said.
#[component]
pub fn NumberField(
    /// What the field is for.
    #[prop(into)]
    label: Signal<String>,
    /// The value as it stands in the plan.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// Called with the new number, `None` when the field was emptied.
    #[prop(into)]
    on_commit: Callback<Option<f64>>,
    /// The least that is possible.
    #[prop(default = 0.0)]
    least: f64,
    /// The most that is possible.
    #[prop(default = 1_000_000.0)]
    most: f64,
    /// What an arrow key adds.
    #[prop(default = 1.0)]
    step: f64,
    /// A unit after the value.
    #[prop(optional, into)]
    unit: Option<Signal<String>>,
    /// A word of help below.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// Readable but not changeable.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// The label is read out but not shown.
    #[prop(optional)]
    hide_label: bool,
    /// How it looks.
    #[prop(optional)]
    look: FieldLook,
    /// The node, to move the focus to it.
    #[prop(optional)]
    node: NodeRef<html::Input>,
) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let text = Signal::derive(move || value.get().map(number::write).unwrap_or_default());
    let commit = move |typed: String| match number::read(&typed) {
        Typed::Nothing => {
            problem.set(None);
            on_commit.run(None);
        }
        Typed::Number(number) if (least..=most).contains(&number) => {
            problem.set(None);
            on_commit.run(Some(number));
        }
        Typed::Number(_) => problem.set(Some(say_with(
            "field.out_of_bounds",
            &[("least", shown_number(least)), ("most", shown_number(most))],
        ))),
        Typed::NotANumber => problem.set(Some(say_with("field.not_a_number", &[("text", typed)]))),
    };
    let on_key = move |event: KeyboardEvent| {
        let up = match event.key().as_str() {
            "ArrowUp" => 1.0,
            "ArrowDown" => -1.0,
            _ => return,
        };
        if read_only.get_untracked() || event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        event.prevent_default();
        let Some(input) = node.get_untracked() else {
            return;
        };
        let from = match number::read(&input.value()) {
            Typed::Number(number) => number,
            Typed::Nothing => 0.0,
            Typed::NotANumber => return,
        };
        // Left in the draft: one commit for many steps.
        input.set_value(&number::write((from + up * step).clamp(least, most)));
    };
    let field = view! {
        <TextField label=label value=text on_commit=commit on_key=on_key problem=problem read_only=read_only
            hide_label=hide_label look=look input_mode="decimal" node=node unit=unit hint=hint/>
    };
    view! { <div class="number-field" class:is-read-only=move || read_only.get()>{field}</div> }
}

/// A calendar day, as ISO text ("2026-09-07"), empty for none.
#[component]
pub fn DateField(
    /// What the field is for.
    #[prop(into)]
    label: Signal<String>,
    /// The value as it stands in the plan.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the new day on Enter and on leaving, if it differs.
    #[prop(into)]
    on_commit: Callback<String>,
    /// Readable but not changeable.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// The label is read out but not shown.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    view! { <TextField label=label value=value on_commit=on_commit read_only=read_only hide_label=hide_label kind="date"/> }
}
