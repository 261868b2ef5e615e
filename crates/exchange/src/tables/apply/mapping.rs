//! Mapping tables: each row is a link between a module, or one of its units,
//! and a competency. Also the units themselves, where a table lists them.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{
    AssessmentKind, Choice, ItemId, JobItemId, Kind, LinkKey, ModuleId, Splice, TextAt, Tier, Uid,
    UnitId, Value, field,
};

use super::identity::{Fit, Named};
use super::{At, Carry, Importer};
use crate::tables::target::Target;
use crate::tables::{cells, words};
use crate::{AnswerTarget, Reason, WarningKind};
use field::{assessment, job_item, module, unit};

impl Importer<'_> {
    pub(super) fn mapping(&mut self, number: usize) {
        let sheets = self.sheets;
        let (sheet, matching) = &sheets[number];
        let mut carry = Carry::default();
        let mut seen: BTreeSet<LinkKey> = BTreeSet::new();
        let mut assessed: BTreeMap<ItemId, Vec<ItemId>> = BTreeMap::new();
        for row in matching.first_row()..sheet.rows.len() {
            self.hears();
            let at = At {
                number,
                row,
                sheet,
                matching,
            };
            // Rows that the first pass put elsewhere stay there.
            if self.out.fates[number][row] != crate::Fate::Applied {
                continue;
            }
            let keys = match self.ends(at, &mut carry) {
                Ok(keys) => keys,
                Err(reason) => {
                    self.tray(at, reason);
                    continue;
                }
            };
            for key in keys {
                if let Err(reason) = self.link_row(at, key) {
                    self.tray(at, reason);
                    break;
                }
                if !seen.insert(key) {
                    self.warn(at.place(None), WarningKind::LinkTwice);
                }
                if words::yes(at.first(Target::Assessed)) == Some(true) {
                    let module = ItemId::from(key.module);
                    assessed
                        .entry(module)
                        .or_default()
                        .push(key.competency.into());
                }
            }
        }
        for (module, competencies) in assessed {
            self.assessment(number, module, &competencies);
        }
    }

    /// The links of a row: one, or each with each where a cell lists several codes.
    fn ends(&mut self, at: At<'_>, carry: &mut Carry) -> Result<Vec<LinkKey>, Reason> {
        let line_cells = [Target::CompetencyCode, Target::CompetencyTitle];
        let modules = self.modules_of(at, carry)?;
        let lines = match self.listed(at, Kind::JobItem, line_cells)? {
            Some(lines) => lines,
            None => vec![self.competency_of(at)?],
        };
        let unit = match modules.as_slice() {
            [module] => self.unit_of(at, *module, carry)?,
            // A unit is one module's: whose, only a person can say.
            _ if [Target::UnitUid, Target::UnitCode, Target::UnitTitle]
                .iter()
                .any(|target| !at.first(*target).is_empty()) =>
            {
                return Err(Reason::SeveralFit {
                    candidates: modules,
                });
            }
            _ => None,
        };
        let key = |module: ItemId, line: ItemId| LinkKey {
            module: ModuleId(module.uid),
            competency: JobItemId(line.uid),
            unit: unit.map(|unit| UnitId(unit.uid)),
        };
        let each = modules.iter().flat_map(|module| {
            let keys = lines.iter().map(|line| key(*module, *line));
            keys.collect::<Vec<_>>()
        });
        Ok(each.collect())
    }

    /// The items that a cell lists by their codes, `LF 1, LF 2`; none where it is no
    /// list, or where something is called just so.
    fn listed(
        &self,
        at: At<'_>,
        kind: Kind,
        cells: [Target; 2],
    ) -> Result<Option<Vec<ItemId>>, Reason> {
        // What a person has answered is about one.
        if self.options.answers.contains_key(&(at.number, at.row)) {
            return Ok(None);
        }
        let filled = cells.map(|target| at.first(target));
        let text = match filled {
            [text, ""] | ["", text] => text,
            // With a code and a title it is about one.
            _ => return Ok(None),
        };
        let parts: Vec<&str> = cells::list(text).map(str::trim).collect();
        let tier = (kind == Kind::JobItem).then_some(Tier::Competency);
        let find = |code: &str| {
            let named = Named {
                code,
                tier,
                ..Named::default()
            };
            match self.fit(kind, &named, &BTreeSet::new()) {
                Fit::One(item) => Some(item),
                _ => None,
            }
        };
        if parts.len() < 2 || find(text).is_some() {
            return Ok(None);
        }
        let found: Vec<Option<ItemId>> = parts.iter().map(|part| find(part)).collect();
        if found.iter().all(Option::is_none) {
            return Ok(None);
        }
        let missing = parts.iter().zip(&found).find(|(_, found)| found.is_none());
        match missing {
            Some((part, _)) => Err(Reason::NoSuch {
                kind,
                text: (*part).to_owned(),
            }),
            None => Ok(Some(found.into_iter().flatten().collect())),
        }
    }

    fn link_row(&mut self, at: At<'_>, key: LinkKey) -> Result<(), Reason> {
        let level = self.level(at);
        self.work.link(key, level).map_err(Reason::Refused)?;
        let strength = at.first(Target::Strength);
        if !strength.is_empty() {
            let number = cells::whole(strength)
                .and_then(|number| u8::try_from(number).ok())
                .filter(|number| (1..=5).contains(number));
            match number {
                Some(number) => self
                    .work
                    .strength(key, Some(number))
                    .map_err(Reason::Refused)?,
                None => {
                    let text = strength.chars().take(60).collect();
                    self.warn(
                        at.place(at.matching.column(Target::Strength)),
                        WarningKind::BadPattern { text },
                    );
                }
            }
        }
        for (lang, note) in at.texts(Target::LinkNote) {
            let place = TextAt::LinkNote(key);
            if let Some(splice) = Splice::between(&self.work.plan.text(place, &lang), note) {
                let command = weft_model::Command::Write {
                    at: place,
                    lang,
                    splice,
                };
                self.work.run(command).map_err(Reason::Refused)?;
                self.work.link_changed(key);
            }
        }
        Ok(())
    }

    /// The modules that a row names, or those of a merged cell above.
    fn modules_of(&mut self, at: At<'_>, carry: &mut Carry) -> Result<Vec<ItemId>, Reason> {
        let cells = [Target::ModuleCode, Target::ModuleTitle];
        let named = [Target::ModuleUid, Target::ModuleCode, Target::ModuleTitle]
            .iter()
            .any(|target| !at.first(*target).is_empty());
        if !named {
            let none = Reason::Needs {
                field: module::title,
            };
            return match carry.modules.as_slice() {
                [] => Err(none),
                above => Ok(above.to_vec()),
            };
        }
        carry.modules.clear();
        carry.unit = None;
        carry.modules = match self.listed(at, Kind::Module, cells)? {
            Some(modules) => modules,
            None => vec![self.module_of(at)?],
        };
        Ok(carry.modules.clone())
    }

    /// The one module that a row names.
    fn module_of(&mut self, at: At<'_>) -> Result<ItemId, Reason> {
        let named = Named {
            uid: at.first(Target::ModuleUid),
            code: at.first(Target::ModuleCode),
            titles: at.texts(Target::ModuleTitle),
            period: at.first(Target::ModulePeriod),
            ..Named::default()
        };
        let found = self.pick(at, Kind::Module, &named)?;
        let item = match found {
            Some(item) => item,
            None => {
                let mut values: Vec<_> = named
                    .titles
                    .iter()
                    .map(|(lang, title)| (0, module::title.lang(lang.clone()), Value::str(*title)))
                    .collect();
                for (field, text) in [(module::code, named.code), (module::period, named.period)] {
                    if !text.is_empty() {
                        values.push((0, field.key(), Value::str(text)));
                    }
                }
                let item = self.uid_for(Kind::Module, named.uid);
                self.add(at, item, None, values)?;
                item
            }
        };
        Ok(item)
    }

    fn competency_of(&mut self, at: At<'_>) -> Result<ItemId, Reason> {
        let named = Named {
            uid: at.first(Target::CompetencyUid),
            uri: at.first(Target::CompetencyUri),
            code: at.first(Target::CompetencyCode),
            titles: at.texts(Target::CompetencyTitle),
            tier: Some(Tier::Competency),
            ..Named::default()
        };
        if named.uid.is_empty()
            && named.uri.is_empty()
            && named.code.is_empty()
            && named.titles.is_empty()
        {
            return Err(Reason::Needs {
                field: job_item::statement,
            });
        }
        if let Some(item) = self.pick(at, Kind::JobItem, &named)? {
            return Ok(item);
        }
        let mut values: Vec<_> = named
            .titles
            .iter()
            .map(|(lang, title)| {
                (
                    0,
                    job_item::statement.lang(lang.clone()),
                    Value::str(*title),
                )
            })
            .collect();
        values.push((0, job_item::tier.key(), Value::str(Tier::Competency.id())));
        for (field, text) in [
            (job_item::code, named.code),
            (job_item::origin_uri, named.uri),
        ] {
            if !text.is_empty() {
                values.push((0, field.key(), Value::str(text)));
            }
        }
        let item = self.uid_for(Kind::JobItem, named.uid);
        self.add(at, item, None, values)?;
        Ok(item)
    }

    /// The item that a cell refers to; none: to be made, where that is wanted.
    fn pick(
        &mut self,
        at: At<'_>,
        kind: Kind,
        named: &Named<'_>,
    ) -> Result<Option<ItemId>, Reason> {
        let answer = self.options.answers.get(&(at.number, at.row));
        if let Some(AnswerTarget::Item(item)) = answer
            && item.kind == kind
            && self.work.plan.is_live(*item)
        {
            return Ok(Some(*item));
        }
        let may_make = self.options.make_missing || answer == Some(&AnswerTarget::New);
        let fit = self.fit(kind, named, &BTreeSet::new());
        if let (Fit::None | Fit::Other(_), "", [(_, title)]) =
            (&fit, named.code, named.titles.as_slice())
        {
            // A column that is called like a title may hold codes.
            let by_code = Named {
                code: title,
                titles: Vec::new(),
                ..named.clone()
            };
            if let Fit::One(item) = self.fit(kind, &by_code, &BTreeSet::new()) {
                return Ok(Some(item));
            }
        }
        match fit {
            Fit::One(item) => Ok(Some(item)),
            Fit::Several(candidates) => Err(Reason::SeveralFit { candidates }),
            Fit::Other(candidates) if answer != Some(&AnswerTarget::New) => {
                Err(Reason::OtherTitle { candidates })
            }
            _ if may_make => Ok(None),
            _ => {
                let words = named.titles.first().map_or("", |(_, title)| *title);
                let names = [named.code, words, named.uri, named.uid];
                let text = names
                    .iter()
                    .find(|name| !name.is_empty())
                    .map_or("", |name| *name);
                Err(Reason::NoSuch {
                    kind,
                    text: text.chars().take(200).collect(),
                })
            }
        }
    }

    /// The unit that a row names, made where the module does not have it.
    fn unit_of(
        &mut self,
        at: At<'_>,
        module: ItemId,
        carry: &mut Carry,
    ) -> Result<Option<ItemId>, Reason> {
        let named = Named {
            uid: at.first(Target::UnitUid),
            code: at.first(Target::UnitCode),
            titles: at.texts(Target::UnitTitle),
            owner: Some(Some(module.uid)),
            ..Named::default()
        };
        if named.uid.is_empty() && named.code.is_empty() && named.titles.is_empty() {
            return Ok(carry.unit);
        }
        let values: Vec<_> = named
            .titles
            .iter()
            .map(|(lang, title)| (0, unit::title.lang(lang.clone()), Value::str(*title)))
            .collect();
        let item = self.unit(at, &named, module.uid, values, &BTreeSet::new())?;
        carry.unit = Some(item);
        Ok(Some(item))
    }

    fn unit(
        &mut self,
        at: At<'_>,
        named: &Named<'_>,
        module: Uid,
        mut values: Vec<(usize, weft_model::FieldKey, Value)>,
        taken: &BTreeSet<ItemId>,
    ) -> Result<ItemId, Reason> {
        match self.fit(Kind::Unit, named, taken) {
            Fit::One(item) => {
                self.work.met(item);
                for (column, key, value) in values {
                    self.put(at, Some(column), item, key, Some(value));
                }
                Ok(item)
            }
            Fit::Several(candidates) => Err(Reason::SeveralFit { candidates }),
            Fit::Taken => Err(Reason::Twice),
            Fit::None | Fit::Other(_) => {
                if !named.code.is_empty()
                    && !values.iter().any(|(_, key, _)| key.field == unit::code)
                {
                    values.push((0, unit::code.key(), Value::str(named.code)));
                }
                let item = self.uid_for(Kind::Unit, named.uid);
                self.add(at, item, Some(module), values)?;
                Ok(item)
            }
        }
    }

    /// A row of a table of units.
    pub(super) fn unit_row(
        &mut self,
        at: At<'_>,
        carry: &mut Carry,
        taken: &mut BTreeSet<ItemId>,
    ) -> Result<Option<ItemId>, Reason> {
        let modules = self.modules_of(at, carry)?;
        let [module] = modules[..] else {
            return Err(Reason::SeveralFit {
                candidates: modules,
            });
        };
        let named = Named {
            uid: at.first(Target::Uid),
            code: at.first(Target::Field(unit::code)),
            titles: at.texts(Target::Field(unit::title)),
            owner: Some(Some(module.uid)),
            ..Named::default()
        };
        if named.is_nameless() {
            return Err(Reason::NoName);
        }
        let values = self.plain_values(at);
        let item = self.unit(at, &named, module.uid, values, taken)?;
        taken.insert(item);
        Ok(Some(item))
    }

    /// "Assessed" without more: one assessment per module, of the kind that
    /// the module says, with the competencies. Its weight stays open.
    fn assessment(&mut self, number: usize, module: ItemId, competencies: &[ItemId]) {
        let sheets = self.sheets;
        let (sheet, matching) = &sheets[number];
        let at = At {
            number,
            row: matching.first_row(),
            sheet,
            matching,
        };
        let known: Vec<ItemId> = self
            .work
            .plan
            .assessments
            .below(module.uid)
            .map(|known| known.id.into())
            .collect();
        let missing: Vec<ItemId> = competencies
            .iter()
            .filter(|line| {
                !known
                    .iter()
                    .any(|known| self.has_member(*known, assessment::competencies, line.uid))
            })
            .copied()
            .collect();
        let item = match known.first() {
            Some(item) => {
                self.work.met(*item);
                *item
            }
            None => {
                let Some(of) = self.work.plan.modules.get(module.uid.into()) else {
                    return;
                };
                let exam = of.exam.map(|exam| exam.0 == weft_model::ExamKind::Exam);
                let percent = of.enterprise_percent.map(|percent| percent.0);
                let mut values = Vec::new();
                let kind = match exam {
                    Some(true) => Some(AssessmentKind::Exam),
                    Some(false) => Some(AssessmentKind::Check),
                    None => None,
                };
                values.extend(kind.map(|kind| (0, assessment::kind.key(), Value::str(kind.id()))));
                let by = match percent {
                    Some(0) => Some("school"),
                    Some(100) => Some("enterprise"),
                    Some(_) => Some("both"),
                    None => None,
                };
                values.extend(by.map(|by| (0, assessment::by.key(), Value::str(by))));
                values.extend(
                    percent.map(|percent| {
                        (0, assessment::enterprise_percent.key(), Value::Int(percent))
                    }),
                );
                let item = self.work.fresh(Kind::Assessment);
                if let Err(Reason::Refused(error)) = self.add(at, item, Some(module.uid), values) {
                    self.warn(at.place(None), WarningKind::Refused(error));
                    return;
                }
                item
            }
        };
        for line in missing {
            self.put(
                at,
                None,
                item,
                assessment::competencies.member(line.uid),
                Some(Value::Bool(true)),
            );
        }
    }
}
