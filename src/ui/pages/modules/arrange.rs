//! What the board does to the plan: modules that move between columns and in
//! their order, come and go. Each gesture is one act and one announcement.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use weft_model::{Command, ElectivePoolId, ItemId, Kind, ModuleId, Uid, Verb, field};

use super::layout::{Column, Layout};
use super::moves::{hangs_on, offer, place_at, set, shift_bar, spot_at, to_column};
use crate::browser::{dom, timer};
use crate::ui::components::notice::{Toasts, toasts};
use crate::ui::components::panel;
use crate::ui::spot::SpotOn;
use crate::ui::state::Editor;
use crate::ui::text::{listed, say, say_with};
use crate::ui::writing::{add_named, item_label, writing_lang_now};

/// The board of the page. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Bench {
    /// The open plan.
    pub editor: Editor,
    /// The address.
    pub spot: SpotOn,
    /// The arrangement.
    pub layout: Memo<Arc<Layout>>,
    /// Columns whose public basic courses are shown one by one.
    pub unfolded: RwSignal<BTreeSet<Column>>,
    /// The card that has the focus or had it last.
    pub focus: RwSignal<Option<ModuleId>>,
    /// Whether the focus is on the board, or was when its card was redrawn.
    pub held: StoredValue<bool>,
    /// What is read out.
    pub said: RwSignal<String>,
    toasts: Toasts,
}

impl Bench {
    /// The board of the open plan.
    pub fn new(editor: Editor, spot: SpotOn) -> Self {
        let unfolded = RwSignal::new(BTreeSet::new());
        let layout = Memo::new(move |_| {
            for kind in [
                Kind::Module,
                Kind::Offering,
                Kind::Term,
                Kind::ElectivePool,
                Kind::Category,
            ] {
                editor.follow(kind);
            }
            let open = unfolded.get();
            Arc::new(editor.plan_and_board(|plan, board| Layout::of(plan, board, &open)))
        });
        Self {
            editor,
            spot,
            layout,
            unfolded,
            focus: RwSignal::new(None),
            held: StoredValue::new(false),
            said: RwSignal::new(String::new()),
            toasts: toasts(),
        }
    }

    /// A module as sentences call it. Not reactive.
    pub fn name(self, module: ModuleId) -> String {
        let lang = untrack(|| self.editor.lang());
        self.editor
            .plan(|plan| item_label(plan, &lang, module.into()))
    }

    /// What a column is called. Reactive.
    pub fn column_name(self, column: &Column) -> String {
        match column {
            Column::Term(term) => {
                let title = self.editor.title((*term).into());
                if title.is_empty() {
                    self.editor
                        .plan(|plan| plan.terms.get(*term).map(|term| term.code.clone()))
                        .filter(|code| !code.is_empty())
                        .unwrap_or_else(|| say("modules.term"))
                } else {
                    title
                }
            }
            Column::Period(name) => name.clone(),
            Column::Rest => {
                let calendar = self
                    .layout
                    .with(|layout| matches!(layout.columns.first(), Some(Column::Term(_))));
                say(if calendar {
                    "modules.unscheduled"
                } else {
                    "modules.all"
                })
            }
        }
    }

    /// Shows a module, a term or a pool in the panel.
    pub fn open(self, item: impl Into<Uid>) {
        self.spot.choose(Some(item.into()));
    }

    /// Moves the focus to a card once it is drawn where it belongs.
    pub fn go_to(self, module: ModuleId) {
        self.focus.set(Some(module));
        timer::as_soon(move || {
            let there = dom::by_id(&card_id(module)).filter(dom::focus);
            if let Some(card) = &there {
                dom::reveal(card);
            }
            there.is_some()
        });
    }

