//! Check sums: rows that say what the rows above add up to. They are
//! compared, never taken for modules. An elective pool counts what must be
//! taken, bracketed hours do not count.

use std::collections::BTreeMap;

use weft_model::{Field, field};

use super::{At, Importer};
use crate::tables::target::{TableKind, Target};
use crate::tables::{cells, words};
use crate::{Check, CheckScope, Fate, Measure, Place, WarningKind};
use words::SumWord;

const MEASURES: [Field; 4] = [
    field::module::total_hours,
    field::module::theory_hours,
    field::module::practice_hours,
    field::module::credits,
];

/// What the modules of a sheet say so far.
#[derive(Default)]
pub(super) struct Sums {
    rows: Vec<Read>,
    /// The first row that no subtotal covers yet.
    since: usize,
}

/// One module as it counts.
pub(super) struct Read {
    pub values: [Option<i64>; 4],
    /// False for bracketed hours.
    pub counted: bool,
    /// Its pool and how many of it are taken.
    pub pool: Option<(String, i64)>,
}

impl Sums {
    pub fn push(&mut self, read: Read) {
        self.rows.push(read);
    }

    fn sum(&self, from: usize, measure: usize) -> i64 {
        let mut taken: BTreeMap<&str, i64> = BTreeMap::new();
        let mut sum: i64 = 0;
        for row in &self.rows[from..] {
            if let Some((pool, take)) = &row.pool {
                let used = taken.entry(pool).or_insert(0);
                *used += 1;
                if *used > *take {
                    continue;
                }
            }
            // Credits of bracketed hours count; the hours do not.
            if row.counted || MEASURES[measure] == field::module::credits {
                sum = sum.saturating_add(row.values[measure].unwrap_or(0));
            }
        }
        sum
    }

    fn any(&self, measure: usize) -> bool {
        self.rows.iter().any(|row| row.values[measure].is_some())
    }
}

impl Importer<'_> {
    /// Compares a row of sums. False when the row is no such row.
    pub(super) fn sum_row(&mut self, at: At<'_>, table: TableKind, sums: &mut Sums) -> bool {
        let modules = matches!(table, TableKind::Modules | TableKind::Progress);
        if !modules && table != TableKind::Terms {
            return false;
        }
        if modules
            && !at.first(Target::Field(field::module::code)).is_empty()
            && at.first(Target::Field(field::module::title)).is_empty()
        {
            // "Total" in the code column is still a sum.
            if words::sum_word(at.first(Target::Field(field::module::code))).is_none() {
                return false;
            }
        }
        let filled = at.sheet.rows[at.row]
            .cells
            .iter()
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty());
        let Some(word) = filled.take(2).find_map(words::sum_word) else {
            return false;
        };
        self.fate(at, Fate::CheckSum);
        if !modules {
            return true;
        }
        for (measure, field) in MEASURES.into_iter().enumerate() {
            let text = at.first(Target::Field(field));
            let column = at.matching.column(Target::Field(field));
            let Some((says, _)) = cells::halves(text) else {
                if !text.is_empty() {
                    let text = text.to_owned();
                    self.warn(at.place(column), WarningKind::SumNotRead { text });
                }
                continue;
            };
            let (since, all) = (sums.sum(sums.since, measure), sums.sum(0, measure));
            // Some offices write 合计 below each block.
            let total = word == SumWord::Total && (all == says || since != says);
            self.out.checks.push(Check {
                place: at.place(column),
                scope: if total {
                    CheckScope::Total
                } else {
                    CheckScope::Subtotal
                },
                measure: Measure::Halves(field),
                says: Some(says),
                read: if total { all } else { since },
            });
        }
        sums.since = sums.rows.len();
        true
    }

    /// What a sheet adds up to, whether or not it says so itself.
    pub(super) fn sheet_sums(&mut self, number: usize, sums: &Sums) {
        for (measure, field) in MEASURES
            .into_iter()
            .enumerate()
            .filter(|(measure, _)| sums.any(*measure))
        {
            self.out.checks.push(Check {
                place: Place::Sheet { sheet: number },
                scope: CheckScope::Sheet,
                measure: Measure::Halves(field),
                says: None,
                read: sums.sum(0, measure),
            });
        }
    }
}

impl Read {
    /// The four measures of a row.
    pub fn of(at: At<'_>, counted: bool, pool: Option<(String, i64)>) -> Self {
        let value = |field| cells::halves(at.first(Target::Field(field))).map(|(value, _)| value);
        Self {
            values: MEASURES.map(value),
            counted,
            pool,
        }
    }
}
