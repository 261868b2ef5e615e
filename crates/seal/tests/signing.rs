//! Signatures under a version: what counts, what does not, and what is exposed.

use weft_model::*;
use weft_seal::*;

fn key(first: u8) -> Key {
    Key::from_seed([first; 32])
}

fn act(plan: &mut Plan, commands: Vec<Command>) {
    plan.apply(&Act::many(Verb::Edit, Subject::Plan, commands))
        .unwrap();
}

fn add(kind: Kind, uid: u64, owner: Option<u64>, fields: Vec<(FieldKey, Value)>) -> Command {
    Command::Add {
        item: ItemId {
            kind,
            uid: Uid(uid),
        },
        owner: owner.map(Uid),
        spot: Spot::Last,
        fields,
    }
}

/// A plan with a school and an enterprise, a module, and a version of it.
fn plan() -> Plan {
    let mut plan = Plan::new();
    let party = |kind: PartyKind| vec![(field::party::kind.key(), Value::str(kind.id()))];
    act(
        &mut plan,
        vec![
            add(Kind::Party, 1, None, party(PartyKind::School)),
            add(Kind::Party, 2, None, party(PartyKind::Enterprise)),
            add(
                Kind::Module,
                10,
                None,
                vec![(field::module::total_hours.key(), Value::Int(96))],
            ),
        ],
    );
    let digest = Value::str(digest(&plan).to_string());
    act(
        &mut plan,
        vec![add(
            Kind::NamedVersion,
            50,
            None,
            vec![(field::version::digest.key(), digest)],
        )],
    );
    plan
}

fn version(plan: &Plan) -> &NamedVersion {
    plan.versions.get(VersionId(Uid(50))).unwrap()
}

fn statement(plan: &Plan, party: u64, kind: PartyKind) -> Statement {
    Statement {
        digest: version(plan).digest.clone(),
        name: "Ding Hui".into(),
        role: "Head of training".into(),
        party: Some(Uid(party)),
        party_name: "Haiheng".into(),
        party_kind: Some(kind),
        stage: None,
        at_millis: 1_700_000_000_000,
    }
}

fn entry(uid: u64, it: &Statement, key: &Key) -> Command {
    let mut fields = vec![
        (field::signature::digest.key(), Value::str(&it.digest)),
        (field::signature::name.key(), Value::str(&it.name)),
        (field::signature::role.key(), Value::str(&it.role)),
        (
            field::signature::party_name.key(),
            Value::str(&it.party_name),
        ),
        (field::signature::at.key(), Value::Int(it.at_millis)),
        (
            field::signature::key.key(),
            Value::str(key.public().to_string()),
        ),
        (
            field::signature::proof.key(),
            Value::str(it.sign(key).to_string()),
        ),
    ];
    fields.extend(
        it.party
            .map(|party| (field::signature::party.key(), Value::str(party.to_string()))),
    );
    fields.extend(
        it.party_kind
            .map(|kind| (field::signature::party_kind.key(), Value::str(kind.id()))),
    );
    fields.extend(
        it.stage
            .map(|stage| (field::signature::stage.key(), Value::str(stage.to_string()))),
    );
    add(Kind::Signature, uid, Some(50), fields)
}

fn complete(plan: &Plan) -> bool {
    stages(plan, plan, version(plan))
        .iter()
        .all(StageState::is_complete)
}

#[test]
fn a_school_and_an_enterprise_make_a_version_valid() {
    let mut plan = plan();
    assert!(!complete(&plan));
    let school = entry(60, &statement(&plan, 1, PartyKind::School), &key(1));
    act(&mut plan, vec![school]);
    assert!(!complete(&plan));
    let works = entry(61, &statement(&plan, 2, PartyKind::Enterprise), &key(2));
    act(&mut plan, vec![works]);
    assert!(complete(&plan));
    assert!(
        is_genuine(&plan, version(&plan)),
        "signing does not change what is signed"
    );
}

