//! Two states of the plan side by side, and the way back to the first.

use leptos::prelude::*;
use weft_document::{Entry, Point};
use weft_model::{
    Command, Difference, ItemId, Plan, SignerStageId, Subject, Verb, differences, field, restoring,
    restoring_item,
};
use weft_seal::{Scope, changed, scope};

use crate::ui::{
    components::{
        button::{Button, Look},
        choice::Choice,
        combobox::Combobox,
        difference::DifferenceLine,
        empty::Empty,
        icon::Sign,
        notice::toasts,
    },
    state::Editor,
    text::{say, say_count, say_with, t},
    told,
};

/// Differences that are drawn; more are counted.
const DRAWN: usize = 400;

/// From one point of the history to another, or to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub from: Point,
    pub to: Option<Point>,
    pub within: Within,
}

/// What of the two states is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// All of the plan.
    Plan,
    /// What the hash of a version is over.
    Signed,
    /// What this stage of the signing policy of that time covers.
    Stage(SignerStageId),
}

impl Within {
    /// All that reads otherwise of it.
    fn differences(self, then: &Plan, now: &Plan) -> Vec<Difference> {
        match self {
            Self::Signed => changed(then, now, &Scope::Whole),
            Self::Stage(id) => {
                let stage = then.signer_stages.get(id);
                changed(then, now, &stage.map_or(Scope::Whole, scope))
            }
            Self::Plan => {
                let mut all = differences(then, now);
                // Talk and signatures are no part of what the plan reads.
                all.retain(|it| match it.what.subject() {
                    Subject::Item(item) => !item.kind.is_about_the_plan(),
                    _ => true,
                });
                all
            }
        }
    }
}

/// What one thing differs in.
#[derive(Clone, PartialEq)]
struct Group {
    subject: Subject,
    differences: Vec<Difference>,
}

/// The view.
#[component]
pub(super) fn Compare(
    editor: Editor,
    span: RwSignal<Option<Span>>,
    entries: Memo<Vec<Entry>>,
) -> impl IntoView {
    let toasts = toasts();
    let all = Memo::new(move |_| {
        let Span { from, to, within } = span.get()?;
        editor.follow_board();
        let then = editor.at(&from)?;
        let all = match to {
            Some(to) => within.differences(&then, &editor.at(&to)?),
            None => editor.plan(|now| within.differences(&then, now)),
        };
        Some(all)
    });
    let groups = move || {
        let all = all.get().unwrap_or_default();
        let mut groups: Vec<Group> = Vec::new();
        for it in all.into_iter().take(DRAWN) {
            let subject = it.what.subject();
            match groups.last_mut() {
                Some(last) if last.subject == subject => last.differences.push(it),
                _ => groups.push(Group {
                    subject,
                    differences: vec![it],
                }),
            }
        }
        groups
    };
    let count = move || all.with(|all| all.as_ref().map_or(0, Vec::len));
    let to_now = move || span.get().is_some_and(|span| span.to.is_none());
    // The whole plan goes back where all of it is looked at.
    let whole = move || {
        let parted = |span: Span| matches!(span.within, Within::Stage(_));
        to_now() && !span.get().is_some_and(parted)
    };
    let only = move || {
        let Span { from, within, .. } = span.get()?;
        let Within::Stage(id) = within else {
            return None;
        };
        let then = editor.at(&from)?;
        let title = then
            .signer_stages
            .get(id)?
            .title
            .show(&editor.lang())
            .to_owned();
        Some(say_with("review.only_stage", &[("stage", title)]))
    };
    let bring_back = move |_| {
        let Some(Span { from, within, .. }) = span.get_untracked() else {
            return;
        };
        let Some(then) = editor.at(&from) else { return };
        let mut commands = editor.plan(|now| restoring(now, &then));
        if within != Within::Plan {
            // How far the plan has come is not in what was signed, and not listed here.
            commands.retain(|command| !matches!(command, Command::Set { key, .. } if key.field == field::about::status));
        }
        if !done(editor, Subject::Plan, commands) {
            return;
        }
        let left = editor.plan(|now| within.differences(&then, now).len());
        if left == 0 {
            toasts.say_with(say("review.brought_back"), say("act.undo"), move || {
                editor.undo()
            });
        } else {
            // What others own was proposed to them.
            toasts.say(say_count("review.brought_but", left as f64, &[]));
        }
    };
    let bring_item = move |item: ItemId| {
        let Some(Span { from, .. }) = span.get_untracked() else {
            return;
        };
        let Some(then) = editor.at(&from) else { return };
        let commands = editor.plan(|now| restoring_item(now, &then, item));
        // A place among others that have moved themselves, or what is there already.
        if !done(editor, item.into(), commands) {
            toasts.say(say("review.nothing_back"));
        }
    };
    let rows = move || {
        let back = to_now();
        let rows = groups().into_iter().map(|group| {
            let item = match group.subject {
                Subject::Item(item) if back => Some(item),
                _ => None,
            };
            draw(
                editor,
                group,
                item.map(|item| Callback::new(move |()| bring_item(item))),
            )
        });
        rows.collect_view()
    };
    let choose_from = move |point: String| {
        if let Ok(from) = point.parse() {
            span.update(|span| *span = span.map(|span| Span { from, ..span }));
        }
    };
    let choose_to = move |point: String| {
        let to = point.parse().ok();
        span.update(|span| *span = span.map(|span| Span { to, ..span }));
    };
    let from = Signal::derive(move || {
        let from = span.get().map(|it| it.from);
        from.map(|from| label_of(editor, entries, from))
            .unwrap_or_default()
    });
    let to = Signal::derive(move || {
        let to = span.get().and_then(|it| it.to);
        to.map_or_else(|| say("review.now"), |to| label_of(editor, entries, to))
    });
    let moments = Memo::new(move |_| points(editor, entries));
    let ends = Memo::new(move |_| {
        let now = Choice::new("", say("review.now"));
        core::iter::once(now)
            .chain(moments.get())
            .collect::<Vec<_>>()
    });
    view! {
        <div class="compare">
            <div class="compare-head">
                <Button label=t("review.back") look=Look::Quiet sign=Sign::Back on_press=move |_| span.set(None)/>
                <Combobox label=t("review.from") value=from options=moments on_choose=choose_from/>
                <Combobox label=t("review.to") value=to options=ends on_choose=choose_to/>
            </div>
            {move || only().map(|words| view! { <p class="caption">{words}</p> })}
            <div class="compare-sum">
                <p class="compare-count" role="status">{move || say_count("review.differences", count() as f64, &[])}</p>
                <Show when=move || { whole() && count() > 0 }>
                    <Button label=t("review.restore_plan") on_press=bring_back/>
                </Show>
            </div>
            <Show when=move || count() == 0>
                <Empty title=t("review.same")/>
            </Show>
            <ul class="compare-groups">{rows}</ul>
            <Show when=move || { count() > DRAWN }>
                <p class="caption">{move || say_count("told.and_more", (count() - DRAWN) as f64, &[])}</p>
            </Show>
        </div>
    }
}

