//! What follows from a plan, as written files take it: `analysis` judges,
//! `exchange` writes, and neither knows the other.
//!
//! Not here: sentences. How a finding reads comes from the caller.

use weft_analysis::{Board, Finding};
use weft_exchange::{Covered, Figures, Gap, Total, Woven};

/// The figures of a plan from its board; `told` says a finding in words.
pub fn figures(board: &Board, told: impl FnMut(&Finding) -> Gap) -> Figures {
    let hours = |term| board.term(term).map(|it| it.hours).unwrap_or_default();
    let mut out = Figures {
        terms: (board.term_order().iter())
            .map(|term| (*term, hours(*term)))
            .collect(),
        ..Figures::default()
    };
    for group in board.module_order() {
        out.modules.push((group.term, group.modules.clone()));
        for id in &group.modules {
            if let Some(figures) = board.module(*id) {
                out.split.insert(*id, (figures.theory, figures.practice));
                for it in &figures.offered {
                    out.offered.insert((*id, it.term), it.hours);
                }
                let places = figures.by_place.iter();
                let places = places.filter(|(_, hours)| !hours.is_zero());
                let kinds = places.filter_map(|(kind, _)| *kind).collect();
                out.places.insert(*id, kinds);
            }
            let taught = board.teaches(*id).filter(|(_, cell)| cell.links > 0);
            let cells = taught.map(|(competency, cell)| {
                let woven = Woven {
                    level: cell.level,
                    assessed: cell.assessed,
                };
                (competency, woven)
            });
            out.cells.put(*id, cells);
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
    out.electives = sums.elective_hours();
    for (category, it) in &sums.by_category {
        let total = Total {
            credits: it.credits,
            hours: it.hours,
            theory: it.theory,
            practice: it.practice,
        };
        out.categories.insert(*category, total);
    }
    out.gaps = board.findings_in_order().into_iter().map(told).collect();
    out
}
