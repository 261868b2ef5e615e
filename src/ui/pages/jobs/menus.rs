//! The menus of a line: everything that its keys do, and the values of its
//! small cells.

use leptos::prelude::*;
use weft_model::{Choice as _, CompetencyKind, Field, JobItemId, Value, field};

use super::line::{Around, MenuFor};
use crate::ui::components::icon::Sign;
use crate::ui::components::menu::MenuItem;
use crate::ui::sentences::choice_name;
use crate::ui::text::t;
use crate::ui::writing::level_choices;

/// The lines of a menu. Reactive in what they name.
pub fn items(around: Around, what: MenuFor) -> Vec<MenuItem> {
    match what {
        MenuFor::Line(line) => of_line(around, line),
        MenuFor::Kind(line) => {
            let kinds = CompetencyKind::ALL.iter();
            let named = kinds.map(|kind| {
                let name = choice_name(field::job_item::kind, kind.id());
                (name, Value::str(kind.id()))
            });
            choices(around, line, field::job_item::kind, named.collect())
        }
        MenuFor::Level(line) => {
            let levels = level_choices(&around.lines.editor).into_iter();
            let named = levels.filter_map(|level| {
                let rank = level.value.parse().ok()?;
                Some((level.label, Value::Int(rank)))
            });
            choices(
                around,
                line,
                field::job_item::required_level,
                named.collect(),
            )
        }
        MenuFor::Importance(line) => {
            let named = (1..=5).map(|grade| (grade.to_string(), Value::Int(grade)));
            choices(around, line, field::job_item::importance, named.collect())
        }
    }
}

fn choices(
    around: Around,
    line: JobItemId,
    field: Field,
    named: Vec<(String, Value)>,
) -> Vec<MenuItem> {
    let lines = around.lines;
    let now = lines
        .editor
        .plan(|plan| plan.value(line.into(), &field.key()));
    let none = MenuItem::new(t("jobs.none"), move || lines.set(line, field, None));
    let mut items: Vec<MenuItem> = named
        .into_iter()
        .map(|(name, value)| {
            let checked = now.as_ref() == Some(&value);
            MenuItem::new(Signal::stored(name), move || {
                lines.set(line, field, Some(value.clone()));
            })
            .checked(checked)
        })
        .collect();
    items.push(none.checked(now.is_none()).apart());
    items
}

fn of_line(around: Around, line: JobItemId) -> Vec<MenuItem> {
    let lines = around.lines;
    let spot = around.spot;
    let rests = lines.editor.read_only();
    let mut items = vec![
        MenuItem::new(t("jobs.menu.panel"), move || spot.choose(Some(line.into())))
            .sign(Sign::Info)
            .keys("Ctrl+Enter"),
    ];
    if rests {
        return items;
    }
    items.extend([
        MenuItem::new(t("jobs.menu.after"), move || lines.add_after(Some(line)))
            .sign(Sign::Add)
            .keys("Enter")
            .apart(),
        MenuItem::new(t("jobs.menu.below"), move || lines.add_below(line)).sign(Sign::Add),
        MenuItem::new(t("jobs.menu.lower"), move || lines.lower(line))
            .keys("Tab")
            .apart(),
        MenuItem::new(t("jobs.menu.raise"), move || lines.raise(line)).keys("Shift+Tab"),
        MenuItem::new(t("jobs.menu.up"), move || lines.up(line))
            .sign(Sign::Up)
            .keys("Alt+ArrowUp"),
        MenuItem::new(t("jobs.menu.down"), move || lines.down(line))
            .sign(Sign::Down)
            .keys("Alt+ArrowDown"),
        MenuItem::new(t("act.delete"), move || lines.delete(&lines.about(line)))
            .sign(Sign::Delete)
            .danger()
            .apart(),
    ]);
    items
}
