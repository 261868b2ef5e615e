//! The plan's state in one look: key figures, coverage by role, gaps, hours by
//! term and place, what was done lately. Everything here leads to where it can be changed.

mod aside;
mod coverage;
mod figures;
mod gaps;
mod hours;
mod invitation;
mod recent;

use leptos::prelude::*;
use weft_model::{ABOUT, Kind, Lang, PartyKind, Plan};

use self::{
    aside::Aside, coverage::CoverageByRole, figures::KeyFigures, gaps::Gaps, hours::HoursByTerm,
    invitation::Invitation,
};
use crate::{
    route::{Page, Route},
    ui::{
        components::{
            button::{ButtonLink, Look},
            empty::Empty,
            head::PageHead,
            icon::Sign,
        },
        state::{Editor, use_editor},
        text::{number, say, say_count, say_with, t},
    },
};

/// The page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let editor = use_editor();
    let title = Signal::derive(move || {
        let title = editor.title(ABOUT);
        if title.is_empty() {
            say("home.untitled")
        } else {
            title
        }
    });
    let note = Signal::derive(move || {
        editor.follow_item(ABOUT);
        editor.follow(Kind::Party);
        let lang = editor.lang();
        editor.plan(|plan| note(plan, &lang))
    });
    let bare = Memo::new(move |_| {
        editor.follow(Kind::Module);
        editor.follow(Kind::JobItem);
        editor.plan(|plan| plan.modules.is_empty() && plan.job_items.is_empty())
    });
    view! {
        <div class="page-text overview">
            <PageHead title=title large=true note=note>
                <ButtonLink label=t("overview.details") sign=Sign::Edit look=Look::Quiet href=page(editor, Page::Data)/>
                <ButtonLink label=t("overview.print") sign=Sign::Print href=page(editor, Page::Print)/>
            </PageHead>
            <Show
                when=move || !bare.get()
                fallback=move || view! { <Bare editor=editor/> }
            >
                <Invitation/>
                <KeyFigures/>
                <div class="overview-columns">
                    <div class="overview-main">
                        <CoverageByRole/>
                        <Gaps/>
                        <HoursByTerm/>
                    </div>
                    <Aside/>
                </div>
            </Show>
        </div>
    }
}

/// A plan in which nothing is yet: what to do first.
#[component]
fn Bare(editor: Editor) -> impl IntoView {
    view! {
        <Empty title=t("overview.bare") text=t("overview.bare_text")>
            <ButtonLink label=t("overview.to_jobs") look=Look::Primary sign=Sign::Jobs href=page(editor, Page::Jobs)/>
            <ButtonLink label=t("overview.to_modules") sign=Sign::Modules href=page(editor, Page::Modules)/>
            <ButtonLink label=t("overview.to_import") sign=Sign::Import href=page(editor, Page::Import)/>
            <ButtonLink label=t("overview.details") sign=Sign::Edit look=Look::Quiet href=page(editor, Page::Data)/>
        </Empty>
    }
}

/// A page of this plan.
fn page(editor: Editor, page: Page) -> String {
    Route::page(editor.id().to_string(), page).href()
}

/// The line below the title: code, level, intake, length, partners.
fn note(plan: &Plan, lang: &Lang) -> String {
    let about = plan.about();
    let mut parts = vec![about.code.clone(), about.level.show(lang).to_owned()];
    parts.extend(
        about
            .intake_year
            .map(|year| say_with("overview.intake", &[("year", year.0.to_string())])),
    );
    parts.extend(
        about
            .length_normal
            .map(|years| say_count("overview.years", years.as_f64(), &[])),
    );
    parts.push(partners(plan, lang));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// "School with enterprise, enterprise": who makes this plan together.
pub(crate) fn partners(plan: &Plan, lang: &Lang) -> String {
    let name = |kind: Option<PartyKind>| {
        let of_kind = plan.parties.iter().filter(|party| match kind {
            Some(kind) => party.kind.is_some_and(|it| it.0 == kind),
            None => party
                .kind
                .is_none_or(|it| !matches!(it.0, PartyKind::School | PartyKind::Enterprise)),
        });
        let names: Vec<&str> = of_kind.map(|party| party.name.show(lang)).collect();
        names.join(&say("finding.comma"))
    };
    let schools = name(Some(PartyKind::School));
    let mut others = [name(Some(PartyKind::Enterprise)), name(None)].to_vec();
    others.retain(|names| !names.is_empty());
    let others = others.join(&say("finding.comma"));
    if schools.is_empty() || others.is_empty() {
        format!("{schools}{others}")
    } else {
        say_with("overview.with", &[("schools", schools), ("others", others)])
    }
}

/// Hours as the language writes them, without a unit.
fn hours(hours: weft_model::Hours) -> String {
    number(hours.as_f64())
}