#[test]
fn one_key_does_not_count_for_two_parties() {
    let mut plan = plan();
    let school = entry(60, &statement(&plan, 1, PartyKind::School), &key(1));
    let works = entry(61, &statement(&plan, 2, PartyKind::Enterprise), &key(1));
    act(&mut plan, vec![school, works]);
    assert!(!complete(&plan));
}

#[test]
fn whatever_is_changed_in_an_entry_exposes_it() {
    let fields = [
        (field::signature::digest.key(), Value::str("0".repeat(64))),
        (field::signature::name.key(), Value::str("Somebody else")),
        (field::signature::role.key(), Value::str("Clerk")),
        (
            field::signature::party.key(),
            Value::str(Uid(2).to_string()),
        ),
        (field::signature::party_name.key(), Value::str("Other")),
        (
            field::signature::party_kind.key(),
            Value::str(PartyKind::Enterprise.id()),
        ),
        (field::signature::at.key(), Value::Int(5)),
        (
            field::signature::key.key(),
            Value::str(key(9).public().to_string()),
        ),
        (field::signature::proof.key(), Value::str("0".repeat(128))),
    ];
    for (changed, value) in fields {
        let mut plan = plan();
        let school = entry(60, &statement(&plan, 1, PartyKind::School), &key(1));
        act(&mut plan, vec![school]);
        let item = ItemId {
            kind: Kind::Signature,
            uid: Uid(60),
        };
        let of = |plan: &Plan| standing(plan.signatures.get(SignatureId(Uid(60))).unwrap());
        assert_eq!(of(&plan), Standing::Proven(key(1).public()));
        act(
            &mut plan,
            vec![Command::Set {
                item,
                key: changed.clone(),
                value: Some(value),
            }],
        );
        assert_eq!(of(&plan), Standing::Forged, "{changed}");
    }
}

#[test]
fn a_later_edit_is_seen_and_the_version_is_no_longer_what_stands() {
    let mut plan = plan();
    let item = ItemId {
        kind: Kind::Module,
        uid: Uid(10),
    };
    let then = plan.clone();
    act(
        &mut plan,
        vec![Command::Set {
            item,
            key: field::module::total_hours.key(),
            value: Some(Value::Int(100)),
        }],
    );
    assert!(!is_genuine(&plan, version(&plan)));
    assert!(is_genuine(&then, version(&plan)));
}

#[test]
fn a_signature_on_paper_counts_and_says_that_it_is_one() {
    let mut plan = plan();
    let digest = version(&plan).digest.clone();
    let paper = |uid, kind: PartyKind| {
        add(
            Kind::Signature,
            uid,
            Some(50),
            vec![
                (field::signature::digest.key(), Value::str(&digest)),
                (field::signature::party_kind.key(), Value::str(kind.id())),
                (field::signature::on_paper.key(), Value::str("2026-06-01")),
            ],
        )
    };
    act(
        &mut plan,
        vec![
            paper(60, PartyKind::School),
            paper(61, PartyKind::Enterprise),
        ],
    );
    assert!(complete(&plan));
    let first = plan.signatures.get(SignatureId(Uid(60))).unwrap();
    assert_eq!(standing(first), Standing::OnPaper);
}

#[test]
fn what_one_person_signed_on_paper_counts_once_however_often_it_is_noted() {
    let mut plan = plan();
    let digest = version(&plan).digest.clone();
    let paper = |uid, name: &str| {
        add(
            Kind::Signature,
            uid,
            Some(50),
            vec![
                (field::signature::digest.key(), Value::str(&digest)),
                (field::signature::name.key(), Value::str(name)),
                (
                    field::signature::party_kind.key(),
                    Value::str(PartyKind::School.id()),
                ),
                (field::signature::on_paper.key(), Value::str("2026-06-01")),
            ],
        )
    };
    let schools = |plan: &Plan| stages(plan, plan, version(plan))[0].needs[0].given;
    act(
        &mut plan,
        vec![paper(60, "Lin Jing"), paper(61, "Lin Jing ")],
    );
    assert_eq!(schools(&plan), 1);
    act(&mut plan, vec![paper(62, "Ding Hui")]);
    assert_eq!(schools(&plan), 2);
}

