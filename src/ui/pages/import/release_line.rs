//! One change of a release: what the plan says beside what the release says,
//! the modules that it touches, and the choice.

use leptos::prelude::*;
use weft_exchange::release::{Changed, Gone, Group, New, Particular, Whose};
use weft_model::{
    Aspect, Choice as _, Difference, Field, ItemId, JobItemId, ModuleId, Splice, Subject, Text,
    Value, field,
};

use super::intake::Intake;
use super::preview::with;
use super::release::{comparison, named};
use crate::ui::components::chip::Tag;
use crate::ui::components::choice::{Segment, Segmented};
use crate::ui::components::notice::Tone;
use crate::ui::find::code_and_title;
use crate::ui::sentences::choice_name;
use crate::ui::state::{Editor, use_editor};
use crate::ui::text::{say, say_count, say_with, t};
use crate::ui::told;

const TAKE: &str = "take";
const KEEP: &str = "keep";

/// A change of one kind.
#[derive(Clone, PartialEq)]
enum Change {
    Changed(Changed),
    New(New),
    Gone(Gone),
}

/// The change of one line.
#[component]
pub fn Line(intake: Intake, at: usize, group: Group, line: JobItemId) -> impl IntoView {
    let editor = intake.editor;
    let change = Memo::new(move |_| {
        comparison(intake, at, |it| match group {
            Group::Changed => find(&it.changed, |it| it.line == line).map(Change::Changed),
            Group::New => find(&it.new, |it| it.line == line).map(Change::New),
            Group::Gone => find(&it.gone, |it| it.line == line).map(Change::Gone),
        })
        .flatten()
    });
    let releases = Memo::new(move |_| {
        comparison(intake, at, |it| (named(&it.before), named(&it.after))).unwrap_or_default()
    });
    let title = Signal::derive(move || name(intake, line));
    let head = move || match change.get() {
        Some(Change::Changed(it)) => whose(it.whose),
        Some(Change::New(it)) => {
            let tier = choice_name(field::job_item::tier, it.tier.id());
            let deleted = it.deleted.then(|| tag("release.deleted", Tone::Caution));
            view! { <span class="caption">{tier}</span>{deleted} }.into_any()
        }
        _ => ().into_any(),
    };
    let body = move || match change.get() {
        Some(Change::Changed(it)) => {
            let (before, after) = releases.get();
            let sides = it.differences.iter();
            let sides = sides.map(|one| sides_of(intake, one, &it, &before, &after));
            let sides = sides.collect_view();
            let particulars = it.particulars.into_iter();
            let particulars = particulars.map(|it| particular(editor, it)).collect_view();
            view! {
                {sides}
                <ul class="release-particulars">{particulars}</ul>
                {touches(editor, &it.modules)}
            }
            .into_any()
        }
        Some(Change::New(it)) => {
            let above = it.above.map(|above| {
                let values = [("line", name(intake, above))];
                view! { <p class="caption">{say_with("release.below", &values)}</p> }
            });
            above.into_any()
        }
        Some(Change::Gone(it)) => {
            let by = it.replaced_by.iter().map(|line| name(intake, *line));
            let by: Vec<String> = by.collect();
            let by = (!by.is_empty()).then(|| {
                let values = [("lines", by.join(&say("finding.comma")))];
                view! { <p class="release-by">{say_with("release.replaced", &values)}</p> }
            });
            view! { {by}{touches(editor, &it.modules)} }.into_any()
        }
        None => ().into_any(),
    };
    let holds = Memo::new(move |_| match change.get() {
        Some(Change::Gone(it)) => it.holds,
        _ => 0,
    });
    let taken = Memo::new(move |_| intake.choices.with(|choices| choices.takes(line)));
    view! {
        <li class="release-line" class:taken=move || taken.get()>
            <div class="release-line-head">
                <span class="release-line-name">{title}</span>
                {head}
            </div>
            <div class="release-line-body">{body}</div>
            <div class="release-line-choice">
                <Show
                    when=move || holds.get() == 0
                    fallback=move || view! {
                        <span class="caption">{move || say_count("release.holds", holds.get() as f64, &[])}</span>
                    }
                >
                    <Choosing intake=intake group=group line=line title=title taken=taken/>
                </Show>
            </div>
        </li>
    }
}

