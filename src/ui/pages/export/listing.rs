//! The list of ways out: by what people want them for, with a field to find
//! one by name, extension or use.

use leptos::prelude::*;
use weft_exchange::{FormatInfo, Purpose, formats};

use crate::ui::components::field::TextField;
use crate::ui::one_file::is_one_file;
use crate::ui::text::{say, say_with, t};

/// A way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The Weft file with history.
    History,
    /// One web page with the plan and the editor.
    Single,
    /// A folder that partners share.
    Folder,
    /// The plan in a link.
    Link,
    /// A format of the registry.
    Format(&'static FormatInfo),
    /// Paper.
    Print,
}

impl Way {
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::History => "history",
            Self::Single => "single",
            Self::Folder => "folder",
            Self::Link => "link",
            Self::Format(format) => format.id,
            Self::Print => "print",
        }
    }

    fn purpose(self) -> Purpose {
        match self {
            Self::History | Self::Single | Self::Folder | Self::Link => Purpose::Together,
            Self::Format(format) => format.purpose,
            Self::Print => Purpose::Reading,
        }
    }

    fn name(self) -> String {
        say(match self {
            Self::History => "export.history.title",
            Self::Single => "single.title",
            Self::Folder => "folder.title",
            Self::Link => "link.title",
            Self::Format(format) => format.name_key,
            Self::Print => "page.print",
        })
    }

    fn extension(self) -> String {
        let extension = match self {
            Self::History => "weft",
            Self::Single => "html",
            Self::Folder => "weftpart",
            Self::Link | Self::Print => return String::new(),
            Self::Format(format) => format.extension,
        };
        format!(".{extension}")
    }

    fn about(self) -> String {
        match self {
            Self::History => say("export.history.about"),
            Self::Single => say("single.about"),
            Self::Folder => say("folder.about"),
            Self::Link => say("link.about"),
            Self::Format(format) => say(&format!("export.about.{}", format.id)),
            Self::Print => say("export.print"),
        }
    }

    /// Whether each of the words stands in what is said of it.
    fn fits(self, words: &str) -> bool {
        let said = [
            self.name(),
            self.extension(),
            self.about(),
            say(self.purpose().key()),
        ];
        let said = said.join("\n").to_lowercase();
        words
            .to_lowercase()
            .split_whitespace()
            .all(|word| said.contains(word))
    }

    /// All of them, in the order of the list.
    pub(super) fn all() -> Vec<Self> {
        let outgoing = formats().iter().filter(|format| format.exports);
        let mut all = vec![Self::History, Self::Single];
        // A local file has no address that others reach, and follows no folder.
        if !is_one_file() {
            all.extend([Self::Folder, Self::Link]);
        }
        all.extend(outgoing.map(Self::Format));
        all.push(Self::Print);
        let place = |way: &Self| {
            let mut purposes = Purpose::ALL.iter();
            purposes.position(|purpose| *purpose == way.purpose())
        };
        all.sort_by_key(place);
        all
    }
}

/// The list.
#[component]
pub(super) fn Ways(chosen: Signal<Way>, on_choose: Callback<Way>) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        wanted.with(|words| {
            let mut all = Way::all();
            all.retain(|way| way.fits(words));
            all
        })
    });
    let entry = move |way: Way| {
        let current = move || (chosen.get() == way).then_some("true");
        view! {
            <li>
                <button type="button" class="export-way" data-way=way.id() aria-current=current
                    on:click=move |_| on_choose.run(way)>
                    <span class="export-way-name">{move || way.name()}</span>
                    <span class="export-way-extension">{way.extension()}</span>
                </button>
            </li>
        }
    };
    let groups = move || {
        let found = found.get();
        let group = |purpose: Purpose| {
            let of: Vec<Way> = (found.iter().copied())
                .filter(|way| way.purpose() == purpose)
                .collect();
            (!of.is_empty()).then(|| {
                view! {
                    <section class="export-purpose">
                        <h2 class="export-purpose-name">{move || say(purpose.key())}</h2>
                        <ul class="export-ways">{of.into_iter().map(entry).collect_view()}</ul>
                    </section>
                }
            })
        };
        Purpose::ALL.map(group).collect_view()
    };
    let none = move || {
        found.with(Vec::is_empty).then(|| {
            let text = say_with("export.find_none", &[("text", wanted.get())]);
            view! { <p class="caption">{text}</p> }
        })
    };
    view! {
        <nav class="export-list" aria-label=t("export.which")>
            <TextField label=t("export.find") value=wanted on_commit=move |text| wanted.set(text)
                on_input=move |text| wanted.set(text)
                placeholder=t("export.find_hint") hide_label=true kind="search"/>
            {groups}
            <div role="status">{none}</div>
        </nav>
    }
}
