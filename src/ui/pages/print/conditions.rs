//! What stands behind the programme on paper: its hours by category, venues and
//! certificates.

use leptos::prelude::*;
use weft_analysis::Board;
use weft_model::{Choice as _, Hours, Kind, Lang, Plan, field};

use super::programme::part_called;
use super::{heads, row};
use crate::ui::sentences::{choice_name, field_name, item_name, kind_names};
use crate::ui::text::{number, say, say_with};

/// How the hours fall to the categories; nothing where none are given.
pub(super) fn structure(plan: &Plan, board: &Board, lang: &Lang) -> Option<AnyView> {
    let sums = board.sums();
    if sums.hours.is_zero() {
        return None;
    }
    let share = |hours: Hours| {
        let points = hours.share_of(sums.hours).basis_points();
        format!("{} %", number(points as f64 / 100.0))
    };
    let groups = plan.categories.iter().map(|it| Some(it.id)).chain([None]);
    let rows = groups.filter_map(|group| {
        let of_group = plan.modules.iter().filter(|module| {
            let category = module.category.map(|category| category.0);
            category.filter(|id| plan.categories.get(*id).is_some()) == group
        });
        let modules = of_group.count();
        let name = match group {
            Some(id) => item_name(plan, lang, id.into()),
            None => say("print.no_category"),
        };
        let of_it = sums.by_category.get(&group).cloned().unwrap_or_default();
        (modules > 0).then(|| {
            row(vec![
                name,
                modules.to_string(),
                of_it.hours.to_string(),
                share(of_it.hours),
                of_it.credits.to_string(),
            ])
        })
    });
    let mut rows: Vec<AnyView> = rows.collect();
    rows.push(row(vec![
        say("print.total"),
        plan.modules.len().to_string(),
        sums.hours.to_string(),
        share(sums.hours),
        sums.credits.to_string(),
    ]));
    for (key, hours) in [
        ("overview.practice", sums.practice),
        ("overview.electives", sums.elective_hours()),
    ] {
        let name = say_with("print.of_which", &[("what", say(key))]);
        rows.push(row(vec![
            name,
            String::new(),
            hours.to_string(),
            share(hours),
            String::new(),
        ]));
    }
    let names = [
        "book.progress.category",
        "print.n_of_modules",
        "print.hours",
        "print.share",
        "print.credits",
    ];
    let table = view! { <table class="paper-table">{heads(names.map(say).to_vec())}<tbody>{rows}</tbody></table> };
    Some(part_called(say("print.structure"), table.into_any()))
}

/// Venues with what stands in them.
pub(super) fn venues(plan: &Plan, lang: &Lang) -> Option<AnyView> {
    let rows = plan.venues.iter().map(|venue| {
        let kind = venue
            .kind
            .map(|it| choice_name(field::venue::kind, it.0.id()));
        row(vec![
            venue.code.clone(),
            item_name(plan, lang, venue.id.into()),
            kind.unwrap_or_default(),
            venue
                .workstations
                .map_or_else(String::new, |it| it.0.to_string()),
            venue.equipment.show(lang).to_owned(),
        ])
    });
    let fields = [
        field::venue::code,
        field::venue::title,
        field::venue::kind,
        field::venue::workstations,
        field::venue::equipment,
    ];
    listed(Kind::Venue, fields.map(field_name).to_vec(), rows.collect())
}

/// Certificates.
pub(super) fn certificates(plan: &Plan, lang: &Lang) -> Option<AnyView> {
    let rows = plan.certificates.iter().map(|it| {
        row(vec![
            it.code.clone(),
            it.title.show(lang).to_owned(),
            it.level.show(lang).to_owned(),
            it.authority.show(lang).to_owned(),
            it.required.show(lang).to_owned(),
        ])
    });
    let fields = [
        field::certificate::code,
        field::certificate::title,
        field::certificate::level,
        field::certificate::authority,
        field::certificate::required,
    ];
    listed(
        Kind::Certificate,
        fields.map(field_name).to_vec(),
        rows.collect(),
    )
}

fn listed(kind: Kind, names: Vec<String>, rows: Vec<AnyView>) -> Option<AnyView> {
    let table = (!rows.is_empty()).then(|| {
        view! { <table class="paper-table">{heads(names)}<tbody>{rows}</tbody></table> }.into_any()
    });
    table.map(|table| part_called(kind_names(kind), table))
}
