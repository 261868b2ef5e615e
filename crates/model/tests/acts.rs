//! What acts do to a plan: whole or not at all, and what is refused.

use weft_model::*;

fn item(kind: Kind, uid: u64) -> ItemId {
    ItemId {
        kind,
        uid: Uid(uid),
    }
}

fn add(kind: Kind, uid: u64, owner: Option<u64>, fields: Vec<(FieldKey, Value)>) -> Command {
    Command::Add {
        item: item(kind, uid),
        owner: owner.map(Uid),
        spot: Spot::Last,
        fields,
    }
}

fn tier(tier: Tier) -> (FieldKey, Value) {
    (field::job_item::tier.key(), Value::str(tier.id()))
}

fn act(commands: Vec<Command>) -> Act {
    Act::many(Verb::Edit, Subject::Plan, commands)
}

/// A role, a task, two competencies, a module with a unit and a link.
fn small() -> Plan {
    let mut plan = Plan::new();
    plan.apply(&act(vec![
        add(Kind::JobItem, 1, None, vec![tier(Tier::Role)]),
        add(Kind::JobItem, 2, Some(1), vec![tier(Tier::Task)]),
        add(Kind::JobItem, 3, Some(2), vec![tier(Tier::Competency)]),
        add(Kind::JobItem, 4, Some(2), vec![tier(Tier::Competency)]),
        add(
            Kind::Module,
            10,
            None,
            vec![(field::module::total_hours.key(), Value::Int(96))],
        ),
        add(Kind::Unit, 11, Some(10), vec![]),
        Command::Link {
            key: LinkKey::of(ModuleId(Uid(10)), JobItemId(Uid(3))),
            level: Some(2),
        },
    ]))
    .unwrap();
    plan
}

#[test]
fn an_act_that_fails_half_way_leaves_the_plan_as_it_was() {
    let mut plan = small();
    let before = plan.clone();
    let failed = plan.apply(&act(vec![
        add(Kind::Module, 20, None, vec![]),
        Command::Set {
            item: item(Kind::Module, 10),
            key: field::module::title.lang(Lang::en()),
            value: Some("Turning".into()),
        },
        Command::Delete {
            item: item(Kind::JobItem, 2),
        },
        Command::Unlink {
            key: LinkKey::of(ModuleId(Uid(10)), JobItemId(Uid(3))),
        },
        Command::Delete {
            item: item(Kind::Module, 99),
        },
    ]));
    assert_eq!(
        failed.unwrap_err(),
        EditError::Missing(item(Kind::Module, 99))
    );
    assert_eq!(plan, before);
}

#[test]
fn undoing_every_write_in_turn_gives_the_plan_back() {
    let mut plan = small();
    let before = plan.clone();
    let acts = vec![
        Command::Move {
            item: item(Kind::JobItem, 4),
            owner: Some(Uid(2)),
            spot: Spot::First,
        },
        Command::Write {
            at: TextAt::Field(item(Kind::Module, 10), field::module::title),
            lang: Lang::zh(),
            splice: Splice {
                at: 0,
                delete: 0,
                insert: "数控车削".into(),
            },
        },
        Command::Link {
            key: LinkKey::of(ModuleId(Uid(10)), JobItemId(Uid(3))),
            level: None,
        },
        Command::Delete {
            item: item(Kind::Unit, 11),
        },
    ];
    let mut back = Vec::new();
    for command in &acts {
        for write in plan.resolve(command).unwrap() {
            back.push(plan.inverse(&write));
            plan.write(&write, &mut Change::default());
        }
    }
    assert_ne!(plan, before);
    for write in back.iter().rev() {
        plan.write(write, &mut Change::default());
    }
    assert_eq!(plan, before);
}

