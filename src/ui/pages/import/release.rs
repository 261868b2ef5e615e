//! A newer release of a framework beside what the plan holds of an earlier one:
//! what is changed, new and gone, and what of it is taken over.

use leptos::prelude::*;
use weft_exchange::release::{self, Comparison, Group, Release};
use weft_model::{JobItemId, Kind};

use super::intake::{Intake, Preview};
use super::preview::with;
use super::release_line::Line;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::choice::CheckboxField;
use crate::ui::components::head::SectionHead;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::components::show_more::ShowMore;
use crate::ui::text::{day, number, say, say_count, say_with, t};

/// Lines of a group that are drawn at once; more are drawn when asked for.
const DRAWN: usize = 60;

/// All comparisons of this import.
#[component]
pub fn Releases(intake: Intake) -> impl IntoView {
    let count = Memo::new(move |_| with(intake, |p| p.imported.comparisons.len()).unwrap_or(0));
    move || {
        (0..count.get())
            .map(|at| view! { <One intake=intake at=at/> })
            .collect_view()
    }
}

/// Whether there is something to choose.
pub fn has_changes(intake: Intake) -> bool {
    with(intake, |preview| {
        let mut all = preview.imported.comparisons.iter();
        all.any(|it| it.changes() > 0)
    })
    .unwrap_or(false)
}

/// Whether items of this kind come in as they are chosen.
pub fn is_chosen(kind: Kind) -> bool {
    matches!(kind, Kind::JobItem | Kind::Framework)
}

/// Whether anything would come in, as it is chosen.
pub fn brings(intake: Intake, preview: &Preview) -> bool {
    let imported = &preview.imported;
    if imported.comparisons.is_empty() {
        return !imported.commands.is_empty();
    }
    let editor = intake.editor;
    intake
        .choices
        .with(|choices| editor.plan(|plan| release::brings(plan, imported, choices)))
}

/// How much is taken over, for the foot of the page.
pub fn chosen(intake: Intake) -> Option<String> {
    let (taken, all) = with(intake, |preview| {
        let all = &preview.imported.comparisons;
        let taken = intake.choices.with(|choices| {
            let each = all.iter().map(|it| choices.taken(it));
            each.sum::<usize>()
        });
        (taken, all.iter().map(Comparison::changes).sum::<usize>())
    })?;
    (all > 0).then(|| tally(taken, all))
}

/// What came of each comparison, for the last step.
pub fn came(intake: Intake, all: &[Comparison]) -> Vec<(String, String)> {
    let one = |it: &Comparison| {
        let (taken, all) = (
            intake.choices.with(|choices| choices.taken(it)),
            it.changes(),
        );
        let name = [it.title.clone(), named(&it.after)].join(" ");
        (name, tally(taken, all))
    };
    let all = all.iter().filter(|it| it.changes() > 0);
    all.map(one).collect()
}

fn tally(taken: usize, all: usize) -> String {
    let figures = [("n", number(taken as f64)), ("all", number(all as f64))];
    say_with("release.taken", &figures)
}

/// A release by its name, else by its date, else as what it is.
pub fn named(release: &Release) -> String {
    match (release.name.as_str(), release.changed.as_str()) {
        ("", "") => say("release.unnamed"),
        ("", changed) => say_with("release.named", &[("name", date(changed))]),
        (name, _) => say_with("release.named", &[("name", name.to_owned())]),
    }
}

/// A release with its date, where it has both.
fn named_and_dated(release: &Release) -> String {
    let name = named(release);
    if release.name.is_empty() || release.changed.is_empty() {
        return name;
    }
    let values = [("release", name), ("day", date(&release.changed))];
    say_with("release.dated", &values)
}

/// A moment as sources write it, by its day; what is none as it stands.
fn date(text: &str) -> String {
    match text.get(..10) {
        Some(iso) if is_day(iso) => day(iso),
        _ => text.to_owned(),
    }
}

fn is_day(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}

/// One comparison of the preview, by its place.
pub fn comparison<T>(intake: Intake, at: usize, look: impl FnOnce(&Comparison) -> T) -> Option<T> {
    with(intake, |preview| {
        preview.imported.comparisons.get(at).map(look)
    })
    .flatten()
}

