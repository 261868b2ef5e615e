//! Where the dialog that reads codes appears once its part has come.

use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;

use super::shelf::Shelf;
use crate::browser::task;
use crate::parts;

/// The place. Once, on Home.
#[component]
pub(super) fn CodePlace(shelf: Shelf) -> impl IntoView {
    let drawn = StoredValue::new_local(None::<AnyView>);
    let here = RwSignal::new(false);
    let coming = StoredValue::new(false);
    let owner = StoredValue::new(Owner::current());
    Effect::new(move || {
        if !shelf.reading().get() || coming.get_value() {
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
                match parts::code_dialog(shelf).await {
                    Ok(view) => {
                        if drawn.try_set_value(Some(view)).is_none() {
                            here.try_set(true);
                        }
                    }
                    Err(missing) => {
                        coming.try_set_value(false);
                        shelf.reading().set(false);
                        shelf.fail(missing);
                    }
                }
            })
        });
        task::spawn(draw);
    });
    // Another visit of the page asks anew.
    on_cleanup(move || shelf.reading().set(false));
    move || {
        here.get()
            .then(|| drawn.try_update_value(Option::take).flatten())
    }
}
