//! Modules over the terms.

use leptos::prelude::*;

use crate::ui::{components::head::PageHead, text::t};

/// The page.
#[component]
pub fn ModulesPage() -> impl IntoView {
    view! { <PageHead title=t("page.modules")/> }
}
