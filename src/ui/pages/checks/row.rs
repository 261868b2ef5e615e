//! One finding: what is wrong, where, why, and what can be done about it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use weft_analysis::{Figure, Finding};
use weft_model::{ItemId, Severity, Subject, WaiverId};

use super::arrive::Arrival;
use super::sentence;
use crate::ui::{
    components::{
        button::{Button, Look},
        field::fresh_id,
        icon::{Icon, Sign},
    },
    find::{code_and_title, finding_spot, link_to, spot},
    state::{Editor, use_editor},
    text::{day, say, say_with, t},
};

/// The row. It is made for one state of the figures; only the waiver changes
/// under it.
#[component]
pub(super) fn FindingRow(
    /// What the rule says.
    finding: Finding,
    /// Which findings are waived, and by which waiver.
    waived: Memo<BTreeMap<(&'static str, Subject), WaiverId>>,
    /// The finding that is about to be waived.
    waiving: RwSignal<Option<Finding>>,
    /// The finding that the address names.
    arrival: Arrival,
) -> impl IntoView {
    let editor = use_editor();
    let key = (finding.rule, finding.subject);
    let rule = finding.rule;
    let severity = finding.severity;
    let waiver = Memo::new(move |_| waived.with(|waived| waived.get(&key).copied()));
    let explained = RwSignal::new(false);
    let why_id = fresh_id("why");
    let controls = why_id.clone();
    let stored = StoredValue::new(finding.clone());
    let row = NodeRef::new();
    arrival.receive(stored, row);
    let leave = move |_| stored.with_value(|finding| arrival.leave_from(finding));
    let reason = move || {
        let lang = editor.lang();
        editor.plan(|plan| stored.with_value(|it| sentence::reason(plan, &lang, it)))
    };
    let name = move || {
        follow_subject(editor, key.1);
        let lang = editor.lang();
        editor.plan(|plan| sentence::subject(plan, &lang, key.1))
    };
    let go = editor.plan(|plan| finding_spot(plan, &editor.id().to_string(), &finding).href());
    let source = move || {
        let source = stored
            .with_value(|it| it.info().map(sentence::source))
            .unwrap_or_default();
        say_with("checks.source", &[("source", source)])
    };
    let (tone, sign) = match severity {
        Severity::Hard => ("finding-mark gap", Sign::Alert),
        Severity::Soft => ("finding-mark caution", Sign::Alert),
        Severity::Info => ("finding-mark", Sign::Info),
    };
    view! {
        <li
            class="finding"
            class:is-waived=move || waiver.get().is_some()
            class:is-here=move || stored.with_value(|finding| arrival.is_here(finding))
            tabindex="-1"
            node_ref=row
        >
            <span class=tone role="img" aria-label=move || sentence::severity_name(severity) title=move || sentence::severity_name(severity)>
                <Icon sign=sign size=14/>
            </span>
            <div class="finding-body">
                <p class="finding-head">
                    <b class={"finding-title"}>{move || sentence::title(rule)}</b>
                    <a class="finding-where" href=subject_href(editor, key.1) on:click=leave>{name}</a>
                </p>
                <p class="finding-reason">{reason}</p>
                <Others editor=editor finding=finding/>
                {move || waiver.get().map(|id| view! { <WaiverNote editor=editor waiver=id/> })}
                <div class="finding-why" id=why_id hidden=move || !explained.get()>
                    <p class={"finding-why-text"}>{move || sentence::why(rule)}</p>
                    <p class={"caption"}>{source}</p>
                </div>
            </div>
            <div class="finding-acts">
                <button
                    type="button"
                    class="button quiet"
                    aria-expanded=move || explained.get().to_string()
                    aria-controls=controls
                    on:click=move |_| explained.update(|it| *it = !*it)
                >
                    <span class={"button-word"}>{t("checks.why")}</span>
                </button>
                {move || (!editor.read_only()).then(|| match waiver.get() {
                    None => view! {
                        <Button label=t("checks.waive") look=Look::Quiet on_press=move |_| waiving.set(Some(stored.get_value()))/>
                    }.into_any(),
                    Some(id) => view! {
                        <Button label=t("checks.unwaive") look=Look::Quiet on_press=move |_| super::waive::end(editor, id)/>
                    }.into_any(),
                })}
                <a class="button quiet sole" href=go on:click=leave aria-label=move || say_with("checks.go", &[("what", name())]) title=t("checks.go_hint")>
                    <Icon sign=Sign::Go/>
                </a>
            </div>
        </li>
    }
}

fn follow_subject(editor: Editor, subject: Subject) {
    match subject {
        Subject::Plan => {}
        Subject::Item(item) => editor.follow_item(item),
        Subject::Link(key) => {
            editor.follow_item(key.module.into());
            editor.follow_item(key.competency.into());
        }
    }
}

/// Where the subject itself is shown; the arrow leads to where it is put right.
fn subject_href(editor: Editor, subject: Subject) -> String {
    let id = editor.id().to_string();
    match subject {
        Subject::Plan => crate::route::Route::page(id, crate::route::Page::Data).href(),
        Subject::Item(item) => editor.plan(|plan| spot(plan, &id, item).href()),
        Subject::Link(key) => link_to(&id, key.module, key.competency).href(),
    }
}

/// Links to the other items that a finding names.
#[component]
fn Others(editor: Editor, finding: Finding) -> impl IntoView {
    let items: Vec<ItemId> = finding
        .figures
        .iter()
        .filter_map(|(_, figure)| match figure {
            Figure::Items(items) => Some(items.iter().copied()),
            _ => None,
        })
        .flatten()
        .filter(|item| Subject::Item(*item) != finding.subject)
        .take(8)
        .collect();
    (!items.is_empty()).then(|| {
        let links = items.into_iter().map(|item| {
            let href = editor.plan(|plan| spot(plan, &editor.id().to_string(), item).href());
            let name = move || {
                editor.follow_item(item);
                let lang = editor.lang();
                editor.plan(|plan| code_and_title(plan, &lang, item))
            };
            view! { <a class="finding-other" href=href>{name}</a> }
        });
        view! { <p class="finding-others">{links.collect_view()}</p> }
    })
}

/// Who waived it, when, why, and until when.
#[component]
fn WaiverNote(editor: Editor, waiver: WaiverId) -> impl IntoView {
    let text = move || {
        editor.follow_item(waiver.into());
        let lang = editor.lang();
        editor.plan(|plan| waiver_words(plan, &lang, waiver))
    };
    view! { <p class="finding-waiver">{text}</p> }
}

/// A waiver in one line: "Waived: learned on the job. Ding Hui, 14 May 2026".
pub fn waiver_words(plan: &weft_model::Plan, lang: &weft_model::Lang, id: WaiverId) -> String {
    let Some(waiver) = plan.waivers.get(id) else {
        return String::new();
    };
    let mut parts = vec![waiver.by.clone()];
    parts.extend(waiver.on.as_ref().map(|on| day(on.as_str())));
    parts.extend(
        waiver
            .until
            .as_ref()
            .map(|until| say_with("checks.until", &[("day", day(until.as_str()))])),
    );
    parts.retain(|part| !part.is_empty());
    say_with(
        "checks.waived_because",
        &[
            ("reason", waiver.reason.show(lang).to_owned()),
            ("who", parts.join(&say("finding.comma"))),
        ],
    )
}
