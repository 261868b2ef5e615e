//! Cells that stand for themselves: words, numbers, days and choices become
//! values of the row's item.

use weft_model::{Field, FieldKey, Lang, Shape, Value};

use super::{At, Importer};
use crate::WarningKind;
use crate::tables::target::Target;
use crate::tables::{cells, heading, words};

impl Importer<'_> {
    /// The values of all columns that stand for themselves.
    pub(super) fn plain_values(&mut self, at: At<'_>) -> Vec<(usize, FieldKey, Value)> {
        let mut all = Vec::new();
        for (column, head) in at.matching.columns.iter().enumerate() {
            let Target::Field(field) = head.target else {
                continue;
            };
            let cell = at.cell(column);
            if cell.is_empty() || field.shape().target().is_some() {
                continue;
            }
            if let Shape::Choice(ids) = field.shape()
                && ids.contains(&head.key.as_str())
            {
                self.ticked(at, (column, field), &head.key, cell, &mut all);
                continue;
            }
            match self.value(at, field, head.lang.as_ref(), cell) {
                Some((key, value)) => all.push((column, key, value)),
                // The question stands for all of them.
                None if field == weft_model::field::job_item::required_level
                    && self.scale.is_open() => {}
                None => {
                    let why = match field.shape() {
                        Shape::Choice(_) => weft_model::BadValue::UnknownChoice,
                        Shape::Day => weft_model::BadValue::BadDate,
                        _ => weft_model::BadValue::WrongType,
                    };
                    let text = cell.chars().take(200).collect();
                    self.warn(
                        at.place(Some(column)),
                        WarningKind::BadValue { field, text, why },
                    );
                }
            }
        }
        all
    }

    /// A column that stands for one of several: what is ticked is that. What else
    /// stands there, such as the terms of an examination, is named.
    fn ticked(
        &mut self,
        at: At<'_>,
        (column, field): (usize, Field),
        id: &str,
        cell: &str,
        all: &mut Vec<(usize, FieldKey, Value)>,
    ) {
        let ticked = heading::is_ticked(cell);
        if ticked == Some(false) {
            return;
        }
        let text: String = cell.chars().take(200).collect();
        let place = at.place(Some(column));
        if all.iter().any(|(_, key, _)| key.field == field) {
            let why = weft_model::BadValue::UnknownChoice;
            return self.warn(place, WarningKind::BadValue { field, text, why });
        }
        if ticked.is_none() {
            self.warn(place, WarningKind::Marks { text });
        }
        all.push((column, field.key(), Value::str(id)));
    }

    fn value(
        &self,
        at: At<'_>,
        field: Field,
        lang: Option<&Lang>,
        cell: &str,
    ) -> Option<(FieldKey, Value)> {
        use weft_model::field::job_item;
        let value = match field.shape() {
            Shape::Text => return Some((field.lang(at.lang(lang, cell)), Value::str(cell))),
            Shape::Int { .. } if field == job_item::required_level => {
                Value::Int(i64::from(self.scale.rank(cell)?))
            }
            // S is social beside P, G, D and skill beside K and B.
            Shape::Choice(_)
                if field == job_item::kind
                    && cell.trim().eq_ignore_ascii_case("s")
                    && self.is_ksb(at) =>
            {
                Value::str("skill")
            }
            Shape::Langs => return None,
            shape => scalar(shape, cell)?,
        };
        Some((field.key(), value))
    }

    fn is_ksb(&self, at: At<'_>) -> bool {
        let kind = Target::Field(weft_model::field::job_item::kind);
        let column = at.matching.column(kind);
        column.is_some_and(|column| {
            (0..at.sheet.rows.len())
                .any(|row| matches!(at.sheet.cell(row, column), "K" | "B" | "k" | "b"))
        })
    }
}

/// A cell as a value that stands for itself; none where it is not of the shape,
/// or is one that needs more than a cell.
pub(super) fn scalar(shape: Shape, cell: &str) -> Option<Value> {
    Some(match shape {
        Shape::Line | Shape::Langs => Value::str(cell),
        Shape::Bool => Value::Bool(words::yes(cell)?),
        Shape::Hours | Shape::Credits | Shape::Years => Value::Int(cells::halves(cell)?.0),
        Shape::Day => Value::Str(cells::day(cell)),
        Shape::Int { .. } => Value::Int(cells::whole(cell)?),
        Shape::Choice(ids) => Value::str(words::choice(ids, cell)?),
        Shape::Text | Shape::Verbatim | Shape::Ref(_) | Shape::Set(_) | Shape::Map(..) => {
            return None;
        }
    })
}
