//! The plan's state in one look.

use leptos::prelude::*;

use crate::ui::{components::head::PageHead, text::t};

/// The page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    view! { <PageHead title=t("page.overview") large=true/> }
}
