//! Workbooks that Weft writes: they read back, they are the same each time, and
//! none of their cells is a formula.

use crate::figured;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use crate::figured::{figures, locale};
use crate::shelf::*;
use weft_exchange::tables::{ApplyOptions, Matching, Sheet, TableKind, Target};
use weft_exchange::{CheckScope, Words, weft_json, workbook};
use weft_model::*;

fn tags() -> [(&'static str, Lang); 2] {
    [("en", Lang::en()), ("zh-CN", Lang::zh())]
}

fn written(plan: &Plan, tag: &str, lang: &Lang) -> Vec<u8> {
    let texts = locale(tag);
    let find = |key: &str| texts.get(key).cloned();
    workbook::export(plan, &figures(plan), Words::new(&find, lang), &[])
}

fn back(bytes: &[u8]) -> Vec<(Sheet, Matching)> {
    let book = workbook::read(bytes).unwrap();
    let suggested = book.into_iter().filter(|sheet| sheet.suggested);
    suggested
        .map(|sheet| (sheet.sheet, sheet.matching))
        .collect()
}

fn plans() -> Vec<Plan> {
    let mut all: Vec<Plan> = TRADES
        .iter()
        .map(|(name, ..)| trade(name))
        .chain([chinese()])
        .map(|sheets| {
            let imported = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
            plan_of(&imported, &Plan::new())
        })
        .collect();
    all.push(example());
    all.push(weft_sample::large_plan(1));
    all
}

/// The example that Weft ships.
fn example() -> Plan {
    let path = format!(
        "{}/../../examples/cnc-order-class.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(path).unwrap();
    let imported = weft_json::import(&bytes, &Plan::new(), &mut || Uid(1)).unwrap();
    plan_of(&imported, &Plan::new())
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = BTreeMap::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        all.insert(entry.name().unwrap().into_owned(), text);
    }
    all
}

#[test]
fn every_head_of_a_written_table_is_known_to_the_import_in_both_languages() {
    let mut unknown = Vec::new();
    for plan in [example(), plans().remove(5), weft_sample::large_plan(1)] {
        for (tag, lang) in tags() {
            for (sheet, matching) in back(&written(&plan, tag, &lang)) {
                let skipped = matching.all(Target::Skip);
                unknown
                    .extend(skipped.map(|(at, _)| {
                        format!("{tag} {:?} {}", matching.table, sheet.cell(0, at))
                    }));
            }
        }
    }
    unknown.sort();
    unknown.dedup();
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn a_written_workbook_holds_the_tables_of_the_plan_and_what_is_not_one_is_not_suggested() {
    let plan = example();
    for (tag, lang) in tags() {
        let bytes = written(&plan, tag, &lang);
        let kinds: BTreeSet<TableKind> = back(&bytes).iter().filter_map(|it| it.1.table).collect();
        let wanted: BTreeSet<TableKind> = TableKind::ALL
            .iter()
            .copied()
            .filter(|kind| !matches!(kind, TableKind::Progress))
            .filter(|kind| *kind != TableKind::Units || !plan.units.is_empty())
            .collect();
        assert_eq!(kinds, wanted, "{tag}");
        let book = workbook::read(&bytes).unwrap();
        assert_eq!(book.len() - back(&bytes).len(), 4, "{tag}");
    }
}

#[test]
fn a_written_workbook_changes_nothing_in_the_plan_it_came_from() {
    for plan in plans() {
        for (tag, lang) in tags() {
            let again = apply(
                &plan,
                &back(&written(&plan, tag, &lang)),
                &ApplyOptions::default(),
                2,
            );
            let texts: BTreeSet<String> = again
                .warnings
                .iter()
                .map(|it| format!("{:?}", it.kind))
                .collect();
            assert!(texts.is_empty(), "{tag} {texts:#?}");
            quiet(&again);
            nothing_new(&again);
        }
    }
}

#[test]
fn a_written_workbook_makes_the_plan_anew_with_the_same_ids() {
    for plan in plans() {
        let sheets = back(&written(&plan, "zh-CN", &Lang::zh()));
        let imported = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 2);
        assert_eq!(imported.tray, vec![]);
        let anew = plan_of(&imported, &Plan::new());
        for kind in [
            Kind::Module,
            Kind::Unit,
            Kind::Term,
            Kind::Person,
            Kind::Venue,
        ] {
            assert_eq!(anew.any(kind).every(), plan.any(kind).every(), "{kind:?}");
        }
        assert_eq!(anew.weave.len(), plan.weave.len());
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let plan = example();
    for (tag, lang) in tags() {
        assert!(written(&plan, tag, &lang) == written(&plan, tag, &lang));
    }
}

#[test]
fn no_cell_is_a_formula_and_every_text_comes_back() {
    let words = [
        "=1+1",
        "+x",
        "-x",
        "@x",
        "\tx",
        "a\rb",
        "'=1",
        "_x0041_",
        "<b>&amp;\"'</b>",
        "😀",
        "{=cmd|'/c calc'!A1}",
        "a\nb",
        "\u{1}x",
        "x _x000D_ y",
        "_x",
        "__x0041__",
    ];
    let mut plan = Plan::new();
    for (at, word) in words.iter().enumerate() {
        let item = ItemId {
            kind: Kind::Module,
            uid: Uid(at as u64 + 1),
        };
        let fields = vec![
            (field::module::code.key(), Value::str(format!("M{at}"))),
            (field::module::title.lang(Lang::en()), Value::str(*word)),
            (field::module::total_hours.key(), Value::Int(2)),
        ];
        let command = Command::Add {
            item,
            owner: None,
            spot: Spot::Last,
            fields,
        };
        plan.apply(&Act::one(Verb::Add, item, command)).unwrap();
    }
    let bytes = written(&plan, "en", &Lang::en());
    for (name, text) in parts(&bytes) {
        assert!(!text.contains("<f>") && !text.contains("<f "), "{name}");
    }
    let sheets = back(&bytes);
    let (sheet, matching) = &sheets[0];
    let column = matching
        .column(Target::Field(field::module::title))
        .unwrap();
    let back: Vec<&str> = sheet.rows[1..]
        .iter()
        .map(|row| row.cells[column].as_str())
        .collect();
    assert_eq!(back, words);
}

#[test]
fn the_weave_is_shaded_and_its_heads_stay_in_view() {
    let plan = example();
    let texts = locale("zh-CN");
    let find = |key: &str| texts.get(key).cloned();
    let bytes = workbook::weave(&plan, &figures(&plan), Words::new(&find, &Lang::zh()));
    let parts = parts(&bytes);
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    assert!(sheet.contains("state=\"frozen\""));
    for fill in ["FFE3E6F4", "FFB1BAE0", "FF36438F"] {
        assert!(parts["xl/styles.xml"].contains(fill), "{fill}");
    }
    let book = workbook::read(&bytes).unwrap();
    assert!(!book[0].suggested, "{:?}", book[0].matching);
    let letters = figures(&plan).cells.len();
    let shown = book[0]
        .sheet
        .rows
        .iter()
        .flat_map(|row| row.cells.iter().skip(3));
    let cells = shown.filter(|cell| ["I", "P", "M", "I*", "P*", "M*"].contains(&cell.as_str()));
    // And two rows of what is required and reached.
    assert!(cells.count() >= letters);
}

/// Some programs never make rows higher by themselves, and texts would run over each
/// other.
#[test]
fn a_row_is_as_high_as_its_longest_text_and_one_of_a_line_says_nothing() {
    let mut plan = Plan::new();
    for (uid, title) in [(1, "Turning".to_owned()), (2, "Turning ".repeat(12))] {
        let add = Command::Add {
            item: ItemId {
                kind: Kind::Module,
                uid: Uid(uid),
            },
            owner: None,
            spot: Spot::Last,
            fields: vec![(field::module::title.lang(Lang::en()), Value::Str(title))],
        };
        plan.apply(&Act::one(Verb::Add, Subject::Plan, add))
            .unwrap();
    }
    let (texts, lang) = (locale("en"), Lang::en());
    let find = |key: &str| texts.get(key).cloned();
    let bytes = workbook::weave(&plan, &figures(&plan), Words::new(&find, &lang));
    let sheet = &parts(&bytes)["xl/worksheets/sheet1.xml"];
    let rows: Vec<&str> = sheet.split("<row ").collect();
    let [short, long] = rows[rows.len() - 2..] else {
        panic!()
    };
    assert!(!short.contains(" ht="), "{short}");
    assert!(long.contains(" ht=\"45\""), "{long}");
}

/// The large one has more rows than wait to be packed.
#[test]
fn every_woven_cell_stands_in_the_row_of_its_module_and_the_column_of_its_competency() {
    for plan in [example(), weft_sample::large_plan(1)] {
        let (texts, lang) = (locale("en"), Lang::en());
        let find = |key: &str| texts.get(key).cloned();
        let (words, figures) = (Words::new(&find, &lang), figures(&plan));
        let book = workbook::read(&workbook::weave(&plan, &figures, words)).unwrap();
        let rows = &book[0].sheet.rows;
        let columns: Vec<JobItemId> = Outline::of(&plan).competencies().collect();
        let head = |id: &JobItemId| words.code_and_title(&plan, (*id).into());
        let heads: Vec<String> = columns.iter().map(head).collect();
        let at = rows.iter().position(|row| row.cells.ends_with(&heads));
        // Below the heads: what is required and reached, and a line for each term.
        let mut below = rows[at.unwrap() + 3..].iter();
        for module in figures.modules.iter().flat_map(|(_, modules)| modules) {
            let (code, title) = (
                words.code(&plan, (*module).into()),
                words.item(&plan, (*module).into()),
            );
            let row = below.find(|row| row.cells.starts_with(&[code.clone(), title.clone()]));
            let cells = &row.unwrap().cells;
            for (column, id) in columns.iter().enumerate() {
                let letter = figures.cells.get(*module, *id).map(|woven| {
                    let letter = woven.level.map(|it| words.letter(&plan, it));
                    let star = if woven.assessed { "*" } else { "" };
                    letter.unwrap_or("•".to_owned()) + star
                });
                let shown = cells.get(3 + column).cloned().unwrap_or_default();
                assert_eq!(
                    shown,
                    letter.unwrap_or_default(),
                    "{title}, {}",
                    heads[column]
                );
            }
        }
    }
}

#[test]
fn the_progress_table_reads_back_with_its_sums() {
    for plan in [example(), plans().remove(5)] {
        for (tag, lang) in tags() {
            let texts = locale(tag);
            let find = |key: &str| texts.get(key).cloned();
            let words = Words::new(&find, &lang);
            let bytes = workbook::progress_table(&plan, &figures(&plan), words);
            assert!(bytes == workbook::progress_table(&plan, &figures(&plan), words));
            let sheets = back(&bytes);
            assert_eq!(sheets.len(), 1);
            assert_eq!(sheets[0].1.table, Some(TableKind::Progress));
            let imported = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
            assert_eq!(imported.tray, vec![], "{tag}");
            let wrong: Vec<_> = imported.checks.iter().filter(|it| !it.holds()).collect();
            assert!(wrong.is_empty(), "{tag} {wrong:?}");
            let anew = plan_of(&imported, &Plan::new());
            assert_eq!(anew.modules.len(), plan.modules.len());
            let total = |it: &&weft_exchange::Check| it.scope == CheckScope::Total;
            let total = imported.checks.iter().find(total).unwrap();
            assert_eq!((total.says, total.read), (Some(5376), 5376));
            assert_eq!(
                (hours(&anew), credits(&anew)),
                (Hours::whole(2688), Credits::whole(157))
            );
        }
    }
}

#[test]
fn a_text_longer_than_a_cell_comes_back_whole_with_what_was_changed_in_the_cell() {
    let long: String = (0..9_000).map(|at| format!("第{at}步；")).collect();
    assert!(long.chars().count() < 100_000);
    let mut plan = example();
    let module = plan.modules.iter().next().unwrap().id;
    let key = field::module::description.lang(Lang::en());
    let set = |text: &str| Command::Set {
        item: module.into(),
        key: key.clone(),
        value: Some(Value::str(text)),
    };
    plan.apply(&Act::many(Verb::Edit, Subject::Plan, vec![set(&long)]))
        .unwrap();
    let mut sheets = back(&written(&plan, "en", &Lang::en()));
    let imported = apply(&plan, &sheets, &ApplyOptions::default(), 1);
    assert_eq!(
        plan_of(&imported, &plan).value(module.into(), &key),
        Some(Value::str(long.as_str()))
    );
    let rows = sheets.iter_mut().flat_map(|(sheet, _)| &mut sheet.rows);
    let mut cells = rows.flat_map(|row| &mut row.cells);
    let cell = cells.find(|cell| cell.starts_with("第0步")).unwrap();
    assert_eq!(cell.encode_utf16().count(), 32_767);
    *cell = cell.replacen("第7步", "第七步", 1);
    let imported = apply(&plan, &sheets, &ApplyOptions::default(), 1);
    assert_eq!(
        plan_of(&imported, &plan).value(module.into(), &key),
        Some(Value::Str(long.replacen("第7步", "第七步", 1)))
    );
}

#[test]
fn course_standards_have_a_sheet_for_each_course_that_says_what_the_word_file_says() {
    let plan = example();
    let book = figured::written("xlsx_standards", &plan, "zh-CN")
        .remove(0)
        .bytes;
    let sheets = workbook::read(&book).unwrap();
    assert_eq!(sheets.len(), plan.modules.len());
    let cells: BTreeSet<&str> = sheets
        .iter()
        .flat_map(|sheet| &sheet.sheet.rows)
        .flat_map(|row| row.cells.iter().map(|cell| cell.trim()))
        .collect();
    let paper = figured::written("docx_standards", &plan, "zh-CN")
        .remove(0)
        .bytes;
    let xml = parts(&paper).remove("word/document.xml").unwrap();
    let said = xml.split("<w:t xml:space=\"preserve\">").skip(1);
    let said = said.filter_map(|text| text.split_once("</w:t>"));
    let lacks: BTreeSet<String> = said
        .map(|(text, _)| quick_xml::escape::unescape(text).unwrap().trim().to_owned())
        .filter(|text| !text.is_empty() && !cells.iter().any(|cell| cell.contains(text.as_str())))
        .collect();
    // The cover and the contents of the Word file, and nothing else.
    let title = plan.about().title.get(&Lang::zh());
    let cover = ["课程标准", "目录"];
    let beyond = lacks
        .iter()
        .filter(|text| text.as_str() != title && !cover.contains(&text.as_str()));
    assert_eq!(beyond.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn places_are_said_in_words_and_read_back() {
    let plan = example();
    for (tag, lang) in tags() {
        let texts = locale(tag);
        let said = [
            texts.get("plan.choice.kind.school").unwrap(),
            texts.get("plan.choice.kind.enterprise").unwrap(),
        ];
        let book = back(&written(&plan, tag, &lang));
        let is_rotation = |it: &&(Sheet, Matching)| it.1.table == Some(TableKind::Rotation);
        let (sheet, _) = book.iter().find(is_rotation).unwrap();
        let cells = sheet.rows.iter().flat_map(|row| &row.cells);
        let cells: BTreeSet<&str> = cells.map(String::as_str).collect();
        assert!(
            said.iter().any(|it| cells.contains(it.as_str())),
            "{tag} {cells:?}"
        );
        assert!(
            !cells.contains("school") && !cells.contains("enterprise"),
            "{tag}"
        );
    }
}

#[test]
fn what_stands_among_texts_is_a_number_only_where_it_still_reads_the_same() {
    let row = |old: &str, new: &str| weft_exchange::Revision {
        old: old.to_owned(),
        new: new.to_owned(),
        ..weft_exchange::Revision::default()
    };
    let rows = [
        row("48", "1.5"),
        row("1.10", "0123"),
        row("1234567890", "v1.2"),
    ];
    let (texts, lang) = (locale("en"), Lang::en());
    let find = |key: &str| texts.get(key).cloned();
    let bytes = workbook::revision("Plan", "since", &rows, Words::new(&find, &lang));
    let sheet = &parts(&bytes)["xl/worksheets/sheet1.xml"];
    let is_number = |text: &str| sheet.contains(&format!("<v>{text}</v>"));
    assert!(is_number("48") && is_number("1.5"), "{sheet}");
    for text in ["1.10", "1.1", "0123", "123", "1234567890"] {
        assert!(!is_number(text), "{text}");
    }
}
