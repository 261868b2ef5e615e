//! Tables that read back: heads in the words of the screen, all of which the
//! import knows, ids in a hidden first column, numbers as numbers.

use weft_model::{Choice as _, Field, ItemId, Kind, Lang, PlaceKind, Plan, Shape, field};

use super::book::{Book, Fill, Ink, Style, digits};
use crate::Words;
use crate::tables::{TableKind, columns, mark};

/// A column of a table.
struct Head {
    label: String,
    name: String,
    field: Option<Field>,
}

const HEAD: Style = Style {
    bold: true,
    large: false,
    quiet: false,
    fill: Fill::Head,
    align: super::book::Align::Usual,
    wrap: true,
    turned: false,
    boxed: true,
};

/// Writes a table as a sheet of its own. The first row holds its heads as the
/// CSV files have them.
pub(super) fn table(
    book: &mut Book,
    words: Words<'_>,
    kind: TableKind,
    rows: &[Vec<String>],
    plan: &Plan,
    langs: &[Lang],
) {
    let Some((names, rows)) = rows.split_first() else {
        return;
    };
    let heads: Vec<Head> = names
        .iter()
        .map(|name| head(words, kind, name, langs))
        .collect();
    let name = words.either(&[
        format!("book.sheet.{}", kind.id()),
        format!("import.table.{}", kind.id()),
    ]);
    book.sheet(name.as_deref().unwrap_or(kind.id()));
    book.widths(heads.iter().map(|head| width(&head.name)).collect());
    book.row(None, heads.iter().map(|head| Ink::Text(&head.label, HEAD)));
    // The name of an item stays in view beside its id.
    book.freeze(if ided(names) { 2 } else { 1 }, 1);
    book.filter(heads.len());
    for row in rows {
        let mut cells: Vec<String> = (row.iter().zip(&heads))
            .map(|(cell, head)| shown(words, head, cell))
            .collect();
        if kind == TableKind::Further {
            told(words, plan, langs, &heads, &mut cells);
        }
        let inks = cells.iter().zip(&heads).map(|(cell, head)| {
            let style = Style {
                wrap: width(&head.name).0 > 20.0,
                ..Style::default()
            };
            if is_number(head) && digits(cell) {
                Ink::Number(cell, style)
            } else {
                Ink::Text(cell, style)
            }
        });
        book.row(None, inks);
    }
}

fn ided(names: &[String]) -> bool {
    names.first().is_some_and(|name| name.ends_with("weft id"))
}

/// What a column of the CSV files is called on the screen.
fn head(words: Words<'_>, kind: TableKind, name: &str, langs: &[Lang]) -> Head {
    let marked = langs.iter().find_map(|lang| {
        let bare = name.strip_suffix(&format!("_{}", mark(lang)))?;
        Some((bare, lang))
    });
    let bare = marked.map_or(name, |(bare, _)| bare);
    let field = columns(kind)
        .iter()
        .find(|(known, _)| *known == bare)
        .map(|(_, field)| *field);
    let slug = bare.replace(' ', "_");
    let said = words.either(&[
        format!("book.head.{}.{slug}", kind.id()),
        format!("book.head.{slug}"),
    ]);
    let said = said.or_else(|| field.map(|field| words.field(field)));
    let label = match (said, bare.strip_prefix("staff_")) {
        (Some(said), _) => said,
        (None, Some(role)) => words.with("book.head.staff", &[("role", role)]),
        (None, None) => bare.to_owned(),
    };
    let label = match marked {
        None => label,
        Some((_, lang)) => match lang_name(words, lang) {
            Some(language) => words.with(
                "book.in_language",
                &[("what", &label), ("language", &language)],
            ),
            None => format!("{label}_{}", mark(lang)),
        },
    };
    Head {
        label,
        name: bare.to_owned(),
        field,
    }
}

fn lang_name(words: Words<'_>, lang: &Lang) -> Option<String> {
    let known = [(Lang::en(), "en"), (Lang::zh(), "zh"), (Lang::de(), "de")];
    let (_, id) = known.iter().find(|(known, _)| known == lang)?;
    words.either(&[format!("import.lang.{id}")])
}

