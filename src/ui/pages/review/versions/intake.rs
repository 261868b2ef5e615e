//! A new intake from this plan: a copy of what it says now, or in one of its
//! versions, that knows where it came from and begins a history of its own.

use leptos::prelude::*;
use weft_exchange::weft_json;
use weft_model::{ABOUT, Act, Lang, Lineage, Plan, Subject, Uid, Verb, carried, renewing};

use crate::{
    browser::{device, hash, intl, library::Library, task},
    route::{Page, Route},
    ui::{
        components::{
            button::{Button, Look},
            choice::{Choice, SelectField},
            dialog::Dialog,
            field::TextField,
            number_field::NumberField,
        },
        desk::use_desk,
        pages::home::{
            shelf::use_shelf,
            words::{self, Trouble},
        },
        revising::ORIGIN,
        state::{Editor, language_untracked},
        text::{language, say, t},
    },
};

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
struct Wanted {
    /// The uid of a version; empty: the plan as it stands.
    from: String,
    /// The title in each language.
    titles: Vec<(String, String)>,
    year: Option<i64>,
}

impl Wanted {
    /// What the plan itself suggests: the next year, also in its title.
    fn of(plan: &Plan) -> Self {
        let about = plan.about();
        let year = about.intake_year.map(|it| it.0);
        let next = year.map(|year| year + 1);
        let renamed = |title: &str| match (year, next) {
            (Some(year), Some(next)) => title.replace(&year.to_string(), &next.to_string()),
            _ => title.to_owned(),
        };
        let titles = about.title.iter();
        let mut titles: Vec<_> = titles
            .map(|(lang, title)| (lang.as_str().to_owned(), renamed(title)))
            .collect();
        if titles.is_empty() {
            titles.push((language_untracked().as_str().to_owned(), String::new()));
        }
        Self {
            from: String::new(),
            titles,
            year: next,
        }
    }
}

/// The dialog.
#[component]
pub(super) fn IntakeDialog(editor: Editor, open: RwSignal<bool>) -> impl IntoView {
    let library = StoredValue::new_local(use_desk().library());
    let shelf = use_shelf();
    let wanted = RwSignal::new(Wanted::default());
    let missing = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    Effect::new(move || {
        if open.get() {
            wanted.set(editor.plan(Wanted::of));
            missing.set(None);
        }
    });
    let choices = Signal::derive(move || {
        let now = Choice::new("", say("intake.now"));
        let versions = editor.bases().into_iter().filter(|it| it.id != ORIGIN);
        let versions = versions.map(|base| Choice::new(base.id, base.title));
        core::iter::once(now).chain(versions).collect::<Vec<_>>()
    });
    let langs = Memo::new(move |_| {
        wanted.with(|it| {
            it.titles
                .iter()
                .map(|(lang, _)| lang.clone())
                .collect::<Vec<_>>()
        })
    });
    let title_field = move |lang: String| {
        let several = langs.with_untracked(Vec::len) > 1;
        let tag = lang.clone();
        let label = Signal::derive(move || {
            let title = say("intake.title");
            if several {
                format!("{title} ({})", intl::language_name(language().tag(), &tag))
            } else {
                title
            }
        });
        let of = lang.clone();
        let value = Signal::derive(move || {
            wanted.with(|it| {
                let found = it.titles.iter().find(|(tag, _)| *tag == of);
                found.map_or_else(String::new, |(_, title)| title.clone())
            })
        });
        let into = lang.clone();
        let keep = move |words: String| {
            wanted.update(|it| {
                if let Some((_, title)) = it.titles.iter_mut().find(|(tag, _)| *tag == into) {
                    *title = words;
                }
            });
        };
        view! { <TextField label=label value=value on_commit=keep lang=lang problem=missing/> }
    };
    let from = Signal::derive(move || wanted.with(|it| it.from.clone()));
    #[expect(clippy::cast_precision_loss, reason = "a year")]
    let year = Signal::derive(move || wanted.with(|it| it.year.map(|year| year as f64)));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole year, within bounds"
    )]
    let set_year = move |year: Option<f64>| wanted.update(|it| it.year = year.map(|it| it as i64));
    let make = move |_| {
        let asked = wanted.get_untracked();
        if asked
            .titles
            .iter()
            .all(|(_, title)| title.trim().is_empty())
        {
            missing.set(Some(say("intake.no_title")));
            return;
        }
        let Some((origin, from)) = origin_of(editor, &asked.from) else {
            missing.set(Some(say("revision.no_history")));
            return;
        };
        busy.set(true);
        let library = library.get_value();
        task::spawn(async move {
            let made = copy(&library, &origin, from, asked).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match made {
                Ok(plan) => {
                    open.set(false);
                    shelf.refresh();
                    hash::go(&Route::page(plan.to_string(), Page::Overview));
                }
                Err(error) => missing.set(Some(words::trouble(&error))),
            }
        });
    };
    let foot = move || {
        view! {
            <Button label=t("act.cancel") look=Look::Quiet on_press=move |_| open.set(false)/>
            <Button label=t("intake.make") look=Look::Primary disabled=busy on_press=make/>
        }
        .into_any()
    };
    view! {
        <Dialog open=open title=t("intake.name") foot=foot>
            <div class="fields">
                <p class="caption">{t("intake.hint")}</p>
                <SelectField label=t("intake.from") value=from choices=choices
                    on_commit=move |id| wanted.update(|it| it.from = id)/>
                <For each=move || langs.get() key=|lang| lang.clone() children=title_field/>
                <NumberField label=t("plan.field.intake_year") value=year least=1900.0 most=2299.0 whole_steps=true
                    on_commit=set_year/>
            </div>
        </Dialog>
    }
}

/// What is to be copied, and how it is called later. Nothing where this copy does
/// not hold the version.
fn origin_of(editor: Editor, from: &str) -> Option<(Plan, Lineage)> {
    let version = editor.plan(|plan| {
        let version: Uid = from.parse().ok()?;
        plan.versions.get(version.into()).cloned()
    });
    let origin = match &version {
        Some(version) => editor.at(&version.point.parse().ok()?)?,
        None => editor.plan(Plan::clone),
    };
    let lang = language_untracked();
    let lineage = Lineage {
        plan: editor.id(),
        title: origin.about().title.clone(),
        version: version.map_or_else(String::new, |it| it.title.show(&lang).to_owned()),
        digest: weft_seal::digest(&origin).to_string(),
        point: String::new(),
    };
    Some((origin, lineage))
}

/// Keeps the copy as a plan of its own: first all that the origin says, so that the
/// new plan's history begins there, then what makes it another intake.
async fn copy(
    library: &Library,
    origin: &Plan,
    from: Lineage,
    asked: Wanted,
) -> Result<Uid, Trouble> {
    let json = weft_json::export(origin);
    let mut fresh = || Uid(device::chance());
    let commands = weft_json::import(&json, &Plan::new(), &mut fresh)?.commands;
    let first = Act::many(Verb::Import, Subject::Plan, carried(commands));
    let titles = asked.titles.into_iter();
    let titles = titles.filter_map(|(lang, title)| Some((Lang::new(&lang)?, title)));
    let titles: Vec<_> = titles.collect();
    let made = library.start_from(first, Vec::new(), |session| {
        let point = session.point().map(|point| point.to_string());
        let from = Lineage {
            point: point.unwrap_or_default(),
            ..from
        };
        let commands = renewing(session.plan(), titles, asked.year, &from);
        vec![Act::many(Verb::Edit, ABOUT, commands)]
    });
    Ok(made.await?)
}
