//! What there is to choose of papers for the office: the one module or term that
//! they are about, the state that a revision is compared with.

use leptos::prelude::*;
use weft_exchange::{FormatInfo, Revision};
use weft_model::{ItemId, Kind, Lang};

use super::made::TableChoice;
use crate::ui::components::choice::{Choice, SelectField};
use crate::ui::find::code_and_title;
use crate::ui::pages::between::{Between, BetweenFields};
use crate::ui::revising::{self, no_base};
use crate::ui::state::Editor;
use crate::ui::text::{say, t};

/// The lines of a revision comparison with their reasons, and since when; nothing
/// where there is nothing to compare with.
pub(super) fn revised(
    editor: Editor,
    choice: &TableChoice,
    lang: &Lang,
) -> Option<(String, Vec<Revision>)> {
    let (base, to) = revising::chosen(&editor.bases(), &choice.from, &choice.to)?;
    let lines = editor.revised(&base, to.as_ref())?;
    let rows = lines.into_iter().map(|line| Revision {
        reason: editor.reason(&base.digest, &line.target, lang),
        what: line.what,
        old: line.before,
        new: line.after,
    });
    Some((revising::between(&base, to.as_ref()), rows.collect()))
}

/// What can be chosen of a format; nothing of most.
#[component]
pub(super) fn OfficeChoice(
    editor: Editor,
    format: &'static FormatInfo,
    choice: RwSignal<TableChoice>,
) -> impl IntoView {
    match format.id {
        "docx_standards" | "xlsx_standards" => {
            view! { <Only editor=editor kind=Kind::Module choice=choice/> }.into_any()
        }
        "docx_opening" | "xlsx_opening" => {
            view! { <Only editor=editor kind=Kind::Term choice=choice/> }.into_any()
        }
        "docx_revision" | "xlsx_revision" => {
            view! { <States editor=editor choice=choice/> }.into_any()
        }
        _ => ().into_any(),
    }
}

/// One item of a kind, or all.
#[component]
fn Only(editor: Editor, kind: Kind, choice: RwSignal<TableChoice>) -> impl IntoView {
    let (label, all) = if kind == Kind::Module {
        ("export.which_module", "export.all_modules")
    } else {
        ("export.which_term", "export.all_terms")
    };
    let choices = Signal::derive(move || {
        editor.follow(kind);
        let lang = editor.lang();
        let each = editor.plan(|plan| {
            let live = plan.any(kind).live().into_iter();
            live.map(|uid| {
                let name = code_and_title(plan, &lang, ItemId { kind, uid });
                Choice::new(uid.to_string(), name)
            })
            .collect::<Vec<_>>()
        });
        core::iter::once(Choice::new("", say(all)))
            .chain(each)
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        let uid = choice.with(|choice| choice.only);
        uid.map(|uid| uid.to_string()).unwrap_or_default()
    });
    view! {
        <div class="export-choices">
            <SelectField label=t(label) value=value choices=choices
                on_commit=move |uid: String| choice.update(|choice| choice.only = uid.parse().ok())/>
        </div>
    }
}

/// Between which states.
#[component]
fn States(editor: Editor, choice: RwSignal<TableChoice>) -> impl IntoView {
    let between = Between::new(editor);
    Effect::new(move || {
        let (from, to) = (between.from.get(), between.to.get());
        choice.update(|choice| (choice.from, choice.to) = (from, to));
    });
    view! {
        <div class="export-choices"><BetweenFields editor=editor between=between/></div>
        <Show when=move || between.bases().is_empty()>
            <p class="export-text">{move || no_base(&between.bases())}</p>
        </Show>
    }
}
