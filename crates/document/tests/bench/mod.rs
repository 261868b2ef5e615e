//! Small plans, short ways to write acts, and copies that exchange.

use loro::{ExportMode, LoroDoc};
use weft_document::*;
use weft_model::*;

pub const PLAN: Uid = Uid(4_711);

pub fn ada() -> Author {
    Author {
        uid: Uid(100),
        name: "Ada".into(),
        ..Default::default()
    }
}

pub fn item(kind: Kind, uid: u64) -> ItemId {
    ItemId {
        kind,
        uid: Uid(uid),
    }
}

pub fn module(uid: u64) -> ItemId {
    item(Kind::Module, uid)
}

pub fn title(module: ItemId) -> TextAt {
    TextAt::Field(module, field::module::title)
}

pub fn link_key(module: u64, competency: u64) -> LinkKey {
    LinkKey::of(ModuleId(Uid(module)), JobItemId(Uid(competency)))
}

pub fn one(command: Command) -> Act {
    Act::one(Verb::Edit, Subject::Plan, command)
}

pub fn add(kind: Kind, uid: u64, owner: Option<u64>, fields: Vec<(FieldKey, Value)>) -> Act {
    Act::one(
        Verb::Add,
        item(kind, uid),
        Command::Add {
            item: item(kind, uid),
            owner: owner.map(Uid),
            spot: Spot::Last,
            fields,
        },
    )
}

pub fn set(item: ItemId, key: FieldKey, value: Value) -> Command {
    Command::Set {
        item,
        key,
        value: Some(value),
    }
}

pub fn link(module: u64, competency: u64, level: Option<u8>) -> Act {
    let key = link_key(module, competency);
    Act::one(Verb::Weave, key, Command::Link { key, level })
}

pub fn write(text: TextAt, at: usize, delete: usize, insert: &str) -> Act {
    let splice = Splice {
        at,
        delete,
        insert: insert.into(),
    };
    Act::one(
        Verb::Write,
        Subject::Plan,
        Command::Write {
            at: text,
            lang: Lang::en(),
            splice,
        },
    )
}

pub fn tier(tier: Tier) -> Vec<(FieldKey, Value)> {
    vec![(field::job_item::tier.key(), Value::str(tier.id()))]
}

/// A role, a task, two competencies, a module with a unit and a link.
pub fn small_acts() -> Vec<Act> {
    vec![
        add(Kind::JobItem, 1, None, tier(Tier::Role)),
        add(Kind::JobItem, 2, Some(1), tier(Tier::Task)),
        add(Kind::JobItem, 3, Some(2), tier(Tier::Competency)),
        add(Kind::JobItem, 4, Some(2), tier(Tier::Competency)),
        add(
            Kind::Module,
            10,
            None,
            vec![(field::module::total_hours.key(), Value::Int(96))],
        ),
        add(Kind::Unit, 11, Some(10), vec![]),
        link(10, 3, Some(2)),
    ]
}

pub fn small() -> Document {
    let mut document = Document::create(PLAN, PeerId(1), &ada(), 0);
    for act in small_acts() {
        document.apply(&act, 0).unwrap();
    }
    document
}

/// Another copy, as a partner opens it.
pub fn reopen(document: &Document, peer: u64) -> Document {
    let opened = Document::open(PLAN, [document.save()], PeerId(peer)).unwrap();
    assert!(!opened.pending);
    opened.document
}

/// Each gets what it lacks. Returns what the first one got.
pub fn exchange(one: &mut Document, other: &mut Document) -> Change {
    let to_one = other.updates_since(&one.version());
    let to_other = one.updates_since(&other.version());
    let got = one.merge(&to_one).unwrap();
    assert!(!got.pending);
    assert!(!other.merge(&to_other).unwrap().pending);
    got.change
}

/// What somebody with another program writes into a copy of the plan.
pub fn foreign(document: &Document, edit: impl FnOnce(&LoroDoc)) -> Vec<u8> {
    let loro = LoroDoc::from_snapshot(&document.save()).unwrap();
    loro.set_peer_id(77).unwrap();
    let before = loro.oplog_vv();
    edit(&loro);
    loro.commit();
    loro.export(ExportMode::updates(&before)).unwrap()
}
