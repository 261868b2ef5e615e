//! The figures and findings of a plan as written files take them: from the board
//! that the screen reads, with the findings in the screen's sentences.

use weft_analysis::Board;
use weft_exchange::{Covered, Figures, Gap, Total, Words, Woven};
use weft_model::{Lang, Plan};

use crate::ui::pages::checks::{sentence, waiver_words};
use crate::ui::state::Editor;
use crate::ui::text::find;

/// Hands a plan with its figures and the words of the screen to whoever writes
/// a file.
pub(super) fn written(
    editor: Editor,
    write: impl FnOnce(&Plan, &Figures, Words<'_>) -> Vec<u8>,
) -> Vec<u8> {
    let lang = editor.lang();
    let look_up = |key: &str| find(key);
    editor.board(|board| {
        editor.plan(|plan| {
            let figures = figures(plan, board, &lang);
            write(plan, &figures, Words::new(&look_up, &lang))
        })
    })
}

fn figures(plan: &Plan, board: &Board, lang: &Lang) -> Figures {
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
                let places = figures.by_place.iter();
                let places = places.filter(|(_, hours)| !hours.is_zero());
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
    let findings = board.findings_in_order().into_iter();
    out.gaps = findings
        .map(|finding| Gap {
            rule: sentence::title(finding.rule),
            subject: sentence::subject(plan, lang, finding.subject),
            reason: sentence::reason(plan, lang, finding),
            waiver: finding
                .waived
                .as_ref()
                .map(|waived| waiver_words(plan, lang, waived.by))
                .unwrap_or_default(),
        })
        .collect();
    out
}
