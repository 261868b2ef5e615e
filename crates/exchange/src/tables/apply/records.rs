//! Rows that stand for one item with a code and a name: parties, terms,
//! people, venues, certificates, statements, orders. And blocks of a
//! rotation, which have neither.

use std::collections::BTreeSet;

use weft_model::{ItemId, Kind, ModeKind, Value, field, title_field};

use super::identity::{Fit, Named};
use super::{At, Carry, Importer};
use crate::Reason;
use crate::tables::cells;
use crate::tables::target::Target;
use field::{mode, rotation_block};

impl Importer<'_> {
    pub(super) fn record(
        &mut self,
        at: At<'_>,
        kind: Kind,
        taken: &mut BTreeSet<ItemId>,
    ) -> Result<Option<ItemId>, Reason> {
        let code = kind
            .field("code")
            .map_or("", |field| at.first(Target::Field(field)));
        let titles =
            title_field(kind).map_or_else(Vec::new, |field| at.texts(Target::Field(field)));
        let named = Named {
            uid: at.first(Target::Uid),
            code,
            titles,
            ..Named::default()
        };
        if named.is_nameless() {
            return Err(Reason::NoName);
        }
        // An order has a row per role.
        let several_rows = kind == Kind::Order;
        let none = BTreeSet::new();
        let found = self.settle(at, kind, &named, if several_rows { &none } else { taken })?;
        let values = self.plain_values(at);
        let item = match found {
            Some(item) => {
                self.work.met(item);
                for (column, key, value) in values {
                    self.put(at, Some(column), item, key, Some(value));
                }
                item
            }
            None => {
                let item = self.uid_for(kind, named.uid);
                self.add(at, item, None, values)?;
                item
            }
        };
        taken.insert(item);
        Ok(Some(item))
    }

    /// One block of a rotation: a group, some weeks of a term, a place.
    pub(super) fn block(
        &mut self,
        at: At<'_>,
        carry: &mut Carry,
    ) -> Result<Option<ItemId>, Reason> {
        let name = at.first(Target::BlockMode);
        let by_id = self.meant(Kind::Mode, at.first(Target::OwnerUid));
        let mode = if let Some(mode) = by_id {
            mode
        } else if name.is_empty() {
            let above = carry.modules.first().copied();
            above.ok_or(Reason::Needs { field: mode::title })?
        } else {
            self.rotation(at, name)?
        };
        carry.modules = vec![mode];
        let Some((first, last)) = cells::weeks(at.first(Target::BlockWeeks)) else {
            return Err(Reason::Needs {
                field: rotation_block::first_week,
            });
        };
        let term = at.first(Target::Field(rotation_block::term));
        let Some(term) = self.term_named(at, term) else {
            return Err(Reason::Needs {
                field: rotation_block::term,
            });
        };
        let group = at.first(Target::Field(rotation_block::group));
        let mut values = self.plain_values(at);
        values.push((0, rotation_block::first_week.key(), Value::Int(first)));
        values.push((0, rotation_block::last_week.key(), Value::Int(last)));
        values.push((
            0,
            rotation_block::term.key(),
            Value::Str(term.uid.to_string()),
        ));
        let known = self.meant(Kind::RotationBlock, at.first(Target::Uid));
        let same = self
            .work
            .plan
            .rotation_blocks
            .below(mode.uid)
            .find(|block| {
                let weeks = block.first_week.map(|week| week.0) == Some(first)
                    && block.last_week.map(|week| week.0) == Some(last);
                weeks
                    && block.group == group
                    && block.term.is_some_and(|known| known.0.0 == term.uid)
            });
        match known.or_else(|| same.map(|block| ItemId::from(block.id))) {
            Some(item) => {
                self.work.met(item);
                for (column, key, value) in values {
                    self.put(at, Some(column), item, key, Some(value));
                }
                Ok(Some(item))
            }
            None => {
                let item = self.uid_for(Kind::RotationBlock, at.first(Target::Uid));
                self.add(at, item, Some(mode.uid), values)?;
                Ok(Some(item))
            }
        }
    }

    fn rotation(&mut self, at: At<'_>, name: &str) -> Result<ItemId, Reason> {
        let lang = at.lang(None, name);
        let named = Named {
            titles: vec![(lang.clone(), name)],
            ..Named::default()
        };
        match self.fit(Kind::Mode, &named, &BTreeSet::new()) {
            Fit::One(item) => {
                self.work.met(item);
                Ok(item)
            }
            Fit::Several(candidates) => Err(Reason::SeveralFit { candidates }),
            _ if self.rotation_with(name).is_some() => {
                let item = self.rotation_with(name).ok_or(Reason::NoName)?;
                self.work.met(item);
                Ok(item)
            }
            _ => {
                let item = self.work.fresh(Kind::Mode);
                let values = vec![
                    (0, mode::title.lang(lang), Value::str(name)),
                    (
                        0,
                        mode::kind.key(),
                        Value::str(weft_model::Choice::id(ModeKind::Rotation)),
                    ),
                ];
                self.add(at, item, None, values)?;
                Ok(item)
            }
        }
    }

    /// The only rotation whose title holds the table's short name for it.
    fn rotation_with(&self, name: &str) -> Option<ItemId> {
        let mut found = self.work.plan.modes.iter().filter(|mode| {
            mode.kind.is_some_and(|kind| kind.0 == ModeKind::Rotation)
                && mode.title.iter().any(|(_, title)| title.contains(name))
        });
        let first = found.next()?;
        found.next().is_none().then(|| first.id.into())
    }
}
