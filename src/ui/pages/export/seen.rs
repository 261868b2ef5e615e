//! A look into a file before it is saved.

use leptos::prelude::*;
use weft_exchange::{Block, Look};

use crate::ui::text::say_with;

/// What stands in a file, as far as it is shown.
#[component]
pub(super) fn Seen(
    /// The file's name.
    #[prop(into)]
    name: Signal<String>,
    /// What the look found.
    seen: Look,
) -> impl IntoView {
    let lines = seen.blocks.iter().any(|it| matches!(it, Block::Line(_)));
    let more = seen.more.then_some("…");
    let label = move || say_with("export.preview_of", &[("file", name.get())]);
    if lines {
        let line = |block: Block| match block {
            Block::Line(text) | Block::Words(text) | Block::Heading(text) => text,
            Block::Row(cells) => cells.join("\t"),
        };
        let mut text: Vec<String> = seen.blocks.into_iter().map(line).collect();
        text.extend(more.map(str::to_owned));
        return view! {
            <pre class="export-lines" tabindex="0" role="region" aria-label=label>{text.join("\n")}</pre>
        }
        .into_any();
    }
    let mut parts: Vec<AnyView> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for block in seen.blocks {
        match block {
            Block::Row(cells) => rows.push(cells),
            other => {
                parts.extend(table(core::mem::take(&mut rows)));
                parts.push(match other {
                    Block::Heading(text) => {
                        view! { <h3 class="export-seen-head">{text}</h3> }.into_any()
                    }
                    Block::Words(text) | Block::Line(text) => {
                        view! { <p class="export-seen-words">{text}</p> }.into_any()
                    }
                    Block::Row(_) => ().into_any(),
                });
            }
        }
    }
    parts.extend(table(rows));
    view! {
        <div class="export-seen" tabindex="0" role="region" aria-label=label>{parts}{more}</div>
    }
    .into_any()
}

/// Rows that stand together.
fn table(rows: Vec<Vec<String>>) -> Option<AnyView> {
    let row = |cells: Vec<String>| {
        let cells = cells.into_iter().map(|cell| view! { <td>{cell}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    };
    (!rows.is_empty()).then(|| {
        let rows = rows.into_iter().map(row).collect_view();
        view! { <table class="export-seen-table"><tbody>{rows}</tbody></table> }.into_any()
    })
}
