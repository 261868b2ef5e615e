//! One version: whether it is valid, who has signed it, what has changed since.

use leptos::prelude::*;
use weft_document::Point;
use weft_model::{ItemId, Kind, Signature, SignatureId, SignerStageId, VersionId};
use weft_seal::{Scope, StageState, Standing, changed, is_genuine, scope, stages, standing};

use super::Asked;
use crate::{
    browser::profile::known_keys,
    ui::{
        components::{
            button::{Button, IconButton, Look},
            icon::{Icon, Sign},
            notice::{Toasts, toasts},
        },
        me::use_me,
        pages::review::compare::{Span, Within},
        past::Named,
        profile::{self, fingerprint::words},
        sentences::choice_name,
        state::{Editor, use_editor},
        text::{day, number, say, say_count, say_with, t},
        told,
    },
};

/// How a version stands.
#[derive(Clone, PartialEq)]
struct State {
    title: String,
    note: String,
    at: i64,
    author: String,
    short: String,
    digest: String,
    point: Option<Point>,
    /// Whether the plan at its point is what its hash says; nothing where this
    /// copy does not hold the point.
    genuine: Option<bool>,
    stages: Vec<Stage>,
    signatures: Vec<SignatureId>,
    /// Whether the key of this device is among them at each stage.
    signed_here: bool,
    /// How much has changed since.
    since: Option<usize>,
}

/// A stage of the signing policy of that time.
#[derive(Clone, PartialEq)]
struct Stage {
    title: String,
    state: StageState,
    /// The stage, where it covers a part of the plan.
    part: Option<SignerStageId>,
}

fn look(editor: Editor, id: VersionId) -> Option<State> {
    let lang = editor.lang();
    let version = editor.plan(|plan| plan.versions.get(id).cloned())?;
    let point: Option<Point> = version.point.parse().ok();
    let then = editor.as_named(&version);
    let own = profile::key().map(|key| key.public().to_string());
    editor.plan(|plan| {
        let stage_of = |state: StageState| {
            // As it was called then: it may be gone by now.
            let policy = then.as_ref().unwrap_or(plan);
            let stage = (state.stage).and_then(|uid| policy.signer_stages.get(uid.into()));
            Stage {
                title: (stage.map(|it| it.title.show(&lang).to_owned())).unwrap_or_default(),
                part: (stage.filter(|it| scope(it) != Scope::Whole)).map(|it| it.id),
                state,
            }
        };
        let all = then.as_ref().map(|then| stages(plan, then, &version));
        let mut signatures: Vec<&Signature> = (plan.signatures.iter())
            .filter(|entry| entry.version.is_some_and(|of| of.0 == id))
            .collect();
        signatures.sort_by_key(|entry| (entry.at.map(|at| at.0), entry.id));
        Some(State {
            title: version.title.show(&lang).to_owned(),
            note: version.note.show(&lang).to_owned(),
            at: version.at.map_or(0, |at| at.0),
            author: version.author.clone(),
            short: (version.digest.parse::<weft_seal::Digest>())
                .map(|digest| digest.short())
                .unwrap_or_default(),
            digest: version.digest.clone(),
            point,
            genuine: then.as_ref().map(|then| is_genuine(then, &version)),
            signed_here: all.iter().flatten().all(|stage| {
                signatures.iter().any(|entry| {
                    let of_it = entry.stage.map(|it| it.0.0) == stage.stage;
                    of_it && own.as_ref() == Some(&entry.key)
                })
            }),
            stages: (all.unwrap_or_default().into_iter())
                .map(stage_of)
                .collect(),
            signatures: signatures.into_iter().map(|entry| entry.id).collect(),
            since: (then.as_ref()).map(|then| changed(then, plan, &Scope::Whole).len()),
        })
    })
}