#[test]
fn what_hangs_on_a_deleted_item_is_hidden_and_comes_back_with_it() {
    let mut plan = small();
    plan.apply(&act(vec![Command::Delete {
        item: item(Kind::JobItem, 2),
    }]))
    .unwrap();
    assert!(!plan.is_live(item(Kind::JobItem, 3)));
    assert_eq!(Outline::of(&plan).rows().len(), 1);
    plan.apply(&act(vec![Command::Restore {
        item: item(Kind::JobItem, 2),
    }]))
    .unwrap();
    assert!(plan.is_live(item(Kind::JobItem, 3)));
    assert_eq!(Outline::of(&plan).rows().len(), 4);
    assert_eq!(plan.weave.len(), 1);
}

#[test]
fn impossible_edits_say_why() {
    let mut plan = small();
    let mut refused = |command: Command| plan.apply(&act(vec![command])).unwrap_err();
    let module = item(Kind::Module, 10);
    assert_eq!(
        refused(add(Kind::Module, 10, None, vec![])),
        EditError::Exists(module)
    );
    assert_eq!(
        refused(add(Kind::About, 5, None, vec![])),
        EditError::WrongPlace(item(Kind::About, 5))
    );
    assert_eq!(
        refused(Command::Delete { item: ABOUT }),
        EditError::Permanent
    );
    assert_eq!(
        refused(Command::Move {
            item: item(Kind::JobItem, 1),
            owner: Some(Uid(2)),
            spot: Spot::Last
        }),
        EditError::Cycle(item(Kind::JobItem, 1))
    );
    assert_eq!(
        refused(Command::Link {
            key: LinkKey::of(ModuleId(Uid(10)), JobItemId(Uid(2))),
            level: None
        }),
        EditError::WrongPlace(item(Kind::JobItem, 2))
    );
    assert_eq!(
        refused(Command::Link {
            key: LinkKey::of(ModuleId(Uid(10)), JobItemId(Uid(3))),
            level: Some(10)
        }),
        EditError::OutOfScale
    );
    assert!(matches!(
        refused(Command::Set {
            item: module,
            key: field::module::nature.key(),
            value: Some("maybe".into())
        }),
        EditError::Value {
            why: BadValue::UnknownChoice,
            ..
        }
    ));
    assert!(matches!(
        refused(Command::Set {
            item: item(Kind::Unit, 11),
            key: field::unit::module.key(),
            value: None
        }),
        EditError::WrongField(_)
    ));
    assert_eq!(
        refused(Command::Write {
            at: TextAt::Field(module, field::module::title),
            lang: Lang::en(),
            splice: Splice {
                at: 1,
                delete: 0,
                insert: "x".into()
            },
        }),
        EditError::PastEnd
    );
    assert_eq!(
        refused(add(Kind::JobItem, 30, Some(3), vec![tier(Tier::Task)])),
        EditError::WrongPlace(item(Kind::JobItem, 30))
    );
}

#[test]
fn lines_put_below_each_other_by_two_partners_are_shown_and_reported() {
    let mut plan = small();
    let mut change = Change::default();
    // Each write alone is sensible; together they make a ring.
    for (line, parent) in [(3, 4), (4, 3)] {
        plan.write(
            &Write::Put {
                item: item(Kind::JobItem, line),
                key: field::job_item::parent.key(),
                value: Some(Value::Str(Uid(parent).to_string())),
            },
            &mut change,
        );
    }
    let outline = Outline::of(&plan);
    assert_eq!(outline.rows().len(), 4);
    assert_eq!(outline.misplaced().count(), 2);
    assert!(
        plan.violations()
            .iter()
            .any(|v| matches!(v, Violation::Misplaced { .. }))
    );
}

#[test]
fn siblings_keep_the_order_that_moves_give_them() {
    let mut plan = small();
    plan.apply(&act(vec![
        add(Kind::Module, 20, None, vec![]),
        add(Kind::Module, 30, None, vec![]),
        Command::Move {
            item: item(Kind::Module, 30),
            owner: None,
            spot: Spot::First,
        },
        Command::Move {
            item: item(Kind::Module, 10),
            owner: None,
            spot: Spot::After(Uid(20)),
        },
    ]))
    .unwrap();
    let order: Vec<u64> = plan.modules.iter().map(|module| module.id.0.0).collect();
    assert_eq!(order, [30, 20, 10]);
}
