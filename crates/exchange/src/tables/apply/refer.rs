//! What rows say of other items: codes and names become references, once all
//! items are there.

use std::collections::BTreeSet;

use weft_model::{
    Choice, FieldKey, ItemId, Kind, PlaceKind, Shape, Sub, Support, Tier, Value, field,
};

use super::pools::Pools;
use super::{At, Importer};
use crate::WarningKind;
use crate::tables::target::Target;
use crate::tables::{cells, words};
use field::{conversion, module, order, party, specification_item};

impl Importer<'_> {
    /// The item with this id, code or name: none, one, or too many.
    pub(super) fn lookup(&self, kind: Kind, text: &str) -> Result<Option<ItemId>, Vec<ItemId>> {
        if let Some(item) = self.meant(kind, text) {
            return Ok(Some(item));
        }
        let found: Vec<ItemId> = self
            .index
            .find(kind, text)
            .filter(|item| self.work.plan.is_live(*item))
            .collect();
        let coded = |item: &ItemId| {
            let code = kind
                .field("code")
                .and_then(|field| self.work.plan.value(*item, &field.key()));
            code.is_some_and(|code| {
                code.as_str()
                    .is_some_and(|code| words::same(code) == words::same(text))
            })
        };
        let by_code: Vec<ItemId> = found.iter().filter(|item| coded(item)).copied().collect();
        match (by_code.as_slice(), found.as_slice()) {
            ([one], _) | ([], [one]) => Ok(Some(*one)),
            ([], []) => Ok(None),
            ([], several) | (several, _) => Err(several.to_vec()),
        }
    }

    /// Like `lookup`, with a warning where nothing or too much is found.
    pub(super) fn named(
        &mut self,
        at: At<'_>,
        column: usize,
        kind: Kind,
        text: &str,
    ) -> Option<ItemId> {
        if let Some(item) = self.meant(kind, text) {
            return Some(item);
        }
        let found = match kind {
            Kind::Term => Ok(self.term_named(at, text)),
            Kind::Place => match self.lookup(kind, text) {
                Ok(None) => Ok(words::choice(PlaceKind::IDS, text)
                    .and_then(PlaceKind::from_id)
                    .and_then(|kind| self.place_of(at, kind))),
                other => other,
            },
            _ => self.lookup(kind, text),
        };
        let text: String = text.chars().take(200).collect();
        match found {
            Ok(Some(item)) => return Some(item),
            Ok(None) => self.warn(at.place(Some(column)), WarningKind::NoSuch { kind, text }),
            Err(candidates) => self.warn(
                at.place(Some(column)),
                WarningKind::SeveralHave {
                    kind,
                    text,
                    candidates,
                },
            ),
        }
        None
    }

    /// All columns whose field points to other items.
    pub(super) fn point(&mut self, at: At<'_>, item: ItemId) {
        for (column, head) in at.matching.columns.iter().enumerate() {
            let Target::Field(field) = head.target else {
                continue;
            };
            let cell = at.cell(column);
            if cell.is_empty() || field.kind() != item.kind {
                continue;
            }
            match field.shape() {
                Shape::Ref(kind) => {
                    if let Some(to) = self.named(at, column, kind, cell) {
                        self.put(
                            at,
                            Some(column),
                            item,
                            field.key(),
                            Some(Value::Str(to.uid.to_string())),
                        );
                    }
                }
                Shape::Set(kind) => self.set_of(at, column, item, field, kind),
                _ => {}
            }
        }
    }

    /// A list of codes: what it names comes in, what it no longer names goes.
    /// A list that is not wholly understood takes nothing away.
    fn set_of(
        &mut self,
        at: At<'_>,
        column: usize,
        item: ItemId,
        field: weft_model::Field,
        kind: Kind,
    ) {
        let mut wanted = BTreeSet::new();
        let mut whole = true;
        for text in cells::list(at.cell(column)) {
            match self.named(at, column, kind, text) {
                Some(to) => {
                    wanted.insert(to.uid);
                }
                None => whole = false,
            }
        }
        for uid in &wanted {
            self.put(
                at,
                Some(column),
                item,
                field.member(*uid),
                Some(Value::Bool(true)),
            );
        }
        let mut gone: Vec<FieldKey> = Vec::new();
        self.work
            .plan
            .any(item.kind)
            .values(item.uid, &mut |key, _| {
                if key.field == field
                    && matches!(key.sub, Sub::Member(uid) if !wanted.contains(&uid))
                {
                    gone.push(key);
                }
            });
        for key in gone.into_iter().filter(|_| whole) {
            self.put(at, Some(column), item, key, None);
        }
    }

    pub(super) fn module_refers(&mut self, at: At<'_>, item: ItemId, pools: &mut Pools) {
        self.owner(at, item, module::owner);
        self.note_pool(at, item, pools);
        let mut said = false;
        for (column, head) in at.matching.columns.iter().enumerate() {
            let Target::HoursAt(kind) = head.target else {
                continue;
            };
            let cell = at.cell(column);
            if cell.is_empty() {
                continue;
            }
            let Some((hours, _)) = cells::halves(cell) else {
                let why = weft_model::BadValue::WrongType;
                let text = cell.chars().take(60).collect();
                self.warn(
                    at.place(Some(column)),
                    WarningKind::BadValue {
                        field: module::hours_by_place,
                        text,
                        why,
                    },
                );
                continue;
            };
            said = true;
            // No hours need no place.
            let there = self
                .work
                .plan
                .places
                .iter()
                .any(|place| place.kind.is_some_and(|known| known.0 == kind));
            if (hours > 0 || there)
                && let Some(place) = self.place_of(at, kind)
            {
                let value = (hours > 0).then_some(Value::Int(hours));
                self.put(
                    at,
                    Some(column),
                    item,
                    module::hours_by_place.member(place.uid),
                    value,
                );
            }
        }
        let total = self
            .work
            .plan
            .modules
            .raw(item.uid.into())
            .and_then(|module| module.total_hours);
        let text = at.first(Target::PlaceSide);
        let side = words::choice(PlaceKind::IDS, text).and_then(PlaceKind::from_id);
        if side.is_none() && !text.is_empty() && !said {
            // Both, or a place of their own: how many hours are where, is not said.
            self.warn(
                at.place(at.matching.column(Target::PlaceSide)),
                WarningKind::BadValue {
                    field: module::hours_by_place,
                    text: text.chars().take(60).collect(),
                    why: weft_model::BadValue::UnknownChoice,
                },
            );
        }
        if let (false, Some(kind), Some(total)) = (said, side, total)
            && let Some(place) = self.place_of(at, kind)
        {
            let column = at.matching.column(Target::PlaceSide);
            self.put(
                at,
                column,
                item,
                module::hours_by_place.member(place.uid),
                Some(Value::Int(total.halves())),
            );
        }
    }

    /// The job role with this code.
    fn role(&mut self, at: At<'_>, column: usize, text: &str) -> Option<ItemId> {
        let known = self.meant(Kind::JobItem, text);
        let roles: Vec<ItemId> = self
            .index
            .find(Kind::JobItem, text)
            .chain(known)
            .filter(|line| self.tier_of(*line) == Some(Tier::Role) && self.work.plan.is_live(*line))
            .collect();
        let text: String = text.chars().take(200).collect();
        let kind = Kind::JobItem;
        match roles.as_slice() {
            [role] => return Some(*role),
            [] => self.warn(at.place(Some(column)), WarningKind::NoSuch { kind, text }),
            _ => self.warn(
                at.place(Some(column)),
                WarningKind::SeveralHave {
                    kind,
                    text,
                    candidates: roles,
                },
            ),
        }
        None
    }

    /// Staff of a party by job role: a column per role.
    pub(super) fn staff(&mut self, at: At<'_>, item: ItemId) {
        for (column, head) in at.matching.all(Target::StaffOf) {
            if let Some(count) = cells::whole(at.cell(column))
                && let Some(role) = self.role(at, column, &head.key)
            {
                self.put(
                    at,
                    Some(column),
                    item,
                    party::staff_by_role.member(role.uid),
                    Some(Value::Int(count)),
                );
            }
        }
    }

    /// Modules that support a statement: `GG01;GG02:H`. Without a letter the
    /// support is a medium one.
    pub(super) fn supports(&mut self, at: At<'_>, item: ItemId) {
        let Some(column) = at.matching.column(Target::Supports) else {
            return;
        };
        for part in cells::list(at.cell(column)) {
            let (code, letter) = part
                .split_once([':', '：', '(', '（'])
                .unwrap_or((part, ""));
            let letter = letter.trim_end_matches([')', '）']);
            let support = words::choice(Support::IDS, letter);
            if let Some(module) = self.named(at, column, Kind::Module, code.trim()) {
                let key = specification_item::supported_by.member(module.uid);
                let known = self.work.plan.value(item, &key).is_some();
                if support.is_some() || !known {
                    self.put(
                        at,
                        Some(column),
                        item,
                        key,
                        Some(Value::str(support.unwrap_or("medium"))),
                    );
                }
            }
        }
    }

    /// What a certificate replaces.
    pub(super) fn conversion(&mut self, at: At<'_>, item: ItemId) {
        let Some(column) = at.matching.column(Target::Converts) else {
            return;
        };
        let mut modules = Vec::new();
        for code in cells::list(at.cell(column)) {
            modules.extend(self.named(at, column, Kind::Module, code));
        }
        if modules.is_empty() {
            return;
        }
        let known = self
            .work
            .plan
            .conversions
            .below(item.uid)
            .next()
            .map(|known| ItemId::from(known.id));
        let conversion = match known {
            Some(known) => {
                self.work.met(known);
                known
            }
            None => {
                let new = self.work.fresh(Kind::Conversion);
                if self.add(at, new, Some(item.uid), Vec::new()).is_err() {
                    return;
                }
                new
            }
        };
        for module in modules {
            self.put(
                at,
                Some(column),
                conversion,
                conversion::modules.member(module.uid),
                Some(Value::Bool(true)),
            );
        }
        if let Some((cap, _)) = cells::halves(at.first(Target::CreditCap)) {
            self.put(
                at,
                at.matching.column(Target::CreditCap),
                conversion,
                conversion::credit_cap.key(),
                Some(Value::Int(cap)),
            );
        }
        if let Some(whole) = words::yes(at.first(Target::WholeOnly)) {
            self.put(
                at,
                at.matching.column(Target::WholeOnly),
                conversion,
                conversion::whole_modules_only.key(),
                Some(Value::Bool(whole)),
            );
        }
    }

    /// Seats of an order, a row per role.
    pub(super) fn seats(&mut self, at: At<'_>, item: ItemId) {
        let Some(column) = at.matching.column(Target::OrderRole) else {
            return;
        };
        let code = at.cell(column);
        if code.is_empty() {
            return;
        }
        let Some(role) = self.role(at, column, code) else {
            return;
        };
        for (target, field) in [
            (Target::OrderSeats, order::seats),
            (Target::OrderRecruits, order::enterprise_recruits),
        ] {
            if let Some(count) = cells::whole(at.first(target)) {
                self.put(
                    at,
                    at.matching.column(target),
                    item,
                    field.member(role.uid),
                    Some(Value::Int(count)),
                );
            }
        }
    }
}
