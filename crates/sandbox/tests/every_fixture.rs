//! Every file of the fixtures, one by one, as a person would give it to the
//! editor with no answer to any question: what becomes of each row. Rows in are
//! rows taken in, kept, or waiting for a choice, and rows in the tray; the list
//! is printed with `-- --nocapture`.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use weft_exchange::foreign::Foreign;
use weft_exchange::foreign::Options;
use weft_exchange::tables::{self, ApplyOptions};
use weft_exchange::{Fate, Imported, QuestionKind};
use weft_model::{Act, Plan, Subject, Verb};
use weft_sandbox::{Answer, Entry, Given, Job, Port, What, answer, fresh};

struct Letters;

impl Port for Letters {
    fn progress(&mut self, _: f64) {}

    fn decode(&mut self, label: &str, bytes: &[u8]) -> Option<String> {
        (label == "windows-1252").then(|| bytes.iter().map(|byte| char::from(*byte)).collect())
    }

    fn hand_out(&mut self, _: &[u8]) {}
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// What became of the rows: every fate with its number, and what came in.
fn counted(rows: usize, imported: &Imported) -> String {
    let mut fates: BTreeMap<String, usize> = BTreeMap::new();
    for fate in imported.fates.iter().flatten() {
        *fates.entry(format!("{fate:?}").to_lowercase()).or_default() += 1;
    }
    let tray = fates.get("tray").copied().unwrap_or(0);
    assert_eq!(
        tray,
        imported.tray.len(),
        "the tray holds what was put there"
    );
    assert_eq!(fates.values().sum::<usize>(), rows, "each row has its fate");
    // What was understood can be done.
    let act = Act::many(Verb::Import, Subject::Plan, imported.commands.clone());
    Plan::new().apply(&act).unwrap();
    let fates: Vec<String> = fates
        .iter()
        .map(|(fate, count)| format!("{fate} {count}"))
        .collect();
    let items: usize = imported.items.values().map(|it| it.total()).sum();
    let links = imported.links.total();
    format!(
        "{rows} = {}; {items} items, {links} links",
        fates.join(" + ")
    )
}

fn table(table: weft_sandbox::ReadTable) -> String {
    let (sheet, matching) = (table.sheet, table.matching);
    let rows = sheet.rows.len();
    let kind = matching.table.map_or("no table", tables::TableKind::id);
    let mut uids = fresh(1);
    let blank = |row: &tables::Row| row.cells.iter().all(|cell| cell.trim().is_empty());
    let full: Vec<bool> = sheet.rows.iter().map(|row| !blank(row)).collect();
    let imported = tables::apply(
        &Plan::new(),
        &[(sheet, matching)],
        &ApplyOptions {
            make_missing: true,
            ..ApplyOptions::default()
        },
        &mut uids,
    );
    for (full, fate) in full.iter().zip(&imported.fates[0]) {
        assert!(!full || *fate != Fate::Blank, "a row fell away");
    }
    format!("{kind}: {}", counted(rows, &imported))
}

/// What files mean, with everything chosen that they offer.
fn known(given: &[Given], what: What) -> String {
    let mut options = Options::default();
    let import = |options: &Options| {
        let job = Job::Import {
            what,
            plan: weft_document::pack_plan(&Plan::new()),
            options: options.clone(),
            seed: 1,
        };
        match answer(&job, given, &mut Letters) {
            Answer::Imported(read) => read,
            other => panic!("{other:?}"),
        }
    };
    let mut read = import(&options);
    if let Ok(imported) = &read {
        for question in &imported.questions {
            if let QuestionKind::WhichOf { offers, .. } = &question.kind {
                options
                    .chosen
                    .extend(offers.iter().map(|offer| offer.id.clone()));
            }
        }
    }
    let chosen = options.chosen.len();
    if chosen > 0 {
        read = import(&options);
    }
    match read {
        Ok(imported) => {
            let rows = imported.fates.iter().map(Vec::len).sum();
            let chosen = if chosen > 0 {
                format!(" ({chosen} chosen)")
            } else {
                String::new()
            };
            format!("{what:?}{chosen}: {}", counted(rows, &imported))
        }
        Err(failed) => format!("{what:?}: refused, {:?}", failed.why),
    }
}

#[test]
fn every_row_of_every_fixture_is_taken_in_kept_or_in_the_tray() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let mut lines = Vec::new();
    for path in files(&folder) {
        let name = path
            .strip_prefix(&folder)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        if name == "README.md" {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let given = Given {
            name: name.clone(),
            bytes,
        };
        let looked = answer(&Job::Look, std::slice::from_ref(&given), &mut Letters);
        let Answer::Looked(entries) = looked else {
            panic!("{looked:?}");
        };
        assert!(!entries.is_empty(), "{name} falls away");
        for entry in entries {
            let told = match entry {
                Entry::Table(read) => table(*read),
                Entry::Known { what, .. } => known(std::slice::from_ref(&given), what),
                Entry::Form { form, .. } => format!("review form of {}", form.name),
                Entry::Refused(failed) => format!("refused, {:?}", failed.why),
                Entry::Beside(names) => format!("{} passed over", names.len()),
                Entry::Packed { names, .. } => format!("stay packed: {}", names.join(", ")),
                Entry::Keys { keys, .. } => format!("passed over: {}", keys.join(", ")),
                Entry::Sheets { sheets, .. } => format!("passed over: {}", sheets.join(", ")),
            };
            lines.push(format!("{name} | {told}"));
        }
    }
    // Files that belong together, as they are published.
    for (name, format) in [("esco", Foreign::Esco), ("onet", Foreign::Onet)] {
        let all = files(&folder.join(name)).into_iter().map(|path| Given {
            name: path.to_string_lossy().into_owned(),
            bytes: std::fs::read(path).unwrap(),
        });
        let all: Vec<Given> = all.collect();
        lines.push(format!("{name}/* | {}", known(&all, What::Foreign(format))));
    }
    let found = lines.join("\n") + "\n";
    println!("{found}");
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/every_fixture.txt");
    if std::env::var_os("WEFT_REWRITE").is_some() {
        std::fs::write(&list, &found).unwrap();
    }
    assert_eq!(found, std::fs::read_to_string(&list).unwrap());
}
