//! What the program has to say: banners that stay, notes in place, and toasts
//! that pass. Never a toast for what the page already shows.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    button::IconButton,
    icon::{Icon, Sign},
};
use crate::{browser::timer::Timer, ui::text::t};

/// How serious it is; always shown by a mark as well as by a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// To know.
    #[default]
    Plain,
    /// It has worked.
    Good,
    /// To look at.
    Caution,
    /// Wrong, missing.
    Gap,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Good => "good",
            Tone::Caution => "caution",
            Tone::Gap => "gap",
        }
    }

    const fn sign(self) -> Sign {
        match self {
            Tone::Plain => Sign::Info,
            Tone::Good => Sign::Tick,
            Tone::Caution | Tone::Gap => Sign::Alert,
        }
    }
}

/// A line over the sheet that stays until its reason is gone. Give it the
/// buttons that help as children.
#[component]
pub fn Banner(
    /// What is the matter, in a sentence.
    #[prop(into)]
    text: Signal<String>,
    /// How serious it is.
    #[prop(optional)]
    tone: Tone,
    /// Called by the close button; without it there is none.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = if tone == Tone::Gap { "alert" } else { "status" };
    view! {
        <div class=format!("banner {}", tone.class()) role=role>
            <Icon sign=tone.sign()/>
            <span class={"banner-text"}>{text}</span>
            <span class={"banner-acts"}>{children.map(|children| children())}</span>
            {on_close.map(|on_close| view! {
                <IconButton label=t("act.close") sign=Sign::Close small=true on_press=move |_| on_close.run(())/>
            })}
        </div>
    }
}

/// A short note where its reason is: a mark and a sentence.
#[component]
pub fn Note(
    /// How serious it is.
    #[prop(optional)]
    tone: Tone,
    /// The sentence.
    children: Children,
) -> impl IntoView {
    view! {
        <p class=format!("note {}", tone.class())>
            <Icon sign=tone.sign() size=14/>
            <span class={"note-text"}>{children()}</span>
        </p>
    }
}

/// Not a Callback: a toast outlives the owner under which it was said.
type Act = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Toast {
    id: u64,
    text: String,
    act: Option<(String, Act)>,
}

/// Where toasts are shown; get it with [`toasts`].
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

impl Toasts {
    /// Says something that has happened.
    pub fn say(self, text: impl Into<String>) {
        self.push(text.into(), None, 6_000);
    }

    /// Says something that has happened, with an act, mostly *Undo*.
    pub fn say_with(
        self,
        text: impl Into<String>,
        label: impl Into<String>,
        act: impl Fn() + Send + Sync + 'static,
    ) {
        self.push(text.into(), Some((label.into(), Arc::new(act))), 10_000);
    }

    fn push(self, text: String, act: Option<(String, Act)>, millis: u32) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.shown.update(|shown| {
            shown.push(Toast { id, text, act });
            // Three at most: nobody reads a pile.
            if shown.len() > 3 {
                shown.remove(0);
            }
        });
        Timer::after(millis, move || self.drop_toast(id));
    }

    fn drop_toast(self, id: u64) {
        // Stays while somebody points at it or has the focus in it.
        let held = crate::browser::dom::by_id("toasts").is_some_and(|region| {
            region.matches(":hover").unwrap_or(false) || crate::browser::dom::holds_focus(&region)
        });
        if held {
            Timer::after(2_000, move || self.drop_toast(id));
        } else if !self.shown.is_disposed() {
            self.shown
                .update(|shown| shown.retain(|toast| toast.id != id));
        }
    }

    fn close(self, id: u64) {
        self.shown
            .update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Makes toasts available below this component. Call once, at the root, beside
/// [`ToastRegion`].
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts {
        shown: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
    };
    provide_context(toasts);
    toasts
}

/// The place for toasts; without [`provide_toasts`] above, one that nobody sees.
#[must_use]
pub fn toasts() -> Toasts {
    use_context().unwrap_or_else(|| Toasts {
        shown: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
    })
}

/// Where toasts appear, read out politely. Once, at the root.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = toasts();
    view! {
        <div class="toasts" id="toasts" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.id let:toast>
                <div class="toast">
                    <span class={"toast-text"}>{toast.text.clone()}</span>
                    {toast.act.clone().map(|(label, act)| view! {
                        <button type="button" class="button quiet" on:click=move |_| { toasts.close(toast.id); act(); }>
                            {label}
                        </button>
                    })}
                    <IconButton label=t("act.close") sign=Sign::Close small=true on_press=move |_| toasts.close(toast.id)/>
                </div>
            </For>
        </div>
    }
}
