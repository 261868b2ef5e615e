//! What a gesture on the board comes down to, as commands; when and why is
//! `arrange`'s.

use weft_model::{
    Command, ItemId, Kind, ModuleId, OfferingId, Plan, Spot, TermId, Uid, Value, field,
};

use super::layout::Column;
use crate::ui::text::say_count;

/// What goes out of sight with an item, in words.
pub(super) fn hangs_on(plan: &Plan, item: ItemId) -> Vec<String> {
    let mut all = Vec::new();
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 items")]
    let mut count = |key: &'static str, number: usize| {
        if number > 0 {
            all.push(say_count(key, number as f64, &[]));
        }
    };
    if item.kind == Kind::Module {
        let module = ModuleId(item.uid);
        count("modules.hangs.units", plan.units.below(module).count());
        count(
            "modules.hangs.assessments",
            plan.assessments.below(module).count(),
        );
        count("modules.hangs.links", plan.weave.of_module(module).count());
        let after = plan
            .modules
            .iter()
            .filter(|other| other.prerequisites.contains(&module));
        count("modules.hangs.prerequisites", after.count());
    }
    if item.kind == Kind::Term {
        let term = TermId(item.uid);
        let offered = plan
            .offerings
            .iter()
            .filter(|offering| offering.term.is_some_and(|it| it.0 == term));
        count("modules.hangs.offerings", offered.count());
    }
    all
}

/// Sets one plain value.
pub(super) fn set(item: ItemId, field: weft_model::Field, text: &str) -> Command {
    Command::Set {
        item,
        key: field.key(),
        value: Some(Value::str(text)),
    }
}

/// A stretch in a term, its pattern open.
pub(super) fn offer(module: ModuleId, term: TermId, uid: Uid) -> Command {
    Command::Add {
        item: OfferingId(uid).into(),
        owner: Some(module.into()),
        spot: Spot::Last,
        fields: vec![(
            field::offering::term.key(),
            Value::Str(Uid::from(term).to_string()),
        )],
    }
}

/// What brings a module into a column.
pub(super) fn to_column(
    plan: &Plan,
    module: ModuleId,
    column: &Column,
    fresh: impl Fn() -> Uid,
) -> Vec<Command> {
    let offerings: Vec<OfferingId> = plan
        .offerings
        .below(module)
        .map(|offering| offering.id)
        .collect();
    match column {
        Column::Term(term) if offerings.is_empty() => vec![offer(module, *term, fresh())],
        Column::Term(term) => offerings
            .into_iter()
            .map(|offering| {
                set(
                    offering.into(),
                    field::offering::term,
                    &Uid::from(*term).to_string(),
                )
            })
            .collect(),
        Column::Period(name) => vec![set(module.into(), field::module::period, name)],
        Column::Rest => {
            let mut commands: Vec<Command> = offerings
                .into_iter()
                .map(|offering| Command::Delete {
                    item: offering.into(),
                })
                .collect();
            if commands.is_empty() {
                commands.push(Command::Set {
                    item: module.into(),
                    key: field::module::period.key(),
                    value: None,
                });
            }
            commands
        }
    }
}

/// Every stretch some terms on, or back where `by` is negative; nothing where
/// there is no term any more.
pub(super) fn shift_bar(
    plan: &Plan,
    terms: &[TermId],
    module: ModuleId,
    by: isize,
) -> Option<Vec<Command>> {
    plan.offerings
        .below(module)
        .filter_map(|offering| Some((offering.id, offering.term?.0)))
        .map(|(offering, term)| {
            let at = terms.iter().position(|known| *known == term)?;
            let to = at.checked_add_signed(by)?;
            let term = terms.get(to)?;
            Some(set(
                offering.into(),
                field::offering::term,
                &Uid::from(*term).to_string(),
            ))
        })
        .collect()
}

/// A place among all modules.
pub(super) fn place_at(module: ModuleId, spot: Spot) -> Command {
    Command::Move {
        item: module.into(),
        owner: None,
        spot,
    }
}

/// The spot right before or behind another module, among all of them.
pub(super) fn spot_at(plan: &Plan, module: ModuleId, anchor: ModuleId, behind: bool) -> Spot {
    if behind {
        return Spot::After(anchor.into());
    }
    let mut before = None;
    for other in plan.modules.iter().map(|other| other.id) {
        if other == anchor {
            break;
        }
        if other != module {
            before = Some(other);
        }
    }
    before.map_or(Spot::First, |before| Spot::After(before.into()))
}
