//! Figures and words as the screen hands them to a written file.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "each test takes what it needs"
)]

use std::collections::BTreeMap;

use weft_analysis::Board;
use weft_exchange::{Covered, Figures, Gap, Total, Woven};
use weft_model::*;

/// The texts of a locale file.
pub fn locale(tag: &str) -> BTreeMap<String, String> {
    let path = format!("{}/../../locales/{tag}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// What follows from a plan.
pub fn figures(plan: &Plan) -> Figures {
    let board = Board::new(plan);
    let mut out = Figures {
        terms: (board.term_order().iter())
            .map(|term| {
                (
                    *term,
                    board.term(*term).map(|it| it.hours).unwrap_or_default(),
                )
            })
            .collect(),
        ..Figures::default()
    };
    for group in board.module_order() {
        out.modules.push((group.term, group.modules.clone()));
        for id in &group.modules {
            if let Some(figures) = board.module(*id) {
                out.split.insert(*id, (figures.theory, figures.practice));
                let places = figures
                    .by_place
                    .iter()
                    .filter(|(_, hours)| !hours.is_zero());
                let kinds = places.filter_map(|(kind, _)| *kind).collect();
                out.places.insert(*id, kinds);
            }
            for (competency, cell) in board.teaches(*id).filter(|(_, cell)| cell.links > 0) {
                let woven = Woven {
                    level: cell.level,
                    assessed: cell.assessed,
                };
                out.cells.insert((*id, competency), woven);
            }
        }
    }
    for id in board.outline().competencies() {
        let it = board.coverage(id).copied().unwrap_or_default();
        let covered = Covered {
            required: it.required,
            reached: it.reached,
        };
        out.coverage.insert(id, covered);
    }
    let sums = board.sums();
    out.total = Total {
        credits: sums.credits,
        hours: sums.hours,
        theory: sums.theory,
        practice: sums.practice,
    };
    for (category, it) in &sums.by_category {
        let total = Total {
            credits: it.credits,
            hours: it.hours,
            theory: it.theory,
            practice: it.practice,
        };
        out.categories.insert(*category, total);
    }
    for finding in board.findings_in_order() {
        out.gaps.push(Gap {
            rule: finding.rule.to_owned(),
            subject: format!("{:?}", finding.subject),
            ..Gap::default()
        });
    }
    out
}
