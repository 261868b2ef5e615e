//! Where on the board everything goes: columns, what runs over several of
//! them, and the cards of each. Arrangement only; hours and budgets are the
//! board of `analysis`.

use std::collections::{BTreeMap, BTreeSet};

use weft_analysis::Board;
use weft_model::{CategoryRole, ElectivePoolId, ModuleId, Plan, TermId};

/// What a column stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// A term of the calendar.
    Term(TermId),
    /// A period as the modules name it, in plans without a calendar.
    Period(String),
    /// What is in no other column.
    Rest,
}

/// A thing in a column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// Public basic courses, folded into one line: how many.
    Fold(Column, Vec<ModuleId>),
    /// One module.
    Card(ModuleId),
    /// Members of a pool that are in this column.
    Pool(ElectivePoolId, Vec<ModuleId>),
}

/// A stretch of a module that runs over several terms.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bar {
    /// The module.
    pub module: ModuleId,
    /// The first and the last column of the stretch.
    pub from: usize,
    /// The last column.
    pub to: usize,
    /// The row in the band.
    pub lane: usize,
}

/// The arrangement of a plan's modules.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// From left to right.
    pub columns: Vec<Column>,
    /// What stands in each.
    pub entries: Vec<Vec<Entry>>,
    /// What runs over several.
    pub bars: Vec<Bar>,
}

impl Layout {
    /// Arranges the modules of a plan; `open` are the columns whose public
    /// basic courses are shown one by one.
    pub fn of(plan: &Plan, board: &Board, open: &BTreeSet<Column>) -> Self {
        let terms = board.term_order();
        if terms.is_empty() {
            Self::by_period(plan)
        } else {
            Self::by_term(plan, board, terms, open)
        }
    }

    fn by_term(plan: &Plan, board: &Board, terms: &[TermId], open: &BTreeSet<Column>) -> Self {
        let mut columns: Vec<Column> = terms.iter().map(|term| Column::Term(*term)).collect();
        let mut cards: Vec<Vec<ModuleId>> = vec![Vec::new(); terms.len()];
        let (mut rest, mut bars) = (Vec::new(), Vec::new());
        for module in plan.modules.iter() {
            let mut places: Vec<usize> = board
                .module(module.id)
                .map(|figures| {
                    figures
                        .offered
                        .iter()
                        .filter_map(|o| board.term_place(o.term))
                        .collect()
                })
                .unwrap_or_default();
            places.sort_unstable();
            match places.as_slice() {
                [] => rest.push(module.id),
                [place] => cards[*place].push(module.id),
                _ => bars.extend(stretches(module.id, &places)),
            }
        }
        pack(&mut bars, terms.len());
        if !rest.is_empty() {
            columns.push(Column::Rest);
            cards.push(rest);
        }
        let entries = columns
            .iter()
            .zip(cards)
            .map(|(column, cards)| entries(plan, board, column, cards, open))
            .collect();
        Self {
            columns,
            entries,
            bars,
        }
    }

    fn by_period(plan: &Plan) -> Self {
        let mut names: Vec<String> = Vec::new();
        let mut cards: BTreeMap<Option<String>, Vec<ModuleId>> = BTreeMap::new();
        for module in plan.modules.iter() {
            let period = module.period.trim();
            let name = (!period.is_empty()).then(|| period.to_owned());
            if let Some(name) = &name
                && !names.contains(name)
            {
                names.push(name.clone());
            }
            cards.entry(name).or_default().push(module.id);
        }
        // Years and numbers sort; other names stay as they come.
        if names
            .iter()
            .all(|name| name.starts_with(|letter: char| letter.is_ascii_digit()))
        {
            names.sort();
        }
        let mut columns: Vec<Column> = names.into_iter().map(Column::Period).collect();
        if cards.contains_key(&None) {
            columns.push(Column::Rest);
        }
        let entries = columns
            .iter()
            .map(|column| {
                let name = match column {
                    Column::Period(name) => Some(name.clone()),
                    _ => None,
                };
                let of = cards.remove(&name).unwrap_or_default();
                in_pools(plan, of)
            })
            .collect();
        Self {
            columns,
            entries,
            bars: Vec::new(),
        }
    }

    /// The modules of a column as they are shown, folded ones left out.
    pub fn cards(&self, column: usize) -> Vec<ModuleId> {
        let entries = self.entries.get(column).into_iter().flatten();
        entries
            .flat_map(|entry| match entry {
                Entry::Fold(..) => Vec::new(),
                Entry::Card(module) => vec![*module],
                Entry::Pool(_, members) => members.clone(),
            })
            .collect()
    }

