//! The item that an address points to on a page, and pointing to another one:
//! what is selected is in the address, so that a link leads to it.

use leptos::prelude::*;
use weft_model::Uid;

use crate::browser::hash;
use crate::route::{Page, Route};
use crate::ui::state::Editor;

/// What is selected on a page. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct SpotOn {
    page: Page,
    plan: StoredValue<String>,
    at: Memo<Vec<String>>,
}

impl SpotOn {
    /// The selection of this page, for as long as the caller is there.
    pub fn new(editor: &Editor, page: Page) -> Self {
        let route = hash::current_route();
        let at = Memo::new(move |_| match route.get() {
            Some(Route::Plan { page: here, at, .. }) if here == page => at,
            _ => Vec::new(),
        });
        Self {
            page,
            plan: StoredValue::new(editor.id().to_string()),
            at,
        }
    }

    /// Everything behind the page. Reactive.
    pub fn all(&self) -> Vec<String> {
        self.at.get()
    }

    /// The first segment behind the page. Reactive.
    pub fn first(&self) -> Option<String> {
        self.at.with(|at| at.first().cloned())
    }

    /// The selected item, where the address names one. Reactive.
    pub fn item(&self) -> Option<Uid> {
        self.at.with(|at| at.last().and_then(|id| id.parse().ok()))
    }

    /// Points to an item, or to none, without a step in the history.
    pub fn choose(&self, item: Option<Uid>) {
        self.point(item.map(|uid| uid.to_string()).into_iter().collect());
    }

    /// Points to any segments behind the page.
    pub fn point(&self, at: Vec<String>) {
        if self.at.with_untracked(|now| *now != at) {
            hash::point(&Route::spot(self.plan.get_value(), self.page, at));
        }
    }

    /// The address of an item on a page of this plan.
    pub fn href(&self, page: Page, item: Uid) -> String {
        Route::spot(self.plan.get_value(), page, [item.to_string()]).href()
    }
}
