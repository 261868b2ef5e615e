//! Workbooks as other programs write them come in as tables do.

use crate::shelf::*;
use weft_exchange::tables::{ApplyOptions, Matching, Sheet, TableKind, Target};
use weft_exchange::workbook::{self, BookSheet};
use weft_exchange::{CheckScope, WarningKind};
use weft_model::*;

fn book(name: &str) -> Vec<BookSheet> {
    workbook::read(&std::fs::read(path(&format!("example-cn/{name}"))).unwrap()).unwrap()
}

fn suggested(book: &[BookSheet]) -> Vec<(Sheet, Matching)> {
    let all = book.iter().filter(|sheet| sheet.suggested);
    all.map(|sheet| (sheet.sheet.clone(), sheet.matching.clone()))
        .collect()
}

/// What a plan says of its modules, without ids.
fn told(plan: &Plan) -> Vec<String> {
    let of = |module: &Module| {
        let offerings: Vec<String> = plan
            .offerings
            .below(module.id)
            .map(|it| {
                let term = plan.terms.get(it.term.unwrap().0).unwrap();
                format!(
                    "{} {:?} {:?} {:?} {:?}",
                    term.code, it.pattern, it.hours_per_week, it.weeks, it.hours
                )
            })
            .collect();
        let category = module.category.and_then(|it| plan.categories.get(it.0));
        format!(
            "{} {} {} {:?} {:?} {:?} {:?} {offerings:?}",
            module.code,
            module.title.get(&Lang::zh()),
            category.unwrap().title.get(&Lang::zh()),
            module.total_hours,
            module.theory_hours,
            module.practice_hours,
            module.credits
        )
    };
    plan.modules.iter().map(of).collect()
}

#[test]
fn a_progress_table_says_the_same_as_a_workbook_and_as_csv() {
    let csv = [sheet("example-cn/progress-table.csv")];
    let wanted = apply(&Plan::new(), &csv, &ApplyOptions::default(), 1);
    let wanted = plan_of(&wanted, &Plan::new());
    for name in ["progress-table.xlsx", "progress-table-two-heads.xlsx"] {
        let book = book(name);
        let sheets = suggested(&book);
        let progress = sheets
            .iter()
            .filter(|(_, matching)| matching.table == Some(TableKind::Progress))
            .cloned()
            .collect::<Vec<_>>();
        assert_eq!(progress.len(), 1, "{name}");
        let imported = apply(&Plan::new(), &progress, &ApplyOptions::default(), 1);
        assert_eq!(imported.tray, vec![], "{name}");
        let total = |check: &&weft_exchange::Check| check.scope == CheckScope::Total;
        let total = imported.checks.iter().find(total).unwrap();
        assert_eq!((total.says, total.read), (Some(5376), 5376), "{name}");
        assert!(imported.checks.iter().all(|check| check.holds()), "{name}");
        let subtotals = imported.checks.iter();
        let subtotals = subtotals.filter(|check| check.scope == CheckScope::Subtotal);
        assert_eq!(subtotals.count(), 20, "{name}");
        let plan = plan_of(&imported, &Plan::new());
        assert_eq!(plan.modules.len(), 44, "{name}");
        assert_eq!(
            (hours(&plan), credits(&plan)),
            (Hours::whole(2688), Credits::whole(157))
        );
        assert_eq!(told(&plan), told(&wanted), "{name}");
    }
}

#[test]
fn a_progress_table_and_the_course_table_make_each_course_once() {
    let mut sheets = suggested(&book("progress-table.xlsx"));
    sheets.insert(0, sheet("example-cn/courses.csv"));
    let plan = plan_of(
        &apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1),
        &Plan::new(),
    );
    assert_eq!((plan.modules.len(), plan.categories.len()), (44, 5));
}

#[test]
fn hidden_sheets_are_there_but_not_suggested_and_charts_are_no_sheets() {
    let book = book("progress-table-two-heads.xlsx");
    let names: Vec<(&str, bool, bool)> = book
        .iter()
        .map(|it| (it.sheet.name.as_str(), it.hidden, it.suggested))
        .collect();
    assert_eq!(names[0], ("教学进程表", false, true));
    assert!(names.contains(&("旧版", true, false)));
    assert!(names.iter().all(|(name, ..)| *name != "图"));
}

#[test]
fn formulas_that_nobody_has_reckoned_are_told() {
    let book = book("progress-table-unreckoned.xlsx");
    assert_eq!(book[0].sheet.uncalculated, 24);
    let imported = apply(
        &Plan::new(),
        &suggested(&book)[..1],
        &ApplyOptions::default(),
        1,
    );
    let told = imported.warnings.iter().map(|it| &it.kind);
    let wanted = WarningKind::Uncalculated { cells: 24 };
    assert_eq!(told.filter(|kind| **kind == wanted).count(), 1);
    // No sum is taken for zero.
    assert!(
        imported
            .checks
            .iter()
            .all(|check| check.scope == CheckScope::Sheet)
    );
    assert_eq!(hours(&plan_of(&imported, &Plan::new())), Hours::whole(2688));
}

#[test]
fn units_in_heads_are_read_over() {
    let book = book("progress-table-two-heads.xlsx");
    let matching = &book[0].matching;
    for field in [
        field::module::total_hours,
        field::module::theory_hours,
        field::module::practice_hours,
        field::module::credits,
    ] {
        assert!(matching.has(Target::Field(field)), "{field:?}");
    }
    assert!((1..=6).all(|term| matching.has(Target::TermCell(term))));
}

#[test]
fn a_competency_analysis_becomes_tasks_contents_and_competencies() {
    let book = book("competency-analysis.xlsx");
    assert!(book.iter().all(|sheet| sheet.suggested));
    let sheets = suggested(&book);
    assert_eq!(sheets.len(), 5);
    let imported = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
    assert_eq!((&imported.tray, &imported.questions), (&vec![], &vec![]));
    assert!(
        imported
            .warnings
            .iter()
            .all(|it| matches!(it.kind, WarningKind::Remark { .. })),
        "{:?}",
        imported.warnings
    );
    let plan = plan_of(&imported, &Plan::new());
    // The same lines as the table of the same programme, as far as it goes.
    let table = apply(
        &Plan::new(),
        &[sheet("example-cn/competencies.csv")],
        &ApplyOptions::default(),
        1,
    );
    let table = plan_of(&table, &Plan::new());
    let lines = |plan: &Plan| -> std::collections::BTreeSet<String> {
        let outline = Outline::of(plan);
        let rows = outline.rows().iter().filter(|row| row.tier != Tier::Role);
        rows.filter_map(|row| {
            let line = plan.job_items.get(row.id)?;
            let above = |tier| {
                let line = outline
                    .above(row.id, tier)
                    .and_then(|id| plan.job_items.get(id));
                line.map(|line| line.code.clone())
            };
            Some(format!(
                "{:?} {} {} {:?} {:?} {:?}",
                row.tier,
                line.code,
                line.statement.get(&Lang::zh()),
                line.kind,
                above(Tier::Task),
                above(Tier::Content)
            ))
        })
        .collect()
    };
    let (got, wanted) = (lines(&plan), lines(&table));
    assert!(got.len() > 20);
    let strange: Vec<_> = got.difference(&wanted).collect();
    assert!(strange.is_empty(), "{strange:#?}");
    let tasks = |line: &&JobItem| line.tier == Some(Of(Tier::Task));
    assert_eq!(plan.job_items.iter().filter(tasks).count(), 4);
    // Once more changes nothing.
    nothing_new(&apply(&plan, &sheets, &ApplyOptions::default(), 2));
}
