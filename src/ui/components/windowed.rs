//! Long lists that draw only what is in sight: rows of one height, placed by
//! their number. What a row shows is the list's own.

use leptos::{html, prelude::*};

use crate::browser::{dom, timer};

/// Rows beyond the edges that are drawn as well, so that scrolling shows no
/// empty stretch.
const MARGIN: usize = 8;

/// The part of a list that is in sight. A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Windowed {
    /// The element that scrolls: `node_ref` and `on:scroll=move |_| it.scrolled()`.
    pub node: NodeRef<html::Div>,
    row: Signal<f64>,
    first: RwSignal<usize>,
    fit: RwSignal<usize>,
}

impl Windowed {
    /// A window over rows that are this high, in pixels.
    pub fn new(row: impl Into<Signal<f64>>) -> Self {
        let windowed = Self {
            node: NodeRef::new(),
            row: row.into(),
            first: RwSignal::new(0),
            fit: RwSignal::new(40),
        };
        Effect::new(move || {
            windowed.row.track();
            if windowed.node.get().is_some() {
                windowed.measure();
                // Once more when the page has found its size.
                timer::next_frame(move || windowed.measure());
            }
        });
        let resized = window_event_listener(leptos::ev::resize, move |_| windowed.measure());
        on_cleanup(move || resized.remove());
        windowed
    }

    /// Finds out how many rows fit; call it when the element's size has changed.
    pub fn measure(self) {
        let Some(Some(node)) = self.node.try_get_untracked() else {
            return;
        };
        let height = f64::from(node.client_height());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a height in rows is small and positive"
        )]
        let fit = (height / self.row.get_untracked()).ceil().max(1.0) as usize;
        if self.fit.get_untracked() != fit {
            self.fit.set(fit);
        }
        self.scrolled();
    }

    /// Tells that the element has scrolled.
    pub fn scrolled(self) {
        let Some(Some(node)) = self.node.try_get_untracked() else {
            return;
        };
        let top = f64::from(node.scroll_top()).max(0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in rows is small and positive"
        )]
        let first = (top / self.row.get_untracked()) as usize;
        // In steps: most scrolling events change nothing.
        let first = first - first % 4;
        if self.first.get_untracked() != first {
            self.first.set(first);
        }
    }

    /// Which of `count` rows to draw. Reactive.
    pub fn range(self, count: usize) -> std::ops::Range<usize> {
        let first = self.first.get().min(count);
        let from = first.saturating_sub(MARGIN);
        let to = (first + self.fit.get() + MARGIN + 4).min(count);
        from..to
    }

    /// How many rows fit into the window.
    pub fn page(self) -> usize {
        self.fit.get_untracked().saturating_sub(1).max(1)
    }

    /// Scrolls a row into sight by the shortest way; `head` is what covers the
    /// top, in pixels.
    pub fn reveal(self, row: usize, head: f64) {
        let Some(Some(node)) = self.node.try_get_untracked() else {
            return;
        };
        let height = self.row.get_untracked();
        #[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^52")]
        let top = row as f64 * height;
        let from = f64::from(node.scroll_top());
        let seen = f64::from(node.client_height()) - head;
        let wanted = if top < from {
            top
        } else if top + height > from + seen {
            top + height - seen
        } else {
            return;
        };
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
        node.set_scroll_top(wanted.round() as i32);
        self.scrolled();
    }

    /// The height of a row, in pixels. Reactive.
    pub fn row_height(self) -> f64 {
        self.row.get()
    }

    /// Moves the focus to the element itself.
    pub fn focus(self) {
        if let Some(Some(node)) = self.node.try_get_untracked() {
            dom::focus(&node);
        }
    }
}
