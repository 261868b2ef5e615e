//! The commands of *Find or do*: going somewhere, making something, taking
//! back, and what belongs to the person.

use leptos::prelude::*;
use weft_model::{Choice as _, Command, ItemId, Kind, Spot, Tier, Value, Verb, field};
use weft_session::Card;

use crate::{
    browser::{
        hash,
        prefs::{self, Theme},
    },
    route::{Page, Route},
    ui::{
        components::{icon::Sign, palette::PaletteItem},
        pages::home::shelf::Shelf,
        state::Editor,
        text::{Language, choose_language, language, say, say_with},
    },
};

/// A command that is not a page.
fn command(label: String, sign: Sign, run: impl Fn() + Send + Sync + 'static) -> PaletteItem {
    PaletteItem::new(label, sign, run).hint(say("find.command"))
}

fn page(label: String, sign: Sign, to: Route) -> PaletteItem {
    PaletteItem::new(label, sign, move || hash::go(&to)).hint(say("palette.page"))
}

/// Where one can go: the pages of the open plan first.
pub(super) fn places(route: Signal<Option<Route>>) -> Vec<PaletteItem> {
    let mut all = Vec::new();
    if let Some(plan) = open_plan(route) {
        all.extend(
            Page::ALL.map(|to| page(say(to.name_key()), Sign::Go, Route::page(plan.clone(), to))),
        );
    }
    all.push(page(say("rail.all_plans"), Sign::Home, Route::Home));
    all
}

/// What can be done to the open plan.
pub(super) fn of_plan(editor: Editor) -> Vec<PaletteItem> {
    let id = editor.id().to_string();
    let at = |name_key: &str, segment: &str| {
        let to = Route::spot(id.clone(), Page::Review, [segment]);
        page(say(name_key), Sign::Go, to)
    };
    let mut all = vec![
        at("experts.to_tasks", "tasks"),
        at("experts.to_workshop", "workshop"),
    ];
    if !editor.read_only() {
        all.push(command(say("find.new_module"), Sign::Add, move || {
            new_module(editor)
        }));
        all.push(command(say("find.new_role"), Sign::Add, move || {
            new_role(editor)
        }));
    }
    if editor.undoable().is_some() {
        let undo = command(say("act.undo"), Sign::Undo, move || editor.undo());
        all.push(undo.keys("Ctrl+Z"));
    }
    if editor.redoable().is_some() {
        let redo = command(say("act.redo"), Sign::Redo, move || editor.redo());
        all.push(redo.keys("Ctrl+Y"));
    }
    all
}

/// What can be done anywhere.
pub(super) fn general(shelf: Shelf, help: Callback<()>) -> Vec<PaletteItem> {
    let mut all = Vec::new();
    let blank = command(say("find.new_plan"), Sign::Add, move || shelf.start_blank());
    all.push(blank);
    for chosen in Language::ALL.into_iter().filter(|it| *it != language()) {
        let name = chosen.own_name().to_owned();
        let label = say_with("find.language", &[("name", name)]);
        let choose = command(label, Sign::Language, move || choose_language(chosen));
        all.push(choose.keywords("language 语言 中文 English"));
    }
    for theme in Theme::ALL {
        let key = match theme {
            Theme::System => "theme.system",
            Theme::Light => "theme.light",
            Theme::Dark => "theme.dark",
        };
        let label = say_with("find.theme", &[("name", say(key))]);
        all.push(command(label, Sign::Appearance, move || {
            prefs::choose_theme(theme)
        }));
    }
    let overlay = command(say("shortcuts.help"), Sign::Keyboard, move || help.run(()));
    all.push(overlay.keys("?"));
    all
}

fn open_plan(route: Signal<Option<Route>>) -> Option<String> {
    route.with_untracked(|route| route.as_ref()?.plan().map(str::to_owned))
}

/// The plans of this device, but for the one that is open.
pub(super) fn plans(route: Signal<Option<Route>>, cards: &[Card]) -> Vec<PaletteItem> {
    let open = open_plan(route);
    let lang = crate::ui::state::language_untracked();
    cards
        .iter()
        .filter(|card| Some(&card.plan) != open.as_ref())
        .map(|card| {
            let title = card.title_text();
            let shown = title.show(&lang);
            let label = if shown.is_empty() {
                say("home.untitled")
            } else {
                shown.to_owned()
            };
            let to = Route::page(card.plan.clone(), Page::Overview);
            let names: Vec<&str> = card.title.values().map(String::as_str).collect();
            PaletteItem::new(label, Sign::Plan, move || hash::go(&to))
                .hint(say("find.plan"))
                .keywords(names.join(" "))
        })
        .collect()
}

fn new_module(editor: Editor) {
    add(editor, Kind::Module, Page::Modules, Vec::new());
}

fn new_role(editor: Editor) {
    let tier = (field::job_item::tier.key(), Value::str(Tier::Role.id()));
    add(editor, Kind::JobItem, Page::Jobs, vec![tier]);
}

/// Adds an item at the end and goes there.
fn add(editor: Editor, kind: Kind, page: Page, fields: Vec<(weft_model::FieldKey, Value)>) {
    let item = ItemId {
        kind,
        uid: editor.fresh(),
    };
    let add = Command::Add {
        item,
        owner: None,
        spot: Spot::Last,
        fields,
    };
    if editor.act(Verb::Add, item, vec![add]) {
        hash::go(&Route::spot(
            editor.id().to_string(),
            page,
            [item.uid.to_string()],
        ));
    }
}
