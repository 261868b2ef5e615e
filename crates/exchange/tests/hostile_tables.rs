//! Tables that mean harm or are torn: an error or a result, never a crash.

use crate::random_plan;
use crate::shelf::*;
use proptest::prelude::*;
use weft_exchange::tables::{self, ApplyOptions, TableKind};
use weft_exchange::{ImportError, Limit};
use weft_model::*;

fn through(bytes: &[u8]) {
    let Ok(sheet) = tables::read("x.csv", bytes) else {
        return;
    };
    for matching in [tables::guess(&sheet)].into_iter().chain(
        TableKind::ALL
            .iter()
            .map(|table| tables::match_as(&sheet, *table)),
    ) {
        let sheets = [(sheet.clone(), matching)];
        let imported = apply(
            &Plan::new(),
            &sheets,
            &ApplyOptions {
                make_missing: true,
                ..ApplyOptions::default()
            },
            1,
        );
        plan_of(&imported, &Plan::new());
    }
}

#[test]
fn every_truncation_of_a_table_is_an_error_or_a_result() {
    for name in ["rotation", "order", "parties", "terms"] {
        let bytes = std::fs::read(path(&format!("example-cn/{name}.csv"))).unwrap();
        for end in 0..bytes.len() {
            if let Ok(sheet) = tables::read("x.csv", &bytes[..end]) {
                let sheets = [(sheet.clone(), tables::guess(&sheet))];
                plan_of(
                    &apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1),
                    &Plan::new(),
                );
            }
        }
    }
}

#[test]
fn the_head_of_the_progress_table_cut_anywhere_is_an_error_or_a_result() {
    let bytes = std::fs::read(path("example-cn/progress-table.csv")).unwrap();
    for end in 0..900 {
        if let Ok(sheet) = tables::read("x.csv", &bytes[..end]) {
            let sheets = [(sheet.clone(), tables::guess(&sheet))];
            plan_of(
                &apply(&Plan::new(), &sheets, &ApplyOptions::default(), 1),
                &Plan::new(),
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(5), ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_go_through_every_table(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        through(&bytes);
    }

    #[test]
    fn random_words_under_real_heads_go_through(seed in 0u64..1_000_000) {
        const HEADS: &[&str] = &["code", "title", "课程名称", "总学时", "一", "二", "category", "module", "competency", "level", "statement_en", "weeks", "group", "term", "progress", "pool", "elective pool", "uri", "role", "task_zh", "seats", "weft id", "prerequisites", "owner"];
        const CELLS: &[&str] = &["", "合计", "4/16W", "2W@99999999", "☆", "9223372036854775807", "-1", "（", "二选一", "x（九选九）", "T99:1/1W;T0:2W", "1-99", "M", "H", "0000000000001", "=1", "\u{ff11}", "学期", "第二十学期", "a;b;;c", "备注", "P-", "1e9", "0.5", "yes"];
        let mut seeded = random_plan::Seeded(seed);
        let mut text = String::new();
        for row in 0..8 {
            for _ in 0..8 {
                let words = if row == 0 { HEADS } else { CELLS };
                text.push_str(words[seeded.below(words.len())]);
                text.push('\t');
            }
            text.push('\n');
        }
        through(text.as_bytes());
    }
}

#[test]
fn bombs_are_refused_by_their_bounds() {
    let read = |text: &str| tables::read("x.csv", text.as_bytes());
    assert_eq!(
        read(&",".repeat(2_000_000)),
        Err(ImportError::TooLarge {
            limit: Limit::Cells(1_000_000)
        })
    );
    assert_eq!(
        read(&",".repeat(5_000)),
        Err(ImportError::TooLarge {
            limit: Limit::Columns(1_000)
        })
    );
    assert_eq!(
        read(&"a\n".repeat(100_001)),
        Err(ImportError::TooLarge {
            limit: Limit::Rows(100_000)
        })
    );
    assert!(matches!(
        read(&"a".repeat((16 << 20) + 1)),
        Err(ImportError::TooLarge {
            limit: Limit::Bytes(_)
        })
    ));
    assert_eq!(read(""), Err(ImportError::Empty));
    through(
        format!(
            "title,hours\n{},{}\n\"never closed",
            "x".repeat(200_000),
            "9".repeat(100_000)
        )
        .as_bytes(),
    );
}
