//! What Home does to whole plans: makes them from templates, files and other
//! plans, and gives them out as files. Here, and not on the shelf, is all that
//! knows what a plan holds: this part of the program comes when it is needed.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use weft_document::{Author, Document, Origin, PeerId};
use weft_exchange::link::{self, LinkError};
use weft_exchange::weft_json::Voice;
use weft_exchange::{templates, weft_json};
use weft_model::{
    ABOUT, Act, Aspect, Command, Plan, Subject, TextAt, Uid, Value, Verb, differences, field,
};
use weft_session::weft_file::{self, Head};
use weft_session::{Card, Meeting, Session};
use weft_session::{folder, html_file};

use super::receiving::{receive, receive_part};
use super::visitor::{Changed, Replaced, Visitor, in_words};
use super::words::Trouble;
use crate::browser::{device, library::Library, profile as profile_kept, secret};
use crate::ui::one_file::is_one_file;
use crate::ui::past::voice;
use crate::ui::state::language_untracked;
use crate::ui::{frozen, profile, proposing, revising};

/// What a new plan is made from.
#[derive(Clone, Debug)]
pub enum Seed {
    /// A template, by its id; an unknown id makes a blank plan.
    Template(&'static str),
    /// The bytes of a plan file.
    File(Vec<u8>),
    /// The bytes of the files of a shared folder.
    Parts(Vec<Vec<u8>>),
    /// What stands in a link, and the passphrase where it is locked with one.
    Link(String, String),
}

/// The first letter of a payload: plain, or locked with a passphrase.
pub const PLAIN: char = 'p';
/// See [`PLAIN`].
pub const LOCKED: char = 'k';

/// A plan that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its id.
    pub plan: Uid,
    /// How many things in the file were not understood.
    pub left_out: usize,
    /// Who sent it and what proves that, in words, where it came as a file that says so.
    pub from: Option<String>,
}

impl Made {
    /// A plan of which there is no more to say.
    pub const fn plain(plan: Uid) -> Self {
        Self {
            plan,
            left_out: 0,
            from: None,
        }
    }
}

/// What became of a seed.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A plan that is new here.
    Made(Made),
    /// The file holds nothing that this plan does not.
    Known(Uid),
    /// The plan is here already, and the file knows more of it: the person says
    /// what is to happen.
    Met(Box<Visitor>),
}

/// Opens a link: a new plan, or changes for the one that is here.
async fn follow(library: Library, payload: &str, passphrase: &str) -> Result<Outcome, Trouble> {
    let mut letters = payload.chars();
    let locked = match letters.next() {
        Some(PLAIN) => false,
        Some(LOCKED) => true,
        _ => return Err(LinkError::NotALink.into()),
    };
    let bytes = link::from_text(letters.as_str())?;
    let bytes = if locked {
        secret::unlock(passphrase, &bytes).await?
    } else {
        bytes
    };
    let (plan, json) = link::unpack(&bytes)?;
    let card = library.card(plan).await?;
    let mut card = card.filter(|card| card.deleted_millis.is_none());
    if card.is_none() {
        // An earlier link, or a file without history, may have brought it.
        card = library.excerpts(plan).await?.into_iter().next();
    }
    let Some(card) = card else {
        return linked(&library, plan, &json).await;
    };
    let plan = card.plan.parse().map_err(|_| Trouble::Unreadable)?;
    let Preview {
        meeting,
        unapproved,
        replaced,
        changes,
    } = library
        .peek(plan, |session| preview(session, &json))
        .await??;
    if meeting.known {
        return Ok(Outcome::Known(plan));
    }
    let head = Head {
        plan: plan.to_string(),
        title: card.title.clone(),
        saved_millis: 0,
        saved_by: weft_json::sender(&json).unwrap_or_default().name,
        author: String::new(),
        only_new: false,
        excerpt_of: String::new(),
        made_for: String::new(),
    };
    Ok(Outcome::Met(Box::new(Visitor {
        plan,
        card,
        head,
        signer: None,
        meeting,
        file: json.into(),
        excerpt: None,
        unapproved,
        replaced,
        changes,
    })))
}

