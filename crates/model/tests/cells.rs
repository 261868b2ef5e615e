//! Setting and clearing cells of the weave that hold several links.

use weft_model::{
    Act, Command, ItemId, JobItemId, Kind, LinkKey, ModuleId, Plan, Rank, Spot, Uid, UnitId, Value,
    Verb, field,
};

const MODULE: ModuleId = ModuleId(Uid(1));
const COMPETENCY: JobItemId = JobItemId(Uid(2));

fn act(plan: &mut Plan, commands: Vec<Command>) {
    plan.apply(&Act::many(Verb::Weave, ItemId::from(MODULE), commands))
        .unwrap();
}

fn add(kind: Kind, uid: u64, owner: Option<u64>) -> Command {
    Command::Add {
        item: ItemId {
            kind,
            uid: Uid(uid),
        },
        owner: owner.map(Uid),
        spot: Spot::Last,
        fields: match kind {
            Kind::JobItem => vec![(field::job_item::tier.key(), Value::str("competency"))],
            _ => vec![],
        },
    }
}

/// A module with two units, the later one with the smaller uid.
fn plan(links: &[(Option<u64>, Option<Rank>)]) -> Plan {
    let mut plan = Plan::new();
    let mut commands = vec![
        add(Kind::Module, 1, None),
        add(Kind::JobItem, 2, None),
        add(Kind::Unit, 9, Some(1)),
        add(Kind::Unit, 8, Some(1)),
    ];
    commands.extend(links.iter().map(|(unit, level)| Command::Link {
        key: key(*unit),
        level: *level,
    }));
    act(&mut plan, commands);
    plan
}

fn key(unit: Option<u64>) -> LinkKey {
    LinkKey {
        unit: unit.map(|unit| UnitId(Uid(unit))),
        ..LinkKey::of(MODULE, COMPETENCY)
    }
}

fn levels(plan: &Plan) -> Vec<(Option<u64>, Option<Rank>)> {
    plan.cell_links(MODULE, COMPETENCY)
        .map(|(key, link)| (key.unit.map(|unit| unit.0.0), link.level))
        .collect()
}

fn set(plan: &mut Plan, level: Option<Rank>) -> (usize, usize) {
    let edit = plan.set_cell(MODULE, COMPETENCY, level);
    let counts = (edit.made, edit.units_changed);
    act(plan, edit.commands);
    let reads = plan
        .cell_links(MODULE, COMPETENCY)
        .map(|(_, link)| link.level)
        .max();
    assert_eq!(reads, Some(level), "the cell reads as it was set");
    counts
}

#[test]
fn an_empty_cell_gets_a_link_of_the_whole_module() {
    let mut plan = plan(&[]);
    assert_eq!(set(&mut plan, Some(2)), (1, 0));
    assert_eq!(levels(&plan), [(None, Some(2))]);
}

#[test]
fn raising_a_cell_raises_its_lead_link_and_leaves_the_others() {
    let mut with_whole = plan(&[(None, Some(1)), (Some(8), Some(2))]);
    assert_eq!(set(&mut with_whole, Some(3)), (0, 0));
    assert_eq!(levels(&with_whole), [(None, Some(3)), (Some(8), Some(2))]);

    let mut of_units = plan(&[(Some(8), Some(2)), (Some(9), Some(1))]);
    assert_eq!(set(&mut of_units, Some(3)), (0, 1));
    assert_eq!(levels(&of_units), [(Some(8), Some(3)), (Some(9), Some(1))]);

    // Of equals the first unit in order leads, whatever its uid.
    let mut equals = plan(&[(Some(8), None), (Some(9), None)]);
    set(&mut equals, Some(1));
    assert_eq!(levels(&equals), [(Some(8), None), (Some(9), Some(1))]);
}

#[test]
fn lowering_a_cell_lowers_every_link_above_and_removes_none() {
    let mut plan = plan(&[(None, Some(1)), (Some(8), Some(3)), (Some(9), Some(2))]);
    assert_eq!(set(&mut plan, Some(2)), (0, 1));
    assert_eq!(
        levels(&plan),
        [(None, Some(2)), (Some(8), Some(2)), (Some(9), Some(2))]
    );
    assert_eq!(set(&mut plan, None), (0, 2));
    assert_eq!(
        levels(&plan),
        [(None, None), (Some(8), None), (Some(9), None)]
    );
}

#[test]
fn a_cell_that_reads_so_already_needs_nothing() {
    let plan = plan(&[(None, Some(2)), (Some(8), Some(1))]);
    assert!(
        plan.set_cell(MODULE, COMPETENCY, Some(2))
            .commands
            .is_empty()
    );
}

#[test]
fn clearing_a_cell_removes_all_of_its_links_and_says_how_many() {
    let mut plan = plan(&[(None, Some(2)), (Some(8), Some(1)), (Some(9), None)]);
    let edit = plan.clear_cell(MODULE, COMPETENCY);
    assert_eq!(edit.removed, 3);
    act(&mut plan, edit.commands);
    assert!(levels(&plan).is_empty() && plan.weave.is_empty());
}

#[test]
fn links_of_a_deleted_unit_are_left_alone() {
    let mut plan = plan(&[(Some(8), Some(3))]);
    let unit = UnitId(Uid(8)).into();
    act(&mut plan, vec![Command::Delete { item: unit }]);
    assert_eq!(set(&mut plan, Some(1)), (1, 0));
    assert_eq!(plan.clear_cell(MODULE, COMPETENCY).removed, 1);
    act(&mut plan, vec![Command::Restore { item: unit }]);
    assert_eq!(levels(&plan), [(None, Some(1)), (Some(8), Some(3))]);
}
