//! What would come in: how much of each kind, check sums, questions, what is
//! taken with a reservation, what is left, and the first rows.

use leptos::prelude::*;
use weft_exchange::{Check, CheckScope, Counted};

use super::intake::{Intake, Preview};
use super::{changes, first_rows, offers, options, questions, release, tray, warnings, words};
use crate::ui::components::button::{Button, Look};
use crate::ui::components::empty::Empty;
use crate::ui::components::head::SectionHead;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::components::notice::{Note, Tone};
use crate::ui::components::table::TableFrame;
use crate::ui::sentences;
use crate::ui::text::{number, say, say_count, t};

/// The last step before anything happens.
#[component]
pub fn PreviewStep(intake: Intake) -> impl IntoView {
    let preview = intake.preview;
    let is_there = Memo::new(move |_| preview.with(Option::is_some));
    let nothing = Memo::new(move |_| {
        preview.with(|p| p.as_ref().is_some_and(|p| !release::brings(intake, p)))
    });
    let read_only = Signal::derive(move || intake.editor.read_only());
    let rests = Signal::derive(move || {
        nothing.get() || read_only.get() || !is_there.get() || intake.work.with(Option::is_some)
    });
    let overtaken = move || {
        (intake.overtaken.get() && is_there.get())
            .then(|| view! { <Note tone=Tone::Caution>{say("import.overtaken")}</Note> })
    };
    let why_not = move || {
        let key = if read_only.get() {
            "import.read_only"
        } else if nothing.get() {
            if release::has_changes(intake) {
                "release.nothing_chosen"
            } else if offers::none_ticked(intake) {
                "import.nothing_ticked"
            } else if with(intake, |p| {
                p.imported.items.is_empty() && p.imported.links.total() == 0
            }) == Some(true)
            {
                // The amounts say that nothing is understood.
                return None;
            } else {
                "import.nothing_new"
            }
        } else {
            return None;
        };
        Some(view! { <Note>{say(key)}</Note> })
    };
    let failed = move || {
        intake
            .failed
            .get()
            .map(|text| view! { <Note tone=Tone::Gap>{text}</Note> })
    };
    // What stays out may be far below: it is said beside the button.
    let stays = move || {
        let rows = with(intake, |preview| preview.imported.tray.len()).unwrap_or(0);
        (rows > 0).then(|| say_count("import.stays", rows as f64, &[]))
    };
    let act = Signal::derive(move || {
        say(if intake.overtaken.get() {
            "import.look_again"
        } else {
            "import.bring_in"
        })
    });
    view! {
        <Show when=move || is_there.get() fallback=move || view! { <Empty title=t("import.work.looking")/> }>
            <div class="import-preview">
                <div class="import-preview-main">
                    <offers::Offers intake=intake/>
                    <questions::Questions intake=intake/>
                    <release::Releases intake=intake/>
                    // Before anything is ticked there is nothing to count.
                    <Show when=move || !offers::none_ticked(intake)>
                        <Amounts intake=intake/>
                        <changes::Changes intake=intake/>
                    </Show>
                    <Checks intake=intake/>
                    <tray::Tray intake=intake/>
                    <warnings::Warnings intake=intake/>
                    <first_rows::FirstRows intake=intake/>
                    <Show when=move || !release::has_changes(intake)>
                        <first_rows::FirstItems intake=intake/>
                    </Show>
                </div>
                <div class="import-preview-side">
                    <options::Options intake=intake/>
                </div>
            </div>
        </Show>
        <div class="import-foot">
            {overtaken}
            {failed}
            {why_not}
            <Button label=act look=Look::Primary disabled=rests on_press=move |_| intake.bring_in()/>
            <span class="caption import-foot-note">{move || release::chosen(intake)}</span>
            <span class="caption import-foot-note">{stays}</span>
            <span class="caption import-foot-note">{t("import.one_act")}</span>
        </div>
    }
}

/// The preview of the moment; nothing while there is none.
pub fn with<T>(intake: Intake, look: impl FnOnce(&Preview) -> T) -> Option<T> {
    intake.preview.with(|preview| preview.as_deref().map(look))
}

