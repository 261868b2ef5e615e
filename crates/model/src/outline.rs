//! The job outline as a tree: roles, tasks, work contents, competencies.
//! Derived. Two partners who each move lines can leave one below something
//! that cannot hold it; such a line is shown at the end, never lost.

use std::collections::{BTreeMap, BTreeSet};

use crate::{JobItem, JobItemId, Plan, Tier};

/// One line of the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutlineRow {
    /// Which line.
    pub id: JobItemId,
    /// What it is.
    pub tier: Tier,
    /// Steps below the top.
    pub depth: u8,
    /// The line above it in the tree, if it has one there.
    pub parent: Option<JobItemId>,
}

/// All live lines in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    rows: Vec<OutlineRow>,
    at: BTreeMap<JobItemId, usize>,
    misplaced: Vec<JobItemId>,
}

impl Outline {
    /// Builds the outline of a plan.
    pub fn of(plan: &Plan) -> Self {
        let mut outline = Self::default();
        for line in plan.job_items.of(None) {
            outline.grow(plan, line, 0, None);
        }
        // What is left hangs below a deleted line (and is hidden with it),
        // below a line that was never there, or below one that cannot hold it.
        let mut seen: BTreeSet<JobItemId> = outline.at.keys().copied().collect();
        for line in plan.job_items.iter() {
            if seen.contains(&line.id) || hidden(plan, line) {
                continue;
            }
            let misfit = match line.parent.and_then(|parent| plan.job_items.get(parent.0)) {
                Some(parent) => !holds(parent, line),
                None => true,
            };
            if misfit {
                outline.misplaced.push(line.id);
                outline.grow(plan, line, 0, None);
                seen.extend(outline.at.keys().copied());
            }
        }
        outline
    }

    fn grow(&mut self, plan: &Plan, line: &JobItem, depth: u8, parent: Option<JobItemId>) {
        if self.at.contains_key(&line.id) {
            return;
        }
        let tier = line.tier.map_or(Tier::Competency, |tier| tier.0);
        self.at.insert(line.id, self.rows.len());
        self.rows.push(OutlineRow {
            id: line.id,
            tier,
            depth,
            parent,
        });
        for below in plan.job_items.below(line.id) {
            if holds(line, below) {
                self.grow(plan, below, depth + 1, Some(line.id));
            }
        }
    }

    /// All lines, top to bottom.
    pub fn rows(&self) -> &[OutlineRow] {
        &self.rows
    }

    /// One line.
    pub fn row(&self, id: JobItemId) -> Option<&OutlineRow> {
        self.at.get(&id).map(|at| &self.rows[*at])
    }

    /// The place of a line among all lines.
    pub fn position(&self, id: JobItemId) -> Option<usize> {
        self.at.get(&id).copied()
    }

    /// Lines that stand below something that cannot hold them.
    pub fn misplaced(&self) -> impl Iterator<Item = JobItemId> {
        self.misplaced.iter().copied()
    }

    /// The competencies, in reading order.
    pub fn competencies(&self) -> impl Iterator<Item = JobItemId> {
        self.rows
            .iter()
            .filter(|row| row.tier == Tier::Competency)
            .map(|row| row.id)
    }

    /// The nearest line of this tier at or above a line.
    pub fn above(&self, id: JobItemId, tier: Tier) -> Option<JobItemId> {
        let mut at = self.row(id);
        while let Some(row) = at {
            if row.tier == tier {
                return Some(row.id);
            }
            at = row.parent.and_then(|parent| self.row(parent));
        }
        None
    }

    /// The lines directly below a line.
    pub fn children(&self, id: JobItemId) -> impl Iterator<Item = &OutlineRow> {
        self.rows.iter().filter(move |row| row.parent == Some(id))
    }
}

/// Tiers get strictly lower on the way down, so no ring can form.
fn holds(parent: &JobItem, line: &JobItem) -> bool {
    let tier = |line: &JobItem| line.tier.map_or(Tier::Competency, |tier| tier.0);
    tier(parent) < tier(line)
}

/// Whether a deleted line stands somewhere above.
fn hidden(plan: &Plan, line: &JobItem) -> bool {
    let mut at = line.parent;
    for _ in 0..16 {
        match at.and_then(|parent| plan.job_items.raw(parent.0)) {
            Some(above) if above.deleted => return true,
            Some(above) => at = above.parent,
            None => return false,
        }
    }
    false
}