#[component]
fn One(intake: Intake, at: usize) -> impl IntoView {
    let words =
        move |look: fn(&Comparison) -> String| comparison(intake, at, look).unwrap_or_default();
    let changes = Memo::new(move |_| comparison(intake, at, Comparison::changes).unwrap_or(0));
    let title = Signal::derive(move || {
        words(|it| say_with("release.title", &[("release", named(&it.after))]))
    });
    let note = Signal::derive(move || words(|it| it.title.clone()));
    let about = move || {
        words(|it| {
            let values = [
                ("before", named_and_dated(&it.before)),
                ("after", named_and_dated(&it.after)),
            ];
            say_with("release.about", &values)
        })
    };
    let nothing = move || {
        (changes.get() == 0).then(|| {
            let text = words(|it| {
                let values = [
                    ("release", named_and_dated(&it.before)),
                    ("count", number(it.same.len() as f64)),
                ];
                say_with("release.nothing", &values)
            });
            view! { <Note tone=Tone::Good>{text}</Note> }
        })
    };
    let groups = move || {
        let groups = Group::ALL.into_iter();
        groups
            .map(|group| view! { <Changes intake=intake at=at group=group/> })
            .collect_view()
    };
    view! {
        <section class="release">
            <SectionHead title=title note=note/>
            {nothing}
            <Show when=move || { changes.get() > 0 }>
                <p class="release-about">{about}</p>
                {groups}
            </Show>
            <Same intake=intake at=at/>
        </section>
    }
}

/// Noting the release on lines that read the same.
#[component]
fn Same(intake: Intake, at: usize) -> impl IntoView {
    let framework = Memo::new(move |_| comparison(intake, at, |it| it.framework));
    let label = Signal::derive(move || {
        let said = comparison(intake, at, |it| (it.same.len(), named(&it.after)));
        let (count, release) = said.unwrap_or_default();
        say_count("release.same", count as f64, &[("release", release)])
    });
    let checked = Signal::derive(move || {
        let framework = framework.get();
        framework.is_some_and(|it| intake.choices.with(|choices| choices.notes(it)))
    });
    let commit = move |on: bool| {
        if let Some(framework) = framework.get_untracked() {
            intake.choices.update(|choices| choices.note(framework, on));
        }
    };
    // The same release once more has nothing to note.
    let any = Memo::new(move |_| {
        let differs = |it: &Comparison| !it.same.is_empty() && it.before != it.after;
        comparison(intake, at, differs).unwrap_or(false)
    });
    move || {
        any.get().then(|| {
            view! { <CheckboxField label=label checked=checked on_commit=commit/> }
        })
    }
}

/// The key of a group's words.
pub const fn key(group: Group) -> &'static str {
    match group {
        Group::Changed => "release.changed",
        Group::New => "release.new",
        Group::Gone => "release.gone",
    }
}

/// Changes of one kind, with a word for all of them.
#[component]
fn Changes(intake: Intake, at: usize, group: Group) -> impl IntoView {
    let lines = Memo::new(move |_| {
        comparison(intake, at, |it| match group {
            Group::Changed => it.changed.iter().map(|it| it.line).collect(),
            Group::New => it.new.iter().map(|it| it.line).collect(),
            Group::Gone => it.gone.iter().map(|it| it.line).collect::<Vec<JobItemId>>(),
        })
        .unwrap_or_default()
    });
    let shown = RwSignal::new(DRAWN);
    let count = move || lines.with(Vec::len);
    let any = Memo::new(move |_| count() > 0);
    let drawn = move || lines.with(|all| all.iter().take(shown.get()).copied().collect::<Vec<_>>());
    let title = Signal::derive(move || say(key(group)));
    let note = move || {
        let taken = comparison(intake, at, |it| {
            intake.choices.with(|choices| choices.taken_of(it, group))
        });
        let figures = [
            ("n", number(taken.unwrap_or(0) as f64)),
            ("all", number(count() as f64)),
        ];
        say_with("release.taken_of", &figures)
    };
    let all = move |take: bool| {
        let Some(preview) = intake.preview.get_untracked() else {
            return;
        };
        if let Some(it) = preview.imported.comparisons.get(at) {
            intake
                .choices
                .update(|choices| choices.all(it, group, take));
        }
    };
    let (take, keep) = words_for_all(group);
    move || {
        any.get().then(|| {
            view! {
                <div class="release-group">
                    <div class="release-group-head">
                        <h3 class="release-group-name">{title}</h3>
                        <span class="caption" role="status">{note}</span>
                        <span class="release-group-acts">
                            <Button label=t(take) look=Look::Quiet hint=title on_press=move |_| all(true)/>
                            <Button label=t(keep) look=Look::Quiet hint=title on_press=move |_| all(false)/>
                        </span>
                    </div>
                    <ul class="release-lines">
                        <For each=drawn key=|line| *line let:line>
                            <Line intake=intake at=at group=group line=line/>
                        </For>
                    </ul>
                    <ShowMore count=Signal::derive(count) shown=shown step=4 * DRAWN/>
                </div>
            }
        })
    }
}

const fn words_for_all(group: Group) -> (&'static str, &'static str) {
    match group {
        Group::Changed => ("release.take_all", "release.keep_all"),
        Group::New => ("release.take_all", "release.leave_all"),
        Group::Gone => ("release.remove_all", "release.keep_all"),
    }
}
