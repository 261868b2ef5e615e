//! A plan written as tables and read back.

use crate::shelf::*;
use weft_exchange::tables::{self, ApplyOptions, Target};
use weft_model::*;

fn exported(plan: &Plan) -> Vec<(tables::Sheet, tables::Matching)> {
    let files = tables::export_tables(plan, &[]);
    let sheets = files
        .iter()
        .map(|(name, bytes)| tables::read(name, bytes).unwrap());
    let sheets = sheets.map(|sheet| (sheet.clone(), tables::guess(&sheet)));
    sheets
        .inspect(|(sheet, matching)| {
            assert_eq!(
                matching.table.map(|table| format!("{}.csv", table.id())),
                Some(sheet.name.clone())
            )
        })
        .collect()
}

#[test]
fn exported_tables_change_nothing_in_the_plan_they_came_from() {
    let mut all: Vec<Vec<(tables::Sheet, tables::Matching)>> =
        TRADES.iter().map(|(name, ..)| trade(name)).collect();
    all.push(chinese());
    for sheets in all {
        let plan = plan_of(
            &apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1),
            &Plan::new(),
        );
        let again = apply(&plan, &exported(&plan), &ApplyOptions::default(), 2);
        quiet(&again);
        nothing_new(&again);
    }
}

#[test]
fn exported_tables_make_the_plan_anew_with_the_same_ids() {
    for sheets in [chinese(), trade("verfahrensmechaniker")] {
        let plan = plan_of(
            &apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1),
            &Plan::new(),
        );
        let imported = apply(&Plan::new(), &exported(&plan), &ApplyOptions::default(), 2);
        quiet(&imported);
        let back = plan_of(&imported, &Plan::new());
        for kind in [
            Kind::Module,
            Kind::Unit,
            Kind::Term,
            Kind::Party,
            Kind::Person,
            Kind::Venue,
            Kind::SpecificationItem,
            Kind::Order,
        ] {
            assert_eq!(back.any(kind).every(), plan.any(kind).every(), "{kind:?}");
        }
        assert_eq!(
            (hours(&back), back.weave.len()),
            (hours(&plan), plan.weave.len())
        );
        assert!(
            plan.weave
                .iter()
                .all(|(key, link)| back.weave.get(key) == Some(link))
        );
        for kind in Kind::ALL {
            assert_eq!(
                back.any(*kind).live().len(),
                plan.any(*kind).live().len(),
                "{kind:?}"
            );
        }
    }
}

#[test]
fn no_cell_of_an_exported_table_is_a_formula_and_each_text_comes_back() {
    let words = ["=1+1", "+x", "-x", "@x", "\tx", "\rx", "'=1", "plain"];
    let mut plan = Plan::new();
    for (at, word) in words.iter().enumerate() {
        let item = ItemId {
            kind: Kind::Module,
            uid: Uid(at as u64 + 1),
        };
        let fields = vec![
            (field::module::title.lang(Lang::en()), Value::str(*word)),
            (field::module::total_hours.key(), Value::Int(2)),
        ];
        plan.apply(&Act::one(
            Verb::Add,
            item,
            Command::Add {
                item,
                owner: None,
                spot: Spot::Last,
                fields,
            },
        ))
        .unwrap();
    }
    let files = tables::export_tables(&plan, &[]);
    let mut reader =
        csv::ReaderBuilder::new().from_reader(files[0].1.strip_prefix(b"\xef\xbb\xbf").unwrap());
    for record in reader.records() {
        assert!(
            record
                .unwrap()
                .iter()
                .all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r']))
        );
    }
    let sheet = tables::read("modules.csv", &files[0].1).unwrap();
    let column = tables::guess(&sheet)
        .column(Target::Field(field::module::title))
        .unwrap();
    let back: Vec<&str> = sheet.rows[1..]
        .iter()
        .map(|row| row.cells[column].as_str())
        .collect();
    assert_eq!(back, words);
}

#[test]
fn the_large_plan_reads_back_from_its_tables() {
    let plan = weft_sample::large_plan(1);
    let sheets = exported(&plan);
    let again = apply(&plan, &sheets, &ApplyOptions::default(), 1);
    quiet(&again);
    nothing_new(&again);
    let anew = apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1);
    assert_eq!(anew.tray, vec![]);
    assert_eq!(
        (anew.links.new, anew.items[&Kind::Module].new),
        (plan.weave.len(), 1000)
    );
}
