//! Choosing what comes in: files by the chooser or dropped, or pasted cells.

use leptos::html;
use leptos::prelude::*;

use super::intake::{FILE_LIMIT, Intake, Step};
use crate::browser::files;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::field::{FieldLook, TextField};
use crate::ui::components::head::SectionHead;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::text::{say, t};

/// What the chooser offers first; anything else is judged by its content.
const ACCEPT: &str = ".csv,.tsv,.txt,.xlsx,.docx,.json,.weft,.html,.zip,text/csv,text/tab-separated-values,application/json,application/zip";

/// The first step.
#[component]
pub fn Source(intake: Intake, dragged: ReadSignal<bool>) -> impl IntoView {
    let pick = move |_| {
        files::choose(ACCEPT, FILE_LIMIT, move |files| {
            if !intake.step.is_disposed() {
                intake.take(files);
            }
        });
    };
    let back = move || {
        let some =
            intake.tables.with(|tables| !tables.is_empty()) || intake.whole.with(Option::is_some);
        let forms = intake.forms.with(|forms| !forms.is_empty());
        let to_forms = forms.then(|| {
            view! { <Button label=t("forms.back") look=Look::Quiet on_press=move |_| intake.go(Step::Forms)/> }
        });
        let to_tables = some.then(|| {
            view! { <Button label=t("import.back") look=Look::Quiet on_press=move |_| intake.go(Step::Preview)/> }
        });
        view! { {to_forms} {to_tables} }
    };
    view! {
        <div class="import-drop" class:over=move || dragged.get()>
            <Icon sign=Sign::Import size=24/>
            <p class="import-drop-title">{t("import.drop")}</p>
            <p class="import-drop-text">{t("import.drop_what")} " " {t("import.drop_forms")}</p>
            <div class="acts large">
                <Button label=t("import.choose") look=Look::Primary sign=Sign::Folder on_press=pick/>
                {back}
            </div>
        </div>
        <Paste intake=intake/>
    }
}

/// Cells from a spreadsheet.
#[component]
fn Paste(intake: Intake) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let name = RwSignal::new(String::new());
    let empty = RwSignal::new(true);
    let take = move |_| {
        let Some(area) = area.get_untracked() else {
            return;
        };
        let called = name.get_untracked();
        let called = if called.trim().is_empty() {
            say("import.pasted")
        } else {
            called
        };
        if intake.take_cells(&area.value(), called) {
            area.set_value("");
            empty.set(true);
        }
    };
    view! {
        <div class="import-paste">
            <SectionHead title=t("import.paste.title") note=t("import.paste.note")/>
            <div class="fields">
                <div class="field">
                    <label class="field-label" for="import-paste">{t("import.paste.cells")}</label>
                    <textarea
                        class="field-input field-area import-paste-area"
                        id="import-paste"
                        rows="6"
                        spellcheck="false"
                        node_ref=area
                        placeholder=move || say("import.paste.example")
                        on:input=move |event| empty.set(event_target_value(&event).trim().is_empty())
                    ></textarea>
                </div>
                <div class="import-paste-foot">
                    <TextField label=t("import.paste.name") value=name look=FieldLook::Boxed
                        placeholder=t("import.pasted") on_commit=move |text| name.set(text)/>
                    <Button label=t("import.paste.read") disabled=empty on_press=take/>
                </div>
            </div>
        </div>
    }
}
