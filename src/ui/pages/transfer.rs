//! Review, Import, Export and Print: what partners did, and the pages on which a
//! plan comes in and goes out. Their part of the program comes when the first of them is opened.

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;

use crate::browser::task;
use crate::parts;
use crate::route::Page;
use crate::ui::components::button::Button;
use crate::ui::components::empty::Empty;
use crate::ui::pages;
use crate::ui::state::Editor;
use crate::ui::text::t;

/// How far the part has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arrival {
    Waiting,
    Here,
    Missing,
}

/// Draws a page in the part that holds them all.
pub fn draw(editor: Editor, page: Page) -> AnyView {
    provide_context(editor);
    match page {
        Page::Review => view! { <pages::review::ReviewPage/> }.into_any(),
        Page::Import => view! { <pages::import::ImportPage/> }.into_any(),
        Page::Export => view! { <pages::export::ExportPage/> }.into_any(),
        _ => view! { <pages::print::PrintPage/> }.into_any(),
    }
}

/// The same, seen from the pages that are here already: the page as soon as its
/// part has come.
pub fn arriving(editor: Editor, page: Page) -> AnyView {
    let arrival = RwSignal::new(Arrival::Waiting);
    let drawn = StoredValue::new_local(None::<AnyView>);
    let fetch = move || {
        arrival.set(Arrival::Waiting);
        // What the page makes belongs to this place and goes with it.
        task::spawn(ScopedFuture::new(async move {
            let page = parts::transfer_page(editor, page).await;
            let came = if page.is_ok() {
                Arrival::Here
            } else {
                Arrival::Missing
            };
            // The person may have gone on meanwhile.
            if drawn.try_set_value(page.ok()).is_none() {
                arrival.try_set(came);
            }
        }));
    };
    fetch();
    let shown = move || match arrival.get() {
        Arrival::Waiting => {
            view! { <p class="opening" role="status">{t("open.page")}</p> }.into_any()
        }
        Arrival::Here => drawn.try_update_value(Option::take).flatten().into_any(),
        Arrival::Missing => view! {
            <Empty title=t("open.part_missing")>
                <Button label=t("open.try_again") on_press=move |_| fetch()/>
            </Empty>
        }
        .into_any(),
    };
    shown.into_any()
}
