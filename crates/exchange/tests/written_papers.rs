//! Word files that Weft writes.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod figured;
mod random_plan;
mod shelf;

use std::io::Read as _;

use figured::example;
use quick_xml::events::Event;
use shelf::*;
use weft_exchange::tables::ApplyOptions;
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
        let mut found = all.iter().enumerate().filter(|(_, text)| *text == words);
        found
            .next_back()
            .unwrap_or_else(|| panic!("{words} is missing"))
            .0
    };
    let chapters: Vec<String> = plan
        .sections
        .iter()
        .map(|section| section.title.show(&Lang::zh()).to_owned())
        .collect();
    let places: Vec<usize> = chapters.iter().map(|title| at(title)).collect();
    assert!(places.is_sorted(), "{places:?}");
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
    // Each partner has a line to sign on, at the end.
    for party in plan.parties.iter() {
        assert!(at(party.name.show(&Lang::zh())) > at("附录"));
    }
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
        let found = all.iter().filter(|text| **text == word).count();
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
