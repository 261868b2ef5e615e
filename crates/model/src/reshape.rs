//! What a gesture on the job outline comes down to: a tier lower or higher, up
//! and down, dropped elsewhere, lines that come in with a paste. The answer is
//! commands; nothing is written here, and what a key or a pointer does to ask
//! for it is the screen's concern.

use crate::command::{Act, Command, Spot, Subject, Verb};
use crate::{
    Choice, CompetencyKind, ItemId, JobItem, JobItemId, Kind, Lang, Outline, Plan, Tier, Uid,
    Value, field,
};

/// Why the outline stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing above it could hold it a tier lower.
    NothingAbove,
    /// It is a role: there is no higher tier.
    Highest,
    /// It is a competency: there is no lower tier.
    Lowest,
    /// The lines below it have no lower tier to go to.
    Full,
    /// Modules teach or assess it: it must stay a competency.
    Taught,
    /// It is the first or the last already.
    Edge,
    /// A line cannot go below itself.
    Itself,
}

/// Where a dropped line lands, seen from the line under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before it.
    Before,
    /// Below it, as the last of its lines; behind it where it cannot hold it.
    Inside,
    /// Behind it.
    After,
}

/// A line that comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub tier: Tier,
    /// Its code; mostly empty.
    pub code: String,
    /// Its statement.
    pub statement: String,
    /// What kind of competency it is.
    pub kind: Option<CompetencyKind>,
    /// The level it asks for.
    pub required_level: Option<i64>,
}

type Outcome = Result<Vec<Command>, Refusal>;

/// The lines that are not below another one of `lines`, in reading order.
pub fn topmost(outline: &Outline, lines: &[JobItemId]) -> Vec<JobItemId> {
    let below_another = |line: JobItemId| {
        let mut at = outline.row(line).and_then(|row| row.parent);
        while let Some(above) = at {
            if lines.contains(&above) {
                return true;
            }
            at = outline.row(above).and_then(|row| row.parent);
        }
        false
    };
    let mut tops: Vec<JobItemId> = lines
        .iter()
        .copied()
        .filter(|line| outline.row(*line).is_some() && !below_another(*line))
        .collect();
    tops.sort_by_key(|line| outline.position(*line));
    tops.dedup();
    tops
}

/// One tier lower, mostly below the line before it. Lines below go along, a
/// tier lower where they must. A competency keeps its tier and only goes below
/// the line before it.
pub fn lower(plan: &Plan, outline: &Outline, lines: &[JobItemId]) -> Outcome {
    in_turn(plan, topmost(outline, lines), lower_one)
}

/// One tier higher, behind the line that held it. Lines below go along.
pub fn raise(plan: &Plan, outline: &Outline, lines: &[JobItemId]) -> Outcome {
    let mut tops = topmost(outline, lines);
    tops.reverse();
    in_turn(plan, tops, raise_one)
}

/// One place up among the siblings; from the first place to the end of the
/// line before the one that holds it.
pub fn up(plan: &Plan, outline: &Outline, lines: &[JobItemId]) -> Outcome {
    in_turn(plan, topmost(outline, lines), |plan, outline, line| {
        beside(plan, outline, line, true)
    })
}

/// One place down, likewise.
pub fn down(plan: &Plan, outline: &Outline, lines: &[JobItemId]) -> Outcome {
    let mut tops = topmost(outline, lines);
    tops.reverse();
    in_turn(plan, tops, |plan, outline, line| {
        beside(plan, outline, line, false)
    })
}

/// Takes lines to another one. They keep their tiers and go to the nearest
/// place that can hold them.
pub fn carry(
    plan: &Plan,
    outline: &Outline,
    lines: &[JobItemId],
    target: JobItemId,
    side: Side,
) -> Outcome {
    let tops = topmost(outline, lines);
    let Some(highest) = tops.iter().map(|line| tier(outline, *line)).min() else {
        return Ok(Vec::new());
    };
    let mut at = Some(target);
    while let Some(line) = at {
        if tops.contains(&line) {
            return Err(Refusal::Itself);
        }
        at = outline.row(line).and_then(|row| row.parent);
    }
    let (owner, mut spot) = place(plan, outline, highest, target, side, &tops)?;
    let mut commands = Vec::new();
    for line in tops {
        commands.push(Command::Move {
            item: line.into(),
            owner: owner.map(Uid::from),
            spot,
        });
        spot = Spot::After(line.into());
    }
    Ok(commands)
}

