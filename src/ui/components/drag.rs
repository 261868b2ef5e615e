//! Dragging with mouse, pen or finger. A page holds a [`Drag`], starts it from
//! `pointerdown`, marks its targets with `data-drop="<id>"`, and learns where
//! the thing was dropped. A way without dragging (keys, a menu) is the page's
//! own and must exist.

use leptos::{ev::PointerEvent, prelude::*};

use crate::browser::{
    pointer::{self, Following, Motion},
    timer,
};

/// Where a dragged thing is over.
#[derive(Debug, Clone, PartialEq)]
pub struct Over {
    /// The target's `data-drop`.
    pub target: String,
    /// How far across the target, from 0 (left) to 1.
    pub across: f64,
    /// How far down the target, from 0 (top) to 1: below 0.5 is before it.
    pub down: f64,
}

/// A drag of things of one kind.
pub struct Drag<T: Send + Sync + 'static> {
    held: RwSignal<Option<T>>,
    over: RwSignal<Option<Over>>,
    place: RwSignal<(f64, f64)>,
    on_drop: Callback<(T, Over)>,
    following: StoredValue<Option<Following>, LocalStorage>,
    moved: StoredValue<bool>,
}

impl<T: Send + Sync + 'static> Clone for Drag<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Drag<T> {}

/// How far the pointer moves before it is a drag and not a click, in pixels.
const SLACK: f64 = 4.0;

impl<T: Clone + Send + Sync + 'static> Drag<T> {
    /// A drag whose drops go to `on_drop`. Nothing is told of a drop beside
    /// every target.
    pub fn new(on_drop: impl Fn(T, Over) + Send + Sync + 'static) -> Self {
        let drag = Self {
            held: RwSignal::new(None),
            over: RwSignal::new(None),
            place: RwSignal::new((0.0, 0.0)),
            on_drop: Callback::new(move |(what, over)| on_drop(what, over)),
            following: StoredValue::new_local(None),
            moved: StoredValue::new(false),
        };
        on_cleanup(move || drag.stop());
        drag
    }

    /// Starts from `on:pointerdown`. A finger drags only by a handle of class
    /// `drag-grip`: elsewhere it scrolls. Fields and buttons within keep their
    /// clicks.
    pub fn start(self, event: &PointerEvent, what: T) {
        if !pointer::is_plain(event)
            || (event.pointer_type() == "touch" && !pointer::is_on(event, ".drag-grip"))
        {
            return;
        }
        if pointer::is_on(event, "input, textarea, select, [contenteditable]") {
            return;
        }
        self.stop();
        self.moved.set_value(false);
        let start = (f64::from(event.client_x()), f64::from(event.client_y()));
        let following = pointer::follow(event.pointer_id(), move |motion| match motion {
            Motion::Moved(x, y) => {
                let far = (x - start.0).abs().max((y - start.1).abs()) > SLACK;
                if self.held.with_untracked(Option::is_none) {
                    if !far {
                        return;
                    }
                    self.moved.set_value(true);
                    self.held.set(Some(what.clone()));
                }
                self.place.set((x, y));
                pointer::scroll_at_edge(x, y);
                let over = find(x, y);
                if self.over.with_untracked(|old| *old != over) {
                    self.over.set(over);
                }
            }
            Motion::Released(x, y) => {
                let held = self.held.get_untracked();
                self.stop();
                if let (Some(held), Some(over)) = (held, find(x, y)) {
                    self.on_drop.run((held, over));
                }
                // The click that follows a drop still sees `has_moved`.
                timer::next_frame(move || {
                    if !self.moved.is_disposed() {
                        self.moved.set_value(false);
                    }
                });
            }
            Motion::Cancelled => self.stop(),
        });
        self.following.set_value(Some(following));
    }

    /// What is being dragged.
    #[must_use]
    pub fn held(self) -> Option<T> {
        self.held.get()
    }

    /// Where it is over.
    #[must_use]
    pub fn over(self) -> Option<Over> {
        self.over.get()
    }

    /// Whether the click being handled is only the end of a drag.
    #[must_use]
    pub fn has_moved(self) -> bool {
        self.moved.get_value()
    }

    fn stop(self) {
        if let Some(following) = self.following.try_update_value(Option::take).flatten() {
            following.stop();
        }
        if !self.held.is_disposed() {
            self.held.set(None);
            self.over.set(None);
        }
    }
}

fn find(x: f64, y: f64) -> Option<Over> {
    let (target, area) = pointer::marked_under(x, y, "data-drop")?;
    let part = |at: f64, from: f64, size: f64| {
        if size > 0.0 {
            ((at - from) / size).clamp(0.0, 1.0)
        } else {
            0.0
        }
    };
    Some(Over {
        target,
        across: part(x, area.left, area.width),
        down: part(y, area.top, area.height),
    })
}

/// What follows the pointer during a drag: a name on a small card.
#[component]
pub fn DragGhost<T>(
    /// The drag.
    drag: Drag<T>,
    /// What to call the thing.
    name: fn(&T) -> String,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    move || {
        drag.held().map(|held| {
            view! {
                <div
                    class="drag-ghost"
                    aria-hidden="true"
                    style:left=move || format!("{}px", drag.place.get().0)
                    style:top=move || format!("{}px", drag.place.get().1)
                >
                    {name(&held)}
                </div>
            }
        })
    }
}
