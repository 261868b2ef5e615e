//! One format on the page: what it is, what it does not carry, a look into
//! the file, and the download.

use leptos::prelude::*;
use weft_exchange::{FormatInfo, Loss};
use weft_model::{ABOUT, Lang};

use super::made::{Outgoing, TableChoice, files_of, follow_files, hand_out, is_slow, size};
use super::office::OfficeChoice;
use super::seen::Seen;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::choice::{CheckboxField, Choice, SelectField};
use crate::ui::components::head::SectionHead;
use crate::ui::components::icon::Sign;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::components::table::TableFrame;
use crate::ui::file_name::file_name;
use crate::ui::state::Editor;
use crate::ui::text::{number, say, say_count, say_with, t};

/// One format.
#[component]
pub fn FormatSection(editor: Editor, format: &'static FormatInfo) -> impl IntoView {
    let choice = RwSignal::new(TableChoice::default());
    let wanted = RwSignal::new(!is_slow(editor, format));
    let files = follow_files(editor, format, choice, wanted.into());
    let told = RwSignal::new(None::<String>);
    // Made anew when pressed: what is handed out is the plan of this moment.
    let hand = move |only: Option<String>| {
        let all = files_of(editor, format, &choice.get_untracked());
        let wanted: Vec<Outgoing> = all
            .into_iter()
            .filter(|file| only.as_ref().is_none_or(|only| *only == file.part))
            .collect();
        let taken = hand_out(editor, format, &wanted);
        let name = wanted.first().map(|file| shown_name(editor, format, file));
        told.set(Some(match (taken, name) {
            (0, _) | (_, None) => say("export.refused"),
            (1, Some(name)) => say_with("export.done", &[("file", name)]),
            (taken, Some(_)) => say_count("export.done_files", taken as f64, &[]),
        }));
    };
    let hand = Callback::new(hand);
    let several = format.id == "tables";
    let many = Memo::new(move |_| files.with(|files| files.as_ref().map_or(0, Vec::len)));
    let empty =
        Signal::derive(move || files.with(|files| files.as_ref().is_some_and(Vec::is_empty)));
    let acts = move || {
        if several {
            let label = Signal::derive(move || say_count("export.all", many.get() as f64, &[]));
            view! {
                <Button label=label look=Look::Plain sign=Sign::Export disabled=Signal::derive(move || many.get() == 0)
                    on_press=move |_| hand.run(None)/>
            }
            .into_any()
        } else {
            let label = Signal::derive(move || {
                say_with("export.as_one", &[("format", say(format.name_key))])
            });
            view! {
                <Button label=label look=Look::Primary sign=Sign::Export disabled=empty on_press=move |_| hand.run(None)/>
            }
            .into_any()
        }
    };
    let note = Signal::derive(move || format!(".{}", format.extension));
    let told_line = move || {
        told.get()
            .map(|text| view! { <Note tone=Tone::Good>{text}</Note> })
    };
    // Of one file the look stands below the button, however long it is.
    let tables = several.then(|| {
        view! { <Tables editor=editor format=format files=files choice=choice hand=hand/> }
    });
    let one = (!several).then(|| {
        view! { <OneFile editor=editor format=format files=files wanted=wanted/> }
    });
    view! {
        <section class="export-format">
            <SectionHead title=Signal::derive(move || say(format.name_key)) note=note/>
            <p class="export-text">{move || say(&format!("export.about.{}", format.id))}</p>
            <Losses format=format choice=choice/>
            <OfficeChoice editor=editor format=format choice=choice/>
            {tables}
            <div class="acts">{acts}</div>
            <div class="export-told" role="status">{told_line}</div>
            {one}
        </section>
    }
}

fn shown_name(editor: Editor, format: &FormatInfo, file: &Outgoing) -> String {
    let title = untrack(|| editor.title(ABOUT));
    file_name(&[&title, &file.part], format.extension)
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

/// A format that is one file.
#[component]
fn OneFile(
    editor: Editor,
    format: &'static FormatInfo,
    files: Signal<Option<Vec<Outgoing>>>,
    wanted: RwSignal<bool>,
) -> impl IntoView {
    move || {
        if !wanted.get() {
            return view! {
                <div class="export-wait">
                    <p class="caption">{t("export.preview_large")}</p>
                    <Button label=t("export.preview_show") look=Look::Quiet on_press=move |_| wanted.set(true)/>
                </div>
            }
            .into_any();
        }
        let made = files.with(|files| files.is_some());
        let file = files.with(|files| files.as_ref().and_then(|all| all.first().cloned()));
        let Some(file) = file else {
            let key = if made {
                "export.empty"
            } else {
                "export.preview_wait"
            };
            return view! { <p class={"caption"}>{t(key)}</p> }.into_any();
        };
        let name = {
            let file = file.clone();
            Signal::derive(move || file_name(&[&editor.title(ABOUT), &file.part], format.extension))
        };
        let weight = size(file.bytes.len());
        view! {
            <p class="export-file"><b class="export-name">{name}</b><span class="caption">{weight}</span></p>
            <Seen name=name extension=format.extension file=file/>
        }
        .into_any()
    }
}

/// A format of several tables, each a file.
#[component]
fn Tables(
    editor: Editor,
    format: &'static FormatInfo,
    files: Signal<Option<Vec<Outgoing>>>,
    choice: RwSignal<TableChoice>,
    hand: Callback<Option<String>>,
) -> impl IntoView {
    let looked_at = RwSignal::new(None::<String>);
    let parts = Memo::new(move |_| {
        let name = |file: &Outgoing| file.part.clone();
        files.with(|files| files.iter().flatten().map(name).collect::<Vec<_>>())
    });
    let row = move |part: String| {
        let found = {
            let part = part.clone();
            move || {
                files.with(|files| {
                    files
                        .iter()
                        .flatten()
                        .find(|file| file.part == part)
                        .cloned()
                })
            }
        };
        let amount = {
            let found = found.clone();
            // The head is no row.
            move || found().map(|file| number(rows(&file.bytes).saturating_sub(1) as f64))
        };
        let weight = move || found().map(|file| size(file.bytes.len()).get());
        let name = {
            let part = part.clone();
            Signal::derive(move || file_name(&[&editor.title(ABOUT), &part], format.extension))
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
                        hint=name on_press=move |_| hand.run(Some(take.clone()))/>
                </td>
            </tr>
        }
    };
    let lines = move || {
        let part = looked_at.get()?;
        let file = files.with(|files| {
            files
                .iter()
                .flatten()
                .find(|file| file.part == part)
                .cloned()
        })?;
        let name = file_name(&[&editor.title(ABOUT), &file.part], format.extension);
        Some(view! { <Seen name=Signal::stored(name) extension=format.extension file=file/> })
    };
    let empty = move || {
        let none = files.with(|files| files.as_ref().is_some_and(Vec::is_empty));
        none.then(|| view! { <Note>{say("export.no_tables")}</Note> })
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

/// Records of a CSV file: line ends that are not within quotes.
fn rows(bytes: &[u8]) -> usize {
    let mut quoted = false;
    let mut rows = 0;
    for byte in bytes {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => rows += 1,
            _ => {}
        }
    }
    rows
}
