//! The signature sheet: what is signed, by its hash, who has signed it, and
//! lines for those who still have to.

use leptos::prelude::*;
use weft_model::{Choice as _, Lang, NamedVersion, Plan, Signature, field};
use weft_seal::{StageState, Standing, digest, is_genuine, stages, standing};

use super::head;
use crate::ui::{
    profile::fingerprint::words,
    sentences::choice_name,
    state::Editor,
    text::{day, say, say_with},
    told,
};

/// The newest version that has a name.
pub(super) fn newest(plan: &Plan) -> Option<&NamedVersion> {
    let all = plan.versions.iter();
    all.max_by_key(|version| (version.at.map(|at| at.0), version.id))
}

/// The whole print.
pub(super) fn print(editor: Editor, plan: &Plan, lang: &Lang) -> AnyView {
    let Some(version) = newest(plan) else {
        return view! {
            {head(plan, lang, say("print.signatures"))}
            <p class={"paper-text"}>{say("print.no_version")}</p>
        }
        .into_any();
    };
    let then = editor.as_named(version);
    let all = then
        .as_ref()
        .map(|then| stages(plan, then, version))
        .unwrap_or_default();
    let now = digest(plan).to_string() == version.digest;
    let genuine = then.as_ref().map(|then| is_genuine(then, version));
    let word = match (genuine, now) {
        // A copy that does not reach back so far says nothing against it.
        (None, _) => say("versions.unknown"),
        (Some(false), _) => say("versions.altered"),
        (Some(true), true) => say("versions.as_now"),
        (Some(true), false) => say("print.changed_since"),
    };
    let title = version.title.show(lang).to_owned();
    let when = version.at.map(|at| told::dated(at.0)).unwrap_or_default();
    let policy = then.as_ref().unwrap_or(plan);
    let sheets = all
        .iter()
        .map(|state| stage([plan, policy], lang, version, state));
    view! {
        {head(plan, lang, say("print.signatures"))}
        <table class="paper-table paper-facts"><tbody>
            <tr><th scope="row">{say("plan.kind.versions.one")}</th><td>{title}</td></tr>
            <tr><th scope="row">{say("review.saved_on")}</th><td>{when}</td></tr>
            <tr><th scope="row">{say("versions.hash")}</th><td><code class="paper-digest">{version.digest.clone()}</code></td></tr>
            <tr><th scope="row">{say("print.state")}</th><td>{word}</td></tr>
        </tbody></table>
        {sheets.collect_view()}
        {then.is_none().then(|| unchecked(plan, version))}
        <p class="paper-foot">{say("versions.proof_note")}</p>
    }
    .into_any()
}

/// One stage, as the policy of its version calls it.
fn stage(
    [plan, policy]: [&Plan; 2],
    lang: &Lang,
    version: &NamedVersion,
    state: &StageState,
) -> AnyView {
    let written = state.digest.to_string();
    let mut entries: Vec<&Signature> = (plan.signatures.iter())
        .filter(|it| it.version.is_some_and(|of| of.0 == version.id))
        .filter(|it| it.digest == written && it.stage.map(|stage| stage.0.0) == state.stage)
        .collect();
    entries.sort_by_key(|entry| (entry.at.map(|at| at.0), entry.id));
    let title = state
        .stage
        .and_then(|uid| policy.signer_stages.get(uid.into()))
        .map(|stage| stage.title.show(lang).to_owned())
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| say("versions.two_keys"));
    // A line by hand for each signature that is still missing.
    let blank = state.needs.iter().flat_map(|need| {
        let kind = need.kind.map_or_else(
            || say("versions.others"),
            |kind| choice_name(field::party::kind, kind.id()),
        );
        core::iter::repeat_n(kind, need.wanted.saturating_sub(need.given))
    });
    let blank = blank.map(|kind| {
        view! { <tr class="paper-blank"><td>{kind}</td><td></td><td></td><td></td></tr> }
    });
    sheet(title, &entries, blank.collect_view().into_any())
}

/// The signatures of a version that this copy does not hold, whatever stage they are of.
fn unchecked(plan: &Plan, version: &NamedVersion) -> AnyView {
    let all = plan.signatures.iter();
    let mut entries: Vec<&Signature> = all
        .filter(|it| it.version.is_some_and(|of| of.0 == version.id))
        .collect();
    entries.sort_by_key(|entry| (entry.at.map(|at| at.0), entry.id));
    sheet(say("plan.kind.signatures.other"), &entries, ().into_any())
}

fn sheet(title: String, entries: &[&Signature], blank: AnyView) -> AnyView {
    let signed: Vec<AnyView> = entries.iter().map(|entry| line(entry)).collect();
    view! {
        <section class="paper-part">
            <h3 class="paper-h">{title}</h3>
            <table class="paper-table paper-signatures">
                <thead><tr>
                    <th scope="col">{say("plan.kind.parties.one")}</th>
                    <th scope="col">{say("print.signer")}</th>
                    <th scope="col">{say("print.signed_on")}</th>
                    <th scope="col">{say("plan.kind.signatures.one")}</th>
                </tr></thead>
                <tbody>{signed}{blank}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn line(entry: &Signature) -> AnyView {
    let (on, proof) = match standing(entry) {
        Standing::Proven(key) => (
            entry.at.map(|at| told::dated(at.0)).unwrap_or_default(),
            say_with("versions.proven", &[("words", words(&key))]),
        ),
        Standing::OnPaper => (
            entry
                .on_paper
                .as_ref()
                .map(|on| day(on.as_str()))
                .unwrap_or_default(),
            say("print.on_paper"),
        ),
        Standing::Forged => (String::new(), say("versions.forged")),
    };
    let mut who = vec![entry.name.clone(), entry.role.clone()];
    who.retain(|part| !part.is_empty());
    view! {
        <tr>
            <td>{entry.party_name.clone()}</td>
            <td>{who.join(&say("finding.comma"))}</td>
            <td>{on}</td>
            <td>{proof}</td>
        </tr>
    }
    .into_any()
}