/// What a plan without a history would change here.
struct Preview {
    meeting: Meeting,
    /// Who must say why, and does not.
    unapproved: BTreeSet<Uid>,
    replaced: Vec<Replaced>,
    changes: Vec<Changed>,
}

fn preview(session: &Session, json: &[u8]) -> Result<Preview, Trouble> {
    let now = session.plan();
    let sender = sender(json);
    let acts = sent(session, json, &sender, &[])?;
    let mut then = now.clone();
    let commands = acts.iter().flat_map(|act| act.commands.iter().cloned());
    let all = Act::many(Verb::Import, Subject::Plan, commands.collect());
    let (change, _) = then.apply(&all)?;
    let meeting = Meeting::between(now, &then, &change);
    let lang = language_untracked();
    let all = differences(now, &then).into_iter();
    let (values, others): (Vec<_>, Vec<_>) = all
        .filter(|it| !matches!(it.what, Aspect::Place(_)))
        .partition(|it| it.before.is_some() && it.after.is_some());
    let changes = in_words(&then, others);
    let replaced = values.into_iter().map(|it| {
        let told = revising::in_words(now, &lang, &it);
        Replaced {
            aspect: it.what,
            what: told.what,
            here: told.before,
            there: told.after,
        }
    });
    let replaced = replaced.collect();
    Ok(Preview {
        meeting,
        unapproved: if acts.iter().any(|act| frozen::holds_back(now, act)) {
            BTreeSet::from([sender.uid])
        } else {
            BTreeSet::new()
        },
        replaced,
        changes,
    })
}

/// What a plan without a history does to the one that is here. It speaks for whoever
/// says that they sent it: what they own changes, what others own is proposed to those.
fn sent(
    session: &Session,
    json: &[u8],
    sender: &Author,
    kept: &[Aspect],
) -> Result<Vec<Act>, Trouble> {
    let act = brought(session.plan(), json, kept)?;
    Ok(proposing::acts(session, act, sender))
}

/// Whoever says that they sent a plan without a history. What names nobody is from
/// somebody unknown: not from the person who opens it, who wrote nothing of it.
fn sender(json: &[u8]) -> Author {
    let stranger = || Author {
        uid: fresh(),
        ..Author::default()
    };
    weft_json::sender(json).map_or_else(stranger, author_of)
}

/// What a plan without a history changes in the one that is here. Whether that is
/// frozen is said here and not by a copy, which may be older. What is `kept` stays
/// as it is here.
fn brought(now: &Plan, json: &[u8], kept: &[Aspect]) -> Result<Act, Trouble> {
    let mut commands = weft_json::import(json, now, &mut fresh)?.commands;
    commands.retain(|command| {
        let aspect = match command {
            Command::Set { key, .. } if key.field == field::about::status => return false,
            Command::Set { item, key, .. } => Aspect::Value(*item, key.clone()),
            Command::Link { key, .. } => Aspect::Link(*key),
            Command::Strength { key, .. } => Aspect::Strength(*key),
            Command::Write { at, lang, .. } => match at {
                TextAt::LinkNote(key) => Aspect::Note(*key, lang.clone()),
                TextAt::Field(item, field) => Aspect::Value(*item, field.lang(lang.clone())),
            },
            _ => return true,
        };
        !kept.contains(&aspect)
    });
    Ok(Act::many(Verb::Import, Subject::Plan, commands))
}

/// A plan that came by a link: one of its own, that knows where it is from.
async fn linked(library: &Library, from: Uid, json: &[u8]) -> Result<Outcome, Trouble> {
    let imported = weft_json::import(json, &Plan::new(), &mut fresh)?;
    let left_out = imported.tray.len() + imported.warnings.len();
    let act = Act::many(Verb::Import, Subject::Plan, imported.commands);
    let (plan, now) = (fresh(), device::now_millis());
    let origin = Origin {
        plan: from,
        version: None,
        made_for: weft_json::made_for(json),
    };
    let own = profile_kept::author(None);
    let history = Document::excerpt(plan, &origin, &own, &voices(json), &act, now)?;
    library.keep_history(plan, &history).await?;
    Ok(Outcome::Made(Made {
        left_out,
        ..Made::plain(plan)
    }))
}