/// The card.
#[component]
pub(super) fn VersionCard(id: VersionId, asked: Asked, compare: Callback<Span>) -> impl IntoView {
    let editor = use_editor();
    let me = use_me();
    let toasts = toasts();
    let state = Memo::new(move |_| {
        editor.follow_board();
        editor.follow(Kind::Signature);
        editor.follow(Kind::NamedVersion);
        look(editor, id)
    });
    move || {
        let state = state.get()?;
        let names = editor.names();
        let by = state
            .author
            .parse()
            .ok()
            .and_then(|uid| names.get(&uid).cloned());
        let by = by.unwrap_or_else(Named::default).name;
        let when = say_with(
            "review.by",
            &[
                (
                    "who",
                    told::who(&by, state.author == editor.author().to_string()),
                ),
                ("when", told::when(state.at)),
            ],
        );
        let point = state.point;
        let show = move |within| {
            if let Some(from) = point {
                let to = None;
                compare.run(Span { from, to, within });
            }
        };
        let signs = state.signatures.clone().into_iter();
        let since = state.since;
        let unsigned = state.signatures.is_empty();
        // Where nothing is left to do here, no button asks for it.
        let sign_look = if state.signed_here {
            Look::Quiet
        } else {
            Look::Primary
        };
        Some(view! {
            <article class="version">
                <header class="version-head">
                    <h3 class="clash-title">{state.title.clone()}</h3>
                    {verdict(&state)}
                    <span class="caption version-by">{when}</span>
                </header>
                {(!state.note.is_empty()).then(|| view! { <p class="version-note">{state.note.clone()}</p> })}
                <p class="version-hash">
                    <span class="caption">{t("versions.hash")}</span>
                    <code class="code" title=state.digest.clone()>{state.short.clone()}</code>
                </p>
                <ul class="stages">{state.stages.iter().map(|stage| stage_line(stage, show)).collect_view()}</ul>
                <ul class="signatures">
                    {signs.map(|id| view! { <SignatureLine editor=editor id=id/> }).collect_view()}
                </ul>
                <footer class="version-foot">
                    <span class="version-since">
                        {since.map(|since| if since == 0 {
                            say("versions.as_now")
                        } else {
                            say_count("versions.since", since as f64, &[])
                        })}
                    </span>
                    {since.is_some_and(|since| since > 0 && point.is_some()).then(|| view! {
                        <Button label=t("versions.show_since") look=Look::Quiet on_press=move |_| show(Within::Signed)/>
                    })}
                    {unsigned.then(|| view! {
                        <Button label=t("versions.remove") look=Look::Danger
                            on_press=move |_| removed(editor, toasts, id.into(), "versions.removed")/>
                    })}
                    <Button label=t("versions.on_paper") look=Look::Quiet
                        on_press=move |_| me.ask(move || asked.on_paper.set(Some(id)))/>
                    // Nobody signs what they cannot read.
                    {since.is_some().then(|| view! {
                        <Button label=t("versions.sign") look=sign_look sign=Sign::Key
                            on_press=move |_| me.ask(move || asked.signing.set(Some(id)))/>
                    })}
                </footer>
            </article>
        })
    }
}

/// Takes a version or an entry out of sight, with a way back.
fn removed(editor: Editor, toasts: Toasts, item: ItemId, said: &'static str) {
    if editor.delete(item) {
        toasts.say_with(say(said), say("act.undo"), move || editor.undo());
    }
}

/// Valid, waiting, or broken: with a mark, never by colour alone.
fn verdict(state: &State) -> AnyView {
    let (class, sign, key) = match state.genuine {
        None => ("verdict", Sign::Info, "versions.unknown"),
        Some(false) => ("verdict gap", Sign::Alert, "versions.altered"),
        Some(true) if state.stages.iter().all(|stage| stage.state.is_complete()) => {
            ("verdict good", Sign::Tick, "versions.valid")
        }
        Some(true) => ("verdict", Sign::Info, "versions.waiting"),
    };
    view! { <span class=class><Icon sign=sign size=14/> {say(key)}</span> }.into_any()
}

