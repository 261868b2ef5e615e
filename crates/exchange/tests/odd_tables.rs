//! Tables that leave something open: what is asked, what waits, what is handed down.

use crate::shelf::*;
use weft_exchange::tables::{self, ApplyOptions, TableKind, Target};
use weft_exchange::{AnswerTarget, CheckScope, ImportError, QuestionKind, Reason, WarningKind};
use weft_model::*;

#[test]
fn a_module_whose_code_repeats_is_asked_about_where_the_period_is_missing() {
    let name = "aufbereitungsmechaniker";
    let plan = plan_of(
        &apply(&Plan::new(), &trade(name), &ApplyOptions::default(), 1),
        &Plan::new(),
    );
    let text = "module,module title,competency uri,relevance\nLF1,Gewinnungs- und Aufbereitungstechnik,http://data.europa.eu/esco/skill/efa141df-f382-418f-9121-bd88fd735669,4\n";
    let read = tables::read("x.csv", text.as_bytes()).unwrap();
    let sheets = [(read.clone(), tables::guess(&read))];
    let imported = apply(&plan, &sheets, &ApplyOptions::default(), 2);
    let Some(QuestionKind::WhichItem { candidates }) = imported
        .questions
        .first()
        .map(|question| question.kind.clone())
    else {
        panic!("{:?}", imported.tray)
    };
    assert_eq!(candidates.len(), 3);
    assert!(matches!(imported.tray[0].reason, Reason::SeveralFit { .. }));
    assert_eq!(imported.commands, vec![]);
    let mut options = ApplyOptions::default();
    options
        .answers
        .insert((0, 1), AnswerTarget::Item(candidates[2]));
    let answered = apply(&plan, &sheets, &options, 2);
    assert_eq!((answered.links.new, answered.tray.len()), (1, 0));
}

#[test]
fn a_renamed_module_waits_for_an_answer() {
    let table = |title: &str| {
        let text = format!("code,title,hours\nM1,{title},40\nM2,Milling,20\nTotal,,60\n");
        let sheet = tables::read("x.csv", text.as_bytes()).unwrap();
        let matching = tables::guess(&sheet);
        [(sheet, matching)]
    };
    let plan = plan_of(
        &apply(&Plan::new(), &table("Turning"), &ApplyOptions::default(), 1),
        &Plan::new(),
    );
    assert_eq!(plan.modules.len(), 2);
    let sheets = table("Turning on lathes");
    let imported = apply(&plan, &sheets, &ApplyOptions::default(), 2);
    assert!(matches!(imported.tray[0].reason, Reason::OtherTitle { .. }));
    assert!(
        !imported.checks[0].holds(),
        "the row that waits is missing from the sum"
    );
    let turning = plan.modules.iter().next().unwrap().id;
    for (answer, modules) in [
        (AnswerTarget::Item(turning.into()), 2),
        (AnswerTarget::New, 3),
        (AnswerTarget::Skip, 2),
    ] {
        let mut options = ApplyOptions::default();
        options.answers.insert((0, 1), answer);
        let plan = plan_of(&apply(&plan, &sheets, &options, 2), &plan);
        assert_eq!(plan.modules.len(), modules, "{answer:?}");
    }
}

#[test]
fn letters_that_fit_two_scales_are_asked_about_and_left_out() {
    let text = "module,competency,level\nZH02,P-1.1.1,M\n";
    let read = tables::read("x.csv", text.as_bytes()).unwrap();
    let mapping = (read.clone(), tables::guess(&read));
    let sheets = [
        sheet("example-cn/courses.csv"),
        sheet("example-cn/competencies.csv"),
        mapping,
    ];
    // Beside the letters of the competencies, M is that of mastery.
    let clear = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
    assert!(clear.questions.is_empty());
    let mut alone = sheets.clone();
    for column in &mut alone[1].1.columns {
        if column.target == Target::Field(field::job_item::required_level) {
            column.target = Target::Skip;
        }
    }
    let asked = apply(&Plan::new(), &alone, &ApplyOptions::default(), 1);
    assert_eq!(
        asked.questions[0].kind,
        QuestionKind::WhichScale {
            letters: vec!["M".into()],
            scales: vec![0, 1]
        }
    );
    let plan = plan_of(&asked, &Plan::new());
    assert!(
        plan.weave.iter().all(|(_, link)| link.level.is_none()) && plan.scale_levels.is_empty()
    );
    let options = ApplyOptions {
        scale: Some(1),
        ..ApplyOptions::default()
    };
    let plan = plan_of(&apply(&Plan::new(), &alone, &options, 1), &Plan::new());
    assert_eq!(plan.weave.iter().next().unwrap().1.level, Some(2));
}

