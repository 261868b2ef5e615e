//! The words of a table's cell read as a field's value: the way back of
//! `cell_text`, for what is pasted.

use weft_model::{Command, Day, Field, ItemId, LINE_LIMIT, Lang, Plan, Shape, TEXT_LIMIT};
use weft_model::{Sub, Uid, Value};

use crate::ui::number::{self, Typed};
use crate::ui::sentences::choice_name;
use crate::ui::text::say;
use crate::ui::writing::{item_code, item_label};

/// What makes a field of an item read like this; nothing where the words are no
/// value of it. Texts are written in `lang`. Empty words empty the field.
pub fn reading(
    plan: &Plan,
    lang: &Lang,
    item: ItemId,
    field: Field,
    words: &str,
) -> Option<Vec<Command>> {
    let words = words.trim();
    if words.is_empty() {
        return Some(emptying(plan, lang, item, field));
    }
    let set = |key, value| vec![Command::Set { item, key, value }];
    let value = match field.shape() {
        Shape::Text => {
            let fits = words.chars().count() <= TEXT_LIMIT;
            return fits.then(|| set(field.lang(lang.clone()), Some(Value::str(words))));
        }
        Shape::Set(kind) => return members(plan, item, field, kind, words),
        Shape::Map(..) | Shape::Langs | Shape::Verbatim => return None,
        Shape::Line => {
            let fits = words.chars().count() <= LINE_LIMIT && !words.contains('\n');
            fits.then(|| Value::str(words))?
        }
        Shape::Day => Value::str(Day::new(words)?.as_str()),
        Shape::Bool => Value::Bool(yes_or_no(words)?),
        Shape::Int { min, max } => {
            let rank = (field.name() == "required_level").then(|| rank(plan, words));
            let whole = rank.flatten().or_else(|| times(words, 1.0))?;
            (min..=max).contains(&whole).then_some(Value::Int(whole))?
        }
        Shape::Hours | Shape::Credits | Shape::Years => {
            Value::Int(times(words, 2.0).filter(|halves| *halves >= 0)?)
        }
        Shape::Choice(ids) => {
            let named = |id: &&&str| same(id, words) || same(&choice_name(field, id), words);
            Value::str(*ids.iter().find(named)?)
        }
        Shape::Ref(kind) => Value::str(find(plan, kind, words)?.to_string()),
    };
    Some(set(field.key(), Some(value)))
}

/// What empties a field: a value, the text in one language, or all members.
pub fn emptying(plan: &Plan, lang: &Lang, item: ItemId, field: Field) -> Vec<Command> {
    let mut commands = Vec::new();
    plan.any(item.kind).values(item.uid, &mut |key, _| {
        let mine = match &key.sub {
            Sub::Lang(known) => known == lang,
            _ => true,
        };
        if key.field == field && mine {
            commands.push(Command::Set {
                item,
                key,
                value: None,
            });
        }
    });
    commands
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.to_lowercase()
}

fn yes_or_no(words: &str) -> Option<bool> {
    let one_of = |all: &[&str]| all.iter().any(|known| same(known, words));
    if same(&say("form.yes"), words) || one_of(&["yes", "是", "true", "1", "x", "✓"]) {
        Some(true)
    } else if same(&say("form.no"), words) || one_of(&["no", "否", "false", "0", "–", "-"]) {
        Some(false)
    } else {
        None
    }
}

fn rank(plan: &Plan, words: &str) -> Option<i64> {
    let mut levels = plan.scale_levels.iter();
    let level = levels.find(|level| same(&level.letter, words))?;
    level.rank.map(|rank| rank.0)
}

/// A number in so many parts of one, if that is a whole one.
pub fn times(words: &str, parts: f64) -> Option<i64> {
    let Typed::Number(number) = number::read(words) else {
        return None;
    };
    let parts = number * parts;
    let whole = (parts - parts.round()).abs() < 1e-9 && parts.abs() < 1e12;
    #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
    whole.then_some(parts.round() as i64)
}

/// The item that people call so: by its code, its title in any language, or both.
fn find(plan: &Plan, kind: weft_model::Kind, words: &str) -> Option<Uid> {
    let all = plan.any(kind).live();
    let is = |uid: &Uid, test: &dyn Fn(ItemId) -> bool| test(ItemId { kind, uid: *uid });
    let by_code = |item: ItemId| same(&item_code(plan, item), words);
    let by_title = |item: ItemId| {
        let title = plan.title(item);
        let titled = title.iter().any(|(_, title)| same(title, words));
        titled
            || title
                .iter()
                .any(|(lang, _)| same(&item_label(plan, lang, item), words))
    };
    let found = all.iter().find(|uid| is(uid, &by_code));
    found
        .or_else(|| all.iter().find(|uid| is(uid, &by_title)))
        .copied()
}

/// The members of a set, each by its code or title; nothing if one is unknown.
fn members(
    plan: &Plan,
    item: ItemId,
    field: Field,
    kind: weft_model::Kind,
    words: &str,
) -> Option<Vec<Command>> {
    let wanted: Vec<Uid> = words
        .split([',', '，', '、', ';', '；', '\n'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(|word| find(plan, kind, word))
        .collect::<Option<_>>()?;
    let mut commands = Vec::new();
    let mut there = Vec::new();
    plan.any(item.kind).values(item.uid, &mut |key, _| {
        if let (true, Sub::Member(uid)) = (key.field == field, &key.sub) {
            there.push(*uid);
            if !wanted.contains(uid) {
                commands.push(Command::Set {
                    item,
                    key: key.clone(),
                    value: None,
                });
            }
        }
    });
    for uid in wanted.into_iter().filter(|uid| !there.contains(uid)) {
        commands.push(Command::Set {
            item,
            key: field.member(uid),
            value: Some(Value::Bool(true)),
        });
    }
    Some(commands)
}
