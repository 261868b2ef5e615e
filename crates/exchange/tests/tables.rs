//! The tables of real curricula become plans, and come back.

use crate::random_plan::Seeded;
use crate::shelf::*;
use weft_exchange::tables::{self, ApplyOptions, TableKind, Target};
use weft_exchange::{CheckScope, Fate, WarningKind, weft_json};
use weft_model::*;

fn there_and_back(plan: &Plan) {
    let mut seeded = Seeded(99);
    let bytes = weft_json::export(plan);
    let back = weft_json::import(&bytes, &Plan::new(), &mut || seeded.uid()).unwrap();
    assert_eq!((&back.tray, &back.warnings), (&vec![], &vec![]));
    assert!(plan_of(&back, &Plan::new()) == *plan);
}

#[test]
fn each_trade_becomes_a_woven_plan_with_every_mapping_row_as_a_link() {
    for (name, hours_wanted, modules, links) in TRADES {
        let imported = apply(&Plan::new(), &trade(name), &ApplyOptions::default(), 1);
        quiet(&imported);
        let plan = plan_of(&imported, &Plan::new());
        assert_eq!(hours(&plan), Hours::whole(*hours_wanted), "{name}");
        assert_eq!(plan.modules.len(), *modules, "{name}");
        assert_eq!(plan.weave.len(), *links, "{name}");
        assert_eq!(imported.links.new, *links);
        assert!(plan.weave.iter().all(|(key, link)| key.unit.is_some()
            && link.level.is_none()
            && link.strength.is_some()));
        assert!(plan.job_items.iter().all(|line| {
            line.origin_uri
                .starts_with("http://data.europa.eu/esco/skill/")
        }));
        assert!(
            plan.modules
                .iter()
                .all(|module| module.title.iter().all(|(lang, _)| *lang == Lang::de()))
        );
        assert!(plan.violations().is_empty());
        there_and_back(&plan);
    }
}

#[test]
fn importing_the_same_tables_again_changes_nothing_and_folds_nothing() {
    for (name, ..) in TRADES {
        let sheets = trade(name);
        let plan = plan_of(
            &apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1),
            &Plan::new(),
        );
        let again = apply(&plan, &sheets, &ApplyOptions::default(), 2);
        quiet(&again);
        nothing_new(&again);
    }
    let plan = plan_of(
        &apply(&Plan::new(), &chinese(), &ApplyOptions::default(), 1),
        &Plan::new(),
    );
    let again = apply(&plan, &chinese(), &ApplyOptions::default(), 2);
    nothing_new(&again);
    let progress = apply(
        &plan,
        &[sheet("example-cn/progress-table.csv")],
        &ApplyOptions::default(),
        3,
    );
    nothing_new(&progress);
}

#[test]
fn lines_come_in_below_the_line_that_was_chosen_and_what_is_here_stays_where_it_is() {
    let role = ItemId {
        kind: Kind::JobItem,
        uid: Uid(700),
    };
    let mut plan = Plan::new();
    let add = Command::Add {
        item: role,
        owner: None,
        spot: Spot::Last,
        fields: vec![
            (field::job_item::tier.key(), Value::str(Tier::Role.id())),
            (field::job_item::statement.lang(Lang::en()), "Turner".into()),
        ],
    };
    plan.apply(&Act::one(Verb::Add, role, add)).unwrap();
    let table = |text: &str| {
        let sheet = tables::read("lines.csv", text.as_bytes()).unwrap();
        let matching = tables::guess(&sheet);
        assert_eq!(matching.table, Some(TableKind::Competencies));
        vec![(sheet, matching)]
    };
    let options = ApplyOptions {
        below: Some(role.uid),
        ..ApplyOptions::default()
    };
    let first = "task,competency code,competency\nTurning,C1,Sets up\n,C2,Measures\n";
    let plan = plan_of(&apply(&plan, &table(first), &options, 1), &plan);
    let outline = |plan: &Plan| {
        let outline = Outline::of(plan);
        let rows = outline.rows().iter();
        rows.map(|row| {
            let words = plan
                .job_items
                .get(row.id)
                .unwrap()
                .statement
                .show(&Lang::en());
            (row.depth, words.to_owned())
        })
        .collect::<Vec<_>>()
    };
    let line = |depth, words: &str| (depth, words.to_owned());
    let below = [
        line(0, "Turner"),
        line(1, "Turning"),
        line(2, "Sets up"),
        line(2, "Measures"),
    ];
    assert_eq!(outline(&plan), below);
    // Again, with one more at the top and one that is here.
    let second = "competency code,competency\nC2,Measures\nC3,Cleans\n";
    let again = apply(&plan, &table(second), &options, 2);
    let plan = plan_of(&again, &plan);
    let more = [below.as_slice(), &[line(1, "Cleans")]].concat();
    assert_eq!(outline(&plan), more);
    // A role does not go below another line.
    let third = "role,task,competency code,competency\nMiller,Milling,C4,Mills\n";
    let plan = plan_of(&apply(&plan, &table(third), &options, 3), &plan);
    let rows = outline(&plan);
    assert_eq!(&rows[5..7], &[line(0, "Miller"), line(1, "Milling")]);
}