#[test]
fn rows_that_are_not_understood_wait_with_their_cells() {
    let text = "课程名称\t课程代码\t总学时\t学分\n数控车削\tZH02\t八十\t5\n\tZH9\t\t\n\t\t48\t3\n数控车削\tZH02\t80\t5\n";
    let sheet = tables::paste(text).unwrap();
    let sheets = [(sheet.clone(), tables::guess(&sheet))];
    let imported = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
    let reasons: Vec<_> = imported.tray.iter().map(|row| row.reason.clone()).collect();
    assert_eq!(reasons, [Reason::NoName, Reason::Twice]);
    assert_eq!(imported.tray[0].cells, ["", "", "48", "3"]);
    assert!(
        matches!(&imported.warnings[0].kind, WarningKind::BadValue { text, .. } if text == "八十")
    );
    assert_eq!(imported.items[&Kind::Module].new, 2);
}

#[test]
fn a_competency_analysis_table_hands_its_merged_cells_down() {
    let text = "数控技术专业职业能力分析表\n岗位名称,典型工作任务,工作内容,编号,职业能力\n操作工,车削,装夹,P-1.1.1,能装夹\n,,,P-1.1.2,能对刀\n,,加工,P-1.2.1,能车削\n,铣削,,G-2.1,能沟通\n";
    let sheet = tables::read("x.csv", text.as_bytes()).unwrap();
    let sheets = [(sheet.clone(), tables::guess(&sheet))];
    let plan = plan_of(
        &apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1),
        &Plan::new(),
    );
    let outline = Outline::of(&plan);
    let shape: Vec<(u8, Tier)> = outline
        .rows()
        .iter()
        .map(|row| (row.depth, row.tier))
        .collect();
    use Tier::{Competency, Content, Role, Task};
    assert_eq!(
        shape,
        [
            (0, Role),
            (1, Task),
            (2, Content),
            (3, Competency),
            (3, Competency),
            (2, Content),
            (3, Competency),
            (1, Task),
            (2, Competency)
        ]
    );
    assert_eq!(
        plan.job_items
            .iter()
            .filter(|line| line.kind == Some(Of(CompetencyKind::Professional)))
            .count(),
        3
    );
}

fn table(text: &str) -> [(tables::Sheet, tables::Matching); 1] {
    let sheet = tables::read("x.csv", text.as_bytes()).unwrap();
    let matching = tables::guess(&sheet);
    [(sheet, matching)]
}

#[test]
fn hours_that_lose_their_brackets_count_again() {
    let table = |hours: &str| table(&format!("code,title,hours\nM1,Turning,{hours}\n"));
    let options = ApplyOptions::default();
    let first = apply(&Plan::new(), &table("(40)"), &options, 1);
    let plan = plan_of(&first, &Plan::new());
    assert_eq!(hours(&plan), Hours::ZERO);
    let again = apply(&plan, &table("40"), &options, 2);
    assert_eq!(
        (again.items[&Kind::Module].updated, again.tray.len()),
        (1, 0)
    );
    assert_eq!(hours(&plan_of(&again, &plan)), Hours::whole(40));
}

#[test]
fn a_sum_that_cannot_be_read_is_told_and_compared_with_nothing() {
    let text = "code,title,hours\nM1,Turning,40\nTotal,,40(8)\n";
    let imported = apply(&Plan::new(), &table(text), &ApplyOptions::default(), 1);
    let text = "40(8)".to_owned();
    assert_eq!(imported.warnings.len(), 1);
    assert_eq!(imported.warnings[0].kind, WarningKind::SumNotRead { text });
    assert!(imported.checks.iter().all(|it| it.says.is_none()));
}

