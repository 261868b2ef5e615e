//! The plan going out: a list of all ways, and of the one that is chosen what
//! it carries and loses, what the file looks like, and the file itself. Print
//! is a page of its own.

mod folder;
mod formats;
mod history;
mod link;
mod listing;
mod made;
mod making;
mod office;
mod seen;
mod single;
mod whom;

use leptos::prelude::*;

use self::folder::FolderSection;
use self::formats::FormatSection;
use self::history::HistorySection;
pub use self::history::send_history;
use self::link::LinkSection;
use self::listing::{Way, Ways};
pub use self::made::{hand_over, size};
use self::single::SingleSection;
pub use self::single::{save_from_bar, save_page};
use crate::browser::{dom, prefs, timer};
use crate::route::{Page, Route};
use crate::ui::components::button::{Button, ButtonLink, Look};
use crate::ui::components::head::{PageHead, SectionHead};
use crate::ui::components::icon::Sign;
use crate::ui::state::{Editor, use_editor};
use crate::ui::text::t;

/// Where a phone goes when a way is chosen: what is shown takes the place of
/// the list.
const BACK: &str = "export-back";

/// Where the device remembers which way was looked at last.
const REMEMBERED: &str = "export";

/// The page.
#[component]
pub fn ExportPage() -> impl IntoView {
    let editor = use_editor();
    let last = prefs::read(REMEMBERED);
    let last = Way::all()
        .into_iter()
        .find(|way| Some(way.id()) == last.as_deref());
    let chosen = RwSignal::new(last.unwrap_or(Way::History));
    let open = RwSignal::new(false);
    let shown = NodeRef::<leptos::html::Div>::new();
    let phone = prefs::watch_media("(max-width: 720px)");
    let choose = Callback::new(move |way: Way| {
        chosen.set(way);
        prefs::write(REMEMBERED, way.id());
        open.set(true);
        // Long panels: what was chosen begins at its name, also where the list is
        // scrolled far down.
        timer::once_redrawn(move || {
            let shown = shown.get_untracked();
            if let Some(head) = shown.and_then(|shown| dom::first_within(&shown, "h2")) {
                dom::reveal(&head);
            }
        });
    });
    // The list is gone from a phone's screen: the focus goes along.
    Effect::new(move || {
        if open.get() && phone.get_untracked() {
            dom::focus_id(BACK);
        }
    });
    view! {
        <div class="page-text export-page" class:is-open=move || open.get()>
            <PageHead title=t("page.export") large=true note=t("export.note")/>
            <div class="export-desk">
                <Ways chosen=chosen.into() on_choose=choose/>
                <div class="export-panel" node_ref=shown>
                    <div class="export-back" id=BACK tabindex="-1">
                        <Button label=t("export.all_formats") look=Look::Quiet sign=Sign::Back on_press=move |_| open.set(false)/>
                    </div>
                    {move || panel(editor, chosen.get())}
                </div>
            </div>
        </div>
    }
}

fn panel(editor: Editor, way: Way) -> AnyView {
    match way {
        Way::Single => view! { <SingleSection editor=editor/> }.into_any(),
        Way::History => view! { <HistorySection editor=editor/> }.into_any(),
        Way::Folder => view! { <FolderSection editor=editor/> }.into_any(),
        Way::Link => view! { <LinkSection editor=editor/> }.into_any(),
        Way::Format(format) => view! { <FormatSection editor=editor format=format/> }.into_any(),
        Way::Print => {
            let print = Route::page(editor.id().to_string(), Page::Print).href();
            view! {
                <section class="export-format">
                    <SectionHead title=t("page.print")/>
                    <p class="export-text">{t("export.print")}</p>
                    <div class="acts">
                        <ButtonLink label=t("export.to_print") sign=Sign::Print href=print/>
                    </div>
                </section>
            }
            .into_any()
        }
    }
}
