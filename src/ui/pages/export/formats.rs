//! One format on the page: what it is, what it does not carry, a look into
//! the file, and the download.

use leptos::prelude::*;
use weft_exchange::{FormatInfo, Loss};
use weft_model::{ABOUT, Lang};

use super::made::{Outgoing, TableChoice, size};
use super::making::{Maker, failed, file_of};
use super::office::OfficeChoice;
use super::seen::Seen;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::choice::{CheckboxField, Choice, SelectField};
use crate::ui::components::head::SectionHead;
use crate::ui::components::icon::Sign;
use crate::ui::components::meter::Progress;
use crate::ui::components::notice::Note;
use crate::ui::components::table::TableFrame;
use crate::ui::state::Editor;
use crate::ui::text::{number, say, say_count, say_with, t};

/// One format.
#[component]
pub fn FormatSection(editor: Editor, format: &'static FormatInfo) -> impl IntoView {
    let maker = Maker::new(editor, format);
    let choice = maker.choice;
    let several = format.id == "tables";
    let many = Memo::new(move |_| made(maker, <[Outgoing]>::len).unwrap_or(0));
    let empty = Signal::derive(move || made(maker, <[Outgoing]>::is_empty) == Some(true));
    let acts = move || {
        if several {
            let label = Signal::derive(move || say_count("export.all", many.get() as f64, &[]));
            view! {
                <Button label=label look=Look::Plain sign=Sign::Export disabled=Signal::derive(move || many.get() == 0)
                    on_press=move |_| maker.ask_for(String::new())/>
            }
            .into_any()
        } else {
            let label = Signal::derive(move || {
                say_with("export.as_one", &[("format", say(format.name_key))])
            });
            view! {
                <Button label=label look=Look::Primary sign=Sign::Export disabled=empty on_press=move |_| maker.ask_for(String::new())/>
            }
            .into_any()
        }
    };
    let note = Signal::derive(move || format!(".{}", format.extension));
    let told_line = move || {
        let told = maker.told.get();
        told.map(|(tone, text)| view! { <Note tone=tone>{text}</Note> })
    };
    let label =
        Signal::derive(move || say_with("export.making", &[("format", say(format.name_key))]));
    let share = Signal::derive(move || maker.work.get().unwrap_or(0.0));
    let working = Memo::new(move |_| maker.work.with(Option::is_some));
    let work_line = move || {
        working.get().then(|| {
            view! { <Progress label=label value=share on_cancel=move |()| maker.cancel()/> }
        })
    };
    // Of one file the look stands below the button, however long it is.
    let tables = several.then(|| {
        view! { <Tables editor=editor format=format maker=maker/> }
    });
    let one = (!several).then(|| {
        view! { <OneFile editor=editor format=format maker=maker/> }
    });
    view! {
        <section class="export-format">
            <SectionHead title=Signal::derive(move || say(format.name_key)) note=note/>
            <p class="export-text">{move || say(&format!("export.about.{}", format.id))}</p>
            <Losses format=format choice=choice/>
            <OfficeChoice editor=editor format=format choice=choice/>
            {tables}
            <div class="acts">{acts}</div>
            <div class="export-work">{work_line}</div>
            <div class="export-told" role="status">{told_line}</div>
            {one}
        </section>
    }
}

/// Something of what was made; none before the first time, and where nothing was.
fn made<T>(maker: Maker, look: impl FnOnce(&[Outgoing]) -> T) -> Option<T> {
    maker.made.with(|made| match made {
        Some(Ok(files)) => Some(look(files)),
        Some(Err(_)) | None => None,
    })
}

/// What the format carries, and what it does not.
#[component]
fn Losses(format: &'static FormatInfo, choice: RwSignal<TableChoice>) -> impl IntoView {
    let carried = move || {
        let words = format.carries.iter().map(|content| say(content.key()));
        let words: Vec<String> = words.collect();
        say_with(
            "export.carries",
            &[("what", words.join(&say("print.semicolon")))],
        )
    };
    let lost = move || {
        let lost = format.loses.iter();
        // All languages go out unless one is chosen.
        let lost =
            lost.filter(|loss| **loss != Loss::OtherLanguages || choice.with(|c| c.lang.is_some()));
        let words: Vec<String> = lost.map(|loss| say(loss.key())).collect();
        if words.is_empty() {
            say("export.loses_nothing")
        } else {
            say_with(
                "export.loses",
                &[("what", words.join(&say("print.semicolon")))],
            )
        }
    };
    view! {
        <p class="export-text export-carries">{carried}</p>
        <Note>{lost}</Note>
    }
}

/// Why a format has nothing to hold, and what would change that.
fn nothing(format: &FormatInfo) -> &'static str {
    match format.id {
        "icalendar" => "export.empty_calendar",
        id if id.contains("revision") => "export.empty_revision",
        _ => "export.empty",
    }
}

/// A format that is one file.
#[component]
fn OneFile(editor: Editor, format: &'static FormatInfo, maker: Maker) -> impl IntoView {
    move || {
        let first = maker.made.with(|made| match made {
            None => Err(say("export.preview_wait")),
            Some(Err(failure)) => Err(failed(failure)),
            Some(Ok(files)) => files.first().cloned().ok_or_else(|| say(nothing(format))),
        });
        let file = match first {
            Ok(file) => file,
            Err(text) => return view! { <p class={"caption"}>{text}</p> }.into_any(),
        };
        let part = file.part;
        let name = Signal::derive(move || file_of(&editor.title(ABOUT), format, &part));
        view! {
            <p class="export-file"><b class="export-name">{name}</b><span class="caption">{size(file.size)}</span></p>
            <Seen name=name seen=file.seen/>
        }
        .into_any()
    }
}

