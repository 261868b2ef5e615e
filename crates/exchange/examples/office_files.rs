//! Writes the example plan and the large one as workbooks and Word files, for
//! programs that are not ours to open: `cargo run -p weft-exchange --example
//! office_files -- FOLDER`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "../tests/figured/mod.rs"]
mod figured;

use std::path::PathBuf;
use std::time::Instant;

use weft_exchange::{Words, weft_json, word, workbook};
use weft_model::*;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("a folder"));
    std::fs::create_dir_all(&folder).unwrap();
    let path = format!(
        "{}/../../examples/cnc-order-class.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(path).unwrap();
    let read = weft_json::import(&bytes, &Plan::new(), &mut || Uid(1)).unwrap();
    let mut example = Plan::new();
    example
        .apply(&Act::many(Verb::Import, Subject::Plan, read.commands))
        .unwrap();
    for (tag, lang) in [("en", Lang::en()), ("zh-CN", Lang::zh())] {
        let texts = figured::locale(tag);
        let find = |key: &str| texts.get(key).cloned();
        let words = Words::new(&find, &lang);
        let figures = figured::figures(&example);
        let put = |name: &str, bytes: Vec<u8>| {
            let (stem, extension) = name.rsplit_once('.').unwrap();
            let to = folder.join(format!("{stem}-{tag}.{extension}"));
            std::fs::write(to, bytes).unwrap();
        };
        put(
            "plan.xlsx",
            workbook::export(&example, &figures, words, &[]),
        );
        put("weave.xlsx", workbook::weave(&example, &figures, words));
        put(
            "progress.xlsx",
            workbook::progress_table(&example, &figures, words),
        );
        put("programme.docx", word::programme(&example, &figures, words));
        put(
            "correspondence.docx",
            word::correspondence(&example, &figures, words),
        );
    }
    let texts = figured::locale("en");
    let find = |key: &str| texts.get(key).cloned();
    let lang = Lang::en();
    let words = Words::new(&find, &lang);
    let large = weft_sample::large_plan(1);
    let figures = figured::figures(&large);
    let mut full = figures.clone();
    for module in large.modules.iter() {
        let lines: Vec<_> = Outline::of(&large).competencies().collect();
        let woven = |line| (line, figures.cells.get(module.id, line).copied());
        let cells = lines.into_iter().map(woven);
        let cells = cells.map(|(line, woven)| (line, woven.unwrap_or_default()));
        full.cells.put(module.id, cells);
    }
    for (name, figures) in [("weave-5", &figures), ("weave-100", &full)] {
        let start = Instant::now();
        let bytes = workbook::weave(&large, figures, words);
        println!(
            "{name}: {} cells, {} bytes, {:?}",
            figures.cells.len(),
            bytes.len(),
            start.elapsed()
        );
        std::fs::write(folder.join(format!("{name}.xlsx")), bytes).unwrap();
    }
}
