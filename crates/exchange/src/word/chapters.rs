//! The tables of the programme, each as heads and rows. What holds nothing is
//! left out.

use weft_model::{
    Choice as _, Dimension, Field, Module, ModuleId, Outline, Plan, Term, Tier, field,
};

use super::paper::{Cell, Paper};
use crate::workbook::{pool_words, progress_cell, term_name, told_hours};
use crate::{Figures, Words};

/// What the chapters are drawn from.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    pub plan: &'a Plan,
    pub figures: &'a Figures,
    pub words: Words<'a>,
}

impl From<'_> {
    pub fn heads(self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.words.say(key)).collect()
    }

    /// Facts of the plan: a label and a value each.
    pub fn facts(self, paper: &mut Paper, fields: &[(Field, String)]) {
        let rows: Vec<Vec<Cell>> = fields
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(field, value)| {
                vec![
                    Cell::band(self.words.field(*field), 1),
                    Cell::new(value.as_str()),
                ]
            })
            .collect();
        if !rows.is_empty() {
            paper.table(&[], &[3, 7], &rows);
        }
    }

    /// Requirements of the specification and the modules that support them.
    pub fn specification(self, paper: &mut Paper) {
        let groups = Dimension::ALL.iter().map(|it| Some(*it)).chain([None]);
        let mut rows = Vec::new();
        for dimension in groups {
            let of_group = self.plan.specification.iter();
            for item in of_group.filter(|it| it.dimension.map(|it| it.0) == dimension) {
                let name = dimension.map_or_else(String::new, |it| {
                    self.words
                        .choice(field::specification_item::dimension, it.id())
                });
                let names = self.named(item.supported_by.keys());
                rows.push(vec![
                    Cell::figure(name),
                    Cell::new(item.statement.show(self.words.lang())),
                    Cell::new(names.join(&self.words.say("finding.comma"))),
                ]);
            }
        }
        let heads = self.heads(&["print.dimension", "print.requirement", "print.supported_by"]);
        self.part(paper, "print.specification", &heads, &[2, 7, 7], &rows);
    }

    /// Roles, tasks, contents and competencies with their levels.
    pub fn outline(self, paper: &mut Paper) {
        let outline = Outline::of(self.plan);
        let rows: Vec<Vec<Cell>> = outline
            .rows()
            .iter()
            .map(|line| {
                let code = self.words.code(self.plan, line.id.into());
                let name = self.words.item(self.plan, line.id.into());
                if line.tier != Tier::Competency {
                    return vec![Cell::band(code, 1), Cell::band(name, 3)];
                }
                let covered = self
                    .figures
                    .coverage
                    .get(&line.id)
                    .copied()
                    .unwrap_or_default();
                vec![
                    Cell::new(code),
                    Cell::new(name),
                    Cell::figure(self.letter(covered.required)),
                    Cell::figure(self.letter(covered.reached)),
                ]
            })
            .collect();
        let heads = self.heads(&[
            "print.code",
            "print.competency",
            "print.required",
            "print.reached",
        ]);
        self.part(paper, "print.outline", &heads, &[3, 13, 2, 2], &rows);
    }

    /// Modules, one after the other.
    pub fn modules(self, paper: &mut Paper) {
        let all = self.figures.modules.iter().flat_map(|(_, modules)| modules);
        let modules: Vec<&Module> = all.filter_map(|id| self.plan.modules.get(*id)).collect();
        if modules.is_empty() {
            return;
        }
        paper.heading(2, &self.words.say("print.modules"));
        for module in modules {
            self.module(paper, module);
        }
    }

    fn module(self, paper: &mut Paper, module: &Module) {
        let (plan, words) = (self.plan, self.words);
        paper.heading(3, &words.code_and_title(plan, module.id.into()));
        let (theory, practice) = self
            .figures
            .split
            .get(&module.id)
            .copied()
            .unwrap_or_default();
        let hours = |key, value: Option<weft_model::Hours>| {
            let value = value.filter(|hours| !hours.is_zero())?;
            Some(words.with(key, &[("hours", &value.to_string())]))
        };
        let facts: Vec<String> = [
            module.category.map(|it| words.item(plan, it.0.into())),
            module
                .nature
                .map(|it| words.choice(field::module::nature, it.0.id())),
            Some(self.terms(module)),
            hours("print.n_hours", module.total_hours),
            hours("print.n_theory", theory),
            hours("print.n_practice", practice),
            module
                .credits
                .map(|it| words.with("print.n_credits", &[("credits", &it.to_string())])),
        ]
        .into_iter()
        .flatten()
        .filter(|fact| !fact.is_empty())
        .collect();
        paper.kept("WeftNote", &facts.join(" · "));
        paper.lines("", module.description.show(words.lang()));
        paper.lines("", module.objectives.show(words.lang()));
        let comma = words.say("finding.comma");
        let before = self.named(module.prerequisites.iter());
        if !before.is_empty() {
            paper.lines(
                "",
                &words.with("print.after", &[("modules", &before.join(&comma))]),
            );
        }
        for unit in plan.units.below(module.id) {
            let hours = hours("print.n_hours", unit.hours).unwrap_or_default();
            let parts = [unit.code.as_str(), unit.title.show(words.lang()), &hours];
            let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
            paper.lines("", &format!("– {}", parts.join(" ")));
        }
        let outline = Outline::of(plan);
        let teaches: Vec<String> = outline
            .competencies()
            .filter_map(|id| {
                let woven = self.figures.cells.get(module.id, id)?;
                let code = words.code(plan, id.into());
                let name = if code.is_empty() {
                    words.item(plan, id.into())
                } else {
                    code
                };
                Some(match woven.level {
                    Some(rank) => format!("{name} {}", words.letter(plan, rank)),
                    None => name,
                })
            })
            .collect();
        if !teaches.is_empty() {
            let all = teaches.join(&comma);
            paper.lines("", &words.with("print.teaches", &[("competencies", &all)]));
        }
    }

    /// The terms of a module: `T1–T4`, and `T1、T5` where others lie between.
    pub fn terms(self, module: &Module) -> String {
        let offered = |term: &weft_model::TermId| {
            let mut offerings = self.plan.offerings.below(module.id);
            offerings.any(|it| it.term.is_some_and(|of| of.0 == *term))
        };
        let all = self.figures.terms.iter().enumerate();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (at, _) in all.filter(|(_, (term, _))| offered(term)) {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == at => *last = at,
                _ => runs.push((at, at)),
            }
        }
        let name = |at: usize| {
            let term = self.figures.terms.get(at);
            term.map_or_else(String::new, |(term, _)| {
                term_name(self.plan, self.words, *term)
            })
        };
        let stretch = |(first, last): (usize, usize)| match last - first {
            0 => name(first),
            _ => format!("{}–{}", name(first), name(last)),
        };
        if runs.is_empty() {
            return module.period.clone();
        }
        let parts: Vec<String> = runs.into_iter().map(stretch).collect();
        parts.join(&self.words.say("finding.comma"))
    }

    /// The weeks of the terms.
    pub fn calendar(self, paper: &mut Paper) {
        let all = [
            field::term::weeks,
            field::term::teaching_weeks,
            field::term::military_weeks,
            field::term::whole_week_weeks,
            field::term::enterprise_weeks,
            field::term::exam_weeks,
            field::term::flexible_weeks,
            field::term::graduation_weeks,
            field::term::holiday_weeks,
        ];
        let value = |term: &Term, field: Field| {
            let value = self.plan.value(term.id.into(), &field.key());
            value.and_then(|value| value.as_int())
        };
        // A kind of week that no term has needs no column.
        let used = all.into_iter().filter(|field| {
            self.plan
                .terms
                .iter()
                .any(|term| value(term, *field).unwrap_or(0) > 0)
        });
        let used: Vec<Field> = used.collect();
        let rows: Vec<Vec<Cell>> = self
            .plan
            .terms
            .iter()
            .map(|term| {
                let weeks = used.iter().map(|field| {
                    Cell::figure(value(term, *field).map_or_else(String::new, |it| it.to_string()))
                });
                [Cell::new(self.words.item(self.plan, term.id.into()))]
                    .into_iter()
                    .chain(weeks)
                    .collect()
            })
            .collect();
        let mut heads = vec![self.words.say("print.term")];
        heads.extend(used.iter().map(|field| self.words.field(*field)));
        let mut parts = vec![4];
        parts.extend(used.iter().map(|_| 2));
        self.part(paper, "print.calendar", &heads, &parts, &rows);
    }

    /// The teaching-progress table.
    pub fn progress(self, paper: &mut Paper) {
        if self.plan.modules.is_empty() {
            return;
        }
        let terms: Vec<weft_model::TermId> = self.figures.terms.iter().map(|it| it.0).collect();
        let mut heads = self.heads(&[
            "print.no",
            "print.code",
            "print.module",
            "print.nature",
            "print.exam",
            "print.credits",
            "print.hours",
            "print.theory",
            "print.practice",
        ]);
        heads.extend(
            terms
                .iter()
                .map(|term| term_name(self.plan, self.words, *term)),
        );
        let mut parts = vec![2, 4, 11, 3, 3, 3, 3, 3, 3];
        parts.extend(terms.iter().map(|_| 3));
        let mut groups: Vec<_> = self.plan.categories.iter().map(|it| Some(it.id)).collect();
        groups.push(None);
        let mut rows = Vec::new();
        let mut number = 0;
        for group in groups {
            let there = |module: &&Module| {
                let category = module.category.map(|category| category.0);
                category.filter(|id| self.plan.categories.get(*id).is_some()) == group
            };
            let modules: Vec<&Module> = self.plan.modules.iter().filter(there).collect();
            if modules.is_empty() {
                continue;
            }
            let name = match group {
                Some(id) => self.words.item(self.plan, id.into()),
                None => self.words.say("print.no_category"),
            };
            let total = self
                .figures
                .categories
                .get(&group)
                .copied()
                .unwrap_or_default();
            rows.push(sum(&name, &total, &vec![String::new(); terms.len()]));
            for module in modules {
                let (theory, practice) = self
                    .figures
                    .split
                    .get(&module.id)
                    .copied()
                    .unwrap_or_default();
                let told = |value: Option<weft_model::Hours>| {
                    Cell::figure(value.map_or_else(String::new, |it| it.to_string()))
                };
                let choice = |field, id: Option<&str>| {
                    Cell::figure(id.map_or_else(String::new, |id| self.words.choice(field, id)))
                };
                let title = self.words.item(self.plan, module.id.into());
                let among = pool_words(self.plan, self.words, module).unwrap_or_default();
                number += 1;
                let mut row = vec![
                    Cell::figure(number.to_string()),
                    Cell::new(module.code.as_str()),
                    Cell::new(format!("{title}{among}")),
                    choice(field::module::nature, module.nature.map(|it| it.0.id())),
                    choice(field::module::exam, module.exam.map(|it| it.0.id())),
                    Cell::figure(module.credits.map_or_else(String::new, |it| it.to_string())),
                    Cell::figure(told_hours(module)),
                    told(theory),
                    told(practice),
                ];
                let cells = terms
                    .iter()
                    .map(|term| Cell::figure(progress_cell(self.plan, module, *term)));
                row.extend(cells);
                rows.push(row);
            }
        }
        let by_term: Vec<String> = self
            .figures
            .terms
            .iter()
            .map(|it| it.1.to_string())
            .collect();
        rows.push(sum(
            &self.words.say("print.total"),
            &self.figures.total,
            &by_term,
        ));
        paper.turn(true);
        self.part(paper, "print.progress", &heads, &parts, &rows);
        paper.lines("WeftNote", &self.words.say("print.notation"));
        paper.turn(false);
    }

    /// Modules by their codes, in the order of the weave.
    fn named<'m>(self, ids: impl Iterator<Item = &'m ModuleId>) -> Vec<String> {
        let wanted: Vec<ModuleId> = ids.copied().collect();
        let all = self.figures.modules.iter().flat_map(|(_, modules)| modules);
        let there = all.filter(|id| wanted.contains(id));
        there
            .filter_map(|id| Some(self.short(self.plan.modules.get(*id)?)))
            .collect()
    }

    fn short(self, module: &Module) -> String {
        if module.code.is_empty() {
            self.words.item(self.plan, module.id.into())
        } else {
            module.code.clone()
        }
    }

    pub fn letter(self, rank: Option<weft_model::Rank>) -> String {
        rank.map_or_else(|| "–".to_owned(), |rank| self.words.letter(self.plan, rank))
    }

    pub fn part(
        self,
        paper: &mut Paper,
        key: &str,
        heads: &[String],
        parts: &[usize],
        rows: &[Vec<Cell>],
    ) {
        table(paper, &self.words.say(key), heads, parts, rows);
    }
}

pub(super) fn table(
    paper: &mut Paper,
    name: &str,
    heads: &[String],
    parts: &[usize],
    rows: &[Vec<Cell>],
) {
    if !rows.is_empty() {
        paper.heading(2, name);
        paper.table(heads, parts, rows);
    }
}

fn sum(name: &str, total: &crate::Total, terms: &[String]) -> Vec<Cell> {
    let mut row = vec![Cell::band(name, 5)];
    let figures = [
        total.credits.to_string(),
        total.hours.to_string(),
        total.theory.to_string(),
        total.practice.to_string(),
    ];
    let cells = figures.iter().chain(terms).map(|text| Cell {
        strong: true,
        ..Cell::figure(text.as_str())
    });
    row.extend(cells);
    row
}