/// Brings lines in behind `after`, or at the end. A line belongs to the last
/// one before it with a higher tier. With `reuse`, a role, task or work content
/// that is already there (same code, or same statement where no code is given)
/// takes the lines below it in. Says which lines are new.
pub fn bring_in(
    plan: &Plan,
    outline: &Outline,
    after: Option<JobItemId>,
    entries: &[Entry],
    lang: &Lang,
    reuse: bool,
    mut fresh: impl FnMut() -> Uid,
) -> (Vec<Command>, Vec<JobItemId>) {
    let mut commands = Vec::new();
    let mut new = Vec::new();
    // Lines that are open above the next one: tier, line.
    let mut open: Vec<(Tier, JobItemId)> = Vec::new();
    // The last line brought in without one of its own above it.
    let mut last: Option<(Option<JobItemId>, JobItemId)> = None;
    for entry in entries {
        while open.last().is_some_and(|(tier, _)| *tier >= entry.tier) {
            open.pop();
        }
        let within = open.last().map(|(_, line)| *line);
        if reuse && let Some(known) = alike(plan, outline, within, entry) {
            open.push((entry.tier, known));
            continue;
        }
        let (owner, spot) = match (within, last) {
            (Some(owner), _) => (Some(owner), Spot::Last),
            (None, Some((owner, line)))
                if owner.is_none_or(|owner| tier(outline, owner) < entry.tier) =>
            {
                (owner, Spot::After(line.into()))
            }
            (None, last) => {
                let anchor = last.and_then(|(owner, _)| owner).or(after);
                anchor
                    .and_then(|anchor| {
                        let side = if tier(outline, anchor) < entry.tier {
                            Side::Inside
                        } else {
                            Side::After
                        };
                        place(plan, outline, entry.tier, anchor, side, &[]).ok()
                    })
                    .unwrap_or((None, Spot::Last))
            }
        };
        let line = JobItemId(fresh());
        commands.push(Command::Add {
            item: line.into(),
            owner: owner.map(Uid::from),
            spot,
            fields: entry.fields(lang),
        });
        if within.is_none() {
            last = Some((owner, line));
        }
        open.push((entry.tier, line));
        new.push(line);
    }
    (commands, new)
}

impl Entry {
    /// An empty line of a tier.
    pub fn empty(tier: Tier) -> Self {
        Self {
            tier,
            code: String::new(),
            statement: String::new(),
            kind: None,
            required_level: None,
        }
    }

    fn fields(&self, lang: &Lang) -> Vec<(crate::FieldKey, Value)> {
        let competency = self.tier == Tier::Competency;
        let mut fields = vec![(field::job_item::tier.key(), Value::str(self.tier.id()))];
        if !self.code.is_empty() {
            fields.push((field::job_item::code.key(), Value::str(&*self.code)));
        }
        if !self.statement.is_empty() {
            let key = field::job_item::statement.lang(lang.clone());
            fields.push((key, Value::str(&*self.statement)));
        }
        if let (true, Some(kind)) = (competency, self.kind) {
            fields.push((field::job_item::kind.key(), Value::str(kind.id())));
        }
        if let (true, Some(level)) = (competency, self.required_level) {
            fields.push((field::job_item::required_level.key(), Value::Int(level)));
        }
        fields
    }
}

fn tier(outline: &Outline, line: JobItemId) -> Tier {
    outline.row(line).map_or(Tier::Competency, |row| row.tier)
}

fn next_tier(tier: Tier) -> Option<Tier> {
    Tier::ALL.iter().copied().find(|lower| *lower > tier)
}

fn previous_tier(tier: Tier) -> Option<Tier> {
    Tier::ALL
        .iter()
        .rev()
        .copied()
        .find(|higher| *higher < tier)
}