/// A cell as a person reads it.
fn shown(words: Words<'_>, head: &Head, cell: &str) -> String {
    let yes_no = |cell: &str| match cell {
        "yes" => words.say("book.yes"),
        "no" => words.say("book.no"),
        other => other.to_owned(),
    };
    match (head.field, head.field.map(Field::shape)) {
        (Some(field), Some(Shape::Choice(ids))) if ids.contains(&cell) => words.choice(field, cell),
        (_, _) if head.name == "place" && PlaceKind::IDS.contains(&cell) => {
            words.choice(field::place::kind, cell)
        }
        (None, _) if head.name == "tier" => words.choice(field::job_item::tier, cell),
        (_, Some(Shape::Bool)) => yes_no(cell),
        (None, _) if matches!(head.name.as_str(), "assessed" | "whole_modules_only") => {
            yes_no(cell)
        }
        _ => cell.to_owned(),
    }
}

/// A further value in the words of the screen: what it is about, and which one
/// of a list of choices it is.
fn told(words: Words<'_>, plan: &Plan, langs: &[Lang], heads: &[Head], cells: &mut [String]) {
    let at = |name: &str| heads.iter().position(|head| head.name == name);
    let cell = |cells: &[String], name: &str| {
        let cell = at(name).and_then(|at| cells.get(at));
        cell.cloned().unwrap_or_default()
    };
    let Some(kind) = Kind::from_name(&cell(cells, "weft kind")) else {
        return;
    };
    let field = kind.field(&cell(cells, "weft field"));
    let part = cell(cells, "weft part");
    let language = langs.iter().find(|lang| lang.to_string() == part);
    let item = cell(cells, "weft id").parse().ok();
    let item = item.filter(|_| kind != Kind::About).map(|uid| {
        let item = words.code_and_title(plan, ItemId { kind, uid });
        words.with(
            "book.further.item",
            &[("kind", &words.kind(kind)), ("item", &item)],
        )
    });
    let item = item.unwrap_or_else(|| words.kind(kind));
    let about = match field {
        Some(field) => words.with(
            "book.further.about",
            &[("item", &item), ("field", &words.field(field))],
        ),
        None => item,
    };
    // Of a text its language, of a list or map whom the value is about.
    let member = field
        .and_then(|field| field.shape().target())
        .zip(part.parse().ok());
    let member = member.map(|(kind, uid)| words.code_and_title(plan, ItemId { kind, uid }));
    let part = language.and_then(|lang| lang_name(words, lang)).or(member);
    let about = match part {
        Some(language) => words.with(
            "book.in_language",
            &[("what", &about), ("language", &language)],
        ),
        None => about,
    };
    if let Some(slot) = at("about").and_then(|at| cells.get_mut(at)) {
        *slot = about;
    }
    let Some((slot, field)) = at("value").and_then(|at| cells.get_mut(at)).zip(field) else {
        return;
    };
    let shape = match field.shape() {
        Shape::Map(_, inner) => *inner,
        Shape::Set(_) => Shape::Bool,
        shape => shape,
    };
    match shape {
        Shape::Choice(_) => *slot = words.choice(field, slot),
        Shape::Bool if slot == "yes" => *slot = words.say("book.yes"),
        Shape::Bool if slot == "no" => *slot = words.say("book.no"),
        _ => {}
    }
}

fn is_number(head: &Head) -> bool {
    match head.field {
        Some(field) if field == field::job_item::required_level => false,
        Some(field) => matches!(
            field.shape(),
            Shape::Hours | Shape::Credits | Shape::Years | Shape::Int { .. }
        ),
        None => {
            let name = head.name.as_str();
            let known = [
                "total_hours",
                "hours_school",
                "hours_enterprise",
                "hours_third_place",
                "hours_online",
                "pool_take",
                "credit_cap",
                "relevance",
                "seats",
                "of_which_enterprise_recruits",
                "intake_year",
                "retention_target_percent",
                "size",
            ];
            known.contains(&name) || name.starts_with("staff_")
        }
    }
}

/// The width of a column, and whether it is hidden.
fn width(name: &str) -> (f64, bool) {
    match name {
        name if name.ends_with("weft id") => (16.0, true),
        "weft kind" | "weft field" | "weft part" => (16.0, true),
        "about" => (56.0, false),
        "value" => (48.0, false),
        "description" | "objectives" | "statement" => (48.0, false),
        "title" | "name" | "role" | "task" | "content" | "module_title" | "unit" | "equipment" => {
            (32.0, false)
        }
        "note" | "progress" | "uri" | "competency uri" | "authority" => (28.0, false),
        "category" | "teachers" | "mentors" | "venues" | "prerequisites" | "source" => {
            (20.0, false)
        }
        _ => (12.0, false),
    }
}