    /// Brings into sight what the address names. What a person pressed is in
    /// sight already, and the board stays where it is.
    pub fn arrive(self) {
        let Some(uid) = self.spot.item() else { return };
        let module = ModuleId(uid);
        if self.focus.get_untracked() == Some(module) {
            return;
        }
        let layout = self.layout.get_untracked();
        let column = layout.column_of(module);
        if column.is_some() || layout.is_bar(module) {
            self.focus.set(Some(module));
        }
        if let Some(at) = column.filter(|at| !layout.cards(*at).contains(&module)) {
            let column = layout.columns[at].clone();
            self.unfolded.update(|open| {
                open.insert(column);
            });
        }
        timer::next_frame(move || {
            let found = dom::by_id(&card_id(module)).or_else(|| dom::by_id(&mark_id(uid)));
            if let Some(found) = found {
                dom::reveal(&found);
            }
        });
    }

    fn announce(self, module: ModuleId) {
        let layout = self.layout.get_untracked();
        let name = self.name(module);
        let text = match layout.column_of(module) {
            Some(at) => {
                let cards = layout.cards(at);
                let place = cards
                    .iter()
                    .position(|card| *card == module)
                    .map_or(1, |place| place + 1);
                let column = untrack(|| self.column_name(&layout.columns[at]));
                say_with(
                    "modules.moved",
                    &[
                        ("what", name),
                        ("where", column),
                        ("n", place.to_string()),
                        ("all", cards.len().to_string()),
                    ],
                )
            }
            None => {
                let columns: Vec<String> = layout
                    .bars
                    .iter()
                    .filter(|bar| bar.module == module)
                    .flat_map(|bar| bar.from..=bar.to)
                    .map(|at| untrack(|| self.column_name(&layout.columns[at])))
                    .collect();
                say_with(
                    "modules.moved_bar",
                    &[("what", name), ("where", listed(&columns))],
                )
            }
        };
        self.said.set(text);
    }

    pub(super) fn done(self, module: ModuleId, commands: Vec<Command>) {
        if commands.is_empty() {
            return;
        }
        if self.editor.act(Verb::Move, ItemId::from(module), commands) {
            self.announce(module);
            self.go_to(module);
        }
    }

    /// Moves a module one column on, or a module over several terms as a whole.
    pub fn shift(self, module: ModuleId, right: bool) {
        let layout = self.layout.get_untracked();
        let Some(at) = layout.column_of(module) else {
            self.shift_by(module, if right { 1 } else { -1 });
            return;
        };
        let to = if right {
            at.checked_add(1)
        } else {
            at.checked_sub(1)
        };
        match to.and_then(|to| layout.columns.get(to)) {
            Some(column) => self.to_column(module, &column.clone(), None),
            None => self.said.set(say("modules.edge")),
        }
    }

    /// Moves a module over several terms as a whole.
    pub fn shift_by(self, module: ModuleId, by: isize) {
        let commands = self
            .editor
            .plan_and_board(|plan, board| shift_bar(plan, board.term_order(), module, by));
        match commands {
            Some(commands) => self.done(module, commands),
            None => self.said.set(say("modules.edge")),
        }
    }

    /// Moves a module up or down within its column.
    pub fn nudge(self, module: ModuleId, down: bool) {
        let layout = self.layout.get_untracked();
        let Some(at) = layout.column_of(module) else {
            return;
        };
        let cards = layout.cards(at);
        let Some(place) = cards.iter().position(|card| *card == module) else {
            return;
        };
        let to = if down {
            place.checked_add(1)
        } else {
            place.checked_sub(1)
        };
        match to.and_then(|to| cards.get(to)) {
            Some(anchor) => {
                let spot = self
                    .editor
                    .plan(|plan| spot_at(plan, module, *anchor, down));
                self.done(module, vec![place_at(module, spot)]);
            }
            None => self.said.set(say("modules.edge")),
        }
    }

