//! Heads over several rows, as offices and schools write them: merged cells, the weeks
//! of a term, a unit below each column. Cells that are merged downwards stand again in
//! the rows below, as they do after a workbook was read.

use crate::shelf::*;
use weft_exchange::Imported;
use weft_exchange::tables::{self, ApplyOptions};
use weft_model::*;

fn read(text: &str) -> (Imported, Plan) {
    let sheet = tables::read("table.csv", text.as_bytes()).unwrap();
    let sheets = [(sheet.clone(), tables::guess(&sheet))];
    let imported = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
    let plan = plan_of(&imported, &Plan::new());
    (imported, plan)
}

/// Code or title of each module with its hours, and its offerings: term, hours a week, weeks.
fn told(plan: &Plan) -> Vec<String> {
    let hours = |value: Option<Hours>| value.map_or_else(String::new, |it| it.to_string());
    let modules = plan.modules.iter();
    modules
        .map(|module| {
            let mut out = format!(
                "{} {} {}/{}",
                module.title.show(&Lang::zh()),
                hours(module.total_hours),
                hours(module.theory_hours),
                hours(module.practice_hours)
            );
            for it in plan.offerings.below(module.id) {
                let term = it.term.and_then(|term| plan.terms.get(term.0));
                let term = term.map_or_else(String::new, |term| term.code.clone());
                let weeks = it.weeks.map_or(0, |weeks| weeks.0);
                out.push_str(&format!(", {term} {}×{weeks}", hours(it.hours_per_week)));
            }
            out
        })
        .collect()
}

#[test]
fn a_terms_head_that_names_its_weeks_is_the_terms_and_the_weeks_are_its_own() {
    for heads in [
        "\"1\n16周\",\"2\n18周\"",
        "1（16周）,2 (18周)",
        "第一学期（16周）,第二学期 18周",
        "第一学期（16周）,第二学期 18周,第三学期（0周）",
    ] {
        let (imported, plan) = read(&format!(
            "课程代码,课程名称,总学时,{heads}\nZH01,数控编程,64,4,\nZH02,金工实训,108,,6/18W\n"
        ));
        assert_eq!(
            told(&plan),
            ["数控编程 64 /, T1 4×16", "金工实训 108 /, T2 6×18"],
            "{heads}"
        );
        assert!(imported.tray.is_empty() && imported.warnings.is_empty());
    }
}

#[test]
fn a_row_of_weeks_below_the_terms_belongs_to_the_head() {
    let (imported, plan) = read(
        "序号,课程名称,总学时,第一学期,第二学期\n,,,16周,18周\n1,数控编程,64,4,\n2,机械制图,108,,6\n",
    );
    assert_eq!(
        told(&plan),
        ["数控编程 64 /, T1 4×16", "机械制图 108 /, T2 6×18"]
    );
    assert!(imported.tray.is_empty(), "{:?}", imported.tray);
    assert!(imported.warnings.is_empty(), "{:?}", imported.warnings);
}

#[test]
fn a_head_of_three_merged_rows_is_no_course() {
    let (imported, plan) = read(
        "课程类别,课程代码,课程名称,学时分配,,,第一学年,\n\
         课程类别,课程代码,课程名称,总学时,理论,实践,1（16周）,2（18周）\n\
         课程类别,课程代码,课程名称,总学时,理论,实践,1（16周）,2（18周）\n\
         公共基础课,GG01,体育与健康,64,12,52,2/16W,\n\
         公共基础课,GG02,职业英语,72,60,12,,4\n",
    );
    assert_eq!(
        told(&plan),
        ["体育与健康 64 12/52, T1 2×16", "职业英语 72 60/12, T2 4×18"]
    );
    assert_eq!(plan.categories.len(), 1);
    assert!(imported.tray.is_empty(), "{:?}", imported.tray);
}

