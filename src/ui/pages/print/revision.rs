//! The revision comparison table: old, new and the reason, since the plan that this
//! one was copied from or a version that has a name. A reason that nobody has given
//! leaves room to be written by hand.

use leptos::prelude::*;
use weft_model::{Lang, Plan};

use super::head;
use crate::ui::{
    pages::between::Between,
    revising::{self, Base, Revised, no_base},
    state::Editor,
    text::{number, say},
};

/// The whole print, of the two states that are chosen.
pub(super) fn print(editor: Editor, plan: &Plan, lang: &Lang, between: Between) -> AnyView {
    let bases = between.bases();
    let chosen = between.chosen();
    let read = chosen.and_then(|(from, to)| {
        let lines = editor.revised(&from, to.as_ref())?;
        Some((from, to, lines))
    });
    let Some((base, to, lines)) = read else {
        return view! {
            {head(plan, lang, say("print.revision"))}
            <p class="paper-text">{no_base(&bases)}</p>
        }
        .into_any();
    };
    let nothing = lines.is_empty();
    let rows = lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| row(editor, lang, &base, at + 1, line));
    let since = revising::between(&base, to.as_ref());
    view! {
        {head(plan, lang, say("print.revision"))}
        <p class="paper-text">{since}</p>
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

fn row(editor: Editor, lang: &Lang, base: &Base, number_of: usize, line: Revised) -> AnyView {
    let reason = editor.reason(&base.digest, &line.target, lang);
    view! {
        <tr>
            <td class="figure">{number(number_of as f64)}</td>
            <td>{line.what}</td>
            <td>{line.before}</td>
            <td>{line.after}</td>
            <td class="paper-by-hand">{reason}</td>
        </tr>
    }
    .into_any()
}
