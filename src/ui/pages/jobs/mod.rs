//! Roles, tasks and competencies as an outline.

use leptos::prelude::*;

use crate::ui::{components::head::PageHead, text::t};

/// The page.
#[component]
pub fn JobsPage() -> impl IntoView {
    view! { <PageHead title=t("page.jobs")/> }
}
