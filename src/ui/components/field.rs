//! Fields that text is typed into. A field keeps a draft of its own while it
//! has the focus: it commits on Enter and on leaving, Escape takes the draft
//! back, and while an input method composes no key means anything else.
//! Several lines are `area`'s, numbers `number_field`'s, choices `choice`'s.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::{ev::KeyboardEvent, html, prelude::*};

use crate::browser::caret::rewrite;
use crate::browser::{dom, keyboard};

pub use super::{
    area::{TextArea, TitleField},
    number_field::NumberField,
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

/// The draft of a field that has the focus. A browser may tell a field of its
/// blur while it is being removed: everything here forgives a field that is gone.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// What stood there when the focus came: where Escape leads back to.
    first: StoredValue<String>,
    /// What was committed last, or stood there.
    base: StoredValue<String>,
    focused: RwSignal<bool>,
    /// Whether an input method is composing: nothing may be written meanwhile.
    composing: RwSignal<bool>,
    /// A text that partners write into, too: what they write while a draft is open
    /// comes into the draft.
    shared: Option<Signal<String>>,
    commit: Callback<String>,
}

impl Draft {
    pub(super) fn new(commit: Callback<String>, shared: Option<Signal<String>>) -> Self {
        Self {
            first: StoredValue::new(String::new()),
            base: StoredValue::new(String::new()),
            focused: RwSignal::new(false),
            composing: RwSignal::new(false),
            shared,
            commit,
        }
    }

    /// The focus has come.
    pub(super) fn enter(self, text: String) {
        self.first.set_value(text.clone());
        self.base.set_value(text);
        self.focused.set(true);
    }

    pub(super) fn is_focused(self) -> bool {
        self.focused.try_get_untracked() == Some(true)
    }

    /// An input method begins or ends to compose.
    pub(super) fn compose(self, composing: bool) {
        self.composing.try_set(composing);
    }

    pub(super) fn is_composing(self) -> bool {
        self.composing.try_get_untracked() == Some(true)
    }

    /// Commits what differs.
    pub(super) fn commit(self, mut text: String) {
        let blank = |base: &str| self.shared.is_some() && base.trim() == text.trim();
        let differs = |base: &String| *base != text && !blank(base);
        if self.base.try_with_value(differs) == Some(true) {
            let theirs = self.shared.and_then(|shared| shared.try_get_untracked());
            let base = self.base.try_get_value().unwrap_or_default();
            self.base.set_value(text.clone());
            // What came during a composition is in no draft yet. The field shows it
            // as soon as it is in the plan.
            if let Some(theirs) = theirs.filter(|theirs| *theirs != base) {
                text = weft_model::merged(&base, &text, &theirs);
            }
            // None where the page above is gone as well: nowhere to commit to.
            if self.commit.try_run(text).is_none() {
                leptos::logging::warn!("a field was left after its page");
            }
        }
    }

    /// The focus has gone, or the field goes while it has the focus.
    pub(super) fn leave(self, text: String) {
        if self.is_focused() {
            self.commit(text);
            self.composing.set(false);
            self.focused.set(false);
        }
    }

    /// Takes everything back that was typed since the focus came, and gives
    /// what stood there; `None` where there is nothing to take back.
    pub(super) fn revert(self, text: &str) -> Option<String> {
        let first = self.first.try_get_value()?;
        if first == text && self.base.try_with_value(|base| *base == first)? {
            return None;
        }
        self.commit(first.clone());
        Some(first)
    }

    /// Follows the value from outside. A draft that differs is left alone, or where
    /// the text is shared takes in what partners write. Writes only what differs, and
    /// nothing during a composition, which that would end. `write` is given the old
    /// text and the new one.
    pub(super) fn follow(
        self,
        value: Signal<String>,
        read: impl Fn() -> Option<String> + 'static,
        write: impl Fn(&str, &str) + 'static,
    ) {
        Effect::new(move || {
            let new = value.get();
            let focused = self.focused.get();
            let composing = self.composing.get();
            let Some(old) = read() else { return };
            if focused && composing {
                return;
            }
            let base = self.base.get_value();
            let clean = !focused || base == old;
            let new = match (clean, self.shared.is_some() && base != new) {
                (true, _) => new,
                (false, true) => {
                    let both = weft_model::merged(&base, &old, &new);
                    self.base.set_value(new);
                    if both != old {
                        write(&old, &both);
                    }
                    return;
                }
                (false, false) => return,
            };
            self.base.set_value(new.clone());
            // A space at the end of what is being typed is not in the plan, and yet
            // meant.
            let blank = focused && self.shared.is_some() && old.trim() == new.trim();
            if old != new && !blank {
                write(&old, &new);
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
    /// Partners may write into it at the same time: both texts come together.
    #[prop(optional)]
    shared: bool,
    /// The language of the content ("zh-CN") where it is not the screen's.
    #[prop(optional, into)]
    lang: Option<String>,
    /// The node, to move the focus to it.
    #[prop(optional)]
    node: NodeRef<html::Input>,
) -> impl IntoView {
    let id = fresh_id("field");
    let draft = Draft::new(on_commit, shared.then_some(value));
    draft.follow(
        value,
        move || node.get().map(|input| input.value()),
        move |old, new| {
            if let Some(input) = node.get_untracked() {
                rewrite(&input, old, new);
            }
        },
    );
    on_cleanup(move || {
        if let Some(Some(input)) = node.try_get_untracked() {
            draft.leave(input.value());
        }
    });
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
            // A dialog is left with all that was typed in it.
            "Escape" if dom::is_in_dialog(&input) => {
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
                    on:compositionstart=move |_| draft.compose(true)
                    on:compositionend=move |_| draft.compose(false)
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