fn find<T: Clone>(all: &[T], is: impl Fn(&T) -> bool) -> Option<T> {
    all.iter().find(|it| is(it)).cloned()
}

/// Take over or keep.
#[component]
fn Choosing(
    intake: Intake,
    group: Group,
    line: JobItemId,
    title: Signal<String>,
    taken: Memo<bool>,
) -> impl IntoView {
    let value = Signal::derive(move || if taken.get() { TAKE } else { KEEP }.to_owned());
    let (take, keep) = match group {
        Group::Changed => ("release.take", "release.keep"),
        Group::New => ("release.take", "release.leave"),
        Group::Gone => ("release.remove", "release.keep"),
    };
    let segment = |value: &'static str, label: &'static str| Segment {
        value,
        label: t(label),
        sign: None,
    };
    let commit = move |value: &'static str| {
        let Some(preview) = intake.preview.get_untracked() else {
            return;
        };
        let all = &preview.imported.comparisons;
        intake.choices.update(|choices| {
            if value == TAKE {
                choices.take(all, line);
            } else {
                choices.keep(all, line);
            }
        });
    };
    view! {
        <Segmented label=title options=vec![segment(TAKE, take), segment(KEEP, keep)] value=value on_commit=commit/>
    }
}

/// A line by code and words: of the plan, or as it would come in.
fn name(intake: Intake, line: JobItemId) -> String {
    let lang = intake.editor.lang();
    let coming = with(intake, |preview| {
        let all = preview.imported.comparisons.iter().flat_map(|it| &it.new);
        let mut all = all.filter(|it| it.line == line);
        all.next().map(|it| titled(&it.code, &it.statement, &lang))
    });
    coming.flatten().unwrap_or_else(|| {
        intake
            .editor
            .plan(|plan| code_and_title(plan, &lang, line.into()))
    })
}

fn titled(code: &str, words: &Text, lang: &weft_model::Lang) -> String {
    format!("{code} {}", words.show(lang)).trim().to_owned()
}

fn tag(key: &'static str, tone: Tone) -> AnyView {
    view! { <Tag label=t(key) tone=tone/> }.into_any()
}

fn whose(whose: Whose) -> AnyView {
    match whose {
        Whose::Source => ().into_any(),
        Whose::Plan => tag("release.changed_here", Tone::Plain),
        Whose::Both => tag("release.changed_by_both", Tone::Caution),
    }
}

/// What the plan says beside what the release says, with what differs marked.
fn sides_of(
    intake: Intake,
    difference: &Difference,
    changed: &Changed,
    before: &str,
    after: &str,
) -> AnyView {
    let words = |value: Option<&Value>| match value.and_then(Value::as_str) {
        // The line that it would stand below may be one that comes in.
        above if is_of(difference, field::job_item::parent) => {
            let above = above.and_then(|above| above.parse().ok());
            above.map_or_else(|| say("release.at_top"), |uid| name(intake, JobItemId(uid)))
        }
        _ => told::value(intake.editor, &difference.what, value),
    };
    let (was, is) = (
        words(difference.before.as_ref()),
        words(difference.after.as_ref()),
    );
    let (was_marked, is_marked) = if is_of(difference, field::job_item::parent) {
        (was.into_any(), is.into_any())
    } else {
        marked(&was, &is)
    };
    let said = changed
        .said
        .clone()
        .filter(|_| is_of(difference, field::job_item::statement));
    let said = said.map(|said| {
        let label = say_with("release.said", &[("release", before.to_owned())]);
        view! { <div class="side moved"><dt>{label}</dt><dd>{said}</dd></div> }
    });
    view! {
        <p class="release-field">{told::aspect_of(use_editor(), &difference.what)}</p>
        <dl class="three-way release-sides">
            {said}
            <div class="side"><dt>{say("release.in_plan")}</dt><dd>{was_marked}</dd></div>
            <div class="side proposed"><dt>{say_with("release.side", &[("release", after.to_owned())])}</dt><dd>{is_marked}</dd></div>
        </dl>
    }
    .into_any()
}

