//! How far a history is a line: up to where all that came later had seen it. What
//! was done at the same time is found behind that. Looks at the changes without
//! their operations: quick also for a large plan.

use std::collections::HashMap;

use loro::{Frontiers, ID, LoroDoc, VersionVector};

struct Part {
    lamport: u32,
    id: ID,
    /// One more than its last operation's.
    end: i32,
    deps: Frontiers,
}

/// Where each writer's changes stand among all of them.
#[derive(Default)]
struct Places(HashMap<u64, Vec<(i32, i32, usize)>>);

impl Places {
    fn put(&mut self, part: &Part, at: usize) {
        let own = self.0.entry(part.id.peer).or_default();
        own.push((part.id.counter, part.end, at));
    }

    /// The change that holds an operation, and whether it is the last one in it.
    fn of(&self, id: ID) -> Option<(usize, bool)> {
        let own = self.0.get(&id.peer)?;
        let at = own.partition_point(|(begin, ..)| *begin <= id.counter);
        let (_, end, place) = own.get(at.checked_sub(1)?)?;
        Some((*place, id.counter + 1 == *end))
    }
}

/// The version up to which the history is a line that all later changes build on;
/// nothing where all of it is one.
pub(crate) fn end_of_line(loro: &LoroDoc) -> Option<VersionVector> {
    let mut parts: Vec<Part> = Vec::new();
    let ends: Vec<ID> = loro.oplog_frontiers().iter().collect();
    drop(loro.travel_change_ancestors(&ends, &mut |change| {
        let length = i32::try_from(change.len).unwrap_or(1).max(1);
        parts.push(Part {
            lamport: change.lamport,
            id: change.id,
            end: change.id.counter + length,
            deps: change.deps.clone(),
        });
        core::ops::ControlFlow::Continue(())
    }));
    parts.sort_by_key(|part| (part.lamport, part.id.peer));
    let mut places = Places::default();
    // How many changes of the line each one has seen, itself included.
    let mut seen: Vec<usize> = Vec::with_capacity(parts.len());
    let mut line = None;
    let mut all_saw = parts.len();
    for (at, part) in parts.iter().enumerate() {
        let own = (part.id.counter > 0).then(|| ID::new(part.id.peer, part.id.counter - 1));
        let builds_on = part.deps.iter().chain(own);
        let saw = builds_on.filter_map(|id| {
            let (place, whole) = places.of(id)?;
            let saw = *seen.get(place)?;
            // Of a change in the line that it has seen in part, it lacks something.
            let part = !whole && line.is_none_or(|line| place < line);
            Some(if part { saw.min(place) } else { saw })
        });
        let saw = saw.max().unwrap_or_default();
        if line.is_none() && saw == at {
            seen.push(at + 1);
        } else {
            line.get_or_insert(at);
            all_saw = all_saw.min(saw);
            seen.push(saw);
        }
        places.put(part, at);
    }
    line?;
    let mut version = VersionVector::default();
    for part in parts.iter().take(all_saw) {
        let count = version.get(&part.id.peer).copied().unwrap_or_default();
        version.insert(part.id.peer, count.max(part.end));
    }
    Some(version)
}
