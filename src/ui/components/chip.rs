//! Chips that filter, tags that name a state, level letters, and the keys of
//! required → reached.

use leptos::{ev::MouseEvent, prelude::*};

use super::{
    icon::{Icon, Sign},
    notice::Tone,
};

/// A chip that narrows a view down: on or off, with a figure if given.
#[component]
pub fn Chip(
    /// Its word.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Called when pressed.
    #[prop(into)]
    on_press: Callback<MouseEvent>,
    /// A figure after the word, left out when nothing.
    #[prop(optional, into)]
    count: Signal<Option<usize>>,
    /// Gap makes it madder.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=format!("chip {}", tone.class())
            aria-pressed=move || on.get().to_string()
            on:click=move |event| on_press.run(event)
        >
            <span class={"chip-word"}>{label}</span>
            {move || count.get().map(|count| view! { <b class="chip-count">{count}</b> })}
        </button>
    }
}

/// A state or category in a small frame: *Draft*, *professional core*.
#[component]
pub fn Tag(
    /// Its word.
    #[prop(into)]
    label: Signal<String>,
    /// How serious it is.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    view! { <span class=format!("tag {}", tone.class())>{label}</span> }
}

/// How a level is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LevelLook {
    /// Reached: shaded.
    #[default]
    Reached,
    /// Required: outlined.
    Required,
    /// A gap: outlined in madder.
    Gap,
    /// Waived: struck through.
    Waived,
    /// Proposed by the enterprise: dashed.
    Proposed,
}

/// A level's letter on its shade. Three shades stand for any scale: a scale of
/// four or five steps takes the nearest, the letter stays exact.
#[component]
pub fn Level(
    /// The plan's letter for the level; "–" for none.
    #[prop(into)]
    letter: Signal<String>,
    /// The level's rank on the scale, from 1.
    #[prop(into)]
    rank: Signal<usize>,
    /// How many levels the scale has.
    #[prop(default = Signal::stored(3), into)]
    of: Signal<usize>,
    /// How it is shown.
    #[prop(optional, into)]
    look: Signal<LevelLook>,
    /// The level in words, read out in place of the letter.
    #[prop(optional, into)]
    name: Option<Signal<String>>,
) -> impl IntoView {
    let class = move || match look.get() {
        LevelLook::Reached => format!("level {}", shade(rank.get(), of.get())),
        LevelLook::Required => "level required".to_owned(),
        LevelLook::Gap => "level is-gap".to_owned(),
        LevelLook::Waived => "level waived".to_owned(),
        LevelLook::Proposed => "level proposed".to_owned(),
    };
    view! {
        <span class=class role=name.map(|_| "img") aria-label=move || name.map(|name| name.get()) title=move || name.map(|name| name.get())>
            {letter}
        </span>
    }
}

/// The class of a level's shade: "shade-1" to "shade-3" for scales of up to
/// three levels, with "shade-1-5" and "shade-2-5" between them for longer ones.
/// Rank 0 or no scale is "shade-0": nothing.
#[must_use]
pub fn shade(rank: usize, of: usize) -> &'static str {
    if rank == 0 || of == 0 {
        return "shade-0";
    }
    // Half steps from 1 to 3, rounded to the nearest; the highest is always full.
    let halves = if of == 1 {
        4
    } else {
        ((rank.min(of) - 1) * 4 + (of - 1) / 2) / (of - 1)
    };
    match halves {
        0 => "shade-1",
        1 => "shade-1-5",
        2 => "shade-2",
        3 => "shade-2-5",
        _ => "shade-3",
    }
}

/// Required → reached, as a pair of letters with one text for screen readers.
#[component]
pub fn LevelPair(
    /// The required level's letter; "–" for none.
    #[prop(into)]
    required: Signal<String>,
    /// The reached level's letter; "–" for none.
    #[prop(into)]
    reached: Signal<String>,
    /// The reached level's rank on the scale, from 1; 0 for none.
    #[prop(into)]
    rank: Signal<usize>,
    /// How many levels the scale has.
    #[prop(default = Signal::stored(3), into)]
    of: Signal<usize>,
    /// Whether what is reached falls short.
    #[prop(optional, into)]
    short: Signal<bool>,
    /// The pair in words: "required master, reached practise".
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let look = Signal::derive(move || {
        if short.get() && rank.get() == 0 {
            LevelLook::Gap
        } else {
            LevelLook::Reached
        }
    });
    view! {
        <span class="level-pair" role="img" aria-label=move || name.get() title=move || name.get()>
            <Level letter=required rank=Signal::stored(0) look=Signal::stored(LevelLook::Required)/>
            <span class={"level-arrow"}>{"→"}</span>
            <Level letter=reached rank=rank of=of look=look/>
            {move || short.get().then(|| view! { <Icon sign=Sign::Alert size=14/> })}
        </span>
    }
}
