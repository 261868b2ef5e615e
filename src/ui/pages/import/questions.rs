//! What only a person can decide: which scale the letters belong to, and which
//! item of the plan a row is. Two items are never folded into one unasked.

use leptos::prelude::*;
use weft_exchange::tables::{KnownScale, SCALES};
use weft_exchange::{AnswerTarget, Place};
use weft_model::{ItemId, Lang, Text};

use super::intake::Intake;
use super::words;
use crate::ui::components::button::{Button, Look};
use crate::ui::components::choice::{Choice, SelectField};
use crate::ui::components::head::SectionHead;
use crate::ui::components::notice::{Note, Tone};
use crate::ui::components::show_more::ShowMore;
use crate::ui::sentences;
use crate::ui::text::{Language, language, say, say_count, say_with, t};

/// Rows that are asked about at first, and as many more each time that somebody asks.
const SHOWN: usize = 40;
/// Cells of a row that remind of it.
const CELLS_SHOWN: usize = 6;

/// All questions.
#[component]
pub fn Questions(intake: Intake) -> impl IntoView {
    let rows = Memo::new(move |_| {
        intake
            .asked
            .with(|asked| asked.keys().cloned().collect::<Vec<_>>())
    });
    let open = Memo::new(move |_| {
        let waits = |row: &&Place| intake.answer_to(row).is_none();
        rows.with(|rows| rows.iter().filter(waits).count())
    });
    let any =
        Memo::new(move |_| !rows.with(Vec::is_empty) || intake.scale_asked.with(Option::is_some));
    let shown = RwSignal::new(SHOWN);
    let count = Signal::derive(move || rows.with(Vec::len));
    let drawn = move || rows.get().into_iter().take(shown.get()).collect::<Vec<_>>();
    let together = move || {
        (open.get() > 1).then(|| {
            view! {
                <div class="acts">
                    <span class="caption">{move || say_count("import.answer_all", open.get() as f64, &[])}</span>
                    <Button label=t("import.all_new") look=Look::Quiet on_press=move |_| intake.answer_all(AnswerTarget::New)/>
                    <Button label=t("import.all_out") look=Look::Quiet on_press=move |_| intake.answer_all(AnswerTarget::Skip)/>
                </div>
            }
        })
    };
    let note = Signal::derive(move || say_count("import.questions_open", open.get() as f64, &[]));
    move || {
        any.get().then(|| {
            view! {
                <div class="import-questions">
                    <SectionHead title=t("import.questions") note=note/>
                    <Scale intake=intake/>
                    {together}
                    <ul class="import-list">
                        <For each=drawn key=|row| row.clone() let:row><Row intake=intake place=row/></For>
                    </ul>
                    <ShowMore count=count shown=shown step=SHOWN/>
                </div>
            }
        })
    }
}

/// Which scale the letters belong to.
#[component]
fn Scale(intake: Intake) -> impl IntoView {
    let asked = Memo::new(move |_| intake.scale_asked.get());
    let value = Signal::derive(move || {
        intake.options.with(|options| {
            options
                .scale
                .map_or_else(String::new, |scale| scale.to_string())
        })
    });
    let choices = Signal::derive(move || {
        let fitting = asked.get().map(|(_, scales)| scales).unwrap_or_default();
        let scales = fitting
            .into_iter()
            .filter_map(|at| Some((at, SCALES.get(at)?)));
        let known = scales.map(|(at, scale)| Choice::new(at.to_string(), scale_name(scale)));
        [Choice::new("", say("import.scale_none"))]
            .into_iter()
            .chain(known)
            .collect::<Vec<_>>()
    });
    move || {
        let (letters, scales) = asked.get()?;
        let letters = letters.join(", ");
        let none = scales.is_empty();
        let title = say_with("import.scale", &[("letters", words::cut(&letters))]);
        Some(view! {
            <div class="import-scale">
                <SelectField label=title value=value choices=choices disabled=none
                    on_commit=move |text: String| intake.choose(|options| options.scale = text.parse().ok())/>
                {none.then(|| view! { <Note tone=Tone::Caution>{say("import.scale_unknown")}</Note> })}
            </div>
        })
    }
}

