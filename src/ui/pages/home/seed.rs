//! What a new plan begins with. Its words are content of the plan, in both
//! languages of the screens, and belong to the person from then on.

use weft_model::{
    ABOUT, Act, Choice, Command, Field, FieldKey, ItemId, Kind, Lang, PlaceKind, PlanStatus, Spot,
    Subject, Uid, Value, Verb, field,
};

/// A new plan without a template: a scale of three levels and two places, so
/// that weaving and hours by place work from the first minute.
pub(super) fn blank(fresh: &mut dyn FnMut() -> Uid) -> Act {
    let mut commands = vec![Command::Set {
        item: ABOUT,
        key: field::about::status.key(),
        value: Some(Value::str(PlanStatus::Draft.id())),
    }];
    let scale = [
        ("I", "introduce", "入门"),
        ("P", "practise", "应用"),
        ("M", "master", "熟练"),
    ];
    for (rank, (letter, en, zh)) in (1..).zip(scale) {
        let mut fields = vec![
            (field::scale_level::letter.key(), Value::str(letter)),
            (field::scale_level::rank.key(), Value::Int(rank)),
        ];
        fields.extend(both(field::scale_level::name, en, zh));
        commands.push(add(Kind::ScaleLevel, fields, fresh));
    }
    let places = [
        (PlaceKind::School, "School", "学校"),
        (PlaceKind::Enterprise, "Enterprise", "企业"),
    ];
    for (kind, en, zh) in places {
        let mut fields = vec![(field::place::kind.key(), Value::str(kind.id()))];
        fields.extend(both(field::place::name, en, zh));
        commands.push(add(Kind::Place, fields, fresh));
    }
    Act::many(Verb::Create, Subject::Plan, commands)
}

fn both(field: Field, en: &str, zh: &str) -> [(FieldKey, Value); 2] {
    [
        (field.lang(Lang::en()), Value::str(en)),
        (field.lang(Lang::zh()), Value::str(zh)),
    ]
}

fn add(kind: Kind, fields: Vec<(FieldKey, Value)>, fresh: &mut dyn FnMut() -> Uid) -> Command {
    Command::Add {
        item: ItemId { kind, uid: fresh() },
        owner: None,
        spot: Spot::Last,
        fields,
    }
}

/// A template as the list shows it: the locale keys of its name and of what it
/// holds.
pub(super) fn templates() -> Vec<(&'static str, &'static str)> {
    Vec::new()
}

/// The act that makes a plan from a template, by its place in [`templates`].
pub(super) fn template(_at: usize, _fresh: &mut dyn FnMut() -> Uid) -> Option<Act> {
    None
}
