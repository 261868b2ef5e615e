//! What *Find or do* offers: every item of the open plan that has a title or a
//! code, the plans of this device, and every command. Drawing the list is
//! `components::palette`'s; where an item is shown is [`spot`]'s.

mod command;
mod index;
mod place;

use leptos::prelude::*;

use self::index::Index;
pub use self::place::{code, code_and_title, finding_spot, key_name, link_to, sign, spot};
use crate::{
    route::Route,
    ui::{
        components::{
            palette::{self, MOST_SHOWN, PaletteItem},
            shortcuts,
        },
        desk::{Desk, use_desk},
        pages::home::shelf::use_shelf,
    },
};

/// What the palette asks with every letter. Make one while the root component
/// is being built: it stands on the desk, the shelf and the shortcuts.
pub fn finder(route: Signal<Option<Route>>) -> Callback<String, Vec<PaletteItem>> {
    let desk = use_desk();
    let shelf = use_shelf();
    let help = shortcuts::opener();
    let index = StoredValue::new_local(None::<Index>);
    Callback::new(move |query: String| {
        untrack(|| {
            let mut found = palette::rank(&query, command::commands(route, desk, shelf, help));
            found.extend(palette::rank(&query, command::plans(route, &shelf.live())));
            if !query.trim().is_empty() {
                found.extend(items(&query, desk, index));
            }
            found.sort_by_key(|(score, _)| core::cmp::Reverse(*score));
            found
                .into_iter()
                .take(MOST_SHOWN)
                .map(|(_, item)| item)
                .collect()
        })
    })
}

/// Items of the open plan. The index belongs to one editor and is made anew
/// when another plan lies on the desk.
fn items(
    query: &str,
    desk: Desk,
    index: StoredValue<Option<Index>, LocalStorage>,
) -> Vec<(u32, PaletteItem)> {
    let Some(editor) = desk.editor() else {
        return Vec::new();
    };
    let same = index.with_value(|index| index.as_ref().is_some_and(|it| it.plan() == editor.id()));
    if !same {
        index.set_value(Some(Index::of(editor)));
    }
    index
        .try_update_value(|index| index.as_mut().map(|index| index.find(query, editor)))
        .flatten()
        .unwrap_or_default()
}
