//! The school and the enterprise that a blank plan begins with, until real ones come.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{Command, FieldKey, ItemId, Kind, Plan, Uid, Value, field, pointed_to};

use super::blank;

type Values = BTreeMap<FieldKey, Value>;

/// What an item says of itself, without what it points to.
fn own_values(plan: &Plan, item: ItemId) -> Values {
    let mut values = Values::new();
    plan.any(item.kind).values(item.uid, &mut |key, value| {
        if pointed_to(&key, &value).is_none() {
            values.insert(key, value);
        }
    });
    values
}

fn all(plan: &Plan) -> impl Iterator<Item = ItemId> {
    [Kind::Place, Kind::Party].into_iter().flat_map(|kind| {
        let live = plan.any(kind).live().into_iter();
        live.map(move |uid| ItemId { kind, uid })
    })
}

/// The partners and places of a plan that still read as a blank plan begins.
pub fn stand_ins(plan: &Plan) -> Vec<ItemId> {
    let mut count = 0;
    let mut fresh = || {
        count += 1;
        Uid(count)
    };
    let mut model = Plan::new();
    if model.apply(&blank(&mut fresh)).is_err() {
        return Vec::new();
    }
    let models: Vec<(Kind, Values)> = all(&model)
        .map(|item| (item.kind, own_values(&model, item)))
        .collect();
    let is_one = |item: &ItemId| {
        let values = own_values(plan, *item);
        (models.iter()).any(|(kind, model)| *kind == item.kind && *model == values)
    };
    all(plan).filter(is_one).collect()
}

/// What takes the stand-ins of a plan away for which an import has brought real ones of
/// the same kind. One that is used stays; a place that is used goes over to the partner
/// who came, if there is one.
pub fn superseded(before: &Plan, after: &Plan) -> Vec<Command> {
    let stand_ins = stand_ins(before);
    let kind_of = |item: ItemId| {
        let key = match item.kind {
            Kind::Party => field::party::kind.key(),
            _ => field::place::kind.key(),
        };
        after.value(item, &key)
    };
    let came = |item: ItemId| -> Vec<ItemId> {
        let new = all(after).filter(|it| it.kind == item.kind && !before.any(it.kind).has(it.uid));
        new.filter(|it| kind_of(*it) == kind_of(item)).collect()
    };
    let mut users = users(after);
    let mut commands = Vec::new();
    // Places before the partners whose places they are.
    for item in stand_ins {
        let new = came(item);
        if new.is_empty()
            || !after.is_live(item)
            || own_values(before, item) != own_values(after, item)
        {
            continue;
        }
        let mut moved = Vec::new();
        let uses = users.remove(&item).unwrap_or_default();
        let stays = uses.iter().any(|user| match (user.kind, new.as_slice()) {
            (Kind::Place, [party]) if item.kind == Kind::Party => {
                moved.push(Command::Set {
                    item: *user,
                    key: field::place::party.key(),
                    value: Some(Value::str(party.uid.to_string())),
                });
                false
            }
            _ => true,
        });
        if stays {
            continue;
        }
        commands.extend(moved);
        commands.push(Command::Delete { item });
        for left in users.values_mut() {
            left.remove(&item);
        }
    }
    commands
}

/// Who points to what.
fn users(plan: &Plan) -> BTreeMap<ItemId, BTreeSet<ItemId>> {
    let mut users: BTreeMap<ItemId, BTreeSet<ItemId>> = BTreeMap::new();
    for kind in Kind::ALL.iter().copied() {
        for uid in plan.any(kind).live() {
            let user = ItemId { kind, uid };
            plan.any(kind).references(uid, &mut |key, value| {
                if let Some(to) = pointed_to(&key, &value) {
                    users.entry(to).or_default().insert(user);
                }
            });
        }
    }
    for (key, link) in plan.weave.iter() {
        for party in &link.visible_to {
            users
                .entry((*party).into())
                .or_default()
                .insert(key.module.into());
        }
    }
    users
}