#[test]
fn a_head_of_two_rows_and_plain_weekly_hours_are_read() {
    let text = "某学院2026级教学进程表,,,,,,,\n课程类别,序号,课程名称,学分,总学时,各学期周学时,,\n,,,,,一,二,三\n一、公共基础课,,,,,,,\n公共基础课,1,高等数学,4,64,4,,\n,2,大学英语,8,128,4,4,\n,小计,,12,192,,,\n专业核心课,3,数控编程,3,（48）,,,2W\n合计,,,15,192,,,\n";
    let sheets = table(text);
    assert_eq!(
        (sheets[0].1.table, sheets[0].1.header),
        (Some(TableKind::Progress), Some((1, 2)))
    );
    let terms =
        table("term,weeks_total,teaching_weeks\nT1,20,16\nT2,20,16\nT3,20,16\n合计,60,48\n");
    let both = [sheets[0].clone(), terms[0].clone()];
    let imported = apply(&Plan::new(), &both, &ApplyOptions::default(), 1);
    assert_eq!(imported.tray, vec![]);
    assert!(
        imported.checks.iter().all(|check| check.holds()),
        "{:?}",
        imported.checks
    );
    let plan = plan_of(&imported, &Plan::new());
    assert_eq!(
        (plan.modules.len(), plan.terms.len(), plan.categories.len()),
        (3, 3, 2)
    );
    assert_eq!(
        hours(&plan),
        Hours::whole(192),
        "bracketed hours do not count"
    );
    let english = plan
        .modules
        .iter()
        .find(|module| module.title.get(&Lang::zh()) == "大学英语")
        .unwrap();
    let weeks: Vec<_> = plan
        .offerings
        .below(english.id)
        .map(|offering| (offering.hours_per_week, offering.weeks))
        .collect();
    assert_eq!(weeks, vec![(Some(Hours::whole(4)), Some(Whole(16))); 2]);
    assert!(plan.modules.iter().all(|module| module.category.is_some()));
}

#[test]
fn a_german_table_with_semicolons_decimal_commas_and_a_sum_is_read() {
    let text = "Rahmenlehrplan Beispiel;;;\nNr;Lernfeld;Stunden;Ausbildungsjahr\nLF1;Bauelemente fertigen;80;1. Ausbildungsjahr\nLF2;Baugruppen prüfen;60,5;1. Ausbildungsjahr\nLF1;Anlagen warten;1.020;2. Ausbildungsjahr\nSumme;;1.160,5;\n";
    let imported = apply(&Plan::new(), &table(text), &ApplyOptions::default(), 1);
    assert_eq!(imported.tray, vec![]);
    let plan = plan_of(&imported, &Plan::new());
    assert_eq!(hours(&plan), Hours::from_halves(2321));
    assert_eq!(plan.modules.len(), 3);
    assert_eq!(plan.terms.len(), 2);
    let sum = imported
        .checks
        .iter()
        .find(|check| check.scope == CheckScope::Total)
        .unwrap();
    assert_eq!((sum.says, sum.read), (Some(2321), 2321));
}

#[test]
fn a_mapping_alone_waits_until_its_modules_may_be_made() {
    let text = "Module\tCompetency\tLevel\nTurning\tOperate a lathe\tP\n\tMeasure a part\tI\nMilling\tMeasure a part\tM\n";
    let sheets = table(text);
    assert_eq!(sheets[0].1.table, Some(TableKind::Mapping));
    let waiting = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
    assert_eq!(waiting.tray.len(), 3);
    let options = ApplyOptions {
        make_missing: true,
        ..ApplyOptions::default()
    };
    let imported = apply(&Plan::new(), &sheets, &options, 1);
    assert_eq!(imported.tray, vec![]);
    let plan = plan_of(&imported, &Plan::new());
    assert_eq!(
        (plan.modules.len(), plan.job_items.len(), plan.weave.len()),
        (2, 2, 3)
    );
    assert_eq!(
        plan.weave
            .iter()
            .map(|(_, link)| link.level.unwrap())
            .sum::<u8>(),
        2 + 1 + 3
    );
}

#[test]
fn codes_that_differ_by_a_dot_are_two_competencies() {
    let text = "code,statement\nP-1.11,Drill\nP-11.1,Drill\nP-1.1.1,C\n,C++\n";
    let imported = apply(&Plan::new(), &table(text), &ApplyOptions::default(), 1);
    assert_eq!(imported.items[&Kind::JobItem].new, 4);
}

#[test]
fn a_table_in_utf_16_without_a_mark_is_read_and_a_stray_zero_is_not_taken_for_one() {
    let text = "课程名称,课程代码,开课学期,学时\r\n数控车削加工,SJ01,第一学期,64\r\n零件测量与质量控制,SJ02,第二学期,48\r\n";
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let plain = tables::read("a.csv", text.as_bytes()).unwrap();
    for bytes in [little, big] {
        assert_eq!(tables::read("a.csv", &bytes).unwrap(), plain);
    }
    for stray in [
        &b"Title,Code,Hours,Title in German, a\0Turning,M1,64,Drehen und noch viel mehr\n"[..],
        b"Title,Code\0\nTurning,M1\0\nFiling,M22\0\n",
    ] {
        assert_eq!(stray.len() % 2, 0);
        let refused = tables::read("a.csv", stray);
        let is_encoding = matches!(refused, Err(ImportError::Encoding { .. }));
        assert!(is_encoding, "{refused:?}");
    }
}