#[test]
fn columns_of_what_one_must_know_and_be_like_become_competencies_of_their_kinds() {
    let text = "岗位名称,主要工作任务,职业能力,知识要求,职业素养\n\
        车工,车削,能装夹工件,\"1.了解夹具种类\n2、懂 5S 管理\",（1）细心；守时\n\
        ,,,③了解量具,\n";
    let sheet = tables::read("a.csv", text.as_bytes()).unwrap();
    let matching = tables::guess(&sheet);
    assert_eq!(matching.table, Some(TableKind::Competencies));
    let sheets = vec![(sheet, matching)];
    let imported = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
    quiet(&imported);
    let plan = plan_of(&imported, &Plan::new());
    let outline = Outline::of(&plan);
    let rows = outline.rows().iter().map(|row| {
        let line = plan.job_items.get(row.id).unwrap();
        let kind = line.kind.map(|kind| kind.0);
        (row.depth, line.statement.show(&Lang::zh()).to_owned(), kind)
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort();
    let line = |depth, words: &str, kind| (depth, words.to_owned(), kind);
    let know = Some(CompetencyKind::Knowledge);
    let mut wanted = [
        line(0, "车工", None),
        line(1, "车削", None),
        line(2, "了解夹具种类", know),
        line(2, "懂 5S 管理", know),
        line(2, "了解量具", know),
        line(2, "细心", Some(CompetencyKind::Behaviour)),
        line(2, "守时", Some(CompetencyKind::Behaviour)),
        line(2, "能装夹工件", None),
    ];
    wanted.sort();
    assert_eq!(rows, wanted);
    let again = apply(&plan, &sheets, &ApplyOptions::default(), 2);
    nothing_new(&again);
}

#[test]
fn the_chinese_programme_comes_in_complete() {
    let sheets = chinese();
    let imported = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
    quiet(&imported);
    let plan = plan_of(&imported, &Plan::new());
    assert_eq!((plan.modules.len(), plan.weave.len()), (44, 142));
    assert_eq!(hours(&plan), Hours::whole(2688));
    assert_eq!(credits(&plan), Credits::whole(157));
    let share = |role: CategoryRole| -> Hours {
        let category = plan
            .categories
            .iter()
            .find(|category| category.role == Some(Of(role)))
            .unwrap();
        plan.modules
            .iter()
            .filter(|module| module.category == Some(To(category.id)))
            .map(|module| plan.counted_hours(module))
            .sum()
    };
    assert_eq!(
        share(CategoryRole::PublicBasic)
            .share_of(hours(&plan))
            .basis_points(),
        3185
    );
    assert_eq!(plan.categories.len(), 5);
    let tiers = |tier| {
        plan.job_items
            .iter()
            .filter(|line| line.tier == Some(Of(tier)))
            .count()
    };
    assert_eq!(
        (
            tiers(Tier::Role),
            tiers(Tier::Task),
            tiers(Tier::Competency)
        ),
        (3, 12, 50)
    );
    assert_eq!(
        (
            plan.terms.len(),
            plan.parties.len(),
            plan.people.len(),
            plan.venues.len()
        ),
        (6, 2, 20, 10)
    );
    assert_eq!(
        (
            plan.specification.len(),
            plan.certificates.len(),
            plan.conversions.len()
        ),
        (8, 4, 4)
    );
    assert_eq!(
        (
            plan.orders.len(),
            plan.modes.len(),
            plan.rotation_blocks.len()
        ),
        (1, 1, 6)
    );
    assert_eq!(
        plan.scale_levels
            .iter()
            .map(|level| level.letter.as_str())
            .collect::<Vec<_>>(),
        ["I", "P", "M"]
    );
    assert_eq!(
        plan.elective_pools
            .iter()
            .map(|pool| pool.members.len())
            .collect::<Vec<_>>(),
        [2]
    );
    let assessed = sheets[3]
        .0
        .rows
        .iter()
        .filter(|row| row.cells[7] == "yes")
        .count();
    assert_eq!(
        plan.assessments
            .iter()
            .map(|a| a.competencies.len())
            .sum::<usize>(),
        assessed
    );
    let order = plan.orders.iter().next().unwrap();
    assert_eq!(order.seats.values().map(|seats| seats.0).sum::<i64>(), 40);
    let rotation = plan
        .modules
        .iter()
        .find(|module| module.code == "SJ03")
        .unwrap();
    assert_eq!(
        (
            rotation.mentors.len(),
            rotation.venues.len(),
            rotation.prerequisites.len()
        ),
        (8, 2, 2)
    );
    let offering = plan.offerings.below(rotation.id).next().unwrap();
    assert_eq!(
        (offering.weeks, offering.hours_per_week),
        (Some(Whole(8)), Some(Hours::whole(24)))
    );
    for module in plan.modules.iter() {
        assert_eq!(
            module.hours_by_place.values().copied().sum::<Hours>(),
            module.total_hours.unwrap(),
            "{}",
            module.code
        );
    }
    assert!(plan.violations().is_empty());
    there_and_back(&plan);
}

#[test]
fn a_teaching_progress_table_alone_gives_the_modules_and_keeps_its_sums_as_checks() {
    let sheets = [sheet("example-cn/progress-table.csv")];
    assert_eq!(sheets[0].1.table, Some(TableKind::Progress));
    let imported = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
    assert_eq!(imported.tray, vec![]);
    let plan = plan_of(&imported, &Plan::new());
    assert_eq!(plan.modules.len(), 44);
    assert_eq!(
        (hours(&plan), credits(&plan)),
        (Hours::whole(2688), Credits::whole(157))
    );
    assert_eq!(plan.terms.len(), 6);
    assert!(
        plan.modules
            .iter()
            .all(|module| plan.offerings.below(module.id).next().is_some())
    );
    let fates = |fate| {
        imported.fates[0]
            .iter()
            .filter(|known| **known == fate)
            .count()
    };
    assert_eq!(
        (
            fates(Fate::Applied),
            fates(Fate::CheckSum),
            fates(Fate::Remark),
            fates(Fate::Above)
        ),
        (44, 6, 1, 1)
    );
    assert!(
        imported.checks.iter().all(|check| check.holds()),
        "{:?}",
        imported.checks
    );
    let total = imported
        .checks
        .iter()
        .find(|check| check.scope == CheckScope::Total)
        .unwrap();
    assert_eq!((total.says, total.read), (Some(5376), 5376));
    assert_eq!(
        imported
            .checks
            .iter()
            .filter(|check| check.scope == CheckScope::Subtotal)
            .count(),
        20
    );
    assert!(
        imported.warnings.iter().all(|warning| matches!(
            warning.kind,
            WarningKind::HoursWorkedOut | WarningKind::Remark { .. }
        )),
        "{:?}",
        imported.warnings
    );
}

#[test]
fn the_progress_table_and_the_course_table_together_make_each_course_once() {
    let sheets = [
        sheet("example-cn/courses.csv"),
        sheet("example-cn/progress-table.csv"),
    ];
    let imported = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
    let plan = plan_of(&imported, &Plan::new());
    assert_eq!(
        (
            plan.modules.len(),
            plan.elective_pools.len(),
            plan.categories.len()
        ),
        (44, 1, 5)
    );
}

#[test]
fn every_fixture_is_taken_for_what_it_is_with_every_column_known() {
    for (name, ..) in TRADES {
        let kinds: Vec<_> = trade(name)
            .iter()
            .map(|(_, matching)| matching.table)
            .collect();
        assert_eq!(
            kinds,
            [
                Some(TableKind::Mapping),
                Some(TableKind::Modules),
                Some(TableKind::Competencies)
            ]
        );
    }
    for (name, table) in [
        ("certificates", TableKind::Certificates),
        ("competencies", TableKind::Competencies),
        ("courses", TableKind::Modules),
        ("mapping", TableKind::Mapping),
        ("order", TableKind::Orders),
        ("parties", TableKind::Parties),
        ("people", TableKind::People),
        ("rotation", TableKind::Rotation),
        ("specification", TableKind::Specification),
        ("terms", TableKind::Terms),
        ("venues", TableKind::Venues),
    ] {
        let (sheet, matching) = sheet(&format!("example-cn/{name}.csv"));
        assert_eq!(matching.table, Some(table), "{name}");
        let skipped: Vec<&str> = matching
            .all(Target::Skip)
            .map(|(at, _)| sheet.cell(0, at))
            .collect();
        // What the seats leave is no field of its own.
        let known: &[&str] = if name == "order" {
            &["of_which_school_students"]
        } else {
            &[]
        };
        assert_eq!(skipped, known, "{name}");
    }
}