/// A format of several tables, each a file.
#[component]
fn Tables(editor: Editor, format: &'static FormatInfo, maker: Maker) -> impl IntoView {
    let choice = maker.choice;
    let looked_at = RwSignal::new(None::<String>);
    let parts = Memo::new(move |_| {
        let names = |files: &[Outgoing]| files.iter().map(|file| file.part.clone()).collect();
        made(maker, names).unwrap_or_else(Vec::new)
    });
    let found = move |part: &str| {
        let find = |files: &[Outgoing]| files.iter().find(|file| file.part == part).cloned();
        made(maker, find).flatten()
    };
    let row = move |part: String| {
        let (counted, weighed) = (part.clone(), part.clone());
        // The head is no row.
        let amount =
            move || found(&counted).map(|file| number(file.records.saturating_sub(1) as f64));
        let weight = move || found(&weighed).map(|file| size(file.size).get());
        let name = {
            let part = part.clone();
            Signal::derive(move || file_of(&editor.title(ABOUT), format, &part))
        };
        let shown = {
            let part = part.clone();
            Signal::derive(move || looked_at.with(|at| at.as_ref() == Some(&part)))
        };
        let (look, take) = (part.clone(), part.clone());
        let what = part.clone();
        view! {
            <tr class:selected=shown>
                <th scope="row" class="export-part">
                    <span class="export-part-name">{move || say(&format!("import.table.{what}"))}</span>
                    <span class="caption">{name}</span>
                </th>
                <td class="figure">{amount}</td>
                <td class="figure">{weight}</td>
                <td class="export-part-acts">
                    <Button label=t("export.look") look=Look::Quiet pressed=shown on_press=move |_| {
                        let look = look.clone();
                        looked_at.update(|at| *at = if at.as_ref() == Some(&look) { None } else { Some(look) });
                    }/>
                    <Button label=t("export.download") look=Look::Quiet sign=Sign::Export
                        hint=name on_press=move |_| maker.ask_for(take.clone())/>
                </td>
            </tr>
        }
    };
    let lines = move || {
        let file = found(&looked_at.get()?)?;
        let name = file_of(&editor.title(ABOUT), format, &file.part);
        Some(view! { <Seen name=Signal::stored(name) seen=file.seen/> })
    };
    let empty = move || {
        let none = made(maker, <[Outgoing]>::is_empty) == Some(true);
        let broken = maker.made.with(|made| match made {
            Some(Err(failure)) => Some(failed(failure)),
            Some(Ok(_)) | None => None,
        });
        let text = broken.or_else(|| none.then(|| say("export.no_tables")));
        text.map(|text| view! { <Note>{text}</Note> })
    };
    view! {
        <div class="export-tables">
            <div class="export-choices"><Languages editor=editor choice=choice/>
                <CheckboxField label=t("export.for_excel") checked=Signal::derive(move || !choice.with(|c| c.plain))
                    on_commit=move |on: bool| choice.update(|choice| choice.plain = !on)/>
            </div>
            {empty}
            <TableFrame label=t("format.tables")>
                <table class="table" class:is-empty=move || parts.with(Vec::is_empty)>
                    <thead>
                        <tr>
                            <th scope="col" class={"export-part"}>{t("export.table")}</th>
                            <th scope="col" class={"figure"}>{t("export.rows")}</th>
                            <th scope="col" class={"figure"}>{t("export.size")}</th>
                            <th scope="col" class={"export-part-acts"}><span class="visually-hidden">{t("export.download")}</span></th>
                        </tr>
                    </thead>
                    <tbody><For each=move || parts.get() key=|part| part.clone() children=row/></tbody>
                </table>
            </TableFrame>
            {lines}
        </div>
    }
}

/// Which languages the tables hold; nothing to choose where the plan has one.
#[component]
fn Languages(editor: Editor, choice: RwSignal<TableChoice>) -> impl IntoView {
    let known = Memo::new(move |_| {
        editor.follow_item(ABOUT);
        editor.plan(|plan| plan.about().languages.0.clone())
    });
    let value = Signal::derive(move || {
        choice.with(|choice| {
            choice
                .lang
                .as_ref()
                .map_or_else(String::new, Lang::to_string)
        })
    });
    let choices = Signal::derive(move || {
        let one = |lang: &Lang| Choice::new(lang.as_str(), lang_name(lang));
        let mut all = vec![Choice::new("", say("export.all_languages"))];
        all.extend(known.get().iter().map(one));
        all
    });
    let several = Memo::new(move |_| known.with(|known| known.len() > 1));
    view! {
        <div class="export-languages">
            {move || several.get().then(|| view! {
                <SelectField label=t("export.languages") value=value choices=choices
                    on_commit=move |tag: String| choice.update(|choice| choice.lang = Lang::new(&tag))/>
            })}
        </div>
    }
}

fn lang_name(lang: &Lang) -> String {
    match lang.as_str() {
        "en" => say("import.lang.en"),
        "zh-CN" => say("import.lang.zh"),
        "de" => say("import.lang.de"),
        other => other.to_owned(),
    }
}
