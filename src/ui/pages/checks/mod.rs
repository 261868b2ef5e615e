//! Findings and the way to each.

use leptos::prelude::*;

use crate::ui::{components::head::PageHead, text::t};

/// The page.
#[component]
pub fn ChecksPage() -> impl IntoView {
    view! { <PageHead title=t("page.checks")/> }
}
