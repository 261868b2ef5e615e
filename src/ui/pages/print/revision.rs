//! The revision comparison table: old, new and room for the reason, since the
//! newest version that has a name.

use leptos::prelude::*;
use weft_model::{Difference, Lang, Plan, Subject, differences};

use super::{head, signatures::newest};
use crate::ui::{
    state::Editor,
    text::{number, say, say_with},
    told::{self, Told},
};

/// The whole print.
pub(super) fn print(editor: Editor, plan: &Plan, lang: &Lang) -> AnyView {
    let version = newest(plan);
    let then = version.and_then(|version| editor.at(&version.point.parse().ok()?));
    let (Some(version), Some(then)) = (version, then) else {
        return view! {
            {head(plan, lang, say("print.revision"))}
            <p class={"paper-text"}>{say("print.no_version")}</p>
        }
        .into_any();
    };
    let mut all = differences(&then, plan);
    all.retain(|it| match it.what.subject() {
        Subject::Item(item) => !item.kind.is_about_the_plan(),
        _ => true,
    });
    let since = [
        ("title", version.title.show(lang).to_owned()),
        (
            "when",
            version.at.map(|at| told::when(at.0)).unwrap_or_default(),
        ),
    ];
    let nothing = all.is_empty();
    let rows = all
        .into_iter()
        .enumerate()
        .map(|(at, it)| row(editor, at + 1, &it));
    view! {
        {head(plan, lang, say("print.revision"))}
        <p class="paper-text">{say_with("print.since_version", &since)}</p>
        {nothing.then(|| view! { <p class={"paper-text"}>{say("versions.as_now")}</p> })}
        <table class="paper-table paper-revision" hidden=nothing>
            <thead><tr>
                <th scope="col">{say("print.number")}</th>
                <th scope="col">{say("print.revised")}</th>
                <th scope="col">{say("print.old")}</th>
                <th scope="col">{say("print.new")}</th>
                <th scope="col">{say("plan.field.reason")}</th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(editor: Editor, number_of: usize, it: &Difference) -> AnyView {
    let (what, before, after) = match told::difference(editor, it) {
        Told::Sentence(words) => (
            words,
            told::value(editor, &it.what, it.before.as_ref()),
            told::value(editor, &it.what, it.after.as_ref()),
        ),
        Told::Value {
            what,
            field,
            before,
            after,
        } => (format!("{what} {field}"), before, after),
    };
    view! {
        <tr>
            <td class="figure">{number(number_of as f64)}</td>
            <td>{what}</td>
            <td>{before}</td>
            <td>{after}</td>
            <td class={"paper-by-hand"}></td>
        </tr>
    }
    .into_any()
}
