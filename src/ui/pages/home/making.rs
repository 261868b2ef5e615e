//! What Home does to whole plans: makes them from templates, files and other
//! plans, and gives them out as files. Here, and not on the shelf, is all that
//! knows what a plan holds: this part of the program comes when it is needed.

use weft_exchange::{templates, weft_json};
use weft_model::{ABOUT, Act, Command, Plan, Subject, Uid, Value, Verb, field};
use weft_session::Card;

use super::words::Trouble;
use crate::browser::{device, library::Library};

/// What a new plan is made from.
#[derive(Clone, Debug)]
pub enum Seed {
    /// A template, by its id; an unknown id makes a blank plan.
    Template(&'static str),
    /// The bytes of a plan file.
    File(Vec<u8>),
}

/// A plan that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its id.
    pub plan: Uid,
    /// How many things in the file were not understood.
    pub left_out: usize,
}

/// Makes a plan and keeps it.
pub async fn make(library: Library, seed: Seed) -> Result<Made, Trouble> {
    let (act, left_out) = match seed {
        Seed::Template(id) => {
            let known = templates::TEMPLATES.iter().find(|known| known.id == id);
            let build = known.map_or(templates::blank as fn(_) -> _, |known| known.build);
            (build(&mut fresh), 0)
        }
        Seed::File(bytes) => {
            let imported = weft_json::import(&bytes, &Plan::new(), &mut fresh)?;
            let left_out = imported.tray.len() + imported.warnings.len();
            let act = Act::many(Verb::Import, Subject::Plan, imported.commands);
            (act, left_out)
        }
    };
    let plan = library.start(vec![act]).await?;
    Ok(Made { plan, left_out })
}

/// Makes a copy beside a plan, under a title that says so.
pub async fn copy(library: Library, card: Card) -> Result<(), Trouble> {
    let plan = card.plan.parse::<Uid>().map_err(|_| Trouble::Unreadable)?;
    let (bytes, title) = library
        .peek(plan, |session| {
            let plan = session.plan();
            (weft_json::export(plan), plan.about().title.clone())
        })
        .await?;
    let mut commands = weft_json::import(&bytes, &Plan::new(), &mut fresh)?.commands;
    for (lang, words) in title.iter() {
        let copy = if lang.as_str().starts_with("zh") {
            format!("{words}（副本）")
        } else {
            format!("{words} (2)")
        };
        commands.push(Command::Set {
            item: ABOUT,
            key: field::about::title.lang(lang.clone()),
            value: Some(Value::Str(copy)),
        });
    }
    let act = Act::many(Verb::Import, Subject::Plan, commands);
    library.start(vec![act]).await?;
    Ok(())
}

/// A plan of this device as a file.
pub async fn file(library: Library, plan: Uid) -> Result<Vec<u8>, Trouble> {
    Ok(library
        .peek(plan, |session| weft_json::export(session.plan()))
        .await?)
}

fn fresh() -> Uid {
    Uid(device::chance())
}
