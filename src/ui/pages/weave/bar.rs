//! The bar above the grid: which warp, the filters with their clear state, the
//! count of what is shown, and the way from gap to gap.

use leptos::prelude::*;
use weft_model::{Kind, PartyId, TermId, Tier, Uid};

use super::loom::Loom;
use super::sheet::{Filters, Warp};
use crate::ui::components::button::{Button, Look};
use crate::ui::components::chip::Chip;
use crate::ui::components::choice::{Choice, Segment, Segmented};
use crate::ui::components::head::PageHead;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::components::notice::Tone;
use crate::ui::components::shortcuts::Keys;
use crate::ui::text::{number, say, say_count, say_with, t};

/// The bar.
#[component]
pub(super) fn Bar(loom: Loom) -> impl IntoView {
    let warp = Signal::derive(move || {
        let chosen = loom.filters.with(|filters| filters.warp);
        match chosen {
            Warp::Competencies => "competencies".to_owned(),
            Warp::Specification => "specification".to_owned(),
        }
    });
    let count = Memo::new(move |_| counted(loom));
    let segment = |value, key| Segment {
        value,
        label: t(key),
        sign: None,
    };
    view! {
        <PageHead title=t("page.weave")>
            <Segmented
                label=t("weave.warp")
                options=vec![segment("competencies", "weave.warp.competencies"), segment("specification", "weave.warp.specification")]
                value=warp
                on_commit=move |chosen: &'static str| loom.filters.update(|filters| {
                    filters.warp = if chosen == "specification" { Warp::Specification } else { Warp::Competencies };
                    filters.line = None;
                    filters.gaps = false;
                })
            />
            <span class="weave-count push">{move || shown(count.get())}</span>
            <span class="weave-wide-only">
                <Button label=t("weave.next_gap") look=Look::Quiet sign=Sign::Alert hint=t("weave.next_gap_hint") on_press=move |_| {
                    loom.next_gap(false);
                    loom.with_view(super::view::View::focus);
                }/>
                <Keys chord="F8"/>
            </span>
            <span class="weave-wide-only">
                <Button label=t("weave.details") look=Look::Quiet pressed=loom.panel hint=t("weave.details_hint") on_press=move |_| {
                    if loom.panel.get_untracked() { loom.close_panel(); } else { loom.open_panel(false); }
                }/>
            </span>
        </PageHead>
        <FilterLine loom=loom/>
    }
}

/// How many lines of how many are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Share {
    shown: usize,
    all: usize,
}

impl Share {
    fn told(self, name: &str) -> String {
        let (shown, all) = (self.shown as f64, self.all as f64);
        if self.shown == self.all {
            return say_count(&format!("weave.count.{name}"), all, &[]);
        }
        let figures = [("shown", number(shown)), ("all", number(all))];
        say_with(&format!("weave.count.{name}_of"), &figures)
    }
}

/// What the bar counts: rows, columns, and of the weave its links. Most edits change
/// none of them.
fn counted(loom: Loom) -> (Share, Share, Option<u32>) {
    loom.editor.follow_board();
    let sheet = loom.follow_sheet();
    let share = |shown, all| Share { shown, all };
    let links = || loom.editor.board(|board| board.overall().links);
    (
        share(sheet.rows.len(), sheet.all_rows),
        share(sheet.cols.len(), sheet.all_cols),
        (sheet.warp == Warp::Competencies).then(links),
    )
}

/// "26 of 44 modules · 50 competencies · 133 links".
fn shown((rows, cols, links): (Share, Share, Option<u32>)) -> String {
    let Some(links) = links else {
        return format!("{} · {}", rows.told("items"), cols.told("modules"));
    };
    let links = say_count("weave.links", f64::from(links), &[]);
    let (rows, cols) = (rows.told("modules"), cols.told("competencies"));
    format!("{rows} · {cols} · {links}")
}

