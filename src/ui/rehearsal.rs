//! Opening a plan once before anybody asks for one, in memory and unseen.
//!
//! A browser translates a function of the program when it is first called.
//! The first plan would wait for all of them; a tiny one, opened while the
//! person looks at Home, takes that wait away. Nothing of it is kept or sent.

use weft_analysis::Board;
use weft_document::PeerId;
use weft_model::{
    Act, Choice as _, Command, FieldKey, ItemId, JobItemId, Kind, Lang, LinkKey, ModuleId, Spot,
    Subject, Tier, Uid, Value, Verb, field,
};
use weft_session::{Effect, Event, OpenProblem, Opening, Session};

use crate::browser::device::{chance, now_millis};
use crate::browser::profile::author;
use crate::ui::pages::weave;

/// Goes through all that opening a plan and showing its Weave calls, but for
/// the page and the storage.
pub fn rehearse() {
    let plan = Uid(chance());
    let Ok((mut session, _)) = open(plan, Vec::new()) else {
        return;
    };
    drop(session.handle(now_millis(), Event::Acted(small(plan))));
    let record = session.large_record();
    let Ok((mut session, _)) = open(plan, vec![&record]) else {
        return;
    };
    session.unpack();
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
