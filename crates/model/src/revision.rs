//! What a new intake takes from the plan that it was made from, and why it reads
//! otherwise: lineage and the reasons of the revision comparison table.

use crate::command::Command;
use crate::verdict::putting;
use crate::{
    ABOUT, Aspect, Choice as _, ItemId, Lang, Plan, PlanStatus, RevisionReason, RevisionReasonId,
    Subject, Text, Uid, Value, field,
};

/// Where a plan was copied from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lineage {
    /// The uid of that plan.
    pub plan: Uid,
    /// What it is called.
    pub title: Text,
    /// The named version that was copied; empty: none.
    pub version: String,
    /// The hash of what was copied.
    pub digest: String,
    /// The point of the new plan's own history at which it reads as what was copied.
    pub point: String,
}

/// The commands that are left of those that make a copy: without what is said about
/// the plan, such as comments, proposals, versions and signatures.
pub fn carried(commands: Vec<Command>) -> Vec<Command> {
    let stays = |item: &ItemId| !item.kind.is_about_the_plan();
    let mut all = commands;
    all.retain(|command| match command {
        Command::Add { item, .. }
        | Command::Set { item, .. }
        | Command::Move { item, .. }
        | Command::Delete { item }
        | Command::Restore { item } => stays(item),
        _ => true,
    });
    all
}

/// The commands by which a copy becomes the plan of another intake: its title and
/// year, a draft again, and where it came from.
pub fn renewing(
    plan: &Plan,
    titles: Vec<(Lang, String)>,
    year: Option<i64>,
    from: &Lineage,
) -> Vec<Command> {
    let words = |text: &str| (!text.is_empty()).then(|| Value::str(text));
    let mut values = vec![
        (field::about::intake_year.key(), year.map(Value::Int)),
        (
            field::about::status.key(),
            Some(Value::str(PlanStatus::Draft.id())),
        ),
        (
            field::about::lineage.key(),
            Some(Value::str(from.plan.to_string())),
        ),
        (field::about::lineage_version.key(), words(&from.version)),
        (field::about::lineage_digest.key(), words(&from.digest)),
        (field::about::lineage_point.key(), words(&from.point)),
    ];
    for (lang, title) in titles {
        values.push((field::about::title.lang(lang), words(title.trim())));
    }
    let known = plan.about().lineage_title.clone();
    for (lang, _) in known.iter() {
        values.push((field::about::lineage_title.lang(lang.clone()), None));
    }
    for (lang, title) in from.title.iter() {
        values.retain(|(key, _)| *key != field::about::lineage_title.lang(lang.clone()));
        values.push((field::about::lineage_title.lang(lang.clone()), words(title)));
    }
    let differ = values
        .into_iter()
        .filter(|(key, value)| plan.value(ABOUT, key) != *value);
    let item = ABOUT;
    differ
        .map(|(key, value)| Command::Set { item, key, value })
        .collect()
}

impl RevisionReasonId {
    /// The reason why something reads otherwise than in the state with this hash.
    /// Whoever writes it down, and wherever, writes the same one.
    pub fn of(since: &str, target: &Aspect) -> Self {
        // FNV-1a, 64 bits.
        let target = target.to_string();
        let bytes = since.bytes().chain([0xff]).chain(target.bytes());
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(Uid(hash))
    }
}

/// The reason that is kept for a difference.
pub fn reason_for<'a>(plan: &'a Plan, since: &str, target: &Aspect) -> Option<&'a RevisionReason> {
    let found = plan
        .revision_reasons
        .get(RevisionReasonId::of(since, target))?;
    (found.since == since && found.target == target.to_string()).then_some(found)
}

/// The commands that write down why something reads otherwise than in the state
/// with the hash `since`; empty words take the reason back. `author` writes it at
/// `at`, in milliseconds since 1970.
pub fn reasoning(
    plan: &Plan,
    since: &str,
    target: &Aspect,
    (lang, words): (Lang, &str),
    (author, at): (Uid, i64),
) -> Vec<Command> {
    let item = ItemId::from(RevisionReasonId::of(since, target));
    let words = words.trim();
    let value = (!words.is_empty()).then(|| Value::str(words));
    let reason = field::revision_reason::reason.lang(lang);
    if plan.value(item, &reason) == value {
        return Vec::new();
    }
    let values = vec![
        (field::revision_reason::since.key(), Some(Value::str(since))),
        (
            field::revision_reason::target.key(),
            Some(Value::str(target.to_string())),
        ),
        (reason, value),
        (
            field::revision_reason::author.key(),
            Some(Value::str(author.to_string())),
        ),
        (field::revision_reason::at.key(), Some(Value::Int(at))),
    ];
    putting(plan, item, None, values)
}

/// Whether a difference belongs into a revision comparison table: it is in the plan
/// and not said about it, and no mark of the copy itself.
pub fn is_revision(target: &Aspect) -> bool {
    let marks = [
        field::about::status,
        field::about::lineage,
        field::about::lineage_title,
        field::about::lineage_version,
        field::about::lineage_digest,
        field::about::lineage_point,
    ];
    match target {
        Aspect::Value(_, key) if marks.contains(&key.field) => false,
        _ => match target.subject() {
            Subject::Item(item) => !item.kind.is_about_the_plan(),
            _ => true,
        },
    }
}
