//! One line of the outline: a code and a statement to write in, what it asks
//! for, and where it is taught. It draws; what its keys do is `keys`'.

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::{html, prelude::*};
use weft_model::{Choice as _, CompetencyKind, JobItemId, OutlineRow, TextAt, Tier, field};

use super::keys::{self, Ask};
use super::lines::Lines;
use super::taught::{places, reached, taught};
use crate::browser::caret::{focus_in_place, put_caret};
use crate::browser::{dom, timer};
use crate::ui::components::drag::Drag;
use crate::ui::components::field::{FieldLook, TextField};
use crate::ui::components::icon::{Icon, Sign};
use crate::ui::marks::ItemMarks;
use crate::ui::sentences::choice_name;
use crate::ui::spot::SpotOn;
use crate::ui::text::{say, say_with, t};
use crate::ui::writing::writing_lang;

/// What a menu at a line is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MenuFor {
    /// Everything that can be done to it.
    Line(JobItemId),
    /// Its kind of competency.
    Kind(JobItemId),
    /// The level that it asks for.
    Level(JobItemId),
    /// How important it is.
    Importance(JobItemId),
}

/// What the lines of a page share.
#[derive(Clone, Copy)]
pub struct Around {
    /// The outline.
    pub lines: Lines,
    /// The address.
    pub spot: SpotOn,
    /// Lines being dragged.
    pub drag: Drag<Vec<JobItemId>>,
    /// Opens a menu at a point of the window.
    pub open_menu: Callback<(MenuFor, f64, f64)>,
    /// Shows a line in the panel.
    pub open_panel: Callback<JobItemId>,
}

/// A kind of competency in a letter: what stands in brackets behind its name.
fn short_kind(kind: CompetencyKind) -> String {
    let name = choice_name(field::job_item::kind, kind.id());
    let inner = name
        .rsplit_once(['(', '（'])
        .map(|(_, rest)| rest.trim_end_matches([')', '）']).to_owned());
    inner.unwrap_or_else(|| name.chars().take(2).collect())
}

