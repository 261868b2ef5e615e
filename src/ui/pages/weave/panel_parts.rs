//! The parts of the panel of a competency's cell.

use leptos::prelude::*;
use weft_analysis::CoverageState;
use weft_model::{
    Aspect, AssessmentId, Command, Day, JobItemId, LinkKey, ModuleId, Rank, Splice, Subject,
    TextAt, UnitId, Verb, field,
};

use super::loom::Loom;
use super::sheet::{Stand, stand};
use crate::browser::device;
use crate::ui::components::chip::Level as LevelMark;
use crate::ui::components::choice::CheckboxField;
use crate::ui::components::field::TextArea;
use crate::ui::components::item_field::told_again;
use crate::ui::components::notice::{Note as NoteLine, Tone};
use crate::ui::components::panel::PanelSection;
use crate::ui::state::{Editor, language_untracked};
use crate::ui::text::{number, say, say_with, t};

/// Why the competency is a gap, or that it is none.
#[component]
pub(super) fn Why(loom: Loom, competency: JobItemId) -> impl IntoView {
    let editor = loom.editor;
    let state = Memo::new(move |_| {
        editor.follow_board();
        let today = Day::new(&device::today());
        editor.plan_and_board(|plan, board| {
            let coverage = board.coverage(competency).copied().unwrap_or_default();
            (stand(plan, board, competency, today.as_ref()), coverage)
        })
    });
    let reason = move || {
        editor.follow_board();
        let lang = editor.lang();
        editor.plan_and_board(|plan, board| {
            board
                .findings_about(Subject::Item(competency.into()))
                .filter_map(|finding| finding.waived.as_ref())
                .find_map(|waived| plan.waivers.get(waived.by))
                .map(|waiver| waiver.reason.show(&lang).to_owned())
                .unwrap_or_default()
        })
    };
    move || {
        let (stand, coverage) = state.get();
        let sheet = loom.follow_sheet();
        let letter = |rank: Option<Rank>| {
            rank.map_or_else(|| "–".to_owned(), |rank| sheet.letter(Some(rank)))
        };
        let values = [
            ("required", letter(coverage.required)),
            ("reached", letter(coverage.reached)),
        ];
        let sentence = match coverage.state {
            CoverageState::Covered if coverage.required.is_none() => return None,
            CoverageState::Covered => say_with("weave.why.covered", &values),
            CoverageState::Below => say_with("weave.why.below", &values),
            CoverageState::LevelNotStated => say_with("weave.why.unstated", &values),
            CoverageState::NotCovered if coverage.required.is_some() => {
                say_with("weave.why.none_required", &values)
            }
            CoverageState::NotCovered => say("weave.why.none"),
        };
        let tone = match stand {
            Stand::Gap => Tone::Gap,
            Stand::Waived => Tone::Plain,
            Stand::Fine => Tone::Good,
        };
        let sentence = if stand == Stand::Waived {
            say_with(
                "weave.why.waived",
                &[("what", sentence), ("reason", reason())],
            )
        } else {
            sentence
        };
        Some(view! { <NoteLine tone=tone>{sentence}</NoteLine> })
    }
}

/// The level of one link: the module's own, or a unit's.
fn level_of(editor: Editor, key: LinkKey) -> Memo<Option<Option<Rank>>> {
    Memo::new(move |_| {
        editor.follow_weave();
        editor.plan(|plan| plan.weave.get(&key).map(|link| link.level))
    })
}

/// The links of the module as a whole and of each unit, each with its level.
#[component]
pub(super) fn Links(loom: Loom, module: ModuleId, competency: JobItemId) -> impl IntoView {
    let editor = loom.editor;
    let units = Memo::new(move |_| {
        editor.follow(weft_model::Kind::Unit);
        editor.plan(|plan| {
            let units = plan.units.below(module);
            units.map(|unit| unit.id).collect::<Vec<UnitId>>()
        })
    });
    let count = Signal::derive(move || {
        editor.follow_weave();
        let links = editor.plan(|plan| plan.cell_links(module, competency).count());
        number(links as f64)
    });
    move || {
        (!units.with(Vec::is_empty)).then(|| {
            view! {
                <PanelSection title=t("weave.units") note=count>
                    <ul class="weave-lines">
                        <LinkLine loom=loom link=LinkKey::of(module, competency)/>
                        <For each=move || units.get() key=|unit| *unit let:unit>
                            <LinkLine loom=loom link=LinkKey::from_unit(module, unit, competency)/>
                        </For>
                    </ul>
                </PanelSection>
            }
        })
    }
}

