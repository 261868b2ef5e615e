//! Random edits of a plan: every kind of command, every field of every kind of
//! item. Most fit the plan as it stands; some are refused, as among partners.

use rand::Rng;
use rand::seq::IndexedRandom;
use weft_model::*;

use crate::words;

/// A uid for a new item. One in four comes from a small range, so that two
/// partners sometimes make the same item.
pub fn fresh_uid(rng: &mut impl Rng) -> Uid {
    if rng.random_ratio(1, 4) {
        Uid(rng.random_range(1..40))
    } else {
        Uid(rng.random())
    }
}

/// A command for this plan.
pub fn random_command(plan: &Plan, rng: &mut impl Rng) -> Command {
    loop {
        let command = match rng.random_range(0..100) {
            0..25 => add(plan, rng),
            25..45 => set(plan, rng),
            45..62 => write(plan, rng),
            62..68 => relocate(plan, rng),
            68..72 => delete(plan, rng),
            72..75 => restore(plan, rng),
            75..89 => link(plan, rng),
            89..92 => existing_link(plan, rng).map(|key| Command::Unlink { key }),
            92..96 => existing_link(plan, rng).map(|key| Command::Strength {
                key,
                strength: maybe(rng, |rng| rng.random_range(1..=5)),
            }),
            96..98 => show_link(plan, rng),
            _ => confirm(plan, rng),
        };
        if let Some(command) = command {
            return command;
        }
    }
}

/// An act of one to four commands, each for the plan as the ones before it
/// leave it.
pub fn random_act(plan: &Plan, rng: &mut impl Rng) -> Act {
    let count = if rng.random_ratio(2, 3) {
        1
    } else {
        rng.random_range(2..5)
    };
    let mut after = plan.clone();
    let mut commands = Vec::new();
    for _ in 0..count {
        let command = random_command(&after, rng);
        let alone = Act::one(Verb::Edit, Subject::Plan, command.clone());
        if after.apply(&alone).is_ok() || count == 1 {
            commands.push(command);
        }
    }
    let verb = match commands.as_slice() {
        [Command::Write { .. }] => Verb::Write,
        _ => Verb::Edit,
    };
    Act::many(verb, Subject::Plan, commands)
}

fn confirm(plan: &Plan, rng: &mut impl Rng) -> Option<Command> {
    let what = match rng.random_range(0..4) {
        0 => Aspect::Link(existing_link(plan, rng)?),
        1 => Aspect::Presence(any_item(plan, rng)?),
        2 => Aspect::Place(any_item(plan, rng)?),
        _ => {
            let item = any_item(plan, rng)?;
            let mut keys = Vec::new();
            let values = plan.any(item.kind);
            values.values(item.uid, &mut |key, _| keys.push(key));
            Aspect::Value(item, keys.choose(rng)?.clone())
        }
    };
    Some(Command::Confirm { what })
}

fn maybe<T, R: Rng>(rng: &mut R, make: impl FnOnce(&mut R) -> T) -> Option<T> {
    rng.random_ratio(4, 5).then(|| make(rng))
}

fn any_kind(rng: &mut impl Rng) -> Kind {
    // The kinds that most edits are about come up more often.
    match rng.random_range(0..6) {
        0 => Kind::Module,
        1 => Kind::JobItem,
        2 => Kind::Unit,
        _ => *Kind::ALL.choose(rng).unwrap_or(&Kind::Module),
    }
}

fn live(plan: &Plan, kind: Kind, rng: &mut impl Rng) -> Option<ItemId> {
    let uid = *plan.any(kind).live().choose(rng)?;
    Some(ItemId { kind, uid })
}

fn any_item(plan: &Plan, rng: &mut impl Rng) -> Option<ItemId> {
    let kind = any_kind(rng);
    live(plan, kind, rng)
}

fn spot(plan: &Plan, item: ItemId, owner: Option<Uid>, rng: &mut impl Rng) -> Spot {
    let mut siblings = plan.any(item.kind).below(owner);
    siblings.retain(|uid| *uid != item.uid);
    match (rng.random_range(0..3), siblings.choose(rng)) {
        (0, _) => Spot::First,
        (1, Some(anchor)) => Spot::After(*anchor),
        _ => Spot::Last,
    }
}

fn owner_kind(kind: Kind) -> Option<Kind> {
    kind.owner_field()?.shape().target()
}

