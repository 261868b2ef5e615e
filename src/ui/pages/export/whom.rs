//! For whom the plan goes out, and what it leaves out then: said before it is
//! sent.

use leptos::prelude::*;
use weft_exchange::{LeftOut, left_out};
use weft_model::{Kind, PartyId};

use crate::ui::components::choice::{Choice, SelectField};
use crate::ui::sentences;
use crate::ui::state::Editor;
use crate::ui::text::{say, say_count, say_with, t};

/// For whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    /// For partners: all, with the history.
    History,
    /// For everybody: all, as it reads now.
    Everybody,
    /// For one party: what it may see, as it reads now.
    Party(PartyId),
}

impl Whom {
    /// The party, where it is for one alone.
    pub(super) fn party(self) -> Option<PartyId> {
        match self {
            Self::History | Self::Everybody => None,
            Self::Party(party) => Some(party),
        }
    }

    fn id(self) -> String {
        match self {
            Self::History => "history".to_owned(),
            Self::Everybody => "everybody".to_owned(),
            Self::Party(party) => party.to_string(),
        }
    }

    fn read(id: &str) -> Self {
        match id {
            "history" => Self::History,
            id => id
                .parse()
                .map_or(Self::Everybody, |uid| Self::Party(PartyId(uid))),
        }
    }
}

/// The choice.
#[component]
pub(super) fn WhomField(
    editor: Editor,
    whom: RwSignal<Whom>,
    /// Whether the history can go with it.
    with_history: bool,
) -> impl IntoView {
    let choices = Signal::derive(move || {
        editor.follow(Kind::Party);
        let everybody = if with_history {
            "export.whom.bare"
        } else {
            "export.whom.all"
        };
        let mut all = vec![Choice::new("everybody", say(everybody))];
        if with_history {
            all.insert(0, Choice::new("history", say("export.whom.history")));
        }
        let lang = editor.lang();
        editor.plan(|plan| {
            for party in plan.parties.iter() {
                let name = sentences::item_name(plan, &lang, party.id.into());
                let label = say_with("export.whom.party", &[("party", name)]);
                all.push(Choice::new(Whom::Party(party.id).id(), label));
            }
        });
        all
    });
    view! {
        <div class="whom-field">
            <SelectField
                label=t("export.whom.label")
                value=Signal::derive(move || whom.get().id())
                choices=choices
                on_commit=move |id: String| whom.set(Whom::read(&id))
            />
        </div>
    }
}

/// What is left out then, with figures.
#[component]
pub(super) fn LeftOutWords(editor: Editor, whom: RwSignal<Whom>) -> impl IntoView {
    let left = Memo::new(move |_| {
        let party = match whom.get() {
            Whom::History => return None,
            Whom::Everybody => None,
            Whom::Party(party) => Some(party),
        };
        editor.follow_board();
        Some(editor.plan(|plan| left_out(plan, party)))
    });
    let lines = move || {
        let left = left.get()?;
        let words = words(&left).into_iter();
        Some(words.map(|text| view! { <li>{text}</li> }).collect_view())
    };
    view! {
        <div role="status">
            {move || lines().map(|lines| view! {
                <p class={"whom-head"}>{say("export.whom.left_out")}</p>
                <ul class="whom-left">{lines}</ul>
            })}
        </div>
    }
}

fn words(left: &LeftOut) -> Vec<String> {
    let counted = [
        ("export.whom.deleted", left.deleted),
        ("export.whom.items", left.items),
        ("export.whom.links", left.links),
        ("export.whom.talk", left.talk),
        ("export.whom.versions", left.versions),
        ("export.whom.signatures", left.signatures),
    ];
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    let counted = counted.map(|(key, count)| say_count(key, count as f64, &[]));
    [say("export.whom.no_history")]
        .into_iter()
        .chain(counted)
        .collect()
}