#[component]
fn LinkLine(loom: Loom, link: LinkKey) -> impl IntoView {
    let editor = loom.editor;
    let level = level_of(editor, link);
    let name = Signal::derive(move || match link.unit {
        None => say("weave.whole_module"),
        Some(unit) => {
            let title = editor.title(unit.into());
            let code = editor.plan(|plan| plan.units.get(unit).map(|unit| unit.code.clone()));
            format!("{} {title}", code.unwrap_or_default())
                .trim()
                .to_owned()
        }
    });
    let options = move || {
        let now = level.get();
        let sheet = loom.follow_sheet();
        let mut all = vec![
            (None, "none".to_owned(), say("weave.level.none")),
            (
                Some(None),
                "unstated".to_owned(),
                say("weave.level.unstated"),
            ),
        ];
        all.extend(sheet.levels.iter().map(|level| {
            let name = if level.name == level.letter {
                level.letter.clone()
            } else {
                format!("{} {}", level.letter, level.name)
            };
            (Some(Some(level.rank)), level.rank.to_string(), name)
        }));
        all.into_iter()
            .map(|(wanted, value, label)| {
                view! { <option value=value selected={wanted == now}>{label}</option> }
            })
            .collect_view()
    };
    let change = move |value: String| {
        let (verb, command) = match value.as_str() {
            "none" => (Verb::Unweave, Command::Unlink { key: link }),
            "unstated" => (
                Verb::Weave,
                Command::Link {
                    key: link,
                    level: None,
                },
            ),
            rank => (
                Verb::Weave,
                Command::Link {
                    key: link,
                    level: rank.parse().ok(),
                },
            ),
        };
        editor.act(verb, link, vec![command]);
    };
    view! {
        <li class="weave-line">
            <label class="weave-unit">
                <span class="weave-unit-name" title=move || name.get()>{name}</span>
                <span class="field-box is-select weave-unit-level">
                    <select
                        class="field-input"
                        disabled=move || editor.read_only()
                        on:change=move |event| change(event_target_value(&event))
                    >
                        {options}
                    </select>
                </span>
            </label>
        </li>
    }
}

/// All modules that teach the competency, this one among them.
#[component]
pub(super) fn TaughtIn(loom: Loom, module: ModuleId, competency: JobItemId) -> impl IntoView {
    let editor = loom.editor;
    let modules = Memo::new(move |_| {
        editor.follow_board();
        editor.board(|board| {
            let mut all: Vec<(ModuleId, Option<Rank>)> = board
                .taught_in(competency)
                .filter(|(_, cell)| cell.links > 0)
                .map(|(module, cell)| (module, cell.level))
                .collect();
            all.sort_by_key(|(module, _)| board.module_place(*module));
            all
        })
    });
    let term = move |module: ModuleId| {
        editor.follow_board();
        let lang = editor.lang();
        editor.plan_and_board(|plan, board| {
            let term = board.module(module)?.first_term()?;
            let term = plan.terms.get(term)?;
            Some(if term.code.is_empty() {
                term.title.show(&lang).to_owned()
            } else {
                term.code.clone()
            })
        })
    };
    view! {
        <PanelSection title=t("weave.taught_in")>
            <ul class="weave-lines">
                <For each=move || modules.get() key=|line| *line let:line>
                    <li class="weave-line">
                        <LevelMark
                            letter=Signal::derive(move || loom.follow_sheet().letter(line.1))
                            rank=Signal::stored(line.1.map_or(0, usize::from))
                            of=Signal::derive(move || loom.follow_sheet().scale())
                        />
                        {if line.0 == module {
                            view! { <span class="weave-line-name here">{move || editor.title(module.into())}</span> }.into_any()
                        } else {
                            view! {
                                <button type="button" class="weave-line-name" on:click=move |_| {
                                    loom.go_to_crossing((line.0.0, competency.0));
                                    loom.with_view(super::view::View::focus);
                                }>{move || editor.title(line.0.into())}</button>
                            }.into_any()
                        }}
                        <span class="caption">{move || term(line.0)}</span>
                    </li>
                </For>
            </ul>
            {move || modules.with(Vec::is_empty).then(|| view! { <p class="caption">{say("weave.taught_in.none")}</p> })}
        </PanelSection>
    }
}

