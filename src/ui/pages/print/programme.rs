//! The programme: everything that the printed plan holds, in the order of the
//! field's own documents.

use leptos::prelude::*;
use weft_analysis::Board;
use weft_exchange::numbered_chapters;
use weft_model::{Choice as _, Dimension, JobItemId, Lang, Module, Plan, Tier, field};

use super::{conditions, findings, head, heads, paragraphs, progress, row, terms_of};
use crate::ui::{
    find::code,
    pages::checks::sentence,
    sentences::{choice_name, field_name, item_name},
    text::{day, say, say_with},
};

/// The tables by the key of the chapter in which each stands, in the order of the Word
/// file (the keys are those of the templates).
type Table = fn(&Plan, &Board, &Lang) -> Option<AnyView>;
const TABLES: [(&str, Table); 9] = [
    ("objectives", specification),
    ("analysis", outline),
    ("courses", conditions::structure),
    ("courses", modules),
    ("progress", |plan, _, lang| calendar(plan, lang)),
    ("progress", |plan, board, lang| {
        let table = (!plan.modules.is_empty()).then(|| progress::table(plan, board, lang));
        part("print.progress", table)
    }),
    ("conditions", |plan, _, lang| parties(plan, lang)),
    ("conditions", |plan, _, lang| conditions::venues(plan, lang)),
    ("graduation", |plan, _, lang| {
        conditions::certificates(plan, lang)
    }),
];

/// The whole print.
pub(super) fn print(plan: &Plan, board: &Board, lang: &Lang) -> AnyView {
    view! {
        {head(plan, lang, say("print.programme"))}
        {about(plan, lang)}
        {chapters(plan, board, lang)}
        {findings::open(plan, board, lang)}
        {findings::waived(plan, lang)}
    }
    .into_any()
}

/// The plan's chapters, each with its tables; where the plan has no such chapter, they
/// stand behind the chapter of the table before.
fn chapters(plan: &Plan, board: &Board, lang: &Lang) -> AnyView {
    let has = |key: &str| plan.sections.iter().any(|section| section.key == key);
    let mut last = "";
    let places = TABLES.map(|(key, _)| {
        if has(key) {
            last = key;
        }
        last
    });
    let of = |key: &str| -> Vec<Option<AnyView>> {
        let here = TABLES.iter().zip(places).filter(|(_, place)| *place == key);
        here.map(|((_, table), _)| table(plan, board, lang))
            .collect()
    };
    let mut shown = std::collections::BTreeSet::new();
    let sections = numbered_chapters(plan, lang).map(|(title, section)| {
        let key = section.key.as_str();
        let tables = (!key.is_empty() && shown.insert(key.to_owned())).then(|| of(key));
        view! {
            <section class="paper-part">
                <h3 class={"paper-h"}>{title}</h3>
                {paragraphs(section.body.show(lang))}
            </section>
            {tables}
        }
    });
    let sections = sections.collect_view();
    // Those that stand before the first chapter that has any.
    view! { {sections}{of("")} }.into_any()
}

/// A chapter with its head; left out when it holds nothing.
pub(super) fn part(key: &'static str, content: Option<AnyView>) -> Option<AnyView> {
    content.map(|content| part_called(say(key), content))
}

/// The same under a name.
pub(super) fn part_called(name: String, content: AnyView) -> AnyView {
    view! { <section class="paper-part"><h3 class={"paper-h"}>{name}</h3>{content}</section> }
        .into_any()
}

fn about(plan: &Plan, lang: &Lang) -> AnyView {
    let about = plan.about();
    let choice = |field, id: Option<&'static str>| id.map(|id| choice_name(field, id));
    let pairs = [
        (field::about::code, Some(about.code.clone())),
        (
            field::about::kind,
            choice(field::about::kind, about.kind.map(|it| it.0.id())),
        ),
        (field::about::level, Some(about.level.show(lang).to_owned())),
        (
            field::about::status,
            choice(field::about::status, about.status.map(|it| it.0.id())),
        ),
        (
            field::about::intake_year,
            about.intake_year.map(|it| it.0.to_string()),
        ),
        (
            field::about::length_normal,
            about.length_normal.map(|it| it.to_string()),
        ),
        (
            field::about::length_max,
            about.length_max.map(|it| it.to_string()),
        ),
        (
            field::about::hour_minutes,
            about.hour_minutes.map(|it| it.0.to_string()),
        ),
        (
            field::about::hours_per_credit,
            about.hours_per_credit.map(|it| it.to_string()),
        ),
        (
            field::about::source,
            Some(about.source.show(lang).to_owned()),
        ),
        (field::about::licence, Some(about.licence.clone())),
    ];
    let rows = pairs
        .into_iter()
        .filter_map(|(field, value)| Some((field, value.filter(|value| !value.is_empty())?)))
        .map(|(field, value)| row(vec![field_name(field), value]));
    view! { <table class="paper-table paper-facts"><tbody>{rows.collect_view()}</tbody></table> }
        .into_any()
}