/// The filters.
#[component]
fn FilterLine(loom: Loom) -> impl IntoView {
    let filters = loom.filters;
    let competencies = move || filters.with(|filters| filters.warp == Warp::Competencies);
    let lines = Signal::derive(move || {
        loom.editor.follow(Kind::JobItem);
        let lang = loom.editor.lang();
        loom.editor.plan_and_board(|plan, board| {
            let rows = board.outline().rows().iter();
            rows.filter(|row| matches!(row.tier, Tier::Role | Tier::Task))
                .filter_map(|row| {
                    let line = plan.job_items.get(row.id)?;
                    let text = format!("{} {}", line.code, line.statement.show(&lang));
                    let indent = if row.tier == Tier::Task {
                        "\u{2003}"
                    } else {
                        ""
                    };
                    Some(Choice::new(
                        row.id.to_string(),
                        format!("{indent}{}", text.trim()),
                    ))
                })
                .collect::<Vec<_>>()
        })
    });
    let terms = Signal::derive(move || {
        loom.editor.follow(Kind::Term);
        let lang = loom.editor.lang();
        loom.editor.plan(|plan| {
            let terms = plan.terms.iter().map(|term| {
                let text = format!("{} {}", term.code, term.title.show(&lang));
                Choice::new(TermId::to_string(&term.id), text.trim())
            });
            terms.collect::<Vec<_>>()
        })
    });
    let partners = Signal::derive(move || {
        loom.editor.follow(Kind::Party);
        let lang = loom.editor.lang();
        loom.editor.plan(|plan| {
            let parties = plan
                .parties
                .iter()
                .map(|party| Choice::new(PartyId::to_string(&party.id), party.name.show(&lang)));
            parties.collect::<Vec<_>>()
        })
    });
    let gap_count = Signal::derive(move || competencies().then(|| loom.gaps.get() as usize));
    view! {
        <div class="weave-filters" role="group" aria-label=move || say("weave.filters")>
            <Icon sign=Sign::Filter/>
            <input
                class="weave-search"
                type="search"
                autocomplete="off"
                aria-label=move || say("weave.filter.text")
                placeholder=move || say("weave.filter.text")
                prop:value=move || filters.with(|filters| filters.text.clone())
                on:input=move |event| {
                    let text = event_target_value(&event);
                    filters.update(|filters| filters.text = text);
                }
            />
            {move || competencies().then(|| view! {
                <Pick label=t("weave.filter.task") choices=lines
                    value=Signal::derive(move || filters.with(|f| f.line))
                    on_pick=move |uid| filters.update(|f| f.line = uid)/>
            })}
            <Pick label=t("weave.filter.term") choices=terms
                value=Signal::derive(move || filters.with(|f| f.term))
                on_pick=move |uid| filters.update(|f| f.term = uid)/>
            <Pick label=t("weave.filter.partner") choices=partners
                value=Signal::derive(move || filters.with(|f| f.partner))
                on_pick=move |uid| filters.update(|f| f.partner = uid)/>
            <Chip label=t("weave.filter.without_basic")
                on=Signal::derive(move || filters.with(|f| f.without_basic))
                on_press=move |_| filters.update(|f| f.without_basic = !f.without_basic)/>
            {move || {
                let label = if competencies() { t("weave.filter.gaps") } else { t("weave.filter.unsupported") };
                view! {
                    <Chip label=label tone=Tone::Gap count=gap_count
                        on=Signal::derive(move || filters.with(|f| f.gaps))
                        on_press=move |_| filters.update(|f| f.gaps = !f.gaps)/>
                }
            }}
            {move || filters.with(Filters::narrow).then(|| view! {
                <Button label=t("weave.filter.clear") look=Look::Quiet sign=Sign::Close on_press=move |_| clear(loom)/>
            })}
        </div>
    }
}

/// Takes all filters off.
pub(super) fn clear(loom: Loom) {
    loom.filters.update(|filters| {
        *filters = Filters {
            warp: filters.warp,
            ..Filters::default()
        };
    });
}

/// A filter of one choice, or all.
#[component]
fn Pick(
    #[prop(into)] label: Signal<String>,
    choices: Signal<Vec<Choice>>,
    value: Signal<Option<Uid>>,
    #[prop(into)] on_pick: Callback<Option<Uid>>,
) -> impl IntoView {
    let options = move || {
        let chosen = value.get().map(|uid| uid.to_string()).unwrap_or_default();
        let all = Choice::new("", say("weave.filter.all"));
        std::iter::once(all)
            .chain(choices.get())
            .map(|choice| {
                let selected = choice.value == chosen;
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            })
            .collect_view()
    };
    view! {
        <label class="weave-pick" class:on=move || value.get().is_some()>
            <span class={"weave-pick-name"}>{label}</span>
            <select
                class="weave-pick-list"
                on:change=move |event| on_pick.run(event_target_value(&event).parse().ok())
            >
                {options}
            </select>
            <Icon sign=Sign::Down size=12/>
        </label>
    }
}