    /// The column of a module that is in one column alone.
    pub fn column_of(&self, module: ModuleId) -> Option<usize> {
        self.entries.iter().position(|entries| {
            entries.iter().any(|entry| match entry {
                Entry::Card(card) => *card == module,
                Entry::Pool(_, all) | Entry::Fold(_, all) => all.contains(&module),
            })
        })
    }

    /// Whether a module runs over several terms.
    pub fn is_bar(&self, module: ModuleId) -> bool {
        self.bars.iter().any(|bar| bar.module == module)
    }
}

impl Layout {
    /// How many columns are terms: they stand before all others.
    pub fn terms(&self) -> usize {
        let is_term = |column: &&Column| matches!(column, Column::Term(_));
        self.columns.iter().take_while(is_term).count()
    }

    /// The stretches of a module over the terms, also of one that is in a single
    /// term.
    pub fn stretches_of(&self, module: ModuleId) -> Vec<Bar> {
        let bars = self.bars.iter().filter(|bar| bar.module == module);
        let mut all: Vec<Bar> = bars.cloned().collect();
        if all.is_empty()
            && let Some(at) = self.column_of(module).filter(|at| *at < self.terms())
        {
            all.push(Bar {
                module,
                from: at,
                to: at,
                lane: 0,
            });
        }
        all
    }

    /// How far a module can be moved as a whole, at most by so many columns.
    pub fn room(&self, module: ModuleId, by: isize) -> isize {
        let all = self.stretches_of(module);
        let first = all.iter().map(|bar| bar.from).min().unwrap_or(0);
        let last = all.iter().map(|bar| bar.to).max().unwrap_or(0);
        let behind = self.terms().saturating_sub(last + 1);
        by.clamp(-first.cast_signed(), behind.cast_signed())
    }
}

/// Unbroken runs of columns.
fn stretches(module: ModuleId, places: &[usize]) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    for place in places {
        match bars.last_mut() {
            Some(bar) if bar.to + 1 >= *place => bar.to = *place,
            _ => bars.push(Bar {
                module,
                from: *place,
                to: *place,
                lane: 0,
            }),
        }
    }
    bars
}

/// Gives each bar the first row in which its columns are free; the stretches
/// of one module stay in one row.
fn pack(bars: &mut [Bar], columns: usize) {
    let mut lanes: Vec<Vec<bool>> = Vec::new();
    let mut at = 0;
    while at < bars.len() {
        let module = bars[at].module;
        let end = at
            + bars[at..]
                .iter()
                .take_while(|bar| bar.module == module)
                .count();
        let needed: Vec<usize> = bars[at..end]
            .iter()
            .flat_map(|bar| bar.from..=bar.to)
            .collect();
        let free = |lane: &Vec<bool>| needed.iter().all(|column| !lane[*column]);
        let lane = lanes.iter().position(free).unwrap_or_else(|| {
            lanes.push(vec![false; columns]);
            lanes.len() - 1
        });
        for column in needed {
            lanes[lane][column] = true;
        }
        for bar in &mut bars[at..end] {
            bar.lane = lane;
        }
        at = end;
    }
}

fn entries(
    plan: &Plan,
    board: &Board,
    column: &Column,
    cards: Vec<ModuleId>,
    open: &BTreeSet<Column>,
) -> Vec<Entry> {
    let basic = |module: &ModuleId| {
        let role = board.module(*module).and_then(|figures| figures.role);
        role == Some(CategoryRole::PublicBasic)
    };
    let folded: Vec<ModuleId> = cards.iter().copied().filter(basic).collect();
    if folded.len() < 2 || *column == Column::Rest {
        return in_pools(plan, cards);
    }
    let mut all = vec![Entry::Fold(column.clone(), folded)];
    let shown = if open.contains(column) {
        cards
    } else {
        cards.into_iter().filter(|module| !basic(module)).collect()
    };
    all.extend(in_pools(plan, shown));
    all
}

/// Cards in their order, members of a pool together where the first of them is.
fn in_pools(plan: &Plan, cards: Vec<ModuleId>) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    for module in cards {
        let pool = plan
            .elective_pools
            .iter()
            .find(|pool| pool.members.contains(&module));
        let Some(pool) = pool else {
            all.push(Entry::Card(module));
            continue;
        };
        let open = all.iter_mut().find_map(|entry| match entry {
            Entry::Pool(id, members) if *id == pool.id => Some(members),
            _ => None,
        });
        match open {
            Some(members) => members.push(module),
            None => all.push(Entry::Pool(pool.id, vec![module])),
        }
    }
    all
}