fn done(editor: Editor, subject: Subject, commands: Vec<Command>) -> bool {
    !commands.is_empty() && editor.act(Verb::Restore, subject, commands)
}

fn draw(editor: Editor, group: Group, back: Option<Callback<()>>) -> AnyView {
    let subject = group.subject;
    let name = move || told::thing(editor, subject);
    let title = match told::href_of(editor, subject) {
        Some(href) => view! { <a class="clash-title" href=href>{name}</a> }.into_any(),
        None => view! { <span class="clash-title">{name}</span> }.into_any(),
    };
    let lines = group.differences.into_iter().map(|it| {
        view! { <li class={"entry-edit"}><DifferenceLine editor=editor difference=it bare=true/></li> }
    });
    view! {
        <li class="compare-group">
            <div class="compare-group-head">
                {title}
                {back.map(|back| view! {
                    <Button label=t("review.restore_item") look=Look::Quiet on_press=move |_| back.run(())/>
                })}
            </div>
            <ul class="entry-edits">{lines.collect_view()}</ul>
        </li>
    }
    .into_any()
}

/// All points of the history, the newest first: in words, to be found by them.
fn points(editor: Editor, entries: Memo<Vec<Entry>>) -> Vec<Choice> {
    let by_whom = editor.by_whom();
    entries.with(|all| {
        let choice = |entry: &Entry| {
            let name = by_whom(entry);
            Choice::new(entry.point.to_string(), label(editor, entry, &name.name))
        };
        all.iter().map(choice).collect()
    })
}

fn label_of(editor: Editor, entries: Memo<Vec<Entry>>, point: Point) -> String {
    entries.with(|all| {
        let found = all.iter().find(|it| it.point == point);
        match found {
            Some(entry) => label(editor, entry, &editor.by_whom()(entry).name),
            // Named between two acts that are told together.
            None => version_at(editor, point).unwrap_or_default(),
        }
    })
}

/// The version that was named at a point.
fn version_at(editor: Editor, point: Point) -> Option<String> {
    let (lang, point) = (editor.lang(), point.to_string());
    editor.plan(|plan| {
        let named = plan.versions.iter().find(|it| it.point == point)?;
        let title = named.title.show(&lang).to_owned();
        Some(say_with("overview.thing", &[("what", title)]))
    })
}

fn label(editor: Editor, entry: &Entry, name: &str) -> String {
    let who = told::who(name, entry.author == editor.author());
    let did = match entry.intent {
        Some(intent) => told::did(editor, intent),
        None => say("told.unknown_act"),
    };
    let all = [
        ("when", told::when(entry.at_millis)),
        ("who", who),
        ("did", did),
    ];
    say_with("review.point", &all)
}
