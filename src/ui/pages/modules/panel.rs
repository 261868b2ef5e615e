//! Everything about one module, beside the board; a term or a pool when one of
//! those is meant. Its offerings are `offerings`'.

use leptos::prelude::*;
use weft_model::{ItemId, Kind, ModuleId, Uid, field};

use super::arrange::Bench;
use super::offerings::Offerings;
use super::teaches::Teaches;
use crate::ui::components::button::IconButton;
use crate::ui::components::chip::Tag;
use crate::ui::components::icon::Sign;
use crate::ui::components::item_field::ItemField;
use crate::ui::components::item_form::{ItemForm, ItemTitle, LangSwitch, fields_named};
use crate::ui::components::item_history::ItemHistory;
use crate::ui::components::item_list::ItemList;
use crate::ui::components::item_panel::ItemPanel;
use crate::ui::components::item_proposals::ItemProposals;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::components::panel::{PanelSection, SidePanel};
use crate::ui::components::tabs::{Tab, TabPanel, Tabs};
use crate::ui::components::talk::Talk;
use crate::ui::sentences::kind_name;
use crate::ui::talking::threads;
use crate::ui::text::{number, say_with, t};
use crate::ui::writing::provide_form_lang;

/// The kinds that this page shows in its panel.
const KINDS: [Kind; 3] = [Kind::Module, Kind::Term, Kind::ElectivePool];

/// The panel of what the address names.
#[component]
pub fn BoardPanel(bench: Bench) -> impl IntoView {
    let editor = bench.editor;
    let spot = bench.spot;
    let shown = Memo::new(move |_| {
        let uid = spot.item()?;
        KINDS.into_iter().find_map(|kind| {
            editor.follow(kind);
            let item = ItemId { kind, uid };
            editor.plan(|plan| plan.is_live(item)).then_some(item)
        })
    });
    // The tab stays when another module is shown.
    let tab = RwSignal::new("about");
    let open = Signal::derive(move || shown.get().is_some());
    let label =
        Signal::derive(move || kind_name(shown.get().map_or(Kind::Module, |item| item.kind)));
    let head = move || {
        shown.get().map(|item| {
            view! {
                <Tag label=Signal::derive(move || head_tag(bench, item))/>
                <span class={"push"}></span>
                {move || (!editor.read_only()).then(|| view! {
                    <IconButton label=t("act.delete") sign=Sign::Delete small=true on_press=move |_| bench.delete(item)/>
                })}
            }
        })
    };
    view! {
        <SidePanel open=open label=label on_close=move |()| spot.choose(None) head=head>
            {move || shown.get().map(|item| match item.kind {
                Kind::Module => view! { <AboutModule module=ModuleId(item.uid) bench=bench tab=tab/> }.into_any(),
                _ => view! { <ItemPanel item=item/> }.into_any(),
            })}
        </SidePanel>
    }
}

/// The category of a module; what anything else is.
fn head_tag(bench: Bench, item: ItemId) -> String {
    let editor = bench.editor;
    if item.kind == Kind::Module {
        editor.follow_item(item);
        let category = editor.plan(|plan| {
            plan.modules
                .get(ModuleId(item.uid))
                .and_then(|module| module.category)
        });
        if let Some(category) = category {
            let title = editor.title(category.0.into());
            if !title.is_empty() {
                return title;
            }
        }
    }
    kind_name(item.kind)
}

