//! The weave: which module, or which of its units, teaches which competency,
//! and how far.

use core::fmt;
use core::str::FromStr;
use std::collections::{BTreeMap, BTreeSet};

use crate::id::NotAUid;
use crate::{JobItemId, ModuleId, PartyId, Text, Uid, UnitId};

/// A level of the plan's scale, counted from 1 (lowest).
pub type Rank = u8;

/// What a link ties together. The same link made on two copies is one link.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkKey {
    /// The module that teaches.
    pub module: ModuleId,
    /// The competency that is taught.
    pub competency: JobItemId,
    /// The unit of the module, or none: the module as a whole.
    pub unit: Option<UnitId>,
}

impl LinkKey {
    /// A link from the module as a whole.
    pub const fn of(module: ModuleId, competency: JobItemId) -> Self {
        Self {
            module,
            competency,
            unit: None,
        }
    }

    /// A link from one unit.
    pub const fn from_unit(module: ModuleId, unit: UnitId, competency: JobItemId) -> Self {
        Self {
            module,
            competency,
            unit: Some(unit),
        }
    }
}

impl fmt::Display for LinkKey {
    /// `module:unit:competency`, with `-` for no unit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit {
            Some(unit) => write!(f, "{}:{unit}:{}", self.module, self.competency),
            None => write!(f, "{}:-:{}", self.module, self.competency),
        }
    }
}

impl FromStr for LinkKey {
    type Err = NotAUid;

    fn from_str(text: &str) -> Result<Self, NotAUid> {
        let mut parts = text.split(':');
        let mut next = || parts.next().ok_or(NotAUid);
        let (module, unit, competency) = (next()?, next()?, next()?);
        if parts.next().is_some() {
            return Err(NotAUid);
        }
        let unit = if unit == "-" {
            None
        } else {
            Some(UnitId(unit.parse()?))
        };
        Ok(Self {
            module: ModuleId(module.parse()?),
            competency: JobItemId(competency.parse()?),
            unit,
        })
    }
}

/// What a link says beside its ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// How far; none: taught, level not stated. That covers a competency but
    /// never reaches a required level.
    pub level: Option<Rank>,
    /// How strongly, 1 to 5, where a source says so.
    pub strength: Option<u8>,
    /// A remark.
    pub note: Text,
    /// The parties that may see it; empty: all of them.
    pub visible_to: BTreeSet<PartyId>,
}

/// How many links are put at once: more than most plans have.
const PORTION: usize = 1 << 16;

/// All links of a plan, by module and by competency.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weave {
    links: BTreeMap<LinkKey, Link>,
    by_competency: BTreeSet<(JobItemId, ModuleId, Option<UnitId>)>,
    /// What removed links still say, so that bringing one back loses nothing.
    removed: BTreeMap<LinkKey, Link>,
}

impl Weave {
    /// One link.
    pub fn get(&self, key: &LinkKey) -> Option<&Link> {
        self.links.get(key)
    }

    /// A link that is there, or what a removed one said.
    pub fn raw(&self, key: &LinkKey) -> Option<&Link> {
        self.links.get(key).or_else(|| self.removed.get(key))
    }

    /// All links: by module, competency, unit. Ends may be deleted; see
    /// [`crate::Plan::live_links`].
    pub fn iter(&self) -> impl Iterator<Item = (&LinkKey, &Link)> {
        self.links.iter()
    }

    /// How many links there are.
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// Whether there is no link.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// The links of one cell: of the module as a whole first, then by unit.
    pub fn cell(
        &self,
        module: ModuleId,
        competency: JobItemId,
    ) -> impl Iterator<Item = (&LinkKey, &Link)> {
        let first = LinkKey {
            module,
            competency,
            unit: None,
        };
        let last = LinkKey {
            module,
            competency,
            unit: Some(UnitId(Uid(u64::MAX))),
        };
        self.links.range(first..=last)
    }

    /// All links of one module.
    pub fn of_module(&self, module: ModuleId) -> impl Iterator<Item = (&LinkKey, &Link)> {
        let first = LinkKey {
            module,
            competency: JobItemId(Uid(0)),
            unit: None,
        };
        let last = LinkKey {
            module,
            competency: JobItemId(Uid(u64::MAX)),
            unit: Some(UnitId(Uid(u64::MAX))),
        };
        self.links.range(first..=last)
    }

