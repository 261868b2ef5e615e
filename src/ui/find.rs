//! What *Find or do* offers: every item of the open plan that has a title or a
//! code, the plans of this device, and every command. Drawing the list is
//! `components::palette`'s; where an item is shown is [`spot`]'s.

mod command;
mod index;
mod place;

use leptos::prelude::*;

use self::index::Index;
pub use self::place::{
    code, code_and_title, finding_at, finding_spot, key_name, link_to, sign, spot,
};
use crate::{
    route::Route,
    ui::{
        components::{
            palette::{self, MOST_SHOWN, PaletteItem},
            shortcuts,
        },
        desk::use_desk,
        pages::home::shelf::use_shelf,
        state::Editor,
    },
};

/// What the palette asks with every letter. Make one while the root component
/// is being built: it stands on the desk, the shelf and the shortcuts.
pub fn finder(route: Signal<Option<Route>>) -> Callback<String, Vec<PaletteItem>> {
    let desk = use_desk();
    let shelf = use_shelf();
    let help = shortcuts::opener();
    Callback::new(move |query: String| {
        untrack(|| {
            let mut found = palette::rank(&query, command::places(route));
            if let Some(face) = desk.face() {
                found.extend(face.find.run(query.clone()));
            }
            found.extend(palette::rank(&query, command::general(shelf, help)));
            found.extend(palette::rank(&query, command::plans(route, &shelf.live())));
            found.sort_by_key(|(score, _)| core::cmp::Reverse(*score));
            found
                .into_iter()
                .take(MOST_SHOWN)
                .map(|(_, item)| item)
                .collect()
        })
    })
}

/// What an open plan adds: its commands, and its items once something is typed.
/// The index is made at the first question.
pub fn of_plan(editor: Editor) -> Callback<String, Vec<(u32, PaletteItem)>> {
    let index = StoredValue::new_local(None::<Index>);
    Callback::new(move |query: String| {
        let mut found = palette::rank(&query, command::of_plan(editor));
        if !query.trim().is_empty() {
            let items = index.try_update_value(|index| {
                let index = index.get_or_insert_with(|| Index::of(editor));
                index.find(&query, editor)
            });
            found.extend(items.into_iter().flatten());
        }
        found
    })
}
