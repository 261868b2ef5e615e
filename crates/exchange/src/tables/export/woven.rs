//! Tables whose rows are no items: the outline, the mapping, orders by role,
//! blocks of a rotation.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{Choice, ItemId, JobItem, JobItemId, Outline, ScaleLevel, Tier, Uid, field};

use super::Tables;
use crate::tables::cells::RANK;
use crate::tables::target::TableKind;
use crate::tables::words::plain;

impl Tables<'_> {
    /// The letter of a level; its rank where no letter tells it from others.
    fn letter(&self, rank: i64) -> String {
        let levels = || self.plan.scale_levels.iter();
        let level = levels().find(|level| level.rank.is_some_and(|known| known.0 == rank));
        let letter = level.map_or("", |level| level.letter.trim());
        let named = |level: &ScaleLevel| {
            let names = level.name.iter().map(|(_, name)| name);
            names
                .chain([level.letter.as_str()])
                .any(|name| plain(name) == plain(letter))
        };
        if letter.is_empty() || levels().filter(|level| named(level)).count() > 1 {
            format!("{RANK}{rank}")
        } else {
            letter.to_owned()
        }
    }

    pub(super) fn outline(&self) -> Vec<Vec<String>> {
        let tiers = [
            (Tier::Role, "role_code", "role"),
            (Tier::Task, "task_no", "task"),
            (Tier::Content, "content_no", "content"),
        ];
        let mut head = Vec::new();
        for (_, code, title) in tiers {
            head.push(code.to_owned());
            self.head(title, field::job_item::statement, &mut head);
        }
        head.extend(["weft id", "belongs to weft id", "tier"].map(str::to_owned));
        self.heads(TableKind::Competencies, &mut head);
        head.push("required_level".into());
        let mut rows = vec![head];
        let outline = Outline::of(self.plan);
        for line in outline.rows() {
            let mut row = Vec::new();
            for (tier, ..) in tiers {
                let above: Option<&JobItem> = outline
                    .above(line.id, tier)
                    .and_then(|id| self.plan.job_items.get(id));
                row.push(above.map_or_else(String::new, |line| line.code.clone()));
                self.titles(above.map(|line| line.id.into()), &mut row);
            }
            let item = ItemId::from(line.id);
            row.push(item.uid.to_string());
            row.push(line.parent.map_or_else(String::new, |id| id.to_string()));
            row.push(Choice::id(line.tier).to_owned());
            let from = row.len();
            self.cells(TableKind::Competencies, Some(item), &mut row);
            if line.tier != Tier::Competency {
                // Its code and words stand in the columns of its tier.
                let own = 1 + self.langs.len();
                row[from..from + own].fill(String::new());
            }
            let level = self.plan.job_items.get(line.id);
            let level = level.and_then(|line| line.required_level);
            row.push(level.map_or_else(String::new, |level| self.letter(level.0)));
            rows.push(row);
        }
        rows
    }

    pub(super) fn mapping(&self) -> Vec<Vec<String>> {
        let mut head = vec!["module weft id".to_owned(), "module code".into()];
        self.head("module_title", field::module::title, &mut head);
        head.extend(["period", "unit weft id", "unit no"].map(str::to_owned));
        self.head("unit", field::unit::title, &mut head);
        head.extend(["competency weft id", "competency code"].map(str::to_owned));
        self.head("statement", field::job_item::statement, &mut head);
        head.extend(["competency uri", "level", "relevance", "assessed"].map(str::to_owned));
        self.head("note", field::module::note, &mut head);
        let mut assessed: BTreeSet<(Uid, JobItemId)> = BTreeSet::new();
        for assessment in self.plan.assessments.iter() {
            let module = assessment.module.map(|module| module.0.0);
            assessed.extend(module.into_iter().flat_map(|module| {
                assessment
                    .competencies
                    .iter()
                    .map(move |line| (module, *line))
            }));
        }
        let mut rows = vec![head];
        for (key, link) in self.plan.weave.iter() {
            let ends = (
                self.plan.modules.get(key.module),
                self.plan.job_items.get(key.competency),
            );
            let (Some(module), Some(line)) = ends else {
                continue;
            };
            let unit = key.unit.and_then(|unit| self.plan.units.get(unit));
            if !self.plan.is_live(line.id.into()) || (key.unit.is_some() && unit.is_none()) {
                continue;
            }
            let mut row = vec![module.id.to_string(), module.code.clone()];
            self.titles(Some(module.id.into()), &mut row);
            row.push(module.period.clone());
            row.push(unit.map_or_else(String::new, |unit| unit.id.to_string()));
            row.push(unit.map_or_else(String::new, |unit| unit.code.clone()));
            self.titles(unit.map(|unit| unit.id.into()), &mut row);
            row.extend([line.id.to_string(), line.code.clone()]);
            self.titles(Some(line.id.into()), &mut row);
            row.push(line.origin_uri.clone());
            row.push(
                link.level
                    .map_or_else(String::new, |level| self.letter(i64::from(level))),
            );
            row.push(
                link.strength
                    .map_or_else(String::new, |strength| strength.to_string()),
            );
            row.push(
                if assessed.contains(&(module.id.0, line.id)) {
                    "yes"
                } else {
                    "no"
                }
                .into(),
            );
            row.extend(self.langs.iter().map(|lang| link.note.get(lang).to_owned()));
            rows.push(row);
        }
        rows
    }

    pub(super) fn orders(&self) -> Vec<Vec<String>> {
        let head = [
            "weft id",
            "order",
            "enterprise",
            "intake_year",
            "role_code",
            "seats",
            "of_which_enterprise_recruits",
            "retention_target_percent",
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for order in self.plan.orders.iter() {
            let item: ItemId = order.id.into();
            let both: BTreeMap<_, _> = order
                .seats
                .keys()
                .chain(order.enterprise_recruits.keys())
                .map(|role| (*role, ()))
                .collect();
            let mut roles: Vec<Option<JobItemId>> = both.into_keys().map(Some).collect();
            if roles.is_empty() {
                roles.push(None);
            }
            for role in roles {
                let count = |map: &BTreeMap<JobItemId, weft_model::Count>| {
                    role.and_then(|role| map.get(&role))
                        .map_or_else(String::new, |count| count.0.to_string())
                };
                let code = role.and_then(|role| self.name(role.into()));
                let code = code.unwrap_or_default();
                rows.push(vec![
                    item.uid.to_string(),
                    order.code.clone(),
                    self.single(item, field::order::enterprise),
                    self.single(item, field::order::intake_year),
                    code,
                    count(&order.seats),
                    count(&order.enterprise_recruits),
                    self.single(item, field::order::retention_percent),
                ]);
            }
        }
        rows
    }

    pub(super) fn rotation(&self) -> Vec<Vec<String>> {
        use field::rotation_block;
        let head = [
            "weft id",
            "belongs to weft id",
            "plan",
            "term",
            "weeks",
            "group",
            "size",
            "place",
            "module",
            "venue",
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for block in self.plan.rotation_blocks.iter() {
            let item: ItemId = block.id.into();
            let Some(mode) = block.mode.and_then(|mode| self.plan.modes.get(mode.0)) else {
                continue;
            };
            let (Some(first), Some(last), Some(_)) =
                (block.first_week, block.last_week, block.term)
            else {
                continue;
            };
            rows.push(vec![
                item.uid.to_string(),
                mode.id.to_string(),
                mode.title.show(&self.first_lang()).to_owned(),
                self.single(item, rotation_block::term),
                format!("{}-{}", first.0, last.0),
                block.group.clone(),
                self.single(item, rotation_block::size),
                self.single(item, rotation_block::place),
                self.single(item, rotation_block::modules),
                self.single(item, rotation_block::venues),
            ]);
        }
        rows
    }
}
