//! Review forms that experts have filled in: what each says, one remark after
//! the other, to take in or to leave.

use std::collections::BTreeSet;

use leptos::prelude::*;
use weft_exchange::review_form::{Form, Remark, What, acting, stands};
use weft_model::{
    Act, Choice as _, Command, ExpertId, ItemId, Kind, Lang, PartyId, Plan, Value, Verb, field,
    putting,
};

use super::intake::{Intake, Step};
use crate::browser::device;
use crate::route::{Page, Route};
use crate::ui::components::button::{Button, ButtonLink, Look};
use crate::ui::components::choice::{Choice, SelectField};
use crate::ui::components::field::TextField;
use crate::ui::components::head::SectionHead;
use crate::ui::components::notice::{Note, Tone, toasts};
use crate::ui::judging::expert_name;
use crate::ui::me::use_me;
use crate::ui::sentences::{choice_name, edit_error};
use crate::ui::state::{Editor, language_untracked};
use crate::ui::text::{number, say, say_with, t};

/// A form that waits on the page.
#[derive(Clone, Copy)]
pub struct Waiting {
    /// Tells forms apart.
    pub id: u32,
    /// The file's name.
    pub name: StoredValue<String>,
    form: StoredValue<Form>,
    remarks: StoredValue<Vec<Remark>>,
    /// The expert whose it is, should they be new.
    new: ExpertId,
    /// The one who was chosen; none: a new one.
    known: RwSignal<Option<ExpertId>>,
    /// How a new one is called.
    called: RwSignal<String>,
    skipped: RwSignal<BTreeSet<usize>>,
}

impl Waiting {
    /// A form that was read. Belongs to the page.
    pub fn new(editor: Editor, id: u32, name: String, form: Form) -> Self {
        let remarks = editor.plan(|plan| form.remarks(plan));
        let known = editor.plan(|plan| {
            let mut all = plan.experts.iter();
            let same = all.find(|it| {
                !form.name.is_empty() && it.name.iter().any(|(_, name)| name == form.name)
            });
            same.map(|it| it.id)
        });
        Self {
            id,
            name: StoredValue::new(name),
            called: RwSignal::new(form.name.clone()),
            form: StoredValue::new(form),
            remarks: StoredValue::new(remarks),
            new: ExpertId(editor.fresh()),
            known: RwSignal::new(known),
            skipped: RwSignal::new(BTreeSet::new()),
        }
    }

    fn expert(self) -> ExpertId {
        self.known.get().unwrap_or(self.new)
    }

    /// The language of what was written.
    fn lang(self) -> Lang {
        let said = self.form.with_value(|form| form.lang.clone());
        said.unwrap_or_else(language_untracked)
    }

    /// Makes a new expert known: once, with the first remark that is taken in.
    fn introduction(self, plan: &Plan) -> Vec<Command> {
        let expert = self.known.get_untracked().unwrap_or(self.new);
        if plan.experts.get(expert).is_some() {
            return Vec::new();
        }
        let name = self.called.get_untracked().trim().to_owned();
        let (role, party) = self
            .form
            .with_value(|form| (form.role.clone(), form.party.clone()));
        let known = party_of(plan, &party);
        // A firm that is no partner of the plan stands with what they do.
        let parts = [role.as_str(), if known.is_none() { &party } else { "" }];
        let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        let text = |text: &str| (!text.is_empty()).then(|| Value::str(text));
        let values = vec![
            (field::expert::name.lang(self.lang()), text(&name)),
            (field::expert::role.key(), text(&parts.join(" · "))),
            (
                field::expert::party.key(),
                known.map(|id| Value::str(id.to_string())),
            ),
        ];
        putting(plan, expert.into(), None, values)
    }

    /// Takes a remark in, as one act. Says whether it did.
    fn take(self, editor: Editor, remark: &Remark) -> Result<bool, String> {
        let expert = self.known.get_untracked().unwrap_or(self.new);
        let by = (editor.author(), device::now_millis());
        let (act, any) = editor.plan(|plan| {
            let mut commands = self.introduction(plan);
            let mut fresh = || editor.fresh();
            // What is said hangs on whoever says it.
            let mut met = plan.clone();
            let introduced = Act::many(Verb::Add, ItemId::from(expert), commands.clone());
            let plan = match met.apply(&introduced) {
                Ok(_) => &met,
                Err(_) => plan,
            };
            let (verb, subject, own) = acting(plan, remark, expert, by, &self.lang(), &mut fresh);
            let any = !own.is_empty();
            commands.extend(own);
            (Act::many(verb, subject, commands), any)
        });
        if !any {
            return Ok(false);
        }
        editor
            .try_act(act)
            .map(|()| true)
            .map_err(|error| edit_error(&error))
    }
}

