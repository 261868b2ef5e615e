//! Tables and files coming in.

use leptos::prelude::*;

use crate::ui::{components::head::PageHead, text::t};

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    view! { <PageHead title=t("page.import")/> }
}