    /// Moves a module to a column, and there before or behind another one.
    pub fn to_column(self, module: ModuleId, column: &Column, beside: Option<(ModuleId, bool)>) {
        let layout = self.layout.get_untracked();
        let from = layout
            .column_of(module)
            .and_then(|at| layout.columns.get(at).cloned());
        let mut commands = Vec::new();
        if from.as_ref() != Some(column) {
            if layout.is_bar(module) {
                self.said.set(say("modules.bar_stays"));
                return;
            }
            commands = self
                .editor
                .plan(|plan| to_column(plan, module, column, || self.editor.fresh()));
        }
        if let Some((anchor, behind)) = beside.filter(|(anchor, _)| *anchor != module) {
            let spot = self
                .editor
                .plan(|plan| spot_at(plan, module, anchor, behind));
            commands.push(place_at(module, spot));
        }
        self.done(module, commands);
    }

    // ---- coming and going --------------------------------------------------

    /// A new module in a column, open in the panel.
    pub fn add_module(self, column: Option<&Column>) {
        let uid = self.editor.fresh();
        let module = ModuleId(uid);
        let lang = writing_lang_now(&self.editor);
        let mut commands = vec![add_named(Kind::Module, uid, "", &lang)];
        match column {
            Some(Column::Term(term)) => commands.push(offer(module, *term, self.editor.fresh())),
            Some(Column::Period(name)) => {
                commands.push(set(module.into(), field::module::period, name))
            }
            _ => {}
        }
        if self.editor.act(Verb::Add, ItemId::from(module), commands) {
            self.focus.set(Some(module));
            self.open(module);
            focus_title(module.into());
        }
    }

    /// A new term behind the last, open in the panel.
    pub fn add_term(self) {
        let uid = self.editor.fresh();
        let lang = writing_lang_now(&self.editor);
        let count = self.editor.plan(|plan| plan.terms.len()) + 1;
        let title = say_with("modules.term_n", &[("n", count.to_string())]);
        let item = ItemId {
            kind: Kind::Term,
            uid,
        };
        let mut commands = vec![add_named(Kind::Term, uid, &title, &lang)];
        commands.push(set(item, field::term::code, &format!("T{count}")));
        if self.editor.act(Verb::Add, item, commands) {
            self.open(uid);
            focus_title(uid);
        }
    }

    /// A new pool, open in the panel.
    pub fn add_pool(self) {
        let uid = self.editor.fresh();
        let lang = writing_lang_now(&self.editor);
        let item = ItemId {
            kind: Kind::ElectivePool,
            uid,
        };
        let add = add_named(Kind::ElectivePool, uid, &say("modules.new_pool"), &lang);
        if self.editor.act(Verb::Add, item, vec![add]) {
            self.open(ElectivePoolId(uid));
            focus_title(uid);
        }
    }

    /// Deletes an item, says what hung on it, and offers to bring it back.
    pub fn delete(self, item: ItemId) {
        let lang = untrack(|| self.editor.lang());
        let (name, with) = self
            .editor
            .plan(|plan| (item_label(plan, &lang, item), hangs_on(plan, item)));
        if !self.editor.delete(item) {
            return;
        }
        if self.spot.item() == Some(item.uid) {
            self.spot.choose(None);
        }
        let text = if with.is_empty() {
            say_with("modules.deleted", &[("what", name)])
        } else {
            say_with(
                "modules.deleted_with",
                &[("what", name), ("with", listed(&with))],
            )
        };
        let editor = self.editor;
        self.toasts.say_with(text, say("act.undo"), move || {
            editor.act(Verb::Restore, item, vec![Command::Restore { item }]);
        });
    }
}

/// The element of a card.
pub fn card_id(module: ModuleId) -> String {
    format!("module-{module}")
}

/// The head of a term or of a pool.
pub fn mark_id(item: impl Into<Uid>) -> String {
    format!("board-{}", item.into())
}

/// Into the title of what was just made.
fn focus_title(item: Uid) {
    panel::enter(format!(".item-title[data-item='{item}'] textarea"));
}
