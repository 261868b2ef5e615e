//! The icons: our own, on a grid of 16, drawn with one stroke of 1.5 px in the
//! colour of the text beside them. Always beside a word, but for undo, redo,
//! close, more and go, whose buttons carry a label for screen readers.

use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $path:literal,)+) => {
        /// An icon.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Sign { $($(#[$doc])* $name,)+ }

        impl Sign {
            /// All icons, for a look at them together.
            pub const ALL: &'static [Sign] = &[$(Sign::$name,)+];

            const fn path(self) -> &'static str {
                match self { $(Sign::$name => $path,)+ }
            }
        }
    };
}

icons! {
    /// The overview: lines of text.
    Overview = "M2.5 3.5h11M2.5 8h7M2.5 12.5h9",
    /// Jobs: an outline.
    Jobs = "M2.5 3h4M4.5 3v9.5h3M4.5 8h3M9.5 8h4M9.5 12.5h4",
    /// Modules: bars over terms.
    Modules = "M2.5 3.5h6M6 8h7.5M2.5 12.5h4M9.5 12.5h4M2.5 2v3M13.5 6.5v3",
    /// The weave: threads over and under each other.
    Weave = "M5 2v2.2M5 7v7M11 2v7.2M11 12v2M2 5.5h7.2M12 5.5h2M2 10.5h1.8M6.4 10.5H14",
    /// Checks: a ticked list.
    Checks = "M2.5 4.2l1.3 1.3L6 3.2M2.5 10.7l1.3 1.3L6 9.7M8.5 4.5h5M8.5 11h5",
    /// Into the plan.
    Import = "M8 2.5V10M5 7l3 3 3-3M3 10.5v3h10v-3",
    /// Out of the plan.
    Export = "M9 2.5H4v11h8V5.5zM9 2.5v3h3M6.5 9.5h3",
    /// Paper.
    Print = "M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z",
    /// Give to a partner.
    Share = "M8 10V2.5M5 5l3-3 3 3M3 8.5v5h10v-5",
    /// A plan.
    Plan = "M9 2.5H4v11h8V5.5zM9 2.5v3h3",
    /// All plans: home.
    Home = "M2.5 7.5L8 3l5.5 4.5V13h-4V9.5h-3V13h-4z",
    /// A folder, a file to open.
    Folder = "M2.5 12.5v-9h4l1.5 2h5.5v7z",
    /// Storage on the device.
    Storage = "M3 4.5c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2zM3 4.5v7c0 1.1 2.2 2 5 2s5-.9 5-2v-7M3 8c0 1.1 2.2 2 5 2s5-.9 5-2",
    /// Light and dark.
    Appearance = "M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z",
    /// Language.
    Language = "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 1 0 0-11zM2.5 8h11M8 2.5c3.2 3.2 3.2 7.8 0 11M8 2.5c-3.2 3.2-3.2 7.8 0 11",
    /// The keyboard.
    Keyboard = "M2 4.5h12v7.5H2zM4.5 7h.01M7 7h.01M9.5 7h.01M12 7h.01M5.5 9.7h5",
    /// Undo.
    Undo = "M5.5 3L2.5 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H7",
    /// Redo.
    Redo = "M10.5 3l3 3-3 3M13 6H6.5a3.5 3.5 0 0 0 0 7H9",
    /// Find.
    Find = "M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 1 0 0-8.4zM10.2 10.2L13.5 13.5",
    /// Done, saved.
    Tick = "M3 8.5l3.2 3.2L13 4.8",
    /// Look here: a gap, a warning.
    Alert = "M8 3v6.2M8 12v.6",
    /// Something to know.
    Info = "M8 3v.6M8 6.5V13",
    /// Close.
    Close = "M4 4l8 8M12 4l-8 8",
    /// More.
    More = "M3.5 8h.01M8 8h.01M12.5 8h.01",
    /// Add.
    Add = "M8 3v10M3 8h10",
    /// Take away.
    Remove = "M3.5 8h9",
    /// Delete.
    Delete = "M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9M7 7v4M9 7v4",
    /// Make a copy.
    Copy = "M5.5 5.5h8v8h-8zM5.5 10.5h-3v-8h8v3",
    /// Change.
    Edit = "M3 13l.6-2.6L10.8 3.2l2 2L5.6 12.4z",
    /// Go there.
    Go = "M3 8h9.5M9 4.5L12.5 8 9 11.5",
    /// Two states side by side.
    Compare = "M2.5 3h4.5v10H2.5zM9 3h4.5v10H9z",
    /// Back.
    Back = "M13 8H3.5M7 4.5L3.5 8 7 11.5",
    /// Open to the right.
    Right = "M6 4l4 4-4 4",
    /// Open downwards.
    Down = "M4 6l4 4 4-4",
    /// Close upwards.
    Up = "M4 10l4-4 4 4",
    /// Move by dragging.
    Grip = "M6 4h.01M6 8h.01M6 12h.01M10 4h.01M10 8h.01M10 12h.01",
    /// Narrow down.
    Filter = "M2.5 4h11M4.5 8h7M6.5 12h3",
    /// Order.
    Sort = "M5 13V3M2.5 5.5L5 3l2.5 2.5M11 3v10M8.5 10.5L11 13l2.5-2.5",
    /// A table.
    Table = "M2.5 3h11v10h-11zM2.5 6.5h11M6.5 6.5V13",
    /// A board of columns.
    Board = "M3 2.5v9M8 2.5v11M13 2.5v6",
    /// The school.
    School = "M1.8 6L8 3l6.2 3L8 9zM4.5 7.5V11c2 1.6 5 1.6 7 0V7.5",
    /// The enterprise.
    Enterprise = "M2.5 13.5V6.5l3.5 2V6.5l3.5 2V3h4v10.5zM5.5 11h.01M8.5 11h.01",
    /// A third place.
    Third = "M8 14c3-3.6 4.5-5.8 4.5-7.6a4.5 4.5 0 0 0-9 0C3.5 8.2 5 10.4 8 14zM8 6.2v.01",
    /// A person.
    Person = "M8 3a2.5 2.5 0 1 0 0 5 2.5 2.5 0 1 0 0-5zM3 13.5c0-3 2-4.5 5-4.5s5 1.5 5 4.5",
    /// A machine, a venue.
    Venue = "M2.5 13.5h11M4 13.5V4h8v9.5M6.5 7h3M8 7v3",
    /// Talk, a comment.
    Talk = "M2.5 3.5h11v7.5H7.5L4.5 13.5V11h-2z",
    /// Key, lock: who may edit.
    Key = "M5 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 1 0 0-5zM7.5 8h6M11 8v2.5M13.5 8v2",
    /// A link between items.
    Link = "M6.5 9.5l3-3M7.5 4.5l1-1a2.8 2.8 0 0 1 4 4l-1 1M8.5 11.5l-1 1a2.8 2.8 0 0 1-4-4l1-1",
    /// The calendar.
    Calendar = "M2.5 3.5h11v10h-11zM2.5 7h11M6 3.5V2M10 3.5V2",
    /// The menu of the phone.
    Menu = "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
}

