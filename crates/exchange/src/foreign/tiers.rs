//! The order of foreign lines, and what each of them is in the outline.

use weft_model::Tier;

use super::outline::{Node, Planter};
use crate::WarningKind;

impl Planter<'_> {
    /// Breaks rings, and gives all lines in reading order.
    pub(super) fn arrange(&mut self, nodes: &mut [Node]) -> Vec<usize> {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        let mut stack: Vec<usize> = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            match node.parent.and_then(|parent| children.get_mut(parent)) {
                Some(below) => below.push(at),
                None => stack.push(at),
            }
        }
        stack.reverse();
        let mut seen = vec![false; nodes.len()];
        let mut order = Vec::new();
        let mut next = 0;
        loop {
            while let Some(at) = stack.pop() {
                if let Some(seen) = seen.get_mut(at)
                    && !core::mem::replace(seen, true)
                {
                    order.push(at);
                    stack.extend(children.get(at).into_iter().flatten().rev());
                }
            }
            // Whatever is left hangs on a ring.
            while seen.get(next).copied().unwrap_or(false) {
                next += 1;
            }
            let Some(node) = nodes.get_mut(next) else {
                return order;
            };
            node.parent = None;
            let (place, what) = (node.place.clone(), node.called());
            self.warn(place, WarningKind::PutAtTop { what });
            stack.push(next);
        }
    }
}

/// What each line is, where the file does not say: what has nothing below it
/// is a competency; what is above counts from below in a hierarchy that the
/// outline can hold, and from above in a deeper one.
pub(super) fn tiers(nodes: &[Node], order: &[usize]) -> Vec<Tier> {
    let mut heights = vec![0_usize; nodes.len()];
    let mut depths = vec![0_usize; nodes.len()];
    for at in order {
        let above = nodes.get(*at).and_then(|node| node.parent);
        let depth = above
            .and_then(|above| depths.get(above))
            .map_or(0, |depth| depth + 1);
        if let Some(slot) = depths.get_mut(*at) {
            *slot = depth;
        }
    }
    for at in order.iter().rev() {
        let height = heights.get(*at).map_or(0, |height| height + 1);
        let above = nodes.get(*at).and_then(|node| node.parent);
        if let Some(slot) = above.and_then(|above| heights.get_mut(above)) {
            *slot = (*slot).max(height);
        }
    }
    let highest = heights.iter().copied().max().unwrap_or(0);
    let of = |at: usize| {
        let height = heights.get(at).copied().unwrap_or(0);
        let depth = depths.get(at).copied().unwrap_or(0);
        match (highest, height, depth) {
            (_, 0, _) => Tier::Competency,
            (..=2, 1, _) => Tier::Task,
            (3, 1, _) => Tier::Content,
            (3, 2, _) => Tier::Task,
            (..=3, _, _) | (_, _, 0) => Tier::Role,
            (_, _, 1) => Tier::Task,
            (_, _, 2) => Tier::Content,
            _ => Tier::Competency,
        }
    };
    (0..nodes.len()).map(of).collect()
}