fn parties(plan: &Plan, lang: &Lang) -> Option<AnyView> {
    let rows: Vec<AnyView> = plan
        .parties
        .iter()
        .map(|party| {
            let kind = party
                .kind
                .map(|it| choice_name(field::party::kind, it.0.id()));
            let of_party =
                |person: &&weft_model::Person| person.party.is_some_and(|of| of.0 == party.id);
            let people: Vec<String> = plan
                .people
                .iter()
                .filter(of_party)
                .map(|person| {
                    let title = person.title.show(lang);
                    let name = person.name.show(lang);
                    if title.is_empty() {
                        name.to_owned()
                    } else {
                        format!("{name} ({title})")
                    }
                })
                .collect();
            row(vec![
                party.name.show(lang).to_owned(),
                kind.unwrap_or_default(),
                people.join(&say("print.semicolon")),
            ])
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        let names = ["print.party", "print.kind", "print.people"].map(say).to_vec();
        view! { <table class="paper-table paper-parties">{heads(names)}<tbody>{rows}</tbody></table> }.into_any()
    });
    part("print.parties", table)
}

fn calendar(plan: &Plan, lang: &Lang) -> Option<AnyView> {
    let fields = [
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
    // A kind of week that no term has needs no column.
    let value = |term: &weft_model::Term, field: weft_model::Field| {
        let value = plan.value(term.id.into(), &field.key());
        value.and_then(|value| value.as_int())
    };
    let used: Vec<weft_model::Field> = fields
        .into_iter()
        .filter(|field| {
            plan.terms
                .iter()
                .any(|term| value(term, *field).unwrap_or(0) > 0)
        })
        .collect();
    let rows: Vec<AnyView> = plan
        .terms
        .iter()
        .map(|term| {
            let weeks = used.iter().map(|field| {
                let weeks = value(term, *field).map(|weeks| weeks.to_string());
                view! { <td class="figure">{weeks}</td> }
            });
            let start = term.start.as_ref().map(|start| day(start.as_str()));
            view! {
                <tr>
                    <th scope="row">{item_name(plan, lang, term.id.into())}</th>
                    <td>{start}</td>
                    {weeks.collect_view()}
                    <td>{term.note.show(lang).to_owned()}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        let mut names = vec![say("print.term"), field_name(field::term::start)];
        names.extend(used.iter().map(|field| field_name(*field)));
        names.push(field_name(field::term::note));
        view! { <table class="paper-table paper-calendar">{heads(names)}<tbody>{rows}</tbody></table> }.into_any()
    });
    part("print.calendar", table)
}

fn outline(plan: &Plan, board: &Board, lang: &Lang) -> Option<AnyView> {
    let rows: Vec<AnyView> = board
        .outline()
        .rows()
        .iter()
        .map(|line| {
            let item = line.id.into();
            let name = item_name(plan, lang, item);
            let code = code(plan, item);
            if line.tier != Tier::Competency {
                let class = format!("outline-head depth-{}", line.depth);
                return view! {
                    <tr class=class><td>{code}</td><th scope="rowgroup" colspan="3">{name}</th></tr>
                }
                .into_any();
            }
            let coverage = board.coverage(line.id).copied().unwrap_or_default();
            let letter = |rank: Option<u8>| {
                rank.map_or("–".to_owned(), |rank| sentence::level_letter(plan, rank))
            };
            view! {
                <tr>
                    <td>{code}</td>
                    <th scope="row">{name}</th>
                    <td class="paper-letter">{letter(coverage.required)}</td>
                    <td class="paper-letter">{letter(coverage.reached)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        let names =
            ["print.code", "print.competency", "print.required", "print.reached"].map(say).to_vec();
        view! { <table class="paper-table outline-table">{heads(names)}<tbody>{rows}</tbody></table> }.into_any()
    });
    part("print.outline", table)
}

fn modules(plan: &Plan, board: &Board, lang: &Lang) -> Option<AnyView> {
    let blocks: Vec<AnyView> = board
        .module_order()
        .iter()
        .flat_map(|group| &group.modules)
        .filter_map(|id| plan.modules.get(*id))
        .map(|module| module_block(plan, board, lang, module))
        .collect();
    part(
        "print.modules",
        (!blocks.is_empty()).then(|| blocks.into_any()),
    )
}

fn module_block(plan: &Plan, board: &Board, lang: &Lang, module: &Module) -> AnyView {
    let figures = board.module(module.id).cloned().unwrap_or_default();
    let hours = |key, value: Option<weft_model::Hours>| -> Option<String> {
        let value = value.filter(|hours| !hours.is_zero())?;
        Some(say_with(key, &[("hours", value.to_string())]))
    };
    let mut facts: Vec<String> = Vec::new();
    facts.extend(module.category.map(|it| item_name(plan, lang, it.0.into())));
    facts.extend(
        module
            .nature
            .map(|it| choice_name(field::module::nature, it.0.id())),
    );
    facts.extend(Some(terms_of(plan, board, lang, module.id)));
    facts.extend(hours("print.n_hours", module.total_hours));
    facts.extend(hours("print.n_theory", figures.theory));
    facts.extend(hours("print.n_practice", figures.practice));
    facts.extend(
        module
            .credits
            .map(|it| say_with("print.n_credits", &[("credits", it.to_string())])),
    );
    facts.retain(|fact| !fact.is_empty());
    let before: Vec<String> = module
        .prerequisites
        .iter()
        .map(|id| item_name(plan, lang, (*id).into()))
        .collect();
    let before = (!before.is_empty()).then(|| {
        let values = [("modules", before.join(&say("finding.comma")))];
        view! { <p class={"paper-text"}>{say_with("print.after", &values)}</p> }
    });
    let units: Vec<AnyView> = plan
        .units
        .below(module.id)
        .map(|unit| {
            let hours = unit
                .hours
                .map(|hours| say_with("print.n_hours", &[("hours", hours.to_string())]));
            let text = [
                unit.code.clone(),
                unit.title.show(lang).to_owned(),
                hours.unwrap_or_default(),
            ];
            let text: Vec<String> = text.into_iter().filter(|it| !it.is_empty()).collect();
            view! { <li class={"paper-unit"}>{text.join(" ")}</li> }.into_any()
        })
        .collect();
    let mut woven: Vec<_> = board
        .teaches(module.id)
        .filter(|(_, cell)| cell.links > 0)
        .collect();
    woven.sort_by_key(|(competency, _)| board.outline().position(*competency));
    let teaches: Vec<String> = woven
        .into_iter()
        .map(|(competency, cell)| {
            let item = competency.into();
            let code = code(plan, item);
            let name = if code.is_empty() {
                item_name(plan, lang, item)
            } else {
                code
            };
            let letter = cell.level.map(|rank| sentence::level_letter(plan, rank));
            letter.map_or(name.clone(), |letter| format!("{name} {letter}"))
        })
        .collect();
    let teaches = (!teaches.is_empty()).then(|| {
        let values = [("competencies", teaches.join(&say("finding.comma")))];
        view! { <p class={"paper-text"}>{say_with("print.teaches", &values)}</p> }
    });
    let name = format!(
        "{} {}",
        module.code,
        item_name(plan, lang, module.id.into())
    );
    view! {
        <section class="paper-module">
            <h4 class={"paper-h4"}>{name.trim().to_owned()}</h4>
            <p class={"paper-line"}>{facts.join(" · ")}</p>
            {paragraphs(module.description.show(lang))}
            {paragraphs(module.objectives.show(lang))}
            {before}
            {(!units.is_empty()).then(|| view! { <ul class="paper-units">{units}</ul> })}
            {teaches}
        </section>
    }
    .into_any()
}

fn specification(plan: &Plan, board: &Board, lang: &Lang) -> Option<AnyView> {
    let groups = Dimension::ALL.iter().map(|it| Some(*it)).chain([None]);
    let rows: Vec<AnyView> = groups
        .flat_map(|dimension| {
            let of_group = move |item: &&weft_model::SpecificationItem| {
                item.dimension.map(|it| it.0) == dimension
            };
            plan.specification
                .iter()
                .filter(of_group)
                .map(|item| {
                    let dimension = item
                        .dimension
                        .map(|it| choice_name(field::specification_item::dimension, it.0.id()));
                    let mut modules: Vec<&Module> = item
                        .supported_by
                        .keys()
                        .filter_map(|id| plan.modules.get(*id))
                        .collect();
                    modules.sort_by_key(|module| board.module_place(module.id));
                    let modules: Vec<String> = modules
                        .into_iter()
                        .map(|module| {
                            if module.code.is_empty() {
                                item_name(plan, lang, module.id.into())
                            } else {
                                module.code.clone()
                            }
                        })
                        .collect();
                    view! {
                        <tr>
                            <td>{dimension}</td>
                            <th scope="row">{item.statement.show(lang).to_owned()}</th>
                            <td>{modules.join(&say("finding.comma"))}</td>
                        </tr>
                    }
                    .into_any()
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        let names = ["print.dimension", "print.requirement", "print.supported_by"].map(say).to_vec();
        view! { <table class="paper-table paper-requirements">{heads(names)}<tbody>{rows}</tbody></table> }.into_any()
    });
    part("print.specification", table)
}

/// The name of a line of the outline, with its code.
pub(super) fn line_name(plan: &Plan, lang: &Lang, id: JobItemId) -> String {
    crate::ui::find::code_and_title(plan, lang, id.into())
}
