//! The plans to start from are whole and sound.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod random_plan;

use random_plan::Seeded;
use weft_exchange::templates::{IDS, TEMPLATES};
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
