//! The tasks as cards, one at a time: where one is, going on and back, sending
//! back what was said. The address names the card, so that one can stop and go on.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use weft_analysis::{TaskCard, has_looked};
use weft_model::{JobItemId, Judgement, Kind, VerdictId};

use super::Mode;
use super::answer::{Answer, answer_with};
use super::around::{Foot, List};
use super::facts::Facts;
use super::round::Round;
use super::suggest::MissingTask;
use crate::browser::{dom, keyboard, timer};
use crate::route::{Page, Route};
use crate::ui::components::button::{Button, ButtonLink, Look};
use crate::ui::components::empty::Empty;
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::components::shortcuts::{Shortcut, shortcuts};
use crate::ui::judging::{cards, expert_name, progress};
use crate::ui::me::use_me;
use crate::ui::sentences::choice_name;
use crate::ui::spot::SpotOn;
use crate::ui::state::{Editor, use_editor};
use crate::ui::text::{number, say, say_count, say_with, t};

/// What the address says behind the last card.
const END: &str = "end";
/// The id of the open card's head, for the focus.
const HEAD: &str = "walk-card-head";

/// Where one is among the cards. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) editor: Editor,
    spot: SpotOn,
    pub(super) mode: Mode,
    pub(super) cards: Memo<Vec<TaskCard>>,
    pub(super) at: Memo<usize>,
    /// Whether somebody went to the card that is about to show: the focus follows.
    moved: StoredValue<bool>,
}

impl Place {
    /// Shows another card; one past the last is the end.
    pub(super) fn go(self, to: usize) {
        let segment = self.cards.with_untracked(|cards| {
            cards
                .get(to)
                .map_or(END.to_owned(), |card| card.line.to_string())
        });
        self.moved.set_value(true);
        self.spot
            .point(vec![self.mode.segment().to_owned(), segment]);
    }

    pub(super) fn step(self, forward: bool) {
        let at = self.at.get_untracked();
        let last = self.cards.with_untracked(Vec::len);
        if forward && at < last {
            self.go(at + 1);
        } else if !forward && at > 0 {
            self.go(at - 1);
        }
    }

    fn card(self) -> Option<TaskCard> {
        self.cards.with(|cards| cards.get(self.at.get()).cloned())
    }
}

/// The page.
#[component]
pub fn Walk(spot: SpotOn, mode: Mode) -> impl IntoView {
    let editor = use_editor();
    let cards = Memo::new(move |_| cards(editor));
    // Without a card in the address one goes on where one stopped.
    let first = StoredValue::new(untrack(|| {
        cards.with(|cards| match mode {
            Mode::Workshop => 0,
            Mode::Alone => editor.plan(|plan| {
                let open = |card: &TaskCard| !has_looked(plan, card.line, editor.myself());
                cards.iter().position(open).unwrap_or(cards.len())
            }),
        })
    }));
    let at = Memo::new(move |_| {
        let named = spot.all().get(1).cloned();
        cards.with(|cards| match named {
            Some(end) if end == END => cards.len(),
            Some(uid) => cards
                .iter()
                .position(|card| card.line.to_string() == uid)
                .unwrap_or(0),
            None => first.get_value().min(cards.len()),
        })
    });
    let place = Place {
        editor,
        spot,
        mode,
        cards,
        at,
        moved: StoredValue::new(false),
    };
    shortcuts(
        "experts.tasks",
        vec![
            Shortcut::new("ArrowRight", "experts.next", move || place.step(true)),
            Shortcut::new("ArrowLeft", "experts.back", move || place.step(false)),
            Shortcut::told("1", "experts.key_right"),
            Shortcut::told("2", "experts.key_outdated"),
            Shortcut::told("3", "experts.key_missing"),
        ],
    );
    let bare = Memo::new(move |_| cards.with(Vec::is_empty));
    let review = Route::spot(editor.id().to_string(), Page::Review, ["experts"]).href();
    let review = StoredValue::new(review);
    view! {
        <div class="walk" class:is-round=mode == Mode::Workshop>
            <Show
                when=move || !bare.get()
                fallback=move || view! {
                    <Empty title=t("experts.no_tasks") text=t("experts.no_tasks_text")>
                        <ButtonLink label=t("experts.close") href=review.get_value()/>
                    </Empty>
                }
            >
                <Head place=place review=review.get_value()/>
                <div class="walk-columns">
                    <div class="walk-main"><Open place=place/></div>
                    <List place=place/>
                </div>
                <Foot place=place/>
            </Show>
        </div>
    }
}

