//! What the Weave shows: which rows and columns, in which groups, under the
//! filters of the moment; and what stands in a cell. Derived from plan and
//! board whenever lines come, go or change their names; links are read from
//! the board as they are drawn, so a toggled cell changes nothing here.

use std::collections::HashMap;

use weft_analysis::{Board, CoverageState};
use weft_model::{
    Day, JobItemId, Lang, LinkKey, ModuleId, Plan, Rank, SpecificationItemId, Subject, Support, Uid,
};

use super::lines::Lines;
use crate::browser::device;
use crate::ui::grid::clipboard::Letter;
use crate::ui::grid::selection::{Block, Cell};
use crate::ui::marks::{Marks, Waiting};
use crate::ui::text::say;

/// Which warp the modules are woven into. Scope: screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Warp {
    /// Rows are modules, columns are competencies.
    #[default]
    Competencies,
    /// Rows are requirements of the training specification, columns modules.
    Specification,
}

/// What is shown. Scope: screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filters {
    /// Which warp.
    pub warp: Warp,
    /// Only competencies with a gap, or requirements without support.
    pub gaps: bool,
    /// Without public basic courses.
    pub without_basic: bool,
    /// Only modules that this party owns or delivers.
    pub partner: Option<Uid>,
    /// Only competencies below this role or task.
    pub line: Option<Uid>,
    /// Only modules that run in this term.
    pub term: Option<Uid>,
    /// Only lines whose code or title has these words.
    pub text: String,
}

impl Filters {
    /// Whether anything is left out.
    pub fn narrow(&self) -> bool {
        *self
            != Self {
                warp: self.warp,
                ..Self::default()
            }
    }
}

/// Where a module is taught, as the mark in its head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum At {
    /// Nobody said.
    #[default]
    Unsaid,
    /// At the school.
    School,
    /// At an enterprise.
    Enterprise,
    /// At both.
    Both,
    /// Elsewhere.
    Elsewhere,
}

/// A row or a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub uid: Uid,
    pub code: String,
    pub title: String,
    /// Hours of a module, as written beside it.
    pub hours: String,
    pub at: At,
    /// The first column or row of a group, but the very first.
    pub opens: bool,
    /// What it belongs to, read out before it: its term.
    pub group: String,
}

/// Rows or columns that belong together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    pub uid: Option<Uid>,
    pub code: String,
    pub title: String,
    /// The first line.
    pub start: usize,
    /// The line behind the last one.
    pub end: usize,
}

impl Group {
    /// Code and title; one of them where the other says nothing more.
    pub fn name(&self) -> String {
        if self.title == self.code {
            return self.title.clone();
        }
        format!("{} {}", self.code, self.title).trim().to_owned()
    }
}

/// A level of the plan's scale.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Level {
    pub rank: Rank,
    pub letter: String,
    pub name: String,
    pub names: Vec<String>,
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// The level; none: taught, level not stated (or only assessed).
    pub rank: Option<Rank>,
    /// How many links; 0: only assessed.
    pub links: u32,
    /// How many of them are of units.
    pub units: u32,
    pub assessed: bool,
}

/// How a column stands against what is required.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Stand {
    /// Nothing to say.
    #[default]
    Fine,
    /// A gap.
    Gap,
    /// A gap that somebody accepts.
    Waived,
}

/// The totals at the ends of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    pub required: Option<Rank>,
    pub reached: Option<Rank>,
    pub stand: Stand,
    /// Modules that teach it, or requirements that a module supports.
    pub taught: u32,
    pub assessed: u32,
}

/// The rows, columns and groups of the moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub warp: Warp,
    pub rows: Vec<Line>,
    pub cols: Vec<Line>,
    /// Groups of rows: terms, or dimensions.
    pub bands: Vec<Group>,
    /// Outer groups of columns: roles, or terms.
    pub roles: Vec<Group>,
    /// Inner groups of columns: tasks.
    pub tasks: Vec<Group>,
    pub levels: Vec<Level>,
    pub all_rows: usize,
    pub all_cols: usize,
    pub(super) row_at: HashMap<Uid, usize>,
    pub(super) col_at: HashMap<Uid, usize>,
    pub(super) today: Option<Day>,
}