/// A scale in words, lowest first: "I Introduce < P Practise < M Master".
fn scale_name(scale: &KnownScale) -> String {
    let at = match language() {
        Language::Chinese => 0,
        Language::English => 1,
    };
    let level = |level: &weft_exchange::tables::KnownLevel| {
        let name = level.names[at];
        if name == level.letter {
            name.to_owned()
        } else {
            format!("{} {name}", level.letter)
        }
    };
    scale
        .levels
        .iter()
        .map(level)
        .collect::<Vec<_>>()
        .join(" < ")
}

const NEW: &str = "new";
const SKIP: &str = "skip";

/// Which item one row is.
#[component]
fn Row(intake: Intake, place: Place) -> impl IntoView {
    let place = StoredValue::new(place);
    let asked = Memo::new(move |_| {
        let asked = |place: &Place| {
            intake
                .asked
                .with(|asked| asked.get(place).cloned().unwrap_or_default())
        };
        place.with_value(asked)
    });
    let candidates = move || asked.with(|asked| asked.candidates.clone());
    let cells = move || {
        asked.with(|asked| {
            let cells = asked.cells.iter().map(|cell| cell.trim());
            let cells = cells.filter(|cell| !cell.is_empty());
            let cells: Vec<String> = cells.take(CELLS_SHOWN).map(words::cut).collect();
            cells.join(" | ")
        })
    };
    let label = Signal::derive(move || {
        intake.preview.with(|preview| {
            let named = |place: &Place| Some(words::place(preview.as_ref()?, place));
            place.with_value(named).unwrap_or_default()
        })
    });
    let value = Signal::derive(move || {
        let answer = place.with_value(|place| intake.answer_to(place));
        match answer {
            None => String::new(),
            Some(AnswerTarget::New) => NEW.to_owned(),
            Some(AnswerTarget::Skip) => SKIP.to_owned(),
            Some(AnswerTarget::Item(item)) => item.uid.to_string(),
        }
    });
    let choices = Signal::derive(move || {
        let mut all = vec![Choice::new("", say("import.choose_one"))];
        for item in candidates() {
            let text = say_with("import.it_is", &[("what", candidate(intake, item))]);
            all.push(Choice::new(item.uid.to_string(), text));
        }
        all.push(Choice::new(NEW, say("import.it_is_new")));
        all.push(Choice::new(SKIP, say("import.it_stays_out")));
        all
    });
    let commit = move |text: String| {
        let answer = match text.as_str() {
            "" => None,
            NEW => Some(AnswerTarget::New),
            SKIP => Some(AnswerTarget::Skip),
            uid => {
                let mut all = untrack(candidates).into_iter();
                let found = all.find(|item| item.uid.to_string() == uid);
                found.map(AnswerTarget::Item)
            }
        };
        intake.answer(place.get_value(), answer);
    };
    let answered = move || !value.get().is_empty();
    let asks = move || {
        let kind = candidates().first()?.kind;
        let kinds = sentences::kind_names(kind);
        Some(say_with("import.asks_which", &[("kinds", kinds)]))
    };
    view! {
        <li class="import-question" class:answered=answered>
            <div class="import-question-row">
                <p>{cells}</p>
                <p class="caption">{asks}</p>
            </div>
            <SelectField label=label value=value choices=choices on_commit=commit/>
        </li>
    }
}

/// An item in the words that tell it from others: code, title, and for a
/// module its period.
fn candidate(intake: Intake, item: ItemId) -> String {
    let lang: Lang = intake.editor.lang();
    let title: Option<Text> = intake
        .preview
        .with(|preview| preview.as_ref()?.titles.get(&item).cloned());
    let title = title
        .map(|title| title.show(&lang).to_owned())
        .unwrap_or_default();
    let (code, period) = intake.editor.plan(|plan| match item.kind {
        weft_model::Kind::Module => {
            let found = plan.modules.iter().find(|module| module.id.0 == item.uid);
            found
                .map(|module| (module.code.clone(), module.period.clone()))
                .unwrap_or_default()
        }
        weft_model::Kind::JobItem => {
            let found = plan.job_items.iter().find(|line| line.id.0 == item.uid);
            found
                .map(|line| (line.code.clone(), String::new()))
                .unwrap_or_default()
        }
        _ => (String::new(), String::new()),
    });
    let parts = [code, words::cut(&title), period];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        sentences::kind_name(item.kind)
    } else {
        parts.join(" · ")
    }
}
