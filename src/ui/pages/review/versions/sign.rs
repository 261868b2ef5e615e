//! Signing a version with the key of this device.

use leptos::prelude::*;
use weft_model::{
    Choice as _, Command, ItemId, Kind, PartyId, Plan, SignerStage, Spot, Uid, Value, Verb,
    VersionId, field,
};
use weft_seal::{Scope, Standing, Statement, digest_in, scope, standing};

use super::uid;
use crate::{
    browser::{device, profile as mine},
    ui::{
        components::{
            button::{Button, Look},
            choice::{Choice, SelectField},
            dialog::Dialog,
            notice::{Note, Tone},
        },
        profile,
        sentences::{choice_name, item_name},
        state::{Editor, language_untracked},
        text::{say, say_with, t},
    },
};

/// The dialog; open while there is a version to sign.
#[component]
pub(super) fn SignDialog(editor: Editor, version: RwSignal<Option<VersionId>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let stage = RwSignal::new(String::new());
    let party = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<&'static str>);
    Effect::new(move || {
        if version.get().is_some() {
            stage.set(String::new());
            let spoken = mine::party_in(editor.id());
            party.set(spoken.map(|party| party.to_string()).unwrap_or_default());
            problem.set(None);
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() && version.with_untracked(Option::is_some) {
            version.set(None);
        }
    });
    let sign = move |_| {
        let Some(id) = version.get_untracked() else {
            return;
        };
        let Ok(party) = party.get_untracked().parse::<Uid>() else {
            problem.set(Some("versions.no_party"));
            return;
        };
        // For whom somebody speaks is theirs to say elsewhere; this is one signature.
        if mine::party_in(editor.id()).is_none() {
            mine::keep_party(editor.id(), Some(PartyId(party)));
        }
        let stage = stage_or_first(editor, id, &stage.get_untracked());
        match signed(editor, id, PartyId(party), stage) {
            Ok(()) => open.set(false),
            Err(key) => problem.set(Some(key)),
        }
    };
    let foot = move || {
        view! {
            <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/>
            <Button label=t("versions.sign") look=Look::Primary on_press=sign/>
        }
        .into_any()
    };
    let said = move || {
        let title = version
            .get()
            .map(|id| editor.title(id.into()))
            .unwrap_or_default();
        say_with("versions.sign_what", &[("title", title)])
    };
    let who = move || {
        let profile = mine::profile();
        let parts = [profile.name, profile.role];
        parts
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    };
    view! {
        <Dialog open=open title=t("versions.sign_title") foot=foot>
            <div class="fields">
                <p>{said}</p>
                <p class="sign-who">{who}</p>
                <SelectField label=t("versions.for_party") value=party on_commit=move |it| party.set(it)
                    choices=Signal::derive(move || parties(editor))/>
                <StageField editor=editor stage=stage version=version/>
                <p class="caption">{t("versions.proof_note")}</p>
                <div role="status">
                    {move || problem.get().map(|key| view! { <Note tone=Tone::Gap>{say(key)}</Note> })}
                </div>
            </div>
        </Dialog>
    }
}

/// Which stage is signed, where there are several, and what that covers.
#[component]
pub(super) fn StageField(
    editor: Editor,
    stage: RwSignal<String>,
    version: RwSignal<Option<VersionId>>,
) -> impl IntoView {
    let covers = Memo::new(move |_| {
        let version = version.get()?;
        Some(covered(editor, version, &stage.get()))
    });
    view! {
        {move || {
            let stages = version.get().map(|version| stages_of(editor, version)).unwrap_or_default();
            (stages.len() > 1).then(|| {
                view! {
                    <SelectField label=t("versions.stage") value=stage choices=Signal::stored(stages)
                        on_commit=move |it| stage.set(it)/>
                }
            })
        }}
        {move || covers.get().map(|words| view! { <p class="sign-covers">{words}</p> })}
    }
}

/// What a signature under a version covers at a stage, as that version says it.
fn covered(editor: Editor, version: VersionId, stage: &str) -> String {
    let lang = editor.lang();
    let whole = || say("versions.covers_all");
    let stage = stage_or_first(editor, version, stage);
    let Some(then) = named(editor, version) else {
        return whole();
    };
    let Some(stage) = stage.and_then(|stage| then.signer_stages.get(stage.into())) else {
        return whole();
    };
    match scope(stage) {
        Scope::Whole => whole(),
        Scope::Modules(modules) => {
            let names = modules
                .iter()
                .map(|module| item_name(&then, &lang, (*module).into()));
            let names = names.collect::<Vec<_>>().join(" · ");
            say_with("versions.covers_modules", &[("modules", names)])
        }
        Scope::Order(order) => {
            let what = item_name(&then, &lang, order.into());
            say_with("versions.covers_order", &[("what", what)])
        }
    }
}

/// The parties of the plan, with what they are.
pub(super) fn parties(editor: Editor) -> Vec<Choice> {
    editor.follow(Kind::Party);
    let lang = editor.lang();
    let none = Choice::new("", "");
    let all = editor.plan(|plan| {
        let each = plan.parties.iter().map(|party| {
            let name = item_name(plan, &lang, party.id.into());
            let kind = party
                .kind
                .map(|kind| choice_name(field::party::kind, kind.0.id()));
            let label = match kind {
                Some(kind) => format!("{name} · {kind}"),
                None => name,
            };
            Choice::new(party.id.to_string(), label)
        });
        each.collect::<Vec<_>>()
    });
    core::iter::once(none).chain(all).collect()
}

/// The plan as a version names it.
fn named(editor: Editor, version: VersionId) -> Option<Plan> {
    let version = editor.plan(|plan| plan.versions.get(version).cloned())?;
    editor.as_named(&version)
}

/// The stages of the signing policy that a version was named with: those are signed,
/// whatever the policy has become since.
fn stages_of(editor: Editor, version: VersionId) -> Vec<Choice> {
    editor.follow(Kind::NamedVersion);
    let lang = editor.lang();
    let Some(then) = named(editor, version) else {
        return Vec::new();
    };
    let mut stages: Vec<_> = then.signer_stages.iter().collect();
    stages.sort_by_key(|stage| (stage.order.clone(), stage.id));
    let choice = |stage: &SignerStage| {
        let name = item_name(&then, &lang, stage.id.into());
        Choice::new(stage.id.to_string(), name)
    };
    stages.into_iter().map(choice).collect()
}

/// The stage that is signed: the chosen one, else the first.
pub(super) fn stage_or_first(editor: Editor, version: VersionId, chosen: &str) -> Option<Uid> {
    let all = untrack(|| stages_of(editor, version));
    let chosen = chosen.parse().ok();
    chosen.or_else(|| all.first().and_then(|first| first.value.parse().ok()))
}

/// The hash that a stage of a version is signed under.
pub(super) fn digest_for(
    editor: Editor,
    id: VersionId,
    stage: Option<Uid>,
) -> Result<String, &'static str> {
    let version = editor.plan(|plan| plan.versions.get(id).cloned());
    let version = version.ok_or("versions.unknown")?;
    let then = editor.as_named(&version).ok_or("versions.unknown")?;
    // Nobody puts a name under what is not what it says.
    if !weft_seal::is_genuine(&then, &version) {
        return Err("versions.altered_no_sign");
    }
    // A signature points to its stage: what is deleted is brought back first.
    let gone = |stage: Uid| editor.plan(|plan| plan.signer_stages.get(stage.into()).is_none());
    if stage.is_some_and(gone) {
        return Err("versions.stage_gone");
    }
    let stage = stage.and_then(|stage| then.signer_stages.get(stage.into()).cloned());
    Ok(match stage {
        Some(stage) => digest_in(&then, &scope(&stage)).to_string(),
        None => version.digest,
    })
}

