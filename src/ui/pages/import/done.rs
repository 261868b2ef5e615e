//! It is in: what came, what stayed out, and the way back.

use leptos::prelude::*;
use weft_exchange::Counted;
use weft_model::Verb;

use super::intake::Intake;
use super::{release, tray};
use crate::route::{Page, Route};
use crate::ui::components::button::{Button, ButtonLink, Look};
use crate::ui::components::head::SectionHead;
use crate::ui::components::icon::Sign;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::sentences;
use crate::ui::text::{number, say, say_with, t};

/// The last step.
#[component]
pub fn DoneStep(intake: Intake) -> impl IntoView {
    let editor = intake.editor;
    let lines = move || {
        let Some(preview) = intake.preview.get() else {
            return Vec::new();
        };
        let line = |name: String, counted: Counted| {
            let (new, updated) = (counted.new, counted.updated);
            let parts = [("import.came_new", new), ("import.came_updated", updated)];
            let parts: Vec<String> = parts
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(key, count)| say_with(key, &[("n", number(count as f64))]))
                .collect();
            (!parts.is_empty()).then(|| (name, parts.join(&say("import.comma"))))
        };
        let compared = release::came(intake, &preview.imported.comparisons);
        let chosen = !preview.imported.comparisons.is_empty();
        let items = preview.imported.items.iter();
        let items = items.filter(|(kind, _)| !(chosen && release::is_chosen(**kind)));
        let items =
            items.filter_map(|(kind, counted)| line(sentences::kind_names(*kind), *counted));
        compared
            .into_iter()
            .chain(items)
            .chain(line(say("import.links"), preview.imported.links))
            .collect()
    };
    let rows = move || {
        lines()
            .into_iter()
            .map(|(name, amount)| view! { <dt class="import-kind">{name}</dt><dd>{amount}</dd> })
            .collect_view()
    };
    let left = move || {
        let text = intake
            .preview
            .with(|preview| preview.as_deref().and_then(tray::left))?;
        Some(view! {
            <div class="import-left">
                <Note tone=Tone::Caution>{text}</Note>
                <Button label=t("import.tray_download") sign=Sign::Export on_press=move |_| tray::download(intake)/>
            </div>
        })
    };
    // Only while it is the last thing that this tab did.
    let undo = move || {
        let last = editor
            .undoable()
            .is_some_and(|intent| intent.verb == Verb::Import);
        last.then(|| {
            view! {
                <Button label=t("import.undo") sign=Sign::Undo on_press=move |_| {
                    editor.undo();
                    intake.start_over();
                }/>
            }
        })
    };
    let plan = editor.id().to_string();
    let go = |page: Page| Route::page(plan.clone(), page).href();
    view! {
        <div class="import-done">
            <SectionHead title=t("import.done")/>
            <dl class="pairs import-came">{rows}</dl>
            {left}
            <div class="acts large">
                <ButtonLink label=t("page.modules") look=Look::Primary href=go(Page::Modules)/>
                <ButtonLink label=t("page.weave") href=go(Page::Weave)/>
                <ButtonLink label=t("page.checks") href=go(Page::Checks)/>
                {undo}
                <Button label=t("import.more") look=Look::Quiet on_press=move |_| intake.start_over()/>
            </div>
        </div>
    }
}
