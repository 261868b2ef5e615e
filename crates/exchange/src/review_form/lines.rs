//! The lines of a form: roles, tasks with where they are taught, competencies,
//! and room for what is missing.

use weft_model::{JobItemId, ModuleId, Outline, Plan, Tier};

use crate::{Figures, Words};

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A heading: nothing is filled in.
    Role,
    /// A task: it is judged.
    Task,
    /// A competency: remarks and other words.
    Competency,
    /// Room for a competency that a task lacks.
    NewCompetency,
    /// Room for a task that is missing.
    NewTask,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub kind: Kind,
    /// By which it is known again; empty: nothing is filled in.
    pub key: String,
    pub code: String,
    pub words: String,
    pub taught: String,
}

/// Behind the key of what a new line would stand below.
const NEW_COMPETENCY: char = '+';
const NEW_TASK: char = '*';

/// Parts a line's id from what its words add up to.
const SUM: char = '.';

/// What a key names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The line, or the one below which something new stands.
    pub line: Option<JobItemId>,
    /// What tier the new line would have.
    pub new: Option<Tier>,
    /// What the words of the line added up to when the form was made.
    pub sum: Option<u16>,
}

/// Reads a key.
pub(super) fn read_key(key: &str) -> Option<Named> {
    let (key, sum) = match key.split_once(SUM) {
        Some((key, sum)) => (key, Some(u16::from_str_radix(sum, 16).ok()?)),
        None => (key, None),
    };
    let new = match key.chars().next_back() {
        Some(NEW_COMPETENCY) => Some(Tier::Competency),
        Some(NEW_TASK) => Some(Tier::Task),
        _ => None,
    };
    let uid = key.trim_end_matches([NEW_COMPETENCY, NEW_TASK]);
    let line = match uid.parse() {
        Ok(uid) => Some(JobItemId(uid)),
        // A task that is missing in a plan without roles.
        Err(_) if uid.is_empty() && new == Some(Tier::Task) => None,
        Err(_) => return None,
    };
    Some(Named { line, new, sum })
}

/// What words add up to, whatever white space a program puts between them: to
/// tell whether somebody wrote over them.
pub(super) fn sum_of(words: &str) -> u16 {
    let mut sum: u32 = 0x811c_9dc5;
    for letter in words.chars().filter(|letter| !letter.is_whitespace()) {
        sum = (sum ^ u32::from(letter)).wrapping_mul(0x0100_0193);
    }
    u16::try_from((sum >> 16) ^ (sum & 0xffff)).unwrap_or_default()
}

/// The lines of a plan, in reading order.
pub(crate) fn lines(plan: &Plan, figures: &Figures, words: Words<'_>) -> Vec<Line> {
    let outline = Outline::of(plan);
    let mut all = Vec::new();
    let mut role = None;
    let mut task = None;
    let end_task = |all: &mut Vec<Line>, task: &mut Option<JobItemId>| {
        if let Some(id) = task.take() {
            all.push(room(words, Kind::NewCompetency, Some(id)));
        }
    };
    for row in outline.rows() {
        let kind = match row.tier {
            Tier::Role => Kind::Role,
            Tier::Task => Kind::Task,
            Tier::Competency => Kind::Competency,
            // Contents part the competencies of a task and are not judged.
            Tier::Content => continue,
        };
        if kind != Kind::Competency || outline.above(row.id, Tier::Task) != task {
            end_task(&mut all, &mut task);
        }
        if kind == Kind::Role {
            if let Some(role) = role {
                all.push(room(words, Kind::NewTask, Some(role)));
            }
            role = Some(row.id);
        }
        if kind == Kind::Task {
            task = Some(row.id);
        }
        let of: Vec<JobItemId> = match kind {
            Kind::Competency => vec![row.id],
            Kind::Task => {
                let all = outline.competencies();
                all.filter(|id| outline.above(*id, Tier::Task) == Some(row.id))
                    .collect()
            }
            _ => Vec::new(),
        };
        let said = words.item(plan, row.id.into());
        all.push(Line {
            kind,
            key: format!("{}{SUM}{:04x}", row.id, sum_of(&said)),
            code: words.code(plan, row.id.into()),
            words: said,
            taught: taught(plan, figures, words, &of, kind),
        });
    }
    end_task(&mut all, &mut task);
    all.push(room(words, Kind::NewTask, role));
    all
}

fn room(words: Words<'_>, kind: Kind, below: Option<JobItemId>) -> Line {
    let (sign, text) = if kind == Kind::NewTask {
        (NEW_TASK, "paper.review.new_task")
    } else {
        (NEW_COMPETENCY, "paper.review.new_competency")
    };
    Line {
        kind,
        key: format!(
            "{}{sign}",
            below.map_or_else(String::new, |id| id.to_string())
        ),
        code: String::new(),
        words: words.say(text),
        taught: String::new(),
    }
}

/// The modules that teach any of these: with levels where it is one, by their
/// names where it is a task.
fn taught(
    plan: &Plan,
    figures: &Figures,
    words: Words<'_>,
    of: &[JobItemId],
    kind: Kind,
) -> String {
    let modules = figures.modules.iter().flat_map(|(_, all)| all);
    let all = modules.filter_map(|id| told(plan, figures, words, *id, of, kind));
    all.collect::<Vec<_>>().join(&words.say("finding.comma"))
}

fn told(
    plan: &Plan,
    figures: &Figures,
    words: Words<'_>,
    module: ModuleId,
    of: &[JobItemId],
    kind: Kind,
) -> Option<String> {
    let mut woven = of.iter().filter_map(|id| figures.cells.get(module, *id));
    let first = woven.next()?;
    let name = words.item(plan, module.into());
    Some(match first.level {
        Some(rank) if kind == Kind::Competency => {
            format!("{name} {}", words.letter(plan, rank))
        }
        _ => name,
    })
}
