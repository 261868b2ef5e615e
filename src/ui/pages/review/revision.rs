//! The revision comparison table: old, new, and why, each reason written here and
//! kept in the plan; printed from Print.

use leptos::prelude::*;
use weft_model::{Aspect, Kind};

use crate::{
    route::{Page, Route},
    ui::{
        components::{
            area::TextArea,
            button::{ButtonLink, Look},
            empty::Empty,
            icon::Sign,
        },
        pages::between::{Between, BetweenFields},
        revising::{Revised, no_base},
        state::{Editor, use_editor},
        text::{say, say_count, t},
        told,
    },
};

/// Lines that are drawn; more are counted. All are printed.
const DRAWN: usize = 300;

/// The table, with the choice of what the plan is compared with.
#[component]
pub(super) fn Revision() -> impl IntoView {
    let editor = use_editor();
    let between = Between::new(editor);
    let base = Memo::new(move |_| between.chosen());
    let lines = Memo::new(move |_| {
        editor.follow_board();
        let (from, to) = base.get()?;
        editor.revised(&from, to.as_ref())
    });
    let count = move || lines.with(|all| all.as_ref().map_or(0, Vec::len));
    let print = Route::spot(editor.id().to_string(), Page::Print, ["revision"]).href();
    let print = StoredValue::new(print);
    let since =
        Memo::new(move |_| base.with(|base| base.as_ref().map(|(from, _)| from.digest.clone())));
    let rows = move || {
        let since = since.get()?;
        let keys = lines.with(|all| {
            let all = all.iter().flatten().take(DRAWN);
            all.map(|it| it.target.clone()).collect::<Vec<_>>()
        });
        Some((since, keys))
    };
    let keyed = move || {
        let rows = rows().map(|(since, keys)| {
            let each = keys.into_iter().map(|key| (since.clone(), key));
            each.collect::<Vec<_>>()
        });
        rows.unwrap_or_default()
    };
    view! {
        <p class="review-intro">{t("revision.intro")}</p>
        <Show
            when=move || lines.with(Option::is_some)
            fallback=move || view! {
                <Empty title=t("revision.none") text=Signal::derive(move || no_base(&between.bases()))/>
                <div class="review-filters is-between"><BetweenFields editor=editor between=between/></div>
            }
        >
            <div class="review-filters is-between">
                <BetweenFields editor=editor between=between/>
                <span class="caption" role="status">{move || say_count("review.differences", count() as f64, &[])}</span>
                <ButtonLink label=t("revision.print") look=Look::Quiet sign=Sign::Print href=print.get_value()/>
            </div>
            <Show when=move || { count() == 0 }><Empty title=t("review.same")/></Show>
            <ol class="revisions">
                <For each=keyed key=|row| format!("{} {}", row.0, row.1) let:row>
                    <Line editor=editor since=row.0 target=row.1 lines=lines/>
                </For>
            </ol>
            <Show when=move || { count() > DRAWN }>
                <p class="caption">{move || say_count("told.and_more", (count() - DRAWN) as f64, &[])}</p>
            </Show>
        </Show>
    }
}

/// One line. It stays while its values change, so that a draft of the reason does.
#[component]
fn Line(
    editor: Editor,
    since: String,
    target: Aspect,
    lines: Memo<Option<Vec<Revised>>>,
) -> impl IntoView {
    let (since, target) = (StoredValue::new(since), StoredValue::new(target));
    let line = Memo::new(move |before: Option<&Option<Revised>>| {
        let found = lines.with(|all| {
            let mut all = all.iter().flatten();
            target.with_value(|target| all.find(|it| it.target == *target).cloned())
        });
        found.or_else(|| before.cloned().flatten())
    });
    let reason = Signal::derive(move || {
        editor.follow(Kind::RevisionReason);
        let lang = editor.lang();
        since.with_value(|since| target.with_value(|target| editor.reason(since, target, &lang)))
    });
    let keep = move |words: String| {
        since.with_value(|since| {
            target.with_value(|target| editor.give_reason_for(since, target, &words));
        });
    };
    let words = move |of: fn(&Revised) -> &String| {
        let words = line.with(|line| line.as_ref().map_or_else(String::new, |it| of(it).clone()));
        if words.is_empty() {
            say("told.nothing")
        } else {
            words
        }
    };
    let what = move || words(|it| &it.what);
    let name = move || match target.with_value(|it| told::href_of(editor, it.subject())) {
        Some(href) => view! { <a class="link" href=href>{what}</a> }.into_any(),
        None => view! { <span>{what}</span> }.into_any(),
    };
    view! {
        <li class="revision">
            <p class="revision-what">{name}</p>
            <dl class="three-way">
                <div class="side"><dt>{t("print.old")}</dt><dd>{move || words(|it| &it.before)}</dd></div>
                <div class="side proposed"><dt>{t("print.new")}</dt><dd>{move || words(|it| &it.after)}</dd></div>
            </dl>
            <div class="revision-reason">
                <TextArea label=t("plan.field.reason") value=reason on_commit=keep rows=1
                    read_only=Signal::derive(move || editor.read_only())/>
            </div>
        </li>
    }
}
