//! Tables as people keep them: codes below a title's head, lists in a cell, footnotes,
//! heads that say almost the same.

use crate::foreign_shelf;
use crate::shelf::*;
use weft_exchange::foreign::{Foreign, Options};
use weft_exchange::tables::{self, ApplyOptions, Matching, Sheet, Target};
use weft_exchange::{AnswerTarget, Imported, Place, Reason, WarningKind};
use weft_model::*;

fn read(all: &[(&str, &str)]) -> Vec<(Sheet, Matching)> {
    let each = all.iter().map(|(name, text)| {
        let sheet = tables::read(name, text.as_bytes()).unwrap();
        let matching = tables::guess(&sheet);
        (sheet, matching)
    });
    each.collect()
}

fn taken(all: &[(&str, &str)]) -> (Imported, Plan) {
    let options = ApplyOptions {
        make_missing: true,
        ..ApplyOptions::default()
    };
    let imported = apply(&Plan::new(), &read(all), &options, 3);
    let plan = plan_of(&imported, &Plan::new());
    (imported, plan)
}

fn titles(plan: &Plan) -> Vec<String> {
    let modules = plan.modules.iter();
    let mut all: Vec<String> = modules
        .map(|it| format!("{} {}", it.code, it.title.show(&Lang::de())))
        .collect();
    all.sort();
    all
}

const MODULES: &str = "Nr.;Lernfeld;Std.;Lernort\nLF 1;Feilen;80;Schule\nLF 2;Drehen;60;Betrieb\nLF 4;Fräsen;40;Schule\n";

#[test]
fn a_mapping_that_names_modules_by_their_code_below_a_titles_head_makes_none_anew() {
    let mapping = "Lernfeld;Kompetenz\nLF 4;Fräst nach Zeichnung\nLF 1, LF 2;Liest Zeichnungen\n";
    let (imported, plan) = taken(&[("modules.csv", MODULES), ("mapping.csv", mapping)]);
    assert_eq!(titles(&plan), ["LF 1 Feilen", "LF 2 Drehen", "LF 4 Fräsen"]);
    let expected = [
        "LF 1 Liest Zeichnungen",
        "LF 2 Liest Zeichnungen",
        "LF 4 Fräst nach Zeichnung",
    ];
    assert_eq!(links(&plan), expected);
    assert_eq!(imported.tray, vec![]);
}

#[test]
fn a_list_of_codes_of_which_one_is_unknown_waits_with_that_one() {
    let mapping = "Lernfeld;Kompetenz\nLF 1, LF 9;Liest Zeichnungen\n";
    let (imported, plan) = taken(&[("modules.csv", MODULES), ("mapping.csv", mapping)]);
    assert_eq!(plan.modules.len(), 3);
    let reasons: Vec<&Reason> = imported.tray.iter().map(|row| &row.reason).collect();
    let missing = Reason::NoSuch {
        kind: Kind::Module,
        text: "LF 9".to_owned(),
    };
    assert_eq!(reasons, [&missing]);
}

/// The links of a plan, as code and competency.
fn links(plan: &Plan) -> Vec<String> {
    let mut all: Vec<String> = (plan.weave.iter())
        .map(|(key, _)| {
            let module = &plan.modules.get(key.module).unwrap().code;
            let line = &plan.job_items.get(key.competency).unwrap().statement;
            format!("{module} {}", line.show(&Lang::de()))
        })
        .collect();
    all.sort();
    all
}

#[test]
fn a_list_of_modules_in_a_merged_cell_is_handed_down_like_one_module() {
    let mapping =
        "Lernfeld;Kompetenz\nLF 4;Fräst\nLF 1, LF 2;Liest\n;Misst\nLF 4;Prüft\n;Schreibt\n";
    let (imported, plan) = taken(&[("modules.csv", MODULES), ("mapping.csv", mapping)]);
    let expected = [
        "LF 1 Liest",
        "LF 1 Misst",
        "LF 2 Liest",
        "LF 2 Misst",
        "LF 4 Fräst",
        "LF 4 Prüft",
        "LF 4 Schreibt",
    ];
    assert_eq!(links(&plan), expected);
    assert_eq!(imported.tray, vec![]);
}

#[test]
fn a_unit_beside_several_modules_waits_for_a_person_to_say_whose_it_is() {
    let mapping = "Lernfeld;Lernergebnis;Kompetenz\nLF 1, LF 2;Werkstück;Misst\n";
    let sheets = read(&[("modules.csv", MODULES), ("mapping.csv", mapping)]);
    let mut options = ApplyOptions {
        make_missing: true,
        ..ApplyOptions::default()
    };
    let imported = apply(&Plan::new(), &sheets, &options, 3);
    let [row] = &imported.tray[..] else {
        panic!("{:?}", imported.tray);
    };
    let Reason::SeveralFit { candidates } = &row.reason else {
        panic!("{:?}", row.reason);
    };
    assert_eq!(candidates.len(), 2);
    let plan = plan_of(&imported, &Plan::new());
    assert!(links(&plan).is_empty());
    // What is answered holds: the module is there by now.
    let second = plan.modules.iter().find(|it| it.code == "LF 2").unwrap();
    options
        .answers
        .insert((1, 1), AnswerTarget::Item(second.id.into()));
    let answered = apply(&plan, &sheets, &options, 4);
    assert_eq!(answered.tray, vec![]);
    assert_eq!(links(&plan_of(&answered, &plan)), ["LF 2 Misst"]);
}

