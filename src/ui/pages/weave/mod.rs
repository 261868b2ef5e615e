//! The matrix of modules and competencies.

use leptos::prelude::*;

use crate::ui::{components::head::PageHead, text::t};

/// The page.
#[component]
pub fn WeavePage() -> impl IntoView {
    view! { <PageHead title=t("page.weave")/> }
}
