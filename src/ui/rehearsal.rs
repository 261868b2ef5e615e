//! Opening a plan before anybody asks for one, in memory and unseen.
//!
//! A browser translates a function of the program when it is first called, and
//! translates it well once it has run for long. The first plan would wait for
//! all of that; a tiny one, opened while the person looks at Home, takes that wait
//! away, and where a large plan lies on the device one of some thousand links, read
//! a few times. Nothing of them is kept or sent, and a device that is slow, or a
//! person who goes on, ends it.

use weft_analysis::Board;
use weft_document::{PeerId, pack_plan, unpack_plan};
use weft_model::{
    Act, Choice as _, Command, FieldKey, ItemId, JobItemId, Kind, Lang, Link, LinkKey, ModuleId,
    Plan, Spot, Subject, Tier, Uid, UnitId, Value, Verb, field,
};
use weft_session::{Effect, Event, OpenProblem, Opening, Session};

use crate::browser::device::{chance, now_millis};
use crate::browser::profile::author;
use crate::browser::{hash, timer};
use crate::route::Route;
use crate::ui::pages::weave;

/// How often the larger plan is read: together about as long as a large one takes.
const TURNS: usize = 8;

/// The longest turn, in milliseconds, after which there is another one: two frames.
const LONGEST: i64 = 32;

/// Goes through all that opening a plan and showing its Weave calls, but for
/// the page and the storage.
pub async fn rehearse(large: bool) {
    once().await;
    if !large {
        return;
    }
    timer::breathe().await;
    let larger = pack_plan(&larger());
    for _ in 0..TURNS {
        timer::breathe().await;
        if hash::route_now() != Some(Route::Home) {
            return;
        }
        let began = now_millis();
        if let Some(plan) = unpack_plan(&larger) {
            weave::rehearse(&plan, &Board::new(&plan));
        }
        if !(0..LONGEST).contains(&(now_millis() - began)) {
            return;
        }
    }
}

/// A plan of some thousand links.
fn larger() -> Plan {
    const COMPETENCIES: u64 = 64;
    const MODULES: u64 = 128;
    const UNITS: u64 = 2;
    const LINKS: u64 = 25;
    let mut plan = Plan::new();
    let item = |kind, uid: u64| ItemId {
        kind,
        uid: Uid(uid),
    };
    let below = |owner: u64| Value::Str(Uid(owner).to_string());
    let title = Value::str("–");
    let mut line = |uid, owner: Option<u64>, tier: Tier| {
        let mut fields = vec![
            (field::job_item::tier.key(), Value::str(tier.id())),
            (field::job_item::statement.lang(Lang::en()), title.clone()),
        ];
        fields.extend(owner.map(|owner| (field::job_item::parent.key(), below(owner))));
        plan.load(item(Kind::JobItem, uid), "a", false, &fields);
    };
    line(1, None, Tier::Role);
    line(2, Some(1), Tier::Task);
    let competency = |at: u64| 1_000 + at;
    (0..COMPETENCIES).for_each(|at| line(competency(at), Some(2), Tier::Competency));
    let term = item(Kind::Term, 3);
    plan.load(term, "a", false, &[]);
    let mut links = Vec::new();
    for module in (0..MODULES).map(|at| 10_000 + at * 100) {
        let fields = [
            (field::module::title.lang(Lang::en()), title.clone()),
            (field::module::total_hours.key(), Value::Int(96)),
        ];
        plan.load(item(Kind::Module, module), "a", false, &fields);
        let fields = [
            (field::offering::module.key(), below(module)),
            (field::offering::term.key(), below(term.uid.0)),
        ];
        plan.load(item(Kind::Offering, module), "a", false, &fields);
        for unit in (1..=UNITS).map(|at| module + at) {
            let fields = [
                (field::unit::module.key(), below(module)),
                (field::unit::title.lang(Lang::en()), title.clone()),
            ];
            plan.load(item(Kind::Unit, unit), "a", false, &fields);
        }
        links.extend((0..LINKS).map(|at| {
            let key = LinkKey {
                module: ModuleId(Uid(module)),
                competency: JobItemId(Uid(competency((module / 100 + at * 2) % COMPETENCIES))),
                unit: (at % 2 == 0).then_some(UnitId(Uid(module + 1))),
            };
            let level = Some(1);
            (
                key,
                Link {
                    level,
                    ..Link::default()
                },
            )
        }));
    }
    links.sort_by_key(|(key, _)| *key);
    plan.load_links(links);
    plan
}

/// Opens a tiny plan as a real one is opened, and edits it. In pieces: a person is there.
async fn once() {
    let plan = Uid(chance());
    let Ok((mut session, _)) = open(plan, Vec::new()) else {
        return;
    };
    drop(session.handle(now_millis(), Event::Acted(small(plan))));
    let record = session.large_record();
    timer::breathe().await;
    let Ok((mut session, _)) = open(plan, vec![&record]) else {
        return;
    };
    session.unpack();
    timer::breathe().await;
    let mut board = Board::new(session.plan());
    // And the first toggled cell.
    let step = Command::Link {
        key: link(plan),
        level: Some(2),
    };
    let act = Act::one(Verb::Weave, link(plan), step);
    for effect in session.handle(now_millis(), Event::Acted(act)) {
        if let Effect::Changed(change) = effect {
            board.apply(session.plan(), &change);
        }
    }
    weave::rehearse(session.plan(), &board);
}

/// The one link of the small plan.
fn link(plan: Uid) -> LinkKey {
    LinkKey::of(ModuleId(uid(plan, 5)), JobItemId(uid(plan, 3)))
}

/// The uids of the small plan.
fn uid(plan: Uid, step: u64) -> Uid {
    Uid(plan.0.wrapping_add(step))
}

fn open(plan: Uid, records: Vec<&[u8]>) -> Result<(Session, Vec<Effect>), OpenProblem> {
    weft_session::open(Opening {
        records,
        plan,
        card: None,
        peer: PeerId(chance()),
        author: author(None),
        now: now_millis(),
    })
}

/// One of each kind that a Weave stands on.
fn small(plan: Uid) -> Act {
    let uid = |step| uid(plan, step);
    let add = |kind, step, owner: Option<u64>, fields: Vec<(FieldKey, Value)>| Command::Add {
        item: ItemId {
            kind,
            uid: uid(step),
        },
        owner: owner.map(uid),
        spot: Spot::Last,
        fields,
    };
    let line = |step, owner, tier: Tier| {
        let fields = vec![
            (field::job_item::tier.key(), Value::str(tier.id())),
            (field::job_item::statement.lang(Lang::en()), Value::str("–")),
        ];
        add(Kind::JobItem, step, owner, fields)
    };
    let module = vec![
        (field::module::title.lang(Lang::en()), Value::str("–")),
        (field::module::total_hours.key(), Value::Int(2)),
    ];
    let commands = vec![
        line(1, None, Tier::Role),
        line(2, Some(1), Tier::Task),
        line(3, Some(2), Tier::Competency),
        add(Kind::Term, 4, None, Vec::new()),
        add(Kind::Module, 5, None, module),
        add(Kind::Unit, 6, Some(5), Vec::new()),
        Command::Link {
            key: link(plan),
            level: Some(1),
        },
    ];
    Act::many(Verb::Add, Subject::Plan, commands)
}
