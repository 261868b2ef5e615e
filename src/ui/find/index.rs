//! The texts of a plan, folded once and searched many times. Built at the
//! first question; after that only what changed is read again.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use weft_model::{ItemId, Kind, Plan, Uid};

use super::place;
use crate::{
    browser::hash,
    ui::{
        components::palette::{MOST_SHOWN, PaletteItem},
        fuzzy::{fold, score_lines},
        state::Editor,
    },
};

/// What waits to be read again.
#[derive(Default)]
struct Stale {
    items: BTreeSet<ItemId>,
    all: bool,
}

/// One plan's texts. Scope: screen.
pub(super) struct Index {
    plan: Uid,
    /// Code and title of each item in all languages, one per line, folded.
    texts: BTreeMap<ItemId, String>,
    stale: Rc<RefCell<Stale>>,
}

impl Index {
    /// An index that follows the editor's plan. Nothing is read before the
    /// first question.
    pub(super) fn of(editor: Editor) -> Self {
        let stale = Rc::new(RefCell::new(Stale {
            all: true,
            ..Stale::default()
        }));
        let told = Rc::clone(&stale);
        editor.on_change(move |change| {
            let mut stale = told.borrow_mut();
            stale.all |= change.whole;
            stale.items.extend(change.items.keys());
            stale.items.extend(&change.placed);
        });
        Self {
            plan: editor.id(),
            texts: BTreeMap::new(),
            stale,
        }
    }

    /// The items that fit best, with their scores as `palette::rank` counts.
    pub(super) fn find(&mut self, query: &str, editor: Editor) -> Vec<(u32, PaletteItem)> {
        editor.plan(|plan| self.catch_up(plan));
        let words: Vec<String> = query.split_whitespace().map(fold).collect();
        let mut found: Vec<(u32, usize, ItemId)> = self
            .texts
            .iter()
            .filter_map(|(item, text)| Some((score_lines(&words, text)?, text.len(), *item)))
            .collect();
        found.sort_by_key(|(score, length, item)| (core::cmp::Reverse(*score), *length, *item));
        found.truncate(MOST_SHOWN);
        let id = self.plan.to_string();
        let lang = editor.lang();
        editor.plan_and_board(|plan, board| {
            found
                .into_iter()
                // Deleted together with what it belonged to.
                .filter(|(_, _, item)| plan.is_live(*item))
                .map(|(score, _, item)| {
                    let to = place::spot(plan, &id, item);
                    let label = place::code_and_title(plan, &lang, item);
                    let found =
                        PaletteItem::new(label, place::sign(item.kind), move || hash::go(&to))
                            .hint(place::hint(plan, board, &lang, item));
                    (score, found)
                })
                .collect()
        })
    }

    fn catch_up(&mut self, plan: &Plan) {
        let stale = self.stale.take();
        if stale.all {
            self.texts.clear();
            for kind in Kind::ALL.iter().filter(|kind| place::is_findable(**kind)) {
                for uid in plan.any(*kind).live() {
                    self.read(plan, ItemId { kind: *kind, uid });
                }
            }
        } else {
            for item in stale.items {
                self.texts.remove(&item);
                if place::is_findable(item.kind) && plan.any(item.kind).is_live(item.uid) {
                    self.read(plan, item);
                }
            }
        }
    }

    fn read(&mut self, plan: &Plan, item: ItemId) {
        let mut text = fold(&place::code(plan, item));
        for (_, title) in plan.title(item).iter() {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&fold(title));
        }
        if !text.is_empty() {
            self.texts.insert(item, text);
        }
    }
}