fn add(plan: &Plan, rng: &mut impl Rng) -> Option<Command> {
    let kind = any_kind(rng);
    if kind == Kind::About {
        return None;
    }
    let item = ItemId {
        kind,
        uid: fresh_uid(rng),
    };
    let mut owner = match owner_kind(kind) {
        Some(above) if kind != Kind::JobItem || rng.random_ratio(2, 3) => {
            live(plan, above, rng).map(|item| item.uid)
        }
        _ => None,
    };
    if owner.is_none() && owner_kind(kind).is_some() && kind != Kind::JobItem {
        return None;
    }
    let mut fields = Vec::new();
    if kind == Kind::JobItem {
        let above = owner.and_then(|uid| plan.job_items.get(uid.into())?.tier);
        let lower: Vec<Tier> = Tier::ALL
            .iter()
            .copied()
            .filter(|tier| above.is_none_or(|above| above.0 < *tier))
            .collect();
        match lower.choose(rng) {
            Some(tier) => fields.push((field::job_item::tier.key(), Value::str(tier.id()))),
            None => owner = None,
        }
    }
    for field in kind.all_fields() {
        let told = kind.owner_field() == Some(field) || field == field::job_item::tier;
        if !told && rng.random_ratio(1, 4) {
            fields.extend(random_value(plan, field, rng));
        }
    }
    Some(Command::Add {
        item,
        owner,
        spot: spot(plan, item, owner, rng),
        fields,
    })
}

/// A key of this field with a value that fits it; nothing where the field
/// points to a kind of which there is no item.
pub fn random_value(plan: &Plan, field: Field, rng: &mut impl Rng) -> Option<(FieldKey, Value)> {
    Some(match field.shape() {
        Shape::Text => {
            let lang = words::lang(rng);
            let text = words::short(&lang, rng);
            (field.lang(lang), Value::Str(text))
        }
        Shape::Set(kind) => (field.member(live(plan, kind, rng)?.uid), Value::Bool(true)),
        Shape::Map(kind, inner) => {
            let member = live(plan, kind, rng)?.uid;
            (field.member(member), scalar(plan, inner, rng)?)
        }
        shape => (field.key(), scalar(plan, &shape, rng)?),
    })
}

fn scalar(plan: &Plan, shape: &Shape, rng: &mut impl Rng) -> Option<Value> {
    Some(match shape {
        Shape::Line | Shape::Verbatim => Value::Str(words::short(&Lang::en(), rng)),
        Shape::Bool => Value::Bool(rng.random()),
        Shape::Int { min, max } => match rng.random_range(0..10) {
            0 => Value::Int(*min),
            1 => Value::Int(*max),
            _ => Value::Int(rng.random_range(*min..=(*max).min(min + 50))),
        },
        Shape::Hours | Shape::Credits | Shape::Years => Value::Int(rng.random_range(0..400)),
        Shape::Day => Value::Str(format!(
            "20{:02}-{:02}-{:02}",
            rng.random_range(20..40),
            rng.random_range(1..13),
            rng.random_range(1..29)
        )),
        Shape::Choice(ids) => Value::str(*ids.choose(rng)?),
        Shape::Ref(kind) => Value::Str(live(plan, *kind, rng)?.uid.to_string()),
        Shape::Langs => Value::str(*["zh-CN en", "en", "de en zh-CN"].choose(rng)?),
        Shape::Text | Shape::Set(_) | Shape::Map(..) => return None,
    })
}

fn set(plan: &Plan, rng: &mut impl Rng) -> Option<Command> {
    let item = any_item(plan, rng)?;
    let fields: Vec<Field> = item.kind.all_fields().collect();
    let field = *fields.choose(rng)?;
    if item.kind.owner_field() == Some(field) {
        return None;
    }
    let (key, value) = random_value(plan, field, rng)?;
    Some(Command::Set {
        item,
        key,
        value: maybe(rng, |_| value),
    })
}

fn write(plan: &Plan, rng: &mut impl Rng) -> Option<Command> {
    let at = if rng.random_ratio(1, 5) {
        TextAt::LinkNote(existing_link(plan, rng)?)
    } else {
        let item = any_item(plan, rng)?;
        let texts: Vec<Field> = item
            .kind
            .all_fields()
            .filter(|field| field.shape() == Shape::Text)
            .collect();
        TextAt::Field(item, *texts.choose(rng)?)
    };
    let lang = words::lang(rng);
    let len = plan.text(at, &lang).chars().count();
    let start = rng.random_range(0..=len);
    let delete = if rng.random() {
        0
    } else {
        rng.random_range(0..=(len - start).min(8))
    };
    let insert = if delete > 0 && rng.random() {
        String::new()
    } else {
        words::short(&lang, rng)
    };
    Some(Command::Write {
        at,
        lang,
        splice: Splice {
            at: start,
            delete,
            insert,
        },
    })
}

