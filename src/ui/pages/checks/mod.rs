//! Findings, grouped by what their rules are about, each with its reason, a
//! way to the spot, and a waiver. What a finding says is [`sentence`]'s, coming
//! to one by its address is `arrive`'s.

mod arrive;
mod row;
pub mod sentence;
mod waive;

use std::collections::BTreeMap;

use leptos::prelude::*;
use weft_analysis::{Finding, FindingTally, Group};
use weft_model::{Choice as _, Day, Kind, Severity, Subject, WaiverId};

pub use self::row::waiver_words;
use self::{
    arrive::Arrival,
    row::FindingRow,
    waive::{FallenWaivers, WaiveDialog},
};
use crate::{
    browser::device,
    ui::{
        components::{
            chip::Chip,
            choice::{Choice, SelectField},
            empty::Empty,
            head::{PageHead, SectionHead},
            icon::Sign,
            notice::Tone,
            show_more::ShowMore,
        },
        state::use_editor,
        text::{number, say, say_count, t},
    },
};

/// How many findings of a group are shown before a button asks for more.
const SHOWN_AT_FIRST: usize = 40;

/// What is shown. Scope: screen.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Filter {
    severity: Option<Severity>,
    group: Option<Group>,
    waived_alone: bool,
}

impl Filter {
    fn shows(self, finding: &Finding, waived: bool) -> bool {
        let group = finding.info().map(|info| info.group);
        self.severity
            .is_none_or(|wanted| wanted == finding.severity)
            && (self.group.is_none() || self.group == group)
            && (!self.waived_alone || waived)
    }
}

