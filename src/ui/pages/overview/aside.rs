//! Beside the figures: what the checks say in sum, what was done lately, who
//! takes part, and what the plan says of itself.

use leptos::prelude::*;
use weft_analysis::Group;
use weft_model::{ABOUT, Choice as _, Kind, PartyId, PartyKind, field};

use super::{page, recent::Recent};
use crate::{
    route::Page,
    ui::{
        components::{
            button::MoreLink,
            head::SectionHead,
            icon::{Icon, Sign},
        },
        pages::checks::sentence,
        sentences::choice_name,
        state::use_editor,
        text::{number, say, say_count, t},
    },
};

/// The column at the right.
#[component]
pub(super) fn Aside() -> impl IntoView {
    view! {
        <aside class="overview-aside" aria-label=move || say("overview.aside")>
            <ToDecide/>
            <CheckSums/>
            <Recent/>
            <Partners/>
            <Scale/>
        </aside>
    }
}

/// What partners left for the person: not there while there is nothing.
#[component]
fn ToDecide() -> impl IntoView {
    let editor = use_editor();
    let counts = Memo::new(move |_| {
        let all = [
            ("overview.clashes", editor.clashes().len()),
            ("overview.proposals", editor.to_decide()),
            ("overview.unread", editor.unread()),
        ];
        all.into_iter()
            .filter(|(_, count)| *count > 0)
            .collect::<Vec<_>>()
    });
    let rows = move || {
        let rows = counts.get().into_iter().map(|(key, count)| {
            view! { <li class={"aside-line"}><span class={"aside-name"}>{say_count(key, count as f64, &[])}</span></li> }
        });
        rows.collect_view()
    };
    view! {
        <Show when=move || !counts.with(Vec::is_empty)>
            <section class="aside-section to-decide">
                <SectionHead title=t("overview.to_decide")>
                    <MoreLink label=t("page.review") href=page(editor, Page::Review)/>
                </SectionHead>
                <ul class="aside-list">{rows}</ul>
            </section>
        </Show>
    }
}

/// How many open findings each group has.
#[component]
fn CheckSums() -> impl IntoView {
    let editor = use_editor();
    let groups = Memo::new(move |_| {
        editor.follow_board();
        editor.board(|board| {
            let open = |group: Group| {
                let of_group = board.findings().filter(|it| {
                    it.waived.is_none() && it.info().is_some_and(|info| info.group == group)
                });
                of_group.count()
            };
            let all = Group::ALL.iter().map(|group| (*group, open(*group)));
            all.filter(|(_, count)| *count > 0).collect::<Vec<_>>()
        })
    });
    let total = move || groups.with(|all| all.iter().map(|(_, count)| count).sum::<usize>());
    let note = Signal::derive(move || say_count("checks.open", total() as f64, &[]));
    view! {
        <section class="aside-section">
            <SectionHead title=t("page.checks") note=note>
                <MoreLink label=t("overview.all_checks") href=page(editor, Page::Checks)/>
            </SectionHead>
            <ul class="aside-list">
                <For each=move || groups.get() key=|row| (row.0.id(), row.1) let:row>
                    <li class="aside-line">
                        <span class={"aside-name"}>{move || sentence::group_name(row.0)}</span>
                        <span class={"figure aside-figure"}>{move || number(row.1 as f64)}</span>
                    </li>
                </For>
            </ul>
            <Show when=move || groups.with(Vec::is_empty)>
                <p class="overview-none">{t("checks.clean")}</p>
            </Show>
        </section>
    }
}

/// Who takes part.
#[component]
fn Partners() -> impl IntoView {
    let editor = use_editor();
    let parties = Memo::new(move |_| {
        editor.follow(Kind::Party);
        editor.plan(|plan| {
            let all = plan.parties.iter();
            all.map(|party| (party.id, party.kind.map(|kind| kind.0)))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section class="aside-section">
            <SectionHead title=t("overview.partners")/>
            <Show
                when=move || parties.with(|parties| !parties.is_empty())
                fallback=move || view! { <p class="overview-none">{t("overview.no_partners")}</p> }
            >
                <ul class="aside-list">
                    <For each=move || parties.get() key=|row| *row let:row>
                        <PartyLine id=row.0 kind=row.1/>
                    </For>
                </ul>
            </Show>
        </section>
    }
}

#[component]
fn PartyLine(id: PartyId, kind: Option<PartyKind>) -> impl IntoView {
    let editor = use_editor();
    let (class, sign) = match kind {
        Some(PartyKind::School | PartyKind::TrainingCentre) => ("party-sign school", Sign::School),
        Some(PartyKind::Enterprise) => ("party-sign enterprise", Sign::Enterprise),
        _ => ("party-sign", Sign::Third),
    };
    let kind = move || kind.map(|kind| choice_name(field::party::kind, kind.id()));
    view! {
        <li class="party-line">
            <span class=class><Icon sign=sign/></span>
            <span class="party-words">
                <span class={"party-name"}>{move || editor.title(id.into())}</span>
                <span class="caption">{kind}</span>
            </span>
        </li>
    }
}

/// Kind, hours, scale: what figures and letters mean in this plan.
#[component]
fn Scale() -> impl IntoView {
    let editor = use_editor();
    let pairs = move || {
        editor.follow_item(ABOUT);
        editor.follow(Kind::ScaleLevel);
        let lang = editor.lang();
        editor.plan(|plan| {
            let about = plan.about();
            let kind = about
                .kind
                .map(|kind| choice_name(field::about::kind, kind.0.id()));
            let minutes = about
                .hour_minutes
                .map(|minutes| say_count("overview.minutes", minutes.0 as f64, &[]));
            let levels: Vec<String> = plan
                .scale_levels
                .iter()
                .filter_map(|level| u8::try_from(level.rank?.0).ok())
                .map(|rank| sentence::level(plan, &lang, rank))
                .collect();
            let scale = (!levels.is_empty()).then(|| levels.join(&say("finding.comma")));
            let source = about.source.show(&lang).to_owned();
            let source = (!source.is_empty()).then_some(source);
            let licence = (!about.licence.is_empty()).then(|| about.licence.clone());
            [
                ("overview.kind", kind),
                ("overview.hour", minutes),
                ("overview.scale", scale),
                ("overview.source", source),
                ("overview.licence", licence),
            ]
        })
    };
    let rows = move || {
        let given = pairs()
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)));
        given
            .map(|(key, value)| view! { <dt>{say(key)}</dt><dd>{value}</dd> })
            .collect_view()
    };
    view! {
        <section class="aside-section">
            <SectionHead title=t("overview.about")/>
            <dl class="pairs">{rows}</dl>
        </section>
    }
}
