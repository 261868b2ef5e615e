//! Word files that Weft writes.

use crate::figured;
use std::io::Read as _;

use crate::figured::{example, figures, locale};
use crate::shelf::*;
use quick_xml::events::Event;
use weft_exchange::tables::ApplyOptions;
use weft_exchange::{Words, word, workbook};
use weft_model::*;

/// The first file that a format makes of a plan.
fn written(id: &str, plan: &Plan, tag: &str) -> Vec<u8> {
    let first = figured::written(id, plan, tag).into_iter().next();
    first.map(|file| file.bytes).unwrap_or_default()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// The words of a text, paragraph by paragraph; every element closes.
fn paragraphs(xml: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut all, mut text, mut within) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => within = tag.name().as_ref() == "w:t",
            Event::Text(more) if within => text.push_str(&more),
            Event::GeneralRef(name) if within => {
                let letter = name.resolve_char_ref().unwrap();
                let named = || match name.as_ref() {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    _ => '"',
                };
                text.push(letter.unwrap_or_else(named));
            }
            Event::End(tag) => {
                within = false;
                if tag.name().as_ref() == "w:p" {
                    all.push(core::mem::take(&mut text));
                }
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

#[test]
fn the_programme_holds_its_chapters_in_order_with_tables_and_a_contents_field() {
    let plan = example();
    let xml = part(
        &written("docx_programme", &plan, "zh-CN"),
        "word/document.xml",
    );
    let all = paragraphs(&xml);
    let at = |words: &str| {
        // A chapter has its number before it.
        let is = |text: &str| text.rsplit_once('、').is_some_and(|(_, it)| it == words);
        let mut found = (all.iter().enumerate()).filter(|(_, text)| *text == words || is(text));
        found
            .next_back()
            .unwrap_or_else(|| panic!("{words} is missing"))
            .0
    };
    let chapters = plan.sections.iter().map(|it| it.title.show(&Lang::zh()));
    let chapters: Vec<&str> = chapters.filter(|title| *title != "附录").collect();
    let places: Vec<usize> = chapters.iter().map(|title| at(title)).collect();
    assert!(all.iter().any(|text| text.starts_with("一、")));
    assert!(places.is_sorted(), "{places:?}");
    // So do the tasks and competencies, behind the objectives.
    let task = plan
        .job_items
        .iter()
        .find(|line| line.code == "P-1.1.1")
        .unwrap();
    let task = task.statement.get(&Lang::zh());
    assert!(at(task) > at("典型工作任务与职业能力分析") && at(task) < at("课程设置及要求"));
    assert!(at("典型工作任务与职业能力分析") > at("培养目标与培养规格"));
    // A module and a line of the progress table stand in their chapters.
    let module = plan.modules.iter().find(|it| it.code == "SJ03").unwrap();
    let title = module.title.get(&Lang::zh());
    assert!(at(&format!("SJ03 {title}")) > at("课程设置及要求"));
    assert!(at("8W") > at("教学进程总体安排") && at("8W") < at("实施保障"));
    assert!(xml.contains("TOC \\o") && xml.contains("w:tblHeader"));
    assert!(xml.contains("w:orient=\"landscape\""));
    let styles = part(
        &written("docx_programme", &plan, "zh-CN"),
        "word/styles.xml",
    );
    assert!(styles.contains("w:eastAsia=\"宋体\"") && styles.contains("w:eastAsia=\"zh-CN\""));
    // Each partner has a line to sign on, at the end; there is no appendix without words.
    for party in plan.parties.iter() {
        assert!(at(party.name.show(&Lang::zh())) > at("毕业要求"));
    }
    assert!(!xml.contains("附录"));
}

#[test]
fn the_analysis_stands_behind_the_objectives_also_without_a_chapter_of_its_own() {
    let mut plan = example();
    let section = plan
        .sections
        .iter()
        .find(|section| section.key == "analysis")
        .unwrap();
    let item = section.id.into();
    plan.apply(&Act::one(
        Verb::Delete,
        Subject::Plan,
        Command::Delete { item },
    ))
    .unwrap();
    let all = paragraphs(&part(
        &written("docx_programme", &plan, "zh-CN"),
        "word/document.xml",
    ));
    let is = |text: &str, words: &str| text.rsplit_once('、').is_some_and(|(_, it)| it == words);
    let at = |words: &str| {
        let mut all = all.iter();
        all.rposition(|text| text == words || is(text, words))
            .unwrap()
    };
    let line = plan
        .job_items
        .iter()
        .find(|line| line.code == "P-1.1.1")
        .unwrap();
    let line = line.statement.get(&Lang::zh());
    assert!(at("职业面向") < at("培养目标与培养规格"));
    assert!(at(line) > at("培养目标与培养规格") && at(line) < at("课程设置及要求"));
}

#[test]
fn the_programme_tells_how_its_hours_fall_to_categories_practice_and_electives() {
    let document = part(
        &written("docx_programme", &example(), "zh-CN"),
        "word/document.xml",
    );
    let words = paragraphs(&document);
    // The first is in the table of contents.
    let at = words.iter().rposition(|it| it == "学时结构").unwrap();
    let table = words[at..].iter().take(60).cloned().collect::<Vec<_>>();
    let row = |name: &str| {
        let at = table.iter().position(|it| it == name).unwrap();
        table[at..]
            .iter()
            .skip(1)
            .take(4)
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(row("公共基础课"), ["18", "856", "31.85 %", "45.5"]);
    assert_eq!(row("合计"), ["44", "2688", "100.00 %", "157"]);
    assert_eq!(row("其中：实践教学")[1..3], ["1692", "62.95 %"]);
    assert_eq!(row("其中：选修课")[1..3], ["288", "10.71 %"]);
}

#[test]
fn every_competency_stands_in_the_correspondence_list() {
    let plan = example();
    let all = paragraphs(&part(
        &written("docx_correspondence", &plan, "en"),
        "word/document.xml",
    ));
    for id in Outline::of(&plan).competencies() {
        let line = plan.job_items.get(id).unwrap();
        let name = format!("{} {}", line.code, line.statement.show(&Lang::en()));
        assert!(all.contains(&name), "{name}");
    }
}

#[test]
fn markup_and_odd_letters_stay_text_in_word_files() {
    let words = [
        "<w:p/>",
        "]]>&amp;\"'",
        "\u{1}x",
        "😀 学",
        "=1+1",
        "{title}",
        "</w:t>",
    ];
    let mut plan = Plan::new();
    for (at, word) in words.iter().enumerate() {
        let item = ItemId {
            kind: Kind::Section,
            uid: Uid(at as u64 + 1),
        };
        let fields = vec![
            (field::section::title.lang(Lang::en()), Value::str(*word)),
            (
                field::section::body.lang(Lang::en()),
                Value::str(format!("{word}\n{word}")),
            ),
        ];
        let command = Command::Add {
            item,
            owner: None,
            spot: Spot::Last,
            fields,
        };
        plan.apply(&Act::one(Verb::Add, item, command)).unwrap();
    }
    let all = paragraphs(&part(
        &written("docx_programme", &plan, "en"),
        "word/document.xml",
    ));
    for word in words {
        // In the contents, as a heading and twice below it.
        let word = word.replace('\u{1}', "\u{fffd}");
        let numbered = |text: &str| text.split_once(' ').is_some_and(|(_, it)| it == word);
        let found = all
            .iter()
            .filter(|text| **text == word || numbered(text))
            .count();
        assert_eq!(found, 4, "{word}");
    }
}

#[test]
fn plans_of_every_shelf_become_word_files() {
    let mut shelves: Vec<_> = TRADES.iter().map(|(name, ..)| trade(name)).collect();
    shelves.push(chinese());
    for sheets in shelves {
        let imported = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
        let plan = plan_of(&imported, &Plan::new());
        for id in ["docx_programme", "docx_correspondence"] {
            let all = paragraphs(&part(&written(id, &plan, "en"), "word/document.xml"));
            assert!(all.len() > 50);
        }
    }
}

#[test]
fn a_course_standard_holds_what_the_plan_says_of_its_course_and_marks_what_it_does_not() {
    let mut plan = example();
    let texts = locale("zh-CN");
    let find = |key: &str| texts.get(key).cloned();
    let lang = Lang::zh();
    let module = plan.modules.iter().find(|it| it.code == "SJ03").unwrap();
    let module = module.clone();
    // The example has no units.
    for at in 1..3_u64 {
        let item = ItemId {
            kind: Kind::Unit,
            uid: Uid(at),
        };
        let words = Value::str(format!("项目{at}"));
        let command = Command::Add {
            item,
            owner: Some(module.id.0),
            spot: Spot::Last,
            fields: vec![(field::unit::title.lang(Lang::zh()), words)],
        };
        plan.apply(&Act::one(Verb::Add, item, command)).unwrap();
    }
    let figures = figures(&plan);
    let words = Words::new(&find, &lang);
    let one = word::standards(&plan, &figures, words, Some(module.id));
    assert!(!part(&one, "word/footer1.xml").contains("0000-1111"));
    let marked = words.with_foot("Hash 0000-1111");
    let marked = word::standards(&plan, &figures, marked, Some(module.id));
    assert!(part(&marked, "word/footer1.xml").contains("Hash 0000-1111"));
    let all = paragraphs(&part(&one, "word/document.xml"));
    let has = |words: &str| all.iter().any(|text| text == words);
    let title = module.title.show(&lang);
    assert!(has(&format!("《{title}》课程标准")), "{all:?}");
    let parts = [
        "position",
        "objectives",
        "content",
        "competencies",
        "implementation",
        "assessment",
    ];
    let at = |key: &str| {
        let words = &texts[&format!("paper.standard.{key}")];
        all.iter().position(|text| text == words).unwrap()
    };
    assert!(parts.map(at).is_sorted());
    for unit in plan.units.below(module.id) {
        assert!(has(unit.title.show(&lang)));
    }
    for (module_id, competency) in figures.cells.places() {
        let line = plan.job_items.get(competency).unwrap();
        let stands = has(line.statement.show(&lang));
        assert_eq!(
            stands,
            module_id == module.id || served_by(&figures, module.id, competency)
        );
    }
    // All of them: each its heading, in the contents too; none is left out.
    let whole = paragraphs(&part(
        &written("docx_standards", &plan, "zh-CN"),
        "word/document.xml",
    ));
    for module in plan.modules.iter() {
        let head = format!("《{}》课程标准", module.title.show(&lang));
        assert_eq!(
            whole.iter().filter(|text| **text == head).count(),
            2,
            "{head}"
        );
    }
    // A module of which nothing more is known has its gaps marked.
    let bare = ItemId {
        kind: Kind::Module,
        uid: Uid(1),
    };
    let mut poor = Plan::new();
    let command = Command::Add {
        item: bare,
        owner: None,
        spot: Spot::Last,
        fields: Vec::new(),
    };
    poor.apply(&Act::one(Verb::Add, bare, command)).unwrap();
    let gaps = paragraphs(&part(
        &written("docx_standards", &poor, "zh-CN"),
        "word/document.xml",
    ));
    let marked = gaps
        .iter()
        .filter(|text| **text == texts["paper.standard.gap"]);
    assert_eq!(marked.count(), parts.len());
}

fn served_by(figures: &weft_exchange::Figures, module: ModuleId, competency: JobItemId) -> bool {
    figures.cells.get(module, competency).is_some()
}

#[test]
fn the_opening_plan_of_each_term_holds_its_courses_and_its_hours() {
    let plan = example();
    let (lang, figures) = (Lang::zh(), figures(&plan));
    let texts = locale("zh-CN");
    let find = |key: &str| texts.get(key).cloned();
    let words = Words::new(&find, &lang);
    for (at, (term, hours)) in figures.terms.iter().enumerate() {
        let one = word::openings(&plan, &figures, words, Some(*term));
        let all = paragraphs(&part(&one, "word/document.xml"));
        let mut counted = Hours::ZERO;
        for module in plan.modules.iter() {
            let mut offerings = plan.offerings.below(module.id);
            let given = offerings.any(|it| it.term.is_some_and(|of| of.0 == *term));
            let title = module.title.show(&lang).to_owned();
            assert_eq!(all.contains(&title), given, "{title}");
            if given && module.counted != Some(false) {
                counted += figures.offered[&(module.id, *term)];
            }
        }
        assert!(all.contains(&hours.to_string()) && *hours <= counted);
        let book = workbook::openings(&plan, &figures, words, Some(*term));
        let sheet = &workbook::read(&book).unwrap()[0];
        let cells: Vec<&String> = sheet.sheet.rows.iter().flat_map(|row| &row.cells).collect();
        for module in plan.modules.iter() {
            let title = module.title.show(&lang).to_owned();
            assert_eq!(cells.contains(&&title), all.contains(&title), "{title}");
        }
        // Every course says in which weeks it is, or in how many.
        let rows = &sheet.sheet.rows;
        let head = |row: &&weft_exchange::tables::Row| row.cells.iter().any(|it| it == "教学周");
        let head = rows.iter().find(head).unwrap();
        let column = head.cells.iter().position(|it| it == "教学周").unwrap();
        let numbered = rows
            .iter()
            .filter(|row| row.cells[0].parse::<u16>().is_ok());
        for row in numbered {
            assert!(row.cells[column].contains(['周', '-']), "{:?}", row.cells);
        }
        let whole = workbook::openings(&plan, &figures, words, None);
        let named = &workbook::read(&whole).unwrap()[at].sheet.name;
        let term = plan.terms.get(*term).unwrap();
        assert!(named.contains(&term.code), "{named}");
    }
}

#[test]
fn terms_with_others_between_are_told_apart_and_teachers_by_their_names() {
    let plan = example();
    let all: Vec<String> = (figured::written("docx_standards", &plan, "zh-CN").iter())
        .flat_map(|file| paragraphs(&part(&file.bytes, "word/document.xml")))
        .collect();
    let told = |words: &str| all.iter().any(|text| text == words);
    assert!(told("T1、T5"), "GG12");
    assert!(told("T2–T3、T5"), "GX03");
    assert!(told("T1–T4"), "GG05");
    assert!(!told("T1–T5") && !told("T2–T5"));
    let named = |name: &str| all.iter().any(|text| text.split('、').any(|it| it == name));
    assert!(named("沈岚"));
    assert!(!named("副教授（思政）"));
}
