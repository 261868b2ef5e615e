//! Plans that were saved open again as they were; and what was saved is laid
//! down under `target/e2e/plans`, where the browser tests put it into a
//! browser's storage: a small plan whose every cell is known, the same with a history that
//! somebody has rewritten, a usual one and the large one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may fail loudly"
)]

use std::{fs, path::Path};

use weft_document::{Author, Document, PeerId};
use weft_model::{
    Act, Choice, Command, Dimension, ItemId, JobItemId, Kind, Lang, LinkKey, ModuleId, PartyKind,
    Spot, Subject, Support, Tier, Uid, UnitId, Value, Verb, field,
};
use weft_sample::Size;
use weft_seal::{Key, Statement};
use weft_session::{Card, Opening, log};

const SAVED_AT: i64 = 1_790_000_000_000;

fn author() -> Author {
    Author {
        uid: Uid(7),
        name: "Zhou Mingyuan".into(),
        ..Default::default()
    }
}

/// Makes a plan of acts.
fn made(id: Uid, acts: &[Act]) -> Document {
    let mut document = Document::create(id, PeerId(5), &author(), SAVED_AT);
    for act in acts {
        document.apply(act, SAVED_AT).unwrap();
    }
    document
}

/// Saves a plan made of acts, opens it again, and lays it down.
fn save(name: &str, uid: u64, acts: &[Act]) {
    save_document(name, Uid(uid), &made(Uid(uid), acts));
}

/// Saves a plan, opens it again, and lays it down.
fn save_document(name: &str, id: Uid, document: &Document) {
    let record = log::frame(log::RecordKind::Snapshot, &document.save());
    let card = Card::of(id, document.plan(), SAVED_AT, record.len() as u64);
    let (session, _) = weft_session::open(Opening {
        records: vec![&record],
        plan: id,
        card: Some(card.clone()),
        peer: PeerId(6),
        author: author(),
        now: SAVED_AT,
    })
    .unwrap();
    assert!(session.plan() == document.plan(), "{name} opens as it was");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/e2e/plans");
    fs::create_dir_all(&folder).unwrap();
    put(&folder.join(format!("{name}.record")), &record);
    let about = serde_json::json!({ "id": id.to_string(), "card": card.write() });
    put(
        &folder.join(format!("{name}.json")),
        about.to_string().as_bytes(),
    );
}

/// Whole or not at all: the browser tests may be reading what lies there.
fn put(path: &Path, bytes: &[u8]) {
    let new = path.with_added_extension(format!("{}.new", std::process::id()));
    fs::write(&new, bytes).unwrap();
    fs::rename(&new, path).unwrap();
}

fn item(kind: Kind, uid: u64) -> ItemId {
    ItemId {
        kind,
        uid: Uid(uid),
    }
}

fn add(
    kind: Kind,
    uid: u64,
    owner: Option<u64>,
    fields: Vec<(weft_model::FieldKey, Value)>,
) -> Command {
    Command::Add {
        item: item(kind, uid),
        owner: owner.map(Uid),
        spot: Spot::Last,
        fields,
    }
}

fn both(field: weft_model::Field, en: &str, zh: &str) -> [(weft_model::FieldKey, Value); 2] {
    [
        (field.lang(Lang::en()), Value::str(en)),
        (field.lang(Lang::zh()), Value::str(zh)),
    ]
}

fn uid(of: u64) -> Value {
    Value::str(Uid(of).to_string())
}

