//! Waiving a finding: the reason, who, until when; ending a waiver; and the
//! waivers that hold no more.

use leptos::prelude::*;
use weft_analysis::Finding;
use weft_model::ItemId;
use weft_model::{Command, Day, Kind, Spot, Value, Verb, WaiverId, field};

use super::{row::waiver_words, sentence};
use crate::{
    browser::{device, profile},
    ui::{
        components::{
            area::TextArea,
            button::{Button, Look},
            dialog::Dialog,
            field::TextField,
            head::SectionHead,
        },
        state::{Editor, language_untracked, use_editor},
        text::{say, t},
    },
};

/// Asks for the reason of a waiver. Open while a finding is given.
#[component]
pub(super) fn WaiveDialog(
    /// What is to be waived.
    waiving: RwSignal<Option<Finding>>,
) -> impl IntoView {
    let editor = use_editor();
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let by = RwSignal::new(String::new());
    let until = RwSignal::new(String::new());
    let no_reason = RwSignal::new(None::<String>);
    let no_day = RwSignal::new(None::<String>);
    Effect::new(move || {
        if waiving.with(Option::is_some) {
            reason.set(String::new());
            until.set(String::new());
            by.set(profile::profile().name);
            no_reason.set(None);
            no_day.set(None);
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() {
            waiving.set(None);
        }
    });
    let waive = move || {
        let Some(finding) = waiving.get_untracked() else {
            return;
        };
        let said = reason.get_untracked().trim().to_owned();
        no_reason.set(said.is_empty().then(|| say("checks.no_reason")));
        let last = until.get_untracked();
        let day = (!last.is_empty()).then(|| Day::new(&last));
        no_day.set(matches!(day, Some(None)).then(|| say("checks.no_day")));
        if said.is_empty() || matches!(day, Some(None)) {
            return;
        }
        let name = by.get_untracked().trim().to_owned();
        if add(editor, &finding, said, &name, day.flatten()) {
            // Who waives it may be a committee: that is nobody's new name.
            if profile::profile().name.is_empty() && !name.is_empty() {
                profile::keep_name(&name);
            }
            open.set(false);
        }
    };
    let about = move || {
        let lang = editor.lang();
        waiving.with(|finding| {
            finding.as_ref().map(|it| {
                editor.plan(|plan| {
                    (
                        sentence::title(it.rule),
                        sentence::subject(plan, &lang, it.subject),
                        sentence::reason(plan, &lang, it),
                    )
                })
            })
        })
    };
    let foot = move || {
        view! {
            <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/>
            <Button label=t("checks.waive_now") look=Look::Primary on_press=move |_| waive()/>
        }
    };
    view! {
        <Dialog open=open title=t("checks.waive_title") foot=foot>
            <div class="fields">
                {move || about().map(|(title, subject, reason)| view! {
                    <p class="waive-about"><b class={"finding-title"}>{title}</b>" "{subject}<br/><span class={"second"}>{reason}</span></p>
                })}
                <TextArea
                    label=t("checks.reason")
                    value=reason
                    on_commit=move |text: String| reason.set(text)
                    problem=no_reason
                    hint=t("checks.reason_hint")
                />
                <div class="fields-side-by-side">
                    <TextField label=t("checks.by") value=by on_commit=move |text: String| by.set(text)/>
                    <TextField label=t("checks.until_label") value=until on_commit=move |text: String| until.set(text) problem=no_day kind="date"/>
                </div>
            </div>
        </Dialog>
    }
}

fn add(editor: Editor, finding: &Finding, reason: String, by: &str, until: Option<Day>) -> bool {
    let item = ItemId {
        kind: Kind::Waiver,
        uid: editor.fresh(),
    };
    let text = |text: &str| Value::str(text);
    let mut fields = vec![
        (field::waiver::rule.key(), text(finding.rule)),
        (
            field::waiver::subject.key(),
            text(&finding.subject.to_string()),
        ),
        (
            field::waiver::figures.key(),
            text(&finding.figures.to_string()),
        ),
        (
            field::waiver::reason.lang(language_untracked()),
            text(&reason),
        ),
        (field::waiver::on.key(), text(&device::today())),
    ];
    if !by.is_empty() {
        fields.push((field::waiver::by.key(), text(by)));
    }
    if let Some(until) = until {
        fields.push((field::waiver::until.key(), text(until.as_str())));
    }
    let add = Command::Add {
        item,
        owner: None,
        spot: Spot::Last,
        fields,
    };
    editor.act(Verb::Waive, finding.subject, vec![add])
}

/// Ends a waiver; undo brings it back.
pub(super) fn end(editor: Editor, waiver: WaiverId) {
    let item = waiver.into();
    editor.act(Verb::Unwaive, item, vec![Command::Delete { item }]);
}

/// Waivers whose subject has changed since, or whose day is over: shown until
/// somebody puts them away.
#[component]
pub(super) fn FallenWaivers() -> impl IntoView {
    let editor = use_editor();
    let fallen = Memo::new(move |_| {
        editor.follow_board();
        editor.plan_and_board(|plan, board| board.fallen_waivers(plan))
    });
    view! {
        <Show when=move || fallen.with(|fallen| !fallen.is_empty())>
            <section class="checks-section">
                <SectionHead title=t("checks.fallen") note=t("checks.fallen_note")/>
                <ul class="findings">
                    <For each=move || fallen.get() key=|id| *id let:id>
                        <FallenWaiver editor=editor waiver=id/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn FallenWaiver(editor: Editor, waiver: WaiverId) -> impl IntoView {
    let head = move || {
        editor.follow_item(waiver.into());
        let lang = editor.lang();
        editor.plan(|plan| {
            let found = plan.waivers.get(waiver)?;
            let subject = found.subject.parse().ok();
            let subject = subject.map(|it| sentence::subject(plan, &lang, it));
            Some((sentence::title(&found.rule), subject.unwrap_or_default()))
        })
    };
    let words = move || {
        let lang = editor.lang();
        editor.plan(|plan| waiver_words(plan, &lang, waiver))
    };
    view! {
        <li class="finding">
            <span class={"finding-mark"}></span>
            <div class="finding-body">
                {move || head().map(|(title, subject)| view! {
                    <p class="finding-head"><b class={"finding-title"}>{title}</b><span class={"finding-where"}>{subject}</span></p>
                })}
                <p class="finding-reason">{words}</p>
            </div>
            <div class="finding-acts">
                {move || (!editor.read_only()).then(|| view! {
                    <Button label=t("checks.put_away") look=Look::Quiet on_press=move |_| end(editor, waiver)/>
                })}
            </div>
        </li>
    }
}