impl Sheet {
    /// Looks at a plan through filters.
    pub fn of(plan: &Plan, board: &Board, filters: &Filters, lang: &Lang) -> Self {
        let today = Day::new(&device::today());
        let mut sheet = Lines::new(plan, board, filters, lang, today.clone()).arrange();
        let at = |lines: &[Line]| {
            let places = lines.iter().enumerate();
            places.map(|(at, line)| (line.uid, at)).collect()
        };
        sheet.row_at = at(&sheet.rows);
        sheet.col_at = at(&sheet.cols);
        sheet.warp = filters.warp;
        sheet.today = today;
        sheet
    }

    /// Where the row of this item is.
    pub fn row_of(&self, uid: Uid) -> Option<usize> {
        self.row_at.get(&uid).copied()
    }

    /// Where the column of this item is.
    pub fn col_of(&self, uid: Uid) -> Option<usize> {
        self.col_at.get(&uid).copied()
    }

    /// The cell in which a link shows, in the weave of competencies.
    pub fn cell_of(&self, link: &LinkKey) -> Option<Cell> {
        let shown = self.warp == Warp::Competencies;
        let row = self.row_of(link.module.into()).filter(|_| shown)?;
        Some(Cell::new(row, self.col_of(link.competency.into())?))
    }

    /// The module and the competency of a cell, in the weave of competencies.
    pub fn ends_of(&self, cell: Cell) -> Option<(ModuleId, JobItemId)> {
        (self.warp == Warp::Competencies)
            .then(|| Some((self.row(cell)?.into(), self.col(cell)?.into())))?
    }

    /// The requirement and the module of a cell, in the specification.
    pub fn support_of(&self, cell: Cell) -> Option<(SpecificationItemId, ModuleId)> {
        (self.warp == Warp::Specification)
            .then(|| Some((self.row(cell)?.into(), self.col(cell)?.into())))?
    }

    fn row(&self, cell: Cell) -> Option<Uid> {
        self.rows.get(cell.row).map(|line| line.uid)
    }

    fn col(&self, cell: Cell) -> Option<Uid> {
        self.cols.get(cell.col).map(|line| line.uid)
    }

    /// What is said and proposed at a cell. Nothing is at a requirement's.
    pub fn waiting(&self, marks: &Marks, cell: Cell) -> Waiting {
        match (self.warp, self.rows.get(cell.row), self.cols.get(cell.col)) {
            (Warp::Competencies, Some(row), Some(col)) => marks.cell(row.uid, col.uid),
            _ => Waiting::default(),
        }
    }

    /// What stands in a cell; nothing where it is empty.
    pub fn mark(&self, plan: &Plan, board: &Board, cell: Cell) -> Option<Mark> {
        if let Some((module, competency)) = self.ends_of(cell) {
            let found = board.cell(module, competency)?;
            return Some(Mark {
                rank: found.level,
                links: found.links,
                units: found.units,
                assessed: found.assessed,
            });
        }
        let (item, module) = self.support_of(cell)?;
        let support = plan.specification.get(item)?.supported_by.get(&module)?;
        Some(Mark {
            rank: Some(support_rank(support.0)),
            links: 1,
            ..Mark::default()
        })
    }

    /// The cells of a block that have a link, row by row.
    pub fn filled(&self, plan: &Plan, board: &Board, block: Block) -> Vec<(Cell, Mark)> {
        let mut found = Vec::new();
        for row in block.rows() {
            let Some(uid) = self.rows.get(row).map(|line| line.uid) else {
                break;
            };
            let cols: Vec<usize> = match self.warp {
                Warp::Competencies => board
                    .teaches(uid.into())
                    .filter_map(|(competency, _)| self.col_of(competency.0))
                    .collect(),
                Warp::Specification => plan
                    .specification
                    .get(uid.into())
                    .into_iter()
                    .flat_map(|item| item.supported_by.keys())
                    .filter_map(|module| self.col_of(module.0))
                    .collect(),
            };
            let mut cols: Vec<usize> = cols
                .into_iter()
                .filter(|col| block.cols().contains(col))
                .collect();
            cols.sort_unstable();
            found.extend(cols.into_iter().filter_map(|col| {
                let cell = Cell::new(row, col);
                let mark = self.mark(plan, board, cell)?;
                (mark.links > 0).then_some((cell, mark))
            }));
        }
        found
    }

    /// The totals of a column.
    pub fn ends(&self, plan: &Plan, board: &Board, col: usize) -> Ends {
        let Some(uid) = self.cols.get(col).map(|line| line.uid) else {
            return Ends::default();
        };
        if self.warp == Warp::Specification {
            let module = ModuleId(uid);
            let supports = plan.specification.iter();
            let taught = supports.filter(|item| item.supported_by.contains_key(&module));
            return Ends {
                taught: u32::try_from(taught.count()).unwrap_or(u32::MAX),
                ..Ends::default()
            };
        }
        let competency = JobItemId(uid);
        let Some(coverage) = board.coverage(competency) else {
            return Ends::default();
        };
        Ends {
            required: coverage.required,
            reached: coverage.reached,
            stand: stand(plan, board, competency, self.today.as_ref()),
            taught: coverage.modules,
            assessed: coverage.assessed,
        }
    }