/// What this is, who answers, and how far they have come.
#[component]
fn Head(place: Place, review: String) -> impl IntoView {
    let editor = place.editor;
    let me = use_me();
    let title = if place.mode == Mode::Alone {
        "experts.question"
    } else {
        "experts.workshop"
    };
    let so_far = Memo::new(move |_| progress(editor, editor.myself()));
    let intro = move || {
        let (done, all) = so_far.get();
        (done == 0).then(|| {
            let text = say_count("experts.walk_intro", all as f64, &[]);
            view! { <p class="walk-intro">{text}</p> }
        })
    };
    let parts = move || {
        let editor = place.editor;
        editor.follow(Kind::Verdict);
        let at = place.at.get();
        let own = editor.myself();
        place.cards.with(|cards| {
            let each = cards.iter().enumerate().map(|(index, card)| {
                let done = editor.plan(|plan| has_looked(plan, card.line, own));
                view! { <i class:is-done=done class:is-here=index == at></i> }
            });
            each.collect_view()
        })
    };
    let told = move || {
        let (done, all) = so_far.get();
        let figures = [("n", number(done as f64)), ("all", number(all as f64))];
        say_with("experts.looked_at", &figures)
    };
    // What they call themselves now; what is noted in the plan follows with the
    // next answer.
    let who = move || {
        let name = me.profile().name;
        let name = if name.is_empty() {
            say("experts.no_name")
        } else {
            name
        };
        let party = editor.party().map(|party| editor.title(party.into()));
        let parts = [Some(me.profile().role), party];
        let mut parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.retain(|part| !part.is_empty());
        view! {
            <span class="walk-who-words">
                <b class={"walk-who-name"}>{name}</b>
                <span class="caption">{parts.join(" · ")}</span>
            </span>
        }
    };
    let identity = Signal::derive(move || {
        say(if me.profile().name.is_empty() {
            "review.edit_me"
        } else {
            "experts.not_you"
        })
    });
    let alone = place.mode == Mode::Alone;
    view! {
        <header class="walk-head">
            <div class="walk-head-line">
                <h1 class="walk-title">{t(title)}</h1>
                <ButtonLink label=t("experts.close") look=Look::Quiet href=review/>
            </div>
            {alone.then(|| view! {
                {intro}
                <div class="walk-progress" role="img" aria-label=told>{parts}</div>
                <div class="walk-who">
                    <Icon sign=Sign::Person size=20/>
                    {who}
                    <Button label=identity on_press=move |_| me.show()/>
                </div>
            })}
        </header>
    }
}

/// The name of the open card. The focus comes here with the card.
#[component]
fn Name(place: Place, #[prop(into)] name: Signal<String>) -> impl IntoView {
    let node = NodeRef::<html::H2>::new();
    Effect::new(move || {
        if let Some(head) = node.get()
            && place.moved.try_update_value(core::mem::take) == Some(true)
        {
            timer::as_soon(move || dom::focus(&head));
        }
    });
    view! { <h2 class="walk-name" id=HEAD tabindex="-1" node_ref=node>{name}</h2> }
}

/// The open card, or the end.
#[component]
fn Open(place: Place) -> impl IntoView {
    let line = Memo::new(move |_| place.card());
    move || match line.get() {
        Some(card) => view! { <Card place=place card=card/> }.into_any(),
        None => view! { <End place=place/> }.into_any(),
    }
}

