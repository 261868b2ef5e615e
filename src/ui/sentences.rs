//! From values to sentences: fields, choices, errors, intents and notices in
//! the words of the field and the language of the moment. Matches are
//! exhaustive: a new variant without a sentence does not compile.

use weft_model::{
    BadValue, Choice, EditError, Field, Intent, ItemId, Kind, PersonId, Plan, Subject,
};
use weft_session::{Notice, Parting, Present, SaveState, StoreError};

use crate::route::Page;
use crate::ui::text::{listed, number, say, say_untracked, say_with};

/// The name of a field.
pub fn field_name(field: Field) -> String {
    either(
        &format!("plan.field.{}.{}", field.kind().name(), field.name()),
        &format!("plan.field.{}", field.name()),
    )
}

/// How one of a field's choices reads.
pub fn choice_name(field: Field, id: &str) -> String {
    either(
        &format!("plan.choice.{}.{}.{id}", field.kind().name(), field.name()),
        &format!("plan.choice.{}.{id}", field.name()),
    )
}

/// What one item of this kind is called.
pub fn kind_name(kind: Kind) -> String {
    say(&format!("plan.kind.{}.one", kind.name()))
}

/// What several items of this kind are called.
pub fn kind_names(kind: Kind) -> String {
    say(&format!("plan.kind.{}.other", kind.name()))
}

/// The special name where there is one, else the general one.
fn either(special: &str, general: &str) -> String {
    let found = say(special);
    if found == special {
        say(general)
    } else {
        found
    }
}

/// Why an edit is impossible.
pub fn edit_error(error: &EditError) -> String {
    match error {
        EditError::Missing(_) => say("edit.missing"),
        EditError::Deleted(item) => say_with("edit.deleted", &[("what", kind_name(item.kind))]),
        EditError::Exists(_) => say("edit.exists"),
        EditError::Value { key, why } => bad_value(key.field, *why),
        EditError::WrongField(_) => say("edit.wrong_field"),
        EditError::PastEnd => say("edit.past_end"),
        EditError::Cycle(_) => say("edit.cycle"),
        EditError::WrongPlace(item) => {
            say_with("edit.wrong_place", &[("what", kind_name(item.kind))])
        }
        EditError::MissingLink(_) => say("edit.missing_link"),
        EditError::OutOfScale => say("edit.out_of_scale"),
        EditError::Permanent => say("edit.permanent"),
        EditError::ReadOnly => say("edit.read_only"),
    }
}

/// Why a value does not fit a field.
pub fn bad_value(field: Field, why: BadValue) -> String {
    let name = ("field", field_name(field));
    match why {
        BadValue::WrongType if stored_in_halves(field) => say_with("edit.needs_halves", &[name]),
        BadValue::WrongType if matches!(field.shape(), weft_model::Shape::Int { .. }) => {
            say_with("edit.needs_number", &[name])
        }
        BadValue::WrongType | BadValue::WrongKey => say_with("edit.wrong_type", &[name]),
        BadValue::OutOfRange { min, max } => {
            let unit = if stored_in_halves(field) { 2.0 } else { 1.0 };
            let bound = |value: i64| number(value as f64 / unit);
            say_with(
                "edit.out_of_range",
                &[name, ("min", bound(min)), ("max", bound(max))],
            )
        }
        BadValue::UnknownChoice => say_with("edit.unknown_choice", &[name]),
        BadValue::BadDate => say_with("edit.bad_date", &[name]),
        BadValue::TooLong { limit } => {
            say_with("edit.too_long", &[name, ("limit", number(limit as f64))])
        }
    }
}

fn stored_in_halves(field: Field) -> bool {
    use weft_model::Shape;
    match field.shape() {
        Shape::Hours | Shape::Credits | Shape::Years => true,
        Shape::Map(_, inner) => matches!(inner, Shape::Hours | Shape::Credits | Shape::Years),
        _ => false,
    }
}

/// What an act was for, as after "Undo: ".
pub fn intent(plan: &Plan, lang: &weft_model::Lang, intent: Intent) -> String {
    let verb = say(&format!("verb.{}", intent.verb.id()));
    match intent.subject {
        Subject::Plan => verb,
        Subject::Item(item) => say_with(
            "intent.with",
            &[("verb", verb), ("what", item_name(plan, lang, item))],
        ),
        Subject::Link(key) => {
            let what = item_name(plan, lang, key.module.into());
            say_with("intent.with", &[("verb", verb), ("what", what)])
        }
    }
}