/// Does one line after the other, each as the one before left the outline.
fn in_turn(
    plan: &Plan,
    lines: Vec<JobItemId>,
    step: impl Fn(&Plan, &Outline, JobItemId) -> Outcome,
) -> Outcome {
    if let [line] = lines.as_slice() {
        return step(plan, &Outline::of(plan), *line);
    }
    let mut copy = plan.clone();
    let mut all = Vec::new();
    for line in lines {
        let commands = step(&copy, &Outline::of(&copy), line)?;
        let act = Act::many(Verb::Move, Subject::Plan, commands.clone());
        copy.apply(&act).map_err(|_| Refusal::Itself)?;
        all.extend(commands);
    }
    Ok(all)
}

fn lower_one(plan: &Plan, outline: &Outline, line: JobItemId) -> Outcome {
    let now = tier(outline, line);
    let parent = outline.row(line).and_then(|row| row.parent);
    let before = previous(plan, outline, parent, line, &[]);
    let Some(lower) = next_tier(now) else {
        return match before.filter(|before| tier(outline, *before) < now) {
            Some(before) => Ok(vec![to_end(line, before)]),
            None => Err(Refusal::Lowest),
        };
    };
    let above = before.filter(|before| tier(outline, *before) < lower);
    if above.is_none() && parent.is_none() {
        return Err(Refusal::NothingAbove);
    }
    let mut commands = vec![set_tier(line, lower)];
    push_down(outline, line, lower, &mut commands)?;
    commands.extend(above.map(|above| to_end(line, above)));
    Ok(commands)
}

/// Lines below a line that is now of tier `above` go lower where they must.
fn push_down(
    outline: &Outline,
    line: JobItemId,
    above: Tier,
    commands: &mut Vec<Command>,
) -> Result<(), Refusal> {
    for below in outline.children(line) {
        let lower = if below.tier > above {
            below.tier
        } else {
            next_tier(above).ok_or(Refusal::Full)?
        };
        if lower != below.tier {
            commands.push(set_tier(below.id, lower));
        }
        push_down(outline, below.id, lower, commands)?;
    }
    Ok(())
}

fn raise_one(plan: &Plan, outline: &Outline, line: JobItemId) -> Outcome {
    let now = tier(outline, line);
    let higher = previous_tier(now).ok_or(Refusal::Highest)?;
    let parent = outline.row(line).and_then(|row| row.parent);
    if now == Tier::Competency && is_taught(plan, line) {
        // It can leave a work content, but must stay what it is.
        let content = parent.filter(|parent| tier(outline, *parent) == Tier::Content);
        let content = content.ok_or(Refusal::Taught)?;
        let owner = outline.row(content).and_then(|row| row.parent);
        return Ok(vec![Command::Move {
            item: line.into(),
            owner: owner.map(Uid::from),
            spot: Spot::After(content.into()),
        }]);
    }
    let mut commands = vec![set_tier(line, higher)];
    let (mut owner, mut anchor) = (parent, None);
    while let Some(above) = owner.filter(|above| tier(outline, *above) >= higher) {
        anchor = Some(above);
        owner = outline.row(above).and_then(|row| row.parent);
    }
    if let Some(anchor) = anchor {
        commands.push(Command::Move {
            item: line.into(),
            owner: owner.map(Uid::from),
            spot: Spot::After(anchor.into()),
        });
    }
    Ok(commands)
}

fn beside(plan: &Plan, outline: &Outline, line: JobItemId, up: bool) -> Outcome {
    let parent = outline.row(line).and_then(|row| row.parent);
    let siblings = siblings(plan, outline, parent);
    let at = siblings.iter().position(|known| *known == line);
    let at = at.ok_or(Refusal::Edge)?;
    let to = |owner: Option<JobItemId>, spot| {
        Ok(vec![Command::Move {
            item: line.into(),
            owner: owner.map(Uid::from),
            spot,
        }])
    };
    match (up, at) {
        (true, 1) => return to(parent, Spot::First),
        (true, 2..) => return to(parent, Spot::After(siblings[at - 2].into())),
        (false, at) if at + 1 < siblings.len() => {
            return to(parent, Spot::After(siblings[at + 1].into()));
        }
        _ => {}
    }
    // Over the edge: to the neighbour of the line that holds it.
    let parent = parent.ok_or(Refusal::Edge)?;
    let above = outline.row(parent).and_then(|row| row.parent);
    let uncles = self::siblings(plan, outline, above);
    let place = uncles.iter().position(|known| *known == parent);
    let place = place.ok_or(Refusal::Edge)?;
    let now = tier(outline, line);
    let can_hold = |uncle: &&JobItemId| tier(outline, **uncle) < now;
    if up {
        let uncle = uncles[..place].iter().rev().find(can_hold);
        to(Some(*uncle.ok_or(Refusal::Edge)?), Spot::Last)
    } else {
        let uncle = uncles[place + 1..].iter().find(can_hold);
        to(Some(*uncle.ok_or(Refusal::Edge)?), Spot::First)
    }
}

