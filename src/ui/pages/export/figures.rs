//! The figures and findings of a plan as written files take them: from the board
//! that the screen reads, with the findings in the screen's sentences.

use weft_analysis::Board;
use weft_exchange::{Figures, Gap};
use weft_model::{Lang, Plan};

use crate::ui::pages::checks::{sentence, waiver_words};

/// The figures of a plan.
pub(super) fn figures(plan: &Plan, board: &Board, lang: &Lang) -> Figures {
    weft_figures::figures(board, |finding| Gap {
        rule: sentence::title(finding.rule),
        subject: sentence::subject(plan, lang, finding.subject),
        reason: sentence::reason(plan, lang, finding),
        waiver: finding
            .waived
            .as_ref()
            .map(|waived| waiver_words(plan, lang, waived.by))
            .unwrap_or_default(),
    })
}
