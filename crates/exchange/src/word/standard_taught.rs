//! The second half of a course standard: contents and hours by unit, the
//! competencies with their levels, how it is carried out and assessed.

use std::collections::BTreeSet;

use weft_model::{Choice as _, Hours, JobItemId, Module, Outline, Tier, Unit, field};

use super::chapters::From;
use super::paper::{Cell, Paper};
use crate::workbook::{progress_cell, term_name};

impl From<'_> {
    /// Units with what is learned in them and their hours.
    pub(super) fn contents_by_unit(self, paper: &mut Paper, module: &Module, outline: &Outline) {
        paper.heading(2, &self.words.say("paper.standard.content"));
        let mut sum = Hours::ZERO;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for (at, unit) in self.plan.units.below(module.id).enumerate() {
            sum += unit.hours.unwrap_or_default();
            let code = match unit.code.as_str() {
                "" => (at + 1).to_string(),
                code => code.to_owned(),
            };
            rows.push(vec![
                Cell::figure(code),
                Cell::new(self.words.item(self.plan, unit.id.into())),
                Cell::new(unit.description.show(self.words.lang())),
                Cell::new(self.taught_in(unit, outline)),
                Cell::figure(
                    (unit.place)
                        .map_or_else(String::new, |it| self.words.item(self.plan, it.0.into())),
                ),
                Cell::figure(unit.hours.map_or_else(String::new, |it| it.to_string())),
            ]);
        }
        if rows.is_empty() {
            return self.gap(paper);
        }
        let strong = |cell: Cell| Cell {
            strong: true,
            ..cell
        };
        if !sum.is_zero() {
            rows.push(vec![
                Cell::band(self.words.say("print.total"), 5),
                strong(Cell::figure(sum.to_string())),
            ]);
        }
        let heads = self.heads(&[
            "print.no",
            "plan.kind.units.one",
            "paper.standard.learned",
            "print.competency",
            "plan.kind.places.one",
            "print.hours",
        ]);
        paper.table(&heads, &[2, 5, 7, 4, 3, 2], &rows);
        // The plan may say more hours than its units hold.
        if let Some(total) = module.total_hours.filter(|total| *total != sum) {
            let values = [("hours", sum.to_string()), ("total", total.to_string())];
            let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
            paper.lines(
                "WeftNote",
                &self.words.with("paper.standard.of_total", &values),
            );
        }
    }

    /// What a unit teaches by itself: codes with levels.
    fn taught_in(self, unit: &Unit, outline: &Outline) -> String {
        let Some(module) = unit.module else {
            return String::new();
        };
        let links = self.plan.weave.of_module(module.0);
        let links: Vec<_> = links.filter(|(key, _)| key.unit == Some(unit.id)).collect();
        let all = outline.competencies().filter_map(|id| {
            let (_, link) = links.iter().find(|(key, _)| key.competency == id)?;
            let name = self.short_line(id);
            Some(match link.level {
                Some(rank) => format!("{name} {}", self.words.letter(self.plan, rank)),
                None => name,
            })
        });
        all.collect::<Vec<_>>()
            .join(&self.words.say("finding.comma"))
    }

    /// The competencies with their tasks and levels.
    pub(super) fn competencies(
        self,
        paper: &mut Paper,
        module: &Module,
        (outline, served): (&Outline, &[JobItemId]),
    ) {
        paper.heading(2, &self.words.say("paper.standard.competencies"));
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut task = None;
        for id in served {
            let over = outline.above(*id, Tier::Task);
            if over != task
                && let Some(over) = over
            {
                let name = self.words.code_and_title(self.plan, over.into());
                rows.push(vec![Cell::band(name, 5)]);
            }
            task = over;
            let woven = self.figures.cells.get(module.id, *id);
            let woven = woven.copied().unwrap_or_default();
            let covered = self.figures.coverage.get(id).copied().unwrap_or_default();
            rows.push(vec![
                Cell::new(self.words.code(self.plan, (*id).into())),
                Cell::new(self.words.item(self.plan, (*id).into())),
                Cell::figure(self.letter(covered.required)),
                Cell::figure(
                    woven
                        .level
                        .map_or_else(|| "•".to_owned(), |rank| self.words.letter(self.plan, rank)),
                ),
                Cell::figure(if woven.assessed { "✓" } else { "" }),
            ]);
        }
        if rows.is_empty() {
            return self.gap(paper);
        }
        let heads = self.heads(&[
            "print.code",
            "print.competency",
            "print.required",
            "paper.standard.level_here",
            "paper.standard.assessed",
        ]);
        paper.table(&heads, &[3, 12, 2, 3, 2], &rows);
    }

    /// When, where, by whom and with what it is taught.
    pub(super) fn carried_out(self, paper: &mut Paper, module: &Module) {
        paper.heading(2, &self.words.say("paper.standard.implementation"));
        let (plan, words) = (self.plan, self.words);
        let comma = words.say("finding.comma");
        let offered = self.figures.terms.iter().filter_map(|(term, _)| {
            let cell = progress_cell(plan, module, *term);
            (!cell.is_empty()).then(|| format!("{} {cell}", term_name(plan, words, *term)))
        });
        let by_place = plan.places.iter().filter_map(|place| {
            let hours = module.hours_by_place.get(&place.id)?;
            let name = words.item(plan, place.id.into());
            Some(format!("{name} {hours}"))
        });
        let names = |people: &BTreeSet<weft_model::PersonId>| {
            let all = plan.people.iter().filter(|it| people.contains(&it.id));
            let all = all.map(|it| words.item(plan, it.id.into()));
            all.collect::<Vec<_>>().join(&comma)
        };
        let parties = plan.parties.iter();
        let parties = parties.filter(|it| module.delivered_by.contains(&it.id));
        let facts = [
            (
                words.say("book.head.progress"),
                offered.collect::<Vec<_>>().join(&comma),
            ),
            (
                words.field(field::module::hours_by_place),
                by_place.collect::<Vec<_>>().join(&comma),
            ),
            (
                words.field(field::module::delivered_by),
                parties
                    .map(|it| words.item(plan, it.id.into()))
                    .collect::<Vec<_>>()
                    .join(&comma),
            ),
            (
                words.field(field::module::teachers),
                names(&module.teachers),
            ),
            (words.field(field::module::mentors), names(&module.mentors)),
            (
                words.field(field::module::note),
                module.note.show(words.lang()).to_owned(),
            ),
        ];
        let before = paper.length();
        let rows: Vec<Vec<Cell>> = facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| vec![Cell::band(name, 1), Cell::new(value)])
            .collect();
        if !rows.is_empty() {
            paper.table(&[], &[3, 12], &rows);
        }
        let venues = plan
            .venues
            .iter()
            .filter(|it| module.venues.contains(&it.id));
        let rows: Vec<Vec<Cell>> = venues
            .map(|venue| {
                let stations = venue.workstations.map(|it| it.0.to_string());
                vec![
                    Cell::new(words.code_and_title(plan, venue.id.into())),
                    Cell::figure(stations.unwrap_or_default()),
                    Cell::new(venue.equipment.show(words.lang())),
                ]
            })
            .collect();
        if !rows.is_empty() {
            let heads = [
                words.kinds(weft_model::Kind::Venue),
                words.field(field::venue::workstations),
                words.field(field::venue::equipment),
            ];
            paper.table(&heads, &[6, 2, 7], &rows);
        }
        self.or_gap(paper, before);
    }

    /// How it is assessed, by whom, with which weight.
    pub(super) fn assessed(self, paper: &mut Paper, module: &Module, outline: &Outline) {
        paper.heading(2, &self.words.say("paper.standard.assessment"));
        let (plan, words) = (self.plan, self.words);
        let before = paper.length();
        let percent = |it: Option<weft_model::Percent>| {
            it.map_or_else(String::new, |it| format!("{}%", it.0))
        };
        let rows: Vec<Vec<Cell>> = plan
            .assessments
            .below(module.id)
            .map(|it| {
                let kind = it.kind;
                let kind = kind.map(|it| words.choice(field::assessment::kind, it.0.id()));
                let by = it
                    .by
                    .map(|it| words.choice(field::assessment::by, it.0.id()));
                let of = outline
                    .competencies()
                    .filter(|id| it.competencies.contains(id));
                let of = of.map(|id| self.short_line(id));
                vec![
                    Cell::new(words.item(plan, it.id.into())),
                    Cell::figure(kind.unwrap_or_default()),
                    Cell::figure(percent(it.weight)),
                    Cell::figure(by.unwrap_or_default()),
                    Cell::figure(percent(it.enterprise_percent)),
                    Cell::new(of.collect::<Vec<_>>().join(&words.say("finding.comma"))),
                    Cell::new(it.note.show(words.lang())),
                ]
            })
            .collect();
        if !rows.is_empty() {
            let mut heads: Vec<String> = [
                field::assessment::title,
                field::assessment::kind,
                field::assessment::weight,
                field::assessment::by,
                field::assessment::enterprise_percent,
            ]
            .map(|field| words.field(field))
            .to_vec();
            heads.push(words.say("book.assessments.competencies"));
            heads.push(words.field(field::assessment::note));
            paper.table(&heads, &[4, 3, 2, 2, 3, 9, 2], &rows);
        }
        // A share of nothing is none.
        if let Some(share) = module.enterprise_percent.filter(|it| it.0 > 0) {
            let name = words.field(field::module::enterprise_percent);
            let share = share.0.to_string();
            let all = [("name", name.as_str()), ("value", share.as_str())];
            paper.lines("", &words.with("print.labelled", &all));
        }
        self.or_gap(paper, before);
    }
}
