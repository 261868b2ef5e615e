//! The teaching progress table: one row per module, one cell per term in the
//! field's own notation (`4/16W`: 4 h a week for 16 weeks).

use leptos::prelude::*;
use weft_analysis::Board;
use weft_exchange::workbook::{chosen_among, progress_cell, told_hours};
use weft_model::{CategoryId, Choice as _, Lang, Module, Plan, field};

use super::term_name;
use crate::ui::{
    sentences::{choice_name, item_name},
    text::{say, say_with},
};

/// The table, by category, with the sums that the board gives.
pub(super) fn table(plan: &Plan, board: &Board, lang: &Lang) -> AnyView {
    let terms = board.term_order();
    let mut names: Vec<String> = [
        "print.no",
        "print.code",
        "print.module",
        "print.nature",
        "print.exam",
        "print.credits",
        "print.hours",
        "print.theory",
        "print.practice",
    ]
    .map(say)
    .to_vec();
    names.extend(terms.iter().map(|term| term_name(plan, lang, *term)));
    let width = names.len();
    let mut groups: Vec<Option<CategoryId>> =
        plan.categories.iter().map(|it| Some(it.id)).collect();
    groups.push(None);
    let mut number = 0;
    let bodies = groups
        .into_iter()
        .filter_map(|group| body(plan, board, lang, group, width, &mut number))
        .collect_view();
    let sums = board.sums();
    let by_term = terms.iter().map(|term| {
        let hours = board.term(*term).map(|term| term.hours.to_string());
        view! { <td class="figure">{hours}</td> }
    });
    view! {
        <table class="paper-table progress-table">
            {super::heads(names)}
            {bodies}
            <tbody class="progress-sum">
                <tr>
                    <td></td><td></td>
                    <th scope="row">{say("print.total")}</th>
                    <td></td><td></td>
                    <td class="figure">{sums.credits.to_string()}</td>
                    <td class="figure">{sums.hours.to_string()}</td>
                    <td class="figure">{sums.theory.to_string()}</td>
                    <td class="figure">{sums.practice.to_string()}</td>
                    {by_term.collect_view()}
                </tr>
            </tbody>
        </table>
        <p class="paper-foot">{say("print.notation")}</p>
    }
    .into_any()
}

fn body(
    plan: &Plan,
    board: &Board,
    lang: &Lang,
    group: Option<CategoryId>,
    width: usize,
    number: &mut usize,
) -> Option<AnyView> {
    let there = |module: &&Module| {
        let category = module.category.map(|category| category.0);
        category.filter(|id| plan.categories.get(*id).is_some()) == group
    };
    let modules: Vec<&Module> = plan.modules.iter().filter(there).collect();
    if modules.is_empty() {
        return None;
    }
    let name = match group {
        Some(id) => item_name(plan, lang, id.into()),
        None => say("print.no_category"),
    };
    let sums = board
        .sums()
        .by_category
        .get(&group)
        .copied()
        .unwrap_or_default();
    let rows = modules
        .into_iter()
        .map(|module| {
            *number += 1;
            line(plan, board, lang, module, *number)
        })
        .collect_view();
    let after = width.saturating_sub(7);
    Some(
        view! {
            <tbody>
                <tr class="progress-group">
                    <th scope="rowgroup" colspan="5">{name}</th>
                    <td class="figure">{sums.credits.to_string()}</td>
                    <td class="figure">{sums.hours.to_string()}</td>
                    <td colspan=after></td>
                </tr>
                {rows}
            </tbody>
        }
        .into_any(),
    )
}

fn line(plan: &Plan, board: &Board, lang: &Lang, module: &Module, number: usize) -> AnyView {
    let figures = board.module(module.id);
    let hours = |value: Option<weft_model::Hours>| value.map(|hours| hours.to_string());
    let nature = module
        .nature
        .map(|it| choice_name(field::module::nature, it.0.id()));
    let exam = module
        .exam
        .map(|it| choice_name(field::module::exam, it.0.id()));
    let cells = board.term_order().iter().map(|term| {
        let text = progress_cell(plan, module, *term);
        view! { <td class="progress-cell">{text}</td> }
    });
    view! {
        <tr>
            <td class="figure">{number}</td>
            <td>{module.code.clone()}</td>
            <th scope="row">{title(plan, lang, module)}</th>
            <td>{nature}</td>
            <td>{exam}</td>
            <td class="figure">{module.credits.map(|credits| credits.to_string())}</td>
            <td class="figure">{told_hours(module)}</td>
            <td class="figure">{hours(figures.and_then(|it| it.theory))}</td>
            <td class="figure">{hours(figures.and_then(|it| it.practice))}</td>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

/// A module's title; with how many are taken of how many, where learners choose it.
fn title(plan: &Plan, lang: &Lang, module: &Module) -> String {
    let title = item_name(plan, lang, module.id.into());
    let Some((of, take)) = chosen_among(plan, module) else {
        return title;
    };
    let number = |number: usize| match number {
        1..=9 => say(&format!("book.number.{number}")),
        _ => number.to_string(),
    };
    let values = [("of", number(of)), ("take", number(take))];
    format!("{title}{}", say_with("book.progress.pool", &values))
}
