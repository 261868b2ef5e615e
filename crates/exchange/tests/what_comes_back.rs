//! What goes out and comes back: random plans through each format that reads
//! back, compared value by value. What may differ is what the format's entry in
//! the registry names as lost, and nothing else.

use crate::shelf;
use std::collections::BTreeMap;

use crate::figured::{figures, locale};
use crate::random_plan::{Seeded, random_plan};
use proptest::prelude::*;
use weft_exchange::tables::{self, ApplyOptions};
use weft_exchange::{Loss, Words, formats, weft_json, workbook};
use weft_model::*;

/// What people have said of a plan.
const SAID: &[Kind] = &[
    Kind::Comment,
    Kind::Expert,
    Kind::Verdict,
    Kind::Proposal,
    Kind::NamedVersion,
    Kind::Signature,
    Kind::Amendment,
    Kind::RevisionReason,
];

/// Whether a loss takes this value with it.
fn takes(loss: Loss, field: Field) -> bool {
    let kind = field.kind();
    match loss {
        Loss::Visibility => field.name() == "visible_to",
        Loss::Comments => SAID.contains(&kind),
        Loss::Kept => kind == Kind::FrameworkPart || field.shape() == Shape::Verbatim,
        Loss::Places => {
            [field::module::hours_by_place, field::offering::start_week].contains(&field)
        }
        // No plan here has deleted items, another language, or a long text; a
        // history is not compared.
        Loss::History | Loss::Deleted | Loss::OtherLanguages | Loss::LongTexts => false,
        other => panic!("say what {other:?} takes"),
    }
}

/// A plan, line by line, without what a format loses.
fn kept(plan: &Plan, format: &str) -> BTreeMap<String, Vec<String>> {
    let format = formats().iter().find(|it| it.id == format).unwrap();
    let lost = |field: Field| format.loses.iter().any(|loss| takes(*loss, field));
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for kind in Kind::ALL {
        if kind.all_fields().all(lost) {
            continue;
        }
        for uid in plan.any(*kind).live() {
            let item = ItemId { kind: *kind, uid };
            if !plan.is_live(item) {
                continue;
            }
            let mut lines = Vec::new();
            plan.any(*kind).values(uid, &mut |key, value| {
                if lost(key.field)
                    || weft_model::pointed_to(&key, &value).is_some_and(|to| !plan.is_live(to))
                {
                    return;
                }
                // Cells are read without the space around them.
                let value = match value {
                    Value::Str(text) => text.trim().to_owned(),
                    value => format!("{value:?}"),
                };
                if !value.is_empty() {
                    lines.push(format!("{key} {value}"));
                }
            });
            lines.sort();
            // An offering has no id in a table: what it says is enough.
            let name = if *kind == Kind::Offering {
                format!("{kind:?}")
            } else {
                format!("{item:?}")
            };
            if *kind == Kind::Offering {
                all.entry(name).or_default().push(lines.join(" "));
            } else {
                all.insert(name, lines);
            }
        }
    }
    for lines in all.values_mut() {
        lines.sort();
    }
    let outline = Outline::of(plan);
    for (key, link) in plan.weave.iter() {
        let ends = [key.module.into(), key.competency.into()];
        let unit = key.unit.is_none_or(|unit| plan.is_live(unit.into()));
        if ends.iter().all(|end| plan.is_live(*end))
            && unit
            && outline.row(key.competency).is_some()
        {
            let note: Vec<String> = link
                .note
                .iter()
                .map(|(lang, note)| format!("{lang} {}", note.trim()))
                .filter(|it| it.len() > 4)
                .collect();
            all.insert(
                format!("{key}"),
                vec![format!("{:?} {:?} {note:?}", link.level, link.strength)],
            );
        }
    }
    let order = outline
        .rows()
        .iter()
        .map(|row| format!("{:?} below {:?}", row.id, row.parent));
    all.insert("outline".into(), order.collect());
    all
}

/// The first differences between two plans.
fn differ(
    before: &BTreeMap<String, Vec<String>>,
    after: &BTreeMap<String, Vec<String>>,
) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut all = Vec::new();
    for name in names {
        let (a, b) = (before.get(name), after.get(name));
        if a == b {
            continue;
        }
        let (Some(a), Some(b)) = (a, b) else {
            all.push(format!("{name}: {a:?} → {b:?}"));
            continue;
        };
        let gone = a.iter().filter(|it| !b.contains(it));
        let come = b.iter().filter(|it| !a.contains(it));
        all.push(format!(
            "{name}: gone {:?}, come {:?}",
            gone.collect::<Vec<_>>(),
            come.collect::<Vec<_>>()
        ));
    }
    all.truncate(12);
    all
}

fn plan(seed: u64) -> Plan {
    random_plan(seed, 220, true)
}

fn by_tables(plan: &Plan) -> Vec<(tables::Sheet, tables::Matching)> {
    let files = tables::export_tables(plan, &[]);
    let sheets = files
        .iter()
        .map(|(name, bytes)| tables::read(name, bytes).unwrap());
    sheets
        .map(|sheet| (sheet.clone(), tables::guess(&sheet)))
        .collect()
}

fn by_workbook(plan: &Plan, tag: &str, lang: &Lang) -> Vec<(tables::Sheet, tables::Matching)> {
    let texts = locale(tag);
    let find = |key: &str| texts.get(key).cloned();
    let bytes = workbook::export(plan, &figures(plan), Words::new(&find, lang), &[]);
    let book = workbook::read(&bytes).unwrap();
    let suggested = book.into_iter().filter(|sheet| sheet.suggested);
    suggested
        .map(|sheet| (sheet.sheet, sheet.matching))
        .collect()
}

fn back(sheets: &[(tables::Sheet, tables::Matching)]) -> Plan {
    let mut seeded = Seeded(7);
    let imported = tables::apply(&Plan::new(), sheets, &ApplyOptions::default(), &mut || {
        seeded.uid()
    });
    assert_eq!(imported.tray, vec![]);
    shelf::plan_of(&imported, &Plan::new())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(17), ..ProptestConfig::default() })]

    #[test]
    fn tables_bring_back_all_but_what_the_registry_names(seed in 0u64..1_000_000) {
        let plan = plan(seed);
        prop_assert_eq!(differ(&kept(&plan, "tables"), &kept(&back(&by_tables(&plan)), "tables")), Vec::<String>::new());
    }
}

#[test]
fn a_workbook_brings_back_all_but_what_the_registry_names() {
    for seed in 0..24 {
        let plan = plan(seed);
        for (tag, lang) in [("en", Lang::en()), ("zh-CN", Lang::zh())] {
            let after = back(&by_workbook(&plan, tag, &lang));
            assert_eq!(
                differ(&kept(&plan, "xlsx"), &kept(&after, "xlsx")),
                Vec::<String>::new(),
                "{tag} {seed}"
            );
        }
    }
}

#[test]
fn weft_json_brings_back_all_but_what_the_registry_names() {
    for seed in 0..64 {
        let plan = plan(seed);
        let bytes = weft_json::export(&plan);
        let imported = weft_json::import(&bytes, &Plan::new(), &mut || Uid(1)).unwrap();
        let after = shelf::plan_of(&imported, &Plan::new());
        assert_eq!(
            differ(&kept(&plan, "weft_json"), &kept(&after, "weft_json")),
            Vec::<String>::new(),
            "{seed}"
        );
    }
}