    /// The total at the end of a row: links of a module, or modules that
    /// support a requirement.
    pub fn row_total(&self, board: &Board, row: usize) -> u32 {
        let Some(uid) = self.rows.get(row).map(|line| line.uid) else {
            return 0;
        };
        match self.warp {
            Warp::Competencies => board.module(uid.into()).map_or(0, |figures| figures.links),
            Warp::Specification => board.supporters(uid.into()),
        }
    }

    /// The grand totals: links (or requirements with support), and, of
    /// competencies, those that are assessed. They are of the whole plan,
    /// whatever the filters leave in sight.
    pub fn grand(&self, board: &Board) -> (u32, Option<u32>) {
        match self.warp {
            Warp::Competencies => {
                let overall = board.overall();
                (overall.links, Some(overall.assessed))
            }
            Warp::Specification => {
                let rows = self.rows.iter();
                let total = rows.map(|line| board.supporters(line.uid.into())).sum();
                (total, None)
            }
        }
    }

    /// How many levels the scale has.
    pub fn scale(&self) -> usize {
        self.levels
            .iter()
            .map(|level| usize::from(level.rank))
            .max()
            .unwrap_or(1)
    }

    /// The letter of a level: the rank itself where the scale lost it, a tick
    /// for "level not stated".
    pub fn letter(&self, rank: Option<Rank>) -> String {
        let Some(rank) = rank else {
            return "✓".to_owned();
        };
        self.levels
            .iter()
            .find(|level| level.rank == rank)
            .map_or_else(|| rank.to_string(), |level| level.letter.clone())
    }

    /// The name of a level, in words.
    pub fn level_name(&self, rank: Option<Rank>) -> String {
        let Some(rank) = rank else {
            return say("weave.level.unstated");
        };
        self.levels
            .iter()
            .find(|level| level.rank == rank)
            .map_or_else(|| rank.to_string(), |level| level.name.clone())
    }

    /// The levels as the reader of pasted cells needs them.
    pub fn letters(&self) -> Vec<Letter> {
        self.levels
            .iter()
            .map(|level| Letter {
                rank: level.rank,
                letter: level.letter.clone(),
                names: level.names.clone(),
            })
            .collect()
    }
}

/// How a competency stands, waivers of this day taken into account.
pub(super) fn stand(
    plan: &Plan,
    board: &Board,
    competency: JobItemId,
    today: Option<&Day>,
) -> Stand {
    let covered = board
        .coverage(competency)
        .is_none_or(|coverage| coverage.state == CoverageState::Covered);
    if covered {
        return Stand::Fine;
    }
    // Most plans have no waiver, and this is asked for every column at once.
    if plan.waivers.is_empty() {
        return Stand::Gap;
    }
    let waived = board
        .findings_about(Subject::Item(competency.into()))
        .any(|finding| {
            finding.rule.starts_with("coverage.")
                && finding.rule != "coverage.once"
                && finding.waived_on(today).is_some()
        });
    if waived { Stand::Waived } else { Stand::Gap }
}

/// How many competencies have a gap that nobody has waived.
pub(super) fn gaps(plan: &Plan, board: &Board) -> u32 {
    // Asked after every edit: without waivers the tally knows it already.
    if plan.waivers.is_empty() {
        let tally = board.overall();
        return tally.competencies.saturating_sub(tally.covered);
    }
    let today = Day::new(&device::today());
    let all = board.outline().competencies();
    let gaps = all.filter(|id| stand(plan, board, *id, today.as_ref()) == Stand::Gap);
    u32::try_from(gaps.count()).unwrap_or(u32::MAX)
}

/// The rank that stands for a strength of support.
pub(super) const fn support_rank(support: Support) -> Rank {
    match support {
        Support::Low => 1,
        Support::Medium => 2,
        Support::High => 3,
    }
}

/// The strength of support that a rank stands for; a mark without a level is
/// the middle one.
pub(super) const fn rank_support(rank: Option<Rank>) -> Support {
    match rank {
        Some(1) => Support::Low,
        Some(3..) => Support::High,
        _ => Support::Medium,
    }
}