fn stage_line(stage: &Stage, show: impl Fn(Within) + Copy + Send + Sync + 'static) -> AnyView {
    let Stage {
        title,
        state: stage,
        part,
    } = stage;
    let needs = stage.needs.iter().map(|need| {
        let kind = need.kind.map_or_else(
            || say("versions.others"),
            |kind| {
                use weft_model::Choice as _;
                choice_name(weft_model::field::party::kind, kind.id())
            },
        );
        let all = [
            ("kind", kind),
            // Who signed beyond what is wanted stands in the list of signatures.
            ("given", number(need.given.min(need.wanted) as f64)),
            ("wanted", number(need.wanted as f64)),
        ];
        let done = need.given >= need.wanted;
        let sign = if done { Sign::Tick } else { Sign::Alert };
        view! {
            <span class="need" class:good=done><Icon sign=sign size=12/> {say_with("versions.need", &all)}</span>
        }
    });
    let title = if title.is_empty() {
        say("versions.two_keys")
    } else {
        title.clone()
    };
    // Of a stage that covers a part, what was changed elsewhere breaks nothing.
    let broken = part.filter(|_| !stage.stands);
    let stands = stage.stage.map(|_| {
        say(if stage.stands {
            "versions.stage_stands"
        } else {
            "versions.stage_changed"
        })
    });
    view! {
        <li class="stage">
            <span class="stage-name">{title}</span>
            {needs.collect_view()}
            {stands.map(|words| view! { <span class="caption">{words}</span> })}
            {broken.map(|stage| view! {
                <Button label=t("versions.show_stage") look=Look::Quiet on_press=move |_| show(Within::Stage(stage))/>
            })}
        </li>
    }
    .into_any()
}

#[component]
fn SignatureLine(editor: Editor, id: SignatureId) -> impl IntoView {
    let toasts = toasts();
    move || {
        let lang = editor.lang();
        let entry = editor.plan(|plan| plan.signatures.get(id).cloned())?;
        let party = if entry.party_name.is_empty() {
            let party = entry.party.map(|party| party.0.into());
            party.map_or_else(String::new, |party| {
                editor.plan(|plan| plan.title(party).show(&lang).to_owned())
            })
        } else {
            entry.party_name.clone()
        };
        let mut who = vec![entry.name.clone(), entry.role.clone(), party];
        who.retain(|part| !part.is_empty());
        let (class, sign, proof) = match standing(&entry) {
            Standing::Proven(key) => match known_keys().remove(&key.to_string()) {
                Some(name) => (
                    "proof good",
                    Sign::Tick,
                    say_with("versions.proven_known", &[("name", name)]),
                ),
                None => (
                    "proof",
                    Sign::Key,
                    say_with("versions.proven", &[("words", words(&key))]),
                ),
            },
            Standing::OnPaper => {
                let on = entry
                    .on_paper
                    .as_ref()
                    .map(|on| day(on.as_str()))
                    .unwrap_or_default();
                let key = if entry.scan_digest.is_empty() {
                    "versions.paper"
                } else {
                    "versions.paper_scan"
                };
                let scan = entry.scan_digest.chars().take(12).collect();
                (
                    "proof",
                    Sign::Print,
                    say_with(key, &[("day", on), ("scan", scan)]),
                )
            }
            Standing::Forged => ("proof gap", Sign::Alert, say("versions.forged")),
        };
        let when = entry.at.map(|at| told::when(at.0)).unwrap_or_default();
        let name = who.join(&say("finding.comma"));
        // Anybody may have noted it, and for the wrong stage: it can be taken back, and
        // the history keeps it. What a key has signed stays.
        let noted = standing(&entry) == Standing::OnPaper;
        let take_back = noted.then(|| {
            let label = say_with("versions.take_back_of", &[("who", name.clone())]);
            view! {
                <IconButton label=Signal::stored(label) sign=Sign::Delete small=true
                    on_press=move |_| removed(editor, toasts, id.into(), "versions.taken_back")/>
            }
        });
        Some(view! {
            <li class="signature">
                <span class="signature-who">{name.clone()}</span>
                <span class=class><Icon sign=sign size=14/> {proof}</span>
                <span class="caption">{when}</span>
                {take_back}
            </li>
        })
    }
}
