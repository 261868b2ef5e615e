//! How the open Weave follows the plan: what is drawn with the next frame, what is
//! arranged anew, and what is said in words once that is seen.

use std::collections::BTreeSet;

use leptos::prelude::*;
use weft_model::{Change, Field, ItemId, Kind, LinkKey, field};

use super::loom::{Loom, quietly};
use super::sheet::Sheet;
use super::view::View;
use crate::browser::{task, timer};
use crate::ui::state::language_untracked;

/// Up to so many changed cells are drawn one by one; more, with all the others.
const FEW: usize = 4;

impl Loom {
    /// Draws what a change of the plan has changed here.
    pub(super) fn changed(&self, change: &Change) {
        if change.whole
            || change
                .items
                .iter()
                .any(|(item, fields)| arranges(*item, fields))
        {
            self.arrange_soon();
        }
        self.tell_soon();
        if change.whole || !change.items.is_empty() {
            self.with_view(View::paint);
        } else if !change.links.is_empty() {
            let sheet = self.sheet();
            let cell = |key: &LinkKey| sheet.cell_of(key);
            match change.links.iter().map(cell).collect::<Option<Vec<_>>>() {
                // Many are drawn in one go.
                Some(cells) if cells.len() <= FEW => {
                    self.with_view(|view| view.paint_cells(&cells));
                }
                _ => self.with_view(View::paint),
            }
        }
    }

    /// Arranges anew before the next frame, once for many changes.
    fn arrange_soon(&self) {
        if self.waiting.get_value() {
            return;
        }
        self.waiting.set_value(true);
        let loom = *self;
        timer::next_frame(move || {
            if loom.waiting.try_set_value(false).is_some() || loom.filters.is_disposed() {
                return;
            }
            let lang = language_untracked();
            let filters = loom.filters.get_untracked();
            let sheet = quietly(|| {
                let editor = loom.editor;
                editor.plan_and_board(|plan, board| Sheet::of(plan, board, &filters, &lang))
            });
            loom.put(sheet);
        });
    }

    /// Says anew in words what is in the cells, to a screen reader and in the foot line:
    /// in a task of its own, which no key waits for.
    fn tell_soon(&self) {
        if self.telling.get_value() {
            return;
        }
        self.telling.set_value(true);
        let loom = *self;
        task::spawn(async move {
            task::next_task().await;
            if loom.telling.try_set_value(false).is_none() {
                loom.with_view(View::tell);
                loom.worded.notify();
            }
        });
    }
}

/// Whether a change may move, rename or regroup lines. Links, units,
/// assessments and texts of other kinds are read as they are drawn.
fn arranges(item: ItemId, fields: &BTreeSet<Field>) -> bool {
    match item.kind {
        Kind::Module
        | Kind::JobItem
        | Kind::Term
        | Kind::Offering
        | Kind::Category
        | Kind::ScaleLevel
        | Kind::Place => true,
        Kind::SpecificationItem => {
            fields.is_empty()
                || fields
                    .iter()
                    .any(|changed| *changed != field::specification_item::supported_by)
        }
        _ => false,
    }
}