/// Two terms, four modules, two tasks, five competencies. M1 × C1 is woven by
/// two units and the whole module, M2 × C2 by the whole module; the rest is
/// empty. Uids: modules 11 to 14, units of M1 21 and 22, competencies 31 to 35.
fn small() -> Vec<Act> {
    let mut commands = Vec::new();
    commands.push(Command::Set {
        item: weft_model::ABOUT,
        key: field::about::title.lang(Lang::en()),
        value: Some(Value::str("Two terms of turning")),
    });
    for (rank, letter, en, zh) in [
        (1, "I", "introduce", "入门"),
        (2, "P", "practise", "应用"),
        (3, "M", "master", "熟练"),
    ] {
        let mut fields = both(field::scale_level::name, en, zh).to_vec();
        fields.push((field::scale_level::letter.key(), Value::str(letter)));
        fields.push((field::scale_level::rank.key(), Value::Int(rank)));
        commands.push(add(
            Kind::ScaleLevel,
            100 + rank.unsigned_abs(),
            None,
            fields,
        ));
    }
    for (uid, kind, en, zh) in [
        (1, "school", "Linjiang College", "临江职业技术学院"),
        (2, "enterprise", "Haiheng Machinery", "海衡机械"),
    ] {
        let mut fields = both(field::party::name, en, zh).to_vec();
        fields.push((field::party::kind.key(), Value::str(kind)));
        commands.push(add(Kind::Party, uid, None, fields));
    }
    for (uid, code) in [(5, "T1"), (6, "T2")] {
        let fields = vec![(field::term::code.key(), Value::str(code))];
        commands.push(add(Kind::Term, uid, None, fields));
    }
    let role = |tier: Tier| (field::job_item::tier.key(), Value::str(tier.id()));
    let mut fields = both(field::job_item::statement, "Machine operator", "机床操作工").to_vec();
    fields.push(role(Tier::Role));
    commands.push(add(Kind::JobItem, 40, None, fields));
    for (at, en, zh) in [(41, "Prepare", "生产准备"), (42, "Turn parts", "车削零件")] {
        let mut fields = both(field::job_item::statement, en, zh).to_vec();
        fields.push(role(Tier::Task));
        commands.push(add(Kind::JobItem, at, Some(40), fields));
    }
    for (at, task, en, zh, required) in [
        (31, 41, "Read part drawings", "能识读零件图", 3),
        (32, 41, "Check blank material", "能核对毛坯", 2),
        (33, 42, "Set tool offsets", "能完成对刀", 3),
        (34, 42, "Turn shafts to IT8", "能车削轴类零件", 2),
        (35, 42, "Handle chips", "能处理切屑", 1),
    ] {
        let mut fields = both(field::job_item::statement, en, zh).to_vec();
        fields.push(role(Tier::Competency));
        let code = format!("C{}", at - 30);
        fields.push((field::job_item::code.key(), Value::Str(code)));
        fields.push((field::job_item::required_level.key(), Value::Int(required)));
        commands.push(add(Kind::JobItem, at, Some(task), fields));
    }
    for (at, term, owner, en, zh) in [
        (11, 5, 1, "Engineering Drawing", "机械制图"),
        (12, 5, 1, "Materials", "工程材料"),
        (13, 6, 1, "CNC Turning", "数控车削"),
        (14, 6, 2, "Rotation in the Enterprise", "企业轮岗实践"),
    ] {
        let mut fields = both(field::module::title, en, zh).to_vec();
        let code = format!("M{}", at - 10);
        fields.push((field::module::code.key(), Value::Str(code)));
        fields.push((field::module::total_hours.key(), Value::Int(96)));
        fields.push((field::module::owner.key(), uid(owner)));
        commands.push(add(Kind::Module, at, None, fields));
        let fields = vec![(field::offering::term.key(), uid(term))];
        commands.push(add(Kind::Offering, at + 40, Some(at), fields));
    }
    for (at, en, zh) in [(21, "Views", "视图"), (22, "Tolerances", "公差")] {
        let fields = both(field::unit::title, en, zh).to_vec();
        commands.push(add(Kind::Unit, at, Some(11), fields));
    }
    let mut fields = both(field::assessment::title, "Examination", "考试").to_vec();
    let competency = JobItemId(Uid(31));
    fields.push((
        field::assessment::competencies.member(competency),
        Value::Bool(true),
    ));
    commands.push(add(Kind::Assessment, 61, Some(11), fields));
    for (at, dimension, en, zh) in [
        (71, Dimension::Quality, "Works safely", "安全生产"),
        (72, Dimension::Knowledge, "Knows materials", "掌握材料知识"),
    ] {
        let mut fields = both(field::specification_item::statement, en, zh).to_vec();
        fields.push((
            field::specification_item::dimension.key(),
            Value::str(dimension.id()),
        ));
        commands.push(add(Kind::SpecificationItem, at, None, fields));
    }
    commands.push(Command::Set {
        item: item(Kind::SpecificationItem, 72),
        key: field::specification_item::supported_by.member(Uid(12)),
        value: Some(Value::str(Support::High.id())),
    });
    let module = ModuleId(Uid(11));
    for (key, level) in [
        (LinkKey::of(module, competency), 1),
        (LinkKey::from_unit(module, UnitId(Uid(21)), competency), 2),
        (LinkKey::from_unit(module, UnitId(Uid(22)), competency), 3),
        (LinkKey::of(ModuleId(Uid(12)), JobItemId(Uid(32))), 1),
    ] {
        commands.push(Command::Link {
            key,
            level: Some(level),
        });
    }
    vec![Act::many(Verb::Import, Subject::Plan, commands)]
}

