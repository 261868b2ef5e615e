//! The correspondence list: for each competency where it is taught in the
//! school and where it is practised in the enterprise, with term and level.

use weft_model::{ABOUT, JobItemId, Link, LinkKey, ModuleId, Outline, PlaceKind, Plan, Tier};

use super::chapters::From;
use super::paper::{Cell, Paper};
use crate::{Figures, Words};

/// The list as a Word file. The same input gives the same bytes.
pub fn correspondence(plan: &Plan, figures: &Figures, words: Words<'_>) -> Vec<u8> {
    paper(plan, figures, words).bytes(words.foot())
}

/// What the list says.
pub(crate) fn paper(plan: &Plan, figures: &Figures, words: Words<'_>) -> Paper {
    let title = words.item(plan, ABOUT);
    let mut paper = Paper::new(&title, words.lang());
    let from = From {
        plan,
        figures,
        words,
    };
    paper.turn(true);
    paper.heading(1, &words.say("print.correspondence"));
    paper.lines("WeftNote", &title);
    let outline = Outline::of(plan);
    let order: Vec<ModuleId> = figures
        .modules
        .iter()
        .flat_map(|(_, all)| all.clone())
        .collect();
    let rows: Vec<Vec<Cell>> = outline
        .rows()
        .iter()
        .map(|line| match line.tier {
            Tier::Competency => competency(from, &order, line.id),
            _ => vec![Cell::band(words.code_and_title(plan, line.id.into()), 5)],
        })
        .collect();
    let heads = [
        "print.competency",
        "print.required",
        "print.in_school",
        "print.in_enterprise",
        "print.reached",
    ]
    .map(|key| words.say(key));
    if rows.is_empty() {
        paper.lines("", &words.say("print.nothing"));
    } else {
        paper.table(&heads, &[8, 2, 7, 7, 2], &rows);
    }
    paper
}

fn competency(from: From<'_>, order: &[ModuleId], id: JobItemId) -> Vec<Cell> {
    let From {
        plan,
        figures,
        words,
    } = from;
    let place = |module| order.iter().position(|known| *known == module);
    let side = |enterprise: bool| {
        let mut links: Vec<(LinkKey, &Link)> = plan
            .weave
            .of_competency(id)
            .filter(|(key, _)| plan.is_live(key.module.into()))
            .filter(|(key, _)| key.unit.is_none_or(|unit| plan.is_live(unit.into())))
            .filter(|(key, _)| sides(plan, figures, *key).contains(&enterprise))
            .collect();
        links.sort_by_key(|(key, _)| place(key.module));
        let lines: Vec<String> = links
            .into_iter()
            .map(|(key, link)| told(from, key, link))
            .collect();
        if lines.is_empty() {
            "–".to_owned()
        } else {
            lines.join("\n")
        }
    };
    let covered = figures.coverage.get(&id).copied().unwrap_or_default();
    let short = covered.required.is_some() && covered.reached < covered.required;
    let reached = from.letter(covered.reached);
    vec![
        Cell::new(words.code_and_title(plan, id.into())),
        Cell::figure(from.letter(covered.required)),
        Cell::new(side(false)),
        Cell::new(side(true)),
        Cell::figure(if short {
            format!("{reached} !")
        } else {
            reached
        }),
    ]
}

/// Whether a link is of the enterprise (true), of the school, or both: where
/// its unit is; else wherever its module has hours. A module of which no place
/// is given counts as taught in the school.
fn sides(plan: &Plan, figures: &Figures, key: LinkKey) -> Vec<bool> {
    let unit = key.unit.and_then(|unit| plan.units.get(unit));
    let place = unit
        .and_then(|unit| unit.place)
        .and_then(|place| plan.places.get(place.0));
    if let Some(place) = place {
        return vec![
            place
                .kind
                .is_some_and(|kind| kind.0 == PlaceKind::Enterprise),
        ];
    }
    let kinds = figures.places.get(&key.module);
    let mut sides: Vec<bool> = kinds
        .into_iter()
        .flatten()
        .map(|kind| *kind == PlaceKind::Enterprise)
        .collect();
    sides.dedup();
    if sides.is_empty() {
        sides.push(false);
    }
    sides
}

fn told(from: From<'_>, key: LinkKey, link: &Link) -> String {
    let From { plan, words, .. } = from;
    let mut name = words.code_and_title(plan, key.module.into());
    if let Some(unit) = key.unit {
        name = format!("{name}, {}", words.item(plan, unit.into()));
    }
    let letter = link.level.map(|rank| words.letter(plan, rank));
    let module = plan.modules.get(key.module);
    let terms = module.map_or_else(String::new, |module| from.terms(module));
    let parts = [
        letter.map_or(name.clone(), |letter| format!("{letter} {name}")),
        terms,
        link.note.show(words.lang()).to_owned(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