#[component]
fn AboutModule(module: ModuleId, bench: Bench, tab: RwSignal<&'static str>) -> impl IntoView {
    let editor = bench.editor;
    let item = ItemId::from(module);
    provide_form_lang(editor, item);
    let count = move |kind: Kind| {
        Signal::derive(move || {
            editor.follow(kind);
            let count = editor.plan(|plan| plan.any(kind).below(Some(item.uid)).len());
            (count > 0).then_some(count)
        })
    };
    let taught = Signal::derive(move || {
        editor.follow_board();
        let count = editor.board(|board| {
            board
                .module(module)
                .map_or(0, |figures| figures.competencies)
        });
        usize::try_from(count).ok().filter(|count| *count > 0)
    });
    let said = Signal::derive(move || {
        editor.follow_comments();
        let open = editor.plan(|plan| {
            let all = threads(plan, item.into());
            all.iter().filter(|thread| !thread.resolved).count()
        });
        (open > 0).then_some(open)
    });
    let tabs = vec![
        Tab::new("about", t("modules.tab.about")),
        Tab::new("units", t("modules.tab.units")).count(count(Kind::Unit)),
        Tab::new("assessments", t("modules.tab.assessments")).count(count(Kind::Assessment)),
        Tab::new("weave", t("modules.tab.weave")).count(taught),
        Tab::new("talk", t("talk.title")).count(said),
    ];
    let named = |names: &'static [&'static str]| fields_named(Kind::Module, names);
    view! {
        <div class="panel-lang"><LangSwitch/></div>
        <ItemTitle item=item field=field::module::title/>
        <ItemProposals about=item.into()/>
        <Tabs group="module" label=t("modules.tabs") tabs=tabs selected=tab/>
        <TabPanel group="module" tab="about" selected=tab>
            <PanelSection title=t("modules.section.about")>
                <ItemForm item=item fields=named(&["code", "category", "nature", "module_type", "exam", "delivery", "period", "focus", "tracks"])/>
            </PanelSection>
            <PanelSection title=t("modules.section.hours")>
                <ItemForm item=item fields=named(&["total_hours", "theory_hours", "practice_hours", "counted", "credits", "credit_basis", "hours_by_place"])/>
            </PanelSection>
            <PanelSection title=t("modules.section.offerings")><Offerings module=module/></PanelSection>
            <PanelSection title=t("modules.section.who")>
                <ItemForm item=item fields=named(&["owner", "owner_person", "delivered_by", "teachers", "mentors", "venues", "visible_to"])/>
            </PanelSection>
            <PanelSection title=t("modules.section.after")>
                <ItemForm item=item fields=named(&["prerequisites", "parallels"])/>
            </PanelSection>
            <PanelSection title=t("modules.section.words")>
                <ItemForm item=item fields=named(&["description", "objectives", "note"])/>
            </PanelSection>
            <PanelSection title=t("modules.section.origin")>
                <ItemForm item=item fields=named(&["origin_uri", "origin_source", "origin_release"])/>
            </PanelSection>
            <ItemHistory item=item/>
        </TabPanel>
        <TabPanel group="module" tab="units" selected=tab>
            <PanelSection title=t("modules.section.units")>
                <ItemList kind=Kind::Unit owner=item
                    fields=vec![field::unit::code, field::unit::title, field::unit::hours, field::unit::place, field::unit::description]/>
                <UnitSum module=module bench=bench/>
            </PanelSection>
        </TabPanel>
        <TabPanel group="module" tab="assessments" selected=tab>
            <PanelSection title=t("modules.section.assessments")>
                <div class="item-form"><div class="item-field"><ItemField item=item field=field::module::enterprise_percent/></div></div>
                <ItemList kind=Kind::Assessment owner=item row=assessment_row()/>
                <WeightSum module=module bench=bench/>
            </PanelSection>
        </TabPanel>
        <TabPanel group="module" tab="weave" selected=tab><Teaches module=module bench=bench/></TabPanel>
        <TabPanel group="module" tab="talk" selected=tab><Talk anchor=item.into()/></TabPanel>
    }
}

fn assessment_row() -> Callback<Uid, AnyView> {
    Callback::new(|uid: Uid| {
        let item = ItemId {
            kind: Kind::Assessment,
            uid,
        };
        let editor = crate::ui::state::use_editor();
        let both = Memo::new(move |_| {
            editor.follow_item(item);
            let by = editor.plan(|plan| plan.assessments.get(uid.into()).and_then(|it| it.by));
            by.is_some_and(|by| by.0 == weft_model::AssessedBy::Both)
        });
        view! {
            <div class="list-field is-whole"><ItemField item=item field=field::assessment::title/></div>
            <div class="list-field is-half"><ItemField item=item field=field::assessment::kind/></div>
            <div class="list-field is-half"><ItemField item=item field=field::assessment::by/></div>
            <div class="list-field is-figure"><ItemField item=item field=field::assessment::weight/></div>
            {move || both.get().then(|| view! {
                <div class="list-field is-half"><ItemField item=item field=field::assessment::enterprise_percent/></div>
            })}
            <div class="list-field is-whole"><ItemField item=item field=field::assessment::competencies/></div>
            <div class="list-field is-whole"><ItemField item=item field=field::assessment::note/></div>
        }
        .into_any()
    })
}

/// Σ of the units against the module's total, where every unit says its hours.
#[component]
fn UnitSum(module: ModuleId, bench: Bench) -> impl IntoView {
    let editor = bench.editor;
    move || {
        editor.follow_board();
        let (sum, total) = editor.board(|board| {
            board
                .module(module)
                .map_or((None, None), |figures| (figures.unit_hours, figures.hours))
        });
        sum.map(|sum| {
            sum_note(
                sum.as_f64(),
                total.map(|total| total.as_f64()),
                "modules.sum_of",
            )
        })
    }
}

/// Σ of the weights; 100 is right.
#[component]
fn WeightSum(module: ModuleId, bench: Bench) -> impl IntoView {
    let editor = bench.editor;
    move || {
        editor.follow_board();
        let sum = editor.board(|board| board.module(module)?.weights);
        #[expect(clippy::cast_precision_loss, reason = "percentages")]
        sum.map(|sum| sum_note(sum as f64, Some(100.0), "modules.weight_of"))
    }
}

/// "Σ 76 h of 80 h", with a mark where they differ.
pub(super) fn sum_note(sum: f64, total: Option<f64>, key: &'static str) -> AnyView {
    let wrong = total.is_some_and(|total| (total - sum).abs() > 0.01);
    let all = total.map_or_else(|| "–".to_owned(), number);
    let text = say_with(key, &[("n", number(sum)), ("all", all)]);
    let tone = if wrong { Tone::Gap } else { Tone::Good };
    view! { <Note tone=tone>{text}</Note> }.into_any()
}