fn signed(
    editor: Editor,
    id: VersionId,
    party: PartyId,
    stage: Option<Uid>,
) -> Result<(), &'static str> {
    let key = profile::key().ok_or("versions.no_key")?;
    let digest = digest_for(editor, id, stage)?;
    let public = key.public().to_string();
    let twice = editor.plan(|plan| {
        let mut entries = plan.signatures.iter();
        entries.any(|it| {
            let of_this = it.version.is_some_and(|of| of.0 == id) && it.digest == digest;
            let proven = matches!(standing(it), Standing::Proven(key) if key.to_string() == public);
            of_this && it.stage.map(|stage| stage.0.0) == stage && proven
        })
    });
    // One key counts once at a stage, whoever it is used for.
    if twice {
        return Err("versions.signed_already");
    }
    let lang = language_untracked();
    let me = mine::profile();
    let (party_name, party_kind) = editor.plan(|plan| {
        let found = plan.parties.get(party);
        (
            found
                .map(|it| it.name.show(&lang).to_owned())
                .unwrap_or_default(),
            found.and_then(|it| it.kind).map(|kind| kind.0),
        )
    });
    let statement = Statement {
        digest,
        name: me.name,
        role: me.role,
        party: Some(party.0),
        party_name,
        party_kind,
        stage,
        at_millis: device::now_millis(),
    };
    let proof = statement.sign(&key);
    let mut fields = fields_of(&statement);
    fields.push((field::signature::key.key(), Value::str(public)));
    fields.push((field::signature::proof.key(), Value::str(proof.to_string())));
    if add(editor, id, fields) {
        Ok(())
    } else {
        Err("versions.refused")
    }
}

/// A statement as the fields of an entry.
pub(super) fn fields_of(statement: &Statement) -> Vec<(weft_model::FieldKey, Value)> {
    let reference = |uid: Option<Uid>| uid.map(|uid| Value::str(uid.to_string()));
    let text = |text: &str| (!text.is_empty()).then(|| Value::str(text));
    let all = [
        (field::signature::digest, text(&statement.digest)),
        (field::signature::name, text(&statement.name)),
        (field::signature::role, text(&statement.role)),
        (field::signature::party, reference(statement.party)),
        (field::signature::party_name, text(&statement.party_name)),
        (
            field::signature::party_kind,
            statement.party_kind.map(|kind| Value::str(kind.id())),
        ),
        (field::signature::stage, reference(statement.stage)),
        (field::signature::at, Some(Value::Int(statement.at_millis))),
    ];
    let given = all
        .into_iter()
        .filter_map(|(field, value)| Some((field.key(), value?)));
    given.collect()
}

pub(super) fn add(
    editor: Editor,
    version: VersionId,
    fields: Vec<(weft_model::FieldKey, Value)>,
) -> bool {
    let item = ItemId {
        kind: Kind::Signature,
        uid: editor.fresh(),
    };
    let command = Command::Add {
        item,
        owner: Some(uid(version)),
        spot: Spot::Last,
        fields,
    };
    editor.act(Verb::Sign, ItemId::from(version), vec![command])
}
