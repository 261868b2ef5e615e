//! Review forms: what an expert fills in comes back as remarks on the plan, and
//! each becomes one act.

use std::io::{Read as _, Write as _};

use crate::figured::{figures, locale};
use crate::shelf::*;
use weft_exchange::review_form::{Form, Remark, What, acting, of_book, of_paper, stands};
use weft_exchange::workbook::BookSheet;
use weft_exchange::{ImportError, Words, weft_json, word, workbook};
use weft_model::*;

const EXPERT: ExpertId = ExpertId(Uid(0xE));
const OWN: Uid = Uid(0x77);

fn example() -> Plan {
    let path = format!(
        "{}/../../examples/cnc-order-class.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(path).unwrap();
    let imported = weft_json::import(&bytes, &Plan::new(), &mut || Uid(1)).unwrap();
    plan_of(&imported, &Plan::new())
}

fn lang(tag: &str) -> Lang {
    Lang::new(tag).unwrap()
}

fn book(plan: &Plan, tag: &str) -> Vec<BookSheet> {
    let texts = locale(tag);
    let find = |key: &str| texts.get(key).cloned();
    let lang = lang(tag);
    let words = Words::new(&find, &lang);
    let bytes = workbook::review_form(plan, &figures(plan), words, OWN);
    workbook::read(&bytes).unwrap()
}

fn paper(plan: &Plan, tag: &str) -> Vec<u8> {
    let texts = locale(tag);
    let find = |key: &str| texts.get(key).cloned();
    let lang = lang(tag);
    let words = Words::new(&find, &lang);
    word::review_form(plan, &figures(plan), words, OWN)
}

/// Writes into a cell of the line whose hidden key begins so. Columns count the
/// hidden one.
fn fill(sheets: &mut [BookSheet], key: &str, column: usize, words: &str) {
    let rows = &mut sheets[0].sheet.rows;
    let row = rows
        .iter_mut()
        .find(|row| row.cells[0].starts_with(key))
        .unwrap();
    row.cells.resize(7.max(row.cells.len()), String::new());
    words.clone_into(&mut row.cells[column]);
}

fn of_tier(plan: &Plan, tier: Tier) -> Vec<JobItemId> {
    let outline = Outline::of(plan);
    let rows = outline.rows().iter().filter(|row| row.tier == tier);
    rows.map(|row| row.id).collect()
}

fn whats(remarks: &[Remark]) -> Vec<&What> {
    remarks.iter().map(|it| &it.what).collect()
}

fn meet(plan: &mut Plan) {
    let values = vec![(
        field::expert::name.lang(Lang::zh()),
        Some(Value::str("丁辉")),
    )];
    let commands = putting(plan, EXPERT.into(), None, values);
    let act = Act::many(Verb::Add, ItemId::from(EXPERT), commands);
    plan.apply(&act).unwrap();
}

fn take(plan: &mut Plan, remark: &Remark, next: &mut u64) -> bool {
    let mut fresh = || {
        *next += 1;
        Uid(*next)
    };
    let by = (Uid(0xA), 1_000);
    let (verb, subject, commands) = acting(plan, remark, EXPERT, by, &Lang::zh(), &mut fresh);
    if commands.is_empty() {
        return false;
    }
    plan.apply(&Act::many(verb, subject, commands)).unwrap();
    true
}

#[test]
fn an_untouched_form_says_nothing_in_either_format_and_language() {
    let plan = example();
    for tag in ["en", "zh-CN"] {
        let form = of_book(&book(&plan, tag)).unwrap().unwrap();
        assert_eq!((form.plan, form.lang.clone()), (Some(OWN), Some(lang(tag))));
        assert_eq!(form.remarks(&plan), []);
        let form = of_paper(&paper(&plan, tag)).unwrap();
        assert_eq!((form.plan, form.lang.clone()), (Some(OWN), Some(lang(tag))));
        assert_eq!(form.remarks(&plan), []);
    }
}

#[test]
fn what_is_filled_in_comes_back_line_by_line_and_is_taken_in_once() {
    let mut plan = example();
    let (tasks, lines) = (of_tier(&plan, Tier::Task), of_tier(&plan, Tier::Competency));
    let role = of_tier(&plan, Tier::Role)[0];
    for tag in ["en", "zh-CN"] {
        let texts = locale(tag);
        let mut sheets = book(&plan, tag);
        fill(&mut sheets, "name", 2, "丁辉");
        fill(&mut sheets, "party", 2, "海川精密");
        fill(
            &mut sheets,
            &tasks[0].to_string(),
            4,
            &texts["plan.choice.judgement.outdated"],
        );
        fill(&mut sheets, &tasks[0].to_string(), 5, "=已改用五轴");
        fill(&mut sheets, &tasks[1].to_string(), 4, "基本符合");
        fill(&mut sheets, &lines[0].to_string(), 6, "能操作五轴机床");
        fill(&mut sheets, &lines[1].to_string(), 5, "设备已更新");
        fill(&mut sheets, &format!("{}+", tasks[0]), 6, "能用激光测量");
        fill(&mut sheets, &format!("{role}*"), 5, "机床联网");
        let form = of_book(&sheets).unwrap().unwrap();
        assert_eq!(
            (form.name.as_str(), form.party.as_str()),
            ("丁辉", "海川精密")
        );
        let remarks = form.remarks(&plan);
        let expected = [
            What::Judged(Some(Judgement::Outdated), "=已改用五轴".into()),
            What::Words("能操作五轴机床".into()),
            What::Comment("设备已更新".into()),
            What::Line(Tier::Competency, "能用激光测量".into(), String::new()),
            What::Judged(None, "基本符合".into()),
            What::Line(Tier::Task, "机床联网".into(), String::new()),
        ];
        for what in &expected {
            assert!(whats(&remarks).contains(&what), "{what:?} of {remarks:?}");
        }
        assert_eq!(remarks.len(), expected.len());
        if tag == "en" {
            continue;
        }
        meet(&mut plan);
        let before = plan.clone();
        let mut next = 1 << 40;
        for remark in &remarks {
            assert!(!stands(&plan, remark, EXPERT, &Lang::zh()));
            assert!(take(&mut plan, remark, &mut next), "{remark:?}");
            assert!(stands(&plan, remark, EXPERT, &Lang::zh()), "{remark:?}");
            assert!(
                !take(&mut plan, remark, &mut next),
                "a second time: {remark:?}"
            );
        }
        let verdict = plan.verdicts.get(VerdictId::of(tasks[0], EXPERT)).unwrap();
        assert_eq!(verdict.judgement.unwrap().0, Judgement::Outdated);
        assert_eq!(plan.proposals.len(), before.proposals.len() + 3);
        assert_eq!(plan.comments.len(), before.comments.len() + 3);
        // What is proposed is not yet in the plan.
        assert_eq!(of_tier(&plan, Tier::Competency), lines);
        assert_eq!(plan.job_items.get(lines[0]), before.job_items.get(lines[0]));
    }
}

#[test]
fn lines_are_found_again_without_their_keys_and_what_is_not_found_becomes_a_comment() {
    let plan = example();
    let (tasks, lines) = (of_tier(&plan, Tier::Task), of_tier(&plan, Tier::Competency));
    let mut sheets = book(&plan, "zh-CN");
    fill(&mut sheets, &tasks[0].to_string(), 4, "过时");
    fill(&mut sheets, &lines[0].to_string(), 5, "好");
    // The hidden column was deleted, another put in front.
    for row in &mut sheets[0].sheet.rows {
        row.cells.remove(0);
        row.cells.insert(0, String::new());
        row.cells.insert(0, String::new());
    }
    let form = of_book(&sheets).unwrap().unwrap();
    let about: Vec<_> = form.remarks(&plan).iter().map(|it| it.about).collect();
    assert_eq!(about, [Some(tasks[0]), Some(lines[0])]);
    // In a plan that has none of the lines the remarks are kept all the same.
    let empty = Plan::new();
    let remarks = form.remarks(&empty);
    assert_eq!(remarks.len(), 2);
    assert!(
        remarks
            .iter()
            .all(|it| it.about.is_none() && matches!(it.what, What::Comment(_)))
    );
    let mut next = 1 << 40;
    let mut taken = Plan::new();
    meet(&mut taken);
    for remark in &remarks {
        assert!(take(&mut taken, remark, &mut next));
    }
    assert_eq!(taken.comments.len(), 2);
    assert!(
        taken
            .comments
            .iter()
            .all(|it| it.anchor == Subject::Plan.to_string())
    );
}

#[test]
fn words_written_over_a_line_and_lines_put_in_by_hand_are_not_lost() {
    let plan = example();
    let lines = of_tier(&plan, Tier::Competency);
    let mut sheets = book(&plan, "zh-CN");
    fill(&mut sheets, &lines[3].to_string(), 2, "完全另一种说法");
    let added = weft_exchange::tables::Row {
        line: 900,
        cells: ["", "", "我们还需要机器人", "", "", "", ""]
            .map(String::from)
            .to_vec(),
    };
    sheets[0].sheet.rows.push(added);
    let remarks = of_book(&sheets).unwrap().unwrap().remarks(&plan);
    let expected = [
        What::Words("完全另一种说法".into()),
        What::Comment("我们还需要机器人".into()),
    ];
    assert_eq!(whats(&remarks), expected.iter().collect::<Vec<_>>());
    assert_eq!(remarks[0].about, Some(lines[3]));
}

/// A Word file with its text changed.
fn edited(bytes: &[u8], change: impl FnOnce(String) -> String) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut change = Some(change);
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if name == "word/document.xml" {
            text = change.take().unwrap()(text);
        }
        let options = zip::write::SimpleFileOptions::default();
        out.start_file(name, options).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Changes the row that holds a key.
fn in_row(text: &str, key: &str, change: impl FnOnce(&str) -> String) -> String {
    let at = text.find(key).unwrap();
    let from = text[..at].rfind("<w:tr>").unwrap();
    let to = at + text[at..].find("</w:tr>").unwrap();
    format!(
        "{}{}{}",
        &text[..from],
        change(&text[from..to]),
        &text[to..]
    )
}

/// Writes into the last cells of a row, counted from behind.
fn write(row: &str, from_behind: usize, words: &str) -> String {
    let mut at = row.len();
    for _ in 0..=from_behind {
        at = row[..at].rfind("</w:p></w:tc>").unwrap();
    }
    let run = format!("<w:r><w:t>{words}</w:t></w:r>");
    format!("{}{run}{}", &row[..at], &row[at..])
}

#[test]
fn a_word_form_is_read_with_ticks_of_every_kind() {
    let plan = example();
    let (tasks, lines) = (of_tier(&plan, Tier::Task), of_tier(&plan, Tier::Competency));
    let bytes = edited(&paper(&plan, "zh-CN"), |text| {
        let id = |at: usize| tasks[at].to_string();
        // Ticked by a click; the sign was left as it was by a program that only knows the mark.
        let text = in_row(&text, &id(0), |row| row.replacen('☐', "☒", 1));
        let text = in_row(&text, &id(1), |row| {
            row.replacen("w14:checked w14:val=\"0\"", "w14:checked w14:val=\"1\"", 1)
        });
        // Typed over, with crosses beside the tick.
        let text = in_row(&text, &id(2), |row| {
            row.replacen('☐', "×", 1)
                .replacen('☐', "√", 1)
                .replacen('☐', "×", 1)
        });
        // Two at once: both words are kept, none is chosen.
        let text = in_row(&text, &id(3), |row| row.replacen('☐', "√", 2));
        let text = in_row(&text, &id(0), |row| {
            write(row, 1, "很好</w:t><w:br/><w:t>继续")
        });
        let text = in_row(&text, &lines[0].to_string(), |row| {
            write(row, 0, "新的表述")
        });
        let text = in_row(&text, &format!("{}+", tasks[0]), |row| {
            write(row, 0, "缺少的")
        });
        in_row(&text, " #name", |row| write(row, 0, "丁辉"))
    });
    let form = of_paper(&bytes).unwrap();
    assert_eq!(form.name, "丁辉");
    let remarks = form.remarks(&plan);
    let expected = [
        What::Judged(Some(Judgement::Right), "很好\n继续".into()),
        What::Words("新的表述".into()),
        What::Line(Tier::Competency, "缺少的".into(), String::new()),
        What::Judged(Some(Judgement::Right), String::new()),
        What::Judged(Some(Judgement::Outdated), String::new()),
        What::Judged(None, "right + outdated".into()),
    ];
    for what in &expected {
        assert!(whats(&remarks).contains(&what), "{what:?} of {remarks:?}");
    }
    assert_eq!(remarks.len(), expected.len());
}

#[test]
fn files_that_are_no_form_or_are_broken_are_refused_or_passed_over() {
    let plan = example();
    let texts = locale("en");
    let find = |key: &str| texts.get(key).cloned();
    let en = Lang::en();
    let words = Words::new(&find, &en);
    let other = word::programme(&plan, &figures(&plan), words);
    assert_eq!(of_paper(&other), Err(ImportError::NotThisFormat));
    let whole = workbook::export(&plan, &figures(&plan), words, &[]);
    assert_eq!(of_book(&workbook::read(&whole).unwrap()), Ok(None));
    assert_eq!(of_paper(&whole), Err(ImportError::NotThisFormat));
    assert_eq!(
        of_paper(b"PK\x03\x04"),
        Err(ImportError::Malformed { line: 0, column: 0 })
    );
    assert_eq!(of_paper(b""), Err(ImportError::Empty));
    // Cut off anywhere, it neither panics nor says what it does not hold.
    let bytes = paper(&plan, "en");
    for cut in (0..bytes.len()).step_by(bytes.len() / 40 + 1) {
        assert!(of_paper(&bytes[..cut]).is_err());
    }
    let newer = edited(&bytes, |text| {
        text.replace("weft-review-form 1", "weft-review-form 9")
    });
    assert_eq!(of_paper(&newer), Err(ImportError::Newer { version: 9 }));
    // Rows and cells in disorder, tables within tables, struck-out text.
    let odd = edited(&bytes, |text| {
        text.replace("<w:tbl>", "<w:tbl><w:tr/><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:tc></w:tr>")
            .replace("<w:body>", "<w:body><w:del><w:r><w:t>x</w:t></w:r></w:del>")
    });
    let form: Form = of_paper(&odd).unwrap();
    assert_eq!(form.remarks(&plan), []);
}

#[test]
fn heads_and_labels_of_both_languages_are_known_to_the_reader() {
    // A change of a head in the locale must reach the reader: forms in which
    // nothing else tells the columns are read by their heads.
    let plan = example();
    let tasks = of_tier(&plan, Tier::Task);
    for tag in ["en", "zh-CN"] {
        let mut sheets = book(&plan, tag);
        for (key, words) in [("name", "A"), ("role", "B"), ("party", "C")] {
            fill(&mut sheets, key, 2, words);
        }
        fill(&mut sheets, &tasks[0].to_string(), 5, "remark");
        for row in &mut sheets[0].sheet.rows {
            row.cells[0].clear();
        }
        let form = of_book(&sheets).unwrap().unwrap();
        let who = [form.name.as_str(), form.role.as_str(), form.party.as_str()];
        assert_eq!(who, ["A", "B", "C"], "{tag}");
        assert_eq!(form.remarks(&plan).len(), 1, "{tag}");
    }
}

#[test]
fn forms_that_other_programs_filled_in_and_saved_again_say_the_same() {
    // openpyxl and python-docx wrote into them, LibreOffice saved them.
    let plan = example();
    let (tasks, lines) = (of_tier(&plan, Tier::Task), of_tier(&plan, Tier::Competency));
    let role = of_tier(&plan, Tier::Role)[0];
    let why = || "new line in 2027".to_owned();
    let outdated = What::Judged(Some(Judgement::Outdated), "=1+1 is no formula".into());
    let expected = [
        (tasks[0], outdated),
        (
            lines[0],
            What::Words("Read drawings of parts and assemblies".into()),
        ),
        (
            tasks[0],
            What::Line(Tier::Competency, "laser 测量".into(), why()),
        ),
        (
            tasks[1],
            What::Judged(Some(Judgement::Right), String::new()),
        ),
        (role, What::Line(Tier::Task, "Tend robots".into(), why())),
    ];
    for name in ["filled.xlsx", "filled.docx"] {
        let path = format!(
            "{}/../../tests/fixtures/review/{name}",
            env!("CARGO_MANIFEST_DIR")
        );
        let bytes = std::fs::read(path).unwrap();
        let form = match workbook::read(&bytes) {
            Ok(sheets) => of_book(&sheets).unwrap().unwrap(),
            Err(_) => of_paper(&bytes).unwrap(),
        };
        let who = [form.name.as_str(), form.role.as_str(), form.party.as_str()];
        assert_eq!(who, ["丁辉", "Production manager", "海川精密"], "{name}");
        let remarks = form.remarks(&plan);
        let said: Vec<_> = remarks
            .iter()
            .map(|it| (it.about.unwrap(), it.what.clone()))
            .collect();
        assert_eq!(said, expected, "{name}");
    }
}