/// Those of whom a plan without a history speaks.
fn voices(json: &[u8]) -> Vec<Author> {
    let voices = weft_json::voices(json).into_iter();
    voices.map(author_of).collect()
}

fn author_of(voice: Voice) -> Author {
    Author {
        uid: voice.id,
        name: voice.name,
        role: voice.role,
        party: voice.party,
        ..Author::default()
    }
}

async fn fresh_plan(library: &Library, json: &[u8]) -> Result<Outcome, Trouble> {
    let imported = weft_json::import(json, &Plan::new(), &mut fresh)?;
    let left_out = imported.tray.len() + imported.warnings.len();
    let act = Act::many(Verb::Import, Subject::Plan, imported.commands);
    let plan = library.start(act, voices(json)).await?;
    Ok(Outcome::Made(Made {
        left_out,
        ..Made::plain(plan)
    }))
}

/// Takes a visitor into the plan that is here. What came without a history
/// changes values like an edit of whoever sent it.
/// `why` a frozen plan is changed stands in it then; what is `kept` stays as it is.
pub async fn merge(
    library: Library,
    visitor: Visitor,
    why: String,
    kept: Vec<Aspect>,
) -> Result<(), Trouble> {
    if !weft_file::is_weft_file(&visitor.file) {
        let json = Rc::clone(&visitor.file);
        let made = library.peek(visitor.plan, |session| {
            let sender = sender(&json);
            let acts = sent(session, &json, &sender, &kept)?;
            let approval = (!visitor.unapproved.is_empty()).then(|| {
                let author = session.author().uid;
                frozen::amendment(why, author, fresh(), &BTreeSet::from([sender.uid]))
            });
            // With the key and the colour by which the plan knows them already.
            let by = session.authors().remove(&sender.uid).unwrap_or(sender);
            Ok::<_, Trouble>((approval, by, acts))
        });
        let (approval, by, acts) = made.await??;
        if let Some(approval) = approval {
            // Whoever takes it in approves of it.
            library.act(visitor.plan, vec![approval]).await?;
        }
        let named = voices(&visitor.file);
        library.act_of_others(visitor.plan, by, acts, named).await?;
        return Ok(());
    }
    if !visitor.unapproved.is_empty() {
        let approval = library.peek(visitor.plan, |session| {
            frozen::amendment(why, session.author().uid, fresh(), &visitor.unapproved)
        });
        library.act(visitor.plan, vec![approval.await?]).await?;
    }
    let history = weft_file::read(&visitor.file)?.history.to_vec();
    library.take_in(visitor.plan, history).await?;
    Ok(())
}

/// Keeps a visitor as a plan of its own, which no longer merges with the one
/// that is here.
pub async fn keep_apart(library: Library, visitor: Visitor) -> Result<Made, Trouble> {
    if let Some(came) = &visitor.excerpt {
        let read = weft_file::read(&came.file)?;
        let plan: Uid = read.head.plan.parse().map_err(|_| Trouble::Unreadable)?;
        match library.card(plan).await? {
            None => library.keep_history(plan, read.history).await?,
            Some(_) => library.take_in(plan, read.history.to_vec()).await?,
        }
        return Ok(Made::plain(plan));
    }
    if !weft_file::is_weft_file(&visitor.file) {
        return match fresh_plan(&library, &visitor.file).await? {
            Outcome::Made(made) => Ok(made),
            Outcome::Known(plan) => Ok(Made::plain(plan)),
            Outcome::Met(_) => Err(Trouble::Unreadable),
        };
    }
    let history = weft_file::read(&visitor.file)?.history;
    let opened = Document::open(visitor.plan, [history], PeerId(device::chance()));
    let theirs = opened.map_err(|_| Trouble::Unreadable)?.document;
    let plan = copied(&library, theirs.plan(), &theirs.authors()).await?;
    Ok(Made::plain(plan))
}

