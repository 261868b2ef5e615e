//! What is odd about a plan as data, whatever the rules of the field say.

use std::collections::BTreeSet;

use crate::{
    FieldKey, ItemId, JobItemId, Kind, LinkKey, Outline, Plan, Subject, Value, pointed_to,
};

/// Something odd about a plan as data. It can come from partners who each did
/// something sensible, or from a damaged file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// A stored value does not fit its field.
    Misfit {
        /// The item.
        item: ItemId,
        /// Which value.
        key: FieldKey,
    },
    /// A reference to an item that was never there.
    Dangling {
        /// The item.
        item: ItemId,
        /// Which value.
        key: FieldKey,
        /// What it points to.
        to: ItemId,
    },
    /// A line of the job outline below something that cannot hold it.
    Misplaced {
        /// The line.
        item: ItemId,
    },
    /// A link one end of which was never there, or whose unit is another
    /// module's.
    DanglingLink(LinkKey),
}

impl Violation {
    /// What the violation is about.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Misfit { item, .. } | Self::Dangling { item, .. } | Self::Misplaced { item } => {
                (*item).into()
            }
            Self::DanglingLink(key) => (*key).into(),
        }
    }
}

impl Plan {
    /// What is odd about the plan as data, whatever the rules of the field
    /// say: shown in Checks, never refused.
    pub fn violations(&self) -> Vec<Violation> {
        self.violations_beside(&Outline::of(self))
    }

    /// The same, for who has the outline of this plan already.
    pub fn violations_beside(&self, outline: &Outline) -> Vec<Violation> {
        let mut items: Vec<ItemId> = self.misfits.iter().map(|(item, _)| *item).collect();
        for kind in Kind::ALL {
            self.any(*kind).every_target(&mut |uid, to| {
                if !self.any(to.kind).has(to.uid) {
                    items.push(ItemId { kind: *kind, uid });
                }
            });
        }
        items.sort_unstable();
        items.dedup();
        let mut all: Vec<Violation> = items
            .into_iter()
            .flat_map(|item| self.violations_of(item))
            .collect();
        all.extend(
            outline
                .misplaced()
                .map(|id| Violation::Misplaced { item: id.into() }),
        );
        all.extend(self.hanging().into_iter().map(Violation::DanglingLink));
        all
    }

    /// The links that hang in the air. Nearly none does: each end is looked for once, not
    /// once for every link of it.
    fn hanging(&self) -> Vec<LinkKey> {
        let competencies = self.weave.competencies();
        let lost: BTreeSet<JobItemId> = competencies
            .filter(|id| self.job_items.raw(*id).is_none())
            .collect();
        let mut hanging = Vec::new();
        let mut last = None;
        let (mut there, mut units) = (false, Vec::new());
        for (key, _) in self.weave.iter() {
            if last.replace(key.module) != Some(key.module) {
                there = self.modules.raw(key.module).is_some();
                units.clear();
                units.extend(self.units.below(key.module).map(|unit| unit.id));
            }
            let fits = key.unit.is_none_or(|unit| units.contains(&unit));
            let well = there && fits && !lost.contains(&key.competency);
            if !well && self.hangs(key) {
                hanging.push(*key);
            }
        }
        hanging
    }

    /// What a value points to without there being any such item.
    fn dangles(&self, key: &FieldKey, value: &Value) -> Option<ItemId> {
        pointed_to(key, value).filter(|to| !self.any(to.kind).has(to.uid))
    }

    /// What is odd about the values of one item. Whether a line of the job
    /// outline is misplaced is the outline's to tell.
    pub fn violations_of(&self, item: ItemId) -> Vec<Violation> {
        let mut all = Vec::new();
        let from = self.misfits.range((item, FieldKey::first(item.kind))..);
        for (of, key) in from.take_while(|(of, _)| *of == item) {
            all.push(Violation::Misfit {
                item: *of,
                key: key.clone(),
            });
        }
        let table = self.any(item.kind);
        if table.is_live(item.uid) {
            table.references(item.uid, &mut |key, value| {
                if let Some(to) = self.dangles(&key, &value) {
                    all.push(Violation::Dangling { item, key, to });
                }
            });
        }
        all
    }

    /// Whether a link that is there hangs in the air.
    pub fn link_violation(&self, key: &LinkKey) -> Option<Violation> {
        self.weave.get(key)?;
        self.hangs(key).then_some(Violation::DanglingLink(*key))
    }

    fn hangs(&self, key: &LinkKey) -> bool {
        let unit_fits = key.unit.is_none_or(|unit| {
            self.units
                .raw(unit)
                .is_some_and(|u| u.module.is_some_and(|m| m.0 == key.module))
        });
        let there =
            self.modules.raw(key.module).is_some() && self.job_items.raw(key.competency).is_some();
        !unit_fits || !there
    }
}
