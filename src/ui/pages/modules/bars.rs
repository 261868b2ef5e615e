//! Modules over several terms, moved and stretched: by dragging a bar or one of
//! its ends, by keys, by the menu. Each gesture is one act.

use leptos::ev::PointerEvent;
use leptos::prelude::*;
use weft_model::{Command, ModuleId, OfferingId, Plan, TermId, Uid};

use super::arrange::Bench;
use super::layout::{Bar, Column, Layout};
use super::moves::offer;
use crate::browser::{dom, pointer};
use crate::ui::components::drag::{Drag, Over};
use crate::ui::text::say;

/// What is dragged on the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// A module in one column.
    Card(ModuleId),
    /// A bar, grasped in this column: the whole module moves with it.
    Bar(Bar, usize),
    /// One end of a bar, the last one or else the first.
    End(Bar, bool),
}

impl Held {
    /// What a press on a bar takes hold of.
    pub fn of(bar: &Bar, event: &PointerEvent, element: &str) -> Self {
        if pointer::is_on(event, ".bar-end.is-first") {
            return Self::End(bar.clone(), false);
        }
        if pointer::is_on(event, ".bar-end.is-last") {
            return Self::End(bar.clone(), true);
        }
        let columns = bar.to - bar.from + 1;
        let across = dom::by_id(element).map_or(0.0, |element| {
            let area = dom::measure(&element);
            (f64::from(event.client_x()) - area.left) / area.width.max(1.0)
        });
        Self::Bar(bar.clone(), bar.from + part_of(across, columns))
    }

    /// Where a bar would lie if it were let go over a column; nothing for a
    /// card, and where it lies already.
    pub fn goal(&self, layout: &Layout, column: usize) -> Option<Bar> {
        let last = layout.terms().checked_sub(1)?;
        let column = column.min(last);
        let goal = match self {
            Self::Card(_) => return None,
            Self::Bar(bar, grasped) => {
                let by = layout.room(bar.module, column.cast_signed() - grasped.cast_signed());
                Bar {
                    from: bar.from.saturating_add_signed(by),
                    to: bar.to.saturating_add_signed(by),
                    ..bar.clone()
                }
            }
            Self::End(bar, true) => Bar {
                to: column.max(bar.from),
                ..bar.clone()
            },
            Self::End(bar, false) => Bar {
                from: column.min(bar.to),
                ..bar.clone()
            },
        };
        let (Self::Bar(bar, _) | Self::End(bar, _)) = self else {
            return None;
        };
        (goal != *bar).then_some(goal)
    }
}

/// The column that a drag is over.
pub fn column_over(layout: &Layout, over: &Over) -> Option<usize> {
    match over.target.split_once(':') {
        Some(("c", at)) => at.parse().ok(),
        Some(("m", uid)) => layout.column_of(ModuleId(uid.parse().ok()?)),
        Some(("b", _)) => Some(part_of(over.across, layout.columns.len())),
        _ => None,
    }
}

/// Which of so many equal parts a share from 0 to 1 falls into.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "clamped, and far fewer columns than 2^52"
)]
fn part_of(share: f64, parts: usize) -> usize {
    let part = (share.clamp(0.0, 1.0) * parts as f64).floor() as usize;
    part.min(parts.saturating_sub(1))
}

impl Bench {
    /// Lets a bar or one of its ends go over a column.
    pub fn drop_bar(self, held: &Held, column: usize) {
        let layout = self.layout.get_untracked();
        let Some(goal) = held.goal(&layout, column) else {
            return;
        };
        match held {
            Held::Bar(bar, _) => {
                let by = goal.from.cast_signed() - bar.from.cast_signed();
                self.shift_by(bar.module, by);
            }
            Held::End(bar, _) => self.reach(bar, &goal),
            Held::Card(_) => {}
        }
    }

    /// Lets a module begin or end one term earlier or later.
    pub fn stretch(self, module: ModuleId, last: bool, later: bool) {
        let layout = self.layout.get_untracked();
        let bars = layout.stretches_of(module);
        let found = if last { bars.last() } else { bars.first() };
        let goal = found.and_then(|bar| {
            let step = |at: usize| {
                if later {
                    at.checked_add(1).filter(|at| *at < layout.terms())
                } else {
                    at.checked_sub(1)
                }
            };
            let goal = if last {
                Bar {
                    to: step(bar.to)?,
                    ..bar.clone()
                }
            } else {
                Bar {
                    from: step(bar.from)?,
                    ..bar.clone()
                }
            };
            (goal.from <= goal.to).then_some((bar.clone(), goal))
        });
        match goal {
            Some((bar, goal)) => self.reach(&bar, &goal),
            None => self.said.set(say("modules.edge")),
        }
    }

    /// Lets a stretch reach from where it lies to where it is to lie.
    fn reach(self, bar: &Bar, goal: &Bar) {
        let layout = self.layout.get_untracked();
        let commands = self
            .editor
            .plan(|plan| reaching(plan, &layout, bar, goal, || self.editor.fresh()));
        self.done(bar.module, commands);
    }

    /// Where what is dragged would lie; nothing where it would change nothing.
    /// Reactive.
    pub fn goal(self, drag: Drag<Held>) -> Option<Bar> {
        let (held, over) = (drag.held()?, drag.over()?);
        let layout = self.layout.get();
        held.goal(&layout, column_over(&layout, &over)?)
    }
}

/// What lets a stretch reach elsewhere: terms that come get an offering with an
/// open pattern, those that go lose theirs. What stays is left as it is.
fn reaching(
    plan: &Plan,
    layout: &Layout,
    bar: &Bar,
    goal: &Bar,
    fresh: impl Fn() -> Uid,
) -> Vec<Command> {
    let mut commands = Vec::new();
    for at in bar.from.min(goal.from)..=bar.to.max(goal.to) {
        let Some(Column::Term(term)) = layout.columns.get(at) else {
            continue;
        };
        let here = offerings_in(plan, bar.module, *term);
        if !(goal.from..=goal.to).contains(&at) {
            commands.extend(here.into_iter().map(|offering| Command::Delete {
                item: offering.into(),
            }));
        } else if here.is_empty() {
            commands.push(offer(bar.module, *term, fresh()));
        }
    }
    commands
}

fn offerings_in(plan: &Plan, module: ModuleId, term: TermId) -> Vec<OfferingId> {
    plan.offerings
        .below(module)
        .filter(|offering| offering.term.is_some_and(|it| it.0 == term))
        .map(|offering| offering.id)
        .collect()
}