/// A finding as the list knows it: another figure makes another row.
type Key = (&'static str, Subject, String, Severity);

/// The page.
#[component]
pub fn ChecksPage() -> impl IntoView {
    let editor = use_editor();
    let today = StoredValue::new(Day::new(&device::today()));
    let all = Memo::new(move |_| {
        editor.follow_board();
        editor.board(|board| {
            let sorted = board.findings_in_order();
            sorted.into_iter().cloned().collect::<Vec<Finding>>()
        })
    });
    // Rows follow this and not the list, so that a waiver changes one row.
    let waived = Memo::new(move |_| {
        let today = today.get_value();
        all.with(|all| {
            all.iter()
                .filter_map(|it| Some(((it.rule, it.subject), it.waived_on(today.as_ref())?)))
                .collect::<BTreeMap<(&'static str, Subject), WaiverId>>()
        })
    });
    let tally = Memo::new(move |_| {
        editor.follow_board();
        editor.board(|board| board.finding_tally(today.get_value().as_ref()))
    });
    let filter = RwSignal::new(Filter::default());
    let waiving = RwSignal::new(None::<Finding>);
    let shown = Memo::new(move |_| {
        let filter = filter.get();
        all.with(|all| {
            let is_waived =
                |it: &Finding| waived.with(|waived| waived.contains_key(&(it.rule, it.subject)));
            all.iter()
                .filter(|it| filter.shows(it, filter.waived_alone && is_waived(it)))
                .cloned()
                .collect::<Vec<Finding>>()
        })
    });
    let arrival = Arrival::new(&editor, all);
    arrival.on_arrival(move |found| {
        // What is gone to must not be filtered away.
        let hidden = shown.with_untracked(|shown| !shown.contains(found));
        if hidden {
            filter.set(Filter::default());
        }
    });
    let groups = Memo::new(move |_| {
        shown.with(|shown| {
            let here = |group: &&Group| {
                shown
                    .iter()
                    .any(|it| it.info().is_some_and(|info| info.group == **group))
            };
            Group::ALL.iter().filter(here).copied().collect::<Vec<_>>()
        })
    });
    let nothing_at_all = Memo::new(move |_| all.with(Vec::is_empty));
    let note = Signal::derive(move || tally_words(tally.get()));
    view! {
        <div class="page-text checks">
            <PageHead title=t("page.checks") large=true note=note/>
            <Show when=move || !nothing_at_all.get()>
                <Filters filter=filter tally=tally all=all/>
            </Show>
            <Show when=move || arrival.is_gone()>
                <p class="checks-gone" role="status">{t("checks.gone")}</p>
            </Show>
            <Show when=move || nothing_at_all.get()>
                <Nothing/>
            </Show>
            <Show when=move || !nothing_at_all.get() && groups.with(Vec::is_empty)>
                <p class="checks-none">{t("checks.filtered_out")}</p>
            </Show>
            <For each=move || groups.get() key=|group| group.id() let:group>
                <GroupSection group=group shown=shown waived=waived waiving=waiving arrival=arrival/>
            </For>
            <FallenWaivers/>
            <WaiveDialog waiving=waiving/>
        </div>
    }
}

fn tally_words(tally: FindingTally) -> String {
    let open = say_count("checks.open", f64::from(tally.open()), &[]);
    if tally.waived == 0 {
        open
    } else {
        let waived = say_count("checks.waived_count", f64::from(tally.waived), &[]);
        format!("{open}{}{waived}", say("finding.comma"))
    }
}

/// The filters: weight, waived, group.
#[component]
fn Filters(
    filter: RwSignal<Filter>,
    tally: Memo<FindingTally>,
    all: Memo<Vec<Finding>>,
) -> impl IntoView {
    let chips = Severity::ALL.iter().map(|severity| {
        let severity = *severity;
        let count = Signal::derive(move || {
            let tally = tally.get();
            Some(match severity {
                Severity::Hard => tally.hard,
                Severity::Soft => tally.soft,
                Severity::Info => tally.info,
            } as usize)
        });
        let on = Signal::derive(move || filter.get().severity == Some(severity));
        let press = move |_| {
            filter.update(|it| {
                it.severity = (it.severity != Some(severity)).then_some(severity);
            });
        };
        let tone = if severity == Severity::Hard {
            Tone::Gap
        } else {
            Tone::Plain
        };
        let label = Signal::derive(move || sentence::severity_name(severity));
        view! { <Chip label=label on=on on_press=press count=count tone=tone/> }
    });
    let waived = Signal::derive(move || Some(tally.get().waived as usize));
    let groups = Signal::derive(move || {
        let mut choices = vec![Choice::new("", say("checks.all_groups"))];
        all.with(|all| {
            for group in Group::ALL {
                let of_group = |it: &&Finding| it.info().is_some_and(|info| info.group == *group);
                let count = all.iter().filter(of_group).count();
                if count > 0 {
                    let name = sentence::group_name(*group);
                    let label = format!("{name} ({})", number(count as f64));
                    choices.push(Choice::new(group.id(), label));
                }
            }
        });
        choices
    });
    let chosen = Signal::derive(move || filter.get().group.map_or("", Group::id).to_owned());
    let choose = move |id: String| {
        let group = Group::ALL.iter().find(|group| group.id() == id).copied();
        filter.update(|it| it.group = group);
    };
    view! {
        <div class="checks-filters" role="group" aria-label=move || say("checks.filters")>
            {chips.collect_view()}
            <Chip
                label=t("checks.waived")
                on=Signal::derive(move || filter.get().waived_alone)
                on_press=move |_| filter.update(|it| it.waived_alone = !it.waived_alone)
                count=waived
            />
            <span class="checks-group">
                <SelectField label=t("checks.group") value=chosen choices=groups on_commit=choose hide_label=true/>
            </span>
        </div>
    }
}

/// No finding at all: either everything is right, or there is nothing to judge.
#[component]
fn Nothing() -> impl IntoView {
    let editor = use_editor();
    let bare = Memo::new(move |_| {
        editor.follow(Kind::Module);
        editor.follow(Kind::JobItem);
        editor.plan(|plan| plan.modules.is_empty() && plan.job_items.is_empty())
    });
    let title = Signal::derive(move || {
        say(if bare.get() {
            "checks.bare"
        } else {
            "checks.clean"
        })
    });
    let text = Signal::derive(move || {
        say(if bare.get() {
            "checks.bare_text"
        } else {
            "checks.clean_text"
        })
    });
    view! { <Empty title=title text=text sign=Sign::Tick/> }
}

/// The findings of one group.
#[component]
fn GroupSection(
    group: Group,
    shown: Memo<Vec<Finding>>,
    waived: Memo<BTreeMap<(&'static str, Subject), WaiverId>>,
    waiving: RwSignal<Option<Finding>>,
    arrival: Arrival,
) -> impl IntoView {
    let most = RwSignal::new(SHOWN_AT_FIRST);
    let mine = Memo::new(move |_| {
        shown.with(|shown| {
            let of_group = |it: &&Finding| it.info().is_some_and(|info| info.group == group);
            shown.iter().filter(of_group).cloned().collect::<Vec<_>>()
        })
    });
    // A finding that an address names is shown, however far down it stands.
    Effect::new(move || {
        let place = mine.with(|mine| mine.iter().position(|it| arrival.is_here(it)));
        if let Some(place) = place.filter(|place| *place >= most.get_untracked()) {
            most.set(place + 1);
        }
    });
    let count = Signal::derive(move || number(mine.with(Vec::len) as f64));
    let total = Signal::derive(move || mine.with(Vec::len));
    let key = |it: &Finding| -> Key { (it.rule, it.subject, it.figures.to_string(), it.severity) };
    view! {
        <section class="checks-section">
            <SectionHead title=Signal::derive(move || sentence::group_name(group)) note=count/>
            <ul class="findings">
                <For each=move || mine.with(|mine| mine.iter().take(most.get()).cloned().collect::<Vec<_>>()) key=key let:finding>
                    <FindingRow finding=finding waived=waived waiving=waiving arrival=arrival/>
                </For>
            </ul>
            <ShowMore count=total shown=most step=5 * SHOWN_AT_FIRST/>
        </section>
    }
}
