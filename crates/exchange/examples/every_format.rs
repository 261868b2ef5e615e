//! Writes plans in every format and both languages, for validators that are
//! not ours: `cargo run -p weft-exchange --example every_format -- FOLDER`.
//! Files are named plan-language-format[-number].extension.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "../tests/figured/mod.rs"]
mod figured;
#[path = "../tests/naughty/mod.rs"]
mod naughty;

use std::path::PathBuf;

use weft_exchange::formats;
use weft_model::{Act, Command, ItemId, Lang, Plan, Value, Verb, field};

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
    println!("{count} files in {}", folder.display());
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