#[component]
fn Card(place: Place, card: TaskCard) -> impl IntoView {
    let editor = place.editor;
    let line = card.line;
    let role = card.role;
    let me = use_me();
    let above = move || {
        let figures = [
            ("n", number(place.at.get() as f64 + 1.0)),
            ("all", number(place.cards.with(Vec::len) as f64)),
        ];
        let counted = say_with("experts.task_of", &figures);
        match role {
            Some(role) => format!("{counted} · {}", editor.title(role.into())),
            None => counted,
        }
    };
    let described = move || {
        editor.follow_item(line.into());
        let text = editor.plan(|plan| plan.job_items.get(line).map(|it| it.description.clone()));
        let text = editor.show(&text.unwrap_or_default());
        (!text.is_empty()).then(|| view! { <p class="walk-described">{text}</p> })
    };
    let alone = place.mode == Mode::Alone;
    // Letters and figures work while the focus is in the card, and not everywhere.
    let on_keydown = move |event: KeyboardEvent| {
        let plain = !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        if !alone || !plain || keyboard::is_composing(&event) || keyboard::is_typing(&event) {
            return;
        }
        let chosen = match event.key().as_str() {
            "1" => Judgement::Right,
            "2" => Judgement::Outdated,
            "3" => Judgement::Missing,
            _ => return,
        };
        event.prevent_default();
        answer_with(editor, me, line, Some(chosen));
    };
    let answer = StoredValue::new(card.clone());
    view! {
        <article class="walk-card" aria-labelledby=HEAD on:keydown=on_keydown>
            <p class="walk-above">{above}</p>
            <Name place=place name=Signal::derive(move || editor.title(line.into()))/>
            {described}
            {if alone {
                view! {
                    <Facts card=card/>
                    <Answer card=answer.get_value()/>
                }
                .into_any()
            } else {
                view! {
                    <Round card=answer.get_value()/>
                    <details class="unfold">
                        <summary class={"unfold-head"}>{t("experts.how_taught")}</summary>
                        <Facts card=card/>
                    </details>
                }
                .into_any()
            }}
        </article>
    }
}

/// Behind the last card: what was said in sum, whole tasks that are missing, and
/// the way back.
#[component]
fn End(place: Place) -> impl IntoView {
    let editor = place.editor;
    let alone = place.mode == Mode::Alone;
    let own = editor.myself();
    let sums = move || {
        editor.follow(Kind::Verdict);
        let counts = [Judgement::Right, Judgement::Outdated, Judgement::Missing].map(|which| {
            let of = place.cards.with(|cards| {
                editor.plan(|plan| {
                    let said = |card: &&TaskCard| judgement_of(plan, card.line, own) == Some(which);
                    cards.iter().filter(said).count()
                })
            });
            view! {
                <li class="walk-sum">
                    <b class={"walk-sum-figure"}>{number(of as f64)}</b>
                    <span class={"walk-sum-word"}>{word_of(which)}</span>
                </li>
            }
        });
        let (done, all) = progress(editor, own);
        let left = all - done;
        let left = (left > 0).then(|| say_count("experts.left", left as f64, &[]));
        view! {
            <ul class="walk-sums">{counts.into_iter().collect_view()}</ul>
            {left.map(|left| view! { <p class="walk-intro">{left}</p> })}
        }
    };
    view! {
        <article class="walk-card" aria-labelledby=HEAD>
            <Name place=place name=t(if alone { "experts.end" } else { "experts.round_end" })/>
            {alone.then(|| view! { {sums} <p class="walk-intro">{t("experts.end_text")}</p> })}
            <Show when=move || alone><MissingTask/></Show>
        </article>
    }
}

/// How an expert judges a task; nothing yet: `None`.
pub(super) fn judgement_of(
    plan: &weft_model::Plan,
    task: JobItemId,
    expert: weft_model::ExpertId,
) -> Option<Judgement> {
    let verdict = plan.verdicts.get(VerdictId::of(task, expert))?;
    verdict.judgement.map(|it| it.0)
}

/// A judgement in a word. Reactive in the language.
pub(super) fn word_of(judgement: Judgement) -> String {
    use weft_model::Choice as _;
    choice_name(weft_model::field::verdict::judgement, judgement.id())
}

/// How an expert is shown in a line: name, then what they do and for whom.
#[component]
pub(super) fn Named(id: weft_model::ExpertId) -> impl IntoView {
    let editor = use_editor();
    let named = move || expert_name(editor, id);
    view! {
        <span class="walk-who-words">
            <b class="walk-who-name">{move || named().0}</b>
            <span class="caption">{move || named().1}</span>
        </span>
    }
}
