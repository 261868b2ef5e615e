//! In which language a plan's texts are written, how its items are called in
//! lists, and how new ones are made. A plan in German stays German when the
//! screen is English: the screen's language is written only where the plan has it.

use leptos::prelude::*;
use weft_model::{
    ABOUT, Command, Field, ItemId, Kind, Lang, Plan, Spot, Text, TextAt, Tier, Uid, Value, field,
    title_field,
};

use crate::ui::components::choice::Choice;
use crate::ui::sentences;
use crate::ui::state::Editor;

fn family(lang: &Lang) -> String {
    let head = lang.as_str().split('-').next().unwrap_or_default();
    head.to_ascii_lowercase()
}

/// The languages of the plan; that of the screen where it names none.
/// Reactive.
pub fn plan_langs(editor: &Editor) -> Vec<Lang> {
    editor.follow_item(ABOUT);
    let langs = editor.plan(|plan| plan.about().languages.0.clone());
    if langs.is_empty() {
        vec![editor.lang()]
    } else {
        langs
    }
}

/// The language in which new texts are written: that of the screen where the
/// plan has it, else the plan's first. Reactive.
pub fn writing_lang(editor: &Editor) -> Lang {
    let screen = editor.lang();
    let langs = plan_langs(editor);
    langs
        .iter()
        .find(|lang| **lang == screen)
        .or_else(|| langs.iter().find(|lang| family(lang) == family(&screen)))
        .or_else(|| langs.first())
        .cloned()
        .unwrap_or(screen)
}

/// The same without following anything.
pub fn writing_lang_now(editor: &Editor) -> Lang {
    untrack(|| writing_lang(editor))
}

/// The language of a form, where a person has chosen one.
#[derive(Clone, Copy)]
pub struct FormLang {
    /// What was chosen.
    pub chosen: RwSignal<Option<Lang>>,
    /// What there is to choose: the languages of the plan, and those in which the
    /// item is called (what came in from elsewhere is written in its own), the chosen
    /// one among them also while nothing is written in it any more.
    pub langs: Memo<Vec<Lang>>,
}

/// Lets the fields below, of this item, be written in a language of their own.
pub fn provide_form_lang(editor: Editor, item: ItemId) {
    let chosen = RwSignal::new(None);
    let langs = Memo::new(move |_| {
        let mut langs = plan_langs(&editor);
        editor.follow_item(item);
        let title = editor.plan(|plan| plan.title(item));
        for lang in title
            .iter()
            .map(|(lang, _)| lang.clone())
            .chain(chosen.get())
        {
            if !langs.iter().any(|known| family(known) == family(&lang)) {
                langs.push(lang);
            }
        }
        langs
    });
    provide_context(FormLang { chosen, langs });
}

/// The language of the form around, else the writing language. Reactive.
pub fn form_lang(editor: &Editor, chosen: Option<FormLang>) -> Lang {
    let chosen = chosen.and_then(|form| form.chosen.get());
    chosen.unwrap_or_else(|| writing_lang(editor))
}

/// A text for reading in the language in which it is written.
pub fn shown(text: &Text, lang: &Lang) -> String {
    text.show(lang).to_owned()
}

/// A text field's words in one language, without following.
pub fn words(plan: &Plan, item: ItemId, field: Field, lang: &Lang) -> String {
    plan.text(TextAt::Field(item, field), lang)
}

/// An item as a list calls it: code and title, or what it is.
pub fn item_label(plan: &Plan, lang: &Lang, item: ItemId) -> String {
    let code = item_code(plan, item);
    let title = plan.title(item);
    match (code.as_str(), title.show(lang)) {
        ("", "") => sentences::kind_name(item.kind),
        (code, "") => code.to_owned(),
        ("", title) => title.to_owned(),
        (code, title) => format!("{code} {title}"),
    }
}

/// The code of an item; a level's letter; empty where it has none.
pub fn item_code(plan: &Plan, item: ItemId) -> String {
    let field = item
        .kind
        .field("code")
        .or_else(|| item.kind.field("letter"));
    field
        .and_then(|field| plan.value(item, &field.key()))
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Which tier of the outline a field points to; nothing for any.
fn wanted_tier(field: Field) -> Option<Tier> {
    match field.name() {
        "staff_by_role" | "seats" | "enterprise_recruits" => Some(Tier::Role),
        "competencies" => Some(Tier::Competency),
        _ => None,
    }
}

/// The items that a field can point to, in their order. Reactive.
pub fn candidates(editor: &Editor, of: ItemId, field: Field) -> Vec<(Uid, String)> {
    let Some(kind) = field.shape().target() else {
        return Vec::new();
    };
    editor.follow(kind);
    let lang = editor.lang();
    editor.plan_and_board(|plan, board| {
        let uids: Vec<Uid> = if kind == Kind::JobItem {
            let tier = wanted_tier(field);
            let rows = board.outline().rows().iter();
            rows.filter(|row| tier.is_none_or(|tier| row.tier == tier))
                .map(|row| row.id.into())
                .collect()
        } else {
            plan.any(kind).live()
        };
        uids.into_iter()
            .filter(|uid| ItemId { kind, uid: *uid } != of)
            .map(|uid| (uid, item_label(plan, &lang, ItemId { kind, uid })))
            .collect()
    })
}

/// The levels of the plan's scale as choices of their ranks. Reactive.
pub fn level_choices(editor: &Editor) -> Vec<Choice> {
    editor.follow(Kind::ScaleLevel);
    let lang = editor.lang();
    editor.plan(|plan| {
        let levels = plan.scale_levels.iter();
        levels
            .filter_map(|level| {
                let label = format!("{} {}", level.letter, level.name.show(&lang));
                Some(Choice::new(level.rank?.0.to_string(), label.trim()))
            })
            .collect()
    })
}

/// A new item with a title, at the end of its kind. Only for kinds whose items
/// stand by themselves.
pub fn add_named(kind: Kind, uid: Uid, title: &str, lang: &Lang) -> Command {
    let item = ItemId { kind, uid };
    let mut fields = Vec::new();
    if let (Some(field), false) = (title_field(kind), title.is_empty()) {
        fields.push((field.lang(lang.clone()), Value::str(title)));
    }
    Command::Add {
        item,
        owner: None,
        spot: Spot::Last,
        fields,
    }
}

/// Whether a new item of this kind can be made from a field that points to it.
pub fn can_be_named(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Party
            | Kind::Place
            | Kind::Person
            | Kind::Term
            | Kind::Category
            | Kind::Track
            | Kind::Venue
            | Kind::Cohort
            | Kind::Certificate
            | Kind::Mode
    )
}

/// Fields that forms leave out: what an item belongs to is set by moving it,
/// the tier of a line by the outline, and what is kept for the way back by
/// imports alone; where a plan was copied from is told in Review.
pub fn is_form_field(field: Field) -> bool {
    let lineage = [
        field::about::lineage,
        field::about::lineage_title,
        field::about::lineage_version,
        field::about::lineage_digest,
        field::about::lineage_point,
    ];
    field.kind().owner_field() != Some(field)
        && !lineage.contains(&field)
        && field != field::job_item::tier
        && field.shape() != weft_model::Shape::Verbatim
}

/// Every field that a form of this kind shows.
pub fn form_fields_of(kind: Kind) -> Vec<Field> {
    kind.all_fields()
        .filter(|field| is_form_field(*field))
        .collect()
}
