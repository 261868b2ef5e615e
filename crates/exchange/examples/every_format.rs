//! Writes plans in every format and both languages, for validators that are
//! not ours: `cargo run -p weft-exchange --example every_format -- FOLDER`.
//! Files are named plan-language-format[-number].extension. Beside them lie packages of
//! CASE, of plans from seeds and of those that came as one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "../tests/figured/mod.rs"]
mod figured;
#[path = "../tests/foreign_shelf/mod.rs"]
mod foreign_shelf;
#[path = "../tests/naughty/mod.rs"]
mod naughty;
#[path = "../tests/random_plan/mod.rs"]
mod random_plan;

use std::path::{Path, PathBuf};

use weft_exchange::case::{self, CaseOptions};
use weft_exchange::foreign::{Foreign, Options};
use weft_exchange::formats;
use weft_model::{Act, Command, ItemId, Lang, Plan, Uid, Value, Verb, field};

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("a folder"));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    let example = figured::example();
    let (texts, unprintable) = naughty::texts();
    let all = [texts.clone(), unprintable].concat();
    let plans: [(&str, Plan); 4] = [
        ("example", example.clone()),
        ("empty", Plan::new()),
        ("naughty", naughty::naughty_plan(example.clone(), &texts, 0)),
        (
            "odd",
            with_a_long_text(naughty::naughty_plan(example, &all, 5)),
        ),
    ];
    let mut count = 0;
    for (name, plan) in &plans {
        for tag in ["en", "zh-CN"] {
            for format in formats().iter().filter(|format| format.exports) {
                for (at, file) in figured::written(format.id, plan, tag)
                    .into_iter()
                    .enumerate()
                {
                    let number = if at == 0 {
                        String::new()
                    } else {
                        format!("-{at}")
                    };
                    let id = format.id;
                    let path = format!("{name}-{tag}-{id}{number}.{}", format.extension);
                    std::fs::write(folder.join(path), file.bytes).unwrap();
                    count += 1;
                }
            }
        }
    }
    count += write_packages(&folder);
    println!("{count} files in {}", folder.display());
}

/// As `package-en-case-NAME.json` those that came from elsewhere and go out again, as
/// `random-en-case-SEED.json` those of plans from seeds.
fn write_packages(folder: &Path) -> usize {
    let options = CaseOptions {
        plan: Uid(77),
        at: 1_772_352_000_000,
        lang: Lang::en(),
    };
    let came = foreign_shelf::CASE_PACKAGES.map(|name| {
        let bytes = foreign_shelf::fixture(&format!("case/{name}.json"));
        let files = [("x.json", bytes.as_slice())];
        let into = Plan::new();
        let read = foreign_shelf::take(Foreign::Case, &files, &into, &Options::default());
        let plan = foreign_shelf::after(&into, &read.expect("a package that is read"));
        (format!("package-en-case-{name}"), plan)
    });
    let drawn = (0..20).map(|seed| {
        let plan = random_plan::random_plan(seed, 120, true);
        (format!("random-en-case-{seed}"), plan)
    });
    let written = came.into_iter().chain(drawn).map(|(name, plan)| {
        let path = folder.join(format!("{name}.json"));
        std::fs::write(path, case::export(&plan, &options)).unwrap();
    });
    written.count()
}

/// A plan with a text that is longer than a cell of a workbook can be.
fn with_a_long_text(mut plan: Plan) -> Plan {
    let module: ItemId = plan.modules.iter().next().expect("a module").id.into();
    for lang in [Lang::en(), Lang::zh()] {
        let set = Command::Set {
            item: module,
            key: field::module::description.lang(lang),
            value: Some(Value::str("第一步：车削😀\n".repeat(5_000).trim())),
        };
        plan.apply(&Act::one(Verb::Edit, module, set))
            .expect("a text of a length that the plan takes");
    }
    plan
}
