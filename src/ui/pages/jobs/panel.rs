//! Everything about one line, beside the outline.

use leptos::prelude::*;
use weft_model::{ItemId, JobItemId, Kind, Tier, field};

use super::line::tier_name;
use super::lines::Lines;
use super::opinion::Opinions;
use super::taught::letter;
use crate::route::Page;
use crate::ui::components::button::IconButton;
use crate::ui::components::chip::Tag;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::components::item_field::ItemField;
use crate::ui::components::item_form::{ItemForm, ItemTitle, LangSwitch, fields_named};
use crate::ui::components::item_history::ItemHistory;
use crate::ui::components::item_proposals::ItemProposals;
use crate::ui::components::panel::{PanelSection, SidePanel};
use crate::ui::components::talk::Talk;
use crate::ui::spot::SpotOn;
use crate::ui::state::use_editor;
use crate::ui::text::{say, t};
use crate::ui::writing::provide_form_lang;

/// The panel of the line that the address names.
#[component]
pub fn LinePanel(lines: Lines, spot: SpotOn) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let line = JobItemId(spot.item()?);
        lines
            .outline
            .with(|outline| outline.row(line).map(|row| (line, row.tier)))
    });
    let open = Signal::derive(move || shown.get().is_some());
    let head = move || {
        shown.get().map(|(line, tier)| {
            view! {
                <Tag label=Signal::derive(move || tier_name(tier))/>
                <span class={"push"}></span>
                <IconButton label=t("jobs.menu.up") sign=Sign::Up small=true on_press=move |_| lines.up(line)/>
                <IconButton label=t("jobs.menu.down") sign=Sign::Down small=true on_press=move |_| lines.down(line)/>
                <IconButton label=t("act.delete") sign=Sign::Delete small=true on_press=move |_| lines.delete(&[line])/>
            }
        })
    };
    view! {
        <SidePanel open=open label=t("jobs.panel") on_close=move |()| spot.choose(None) head=head>
            {move || shown.get().map(|(line, tier)| view! { <About line=line tier=tier lines=lines spot=spot/> })}
        </SidePanel>
    }
}

#[component]
fn About(line: JobItemId, tier: Tier, lines: Lines, spot: SpotOn) -> impl IntoView {
    let item = ItemId::from(line);
    provide_form_lang(use_editor(), item);
    let named = |names: &[&str]| fields_named(Kind::JobItem, names);
    let asks = match tier {
        Tier::Role => named(&["stage"]),
        Tier::Task | Tier::Content => named(&["importance", "frequency", "difficulty"]),
        Tier::Competency => named(&[
            "kind",
            "required_level",
            "importance",
            "frequency",
            "difficulty",
            "learn_at",
        ]),
    };
    let who = named(&["owner", "owner_person", "visible_to"]);
    let words = if tier == Tier::Competency {
        named(&["description", "equipment", "note"])
    } else {
        named(&["description", "note"])
    };
    let origin = named(&["origin_uri", "origin_source", "origin_release", "framework"]);
    view! {
        <div class="panel-lang"><LangSwitch/></div>
        <ItemTitle item=item field=field::job_item::statement/>
        <ItemProposals about=item.into()/>
        <PanelSection title=t("jobs.section.about")>
            <div class="item-form">
                <div class="item-field"><ItemField item=item field=field::job_item::code/></div>
            </div>
            <ItemForm item=item fields=asks/>
        </PanelSection>
        {(tier == Tier::Competency).then(|| view! { <TaughtIn line=line lines=lines spot=spot/> })}
        <Opinions line=line/>
        <PanelSection title=t("jobs.section.words")><ItemForm item=item fields=words/></PanelSection>
        <PanelSection title=t("jobs.section.who")><ItemForm item=item fields=who/></PanelSection>
        <PanelSection title=t("jobs.section.origin")><ItemForm item=item fields=origin/></PanelSection>
        <Talk anchor=item.into()/>
        <ItemHistory item=item/>
    }
}

/// The modules that teach a competency, with their levels.
#[component]
fn TaughtIn(line: JobItemId, lines: Lines, spot: SpotOn) -> impl IntoView {
    let editor = lines.editor;
    let rows = move || {
        editor.follow_board();
        let lang = editor.lang();
        let found = editor.plan_and_board(|plan, board| {
            let mut found: Vec<_> = board
                .taught_in(line)
                .map(|(module, cell)| {
                    let of = plan.modules.get(module);
                    let level = cell.level.map(|rank| letter(plan, &lang, rank.into()).0);
                    (
                        board.module_place(module),
                        module,
                        of.map(|module| module.code.clone()).unwrap_or_default(),
                        of.map(|module| module.title.show(&lang).to_owned())
                            .unwrap_or_default(),
                        level.unwrap_or_else(|| "·".to_owned()),
                        usize::from(cell.level.unwrap_or(0)),
                        usize::from(board.highest_level().unwrap_or(0)),
                        cell.assessed,
                    )
                })
                .collect();
            found.sort_by_key(|row| row.0);
            found
        });
        if found.is_empty() {
            return view! { <p class="caption">{say("jobs.not_taught_yet")}</p> }.into_any();
        }
        let drawn = found
            .into_iter()
            .map(|(_, module, code, title, level, rank, of, assessed)| {
                let class = format!("level {}", crate::ui::components::chip::shade(rank, of));
                view! {
                    <li class="taught-row">
                        <span class=class>{level}</span>
                        <span class="code">{code}</span>
                        <a class="one-line link" href=spot.href(Page::Modules, module.into())>{title}</a>
                        {assessed.then(|| view! { <span class="caption">{say("jobs.assessed")}</span> })}
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="taught-rows">{drawn}</ul> }.into_any()
    };
    let to_weave = Signal::derive(move || spot.href(Page::Weave, line.into()));
    view! {
        <PanelSection title=t("jobs.section.taught")>
            {rows}
            <a class="more-link" href=move || to_weave.get()>
                <span class={"button-word"}>{t("jobs.to_weave")}</span>
                <Icon sign=Sign::Right size=12/>
            </a>
        </PanelSection>
    }
}