fn party_of(plan: &Plan, name: &str) -> Option<PartyId> {
    let mut all = plan.parties.iter();
    let same = all.find(|it| !name.is_empty() && it.name.iter().any(|(_, said)| said == name));
    same.map(|it| it.id)
}

/// The step: all forms that were taken.
#[component]
pub fn FormsStep(intake: Intake) -> impl IntoView {
    let plan = intake.editor.id().to_string();
    let to = move |at: &'static str| Route::spot(plan.clone(), Page::Review, [at]).href();
    view! {
        <div class="forms-taken">
            <For each=move || intake.forms.get() key=|form| form.id let:form>
                <OneForm intake=intake waiting=form/>
            </For>
            <div class="acts large">
                <ButtonLink label=t("experts.title") href=to("experts")/>
                <ButtonLink label=t("proposals.title") href=to("proposals")/>
                <Button label=t("import.more") look=Look::Quiet on_press=move |_| intake.step.set(Step::Source)/>
            </div>
        </div>
    }
}

#[component]
fn OneForm(intake: Intake, waiting: Waiting) -> impl IntoView {
    let editor = intake.editor;
    let remarks = waiting.remarks.get_value();
    let other = waiting
        .form
        .with_value(|form| form.plan.is_some_and(|plan| plan != editor.id()));
    let choices = Signal::derive(move || {
        editor.follow(Kind::Expert);
        let all: Vec<ExpertId> = editor.plan(|plan| plan.experts.iter().map(|it| it.id).collect());
        let each = all.into_iter().filter(|id| *id != waiting.new);
        let each = each.map(|id| Choice::new(id.to_string(), expert_name(editor, id).0));
        core::iter::once(Choice::new("", say("forms.new_expert")))
            .chain(each)
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        let known = waiting.known.get();
        known.map(|id| id.to_string()).unwrap_or_default()
    });
    let note = waiting.form.with_value(|form| {
        let parts = [form.role.clone(), form.party.clone()];
        let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        parts.join(" · ")
    });
    let all = remarks.len();
    let numbered: Vec<(usize, Remark)> = remarks.into_iter().enumerate().collect();
    let counted = numbered.clone();
    let come = move || {
        let taken = counted
            .iter()
            .filter(|(_, it)| taken_in(editor, waiting, it));
        let figures = [
            ("n", number(taken.count() as f64)),
            ("all", number(all as f64)),
            (
                "skipped",
                number(waiting.skipped.with(BTreeSet::len) as f64),
            ),
        ];
        say_with("forms.progress", &figures)
    };
    let rows = numbered.into_iter().map(|(at, remark)| {
        view! { <Row editor=editor waiting=waiting at=at remark=remark/> }
    });
    view! {
        <section class="forms-one">
            <SectionHead title=Signal::stored(waiting.name.get_value()) note=Signal::stored(note)>
                <Button label=t("forms.put_away") look=Look::Quiet on_press=move |_| intake.put_away(waiting.id)/>
            </SectionHead>
            {other.then(|| view! { <Note tone=Tone::Caution>{say("forms.other_plan")}</Note> })}
            <div class="forms-who">
                <SelectField label=t("plan.kind.experts.one") value=value choices=choices
                    on_commit=move |id: String| waiting.known.set(id.parse().ok().map(ExpertId))/>
                <Show when=move || waiting.known.get().is_none()>
                    <TextField label=t("me.name") value=waiting.called on_commit=move |name| waiting.called.set(name)/>
                </Show>
            </div>
            <p class="forms-progress" role="status">{come}</p>
            {(all == 0).then(|| view! { <Note>{say("forms.nothing")}</Note> })}
            <ul class="forms-rows">{rows.collect_view()}</ul>
        </section>
    }
}

