//! Every format going out.

use leptos::prelude::*;

use crate::ui::{components::head::PageHead, text::t};

/// The page.
#[component]
pub fn ExportPage() -> impl IntoView {
    view! { <PageHead title=t("page.export")/> }
}