#[test]
fn of_two_columns_for_one_thing_the_one_whose_head_says_it_best_counts() {
    let sheets = read(&[(
        "modules.csv",
        "课程编号,课程名称,学时,总学时\nM1,车削,4,64\n",
    )]);
    let targets: Vec<Target> = (sheets[0].1.columns.iter()).map(|it| it.target).collect();
    let hours = Target::Field(field::module::total_hours);
    assert_eq!(
        targets.iter().position(|it| *it == hours),
        Some(3),
        "{targets:?}"
    );
}

#[test]
fn a_footnote_below_a_table_is_no_module() {
    for foot in [
        "* Zeitrichtwerte in Unterrichtsstunden zu 45 Minuten;;;",
        "Fußnote: gilt ab 2026;;;",
        "¹ nur im Betrieb, siehe Anlage;;;",
    ] {
        let (_, plan) = taken(&[("modules.csv", &format!("{MODULES}{foot}\n"))]);
        assert_eq!(plan.modules.len(), 3, "{foot}");
    }
}

#[test]
fn a_place_of_learning_that_is_both_is_named_with_its_place() {
    let text = "Nr.;Lernfeld;Std.;Lernort\nLF 1;Feilen;80;Schule und Betrieb\nLF 2;Drehen;60;ÜBA\nLF 3;Bohren;20;Schule\n";
    let (imported, _) = taken(&[("modules.csv", text)]);
    let said: Vec<&str> = (imported.warnings.iter())
        .filter_map(|warning| match &warning.kind {
            WarningKind::BadValue { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(said, ["Schule und Betrieb", "ÜBA"]);
}

#[test]
fn the_name_of_a_job_counts_and_not_the_kind_of_job_beside_it() {
    for heads in ["岗位类别,岗位名称", "岗位名称,岗位类别"] {
        let cells = match heads.starts_with("岗位类别") {
            true => "技术岗,数据采集员",
            false => "数据采集员,技术岗",
        };
        let text = format!("{heads},工作内容,职业能力\n{cells},采集,能采集数据\n");
        let (_, plan) = taken(&[("competencies.csv", &text)]);
        let roles: Vec<String> = (plan.job_items.iter())
            .filter(|line| line.tier.is_some_and(|tier| tier.0 == Tier::Role))
            .map(|line| line.statement.show(&Lang::zh()).to_owned())
            .collect();
        assert_eq!(roles, ["数据采集员"], "{heads}");
    }
    // Alone it is what there is.
    let (_, plan) = taken(&[(
        "competencies.csv",
        "岗位类别,工作内容,职业能力\n技术岗,采集,能采集数据\n",
    )]);
    assert!(
        plan.job_items
            .iter()
            .any(|line| line.statement.show(&Lang::zh()) == "技术岗")
    );
}

#[test]
fn competencies_that_a_cell_lists_with_numbers_are_lines_of_their_own() {
    let text = "岗位名称,职业能力,重要程度\n数控操作工,\"1.能操作数控车床；\n2.能检测零件尺寸\",4\n数控操作工,能维护机床；能换刀,3\n";
    let (imported, plan) = taken(&[("competencies.csv", text)]);
    let lines = |plan: &Plan| -> Vec<String> {
        let all = plan.job_items.iter();
        let competencies = all.filter(|it| it.tier.is_some_and(|it| it.0 == Tier::Competency));
        let said = competencies.map(|it| {
            let above = it.parent.and_then(|to| plan.job_items.get(to.0)).unwrap();
            let [above, words] = [above, it].map(|it| it.statement.show(&Lang::zh()).to_owned());
            format!("{above} {words} {:?}", it.importance.map(|it| it.0))
        });
        let mut all: Vec<String> = said.collect();
        all.sort();
        all
    };
    let expected = [
        "数控操作工 能操作数控车床 Some(4)",
        "数控操作工 能检测零件尺寸 Some(4)",
        // Without numbers it may be one sentence.
        "数控操作工 能维护机床；能换刀 Some(3)",
    ];
    assert_eq!(lines(&plan), expected);
    let listed: Vec<&WarningKind> = imported.warnings.iter().map(|it| &it.kind).collect();
    assert_eq!(listed, [&WarningKind::Listed { lines: 2 }]);
    // The same table once more changes nothing.
    let options = ApplyOptions::default();
    let again = apply(&plan, &read(&[("competencies.csv", text)]), &options, 5);
    assert_eq!(again.commands, vec![]);
}

#[test]
fn a_module_in_another_language_beside_its_code_is_its_title() {
    let sheets = read(&[(
        "mapping.csv",
        "module,module_zh,module_en,competency\nM1,车削,Turning,C1\n",
    )]);
    let targets: Vec<Target> = (sheets[0].1.columns.iter()).map(|it| it.target).collect();
    assert_eq!(
        targets[..3],
        [Target::ModuleCode, Target::ModuleTitle, Target::ModuleTitle]
    );
}

#[test]
fn a_line_of_a_framework_is_counted_as_editors_count_it_whatever_ends_lines() {
    for end in ["\n", "\r\n"] {
        let lines = [
            "Identifier,fullStatement,humanCodingScheme,Is Child Of",
            "a,Frame,F,",
            "",
            "b,,F.1,F",
            "a,Other,F.2,F",
        ];
        let text = lines.join(end);
        let files: [(&str, &[u8]); 1] = [("opensalt.csv", text.as_bytes())];
        let read =
            foreign_shelf::take(Foreign::OpenSalt, &files, &Plan::new(), &Options::default());
        let imported = read.unwrap();
        let places: Vec<u64> = (imported.tray.iter())
            .filter_map(|row| match row.place {
                Place::Line { line, .. } => Some(line),
                _ => None,
            })
            .collect();
        assert_eq!(places, [5], "{end:?}");
    }
}
