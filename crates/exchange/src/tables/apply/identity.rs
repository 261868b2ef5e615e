//! Which item of the plan a row is. By its stable id or its address at the
//! source; else by code, title and period together. Codes are not keys: they
//! repeat between years. Where several fit, a person is asked; two rows are
//! never folded into one item.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{ItemId, Kind, Lang, Plan, Sub, Uid, Value, field, title_field};

use super::{At, Importer};
use crate::tables::words::same;
use crate::{AnswerTarget, Reason};

/// What a row says of who it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Named<'a> {
    pub uid: &'a str,
    pub uri: &'a str,
    pub code: &'a str,
    pub titles: Vec<(Lang, &'a str)>,
    pub period: &'a str,
    /// What it belongs to, where the row says so.
    pub owner: Option<Option<Uid>>,
    /// Of a line of the outline: its tier.
    pub tier: Option<weft_model::Tier>,
}

impl Named<'_> {
    /// Nothing by which an item could be known, now or later.
    pub fn is_nameless(&self) -> bool {
        let unnamed = self.code.is_empty() && self.titles.is_empty() && self.uri.is_empty();
        unnamed && self.uid.parse::<Uid>().is_err()
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fit {
    None,
    One(ItemId),
    Several(Vec<ItemId>),
    /// Same code, another title.
    Other(Vec<ItemId>),
    /// Only items that an earlier row of the sheet already is.
    Taken,
}

/// Items by what a table may call them.
#[derive(Default)]
pub(super) struct Index {
    by_word: BTreeMap<(Kind, String), BTreeSet<ItemId>>,
}

impl Index {
    pub fn of(plan: &Plan) -> Self {
        let mut index = Self::default();
        for kind in Kind::ALL {
            for uid in plan.any(*kind).live() {
                index.note(plan, ItemId { kind: *kind, uid });
            }
        }
        index
    }

    /// Notes an item under its code, titles and address. Words that it had
    /// before stay: what is found is compared anyway.
    pub fn note(&mut self, plan: &Plan, item: ItemId) {
        let title = title_field(item.kind);
        plan.any(item.kind).values(item.uid, &mut |key, value| {
            let names =
                Some(key.field) == title || matches!(key.field.name(), "code" | "origin_uri");
            if let (true, Value::Str(text)) = (names, value) {
                self.by_word
                    .entry((item.kind, same(&text)))
                    .or_default()
                    .insert(item);
            }
        });
    }

    pub fn find(&self, kind: Kind, word: &str) -> impl Iterator<Item = ItemId> {
        self.by_word
            .get(&(kind, same(word)))
            .into_iter()
            .flatten()
            .copied()
    }
}

impl Importer<'_> {
    fn line(&self, item: ItemId, name: &str) -> String {
        let value = item
            .kind
            .field(name)
            .and_then(|field| self.work.plan.value(item, &field.key()));
        value
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    fn live(&self, item: ItemId) -> bool {
        self.work.plan.is_live(item)
    }

    /// The item that a row names. `taken` are those that earlier rows of the
    /// same sheet already are.
    pub(super) fn fit(&self, kind: Kind, named: &Named<'_>, taken: &BTreeSet<ItemId>) -> Fit {
        let with_id = named.uid.parse::<Uid>().ok();
        if let Some(uid) = with_id {
            let item = ItemId { kind, uid };
            if self.live(item) {
                return if taken.contains(&item) {
                    Fit::Taken
                } else {
                    Fit::One(item)
                };
            }
        }
        if !named.uri.is_empty() {
            let alike: Vec<ItemId> = self
                .index
                .find(kind, named.uri)
                .filter(|item| self.live(*item) && self.line(*item, "origin_uri") == named.uri)
                .collect();
            match alike.as_slice() {
                [] => {}
                [item] if taken.contains(item) && with_id.is_none() => return Fit::Taken,
                [item] if !taken.contains(item) => return Fit::One(*item),
                _ if with_id.is_some() => return Fit::None,
                several => return Fit::Several(several.to_vec()),
            }
        }
        let mut found: BTreeSet<ItemId> = BTreeSet::new();
        for word in named
            .titles
            .iter()
            .map(|(_, title)| *title)
            .chain([named.code])
        {
            if !word.is_empty() {
                found.extend(self.index.find(kind, word).filter(|item| self.live(*item)));
            }
        }
        found.retain(|item| self.may_be(*item, named));
        if with_id.is_some() {
            // Rows with ids of their own are different items, however alike:
            // only what was there before can be the same under another id.
            found.retain(|item| self.before.is_live(*item) && !taken.contains(item));
        }
        let (alike, other): (Vec<ItemId>, Vec<ItemId>) = found
            .into_iter()
            .partition(|item| self.agrees(*item, named));
        let free: Vec<ItemId> = alike
            .iter()
            .filter(|item| !taken.contains(item))
            .copied()
            .collect();
        match (free.as_slice(), alike.is_empty()) {
            ([item], _) => Fit::One(*item),
            ([], false) => Fit::Taken,
            ([], true) => {
                // Only what was there before can have been renamed.
                let known = |item: &ItemId| !taken.contains(item) && self.before.is_live(*item);
                let other: Vec<ItemId> = other
                    .into_iter()
                    .filter(|item| known(item) && self.same_code(*item, named))
                    .collect();
                if other.is_empty() {
                    Fit::None
                } else {
                    Fit::Other(other)
                }
            }
            (several, _) => {
                let exact: Vec<ItemId> = several
                    .iter()
                    .filter(|item| self.line(**item, "period") == named.period)
                    .copied()
                    .collect();
                match exact.as_slice() {
                    [item] => Fit::One(*item),
                    _ => Fit::Several(several.to_vec()),
                }
            }
        }
    }

    /// Whether tier, owner, address and period allow it.
    fn may_be(&self, item: ItemId, named: &Named<'_>) -> bool {
        let plan = &self.work.plan;
        let tier = named.tier.is_none_or(|tier| {
            let line = plan.job_items.raw(item.uid.into());
            line.and_then(|line| line.tier)
                .is_none_or(|known| known.0 == tier)
        });
        let owner = named
            .owner
            .is_none_or(|owner| plan.any(item.kind).owner(item.uid) == owner);
        let agree = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
        tier && owner
            && agree(&self.line(item, "period"), named.period)
            && agree(&self.line(item, "origin_uri"), named.uri)
    }

    fn same_code(&self, item: ItemId, named: &Named<'_>) -> bool {
        !named.code.is_empty() && same(&self.line(item, "code")) == same(named.code)
    }

    /// Code and title both agree, as far as both sides have them, and at
    /// least one of them says so.
    fn agrees(&self, item: ItemId, named: &Named<'_>) -> bool {
        let code = self.line(item, "code");
        let code = match (code.is_empty(), named.code.is_empty()) {
            (false, false) => Some(self.same_code(item, named)),
            _ => None,
        };
        let known = self.work.plan.title(item);
        let shared = named
            .titles
            .iter()
            .filter(|(lang, _)| !known.get(lang).is_empty());
        let equal: Vec<bool> = shared
            .map(|(lang, title)| same(known.get(lang)) == same(title))
            .collect();
        let title = (!equal.is_empty()).then(|| equal.contains(&true));
        match (code, title) {
            (Some(code), Some(title)) => code && title,
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => false,
        }
    }

    /// The item of a row that stands for one: found, or to be made (`None`).
    pub(super) fn settle(
        &self,
        at: At<'_>,
        kind: Kind,
        named: &Named<'_>,
        taken: &BTreeSet<ItemId>,
    ) -> Result<Option<ItemId>, Reason> {
        match self.options.answers.get(&(at.number, at.row)) {
            Some(AnswerTarget::Item(item))
                if item.kind == kind && self.live(*item) && !taken.contains(item) =>
            {
                return Ok(Some(*item));
            }
            Some(AnswerTarget::New) => return Ok(None),
            _ => {}
        }
        match self.fit(kind, named, taken) {
            Fit::One(item) => Ok(Some(item)),
            Fit::None => Ok(None),
            Fit::Several(candidates) => Err(Reason::SeveralFit { candidates }),
            Fit::Other(candidates) => Err(Reason::OtherTitle { candidates }),
            Fit::Taken => Err(Reason::Twice),
        }
    }

    /// The uid for a new item: the one that the sheet names, if it is free.
    pub(super) fn uid_for(&mut self, kind: Kind, named: &str) -> ItemId {
        match named.parse::<Uid>() {
            Ok(uid) if uid != Uid(0) && !self.work.plan.any(kind).has(uid) => ItemId { kind, uid },
            _ => self.work.fresh(kind),
        }
    }

    /// One value of a text field of an item.
    pub(super) fn words_of(&self, item: ItemId, lang: &Lang) -> String {
        self.work.plan.title(item).get(lang).to_owned()
    }

    /// Adds the titles that an item does not have yet in their language.
    pub(super) fn add_titles(&mut self, at: At<'_>, item: ItemId, titles: &[(Lang, &str)]) {
        let Some(title) = title_field(item.kind) else {
            return;
        };
        for (lang, words) in titles {
            if self.words_of(item, lang).is_empty() {
                self.put(
                    at,
                    None,
                    item,
                    title.lang(lang.clone()),
                    Some(Value::str(*words)),
                );
            }
        }
    }

    /// The module that a row of another table names.
    pub(super) fn tier_of(&self, item: ItemId) -> Option<weft_model::Tier> {
        let value = self.work.plan.value(item, &field::job_item::tier.key())?;
        value
            .as_str()
            .and_then(<weft_model::Tier as weft_model::Choice>::from_id)
    }

    /// Whether some member of a set is there.
    pub(super) fn has_member(&self, item: ItemId, field: weft_model::Field, uid: Uid) -> bool {
        let mut found = false;
        self.work
            .plan
            .any(item.kind)
            .values(item.uid, &mut |key, _| {
                found |= key.field == field && key.sub == Sub::Member(uid);
            });
        found
    }
}