/// The assessments of the module, each with whether it assesses this.
#[component]
pub(super) fn Assessed(loom: Loom, module: ModuleId, competency: JobItemId) -> impl IntoView {
    let editor = loom.editor;
    let all = Memo::new(move |_| {
        editor.follow(weft_model::Kind::Assessment);
        editor.plan(|plan| {
            let all = plan.assessments.below(module);
            all.map(|assessment| assessment.id).collect::<Vec<_>>()
        })
    });
    let inside = move |id: AssessmentId| {
        Signal::derive(move || {
            editor.follow_item(id.into());
            editor.plan(|plan| {
                let assessment = plan.assessments.get(id);
                assessment.is_some_and(|it| it.competencies.contains(&competency))
            })
        })
    };
    view! {
        <PanelSection title=t("weave.assessed_in")>
            <For each=move || all.get() key=|id| *id let:id>
                <div class="weave-assessment">
                    <CheckboxField
                        label=Signal::derive(move || assessment_name(editor, id))
                        checked=inside(id)
                        disabled=Signal::derive(move || editor.read_only())
                        on_commit=move |yes| {
                            editor.set_member(id.into(), field::assessment::competencies, competency.0, yes);
                        }
                    />
                </div>
            </For>
            {move || all.with(Vec::is_empty).then(|| view! { <p class="caption">{say("weave.assessed_in.none")}</p> })}
        </PanelSection>
    }
}

/// "Examination · 80 %": title, else kind, and the weight.
fn assessment_name(editor: Editor, id: AssessmentId) -> String {
    use weft_model::Choice;
    let title = editor.title(id.into());
    let (kind, weight) = editor.plan(|plan| {
        let found = plan.assessments.get(id);
        (found.and_then(|it| it.kind), found.and_then(|it| it.weight))
    });
    let kind =
        kind.map(|kind| crate::ui::sentences::choice_name(field::assessment::kind, kind.0.id()));
    let mut parts: Vec<String> = Vec::new();
    if title.is_empty() {
        parts.push(
            kind.unwrap_or_else(|| crate::ui::sentences::kind_name(weft_model::Kind::Assessment)),
        );
    } else {
        parts.push(title);
    }
    if let Some(weight) = weight {
        parts.push(format!("{} %", number(weight.0 as f64)));
    }
    parts.join(" · ")
}

/// The note of the link that speaks for the cell, and of every further link
/// that has one.
#[component]
pub(super) fn Note(loom: Loom, module: ModuleId, competency: JobItemId) -> impl IntoView {
    let editor = loom.editor;
    let keys = Memo::new(move |_| {
        editor.follow_weave();
        editor.plan(|plan| {
            let lead = plan.lead_link(module, competency);
            let others = plan
                .cell_links(module, competency)
                .filter(|(key, link)| Some(*key) != lead && !link.note.is_empty())
                .map(|(key, _)| key);
            lead.into_iter().chain(others).collect::<Vec<LinkKey>>()
        })
    });
    view! {
        <PanelSection title=t("weave.note")>
            <For each=move || keys.get() key=|key| *key let:key>
                <NoteField editor=editor link=key/>
            </For>
            {move || keys.with(Vec::is_empty).then(|| view! { <p class="caption">{say("weave.note.none")}</p> })}
        </PanelSection>
    }
}

#[component]
fn NoteField(editor: Editor, link: LinkKey) -> impl IntoView {
    let text = move || {
        editor.follow_weave();
        let lang = editor.lang();
        editor.plan(|plan| {
            plan.weave
                .get(&link)
                .map(|it| it.note.get(&lang).to_owned())
        })
    };
    // A note in another language shows faintly until there is one in this.
    let shown = move || {
        editor.follow_weave();
        let lang = editor.lang();
        editor.plan(|plan| {
            plan.weave
                .get(&link)
                .map(|it| it.note.show(&lang).to_owned())
        })
    };
    let label = Signal::derive(move || match link.unit {
        Some(unit) => say_with("weave.note.of", &[("what", editor.title(unit.into()))]),
        None => say("weave.note"),
    });
    let write = move |new: String| {
        let lang = language_untracked();
        let at = TextAt::LinkNote(link);
        let old = editor.plan(|plan| plan.text(at, &lang));
        if let Some(splice) = Splice::between(&old, &new) {
            editor.act(Verb::Write, link, vec![Command::Write { at, lang, splice }]);
        }
    };
    view! {
        <TextArea
            label=label
            hide_label={link.unit.is_none()}
            rows=2
            value=told_again(editor, move || text().unwrap_or_default())
            whole=Signal::derive(move || !editor.settles(&Aspect::Note(link, language_untracked())))
            placeholder=Signal::derive(move || shown().filter(|it| !it.is_empty()).unwrap_or_else(|| say("weave.note.hint")))
            read_only=Signal::derive(move || editor.read_only())
            on_commit=write
        />
    }
}
