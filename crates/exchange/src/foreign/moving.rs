//! Lines that a newer release of a framework has elsewhere: they are moved along, as
//! long as it is the source that moved them and not the partners.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use weft_model::{Command, ItemId, JobItem, JobItemId, Spot};

use super::outline::{Node, Planter};

/// What a source says of the places of its lines, by their nodes.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Those whose place it says: not those that hang on nothing that is there.
    pub known: BTreeSet<usize>,
    /// What they stand below as well: of several places the first is the one in the
    /// outline.
    pub also: BTreeMap<usize, Vec<usize>>,
}

impl Planter<'_> {
    /// Adds and updates all lines of a source in which each has a place, and moves those
    /// that have another one now. Gives back which line each has become.
    pub fn plant_in_place(&mut self, nodes: Vec<Node>, places: Places) -> Vec<Option<JobItemId>> {
        self.places = Some(places);
        let placed = self.plant(nodes);
        self.places = None;
        placed
    }

    /// The lines that a node stands below as well; nothing where its place is not known.
    pub(super) fn also_below(&self, at: usize, nodes: &[Node]) -> Option<Vec<JobItemId>> {
        let places = self.places.as_ref()?;
        places.known.get(&at)?;
        let others = places.also.get(&at).into_iter().flatten();
        let others = others.filter_map(|other| nodes.get(*other));
        let names = others.flat_map(|node| [&node.origin, &node.alias]);
        let lines = names.filter_map(|name| self.by_origin.get(name));
        Some(lines.flatten().copied().collect())
    }

    /// Moves a line of the plan below the one that the source has it below now. Stays as
    /// it is: what the partners moved, what belongs to another framework, and what would
    /// not fit there.
    pub(super) fn follow(&mut self, line: JobItemId, to: Option<JobItemId>, also: &[JobItemId]) {
        let Some(known) = self.work.plan.job_items.get(line) else {
            return;
        };
        let above = known.parent.map(|to| to.0);
        let ours = |line: &JobItem| {
            self.framework.is_some() && line.framework.map(|to| to.0) == self.framework
        };
        let below_ours = above
            .and_then(|above| self.work.plan.job_items.get(above))
            .is_some_and(ours);
        let moved_by_source = ours(known)
            && above != to
            && above.is_none_or(|above| !also.contains(&above))
            && stood(&known.kept.0) == Some(above)
            // What is at the top of a file may come in below any line.
            && (above.is_none() || below_ours);
        if !moved_by_source {
            return;
        }
        let item = ItemId::from(line);
        let command = Command::Move {
            item,
            owner: to.map(|to| to.0),
            spot: Spot::Last,
        };
        if self.work.run(command) == Ok(true) {
            self.work.changed(item);
        }
    }
}

/// The line below which a line stood when it last came in, as is kept of it; nothing
/// where that is not known.
fn stood(kept: &str) -> Option<Option<JobItemId>> {
    let Ok(Json::Object(kept)) = serde_json::from_str::<Json>(kept) else {
        return None;
    };
    kept.get("tier")?;
    match kept.get("below") {
        None => Some(None),
        Some(below) => below.as_str()?.parse().ok().map(|uid| Some(JobItemId(uid))),
    }
}
