//! A field's value in the words of a table: for reading, sorting and copying.

use std::cmp::Ordering;

use weft_model::{Field, ItemId, Lang, Plan, Shape, Sub, Uid, Value};

use crate::browser::intl::Collator;
use crate::ui::sentences::choice_name;
use crate::ui::text::{number, say};
use crate::ui::writing::{item_code, item_label};

/// A value as a table shows it; empty where there is none. Reactive in the
/// language alone.
pub fn field_text(plan: &Plan, lang: &Lang, item: ItemId, field: Field) -> String {
    match field.shape() {
        Shape::Text => {
            let mut text = weft_model::Text::default();
            plan.any(item.kind).values(item.uid, &mut |key, value| {
                if let (true, Sub::Lang(lang), Value::Str(words)) =
                    (key.field == field, key.sub, value)
                {
                    text.set(lang, words);
                }
            });
            text.show(lang).to_owned()
        }
        Shape::Set(kind) => {
            let mut names = Vec::new();
            each_member(plan, item, field, |uid, _| {
                let member = ItemId { kind, uid };
                if plan.any(kind).is_live(uid) {
                    names.push(short_name(plan, lang, member));
                }
            });
            names.join(", ")
        }
        Shape::Map(kind, inner) => {
            let mut names = Vec::new();
            each_member(plan, item, field, |uid, value| {
                let member = ItemId { kind, uid };
                if plan.any(kind).is_live(uid) {
                    let name = short_name(plan, lang, member);
                    names.push(format!("{name} {}", scalar(plan, field, *inner, &value)));
                }
            });
            names.join(", ")
        }
        Shape::Ref(kind) => plan
            .value(item, &field.key())
            .and_then(|value| value.as_str()?.parse::<Uid>().ok())
            .filter(|uid| plan.any(kind).is_live(*uid))
            .map(|uid| title_of(plan, lang, ItemId { kind, uid }))
            .unwrap_or_default(),
        shape => plan
            .value(item, &field.key())
            .map(|value| scalar(plan, field, shape, &value))
            .unwrap_or_default(),
    }
}

/// One value in words, as of a field with its key; empty where there is none.
/// Reactive in the language alone.
pub fn value_text(plan: &Plan, lang: &Lang, field: Field, value: Option<&Value>) -> String {
    let Some(value) = value else {
        return String::new();
    };
    match field.shape() {
        Shape::Ref(kind) => {
            let uid = value.as_str().and_then(|it| it.parse::<Uid>().ok());
            uid.map(|uid| title_of(plan, lang, ItemId { kind, uid }))
                .unwrap_or_default()
        }
        Shape::Map(_, inner) => scalar(plan, field, *inner, value),
        shape => scalar(plan, field, shape, value),
    }
}

fn each_member(plan: &Plan, item: ItemId, field: Field, mut each: impl FnMut(Uid, Value)) {
    plan.any(item.kind).values(item.uid, &mut |key, value| {
        if let (true, Sub::Member(uid)) = (key.field == field, key.sub) {
            each(uid, value);
        }
    });
}

fn scalar(plan: &Plan, field: Field, shape: Shape, value: &Value) -> String {
    match (shape, value) {
        (_, Value::Bool(yes)) => say(if *yes { "form.yes" } else { "form.no" }),
        (Shape::Choice(_), Value::Str(id)) => choice_name(field, id),
        (Shape::Hours | Shape::Credits | Shape::Years, Value::Int(halves)) => {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
            let amount = *halves as f64 / 2.0;
            number(amount)
        }
        (_, Value::Int(rank)) if field.name() == "required_level" => plan
            .scale_levels
            .iter()
            .find(|level| level.rank.is_some_and(|known| known.0 == *rank))
            .map_or_else(|| rank.to_string(), |level| level.letter.clone()),
        (_, Value::Int(whole)) => whole.to_string(),
        (_, Value::Str(text)) => text.clone(),
    }
}

fn short_name(plan: &Plan, lang: &Lang, item: ItemId) -> String {
    let code = item_code(plan, item);
    if code.is_empty() {
        item_label(plan, lang, item)
    } else {
        code
    }
}

fn title_of(plan: &Plan, lang: &Lang, item: ItemId) -> String {
    let title = plan.title(item);
    match title.show(lang) {
        "" => item_label(plan, lang, item),
        title => title.to_owned(),
    }
}

/// Whether a column holds figures, which stand at the right.
pub fn is_figure(field: Field) -> bool {
    matches!(
        field.shape(),
        Shape::Int { .. } | Shape::Hours | Shape::Credits | Shape::Years
    )
}

/// What a column sorts by.
#[derive(Debug, Clone, PartialEq)]
pub enum SortKey {
    /// A figure.
    Figure(i64),
    /// Words.
    Words(String),
    /// Nothing: always behind everything else.
    Nothing,
}

/// The sort key of a value. Choices sort as their list does.
pub fn sort_key(plan: &Plan, lang: &Lang, item: ItemId, field: Field) -> SortKey {
    let value = plan.value(item, &field.key());
    match (field.shape(), value) {
        (Shape::Choice(ids), Some(Value::Str(id))) => {
            let place = ids
                .iter()
                .position(|known| **known == *id)
                .unwrap_or(ids.len());
            SortKey::Figure(i64::try_from(place).unwrap_or(i64::MAX))
        }
        (_, Some(Value::Int(whole))) => SortKey::Figure(whole),
        (_, Some(Value::Bool(yes))) => SortKey::Figure(i64::from(!yes)),
        _ => match field_text(plan, lang, item, field) {
            text if text.is_empty() => SortKey::Nothing,
            text => SortKey::Words(text),
        },
    }
}

/// Compares two keys of one column; nothing comes last either way round.
pub fn compare(collator: &Collator, first: &SortKey, second: &SortKey, turned: bool) -> Ordering {
    let order = match (first, second) {
        (SortKey::Nothing, SortKey::Nothing) => return Ordering::Equal,
        (SortKey::Nothing, _) => return Ordering::Greater,
        (_, SortKey::Nothing) => return Ordering::Less,
        (SortKey::Figure(first), SortKey::Figure(second)) => first.cmp(second),
        (SortKey::Words(first), SortKey::Words(second)) => collator.compare(first, second),
        (SortKey::Figure(_), SortKey::Words(_)) => Ordering::Less,
        (SortKey::Words(_), SortKey::Figure(_)) => Ordering::Greater,
    };
    if turned { order.reverse() } else { order }
}