#[test]
fn a_stage_over_some_modules_has_a_hash_of_its_own() {
    let mut plan = plan();
    act(
        &mut plan,
        vec![
            add(Kind::Module, 11, None, vec![]),
            add(
                Kind::SignerStage,
                70,
                None,
                vec![
                    (field::signer_stage::schools.key(), Value::Int(1)),
                    (
                        field::signer_stage::scope.key(),
                        Value::str(SigningScope::Modules.id()),
                    ),
                    (
                        field::signer_stage::modules.member(Uid(10)),
                        Value::Bool(true),
                    ),
                ],
            ),
        ],
    );
    let stage = stages(&plan, &plan, version(&plan)).remove(0);
    let other = ItemId {
        kind: Kind::Module,
        uid: Uid(11),
    };
    act(
        &mut plan,
        vec![Command::Set {
            item: other,
            key: field::module::code.key(),
            value: Some("X".into()),
        }],
    );
    assert_eq!(
        stages(&plan, &plan, version(&plan))[0].digest,
        stage.digest,
        "another module"
    );
    let statement = Statement {
        digest: stage.digest.to_string(),
        stage: Some(Uid(70)),
        ..statement(&plan, 1, PartyKind::School)
    };
    let signed = entry(60, &statement, &key(1));
    act(&mut plan, vec![signed]);
    assert!(complete(&plan));
    let mine = ItemId {
        kind: Kind::Module,
        uid: Uid(10),
    };
    act(
        &mut plan,
        vec![Command::Set {
            item: mine,
            key: field::module::code.key(),
            value: Some("X".into()),
        }],
    );
    assert!(!complete(&plan));
}

#[test]
fn a_stage_over_an_order_covers_its_tracks_and_their_modules_and_nothing_else() {
    let mut plan = plan();
    let set = |kind, uid, key: FieldKey, value: Value| Command::Set {
        item: ItemId {
            kind,
            uid: Uid(uid),
        },
        key,
        value: Some(value),
    };
    act(
        &mut plan,
        vec![
            add(Kind::Order, 80, None, vec![]),
            add(Kind::Track, 81, None, vec![]),
            add(Kind::Module, 11, None, vec![]),
            set(
                Kind::Track,
                81,
                field::track::order_of.key(),
                Uid(80).to_string().into(),
            ),
            set(
                Kind::Module,
                10,
                field::module::tracks.member(Uid(81)),
                Value::Bool(true),
            ),
            add(
                Kind::SignerStage,
                70,
                None,
                vec![
                    (field::signer_stage::enterprises.key(), Value::Int(1)),
                    (
                        field::signer_stage::scope.key(),
                        Value::str(SigningScope::Order.id()),
                    ),
                    (
                        field::signer_stage::order_of.key(),
                        Value::str(Uid(80).to_string()),
                    ),
                ],
            ),
        ],
    );
    let hash = |plan: &Plan| stages(plan, plan, version(plan)).remove(0).digest;
    let before = hash(&plan);
    for outside in [
        set(Kind::Module, 11, field::module::code.key(), "X".into()),
        set(Kind::About, 0, field::about::code.key(), "X".into()),
    ] {
        let mut other = plan.clone();
        act(&mut other, vec![outside.clone()]);
        assert_eq!(hash(&other), before, "{outside:?}");
    }
    for inside in [
        set(Kind::Module, 10, field::module::code.key(), "X".into()),
        set(
            Kind::Track,
            81,
            field::track::title.lang(Lang::en()),
            "X".into(),
        ),
        set(
            Kind::Order,
            80,
            field::order::note.lang(Lang::en()),
            "X".into(),
        ),
        set(
            Kind::Module,
            11,
            field::module::tracks.member(Uid(81)),
            Value::Bool(true),
        ),
    ] {
        let mut other = plan.clone();
        act(&mut other, vec![inside.clone()]);
        assert_ne!(hash(&other), before, "{inside:?}");
    }
}
