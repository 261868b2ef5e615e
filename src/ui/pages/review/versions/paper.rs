//! Noting that a version was signed on paper, with the hash of the scan.

use leptos::prelude::*;
use weft_model::{Day, Uid, Value, VersionId, field};
use weft_seal::{Statement, digest_of};

use super::sign::{StageField, add, digest_for, fields_of, parties, stage_or_first};
use crate::{
    browser::{device, files},
    ui::{
        components::{
            button::{Button, Look},
            choice::SelectField,
            dialog::Dialog,
            field::TextField,
            icon::Sign,
            notice::{Note, Tone},
        },
        state::{Editor, language_untracked},
        text::{say, say_with, t},
    },
};

/// The largest scan that is hashed.
const LIMIT: u64 = 256 << 20;

/// The dialog; open while there is a version.
#[component]
pub(super) fn PaperDialog(editor: Editor, version: RwSignal<Option<VersionId>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let role = RwSignal::new(String::new());
    let on = RwSignal::new(String::new());
    let party = RwSignal::new(String::new());
    let stage = RwSignal::new(String::new());
    let scan = RwSignal::new(None::<(String, String)>);
    let problem = RwSignal::new(None::<&'static str>);
    let unsigned = RwSignal::new(None::<String>);
    Effect::new(move || {
        if version.get().is_some() {
            for field in [name, role, party, stage] {
                field.set(String::new());
            }
            on.set(device::today());
            scan.set(None);
            problem.set(None);
            unsigned.set(None);
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() && version.with_untracked(Option::is_some) {
            version.set(None);
        }
    });
    let choose = move |_| {
        files::pick("", false, LIMIT, move |found| {
            match found.into_iter().next() {
                Some(Ok(file)) => scan.set(Some((file.name, digest_of(&file.bytes).to_string()))),
                _ => problem.set(Some("versions.no_scan")),
            }
        });
    };
    let save = move |_| {
        let Some(id) = version.get_untracked() else {
            return;
        };
        if name.with_untracked(|name| name.trim().is_empty()) {
            unsigned.set(Some(say("versions.no_signer")));
            return;
        }
        unsigned.set(None);
        let Ok(party) = party.get_untracked().parse::<Uid>() else {
            problem.set(Some("versions.no_party"));
            return;
        };
        let Some(day) = Day::new(&on.get_untracked()) else {
            problem.set(Some("checks.no_day"));
            return;
        };
        let stage = stage_or_first(editor, id, &stage.get_untracked());
        let digest = match digest_for(editor, id, stage) {
            Ok(digest) => digest,
            Err(key) => return problem.set(Some(key)),
        };
        let lang = language_untracked();
        let (party_name, party_kind) = editor.plan(|plan| {
            let found = plan.parties.get(party.into());
            (
                found
                    .map(|it| it.name.show(&lang).to_owned())
                    .unwrap_or_default(),
                found.and_then(|it| it.kind).map(|kind| kind.0),
            )
        });
        let statement = Statement {
            digest,
            name: name.get_untracked().trim().to_owned(),
            role: role.get_untracked().trim().to_owned(),
            party: Some(party),
            party_name,
            party_kind,
            stage,
            at_millis: device::now_millis(),
        };
        let mut fields = fields_of(&statement);
        fields.push((field::signature::on_paper.key(), Value::str(day.as_str())));
        if let Some((_, digest)) = scan.get_untracked() {
            fields.push((field::signature::scan_digest.key(), Value::str(digest)));
        }
        if add(editor, id, fields) {
            open.set(false);
        }
    };
    let foot = move || {
        view! {
            <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/>
            <Button label=t("versions.note_paper") look=Look::Primary on_press=save/>
        }
        .into_any()
    };
    view! {
        <Dialog open=open title=t("versions.on_paper") foot=foot>
            <div class="fields">
                <p class="caption">{t("versions.paper_hint")}</p>
                <TextField label=t("versions.signer") value=name problem=unsigned on_commit=move |it| name.set(it)/>
                <TextField label=t("me.role") value=role on_commit=move |it| role.set(it)/>
                <SelectField label=t("versions.for_party") value=party on_commit=move |it| party.set(it)
                    choices=Signal::derive(move || parties(editor))/>
                <StageField editor=editor stage=stage version=version/>
                <TextField label=t("versions.paper_day") value=on kind="date" on_commit=move |it| on.set(it)/>
                <div class="acts">
                    <Button label=t("versions.scan") sign=Sign::Folder on_press=choose/>
                    <span class="caption">
                        {move || scan.get().map(|(name, digest)| {
                            let short = digest.chars().take(12).collect::<String>();
                            say_with("versions.scan_taken", &[("name", name), ("hash", short)])
                        })}
                    </span>
                </div>
                <div role="status">
                    {move || problem.get().map(|key| view! { <Note tone=Tone::Gap>{say(key)}</Note> })}
                </div>
            </div>
        </Dialog>
    }
}
