//! The correspondence list: school and enterprise side by side. For each
//! competency where it is taught in the school and where it is practised in
//! the enterprise, each with its term and level.

use leptos::prelude::*;
use weft_analysis::Board;
use weft_model::{JobItemId, Lang, Link, LinkKey, PlaceKind, Plan, Tier};

use super::{head, programme::line_name, terms_of};
use crate::ui::{
    find::code_and_title,
    pages::checks::sentence,
    sentences::item_name,
    text::{listed, say},
};

/// The whole print.
pub(super) fn print(plan: &Plan, board: &Board, lang: &Lang) -> AnyView {
    let mut rows: Vec<AnyView> = Vec::new();
    for line in board.outline().rows() {
        rows.push(match line.tier {
            Tier::Competency => competency(plan, board, lang, line.id),
            Tier::Role | Tier::Task | Tier::Content => {
                let class = format!("outline-head depth-{}", line.depth);
                let name = line_name(plan, lang, line.id);
                view! { <tr class=class><th scope="rowgroup" colspan="5">{name}</th></tr> }
                    .into_any()
            }
        });
    }
    let empty = rows
        .is_empty()
        .then(|| view! { <p class={"paper-text"}>{say("print.nothing")}</p> });
    view! {
        {head(plan, lang, say("print.correspondence"))}
        {empty}
        <table class="paper-table correspondence">
            <thead>
                <tr>
                    <th scope="col" class="correspondence-what">{say("print.competency")}</th>
                    <th scope="col">{say("print.required")}</th>
                    <th scope="col" class="correspondence-side">{say("print.in_school")}</th>
                    <th scope="col" class="correspondence-side">{say("print.in_enterprise")}</th>
                    <th scope="col">{say("print.reached")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// On which sides of the list a link belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    School,
    Enterprise,
}

fn competency(plan: &Plan, board: &Board, lang: &Lang, id: JobItemId) -> AnyView {
    let coverage = board.coverage(id).copied().unwrap_or_default();
    let side = |side: Side| {
        let mut links: Vec<(LinkKey, &Link)> = plan
            .weave
            .of_competency(id)
            .filter(|(key, _)| plan.is_live(key.module.into()))
            .filter(|(key, _)| key.unit.is_none_or(|unit| plan.is_live(unit.into())))
            .filter(|(key, _)| sides(plan, board, *key).contains(&side))
            .collect();
        links.sort_by_key(|(key, _)| board.module_place(key.module));
        let lines: Vec<AnyView> = links
            .into_iter()
            .map(|(key, link)| place(plan, board, lang, key, link))
            .collect();
        if lines.is_empty() {
            view! { <span class={"paper-none"}>{"–"}</span> }.into_any()
        } else {
            view! { <ul class="correspondence-list">{lines}</ul> }.into_any()
        }
    };
    let letter =
        |rank: Option<u8>| rank.map_or("–".to_owned(), |rank| sentence::level_letter(plan, rank));
    let short = coverage.required.is_some() && coverage.reached < coverage.required;
    view! {
        <tr>
            <th scope="row">{line_name(plan, lang, id)}</th>
            <td class="paper-letter">{letter(coverage.required)}</td>
            <td>{side(Side::School)}</td>
            <td>{side(Side::Enterprise)}</td>
            <td class="paper-letter">{letter(coverage.reached)}{short.then_some(" !")}</td>
        </tr>
    }
    .into_any()
}

/// A link is where its unit is; else wherever its module has hours. A module
/// of which no place is given counts as taught in the school.
fn sides(plan: &Plan, board: &Board, key: LinkKey) -> Vec<Side> {
    let side = |kind: Option<PlaceKind>| match kind {
        Some(PlaceKind::Enterprise) => Side::Enterprise,
        _ => Side::School,
    };
    let unit = key.unit.and_then(|unit| plan.units.get(unit));
    let place = unit
        .and_then(|unit| unit.place)
        .and_then(|place| plan.places.get(place.0));
    if let Some(place) = place {
        return vec![side(place.kind.map(|kind| kind.0))];
    }
    let kinds = board.module(key.module).map(|figures| &figures.by_place);
    let mut sides: Vec<Side> = kinds
        .into_iter()
        .flatten()
        .filter(|(_, hours)| !hours.is_zero())
        .map(|(kind, _)| side(*kind))
        .collect();
    sides.dedup();
    if sides.is_empty() {
        sides.push(Side::School);
    }
    sides
}

fn place(plan: &Plan, board: &Board, lang: &Lang, key: LinkKey, link: &Link) -> AnyView {
    let mut name = code_and_title(plan, lang, key.module.into());
    if let Some(unit) = key.unit {
        name = listed(&[name, item_name(plan, lang, unit.into())]);
    }
    let terms = terms_of(plan, board, lang, key.module);
    let letter = link.level.map(|rank| sentence::level_letter(plan, rank));
    let note = link.note.show(lang).to_owned();
    let tail: Vec<String> = [terms, note]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let tail = (!tail.is_empty()).then(|| format!(" · {}", tail.join(" · ")));
    view! {
        <li class="correspondence-line">
            <b class="correspondence-letter">{letter}</b>
            <span class={"correspondence-name"}>{name}{tail}</span>
        </li>
    }
    .into_any()
}