/// An icon of `size` pixels (16 unless told). Hidden from screen readers.
#[component]
pub fn Icon(
    /// Which one.
    #[prop(into)]
    sign: Signal<Sign>,
    /// Width and height in pixels.
    #[prop(default = 16)]
    size: u32,
) -> impl IntoView {
    view! {
        <svg class="icon" width=size height=size viewBox="0 0 16 16" aria-hidden="true" class:dots=move || matches!(sign.get(), Sign::More | Sign::Grip)>
            <path d=move || sign.get().path()></path>
        </svg>
    }
}

/// The mark of Weft: three threads over three.
#[component]
pub fn Mark(
    /// Width and height in pixels.
    #[prop(default = 22)]
    size: u32,
) -> impl IntoView {
    view! {
        <svg class="mark" width=size height=size viewBox="0 0 22 22" aria-hidden="true">
            <path class="warp" d={"M6 1.5v5.6M6 12.3v8.2M11 1.5v.6M11 7.7v6.6M11 19.7v.8M16 1.5v5.6M16 12.3v8.2"}></path>
            <path class="weft" d={"M1.5 4.8h2.3M8.2 4.8h5.6M18.2 4.8h2.3M1.5 9.9h7.3M13.2 9.9h7.3M1.5 16.6h2.3M8.2 16.6h5.6M18.2 16.6h2.3"}></path>
        </svg>
    }
}
