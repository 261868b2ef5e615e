//! Rows of the job outline: roles, tasks and work contents in their columns,
//! and the competency at the end. Merged cells hand their line down.

use std::collections::BTreeSet;

use weft_model::{Choice, ItemId, Kind, Tier, Uid, Value, field};

use super::identity::{Fit, Named};
use super::listed::without_number;
use super::{At, Carry, Importer};
use crate::Reason;
use crate::tables::target::Target;
use crate::tables::words;
use field::job_item;

const TIERS: [Tier; 3] = [Tier::Role, Tier::Task, Tier::Content];

impl Importer<'_> {
    pub(super) fn competency(
        &mut self,
        at: At<'_>,
        carry: &mut Carry,
        taken: &mut BTreeSet<ItemId>,
    ) -> Result<Option<ItemId>, Reason> {
        let tier = words::choice(Tier::IDS, at.first(Target::LineTier)).and_then(Tier::from_id);
        if let Some(depth) = tier.and_then(|tier| TIERS.iter().position(|it| *it == tier)) {
            return self.line_row(at, depth, carry, taken).map(Some);
        }
        let filled = TIERS.map(|tier| {
            !at.first(Target::LineCode(tier)).is_empty()
                || !at.first(Target::LineTitle(tier)).is_empty()
        });
        let placed = TIERS.iter().any(|tier| {
            at.matching.has(Target::LineCode(*tier)) || at.matching.has(Target::LineTitle(*tier))
        });
        let by_id = self.above_by_id(at);
        for (depth, tier) in TIERS.into_iter().enumerate() {
            if by_id.is_some() {
                break;
            }
            if filled[depth] {
                let above = carry.lines[..depth].iter().rev().flatten().next().copied();
                let line = self.line_above(at, tier, above, carry.lines[depth])?;
                if carry.lines[depth] != Some(line) {
                    carry.lines[depth] = Some(line);
                    carry.lines[depth + 1..].fill(None);
                }
            } else if filled[..depth].contains(&true) && !filled[depth..].contains(&true) {
                // A row that stops at its task has no content: only rows
                // with nothing above are parts of a merged cell.
                carry.lines[depth] = None;
            }
        }
        let mut parent = match by_id {
            Some(parent) => parent,
            None => carry.lines.iter().rev().flatten().next().copied(),
        };
        let beside = self.beside(at, parent, taken)?;
        let code = at.first(Target::Field(job_item::code));
        let named = Named {
            uid: at.first(Target::Uid),
            uri: at.first(Target::Field(job_item::origin_uri)),
            code,
            titles: at.texts(Target::Field(job_item::statement)),
            owner: placed.then(|| self.stands(parent)).flatten(),
            tier: Some(Tier::Competency),
            ..Named::default()
        };
        if named.is_nameless() {
            return if filled.contains(&true) || beside {
                Ok(None)
            } else {
                Err(Reason::NoName)
            };
        }
        if let Some((column, words)) = named.listed(at) {
            return self.listed_row(at, column, &words, parent, taken).map(Some);
        }
        let mut values = self.plain_values(at);
        if !values.iter().any(|(_, key, _)| key.field == job_item::kind)
            && let Some(kind) = kind_of_code(code)
        {
            values.push((0, job_item::kind.key(), Value::str(kind)));
        }
        match self.settle(at, Kind::JobItem, &named, taken)? {
            Some(item) => {
                self.work.met(item);
                for (column, key, value) in values {
                    self.put(at, Some(column), item, key, Some(value));
                }
                taken.insert(item);
                Ok(Some(item))
            }
            None => {
                if !placed {
                    parent = self.line_by_code(code);
                }
                parent = parent.or_else(|| self.below(Tier::Competency));
                values.push((0, job_item::tier.key(), Value::str(Tier::Competency.id())));
                let item = self.uid_for(Kind::JobItem, named.uid);
                self.add(at, item, parent.map(|line| line.uid), values)?;
                taken.insert(item);
                Ok(Some(item))
            }
        }
    }

    /// The competencies that columns of their own name beside the row's one: what
    /// it takes to know, to be able to do, to be like. Whether there are any.
    fn beside(
        &mut self,
        at: At<'_>,
        parent: Option<ItemId>,
        taken: &mut BTreeSet<ItemId>,
    ) -> Result<bool, Reason> {
        let columns = at.matching.columns.iter().enumerate();
        let columns = columns.filter_map(|(column, head)| match head.target {
            Target::Beside(kind) => Some((column, head.lang.as_ref(), kind)),
            _ => None,
        });
        let mut any = false;
        for (column, lang, kind) in columns {
            let parts = at.cell(column).split(['\n', '；', ';']);
            for words in parts.map(without_number) {
                if words.is_empty() {
                    continue;
                }
                any = true;
                let lang = at.lang(lang, words);
                let named = Named {
                    titles: vec![(lang.clone(), words)],
                    owner: self.stands(parent),
                    tier: Some(Tier::Competency),
                    ..Named::default()
                };
                match self.fit(Kind::JobItem, &named, &BTreeSet::new()) {
                    Fit::One(item) => {
                        self.work.met(item);
                        let value = Some(Value::str(kind.id()));
                        self.put(at, Some(column), item, job_item::kind.key(), value);
                        taken.insert(item);
                    }
                    Fit::Taken => {}
                    // Several that read alike are none of them for certain.
                    Fit::None | Fit::Other(_) | Fit::Several(_) => {
                        let values = vec![
                            (
                                column,
                                job_item::tier.key(),
                                Value::str(Tier::Competency.id()),
                            ),
                            (column, job_item::kind.key(), Value::str(kind.id())),
                            (column, job_item::statement.lang(lang), Value::str(words)),
                        ];
                        let item = self.work.fresh(Kind::JobItem);
                        let above = parent.or_else(|| self.below(Tier::Competency));
                        self.add(at, item, above.map(|line| line.uid), values)?;
                        taken.insert(item);
                    }
                }
            }
        }
        Ok(any)
    }

    /// What a row says by ids of the line above its own; none: it says nothing
    /// that this plan knows.
    fn above_by_id(&self, at: At<'_>) -> Option<Option<ItemId>> {
        let own = at.first(Target::Uid).parse::<Uid>().is_ok();
        if !own || !at.matching.has(Target::OwnerUid) {
            return None;
        }
        match at.first(Target::OwnerUid) {
            "" => Some(None),
            above => self.meant(Kind::JobItem, above).map(Some),
        }
    }

    /// A row that stands for a role, a task or a content.
    fn line_row(
        &mut self,
        at: At<'_>,
        depth: usize,
        carry: &mut Carry,
        taken: &mut BTreeSet<ItemId>,
    ) -> Result<ItemId, Reason> {
        let tier = TIERS[depth];
        let parent = match self.above_by_id(at) {
            Some(parent) => parent,
            None => carry.lines[..depth].iter().rev().flatten().next().copied(),
        };
        let titles = at.texts(Target::LineTitle(tier));
        let code = at.first(Target::LineCode(tier));
        let named = Named {
            uid: at.first(Target::Uid),
            uri: at.first(Target::Field(job_item::origin_uri)),
            code,
            titles: titles.clone(),
            owner: self.stands(parent),
            tier: Some(tier),
            ..Named::default()
        };
        if named.is_nameless() {
            return Err(Reason::NoName);
        }
        let mut values = self.plain_values(at);
        values.retain(|(_, key, _)| !matches!(key.field, job_item::code | job_item::statement));
        if !code.is_empty() {
            let column = at.matching.column(Target::LineCode(tier)).unwrap_or(0);
            values.push((column, job_item::code.key(), Value::str(code)));
        }
        let column = at.matching.column(Target::LineTitle(tier)).unwrap_or(0);
        let words = titles.into_iter();
        values.extend(
            words.map(|(lang, words)| (column, job_item::statement.lang(lang), Value::str(words))),
        );
        let item = match self.settle(at, Kind::JobItem, &named, taken)? {
            Some(item) => {
                self.work.met(item);
                for (column, key, value) in values {
                    self.put(at, Some(column), item, key, Some(value));
                }
                item
            }
            None => {
                values.push((0, job_item::tier.key(), Value::str(tier.id())));
                let item = self.uid_for(Kind::JobItem, named.uid);
                let parent = parent.or_else(|| self.below(tier));
                self.add(at, item, parent.map(|line| line.uid), values)?;
                item
            }
        };
        taken.insert(item);
        carry.lines[depth] = Some(item);
        carry.lines[depth + 1..].fill(None);
        Ok(item)
    }

    /// The role, task or content that a row names, below the line above it.
    fn line_above(
        &mut self,
        at: At<'_>,
        tier: Tier,
        above: Option<ItemId>,
        carried: Option<ItemId>,
    ) -> Result<ItemId, Reason> {
        let named = Named {
            code: at.first(Target::LineCode(tier)),
            titles: at.texts(Target::LineTitle(tier)),
            owner: self.stands(above),
            tier: Some(tier),
            ..Named::default()
        };
        match self.fit(Kind::JobItem, &named, &BTreeSet::new()) {
            Fit::One(line) => {
                self.work.met(line);
                self.add_titles(at, line, &named.titles);
                Ok(line)
            }
            // The line whose own row stood above.
            Fit::Several(candidates) => candidates
                .iter()
                .find(|line| carried == Some(**line))
                .copied()
                .ok_or(Reason::SeveralFit { candidates }),
            Fit::None | Fit::Other(_) | Fit::Taken => {
                let mut values = vec![(0, job_item::tier.key(), Value::str(tier.id()))];
                if !named.code.is_empty() {
                    values.push((0, job_item::code.key(), Value::str(named.code)));
                }
                values.extend(named.titles.iter().map(|(lang, title)| {
                    (
                        0,
                        job_item::statement.lang(lang.clone()),
                        Value::str(*title),
                    )
                }));
                let line = self.work.fresh(Kind::JobItem);
                let above = above.or_else(|| self.below(tier));
                self.add(at, line, above.map(|line| line.uid), values)?;
                Ok(line)
            }
        }
    }

    /// Where a line stands that its table puts here: what is at the top there may
    /// stand anywhere, where a person said what it comes in below.
    pub(super) fn stands(&self, above: Option<ItemId>) -> Option<Option<Uid>> {
        match above {
            None if self.options.below.is_some() => None,
            above => Some(above.map(|line| line.uid)),
        }
    }

    /// The line that the person chose, where it can hold a line of this tier.
    pub(super) fn below(&self, tier: Tier) -> Option<ItemId> {
        let line = ItemId {
            kind: Kind::JobItem,
            uid: self.options.below?,
        };
        let holds = self.tier_of(line).is_some_and(|above| above < tier);
        (holds && self.work.plan.is_live(line)).then_some(line)
    }

    /// `P-2.1.3` belongs to content 2.1, or else to task 2, if the plan has
    /// exactly one such line.
    fn line_by_code(&self, code: &str) -> Option<ItemId> {
        let (_, numbers) = code.split_once(HYPHENS)?;
        let parts: Vec<&str> = numbers.split('.').collect();
        let above = [
            (parts.get(..2)?.join("."), Tier::Content),
            ((*parts.first()?).to_owned(), Tier::Task),
        ];
        above.into_iter().find_map(|(code, tier)| {
            let mut lines = self
                .index
                .find(Kind::JobItem, &code)
                .filter(|line| self.tier_of(*line) == Some(tier) && self.work.plan.is_live(*line));
            match (lines.next(), lines.next()) {
                (Some(line), None) => Some(line),
                _ => None,
            }
        })
    }
}

/// The hyphens that stand in codes, the full-width one among them.
const HYPHENS: [char; 4] = ['-', '－', '–', '—'];

/// P, G, S and D of the Chinese competency analysis table.
fn kind_of_code(code: &str) -> Option<&'static str> {
    match code.split_once(HYPHENS)?.0 {
        "P" | "p" => Some("professional"),
        "G" | "g" => Some("general"),
        "S" | "s" => Some("social"),
        "D" | "d" => Some("development"),
        _ => None,
    }
}
