//! Named versions of the plan with their signatures: who has signed just this,
//! what is still missing, and what has changed since.

mod approvals;
mod card;
mod intake;
mod paper;
mod sign;

use leptos::prelude::*;
use weft_model::{Command, ItemId, Kind, Spot, Uid, Value, Verb, VersionId, field};

use self::{
    approvals::Approvals, card::VersionCard, intake::IntakeDialog, paper::PaperDialog,
    sign::SignDialog,
};
use super::compare::Span;
use crate::{
    browser::device,
    ui::{
        components::{
            area::TextArea,
            button::{Button, Look},
            dialog::Dialog,
            empty::Empty,
            field::TextField,
            icon::Sign,
        },
        me::use_me,
        state::{Editor, language_untracked, use_editor},
        text::{say, t},
    },
};

/// What the dialogs are about.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    /// The version to be signed.
    pub signing: RwSignal<Option<VersionId>>,
    /// The version of which a signature on paper is noted.
    pub on_paper: RwSignal<Option<VersionId>>,
}

/// The list. `compare` shows what has changed since a version.
#[component]
pub(super) fn Versions(compare: Callback<Span>) -> impl IntoView {
    let editor = use_editor();
    let me = use_me();
    let naming = RwSignal::new(false);
    let renewing = RwSignal::new(false);
    let origin = move || {
        editor.follow_item(weft_model::ABOUT);
        let lang = editor.lang();
        editor.plan(|plan| crate::ui::revising::origin(plan, &lang))
    };
    let asked = Asked {
        signing: RwSignal::new(None),
        on_paper: RwSignal::new(None),
    };
    let all = Memo::new(move |_| {
        editor.follow(Kind::NamedVersion);
        editor.plan(|plan| {
            let mut all: Vec<_> = (plan.versions.iter())
                .map(|version| (core::cmp::Reverse(version.at.map(|at| at.0)), version.id))
                .collect();
            all.sort_unstable();
            all.into_iter()
                .map(|(_, id)| id)
                .collect::<Vec<VersionId>>()
        })
    });
    view! {
        <div class="versions-head">
            <p class="review-intro">{t("versions.intro")}</p>
            <div class="acts">
                <Button label=t("versions.name_one") look=Look::Primary sign=Sign::Add
                    disabled=Signal::derive(move || editor.read_only())
                    on_press=move |_| me.ask(move || naming.set(true))/>
                <Button label=t("intake.name") sign=Sign::Copy on_press=move |_| renewing.set(true)/>
            </div>
        </div>
        {move || origin().map(|words| view! { <p class="caption lineage">{words}</p> })}
        <Show when=move || all.with(Vec::is_empty)>
            <Empty title=t("versions.none") text=t("versions.none_text")/>
        </Show>
        <ul class="versions">
            <For each=move || all.get() key=|id| *id let:id>
                <li><VersionCard id=id asked=asked compare=compare/></li>
            </For>
        </ul>
        <Approvals/>
        <NamingDialog editor=editor open=naming/>
        <IntakeDialog editor=editor open=renewing/>
        <SignDialog editor=editor version=asked.signing/>
        <PaperDialog editor=editor version=asked.on_paper/>
    }
}

/// Names the plan as it stands.
#[component]
fn NamingDialog(editor: Editor, open: RwSignal<bool>) -> impl IntoView {
    let title = RwSignal::new(String::new());
    let note = RwSignal::new(String::new());
    let missing = RwSignal::new(None::<String>);
    Effect::new(move || {
        if open.get() {
            title.set(String::new());
            note.set(String::new());
            missing.set(None);
        }
    });
    let save = move |_| {
        let words = title.get_untracked().trim().to_owned();
        if words.is_empty() {
            missing.set(Some(say("versions.no_title")));
            return;
        }
        if name_version(editor, &words, note.get_untracked().trim()) {
            open.set(false);
        }
    };
    let foot = move || {
        view! {
            <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/>
            <Button label=t("versions.save") look=Look::Primary on_press=save/>
        }
        .into_any()
    };
    view! {
        <Dialog open=open title=t("versions.name_one") foot=foot>
            <div class="fields">
                <p class="caption">{t("versions.name_hint")}</p>
                <TextField label=t("versions.title") value=title problem=missing on_commit=move |it| title.set(it)
                    placeholder=t("versions.title_example")/>
                <TextArea label=t("versions.note") value=note on_commit=move |it| note.set(it)/>
            </div>
        </Dialog>
    }
}

/// One version of the plan as it stands now.
fn name_version(editor: Editor, title: &str, note: &str) -> bool {
    let item = ItemId {
        kind: Kind::NamedVersion,
        uid: editor.fresh(),
    };
    let lang = language_untracked();
    let digest = editor.plan(weft_seal::digest);
    let mut fields = vec![
        (field::version::title.lang(lang.clone()), Value::str(title)),
        (field::version::digest.key(), Value::str(digest.to_string())),
        (field::version::at.key(), Value::Int(device::now_millis())),
        (
            field::version::author.key(),
            Value::str(editor.author().to_string()),
        ),
    ];
    if !note.is_empty() {
        fields.push((field::version::note.lang(lang), Value::str(note)));
    }
    // The version itself is not in what is hashed, so the point may lie before it
    // as well as behind it.
    let before = editor.point();
    fields.extend(before.map(|point| (field::version::point.key(), Value::str(point.to_string()))));
    let add = Command::Add {
        item,
        owner: None,
        spot: Spot::Last,
        fields,
    };
    if !editor.act(Verb::Add, item, vec![add]) {
        return false;
    }
    // Two branches have just met: this act is the first point with both.
    match (before, editor.point()) {
        (None, Some(point)) => editor.set(
            item,
            field::version::point,
            Some(Value::str(point.to_string())),
        ),
        _ => true,
    }
}

/// The uid of a version in an address or a field.
fn uid(id: VersionId) -> Uid {
    id.0
}
