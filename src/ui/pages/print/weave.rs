//! The weave on paper: columns in sheets of a page's width, heads repeated on
//! every page, letters that read without their shade.

use leptos::prelude::*;
use weft_analysis::Board;
use weft_model::{JobItemId, Lang, ModuleId, Plan, Tier};

use super::{head, programme::line_name, term_name};
use crate::ui::{
    components::chip::shade,
    find::code,
    pages::checks::sentence,
    sentences::item_name,
    text::{say, say_with},
};

/// How many columns fit a landscape page.
const COLUMNS: usize = 26;
/// With more cells than this, rows that are empty on a sheet are left out.
const MANY_CELLS: usize = 40_000;

/// The whole print.
pub(super) fn print(plan: &Plan, board: &Board, lang: &Lang) -> AnyView {
    let columns: Vec<JobItemId> = board.outline().competencies().collect();
    let modules: usize = board
        .module_order()
        .iter()
        .map(|group| group.modules.len())
        .sum();
    let sparse = modules * columns.len() > MANY_CELLS;
    let count = columns.len().div_ceil(COLUMNS);
    let sheets = columns
        .chunks(COLUMNS)
        .enumerate()
        .map(|(at, columns)| sheet(plan, board, lang, columns, (at + 1, count), sparse))
        .collect_view();
    let levels: Vec<String> = plan
        .scale_levels
        .iter()
        .filter_map(|level| u8::try_from(level.rank?.0).ok())
        .map(|rank| sentence::level(plan, lang, rank))
        .collect();
    let key = [("levels", levels.join(&say("finding.comma")))];
    let empty = (columns.is_empty() || modules == 0)
        .then(|| view! { <p class={"paper-text"}>{say("print.nothing")}</p> });
    view! {
        {head(plan, lang, say("print.weave"))}
        <p class={"paper-line"}>{say_with("print.weave_key", &key)}</p>
        {empty}
        {sheets}
    }
    .into_any()
}

fn sheet(
    plan: &Plan,
    board: &Board,
    lang: &Lang,
    columns: &[JobItemId],
    (number, count): (usize, usize),
    sparse: bool,
) -> AnyView {
    let heads = columns.iter().map(|id| {
        let item = (*id).into();
        let code = code(plan, item);
        let statement = item_name(plan, lang, item);
        // Every Chinese competency begins with "can": a head has no room for it.
        let statement = statement
            .strip_prefix('能')
            .map(str::to_owned)
            .unwrap_or(statement);
        view! {
            <th scope="col" class="woven-head">
                <span class="woven-turned">
                    <b class={"woven-code"}>{code}</b>
                    <span class={"woven-statement"}>{statement}</span>
                </span>
            </th>
        }
    });
    let bodies = board
        .module_order()
        .iter()
        .filter_map(|group| {
            let rows: Vec<AnyView> = group
                .modules
                .iter()
                .filter_map(|module| line(plan, board, lang, *module, columns, sparse))
                .collect();
            let name = match group.term {
                Some(term) => term_name(plan, lang, term),
                None => say("print.no_term"),
            };
            (!rows.is_empty()).then(|| {
                view! {
                    <tbody>
                        <tr class="woven-term"><th scope="rowgroup" colspan=columns.len() + 1>{name}</th></tr>
                        {rows}
                    </tbody>
                }
            })
        })
        .collect_view();
    let letters = |pick: fn(&weft_analysis::Coverage) -> Option<u8>| {
        columns
            .iter()
            .map(|id| {
                let rank = board.coverage(*id).and_then(pick);
                let letter =
                    rank.map_or("–".to_owned(), |rank| sentence::level_letter(plan, rank));
                view! { <td class="woven-cell">{letter}</td> }
            })
            .collect_view()
    };
    let values = [("number", number.to_string()), ("count", count.to_string())];
    let caption = format!(
        "{} · {}",
        groups(plan, board, lang, columns),
        say_with("print.sheet", &values)
    );
    view! {
        <table class="paper-weave">
            <caption class="woven-caption">{caption}</caption>
            <thead>
                <tr><th scope="col" class="woven-corner">{say("print.module")}</th>{heads.collect_view()}</tr>
                <tr class="woven-sum"><th scope="row">{say("print.required")}</th>{letters(|coverage| coverage.required)}</tr>
                <tr class="woven-sum"><th scope="row">{say("print.reached")}</th>{letters(|coverage| coverage.reached)}</tr>
            </thead>
            {bodies}
        </table>
    }
    .into_any()
}

/// The roles whose competencies stand on a sheet.
fn groups(plan: &Plan, board: &Board, lang: &Lang, columns: &[JobItemId]) -> String {
    let mut roles: Vec<JobItemId> = columns
        .iter()
        .filter_map(|id| board.outline().above(*id, Tier::Role))
        .collect();
    roles.dedup();
    let names: Vec<String> = roles
        .into_iter()
        .map(|role| line_name(plan, lang, role))
        .collect();
    names.join(&say("finding.comma"))
}

fn line(
    plan: &Plan,
    board: &Board,
    lang: &Lang,
    module: ModuleId,
    columns: &[JobItemId],
    sparse: bool,
) -> Option<AnyView> {
    let of = sentence::levels(plan);
    let mut any = false;
    let cells: Vec<AnyView> = columns
        .iter()
        .map(|competency| match board.cell(module, *competency) {
            Some(cell) if cell.links > 0 => {
                any = true;
                let rank = cell.level.unwrap_or(0);
                let letter = cell
                    .level
                    .map_or("•".to_owned(), |rank| sentence::level_letter(plan, rank));
                let class = format!("woven-cell {}", shade(usize::from(rank), of));
                let dot = cell
                    .assessed
                    .then(|| view! { <sup class={"woven-assessed"}>{"*"}</sup> });
                view! { <td class=class>{letter}{dot}</td> }.into_any()
            }
            _ => view! { <td class={"woven-cell"}></td> }.into_any(),
        })
        .collect();
    if sparse && !any {
        return None;
    }
    let code = code(plan, module.into());
    let name = item_name(plan, lang, module.into());
    Some(
        view! {
            <tr>
                <th scope="row" class="woven-row"><span class={"woven-code"}>{code}</span>" "{name}</th>
                {cells}
            </tr>
        }
        .into_any(),
    )
}