/// An item's title, or what it is where it has none.
pub fn item_name(plan: &Plan, lang: &weft_model::Lang, item: ItemId) -> String {
    // The title of a person is their position.
    let name = (item.kind == Kind::Person)
        .then(|| plan.people.get(PersonId(item.uid)))
        .flatten()
        .map(|person| person.name.clone());
    let title = name.unwrap_or_else(|| plan.title(item));
    let shown = title.show(lang);
    if shown.is_empty() {
        kind_name(item.kind)
    } else {
        shown.to_owned()
    }
}

/// What a person should know.
pub fn notice(plan: &Plan, lang: &weft_model::Lang, notice: &Notice) -> String {
    match notice {
        Notice::Damaged(damage) => say_with(
            "notice.damaged",
            &[
                ("lost", number(damage.lost as f64)),
                ("bytes", number(damage.bytes as f64)),
            ],
        ),
        Notice::WaitingForEarlier => say("notice.waiting"),
        Notice::NewerPlan { .. } => say("notice.newer_plan"),
        Notice::NewerTab => say("notice.newer_tab"),
        Notice::Diverged => say("notice.diverged"),
        Notice::UndoLeft(subjects) => {
            let name = |subject: &Subject| match subject {
                Subject::Plan => kind_name(Kind::About),
                Subject::Item(item) => item_name(plan, lang, *item),
                Subject::Link(key) => item_name(plan, lang, key.module.into()),
            };
            let mut names: Vec<String> = subjects.iter().take(3).map(name).collect();
            names.dedup();
            if subjects.len() > 3 {
                names.push("…".to_owned());
            }
            say_with("notice.undo_left", &[("what", listed(&names))])
        }
        Notice::FrozenChanged => say("notice.frozen_changed"),
        Notice::StorageGone => say("notice.storage_gone"),
        Notice::Parted { who, why } => {
            let who = if who.is_empty() {
                say("present.somebody")
            } else {
                who.clone()
            };
            let key = match why {
                Parting::Newer => "parted.newer",
                Parting::Older => "parted.older",
                Parting::OtherPlan => "parted.other_plan",
                Parting::Nonsense | Parting::Left => "parted.nonsense",
                Parting::Flood => "parted.flood",
                Parting::Diverged => "parted.diverged",
            };
            say_with(key, &[("who", who)])
        }
    }
}

/// Somebody who has the plan open, too, and where: on which page, and at which item.
pub fn present(plan: &Plan, lang: &weft_model::Lang, it: &Present) -> String {
    let who = if it.tab {
        say("present.tab")
    } else if it.name.is_empty() {
        say("present.somebody")
    } else {
        it.name.clone()
    };
    let mut pages = Page::ALL.iter();
    let Some(page) = pages.find(|page| page.segment() == it.place.page) else {
        return who;
    };
    let page = say(page.name_key());
    // Somebody may look at what this copy does not have yet.
    let item = (it.place.item.split_once(':'))
        .and_then(|(kind, uid)| {
            Some(ItemId {
                kind: Kind::from_name(kind)?,
                uid: uid.parse().ok()?,
            })
        })
        .filter(|item| plan.is_live(*item));
    match item {
        Some(item) => {
            let item = item_name(plan, lang, item);
            say_with(
                "present.at_item",
                &[("who", who), ("page", page), ("item", item)],
            )
        }
        None => say_with("present.at", &[("who", who), ("page", page)]),
    }
}

/// Why the device does not keep the plan.
pub fn store_error(error: &StoreError) -> String {
    say(match error {
        StoreError::Unavailable => "notice.unavailable",
        StoreError::QuotaExceeded => "notice.quota",
        StoreError::Blocked => "notice.blocked",
        StoreError::Newer => "notice.newer_store",
        StoreError::Corrupt => "notice.corrupt",
        StoreError::Lost | StoreError::Silent => "notice.lost",
    })
}

/// How the frame shows a save state.
pub fn save_look(state: &SaveState) -> crate::ui::frame::SaveState {
    use crate::ui::frame::SaveState as Look;
    match state {
        SaveState::Saved => Look::Saved,
        SaveState::Saving => Look::Saving,
        SaveState::Failing(StoreError::Unavailable) => Look::NoStore,
        SaveState::Failing(_) => Look::NotSaved,
        SaveState::ReadOnly => Look::ReadOnly,
    }
}

/// The kind's name without following the language.
pub fn kind_name_now(kind: Kind) -> String {
    say_untracked(&format!("plan.kind.{}.one", kind.name()))
}
