//! For experts who got the plan from a school: the way to the tasks, first of all,
//! with how far they have come.

use leptos::prelude::*;
use weft_model::{Kind, PartyKind};

use crate::{
    route::{Page, Route},
    ui::{
        components::{
            button::{ButtonLink, Look},
            icon::Sign,
        },
        judging::progress,
        me::use_me,
        state::use_editor,
        text::{number, say_count, say_with, t},
    },
};

/// The band. Not there for a school, nor where nobody else has written: there it is
/// the person's own plan.
#[component]
pub(super) fn Invitation() -> impl IntoView {
    let editor = use_editor();
    let me = use_me();
    let so_far = Memo::new(move |_| progress(editor, editor.myself()));
    let invited = Memo::new(move |_| {
        // Who they are may change at any time.
        me.profile();
        editor.follow(Kind::Party);
        let party = editor.party();
        let school = party.is_some_and(|party| {
            let kind = editor.plan(|plan| plan.parties.get(party).and_then(|it| it.kind));
            kind.is_some_and(|kind| kind.0 == PartyKind::School)
        });
        let own = editor.author();
        !school && editor.authors().into_keys().any(|author| author != own)
    });
    let shown = move || invited.get() && so_far.get().1 > 0;
    let text = move || {
        let (done, all) = so_far.get();
        if done == 0 {
            return say_count("experts.walk_intro", all as f64, &[]);
        }
        let figures = [("n", number(done as f64)), ("all", number(all as f64))];
        say_with("experts.looked_at", &figures)
    };
    let href = Route::spot(editor.id().to_string(), Page::Review, ["tasks"]).href();
    let href = StoredValue::new(href);
    view! {
        <Show when=shown>
            <section class="invitation">
                <div class="invitation-words">
                    <h2 class="section-name">{t("experts.invite")}</h2>
                    <p class="invitation-text">{text}</p>
                </div>
                <ButtonLink label=t("experts.to_tasks") look=Look::Primary sign=Sign::Checks href=href.get_value()/>
            </section>
        </Show>
    }
}
