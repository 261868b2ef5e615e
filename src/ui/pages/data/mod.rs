//! What a plan is made of beside jobs and modules: its calendar, partners,
//! places, people, scale, categories and the rest. One table and one form per
//! kind, drawn from the schema.

use leptos::prelude::*;
use weft_model::{ABOUT, Command, ItemId, Kind, Uid, Verb};

use crate::route::{Page, Route};
use crate::ui::components::button::{Button, IconButton};
use crate::ui::components::chip::Tag;
use crate::ui::components::empty::Empty;
use crate::ui::components::head::PageHead;
use crate::ui::components::icon::Sign;
use crate::ui::components::item_catalogue::ItemCatalogue;
use crate::ui::components::item_panel::{ItemPanel, enter_panel};
use crate::ui::components::notice::toasts;
use crate::ui::components::panel::SidePanel;
use crate::ui::sentences::{kind_name, kind_names};
use crate::ui::spot::SpotOn;
use crate::ui::state::use_editor;
use crate::ui::text::{say, say_with, t};
use crate::ui::writing::{add_named, item_label, writing_lang_now};

/// The kinds, in the order of the list.
const KINDS: [Kind; 18] = [
    Kind::About,
    Kind::Term,
    Kind::Party,
    Kind::Place,
    Kind::Person,
    Kind::Venue,
    Kind::ScaleLevel,
    Kind::Category,
    Kind::ElectivePool,
    Kind::Track,
    Kind::Cohort,
    Kind::SpecificationItem,
    Kind::Framework,
    Kind::Section,
    Kind::Certificate,
    Kind::Order,
    Kind::Mode,
    Kind::SignerStage,
];

/// The page. The address names the kind, and an item of it.
#[component]
pub fn DataPage() -> impl IntoView {
    let editor = use_editor();
    let spot = SpotOn::new(&editor, Page::Data);
    let toasts = toasts();
    let kind = Memo::new(move |_| {
        let named = spot.first().and_then(|name| Kind::from_name(&name));
        named
            .filter(|kind| KINDS.contains(kind))
            .unwrap_or(Kind::About)
    });
    let shown = Memo::new(move |_| {
        let kind = kind.get();
        editor.follow(kind);
        let item = ItemId {
            kind,
            uid: spot.item()?,
        };
        (kind != Kind::About && editor.plan(|plan| plan.is_live(item))).then_some(item)
    });
    let show = move |kind: Kind, uid: Option<Uid>| {
        let mut at = vec![kind.name().to_owned()];
        at.extend(uid.map(|uid| uid.to_string()));
        spot.point(at);
    };
    let add = move |_| {
        let kind = kind.get_untracked();
        let uid = editor.fresh();
        let lang = writing_lang_now(&editor);
        let item = ItemId { kind, uid };
        if editor.act(Verb::Add, item, vec![add_named(kind, uid, "", &lang)]) {
            show(kind, Some(uid));
            enter_panel(uid);
        }
    };
    let delete = move |item: ItemId| {
        let lang = untrack(|| editor.lang());
        let name = editor.plan(|plan| item_label(plan, &lang, item));
        if editor.delete(item) {
            show(item.kind, None);
            let text = say_with("form.item_deleted", &[("what", name)]);
            toasts.say_with(text, say("act.undo"), move || {
                editor.act(Verb::Restore, item, vec![Command::Restore { item }]);
            });
        }
    };
    let id = StoredValue::new(editor.id().to_string());
    let links = KINDS
        .into_iter()
        .map(|of| {
            let count = move || {
                editor.follow(of);
                let count = editor.plan(|plan| plan.any(of).live().len());
                (of != Kind::About && count > 0).then(|| view! { <span class="rail-count">{count}</span> })
            };
            let href = Route::spot(id.get_value(), Page::Data, [of.name()]).href();
            view! {
                <li class={"data-kind"}>
                    <a class="data-link" href=href aria-current=move || (kind.get() == of).then_some("true")>
                        <span class={"one-line"}>{move || kind_names(of)}</span>
                        {count}
                    </a>
                </li>
            }
        })
        .collect_view();
    let open = Signal::derive(move || shown.get().is_some());
    let head = move || {
        shown.get().map(|item| {
            view! {
                <Tag label=Signal::derive(move || kind_name(item.kind))/>
                <span class={"push"}></span>
                {move || (!editor.read_only()).then(|| view! {
                    <IconButton label=t("act.delete") sign=Sign::Delete small=true on_press=move |_| delete(item)/>
                })}
            }
        })
    };
    let rests = Signal::derive(move || editor.read_only());
    let add_label = Signal::derive(move || kind_name(kind.get()));
    let is_about = Memo::new(move |_| kind.get() == Kind::About);
    let none = Memo::new(move |_| {
        let kind = kind.get();
        editor.follow(kind);
        editor.plan(|plan| plan.any(kind).live().is_empty())
    });
    let open_item = Signal::derive(move || shown.get().map(|item| item.uid));
    let content = move || {
        let kind = kind.get();
        if kind == Kind::About {
            return view! { <div class="data-about"><ItemPanel item=ABOUT/></div> }.into_any();
        }
        if none.get() {
            let title =
                Signal::derive(move || say_with("form.none_yet", &[("what", kind_names(kind))]));
            return view! {
                <Empty title=title text=t("data.empty_text")>
                    <Button label=add_label sign=Sign::Add look=crate::ui::components::button::Look::Primary disabled=rests on_press=add/>
                </Empty>
            }
            .into_any();
        }
        view! { <ItemCatalogue kind=kind open=open_item on_open=move |uid| show(kind, Some(uid))/> }
            .into_any()
    };
    view! {
        <PageHead title=t("page.data")>
            {move || (!rests.get() && !is_about.get()).then(|| view! {
                <span class={"push"}></span>
                <Button label=add_label sign=Sign::Add on_press=add/>
            })}
        </PageHead>
        <div class="with-panel">
            <div class="data-place">
                <nav class="data-kinds" aria-label=move || say("page.data")><ul class={"data-list"}>{links}</ul></nav>
                <div class="data-content">{content}</div>
            </div>
            <SidePanel open=open label=add_label on_close=move |()| show(kind.get_untracked(), None) head=head>
                {move || shown.get().map(|item| view! { <ItemPanel item=item/> })}
            </SidePanel>
        </div>
    }
}