fn is_of(difference: &Difference, field: Field) -> bool {
    matches!(&difference.what, Aspect::Value(_, key) if key.field == field)
}

/// Two texts, what goes and what comes marked in each.
fn marked(was: &str, is: &str) -> (AnyView, AnyView) {
    let nothing = || say("told.nothing").into_any();
    let Some(splice) = Splice::between(was, is).filter(|_| !was.is_empty() && !is.is_empty())
    else {
        let whole = |text: &str| {
            if text.is_empty() {
                nothing()
            } else {
                text.to_owned().into_any()
            }
        };
        return (whole(was), whole(is));
    };
    let part = |text: &str, from: usize, count: usize| -> String {
        text.chars().skip(from).take(count).collect()
    };
    let gone = part(was, splice.at, splice.delete);
    let come = splice.insert.clone();
    let start = part(was, 0, splice.at);
    let end = part(was, splice.at + splice.delete, usize::MAX);
    let gone = (!gone.is_empty()).then(|| view! { <del class="told-before">{gone}</del> });
    let come = (!come.is_empty()).then(|| view! { <ins class="release-come">{come}</ins> });
    (
        view! { {start.clone()}{gone}{end.clone()} }.into_any(),
        view! { {start}{come}{end} }.into_any(),
    )
}

/// A text of the source; an address of a line of the plan as that line is called.
fn called(editor: Editor, text: String) -> String {
    if !text.starts_with("http") {
        return text;
    }
    let lang = editor.lang();
    let found = editor.plan(|plan| {
        let line = plan.job_items.iter().find(|it| it.origin_uri == text)?;
        Some(code_and_title(plan, &lang, line.id.into()))
    });
    found.filter(|name| !name.is_empty()).unwrap_or(text)
}

fn particular(editor: Editor, it: Particular) -> AnyView {
    let [name, before, after] = [it.name, it.before, it.after].map(|text| called(editor, text));
    let both = !before.is_empty() && !after.is_empty();
    view! {
        <li class="release-particular">
            <span class="told-field">{name}</span>
            {(!before.is_empty()).then(|| view! { <del class="told-before">{before}</del> })}
            {both.then(|| view! { <span class="told-arrow" aria-hidden="true">{"→"}</span> })}
            {(!after.is_empty()).then(|| view! { <ins class="told-after">{after}</ins> })}
        </li>
    }
    .into_any()
}

/// The modules that a change touches, each as a link. They open beside this
/// page, which holds what was chosen.
fn touches(editor: Editor, modules: &[ModuleId]) -> AnyView {
    if modules.is_empty() {
        return view! { <p class="release-touches">{say("release.no_modules")}</p> }.into_any();
    }
    let lang = editor.lang();
    let link = |module: &ModuleId| {
        let item = ItemId::from(*module);
        let title = editor.plan(|plan| code_and_title(plan, &lang, item));
        let href = told::href_of(editor, Subject::Item(item));
        let hint = say("release.opens_beside");
        view! {
            <li><a class="link" href=href target="_blank" rel="noopener" title=hint>{title}</a></li>
        }
    };
    let links = modules.iter().map(link).collect_view();
    let label = say_count("release.modules", modules.len() as f64, &[]);
    view! {
        <div class="release-touches">
            <span class="release-touches-word">{label}</span>
            <ul class="release-modules">{links}</ul>
        </div>
    }
    .into_any()
}
