//! What the checks say, on paper: open findings with their reasons, and the
//! waivers, which stay part of the plan.

use leptos::prelude::*;
use weft_analysis::{Board, Group};
use weft_model::{Lang, Plan};

use super::{heads, programme::part, row};
use crate::ui::{
    pages::checks::{sentence, waiver_words},
    text::say,
};

/// The open findings, by group.
pub(super) fn open(plan: &Plan, board: &Board, lang: &Lang) -> Option<AnyView> {
    let all = board.findings_in_order();
    let open: Vec<_> = all.into_iter().filter(|it| it.waived.is_none()).collect();
    let rows: Vec<AnyView> = Group::ALL
        .iter()
        .flat_map(|group| {
            let of_group = move |it: &&&weft_analysis::Finding| {
                it.info().is_some_and(|info| info.group == *group)
            };
            open.iter()
                .filter(of_group)
                .map(|finding| {
                    row(vec![
                        sentence::title(finding.rule),
                        sentence::subject(plan, lang, finding.subject),
                        sentence::reason(plan, lang, finding),
                    ])
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        let names = ["print.finding", "print.where", "print.reason"].map(say).to_vec();
        view! { <table class="paper-table paper-findings">{heads(names)}<tbody>{rows}</tbody></table> }.into_any()
    });
    part("print.gaps", table)
}

/// What was waived, by whom and why.
pub(super) fn waived(plan: &Plan, lang: &Lang) -> Option<AnyView> {
    let rows: Vec<AnyView> = plan
        .waivers
        .iter()
        .map(|waiver| {
            let subject = waiver.subject.parse().ok();
            row(vec![
                sentence::title(&waiver.rule),
                subject
                    .map(|it| sentence::subject(plan, lang, it))
                    .unwrap_or_default(),
                waiver_words(plan, lang, waiver.id),
            ])
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        let names = ["print.finding", "print.where", "print.waiver"].map(say).to_vec();
        view! { <table class="paper-table paper-findings">{heads(names)}<tbody>{rows}</tbody></table> }.into_any()
    });
    part("print.waivers", table)
}