/// Whether the plan holds it. Reactive.
fn taken_in(editor: Editor, waiting: Waiting, remark: &Remark) -> bool {
    for kind in [Kind::Verdict, Kind::Comment, Kind::Proposal, Kind::JobItem] {
        editor.follow(kind);
    }
    let (expert, lang) = (waiting.expert(), waiting.lang());
    editor.plan(|plan| stands(plan, remark, expert, &lang))
}

#[component]
fn Row(editor: Editor, waiting: Waiting, at: usize, remark: Remark) -> impl IntoView {
    let me = use_me();
    let toasts = toasts();
    let kept = StoredValue::new(remark.clone());
    let taken = Memo::new(move |_| kept.with_value(|it| taken_in(editor, waiting, it)));
    let skipped = Memo::new(move |_| waiting.skipped.with(|all| all.contains(&at)));
    let take = move || match kept.with_value(|it| waiting.take(editor, it)) {
        Ok(true) => toasts.say_with(say("forms.taken"), say("act.undo"), move || editor.undo()),
        Ok(false) => toasts.say(say("forms.stands")),
        Err(words) => toasts.say(words),
    };
    let skip = move |_| {
        waiting.skipped.update(|all| {
            if !all.remove(&at) {
                all.insert(at);
            }
        });
    };
    let title = if remark.title.is_empty() {
        say("forms.whole_plan")
    } else {
        remark.title.clone()
    };
    let lost = remark.about.is_none() && !matches!(remark.what, What::Line(..));
    let now = {
        let remark = remark.clone();
        move || reads_otherwise(editor, &remark)
    };
    let named = {
        let title = title.clone();
        Signal::derive(move || say_with("forms.about", &[("title", title.clone())]))
    };
    let acts = move || {
        if taken.get() {
            return view! { <span class="forms-state">{say("forms.stands")}</span> }.into_any();
        }
        let label = if skipped.get() {
            "forms.unskip"
        } else {
            "forms.skip"
        };
        view! {
            <Show when=move || !skipped.get()>
                <Button label=t("forms.apply") hint=named on_press=move |_| me.ask(take)/>
            </Show>
            <Button label=t(label) look=Look::Quiet hint=named on_press=skip/>
        }
        .into_any()
    };
    view! {
        <li class="forms-row" class:skipped=skipped class:taken=taken>
            <div class="forms-said">
                <span class="forms-title">{title}</span>
                <p class="forms-what">{what_words(&remark.what)}</p>
                {now}
                {lost.then(|| view! { <p class={"caption"}>{say("forms.not_found")}</p> })}
            </div>
            <div class="forms-acts">{acts}</div>
        </li>
    }
}

/// The line as it reads now, where that is not what the expert had before them.
fn reads_otherwise(editor: Editor, remark: &Remark) -> Option<AnyView> {
    let item = ItemId::from(remark.about?);
    if matches!(remark.what, What::Line(..)) {
        return None;
    }
    editor.follow_item(item);
    let same = editor.plan(|plan| {
        let texts = plan.title(item);
        texts
            .iter()
            .any(|(_, text)| remark.title.ends_with(text.trim()))
    });
    if same {
        return None;
    }
    let words = say_with("forms.now", &[("title", editor.title(item))]);
    Some(view! { <p class="caption">{words}</p> }.into_any())
}

fn what_words(what: &What) -> String {
    match what {
        What::Judged(judgement, words) => {
            let judged = judgement.map(|it| choice_name(field::verdict::judgement, it.id()));
            let parts = [judged.unwrap_or_default(), words.clone()];
            let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
            parts.join(" · ")
        }
        What::Comment(words) => say_with("forms.remark", &[("words", words.clone())]),
        What::Words(words) => say_with("forms.words", &[("words", words.clone())]),
        What::Line(tier, words, reason) => {
            let line = choice_name(field::job_item::tier, tier.id());
            let values = [("line", line), ("words", words.clone())];
            let said = say_with("forms.line", &values);
            if reason.is_empty() {
                said
            } else {
                format!("{said} · {reason}")
            }
        }
    }
}

impl Intake {
    /// Takes a form away again; what was taken in of it stays.
    pub fn put_away(self, id: u32) {
        self.forms
            .update(|forms| forms.retain(|form| form.id != id));
        if self.forms.with_untracked(Vec::is_empty) {
            self.step.set(Step::Source);
        }
    }
}