    /// All links to one competency.
    pub fn of_competency(&self, competency: JobItemId) -> impl Iterator<Item = (LinkKey, &Link)> {
        let first = (competency, ModuleId(Uid(0)), None);
        let last = (
            competency,
            ModuleId(Uid(u64::MAX)),
            Some(UnitId(Uid(u64::MAX))),
        );
        self.by_competency
            .range(first..=last)
            .filter_map(|&(competency, module, unit)| {
                let key = LinkKey {
                    module,
                    competency,
                    unit,
                };
                self.links.get(&key).map(|link| (key, link))
            })
    }

    /// The competencies of all links, each once, by id.
    pub fn competencies(&self) -> impl Iterator<Item = JobItemId> {
        let mut last = None;
        let all = self.by_competency.iter().map(|(line, ..)| *line);
        all.filter(move |line| last.replace(*line) != Some(*line))
    }

    /// Puts many links at once, the quick way while a plan is opened: links that
    /// come in order make their tree without a search for each. In portions, since
    /// a tree is made from a list of all that goes into it: half a million links
    /// would take twice their memory.
    pub(crate) fn load(&mut self, links: impl IntoIterator<Item = (LinkKey, Link)>) {
        let place = |(key, _): &(LinkKey, _)| (key.competency, key.module, key.unit);
        let mut links = links.into_iter();
        loop {
            let portion: Vec<_> = links.by_ref().take(PORTION).collect();
            if portion.is_empty() {
                return;
            }
            let mut places = portion.iter().map(place).collect();
            self.links.append(&mut portion.into_iter().collect());
            self.by_competency.append(&mut places);
        }
    }

    /// What links that are not there still say.
    pub fn removed(&self) -> impl Iterator<Item = (&LinkKey, &Link)> {
        self.removed.iter()
    }

    /// Notes what a link says that is not there.
    pub(crate) fn load_removed(&mut self, key: LinkKey, link: Link) {
        self.removed.insert(key, link);
    }

    /// Puts a link there, or takes it away. What it says beside its level
    /// stays with it.
    pub(crate) fn put(&mut self, key: LinkKey, level: Option<Option<Rank>>) {
        let place = (key.competency, key.module, key.unit);
        match level {
            Some(level) => {
                let known = self.removed.remove(&key);
                self.links
                    .entry(key)
                    .or_insert_with(|| known.unwrap_or_default())
                    .level = level;
                self.by_competency.insert(place);
            }
            None => {
                if let Some(mut link) = self.links.remove(&key) {
                    link.level = None;
                    if link != Link::default() {
                        self.removed.insert(key, link);
                    }
                }
                self.by_competency.remove(&place);
            }
        }
    }

    /// Changes what a link says; it need not be there at the moment.
    pub(crate) fn change(&mut self, key: LinkKey, change: impl FnOnce(&mut Link)) {
        if let Some(link) = self.links.get_mut(&key) {
            change(link);
            return;
        }
        let link = self.removed.entry(key).or_default();
        change(link);
        if *link == Link::default() {
            self.removed.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_link_key_reads_back_from_its_text() {
        let whole = LinkKey::of(ModuleId(Uid(1)), JobItemId(Uid(2)));
        let unit = LinkKey::from_unit(ModuleId(Uid(1)), UnitId(Uid(u64::MAX)), JobItemId(Uid(2)));
        for key in [whole, unit] {
            assert_eq!(key.to_string().parse::<LinkKey>().unwrap(), key);
        }
        assert!("a:b".parse::<LinkKey>().is_err());
    }

    #[test]
    fn a_link_that_comes_back_still_has_its_note() {
        let mut weave = Weave::default();
        let key = LinkKey::of(ModuleId(Uid(1)), JobItemId(Uid(2)));
        weave.put(key, Some(Some(2)));
        weave.change(key, |link| link.strength = Some(4));
        weave.put(key, None);
        assert!(weave.get(&key).is_none() && weave.of_competency(key.competency).next().is_none());
        weave.put(key, Some(None));
        assert_eq!(weave.get(&key).unwrap().strength, Some(4));
        assert_eq!(weave.get(&key).unwrap().level, None);
    }
}
