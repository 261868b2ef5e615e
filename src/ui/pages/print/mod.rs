//! The printed plan.

use leptos::prelude::*;

use crate::ui::{components::head::PageHead, text::t};

/// The page.
#[component]
pub fn PrintPage() -> impl IntoView {
    view! { <PageHead title=t("page.print")/> }
}