#[test]
fn a_small_plan_opens_again_as_it_was_saved() {
    save("small", 201, &small());
}

/// Somebody has written the history anew below a version that both sides had signed:
/// each sum is right, and the signatures are those that were given.
#[test]
fn a_plan_whose_history_was_rewritten_below_a_signed_version_opens_as_it_was_saved() {
    let mut honest = weft_model::Plan::new();
    let mut forged = small();
    for act in &forged {
        honest.apply(act).unwrap();
    }
    let digest = weft_seal::digest(&honest).to_string();
    let hours = Command::Set {
        item: item(Kind::Module, 13),
        key: field::module::total_hours.key(),
        value: Some(Value::Int(32)),
    };
    forged.push(Act::many(Verb::Edit, Subject::Plan, vec![hours]));
    let mut document = made(Uid(205), &forged);
    let version = vec![
        (field::version::title.lang(Lang::en()), Value::str("Agreed")),
        (field::version::digest.key(), Value::str(&digest)),
        (
            field::version::point.key(),
            Value::str(document.point().unwrap().to_string()),
        ),
    ];
    let mut commands = vec![add(Kind::NamedVersion, 300, None, version)];
    for (at, party, kind, name) in [
        (301, 1, PartyKind::School, "Lin Jing"),
        (302, 2, PartyKind::Enterprise, "Ding Hui"),
    ] {
        let key = Key::from_seed([party; 32]);
        let said = Statement {
            digest: digest.clone(),
            name: name.to_owned(),
            role: String::new(),
            party: Some(Uid(u64::from(party))),
            party_name: String::new(),
            party_kind: Some(kind),
            stage: None,
            at_millis: SAVED_AT,
        };
        let entry = vec![
            (field::signature::digest.key(), Value::str(&said.digest)),
            (field::signature::name.key(), Value::str(name)),
            (field::signature::party.key(), uid(u64::from(party))),
            (field::signature::party_kind.key(), Value::str(kind.id())),
            (field::signature::at.key(), Value::Int(SAVED_AT)),
            (
                field::signature::key.key(),
                Value::str(key.public().to_string()),
            ),
            (
                field::signature::proof.key(),
                Value::str(said.sign(&key).to_string()),
            ),
        ];
        commands.push(add(Kind::Signature, at, Some(300), entry));
    }
    let act = Act::many(Verb::Sign, Subject::Plan, commands);
    document.apply(&act, SAVED_AT).unwrap();
    save_document("rewritten", Uid(205), &document);
}

#[test]
fn a_usual_plan_opens_again_as_it_was_saved() {
    save("usual", 202, &weft_sample::sized(Size::USUAL, 1));
}

#[test]
fn the_large_plan_opens_again_as_it_was_saved() {
    save("large", 203, &weft_sample::large(1));
}

#[test]
fn a_plan_in_which_every_cell_is_woven_opens_again_as_it_was_saved() {
    let size = Size {
        modules: 120,
        competencies: 90,
        tasks: 12,
        links: 0,
        ..Size::USUAL
    };
    let mut acts = weft_sample::sized(size, 1);
    let mut plan = weft_model::Plan::new();
    for act in &acts {
        plan.apply(act).unwrap();
    }
    let competencies: Vec<JobItemId> = weft_model::Outline::of(&plan).competencies().collect();
    let mut commands = Vec::new();
    for (row, module) in plan.modules.iter().enumerate() {
        for (col, competency) in competencies.iter().enumerate() {
            commands.push(Command::Link {
                key: LinkKey::of(module.id, *competency),
                level: u8::try_from((row + col) % 3 + 1).ok(),
            });
        }
    }
    acts.push(Act::many(Verb::Weave, Subject::Plan, commands));
    save("dense", 204, &acts);
}
