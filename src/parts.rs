//! The parts of the program that come when they are first needed. The first
//! screen is drawn by the main part alone; it may reach what is in here only by
//! these functions, for whatever it names directly becomes part of it.
//!
//! A release is cut along them (`cargo xtask dist`, feature `parts`); the quick
//! build is one piece and calls them directly. [Why](../docs/decisions/0005-parts.md).

// The cut expands to declarations of functions in another WebAssembly file.
// Nothing else in this package may be unsafe; a source check keeps it so.
#![allow(unsafe_code)]

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::{AnyView, Owner};
use weft_model::{Aspect, Uid};
use weft_session::Card;

use crate::browser::library::Library;
use crate::browser::runtime::OpenFailure;
use crate::browser::{task, timer};
use crate::route::Page;
use crate::ui::desk::{Desk, Face};
use crate::ui::me::Me;
use crate::ui::opening;
use crate::ui::pages::home::code;
use crate::ui::pages::home::making::{self, Made, Outcome, Seed};
use crate::ui::pages::home::shelf::Shelf;
use crate::ui::pages::home::visitor::Visitor;
use crate::ui::pages::home::words::Trouble;
use crate::ui::pages::transfer;
use crate::ui::profile;
use crate::ui::rehearsal;
use crate::ui::state::Editor;

/// A part did not come: no connection, or a newer release has taken its place.
#[derive(Debug, PartialEq, Eq)]
pub struct Missing;

#[cfg(feature = "parts")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// What a part will have done by and by.
pub type Later<T> = Pin<Box<dyn Future<Output = T>>>;

macro_rules! part {
    ($(#[$meta:meta])* $part:ident $(by $fetch:ident)?,
     $name:ident($($arg:ident: $ty:ty),*) -> $out:ty $body:block) => {
        #[cfg(feature = "parts")]
        #[wasm_split_helpers::wasm_split($part, fallible $(, preload(#[doc(hidden)] $fetch))?)]
        $(#[$meta])*
        pub fn $name($($arg: $ty),*) -> Result<$out, Missing> {
            Ok($body)
        }

        #[cfg(not(feature = "parts"))]
        $(#[$meta])*
        #[allow(clippy::unused_async, reason = "the other build waits here")]
        pub async fn $name($($arg: $ty),*) -> Result<$out, Missing> {
            Ok($body)
        }

        $(
            #[cfg(not(feature = "parts"))]
            #[allow(clippy::unused_async, reason = "the other build waits here")]
            async fn $fetch() -> Result<(), Missing> {
                Ok(())
            }
        )?
    };
}

part! {
    /// Opens a plan of this device; everything it makes lives as long as `owner`.
    plan by fetch_plan,
    open_plan(library: Library, plan: Uid, owner: Owner) -> Later<Result<Face, OpenFailure>> {
        Box::pin(opening::open(library, plan, owner))
    }
}

part! {
    /// Draws Review, Import, Export or Print.
    transfer by fetch_transfer,
    transfer_page(editor: Editor, page: Page) -> AnyView {
        transfer::draw(editor, page)
    }
}

part! {
    /// Makes a new plan of this device and keeps it.
    transfer,
    make_plan(library: Library, seed: Seed) -> Later<Result<Outcome, Trouble>> {
        Box::pin(making::make(library, seed))
    }
}

part! {
    /// Makes a copy beside a plan, under a title that says so.
    transfer,
    copy_plan(library: Library, card: Card) -> Later<Result<(), Trouble>> {
        Box::pin(making::copy(library, card))
    }
}

part! {
    /// A plan of this device as a file.
    transfer,
    plan_file(library: Library, plan: Uid) -> Later<Result<Vec<u8>, Trouble>> {
        Box::pin(making::file(library, plan))
    }
}

part! {
    /// Takes a plan that came as a file into the one that is here.
    transfer,
    merge_plan(library: Library, visitor: Visitor, why: String, kept: Vec<Aspect>) -> Later<Result<(), Trouble>> {
        Box::pin(making::merge(library, visitor, why, kept))
    }
}

part! {
    /// Keeps a plan that came as a file beside the one that is here.
    transfer,
    keep_apart(library: Library, visitor: Visitor) -> Later<Result<Made, Trouble>> {
        Box::pin(making::keep_apart(library, visitor))
    }
}

part! {
    /// A plan of this device with its history, as a file.
    transfer,
    history_file(library: Library, plan: Uid) -> Later<Result<Vec<u8>, Trouble>> {
        Box::pin(making::history_file(library, plan))
    }
}

part! {
    /// Draws the dialog that reads codes.
    transfer,
    code_dialog(shelf: Shelf) -> AnyView {
        code::dialog(shelf)
    }
}

part! {
    /// What stands in the link of a code in a picture file.
    transfer,
    code_in(picture: Vec<u8>) -> Later<Result<String, Trouble>> {
        Box::pin(code::payload_in(picture))
    }
}

part! {
    /// Draws the dialog in which people say who they are.
    transfer,
    profile_dialog(me: Me, desk: Desk) -> AnyView {
        profile::dialog(me, desk)
    }
}

part! {
    /// Goes through the opening of a plan, so that the first one waits for nothing.
    plan,
    rehearse(large: bool) -> Later<()> {
        Box::pin(rehearsal::rehearse(large))
    }
}

/// Fetches every part that is not here yet, in the background. What does not
/// come is asked for again when it is needed.
pub fn expect_all() {
    task::spawn(async { drop(fetch_all().await) });
}

/// The same, and gets ready to open a plan, which may be a large one: somebody is
/// about to.
pub fn expect_a_plan(large: impl Fn() -> bool + 'static) {
    task::spawn(async move {
        if fetch_all().await.is_ok() {
            timer::breathe().await;
            if let Ok(rehearsal) = rehearse(large()).await {
                rehearsal.await;
            }
        }
    });
}

async fn fetch_all() -> Result<(), Missing> {
    // One after the other: what opens a plan is needed first.
    fetch_plan().await?;
    fetch_transfer().await?;
    Ok(())
}
