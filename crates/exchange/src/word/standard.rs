//! Course standards (课程标准): for each module what it is, what it aims at, what
//! is learned in how many hours, which tasks it serves, how and with what it is
//! taught, and how it is assessed. Each begins on a page of its own. A part of
//! which the plan says nothing says so, so that the gap is seen.

use std::collections::BTreeSet;

use weft_model::{
    ABOUT, Choice as _, Hours, JobItemId, Module, ModuleId, Outline, Plan, Tier, field,
};

use super::chapters::From;
use super::paper::{Cell, Paper, Piece};
use crate::{Figures, Words};

/// The course standard of one module, or of all in the order of the weave. The
/// same input gives the same bytes.
pub fn standards(
    plan: &Plan,
    figures: &Figures,
    words: Words<'_>,
    only: Option<ModuleId>,
) -> Vec<u8> {
    let from = From {
        plan,
        figures,
        words,
    };
    let modules = wanted(plan, figures, only);
    let title = words.item(plan, ABOUT);
    let name = match modules.as_slice() {
        [one] => name_of(from, one),
        _ => words.with(
            "book.progress.of",
            &[("title", &title), ("what", &words.say("print.standard"))],
        ),
    };
    let mut paper = Paper::new(&name, words.lang());
    if modules.is_empty() {
        paper.heading(1, &words.say("print.standard"));
        paper.lines("", &words.say("print.nothing"));
    }
    if modules.len() > 1 {
        paper.paragraph("Title", &title);
        paper.paragraph("WeftCover", &words.say("print.standard"));
        paper.page();
        paper.short_contents(&words.say("book.contents"));
    }
    let outline = Outline::of(plan);
    for (at, module) in modules.iter().enumerate() {
        if at > 0 || modules.len() > 1 {
            paper.page();
        }
        from.standard(&mut paper, module, &outline);
    }
    paper.bytes(words.foot())
}

fn wanted<'a>(plan: &'a Plan, figures: &Figures, only: Option<ModuleId>) -> Vec<&'a Module> {
    let all = figures.modules.iter().flat_map(|(_, modules)| modules);
    let wanted = all.filter(|id| only.is_none_or(|only| only == **id));
    wanted.filter_map(|id| plan.modules.get(*id)).collect()
}

/// The same, each in pieces with the name of its course, for those who write it in
/// another form.
pub(crate) fn standards_in_pieces(
    plan: &Plan,
    figures: &Figures,
    words: Words<'_>,
    only: Option<ModuleId>,
) -> Vec<(String, Vec<Piece>)> {
    let from = From {
        plan,
        figures,
        words,
    };
    let outline = Outline::of(plan);
    let modules = wanted(plan, figures, only).into_iter();
    let each = modules.map(|module| {
        let mut paper = Paper::new("", words.lang());
        from.standard(&mut paper, module, &outline);
        let name = words.code_and_title(plan, module.id.into());
        (name, paper.pieces())
    });
    each.collect()
}

fn name_of(from: From<'_>, module: &Module) -> String {
    let title = from.words.item(from.plan, module.id.into());
    from.words.with("paper.standard.of", &[("module", &title)])
}

