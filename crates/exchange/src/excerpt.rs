//! A plan as it reads now, for everybody or for one party, as a plan of its
//! own: without what was deleted, without what stands for the history, and
//! without what the party may not see.

use weft_model::{Command, ItemId, Kind, PartyId, Plan, TextAt, Uid};

use crate::ImportError;
use crate::weft_json::{self, ExportOptions, held};

/// What a plan holds and an excerpt of it does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Items that were deleted, and what hangs on them.
    pub deleted: usize,
    /// Items that the party may not see.
    pub items: usize,
    /// Links of the weave that it may not see.
    pub links: usize,
    /// Comments, proposals and the like about these.
    pub talk: usize,
    /// Named versions: they are points of the history.
    pub versions: usize,
    /// Signatures under these.
    pub signatures: usize,
}

/// What an excerpt is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Excerpt {
    /// These make it out of an empty plan. Every item keeps its uid.
    pub commands: Vec<Command>,
    /// What is not in it.
    pub left: LeftOut,
}

/// Makes an excerpt for a party, or for everybody.
///
/// # Errors
/// Where the plan is larger than any file that is read.
pub fn excerpt(plan: &Plan, reader: Option<PartyId>) -> Result<Excerpt, ImportError> {
    let options = |reader| ExportOptions {
        deleted: false,
        reader,
    };
    let bytes = weft_json::export_with(plan, options(reader));
    // Every item that is written has its uid.
    let mut commands = weft_json::import(&bytes, &Plan::new(), &mut || Uid(0))?.commands;
    commands.retain(|command| item_of(command).is_none_or(|item| !is_of_the_history(item.kind)));
    Ok(Excerpt {
        commands,
        left: left_out(plan, reader),
    })
}

/// What an excerpt would not hold.
pub fn left_out(plan: &Plan, reader: Option<PartyId>) -> LeftOut {
    let (all, links) = held(plan, ExportOptions::default());
    let (seen, seen_links) = held(
        plan,
        ExportOptions {
            reader,
            ..ExportOptions::default()
        },
    );
    let there = Kind::ALL.iter().map(|kind| plan.any(*kind).every().len());
    let hidden = || {
        all.difference(&seen)
            .filter(|it| !is_of_the_history(it.kind))
    };
    let count = |kind| all.iter().filter(|item| item.kind == kind).count();
    LeftOut {
        deleted: there.sum::<usize>().saturating_sub(all.len()),
        items: hidden().filter(|it| !it.kind.is_about_the_plan()).count(),
        links: links.saturating_sub(seen_links),
        talk: hidden().filter(|it| it.kind.is_about_the_plan()).count(),
        versions: count(Kind::NamedVersion),
        signatures: count(Kind::Signature),
    }
}

fn is_of_the_history(kind: Kind) -> bool {
    matches!(kind, Kind::NamedVersion | Kind::Signature)
}

fn item_of(command: &Command) -> Option<ItemId> {
    match command {
        Command::Add { item, .. }
        | Command::Set { item, .. }
        | Command::Move { item, .. }
        | Command::Delete { item }
        | Command::Restore { item }
        | Command::Write {
            at: TextAt::Field(item, _),
            ..
        } => Some(*item),
        _ => None,
    }
}
