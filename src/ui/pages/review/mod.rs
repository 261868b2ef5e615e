//! What partners did: what was changed on both sides at the same time, and the
//! history with its states side by side.

mod comments;
mod compare;
mod experts;
mod history;
mod partners;
mod proposals;
mod revision;
mod sieve;
mod together;
mod versions;

use leptos::prelude::*;

use self::{
    comments::Comments,
    experts::{Experts, Mode, Walk},
    history::History,
    partners::Partners,
    proposals::Proposals,
    revision::Revision,
    together::Together,
    versions::Versions,
};
use crate::route::Page;
use crate::ui::{
    components::{
        head::PageHead,
        tabs::{Tab, TabPanel, Tabs},
    },
    spot::SpotOn,
    state::use_editor,
    text::t,
};

/// The name that joins the tabs and what they show.
const GROUP: &str = "review";
/// The tabs, as the address names them.
const TABS: [&str; 8] = [
    "history",
    "together",
    "proposals",
    "comments",
    "experts",
    "versions",
    "revision",
    "partners",
];

/// The page: the tabs, or the tasks one by one where the address names them.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let editor = use_editor();
    let spot = SpotOn::new(&editor, Page::Review);
    let mode = Memo::new(move |_| Mode::of(&spot.first()?));
    move || match mode.get() {
        Some(mode) => view! { <Walk spot=spot mode=mode/> }.into_any(),
        None => view! { <Tabbed spot=spot/> }.into_any(),
    }
}

#[component]
fn Tabbed(spot: SpotOn) -> impl IntoView {
    let editor = use_editor();
    let clashes = Signal::derive(move || {
        let count = editor.clashes().len();
        (count > 0).then_some(count)
    });
    let unread = Signal::derive(move || Some(editor.unread()).filter(|count| *count > 0));
    let waiting = Signal::derive(move || Some(editor.to_decide()).filter(|count| *count > 0));
    let at = untrack(|| spot.first());
    let named = TABS.into_iter().find(|tab| at.as_deref() == Some(tab));
    let first = named.unwrap_or(if clashes.get_untracked().is_some() {
        "together"
    } else {
        "history"
    });
    let selected = RwSignal::new(first);
    // Loaded anew, or by a link, the page shows the same.
    Effect::watch(
        move || selected.get(),
        move |tab, _, _| spot.point(vec![(*tab).to_owned()]),
        false,
    );
    let span = RwSignal::new(None);
    let compare = Callback::new(move |since| {
        span.set(Some(since));
        selected.set("history");
    });
    let tabs = vec![
        Tab::new("history", t("review.history")),
        Tab::new("together", t("review.together")).count(clashes),
        Tab::new("proposals", t("proposals.title")).count(waiting),
        Tab::new("comments", t("talk.title")).count(unread),
        Tab::new("experts", t("experts.title")),
        Tab::new("versions", t("versions.tab")),
        Tab::new("revision", t("revision.tab")),
        Tab::new("partners", t("review.partners")),
    ];
    view! {
        <div class="page-text review">
            <PageHead title=t("page.review") large=true/>
            <Tabs group=GROUP label=t("page.review") tabs=tabs selected=selected/>
            <TabPanel group=GROUP tab="history" selected=selected><History span=span/></TabPanel>
            <TabPanel group=GROUP tab="together" selected=selected><Together/></TabPanel>
            <TabPanel group=GROUP tab="proposals" selected=selected><Proposals/></TabPanel>
            <TabPanel group=GROUP tab="comments" selected=selected><Comments/></TabPanel>
            <TabPanel group=GROUP tab="experts" selected=selected><Experts/></TabPanel>
            <TabPanel group=GROUP tab="versions" selected=selected><Versions compare=compare/></TabPanel>
            <TabPanel group=GROUP tab="revision" selected=selected><Revision/></TabPanel>
            <TabPanel group=GROUP tab="partners" selected=selected><Partners/></TabPanel>
        </div>
    }
}