/// New, updated and unchanged, by kind.
#[component]
fn Amounts(intake: Intake) -> impl IntoView {
    let rows = move || {
        let mut rows: Vec<(String, Counted)> = with(intake, |preview| {
            // Lines that are chosen one by one are not counted as coming.
            let chosen = release::has_changes(intake);
            let items = preview.imported.items.iter();
            items
                .filter(|(kind, _)| !(chosen && release::is_chosen(**kind)))
                .map(|(kind, counted)| (sentences::kind_names(*kind), *counted))
                .collect()
        })
        .unwrap_or_default();
        let links = with(intake, |preview| preview.imported.links).unwrap_or_default();
        if links.total() > 0 {
            rows.push((say("import.links"), links));
        }
        rows
    };
    let figure = |value: usize| {
        let class = if value == 0 { "figure none" } else { "figure" };
        view! { <td class=class>{number(value as f64)}</td> }
    };
    let lines = move || {
        rows()
            .into_iter()
            .map(|(name, counted)| {
                view! {
                    <tr>
                        <th scope="row" class={"import-kind"}>{name}</th>
                        {figure(counted.new)}
                        {figure(counted.updated)}
                        {figure(counted.unchanged)}
                    </tr>
                }
            })
            .collect_view()
    };
    let empty = move || {
        rows()
            .is_empty()
            .then(|| view! { <Note tone=Tone::Caution>{say("import.nothing_read")}</Note> })
    };
    let none_beside = move || rows().is_empty() && release::has_changes(intake);
    view! {
        <div class="import-amounts" class:none-beside=none_beside>
            <SectionHead title=t("import.amounts")/>
            {empty}
            <TableFrame label=t("import.amounts")>
                <table class="table" class:is-empty=move || rows().is_empty()>
                    <thead>
                        <tr>
                            <th scope="col" class={"import-kind"}>{t("import.kind")}</th>
                            <th scope="col" class={"figure"}>{t("import.new")}</th>
                            <th scope="col" class={"figure"}>{t("import.updated")}</th>
                            <th scope="col" class={"figure"}>{t("import.unchanged")}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </TableFrame>
        </div>
    }
}

/// Sums of the sheets against what was read.
#[component]
fn Checks(intake: Intake) -> impl IntoView {
    let checks = move |folded: bool| {
        with(intake, |preview| {
            // Subtotals that hold are many, and say no more than that.
            let held = |check: &&Check| {
                let held = check.scope == CheckScope::Subtotal && check.holds();
                held == folded
            };
            let line = |check: &Check| {
                (
                    check.holds(),
                    check.says.is_some(),
                    words::check(preview, check),
                )
            };
            let checks = &preview.imported.checks;
            // What a sheet says itself need not be said of it once more.
            let told = |check: &&Check| {
                let by_itself = |it: &Check| {
                    it.scope == CheckScope::Total
                        && it.measure == check.measure
                        && words::sheet_of(&it.place) == words::sheet_of(&check.place)
                };
                check.scope != CheckScope::Sheet || !checks.iter().any(by_itself)
            };
            let all = checks.iter().filter(held).filter(told);
            all.map(line).collect::<Vec<_>>()
        })
        .unwrap_or_default()
    };
    let lines = move |folded: bool| {
        checks(folded)
            .into_iter()
            .map(|(holds, says, text)| {
                let (class, sign) = match (holds, says) {
                    (true, true) => ("import-check good", Sign::Tick),
                    (true, false) => ("import-check", Sign::Info),
                    (false, _) => ("import-check gap", Sign::Alert),
                };
                view! { <li class=class><Icon sign=sign size=14/><span class={"import-check-text"}>{text}</span></li> }
            })
            .collect_view()
    };
    let folded = Memo::new(move |_| checks(true).len());
    let subtotals = move || {
        let count = folded.get();
        (count > 0).then(|| {
            let label = say_count("import.subtotals_hold", count as f64, &[]);
            view! {
                <details class="unfold">
                    <summary class={"unfold-head"}>{label}</summary>
                    <ul class="import-list">{lines(true)}</ul>
                </details>
            }
        })
    };
    let any = Memo::new(move |_| !checks(false).is_empty() || folded.get() > 0);
    move || {
        any.get().then(|| {
            view! {
                <div class="import-checks">
                    <SectionHead title=t("import.checks") note=t("import.checks_note")/>
                    <ul class="import-list">{move || lines(false)}</ul>
                    {subtotals}
                </div>
            }
        })
    }
}