/// One line.
#[component]
pub fn Line(id: JobItemId, around: Around) -> impl IntoView {
    let Around {
        lines,
        spot,
        drag,
        open_menu,
        open_panel,
    } = around;
    let editor = lines.editor;
    let row = Memo::new(move |before: Option<&Option<OutlineRow>>| {
        let now = lines.outline.with(|outline| outline.row(id).copied());
        // A line on its way out keeps its looks.
        now.or(before.copied().flatten())
    });
    let tier = Memo::new(move |_| row.get().map_or(Tier::Competency, |row| row.tier));
    let depth = move || row.get().map_or(0, |row| row.depth);
    let place = Memo::new(move |_| lines.shown.with(|shown| shown.place(id)).unwrap_or(0));
    let holds = Memo::new(move |_| {
        lines
            .outline
            .with(|outline| outline.children(id).next().is_some())
    });
    let folded = move || lines.folded.with(|folded| folded.contains(&id));
    let node = NodeRef::<html::Input>::new();
    Effect::new(move || {
        let Some(wanted) = lines.wanted.get().filter(|wanted| wanted.line == id) else {
            return;
        };
        if node.get().is_none() {
            return;
        }
        timer::as_soon(move || {
            // A line that is gone again is not waited for.
            let Some(Some(input)) = node.try_get_untracked() else {
                return true;
            };
            let there = focus_in_place(&input);
            if there {
                put_caret(&input, wanted.at_end);
            }
            there
        });
        lines.wanted.set(None);
    });
    let code = Signal::derive(move || {
        editor.follow_item(id.into());
        editor
            .plan(|plan| plan.job_items.get(id).map(|line| line.code.clone()))
            .unwrap_or_default()
    });
    let words = Signal::derive(move || {
        editor.follow_item(id.into());
        let lang = writing_lang(&editor);
        editor.plan(|plan| plan.text(TextAt::Field(id.into(), field::job_item::statement), &lang))
    });
    let hint = Signal::derive(move || {
        let other = editor.title(id.into());
        if other.is_empty() {
            tier_name(tier.get())
        } else {
            other
        }
    });
    let name = Signal::derive(move || {
        let code = code.get();
        let title = editor.title(id.into());
        let what = if code.is_empty() { title } else { code };
        if what.is_empty() {
            tier_name(tier.get())
        } else {
            what
        }
    });
    let rests = Signal::derive(move || editor.read_only());
    let write_words = move |text: String| {
        let lang = crate::ui::writing::writing_lang_now(&editor);
        editor.write_in(id.into(), field::job_item::statement, lang, text.trim());
    };
    let write_code = move |text: String| {
        let text = text.trim();
        let value = (!text.is_empty()).then(|| weft_model::Value::str(text));
        editor.set(id.into(), field::job_item::code, value);
    };
    let ask = move |ask: Ask| {
        if let Ask::Panel = ask {
            open_panel.run(id);
            timer::next_frame(|| {
                dom::focus_id("panel");
            });
        }
    };
    let key_in_words = move |event: KeyboardEvent| ask(keys::in_field(lines, id, true, &event));
    let key_in_code = move |event: KeyboardEvent| ask(keys::in_field(lines, id, false, &event));
    let on_pointerdown = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            lines.toggle(id);
        } else if event.shift_key() {
            event.prevent_default();
            lines.choose_to(id);
        } else if !lines.chosen.with_untracked(|chosen| chosen.contains(&id)) {
            lines.clear_chosen();
        }
    };
    let start_drag = move |event: PointerEvent| {
        if !rests.get_untracked() && !event.ctrl_key() && !event.shift_key() {
            drag.start(&event, lines.about(id));
        }
    };
    let menu_at = move |what: MenuFor| {
        move |event: MouseEvent| {
            let Some(button) = dom::focused() else { return };
            let area = dom::measure(&button);
            event.stop_propagation();
            open_menu.run((what, area.left, area.top + area.height));
        }
    };
    let drop_side = Memo::new(move |_| {
        let over = drag.over()?;
        (over.target == weft_model::Uid::from(id).to_string()).then(|| side_of(over.down))
    });
    let facts = Memo::new(move |_| taught(lines, id, tier.get()));
    let competency = move || tier.get() == Tier::Competency;
    let asks = move || {
        competency().then(|| {
            let kind = editor.plan(|plan| plan.job_items.get(id).and_then(|line| line.kind));
            let importance = editor.plan(|plan| plan.job_items.get(id).and_then(|line| line.importance));
            editor.follow_item(id.into());
            let kind_name = kind.map_or_else(|| "–".to_owned(), |kind| choice_name(field::job_item::kind, kind.0.id()));
            let kind_label = say_with("jobs.kind_is", &[("kind", kind_name)]);
            let importance_text = importance.map_or_else(|| "–".to_owned(), |grade| grade.0.to_string());
            let importance_label = say_with("jobs.importance_is", &[("grade", importance_text.clone())]);
            let required = Signal::derive(move || facts.with(|facts| facts.required.clone()));
            view! {
                <span class="line-kind" role="gridcell">
                    <button type="button" class="line-button" tabindex="-1" aria-haspopup="menu" aria-label=kind_label.clone() title=kind_label
                        on:click=menu_at(MenuFor::Kind(id))>{kind.map_or_else(|| "–".to_owned(), |kind| short_kind(kind.0))}</button>
                </span>
                <span class="line-level" role="gridcell">
                    <button type="button" class="line-button" tabindex="-1" aria-haspopup="menu"
                        aria-label=move || say_with("jobs.level_is", &[("level", required.get())])
                        on:click=menu_at(MenuFor::Level(id))><span class="level required">{required}</span></button>
                    {move || facts.with(reached)}
                </span>
                <span class="line-importance" role="gridcell">
                    <button type="button" class="line-button" tabindex="-1" aria-haspopup="menu" aria-label=importance_label.clone() title=importance_label
                        on:click=menu_at(MenuFor::Importance(id))>{importance_text}</button>
                </span>
            }
        })
    };
    view! {
        <div
            class=move || format!("line is-{}", tier.get().id())
            class:is-chosen=move || lines.chosen.with(|chosen| chosen.contains(&id))
            class:is-current=move || lines.current.get() == Some(id)
            class:is-open=move || spot.item() == Some(id.into())
            class:drop-before=move || drop_side.get() == Some(Side::Before)
            class:drop-inside=move || drop_side.get() == Some(Side::Inside)
            class:drop-after=move || drop_side.get() == Some(Side::After)
            role="row"
            data-drop=weft_model::Uid::from(id).to_string()
            prop:ariaLevel=move || (depth() + 1).to_string()
            aria-rowindex=move || (place.get() + 2).to_string()
            aria-expanded=move || holds.get().then(|| (!folded()).to_string())
            aria-selected=move || lines.chosen.with(|chosen| chosen.contains(&id)).to_string()
            style:top=move || format!("{}px", place.get() as f64 * lines.window.row_height())
            on:pointerdown=on_pointerdown
            on:focusin=move |_| lines.arrived(id)
            on:contextmenu=move |event: MouseEvent| {
                event.prevent_default();
                open_menu.run((MenuFor::Line(id), f64::from(event.client_x()), f64::from(event.client_y())));
            }
        >
            <span class="line-lead" role="gridcell" style:padding-left=move || format!("{}px", f64::from(depth()) * 18.0)>
                <span class="drag-grip line-grip" aria-hidden="true" on:pointerdown=start_drag><Icon sign=Sign::Grip size=14/></span>
                <button
                    type="button"
                    class="line-fold"
                    class:is-empty=move || !holds.get()
                    tabindex="-1"
                    aria-hidden=move || (!holds.get()).then_some("true")
                    aria-label=move || say_with(if folded() { "jobs.unfold" } else { "jobs.fold" }, &[("what", name.get())])
                    on:click=move |_| lines.fold(id, !lines.folded.with_untracked(|all| all.contains(&id)))
                >
                    {move || view! { <Icon sign={if folded() { Sign::Right } else { Sign::Down }} size=12/> }}
                </button>
                <span class={"line-code"}>
                    <TextField label=t("jobs.code") value=code on_commit=write_code on_key=key_in_code read_only=rests
                        hide_label=true look=FieldLook::Cell/>
                </span>
                <span class="line-words" title=move || editor.title(id.into())>
                    <TextField label=t("jobs.statement") value=words on_commit=write_words on_key=key_in_words read_only=rests
                        hide_label=true look=FieldLook::Cell placeholder=hint node=node shared=true/>
                </span>
                <ItemMarks item=id.into()/>
            </span>
            <span class="line-asks" role="presentation" on:keydown=move |event| keys::on_button(lines, id, &event)>
                {asks}
                <span class="line-taught" role="gridcell">{move || facts.with(|facts| places(facts, spot).into_any())}</span>
                <span class="line-more" role="gridcell">
                    <button type="button" class="button quiet sole small" tabindex="-1" aria-haspopup="menu"
                        aria-label=move || say_with("jobs.more", &[("what", name.get())]) on:click=menu_at(MenuFor::Line(id))>
                        <Icon sign=Sign::More/>
                    </button>
                </span>
            </span>
        </div>
    }
}

use weft_model::reshape::Side;

/// Where on a line something is dropped.
pub fn side_of(down: f64) -> Side {
    if down < 0.3 {
        Side::Before
    } else if down > 0.7 {
        Side::After
    } else {
        Side::Inside
    }
}

/// What a line of this tier is called.
pub fn tier_name(tier: Tier) -> String {
    let name = choice_name(field::job_item::tier, tier.id());
    if name.is_empty() {
        say("jobs.statement")
    } else {
        name
    }
}