#[test]
fn what_stands_below_a_merged_head_is_read_for_itself() {
    let (imported, plan) = read(
        "Lfd. Nr.;Kürzel;Modul / Lernfeld;Zeitrichtwert;;ECTS-Punkte\n\
         ;;;Theorie;Praxis;\n;;;Std.;Std.;\n1;LF1;Drehen;40,5;39,5;2,5\n",
    );
    assert_eq!(told(&plan), ["Drehen  40.5/39.5"]);
    assert!(imported.tray.is_empty(), "{:?}", imported.tray);
    // Merged downwards, too.
    let (imported, plan) = read(
        "Lfd. Nr.;Kürzel;Modul / Lernfeld;Zeitrichtwert;;ECTS-Punkte\n\
         Lfd. Nr.;Kürzel;Modul / Lernfeld;Theorie;Praxis;ECTS-Punkte\n\
         Lfd. Nr.;Kürzel;Modul / Lernfeld;Std.;Std.;ECTS-Punkte\n\
         1;LF1;Drehen;40,5;39,5;2,5\n",
    );
    assert_eq!(told(&plan), ["Drehen  40.5/39.5"]);
    let credits = plan.modules.iter().next().unwrap().credits;
    assert_eq!(credits.map(|it| it.to_string()), Some("2.5".to_owned()));
    assert!(imported.tray.is_empty(), "{:?}", imported.tray);
}

#[test]
fn weeks_in_a_column_of_hours_are_not_taken_for_hours() {
    let (imported, plan) = read("课程名称,总学时\n数控编程,64节\n顶岗实习,24周\n");
    assert_eq!(told(&plan), ["数控编程 64 /", "顶岗实习  /"]);
    assert_eq!(imported.warnings.len(), 1, "{:?}", imported.warnings);
}

#[test]
fn a_code_with_a_full_width_hyphen_finds_its_place() {
    let (_, plan) = read(
        "典型工作任务编号,典型工作任务,工作内容编号,工作内容,能力编号,能力描述\n\
         1,车削,1.1,准备,P-1.1.1,能识读图纸\n1,车削,1.2,编程,P-1.2.1,能编程\n",
    );
    let outline = tables::read("c.csv", "能力编号,能力描述\nP－1.2.2,能仿真\n".as_bytes()).unwrap();
    let sheets = [(outline.clone(), tables::guess(&outline))];
    let imported = apply(&plan, &sheets, &ApplyOptions::default(), 2);
    let plan = plan_of(&imported, &plan);
    let found = plan
        .job_items
        .iter()
        .find(|it| it.code.contains('－'))
        .unwrap();
    let above = plan.any(Kind::JobItem).owner(found.id.0).unwrap();
    assert_eq!(plan.job_items.get(JobItemId(above)).unwrap().code, "1.2");
}

#[test]
fn columns_that_are_ticked_are_the_choice_that_their_head_names() {
    let (imported, plan) = read(
        "课程代码,课程名称,课程性质,,考核方式,,总学时\n,,必修,选修,考试,考查,\nZH01,数控编程,√,,√,,64\nZH02,机械制图,√,×,—,√,108\nZH03,书法,,✓,,1、2,32\n",
    );
    let said: Vec<String> = (plan.modules.iter())
        .map(|it| {
            let nature = it.nature.map_or("", |it| it.0.id());
            let exam = it.exam.map_or("", |it| it.0.id());
            format!("{} {nature} {exam}", it.code)
        })
        .collect();
    assert_eq!(
        said,
        [
            "ZH01 required exam",
            "ZH02 required check",
            "ZH03 free check"
        ]
    );
    assert!(imported.tray.is_empty(), "{:?}", imported.tray);
    // Which terms the check is in has no place: it is named.
    let kinds: Vec<_> = imported.warnings.iter().map(|it| &it.kind).collect();
    let text = "1、2".to_owned();
    assert_eq!(kinds, [&weft_exchange::WarningKind::Marks { text }]);
}
