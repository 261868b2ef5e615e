//! Somebody joins the round: one of the plan's people, or a name.

use leptos::prelude::*;
use weft_model::{PartyId, Person, PersonId, PersonRole, Text};

use crate::ui::components::button::{Button, Look};
use crate::ui::components::choice::{Choice, SelectField};
use crate::ui::components::dialog::Dialog;
use crate::ui::components::field::TextField;
use crate::ui::components::icon::Sign;
use crate::ui::state::{Editor, language_untracked, use_editor};
use crate::ui::text::{say, t};

/// The button, and its dialog.
#[component]
pub(super) fn AddExpert() -> impl IntoView {
    let editor = use_editor();
    let open = RwSignal::new(false);
    let person = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let role = RwSignal::new(String::new());
    let party = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    Effect::new(move || {
        if open.get() {
            for field in [person, name, role, party] {
                field.set(String::new());
            }
            problem.set(None);
        }
    });
    // Whoever is chosen is known already: name, work and party follow.
    let choose = move |id: String| {
        let lang = language_untracked();
        let found = id
            .parse()
            .ok()
            .and_then(|uid| editor.plan(|plan| plan.people.get(PersonId(uid)).cloned()));
        if let Some(found) = found {
            name.set(found.name.show(&lang).to_owned());
            role.set(found.title.show(&lang).to_owned());
            party.set(found.party.map(|to| to.0.to_string()).unwrap_or_default());
        }
        person.set(id);
    };
    let add = move |_| {
        let typed = name.get_untracked().trim().to_owned();
        if typed.is_empty() {
            problem.set(Some(say("experts.name_needed")));
            return;
        }
        let chosen = person.get_untracked().parse().ok().map(PersonId);
        let known = chosen.and_then(|id| editor.plan(|plan| plan.people.get(id).cloned()));
        let name = named(known.as_ref(), &typed);
        let party = party.get_untracked().parse().ok().map(PartyId);
        let person = chosen.map(|it| it.0);
        if editor.add_expert(&name, role.get_untracked().trim(), party, person) {
            open.set(false);
        }
    };
    let foot = move || {
        view! {
            <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/>
            <Button label=t("experts.add") look=Look::Primary on_press=add/>
        }
        .into_any()
    };
    let people = Signal::derive(move || people(editor));
    let parties = Signal::derive(move || {
        let none = Choice::new("", say("experts.no_party"));
        let all = editor.plan(|plan| plan.parties.iter().map(|it| it.id).collect::<Vec<_>>());
        let each = all.into_iter();
        let each = each.map(|it| Choice::new(it.to_string(), editor.title(it.into())));
        core::iter::once(none).chain(each).collect::<Vec<_>>()
    });
    view! {
        <Button label=t("experts.add") sign=Sign::Add on_press=move |_| open.set(true)/>
        <Dialog open=open title=t("experts.add_title") foot=foot>
            <div class="fields">
                <Show when=move || { people.with(Vec::len) > 1 }>
                    <SelectField label=t("experts.from_people") value=person choices=people on_commit=choose/>
                </Show>
                <TextField label=t("me.name") value=name problem=problem on_commit=move |it| name.set(it)/>
                <TextField label=t("experts.role") value=role on_commit=move |it| role.set(it)/>
                <SelectField label=t("plan.field.party") value=party choices=parties on_commit=move |it| party.set(it)/>
            </div>
        </Dialog>
    }
}

/// The name in all languages in which the plan knows it, where it is still that of
/// the person who was chosen.
fn named(known: Option<&Person>, typed: &str) -> Text {
    let lang = language_untracked();
    match known {
        Some(known) if known.name.show(&lang) == typed => known.name.clone(),
        _ => Text::one(lang, typed),
    }
}

/// The people of the plan who are not in the round yet, experts and mentors first.
fn people(editor: Editor) -> Vec<Choice> {
    let lang = editor.lang();
    let mut all = editor.plan(|plan| {
        let there = |id: PersonId| {
            let mut experts = plan.experts.iter();
            experts.any(|it| it.person.is_some_and(|to| to.0 == id))
        };
        let all = plan.people.iter().filter(|person| !there(person.id));
        all.map(|person| {
            let first = person
                .role
                .is_some_and(|role| matches!(role.0, PersonRole::Expert | PersonRole::Mentor));
            let name = person.name.show(&lang).to_owned();
            let party = person.party.map(|to| plan.title(to.0.into()));
            let party = party
                .map(|it| it.show(&lang).to_owned())
                .unwrap_or_default();
            let label = if party.is_empty() {
                name
            } else {
                format!("{name} · {party}")
            };
            (!first, Choice::new(person.id.to_string(), label))
        })
        .collect::<Vec<_>>()
    });
    all.sort_by_key(|(later, _)| *later);
    let none = Choice::new("", say("experts.somebody_else"));
    let all = all.into_iter().map(|(_, choice)| choice);
    core::iter::once(none).chain(all).collect()
}
