//! The plan of a school, the copies that leave it, and what comes back.

use weft_document::{Author, PeerId};
use weft_exchange::excerpt;
use weft_model::{
    Act, Command, FieldKey, ItemId, Kind, Lang, LinkKey, PartyId, Plan, Spot, Subject, Uid, Value,
    Verb, field,
};
use weft_session::{Event, Opening, Session, Untaken, log, weft_file};

pub const PLAN: Uid = Uid(7000);
pub const COPY: Uid = Uid(8000);
pub const WORKS: Uid = Uid(2);

pub fn item(kind: Kind, uid: u64) -> ItemId {
    ItemId {
        kind,
        uid: Uid(uid),
    }
}

pub fn title(field: weft_model::Field, words: &str) -> (FieldKey, Value) {
    (field.lang(Lang::en()), words.into())
}

pub fn add(item: ItemId, owner: Option<u64>, fields: Vec<(FieldKey, Value)>) -> Command {
    Command::Add {
        item,
        owner: owner.map(Uid),
        spot: Spot::Last,
        fields,
    }
}

pub fn set(item: ItemId, (key, value): (FieldKey, Value)) -> Command {
    Command::Set {
        item,
        key,
        value: Some(value),
    }
}

pub fn module(uid: u64, words: &str) -> Command {
    let fields = vec![title(field::module::title, words)];
    add(item(Kind::Module, uid), None, fields)
}

pub fn competency(uid: u64, words: &str) -> Command {
    let fields = vec![
        (field::job_item::tier.key(), "competency".into()),
        title(field::job_item::statement, words),
    ];
    add(item(Kind::JobItem, uid), None, fields)
}

pub fn link(module: u64, competency: u64, level: u8) -> Command {
    let key = LinkKey {
        module: weft_model::ModuleId(Uid(module)),
        unit: None,
        competency: weft_model::JobItemId(Uid(competency)),
    };
    Command::Link {
        key,
        level: Some(level),
    }
}

pub fn author(uid: u64, name: &str) -> Author {
    Author {
        uid: Uid(uid),
        name: name.into(),
        ..Author::default()
    }
}

pub fn opened(plan: Uid, history: &[u8], peer: u64, author: Author) -> Session {
    let records: Vec<Vec<u8>> = if history.is_empty() {
        Vec::new()
    } else {
        vec![log::frame(log::RecordKind::Snapshot, history)]
    };
    let opening = Opening {
        records: records.iter().map(Vec::as_slice).collect(),
        plan,
        card: None,
        peer: PeerId(peer),
        author,
        now: 1_000,
    };
    weft_session::open(opening).unwrap().0
}

pub fn act(session: &mut Session, commands: Vec<Command>) {
    let act = Act::many(Verb::Edit, Subject::Plan, commands);
    let effects = session.handle(2_000, Event::Acted(act));
    let refused = effects
        .iter()
        .any(|it| matches!(it, weft_session::Effect::Refuse(_)));
    assert!(!refused, "{effects:?}");
}

/// A school's plan: what everybody may see, and what is the school's alone.
pub fn school() -> Session {
    let mut school = opened(PLAN, &[], 1, author(11, "Lin Jing"));
    act(
        &mut school,
        vec![
            add(
                item(Kind::Party, 1),
                None,
                vec![title(field::party::name, "College")],
            ),
            add(
                item(Kind::Party, 2),
                None,
                vec![title(field::party::name, "Works")],
            ),
            module(10, "Turning"),
            module(12, "Milling"),
            module(14, "Grinding"),
            competency(20, "Set up a lathe"),
            competency(22, "Read a drawing"),
            link(10, 20, 2),
        ],
    );
    school
}

/// What only the school sees, each with a word of its own.
pub const SECRETS: [&str; 9] = [
    "zebrafish",
    "quagmire",
    "walnutshell",
    "juxtapose",
    "hyacinth",
    "obelisk",
    "vermilion",
    "kaleidoscope",
    "whirligig",
];

