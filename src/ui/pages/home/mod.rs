//! All plans on this device.

use leptos::prelude::*;

use crate::ui::{components::head::PageHead, text::t};

/// The page.
#[component]
pub fn HomePage() -> impl IntoView {
    view! { <PageHead title=t("home.title") large=true/> }
}
