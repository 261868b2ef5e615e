//! What was done lately, by whom and when. Read from the history only while
//! this is shown, and again after every change.

use leptos::prelude::*;
use weft_document::RecentAct;
use weft_model::{Choice as _, Intent, ItemId, Subject, Verb};

use crate::browser::{device, intl::Moment};
use crate::route::{Page, Route};
use crate::ui::{
    components::head::SectionHead,
    find::{code_and_title, link_to, spot},
    state::{Editor, use_editor},
    text::{moment, say, say_with, t},
};

/// How many acts are shown.
const SHOWN: usize = 6;

/// The section.
#[component]
pub(super) fn Recent() -> impl IntoView {
    let editor = use_editor();
    let acts = Memo::new(move |_| {
        editor.follow_board();
        editor.recent(SHOWN)
    });
    view! {
        <section class="aside-section">
            <SectionHead title=t("overview.recent")/>
            <Show
                when=move || acts.with(|acts| !acts.is_empty())
                fallback=move || view! { <p class="overview-none">{t("overview.nothing_recent")}</p> }
            >
                <ol class="aside-list">
                    <For
                        each=move || acts.get()
                        key=|act| format!("{} {} {}", act.at_millis, act.author, act.intent)
                        let:act
                    >
                        <Line editor=editor act=act/>
                    </For>
                </ol>
            </Show>
        </section>
    }
}

#[component]
fn Line(editor: Editor, act: RecentAct) -> impl IntoView {
    let href = href(editor, act.intent);
    let act = StoredValue::new(act);
    let who = move || act.with_value(who);
    let did = move || {
        let intent = act.with_value(|act| act.intent);
        let what = thing(editor, intent.subject);
        say_with(&format!("did.{}", intent.verb.id()), &[("what", what)])
    };
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970")]
    let when = move || when(act.with_value(|act| act.at_millis) as f64);
    view! {
        <li class="recent-line">
            <p class={"recent-words"}>
                <b class="recent-who">{who}</b>
                " "
                {match href {
                    Some(href) => view! { <a class="recent-what" href=href>{did}</a> }.into_any(),
                    None => view! { <span class="recent-what">{did}</span> }.into_any(),
                }}
            </p>
            <time class="caption recent-when">{when}</time>
        </li>
    }
}

fn who(act: &RecentAct) -> String {
    match (act.name.is_empty(), act.own) {
        (false, _) => act.name.clone(),
        (true, true) => say("overview.you"),
        (true, false) => say("overview.someone"),
    }
}

/// What an act was about, with the marks that a title stands in. Reactive in
/// the item, so that it is called as it is called now.
fn thing(editor: Editor, subject: Subject) -> String {
    let lang = editor.lang();
    let name = |item: ItemId| {
        editor.follow_item(item);
        editor.plan(|plan| code_and_title(plan, &lang, item))
    };
    match subject {
        Subject::Plan => say("overview.the_plan"),
        Subject::Item(item) if item == weft_model::ABOUT => say("overview.the_plan"),
        Subject::Item(item) => say_with("overview.thing", &[("what", name(item))]),
        Subject::Link(key) => {
            let module = name(key.module.into());
            let competency = name(key.competency.into());
            let what = format!("{module} × {competency}");
            say_with("overview.thing", &[("what", what)])
        }
    }
}

/// Where it is shown now; nothing for what is gone.
fn href(editor: Editor, intent: Intent) -> Option<String> {
    let id = editor.id().to_string();
    let waiver = matches!(intent.verb, Verb::Waive | Verb::Unwaive);
    editor.plan(|plan| {
        let live = |item: ItemId| plan.any(item.kind).is_live(item.uid);
        match intent.subject {
            Subject::Plan => None,
            Subject::Item(item) if waiver && live(item) => {
                Some(Route::spot(id, Page::Checks, [item.uid.to_string()]).href())
            }
            Subject::Item(item) => live(item).then(|| spot(plan, &id, item).href()),
            Subject::Link(key) => {
                let both = live(key.module.into()) && live(key.competency.into());
                both.then(|| link_to(&id, key.module, key.competency).href())
            }
        }
    })
}

/// The time of today, else the day with the time.
fn when(millis: f64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970")]
    let now = device::now_millis() as f64;
    let today = moment(millis, Moment::Day) == moment(now, Moment::Day);
    moment(
        millis,
        if today {
            Moment::Time
        } else {
            Moment::DayAndTime
        },
    )
}
