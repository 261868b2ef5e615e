//! How the tables are read: what a person may decide beside the columns.

use leptos::prelude::*;
use weft_exchange::tables::{ApplyOptions, TableKind, Target};
use weft_model::{Kind, Rank, Tier, Uid, field};
use weft_sandbox::What;

use super::intake::{Intake, Table};
use super::preview::with;
use crate::ui::components::choice::{CheckboxField, Choice, SelectField};
use crate::ui::components::field::{FieldLook, TextField};
use crate::ui::components::head::SectionHead;
use crate::ui::text::{say, t};

/// How the tables are read.
#[component]
pub fn Options(intake: Intake) -> impl IntoView {
    let has = move |table: TableKind| {
        with(intake, |p| {
            p.sheets
                .iter()
                .any(|(_, matching)| matching.table == Some(table))
        })
        .unwrap_or(false)
    };
    let mapping = Memo::new(move |_| has(TableKind::Mapping));
    let periods = Memo::new(move |_| {
        let period = Target::Field(field::module::period);
        with(intake, |p| {
            p.sheets.iter().any(|(_, matching)| matching.has(period))
        })
        .unwrap_or(false)
    });
    let levels = Memo::new(move |_| {
        intake.editor.follow(weft_model::Kind::ScaleLevel);
        let lang = intake.editor.lang();
        intake.editor.plan(|plan| {
            let mut levels: Vec<(Rank, String)> = plan
                .scale_levels
                .iter()
                .filter_map(|level| {
                    let rank = Rank::try_from(level.rank?.0).ok()?;
                    let name = level.name.show(&lang);
                    let text = if name.is_empty() || name == level.letter {
                        level.letter.clone()
                    } else {
                        format!("{} {name}", level.letter)
                    };
                    Some((rank, text))
                })
                .collect();
            levels.sort();
            levels
        })
    });
    let checkbox = move |key: &'static str,
                         get: fn(&ApplyOptions) -> bool,
                         set: fn(&mut ApplyOptions, bool)| {
        view! {
            <CheckboxField label=t(key) checked=Signal::derive(move || intake.options.with(get))
                on_commit=move |on| intake.choose(|options| set(options, on))/>
        }
    };
    let level = move || {
        (mapping.get() && !levels.with(Vec::is_empty)).then(|| {
            let value = Signal::derive(move || {
                intake.options.with(|o| o.level.map_or_else(String::new, |rank| rank.to_string()))
            });
            let choices = Signal::derive(move || {
                let known = levels.get().into_iter().map(|(rank, text)| Choice::new(rank.to_string(), text));
                [Choice::new("", say("import.level_not_stated"))].into_iter().chain(known).collect::<Vec<_>>()
            });
            view! {
                <SelectField label=t("import.level_for_links") value=value choices=choices
                    on_commit=move |text: String| intake.choose(|options| options.level = text.parse().ok())/>
            }
        })
    };
    let missing = move || {
        mapping.get().then(|| {
            checkbox(
                "import.make_missing",
                |o| o.make_missing,
                |o, on| o.make_missing = on,
            )
        })
    };
    let terms = move || {
        periods.get().then(|| {
            checkbox(
                "import.terms_from_periods",
                |o| o.terms_from_periods,
                |o, on| o.terms_from_periods = on,
            )
        })
    };
    let foreign = Memo::new(move |_| {
        let what = intake.whole.with(|whole| whole.as_ref().map(|it| it.what));
        matches!(what, Some(What::Foreign(_)))
    });
    let outline = Memo::new(move |_| {
        let top = if foreign.get() {
            Some(Tier::Competency)
        } else {
            intake
                .tables
                .with(|tables| tables.iter().filter_map(top_of).min())
        };
        let top = top.filter(|top| *top > Tier::Role)?;
        // Nothing to choose where the plan has no line that could stand above.
        intake.editor.follow(Kind::JobItem);
        let has_above = |plan: &weft_model::Plan| {
            let outline = weft_model::Outline::of(plan);
            outline.rows().iter().any(|row| row.tier < top)
        };
        intake.editor.plan(has_above).then_some(top)
    });
    let below = move || {
        outline
            .get()
            .map(|top| view! { <Below intake=intake top=top/> })
    };
    let release = move || {
        foreign.get().then(|| {
            let value = Signal::derive(move || intake.foreign.with(|it| it.release.clone()));
            view! {
                <TextField label=t("release.called") value=value hint=t("release.called_hint") look=FieldLook::Boxed
                    on_commit=move |name: String| intake.call_release(name)/>
            }
        })
    };
    let any = Memo::new(move |_| {
        mapping.get() || periods.get() || foreign.get() || outline.get().is_some()
    });
    view! {
        {move || any.get().then(|| view! {
            <div class="import-options">
                <SectionHead title=t("import.options")/>
                <div class="fields">{below}{release}{level}{missing}{terms}</div>
            </div>
        })}
    }
}

/// The uppermost tier that a table of the job outline may bring lines of.
fn top_of(table: &Table) -> Option<Tier> {
    table.matching.with(|matching| {
        if matching.table != Some(TableKind::Competencies) {
            return None;
        }
        let has = |tier: &Tier| {
            matching.has(Target::LineCode(*tier)) || matching.has(Target::LineTitle(*tier))
        };
        if matching.has(Target::LineTier) {
            return Some(Tier::Role);
        }
        let tiers = [Tier::Role, Tier::Task, Tier::Content];
        Some(tiers.into_iter().find(has).unwrap_or(Tier::Competency))
    })
}

/// Lines that are offered to come in below; more than a plan has roles and tasks.
const LINES_SHOWN: usize = 1_000;

/// Where in the job outline lines come in.
#[component]
fn Below(intake: Intake, top: Tier) -> impl IntoView {
    let lines = Memo::new(move |_| {
        intake.editor.follow(Kind::JobItem);
        let lang = intake.editor.lang();
        intake.editor.plan(|plan| {
            let outline = weft_model::Outline::of(plan);
            let rows = outline.rows().iter().filter_map(|row| {
                let line = plan.job_items.get(row.id)?;
                if row.tier >= top {
                    return None;
                }
                let words = line.statement.show(&lang);
                let name = format!("{} {words}", line.code);
                let indent = "\u{2003}".repeat(row.depth.into());
                Some((
                    row.id.0,
                    format!("{indent}{}", super::words::cut(name.trim())),
                ))
            });
            rows.take(LINES_SHOWN).collect::<Vec<(Uid, String)>>()
        })
    });
    let value = Signal::derive(move || {
        let below = intake.foreign.with(|options| options.below);
        below.map_or_else(String::new, |uid| uid.to_string())
    });
    let choices = Signal::derive(move || {
        let known = lines.get().into_iter();
        let known = known.map(|(uid, name)| Choice::new(uid.to_string(), name));
        [Choice::new("", say("import.below_nothing"))]
            .into_iter()
            .chain(known)
            .collect::<Vec<_>>()
    });
    move || {
        (!lines.with(Vec::is_empty)).then(|| {
            view! {
                <SelectField label=t("import.below") value=value choices=choices
                    on_commit=move |text: String| intake.put_below(text.parse().ok())/>
            }
        })
    }
}