pub fn hide(school: &mut Session) {
    let [
        module_word,
        unit,
        note,
        comment,
        reply,
        proposal,
        wanted,
        waiver,
        gone,
    ] = SECRETS;
    let mine = |field: weft_model::Field| (field.member(Uid(1)), Value::Bool(true));
    let comments = |uid, to: Option<u64>, anchor: &str, words: &str| {
        let mut fields = vec![
            (field::comment::anchor.key(), anchor.into()),
            title(field::comment::body, words),
            (field::comment::author.key(), Uid(11).to_string().into()),
        ];
        fields.extend(to.map(|to| (field::comment::reply_to.key(), Uid(to).to_string().into())));
        add(item(Kind::Comment, uid), None, fields)
    };
    let hidden = Subject::Item(item(Kind::Module, 30)).to_string();
    let code = format!("value modules/{} code", Uid(30));
    let key = LinkKey {
        module: weft_model::ModuleId(Uid(12)),
        unit: None,
        competency: weft_model::JobItemId(Uid(22)),
    };
    act(
        school,
        vec![
            module(30, module_word),
            set(item(Kind::Module, 30), mine(field::module::visible_to)),
            add(
                item(Kind::Unit, 31),
                Some(30),
                vec![title(field::unit::title, unit)],
            ),
            link(30, 20, 3),
            link(12, 22, 1),
            Command::ShowLink {
                key,
                party: PartyId(Uid(1)),
                named: true,
            },
            Command::Write {
                at: weft_model::TextAt::LinkNote(key),
                lang: Lang::en(),
                splice: weft_model::Splice::between("", note).unwrap(),
            },
            comments(40, None, &hidden, comment),
            comments(41, Some(40), "plan", reply),
            comments(42, None, "plan", "Everybody reads this"),
            add(
                item(Kind::Proposal, 43),
                None,
                vec![
                    (field::proposal::target.key(), code.as_str().into()),
                    (field::proposal::proposed.key(), wanted.into()),
                    title(field::proposal::reason, proposal),
                ],
            ),
            add(
                item(Kind::Waiver, 44),
                None,
                vec![
                    (field::waiver::subject.key(), hidden.as_str().into()),
                    title(field::waiver::reason, waiver),
                ],
            ),
            module(32, gone),
            Command::Delete {
                item: item(Kind::Module, 32),
            },
            set(
                item(Kind::Module, 14),
                (
                    field::module::prerequisites.member(Uid(30)),
                    Value::Bool(true),
                ),
            ),
        ],
    );
}

pub fn sent(school: &Session, reader: Option<PartyId>) -> Vec<u8> {
    let made = excerpt(school.plan(), reader).unwrap();
    school
        .excerpt(COPY, made.commands, reader, 3_000, None)
        .unwrap()
}

pub fn received(file: &[u8], peer: u64) -> Session {
    let history = weft_file::read(file).unwrap().history;
    opened(COPY, history, peer, author(12, "Ding Hui"))
}

pub fn back(school: &Session, works: &Session) -> Result<weft_session::Returned, Untaken> {
    let file = works.file(9_000, None);
    let read = weft_file::read(&file).unwrap();
    assert_eq!(read.head.excerpt_of, PLAN.to_string());
    school.returned(COPY, read.history, PeerId(901), 9_000)
}

pub fn take(school: &mut Session, update: &[u8]) {
    school.meet(update, PeerId(902)).unwrap();
    let effects = school.handle(9_000, Event::Received(update.to_vec()));
    let refused = effects
        .iter()
        .any(|it| matches!(it, weft_session::Effect::Untaken(_)));
    assert!(!refused, "{effects:?}");
}

pub fn words(plan: &Plan, uid: u64) -> String {
    plan.title(item(Kind::Module, uid))
        .show(&Lang::en())
        .to_owned()
}
