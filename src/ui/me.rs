//! Who works here: the way to the dialog in which they say so. It is asked for
//! when it first matters and never before; the dialog itself comes with another
//! part of the program. Scope: screen, except the profile.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;

use crate::browser::profile::{Profile, profile};
use crate::browser::task;
use crate::parts;
use crate::ui::desk::use_desk;

type Then = Arc<dyn Fn() + Send + Sync>;

/// A handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Me {
    /// Whether the dialog is open.
    pub open: RwSignal<bool>,
    /// Whether it was opened by something that goes on afterwards.
    pub asked: RwSignal<bool>,
    then: StoredValue<Option<Then>>,
    /// Whether somebody went on without a name: asked once is enough until the
    /// program is loaded anew.
    nameless: StoredValue<bool>,
    mine: RwSignal<Profile>,
}

impl Me {
    /// The profile. Reactive.
    pub fn profile(&self) -> Profile {
        self.mine.get()
    }

    /// Reads the profile again: it was changed.
    pub fn refresh(&self) {
        self.mine.set(profile());
    }

    /// Opens the dialog.
    pub fn show(&self) {
        self.asked.set(false);
        self.then.set_value(None);
        self.open.set(true);
    }

    /// Goes on at once where a name is known; else asks for one first, the first
    /// time, and then goes on with or without it.
    pub fn ask(&self, then: impl Fn() + Send + Sync + 'static) {
        let named = !self.mine.with_untracked(|mine| mine.name.is_empty());
        if named || self.nameless.get_value() {
            then();
            return;
        }
        self.then.set_value(Some(Arc::new(then)));
        self.asked.set(true);
        self.open.set(true);
    }

    /// The dialog was closed by one of its buttons.
    pub fn go_on(&self) {
        self.open.set(false);
        if self.asked.get_untracked() {
            self.nameless.set_value(true);
        }
        let then = self.then.try_update_value(Option::take).flatten();
        if let Some(then) = then {
            then();
        }
    }
}

/// Makes the handle available below. Call once, at the root.
pub fn provide_me() -> Me {
    let me = Me {
        open: RwSignal::new(false),
        asked: RwSignal::new(false),
        then: StoredValue::new(None),
        nameless: StoredValue::new(false),
        mine: RwSignal::new(profile()),
    };
    provide_context(me);
    me
}

/// The handle.
pub fn use_me() -> Me {
    use_context::<Me>().unwrap_or_else(provide_me)
}

/// Where the dialog appears once its part has come. Once, at the root.
#[component]
pub fn MePlace() -> impl IntoView {
    let me = use_me();
    let desk = use_desk();
    let drawn = StoredValue::new_local(None::<AnyView>);
    let here = RwSignal::new(false);
    let coming = StoredValue::new(false);
    let owner = StoredValue::new(Owner::current());
    Effect::new(move || {
        if !me.open.get() || coming.get_value() {
            return;
        }
        coming.set_value(true);
        // What the dialog is made of belongs to this place: what an effect makes
        // goes with its next run.
        let Some(owner) = owner.try_get_value().flatten() else {
            return;
        };
        let draw = owner.with(|| {
            ScopedFuture::new(async move {
                match parts::profile_dialog(me, desk).await {
                    Ok(view) => {
                        drawn.set_value(Some(view));
                        here.set(true);
                    }
                    // Asked again the next time; what waits goes on without a name.
                    Err(parts::Missing) => {
                        coming.set_value(false);
                        me.go_on();
                    }
                }
            })
        });
        task::spawn(draw);
    });
    move || {
        here.get()
            .then(|| drawn.try_update_value(Option::take).flatten())
    }
}