/// The nearest place that can hold lines of this tier.
fn place(
    plan: &Plan,
    outline: &Outline,
    highest: Tier,
    target: JobItemId,
    side: Side,
    but: &[JobItemId],
) -> Result<(Option<JobItemId>, Spot), Refusal> {
    if side == Side::Inside && tier(outline, target) < highest {
        return Ok((Some(target), Spot::Last));
    }
    let parent = |line: JobItemId| outline.row(line).and_then(|row| row.parent);
    let (mut at, mut owner) = (target, parent(target));
    while let Some(above) = owner.filter(|above| tier(outline, *above) >= highest) {
        (at, owner) = (above, parent(above));
    }
    if owner.is_none() && highest > Tier::Role && tier(outline, at) < highest {
        // Only a role stands by itself.
        return Ok((Some(at), Spot::Last));
    }
    Ok(match side {
        Side::Before => match previous(plan, outline, owner, at, but) {
            Some(before) => (owner, Spot::After(before.into())),
            None => (owner, Spot::First),
        },
        _ => (owner, Spot::After(at.into())),
    })
}

/// The shown lines below an owner, in order.
fn siblings(plan: &Plan, outline: &Outline, owner: Option<JobItemId>) -> Vec<JobItemId> {
    plan.job_items
        .of(owner.map(Uid::from))
        .map(|line| line.id)
        .filter(|line| outline.row(*line).is_some_and(|row| row.parent == owner))
        .collect()
}

fn previous(
    plan: &Plan,
    outline: &Outline,
    owner: Option<JobItemId>,
    line: JobItemId,
    but: &[JobItemId],
) -> Option<JobItemId> {
    let siblings = siblings(plan, outline, owner);
    let at = siblings.iter().position(|known| *known == line)?;
    let before = siblings[..at].iter().rev();
    before.copied().find(|known| !but.contains(known))
}

fn is_taught(plan: &Plan, line: JobItemId) -> bool {
    let assessed = || {
        let mut all = plan.assessments.iter();
        all.any(|assessment| assessment.competencies.contains(&line))
    };
    plan.weave.of_competency(line).next().is_some() || assessed()
}

/// A line that is already there and can stand for the one that comes in.
fn alike(
    plan: &Plan,
    outline: &Outline,
    within: Option<JobItemId>,
    entry: &Entry,
) -> Option<JobItemId> {
    if entry.tier == Tier::Competency {
        return None;
    }
    let same = |line: &JobItem| {
        if entry.code.is_empty() || line.code.is_empty() {
            line.statement
                .iter()
                .any(|(_, text)| text.trim() == entry.statement)
        } else {
            line.code == entry.code
        }
    };
    outline
        .rows()
        .iter()
        .filter(|row| row.tier == entry.tier && within.is_none_or(|it| row.parent == Some(it)))
        .find(|row| plan.job_items.get(row.id).is_some_and(same))
        .map(|row| row.id)
}

fn set_tier(line: JobItemId, tier: Tier) -> Command {
    Command::Set {
        item: ItemId {
            kind: Kind::JobItem,
            uid: line.into(),
        },
        key: field::job_item::tier.key(),
        value: Some(Value::str(tier.id())),
    }
}

fn to_end(line: JobItemId, owner: JobItemId) -> Command {
    Command::Move {
        item: line.into(),
        owner: Some(owner.into()),
        spot: Spot::Last,
    }
}
