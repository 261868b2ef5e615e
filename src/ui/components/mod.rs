//! The components that pages are made of: what there is, and how to ask for it.
//!
//! A prop marked `~` takes a value, a signal, a closure or `t("key")`; `?` may be
//! left out; callbacks take closures. Texts come from `ui::text`: `t("key")`,
//! `t_with("key", &[("name", value)])` and `t_count("key", n, &[])` are reactive
//! text for views and props; `say`, `say_with`, `say_count` are text for closures
//! and handlers; `number`, `moment`, `day`, `collator` write and order as the
//! language does. An optional text is given as a signal (`hint=t("…")`).
//!
//! What is made while a menu, dialog or list is open ends with it: give acts that
//! outlive it (toasts, lines of menus) as plain closures, never as a `Callback`.
//!
//! # Heads, empty places (`head`, `empty`)
//! - `PageHead title~ large? note~? {buttons}`: the page's one h1; 18 px in a bar,
//!   26 px on the sheet with `large`. `class="push"` moves a child to the right.
//! - `SectionHead title~ note~? {link}`: an h2.
//! - `Figure value~ unit~? label~ rule~? kept~?`: a key figure, within
//!   `<div class="figures">`.
//! - `Empty title~ text~? sign? {buttons}`.
//!
//! # Buttons (`button`, `icon`)
//! - `Button label~ on_press look? sign? disabled~? hint~? pressed~? node?`;
//!   `Look::{Plain, Primary, Quiet, Danger}`. Rows: `<div class="acts">`, `acts large`.
//! - `IconButton label~ sign~ on_press disabled~? small? pressed~? node?`.
//! - `ButtonLink label~ href~ look? sign?`, `MoreLink label~ href~`.
//! - `Icon sign~ size?` with `Sign::…`; `Mark size?`.
//!
//! # Fields (`field`, `area`, `number_field`, `choice`)
//! A field shows `value` and calls `on_commit` with what differs: on Enter, on
//! leaving, and when it is taken away while it has the focus. Escape takes back.
//! Values from outside never overwrite a draft. No key acts while composing.
//! - `TextField label~ value~ on_commit(String) on_input? on_key? hint? problem~?
//!   placeholder~? read_only~? hide_label? look? kind? input_mode? unit? lang? node?`;
//!   `FieldLook::{Boxed, Title, Cell}`.
//! - `TextArea` alike, with `rows? one_line?`; commits also after a pause of 700 ms.
//! - `TitleField label~ value~ on_commit(String) read_only~? lang? node?`: a
//!   panel's title, wraps.
//! - `NumberField label~ value~(Option<f64>) on_commit(Option<f64>) least? most?
//!   step? unit~? hint~? read_only~? hide_label? look? node?`.
//! - `DateField label~ value~(ISO) on_commit(String) read_only~? hide_label?`.
//! - `SelectField label~ value~ choices~(Vec<Choice>) on_commit(String) hint~?
//!   disabled~? hide_label? look?`; `Choice::new(value, label)`.
//! - `CheckboxField label~ checked~ on_commit(bool) disabled~?`.
//! - `Segmented label~ options(Vec<Segment>) value~ on_commit(&'static str)`.
//! - Groups: `<div class="fields">` below each other, `fields-beside` with labels
//!   at the left, `fields-side-by-side` in columns.
//!
//! # Fields, forms and tables from the schema (`item_*`, `combobox`)
//! They read and write the open plan by themselves (`use_editor`).
//! - `ItemField item field cell? hide_label?`: the control that a field's shape asks
//!   for. `ItemForm item fields`: several, labels beside or above;
//!   `fields_named(kind, &[…])`, `form_fields(kind, but)`.
//! - `ItemTitle item field`, `LangSwitch` after `provide_form_lang(editor, item)`.
//! - `ItemPanel item`: a whole panel's content. `ItemList kind owner fields? row?
//!   first?`: what belongs to an item: add, move, delete.
//! - `ItemProposals about`: what is open about an item or cell, with the answers.
//! - `ItemCatalogue kind open~ on_open`: table with filter, sorting, column picker;
//!   `ItemTable` is the table alone.
//! - `Combobox label~ value~ options~(Vec<Choice>) on_choose on_clear? on_new?`.
//! - `Windowed::new(row_height)`: which rows of a long list are in sight.
//! - `ShowMore count~ shown(RwSignal) step`: below a list that begins short.
//!
//! # Panel, tabs, dialog (`panel`, `tabs`, `dialog`)
//! - `<div class="with-panel"><div>…scrolls…</div><SidePanel open~ label~ on_close
//!   narrow? head?(ViewFn)>…</SidePanel></div>`; `PanelSection title~ note~? {…}`;
//!   names and values: `<dl class="pairs">`. A sheet from below on the phone.
//! - `Tabs group label~ tabs(Vec<Tab>) selected(RwSignal<&'static str>)` and one
//!   `TabPanel group tab selected {…}` each; `Tab::new(id, label).count(signal)`.
//! - `Dialog open(RwSignal<bool>) title~ wide? foot?(ViewFn) {…}`: the browser's own.
//!
//! # Menus (`menu`)
//! - `MenuButton label~ items~(Vec<MenuItem>) sign? sole? look?`,
//!   `ContextMenu label~ at(RwSignal<Option<(f64, f64)>>) items~`.
//! - `MenuItem::new(label, closure)` + `.sign(…) .keys("Ctrl+D") .checked(bool)
//!   .danger() .disabled(bool) .apart()`.
//!
//! # Tables, chips, levels (`table`, `chip`)
//! - `TableFrame label~ {<table class="table">}`; cells with figures `class="figure"`,
//!   rows `class:selected` or `aria-selected`, two-line rows `class="table airy"`.
//! - `SortHead label~ sorted~(Option<Direction>) on_sort figure?`.
//! - `Chip label~ on~ on_press count~? tone?`, `Tag label~ tone?`.
//! - `Level letter~ rank~ of~? look~? name~?` with `LevelLook::{Reached, Required,
//!   Gap, Waived, Proposed}`; `shade(rank, of)` is the class alone, for the Weave;
//!   `LevelPair required~ reached~ rank~ of~? short~? name~`.
//!
//! # Charts (`meter`)
//! - `StackedBar parts~(Vec<Part>) whole~? label~`, `Columns columns~(Vec<Column>)
//!   label~`, `Threads threads~(Vec<Thread>) most~ label~`, `Meter value~(0..1)
//!   label~`, `Progress label~ value~ on_cancel?`, `Legend fill label~` within
//!   `<div class="legends">`.
//!
//! # What the program says (`notice`)
//! - `Banner text~ tone? on_close? {buttons}` stays; `Note tone? {sentence}` stands
//!   in place; `toasts().say(text)` and `.say_with(text, "Undo", closure)` pass.
//!   `Tone::{Plain, Good, Caution, Gap}`. Call `toasts()` while building.
//!
//! # Keys, finding, dragging (`shortcuts`, `palette`, `drag`)
//! - `shortcuts("page.weave", vec![Shortcut::new("Alt+ArrowUp", "key", closure),
//!   Shortcut::told("Enter", "key")])`: as long as the component is there; `?` lists
//!   them. Rests in fields unless it has Ctrl or Alt (`.outside_fields()` rests
//!   there too) and while a dialog is open. `Keys chord` draws key caps.
//! - `Palette`: see its file.
//! - `let drag = Drag::new(|what, over| …)`; `on:pointerdown=move |e| drag.start(&e,
//!   what)`; targets carry `data-drop="id"`; `drag.held()`, `drag.over()`
//!   (`target`, `across`, `down` from 0 to 1), `drag.has_moved()` in click handlers;
//!   `DragGhost drag name`. Fingers drag by a child of class `drag-grip` alone.
//!
//! # Classes for everything
//! `one-line`, `code`, `caption`, `second`, `link`, `visually-hidden`, `figure`,
//! `page-text` (a page of text), `page-fill` (a page that scrolls within), `no-print`,
//! `keep-together`.

pub mod area;
pub mod button;
pub mod chip;
pub mod choice;
pub mod combobox;
mod composer;
pub mod dialog;
pub mod difference;
pub mod drag;
pub mod empty;
pub mod entry;
pub mod field;
pub mod head;
pub mod icon;
pub mod item_catalogue;
mod item_cell;
pub mod item_field;
pub mod item_form;
pub mod item_history;
pub mod item_list;
mod item_members;
pub mod item_panel;
pub mod item_proposals;
mod item_range;
pub mod item_table;
pub mod menu;
pub mod meter;
pub mod notice;
pub mod number_field;
pub mod palette;
pub mod panel;
pub mod proposal;
pub mod proposal_answer;
pub mod shortcuts;
pub mod show_more;
pub mod table;
pub mod tabs;
pub mod talk;
pub mod windowed;
