//! What an item belongs to, up to the top: a unit to its module, a line to those above
//! it.

use crate::{ItemId, Plan};

/// As many steps as an outline can be deep, and more than a ring, which a merge may
/// leave, is followed.
const STEPS: usize = 16;

impl Plan {
    /// What an item belongs to, the nearest first, deleted or not.
    pub fn above(&self, item: ItemId) -> Vec<ItemId> {
        let mut found = Vec::new();
        let mut at = item;
        for _ in 0..STEPS {
            let kind = at.kind.owner_field().and_then(|it| it.shape().target());
            let (Some(kind), Some(uid)) = (kind, self.any(at.kind).owner(at.uid)) else {
                break;
            };
            at = ItemId { kind, uid };
            if at == item || found.contains(&at) {
                break;
            }
            found.push(at);
        }
        found
    }
}
