//! What there is to choose of papers for the office: the one module or term that
//! they are about, the state that a revision is compared with.

use leptos::prelude::*;
use weft_exchange::{FormatInfo, Revision};
use weft_model::{ItemId, Kind, Lang};

use super::made::TableChoice;
use crate::ui::components::choice::{Choice, SelectField};
use crate::ui::find::code_and_title;
use crate::ui::revising::{Base, no_base};
use crate::ui::state::Editor;
use crate::ui::text::{say, say_with, t};

/// The lines of a revision comparison with their reasons, and since when; nothing
/// where there is nothing to compare with.
pub(super) fn revised(
    editor: Editor,
    choice: &TableChoice,
    lang: &Lang,
) -> Option<(String, Vec<Revision>)> {
    let base = base(&editor.bases(), choice)?;
    let lines = editor.revised(&base)?;
    let rows = lines.into_iter().map(|line| Revision {
        reason: editor.reason(&base.digest, &line.target, lang),
        what: line.what,
        old: line.before,
        new: line.after,
    });
    let since = say_with("print.since", &[("what", base.title.clone())]);
    Some((since, rows.collect()))
}

/// The state that was chosen, else the first.
fn base(all: &[Base], choice: &TableChoice) -> Option<Base> {
    let chosen = all.iter().find(|it| Some(&it.id) == choice.since.as_ref());
    chosen.or(all.first()).cloned()
}

/// What can be chosen of a format; nothing of most.
#[component]
pub(super) fn OfficeChoice(
    editor: Editor,
    format: &'static FormatInfo,
    choice: RwSignal<TableChoice>,
) -> impl IntoView {
    match format.id {
        "docx_standards" => {
            view! { <Only editor=editor kind=Kind::Module choice=choice/> }.into_any()
        }
        "docx_opening" | "xlsx_opening" => {
            view! { <Only editor=editor kind=Kind::Term choice=choice/> }.into_any()
        }
        "docx_revision" | "xlsx_revision" => {
            view! { <Since editor=editor choice=choice/> }.into_any()
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

/// Since which state.
#[component]
fn Since(editor: Editor, choice: RwSignal<TableChoice>) -> impl IntoView {
    let bases = Memo::new(move |_| {
        editor.follow(Kind::NamedVersion);
        editor.bases()
    });
    let choices = Signal::derive(move || {
        let all = bases.get().into_iter();
        all.map(|it| Choice::new(it.id, it.title))
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        let base = choice.with(|choice| bases.with(|all| base(all, choice)));
        base.map(|it| it.id).unwrap_or_default()
    });
    view! {
        <Show
            when=move || bases.with(|all| !all.is_empty())
            fallback=move || view! { <p class="export-text">{move || bases.with(|all| no_base(all))}</p> }
        >
            <div class="export-choices">
                <SelectField label=t("review.from") value=value choices=choices
                    on_commit=move |id: String| choice.update(|choice| choice.since = Some(id))/>
            </div>
        </Show>
    }
}
