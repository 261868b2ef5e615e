//! A whole item in a side panel, drawn from the schema: for kinds that need no
//! panel of their own.

use leptos::prelude::*;
use weft_model::{ItemId, Kind, Uid, field, title_field};

use super::item_form::{ItemForm, ItemTitle, LangSwitch, form_fields};
use super::item_history::ItemHistory;
use super::item_list::ItemList;
use super::item_proposals::ItemProposals;
use super::panel::{self, PanelSection};
use super::talk::Talk;
use crate::ui::sentences::kind_names;
use crate::ui::state::use_editor;
use crate::ui::text::t;
use crate::ui::writing::provide_form_lang;

/// The content of the panel.
#[component]
pub fn ItemPanel(
    /// The item.
    item: ItemId,
) -> impl IntoView {
    provide_form_lang(use_editor(), item);
    let title = title_field(item.kind).filter(|field| field.name() != "body");
    let fields = form_fields(
        item.kind,
        &[title.map_or("", |field| field.name()), "visible_to"],
    );
    let seen = form_fields(item.kind, &[])
        .into_iter()
        .filter(|field| field.name() == "visible_to")
        .collect();
    view! {
        <div class="panel-lang" data-item=item.uid.to_string()><LangSwitch/></div>
        {title.map(|field| view! { <ItemTitle item=item field=field/> })}
        <ItemProposals about=item.into()/>
        <PanelSection title=t("form.fields")><ItemForm item=item fields=fields/></PanelSection>
        {below(item)}
        {(item.kind != Kind::About).then(|| view! {
            <PanelSection title=t("form.visibility")><ItemForm item=item fields=seen/></PanelSection>
        })}
        <Talk anchor=item.into()/>
        <ItemHistory item=item/>
    }
}

/// Into the first field of what was just made, once its panel stands.
pub fn enter_panel(item: Uid) {
    let fields = format!(".panel-lang[data-item='{item}'] ~ * :is(input, textarea)");
    panel::enter(fields);
}

/// The lists of what belongs to an item.
fn below(item: ItemId) -> Option<impl IntoView> {
    let (kind, fields) = match item.kind {
        Kind::Certificate => (
            Kind::Conversion,
            vec![
                field::conversion::modules,
                field::conversion::credit_cap,
                field::conversion::whole_modules_only,
            ],
        ),
        Kind::Cohort => (
            Kind::Intake,
            vec![
                field::intake::source,
                field::intake::size,
                field::intake::recognised,
            ],
        ),
        Kind::Track => (
            Kind::Group,
            vec![field::group::title, field::group::size, field::group::term],
        ),
        Kind::Mode => (
            Kind::RotationBlock,
            vec![
                field::rotation_block::term,
                field::rotation_block::first_week,
                field::rotation_block::last_week,
                field::rotation_block::group,
                field::rotation_block::size,
                field::rotation_block::place,
                field::rotation_block::modules,
                field::rotation_block::venues,
            ],
        ),
        _ => return None,
    };
    let title = Signal::derive(move || kind_names(kind));
    Some(view! {
        <PanelSection title=title><ItemList kind=kind owner=item fields=fields/></PanelSection>
    })
}
