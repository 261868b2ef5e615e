//! Texts that mean harm through every way out: nothing runs, nothing is a
//! formula, and the words are still there.

use std::collections::BTreeSet;
use std::io::Read as _;

use crate::figured::{example, written};
use crate::naughty::{naughty_plan, texts};
use weft_exchange::{formats, look, workbook};
use weft_model::*;

fn plans() -> Vec<Plan> {
    let (naughty, unprintable) = texts();
    let all = [naughty.clone(), unprintable.clone()].concat();
    vec![
        naughty_plan(example(), &naughty, 0),
        naughty_plan(example(), &naughty, 17),
        naughty_plan(example(), &all, 5),
        naughty_plan(example(), &unprintable, 0),
    ]
}

fn zip_part(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let mut all = Vec::new();
    for name in names.iter().filter(|name| wanted(name)) {
        let mut text = String::new();
        zip.by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        all.push(text);
    }
    all
}

fn csv_cells(bytes: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let records = reader.records().map(Result::unwrap);
    records
        .flat_map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn no_cell_of_any_table_is_a_formula() {
    let mut seen = 0;
    for plan in plans() {
        for format in formats().iter().filter(|format| format.exports) {
            for file in written(format.id, &plan, "en") {
                match format.extension {
                    "csv" => {
                        for cell in csv_cells(&file.bytes) {
                            let first = cell.chars().next().unwrap_or(' ');
                            assert!(!"=+-@\t\r".contains(first), "{}: {cell:?}", format.id);
                            seen += 1;
                        }
                    }
                    "xlsx" => {
                        for sheet in
                            zip_part(&file.bytes, |name| name.starts_with("xl/worksheets/sheet"))
                        {
                            assert!(!sheet.contains("<f>") && !sheet.contains("<f "));
                            assert!(!sheet.contains("<hyperlink"));
                            seen += 1;
                        }
                    }
                    "docx" => {
                        for text in zip_part(&file.bytes, |name| name == "word/document.xml") {
                            // Fields are the contents and the numbers of its pages.
                            for field in text.split("<w:instrText").skip(1) {
                                let words = field.split('>').nth(1).unwrap().trim();
                                assert!(
                                    words.starts_with("TOC ") || words.starts_with("PAGEREF _Toc"),
                                    "{words}"
                                );
                            }
                            seen += 1;
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(seen > 5_000, "{seen}");
}

/// The tags of a page, and its text.
fn tags_and_text(page: &str) -> (BTreeSet<String>, String) {
    let (mut tags, mut text, mut rest) = (BTreeSet::new(), String::new(), page);
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, behind) = after.split_once('>').unwrap();
        if tag.starts_with("br") {
            text.push('\n');
        }
        tags.insert(tag.to_owned());
        rest = behind;
    }
    let text = quick_xml::escape::unescape(&text).unwrap().into_owned();
    (tags, text)
}

#[test]
fn a_page_holds_no_tag_and_no_attribute_but_ours() {
    let known: BTreeSet<&str> = [
        "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3",
        "h4", "p", "nav", "ol", "li", "a", "main", "div", "table", "thead", "tbody", "tr", "th",
        "td", "br",
    ]
    .into();
    for plan in plans() {
        for tag in ["en", "zh-CN"] {
            let file = written("html", &plan, tag).remove(0);
            let page = String::from_utf8(file.bytes).unwrap();
            let (tags, _) = tags_and_text(&page);
            for tag in tags {
                let name = tag.trim_start_matches('/');
                let (name, attributes) = name.split_once(' ').unwrap_or((name, ""));
                assert!(known.contains(name), "{tag}");
                for attribute in attributes
                    .split("=\"")
                    .filter_map(|it| it.rsplit(' ').next())
                {
                    assert!(!attribute.starts_with("on"), "{tag}");
                }
                if let Some((_, link)) = tag.split_once("href=\"") {
                    assert!(link.starts_with("#s"), "{tag}");
                }
            }
            assert_eq!(page.matches("<style>").count(), 1);
            assert!(page.contains("default-src 'none'"));
        }
    }
}

/// Folds lines and spaces, which layouts change.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All texts that a file says, as its readers take them.
fn said(extension: &str, bytes: &[u8]) -> String {
    match extension {
        "json" | "jsonld" => {
            fn walk(value: &serde_json::Value, out: &mut String) {
                match value {
                    serde_json::Value::String(text) => {
                        out.push_str(text);
                        out.push('\n');
                    }
                    serde_json::Value::Array(all) => all.iter().for_each(|it| walk(it, out)),
                    serde_json::Value::Object(all) => all.values().for_each(|it| walk(it, out)),
                    _ => {}
                }
            }
            let mut out = String::new();
            walk(&serde_json::from_slice(bytes).unwrap(), &mut out);
            out
        }
        "csv" => {
            let cells = csv_cells(bytes);
            let bare = cells.iter().map(|cell| match cell.strip_prefix('\'') {
                Some(rest) if rest.starts_with(['=', '+', '-', '@', '\'']) => rest,
                _ => cell.as_str(),
            });
            bare.collect::<Vec<_>>().join("\n")
        }
        "xlsx" => {
            let sheets = workbook::read(bytes).unwrap();
            let rows = sheets.iter().flat_map(|sheet| &sheet.sheet.rows);
            let cells = rows.flat_map(|row| row.cells.clone());
            cells.collect::<Vec<_>>().join("\n")
        }
        "html" => tags_and_text(core::str::from_utf8(bytes).unwrap()).1,
        "ics" => {
            let text = core::str::from_utf8(bytes).unwrap().replace("\r\n ", "");
            let text = text.replace("\\n", "\n");
            let mut letters = text.chars();
            let mut out = String::new();
            while let Some(letter) = letters.next() {
                out.extend(if letter == '\\' {
                    letters.next()
                } else {
                    Some(letter)
                });
            }
            out
        }
        "docx" => {
            let xml = zip_part(bytes, |name| name == "word/document.xml").remove(0);
            tags_and_text(&xml.replace("</w:p>", "<br>")).1
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[test]
fn the_words_are_still_there_when_a_file_is_read_back() {
    let (naughty, _) = texts();
    let plan = naughty_plan(example(), &naughty, 0);
    let lang = Lang::en();
    let line = Outline::of(&plan).competencies().next().unwrap();
    let statement = plan.job_items.get(line).unwrap().statement.get(&lang);
    assert!(naughty.iter().any(|text| text == statement));
    let competencies: Vec<String> = Outline::of(&plan)
        .competencies()
        .map(|id| {
            plan.job_items
                .get(id)
                .unwrap()
                .statement
                .show(&lang)
                .to_owned()
        })
        .collect();
    let modules: Vec<String> = plan
        .modules
        .iter()
        .map(|module| module.title.show(&lang).to_owned())
        .collect();
    let terms: Vec<String> = plan
        .terms
        .iter()
        .map(|term| term.title.show(&lang).to_owned())
        .collect();
    for format in formats().iter().filter(|format| format.exports) {
        let files = written(format.id, &plan, "en");
        let text: Vec<String> = files
            .iter()
            .map(|file| folded(&said(format.extension, &file.bytes)))
            .collect();
        let text = text.join("\n");
        let wanted: Vec<&String> = match format.id {
            "icalendar" => terms.iter().collect(),
            "badges" | "xlsx_progress" => modules.iter().collect(),
            "moodle" | "rsd" | "rsd_csv" | "docx_correspondence" => competencies.iter().collect(),
            // Read by a reader of Markdown elsewhere: its signs are escaped.
            "markdown" => continue,
            _ => competencies.iter().chain(&modules).collect(),
        };
        assert!(!wanted.is_empty(), "{}", format.id);
        for words in wanted {
            assert!(
                text.contains(&folded(words)),
                "{}: {words:?} is lost",
                format.id
            );
        }
    }
}

#[test]
fn every_file_with_such_texts_is_whole_and_can_be_looked_into() {
    for plan in plans() {
        for format in formats().iter().filter(|format| format.exports) {
            for file in written(format.id, &plan, "zh-CN") {
                assert!(!look(format.extension, &file.bytes).blocks.is_empty());
                match format.extension {
                    "json" | "jsonld" => {
                        serde_json::from_slice::<serde_json::Value>(&file.bytes).unwrap();
                    }
                    "xlsx" | "docx" => {
                        zip_part(&file.bytes, |_| true);
                    }
                    "ics" => {
                        let text = String::from_utf8(file.bytes).unwrap();
                        assert!(text.ends_with("END:VCALENDAR\r\n"));
                        for line in text.split("\r\n") {
                            assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
                        }
                        let events = text.matches("\r\nBEGIN:VEVENT\r\n").count();
                        assert_eq!(events, text.matches("\r\nEND:VEVENT\r\n").count());
                        assert_eq!(text.matches("\r\nUID:").count(), events);
                    }
                    _ => {
                        String::from_utf8(file.bytes).unwrap();
                    }
                }
            }
        }
    }
}
