//! Around the open card: the list of all of them, and the foot with back, next and
//! sending back.

use leptos::{html, prelude::*};
use weft_analysis::TaskCard;
use weft_model::{ABOUT, Kind};

use super::Mode;
use super::walk::{Place, judgement_of, word_of};
use crate::browser::{dom, task, timer};
use crate::ui::components::button::{Button, Look};
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::components::notice::{Note, Tone};
use crate::ui::me::use_me;
use crate::ui::one_file::{is_one_file, use_one_file};
use crate::ui::pages::export::{save_page, send_history};
use crate::ui::text::{number, say, say_count, say_with, t};

/// All cards: what was said of each, and the way to it.
#[component]
pub(super) fn List(place: Place) -> impl IntoView {
    let editor = place.editor;
    let row = move |(index, card): (usize, TaskCard)| {
        let line = card.line;
        let here = move || (place.at.get() == index).then_some("true");
        let state = move || {
            editor.follow(Kind::Verdict);
            editor.follow(Kind::Expert);
            if place.mode == Mode::Workshop {
                let judged = editor.plan(|plan| weft_analysis::opinion(plan, line).judged());
                return (judged > 0).then(|| {
                    view! { <span class="caption walk-said">{say_count("experts.judged", judged as f64, &[])}</span> }.into_any()
                });
            }
            let said = editor.plan(|plan| judgement_of(plan, line, editor.myself()));
            said.map(|said| {
                view! { <span class="caption walk-said"><Icon sign=Sign::Tick size=14/>{word_of(said)}</span> }.into_any()
            })
        };
        view! {
            <li class="walk-row">
                <button type="button" class="walk-row-button" aria-current=here on:click=move |_| place.go(index)>
                    <span class="caption walk-number">{number(index as f64 + 1.0)}</span>
                    <span class={"walk-row-name"}>{move || editor.title(line.into())}</span>
                    {state}
                </button>
            </li>
        }
    };
    let rows = move || {
        let cards = place.cards.get().into_iter().enumerate();
        cards.map(row).collect_view()
    };
    view! {
        <nav class="walk-list" aria-label=move || say("experts.tasks")>
            <ol class="walk-rows">{rows}</ol>
            <button type="button" class="walk-row-button walk-row-end"
                aria-current=move || (place.at.get() >= place.cards.with(Vec::len)).then_some("true")
                on:click=move |_| place.go(usize::MAX)>
                <span class="walk-row-name">{t(if place.mode == Mode::Alone { "experts.end" } else { "experts.round_end" })}</span>
            </button>
        </nav>
    }
}

/// Back, next, and sending back: always in reach.
#[component]
pub(super) fn Foot(place: Place) -> impl IntoView {
    let editor = place.editor;
    let me = use_me();
    let sent = RwSignal::new(None::<Result<String, ()>>);
    let note = NodeRef::<html::Div>::new();
    let one_file = use_one_file();
    let tell = move |file: Result<String, ()>| {
        sent.try_set(Some(file));
        timer::next_frame(move || {
            if let Some(Some(note)) = note.try_get_untracked() {
                dom::reveal(&note);
            }
        });
    };
    // Whoever has nothing but the one file sends one back.
    let send = move || {
        if is_one_file() {
            task::spawn(async move {
                let saved = save_page(editor, one_file).await;
                tell(saved.map(|(name, _)| name).map_err(drop));
            });
        } else {
            tell(send_history(editor).ok_or(()));
        }
    };
    let at_end = Memo::new(move |_| place.at.get() >= place.cards.with(Vec::len));
    let first = Signal::derive(move || place.at.get() == 0);
    let told = move || {
        sent.get().map(|sent| match sent {
            Ok(file) => {
                let all = [("file", file), ("plan", editor.title(ABOUT))];
                view! { <Note tone=Tone::Good>{say_with("experts.sent", &all)}</Note> }.into_any()
            }
            Err(()) => view! { <Note tone=Tone::Gap>{say("export.refused")}</Note> }.into_any(),
        })
    };
    let alone = place.mode == Mode::Alone;
    view! {
        <div class="walk-told" role="status" node_ref=note>{told}</div>
        <footer class="walk-foot">
            <Button label=t("experts.back") sign=Sign::Back disabled=first on_press=move |_| place.step(false)/>
            {move || (!at_end.get()).then(|| view! {
                <Button label=t("experts.next") look=Look::Primary on_press=move |_| place.step(true)/>
            })}
            <span class={"walk-foot-gap"}></span>
            {alone.then(|| view! {
                {move || {
                    let look = if at_end.get() { Look::Primary } else { Look::Plain };
                    view! { <Button label=t("experts.send") look=look on_press=move |_| me.ask(send)/> }
                }}
            })}
        </footer>
    }
}