/// A plan of this device with its history, as a file.
pub async fn history_file(library: Library, plan: Uid) -> Result<Vec<u8>, Trouble> {
    let now = device::now_millis();
    let key = profile::key();
    Ok(library
        .peek(plan, |session| session.file(now, key.as_ref()))
        .await?)
}

/// In one file with its plan there is no room for another one.
async fn only_own(library: &Library, seed: &Seed) -> Result<(), Trouble> {
    let plan: Option<Uid> = match seed {
        Seed::File(bytes) if weft_file::is_weft_file(bytes) => {
            weft_file::read(bytes)?.head.plan.parse().ok()
        }
        Seed::File(bytes) if html_file::is_html(bytes) => {
            let inner = html_file::find(bytes)?;
            weft_file::read(&inner)?.head.plan.parse().ok()
        }
        Seed::Template(_) | Seed::File(_) | Seed::Parts(_) | Seed::Link(..) => None,
    };
    let own = match plan {
        Some(plan) => library.card(plan).await?,
        None => None,
    };
    own.map(|_| ()).ok_or(Trouble::OnePlanOnly)
}

/// Makes a plan and keeps it.
pub async fn make(library: Library, seed: Seed) -> Result<Outcome, Trouble> {
    if is_one_file() && !library.cards().await?.is_empty() {
        only_own(&library, &seed).await?;
    }
    let act = match seed {
        Seed::File(bytes) if weft_file::is_weft_file(&bytes) => {
            return receive(library, bytes).await;
        }
        // Nothing of the page runs: the plan in it is a file like any other.
        Seed::File(bytes) if html_file::is_html(&bytes) => {
            return receive(library, html_file::find(&bytes)?).await;
        }
        Seed::File(bytes) if folder::part(&bytes).is_some() => {
            return receive_part(library, &bytes, true).await;
        }
        Seed::Parts(files) => {
            let joined = folder::joined(&files).ok_or(Trouble::PartsApart)?;
            return receive_part(library, &joined, files.len() == 1).await;
        }
        Seed::Link(payload, passphrase) => {
            return follow(library, &payload, &passphrase).await;
        }
        Seed::Template(id) => {
            let known = templates::TEMPLATES.iter().find(|known| known.id == id);
            let build = known.map_or(templates::blank as fn(_) -> _, |known| known.build);
            build(&mut fresh)
        }
        Seed::File(bytes) => return fresh_plan(&library, &bytes).await,
    };
    let plan = library.start(act, Vec::new()).await?;
    Ok(Outcome::Made(Made::plain(plan)))
}

/// Makes a copy beside a plan, under a title that says so.
pub async fn copy(library: Library, card: Card) -> Result<(), Trouble> {
    let plan = card.plan.parse::<Uid>().map_err(|_| Trouble::Unreadable)?;
    let look = |session: &Session| (session.plan().clone(), session.authors());
    let (plan, authors) = library.peek(plan, look).await?;
    copied(&library, &plan, &authors).await?;
    Ok(())
}

/// A new plan that says the same, without its history.
async fn copied(library: &Library, plan: &Plan, authors: &Authors) -> Result<Uid, Trouble> {
    let bytes = told_by(plan, authors);
    let mut commands = weft_json::import(&bytes, &Plan::new(), &mut fresh)?.commands;
    for (lang, words) in plan.about().title.iter() {
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
    Ok(library.start(act, voices(&bytes)).await?)
}

/// A plan of this device as a file.
pub async fn file(library: Library, plan: Uid) -> Result<Vec<u8>, Trouble> {
    Ok(library
        .peek(plan, |session| told_by(session.plan(), &session.authors()))
        .await?)
}

/// Those who have written in a plan.
type Authors = BTreeMap<Uid, Author>;

/// A plan without its history, with the names of those whose words it holds.
fn told_by(plan: &Plan, authors: &Authors) -> Vec<u8> {
    let known = |id| authors.get(&id).map(voice);
    weft_json::with_voices(&weft_json::export(plan), None, known)
}

fn fresh() -> Uid {
    Uid(device::chance())
}
