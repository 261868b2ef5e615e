//! How a module lies in the terms: cells of a teaching-progress table become
//! stretches, and hours are worked out where only one way is left.

use std::collections::BTreeSet;

use weft_model::{Choice, ItemId, Kind, Value, field};

use super::{At, Importer};
use crate::tables::cells::{self, Stretch};
use crate::tables::target::Target;
use crate::{Reason, WarningKind};
use field::offering;

impl Importer<'_> {
    /// How a row lies in the terms.
    pub(super) fn offerings(&mut self, at: At<'_>, item: ItemId) {
        let mut all: Vec<(ItemId, Stretch)> = Vec::new();
        let mut planned = false;
        let mut marked: Vec<&str> = Vec::new();
        for (column, head) in at.matching.columns.iter().enumerate() {
            let cell = at.cell(column);
            match head.target {
                Target::TermCell(number) => {
                    planned |= !cell.is_empty();
                    if cell.is_empty() || cell == "-" || cell == "—" || cell == "/" {
                        continue;
                    }
                    // `4/8W+2W`: two stretches in one term.
                    let parts: Option<Vec<Stretch>> =
                        cell.split(['+', '＋']).map(cells::stretch).collect();
                    match parts {
                        Some(parts) => {
                            marked.extend(cells::is_marked(cell).then_some(cell));
                            for stretch in parts {
                                // As many weeks as the head says, where the cell does not.
                                let stretch = match (stretch, head.key.parse()) {
                                    (Stretch::Weekly { hours, weeks: None }, Ok(weeks)) => {
                                        Stretch::Weekly {
                                            hours,
                                            weeks: Some(weeks),
                                        }
                                    }
                                    (stretch, _) => stretch,
                                };
                                let term = self.term_number(at, number);
                                all.extend(term.map(|term| (term, stretch)));
                            }
                        }
                        None => self.bad_pattern(at, column, cell),
                    }
                }
                Target::Progress => {
                    planned |= !cell.is_empty();
                    for (term, cell) in cells::progress(cell) {
                        match (cells::stretch(cell), self.term_named(at, &term)) {
                            (Some(stretch), Some(term)) => {
                                marked.extend(cells::is_marked(cell).then_some(cell));
                                all.push((term, stretch));
                            }
                            _ => self.bad_pattern(at, column, &format!("{term}:{cell}")),
                        }
                    }
                }
                _ => {}
            }
        }
        if !planned {
            // A table that has room for the terms and leaves it empty has none.
            if !at.matching.has(Target::Progress) {
                self.period_term(at, item);
            }
            return;
        }
        if !marked.is_empty() {
            let text = marked.join(", ").chars().take(60).collect();
            self.warn(at.place(None), WarningKind::Marks { text });
        }
        let total = self
            .work
            .plan
            .modules
            .raw(item.uid.into())
            .and_then(|module| module.total_hours)
            .map(|hours| hours.halves());
        self.work_out(at, total, &mut all);
        let mut used: BTreeSet<ItemId> = BTreeSet::new();
        for (term, stretch) in all {
            self.offering(at, item, term, stretch, &mut used);
        }
    }

    fn bad_pattern(&mut self, at: At<'_>, column: usize, cell: &str) {
        let text = cell.chars().take(60).collect();
        self.warn(at.place(Some(column)), WarningKind::BadPattern { text });
    }

    /// Gives lectures and whole weeks their hours where the total leaves one
    /// way only, and compares the sum with the total.
    fn work_out(&mut self, at: At<'_>, total: Option<i64>, all: &mut [(ItemId, Stretch)]) {
        for (term, stretch) in all.iter_mut() {
            if let Stretch::Weekly {
                weeks: weeks @ None,
                ..
            } = stretch
            {
                *weeks = self
                    .work
                    .plan
                    .terms
                    .raw(term.uid.into())
                    .and_then(|term| term.teaching_weeks)
                    .map(|weeks| weeks.0);
            }
        }
        let Some(total) = total else { return };
        let known: i64 = all
            .iter()
            .map(|(_, stretch)| hours(*stretch).unwrap_or(0))
            .sum();
        let open: i64 = all
            .iter()
            .filter(|(_, stretch)| hours(*stretch).is_none())
            .map(|(_, stretch)| share(*stretch))
            .sum();
        if open == 0 {
            if known != total && !all.is_empty() {
                self.warn(
                    at.place(None),
                    WarningKind::PatternSum {
                        total,
                        offerings: known,
                    },
                );
            }
            return;
        }
        let left = total - known;
        let one_kind = all
            .iter()
            .filter(|(_, stretch)| hours(*stretch).is_none())
            .map(|(_, stretch)| core::mem::discriminant(stretch));
        let kinds: Vec<_> = one_kind.collect();
        if left <= 0 || left % open != 0 || kinds.windows(2).any(|pair| pair[0] != pair[1]) {
            return;
        }
        let each = left / open;
        for (_, stretch) in all.iter_mut() {
            match stretch {
                Stretch::Whole {
                    hours: hours @ None,
                    ..
                }
                | Stretch::Lectures {
                    hours: hours @ None,
                } => *hours = Some(each),
                _ => {}
            }
        }
        self.warn(at.place(None), WarningKind::HoursWorkedOut);
    }

    fn offering(
        &mut self,
        at: At<'_>,
        item: ItemId,
        term: ItemId,
        stretch: Stretch,
        used: &mut BTreeSet<ItemId>,
    ) {
        let (pattern, per_week, weeks, hours) = match stretch {
            Stretch::Weekly { hours, weeks } => ("weekly", Some(hours), weeks, None),
            Stretch::Whole { weeks, hours } => ("whole_weeks", hours, Some(weeks), None),
            Stretch::Lectures { hours } => ("lectures", None, None, hours),
        };
        let mut values = vec![(offering::pattern.key(), Value::str(pattern))];
        values.extend(per_week.map(|hours| (offering::hours_per_week.key(), Value::Int(hours))));
        values.extend(weeks.map(|weeks| (offering::weeks.key(), Value::Int(weeks))));
        values.extend(hours.map(|hours| (offering::hours.key(), Value::Int(hours))));
        let same = self.work.plan.offerings.below(item.uid).find(|known| {
            let id: ItemId = known.id.into();
            let pattern = known.pattern.is_none_or(|known| known.0.id() == pattern);
            known.term.is_some_and(|known| known.0.0 == term.uid) && pattern && !used.contains(&id)
        });
        match same.map(|known| ItemId::from(known.id)) {
            Some(known) => {
                self.work.met(known);
                used.insert(known);
                for (key, value) in values {
                    self.put(at, None, known, key, Some(value));
                }
            }
            None => {
                values.push((offering::term.key(), Value::Str(term.uid.to_string())));
                let values = values
                    .into_iter()
                    .map(|(key, value)| (0, key, value))
                    .collect();
                let new = self.work.fresh(Kind::Offering);
                match self.add(at, new, Some(item.uid), values) {
                    Ok(()) => {
                        used.insert(new);
                    }
                    Err(Reason::Refused(error)) => {
                        self.warn(at.place(None), WarningKind::Refused(error))
                    }
                    Err(_) => {}
                }
            }
        }
    }
}

/// The hours of a stretch, in halves; none: the cell does not say.
fn hours(stretch: Stretch) -> Option<i64> {
    match stretch {
        Stretch::Weekly { hours, weeks } => Some(hours * weeks.unwrap_or(0)),
        Stretch::Whole { weeks, hours } => hours.map(|hours| hours * weeks),
        Stretch::Lectures { hours } => hours,
    }
}

/// How many equal parts of what is left a stretch takes.
fn share(stretch: Stretch) -> i64 {
    match stretch {
        Stretch::Whole { weeks, .. } => weeks,
        _ => 1,
    }
}
