//! The printed plan: a preview of the prints and the button that prints the
//! one shown. Paper is a picture of the plan as it stands, so the preview is
//! made anew when the plan changes.

mod conditions;
mod correspondence;
mod findings;
mod programme;
mod progress;
mod revision;
mod signatures;
mod weave;

use leptos::prelude::*;
use weft_model::{ABOUT, Lang, ModuleId, Plan};
use weft_seal::digest;

use crate::{
    browser::{device, dom, paper},
    route::Page,
    ui::{
        components::{
            button::{Button, Look},
            choice::{Segment, Segmented},
            head::PageHead,
            icon::Sign,
        },
        pages::between::{Between, BetweenFields},
        pages::overview::partners,
        sentences::item_name,
        spot::SpotOn,
        state::{Editor, use_editor},
        text::{day, say, say_with, t},
    },
};

const PROGRAMME: &str = "programme";
const WEAVE: &str = "weave";
const CORRESPONDENCE: &str = "correspondence";
const REVISION: &str = "revision";
const SIGNATURES: &str = "signatures";

/// The page.
#[component]
pub fn PrintPage() -> impl IntoView {
    let editor = use_editor();
    let spot = SpotOn::new(&editor, Page::Print);
    let straight = untrack(|| spot.first()).as_deref() == Some(REVISION);
    let which = RwSignal::new(if straight { REVISION } else { PROGRAMME });
    let between = Between::new(editor);
    let revises = move || which.get() == REVISION;
    // The words at the edge of the paper follow plan and language.
    Effect::new(move || {
        editor.follow_board();
        let lang = editor.lang();
        let title = editor.title(ABOUT);
        paper::set_edges(&paper::Edges {
            top_left: title,
            top_right: editor.plan(|plan| partners(plan, &lang)),
            bottom_left: sheet_mark(editor),
            of: " / ".to_owned(),
        });
    });
    on_cleanup(paper::clear_edges);
    let options = vec![
        Segment {
            value: PROGRAMME,
            label: t("print.programme"),
            sign: None,
        },
        Segment {
            value: WEAVE,
            label: t("print.weave"),
            sign: None,
        },
        Segment {
            value: CORRESPONDENCE,
            label: t("print.correspondence"),
            sign: None,
        },
        Segment {
            value: REVISION,
            label: t("print.revision"),
            sign: None,
        },
        Segment {
            value: SIGNATURES,
            label: t("print.signatures"),
            sign: None,
        },
    ];
    let value = Signal::derive(move || which.get().to_owned());
    let note = Signal::derive(move || {
        say(match which.get() {
            WEAVE => "print.weave_note",
            CORRESPONDENCE => "print.correspondence_note",
            REVISION => "print.revision_note",
            SIGNATURES => "print.signatures_note",
            _ => "print.programme_note",
        })
    });
    let sheet = move || {
        editor.follow_board();
        let lang = editor.lang();
        editor.plan_and_board(|plan, board| match which.get() {
            WEAVE => weave::print(plan, board, &lang),
            CORRESPONDENCE => correspondence::print(plan, board, &lang),
            REVISION => revision::print(editor, plan, &lang, between),
            SIGNATURES => signatures::print(editor, plan, &lang),
            _ => programme::print(plan, board, &lang),
        })
    };
    view! {
        <div class="page-fill print">
            <div class="no-print">
                <PageHead title=t("page.print")>
                    <Segmented label=t("print.which") options=options value=value on_commit=move |value| which.set(value)/>
                    <span class={"print-note"}>{note}</span>
                    <span class="push"><Button label=t("print.now") sign=Sign::Print look=Look::Primary on_press=move |_| dom::print()/></span>
                </PageHead>
                <Show when=revises>
                    <div class="print-between"><BetweenFields editor=editor between=between/></div>
                </Show>
            </div>
            <div class="print-desk" tabindex="0" role="region" aria-label=move || say("print.preview")>
                <article class="paper" class:is-wide=move || which.get() == WEAVE class:has-strip=!paper::knows_edges()>
                    {sheet}
                    {(!paper::knows_edges()).then(|| view! {
                        <p class={"paper-strip"}>{move || sheet_mark(editor)}</p>
                    })}
                </article>
            </div>
        </div>
    }
}

/// What stands on every sheet: the program, the day, and the plan's hash.
fn sheet_mark(editor: Editor) -> String {
    editor.follow_board();
    let hash = editor.plan(digest).short();
    format!("Weft 经纬 · {} · {hash}", day(&device::today()))
}

/// The head of a print: what it is and of which plan. Every print begins so,
/// for browsers that leave the page edges empty.
fn head(plan: &Plan, lang: &Lang, what: String) -> AnyView {
    let title = item_name(plan, lang, ABOUT);
    let others = partners(plan, lang);
    view! {
        <header class="paper-head">
            <p class={"paper-what"}>{what}</p>
            <h2 class={"paper-title"}>{title}</h2>
            <p class={"paper-partners"}>{others}</p>
            <p class={"paper-hash"}>{say_with("print.hash", &[("hash", digest(plan).short())])}</p>
        </header>
    }
    .into_any()
}

/// The terms of a module, by code or title: "T1–T4".
fn terms_of(plan: &Plan, board: &weft_analysis::Board, lang: &Lang, module: ModuleId) -> String {
    let Some(figures) = board.module(module) else {
        return String::new();
    };
    let mut names: Vec<String> = figures
        .offered
        .iter()
        .map(|offered| term_name(plan, lang, offered.term))
        .collect();
    names.dedup();
    match names.as_slice() {
        [] => plan
            .modules
            .get(module)
            .map(|it| it.period.clone())
            .unwrap_or_default(),
        [one] => one.clone(),
        [first, .., last] => format!("{first}–{last}"),
    }
}

/// A term's code, else its title.
fn term_name(plan: &Plan, lang: &Lang, term: weft_model::TermId) -> String {
    let code = plan
        .terms
        .get(term)
        .map(|term| term.code.clone())
        .unwrap_or_default();
    if code.is_empty() {
        item_name(plan, lang, term.into())
    } else {
        code
    }
}

/// A text as paragraphs.
fn paragraphs(text: &str) -> Vec<AnyView> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| view! { <p class={"paper-text"}>{line.to_owned()}</p> }.into_any())
        .collect()
}

/// A row of heads.
fn heads(names: Vec<String>) -> AnyView {
    let cells = names
        .into_iter()
        .map(|name| view! { <th scope="col">{name}</th> });
    view! { <thead><tr>{cells.collect_view()}</tr></thead> }.into_any()
}

/// A row of plain cells, the first of them its head.
fn row(cells: Vec<String>) -> AnyView {
    let mut cells = cells.into_iter();
    let first = cells.next().unwrap_or_default();
    let rest = cells.map(|cell| view! { <td>{cell}</td> });
    view! { <tr><th scope="row">{first}</th>{rest.collect_view()}</tr> }.into_any()
}
