//! Heads: of a page (one h1 each) and of a section on it.

use leptos::prelude::*;

/// The bar at the top of a page, with its title and its buttons. Pages made of
/// text rather than of one table take `large`.
#[component]
pub fn PageHead(
    /// The page's title: its only h1.
    #[prop(into)]
    title: Signal<String>,
    /// 26 px on the sheet in place of 18 px in a bar.
    #[prop(optional)]
    large: bool,
    /// A line below the title, or beside it in a bar.
    #[prop(optional, into)]
    note: Option<Signal<String>>,
    /// Switches, filters and buttons at the right of the title.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="page-head" class:large=large>
            <div class="page-title">
                <h1 class="page-name">{title}</h1>
                {note.map(|note| view! { <p class="page-note">{note}</p> })}
            </div>
            <div class="page-acts">{children.map(|children| children())}</div>
        </header>
    }
}

/// The head of a section, with a word in grey and a link or button at its right.
#[component]
pub fn SectionHead(
    /// The title: an h2.
    #[prop(into)]
    title: Signal<String>,
    /// A word or figure in grey after it.
    #[prop(optional, into)]
    note: Option<Signal<String>>,
    /// A link or button at the right.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="section-head">
            <h2 class="section-name">{title}</h2>
            {note.map(|note| view! { <span class="section-note">{note}</span> })}
            <span class={"section-acts"}>{children.map(|children| children())}</span>
        </div>
    }
}

/// A key figure: the number with its small unit, what it is, and its rule with
/// a tick or a mark.
#[component]
pub fn Figure(
    /// The number, as the language writes it.
    #[prop(into)]
    value: Signal<String>,
    /// Its unit, smaller.
    #[prop(optional, into)]
    unit: Signal<String>,
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// Its rule: "at least 2,500".
    #[prop(optional, into)]
    rule: Signal<String>,
    /// Whether the rule is kept; nothing where there is no rule to keep.
    #[prop(optional, into)]
    kept: Signal<Option<bool>>,
) -> impl IntoView {
    use super::icon::{Icon, Sign};
    view! {
        <div class="figure-box" class:broken=move || kept.get() == Some(false)>
            <p class="figure-value">
                <span class={"figure-number"}>{value}</span>
                <small class="figure-unit">{unit}</small>
            </p>
            <p class="figure-label">{label}</p>
            <p class="figure-rule">
                {move || kept.get().map(|kept| view! { <Icon sign={if kept { Sign::Tick } else { Sign::Alert }} size=12/> })}
                <span class={"figure-rule-text"}>{rule}</span>
            </p>
        </div>
    }
}
