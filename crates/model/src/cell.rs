//! What it takes to set or to clear a whole cell of the weave, which may hold
//! several links: one of the module as a whole, and one per unit.

use crate::{Command, JobItemId, Link, LinkKey, ModuleId, Plan, Rank};

/// The commands that change a cell, and how many links they touch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CellEdit {
    /// What is to be done; empty if the cell reads so already.
    pub commands: Vec<Command>,
    /// Links that are made.
    pub made: usize,
    /// Links of units whose level changes.
    pub units_changed: usize,
    /// Links that are taken away.
    pub removed: usize,
}

impl Plan {
    /// The links of a cell that count: their unit, if any, is there and the
    /// module's own. The module's own link first, then by unit.
    pub fn cell_links(
        &self,
        module: ModuleId,
        competency: JobItemId,
    ) -> impl Iterator<Item = (LinkKey, &Link)> {
        self.weave
            .cell(module, competency)
            .filter(|(key, _)| {
                key.unit.is_none_or(|unit| {
                    self.units
                        .get(unit)
                        .is_some_and(|unit| unit.module.is_some_and(|to| to.0 == key.module))
                })
            })
            .map(|(key, link)| (*key, link))
    }

    /// The link that speaks for a cell: the module's own, else the strongest
    /// unit's, of equal ones the first in the order of units.
    pub fn lead_link(&self, module: ModuleId, competency: JobItemId) -> Option<LinkKey> {
        let order: Vec<_> = self.units.below(module).map(|unit| Some(unit.id)).collect();
        self.cell_links(module, competency)
            .min_by_key(|(key, link)| {
                let place = order.iter().position(|unit| *unit == key.unit);
                (
                    key.unit.is_some(),
                    core::cmp::Reverse(link.level),
                    place.unwrap_or(usize::MAX),
                )
            })
            .map(|(key, _)| key)
    }

    /// Makes a cell read as `level` (none: taught, level not stated). An empty
    /// cell gets a link of the module as a whole. Otherwise no link comes or
    /// goes: the lead link (see [`Plan::lead_link`]) takes the level, and links
    /// above it come down to it, because a cell reads as its highest link.
    /// Links below stay as they are.
    pub fn set_cell(
        &self,
        module: ModuleId,
        competency: JobItemId,
        level: Option<Rank>,
    ) -> CellEdit {
        let mut edit = CellEdit::default();
        let Some(lead) = self.lead_link(module, competency) else {
            let key = LinkKey::of(module, competency);
            edit.commands.push(Command::Link { key, level });
            edit.made = 1;
            return edit;
        };
        for (key, link) in self.cell_links(module, competency) {
            if link.level != level && (key == lead || link.level > level) {
                edit.units_changed += usize::from(key.unit.is_some());
                edit.commands.push(Command::Link { key, level });
            }
        }
        edit
    }

    /// Empties a cell: all of its links go, those of units too.
    pub fn clear_cell(&self, module: ModuleId, competency: JobItemId) -> CellEdit {
        let commands: Vec<Command> = self
            .cell_links(module, competency)
            .map(|(key, _)| Command::Unlink { key })
            .collect();
        CellEdit {
            removed: commands.len(),
            commands,
            ..CellEdit::default()
        }
    }
}