fn relocate(plan: &Plan, rng: &mut impl Rng) -> Option<Command> {
    let item = any_item(plan, rng)?;
    let mut owner = plan.any(item.kind).owner(item.uid);
    if item.kind == Kind::JobItem && rng.random() {
        owner = maybe(rng, |rng| live(plan, Kind::JobItem, rng))
            .flatten()
            .map(|item| item.uid);
    }
    Some(Command::Move {
        item,
        owner,
        spot: spot(plan, item, owner, rng),
    })
}

fn delete(plan: &Plan, rng: &mut impl Rng) -> Option<Command> {
    any_item(plan, rng).map(|item| Command::Delete { item })
}

fn restore(plan: &Plan, rng: &mut impl Rng) -> Option<Command> {
    let kind = any_kind(rng);
    let table = plan.any(kind);
    let gone: Vec<Uid> = table
        .every()
        .into_iter()
        .filter(|uid| !table.is_live(*uid))
        .collect();
    let uid = *gone.choose(rng)?;
    Some(Command::Restore {
        item: ItemId { kind, uid },
    })
}

fn link(plan: &Plan, rng: &mut impl Rng) -> Option<Command> {
    let module = ModuleId(live(plan, Kind::Module, rng)?.uid);
    let competencies: Vec<JobItemId> = plan
        .job_items
        .iter()
        .filter(|line| line.tier.is_none_or(|tier| tier.0 == Tier::Competency))
        .map(|line| line.id)
        .collect();
    let units: Vec<UnitId> = plan.units.below(module).map(|unit| unit.id).collect();
    let unit = if rng.random() {
        units.choose(rng).copied()
    } else {
        None
    };
    Some(Command::Link {
        key: LinkKey {
            module,
            competency: *competencies.choose(rng)?,
            unit,
        },
        level: maybe(rng, |rng| rng.random_range(1..=9)),
    })
}

fn existing_link(plan: &Plan, rng: &mut impl Rng) -> Option<LinkKey> {
    if plan.weave.is_empty() {
        return None;
    }
    let at = rng.random_range(0..plan.weave.len());
    plan.weave.iter().nth(at).map(|(key, _)| *key)
}

fn show_link(plan: &Plan, rng: &mut impl Rng) -> Option<Command> {
    Some(Command::ShowLink {
        key: existing_link(plan, rng)?,
        party: PartyId(live(plan, Kind::Party, rng)?.uid),
        named: rng.random_ratio(2, 3),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::chance;

    #[test]
    fn every_command_and_every_field_of_every_kind_comes_up() {
        let mut rng = chance(1);
        let mut plan = Plan::new();
        let mut commands = BTreeSet::new();
        let mut fields = BTreeSet::new();
        for _ in 0..60_000 {
            let command = random_command(&plan, &mut rng);
            let act = Act::one(Verb::Edit, Subject::Plan, command.clone());
            if plan.apply(&act).is_err() {
                continue;
            }
            commands.insert(match command {
                Command::Add {
                    item,
                    fields: given,
                    ..
                } => {
                    fields.extend(given.iter().map(|(key, _)| key.field));
                    fields.extend(item.kind.owner_field());
                    "add"
                }
                Command::Set { key, .. } => {
                    fields.insert(key.field);
                    "set"
                }
                Command::Write { .. } => "write",
                Command::Move { .. } => "move",
                Command::Delete { .. } => "delete",
                Command::Restore { .. } => "restore",
                Command::Link { .. } => "link",
                Command::Unlink { .. } => "unlink",
                Command::Strength { .. } => "strength",
                Command::ShowLink { .. } => "show_link",
                Command::Confirm { .. } => "confirm",
            });
        }
        assert_eq!(commands.len(), 11, "{commands:?}");
        let all: BTreeSet<Field> = Kind::ALL
            .iter()
            .flat_map(|kind| kind.all_fields())
            .collect();
        let missing: Vec<_> = all.difference(&fields).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn most_random_commands_fit_the_plan() {
        let mut rng = chance(2);
        let mut plan = Plan::new();
        let mut refused = 0;
        for _ in 0..2_000 {
            let command = random_command(&plan, &mut rng);
            let act = Act::one(Verb::Edit, Subject::Plan, command);
            refused += usize::from(plan.apply(&act).is_err());
        }
        assert!((1..600).contains(&refused), "{refused}");
    }
}
