//! The plans to start from are whole and sound.

use crate::random_plan::Seeded;
use weft_exchange::templates::{IDS, TEMPLATES, stand_ins, superseded};
use weft_exchange::weft_json;
use weft_model::*;

fn made(template: &weft_exchange::templates::Template) -> Plan {
    let mut seeded = Seeded(7);
    let mut plan = Plan::new();
    plan.apply(&(template.build)(&mut || seeded.uid())).unwrap();
    plan
}

#[test]
fn the_list_of_ids_names_every_template_in_its_order() {
    let ids: Vec<_> = TEMPLATES.iter().map(|template| template.id).collect();
    assert_eq!(ids, IDS);
}

#[test]
fn each_template_applies_to_an_empty_plan_and_comes_back_from_json() {
    for template in TEMPLATES {
        let plan = made(template);
        assert_eq!(
            plan.about().kind,
            Some(Of(template.kind)),
            "{}",
            template.id
        );
        assert!(plan.violations().is_empty());
        let back =
            weft_json::import(&weft_json::export(&plan), &Plan::new(), &mut || Uid(1)).unwrap();
        let mut again = Plan::new();
        again
            .apply(&Act::many(Verb::Import, Subject::Plan, back.commands))
            .unwrap();
        assert!(again == plan, "{}", template.id);
    }
}

#[test]
fn every_text_of_a_template_stands_in_english_and_chinese() {
    for template in TEMPLATES {
        let plan = made(template);
        for kind in Kind::ALL {
            for uid in plan.any(*kind).live() {
                let title = plan.title(ItemId { kind: *kind, uid });
                let both = !title.get(&Lang::en()).is_empty() && !title.get(&Lang::zh()).is_empty();
                assert!(
                    title.is_empty() || both,
                    "{} {kind:?} {title:?}",
                    template.id
                );
            }
        }
    }
}

#[test]
fn the_weeks_of_every_term_add_up() {
    for template in TEMPLATES {
        for term in made(template).terms.iter() {
            let kinds = [
                term.teaching_weeks,
                term.military_weeks,
                term.whole_week_weeks,
                term.enterprise_weeks,
                term.exam_weeks,
                term.flexible_weeks,
                term.graduation_weeks,
                term.holiday_weeks,
            ];
            let sum: i64 = kinds.iter().flatten().map(|weeks| weeks.0).sum();
            assert_eq!(
                term.weeks.map(|weeks| weeks.0),
                Some(sum),
                "{} {}",
                template.id,
                term.code
            );
        }
    }
}

/// A partner or a place that comes in.
fn comes(kind: Kind, uid: u64, name: &str, of: &str, more: Vec<(FieldKey, Value)>) -> Command {
    let (name_of, kind_of) = match kind {
        Kind::Party => (field::party::name, field::party::kind),
        _ => (field::place::name, field::place::kind),
    };
    let mut fields = vec![
        (name_of.lang(Lang::en()), Value::str(name)),
        (kind_of.key(), Value::str(of)),
    ];
    fields.extend(more);
    Command::Add {
        item: ItemId {
            kind,
            uid: Uid(uid),
        },
        owner: None,
        spot: Spot::Last,
        fields,
    }
}

/// A blank plan after these came, and after what makes room for them.
fn with(commands: Vec<Command>) -> Plan {
    let before = made(&TEMPLATES[0]);
    assert_eq!(stand_ins(&before).len(), 4);
    let mut after = before.clone();
    let import = |commands| Act::many(Verb::Import, Subject::Plan, commands);
    after.apply(&import(commands)).unwrap();
    let room = superseded(&before, &after);
    after.apply(&import(room)).unwrap();
    assert_eq!(after.violations(), vec![]);
    after
}

fn names(plan: &Plan) -> [Vec<String>; 2] {
    let name = |text: &Text| text.get(&Lang::en()).to_owned();
    [
        plan.parties.iter().map(|party| name(&party.name)).collect(),
        plan.places.iter().map(|place| name(&place.name)).collect(),
    ]
}

#[test]
fn the_nameless_sides_of_a_new_plan_go_when_real_ones_come() {
    assert_eq!(
        names(&with(Vec::new())),
        [["School", "Enterprise"], ["School", "Enterprise"]]
            .map(|it| it.map(String::from).to_vec())
    );
    let plan = with(vec![
        comes(Kind::Party, 901, "Linjiang College", "school", vec![]),
        comes(Kind::Place, 902, "Campus", "school", vec![]),
    ]);
    let [parties, places] = names(&plan);
    assert_eq!(parties, ["Enterprise", "Linjiang College"]);
    assert_eq!(places, ["Enterprise", "Campus"]);
}

#[test]
fn a_place_that_is_used_goes_over_to_the_partner_who_came() {
    let school = made(&TEMPLATES[0]).places.iter().next().unwrap().id;
    let module = Command::Add {
        item: ItemId {
            kind: Kind::Module,
            uid: Uid(903),
        },
        owner: None,
        spot: Spot::Last,
        fields: vec![(
            FieldKey {
                field: field::module::hours_by_place,
                sub: Sub::Member(school.0),
            },
            Value::Int(96),
        )],
    };
    let college = comes(Kind::Party, 901, "Linjiang College", "school", vec![]);
    let plan = with(vec![college.clone(), module.clone()]);
    let [parties, places] = names(&plan);
    assert_eq!(parties, ["Enterprise", "Linjiang College"]);
    assert_eq!(places, ["School", "Enterprise"]);
    let place = plan.places.get(school).unwrap();
    assert_eq!(place.party.map(|party| party.0), Some(PartyId(Uid(901))));

    // Of two that came nobody knows whose it is.
    let other = comes(Kind::Party, 904, "Another College", "school", vec![]);
    let [parties, _] = names(&with(vec![college, other, module]));
    assert_eq!(parties.len(), 4);
}