impl From<'_> {
    fn standard(self, paper: &mut Paper, module: &Module, outline: &Outline) {
        paper.heading(1, &name_of(self, module));
        paper.lines("WeftNote", &self.words.item(self.plan, ABOUT));
        self.card(paper, module);
        let served = self.served(outline, module.id);
        self.position(paper, module, (outline, &served));
        self.aims(paper, module);
        self.contents_by_unit(paper, module, outline);
        self.competencies(paper, module, (outline, &served));
        self.carried_out(paper, module);
        self.assessed(paper, module, outline);
    }

    /// What the module is, two facts a line.
    fn card(self, paper: &mut Paper, module: &Module) {
        let (plan, words) = (self.plan, self.words);
        let told = |hours: Option<Hours>| hours.map(|it| it.to_string());
        let (theory, practice) = self.split(module);
        let facts = [
            (field::module::code, Some(module.code.clone())),
            (
                field::module::category,
                module.category.map(|it| words.item(plan, it.0.into())),
            ),
            (
                field::module::nature,
                (module.nature).map(|it| words.choice(field::module::nature, it.0.id())),
            ),
            (
                field::module::module_type,
                (module.module_type).map(|it| words.choice(field::module::module_type, it.0.id())),
            ),
            (field::module::total_hours, told(module.total_hours)),
            (
                field::module::credits,
                module.credits.map(|it| it.to_string()),
            ),
            (field::module::theory_hours, told(theory)),
            (field::module::practice_hours, told(practice)),
            (
                field::module::exam,
                (module.exam).map(|it| words.choice(field::module::exam, it.0.id())),
            ),
            (
                field::module::delivery,
                (module.delivery).map(|it| words.choice(field::module::delivery, it.0.id())),
            ),
            (
                field::module::owner,
                module.owner.map(|it| words.item(plan, it.0.into())),
            ),
        ];
        let mut cells: Vec<(String, String)> = facts
            .into_iter()
            .map(|(field, value)| (words.field(field), value.unwrap_or_default()))
            .collect();
        cells.push((words.say("print.term"), self.terms(module)));
        cells.retain(|(_, value)| !value.is_empty());
        let rows: Vec<Vec<Cell>> = cells
            .chunks(2)
            .map(|pair| {
                let mut row = Vec::new();
                for (name, value) in pair {
                    row.push(Cell::band(name.as_str(), 1));
                    row.push(Cell::new(value.as_str()));
                }
                if pair.len() == 1 {
                    row.extend([Cell::band("", 1), Cell::new("")]);
                }
                row
            })
            .collect();
        if !rows.is_empty() {
            paper.table(&[], &[3, 5, 3, 5], &rows);
        }
    }

    fn split(self, module: &Module) -> (Option<Hours>, Option<Hours>) {
        let known = self.figures.split.get(&module.id);
        known.copied().unwrap_or_default()
    }

    /// The competencies that a module teaches, in the order of the outline.
    fn served(self, outline: &Outline, module: ModuleId) -> Vec<JobItemId> {
        let all = outline.competencies();
        all.filter(|id| self.figures.cells.get(module, *id).is_some())
            .collect()
    }

    fn above_all(self, outline: &Outline, ids: &[JobItemId], tier: Tier) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let all = ids.iter().filter_map(|id| outline.above(*id, tier));
        all.filter(|id| seen.insert(*id))
            .map(|id| self.words.code_and_title(self.plan, id.into()))
            .collect()
    }

    /// Nature and position: what it says of itself, whom it serves, what comes
    /// before, beside and after it.
    fn position(
        self,
        paper: &mut Paper,
        module: &Module,
        (outline, served): (&Outline, &[JobItemId]),
    ) {
        paper.heading(2, &self.words.say("paper.standard.position"));
        let before = paper.length();
        paper.lines("", module.description.show(self.words.lang()));
        paper.lines("", &module.focus);
        let comma = self.words.say("finding.comma");
        let titles = |ids: Vec<ModuleId>| {
            let all = ids
                .into_iter()
                .map(|id| self.words.code_and_title(self.plan, id.into()));
            all.collect::<Vec<_>>().join(&comma)
        };
        let live = |ids: &BTreeSet<ModuleId>| {
            let order = self.figures.modules.iter().flat_map(|(_, all)| all);
            order.filter(|id| ids.contains(id)).copied().collect()
        };
        let after = self.figures.modules.iter().flat_map(|(_, all)| all);
        let after = after.filter(|id| {
            let other = self.plan.modules.get(**id);
            other.is_some_and(|it| it.prerequisites.contains(&module.id))
        });
        let lines = [
            (
                "paper.standard.roles",
                self.above_all(outline, served, Tier::Role).join(&comma),
            ),
            (
                "paper.standard.tasks",
                self.above_all(outline, served, Tier::Task).join(&comma),
            ),
            ("print.after", titles(live(&module.prerequisites))),
            ("paper.standard.beside", titles(live(&module.parallels))),
            ("paper.standard.next", titles(after.copied().collect())),
        ];
        for (key, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
            let named = [("modules", value.as_str()), ("lines", value.as_str())];
            paper.lines("", &self.words.with(key, &named));
        }
        self.or_gap(paper, before);
    }

    /// Objectives, and the requirements of the specification that it supports.
    fn aims(self, paper: &mut Paper, module: &Module) {
        paper.heading(2, &self.words.say("paper.standard.objectives"));
        let before = paper.length();
        paper.lines("", module.objectives.show(self.words.lang()));
        let supported = self.plan.specification.iter();
        let supported = supported.filter(|it| it.supported_by.contains_key(&module.id));
        let rows: Vec<Vec<Cell>> = supported
            .map(|it| {
                let dimension = it.dimension.map(|dimension| {
                    let of = field::specification_item::dimension;
                    self.words.choice(of, dimension.0.id())
                });
                vec![
                    Cell::figure(dimension.unwrap_or_default()),
                    Cell::new(it.statement.show(self.words.lang())),
                ]
            })
            .collect();
        if !rows.is_empty() {
            paper.lines("", &self.words.say("paper.standard.supports"));
            let heads = self.heads(&["print.dimension", "print.requirement"]);
            paper.table(&heads, &[2, 13], &rows);
        }
        self.or_gap(paper, before);
    }

    /// Says that the plan says nothing, where nothing was written since.
    pub(super) fn or_gap(self, paper: &mut Paper, before: usize) {
        if paper.length() == before {
            self.gap(paper);
        }
    }

    /// A line by its code, else its words.
    pub(super) fn short_line(self, id: JobItemId) -> String {
        let code = self.words.code(self.plan, id.into());
        if code.is_empty() {
            self.words.item(self.plan, id.into())
        } else {
            code
        }
    }

    /// Says that the plan says nothing.
    pub(super) fn gap(self, paper: &mut Paper) {
        paper.lines("WeftNote", &self.words.say("paper.standard.gap"));
    }
}
